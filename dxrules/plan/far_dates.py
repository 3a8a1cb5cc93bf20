"""Dates of a plan file that are too far away to be meant: slips of the year or of the era.

The bounds are a yardstick of this tool. They are wide enough for all that a plan can say.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from dxrules.dates import PartialDate, Period
from dxrules.errors import Problem
from dxrules.plan.models import Plan
from dxrules.source import Document, Path
from dxrules.source.placed_data import dotted
from dxrules.texts import Text, shorten

FIRST = date(1947, 1, 1)
"""No date is earlier: the oldest law that plans cite is the Local Autonomy Act of 1947."""
AHEAD = 50
"""Years by which a date can lie after the day recorded; long-term visions look to 2050 or 2060."""
LONGEST = 30
"""Years that a plan can run; the longest comprehensive plans of towns run for twenty."""
RECORDED_FROM = date(2000, 1, 1)
"""No plan is older than the first law on an information society, of 2000."""
RECORDED_AHEAD = 20
"""Years by which a plan can be later than the reference data that it is judged by."""

_RECORDED: Path = ("recorded",)
_PERIODS: tuple[Path, ...] = (("plan", "period"), ("plan", "replaces", "period"))
_CHECK_YEAR = Text("年や元号を確かめてください。", "Check the year and the era.")


def far_dates(plan: Plan, document: Document, known_until: date) -> list[Problem]:
    """Return a problem for each date that lies beyond all reason, and each period too long."""
    recorded = plan.recorded
    newest = later(known_until, RECORDED_AHEAD)
    about_record = _of_record(recorded, newest)
    found = [(_RECORDED, about_record)] if about_record else []
    day = None if about_record else recorded.latest or recorded.earliest
    last = later(day, AHEAD) if day else date.max
    dates: list[tuple[Path, PartialDate | Period]] = []
    _gather(plan, (), dates)
    for path, value in dates:
        message = None if path == _RECORDED else _of_date(value, recorded, last)
        if message is None and path in _PERIODS and isinstance(value, Period):
            message = _of_length(value)
        if message:
            found.append((path, message))
    return [
        Problem(document.place(path), dotted(path), message, _CHECK_YEAR) for path, message in found
    ]


def later(day: date, years: int) -> date:
    """Return the same day some years later; 28 February for 29 February where there is none.

    >>> later(date(2024, 2, 29), 1)
    datetime.date(2025, 2, 28)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # no such day, or no such year
        return day.replace(year=day.year + years, day=28) if day.year + years <= 9999 else date.max  # noqa: PLR2004


def _gather(value: object, path: Path, found: list[tuple[Path, PartialDate | Period]]) -> None:
    """Gather each date in a plan with its path, whichever field holds it."""
    if isinstance(value, BaseModel):
        held = value.__dict__
        for name, key in _fields_of_dates(type(value)):
            if held[name]:
                _gather(held[name], (*path, key), found)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _gather(inner, (*path, key), found)
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            # Several dates stand in one text, so their place is that of the text.
            one_text = isinstance(inner, PartialDate)
            _gather(inner, path if one_text else (*path, position), found)
    elif isinstance(value, PartialDate | Period):
        found.append((path, value))


@cache
def _fields_of_dates(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a model in which a date can stand, each with its key in the file."""
    fields = model.model_fields.items()
    return tuple((name, info.alias or name) for name, info in fields if _may_hold(info.annotation))


def _may_hold(annotation: Any) -> bool:
    """Tell whether a date can stand in a value of a type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return bool(_fields_of_dates(annotation))
    return annotation in (PartialDate, Period) or any(map(_may_hold, get_args(annotation)))


def _of_record(recorded: PartialDate, newest: date) -> Text | None:
    ends = [end for end in (recorded.earliest, recorded.latest) if end]
    if all(RECORDED_FROM <= end <= newest for end in ends):
        return None
    shown = _shown(recorded)
    return Text(
        f"記載内容の時点は {RECORDED_FROM} から {newest} までのはずですが、{shown.ja} とあります。",
        f"The facts speak for a day from {RECORDED_FROM} to {newest}, not for {shown.en}.",
    )


def _of_date(value: PartialDate | Period, recorded: PartialDate, last: date) -> Text | None:
    days = value.dates if isinstance(value, Period) else value
    ends = [end for end in (days.earliest, days.latest) if end]
    if all(FIRST <= end <= last for end in ends):
        return None
    shown, since = _shown(days), _shown(recorded)
    if any(end < FIRST for end in ends):
        return Text(f"{shown.ja} は {FIRST} より前です。", f"{shown.en} lies before {FIRST}.")
    return Text(
        f"{shown.ja} は、記載内容の時点 {since.ja} の{AHEAD}年後より先です。",
        f"{shown.en} lies more than {AHEAD} years after the day recorded, {since.en}.",
    )


def _of_length(period: Period) -> Text | None:
    first, last = period.start_by or period.start, period.end_from or period.end
    if first is None or last is None or last < later(first, LONGEST):
        return None
    shown = _shown(period.dates)
    return Text(
        f"計画期間 {shown.ja} が{LONGEST}年を超えています。",
        f"The period, {shown.en}, is longer than {LONGEST} years.",
    )


def _shown(day: PartialDate) -> Text:
    """Return a date as it was written and as the days that this means."""
    said = day.describe()
    return Text(shorten(said.ja), shorten(said.en))
