"""Which of many phrases may stand in a sentence, by the words without which none of them does.

Of a thousand phrases a sentence has the words of a few, and only those are tried on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import add
from typing import Final, Generic, TypeVar

from dxrules.draft.phrases import Phrase, rarity

T = TypeVar("T")
_PAIR: Final = 2
"""Signs by which words are looked up."""


class WordIndex:
    """Words, looked up in a text by their first two signs."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_pair: dict[str, list[str]] = defaultdict(list)
        for word in dict.fromkeys(words):
            self._by_pair[word[:_PAIR]].append(word)

    def held(self, text: str) -> set[str]:
        """Return the words that stand in a text."""
        known = self._by_pair
        found = known.keys() & set(text)
        for pair in known.keys() & set(map(add, text, text[1:])):
            found.update(word for word in known[pair] if word in text)
        return found

    def within(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield each place where a word stands in a text, with the word."""
        known = self._by_pair
        for place, sign in enumerate(text):
            if sign in known:
                yield place, sign
            for word in known.get(text[place : place + _PAIR], ()) if place + 1 < len(text) else ():
                if text.startswith(word, place):
                    yield place, word


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
        self._words = WordIndex(
            word for _, phrase in self._known for need in phrase.needs for word in need
        )

    def within(self, said: str) -> Sequence[tuple[T, Phrase]]:
        """Return what a squeezed text may have, with its phrase."""
        held = self._words.held(said)
        numbers = {number for word in held for number in self._by_word.get(word, ())}
        return [
            self._known[number]
            for number in sorted([*numbers, *self._always])
            if not any(need.isdisjoint(held) for need in self._known[number][1].needs)
        ]
