"""The second sheet: what to look up first in each town, duties before all else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from dxrules.assessment import PlanAssessment
from dxrules.assessment.dossier import Dossier
from dxrules.assessment.questions import Question, first_questions
from dxrules.report.confirming import marks_of, rules_of
from dxrules.report.finding_columns import FindingCell
from dxrules.report.xlsx.book import OWN, PLAIN, Head
from dxrules.report.xlsx.requirements import CONFIRM, day_of
from dxrules.rules import STRENGTH_LABELS
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.report.xlsx.book import ReportBook

_HEADS = (
    Head(Text("団体", "municipality"), 12),
    Head(Text("強さ", "strength"), 12),
    Head(Text("確かめること", "what to look up"), 46),
    Head(Text("期限", "due"), 11),
    Head(Text("残り日数", "days left"), 7),
    Head(Text("この答えに関わる点検項目", "what hangs on it"), 34),
    Head(Text("件数", "findings"), 6.5),
    Head(Text("確認の結果", "what was found"), 30),
    Head(Text("確認先", "looked up where"), 16),
)
_FIXED = 2
_OWN_COLUMNS = 2
_LOOKS = (*[PLAIN] * (len(_HEADS) - _OWN_COLUMNS), *[OWN] * _OWN_COLUMNS)


def add_confirming(book: ReportBook, dossier: Dossier) -> None:
    """Add the sheet: a row per town and question; the reader fills in what was found.

    There is none where nothing is open.
    """
    assessment = dossier.assessment
    rows = (row for plan in assessment.plans for row in questions_of(dossier, plan))
    add_questions(book, assessment.day, rows)


def questions_of(dossier: Dossier, plan: PlanAssessment) -> Iterator[list[FindingCell]]:
    """Yield the cells of each question of a plan."""
    return (_row(plan, question) for question in first_questions(dossier.questions(plan)))


def add_questions(book: ReportBook, day: date, rows: Iterable[Sequence[FindingCell]]) -> None:
    """Add the sheet from its rows, if there are any."""
    name, sheet = CONFIRM.in_(book.lang), None
    for row in rows:
        if sheet is None:
            sheet = book.sheet(name, _HEADS, 1, _FIXED)
            sheet.title(name, day_of(day).in_(book.lang))
            sheet.table()
        sheet.row(row, _LOOKS)
    if sheet is not None:
        sheet.end()


def _row(plan: PlanAssessment, question: Question) -> list[FindingCell]:
    return [
        plan.file.plan.municipality.name.text,
        STRENGTH_LABELS[question.strength] + marks_of(question),
        question.text,
        None if question.due is None else question.due.describe(),
        question.days_left,
        rules_of(question),
        len(question.hangs),
        *[None] * _OWN_COLUMNS,
    ]
