"""JSON of `rules test` as types, and what they are from: examples, cases, coverage and mutants."""

from typing import Annotated, Any, Literal, NamedTuple

from typing_extensions import TypedDict

from dxrules.keeper.case_runner import MismatchKind
from dxrules.keeper.coverage import Reachable
from dxrules.report.json_parts import Place
from dxrules.report.json_values import Day, Json
from dxrules.report.json_views import Words, as_json, itself, made, of
from dxrules.report.rule_tests import difference, example_text, example_that_notices, missing_text
from dxrules.rules import Outcome


class ExampleTest(TypedDict):
    rule: Annotated[str, of("rule.id")]
    place: Annotated[Place, of("example.place")]
    day: Day
    expected: Annotated[Outcome, of("example.expect")]
    came: Annotated[Outcome, of("outcome")]
    passed: bool


class Mismatch(TypedDict):
    place: Place
    rule: str
    key: str | None
    what: MismatchKind
    expected: str | None
    came: str | None
    message: Annotated[Words, of(difference)]


class CaseTest(TypedDict):
    name: Annotated[Words, of("case.name")]
    place: Annotated[Place, of("case.place")]
    plan: Annotated[str, of("case.plan.name")]
    as_of: Annotated[Day, of("case.day")]
    passed: bool
    mismatches: list[Mismatch]


class Tally(TypedDict):
    reached: int
    total: int
    percent: float


class Tallies(TypedDict):
    rules: Annotated[Tally, of("tested")]
    outcomes: Tally
    branches: Tally
    percent: Annotated[float, of("whole.percent")]


class RulesetTallies(Tallies):
    id: str
    title: Words


class _OfRule(NamedTuple):
    """Something to reach of a rule."""

    rule: Any
    part: Any


class Unreachable(TypedDict):
    """What no fact can reach."""

    rule: Annotated[str, of("rule.id")]
    place: Annotated[Place, of("part.place")]
    what: Annotated[Reachable, of("part.target.what")]
    message: Annotated[Words, of(lambda missed: missing_text(*missed))]


class Unreached(Unreachable):
    """What no test reaches, with an example that would."""

    example: Annotated[str | None, of(lambda missed: example_text(*missed))]


def _rulesets(report: Any) -> list[Json]:
    return [
        {"id": each.id, "title": each.title} | as_json(Tallies, report.coverage.of(each))
        for each in report.law.rulesets
    ]


def _parts(report: Any, name: str) -> list[_OfRule]:
    rules = report.coverage.rules
    return [_OfRule(each.rule, part) for each in rules for part in getattr(each, name)]


class Coverage(TypedDict):
    rulesets: Annotated[list[RulesetTallies], made(_rulesets)]
    total: Annotated[Tallies, of("coverage")]
    missing: Annotated[list[Unreached], of(lambda report: _parts(report, "missing"))]
    impossible: Annotated[list[Unreachable], of(lambda report: _parts(report, "impossible"))]


class Mutant(TypedDict):
    """A rule that was changed on purpose."""

    rule: Annotated[str, of("rule.id")]
    place: Place
    was: str
    now: str | None


class Survivor(Mutant):
    """One that no test noticed, with an example that would."""

    expected: Outcome | None
    came: Outcome | None
    example: str | None


def _alive(report: Any) -> list[Json]:
    found = []
    for each in report.alive:
        seen = each.witness
        known: Json = {"expected": None, "came": None, "example": None}
        if seen is not None:
            example = example_that_notices(each.mutant, seen)
            known = {"expected": seen.was, "came": seen.now, "example": example}
        found.append(as_json(Mutant, each.mutant) | known)
    return found


class MutantCounts(TypedDict):
    total: int
    killed: int
    equivalent: Annotated[int, of(lambda report: len(report.equivalent))]
    alive: Annotated[int, of(lambda report: len(report.alive))]


class Mutants(TypedDict):
    counts: Annotated[MutantCounts, of(itself)]
    alive: Annotated[list[Survivor], made(_alive)]
    equivalent: list[Mutant]


class RulesTest(TypedDict):
    """`rules test --format json`."""

    format: Literal["dxrules/rules-test/1"]
    engines: Annotated[list[str], of("trial.engines")]
    examples: list[ExampleTest]
    cases: Annotated[list[CaseTest], of("trial.results")]
    coverage: Annotated[Coverage | None, of(lambda report: report.coverage and report)]
    mutants: Mutants | None
