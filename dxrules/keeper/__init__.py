"""For the ruleset keeper: what loading refuses, and the examples, run one by one."""

from dxrules.keeper.examples import run_examples
from dxrules.keeper.lint import lint
from dxrules.rules.checks import ExampleResult

__all__ = ["ExampleResult", "lint", "run_examples"]
