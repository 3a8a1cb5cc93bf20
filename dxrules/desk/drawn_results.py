"""What the call `drawing` answers, as types: places in units of the drawing.

Annotations are not postponed, as pydantic would have to compile each of them once more.
"""

from typing_extensions import TypedDict

from dxrules.report.json_parts import Words

Length = int | float


class YearDrawn(TypedDict):
    """Where a fiscal year begins."""

    x: Length
    year: int


class BarDrawn(TypedDict):
    """A measure over time: as it may be, and within it what is certain."""

    label: Words
    start: Words | None
    end: Words | None
    planned: bool
    critical: bool
    dated: bool
    late: bool
    y: Length
    x: Length
    width: Length
    sure_x: Length
    sure_width: Length


class ArrowDrawn(TypedDict):
    """What leads from one measure to another."""

    points: list[list[Length]]
    late: bool
    soft: bool


class MarkDrawn(TypedDict):
    """A day that a rule sets, or that judged."""

    x: Length
    y: Length
    day: str
    today: bool
    leftwards: bool
    names: list[Words]


class DependencyDrawn(TypedDict):
    """What comes first, what waits for it, and who says so."""

    first: Words
    then: Words
    origin: Words
    missing: bool


class ComingLine(TypedDict):
    """One thing of a coming day."""

    what: Words
    names: Words | None
    verdict: Words | None
    why: Words | None


class ComingDay(TypedDict):
    """A coming day."""

    day: str
    days_left: int
    lines: list[ComingLine]


class Drawing(TypedDict):
    """The timeline with its arrows, the dependencies, and the days to come."""

    width: Length
    names: Length
    height: Length
    period: tuple[Length, Length] | None
    years: list[YearDrawn]
    bars: list[BarDrawn]
    arrows: list[ArrowDrawn]
    marks: list[MarkDrawn]
    alone: int
    cycles: list[Words]
    dependencies: list[DependencyDrawn]
    forecast: list[ComingDay]
    until: str
