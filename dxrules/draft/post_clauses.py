"""What a sentence says of each post where it tells of several: clause by clause, row by row.

「CIOは副市長とし、CIO補佐官の任用については検討します」 considers the aide alone; and the row
「CIO補佐官 | (空席) | CIOへの助言」 tells of the aide, whoever it helps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from dxrules.draft.lexicon import Lexicon
from dxrules.draft.outline import Sentence

_KIND: Final = "post"
_END: Final = (
    "(?:とし|<post-held>|あり|なり|おり|<appointing>し|(?:まし|しまし)?たが"
    "|(?:て|で)?いますが|ですが|おらず|<post-lacking>)、"
)
"""The end of what is said of one post."""
_LABEL: Final = re.compile("([^:。]{1,40}):")


@lru_cache(maxsize=8)
def _named(patterns: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?P<{id_.replace('-', '_')}>{pattern})" for id_, pattern in patterns)
    )


def by_post(sentence: Sentence, reading: Lexicon) -> Iterator[tuple[Sentence, frozenset[str]]]:
    """Yield what is said of several posts, each with the paths that it is of; else nothing."""
    patterns = tuple((id_, p) for id_, (kind, p) in reading.things.items() if kind == _KIND)
    if not patterns:
        return
    posts = _named(patterns)
    found = [(each.start(), _id(each)) for each in posts.finditer(sentence.said)]
    known = {id_ for _, id_ in found}
    if len(known) < 2:  # noqa: PLR2004
        return
    label = _LABEL.match(sentence.said)
    named = {id_ for start, id_ in found if label is not None and start < label.end()}
    if named:
        yield sentence, frozenset(named)
        return
    cuts = [
        each.end()
        for each in reading.pattern(_END).finditer(sentence.said)
        if _begins(sentence.said[each.end() :], posts, reading)
        - {i for s, i in found if s < each.end()}
    ]
    for start, end in zip([0, *cuts], [*cuts, len(sentence.said)], strict=True) if cuts else ():
        of = frozenset(id_ for place, id_ in found if start <= place < end)
        part = replace(sentence, said=sentence.said[start:end], starts=sentence.starts[start:end])
        yield part, of


def of_posts(reading: Lexicon) -> frozenset[str]:
    """Return the paths of the posts."""
    return frozenset(
        f"provisions.{id_}" for id_, (kind, _) in reading.things.items() if kind == _KIND
    )


def _id(found: re.Match[str]) -> str:
    return f"provisions.{str(found.lastgroup).replace('_', '-')}"


def _begins(said: str, posts: re.Pattern[str], reading: Lexicon) -> set[str]:
    """Return the post that the rest of a sentence goes on to tell of."""
    found = posts.search(said, 0, _WITHIN)
    if found is None or re.search("[、。]", said[: found.start()].removeprefix("また、")):
        return set()
    return {_id(found)} if reading.pattern(_TOPIC).match(said, found.end()) else set()


_WITHIN: Final = 60
_TOPIC: Final = "[)」』]*(?:は|には|も|に|について|の(?:<appointing>|職)[^、。]{0,6}?(?:は|を|も))"
