"""Tables of a document as grids, with what each of their columns holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dxrules.document.normal import squeezed
from dxrules.draft.phrases import read_part
from dxrules.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dxrules.document import Bar, Block
    from dxrules.draft.reading import Reading

_COLUMN: Final = "column-"
_MOST_HEADS: Final = 3
_YEAR: Final = re.compile(
    r"(?:令和|平成|R|H)?(?:[0-9]{1,4}|元)(?:\([^()]{1,8}\))?年?度?(?:\([^()]{2,8}\))?"
)
_NOTE: Final = re.compile(r"\([^()]*\)")
_MOST_CELLS: Final = 5_000


@frozen
class Column:
    """A column: what it holds, and the year that its heading names."""

    role: str
    year: str


@frozen
class Grid:
    """A table: its rows below the heading, and what its columns hold."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    first: int
    bars: tuple[Bar, ...]

    def at(self, role: str) -> int | None:
        """Return the first column of a role."""
        return next((n for n, each in enumerate(self.columns) if each.role == role), None)

    def of(self, role: str) -> list[int]:
        """Return all columns of a role."""
        return [n for n, each in enumerate(self.columns) if each.role == role]

    def cell(self, row: Sequence[str], role: str) -> str:
        """Return what stands in a row in the column of a role."""
        place = self.at(role)
        return row[place] if place is not None and place < len(row) else ""


def grid_of(block: Block, reading: Reading) -> Grid | None:
    """Return a table as a grid; None if no row above tells what its columns hold."""
    rows = _rows(block)
    best: tuple[int, int] | None = None
    for heads in range(1, min(_MOST_HEADS, len(rows)) + 1):
        columns = _columns(rows[:heads], reading)
        known = sum(bool(each.role) + bool(each.year) for each in columns)
        named = [n for n, each in enumerate(columns) if each.role in {"indicator", "measure"}]
        if heads > 1 and _is_body(rows[heads - 2 : heads], named):
            break
        if named and (best is None or known > best[0]):
            best = known, heads
    if best is None:
        return None
    heads = best[1]
    columns = _columns(rows[:heads], reading)
    body = tuple(tuple(row) for row in rows[heads:] if tuple(row) != tuple(rows[heads - 1]))
    return Grid(tuple(columns), body, heads, block.bars)


def _rows(block: Block) -> list[list[str]]:
    """Return the texts of a table's cells; one that was merged stands in each place it covers."""
    if not block.cells or len(block.cells) > _MOST_CELLS:
        return []
    height = max(cell.row + cell.rows for cell in block.cells)
    width = max(cell.column + cell.columns for cell in block.cells)
    if height * width > 4 * _MOST_CELLS:
        return []
    grid = [[""] * width for _ in range(height)]
    for cell in block.cells:
        text = " ".join(cell.text.split())
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                grid[row][column] = text
    return grid


def _is_body(rows: Sequence[Sequence[str]], named: Sequence[int]) -> bool:
    """Tell whether the second of two rows is no heading: it has a name, or figures, of its own."""
    above, row = rows
    own = any(row[place] not in {"", above[place]} for place in named)
    return own or any(figure_of(cell) is not None for cell in row)


def _columns(heads: Sequence[Sequence[str]], reading: Reading) -> list[Column]:
    """Return what the columns hold; a second row of headings may tell the years alone.

    What stands above an empty heading goes on, as 目標 over several years.
    """
    width = len(heads[0])
    columns = []
    for place in range(width):
        words = [squeezed(row[place]) for row in heads if place < len(row)]
        role, year = "", ""
        for word in dict.fromkeys(words):
            role = role or _role(word, reading)
            year = year or _year(word)
        columns.append(Column(role, year))
    return columns


def _role(word: str, reading: Reading) -> str:
    bare = _NOTE.sub("", word)
    for name, words in reading.lists.items():
        if name.startswith(_COLUMN) and (word in words.words or bare in words.words):
            return name.removeprefix(_COLUMN)
    for name in ("baseline", "target"):
        listed = reading.lists[f"{_COLUMN}{name}"].words
        rest = _YEAR.sub("", bare, count=1)
        inner = _NOTE.search(word)
        if rest in listed or (inner is not None and inner[0].strip("()") in listed):
            return name
    return ""


def _year(word: str) -> str:
    """Return the year that a heading names, as it is written; empty if it names none."""
    for found in _YEAR.finditer(word):
        text = found[0]
        if not re.search("[年度RH令平]|[0-9]{4}", text):
            continue
        part = read_part("date", text)
        if part is not None and part[1] - part[0] > 1:
            return text[part[0] : part[1]]
    return ""


@frozen
class Cellful:
    """What a cell of figures says: a number, its unit, the day that it is of."""

    value: str
    unit: str
    on: str
    rest: str = ""


_FIGURE: Final = re.compile(
    r"(?:約|概ね)?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?([^0-9()]{0,8})((?:\([^()]{1,20}\))*)"
)


def figure_of(cell: str) -> Cellful | None:
    """Return the figure that a cell holds, and nothing else; None if it holds something else.

    >>> figure_of("22.7 (R6)").on, figure_of("1,208件").value, figure_of("全国平均以上")
    ('R6', '1208', None)
    """
    found = _FIGURE.fullmatch(squeezed(cell))
    if found is None:
        return None
    whole, part, unit, notes = found.groups()
    days = [
        note
        for note in re.findall(r"\(([^()]*)\)", notes)
        if read_part("date", note) == (0, len(note))
    ]
    others = [note for note in re.findall(r"\(([^()]*)\)", notes) if note not in days]
    return Cellful(
        whole.replace(",", "") + (part or ""), unit, days[-1] if days else "", "".join(others)
    )
