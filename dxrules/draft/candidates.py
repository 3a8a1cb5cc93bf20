"""What the rules find in the sentences: candidates for the keys of a plan file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from dxrules.frozen import frozen
from dxrules.source.types import MAX_FRAGMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dxrules.draft.models import Grade
    from dxrules.draft.outline import Sentence
    from dxrules.draft.phrases import Found
    from dxrules.draft.reading import Reading, Rule

UNTOLD: Final = "?"
"""Stands for a value where a document names the thing, and no rule tells the value."""
_BEGINNINGS: Final = frozenset({"since", "start"})
_FROM: Final = re.compile("(?:から|より|以降)$")
"""A beginning is the day itself: 令和5年4月から began in that month."""
_GIVEN = re.compile(r"\{([\w|-]+)\}")


@frozen
class Quote:
    """Where something stands: the words, at most as many as evidence may have, and their place."""

    text: str
    section: str
    page: int | None
    place: int


@frozen
class Candidate:
    """A value for a key of a mapping of the plan file, with the rule and the words it is from.

    `entry` tells apart the entries of a list that come from different sentences.
    """

    of: str
    key: str
    value: str
    grade: Grade
    rule: str
    quote: Quote
    entry: int = 0


def find(
    sentences: Sequence[Sentence], reading: Reading, rules: Iterable[Rule] | None = None
) -> Iterator[Candidate]:
    """Yield what the rules find, by sentence and rule; a value that no reader takes is none."""
    chosen = tuple(reading.rules if rules is None else rules)
    for entry, sentence in enumerate(sentences):
        if sentence.block.kind == "table":
            continue
        for rule in chosen:
            if _fits(rule, sentence):
                yield from _given(rule, sentence, reading, entry)


def _fits(rule: Rule, sentence: Sentence) -> bool:
    if rule.cover and not sentence.cover:
        return False
    if sentence.voice not in rule.voice:
        return False
    return not rule.under or not set(rule.under).isdisjoint(sentence.about)


def _given(rule: Rule, sentence: Sentence, reading: Reading, entry: int) -> Iterator[Candidate]:
    for phrase in rule.says:
        for places in phrase.matches(sentence.said):
            if any(next(lack.matches(sentence.said), None) for lack in rule.unless):
                return
            for key, pattern in rule.gives.items():
                value = _value(pattern, places, sentence, reading)
                if value is not None and key in _BEGINNINGS:
                    value = _FROM.sub("", value)
                if value:
                    around = places["whole"]
                    quote = quoted(sentence, around.start, around.end)
                    yield Candidate(rule.of, key, value, rule.grade, rule.id, quote, entry)


def _value(
    pattern: str, places: Mapping[str, Found], sentence: Sentence, reading: Reading
) -> str | None:
    """Return the value that a rule gives: a constant, or the words at a place, or their code."""
    asked = _GIVEN.fullmatch(pattern)
    if asked is None:
        return pattern
    name = next((each for each in asked[1].split("|") if each.replace("-", "_") in places), None)
    if name is None:
        return None
    found = places[name.replace("-", "_")]
    if name in reading.codes:
        return reading.code_of(name, found.text)
    words = sentence.original(found.start, found.end) if name != "whole" else sentence.text
    return " ".join(words.split()).strip("「」『』")


def quoted(sentence: Sentence, start: int, end: int) -> Quote:
    """Return a quotation of a part of a sentence, short enough for evidence."""
    text = " ".join(sentence.original(start, max(end, start + 1)).split())
    if len(text) > MAX_FRAGMENT:
        text = text[-MAX_FRAGMENT:].strip() if end - start > MAX_FRAGMENT else text[:MAX_FRAGMENT]
    return Quote(text.strip(), sentence.section, sentence.block.page, sentence.place)
