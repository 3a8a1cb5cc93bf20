"""A report as rows under headings, for whoever goes on in a spreadsheet or a wiki.

A report says once what its rows are, as a function from what is reported to a `Table`, which
`writers` names; CSV, Markdown and XLSX are the same rows.
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
from dxrules.report.writers import How
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


def write_csv(rows: Callable[[Any], Table], reported: object, how: How) -> bytes:
    """Return the rows that a function makes of what is reported, as CSV."""
    from dxrules.report.csv_report import as_csv

    table = rows(reported)
    heads = [how.style.say(each.label) for each in table.columns]
    return as_csv([heads, *([plain(cell, how.style.lang) for cell in row] for row in table.rows)])


def write_markdown(rows: Callable[[Any], Table], reported: object, how: How) -> bytes:
    """Return the rows, and those of tables that stand before them, as Markdown."""
    from dxrules.report.markdown import as_markdown, escaped

    table = rows(reported)
    parts = []
    for each in (*table.first, table):
        day = "" if each.day is None else f" ({each.day.isoformat()})"
        head = f"# {escaped(how.style.say(each.title))}{day}"
        parts.append("\n".join([head, "", *table_lines(each, how.style)]))
    return as_markdown("\n\n".join(parts) + "\n")


def table_lines(table: Table, style: Style) -> list[str]:
    """Return the lines of a table in Markdown."""
    from dxrules.report.markdown import escaped, row

    heads = [escaped(style.say(each.label)) for each in table.columns]
    return [
        row(heads),
        row("---" for _ in heads),
        *(row(escaped(str(plain(cell, style.lang))) for cell in cells) for cells in table.rows),
    ]


def write_xlsx(rows: Callable[[Any], Table], reported: object, how: How) -> bytes:
    """Return the rows, and those of tables that stand before them, as a workbook."""
    from dxrules.report.xlsx.book import table_book

    return table_book(rows(reported), how.style.lang)
