"""What a rule says of a fact: its outcome, and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.derivation import SILENT, UNKNOWN, Code
from dxrules.rules import Outcome, Verdict, judge, verdict
from dxrules.rules.condition import All, AnyOf, Because, Leaf, Not
from dxrules.rules.evaluate import outcome_of
from dxrules.rules.together import WORTH_COMPILING, Together, compiled
from tests.helpers.strategies.knowing_less import more_and_less
from tests.helpers.strategies.rules import fact, facts, rule, rules

FALSE = False
PASS, FAIL, UNKNOWN_OUTCOME, NOT_APPLICABLE = (
    Outcome.PASS,
    Outcome.FAIL,
    Outcome.UNKNOWN,
    Outcome.NOT_APPLICABLE,
)

TABLE = {
    (True, True): PASS,
    (True, False): FAIL,
    (True, None): UNKNOWN_OUTCOME,
    (False, True): NOT_APPLICABLE,
    (False, False): NOT_APPLICABLE,
    (False, None): NOT_APPLICABLE,
    (None, True): PASS,
    (None, False): UNKNOWN_OUTCOME,
    (None, None): UNKNOWN_OUTCOME,
}

VALUE = {True: True, False: False, None: UNKNOWN}


@pytest.mark.parametrize(("applies", "require"), list(TABLE))
def test_outcomes(applies, require):
    """A rule that may apply passes if it is met, and fails only if it surely applies."""
    assert outcome_of(applies, require) is TABLE[applies, require]
    judged = judge(rule(Leaf("sid", "is", operand=True), Leaf("$and", "is", operand=True)))
    assert judged({"$and": VALUE[applies], "sid": VALUE[require]}) is TABLE[applies, require]


@pytest.mark.parametrize("require", [True, False, None])
def test_a_rule_without_applies(require):
    """A rule that does not say when it applies always does."""
    always = rule(Leaf("sid", "is", operand=True))
    assert judge(always)({"sid": VALUE[require]}) is TABLE[True, require]
    assert verdict(always, {"sid": VALUE[require]}).applies is None


@given(rules, facts)
def test_the_verdict_agrees_with_the_judge(each, one):
    """What is told at length is what is decided in short."""
    assert verdict(each, one.values).outcome is judge(each)(one.values)


@given(st.lists(rules, min_size=1, max_size=3), facts)
def test_one_function_of_all_rules(several, one):
    """It says what the functions of the rules say; a fact is judged by either."""
    each = [(rule, judge(rule)(one.values)) for rule in several]
    applied = [came for came in each if came[1] is not NOT_APPLICABLE]
    assert compiled(several)(one.values) == Together(several).applied(one.values) == applied


def test_compiled_when_it_is_worth_it():
    """After many facts one function judges; conditions too deep for it stay as they are."""
    deep = Leaf("sid", "is", operand=True)
    for _ in range(40):
        deep = Not(AnyOf((All((deep,)),)))
    for condition, is_flat in ((Leaf("sid", "is", operand=True), True), (deep, False)):
        together = Together([rule(condition)])
        first = together.applied
        found = [together.applied({"sid": True}) for _ in range(WORTH_COMPILING + 1)]
        assert found[1:] == found[:-1]
        assert (together.applied != first) is is_flat
    nothing = [rule(All(())), rule(AnyOf(()))]
    assert [outcome for _, outcome in compiled(nothing)({})] == [PASS, FAIL]


def test_a_verdict():
    """A verdict holds the outcome and both conditions with the truth of each part."""
    applies, require = Leaf("kind", "is", "done"), Leaf("sid", "known", operand=True)
    values = {"kind": Code("none"), "sid": SILENT}
    assert verdict(rule(require, applies), values) == Verdict(
        NOT_APPLICABLE,
        Because(require, FALSE, value=SILENT),
        Because(applies, FALSE, value=Code("none")),
    )


@given(rules, more_and_less())
def test_knowing_less_accuses_nobody(each, known):
    """Where less is known no pass becomes a fail, no fail a pass, and nothing becomes a fail."""
    more, less = (judge(each)(values) for values in known)
    assert (
        less
        in {
            PASS: {PASS, UNKNOWN_OUTCOME},
            FAIL: {FAIL, UNKNOWN_OUTCOME},
            UNKNOWN_OUTCOME: {UNKNOWN_OUTCOME},
            NOT_APPLICABLE: {NOT_APPLICABLE, PASS, UNKNOWN_OUTCOME},
        }[more]
    )


@given(rules, facts)
def test_only_four_outcomes_are_judged(each, one):
    """Waived and error are no rule's to say."""
    assert judge(each)(one.values) in set(TABLE.values())


def test_whom_a_rule_concerns():
    """A rule concerns the facts of its kind and, where it names keys, those with such a key."""
    every, one = (
        rule(Leaf("sid", "is", operand=True)),
        rule(Leaf("sid", "is", operand=True), keys=("a",)),
    )
    subjects = [fact(key="a"), fact(key="b"), fact(key="a", kind="計画")]
    assert [every.concerns(each) for each in subjects] == [True, True, False]
    assert [one.concerns(each) for each in subjects] == [True, False, False]


def test_conditions_of_a_rule():
    """A rule has one condition, or two if it is conditional: when it applies comes first."""
    applies, require = Leaf("kind", "is", "done"), Leaf("sid", "is", operand=True)
    assert rule(require).conditions == (require,)
    assert rule(require, applies).conditions == (applies, require)
