"""What is said of a workbook that cannot be read to its end, and how much of one is read.

That holds whatever its parts declare.
"""

from __future__ import annotations

from dxrules.errors import UsageError
from dxrules.source.bounds import WORKBOOK_CELLS, WORKBOOK_ELEMENTS, WORKBOOK_SIGNS
from dxrules.texts import Text, visible

SAVE_AGAIN = Text(
    "Excelで開いて保存し直すか、控えから戻してください。",
    "Open it in Excel and save it again, or go back to a copy.",
)
"""The way out of damage."""


SMALLER = Text(
    "Excelで開き、写真や使わないシート・行・列を除いて保存し直してください。",
    "Open it in Excel, take out pictures and sheets, rows and columns that are not needed, "
    "and save it again.",
)
"""The way out of a workbook that is too large."""


class BookError(UsageError):
    """A workbook is damaged or too large; its name is not in the text.

    `sheet` is the sheet that could not be read, and `row` where it broke off; else empty and 0.
    """

    def __init__(
        self, text: Text, hint: Text | None = SAVE_AGAIN, sheet: str = "", row: int = 0
    ) -> None:
        super().__init__(text)
        self.hint = hint
        self.sheet = sheet
        self.row = row


class PartError(Exception):
    """A part of a workbook is damaged or too large; the text does not name the part."""

    def __init__(self, text: Text, hint: Text = SAVE_AGAIN) -> None:
        super().__init__(text.en)
        self.text = text
        self.hint = hint


def damaged_part(name: str) -> BookError:
    """Return the error of a damaged part that is no sheet."""
    return BookError(
        Text("中の {name} が壊れています。", "{name} in it is damaged.").format(name=visible(name))
    )


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
