"""How the pages of a plan's workbook look; every cell of them is text, whatever is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.styles import Alignment

from dxrules.source.workbook import Look, Styles, height
from dxrules.texts import Lang, Text

_SIZE, _TEXT = 10, "@"
_GREY = "FF57606A"
PLAIN = Look(size=_SIZE, number_format=_TEXT)
SMALL = Look(size=8, colour=_GREY, number_format=_TEXT)
LINK = Look(size=_SIZE, link=True, number_format=_TEXT)
ENTRY = Look(size=_SIZE, boxed=True, number_format=_TEXT)
FIGURE = Look(size=_SIZE, boxed=True)
GIVEN = Look("FFE8EDF3", size=_SIZE, boxed=True, number_format=_TEXT)
CHOICE = Look("FFFFFDF2", size=_SIZE, boxed=True, number_format=_TEXT)
COUNTED = Look(size=_SIZE)
TITLE = Look(bold=True, size=13, wrap=False, number_format=_TEXT)
HEAD = Look("FFE8EDF3", bold=True, size=_SIZE, number_format=_TEXT)
TO_FILL = Look("FFFFFDF2", size=_SIZE, number_format=_TEXT)
REQUIRED = Look("FFFFEFC2", size=_SIZE, number_format=_TEXT)
REQUIRED_HEAD = Look("FFFFEFC2", bold=True, size=_SIZE, number_format=_TEXT)


class Ink:
    """Writes cells in one language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self._styles = Styles(lang)

    def write(self, page: Any, row: int, place: int, said: Text | str, look: Look) -> Any:
        """Write a cell, and return it; an empty text leaves it empty."""
        cell = page.cell(row, place)
        self._styles.write(cell, said if isinstance(said, str) else said.in_(self.lang), look)
        return cell

    def number(self, page: Any, row: int, place: int, value: int) -> None:
        """Write a number."""
        self._styles.write(page.cell(row, place), value, COUNTED)

    def formula(self, page: Any, row: int, place: int, formula: str) -> None:
        """Write a formula of our own, which the spreadsheet computes."""
        cell = page.cell(row, place)
        self._styles.write(cell, None, COUNTED)
        cell.value = f"={formula}"

    def column(self, page: Any, letter: str, look: Look) -> None:
        """Let the cells of a column that are still empty look so once they are filled."""
        column = page.column_dimensions[letter]
        column.alignment = Alignment(wrap_text=look.wrap, vertical="top")
        column.number_format = look.number_format

    def fit(self, page: Any, row: int, said: Sequence[str], widths: Sequence[float]) -> None:
        """Make a row as high as its fullest cell needs."""
        page.row_dimensions[row].height = height(
            (text, room, PLAIN) for text, room in zip(said, widths, strict=True)
        )
