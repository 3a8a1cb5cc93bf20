"""CSV: one row per finding, passes and what is not applicable too, as spreadsheets open it.

UTF-8 with a byte order mark and CRLF (RFC 4180). A text that a spreadsheet would take for a
formula gets an apostrophe before it. A plan that could not be read has no findings, so no row.
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from dxrules.report.rows import COLUMNS, Rows
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.assessment import Finding
    from dxrules.assessment.dossier import Dossier
    from dxrules.report.rows import Cell
    from dxrules.report.terminal import Style
    from dxrules.report.writers import How

_KNOWN = Text("既知", "known")
_SETBACK = Text("後戻り", "setback")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(dossier: Dossier, how: How) -> bytes:
    """Return the report as UTF-8 with a byte order mark."""
    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(how.style.say(label) for label in (*(c.label for c in COLUMNS), _KNOWN))
    rows = Rows(COLUMNS, lambda cell: _cell(cell, how.style))
    for plan in dossier.assessment.plans:
        for finding in plan.findings:
            known = _cell(_against_baseline(finding), how.style)
            writer.writerow([*rows.row(plan, finding), known])
    return stream.getvalue().encode("utf-8-sig")


def _against_baseline(finding: Finding) -> Text | None:
    """Say how a finding compares with what was known of it."""
    if finding.setback is not None:
        return _SETBACK
    return _KNOWN if finding.known else None


def _cell(cell: Cell, style: Style) -> str | int:
    if isinstance(cell, Text):
        said = style.say(cell)
        return f"'{said}" if said.startswith(_FORMULA) else said
    return "" if cell is None else cell
