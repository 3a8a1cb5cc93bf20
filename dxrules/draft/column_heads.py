"""What the heads of columns, and labels, are the names of: roles and years."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from dxrules.document.normal import squeezed
from dxrules.draft.cells_and_rows import spread
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.table_years import SPAN, YEAR, year_of, years_in
from dxrules.frozen import frozen

_COLUMN: Final = "column-"
_NOTE: Final = re.compile(r"\([^()]*\)")


@frozen
class HeadedColumn:
    """A column: what it holds, and the year that its heading names."""

    role: str
    year: str
    last: str = ""
    """The last year, of a column for several as 令和11~14年度; else the same."""
    is_year_alone: bool = False
    """Whether nothing but the year stands above: 令和8年度の取組 tells what was done in it."""
    label: str = ""
    """The words above it that tell its role."""
    head: str = ""
    """All words above it."""
    is_of_year: bool = False
    """Whether it holds the years of the figures in the column before: 基準値 over 値 and 年度."""

    def label_is_of_notes(self, words: Sequence[str]) -> bool:
        """Tell whether it holds remarks, by the words of such columns."""
        return not self.role and _NOTE.sub("", self.head) in words


def columns_of(heads: Sequence[Sequence[str]], reading: Lexicon) -> list[HeadedColumn]:
    """Return what the columns hold; a second row of headings may tell the years alone.

    What stands above an empty heading goes on, as 目標 over several years.
    """
    heads = spread(heads)
    width = len(heads[0])
    columns = []
    for place in range(width):
        words = [squeezed(row[place]) for row in heads if place < len(row)]
        roles = {word: _role(word, reading) for word in words}
        role, year, last = "", "", ""
        lower = next((word for word in reversed(words) if word), "")
        for word in reversed([*dict.fromkeys(words)]):
            told = roles[word]
            role = role or ("" if told in _OF_ONE and word != lower else told)
            first, end = years_in(word)
            year, last = (year, last) if year else (first, end)
        if _BARE_YEAR.fullmatch(year) and _OF_YEARS in words:
            year, last = f"{year}年度", f"{last}年度"
        alone = any(YEAR.fullmatch(word) or SPAN.fullmatch(word) for word in words)
        label = next((word for word in words if roles[word] == role), "")
        of_year = len(words) > 1 and words[-1] in _YEARS_BELOW and not year
        head = "".join(dict.fromkeys(words))
        columns.append(HeadedColumn(role, year, last, alone, label, head, of_year))
    return _with_bare_years(_with_blanks(columns), heads)


def _with_blanks(columns: list[HeadedColumn]) -> list[HeadedColumn]:
    """Return columns in which an empty head after a year is of that: 令和8年度 over two of them."""
    places = [n for n, each in enumerate(columns) if n and not each.head]
    after = [n for n in places if columns[n - 1].is_year_alone]
    if len(after) < 2 or len(after) != sum(each.is_year_alone for each in columns):  # noqa: PLR2004
        return columns
    made = [*columns]
    for place in places:
        if made[place - 1].is_year_alone:
            made[place] = replace(made[place - 1])
    return made


def in_a_row(words: Sequence[str]) -> bool:
    """Tell whether words are numbers that follow one another, as those of years above columns."""
    told = [word for word in words if word]
    numbers = [int(each) for each in told if _NUMBER.fullmatch(each)]
    return len(told) == len(numbers) >= _LEAST_YEARS and numbers == [
        *range(numbers[0], numbers[0] + len(numbers))
    ]


_NUMBER: Final = re.compile("[0-9]{1,2}")
_ERA: Final = re.compile("令和|平成|西暦|20[0-9]{2}")
_CENTURY: Final = range(21, 46)
"""Numbers that are years of the Christian era: no other era of a plan has as many."""


def _with_bare_years(
    columns: list[HeadedColumn], heads: Sequence[Sequence[str]]
) -> list[HeadedColumn]:
    """Return columns with the years that stand above them as numbers in a row: 26, 27, 28.

    The heading above them tells of which era they are.
    """
    words = [squeezed(each) for each in heads[-1]]
    places = [n for n, each in enumerate(words) if _NUMBER.fullmatch(each)]
    numbers = [int(words[place]) for place in places]
    in_a_row = numbers == [*range(numbers[0], numbers[0] + len(numbers))] if numbers else False
    if len(numbers) < _LEAST_YEARS or not in_a_row or any(columns[n].year for n in places):
        return columns
    above = "".join(squeezed(row[places[0]]) for row in heads[:-1])
    era = _ERA.search(above)
    name = era[0] if era is not None else "令和" if "年" in above else ""
    if not name and not all(number in _CENTURY for number in numbers):
        return columns
    of_era = name in {"令和", "平成"} and (era is not None or numbers[-1] < _CENTURY[0])
    made = list(columns)
    for place, number in zip(places, numbers, strict=True):
        year = f"{name}{number}年度" if of_era else f"20{number:02}年度"
        made[place] = replace(columns[place], year=year, last=year, is_year_alone=True)
    return made


_LEAST_YEARS: Final = 3
_BARE_YEAR: Final = re.compile("20[0-9]{2}")
_OF_ONE: Final = frozenset({"measure", "indicator", "content", "detail", "owner", "task"})
"""Roles that a head over several others gives none of them: below 取組 stands the number, too."""
_YEARS_BELOW: Final = frozenset({"年度", "年", "時点", "時期", "年次", "期限"})
_OF_YEARS: Final = "年度"
"""A heading that makes the years below it fiscal ones."""


def role_of(word: str, reading: Lexicon) -> str:
    """Return what a heading or a label is the name of: its last words tell, in Japanese.

    A word of a list that is all of it comes before one that it only ends in.
    """
    if found := named_role(word, reading):
        return found
    bare = _NOTE.sub("", word)
    if len(bare) > _LONGEST_LABEL:
        return ""
    roles = _roles(reading)
    ends = (bare[start:] for start in range(len(bare) - _LEAST_END + 1))
    return next((roles[end][2] for end in ends if end in roles), "")


def named_role(word: str, reading: Lexicon) -> str:
    """Return the role of which a word, or it without a note, is a name."""
    bare = _NOTE.sub("", word).strip("■□◆◇○●・【】[]〔〕:")
    roles = _roles(reading)
    stem = _CALLED.sub("", bare)
    found = min((roles[each] for each in (word, bare) if each in roles), default=_OF_NONE)[1]
    return found or (named if (named := roles.get(stem, _OF_NONE)[1]) in _NAMED else "")


_CALLED: Final = re.compile("の?(?:名|名前|名称|タイトル)$")
_NAMED: Final = frozenset({"measure", "indicator", "task"})
"""What has a name of its own: アクション名 is the name of what アクション is."""


def _roles(reading: Lexicon) -> Mapping[str, tuple[int, str, str]]:
    """Return of each word of columns the role whose list is the first, and that for words' ends."""
    return reading.once(("roles",), lambda: _made_roles(reading))


def _made_roles(reading: Lexicon) -> Mapping[str, tuple[int, str, str]]:
    roles: dict[str, tuple[int, str, str]] = {}
    lists = [each for each in reading.lists.items() if each[0].startswith(_COLUMN)]
    for number, (name, words) in enumerate(lists):
        role = name.removeprefix(_COLUMN)
        for word in words.words:
            first, named, last = roles.get(word, (number, role, role))
            roles[word] = first, named, max(last, role)
    return roles


_OF_NONE: Final = (0, "", "")
_LONGEST_LABEL: Final = 14
_LEAST_END: Final = 2


_LATER: Final = re.compile("[0-9一二三四五六七八九十]{1,2}[かカヶケ箇]?年後(?:の(?:姿|値|数))?")
"""Above what is aimed at: 3年後(令和10年度)."""
_EARLIER: Final = re.compile(
    "(?:(?:この|本)?(?:計画|プラン|方針|ビジョン|戦略)[をの]?(?:作|つく|策定|定め|始め|はじめ|開始|立て|スタート)"
    "[^、。]{0,4}(?:時点?|とき|頃|ころ|前)|[今いま]|現在|現時点|直近|はじめ|始め|最初|出発時?|スタート時?)"
    "の?(?:値|数|数字|数値|水準|実績|件数|割合|ところ)"
)
"""Above what is now, in more words than are listed: 計画を作ったときの値."""
_OF_A_YEAR: Final = frozenset({"baseline", "target", "result"})
"""What a column of a year may hold; 令和8年度の取組 is the year alone."""


_DATED: Final = re.compile(
    r"^(?:令和|平成|R|H|20)[0-9元]{1,2}(?:年度?|\.)?(?:[0-9]{1,2}月?)?(?:[0-9]{1,2}日)?末?(?:現在|時点)?の?"
)
_AS_OF: Final = frozenset({"status", "owner"})
"""What a column may hold as of a day: 状況(R8.3末)."""


def _role(word: str, reading: Lexicon) -> str:
    bare = _NOTE.sub("", word)
    if ("上段" in word and "下段" in word) or _LATER.fullmatch(bare):
        return "target"  # in one of two rows: めあて(上段)と実績(下段)
    if _EARLIER.fullmatch(bare):
        return "baseline"
    found = role_of(word, reading)
    if found and (found in _OF_A_YEAR or not year_of(bare if found in _AS_OF else word)):
        return found
    dated = _DATED.sub("", bare)
    if dated != bare and (told := role_of(dated, reading)) in _AS_OF:
        return told
    for name in ("baseline", "target", "result"):
        listed = reading.lists[f"{_COLUMN}{name}"].words
        rest = YEAR.sub("", bare, count=1)
        inner = _NOTE.search(word)
        if rest in listed or (inner is not None and inner[0].strip("()") in listed):
            return name
    return ""
