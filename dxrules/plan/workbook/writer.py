"""A plan's data as a workbook, or an empty one to fill in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from openpyxl import Workbook

from dxrules.plan.schema import id_names
from dxrules.plan.workbook.cell_words import aliases_of
from dxrules.plan.workbook.form_sheets import Pages, PlanData
from dxrules.plan.workbook.guide import Guide
from dxrules.plan.workbook.layout import (
    EACH,
    EVIDENCE_SHEET,
    KEY,
    OWNER,
    SHEET,
    Decides,
    Sheet,
    sheets,
)
from dxrules.plan.workbook.style import Ink
from dxrules.reference import Reference
from dxrules.source.placed_data import value_at
from dxrules.source.workbook import saved
from dxrules.texts import Lang

Decided = Mapping[str, Decides]

_FORMAT = "dxrules/plan/1"


def empty_workbook(lang: Lang, reference: Reference, decided: Decided | None = None) -> bytes:
    """Return a workbook to fill in: every key explained, with drop-downs and checklists.

    `decided` is what each sheet decides, which the first one tells.
    """
    return workbook_of({"format": _FORMAT}, lang, reference, decided)


def workbook_of(
    data: PlanData, lang: Lang, reference: Reference, decided: Decided | None = None
) -> bytes:
    """Return a workbook that holds all of a plan's data.

    `data` is that of a plan file which was read without a problem.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    guide = Guide(book, Ink(lang), decided or {})
    names = id_names(reference)
    pages = Pages(book, lang, names, aliases_of(reference))
    for sheet in sheets():
        if sheet.shape == "keys":
            pages.keys(sheet, data)
            guide.keys(sheet)
            continue
        rows = [*_rows(data, sheet)]
        if sheet.shape == "mapping":
            asked = decided[sheet.name].entries if decided and sheet.name in decided else ()
            rows = _checklist(rows, names[sheet.columns[0].reference or ""], asked)
        pages.entries(sheet, rows)
        guide.entries(sheet, len(rows))
    pages.sections(data)
    pages.codes()
    guide.write()
    return saved(book)


def _checklist(
    rows: list[dict[str, Any]], known: Iterable[str], asked: Collection[str]
) -> list[dict[str, Any]]:
    """Return the rows of a mapping with one for each entry that there can be.

    Those that rules name come first.
    """
    said = {row[KEY]: row for row in rows}
    ordered = sorted(dict.fromkeys([*known, *said]), key=lambda key: key not in asked)
    return [said.get(key, {KEY: key}) for key in ordered]


def _rows(data: PlanData, sheet: Sheet) -> Iterator[dict[str, Any]]:
    """Yield the entries of a sheet, each with its owner and key where it has such."""
    if sheet.name == EVIDENCE_SHEET:
        yield from _evidence(data)
        return
    for owner, table in _tables(data, sheet.path):
        named = {OWNER: owner} if owner else {}
        if isinstance(table, dict):
            yield from ({**named, KEY: key, **entry} for key, entry in table.items())
        else:
            yield from ({**named, **entry} for entry in table)


def _tables(data: PlanData, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Yield each table at a path, with the id or key of the entry that holds it."""
    if EACH not in path:
        found: Any = data
        for part in path:
            found = found.get(part, {}) if isinstance(found, dict) else {}
        yield "", found
        return
    at = path.index(EACH)
    for _, table in _tables(data, path[:at]):
        for owner, entry in _named(table):
            yield owner, entry.get(path[at + 1], [])


def _named(table: Any) -> Iterator[tuple[str, Any]]:
    """Yield the entries of a table by id or key; those of a list without ids by number."""
    if isinstance(table, dict):
        yield from table.items()
    else:
        for number, entry in enumerate(table, 1):
            yield str(entry.get("id", number)), entry


def _evidence(data: PlanData) -> Iterator[dict[str, Any]]:
    """Yield all evidence with the sheet and the entry of what carries it."""
    for sheet in sheets():
        if not sheet.evident:
            continue
        carriers = value_at(data, tuple(sheet.name.split(".")))
        named = [("", carriers or {})] if sheet.shape == "keys" else _named(carriers or {})
        for owner, entry in named:
            for proof in entry.get("evidence", ()):
                yield {SHEET: sheet.name, **({OWNER: owner} if owner else {}), **proof}
