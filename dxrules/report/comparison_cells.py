"""Outcomes of each rule in a plan, as the cells of a comparison of many towns."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from dxrules.assessment.comparison import NOT_BOUND, Comparison, RuleRow, Town, TownOutcome
from dxrules.assessment.finding import GRAVEST, Finding, PlanAssessment, standing
from dxrules.report.piecewise import Whole, loaded
from dxrules.report.plan_names import lean
from dxrules.rules import SEVERITIES, Outcome
from dxrules.texts import Text


def cells_of(plan: PlanAssessment) -> bytes:
    """Return, as bytes, how each rule came out in a plan, and the earliest day that it names."""
    groups: dict[str, list[Finding]] = {}
    due: dict[str, str] = {}
    for finding in plan.findings:
        groups.setdefault(finding.rule.id, []).append(finding)
        last = None if finding.due is None else finding.due.latest
        if last is not None:
            day = last.isoformat()
            due[finding.rule.id] = min(day, due.get(finding.rule.id, day))
    cells = {rule: _cell(found) for rule, found in groups.items()}
    return json.dumps([cells, due], separators=(",", ":")).encode()


def _cell(findings: list[Finding]) -> list[int]:
    """Return the places of outcome and severity in their orders, and how many came out how."""
    (first,) = standing(findings).values()
    severity = SEVERITIES.index(first.severity) if first.outcome is Outcome.FAIL else -1
    numbers = [sum(f.outcome is outcome for f in findings) for outcome in GRAVEST]
    return [GRAVEST.index(first.outcome), severity, *numbers]


def comparison_of(whole: Whole, pieces: Iterable[bytes], names: Mapping[str, Text]) -> Comparison:
    """Put towns side by side from the cells of each, which `cells_of` made."""
    rules = whole.rules()
    columns: dict[str, list[TownOutcome]] = {rule: [] for rule in rules}
    days: dict[str, date] = {}
    alike: dict[tuple[int, ...], TownOutcome] = {}
    towns = []
    for heading, piece in zip(whole.headings, pieces, strict=True):
        cells, due = loaded(piece)
        for rule, column in columns.items():
            said = cells.get(rule)
            column.append(NOT_BOUND if said is None else _known(tuple(said), alike))
        for rule, day in due.items():
            found = date.fromisoformat(day)
            days[rule] = min(found, days.get(rule, found))
        towns.append(Town(lean(heading), heading.counts))
    rows = tuple(
        RuleRow(rule, tuple(columns[rule_id]), days.get(rule_id)) for rule_id, rule in rules.items()
    )
    return Comparison(whole.day, tuple(towns), rows, names, whole.selected)


def _known(said: tuple[int, ...], alike: dict[tuple[int, ...], TownOutcome]) -> TownOutcome:
    if said not in alike:
        outcome, severity, *numbers = said
        counts = {each: number for each, number in zip(GRAVEST, numbers, strict=True) if number}
        alike[said] = TownOutcome(
            GRAVEST[outcome], None if severity < 0 else SEVERITIES[severity], Counter(counts)
        )
    return alike[said]
