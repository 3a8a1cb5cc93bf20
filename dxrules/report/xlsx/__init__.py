"""XLSX: towns side by side, and the working paper of an audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.report.citations import titled
from dxrules.report.comparison_tables import (
    DIFFERS,
    TITLE,
    by_prefecture,
    by_rule_and_prefecture,
    by_town,
    outcome_words,
    several,
)
from dxrules.report.how_to_write import How
from dxrules.report.table_cell import TableCell
from dxrules.report.xlsx.book import PLAIN, Head, ReportBook, add_table
from dxrules.report.xlsx.requirements import FILLS, day_of
from dxrules.rules import STRENGTH_LABELS, Outcome
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from dxrules.assessment.comparison import Comparison

_FIXED = (
    Head(Text("点検項目", "rule"), 9),
    Head(Text("表題", "title"), 32),
    Head(Text("強さ", "strength"), 14),
    Head(Text("団体で異なる", "differs"), 9),
)
_TOTALS = (
    Head(Text("不適合の団体数", "municipalities that fail"), 13),
    Head(Text("要確認の団体数", "municipalities undetermined"), 13),
    Head(Text("適用のある団体数", "municipalities bound"), 13),
)
_ACROSS = 12
"""Towns that fit beside each other on A4."""


def write_comparison(comparison: Comparison, how: How) -> bytes:
    """Return the workbook: a row per requirement, a column per town.

    What it comes to by town and by prefecture stands on sheets of its own.
    """
    book, style, day = ReportBook(how.style.lang), how.style, day_of(comparison.day)
    towns = [
        plan.file.plan.municipality.name.text + same(f" {plan.file.plan.municipality.code}")
        for plan in comparison.plans
    ]
    heads = [*_FIXED, *_TOTALS, *(Head(town, 12) for town in towns)]
    sheet = book.sheet(style.say(TITLE), heads, 1, len(_FIXED))
    if comparison.selected is not None:
        day += Text(" 絞り込み: ", " selection: ") + comparison.selected
    sheet.title(style.say(TITLE), style.say(day))
    if len(towns) > _ACROSS:
        sheet.sheet.page_setup.fitToWidth = 0
        sheet.sheet.print_title_cols = "A:D"
    sheet.table()
    for row in comparison.rows:
        said: list[TableCell] = [
            row.rule.id,
            titled(row.rule),
            STRENGTH_LABELS[row.rule.strength],
        ]
        said.append(DIFFERS if row.differs else "")
        said += [row.number(Outcome.FAIL), row.number(Outcome.UNKNOWN), row.bound]
        said += [outcome_words(cell) for cell in row.cells]
        looks = [FILLS.get(cell.outcome, PLAIN) if cell.outcome else PLAIN for cell in row.cells]
        sheet.row(said, [*[PLAIN] * (len(_FIXED) + len(_TOTALS)), *looks])
    sheet.end()
    tables = [by_town(comparison)]
    if several(comparison):
        tables += [by_prefecture(comparison), by_rule_and_prefecture(comparison)]
    for table in tables:
        add_table(book, table, style.say(table.title))
    return book.saved(comparison.day)
