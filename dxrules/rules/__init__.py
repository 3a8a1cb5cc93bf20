"""The language of rules: what it means, how it is read, and the lawbook of a day.

What reads rulesets is loaded when it is asked for; a law that was kept is not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.rules.evaluate import judge, verdict
from dxrules.rules.rule import (
    SEVERITIES,
    STRENGTH_LABELS,
    Lawbook,
    Outcome,
    Rule,
    Severity,
    Strength,
    Verdict,
)
from dxrules.rules.ruleset import Law, Ruleset

if TYPE_CHECKING:
    from dxrules.rules.read import load_law

__all__ = [
    "SEVERITIES",
    "STRENGTH_LABELS",
    "Law",
    "Lawbook",
    "Outcome",
    "Rule",
    "Ruleset",
    "Severity",
    "Strength",
    "Verdict",
    "judge",
    "load_law",
    "verdict",
]


def __getattr__(name: str) -> object:
    if name != "load_law":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from dxrules.rules.read import load_law

    return load_law
