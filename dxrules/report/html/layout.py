"""Where things stand in the drawings: the graph of measures in layers by time, and the timeline.

Lengths are in the units of the SVG's view box; nothing here knows how it is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dxrules.dates import fiscal_year_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dxrules.assessment.dependencies import DependencyGraph, Edge, Node
    from dxrules.dates import PartialDate
    from dxrules.plan.models import Measure

NODE_WIDTH, NODE_HEIGHT = 190, 40
_COLUMN, _LINE, _TOP = NODE_WIDTH + 70, NODE_HEIGHT + 14, 34
_SWEEPS = 4

TIMELINE_WIDTH = 960
_NAMES, _BAR_LINE, _AXIS = 300, 22, 70
_FEWEST_DAYS = 30


@dataclass(frozen=True, slots=True)
class Box:
    """A node and its upper left corner."""

    node: Node
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """An edge and its path; `late` where what comes first surely ends after the other starts."""

    edge: Edge
    path: str
    late: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """The graph, laid out: a column per fiscal year (None: no date), boxes and arrows."""

    width: int
    height: int
    columns: tuple[tuple[int, int | None], ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    alone: int


def draw_graph(graph: DependencyGraph) -> Drawing:
    """Lay out the nodes that have an edge; `alone` counts the others, which the timeline shows."""
    joined = {end for edge in graph.edges for end in (edge.first, edge.then)}
    nodes = [node for node in graph.nodes if node.id in joined]
    years = sorted({_year(node) for node in nodes}, key=lambda year: (year is not None, year or 0))
    columns = {year: [node for node in nodes if _year(node) == year] for year in years}
    _untangle([*columns.values()], graph.edges)
    boxes = {
        node.id: Box(node, 10 + across * _COLUMN, _TOP + down * _LINE)
        for across, column in enumerate(columns.values())
        for down, node in enumerate(column)
    }
    tallest = max((len(column) for column in columns.values()), default=0)
    return Drawing(
        width=20 + max(len(columns), 1) * _COLUMN,
        height=_TOP + tallest * _LINE + 10,
        columns=tuple((10 + n * _COLUMN, year) for n, year in enumerate(years)),
        boxes=tuple(boxes.values()),
        arrows=tuple(
            Arrow(edge, _path(boxes[edge.first], boxes[edge.then]), _is_late(edge))
            for edge in graph.edges
        ),
        alone=len(graph.nodes) - len(nodes),
    )


def _year(node: Node) -> int | None:
    for when in (node.start, node.due):
        if when is not None and when.earliest is not None:
            return fiscal_year_of(when.earliest)
    return None


def _untangle(columns: Sequence[list[Node]], edges: Iterable[Edge]) -> None:
    """Order each column so that what is joined stands at one height: Sugiyama's barycentres."""
    beside: dict[str, set[str]] = {}
    for edge in edges:
        beside.setdefault(edge.first, set()).add(edge.then)
        beside.setdefault(edge.then, set()).add(edge.first)
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            height = {n.id: place for each in columns for place, n in enumerate(each)}
            column.sort(key=lambda node: _middle([height[o] for o in sorted(beside[node.id])]))


def _middle(heights: Sequence[int]) -> float:
    return sum(heights) / len(heights)


def _is_late(edge: Edge) -> bool:
    return edge.overlap is not None and edge.overlap.lo is not None and edge.overlap.lo > 0


def _path(first: Box, then: Box) -> str:
    start = first.x + NODE_WIDTH, first.y + NODE_HEIGHT // 2
    end = then.x, then.y + NODE_HEIGHT // 2
    bend = 36 if then.x > first.x else 60
    return (
        f"M{start[0]},{start[1]} C{start[0] + bend},{start[1]} "
        f"{end[0] - bend},{end[1]} {end[0]},{end[1]}"
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """A measure: from the earliest start to the latest end, and within it what is certain."""

    measure: Measure
    y: int
    x: float
    width: float
    sure_x: float
    sure_width: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A day: where it stands, and what it is called."""

    x: float
    day: date
    names: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The plan's period, its measures and the deadlines, over time."""

    height: int
    names: int
    period: tuple[float, float] | None
    years: tuple[tuple[float, int], ...]
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    today: float
    undated: int


def draw_timeline(
    measures: Sequence[Measure],
    period: tuple[date, date] | None,
    deadlines: Mapping[date, tuple[str, ...]],
    today: date,
) -> Timeline:
    """Lay out measures under their plan's period and the deadlines that the law sets."""
    dated = [(measure, *_span(measure)) for measure in measures]
    shown = [(measure, span, sure) for measure, span, sure in dated if span is not None]
    days = [today, *deadlines, *(period or ()), *(day for _, span, _ in shown for day in span)]
    first, last = min(days), max(days)
    length = max((last - first).days, _FEWEST_DAYS)

    def x(day: date) -> float:
        share = (day - first).days / length
        return round(_NAMES + (TIMELINE_WIDTH - _NAMES - 30) * share, 1)

    lines = _lines_of([x(day) for day in sorted(deadlines)])
    top = _AXIS + 14 * (max(lines, default=0) + 1)
    bars = [
        Bar(
            measure,
            top + _BAR_LINE * line,
            x(span[0]),
            max(x(span[1]) - x(span[0]), 3),
            x(sure[0]) if sure else x(span[0]),
            max(x(sure[1]) - x(sure[0]), 3) if sure else 0,
        )
        for line, (measure, span, sure) in enumerate(shown)
    ]
    return Timeline(
        height=top + _BAR_LINE * len(bars) + 16,
        names=_NAMES,
        period=None if period is None else (x(period[0]), x(period[1])),
        years=tuple(
            (x(date(year, 4, 1)), year)
            for year in range(first.year, last.year + 1)
            if first <= date(year, 4, 1) <= last
        ),
        bars=tuple(bars),
        marks=tuple(
            Mark(x(day), day, deadlines[day], line)
            for day, line in zip(sorted(deadlines), lines, strict=True)
        ),
        today=x(today),
        undated=len(dated) - len(shown),
    )


def _span(measure: Measure) -> tuple[tuple[date, date] | None, tuple[date, date] | None]:
    """Return the days between which a measure may be worked on, and those on which it surely is."""
    start, end = measure.start, measure.completed or measure.due
    days = [*_ends(start), *_ends(end)]
    if not days:
        return None, None
    surely = None
    if start is not None and end is not None and start.latest and end.earliest:
        surely = (start.latest, end.earliest) if start.latest <= end.earliest else None
    return (min(days), max(days)), surely


def _ends(when: PartialDate | None) -> list[date]:
    return [] if when is None else [day for day in (when.earliest, when.latest) if day is not None]


def _lines_of(places: Sequence[float]) -> list[int]:
    """Return, for names at these places from left to right, lines on which they do not meet."""
    room, ends, lines = 190, [], []  # type: ignore[var-annotated]  # the widest name
    for place in places:
        free = next((n for n, end in enumerate(ends) if end <= place), len(ends))
        ends[free : free + 1] = [place + room]
        lines.append(free)
    return lines
