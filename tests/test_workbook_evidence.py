"""Evidence in a workbook, of sections that the workbook says nothing else of."""

from __future__ import annotations

from dxrules.plan.workbook.layout import EVIDENCE_SHEET
from dxrules.plan.workbook.reader import document_of
from tests.helpers.workbooks import LABELS, SMALL_DATA, column, edited


def test_evidence_makes_its_section():
    """Evidence of a section that is not there makes it, and changes nothing else."""
    assert "collection" not in SMALL_DATA
    row = 60
    raw = edited(
        [
            (EVIDENCE_SHEET, f"A{row}", LABELS["collection"]),
            (EVIDENCE_SHEET, f"{column(EVIDENCE_SHEET, 'text')}{row}", "x"),
        ]
    )
    document = document_of(raw, "a.xlsx")
    assert document.problems == ()
    assert document.data == SMALL_DATA | {"collection": {"evidence": [{"text": "x"}]}}
