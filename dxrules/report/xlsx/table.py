"""A workbook of rows under their headings: a sheet for each table of a report."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dxrules.report.finding_columns import FindingCell
from dxrules.report.xlsx.book import PLAIN, Head, ReportBook
from dxrules.source.spreadsheet import sheet_names
from dxrules.texts import Lang, same

if TYPE_CHECKING:
    from dxrules.report.tabular import Cell, Table

_NO_DAY = date(2000, 1, 1)
"""When a workbook was made whose rows are of no day: the same bytes every day."""


def table_book(table: Table, lang: Lang) -> bytes:
    """Return the workbook of a table, made on its day; what stands before it has its own sheets."""
    book, tables = ReportBook(lang), (*table.first, table)
    names = sheet_names([each.title.in_(lang) for each in tables])
    for name, each in zip(names, tables, strict=True):
        add_table(book, each, name)
    return book.saved(table.day or _NO_DAY)


def add_table(book: ReportBook, table: Table, name: str) -> None:
    """Add a sheet with the rows of a table."""
    heads = [Head(each.label, each.width) for each in table.columns]
    sheet = book.sheet(name, heads, 1, 1)
    sheet.title(table.title.in_(book.lang), "" if table.day is None else table.day.isoformat())
    sheet.table()
    for row in table.rows:
        sheet.row([_cell(cell) for cell in row], [PLAIN] * len(heads))
    sheet.end()


def _cell(cell: Cell) -> FindingCell:
    if isinstance(cell, date):
        return same(cell.isoformat())
    return same(cell) if isinstance(cell, str) else cell
