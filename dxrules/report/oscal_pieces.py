"""OSCAL: the result of each plan, its file, and the rules that any of them names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import chain

from dxrules.assessment.dossier import Dossier
from dxrules.report.how_to_write import How
from dxrules.report.json_values import element, filled, hole
from dxrules.report.oscal import (
    ReportFrame,
    file_resource,
    identifier,
    judged_plan,
    nothing_judged,
    remarks,
    result_of,
    source_resource,
)
from dxrules.report.piecewise import Pieces, Piecewise, Whole, apart, dumped, loaded, together
from dxrules.report.plan_header import setbacks_text

_RESULTS, _RESOURCES = 3, 4
"""How deep the elements of the long lists stand."""
_PARTS = 3
_UUID = re.compile(rb'(?<=["#])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=")')


def _piece(dossier: Dossier, how: How) -> bytes:
    """Return what tells a plan from others and which rules it needs, its result, and its file."""
    (plan,) = dossier.assessment.plans
    judged = judged_plan(plan, how)
    rules = sorted({finding.rule.id for finding in judged.findings})
    return together(
        dumped([judged.names, rules]),
        element(result_of(judged, dossier.assessment, how.style), _RESULTS),
        element(file_resource(judged), _RESOURCES),
    )


def _joined(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:
    """Yield the report on all plans."""
    style, headings, back = how.style, whole.headings, whole.since.setbacks
    setbacks = setbacks_text(back) if back else None
    frame = ReportFrame(
        whole.day,
        style,
        [(heading.sha256, heading.lawbook) for heading in headings],
        {name for heading in headings for name in heading.rulesets},
        remarks(whole.unreadable, whole.selected, setbacks, style),
    )
    used = {rule for piece in pieces for rule in loaded(apart(piece, _PARTS)[0])[1]}
    rules = {name: rule for name, rule in whole.rules().items() if name in used}
    sources = (element(source_resource(rule, style), _RESOURCES) for rule in rules.values())
    shared = {identifier("rule", name) for name in rules}
    lists: dict[str, Iterable[bytes]] = {
        "results": _told_apart(pieces, 1, shared),
        "resources": chain(
            [element(frame.lawbook, _RESOURCES)], _told_apart(pieces, 2, shared), sources
        ),
    }
    if not len(pieces):
        lists["results"] = [element(nothing_judged(whole.day, style), _RESULTS)]
    document = frame.document(hole("results"), hole("resources"))
    yield from filled({"assessment-results": document}, lists)


PIECES = Piecewise(_piece, _joined)


def _told_apart(pieces: Pieces, part: int, shared: AbstractSet[str]) -> Iterator[bytes]:
    """Yield a part of each piece; plans whose names look alike get identifiers of their own.

    What is `shared` by all plans stays.
    """
    met = Counter[tuple[str, ...]]()
    for piece in pieces:
        parts = apart(piece, _PARTS)
        names = tuple(loaded(parts[0])[0])
        met[names] += 1
        yield parts[part] if met[names] == 1 else _renamed(parts[part], str(met[names]), shared)


def _renamed(part: bytes, number: str, shared: AbstractSet[str]) -> bytes:
    def other(found: re.Match[bytes]) -> bytes:
        known = found[0].decode()
        return found[0] if known in shared else identifier("another", known, number).encode()

    return _UUID.sub(other, part)
