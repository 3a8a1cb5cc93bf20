"""XLSX: an audit working paper, with columns left for the auditor's own judgement.

The same assessment gives the same bytes: no time but the day judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.report.comparison import outcome_words
from dxrules.report.xlsx.book import PLAIN, Book, Head
from dxrules.report.xlsx.confirming import add_confirming
from dxrules.report.xlsx.requirements import FILLS, add_requirements, day_of, names_of
from dxrules.report.xlsx.summary import add_summary
from dxrules.rules import STRENGTH_LABELS
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from dxrules.assessment.comparison import Comparison
    from dxrules.assessment.dossier import Dossier
    from dxrules.report.finding_columns import Cell
    from dxrules.report.writers import How

_TOWNS = Text("団体の比較", "Towns compared")
_FIXED = (
    Head(Text("点検項目", "rule"), 9),
    Head(Text("表題", "title"), 32),
    Head(Text("強さ", "strength"), 14),
    Head(Text("団体で異なる", "towns differ"), 9),
)
_ACROSS = 12
"""Towns that fit beside each other on A4."""


def write(dossier: Dossier, how: How) -> bytes:
    """Return the working paper: a summary, what to look up first, and the requirements."""
    book = Book(how.style.lang)
    names = names_of(dossier.assessment, book.lang)
    add_summary(book, dossier, how, names)
    add_confirming(book, dossier)
    add_requirements(book, dossier, names, everything=how.everything)
    return book.saved(dossier.assessment.day)


def write_comparison(comparison: Comparison, how: How) -> bytes:
    """Return the workbook: a row per requirement, a column per town."""
    book, lang = Book(how.style.lang), how.style.lang
    towns = [
        plan.file.plan.municipality.name.text + same(f" {plan.file.plan.municipality.code}")
        for plan in comparison.assessment.plans
    ]
    heads = [*_FIXED, *(Head(town, 12) for town in towns)]
    sheet = book.sheet(_TOWNS.in_(lang), heads, 1, len(_FIXED))
    sheet.title(_TOWNS.in_(lang), how.style.say(day_of(comparison.assessment)))
    if len(towns) > _ACROSS:
        sheet.sheet.page_setup.fitToWidth = 0
        sheet.sheet.print_title_cols = "A:D"
    sheet.table()
    for row in comparison.rows:
        said: list[Cell] = [same(row.rule.id), row.rule.title, STRENGTH_LABELS[row.rule.strength]]
        said.append(same("≠" if row.differs else ""))
        said += [outcome_words(cell) for cell in row.cells]
        looks = [FILLS.get(cell.outcome, PLAIN) if cell.outcome else PLAIN for cell in row.cells]
        sheet.row(said, [*[PLAIN] * len(_FIXED), *looks])
    sheet.end()
    return book.saved(comparison.assessment.day)
