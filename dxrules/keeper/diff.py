"""Changes between two lawbooks: reference data, rules, parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.frozen import frozen
from dxrules.keeper.comparison_side import Side
from dxrules.keeper.parameter_diff import ParameterChange, parameter_changes
from dxrules.keeper.reference_diff import (
    KnowledgeChange,
    ReferenceChange,
    knowledge_changes,
    reference_changes,
)
from dxrules.keeper.rule_diff import RuleChange, rule_changes

if TYPE_CHECKING:
    from dxrules.keeper.proof import EditProof

LawChange = ReferenceChange | KnowledgeChange | RuleChange | ParameterChange

HEADS = (
    "removed",
    "added",
    "in-force",
    "lapsed",
    "to-come",
    "unannounced",
    "bound",
    "renamed",
    "tightened",
    "loosened",
    "both",
    "undecided",
    "neutral",
    "changed",
    "same",
    "reworded",
)
"""What can happen to a rule, in the order in which it is told."""


@frozen
class Diff:
    """Everything that differs between two sides.

    `proofs` say what each edit of a rule does to verdicts, in their order, where that was asked.
    """

    old: Side
    new: Side
    reference: tuple[ReferenceChange, ...]
    knowledge: tuple[KnowledgeChange, ...]
    rules: tuple[RuleChange, ...]
    parameters: tuple[ParameterChange, ...]
    proofs: tuple[EditProof, ...] | None = None

    @property
    def changes(self) -> tuple[LawChange, ...]:
        """All changes, in the order in which they are told."""
        return (*self.reference, *self.knowledge, *self.rules, *self.parameters)


def diff(old: Side, new: Side) -> Diff:
    """Compare two lawbooks, both of them on a day or neither."""
    return Diff(
        old,
        new,
        tuple(reference_changes(old, new)),
        tuple(knowledge_changes(old, new)),
        tuple(sorted(rule_changes(old, new), key=lambda change: HEADS.index(change.heads[0]))),
        tuple(parameter_changes(old, new)),
    )
