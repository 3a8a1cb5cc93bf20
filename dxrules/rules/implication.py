"""What a rule can say at all, and whether another asks for more: proved over the domains.

The witnesses are values of the attributes that the rules name. What follows from each other by
the table of what is implied is never contradicted; other attributes are taken as if they did not
depend on each other. So what is said never to happen never does, and what is said to happen may
still need a fact that no plan gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from dxrules.derivation import Value
from dxrules.frozen import frozen
from dxrules.rules.domains import TooManyCells, cells
from dxrules.rules.evaluate import judge
from dxrules.rules.rule import Outcome, Rule

Direction = Literal["tightened", "loosened", "both", "undecided", "neutral", "same"]
"""How what a rule asks changed.

`neutral`: what passed did not come under it, or the reverse. `same`: said otherwise, and every
fact comes out as before.
"""

_STRICTNESS: Mapping[Outcome, int] = {
    Outcome.NOT_APPLICABLE: 0,
    Outcome.PASS: 0,
    Outcome.UNKNOWN: 1,
    Outcome.FAIL: 2,
}


@frozen
class ConditionComparison:
    """How a rule's conditions changed, with a fact that shows each direction.

    `neutral`: some fact passes that did not come under the rule, or the other way round.
    """

    change: Direction
    tightened: Mapping[str, Value] | None = None
    loosened: Mapping[str, Value] | None = None
    neutral: Mapping[str, Value] | None = None


def outcomes(rule: Rule) -> dict[Outcome, Mapping[str, Value]]:
    """Return each outcome that a resolved rule can give, with a fact that shows it.

    Raises TooManyCells if there are too many combinations to look at.
    """
    decide = judge(rule)
    found: dict[Outcome, Mapping[str, Value]] = {}
    for values in cells(rule.kind, rule.conditions):
        found.setdefault(decide(values), values)
    return found


def compare(old: Rule, new: Rule) -> ConditionComparison:
    """Tell whether the conditions of a resolved rule are stricter than those of another.

    Both are about one kind of fact; neither their keys nor their strength are looked at. Of the
    facts that show a direction, it is one whose outcome moves furthest.
    """
    before, after = judge(old), judge(new)
    change: Direction = "same"
    furthest: dict[bool, tuple[int, Mapping[str, Value]]] = {}
    neutral: Mapping[str, Value] | None = None
    try:
        for values in cells(new.kind, (*old.conditions, *new.conditions)):
            was, now = before(values), after(values)
            if was is now:
                continue
            more = _STRICTNESS[now] - _STRICTNESS[was]
            change = "neutral" if change == "same" else change
            neutral = values if neutral is None and not more else neutral
            up = more > 0
            if abs(more) > (furthest[up][0] if up in furthest else 0):
                furthest[up] = abs(more), values
    except TooManyCells:
        return ConditionComparison("undecided")
    tightened, loosened = (furthest.get(up, (0, None))[1] for up in (True, False))
    if tightened and loosened:
        change = "both"
    elif tightened or loosened:
        change = "tightened" if tightened else "loosened"
    return ConditionComparison(change, tightened, loosened, neutral)
