"""What the columns of a table of indicators are: baselines, targets, results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.draft.figures import end_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dxrules.draft.tables import Column, Grid


def years_alone(grid: Grid) -> list[int]:
    """Return the columns above which a year stands, and no word of what they hold."""
    return [n for n, each in enumerate(grid.columns) if each.year and not each.role]


def kinds(grid: Grid, begins: int | None) -> tuple[dict[int, str], bool]:
    """Return what the cells of each column are, and whether the heads or the period tell it.

    Years alone are targets after a baseline. Where no word tells of any, those before the period
    of the plan are what was reached, and those in it are targets.
    """
    roles = {each.role for each in grid.columns}
    years = years_alone(grid)
    if not roles & {"baseline", "target", "result"} and len(years) > 1:
        ends = [end_of(grid.columns[n].year) for n in years]
        before = [n for n, end in zip(years, ends, strict=True) if begins and end and end < begins]
        is_sure = bool(before) and len(before) < len(years)
        base = before[-1] if is_sure else years[0]
        return {n: "baseline" if n == base else "target" for n in years if n >= base}, is_sure
    found: dict[int, str] = {}
    for place, column in enumerate(grid.columns):
        kind = _kind(grid, place, column, found)
        if kind and not (kind == "target" and not column.role and _is_before(column, begins)):
            found[place] = kind
    return found, True


def _is_before(column: Column, begins: int | None) -> bool:
    """Tell whether the year of a column is over when the plan begins: no aim of it is."""
    end = end_of(column.year)
    return begins is not None and end is not None and end < begins


def _kind(grid: Grid, place: int, column: Column, before: Mapping[int, str]) -> str:
    if column.is_of_year:
        return ""
    if column.role in {"baseline", "target"}:
        return column.role
    if column.role == "result":
        return "baseline" if place == _last_result(grid) else ""
    if column.role or not column.year:
        return ""
    if place == _first_year(grid):
        return "baseline"
    results = any(each.role == "result" for each in grid.columns[:place])
    return (
        "target" if results or "baseline" in before.values() or "target" in before.values() else ""
    )


def _first_year(grid: Grid) -> int | None:
    """Return the first column of a year alone, which is the present one where none is named so."""
    if grid.of("baseline") or grid.of("result") or not grid.of("target"):
        return None
    first = next(iter(years_alone(grid)), None)
    return first if first is not None and first < grid.of("target")[0] else None


def _last_result(grid: Grid) -> int | None:
    """Return the column of the latest results, which are the baseline where none is named so."""
    if grid.of("baseline"):
        return None
    first = next(iter(grid.of("target")), len(grid.columns))
    results = grid.of("result")
    return next((n for n in reversed(results) if n < first), results[-1])


def is_of_the_past(grid: Grid) -> bool:
    """Tell whether a table compares the targets of a year with the results of the same."""
    results = {each.year for each in grid.columns if each.role == "result" and each.year}
    return any(each.role == "target" and each.year in results for each in grid.columns)
