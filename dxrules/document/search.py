"""Finding words in a document: where they stand to the letter, or what comes nearest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import field
from typing import Final

from dxrules.document.normal import squeeze, squeezed
from dxrules.document.original import Block, Original
from dxrules.frozen import frozen

_MOST_PLACES: Final = 200
_NEAR: Final = 55.0
"""How alike the nearest words are at least, of 100: below it they help nobody."""


@frozen
class Spot:
    """Where some words stand: the blocks from the first to the last, and the page of the first.

    `row` is that of a table; `text` is how the document writes the words. `parts` are the blocks
    with where in the text of each they begin and end.
    """

    block: int
    last: int
    page: int | None
    text: str
    row: int | None = None
    parts: tuple[tuple[int, int, int], ...] = field(default=(), compare=False)


@frozen
class Near:
    """The words that come nearest to what was looked for; `likeness` is of 100."""

    spot: Spot
    likeness: float


class Index:
    """The words of a document, squeezed into one line in the order of reading.

    Words go on from page to page, so what runs through the pages stands aside, and so do
    footnotes: the second line is without them.
    """

    def __init__(self, original: Original) -> None:
        aside = [n for n, block in enumerate(original.blocks) if block.kind == "furniture"]
        notes = [n for n, block in enumerate(original.blocks) if block.kind == "footnote"]
        every = range(len(original.blocks))
        self._lines = [_Line(original.blocks, [n for n in every if n not in set(aside)])]
        if notes:
            left_out = {*aside, *notes}
            self._lines.append(_Line(original.blocks, [n for n in every if n not in left_out]))
        self._lines += [_Line(original.blocks, [number]) for number in aside]

    def find(self, words: str) -> tuple[Spot, ...]:
        """Return every place where words stand to the letter, as far as copies of a text agree."""
        bare = squeezed(words)
        if not bare:
            return ()
        found: dict[tuple[int, int, int | None], Spot] = {}
        for line in self._lines:
            for start in line.places(bare):
                spot = line.spot(start, start + len(bare))
                found.setdefault((spot.block, spot.last, spot.row), spot)
        return tuple(found.values())

    def nearest(self, words: str) -> Near | None:
        """Return what comes nearest to words that do not stand there; None if nothing is near.

        It is for people to look at. Nothing may take it for a place where the words stand.
        """
        from rapidfuzz import fuzz

        bare = squeezed(words)
        line = self._lines[0]
        if not bare or not line.text:
            return None
        found = fuzz.partial_ratio_alignment(bare, line.text, score_cutoff=_NEAR)
        if found is None or found.dest_start == found.dest_end:
            return None
        return Near(line.spot(found.dest_start, found.dest_end), round(found.score, 1))


class _Line:
    """Some blocks in one line of squeezed text."""

    def __init__(self, blocks: tuple[Block, ...], numbers: list[int]) -> None:
        self._blocks = blocks
        self._numbers = numbers
        squeezes = [squeeze(blocks[number].text) for number in numbers]
        self._squeezes = squeezes
        self._starts: list[int] = []
        length = 0
        for each in squeezes:
            self._starts.append(length)
            length += len(each.text)
        self.text = "".join(each.text for each in squeezes)

    def places(self, bare: str) -> Iterator[int]:
        """Yield where a squeezed text begins."""
        start, count = self.text.find(bare), 0
        while start >= 0 and count < _MOST_PLACES:
            yield start
            start, count = self.text.find(bare, start + 1), count + 1

    def spot(self, start: int, end: int) -> Spot:
        """Return where a part of the line stands."""
        first, last = self._at(start), self._at(end - 1)
        said, parts = [], []
        for place in range(first, last + 1):
            found = self._squeezes[place]
            if not found.text:
                continue
            here = max(start - self._starts[place], 0)
            there = min(end - self._starts[place], len(found.text))
            number = self._numbers[place]
            within = found.original(here, there)
            said.append(self._blocks[number].text[slice(*within)])
            parts.append((number, *within))
        block = self._blocks[self._numbers[first]]
        row, page = self._row(first, start), block.page
        if row is not None:
            page = next((c.page for c in block.cells if c.row == row and c.page), page)
        spans = tuple(parts)
        return Spot(self._numbers[first], self._numbers[last], page, " ".join(said), row, spans)

    def _at(self, place: int) -> int:
        """Return the block in which a sign stands; blocks without any are passed over."""
        return bisect_right(self._starts, place) - 1

    def _row(self, first: int, start: int) -> int | None:
        """Return the row of a table in which a sign stands: its lines are its rows."""
        block = self._blocks[self._numbers[first]]
        if block.kind != "table":
            return None
        place = self._squeezes[first].starts[start - self._starts[first]]
        line = block.text.count("\n", 0, place)
        rows = [row[0].row for row in block.rows()]
        return rows[line] if line < len(rows) else None
