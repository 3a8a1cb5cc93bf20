"""The sheets of requirements: a row per requirement and subject, a sheet per town.

What an auditor reads and files is printed; what leads back to the plan file stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from dxrules.assessment import Assessment, Finding, PlanAssessment
from dxrules.assessment.dossier import Dossier
from dxrules.report.citations import titled
from dxrules.report.finding_columns import COLUMNS, FindingCells, FindingColumn
from dxrules.report.piecewise import towns_of
from dxrules.report.shared_labels import KNOWN, OUTCOMES, SETBACK
from dxrules.report.table_cell import TableCell
from dxrules.report.undetermined_rules import to_do
from dxrules.report.xlsx.book import (
    ASIDE,
    ASIDE_HEAD,
    HEAD,
    OWN,
    PLAIN,
    Head,
    ReportBook,
    ReportSheet,
)
from dxrules.rules import Outcome
from dxrules.source.spreadsheet import sheet_names
from dxrules.source.workbook import ROW_END, AddedRows, Look, rows_apart
from dxrules.texts import Lang, Text

SUMMARY = Text("要約", "Summary")
CONFIRM = Text("まず確かめること", "Confirm first")
ALL_RULES = Text("点検項目", "Rules")
_PRINTED = {
    "rule": 8,
    "title": 15,
    "subject": 15,
    "outcome": 9,
    "severity": 6.5,
    "message": 33,
    "evidence": 24,
    "source": 21,
    "remedy": 20,
    "due": 10.5,
}
_ASIDE = {"strength": 16, "verified": 16, "days_left": 9, "code": 9, "town": 14}
_OWN = (
    Head(Text("監査人の判定", "auditor's judgement"), 9),
    Head(Text("監査人の意見", "auditor's remark"), 19),
)
_CHOICES = (Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE)
_TO_MEND = frozenset({Outcome.FAIL, Outcome.UNKNOWN, Outcome.ERROR})
_IS = "outcome"
_FIXED = 3
"""Rule, requirement and subject stay in sight."""

FILLS: Mapping[Outcome, Look] = {
    Outcome.PASS: replace(PLAIN, fill="FFDCF3E2"),
    Outcome.FAIL: replace(PLAIN, fill="FFFDE0E2", bold=True),
    Outcome.UNKNOWN: replace(PLAIN, fill="FFE9E7F3"),
    Outcome.ERROR: replace(PLAIN, fill="FFFDE0E2", bold=True),
}


def names_of(assessment: Assessment, lang: Lang) -> list[str]:
    """Return the names of the sheets, one per plan."""
    towns = [town.in_(lang) for town in towns_of(assessment.plans)]
    return sheet_names(towns, [SUMMARY.in_(lang), CONFIRM.in_(lang)])


def add_requirements(
    book: ReportBook, dossier: Dossier, names: Sequence[str], *, everything: bool
) -> None:
    """Add the sheets of requirements under their names.

    Subjects that a rule was never about stand there with `everything` alone.
    """
    day = day_of(dossier.assessment.day).in_(book.lang)
    known = dossier.stale is not None or bool(dossier.assessment.setbacks)
    columns, heads = _columns(known=known, one_town=True)
    rows: FindingCells[TableCell] = FindingCells(columns, lambda cell: cell)
    for name, plan in zip(names, dossier.assessment.plans, strict=True):
        sheet, said = RuleSheet(book, name, columns, heads), plan.file.plan
        for finding in plan.told(everything=everything):
            sheet.add(finding.outcome, rows.row(plan, finding))
        town = said.municipality.name.text.in_(book.lang)
        sheet.ended().title(f"{town}  {said.plan.title}", day)


def day_of(day: date) -> Text:
    """Return the day judged."""
    return Text(f"判定日 {day}", f"as of {day}")


class RuleSheet:
    """A sheet of requirements that is written row by row."""

    def __init__(
        self,
        book: ReportBook,
        name: str,
        columns: Sequence[FindingColumn | None],
        heads: Sequence[Head],
    ) -> None:
        self._sheet = book.sheet(name, heads, 1, _FIXED)
        self._sheet.table()
        printed = sum(head.printed for head in heads)
        aside = len(heads) - printed
        self._looks = [*[PLAIN] * (printed - len(_OWN)), *[OWN] * len(_OWN), *[ASIDE] * aside]
        self._outcome = next(n for n, column in enumerate(columns) if column and column.id == _IS)
        self._own = next(n for n, column in enumerate(columns) if column is None)

    @classmethod
    def of_many(cls, book: ReportBook, name: str, *, known: bool) -> RuleSheet:
        """Return a sheet for many towns; `known` is whether anything is told of what was before."""
        return cls(book, name, *_columns(known=known, one_town=False))

    def add(self, outcome: Outcome, cells: Iterable[TableCell]) -> None:
        """Add a row."""
        self._looks[self._outcome] = FILLS.get(outcome, PLAIN)
        self._sheet.row(cells, self._looks)

    def add_apart(self, number: int, rows: AddedRows) -> None:
        """Add so many rows that were written apart."""
        self._sheet.add(number, rows)

    def ended(self) -> ReportSheet:
        """Return the sheet, to which no row is added any more."""
        words = [OUTCOMES[outcome].in_(self._sheet.book.lang) for outcome in _CHOICES]
        self._sheet.choose(self._own, words)
        self._sheet.end()
        return self._sheet


def book_of_many(lang: Lang) -> ReportBook:
    """Return a workbook in which cells look as in rows that were written apart."""
    return ReportBook(lang, (PLAIN, OWN, ASIDE, *FILLS.values()))


def rows_of_many(plan: PlanAssessment, lang: Lang, *, everything: bool) -> bytes:
    """Return the rows of a plan as they stand among many towns, with their numbers left open.

    The last cell of each tells what was before; whether it is shown, all plans tell.
    """
    columns, _ = _columns(known=True, one_town=False)
    rows: FindingCells[TableCell] = FindingCells(columns, lambda cell: cell)
    book = book_of_many(lang)
    sheet = RuleSheet.of_many(book, "-", known=True)
    for finding in plan.told(everything=everything):
        sheet.add(finding.outcome, rows.row(plan, finding))
    _, _, written = rows_apart(book.book).partition(ROW_END)  # after the headings
    return written


def _columns(*, known: bool, one_town: bool) -> tuple[list[FindingColumn | None], list[Head]]:
    """Return what each column says of a finding, None where the auditor writes; and its head."""
    of = {column.id: column for column in COLUMNS} | _OTHERWISE
    printed, aside = dict(_PRINTED), dict(_ASIDE)
    if not one_town:
        printed = {"town": aside.pop("town"), **printed}
    columns: list[FindingColumn | None] = [of[name] for name in printed]
    heads = [Head(of[name].label, width) for name, width in printed.items()]
    columns += [None] * len(_OWN)
    heads += [replace(head, look=HEAD) for head in _OWN]
    beside = [*((of[name], width) for name, width in aside.items()), (_PLACE, 40)]
    beside += [(_KNOWN, 10)] if known else []
    columns += [column for column, _ in beside]
    heads += [Head(column.label, width, ASIDE_HEAD) for column, width in beside]
    return columns, heads


def _remedy(_: PlanAssessment, finding: Finding) -> TableCell:
    """Say how to mend what fails, and what to look up where it is open; what is fine needs none."""
    return to_do(finding) if finding.outcome in _TO_MEND else None


def _known(_: PlanAssessment, finding: Finding) -> TableCell:
    if finding.setback is not None:
        return SETBACK
    return KNOWN if finding.known else None


_OTHERWISE = {
    "title": FindingColumn(
        "title", Text("表題", "title"), 17, lambda _, finding: titled(finding.rule)
    ),
    "remedy": FindingColumn(
        "remedy", Text("直し方・確かめること", "remedy or question"), 22, _remedy
    ),
}
_PLACE = FindingColumn(
    "place",
    Text("計画ファイルの場所", "place in the plan file"),
    40,
    lambda _, finding: finding.place.shown,
)
_KNOWN = FindingColumn("known", Text("ベースライン", "baseline"), 10, _known)
