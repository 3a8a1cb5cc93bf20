"""Which row and column of the drawn graph each measure gets.

Time flows down: the fiscal years, in each of them what comes first above what waits for it. No
edge joins two nodes of one row.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dxrules.dates import fiscal_year_of
from dxrules.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dxrules.assessment.dependencies import Edge, Node

COLUMNS = 5
_SWEEPS = 4

_FIRST, _DATED, _LAST = 0, 1, 2
"""Without a date come those that something dated waits for, and after all others the rest."""


@frozen
class Spot:
    """The row and the column of a box."""

    row: int
    column: int


@frozen
class Layer:
    """Nodes that no edge joins: of one fiscal year, or without a date, and their first row."""

    time: tuple[int, int]
    nodes: tuple[str, ...]
    row: int

    @property
    def year(self) -> int | None:
        """The fiscal year; None without a date."""
        return self.time[1] if self.time[0] == _DATED else None

    @property
    def depth(self) -> int:
        """How many rows it takes."""
        return -(-len(self.nodes) // COLUMNS)


def layers(nodes: Sequence[Node], edges: Iterable[Edge]) -> list[Layer]:
    """Return the layers from the top."""
    before: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        before[edge.then].add(edge.first)
    times = _times(nodes, before)
    groups: dict[tuple[int, int], list[str]] = {}
    for key in sorted(times, key=times.__getitem__):
        groups.setdefault(times[key], []).append(key)
    found: list[Layer] = []
    for time, group in groups.items():
        for layer in _rounds(group, before):
            row = found[-1].row + found[-1].depth if found else 0
            found.append(Layer(time, tuple(layer), row))
    return found


def _times(nodes: Sequence[Node], before: Mapping[str, set[str]]) -> dict[str, tuple[int, int]]:
    years = {node.id: _year(node) for node in nodes}
    needed: set[str] = set()
    stack = [key for key, year in years.items() if year is not None]
    while stack:
        for key in before.get(stack.pop(), ()):
            if key not in needed:
                needed.add(key)
                stack.append(key)
    return {
        key: (_DATED, year) if year is not None else (_FIRST if key in needed else _LAST, 0)
        for key, year in years.items()
    }


def _year(node: Node) -> int | None:
    for when in (node.start, node.due):
        if when is not None and when.earliest is not None:
            return fiscal_year_of(when.earliest)
    return None


def _rounds(group: Sequence[str], before: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """Yield what waits for nothing in the group, then what waits for that alone, and so on.

    Where all wait for each other, the first of them opens the circle.
    """
    rest = list(group)
    while rest:
        left = set(rest)
        free = [key for key in rest if not before.get(key, set()) & left] or rest[:1]
        yield free
        rest = [key for key in rest if key not in free]


def spots(layered: Sequence[Layer], edges: Iterable[Edge]) -> dict[str, Spot]:
    """Place each layer near what it is joined with: Sugiyama's barycentres, some sweeps of them."""
    beside: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        beside[edge.first].append(edge.then)
        beside[edge.then].append(edge.first)
    found: dict[str, Spot] = {}
    for layer in layered:
        found |= _placed(layer, [n % COLUMNS for n in range(len(layer.nodes))])
    for sweep in range(_SWEEPS):
        for layer in layered if sweep % 2 == 0 else reversed(layered):
            wanted = [
                sum(found[other].column for other in beside[key]) / len(beside[key])
                for key in layer.nodes
            ]
            found |= _placed(layer, wanted)
    return found


def _placed(layer: Layer, wanted: Sequence[float]) -> dict[str, Spot]:
    """Give each node of a layer a place of its own, near the column that it would like."""
    pairs = sorted(zip(wanted, layer.nodes, strict=True), key=lambda pair: pair[0])
    if layer.depth > 1:
        return {
            key: Spot(layer.row + place % layer.depth, place // layer.depth)
            for place, (_, key) in enumerate(pairs)
        }
    found, free = {}, 0
    for place, (like, key) in enumerate(pairs):
        last = COLUMNS - (len(pairs) - place)
        column = min(max(round(like), free), last)
        found[key] = Spot(layer.row, column)
        free = column + 1
    return found
