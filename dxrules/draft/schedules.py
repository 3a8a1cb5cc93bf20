"""When something is done, as cells and brackets write it: 令和8~10年度, 令和9年度完了."""

from __future__ import annotations

import re
from typing import Final

from dxrules.dates import parse_date
from dxrules.document.normal import squeezed
from dxrules.draft.figures_in_text import is_date
from dxrules.draft.lexicon import Lexicon
from dxrules.draft.table_years import fiscal

NOTHING: Final = frozenset({"", "-", "―", "未定", "なし", "その他"})
_DONE: Final = "に?<schedule-done>$"
_ON: Final = frozenset({"", "順次", "随時", "継続"})


def scheduled(said: str, reading: Lexicon) -> dict[str, str]:
    """Return what a cell of a schedule says: days, a status or a recurrence, whichever it is."""
    said = squeezed(_QUARTER.sub("", _BEFORE_CHANGE.sub("", said)))
    bare = re.sub(r"(?<=年度)\([^()]{1,12}\)$", "", said)
    if bare in NOTHING:
        return {}
    if status := reading.code_of("measure-status", said):
        return {"status": status}
    if recurrence := reading.code_of("recurrence", said):
        return {"recurrence": recurrence}
    return days_of(bare, reading)


_QUARTER: Final = re.compile("(?<=年度)[①-④]")
"""A quarter of a fiscal year: 令和8年度③."""
_BEFORE_CHANGE: Final = re.compile(r"^.*[(（]変更後[)）]\s*")
"""What a schedule was, before the one that holds now."""


def days_of(bare: str, reading: Lexicon) -> dict[str, str]:
    """Return the days of a schedule: when it was finished, from when to when, or by when.

    Of steps, as 令和8年度 分析 / 令和9年度 導入, the first and the last.
    """
    done = reading.pattern(_DONE).search(bare)
    if done and is_date(bare[: done.start()]):
        return {"status": "done", "completed": bare[: done.start()]}
    if (short := _FROM_TO.fullmatch(bare)) is not None:
        era, first, other, last = short.groups()
        return {"start": f"{era}{first}年度", "due": f"{other or era}{last}年度"}
    for key, pattern in (("start", _BEGINS), ("due", _ENDS_ON), ("due", _ONCE)):
        if (told := reading.pattern(pattern).fullmatch(bare)) and is_date(told[1]):
            return {key: told[1]} | ({"status": "planned"} if _TO_COME.search(bare) else {})
    first, between, last = _parted(bare)
    if not between:
        return {"due": last} if is_date(last) else _steps(bare)
    if is_date(first) and (last in _ON or is_date(last)):
        return {"start": first} | ({} if last in _ON else {"due": last})
    return _steps(bare)


_YEAR: Final = re.compile(
    r"(?:(?:令和|平成|R|H)[0-9元]{1,2}|20[0-9]{2})(?:\((?:令和|平成|R|20)[0-9元]{1,3}年?度?\))?"
    r"(?:年度末?|年[0-9]{1,2}月末?|\.[0-9]{1,2}|年)?"
)
_FROM_TO: Final = re.compile(
    r"(令和|平成|R|H|(?=20[0-9]{2}))([0-9元]{1,2}|20[0-9]{2})(?:年度?)?(?:~|-|から)"
    r"(令和|平成|R|H)?([0-9]{1,2}|20[0-9]{2})(?:年度?)?末?(?:まで)?(?:\([^()]{1,8}\))?"
)
"""A schedule of fiscal years in short: 令和8~10年度, R8-R10, 2026~2029."""
_MONTHS: Final = re.compile(
    "(令和|平成|R|H|)([0-9元]{1,4})年([0-9]{1,2})月(?:~|から)([0-9]{1,2})月末?(?:まで)?"
    "(?:に?(?:実施|開催|試行|移行)(?:予定)?)?"
)
"""From a month to another one, which may be of the year after: 令和8年10月~3月に実施."""
_BEGINS: Final = (
    "(.{2,16}?)(?:(?:に|から|より)?<schedule-begins>"
    "(?:予定|済み?|します|する|しました|した)?|(?:から|より)(?:順次|本格)?(?:実施|運用|予定)(?:予定)?)"
)
_TO_COME: Final = re.compile("(?:始める|から|より|開始|着手)予定$")
_ENDS_ON: Final = "(.{2,16}?)(?:に|まで|までに|中に|中)?<schedule-ends>(?:予定|目標|見込み?)"
_ONCE: Final = "((?:(?:令和|R)[0-9元]{1,2}|20[0-9]{2})年度)[にの]?<schedule-opens>"
_LEAST_STEPS: Final = 2
_IN_NONE: Final = re.compile(rf"(?:{_YEAR.pattern})[::]?(?:[-―ー×]|なし|未実施)(?:[/、,]|$)")
"""A year among others in which nothing is done: 令和8年度－／令和9年度導入."""


def _steps(bare: str) -> dict[str, str]:
    """Return the first and the last day of steps that begin with one; they are in order."""
    if (months := _MONTHS.fullmatch(bare)) is not None:
        return _by_months(*months.groups())
    told = _IN_NONE.sub("", bare)
    days = [each[0] for each in _YEAR.finditer(told) if is_date(each[0])]
    if told != bare and len(days) == 1:
        return {"start": days[0], "due": days[0]}
    if "".join(days) == bare and len(days) > _LEAST_STEPS:
        return {}  # the heads of columns: what stands below them tells
    if len(days) < _LEAST_STEPS or _YEAR.match(told) is None or "に" in bare:
        return {}
    ends = [parse_date(day).range.hi for day in days]
    in_order = all(hi is not None for hi in ends) and ends == sorted(ends)  # type: ignore[type-var]
    return {"start": days[0], "due": days[-1]} if in_order else {}


def _by_months(era: str, year: str, first: str, last: str) -> dict[str, str]:
    ended = (1 if year == "元" else int(year)) + (int(last) < int(first))
    return {"start": f"{era}{year}年{first}月", "due": f"{era}{ended}年{last}月"}


def _parted(bare: str) -> tuple[str, str, str]:
    """Return the beginning of a schedule, what stands between, and its end."""
    found = re.search("~|から", bare)
    if found is None:
        return "", "", bare.removesuffix("まで")
    return bare[: found.start()], found[0], bare[found.end() :].removesuffix("まで")


def over_years(label: str, value: str, reading: Lexicon) -> str:
    """Return what a label of a schedule says: of the year in which all is done, from it to it."""
    if _IN_BRACKETS.sub("", label) not in reading.lists["years-of-doing"].words:
        return value
    return f"{value}~{value}" if _ONE_YEAR.fullmatch(squeezed(value)) else value


_IN_BRACKETS: Final = re.compile(r"\([^()]*\)")
_ONE_YEAR: Final = re.compile(
    r"(?:(?:令和|R)[0-9元]{1,2}|20[0-9]{2})(?:\((?:令和|R)?[0-9元]{1,2}\)|\(20[0-9]{2}\))?年度"
)


def day_within(year: str, days: set[str]) -> str:
    """Return the one day that stands within a year, where it tells more than the year; or nothing.

    >>> day_within("令和8年度", {"令和8年11月"}), day_within("令和8年度", {"令和9年11月"})
    ('令和8年11月', '')
    """
    if len(days) != 1 or not is_date(fiscal(year)):
        return ""
    (day,) = days
    whole, one = parse_date(fiscal(year)).range, parse_date(day).range
    if whole.lo is None or whole.hi is None or one.lo is None or one.hi is None or one == whole:
        return ""
    return day if whole.lo <= one.lo and one.hi <= whole.hi else ""
