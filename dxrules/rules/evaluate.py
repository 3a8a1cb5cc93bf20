"""What a rule says of a fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dxrules.dates import Truth
from dxrules.derivation import Value
from dxrules.rules.condition import because, meaning
from dxrules.rules.rule import Outcome, Rule, Verdict

FactJudge = Callable[[Mapping[str, Value]], Outcome]
"""Judges the values of one fact by one rule."""


def outcome_of(applies: Truth, require: Truth) -> Outcome:
    """Combine the truths of a rule's two conditions.

    >>> [outcome_of(None, require).value for require in (True, False, None)]
    ['pass', 'unknown', 'unknown']
    """
    if applies is False:
        return Outcome.NOT_APPLICABLE
    if require:
        return Outcome.PASS
    if applies and require is False:
        return Outcome.FAIL
    return Outcome.UNKNOWN


def judge(rule: Rule) -> FactJudge:
    """Compile a rule to a function from the values of a fact to an outcome."""
    require = meaning(rule.require)
    if rule.applies is None:
        return lambda values: outcome_of(True, require(values))  # noqa: FBT003
    applies, nowhere = meaning(rule.applies), Outcome.NOT_APPLICABLE

    def judge_values(values: Mapping[str, Value]) -> Outcome:
        holds = applies(values)
        return nowhere if holds is False else outcome_of(holds, require(values))

    return judge_values


def verdict(rule: Rule, values: Mapping[str, Value]) -> Verdict:
    """Judge one fact and tell why."""
    require = because(rule.require, values)
    applies = because(rule.applies, values) if rule.applies is not None else None
    holds = True if applies is None else applies.truth
    return Verdict(outcome_of(holds, require.truth), require, applies)
