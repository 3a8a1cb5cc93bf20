"""Formulas are kept small, and mean the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.engine import (
    limits,
)
from dxrules.engine.formula import (
    FALSE,
    TRUE,
    And,
    Atom,
    Field,
    Or,
    complement,
    conjunction,
    disjunction,
)
from tests.helpers.engines import MANY
from tests.helpers.strategies.formulas import assignments, raw_formulas


def holds(formula, fields):
    """Evaluate a formula."""
    match formula:
        case And(parts):
            return all(holds(part, fields) for part in parts)
        case Or(parts):
            return any(holds(part, fields) for part in parts)
        case Atom(field, "lte", value):
            return fields[field] <= value
        case Atom(field, "gte", value):
            return fields[field] >= value
        case Atom(field, relation, value):
            return (fields[field] == value) is (relation == "eq")


def simplified(formula):
    """Build a formula anew with the functions that keep it small."""
    match formula:
        case And(parts):
            return conjunction(map(simplified, parts))
        case Or(parts):
            return disjunction(map(simplified, parts))
    return formula


@pytest.mark.slow
@MANY
@given(raw_formulas, assignments)
def test_a_small_formula_means_the_same(formula, fields):
    """Simplifying changes no answer, and the complement gives the opposite one."""
    assert holds(simplified(formula), fields) is holds(formula, fields)
    assert holds(complement(simplified(formula)), fields) is not holds(formula, fields)


@pytest.mark.slow
@MANY
@given(raw_formulas)
def test_no_empty_group_is_left(formula):
    """Below the top there is no empty and, no empty or, and no group of one."""
    small = simplified(formula)
    assert small in (TRUE, FALSE) or all(len(group.parts) > 1 for group in _compounds(small))


def _compounds(formula):
    if not isinstance(formula, Atom):
        yield formula
        for part in formula.parts:
            yield from _compounds(part)


@pytest.mark.slow
@given(st.lists(raw_formulas, min_size=3, max_size=6), assignments)
def test_pieces_together_mean_the_whole(parts, fields):
    """One of the pieces holds exactly where the formula does, and each is within the limits."""
    whole = conjunction(map(simplified, parts))
    if whole == FALSE:
        return
    cut = limits.pieces(whole)
    assert any(holds(piece, fields) for piece in cut) is holds(whole, fields)
    assert all(limits.matches(piece) <= limits.MAX_MATCHES for piece in cut)
    assert all(limits.connectives(piece) <= limits.MAX_CONNECTIVES for piece in cut)


X, Y, Z = (Atom(Field(name, "true"), "eq", value=True) for name in "xyz")


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (conjunction([X, X]), X),
        (conjunction([X, complement(X)]), FALSE),
        (disjunction([X, complement(X)]), TRUE),
        (conjunction([X, disjunction([X, Y])]), X),
        (disjunction([X, conjunction([X, Y])]), X),
        (conjunction([X, conjunction([Y, Z])]), And((X, Y, Z))),
        (conjunction([X, TRUE]), X),
        (conjunction([X, FALSE]), FALSE),
        (disjunction([X, TRUE]), TRUE),
        (
            conjunction([Atom(Field("x", "lo"), "lte", n) for n in (3, 1, 2)]),
            Atom(Field("x", "lo"), "lte", 1),
        ),
        (
            disjunction([Atom(Field("x", "lo"), "gte", n) for n in (3, 1, 2)]),
            Atom(Field("x", "lo"), "gte", 1),
        ),
    ],
)
def test_formulas_are_small(formula, expected):
    """What is said twice, contradicts itself or follows from the rest is not asked."""
    assert formula == expected
