"""The language of rules: what it means, how it is read, and the lawbook of a day."""

from dxrules.rules.judge import judge, verdict
from dxrules.rules.read import load_law
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
