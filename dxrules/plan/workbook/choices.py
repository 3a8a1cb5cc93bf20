"""What a cell's words mean, where a value has to be chosen; what is unclear is asked about once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from dxrules.frozen import frozen
from dxrules.plan.workbook.cell_words import folded
from dxrules.plan.workbook.cells import quoted
from dxrules.plan.workbook.natural_words import asked, natural
from dxrules.source import Path, did_you_mean
from dxrules.source.placed_data import dotted
from dxrules.source.sheets import SheetCell, SheetPage
from dxrules.texts import LANGS, Text, shorten

if TYPE_CHECKING:
    from dxrules.plan.workbook.cells import CellValue, Mark, SheetCells
    from dxrules.plan.workbook.layout import KeyColumn

_SHORTEST = 3
"""Characters by which an entry of a list can be known."""


@frozen
class Offered:
    """The lists of a workbook: by name, the words for each id.

    On the sheet a list takes two columns: under its name the words, beside them the ids. What
    stands there again for an id means it, too, and is not offered: `aliases`.
    """

    lists: Mapping[str, Mapping[str, str]]
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, page: SheetPage) -> Offered:
        """Return what stands on the sheet; words and ids belong together row by row."""
        lists: dict[str, dict[str, str]] = {}
        aliases: dict[str, dict[str, str]] = {}
        names = page.cells.get(1, {})
        for place in names:
            if place % 2 and (name := _said(names[place])):
                listed, also = lists.setdefault(name, {}), aliases.setdefault(name, {})
                for line, row in sorted(page.cells.items()):
                    if line > 1 and place in row and place + 1 in row:
                        word, id_ = _said(row[place]), _said(row[place + 1])
                        if listed.setdefault(id_, word) != word:
                            also[word] = id_
        return cls(lists, aliases)

    def meant(self, column: KeyColumn, text: str) -> str | None:
        """Return the id that a text means, or itself where the plan's models know; else None."""
        listed = self.lists.get(column.list_name, {})
        if not column.list_name or text in listed or text in column.choices:
            return text
        said = folded(text)
        words = [*listed.items(), *((each, each) for each in (*listed, *column.choices))]
        also = self.aliases.get(column.list_name, {})
        words += [(id_, word) for word, id_ in also.items()]
        words += [
            (each, label.in_(lang)) for each, label in column.choices.items() for lang in LANGS
        ]
        found = {id_ for id_, word in words if folded(word) == said}
        if len(found) == 1:
            return found.pop()
        sure = natural(column, text) or self._beginning(column, said)
        if sure is not None:
            return sure
        unlisted = column.reference and (text.isascii() or not listed)
        return text if unlisted else None

    def _beginning(self, column: KeyColumn, said: str) -> str | None:
        """Return the one entry of a reference list whose words begin so; None without one."""
        if not column.reference or len(said) < _SHORTEST:
            return None
        listed = self.lists.get(column.list_name, {})
        found = {id_ for id_, word in listed.items() if folded(word).startswith(said)}
        if not found:
            also = self.aliases.get(column.list_name, {})
            found = {id_ for word, id_ in also.items() if folded(word).startswith(said)}
        return found.pop() if len(found) == 1 else None

    def lists_entry(self, column: KeyColumn, id_: str) -> bool:
        """Tell whether an id stands in the list of a column."""
        return id_ in self.lists.get(column.list_name, {})

    def words(self, column: KeyColumn) -> list[str]:
        """Return what may be chosen, in the words of the workbook."""
        listed = self.lists.get(column.list_name)
        return list(column.choices) if listed is None else list(listed.values())

    def shown(self, column: KeyColumn, value: str) -> str:
        """Return a value in the words of the workbook."""
        return self.lists.get(column.list_name, {}).get(value, value)


def _said(cell: SheetCell) -> str:
    return "" if cell.fault else str(cell.value)


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


class CellQuestions:
    """Collects questions; `put` makes a fault of each, at its first cell."""

    def __init__(self, cells: SheetCells) -> None:
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
            others = dict.fromkeys(mark.seen_from(each.mark.sheet) for mark in each.others)
            others.pop(each.mark.seen_from(each.mark.sheet), None)
            message = each.message
            if others:
                said = _ALSO if len(others) <= _MOST else _ALSO_MORE
                named = ", ".join([*others][:_MOST])
                message += Text("", " ") + said.format(cells=named, count=len(others))
            self.cells.complain(each.mark, message, each.hint, key=each.key)


_NOT_ONE = Text("「{said}」は使えません。", '"{said}" is not one of the values.')
_TWO_WAYS = Text("「{said}」は二通りに読めます。", '"{said}" can mean two things.')
_FEW = 3
_CHOOSE = Text("一覧から選んでください。", "Choose from the list.")


class Choices:
    """Chooses among the values of a workbook's lists; another text is a fault.

    The same text in several cells of a column is one fault, which names them all.
    """

    def __init__(self, cells: SheetCells, offered: Offered) -> None:
        self.asked = CellQuestions(cells)
        self.offered = offered

    def chosen(self, column: KeyColumn, value: CellValue, text: str, path: Path = ()) -> str | None:
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
