"""The document beside an open plan, leaf by leaf, and where words stand in it.

A leaf is a page; of a document without pages, so many blocks as one sees at a time.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

from dxrules.document import Original
from dxrules.document.original import WHAT_IS_LOST
from dxrules.document.search import Index, Spot
from dxrules.errors import UsageError
from dxrules.report.json_values import Json, taken
from dxrules.texts import Text, same, visible

_BLOCKS: Final = 40
_MOST_SPOTS: Final = 30
_PAGE: Final = Text("{number}ページ", "page {number}")
_PART: Final = Text("{number}番目の部分", "part {number}")
_NO_LEAF: Final = Text("そのページはありません。", "There is no such page.")


class Leaves:
    """A document, cut into leaves."""

    def __init__(self, original: Original, digest: str) -> None:
        self.original, self.digest = original, digest

    @cached_property
    def index(self) -> Index:
        """The words of the document, to be searched."""
        return Index(self.original)

    @cached_property
    def cut(self) -> list[tuple[int | None, list[int]]]:
        """The leaves: the page of each, and its blocks."""
        blocks = self.original.blocks
        if not self.original.pages:
            starts = range(0, len(blocks), _BLOCKS)
            return [(None, [*range(n, min(n + _BLOCKS, len(blocks)))]) for n in starts]
        found: dict[int, list[int]] = {page.number: [] for page in self.original.pages}
        last = self.original.pages[0].number
        for number, block in enumerate(blocks):
            last = block.page if block.page in found else last
            found[last].append(number)
        return [*found.items()]

    @cached_property
    def leaf_of(self) -> dict[int, int]:
        """The leaf that each block stands on."""
        return {block: number for number, (_, those) in enumerate(self.cut) for block in those}

    def overview(self) -> Json:
        """Return the leaves, and what of the document could not be read."""
        return {
            "file": visible(self.original.file),
            "form": self.original.form,
            "digest": self.digest,
            "leaves": [self._called(number) for number in range(len(self.cut))],
            "lost": [
                {
                    "label": WHAT_IS_LOST[each.kind],
                    "count": each.count,
                    "page": self.original.printed(each.page),
                }
                for each in self.original.lost
            ],
        }

    def leaf(self, number: int) -> Json:
        """Return the blocks of one leaf."""
        if number >= len(self.cut):
            raise UsageError(_NO_LEAF)
        page, blocks = self.cut[number]
        return {
            "leaf": number,
            "label": self._called(number),
            "page": page,
            "blocks": [self._block(each) for each in blocks],
        }

    def spots(self, words: str) -> Json:
        """Return where words stand to the letter; where they do not, what comes nearest."""
        found = self.index.find(words)
        near = None if found else self._nearest(words)
        return {
            "words": words,
            "spots": [self._spot(each) for each in found[:_MOST_SPOTS]],
            "near": near,
        }

    def _nearest(self, words: str) -> Json | None:
        try:
            near = self.index.nearest(words)
        except ImportError:  # the library that compares is part of an extra
            return None
        return None if near is None else self._spot(near.spot)

    def _spot(self, spot: Spot) -> Json:
        return {
            "leaf": self.leaf_of.get(spot.block, 0),
            "text": spot.text,
            "row": spot.row,
            "parts": [
                {"block": block, "start": start, "end": end} for block, start, end in spot.parts
            ],
        }

    def _called(self, number: int) -> Text:
        page, _ = self.cut[number]
        if page is None:
            return _PART.format(number=str(number + 1))
        printed = self.original.printed(page)
        return _PAGE.format(number=same(visible(printed)))

    def _block(self, number: int) -> Json:
        block = self.original.blocks[number]
        said: dict[str, Any] = {"block": number, "kind": block.kind, "level": block.level}
        if block.kind == "table" and block.cells:
            return said | {
                "text": block.text,
                "rows": [
                    [taken(cell, "text", "rows", "columns", "row") for cell in row]
                    for row in block.rows()
                ],
            }
        return said | {"text": block.text}
