"""Columns of a schedule that are parts of one fiscal year: quarters, half-years, months.

Which year that is, a heading above the column tells, or the nearest heading above the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from dxrules.draft.table_years import year_of
from dxrules.draft.tables import Grid

_QUARTER: Final = re.compile("(?:第?([1-4一二三四])(?:四半期|Q|/四)|Q([1-4])|([1-4])q)")
_HALF: Final = re.compile("(上|下|前|後)(?:半)?期?")
_MONTH: Final = re.compile("([0-9]{1,2})月")
_FIRST_MONTH: Final = 4
_FISCAL: Final = re.compile(
    r"(?:令和|平成|R|H)?(?:[0-9]{1,2}|元|20[0-9]{2})(?:\([^()]{1,8}\))?年度"
)
_LEAST: Final = 2
_NUMBERS: Final = dict(zip("一二三四", "1234", strict=True))
_HALVES: Final = {"上": "上半期", "前": "上半期", "下": "下半期", "後": "下半期"}


def with_parts_of_year(grid: Grid, titles: Sequence[str]) -> Grid:
    """Return a table whose columns of parts of a year tell of which year they are.

    `titles` are the squeezed headings above it, outermost first. Where the columns are of several
    years, each is of its year as a whole.
    """
    parts = {
        place: said
        for place, column in enumerate(grid.columns)
        if not column.role and (said := _part_of(_without_year(column.head)))
    }
    years = {
        column.year
        for place, column in enumerate(grid.columns)
        if column.year and (column.is_year_alone or place in parts)
    }
    if len(years) > 1:
        return _with_years_beside(grid, parts)
    year = next(iter(years), "") or _year_above(titles)
    if len(parts) < _LEAST or not year:
        return grid
    columns = list(grid.columns)
    for place, said in parts.items():
        day = _in_month(year, said) if said.endswith("月") else f"{year}{said}"
        if day:
            columns[place] = replace(columns[place], year=day, last=day, is_year_alone=True)
    return replace(grid, columns=tuple(columns))


def _with_years_beside(grid: Grid, parts: Iterable[int]) -> Grid:
    """Return a table in which a part of a year without one of its own is of the year before it."""
    columns = list(grid.columns)
    for place in parts:
        own, before = columns[place], columns[place - 1]
        told = own if own.year or not before.is_year_alone else before
        if told.year:
            columns[place] = replace(own, year=told.year, last=told.last, is_year_alone=True)
    return replace(grid, columns=tuple(columns))


def _without_year(head: str) -> str:
    return _FISCAL.sub("", head, count=1)


def _part_of(word: str) -> str:
    """Return which part of a year a heading names, as dates are read; else nothing.

    >>> _part_of("2Q"), _part_of("下期"), _part_of("5月"), _part_of("備考")
    ('第2四半期', '下半期', '5月', '')
    """
    bare = re.sub(r"\([^()]*\)", "", word)
    if found := _QUARTER.fullmatch(bare):
        number = next(each for each in found.groups() if each)
        return f"第{_NUMBERS.get(number, number)}四半期"
    if found := _HALF.fullmatch(bare):
        return _HALVES[found[1]]
    return bare if _MONTH.fullmatch(bare) else ""


def _year_above(titles: Sequence[str]) -> str:
    """Return the one fiscal year that the nearest heading with any names."""
    for title in reversed(titles):
        if named := {year_of(found[0]) for found in _FISCAL.finditer(title)}:
            return named.pop() if len(named) == 1 else ""
    return ""


def _in_month(year: str, month: str) -> str:
    """Return a month of a fiscal year, which goes on into the next one.

    >>> _in_month("令和8年度", "3月"), _in_month("令和8年度", "4月")
    ('令和9年3月', '令和8年4月')
    """
    found = re.fullmatch("(令和|平成|)([0-9]{1,4})年度", year)
    if found is None:
        return ""
    later = int(month.removesuffix("月")) < _FIRST_MONTH
    return f"{found[1]}{int(found[2]) + later}年{month}"
