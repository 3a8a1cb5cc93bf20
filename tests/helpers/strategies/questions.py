"""Questions to a day, as derivations ask them."""

from __future__ import annotations

import operator
from datetime import date, timedelta

from hypothesis import strategies as st

from dxrules.dates import Range

DAY = date(2026, 11, 20)
OPERATORS = (operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne)
near = st.integers(-40, 40)
compare = st.sampled_from(OPERATORS)


def on(days):
    """Return a day by its distance."""
    return DAY + timedelta(days=days)


def against_a_day(test, other):
    """Ask a day how it compares with another, from both sides."""
    return lambda day: (test(day, on(other)), test(on(other), day))


def against_a_number(test, slope, rest, number):
    """Ask a number that moves with the day how it compares, from both sides."""

    def ask(day):
        moving = rest + sum((day - DAY).days for _ in range(abs(slope)))
        moving = moving if slope > 0 else -moving
        return test(moving, number), test(number, moving)

    return ask


def against_another(test, rest):
    """Ask for the days before and after, and which are more."""
    return lambda day: test((day - DAY).days, (on(rest) - day).days)


def through_ranges(lo, hi, number):
    """Ask as derivations do: by ranges that are moved, clipped, met and compared."""

    def ask(day):
        late = Range.point(day.toordinal()).minus(Range(on(lo).toordinal(), on(hi).toordinal()))
        met = late.meet(Range(None, number))
        return late.clip(lo=0).at_least(number), met is None, late.below(number), bool(late.hi)

    return ask


comparisons = st.one_of(
    st.builds(against_a_day, compare, near),
    st.builds(against_a_number, compare, st.sampled_from([-1, 1]), near, near),
)
questions = st.one_of(
    comparisons,
    st.builds(against_a_number, compare, st.sampled_from([-3, 2]), near, near),
    st.builds(against_another, compare, near),
    st.builds(lambda lo, more, n: through_ranges(lo, lo + more, n), near, st.integers(0, 9), near),
)
