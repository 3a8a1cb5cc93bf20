"""When plans begin: the periods of those above and before, in brackets behind their names, too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from dxrules.dates import parse_date, parse_period
from dxrules.document.normal import squeezed, unwrapped
from dxrules.draft.candidates import Candidate, Quote, part, quoted
from dxrules.draft.outline import Sentence
from dxrules.draft.phrases import PERIOD, read_part
from dxrules.draft.sameness import same

_APRIL: Final = 4
_BEHIND: Final = (
    r"[」』]?(?:\((?:[^()、]{1,8}、)?|[:、]|の(?:計画)?期間(?:は、?|\(|:))(?:(?:計画)?期間[:は]?、?)?"
    r"((?:[^()、。:]|\((?:令和|平成|[0-9])[0-9]*\)){4,40})"
)
_BEFORE: Final = (
    r"([0-9令和平成年度~からまで()-]{6,40}?)(?:を(?:計画)?期間と(?:する|した)|までの|の)「?"
)
"""The period of a plan behind its name, in brackets, a cell or a clause; and before it."""


def period_of(
    entry: Mapping[str, str], sentences: Sequence[Sentence], own: str = ""
) -> tuple[str, Quote] | None:
    """Return the period of a plan and where it stands; None where none or several are told.

    Of a stage that is named with a plan it is the period of the stage; of one that ended before
    the plan's `own` began, it may stand anywhere behind the name.
    """
    name = squeezed(entry["title"] + entry.get("stage", ""))
    found = [*_told(name, sentences)]
    found = found or [
        each
        for sentence in sentences
        if own and (at := sentence.said.find(name)) >= 0
        for each in periods_beside(sentence, at, at + len(name))
        if is_followed(each[0], own)
    ]
    meant = {same("period", period) for period, _ in found}
    return found[0] if len(meant) == 1 else None


def begin_of(period: str, made_on: str) -> int | None:
    """Return the first day of a plan, as an ordinal: that of its period, or about when it was made.

    A plan that is made in the last months of a fiscal year begins with the next one.
    """
    if period and (start := parse_period(period).start) is not None:
        return start.toordinal()
    day = parse_date(made_on).range.hi if made_on else None
    if day is None:
        return None
    return date(date.fromordinal(day).year, _APRIL, 1).toordinal()


def is_followed(former: str, own: str) -> bool:
    """Tell whether a period ends right before another one begins."""
    end, start = parse_period(former).end, parse_period(own).start
    return end is not None and start is not None and 0 < (start - end).days <= _A_MONTH


_A_MONTH: Final = 31


def periods_beside(sentence: Sentence, start: int, end: int) -> Iterator[tuple[str, Quote]]:
    """Yield the periods that stand right before a name, or behind it and before another one.

    令和4年度から3年間の「…」; 「…」を策定し、令和4年度から令和6年度まで….
    """
    named = _NAMED.search(sentence.said, end)
    stop = min(end + _NEAR, named.start() if named else len(sentence.said))
    since = max(start - _CLOSE, 0)
    for at, words in ((end, sentence.said[end:stop]), (since, sentence.said[since:start])):
        for found in PERIOD.matches(words):
            first, last = at + found["period"].start, at + found["period"].end
            yield (
                unwrapped(sentence.original(first, last)),
                quoted(sentence, part(sentence, first, last)),
            )


_NAMED: Final = re.compile(r"(?<!以下)[「『]|(?:計画|プラン|構想|ビジョン|戦略|方針)(?=\()")
_NEAR: Final = 90
_CLOSE: Final = 30


def ended_before(
    own: Sequence[Candidate], said: Sequence[Sentence], period: str
) -> list[Candidate]:
    """Return those that may be replaced whose period ends where that of the plan begins."""
    told = {each.value: period_of({"title": each.value}, said) for each in own}
    ended = {t for t, each in told.items() if period and each and is_followed(each[0], period)}
    return [replace(each, grade="sure") for each in own if ended == {each.value}]


def without_lesser_periods(found: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates less periods of which another one tells more, or that are of a part.

    2026-2030 on a cover is 令和8年度から令和12年度まで; where the period of the plan is told,
    期間: alone is that of what the lines around it tell of.
    """
    found = _with_whole_years(_with_that_of_cover(found))
    periods = [e for e in found if (e.of, e.key, e.grade) == ("plan", "period", "sure")]
    own = [e for e in periods if not _OF_PART.match(squeezed(e.quote.text))]
    whole = [e for e in periods if not _is_bare(e.value)]
    known = {same("period", each.value) for each in own}
    left_out = [
        each
        for each in periods
        if any(_are_years_of(each.value, other.value) for other in whole)
        or (
            own
            and each not in own
            and same("period", each.value) not in known
            and not any(_are_years_of(one.value, each.value) for one in own)
        )
    ]
    return [
        replace(each, grade="doubtful") if not whole and each in periods else each
        for each in found
        if each not in left_out
    ]


def without_periods_of_measures(
    found: Sequence[Candidate], said: Sequence[Sentence]
) -> list[Candidate]:
    """Return candidates less the periods of single measures.

    A table or a line with a label below a heading of measures tells that of one of them; and so
    does a heading 期間 among them, where another place tells the period of the plan.
    """
    own = {each.place for each in said if _is_of_one_measure(each)}
    found = [e for e in found if e.key != "period" or e.quote.place not in own]
    inner = {e.place for e in said if {"measures", "period"} <= set(e.about) and not e.cover}
    outer = {e.quote.place for e in found if (e.key, e.grade) == ("period", "sure")} - inner
    return [e for e in found if e.key != "period" or not outer or e.quote.place not in inner]


def _is_of_one_measure(sentence: Sentence) -> bool:
    own = {"measures", "own-measures"} & set(sentence.near)
    told = sentence.block.kind == "table" or _LABELLED.match(sentence.said)
    return bool(told and own) and not sentence.cover


_LABELLED: Final = re.compile("[^:。、]{0,6}期間[:は]")


def _is_mixed(period: str) -> bool:
    """Tell whether a period goes from a year to a fiscal year: 2026年~2029年度 may be of either."""
    return _MIXED.search(squeezed(period)) is not None


_MIXED: Final = re.compile("[0-9]年(?![度0-9]).*年度")


def _with_that_of_cover(found: Sequence[Candidate]) -> Sequence[Candidate]:
    """Return candidates in which the period beside the title is sure, if no other one differs."""
    periods = [each for each in found if (each.of, each.key) == ("plan", "period")]
    beside = [each for each in periods if each.rule == _BESIDE_TITLE]
    if not beside or any(each.grade == "sure" for each in periods):
        return found
    others = [e for e in periods if same("period", e.value) != same("period", beside[0].value)]
    told = [each for each in others if _are_years_of(beside[0].value, each.value)]
    if len(told) < len(others):
        return found
    one = (told or beside)[0]
    return [replace(each, grade="sure") if each is one else each for each in found]


def _with_whole_years(found: Sequence[Candidate]) -> Sequence[Candidate]:
    """Return candidates in which a period is sure that says what the sure years without a word are.

    2026-2029 on the cover bears out 令和8年度から令和11年度までの4年間 in the text.
    """
    periods = [each for each in found if (each.of, each.key) == ("plan", "period")]
    sure = [each for each in periods if each.grade == "sure"]
    if not sure or not all(_is_bare(each.value) for each in sure):
        return found
    told = [e for e in periods if not _is_bare(e.value) and _are_years_of(sure[0].value, e.value)]
    return [replace(e, grade="sure") if e in told else e for e in found]


_BESIDE_TITLE: Final = "period-on-cover-beside-title"
_OF_PART: Final = re.compile("[・○●■◆-]?(?:実施|取組|対象)?期間[:は、]?")
_BARE: Final = re.compile("[(]?(20[0-9]{2})[-~→▶]((?:20)?[0-9]{2})[)]?")


def _are_years_of(years: str, period: str) -> bool:
    """Tell whether years without a word are those of a period, as fiscal or as calendar years."""
    bare, told, either = _BARE.fullmatch(squeezed(years)), parse_period(period), parse_period(years)
    if bare is None and either.start_by and either.end_from:  # R8~R11
        return told.start == either.start_by and told.end == either.end
    if told.start is None or told.end is None:
        return False
    if _is_mixed(years):
        return told.end == either.end and told.start.year == getattr(either.start, "year", 0)
    if bare is None:
        return False
    last = int(bare[2]) if len(bare[2]) > _TWO else int(bare[1][:_TWO] + bare[2])
    return told.start.year == int(bare[1]) and told.end.year in {last, last + 1}


def _is_bare(years: str) -> bool:
    """Tell whether years lack a word, so that they may be fiscal or calendar ones."""
    is_bare = _BARE.fullmatch(squeezed(years)) is not None or _is_mixed(years)
    return is_bare or parse_period(years).start_by is not None


_TWO: Final = 2


def last_year(period: str) -> str:
    """Return the last year of a period as it is told; empty where it tells none.

    >>> last_year("令和8年度から令和12年度まで"), last_year("令和8~12年度")
    ('令和12年度', '')
    """
    years = _FISCAL.findall(squeezed(period))
    return str(years[-1]) if len(years) > 1 else ""


_ENDING: Final = re.compile("(?:です|であり|とする|とします)$")
_FISCAL: Final = re.compile("(?:令和|R)[0-9]{1,2}年度|20[0-9]{2}年度")


def own_period(title: str, sentences: Sequence[Sentence]) -> Iterator[tuple[str, Quote]]:
    """Yield the period that stands behind the title of the plan itself, as figures have it."""
    yield from _told(squeezed(title), [each for each in sentences if not each.is_heading])


def _told(name: str, sentences: Sequence[Sentence]) -> Iterator[tuple[str, Quote]]:
    pattern = re.compile(f"{re.escape(name)}{_BEHIND}|{_BEFORE}{re.escape(name)}")
    for sentence in sentences:
        if sentence.voice not in {"town", "past"}:
            continue
        for found in pattern.finditer(sentence.said):
            group = 1 if found[1] else 2
            inside = read_part("period", found[group])
            if inside is None:
                continue
            start, end = (found.start(group) + each for each in inside)
            end -= len(sentence.said[start:end]) - len(_ENDING.sub("", sentence.said[start:end]))
            quote = quoted(sentence, part(sentence, start, end))
            yield unwrapped(sentence.original(start, end)), quote
