"""XLSX: an audit working paper, with columns left for the auditor's own judgement.

A few towns have a sheet each. Of many there are the rows of each on one sheet, and more than it
holds go on the next: spreadsheets take 1,048,576 rows a sheet, which some 2,700 towns fill. The
same assessment gives the same bytes: no time but the day judged.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence

from dxrules.assessment.dossier import Dossier
from dxrules.report.piecewise import Pieces, Piecewise, Whole, apart, dumped, loaded, together
from dxrules.report.table_cell import TableCell, plain
from dxrules.report.writers import How
from dxrules.report.xlsx.book import ReportBook
from dxrules.report.xlsx.requirements import (
    ALL_RULES,
    CONFIRM,
    KNOWN_AT,
    SUMMARY,
    RuleSheet,
    add_requirements,
    day_of,
    names_of,
    rows_of_many,
)
from dxrules.report.xlsx.summary import add_questions, add_towns, questions_of, town_cells
from dxrules.rules import Outcome
from dxrules.source.spreadsheet import sheet_names
from dxrules.texts import Lang

MOST_SHEETS = 30
"""Towns that have a sheet of their own; more stand on one sheet, which filters."""
MOST_ROWS = 1_048_576
"""Rows of a sheet, that of the headings with them."""

_PART = 1 << 20
_PARTS = 3


def _piece(dossier: Dossier, how: How) -> bytes:
    """Return the rows of a plan: that of the summary and how many rules it has, questions, rules.

    Of each rule the outcome comes first.
    """
    (plan,) = dossier.assessment.plans
    lang = how.style.lang
    rows = [
        [outcome.value, *_plain(cells, lang)]
        for outcome, cells in rows_of_many(plan, everything=how.everything)
    ]
    questions = [_plain(cells, lang) for cells in questions_of(dossier, plan)]
    town = _plain(town_cells(plan, how), lang)
    return together(dumped([town, len(rows)]), dumped(questions), dumped(rows))


def _plain(cells: Iterable[TableCell], lang: Lang) -> list[str | int | float]:
    return [plain(cell, lang) for cell in cells]


def _of_few(dossier: Dossier, how: How) -> bytes:
    """Return the working paper on plans that are held, each with a sheet of its own."""
    book, assessment = ReportBook(how.style.lang), dossier.assessment
    plans, names = assessment.plans, names_of(assessment, book.lang)
    towns = zip((town_cells(plan, how) for plan in plans), names, strict=True)
    add_towns(book, dossier, assessment.selected, towns)
    questions = (row for plan in plans for row in questions_of(dossier, plan))
    add_questions(book, assessment.day, questions)
    add_requirements(book, dossier, names, everything=how.everything)
    return book.saved(assessment.day)


def _joined(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:
    if whole.held is not None and len(pieces) <= MOST_SHEETS:
        yield _of_few(whole.held, how)
        return
    book, lang = ReportBook(how.style.lang), how.style.lang
    places = [*_places(pieces)]
    number = max(places, default=0) + 1
    taken = [SUMMARY.in_(lang), CONFIRM.in_(lang)]
    names = sheet_names([ALL_RULES.in_(lang)] * number, taken)
    towns = (loaded(apart(piece, _PARTS)[0])[0] for piece in pieces)
    leads = zip(towns, (names[place] for place in places), strict=True)
    add_towns(book, whole.dossier, whole.selected, leads)
    add_questions(
        book, whole.day, (row for piece in pieces for row in loaded(apart(piece, _PARTS)[1]))
    )
    _add_rules(book, whole, names, zip(places, pieces, strict=True))
    with tempfile.TemporaryFile(prefix=".dxrules-") as held:
        book.save(held, whole.day)
        held.seek(0)
        while part := held.read(_PART):
            yield part


def _places(pieces: Pieces) -> Iterator[int]:
    """Yield on which of the sheets of rules each town stands, whole."""
    place, rows = 0, 1
    for piece in pieces:
        _, number = loaded(apart(piece, _PARTS)[0])
        if rows + number > MOST_ROWS:
            place, rows = place + 1, 1
        rows += number
        yield place


def _add_rules(
    book: ReportBook, whole: Whole, names: Sequence[str], towns: Iterable[tuple[int, bytes]]
) -> None:
    day, last, sheet = day_of(whole.day).in_(book.lang), -1, None
    known = whole.stale is not None or bool(whole.since.setbacks)
    for place, piece in towns:
        if sheet is None or place != last:
            if sheet is not None:
                sheet.ended().title(names[last], day)
            sheet, last = RuleSheet.of_many(book, names[place], known=known), place
        for outcome, *cells in loaded(apart(piece, _PARTS)[2]):
            if not known:
                del cells[KNOWN_AT]
            sheet.add(Outcome(outcome), cells)
    if sheet is not None:
        sheet.ended().title(names[last], day)


PIECES = Piecewise(_piece, _joined)
