"""Tables of a document as grids, with what each of their columns holds."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from dxrules.document import Bar, Block
from dxrules.document.normal import squeezed
from dxrules.draft.cells_and_rows import is_office, is_state, rows_of_title
from dxrules.draft.column_heads import HeadedColumn, columns_of, in_a_row
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.table_years import figure_of, year_of
from dxrules.frozen import frozen

_MOST_HEADS: Final = 3
_MOST_CELLS: Final = 5_000


@frozen
class Grid:
    """A table: its rows below the heading, and what its columns hold."""

    columns: tuple[HeadedColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    first: int
    bars: tuple[Bar, ...]
    measure: int | None = None
    """The column in which measures are called; columns of groups of them stand before it."""
    groups: tuple[int, ...] = ()
    is_guessed: bool = False
    """Whether no head says that its rows are measures; that others tell who and when may."""

    def at(self, role: str) -> int | None:
        """Return the first column of a role."""
        return next((n for n, each in enumerate(self.columns) if each.role == role), None)

    def of(self, role: str) -> list[int]:
        """Return all columns of a role."""
        return [n for n, each in enumerate(self.columns) if each.role == role]

    def cell(self, row: Sequence[str], role: str) -> str:
        """Return what stands in a row in the column of a role."""
        place = self.at(role)
        return row[place] if place is not None and place < len(row) else ""


def grid_of(block: Block, reading: Lexicon) -> Grid | None:
    """Return a table as a grid; None if no row above tells what its columns hold."""
    return grid_in(rows_in_place(block), block.bars, reading)


def grid_in(rows: Sequence[Sequence[str]], bars: tuple[Bar, ...], reading: Lexicon) -> Grid | None:
    """Return rows as a grid; a first one that is but the title of the table heads nothing."""
    above = rows_of_title(rows)
    rows = rows[above:]
    best: tuple[int, int] | None = None
    for heads in range(1, min(_MOST_HEADS, len(rows)) + 1):
        columns = columns_of(rows[:heads], reading)
        known = sum(bool(each.role) + bool(each.year) for each in columns)
        named = [n for n, each in enumerate(columns) if each.role in _NAMING]
        if heads > 1 and _is_body(rows[heads - 2 : heads], named):
            lower = columns_of(rows[heads - 1 : heads], reading)
            told = sum(bool(each.role) + bool(each.year) for each in lower)
            if best is None or told < _LEAST_OF_HEADS or told <= best[0]:
                break
        if named and (best is None or known > best[0]):
            best = known, heads
    if best is None:
        return _named_by_what_it_holds(rows, above, bars, reading)
    heads = _with_parts(rows, best[1], reading)
    columns = columns_of(rows[:heads], reading)
    body = tuple(tuple(row) for row in rows[heads:] if tuple(row) != tuple(rows[heads - 1]))
    body = tuple(row if len(set(row)) > 1 else ("",) * len(row) for row in body)
    if not _is_table(columns):
        return None
    columns = _with_roles_of_cells(columns, body, reading)
    if (place := _before_sentences(columns, body)) is not None:
        return _guessed(columns, body, place, heads + above, bars)
    measure, groups = _measure_column(columns, body)
    columns = columns if measure is None else _with_content(columns, body)
    return Grid(tuple(columns), body, heads + above, bars, measure, groups)


def _with_parts(rows: Sequence[Sequence[str]], heads: int, reading: Lexicon) -> int:
    """Return how many rows are heads, with one that only parts the columns above it.

    What names the rows is in it the same cell as above: 取組 over two rows, beside 令和8年度 over
    上期 and 下期.
    """
    columns = columns_of(rows[:heads], reading)
    named = [n for n, each in enumerate(columns) if each.role in _NAMING]
    while heads < min(_MOST_HEADS, len(rows) - 1) and all(
        rows[heads][place] == rows[heads - 1][place] != "" for place in named
    ):
        heads += 1
    return heads


_LEAST_OF_HEADS: Final = 4
"""Words of columns in a row that is one of heads, below one that gathers them."""


def _with_roles_of_cells(
    columns: Sequence[HeadedColumn], rows: Sequence[Sequence[str]], reading: Lexicon
) -> list[HeadedColumn]:
    """Return columns without a known head with the role that their cells have all but alone.

    Cells of offices tell who does it, and those of states where it stands.
    """
    made = [*columns]
    for role, is_one in (("status", is_state), ("owner", is_office)):
        if any(each.role == role for each in columns):
            continue
        found: list[tuple[int, int]] = []
        for place, column in enumerate(columns):
            cells = [squeezed(row[place]) for row in rows if place < len(row) and row[place]]
            right = [cell for cell in cells if is_one(cell, reading)]
            free = not column.role or (role == "status" and column.role in _OF_NOW)
            free = free and not column.year
            if free and len(right) >= max(_LEAST_ALIKE, _MOST_ALIKE * len(cells)):
                found.append(
                    (len({reading.code_of("measure-status", e) or e for e in right}), place)
                )
        if role == "status" and len(found) > 1:
            # signs are those of a schedule, whatever the heads of its columns are
            found = [each for each in found if not _are_signs(rows, each[1], reading)]
        if found:
            place = max(found, key=lambda each: (each[0], each[1]))[1]
            made[place] = replace(columns[place], role=role, year="", last="", is_year_alone=False)
    return made


def _are_signs(rows: Sequence[Sequence[str]], place: int, reading: Lexicon) -> bool:
    """Tell whether the cells of a column are signs, which a key explains, and no words."""
    cells = {squeezed(row[place]) for row in rows if place < len(row) and row[place]}
    return all(reading.word_of(cell) != cell or not cell.isalnum() for cell in cells)


_OF_NOW: Final = frozenset({"baseline", "result"})
"""What a column tells of today, by its head: いま, 現状."""
_LEAST_ALIKE: Final = 2
_MOST_ALIKE: Final = 0.7


def _named_by_what_it_holds(
    rows: Sequence[Sequence[str]], above: int, bars: tuple[Bar, ...], reading: Lexicon
) -> Grid | None:
    """Return a table of measures in which no head says so: others tell who, when and how far.

    What is done is called in the first of the columns in which most cells say that.
    """
    if len(rows) < 3:  # noqa: PLR2004
        return None
    columns = columns_of(rows[:1], reading)
    body = tuple(tuple(row) for row in rows[1:])
    columns = _with_roles_of_cells(columns, body, reading)
    years = sum(each.is_year_alone and not each.role for each in columns)
    told = {each.role for each in columns} & {"owner", "schedule", "status", "start", "due"}
    is_of_years = not columns[0].head and all(each.year or each.role for each in columns[1:])
    if len(told) + (years > 1) + is_of_years < _LEAST_TOLD:
        return None
    ends = reading.ends("doing-noun")
    for place, column in enumerate(columns):
        cells = [_IN_BRACKET.sub("", squeezed(row[place])) for row in body if row[place]]
        doing = sum(cell.endswith(ends) for cell in cells)
        if not column.role and not column.year and doing * 2 > len(body):
            columns[place] = replace(column, role="measure")
            return Grid(tuple(columns), body, 1 + above, bars, place, ())
    named = [n for n, each in enumerate(columns) if _are_names(each, n, body)][:1]
    if not named or "owner" not in told:
        return None
    return _guessed(columns, body, named[0], 1 + above, bars)


def _guessed(
    columns: Sequence[HeadedColumn],
    rows: tuple[tuple[str, ...], ...],
    place: int,
    first: int,
    bars: tuple[Bar, ...],
) -> Grid:
    """Return a table in which a column without a known head calls what is done."""
    made = _with_content(columns, rows)
    made[place] = replace(made[place], role="measure")
    return Grid(tuple(made), rows, first, bars, place, (), is_guessed=True)


def _before_sentences(columns: Sequence[HeadedColumn], rows: Sequence[Sequence[str]]) -> int | None:
    """Return the column of names before one of what is said of each, where others tell who."""
    roles = [each.role for each in columns]
    if {"measure", "detail", "indicator"} & {*roles} or not {"owner", "content"} <= {*roles}:
        return None
    place = roles.index("content")
    names = [n for n, each in enumerate(columns[:place]) if _are_names(each, n, rows)]
    return names[0] if names and _are_sentences(place, rows) else None


def _are_sentences(place: int, rows: Sequence[Sequence[str]]) -> bool:
    cells = [squeezed(row[place]) for row in rows if place < len(row) and row[place]]
    ended = sum(cell.endswith("。") for cell in cells)
    return ended >= max(_LEAST_ALIKE, _MOST_ALIKE * len(cells))


def _with_content(
    columns: Sequence[HeadedColumn], rows: Sequence[Sequence[str]]
) -> list[HeadedColumn]:
    """Return columns in which one of sentences without a known head tells what is done."""
    made = [*columns]
    if any(each.role == "content" for each in columns):
        return made
    for place, column in enumerate(columns):
        is_free = column.head and not column.role and not column.year
        if is_free and _are_sentences(place, rows):
            made[place] = replace(column, role="content")
            break
    return made


def _are_names(column: HeadedColumn, place: int, rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the cells of a column without a known head are names, of which each is one."""
    cells = [squeezed(row[place]) for row in rows]
    are_names = all(_NAME.fullmatch(cell) and _WORDS.search(cell) for cell in cells)
    return not column.role and not column.year and are_names and len({*cells}) == len(cells)


_NAME: Final = re.compile("[^。]{3,60}")
_WORDS: Final = re.compile("[ぁ-んァ-ヶ一-龥A-Za-z]{2}")
_LEAST_TOLD: Final = 2
_IN_BRACKET: Final = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]$")


_NAMING: Final = frozenset({"indicator", "measure", "detail", "content"})
"""Roles of columns of which one tells what a row is about."""


def _is_table(columns: Sequence[HeadedColumn]) -> bool:
    """Tell whether a first row is a row of headings: with a name, or with two that tell of it."""
    roles = [each.role for each in columns]
    others = sum(bool(role) and role not in _NAMING for role in roles)
    years = sum(bool(each.year) for each in columns)
    if {"indicator", "measure"} & set(roles):
        return len(columns) > 2 or others + years > 0 or len(set(roles) - {""}) > 1  # noqa: PLR2004
    return others + years > (0 if {"content", "detail"} & set(roles) else 1)


def _measure_column(
    columns: Sequence[HeadedColumn], rows: Sequence[Sequence[str]]
) -> tuple[int | None, tuple[int, ...]]:
    """Return the column in which the measures are called, and those of their groups.

    Of several, as 施策 and 取組, it is the one that tells most rows apart; where none is called
    so, the one that tells details or contents, if others tell who and when.
    """
    named = [n for n, each in enumerate(columns) if each.role in {"measure", "detail"}]
    roles = {each.role for each in columns}
    if not named and {"owner", "schedule"} & roles and not {"baseline", "target"} & roles:
        named = [n for n, each in enumerate(columns) if each.role == "indicator"][:1]
    if not named and any(each.role in {"owner", "schedule", "status"} for each in columns):
        named = [n for n, each in enumerate(columns) if each.role == "content"][:1]
    if not named:
        return None, ()
    told = {
        place: len({row[place] for row in rows if place < len(row) and row[place]})
        for place in named
    }
    best = max(named, key=lambda place: (told[place], -place))
    apart = {"", "group"}
    return best, tuple(
        place for place in range(best) if columns[place].role in apart or place in named
    )


def rows_in_place(block: Block) -> list[list[str]]:
    """Return the texts of a table's cells; one that was merged stands in each place it covers."""
    if not block.cells or len(block.cells) > _MOST_CELLS:
        return []
    height = max(cell.row + cell.rows for cell in block.cells)
    width = max(cell.column + cell.columns for cell in block.cells)
    if height * width > 4 * _MOST_CELLS:
        return []
    grid = [[""] * width for _ in range(height)]
    for cell in block.cells:
        text = " ".join(cell.text.split())
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                grid[row][column] = text
    return grid


def filled(rows: Sequence[list[str]], column: int) -> Iterator[list[str]]:
    """Yield rows in which what stands before a column goes on below it, where nothing else does."""
    last = [""] * column
    for row in rows:
        last = (
            [cell or up for cell, up in zip(row, last, strict=False)] if any(row[:column]) else last
        )
        is_empty = row[column] and not any(row[:column])
        yield [*last, *row[column:]] if is_empty else row


def repeated(rows: list[list[str]]) -> list[list[str]]:
    """Return rows in which 〃 and 同上 are what stands above them."""
    for above, row in itertools.pairwise(rows):
        for n, cell in enumerate(row):
            if _AS_ABOVE.fullmatch(cell):
                row[n] = above[n]
    return rows


_AS_ABOVE: Final = re.compile("〃|々|同上|上に同じ|同じく|同")


def _is_body(rows: Sequence[Sequence[str]], named: Sequence[int]) -> bool:
    """Tell whether the second of two rows is no heading: it has a name, or figures, of its own."""
    above, row = rows
    if named and all(row[place] == above[place] != "" for place in named):
        return False
    if in_a_row([squeezed(cell) for cell, up in zip(row, above, strict=True) if cell != up]):
        return False
    own = any(row[place] not in {"", above[place]} for place in named)
    return own or any(figure_of(cell) is not None and not year_of(squeezed(cell)) for cell in row)
