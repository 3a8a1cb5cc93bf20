"""Reports on plans, as many as there are: one after the other as text, together as rows or JSON.

A report on one plan stays what it is; the writers of a report take it, or several of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Generic, Protocol, TypeVar

from dxrules.assessment import PlanAssessment
from dxrules.assessment.dossier import Unreadable
from dxrules.frozen import frozen
from dxrules.report.how_to_write import How
from dxrules.report.piecewise import names_of
from dxrules.report.plan_header import engines, selection_text, unread_lines
from dxrules.report.shared_labels import SELECTION
from dxrules.report.table_cell import TableCell
from dxrules.report.tabular import Column, Table, column
from dxrules.report.terminal import Style
from dxrules.texts import Text, same

_TOWN = (column("団体コード", "code", 10), column("団体", "municipality", 16))


class OfPlan(Protocol):
    """A report on one plan."""

    @property
    def plan(self) -> PlanAssessment:
        """The plan that it is on."""


R = TypeVar("R", bound=OfPlan)


@frozen
class Several(Generic[R]):
    """Reports of one kind on several plans, and what could not be read."""

    reports: tuple[R, ...]
    unreadable: tuple[Unreadable, ...] = ()


def each(reported: R | Several[R]) -> tuple[R, ...]:
    """Return the reports, however many there are."""
    return reported.reports if isinstance(reported, Several) else (reported,)


def as_text(
    reported: R | Several[R], how: How, lines_of: Callable[[R, Style], Iterable[str]]
) -> list[str]:
    """Return reports one after the other; what all of them share stands before the first."""
    style = how.style
    lines = [] if not isinstance(reported, Several) else unread_lines(reported.unreadable, style)
    reports = each(reported)
    chosen = selection_text(next((report.plan.selected for report in reports), None))
    lines += [] if chosen is None else [*style.block(chosen, 0, 2), ""]
    lines += engines(how.alone, style)
    for number, report in enumerate(reports):
        lines += ["", *lines_of(report, style)] if number else lines_of(report, style)
    return lines


def as_table(reported: R | Several[R], rows: Callable[[R], Table]) -> Table:
    """Return the rows of all reports in one table.

    Each row names its town where there may be several, and the selection where it is of one.
    """
    reports = each(reported)
    chosen = next((report.plan.selected for report in reports), None)
    towns: tuple[tuple[TableCell, ...], ...] = ((),) * len(reports)
    if isinstance(reported, Several):
        names = names_of([report.plan for report in reports])
        codes = [same(report.plan.file.plan.municipality.code) for report in reports]
        towns = tuple(zip(codes, names, strict=True))
    return _together([rows(report) for report in reports], towns, chosen)


def _together(
    tables: Sequence[Table], towns: Sequence[tuple[TableCell, ...]], chosen: Text | None
) -> Table:
    """Put tables of one kind together, and so those that stand before them, by their titles."""
    before = {first.title: first for table in tables for first in table.first}
    after: tuple[TableCell, ...] = () if chosen is None else (chosen,)
    first, *_ = tables
    return replace(
        first,
        columns=(
            *(_TOWN if towns[0] else ()),
            *first.columns,
            *(() if chosen is None else (Column(SELECTION, 20),)),
        ),
        rows=tuple(
            (*town, *row, *after)
            for town, table in zip(towns, tables, strict=True)
            for row in table.rows
        ),
        first=tuple(
            _together(
                [_titled(table, title, empty) for table in tables],
                towns,
                chosen,
            )
            for title, empty in before.items()
        ),
    )


def _titled(table: Table, title: Text, like: Table) -> Table:
    """Return the table of a title that stands before another; one without rows if none does."""
    found = (first for first in table.first if first.title == title)
    return next(found, replace(like, rows=()))
