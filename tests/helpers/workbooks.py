"""Workbooks of the small plan with cells changed, and where its keys stand."""

from __future__ import annotations

import io
from functools import cache

import pytest
from openpyxl import load_workbook

from dxrules import load_law
from dxrules.plan.workbook import form_sheets, writer
from dxrules.plan.workbook.layout import FIRST_ROW, SECTIONS, sheets
from dxrules.reference.gazetteer import Gazetteer, gazetteer
from dxrules.source import from_text
from tests.helpers.small import DATA, PLAN, changed
from tests.helpers.traced import traced_by

LAW = load_law(DATA / "rulesets")
SMALL_DATA = from_text(changed({}), PLAN).data
LABELS = {sheet.name: sheet.label.en for sheet in sheets()} | {"sections": SECTIONS.en}


@cache
def few_municipalities():
    """Return a gazetteer of one prefecture: a workbook that offers all takes thrice the time."""
    known = gazetteer()
    rows = {code: row for code, row in known._rows.items() if code.startswith("06")}
    return Gazetteer(rows, known.known_until)


def workbook_of(data, lang, reference=LAW.reference):
    """Return the workbook of a plan, which offers the municipalities of one prefecture."""
    if data is SMALL_DATA and reference is LAW.reference:
        return small_workbook(lang)
    return _made(data, lang, reference)


def _made(data, lang, reference):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(form_sheets, "gazetteer", few_municipalities)
        return writer.workbook_of(data, lang, reference)


@cache
def small_workbook(lang="en"):
    """Return the workbook of the small plan."""
    return _made(SMALL_DATA, lang, LAW.reference)


def edited(changes, data=None):
    """Return a workbook of a plan with cells set; a change is a sheet, a cell and a value.

    A value may come with the format of its number; the plan is the small one unless given.
    """
    with traced_by(None):  # openpyxl alone is at work
        return _edited(workbook_of(SMALL_DATA if data is None else data, "en"), changes)


def _edited(raw, changes):
    book = load_workbook(io.BytesIO(raw))
    for name, cell, value in changes:
        sheet = LABELS.get(name, name)
        if sheet not in book.sheetnames:
            book.create_sheet(sheet)
        if isinstance(value, tuple):
            book[sheet][cell], book[sheet][cell].number_format = value
        else:
            book[sheet][cell] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def column(sheet, name):
    """Return the letter of a column of a sheet of the small plan."""
    heads = [c.name for s in sheets() if s.name == sheet for c in s.columns]
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[heads.index(name)]


def value_cell(sheet, key):
    """Return the cell of a key's value in a sheet of keys."""
    keys = [c.name for s in sheets() if s.name == sheet for c in s.columns]
    return f"B{FIRST_ROW + keys.index(key)}"
