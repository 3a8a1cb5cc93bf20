"""Tables of indicators in which each row is of one year: 電子申請率 | 令和12年度 | 60%."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.column_heads import columns_of
from dxrules.draft.figures_in_text import end_of, is_every_year
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.shown import Row, Shown
from dxrules.draft.table_years import figure_of, is_empty, year_of
from dxrules.draft.tables import Grid

_FIGURED: Final = frozenset({"baseline", "target", "result"})


def of_rows(grid: Grid, reading: Lexicon, begins: int | None) -> Iterator[Row]:
    """Yield the indicators of a table that tells one year of each in a row.

    What a figure is stands above it, or beside its year: 令和12年度(目標).
    """
    here, when = grid.at("indicator"), _years(grid)
    if here is None or when is None or here == when:
        return
    figured = [n for n, each in enumerate(grid.columns) if each.role in _FIGURED and not each.year]
    figured = [n for n in figured if n != when] or _bare(grid, (here, when))
    found: dict[str, list[Shown]] = {}
    name = ""
    for row in grid.rows:
        name = row[here] or name
        year = squeezed(row[when])
        for place in figured:
            kind = grid.columns[place].role if grid.columns[place].role in _FIGURED else ""
            kind = kind or columns_of([[year]], reading)[0].role
            if name and kind in _FIGURED and not is_empty(row[place], reading):
                told = Shown(kind, year_of(year) or row[when], row[place])
                found.setdefault(name, []).append(told)
    if len(found) == len(grid.rows):
        return
    for title, shown in found.items():
        results = [each for each in shown if each.kind == "result"]
        before = [e for e in results if begins and (end_of(e.year) or begins) < begins]
        based = [e for e in shown if e.kind == "baseline"] or (before or results)[-1:]
        aims = [each for each in shown if each.kind == "target"]
        if aims:
            units = [grid.cell(row, "unit") for row in grid.rows if row[here] == title]
            based = [replace(each, kind="baseline") for each in based]
            yield Row(title, next(iter(units), ""), (*based, *aims))


def _years(grid: Grid) -> int | None:
    """Return the column in which each row has its year."""
    for place, column in enumerate(grid.columns):
        cells = [squeezed(row[place]) for row in grid.rows if place < len(row)]
        are_years = all(year_of(cell) or is_every_year(cell) for cell in cells)
        if not column.year and cells and are_years and not any(map(figure_of, cells)):
            return place
    return None


def _bare(grid: Grid, taken: tuple[int, ...]) -> list[int]:
    """Return the one column of figures of which no head tells what they are."""
    found = [
        place
        for place in range(len(grid.columns))
        if place not in taken and all(figure_of(row[place]) for row in grid.rows if row[place])
    ]
    return found if len(found) == 1 else []
