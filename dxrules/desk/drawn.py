"""What is drawn of an open plan: its measures over time, what waits for what, what is to come.

The places are those of the report; whoever shows the desk draws them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.report.html.timeline import NAMES, WIDTH
from dxrules.report.html.town_page import TownPage
from dxrules.report.json_values import text
from dxrules.report.terminal import Style
from dxrules.report.writers import How

if TYPE_CHECKING:
    from dxrules.assessment.dossier import Dossier
    from dxrules.report.html.timeline import Bar, Mark
    from dxrules.report.html.town_page import Dependency
    from dxrules.report.json_values import Json


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
        "cycles": [text(each) for each in page.cycles],
        "dependencies": [_dependency(each) for each in page.dependencies],
        "forecast": [
            {
                "day": day.isoformat(),
                "days_left": left,
                "lines": [
                    {
                        "what": text(each.what),
                        "names": None if each.names is None else text(each.names),
                        "verdict": None if each.verdict is None else text(each.verdict),
                        "why": None if each.why is None else text(each.why),
                    }
                    for each in lines
                ],
            }
            for day, left, lines in page.forecast_lines
        ],
        "until": page.forecast.until.isoformat(),
    }


def _bar(bar: Bar) -> Json:
    node = bar.node
    return {
        "label": text(node.label),
        "start": None if node.start is None else text(node.start.describe()),
        "end": None if bar.end is None else text(bar.end.describe()),
        "planned": node.planned,
        "critical": node.critical,
        "dated": bar.dated,
        "late": bar.late,
        "y": bar.y,
        "x": bar.x,
        "width": bar.width,
        "sure_x": bar.sure_x,
        "sure_width": bar.sure_width,
    }


def _mark(ja: Mark, en: Mark, *, today: bool) -> Json:
    return {
        "x": ja.x,
        "y": ja.y,
        "day": ja.day.isoformat(),
        "today": today,
        "leftwards": ja.leftwards,
        "names": [{"ja": one, "en": other} for one, other in zip(ja.names, en.names, strict=True)],
    }


def _dependency(each: Dependency) -> Json:
    return {
        "first": text(each.first),
        "then": text(each.then),
        "origin": text(each.origin),
        "missing": each.edge.present is False,
    }
