"""Text in Japanese and English, and how wide it is on a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
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

    def then(self, sentence: Text | None) -> Text:
        """Append another sentence, if there is one; 。 ends the first without a space."""
        return self if sentence is None else self + Text("", " ") + sentence


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


def join(texts: Iterable[Text], ja: str = "、", en: str = ", ") -> Text:
    """List texts: with 、 in Japanese and commas in English, or with other signs between them."""
    listed = tuple(texts)
    return Text(ja.join(t.ja for t in listed), en.join(t.en for t in listed))


def in_brackets(text: Text) -> Text:
    """Return a text in brackets, as it stands after what it explains."""
    return Text(f"({text.ja})", f" ({text.en})")


def more(number: int) -> Text:
    """Return how a list ends of which `number` entries are not shown."""
    return Text(f"、ほか{number}件", f" and {number} more") if number > 0 else Text("", "")


def some_of(texts: Sequence[Text], most: int) -> Text:
    """List the first of many texts, and say how many more there are."""
    return join([*texts[:most]]) + more(len(texts) - most)


def shorten(text: str, longest: int = 60) -> str:
    r"""Return a text as a message can quote it: on one line, visible, and not too long.

    >>> shorten("a\nb"), shorten("abcdef", 4), shorten("a\x1b[1m")
    ('a b', 'abc…', 'a<U+001B>[1m')
    """
    line = visible(" ".join(text.split()))
    return line if len(line) <= longest else line[: longest - 1] + "…"


_NOWHERE = (
    "\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0, C1: they move the cursor, colour, ring, hide
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the direction of a line
    "\u2028\u2029"  # they break a line
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f"
    "\u3164\uffa0\ufff0-\ufffb\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # nobody sees them
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # they format other scripts
    "\ud800-\udfff\ufeff\ufffe\uffff"  # halves, marks and no characters
)
_VARIANT = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""What chooses the form of the sign before, as in 辻󠄀: names are written with it, so it stays.

Programs that compare texts by their sound and look do not see it.
"""

NOWHERE = re.compile(f"[{_NOWHERE}]")
"""What no file may hold: characters that act, and those that nobody sees.

With the latter two names that look alike would be two names.
"""
_NOT_IN_A_LINE = f"[{_NOWHERE}\t\n\r]"
NOT_IN_LINES = re.compile(f"[{_NOWHERE}\t\r]")
"""What no text of several lines may hold."""

_COLOUR = r"\x1b\[(?:0|1|31;1|33|36)m"
COLOUR = re.compile(_COLOUR)
"""The codes by which a report for a terminal colours a word, and makes a heading stand out."""
_ESCAPED = rf"({_COLOUR})|[{_NOWHERE}\t\r]"

_COMMAND = (
    rf"(?im)^((?:[^\S\n]|[{_VARIANT}]|{_COLOUR})*):(?=[{_VARIANT}]*:)"
    rf"|#(?=[{_VARIANT}]*#[{_VARIANT}]*(?:\[|vso\[|teamcity\[))"
)
"""What a CI service would take for a command: GitHub, Azure Pipelines, TeamCity.

GitHub passes over the space before a command, whatever signs that is made of.
"""
_OF_BYTES = range(0xDC80, 0xDD00)
"""How Python keeps the bytes of a file name that is not UTF-8."""


def code_of(char: str) -> str:
    r"""Return how a character is shown that must not act: by its code.

    >>> code_of(":"), code_of("\udcff")
    ('<U+003A>', '<FF>')
    """
    code = ord(char)
    return f"<{code - 0xDC00:02X}>" if code in _OF_BYTES else f"<U+{code:04X}>"


def visible(text: str) -> str:
    r"""Return a text on one line; every character that acts or that nobody sees is its code.

    Names of files and texts of files go through here. Bytes of a file name that are not UTF-8
    are shown as such.

    >>> visible("a\x1b[31m\u202e"), visible("\udcff"), visible("町 a\n")
    ('a<U+001B>[31m<U+202E>', '<FF>', '町 a<U+000A>')
    """
    return re.sub(_NOT_IN_A_LINE, _code, text) if "\n" in text or may_act(text) else text


def not_in_a_line(text: str) -> str:
    """Return the first character that no text of one line may hold; empty if there is none."""
    found = re.search(_NOT_IN_A_LINE, text) if "\n" in text or may_act(text) else None
    return found[0] if found else ""


_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
"""What nobody sees, and Unicode calls letters and their marks."""


def may_act(text: str) -> bool:
    r"""Tell fast whether a text of lines may hold what is not allowed in them.

    >>> may_act("町\n　a"), may_act("a\u202e")
    (False, True)
    """
    if not text.isprintable() and not text.replace("\n", "").replace("\u3000", "").isprintable():
        return True
    return not text.isascii() and any(letter in text for letter in _LETTERS)


def _code(found: re.Match[str]) -> str:
    return code_of(found[0])


def without_commands(text: str, instead: Callable[[str], str] = code_of) -> str:
    r"""Return a text in which no CI service finds a command.

    `instead` says how the sign is written that would begin one, by default as its code. Nothing
    is put in between that nobody sees: programs that compare texts would not see it, either.

    >>> without_commands(" ::error::a"), without_commands("a ##[error]", lambda sign: f"({sign})")
    (' <U+003A>:error::a', 'a (#)#[error]')
    """
    if "::" not in text and "##" not in text and not _HAS_VARIANT.search(text):
        return text
    return re.sub(_COMMAND, lambda found: (found[1] or "") + instead(found[0][-1]), text)


_HAS_VARIANT = re.compile(f"[{_VARIANT}]")


def unspaced(text: str) -> str:
    """Return a text without spaces, its signs in one form, as it is compared with others.

    >>> unspaced(" 第４.０ 版")
    '第4.0版'
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


def printable(text: str, *, coloured: bool = False) -> str:
    r"""Return a text of several lines for a terminal or a log, with no command for either.

    All that is printed goes through here. Line feeds stay, and colours if it is `coloured`; every
    other character that acts is shown as its code, and so is the first sign of what a CI service
    would obey. What is printable stays as it is.

    >>> printable("a\r\n ::error::b")
    'a<U+000D>\n <U+003A>:error::b'
    """
    if coloured:
        shown = re.sub(_ESCAPED, lambda found: found[1] or code_of(found[0]), text)
    else:
        shown = NOT_IN_LINES.sub(_code, text) if may_act(text) else text
    return without_commands(shown)


def width(text: str) -> int:
    r"""Return the columns that `text` takes on a terminal; wide characters take two.

    Codes of colours take none. wcwidth knows more of emoji and scripts that no plan is written
    in, and takes longer to import than judging a plan does.

    >>> width("町 town"), width("\x1b[1m町\x1b[0m")
    (7, 2)
    """
    if "\x1b" in text:
        text = COLOUR.sub("", text)
    return len(text) if text.isascii() else sum(map(char_width, text))


@cache
def char_width(char: str) -> int:
    """Return the columns that one character takes: 0 where it joins the one before."""
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
