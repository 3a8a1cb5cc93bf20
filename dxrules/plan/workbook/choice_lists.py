"""The sheet of what may be chosen: each list in words, with the ids that are meant.

It travels in the workbook, so that what was chosen is understood whatever the lists are by then.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from dxrules.frozen import frozen
from dxrules.plan.workbook.cell_words import folded
from dxrules.plan.workbook.natural_words import natural
from dxrules.texts import LANGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dxrules.plan.workbook.layout import Column
    from dxrules.source.sheets import Cell, Page

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
    def read(cls, page: Page) -> Offered:
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

    def meant(self, column: Column, text: str) -> str | None:
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

    def _beginning(self, column: Column, said: str) -> str | None:
        """Return the one entry of a reference list whose words begin so; None without one."""
        if not column.reference or len(said) < _SHORTEST:
            return None
        listed = self.lists.get(column.list_name, {})
        found = {id_ for id_, word in listed.items() if folded(word).startswith(said)}
        if not found:
            also = self.aliases.get(column.list_name, {})
            found = {id_ for word, id_ in also.items() if folded(word).startswith(said)}
        return found.pop() if len(found) == 1 else None

    def lists_entry(self, column: Column, id_: str) -> bool:
        """Tell whether an id stands in the list of a column."""
        return id_ in self.lists.get(column.list_name, {})

    def words(self, column: Column) -> list[str]:
        """Return what may be chosen, in the words of the workbook."""
        listed = self.lists.get(column.list_name)
        return list(column.choices) if listed is None else list(listed.values())

    def shown(self, column: Column, value: str) -> str:
        """Return a value in the words of the workbook."""
        return self.lists.get(column.list_name, {}).get(value, value)


def _said(cell: Cell) -> str:
    return "" if cell.fault else str(cell.value)
