"""One row per finding: what CSV, the workbook and the HTML report put into columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from dxrules.assessment import Finding, PlanAssessment
from dxrules.assessment.finding_question import question_of
from dxrules.frozen import frozen
from dxrules.plan.sections.municipality import Municipality
from dxrules.report.citations import basis, quoted
from dxrules.report.shared_labels import OUTCOMES, SEVERITY_WORDS, VERIFICATION
from dxrules.report.table_cell import TableCell
from dxrules.rules import STRENGTH_LABELS, Outcome, Rule
from dxrules.texts import Text, join

T = TypeVar("T")


@frozen
class FindingColumn:
    """A column: its heading, and what it says of a finding; `width` is in half-width signs.

    One that is not `own` says the same of all findings of a plan by one rule.
    """

    id: str
    label: Text
    width: int
    of: Callable[[PlanAssessment, Finding], TableCell]
    own: bool = True


def severity_of(finding: Finding) -> Text | None:
    """Return how grave a failure is; nothing else is grave."""
    return SEVERITY_WORDS[finding.severity] if finding.outcome is Outcome.FAIL else None


def evidence(finding: Finding) -> Text | None:
    """Return what was read in the plan, all of it in one text."""
    found = [quoted(proof) for proof in finding.proofs if proof.text or proof.section]
    return join(found) if found else None


def _question(finding: Finding) -> Text | None:
    return question_of(finding) if finding.outcome is Outcome.UNKNOWN else None


def _told(
    name: str, ja: str, en: str, width: int, of: Callable[[Finding], TableCell]
) -> FindingColumn:
    """Return a column of what is told of each finding."""
    return FindingColumn(name, Text(ja, en), width, lambda _, finding: of(finding))


def _of_rule(
    name: str, ja: str, en: str, width: int, of: Callable[[Rule], TableCell]
) -> FindingColumn:
    """Return a column of what is told of a rule."""
    return FindingColumn(name, Text(ja, en), width, lambda _, f: of(f.rule), own=False)


def _of_town(
    name: str, ja: str, en: str, width: int, of: Callable[[Municipality], TableCell]
) -> FindingColumn:
    """Return a column of what is told of the municipality of a plan."""
    return FindingColumn(
        name, Text(ja, en), width, lambda plan, _: of(plan.file.plan.municipality), own=False
    )


COLUMNS = (
    _of_town("code", "団体コード", "code", 8, lambda town: town.code),
    _of_town("town", "団体", "municipality", 14, lambda town: town.name.text),
    _of_rule("rule", "点検項目", "rule", 8, lambda rule: rule.id),
    _of_rule("title", "表題", "title", 34, lambda rule: rule.title),
    _told("subject", "対象", "subject", 26, lambda f: f.label),
    _told("outcome", "判定", "outcome", 12, lambda f: OUTCOMES[f.outcome]),
    _told("severity", "重大度", "severity", 9, severity_of),
    _of_rule("strength", "強さ", "strength", 16, lambda rule: STRENGTH_LABELS[rule.strength]),
    _told("message", "理由", "reason", 50, lambda f: f.message),
    _told("evidence", "根拠とした記載", "evidence", 40, evidence),
    _of_rule("source", "典拠", "source", 40, basis),
    _of_rule(
        "verified", "典拠の確認", "how verified", 18, lambda r: VERIFICATION[r.source.verified]
    ),
    FindingColumn("remedy", Text("直し方", "remedy"), 40, lambda _, f: f.remedy, own=False),
    _told("question", "確かめること", "question", 40, _question),
    _told("due", "期限", "due", 14, lambda f: None if f.due is None else f.due.describe()),
    _told("days_left", "残り日数", "days left", 9, lambda f: f.days_left),
    _told("file", "ファイル", "file", 24, lambda f: f.place.file),
    _told("line", "行", "line", 6, lambda f: f.place.line),
)


class FindingCells(Generic[T]):
    """Rows of findings, each cell as `write` writes it; None stands for an empty column.

    What is alike in all rows of a plan by one rule is written once.
    """

    def __init__(
        self, columns: Sequence[FindingColumn | None], write: Callable[[TableCell], T]
    ) -> None:
        self._columns = columns
        self._write = write
        self._own = [
            (place, column.of) for place, column in enumerate(columns) if column and column.own
        ]
        self._begun: dict[tuple[int, int], tuple[PlanAssessment, Rule, list[T]]] = {}

    def row(self, plan: PlanAssessment, finding: Finding) -> list[T]:
        """Return the cells of a finding."""
        key = id(plan), id(finding.rule)
        if key not in self._begun:  # both are kept, so that no other takes their identity
            self._begun[key] = plan, finding.rule, self._begin(plan, finding)
        cells = self._begun[key][2].copy()
        for place, of in self._own:
            cells[place] = self._write(of(plan, finding))
        return cells

    def _begin(self, plan: PlanAssessment, finding: Finding) -> list[T]:
        said = (
            None if column is None or column.own else column.of(plan, finding)
            for column in self._columns
        )
        return [self._write(cell) for cell in said]
