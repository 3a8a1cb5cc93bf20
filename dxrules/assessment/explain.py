"""A rule explained: what it asks, who says so, since when, and what it found in a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from dxrules.assessment.built_in_rules import BUILT_IN
from dxrules.assessment.counterfactual import Counterfactual, counterfactual
from dxrules.assessment.finding import Assessment, Finding
from dxrules.dates import DatedValues
from dxrules.derivation import VOCABULARY
from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.reference import Source
from dxrules.rules import Law, Rule, Ruleset
from dxrules.rules.checks import example_day, named
from dxrules.rules.condition import Constant
from dxrules.rules.refinement import Refinement, refinement
from dxrules.rules.ruleset import constants_on, resolved
from dxrules.rules.ruleset_models import ParameterType
from dxrules.source import did_you_mean
from dxrules.texts import Text, shorten


@frozen
class Explanation:
    """A rule, the values over time and types of the parameters it names, and its findings.

    `meanings` says what those parameters are.

    `cited` are the sources of those values. `refinement` compares the rule with the one that it
    refines, by the last values known, if both have any; `beside` is what that one found in a
    plan, and `refined_by` are the rules that refine this one. `to_pass` tells of each finding
    what would make it pass; `subjects` are those that the rule is limited to, by name.
    """

    rule: Rule
    ruleset: Ruleset
    parameters: Mapping[str, DatedValues[Constant]]
    types: Mapping[str, ParameterType]
    findings: tuple[tuple[str, Finding], ...]
    cited: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
    refinement: Refinement | None = None
    beside: tuple[Finding, ...] = ()
    refined_by: tuple[Rule, ...] = ()
    to_pass: tuple[Counterfactual | None, ...] = ()
    subjects: tuple[Text, ...] = ()
    meanings: Mapping[str, Text] = field(default_factory=dict)


_LISTED = Text("一覧は `dxrules rules list` で見られます。", "`dxrules rules list` lists them.")


def explain(law: Law, rule_id: str, assessment: Assessment | None = None) -> Explanation:
    """Explain a rule, by its id or one that it had formerly; with an assessment, its findings.

    Raises UsageError if there is no such rule.
    """
    rulesets = (*law.rulesets, *BUILT_IN)
    for ruleset in rulesets:
        for rule in ruleset.rules:
            if rule_id.upper() in (rule.id, *rule.formerly):
                return _explained(law, ruleset, rule, assessment)
    ids = [rule.id for ruleset in rulesets for rule in ruleset.rules]
    said = shorten(rule_id)
    message = Text(f"「{said}」という点検項目はありません。", f'There is no rule "{said}".')
    hint = did_you_mean(rule_id, ids) or _LISTED
    raise UsageError(message.then(hint))


def _explained(
    law: Law, ruleset: Ruleset, rule: Rule, assessment: Assessment | None
) -> Explanation:
    every = {each.id: each for each in law.rules}
    owners = {name: each for each in law.rulesets for name in each.parameters}
    names = named(rule)
    refined = every.get(rule.refines or "")
    found = tuple(_findings(rule, assessment))
    return Explanation(
        rule,
        ruleset,
        {name: owners[name].parameters[name] for name in names},
        {name: owners[name].types[name] for name in names},
        found,
        {name: owners[name].cited[name] for name in names},
        None if refined is None else _compared(law, ruleset, rule, refined),
        () if refined is None else tuple(found for _, found in _findings(refined, assessment)),
        tuple(each for each in every.values() if each.refines == rule.id),
        tuple(counterfactual(finding, assessment.day) for _, finding in found if assessment),
        tuple(VOCABULARY[rule.kind].subject_name(key, law.reference) for key in rule.keys),
        {name: said for name in names if (said := owners[name].meanings.get(name))},
    )


def _compared(law: Law, ruleset: Ruleset, rule: Rule, refined: Rule) -> Refinement | None:
    constants = constants_on(law.rulesets, example_day(rule, ruleset.known_until))
    if not constants.keys() >= {*named(refined)}:
        return None
    return refinement(resolved(rule, constants), resolved(refined, constants))


def _findings(rule: Rule, assessment: Assessment | None) -> list[tuple[str, Finding]]:
    return [
        (plan.file.plan.municipality.code, finding)
        for plan in (assessment.plans if assessment else ())
        for finding in plan.findings
        if finding.rule.id == rule.id
    ]
