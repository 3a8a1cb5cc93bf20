"""Cells that span rows and columns, put in their places as people see them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dxrules.document.bars import bars_of
from dxrules.document.faults import DocumentFault
from dxrules.document.original import Bar, Block, Cell, table_text
from dxrules.source.bounds import DOCUMENT_CELLS

_MOST_COLUMNS: Final = 500


class SpanGrid:
    """A table that is filled row by row; what is covered by a cell above is passed over."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self._taken: set[tuple[int, int]] = set()
        self._row = -1
        self._column = 0

    def next_row(self) -> None:
        """Begin a row."""
        self._row += 1
        self._column = 0

    def put(self, column: int, text: str, rows: int, columns: int, fill: str) -> None:
        """Put a cell in a place of the row, or in the next one that is free."""
        self._column = min(column, _MOST_COLUMNS)
        self.add(text, rows, columns, fill)

    def add(self, text: str, rows: int = 1, columns: int = 1, fill: str = "") -> None:
        """Put a cell in the next place of the row that is free."""
        while (self._row, self._column) in self._taken:
            self._column += 1
        rows, columns = max(1, min(rows, _MOST_ROWS)), max(1, min(columns, _MOST_COLUMNS))
        if len(self._taken) + rows * columns > DOCUMENT_CELLS:
            raise DocumentFault("signs")
        for row in range(self._row, self._row + rows):
            self._taken.update((row, self._column + n) for n in range(columns))
        self.cells.append(Cell(self._row, self._column, text, rows, columns, fill))
        self._column += columns

    def block(self, drawn: Iterable[Bar] = ()) -> Block | None:
        """Return the table; None if nothing stands in it and nothing is drawn."""
        return table_of(self.cells, drawn=drawn)


_MOST_ROWS: Final = 5_000


def table_of(
    cells: Iterable[Cell], page: int | None = None, drawn: Iterable[Bar] = (), name: str = ""
) -> Block | None:
    """Return a table of cells; None if nothing stands in it."""
    found = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    if not any(cell.text.strip() for cell in found):
        return None
    return Block(
        "table", table_text(found), page, cells=found, bars=bars_of(found, drawn), name=name
    )
