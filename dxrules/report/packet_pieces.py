"""A packet of many plans: of each its file, and its assessment as a packet holds it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from dxrules.assessment.dossier import Dossier
from dxrules.assessment.packet_writer import PlanInPacket
from dxrules.report.json_report import render_json
from dxrules.report.piecewise import Pieces, Piecewise, Whole, apart, together
from dxrules.report.writers import How

_PARTS = 2


def _piece(dossier: Dossier, how: How) -> bytes:  # noqa: ARG001  (a packet keeps everything)
    (plan,) = dossier.assessment.plans
    return together(plan.file.document.content, render_json(dossier.assessment))


def packed(whole: Whole, pieces: Pieces) -> Iterator[PlanInPacket]:
    """Yield how reports call each plan, its bytes, and its assessment."""
    for heading, piece in zip(whole.headings, pieces, strict=True):
        content, told = apart(piece, _PARTS)
        yield heading.file, content, partial(bytes, told)


def _joined(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:  # noqa: ARG001  (as above)
    """Yield the assessments; the packet is written by `write_packet_of`."""
    return (told() for _, _, told in packed(whole, pieces))


PIECES = Piecewise(_piece, _joined, uncompared=True)
