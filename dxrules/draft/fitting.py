"""A draft is a plan file: what no plan file may say is left out of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from dxrules.errors import PlanError
from dxrules.plan import plan_of
from dxrules.source import from_text

if TYPE_CHECKING:
    from dxrules.reference import Reference

_ROUNDS: Final = 12
_KEPT: Final = frozenset({"format", "municipality", "recorded", "document"})


def fitting(data: dict[str, Any], reference: Reference) -> dict[str, Any]:
    """Return data that the plan file takes, less what it refuses.

    A document may contradict itself, or have been misread; then neither value is one.
    """
    import yaml

    for _ in range(_ROUNDS):
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
        try:
            plan_of(from_text(text, "draft"), reference)
        except PlanError as error:
            for problem in error.problems:
                data = _without(data, re.split(r"[.\[]", problem.key))
        else:
            return data
    kept = {key: value for key, value in data.items() if key in _KEPT}
    return kept | {"plan": {"title": data["plan"]["title"]}}


def _without(data: dict[str, Any], path: list[str]) -> dict[str, Any]:
    """Return data without the entry that a path leads into; of the plan, without its key."""
    section, *rest = path
    said = data.get(section)
    if section in _KEPT or not isinstance(said, dict) or not rest:
        return {key: value for key, value in data.items() if key != section or key in _KEPT}
    key = rest[0]
    if section == "standardization" or (section == "collection" and len(rest) == 1):
        return {name: value for name, value in data.items() if name != section}
    if section == "plan" and key == "title":
        return data
    return data | {section: {name: value for name, value in said.items() if name != key}}
