"""How much of a workbook is read in all, whatever its parts declare."""

from __future__ import annotations

from dxrules.source.bounds import WORKBOOK_CELLS, WORKBOOK_ELEMENTS, WORKBOOK_SIGNS
from dxrules.source.sheets.fault import SMALLER, PartError
from dxrules.texts import Text

_TOO_MANY_CELLS = Text(
    f"記入のあるセルが{WORKBOOK_CELLS:,}個を超えています。",
    f"It has more than {WORKBOOK_CELLS:,} filled cells.",
)
_TOO_MUCH_TEXT = Text(
    f"セルの文字が全部で{WORKBOOK_SIGNS:,}字を超えています。",
    f"Its cells have more than {WORKBOOK_SIGNS:,} characters in all.",
)
_TOO_MANY_ELEMENTS = Text("空のセルや書式が多すぎます。", "It has too many empty cells or formats.")


class Room:
    """What is left of the bounds while a workbook is read; what goes beyond is a PartError."""

    def __init__(self) -> None:
        self._cells = WORKBOOK_CELLS
        self._signs = WORKBOOK_SIGNS
        self._elements = WORKBOOK_ELEMENTS

    def cell(self, said: object) -> None:
        """Count a filled cell."""
        self._cells -= 1
        self.text(said)
        if self._cells < 0:
            raise PartError(_TOO_MANY_CELLS, SMALLER)

    def text(self, said: object) -> None:
        """Count a text that is kept."""
        if isinstance(said, str):
            self._signs -= len(said)
        if self._signs < 0:
            raise PartError(_TOO_MUCH_TEXT, SMALLER)

    def element(self) -> None:
        """Count an element of a part."""
        self._elements -= 1
        if self._elements < 0:
            raise PartError(_TOO_MANY_ELEMENTS, SMALLER)
