"""Indicators of cards: labels with figures beside them, and cells that tell one whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from dxrules.document.model import Block, Cell
from dxrules.document.normal import squeezed
from dxrules.draft.column_heads import role_of
from dxrules.draft.figures import (
    Value,
    is_whole,
    named_values,
    read_values,
    tokens_of,
    value_in,
    values_of,
)
from dxrules.draft.reading import Reading
from dxrules.draft.table_years import year_of


def of_card(block: Block, reading: Reading) -> Iterator[tuple[str, tuple[Value, ...]]]:
    """Yield the names and the values of the indicators of a card.

    A label begins one, and its figures stand in the same cell, beside it, or beside labels of
    their own in the rows below: 現状値 | 20%(令和6年度).
    """
    name, values = "", list[Value]()
    years: dict[int, str] = {}
    is_open = False
    for row in block.rows():
        cells = [" ".join(cell.text.split()) for cell in row]
        roles = [role_of(squeezed(cell), reading) for cell in cells]
        above = {c.column: year_of(squeezed(c.text)) for c in row[1:] if c.text.strip()}
        if len(above) > 1 and all(above.values()) and roles[0] not in {"baseline", "target"}:
            years = above
            continue
        if roles[:1] == ["indicator"] and len(cells) > 1:
            if is_whole(values):
                yield name, tuple(values)
            name, values, is_open = cells[1], [], True
            yield from _in_cells(cells[1:], reading)
            roles, cells = roles[2:], cells[2:]
        elif (is_open and len(cells) == 1) or (roles[:1] == ["target"] and len(cells) > 1):
            yield from _in_cells(cells[len(cells) > 1 :], reading)
        if years and roles[:1] and roles[0] in {"baseline", "target", "result"}:
            values += _below(years, row, roles[0], reading)
            continue
        values += _labelled(cells, roles, reading)
        name += next(
            (f"({u})" for r, u in zip(roles, cells[1:], strict=False) if r == "unit" and u), ""
        )
    if is_whole(values):
        yield name, tuple(values)


def _below(
    years: Mapping[int, str], row: Sequence[Cell], role: str, reading: Reading
) -> Iterator[Value]:
    """Yield the values of a row of a card that stand below years."""
    for cell in row[1:]:
        text = squeezed(cell.text)
        bare = re.sub(r"\((実績|現状|目標|見込)値?\)", "", text)
        told = value_in(bare, reading)
        if told is not None and cell.column in years:
            is_base = role != "target" or "実績" in text or "現状" in text
            yield "baseline" if is_base else "target", years[cell.column], told[2]


def _labelled(cells: Sequence[str], roles: Sequence[str], reading: Reading) -> Iterator[Value]:
    """Yield the values that stand beside labels of their own in a row of a card."""
    for label, role, value in zip(cells, roles, cells[1:], strict=False):
        told = value_in(value, reading) if role in {"baseline", "target", "result"} else None
        if told is not None:
            year = told[1] or year_of(squeezed(label))
            yield told[0] or ("target" if role == "target" else "baseline"), year, told[2]
        elif "→" in squeezed(label) and "→" in squeezed(value):
            parts = zip(squeezed(label).split("→"), squeezed(value).split("→"), strict=False)
            yield from read_values(
                [each for head, cell in parts for each in tokens_of(f"{head}:{cell}", reading)],
                reading,
            )


def _in_cells(cells: Sequence[str], reading: Reading) -> Iterator[tuple[str, tuple[Value, ...]]]:
    """Yield the indicators that cells tell: each line of one, or a name and figures beside it."""
    told = [value_in(cell, reading) for cell in cells[1:]]
    if cells and value_in(cells[0], reading) is not None:
        return  # the figures of an indicator that is named elsewhere
    if told and all(told):
        values = [each for each in told if each is not None]
        if not any(kind == "target" for kind, *_ in values):
            values = [("target" if n else "baseline", y, f) for n, (_, y, f) in enumerate(values)]
        yield cells[0], tuple(values)
        return
    for item in re.split("(?:^|[\n ])[・○●]|\n", cells[0]):
        found = named_values(squeezed(item), reading) if re.search("[0-9]", item) else None
        if found is not None:
            yield found


def in_columns(block: Block, reading: Reading) -> Iterator[tuple[str, tuple[Value, ...]]]:
    """Yield the indicators that cells below a head of indicators or targets tell whole."""
    rows = [*block.rows()]
    heads = {
        cell.column
        for cell in (rows[0] if rows else ())
        if _OF_INDICATORS.search(squeezed(cell.text))
    }
    named = next((c.column for c in (rows[0] if rows else ()) if _is_name(c, reading)), None)
    for row in rows[1:]:
        name = next((cell.text for cell in row if cell.column == named), "")
        for cell in row:
            if cell.column not in heads:
                continue
            values = values_of(squeezed(cell.text), reading)
            if name and is_whole(values):
                yield name, values
            else:
                yield from _in_cells([cell.text], reading)


def _is_name(cell: Cell, reading: Reading) -> bool:
    """Tell whether indicators are called below a head, beside one as 現状値→目標値."""
    return role_of(squeezed(cell.text), reading) == "indicator"


_OF_INDICATORS: Final = re.compile("指標|KPI|目標")
