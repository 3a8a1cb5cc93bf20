"""Ranges of numbers, and truths of which one is unknown."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.dates import (
    ANY,
    Range,
    both,
    either,
    negate,
    parse_date,
)
from tests.helpers.strategies.dates import FAR, ranges, small_numbers, truths


def _points(value):
    """Return the whole numbers near zero that a range may be."""
    lo, hi = value.bounds
    far = 3 * FAR
    return range(-far if lo is None else lo, (far if hi is None else hi) + 1)


def _holds(value, number):
    lo, hi = value.bounds
    return (lo is None or lo <= number) and (hi is None or number <= hi)


_COMPARISONS = {
    "at_most": lambda x, n: x <= n,
    "at_least": lambda x, n: x >= n,
    "below": lambda x, n: x < n,
    "equals": lambda x, n: x == n,
}


@pytest.mark.parametrize("name", _COMPARISONS)
@given(value=ranges, number=small_numbers)
def test_comparison_is_exact(name, value, number):
    """A comparison is true if it is for each point, false if for none, else unknown."""
    truths_of_points = {_COMPARISONS[name](x, number) for x in _points(value)}
    expected = truths_of_points.pop() if len(truths_of_points) == 1 else None
    assert getattr(value, name)(number) is expected


@given(ranges, ranges)
def test_differences_are_sound(a, b):
    """The difference of any two points lies in that of their ranges."""
    for x, y in product(list(_points(a))[::7], list(_points(b))[::7]):
        assert _holds(a.minus(b), x - y)


@given(ranges, small_numbers)
def test_clip_is_sound(value, lo):
    """A point that is raised lies in the range that is."""
    for x in _points(value):
        assert _holds(value.clip(lo), max(x, lo))


@given(ranges, ranges)
def test_hull_and_meet_are_sound(a, b):
    """The hull holds the points of either range, and the meet exactly those of both."""
    meet = a.meet(b)
    for x in _points(ANY):
        assert _holds(a.hull(b), x) or not (_holds(a, x) or _holds(b, x))
        assert (meet is not None and _holds(meet, x)) == (_holds(a, x) and _holds(b, x))


@given(ranges, ranges)
def test_approximation_is_passed_on(a, b):
    """What is computed from an approximate range is approximate; a meet, only if both are."""
    either_is = a.approximate or b.approximate
    assert [a.minus(b).approximate, a.hull(b).approximate] == [either_is] * 2
    meet = a.meet(b)
    assert meet is None or meet.approximate == (a.approximate and b.approximate)


def test_approximate_date_is_never_surely_missed():
    """Of an approximate deadline that is past, nobody can say that it was missed."""
    due = parse_date("概ね令和8年9月").range
    overdue = Range.point(date(2027, 1, 1).toordinal()).minus(due)
    assert overdue.at_most(0) is None
    assert due.at_most(date(2026, 9, 30).toordinal()) is True
    assert due.at_most(date(2026, 8, 31).toordinal()) is None


def test_two_measures_of_one_fiscal_year_may_overlap():
    """Whether of two measures of one fiscal year one is late is unknown."""
    year = parse_date("令和8年度").range
    overlap = year.minus(year).clip(lo=0)
    assert overlap == Range(0, 364)
    assert overlap.at_most(0) is None


def test_range_knows_whether_it_knows_anything():
    """Only a range with both ends open knows nothing."""
    ends = [ANY, Range(None, 1), Range(1, None), Range.point(1)]
    assert [each.is_known for each in ends] == [False, True, True, True]


def test_range_cannot_run_backwards():
    """A range whose lower end exceeds its upper one is refused."""
    with pytest.raises(ValueError, match="from its lower to its upper end: 2 > 1"):
        Range(2, 1)


# Truth


@given(truths, truths, truths)
def test_laws_of_kleene(a, b, c):
    """Order and grouping do not matter, negation is an involution, and De Morgan holds."""
    assert both([a, b]) is both([b, a])
    assert both([a, both([b, c])]) is both([a, b, c]) is both([both([a, b]), c])
    assert either([a, both([b, c])]) is both([either([a, b]), either([a, c])])
    assert negate(negate(a)) is a
    assert negate(both([a, b])) is either([negate(a), negate(b)])


@given(st.lists(truths, max_size=5))
def test_unknown_is_what_could_be_either(values):
    """A result is known exactly if it is the same whatever the unknown turn out to be."""
    worlds = list(product(*([True, False] if each is None else [each] for each in values)))
    for ours, pythons in ((both, all), (either, any)):
        results = {pythons(world) for world in worlds}
        assert ours(values) is (results.pop() if len(results) == 1 else None)
