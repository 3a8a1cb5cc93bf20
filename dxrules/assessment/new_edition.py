"""A new edition of a document against the facts of a plan file: what became of each of them.

Three sides are held against each other: what somebody confirmed, what the new edition says by the
same readers that draft, and, where the former document is at hand, what they read there. What the
readers read otherwise than the person did in both documents is no change.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final, Literal

from dxrules.assessment.edition_values import alike, is_same, paired, title_of
from dxrules.assessment.quotations import Quotation, Quotations, quotations_in
from dxrules.dates import parse_date
from dxrules.document import Original
from dxrules.document.normal import squeezed
from dxrules.document.search import Near
from dxrules.draft.fragments import shows, values_in
from dxrules.draft.sameness import same
from dxrules.frozen import frozen
from dxrules.plan import PlanFile
from dxrules.source import Path
from dxrules.source.placed_data import value_at

FactState = Literal["found", "moved", "changed", "gone", "new", "open", "unquoted", "others"]
"""What became of a fact: its words stand where they stood, or elsewhere, or in other words that
say the same; its value is another; nothing of it is found; the edition says what the file does
not. `open` was in doubt before; `unquoted` has no words to look for; `others` rests on what
stands elsewhere than in the plan.
"""

STATES: Final[tuple[FactState, ...]] = (
    "changed",
    "gone",
    "new",
    "open",
    "moved",
    "unquoted",
    "others",
    "found",
)
"""In the order in which they are told: what somebody has to look at comes first."""

SINGLE: Final = (("plan",), ("standardization",), ("collection",))
BY_ID: Final = (("provisions",), ("standardization", "systems"), ("collection", "charges"))
LISTS: Final = ("measures", "indicators")
_APART: Final = frozenset({"systems", "charges", "evidence", "doubts", "id"})
"""Keys of an entry that are entries of their own, or no facts."""
_INTERPRETED: Final = frozenset(
    {"areas", "followed", "scope", "kind", "measures_area", "stage", "read"}
)
"""Keys whose value is somebody's reading, which no words of a document say."""


@frozen
class EditionFact:
    """A fact, or several keys of one entry of which the same is told.

    `path` leads to the mapping in the plan file, for what is new to where it would stand. `said`
    is the value of the plan file, `now` that of the new edition, where they differ; `quoted` is
    the evidence of the file, and `evidence` that of the new edition, as plan files have it.
    `fresh` leads to the entry in the draft of the new edition.
    """

    state: FactState
    path: Path
    keys: tuple[str, ...]
    said: Any = None
    now: Any = None
    quoted: tuple[Quotation, ...] = ()
    evidence: tuple[Mapping[str, Any], ...] = ()
    fresh: Path | None = None
    sure: bool = True


@frozen
class NewEdition:
    """All facts of a plan file, held against a new edition on a day.

    `recorded` is the day that the new edition speaks for, where that is a later one. `same_text`
    tells that it says nothing that the former document does not say.
    """

    file: PlanFile
    original: Original
    quotations: Quotations
    draft: Mapping[str, Any]
    facts: tuple[EditionFact, ...]
    recorded: str | None = None
    same_text: bool = False

    @property
    def day(self) -> date:
        """The day on which somebody looks."""
        return self.quotations.day

    def count(self, state: FactState) -> int:
        """Return of how many keys something is told; an entry in doubt as a whole is one."""
        return sum(max(len(each.keys), 1) for each in self.facts if each.state == state)

    @property
    def to_look_at(self) -> tuple[EditionFact, ...]:
        """What somebody has to look at."""
        return tuple(each for each in self.facts if each.state in {"changed", "gone", "new"})


@frozen
class Former:
    """The former document, and what the readers read in it."""

    original: Original
    draft: Mapping[str, Any]


def held_against(
    file: PlanFile,
    original: Original,
    draft: Mapping[str, Any],
    day: date,
    former: Former | None = None,
    *,
    unchanged: bool = False,
    speaks: Callable[[int], bool] = lambda _: True,
) -> NewEdition:
    """Return what became of each fact of a plan file in a new edition that was drafted.

    `file` is read as if nothing of it were in doubt; its document still holds the doubts.
    `unchanged` tells that it is the very document that the file was drafted from, `speaks`
    whether the town speaks of what is in a block, by its number.
    """
    found = quotations_in(file, original, day)
    heard = (_heard(each, speaks) for each in found.quotations)
    comparing = _Comparing(file.document.data, draft, heard, former)
    facts = sorted(comparing.facts(), key=lambda each: STATES.index(each.state))
    same_text = unchanged or (former is not None and not new_words(original, former.original))
    recorded = _recorded(file, draft)
    return NewEdition(file, original, found, draft, tuple(facts), recorded, same_text)


def _heard(each: Quotation, speaks: Callable[[int], bool]) -> Quotation:
    """Return a quotation that is told only where others speak, or of the past, as missing.

    Words that have moved into what is said of the former plan say nothing of this one.
    """
    placed = each.state == "found" and each.said.section is not None and not each.unsure
    if placed or not each.spots or any(speaks(spot.block) for spot in each.spots):
        return each
    near = Near(each.spots[0], 100.0)
    return replace(each, state="missing", near=near, section=None, page=None)


def new_words(original: Original, former: Original) -> tuple[str, ...]:
    """Return the blocks of a document whose words do not stand in a former one."""
    before = "".join(squeezed(block.text) for _, block in former.body())
    found = (block.text for _, block in original.body())
    return tuple(text for text in found if squeezed(text) and squeezed(text) not in before)


def _recorded(file: PlanFile, draft: Mapping[str, Any]) -> str | None:
    """Return the day that a new edition speaks for if its cover tells it, and it is later."""
    told = parse_date(str(draft["recorded"]))
    if told.earliest is None:
        return None
    before = file.plan.recorded.latest or file.plan.recorded.earliest
    return str(draft["recorded"]) if before is None or told.earliest > before else None


class _Comparing:
    """Tells what became of the facts, entry by entry."""

    def __init__(
        self,
        data: Mapping[str, Any],
        draft: Mapping[str, Any],
        found: Iterable[Quotation],
        former: Former | None,
    ) -> None:
        self.data = data
        self.draft = draft
        self.former = former.draft if former else None
        self.quotations: dict[Path, list[Quotation]] = {}
        for each in found:
            depth = len(each.path) - 2 if "evidence" in each.path[-2:] else len(each.path)
            self.quotations.setdefault(each.path[:depth], []).append(each)

    def facts(self) -> Iterator[EditionFact]:
        """Yield what is told of each entry, by what became of it, and what is new."""
        for path in (*SINGLE, *_below(self.data, BY_ID)):
            if isinstance(value_at(self.data, path), dict):
                yield from self._of_entry(path, path, self._former_of(path))
            elif path in SINGLE and path != ("plan",) and value_at(self.draft, path):
                yield from self._all_new(path)
        for path in _below(self.draft, BY_ID):
            if value_at(self.data, path) is None:
                yield from self._all_new(path)
        for section in LISTS:
            yield from self._of_list(section)
        yield from self._of_passages()

    def _all_new(self, path: Path) -> Iterator[EditionFact]:
        if self._former_of(path) is None:
            entry = value_at(self.draft, path)
            evidence = tuple(entry.get("evidence", ()))
            yield EditionFact("new", path, (), now=entry, evidence=evidence, fresh=path)

    def _former_of(self, path: Path) -> Any:
        return None if self.former is None else value_at(self.former, path)

    def _of_entry(
        self, path: Path, fresh: Path | None, before: Any, there: Any = None
    ) -> Iterator[EditionFact]:
        """Yield what became of the keys of an entry, those together of which the same is told."""
        entry = value_at(self.data, path)
        there = there or (value_at(self.draft, fresh) if fresh else None) or {}
        together: dict[tuple[str, ...], list[EditionFact]] = {}
        for key in entry:
            if key not in _APART:
                fact = self._of_key(path, key, there, before or {}, fresh)
                is_own = fact.state in {"changed", "moved"} or fact.now is not None
                alone = (key,) if is_own else ()
                together.setdefault((fact.state, *alone), []).append(fact)
        for facts in together.values():
            first = facts[0]
            keys = tuple(key for each in facts for key in each.keys)
            quoted = tuple(dict.fromkeys(quote for each in facts for quote in each.quoted))
            evidence = [said for each in facts for said in each.evidence]
            said = first.said if len(facts) == 1 else None
            yield EditionFact(
                first.state, path, keys, said, first.now, quoted, _once(evidence), fresh, first.sure
            )
        for key, value in there.items():
            known = key in entry or key in _APART or key in _INTERPRETED
            if not known and (not before or key not in before):
                shown = _once(_evidence_of(there, key))
                yield EditionFact("new", path, (key,), None, value, (), shown, fresh)

    def _of_key(
        self, path: Path, key: str, there: Mapping[str, Any], before: Mapping[str, Any], fresh: Any
    ) -> EditionFact:
        """Return what became of one key."""
        entry = value_at(self.data, path)
        said, quotes = entry[key], self._quotes(path, key)
        doubts = entry.get("doubts", ())
        if any(not doubt.get("of") or key in doubt["of"] for doubt in doubts):
            now = there.get(key) if self._differs(key, said, there, before) else None
            return EditionFact("open", path, (key,), said, now, quotes, (), fresh)
        own = [each for each in quotes if each.state != "others"]
        if quotes and not own:
            return EditionFact("others", path, (key,), said, None, quotes)
        evidence = _once(_evidence_of(there, key))
        sure = _is_sure(there, key)
        differs = sure and self._differs(key, said, there, before)
        states = {each.state for each in own}
        several = isinstance(said, list) and len(said) > 1
        nearby = self._read_nearby(key, said, own) if "missing" in states else None
        lost = "missing" in states and (several or not states & {"found", "elsewhere"})
        lost = lost or nearby is not None  # one place was changed, and another was not
        now = there.get(key)
        if differs and not (self._is_shown(key, said, own) and states == {"found"}):
            return EditionFact("changed", path, (key,), said, now, quotes, evidence, fresh)
        if lost and not nearby and sure and now is not None and is_same(key, said, now):
            return EditionFact("moved", path, (key,), said, None, quotes, evidence, fresh)
        state: FactState = "moved" if "elsewhere" in states and several else "found"
        if lost:
            now, differs = nearby, True
            state = "gone" if now is None else "changed"
        elif not states & {"found", "elsewhere"}:
            known = sure and now is not None and is_same(key, said, now)
            state = "found" if known else "unquoted"
        elif "found" not in states:
            state = "moved"
        told = (now, quotes, evidence if lost else ())
        return EditionFact(
            state, path, (key,), said, told[0] if differs else None, *told[1:], fresh, not lost
        )

    def _quotes(self, path: Path, key: str) -> tuple[Quotation, ...]:
        """Return what is quoted for a key of an entry, and for what stands below it."""
        own = [
            each
            for each in self.quotations.get(path, ())
            if key in getattr(each.said, "of", ()) or not getattr(each.said, "of", ())
        ]
        below = (*path, key)
        for other, quotes in self.quotations.items():
            if other[: len(below)] == below:
                own += quotes
        return tuple(own)

    def _differs(
        self, key: str, said: Any, there: Mapping[str, Any], before: Mapping[str, Any]
    ) -> bool:
        """Tell whether the new edition says another value than the file and the former document."""
        now = there.get(key)
        if now is None or key in _INTERPRETED or is_same(key, said, now):
            return False
        return key not in before or not is_same(key, before[key], now)

    def _is_shown(self, key: str, said: Any, quotes: Sequence[Quotation]) -> bool:
        """Tell whether the words that are quoted show the value: it is named, or stands in them."""
        for each in quotes:
            words = each.said.text or ""
            if each.state == "found" and (
                key in getattr(each.said, "of", ())
                or (isinstance(said, str) and shows(key, said, words))
            ):
                return True
        return False

    def _read_nearby(self, key: str, said: Any, quotes: Sequence[Quotation]) -> str | None:
        """Return the other value that stands where the quoted one stood; None if none is read.

        Where the words that are nearest hold one value of the kind, as the quoted words do, that
        is what the edition says there.
        """
        for each in quotes:
            if each.near is None or not isinstance(said, str):
                continue
            before = values_in(key, each.said.text or "")
            now = values_in(key, each.near.spot.text)
            if len(before) == len(now) == 1 and same(key, before[0]) == same(key, said):
                return now[0] if same(key, now[0]) != same(key, said) else None
        return None

    def _of_list(self, section: str) -> Iterator[EditionFact]:
        """Yield what became of measures or indicators, each held against the one that it was."""
        old, new = self.data.get(section) or [], self.draft.get(section) or []
        former = (self.former or {}).get(section) or []
        pairs = paired(old, new)
        for number in range(len(old)):
            there = pairs.get(number)
            fresh = None if there is None else (section, there)
            earlier = paired(old[number : number + 1], former).get(0)
            before = None if earlier is None else former[earlier]
            as_it_is = None
            if there is not None and alike(title_of(old[number]), title_of(new[there])):
                as_it_is = {**new[there], "title": old[number]["title"]}  # people name it in full
            yield from self._of_entry((section, number), fresh, before, as_it_is)
        known = paired(new, former)
        for number, entry in enumerate(new):
            if number not in pairs.values() and number not in known:
                path: Path = (section, len(old))
                evidence = tuple(entry.get("evidence", ()))
                fresh = (section, number)
                yield EditionFact("new", path, (), now=entry, evidence=evidence, fresh=fresh)

    def _of_passages(self) -> Iterator[EditionFact]:
        """Yield what became of the passages in which something was amiss."""
        states: Mapping[str, FactState] = {
            "found": "found",
            "elsewhere": "moved",
            "missing": "gone",
        }
        for path, quotes in self.quotations.items():
            if path[:2] == ("document", "passages"):
                state = states.get(quotes[0].state, "others")
                yield EditionFact(state, path, (), value_at(self.data, path), None, tuple(quotes))


def _below(data: Mapping[str, Any], tables: Sequence[Path]) -> Iterator[Path]:
    """Yield the paths of the entries of tables."""
    for table in tables:
        yield from ((*table, key) for key in value_at(data, table) or {})


def _evidence_of(entry: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    for each in entry.get("evidence", ()):
        if not each.get("of") or key in each["of"]:
            yield each


def _once(evidence: Any) -> tuple[Mapping[str, Any], ...]:
    """Return pieces of evidence, each once."""
    return tuple({json.dumps(each, sort_keys=True): each for each in evidence}.values())


def _is_sure(entry: Mapping[str, Any], key: str) -> bool:
    """Tell whether a draft says a key, and is in no doubt about it."""
    doubts = entry.get("doubts", ())
    return key in entry and not any(not d.get("of") or key in d["of"] for d in doubts)
