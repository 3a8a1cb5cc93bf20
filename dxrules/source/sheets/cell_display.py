"""What a cell shows: shares, days and months as people see them, not as the file keeps them.

A file keeps 25 % as 0.25, a month as its first day, and a figure in thousands whole. Read as
they are kept they would be false: a figure wrong by a hundred, a month that is one day.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from dxrules.plan.workbook.cell_words import folded
from dxrules.source import Refusal
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.source.sheets import Cell

PERCENT = "%"

_GENERAL = "general"
_SHARE = re.compile(r"(-?[0-9][0-9,.]*) ?%")
_PERCENTS = (PERCENT, "パーセント", "percent", "per cent")

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""Signs of a format that stand for themselves, room, fillers; colours, languages, conditions."""

_CONDITION = re.compile(r"\[[<>=]")
_SCALED = re.compile(r"[0#?],+(?![,0#?])")
"""A comma after the last place of a number: it is shown in thousands."""

_FISCAL = "年度"
_YEARS = "yegrb"
"""The signs of a year in a format, Gregorian or of an era."""

_YEARLESS = Refusal(
    Text("年が表示されていない日付です。", "The date is shown without its year."),
    Text(
        "計画書のとおりの年を添えて、文字で書いてください(例: 令和8年9月30日)。",
        "Write it as text with the year that the plan says, for example 令和8年9月30日.",
    ),
)
_IN_THOUSANDS = Refusal(
    Text(
        "千や百万を単位として縮めて表示する書式なので、どちらの数か分かりません。",
        "It is shown in thousands or millions, so it is not clear which figure is meant.",
    ),
    Text("計画書のとおりの数を文字で書いてください。", "Write the figure of the plan as text."),
)
_BY_CONDITION = Refusal(
    Text(
        "条件によって % になる書式なので、どちらの数か分かりません。",
        "Its format makes it a percentage on a condition, so it is not clear which is meant.",
    ),
    _IN_THOUSANDS.hint,
)


def share_in(text: str) -> str:
    """Return the figure of a percentage; nothing if a text is none.

    >>> share_in("25%"), share_in("８２．９％"), share_in("約25%"), share_in("25")
    ('25', '82.9', '', '')
    """
    found = _SHARE.fullmatch(folded(text))
    return found[1] if found else ""


def is_percent(unit: str) -> bool:
    """Tell whether a unit is that of percentages.

    >>> is_percent("％"), is_percent("パーセント"), is_percent("件")
    (True, True, False)
    """
    return any(word in folded(unit) for word in _PERCENTS)


def shown(cell: Cell) -> str:
    """Return what a cell holds as a plan file would say it; raise Refusal if that is not clear."""
    if cell.fault is not None:
        raise cell.fault
    value, form = cell.value, cell.number_format
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        first = form.split(";", maxsplit=1)[0]
        return _day(value, _plain(first).lower(), _FISCAL if _FISCAL in first else "年")
    if isinstance(value, int | float):
        return _number(value, form)
    return str(value).strip()


def _plain(form: str) -> str:
    return _LITERAL.sub("", form)


def _day(value: date, form: str, year: str) -> str:
    """Return a day, or the month or year that is all that a cell shows of it.

    `year` is what stands after a year alone, which may be a fiscal one.
    """
    day = value.date() if isinstance(value, datetime) else value
    if form == _GENERAL:  # a file may say of a cell that it is a date, whatever its format
        return day.isoformat()
    if not set(_YEARS) & set(form):
        raise _YEARLESS
    if "d" in form:
        return day.isoformat()
    return f"{day:%Y-%m}" if "m" in form else f"{day.year}{year}"


def _number(value: float, form: str) -> str:
    said = _section(value, form)
    if _SCALED.search(said):
        raise _IN_THOUSANDS
    exact = Decimal(str(value))
    if PERCENT in said:
        return f"{_digits(exact * 100)}{PERCENT}"
    return _digits(exact)


def _digits(value: Decimal) -> str:
    """Write a number without exponent and needless zeros.

    >>> _digits(Decimal("20.0")), _digits(Decimal("1E+2")), _digits(Decimal("0.070"))
    ('20', '100', '0.07')
    """
    return f"{value.normalize():f}"


def _section(value: float, form: str) -> str:
    """Return the part of a format that a number is shown by: positive, negative or zero."""
    said = [_plain(part) for part in form.split(";")]
    if _CONDITION.search(form) and len({PERCENT in part for part in said[:3]}) > 1:
        raise _BY_CONDITION
    place = 1 if value < 0 else 2 if value == 0 else 0
    return said[place] if place < len(said) else said[0]
