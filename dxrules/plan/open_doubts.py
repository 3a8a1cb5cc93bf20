"""What a person still has to say of a draft: its doubts and its open sections, and the answers.

An answer is a change of the plan file's data; `source.rewrite` writes it and keeps the rest. No
answer is taken for granted: whoever has one reads the plan file that it makes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin

from dxrules.frozen import frozen
from dxrules.plan.field_info import (
    field_of,
    is_several,
    model_in,
    plain_type,
    reference_of,
    values_of,
)
from dxrules.plan.models import Plan, empty_section
from dxrules.plan.value_types import SectionName
from dxrules.source import Document, Path
from dxrules.source.placed_data import value_at

if TYPE_CHECKING:
    from pydantic import BaseModel

SECTION_NAMES: Final = get_args(SectionName)
_LAST: Final = ("evidence", "doubts")
"""Keys that stand after what an entry says."""
_ASIDE: Final = frozenset({*_LAST, "id"})
"""Keys that say nothing of an entry by themselves."""


@frozen
class OpenDoubt:
    """A doubt of a draft: the mapping that it is about, and where it stands under its doubts.

    Without `keys` it is whether the entry is one at all. `section` is the section that it keeps
    open.
    """

    carrier: Path
    position: int = 0
    keys: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    because: str = ""

    @property
    def section(self) -> str:
        """The section of the plan file that it stands in."""
        return str(self.carrier[0])


def open_doubts(document: Document) -> tuple[OpenDoubt, ...]:
    """Return the doubts of a plan file, in the order in which they stand."""
    return tuple(doubts_in(document.data))


def doubts_in(data: Any, carrier: Path = ()) -> Iterator[OpenDoubt]:
    """Yield the doubts in data of a plan file, in the order in which they stand.

    Doubts about the same keys of a mapping are one: one answer settles them.
    """
    inner = data.items() if isinstance(data, dict) else ()
    for key, each in inner or (enumerate(data) if isinstance(data, list) else ()):
        if key != "doubts":
            yield from doubts_in(each, (*carrier, key))
            continue
        found: dict[tuple[str, ...], OpenDoubt] = {}
        for position, said in enumerate(each):
            keys, candidates = (tuple(said.get(name, ())) for name in ("of", "candidates"))
            first = found.get(keys) or OpenDoubt(carrier, position, keys)
            reasons = (first.because, said.get("because", ""))
            found[keys] = replace(
                first,
                candidates=tuple(dict.fromkeys((*first.candidates, *candidates))),
                because=" / ".join(dict.fromkeys(filter(None, reasons))),
            )
        yield from found.values()


def open_sections(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the sections of which nobody has said that nothing is to be added."""
    said = data.get("document") or {}
    if said.get("read", "complete") == "complete":
        return ()
    return tuple(name for name in SECTION_NAMES if name not in said.get("closed", ()))


def model_at(path: Path) -> type[BaseModel]:
    """Return the model of the mapping at a path of a plan file."""
    return _reached(path)[0]


def is_listed(path: Path) -> bool:
    """Tell whether the mapping at a path is one entry of a list or of a table."""
    return _reached(path)[1]


def _reached(path: Path) -> tuple[type[BaseModel], bool]:
    """Return the model of the mapping at a path, and whether it is one of several entries."""
    model: type[BaseModel] = Plan
    is_entry = holds_entries = False
    for part in path:
        is_entry, holds_entries = holds_entries, False
        if not is_entry:
            annotation = _field(model, str(part)).annotation
            model = model_in(annotation) or model
            holds_entries = get_origin(plain_type(annotation)) in {dict, tuple}
    return model, is_entry


def codes_of(path: Path, key: str) -> tuple[str, ...]:
    """Return the values that a key of a mapping is limited to; none if it is not."""
    return values_of(_field(model_at(path), key).annotation)


def _field(model: type[BaseModel], key: str) -> Any:
    return field_of(model, key)


def list_of(path: Path, key: str) -> str | None:
    """Return the reference list whose ids a key of a mapping takes; None if it takes none."""
    info = _field(model_at(path), key)
    return reference_of(info.annotation, info)


def is_list(path: Path, key: str) -> bool:
    """Tell whether a key of a mapping takes several values."""
    return is_several(_field(model_at(path), key))


def offers(data: Mapping[str, Any], doubt: OpenDoubt) -> tuple[dict[str, Any], ...]:
    """Return the answers that can be offered, each as the values of the keys, the likeliest first.

    That is what stands there, then the other candidates, then the codes that a key can have.
    """
    entry = value_at(data, doubt.carrier)
    said = {key: entry[key] for key in doubt.keys if key in entry}
    lacking = [key for key in doubt.keys if key not in entry]
    if not lacking and len(doubt.keys) != 1:
        return (said,)
    key = (lacking or doubt.keys)[0]
    values = [] if lacking else [said[key]]
    if not is_list(doubt.carrier, key):
        values += [*doubt.candidates, *codes_of(doubt.carrier, key)]
    elif lacking and doubt.candidates:
        values.append(list(doubt.candidates))
    found = []
    for value in values:
        if (each := {**said, key: value}) not in found:
            found.append(each)
    return tuple(found)


def carried_over(
    before: Mapping[str, Any], after: Mapping[str, Any], answered: OpenDoubt
) -> dict[OpenDoubt, OpenDoubt]:
    """Return where each doubt in data stands once one of them has been answered."""
    left: dict[tuple[Path, tuple[str, ...]], list[OpenDoubt]] = {}
    for each in doubts_in(before):
        if not _goes(each, answered):
            own = answered.keys if each.carrier == answered.carrier else ()
            keys = tuple(key for key in each.keys if key not in own)
            left.setdefault((each.carrier, keys), []).append(each)
    now = [*doubts_in(after)]
    if len(now) < len(left):  # the entry went, with all that was in doubt of it
        depth = len(answered.carrier)
        left = {at: those for at, those in left.items() if at[0][:depth] != answered.carrier}
    moved = zip(left.values(), now, strict=True)
    return {was: new for those, new in moved for was in those}


def _goes(doubt: OpenDoubt, answered: OpenDoubt) -> bool:
    """Tell whether a doubt goes with the answer to one (see `less_doubt`)."""
    if doubt.carrier != answered.carrier:
        return False
    return set(doubt.keys) <= set(answered.keys) if doubt.keys else not answered.keys


def less_doubt(entry: dict[str, Any], keys: Sequence[str]) -> None:
    """Let keys of a mapping be in doubt no more; whether it is an entry stays in doubt.

    Without keys it is one, and its keys stay in doubt; where only keys are, none of them is then.
    """
    held = entry.pop("doubts", ())
    left = [each for each in map(_less(keys), held) if each is not None]
    if not keys:
        left = [each for each in held if each.get("of")]
        left = [] if len(left) == len(held) else left
    if left:
        entry["doubts"] = left


def confirmed(
    data: Mapping[str, Any], doubt: OpenDoubt, values: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return data in which keys are in doubt no more, and have the values that are told."""
    new, entry = _copied(data, doubt.carrier)
    less_doubt(entry, doubt.keys)
    aside = {key: entry.pop(key) for key in _LAST if key in entry}
    entry |= dict(values or {}) | aside
    return new


def left_out(data: Mapping[str, Any], doubt: OpenDoubt) -> dict[str, Any]:
    """Return data without what is in doubt: the document does not say it, or it is no entry.

    With a key goes its evidence, and with the last key of an entry of a list the entry. A list
    that becomes empty goes, too: written as empty it would say that there is none.
    """
    new, entry = _copied(data, doubt.carrier)
    less_doubt(entry, doubt.keys)
    for key in doubt.keys:
        entry.pop(key, None)
    evidence = [each for each in map(_less(doubt.keys), entry.get("evidence", ())) if each]
    entry.pop("evidence", None)
    entry |= {"evidence": evidence} if evidence and entry.keys() - _ASIDE else {}
    if not doubt.keys or not entry.keys() - _ASIDE:
        _take_away(new, doubt.carrier)
    return new


def closed(data: Mapping[str, Any], section: str) -> dict[str, Any]:
    """Return data in which a section was read through: nothing is to be added to it.

    One that is not in the file was read and has nothing. With the last of them all was read.
    """
    new = {**data, section: data[section] if section in data else empty_section(section)}
    return _with_open(new, [name for name in open_sections(data) if name != section])


def reopened(data: Mapping[str, Any], section: str) -> dict[str, Any]:
    """Return data in which something may be added to a section."""
    return _with_open(data, [*open_sections(data), section])


def _with_open(data: Mapping[str, Any], sections: Sequence[str]) -> dict[str, Any]:
    """Return data in which just some sections are open."""
    if set(sections) == {*open_sections(data)}:
        return dict(data)
    reading = {"read": "part", **(data.get("document") or {})}
    reading["read"] = "part" if sections else "complete"
    reading["closed"] = [name for name in SECTION_NAMES if name not in sections]
    if not sections or not reading["closed"]:
        del reading["closed"]
    return {**data, "document": reading}


def _copied(data: Mapping[str, Any], path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return data that is new along a path, and the mapping at the end of it."""
    new = dict(data)
    here: Any = new
    for part in path:
        here[part] = here[part].copy()
        here = here[part]
    return new, here


def _less(keys: Sequence[str]) -> Any:
    """Return a function that leaves of evidence, or of a doubt, what is for other keys, if any."""

    def less(said: Mapping[str, Any]) -> dict[str, Any] | None:
        of = said.get("of")
        if not of:
            return dict(said)
        rest = [each for each in of if each not in keys]
        return {**said, "of": rest} if rest else None

    return less


def _take_away(new: dict[str, Any], path: Path) -> None:
    """Take an entry away, and what is around it where that becomes empty."""
    *around, last = path
    if not around:
        new.pop(str(last), None)
        return
    holder = value_at(new, tuple(around))
    del holder[last]
    if not holder:
        _take_away(new, tuple(around))
