"""Bars of a schedule: coloured cells, and cells in which nothing stands but arrows and lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dxrules.document.model import Bar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dxrules.document.model import BarSource, Cell

_SIGNS: Final = re.compile("[→⇒➡➔➜⟶⇨►▶▷>＞←↔⇔━─―—–ー～〜~=＝＞●○◎◯■□◆★☆・\\-\\s]+")
_ARROW: Final = re.compile("[→⇒➡➔➜⟶⇨►▶▷>＞←↔⇔━─―—–～〜●○◎◯■□◆★☆]")
_WHITE: Final = frozenset({"", "FFFFFF"})


def bars_of(cells: Iterable[Cell], drawn: Iterable[Bar] = ()) -> tuple[Bar, ...]:
    """Return the bars of a table by row: what its cells show, and what was drawn over them.

    A colour that a whole row or a whole column has is its look, and no bar.
    """
    found = list(cells)
    bars = [*drawn]
    plain = _looks(found)
    rows: dict[int, list[Cell]] = {}
    for cell in found:
        rows.setdefault(cell.row, []).append(cell)
    for row, own in sorted(rows.items()):
        bars += _runs(row, [cell for cell in own if _is_sign(cell.text)], "sign")
        bars += _runs(row, [c for c in own if c.fill not in _WHITE and c not in plain], "fill")
    return tuple(dict.fromkeys(sorted(bars, key=lambda bar: (bar.row, bar.first, bar.by))))


def _is_sign(text: str) -> bool:
    """Tell whether nothing stands in a cell but arrows, lines and dots."""
    return _SIGNS.fullmatch(text) is not None and _ARROW.search(text) is not None


def _looks(cells: list[Cell]) -> set[Cell]:
    """Return the coloured cells whose colour is the look of a whole row or column of the table.

    A column that holds next to no words is the first year of a schedule rather than such a look.
    """
    rows, columns = {cell.row for cell in cells}, {cell.column for cell in cells}
    looks: set[Cell] = set()
    for lines, line_of in ((rows, _row), (columns, _column)):
        for line in lines:
            own = [cell for cell in cells if line_of(cell) == line]
            told = sum(bool(cell.text.strip()) for cell in own)
            is_year = line_of is _column and told * 2 <= len(own)
            if len(own) > 1 and not is_year and all(cell.fill not in _WHITE for cell in own):
                looks.update(own)
    return looks


def _row(cell: Cell) -> int:
    return cell.row


def _column(cell: Cell) -> int:
    return cell.column


def _runs(row: int, cells: list[Cell], by: BarSource) -> list[Bar]:
    """Return a bar for each run of cells that stand side by side."""
    bars: list[Bar] = []
    for cell in sorted(cells, key=_column):
        last = cell.column + cell.columns - 1
        if bars and bars[-1].last == cell.column - 1:
            bars[-1] = Bar(row, bars[-1].first, last, by)
        else:
            bars.append(Bar(row, cell.column, last, by))
    return bars
