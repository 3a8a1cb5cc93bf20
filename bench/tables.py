"""Results as Markdown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell = str | float | int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; numbers are aligned to the right."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def markdown(self) -> str:
        """Write the table."""
        right = [
            all(isinstance(cell, int | float) or cell == "" for cell in column)
            for column in zip(*self.rows, strict=True)
        ]
        rule = ["---:" if number else "---" for number in right]
        rows = [[_cell(cell) for cell in row] for row in self.rows]
        return "\n".join(f"| {' | '.join(row)} |" for row in [self.headings, rule, *rows])


@dataclass(frozen=True, slots=True)
class Target:
    """What a ratio ought to be at most; a record, never a test."""

    what: str
    most: float
    measured: float

    @property
    def row(self) -> tuple[Cell, ...]:
        """The target as a row."""
        verdict = "met" if self.measured <= self.most else "**missed**"
        return self.what, f"≤ {self.most:g}", f"{self.measured:.2f}", verdict


@dataclass(frozen=True, slots=True)
class Section:
    """One group of measurements."""

    title: str
    text: str
    tables: Sequence[Table]
    targets: Sequence[Target] = field(default_factory=tuple)

    def markdown(self) -> str:
        """Write the section."""
        tables = "\n\n".join(table.markdown() for table in self.tables)
        return f"## {self.title}\n\n{self.text}\n\n{tables}\n"


def _cell(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:,.0f}" if cell >= 100 else f"{cell:.3g}"  # noqa: PLR2004
    return f"{cell:,}" if isinstance(cell, int) else cell
