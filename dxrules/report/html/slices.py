"""A tall drawing in parts that each fit a printed page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 1350
"""What a page of A4 has room for, beneath a heading, in the units of the drawings."""


def slices(cuts: Iterable[int], height: int, most: int = MOST) -> tuple[tuple[int, int], ...]:
    """Return the top and the height of parts no higher than `most`, as few as may be.

    A drawing may be cut at `cuts` alone; where these lie farther apart, a part is higher.

    >>> slices([40, 80, 120, 160], 200, most=100)
    ((0, 80), (80, 80), (160, 40))
    """
    found, top, last = [], 0, 0
    for cut in (*sorted(cuts), height):
        if cut - top > most and last > top:
            found.append((top, last - top))
            top = last
        last = cut
    return (*found, (top, height - top))
