"""Questions about cells: the same question is put once, and names all of its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.frozen import frozen
from dxrules.source.sheets.sheet import letters
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Hashable

    from dxrules.plan.workbook.cells import Cells, Mark

_MOST = 8
_ALSO = Text("同じものが {cells} にもあります。", "The same stands in {cells}.")
_ALSO_MORE = Text(
    "同じものが {cells} など、ほかに{count}か所あります。",
    "The same stands in {count} more cells: {cells} and others.",
)


@frozen
class _Question:
    mark: Mark
    message: Text
    hint: Text
    key: str
    others: list[Mark]


class Asked:
    """Collects questions; `put` makes a fault of each, at its first cell."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self._questions: dict[Hashable, _Question] = {}

    def ask(self, about: Hashable, mark: Mark, message: Text, hint: Text, *, key: str = "") -> None:
        """Ask about a cell; what was asked about already is asked with it."""
        if about in self._questions:
            self._questions[about].others.append(mark)
        else:
            self._questions[about] = _Question(mark, message, hint, key, [])

    def put(self) -> None:
        """Put all questions."""
        for each in self._questions.values():
            others = dict.fromkeys(_cell(mark, each.mark.sheet) for mark in each.others)
            others.pop(_cell(each.mark, each.mark.sheet), None)
            message = each.message
            if others:
                said = _ALSO if len(others) <= _MOST else _ALSO_MORE
                named = ", ".join([*others][:_MOST])
                message += Text("", " ") + said.format(cells=named, count=len(others))
            self.cells.complain(each.mark, message, each.hint, key=each.key)


def _cell(mark: Mark, sheet: str) -> str:
    """Return the name of a cell, with its sheet where that is another."""
    name = f"{letters(mark.column + 1)}{mark.line + 1}"
    return name if mark.sheet == sheet else f"{mark.sheet}!{name}"
