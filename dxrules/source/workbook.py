"""Workbooks that openpyxl writes: how cells look, how pages are printed, and no time of day."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from dxrules.frozen import frozen
from dxrules.source.spreadsheet import cell_text, header_text, height_of, lines_of
from dxrules.texts import Lang

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell

_FONTS: dict[str, str] = {"ja": "BIZ UDPGothic", "en": "Calibri"}
"""Fonts of the spreadsheets' own systems that are as high as they are wide."""

_SIGNS_PER_WIDTH = 9.45
"""Half-width signs of one point for each unit of a column's width, on the safe side."""

_BLUE = "FF1F4E9E"
_LINE = Side("thin", color="FFBFC8D2")
_A4 = 9
_FIRST_DAY = date(1980, 1, 1)
_QUICK = 3  # a seventh larger than zlib's usual level, in half the time


@frozen
class Look:
    """How a cell looks; a boxed one has a thin line around it."""

    fill: str | None = None
    bold: bool = False
    size: float = 9.0
    wrap: bool = True
    boxed: bool = False
    link: bool = False
    colour: str | None = None
    number_format: str = "General"


class Styles:
    """Makes cells of one workbook look, in the font of a language; each look is made once."""

    def __init__(self, lang: Lang) -> None:
        self._font = _FONTS[lang]
        self._made: dict[Look, Any] = {}

    def write(self, cell: Any, said: str | float | None, look: Look) -> None:
        """Fill in a cell: what is a text stays one, and an empty one leaves the cell empty."""
        if isinstance(said, int | float):
            cell.value = said
        elif said:
            cell.value = cell_text(said)
            cell.data_type = "s"  # never a formula
        if look in self._made:
            cell._style = self._made[look]  # noqa: SLF001  (openpyxl shares a style no other way)
            return
        cell.font = Font(
            self._font,
            look.size,
            bold=look.bold,
            color=_BLUE if look.link else look.colour,
            underline="single" if look.link else "none",
        )
        cell.alignment = Alignment(wrap_text=look.wrap, vertical="top")
        cell.number_format = look.number_format
        if look.fill is not None:
            cell.fill = PatternFill("solid", fgColor=look.fill)
        if look.boxed:
            cell.border = Border(_LINE, _LINE, _LINE, _LINE)
        self._made[look] = cell._style  # noqa: SLF001  (as above)


def height(cells: Iterable[tuple[str, float, Look]]) -> float:
    """Return the height of a row that its fullest cell needs: of texts, widths and looks."""
    lines, size = 1, 0.0
    for text, room, look in cells:
        size = max(size, look.size)
        if look.wrap:
            lines = max(lines, lines_of(text, room * _SIGNS_PER_WIDTH / look.size))
    return height_of(lines, size or Look().size)


def print_across(page: Any, left: str = "", right: str = "") -> None:
    """Let a page be printed on A4 across, as wide as the paper, with its number and a header."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    header, footer = HeaderFooterItem(), HeaderFooterItem()
    header.left.text, header.right.text = header_text(left) or None, header_text(right) or None
    footer.center.text = "&P / &N"
    page.oddHeader, page.oddFooter = header, footer


def lead_to(cell: Cell, sheet: str) -> None:
    """Make a cell lead to the top of another sheet."""
    quoted = sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(cell.coordinate, location=f"'{quoted}'!A1")


def saved(book: Workbook, day: date = _FIRST_DAY) -> bytes:
    """Return the file, which says that it was made on a day, and nothing of now."""
    stream = io.BytesIO()
    save(book, stream, day)
    return stream.getvalue()


def save(
    book: Workbook,
    stream: IO[bytes],
    day: date = _FIRST_DAY,
    added: Mapping[int, AddedRows] | None = None,
) -> None:
    """Write the same into a stream; its sheets are held nowhere.

    Rows that were written apart are `added` to sheets, by their positions.
    """
    book.properties.created = book.properties.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001  (openpyxl wants no zone)
    with _Undated(stream, "w") as archive:
        archive.added = [(added or {}).get(place) for place in range(len(book.worksheets))]
        ExcelWriter(book, archive).write_data()


@frozen
class AddedRows:
    """Rows of a sheet that `rows_apart` gave and `numbered` numbers; they have no more bytes."""

    rows: Iterable[bytes]
    size: int


ROW_END = b"</row>"
_IN_ROWS = re.compile(rb'<(row|c) r="([A-Z]*)\d+"')
_OPEN = b"\0"  # in no XML
_DIGITS = 7


def rows_apart(book: Workbook) -> bytes:
    """Return the rows of the only sheet of a workbook, as openpyxl writes them.

    Their numbers are left open, so that they can be written where a plan is judged.
    """
    with _Caught(io.BytesIO(), "w") as archive:
        ExcelWriter(book, archive).write_data()
    rows = archive.sheet.partition(b"<sheetData>")[2].rpartition(ROW_END)
    return _IN_ROWS.sub(rb'<\1 r="\2' + _OPEN + b'"', rows[0] + rows[1])


def numbered(row: bytes, number: int) -> bytes:
    """Return a row with its number."""
    return row.replace(_OPEN, b"%d" % number)


def bytes_at_most(rows: bytes) -> int:
    """Return how many bytes rows have at most when they are numbered."""
    return len(rows) + rows.count(_OPEN) * (_DIGITS - 1)


class _Caught(zipfile.ZipFile):
    """Takes the place of the archive where its one sheet alone is wanted."""

    sheet = b""

    def writestr(self, *_: Any, **__: Any) -> None:
        """Pass by what is no sheet."""

    def write(self, filename: Any, *_: Any, **__: Any) -> None:
        """Keep the sheet."""
        self.sheet = Path(filename).read_bytes()


class _Undated(zipfile.ZipFile):
    """The archive of a workbook: its entries bear ZIP's first day, whatever the time."""

    added: Sequence[AddedRows | None] = ()
    _sheets = 0

    def writestr(
        self,
        zinfo_or_arcname: Any,
        data: Any,
        compress_type: int | None = zipfile.ZIP_DEFLATED,
        compresslevel: int | None = _QUICK,
    ) -> None:
        """Write an entry."""
        super().writestr(_entry(zinfo_or_arcname), data, compress_type, compresslevel)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """Write a sheet, which openpyxl made in a file."""
        added, self._sheets = self.added[self._sheets], self._sheets + 1
        entry = _entry(arcname)
        entry.compress_type, entry.file_size = zipfile.ZIP_DEFLATED, Path(filename).stat().st_size
        entry.file_size += 0 if added is None else added.size
        _level_of(entry, _QUICK)
        with Path(filename).open("rb") as sheet, self.open(entry, "w") as stream:
            if added is not None:  # the sheet has its headings alone
                before, end, after = sheet.read().partition(b"</sheetData>")
                stream.write(before)
                stream.writelines(added.rows)
                stream.write(end + after)
            else:
                shutil.copyfileobj(sheet, stream, _PART)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3  # whatever the system is
    return entry


def _level_of(entry: Any, level: int) -> None:
    """Set how hard an entry is packed; its name is another one from Python 3.13 on."""
    setattr(entry, "compress_level" if hasattr(entry, "compress_level") else _LEVEL, level)


_LEVEL = "_compresslevel"
_PART = 1 << 20
