"""The examples of all rules, run one by one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dxrules.rules import judge
from dxrules.rules.checks import examples_of
from dxrules.rules.ruleset import constants_on, resolved

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dxrules.rules import Law, Rule
    from dxrules.rules.checks import ExampleResult
    from dxrules.rules.evaluate import Judge


def run_examples(law: Law) -> Iterator[ExampleResult]:
    """Run every example of every rule, in the order of the files."""

    def judge_on(rule: Rule, day: date) -> Judge:
        return judge(resolved(rule, constants_on(law.rulesets, day)))

    for ruleset in law.rulesets:
        for rule in ruleset.rules:
            yield from examples_of(rule, ruleset.known_until, partial(judge_on, rule))
