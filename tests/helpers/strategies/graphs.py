"""Graphs of measures."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from dxrules.assessment.dependencies import DependencyGraph, GraphEdge, GraphNode
from dxrules.dates import PartialDate, Range
from dxrules.texts import same

TODAY = date(2026, 11, 20)
DAYS = st.dates(date(2015, 1, 1), date(2045, 12, 31))
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
        GraphNode(f"m{n}", same(f"取組{n}"), draw(st.booleans()), draw(WHEN), draw(WHEN))
        for n in range(count)
    ]
    ends = st.integers(0, count - 1).map("m{}".format)
    overlap = st.none() | st.integers(-5, 5).map(Range.point)
    edge = st.builds(
        GraphEdge, ends, ends, st.just("declared"), st.just("informs"), st.none(), overlap
    )
    edges = draw(st.lists(edge, max_size=40)) if count else []
    return DependencyGraph(None, tuple(nodes), tuple(edges), (), (), (), {}, TODAY)
