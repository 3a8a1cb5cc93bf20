"""Where things stand on the timeline: the plan's period, its measures, and the days of the law.

Lengths are in units of the SVG's view box; nothing here knows how it is drawn.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dxrules.frozen import frozen
from dxrules.report.html.slices import slices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dxrules.dates import PartialDate
    from dxrules.plan.models import Measure

WIDTH = 1160
NAMES = 330
_RIGHT = 20
_BAR_LINE, _NAME_LINE, _AXIS = 22, 16, 56
_FEWEST_DAYS = 30
_YEAR_ROOM = 64
_NARROWEST = 3.0


@frozen
class Bar:
    """A measure: from the earliest start to the latest end, and within it what is certain."""

    measure: Measure
    y: int
    x: float
    width: float
    sure_x: float
    sure_width: float


@frozen
class Mark:
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
    """The plan's period, its measures and the deadlines, over time; `parts` fit a page."""

    height: int
    parts: tuple[tuple[int, int], ...]
    period: tuple[float, float] | None
    years: tuple[tuple[float, int], ...]
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    undated: int


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
    scale = _Scale(min(days), max(days))
    marks = _marks({**deadlines, today: deadlines.get(today, ())}, scale)
    top = _AXIS + _NAME_LINE * len(marks)
    height = top + _BAR_LINE * len(shown) + 8
    return Timeline(
        height=height,
        parts=slices([top + _BAR_LINE * line for line in range(len(shown))], height),
        period=None if period is None else (scale.x(period[0]), scale.x(period[1])),
        years=scale.years(),
        bars=tuple(
            _bar(measure, span, sure, top + _BAR_LINE * line, scale)
            for line, (measure, span, sure) in enumerate(shown)
        ),
        marks=marks,
        undated=len(dated) - len(shown),
    )


def _marks(names: Mapping[date, tuple[str, ...]], scale: _Scale) -> tuple[Mark, ...]:
    """Return the days, each with a line for its names, which run to where there is more room."""
    middle = (NAMES + WIDTH) / 2
    return tuple(
        Mark(scale.x(day), day, names[day], _AXIS + _NAME_LINE * line, scale.x(day) > middle)
        for line, day in enumerate(sorted(names))
    )


def _bar(
    measure: Measure,
    span: tuple[date, date],
    sure: tuple[date, date] | None,
    y: int,
    scale: _Scale,
) -> Bar:
    x, width = _stretch(span, scale)
    return Bar(measure, y, x, width, *((x, 0.0) if sure is None else _stretch(sure, scale)))


def _stretch(days: tuple[date, date], scale: _Scale) -> tuple[float, float]:
    first, last = map(scale.x, days)
    return first, max(round(last - first, 1), _NARROWEST)


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
