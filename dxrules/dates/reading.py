"""Reading the dates of plans: what stands around and between the written dates of `forms`.

Full-width signs, spaces inside, wave dashes and hyphens of every kind are read; the table of
forms is in `tests/test_dates_forms.py`. A date is never read narrower than its text.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import MAXYEAR, date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from dxrules.dates import complaints
from dxrules.dates.forms import completed, days_of, is_bare_year, one_year, written
from dxrules.dates.partial import UNDECIDED, PartialDate, Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.dates.forms import Written
    from dxrules.errors import DateError

_SIGNS = str.maketrans(
    {**dict.fromkeys("〜∼", "~"), **dict.fromkeys("‐‑‒–—―−ー", "-"), "迄": "まで"}
)
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SEPARATORS = "[、，､,・･]|及び|および|and"
_BETWEEN = ("~", "から", "より")

# What may stand around a date, and what it says of it.
_ABOUT, _BY, _TO, _SINCE, _NOTHING = "about", "by", "to", "since", "nothing"
_AROUND = (
    (_ABOUT, "(?:概ね|おおむね|おおよそ|およそ|約|ほぼ)(?P<core>.+)"),
    (_ABOUT, "(?P<core>.+?)[をの]?(?:頃|ごろ|目途|目処|めど)(?:に|として)?"),
    (_BY, "(?:遅くとも|遅くても|~)(?P<core>.+)"),
    (_BY, "(?P<core>.+?)以前"),
    (_TO, "(?P<core>.+?)まで"),
    (_SINCE, "(?P<core>.+?)(?:から|以降|以後|より|~)(?:順次|随時)?"),
    (_NOTHING, "(?P<core>.+?)(?:の?予定|に|を|をもって)"),
    (_NOTHING, "(?P<core>.+?)の?(?:時点|現在|実績値?|目標値?|見込み?|策定|改定|改訂|公表)"),
    (_NOTHING, r"(?P<core>.+?)\((?:予定|見込み?|目標値?|実績値?|[^()]*見直し)\)"),
)
_YEARS_LONG = (
    r"(?P<core>.+?)(?P<first>を初年度とする)?(?:である)?の?\(?(?P<years>[0-9]{1,3})(?:年間|[かヶカケ箇ヵ]年間?)"
    r"(?:の?期間|計画)?\)?"
)
_KANJI = re.compile("[〇一二三四五六七八九十]+(?=年|月|日|[かヶカケ箇ヵ]年)")
_DIGITS = {sign: str(number) for number, sign in enumerate("〇一二三四五六七八九")}
_WEEKDAYS = "月火水木金土日"
_WEEKDAY = re.compile(rf"(?<=日)(?:\(([{_WEEKDAYS}])(?:曜日?)?\)|([{_WEEKDAYS}])曜日?)")
_ABOUT_PARTS = frozenset({"当初", "初め", "始め"})
"""Parts that name no last day: 年度当初 is about April."""
_RECURRENCES = "毎(?:年度?|月|週|日|回)|随時|適宜|引き?続き|順次|継続|常時|都度|定期的"


class _Found(NamedTuple):
    """The days that were read, and the part from which a following 9月 takes its year."""

    earliest: date | None
    latest: date | None
    approximate: bool = False
    last: Written | None = None

    def dated(self, text: str) -> PartialDate:
        return PartialDate(self.earliest, self.latest, self.approximate, text)


def parse_date(text: str) -> PartialDate:
    """Return the days that `text` allows; the text itself is kept, stripped.

    Raises DateError if it cannot be read, contradicts itself, names a recurrence, or holds
    several dates.

    >>> parse_date("Ｒ８.３末").canonical()
    '2026-03-31'
    >>> parse_date("遅くとも令和８年９月").canonical()
    '2026-09-30まで'
    """
    whole = text.strip()
    if _ISO_DAY.fullmatch(whole):  # what rulesets are full of; an impossible day is told below
        with suppress(ValueError):
            day = date.fromisoformat(whole)
            return PartialDate(day, day, text=whole)
    dates = parse_dates(text)
    if len(dates) > 1:
        raise complaints.several(whole, len(dates))
    return dates[0]


def parse_dates(text: str) -> tuple[PartialDate, ...]:
    """Return the dates of a list, separated by a comma, 、 or ・, by 及び or `and`.

    A month without a year is in the year of the date before it. Raises DateError as
    `parse_date` does, except for several dates.

    >>> [each.canonical() for each in parse_dates("令和7年9月末，12月末")]
    ['2025-09-30', '2025-12-31']
    """
    whole = text.strip()
    if len(whole) > complaints.LONGEST:
        raise complaints.unreadable(whole)
    dates: list[PartialDate] = []
    last: Written | None = None
    for piece in re.split(_SEPARATORS, whole):
        found = _read(_plain(piece), whole, last)
        dates.append(found.dated(piece.strip()))
        last = found.last
    return tuple(dates)


def parse_day(text: str) -> date:
    """Return the one full day that `text` names.

    Raises DateError as `parse_date` does, and if it names a month, a year, an interval or an
    approximate day; the message names the first and the last day.
    """
    found = parse_date(text)
    if found.earliest is None or not found.is_day:
        raise complaints.no_day(found.text, found)
    return found.earliest


def parse_period(text: str) -> Period:
    """Return the period that `text` names: an interval, or one fiscal or calendar year or month.

    Raises DateError as `parse_date` does, and if an end is open, or it is one day or approximate.

    >>> parse_period("令和5年度から令和8年度までの4年間").end
    datetime.date(2027, 3, 31)
    """
    found = parse_date(text)
    if found.earliest is None or found.latest is None or found.approximate or found.is_day:
        raise complaints.no_period(found.text, found)
    return Period(found.earliest, found.latest, found.text)


def _plain(text: str) -> str:
    """Return `text` with one sign for each meaning, 八年 as 8年, and FY2026 as 2026年度."""
    plain = "".join(unicodedata.normalize("NFKC", text).translate(_SIGNS).split())
    plain = _KANJI.sub(lambda found: _number(found[0]), plain)
    return re.sub("FY([0-9]{4})(?:年度)?", r"\1年度", plain, flags=re.IGNORECASE)


def _number(kanji: str) -> str:
    """Return a number in Japanese numerals, by place or with tens, in digits.

    >>> _number("二〇二六"), _number("十"), _number("三十一")
    ('2026', '10', '31')
    """
    if "十" not in kanji:
        return "".join(_DIGITS[sign] for sign in kanji)
    tens, _, ones = kanji.partition("十")
    return f"{_DIGITS.get(tens, tens and '?') or '1'}{_DIGITS.get(ones, ones and '?') or '0'}"


def _read(text: str, whole: str, former: Written | None) -> _Found:
    """Read one date; `whole` is quoted in errors, `former` lends its year."""
    weekdays = [found[1] or found[2] for found in _WEEKDAY.finditer(text)]
    text = _WEEKDAY.sub("", text)
    if bracketed := re.fullmatch(r"\(([^()]+)\)", text):
        text = bracketed[1]
    counted = re.fullmatch(_YEARS_LONG, text)
    years = int(counted["years"]) if counted else None
    core, said = _peeled(one_year(counted["core"] if counted else text, whole))
    if counted and counted["first"]:
        said.add(_SINCE)
    if bracketed := re.fullmatch(r"\(([^()]+)\)", core):
        core = bracketed[1]
    found = _one(core, whole, former) or _explained(core, whole)
    if found is None:
        found = _interval(core, whole, former)
        senseless = bool(said & {_BY, _SINCE})
        said -= {_TO}  # in から…まで it is no more than a sign for "to"
    else:
        senseless = _SINCE in said and bool(said & {_BY, _TO})
    if found is None or senseless:
        raise _refusal(core, whole, former)
    _check_weekdays(weekdays, found, whole)
    if years is not None:
        found, said = _counted(found, years, whole, since=_SINCE in said), said - {_SINCE, _TO}
    return _Found(
        None if said & {_BY, _TO} else found.earliest,
        None if _SINCE in said else found.latest,
        found.approximate or _ABOUT in said,
        found.last,
    )


def _check_weekdays(weekdays: list[str], found: _Found, whole: str) -> None:
    """Raise DateError where a day is not the day of the week that stands beside it."""
    ends = [found.earliest, found.latest] if len(weekdays) > 1 else [found.latest]
    for weekday, day in zip(weekdays, ends, strict=False):
        if day is not None and weekday != _WEEKDAYS[day.weekday()]:
            raise complaints.other_weekday(whole, day, weekday, _WEEKDAYS[day.weekday()])


def _peeled(text: str) -> tuple[str, set[str]]:
    """Return `text` without what stands around the date, and what that said."""
    said: set[str] = set()
    while True:
        for meaning, pattern in _AROUND:
            if match := re.fullmatch(pattern, text):
                text = match["core"]
                said.add(meaning)
                break
        else:
            return text, said


def _one(core: str, whole: str, former: Written | None) -> _Found | None:
    if core == UNDECIDED:
        return _Found(None, None)
    this = written(core, whole)
    if this is None:
        return None
    this = completed(this, former, whole, wraps=False)
    return _Found(*days_of(this, whole), this.part in _ABOUT_PARTS, this)


def _interval(core: str, whole: str, former: Written | None) -> _Found | None:
    """Read A～B; what A leaves out follows B (令和8～12年度), and B follows A (～9月)."""
    for left, right in _halves(core):
        (left_core, left_said), (right_core, right_said) = _peeled(left), _peeled(right)
        said = left_said | right_said
        unit = re.search("年度?|月|日", right_core)
        start = written(left_core, whole) or (written(left_core + unit[0], whole) if unit else None)
        end = written(right_core, whole)
        if start and end and said <= {_ABOUT, _NOTHING}:
            break
    else:
        return None
    swapped = f"{end.text}～{start.text}" if end.year else None
    start = completed(start, former, whole, wraps=False)
    end = completed(end, start, whole, wraps=True)
    earliest, latest = days_of(start, whole)[0], days_of(end, whole)[1]
    if earliest > latest:
        raise complaints.backwards(whole, earliest, latest, swapped)
    about = _ABOUT in said or not _ABOUT_PARTS.isdisjoint({start.part, end.part})
    return _Found(earliest, latest, about, end)


def _halves(core: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and after a sign that may mean "to"; a hyphen may not."""
    for mark in _BETWEEN:
        if mark in core:
            left, _, right = core.partition(mark)
            yield left, right
            return
    for hyphen in re.finditer("-", core):
        yield core[: hyphen.start()], core[hyphen.end() :]


def _explained(core: str, whole: str) -> _Found | None:
    """Read A(B), where both say the same: 令和8年9月(2026-09)."""
    match = re.fullmatch(r"(?P<outer>[^()]+)\((?P<inner>[^()]+)\)", core)
    if match is None:
        return None
    outer, inner = (_read(match[name], whole, None) for name in ("outer", "inner"))
    dates = [each.dated("") for each in (outer, inner)]
    if dates[0] != dates[1]:
        meanings = [each.describe() for each in dates]
        raise complaints.disagreement(
            whole, (match["outer"], meanings[0]), (match["inner"], meanings[1])
        )
    return outer


def _counted(found: _Found, years: int, whole: str, *, since: bool) -> _Found:
    """Check, or for 令和5年度から4年間 compute, the end of an interval of so many years."""
    end = None
    if found.earliest is not None and years and found.earliest.year + years <= MAXYEAR:
        # A year from 29 February ends, as one from 1 March does, with February (民法143条).
        leap = (found.earliest.month, found.earliest.day) == (2, 29)
        start = found.earliest + timedelta(1) if leap else found.earliest
        end = start.replace(year=start.year + years) - timedelta(1)
    if end is None or (not since and end != found.latest):
        raise complaints.miscounted(whole, years, found.dated(""))
    return _Found(found.earliest, end, found.approximate, found.last)


def _refusal(core: str, whole: str, former: Written | None) -> DateError:
    """Return the error that fits a text that could not be read best."""
    if match := re.search(_RECURRENCES, whole):
        return complaints.recurrence(whole, match[0])
    if match := re.search("[春夏秋冬]", core):
        return complaints.season(whole, match[0])
    if is_bare_year(re.split("[~-]", core)[-1]):
        year, fiscal = (
            (f"{core}{unit}".replace("~", "～"), _read(core + unit, whole, former).dated(""))
            for unit in ("年", "年度")
        )
        return complaints.no_unit(
            whole, (year[0], year[1].describe()), (fiscal[0], fiscal[1].describe())
        )
    return complaints.unreadable(whole)
