"""One sheet: its filled cells by row and column, its merged ranges; each element in its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from dxrules.frozen import frozen
from dxrules.source.bounds import WORKBOOK_MERGED
from dxrules.source.sheets import cell_values
from dxrules.source.sheets.cell_styles import GENERAL, CellFormat
from dxrules.source.sheets.cell_values import SheetValue
from dxrules.source.sheets.fault import SAVE_AGAIN, SMALLER, BookError, PartError, Room
from dxrules.source.sheets.parts import BROKEN, Attributes, XmlEvent, is_true, whole
from dxrules.source.sheets.shared_strings import Collector, SharedText, decoded
from dxrules.source.strict import Refusal
from dxrules.texts import Text

_ROWS, _COLUMNS = 1_048_576, 16_384
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_WITHIN: Final = {
    "sheetData": "worksheet",
    "row": "sheetData",
    "c": "row",
    "v": "c",
    "f": "c",
    "is": "c",
    "mergeCell": "mergeCells",
}
"""The only place of each element that holds data."""
_HOLDS: Final[Mapping[str, Collection[str]]] = {
    "sheetData": frozenset({"row"}),
    "row": frozenset({"c", "extLst"}),
    "c": frozenset({"v", "f", "is", "extLst"}),
}
"""The only elements in a place that holds data."""

_PICTURES: Final = frozenset({"picture", "legacyDrawingHF", "drawingHF", "scenario"})
"""A picture behind the cells, one in a header or footer, and figures kept to be tried out."""

_TOO_MANY_MERGED = Text(
    f"結合されたセルが{WORKBOOK_MERGED:,}か所を超えています。",
    f"It has more than {WORKBOOK_MERGED:,} merged ranges.",
)


@frozen
class SheetCell:
    """What a filled cell says and how its number is shown; `fault` tells why it says nothing."""

    value: SheetValue = ""
    number_format: str = GENERAL
    struck: bool = False
    fault: Refusal | None = None


@frozen
class Merged:
    """A merged range; rows and columns count from 1, and the last ones belong to it."""

    row: int
    column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        first, last = letters(self.column), letters(self.last_column)
        return f"{first}{self.row}:{last}{self.last_row}"


@frozen
class TextOverCell:
    """A text in a shape that lies over a cell; a picture has none."""

    row: int
    column: int
    text: str


@frozen
class Note:
    """A note on a cell, with whom the file names as its author."""

    row: int
    column: int
    text: str
    author: str = ""


@frozen
class SheetPage:
    """A sheet; `cells` are those that say anything, by row and column, counted from 1.

    `drawn` are the texts of shapes, `notes` those that people have put on cells, and `margins`
    those of headers and footers. Nobody sees what is `hidden`: the sheet, some rows, columns from
    one to another.
    """

    title: str
    cells: Mapping[int, Mapping[int, SheetCell]]
    merged: tuple[Merged, ...] = ()
    drawn: tuple[TextOverCell, ...] = ()
    notes: tuple[Note, ...] = ()
    margins: tuple[str, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is said on it, but for pictures, notes and margins."""
        return not self.cells and not any(each.text for each in self.drawn)

    @property
    def has_more(self) -> bool:
        """Whether anything stands on it besides cells."""
        return bool(self.drawn or self.notes or self.margins)


@frozen
class Styled:
    """What cells refer to: texts and looks by number, and the day from which days count."""

    texts: Sequence[SharedText]
    looks: Sequence[CellFormat]
    epoch: datetime


def letters(column: int) -> str:
    """Return how spreadsheets call a column.

    >>> letters(1), letters(28)
    ('A', 'AB')
    """
    said = ""
    while column:
        column, last = divmod(column - 1, 26)
        said = chr(ord("A") + last) + said
    return said


def place_of(text: str) -> tuple[int, int]:
    """Return the row and column of a cell's name; raise PartError if it names none."""
    found = _CELL.fullmatch(text)
    column = 0
    for letter in found[1] if found else "":
        column = column * 26 + ord(letter) - ord("A") + 1
    if found is None or int(found[2]) > _ROWS or column > _COLUMNS:
        raise PartError(BROKEN)
    return int(found[2]), column


def _refuse_out_of_place(name: str, within: str) -> None:
    """Raise PartError for data where none belongs, and for anything else where data belongs."""
    misplaced = _WITHIN.get(name, within) != within
    unknown = name not in _HOLDS.get(within, {name}) and not name.startswith("?")
    if misplaced or unknown or (within == "" and name != "worksheet"):
        raise PartError(BROKEN)


class PageReader:
    """Reads the events of one sheet."""

    def __init__(self, title: str, styled: Styled, room: Room) -> None:
        self.title = title
        self.styled = styled
        self.room = room
        self.drawing = self.old_drawing = ""
        self.pictured = False
        self.margins: list[str] = []
        self._cells: dict[int, dict[int, SheetCell]] = {}
        self._merged: list[Merged] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._row = self._column = self._sheets = 0
        self._said: list[str] | None = None
        self._words: Collector | None = None
        self._inline: SharedText | None = None
        self._parts: dict[str, str] = {}
        self._cell: Attributes = {}

    def read(self, events: Iterable[XmlEvent]) -> SheetPage:
        """Return the sheet; raise BookError with the last row read where it breaks."""
        above: list[str] = []
        try:
            for kind, name, attributes in events:
                if kind == "text":
                    self._text(name)
                elif kind == "start":
                    self._start(name, above[-1] if above else "", attributes)
                    above.append(name)
                else:
                    above.pop()
                    self._end(name)
        except PartError as error:
            raise BookError(error.text, error.hint, self.title, self._row) from error
        if self._sheets != 1:
            raise BookError(BROKEN, SAVE_AGAIN, self.title)
        return SheetPage(
            self.title,
            self._cells,
            tuple(self._merged),
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=tuple(self._hidden_columns),
        )

    def _text(self, text: str) -> None:
        if self._words is not None:
            self._words.text(text)
        elif self._said is not None:
            self._said.append(text)

    def _start(self, name: str, within: str, attributes: Attributes) -> None:
        if self._words is not None:
            self._words.start(name, attributes)
            return
        _refuse_out_of_place(name, within)
        match name:
            case "sheetData":
                self._sheets += 1
            case "row":
                self._row = self._row + 1 if "r" not in attributes else _row(attributes["r"])
                self._column = 0
                if _unseen(attributes, "ht"):
                    self._hidden_rows.add(self._row)
            case "c":
                self._begin(attributes)
            case "v" | "f":
                self._said = []
            case "is":
                self._words = Collector()
            case "mergeCell":
                self._merge(attributes.get("ref", ""))
            case _:
                self._beside(name, within, attributes)

    def _beside(self, name: str, within: str, attributes: Attributes) -> None:
        """Take the start of what stands beside the cells."""
        if within == "headerFooter":
            self._said = []
        elif name == "drawing":
            self.drawing = attributes.get("r:id", "")
        elif name == "legacyDrawing":
            self.old_drawing = attributes.get("r:id", "")
        elif name == "col" and within == "cols" and _unseen(attributes, "width"):
            columns = whole(attributes.get("min")), whole(attributes.get("max"))
            self._hidden_columns.append(columns)
        self.pictured |= name in _PICTURES

    def _end(self, name: str) -> None:
        if self._words is not None and name != "is":
            self._words.end(name)
        elif name == "is" and self._words is not None:
            if self._inline is not None:
                raise PartError(BROKEN)
            self._inline, self._words = self._words.words, None
        elif name in {"v", "f"} and self._said is not None:
            if name in self._parts:
                raise PartError(BROKEN)
            self._parts[name] = "".join(self._said)
            self._said = None
        elif name == "c":
            self._finish()
        elif self._said is not None:
            self.margins.append(decoded("".join(self._said)))
            self._said = None

    def _begin(self, attributes: Attributes) -> None:
        self._column += 1
        if "r" in attributes:
            row, self._column = place_of(attributes["r"])
            if row != self._row:
                raise PartError(BROKEN)
        if not 1 <= self._row <= _ROWS or self._column > _COLUMNS:
            raise PartError(BROKEN)
        self._cell, self._parts, self._inline = attributes, {}, None

    def _finish(self) -> None:
        """Keep the cell that has ended, if it says anything."""
        look, fault = CellFormat(), None
        value: SheetValue | SharedText | None = None
        try:
            look = self._look(self._cell.get("s", "0"))
            value = self._value(look)
        except Refusal as refusal:
            fault = refusal.with_traceback(None)  # which would keep this frame
        struck = look.struck
        if isinstance(value, SharedText):
            struck = value.struck or (value.plain and struck)
            value = value.text
        if fault is None and (value is None or not str(value).strip()):
            return
        row = self._cells.setdefault(self._row, {})
        if self._column in row:
            raise PartError(_TWICE)
        said = "" if value is None else value
        self.room.cell(said)
        row[self._column] = SheetCell(said, look.form or GENERAL, struck, fault)

    def _look(self, number: str) -> CellFormat:
        place = _count(number)
        if place == 0 and not self.styled.looks:  # a workbook may do without any
            return CellFormat()
        if place is None or place >= len(self.styled.looks):
            raise cell_values.damaged(f"s={number}")
        return self.styled.looks[place]

    def _value(self, look: CellFormat) -> SheetValue | SharedText | None:
        """Return what the parts of a cell say; None of an empty one."""
        kind, text = self._cell.get("t", "n"), self._parts.get("v")
        if self._inline is not None:
            if text:  # one program would read this, another that
                raise cell_values.damaged(text)
            return self._inline
        if not text:
            if "f" in self._parts and not (kind == "str" and text is not None):
                raise cell_values.NOT_COMPUTED
            return None
        if kind == "n":
            return cell_values.number(text.strip(), look.form, self.styled.epoch)
        if kind == "s":
            return self._shared(text.strip())
        if kind == "str":
            return SharedText(decoded(text))
        return cell_values.of_kind(kind, text.strip())

    def _shared(self, text: str) -> SharedText:
        place = _count(text)
        if place is None or place >= len(self.styled.texts):
            raise cell_values.damaged(text)
        return self.styled.texts[place]

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        row, column = place_of(first)
        last_row, last_column = place_of(last or first)
        if last_row < row or last_column < column:
            raise PartError(BROKEN)
        if (row, column) != (last_row, last_column):
            self._merged.append(Merged(row, column, last_row, last_column))
        if len(self._merged) > WORKBOOK_MERGED:
            raise PartError(_TOO_MANY_MERGED, SMALLER)


def _unseen(attributes: Attributes, size: str) -> bool:
    """Tell whether a row or column is hidden, or so small that nothing of it shows."""
    told = attributes.get(size, "")
    return is_true(attributes.get("hidden")) or (told != "" and not told.strip("0."))


_LONG = 9
"""Digits of a number that is too great for anything to have it."""
_TWICE = Text("同じセルが2回あります。", "One of its cells stands twice.")


def _count(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _LONG else None


def _row(text: str) -> int:
    return whole(text.removesuffix(".0"))
