"""Verdicts of drafts that nobody looked at, and how many answers bring them to those of the facts.

The facts of a town were made by hand from the whole document. A draft is compared with them rule
by rule; measures and indicators that are the same in both are called alike first.

An answer settles one entry or one key of the plan, closes one section, or says the same of several
doubts that are alike: that they are right as they stand, that the document says none of them, or
that all have one value. Beginning with all of the facts, every answer that changes no verdict is
taken back, one after the other: what is left is what had to be answered. It is the count of a desk
that asks for what settles something.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

from dxrules.assessment import assess
from dxrules.errors import PlanError
from dxrules.plan.alike_doubts import (
    AS_IT_STANDS,
    NOT_SAID,
    AlikeDoubts,
    put_together,
    set_to,
)
from dxrules.plan.open_doubts import doubts_in
from dxrules.plan.read import plan_of
from dxrules.plan.value_types import SectionName
from dxrules.source import from_text
from dxrules.source.placed_data import value_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from dxrules.plan.alike_doubts import Way
    from dxrules.plan.open_doubts import OpenDoubt
    from dxrules.rules import Law

SECTIONS = get_args(SectionName)
LISTS = ("measures", "indicators")
WRONG = {("fail", "pass"), ("unknown", "pass"), ("pass", "fail"), ("unknown", "fail"),
         ("not_applicable", "fail")}  # fmt: skip
"""Outcomes by hand and by the draft that a draft must not have; the second at most once a plan."""

SINGLE = frozenset({"measure", "indicator", "dependency"})
"""Kinds of subjects that are single entries of a list."""

Data = dict[str, Any]
Outcomes = dict[tuple[str, ...], str]
Unit = tuple[str, ...]


def outcomes(data: Mapping[str, Any], law: Law, day: date) -> Outcomes:
    """Return the outcome of each rule for each subject.

    One that steps back as another one accuses for the same cause counts as failed, like that one:
    a draft that knows less may see the one and not the other.
    """
    file = plan_of(from_text(json.dumps(data, ensure_ascii=False), "a.json"), law.reference)
    findings = assess([file], law, day, engine="interpreter").plans[0].findings
    found = {tuple(map(str, each.subject)): each.outcome.value for each in findings}
    for each in findings:
        root = each.rule.unless_failed
        if root and found.get((root, *map(str, each.subject[1:]))) == "fail":
            found[tuple(map(str, each.subject))] = "fail"
    return found


def with_ids(data: Data, alike: Data, truth: Data) -> Data:
    """Return a draft whose measures and indicators have the ids that they have in the facts.

    `alike` is the draft in which they have the titles of the facts.
    """
    changed = dict(data)
    for section in LISTS:
        ids = {each["title"]: each["id"] for each in truth.get(section) or ()}
        entries = zip(data.get(section) or (), alike.get(section) or (), strict=True)
        changed[section] = [
            own | {"id": ids.pop(same["title"], f"draft-{own['id']}")} for own, same in entries
        ]
    return {key: value for key, value in changed.items() if value or key not in LISTS}


def compared(truth: Outcomes, drafted: Outcomes) -> dict[tuple[str, str], list[tuple[str, ...]]]:
    """Return which subjects have which outcome by hand, and by the draft."""
    pairs: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for subject, outcome in truth.items():
        pairs.setdefault((outcome, drafted.get(subject, "-")), []).append(subject)
    for subject in drafted.keys() - truth.keys():
        pairs.setdefault(("-", drafted[subject]), []).append(subject)
    return pairs


def answers(truth: Data, draft: Data, law: Law, day: date) -> list[Unit]:
    """Return the answers that bring a draft to the verdicts of the facts on plan and town.

    Verdicts on a single measure or indicator are left aside: each would ask for its own.
    """
    by_hand = outcomes(truth, law, day)
    wanted = {subject: each for subject, each in by_hand.items() if subject[1] not in SINGLE}
    units = [*_units(truth, draft)]

    def reaches(given: set[Unit]) -> bool:
        try:
            found = outcomes(_mixed(truth, draft, given), law, day)
        except PlanError:
            return False
        return all(found.get(subject) == outcome for subject, outcome in wanted.items())

    return _needed(units, reaches)


def _needed(units: list[Unit], reaches: Callable[[set[Unit]], bool]) -> list[Unit]:
    """Return units without which something is not reached, taken back in halves."""
    given = set(units)
    queue = [units]
    while queue:
        some = queue.pop()
        if not some:
            continue
        if reaches(given - set(some)):
            given -= set(some)
        elif len(some) > 1:
            middle = len(some) // 2
            queue += [some[:middle], some[middle:]]
    return [each for each in units if each in given]


def _together(truth: Data, draft: Data) -> dict[Unit, list[tuple[OpenDoubt, Way]]]:
    """Return the answers about doubts that are alike: which doubts each settles, and how."""
    found: dict[Unit, list[tuple[OpenDoubt, Way]]] = {}
    for group in put_together(doubts_in(draft)):
        for doubt in group.doubts if isinstance(group, AlikeDoubts) else ():
            said = value_at(draft, doubt.carrier)
            name = said["id"] if group.section in LISTS else doubt.carrier[-1]
            own = _entries(truth, group.section).get(name) if len(doubt.carrier) == _ENTRY else None
            what = _what_is_right(said, own, group)
            if what is not None:
                answer = ("together", *map(str, (*group.doubts[0].carrier, *group.keys)), what)
                ways = {"": AS_IT_STANDS, "n": NOT_SAID}
                found.setdefault(answer, []).append((doubt, ways.get(what) or set_to(what)))
    return found


def _what_is_right(said: Data, own: Data | None, group: AlikeDoubts) -> str | None:
    """Return how a doubt is answered: as it stands (empty), as not said (n), or by a value.

    None where that is an answer about this one alone.
    """
    if not group.keys:
        return "n" if own is None else ""
    if own is None:
        return None
    right = [own.get(key) for key in group.keys]
    if right == [None] * len(right):
        return "n"
    if right == [said.get(key) for key in group.keys]:
        return ""
    return right[0] if right[0] in group.codes else None


_ENTRY = 2
"""The length of the path of an entry of a section."""


def _answered_together(truth: Data, draft: Data, given: set[Unit]) -> Data:
    """Return the draft after the answers about doubts that are alike."""
    ways = dict(
        pair for unit, pairs in _together(truth, draft).items() if unit in given for pair in pairs
    )
    for doubt in reversed([each for each in doubts_in(draft) if each in ways]):
        draft = ways[doubt](draft, doubt)
    return draft


def _units(truth: Data, draft: Data) -> Iterator[Unit]:
    yield from _together(truth, draft)
    for key in sorted({*truth["plan"], *draft["plan"]} - {"evidence", "doubts"}):
        if truth["plan"].get(key) != draft["plan"].get(key) or _is_doubted(draft["plan"], key):
            yield "plan", key
    if truth["recorded"] != draft["recorded"]:
        yield ("recorded",)
    for section in ("provisions", *LISTS):
        own, other = _entries(truth, section), _entries(draft, section)
        for name in {**other, **own}:
            if own.get(name) != other.get(name):
                yield section, name
    for section in ("standardization", "collection"):
        if truth.get(section) != draft.get(section):
            yield (section,)
    yield ("document",)
    for section in SECTIONS:
        yield "closed", section


def _is_doubted(said: Mapping[str, Any], key: str) -> bool:
    return any(key in doubt.get("of", ()) for doubt in said.get("doubts", ()))


def _entries(data: Data, section: str) -> dict[str, Any]:
    said = data.get(section) or {}
    return {each["id"]: each for each in said} if isinstance(said, list) else said


def _mixed(truth: Data, draft: Data, given: set[Unit]) -> Data:
    """Return the draft with what was answered taken from the facts."""
    draft = _answered_together(truth, draft, given)
    keys = {*truth["plan"], *draft["plan"]} - {"evidence", "doubts"}
    answered = {key for key in keys if ("plan", key) in given}
    about = {k: (truth if k in answered else draft)["plan"].get(k) for k in sorted(keys)}
    about = {key: value for key, value in about.items() if value is not None}
    about["evidence"] = [*truth["plan"].get("evidence", ()), *draft["plan"].get("evidence", ())]
    about["evidence"] = [
        each | {"of": of}
        for each in about["evidence"]
        if (of := [key for key in each.get("of", about) if key in about and key != "evidence"])
    ]
    doubts = [
        doubt | {"of": [key for key in doubt["of"] if key not in answered]}
        for doubt in draft["plan"].get("doubts", ())
    ]
    about["doubts"] = [doubt for doubt in doubts if doubt["of"]]
    mixed: Data = {
        "format": truth["format"],
        "municipality": truth["municipality"],
        "recorded": (truth if ("recorded",) in given else draft)["recorded"],
        "plan": {key: value for key, value in about.items() if value not in ([], None)},
    }
    for section in ("provisions", *LISTS):
        entries = _mixed_entries(truth, draft, section, given)
        if entries or ("closed", section) in given:
            mixed[section] = entries if section == "provisions" else [*entries.values()]
    for section in ("standardization", "collection"):
        source = truth if (section,) in given else draft
        if section in source:
            mixed[section] = source[section]
        elif section in truth and ("closed", section) in given and not truth[section]:
            mixed[section] = truth[section]
    mixed["document"] = _reading(truth, draft, given)
    return mixed


def _mixed_entries(truth: Data, draft: Data, section: str, given: set[Unit]) -> dict[str, Any]:
    own, other = _entries(truth, section), _entries(draft, section)
    entries = {}
    for name in {**own, **other}:
        source = own if (section, name) in given else other
        if name in source:
            entries[name] = source[name]
    known = set(entries)
    return {name: _with_known(each, known) for name, each in entries.items()}


def _with_known(entry: Any, known: set[str]) -> Any:
    """Return an entry that requires no measure that is not there yet."""
    if "requires" not in entry:
        return entry
    kept = [each for each in entry["requires"] if each.get("id", "") in known or "id" not in each]
    return entry | {"requires": kept}


def _reading(truth: Data, draft: Data, given: set[Unit]) -> Data:
    closed = [section for section in SECTIONS if ("closed", section) in given]
    source = truth if ("document",) in given else draft
    said = {k: v for k, v in (source.get("document") or {}).items() if k in {"lost", "passages"}}
    if len(closed) == len(SECTIONS) and ("document",) in given:
        return {"read": "complete"} | said
    return {"read": "part", "closed": closed, "drafted": draft["document"]["drafted"]} | said
