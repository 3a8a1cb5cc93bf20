"""Lines for a terminal: wide characters line up, colour is never the only sign."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from dxrules.frozen import frozen
from dxrules.texts import COLOUR, Lang, Text, char_width, width

if TYPE_CHECKING:
    from dxrules.rules import Severity  # what writes help loads no rules

_COLOURS: dict[Severity, str] = {"error": "31;1", "warning": "33", "note": "36"}

_NEVER_FIRST = frozenset(
    "、。，．・：；:;,.!?%)]}」』）】〉》〕］｝”’ー々～〜…ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
_NEVER_LAST = frozenset("([{「『（【〈《〔［｛“‘")
_SIGNS = re.compile(rf"{COLOUR.pattern}|.", re.DOTALL)
_FIELD = re.compile(r".+?(?: {2,}|$)", re.DOTALL)
BOLD = "\x1b[1m"
_WIDE = 2
_BETWEEN_COLUMNS = 2
_AROUND_HEADERS = 2  # tabulate's own
_NARROWEST = 16
_ROWS_AT_ONCE = 500


@frozen
class Style:
    """How to write: in which language, how wide, with colour or not."""

    lang: Lang
    width: int = 100
    colour: bool = False

    def say(self, text: Text) -> str:
        """Return a text in the language of the report."""
        return text.in_(self.lang)

    def _said(self, text: object) -> str:
        """Return a text in the language of the report; what is in no language stays."""
        return text.in_(self.lang) if isinstance(text, Text) else str(text)

    def paint(self, severity: Severity, text: str) -> str:
        """Colour a word by severity."""
        return f"\x1b[{_COLOURS[severity]}m{text}\x1b[0m" if self.colour else text

    def bold(self, text: Text | str) -> str:
        """Make a heading stand out."""
        said = self._said(text)
        return f"{BOLD}{said}\x1b[0m" if self.colour else said

    def block(self, text: Text | str, indent: int, hang: int = 0) -> list[str]:
        """Wrap a paragraph to the width; all lines but the first are indented by `hang` more."""
        first, *rest = fold(self._said(text), self.width - indent - hang)
        return [" " * indent + first, *(" " * (indent + hang) + line for line in rest)]

    def table(
        self,
        rows: Sequence[Sequence[object]],
        headers: Sequence[Text | str],
        foldable: Collection[int] = (),
    ) -> str:
        """Return a plain table; columns named in `foldable` are wrapped until it fits the width."""
        return "\n".join(self.table_lines(lambda: rows, headers, foldable))

    def table_lines(
        self,
        rows: Callable[[], Iterable[Sequence[object]]],
        headers: Sequence[Text | str],
        foldable: Collection[int] = (),
    ) -> Iterator[str]:
        """Yield the lines of a plain table, however many rows there are; they are never all held.

        `rows` yields them anew each time it is called: first to find how wide the columns are.
        """
        heads = self._said_of(headers)
        widest, above = heads, 0
        for cells in map(self._said_of, rows()):
            widest = [max(pair, key=width) for pair in zip(widest, cells, strict=True)]
        folded = _Folded(heads, widest, foldable, self.width)
        # Each part is laid out with the widest cells of all, which are taken off again.
        last = folded.row(widest)
        left = map(folded.row, map(self._said_of, rows()))
        while (part := [*islice(left, _ROWS_AT_ONCE)]) or not above:
            lines = _tabulated([*part, last], folded.row(heads)).splitlines()
            yield from lines[above : -_height(last)]
            above = _height(folded.row(heads)) + 1

    def _said_of(self, row: Iterable[object]) -> list[str]:
        return [self._said(cell) for cell in row]


def _tabulated(rows: list[list[str]], heads: list[str]) -> str:
    from tabulate import tabulate

    return tabulate(
        rows, headers=heads, tablefmt="simple", disable_numparse=True, preserve_whitespace=True
    )


def _height(row: Iterable[str]) -> int:
    return 1 + max(cell.count("\n") for cell in row)


class _Folded:
    """Wraps the columns that may be, each to its share of the room."""

    def __init__(
        self, heads: list[str], widest: list[str], foldable: Collection[int], total: int
    ) -> None:
        sizes = [
            max(width(head) + _AROUND_HEADERS, width(cell))
            for head, cell in zip(heads, widest, strict=True)
        ]
        fixed = sum(
            _BETWEEN_COLUMNS + (0 if number in foldable else size)
            for number, size in enumerate(sizes)
        )
        self._foldable = foldable
        self._room = max((total - fixed + _BETWEEN_COLUMNS) // (len(foldable) or 1), _NARROWEST)

    def row(self, cells: list[str]) -> list[str]:
        """Return a row with lines that fit."""
        return [
            "\n  ".join(fold(cell, self._room - 2))
            if number in self._foldable and width(cell) > self._room
            else cell
            for number, cell in enumerate(cells)
        ]


def fold(text: str, room: int) -> list[str]:
    """Break a text into lines no wider than `room` columns.

    Lines break at spaces and beside wide characters, but neither before a closing sign nor
    after an opening one; a longer piece is cut. What stands between two double spaces, as a count
    or a day does, stays on one line if it fits. There is always at least one line.
    """
    if width(line := text.rstrip()) <= room:
        return [line]
    lines = [""]
    used = 0
    for piece in _kept(text, room):
        size = width(piece.rstrip())
        if lines[-1] and used + size > room:
            lines.append("")
            used = 0
        for part in _cut(piece, room) if size > room else [piece]:
            if used and used + width(part.rstrip()) > room:
                lines.append("")
                used = 0
            lines[-1] += part
            used += width(part)
    return [line.rstrip() for line in lines]


def _kept(text: str, room: int) -> Iterator[str]:
    """Yield what must stay together, where that fits: what double spaces set apart, else words."""
    fields = _FIELD.findall(text)
    for field in fields:
        if len(fields) > 1 and width(field.rstrip()) <= room:
            yield field
        else:
            yield from _words(field) if text.isascii() else _pieces(field)


def _words(text: str) -> list[str]:
    """Return the pieces of a text without wide characters."""
    words = [""]
    for word in text.split(" "):
        if words[-1] and word and word[0] not in _NEVER_FIRST:
            words.append("")
        words[-1] += f"{word} "
    return [*words[:-1], words[-1][:-1]]


def _pieces(text: str) -> Iterator[str]:
    """Yield what must stay together, with the spaces after it."""
    start = 0
    for position in range(1, len(text)):
        if _may_break(text[position - 1], text[position]):
            yield text[start:position]
            start = position
    yield text[start:]


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _NEVER_FIRST or char_width(after) == 0:
        return False
    if before == " ":
        return True
    return before not in _NEVER_LAST and _WIDE in (char_width(before), char_width(after))


def _cut(piece: str, room: int) -> Iterator[str]:
    """Cut a piece that is wider than the room; codes of colours stay whole."""
    part = ""
    for char in _SIGNS.findall(piece):
        if part and width(part + char) > room:
            yield part
            part = ""
        part += char
    yield part
