"""Which is stricter: a rule, or the one that it refines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from dxrules.frozen import frozen
from dxrules.rules.implication import Direction, compare
from dxrules.rules.rule import STRENGTH_RANK, Rule

Conditions = Literal["stricter", "laxer", "equal", "mixed", "undecided"]
ComparedStrength = Literal["stronger", "weaker", "equal"]

_CONDITIONS: Mapping[Direction, Conditions] = {
    "same": "equal",
    "neutral": "equal",
    "tightened": "stricter",
    "loosened": "laxer",
    "both": "mixed",
    "undecided": "undecided",
}


@frozen
class Refinement:
    """How a rule compares with the one that it refines, each by the values of the same day.

    `due_days` is by how many days it falls due earlier; below zero, later; None where the two
    do not both have a fixed day.
    """

    refined: Rule
    conditions: Conditions
    strength: ComparedStrength
    due_days: int | None = None


def refinement(rule: Rule, refined: Rule) -> Refinement:
    """Compare a resolved rule with the resolved one that it refines."""
    ranks = STRENGTH_RANK[rule.strength] - STRENGTH_RANK[refined.strength]
    due, other = rule.due_on, refined.due_on
    days = None if due is None or other is None else (other.hi or 0) - (due.hi or 0)
    return Refinement(
        refined,
        _CONDITIONS[compare(refined, rule).change],
        "equal" if ranks == 0 else "stronger" if ranks > 0 else "weaker",
        days,
    )
