"""The JSON of `rules test` as types: examples, cases, coverage and mutants."""

from typing import Literal

from typing_extensions import TypedDict

from dxrules.keeper.case_runner import MismatchKind
from dxrules.keeper.coverage import Reachable
from dxrules.report.json_parts import Day, Place, Words
from dxrules.rules import Outcome


class ExampleTest(TypedDict):
    """An example of a rule, and what came of it."""

    rule: str
    place: Place
    day: Day
    expected: Outcome
    came: Outcome
    passed: bool


class Mismatch(TypedDict):
    """What a case expected and did not get."""

    place: Place
    rule: str
    key: str | None
    what: MismatchKind
    expected: str | None
    came: str | None
    message: Words


class CaseTest(TypedDict):
    """A case, and what came of it."""

    name: Words
    place: Place
    plan: str
    as_of: Day
    passed: bool
    mismatches: list[Mismatch]


class Tally(TypedDict):
    """How many of some are reached."""

    reached: int
    total: int
    percent: float


class Tallies(TypedDict):
    """What tests reach."""

    rules: Tally
    outcomes: Tally
    branches: Tally
    percent: float


class RulesetTallies(Tallies):
    """What tests reach of a ruleset."""

    id: str
    title: Words


class Unreachable(TypedDict):
    """What no fact can reach."""

    rule: str
    place: Place
    what: Reachable
    message: Words


class Unreached(Unreachable):
    """What no test reaches, with an example that would."""

    example: str | None


class Coverage(TypedDict):
    """What tests reach."""

    rulesets: list[RulesetTallies]
    total: Tallies
    missing: list[Unreached]
    impossible: list[Unreachable]


class Mutant(TypedDict):
    """A rule that was changed on purpose."""

    rule: str
    place: Place
    was: str
    now: str | None


class Survivor(Mutant):
    """One that no test noticed, with an example that would."""

    expected: Outcome | None
    came: Outcome | None
    example: str | None


class MutantCounts(TypedDict):
    """How many there are."""

    total: int
    killed: int
    equivalent: int
    alive: int


class Mutants(TypedDict):
    """What became of all changes."""

    counts: MutantCounts
    alive: list[Survivor]
    equivalent: list[Mutant]


class RulesTest(TypedDict):
    """`rules test --format json`."""

    format: Literal["dxrules/rules-test/1"]
    engines: list[str]
    examples: list[ExampleTest]
    cases: list[CaseTest]
    coverage: Coverage | None
    mutants: Mutants | None
