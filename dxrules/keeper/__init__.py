"""For the ruleset keeper; its face is what all of it rests on: the examples, one by one."""

from dxrules.keeper.examples import run_examples
from dxrules.rules.checks import ExampleResult

__all__ = ["ExampleResult", "run_examples"]
