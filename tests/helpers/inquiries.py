"""Inquiries of the towns, their workbooks filled in, and what the answers make of a plan."""

from __future__ import annotations

import io
from datetime import date
from functools import cache

from openpyxl import load_workbook

from dxrules.inquiry.fewest_questions import Inquiries, inquire
from dxrules.inquiry.returned import returned
from dxrules.inquiry.sheet_columns import HEADS
from dxrules.report.how_to_write import How
from dxrules.report.terminal import Style
from dxrules.report.writers import ASK
from tests.helpers.lawbooks import NOVEMBER, found_of, law
from tests.helpers.lawbooks import judged as judged_town

KOGE = "406465"
TODAY = date(2026, 12, 1)
TOLD = "令和8年11月10日"


@cache
def inquiry(name="koge", most=None):
    """Return the inquiry about a town."""
    return inquire(judged_town(name), law().reference, most)


def inquiry_of(file, day=NOVEMBER, **options):
    """Return the inquiry about a plan file."""
    return inquire(found_of(file, day), law().reference, **options)


@cache
def sheet_of(name="koge", lang="ja"):
    """Return the workbook of the inquiry about a town."""
    found = Inquiries(NOVEMBER, (inquiry(name),))
    return ASK.named("xlsx")(found, How(Style(lang)))


def filled(changes, raw=None, lang="ja"):
    """Return a workbook with cells set: by the entry that the row is about, heading and value."""
    book = load_workbook(io.BytesIO(raw or sheet_of(lang=lang)))
    page = book.worksheets[0]
    heads, rows = places(page)
    for about, head, value in changes:
        page.cell(rows[about], heads[head]).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def places(page):
    """Return the columns of a sheet by heading, and its rows by what they are about."""
    words = {text.in_(lang): head for head, text in HEADS.items() for lang in ("ja", "en")}
    heads, rows = {}, {}
    for row in page.iter_rows():
        if heads:
            rows[row[heads["key"] - 1].value] = row[0].row
        elif sum(cell.value in words for cell in row) == len(HEADS):
            heads = {words[cell.value]: cell.column for cell in row if cell.value in words}
    return heads, rows


def answer(about, value, day=None, told=TOLD, **beside):
    """Return the changes that answer a row."""
    said = {"answer": value, "day": day, "told": told, **beside}
    return [(about, head, content) for head, content in said.items() if content is not None]


def taken(raw, code=KOGE, told=None, name="inquiry.xlsx"):
    """Return what a workbook that came back holds for a town."""
    return returned(raw, name, code, law().reference.known(), TODAY, told)
