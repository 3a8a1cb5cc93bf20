"""What a cell's words mean, where a value has to be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.plan.workbook.cells import quoted
from dxrules.source import did_you_mean
from dxrules.source.document import dotted
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.plan.workbook.cells import Cells, Value
    from dxrules.plan.workbook.choice_lists import Offered
    from dxrules.plan.workbook.layout import Column
    from dxrules.source import Path

_NOT_ONE = Text("「{said}」は使えません。", '"{said}" is not one of the values.')
_CHOOSE = Text("一覧から選んでください。", "Choose from the list.")


class Choices:
    """Chooses among the values of a workbook's lists; another text is a fault."""

    def __init__(self, cells: Cells, offered: Offered) -> None:
        self.cells = cells
        self.offered = offered

    def chosen(self, column: Column, value: Value, text: str, path: Path = ()) -> str:
        """Return the value that is meant by its words or its id; another text is a fault."""
        meant = self.offered.meant(column, text)
        if meant is not None:
            return meant
        hint = did_you_mean(text, self.offered.words(column)) or _CHOOSE
        self.cells.complain(value.mark, _NOT_ONE.format(said=quoted(text)), hint, key=dotted(path))
        return text
