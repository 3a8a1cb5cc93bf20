"""The drawings of the HTML report: where bars, arrows and names stand."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.assessment.dependencies import DependencyGraph, GraphEdge, GraphNode
from dxrules.dates import Range
from dxrules.report.html.timeline import NAMES, WIDTH, draw_timeline, slices
from dxrules.texts import same
from tests.helpers.plans import plan_file
from tests.helpers.strategies.graphs import DAYS, TODAY, graphs


@given(st.lists(st.integers(1, 200)), st.integers(1, 200), st.integers(1, 500))
def test_slices(steps, rest, most):
    """Parts follow each other over the whole height, and are cut where that is allowed."""
    cuts = [sum(steps[: n + 1]) for n in range(len(steps))]
    height = sum(steps) + rest
    parts = slices(cuts, height, most)
    assert parts[0][0] == 0
    assert sum(size for _, size in parts) == height
    for (top, size), (following, _) in pairwise(parts):
        assert top + size == following in cuts
    allowed = max([*steps, rest])
    assert all(size <= max(most, allowed) for _, size in parts)


def graph_of(measures=(), edges=()):
    """Return a graph of measures and edges."""
    nodes = [GraphNode(m.id, same(m.title), True, m.start, m.due) for m in measures]  # noqa: FBT003
    return DependencyGraph(None, tuple(nodes), tuple(edges), (), (), (), {}, TODAY)


@given(graphs())
def test_every_edge_is_an_arrow(graph):
    """Arrows lead from end to start of the bars that they name, level or upright, and inside."""
    line = draw_timeline(graph, (), None, {}, TODAY)
    joined = {e for edge in graph.edges if edge.first != edge.then for e in (edge.first, edge.then)}
    assert {bar.node.id for bar in line.bars} == joined
    assert line.alone == len(graph.nodes) - len(joined)
    bars = {bar.node.id: bar for bar in line.bars}
    assert len(line.arrows) == sum(edge.first != edge.then for edge in graph.edges)
    for arrow in line.arrows:
        first, then = bars[arrow.edge.first], bars[arrow.edge.then]
        assert arrow.points[0] == (first.x + first.width, first.y + 9)
        assert arrow.points[-1] == (then.x, then.y + 9)
        for start, end in pairwise(arrow.points):
            assert start[0] == end[0] or start[1] == end[1]
            assert all(NAMES - 10 <= x <= WIDTH and 0 < y < line.height for x, y in (start, end))


def test_late():
    """An arrow whose first end surely comes too late is marked, and so is what waits for it."""
    nodes = tuple(GraphNode(name, same(name), True) for name in "abc")  # noqa: FBT003
    overlaps = {"ab": Range.point(3), "bc": Range(-2, 9)}
    edges = tuple(
        GraphEdge(first, then, "declared", "finish-to-start", None, overlap)
        for (first, then), overlap in overlaps.items()
    )
    line = draw_timeline(
        DependencyGraph(None, nodes, edges, (), (), (), {}, TODAY), (), None, {}, TODAY
    )
    assert {bar.node.id for bar in line.bars if bar.late} == {"b"}
    assert [(arrow.edge.first, arrow.late) for arrow in line.arrows] == [("b", False), ("a", True)]


@pytest.fixture(scope="module")
def measures():
    """Measures with every way to be dated."""
    said = """
    measures:
      - {id: both, title: あ, start: 令和8年4月, due: 令和9年3月}
      - {id: start, title: い, start: 令和8年度}
      - {id: due, title: う, due: 2026-09-30}
      - {id: done, title: え, status: done, start: 令和7年4月, completed: 令和8年2月}
      - {id: none, title: お}
      - {id: open, title: か, start: 令和8年度, due: 令和8年度}
    """
    return plan_file(said).plan.measures


@given(
    st.none() | st.tuples(DAYS, DAYS).map(sorted).map(tuple),
    st.dictionaries(DAYS, st.just(("STD-01 期限", "STD-02 期限")), max_size=30),
    DAYS,
)
def test_timeline(measures, period, deadlines, today):
    """All is inside the drawing; names of days have a line each and run to where there is room."""
    line = draw_timeline(graph_of(measures), measures, period, deadlines, today)
    assert line.alone == 1
    for bar in line.bars:
        assert bar.x >= NAMES
        assert bar.x + bar.width <= WIDTH
        assert bar.x <= bar.sure_x
        assert bar.sure_x + bar.sure_width <= bar.x + bar.width + 0.1
        assert 0 < bar.y < line.height
    assert [mark.day for mark in line.marks] == sorted({*deadlines, today})
    assert all(NAMES <= mark.x <= WIDTH for mark in line.marks)
    rows = [mark.y for mark in line.marks]
    assert all(later - row >= 16 for row, later in pairwise(rows))
    assert all(mark.leftwards == (mark.x > (NAMES + WIDTH) / 2) for mark in line.marks)
    assert max(rows) < min(bar.y + 3 for bar in line.bars)
    places = [x for x, _ in line.years]
    assert all(later - x > 50 for x, later in pairwise(places))
    assert sum(size for _, size in line.parts) == line.height
    if period is not None:
        assert line.period[0] <= line.period[1]


def test_timeline_bars(measures):
    """A bar spans what may be, its dark part what is certain; nothing is certain of one date."""
    line = draw_timeline(graph_of(measures), measures, None, {}, TODAY)
    sure = {bar.node.id: bar.sure_width > 0 for bar in line.bars}
    assert sure == {"both": True, "start": False, "due": False, "done": True, "open": False}
    assert len({(bar.x, bar.y) for bar in line.bars}) == 5


def test_an_arrow_leads_to_what_waits(measures):
    """It runs on from the end of a bar, or back below it, to a bar that is elsewhere in time."""
    edges = [
        GraphEdge(first, then, "declared", "informs", None, None)
        for first, then in (("done", "start"), ("both", "none"))
    ]
    line = draw_timeline(graph_of(measures, edges), measures, None, {}, TODAY)
    bars = {bar.node.id: bar for bar in line.bars}
    assert (bars["none"].dated, bars["none"].x, line.alone) == (False, NAMES, 0)
    assert [len(arrow.points) for arrow in line.arrows] == [4, 6]


def test_timeline_of_nothing():
    """Without measures, period and deadlines there is still the day judged."""
    line = draw_timeline(graph_of(), (), None, {}, TODAY)
    assert [(mark.day, mark.names) for mark in line.marks] == [(TODAY, ())]
    assert (line.bars, line.period, line.alone) == ((), None, 0)
