"""Small changes of a rule that its examples would not notice.

A mutant is killed by an example that comes out otherwise. One that agrees with its rule on every
cell of the domains, on every day that its constants know, is equivalent: no example could tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial

from dxrules.derivation import UNKNOWN, VOCABULARY, Value
from dxrules.frozen import frozen
from dxrules.keeper.mutation_operators import Mutant, mutants
from dxrules.keeper.parameter_diff import regimes
from dxrules.rules import Law, Rule
from dxrules.rules.checks import example_day
from dxrules.rules.condition import Constant
from dxrules.rules.domains import TooManyCells, cells, shortened
from dxrules.rules.evaluate import FactJudge, judge
from dxrules.rules.rule import Example, Outcome
from dxrules.rules.ruleset import constants_on
from dxrules.rules.writing import write_fact

Constants = Callable[[date], Mapping[str, Constant]]
MutantRun = tuple[date, list[tuple[Mapping[str, Value], Outcome]]]

_CLEAR = (Outcome.FAIL, Outcome.PASS, Outcome.NOT_APPLICABLE, Outcome.UNKNOWN)
"""What an example best shows."""


@frozen
class MutantWitness:
    """A fact that tells a mutant from its rule: by the constants of a day, what each says of it.

    `on` is None on the day by whose values an example runs that names none.
    """

    values: Mapping[str, Value]
    was: Outcome
    now: Outcome
    on: date | None = None


@frozen
class Survivor:
    """A mutant that no example kills; `witness` is None if it cannot be decided what differs."""

    mutant: Mutant
    witness: MutantWitness | None


@frozen
class MutationReport:
    """What became of mutants: how many an example kills, which none could kill, which live."""

    killed: int
    equivalent: tuple[Mutant, ...]
    alive: tuple[Survivor, ...]

    @property
    def total(self) -> int:
        """How many there are."""
        return self.killed + len(self.equivalent) + len(self.alive)


def survivors(law: Law) -> MutationReport:
    """Change every rule in every small way, and see which changes its examples notice."""
    constants = cache(partial(constants_on, law.rulesets))
    each = [
        _mutated(law, rule, ruleset.known_until, constants)
        for ruleset in law.rulesets
        for rule in ruleset.rules
    ]
    return MutationReport(
        sum(of_rule.killed for of_rule in each),
        tuple(mutant for of_rule in each for mutant in of_rule.equivalent),
        tuple(survivor for of_rule in each for survivor in of_rule.alive),
    )


def _mutated(law: Law, rule: Rule, known_until: date, constants: Constants) -> MutationReport:
    original = Mutant(rule, rule.place, "", None)
    usual = example_day(rule, known_until)
    runs = list(_runs(rule, usual, original, constants))
    days = [usual, *sorted((day for day, _ in regimes(law, rule)), reverse=True)]
    killed, equivalent, alive = 0, [], []
    for mutant in mutants(law, rule):
        if _is_killed(mutant, runs, constants):
            killed += 1
            continue
        try:
            witness = _witness(original, mutant, days, constants)
        except TooManyCells:
            alive.append(Survivor(mutant, None))
            continue
        if witness is None:
            equivalent.append(mutant)
        else:
            alive.append(Survivor(mutant, witness))
    return MutationReport(killed, tuple(equivalent), tuple(alive))


def _runs(rule: Rule, usual: date, original: Mutant, constants: Constants) -> Iterator[MutantRun]:
    """Yield the values of each example and what comes out, by the day on which it runs."""
    unknown = dict.fromkeys(VOCABULARY[rule.kind].attributes, UNKNOWN)
    by_day: dict[date, list[Example]] = {}
    for example in rule.examples:
        by_day.setdefault(example.on or usual, []).append(example)
    for day, examples in by_day.items():
        decide = judge(original.on(day, constants(day)))
        facts = [unknown | dict(example.values) for example in examples]
        yield day, [(fact, decide(fact)) for fact in facts]


def _is_killed(mutant: Mutant, runs: Sequence[MutantRun], constants: Constants) -> bool:
    for day, results in runs:
        decide = judge(mutant.on(day, constants(day)))
        if any(decide(fact) is not outcome for fact, outcome in results):
            return True
    return False


def _witness(
    original: Mutant, mutant: Mutant, days: Sequence[date], constants: Constants
) -> MutantWitness | None:
    """Return the plainest fact that tells a mutant from its rule, on the first day that has one."""
    for number, day in enumerate(days):
        one, other = (each.on(day, constants(day)) for each in (original, mutant))
        pair = judge(one), judge(other)
        told = [
            _shortened(values, pair)
            for values in cells(one.kind, (*one.conditions, *other.conditions))
            if pair[0](values) is not pair[1](values)
        ]
        if told:
            found = min(told, key=partial(_plainness, one.kind, pair[0]))
            return MutantWitness(found, pair[0](found), pair[1](found), day if number else None)
    return None


def _shortened(values: Mapping[str, Value], pair: tuple[FactJudge, FactJudge]) -> dict[str, Value]:
    """Leave out what is not needed to tell two rules apart; the first one says the same."""
    was, now = pair
    outcome = was(values)
    return shortened(values, lambda less: was(less) is outcome is not now(less))


def _plainness(kind: str, was: FactJudge, values: Mapping[str, Value]) -> tuple[bool, int, int]:
    """Rank a fact: one that an example can state, with a clear outcome, and short."""
    stated = sum(value != UNKNOWN for value in values.values())
    return write_fact(kind, values) is None, _CLEAR.index(was(values)), stated
