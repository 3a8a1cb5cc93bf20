"""A rule explained: what it asks, who says so, since when, and what it found in a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dxrules.assessment.waivers import WAIVERS
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
    from dxrules.rules.models import ParameterType


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule, the values over time and types of the parameters it names, and its findings."""

    rule: Rule
    ruleset: Ruleset
    parameters: Mapping[str, Dated[Constant]]
    types: Mapping[str, ParameterType]
    findings: tuple[tuple[str, Finding], ...]


def explain(law: Law, rule_id: str, assessment: Assessment | None = None) -> Explanation:
    """Explain a rule, by its id or one that it had formerly; with an assessment, its findings.

    Raises UsageError if there is no such rule.
    """
    rulesets = (*law.rulesets, WAIVERS)
    for ruleset in rulesets:
        for rule in ruleset.rules:
            if rule_id.upper() in (rule.id, *rule.formerly):
                parameters, types = _parameters(law, rule)
                found = tuple(_findings(rule, assessment))
                return Explanation(rule, ruleset, parameters, types, found)
    ids = [rule.id for ruleset in rulesets for rule in ruleset.rules]
    message = Text(f"「{rule_id}」という規則はありません。", f'There is no rule "{rule_id}".')
    hint = did_you_mean(rule_id, ids)
    raise UsageError(message + Text(" ", " ") + hint if hint else message)


def _parameters(
    law: Law, rule: Rule
) -> tuple[dict[str, Dated[Constant]], dict[str, ParameterType]]:
    owners = {name: each for each in law.rulesets for name in each.parameters}
    names = named(rule)
    return (
        {name: owners[name].parameters[name] for name in names},
        {name: owners[name].types[name] for name in names},
    )


def _findings(rule: Rule, assessment: Assessment | None) -> list[tuple[str, Finding]]:
    return [
        (plan.file.plan.municipality.code, finding)
        for plan in (assessment.plans if assessment else ())
        for finding in plan.findings
        if finding.rule.id == rule.id
    ]
