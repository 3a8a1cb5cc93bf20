"""One row per finding: what CSV, the workbook and the HTML report put into columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from dxrules.assessment import Finding, PlanAssessment
from dxrules.dates import PartialDate
from dxrules.frozen import frozen
from dxrules.report.citations import basis, quoted
from dxrules.report.shared_labels import OUTCOMES, SEVERITY_WORDS, VERIFICATION
from dxrules.rules import STRENGTH_LABELS, Outcome, Rule
from dxrules.texts import Text, join, same

FindingCell = Text | int | float | None
T = TypeVar("T")


@frozen
class FindingColumn:
    """A column: its heading, and what it says of a finding; `width` is in half-width signs.

    One that is not `own` says the same of all findings of a plan by one rule.
    """

    id: str
    label: Text
    width: int
    of: Callable[[PlanAssessment, Finding], FindingCell]
    own: bool = True


def _rule(of: Callable[[Finding], FindingCell]) -> Callable[[PlanAssessment, Finding], FindingCell]:
    return lambda _, finding: of(finding)


def severity_of(finding: Finding) -> Text | None:
    """Return how grave a failure is; nothing else is grave."""
    return SEVERITY_WORDS[finding.severity] if finding.outcome is Outcome.FAIL else None


def evidence(finding: Finding) -> Text | None:
    """Return what was read in the plan, all of it in one text."""
    found = [quoted(proof) for proof in finding.proofs if proof.text or proof.section]
    return join(found) if found else None


def _question(finding: Finding) -> Text | None:
    return finding.question if finding.outcome is Outcome.UNKNOWN else None


def _due(due: PartialDate | None) -> Text | None:
    return None if due is None else due.describe()


COLUMNS = (
    FindingColumn(
        "code",
        Text("団体コード", "code"),
        8,
        lambda p, _: same(p.file.plan.municipality.code),
        own=False,
    ),
    FindingColumn(
        "town",
        Text("団体", "municipality"),
        14,
        lambda p, _: p.file.plan.municipality.name.text,
        own=False,
    ),
    FindingColumn("rule", Text("点検項目", "rule"), 8, _rule(lambda f: same(f.rule.id)), own=False),
    FindingColumn("title", Text("表題", "title"), 34, _rule(lambda f: f.rule.title), own=False),
    FindingColumn("subject", Text("対象", "subject"), 26, _rule(lambda f: f.label)),
    FindingColumn("outcome", Text("判定", "outcome"), 12, _rule(lambda f: OUTCOMES[f.outcome])),
    FindingColumn("severity", Text("重大度", "severity"), 9, _rule(severity_of)),
    FindingColumn(
        "strength",
        Text("強さ", "strength"),
        16,
        _rule(lambda f: STRENGTH_LABELS[f.rule.strength]),
        own=False,
    ),
    FindingColumn("message", Text("理由", "reason"), 50, _rule(lambda f: f.message)),
    FindingColumn("evidence", Text("根拠とした記載", "evidence"), 40, _rule(evidence)),
    FindingColumn("source", Text("典拠", "source"), 40, _rule(lambda f: basis(f.rule)), own=False),
    FindingColumn(
        "verified",
        Text("典拠の確認", "how verified"),
        18,
        _rule(lambda f: VERIFICATION[f.rule.source.verified]),
        own=False,
    ),
    FindingColumn("remedy", Text("直し方", "remedy"), 40, _rule(lambda f: f.remedy), own=False),
    FindingColumn("question", Text("確かめること", "question"), 40, _rule(_question)),
    FindingColumn("due", Text("期限", "due"), 14, _rule(lambda f: _due(f.due))),
    FindingColumn("days_left", Text("残り日数", "days left"), 9, _rule(lambda f: f.days_left)),
    FindingColumn("file", Text("ファイル", "file"), 24, _rule(lambda f: same(f.place.file))),
    FindingColumn("line", Text("行", "line"), 6, _rule(lambda f: f.place.line)),
)


class Rows(Generic[T]):
    """Rows of findings, each cell as `write` writes it; None stands for an empty column.

    What is alike in all rows of a plan by one rule is written once.
    """

    def __init__(
        self, columns: Sequence[FindingColumn | None], write: Callable[[FindingCell], T]
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
