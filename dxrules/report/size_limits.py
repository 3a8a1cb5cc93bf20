"""Reports that must not grow larger than a service takes: gravest first, and what is left out.

A report is a list of parts in order; a part has a heading, entries, and an end. Where all of it
is too large, entries are taken by rank as long as there is room, and stand where they would
have stood. A part of which no entry is taken is left out with its heading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence


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

    def text(self, taken: Collection[int]) -> str:
        """Return the part with the entries taken, by their places, and how many are not."""
        left = [entry for n, entry in enumerate(self.entries) if n not in taken]
        number = sum(entry.holds for entry in left) or len(left)
        body = "".join(entry.text for n, entry in enumerate(self.entries) if n in taken)
        return self.head + body + (self.more(number) if left else "") + self.end

    @property
    def whole(self) -> str:
        """The part with all its entries."""
        return self.text(range(len(self.entries)))


def shortened(
    parts: Sequence[RankedPart], largest: int, cut: Callable[[int], str]
) -> tuple[str, int]:
    """Return a report of at most `largest` bytes, and how many findings were left out.

    The first part always stands; if anything is left out `cut` says so below it.
    """
    whole = "".join(part.whole for part in parts)
    if _size(whole) <= largest:
        return whole, 0
    every = sum(entry.holds for part in parts for entry in part.entries)
    taken = _taken(parts, largest - _size(cut(every)))
    left = every - sum(parts[p].entries[n].holds for p, numbers in taken.items() for n in numbers)
    texts = [part.text(taken[place]) for place, part in enumerate(parts) if place in taken]
    return "".join((texts[0], cut(left), *texts[1:])), left


def _taken(parts: Sequence[RankedPart], room: int) -> dict[int, set[int]]:
    """Return the places of the entries for which there is room, by the place of their part."""
    taken: dict[int, set[int]] = {}

    def opened(place: int | None) -> Iterator[int]:
        """Yield the parts that must be opened for an entry of one."""
        while place is not None and place not in taken:
            yield place
            place = parts[place].inside

    def frame(place: int) -> int:
        part = parts[place]
        return _size(part.head + part.end + part.more(sum(e.holds for e in part.entries) + 10**6))

    room -= frame(0)
    taken[0] = set()
    order = sorted(
        (entry.rank, place, number)
        for place, part in enumerate(parts)
        for number, entry in enumerate(part.entries)
    )
    for _, place, number in order:
        new = list(opened(place))
        room -= _size(parts[place].entries[number].text) + sum(map(frame, new))
        if room < 0:
            break
        for each in new:
            taken[each] = set()
        taken[place].add(number)
    return taken


def _size(text: str) -> int:
    return len(text.encode())
