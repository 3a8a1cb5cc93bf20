"""The second sheet: what to look up first in each town, duties before all else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.assessment.confirming import first_to_confirm, open_rules
from dxrules.report.confirming import open_why
from dxrules.report.shared_labels import DRAFT
from dxrules.report.xlsx.book import OWN, PLAIN, Head
from dxrules.report.xlsx.requirements import CONFIRM, day_of
from dxrules.rules import STRENGTH_LABELS
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from dxrules.assessment import PlanAssessment
    from dxrules.assessment.confirming import Open
    from dxrules.assessment.dossier import Dossier
    from dxrules.report.finding_columns import Cell
    from dxrules.report.xlsx.book import Book

_HEADS = (
    Head(Text("団体", "town"), 12),
    Head(Text("強さ", "strength"), 12),
    Head(Text("点検項目", "rule"), 8),
    Head(Text("表題", "title"), 24),
    Head(Text("対象の数", "subjects"), 6.5),
    Head(Text("期限", "due"), 12),
    Head(Text("残り日数", "days left"), 7),
    Head(Text("決まらない理由", "what is open"), 34),
    Head(Text("確かめて、必要ならすること", "to do once looked up, if need be"), 34),
    Head(Text("確認の結果", "what was found"), 20),
)
_FIXED = 4
_LOOKS = (*[PLAIN] * (len(_HEADS) - 1), OWN)


def add_confirming(book: Book, dossier: Dossier) -> None:
    """Add the sheet: a row per town and rule; the reader fills in what was found.

    There is none where nothing is open.
    """
    assessment, name = dossier.assessment, CONFIRM.in_(book.lang)
    rows = [
        _row(plan, each)
        for plan in assessment.plans
        for each in first_to_confirm(open_rules(plan.findings))
    ]
    if not rows:
        return
    sheet = book.sheet(name, _HEADS, 1, _FIXED)
    sheet.title(name, day_of(assessment).in_(book.lang))
    sheet.table()
    for row in rows:
        sheet.row(row, _LOOKS)
    sheet.end()


def _row(plan: PlanAssessment, each: Open) -> list[Cell]:
    first, rule, whys = each.finding, each.finding.rule, [*open_why(each)]
    return [
        plan.file.plan.municipality.name.text,
        STRENGTH_LABELS[rule.strength],
        same(rule.id),
        rule.title + DRAFT if rule.draft else rule.title,
        len(each.findings),
        None if first.due is None else first.due.describe(),
        first.days_left,
        Text("\n".join(why.ja for why in whys), "\n".join(why.en for why in whys)),
        first.remedy,
        None,
    ]
