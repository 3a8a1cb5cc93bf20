"""What the readers of plan files take from a quoted fragment alone."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.phrases import Phrase, compile_phrase
from dxrules.draft.sameness import DATES, PERIODS, SEVERAL_DATES, same

COUNTS: Final = frozenset({"in_scope", "migrated", "measure_count"})
_KINDS: Final = (
    (PERIODS, "period"),
    (DATES, "date"),
    (SEVERAL_DATES, "dates"),
    (COUNTS, "count"),
)


def kind_of(key: str) -> str | None:
    """Return the kind of reader that takes the values of a key; None for words and codes."""
    return next((kind for keys, kind in _KINDS if key in keys), None)


_BEGINNINGS: Final = frozenset({"since", "start"})
_FROM: Final = re.compile("(?:から|より|以降)$")
"""Behind a day on which something began: the day itself is meant."""


@cache
def _phrase(kind: str) -> Phrase:
    return compile_phrase(f"{{{kind}}}", {})


def values_in(key: str, words: str) -> tuple[str, ...]:
    """Return the values of a key that a fragment holds, as they are written; none of other keys.

    >>> values_in("in_scope", "標準化対象業務(17業務)"), values_in("title", "DX計画")
    (('17',), ())
    """
    kind = kind_of(key)
    if kind is None:
        return ()
    found: dict[object, str] = {}
    for places in _phrase(kind).matches(squeezed(words)):
        text = places[kind].text
        text = _FROM.sub("", text) if key in _BEGINNINGS else text
        bare = text.strip("()")
        meant = same(key, text)
        found.setdefault(meant, bare if same(key, bare) == meant else text)
    return tuple(found.values())


def shows(key: str, value: str, words: str) -> bool:
    """Tell whether a fragment holds a value: in these words, or by the reader of its key."""
    wanted = same(key, value)
    if any(same(key, each) == wanted for each in values_in(key, words)):
        return True
    return kind_of(key) is None and squeezed(value) in squeezed(words)
