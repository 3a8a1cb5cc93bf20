"""The cells by which a table shows an indicator."""

from __future__ import annotations

from dxrules.frozen import frozen


@frozen
class Shown:
    """A cell of an indicator: `baseline` or `target`, the year that stands above it, its words."""

    kind: str
    year: str
    cell: str


@frozen
class Row:
    """An indicator of a table: its name, its unit if a cell or a head tells it, and its cells.

    `is_bare`: only years stand above the cells, and not what they are. `is_of_years`: so it is,
    but all of them are of the plan, as targets are.
    """

    name: str
    unit: str
    shown: tuple[Shown, ...]
    is_bare: bool = False
    is_past: bool = False
    is_of_years: bool = False
    is_picked: bool = False
    """Whether its baseline is a result before the plan, which others came after."""
    is_guess: bool = False
    """Whether nothing but the years of its figures tells that it is an indicator."""
