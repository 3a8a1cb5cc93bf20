"""Pieces on a disk: as they were put there, in the order of towns, however large they are."""

from __future__ import annotations

import tracemalloc
import zlib
from contextlib import closing
from hashlib import sha256, shake_128
from threading import Thread
from types import SimpleNamespace

import pytest

from dxrules.errors import UsageError
from dxrules.nation.judging import PlanInPieces
from dxrules.nation.spool import PiecesOf, Spool
from dxrules.report import concise
from dxrules.report.how_to_write import How
from dxrules.report.terminal import Style
from dxrules.texts import same

LARGE = 40_000


def filled(spool, sizes):
    """Put a piece of each size into a spool, the last town first; return them in order."""
    said = []
    for number, size in reversed([*enumerate(sizes)]):
        piece = shake_128(bytes([number])).digest(size)  # which no packing makes smaller
        heading = SimpleNamespace(order=(f"{number:05}", ""))
        spool.add(heading, PlanInPieces(zlib.compress(b"-"), (zlib.compress(piece),)))
        said.append(piece)
    return said[::-1]


@pytest.mark.parametrize(
    "sizes",
    [[], [10, 20], [LARGE], [LARGE] * 9, [10, LARGE, 10, 10, LARGE, LARGE, 10]],
)
def test_pieces_come_in_the_order_of_towns(sizes):
    """Small ones are unpacked at once and large ones ahead, which changes no order."""
    with closing(Spool()) as spool:
        said = filled(spool, sizes)
        pieces = PiecesOf(spool, 0)
        assert [*pieces] == said
        assert [*pieces] == said  # once more


def test_a_reader_may_stop_halfway():
    """Who needs no more leaves nothing behind that the next one meets."""
    with closing(Spool()) as spool:
        said = filled(spool, [LARGE] * 9)
        assert next(iter(PiecesOf(spool, 0))) == said[0]
        assert [*PiecesOf(spool, 0)] == said


@pytest.mark.parametrize("size", [10, LARGE])
def test_a_damaged_piece_is_told(size):
    """What was kept, and never was a part, ends the call with a way out."""
    with closing(Spool()) as spool:
        filled(spool, [LARGE])
        heading = SimpleNamespace(order=("99999", ""))
        damaged = zlib.compress(shake_128(b"").digest(size))[:-3]
        spool.add(heading, PlanInPieces(zlib.compress(b"-"), (damaged,)))
        with pytest.raises(UsageError, match="damaged"):
            [*PiecesOf(spool, 0)]


def test_no_thread_is_needed(monkeypatch):
    """Where the system allows no thread, the pieces are the same."""

    def refuse(_):
        raise RuntimeError("can't start new thread")

    with closing(Spool()) as spool:
        said = filled(spool, [LARGE] * 6)
        monkeypatch.setattr(Thread, "start", refuse)
        assert [*PiecesOf(spool, 0)] == said


def test_lines_of_many_files_are_put_in_order_on_the_disk(monkeypatch):
    """They stand by file, those of files of one name by what they say; few are held at a time."""
    monkeypatch.setattr(concise, "_last", lambda *_: same("end"))
    names = ["b", *(f"a{number:03}" for number in reversed(range(100))), "b"]
    said = [f"{len(names) - number:04}{name}".encode() * LARGE for number, name in enumerate(names)]
    headings = [SimpleNamespace(file=name) for name in names]
    whole = SimpleNamespace(unreadable=(), headings=headings)
    wanted = [lines for _, lines in sorted(zip(names, said, strict=True))]
    digests = [sha256(lines).digest() for lines in wanted]
    packed = [zlib.compress(lines, 1) for lines in said]
    del said, wanted
    tracemalloc.start()
    *found, end = (
        sha256(lines).digest()
        for lines in concise.PIECES.joined(whole, map(zlib.decompress, packed), How(Style("ja")))
        if lines
    )
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == digests
    assert end == sha256(b"end\n").digest()
    assert peak < 8 * 10 * LARGE
