"""Tables of indicators by what their cells hold: figures of a year before the plan, then after it.

No head needs to be known: 「見るもの | いまはどうか | どうしたいか(令和12年度)」 tells the
years of its figures above them or beside them, and names stand before the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.column_heads import HeadedColumn, columns_of
from dxrules.draft.figures_in_text import end_of, values_of
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence
from dxrules.draft.table_years import figure_of, is_empty
from dxrules.draft.tables import Grid

_OPEN: Final = frozenset({"", "baseline", "target", "result", "status", "content", "schedule"})
"""Roles of heads below which figures with years may be those of an indicator."""
_TOLD: Final = frozenset({"baseline", "target", "result"})
_NO_NAMES: Final = frozenset({"unit", "owner", "schedule", "status", "start", "due"})


def by_cells(rows: Sequence[Sequence[str]], reading: Lexicon, begins: int | None) -> Grid | None:
    """Return a table as a grid of indicators, by the years of the figures in its columns."""
    if begins is None or len(rows) < _LEAST_ROWS:
        return None
    columns, body = columns_of(rows[:1], reading), [tuple(row) for row in rows[1:]]
    kinds = {
        place: kind
        for place, each in enumerate(columns)
        if each.role in _OPEN
        and (kind := _kind(each, [row[place] for row in body], reading, begins))
    }
    first = min(kinds, default=0)
    named = [
        place
        for place in range(first)
        if columns[place].role not in _NO_NAMES and _are_names([row[place] for row in body])
    ]
    if not named or [*kinds.values()].count("baseline") != 1 or "target" not in kinds.values():
        return None
    if kinds[first] != "baseline":
        return None
    made = [
        replace(each, role=kinds[place], label=each.label if each.role in _TOLD else "")
        if place in kinds
        else each if each.role == "unit" else HeadedColumn("", "", head=each.head)
        for place, each in enumerate(columns)
    ]  # fmt: skip
    made[named[-1]] = HeadedColumn("indicator", "", head=columns[named[-1]].head)
    return Grid(tuple(made), tuple(body), 1, ())


_LEAST_ROWS: Final = 2


def _kind(column: HeadedColumn, cells: Sequence[str], reading: Lexicon, begins: int) -> str:
    """Return what the figures of a column are by their years: before the plan, or in it."""
    told = [cell for cell in cells if not is_empty(cell, reading)]
    years: set[str] = set()
    for cell in told:
        values = values_of(squeezed(cell), reading)
        own = {year for _, year, _ in values if year}
        if not (values or figure_of(cell)) or not (own or column.year):
            return ""
        years |= own or {column.year}
    ends = [end_of(year) for year in years]
    if not told or None in ends:
        return ""
    is_before = {(end or 0) < begins for end in ends}
    kind = "baseline" if is_before == {True} else "target" if is_before == {False} else ""
    return "" if column.role in {"baseline", "target"} and column.role != kind else kind


def _are_names(cells: Sequence[str]) -> bool:
    return len({*cells}) == len(cells) and all(
        len(squeezed(cell)) > _SHORTEST and figure_of(cell) is None for cell in cells
    )


_SHORTEST: Final = 2


def is_forecast(grid: Grid, sentence: Sentence) -> bool:
    """Tell whether a table is of people or money to be expected; 世帯の割合 is neither."""
    above = [*sentence.titles[-1:], *(each.head for each in grid.columns)]
    names = [squeezed(cell) for row in grid.rows for cell in row[:2]]
    return any(map(_FORECAST.search, above)) or any(map(_EXPECTED.search, names))


_FORECAST: Final = re.compile("推計|人口|世帯数|予測|千円|百万円|事業費|予算|経費|見込額|見通し")
_EXPECTED: Final = re.compile(
    r"(?:推計|人口|世帯数?|予測|千円|百万円|事業費|予算額?|経費|見込額)(?:\(.*\))?$|千円|百万円"
)
