"""Coverage of the rules by tests: outcomes, answers of each leaf, and parts that decide.

A test reaches what it states: the examples of the rules, and the findings that a test file
expects to be as they are; what is merely judged along with them is not tested. To be reached are

- each outcome that a rule can give,
- each leaf of its conditions true, false and unknown, where the rule comes to ask for it,
- each part of `any` as the only one that is true, of `all` as the only one that is false.

What no fact can reach, by reasoning over the domains of the attributes, does not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

from dxrules.dates import Truth
from dxrules.derivation import UNKNOWN, VOCABULARY, Value
from dxrules.errors import Place
from dxrules.frozen import frozen
from dxrules.keeper.case_runner import CaseResult
from dxrules.keeper.parameter_diff import regimes
from dxrules.rules import Law, Outcome, Rule, Ruleset, Verdict, verdict
from dxrules.rules.checks import ExampleResult, example_day
from dxrules.rules.condition import All, AnyOf, Because, Condition, Leaf, Not, leaves
from dxrules.rules.domains import TooManyCells, cells, shortened
from dxrules.rules.ruleset import constants_on, resolved

Reachable = Literal["pass", "fail", "unknown", "not_applicable", "true", "false", "decides"]
BranchPath = tuple[int, ...]

_OUTCOMES: tuple[Reachable, ...] = ("pass", "fail", "unknown", "not_applicable")
_ANSWERS: Mapping[Truth, Reachable] = {True: "true", False: "false", None: "unknown"}
_APPLIES, _REQUIRE = (0,), (1,)


@frozen
class CoverageTarget:
    """Something to reach: an outcome (`at` is empty), or an answer of a part of the conditions.

    `at` leads there: which of the two conditions (0 when the rule applies, 1 what it requires),
    then the position within each group.
    """

    what: Reachable
    at: BranchPath = ()


@frozen
class CoverageWitness:
    """A fact that reaches a target, and what the rule says of it.

    `on` is the day to judge it by, None if it is the one by which examples are run anyway.
    """

    values: Mapping[str, Value]
    outcome: Outcome
    on: date | None


@frozen
class Missing:
    """A target that no test reaches, where it stands, and an example that would reach it.

    `part` is the part of the conditions, None for an outcome; `witness` is None where there is
    no such fact, or where there are too many combinations of values to look for one.
    """

    target: CoverageTarget
    place: Place
    part: Condition | None
    witness: CoverageWitness | None


@frozen
class RuleCoverage:
    """What tests reach of a rule, and what they do not; what is impossible is in neither."""

    rule: Rule
    reached: frozenset[CoverageTarget]
    missing: tuple[Missing, ...]
    impossible: tuple[Missing, ...]


@frozen
class Tally:
    """How many there are, and how many of them are reached."""

    reached: int
    total: int

    @property
    def percent(self) -> float:
        """The share that is reached, rounded down to a tenth, so that 100 means all."""
        return self.reached * 1000 // self.total / 10 if self.total else 100.0


@frozen
class Coverage:
    """What tests reach of some rules."""

    rules: tuple[RuleCoverage, ...]

    @property
    def tested(self) -> Tally:
        """The rules, and those of which any test states anything."""
        return Tally(sum(bool(each.reached) for each in self.rules), len(self.rules))

    @property
    def outcomes(self) -> Tally:
        """The outcomes."""
        return self._tally(branch=False)

    @property
    def branches(self) -> Tally:
        """The answers of the parts of conditions."""
        return self._tally(branch=True)

    @property
    def whole(self) -> Tally:
        """Outcomes and branches together."""
        outcomes, branches = self.outcomes, self.branches
        return Tally(outcomes.reached + branches.reached, outcomes.total + branches.total)

    def of(self, ruleset: Ruleset) -> Coverage:
        """Return what is reached of one ruleset."""
        return Coverage(tuple(each for each in self.rules if each.rule.ruleset == ruleset.id))

    def _tally(self, *, branch: bool) -> Tally:
        reached = [t for each in self.rules for t in each.reached if bool(t.at) is branch]
        missing = [m for each in self.rules for m in each.missing if bool(m.target.at) is branch]
        return Tally(len(reached), len(reached) + len(missing))


def cover(law: Law, examples: Iterable[ExampleResult], cases: Iterable[CaseResult]) -> Coverage:
    """Tell what examples and test files reach of every rule; those that fail reach nothing."""
    reached: dict[str, set[CoverageTarget]] = {}
    for result in examples:
        if result.passed:
            rule = resolved(result.rule, constants_on(law.rulesets, result.day))
            unknown = dict.fromkeys(VOCABULARY[rule.kind].attributes, UNKNOWN)
            why = verdict(rule, unknown | dict(result.example.values))
            reached.setdefault(rule.id, set()).update(_reached(why))
    for case in cases:
        for finding in case.stated:
            if finding.verdict is not None:
                reached.setdefault(finding.rule.id, set()).update(_reached(finding.verdict))
    return Coverage(
        tuple(
            _covered(law, ruleset, rule, frozenset(reached.get(rule.id, ())))
            for ruleset in law.rulesets
            for rule in ruleset.rules
        )
    )


def _covered(
    law: Law, ruleset: Ruleset, rule: Rule, reached: frozenset[CoverageTarget]
) -> RuleCoverage:
    wanting = [target for target in _targets(rule) if target not in reached]
    try:
        found = _witnesses(law, rule, set(wanting), example_day(rule, ruleset.known_until))
    except TooManyCells:
        return RuleCoverage(rule, reached, tuple(_missing(rule, t, None) for t in wanting), ())
    missing = tuple(_missing(rule, t, found[t]) for t in wanting if t in found)
    impossible = tuple(_missing(rule, t, None) for t in wanting if t not in found)
    return RuleCoverage(rule, reached, missing, impossible)


def _missing(rule: Rule, target: CoverageTarget, witness: CoverageWitness | None) -> Missing:
    part = _part(rule, target.at)
    place = next(leaves(part)).place if part is not None else None
    return Missing(target, place or rule.place, part, witness)


def _part(rule: Rule, at: BranchPath) -> Condition | None:
    """Return the part of a rule's conditions to which a path leads; None for an outcome."""
    if not at:
        return None
    part: Condition | None = rule.require if at[:1] == _REQUIRE else rule.applies
    for position in at[1:]:
        match part:
            case Not(inner):
                part = inner
            case All(parts) | AnyOf(parts):
                part = parts[position]
    return part


def _targets(rule: Rule) -> Iterator[CoverageTarget]:
    """Yield all that there would be to reach, whether or not it can be."""
    for outcome in _OUTCOMES:
        yield CoverageTarget(outcome)
    if rule.applies is not None:
        yield from _branches(rule.applies, _APPLIES)
    yield from _branches(rule.require, _REQUIRE)


def _branches(condition: Condition, at: BranchPath) -> Iterator[CoverageTarget]:
    match condition:
        case Leaf():
            for answer in _ANSWERS.values():
                yield CoverageTarget(answer, at)
        case Not(part):
            yield from _branches(part, (*at, 0))
        case All(parts) | AnyOf(parts):
            for position, part in enumerate(parts):
                yield CoverageTarget("decides", (*at, position))
                yield from _branches(part, (*at, position))


def _reached(why: Verdict) -> Iterator[CoverageTarget]:
    """Yield what a verdict reaches; what is required is asked only where the rule may apply."""
    outcome = next(each for each in _OUTCOMES if each == why.outcome.value)
    yield CoverageTarget(outcome)
    if why.applies is not None:
        yield from _answers(why.applies, _APPLIES)
    if why.applies is None or why.applies.truth is not False:
        yield from _answers(why.require, _REQUIRE)


def _answers(because: Because, at: BranchPath) -> Iterator[CoverageTarget]:
    match because.condition:
        case Leaf():
            yield CoverageTarget(_ANSWERS[because.truth], at)
        case All() | AnyOf():
            decisive = isinstance(because.condition, AnyOf)
            deciding = [n for n, part in enumerate(because.parts) if part.truth is decisive]
            if len(deciding) == 1:
                yield CoverageTarget("decides", (*at, deciding[0]))
    for position, part in enumerate(because.parts):
        yield from _answers(part, (*at, position))


def _witnesses(
    law: Law, rule: Rule, wanting: set[CoverageTarget], usual: date
) -> dict[CoverageTarget, CoverageWitness]:
    """Return, for each target that some fact reaches on some day, such a fact.

    `usual` is the day by which examples are run; the values of that day are looked at first.
    """
    as_usual = resolved(rule, constants_on(law.rulesets, usual)).conditions
    forms = sorted(regimes(law, rule), key=lambda each: each[1].conditions != as_usual)
    found: dict[CoverageTarget, CoverageWitness] = {}
    for day, form in forms:
        on = None if form.conditions == as_usual else day
        for values in cells(form.kind, form.conditions):
            if found.keys() >= wanting:
                return found
            for target in _reached(verdict(form, values)):
                if target in wanting and target not in found:
                    found[target] = _witness(form, target, values, on)
    return found


def _witness(
    form: Rule, target: CoverageTarget, values: Mapping[str, Value], on: date | None
) -> CoverageWitness:
    """Return a fact that reaches a target, and leaves out what is not needed for it."""
    needed = shortened(values, lambda less: target in _reached(verdict(form, less)))
    return CoverageWitness(needed, verdict(form, needed).outcome, on)
