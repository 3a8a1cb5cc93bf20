"""A report as rows under headings, for whoever goes on in a spreadsheet or a wiki.

A report says once what its rows are, as a function from what is reported to a `Table`, which
`writers` names; CSV, Markdown, XLSX and HTML are the same rows, written by `table_formats`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from operator import attrgetter
from typing import Any

from dxrules.dates import PartialDate
from dxrules.frozen import frozen
from dxrules.report.table_cell import TableCell, plain
from dxrules.report.terminal import Style
from dxrules.texts import Text


@frozen
class Column:
    """A column: its heading, its width in a spreadsheet, in half-width signs, and what it holds.

    `of` returns the cell of what a row is of; where rows are made otherwise, there is none.
    """

    label: Text
    width: float
    of: Callable[[Any], TableCell] | None = None


@frozen
class Table:
    """Rows of one kind; `title` says what they are, `day` as of when, if of any day.

    `first` are tables of other rows that stand before it: on sheets of their own, and above it in
    Markdown; CSV has room for one table alone.
    """

    title: Text
    day: date | None
    columns: tuple[Column, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    first: tuple[Table, ...] = ()

    @classmethod
    def of(
        cls, title: Text, day: date | None, columns: tuple[Column, ...], found: Iterable[object]
    ) -> Table:
        """Return a table with a row of each of the things that columns tell of."""
        return cls(title, day, columns, tuple(cells_of(each, columns) for each in found))


def cells_of(each: object, columns: Iterable[Column]) -> tuple[TableCell, ...]:
    """Return the cells that columns tell of one thing."""
    return tuple(column.of(each) for column in columns if column.of is not None)


def column(
    ja: str, en: str, width: float, of: str | Callable[[Any], TableCell] | None = None
) -> Column:
    """Return a column; what it holds is a function, or an attribute by a path with dots."""
    return Column(Text(ja, en), width, attrgetter(of) if isinstance(of, str) else of)


def described(value: PartialDate | None) -> Text | None:
    """Return a day in words; an empty cell where there is none."""
    return None if value is None else value.describe()


def table_lines(table: Table, style: Style) -> list[str]:
    """Return the lines of a table in Markdown."""
    from dxrules.report.markdown import escaped, row

    heads = [escaped(style.say(each.label)) for each in table.columns]
    return [
        row(heads),
        row("---" for _ in heads),
        *(row(escaped(str(plain(cell, style.lang))) for cell in cells) for cells in table.rows),
    ]
