"""Rules that were announced and are not in force yet, in words."""

from __future__ import annotations

from collections.abc import Iterator

from dxrules.assessment import PlanAssessment
from dxrules.assessment.due_days import horizon_of, rules_to_come
from dxrules.report.citations import basis
from dxrules.report.shared_labels import DRAFT
from dxrules.rules import Rule
from dxrules.texts import Text, same

_BY_THEN = Text("→ その日までに: ", "→ By then: ")


def to_come_title(plan: PlanAssessment) -> Text:
    """Return the heading: up to which day rules that begin are named."""
    until, horizon = horizon_of(plan.file, plan.lawbook.day)
    if horizon == "period":
        return Text(
            f"今後適用(計画期間の末日 {until} までに始まる点検項目)",
            f"To come (rules that begin by {until}, the last day of the plan)",
        )
    return Text(f"今後適用({until} までに始まる点検項目)", f"To come (rules that begin by {until})")


def to_come(plan: PlanAssessment) -> Iterator[tuple[Text, Text, Text]]:
    """Yield of each such rule when and what it is, on what it rests, and what to do by then."""
    for rule in rules_to_come(plan):
        yield to_come_head(rule), basis(rule), _BY_THEN + rule.remedy_for()


def to_come_head(rule: Rule) -> Text:
    """Return the day of a rule, its id and its title."""
    since = rule.in_force.since
    named = same(f" {rule.id} ") + rule.title + (DRAFT if rule.draft else same(""))
    return Text(f"{since}から", f"from {since}") + named
