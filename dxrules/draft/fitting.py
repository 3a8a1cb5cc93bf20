"""A draft is a plan file: what no plan file may say is left out of it."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from dxrules.errors import PlanError
from dxrules.plan import plan_of
from dxrules.reference import Reference
from dxrules.source import from_text

_ROUNDS: Final = 12
_KEPT: Final = frozenset({"format", "municipality", "recorded", "document"})


def fitting(data: dict[str, Any], reference: Reference) -> dict[str, Any]:
    """Return data that the plan file takes, less what it refuses.

    A document may contradict itself, or have been misread; then neither value is one.
    """
    for _ in range(_ROUNDS):
        text = json.dumps(data, ensure_ascii=False, indent=0)
        try:
            plan_of(from_text(text, "draft.json"), reference)
        except PlanError as error:
            paths = {tuple(re.findall(r"[^.\[\]]+", p.key)[:2]) for p in error.problems}
            for path in sorted(paths, key=_last_first):
                data = _less_doubts(data, path) or _without(data, path)
        else:
            return data
    kept = {key: value for key, value in data.items() if key in _KEPT}
    return kept | {"plan": {"title": data["plan"]["title"]}}


def _last_first(path: tuple[str, ...]) -> tuple[int, ...]:
    """Order paths so that taking out an entry of a list moves no other that is to go."""
    return tuple(-int(part) for part in path[1:] if part.isdecimal())


def _without(data: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    """Return data without the entry that a path leads into; of the plan, without its key."""
    section, *rest = path or ("",)
    said = data.get(section)
    if path == ("plan",) and isinstance(said, dict) and "title" in said:
        return data | {"plan": {"title": said["title"]}}
    if isinstance(said, list) and rest and int(rest[0]) < len(said):
        return data | {section: [e for n, e in enumerate(said) if n != int(rest[0])]}
    if section in _KEPT or not isinstance(said, dict) or not rest:
        return {key: value for key, value in data.items() if key != section or key in _KEPT}
    key = rest[0]
    if section == "standardization" or (section == "collection" and len(rest) == 1):
        return {name: value for name, value in data.items() if name != section}
    if section == "plan" and key == "title":
        return data
    return data | {section: {name: value for name, value in said.items() if name != key}}


def _less_doubts(data: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    """Return data in which the entry that a path leads into has no values in doubt, if it has."""
    section, *rest = path or ("",)
    said = data.get(section)
    sure = _unasked(said.get(rest[0])) if isinstance(said, dict) and rest else None
    return {} if sure is None else data | {section: {**(said or {}), rest[0]: sure}}


def _unasked(entry: Any) -> dict[str, Any] | None:
    """Return an entry without the values that are in doubt; None if it has none.

    They are candidates, and what they contradict is not.
    """
    doubts = entry.get("doubts", ()) if isinstance(entry, dict) else ()
    held = {key for doubt in doubts for key in doubt.get("of", ()) if key in entry}
    if not held:
        return None
    kept = {key: value for key, value in entry.items() if key not in held}
    return kept | {"doubts": [_with_candidates(doubt, entry) for doubt in doubts]}


def _with_candidates(doubt: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    keys = doubt.get("of", ())
    is_told = "candidates" in doubt or len(keys) != 1 or not isinstance(entry.get(keys[0]), str)
    return doubt if is_told else doubt | {"candidates": [entry[keys[0]]]}
