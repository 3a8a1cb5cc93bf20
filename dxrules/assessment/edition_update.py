"""A plan file brought up to a new edition: nothing that somebody confirmed is written over.

What has moved gets its new place. A value that is another one, that is gone or that is new becomes
a doubt with its candidates, which a person settles. What was read through was the former document,
so its sections are open again, unless the new edition says nothing that the former did not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from copy import deepcopy
from typing import Any, Final

from dxrules.assessment.edition_values import is_same
from dxrules.assessment.new_edition import LISTS, EditionFact, NewEdition
from dxrules.errors import PlanError
from dxrules.frozen import frozen
from dxrules.plan import PlanFile, plan_of
from dxrules.plan.open_doubts import OpenDoubt, left_out, less_doubt, model_at
from dxrules.plan.sections.evident import Doubtful
from dxrules.reference import Reference
from dxrules.source import from_text
from dxrules.source.placed_data import value_at
from dxrules.texts import Lang, Text, shorten

Take = Callable[[Collection[EditionFact]], dict[str, Any]]

_CHANGED: Final = Text(
    "新しい版では値が違う。前の版の記載: {said}",
    "the new edition says it otherwise; the former: {said}",
)
_READS: Final = Text("新しい版: {now}。", "the new edition: {now}; ")
_GONE: Final = Text(
    "新しい版に、根拠とした文言が見当たらない",
    "the new edition does not have the words that were quoted",
)
_NEAR: Final = Text("(最も近い記載: {near})", " (nearest: {near})")
_NEW: Final = Text(
    "新しい版にあり、この計画ファイルにはない", "in the new edition, and not in this plan file"
)
_ROUNDS: Final = 8
_SHOWN: Final = 80


@frozen
class Updated:
    """The data of a plan file after a new edition; `left` are facts that it could not take in."""

    data: dict[str, Any]
    left: tuple[EditionFact, ...] = ()


def updated(
    edition: NewEdition, drafted: Mapping[str, str], reference: Reference, lang: Lang
) -> Updated:
    """Return the plan file brought up to a new edition, which `drafted` names.

    What would make it say what no plan file may say is left as it was. Raises PlanError where the
    file was wrong before.
    """

    def take(facts: Collection[EditionFact]) -> dict[str, Any]:
        data: dict[str, Any] = deepcopy(edition.file.document.data)
        for fact in facts:
            _Taking(data, edition, lang).take(fact)
        _take_document(data, edition, drafted)
        if edition.recorded is not None:
            data["recorded"] = edition.recorded
        return data

    return _fitting(edition, take, reference)


def supposed(edition: NewEdition, reference: Reference) -> PlanFile | None:
    """Return the plan file as if somebody had confirmed what is sure of the new edition.

    It tells what the difference of the two documents does to verdicts; nothing is read of what is
    new and doubtful. None where no plan file may say it.
    """

    def take(facts: Collection[EditionFact]) -> dict[str, Any]:
        data: dict[str, Any] = deepcopy(edition.file.document.data)
        for fact in sorted(facts, key=_from_the_end):
            data = _as_confirmed(data, fact)
        if edition.recorded is not None:
            data["recorded"] = edition.recorded
        return data

    try:
        return _file(_fitting(edition, take, reference).data, edition.file.name, reference)
    except PlanError:
        return None


def _fitting(edition: NewEdition, take: Take, reference: Reference) -> Updated:
    """Take in all facts but those by which the plan file would be wrong."""
    left: list[EditionFact] = []
    for _ in range(_ROUNDS):
        taken = [each for each in edition.facts if each not in left]
        data = take(taken)
        try:
            _file(data, edition.file.name, reference)
        except PlanError as error:
            paths = [tuple(re.findall(r"[^.\[\]]+", each.key)) for each in error.problems]
            wrong = [each for each in taken if any(_is_about(each, path) for path in paths)]
            if not wrong:
                raise
            left += wrong
        else:
            return Updated(data, tuple(left))
    return Updated(take([]), edition.facts)


def _file(data: Mapping[str, Any], name: str, reference: Reference) -> PlanFile:
    text = json.dumps(data, ensure_ascii=False)
    return plan_of(from_text(text, f"{name}.json"), reference)


def _is_about(fact: EditionFact, path: tuple[str, ...]) -> bool:
    """Tell whether what is wrong at a path may come from a fact that changes the file."""
    own = tuple(map(str, fact.path))
    return fact.state in {"changed", "gone", "new"} and own[:2] == path[: len(own[:2])]


def _from_the_end(fact: EditionFact) -> tuple[int, bool]:
    """Return when a fact is taken in: from the end of a list, and what goes after what is new."""
    last = fact.path[-1]
    return -last if isinstance(last, int) else 1, fact.state == "gone"


def _as_confirmed(data: dict[str, Any], fact: EditionFact) -> dict[str, Any]:
    """Return data in which a fact is what the new edition says for sure."""
    entry = value_at(data, fact.path)
    if fact.state == "changed" and (fact.sure or isinstance(fact.now, str)):
        entry[fact.keys[0]] = fact.now
        less_doubt(entry, fact.keys[:1])
    elif fact.state == "gone" and fact.path[:2] == ("document", "passages"):
        data["document"]["passages"].pop(fact.path[-1])
    elif fact.state == "gone":
        keys = () if _is_whole(fact) else fact.keys
        return left_out(data, OpenDoubt(fact.path, keys=keys))
    elif fact.state == "new" and not _doubts(fact):
        _put_new(data, fact, ())
    return data


def _doubts(fact: EditionFact) -> bool:
    return not fact.sure or (isinstance(fact.now, dict) and "doubts" in fact.now)


def _is_whole(fact: EditionFact) -> bool:
    """Tell whether all that an entry of a list says is gone, its title with it."""
    return fact.path[0] in LISTS and "title" in fact.keys


def _put_new(
    data: dict[str, Any], fact: EditionFact, doubts: tuple[Mapping[str, Any], ...]
) -> None:
    """Put what is new where it belongs: a key, an entry, or an entry at the end of a list."""
    if fact.keys:
        entry = value_at(data, fact.path)
        aside = {key: entry.pop(key) for key in ("evidence", "doubts") if key in entry}
        entry[fact.keys[0]] = fact.now
        evidence = [*aside.get("evidence", ())]
        for each in fact.evidence:
            _prove(evidence, each, fact.keys)
        entry |= {"evidence": evidence} if evidence else {}
        held = [*aside.get("doubts", ()), *doubts]
        entry |= {"doubts": held} if held else {}
        return
    new = {key: each for key, each in fact.now.items() if key != "doubts"}
    if doubts:
        new["doubts"] = [*doubts]
    if fact.path[0] in LISTS:
        entries = data.setdefault(str(fact.path[0]), [])
        entries.append({**new, "id": _free(entries, str(fact.path[0]))})
        return
    here: Any = data
    for part in fact.path[:-1]:
        here = here.setdefault(part, {})
    here[fact.path[-1]] = new


def _prove(evidence: list[Any], new: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    """Add a quotation for some keys to evidence; one that is there for others is for these, too."""
    said = {key: each for key, each in new.items() if key != "of"}
    for number, piece in enumerate(evidence):
        if piece.get("of") and {k: e for k, e in piece.items() if k != "of"} == said:
            of = [*piece["of"], *(key for key in keys if key not in piece["of"])]
            evidence[number] = {**piece, "of": of}
            return
    evidence.append({"of": [*keys], **said})


def _free(entries: list[Any], section: str) -> str:
    """Return an id that no entry of a list has."""
    known = {each.get("id") for each in entries}
    number = len(entries) + 1
    while (name := f"{section.removesuffix('s')}-{number}") in known:
        number += 1
    return name


class _Taking:
    """Takes facts of a new edition into the data of a plan file, as doubts."""

    def __init__(self, data: dict[str, Any], edition: NewEdition, lang: Lang) -> None:
        self.data = data
        self.edition = edition
        self.lang = lang

    def take(self, fact: EditionFact) -> None:
        """Change the data by what became of a fact."""
        if fact.state in {"found", "moved", "changed"}:
            self._move(fact)
        match fact.state:
            case "changed":
                self._change(fact)
            case "gone":
                self._go(fact)
            case "new":
                because = {"because": _NEW.in_(self.lang)}
                of = {"of": [*fact.keys]} if fact.keys else {}
                _put_new(self.data, fact, (of | because,))
            case "open":
                self._widen(fact)

    def _move(self, fact: EditionFact) -> None:
        """Write the places of the new edition; what is quoted otherwise there is quoted so."""
        for quote in fact.quoted:
            piece = value_at(self.data, quote.path)
            for name, value in (("section", quote.section), ("page", quote.page)):
                if value is not None and name in piece:
                    piece[name] = str(value)
        if not fact.evidence:
            return
        entry = value_at(self.data, fact.path)
        missing = [quote.path[-1] for quote in fact.quoted if quote.state == "missing"]
        kept = []
        for number, piece in enumerate(entry.get("evidence", ())):
            shown = piece.get("of") or _shown(entry)
            of = [key for key in shown if key not in fact.keys]
            if number in missing and shown:
                kept += [{**piece, "of": of}] if of else []
            else:
                kept.append(piece)
        entry["evidence"] = kept
        for each in fact.evidence:
            _prove(kept, each, fact.keys)

    def _change(self, fact: EditionFact) -> None:
        """Put a value in doubt, with the one of the new edition beside it."""
        entry, key = value_at(self.data, fact.path), fact.keys[0]
        said, now = fact.said, fact.now
        because = _CHANGED.format(said=_quoted(fact) or _in_short(said))
        doubt: dict[str, Any] = {"of": [key]}
        if isinstance(said, str) and isinstance(now, str):
            doubt["candidates"] = [said, now]
        elif isinstance(said, list) and all(isinstance(each, str) for each in (*said, *now)):
            entry[key] = [*said, *(each for each in now if each not in said)]
            doubt["candidates"] = entry[key]
        elif isinstance(said, list) and issubclass(model_at((*fact.path, key)), Doubtful):
            added = [each for each in now if not is_same(key, said, [each])]
            because = _NEW
            entry[key] = [
                *said,
                *({**e, "doubts": [_about((), because, self.lang)]} for e in added),
            ]
            return
        else:
            because = _READS.format(now=_in_short(now)) + because
        _put_last(entry, doubt | {"because": because.in_(self.lang)})

    def _go(self, fact: EditionFact) -> None:
        """Put in doubt what is not found any more."""
        entry = value_at(self.data, fact.path)
        if fact.path[:2] == ("document", "passages"):
            entry["reading"] = "doubtful"  # whether it is amiss there is not known any more
            return
        near = next((each.near for each in fact.quoted if each.near is not None), None)
        because = _GONE
        if near is not None:
            because += _NEAR.format(near=shorten(near.spot.text, _SHOWN))
        keys = () if _is_whole(fact) else fact.keys
        _put_last(entry, _about(keys, because, self.lang))

    def _widen(self, fact: EditionFact) -> None:
        """Add what the new edition says to the candidates of a doubt that was there before."""
        if not isinstance(fact.now, str) or not isinstance(fact.said, str):
            return
        for doubt in value_at(self.data, fact.path)["doubts"]:
            if doubt.get("of") == [*fact.keys]:
                held = doubt.get("candidates") or [fact.said]
                doubt["candidates"] = [*held, *({fact.now} - {*held})]


_NO_FACTS: Final = frozenset({"evidence", "doubts", "note"})


def _shown(entry: Mapping[str, Any]) -> list[str]:
    """Return the keys that evidence without `of` shows: all of an entry, if it has no title.

    Of a measure it shows the measure itself, which stays what it is.
    """
    return [] if "title" in entry else [key for key in entry if key not in _NO_FACTS]


def _about(keys: tuple[str, ...], because: Text, lang: Lang) -> dict[str, Any]:
    of = {"of": [*keys]} if keys else {}
    return of | {"because": because.in_(lang)}


def _put_last(entry: dict[str, Any], doubt: dict[str, Any]) -> None:
    entry["doubts"] = [*entry.pop("doubts", ()), doubt]


def _quoted(fact: EditionFact) -> str:
    """Return what was quoted for a fact in the former document, with its place."""
    said = next((each.said for each in fact.quoted if each.said.text), None)
    if said is None:
        return ""
    page = getattr(said, "page", None)
    place = "".join((said.section or "", f"p.{page}" if page else ""))
    return f"{place}「{said.text}」"


def _in_short(value: Any) -> str:
    """Return a value of several parts on one line."""
    if isinstance(value, dict):
        shown = (_in_short(each) for key, each in value.items() if key != "doubts")
        return shorten(" ".join(shown), _SHOWN)
    if isinstance(value, list):
        return shorten("、".join(map(_in_short, value)), _SHOWN)
    return shorten(str(value), _SHOWN)


def _take_document(data: dict[str, Any], edition: NewEdition, drafted: Mapping[str, str]) -> None:
    """Say of which document the file is now, what of it was lost, and what was read of it."""
    said = dict(data.get("document") or {"read": "complete"})
    if not edition.same_text:
        said["read"] = "part"
        said.pop("closed", None)
    said["drafted"] = dict(drafted)
    lost = [*said.get("lost", ())]
    fresh = (edition.draft.get("document") or {}).get("lost", ())
    lost += [each for each in fresh if each not in lost]
    if lost:
        said["lost"] = lost
    data["document"] = said
