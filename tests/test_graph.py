"""The graph of measures: cycles, slack, the critical path, delays, and the order to mend in."""

from __future__ import annotations

from datetime import date
from itertools import pairwise, permutations
from time import process_time

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dxrules.dates import ANY, Range
from dxrules.derivation import derive
from dxrules.derivation.graph import (
    WAITS,
    Scheduled,
    critical_path,
    cycles,
    dragged,
    graph_of,
    mending_order,
    schedule,
    slack,
    slack_ranges,
)
from dxrules.plan.models import Measure, Requirement
from tests.plans import DAY, context, days, plan_file, reference, value

PERIOD = "period: 令和8年度～令和12年度"


def measure(name, *needed, kind="finish-to-start"):
    """Return a measure that waits for others."""
    requires = tuple(Requirement(id=each, kind=kind) for each in needed)
    return Measure(id=name, title=name, requires=requires)


def plan(*rows, about=PERIOD):
    """Return what is derived from measures, each written as id: what it says < what it needs."""
    lines = []
    for row in rows:
        name, _, rest = row.partition(":")
        said, _, needed = rest.partition("<")
        requires = ", ".join(f"{{id: {each}}}" for each in needed.split())
        status = "" if "status" in said else "status: planned, "
        extra = f", {said.strip()}" if said.strip() else ""
        lines.append(f"  - {{id: {name}, title: {name}, {status}requires: [{requires}]{extra}}}\n")
    return context(plan_file("measures:\n" + "".join(lines) if lines else "measures: []", about))


# The graph itself


def test_nodes_and_edges():
    """Edges run from what is needed first; what is not in the plan is a node, too."""
    graph = graph_of([measure("b", "a", "x", kind="informs"), measure("a")])
    assert list(graph) == ["b", "a", "x"]
    assert list(graph.edges) == [("a", "b"), ("x", "b")]


def test_edges_of_some_kinds():
    """A prerequisite that is named twice is there by each of its kinds; together is no order."""
    requires = tuple(
        Requirement(id=name, kind=kind)
        for name, kind in (
            ("a", "finish-to-start"),
            ("a", "informs"),
            ("c", "informs"),
            ("d", "together"),
        )
    )
    waiting = [Measure(id="b", title="b", requires=requires)]
    assert list(graph_of(waiting).edges) == [("a", "b"), ("c", "b")]
    assert list(graph_of(waiting, WAITS).edges) == [("a", "b")]


# Cycles


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ([], []),
        ([measure("a"), measure("b", "a")], []),
        ([measure("a", "x")], []),
        ([measure("a", "a")], [["a"]]),
        ([measure("b", "a"), measure("a", "b")], [["a", "b"]]),
        ([measure("a", "c"), measure("b", "a"), measure("c", "b")], [["a", "b", "c"]]),
        (
            [measure("a", "b"), measure("b", "a"), measure("c", "d", "b"), measure("d", "c")],
            [["a", "b"], ["c", "d"]],
        ),
        (
            [measure("a", "c"), measure("b", "a"), measure("c", "b"), measure("z", "z")],
            [["z"], ["a", "b", "c"]],
        ),
        ([measure("a", "b", "a"), measure("b", "a")], [["a"]]),
        (
            [measure("a", "y", "x"), measure("x", "a"), measure("y", "a")],
            [["a", "x"]],
        ),
        ([measure("a", "b", kind="informs"), measure("b", "a")], [["a", "b"]]),
        ([measure("a", "b", kind="together"), measure("b", "a", kind="together")], []),
        ([measure("a", "b", kind="together"), measure("b", "a")], []),
    ],
)
def test_cycles(measures, expected):
    """One cycle for each group, from its smallest id, the shortest first; together is no order."""
    assert cycles(measures) == expected


def test_cycle_may_be_longer_than_the_shortest_of_its_group():
    """The cycle shown runs through the smallest id, even where others of the group are closer."""
    group = [measure("a", "c"), measure("b", "a", "c"), measure("c", "b")]
    assert cycles(group) == [["a", "b", "c"]]


NODES = "abcde"
_edges = st.sets(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=14)


def _all_cycles(edges):
    """Return every elementary cycle, each from each of its nodes."""
    return [
        list(path)
        for length in range(1, len(NODES) + 1)
        for path in permutations(NODES, length)
        if all(edge in edges for edge in pairwise((*path, path[0])))
    ]


def _measures(edges):
    return [measure(node, *sorted(a for a, b in edges if b == node)) for node in NODES]


@given(_edges)
def test_cycles_against_every_cycle(edges):
    """Each cycle found is the smallest of the shortest through the smallest id of its group."""
    every = _all_cycles(edges)
    groups = {frozenset(b for cycle in every if a in cycle for b in cycle) for a in NODES}
    expected = [
        min((c for c in every if c[0] == min(group)), key=lambda cycle: (len(cycle), cycle))
        for group in _merged(groups)
    ]
    assert cycles(_measures(edges)) == sorted(expected, key=lambda cycle: (len(cycle), cycle))


@given(_edges)
def test_cycles_are_derived_as_they_are_found(edges):
    """A plan has as many cycles as its graph, which is not looked at where there are none."""
    rows = [f"{node}: < {' '.join(a for a, b in edges if b == node)}" for node in NODES]
    file = plan(*rows).file
    assert value(file, "plan", "plan", "cycles") == Range.point(len(cycles(file.plan.measures)))


def _merged(groups):
    """Return the unions of sets that have something in common."""
    merged = []
    for group in groups:
        near = [each for each in merged if not each.isdisjoint(group)]
        merged = [each for each in merged if each not in near]
        merged.append(frozenset(group).union(*near))
    return [group for group in merged if group]


@given(_edges, st.randoms())
def test_order_of_the_plan_does_not_matter(edges, random):
    """The cycles are the same however the measures are listed."""
    measures = _measures(edges)
    shuffled = random.sample(measures, len(measures))
    assert cycles(shuffled) == cycles(measures)


@pytest.mark.parametrize("width", [1, 2, 100])
def test_many_measures_that_wait_for_each_other(width):
    """Two thousand measures with more cycles than anybody could list take less than 2 s."""
    size = 2000
    names = [f"m{number:04}" for number in range(size)]
    measures = [
        measure(name, *(names[(number - step) % size] for step in range(1, width + 1)))
        for number, name in enumerate(names)
    ]
    start = process_time()
    (cycle,) = cycles(measures)
    assert process_time() - start < 2
    assert (cycle[0], len(cycle)) == (names[0], -(-size // width))


def test_dense_plan_is_derived_in_time():
    """A plan of two thousand measures that wait for each other is judged in less than 2 s."""
    size, width = 2000, 5
    rows = "".join(
        f"  - id: m{number}\n    title: 窓口\n    requires: ["
        + ", ".join(f"{{id: m{(number - step) % size}}}" for step in range(1, width + 1))
        + "]\n"
        for number in range(size)
    )
    file = plan_file(f"measures:\n{rows}")
    start = process_time()
    found = derive(
        file,
        reference(),
        DAY,
        {
            "plan": frozenset({"cycles", "cycle_path"}),
            "dependency": frozenset({"present", "overlap_days"}),
            "measure": frozenset({"slack_days"}),
        },
    )
    assert process_time() - start < 2
    assert found[0].values["cycles"] == Range.point(1)


# When measures are planned


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


# Properties of sums over time

_DAY = date(2026, 4, 1).toordinal()
_spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), min_size=5, max_size=5)


def _iso(offset):
    return date.fromordinal(_DAY + offset)


def _dated(spans, edges):
    """Return a plan of dated measures whose edges run from smaller to greater ids."""
    rows = [
        f"{node}: start: {_iso(start)}, due: {_iso(start + length)} < "
        + " ".join(sorted(a for a, b in edges if b == node and a < b))
        for node, (start, length) in zip(NODES, spans, strict=True)
    ]
    return plan(*rows, about="period: 2026-04-01～2026-08-31")


def _last_end(shown, moved, by):
    """Return the last end if a measure slips by some days, with all that waits pushed along."""
    times = schedule(shown)
    late = {**dragged(shown, moved, times[moved].end.hi + by), moved: by}
    return max(times[node].end.hi + late.get(node, 0) for node in _reached(shown, moved))


def _reached(shown, moved):
    graph = graph_of(shown.measures)
    return {moved, *nx.descendants(graph, moved)}


@settings(deadline=None)
@given(_spans, _edges, st.sampled_from(NODES))
def test_slack_is_how_far_a_measure_can_slip(spans, edges, moved):
    """Slipping by its slack overruns the period by nothing, by one day more by that day."""
    shown = _dated(spans, edges)
    days_left = slack(shown)[moved]
    end = shown.period.end.toordinal()
    assert _last_end(shown, moved, days_left) <= end or days_left < 0
    if days_left >= 0:
        assert _last_end(shown, moved, days_left + 1) > end


@settings(deadline=None)
@given(_spans, _edges, st.sampled_from(NODES), st.integers(0, 50))
def test_delay_goes_no_further_than_it_must(spans, edges, moved, by):
    """Nothing is later than the measure that was moved ends beyond its own start."""
    shown = _dated(spans, edges)
    times = schedule(shown)
    end = times[moved].end.hi + by
    late = dragged(shown, moved, end)
    assert set(late) <= _reached(shown, moved) - {moved}
    assert all(days_late > 0 for days_late in late.values())
    for node in graph_of(shown.measures).successors(moved):
        assert late.get(node, 0) >= end - times[node].start.lo


@settings(deadline=None)
@given(_spans, _edges)
def test_critical_path_is_a_chain(spans, edges):
    """Each measure of the critical path waits for the one before, and none is a loner."""
    shown = _dated(spans, edges)
    path = critical_path(shown)
    graph = graph_of(shown.measures)
    assert all(graph.has_edge(first, then) for first, then in pairwise(path))
    assert (len(path) > 1) == bool(graph.edges)


# The critical path


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


@settings(deadline=None)
@given(_spans, _edges)
def test_nothing_is_mended_before_what_it_waits_for(spans, edges):
    """The order holds each measure once, after everything that it waits for."""
    shown = _dated(spans, edges)
    order = mending_order(shown)
    assert sorted(order) == list(NODES)
    for first, then in graph_of(shown.measures).edges:
        assert order.index(first) < order.index(then)
