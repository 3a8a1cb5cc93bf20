"""Rows of one plan for a database, as they can travel between processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from pydantic_core import to_json

from dxrules.assessment.dossier import Dossier
from dxrules.frozen import frozen
from dxrules.report.database.database_rows import PlanRows
from dxrules.report.database.database_tables import TABLES
from dxrules.report.how_to_write import How
from dxrules.report.piecewise import Pieces, Piecewise, Whole, loaded
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


def entries(whole: Whole, pieces: Pieces) -> Iterator[PlanEntry]:
    """Yield plans, in the order of towns."""
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


@cache
def _spreads() -> Mapping[str, Callable[[Iterable[Any]], list[Any]]]:
    return {shape.name: shape.row for shape in TABLES}


def _piece(dossier: Dossier, how: How) -> bytes:  # noqa: ARG001  (both languages, all findings)
    (plan,) = dossier.assessment.plans
    spread = _spreads()
    rows = PlanRows(dossier, plan, plan.lawbook.digest).rows()
    return to_json([(table, spread[table](row)) for table, row in rows])


def _joined(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:  # noqa: ARG001  (as above)
    """Yield the rows; a database is written by `stores`."""
    return iter(pieces)


PIECES = Piecewise(_piece, _joined)
