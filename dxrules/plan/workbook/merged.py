"""Merged cells: where their value is sure, it holds for each of their rows; else it is refused."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from dxrules.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dxrules.source.sheets import Merged, Page

    Spot = tuple[int, int]
    """A row and a column, counted from 1."""


@frozen
class Spread:
    """What the merged ranges of a sheet mean for the cells that are read.

    `above` leads from a cell to the row in which its value stands; the cells of `unclear` cannot
    be read, as the ranges of `refused` hold them; `below` are those of them under its first row.
    """

    above: Mapping[Spot, int]
    unclear: Collection[Spot]
    below: Collection[Spot]
    refused: tuple[Merged, ...]


def spread(page: Page, heads: Mapping[int, str], first: int, spreading: Collection[str]) -> Spread:
    """Return what merged ranges mean below the heads of a sheet.

    A person sees a value in every row of a range that is one column wide, so it holds for each
    if the column is one of `spreading`. A range over several columns that are read, one that
    hides a value, and one of a column that names entries could be read in two ways.
    """
    lines = sorted(page.cells)
    above: dict[Spot, int] = {}
    unclear: set[Spot] = set()
    below: set[Spot] = set()
    taken: set[Spot] = set()
    refused = []
    for each in page.merged:
        columns = [place for place in heads if each.column <= place <= each.last_column]
        within = lines[bisect_left(lines, each.row) : bisect_right(lines, each.last_row)]
        spots = [(line, place) for line in within if line >= first for place in columns]
        if not taken.isdisjoint(spots):  # no spreadsheet writes ranges that overlap
            refused.append(each)
            break
        taken.update(spots)
        filled = _filled(page, each, within) if spots else []
        if not filled:
            continue
        under = [spot for spot in spots if spot[0] > each.row]
        sure = filled == [(each.row, each.column)] and columns == [each.column]
        if sure and each.row >= first and (not under or heads[each.column] in spreading):
            above.update(dict.fromkeys(under, each.row))
        else:
            refused.append(each)
            unclear.update(spots)
            below.update(under)
    return Spread(above, unclear, below, tuple(refused))


def _filled(page: Page, merged: Merged, lines: list[int]) -> list[Spot]:
    """Return the cells of a range that say anything; those but the first are hidden."""
    columns = range(merged.column, merged.last_column + 1)
    return [(line, place) for line in lines for place in page.cells[line] if place in columns]
