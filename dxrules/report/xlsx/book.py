"""A workbook of printed sheets, written row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import IO, TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from dxrules.frozen import frozen
from dxrules.report.table_cell import TableCell, plain
from dxrules.source.spreadsheet import sheet_names
from dxrules.source.workbook import (
    AddedRows,
    Look,
    Styles,
    height,
    lead_to,
    print_across,
    save,
    saved,
)
from dxrules.texts import Lang, Text

if TYPE_CHECKING:
    from dxrules.report.tabular import Table

_MARGIN, _EDGE = 0.4, 0.6  # inches
_NO_LINK = -1, ""

PLAIN, HEAD = Look(boxed=True), Look("FFE8EDF3", bold=True, boxed=True)
OWN = Look("FFFFF9E0", boxed=True)
"""What the reader is to fill in."""

ASIDE, ASIDE_HEAD = Look(), Look("FFF3F4F6", bold=True)
"""What is there to be looked up, and not printed."""


@frozen
class Head:
    """A column: its heading and width; one that is not printed stands aside."""

    label: Text
    width: float
    look: Look = HEAD

    @property
    def printed(self) -> bool:
        """Whether it lies within the print area."""
        return self.look is not ASIDE_HEAD


class ReportBook:
    """A workbook in one language, with a sheet after another.

    Some `looks` have the first numbers, which they have in any other such book, too.
    """

    def __init__(self, lang: Lang, looks: Sequence[Look] = ()) -> None:
        self.lang = lang
        self.book = Workbook(write_only=True)  # a row is written when it is added, and let go
        self.styles = Styles(lang)
        self.added: dict[int, AddedRows] = {}
        self._first = list(looks)

    def sheet(self, name: str, heads: Sequence[Head], first: int, fixed: int) -> ReportSheet:
        """Add a sheet with a table whose headings stand in row `first`.

        These and `fixed` columns stay in sight. `name` is one that spreadsheets take.
        """
        made = self.book.create_sheet(name)
        while self._first:
            cell = WriteOnlyCell(made)
            self.styles.write(cell, None, self._first.pop(0))
            _ = cell.style_id  # a look has its number when that is first read
        return ReportSheet(self, made, heads, first, fixed)

    def saved(self, day: date) -> bytes:
        """Return the file, made on the day judged."""
        return saved(self.book, day)

    def save(self, stream: IO[bytes], day: date) -> None:
        """Write the same into a stream."""
        save(self.book, stream, day, self.added)


class ReportSheet:
    """A sheet for A4 across, with one table, written row by row."""

    def __init__(
        self, book: ReportBook, sheet: Any, heads: Sequence[Head], first: int, fixed: int
    ) -> None:
        self.book, self.sheet, self.heads, self.first = book, sheet, heads, first
        self.number = 0
        self.letters = [get_column_letter(place) for place in range(1, len(heads) + 1)]
        for letter, head in zip(self.letters, heads, strict=True):
            sheet.column_dimensions[letter].width = head.width
        sheet.freeze_panes = f"{get_column_letter(fixed + 1)}{first + 1}"
        sheet.print_title_rows = f"{first}:{first}"
        margins = sheet.page_margins
        margins.left = margins.right = _MARGIN
        margins.top = margins.bottom = _EDGE
        margins.header = margins.footer = _MARGIN / 2
        print_across(sheet)

    def title(self, left: str, right: str) -> None:
        """Set what stands above every printed page."""
        print_across(self.sheet, left, right)

    def row(
        self, said: Iterable[TableCell], looks: Iterable[Look], link: tuple[int, str] = _NO_LINK
    ) -> None:
        """Add a row, as high as its fullest cell needs.

        The cell of a column leads to the top of another sheet by `link`.
        """
        self.number += 1
        cells, texts = [], []
        for place, (content, look) in enumerate(zip(said, looks, strict=False)):
            text = plain(content, self.book.lang)
            cell = WriteOnlyCell(self.sheet)
            self.book.styles.write(cell, text, look)
            if place == link[0]:
                lead_to(cell, link[1])
            cells.append(cell)
            if isinstance(text, str):
                texts.append((text, self.heads[place].width, look))
        self.sheet.row_dimensions[self.number].height = height(texts)
        self.sheet.append(cells)
        del self.sheet.row_dimensions[self.number]  # it is written; a book has a million rows

    def add(self, number: int, rows: AddedRows) -> None:
        """Add so many rows that were written apart; they are written when the book is saved."""
        self.book.added[len(self.book.book.worksheets) - 1] = rows
        self.number += number

    def table(self) -> None:
        """Add the headings of the table."""
        self.row([head.label for head in self.heads], [head.look for head in self.heads])

    def end(self) -> None:
        """Filter the table, and set what is printed: columns that stand aside come last."""
        last = max(self.number, self.first)
        self.sheet.auto_filter.ref = f"A{self.first}:{self.letters[-1]}{last}"
        edge = self.letters[sum(head.printed for head in self.heads) - 1]
        self.sheet.print_area = f"A1:{edge}{last}"

    def choose(
        self, column: int, words: Sequence[str], row: int | None = None, others: Text | None = None
    ) -> None:
        """Offer words in a column of the table, counted from 0, or in one of its rows.

        Others may be written where `others` says what becomes of them.
        """
        listed = ",".join(words)
        offer = DataValidation("list", formula1=f'"{listed}"', showErrorMessage=True)
        if others is not None:
            offer.errorStyle, offer.error = "warning", others.in_(self.book.lang)
        letter, first = self.letters[column], self.first + 1 if row is None else row
        offer.add(f"{letter}{first}:{letter}{max(self.number, first) if row is None else row}")
        self.sheet.data_validations.append(offer)


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
        sheet.row(row, [PLAIN] * len(heads))
    sheet.end()
