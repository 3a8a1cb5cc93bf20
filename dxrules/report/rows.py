"""One row per finding: what CSV, the workbook and the HTML report put into columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.frozen import frozen
from dxrules.report.citing import basis, quoted
from dxrules.report.words import OUTCOMES, SEVERITY_WORDS, VERIFICATION
from dxrules.rules import STRENGTH_LABELS, Outcome
from dxrules.texts import Text, join, same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dxrules.assessment import Assessment, Finding, PlanAssessment
    from dxrules.dates import PartialDate

Cell = Text | int | None


@frozen
class Column:
    """A column: its heading, and what it says of a finding; `width` is in half-width signs."""

    id: str
    label: Text
    width: int
    of: Callable[[PlanAssessment, Finding], Cell]


def _rule(of: Callable[[Finding], Cell]) -> Callable[[PlanAssessment, Finding], Cell]:
    return lambda _, finding: of(finding)


def severity_of(finding: Finding) -> Text | None:
    """Return how grave a failure is; nothing else is grave."""
    return SEVERITY_WORDS[finding.severity] if finding.outcome is Outcome.FAIL else None


def evidence(finding: Finding) -> Text | None:
    """Return what was read in the plan, all of it in one text."""
    found = [quoted(proof) for proof in finding.proofs if proof.text or proof.section]
    return join(found) if found else None


def _due(due: PartialDate | None) -> Text | None:
    return None if due is None else due.describe()


COLUMNS = (
    Column("code", Text("団体コード", "code"), 8, lambda p, _: same(p.file.plan.municipality.code)),
    Column("town", Text("団体", "town"), 14, lambda p, _: p.file.plan.municipality.name.text),
    Column("rule", Text("規則", "rule"), 8, _rule(lambda f: same(f.rule.id))),
    Column("title", Text("要件", "requirement"), 34, _rule(lambda f: f.rule.title)),
    Column("subject", Text("対象", "subject"), 26, _rule(lambda f: f.label)),
    Column("outcome", Text("判定", "outcome"), 12, _rule(lambda f: OUTCOMES[f.outcome])),
    Column("severity", Text("重大度", "severity"), 9, _rule(severity_of)),
    Column(
        "strength", Text("強さ", "strength"), 16, _rule(lambda f: STRENGTH_LABELS[f.rule.strength])
    ),
    Column("message", Text("理由", "reason"), 50, _rule(lambda f: f.message)),
    Column("evidence", Text("根拠とした記載", "evidence"), 40, _rule(evidence)),
    Column("source", Text("典拠", "source"), 40, _rule(lambda f: basis(f.rule))),
    Column(
        "verified",
        Text("典拠の確認", "how verified"),
        18,
        _rule(lambda f: VERIFICATION[f.rule.source.verified]),
    ),
    Column("remedy", Text("直し方", "remedy"), 40, _rule(lambda f: f.rule.remedy)),
    Column("due", Text("期限", "due"), 14, _rule(lambda f: _due(f.due))),
    Column("days_left", Text("残り日数", "days left"), 9, _rule(lambda f: f.days_left)),
    Column("file", Text("ファイル", "file"), 24, _rule(lambda f: same(f.place.file))),
    Column("line", Text("行", "line"), 6, _rule(lambda f: f.place.line)),
)


def rows(assessment: Assessment) -> Iterator[list[Cell]]:
    """Yield the cells of every finding of every plan, in their order."""
    for plan in assessment.plans:
        for finding in plan.findings:
            yield [column.of(plan, finding) for column in COLUMNS]
