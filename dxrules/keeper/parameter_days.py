"""The days from which a rule reads differently: its first one, and each new parameter value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dxrules.rules import Law, Rule
from dxrules.rules.checks import named
from dxrules.rules.ruleset import constants_on, resolved


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
