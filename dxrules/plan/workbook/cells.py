"""Cells as text, each with its place, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dxrules.errors import Place, Problem
from dxrules.frozen import frozen
from dxrules.plan.workbook.layout import FIRST_ROW, KEY_ROW
from dxrules.plan.workbook.shown import shown
from dxrules.source import Refusal, did_you_mean
from dxrules.source.build import FORBIDDEN
from dxrules.texts import Text, shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

MAX_ROWS, MAX_COLUMNS = 20_000, 60


@frozen
class Mark:
    """A cell; both count from 0, as YAML's marks do."""

    line: int
    column: int
    sheet: str


@frozen
class Value:
    """What a cell says, and where it is; no text where it could not be read."""

    text: str
    mark: Mark


Row = dict[str, Value]
"""What the cells of a row say, by the keys of their columns; none of an empty cell."""


class Cells:
    """Reads the sheets of a workbook that messages call `name`, and collects its faults."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []

    def complain(
        self, mark: Mark, message: Text, hint: Text | None = None, *, key: str = ""
    ) -> None:
        """Note what is wrong with a cell, and with which key of the plan if it has one."""
        place = Place(self.name, mark.line + 1, mark.column + 1, mark.sheet)
        self.problems.append(Problem(place, key, message, hint))

    def says_nothing(self, page: Any) -> bool:
        """Tell whether a sheet is empty."""
        return all(
            cell.value is None
            for row in page.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS)
            for cell in row
        )

    def heads(self, page: Any, known: Collection[str]) -> list[str]:
        """Return the keys above a table; an unknown one is a fault."""
        found = page.iter_rows(min_row=KEY_ROW, max_row=KEY_ROW, max_col=MAX_COLUMNS)
        heads = []
        for place, cell in enumerate(next(iter(found), ())):
            text = "" if cell.value is None else str(cell.value).strip()
            heads.append(text)
            if text and text not in known:
                message = Text(
                    f"「{shorten(text)}」という列は読まれません。",
                    f'No column is called "{shorten(text)}".',
                )
                mark = Mark(KEY_ROW - 1, place, page.title)
                self.complain(mark, message, did_you_mean(text, known))
                heads[-1] = ""
        return heads

    def rows(self, page: Any, heads: Sequence[str]) -> Iterator[Row]:
        """Yield the rows below the heads that say anything; a column without a key is passed."""
        for line, cells in enumerate(
            page.iter_rows(min_row=FIRST_ROW, max_row=MAX_ROWS, max_col=max(len(heads), 1)),
            FIRST_ROW - 1,
        ):
            row: Row = {}
            for place, (head, cell) in enumerate(zip(heads, cells, strict=False)):
                mark = Mark(line, place, page.title)
                text = self._text(cell, mark) if head else ""
                if text or text is None:
                    row[head] = Value(text or "", mark)
            if row:
                yield row

    def _text(self, cell: Any, mark: Mark) -> str | None:
        """Return what a cell says; None, which is complained of, if it cannot be read."""
        if cell.value is None:
            return ""
        if getattr(cell, "data_type", "") in {"f", "e"}:
            self.complain(
                mark,
                Text("数式やエラー値は読めません。", "Formulas and error values are not read."),
                Text("値を文字で書いてください。", "Write the value as text."),
            )
            return None
        try:
            text = shown(cell)
        except Refusal as refusal:
            self.complain(mark, refusal.text, refusal.hint)
            return None
        if FORBIDDEN.search(text):
            self.complain(
                mark,
                Text("使えない制御文字があります。", "Holds a control character."),
                Text("書き直してください。", "Write it again."),
            )
            return None
        return text
