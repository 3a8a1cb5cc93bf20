"""A file as plain data, with the place of every key and value."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from dxrules.errors import Place, Problem
from dxrules.frozen import frozen
from dxrules.texts import Text, shorten

Path = tuple[str | int, ...]


@frozen
class Document:
    """A file as plain data; `values` and `keys` hold the mark of where each path stands.

    `guessed` are the mappings of which some key could not be read, so that what they lack is not
    known, and values that could not be read.
    `raw` are the bytes of a file that is no text: a workbook; `sheets` are its sheets in order.
    `remarks` say what else stands in a workbook and is not read, which is no fault.
    `strays` are entries that belong to nothing known, by a path of their kind: they are faults,
    and so is what is wrong with them.
    """

    file: str
    data: Any = None
    values: dict[Path, Any] = field(default_factory=dict)
    keys: dict[Path, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    text: str = ""
    guessed: frozenset[Path] = frozenset()
    raw: bytes | None = None
    sheets: tuple[str, ...] = ()
    strays: tuple[tuple[Path, Document], ...] = ()
    remarks: tuple[Text, ...] = ()

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Return where a path stands, or the nearest mapping or list around it."""
        table = self.keys if key and path in self.keys else self.values
        while path and path not in table:
            path, table = path[:-1], self.values
        mark = table.get(path)
        return Place(self.file, *at(mark), getattr(mark, "sheet", ""))

    def place_of_nothing(self, path: Path) -> Place:
        """Return where a thing would stand that is not there: the key of what is around it."""
        while path and path not in self.values:
            path = path[:-1]
        mark = self.keys.get(path) or self.values.get(path)
        return Place(self.file, *at(mark), getattr(mark, "sheet", ""), nothing=True)

    def order(self, place: Place) -> tuple[int, Place]:
        """Return what puts places in order: sheet by sheet, and line by line."""
        return (self.sheets.index(place.sheet) if place.sheet in self.sheets else -1), place

    @property
    def content(self) -> bytes:
        """The bytes that were read."""
        return self.text.encode() if self.raw is None else self.raw


def value_at(data: Any, path: Path) -> Any:
    """Return what stands at a path of plain data; None if nothing does."""
    for part in path:
        if isinstance(part, int):
            data = data[part] if isinstance(data, list) and part < len(data) else None
        else:
            data = data.get(part) if isinstance(data, dict) else None
    return data


def at(mark: Any) -> tuple[int, int]:
    """Return line and column, which YAML counts from 0, of a mark; without one, the start."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def dotted(path: Path) -> str:
    """Write a path as people do: `measures[3].due`."""
    shown = ""
    for part in path:
        step = f"[{part}]" if isinstance(part, int) else shorten(part)
        shown += f".{step}" if shown and isinstance(part, str) else step
    return shown
