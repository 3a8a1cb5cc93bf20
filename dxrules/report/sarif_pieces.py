"""SARIF: results of each plan by their gravity, of which no more are taken than GitHub takes."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterable, Iterator
from typing import IO, Final

from dxrules.assessment.dossier import Dossier
from dxrules.frozen import frozen
from dxrules.report.how_to_write import How
from dxrules.report.json_values import element, filled, hole, numbered
from dxrules.report.piecewise import Pieces, Piecewise, Whole, apart, dumped, loaded, together
from dxrules.report.sarif import CUT, SarifRun, SarifWriter, told_of
from dxrules.source.bounds import MB

_RULES, _NOTES, _ARTIFACTS, _RESULTS = 6, 6, 4, 4
"""How deep the elements of the long lists stand."""
# What GitHub takes of one run; it shows the gravest 5,000. A larger file is refused whole.
# https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
MOST_RESULTS: Final = 25_000
MOST_ZIPPED: Final = 10 * MB
_LISTS = ("rules", "notes", "artifacts", "results")
_PARTS = 4
_OWN = hole("artifact"), hole("rule")
"""What stands for the number of a plan, and of a rule, until they are known."""


def _piece(dossier: Dossier, how: How) -> bytes:
    """Return a plan's artifact, its notifications, its results, and what is known of these."""
    (plan,) = dossier.assessment.plans
    writer, (artifact, rule) = SarifWriter(how, compared=dossier.stale is not None), _OWN
    told = list(told_of(plan, how))
    results = [element(writer.result((artifact, plan, each), rule), _RESULTS) for each in told]
    return together(
        dumped([[*each.gravity, each.rule.id] for each in told]),
        element(writer.plan(plan), _ARTIFACTS),
        together(*(element(note, _NOTES) for note in writer.notifications(plan, artifact))),
        together(*results),
    )


def _joined(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:
    """Yield the report, no larger than GitHub takes."""
    with tempfile.TemporaryFile(prefix=".dxrules-") as held:
        results = _Results.gathered(whole, pieces, held)
        number, kept = results.number, min(results.number, MOST_RESULTS)
        while (size := _packed(_log(whole, pieces, how, results, kept))) > MOST_ZIPPED and kept:
            kept = min(kept - 1, kept * MOST_ZIPPED // size * 95 // 100)
        if kept < number:
            how.tell(CUT.format(number=number - kept))
        yield from _log(whole, pieces, how, results, kept)


PIECES = Piecewise(_piece, _joined)


@frozen
class _Results:
    """The gravest results in a file: where each of them lies, and how many there were in all."""

    held: IO[bytes]
    places: tuple[tuple[int, int], ...]
    number: int

    @classmethod
    def gathered(cls, whole: Whole, pieces: Pieces, held: IO[bytes]) -> _Results:
        """Keep of each gravity as many as may be shown; those of one gravity stay in order."""
        rules = {rule: number for number, rule in enumerate(whole.rules())}
        levels: dict[tuple[int, int], list[tuple[int, int]]] = {}
        number = 0
        for artifact, piece in enumerate(pieces):
            known, _, _, results = apart(piece, _PARTS)
            told = loaded(known)
            for (*gravity, rule), result in zip(told, apart(results, len(told)), strict=True):
                number += 1
                level = levels.setdefault((gravity[0], gravity[1]), [])
                if len(level) < MOST_RESULTS:
                    text = numbered(result, {"artifact": artifact, "rule": rules[rule]})
                    level.append((held.tell(), len(text)))
                    held.write(text)
        places = [place for _, level in sorted(levels.items()) for place in level]
        return cls(held, tuple(places[:MOST_RESULTS]), number)

    def first(self, kept: int) -> Iterator[bytes]:
        """Yield the gravest."""
        for start, size in self.places[:kept]:
            self.held.seek(start)
            yield self.held.read(size)


def _log(whole: Whole, pieces: Pieces, how: How, results: _Results, kept: int) -> Iterator[bytes]:
    writer, headings = SarifWriter(how, compared=whole.stale is not None), whole.headings
    run = SarifRun(
        whole.day,
        whole.engines,
        successful=all(heading.trusted for heading in headings) and not whole.unreadable,
        lawbooks={heading.lawbook for heading in headings},
        counts=whole.counts.outcomes,
    )
    lists: dict[str, Iterable[bytes]] = {
        "rules": (element(writer.rule(rule), _RULES) for rule in whole.rules().values()),
        "notes": _notes(whole, pieces, writer, results.number - kept),
        "artifacts": (apart(piece, _PARTS)[1] for piece in pieces),
        "results": results.first(kept),
    }
    return filled(writer.log(run, *map(hole, _LISTS)), lists)


def _notes(whole: Whole, pieces: Pieces, writer: SarifWriter, left: int) -> Iterator[bytes]:
    for artifact, piece in enumerate(pieces):
        notes = apart(piece, _PARTS)[2]
        for note in apart(notes):
            yield numbered(note, {"artifact": artifact})
    for said in (
        *writer.of_all(whole.unreadable, whole.selected),
        *writer.of_setbacks(whole.since.setbacks),
        *writer.cut(left),
    ):
        yield element(said, _NOTES)


def _packed(parts: Iterable[bytes]) -> int:
    """Return how large a report is when it is packed as GitHub wants it."""
    packing = zlib.compressobj(6, wbits=31)
    return sum(len(packing.compress(part)) for part in parts) + len(packing.flush())
