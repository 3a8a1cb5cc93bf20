"""What a cell's text stands for: a number, a day, a truth; and why it stands for nothing."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from math import isfinite

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel

from dxrules.source.strict import Refusal
from dxrules.texts import Text, shorten, visible

SheetValue = str | bool | int | float | date | time | timedelta

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_LONGEST_NUMBER = 40
SHOWN = 15
"""Digits of a number that a spreadsheet shows; those after them are of its arithmetic alone."""
_YEARS = frozenset("egr")
"""The signs of an era and of its year, which openpyxl does not take for those of a day."""
_NO_YEAR = re.compile(r"general|g/標準|e[+-]")
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""Signs of a format that stand for themselves, room, fillers; colours, languages, conditions."""
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T[0-9:.]*Z?)?")
_TRUTHS = {"1": True, "true": True, "0": False, "false": False}
_WRITE_IT = Text("正しい値を書き直してください。", "Write the right value again.")
_NO_SUCH_DAY = Refusal(
    Text("日付の書式ですが、日付にできない数です。", "It is formatted as a date, but is none."),
    Text("日付を文字で書いてください。", "Write the date as text."),
)
_FORMAT_UNKNOWN = Refusal(
    Text(
        "書式の定義がブックにないため、どの数か分かりません。",
        "The workbook does not define its format, so it is not clear which figure is meant.",
    ),
    Text("値を文字で書いてください。", "Write the value as text."),
)
NOT_COMPUTED = Refusal(
    Text("数式の計算結果が保存されていません。", "It is a formula whose result was not saved."),
    Text(
        "Excelで開いて保存し直すか、値を文字で書いてください。",
        "Open it in Excel and save it again, or write the value as text.",
    ),
)


def damaged(text: str) -> Refusal:
    """Return why a cell cannot be read that says something else than its kind."""
    said = shorten(visible(text))
    message = Text(f"セルの中身「{said}」が壊れています。", f'The content "{said}" is damaged.')
    return Refusal(message, _WRITE_IT)


def _error(text: str) -> Refusal:
    """Return why a cell cannot be read that shows an error, as #N/A."""
    said = shorten(visible(text))
    message = Text(f"エラー値({said})です。", f"It shows an error ({said}).")
    return Refusal(message, Text("値を書いてください。", "Write the value."))


def of_kind(kind: str, text: str) -> bool | date | str:
    """Return what a text stands for in a cell that says of which kind it is."""
    if kind == "b" and text in _TRUTHS:
        return _TRUTHS[text]
    if kind == "d":
        return _iso_day(text)
    raise _error(text) if kind == "e" else damaged(text)


def number(text: str, form: str | None, epoch: datetime) -> int | float | date | time | timedelta:
    """Return a number, or the day that its format shows it as."""
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        raise damaged(text)
    value = int(text) if text.lstrip("+-").isdecimal() else float(text)
    if not isfinite(value):
        raise damaged(text)
    if form is None:
        raise _FORMAT_UNKNOWN
    if _is_day(form):
        return _day(value, form, epoch)
    return value if isinstance(value, int) else float(f"{value:.{SHOWN}g}")


def _is_day(form: str) -> bool:
    """Tell whether a format shows a number as a day or a time; one may show its year alone.

    >>> _is_day('ggge"年"'), _is_day("General"), _is_day("0.0E+00"), _is_day('G/標準"年"')
    (True, False, False, False)
    """
    shown = _NO_YEAR.sub("", _LITERAL.sub("", form.split(";", maxsplit=1)[0]).lower())
    return is_date_format(form) or not _YEARS.isdisjoint(shown)


def _day(value: float, form: str, epoch: datetime) -> date | time | timedelta:
    try:
        found: date | time | timedelta = from_excel(
            value, epoch, timedelta=is_timedelta_format(form)
        )
    except (OverflowError, ValueError) as error:
        raise _NO_SUCH_DAY from error
    if value < 0:
        raise _NO_SUCH_DAY
    return found


def _iso_day(text: str) -> date | str:
    """Return a day that is written as such; a time of day or a duration stays text."""
    found = _DAY.fullmatch(text)
    if found is None:
        return text
    try:
        return date.fromisoformat(found[1])
    except ValueError as error:
        raise damaged(text) from error
