"""Rows of one plan for a database, as they can travel between processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from pydantic_core import to_json

from dxrules.assessment import PlanAssessment
from dxrules.assessment.dossier import Dossier
from dxrules.frozen import frozen
from dxrules.report.database.database_rows import PlanRows
from dxrules.report.database.database_tables import TABLES
from dxrules.report.piecewise import Pieces, Piecewise, Whole, loaded
from dxrules.report.writers import How
from dxrules.rules import Rule
from dxrules.texts import Text


@frozen
class PlanEntry:
    """One plan: whose it is, by which law it was judged, and its rows with their tables.

    The second value of each row is the number of the plan within its municipality, which is known
    when all plans are written.
    """

    code: str
    rulesets: str
    lawbook: str
    known_until: date
    selected: Text | None
    rules: Mapping[str, Rule]
    rows: list[tuple[str, list[Any]]]


def entries(dossiers: Iterable[Dossier]) -> Iterator[PlanEntry]:
    """Yield the plans of dossiers, which may be forgotten one by one."""
    for dossier in dossiers:
        for plan in dossier.assessment.plans:
            book = plan.lawbook
            yield PlanEntry(
                plan.file.plan.municipality.code,
                "+".join(book.rulesets),
                book.digest,
                book.known_until,
                plan.selected,
                {finding.rule.id: finding.rule for finding in plan.findings},
                loaded(_rows(dossier, plan)),
            )


def entries_of(whole: Whole, pieces: Pieces) -> Iterator[PlanEntry]:
    """Yield plans that were judged apart, in the order of towns."""
    known = whole.rules()
    for heading, piece in zip(whole.headings, pieces, strict=True):
        yield PlanEntry(
            heading.code,
            "+".join(heading.rulesets),
            heading.lawbook,
            heading.known_until,
            heading.selected,
            {rule: known[rule] for rule in heading.rules},
            loaded(piece),
        )


def _rows(dossier: Dossier, plan: PlanAssessment) -> bytes:
    spread = _spreads()
    rows = PlanRows(dossier, plan, plan.lawbook.digest).rows()
    return to_json([(table, spread[table](row)) for table, row in rows])


@cache
def _spreads() -> Mapping[str, Callable[[Iterable[Any]], list[Any]]]:
    return {shape.name: shape.row for shape in TABLES}


def _piece(dossier: Dossier, how: How) -> bytes:  # noqa: ARG001  (both languages, all findings)
    (plan,) = dossier.assessment.plans
    return _rows(dossier, plan)


def _joined(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:  # noqa: ARG001  (as above)
    """Yield the rows; a database is written by `stores`."""
    return iter(pieces)


PIECES = Piecewise(_piece, _joined)
