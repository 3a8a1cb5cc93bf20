"""What a cell's words mean, where a value has to be chosen; what is unclear is asked about once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.plan.workbook.asked_once import Asked
from dxrules.plan.workbook.cell_words import folded
from dxrules.plan.workbook.cells import quoted
from dxrules.plan.workbook.natural_words import asked
from dxrules.source import did_you_mean
from dxrules.source.document import dotted
from dxrules.texts import Text, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dxrules.plan.workbook.cells import Cells, Value
    from dxrules.plan.workbook.choice_lists import Offered
    from dxrules.plan.workbook.layout import Column
    from dxrules.source import Path

_NOT_ONE = Text("「{said}」は使えません。", '"{said}" is not one of the values.')
_TWO_WAYS = Text("「{said}」は二通りに読めます。", '"{said}" can mean two things.')
_FEW = 3
_CHOOSE = Text("一覧から選んでください。", "Choose from the list.")


class Choices:
    """Chooses among the values of a workbook's lists; another text is a fault.

    The same text in several cells of a column is one fault, which names them all.
    """

    def __init__(self, cells: Cells, offered: Offered) -> None:
        self.asked = Asked(cells)
        self.offered = offered

    def chosen(self, column: Column, value: Value, text: str, path: Path = ()) -> str | None:
        """Return the value that is meant by its words or its id; None of another, a fault."""
        meant = self.offered.meant(column, text)
        if meant is not None:
            return meant
        question = asked(column, text)
        message = _NOT_ONE if question is None else _TWO_WAYS
        words = (*self.offered.words(column), *self.offered.aliases.get(column.list_name, {}))
        hint = question or _within(text, words) or did_you_mean(text, words) or _CHOOSE
        about = (column.label, folded(text))
        self.asked.ask(about, value.mark, message.format(said=quoted(text)), hint, key=dotted(path))
        return None


def _within(text: str, words: Iterable[str]) -> Text | None:
    """Name the words that hold a text; None if there are none, or too many."""
    said = folded(text)
    found = [shorten(word) for word in words if said in folded(word)]
    if not 0 < len(found) <= _FEW:
        return None
    return Text(f"もしかして: {'、'.join(found)}", f"Did you mean {' or '.join(found)}?")
