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
import json
import math
import re
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import yaml

from dxrules.dates import Range, parse_date, parse_dates, parse_period
from dxrules.document.normal import squeezed
from dxrules.document.reading import original_from
from dxrules.document.text import original_of
from dxrules.draft import Draft, Source, draft, load_reading
from dxrules.draft.fitting import fitting
from dxrules.errors import DateError, UsageError
from dxrules.plan.municipality_code import check_digit
from dxrules.reference.gazetteer import Gazetteer, gazetteer
from dxrules.rules import load_law
from dxrules.source import read

sys.path.insert(0, str(Path(__file__).resolve().parent))

import made_plans
from drafted_verdicts import WRONG, answers, compared, outcomes, with_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dxrules.document.model import Original
    from dxrules.reference.gazetteer import Government
    from dxrules.rules import Law

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TODAY = date(2026, 11, 20)


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
)
"""What was looked at while words and phrases were written; the README tells how.

13 to 18 were written after the words of measures. 19 to 122 are by twelve authors who have
seen neither the words nor dxrules.
"""
SEALED = frozenset(number for half in HALVES if not half.is_read for number in half.numbers)
"""Documents that nobody who writes words or phrases has looked at, nor at what was wrong there."""

PERIODS = {"period"}
DATES = {"established", "since", "start", "due", "completed", "on", "date", "target", "year"}
SEVERAL = {"reviewed"}
ENDS = {"target", "due", "migrated_on"}
"""Days by which something is done: 令和9年度, its end and 令和9年度末まで are the same."""
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
MEASURED = {"title", "period", "established", "revised", "status", "edition", "author", "parents",
            "replaces", "cites", "serves_as"}  # fmt: skip
PARTS = {
    "provisions": ("status", "rank", "since", "cycle", "scope", "reviewed", "published"),
    "standardization": ("in_scope", "migrated", "migrated_on", "status", "target",
                        "government_cloud", "excluded"),
    "collection": ("status", "start"),
}  # fmt: skip

_IN_BRACKETS = re.compile(
    r"[(（〔【](?![^()（）]*期)[^()（）〔〕【】]{0,20}(?:案|[0-9]|版|月|日)[)）〕】]$"
)
"""What some take for a part of a title and others do not: a draft, an edition, a period, a day."""

_SHORT_YEAR = re.compile("^R([0-9]{1,2})$")
"""A year as it stands above a column of a schedule, and means a fiscal year there."""
_OF_PREFECTURE = re.compile(
    "(?:.{1,4}[都道府県]|県).*(?:DX|デジタル|ICT|情報化|スマート|官民データ|Society)"
)
"""A plan of the prefecture, which some authors cite as another document."""
_PREFECTURE = re.compile("^(?:北海道|東京都|(?:京都|大阪)府|[^市町村区]{2,3}県)(?=.)")
"""Above or before the name of a municipality on a cover; some take it for a part of who made it."""

Flat = dict[str, object]


def invented_names() -> list[str]:
    """Return the municipalities of the documents: there are none of these names."""
    truths = sorted((HERE / "documents").glob("*.yaml"))
    return list(dict.fromkeys([made_plans.TOWN, *(_town(read(file).data) for file in truths)]))


def _town(truth: Mapping[str, Any]) -> str:
    said = truth["municipality"]
    return str(said["name"]["ja"] if isinstance(said, dict) else said)


def invented() -> Gazetteer:
    """Return a gazetteer that knows the invented municipalities and the prefectures, too."""
    known = {g.code: (g.name.ja, g.reading, g.name.en) for g in gazetteer().prefectures.values()}
    for number, name in enumerate(invented_names(), 101):
        five = f"34{number + 300}"
        code = five + check_digit(five)
        known[code] = (name, "", f"Town {number}")
    return Gazetteer(known, gazetteer().known_until)


def canonical(key: str, value: object) -> object:
    """Return what two values of a key share if they mean the same."""
    text = _SHORT_YEAR.sub(r"令和\1年度", str(value))
    with suppress(DateError):
        if key in PERIODS:
            period = parse_period(text)
            return (period.start or period.start_by, period.end or period.end_from)
        if key in ENDS:
            return tuple(each.range.hi for each in parse_dates(text))
        if key in DATES:
            return parse_date(text).range
        if key in SEVERAL:
            return tuple(each.range for each in parse_dates(text))
    with suppress(ValueError):
        return float(text)
    if key == "title":
        text = _IN_BRACKETS.sub("", text)
    if key == "author":
        text = _PREFECTURE.sub("", squeezed(text))
    return squeezed(text).casefold()


def flat(data: Mapping[str, Any]) -> Flat:
    """Return the values of a plan file that are measured, by path."""
    found: Flat = {}
    found["municipality"] = canonical("municipality", _town(data))
    for key, value in data["plan"].items():
        if key in MEASURED:
            found |= dict(_of_plan(key, value))
    found |= dict(_sections(data))
    for indicator in data.get("indicators") or ():
        found |= dict(_indicator(indicator))
    for measure in data.get("measures") or ():
        found |= dict(_measure(measure))
    return found


def _of_plan(key: str, value: Any) -> Iterator[tuple[str, object]]:
    if key == "parents":
        for each in value:
            yield f"parents:{_with_stage(each)}", True
            yield from _period(key, each, f":{_with_stage(each)}")
    elif key == "replaces":
        yield "replaces", canonical("title", value["title"])
        yield from _period(key, value)
    elif key == "revised":
        for each in value:
            day = each["on"] if isinstance(each, dict) else each
            yield f"revised:{canonical('on', day)}", True
    elif key == "serves_as":
        for each in value:
            yield f"serves_as:{each}", True
    elif key == "cites":
        for each in value:
            yield from _citation(each)
    else:
        yield key, canonical(key, value)


def _period(key: str, said: Mapping[str, Any], named: str = "") -> Iterator[tuple[str, object]]:
    if "period" in said:
        yield f"{key}.period{named}", canonical("period", said["period"])


def _with_stage(each: Mapping[str, Any]) -> object:
    said = f"{each['title']}{each.get('stage', '')}"
    return canonical("title", said.replace("・", ""))


@cache
def _documents() -> tuple[tuple[str, re.Pattern[str]], ...]:
    things = load_reading().things.items()
    return tuple((id_, re.compile(p)) for id_, (kind, p) in things if kind == "document")


def _document_of(each: Mapping[str, Any]) -> str:
    """Return the document that is cited; the authors know few by the id of the reference list."""
    name, title = str(each["document"]), squeezed(str(each.get("title", "")))
    known = (id_ for id_, pattern in _documents() if name == "other" and pattern.search(title))
    of_prefecture = name == "other" and _OF_PREFECTURE.match(title)
    return next(known, _PREFECTURE_PLAN if of_prefecture else name)


def _citation(each: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    name = _document_of(each)
    if name == "other":
        return
    yield f"cites:{name}", True
    if "edition" in each:
        yield f"cites.edition:{name}:{squeezed(str(each['edition']))}", True
    if "date" in each:
        yield f"cites.date:{name}:{canonical('date', each['date'])}", True


def _sections(data: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for name, said in (data.get("provisions") or {}).items():
        for key in PARTS["provisions"]:
            yield from _value(f"provisions.{name}", key, said)
    system = data.get("standardization") or {}
    if "in_scope" in system and str(system.get("migrated")) == str(system["in_scope"]):
        system = system | {"migrated": "all"}
    for key in PARTS["standardization"]:
        yield from _value("standardization", key, system)
    for task, said in (system.get("systems") or {}).items():
        path = f"standardization.systems.{task}"
        for key in ("status", "target", "exception"):
            yield from _value(path, key, _as_left(said))
        if day := _with_its_day(said).get("migrated"):
            yield f"{path}.migrated", canonical("on", day)
    for name, said in _charges(data).items():
        for key in PARTS["collection"]:
            yield from _value(f"collection.{name}", key, said)


def _charges(data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the charges of a truth; some authors call what is not to be done not-planned."""
    charges = (data.get("collection") or {}).get("charges") or {}
    return {
        name: {**said, "status": "none"} if said.get("status") == "not-planned" else dict(said)
        for name, said in charges.items()
    }


def _as_left(system: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a system whose migration is planned as one not migrated: it is both."""
    system = _with_its_day(system)
    return {**system, "status": "not-migrated"} if system.get("status") == "planned" else system


def _with_its_day(system: Mapping[str, Any]) -> dict[str, Any]:
    """Return a system with the day of its migration as a plan file has it.

    Some authors call it as that of all systems together is called.
    """
    said = {key: value for key, value in system.items() if key != "migrated_on"}
    return said | ({"migrated": system["migrated_on"]} if "migrated_on" in system else {})


def _value(path: str, key: str, said: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    value = said.get(key)
    if value is None:
        return
    if isinstance(value, list):
        for each in value:
            code = each["task"] if isinstance(each, dict) else each
            yield f"{path}.{key}:{code}", True
    else:
        yield f"{path}.{key}", canonical(key, value)


def _indicator(each: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    name = f"indicators:{canonical('title', each['title'])}"
    if "goal" in each:
        return
    yield name, True
    if "unit" in each:
        yield f"{name}.unit", canonical("unit", each["unit"])
    if base := each.get("baseline"):
        yield f"{name}.baseline", canonical("value", base["value"])
        if "on" in base:
            yield f"{name}.baseline.on", last_day(base["on"])
    for target in each.get("targets") or ():
        year = last_day(target["year"])
        value = target.get("value", target.get("relative", target.get("phase")))
        yield f"{name}.target:{year}", canonical("value", value)


def last_day(year: str) -> object:
    """Return the last day of a year: R8 above a column is 令和8年度, and read as either year.

    A target of every year (毎年度) is for no day, and returned as it is written.
    """
    with suppress(DateError):
        return parse_date(str(year)).range.hi
    return squeezed(str(year))


def _measure(each: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    name = canonical("title", each["title"])
    yield f"measures:{name}", True
    if "areas" in each:
        yield f"measures.areas:{name}", tuple(sorted(each["areas"]))
    for key in ("status", "start", "due", "completed", "owner", "recurrence"):
        if key in each:
            yield f"measures.{key}:{name}", canonical(key, each[key])


def called_alike(data: dict[str, Any], truth: Mapping[str, Any]) -> dict[str, Any]:
    """Return a draft in which measures and indicators are called as in the truth.

    They are the same where the title of one stands in the title or the evidence of the other, or
    the words by which a person showed one are among those by which the draft shows it.
    """
    changed = dict(data)
    for section in ("measures", "indicators"):
        known = [(each["title"], _words(each)) for each in truth.get(section) or ()]
        taken: set[str] = set()
        called: dict[int, str] = {}
        entries = data.get(section) or []
        for at in sorted(range(len(entries)), key=lambda n: -len(entries[n]["title"])):
            each = entries[at]
            own = squeezed(each["title"])
            free = [(name, words) for name, words in known if name not in taken]
            alike = [name for name, words in free if _alike(own, words)]
            shown = _words(each)[1:]
            alike += [name for name, words in free if any(_alike(one, words[1:]) for one in shown)]
            exact = [name for name in alike if squeezed(name) == own]
            name = next(iter(exact or alike), each["title"])
            taken.add(name)
            called[at] = name
        if entries:
            changed[section] = [e | {"title": called[at]} for at, e in enumerate(entries)]
    return changed


def cited_alike(facts: dict[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a truth in which what a draft cites as a plan of the prefecture is cited as one, too.

    Some authors call it another document, and its title need not name the prefecture.
    """
    cites = data["plan"].get("cites") or ()
    known = {squeezed(each["title"]) for each in cites if each["document"] == _PREFECTURE_PLAN}
    told = [
        {**each, "document": _PREFECTURE_PLAN}
        if each["document"] == "other" and squeezed(str(each.get("title", ""))) in known
        else each
        for each in facts["plan"].get("cites") or ()
    ]
    return {**facts, "plan": {**facts["plan"], "cites": told}} if told else facts


_PREFECTURE_PLAN = "prefecture-plan"


def _words(each: Mapping[str, Any]) -> list[str]:
    quoted = (evidence.get("text", "") for evidence in each.get("evidence", ()))
    return [squeezed(each["title"]), *map(squeezed, quoted)]


def _alike(own: str, words: list[str]) -> bool:
    for word in words:
        shorter, longer = sorted((own, word), key=len)
        if own == word or (len(shorter) >= LONG and shorter in longer):
            return True
    return False


LONG = 6
"""Signs of a title that is told from others."""


def split(made: Draft, truth: Mapping[str, Any]) -> tuple[Flat, Flat]:
    """Return the values that are sure and all that is said, candidates included, by path."""
    data = called_alike(made.data, truth)
    sure = flat(without_doubts(data))
    said: Flat = {path: {value} for path, value in flat(data).items()}
    for path, value in candidates(data):
        said.setdefault(path, set()).add(value)  # type: ignore[attr-defined]
    return sure, said


def without_doubts(data: Any) -> Any:
    """Return data without what is doubtful."""
    if isinstance(data, list):
        whole = [e for e in data if not (isinstance(e, dict) and _is_doubtful(e))]
        return [without_doubts(each) for each in whole]
    if not isinstance(data, dict):
        return data
    doubtful = {key for doubt in data.get("doubts", ()) for key in doubt.get("of", ())}
    return {
        key: without_doubts(value)
        for key, value in data.items()
        if key not in doubtful and key != "doubts"
    }


def _is_doubtful(entry: Mapping[str, Any]) -> bool:
    return any(not doubt.get("of") for doubt in entry.get("doubts", ()))


def candidates(data: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield the candidates of all doubts, by the path of what they are about."""
    yield from _candidates_of_plan(data["plan"])
    yield from _candidates_of_lists(data)
    for name, said in (data.get("provisions") or {}).items():
        yield from _candidates(f"provisions.{name}", said)
    yield from _candidates("standardization", data.get("standardization") or {})
    for name, said in ((data.get("collection") or {}).get("charges") or {}).items():
        yield from _candidates(f"collection.{name}", said)


def _candidates_of_plan(plan: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for key, values in _doubts(plan):
        for value in values:
            if key == "parents":
                yield f"parents:{_with_stage({'title': value})}", True
            elif key == "revised":
                yield f"revised:{canonical('on', value)}", True
            elif key == "serves_as":
                yield f"serves_as:{value}", True
            else:
                yield key, canonical(key, value)


def _candidates_of_lists(data: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for section in ("measures", "indicators"):
        for each in data.get(section) or ():
            name = canonical("title", each["title"])
            for key, values in _doubts(each):
                path = f"{section}.{key}:{name}"
                yield path, frozenset(values) if values and key == "areas" else None
                yield path, None if values else ANY
                for value in values:
                    yield path, canonical(key, value)


def _candidates(path: str, said: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for key, values in _doubts(said):
        yield f"{path}.{key}", ANY if not values else None
        for value in values:
            yield f"{path}.{key}", canonical(key, value)
            yield f"{path}.{key}:{value}", True


ANY = object()
"""A doubt without candidates: a question that a person answers."""


def _doubts(said: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for doubt in said.get("doubts", ()):
        for key in doubt.get("of", ()):
            yield key, doubt.get("candidates", [])


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
        for path, value in split(made, facts)[0].items():
            if _is_unasked(path, value, truth):
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


def clopper_pearson(right: int, of: int, level: float = 0.95) -> tuple[float, float]:
    """Return the exact bounds of a share, by bisection of the binomial distribution.

    >>> [round(each, 3) for each in clopper_pearson(150, 150)]
    [0.976, 1.0]
    """
    if not of:
        return 0.0, 1.0
    half = (1 - level) / 2
    low = 0.0 if right == 0 else _bisect(lambda p: _at_least(right, of, p) < half)
    high = 1.0 if right == of else _bisect(lambda p: 1 - _at_least(right + 1, of, p) > half)
    return low, high


def _bisect(below: Any) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) else (low, middle)
    return low


def _at_least(right: int, of: int, share: float) -> float:
    if share in (0.0, 1.0):
        return float(share == 1.0 or right == 0)
    return sum(
        math.exp(
            math.lgamma(of + 1) - math.lgamma(k + 1) - math.lgamma(of - k + 1)
            + k * math.log(share) + (of - k) * math.log1p(-share)
        )
        for k in range(right, of + 1)
    )  # fmt: skip


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
        truth = flat(facts)
        sure, said = split(made, facts)
        prose = {
            f"measures:{canonical('title', each['title'])}"
            for each in facts.get("measures") or ()
            if each.get("prose")
        }
        for path, value in sure.items():
            if _is_unasked(path, value, truth):
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
    from when. Some take the name of the town that
    stands alone on a cover for who made the plan, and others do not.
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


def documents(
    source: Source, some: slice = slice(None)
) -> Iterator[tuple[str, Draft, dict[str, Any]]]:
    """Yield the documents of this folder, or some, drafted, with what is true of them.

    Where a document does not tell whose plan it is, that counts as missed, and it is told.
    """
    found = (each for each in (HERE / "documents").iterdir() if each.suffix != ".yaml")
    files = sorted(found, key=lambda each: int(each.stem))
    for file in files[some]:
        truth = read(file.with_suffix(".yaml")).data
        original = original_from(file.read_bytes(), file.name)
        yield file.stem, drafted(original, truth, source), truth


def drafted(original: Original, truth: Mapping[str, Any], source: Source) -> Draft:
    """Return a draft of a document; of one that does not tell whose plan it is, without a name."""
    try:
        return draft(original, source, TODAY)
    except UsageError:
        made = draft(original, source, TODAY, judged_as(truth, source))
        unnamed = made.data | {"municipality": "?"}
        return replace(made, data=unnamed)


def judged_as(truth: Mapping[str, Any], source: Source) -> Government:
    """Return the municipality that a document counts as; a joint body of several is none itself."""
    name = _town(truth)
    return source.gazetteer.named(made_plans.TOWN if name.endswith(JOINT) else name)[0]


JOINT = ("協議会", "連絡会")
"""Ends of the names of bodies that several municipalities form without becoming one."""


def fragments(source: Source, of: int) -> Iterator[tuple[str, Draft, dict[str, Any]]]:
    """Yield quotations of a set as documents of their towns, with what is true of each."""
    known = yaml.safe_load((HERE / "fragments.yaml").read_text("utf-8"))
    for number, each in enumerate(known, 1):
        if each.get("set", 1) != of:
            continue
        town = each["town"]
        text = f"{town}DX推進計画\n\n{town}\n\n## はじめに\n\n{each['text']}\n"
        whose = source.gazetteer.named(town)[0]
        made = draft(original_of(text, "a.md"), source, TODAY, whose)
        cover = {"title": f"{town}DX推進計画", "author": town}
        truth = dict(each["truth"])
        yield (
            f"{number} {town}",
            made,
            truth
            | {
                "municipality": town,
                "plan": cover | truth["plan"],
            },
        )


BEFORE_AN_ANNEX = """# {town}DX推進計画

{town}

## 第1章 計画の概要

本計画を定めます。

趣旨を述べます。

背景を述べます。

"""


def made_ones(source: Source, number: int) -> Iterator[tuple[str, Draft, dict[str, Any]]]:
    """Yield plans that are made, so many of each layout and format, with what is true of them."""
    for layout in made_plans.LAYOUTS:
        for form in made_plans.FORMS:
            for seed in range(number):
                plan = made_plans.noisy(made_plans.made(layout, seed), seed)
                original = original_from(made_plans.written(plan, form), f"plan.{form}")
                town = source.gazetteer.named(made_plans.TOWN)[0]
                yield f"{layout}.{form}.{seed}", draft(original, source, TODAY, town), plan.truth


def negatives(source: Source) -> None:
    """Print what is sure of documents that say nothing of the town: as they are, as annexes."""
    print("\ndocuments in which nothing may be sure: sure values alone, as an annex of a plan\n")
    town = source.gazetteer.named(made_plans.TOWN)[0]
    for file in sorted((HERE / "negatives").glob("*.md")):
        text = file.read_text("utf-8")
        annex = BEFORE_AN_ANNEX.format(town=town.name.ja) + re.sub("(?m)^#", "##", text)
        found = []
        for said in (text, annex):
            made = draft(original_of(said, file.name), source, TODAY, town)
            sure = flat(without_doubts(made.data))
            found.append([path for path in sure if path not in {"municipality", "title", "author"}])
        print(f"| {file.stem} | {len(found[0])} | {len(found[1])} |")
        for path in found[0] + found[1]:
            print(f"  wrong  {file.stem} {path}")


def plans(folder: Path, source: Source) -> Iterator[tuple[str, Draft, dict[str, Any]]]:
    """Yield real plans, drafted, with their facts."""
    for file in sorted(folder.glob("*.txt")):
        facts = ROOT / "facts" / f"{file.stem}.yaml"
        made = draft(original_of(file.read_text("utf-8"), file.name), source, TODAY)
        yield file.stem, made, read(facts).data


def verdicts_of(
    made: Draft, facts: Mapping[str, Any], source: Source, law: Law
) -> dict[tuple[str, str], list[tuple[str, ...]]]:
    """Return which subjects have which outcome by the truth of a document, and by its draft."""
    data = plain(made.data)
    truth = as_plan(plain(facts), data, source)
    data["municipality"] = truth["municipality"]
    aligned = with_ids(data, called_alike(data, truth), truth)
    return compared(outcomes(truth, law, TODAY), outcomes(aligned, law, TODAY))


def judged(
    half: Half, made: Iterable[tuple[str, Draft, dict[str, Any]]], source: Source, law: Law
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


def as_plan(facts: dict[str, Any], drafted: Mapping[str, Any], source: Source) -> dict[str, Any]:
    """Return the truth of a document as a plan file that was read to the end.

    What a plan file requires besides is what the draft has; what it does not take, as a title of
    two words that stands for a sentence, goes.
    """
    town = judged_as(facts, source)
    numbered = {
        section: [
            {k: _in_full(v) for k, v in each.items() if k != "prose"} | {"id": f"{section}-{n}"}
            for n, each in enumerate(facts[section], 1)
        ]
        for section in ("measures", "indicators")
        if facts.get(section)
    }
    said = {key: value for key, value in facts.items() if key != "traps"} | numbered
    whole = said | {
        "format": "dxrules/plan/1",
        "municipality": {"code": town.code, "name": {"ja": town.name.ja, "en": town.name.en}},
        "recorded": _told_on(facts["plan"]) or drafted["recorded"],
        "document": {"read": "complete"},
    }
    if system := whole.get("standardization"):
        listed = len(system.get("systems") or ()) >= LISTED
        counted = "count" if "in_scope" in system else "unstated"
        system.setdefault("scope", "list" if listed else counted)
        system |= _in_entries(system, "excluded", "task")
        system |= _with_reasons(system, drafted.get("standardization") or {})
        system |= _with_evidence(system)
    if charges := _charges(whole):  # those that the reference list does not know go one by one
        known = {id_: said for id_, said in charges.items() if id_ in source.reference.charges}
        whole["collection"] = whole["collection"] | {"charges": known}
    whole["plan"] |= _in_entries(whole["plan"], "revised", "on")
    if cited := whole["plan"].get("cites"):
        whole["plan"]["cites"] = [each | {"document": _document_of(each)} for each in cited]
    return fitting(as_written(whole), source.reference)


def _told_on(plan: Mapping[str, Any]) -> str:
    """Return the day that a plan speaks for: when it was revised last, or else made."""
    revised = plan.get("revised") or ()
    last = revised[-1] if revised else plan.get("established", "")
    return str(last["on"] if isinstance(last, dict) else last)


LISTED: Final = 5
"""Tasks that a document lists one by one at least, for that to be a list of those in scope."""


def _with_reasons(system: Mapping[str, Any], drafted: Mapping[str, Any]) -> dict[str, Any]:
    """Return tasks left out, with the reasons of the draft where the authors gave none at all.

    Who listed tasks without a reason did not ask for it.
    """
    excluded = system.get("excluded") or ()
    if not excluded or any("reason" in each for each in excluded):
        return {}
    known = {each["task"]: each for each in drafted.get("excluded") or ()}
    return {"excluded": [known.get(each["task"], each) for each in excluded]}


def _with_evidence(system: Mapping[str, Any]) -> dict[str, Any]:
    """Return systems whose exceptions are shown: a truth was taken from the words of a document."""
    shown = {"evidence": [{"section": "-", "text": "-"}]}
    said = system.get("systems") or {}
    return {
        "systems": {
            task: _with_its_day(each) | (shown if "exception" in each else {})
            for task, each in said.items()
        }
    }


def _in_entries(said: Mapping[str, Any], key: str, named: str) -> dict[str, Any]:
    """Return a list of words as the list of entries that a plan file has."""
    entries = said.get(key, ())
    return {key: [e if isinstance(e, dict) else {named: e} for e in entries]} if entries else {}


def _in_full(value: Any) -> Any:
    """Return a year that is told in short as the fiscal year that it means above a column."""
    return _SHORT_YEAR.sub(r"令和\1年度", value) if isinstance(value, str) else value


def as_written(data: Any) -> Any:
    """Return data whose numbers are written as a plan file has them."""
    if isinstance(data, dict):
        return {key: as_written(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_written(each) for each in data]
    return str(data) if isinstance(data, float) else data


def verdicts(folder: Path, source: Source, *, questions: bool = False) -> None:
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


def plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return data of a file as JSON has it."""
    said: dict[str, Any] = json.loads(json.dumps(data, default=str, ensure_ascii=False))
    return said


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=Path, help="a folder of texts of the plans of facts/")
    parser.add_argument("--errors", action="store_true", help="print each wrong or missed value")
    parser.add_argument("--questions", action="store_true", help="count the answers needed")
    parser.add_argument("--made", type=int, default=0, help="also measure plans that are made")
    asked = parser.parse_args()
    source = Source(load_reading(), load_law().reference, invented())
    made = list(documents(source))
    for half in HALVES:
        own = [each for each in made if int(each[0]) in half.numbers]
        report(half.title, tally(own, errors=asked.errors and half.is_read))
    by_rule([each for each in made if int(each[0]) not in SEALED])
    law = load_law()
    for half in HALVES[-7:]:
        own = [each for each in made if int(each[0]) in half.numbers]
        judged(half, own, source, law)
    negatives(source)
    if asked.made:
        title = f"plans that are made, {asked.made} of each layout and format"
        report(title, tally(made_ones(source, asked.made), errors=asked.errors))
    real = Source(source.reading, source.reference, gazetteer())
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
