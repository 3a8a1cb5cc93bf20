"""Dates that can mean several things: they are read as all of them, and as nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.dates import era_year_text, fiscal_year, parse_date, parse_period
from dxrules.dates.date_words import number, pieces
from dxrules.errors import DateError
from tests.helpers.complaints import complaint

NEAR = date(2023, 3, 31)


@pytest.mark.parametrize(
    ("text", "near", "expected"),
    [
        ("24年度末まで", NEAR, "2025-03-31まで"),
        ("23~27年度の5カ年", NEAR, "2023-04-01～2028-03-31"),
        ("(23~27年度)", NEAR, "2023-04-01～2028-03-31"),
        ("遅くとも26年9月", date(2025, 3, 31), "2026-09-30まで"),
        ("二二年度の目標", NEAR, "2022-04-01～2023-03-31"),
        ("5年度", NEAR, "2023-04-01～2024-03-31"),
        ("8年度", NEAR, "2026-04-01～2027-03-31"),
        ("30年度", NEAR, "2018-04-01～2031-03-31"),
        ("30年度", None, "2018-04-01～2049-03-31"),
        ("24年度", None, "2012-04-01～2043-03-31"),
        ("49年度", NEAR, "2049-04-01～2050-03-31"),
    ],
)
def test_year_without_its_era(text, near, expected):
    """A year without its era is every one close to the day of the plan, else every one at all."""
    assert parse_date(text, near).canonical() == expected


@pytest.mark.parametrize("text", ["99年度", "23～17年度"])
def test_year_that_lies_in_no_era(text):
    """A year that no plan can mean is refused with the way to write it."""
    assert complaint(text).en == (
        f'"{text}" does not say of which era. Write the year as in 令和8年 or 2026年.'
    )


def test_period_of_an_ambiguous_year():
    """The ends of a period keep all that each can be."""
    period = parse_period("8～12年度")
    assert (period.start, period.start_by) == (date(1996, 4, 1), date(2026, 4, 1))
    assert (period.end_from, period.end) == (date(2001, 3, 31), date(2031, 3, 31))


_YEARS = st.integers(2019, 2039)
_BARE = [
    "R{nth}",
    "令和{nth}",
    "令和{nth}({year})",
    "R{nth}/{year}",
    "{year}",
    "令和{nth}年({year}年度)",
]
_FISCAL = [
    "令和{nth}年度",
    "R{nth}年度",
    "令和{nth}年度({year}年)",
    "令和{nth}年度({year}年度)",
    "令和{nth}({year})年度",
    "{year}(令和{nth})年度",
    "{year}年度",
    "FY{year}",
    "【令和{nth}年度】",
    "令和{nth}年度(予定)",
    "令和{nth}年度実施",
    "令和{nth}年度(2年ごとに見直し)",
]
_CALENDAR = ["令和{nth}年", "{year}年", "西暦{year}年", "令和{nth}年(R{nth}年)"]


def _written(form, year):
    return form.format(nth=year - 2018, year=year)


@given(_YEARS, st.sampled_from(_BARE + _FISCAL))
def test_fiscal_year_is_held(year, form):
    """All days of a fiscal year are held by whatever can name it."""
    meant, found = fiscal_year(year), parse_date(_written(form, year))
    assert found.earliest <= meant.earliest <= meant.latest <= found.latest


@given(_YEARS, st.sampled_from(_BARE + _CALENDAR))
def test_calendar_year_is_held(year, form):
    """All days of a calendar year are held by whatever can name it."""
    found = parse_date(_written(form, year))
    assert found.earliest <= date(year, 1, 1) <= date(year, 12, 31) <= found.latest


@given(_YEARS, st.sampled_from(_FISCAL))
def test_fiscal_year_is_held_exactly(year, form):
    """What names a fiscal year alone is read as that year, and no wider."""
    assert parse_date(_written(form, year)) == fiscal_year(year)


@given(_YEARS, st.integers(0, 9), st.sampled_from(_BARE + _FISCAL + _CALENDAR))
def test_interval_runs_from_year_to_year(first, length, form):
    """A period from year to year holds both years, and its ends are what they can be."""
    last = first + length
    period = parse_period(f"{_written(form, first)}～{_written(form, last)}")
    assert period.start.year == first
    assert period.end in (date(last, 12, 31), date(last + 1, 3, 31))
    assert period.contains(date(last, 8, 1)) or period.contains(date(last, 8, 1)) is None
    assert period.contains(date(first - 1, 12, 31)) is False
    assert period.contains(date(last + 1, 4, 1)) is False


_AROUND = [
    "",
    "まで",
    "から",
    "以降",
    "頃",
    "末",
    "実績",
    "(予定)",
    "以降順次",
    "に開始",
    "を目途に",
    "※1",
]
_PREFIXES = ["", "概ね", "遅くとも", "第2期:", "更新日:", "計画期間は", "(", "【"]


@given(
    st.sampled_from(_PREFIXES),
    st.sampled_from(["令和", "R", "平成", "20", "", "'"]),
    st.integers(0, 99),
    st.sampled_from(
        ["年度", "年", "年9月", ".9", "", "年度第1四半期", "1Q", "～9", "-12", "年(2026年度)"]
    ),
    st.lists(st.sampled_from(_AROUND), max_size=3).map("".join),
    st.none() | st.just(NEAR),
)
def test_whatever_is_put_together_is_read_or_refused(prefix, era, year, unit, after, near):
    """Any text that is put together of the words of dates is read in order, or refused."""
    for read in (parse_date, parse_period):
        try:
            found = read(f"{prefix}{era}{year}{unit}{after}", near)
        except DateError:
            continue
        dates = found if read is parse_date else found.dates
        assert parse_date(dates.canonical()) == dates


@given(st.text("〇一二三四五六七八九十百千", min_size=1, max_size=6))
def test_any_numeral_is_digits_or_stays(text):
    """Numerals in kanji become digits, and what is no number stays as it is."""
    assert number(text).isdigit() or number(text) == text


@given(st.integers(1, 40))
def test_era_year_in_kanji(nth):
    """The year of an era may be written in kanji by tens."""
    tens, ones = divmod(nth, 10)
    kanji = ("十" if tens == 1 else "〇一二三四"[tens] + "十" if tens else "") + (
        "〇一二三四五六七八九"[ones] if ones else ""
    )
    assert parse_date(f"令和{kanji}年") == parse_date(f"令和{nth}年")


def test_separators_within_brackets_part_nothing():
    """A list is parted outside of brackets alone."""
    assert pieces("令和7年度(5年間、見直し)、令和8年度") == [
        "令和7年度(5年間、見直し)",
        "令和8年度",
    ]


def test_era_year_text_is_of_its_year():
    """The year in which an era begins is that of the new era."""
    assert era_year_text(2019) == "令和元年"
