"""Tables of plain text that blanks alone make: years over columns, and what is done below them.

取組                担当      令和8年度  令和9年度
電子契約の導入      財政課    設計       導入

Below a rule, the heads may be any.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final
from unicodedata import east_asian_width, normalize

from dxrules.document.drawn_tables import is_drawn
from dxrules.document.signs import sign_of

_PIECE: Final = re.compile(r"[^\s]+(?: [^\s]+)*")
_YEAR: Final = re.compile(
    r"(?:令和|平成|R|H)(?:[0-9]{1,2}|元)(?:年度?)?|(?:20)?[0-9]{2}年度|[0-9]年度|20[0-9]{2}"
)
_LEAST_YEARS: Final = 2
_LEAST_ROWS: Final = 2
_MOST_LINES: Final = 200
_RULE: Final = re.compile(r"\s*[-=―─━－ー—]{8,}\s*")
_WORD: Final = re.compile(r"\S+")
_SPREAD: Final = re.compile(r"(?<!\S)([^\s\d])([ \u3000]+)([^\s\d])(?!\S)")
"""A head of two signs with blanks between: 取　組."""
_NEAR: Final = 3.0
"""Signs of full width by which a piece may begin before its column does."""
_INDENT: Final = 1.0
_NUMBER: Final = re.compile(r"\s*[-–—‐－]?\s*\d{1,3}\s*[-–—‐－]?\s*")
_MOST_HEADS: Final = 2
"""Lines that run through the pages, above what a page goes on with."""


def aligned_rows(lines: Sequence[str]) -> tuple[list[list[str]], int]:
    """Return the rows of a table that begins in the first line, and how many lines it takes.

    What begins at the left is a row of its own; what stands further in below it goes on in that.
    Of other lines there are no rows.
    """
    if len(lines) > _LEAST_ROWS and _RULE.fullmatch(lines[1]):
        return _ruled_rows(lines)
    heads = _pieces(lines[0]) if lines else []
    years = [place for place, piece in heads if _YEAR.fullmatch(normalize("NFKC", piece))]
    is_spread = any(len(piece) == 1 for _, piece in heads)  # 項　目 is one word
    if len(years) < _LEAST_YEARS or len(years) < len(heads) - 2 or is_spread:
        return [], 0
    starts = [place for place, _ in heads]
    rows = [[piece for _, piece in heads]]
    if starts[0] == years[0]:
        starts, rows = [0.0, *starts], [["", *rows[0]]]
    taken, stages = 1, 0
    for line in lines[1:_MOST_LINES]:
        pieces = _pieces(line)
        if not pieces or "。" in line or len(pieces) > len(starts):
            break
        columns = [_column(starts, place) for place, _ in pieces]
        is_row = pieces[0][0] <= starts[0] + _INDENT
        if len({*columns}) < len(columns) or not (is_row or len(rows) > 1):
            return [], 0
        if is_row:
            rows.append([""] * len(starts))
        for column, (_, piece) in zip(columns, pieces, strict=True):
            rows[-1][column] += piece
            stages += starts[column] in years
        taken += 1
    is_table = len(rows) > _LEAST_ROWS and stages >= len(rows) - 1
    return (rows, taken) if is_table else ([], 0)


def _ruled_rows(lines: Sequence[str]) -> tuple[list[list[str]], int]:
    """Return the rows of a table whose first line is parted from the others by a rule."""
    if sign_of(lines[0]) is not None:
        return [], 0  # a heading of its own: 第2章　目指す姿
    head = _SPREAD.sub(r"\1\3\2", lines[0])
    starts = [place for place, _ in _pieces(head)]
    rows = [[piece for _, piece in _pieces(head)]]
    if len(starts) < _LEAST_ROWS:
        return [], 0
    taken = _LEAST_ROWS
    for line in lines[taken:_MOST_LINES]:
        words = [(_width(line[: each.start()]), each[0]) for each in _WORD.finditer(line)]
        if len(words) < _LEAST_ROWS or "。" in line or words[0][0] > starts[0] + _INDENT:
            break
        rows.append([""] * len(starts))
        for place, word in words:
            column = _column(starts, place)
            rows[-1][column] = f"{rows[-1][column]} {word}".strip()
        taken += 1
    filled = sum(map(bool, (cell for row in rows[1:] for cell in row)))
    is_table = len(rows) > _LEAST_ROWS and 2 * filled > len(starts) * (len(rows) - 1)
    return (rows, taken) if is_table else ([], 0)


def over_pages(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the lines of pages; a table that goes on in the next page stands where it begins."""
    made = [[*page] for page in pages]
    for page, after in pairwise(made):
        told = [n for n, line in enumerate(page) if line.strip() and not _NUMBER.fullmatch(line)]
        end = told[-1] + 1 if told else 0
        blank = max((n for n in range(end) if not page[n].strip()), default=-1)
        first = next((n for n, line in enumerate(after) if _begins_more(line)), 0)
        is_top = sum(1 for line in after[:first] if line.strip()) <= _MOST_HEADS
        if not first or not is_top:
            continue
        taken = 0
        if end and is_drawn(page[end - 1]):
            taken = next((n for n, line in enumerate(after[first:]) if not is_drawn(line)), 0)
        for head in range(blank + 1, end):
            taken = taken or aligned_rows([*page[head:end], *after[first:]])[1] - (end - head)
            taken = max(taken, 0)
        page[end:end] = after[first : first + taken]
        del after[first : first + taken]
    return made


def _begins_more(line: str) -> bool:
    return is_drawn(line) or len(_pieces(line)) > 1


def _column(starts: Sequence[float], place: float) -> int:
    """Return the column in which a piece stands: the last that begins before it, or just after."""
    columns = enumerate(pairwise(starts), 1)
    near = (n for n, (last, own) in columns if own - min(_NEAR, (own - last) / 2) <= place)
    return max(near, default=0)


def _pieces(line: str) -> list[tuple[float, str]]:
    """Return the pieces of a line that wide blanks part, with where each begins."""
    return [(_width(line[: found.start()]), found[0]) for found in _PIECE.finditer(line)]


def _width(text: str) -> float:
    return sum(1 if east_asian_width(sign) in "WFA" else 0.5 for sign in text)
