"""What a rule can say, and which of two asks for more, is proved; witnesses show it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from dxrules.dates import Range
from dxrules.derivation import VOCABULARY, Code
from dxrules.rules import Outcome, judge
from dxrules.rules.condition import All, AnyOf, Leaf, Not
from dxrules.rules.implication import ConditionComparison, compare, outcomes
from tests.helpers.lawbooks import NOVEMBER, law
from tests.helpers.strategies.facts import rules_and_fact
from tests.helpers.strategies.rules import rule

RANK = {Outcome.NOT_APPLICABLE: 0, Outcome.PASS: 0, Outcome.UNKNOWN: 1, Outcome.FAIL: 2}
DEADLINE = 739_707
IN_TIME = Leaf("done_on", "by", DEADLINE)
LATER = Leaf("done_on", "by", DEADLINE + 1)
OPEN = Leaf("status", "is_not", "done")


def on_measures(require, applies=None):
    """Return a rule on measures."""
    return rule(require, applies, kind="measure")


@pytest.mark.slow
@given(rules_and_fact(1))
def test_no_other_outcome_is_met(drawn):
    """Whatever a fact is, its outcome is among those found; each witness has the one it is for."""
    (one,), fact = drawn
    found = outcomes(one)
    decide = judge(one)
    assert decide(fact) in found
    assert {outcome: decide(values) for outcome, values in found.items()} == {
        outcome: outcome for outcome in found
    }


@pytest.mark.slow
@given(rules_and_fact(2))
def test_a_change_that_is_not_told_is_not_met(drawn):
    """No fact shows a change in a direction without a witness, and each witness shows its own."""
    (old, new), fact = drawn
    change = compare(old, new)
    before, after = judge(old), judge(new)
    was, now = before(fact), after(fact)
    assert change.change != "same" or was is now
    assert change.tightened or RANK[now] <= RANK[was]
    assert change.loosened or RANK[now] >= RANK[was]
    for values, direction in ((change.tightened, 1), (change.loosened, -1)):
        if values is not None:
            assert (RANK[after(values)] - RANK[before(values)]) * direction > 0


@pytest.mark.slow
@given(rules_and_fact(2))
def test_the_other_way_round(drawn):
    """What one change tightens, its reverse loosens; nothing differs from itself."""
    (old, new), _ = drawn
    turned = {"tightened": "loosened", "loosened": "tightened"}
    change = compare(old, new).change
    assert compare(new, old).change == turned.get(change, change)
    assert compare(old, old) == ConditionComparison("same")


def test_outcomes_with_their_witnesses():
    """Each outcome that is possible comes with the plainest fact that shows it."""
    assert outcomes(on_measures(IN_TIME, OPEN)) == {
        Outcome.NOT_APPLICABLE: {"status": Code("done"), "done_on": Range.point(DEADLINE)},
        Outcome.PASS: {"status": Code("ongoing"), "done_on": Range.point(DEADLINE)},
        Outcome.FAIL: {"status": Code("ongoing"), "done_on": Range.point(DEADLINE + 1)},
        Outcome.UNKNOWN: {
            "status": Code("ongoing"),
            "done_on": Range(DEADLINE, DEADLINE + 1),
        },
    }


def test_an_outcome_that_is_not_possible():
    """A count is never less than zero, so that such a rule neither fails nor is unknown."""
    assert outcomes(rule(Leaf("cycles", "at_least", 0), kind="plan")) == {
        Outcome.PASS: {"cycles": Range.point(0)},
        Outcome.UNKNOWN: {"cycles": Range(0, 0, approximate=True)},
    }


LATE = Range.point(DEADLINE + 1)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (on_measures(IN_TIME), on_measures(Not(Leaf("done_on", "after", DEADLINE))), "same"),
        (
            on_measures(LATER),
            on_measures(IN_TIME),
            ConditionComparison("tightened", tightened={"done_on": LATE}),
        ),
        (
            on_measures(IN_TIME),
            on_measures(LATER),
            ConditionComparison("loosened", loosened={"done_on": LATE}),
        ),
        (
            on_measures(Leaf("overdue", "is", operand=False)),
            on_measures(Leaf("overdue", "is", operand=True)),
            ConditionComparison("both", tightened={"overdue": False}, loosened={"overdue": True}),
        ),
        (
            on_measures(IN_TIME, OPEN),
            on_measures(AnyOf((IN_TIME, Leaf("status", "is", "done")))),
            ConditionComparison(
                "neutral",
                neutral={"status": Code("done"), "done_on": Range.point(DEADLINE)},
            ),
        ),
    ],
    ids=["same", "tightened", "loosened", "both", "neutral"],
)
def test_compare(old, new, expected):
    """A change has a direction, shown by a fact; one that passes either way has none."""
    assert compare(old, new) == (
        ConditionComparison(expected) if isinstance(expected, str) else expected
    )


def test_what_cannot_be_decided():
    """Too many combinations are not looked at, and that is said."""
    names = [a.name for a in VOCABULARY["plan"].attributes.values() if a.type != "code"]
    great = rule(All(tuple(Leaf(name, "known", operand=True) for name in names)), kind="plan")
    assert compare(great, great) == ConditionComparison("undecided")


def test_every_rule_can_pass_and_fail():
    """Each rule of this checkout passes some fact and fails another."""
    book = law().lawbook(NOVEMBER)
    for each in book.rules:
        assert {Outcome.PASS, Outcome.FAIL} <= set(outcomes(each)), each.id
        assert compare(each, replace(each, title=each.remedy)) == ConditionComparison("same")
    assert len(book.rules) > 50
