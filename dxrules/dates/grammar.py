"""One written date, as in 令和8年9月末 or R8.9.30: its parts, and the days that they mean."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple

from dxrules.dates import date_errors
from dxrules.dates.date_words import ERA_YEAR
from dxrules.dates.era import APRIL, GREGORIAN_SINCE, Era, era_named, era_year_text
from dxrules.dates.partial import PartialDate
from dxrules.texts import Text, in_brackets, same

_YEAR = (
    "(?:(?P<era>明治|大正|昭和|平成|令和|[MTSHR])(?P<nth>元|[0-9]{1,4})"
    "|(?P<year>[0-9]{4})|(?P<relative>[翌同])|(?P<bare>元|[0-9]{1,3}))"
)
_UNIT = "(?:(?P<fiscal>年度)の?|年)(?:(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})日)?)?"
_PART = (
    "(?:の?(?P<part>末日?|当初|[初始]め|初頭|半ば|中頃|以?内|中|[上初中下]旬|[上下]半?期末?|[前後]半"
    "|[前後]期|第?[1-4一二三四]四半期末?|早期|早い時期|早々|[春夏秋冬]季?))?"
)
_FORMS = (
    f"{_YEAR}(?:{_UNIT}){_PART}",
    f"{_YEAR}(?P<sep>[./])(?P<month>[0-9]{{1,2}})月?(?:(?P=sep)(?P<day>[0-9]{{1,2}}))?{_PART}",
    # R8-12 is not read: it may be a month or two years.
    "(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?" + _PART,
    "(?P<era>[MTSHR])(?P<nth>[0-9]{1,4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})",
    f"(?P<month>[0-9]{{1,2}})月(?:(?P<day>[0-9]{{1,2}})日)?{_PART}",
    f"(?P<day>[0-9]{{1,2}})日{_PART}",
)
_BARE_YEAR = f"{ERA_YEAR}|[0-9]{{4}}"
_TWO_YEARS = (
    f"(?P<outer>{_BARE_YEAR})(?P<unit>年度?)?"
    rf"\((?P<inner>{_BARE_YEAR})(?P<inner_unit>年度?)?\)(?P<late_unit>年度?)?"
)

# The days of a month that a part of it has; what lies beyond its end is cut off.
_THIRDS = {"上旬": (1, 10), "初旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
_BEGINNING = ("当初", "初め", "始め", "初頭")
_MIDDLE = ("半ば", "中頃")
_ABOUT_MONTH = {**dict.fromkeys(_BEGINNING, (1, 10)), **dict.fromkeys(_MIDDLE, (11, 20))}
ABOUT_PARTS = frozenset({*_BEGINNING, *_MIDDLE})
"""Parts that name no last day: 年度当初 is about April."""
# The months of a year that a part of it has, counted from its first one.
_MONTHS = {
    **dict.fromkeys(_BEGINNING, (1, 1)),
    **dict.fromkeys(_MIDDLE, (4, 9)),
    **dict.fromkeys(("上半期", "上期", "前半", "前期"), (1, 6)),
    **dict.fromkeys(("下半期", "下期", "後半", "後期"), (7, 12)),
    **{f"{k}四半期": (3 * n - 2, 3 * n) for n, k in enumerate("1234", 1)},
    **{f"{k}四半期": (3 * n - 2, 3 * n) for n, k in enumerate("一二三四", 1)},
}
# A season has no first and last day: its months as the weather service (気象庁) counts them,
# and one more on either side. The winter of a calendar year is its first months or its last.
_SEASONS = {"春": (2, 6), "夏": (5, 9), "秋": (8, 12), "冬": (1, 15)}
_FISCAL_SEASONS = {"春": (1, 3), "夏": (2, 6), "秋": (5, 9), "冬": (8, 12)}
_LAST = {"末", "末日"}
_END_OF = {part + "末": months for part, months in _MONTHS.items() if part.endswith("期")}
"""The months of a part of a year of which the last day is meant, as in 第3四半期末."""
_WHOLE = {"", "中", "内", "以内", "早期", "早い時期", "早々"}


class Written(NamedTuple):
    """The parts of one written date; what was not written is None, or 0 for `year`.

    `year` is Gregorian. `shift` is 1 for 翌年 and 0 for 同年. `bare` is an era's year without
    the era. These three stand for each other: at most one was written.
    """

    text: str
    year: int = 0
    era: Era | None = None
    bare: int | None = None
    shift: int | None = None
    fiscal: bool = False
    month: int | None = None
    day: int | None = None
    part: str = ""


def one_year(text: str, whole: str) -> str:
    """Write 令和8(2026)年度 and its like with one year, that of the era.

    `whole` is the text to quote. Raises DateError if the two years or their units differ.

    >>> one_year("令和8(2026)年度", ""), one_year("2026年度(令和8年度)～", "")
    ('令和8年度', '令和8年度～')
    """

    def agreed(match: re.Match[str]) -> str:
        outer, inner = match["outer"], match["inner"]
        units = [match[name] for name in ("unit", "inner_unit", "late_unit") if match[name]]
        if match["unit"] == "年度" and match["inner_unit"] == "年":
            units.remove("年")  # 令和3年度(2021年) glosses the number of the fiscal year
        if len(set(units)) > 1 or _year_of(outer, whole) != _year_of(inner, whole):
            outside = match["unit"] or match["late_unit"] or (units or ["年"])[0]
            inside = match["inner_unit"] or outside
            meaning = _days_text if len(set(units)) > 1 else _other_count
            raise date_errors.disagreement(
                whole,
                (outer + outside, meaning(outer, outside, whole)),
                (inner + inside, meaning(inner, inside, whole)),
            )
        return (inner if outer.isdigit() else outer) + (units or [""])[0]

    return re.sub(_TWO_YEARS, agreed, text, flags=re.IGNORECASE)


def written(text: str, whole: str) -> Written | None:
    """Take `text`, without spaces and in ASCII digits, apart; None if it has none of the forms.

    Raises DateError about `whole` if an era's year is 0.
    """
    if "~" in text or "(" in text:  # no form has one; to try them is to compile them all
        return None
    for form in _FORMS:
        if match := re.fullmatch(form, text, re.IGNORECASE):
            return _collected(match.groupdict(), text, whole)
    return None


def completed(this: Written, former: Written | None, whole: str, *, wraps: bool) -> Written:
    """Return `this` with its year, and if need be its month, taken from the `former` date.

    In an interval an end month before the start month lies in the next year: `wraps`.
    Raises DateError about `whole` if there is nothing to take them from.
    """
    if this.year:
        return this
    if this.bare is not None:
        if former is None or former.era is None:
            return this._replace(year=_in_century(this.bare, former, whole))
        return this._replace(year=former.era.gregorian(this.bare), era=former.era)
    if former is None or (this.shift is None and former.month is None):
        raise date_errors.no_year(whole)
    if this.shift is not None:
        return this._replace(year=former.year + this.shift)
    month = former.month if this.month is None else this.month
    earlier = (month or 0) < (former.month or 0)
    if earlier and not wraps:  # 令和8年10月、2月 may go on into the next year or back
        raise date_errors.no_year(whole)
    return this._replace(year=former.year + earlier, month=month)


def _in_century(bare: int, former: Written | None, whole: str) -> int:
    """Return the year that 25 means in 2022～25年; raise DateError about `whole` if none."""
    century = 100
    if former is None or not former.year or bare >= century:
        raise date_errors.no_era(whole)
    year = former.year - former.year % century + bare
    if year <= former.year:
        raise date_errors.no_era(whole)
    return year


def days_of(this: Written, whole: str) -> tuple[date, date]:
    """Return the first and the last day of a date whose year is known.

    Raises DateError about `whole` if there are no such days, or not in that era.
    """
    if not MINYEAR <= this.year <= MAXYEAR - this.fiscal:
        raise date_errors.out_of_reach(whole)
    first, last = _unit(this, whole)
    if this.era is not None:
        _check_era(this, this.era, (first, last), whole)
    if this.part in _WHOLE:
        return first, last
    if this.part in _LAST:
        return last, last
    if this.part in _THIRDS:
        start, end = _THIRDS[this.part]
        return first.replace(day=start), min(first.replace(day=1) + timedelta(end - 1), last)
    if this.part in _ABOUT_MONTH and this.month is not None:
        start, end = _ABOUT_MONTH[this.part]
        return first.replace(day=start), first.replace(day=end)
    seasons = _FISCAL_SEASONS if this.fiscal else _SEASONS
    start, end = seasons.get(this.part) or _MONTHS.get(this.part) or _END_OF[this.part]
    if "四半期" in this.part and not this.fiscal:
        return _quarter_of_either(this, first, (start, end), whole)
    if this.year == MAXYEAR and end > 12:  # noqa: PLR2004  (it has no next year)
        raise date_errors.out_of_reach(whole)
    last = _month(first, end)[1]
    return (last if this.part in _END_OF else _month(first, start)[0]), last


def _quarter_of_either(
    this: Written, first: date, months: tuple[int, int], whole: str
) -> tuple[date, date]:
    """Return the days of a quarter of a year: offices count them from April or from January.

    令和7年第3四半期 is July to September, or October to December.
    """
    if this.year == MAXYEAR and months[1] > 9:  # noqa: PLR2004  (it has no next year)
        raise date_errors.out_of_reach(whole)
    start, end = months
    begins = _month(first, end)[1] if this.part in _END_OF else _month(first, start)[0]
    return begins, _month(first, end + 3)[1]


def _collected(found: dict[str, str | None], text: str, whole: str) -> Written | None:
    name = found.get("era")
    era = era_named(name) if name else None
    shift = {"翌": 1, "同": 0}.get(found.get("relative") or "")
    nth = _count(found.get("nth") or found.get("bare"))
    if nth == 0:
        raise date_errors.zeroth_year(whole)
    month, day = _count(found.get("month")), _count(found.get("day"))
    part = (found.get("part") or "").removeprefix("第").removesuffix("季")
    year = era.gregorian(nth) if era and nth else int(found.get("year") or 0)
    if not _fits(part, month, day):
        return None
    fiscal = bool(found.get("fiscal"))
    if fiscal and month is not None:  # 令和8年度3月 is in the next calendar year
        if not year:
            return None
        year, era, fiscal = year + (month < APRIL), None, False
    return Written(
        text=text,
        year=year,
        era=era,
        bare=None if era or year else nth,
        shift=shift,
        fiscal=fiscal,
        month=month,
        day=day,
        part=part,
    )


def _fits(part: str, month: int | None, day: int | None) -> bool:
    """Return whether a day, a month or a year can have such a part."""
    if part in _THIRDS:
        return month is not None and day is None
    if part in _ABOUT_MONTH:
        return day is None
    if part in _MONTHS or part in _END_OF or part in _SEASONS:
        return month is None and day is None
    return not part or day is None


def _count(digits: str | None) -> int | None:
    if digits is None:
        return None
    return 1 if digits == "元" else int(digits)


def _year_of(text: str, whole: str) -> int:
    found = written(f"{text}年", whole)
    return found.year if found else 0


def _other_count(text: str, unit: str, whole: str) -> Text:
    """Return an era's year as the Gregorian one, and the other way round."""
    year = _year_of(text, whole)
    count = era_year_text(year) if text.isdigit() else f"{year}年"
    return same(count + unit.removeprefix("年"))


def _days_text(text: str, unit: str, whole: str) -> Text:
    found = written(text + unit, whole)
    return PartialDate(*days_of(found, whole)).describe() if found else same(text)


def _unit(this: Written, whole: str) -> tuple[date, date]:
    """Return the first and the last day of the day, month or year, whatever its part."""
    january = date(this.year, 1, 1)
    if this.fiscal:
        return _month(january, APRIL)[0], _month(january, APRIL + 11)[1]
    if this.month is None:
        return january, date(this.year, 12, 31)
    if not 1 <= this.month <= 12:  # noqa: PLR2004  (the months of a year)
        year = this.era.year_text(this.year) if this.era else f"{this.year}年"
        last = f"{this.year}-12" if whole.isascii() else f"{year}12月"
        raise date_errors.impossible_month(whole, month=this.month, last=last)
    first, last_day = _month(january, this.month)
    if this.day is None:
        return first, last_day
    if not 1 <= this.day <= last_day.day:
        raise date_errors.impossible_day(whole, day=this.day, last=last_day)
    day = first.replace(day=this.day)
    return day, day


def _month(first: date, number: int) -> tuple[date, date]:
    """Return the first and last day of the month `number`, where that of `first` is 1."""
    years, month = divmod(first.month - 1 + number - 1, 12)
    start = date(first.year + years, month + 1, 1)
    if month == 11:  # noqa: PLR2004  (December; the year 9999 has no next one)
        return start, start.replace(day=31)
    return start, start.replace(month=month + 2) - timedelta(1)


def _check_era(this: Written, era: Era, days: tuple[date, date], whole: str) -> None:
    """Raise DateError unless the days have part in their era.

    A year or month in which an era changes is read whole: statistics of 令和元年 begin in January.
    Plans made before an era ended count on in it, as in 平成34年度.
    """
    if this.month is not None and days[1] < GREGORIAN_SINCE and era.name == "明治":
        raise date_errors.lunisolar(whole)
    after = era.last is not None and era.last < days[0]
    if era.touches(*days) or (era.counted_on and after and this.day is None):
        return
    right = era_year_text(days[0]) + ("度" if this.fiscal else "")
    if this.month is not None:
        right += f"{this.month}月"
    if this.day is not None:
        right += f"{this.day}日"
    right += this.part
    limits = PartialDate(era.first, era.last).describe()
    raise date_errors.wrong_era(whole, this.text, same(era.name) + in_brackets(limits), right)
