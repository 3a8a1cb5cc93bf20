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


def renamed(said: Any, name: str) -> Any:
    """Return the same with other ids of measures and indicators, wherever they are named."""
    if isinstance(said, dict):
        return {
            key: f"{name}-{value}" if key == "id" else renamed(value, name)
            for key, value in said.items()
        }
    return [renamed(each, name) for each in said] if isinstance(said, list) else said


def proven(said: Any) -> Any:
    """Return the same with a quotation of the plan for each entry that can carry one."""
    quoted = {"evidence": [{"from": "plan", "text": "計画の文"}]}
    entries = {
        section: {key: {**entry, **quoted} for key, entry in said.get(section, {}).items()}
        for section in ("provisions",)
        if section in said
    }
    rows = {
        section: [{**each, **quoted} for each in said[section]]
        for section in ("measures", "indicators")
        if section in said
    }
    return {**said, **entries, **rows, "plan": {**said.get("plan", {}), **quoted}}


def without_entry(said: Any, section: str, key: str) -> Any:
    """Return the same without an entry of a section, which may have a mapping of its own."""
    held = said.get(section, {})
    if section == "collection":
        charges = {name: each for name, each in held.get("charges", {}).items() if name != key}
        return {**said, section: {**held, "charges": charges}}
    return {**said, section: {name: each for name, each in held.items() if name != key}}
