"""Reads workbooks as documents: each sheet is a page, and its filled cells are tables."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

from dxrules.document.faults import DocumentFault
from dxrules.document.forms import opened
from dxrules.document.original import Block, Cell, LostContent, Original, Page
from dxrules.document.sections import is_heading, sectioned
from dxrules.document.sheet_parts import besides_cells, sheets_listed
from dxrules.document.signs import sign_of
from dxrules.document.span_grid import table_of
from dxrules.document.white import is_white
from dxrules.source.bounds import DOCUMENT_CELLS, DOCUMENT_PAGES
from dxrules.source.sheets import cell_values
from dxrules.source.sheets.beside_cells import words_in_margins
from dxrules.source.sheets.cell_display import NOT_SHOWN, YEARLESS, shown_as
from dxrules.source.sheets.cell_styles import GENERAL, JAPANESE
from dxrules.source.strict import Refusal

_MOST_ROWS: Final = 20_000
_MOST_COLUMNS: Final = 500
_DOT: Final = 2
"""Points of letters that nobody can read."""
_OPAQUE: Final = 8
"""Digits of a colour with its transparency before it."""


def read(raw: bytes, name: str) -> Original:
    """Return what stands in a workbook; raise DocumentFault if it is damaged or too large."""
    archive = opened(raw)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that hold no data
        try:
            book: Any = load_workbook(io.BytesIO(raw), data_only=True, rich_text=True)
        except (MemoryError, RecursionError):
            raise
        except Exception as error:  # openpyxl lets through what zipfile, zlib and XML raise
            raise DocumentFault("broken") from error
    if len(book.sheetnames) < sheets_listed(archive):  # openpyxl passes over those it lacks
        raise DocumentFault("broken")
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if len(shown) > DOCUMENT_PAGES:
        raise DocumentFault("pages")
    blocks = [block for number, sheet in enumerate(shown, 1) for block in _sheet(sheet, number)]
    pages = tuple(Page(number) for number in range(1, len(shown) + 1))
    lost = (*besides_cells(archive), *_struck(shown), *_unshown(book, shown))
    return Original(name, "xlsx", sectioned(blocks), pages, lost)


def _struck(shown: Iterable[Any]) -> Iterator[LostContent]:
    """Yield how many cells of each sheet are struck through: they are not read."""
    for number, sheet in enumerate(shown, 1):
        cells = sheet._cells.values()  # noqa: SLF001  (all others would make the cells between)
        if count := sum(_is_struck(cell) or _is_struck_in_part(cell) for cell in cells):
            yield LostContent("struck", number, count)


def _unshown(book: Any, shown: Sequence[Any]) -> Iterator[LostContent]:
    """Yield how many filled cells of each sheet nobody sees, and how many such sheets there are."""
    for number, sheet in enumerate(shown, 1):
        if count := _filled(sheet, _Hidden(sheet)):
            yield LostContent("hidden", number, count)
    if count := sum(sheet not in shown and _filled(sheet) > 0 for sheet in book.worksheets):
        yield LostContent("sheet", None, count)


def _filled(sheet: Any, where: _Hidden | None = None) -> int:
    """Return how many cells of a sheet, or of some places of it, hold anything."""
    cells = sheet._cells.items()  # noqa: SLF001  (all others would make the cells between)
    return sum(
        cell.value is not None and (where is None or at in where or _is_unseen(cell))
        for at, cell in cells
    )


class _Hidden:
    """The places of a sheet that nobody sees: their row or their column is hidden."""

    def __init__(self, sheet: Any) -> None:
        rows, columns = sheet.row_dimensions, sheet.column_dimensions
        self._rows = {number for number, row in rows.items() if row.hidden or row.height == 0}
        self._flat = bool(sheet.sheet_format.zeroHeight)
        self._tall = {number for number, row in rows.items() if row.height}
        self._columns = [
            range(column.min or 0, (column.max or 0) + 1)  # of several columns the first has a name
            for column in columns.values()
            if column.hidden or column.width == 0
        ]

    def __contains__(self, place: tuple[int, int]) -> bool:
        row, column = place
        flat = row in self._rows or (self._flat and row not in self._tall)
        return flat or any(column in each for each in self._columns)


def _is_struck(cell: Any) -> bool:
    return cell.value is not None and bool(getattr(cell.font, "strike", None))


def _is_struck_in_part(cell: Any) -> bool:
    return isinstance(cell.value, CellRichText) and any(map(_is_struck_run, cell.value))


def _is_struck_run(run: Any) -> bool:
    return isinstance(run, TextBlock) and bool(run.font.strike) and bool(run.text.strip())


def _is_unseen(cell: Any) -> bool:
    """Tell whether what a cell says is not shown: by its format, as dots, or as white on white.

    Where the looks of a sheet hang on what stands in it, the ground of a cell is not known.
    """
    if _is_struck(cell):
        return False
    with contextlib.suppress(Refusal):
        if _shown(cell) is None:
            return True
    if (getattr(cell.font, "sz", None) or _DOT + 1) <= _DOT:
        return True
    colour = getattr(cell.font, "color", None)
    if colour is None or not _is_white(colour):
        return False
    sheet, ground = cell.parent, _fill(cell)
    return (not ground or is_white(ground)) and not (sheet.tables or sheet.conditional_formatting)


_WHITES: Final = frozenset({("theme", 0), ("indexed", 1), ("indexed", 9)})


def _is_white(colour: Any) -> bool:
    """Tell whether a colour of a workbook is as good as white; how opaque it is, is not looked at.

    Spreadsheets do not, either, and some programs write 00 before all.
    """
    if colour.type == "rgb":
        return isinstance(colour.value, str) and is_white(colour.value[-6:])
    return (colour.type, colour.value) in _WHITES and not colour.tint


def _shown(cell: Any) -> str | None:
    """Return what a cell shows in its format, None of nothing; raise Refusal if that is unclear."""
    if isinstance(cell.value, bool | CellRichText):
        return str(cell.value)
    form, value = _format(cell)
    try:
        return shown_as(value, form)
    except Refusal as refusal:
        if refusal is NOT_SHOWN:
            return None
        raise


def _sheet(sheet: Any, number: int) -> Iterator[Block]:
    """Yield the title of a sheet, and a block for each run of rows that are not empty."""
    yield Block("heading", sheet.title, number, level=1, name=sheet.title)
    _refuse_beyond(sheet)
    spans, covered = _merged(sheet)
    hidden = _Hidden(sheet)
    rows: list[list[Cell]] = []
    count = 0
    last = 0
    for number_of_row, line in _lines(sheet):
        own = []
        for cell in line:
            place = (cell.row, cell.column)
            if place in hidden:
                continue
            text, fill = _text(cell), _fill(cell)
            if place in covered or not (text or fill or place in spans):
                continue
            tall, wide = spans.get(place, (1, 1))
            own.append(Cell(cell.row - 1, cell.column - 1, text, tall, wide, fill, number))
        count += len(own)
        if count > DOCUMENT_CELLS:
            raise DocumentFault("signs")
        says = any(cell.text or cell.fill for cell in own)
        if rows and not (says and number_of_row == last + 1):
            yield from _run(rows, sheet.title)
            rows = []
        if says:
            rows.append(own)
        last = number_of_row
    if rows:
        yield from _run(rows, sheet.title)
    for text in words_in_margins(_margins(sheet)):
        yield Block("furniture", text, number, name=sheet.title)


def _lines(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Yield the rows of a sheet that have cells, each with its number, as far as they are read."""
    cells = sheet._cells  # noqa: SLF001  (all others would make the cells between)
    within = (at for at in sorted(cells) if at[0] <= _MOST_ROWS and at[1] <= _MOST_COLUMNS)
    for row, places in groupby(within, key=itemgetter(0)):
        yield row, [cells[at] for at in places]


def _margins(sheet: Any) -> Iterator[str]:
    for name in (
        "oddHeader",
        "oddFooter",
        "evenHeader",
        "evenFooter",
        "firstHeader",
        "firstFooter",
    ):
        part = getattr(sheet, name)
        yield from (each.text for each in (part.left, part.center, part.right) if each.text)


def _refuse_beyond(sheet: Any) -> None:
    """Raise DocumentFault if a cell says anything that stands further out than is read."""
    cells = sheet._cells.items()  # noqa: SLF001  (all others would make the cells between)
    if any(
        cell.value is not None and (row > _MOST_ROWS or column > _MOST_COLUMNS)
        for (row, column), cell in cells
    ):
        raise DocumentFault("signs")


def _run(rows: list[list[Cell]], title: str) -> Iterator[Block]:
    """Yield the lines of a single cell before a table, and the table; rows count from its top."""
    while rows and len(texts := [cell for cell in rows[0] if cell.text]) <= 1:
        for cell in texts:
            kind: Any = "heading" if is_heading(cell.text) else "paragraph"
            sign = sign_of(cell.text)
            yield Block(kind, cell.text, cell.page, sign=sign.text if sign else "", name=title)
        rows = rows[1:]
    if not rows:
        return
    top = rows[0][0].row
    left = min(cell.column for row in rows for cell in row)
    cells = [
        Cell(
            cell.row - top,
            cell.column - left,
            cell.text,
            cell.rows,
            cell.columns,
            cell.fill,
            cell.page,
        )
        for row in rows
        for cell in row
    ]
    if (block := table_of(cells, rows[0][0].page, name=title)) is not None:
        yield block


def _merged(sheet: Any) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Return how far merged cells span, and the places that they cover."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for merged in sheet.merged_cells.ranges:
        tall, wide = merged.max_row - merged.min_row + 1, merged.max_col - merged.min_col + 1
        if len(covered) + tall * wide > DOCUMENT_CELLS:
            continue  # a range over whole columns or rows is there for its looks
        spans[merged.min_row, merged.min_col] = (tall, wide)
        covered |= {
            (row, column)
            for row in range(merged.min_row, merged.max_row + 1)
            for column in range(merged.min_col, merged.max_col + 1)
        } - {(merged.min_row, merged.min_col)}
    return spans, covered


def _text(cell: Any) -> str:
    """Return what a cell shows: a day as one, a share in per cent."""
    value = cell.value
    if value is None or _is_struck(cell) or _is_unseen(cell):
        return ""
    if isinstance(value, CellRichText):
        return "".join(str(run) for run in value if not _is_struck_run(run))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    form, value = _format(cell)
    try:
        return shown_as(value, form)
    except Refusal as refusal:
        return _in_part(value, refusal)


def _format(cell: Any) -> tuple[str, Any]:
    """Return the format of a cell and its value, which a Japanese Excel may name by number only."""
    form = JAPANESE.get(cell._style.numFmtId)  # noqa: SLF001  (openpyxl has no name for them)
    if form is None or not isinstance(cell.value, int | float):
        return str(cell.number_format), cell.value
    try:
        return form, cell_values.number(str(cell.value), form, cell.parent.parent.epoch)
    except Refusal:
        return GENERAL, cell.value


def _in_part(value: Any, refusal: Refusal) -> str:
    """Return what a document shows of a value that a plan file could not take as it stands."""
    if refusal is NOT_SHOWN:
        return ""
    if isinstance(value, date):
        return f"{value.month}月{value.day}日" if refusal is YEARLESS else f"{value:%Y-%m-%d}"
    return str(value) if isinstance(value, int) else f"{value:.{cell_values.SHOWN}g}"


def _fill(cell: Any) -> str:
    """Return the colour of a cell's ground; a colour of the theme is one, whichever it is."""
    fill = cell.fill
    if fill is None or fill.fill_type != "solid":
        return ""
    colour = fill.fgColor
    if colour is None:
        return ""
    if colour.type == "rgb" and isinstance(colour.rgb, str):
        return colour.rgb[-6:].upper() if len(colour.rgb) == _OPAQUE else ""
    if colour.type == "theme":
        return "" if colour.theme == 0 and not colour.tint else f"7E{colour.theme:02X}00"[:6]
    return ""
