"""Indicators from tables, cards, lines and prose: their baseline and targets, figure by figure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from dxrules.document.normal import squeezed
from dxrules.draft.candidates import Quote, without_notes
from dxrules.draft.figure_lines import (
    Columned,
    Figured,
    lines_of,
    named_values,
    prose_of,
    values_in,
)
from dxrules.draft.tables import (
    Cellful,
    Column,
    Grid,
    columns_of,
    figure_of,
    fiscal,
    grid_of,
    role_of,
    rows_in_place,
)
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
_FROM_PROSE: Final = Text(
    "文章で述べられた数値で、指標かどうか判断できない",
    "figures told in prose, which may be of no indicator",
)
_AREAS: Final = Text("語から推した分野", "areas guessed by words")


def indicators(
    sentences: Sequence[Sentence], reading: Reading
) -> Iterator[tuple[dict[str, Any], tuple[Quote, ...]]]:
    """Yield the indicators of all tables in which the town speaks, and of its lines and prose."""
    found: dict[str, tuple[dict[str, Any], tuple[Quote, ...]]] = {}
    for made, sentence in (*_of_tables(sentences, reading), *_of_lines(sentences, reading)):
        words = made["title"][:MAX_FRAGMENT]
        quote = Quote(words, sentence.section, sentence.page, sentence.place)
        is_guess = any("of" not in doubt for doubt in made.get("doubts", ()))
        if not is_guess or not any(squeezed(made["title"]) in known for known in found):
            key = f"{squeezed(made['title'])}{'' if is_guess else len(found)}"
            found.setdefault(key, (made, (quote,)))
    for number, (made, quotes) in enumerate(found.values(), 1):
        yield {"id": f"indicator-{number}", **made}, quotes


def _of_tables(
    sentences: Sequence[Sentence], reading: Reading
) -> Iterator[tuple[dict[str, Any], Sentence]]:
    for sentence in sentences:
        if sentence.block.kind != "table" or sentence.voice != "town":
            continue
        grid = _named_beside(grid_of(sentence.block, reading))
        if grid is None or not _is_of_indicators(grid, sentence):
            grid = _within_card(sentence.block, reading) or _below_heading(sentence, reading)
        rows = [_indicator(grid, row, reading) for row in grid.rows] if grid else []
        for made in rows if any(rows) else _of_card(sentence.block, reading):
            if made is not None:
                yield made, sentence


def _named_beside(grid: Grid | None) -> Grid | None:
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


def _of_lines(
    sentences: Sequence[Sentence], reading: Reading
) -> Iterator[tuple[dict[str, Any], Sentence]]:
    for told in (*lines_of(sentences, reading), *prose_of(sentences)):
        if isinstance(told, Columned):
            grid = Grid(tuple(columns_of([told.heads], reading)), (told.row,), 1, ())
            made = _indicator(grid, told.row, reading)
        else:
            made = _figured(told, reading)
        if made is not None:
            yield made, told.place


def _figured(told: Figured, reading: Reading) -> dict[str, Any] | None:
    """Return an indicator that lines or a sentence tell; what a sentence tells is a question."""
    made = _made(told.name, told.values, reading)
    if made is not None and told.is_prose:
        made["doubts"] = [{"because": _FROM_PROSE}]
        made.pop("areas", None)
    return made


def _made(
    name: str, values: Sequence[tuple[str, str, Cellful]], reading: Reading
) -> dict[str, Any] | None:
    """Return an indicator of a name and the values that are told of it."""
    title, unit = _title(without_notes(name).strip(), reading)
    units = {squeezed(each.unit) for *_, each in values if each.unit}
    if not values or len(units | ({squeezed(unit)} if unit else set())) > 1:
        return None
    unit = unit or next(iter(units), "")
    made: dict[str, Any] = {"title": title} | ({"unit": unit} if unit else {})
    base = next(((year, each) for kind, year, each in values if kind == "baseline"), None)
    later = [(year, each) for kind, year, each in values if kind == "target"]
    if base is not None:
        on = fiscal(base[0])
        made["baseline"] = {"value": base[1].value} | ({"on": on} if on else {})
    if later and all(year for year, _ in later):
        made["targets"] = [{"value": each.value, "year": fiscal(year)} for year, each in later]
    doubt = _NO_YEAR if later and "targets" not in made else None if later else _BARE
    return made | _in_doubt(made, doubt, reading)


def _within_card(block: Block, reading: Reading) -> Grid | None:
    """Return the indicators that a card holds as a table of its own, beside a label over them."""
    rows = rows_in_place(block)
    for number, row in enumerate(rows):
        if role_of(squeezed(row[0]), reading) != "indicator":
            continue
        columns = columns_of([row[1:]], reading)
        below = [each[1:] for each in rows[number + 1 :] if each[0] == row[0]]
        names = [n for n, each in enumerate(row[1:]) if squeezed(each) in _NAMES]
        if names and below and sum(bool(each.year) for each in columns) > 1:
            columns[names[0]] = Column("indicator", "")
            return Grid(tuple(columns), tuple(map(tuple, below)), 1, ())
        if len(below) == 1 and _heads_of_named(columns, row[1:], below[0]):
            return Grid((Column("indicator", ""), *columns[1:]), (tuple(below[0]),), 1, ())
    return None


def _heads_of_named(columns: Sequence[Column], heads: Sequence[str], row: Sequence[str]) -> bool:
    """Tell whether heads with a year stand over figures, beside a name that covers both rows."""
    if heads[0] != row[0] or figure_of(row[0]) is not None:
        return False
    told = [each.role in {"baseline", "target"} or bool(each.year) for each in columns[1:]]
    return all(told) and all(figure_of(cell) is not None for cell in row[1:])


_NAMES: Final = frozenset({"名称", "指標", "指標名", "項目", "内容"})


_FIGURED: Final = frozenset({"", "baseline", "result", "target", "unit"})


def _below_heading(sentence: Sentence, reading: Reading) -> Grid | None:
    """Return a table of indicators whose first column has no known name.

    It stands below a heading of indicators, or all its other columns are of years and targets.
    """
    rows = rows_in_place(sentence.block)
    if len(rows) < 2:  # noqa: PLR2004
        return None
    columns = columns_of(rows[:1], reading)
    roles = {each.role for each in columns[1:]}
    years = sum(bool(each.year) for each in columns[1:])
    if columns[0].role or columns[0].year or not years or roles - _FIGURED:
        return None
    below = "indicators" in sentence.about and "baseline" in roles
    if not below and ("target" not in roles or not all(e.role or e.year for e in columns[1:])):
        return None
    columns[0] = Column("indicator", "")
    return Grid(tuple(columns), tuple(map(tuple, rows[1:])), 1, ())


def _of_card(block: Block, reading: Reading) -> Iterator[dict[str, Any]]:
    """Yield the indicators of a card: a label, a name, and beside it, or with it, its figures.

    The first is the present one and the others are targets, as 2025年度 95分 and 2027年度 45分.
    """
    for row in block.rows():
        cells = [" ".join(cell.text.split()) for cell in row]
        if len(cells) < _CELLS_OF_CARD or role_of(squeezed(cells[0]), reading) != "indicator":
            continue
        told = [values_in(squeezed(cell), reading) for cell in cells[2:]]
        if all(len(each) == 1 for each in told):
            values = [each[0] for each in told]
            if not any(kind == "target" for kind, *_ in values):
                values[1:] = [("target", year, figure) for _, year, figure in values[1:]]
            found = (
                (cells[1], tuple(values)) if values else named_values(squeezed(cells[1]), reading)
            )
            made = _made(*found, reading) if found else None
            if made is not None:
                yield made


_CELLS_OF_CARD: Final = 2


def _is_of_indicators(grid: Grid, sentence: Sentence) -> bool:
    if grid.at("indicator") is None:
        return False
    if grid.of("target") or "indicators" in sentence.about:
        return True
    known = {"baseline", "result"} & {each.role for each in grid.columns}
    later = any(each.year and not each.role for each in grid.columns)
    return bool(known) and later and grid.columns[grid.at("indicator") or 0].label in _INDICATORS


_INDICATORS: Final = frozenset({"指標", "指標名", "KPI", "成果指標", "評価指標", "数値目標"})
"""Heads of a column that is of nothing but indicators; 項目 may be of anything."""


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
    if place == _first_year(grid):
        return "baseline"
    return "target" if {"baseline", "target", "result"} & {*before} else ""


def _first_year(grid: Grid) -> int | None:
    """Return the first column of a year alone, which is the present one where none is named so."""
    if grid.of("baseline") or grid.of("result") or not grid.of("target"):
        return None
    first = next((n for n, each in enumerate(grid.columns) if each.year and not each.role), None)
    return first if first is not None and first < grid.of("target")[0] else None


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
    units = set(reading.ends("unit"))
    if found and squeezed(found[2]) in units:
        return found[1], squeezed(found[2])
    return said, ""
