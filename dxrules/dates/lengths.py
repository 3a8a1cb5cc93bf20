"""Lengths of time beside dates: 概ね5年以内 is no year of an era, though 8年度内 is one.

What counts from a day that is named is read; what says only how long is not a date.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, date, timedelta
from typing import NamedTuple

DONE = (
    "実施|開始|着手|稼働|完了|終了|導入|移行|運用|整備|構築|達成|拡大|展開|公開|供用|策定|改定|改訂|見直し"
    "|公表|更新|作成|発行|決定|議決|施行|告示|制定|締結|調達|対応|リリース|スタート"
)
"""What is done on a date, as plans write it behind one."""

_ABOUT = "概ね|おおむね|おおよそ|およそ|約|ほぼ"
_YEARS = "(?:年|[かヶカケ箇ヵ]年)"
_LENGTH = f"(?:今後|当面)?(?:{_ABOUT})?[0-9]{{1,2}}{_YEARS}(?:程度)?"
_REST = f"(?:[にをのはで]|目途|目処|めど|として|目指す?|予定|{DONE}|する|します|した)*"
_VAGUE = f"{_ABOUT}|程度|今後|当面"
_ONLY_LENGTH = f"(?:{_LENGTH}以?内|(?=.*(?:{_VAGUE})){_LENGTH}){_REST}"
_WITH_LENGTH = (
    rf"(?P<date>.+?)\((?P<length>{_LENGTH}以?内)\)",
    rf"(?P<length>{_LENGTH}以?内)\((?P<date>[^()]+)\)",
)
_WITHIN = (
    f"(?P<since>.+?)(?:から|より)(?:起算して)?(?P<about>{_ABOUT})?"
    f"(?P<years>[0-9]{{1,2}}){_YEARS}以?内{_REST}"
)
_INSIDE = "内"
"""The end of every length beside a date; few dates have one, so that its forms are rarely tried."""
_SIGNS = (_INSIDE, *_VAGUE.split("|"))


class Beside(NamedTuple):
    """A date that a length of time explains, or that explains one; whether the length is vague."""

    date: str
    about: bool


class Spanned(NamedTuple):
    """So many years, or about so many, and the text of the date from which they are counted."""

    since: str
    years: int
    about: bool


def is_length(text: str) -> bool:
    """Tell whether a plain text says how long alone.

    >>> is_length("概ね5年以内"), is_length("約3年"), is_length("8年度内"), is_length("5年")
    (True, True, False, False)
    """
    signs = any(sign in text for sign in _SIGNS)
    return signs and re.fullmatch(_ONLY_LENGTH, text) is not None


def with_length(text: str) -> Beside | None:
    """Return the date of 令和12年度末(概ね5年以内), or of the same the other way round."""
    if _INSIDE not in text:
        return None
    found = next((match for p in _WITH_LENGTH if (match := re.fullmatch(p, text))), None)
    return found and Beside(found["date"], re.search(_ABOUT, found["length"]) is not None)


def spanned(text: str) -> Spanned | None:
    """Return what 令和7年度末から概ね5年以内 counts.

    >>> spanned("令和7年度末から概ね5年以内に移行")
    Spanned(since='令和7年度末', years=5, about=True)
    """
    found = re.fullmatch(_WITHIN, text) if _INSIDE in text else None
    return found and Spanned(found["since"], int(found["years"]), found["about"] is not None)


def years_after(day: date | None, years: int) -> date | None:
    """Return the same day so many years later; None for an open end, or out of reach.

    >>> years_after(date(2024, 2, 29), 1)
    datetime.date(2025, 2, 28)
    """
    if day is None or day.year + years > MAXYEAR:
        return None
    leap = (day.month, day.day) == (2, 29)
    return (day - timedelta(1) if leap else day).replace(year=day.year + years)
