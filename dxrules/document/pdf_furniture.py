"""Furniture of a PDF: the headers, footers and page numbers that run through its pages.

They belong to no sentence, and are set aside before paragraphs are put together.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Final

from dxrules.document.pdf_lines import LinePiece
from dxrules.frozen import frozen

_ZONE: Final = 0.1
"""The share of a page at its top, and at its bottom, in which such lines stand."""
_NUMBER: Final = re.compile(
    r"[-~ー\s]*(?:P\.?|p\.?)?\s*([0-9]{1,3})\s*(?:ページ|頁|/\s*[0-9]{1,3})?[-~ー\s]*"
)
"""A line that is a page number and nothing else, as - 3 -, P.3, 3ページ or 3/20."""
_DIGITS: Final = re.compile("[0-9]+")
_SHARE: Final = 0.3
"""The share of all pages on which a line must stand to run through them."""
_TIMES: Final = 2
"""The fewest pages on which it must stand, and the fewest whose numbers go up one by one."""


@frozen
class PageLines:
    """A page: its height, its lines, and which of them stand in a table."""

    height: float
    lines: list[LinePiece]
    inside: frozenset[int]


def furniture_of(pages: Sequence[PageLines]) -> tuple[list[set[int]], list[str]]:
    """Return which lines of each page run through the pages, and the number printed on each.

    A number is one that goes up by one from page to page. What stands in a table is furniture
    only if it stands outside of one on another page: the head of a table is repeated, too.
    """
    outside = {
        _key(line, page.height)
        for page in pages
        for n, line in enumerate(page.lines)
        if n not in page.inside and _in_zone(line, page.height)
    }
    numbers = [_numbers(page, outside) for page in pages]
    offsets = Counter(
        value - place for place, found in enumerate(numbers) for value in set(found.values())
    )
    offset, times = max(offsets.items(), key=lambda each: each[1], default=(0, 0))
    times = times if len(pages) > 1 else 0
    repeated = _repeated(pages) & outside
    aside: list[set[int]] = []
    printed: list[str] = []
    for place, page in enumerate(pages):
        own = {
            n
            for n, line in enumerate(page.lines)
            if _in_zone(line, page.height) and _key(line, page.height) in repeated
        }
        said = {n for n, value in numbers[place].items() if value - place == offset}
        numbered = times >= _TIMES and said
        printed.append(str(place + offset) if numbered else "")
        aside.append(own | (said if numbered else set()))
    return aside, printed


def _numbers(page: PageLines, outside: set[tuple[str, int]]) -> dict[int, int]:
    """Return the lines at the edge of a page that are mere numbers, with their values."""
    found: dict[int, int] = {}
    for number, line in enumerate(page.lines):
        near = _in_zone(line, page.height) and _key(line, page.height) in outside
        said = _NUMBER.fullmatch(_plain(line.text)) if near else None
        if said:
            found[number] = int(said[1])
    return found


def _repeated(pages: Sequence[PageLines]) -> set[tuple[str, int]]:
    """Return what stands at the edge of many pages, at the same height, but for its digits."""
    counted: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counted.update(
            {_key(line, page.height) for line in page.lines if _in_zone(line, page.height)}
        )
    least = max(_TIMES, len(pages) * _SHARE)
    return {key for key, times in counted.items() if times >= least}


def _key(line: LinePiece, height: float) -> tuple[str, int]:
    return _DIGITS.sub("#", _plain(line.text)), round(line.middle / height * 100)


def _in_zone(line: LinePiece, height: float) -> bool:
    return line.middle < height * _ZONE or line.middle > height * (1 - _ZONE)


def _plain(text: str) -> str:
    return re.sub("[‐‑‒–—―−]", "-", unicodedata.normalize("NFKC", text)).strip()
