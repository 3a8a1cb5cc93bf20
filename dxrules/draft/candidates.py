"""What the rules find in the sentences: candidates for the keys of a plan file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from dxrules.document.normal import squeezed, unwrapped
from dxrules.document.signs import number_in, sign_of
from dxrules.draft.lexicon import Lexicon, ReadingRule
from dxrules.draft.lexicon_files import Grade
from dxrules.draft.outline import Sentence
from dxrules.draft.phrase_index import PhraseIndex
from dxrules.draft.phrases import Found, Phrase, given_places
from dxrules.draft.post_clauses import by_post, of_posts
from dxrules.draft.sameness import is_span, shorter
from dxrules.frozen import frozen
from dxrules.source.types import MAX_FRAGMENT

UNTOLD: Final = "?"
"""Stands for a value where a document names the thing, and no rule tells the value."""
_BEGINNINGS: Final = frozenset({"since", "start"})
_OF_A_DAY: Final = frozenset({"established", "on", "since"})
"""Keys of something that happened once: the period of a plan is no day of it."""
_FROM: Final = re.compile("(?:から|より|以降|[~〜～])$")
"""A beginning is the day itself: 令和5年4月から began in that month."""
_NOTES: Final = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


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
    sentences: Sequence[Sentence], reading: Lexicon, rules: PhraseIndex[ReadingRule] | None = None
) -> Iterator[Candidate]:
    """Yield what the rules find, by sentence and rule; a value that no reader takes is none."""
    chosen = reading.rules if rules is None else rules
    posts = of_posts(reading)
    for entry, sentence in enumerate(sentences):
        if sentence.block.kind == "table":
            continue
        is_of_tasks = is_of_standardization(sentence, reading)
        apart = [*by_post(sentence, reading)]
        for rule, phrase in chosen.within(sentence.said):
            is_whole = not (apart and rule.of in posts) and _fits(rule, sentence)
            if is_whole and (is_of_tasks or rule.of != _OF_TASKS):
                yield from _given(rule, phrase, sentence, reading, entry)
        for clause, of in apart:
            for rule, phrase in chosen.within(clause.said):
                if rule.of in of and _fits(rule, clause):
                    yield from _given(rule, phrase, clause, reading, entry)


_OF_TASKS: Final = "standardization"


def is_of_standardization(sentence: Sentence, reading: Lexicon) -> bool:
    """Tell whether tasks of which a sentence tells are those of standardization: not of RPA."""
    if _OF_TASKS in sentence.about:
        return True
    beside = squeezed(sentence.block.text)
    return any(word in beside for word in reading.ends("of-standardization"))


def _fits(rule: ReadingRule, sentence: Sentence) -> bool:
    if rule.cover and not sentence.cover:
        return False
    is_own = sentence.is_of_provisions and rule.of.startswith("provisions.")
    if sentence.voice not in rule.voice and not (is_own and "town" in rule.voice):
        return False
    return not rule.under or not set(rule.under).isdisjoint(sentence.about)


def _given(
    rule: ReadingRule, phrase: Phrase, sentence: Sentence, reading: Lexicon, entry: int
) -> Iterator[Candidate]:
    for places in phrase.matches(sentence.said):
        if not _is_heard(rule, sentence.said):
            return
        for key, pattern in rule.gives.items():
            if key == "cycle" and _is_of_telling(sentence.said, places):
                continue
            value = _value(pattern, places, sentence, reading)
            if value is not None and key in _BEGINNINGS:
                value = _FROM.sub("", value)
            if value and not (key in _OF_A_DAY and is_span(value)):
                value = shorter(key, value, MAX_FRAGMENT)
                place = _place(pattern, places)
                quote, grade = quoted(sentence, places["whole"], place), rule.grade
                if rule.of == _OF_REVIEW and _is_of_meeting(sentence.said, places):
                    grade = "doubtful"
                if place and not _is_shown(place.text, value, quote):
                    grade = "doubtful"  # what cannot be quoted cannot be looked up
                yield Candidate(rule.of, key, value, grade, rule.id, quote, entry)


_OF_REVIEW: Final = "provisions.progress-review"
_MEETS: Final = re.compile(
    "(?:程度|以上)?[、にの]?(?:定期的に)?(?:[一-龥ァ-ヶA-Z]{2,10}を)?(?:開催|開き|開く|開い|招集)"
)


def _is_of_meeting(said: str, places: Mapping[str, Found]) -> bool:
    """Tell whether a cycle is that of a meeting, which may do more than review: 年4回開催し."""
    found = places.get("cycle")
    return found is not None and _MEETS.match(said, found.end) is not None


def _is_of_telling(said: str, places: Mapping[str, Found]) -> bool:
    """Tell whether a cycle is that of telling the results: 点検し、結果を毎年公表します."""
    found = places.get("cycle")
    if found is None:
        return False
    is_of_results = _RESULTS.search(said[: found.start]) is not None
    return is_of_results and _TOLD.match(said, found.end) is not None


_RESULTS: Final = re.compile("結果[をは]、?$")
_TOLD: Final = re.compile("[^。、]{0,16}(?:公表|公開|知らせ|掲載|載せ)")


def _is_heard(rule: ReadingRule, said: str) -> bool:
    """Tell whether a sentence has one of the phrases beside a rule, and none that it lacks."""
    if any(next(lack.matches(said), None) for lack in rule.unless):
        return False
    return not rule.beside or any(next(has.matches(said), None) for has in rule.beside)


def _is_shown(words: str, value: str, quote: Quote) -> bool:
    """Tell whether a value, or the words that are its code, stand in a quotation."""
    shown = squeezed(quote.text)
    return squeezed(value) in shown or words in shown


def _place(pattern: str, places: Mapping[str, Found]) -> Found | None:
    """Return what stands at the place that a value is taken from; None of a constant."""
    return next((places[name] for name in given_places(pattern) if name in places), None)


def _value(
    pattern: str, places: Mapping[str, Found], sentence: Sentence, reading: Lexicon
) -> str | None:
    """Return the value that a rule gives: a constant, or the words at a place, or their code."""
    asked = given_places(pattern)
    if not asked:
        return pattern
    place = next((each for each in asked if each in places), None)
    if place is None:
        return None
    found, name = places[place], place.replace("_", "-")
    if name in reading.codes:
        return reading.code_of(name, found.text)
    if name == "count":
        return str(number_in(found.text) or found.text)
    words = sentence.original(found.start, found.end) if name != "whole" else sentence.text
    words = unwrapped(without_notes(words)).strip("「」『』")
    is_name = name in reading.lists and reading.lists[name].is_name
    return _name_in(words) if is_name else words


_PARTICLE: Final = re.compile("^(?:には|にも|では|[にはをがのとで])(?=[A-ZＡ-Ｚァ-ヶ一-龥])")
"""What belongs to the words before a name: 各課にDX推進リーダーを."""
_CLAUSE: Final = re.compile(r"^.*(?:とする|である|職員を|者を|第[0-9]{1,3}条\s*)(?=.)")
"""What tells of a name before it: 町長を本部長とするDX推進本部."""


def _name_in(words: str) -> str:
    """Return a name without what stands before it: a clause, a particle, the sign of an item.

    >>> _name_in("1 DX推進委員会"), _name_in("町長を本部長とするDX推進本部")
    ('DX推進委員会', 'DX推進本部')
    """
    sign = sign_of(words)
    plain = words if sign is None else sign.rest
    return _PARTICLE.sub("", _CLAUSE.sub("", plain)) or words


def without_notes(words: str) -> str:
    """Return words without the marks of footnotes in them.

    >>> without_notes("DX¹推進リーダー")
    'DX推進リーダー'
    """
    return _NOTES.sub("", words)


def quoted(sentence: Sentence, whole: Found, focus: Found | None = None) -> Quote:
    """Return a quotation of a part of a sentence, short enough for evidence, with its focus."""
    focus = focus or Found("", whole.start, whole.start)
    start, end = whole.start, whole.end
    if len(sentence.original(start, end)) > MAX_FRAGMENT:
        start, end = focus.start, max(focus.end, focus.start + 1)
        while len(sentence.original(start, end)) < MAX_FRAGMENT and (
            start > whole.start or end < whole.end
        ):
            start, end = max(start - 1, whole.start), min(end + 1, whole.end)
    text = unwrapped(sentence.original(start, end))
    return Quote(text[:MAX_FRAGMENT].strip(), sentence.section, sentence.page, sentence.place)


def part(sentence: Sentence, start: int, end: int) -> Found:
    """Return a part of a sentence by its place in the squeezed text."""
    end = min(max(end, start + 1), len(sentence.said))
    return Found(sentence.said[start:end], min(start, end - 1), end)
