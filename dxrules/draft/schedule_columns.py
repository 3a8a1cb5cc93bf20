"""What the columns of years of a schedule tell of a row: start, due, and a guess of how far it is.

取組       | 令和8年度 | 令和9年度
電子申請   | 検討      | 運用
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.figures_in_text import is_date
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.measure_states import status_of
from dxrules.draft.measure_words import Said
from dxrules.draft.schedules import NOTHING
from dxrules.draft.table_years import YEAR, figure_of
from dxrules.draft.tables import Grid
from dxrules.texts import Text

_ARROWS: Final = re.compile(r"[→⇒>~―\-ー━─=●○◎■□△▲◇◆★☆▶►▷▽▼済]+")
_NONE: Final = frozenset({"×", "✕", "✖", "/"})
"""In the column of a year: it is not done then."""
_STAGES: Final = Text("工程表の段階の読み方によって変わる", "it depends on how the stages are read")


def take_years(said: Said, grid: Grid, number: int, row: Sequence[str], reading: Lexicon) -> None:
    """Take the first and the last year in which something stands or a bar lies.

    Where the cells hold words, as 検討 and 運用, what counts as the end is a question; what is
    brought in at all in one of the years is planned.
    """
    years = [
        place
        for place, column in enumerate(grid.columns)
        if column.year
        and column.role in {"", "schedule"}
        and (column.is_year_alone or _OPEN.fullmatch(column.head))
    ]
    filled = {
        place
        for place in _filled(grid, number, row, years)
        if place >= len(row) or status_of(row[place], reading).get("status") != "declined"
    }
    if not filled:
        return
    words = {place: squeezed(row[place]) for place in sorted(filled) if place < len(row)}
    if any(len(word) > _LONGEST_STAGE for word in words.values()) and _is_told_at_length(
        grid, years
    ):
        return
    due = grid.columns[max(filled)].last
    said.is_endless |= _OPEN.fullmatch(grid.columns[max(filled)].head) is not None
    said.is_scheduled = True
    first = grid.columns[min(filled)].year
    before = _begun_before(grid, row, min(filled))
    if before and "start" not in said.values:
        said.doubt("start", [before, first], _STAGES)
    said.put("start", before or first)
    cells = [squeezed(row[place]) for place in years if place < len(row)]
    if _is_given_up(cells, reading):
        for key in ("start", "due"):  # what was to be done until then, before it was given up
            said.doubt(key, (), _STAGES)
    last = max(filled)
    if len(filled) > 1 and words.get(last) == _ENDED:
        said.doubt("due", [grid.columns[last - 1].last, due], _STAGES)
    stages = {place: word for place, word in words.items() if not _ARROWS.fullmatch(word or "→")}
    if not stages:
        said.put("due", due)
        return
    brought = [place for place, word in stages.items() if _is_stage(word, "stage-brought", reading)]
    goes_on = any(place > max(brought, default=place) for place in stages)
    if goes_on and "due" not in said.values:
        ends = [grid.columns[brought[-1]].last, due]
        said.put("due", ends[0])
        said.doubt("due", ends, _STAGES)
    said.put("due", due)
    if "status" not in said.values:
        _status_by_stages(said, [*stages.values()], reading, is_brought=bool(brought))


def _status_by_stages(
    said: Said, stages: Sequence[str], reading: Lexicon, *, is_brought: bool
) -> None:
    """Take where a measure stands by the stages of its schedule, for a guess."""
    if is_brought:
        said.put("status", "planned")
        said.doubt("status", ["planned", "ongoing"], _STAGES)
    elif all(_is_stage(word, "stage-running", reading) for word in stages):
        said.put("status", "ongoing")
        said.doubt("status", ["ongoing", "planned"], _STAGES)


_OPEN: Final = re.compile(rf"(?:{YEAR.pattern})(?:以降|以後|~)")
"""The head of a column that has no end: 令和10年度以降."""
NOTED_NOTHING: Final = re.compile(r"[-―ー]\(")
"""Nothing is done in a year, and a note says why."""


def _filled(grid: Grid, number: int, row: Sequence[str], years: Sequence[int]) -> set[int]:
    """Return the years in which something stands or a bar lies in a row."""
    filled = {
        place
        for place in years
        if place < len(row)
        and squeezed(row[place]) not in NOTHING | _NONE
        and not NOTED_NOTHING.match(squeezed(row[place]))
    }
    if not any(
        figure_of(row[place]) is None or grid.columns[place].role == "schedule" for place in filled
    ):
        filled = set()  # what is reached by then: a row of figures is no schedule
    for bar in grid.bars:
        if bar.row == number + grid.first:
            filled |= {place for place in years if bar.first <= place <= bar.last}
    if _are_dashes_empty(grid, years) or _is_blank(grid, row, years):
        filled -= {place for place in years if squeezed(row[place]) == "-"}
    return filled


def _is_given_up(cells: Sequence[str], reading: Lexicon) -> bool:
    """Tell whether the cells of years say that something ends unfinished: △ △ × and nothing."""
    is_stopped = "" in cells and _NONE & {*cells}
    states = (status_of(each, reading).get("status") for each in cells)
    return bool(is_stopped) or any(state in _GIVEN_UP for state in states)


_ENDED: Final = "終了"
"""In the column of a year: it ends in that year, or has ended by then."""
_GIVEN_UP: Final = frozenset({"dropped", "postponed", "suspended"})
_LONGEST_STAGE: Final = 12
"""Signs of a stage; what is longer tells what was done in a year, and is no schedule."""


def _begun_before(grid: Grid, row: Sequence[str], first: int) -> str:
    """Return when something began by what a column tells of the time before: これまで."""
    for place, column in enumerate(grid.columns[:first]):
        if _SO_FAR.search(column.head) and place < len(row):
            found = _BEGUN.search(unicodedata.normalize("NFKC", row[place]))
            return found[1] if found is not None and is_date(found[1]) else ""
    return ""


_SO_FAR: Final = re.compile("これまで|[0-9元](?:年度?)?まで|実施済|既存|前計画|従前")
_BEGUN: Final = re.compile(
    r"((?:令和|平成|R|H|20)[0-9元]{1,2}(?:\.[0-9]{1,2}|年度|年[0-9]{1,2}月|年)?)"
    r"(?:[^、。]{0,12}(?:開始|始め|始動)|から|より)"
)


def _is_told_at_length(grid: Grid, years: Sequence[int]) -> bool:
    """Tell whether many cells of the years are longer than stages, in any row."""
    cells = [squeezed(row[place]) for row in grid.rows for place in years if place < len(row)]
    told = [cell for cell in cells if cell]
    return sum(len(cell) > _LONGEST_STAGE for cell in told) * _ONE_OF > len(told)


_ONE_OF: Final = 5


def _are_dashes_empty(grid: Grid, years: Sequence[int]) -> bool:
    """Tell whether a dash is nothing: other signs mark the years of a table, or words after it."""
    rows = [[squeezed(row[place]) for place in years] for row in grid.rows]
    if any(row[0] == "-" and any(map(_WORD.search, row)) for row in rows if row):
        return True  # - | 仕様検討 | 導入: what begins later
    marks = {mark for row in rows for mark in row}
    return any(_ARROWS.fullmatch(mark) and mark.strip("-") for mark in marks)


_WORD: Final = re.compile("[ぁ-んァ-ヶ一-龥]")
"""What is done in a year, told in words or by a sign of them: 調, 準, 実."""


def _is_blank(grid: Grid, row: Sequence[str], years: Sequence[int]) -> bool:
    """Tell whether a row has nothing but dashes in its years, where others say what is done."""
    words = (squeezed(each[place]) for each in grid.rows for place in years if place < len(each))
    is_told = any(word and not _ARROWS.fullmatch(word) for word in words)
    return is_told and all(squeezed(row[place]) == "-" for place in years if place < len(row))


def _is_stage(word: str, name: str, reading: Lexicon) -> bool:
    return any(each in word for each in reading.ends(name))
