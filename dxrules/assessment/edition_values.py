"""Values and entries of two editions: whether they say the same, and which belong together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from dxrules.document.normal import squeezed
from dxrules.draft.sameness import same

_LEAST: Final = 4
"""Signs by which an entry is known again where its title is another."""


def is_same(key: str, one: Any, other: Any) -> bool:
    """Tell whether two values say the same; of lists, whether the second adds nothing."""
    if isinstance(one, str) and isinstance(other, str):
        in_short = key == "title" and len(other) >= _LEAST and squeezed(other) in squeezed(one)
        return in_short or same(key, one) == same(key, other)
    if isinstance(one, list) and isinstance(other, list):
        known = [_plain(each) for each in one]
        return all(any(_covers(each, said) for said in known) for each in map(_plain, other))
    return bool(_plain(one) == _plain(other))


def _plain(value: Any, key: str = "") -> Any:
    """Return a value without doubts, in which dates are days and texts are squeezed."""
    if isinstance(value, dict):
        return {name: _plain(each, name) for name, each in value.items() if name not in _ASIDE}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if key not in _YEARS:
        return same(key, str(value))
    said = squeezed(str(value))
    return same("on", f"{said.rstrip('年')}年度" if _YEAR.fullmatch(said) else said)


_YEARS: Final = frozenset({"on", "year", "observed"})
_YEAR: Final = re.compile("(?:令和|平成|[RH])?[0-9元]{1,4}年?")
"""In a table of indicators R6 is a fiscal year."""
_ASIDE: Final = frozenset({"doubts", "evidence", "id", "followed"})


def _covers(read: Any, said: Any) -> bool:
    """Tell whether an entry of a list says all that was read; it may say more."""
    if isinstance(read, dict) and isinstance(said, dict):
        return read.items() <= said.items()
    return bool(read == said)


def paired(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Return which entry of a new list is which of an old one: by title, else by quoted words."""
    pairs: dict[int, int] = {}
    for tells in (title_of, _quoted):
        free = [n for n in range(len(new)) if n not in pairs.values()]
        for number, entry in enumerate(old):
            words = tells(entry)
            if number in pairs or len(words) < _LEAST:
                continue
            found = [n for n in free if alike(words, tells(new[n])) and n not in pairs.values()]
            found.sort(key=lambda n: words != tells(new[n]))
            if len(found) == 1 or (found and tells is title_of):
                pairs[number] = found[0]
    return pairs


def title_of(entry: Mapping[str, Any]) -> str:
    """Return the squeezed title of an entry; nothing where it has none."""
    return squeezed(str(entry.get("title", "")))


def _quoted(entry: Mapping[str, Any]) -> str:
    return next((squeezed(str(each.get("text", ""))) for each in entry.get("evidence", ())), "")


def alike(one: str, other: str) -> bool:
    """Tell whether two titles are the same, or one is the other in short."""
    return one == other or (len(other) >= _LEAST and (one in other or other in one))
