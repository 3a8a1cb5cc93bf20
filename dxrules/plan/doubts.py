"""Doubts of a draft: what nobody has confirmed is not known, and its section stays open.

A value in doubt is taken out before anything is derived, as if it had not been read; what can not
be without it goes with it. So no verdict rests on it, whatever it says: it can neither pass a
rule nor fail one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar, get_args

from pydantic import BaseModel

from dxrules.plan.models import Plan
from dxrules.plan.sections.document import Drafted, Reading
from dxrules.plan.sections.evident import Doubtful
from dxrules.plan.value_types import SectionName
from dxrules.source import Document, Path

M = TypeVar("M", bound=BaseModel)

_SECTIONS = get_args(SectionName)
_NAMES = frozenset({"title", "id"})
"""Keys by which an entry is called; without them it could not be named in a report."""


def without_doubts(plan: Plan) -> Plan:
    """Return what of a plan is confirmed; the plan itself where nothing is in doubt."""
    open_sections = {name for name in _SECTIONS if _holds_doubt(getattr(plan, name))}
    if not open_sections:
        return plan
    changes = {name: _confirmed(getattr(plan, name)) for name in open_sections}
    reading = plan.document or Reading.model_validate({"read": "complete"})
    closed = _SECTIONS if reading.read == "complete" else reading.closed
    left = tuple(name for name in closed if name not in open_sections)
    drafted = reading.drafted or Drafted.model_construct(tool="", version="", file="", digest="")
    told = {"read": "part", "closed": left, "drafted": drafted}
    changes["document"] = reading.model_copy(update=told)
    return plan.model_copy(update=changes)


def as_drafted(document: Document) -> Document:
    """Return a plan file as if nothing of it were in doubt: what it says, confirmed or not."""
    places = (document.values, document.keys)
    values, keys = ({p: m for p, m in each.items() if "doubts" not in p} for each in places)
    return replace(document, data=_undoubted(document.data), values=values, keys=keys)


def _undoubted(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _undoubted(each) for key, each in data.items() if key != "doubts"}
    return [_undoubted(each) for each in data] if isinstance(data, list) else data


def doubts_of(document: Document) -> list[Path]:
    """Return where in a plan file a doubt stands."""
    return [path for path in document.values if len(path) > 1 and path[-2] == "doubts"]


def _holds_doubt(value: Any) -> bool:
    if isinstance(value, Doubtful) and value.doubts:
        return True
    return any(_holds_doubt(each) for each in _within(value))


def _within(value: Any) -> Iterator[Any]:
    if isinstance(value, BaseModel):
        yield from (each for _, each in value)
    elif isinstance(value, tuple):
        yield from value
    elif isinstance(value, dict):
        yield from value.values()


def _confirmed(value: Any) -> Any:
    """Return what of a value is confirmed; None if nothing of it can stand."""
    if isinstance(value, BaseModel):
        return _confirmed_mapping(value)
    if isinstance(value, tuple):
        kept = [_confirmed(each) for each in value]
        return tuple(each for each in kept if each is not None)
    if isinstance(value, dict):
        found = {key: _confirmed(each) for key, each in value.items()}
        return {key: each for key, each in found.items() if each is not None}
    return value


def _confirmed_mapping(value: M) -> M | None:
    """Return a mapping without its keys in doubt; None if one of them may not be missing."""
    changes: dict[str, Any] = {}
    doubts = value.doubts if isinstance(value, Doubtful) else ()
    if any(not doubt.of for doubt in doubts):
        return None
    for key in (key for doubt in doubts for key in doubt.of):
        name, info = _field(value, key)
        if key in _NAMES and info.is_required():
            continue
        if info.is_required() or (info.default not in (None, ()) and info.default != {}):
            return None
        changes[name] = info.default
    for name, each in value:
        if name not in changes and _holds_doubt(each):
            changes[name] = _confirmed(each)
            info = type(value).model_fields[name]
            if changes[name] is None and info.is_required():
                return None
    return value.model_copy(update=changes) if changes else value


def _field(value: BaseModel, key: str) -> tuple[str, Any]:
    """Return the field that a key of the file is: some have another name in Python."""
    fields = type(value).model_fields
    return next((name, info) for name, info in fields.items() if key in (name, info.alias))
