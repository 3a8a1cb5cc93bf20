"""Drawings of an open plan: its measures over time, their order, and what is to come.

The places are those of the report; whoever shows the desk draws them. Annotations are not
postponed, as pydantic reads them.
"""

from operator import itemgetter
from typing import Annotated, Any, NamedTuple

from typing_extensions import TypedDict

from dxrules.assessment.dossier import Dossier
from dxrules.report.how_to_write import How
from dxrules.report.html.timeline import NAMES, WIDTH
from dxrules.report.html.town_page import TownPage
from dxrules.report.json_values import Json, taken
from dxrules.report.json_views import Words, as_json, made, of
from dxrules.report.tabular import described
from dxrules.report.terminal import Style
from dxrules.texts import LANGS

Length = int | float


class YearDrawn(TypedDict):
    """Where a fiscal year begins."""

    x: Annotated[Length, of(itemgetter(0))]
    year: Annotated[int, of(itemgetter(1))]


class BarDrawn(TypedDict):
    """A measure over time: as it may be, and within it what is certain."""

    label: Annotated[Words, of("node.label")]
    start: Annotated[Words | None, of(lambda bar: described(bar.node.start))]
    end: Annotated[Words | None, of(lambda bar: described(bar.end))]
    planned: Annotated[bool, of("node.planned")]
    critical: Annotated[bool, of("node.critical")]
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
    soft: Annotated[bool, of(lambda arrow: arrow.edge.kind != "finish-to-start")]


class MarkDrawn(TypedDict):
    """A day that a rule sets, or that judged."""

    x: Length
    y: Length
    day: str
    leftwards: bool
    today: bool
    names: list[Words]


class DependencyDrawn(TypedDict):
    """What comes first, what waits for it, and who says so."""

    first: Words
    then: Words
    origin: Words
    missing: Annotated[bool, of(lambda dependency: dependency.edge.present is False)]


class ComingLine(TypedDict):
    """One thing of a coming day."""

    what: Words
    names: Words | None
    verdict: Words | None
    why: Words | None


class ComingDay(TypedDict):
    """A coming day."""

    day: Annotated[str, of(itemgetter(0))]
    days_left: Annotated[int, of(itemgetter(1))]
    lines: Annotated[list[ComingLine], of(itemgetter(2))]


class _Pages(NamedTuple):
    """The page on a plan in each language: what a day is called, it says in its own."""

    ja: TownPage
    en: TownPage


def _marks(pages: Any) -> list[Json]:
    judged_on = pages.ja.dossier.assessment.day
    return [
        {
            **taken(ja, "x", "y", "day", "leftwards"),
            "today": ja.day == judged_on,
            "names": [
                {"ja": own, "en": other} for own, other in zip(ja.names, en.names, strict=True)
            ],
        }
        for ja, en in zip(pages.ja.timeline.marks, pages.en.timeline.marks, strict=True)
    ]


class Drawing(TypedDict):
    """The timeline with its arrows, the dependencies as rows, and the days to come."""

    width: Annotated[Length, of(lambda _: WIDTH)]
    names: Annotated[Length, of(lambda _: NAMES)]
    height: Annotated[Length, of("ja.timeline.height")]
    period: Annotated[tuple[Length, Length] | None, of("ja.timeline.period")]
    years: Annotated[list[YearDrawn], of("ja.timeline.years")]
    bars: Annotated[list[BarDrawn], of("ja.timeline.bars")]
    arrows: Annotated[list[ArrowDrawn], of("ja.timeline.arrows")]
    marks: Annotated[list[MarkDrawn], made(_marks)]
    alone: Annotated[int, of("ja.timeline.alone")]
    cycles: Annotated[list[Words], of(lambda pages: [*pages.ja.cycles])]
    dependencies: Annotated[list[DependencyDrawn], of("ja.dependencies")]
    forecast: Annotated[list[ComingDay], of("ja.forecast_lines")]
    until: Annotated[str, of("ja.forecast.until")]


def drawing(dossier: Dossier) -> Any:
    """Return the drawings of the one plan of a dossier."""
    plan = dossier.assessment.plans[0]
    ja, en = (TownPage(dossier, plan, How(Style(lang)), 1) for lang in LANGS)
    return as_json(Drawing, _Pages(ja, en))
