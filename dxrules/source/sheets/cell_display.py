"""What a cell shows: shares, days and months as people see them, not as the file keeps them.

A file keeps 25 % as 0.25, a month as its first day, and a figure in thousands whole. Read as
they are kept they would be false: a figure wrong by a hundred, a month that is one day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from dxrules.frozen import frozen
from dxrules.source.sheets import SheetCell
from dxrules.source.sheets.cell_values import SheetValue
from dxrules.source.strict import Refusal
from dxrules.texts import Text

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


PERCENT = "%"

_GENERAL = "general"

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""Signs of a format that stand for themselves, room, fillers; colours, languages, conditions."""

_CONDITION = re.compile(r"\[[<>=]")
_SCALED = re.compile(r"[0#?],+(?![,0#?])")
"""A comma after the last place of a number: it is shown in thousands."""

_FISCAL = "年度"
_YEARS = "yegrb"
"""The signs of a year in a format, Gregorian or of an era."""

YEARLESS = Refusal(
    Text("年が表示されていない日付です。", "The date is shown without its year."),
    Text(
        "計画書のとおりの年を添えて、文字で書いてください(例: 令和8年9月30日)。",
        "Write it as text with the year that the plan says, for example 令和8年9月30日.",
    ),
)
_IN_THOUSANDS = Refusal(
    Text(
        "千や百万を単位として縮めて表示する書式なので、どちらの数か分かりません。",
        "It is shown in thousands or millions, so it is not clear which figure is meant.",
    ),
    Text("計画書のとおりの数を文字で書いてください。", "Write the figure of the plan as text."),
)
_BY_CONDITION = Refusal(
    Text(
        "条件によって % になる書式なので、どちらの数か分かりません。",
        "Its format makes it a percentage on a condition, so it is not clear which is meant.",
    ),
    _IN_THOUSANDS.hint,
)

NOT_SHOWN = Refusal(
    Text("書式によって、値が表示されていません。", "Its format does not show what it holds."),
    Text(
        "計画書にある値なら書式を変え、なければセルを空にしてください。",
        "If the plan says it, change the format; if not, empty the cell.",
    ),
)
_WORDS_IN_DATE = Refusal(
    Text(
        "日付の途中に書式の文字「{said}」が入っています。",
        'Its format puts "{said}" into the middle of the date.',
    ),
    Text("計画書のとおりに文字で書いてください。", "Write it as text, as the plan says it."),
)
_COUNTER = re.compile(
    r"\s*(?:[%％円回点台校人名件個つ位]|業務|項目|取組|事業|施策|課|世帯|時間|分|日|頁|ページ|か所|箇所|ヶ所)?\s*"
)
"""Units that stand after a number and change nothing about it."""
_ONLY_DIGITS_THAT_COUNT = re.compile(r"[^0?gG@]*#[^0?]*")
"""A format that shows no digit of a zero."""
_MINUS = re.compile(r"[\s\W△▲]*")
"""What stands before a negative number, and what a zero is shown as."""
_CALENDAR = re.compile(r"年度?|月|日|時|分|秒|元|令和|平成|昭和|[RHS]|西暦|曜日?|午前|午後|[\s\W]")
"""What formats of dates put between the parts of one."""


def shown(cell: SheetCell) -> str:
    """Return what a cell holds as a plan file would say it; raise Refusal if that is not clear."""
    if cell.fault is not None:
        raise cell.fault
    return shown_as(cell.value, cell.number_format)


def shown_as(value: SheetValue, form: str) -> str:
    """Return what a value says in a format; raise Refusal if that is not clear."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return _day(value, sections(form)[0])
    if isinstance(value, int | float):
        return _number(value, form)
    said = str(value).strip()
    return _with_words(said, around(of_texts(form))) if isinstance(value, str) and said else said


def _plain(form: str) -> str:
    return _LITERAL.sub("", form)


def _with_words(said: str, words: Around) -> str:
    """Return what is shown with the words of its format, where they say anything."""
    if not words.shows and not words.words:
        raise NOT_SHOWN
    if not words.words:
        return said
    return f"{words.before}{said}{words.after}".strip() if words.shows else words.words.strip()


def _day(value: date, section: str) -> str:
    """Return a day, or the month or year that is all that a cell shows of it.

    Words of the format that are more than parts of a date, as 頃 and 末, are said with it.
    """
    day = value.date() if isinstance(value, datetime) else value
    form = _plain(section).lower()
    if form == _GENERAL:  # a file may say of a cell that it is a date, whatever its format
        return day.isoformat()
    if not set(_YEARS) & set(form):
        raise YEARLESS
    words = around(section)
    if odd := _CALENDAR.sub("", words.between):
        raise Refusal(_WORDS_IN_DATE.text.format(said=odd), _WORDS_IN_DATE.hint)
    before, after = (_CALENDAR.sub("", each) for each in (words.before, words.after))
    year = _FISCAL if _FISCAL in words.between + words.after else "年"
    if "d" in form:
        said, long = day.isoformat(), f"{day.year}年{day.month}月{day.day}日"
    elif "m" in form:
        said, long = f"{day:%Y-%m}", f"{day.year}年{day.month}月"
    else:
        said = long = f"{day.year}{year}"
    return f"{before}{long}{after}" if before or after else said


def _number(value: float, form: str) -> str:
    section = _section(value, form)
    said = _plain(section)
    if _SCALED.search(said):
        raise _IN_THOUSANDS
    exact = Decimal(str(value))
    digits = f"{_digits(exact * 100)}{PERCENT}" if PERCENT in said else _digits(exact)
    words = around(section)
    if not words.shows and value == 0 and (words.before or "-" in section):
        return _with_words(digits, words) if words.words else digits
    if words.shows and value == 0 and _ONLY_DIGITS_THAT_COUNT.fullmatch(said):
        raise NOT_SHOWN
    if _MINUS.fullmatch(words.before) and _COUNTER.fullmatch(words.after) and words.shows:
        return digits
    return _with_words(digits, words)


def _digits(value: Decimal) -> str:
    """Write a number without exponent and needless zeros.

    >>> _digits(Decimal("20.0")), _digits(Decimal("1E+2")), _digits(Decimal("0.070"))
    ('20', '100', '0.07')
    """
    return f"{value.normalize():f}"


def _section(value: float, form: str) -> str:
    """Return the part of a format that a number is shown by: positive, negative or zero."""
    said = sections(form)
    if _CONDITION.search(form) and len({PERCENT in _plain(part) for part in said[:3]}) > 1:
        raise _BY_CONDITION
    place = 1 if value < 0 else 2 if value == 0 else 0
    return said[place] if place < len(said) else said[0]
