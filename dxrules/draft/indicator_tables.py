"""Tables of indicators: rows below heads, tables on their side, aims and results row by row, cards.

Whatever the table, an indicator is told by its name and cells, each with its year and with what it
is: a baseline or a target.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.column_heads import Column, columns_of, named_role, role_of
from dxrules.draft.figures import (
    end_of,
    is_date,
    tokens_of,
    value_in,
    values_of,
)
from dxrules.draft.indicator_columns import is_of_the_past, kinds, rows_of_targets, years_alone
from dxrules.draft.outline import Sentence
from dxrules.draft.reading import Reading
from dxrules.draft.table_years import figure_of, fiscal, is_empty, year_of
from dxrules.draft.tables import Grid, grid_of, rows_in_place
from dxrules.frozen import frozen


@frozen
class Shown:
    """A cell of an indicator: `baseline` or `target`, the year that stands above it, its words."""

    kind: str
    year: str
    cell: str


@frozen
class Row:
    """An indicator of a table: its name, its unit if a cell or a head tells it, and its cells.

    `is_bare`: only years stand above the cells, and not what they are.
    """

    name: str
    unit: str
    shown: tuple[Shown, ...]
    is_bare: bool = False
    is_past: bool = False


def rows_of_indicators(
    sentence: Sentence, reading: Reading, begins: int | None, noted: Mapping[str, str]
) -> list[Row]:
    """Return the indicators of a table, if it is one of them.

    `begins` is when the period of the plan does; `noted` tells of which year baselines and
    targets are where the words around the table say so.
    """
    for grid in _grids(sentence, reading, begins):
        rows = [*of_grid(grid, reading, begins)]
        if rows:
            aims = {each.year for each in grid.columns if each.role == "target" and each.year}
            return [_with_noted(row, noted, aims) for row in rows]
    within = _within(rows_in_place(sentence.block), reading)
    counts = not _ELSEWHERE.isdisjoint(sentence.about)
    own = (grid for grid in within if grid.of("target") or not counts)
    return [row for grid in own for row in of_grid(grid, reading, begins)]


def _with_noted(row: Row, noted: Mapping[str, str], aims: Container[str]) -> Row:
    shown = (
        each if each.year or each.kind not in noted else replace(each, year=noted[each.kind])
        for each in row.shown
        if each.kind != "target" or each.year in aims or each.year != noted.get("baseline", "-")
    )
    return replace(row, shown=tuple(shown))


def _grids(sentence: Sentence, reading: Reading, begins: int | None) -> Iterator[Grid]:
    """Yield what a table may be, as a grid of indicators."""
    grid = _named_beside(grid_of(sentence.block, reading))
    if grid is not None:
        grid = _without_empty(grid)
        if _is_of_indicators(grid, sentence, begins):
            yield grid
    rows = rows_in_place(sentence.block)
    found = _below_heading(rows, sentence, reading, begins)
    if found is not None:
        yield found
    if rows and len(rows[0]) > 1:
        turned = [[row[place] for row in rows] for place in range(len(rows[0]))]
        if (side := _on_side(turned, sentence, reading)) is not None:
            yield side


def _named_beside(grid: Grid | None) -> Grid | None:
    """Return a table whose names stand beside their numbers, in a column without a known head."""
    here = grid.at("indicator") if grid is not None else None
    if grid is None or here is None or here + 1 >= len(grid.columns) or not grid.rows:
        return grid
    beside = grid.columns[here + 1]
    are_short = all(len(squeezed(row[here])) <= _LONGEST_NUMBER for row in grid.rows)
    are_names = all(
        len(squeezed(row[here + 1])) > _LONGEST_NUMBER and figure_of(row[here + 1]) is None
        for row in grid.rows
    )
    if beside.role or beside.year or not (are_short and are_names):
        return grid
    columns = [*grid.columns]
    columns[here], columns[here + 1] = beside, grid.columns[here]
    return replace(grid, columns=tuple(columns))


_LONGEST_NUMBER: Final = 4
"""Signs of the number of an indicator, as 1-2 or ③."""


def _without_empty(grid: Grid) -> Grid:
    """Return a grid whose columns of targets hold figures: 目標 may head what is aimed at.

    What is now, as 現況, is the baseline where it is figures.
    """
    columns = [*grid.columns]
    for place, column in enumerate(grid.columns):
        is_of_words = _is_of_words(grid, place)
        if column.role in {"target", "baseline"} and not column.year and is_of_words:
            columns[place] = replace(column, role="group")
        if column.role in {"status", "content"} and column.label in _NOW and not is_of_words:
            columns[place] = replace(column, role="baseline")
    return replace(grid, columns=tuple(columns))


_NOW: Final = frozenset({"現況", "現在の状況", "状況", "現在", "いま", "今", "現状"})


def _is_of_words(grid: Grid, place: int) -> bool:
    cells = [row[place] for row in grid.rows if place < len(row) and row[place]]
    return bool(cells) and not any(re.search("[0-9]", squeezed(cell)) for cell in cells)


def _is_of_indicators(grid: Grid, sentence: Sentence, begins: int | None) -> bool:
    here = grid.at("indicator")
    if here is None:
        return False
    if grid.of("target") or "indicators" in sentence.about:
        return True
    alone = years_alone(grid)
    is_known = bool({"baseline", "result"} & {each.role for each in grid.columns})
    later = alone if is_known else alone[1:]
    if not later:
        return False
    is_named = grid.columns[here].label in _INDICATORS
    return is_named or _is_ahead(grid, later, sentence, begins)


_INDICATORS: Final = frozenset(
    {"指標", "指標名", "KPI", "KPI名", "成果指標", "評価指標", "数値目標", "指標(KPI)"}
)
"""Heads of a column that is of nothing but indicators; 項目 may be of anything."""


def _is_ahead(grid: Grid, later: Sequence[int], sentence: Sentence, begins: int | None) -> bool:
    """Tell whether the years above figures are those of the plan, and no forecast or count."""
    ends = [end_of(grid.columns[place].year) for place in later]
    is_ahead = begins is not None and all(end is not None and end > begins for end in ends)
    if not is_ahead or not _ELSEWHERE.isdisjoint(sentence.about):
        return False
    cells = [row[place] for row in grid.rows for place in later if place < len(row)]
    figures = [cell for cell in cells if re.search("[0-9]", squeezed(cell))]
    return len(figures) * 2 > len(cells) and not _FORECAST.search(sentence.said)


_ELSEWHERE: Final = frozenset({"issues", "nation", "past"})
"""Headings below which years over figures count what was, and aim at nothing."""
_FORECAST: Final = re.compile("推計|人口|世帯|予測|千円|百万円|事業費|予算|経費|見込額")


def _within(rows: Sequence[Sequence[str]], reading: Reading) -> Iterator[Grid]:
    """Yield the tables of indicators that stand in a card: heads of figures, and rows below them.

    A label that covers them, or what the heads say, tells that they are of indicators.
    """
    for number, row in enumerate(rows[:-1]):
        columns = columns_of([row], reading)
        told = {
            place
            for place, each in enumerate(columns)
            if (each.year or each.role in {"baseline", "target", "result"}) and place
        }
        if len(told) < _LEAST_HEADS or max(told) - min(told) >= len(told) + 1:
            continue
        is_labelled = any(
            role_of(squeezed(cell), reading) == "indicator" for cell in row[: min(told)]
        )
        roles = {columns[place].role for place in told}
        if not is_labelled and not ({"target"} & roles and {"baseline", "result"} & roles):
            continue
        name = min(told) - 1
        if columns[name].role == "unit" and name:
            name -= 1
        body = []
        for below in rows[number + 1 :]:
            values = [below[place] for place in told if not is_empty(below[place])]
            if not values or not all(values_of(squeezed(cell), reading) for cell in values):
                break
            if not below[name] or value_in(below[name], reading):
                break
            body.append(tuple(below))
        if body:
            named = [*columns]
            named = [
                each if place in told or each.role == "unit" else Column("", "")
                for place, each in enumerate(named)
            ]
            named[name] = Column("indicator", "")
            yield Grid(tuple(named), tuple(body), 1, ())


_LEAST_HEADS: Final = 2
_FIGURED: Final = frozenset({"", "baseline", "result", "target", "unit"})


def _below_heading(
    rows: Sequence[Sequence[str]], sentence: Sentence, reading: Reading, begins: int | None
) -> Grid | None:
    """Return a table of indicators whose first column has no known name.

    It stands below a heading of indicators, or all its other columns are of years and targets.
    """
    if len(rows) < 2:  # noqa: PLR2004
        return None
    columns = columns_of(rows[:1], reading)
    roles = {each.role for each in columns[1:]}
    years = [n for n, each in enumerate(columns) if each.year and n]
    is_named = columns[0].role not in {"", "target", "indicator", "group"}
    if is_named or columns[0].year or not years or roles - _FIGURED:
        return None
    columns[0] = Column("indicator", "", head=columns[0].head)
    grid = Grid(tuple(columns), tuple(map(tuple, rows[1:])), 1, ())
    is_whole_row = all(each.role or each.year for each in columns[1:])
    below = "indicators" in sentence.about and "baseline" in roles
    alone = years_alone(grid)
    ahead = bool(alone) and {"baseline", "result"} & roles and is_whole_row
    if ahead and _is_ahead(grid, alone, sentence, begins):
        return grid
    return grid if below or ("target" in roles and is_whole_row) else None


_SIDE_HEADS: Final = frozenset({"", "年度", "区分", "項目", "指標", "指標名", "年", "内容", "時点"})


def _on_side(rows: Sequence[Sequence[str]], sentence: Sentence, reading: Reading) -> Grid | None:
    """Return a table on its side as a grid: its first column tells what each row of figures is."""
    if len(rows) < 2 or squeezed(rows[0][0]) not in _SIDE_HEADS:  # noqa: PLR2004
        return None
    columns = columns_of(rows[:1], reading)
    roles = [each.role for each in columns[1:]]
    told = {"target"} & {*roles} and {"baseline", "result"} & {*roles}
    if not told or {*roles} - _FIGURED or not all(e.role or e.year for e in columns[1:]):
        return None
    if not ("indicators" in sentence.about or any(each.year for each in columns)):
        return None
    columns[0] = Column("indicator", "")
    return Grid(tuple(columns), tuple(map(tuple, rows[1:])), 1, ())


def of_grid(grid: Grid, reading: Reading, begins: int | None) -> Iterator[Row]:
    """Yield the indicators of a grid, row by row; those of aims and results from two rows."""
    place = _column_of_kinds(grid, reading)
    if place is not None:
        yield from _by_kinds(grid, place, reading)
        return
    of_columns, is_sure = kinds(grid, begins)
    is_past = is_of_the_past(grid, begins)
    for row in rows_of_targets(grid, reading):
        name = grid.cell(row, "indicator")
        if not name or figure_of(name) is not None or _is_aside(grid, row, reading):
            continue
        shown = [
            Shown(kind, _year(grid, row, number, kind), row[number])
            for number, kind in of_columns.items()
            if number < len(row) and not is_empty(row[number])
        ]
        if shown:
            unit = grid.cell(row, "unit") or _unit_above(grid, reading)
            yield Row(name, unit, tuple(shown), not is_sure, is_past)


def _column_of_kinds(grid: Grid, reading: Reading) -> int | None:
    """Return the column that says of each row whether it is of aims or of results."""
    if not any(column.year for column in grid.columns):
        return None
    for place, column in enumerate(grid.columns):
        cells = {squeezed(row[place]) for row in grid.rows if place < len(row)} - {""}
        roles = {named_role(cell, reading) for cell in cells}
        if (
            column.role in {"", "group", "status", "target"}
            and not column.year
            and ("target" in roles and roles <= {"target", "result", "baseline"} and len(roles) > 1)
        ):
            return place
    return None


def _by_kinds(grid: Grid, place: int, reading: Reading) -> Iterator[Row]:
    """Yield indicators of which one row tells the aims, and another what was reached."""
    found: dict[str, list[Shown]] = {}
    units: dict[str, str] = {}
    for row in grid.rows:
        name = grid.cell(row, "indicator")
        kind = named_role(squeezed(row[place]), reading)
        if not name or not kind:
            continue
        told = found.setdefault(name, [])
        units.setdefault(name, grid.cell(row, "unit"))
        years = [n for n, each in enumerate(grid.columns) if each.year and n < len(row)]
        cells = [
            Shown("target" if kind == "target" else "baseline", grid.columns[n].year, row[n])
            for n in years
            if not is_empty(row[n])
        ]
        told += cells if kind == "target" else cells[-1:]
    for name, shown in found.items():
        if shown:
            based = [end_of(each.year) for each in shown if each.kind == "baseline"]
            aimed = [end_of(each.year) for each in shown if each.kind == "target"]
            is_past = any(day is not None and day in aimed for day in based)
            yield Row(
                name, units[name], tuple(sorted(shown, key=lambda e: e.kind)), is_past=is_past
            )


def _is_aside(grid: Grid, row: Sequence[str], reading: Reading) -> bool:
    """Tell whether a row is said to be for comparison alone, as 参考 and 全国平均."""
    names = row[: (grid.at("indicator") or 0) + 1]
    return any(squeezed(cell).startswith(reading.ends("for-comparison")) for cell in names)


def _year(grid: Grid, row: Sequence[str], place: int, kind: str) -> str:
    """Return the year of a cell: above it, beside it, or in a column of years of its kind."""
    column = grid.columns[place]
    if column.year:
        return column.year
    beside = [n for n in (place + 1, place - 1) if 0 <= n < min(len(grid.columns), len(row))]
    told = next((row[n] for n in beside if grid.columns[n].is_of_year), "")
    told = told or grid.cell(row, f"{kind}-year")
    if not told and kind == "target":
        told = next(
            (t for r in ("due", "schedule") if is_date(squeezed(t := grid.cell(row, r)))), ""
        )
    return year_of(squeezed(told)) or told


def _unit_above(grid: Grid, reading: Reading) -> str:
    """Return the unit that stands in brackets in all heads of figures: 現状(件) and 目標(件)."""
    units = reading.ends("unit")
    told = {
        unit
        for each in grid.columns
        if each.role in {"baseline", "target"}
        for unit in re.findall(r"\(([^()]{1,8})\)", each.head)
        if unit in units
    }
    return next(iter(told)) if len(told) == 1 else ""


_NOTED: Final = 6
"""Blocks around a table in which words tell of which year its values are."""


def noted_years(sentences: Sequence[Sentence], table: Sentence, reading: Reading) -> dict[str, str]:
    """Return of which year the baselines and the targets of a table are, as words around it say."""
    found: dict[str, set[str]] = {}
    for sentence in sentences:
        near = abs(sentence.place - table.place) <= _NOTED and sentence.place != table.place
        if not near or sentence.block.kind == "table" or sentence.titles != table.titles:
            continue
        for part in re.split("[、。,;/]", sentence.said):
            tokens = tokens_of(part, reading)
            if [each.kind for each in tokens] in (["label", "year"], ["year", "label"]):
                label = next(each.text for each in tokens if each.kind == "label")
                year = next(each.text for each in tokens if each.kind == "year")
                kind = "target" if label in reading.ends("column-target") else "baseline"
                found.setdefault(kind, set()).add(fiscal(year))
    return {kind: next(iter(years)) for kind, years in found.items() if len(years) == 1}
