"""Many towns by many requirements: a sign for each cell, and the towns in blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.rules import Outcome
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dxrules.assessment import PlanAssessment
    from dxrules.assessment.comparison import Cell, Comparison

BLOCK = 40
"""So many towns stand under one line of headings; what is out of sight costs nothing to draw."""

SIGNS: Mapping[str, Text] = {
    Outcome.PASS.value: same("○"),
    Outcome.UNKNOWN.value: same("?"),
    Outcome.NOT_APPLICABLE.value: same("-"),
    Outcome.WAIVED.value: Text("例", "v"),
    Outcome.ERROR.value: same("!!"),
    "fail-error": Text("重", "E"),
    "fail-warning": Text("警", "W"),
    "fail-note": Text("注", "N"),
}
"""By what came out, one sign: colour is never the only one."""


def sign(cell: Cell) -> str:
    """Return by which name the sign of a cell goes; it is the cell's class, too.

    Nothing where the rule does not bind the town.
    """
    if cell.outcome is None:
        return ""
    return cell.outcome.value if cell.severity is None else f"fail-{cell.severity}"


def blocks(
    comparison: Comparison,
) -> Iterator[list[tuple[int, PlanAssessment, list[tuple[str, Cell]]]]]:
    """Yield blocks of towns, each with its number and, by rule, its cells."""
    plans = comparison.assessment.plans
    ids = [row.rule.id for row in comparison.rows]
    columns = [row.cells for row in comparison.rows]
    for start in range(0, len(plans), BLOCK):
        yield [
            (number, plans[number], [(ids[n], cells[number]) for n, cells in enumerate(columns)])
            for number in range(start, min(start + BLOCK, len(plans)))
        ]
