"""Whether two values of a document are the same, however they are written."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Final

from dxrules.dates import parse_date, parse_dates, parse_period
from dxrules.document.normal import squeezed
from dxrules.errors import DateError

PERIODS: Final = frozenset({"period"})
DATES: Final = frozenset(
    {"established", "since", "start", "due", "completed", "on", "target", "date"}
)
SEVERAL_DATES: Final = frozenset({"reviewed", "migrated_on"})


def same(key: str, value: str) -> object:
    """Return what two values of a key share if they are the same."""
    with suppress(DateError):
        if key in PERIODS:
            period = parse_period(value)
            return period.start, period.end, period.start_by, period.end_from
        if key in DATES:
            return parse_date(value).range
        if key in SEVERAL_DATES:
            return tuple(each.range for each in parse_dates(value))
    return squeezed(value)


def is_span(value: str) -> bool:
    """Tell whether a date goes from one year to others.

    >>> is_span("令和8年度~令和10年度"), is_span("令和8年度")
    (True, False)
    """
    if _FROM_TO.search(squeezed(value)):
        return True
    with suppress(DateError):
        found = parse_date(value).range
        return found.lo is not None and found.hi is not None and found.hi - found.lo > _A_YEAR
    return False


_A_YEAR: Final = 366
_FROM_TO: Final = re.compile("[0-9元年度月日)](?:~|から|→)(?=[0-9令平RH])")
"""Between the two ends of a span, which may be of less than a year."""


def shorter(key: str, value: str, most: int) -> str:
    """Return the beginning of a value that says the same in at most so many signs, or the value.

    >>> shorter("period", "令和8年度から令和12年度までの5年間", 16)
    '令和8年度から令和12年度まで'
    """
    meant = same(key, value)
    if len(value) <= most or meant == squeezed(value):
        return value
    cuts = (value[:end] for end in range(most, most // 2, -1))
    return next((cut for cut in cuts if same(key, cut) == meant), value)
