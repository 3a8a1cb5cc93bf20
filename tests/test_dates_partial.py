"""Days, periods, and dates that are known in part."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given

from dxrules.dates import (
    PartialDate,
    Period,
    Range,
    parse_date,
    parse_day,
    parse_period,
)
from dxrules.errors import DateError
from dxrules.texts import Text
from tests.helpers.complaints import complaint
from tests.helpers.strategies.dates import days, partial_dates


@pytest.mark.parametrize(
    ("text", "ja", "en"),
    [
        (
            "令和8年9月",
            "(2026-09-01～2026-09-30)。2026-09-01か2026-09-30",
            "(2026-09-01 to 2026-09-30). Write one day, such as 2026-09-01 or 2026-09-30.",
        ),
        (
            "概ね2026-09-30",
            "(概ね2026-09-30)。2026-09-30",
            "(about 2026-09-30). Write one day, such as 2026-09-30.",
        ),
        (
            "令和7年度まで",
            "(2026-03-31以前)。2026-03-31",
            "(up to 2026-03-31). Write one day, such as 2026-03-31.",
        ),
        (
            "未定",
            "(日付未定)。2026-09-30",
            "(date not decided). Write one day, such as 2026-09-30.",
        ),
    ],
)
def test_no_day(text, ja, en):
    """What is not one full day is refused, naming its first and its last day."""
    assert complaint(text, parse_day) == Text(
        f"「{text}」は特定の一日ではありません{ja}のように一日を書いてください。",
        f'"{text}" is not one full day {en}',
    )


def test_day():
    """One full day is read as a plain date."""
    assert parse_day("R8.3末") == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("令和8年度～令和12年度", date(2026, 4, 1), date(2031, 3, 31)),
        ("2026年4月～2031年3月", date(2026, 4, 1), date(2031, 3, 31)),
        ("2026-04～2031-03", date(2026, 4, 1), date(2031, 3, 31)),
        ("令和5年度から令和8年度までの4年間", date(2023, 4, 1), date(2027, 3, 31)),
        ("令和8年度", date(2026, 4, 1), date(2027, 3, 31)),
    ],
)
def test_period(text, start, end):
    """A period is read from its first to its last day and keeps its text."""
    found = parse_period(text)
    assert (found, found.text) == (Period(start, end), text)
    assert found.dates == PartialDate(start, end)


@pytest.mark.parametrize(
    ("text", "ja", "en"),
    [
        ("2026-04-01", "2026-04-01", "2026-04-01"),
        ("未定", "日付未定", "date not decided"),
        ("R8末", "2026-12-31～2027-03-31", "2026-12-31 to 2027-03-31"),
    ],
)
def test_no_period(text, ja, en):
    """What is one day, or no day at all, is refused as a period."""
    assert complaint(text, parse_period) == Text(
        f"「{text}」は期間ではありません({ja})。「令和8年度～令和12年度」のように始まりと終わりを、"
        "終わりしか書かれていなければ「令和12年度まで」のように書いてください。"
        + ("どちらも書かれていなければ、何も書かないでください。" if text == "未定" else ""),
        f'"{text}" is no period ({en}). Write its start and its end, as in 令和8年度～令和12年度; '
        "where only its end is told, write 令和12年度まで."
        + (" Where neither is, write nothing." if text == "未定" else ""),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("令和8(2026)年3月まで", Period(None, date(2026, 3, 31))),
        ("令和9年度までの期間", Period(None, date(2028, 3, 31))),
        ("令和8年3月までを本方針の推進期間とする", Period(None, date(2026, 3, 31))),
        ("令和8年度から", Period(date(2026, 4, 1), None)),
        (
            "R7～R9",
            Period(
                date(2025, 1, 1),
                date(2028, 3, 31),
                start_by=date(2025, 4, 1),
                end_from=date(2027, 12, 31),
            ),
        ),
        (
            "令和3年度からおおむね5年間",
            Period(date(2021, 4, 1), date(2026, 3, 31), approximate=True),
        ),
    ],
)
def test_period_with_ends_that_are_open(text, expected):
    """An end that is not told is open, and one that may be several days is all of them."""
    assert parse_period(text) == expected


@pytest.mark.parametrize(
    ("text", "day", "within"),
    [
        ("令和8年3月まで", date(2026, 3, 31), None),
        ("令和8年3月まで", date(2026, 4, 1), False),
        ("令和8年度から", date(2026, 3, 31), False),
        ("令和8年度から", date(2026, 4, 1), None),
        ("R7～R9", date(2025, 3, 31), None),
        ("R7～R9", date(2025, 4, 1), True),
        ("R7～R9", date(2027, 12, 31), True),
        ("R7～R9", date(2028, 1, 1), None),
        ("R7～R9", date(2028, 4, 1), False),
        ("令和3年度からおおむね5年間", date(2023, 4, 1), True),
        ("令和3年度からおおむね5年間", date(2026, 4, 1), None),
        ("令和3年度からおおむね5年間", date(2026, 12, 1), False),
    ],
)
def test_what_a_period_contains(text, day, within):
    """A period contains a day for sure, surely not, or it cannot be told."""
    assert parse_period(text).contains(day) is within


def test_period_contains_both_its_ends():
    """A period contains its first and its last day, and neither neighbour."""
    period = parse_period("令和8年度")
    ends = [date(2026, 3, 31), date(2026, 4, 1), date(2027, 3, 31), date(2027, 4, 1)]
    assert [period.contains(day) for day in ends] == [False, True, True, False]


def test_period_backwards():
    """A period that ends before it starts is refused with the other order."""
    with pytest.raises(DateError) as caught:
        Period(date(2027, 3, 31), date(2026, 4, 1))
    assert caught.value.text == Text(
        "期間の終わり(2026-04-01)が始まり(2027-03-31)より前です。"
        "2026-04-01～2027-03-31の誤りではありませんか。",
        "The period ends on 2026-04-01, before it starts on 2027-03-31. "
        "Did you mean 2026-04-01 to 2027-03-31?",
    )


# Dates known in part


@pytest.mark.parametrize(
    ("text", "ja", "en"),
    [
        ("2026-09-30", "2026-09-30", "2026-09-30"),
        ("R8.3末", "R8.3末(2026-03-31)", "2026-03-31 (R8.3末)"),
        (
            "令和8年9月",
            "令和8年9月(2026-09-01～2026-09-30)",
            "2026-09-01 to 2026-09-30 (令和8年9月)",
        ),
        ("令和7年度まで", "令和7年度まで(2026-03-31以前)", "up to 2026-03-31 (令和7年度まで)"),
        ("R8.9～", "R8.9～(2026-09-01以降)", "from 2026-09-01 (R8.9～)"),
        ("R8.9.30頃", "R8.9.30頃(概ね2026-09-30)", "about 2026-09-30 (R8.9.30頃)"),
        ("未定", "未定(日付未定)", "date not decided (未定)"),
    ],
)
def test_describe(text, ja, en):
    """A date is described as it was written and by its days; in English these come first."""
    assert parse_date(text).describe() == Text(ja, en)


def test_describe_without_text():
    """A date that was never written is described by its days alone."""
    value = PartialDate(date(2026, 9, 1), date(2026, 9, 30))
    assert value.describe() == Text("2026-09-01～2026-09-30", "2026-09-01 to 2026-09-30")


@given(days, days)
def test_partial_date_cannot_run_backwards(first, last):
    """A date that lies after its latest day is no date."""
    assume(first > last)
    with pytest.raises(ValueError, match="cannot lie after"):
        PartialDate(first, last)


@given(partial_dates)
def test_partial_date_as_a_range(value):
    """The range of a date has its ends as ordinals, and is a point for one day."""
    back = [
        None if end is None else date.fromordinal(end) for end in (value.range.lo, value.range.hi)
    ]
    assert PartialDate(*back, value.range.approximate) == value
    is_point = value.earliest is not None and value.range == Range.point(value.range.lo)
    assert value.is_day == is_point
