"""Tables of a page of a PDF, from the lines that are drawn; and the bars that lie over them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Final

from dxrules.document.original import Bar, Box, Cell
from dxrules.document.pdf_letters import Glyph
from dxrules.document.pdf_objects import FilledArea, Objects, RuledLine
from dxrules.frozen import frozen

_NEAR: Final = 2.5
"""Points by which lines may miss each other that are meant to meet."""
_SMALLEST: Final = 4.0
_COVERS: Final = 0.4
"""The share of a column's width over which a bar has to lie to be in it."""
_WHOLE: Final = 0.75
"""The share of a cell that its ground colour covers, or a bar that is drawn in it does not."""
_MOST_LINES: Final = 400


@frozen
class Drawn:
    """A table as it is drawn on a page: where its columns begin, its cells, its bars.

    `closed` is whether a line is drawn at its top: else its first row goes on from the page
    before.
    """

    box: Box
    columns: tuple[float, ...]
    cells: tuple[Cell, ...]
    bars: tuple[Bar, ...]
    closed: bool


def grids_on(page: Objects) -> list[RuledGrid]:
    """Return the lines on a page that make tables, from above."""
    grids = [grid for rules in _groups(page.rules) if (grid := RuledGrid(rules)).is_table()]
    return sorted(grids, key=lambda grid: (grid.box.top, grid.box.left))


def tables_on(
    page: Objects, grids: list[RuledGrid], number: int, text_of: Callable[[list[Glyph], float], str]
) -> tuple[list[Drawn], list[Glyph]]:
    """Return the tables of a page and the letters that stand in none of them."""
    glyphs = page.glyphs
    tables: list[Drawn] = []
    for grid in grids:
        inside: list[Glyph] = []
        outside: list[Glyph] = []
        for glyph in glyphs:
            middle = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
            (inside if grid.holds(*middle) else outside).append(glyph)
        if inside:
            glyphs = outside
            tables.append(grid.drawn(inside, page, number, text_of))
    return tables, glyphs


def _groups(rules: list[RuledLine]) -> list[list[RuledLine]]:
    """Return the lines that meet, group by group."""
    joined = _joined(rules)
    parents = list(range(len(joined)))

    def root(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    across = [n for n, rule in enumerate(joined) if rule.across]
    across.sort(key=lambda n: joined[n].at)
    heights = [joined[n].at for n in across]
    for place, down in enumerate(joined):
        if down.across:
            continue
        start = bisect_right(heights, down.first - _NEAR)
        for other in across[start:]:
            rule = joined[other]
            if rule.at > down.last + _NEAR:
                break
            if rule.first - _NEAR <= down.at <= rule.last + _NEAR:
                parents[root(other)] = root(place)
    groups: dict[int, list[RuledLine]] = {}
    for place, rule in enumerate(joined):
        groups.setdefault(root(place), []).append(rule)
    return [group for group in groups.values() if len(group) > 2]  # noqa: PLR2004  (no L or T)


def _joined(rules: list[RuledLine]) -> list[RuledLine]:
    """Return lines of which those that go on from each other are one."""
    found: list[RuledLine] = []
    for rule in sorted(rules, key=lambda each: (each.across, round(each.at), each.first)):
        last = found[-1] if found else None
        if (
            last is not None
            and last.across == rule.across
            and abs(last.at - rule.at) <= 1
            and last.first <= rule.first <= last.last + _NEAR
        ):
            found[-1] = type(rule)(rule.across, last.at, last.first, max(last.last, rule.last))
        else:
            found.append(rule)
    return found


class RuledGrid:
    """The lines of one table."""

    def __init__(self, rules: list[RuledLine]) -> None:
        self._down = [rule for rule in rules if not rule.across]
        across = [rule for rule in rules if rule.across]
        self._across = [rule for rule in across if self._is_border(rule, across)]
        ends = [end for rule in self._across for end in (rule.first, rule.last)]
        sides = [end for rule in self._down for end in (rule.first, rule.last)]
        self.xs = _steps([rule.at for rule in self._down] + _extremes(ends))
        self.ys = _steps([rule.at for rule in self._across] + _extremes(sides))
        self._sides = _by_step(self._down, self.xs)
        self._tops = _by_step(self._across, self.ys)
        self._spans = self._merged() if self.is_grid() else {}

    def is_grid(self) -> bool:
        """Tell whether there are rows and columns, and not without end."""
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        return 0 < rows <= _MOST_LINES and 0 < columns <= _MOST_LINES

    def is_table(self) -> bool:
        """Tell whether it is more than a frame, or lines under each other."""
        return len(self._spans) > 1 and len({column for _, column in self._spans}) > 1

    def _is_border(self, rule: RuledLine, across: list[RuledLine]) -> bool:
        """Tell whether a line ends at lines that go down, or with others: an arrow does not."""
        return all(
            any(
                abs(down.at - end) <= _NEAR and down.first - _NEAR <= rule.at <= down.last + _NEAR
                for down in self._down
            )
            or sum(min(abs(o.first - end), abs(o.last - end)) <= _NEAR for o in across) > 1
            for end in (rule.first, rule.last)
        )

    def _merged(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Return how far each cell spans, by its row and column."""
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        taken: set[tuple[int, int]] = set()
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(rows):
            for column in range(columns):
                if (row, column) in taken:
                    continue
                wide = 1
                while (
                    column + wide < columns
                    and (row, column + wide) not in taken
                    and (not self._parted(row, column + wide))
                ):
                    wide += 1
                tall = 1
                while row + tall < rows and not any(
                    self._ruled(row + tall, column + n) for n in range(wide)
                ):
                    tall += 1
                spans[row, column] = (tall, wide)
                taken |= {(row + r, column + c) for r in range(tall) for c in range(wide)}
        return spans

    def _parted(self, row: int, column: int) -> bool:
        """Tell whether a line stands between a place and the one at its left."""
        middle = (self.ys[row] + self.ys[row + 1]) / 2
        return any(rule.first <= middle <= rule.last for rule in self._sides.get(column, ()))

    def _ruled(self, row: int, column: int) -> bool:
        """Tell whether a line stands between a place and the one above."""
        middle = (self.xs[column] + self.xs[column + 1]) / 2
        return any(rule.first <= middle <= rule.last for rule in self._tops.get(row, ()))

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies within the table."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def drawn(
        self,
        glyphs: list[Glyph],
        page: Objects,
        number: int,
        text_of: Callable[[list[Glyph], float], str],
    ) -> Drawn:
        """Return the table with the letters in its cells."""
        held: dict[tuple[int, int], list[Glyph]] = {}
        owners = {
            (row + r, column + c): (row, column)
            for (row, column), (tall, wide) in self._spans.items()
            for r in range(tall)
            for c in range(wide)
        }
        for glyph in glyphs:
            row = _place(self.ys, (glyph.top + glyph.bottom) / 2)
            column = _place(self.xs, (glyph.left + glyph.right) / 2)
            held.setdefault(owners[row, column], []).append(glyph)
        near = [area for area in page.areas if _touch(self.box, area.box)]
        cells = []
        for (row, column), (tall, wide) in self._spans.items():
            box = Box(self.xs[column], self.ys[row], self.xs[column + wide], self.ys[row + tall])
            text = text_of(held.get((row, column), []), box.right)
            fill = next((a.colour for a in reversed(near) if _fills(a.box, box)), "")
            cells.append(Cell(row, column, text, tall, wide, fill, number, box))
        bars = tuple(dict.fromkeys((*self._over(near), *self._arrows(page.rules, glyphs))))
        closed = any(abs(rule.at - self.ys[0]) <= _NEAR for rule in self._across)
        return Drawn(self.box, tuple(self.xs), tuple(cells), bars, closed)

    @property
    def box(self) -> Box:
        """Where the table stands."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def _over(self, areas: Iterable[FilledArea]) -> Iterable[Bar]:
        """Yield the bars that areas make which are drawn in a row, and are not its ground."""
        for area in areas:
            middle = (area.box.top + area.box.bottom) / 2
            row = _place(self.ys, middle)
            tall = self.ys[row + 1] - self.ys[row]
            if area.box.bottom - area.box.top < tall * _WHOLE or area.curved:
                yield from self._bar(row, area.box.left, area.box.right)

    def _arrows(self, rules: list[RuledLine], glyphs: list[Glyph]) -> Iterable[Bar]:
        """Yield the bars that single lines make: no borders, and not under or through words."""
        for rule in rules:
            inside = rule.across and self.ys[0] + _NEAR < rule.at < self.ys[-1] - _NEAR
            border = any(abs(rule.at - y) <= _NEAR for y in self.ys)
            if not inside or border or rule.first < self.xs[0] - _NEAR:
                continue
            words = any(
                glyph.left < rule.last
                and rule.first < glyph.right
                and glyph.top - 1 < rule.at < glyph.bottom + _NEAR
                for glyph in glyphs
            )
            if not words and rule.last <= self.xs[-1] + _NEAR:
                yield from self._bar(_place(self.ys, rule.at), rule.first, rule.last)

    def _bar(self, row: int, left: float, right: float) -> Iterable[Bar]:
        covered = [
            column
            for column in range(len(self.xs) - 1)
            if min(right, self.xs[column + 1]) - max(left, self.xs[column])
            > (self.xs[column + 1] - self.xs[column]) * _COVERS
        ]
        if covered:
            yield Bar(row, covered[0], covered[-1], "drawing")


def _steps(values: list[float]) -> list[float]:
    """Return values in order, of which those close to each other are one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SMALLEST:
            found.append(value)
    return found


def _by_step(rules: list[RuledLine], steps: list[float]) -> dict[int, list[RuledLine]]:
    """Return the lines that stand at each of some steps."""
    found: dict[int, list[RuledLine]] = {}
    for rule in rules:
        nearest = min(range(len(steps)), key=lambda n: abs(steps[n] - rule.at))
        if abs(steps[nearest] - rule.at) <= _SMALLEST:
            found.setdefault(nearest, []).append(rule)
    return found


def _extremes(values: list[float]) -> list[float]:
    return [min(values), max(values)] if values else []


def _place(steps: list[float], value: float) -> int:
    return min(max(bisect_right(steps, value) - 1, 0), len(steps) - 2)


def _touch(one: Box, other: Box) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )


def _fills(area: Box, cell: Box) -> bool:
    """Tell whether an area is the ground of a cell."""
    wide = min(area.right, cell.right) - max(area.left, cell.left)
    tall = min(area.bottom, cell.bottom) - max(area.top, cell.top)
    whole = (cell.right - cell.left) * (cell.bottom - cell.top)
    return wide > 0 and tall > 0 and wide * tall >= whole * _WHOLE
