"""What is said of a workbook that cannot be read to its end."""

from __future__ import annotations

from dxrules.errors import UsageError
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
