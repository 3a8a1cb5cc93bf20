"""A workbook of one sheet: the rows of a report under their headings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dxrules.report.xlsx.book import PLAIN, Book, Head
from dxrules.source.spreadsheet import sheet_names
from dxrules.texts import same

if TYPE_CHECKING:
    from dxrules.report.finding_columns import Cell
    from dxrules.report.tabular import Cell as Given
    from dxrules.report.tabular import Table
    from dxrules.texts import Lang


def table_book(table: Table, lang: Lang) -> bytes:
    """Return the workbook of a table, made on its day."""
    book = Book(lang)
    heads = [Head(each.label, each.width) for each in table.columns]
    (name,) = sheet_names([table.title.in_(lang)])
    sheet = book.sheet(name, heads, 1, 1)
    sheet.title(table.title.in_(lang), table.day.isoformat())
    sheet.table()
    for row in table.rows:
        sheet.row([_cell(cell) for cell in row], [PLAIN] * len(heads))
    sheet.end()
    return book.saved(table.day)


def _cell(cell: Given) -> Cell:
    if isinstance(cell, date):
        return same(cell.isoformat())
    return same(cell) if isinstance(cell, str) else cell
