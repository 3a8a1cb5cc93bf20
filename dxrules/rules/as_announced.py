"""The law as it was known on a day: nothing is foreseen before it was announced."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from dxrules.dates import DatedValues
from dxrules.reference import Reference, Source
from dxrules.reference.reference_data import Dated, Event
from dxrules.rules.condition import Constant
from dxrules.rules.in_force import rules_known_on
from dxrules.rules.ruleset import Law, Ruleset

_DAY = timedelta(days=1)


def known_on(law: Law, day: date, kept: Collection[str] = ()) -> Law:
    """Return the law without what had not been announced on a day.

    A rule is known from its announcement on, and that it lapses from the announcement of that.
    A value of a parameter, or an entry of a reference list, is known from the day on which it
    holds or, if that comes first, on which its source was decided. What is left out was not
    known, so what is known ends before the first of it.
    `kept` are ids of entries that stay, such as the edition that a plan cites.
    """
    return replace(
        law,
        rulesets=tuple(_ruleset(ruleset, day) for ruleset in law.rulesets),
        reference=_reference(law.reference, day, kept),
    )


def _ruleset(ruleset: Ruleset, day: date) -> Ruleset:
    forces = [rule.in_force for rule in ruleset.rules]
    told = [force.announced for force in forces]
    told += [force.until_announced for force in forces if force.until_announced]
    values = {name: _values(ruleset, name, day) for name in ruleset.parameters}
    ends = [
        entry.since
        for name, dated in ruleset.parameters.items()
        for entry in dated.entries[len(values[name].entries) :]
    ]
    return replace(
        ruleset,
        rules=rules_known_on(ruleset.rules, day),
        parameters=values,
        known_until=_before(
            [*(later for later in told if later > day), *ends], ruleset.known_until
        ),
    )


def _values(ruleset: Ruleset, name: str, day: date) -> DatedValues[Constant]:
    """Return the values of a parameter up to the last one known; a first one always is."""
    entries = ruleset.parameters[name].entries
    sources = ruleset.cited[name]
    known = 1
    while known < len(entries) and _announced(entries[known].since, sources[known]) <= day:
        known += 1
    if known >= len(entries):
        return ruleset.parameters[name]
    return DatedValues((*entries[: known - 1], replace(entries[known - 1], until=None)))


def _reference(reference: Reference, day: date, kept: Collection[str]) -> Reference:
    changed: dict[str, Any] = {}
    later: list[date] = []
    for field in fields(reference):
        entries = getattr(reference, field.name)
        if isinstance(entries, Mapping):
            unknown = {
                key: entry
                for key, entry in entries.items()
                if isinstance(entry, Dated)
                and key not in kept
                and _announced(entry.holds_from, reference.sources[entry.source]) > day
            }
            # No fact rests on the history of documents, so nothing is less known without it.
            later += [e.holds_from for e in unknown.values() if not isinstance(e, Event)]
            changed[field.name] = {k: entry for k, entry in entries.items() if k not in unknown}
    return replace(reference, **changed, known_until=_before(later, reference.known_until))


def _announced(since: date, source: Source) -> date:
    """Return the day on which what holds from another was known."""
    decided = None if source.decided is None else source.decided.latest
    return since if decided is None else min(decided, since)


def _before(days: Iterable[date], known_until: date) -> date:
    return min([known_until, *(day - _DAY for day in days)])
