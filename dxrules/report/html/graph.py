"""Where the measures of the dependency graph stand when it is drawn, and how its arrows run.

Time flows down: a band per fiscal year, in it what comes first above what waits for it. All boxes
stand in a few columns, so that a graph of any size is as wide as a page, and arrows run between
rows and columns, so that none crosses a box. Lengths are in units of the SVG's view box.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from dxrules.frozen import frozen
from dxrules.report.html.layers import COLUMNS, layers, spots
from dxrules.report.html.slices import slices

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dxrules.assessment.dependencies import DependencyGraph, Edge, Node
    from dxrules.report.html.layers import Layer, Spot

BOX_WIDTH, BOX_HEIGHT = 184, 58
WIDTH = 1160
_STEP = 224
_LEFT = (WIDTH - (COLUMNS - 1) * _STEP - BOX_WIDTH) // 2
_HEAD, _GAP, _STUB, _LANE = 24, 24, 8, 6
_GUTTER_LANES = 6


@frozen
class Box:
    """A node and its upper left corner; `late` where what it waits for surely ends too late."""

    node: Node
    x: int
    y: int
    late: bool


@frozen
class Arrow:
    """An edge and the corners of its line; `late` where the first ends after the other starts."""

    edge: Edge
    points: tuple[tuple[int, int], ...]
    late: bool


@frozen
class Band:
    """A fiscal year (None: no date) and where it begins."""

    year: int | None
    y: int


@frozen
class Drawing:
    """The graph, laid out; `parts` fit a page, `alone` counts measures that no edge touches."""

    height: int
    parts: tuple[tuple[int, int], ...]
    bands: tuple[Band, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    alone: int


@frozen
class _Route:
    """How an arrow runs before rows have heights: where it leaves and arrives, by which gutter.

    `gaps` are those between rows in which it turns, each named by the row above it.
    """

    edge: Edge
    down: bool
    start: int
    end: int
    gaps: tuple[int, ...]
    gutter: int | None = None

    @property
    def stops(self) -> tuple[int, ...]:
        """Where it turns down again, or up, in each of the gaps."""
        return (self.end,) if self.gutter is None else (self.gutter, self.end)

    @property
    def turns(self) -> list[tuple[int, int, int]]:
        """The gap, the left and the right end of each level stretch."""
        pairs = zip((self.start, *self.stops), self.stops, strict=False)
        return [(gap, min(ends), max(ends)) for gap, ends in zip(self.gaps, pairs, strict=True)]


def is_late(edge: Edge) -> bool:
    """Tell whether what comes first surely ends after the other starts."""
    return edge.overlap is not None and edge.overlap.lo is not None and edge.overlap.lo > 0


def draw_graph(graph: DependencyGraph) -> Drawing:
    """Lay out the nodes that have an edge to another; `alone` counts the others."""
    edges = [edge for edge in graph.edges if edge.first != edge.then]
    joined = {end for edge in edges for end in (edge.first, edge.then)}
    nodes = {node.id: node for node in graph.nodes if node.id in joined}
    layered = layers(list(nodes.values()), edges)
    placed = spots(layered, edges)
    routes = _with_gutters(_routes(edges, placed), placed)
    lanes, depths = _lanes(routes)
    bands = _first_rows(layered)
    rows = _heights(sum(layer.depth for layer in layered), depths, bands)
    late = {edge.then for edge in edges if is_late(edge)}
    height = rows[-1] + BOX_HEIGHT + _GAP if rows else 0
    return Drawing(
        height=height,
        # just above an arrow's head, or the line of a year
        parts=slices(
            [y - (_HEAD if row in bands else 0) - _STUB for row, y in enumerate(rows) if row],
            height,
        ),
        bands=tuple(Band(year, rows[row] - _HEAD) for row, year in bands.items()),
        boxes=tuple(
            Box(nodes[key], _left(spot), rows[spot.row], key in late)
            for key, spot in placed.items()
        ),
        arrows=tuple(
            Arrow(route.edge, _points(route, own, placed, rows), is_late(route.edge))
            for route, own in zip(routes, lanes, strict=True)
        ),
        alone=len(graph.nodes) - len(nodes),
    )


def _left(spot: Spot) -> int:
    return _LEFT + spot.column * _STEP


def _routes(edges: Sequence[Edge], placed: Mapping[str, Spot]) -> list[_Route]:
    """Return how each arrow runs, its ends shared out along the sides of the boxes."""
    sides: dict[tuple[str, bool], list[tuple[int, int]]] = defaultdict(list)
    for number, edge in enumerate(edges):
        down = placed[edge.then].row > placed[edge.first].row
        sides[edge.first, down].append((placed[edge.then].column, number))
        sides[edge.then, not down].append((placed[edge.first].column, number))
    ports: dict[tuple[str, int], int] = {}
    for (key, _), ends in sides.items():
        for place, (_, number) in enumerate(sorted(ends), 1):
            ports[key, number] = _left(placed[key]) + BOX_WIDTH * place // (len(ends) + 1)
    routes = []
    for number, edge in enumerate(edges):
        first, then = placed[edge.first].row, placed[edge.then].row
        down = then > first
        gaps = (first, then - 1) if down else (first - 1, then)
        start, end = ports[edge.first, number], ports[edge.then, number]
        once = gaps[0] == gaps[1]
        routes.append(_Route(edge, down, start, end, gaps[:1] if once else gaps))
    return routes


def _with_gutters(routes: Iterable[_Route], placed: Mapping[str, Spot]) -> list[_Route]:
    """Lead each arrow that passes a row through the gutter that is least out of its way."""
    used: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    found = []
    for route in routes:
        if len(route.gaps) == 1:
            found.append(route)
            continue
        gutter = min(
            range(COLUMNS + 1),
            key=lambda n: abs(_gutter(n) - route.start) + abs(_gutter(n) - route.end),
        )
        top, bottom = sorted((placed[route.edge.first].row, placed[route.edge.then].row))
        taken = {lane for low, high, lane in used[gutter] if low < bottom and top < high}
        free = next((n for n in range(_GUTTER_LANES) if n not in taken), len(used[gutter]))
        lane = free % _GUTTER_LANES
        used[gutter].append((top, bottom, lane))
        # the middle first, then to both sides of it
        aside = _LANE * ((lane + 1) // 2) * (1 if lane % 2 else -1)
        found.append(replace(route, gutter=_gutter(gutter) + aside))
    return found


def _gutter(number: int) -> int:
    return _LEFT + number * _STEP - (_STEP - BOX_WIDTH) // 2


def _lanes(routes: Sequence[_Route]) -> tuple[list[list[int]], dict[int, int]]:
    """Give level stretches that would meet in a gap lanes of their own; return how many it has."""
    taken: dict[int, list[list[tuple[int, int]]]] = defaultdict(list)
    lanes: list[list[int]] = []
    for route in routes:
        chosen = []
        for gap, low, high in route.turns:
            rows = taken[gap]
            lane = next(
                (n for n, row in enumerate(rows) if all(high < a or b < low for a, b in row)),
                len(rows),
            )
            rows[lane : lane + 1] = [[*(rows[lane] if lane < len(rows) else ()), (low, high)]]
            chosen.append(lane)
        lanes.append(chosen)
    return lanes, {gap: len(rows) for gap, rows in taken.items()}


def _first_rows(layered: Iterable[Layer]) -> dict[int, int | None]:
    """Return the row in which each time begins, with its fiscal year."""
    firsts: dict[tuple[int, int], Layer] = {}
    for layer in layered:
        firsts.setdefault(layer.time, layer)
    return {layer.row: layer.year for layer in firsts.values()}


def _heights(rows: int, depths: Mapping[int, int], firsts: Mapping[int, int | None]) -> list[int]:
    """Return where each row begins, with room for the arrows above it and for its year."""
    found: list[int] = []
    for row in range(rows):
        above = found[-1] + BOX_HEIGHT + _GAP + _LANE * depths.get(row - 1, 0) if found else 4
        found.append(above + (_HEAD if row in firsts else 0))
    return found


def _points(
    route: _Route, lanes: Sequence[int], placed: Mapping[str, Spot], rows: Sequence[int]
) -> tuple[tuple[int, int], ...]:
    first, then = placed[route.edge.first].row, placed[route.edge.then].row
    leaves = rows[first] + (BOX_HEIGHT if route.down else 0)
    arrives = rows[then] + (0 if route.down else BOX_HEIGHT)
    points = [(route.start, leaves)]
    for gap, lane, stop in zip(route.gaps, lanes, route.stops, strict=True):
        level = rows[gap] + BOX_HEIGHT + _STUB + _LANE * lane
        points += [(points[-1][0], level), (stop, level)]
    return (*points, (route.end, arrives))
