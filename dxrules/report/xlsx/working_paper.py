"""XLSX: an audit working paper, with columns left for the auditor's own judgement.

A few towns have a sheet each. Of many there are the rows of each on one sheet, and more than it
holds go on the next: spreadsheets take 1,048,576 rows a sheet, which some 2,700 towns fill. The
same assessment gives the same bytes: no time but the day judged.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import compress
from operator import eq

from dxrules.assessment.dossier import Dossier
from dxrules.report.how_to_write import How
from dxrules.report.piecewise import (
    LeanPlans,
    Pieces,
    Piecewise,
    Whole,
    apart,
    dumped,
    loaded,
    together,
    towns_of,
)
from dxrules.report.table_cell import TableCell, plain
from dxrules.report.xlsx.book import ReportBook
from dxrules.report.xlsx.requirements import (
    ALL_RULES,
    CONFIRM,
    SUMMARY,
    RuleSheet,
    add_requirements,
    book_of_many,
    day_of,
    names_of,
    rows_of_many,
)
from dxrules.report.xlsx.summary import add_questions, add_towns, questions_of, town_cells
from dxrules.source.spreadsheet import sheet_names
from dxrules.source.workbook import ROW_END, AddedRows, bytes_at_most, numbered
from dxrules.texts import Lang, Text

MOST_SHEETS = 30
"""Towns that have a sheet of their own; more stand on one sheet, which filters."""
MOST_ROWS = 1_048_576
"""Rows of a sheet, that of the headings with them."""

_PART = 1 << 20
_PARTS = 3


def _piece(dossier: Dossier, how: How) -> bytes:
    """Return what a plan has: its row of the summary, its questions, and its rows of rules.

    These are written as the sheet has them, which takes most of the time; how many they are, and
    their bytes, stand beside the row of the summary.
    """
    (plan,) = dossier.assessment.plans
    lang = how.style.lang
    rows = rows_of_many(plan, lang, everything=how.everything)
    questions = [_plain(cells, lang) for cells in questions_of(dossier, plan)]
    town = _plain(town_cells(plan, how), lang)
    about = [town, rows.count(ROW_END), bytes_at_most(rows)]
    return together(dumped(about), dumped(questions), rows)


def _plain(cells: Iterable[TableCell], lang: Lang) -> list[str | int | float]:
    return [plain(cell, lang) for cell in cells]


def _of_few(dossier: Dossier, how: How) -> bytes:
    """Return the working paper on plans that are held, each with a sheet of its own."""
    book, assessment = ReportBook(how.style.lang), dossier.assessment
    plans, names = assessment.plans, names_of(assessment, book.lang)
    towns = zip((town_cells(plan, how) for plan in plans), names, strict=True)
    add_towns(book, dossier, assessment.selected, towns)
    questions = (questions_of(dossier, plan) for plan in plans)
    add_questions(book, assessment.day, _of_towns(towns_of(plans), questions))
    add_requirements(book, dossier, names, everything=how.everything)
    return book.saved(assessment.day)


def _joined(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:
    if whole.held is not None and len(pieces) <= MOST_SHEETS:
        yield _of_few(whole.held, how)
        return
    lang = how.style.lang
    book, places, sheets = book_of_many(lang), *_places(pieces)
    taken = [SUMMARY.in_(lang), CONFIRM.in_(lang)]
    names = sheet_names([ALL_RULES.in_(lang)] * len(sheets), taken)
    towns = (loaded(apart(piece, _PARTS)[0])[0] for piece in pieces)
    leads = zip(towns, (names[place] for place in places), strict=True)
    add_towns(book, whole.dossier, whole.selected, leads)
    questions = (loaded(apart(piece, _PARTS)[1]) for piece in pieces)
    called = towns_of(LeanPlans(whole.headings))
    add_questions(book, whole.day, _of_towns(called, questions))
    known = whole.stale is not None or bool(whole.since.setbacks)
    for place, (number, size) in enumerate(sheets):
        sheet = RuleSheet.of_many(book, names[place], known=known)
        on_it = partial(eq, place)
        those = compress(pieces, map(on_it, places))
        sheet.add_apart(number, AddedRows(_numbered(those, known=known), size))
        sheet.ended().title(names[place], day_of(whole.day).in_(lang))
    with tempfile.TemporaryFile(prefix=".dxrules-") as held:
        book.save(held, whole.day)
        held.seek(0)
        while part := held.read(_PART):
            yield part


def _of_towns(
    called: Iterable[Text], questions: Iterable[Iterable[Sequence[TableCell]]]
) -> Iterator[Sequence[TableCell]]:
    """Yield the rows of questions under what the towns are called beside each other."""
    for town, rows in zip(called, questions, strict=True):
        yield from ([town, *row[1:]] for row in rows)


def _places(pieces: Pieces) -> tuple[list[int], list[tuple[int, int]]]:
    """Return on which of the sheets of rules each town stands, whole; and their rows and bytes."""
    places, sheets = [], [(0, 0)]
    for piece in pieces:
        _, number, size = loaded(apart(piece, _PARTS)[0])
        if 1 + sheets[-1][0] + number > MOST_ROWS:
            sheets.append((0, 0))
        places.append(len(sheets) - 1)
        sheets[-1] = sheets[-1][0] + number, sheets[-1][1] + size
    return places, sheets


def _numbered(pieces: Iterable[bytes], *, known: bool) -> Iterator[bytes]:
    """Yield the rows of a sheet after its headings; without what was before unless it is known."""
    number = 1
    for piece in pieces:
        for row in apart(piece, _PARTS)[2].split(ROW_END)[:-1]:
            number += 1
            yield numbered(row if known else row[: row.rindex(b"<c ")], number) + ROW_END


PIECES = Piecewise(_piece, _joined)
