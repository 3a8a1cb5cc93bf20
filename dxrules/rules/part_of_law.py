"""A law with some of its rules alone: judging by fewer rules takes less time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from dxrules.rules.ruleset import Law


def with_referred(law: Law, ids: Collection[str]) -> frozenset[str]:
    """Return rules by their ids, and with them those that they refer to."""
    rules = {rule.id: rule for ruleset in law.rulesets for rule in ruleset.rules}
    wanted, open_ones = set[str](), {*ids}
    while open_ones:
        wanted |= open_ones
        named = [(rules[i].unless_failed, rules[i].refines) for i in open_ones & rules.keys()]
        open_ones = {other for pair in named for other in pair if other} - wanted
    return frozenset(wanted)


def only(law: Law, ids: Collection[str]) -> Law:
    """Return a law without all rules but these."""
    rulesets = tuple(
        replace(ruleset, rules=tuple(rule for rule in ruleset.rules if rule.id in ids))
        for ruleset in law.rulesets
    )
    return replace(law, rulesets=rulesets)
