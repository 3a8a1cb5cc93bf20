"""Reports that must not grow larger than a service takes: gravest first, and what is left out.

A report is parts in order; a part has a heading, entries, and an end. Where all of it is too
large, entries are taken by rank as long as there is room, and stand where they would have stood.
A part of which no entry is taken is left out with its heading. Parts are gone through once, and
no more is held than there may be room for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from dxrules.frozen import frozen


@frozen
class RankedEntry:
    """What is taken or left as a whole: the less the rank, the graver; `holds` findings."""

    text: str
    rank: tuple[int, ...]
    holds: int = 0


@frozen
class RankedPart:
    """A heading, entries and an end; `inside` is the place of the part whose heading it needs.

    `more` says how many findings, or entries that hold none, are left out of it.
    """

    head: str
    entries: tuple[RankedEntry, ...] = ()
    end: str = ""
    more: Callable[[int], str] = str
    inside: int | None = None

    @property
    def whole(self) -> str:
        """The part with all its entries."""
        return self.head + "".join(entry.text for entry in self.entries) + self.end


def shortened(
    parts: Iterable[RankedPart], largest: int, cut: Callable[[int], str]
) -> tuple[str, int]:
    """Return a report of at most `largest` bytes, and how many findings were left out.

    The first part always stands; if anything is left out `cut` says so below it.
    """
    held = _Held(largest)
    for place, part in enumerate(parts):
        held.add(place, part)
    if held.fits:
        return "".join(frame.text(taken) for frame, taken in held.standing(len(held.entries))), 0
    held.drop()
    number = held.fitting(largest - _size(cut(held.findings)))
    left = held.findings - sum(each.entry.holds for each in held.entries[:number])
    texts = [frame.text(taken) for frame, taken in held.standing(number)]
    return "".join((texts[0], cut(left), *texts[1:])), left


@frozen
class _Frame:
    """A part whose entries are held elsewhere: how many they are, and the findings in them."""

    part: RankedPart
    number: int
    findings: int

    def text(self, taken: Sequence[RankedEntry]) -> str:
        """Return the part with some of its entries."""
        left = self.number - len(taken)
        number = self.findings - sum(entry.holds for entry in taken) or left
        more = self.part.more(number) if left else ""
        return replace(self.part, entries=tuple(taken), end=more + self.part.end).whole

    @property
    def size(self) -> int:
        """What it takes without any entry, at most."""
        part = self.part
        return _size(part.head + part.end + part.more(self.findings + 10**6))


class _Placed(NamedTuple):
    """An entry by its rank, and where it stands: in which part, and which of its entries it is."""

    rank: tuple[int, ...]
    place: int
    number: int
    entry: RankedEntry


class _Held:
    """The gravest entries of a report, more than there is room for, and the parts that they need.

    `size` is that of the whole report in bytes, `findings` how many it holds.
    """

    def __init__(self, largest: int) -> None:
        self.size = self.findings = 0
        self.entries: list[_Placed] = []
        self._largest = largest
        self._room = 2 * largest
        self._frames: dict[int, _Frame] = {}
        self._heading = 0

    def add(self, place: int, part: RankedPart) -> None:
        """Take the next part."""
        findings = sum(entry.holds for entry in part.entries)
        frame = _Frame(replace(part, entries=()), len(part.entries), findings)
        self._frames[place] = frame
        self.entries += [
            _Placed(entry.rank, place, number, entry) for number, entry in enumerate(part.entries)
        ]
        size = _size(part.whole)
        self.size += size
        self.findings += findings
        self._room -= size
        if part.inside is None:
            self._heading = place
        if self._room < 0:
            self.drop()

    @property
    def fits(self) -> bool:
        """Whether there is room for all of it; then all of it is held."""
        return self.size <= self._largest

    def drop(self) -> None:
        """Let go what comes after more than there can be room for, and parts without an entry."""
        self.entries.sort()
        room = self._largest
        for position, placed in enumerate(self.entries):
            room -= _size(placed.entry.text)
            if room < 0:
                del self.entries[position:]
                break
        needed = {0, self._heading}
        for placed in self.entries:
            needed.update(self._around(placed.place, needed))
        self._frames = {place: self._frames[place] for place in sorted(needed)}
        self._room = 2 * self._largest - sum(_size(each.entry.text) for each in self.entries)

    def _around(self, place: int | None, opened: Iterable[int]) -> Iterator[int]:
        """Yield the parts that must be opened for an entry of one, up to what is opened."""
        while place is not None and place not in opened:
            yield place
            place = self._frames[place].part.inside

    def fitting(self, room: int) -> int:
        """Return for how many entries there is room, with the parts that they need."""
        opened = {0}
        room -= self._frames[0].size
        for position, placed in enumerate(self.entries):
            new = [*self._around(placed.place, opened)]
            room -= _size(placed.entry.text) + sum(self._frames[each].size for each in new)
            if room < 0:
                return position
            opened.update(new)
        return len(self.entries)

    def standing(self, number: int) -> Iterator[tuple[_Frame, list[RankedEntry]]]:
        """Yield the parts that stand, in order, each with those of the first entries in it."""
        taken: dict[int, list[_Placed]] = {0: []}
        if self.fits:
            taken = {place: [] for place in self._frames}
        for placed in self.entries[:number]:
            for place in [*self._around(placed.place, taken)]:
                taken[place] = []
            taken[placed.place].append(placed)
        for place, entries in sorted(taken.items()):
            yield self._frames[place], [e.entry for e in sorted(entries, key=_by_number)]


def _by_number(placed: _Placed) -> int:
    return placed.number


def _size(text: str) -> int:
    return len(text.encode())
