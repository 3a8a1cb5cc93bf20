"""Tables brought into one shape: a name and its figures in a row, whatever stands beside them.

Two tables may stand side by side below one row of heads, a cell may list several things by number
(①受付 ②相談 beside ①2件 ②6件), and a column may hold what is now and what is aimed at with an
arrow between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from dxrules.document import Block
from dxrules.document.normal import squeezed
from dxrules.draft.column_heads import columns_of
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.tables import rows_in_place

Rows = list[list[str]]

_ARROW: Final = re.compile("[→⇒➡➔▶►]")
_LISTED: Final = re.compile(r"(?:^|(?<=[\s、,]))(?:([①-⑳])|[(（]([0-9０-９]{1,2})[)）])\s*")
_FIGURE: Final = re.compile("[0-9０-９]")
_LEAST: Final = 2


def shapes(block: Block, reading: Lexicon) -> Iterator[Rows]:
    """Yield the rows of a table, or of each of two that stand side by side."""
    rows = _with_arrows_apart(unfolded(_as_above(rows_in_place(block))))
    half = _half(rows, reading)
    if not half:
        yield rows
        return
    yield [row[:half] for row in rows]
    yield [row[half:] for row in rows if any(row[half:])]


def _as_above(rows: Rows) -> Rows:
    """Return rows in which what stands for the cell above, as 〃, is that."""
    made: Rows = []
    for row in rows:
        above = made[-1] if made else row
        pairs = zip(row, above, strict=True)
        made.append([up if squeezed(cell) in _DITTO else cell for cell, up in pairs])
    return made


_DITTO: Final = frozenset({"〃", "同上", "″", "々", '"', "''"})


def _half(rows: Rows, reading: Lexicon) -> int:
    """Return where the second of two tables begins, above which the same heads stand again."""
    half, rest = divmod(len(rows[0]), 2) if len(rows) > 1 else (0, 1)
    if rest or half < _LEAST:
        return 0
    heads = [squeezed(cell) for cell in rows[0]]
    columns = columns_of(rows[:1], reading)[1:half]
    is_figured = all(each.year or each.role in _FIGURED for each in columns)
    names = columns_of([[rows[0][0], rows[0][half]]], reading)
    are_names = all(not each.year and each.role in _NAMES for each in names)
    return half if heads[1:half] == heads[half + 1 :] and is_figured and are_names else 0


_FIGURED: Final = frozenset({"baseline", "target", "result", "unit"})
_NAMES: Final = frozenset({"", "indicator", "group", "measure", "content"})


def unfolded(rows: Sequence[Sequence[str]]) -> Rows:
    """Return rows in which each thing that cells list by number has a row of its own.

    >>> unfolded([["指標", "①受付 ②相談", "①2件 ②6件"]])
    [['指標', '受付', '2件'], ['指標', '相談', '6件']]
    """
    made: Rows = []
    open_: list[Sequence[str]] = []
    for row in (*rows, ()):
        number = _listed_in(row)
        if open_ and number != _listed_in(open_[0]):
            made += _in_turn(open_)
            open_ = []
        if number:
            open_.append(row)
        else:
            made += [[*row]] if row else []
    return made


def _listed_in(row: Sequence[str]) -> int:
    """Return how many things the cells of a row list, all as many; 0 if they do not list."""
    numbers = {len(parts) for cell in row if (parts := _parts(cell))}
    return next(iter(numbers)) if len(numbers) == 1 else 0


def _in_turn(rows: Sequence[Sequence[str]]) -> Rows:
    """Return rows for each thing that rows list, if it is named in one cell and told in others."""
    listed = {cell for row in rows for cell in row if _parts(cell)}
    parts = [part for cell in listed for part in _parts(cell)]
    if len(listed) < _LEAST and not all(map(_FIGURE.search, parts)):
        return [[*row] for row in rows]
    return [
        [_part(cell, place) for cell in row] for place in range(_listed_in(rows[0])) for row in rows
    ]


def _part(cell: str, place: int) -> str:
    parts = _parts(cell)
    return parts[place] if parts else cell


def _parts(cell: str) -> list[str]:
    """Return what a cell lists by numbers that follow one another, from the first one."""
    signs = [*_LISTED.finditer(cell)]
    if len(signs) < _LEAST or signs[0].start():
        return []
    numbers = [_number(each) for each in signs]
    if numbers != [*range(1, len(numbers) + 1)]:
        return []
    ends = [*(each.start() for each in signs[1:]), len(cell)]
    return [cell[each.end() : end].strip(" 、,") for each, end in zip(signs, ends, strict=True)]


def _number(sign: re.Match[str]) -> int:
    return ord(sign[1]) - ord("①") + 1 if sign[1] else int(sign[2])


def _with_arrows_apart(rows: Rows) -> Rows:
    """Return rows whose columns of two figures with an arrow between them are two columns."""
    if len(rows) < _LEAST:
        return rows
    for place in reversed(range(len(rows[0]))):
        cells = [row[place] for row in rows[1:] if _FIGURE.search(row[place])]
        parted = [len(_ARROW.split(cell)) == _LEAST for cell in (rows[0][place], *cells)]
        if cells and all(parted):
            rows = [
                [*row[:place], *(_ARROW.split(row[place]) * 2)[:_LEAST], *row[place + 1 :]]
                for row in rows
            ]
    return rows
