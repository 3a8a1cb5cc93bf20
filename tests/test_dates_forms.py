"""Every form of a date that plans use, and what it means."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dxrules.dates import (
    PartialDate,
    era_year_text,
    parse_date,
    parse_dates,
    parse_day,
)
from dxrules.errors import DateError
from tests.strategies import days_of_plans, partial_dates

# A text and what it means: the first and the last day, where - is an open end; ~ is approximate.
FORMS = """
    2026-09-30                          2026-09-30 2026-09-30
    2026-9-3                            2026-09-03 2026-09-03
    2026/9/30                           2026-09-30 2026-09-30
    2026.9.30                           2026-09-30 2026-09-30
    2026年9月30日                       2026-09-30 2026-09-30
    令和8年9月30日                      2026-09-30 2026-09-30
    R8.9.30                             2026-09-30 2026-09-30
    r8.9.30                             2026-09-30 2026-09-30
    R8/9/30                             2026-09-30 2026-09-30
    R8-9-30                             2026-09-30 2026-09-30
    ㋿8年9月30日                        2026-09-30 2026-09-30
    2024-02-29                          2024-02-29 2024-02-29
    S64.1.7                             1989-01-07 1989-01-07
    大正15年12月25日                    1926-12-25 1926-12-25
    昭和元年12月25日                    1926-12-25 1926-12-25
    明治45年7月30日                     1912-07-30 1912-07-30
    大正元年7月30日                     1912-07-30 1912-07-30
    2026-09                             2026-09-01 2026-09-30
    2026/9                              2026-09-01 2026-09-30
    2026年9月                           2026-09-01 2026-09-30
    令和8年9月                          2026-09-01 2026-09-30
    令和８年　９月                      2026-09-01 2026-09-30
    令和 5 年 3 月                      2023-03-01 2023-03-31
    R8.9                                2026-09-01 2026-09-30
    9999年12月                          9999-12-01 9999-12-31
    昭和元年12月                        1926-12-01 1926-12-31
    2026年                              2026-01-01 2026-12-31
    令和8年                             2026-01-01 2026-12-31
    令和３年                            2021-01-01 2021-12-31
    令和元年                            2019-01-01 2019-12-31
    平成31年                            2019-01-01 2019-12-31
    2026年度                            2026-04-01 2027-03-31
    FY2026                              2026-04-01 2027-03-31
    ＦＹ２０２６                        2026-04-01 2027-03-31
    令和8年度                           2026-04-01 2027-03-31
    R8年度                              2026-04-01 2027-03-31
    令和16年度                          2034-04-01 2035-03-31
    平成31年度                          2019-04-01 2020-03-31
    令和元年度                          2019-04-01 2020-03-31
    平成31(令和元)年度                  2019-04-01 2020-03-31
    令和8(2026)年度                     2026-04-01 2027-03-31
    令和8年度（2026年度）               2026-04-01 2027-03-31
    2026(令和8)年度                     2026-04-01 2027-03-31
    2026年度(令和8年度)                 2026-04-01 2027-03-31
    令和8年（2026年）9月                2026-09-01 2026-09-30
    令和8年9月(2026-09)                 2026-09-01 2026-09-30
    令和8年9月(2026-09-01～2026-09-30)  2026-09-01 2026-09-30
    R7.3末                              2025-03-31 2025-03-31
    Ｒ８.３末                           2026-03-31 2026-03-31
    R8.3月末                            2026-03-31 2026-03-31
    令和8年9月末                        2026-09-30 2026-09-30
    令和8年9月末日                      2026-09-30 2026-09-30
    令和7年度末                         2026-03-31 2026-03-31
    令和8年末                           2026-12-31 2026-12-31
    令和8年9月中                        2026-09-01 2026-09-30
    令和8年度内                         2026-04-01 2027-03-31
    令和8年9月上旬                      2026-09-01 2026-09-10
    令和8年9月初旬                      2026-09-01 2026-09-10
    令和8年9月中旬                      2026-09-11 2026-09-20
    令和8年2月下旬                      2026-02-21 2026-02-28
    令和8年上半期                       2026-01-01 2026-06-30
    令和8年下半期                       2026-07-01 2026-12-31
    9999年下半期                        9999-07-01 9999-12-31
    令和8年度上半期                     2026-04-01 2026-09-30
    令和8年度下半期                     2026-10-01 2027-03-31
    令和8年度前半                       2026-04-01 2026-09-30
    令和8年度第1四半期                  2026-04-01 2026-06-30
    令和8年度第四四半期                 2027-01-01 2027-03-31
    令和7年度末まで                     -          2026-03-31
    令和7年度までに                     -          2026-03-31
    令和7年度迄                         -          2026-03-31
    令和8年9月以前                      -          2026-09-30
    遅くとも令和8年9月                  -          2026-09-30
    遅くとも令和8年9月末までに          -          2026-09-30
    遅くとも令和8年9月(2026年9月)       -          2026-09-30
    ～令和8年度                         -          2027-03-31
    令和8年9月から                      2026-09-01 -
    令和8年9月以降                      2026-09-01 -
    令和8年度より                       2026-04-01 -
    令和8年度～                         2026-04-01 -
    概ね令和8年9月                      2026-09-01 2026-09-30 ~
    おおむね令和7年度末までに           -          2026-03-31 ~
    令和8年9月頃                        2026-09-01 2026-09-30 ~
    令和8年9月ごろの予定                2026-09-01 2026-09-30 ~
    約2026年                            2026-01-01 2026-12-31 ~
    令和8年度を目途に                   2026-04-01 2027-03-31 ~
    令和8年度末をめど                   2027-03-31 2027-03-31 ~
    令和8年4月～令和9年3月頃            2026-04-01 2027-03-31 ~
    令和8年4月頃～令和9年3月            2026-04-01 2027-03-31 ~
    令和8年9月予定                      2026-09-01 2026-09-30
    令和8年度～令和12年度               2026-04-01 2031-03-31
    令和8年度〜令和12年度               2026-04-01 2031-03-31
    令和8年度~令和12年度                2026-04-01 2031-03-31
    令和8年度－令和12年度               2026-04-01 2031-03-31
    令和8年度−令和12年度                2026-04-01 2031-03-31
    令和8年度—令和12年度                2026-04-01 2031-03-31
    令和8年度–令和12年度                2026-04-01 2031-03-31
    令和8年度から令和12年度まで         2026-04-01 2031-03-31
    令和8年度～12年度                   2026-04-01 2031-03-31
    令和8～12年度                       2026-04-01 2031-03-31
    令和8年度(2026年度)～令和12年度(2030年度)   2026-04-01 2031-03-31
    2026～2030年度                      2026-04-01 2031-03-31
    2026年4月～2031年3月                2026-04-01 2031-03-31
    2026-04～2031-03                    2026-04-01 2031-03-31
    2026-04-2031-03                     2026-04-01 2031-03-31
    R8.4-R8.9                           2026-04-01 2026-09-30
    令和8年4月～3月                     2026-04-01 2027-03-31
    令和5年10月～3月                    2023-10-01 2024-03-31
    令和5年4月～9月                     2023-04-01 2023-09-30
    令和5年4～9月                       2023-04-01 2023-09-30
    令和8年4月～翌年3月                 2026-04-01 2027-03-31
    令和8年4月～同年9月                 2026-04-01 2026-09-30
    平成31年4月～3月                    2019-04-01 2020-03-31
    令和8年9月1日～30日                 2026-09-01 2026-09-30
    令和8年9月21日～10月20日            2026-09-21 2026-10-20
    令和5年度から令和8年度までの4年間   2023-04-01 2027-03-31
    令和5年度～令和8年度（4か年）       2023-04-01 2027-03-31
    令和8年度から5年間                  2026-04-01 2031-03-31
    2024-02-29から1年間                 2024-02-29 2025-02-28
    未定                                -          -
"""


def _day(text):
    return None if text == "-" else date.fromisoformat(text)


def _table():
    row = re.compile(r"\s*(.+?)\s+(-|[-0-9]{10})\s+(-|[-0-9]{10})( ~)?\s*")
    for line in FORMS.strip().splitlines():
        text, first, last, about = row.fullmatch(line).groups()
        yield pytest.param(text, PartialDate(_day(first), _day(last), bool(about)), id=text)


@pytest.mark.parametrize(("text", "expected"), [*_table()])
def test_form(text, expected):
    """Every form of the table is read as the days that it means, and keeps its text."""
    found = parse_date(f" {text}\n")
    assert (found, found.text) == (expected, text)


@pytest.mark.parametrize(("text", "expected"), [*_table()])
def test_form_survives_its_canonical_text(text, expected):
    """What is read of a form is read again of its canonical text."""
    assert parse_date(parse_date(text).canonical()) == expected


@given(partial_dates)
@example(PartialDate(None, None, approximate=True))
@example(PartialDate(date.min, date.max))
def test_canonical_text_is_read_back(value):
    """Any partial date is equal to what is read of its canonical text."""
    assert parse_date(value.canonical()) == value


@given(days_of_plans)
def test_day_in_its_era_is_read_back(day):
    """A day written with its era is read as that day."""
    assert parse_day(f"{era_year_text(day)}{day.month}月{day.day}日") == day


_PIECES = st.sampled_from(
    [
        *"令和平成RH元0123456789年月日度末.-/～~(),、・",
        "から",
        "まで",
        "頃",
        "概ね",
        "令和8年",
        "9月",
        "2026",
    ]
)


@given(st.lists(_PIECES, max_size=12).map("".join) | st.text())
def test_any_text_is_read_or_refused(text):
    """No text does anything else than give dates in order or raise DateError."""
    try:
        found = parse_dates(text)
    except DateError:
        return
    for each in found:
        assert each.earliest is None or each.latest is None or each.earliest <= each.latest
        assert parse_date(each.canonical()) == each


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("令和7年9月，令和8年2月", ("2025-09-01～2025-09-30", "2026-02-01～2026-02-28")),
        ("R7.9.1、R8.2.1", ("2025-09-01", "2026-02-01")),
        ("2025-09-01 and 2026-02-01", ("2025-09-01", "2026-02-01")),
        ("令和8年9月末・10月末", ("2026-09-30", "2026-10-31")),
        ("令和8年9月1日及び15日", ("2026-09-01", "2026-09-15")),
        ("令和8年度, 10年度", ("2026-04-01～2027-03-31", "2028-04-01～2029-03-31")),
        ("令和8年9月", ("2026-09-01～2026-09-30",)),
    ],
)
def test_list(text, expected):
    """A list gives its dates in order; one without a year takes that of the one before."""
    assert tuple(each.canonical() for each in parse_dates(text)) == expected


def test_list_keeps_the_text_of_each_date():
    """Each date of a list has its own text."""
    assert [each.text for each in parse_dates("令和7年9月 ， 2026-02")] == ["令和7年9月", "2026-02"]
