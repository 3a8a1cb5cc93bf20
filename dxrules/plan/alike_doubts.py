"""Doubts that one answer settles together: the same keys of several entries of a list or table.

A person looks such entries through as rows, and says of many at once that they are right as they
stand, have another value, or are not said by the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from dxrules.frozen import frozen
from dxrules.plan.open_doubts import (
    OpenDoubt,
    carried_over,
    codes_of,
    confirmed,
    doubts_in,
    is_list,
    is_listed,
    left_out,
)
from dxrules.source import Path
from dxrules.source.placed_data import value_at

MOST_ROWS: Final = 30
"""So many entries are asked about at once: more is no list that somebody looks through."""

Way = Callable[[Mapping[str, Any], OpenDoubt], dict[str, Any]]
"""How a doubt is answered: from data and the doubt to the data that says so."""


@frozen
class AlikeDoubts:
    """Two or more doubts about the same keys of entries of one list or table."""

    doubts: tuple[OpenDoubt, ...]

    @property
    def around(self) -> Path:
        """The path of the list or table."""
        return self.doubts[0].carrier[:-1]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in doubt; without any it is whether they are entries at all."""
        return self.doubts[0].keys

    @property
    def section(self) -> str:
        """The section of the plan file that they stand in."""
        return self.doubts[0].section

    @property
    def codes(self) -> tuple[str, ...]:
        """The values of which one may be right for several entries."""
        first = self.doubts[0]
        if len(self.keys) != 1 or is_list(first.carrier, self.keys[0]):
            return ()
        return codes_of(first.carrier, self.keys[0])


def one_question(doubts: Sequence[OpenDoubt]) -> OpenDoubt | AlikeDoubts | None:
    """Return one question about alike doubts; None without any."""
    if not doubts:
        return None
    return doubts[0] if len(doubts) == 1 else AlikeDoubts(tuple(doubts))


def put_together(doubts: Iterable[OpenDoubt]) -> Iterator[OpenDoubt | AlikeDoubts]:
    """Yield doubts as they are asked, alike ones together, each where the first of them stands."""
    groups: dict[tuple[Any, ...], list[OpenDoubt]] = {}
    rounds: dict[tuple[Any, ...], int] = {}
    for each in doubts:
        alike = (each.carrier[:-1], each.keys) if is_listed(each.carrier) else (each,)
        group = groups.setdefault((*alike, rounds.get(alike, 0)), [])
        group.append(each)
        if len(group) == MOST_ROWS:
            rounds[alike] = rounds.get(alike, 0) + 1
    for group in groups.values():
        question = one_question(group)
        if question is not None:
            yield question


def stands(data: Mapping[str, Any], doubt: OpenDoubt) -> bool:
    """Tell whether there is something that can be right as it stands."""
    return set(doubt.keys) <= set(value_at(data, doubt.carrier))


def answered(data: Mapping[str, Any], doubts: Sequence[OpenDoubt], way: Way) -> dict[str, Any]:
    """Return data in which doubts, told in the order in which they stand, are answered."""
    new = dict(data)
    for doubt in reversed(doubts):  # so that those before it stay where they are
        new = way(new, doubt)
    return new


def left_after(
    data: Mapping[str, Any], doubts: Sequence[OpenDoubt], way: Way
) -> dict[OpenDoubt, OpenDoubt]:
    """Return where each doubt that is left stands once some have been answered."""
    moved = {each: each for each in doubts_in(data)}
    for doubt in reversed(doubts):
        before, data = data, way(data, doubt)
        step = carried_over(before, data, doubt)
        moved = {was: step[now] for was, now in moved.items() if now in step}
    return moved


def set_to(value: Any) -> Way:
    """Return the answer that a single key has a value."""
    return lambda data, doubt: confirmed(data, doubt, {doubt.keys[0]: value})


AS_IT_STANDS: Final[Way] = confirmed
NOT_SAID: Final[Way] = left_out
