"""A rule explained: what it asks, who says so, since when, and what it found in a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dxrules.errors import UsageError
from dxrules.rules.checks import named
from dxrules.source import did_you_mean
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dxrules.assessment.finding import Assessment, Finding
    from dxrules.dates import Dated
    from dxrules.rules import Law, Rule, Ruleset
    from dxrules.rules.condition import Constant


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule, the values over time of the parameters that it names, and its findings."""

    rule: Rule
    ruleset: Ruleset
    parameters: Mapping[str, Dated[Constant]]
    findings: tuple[tuple[str, Finding], ...]


def explain(law: Law, rule_id: str, assessment: Assessment | None = None) -> Explanation:
    """Explain a rule, by its id or one that it had formerly; with an assessment, its findings.

    Raises UsageError if there is no such rule.
    """
    for ruleset in law.rulesets:
        for rule in ruleset.rules:
            if rule_id == rule.id or rule_id in rule.formerly:
                return Explanation(
                    rule, ruleset, _parameters(law, rule), tuple(_findings(rule, assessment))
                )
    ids = [rule.id for ruleset in law.rulesets for rule in ruleset.rules]
    message = Text(f"「{rule_id}」という規則はありません。", f'There is no rule "{rule_id}".')
    hint = did_you_mean(rule_id, ids)
    raise UsageError(message + Text(" ", " ") + hint if hint else message)


def _parameters(law: Law, rule: Rule) -> dict[str, Dated[Constant]]:
    known = {name: dated for each in law.rulesets for name, dated in each.parameters.items()}
    return {name: known[name] for name in named(rule)}


def _findings(rule: Rule, assessment: Assessment | None) -> list[tuple[str, Finding]]:
    return [
        (plan.file.plan.municipality.code, finding)
        for plan in (assessment.plans if assessment else ())
        for finding in plan.findings
        if finding.rule.id == rule.id
    ]
