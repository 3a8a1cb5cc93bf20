"""Plain data that grows key by key, and remembers which cell each part came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dxrules.plan.workbook.cells import Mark
from dxrules.source import Document, Path
from dxrules.source.placed_data import value_at

if TYPE_CHECKING:
    from dxrules.plan.workbook.cells import SheetRow
    from dxrules.plan.workbook.layout import KeyColumn


class Tree:
    """Mappings and lists; `values` holds the cell of every path.

    `guessed` are the mappings and values of which it is not known what they lack.
    """

    def __init__(self, first: Mark) -> None:
        self.data: dict[str, Any] = {}
        self.values: dict[Path, Any] = {(): first}
        self.guessed: set[Path] = set()

    def document(self, name: str) -> Document:
        """Return the data and its cells as a document of its own."""
        return Document(name, self.data, self.values, self.values, guessed=frozenset(self.guessed))

    def put(self, path: Path, value: Any, mark: Mark) -> None:
        """Put a value at a path of keys and places; mappings on the way are made."""
        inside: Any = self.data
        for length, part in enumerate(path[:-1], 1):
            if isinstance(inside, dict) and part not in inside:
                inside[part] = {}
                self.values.setdefault(path[:length], mark)
            inside = inside[part]
        inside[path[-1]] = value
        self.values[path] = mark

    def append(self, path: Path, mark: Mark) -> Path:
        """Add an empty entry to the list at a path, which is made; return the entry's path."""
        entries = self.at(path)
        if not isinstance(entries, list):
            entries = []
            self.put(path, entries, mark)
        entries.append({})
        entry = (*path, len(entries) - 1)
        self.values[entry] = mark
        return entry

    def miss(self, path: Path, mark: Mark) -> None:
        """Remember the cell of a value that is missing, for whoever complains of it."""
        for length in range(1, len(path) + 1):
            self.values.setdefault(path[:length], mark)

    def miss_in_row(
        self, path: Path, row: SheetRow, needed: Mapping[str, KeyColumn], places: Mapping[str, int]
    ) -> None:
        """Remember where what is needed of a row stands; of a missing column nobody knows."""
        first = next(iter(row.values())).mark
        for name, column in needed.items():
            inner = (*path, *column.key)
            if name in places:
                self.miss(inner, Mark(first.line, places[name] - 1, first.sheet))
            else:
                self.guessed.add(inner)

    def at(self, path: Path) -> Any:
        """Return what stands at a path; None if there is nothing."""
        return value_at(self.data, path)
