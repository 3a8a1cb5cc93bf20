"""Drawings of an open plan: its measures over time, their order, and what is to come.

The places are those of the report; whoever shows the desk draws them.
"""

from __future__ import annotations

from dxrules.assessment.dossier import Dossier
from dxrules.report.html.timeline import NAMES, WIDTH, TimelineBar, TimelineMark
from dxrules.report.html.town_page import Dependency, TownPage
from dxrules.report.json_values import Json, taken
from dxrules.report.terminal import Style
from dxrules.report.writers import How


def drawing(dossier: Dossier) -> Json:
    """Return the timeline with its arrows, the dependencies as rows, and the days to come."""
    page = TownPage(dossier, dossier.assessment.plans[0], How(Style("ja")), 1)
    other = TownPage(dossier, dossier.assessment.plans[0], How(Style("en")), 1)
    line = page.timeline
    judged_on = dossier.assessment.day
    return {
        "width": WIDTH,
        "names": NAMES,
        "height": line.height,
        "period": line.period,
        "years": [{"x": x, "year": year} for x, year in line.years],
        "bars": [_bar(each) for each in line.bars],
        "arrows": [
            {
                "points": [list(point) for point in each.points],
                "late": each.late,
                "soft": each.edge.kind != "finish-to-start",
            }
            for each in line.arrows
        ],
        "marks": [
            _mark(ja, en, today=ja.day == judged_on)
            for ja, en in zip(line.marks, other.timeline.marks, strict=True)
        ],
        "alone": line.alone,
        "cycles": list(page.cycles),
        "dependencies": [_dependency(each) for each in page.dependencies],
        "forecast": [
            {
                "day": day,
                "days_left": left,
                "lines": [taken(each, "what", "names", "verdict", "why") for each in lines],
            }
            for day, left, lines in page.forecast_lines
        ],
        "until": page.forecast.until,
    }


def _bar(bar: TimelineBar) -> Json:
    node = bar.node
    return {
        "label": node.label,
        "start": None if node.start is None else node.start.describe(),
        "end": None if bar.end is None else bar.end.describe(),
        **taken(node, "planned", "critical"),
        **taken(bar, "dated", "late", "y", "x", "width", "sure_x", "sure_width"),
    }


def _mark(ja: TimelineMark, en: TimelineMark, *, today: bool) -> Json:
    return {
        **taken(ja, "x", "y", "day", "leftwards"),
        "today": today,
        "names": [{"ja": one, "en": other} for one, other in zip(ja.names, en.names, strict=True)],
    }


def _dependency(each: Dependency) -> Json:
    return taken(each, "first", "then", "origin") | {"missing": each.edge.present is False}
