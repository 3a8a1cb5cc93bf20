"""Runs of test files, with what came otherwise than expected; and of the examples of rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Literal

from dxrules.assessment import EngineChoice, Finding, PlanAssessment, assess
from dxrules.assessment.finding import SubjectKey
from dxrules.errors import Place
from dxrules.frozen import frozen
from dxrules.keeper.case_files import Case, Expectation
from dxrules.rules import Law, Outcome, Rule, judge
from dxrules.rules.checks import ExampleResult, examples_of
from dxrules.rules.evaluate import FactJudge
from dxrules.rules.ruleset import constants_on, resolved

MismatchKind = Literal["outcome", "severity", "message", "subject", "unexpected"]

_NO_CONCERN = frozenset({Outcome.PASS, Outcome.NOT_APPLICABLE})


@frozen
class Mismatch:
    """Something that came out otherwise than stated; `what` names it.

    `expected` is None for what nobody expected, `came` for a subject that is not there: then
    `keys` are those that are. `finding` is what was found, if anything was.
    """

    place: Place
    rule: str
    key: str | None
    what: MismatchKind
    expected: str | None
    came: str | None
    finding: Finding | None = None
    keys: tuple[str, ...] = ()


@frozen
class CaseResult:
    """What came of a case; `stated` are the findings that it expects to be as they are."""

    case: Case
    mismatches: tuple[Mismatch, ...]
    stated: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came out as stated, and nothing else."""
        return not self.mismatches


@frozen
class Trial:
    """All cases run; `engines` are those that judged, none if there was no case."""

    results: tuple[CaseResult, ...]
    engines: tuple[str, ...] = ()
    trusted: bool = True

    @property
    def passed(self) -> bool:
        """Whether every case came out as stated."""
        return all(result.passed for result in self.results)


def run_cases(cases: Sequence[Case], law: Law, engine: EngineChoice = "interpreter") -> Trial:
    """Judge the plan of each case on its day and compare what is found with what is expected.

    Raises EngineError if durable_rules was asked and fails altogether.
    """
    judged: dict[tuple[date, int], PlanAssessment] = {}
    engines: tuple[str, ...] = ()
    trusted = True
    for day in sorted({case.day for case in cases}):
        plans = {id(case.plan): case.plan for case in cases if case.day == day}
        assessment = assess([*plans.values()], law, day, engine=engine)
        judged |= {(day, id(plan.file)): plan for plan in assessment.plans}
        engines = assessment.engines
        trusted = trusted and assessment.trusted
    results = tuple(_compared(case, judged[case.day, id(case.plan)]) for case in cases)
    return Trial(results, engines, trusted)


def _compared(case: Case, plan: PlanAssessment) -> CaseResult:
    found: dict[str, list[Finding]] = {}
    for finding in plan.findings:
        found.setdefault(finding.rule.id, []).append(finding)
    waiting = {rule.id for rule in plan.not_in_force}
    named: dict[str, set[str]] = {}
    for each in case.expectations:
        named.setdefault(each.rule, set()).update(each.keys)
    mismatches: list[Mismatch] = []
    stated: list[Finding] = []
    spoken_for: set[SubjectKey] = set()
    for each in case.expectations:
        findings = found.get(each.rule, [])
        concerned = [
            finding
            for finding in findings
            if (finding.key in each.keys if each.keys else finding.key not in named[each.rule])
        ]
        spoken_for |= {finding.subject for finding in concerned}
        if findings:
            wrong = [*_no_subject(each, findings), *(m for f in concerned for m in _wrong(each, f))]
        else:
            wrong = list(_without(each, "not_in_force" if each.rule in waiting else "absent"))
        mismatches += wrong
        stated += concerned if not wrong and each.outcome != "any" else []
    mismatches += _unexpected(case, found, spoken_for)
    return CaseResult(case, tuple(mismatches), tuple(stated))


def _without(expected: Expectation, standing: str) -> Iterator[Mismatch]:
    """Compare with a rule that found nothing, since it is not in force or not there."""
    if expected.outcome not in (standing, "any"):
        key = expected.keys[0] if expected.keys else None
        yield Mismatch(expected.place, expected.rule, key, "outcome", expected.outcome, standing)


def _no_subject(expected: Expectation, findings: Sequence[Finding]) -> Iterator[Mismatch]:
    """Yield each key of which the rule found nothing, though it found something of others."""
    keys = tuple(finding.key for finding in findings)
    for key in expected.keys:
        if key not in keys:
            yield Mismatch(
                expected.place, expected.rule, key, "subject", expected.outcome, None, keys=keys
            )


def _wrong(expected: Expectation, finding: Finding) -> Iterator[Mismatch]:
    """Yield how a finding differs from what was expected of it."""

    def mismatch(what: MismatchKind, wanted: str, came: str) -> Mismatch:
        return Mismatch(expected.place, expected.rule, finding.key, what, wanted, came, finding)

    if expected.outcome not in (finding.outcome.value, "any"):
        yield mismatch("outcome", expected.outcome, finding.outcome.value)
        return
    if expected.severity not in (None, finding.severity):
        yield mismatch("severity", expected.severity or "", finding.severity)
    part = expected.message
    if part is not None and part not in finding.message.ja and part not in finding.message.en:
        yield mismatch("message", part, finding.outcome.value)


def _unexpected(
    case: Case, found: Mapping[str, Sequence[Finding]], spoken_for: set[SubjectKey]
) -> Iterator[Mismatch]:
    """Yield each concern of a rule of the scope for which no expectation speaks."""
    for rule_id in sorted(found):
        if case.scope is not None and rule_id not in case.scope:
            continue
        for finding in found[rule_id]:
            if finding.outcome not in _NO_CONCERN and finding.subject not in spoken_for:
                yield Mismatch(
                    case.place,
                    rule_id,
                    finding.key,
                    "unexpected",
                    None,
                    finding.outcome.value,
                    finding,
                )


def run_examples(law: Law) -> Iterator[ExampleResult]:
    """Run every example of every rule, in the order of the files."""

    def judge_on(rule: Rule, day: date) -> FactJudge:
        return judge(resolved(rule, constants_on(law.rulesets, day)))

    for ruleset in law.rulesets:
        for rule in ruleset.rules:
            yield from examples_of(rule, ruleset.known_until, partial(judge_on, rule))
