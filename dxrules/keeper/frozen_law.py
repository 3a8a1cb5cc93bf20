"""Hypothetical laws for impact analysis: frozen at a day, and without a limit of knowledge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from dxrules.dates import DatedValues, PartialDate, ValueSince
from dxrules.keeper.reference_diff import list_names
from dxrules.reference import Reference
from dxrules.reference.reference_data import Dated
from dxrules.rules import Law, Ruleset
from dxrules.rules.condition import Constant
from dxrules.rules.rule import InForce
from dxrules.rules.ruleset import constants_on

_FIRST, _LAST = date.min, date.max
_NEVER = PartialDate(_LAST, _LAST)


def held_still(law: Law, day: date) -> Law:
    """Return a law of which every day is as one day: rules, constants and reference data.

    Entries that do not hold yet keep their ids, since a plan may name them; they never hold.
    """
    constants = constants_on(law.rulesets, day)
    return replace(
        law,
        rulesets=tuple(_ruleset(ruleset, constants, day) for ruleset in law.rulesets),
        reference=_reference(law.reference, day),
    )


def all_known(law: Law) -> Law:
    """Return a law of which it is known that nothing else changes."""
    return replace(
        law,
        rulesets=tuple(replace(ruleset, known_until=_LAST) for ruleset in law.rulesets),
        reference=replace(law.reference, known_until=_LAST),
    )


def _ruleset(ruleset: Ruleset, constants: dict[str, Constant], day: date) -> Ruleset:
    return replace(
        ruleset,
        parameters={
            name: DatedValues((ValueSince(_FIRST, constants[name]),) if name in constants else ())
            for name in ruleset.parameters
        },
        rules=tuple(
            replace(rule, in_force=_for_ever(rule.in_force, day))
            for rule in ruleset.rules
            if rule.in_force.announced <= day
        ),
    )


def _for_ever(force: InForce, day: date) -> InForce:
    """Return that a rule always holds; if it does not on the day, that it always did, or will."""
    if force.on(day):
        return InForce(_FIRST, _FIRST)
    if day < force.since:
        return InForce(_FIRST, _LAST)
    return InForce(_FIRST, _FIRST, _FIRST)


def _reference(reference: Reference, day: date) -> Reference:
    lists: dict[str, Any] = {
        name: {key: _entry(entry, day) for key, entry in getattr(reference, name).items()}
        for name in list_names(reference)
    }
    return replace(reference, **lists)


def _entry(entry: Any, day: date) -> Any:
    """Return an entry that never holds, if it does not hold on the day."""
    if isinstance(entry, Dated) and entry.holds_from > day:
        return entry.model_copy(update={"on": _NEVER})
    return entry
