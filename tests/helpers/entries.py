"""Rows of plans that are held, as a database takes them."""

from __future__ import annotations

from dxrules.report.database.plan_entries import PIECES, entries
from dxrules.report.how_to_write import How
from dxrules.report.piecewise import Whole
from dxrules.report.terminal import Style

HOW = How(Style("ja"))


def entries_of(dossier):
    """Yield the entries of the plans of a dossier."""
    return entries(Whole.of(dossier, HOW), PIECES.pieces(dossier, HOW))
