"""Indicators from the tables of a document: their baseline and targets, cell by cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from dxrules.document.normal import squeezed
from dxrules.draft.candidates import Quote, without_notes
from dxrules.draft.tables import Cellful, Column, Grid, figure_of, fiscal, grid_of, role_of
from dxrules.source.types import MAX_FRAGMENT
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dxrules.document.model import Block
    from dxrules.draft.outline import Sentence
    from dxrules.draft.reading import Reading

_EMPTY: Final = frozenset({"", "-", "―", "なし", "未設定"})
_UNREAD: Final = Text("読み取れないセルがある", "a cell of it could not be read")
_NO_YEAR: Final = Text(
    "いつの値か、表の見出しで分からない", "the heading does not tell of which year a value is"
)
_BARE: Final = Text(
    "現状値か目標値か、表の見出しで分からない",
    "the heading does not tell what is the present value and what a target",
)
_PAST: Final = Text(
    "目標と同じ年の実績があり、過ぎた年の報告かもしれない",
    "it has results of the year of its targets, and may report of what is past",
)
_AREAS: Final = Text("語から推した分野", "areas guessed by words")


def indicators(
    sentences: Sequence[Sentence], reading: Reading
) -> Iterator[tuple[dict[str, Any], tuple[Quote, ...]]]:
    """Yield the indicators of all tables in which the town speaks."""
    number = 0
    for sentence in sentences:
        if sentence.block.kind != "table" or sentence.voice != "town":
            continue
        grid = grid_of(sentence.block, reading)
        is_listed = grid is not None and _is_of_indicators(grid, sentence)
        rows = [_indicator(grid, row, reading) for row in grid.rows] if grid and is_listed else []
        for made in rows or _of_card(sentence.block, reading):
            if made is not None:
                number += 1
                quote = Quote(
                    made["title"][:MAX_FRAGMENT],
                    sentence.section,
                    sentence.page,
                    sentence.place,
                )
                yield {"id": f"indicator-{number}", **made}, (quote,)


_OF_YEAR: Final = re.compile(
    r"((?:令和|平成|R|H|20)[0-9元]{1,2}(?:\([^()]{2,8}\))?年?度?末?)(?:実績|現状|目標|の)?[:：]?(.+)"
)


def _of_card(block: Block, reading: Reading) -> Iterator[dict[str, Any]]:
    """Yield the indicators of a card: a label, a name, and beside it the figures of two years.

    The first is the present one and the others are targets, as 2025年度 95分 and 2027年度 45分.
    """
    for row in block.rows():
        cells = [" ".join(cell.text.split()) for cell in row]
        if len(cells) < _CELLS_OF_CARD or role_of(squeezed(cells[0]), reading) != "indicator":
            continue
        told = [_OF_YEAR.fullmatch(squeezed(cell)) for cell in cells[2:]]
        figures = [(each[1], figure_of(each[2])) for each in told if each is not None]
        if len(figures) < len(told) or any(figure is None for _, figure in figures):
            continue
        (first, base), *later = [(year, figure) for year, figure in figures if figure is not None]
        title, unit = _title(without_notes(cells[1]), reading)
        unit = unit or base.unit
        made: dict[str, Any] = {"title": title} | ({"unit": unit} if unit else {})
        made["baseline"] = {"value": base.value, "on": fiscal(first)}
        made["targets"] = [{"value": each.value, "year": fiscal(year)} for year, each in later]
        yield made | _in_doubt(made, None if later else _BARE, reading)


_CELLS_OF_CARD: Final = 4


def _is_of_indicators(grid: Grid, sentence: Sentence) -> bool:
    if grid.at("indicator") is None:
        return False
    return bool(grid.of("target")) or "indicators" in sentence.about


def _indicator(grid: Grid, row: Sequence[str], reading: Reading) -> dict[str, Any] | None:
    said = grid.cell(row, "indicator")
    if not said or figure_of(said) is not None or _is_aside(grid, row):
        return None
    title, unit = _title(without_notes(said), reading)
    unit = grid.cell(row, "unit") or unit
    doubt: Text | None = None
    baseline: dict[str, str] | None = None
    targets: list[dict[str, str]] = []
    bare = _is_bare(grid)
    for place, column in enumerate(grid.columns):
        kind = _kind(grid, place, column, bare=bare)
        cell = row[place] if place < len(row) else ""
        if not kind or squeezed(cell) in _EMPTY:
            continue
        figure = figure_of(cell)
        if figure is None or not _fits(figure, unit):
            doubt = _UNREAD
            continue
        unit = unit or figure.unit
        year = _year(grid, row, column, kind)
        if kind == "baseline" and baseline is None:
            on = figure.on or year
            baseline = {"value": figure.value} | ({"on": on} if on else {})
        elif kind == "target" and year:
            observed = {"observed": figure.on} if figure.on else {}
            targets.append({"value": figure.value, "year": year} | observed)
        else:
            doubt = doubt or _NO_YEAR
    if not targets and baseline is None:
        return None
    if bare:
        doubt = doubt or _BARE
    if _is_of_the_past(grid):
        doubt = doubt or _PAST
    made: dict[str, Any] = {"title": title}
    made |= {"unit": unit} if unit else {}
    made |= {"baseline": baseline} if baseline else {}
    made |= {"targets": targets} if targets else {}
    return made | _in_doubt(made, doubt, reading)


def _in_doubt(made: dict[str, Any], doubt: Text | None, reading: Reading) -> dict[str, Any]:
    """Return the areas that the words of a title suggest, which are a guess, and the doubts."""
    found: dict[str, Any] = {}
    doubts: list[dict[str, Any]] = []
    areas = list(reading.coded("area", squeezed(made["title"])))
    if areas:
        found["areas"] = areas
        doubts.append({"of": ["areas"], "candidates": areas, "because": _AREAS})
    if doubt is not None:
        of = [key for key in ("baseline", "targets") if key in made]
        doubts.append({"of": of, "because": doubt})
    return found | ({"doubts": doubts} if doubts else {})


def _is_aside(grid: Grid, row: Sequence[str]) -> bool:
    """Tell whether a row is said to be for comparison alone, as 参考 and 全国平均."""
    names = row[: (grid.at("indicator") or 0) + 1]
    return any(squeezed(cell).startswith(_ASIDE) for cell in names)


_ASIDE: Final = ("参考", "(参考", "※", "注)", "全国", "県内", "国の目標", "国平均", "県平均")


def _is_bare(grid: Grid) -> bool:
    """Tell whether years alone stand above the figures of a table, and no word of what they are."""
    roles = {each.role for each in grid.columns}
    years = [each for each in grid.columns if each.year and not each.role]
    return not roles & {"baseline", "target", "result"} and len(years) > 1


def _kind(grid: Grid, place: int, column: Column, *, bare: bool) -> str:
    """Return whether a column holds baselines or targets; years alone are targets after one."""
    if column.role in {"baseline", "target"}:
        return column.role
    if column.role == "result":
        return "baseline" if place == _last_result(grid) else ""
    if column.role or not column.year:
        return ""
    if bare:
        first = next(n for n, each in enumerate(grid.columns) if each.year and not each.role)
        return "baseline" if place == first else "target"
    before = [each.role for each in grid.columns[:place]]
    return "target" if {"baseline", "target", "result"} & {*before} else ""


def _is_of_the_past(grid: Grid) -> bool:
    """Tell whether a table compares the targets of a year with the results of the same."""
    results = {each.year for each in grid.columns if each.role == "result" and each.year}
    return any(each.role == "target" and each.year in results for each in grid.columns)


def _last_result(grid: Grid) -> int | None:
    """Return the column of the latest results, which are the baseline where none is named so."""
    return None if grid.of("baseline") else grid.of("result")[-1]


def _year(grid: Grid, row: Sequence[str], column: Column, kind: str) -> str:
    return column.year or grid.cell(row, f"{kind}-year")


def _fits(figure: Cellful, unit: str) -> bool:
    return not figure.unit or not unit or squeezed(unit) == squeezed(figure.unit)


def _title(said: str, reading: Reading) -> tuple[str, str]:
    """Return a title without the unit that stands in brackets at its end."""
    found = re.fullmatch(r"(.+?)\s*[(（]([^()（）]{1,8})[)）]", said)
    units = {squeezed(word) for word in reading.lists["unit"].words}
    if found and squeezed(found[2]) in units:
        return found[1], squeezed(found[2])
    return said, ""
