"""Reading the dates of plans: what stands around and between the written dates of `grammar`.

Full-width signs, spaces inside, wave dashes and hyphens of every kind are read; the table of
grammar is in `tests/test_dates_grammar.py`. A date is never read narrower than its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import MAXYEAR, date, timedelta
from functools import lru_cache
from typing import NamedTuple

from dxrules.dates import date_errors
from dxrules.dates.date_words import pieces, plain
from dxrules.dates.grammar import ABOUT_PARTS, Written, completed, days_of, one_year, written
from dxrules.dates.lengths import DONE, Spanned, is_length, spanned, with_length, years_after
from dxrules.dates.partial import NOT_KNOWN, UNDECIDED, PartialDate, Period
from dxrules.errors import DateError

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BETWEEN = ("~", "から", "より")
_DEPTH = 4
"""How often an ambiguous text is taken apart: it may lack its era and its unit, and be glossed."""

_HOW = "の|を|に|は|が|順次|段階的に|本格|試行|試験|一部|全面|運用|供用|サービス|閣議|予定"
# What may stand around a date, and what it says of it.
_ABOUT, _BY, _TO, _SINCE, _NOTHING = "about", "by", "to", "since", "nothing"
_AROUND = (
    (_ABOUT, "(?:概ね|おおむね|おおよそ|およそ|約|ほぼ)(?P<core>.+)"),
    (_ABOUT, "(?P<core>.+?)[をの]?(?:頃|ごろ|目途|目処|めど)(?:に|として)?"),
    (_ABOUT, r"(?P<core>.+?)\((?:仮|案|想定|調整中|暫定|検討中|未定)\)"),
    (_ABOUT, "(?P<core>.+?月)(?:議会|定例会)"),
    (_BY, "(?:遅くとも|遅くても|~)(?P<core>.+)"),
    (_BY, "(?P<core>.+?)以前"),
    (_TO, r"(?P<core>.+?まで)を[^0-9()~]{0,12}期間"),
    (_TO, "(?P<core>.+?)まで(?:の(?:期間|間))?"),
    (
        _SINCE,
        (
            "(?P<core>.+?)(?:から|以降|以後|より|~)"
            "(?:順次|随時|継続(?:的に?|中|実施)?|引き?続き|毎年度?|常時)?(?:継続|実施)?"
        ),
    ),
    (_NOTHING, "(?P<core>.+?(?:まで|中)に?)(?:順次|段階的に?)(?:実施|展開|拡大|移行)?"),
    (_NOTHING, r"(?:順次|段階的に?)\(?(?P<core>[^()]+)\)?"),
    (_NOTHING, r"(?P<core>.+?)\((?:順次|段階的に?)\)"),
    (_NOTHING, "(?P<core>.+?)(?:の?予定|に|を|をもって)"),
    (_NOTHING, "(?P<core>.+?)の(?:期間|間)"),
    (_NOTHING, "(?P<core>.+?)の?(?:時点|現在|実績値?|目標値?|見込み?|計画値?|数値)"),
    (_NOTHING, f"(?P<core>.+?)(?:{_HOW})*(?:{DONE})(?:する|します|した|とする|済み?|予定)?"),
    (_NOTHING, r"(?P<core>.+?)\((?:予定|見込み?|目標値?|実績値?)\)"),
    (
        _NOTHING,
        r"(?P<core>.+?)\((?:(?!まで|~)[^()])*(?:見直し|見直す|改定|改訂|検証|評価|更新|策定)\)",
    ),
    (
        _NOTHING,
        (
            r"(?P<core>.+?)\((?:継続|新規|拡充|[前中後]期(?:計画)?|第[0-9一二三四五]期(?:計画)?|現計画"
            r"|次期計画|[0-9]+年目|初年度|最終年度|目標年度|計画期間|推進期間|全期間)\)"
        ),
    ),
)
_YEARS_LONG = (
    r"(?P<core>.+?)(?P<first>を初年度とする)?(?:である)?の?\(?(?:計|全|(?P<about>概ね|おおむね|約))?"
    r"(?P<years>[0-9]{1,3})(?:年間|[かヶカケ箇ヵ]年間?|年計画|(?P<fiscal>[かヶカケ箇ヵ]年度間?"
    r"|(?:(?<=[(の計全約][0-9])|(?<=[(の計全約][0-9]{2}))年度間?))(?:の?期間|計画)?\)?"
)
_NOTE_OF_YEARS = re.compile(r"(?<=年)\([^()0-9]*\)$|(?<=間)\([^()]*\)$|(?<=計画)\([^()]*\)$")
_WEEKDAYS = "月火水木金土日"
_WEEKDAY = re.compile(rf"(?<=日)(?:\(([{_WEEKDAYS}])(?:曜日?)?(?:・?祝)?\)|([{_WEEKDAYS}])曜日?)")


class _Found(NamedTuple):
    """The days that were read, and the part from which a following 9月 takes its year."""

    earliest: date | None
    latest: date | None
    approximate: bool = False
    last: Written | None = None

    def dated(self, text: str) -> PartialDate:
        return PartialDate(self.earliest, self.latest, self.approximate, text)


@lru_cache(maxsize=4_096)  # the same few dates are read again and again
def parse_date(text: str, near: date | None = None) -> PartialDate:
    """Return the days that `text` allows; the text itself is kept, stripped.

    What can mean several things, as R7, is read as all of them. A year without its era, as 24年度,
    is one of those close to the day `near`. Raises DateError if it cannot be read, contradicts
    itself, names a recurrence, or holds several dates.

    >>> parse_date("Ｒ８.３末").canonical()
    '2026-03-31'
    >>> parse_date("遅くとも令和８年９月").canonical()
    '2026-09-30まで'
    >>> parse_date("R7").canonical()
    '2025-01-01～2026-03-31'
    """
    whole = text.strip()
    if _ISO_DAY.fullmatch(whole):  # what rulesets are full of; an impossible day is told below
        with suppress(ValueError):
            day = date.fromisoformat(whole)
            return PartialDate(day, day, text=whole)
    return _hull(_one_date(text, near), whole)


@lru_cache(maxsize=4_096)
def parse_dates(text: str, near: date | None = None) -> tuple[PartialDate, ...]:
    """Return the dates of a list, separated by a comma, 、 or ・, by 及び or `and`.

    A month without a year is in the year of the date before it. Raises DateError as
    `parse_date` does, except for several dates.

    >>> [each.canonical() for each in parse_dates("令和7年9月末，12月末")]
    ['2025-09-30', '2025-12-31']
    """
    return tuple(_hull(found, piece) for piece, found in _each(text, near))


def parse_day(text: str) -> date:
    """Return the one full day that `text` names.

    Raises DateError as `parse_date` does, and if it names a month, a year, an interval or an
    approximate day; the message names the first and the last day.
    """
    found = parse_date(text)
    if found.earliest is None or not found.is_day:
        raise date_errors.no_day(found.text, found)
    return found.earliest


@lru_cache(maxsize=4_096)
def parse_period(text: str, near: date | None = None) -> Period:
    """Return the period that `text` names: an interval, or one fiscal or calendar year or month.

    An end may be open (令和8年3月まで), or lie in a range (R7～R9). Raises DateError as
    `parse_date` does, and if it is one day, or no day at all.

    >>> parse_period("令和5年度から令和8年度までの4年間").end
    datetime.date(2027, 3, 31)
    >>> parse_period("令和8年3月まで").start is None
    True
    """
    whole = text.strip()
    found = _one_date(re.sub("[→⇒➡▶►▷]", "～", text), near)  # beside one day they tell a change
    date_of = _hull(found, whole)
    if any(each.earliest == each.latest for each in found):
        raise date_errors.no_period(whole, date_of)
    starts = [each.earliest for each in found if each.earliest is not None]
    ends = [each.latest for each in found if each.latest is not None]
    return Period(
        date_of.earliest,
        date_of.latest,
        whole,
        start_by=max(starts) if len({*starts}) > 1 else None,
        end_from=min(ends) if len({*ends}) > 1 else None,
        approximate=date_of.approximate,
    )


def _one_date(text: str, near: date | None) -> list[_Found]:
    """Return the readings of a text that holds one date; the same one may stand there twice."""
    readings = [found for _, found in _each(text, near)]
    if any(found != readings[0] for found in readings[1:]):
        raise date_errors.several(text.strip(), found=len(readings))
    return readings[0]


def _each(text: str, near: date | None) -> Iterator[tuple[str, list[_Found]]]:
    """Yield each date of a list with its readings."""
    whole = text.strip()
    if len(whole) > date_errors.LONGEST:
        raise date_errors.unreadable(whole)
    last: Written | None = None
    for piece in pieces(whole):
        found = _readings(plain(piece), _Reading(whole, last, near))
        yield piece.strip(), found
        last = found[0].last if len(found) == 1 else None


def _hull(found: Sequence[_Found], text: str) -> PartialDate:
    """Return one date that holds all readings."""
    firsts = [each.earliest for each in found]
    lasts = [each.latest for each in found]
    return PartialDate(
        None if None in firsts else min(day for day in firsts if day),
        None if None in lasts else max(day for day in lasts if day),
        any(each.approximate for each in found),
        text,
    )


class _Reading(NamedTuple):
    """What the reading of a date needs besides its text.

    `whole` is quoted in errors, `former` lends its year, `near` is where a year without era lies.
    """

    whole: str
    former: Written | None = None
    near: date | None = None


def _readings(text: str, about: _Reading, depth: int = _DEPTH) -> list[_Found]:
    """Return all that a text can mean; raise DateError where it means nothing."""
    if is_length(_bare(text)):
        raise date_errors.duration(about.whole)
    if beside := with_length(text):
        dated = _readings(beside.date, about, depth)
        return [each._replace(approximate=each.approximate or beside.about) for each in dated]
    try:
        return [_read(text, about.whole, about.former)]
    except DateError as error:
        from dxrules.dates.variants import variants  # few dates mean several things

        found: list[_Found] = []
        failures: list[DateError] = []
        for variant in dict.fromkeys(variants(text, about.near)) if depth else ():
            try:
                found += _readings(variant, about, depth - 1)
            except DateError as failure:
                failures.append(failure)
        if found:
            return [*dict.fromkeys(found)]
        generic = error.text == date_errors.unreadable(about.whole).text
        raise (failures[0] if failures and generic else error) from None


def _read(text: str, whole: str, former: Written | None) -> _Found:
    """Read a text that means one thing; `whole` is quoted in errors, `former` lends its year."""
    weekdays = [found[1] or found[2] for found in _WEEKDAY.finditer(text)]
    text = _WEEKDAY.sub("", text)
    text = _NOTE_OF_YEARS.sub("", _bare(text))
    if span := spanned(text):
        return _within(span, whole, former)
    counted = re.fullmatch(_YEARS_LONG, text)
    years = int(counted["years"]) if counted else None
    core, said = _peeled(one_year(counted["core"] if counted else text, whole))
    if counted and counted["about"]:
        said.add(_ABOUT)
    if counted and counted["first"]:
        said.add(_SINCE)
    core = _bare(core)
    if counted and counted["fiscal"]:
        core = re.sub("(?<=[0-9])(?=$|~)", "年度", core)  # R8~R11の4年度
    found = _one(core, whole, former) or _explained(core, whole)
    if found is None:
        found = _interval(core, whole, former)
        senseless = bool(said & {_BY, _SINCE})
        said -= {_TO}  # in から…まで it is no more than a sign for "to"
    else:
        senseless = _SINCE in said and bool(said & {_BY, _TO})
    if found is None or senseless:
        raise date_errors.fitting(core, whole)
    _check_weekdays(weekdays, found, whole)
    if years is not None:
        found, said = _counted(found, years, whole, since=_SINCE in said), said - {_SINCE, _TO}
    return _Found(
        None if said & {_BY, _TO} else found.earliest,
        None if _SINCE in said else found.latest,
        found.approximate or _ABOUT in said,
        found.last,
    )


def _within(span: Spanned, whole: str, former: Written | None) -> _Found:
    """Read 令和7年度末から概ね5年以内: from what is named to so many years after its last day."""
    since = _read(span.since, whole, former)
    if (last := years_after(since.latest, span.years)) is None:
        raise date_errors.fitting(span.since, whole)
    return _Found(since.earliest, last, since.approximate or span.about, since.last)


def _bare(text: str) -> str:
    """Return a text without brackets around all of it."""
    in_brackets = re.fullmatch(r"\(([^()]+)\)", text)
    return in_brackets[1] if in_brackets else text


def _check_weekdays(weekdays: list[str], found: _Found, whole: str) -> None:
    """Raise DateError where a day is not the day of the week that stands beside it."""
    ends = [found.earliest, found.latest] if len(weekdays) > 1 else [found.latest]
    for weekday, day in zip(weekdays, ends, strict=False):
        if day is not None and weekday != (right := _WEEKDAYS[day.weekday()]):
            raise date_errors.other_weekday(whole, day=day, wrong=weekday, right=right)


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
    if core in (UNDECIDED, *NOT_KNOWN):
        return _Found(None, None)
    this = written(core, whole)
    if this is None:
        return None
    this = completed(this, former, whole, wraps=False)
    return _Found(*days_of(this, whole), this.part in ABOUT_PARTS, this)


def _interval(core: str, whole: str, former: Written | None) -> _Found | None:
    """Read A～B; what A leaves out follows B (令和8～12年度), and B follows A (～9月)."""
    for left, right in _halves(core):
        (left_core, left_said), (right_core, right_said) = map(_peeled, map(_bare, (left, right)))
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
        raise date_errors.backwards(whole, earliest, latest, swapped)
    about = _ABOUT in said or not ABOUT_PARTS.isdisjoint({start.part, end.part})
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
    fiscal = _as_fiscal(match["inner"], whole)
    if dates[0] in (dates[1], fiscal and fiscal.dated("")):
        return outer
    if written(match["outer"], whole) and _holds(*dates):
        return inner  # 令和8年度(令和8年10月) says which part of the year
    meanings = [each.describe() for each in dates]
    raise date_errors.disagreement(
        whole, (match["outer"], meanings[0]), (match["inner"], meanings[1])
    )


def _as_fiscal(text: str, whole: str) -> _Found | None:
    """Read the years of a gloss as fiscal ones: 令和3～7年度(2021～2025年) counts these."""
    fiscal = re.sub("年(?![度0-9間])", "年度", text)
    if fiscal == text:
        return None
    with suppress(DateError):
        return _read(fiscal, whole, None)
    return None


def _holds(outer: PartialDate, inner: PartialDate) -> bool:
    """Tell whether the days of one date are among those of another."""
    return (
        outer.earliest is not None
        and outer.latest is not None
        and inner.earliest is not None
        and inner.latest is not None
        and outer.earliest <= inner.earliest
        and inner.latest <= outer.latest
    )


def _counted(found: _Found, years: int, whole: str, *, since: bool) -> _Found:
    """Check, or for 令和5年度から4年間 compute, the end of an interval of so many years."""
    end = None
    if found.earliest is not None and years and found.earliest.year + years <= MAXYEAR:
        # A year from 29 February ends, as one from 1 March does, with February (民法143条).
        leap = (found.earliest.month, found.earliest.day) == (2, 29)
        start = found.earliest + timedelta(1) if leap else found.earliest
        end = start.replace(year=start.year + years) - timedelta(1)
    if end is None or (not since and end != found.latest):
        raise date_errors.miscounted(whole, years, found.dated(""))
    return _Found(found.earliest, end, found.approximate, found.last)
