"""Years of eras and fiscal years, and where they begin and end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dxrules.dates import (
    ERAS,
    era_year_text,
    fiscal_year,
    fiscal_year_of,
    parse_date,
    parse_day,
)
from dxrules.errors import DateError
from dxrules.texts import Text
from tests.helpers.complaints import complaint


def test_fiscal_year():
    """A fiscal year runs from April to March and is described by its era."""
    assert fiscal_year(2026).describe() == Text(
        "令和8年度(2026-04-01～2027-03-31)", "2026-04-01 to 2027-03-31 (令和8年度)"
    )


@pytest.mark.parametrize("year", [0, 9999])
def test_fiscal_year_out_of_reach(year):
    """A fiscal year whose days cannot be written is refused."""
    with pytest.raises(DateError) as caught:
        fiscal_year(year)
    assert caught.value.text == Text(
        f"{year}年度は扱えません。扱えるのは1年度から9998年度までです。",
        f"Fiscal year {year} is out of reach: fiscal years run from 1 to 9998.",
    )


@given(st.dates(date(1, 4, 1), date(9999, 3, 31)))
def test_day_lies_in_its_fiscal_year(day):
    """Each day lies in the fiscal year that is said to be its own."""
    year = fiscal_year(fiscal_year_of(day))
    assert year.earliest <= day <= year.latest


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (2026, "令和8年"),
        (2019, "令和元年"),
        (date(2019, 4, 30), "平成31年"),
        (date(2019, 5, 1), "令和元年"),
        (date(1912, 7, 30), "大正元年"),
        (1868, "明治元年"),
        (date(1868, 10, 22), "1868年"),
    ],
)
def test_era_year_text(when, expected):
    """A year is printed in the newest era that it has part in, or as Gregorian before all."""
    assert era_year_text(when) == expected


def test_every_fiscal_year_of_every_era():
    """Each year of each era, 明治 first, is read as the fiscal year that begins in it."""
    for era in ERAS:
        last = era.last or date(2100, 1, 1)
        for year in range(era.first.year, fiscal_year_of(last) + 1):
            expected = fiscal_year(year)
            text = era.year_text(year)
            assert parse_date(f"{text}度") == expected
            assert parse_date(f"{era.letter}{text.removeprefix(era.name)}度") == expected
            assert parse_date(f"{text}度({year}年度)") == expected


@given(st.sampled_from(ERAS), st.integers(1, 60), st.integers(1868, 2100))
def test_era_and_gregorian_year_must_agree(era, nth, year):
    """An era's year beside another Gregorian year is always refused."""
    assume(era.gregorian(nth) != year)
    for text in (f"{era.name}{nth}({year})年度", f"{year}年({era.letter}{nth}年)"):
        assert "says two things" in complaint(text).en


@pytest.mark.parametrize("era", ERAS[:-1], ids=lambda era: era.letter)
def test_eras_meet(era):
    """The day after an era's last day is refused in it, and its last day is read in it."""
    after = era.last + timedelta(1)
    assert parse_day(f"{era.year_text(era.last.year)}{era.last:%m月%d日}") == era.last
    assert (
        f"does not lie in {era.name}"
        in complaint(f"{era.year_text(after.year)}{after:%m月%d日}").en
    )
