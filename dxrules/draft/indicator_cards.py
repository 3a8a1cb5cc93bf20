"""Indicators of cards: labels with figures beside them, and cells that tell one whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.document.original import Block, Cell
from dxrules.draft.column_heads import role_of
from dxrules.draft.figures_in_text import (
    EVERY_YEAR,
    NOTHING_NOTED,
    are_values,
    end_of,
    is_every_year,
    is_of_aims,
    is_whole,
    named_values,
    none_told,
    read_values,
    retold,
    tokens_of,
    value_in,
    values_of,
)
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.table_shapes import unfolded
from dxrules.draft.table_years import NamedFigures, YearFigure, fiscal, is_empty, year_of


class _Open:
    """An indicator of a card whose name was told, and what the rows below it tell so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.values: list[YearFigure] = []
        self.years: dict[str, str] = {}

    def told(self, begins: int | None) -> Iterator[NamedFigures]:
        """Yield it, if a baseline and targets are told of it, or targets alone.

        Of several results the last one before the plan is what it began with.
        """
        filled = [(k, y or self.years.get(k, ""), figure) for k, y, figure in self.values]
        filled = [*retold(filled)]
        based = [each for each in filled if each[0] == "baseline"]
        results = [each for each in filled if each[0] == "result"]
        before = [e for e in results if begins and (end_of(e[1]) or begins) < begins]
        base = [("baseline", *each[1:]) for each in (before or results)[-1:]]
        values = (*(based or base), *(each for each in filled if each[0] == "target"))
        if self.name and (is_whole(values) or is_of_aims(values)):
            yield self.name, values


def of_card(
    block: Block, reading: Lexicon, begins: int | None, noted: Mapping[str, str] = NOTHING_NOTED
) -> Iterator[NamedFigures]:
    """Yield the names and the values of the indicators of a card.

    A label begins one, and its figures stand in the same cell, beside it, or beside labels of
    their own in the rows below: 現状値 | 20%(令和6年度).
    """
    open_ = _Open("")
    above: dict[int, str] = {}
    for row in unfolded(_rows(block)):
        cells = {n: " ".join(cell.split()) for n, cell in enumerate(row) if cell.strip()}
        if not cells:
            continue
        label, *rest = cells.values()
        role = _role(label, reading)
        years = {n: year_of(squeezed(cell)) for n, cell in [*cells.items()][1:]}
        if len(years) > 1 and all(years.values()) and role not in {*_FIGURED, "indicator"}:
            above = years
            continue
        if role == "indicator" and rest:
            yield from open_.told(begins)
            open_ = _Open(rest[0])
            open_.years |= noted
            if found := [*in_turn(" ".join(rest), reading, noted)]:
                yield from found
                open_ = _Open("")
                continue
            cells = dict([*cells.items()][2:])
        elif not rest and open_.name:
            yield from in_turn(label, reading, noted)
        elif role == "target" and (found := [*in_turn(" ".join(rest), reading, noted)]):
            yield from found
            continue
        open_.name += next(
            (f"({value})" for head, value in _pairs(cells) if _role(head, reading) == "unit"), ""
        )
        open_.values += _in_row(cells, above, reading)
        open_.years |= {
            role.removesuffix("-year"): fiscal(squeezed(value))
            for head, value in _pairs(cells)
            if (role := _role(head, reading)) in {"baseline-year", "target-year"}
        }
    yield from open_.told(begins)


_FIGURED: Final = frozenset({"baseline", "target", "result"})


def _rows(block: Block) -> list[list[str]]:
    """Return the texts of a table's cells, of a merged one in the first place that it covers."""
    width = max((cell.column + cell.columns for cell in block.cells), default=0)
    rows = [[""] * width for _ in {cell.row for cell in block.cells}]
    for row, cells in zip(rows, block.rows(), strict=False):
        for cell in cells:
            row[cell.column] = cell.text
    return rows


def _pairs(cells: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Yield each cell with the one beside it, which it may be the label of."""
    texts = [*cells.values()]
    return pairwise(texts)


def _role(label: str, reading: Lexicon) -> str:
    """Return what a label is of; that of one of several indicators may be numbered: KPI 2."""
    said = _NUMBERED.sub("", squeezed(label))
    role = role_of(said, reading)
    is_of_indicators = len(said) <= _LONGEST_LABEL and _OF_INDICATORS.search(said) is not None
    return "indicator" if role in {"", "target"} and is_of_indicators else role


_NUMBERED: Final = re.compile("(?<=.)[(]?[0-9①-⑳一二三]{1,2}[)]?$")
_OF_INDICATORS: Final = re.compile("指標|KPI")
_LONGEST_LABEL: Final = 14


def _in_row(
    cells: Mapping[int, str], above: Mapping[int, str], reading: Lexicon
) -> Iterator[YearFigure]:
    """Yield the values of a row of a card: beside labels, below years, or with years of their own.

    What is beside a label of results is a result.
    """
    (_, label), *beside = [*cells.items()] or [(0, "")]
    role = _role(label, reading)
    are_below = all(place in above for place, _ in beside)
    is_row = role in _FIGURED or (are_below and role == "" and _are_figures(beside, reading))
    if is_row and (len(beside) > 1 or are_below) and not _labels(beside, reading):
        for place, cell in beside:
            said = squeezed(cell)
            told = value_in(_KIND.sub("", said), reading)
            if told is not None and (year := told[1] or above.get(place, "")):
                is_result = role == "target" and ("実績" in said or "現状" in said)
                yield "result" if is_result else role, year, told[2]
        return
    for head, value in _pairs(cells):
        yield from _labelled(head, value, reading)


_KIND: Final = re.compile(r"\((実績|現状|目標|見込)値?\)")


def _are_figures(cells: Sequence[tuple[int, str]], reading: Lexicon) -> bool:
    return len(cells) > 1 and all(value_in(squeezed(cell), reading) for _, cell in cells)


def _labels(cells: Sequence[tuple[int, str]], reading: Lexicon) -> bool:
    return any(_role(cell, reading) in _FIGURED for _, cell in cells)


def _labelled(head: str, value: str, reading: Lexicon) -> Iterator[YearFigure]:
    """Yield the values that stand beside a label: 目標値(令和12年度) | 60%."""
    role, said = _role(head, reading), squeezed(value)
    if role in _FIGURED:
        year = EVERY_YEAR if is_every_year(head) else year_of(squeezed(head))
        told = values_of(said, reading)
        if len(told) == 1:
            kind, own, figure = told[0]
            yield kind or role, own or year, figure
        elif role == "target" and all(own for _, own, _ in told):
            yield from (("target", own, figure) for _, own, figure in told)
        elif role == "baseline" and is_empty(value, reading):
            yield none_told()
    elif "→" in squeezed(head) and "→" in said:
        parts = zip(squeezed(head).split("→"), said.split("→"), strict=False)
        tokens = [each for one, cell in parts for each in tokens_of(f"{one}:{cell}", reading)]
        yield from read_values(tokens, reading)


def in_turn(
    text: str, reading: Lexicon, noted: Mapping[str, str] = NOTHING_NOTED
) -> Iterator[NamedFigures]:
    """Yield the indicators that a text tells whole, one after another."""
    open_ = ""
    pieces = [squeezed(each) for each in _PIECES.split(text) if each.strip("・○●◆■▪、")]
    for piece, after in zip(pieces, [*pieces[1:], ""], strict=False):
        open_ += piece if open_ else piece.lstrip("・○●◆■▪、")
        if after and are_values(after, reading):
            continue
        if re.search("[0-9]", open_) and (found := named_values(open_, reading, noted)):
            yield found
            open_ = ""


_PIECES: Final = re.compile(r"\s+|(?=[・○●◆■▪、])")


def in_columns(block: Block, reading: Lexicon) -> Iterator[NamedFigures]:
    """Yield the indicators that cells below a head of indicators or targets tell whole."""
    rows = [*block.rows()]
    heads = {
        cell.column for cell in (rows[0] if rows else ()) if _OF_AIMS.search(squeezed(cell.text))
    }
    named = next((c.column for c in (rows[0] if rows else ()) if _is_name(c, reading)), None)
    if not heads:
        for first, *cells in rows:
            values = values_of(squeezed(" ".join(cell.text for cell in cells)), reading)
            if is_whole(values):
                yield first.text, values
    for row in rows[1:]:
        name = next((cell.text for cell in row if cell.column == named), "")
        for cell in row:
            if cell.column not in heads and (not name or cell.column == named):
                continue
            values = values_of(squeezed(cell.text), reading)
            if name and is_whole(values):
                yield name, values
            elif cell.column in heads:
                yield from in_turn(cell.text, reading)


def _is_name(cell: Cell, reading: Lexicon) -> bool:
    """Tell whether indicators are called below a head, beside one as 現状値→目標値."""
    return role_of(squeezed(cell.text), reading) == "indicator"


_OF_AIMS: Final = re.compile("指標|KPI|目標")
