"""A day that notes up to which other day all answers are the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.dates.recording_date import WatchedDay
from tests.helpers.strategies.questions import DAY, comparisons, near, on, questions

NEXT = timedelta(days=1)


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
