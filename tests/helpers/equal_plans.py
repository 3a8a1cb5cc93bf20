"""The same plan, said in another way."""

from __future__ import annotations

from typing import Any

from dxrules.dates import parse_date
from dxrules.errors import DateError

DATED = frozenset(
    {"since", "start", "due", "completed", "on", "established", "reviewed", "migrated_on"}
    | {"target", "date", "year", "observed", "recorded", "told"}
)
"""Keys of the plan file that hold a date."""


def shuffled(said: Any, random: Any) -> Any:
    """Return the same with the entries of each mapping and list in another order."""
    if isinstance(said, dict):
        items = [(key, shuffled(value, random)) for key, value in said.items()]
        random.shuffle(items)
        return dict(items)
    if isinstance(said, list):
        each = [shuffled(value, random) for value in said]
        random.shuffle(each)
        return each
    return said


def in_days(said: Any, key: str | None = None) -> Any:
    """Return the same with each stretch of time written as its first and its last day."""
    if isinstance(said, dict):
        return {name: in_days(value, name) for name, value in said.items()}
    if isinstance(said, list):
        return [in_days(value, key) for value in said]
    if key not in DATED or not isinstance(said, str):
        return said
    try:
        date = parse_date(said)
    except DateError:
        return said
    closed = date.earliest is not None is not date.latest and not date.approximate
    return date.canonical() if closed else said
