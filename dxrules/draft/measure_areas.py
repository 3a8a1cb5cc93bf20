"""Of which area a measure is: by its title, by the headings that gather it, by what else is told.

A title names an area for itself, as 電子契約, or but a place or an object that measures of several
areas have, as 窓口. What it names for itself counts, unless its words, the words beside it or the
heading above it leave room for another area. A title that names none is of the area of a heading
that says nothing else, as デジタルデバイド対策.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import bare
from dxrules.frozen import frozen

_AREA: Final = "area"
_TRAINING: Final = "研修"
_OF_TRAINING: Final = "talent"
"""Else a training may be of what it teaches, or of those who are trained."""


@frozen
class AreasOfMeasure:
    """The areas of a measure, whether they are sure, and all that may be meant where not."""

    areas: tuple[str, ...]
    is_sure: bool
    candidates: tuple[str, ...]


@frozen
class _Named:
    """The areas that a text names for themselves, those of which it names a place, and the rest."""

    areas: tuple[str, ...]
    places: tuple[str, ...]
    is_open: bool
    rest: str
    """The text without those words; a line ends where one stood."""

    @property
    def all(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.areas, *self.places)))


_NOTHING: Final = _Named((), (), is_open=False, rest="")


def areas_of(
    title: str, above: Sequence[str], others: str, reading: Lexicon
) -> AreasOfMeasure | None:
    """Return the areas of a measure; None if no word tells of any.

    `above` are the headings that gather it, nearest first; `others` is what is told beside it.
    """
    own = _named(squeezed(title), reading)
    headings = (_named(bare(squeezed(each)), reading, by_phrases=False) for each in above)
    near = next((each for each in headings if each.areas), _NOTHING)
    beside = _named(squeezed(others), reading, by_phrases=False)
    told = tuple(dict.fromkeys(code for *_, code in sorted(reading.told(_AREA, squeezed(others)))))
    perhaps = _perhaps(squeezed(title), reading)
    found = own.all or near.all or beside.all or told or perhaps[:1]
    if not found:
        return None
    is_sure = False
    if len(own.areas) == 1:
        is_sure = _is_settled(own, near, beside, reading)
    elif len(own.places) == 1 and not own.areas and not own.is_open:
        is_sure = own.places == near.areas or (own.places == beside.areas and not near.areas)
    elif not own.all:
        is_sure = len(near.areas) == 1 and _is_nothing_else(near, reading)
    if is_sure:
        found = own.areas or own.places or near.areas
    others_too = (*found, *near.all, *beside.all, *told)
    candidates = tuple(dict.fromkeys((*others_too, *perhaps[: max(_MOST - len({*others_too}), 0)])))
    return AreasOfMeasure(found, is_sure, candidates)


_MOST: Final = 6
"""Areas that are asked of a measure by words that tell too little for more."""


def _perhaps(title: str, reading: Lexicon) -> tuple[str, ...]:
    """Return the areas that words of a title may tell of, the longest word first."""
    pairs = (each.partition(" ") for each in reading.lists["area-perhaps"].words)
    within = sorted((-len(word), codes) for word, _, codes in pairs if squeezed(word) in title)
    return tuple(dict.fromkeys(code for _, codes in within for code in codes.split()))


def _named(text: str, reading: Lexicon, *, by_phrases: bool = True) -> _Named:
    """Return what a squeezed text names; a word that leaves it open counts but once it is read."""
    places = reading.ends("area-by-place")
    spans = [*reading.named(_AREA, text)]
    for each in sorted(reading.told(_AREA, text)) if by_phrases else ():
        spans += [] if _begins_in(each, spans) else [each]
    spans.sort()
    areas = dict.fromkeys(code for start, end, code in spans if text[start:end] not in places)
    only = dict.fromkeys(code for *_, code in spans if code not in areas)
    opening = (each for word in reading.ends("area-open") for each in _all_of(word, text))
    is_open = any(not _is_part(each, spans) for each in opening)
    return _Named(tuple(areas), tuple(only), is_open, _without(text, spans))


def _all_of(word: str, text: str) -> Iterator[tuple[int, int]]:
    start = text.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = text.find(word, start + len(word))


def _is_part(word: tuple[int, int], spans: Iterable[tuple[int, int, str]]) -> bool:
    """Tell whether a word is but a part of a longer one: 講座 of スマートフォン講座."""
    start, end = word
    return any(s <= start and end <= e and e - s > end - start for s, e, _ in spans)


def _begins_in(phrase: tuple[int, int, str], spans: Iterable[tuple[int, int, str]]) -> bool:
    """Tell whether a phrase begins within words of another area, as 予約の電子化 in 公用車予約."""
    return any(s <= phrase[0] < e and code != phrase[2] for s, e, code in spans)


def _without(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    covered = {place for start, end, _ in spans for place in range(start, end)}
    return "".join("\n" if place in covered else sign for place, sign in enumerate(text))


def _is_settled(own: _Named, near: _Named, beside: _Named, reading: Lexicon) -> bool:
    """Tell whether the one area that a title names for itself is all that it is of."""
    area = own.areas[0]
    rest = own.rest.replace("\n", "")
    is_of_another = (
        own.is_open
        or area not in reading.ends("area-by-title")
        or bool(near.areas and area not in near.areas)
        or bool(_partners(area, "area-with", reading) & {*near.areas, *beside.areas})
        or bool(set(own.places) - _partners(area, "area-of-place", reading))
        or any(word in rest for word in _partners(area, "area-not-in", reading))
    )
    if is_of_another:
        return False
    if area in reading.ends("area-explicit") or _is_nothing_else(own, reading):
        return True
    others = set() if area == "regional-dx" else set(reading.ends("area-beside"))
    if area == _OF_TRAINING:
        others.discard(_TRAINING)
    return not any(other in rest for other in others)


def _partners(area: str, name: str, reading: Lexicon) -> set[str]:
    """Return what stands beside an area in a list of pairs."""
    pairs = (each.partition(" ") for each in reading.lists[name].words)
    return {other for one, _, other in pairs if one == area}


def _is_nothing_else(named: _Named, reading: Lexicon) -> bool:
    """Tell whether a text is but the words of an area, and such as say what is done with it.

    Of コンビニ交付サービスの導入 nothing is left that could be of another area.
    """
    rest = named.rest
    if named.is_open or (_TRAINING in rest and named.areas != (_OF_TRAINING,)):
        return False
    return not reading.any_of("doing-noun", "area-neutral").sub("", rest).replace("\n", "")
