"""When plans begin: the periods of those above and before, in brackets behind their names, too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from dxrules.dates import parse_date, parse_period
from dxrules.document.normal import squeezed, unwrapped
from dxrules.draft.candidates import Quote, part, quoted
from dxrules.draft.outline import Sentence
from dxrules.draft.phrases import read_part
from dxrules.draft.sameness import same

_APRIL: Final = 4
_BEHIND: Final = (
    r"[」』]?(?:\((?:[^()、]{1,8}、)?|[:、]|の(?:計画)?期間(?:は、?|\(|:))(?:(?:計画)?期間[:は]?、?)?"
    r"((?:[^()、。:]|\((?:令和|平成|[0-9])[0-9]*\)){4,40})"
)
_BEFORE: Final = r"([0-9令和平成年度~からまで()-]{6,40}?)(?:を(?:計画)?期間とする|までの|の)「?"
"""The period of a plan behind its name, in brackets, a cell or a clause; and before it."""


def period_of(entry: Mapping[str, str], sentences: Sequence[Sentence]) -> tuple[str, Quote] | None:
    """Return the period of a plan and where it stands; None where none or several are told.

    Of a stage that is named with a plan it is the period of the stage.
    """
    found = [*_told(squeezed(entry["title"] + entry.get("stage", "")), sentences)]
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
