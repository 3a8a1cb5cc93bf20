"""Spellings of dates normalised: one sign for each meaning, as the grammar reads them.

Full-width signs, brackets and hyphens of every kind, numbers in kanji, quarters as 1Q, years as
FY25 or '25, and what a page puts before a date (更新日:, 第1期) or after it (※3).
"""

from __future__ import annotations

import re
import unicodedata

ERA = "(?:明治|大正|昭和|平成|令和|[MTSHR])"
ERA_YEAR = f"{ERA}(?:元|[0-9]{{1,4}})"

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("〜∼", "~"),
        **dict.fromkeys("‐‑‒–—―−ー", "-"),
        **dict.fromkeys("【［〔[", "("),
        **dict.fromkeys("】］〕]", ")"),
        **dict.fromkeys("’‘", "'"),
        "迄": "まで",
    }
)
_KANJI = re.compile("[〇一二三四五六七八九十百千]+(?=年|月|日|[かヶカケ箇ヵ]年)")
_DIGITS = {sign: str(number) for number, sign in enumerate("〇一二三四五六七八九")}
_PLACES = {"千": 1000, "百": 100, "十": 10}

_SAME = (
    # FY2026, FY26, 2026FY, '26
    ("FY", "(?i)FY([0-9]{4})(?:年度)?", r"\1年度"),
    ("FY", "(?i)FY([0-9]{2})(?![0-9])(?:年度)?", r"20\1年度"),
    ("FY", "(?i)(?<![0-9])([0-9]{4})FY", r"\1年度"),
    ("'", "(?i)(?<![0-9])'([0-9]{2})(?![0-9])", r"20\1"),
    ("西暦", "^西暦|(?<=[~(])西暦", ""),
    ("", "^((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})$", r"\1-\2-\3"),
    # 1Q and Q1 are quarters; 1Q(R4) says the year after them.
    ("Q", "(?i)第?([1-4])Q(?![A-Z0-9])|(?<![A-Z])Q([1-4])(?![0-9])", r"第\1\2四半期"),
    ("四半期", r"^\(?(第?[1-4一二三四]四半期)\)?\(?([^()]+)\)?$", r"\2\1"),
    # R7/2025 and 平成31年度・令和元年度 are one year in two counts.
    ("/", f"({ERA_YEAR})(年度?)?/([0-9]{{4}})(?=年|~|$)", r"\1\2(\3)"),
    ("/", f"(?<![0-9])([0-9]{{4}})(年度?)?/({ERA_YEAR})(?![0-9./-])", r"\1\2(\3)"),
    ("31", "(平成31|H31)(年度?)?[/・]((?:令和|R)(?:元|1))(?![0-9./-])", r"\1\2(\3)"),
    ("~", r"([^()]+~[^()]+)\(([^()]+~[^()]+)\)(年度?)", r"\1\3(\2\3)"),
    (")", f"({ERA})([0-9]{{1,2}})([0-9]{{4}})\\)", r"\1\2(\3)"),  # a bracket that OCR has lost
    ("とし", "(?:を|の)?(?:初年度|開始年度|始期)とし[、,]?", "から"),
    ("とする", "を(?:目標年度|最終年度|終期)とする", "まで"),
    # What a page puts around a date.
    (":", "^[^0-9()~:、]{0,10}(?:日|期間|期限|時期|年月|年度|時点):", ""),
    ("期間は", "^[^0-9()~:、]{0,8}期間は", ""),
    (
        "第",
        r"^第[0-9一二三四五六七八九十]+[期次](?:計画|基本計画|実施計画)?(?=[(:]|[^0-9]*[0-9])[:は]?",
        "",
    ),
    ("期", r"^[前中後]期(?:計画|基本計画|実施計画)?(?=\()", ""),
    ("", r"(?:※|\*)[0-9]*$", ""),
    ("※", "※(.+)$", r"(\1)"),
    ("", r"[。.]$", ""),
    ("", "(?:と(?:する|します|した|し)|です|である)$", ""),
)
"""What means the same: a sign that stands in it, so that few are looked for; how it is known, and
what is read instead."""


def plain(text: str) -> str:
    """Return `text` with one sign for each meaning, without spaces.

    >>> plain("FY２０２６"), plain("八年　九月"), plain("1Q（R4）"), plain("【令和８年度】")
    ('2026年度', '8年9月', 'R4第1四半期', '(令和8年度)')
    """
    found = "".join(unicodedata.normalize("NFKC", text).translate(_SIGNS).split())
    found = _KANJI.sub(lambda match: number(match[0]), found)
    for sign, pattern, meaning in _SAME:
        if sign in found.upper():
            found = re.sub(pattern, meaning, found)
    return found


def number(kanji: str) -> str:
    """Return a number in Japanese numerals, by place or with tens, in digits.

    What is no number, as 二十十, stays as it is.

    >>> number("二〇二六"), number("十"), number("三十一"), number("二千二十五")
    ('2026', '10', '31', '2025')
    """
    if not any(sign in _PLACES for sign in kanji):
        return "".join(_DIGITS[sign] for sign in kanji)
    total, digits, last = 0, "", max(_PLACES.values()) * 10
    for sign in kanji:
        place = _PLACES.get(sign)
        if place is None:
            digits += _DIGITS[sign]
            continue
        if place >= last or len(digits) > 1:
            return kanji
        total, digits, last = total + place * int(digits or "1"), "", place
    return kanji if len(digits) > 1 else str(total + int(digits or "0"))


def pieces(text: str) -> list[str]:
    """Return the dates of a list: what stands between separators outside of brackets.

    >>> pieces("令和7年9月、令和8年2月"), pieces("令和7年度(5年間、見直し)")
    (['令和7年9月', '令和8年2月'], ['令和7年度(5年間、見直し)'])
    """
    text = re.sub(r"((?:初年度|開始年度|始期)とし)[、，,]", r"\1", text)
    text = re.sub("((?:平成|H)\\s*31\\s*(?:年度?)?)・(?=令和|R)", r"\1/", text)
    found, depth = [""], 0
    for part in re.split(f"({_SEPARATORS}|[()（）【】［］〔〕])", text):
        if depth <= 0 and re.fullmatch(_SEPARATORS, part):
            found.append("")
            continue
        depth += (part in _OPENING) - (part in _CLOSING) if part else 0
        found[-1] += part
    return [with_unit(piece, then) for piece, then in zip(found, [*found[1:], ""], strict=True)]


_SEPARATORS = "[、，､,・･]|及び|および|and"
_OPENING, _CLOSING = ("(", "（", "【", "［", "〔"), (")", "）", "】", "］", "〕")


def with_unit(piece: str, then: str) -> str:
    """Return a year that lacks its unit with that of the next one of a list: 令和8・9年度.

    >>> with_unit("令和8", "9年度"), with_unit("R8.9", "10年度")
    ('令和8年度', 'R8.9')
    """
    bare = re.fullmatch(f"(?:{ERA_YEAR}|[0-9]{{1,4}})", plain(piece), re.IGNORECASE)
    unit = re.match(f"(?:{ERA})?(?:元|[0-9]{{1,4}})(年度?)(?!間)", plain(then), re.IGNORECASE)
    return f"{piece.strip()}{unit[1]}" if bare and unit else piece
