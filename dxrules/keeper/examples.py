"""The examples of all rules, run one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dxrules.derivation import UNKNOWN, VOCABULARY
from dxrules.rules import judge
from dxrules.rules.checks import example_day
from dxrules.rules.ruleset import constants_on, resolved

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dxrules.rules import Law, Outcome, Rule
    from dxrules.rules.rule import Example


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example: the day by whose values it was run, and what came out."""

    rule: Rule
    example: Example
    day: date
    outcome: Outcome

    @property
    def passed(self) -> bool:
        """Whether it came out as stated."""
        return self.outcome is self.example.expect


def run_examples(law: Law) -> Iterator[ExampleResult]:
    """Run every example of every rule, in the order of the files."""
    for ruleset in law.rulesets:
        for rule in ruleset.rules:
            attributes = VOCABULARY[rule.kind].attributes
            for example in rule.examples:
                day = example.on or example_day(rule, ruleset.known_until)
                decide = judge(resolved(rule, constants_on(law.rulesets, day)))
                values = dict.fromkeys(attributes, UNKNOWN) | dict(example.values)
                yield ExampleResult(rule, example, day, decide(values))
