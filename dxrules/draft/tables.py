"""Tables of a document as grids, with what each of their columns holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from dxrules.document import Bar, Block
from dxrules.document.normal import squeezed
from dxrules.draft.cell_words import is_office, is_state, rows_of_title, spread
from dxrules.draft.reading import Reading
from dxrules.draft.table_years import SPAN, YEAR, figure_of, year_of, years_in
from dxrules.frozen import frozen

_COLUMN: Final = "column-"
_MOST_HEADS: Final = 3
_NOTE: Final = re.compile(r"\([^()]*\)")
_MOST_CELLS: Final = 5_000


@frozen
class Column:
    """A column: what it holds, and the year that its heading names."""

    role: str
    year: str
    last: str = ""
    """The last year, of a column for several as 令和11~14年度; else the same."""
    is_year_alone: bool = False
    """Whether nothing but the year stands above: 令和8年度の取組 tells what was done in it."""
    label: str = ""
    """The words above it that tell its role."""
    head: str = ""
    """All words above it."""
    is_of_year: bool = False
    """Whether it holds the years of the figures in the column before: 基準値 over 値 and 年度."""

    def label_is_of_notes(self, words: Sequence[str]) -> bool:
        """Tell whether it holds remarks, by the words of such columns."""
        return not self.role and _NOTE.sub("", self.head) in words


@frozen
class Grid:
    """A table: its rows below the heading, and what its columns hold."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    first: int
    bars: tuple[Bar, ...]
    measure: int | None = None
    """The column in which measures are called; columns of groups of them stand before it."""
    groups: tuple[int, ...] = ()

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
    return grid_in(rows_in_place(block), block.bars, reading)


def grid_in(rows: Sequence[Sequence[str]], bars: tuple[Bar, ...], reading: Reading) -> Grid | None:
    """Return rows as a grid; a first one that is but the title of the table heads nothing."""
    above = rows_of_title(rows)
    rows = rows[above:]
    best: tuple[int, int] | None = None
    for heads in range(1, min(_MOST_HEADS, len(rows)) + 1):
        columns = columns_of(rows[:heads], reading)
        known = sum(bool(each.role) + bool(each.year) for each in columns)
        named = [n for n, each in enumerate(columns) if each.role in _NAMING]
        if heads > 1 and _is_body(rows[heads - 2 : heads], named):
            lower = columns_of(rows[heads - 1 : heads], reading)
            told = sum(bool(each.role) + bool(each.year) for each in lower)
            if best is None or told < _LEAST_OF_HEADS or told <= best[0]:
                break
        if named and (best is None or known > best[0]):
            best = known, heads
    if best is None:
        return _named_by_what_it_holds(rows, above, bars, reading)
    heads = _with_parts(rows, best[1], reading)
    columns = columns_of(rows[:heads], reading)
    body = tuple(tuple(row) for row in rows[heads:] if tuple(row) != tuple(rows[heads - 1]))
    body = tuple(row if len(set(row)) > 1 else ("",) * len(row) for row in body)
    if not _is_table(columns):
        return None
    columns = _with_roles_of_cells(columns, body, reading)
    measure, groups = _measure_column(columns, body)
    return Grid(tuple(columns), body, heads + above, bars, measure, groups)


def _with_parts(rows: Sequence[Sequence[str]], heads: int, reading: Reading) -> int:
    """Return how many rows are heads, with one that only parts the columns above it.

    What names the rows is in it the same cell as above: 取組 over two rows, beside 令和8年度 over
    上期 and 下期.
    """
    columns = columns_of(rows[:heads], reading)
    named = [n for n, each in enumerate(columns) if each.role in _NAMING]
    while heads < min(_MOST_HEADS, len(rows) - 1) and all(
        rows[heads][place] == rows[heads - 1][place] != "" for place in named
    ):
        heads += 1
    return heads


_LEAST_OF_HEADS: Final = 4
"""Words of columns in a row that is one of heads, below one that gathers them."""


def _with_roles_of_cells(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], reading: Reading
) -> list[Column]:
    """Return columns without a known head with the role that their cells have all but alone.

    Cells of offices tell who does it, and those of states where it stands.
    """
    made = [*columns]
    for role, is_one in (("status", is_state), ("owner", is_office)):
        if any(each.role == role for each in columns):
            continue
        found: list[tuple[int, int]] = []
        for place, column in enumerate(columns):
            cells = [squeezed(row[place]) for row in rows if place < len(row) and row[place]]
            right = [cell for cell in cells if is_one(cell, reading)]
            free = not column.role and not column.is_year_alone
            if free and len(right) >= max(_LEAST_ALIKE, _MOST_ALIKE * len(cells)):
                found.append(
                    (len({reading.code_of("measure-status", e) or e for e in right}), place)
                )
        if found:
            place = max(found, key=lambda each: (each[0], each[1]))[1]
            made[place] = replace(columns[place], role=role, year="", last="", is_year_alone=False)
    return made


_LEAST_ALIKE: Final = 2
_MOST_ALIKE: Final = 0.7


def _named_by_what_it_holds(
    rows: Sequence[Sequence[str]], above: int, bars: tuple[Bar, ...], reading: Reading
) -> Grid | None:
    """Return a table of measures in which no head says so: others tell who, when and how far.

    What is done is called in the first of the columns in which most cells say that.
    """
    if len(rows) < 3:  # noqa: PLR2004
        return None
    columns = columns_of(rows[:1], reading)
    body = tuple(tuple(row) for row in rows[1:])
    columns = _with_roles_of_cells(columns, body, reading)
    years = sum(each.is_year_alone and not each.role for each in columns)
    told = {each.role for each in columns} & {"owner", "schedule", "status", "start", "due"}
    if len(told) + (years > 1) < _LEAST_TOLD:
        return None
    ends = reading.ends("doing-noun")
    for place, column in enumerate(columns):
        cells = [squeezed(row[place]) for row in body if row[place]]
        doing = sum(cell.endswith(ends) for cell in cells)
        if not column.role and not column.year and doing * 2 > len(body):
            columns[place] = replace(column, role="measure")
            return Grid(tuple(columns), body, 1 + above, bars, place, ())
    return None


_LEAST_TOLD: Final = 2


_NAMING: Final = frozenset({"indicator", "measure", "detail", "content"})
"""Roles of columns of which one tells what a row is about."""


def _is_table(columns: Sequence[Column]) -> bool:
    """Tell whether a first row is a row of headings: with a name, or with two that tell of it."""
    roles = [each.role for each in columns]
    others = sum(bool(role) and role not in _NAMING for role in roles)
    years = sum(bool(each.year) for each in columns)
    if {"indicator", "measure"} & set(roles):
        return len(columns) > 2 or others + years > 0 or len(set(roles) - {""}) > 1  # noqa: PLR2004
    return others + years > (0 if {"content", "detail"} & set(roles) else 1)


def _measure_column(
    columns: Sequence[Column], rows: Sequence[Sequence[str]]
) -> tuple[int | None, tuple[int, ...]]:
    """Return the column in which the measures are called, and those of their groups.

    Of several, as 施策 and 取組, it is the one that tells most rows apart; where none is called
    so, the one that tells details or contents, if others tell who and when.
    """
    named = [n for n, each in enumerate(columns) if each.role in {"measure", "detail"}]
    roles = {each.role for each in columns}
    if not named and {"owner", "schedule"} & roles and not {"baseline", "target"} & roles:
        named = [n for n, each in enumerate(columns) if each.role == "indicator"][:1]
    if not named and any(each.role in {"owner", "schedule", "status"} for each in columns):
        named = [n for n, each in enumerate(columns) if each.role == "content"][:1]
    if not named:
        return None, ()
    told = {
        place: len({row[place] for row in rows if place < len(row) and row[place]})
        for place in named
    }
    best = max(named, key=lambda place: (told[place], -place))
    apart = {"", "group"}
    return best, tuple(
        place for place in range(best) if columns[place].role in apart or place in named
    )


def rows_in_place(block: Block) -> list[list[str]]:
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
    if named and all(row[place] == above[place] != "" for place in named):
        return False
    if _in_a_row([squeezed(cell) for cell, up in zip(row, above, strict=True) if cell != up]):
        return False
    own = any(row[place] not in {"", above[place]} for place in named)
    return own or any(figure_of(cell) is not None and not year_of(squeezed(cell)) for cell in row)


def columns_of(heads: Sequence[Sequence[str]], reading: Reading) -> list[Column]:
    """Return what the columns hold; a second row of headings may tell the years alone.

    What stands above an empty heading goes on, as 目標 over several years.
    """
    heads = spread(heads)
    width = len(heads[0])
    columns = []
    for place in range(width):
        words = [squeezed(row[place]) for row in heads if place < len(row)]
        roles = {word: _role(word, reading) for word in words}
        role, year, last = "", "", ""
        lower = next((word for word in reversed(words) if word), "")
        for word in reversed([*dict.fromkeys(words)]):
            told = roles[word]
            role = role or ("" if told in _OF_ONE and word != lower else told)
            first, end = years_in(word)
            year, last = (year, last) if year else (first, end)
        if _BARE_YEAR.fullmatch(year) and _OF_YEARS in words:
            year, last = f"{year}年度", f"{last}年度"
        alone = any(YEAR.fullmatch(word) or SPAN.fullmatch(word) for word in words)
        label = next((word for word in words if roles[word] == role), "")
        of_year = len(words) > 1 and words[-1] in _YEARS_BELOW and not year
        head = "".join(dict.fromkeys(words))
        columns.append(Column(role, year, last, alone, label, head, of_year))
    return _with_bare_years(columns, heads)


def _in_a_row(words: Sequence[str]) -> bool:
    """Tell whether words are numbers that follow one another, as those of years above columns."""
    told = [word for word in words if word]
    numbers = [int(each) for each in told if _NUMBER.fullmatch(each)]
    return len(told) == len(numbers) >= _LEAST_YEARS and numbers == [
        *range(numbers[0], numbers[0] + len(numbers))
    ]


_NUMBER: Final = re.compile("[0-9]{1,2}")
_ERA: Final = re.compile("令和|平成|西暦|20[0-9]{2}")
_CENTURY: Final = range(21, 46)
"""Numbers that are years of the Christian era: no other era of a plan has as many."""


def _with_bare_years(columns: list[Column], heads: Sequence[Sequence[str]]) -> list[Column]:
    """Return columns with the years that stand above them as numbers in a row: 26, 27, 28.

    The heading above them tells of which era they are.
    """
    words = [squeezed(each) for each in heads[-1]]
    places = [n for n, each in enumerate(words) if _NUMBER.fullmatch(each)]
    numbers = [int(words[place]) for place in places]
    in_a_row = numbers == [*range(numbers[0], numbers[0] + len(numbers))] if numbers else False
    if len(numbers) < _LEAST_YEARS or not in_a_row or any(columns[n].year for n in places):
        return columns
    above = "".join(squeezed(row[places[0]]) for row in heads[:-1])
    era = _ERA.search(above)
    name = era[0] if era is not None else "令和" if "年" in above else ""
    if not name and not all(number in _CENTURY for number in numbers):
        return columns
    of_era = name in {"令和", "平成"} and (era is not None or numbers[-1] < _CENTURY[0])
    made = list(columns)
    for place, number in zip(places, numbers, strict=True):
        year = f"{name}{number}年度" if of_era else f"20{number:02}年度"
        made[place] = replace(columns[place], year=year, last=year, is_year_alone=True)
    return made


_LEAST_YEARS: Final = 3
_BARE_YEAR: Final = re.compile("20[0-9]{2}")
_OF_ONE: Final = frozenset({"measure", "indicator", "content", "detail", "owner", "task"})
"""Roles that a head over several others gives none of them: below 取組 stands the number, too."""
_YEARS_BELOW: Final = frozenset({"年度", "年", "時点", "時期", "年次", "期限"})
_OF_YEARS: Final = "年度"
"""A heading that makes the years below it fiscal ones."""


def role_of(word: str, reading: Reading) -> str:
    """Return what a heading or a label is the name of: its last words tell, in Japanese.

    A word of a list that is all of it comes before one that it only ends in.
    """
    if found := named_role(word, reading):
        return found
    bare = _NOTE.sub("", word)
    if len(bare) > _LONGEST_LABEL:
        return ""
    roles = _roles(reading)
    ends = (bare[start:] for start in range(len(bare) - _LEAST_END + 1))
    return next((roles[end][2] for end in ends if end in roles), "")


def named_role(word: str, reading: Reading) -> str:
    """Return the role of which a word, or it without a note, is a name."""
    bare = _NOTE.sub("", word).strip("■□◆◇○●・【】[]〔〕:")
    roles = _roles(reading)
    return min((roles[each] for each in (word, bare) if each in roles), default=_OF_NONE)[1]


def _roles(reading: Reading) -> Mapping[str, tuple[int, str, str]]:
    """Return of each word of columns the role whose list is the first, and that for words' ends."""
    return reading.once(("roles",), lambda: _made_roles(reading))


def _made_roles(reading: Reading) -> Mapping[str, tuple[int, str, str]]:
    roles: dict[str, tuple[int, str, str]] = {}
    lists = [each for each in reading.lists.items() if each[0].startswith(_COLUMN)]
    for number, (name, words) in enumerate(lists):
        role = name.removeprefix(_COLUMN)
        for word in words.words:
            first, named, last = roles.get(word, (number, role, role))
            roles[word] = first, named, max(last, role)
    return roles


_OF_NONE: Final = (0, "", "")
_LONGEST_LABEL: Final = 14
_LEAST_END: Final = 2


_LATER: Final = re.compile("[0-9一二三四五六七八九十]{1,2}[かカヶケ箇]?年後(?:の(?:姿|値|数))?")
"""Above what is aimed at: 3年後(令和10年度)."""
_OF_A_YEAR: Final = frozenset({"baseline", "target", "result"})
"""What a column of a year may hold; 令和8年度の取組 is the year alone."""


_DATED: Final = re.compile(
    r"^(?:令和|平成|R|H|20)[0-9元]{1,2}(?:年度?|\.)?(?:[0-9]{1,2}月?)?(?:[0-9]{1,2}日)?末?(?:現在|時点)?の?"
)
_AS_OF: Final = frozenset({"status", "owner"})
"""What a column may hold as of a day: 状況(R8.3末)."""


def _role(word: str, reading: Reading) -> str:
    bare = _NOTE.sub("", word)
    if ("上段" in word and "下段" in word) or _LATER.fullmatch(bare):
        return "target"  # in one of two rows: めあて(上段)と実績(下段)
    found = role_of(word, reading)
    if found and (found in _OF_A_YEAR or not year_of(bare if found in _AS_OF else word)):
        return found
    dated = _DATED.sub("", bare)
    if dated != bare and (told := role_of(dated, reading)) in _AS_OF:
        return told
    for name in ("baseline", "target", "result"):
        listed = reading.lists[f"{_COLUMN}{name}"].words
        rest = YEAR.sub("", bare, count=1)
        inner = _NOTE.search(word)
        if rest in listed or (inner is not None and inner[0].strip("()") in listed):
            return name
    return ""
