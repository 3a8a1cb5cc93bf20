"""Numbers and figures as words write them: 四百二十, 約1,200件以上."""

from __future__ import annotations

import re
from typing import Final

from dxrules.document.signs import number_in
from dxrules.draft.table_years import Cellful

KANJI: Final = "〇一二三四五六七八九十百千万"
LEAD: Final = (
    "(?:[一1]人(?:当|あ)たり|平均|月(?=[0-9])|約|およそ|概ね"
    "|おおむね|延べ|のべ|累計|年間|毎年|年|計)*"
)
BOUND: Final = "以上|以下|以内|未満|程度|超"
MORE: Final = f"(?:{BOUND}|台)?(?:を?(?:維持|継続)(?:する)?)?"
_OF_FIGURE: Final = re.compile(
    rf"{LEAD}(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?|[{KANJI}]+(?:・[{KANJI}]+)?)"
    rf"(?P<unit>.*?){MORE}"
)


def figure_in(text: str) -> Cellful | None:
    """Return a figure without the words that only bound it: of 約1,200件以上 the 1200件."""
    found = _OF_FIGURE.fullmatch(text)
    if found is None:
        return None
    number, unit = number_of(found["number"]), found["unit"]
    return Cellful(number, _PERCENT.get(unit, unit), "") if number else None


_PERCENT: Final = {"パーセント": "%"}
"""Units that are written out, with their sign."""


_GREAT: Final = {"万": 10_000, "千": 1_000, "百": 100}


def number_of(text: str) -> str:
    """Return a number that may be written in kanji; empty if it cannot be read.

    >>> number_of("四百二十"), number_of("1,084"), number_of("千"), number_of("十六・四")
    ('420', '1084', '1000', '16.4')
    """
    if text[0].isascii():
        bare = text.replace(",", "")
        return (
            bare if re.fullmatch(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+", text.partition(".")[0]) else ""
        )
    whole, point, part = text.partition("・")
    if point:
        digits = "".join(str("〇一二三四五六七八九".find(each)) for each in part)
        return f"{number_of(whole)}.{digits}" if "-" not in digits and number_of(whole) else ""
    total = 0
    for sign, worth in _GREAT.items():
        before, great, text = text.rpartition(sign) if sign in text else ("", "", text)
        told = number_in(before) if before else 1
        if great and told is None:
            return ""
        total += (told or 0) * worth if great else 0
    rest = number_in(text) if text else 0
    return "" if rest is None else str(total + rest)
