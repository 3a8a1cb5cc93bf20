"""What changed in the constants of rules: which value, since when, by which source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dxrules.keeper.rule_diff import alive, rules_of
from dxrules.rules.checks import named

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dxrules.dates import Entry
    from dxrules.keeper.sides import Side
    from dxrules.reference import Source
    from dxrules.rules import Ruleset
    from dxrules.rules.condition import Constant
    from dxrules.rules.models import ParameterType

    Cited = tuple[Entry[Constant], Source | None]


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value that differs; an entry is None where that side has none."""

    old: Entry[Constant] | None
    new: Entry[Constant] | None
    source: Source | None


@dataclass(frozen=True, slots=True)
class ParameterChange:
    """A parameter whose values differ, with the ids of the rules that name it.

    Between two days there is one change; else one for each day from which they differ.
    """

    name: str
    ruleset: str
    type: ParameterType
    values: tuple[ValueChange, ...]
    rules: tuple[str, ...]


def parameter_changes(old: Side, new: Side) -> Iterator[ParameterChange]:
    """Yield the parameters whose values differ."""
    before, after = _owners(old), _owners(new)
    for name in dict.fromkeys((*after, *before)):
        if old.day and new.day:
            pairs = [(_on(before.get(name), name, old.day), _on(after.get(name), name, new.day))]
        else:
            was, now = _history(before.get(name), name), _history(after.get(name), name)
            pairs = [(was.get(day), now.get(day)) for day in sorted({*was, *now})]
        values = tuple(_value(*pair) for pair in pairs if _differ(*pair, days=old.day is None))
        if values:
            owner = after.get(name) or before[name]
            rules = _naming((old, new), name)
            yield ParameterChange(name, owner.id, owner.types[name], values, rules)


def _owners(side: Side) -> dict[str, Ruleset]:
    return {name: ruleset for ruleset in side.law.rulesets for name in ruleset.parameters}


def _history(owner: Ruleset | None, name: str) -> dict[date, Cited]:
    if owner is None:
        return {}
    entries = owner.parameters[name].entries
    sources = owner.cited.get(name) or (None,) * len(entries)
    return {entry.since: (entry, source) for entry, source in zip(entries, sources, strict=True)}


def _on(owner: Ruleset | None, name: str, day: date) -> Cited | None:
    """Return the entry that holds on a day."""
    begun = [cited for since, cited in _history(owner, name).items() if since <= day]
    if not begun or (begun[-1][0].until is not None and begun[-1][0].until < day):
        return None
    return begun[-1]


def _differ(was: Cited | None, now: Cited | None, *, days: bool) -> bool:
    """Tell whether two entries differ: in value and source, with `days` in these as well."""
    if was is None or now is None or days:
        return was != now
    return was[0].value != now[0].value or was[1] != now[1]


def _value(was: Cited | None, now: Cited | None) -> ValueChange:
    source = (now or was or (None, None))[1]
    return ValueChange(was[0] if was else None, now[0] if now else None, source)


def _naming(sides: tuple[Side, Side], name: str) -> tuple[str, ...]:
    """Return the rules of either side that name a parameter."""
    found = {
        rule.id: None
        for side in reversed(sides)
        for rule in rules_of(side)
        if alive(rule, side.day) and name in named(rule)
    }
    return tuple(found)
