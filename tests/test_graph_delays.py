"""The critical path, what a delay drags along, and the order to mend in."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.derivation.schedule import (
    critical_path,
    dragged,
    graph_of,
    mending_order,
    schedule,
)
from tests.helpers.graphs import NODES, dated, edge_sets, plan, reached, span_lists
from tests.helpers.plans import context, plan_file

# The critical path


@given(span_lists, edge_sets)
def test_critical_path_is_a_chain(spans, edges):
    """Each measure of the critical path waits for the one before, and none is a loner."""
    shown = dated(spans, edges)
    path = critical_path(shown)
    graph = graph_of(shown.measures)
    assert all(graph.has_edge(first, then) for first, then in pairwise(path))
    assert (len(path) > 1) == bool(graph.edges)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["a: due: 2031-03-31"], []),
        (["a: due: 2026-03-31", "b: start: 2026-04-01, due: 2026-09-30 < a"], ["a", "b"]),
        # Stages that follow each other from one fiscal year to the next leave nothing between.
        (
            [
                "c: start: 令和10年度, due: 令和12年度 < b",
                "b: start: 令和9年度, due: 令和9年度 < a",
                "a: start: 令和8年度, due: 令和8年度",
                "d: start: 令和8年度, due: 令和8年度",
                "e: start: 令和9年度, due: 令和12年度 < d",
            ],
            ["a", "b", "c"],
        ),
        # A chain with room after it, or within it, is not the critical one.
        (
            [
                "a: due: 2026-03-31",
                "b: start: 2026-04-01, due: 2030-03-31 < a",
                "c: start: 2030-04-01, due: 2030-12-31 < b",
                "d: due: 2030-03-31",
                "e: start: 2030-04-02, due: 2031-03-31 < d",
            ],
            ["d", "e"],
        ),
        # A chain that overlaps has less room than one that fits.
        (
            [
                "a: due: 2026-03-31",
                "b: start: 2026-04-01, due: 2031-03-31 < a",
                "d: due: 2026-09-30",
                "e: start: 2026-04-01, due: 2031-03-31 < d",
                "f: start: 2031-03-31, due: 2031-03-31 < e",
            ],
            ["d", "e", "f"],
        ),
        # The link that leaves room is no part of it, nor is what is finished or not dated.
        (
            [
                "a: due: 2026-03-31",
                "b: start: 2026-06-01, due: 2026-12-31 < a",
                "c: start: 2027-01-01, due: 2031-03-31 < b",
            ],
            ["b", "c"],
        ),
        (
            [
                "a: status: done, due: 2026-03-31",
                "b: start: 2026-04-01, due: 2026-12-31 < a",
                "c: start: 2027-01-01, due: 2031-03-31 < b x",
                "d: due: 2026-12-31",
                "e: status: planned < d",
            ],
            ["b", "c"],
        ),
        # A link whose measure has less room elsewhere does not hold it up.
        (
            [
                "a: due: 2026-03-31",
                "b: start: 2026-04-01, due: 2031-03-31 < a",
                "c: start: 2030-04-01, due: 2031-03-31 < a",
            ],
            ["a", "b"],
        ),
        # Among equals the smallest ids win; ending on the day of the start is no overlap.
        (
            [
                "a: due: 2026-03-31",
                "b: start: 2026-04-01, due: 2031-03-31 < a",
                "d: due: 2026-04-01",
                "e: start: 2026-04-01, due: 2031-03-31 < d",
            ],
            ["a", "b"],
        ),
        (
            [
                "a: due: 2026-03-31",
                "c: start: 2026-04-01, due: 2031-03-31 < a",
                "b: start: 2026-04-01, due: 2031-03-31 < a",
            ],
            ["a", "b"],
        ),
        (
            [
                "a: due: 2026-03-31",
                "b: start: 2026-04-01, due: 2035-03-31, national_horizon: yes < a",
                "d: due: 2026-03-31, national_horizon: yes",
                "e: start: 2026-05-01, due: 2035-03-31, national_horizon: yes < d",
            ],
            [],
        ),
        # What waits in a circle is on no path.
        (["a: start: 2026-04-01, due: 2026-04-30 < b", "b: start: 2026-04-01 < a"], []),
    ],
)
def test_critical_path(rows, expected):
    """The critical path is the chain with the least room before it overruns the period."""
    assert critical_path(plan(*rows)) == expected


# What a delay drags along


STAGES = [
    "a: start: 2026-04-01, due: 2026-06-30",
    "b: start: 2026-07-01, due: 2026-09-30 < a",
    "c: start: 2026-10-31, due: 2026-12-31 < b",
]


@pytest.mark.parametrize(
    ("rows", "end", "expected"),
    [
        (STAGES, "2026-06-30", {}),
        (STAGES, "2026-07-01", {}),
        (STAGES, "2026-07-02", {"b": 1}),
        (STAGES, "2026-08-01", {"b": 31}),
        (STAGES, "2026-08-02", {"b": 32, "c": 1}),
        (STAGES, "2026-04-01", {}),
        # Finished work is not late any more, and passes nothing on.
        (
            [STAGES[0], "b: status: done, start: 2026-07-01 < a", STAGES[2]],
            "2027-03-31",
            {},
        ),
        # What is supposed of finished work is supposed.
        (["a: status: done, due: 2026-06-30", *STAGES[1:]], "2026-08-02", {"b": 32, "c": 1}),
        # Without a start, a measure ends no earlier than what it waits for.
        ([STAGES[0], "b: due: 2026-09-30 < a", STAGES[2]], "2026-09-30", {}),
        ([STAGES[0], "b: due: 2026-09-30 < a", STAGES[2]], "2026-11-05", {"b": 36, "c": 5}),
        # Without an end, it ends no earlier than it starts.
        ([STAGES[0], "b: start: 2026-07-01 < a", STAGES[2]], "2026-11-05", {"b": 127, "c": 5}),
        # Without any day, it passes the delay on.
        ([STAGES[0], "b: status: planned < a", STAGES[2]], "2026-11-05", {"c": 5}),
        (
            [*STAGES[:2], "d: status: planned < a b", "e: start: 2026-10-31 < d"],
            "2026-09-01",
            {"b": 62, "e": 31},
        ),
        # The latest of several counts, and what nobody moved pushes nothing.
        (
            [*STAGES, "d: start: 2026-10-01, due: 2026-12-31 < a b x e", "e: due: 2027-01-31"],
            "2026-08-02",
            {"b": 32, "c": 1, "d": 31},
        ),
        # Fiscal years are taken at their first and last days.
        (
            ["a: due: 令和8年度", "b: start: 令和9年度, due: 令和9年度 < a"],
            "2027-06-30",
            {"b": 90},
        ),
        (["a: due: 令和8年度 < b", "b: start: 令和9年度 < a"], "2027-06-30", {}),
    ],
)
def test_delay(rows, end, expected):
    """A delay pushes along what waits, as far as the room between does not take it up."""
    assert dragged(plan(*rows), "a", date.fromisoformat(end).toordinal()) == expected


@given(span_lists, edge_sets, st.sampled_from(NODES), st.integers(0, 50))
def test_delay_goes_no_further_than_it_must(spans, edges, moved, by):
    """Nothing is later than the measure that was moved ends beyond its own start."""
    shown = dated(spans, edges)
    times = schedule(shown)
    end = times[moved].end.hi + by
    late = dragged(shown, moved, end)
    assert set(late) <= reached(shown, moved) - {moved}
    assert all(days_late > 0 for days_late in late.values())
    for node in graph_of(shown.measures).successors(moved):
        assert late.get(node, 0) >= end - times[node].start.lo


# The order to mend in


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], []),
        (["b: status: planned", "a: status: planned"], ["a", "b"]),
        (["a: due: 2030-03-31", "b: due: 2031-03-31", "c: status: planned"], ["b", "a", "c"]),
        (["a: due: 2031-03-31 < b", "b: status: planned"], ["b", "a"]),
        (["a: due: 2031-03-31 < x", "b: status: done"], ["a"]),
        (
            ["a: status: planned < b", "b: status: planned < a", "c: status: planned < a"],
            ["a", "b", "c"],
        ),
        (
            ["c: status: planned < d", "d: status: planned < c", "a: status: planned < d"],
            ["c", "d", "a"],
        ),
    ],
)
def test_order_to_mend_in(rows, expected):
    """The tightest comes first, undated ones last by id, and none before what it waits for."""
    assert mending_order(plan(*rows)) == expected


def test_order_to_mend_in_follows_what_informs():
    """A measure is mended after what it builds on, though that may end later."""
    shown = context(
        plan_file("""
            measures:
              - {id: a, title: 後, status: planned, requires: [{id: b, kind: informs}]}
              - {id: b, title: 先, status: planned, requires: [{id: c, kind: together}]}
              - {id: c, title: 横, status: planned}
        """)
    )
    assert mending_order(shown) == ["b", "a", "c"]


@given(span_lists, edge_sets)
def test_nothing_is_mended_before_what_it_waits_for(spans, edges):
    """The order holds each measure once, after everything that it waits for."""
    shown = dated(spans, edges)
    order = mending_order(shown)
    assert sorted(order) == list(NODES)
    for first, then in graph_of(shown.measures).edges:
        assert order.index(first) < order.index(then)
