"""Where the questions stand in the workbook of an inquiry that came back, and whom they ask."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from dxrules.errors import InputError, Place, Problem
from dxrules.inquiry.sheet_columns import (
    ANSWER,
    BY,
    CODE,
    DAY,
    DOCUMENT,
    FORMER,
    HEADS,
    KEY,
    PAGE,
    TOLD,
)
from dxrules.plan.workbook.cell_words import folded
from dxrules.plan.workbook.cells import Read, SheetCells, SheetRow
from dxrules.source.file_kind import kind_of
from dxrules.source.sheets import Book, BookError, SheetPage, read_book
from dxrules.texts import LANGS, Text

_READ = (ANSWER, DAY, TOLD, DOCUMENT, PAGE, BY, CODE, KEY)
_NEEDED = frozenset({ANSWER, TOLD, CODE, KEY})
_SPREADING = frozenset({DAY, TOLD, DOCUMENT, PAGE, BY})
"""What a merged cell says for each of its rows: all that stands beside an answer."""
_HEAD_WITHIN = 2_000
_CODE_DIGITS = 6
_NO_INQUIRY = (
    Text("照会の表がありません。", "There is no table of an inquiry."),
    Text(
        "dxrules ask で作ったブックを、見出しを変えずに使ってください。",
        "Use a workbook that dxrules ask made, and leave its headings as they are.",
    ),
)
_HEAD_TWICE = Text("見出し「{head}」が二つあります。", 'There are two headings "{head}".')
_HEAD_GONE = Text("この行に見出し「{head}」がありません。", 'This row lacks the heading "{head}".')
NO_TOWN = (
    Text("どの団体への照会か分かりません。", "Which municipality it asks is not said."),
    Text(
        "団体コードの欄は、dxrules ask が書いたままにしてください。",
        "Leave the column of municipality codes as dxrules ask wrote it.",
    ),
)


def asked_of(raw: bytes, name: str) -> frozenset[str]:
    """Return the codes of the municipalities that an inquiry asks; raise InputError if none is."""
    _, tables = opened(raw, name)
    rows = (row for page, read in tables for row in SheetCells(name).rows(page, read))
    codes = frozenset(code_in(row) for row in rows if CODE in row)
    if not codes:
        raise InputError.of_file(name, *NO_TOWN)
    return codes


def opened(raw: bytes, name: str) -> tuple[Book, list[tuple[SheetPage, Read]]]:
    """Return a workbook and its tables of questions; raise InputError if there is none."""
    if other := kind_of(raw, name):
        raise InputError.of_file(name, other.no_plan)
    try:
        book = read_book(raw)
    except BookError as error:
        place = Place(name, max(error.row, 1), 1, error.sheet)
        raise InputError([Problem(place, "", error.text, error.hint)]) from error
    tables = [(page, read) for page in book.pages if (read := _table(page)) is not None]
    if not tables and (spoilt := _spoilt(book, name)):
        raise InputError(spoilt)
    if not tables:
        raise InputError.of_file(name, *_NO_INQUIRY)
    return book, tables


def _table(page: SheetPage) -> Read | None:
    """Return the columns to read of a sheet, by the first row that holds their headings."""
    for line, heads in _headings(page):
        if set(heads.values()) >= _NEEDED and len(set(heads.values())) == len(heads):
            return Read(heads, line, _SPREADING)
    return None


def _headings(page: SheetPage) -> Iterator[tuple[int, dict[int, str]]]:
    """Yield the headings of each row by their columns, and the row below it."""
    named = ({HEADS[head]: head for head in _READ} | FORMER).items()
    words = {folded(text.in_(lang)): head for text, head in named for lang in LANGS}
    for line in sorted(page.cells)[:_HEAD_WITHIN]:
        yield (
            line + 1,
            {
                place: words[said]
                for place, cell in page.cells[line].items()
                if cell.fault is None and (said := folded(str(cell.value))) in words
            },
        )


def _spoilt(book: Book, name: str) -> list[Problem]:
    """Return what is wrong with the first headings of an inquiry, if there are some."""
    for page in book.pages:
        for below, heads in _headings(page):
            said = [*heads.values()]
            if KEY not in said or len(_NEEDED.intersection(said)) < len(_NEEDED) - 1:
                continue
            found = [
                Problem(
                    Place(name, below - 1, place, page.title),
                    "",
                    _HEAD_TWICE.format(head=HEADS[head]),
                    _NO_INQUIRY[1],
                )
                for number, (place, head) in enumerate(heads.items())
                if head in said[:number]
            ]
            gone = [head for head in _READ if head in _NEEDED.difference(said)]
            place = Place(name, below - 1, 1, page.title)
            return found + [
                Problem(place, "", _HEAD_GONE.format(head=HEADS[head]), _NO_INQUIRY[1])
                for head in gone
            ]
    return []


def code_in(row: SheetRow) -> str:
    """Return a municipality's code as it is, though a spreadsheet dropped its first zero."""
    said = unicodedata.normalize("NFKC", row[CODE].text).strip()
    return said.zfill(_CODE_DIGITS)
