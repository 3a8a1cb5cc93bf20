"""Bars of a schedule: coloured cells, and cells in which nothing stands but arrows and lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from dxrules.document.original import Bar, BarSource, Cell

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
    Of a sheet only cells are known in which something stands, or that have a colour.
    """
    tall = max((cell.row + cell.rows for cell in cells), default=0)
    wide = max((cell.column + cell.columns for cell in cells), default=0)
    looks: set[Cell] = set()
    for row in range(tall):
        own = [cell for cell in cells if cell.row <= row < cell.row + cell.rows]
        if _is_coloured(own) and sum(cell.columns for cell in own) >= wide:
            looks.update(own)
    for column in range(wide):
        own = [cell for cell in cells if cell.column <= column < cell.column + cell.columns]
        told = sum(bool(cell.text.strip()) for cell in own)
        is_whole = sum(cell.rows for cell in own) >= tall and told * 2 > len(own)
        if _is_coloured(own) and is_whole:
            looks.update(own)
    return looks


def _is_coloured(cells: list[Cell]) -> bool:
    return len(cells) > 1 and all(cell.fill not in _WHITE for cell in cells)


def _runs(row: int, cells: list[Cell], by: BarSource) -> list[Bar]:
    """Return a bar for each run of cells that stand side by side."""
    bars: list[Bar] = []
    for cell in sorted(cells, key=lambda cell: cell.column):
        last = cell.column + cell.columns - 1
        if bars and bars[-1].last == cell.column - 1:
            bars[-1] = Bar(row, bars[-1].first, last, by)
        else:
            bars.append(Bar(row, cell.column, last, by))
    return bars
