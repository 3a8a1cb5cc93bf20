"""Lines, columns and paragraphs of a page of a PDF, from its letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from statistics import median
from typing import Final

from dxrules.document.normal import joint
from dxrules.document.original import Box
from dxrules.document.pdf_letters import Glyph
from dxrules.document.sections import is_heading
from dxrules.document.signs import bullet_of, is_note, sign_of
from dxrules.frozen import frozen

_GAP: Final = 1.6
"""Letters further apart than so many of their sizes stand in two columns."""
_BLANK: Final = 0.15
_WIDE_BLANK: Final = 0.45
"""A gap wider than this share of a letter is a blank: beside ASCII, and between other letters."""
_RAISED: Final = 0.96
"""A digit smaller than this share of the letters around it, and higher, marks a footnote.

Latin letters of a size may have higher boxes than Japanese ones.
"""
_HIGHER: Final = 0.2
_RUBY: Final = 0.62
_LEADING: Final = 2.0
_ENDS: Final = frozenset("。．！？!?：:」）)")
_COLUMN: Final = 11.0
"""Columns of text are at least so many letters wide; narrower ones are of a table."""
_HEADING: Final = 18.0
"""A line of fewer letters that reads like a heading is one, however wide its column is."""
_ROWS: Final = 3
_SUPERSCRIPTS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_KANA: Final = range(0x3041, 0x3100)


@frozen
class LinePiece:
    """A piece of a line: letters side by side without a gap, with the size of most of them."""

    text: str
    box: Box
    size: float

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.box.top + self.box.bottom) / 2


def lines_of(glyphs: Iterable[Glyph]) -> list[LinePiece]:
    """Return the pieces of lines that letters make, in the order in which they are drawn."""
    pieces: list[list[Glyph]] = []
    for glyph in glyphs:
        if pieces and _goes_on(pieces[-1], glyph):
            pieces[-1].append(glyph)
        else:
            pieces.append([glyph])
    return _without_ruby([_line(each) for each in _met(pieces)])


def _goes_on(piece: list[Glyph], glyph: Glyph) -> bool:
    """Tell whether a letter stands in the same line as those before it, close to the last."""
    last = piece[-1]
    large = max(last.size, glyph.size)
    small = min(last.bottom - last.top, glyph.bottom - glyph.top)
    shared = min(last.bottom, glyph.bottom) - max(last.top, glyph.top)
    gap = glyph.left - last.right
    return shared >= small * 0.5 and -large <= gap <= large * _GAP and glyph.left >= last.left - 1


def _met(pieces: list[list[Glyph]]) -> list[list[Glyph]]:
    """Return pieces of which those that were drawn apart, but meet in a line, are one."""
    found: list[list[Glyph]] = []
    for piece in pieces:
        if found and len(piece) > 0 and _goes_on(found[-1], piece[0]):
            found[-1] = [*found[-1], *piece]
        else:
            found.append(piece)
    return found


def _line(piece: list[Glyph]) -> LinePiece:
    size = median(glyph.size for glyph in piece)
    base = median(glyph.bottom for glyph in piece)
    words: list[str] = []
    for place, glyph in enumerate(piece):
        before = piece[place - 1] if place else None
        if before is not None:
            narrow = before.text.isascii() or glyph.text.isascii()
            blank = size * (_BLANK if narrow else _WIDE_BLANK)
            words.append(" " if glyph.left - before.right > blank else "")
        raised = glyph.size <= size * _RAISED and glyph.bottom < base - size * _HIGHER
        mark = raised and glyph.text.isascii() and glyph.text.isdecimal()
        words.append(glyph.text.translate(_SUPERSCRIPTS) if mark else glyph.text)
    box = Box(
        min(glyph.left for glyph in piece),
        min(glyph.top for glyph in piece),
        max(glyph.right for glyph in piece),
        max(glyph.bottom for glyph in piece),
    )
    return LinePiece("".join(words).strip(), box, size)


def _without_ruby(lines: list[LinePiece]) -> list[LinePiece]:
    """Return lines without the small kana above others that tell how they are read."""
    kana = [
        n
        for n, line in enumerate(lines)
        if all(ord(sign) in _KANA for sign in line.text.replace(" ", ""))
    ]
    ruby = {
        n
        for n in kana
        if any(
            lines[n].size <= other.size * _RUBY
            and -other.size * 0.6 <= other.box.top - lines[n].box.bottom <= other.size * 0.4
            and other.box.left - other.size <= lines[n].box.left
            and lines[n].box.right <= other.box.right + other.size
            for other in lines
            if other is not lines[n]
        )
    }
    return [line for n, line in enumerate(lines) if n not in ruby]


def text_in_cell(glyphs: list[Glyph], right: float) -> str:
    """Return the text of a cell that ends at its right, its lines from above.

    A line that fills the cell goes on in the next, in the midst of a word.
    """
    text, last = "", None
    for row in _rows(lines_of(glyphs)):
        own = " ".join(line.text for line in row)
        if last is not None and _is_wrapped(last, row[0], right):
            text = joint(text, own)
        else:
            text = f"{text}\n{own}" if text else own
        last = row[-1]
    return text


def _is_wrapped(last: LinePiece, line: LinePiece, right: float) -> bool:
    """Tell whether a line of a cell was broken because nothing more had room in it."""
    if not last.text or not line.text or last.text[-1] in _ENDS or _OFFICE.search(last.text):
        return False
    begins = sign_of(line.text) or bullet_of(line.text) or is_note(line.text)
    return not begins and right - last.box.right < last.size * _PADDED


_OFFICE: Final = re.compile("[課室局部係班]$")
"""The end of an office, after which another one may stand in a line of its own."""
_PADDED: Final = 1.9
"""Widths of a letter between the end of a full line and the border: one, and what pads a cell."""


def _rows(lines: list[LinePiece]) -> list[list[LinePiece]]:
    """Return pieces of lines that stand at the same height, each row from the left."""
    rows: list[list[LinePiece]] = []
    for line in sorted(lines, key=lambda each: (each.middle, each.box.left)):
        if rows and abs(rows[-1][0].middle - line.middle) < min(rows[-1][0].size, line.size) * 0.5:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda each: each.box.left) for row in rows]


def in_order(lines: list[LinePiece]) -> list[list[LinePiece]]:
    """Return rows of lines in the order of reading: of columns, the left one first.

    A row of several pieces is one of a table without lines.
    """
    found: list[list[LinePiece]] = []
    rest = sorted(lines, key=lambda line: (line.box.top, line.box.left))
    while rest:
        columns = _columns(rest)
        if columns is None:
            first = rest[0]
            row = [line for line in rest if _beside(first, line)]
            found.append(sorted(row, key=lambda line: line.box.left))
        else:
            row = [*columns[0], *columns[1]]
            found += [each for side in columns for each in in_order(side)]
        taken = set(map(id, row))
        rest = [line for line in rest if id(line) not in taken]
    return found


def _beside(first: LinePiece, line: LinePiece) -> bool:
    return abs(first.middle - line.middle) < min(first.size, line.size) * 0.5


def _columns(lines: list[LinePiece]) -> tuple[list[LinePiece], list[LinePiece]] | None:
    """Return the two columns of running text that begin with the first of some lines, if any."""
    left, right = [lines[0]], list[LinePiece]()
    for line in lines[1:]:
        in_left, in_right = (_meets(line, side) for side in (left, right))
        if in_left and in_right:
            break
        if in_left or in_right:
            (left if in_left else right).append(line)
        elif not right:
            right.append(line)
        else:
            break
    if not right:
        return None
    left, right = sorted((left, right), key=lambda side: side[0].box.left)
    left, right = _cut(left, right), _cut(right, left)
    return (left, right) if _is_text(left) and _is_text(right) else None


def _meets(line: LinePiece, side: list[LinePiece]) -> bool:
    """Tell whether a line stands above or below those of a column."""
    return bool(side) and (
        line.box.left < max(each.box.right for each in side)
        and min(each.box.left for each in side) < line.box.right
    )


def _cut(side: list[LinePiece], other: list[LinePiece]) -> list[LinePiece]:
    """Return a column without what stands below both, after a gap or as a heading."""
    bottom = max(line.box.bottom for line in other)
    for place, line in enumerate(side):
        before = side[place - 1] if place else line
        apart = line.middle - before.middle > before.size * _LEADING * 1.3
        if line.box.top >= bottom and place and (apart or is_heading(line.text)):
            return side[:place]
    return side


def _is_text(side: list[LinePiece]) -> bool:
    """Tell whether a column is of running text: of some lines, and long ones."""
    wide = [(line.box.right - line.box.left) / line.size for line in side]
    return len(side) >= _ROWS and median(wide) >= _COLUMN


@frozen
class Paragraph:
    """Lines that go on from each other."""

    text: str
    box: Box
    size: float
    lines: int


def paragraphs_of(rows: list[list[LinePiece]]) -> Iterator[Paragraph]:
    """Yield the paragraphs of rows of lines in their order."""
    run: list[LinePiece] = []
    for row in rows:
        line = row[0] if len(row) == 1 else _row_line(row)
        if run and (len(row) > 1 or not _continues(run, line)):
            yield _paragraph(run)
            run = []
        run.append(line)
        if len(row) > 1:
            yield _paragraph(run)
            run = []
    if run:
        yield _paragraph(run)


_SAME_SIZE: Final = 0.1
_OTHER_LETTERS: Final = 0.13
"""How much the sizes of lines within a sentence may differ: kana have lower boxes than kanji."""


def _row_line(row: list[LinePiece]) -> LinePiece:
    """Return the pieces of a row as one line, with tabs between them."""
    return LinePiece("\t".join(line.text for line in row), _around(row), row[0].size)


def _continues(run: list[LinePiece], line: LinePiece) -> bool:
    """Tell whether a line goes on from those before it."""
    last = run[-1]
    edge = max(each.box.right for each in run)
    is_within = last.text[-1] not in _ENDS and abs(line.box.left - last.box.left) <= 1
    differs = abs(line.size - last.size) / max(line.size, last.size)
    if differs > (_OTHER_LETTERS if is_within else _SAME_SIZE) or "\t" in last.text:
        return False
    if not 0 < line.middle - last.middle <= last.size * _LEADING:
        return False
    if sign_of(line.text) or bullet_of(line.text) or is_note(line.text):
        return False
    full = last.box.right >= max(edge, line.box.right) - last.size * 2
    short = last.box.right - last.box.left < last.size * _HEADING
    if len(run) == 1 and short and is_heading(last.text):
        return False
    return full and (last.text[-1] not in _ENDS or line.box.left <= last.box.left + 1)


def _paragraph(run: list[LinePiece]) -> Paragraph:
    return Paragraph("\n".join(line.text for line in run), _around(run), run[0].size, len(run))


def _around(lines: list[LinePiece]) -> Box:
    """Return the box around some lines."""
    return Box(
        min(line.box.left for line in lines),
        min(line.box.top for line in lines),
        max(line.box.right for line in lines),
        max(line.box.bottom for line in lines),
    )
