"""What the columns of a table of indicators are: baselines, targets, results."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.column_heads import HeadedColumn, role_of
from dxrules.draft.figures_in_text import end_of
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.table_years import figure_of
from dxrules.draft.tables import Grid


def years_alone(grid: Grid) -> list[int]:
    """Return the columns above which a year stands, and no word of what they hold."""
    return [n for n, each in enumerate(grid.columns) if each.year and not each.role]


def kinds(grid: Grid, begins: int | None) -> tuple[dict[int, str], bool]:
    """Return what the cells of each column are, and whether the heads or the period tell it.

    Years alone are targets after a baseline. Where no word tells of any, those before the period
    of the plan are what was reached, and those in it are targets, all of them if none is before.
    """
    roles = {each.role for each in grid.columns}
    years = years_alone(grid)
    if not roles & {"baseline", "target", "result"} and len(years) > 1:
        ends = [end_of(grid.columns[n].year) for n in years]
        before = [n for n, end in zip(years, ends, strict=True) if begins and end and end < begins]
        if begins and not before and all(ends):
            return dict.fromkeys(years, "target"), True
        is_sure = bool(before) and len(before) < len(years)
        base = before[-1] if is_sure else years[0]
        return {n: "baseline" if n == base else "target" for n in years if n >= base}, is_sure
    found: dict[int, str] = {}
    for place, column in enumerate(grid.columns):
        kind = _kind(grid, place, found, begins)
        if kind and not _is_at_odds(kind, column, begins):
            found[place] = kind
    for place in [n for n in found if _BEFORE_CHANGE.match(grid.columns[n].head)]:
        year = grid.columns[place].year
        if any(
            n != place and grid.columns[n].year == year for n, k in found.items() if k == "target"
        ):
            del found[place]
    is_told = begins is not None or not _is_before_results(grid)
    if "baseline" not in found.values() and (last := _last_before(grid, begins)) is not None:
        found[last] = "baseline"
    return found, is_told


_BEFORE_CHANGE: Final = re.compile("(?:当初|改[定訂]前|変更前|見直し前|旧)の?(?:目標|数値|値)")
"""Above what was aimed at before, beside what is now: 改定後の目標 | 当初の目標."""


def _is_before_results(grid: Grid) -> bool:
    """Tell whether a year alone stands before results: either may be where the plan began."""
    if grid.of("baseline") or not grid.of("result"):
        return False
    return any(place < grid.of("result")[0] for place in years_alone(grid))


def _last_before(grid: Grid, begins: int | None) -> int | None:
    """Return the last column of a year before the plan, beside results that came after it."""
    if begins is None or not _is_before_results(grid):
        return None
    ends = {place: end_of(grid.columns[place].year) for place in years_alone(grid)}
    before = [n for n, end in ends.items() if end is not None and end < begins]
    return before[-1] if before else None


def _is_at_odds(kind: str, column: HeadedColumn, begins: int | None) -> bool:
    """Tell whether a column cannot be what its place suggests, as the plan begins when it does.

    No aim is for a year that is over by then, and what is reached later is not where it began.
    """
    end = end_of(column.year)
    if begins is None or end is None:
        return False
    if kind == "target":
        return not column.role and end < begins
    return kind == "baseline" and column.role != "baseline" and end > begins


def _kind(grid: Grid, place: int, before: Mapping[int, str], begins: int | None) -> str:
    column = grid.columns[place]
    is_old = column.role == "target" and _OF_OLD.search(column.head) is not None
    if column.is_of_year or (is_old and len(grid.of("target")) > 1):
        return ""
    if column.role in {"baseline", "target"}:
        return column.role
    if column.role == "result":
        return "baseline" if place == _last_result(grid, begins) else ""
    if column.role or not column.year:
        return ""
    if place == _first_year(grid):
        return "baseline"
    results = any(each.role == "result" for each in grid.columns[:place])
    return (
        "target" if results or "baseline" in before.values() or "target" in before.values() else ""
    )


_OF_OLD: Final = re.compile("(?:見直し|改定|改訂|変更)前|旧目標|当初の?目標")
"""Above what was aimed at before a plan was revised, beside what is aimed at now."""


def _first_year(grid: Grid) -> int | None:
    """Return the first column of a year alone, which is the present one where none is named so."""
    if grid.of("baseline") or grid.of("result") or not grid.of("target"):
        return None
    first = next(iter(years_alone(grid)), None)
    if first is None or first > grid.of("target")[0] or _is_after_figures(grid, first):
        return None
    return first


def is_picked_of(grid: Grid, of_columns: Mapping[int, str]) -> bool:
    """Tell whether what is taken for the baseline is not the last of the results before targets."""
    first = next((n for n, kind in of_columns.items() if kind == "target"), len(grid.columns))
    results = [n for n in grid.of("result") if n < first]
    return any(n in results[:-1] for n, kind in of_columns.items() if kind == "baseline")


def _is_after_figures(grid: Grid, place: int) -> bool:
    """Tell whether figures stand before a column of which no head tells what they are."""
    before = [n for n in range(place) if grid.columns[n].role in {"", "content", "status"}]
    cells = [row[n] for row in grid.rows for n in before if n < len(row) and row[n]]
    return any(len(cell) > 1 and figure_of(cell) is not None for cell in cells)


def _last_result(grid: Grid, begins: int | None) -> int | None:
    """Return the column of the latest results, which are the baseline where none is named so.

    A plan under way has results of its own years, too; it began with those before them.
    """
    if grid.of("baseline"):
        return None
    first = next(iter(grid.of("target")), len(grid.columns))
    results = grid.of("result")
    ends = {n: end_of(grid.columns[n].year) for n in results}
    if before := [n for n, end in ends.items() if begins and end and end < begins]:
        return before[-1]
    return next((n for n in reversed(results) if n < first), results[-1])


def is_of_the_past(grid: Grid, begins: int | None = None) -> bool:
    """Tell whether a table compares the targets of a year with the results of the same.

    So does one whose names are those of a plan that is called by its name, with results. A plan
    that `begins` before those years, and has targets for later ones, but tells how it goes.
    """
    results = {each.year for each in grid.columns if each.role == "result" and each.year}
    names = [each.head for each in grid.columns if each.role == "indicator"]
    if results and any(map(_OF_A_PLAN.match, names)):
        return True
    aims = [each.year for each in grid.columns if each.role == "target" and each.year]
    ends = [end_of(year) for year in aims]
    known = [end for end in ends if end is not None and begins is not None and end > begins]
    last = max((end_of(year) or 0 for year in results), default=0)
    if results and len(known) == len(aims) and sum(end > last for end in known) >= _LEAST_AHEAD:
        return False
    return any(year in results for year in aims)


_LEAST_AHEAD: Final = 2
"""Years after the latest results for which a plan under way has targets."""
_OF_A_PLAN: Final = re.compile(
    "(?!本|この|当)[^、。]{2,}(?:計画|方針|プラン|ビジョン|戦略|構想)(?:の|における|で掲げた)(?:目標|指標|取組|KPI)"
)
"""Above the names of what a plan before this one aimed at: 見本町DX推進方針の目標."""


OF_FORMER: Final = re.compile(
    "^(?:第[0-9一二三]{1,2}[版期次]|前回|前期|前計画|前方針|前プラン|旧計画|旧プラン|旧)の?"
)
"""What the head of a column begins with that tells of an edition or a plan before this one."""


def is_of_former(grid: Grid | None) -> bool:
    """Tell whether the names of a table are those of a plan before this one: 前計画の指標."""
    columns = grid.columns if grid is not None else ()
    return any(each.role == "indicator" and OF_FORMER.match(each.head) for each in columns)


def rows_of_targets(grid: Grid, reading: Lexicon) -> Sequence[tuple[str, ...]]:
    """Return the rows of a table that tell targets: of めあて(上段)と実績(下段) every first one.

    None, where a head speaks of two rows and does not tell what they hold.
    """
    of_two = {_row_of_targets(each.head, reading) for each in grid.columns} - {None}
    if not of_two:
        return grid.rows
    return [row for number, row in enumerate(grid.rows) if {_row_of_two(grid, number)} == of_two]


def _row_of_targets(head: str, reading: Lexicon) -> int | None:
    """Return in which of two rows of an indicator its targets stand: めあて(上段)と実績(下段).

    None where a head says nothing of two rows, and -1 where it does not tell what they hold.
    """
    if "上段" not in head or "下段" not in head:
        return None
    upper = _UPPER.search(head)
    words = [each for each in upper.groups() if each] if upper else []
    role = role_of(words[0], reading) if words else ""
    return {"target": 0, "result": 1, "baseline": 1}.get(role, -1)


_UPPER: Final = re.compile(
    r"([^()・、,/と:]{1,8})\(上段\)|\(上段\)([^()・、,/と:下]{1,8})|上段[:はがに]?([^()・、,/と:下]{1,8})"
)


def _row_of_two(grid: Grid, number: int) -> int:
    """Return which row of its indicator a row is, from 0; the name stands in each of them."""
    name = grid.cell(grid.rows[number], "indicator")
    above = (grid.cell(row, "indicator") for row in reversed(grid.rows[:number]))
    return sum(1 for _ in takewhile(lambda each: each in {name, ""}, above))


def named_beside(grid: Grid | None) -> Grid | None:
    """Return a table whose names stand beside their numbers, in a column without a known head."""
    here = grid.at("indicator") if grid is not None else None
    if grid is None or here is None or here + 1 >= len(grid.columns) or not grid.rows:
        return grid
    beside = grid.columns[here + 1]
    are_short = all(len(squeezed(row[here])) <= _LONGEST_NUMBER for row in grid.rows)
    are_names = all(
        len(squeezed(row[here + 1])) > _LONGEST_NUMBER and figure_of(row[here + 1]) is None
        for row in grid.rows
    )
    if beside.role or beside.year or not (are_short and are_names):
        return grid
    columns = [*grid.columns]
    columns[here], columns[here + 1] = beside, grid.columns[here]
    return replace(grid, columns=tuple(columns))


_LONGEST_NUMBER: Final = 4
"""Signs of the number of an indicator, as 1-2 or ③."""
