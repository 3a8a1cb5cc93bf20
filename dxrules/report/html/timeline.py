"""Places on the timeline: the plan's period, its measures, and the days of the law.

An arrow leads from the end of a measure to the start of one that depends on it. Lengths are in
units of the SVG's view box; nothing here knows how it is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from dxrules.dates import PartialDate
from dxrules.frozen import frozen
from dxrules.plan.sections.measures import Measure

if TYPE_CHECKING:
    from dxrules.assessment.dependencies import DependencyGraph, GraphEdge, GraphNode

WIDTH = 1160
NAMES = 330
_RIGHT = 20
_BAR_LINE, _NAME_LINE, _AXIS = 22, 16, 56
_MIDDLE = 9  # of a bar, below the top of its line
_STUB = 6
_FEWEST_DAYS = 30
_YEAR_ROOM = 64
_NARROWEST = 3.0
_UNDATED = 8.0
_MOST = 640
"""What a page of A4 across has room for, beneath a heading, in the units of the drawing."""


@frozen
class TimelineBar:
    """A measure, or what one waits for, and its line.

    It runs from the earliest start to the latest end, and within it what is certain. Without a
    date (`dated`) it stands before the first day. `late` is whether what it waits for surely ends
    after it starts.
    """

    node: GraphNode
    end: PartialDate | None
    dated: bool
    late: bool
    y: int
    x: float
    width: float
    sure_x: float
    sure_width: float


@frozen
class Arrow:
    """An edge and the corners of its line; `late` where the first ends after the other starts."""

    edge: GraphEdge
    points: tuple[tuple[float, float], ...]
    late: bool


@frozen
class TimelineMark:
    """A day: where it stands, and the line on which its names are, to the right or the left.

    The day judged has no names.
    """

    x: float
    day: date
    names: tuple[str, ...]
    y: int
    leftwards: bool


@frozen
class Timeline:
    """The plan's period, its measures and the deadlines, over time.

    `parts` fit a page, `alone` counts measures without a date that no edge touches.
    """

    height: int
    parts: tuple[tuple[int, int], ...]
    period: tuple[float, float] | None
    years: tuple[tuple[float, int], ...]
    bars: tuple[TimelineBar, ...]
    arrows: tuple[Arrow, ...]
    marks: tuple[TimelineMark, ...]
    alone: int


@frozen
class _Scale:
    first: date
    last: date

    def x(self, day: date) -> float:
        length = max((self.last - self.first).days, _FEWEST_DAYS)
        share = (day - self.first).days / length
        return round(NAMES + (WIDTH - NAMES - _RIGHT) * share, 1)

    def years(self) -> tuple[tuple[float, int], ...]:
        """Return where fiscal years begin; of many only so many that their names do not meet."""
        years = range(self.first.year, self.last.year + 1)
        step = -(-len(years) * _YEAR_ROOM // (WIDTH - NAMES))
        days = [date(year, 4, 1) for year in years if year % step == 0]
        return tuple((self.x(day), day.year) for day in days if self.first <= day <= self.last)


def is_late(edge: GraphEdge) -> bool:
    """Tell whether what comes first surely ends after the other starts."""
    return edge.overlap is not None and edge.overlap.lo is not None and edge.overlap.lo > 0


def draw_timeline(
    graph: DependencyGraph,
    measures: Iterable[Measure],
    period: tuple[date, date] | None,
    deadlines: Mapping[date, tuple[str, ...]],
    today: date,
) -> Timeline:
    """Lay out measures under their plan's period and the deadlines that the law sets."""
    by_id = {measure.id: measure for measure in measures}
    edges = [edge for edge in graph.edges if edge.first != edge.then]
    joined = {end for edge in edges for end in (edge.first, edge.then)}
    spans = {node.id: _span(by_id.get(node.id)) for node in graph.nodes}
    shown = [node for node in graph.nodes if node.id in joined or spans[node.id][0]]
    days = [
        today,
        *deadlines,
        *(period or ()),
        *(day for span, _ in spans.values() for day in span),
    ]
    scale = _Scale(min(days), max(days))
    marks = _marks({**deadlines, today: deadlines.get(today, ())}, scale)
    top = _AXIS + _NAME_LINE * len(marks)
    height = top + _BAR_LINE * len(shown) + 8
    late = {edge.then for edge in edges if is_late(edge)}
    bars = {
        node.id: TimelineBar(
            node,
            _end(by_id.get(node.id)),
            bool(spans[node.id][0]),
            node.id in late,
            top + _BAR_LINE * line,
            *_place(spans[node.id], scale),
        )
        for line, node in enumerate(shown)
    }
    return Timeline(
        height=height,
        parts=slices([top + _BAR_LINE * line for line in range(len(shown))], height),
        period=None if period is None else (scale.x(period[0]), scale.x(period[1])),
        years=scale.years(),
        bars=tuple(bars.values()),
        arrows=tuple(
            Arrow(edge, _points(bars[edge.first], bars[edge.then]), is_late(edge))
            for edge in sorted(edges, key=is_late)
        ),
        marks=marks,
        alone=len(graph.nodes) - len(shown),
    )


def _points(first: TimelineBar, then: TimelineBar) -> tuple[tuple[float, float], ...]:
    """Lead from the end of one to the start of the other, back between lines if that is earlier."""
    start, end = round(first.x + first.width, 1), then.x
    leaves, arrives = first.y + _MIDDLE, then.y + _MIDDLE
    out, back = round(start + _STUB, 1), round(end - _STUB, 1)
    if out <= back:
        return (start, leaves), (out, leaves), (out, arrives), (end, arrives)
    between = arrives + _BAR_LINE // 2 * (1 if first.y > then.y else -1)
    return (
        (start, leaves),
        (out, leaves),
        (out, between),
        (back, between),
        (back, arrives),
        (end, arrives),
    )


def _marks(names: Mapping[date, tuple[str, ...]], scale: _Scale) -> tuple[TimelineMark, ...]:
    """Return the days, each with a line for its names, which run to where there is more room."""
    middle = (NAMES + WIDTH) / 2
    return tuple(
        TimelineMark(
            scale.x(day), day, names[day], _AXIS + _NAME_LINE * line, scale.x(day) > middle
        )
        for line, day in enumerate(sorted(names))
    )


def _place(
    spans: tuple[tuple[date, ...], tuple[date, ...]], scale: _Scale
) -> tuple[float, float, float, float]:
    """Return where a bar begins and how long it is, and likewise what is certain of it."""
    span, sure = spans
    x, width = _stretch(span, scale) if span else (float(NAMES), _UNDATED)
    return (x, width, *(_stretch(sure, scale) if sure else (x, 0.0)))


def _stretch(days: tuple[date, ...], scale: _Scale) -> tuple[float, float]:
    first, last = scale.x(days[0]), scale.x(days[-1])
    return first, max(round(last - first, 1), _NARROWEST)


def _span(measure: Measure | None) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Return the days between which a measure may be worked on, and those on which it surely is."""
    start, end = (None, None) if measure is None else (measure.start, _end(measure))
    days = [*_ends(start), *_ends(end)]
    if not days:
        return (), ()
    surely: tuple[date, ...] = ()
    if start is not None and end is not None and start.latest and end.earliest:
        surely = (start.latest, end.earliest) if start.latest <= end.earliest else ()
    return (min(days), max(days)), surely


def _end(measure: Measure | None) -> PartialDate | None:
    return None if measure is None else measure.completed or measure.due


def _ends(when: PartialDate | None) -> list[date]:
    return [] if when is None else [day for day in (when.earliest, when.latest) if day is not None]


def slices(cuts: Sequence[int], height: int, most: int = _MOST) -> tuple[tuple[int, int], ...]:
    """Return the top and the height of parts no higher than `most`, as few as may be.

    A drawing may be cut at `cuts` alone; where these lie farther apart, a part is higher.

    >>> slices([40, 80, 120, 160], 200, most=100)
    ((0, 80), (80, 80), (160, 40))
    """
    found, top, last = [], 0, 0
    for cut in (*cuts, height):
        if cut - top > most and last > top:
            found.append((top, last - top))
            top = last
        last = cut
    return (*found, (top, height - top))
