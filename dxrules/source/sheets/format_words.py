"""The words that a format puts around what a cell holds, as 約 and 年度 in 約2026年度."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dxrules.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[[^\]]*\]|(?P<general>general|[Gg]/標準)'
    r"|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_CODE = re.compile(r"[0-9#?@A-Za-z%]")
"""The signs of a format that stand for a digit, a text or a part of a date; marks stand for
themselves, and say nothing."""
_TEXT_SECTION = 3
_SPOKEN = re.compile(r"\w")


@frozen
class Around:
    """Words before, between and after what a section shows; `shows` tells whether it does."""

    before: str = ""
    between: str = ""
    after: str = ""
    shows: bool = False

    @property
    def words(self) -> str:
        """All that is said, without marks; nothing if a section has marks alone."""
        said = self.before + self.between + self.after
        return said if _SPOKEN.search(said) else ""


def sections(form: str) -> list[str]:
    """Return the sections of a format: of positive numbers, negative ones, zero, and texts.

    >>> sections('0;"a;b"0;0')
    ['0', '"a;b"0', '0']
    """
    found = [""]
    for each in _TOKEN.finditer(form):
        if each["plain"] == ";":
            found.append("")
        else:
            found[-1] += each[0]
    return found


def of_texts(form: str) -> str:
    """Return the section that a text is shown by; `@` where a format says nothing of texts."""
    parts = sections(form)
    if len(parts) > _TEXT_SECTION:
        return parts[_TEXT_SECTION]
    return next((each for each in parts if around(each).shows and "@" in each), "@")


def around(section: str) -> Around:
    """Return the words of a section.

    >>> around('"約"0.0"年度"'), around("yyyy年m月頃").after, around('"-"').shows
    (Around(before='約', between='', after='年度', shows=True), '月頃', False)
    """
    words = ["", "", ""]
    shows = False
    for literal, said in _tokens(section):
        if literal:
            words[2 if shows else 0] += said
        else:
            words[1] += words[2]
            words[2], shows = "", True
    return Around(words[0], words[1], words[2], shows)


def _tokens(section: str) -> Iterator[tuple[bool, str]]:
    """Yield what is a word, and what stands for something that the cell holds."""
    for each in _TOKEN.finditer(section):
        said = each["quoted"] or each["escaped"] or ""
        if each["general"] or (each["plain"] and _CODE.match(each["plain"])):
            yield False, each[0]
        elif said or (each["plain"] and not each["plain"].isascii()):
            yield True, said or each["plain"]
