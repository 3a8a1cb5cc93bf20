"""When measures are planned, and how far each can slip."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.dates import ANY, Range
from dxrules.derivation.schedule import (
    Scheduled,
    critical_path,
    dragged,
    schedule,
    slack,
    slack_ranges,
)
from tests.helpers.graphs import NODES, PERIOD, dated, edge_sets, plan, reached, span_lists
from tests.helpers.plans import context, days, plan_file, value


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("start: 令和8年度, due: 令和9年度", days("令和8年度"), days("令和9年度")),
        ("start: 未定, due: 未定", ANY, ANY),
        ("status: not-done, due: 令和9年度", ANY, days("令和9年度")),
        ("status: not-done, due: 令和6年度", ANY, days("2026-04-01から")),
        ("status: planned, due: 令和6年度", ANY, days("令和6年度")),
        ("status: done, due: 令和9年度", ANY, days("2026-03-31まで")),
        ("completed: 令和6年度, due: 令和9年度", ANY, days("令和6年度")),
    ],
)
def test_schedule(said, start, end):
    """A measure ends when it is due, or after the day recorded if it is stated as not done."""
    assert schedule(plan(f"a: {said}")) == {"a": Scheduled(start, end)}


@pytest.mark.parametrize(
    ("start", "end", "length"),
    [
        ("2026-04-01", "2026-04-01", Range.point(0)),
        ("令和8年4月", "令和8年6月", Range(32, 90)),
        ("令和8年度", "令和8年度", Range(0, 364)),
        ("2026-04-02", "2026-04-01", Range.point(0)),
        ("未定", "令和8年度", Range(0, None)),
        ("令和8年度", "未定", Range(0, None)),
    ],
)
def test_length_of_a_measure(start, end, length):
    """The length is that from start to end, never negative, and open where one is not stated."""
    assert Scheduled(days(start), days(end)).length == length


# Slack


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["a: due: 2031-03-31"], {"a": 0}),
        (["a: due: 2031-04-01"], {"a": -1}),
        (["a: due: 2031-04-01, national_horizon: yes"], {}),
        (["a: due: 2030-03-31", "b: status: done, due: 2030-03-31"], {"a": 365}),
        (["a: start: 令和8年度"], {}),
        # What waits may start on the day on which the other ends.
        (
            ["a: due: 2026-04-01", "b: start: 2026-04-01, due: 2031-03-31 < a"],
            {"a": 0, "b": 0},
        ),
        (
            ["a: due: 2026-03-31", "b: start: 2026-04-01, due: 2031-03-31 < a"],
            {"a": 1, "b": 0},
        ),
        # It is pushed along, and keeps its length.
        (
            ["a: due: 2026-03-31", "b: start: 2026-04-01, due: 2031-03-21 < a"],
            {"a": 11, "b": 10},
        ),
        (
            ["a: due: 2026-04-30", "b: start: 2026-04-01, due: 2031-03-31 < a"],
            {"a": -29, "b": 0},
        ),
        # The tightest of several counts, over any distance.
        (
            [
                "a: due: 2026-03-31",
                "b: start: 2026-04-11, due: 2026-05-31 < a",
                "c: start: 2026-06-01, due: 2031-03-31 < b",
                "d: start: 2030-01-01, due: 2030-12-31 < a",
            ],
            {"a": 12, "b": 1, "c": 0, "d": 90},
        ),
        # Finished work holds nothing up.
        (
            ["a: due: 2031-03-01", "b: status: done, start: 2020-04-01 < a"],
            {"a": 30},
        ),
        (
            ["a: status: done, due: 2030-03-31", "b: due: 2031-03-31 < a"],
            {"b": 0},
        ),
        # A prerequisite that is not in the plan takes no time.
        (["b: due: 2031-03-31 < x"], {"b": 0}),
        # A measure with a day that is only the nation's still gives way to what waits for it.
        (
            [
                "a: due: 2026-03-31, national_horizon: yes",
                "b: start: 2026-04-01, due: 2031-03-31 < a",
            ],
            {"a": 1, "b": 0},
        ),
        (
            [
                "a: due: 2026-03-31",
                "b: start: 2026-04-01, due: 2035-03-31, national_horizon: yes < a",
            ],
            {"a": 1826},
        ),
        # What waits without saying how long it takes leaves nothing sure.
        (["a: due: 2026-03-31", "b: due: 2031-03-31 < a"], {"b": 0}),
        (["a: due: 2026-03-31", "b: start: 2026-04-01 < a"], {}),
        # Groups that wait in a circle do not push each other, but what comes after them.
        (["a: due: 2031-03-31 < a"], {"a": 0}),
        (
            [
                "a: due: 2026-03-31 < b",
                "b: due: 2026-04-30 < a",
                "c: start: 2026-05-01, due: 2031-03-31 < b",
            ],
            {"a": 1826, "b": 1, "c": 0},
        ),
        (
            [
                "a: due: 2026-03-31 < b",
                "b: due: 2026-04-30 < a",
                "c: start: 2026-05-01, due: 2031-03-31 < d b",
                "d: start: 2026-05-01, due: 2031-03-31 < c",
            ],
            {"a": 1826, "b": 1, "c": 0, "d": 0},
        ),
    ],
)
def test_slack(rows, expected):
    """Slack is what can slip before the period is overrun, with all that waits pushed along."""
    assert slack(plan(*rows)) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["a: due: 令和12年度"], {"a": Range(0, 364)}),
        (["a: due: 令和12年度末まで"], {"a": Range(0, None)}),
        (["a: due: 概ね令和12年度"], {"a": Range(0, None, approximate=True)}),
        (["a: status: not-done"], {"a": Range(None, 1825)}),
        (
            ["a: due: 令和8年度", "b: start: 令和8年度, due: 令和12年度 < a"],
            {"a": Range(-364, 728), "b": Range(0, 364)},
        ),
        (
            ["a: due: 2026-03-31", "b: due: 2031-03-31 < a"],
            {"a": Range(None, 1826), "b": Range.point(0)},
        ),
        (["a: start: 令和8年度"], {}),
    ],
)
def test_slack_is_a_range(rows, expected):
    """Days known only within a range give slack within a range, sure at its lower end."""
    assert slack_ranges(plan(*rows)) == expected


def test_slack_needs_a_period():
    """Without a period there is no end that could be missed, and no critical path to it."""
    rows = ["a: due: 2026-03-31", "b: start: 2026-04-01, due: 2031-03-31 < a"]
    shown = plan(*rows, about="")
    assert (slack(shown), critical_path(shown)) == ({}, [])


def test_informing_pushes_nothing():
    """Only waiting pushes along: what a measure builds on may end at any time."""
    file = plan_file(
        """
        measures:
          - {id: a, title: 先, status: planned, due: 2030-12-31}
          - id: b
            title: 後
            status: planned
            start: 2026-04-01
            due: 2031-03-31
            requires: [{id: a, kind: informs}]
        """,
        PERIOD,
    )
    assert slack(context(file)) == {"a": 90, "b": 0}
    assert value(file, "measure", "a", "slack_days") == Range.point(90)


def _last_end(shown, moved, by):
    """Return the last end if a measure slips by some days, with all that waits pushed along."""
    times = schedule(shown)
    late = {**dragged(shown, moved, times[moved].end.hi + by), moved: by}
    return max(times[node].end.hi + late.get(node, 0) for node in reached(shown, moved))


@given(span_lists, edge_sets, st.sampled_from(NODES))
def test_slack_is_how_far_a_measure_can_slip(spans, edges, moved):
    """Slipping by its slack overruns the period by nothing, by one day more by that day."""
    shown = dated(spans, edges)
    days_left = slack(shown)[moved]
    end = shown.period.end.toordinal()
    assert _last_end(shown, moved, days_left) <= end or days_left < 0
    if days_left >= 0:
        assert _last_end(shown, moved, days_left + 1) > end
