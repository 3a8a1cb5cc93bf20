"""Where durable_rules and the interpreter differ."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from dxrules.frozen import frozen
from dxrules.rules.rule import Outcome

Pair = tuple[str, int]
"""The id of a rule, and the position of a fact in the facts that were asked about."""


@frozen
class Disagreement:
    """What each said of one pair; `outcome` is None where the interpreter was not asked."""

    outcome: Outcome | None
    fails: bool
    concern: bool


def disagreements(
    outcomes: Mapping[Pair, Outcome], fails: AbstractSet[Pair], concerns: AbstractSet[Pair]
) -> dict[Pair, Disagreement]:
    """Return the pairs of which the answers differ, in order, with both answers.

    The outcomes are the interpreter's, before any waiver. Its fails must be those of
    durable_rules, its fails and unknowns together the concerns, in both directions.
    """
    fail, unknown = Outcome.FAIL, Outcome.UNKNOWN  # to look a member up takes as long as the rest
    failed, unsure = set[Pair](), set[Pair]()
    for pair, outcome in outcomes.items():
        if outcome is fail:
            failed.add(pair)
        elif outcome is unknown:
            unsure.add(pair)
    differing = (failed ^ fails) | ((failed | unsure) ^ concerns)
    return {
        pair: Disagreement(outcomes.get(pair), pair in fails, pair in concerns)
        for pair in sorted(differing)
    }
