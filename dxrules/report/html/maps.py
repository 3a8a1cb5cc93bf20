"""Towns by requirements as a map: a sign for each cell, in rows of whichever are fewer.

Up to `ACROSS` towns a requirement is a row, so that its title stands beside its signs; more
towns are rows, in blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dxrules.assessment.comparison import Comparison, Town, TownOutcome
from dxrules.frozen import frozen
from dxrules.rules import Outcome
from dxrules.texts import Text, same

ACROSS = 60
"""So many towns have room beside each other."""

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


@frozen
class Links:
    """Where a page leads for a town, and for how a rule came out in it.

    `pages` are the files of towns that have one each, `chapters` tells whether the page itself
    has a chapter for each.
    """

    pages: Sequence[str] = ()
    chapters: bool = False

    @property
    def kind(self) -> str:
        """What a cell of a map leads to."""
        return "pages" if self.pages else "chapters" if self.chapters else "rules"

    def town(self, place: int) -> str:
        """Return where more is said of a town."""
        if self.pages:
            return self.pages[place]
        return f"#town-{place + 1}" if self.chapters else "#map"

    def cell(self, place: int, rule: str) -> str:
        """Return where more is said of a rule in a town: of its gravest finding, the first."""
        if self.pages:
            return f"{self.pages[place]}#f1-{rule}-1"
        return f"#f{place + 1}-{rule}-1" if self.chapters else f"#{rule}"


def sign(cell: TownOutcome) -> str:
    """Return by which name the sign of a cell goes; it is the cell's class, too.

    Nothing where the rule does not bind the town.
    """
    if cell.outcome is None:
        return ""
    return cell.outcome.value if cell.severity is None else f"fail-{cell.severity}"


def blocks(comparison: Comparison) -> Iterator[list[tuple[int, Town, list[TownOutcome]]]]:
    """Yield blocks of towns, each with its place and its cells, rule by rule."""
    plans = comparison.plans
    columns = [row.cells for row in comparison.rows]
    for start in range(0, len(plans), BLOCK):
        yield [
            (place, plans[place], [cells[place] for cells in columns])
            for place in range(start, min(start + BLOCK, len(plans)))
        ]
