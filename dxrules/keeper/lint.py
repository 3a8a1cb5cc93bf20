"""What is wrong with a folder of rulesets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.errors import Problem, RulesetError
from dxrules.rules import load_law

if TYPE_CHECKING:
    import pathlib


def lint(folder: pathlib.Path | None = None, name: str = "rulesets") -> tuple[Problem, ...]:
    """Return every problem for which loading refuses the folder; none if it is fine."""
    try:
        load_law(folder, name)
    except RulesetError as error:
        return error.problems
    return ()
