"""XLSX: an audit working paper, with a column left for the auditor's own judgement.

Every text of a plan is written as text, never as a formula. The same assessment gives the same
bytes: openpyxl's times are replaced by the day judged.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from dxrules.report.comparison import outcome_words
from dxrules.report.heading import days
from dxrules.report.rows import COLUMNS, rows
from dxrules.report.words import COUNTED, ONE_ENGINE, OUTCOMES, RARE, SEVERITY_WORDS
from dxrules.rules import SEVERITIES, STRENGTH_LABELS, Outcome
from dxrules.source.archive import without_times
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from dxrules.assessment import Assessment
    from dxrules.assessment.comparison import Comparison
    from dxrules.assessment.dossier import Dossier
    from dxrules.report.rows import Cell
    from dxrules.report.terminal import Style
    from dxrules.report.writers import How

Sheet = Any
"""A write-only sheet; its stubs do not know all that it takes from a worksheet."""

_SUMMARY = Text("要約", "Summary")
_FINDINGS = Text("要件", "Requirements")
_TOWNS = Text("団体の比較", "Towns compared")
_AUDITOR = (
    (Text("監査人の判定", "auditor's judgement"), 14),
    (Text("監査人の意見", "auditor's remark"), 40),
)
_CHOICES = (Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE)
_NEVER_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_767  # signs in a cell

_HEAD = PatternFill("solid", fgColor="FFE8EDF3")
_OWN = PatternFill("solid", fgColor="FFFFF9E0")
_FILLS: Mapping[Outcome, PatternFill] = {
    Outcome.PASS: PatternFill("solid", fgColor="FFDCF3E2"),
    Outcome.FAIL: PatternFill("solid", fgColor="FFFDE0E2"),
    Outcome.UNKNOWN: PatternFill("solid", fgColor="FFE9E7F3"),
    Outcome.ERROR: PatternFill("solid", fgColor="FFFDE0E2"),
}
_BORDER = Border(bottom=Side("thin", color="FFD0D7DE"))
_WRAP = Alignment(wrap_text=True, vertical="top")


def write(dossier: Dossier, how: How) -> bytes:
    """Return the workbook: a summary, and a row per finding of every plan."""
    book = Workbook(write_only=True)
    _summary(book, dossier.assessment, how)
    _findings(book, dossier.assessment, how.style)
    return _saved(book, dossier.assessment.day)


def write_comparison(comparison: Comparison, how: How) -> bytes:
    """Return the workbook: a row per requirement, a column per town."""
    book, style = Workbook(write_only=True), how.style
    towns = [
        plan.file.plan.municipality.name.text + same(f" {plan.file.plan.municipality.code}")
        for plan in comparison.assessment.plans
    ]
    heads = [
        (Text("規則", "rule"), 10),
        (Text("要件", "requirement"), 40),
        (Text("強さ", "strength"), 16),
        *((town, 16) for town in towns),
        (Text("団体で異なる", "towns differ"), 12),
    ]
    sheet = _sheet(book, _TOWNS, heads, style, fixed="D2")
    for row in comparison.rows:
        label = STRENGTH_LABELS[row.rule.strength]
        said: list[Cell] = [same(row.rule.id), row.rule.title, label]
        said += [outcome_words(cell) for cell in row.cells]
        said.append(same("≠" if row.differs else ""))
        fills = {
            3 + n: _FILLS.get(cell.outcome) for n, cell in enumerate(row.cells) if cell.outcome
        }
        sheet.append(_cells(sheet, said, style, fills))
    _end(sheet, len(heads), len(comparison.rows) + 1)
    return _saved(book, comparison.assessment.day)


def _summary(book: Workbook, assessment: Assessment, how: How) -> None:
    style = how.style
    heads = [
        (Text("団体コード", "code"), 12),
        (Text("団体", "town"), 18),
        (Text("計画", "plan"), 36),
        *((OUTCOMES[Outcome.FAIL] + same(": ") + SEVERITY_WORDS[s], 12) for s in SEVERITIES),
        *((OUTCOMES[outcome], 12) for outcome in (*COUNTED, *RARE)),
        (Text("判定の前提", "what the judgement rests on"), 70),
    ]
    sheet = _sheet(book, _SUMMARY, heads, style, fixed="C2")
    alone = [] if how.alone is None else [ONE_ENGINE[how.alone]]
    for plan in assessment.plans:
        town = plan.file.plan.municipality
        premises = [*alone, *days(plan)]
        said: list[Cell] = [same(town.code), town.name.text, same(plan.file.plan.plan.title)]
        said += [plan.counts.severities[severity] for severity in SEVERITIES]
        said += [plan.counts.outcomes[outcome] for outcome in (*COUNTED, *RARE)]
        said.append(Text("\n".join(t.ja for t in premises), "\n".join(t.en for t in premises)))
        sheet.append(_cells(sheet, said, style, {}))
    _end(sheet, len(heads), len(assessment.plans) + 1)


def _findings(book: Workbook, assessment: Assessment, style: Style) -> None:
    heads = [*((column.label, column.width + 2) for column in COLUMNS), *_AUDITOR]
    sheet = _sheet(book, _FINDINGS, heads, style, fixed="E2")
    outcome_column = [column.id for column in COLUMNS].index("outcome")
    own = {len(COLUMNS) + n: _OWN for n in range(len(_AUDITOR))}
    findings = [finding for plan in assessment.plans for finding in plan.findings]
    for finding, row in zip(findings, rows(assessment), strict=True):
        fills = {outcome_column: _FILLS.get(finding.outcome), **own}
        sheet.append(_cells(sheet, [*row, None, None], style, fills))
    last = len(findings) + 1
    choices = ",".join(style.say(OUTCOMES[outcome]) for outcome in _CHOICES)
    validation = DataValidation("list", formula1=f'"{choices}"', allow_blank=True)
    letter = get_column_letter(len(COLUMNS) + 1)
    validation.add(f"{letter}2:{letter}{max(last, 2)}")
    sheet.data_validations.append(validation)
    _end(sheet, len(heads), last)


def _sheet(
    book: Workbook, name: Text, heads: Sequence[tuple[Text, int]], style: Style, fixed: str
) -> Sheet:
    """Add a sheet with a header that stays in sight and is printed on every page."""
    sheet = book.create_sheet(style.say(name))
    sheet.freeze_panes = fixed
    for number, (_, width) in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.oddFooter.center.text = "&P / &N"
    cells = _cells(sheet, [label for label, _ in heads], style, {})
    for cell in cells:
        cell.font, cell.fill = Font(bold=True), _HEAD
    sheet.append(cells)
    return sheet


def _end(sheet: Sheet, columns: int, lines: int) -> None:
    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{lines}"


def _cells(
    sheet: Sheet,
    said: Iterable[Cell],
    style: Style,
    fills: Mapping[int, PatternFill | None],
) -> list[Any]:
    cells = []
    for place, content in enumerate(said):
        cell = WriteOnlyCell(sheet)
        if isinstance(content, Text):
            cell.value = _NEVER_IN_XML.sub("", style.say(content))[:_LONGEST]
            cell.data_type = "s"  # openpyxl would take a text that begins with = for a formula
        else:
            cell.value = content
        cell.alignment, cell.border = _WRAP, _BORDER
        fill = fills.get(place)
        if fill is not None:
            cell.fill = fill
        cells.append(cell)
    return cells


def _saved(book: Workbook, day: date) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return without_times(stream.getvalue(), day.isoformat())
