"""A forecast as a calendar (RFC 5545): an all-day event for each thing that falls due.

An event keeps its UID as long as it is about the same thing on the same day, so a calendar that
is read in again shows it once. The stamp is the day on which the forecast begins: no clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from dxrules import __version__
from dxrules.assessment.forecast import Forecast
from dxrules.errors import UsageError
from dxrules.report.forecast_lines import ForecastLine, lines
from dxrules.report.how_to_write import How
from dxrules.report.piecewise import names_of
from dxrules.report.plan_header import selection_text
from dxrules.report.several_plans import Several, each
from dxrules.texts import Lang, Text, same, visible, without_commands

if TYPE_CHECKING:
    from icalendar import Event

_NAMES = 50
_DAY = timedelta(days=1)
_LONGEST_UID = 32

_NAME = Text("{town} DX計画の期日", "{town}: what falls due in the DX plan")
_TOWNS = Text("{number}団体", "{number} plans")
_END = Text("見通しの終わり(作り直す)", "End of the outlook: make it again")
_MISSING = Text(
    "カレンダーの出力には icalendar が要ります。pip install 'dxrules[calendar]' で入ります。",
    "A calendar needs icalendar: pip install 'dxrules[calendar]'.",
)


def write(reported: Forecast | Several[Forecast], how: How) -> bytes:
    """Return forecasts as one iCalendar file."""
    return render_calendar(reported, how.style.lang)


def render_calendar(reported: Forecast | Several[Forecast], lang: Lang) -> bytes:
    """Return forecasts as one iCalendar file in one language.

    Raises UsageError if the library that writes it is not installed.
    """
    try:
        from icalendar import Calendar
    except ModuleNotFoundError as error:
        raise UsageError(_MISSING) from error
    calendar = Calendar()
    calendar.add("prodid", f"-//dxrules//dxrules {__version__}//{lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    forecasts = each(reported)
    names = names_of([forecast.plan for forecast in forecasts])
    town = names[0] if len(names) == 1 else _TOWNS.format(number=str(len(names)))
    chosen = selection_text(next((forecast.plan.selected for forecast in forecasts), None))
    name = _NAME.format(town=town) + (same("") if chosen is None else same(" ") + chosen)
    calendar.add("x-wr-calname", visible(name.in_(lang)))
    for forecast, called in zip(forecasts, names, strict=True):
        for day, line in _events(forecast):
            calendar.add_component(_event(forecast, called, day, line, lang))
    content: bytes = calendar.to_ical()
    # A line may be folded anywhere, so also where a command to a CI service would begin.
    return without_commands(content.decode(), lambda sign: f"{sign}\r\n ").encode()


def _events(forecast: Forecast) -> Iterator[tuple[date, ForecastLine]]:
    """Yield what falls due, and the end of the forecast: a calendar holds one event at least."""
    for day in forecast.days:
        for line in lines(day, _NAMES):
            yield day.day, line
    yield forecast.until, ForecastLine("end", _END)


def _event(forecast: Forecast, town: Text, day: date, line: ForecastLine, lang: Lang) -> Event:
    from icalendar import Event

    told = f"{forecast.plan.file.plan.municipality.code} {day} {line.key}"
    summary = f"{town.in_(lang)}: {line.what.in_(lang)}"
    if line.verdict is not None:
        summary += f" ({line.verdict.in_(lang)})"
    summary = visible(summary)
    event = Event()
    event.add("uid", f"{sha256(told.encode()).hexdigest()[:_LONGEST_UID]}@dxrules")
    event.add("dtstamp", datetime.combine(forecast.start, time(), UTC))
    event.add("dtstart", day)
    if day < date.max:
        event.add("dtend", day + _DAY)
    event.add("summary", summary)
    said = [visible(part.in_(lang)) for part in (line.names, line.why) if part is not None]
    if said:
        event.add("description", "\n".join(said))
    event.add("transp", "TRANSPARENT")
    return event
