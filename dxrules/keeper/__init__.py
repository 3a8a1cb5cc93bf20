"""For the ruleset keeper: what loading refuses, and the examples, run one by one."""

from dxrules.keeper.examples import ExampleResult, run_examples
from dxrules.keeper.lint import lint

__all__ = ["ExampleResult", "lint", "run_examples"]
