"""Values of rules: how they change between two laws, and the days from which they hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dxrules.dates import ValueSince
from dxrules.frozen import frozen
from dxrules.keeper.comparison_side import Side
from dxrules.keeper.rule_diff import rules_of
from dxrules.reference import Source
from dxrules.rules import Law, Rule, Ruleset
from dxrules.rules.checks import named
from dxrules.rules.condition import Constant
from dxrules.rules.ruleset import constants_on, resolved
from dxrules.rules.ruleset_models import ParameterType

CitedValue = tuple[ValueSince[Constant], Source | None]

_DAY = timedelta(days=1)


@frozen
class ValueChange:
    """A value that differs from a day on; an entry is None where that side has none then."""

    since: date
    old: ValueSince[Constant] | None
    new: ValueSince[Constant] | None
    source: Source | None


@frozen
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
        first, then = before.get(name), after.get(name)
        if old.day and new.day:
            values = _differing(_on(first, name, old.day), _on(then, name, new.day))
        else:
            values = tuple(
                value
                for day in sorted({*_turns(first, name), *_turns(then, name)})
                for value in _differing(_on(first, name, day), _on(then, name, day), day)
            )
        if values:
            owner = then or before[name]
            rules = _naming((old, new), name)
            yield ParameterChange(name, owner.id, owner.types[name], values, rules)


def _owners(side: Side) -> dict[str, Ruleset]:
    return {name: ruleset for ruleset in side.law.rulesets for name in ruleset.parameters}


def _history(owner: Ruleset | None, name: str) -> dict[date, CitedValue]:
    if owner is None:
        return {}
    entries = owner.parameters[name].entries
    sources = owner.cited.get(name) or (None,) * len(entries)
    return {entry.since: (entry, source) for entry, source in zip(entries, sources, strict=True)}


def _on(owner: Ruleset | None, name: str, day: date) -> CitedValue | None:
    """Return the entry that holds on a day."""
    begun = [cited for since, cited in _history(owner, name).items() if since <= day]
    if not begun or (begun[-1][0].until is not None and begun[-1][0].until < day):
        return None
    return begun[-1]


def _turns(owner: Ruleset | None, name: str) -> Iterator[date]:
    """Yield each day from which a parameter has another value, or none."""
    for entry, _ in _history(owner, name).values():
        yield entry.since
        if entry.until is not None:
            yield entry.until + _DAY


def _differing(
    was: CitedValue | None, now: CitedValue | None, day: date | None = None
) -> tuple[ValueChange, ...]:
    """Return what differs, in value or source, from a day on; else since that value holds."""
    shown = now or was
    if shown is None or _said(was) == _said(now):
        return ()
    entry, source = shown
    old, new = (None if each is None else each[0] for each in (was, now))
    return (ValueChange(day or entry.since, old, new, source),)


def _said(cited: CitedValue | None) -> tuple[Constant, Source | None] | None:
    return None if cited is None else (cited[0].value, cited[1])


def _naming(sides: tuple[Side, Side], name: str) -> tuple[str, ...]:
    """Return the rules of either side that name a parameter."""
    return rules_of(sides, lambda rule: name in named(rule))


def regimes(law: Law, rule: Rule) -> Iterator[tuple[date, Rule]]:
    """Yield a rule with the constants of each day on which they change while it is in force."""
    for day in common_days(law, rule):
        yield day, resolved(rule, constants_on(law.rulesets, day))


def common_days(law: Law, *rules: Rule) -> list[date]:
    """Return the days on which rules hold and one of them, or a value that it names, begins."""
    names, parameters = {name for rule in rules for name in named(rule)}, law.parameters
    begins = {entry.since for name in names for entry in parameters[name].entries}
    begins |= {rule.in_force.since for rule in rules}
    return sorted(day for day in begins if all(rule.in_force.on(day) for rule in rules))
