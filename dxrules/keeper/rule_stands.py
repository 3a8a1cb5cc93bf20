"""How a rule stands in a plan before a change of rules, and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dxrules.assessment import Finding
from dxrules.assessment.finding import standing
from dxrules.assessment.finding_question import pattern_of
from dxrules.frozen import frozen
from dxrules.rules import Outcome, Rule
from dxrules.texts import Text

OPEN = frozenset({Outcome.UNKNOWN, Outcome.ERROR})
"""Outcomes with which a rule may fail, for all that can be told."""


@frozen
class Stand:
    """How a rule stands in a plan, as the gravest of its findings: before, and after.

    None is a rule that is not in force. `asks` is what would tell it, where it cannot be told.
    """

    rule: Rule
    before: Outcome | None
    after: Outcome | None
    asks: Text | None = None

    @property
    def newly(self) -> tuple[bool, bool]:
        """Whether it newly fails for sure, and whether it may."""
        if self.before is Outcome.FAIL:
            return False, False
        sure = self.after is Outcome.FAIL and self.before not in OPEN
        return sure, self.after is Outcome.FAIL or self.after in OPEN


def stands_of(
    then: Iterable[Finding], now: Iterable[Finding], names: Mapping[str, str]
) -> tuple[Stand, ...]:
    """Return how rules stand on two sides; `names` are what rules are called now."""
    before = {names.get(rule, rule): found for rule, found in standing(then).items()}
    after = standing(now)
    found = []
    for rule_id in sorted({*before, *after}):
        old, new = before.get(rule_id), after.get(rule_id)
        first = new or old
        if first is not None:
            asks = pattern_of(new) if new is not None and new.outcome is Outcome.UNKNOWN else None
            was, now_is = (None if each is None else each.outcome for each in (old, new))
            found.append(Stand(first.rule, was, now_is, asks))
    return tuple(found)
