"""The numbers that Word puts before paragraphs: they are not in the text, but people read them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from dxrules.document.signs import KANA

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS: Final = 9
_PLACE: Final = re.compile(r"%([1-9])")
_IROHA: Final = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)
_KANJI: Final = "〇一二三四五六七八九"


def _kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:  # noqa: PLR2004  (two digits)
        return str(number)
    head = "" if not tens else "十" if tens == 1 else f"{_KANJI[tens]}十"
    return head + (_KANJI[ones] if ones else "")


def _circled(number: int) -> str:
    if 0 < number <= 20:  # noqa: PLR2004  (of the first twenty)
        return chr(ord("①") + number - 1)
    return chr(ord("㉑") + number - 21) if 21 <= number <= 35 else str(number)  # noqa: PLR2004


def _roman(number: int) -> str:
    if number >= 4_000:  # noqa: PLR2004  (there is no sign for five thousand)
        return str(number)
    said = ""
    for value, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            said, number = said + sign, number - value
    return said


def _of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_FORMS: Final[Mapping[str, Callable[[int], str]]] = {
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "japaneseCounting": _kanji,
    "japaneseLegal": _kanji,
    "japaneseDigitalTenThousand": _kanji,
    "ideographDigital": _kanji,
    "chineseCounting": _kanji,
    "aiueo": _of(KANA),
    "aiueoFullWidth": _of(KANA),
    "iroha": _of(_IROHA),
    "irohaFullWidth": _of(_IROHA),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _of(_LETTERS.upper()),
    "lowerLetter": _of(_LETTERS),
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalZero": lambda number: f"{number:02}",
    "none": lambda _: "",
}
_BULLETS: Final = frozenset({"bullet", "none"})


class Numbers:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, numbering: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._lists: dict[str, str] = {}
        if numbering is None:
            return
        for abstract in numbering.iter(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId") or ""
            self._levels[key] = dict(_level(each) for each in abstract.iter(f"{W}lvl"))
        for each in numbering.iter(f"{W}num"):
            target = each.find(f"{W}abstractNumId")
            if target is not None:
                self._lists[each.get(f"{W}numId") or ""] = target.get(f"{W}val") or ""

    def next(self, number: str, level: int) -> tuple[str, bool] | None:
        """Return the sign of the next paragraph of a list, and whether it is a mere bullet."""
        abstract = self._lists.get(number)
        levels = self._levels.get(abstract or "", {})
        if abstract is None or level not in levels:
            return None
        counts = self._counts.setdefault(abstract, {})
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        form, text, start = levels[level]
        counts[level] = counts.get(level, start - 1) + 1
        if form == "bullet":
            return "・", True

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            own, _, first = levels.get(at, ("decimal", "", 1))
            return _FORMS.get(own, str)(counts.get(at, first))

        return _PLACE.sub(shown, text).strip(), not text.strip() or form in _BULLETS


def _level(element: Any) -> tuple[int, tuple[str, str, int]]:
    def said(name: str, default: str) -> str:
        found = element.find(f"{W}{name}")
        return default if found is None else found.get(f"{W}val") or default

    start = said("start", "1")
    level = element.get(f"{W}ilvl") or "0"
    return (
        int(level) if level.isdecimal() and len(level) == 1 else 0,
        (
            said("numFmt", "decimal"),
            said("lvlText", ""),
            int(start) if start.isascii() and start.isdecimal() and len(start) < _LEVELS else 1,
        ),
    )
