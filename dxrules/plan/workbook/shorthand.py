"""Signs that people fill cells in with: － where there is nothing to say, 〃 for what stands above.

A dash would else be taken for a title or for who is in charge. Where it could be an answer, as in
a status, it is left to be asked about. In 「」 a sign is the text itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from dxrules.dates.partial import UNDECIDED
from dxrules.plan.blank_marks import is_mark, says_nothing
from dxrules.plan.workbook.cells import quoted
from dxrules.texts import Text, unspaced

if TYPE_CHECKING:
    from dxrules.plan.workbook.cells import CellValue, SheetCells, SheetRow
    from dxrules.plan.workbook.layout import KeyColumn

_DITTO = frozenset({"〃", "同上", "上に同じ"})
_TO_THE_LETTER = frozenset({"answers", "document.passages", "waivers"})
"""Sheets whose texts are answers, quotations and reasons, whatever they say."""
_NAMES = frozenset({"id", "@key"})
_LISTED = 8
_EMPTY = Text("空欄として読みました。", "It is read as an empty cell.")
_SAID = Text("「{said}」は、", '"{said}": ')
_ALSO = Text("同じように読んだものが、ほかに {cells} にあります。", "The same in {cells}.")
_ALSO_MORE = Text(
    "同じように読んだものが、{cells} など、ほかに{count}か所あります。",
    "The same in {count} more cells: {cells} and others.",
)
_NOTHING_ABOVE = Text(
    "「{said}」とありますが、すぐ上のセルが空です。", '"{said}", but the cell above it is empty.'
)
_WRITE_IT = Text("値を書いてください。", "Write the value.")


class Shorthand:
    """Writes out the signs of one workbook, and tells which cells it took as empty."""

    def __init__(self, cells: SheetCells) -> None:
        self.cells = cells
        self._empty: list[CellValue] = []

    def meant(self, sheet: str, column: KeyColumn, value: CellValue) -> CellValue | None:
        """Return what a cell says; None where it only says that there is nothing to say."""
        if _is_empty(sheet, column, value.text):
            self._empty.append(value)
            return None
        if column.several or not is_free(column):
            return value
        return type(value)(to_the_letter(value.text), value.mark)

    def all_in_full(
        self, sheet: str, rows: Iterable[SheetRow], columns: Mapping[str, KeyColumn]
    ) -> Iterator[SheetRow]:
        """Yield the rows of a table as they are meant, without those that say nothing."""
        row: SheetRow = {}
        for each in rows:
            row = self._in_full(sheet, each, row, columns)
            if row:
                yield row

    def _in_full(
        self, sheet: str, row: SheetRow, above: SheetRow, columns: Mapping[str, KeyColumn]
    ) -> SheetRow:
        """Return a row by the row above it, as that was meant."""
        full: SheetRow = {}
        for name, value in row.items():
            if _is_ditto(value.text) and name not in _NAMES:
                self._as_above(full, name, value, above)
            elif (meant := self.meant(sheet, columns[name], value)) is not None:
                full[name] = meant
        return full

    def _as_above(self, full: SheetRow, name: str, value: CellValue, above: SheetRow) -> None:
        upper = above.get(name)
        if upper is not None and upper.text:
            full[name] = type(value)(upper.text, value.mark)
        else:
            message = _NOTHING_ABOVE.format(said=quoted(value.text))
            self.cells.complain(value.mark, message, _WRITE_IT)
            full[name] = type(value)("", value.mark)

    def tell(self) -> None:
        """Say once which cells were taken as empty."""
        if not self._empty:
            return
        first, *others = self._empty
        said = _SAID.format(said=quoted(first.text)) + _EMPTY
        if others:
            named = [each.mark.seen_from(first.mark.sheet) for each in others]
            text = _ALSO if len(others) <= _LISTED else _ALSO_MORE
            listed = text.format(cells=", ".join(named[:_LISTED]), count=len(named))
            said = said.then(listed)
        self.cells.tell(first.mark, said)


def is_free(column: KeyColumn) -> bool:
    """Tell whether anything may be written into a column, and nothing of it is reckoned with."""
    limited = column.list_name or column.names or column.parsed or column.figure or column.whole
    return not limited and column.name not in _NAMES


def as_cell(text: str) -> str:
    """Return a text as a cell holds it: in 「」 where it would be taken for a sign.

    >>> as_cell("未定"), as_cell("「〃」"), as_cell("総務課")
    ('「未定」', '「「〃」」', '総務課')
    """
    return f"「{text}」" if _is_sign(text) else text


def to_the_letter(text: str) -> str:
    """Return what a text in a cell is: of a sign in 「」, the sign."""
    quotation = text[:1] == "「" and text[-1:] == "」" and _is_sign(text)
    return text[1:-1] if quotation else text


def _is_sign(text: str) -> bool:
    """Tell whether a text is a sign, or one in 「」."""
    while text[:1] == "「" and text[-1:] == "」":
        text = text[1:-1]
    return _is_ditto(text) or says_nothing(text)


def _is_ditto(text: str) -> bool:
    return unspaced(text) in _DITTO


def _is_empty(sheet: str, column: KeyColumn, text: str) -> bool:
    if sheet in _TO_THE_LETTER or column.list_name or column.names or column.name in _NAMES:
        return False
    if is_free(column):
        return says_nothing(text)
    if column.parsed is not None:
        return says_nothing(text) and UNDECIDED not in text
    return is_mark(text) and (column.figure or column.key[-1] == "page")
