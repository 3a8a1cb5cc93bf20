"""The drawings of the HTML report: where boxes, arrows, bars and names stand."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.assessment.dependencies import DependencyGraph, Edge, Node
from dxrules.dates import PartialDate, Range, parse_date
from dxrules.report.html.graph import BOX_HEIGHT, BOX_WIDTH, draw_graph
from dxrules.report.html.graph import WIDTH as GRAPH_WIDTH
from dxrules.report.html.slices import slices
from dxrules.report.html.timeline import NAMES, WIDTH, draw_timeline
from dxrules.texts import same
from tests.plans import plan_file

TODAY = date(2026, 11, 20)
DAYS = st.dates(date(2015, 1, 1), date(2045, 12, 31))


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


WHEN = st.none() | st.builds(
    lambda first, days: PartialDate(first, date.fromordinal(first.toordinal() + days)),
    DAYS,
    st.integers(0, 700),
)


@st.composite
def graphs(draw):
    """Any graph: with and without dates, circles, edges to itself, and what is not in the plan."""
    count = draw(st.integers(0, 24))
    nodes = [
        Node(f"m{n}", same(f"取組{n}"), draw(st.booleans()), draw(WHEN), draw(WHEN))
        for n in range(count)
    ]
    ends = st.integers(0, count - 1).map("m{}".format)
    overlap = st.none() | st.integers(-5, 5).map(Range.point)
    edge = st.builds(Edge, ends, ends, st.just("declared"), st.just("informs"), st.none(), overlap)
    edges = draw(st.lists(edge, max_size=40)) if count else []
    return DependencyGraph(None, tuple(nodes), tuple(edges), (), (), (), {})


@pytest.mark.slow
@given(graphs())
def test_graph(graph):
    """Boxes are apart and inside; arrows join the boxes they name, and cross no box."""
    drawing = draw_graph(graph)
    joined = {e for edge in graph.edges if edge.first != edge.then for e in (edge.first, edge.then)}
    assert {box.node.id for box in drawing.boxes} == joined
    assert drawing.alone == len(graph.nodes) - len(joined)
    boxes = {box.node.id: box for box in drawing.boxes}
    for one in drawing.boxes:
        assert 0 <= one.x <= GRAPH_WIDTH - BOX_WIDTH
        assert 0 <= one.y <= drawing.height - BOX_HEIGHT
        for other in drawing.boxes:
            apart = abs(one.x - other.x) > BOX_WIDTH or abs(one.y - other.y) > BOX_HEIGHT
            assert one is other or apart
    assert sum(size for _, size in drawing.parts) == drawing.height
    for arrow in drawing.arrows:
        assert touches(boxes[arrow.edge.first], arrow.points[0])
        assert touches(boxes[arrow.edge.then], arrow.points[-1])
        for start, end in pairwise(arrow.points):
            assert start[0] == end[0] or start[1] == end[1]
            assert all(0 <= x <= GRAPH_WIDTH for x, _ in (start, end))
            assert not [box for box in drawing.boxes if crosses(box, start, end)]


def touches(box, point):
    """Tell whether a point lies on the upper or the lower side of a box."""
    x, y = point
    return box.x < x < box.x + BOX_WIDTH and y in (box.y, box.y + BOX_HEIGHT)


def crosses(box, start, end):
    """Tell whether a level or upright line runs through the inside of a box."""
    (low_x, high_x), (low_y, high_y) = (sorted(pair) for pair in zip(start, end, strict=True))
    beside = high_x <= box.x or low_x >= box.x + BOX_WIDTH
    above_or_below = high_y <= box.y or low_y >= box.y + BOX_HEIGHT
    return not (beside or above_or_below)


@pytest.mark.slow
@given(graphs())
def test_time_flows_down(graph):
    """Years follow each other from the top, and a box stands in the band of its year."""
    drawing = draw_graph(graph)
    years = [band.year for band in drawing.bands]
    dated = [year for year in years if year is not None]
    assert dated == sorted(set(dated))
    assert None not in years[1:-1]
    assert [band.y for band in drawing.bands] == sorted({band.y for band in drawing.bands})
    for box in drawing.boxes:
        band = max((band for band in drawing.bands if band.y < box.y), key=lambda each: each.y)
        when = next((w for w in (box.node.start, box.node.due) if w is not None), None)
        starts = None if when is None else when.earliest.year - (when.earliest.month < 4)
        assert band.year == starts


def test_what_comes_first_is_above():
    """Within a year a chain runs down; a circle is opened at its first measure."""
    year = parse_date("令和8年度")
    nodes = tuple(Node(name, same(name), True, year) for name in "cab")  # noqa: FBT003
    edges = [Edge(first, then, "declared", "informs", None, None) for first, then in ("ab", "bc")]
    graph = DependencyGraph(None, nodes, tuple(edges), (), (), (), {})
    assert order_of(draw_graph(graph)) == ["a", "b", "c"]
    edges.append(Edge("c", "a", "declared", "informs", None, None))
    graph = DependencyGraph(None, nodes, tuple(edges), (), (), (), {})
    assert order_of(draw_graph(graph)) == ["c", "a", "b"]


def order_of(drawing):
    """Return the nodes from the top."""
    return [box.node.id for box in sorted(drawing.boxes, key=lambda box: box.y)]


def test_without_a_date():
    """What a dated measure waits for stands above the years, all else without a date below."""
    year = parse_date("令和8年度")
    names = {"before": None, "dated": year, "after": None}
    nodes = tuple(Node(name, same(name), True, when) for name, when in names.items())  # noqa: FBT003
    pairs = [("before", "dated"), ("dated", "after")]
    edges = tuple(Edge(*pair, "declared", "finish-to-start", None, None) for pair in pairs)
    drawing = draw_graph(DependencyGraph(None, nodes, edges, (), (), (), {}))
    assert order_of(drawing) == ["before", "dated", "after"]
    assert [band.year for band in drawing.bands] == [None, 2026, None]


def test_late():
    """An arrow whose first end surely comes too late is marked, and so is what waits for it."""
    nodes = tuple(Node(name, same(name), True) for name in "abc")  # noqa: FBT003
    overlaps = {"ab": Range.point(3), "bc": Range(-2, 9)}
    edges = tuple(
        Edge(first, then, "declared", "finish-to-start", None, overlap)
        for (first, then), overlap in overlaps.items()
    )
    drawing = draw_graph(DependencyGraph(None, nodes, edges, (), (), (), {}))
    assert {box.node.id for box in drawing.boxes if box.late} == {"b"}
    assert [arrow.late for arrow in drawing.arrows] == [True, False]


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
    line = draw_timeline(measures, period, deadlines, today)
    assert line.undated == 1
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
    line = draw_timeline(measures, None, {}, TODAY)
    sure = {bar.measure.id: bar.sure_width > 0 for bar in line.bars}
    assert sure == {"both": True, "start": False, "due": False, "done": True, "open": False}
    assert len({(bar.x, bar.y) for bar in line.bars}) == 5


def test_timeline_of_nothing():
    """Without measures, period and deadlines there is still the day judged."""
    line = draw_timeline((), None, {}, TODAY)
    assert [(mark.day, mark.names) for mark in line.marks] == [(TODAY, ())]
    assert (line.bars, line.period, line.undated) == ((), None, 0)
