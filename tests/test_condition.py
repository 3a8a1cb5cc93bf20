"""What conditions mean: three truths, and what a truth rests on."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.dates import Range, both, either, negate
from dxrules.derivation import SILENT, UNKNOWN, Absent, Code
from dxrules.rules.condition import (
    OPERATORS,
    TESTS,
    All,
    AnyOf,
    Because,
    Leaf,
    Not,
    Param,
    because,
    leaves,
    meaning,
    resolve,
)
from dxrules.texts import same
from tests.helpers.strategies.knowing_less import more_and_less
from tests.helpers.strategies.rules import CODES, TYPES, conditions, facts

TRUE, FALSE, OPEN = True, False, None
VALUE = {TRUE: True, FALSE: False, OPEN: UNKNOWN}


def truth(values, condition):
    """Return the truth of a condition for values."""
    return meaning(condition)(values)


def leaf(name):
    """Return a condition that is as true as the attribute itself."""
    return Leaf(name, "is", operand=True)


# ---- Kleene's tables ----


@pytest.mark.parametrize(("left", "right"), [*product(VALUE, repeat=2)])
def test_groups_follow_kleene(left, right):
    """`all` is as true as the least true part, `any` as the most true one; unknown is between."""
    rank = {FALSE: 0, OPEN: 1, TRUE: 2}
    values = {"left": VALUE[left], "right": VALUE[right]}
    parts = (leaf("left"), leaf("right"))
    assert truth(values, All(parts)) is min(left, right, key=rank.__getitem__)
    assert truth(values, AnyOf(parts)) is max(left, right, key=rank.__getitem__)


@pytest.mark.parametrize(("inner", "outer"), [(TRUE, FALSE), (FALSE, TRUE), (OPEN, OPEN)])
def test_not_turns_truth_around(inner, outer):
    """`not` turns true and false around and leaves unknown unknown."""
    assert truth({"part": VALUE[inner]}, Not(leaf("part"))) is outer


def test_empty_groups():
    """All of nothing is true, any of nothing is false."""
    assert truth({}, All(())) is True
    assert truth({}, AnyOf(())) is False


# ---- Leaves ----

DAY = 739_000

LEAVES = [
    ("is", Range(3, 3), 3, TRUE),
    ("is", Range(3, 4), 3, OPEN),
    ("is", Range(4, None), 3, FALSE),
    ("is", Code("a"), "a", TRUE),
    ("is", Code("b"), "a", FALSE),
    ("is", True, True, TRUE),
    ("is", False, True, FALSE),
    ("is", SILENT, True, OPEN),
    ("is", UNKNOWN, "a", OPEN),
    ("in", Code("a"), ("a", "b"), TRUE),
    ("in", Code("c"), ("a", "b"), FALSE),
    ("in", Code("c"), (), FALSE),
    ("in", SILENT, ("a",), OPEN),
    ("by", Range(DAY - 1, DAY), DAY, TRUE),
    ("by", Range(DAY, DAY + 1), DAY, OPEN),
    ("by", Range(DAY + 1, None), DAY, FALSE),
    ("by", Range(None, DAY), DAY, TRUE),
    ("by", Range(DAY + 1, DAY + 9, approximate=True), DAY, OPEN),
    ("by", Range(DAY - 9, DAY, approximate=True), DAY, TRUE),
    ("by", UNKNOWN, DAY, OPEN),
    ("before", Range(DAY - 1, DAY - 1), DAY, TRUE),
    ("before", Range(DAY, DAY), DAY, FALSE),
    ("before", Range(DAY - 1, DAY), DAY, OPEN),
    ("at_least", Range(3, 9), 3, TRUE),
    ("at_least", Range(2, 9), 3, OPEN),
    ("at_least", Range(0, 2), 3, FALSE),
    ("at_most", Range(0, 3), 3, TRUE),
    ("at_most", Range(3, 4), 3, OPEN),
    ("at_most", Range(4, 4), 3, FALSE),
    ("at_most", SILENT, 3, OPEN),
    ("known", Code("a"), True, TRUE),
    ("known", Code("a"), False, FALSE),
    ("known", False, True, TRUE),
    ("known", Range(None, None), True, TRUE),
    ("known", same(""), True, TRUE),
    ("known", SILENT, True, FALSE),
    ("known", SILENT, False, TRUE),
    ("known", UNKNOWN, True, OPEN),
    ("known", UNKNOWN, False, OPEN),
]

NEGATIONS = {"is_not": "is", "not_in": "in", "after": "by", "from": "before"}


@pytest.mark.parametrize(("operator", "value", "operand", "expected"), LEAVES)
def test_leaves(operator, value, operand, expected):
    """A leaf is true or false where every value left possible makes it so, else unknown."""
    assert truth({"it": value}, Leaf("it", operator, operand)) is expected


@pytest.mark.parametrize(("negated", "plain"), [*NEGATIONS.items()])
def test_negated_operators(negated, plain):
    """`is_not`, `not_in`, `after` and `from` are the negations of what they turn around."""
    assert OPERATORS[negated].types == OPERATORS[plain].types
    cases = [case for case in LEAVES if case[0] == plain]
    assert cases
    for _, value, operand, expected in cases:
        assert truth({"it": value}, Leaf("it", negated, operand)) is negate(expected)


def test_every_operator_is_tested():
    """No operator is without a case above."""
    assert {case[0] for case in LEAVES} | set(NEGATIONS) == set(OPERATORS)
    assert {word.test for word in OPERATORS.values()} == set(TESTS)


@pytest.mark.slow
@given(facts, conditions(0))
def test_a_negation_is_the_negation(fact, condition):
    """`not` around a leaf is what the opposite operator says of any value."""
    opposite = NEGATIONS | {plain: negated for negated, plain in NEGATIONS.items()}
    if condition.operator in opposite:
        other = Leaf(condition.attribute, opposite[condition.operator], condition.operand)
        assert truth(fact.values, Not(condition)) is truth(fact.values, other)


# ---- Parameters ----


def test_resolve():
    """The constants of a day stand where parameters stood; all else is as it was."""
    day = Leaf("due", "by", 7)
    condition = All(
        (Not(Leaf("due", "by", Param("day"))), AnyOf((day, Leaf("kind", "in", Param("c")))))
    )
    assert resolve(condition, {"day": 7, "c": ("a",), "other": 1}) == All(
        (Not(day), AnyOf((day, Leaf("kind", "in", ("a",)))))
    )


@given(conditions())
def test_without_parameters_nothing_is_resolved(condition):
    """A condition without parameters needs no constants."""
    assert resolve(condition, {}) == condition


# ---- Why ----


def shape(why):
    """Return the condition that a tree of reasons was made of."""
    match why.condition:
        case Leaf():
            return why.condition
        case Not():
            return Not(shape(why.parts[0]))
        case group:
            return type(group)(tuple(shape(part) for part in why.parts))


@given(conditions(), facts)
def test_because_agrees_with_meaning(condition, fact):
    """The tree of reasons has the truth of the condition, its shape, and each leaf's value."""
    why = because(condition, fact.values)
    assert why.truth is truth(fact.values, condition)
    assert shape(why) == condition
    assert [part.condition for part in why.leaves()] == list(leaves(condition))
    for part in why.leaves():
        assert part.value == fact.values[part.condition.attribute]
        assert part.truth is truth(fact.values, part.condition)


def with_truth(why, changed, to):
    """Return the truth that a tree would have, had one of its leaves another truth."""
    if why is changed:
        return to
    inner = [with_truth(part, changed, to) for part in why.parts]
    match why.condition:
        case Leaf():
            return why.truth
        case Not():
            return negate(inner[0])
        case All():
            return both(inner)
        case AnyOf():
            return either(inner)


@given(conditions(), facts, st.sampled_from([TRUE, FALSE, OPEN]))
def test_other_leaves_decide_nothing(condition, fact, to):
    """Whatever another truth a leaf that does not decide had, a known truth would stay."""
    why = because(condition, fact.values)
    deciding = [id(each) for each in why.deciding()]
    for each in why.leaves():
        if why.truth is not None and id(each) not in deciding:
            assert with_truth(why, each, to) is why.truth


@given(conditions(), facts)
def test_deciding_leaves_determine(condition, fact):
    """The deciding leaves alone, all others unknown, give the same truth."""
    why = because(condition, fact.values)
    deciding = [id(each) for each in why.deciding()]

    def alone(tree):
        match tree.condition:
            case Leaf():
                return tree.truth if id(tree) in deciding else None
            case Not():
                return negate(alone(tree.parts[0]))
            case All():
                return both(alone(part) for part in tree.parts)
            case AnyOf():
                return either(alone(part) for part in tree.parts)

    assert alone(why) is why.truth


def test_deciding_through_a_negation():
    """Under `not` those leaves decide that have the opposite truth."""
    values = {"a": True, "b": False, "c": UNKNOWN}
    parts = tuple(leaf(name) for name in values)
    for condition, names in [
        (All(parts), "b"),
        (AnyOf(parts), "a"),
        (Not(All(parts)), "b"),
        (Not(AnyOf(parts)), "a"),
        (All((leaf("a"), Not(leaf("c")), leaf("c"))), "cc"),
    ]:
        why = because(condition, values)
        assert "".join(part.condition.attribute for part in why.deciding()) == names


def test_because_is_a_tree():
    """A reason holds the truth of every part, and of a leaf its value."""
    values = {"a": True, "b": UNKNOWN}
    condition = AnyOf((Not(leaf("a")), leaf("b")))
    assert because(condition, values) == Because(
        condition,
        None,
        (
            Because(Not(leaf("a")), FALSE, (Because(leaf("a"), TRUE, value=True),)),
            Because(leaf("b"), OPEN, value=UNKNOWN),
        ),
    )


# ---- Knowing less ----


@pytest.mark.slow
@given(conditions(), more_and_less())
def test_knowing_less_contradicts_nothing(condition, known):
    """Who knows less says the same or that it is unknown, never the opposite."""
    more, less = known
    assert truth(less, condition) in (None, truth(more, condition))


@given(conditions())
def test_of_nothing_known_a_leaf_tells_nothing(condition):
    """Where nothing is known, no leaf is true or false."""
    values = dict.fromkeys(TYPES, UNKNOWN)
    assert {part.truth for part in because(condition, values).leaves()} <= {None}


@given(conditions(), st.sampled_from(CODES))
def test_reasons_for_absence_do_not_matter(condition, reason):
    """Why a value is absent is for people; truth rests on whether the document is silent."""
    for absent in (SILENT, UNKNOWN):
        reasoned = dict.fromkeys(TYPES, Absent(absent.silent, same(reason)))
        assert truth(reasoned, condition) is truth(dict.fromkeys(TYPES, absent), condition)
