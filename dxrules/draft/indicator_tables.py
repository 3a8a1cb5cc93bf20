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
from dxrules.draft.column_heads import HeadedColumn, columns_of, named_role, role_of
from dxrules.draft.figured_columns import by_cells, is_forecast
from dxrules.draft.figures_in_text import (
    EVERY_YEAR,
    end_of,
    is_every_year,
    tokens_of,
    value_in,
    values_of,
)
from dxrules.draft.indicator_columns import (
    is_of_the_past,
    is_picked_of,
    kinds,
    named_beside,
    rows_of_targets,
    years_alone,
)
from dxrules.draft.indicator_rows import of_rows
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence
from dxrules.draft.shown import Row, Shown
from dxrules.draft.table_shapes import Rows, shapes
from dxrules.draft.table_years import figure_of, is_empty, unit_in, year_of
from dxrules.draft.tables import Grid, grid_in


def rows_of_indicators(
    sentence: Sentence, reading: Lexicon, begins: int | None, noted: Mapping[str, str]
) -> list[Row]:
    """Return the indicators of a table, if it is one of them.

    `begins` is when the period of the plan does; `noted` tells of which year baselines and
    targets are where the words around the table say so.
    """
    tables = [*shapes(sentence.block, reading)]
    found = [_first_of(rows, sentence, reading, begins, noted) for rows in tables]
    if any(found):
        return [row for each in found for row in each]
    within = (each for rows in tables for each in _within(rows, reading))
    counts = not _ELSEWHERE.isdisjoint(sentence.about)
    own = (grid for grid in within if grid.of("target") or not counts)
    return [row for grid in own for row in of_grid(grid, reading, begins)]


def _first_of(
    rows: Rows, sentence: Sentence, reading: Lexicon, begins: int | None, noted: Mapping[str, str]
) -> list[Row]:
    """Return the indicators of the first of what a table may be that has any."""
    for grid in _grids(rows, sentence, reading, begins):
        if found := [*of_grid(grid, reading, begins)]:
            aims = {each.year for each in grid.columns if each.role == "target" and each.year}
            return [_with_noted(row, noted, aims) for row in found]
    held = by_cells(rows, reading, begins)
    if held is None or not _ELSEWHERE.isdisjoint(sentence.about) or is_forecast(held, sentence):
        return []
    figured = (*held.of("baseline"), *held.of("target"))
    is_told = "indicators" in sentence.about or any(held.columns[n].label for n in figured)
    return [replace(row, is_guess=not is_told) for row in of_grid(held, reading, begins)]


def _with_noted(row: Row, noted: Mapping[str, str], aims: Container[str]) -> Row:
    shown = (
        each if each.year or each.kind not in noted else replace(each, year=noted[each.kind])
        for each in row.shown
        if each.kind != "target" or each.year in aims or each.year != noted.get("baseline", "-")
    )
    return replace(row, shown=tuple(shown))


def _grids(rows: Rows, sentence: Sentence, reading: Lexicon, begins: int | None) -> Iterator[Grid]:
    """Yield what a table may be, as a grid of indicators."""
    grid = named_beside(grid_in(rows, sentence.block.bars, reading))
    if grid is not None:
        grid = _without_empty(grid)
        if _is_of_indicators(grid, sentence, begins):
            yield grid
    found = _below_heading(rows, sentence, reading, begins)
    if found is not None:
        yield found
    if rows and len(rows[0]) > 1:
        turned = [[row[place] for row in rows] for place in range(len(rows[0]))]
        if (side := _on_side(turned, sentence, reading)) is not None:
            yield side


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
    return len(figures) * 2 > len(cells) and not is_forecast(grid, sentence)


_ELSEWHERE: Final = frozenset({"issues", "nation", "past"})
"""Headings below which years over figures count what was, and aim at nothing."""


def _within(rows: Sequence[Sequence[str]], reading: Lexicon) -> Iterator[Grid]:
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
        if any(values_of(squeezed(row[place]), reading) for place in told):
            continue  # figures, and no heads of them
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
            values = [below[place] for place in told if not is_empty(below[place], reading)]
            if not values or not all(values_of(squeezed(cell), reading) for cell in values):
                break
            if not below[name] or value_in(below[name], reading):
                break
            body.append(tuple(below))
        if body:
            named = [*columns]
            named = [
                each if place in told or each.role == "unit" else HeadedColumn("", "")
                for place, each in enumerate(named)
            ]
            named[name] = HeadedColumn("indicator", "")
            yield Grid(tuple(named), tuple(body), 1, ())


_LEAST_HEADS: Final = 2
_FIGURED: Final = frozenset({"", "baseline", "result", "target", "unit"})


def _below_heading(
    rows: Sequence[Sequence[str]], sentence: Sentence, reading: Lexicon, begins: int | None
) -> Grid | None:
    """Return a table of indicators whose first column has no known name.

    It stands below a heading of indicators, or all its other columns are of years and targets.
    """
    if len(rows) < 2:  # noqa: PLR2004
        return None
    columns = columns_of(rows[:1], reading)
    roles = {each.role for each in columns[1:]}
    years = [n for n, each in enumerate(columns) if each.year and n]
    is_named = columns[0].role not in {"", "target", "indicator", "group", "schedule"}
    if is_named or columns[0].year or not years or roles - _FIGURED:
        return None
    columns[0] = HeadedColumn("indicator", "", head=columns[0].head)
    grid = Grid(tuple(columns), tuple(map(tuple, rows[1:])), 1, ())
    is_whole_row = all(each.role or each.year for each in columns[1:])
    below = "indicators" in sentence.about and "baseline" in roles
    alone = years_alone(grid)
    ahead = bool(alone) and {"baseline", "result"} & roles and is_whole_row
    if ahead and _is_ahead(grid, alone, sentence, begins):
        return grid
    if "indicators" in sentence.about and len(alone) == len(columns) - 1 > 1:
        return grid if _is_ahead(grid, alone[1:], sentence, begins) else None
    return grid if below or ("target" in roles and is_whole_row) else None


_SIDE_HEADS: Final = frozenset({"", "年度", "区分", "項目", "指標", "指標名", "年", "内容", "時点"})


def _on_side(rows: Sequence[Sequence[str]], sentence: Sentence, reading: Lexicon) -> Grid | None:
    """Return a table on its side as a grid: its first column tells what each row of figures is."""
    if len(rows) < 2 or squeezed(rows[0][0]) not in _SIDE_HEADS:  # noqa: PLR2004
        return None
    columns = columns_of(rows[:1], reading)
    roles = [each.role for each in columns[1:]]
    aims = "target" in roles or sum(bool(e.year and not e.role) for e in columns[1:]) > 1
    told = aims and {"baseline", "result"} & {*roles}
    if (
        not told
        or {*roles} - _FIGURED - {"unit", "owner"}
        or not all(e.role or e.year for e in columns[1:])
    ):
        return None
    if not ("indicators" in sentence.about or any(each.year for each in columns)):
        return None
    columns[0] = HeadedColumn("indicator", "")
    return Grid(tuple(columns), tuple(map(tuple, rows[1:])), 1, ())


def of_grid(grid: Grid, reading: Lexicon, begins: int | None) -> Iterator[Row]:
    """Yield the indicators of a grid, row by row; those of aims and results from two rows."""
    place = _column_of_kinds(grid, reading)
    if place is not None:
        yield from _by_kinds(grid, place, reading, begins)
        return
    if found := [*of_rows(grid, reading, begins)]:
        yield from found
        return
    of_columns, is_sure = kinds(grid, begins)
    is_past = is_of_the_past(grid, begins)
    is_picked = is_picked_of(grid, of_columns)
    of_years = {*of_columns.values()} == {"target"} and not any(
        grid.columns[n].role for n in of_columns
    )
    for row in rows_of_targets(grid, reading):
        name = grid.cell(row, "indicator")
        is_figured = figure_of(name) is not None or named_role(squeezed(name), reading) in _ROWS
        if not name or is_figured or _is_aside(grid, row, reading):
            continue
        shown = [
            Shown(kind, _year(grid, row, number, kind, reading), row[number])
            for number, kind in of_columns.items()
            if number < len(row) and not is_empty(row[number], reading)
        ]
        shown = _of_every_year(shown)
        aims = [squeezed(each.cell) for each in shown if each.kind == "target"]
        if shown and not set(reading.ends("no-aim")).intersection(aims):
            unit = grid.cell(row, "unit") or _unit_above(grid, reading)
            yield Row(name, unit, tuple(shown), not is_sure, is_past, of_years, is_picked)


def _of_every_year(shown: Sequence[Shown]) -> list[Shown]:
    """Return cells of which one over several years, that says 毎年度, is one for every year."""
    made: list[Shown] = []
    for each in shown:
        is_every = each.kind == "target" and _EVERY.match(squeezed(each.cell)) is not None
        made.append(replace(each, year=EVERY_YEAR) if is_every else each)
    return [*dict.fromkeys(made)]


_EVERY: Final = re.compile("(?:毎|各)年度?(?=[^0-9]*[0-9])")
_ROWS: Final = frozenset({"baseline", "target", "result"})
"""What a row tells of the indicator above it, where that stands in the column of names."""


def _column_of_kinds(grid: Grid, reading: Lexicon) -> int | None:
    """Return the column that says of each row whether it is of aims or of results."""
    if not any(column.year for column in grid.columns):
        return None
    for place, column in enumerate(grid.columns):
        cells = {squeezed(row[place]) for row in grid.rows if place < len(row)}
        roles = {named_role(cell, reading) for cell in cells} - {""}
        if (
            column.role in {"", "group", "status", "target", "baseline"}
            and (not column.year or column.role == "baseline")
            and ("target" in roles and roles <= {"target", "result", "baseline"} and len(roles) > 1)
        ):
            return place
    return None


def _by_kinds(grid: Grid, place: int, reading: Lexicon, begins: int | None) -> Iterator[Row]:
    """Yield indicators of which one row tells the aims, and another what was reached.

    A name stands in the first of its rows alone, or in all of them.
    """
    found: dict[str, dict[str, list[Shown]]] = {}
    units: dict[str, str] = {}
    name = ""
    for row in grid.rows:
        name = grid.cell(row, "indicator") or name
        kind = named_role(squeezed(row[place]), reading)
        if not name:
            continue
        told = found.setdefault(name, {"baseline": [], "target": [], "result": []})
        if not units.get(name):
            units[name] = grid.cell(row, "unit")
        for number, column in enumerate(grid.columns):
            if number == place or number >= len(row) or is_empty(row[number], reading):
                continue
            own = "baseline" if column.role == "baseline" else kind if column.year else ""
            if own and not (own == "baseline" == column.role and told["baseline"]):
                told[own].append(Shown(own, column.year, row[number]))
    for name, told in found.items():
        aimed = {end_of(each.year) for each in told["target"]}
        results = told["result"]
        before = [e for e in results if begins and (end_of(e.year) or begins) < begins]
        based = told["baseline"][-1:] or (before or results)[-1:]
        is_past = any(end_of(each.year) in aimed for each in based)
        shown = (*(replace(each, kind="baseline") for each in based), *told["target"])
        if shown:
            yield Row(name, units[name], shown, is_past=is_past)


def _is_aside(grid: Grid, row: Sequence[str], reading: Lexicon) -> bool:
    """Tell whether a row is said to be for comparison alone, as 参考 and 全国平均."""
    names = row[: (grid.at("indicator") or 0) + 1]
    return any(squeezed(cell).startswith(reading.ends("for-comparison")) for cell in names)


def _year(grid: Grid, row: Sequence[str], place: int, kind: str, reading: Lexicon) -> str:
    """Return the year of a cell: above it, beside it, or in a column of years of its kind."""
    column = grid.columns[place]
    if column.year:
        return column.year
    beside = [n for n in (place + 1, place - 1) if 0 <= n < min(len(grid.columns), len(row))]
    told = next((row[n] for n in beside if grid.columns[n].is_of_year), "")
    told = told or grid.cell(row, f"{kind}-year")
    if not told and kind == "target":
        if is_every_year(column.head):
            return EVERY_YEAR
        cells = zip(row, grid.columns, strict=False)
        if not any(each.kind == "year" for each in tokens_of(squeezed(row[place]), reading)):
            told = next((t for t, c in cells if c.role in _WHEN and _is_year(t, reading)), "")
    return EVERY_YEAR if is_every_year(told) else year_of(squeezed(told)) or told


_WHEN: Final = frozenset({"due", "schedule", ""})
"""Roles of columns in which the year of a target may stand alone, as among the notes."""


def _is_year(cell: str, reading: Lexicon) -> bool:
    said = squeezed(cell)
    return [(each.kind, each.text) for each in tokens_of(said, reading)] == [("year", said)]


def _unit_above(grid: Grid, reading: Lexicon) -> str:
    """Return the unit that stands in brackets in all heads of figures: 現状(件) and 目標(件)."""
    told = {
        unit
        for each in grid.columns
        if each.role in {"baseline", "target"}
        for words in re.findall(r"\(([^()]{1,16})\)", each.head)
        if (unit := unit_in(words, reading))
    }
    return next(iter(told)) if len(told) == 1 else ""
