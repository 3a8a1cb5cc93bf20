"""CSV: one row per finding, passes too, as spreadsheets open it.

Subjects that a rule was never about stand here with `--all` alone; of a rule that applies to
nothing one row tells that.

UTF-8 with a byte order mark and CRLF (RFC 4180). A plan that could not be read has no findings,
so no row. Every cell is one line; a text that a spreadsheet would take for a formula gets an
apostrophe before it. What has to be a figure for the spreadsheet is given as a number.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from io import StringIO

from dxrules.assessment import Finding
from dxrules.assessment.dossier import Dossier
from dxrules.report.finding_columns import COLUMNS, FindingCells
from dxrules.report.how_to_write import How
from dxrules.report.piecewise import Pieces, Piecewise, Whole
from dxrules.report.shared_labels import SELECTION
from dxrules.report.table_cell import plain
from dxrules.texts import Text, visible, without_commands

_KNOWN = Text("既知", "known")
_SETBACK = Text("後戻り", "setback")
_FORMULA = re.compile(r"""[\s"'“”‘’＂＇]*[=+\-@＝＋－−＠﹢﹣﹦﹫]""")
"""How a formula begins, full-width in Japanese spreadsheets, too, or after what they drop."""


def _piece(dossier: Dossier, how: How) -> bytes:
    return _lines(_findings(dossier, how))


def _joined(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:
    yield as_csv([_heads(how, whole.selected)])
    yield from pieces


PIECES = Piecewise(_piece, _joined)


def _heads(how: How, chosen: Text | None) -> list[str | int | float]:
    """Return the headings; a selection has a column, so that nobody takes the rows for all."""
    heads = [*(column.label for column in COLUMNS), _KNOWN]
    return [how.style.say(head) for head in (*heads, *(() if chosen is None else (SELECTION,)))]


def _findings(dossier: Dossier, how: How) -> Iterator[list[str | int | float]]:
    lang, chosen = how.style.lang, dossier.assessment.selected
    rows = FindingCells(COLUMNS, lambda cell: plain(cell, lang))
    for plan in dossier.assessment.plans:
        for finding in plan.told(everything=how.everything):
            known = plain(_against_baseline(finding), lang)
            part = [] if chosen is None else [plain(chosen, lang)]
            yield [*rows.row(plan, finding), known, *part]


def _against_baseline(finding: Finding) -> Text | None:
    """Say how a finding compares with what was known of it."""
    if finding.setback is not None:
        return _SETBACK
    return _KNOWN if finding.known else None


def as_csv(rows: Iterable[Sequence[str | int | float]]) -> bytes:
    """Return rows as CSV; texts are made harmless, numbers stay numbers."""
    return codecs.BOM_UTF8 + _lines(rows)


def _lines(rows: Iterable[Sequence[str | int | float]]) -> bytes:
    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    harmless = cache(_harmless)  # rows of one rule hold the same texts
    for row in rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return stream.getvalue().encode()


def _harmless(text: str) -> str:
    r"""Return a text as a cell: on one line, no formula, no command to a CI service.

    >>> print(*map(_harmless, ("＝1+1", " -5", "a\n::b", "::error::")))
    '＝1+1 ' -5 a<U+000A>::b <U+003A>:error::
    """
    cell = without_commands(visible(text))
    return f"'{cell}" if _FORMULA.match(cell) else cell
