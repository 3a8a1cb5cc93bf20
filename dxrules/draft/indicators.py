"""Indicators from the tables of a document: their baseline and targets, cell by cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from dxrules.document.normal import squeezed
from dxrules.draft.candidates import Quote, without_notes
from dxrules.draft.tables import Cellful, Column, Grid, figure_of, grid_of
from dxrules.source.types import MAX_FRAGMENT
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
        if grid is None or not _is_of_indicators(grid, sentence):
            continue
        for row in grid.rows:
            made = _indicator(grid, row, reading)
            if made is not None:
                number += 1
                quote = Quote(
                    made["title"][:MAX_FRAGMENT],
                    sentence.section,
                    sentence.page,
                    sentence.place,
                )
                yield {"id": f"indicator-{number}", **made}, (quote,)


def _is_of_indicators(grid: Grid, sentence: Sentence) -> bool:
    if grid.at("indicator") is None:
        return False
    return bool(grid.of("target")) or "indicators" in sentence.about


def _indicator(grid: Grid, row: Sequence[str], reading: Reading) -> dict[str, Any] | None:
    said = grid.cell(row, "indicator")
    if not said or figure_of(said) is not None:
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


def _is_bare(grid: Grid) -> bool:
    """Tell whether years alone stand above the figures of a table, and no word of what they are."""
    roles = {each.role for each in grid.columns}
    years = [each for each in grid.columns if each.year and not each.role]
    return not roles & {"baseline", "target"} and len(years) > 1


def _kind(grid: Grid, place: int, column: Column, *, bare: bool) -> str:
    """Return whether a column holds baselines or targets; years alone are targets after one."""
    if column.role in {"baseline", "target"}:
        return column.role
    if column.role or not column.year:
        return ""
    if bare:
        first = next(n for n, each in enumerate(grid.columns) if each.year and not each.role)
        return "baseline" if place == first else "target"
    before = [each.role for each in grid.columns[:place]]
    return "target" if "baseline" in before or "target" in before else ""


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
