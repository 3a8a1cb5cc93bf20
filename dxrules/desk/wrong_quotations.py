"""Which quotations of an open plan the document beside it does not have, or has elsewhere."""

from __future__ import annotations

from datetime import date

from dxrules.assessment.quotations import quotations_in
from dxrules.desk.entries import label_of
from dxrules.desk.leaves import Leaves
from dxrules.desk.open_plan import OpenPlan
from dxrules.plan.schema import id_names
from dxrules.reference import Reference
from dxrules.report.json_values import Json


def quoted(plan: OpenPlan, leaves: Leaves, reference: Reference, day: date) -> Json:
    """Return how many quotations stand in the document, and those that do not, or elsewhere."""
    found = quotations_in(plan.file, leaves.original, day)
    names = id_names(reference)
    return {
        "found": found.count("found"),
        "elsewhere": found.count("elsewhere"),
        "missing": found.count("missing"),
        "wrong": [
            {
                "path": [*each.path[: _entry(each.path)]],
                "label": label_of(plan.data, each.path[: _entry(each.path)], names),
                "state": each.state,
                "text": each.said.text or "",
                "section": each.section,
                "page": each.page,
            }
            for each in found.wrong
        ],
    }


def _entry(path: tuple[str | int, ...]) -> int:
    """Return how much of a path leads to the entry that a quotation is for."""
    return path.index("evidence") if "evidence" in path else len(path)
