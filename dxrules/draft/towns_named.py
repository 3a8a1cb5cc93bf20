"""Whose plan a document is, by the municipalities that it names; which sentences tell of others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from dxrules.document.normal import squeeze, squeezed
from dxrules.document.original import Original
from dxrules.draft.candidates import Quote
from dxrules.frozen import frozen
from dxrules.reference.gazetteer import Gazetteer, Government

_NAME: Final = re.compile("[一-龥々〇ぁ-んァ-ヶー]{1,8}?[市町村区]")
_APART: Final = re.compile("[^一-龥々]|[都道府県郡市次期度版]")
"""What a name stands after that is not the end of a longer one, as 坂町 is of 羽根坂町.

第2次坂町DX推進計画 and 令和8年度坂町DX推進計画 begin with its number or its year.
"""
_LONGEST_NAME: Final = 9
_FRONT: Final = 12
"""Blocks, at the beginning, among which a cover is."""
_FRONT_COUNTS: Final = 20
"""How often in the text a name on the cover counts."""


@frozen
class Whose:
    """The municipality of a plan; `rivals` are others that it may be, `said` where it stands."""

    found: Government
    rivals: tuple[Government, ...]
    quote: Quote


def municipality_of(original: Original, gazetteer: Gazetteer) -> Whose | None:
    """Return whose document it is, by the names on its cover and how often they stand in it.

    A name counts if it stands at least once where no longer name can be meant.
    """
    counts: Counter[Government] = Counter()
    apart: set[Government] = set()
    first: dict[Government, Quote] = {}
    prefectures = _prefectures(original, gazetteer)
    for place, block in enumerate(original.blocks):
        weight = _FRONT_COUNTS if place < _FRONT else 1
        said = squeeze(block.text)
        for start, name in _names(said.text, gazetteer):
            before = block.text[: said.starts[start]][-1:]
            for each in gazetteer.named(name):
                prior = (before + name.removesuffix(each.name.ja))[-1:]
                if not prior or _APART.match(prior):
                    apart.add(each)
                named = prefectures[each.prefecture]
                counts[each] += weight * 100 + min(named, 99)
                quote = Quote(name, "".join(block.section) or "表紙", block.page, place)
                first.setdefault(each, quote)
    ranked = [(each, count) for each, count in counts.most_common() if each in apart]
    if not ranked:
        return None
    best, score = ranked[0]
    rivals = tuple(each for each, other in ranked[1:] if _is_close(best, score, each, other))
    return Whose(best, rivals, first[best])


def _is_close(best: Government, score: int, each: Government, other: int) -> bool:
    """Tell whether another one may be meant: of the same name and prefecture unknown, or as often.

    One whose prefecture the document names more often is meant.
    """
    if each.name.ja == best.name.ja:
        return other == score
    return other * 2 > score


def _prefectures(original: Original, gazetteer: Gazetteer) -> Counter[str]:
    text = "".join(squeezed(block.text) for block in original.blocks)
    return Counter(
        {each.prefecture: text.count(each.name.ja) for each in gazetteer.prefectures.values()}
    )


def _names(said: str, gazetteer: Gazetteer) -> Iterator[tuple[int, str]]:
    """Yield where names of municipalities begin in a squeezed text, and the longest there."""
    end = 0
    for found in re.finditer("[市町村区]", said):
        for start in range(max(end, found.start() - _LONGEST_NAME), found.start()):
            name = said[start : found.end()]
            if _NAME.fullmatch(name) and gazetteer.named(name):
                end = found.end()
                yield start, name
                break


def is_of_other(said: str, whose: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a squeezed sentence is about another municipality: 「…市では、」."""
    for found in re.finditer("[市町村区](?=(?:において|では|は|の[事取])[、,]?)", said):
        for start in range(max(0, found.start() - _LONGEST_NAME), found.start()):
            name = said[start : found.end()]
            if name != whose and _NAME.fullmatch(name) and gazetteer.named(name):
                return whose not in said
    first = _FIRST_NAMED.match(said)
    alike = first is not None and (whose.endswith(first[1]) or first[1].endswith(whose))
    return first is not None and not alike and whose not in said


_FIRST_NAMED: Final = re.compile(
    "[・○●◦]?(?![^市町村]*(?:全|各|構成|関係|県内|国|旧))([一-龥々ぁ-んァ-ヶノ]{2,6}(?<![市町村])[市町村])(?:は|では)"
)
"""A municipality that a sentence begins with: 稲田町は、介護保険料を…."""
