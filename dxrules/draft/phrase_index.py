"""Which of many phrases may stand in a sentence, by the words without which none of them does.

Of a thousand phrases a sentence has the words of a few, and only those are tried on it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from dxrules.draft.phrases import rarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dxrules.draft.phrases import Phrase

T = TypeVar("T")
_PAIR: Final = 2
"""Signs by which words are looked up."""


class PhraseIndex(Generic[T]):
    """Things with their phrases; of those that a text may have the order is kept."""

    def __init__(self, things: Iterable[tuple[T, Sequence[Phrase]]]) -> None:
        given = tuple(things)
        self.things = tuple(thing for thing, _ in given)
        self._known = [(thing, phrase) for thing, phrases in given for phrase in phrases]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []
        for number, (_, phrase) in enumerate(self._known):
            if phrase.needs:
                for word in max(phrase.needs, key=rarity):
                    self._by_word[word].append(number)
            else:
                self._always.append(number)
        words = {word for _, phrase in self._known for need in phrase.needs for word in need}
        self._by_pair: dict[str, list[str]] = defaultdict(list)
        for word in words:
            self._by_pair[word[:_PAIR]].append(word)

    def within(self, said: str) -> Sequence[tuple[T, Phrase]]:
        """Return what a squeezed text may have, with its phrase."""
        held = self._words_in(said)
        numbers = {number for word in held for number in self._by_word.get(word, ())}
        return [
            self._known[number]
            for number in sorted([*numbers, *self._always])
            if not any(need.isdisjoint(held) for need in self._known[number][1].needs)
        ]

    def _words_in(self, said: str) -> set[str]:
        """Return those words of all phrases that stand in a text."""
        known, held = self._by_pair, set[str]()
        for place, sign in enumerate(said):
            if sign in known:
                held.add(sign)
            for word in known.get(said[place : place + _PAIR], ()):
                if said.startswith(word, place):
                    held.add(word)
        return held
