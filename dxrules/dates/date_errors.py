"""Messages on texts that are no dates: what is wrong, possible readings, the way out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from dxrules.dates.partial import PartialDate
from dxrules.errors import DateError
from dxrules.texts import Text, same, shorten

LONGEST = 200

_RECURRENCES = "[毎各](?:年度?|月|週|日|回)|随時|適宜|引き?続き|順次|継続|常時|都度|定期的"
_NO_DAYS = (
    "計画期間[中内]?|(?:最終|中間)年度|(?:できるだけ|なるべく|可能な限り)?(?:早期|早急|早く)|速やか|当面|将来"
    "|[短中長]期"
)
_MOVING = "今年度?|本年度?|当年度?|今月|来年度?|昨年度?|前年度?|次年度|一昨年度?|再来年度?"

# The months that the weather service (気象庁) counts to a season.
SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 2)}


def complain(text: str, ja: str, en: str) -> DateError:
    """Return the error about `text`: its quotation, and what is said of it."""
    short = shorten(text, LONGEST + 1)
    return DateError(Text(f"「{short}」{ja}", f'"{short}" {en}'))


def _fault(ja: str, en: str) -> Callable[..., DateError]:
    """Return what makes the error about a text, given what fills the gaps of the words by name."""

    def error(text: str, /, **gaps: object) -> DateError:
        return complain(text, ja.format(**gaps), en.format(**gaps))

    return error


unreadable = _fault(
    "は日付として読めません。日(2026-09-30)、月(令和8年9月)、年度(令和8年度)、"
    "期間(令和8年度～令和12年度)のいずれかで書いてください。",
    "cannot be read as a date. Write a day (2026-09-30), a month (令和8年9月), "
    "a fiscal year (令和8年度) or an interval (令和8年度～令和12年度).",
)
"""A text in none of the forms."""

recurrence = _fault(
    "は日付ではありません。「{word}」は繰り返しを表すので、recurrence に書いてください。",
    "is no date: {word} says that something is done again and again. "
    "Write it under the key recurrence.",
)
"""Work that is done again and again."""


def season(text: str, name: str) -> DateError:
    """Return the error about a season, which has neither a first nor a last day."""
    first, last = SEASONS[name]
    return complain(
        text,
        f"は季節であり、始まりと終わりの日が決まりません。月で書いてください"
        f"(気象庁の用語では{name}は{first}月～{last}月)。",
        f"names a season, which has no first and last day. Write months instead: "
        f"{name} is {first}月～{last}月 as the weather service counts.",
    )


without_days = _fault(
    "の「{word}」からは、日が決まりません。計画期間のことなら「令和8年度～令和12年度」のように年度を書き、"
    "日が書かれていないなら、何も書かないでください。",
    "says {word}, which names no days. For the period of the plan write its years, as in "
    "令和8年度～令和12年度; where no day is stated, write nothing.",
)
"""Words that name no days."""

moving = _fault(
    "の「{word}」がいつかは、書いた日によって変わります。「令和8年度」のように年を書いてください。",
    "says {word}, which depends on the day on which it was written. "
    "Write the year itself, as in 令和8年度.",
)
"""A year that depends on the day on which it was written."""

no_year = _fault(
    "には年がありません。「令和8年9月」のように年から書いてください。",
    "does not say of which year. Begin with the year, as in 令和8年9月.",
)
"""A month or day that lacks its year."""

no_era = _fault(
    "には元号がありません。「令和8年」か「2026年」のように書いてください。",
    "does not say of which era. Write the year as in 令和8年 or 2026年.",
)
"""A year that lacks its era."""

duration = _fault(
    "は期間の長さで、いつから数えるかが書かれていません。「令和7年度末から概ね5年以内」のように"
    "起点を添えるか、数えた日(「概ね令和12年度末まで」)を書いてください。",
    "is a length of time, and does not say from when it is counted. Write from when, as in "
    "令和7年度末から概ね5年以内, or the day that it comes to, as in 概ね令和12年度末まで.",
)
"""A length of time that does not say from when it is counted."""

zeroth_year = _fault(
    "の元号の年は0です。元号は元年(1年)から数えます。",
    "has year 0 of an era. Eras count from 元年, which is year 1.",
)
"""The year 0 of an era."""

out_of_reach = _fault(
    "は扱えません。扱えるのは0001-01-01から9999-12-31までです。",
    "is out of reach: days run from 0001-01-01 to 9999-12-31.",
)
"""Years that no day can be written in."""

too_far_ahead = _fault(
    "は先すぎます({last}まで)。年を確かめてください。",
    "is too far ahead (the last day is {last}). Check the year.",
)
"""A day that is too far ahead to be judged by."""

outside_law = _fault(
    "は法令や一覧の日ではありません({first}から{last}まで)。"
    "終わりが決まっていないなら、書かないでください。",
    "is no day of a law or a list (they are from {first} to {last}). "
    "Leave out an end that is not fixed.",
)
"""A day on which no law of today begins, holds or ends."""

impossible_month = _fault(
    "の{month}月はありません。その年の最後の月は{last}です。",
    "has a month {month}. The last month of that year is {last}.",
)
"""A month that is not from 1 to 12."""

impossible_day = _fault(
    "の{day}日はありません。その月の最後の日は{last}です。",
    "has a day {day}. The last day of that month is {last}.",
)
"""A day that its month does not have."""


def wrong_era(text: str, part: str, era: Text, right: str) -> DateError:
    """Return the error about a `part` of the text of which no day lies in its era."""
    its = Text(f"の{part}", f"says {part}, which") if part != text else same("")
    return complain(
        text,
        f"{its.ja}は{era.ja}にありません。{right}と書いてください。",
        f"{its.en} does not lie in {era.en}. Write {right}.".lstrip(),
    )


lunisolar = _fault(
    "は明治6年(1873年)より前なので、太陰太陽暦の日付かもしれません。西暦で書いてください。",
    "lies before 明治6年 (1873) and may be a date of the lunisolar calendar. "
    "Write it with its Gregorian year.",
)
"""A day or month before Japan took the Gregorian calendar."""


def disagreement(text: str, outer: tuple[str, Text], inner: tuple[str, Text]) -> DateError:
    """Return the error about two ways to write a date of which each says something else.

    `outer` and `inner` are what is written, and what it means.
    """
    return complain(
        text,
        f"は括弧の外と内が合いません。{outer[0]}は{outer[1].ja}、{inner[0]}は{inner[1].ja}です。"
        "正しい方だけを書いてください。",
        f"says two things: {outer[0]} is {outer[1].en}, {inner[0]} is {inner[1].en}. "
        "Write only the one that is right.",
    )


other_weekday = _fault(
    "の{day}は{wrong}曜日ではなく{right}曜日です。日付か曜日を直してください。",
    "says that {day} is {wrong}曜日, but it is {right}曜日. Correct the day or the weekday.",
)
"""A day that is another day of the week than the text says."""


def backwards(text: str, earliest: date, latest: date, swapped: str | None) -> DateError:
    """Return the error about an interval whose last day comes before its first."""
    return complain(
        text,
        f"は始まり({earliest})より前に終わります({latest})。"
        + (f"{swapped}の誤りではありませんか。" if swapped else "終わりを年から書いてください。"),
        f"ends before it starts ({earliest}, {latest}). "
        + (f"Did you mean {swapped}?" if swapped else "Write its end with its year."),
    )


def miscounted(text: str, years: int, found: PartialDate) -> DateError:
    """Return the error about an interval that is not as many years long as it says."""
    days = found.describe()
    return complain(
        text,
        f"は{years}年間ではありません({days.ja})。年数か両端を直してください。",
        f"is not {years} years long ({days.en}). Mend the number of years or the two ends.",
    )


several = _fault(
    "には日付が{found}つあります。一つだけ書くか、「～」で期間にしてください。",
    "holds {found} dates where one is asked for. Write one, or an interval with ～.",
)
"""A list where one date is asked for."""


def no_day(text: str, found: PartialDate) -> DateError:
    """Return the error about a date that is not one full day."""
    meaning = replace(found, text="").describe()
    ends = dict.fromkeys(str(end) for end in (found.earliest, found.latest) if end)
    ja, en = "か".join(ends) or "2026-09-30", " or ".join(ends) or "2026-09-30"
    return complain(
        text,
        f"は特定の一日ではありません({meaning.ja})。{ja}のように一日を書いてください。",
        f"is not one full day ({meaning.en}). Write one day, such as {en}.",
    )


def no_period(text: str, found: PartialDate) -> DateError:
    """Return the error about a date that is no stretch of days."""
    meaning = replace(found, text="").describe()
    leave = (
        Text("", "")
        if found.range.is_known
        else Text(
            "どちらも書かれていなければ、何も書かないでください。",
            " Where neither is, write nothing.",
        )
    )
    return complain(
        text,
        f"は期間ではありません({meaning.ja})。「令和8年度～令和12年度」のように始まりと終わりを、"
        "終わりしか書かれていなければ「令和12年度まで」のように書いてください。"
        f"{leave.ja}",
        f"is no period ({meaning.en}). Write its start and its end, as in 令和8年度～令和12年度; "
        f"where only its end is told, write 令和12年度まで.{leave.en}",
    )


def fitting(core: str, whole: str) -> DateError:
    """Return the error that fits a text that could not be read best; `core` is what was left."""
    if match := re.search(_RECURRENCES, whole):
        return recurrence(whole, word=match[0])
    if match := re.match(_NO_DAYS, core):
        return without_days(whole, word=match[0])
    if match := re.search(_MOVING, core):
        return moving(whole, word=match[0])
    if match := re.search("[春夏秋冬]", core):
        return season(whole, match[0])
    return unreadable(whole)
