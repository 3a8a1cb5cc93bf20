"""A few values stand for all: whatever a value can be, a representative is told apart alike."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.dates import Range
from dxrules.derivation import SILENT, UNKNOWN, VOCABULARY, Absent, Code
from dxrules.rules.condition import All, Leaf, leaves, meaning
from dxrules.rules.domains import TooManyCells, cells, representatives
from dxrules.texts import Text, same
from tests.helpers.strategies.facts import (
    FIRST,
    LAST,
    attributes_of,
    attributes_with_leaves,
    conditions,
    facts,
    kinds,
    values,
)

TYPES = {"date": Range, "number": Range, "truth": bool, "code": Code, "text": Text}


def day(text):
    """Return the ordinal of a day."""
    return date.fromisoformat(text).toordinal()


def attribute(kind, name):
    """Return an attribute of the vocabulary."""
    return VOCABULARY[kind].attributes[name]


def stand(kind, name, *asked):
    """Return the representatives of an attribute for leaves, given by operator and constant."""
    return representatives(attribute(kind, name), [Leaf(name, *each) for each in asked])


def truths(value, asked):
    """Return what each leaf says of a value."""
    return [meaning(leaf)({leaf.attribute: value}) for leaf in asked]


def possible(attribute, value):
    """Tell whether an attribute can have a value: by its type, its codes and its bounds."""
    if isinstance(value, Absent):
        return True
    if isinstance(value, Code):
        return attribute.type == "code" and value.code in attribute.codes
    if not isinstance(value, Range):
        return isinstance(value, TYPES[attribute.type])
    first, last = (FIRST, LAST) if attribute.type == "date" else (attribute.least, None)
    ends = [end for end in (value.lo, value.hi) if end is not None]
    within = all((first is None or first <= e) and (last is None or e <= last) for e in ends)
    return attribute.type in {"date", "number"} and within


@given(st.data())
def test_every_value_has_a_representative(data):
    """Whatever the leaves, each value that is possible is judged as one of the representatives."""
    found, asked = data.draw(attributes_with_leaves())
    value = data.draw(values(found))
    known = [truths(each, asked) for each in representatives(found, asked)]
    assert truths(value, asked) in known


@given(attributes_with_leaves())
def test_representatives_are_possible_and_told_apart(drawn):
    """Each representative is a value that the attribute can have, and no two are judged alike."""
    found, asked = drawn
    known = representatives(found, asked)
    assert [value for value in known if not possible(found, value)] == []
    said = [tuple(truths(value, asked)) for value in known]
    assert len(set(said)) == len(said) > 0


@pytest.mark.slow
@given(st.data())
def test_every_fact_has_a_cell(data):
    """A fact is judged by every leaf of every condition as one of the cells."""
    kind = data.draw(kinds)
    attributes = data.draw(attributes_of(kind))
    asked = data.draw(st.lists(conditions(attributes), min_size=1, max_size=2))
    fact = data.draw(facts(kind, attributes))
    tests = [meaning(leaf) for condition in asked for leaf in leaves(condition)]
    assert [t(fact) for t in tests] in [[t(cell) for t in tests] for cell in cells(kind, asked)]


def test_points_stand_before_ranges_and_what_is_known_before_what_is_not():
    """A deadline divides days in three: in time, late, and not to be told."""
    deadline = day("2026-03-31")
    assert stand("system", "done_on", ("by", deadline)) == (
        Range.point(deadline),
        Range.point(deadline + 1),
        Range(deadline, deadline + 1),
    )


def test_what_is_silent_differs_only_where_that_is_asked():
    """`known` tells silence and what is undetermined apart from every day."""
    april = Range.point(day("2026-04-01"))
    assert stand("measure", "due", ("known", True)) == (april, UNKNOWN, SILENT)
    assert stand("measure", "due") == (april,)


def test_codes_are_those_of_the_attribute():
    """An enumeration has no other values; those that no leaf tells apart are one."""
    assert stand("plan", "status", ("is", "draft")) == (Code("draft"), Code("outline"), UNKNOWN)
    assert stand("system", "exception", ("in", ("none",))) == (
        Code("transition-support"),
        Code("none"),
        UNKNOWN,
    )


def test_truths_and_texts():
    """A truth is true, false or absent; a text is there or not."""
    assert stand("provision", "in_place", ("is", True)) == (True, False, UNKNOWN)
    assert stand("measure", "owner", ("known", False)) == (same("…"), UNKNOWN, SILENT)


def test_a_count_is_never_negative():
    """Below zero there is nothing, but an approximate count has no lower end to rely on."""
    assert stand("plan", "cycles", ("at_most", 0)) == (
        Range.point(0),
        Range.point(1),
        Range(0, 1),
    )
    assert stand("plan", "cycles", ("at_most", -1)) == (
        Range.point(0),
        Range(0, 0, approximate=True),
    )
    assert stand("plan", "days_left", ("at_most", -1)) == (
        Range.point(-1),
        Range.point(0),
        Range(-1, 0),
    )


@pytest.mark.parametrize(
    ("constant", "expected"),
    [
        (FIRST - 1, (Range.point(day("2026-04-01")), Range(None, day("2026-04-01")))),
        (LAST, (Range.point(day("2026-04-01")), Range(day("2026-04-01"), None))),
    ],
    ids=["before the first day", "the last day"],
)
def test_days_that_no_calendar_has(constant, expected):
    """Beyond the first and the last day of the calendar only an open end can lie."""
    assert stand("measure", "due", ("by", constant)) == expected


def test_cells_combine_what_the_conditions_name():
    """There is a cell for each combination, in the order in which the conditions name them."""
    asked = All((Leaf("status", "is", "draft"), Leaf("published", "is", operand=True)))
    draft, made = Code("draft"), Code("outline")  # of all that is no draft, the first
    assert list(cells("plan", [asked, Leaf("status", "is", "draft")])) == [
        {"status": status, "published": published}
        for status in (draft, made, UNKNOWN)
        for published in (True, False, UNKNOWN)
    ]


def test_what_contradicts_itself_is_no_cell():
    """Of what is in place all follows; a value that stands for others hides none of them."""
    asked = [
        Leaf("status", "in", ("in-place", "planned")),
        Leaf("provided_for", "is", operand=True),
    ]
    assert list(cells("provision", asked)) == [
        {"status": Code("in-place"), "provided_for": True},
        {"status": Code("planned"), "provided_for": True},
        {"status": Code("considered"), "provided_for": True},
        {"status": Code("considered"), "provided_for": UNKNOWN},
        {"status": Code("considered"), "provided_for": SILENT},
        {"status": Code("none"), "provided_for": True},
        {"status": Code("none"), "provided_for": False},
        {"status": UNKNOWN, "provided_for": True},
        {"status": UNKNOWN, "provided_for": UNKNOWN},
        {"status": UNKNOWN, "provided_for": SILENT},
    ]


def test_no_condition_has_one_cell():
    """Where nothing is asked, all facts are alike."""
    assert list(cells("plan", [])) == [{}]


def test_too_many_cells():
    """Beyond a bound nothing is looked at."""
    names = [a.name for a in VOCABULARY["plan"].attributes.values() if a.type != "code"]
    asked = All(tuple(Leaf(name, "known", operand=True) for name in names))
    with pytest.raises(TooManyCells):
        cells("plan", [asked])
