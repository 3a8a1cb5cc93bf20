"""What the two engines say of the same rules and facts."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck

from dxrules.engine import Network, available, disagreements
from dxrules.rules.evaluate import judge
from tests.helpers.examples import of_hundred

installed = pytest.mark.skipif(not available(), reason="durable_rules is not installed")

MANY = of_hundred(300, suppress_health_check=[HealthCheck.too_slow])
"""Three times the examples of the profile: many pairs each."""


def outcomes(rules, facts):
    """Return what the interpreter says of every pair."""
    by_rule = [(each, judge(each)) for each in rules]
    return {
        (each.id, position): say(one.values)
        for each, say in by_rule
        for position, one in enumerate(facts)
        if each.concerns(one)
    }


def differences(rules, facts):
    """Return where durable_rules and the interpreter differ."""
    with Network(rules) as asked:
        return disagreements(outcomes(rules, facts), *asked.ask(facts))
