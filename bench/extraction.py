"""How right drafted facts are: precision and recall by group, and verdicts of unreviewed drafts.

    .venv/bin/python bench/extraction.py                     # documents of bench/documents
    .venv/bin/python bench/extraction.py --plans ../plans    # real plans against facts/, verdicts
    .venv/bin/python bench/extraction.py --plans ../plans --questions    # answers needed, too
    .venv/bin/python bench/extraction.py --errors            # which values were wrong or missed

`sure` is right or wrong; `found` is what is sure or stands among the candidates of a doubt.
Bounds are those of Clopper and Pearson for 95 %. Which documents were looked at, and which only
measured on, stands in the README.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dxrules.dates import Range
from dxrules.draft import Draft, DraftContext, load_reading
from dxrules.reference.gazetteer import gazetteer
from dxrules.rules import load_law

sys.path.insert(0, str(Path(__file__).resolve().parent))

from drafted_documents import TODAY, documents, fragments, invented, made_ones, negatives, plans
from drafted_verdicts import WRONG, answers, compared, outcomes, with_ids
from exact_bounds import clopper_pearson
from truth_as_plan import plain, verdicts_of
from values_by_path import (
    ANY,
    Flat,
    called_alike,
    canonical,
    cited_alike,
    document_of,
    flat,
    split,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dxrules.rules import Law


class Half(NamedTuple):
    """Documents of this folder, by number, that were looked at alike."""

    title: str
    numbers: range
    is_read: bool = True


HALVES = (
    Half("documents looked at", range(1, 8)),
    Half("documents only measured on", range(8, 13)),
    Half("documents written later, looked at", range(13, 16)),
    Half("documents written later, never looked at", range(16, 19), is_read=False),
    Half("documents by two other authors, looked at once measured", range(19, 29)),
    Half("documents by two other authors, opened once measured twice", range(29, 39)),
    Half("documents by a third author, opened once measured twice", range(39, 47)),
    Half("documents by a fourth author, opened once measured several times", range(47, 57)),
    Half("documents by a fifth author, looked at once measured twice", range(57, 67)),
    Half("documents by a sixth author, looked at once measured", range(67, 75)),
    Half("documents by a seventh author, looked at once measured twice", range(75, 83)),
    Half("documents by an eighth author, looked at once measured", range(83, 91)),
    Half("documents by a ninth author, looked at once measured", range(91, 99)),
    Half("documents by a tenth author, looked at once measured", range(99, 107)),
    Half("documents by an eleventh author, looked at once measured", range(107, 115)),
    Half("documents by a twelfth author, looked at once measured", range(115, 123)),
    Half("documents by a thirteenth author, looked at once measured twice", range(123, 131)),
    Half("documents by a fourteenth author, of which the wrong was looked at", range(131, 139)),
    Half("documents by a fifteenth author, looked at once measured", range(139, 147)),
    Half("documents by a sixteenth author, of which the wrong was looked at", range(147, 159)),
    Half("documents by a seventeenth author, looked at once measured", range(159, 171, 2)),
    Half("others by the seventeenth, looked at once measured twice", range(160, 171, 2)),
    Half(
        "documents by an eighteenth author, of which a list of the wrong was seen",
        range(171, 183),
        is_read=False,
    ),
)
"""What was looked at while words and phrases were written; the README tells how.

13 to 18 were written after the words of measures. 19 to 182 are by eighteen authors who have
seen neither the words nor dxrules.
"""
SEALED = frozenset(number for half in HALVES if not half.is_read for number in half.numbers)
"""Documents that nobody who writes words or phrases has looked at, nor at what was wrong there."""

GROUPS = {
    "title, municipality": ("title", "municipality"),
    "period, days, status": ("period", "established", "revised", "status", "edition", "author"),
    "plans above, replaced": ("parents", "parents.period", "replaces", "replaces.period"),
    "documents cited": ("cites", "cites.edition", "cites.date"),
    "serves as": ("serves_as",),
    "posts, bodies, policies": ("provisions",),
    "standardization": ("standardization",),
    "collection": ("collection",),
    "indicators": ("indicators",),
    "measures": ("measures",),
    "measures in prose": ("prose",),
    "areas of measures": ("measures.areas",),
    "status of measures": ("measures.status",),
    "days, owners of measures": ("measures.start", "measures.due", "measures.completed",
                                 "measures.owner", "measures.recurrence"),
}  # fmt: skip


def rule_of(made: Draft, path: str) -> str:
    """Return the rule that a value of a draft is from; the code that reads tables has none."""
    head = path.partition(":")[0]
    known = {each["of"]: each["rule"] for each in made.places}
    for of in (head, f"plan.{head}", head.replace("collection.", "collection.charges.")):
        if of in known:
            return str(known[of])
    return head.partition(".")[0]


def by_rule(pairs: Iterable[tuple[str, Draft, dict[str, Any]]]) -> None:
    """Print which rules gave sure values that are wrong: such a rule is to be graded doubtful."""
    counts: dict[str, list[int]] = {}
    for _, made, facts in pairs:
        truth = flat(facts)
        sure, beside = split(made, facts)[0], _only_told_of(made, facts)
        for path, value in sure.items():
            if _is_unasked(path, value, truth) or _is_day_of_count(path, sure, truth):
                continue
            if path.startswith("cites") and path.split(":")[1] in beside:
                continue
            count = counts.setdefault(rule_of(made, path), [0, 0])
            count[0] += truth.get(path) == value
            count[1] += 1
    print("\nrules that were wrong where they are sure: right of sure\n")
    for rule, (right, sure) in sorted(counts.items()):
        if right < sure:
            print(f"| {rule} | {right} of {sure} |")


class Tally:
    """What is right of a group."""

    def __init__(self) -> None:
        self.sure = self.right = self.truth = self.recalled = self.found = 0

    def line(self, name: str) -> str:
        """Return the figures as a line of a table."""
        low, _ = clopper_pearson(self.right, self.sure)
        return (
            f"| {name} | {self.right} of {self.sure} | {_share(self.right, self.sure)} "
            f"| {low:.2f} | {_share(self.recalled, self.truth)} "
            f"| {_share(self.found, self.truth)} | {self.truth} |"
        )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


def group_of(path: str) -> str:
    """Return the group that a path belongs to."""
    head = path.partition(":")[0]
    for name, prefixes in GROUPS.items():
        if head in prefixes:
            return name
    first = head.partition(".")[0]
    return next(name for name, prefixes in GROUPS.items() if first in prefixes)


def tally(
    pairs: Iterable[tuple[str, Draft, dict[str, Any]]], *, errors: bool, silent: bool = False
) -> dict[str, Tally]:
    """Compare drafts with the truth."""
    tallies = {name: Tally() for name in GROUPS}
    for name, made, labelled in pairs:
        facts = cited_alike(labelled, made.data)
        truth = _without_premium(flat(facts), made)
        sure, said = split(made, facts)
        beside = _only_told_of(made, facts)
        prose = {
            f"measures:{canonical('title', each['title'])}"
            for each in facts.get("measures") or ()
            if each.get("prose")
        }
        for path, value in sure.items():
            if _is_unasked(path, value, truth) or _is_day_of_count(path, sure, truth):
                continue
            if path.startswith("cites") and path.split(":")[1] in beside:
                continue
            one = tallies[group_of("prose" if path in prose else path)]
            one.sure += 1
            if truth.get(path) == value or _is_month_of(path, value, truth):
                one.right += 1
            elif errors:
                print(f"  wrong  {name} {path}: {value!r}, not {truth.get(path)!r}")
        for path, value in truth.items():
            one = tallies[group_of("prose" if path in prose else path)]
            one.truth += 1
            options = said.get(path, set())
            one.recalled += sure.get(path) == value
            is_found = _is_among(value, options)
            one.found += is_found
            if errors and not silent and sure.get(path) != value:
                print(f"  {'asked ' if is_found else 'missed'} {name} {path}: {value!r}")
    return tallies


def _without_premium(truth: Flat, made: Draft) -> Flat:
    """Return a truth without the health insurance of a town that levies a tax for it, 国保税.

    A tax is none of the charges (地方自治法231条の4); the authors, who were given no key that
    tells, put what was said of it under the premium.
    """
    about = made.data.get("collection") or {}
    is_sure = not any("health_insurance" in each["of"] for each in about.get("doubts", ()))
    if about.get("health_insurance") != "tax" or not is_sure:
        return truth
    return {key: value for key, value in truth.items() if not key.startswith(_PREMIUM)}


_PREMIUM = "collection.health-insurance-premium."


def _is_month_of(path: str, value: object, truth: Flat) -> bool:
    """Tell whether a cover tells the month of the day that the text tells, which is no fault."""
    day = truth.get(path)
    if path != "established" or not isinstance(day, Range) or not isinstance(value, Range):
        return False
    return bool(value.lo and value.hi and day.lo and value.lo <= day.lo <= value.hi)


def _is_unasked(path: str, value: object, truth: Flat) -> bool:
    """Tell whether who labelled a document did not ask for a value.

    Who gave the day of a plan did not ask whether it was said to be settled, and who gave the
    states of single tasks not on which day each was migrated; some give what is planned without
    from when. Some take the name of the town that stands alone on a cover for who made the plan,
    and others do not.
    """
    if path in truth:
        return False
    if path == "author":
        return value == truth["municipality"]
    if path.endswith(".since") and truth.get(f"{path.removesuffix('.since')}.status") == "planned":
        return True
    is_status = path == "status" and "established" in truth
    return is_status or (path.startswith(_OF_SYSTEMS) and path.endswith(".migrated"))


_OF_SYSTEMS = "standardization.systems."


def _is_day_of_count(path: str, sure: Flat, truth: Flat) -> bool:
    """Tell whether a day is of tasks that who labelled a document counted without their day.

    The authors were asked how many tasks were moved, and of single tasks when; not by when so many
    were, or all the others will be. A day beside a count that is wrong stays wrong.
    """
    counted = truth.get(_COUNTED)
    asked = counted is None or sure.get(_COUNTED) != counted
    return path in _DAYS_OF_COUNT and path not in truth and not asked


def _only_told_of(made: Draft, facts: Mapping[str, Any]) -> set[str]:
    """Return the documents that a draft does not say are followed, if nobody labelled them.

    The authors were asked which documents the plan follows; no rule hears of the others.
    """
    cited = [
        each
        for each in made.data["plan"].get("cites") or ()
        if each.get("followed") in {"no", False}
        or any("followed" in doubt.get("of", ()) for doubt in each.get("doubts", ()))
    ]
    labelled = {document_of(each) for each in facts["plan"].get("cites") or ()}
    return {document_of(each) for each in cited} - labelled


_COUNTED = "standardization.migrated"
_DAYS_OF_COUNT = frozenset({"standardization.migrated_on", "standardization.target"})


def _is_among(value: object, options: Any) -> bool:
    """Tell whether a value is said, asked without candidates, or made of the candidates."""
    held = isinstance(value, tuple) and any(
        isinstance(each, frozenset) and each.issuperset(value) for each in options
    )
    return held or value in options or ANY in options


def report(title: str, tallies: Mapping[str, Tally]) -> None:
    """Print a table."""
    print(f"\n{title}\n")
    print("| group | right of sure | precision | at least | recall of sure | found | values |")
    print("|---|---|---|---|---|---|---|")
    for name, each in tallies.items():
        if each.truth or each.sure:
            print(each.line(name))


def judged(
    half: Half, made: Iterable[tuple[str, Draft, dict[str, Any]]], source: DraftContext, law: Law
) -> None:
    """Print how drafts of documents are judged beside what is true of them."""
    counts: dict[tuple[str, str], int] = {}
    for name, drafted_, facts in made:
        for pair, subjects in verdicts_of(drafted_, facts, source, law).items():
            counts[pair] = counts.get(pair, 0) + len(subjects)
            for subject in subjects if pair in WRONG and half.is_read else ():
                print(f"  {name} {subject}: {pair[0]} by the truth, {pair[1]} by the draft")
    print(f"\nverdicts by the truth, by the draft: {half.title}\n")
    for pair, number in sorted(counts.items()):
        print(f"| {pair[0]} | {pair[1]} | {number} |")


def verdicts(folder: Path, source: DraftContext, *, questions: bool = False) -> None:
    """Print what unreviewed drafts of real plans make of the rules, against their facts.

    `questions`: also print how many answers bring each of them to the verdicts of the facts.
    """
    law = load_law()
    counts: dict[tuple[str, str], int] = {}
    for name, made, facts in plans(folder, source):
        truth, data = plain(facts), plain(made.data)
        aligned = with_ids(data, called_alike(data, truth), truth)
        by_hand = outcomes(truth, law, TODAY)
        for pair, subjects in compared(by_hand, outcomes(aligned, law, TODAY)).items():
            counts[pair] = counts.get(pair, 0) + len(subjects)
            for subject in subjects if pair in WRONG else ():
                print(f"  {name} {subject}: {pair[0]} by hand, {pair[1]} by the draft")
        if questions:
            needed = answers(truth, aligned, law, TODAY)
            print(f"  {name}: {made.doubts} doubts; {len(needed)} answers needed")
    print("\nverdicts: by hand, by the draft\n")
    for pair, number in sorted(counts.items()):
        print(f"| {pair[0]} | {pair[1]} | {number} |")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=Path, help="a folder of texts of the plans of facts/")
    parser.add_argument("--errors", action="store_true", help="print each wrong or missed value")
    parser.add_argument("--questions", action="store_true", help="count the answers needed")
    parser.add_argument("--made", type=int, default=0, help="also measure plans that are made")
    asked = parser.parse_args()
    source = DraftContext(load_reading(), load_law().reference, invented())
    made = list(documents(source))
    for half in HALVES:
        own = [each for each in made if int(each[0]) in half.numbers]
        report(half.title, tally(own, errors=asked.errors and half.is_read))
    by_rule([each for each in made if int(each[0]) not in SEALED])
    law = load_law()
    for half in HALVES[-9:]:
        own = [each for each in made if int(each[0]) in half.numbers]
        judged(half, own, source, law)
    negatives(source)
    if asked.made:
        title = f"plans that are made, {asked.made} of each layout and format"
        report(title, tally(made_ones(source, asked.made), errors=asked.errors))
    real = DraftContext(source.reading, source.reference, gazetteer())
    for of, name in (
        (1, "quotations of real pages, looked at"),
        (2, "others, only measured on"),
        (3, "quotations on measures, looked at once they had been measured"),
    ):
        report(name, tally(fragments(real, of), errors=asked.errors))
    if asked.plans:
        report("real plans (tuned on)", tally(plans(asked.plans, real), errors=asked.errors))
        if not asked.errors:
            verdicts(asked.plans, real, questions=asked.questions)


if __name__ == "__main__":
    main()
