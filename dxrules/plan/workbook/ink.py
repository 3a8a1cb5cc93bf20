"""How the pages of a plan's workbook look: fonts, colours, links and the printed page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from dxrules.frozen import frozen
from dxrules.source.spreadsheet import cell_text, header_text, height_of, lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from dxrules.texts import Lang, Text

SIZE, _TITLE_SIZE = 10, 13
_SIGNS_PER_WIDTH = 1.08
"""Half-width signs of this size for each unit of a column's width."""

_FONTS: dict[str, str] = {"ja": "BIZ UDPGothic", "en": "Calibri"}
_BLUE, _GREY = "FF1F4E9E", "FF57606A"
_TEXT = "@"
_A4 = 9


@frozen
class Look:
    """How a cell looks; a small one is grey."""

    fill: str | None = None
    bold: bool = False
    size: float = SIZE
    wrap: bool = True
    small: bool = False
    link: bool = False


PLAIN, SMALL, LINK = Look(), Look(size=8, small=True), Look(link=True)
TITLE, HEAD = Look(bold=True, size=_TITLE_SIZE, wrap=False), Look("FFE8EDF3", bold=True)
TO_FILL, REQUIRED = Look("FFFFFDF2"), Look("FFFFEFC2")
REQUIRED_HEAD = Look("FFFFEFC2", bold=True)


@frozen
class Ink:
    """Writes cells in one language; every one of them is text."""

    lang: Lang

    def write(
        self, page: Worksheet, row: int, place: int, said: Text | str, look: Look
    ) -> Cell | MergedCell:
        """Write a cell, and return it; an empty text leaves it empty."""
        cell = page.cell(row, place)
        text = said if isinstance(said, str) else said.in_(self.lang)
        if text:
            cell.value = cell_text(text)
            cell.data_type = "s"  # never a formula
        colour = _BLUE if look.link else _GREY if look.small else None
        underline = "single" if look.link else None
        cell.font = Font(
            _FONTS[self.lang],
            look.size,
            bold=look.bold,
            color=colour,
            underline=underline,  # type: ignore[arg-type]  # its stubs do not take None by name
        )
        cell.alignment = Alignment(wrap_text=look.wrap, vertical="top")
        cell.number_format = _TEXT
        if look.fill is not None:
            cell.fill = PatternFill("solid", fgColor=look.fill)
        return cell

    def link(self, page: Worksheet, row: int, place: int, sheet: Text) -> None:
        """Make a cell lead to the top of another sheet."""
        where = page.cell(row, place)
        quoted = sheet.in_(self.lang).replace("'", "''")
        where.hyperlink = Hyperlink(where.coordinate, location=f"'{quoted}'!A1")

    def fit(self, page: Worksheet, row: int, said: Sequence[str], widths: Sequence[float]) -> None:
        """Make a row as high as its fullest cell needs."""
        lines = max(
            (lines_of(t, w * _SIGNS_PER_WIDTH) for t, w in zip(said, widths, strict=True)),
            default=1,
        )
        page.row_dimensions[row].height = height_of(lines, SIZE)

    def printed(self, page: Worksheet, title: Text, heads: str | None) -> None:
        """Set how a page is printed: A4 across, as wide as the paper, its heads on each sheet."""
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", _A4
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        page.print_title_rows = heads
        page.print_options.gridLines = True
        header, footer = HeaderFooterItem(), HeaderFooterItem()
        header.left.text = header_text(title.in_(self.lang))
        footer.center.text = "&P / &N"
        page.oddHeader, page.oddFooter = header, footer
