"""The day that a plan is judged by, and the days of what it is judged by."""

from __future__ import annotations

from datetime import date

from dxrules.dates import date_errors
from dxrules.dates.reading import parse_day

LAST_JUDGED = date(2199, 12, 31)
"""No day after it is judged: the plans of today and their targets end long before."""


FIRST_OF_LAW = date(1868, 1, 1)
"""No law that is in force is older."""


def parse_day_of_law(text: str) -> date:
    """Return the one full day that `text` names, as one of a law, a rule or a list.

    Raises DateError as `parse_day` does, and for a day that stands for never or always: the days
    beside it, which are reckoned with, would be beyond all calendars.
    """
    day = parse_day(text)
    if not FIRST_OF_LAW <= day <= LAST_JUDGED:
        raise date_errors.outside_law(text.strip(), first=FIRST_OF_LAW, last=LAST_JUDGED)
    return day


def parse_judged_day(text: str) -> date:
    """Return the one full day that `text` names, as one to judge by.

    Raises DateError as `parse_day` does, and for a day so far ahead that its year is a slip: the
    days that are counted on from it would be beyond all calendars.
    """
    day = parse_day(text)
    if day > LAST_JUDGED:
        raise date_errors.too_far_ahead(text.strip(), last=LAST_JUDGED)
    return day
