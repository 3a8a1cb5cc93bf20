"""Reads PDFs: their text layer, tables and bars that are drawn, in the order of reading."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from dxrules.document.bars import bars_of
from dxrules.document.faults import DocumentFault
from dxrules.document.original import (
    Bar,
    Block,
    BlockKind,
    Box,
    Cell,
    LostContent,
    LostKind,
    Original,
    Page,
    table_text,
)
from dxrules.document.pdf_furniture import PageLines, furniture_of
from dxrules.document.pdf_library import begin_with_own_font
from dxrules.document.pdf_lines import (
    LinePiece,
    Paragraph,
    in_order,
    lines_of,
    paragraphs_of,
    text_in_cell,
)
from dxrules.document.pdf_objects import Objects
from dxrules.document.pdf_tables import Drawn, RuledGrid, grids_on, tables_on
from dxrules.document.sections import is_heading, sectioned
from dxrules.document.signs import bullet_of, is_note, sign_of
from dxrules.frozen import frozen
from dxrules.source.bounds import DOCUMENT_PAGES, DOCUMENT_SHAPES

_PASSWORD: Final = 4
_FEW: Final = 8
"""A page of a scan has fewer letters than this, such as its stamp or number."""
_CURVES: Final = 25
"""A page with more curves than this shows a drawing or a chart."""
_NOTE_SIZE: Final = 0.93
_NOTE_FROM: Final = 0.5
_LARGE: Final = ((1.5, 1), (1.3, 2), (1.15, 3))
_LONGEST_TITLE: Final = 45
_TWO: Final = 2
_SAME_COLUMN: Final = 4.0


def read(raw: bytes, name: str) -> Original:
    """Return what stands in a PDF; raise DocumentFault if it cannot be read, or is a mere scan."""
    document = _opened(raw)
    if len(document) > DOCUMENT_PAGES:
        raise DocumentFault("pages")
    room = [DOCUMENT_SHAPES]
    try:
        leaves = [Objects(page, room) for page in document]
    except pypdfium2.PdfiumError as error:
        raise DocumentFault("broken") from error
    blank = [leaf.is_blank for leaf in leaves]
    scanned = [leaf for leaf in leaves if len(leaf.glyphs) < _FEW and leaf.pictures]
    if leaves and len(scanned) * 2 > len(leaves):
        raise DocumentFault("scan")
    grids = [grids_on(leaf) for leaf in leaves]
    of_pages = [_page_lines(leaf, own) for leaf, own in zip(leaves, grids, strict=True)]
    aside, printed = furniture_of(of_pages)
    pages = tuple(
        Page(number, printed[number - 1], round(leaf.width, 1), round(leaf.height, 1))
        for number, leaf in enumerate(leaves, 1)
    )
    parts = [
        part
        for number, leaf in enumerate(leaves, 1)
        for part in _parts(
            leaf,
            number,
            grids[number - 1],
            [line for n, line in enumerate(of_pages[number - 1].lines) if n in aside[number - 1]],
        )
    ]
    sizes = [part.size for part in parts if isinstance(part, _Words) for _ in range(part.lines)]
    body = median(sizes) if sizes else 0.0
    blocks = [_block(part, body) for part in _joined(parts, body)]
    lost = (*_lost(leaves, blank), *_attached(document))
    return Original(name, "pdf", sectioned(blocks), pages, lost)


def _opened(raw: bytes) -> Any:
    begin_with_own_font()
    try:
        return pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        fault = "encrypted" if pdfium.FPDF_GetLastError() == _PASSWORD else "broken"
        raise DocumentFault(fault) from error


def _lost(leaves: list[Objects], blank: list[bool]) -> Iterator[LostContent]:
    """Yield what stands on each page that is no text and no table."""
    for number, leaf in enumerate(leaves, 1):
        kinds: tuple[tuple[LostKind, int], ...] = (
            ("picture", leaf.pictures),
            ("drawing", int(leaf.curves > _CURVES)),
            ("text", leaf.unknown),
            ("embedded", leaf.embedded),
            ("struck", leaf.struck),
            ("hidden", leaf.hidden),
            ("page", int(blank[number - 1])),
        )
        yield from (LostContent(kind, number, count) for kind, count in kinds if count)


def _attached(document: Any) -> Iterator[LostContent]:
    """Yield what is attached to the whole document: files, and forms that no page holds."""
    is_form = pdfium.FPDF_GetFormType(document.raw) in _FORMS
    if count := max(pdfium.FPDFDoc_GetAttachmentCount(document.raw), 0) + is_form:
        yield LostContent("embedded", None, count)


_FORMS: Final = frozenset({pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND})


@frozen
class _Words:
    """A paragraph, or a line that is furniture, on a page of some height."""

    text: str
    box: Box
    size: float
    lines: int
    page: int
    height: float
    aside: bool = False


@frozen
class _Table:
    """A table, or as much of it as stands on one page; `first` and `last` are on the page."""

    drawn: Drawn
    page: int


_Part = _Words | _Table


def _page_lines(leaf: Objects, grids: list[RuledGrid]) -> PageLines:
    """Return a page as far as it tells what runs through the pages."""
    lines = lines_of(leaf.glyphs)
    inside = frozenset(
        n
        for n, line in enumerate(lines)
        if any(grid.holds((line.box.left + line.box.right) / 2, line.middle) for grid in grids)
    )
    return PageLines(leaf.height, lines, inside)


def _parts(
    leaf: Objects, number: int, grids: list[RuledGrid], aside: list[LinePiece]
) -> list[_Part]:
    """Return the parts of a page in the order of reading, furniture at its end."""
    boxes = [line.box for line in aside]
    leaf.glyphs = [g for g in leaf.glyphs if not any(_within(g, box) for box in boxes)]
    tables, glyphs = tables_on(leaf, grids, number, text_in_cell)
    lines = lines_of(glyphs)
    parts: list[_Part] = []
    for table in tables:
        above = [line for line in lines if line.middle < table.box.top]
        lines = [line for line in lines if line.middle >= table.box.top]
        parts += _words(above, number, leaf.height)
        parts.append(_Table(table, number))
    parts += _words(lines, number, leaf.height)
    for line in aside:
        parts.append(_Words(line.text, line.box, line.size, 1, number, leaf.height, aside=True))
    return parts


def _within(glyph: Any, box: Box) -> bool:
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return bool(box.left <= x <= box.right and box.top <= y <= box.bottom)


def _words(lines: list[LinePiece], number: int, height: float) -> Iterator[_Words]:
    found: Iterator[Paragraph] = paragraphs_of(in_order(lines))
    for each in found:
        yield _Words(each.text, each.box, each.size, each.lines, number, height)


def _joined(parts: list[_Part], body: float) -> list[_Part | list[_Table]]:
    """Return parts of which tables that go on over pages are one, before what parts them."""
    found: list[_Part | list[_Table]] = []
    between: list[_Part] = []
    for part in parts:
        before = found[-1] if found else None
        if isinstance(part, _Words):
            low = isinstance(before, list) and _kind(part, body)[0] in {"furniture", "footnote"}
            if not low:
                found += between
                between = []
            (between if low else found).append(part)
        elif isinstance(before, list) and _goes_on(before[-1], part):
            before.append(part)
        else:
            found += between
            between = []
            found.append([part])
    return [*found, *between]


def _goes_on(before: _Table, after: _Table) -> bool:
    """Tell whether a table goes on in one at the top of the next page: its columns are the same."""
    one, two = before.drawn.columns, after.drawn.columns
    return (
        after.page == before.page + 1
        and len(one) == len(two)
        and all(abs(a - b) <= _SAME_COLUMN for a, b in zip(one, two, strict=True))
    )


def _block(part: _Part | list[_Table], body: float) -> Block:
    if isinstance(part, list):
        return _table(part)
    assert isinstance(part, _Words)  # noqa: S101  (tables stand in lists)
    kind, level = _kind(part, body)
    sign = sign_of(part.text)
    return Block(
        kind,
        part.text,
        part.page,
        sign=sign.text if sign else bullet_of(part.text),
        level=level,
        box=part.box,
    )


def _kind(words: _Words, body: float) -> tuple[BlockKind, int]:
    """Return what a paragraph is, and the level of a heading that is larger than the text."""
    text = words.text
    if words.aside:
        return "furniture", 0
    low = words.box.top > words.height * _NOTE_FROM
    if words.size <= body * _NOTE_SIZE and low and (is_note(text) or text[0].isdecimal()):
        return "footnote", 0
    title = text.replace("\n", "")
    alone = words.lines == 1 and words.size >= body * _NOTE_SIZE
    if is_heading(title) and (alone or (words.lines == _TWO and words.size > body * _LARGE[-1][0])):
        return "heading", 0
    short = words.lines == 1 and len(text) <= _LONGEST_TITLE and text[-1] not in "。、"
    larger = next((level for share, level in _LARGE if words.size >= body * share), 0)
    if short and larger and words.page > 1 and "\t" not in text:
        return "heading", larger
    if bullet_of(text) or (sign_of(text) and words.lines < _FEW):
        return "item", 0
    return ("footnote" if is_note(text) else "paragraph"), 0


def _table(parts: list[_Table]) -> Block:
    """Return a table of its parts on the pages: a head that is repeated stands once."""
    cells: list[Cell] = []
    bars: list[Bar] = []
    head = _head(parts[0].drawn.cells)
    rows = 0
    for number, part in enumerate(parts):
        own = part.drawn.cells
        skipped = int(number > 0 and _head(own) == head and any(head))
        goes_on = bool(number > 0 and not skipped and not part.drawn.closed)
        shift = rows - skipped - goes_on
        for cell in own:
            if cell.row < skipped:
                continue
            moved = _moved(cell, shift)
            cut = cell.row == skipped and number > 0
            blank = not cell.text and cell.column == 0 and not cell.fill
            at = _above(cells, moved) if cut and (goes_on or blank) else None
            if at is None:
                cells.append(moved)
            else:
                cells[at] = _with_text(cells[at], moved)
        bars += [
            Bar(bar.row + shift, bar.first, bar.last, bar.by)
            for bar in part.drawn.bars
            if bar.row >= skipped
        ]
        rows = max((cell.row + cell.rows for cell in cells), default=0)
    found = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    first = parts[0]
    return Block(
        "table",
        table_text(found),
        first.page,
        box=first.drawn.box,
        cells=found,
        bars=bars_of(found, bars),
    )


def _head(cells: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(cell.text for cell in cells if cell.row == 0)


def _moved(cell: Cell, rows: int) -> Cell:
    return Cell(
        cell.row + rows,
        cell.column,
        cell.text,
        cell.rows,
        cell.columns,
        cell.fill,
        cell.page,
        cell.box,
    )


def _above(cells: list[Cell], cell: Cell) -> int | None:
    """Return the cell of the page before that goes on in one; None if there is none."""
    for place in range(len(cells) - 1, -1, -1):
        each = cells[place]
        if each.column == cell.column and cell.row <= each.row + each.rows <= cell.row + 1:
            return place
    return None


def _with_text(before: Cell, after: Cell) -> Cell:
    text = "\n".join(each for each in (before.text, after.text) if each)
    last = after.row + after.rows
    return Cell(
        before.row,
        before.column,
        text,
        last - before.row,
        before.columns,
        before.fill or after.fill,
        before.page,
        before.box,
    )
