"""A workbook of printed sheets.

openpyxl writes all of it but the rows: it makes an element of each cell, which takes longer than
judging the plans. Rows are therefore written here, and text can only ever be text.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from dxrules.frozen import frozen
from dxrules.source.deterministic_zip import without_times
from dxrules.source.spreadsheet import cell_text, header_text, height_of, lines_of
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from dxrules.report.rows import Cell
    from dxrules.texts import Lang

SIZE = 9
_FONTS: dict[str, str] = {"ja": "BIZ UDPGothic", "en": "Calibri"}
"""Fonts of the spreadsheets' own systems that are as high as they are wide."""

_SIGNS_PER_WIDTH = 1.05
"""Half-width signs of this size for each unit of a column's width, on the safe side."""

_LINE = Side("thin", color="FFBFC8D2")
_A4 = 9
_MARGIN, _EDGE = 0.4, 0.6  # inches


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """How a cell looks; a boxed one has a thin line around it. Each is itself alone."""

    fill: str | None = None
    bold: bool = False
    size: float = SIZE
    wrap: bool = True
    boxed: bool = True
    link: bool = False


PLAIN, HEAD = Look(), Look("FFE8EDF3", bold=True)
OWN = Look("FFFFF9E0")
"""What the reader is to fill in."""

ASIDE, ASIDE_HEAD = Look(boxed=False), Look("FFF3F4F6", bold=True, boxed=False)
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


class Book:
    """A workbook in one language, with a sheet after another."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.book = Workbook()
        self.book.remove(self.book.worksheets[0])
        self.sheets: list[Sheet] = []
        self.looks: dict[Look, int] = {}

    def sheet(self, name: str, widths: Sequence[float]) -> Sheet:
        """Add a sheet; `name` is one that spreadsheets take."""
        made = Sheet(self, self.book.create_sheet(name), widths)
        self.sheets.append(made)
        return made

    def style(self, look: Look, sheet: Any) -> int:
        """Return the number by which a cell names its look."""
        if look not in self.looks:
            cell = WriteOnlyCell(sheet)
            cell.font = Font(
                _FONTS[self.lang],
                look.size,
                bold=look.bold,
                color="FF1F4E9E" if look.link else None,
                underline="single" if look.link else "none",
            )
            cell.alignment = Alignment(wrap_text=look.wrap, vertical="top")
            if look.fill is not None:
                cell.fill = PatternFill("solid", fgColor=look.fill)
            if look.boxed:
                cell.border = Border(_LINE, _LINE, _LINE, _LINE)
            self.looks[look] = cell.style_id
        return self.looks[look]

    def saved(self, day: date) -> bytes:
        """Return the file, made on the day judged."""
        stream = io.BytesIO()
        self.book.save(stream)
        rows = {
            f"xl/worksheets/sheet{number}.xml": "".join(sheet.rows).encode()
            for number, sheet in enumerate(self.sheets, 1)
        }
        return without_times(stream.getvalue(), day.isoformat(), rows)


class Sheet:
    """A sheet for A4 across, written row by row."""

    def __init__(self, book: Book, sheet: Any, widths: Sequence[float]) -> None:
        self.book = book
        self.sheet = sheet
        self.widths = widths
        self.rows: list[str] = []
        self._cells: dict[tuple[str, float, Look], tuple[str, int]] = {}
        self.letters = [get_column_letter(place) for place in range(1, len(widths) + 1)]
        for letter, width in zip(self.letters, widths, strict=True):
            sheet.column_dimensions[letter].width = width
        page = sheet.page_setup
        page.orientation, page.paperSize = "landscape", _A4
        page.fitToWidth, page.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        margins = sheet.page_margins
        margins.left = margins.right = _MARGIN
        margins.top = margins.bottom = _EDGE
        margins.header = margins.footer = _MARGIN / 2
        sheet.oddFooter.center.text = "&P / &N"

    @property
    def number(self) -> int:
        """The number of rows so far."""
        return len(self.rows)

    def title(self, left: str, right: str) -> None:
        """Set what stands above every printed page."""
        self.sheet.oddHeader.left.text = header_text(left)
        self.sheet.oddHeader.right.text = header_text(right)

    def row(self, said: Iterable[Cell], looks: Iterable[Look]) -> None:
        """Add a row, as high as its fullest cell needs."""
        place, lines, size, cells = len(self.rows) + 1, 1, float(SIZE), []
        for letter, room, content, look in zip(
            self.letters, self.widths, said, looks, strict=False
        ):
            text = content.in_(self.book.lang) if isinstance(content, Text) else content
            if isinstance(text, str) and text:
                key = text, room, look
                cell, needed = self._cells.get(key) or self._cell(*key)
                lines = max(lines, needed)
                size = max(size, look.size)
            else:
                value = f"><v>{text}</v></c>" if isinstance(text, int) else "/>"
                cell = f' s="{self.book.style(look, self.sheet)}"{value}'
            cells.append(f'<c r="{letter}{place}"{cell}')
        height = height_of(lines, size)
        self.rows.append(
            f'<row r="{place}" ht="{height:.1f}" customHeight="1">{"".join(cells)}</row>'
        )

    def _cell(self, text: str, room: float, look: Look) -> tuple[str, int]:
        """Make what follows the place of a cell, and tell how many lines it takes.

        It is kept: most texts come again and again.
        """
        fitting = room * _SIGNS_PER_WIDTH * SIZE / look.size
        lines = lines_of(text, fitting) if look.wrap else 1
        xml = escape(cell_text(text), quote=False)
        style = self.book.style(look, self.sheet)
        made = f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{xml}</t></is></c>', lines
        self._cells[text, room, look] = made
        return made

    def table(self, heads: Sequence[Head], fixed: int) -> None:
        """Add the headings of a table, which stay in sight and are printed on every page.

        `fixed` columns stay in sight, too. Columns that stand aside come last.
        """
        self.row([head.label for head in heads], [head.look for head in heads])
        place = self.number
        self.sheet.freeze_panes = f"{self.letters[fixed]}{place + 1}"
        self.sheet.print_title_rows = f"{place}:{place}"

    def end(self, heads: Sequence[Head], first: int) -> None:
        """Filter the table whose headings stand in row `first`, and set what is printed."""
        last = max(self.number, first)
        self.sheet.auto_filter.ref = f"A{first}:{self.letters[-1]}{last}"
        edge = self.letters[sum(head.printed for head in heads) - 1]
        self.sheet.print_area = f"A1:{edge}{last}"

    def choose(self, column: int, first: int, words: Sequence[str]) -> None:
        """Offer words in a column, from row `first` to the last; counted from 0."""
        listed = ",".join(words)
        offer = DataValidation("list", formula1=f'"{listed}"', showErrorMessage=True)
        letter = self.letters[column]
        offer.add(f"{letter}{first}:{letter}{max(self.number, first)}")
        self.sheet.add_data_validation(offer)

    def link(self, column: int, sheet: str) -> None:
        """Make the cell of the last row lead to the top of another sheet."""
        quoted = sheet.replace("'", "''")
        cell = self.sheet[f"{self.letters[column]}{self.number}"]
        cell.hyperlink = Hyperlink(cell.coordinate, location=f"'{quoted}'!A1")
