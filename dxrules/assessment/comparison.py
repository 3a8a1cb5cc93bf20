"""Towns side by side: of each requirement, how it came out in each town."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dxrules.assessment.finding import standing
from dxrules.frozen import frozen
from dxrules.rules import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dxrules.assessment.finding import Assessment, Finding
    from dxrules.rules import Rule, Severity


@frozen
class Cell:
    """How a rule came out in a town: the gravest outcome, and how often there was each.

    `severity` is that of a failure. `finding` is one of the gravest, to look at first; None
    where the rule does not bind the town.
    """

    outcome: Outcome | None
    severity: Severity | None
    counts: Mapping[Outcome, int]
    finding: Finding | None


@frozen
class Row:
    """A requirement and its cells, a cell per plan; `differs` where plans came out differently."""

    rule: Rule
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        """Whether the plans that the rule binds came out differently."""
        bound = {(cell.outcome, cell.severity) for cell in self.cells if cell.outcome is not None}
        return len(bound) > 1


@frozen
class Comparison:
    """Plans judged on one day, requirement by requirement."""

    assessment: Assessment
    rows: tuple[Row, ...]


def compare_plans(assessment: Assessment) -> Comparison:
    """Put the plans of an assessment side by side; rules are in the order of their ids."""
    rules: dict[str, Rule] = {}
    found: list[dict[str, list[Finding]]] = []
    for plan in assessment.plans:
        of_rule: dict[str, list[Finding]] = {}
        for finding in plan.findings:
            rules.setdefault(finding.rule.id, finding.rule)
            of_rule.setdefault(finding.rule.id, []).append(finding)
        found.append(of_rule)
    rows = [
        Row(rule, tuple(_cell(of_rule.get(rule_id, [])) for of_rule in found))
        for rule_id, rule in sorted(rules.items())
    ]
    return Comparison(assessment, tuple(rows))


def _cell(findings: list[Finding]) -> Cell:
    if not findings:
        return Cell(None, None, {}, None)
    (first,) = standing(findings).values()
    severity = first.severity if first.outcome is Outcome.FAIL else None
    return Cell(first.outcome, severity, Counter(f.outcome for f in findings), first)
