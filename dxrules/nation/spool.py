"""Pieces of all plans on a disk, until they are put together; in memory there is where they lie."""

from __future__ import annotations

import tempfile
import zlib
from array import array
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from dxrules.errors import UsageError
from dxrules.nation.judging import PlanInPieces
from dxrules.report.piecewise import DAMAGED, PlanHeading
from dxrules.source.bounds import PIECE

if TYPE_CHECKING:
    import pathlib

_WORTH_A_THREAD = 32_768
"""Bytes that are packed: to unpack so many takes longer than to hand them over."""
_AHEAD = 3
"""Parts that are unpacked while those before them are written."""


class Spool:
    """A file without a name, which is gone with the process, however that ends.

    It lies in a `folder`, by default that for temporary files: it takes a twentieth of the room
    of the reports.
    """

    def __init__(self, folder: pathlib.Path | None = None) -> None:
        self._file = tempfile.TemporaryFile(dir=folder, prefix=".dxrules-")  # noqa: SIM115  (to the end)
        self._keys: list[tuple[str, str]] = []
        self._ends: array[int] = array("Q", [0])
        self._parts = 0
        self._places: array[int] | None = None

    def close(self) -> None:
        """Give the room on the disk back."""
        self._file.close()

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, heading: PlanHeading, judged: PlanInPieces) -> None:
        """Keep the heading and the pieces of a plan."""
        parts = (judged.heading, *judged.pieces)
        for part in parts:
            self._file.write(part)
            self._ends.append(self._ends[-1] + len(part))
        self._parts = len(parts)
        self._keys.append(heading.order)
        self._places = None

    def part(self, number: int) -> Iterator[bytes]:
        """Yield one part of each plan, in the order of towns: the heading, then the pieces.

        Raises UsageError for one that was kept and never was a part: nobody unpacked it till now.
        """
        if self._places is None:
            self._file.flush()
            self._places = array("L", sorted(range(len(self)), key=self._keys.__getitem__))
        waiting = deque[Future[bytes]]()
        with ThreadPoolExecutor(1) as beside:  # nobody else needs a processor by now
            for place in self._places:
                at = place * self._parts + number
                start, end = self._ends[at], self._ends[at + 1]
                self._file.seek(start)
                packed = self._file.read(end - start)
                if not waiting and len(packed) < _WORTH_A_THREAD:
                    yield _part(packed)
                    continue
                try:
                    waiting.append(beside.submit(_part, packed))
                except RuntimeError:  # the system allows no thread
                    yield _part(packed)
                if len(waiting) > _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()


class PiecesOf:
    """The pieces of one format in a spool."""

    def __init__(self, spool: Spool, number: int) -> None:
        self._spool = spool
        self._number = number

    def __iter__(self) -> Iterator[bytes]:
        return self._spool.part(self._number + 1)

    def __len__(self) -> int:
        return len(self._spool)


class HeadingsOf:
    """The headings in a spool."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool

    def __iter__(self) -> Iterator[PlanHeading]:
        return map(PlanHeading.unpacked, self._spool.part(0))

    def __len__(self) -> int:
        return len(self._spool)


def _part(packed: bytes) -> bytes:
    try:
        return unpacked(packed)
    except ValueError as error:
        raise UsageError(DAMAGED) from error


def unpacked(packed: bytes) -> bytes:
    """Return what was packed; raise ValueError where that is damaged, or too much."""
    packing = zlib.decompressobj()
    try:
        found = packing.decompress(packed, PIECE)
    except zlib.error as error:
        raise ValueError("a piece is damaged") from error
    if not packing.eof:
        raise ValueError("a piece is cut, or larger than any")
    return found
