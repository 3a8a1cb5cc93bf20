"""Workbooks of the small plan with cells changed, and where its keys stand."""

from __future__ import annotations

import io
from functools import cache

from openpyxl import load_workbook

from dxrules import load_law
from dxrules.plan.workbook.layout import FIRST_ROW, SECTIONS, sheets
from dxrules.plan.workbook.writer import workbook_of
from dxrules.source import from_text
from tests.helpers.small import DATA, PLAN, changed

LAW = load_law(DATA / "rulesets")
SMALL_DATA = from_text(changed({}), PLAN).data
LABELS = {sheet.name: sheet.label.en for sheet in sheets()} | {"sections": SECTIONS.en}


@cache
def small_workbook():
    """Return the workbook of the small plan, in English."""
    return workbook_of(SMALL_DATA, "en", LAW.reference)


def edited(changes, data=None):
    """Return a workbook of a plan with cells set; a change is a sheet, a cell and a value.

    A value may come with the format of its number; the plan is the small one unless given.
    """
    raw = small_workbook() if data is None else workbook_of(data, "en", LAW.reference)
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
