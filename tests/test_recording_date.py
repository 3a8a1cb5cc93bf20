"""A day that notes up to which other day all answers are the same."""

from __future__ import annotations

import operator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.dates import Range
from dxrules.dates.recording_date import WatchedDay

DAY = date(2026, 11, 20)
NEXT = timedelta(days=1)
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


@given(st.lists(questions, max_size=4), near)
def test_answers_hold(asked, distance):
    """The answers are those of a plain day, and stay so up to the last day."""
    day = on(distance)
    watched = WatchedDay(day)
    answers = [ask(watched) for ask in asked]
    assert answers == [ask(day) for ask in asked]
    last = watched.same_until
    assert last >= day
    for later in (day + n * NEXT for n in range(min((last - day).days, 300) + 1)):
        assert [ask(later) for ask in asked] == answers


@given(st.lists(comparisons, min_size=1, max_size=4), near)
def test_answers_hold_no_longer(asked, distance):
    """Where all is compared and nothing is made of it, an answer differs on the day after."""
    watched = WatchedDay(on(distance))
    answers = [ask(watched) for ask in asked]
    if watched.same_until < date.max:
        assert [ask(watched.same_until + NEXT) for ask in asked] != answers


def test_nothing_was_asked():
    """What nobody asks never changes."""
    assert WatchedDay(DAY).same_until == date.max


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (lambda day: day.month, 11),
        (lambda day: day.isoformat(), "2026-11-20"),
        (lambda day: day in {DAY, on(1)}, True),
        (lambda day: date.fromordinal(day.toordinal()), DAY),
        (lambda day: {DAY.toordinal(): "x"}.get(day.toordinal()), "x"),
        (lambda day: list(range((day - DAY).days + 2)), [0, 1]),
    ],
)
def test_what_cannot_be_followed(ask, answer):
    """An answer that cannot be followed is right, and holds on that day alone."""
    watched = WatchedDay(DAY)
    assert (ask(watched), watched.same_until) == (answer, DAY)


def test_what_stands_still_is_a_number():
    """The days from a day to itself do not move, and nothing is noted of them."""
    watched = WatchedDay(DAY)
    assert (watched - watched).days == 0
    assert watched.same_until == date.max


def test_texts_ask_nothing():
    """A day and a number are written as they are."""
    watched = WatchedDay(DAY)
    said = f"{watched} {watched:%m/%d} {(watched - on(-5)).days} {(on(5) - watched).days:>3}"
    assert said == "2026-11-20 11/20 5   5"
    assert (str(watched), str(watched.toordinal())) == (str(DAY), str(DAY.toordinal()))
    assert watched.same_until == date.max


def test_other_things_are_no_days():
    """A day is not equal to a text, nor a number to None, and a number is not multiplied."""
    watched = WatchedDay(DAY)
    assert (watched == "2026-11-20", watched.toordinal() == None) == (False, False)  # noqa: E711
    with pytest.raises(TypeError):
        watched.toordinal() * 2
    assert watched.same_until == date.max
