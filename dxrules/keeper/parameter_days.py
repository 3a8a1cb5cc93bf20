"""The days from which a rule reads differently: its first one, and each new parameter value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dxrules.rules import Law, Rule
from dxrules.rules.checks import named
from dxrules.rules.ruleset import constants_on, resolved


def regimes(law: Law, rule: Rule) -> Iterator[tuple[date, Rule]]:
    """Yield a rule with the constants of each day on which they change while it is in force."""
    parameters = law.parameters
    begins = {entry.since for name in named(rule) for entry in parameters[name].entries}
    days = {rule.in_force.since, *filter(rule.in_force.on, begins)}
    for day in sorted(days):
        yield day, resolved(rule, constants_on(law.rulesets, day))
