"""What headings and items of lists begin with: 第2章, Ⅱ, 3, (4), ⑤, ア, 方針1-(2), ■."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final, Literal

from dxrules.document.normal import squeezed
from dxrules.frozen import frozen

SignKind = Literal[
    "chapter", "roman", "digit", "paren", "circle", "kana", "letter", "named", "mark"
]

_DIGITS: Final = "〇一二三四五六七八九"
KANA: Final = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ"
)
_COUNTED: Final = (
    "年月日件回%％つ円時分秒台校歳個名社箇割倍枚冊本館級期位次点か所ヶカヵ町市村県国"
    "団体業務世帯自治体億万千百か"
)
_OF_THINGS: Final = (
    "基(?![本盤準幹礎])|[隻軒棟]|便(?!利)|社(?![会協内])|室(?!内)|課(?![題税])|戸(?!籍)"
    "|路線|品目|集落"
)
"""Words that count things, and that words for other things begin with."""
_NUMBER: Final = r"([0-9]{1,3}|[〇一二三四五六七八九十]{1,3})"
_CHAPTER: Final = re.compile(rf"第\s*{_NUMBER}\s*([編部章節項])")
_BARE_CHAPTER: Final = re.compile(rf"第\s*{_NUMBER}\s+(?=[^\s0-9])(?!四半期|[期次版条号回])")
_PAREN: Final = re.compile(rf"\(\s*(?:{_NUMBER}|([{KANA}])|([a-z]))\s*\)")
_HALF_PAREN: Final = re.compile(rf"(?:([0-9]{{1,2}})|([{KANA}]))\)")
_DOTTED: Final = re.compile(
    r"([0-9]{1,2}(?:\s*[.\-]\s*[0-9]{1,2}){1,3})(?:\s*[.)])?(?=\s|[^\s0-9.%])"
)
_DIGIT: Final = re.compile(
    r"([0-9]{1,2})(?:\s*[.、:]\s*|\s+)(?![0-9]|[年月日%件つ回]|人(?![材口事権]))"
)
_BARE_DIGIT: Final = re.compile(
    rf"([0-9]{{1,2}})(?=[ぁ-んァ-ヶ一-龥「【])(?![{_COUNTED}]|人(?![材口事権])|{_OF_THINGS})"
)
_ROMAN: Final = re.compile(
    r"([IVX]{1,5})(?:\s*[.、:)]\s*|\s+)(?=\S)|([IVX]{2,5})(?=[ぁ-んァ-ヶ一-龥])"
)
_KANA_ITEM: Final = re.compile(rf"([{KANA}])(?:\s*[.、:]\s*|\s+)(?=\S)")
_KANJI: Final = re.compile(
    r"([一二三四五六七八九十]{1,3})(?:\s+|[.、](?!\s*[一二三四五六七八九十]))(?=\S)"
)
_CODED: Final = re.compile(
    r"((?![RHS])[A-Z]|No|PJ|AP)[.-]?\s*([0-9]{1,2}(?:-[0-9]{1,2})?)(?:\s*[.:]\s*|\s+)(?=\S)"
)
_LETTER: Final = re.compile(r"([A-Za-z])\s*[.)]\s*(?=\S)")
_OF_NAME: Final = (
    r"([一-龥々ァ-ヶー]{2,8})\s*((?:[0-9]{1,2}|[IVX]{1,5}(?=\s*[-ー]\s*[0-9]))"
    r"(?:\s*[-ー]\s*\(?\s*[0-9]{1,2}\s*\)?)*)"
)
_NAMED: Final = re.compile(rf"\s*{_OF_NAME}\s*[】〕\]>〉]?(?=$|[\s:「])")
_NAMED_IN_BRACKETS: Final = re.compile(rf"[【〔\[<〈]\s*{_OF_NAME}\s*[】〕\]>〉]")
_UNNAMED: Final = re.compile(
    r"^(?:令和|平成|昭和|西暦|図|表|別表|様式|別紙|参考|注|脚注|頁|出典)|第$|(?:完了|済み?|作業中|計)$"
)
_MARK: Final = re.compile(r"[■□●○◎◆◇★☆▶►▷▼▽▲△➢◯〇]|【|〈|<(?=[^a-z/])|《|≪")
_STARS: Final = "★☆"
"""Marks of what is new or counts most, before the number that a heading has anyway: ★4 …."""
_BULLET: Final = re.compile(r"[・･•‣◦\-–*+✓✔➤→⇒]\s*")
_NOTE: Final = re.compile(r"(?:※|\*|注)\s*[0-9]{0,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_ROMAN_NUMBERS: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ROMANS: Final = {name: number for number, name in enumerate(_ROMAN_NUMBERS, 1)}
"""Roman numbers as letters."""


@frozen
class Sign:
    """The sign that a text begins with: its kind, its numbers, how it is written, what follows.

    `word` is what is counted, as 章 or 方針, or which mark it is; a mark has no numbers.
    """

    kind: SignKind
    numbers: tuple[int, ...]
    text: str
    rest: str
    word: str = ""

    @property
    def last(self) -> int:
        """The last of its numbers; 0 if it has none."""
        return self.numbers[-1] if self.numbers else 0


def sign_of(text: str) -> Sign | None:
    """Return the sign of a heading or an item; None if the text begins with none.

    >>> sign_of("第２章　国の動向").numbers, sign_of("方針 1-(3) 行政").text
    ((2,), '方針1-(3)')
    >>> sign_of("令和8年度から"), sign_of("3年間"), sign_of("⑫業務").numbers
    (None, None, (12,))
    """
    bare = text.strip()
    if not bare:
        return None
    first = bare[0]
    if first in _STARS and (inner := sign_of(bare[1:])) is not None and inner.numbers:
        return inner
    if (number := single_number(first)) is not None:
        own: SignKind = "roman" if "Ⅰ" <= first <= "ⅿ" else "circle"
        return Sign(own, (number,), first, bare[1:].strip(" 　.．、"))
    plain = unicodedata.normalize("NFKC", bare[:90])
    for pattern, make in _FORMS:
        if (found := pattern.match(plain)) and (made := make(found)):
            kind, numbers, word = made
            rest = plain[found.end() :].strip() + bare[90:]
            return Sign(kind, numbers, squeezed(found[0]).rstrip(".、:"), rest, word)
    return None


def bullet_of(text: str) -> str:
    """Return the mark that makes a text an item of a list without numbers; empty if none."""
    found = _BULLET.match(text)
    return found[0].strip() if found and text[found.end() :].strip() else ""


def is_note(text: str) -> bool:
    """Tell whether a text begins as a footnote does: ※1, *2, 注3, ¹."""
    return _NOTE.match(text) is not None


def number_in(text: str) -> int | None:
    """Return a number written in digits or kanji.

    >>> number_in("12"), number_in("十二"), number_in("二"), number_in("町")
    (12, 12, 2, None)
    """
    if text.isascii() and text.isdecimal():
        return int(text)
    if not text or any(sign not in _DIGITS + "十" for sign in text) or text.count("十") > 1:
        return None
    tens, ten, ones = text.rpartition("十")
    return (_kanji(tens, 1) * 10 if ten else 0) + _kanji(ones, 0)


def _kanji(text: str, nothing: int) -> int:
    value = 0
    for sign in text:
        value = value * 10 + _DIGITS.index(sign)
    return value if text else nothing


def single_number(sign: str) -> int | None:
    """Return the number of one sign that is a number in a circle, or a Roman one."""
    if not ("①" <= sign <= "⓿" or "❶" <= sign <= "➓" or "㉑" <= sign <= "㊿" or "Ⅰ" <= sign <= "ⅿ"):
        return None
    if "⑴" <= sign <= "⒛" or "⒜" <= sign <= "ⓩ":
        return None
    return int(unicodedata.numeric(sign, 0)) or None


_Made = tuple[SignKind, tuple[int, ...], str] | None


def _chapter(found: re.Match[str]) -> _Made:
    number = number_in(found[1])
    return None if number is None else ("chapter", (number,), found[2])


def _bare_chapter(found: re.Match[str]) -> _Made:
    """Read 第1 as 第1章: what official papers count in has no word of its own."""
    number = number_in(found[1])
    return None if number is None else ("chapter", (number,), "章")


def _paren(found: re.Match[str]) -> _Made:
    digits, kana, letter = found.groups()
    if digits is not None:
        number = number_in(digits)
        return None if number is None else ("paren", (number,), "")
    return (
        ("paren", (KANA.index(kana) + 1,), "kana")
        if kana
        else ("paren", (ord(letter) - ord("a") + 1,), "letter")
    )


def _half_paren(found: re.Match[str]) -> _Made:
    digits, kana = found.groups()
    number = int(digits) if digits else KANA.index(kana) + 1
    return "paren", (number,), "half" if digits else "half kana"


def _in_kanji(found: re.Match[str]) -> _Made:
    number = number_in(found[1])
    return None if number is None else ("digit", (number,), "kanji")


def _numbers(text: str) -> tuple[int, ...]:
    found = re.findall("[0-9]+|[IVX]+", text)
    return tuple(ROMANS.get(each, 0) if each.isalpha() else int(each) for each in found)


def _named(found: re.Match[str]) -> _Made:
    return None if _UNNAMED.search(found[1]) else ("named", _numbers(found[2]), found[1])


def _roman(found: re.Match[str]) -> _Made:
    number = ROMANS.get(found[1] or found[2])
    return None if number is None else ("roman", (number,), "")


_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Made]], ...]] = (
    (_CHAPTER, _chapter),
    (_BARE_CHAPTER, _bare_chapter),
    (_PAREN, _paren),
    (_HALF_PAREN, _half_paren),
    (_NAMED_IN_BRACKETS, _named),
    (_NAMED, _named),
    (_DOTTED, lambda found: ("digit", _numbers(found[1]), "")),
    (_DIGIT, lambda found: ("digit", _numbers(found[1]), "")),
    (_BARE_DIGIT, lambda found: ("digit", _numbers(found[1]), "bare")),
    (_ROMAN, _roman),
    (_KANA_ITEM, lambda found: ("kana", (KANA.index(found[1]) + 1,), "")),
    (_KANJI, _in_kanji),
    (_CODED, lambda found: ("named", _numbers(found[2]), found[1])),
    (_LETTER, lambda found: ("letter", (ord(found[1].lower()) - ord("a") + 1,), "")),
    (_MARK, lambda found: ("mark", (), found[0])),
)
