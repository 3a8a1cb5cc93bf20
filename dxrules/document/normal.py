"""Text normalised for comparing copies, with the position that each character came from.

Whoever copies from a PDF, a page or a scan gets other widths, blanks and dashes. Two texts are
the same if they are the same after `squeeze`; nothing else is forgiven.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from dxrules.frozen import frozen
from dxrules.texts import NOWHERE

_MARKS: Final = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Superscript digits: marks of footnotes, so 「DX¹」 is 「DX」."""
_UNITS: Final = frozenset("mｍ㎝㎞㎜")
"""After these they are powers: a m² is not a m."""
_SAME: Final = {
    **dict.fromkeys("‐‑‒–—―−⁃﹣➖", "-"),
    **dict.fromkeys("〜∼∿～", "~"),
    **dict.fromkeys("･•∙⋅‧", "・"),
    **dict.fromkeys("“”„‟″〝〞〟", '"'),
    **dict.fromkeys("‘’‛′", "'"),
    **dict.fromkeys("➡➔➜⇒⟶⇨", "→"),
    **dict.fromkeys("⁎∗＊", "*"),
    "…": "...",
    "‥": "..",
    "❘": "|",
}
"""Signs that look alike and are typed one for another; NFKC takes them for different ones."""
_VOICED: Final = frozenset("ﾞﾟ")
"""Marks of half-width kana, which belong to the sign before."""


@frozen
class Squeezed:
    """A text after `squeeze`; `starts` tells of each sign where in the text it came from."""

    text: str
    starts: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return which part of the text some signs of it, at least one, came from.

        >>> squeeze("第 １ 章").original(1, 2)
        (2, 3)
        """
        return self.starts[start], self.starts[end - 1] + 1


def squeeze(text: str) -> Squeezed:
    """Return a text without blanks and footnote marks, in one width, with one of each dash.

    >>> squeeze("ＤＸ¹推進　計画～").text
    'DX推進計画~'
    """
    plain = [_PLAIN[code] for code in map(ord, text)]
    starts: Sequence[int] = range(len(text))
    if _ODD in plain:
        plain, starts = _by_cluster(text)
    return Squeezed(
        "".join(plain),
        tuple(place for place, signs in zip(starts, plain, strict=True) for _ in signs),
    )


def squeezed(text: str) -> str:
    """Return the text alone of `squeeze`."""
    return _squeezed(text) if len(text) <= _SHORT else _of_block(text)


@lru_cache(maxsize=4)
def _of_block(text: str) -> str:
    """Return a long squeezed text; that of a block is asked for with each of its sentences."""
    return squeeze(text).text


@lru_cache(maxsize=20_000)
def _squeezed(text: str) -> str:
    """Return a squeezed text; cells and titles are asked for over and over."""
    plain = text.translate(_PLAIN)
    return squeeze(text).text if _ODD in plain else plain


_SHORT: Final = 200
"""Signs of a text that is remembered."""
_ODD: Final = "\udfff"
"""Stands for a sign that is nothing without the one before it."""


class _Plain(dict[int, str]):
    """The plain form of each sign that stands for itself, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        of_others = sign in _MARKS or sign in _VOICED or unicodedata.combining(sign)
        plain = _ODD if of_others else _plain(sign)
        if len(self) < _MOST_SIGNS:
            self[code] = plain
        return plain


_MOST_SIGNS: Final = 20_000
_PLAIN: Final = _Plain()


def _by_cluster(text: str) -> tuple[list[str], list[int]]:
    """Return the plain form of each sign with the marks that belong to it, and where it begins."""
    signs: list[str] = []
    starts: list[int] = []
    place, before = 0, ""
    while place < len(text):
        end = place + 1
        while end < len(text) and (text[end] in _VOICED or unicodedata.combining(text[end])):
            end += 1
        cluster = text[place:end]
        signs.append("" if cluster in _MARKS and before not in _UNITS else _plain(cluster))
        starts.append(place)
        place, before = end, cluster
    return signs, starts


_WRAPPED: Final = re.compile(r"(\S)[^\S\n]*\n\s*(\S)")


def unwrapped(text: str) -> str:
    r"""Return a text in one line: no blank where a word went on, one between words of Latin signs.

    >>> unwrapped("セキュリ\nティ"), unwrapped("Data\nBase"), unwrapped("DX\n推進  計画")
    ('セキュリティ', 'Data Base', 'DX推進 計画')
    """
    return " ".join(_WRAPPED.sub(lambda found: joint(found[1], found[2]), text).split())


def joint(before: str, after: str) -> str:
    """Return the end of a line and the beginning of the next with what stands between them."""
    is_latin = before[-1:].isascii() and after[:1].isascii()
    return f"{before} {after}" if is_latin else f"{before}{after}"


@lru_cache(maxsize=20_000)
def _plain(cluster: str) -> str:
    """Return a sign, with the marks that belong to it, in its plain form; nothing of a blank."""
    visible = NOWHERE.sub("", cluster)
    plain = "".join(_SAME.get(sign, sign) for sign in visible)
    plain = unicodedata.normalize("NFKC", plain)
    plain = "".join(_SAME.get(sign, sign) for sign in plain)
    return "".join(
        sign
        for sign in plain
        if not sign.isspace()
        and unicodedata.category(sign) != "Cf"
        and not "\ufe00" <= sign <= "\ufe0f"
        and not "\U000e0100" <= sign <= "\U000e01ef"
    )
