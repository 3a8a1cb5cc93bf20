"""Text in Japanese and English, and how wide it is on a terminal."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import ClassVar, Literal

from dxrules.frozen import frozen

Lang = Literal["ja", "en"]
LANGS: tuple[Lang, ...] = ("ja", "en")


@frozen
class Text:
    """The same content in both languages."""

    __pydantic_config__: ClassVar = {"extra": "forbid", "str_min_length": 1}

    ja: str
    en: str

    def in_(self, lang: Lang) -> str:
        """Return the text in `lang`."""
        return self.ja if lang == "ja" else self.en

    def format(self, **values: Text | str | int) -> Text:
        """Fill `{name}` placeholders; a Text fills each language with its own side."""
        return Text(*(self.in_(lang).format_map(_in_lang(values, lang)) for lang in LANGS))

    def __add__(self, other: Text) -> Text:
        """Append `other` in each language."""
        return Text(self.ja + other.ja, self.en + other.en)


def _in_lang(values: dict[str, Text | str | int], lang: Lang) -> dict[str, str | int]:
    return {name: v.in_(lang) if isinstance(v, Text) else v for name, v in values.items()}


PLACEHOLDER = re.compile(r"\{(\w+)\}")
"""A name in braces, which `Text.format` fills."""


def placeholders(text: str) -> list[str]:
    """Return the names in braces."""
    return PLACEHOLDER.findall(text)


def same(text: str) -> Text:
    """Return what reads alike in both languages: an id, a figure, a quotation."""
    return Text(text, text)


def join(texts: list[Text] | tuple[Text, ...]) -> Text:
    """List texts: with 、 in Japanese, with commas in English."""
    return Text("、".join(t.ja for t in texts), ", ".join(t.en for t in texts))


def shorten(text: str, longest: int = 60) -> str:
    r"""Return a text as a message can quote it: on one line, and not too long.

    >>> shorten("a\nb"), shorten("abcdef", 4)
    ('a b', 'abc…')
    """
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


_HIDDEN = re.compile(
    "[\0-\x1f\x7f-\x9f"  # C0, C1: they move the cursor, colour, ring, hide
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the direction of a line
    "\u2028\u2029"  # they break a line
    "\ud800-\udfff\ufeff\ufffe\uffff]"  # halves, marks and no characters
)
_COMMAND = re.compile(r"^(\s*):(?=:)|##(?=\[|vso\[|teamcity\[)", re.MULTILINE)
"""What a CI service would take for a command: GitHub, Azure Pipelines, TeamCity."""
_BREAK = "\u200b"
_OF_BYTES = range(0xDC80, 0xDD00)
"""How Python keeps the bytes of a file name that is not UTF-8."""


def visible(text: str) -> str:
    r"""Return a text on one line in which every character that acts is shown as its code.

    The one way out for names and texts of files: to a terminal, a log, a report. Bytes of a file
    name that are not UTF-8 are shown as such.

    >>> visible("a\x1b[31m\u202e"), visible("\udcff"), visible("町 a\n")
    ('a<U+001B>[31m<U+202E>', '<FF>', '町 a<U+000A>')
    """
    return _HIDDEN.sub(_code, text)


def _code(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"<{code - 0xDC00:02X}>" if code in _OF_BYTES else f"<U+{code:04X}>"


def printable(text: str) -> str:
    r"""Return a text of several lines for a terminal or a log, with no command for either.

    Line feeds stay; every other character that acts is shown as its code, and a line that a CI
    service would obey is broken by a space of no width.

    >>> printable("a\r\n ::error::b").encode("ascii", "backslashreplace").decode()
    'a<U+000D>\n :\\u200b:error::b'
    """
    shown = "\n".join(map(visible, text.split("\n")))
    return _COMMAND.sub(lambda found: found[0] + _BREAK, shown)


def width(text: str) -> int:
    """Return the columns that `text` takes on a terminal; wide characters take two.

    wcwidth knows more of emoji and scripts that no plan is written in, and takes longer to
    import than judging a plan does.

    >>> width("町 town")
    7
    """
    return len(text) if text.isascii() else sum(map(char_width, text))


@cache
def char_width(char: str) -> int:
    """Return the columns that one character takes: 0 where it joins the one before."""
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
