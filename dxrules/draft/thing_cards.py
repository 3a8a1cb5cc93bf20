"""Lines that tell of one thing each, below the line or the heading that names it.

歳入:介護保険料 / 方針:導入(改修中) / 時期:令和8年9月
"""

from __future__ import annotations

from collections.abc import Iterator

from dxrules.document.normal import squeezed
from dxrules.draft.outline import Sentence, bare
from dxrules.draft.state_tables import StateRow, StateTables, Thing

_LONGEST_LABEL = 10


class ThingCards:
    """Gathers the lines of a card, and tells what they say once it ends."""

    def __init__(self, tables: StateTables) -> None:
        self.tables = tables
        self.named: list[Thing] = []
        self.line: Sentence | None = None
        self.cells: list[tuple[str, str]] = []

    def take(self, line: Sentence) -> Iterator[tuple[Sentence, StateRow]]:
        """Take a line; yield what the card before it says, if it begins another or none."""
        label, rest = ("", "")
        if not line.said.endswith("。"):
            label, rest = self.tables.parts_of(line.said, line.text)
        things = self.tables.named_in(bare(line.said)) if line.is_heading else []
        if label and not line.is_heading and len(label) <= _LONGEST_LABEL and not self._told(label):
            things = self.tables.named_in(rest)
        if line.is_heading or things or not label or line.block.kind == "table":
            yield from self.end()
        if len({each.thing for each in things}) == 1:
            self.named, self.line = [Thing(things[0].thing, things[0].name)], line
        elif self.line is not None and label:
            self.cells.append((label, squeezed(rest)))

    def _told(self, label: str) -> bool:
        """Tell whether a label says where what it names stands."""
        return bool(self.tables.state_told(label) or self.tables.days_of([("", label)]))

    def end(self) -> Iterator[tuple[Sentence, StateRow]]:
        """Yield what the card says that is open."""
        if self.line is not None and self.cells:
            aside = self.tables.reading.ends("aside-heads")
            cells = [each for each in self.cells if not each[0].startswith(aside)]
            for row in self.tables.told(self.named, cells):
                yield self.line, row
        self.named, self.line, self.cells = [], None, []
