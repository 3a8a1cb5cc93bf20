from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from dxrules import dates
from dxrules.dates import (
    ANY,
    ERAS,
    Dated,
    Entry,
    PartialDate,
    Period,
    Range,
    both,
    either,
    era_year_text,
    fiscal_year,
    fiscal_year_of,
    negate,
    parse_date,
    parse_dates,
    parse_day,
    parse_period,
)
from dxrules.errors import DateError
from dxrules.texts import Text
from tests.strategies import FAR, days, days_of_plans, partial_dates, ranges, small_numbers, truths

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


def _message(text, read=parse_date):
    with pytest.raises(DateError) as caught:
        read(text)
    return caught.value.text


# Reading


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
        assert "says two things" in _message(text).en


@pytest.mark.parametrize("era", ERAS[:-1], ids=lambda era: era.letter)
def test_eras_meet(era):
    """The day after an era's last day is refused in it, and its last day is read in it."""
    after = era.last + timedelta(1)
    assert parse_day(f"{era.year_text(era.last.year)}{era.last:%m月%d日}") == era.last
    assert (
        f"does not lie in {era.name}" in _message(f"{era.year_text(after.year)}{after:%m月%d日}").en
    )


# Refusals, whole

UNREADABLE = Text(
    "は日付として読めません。日(2026-09-30)、月(令和8年9月)、年度(令和8年度)、"
    "期間(令和8年度～令和12年度)のいずれかで書いてください。",
    "cannot be read as a date. Write a day (2026-09-30), a month (令和8年9月), "
    "a fiscal year (令和8年度) or an interval (令和8年度～令和12年度).",
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "foo",
        "R8-12",
        "令和8年度当初",
        "令和8年9月30日上旬",
        "令和8年9月上半期",
        "令和8年上旬",
        "令和8年度以降まで",
        "遅くとも令和8年9月～10月",
        "令和8年4月～9月以降",
        "令和8年9月から～10月",
        "令和8年9月(foo)",
        "2026-foo",
    ],
)
def test_unreadable(text):
    """A text in none of the forms is refused with the forms that there are."""
    ja, en = UNREADABLE.ja, UNREADABLE.en
    assert _message(text) == Text(f"「{text}」{ja}", f'"{text}" {en}')


def test_long_text_is_cut():
    """A text that is far too long for a date is refused unread, and quoted in part."""
    assert _message("9" * 10_000).en.startswith('"' + "9" * 200 + '…" cannot be read')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "令和8(2025)年度",
            Text(
                "「令和8(2025)年度」は括弧の外と内が合いません。令和8年度は2026年度、2025年度は令和7年度です。"
                "正しい方だけを書いてください。",
                '"令和8(2025)年度" says two things: 令和8年度 is 2026年度, 2025年度 is 令和7年度. '
                "Write only the one that is right.",
            ),
        ),
        (
            "令和8年(2026年度)",
            Text(
                "「令和8年(2026年度)」は括弧の外と内が合いません。令和8年は2026-01-01～2026-12-31、"
                "2026年度は2026-04-01～2027-03-31です。正しい方だけを書いてください。",
                '"令和8年(2026年度)" says two things: 令和8年 is 2026-01-01 to 2026-12-31, '
                "2026年度 is 2026-04-01 to 2027-03-31. Write only the one that is right.",
            ),
        ),
        (
            "令和8年9月(2026-10)",
            Text(
                "「令和8年9月(2026-10)」は括弧の外と内が合いません。令和8年9月は2026-09-01～2026-09-30、"
                "2026-10は2026-10-01～2026-10-31です。正しい方だけを書いてください。",
                '"令和8年9月(2026-10)" says two things: 令和8年9月 is 2026-09-01 to 2026-09-30, '
                "2026-10 is 2026-10-01 to 2026-10-31. Write only the one that is right.",
            ),
        ),
        (
            "平成40年",
            Text(
                "「平成40年」は平成(1989-01-08～2019-04-30)にありません。令和10年と書いてください。",
                '"平成40年" does not lie in 平成 (1989-01-08 to 2019-04-30). Write 令和10年.',
            ),
        ),
        (
            "H31.5.1",
            Text(
                "「H31.5.1」は平成(1989-01-08～2019-04-30)にありません。令和元年5月1日と書いてください。",
                '"H31.5.1" does not lie in 平成 (1989-01-08 to 2019-04-30). Write 令和元年5月1日.',
            ),
        ),
        (
            "令和元年4月末",
            Text(
                "「令和元年4月末」は令和(2019-05-01以降)にありません。平成31年4月末と書いてください。",
                '"令和元年4月末" does not lie in 令和 (from 2019-05-01). Write 平成31年4月末.',
            ),
        ),
        (
            "平成29年度～33年度",
            Text(
                "「平成29年度～33年度」の33年度は平成(1989-01-08～2019-04-30)にありません。"
                "令和3年度と書いてください。",
                '"平成29年度～33年度" says 33年度, which does not lie in 平成 '
                "(1989-01-08 to 2019-04-30). Write 令和3年度.",
            ),
        ),
        (
            "明治3年5月",
            Text(
                "「明治3年5月」は明治6年(1873年)より前なので、太陰太陽暦の日付かもしれません。"
                "西暦で書いてください。",
                '"明治3年5月" lies before 明治6年 (1873) '
                "and may be a date of the lunisolar calendar. "
                ""
                "Write it with its Gregorian year.",
            ),
        ),
        (
            "令和0年",
            Text(
                "「令和0年」の元号の年は0です。元号は元年(1年)から数えます。",
                '"令和0年" has year 0 of an era. Eras count from 元年, which is year 1.',
            ),
        ),
        (
            "9999年度",
            Text(
                "「9999年度」は扱えません。扱えるのは0001-01-01から9999-12-31までです。",
                '"9999年度" is out of reach: days run from 0001-01-01 to 9999-12-31.',
            ),
        ),
        (
            "2026-02-30",
            Text(
                "「2026-02-30」の30日はありません。その月の最後の日は2026-02-28です。",
                '"2026-02-30" has a day 30. The last day of that month is 2026-02-28.',
            ),
        ),
        (
            "令和8年13月",
            Text(
                "「令和8年13月」の13月はありません。その年の最後の月は令和8年12月です。",
                '"令和8年13月" has a month 13. The last month of that year is 令和8年12月.',
            ),
        ),
        (
            "2026-00",
            Text(
                "「2026-00」の0月はありません。その年の最後の月は2026年12月です。",
                '"2026-00" has a month 0. The last month of that year is 2026年12月.',
            ),
        ),
        (
            "令和8年度～令和7年度",
            Text(
                "「令和8年度～令和7年度」は始まり(2026-04-01)より前に終わります(2026-03-31)。"
                "令和7年度～令和8年度の誤りではありませんか。",
                '"令和8年度～令和7年度" ends before it starts (2026-04-01, 2026-03-31). '
                "Did you mean 令和7年度～令和8年度?",
            ),
        ),
        (
            "令和8年9月30日～1日",
            Text(
                "「令和8年9月30日～1日」は始まり(2026-09-30)より前に終わります(2026-09-01)。"
                "終わりを年から書いてください。",
                '"令和8年9月30日～1日" ends before it starts (2026-09-30, 2026-09-01). '
                "Write its end with its year.",
            ),
        ),
        (
            "令和5年度から令和8年度までの5年間",
            Text(
                "「令和5年度から令和8年度までの5年間」は5年間ではありません(2023-04-01～2027-03-31)。"
                "年数か両端を直してください。",
                '"令和5年度から令和8年度までの5年間" is not 5 years long '
                "(2023-04-01 to 2027-03-31). "
                ""
                "Mend the number of years or the two ends.",
            ),
        ),
        (
            "R7",
            Text(
                "「R7」は暦年とも年度とも読めます。R7年(2025-01-01～2025-12-31)か"
                "R7年度(2025-04-01～2026-03-31)と書いてください。",
                '"R7" may be a calendar or a fiscal year. Write R7年 (2025-01-01 to 2025-12-31) or '
                "R7年度 (2025-04-01 to 2026-03-31).",
            ),
        ),
        (
            "2026～2030",
            Text(
                "「2026～2030」は暦年とも年度とも読めます。2026～2030年(2026-01-01～2030-12-31)か"
                "2026～2030年度(2026-04-01～2031-03-31)と書いてください。",
                '"2026～2030" may be a calendar or a fiscal year. Write 2026～2030年 '
                "(2026-01-01 to 2030-12-31) or 2026～2030年度 (2026-04-01 to 2031-03-31).",
            ),
        ),
        (
            "9月",
            Text(
                "「9月」には年がありません。「令和8年9月」のように年から書いてください。",
                '"9月" does not say of which year. Begin with the year, as in 令和8年9月.',
            ),
        ),
        (
            "5年度",
            Text(
                "「5年度」には元号がありません。「令和8年」か「2026年」のように書いてください。",
                '"5年度" does not say of which era. Write the year as in 令和8年 or 2026年.',
            ),
        ),
        (
            "2026年秋",
            Text(
                "「2026年秋」は季節であり、始まりと終わりの日が決まりません。月で書いてください"
                "(気象庁の用語では秋は9月～11月)。",
                '"2026年秋" names a season, which has no first and last day. Write months instead: '
                "秋 is 9月～11月 as the weather service counts.",
            ),
        ),
        (
            "毎年",
            Text(
                "「毎年」は日付ではありません。"
                "「毎年」は繰り返しを表すので、recurrence に書いてください。",
                '"毎年" is no date: 毎年 says that something is done again and again. '
                "Write it under the key recurrence.",
            ),
        ),
        (
            "令和7年9月，令和8年2月",
            Text(
                "「令和7年9月，令和8年2月」には日付が2つあります。一つだけ書くか、「～」で期間にしてください。",
                '"令和7年9月，令和8年2月" holds 2 dates where one is asked for. '
                "Write one, or an interval with ～.",
            ),
        ),
    ],
)
def test_refusal(text, expected):
    """A fault is quoted, explained, and shown its way out."""
    assert _message(text) == expected


@pytest.mark.parametrize(
    "word", ["毎年度", "随時", "適宜", "引き続き", "順次", "令和8年度から順次"]
)
def test_recurrence(word):
    """A word for what is done again and again is referred to its own key."""
    assert "under the key recurrence" in _message(word).en


@pytest.mark.parametrize(
    "text", ["令和9998年度から5年間", "令和5年度までの4年間", "令和8年度から0年間"]
)
def test_impossible_count_of_years(text):
    """A number of years that leads nowhere is refused."""
    assert _message(text).en


@pytest.mark.parametrize("text", ["令和8年10月、2月", "foo、R8.9", "令和8年9月、"])
def test_bad_item_of_a_list(text):
    """One bad item makes a list bad, and the whole list is quoted."""
    assert _message(text, parse_dates).ja.startswith(f"「{text}」")


# Days and periods


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
    assert _message(text, parse_day) == Text(
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
        ("令和8年度から", "2026-04-01以降", "from 2026-04-01"),
        ("令和8年度まで", "2027-03-31以前", "up to 2027-03-31"),
        ("2026-04-01", "2026-04-01", "2026-04-01"),
        ("概ね令和8年度", "概ね2026-04-01～2027-03-31", "about 2026-04-01 to 2027-03-31"),
    ],
)
def test_no_period(text, ja, en):
    """What has an open end, or is one day, or approximate, is refused as a period."""
    assert _message(text, parse_period) == Text(
        f"「{text}」は期間ではありません({ja})。「令和8年度～令和12年度」のように"
        "始まりと終わりを書いてください。",
        f'"{text}" is no period ({en}). Write its start and its end, as in 令和8年度～令和12年度.',
    )


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


# Partial dates


@pytest.mark.parametrize(
    ("text", "ja", "en"),
    [
        ("2026-09-30", "2026-09-30", "2026-09-30"),
        ("R8.3末", "R8.3末(2026-03-31)", "R8.3末 (2026-03-31)"),
        (
            "令和8年9月",
            "令和8年9月(2026-09-01～2026-09-30)",
            "令和8年9月 (2026-09-01 to 2026-09-30)",
        ),
        ("令和7年度まで", "令和7年度まで(2026-03-31以前)", "令和7年度まで (up to 2026-03-31)"),
        ("R8.9～", "R8.9～(2026-09-01以降)", "R8.9～ (from 2026-09-01)"),
        ("R8.9.30頃", "R8.9.30頃(概ね2026-09-30)", "R8.9.30頃 (about 2026-09-30)"),
        ("未定", "未定(日付未定)", "未定 (date not decided)"),
    ],
)
def test_describe(text, ja, en):
    """A date is described as it was written, with the days that this means in brackets."""
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


# Eras and fiscal years


def test_fiscal_year():
    """A fiscal year runs from April to March and is described by its era."""
    assert fiscal_year(2026).describe() == Text(
        "令和8年度(2026-04-01～2027-03-31)", "令和8年度 (2026-04-01 to 2027-03-31)"
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


# Ranges


def _points(value):
    """Return the whole numbers near zero that a range may be."""
    lo, hi = value.bounds
    far = 3 * FAR
    return range(-far if lo is None else lo, (far if hi is None else hi) + 1)


def _holds(value, number):
    lo, hi = value.bounds
    return (lo is None or lo <= number) and (hi is None or number <= hi)


_COMPARISONS = {
    "at_most": lambda x, n: x <= n,
    "at_least": lambda x, n: x >= n,
    "below": lambda x, n: x < n,
    "equals": lambda x, n: x == n,
}


@pytest.mark.parametrize("name", _COMPARISONS)
@given(value=ranges, number=small_numbers)
def test_comparison_is_exact(name, value, number):
    """A comparison is true if it is for each point, false if for none, else unknown."""
    truths_of_points = {_COMPARISONS[name](x, number) for x in _points(value)}
    expected = truths_of_points.pop() if len(truths_of_points) == 1 else None
    assert getattr(value, name)(number) is expected


@given(ranges, ranges)
def test_differences_are_sound(a, b):
    """The difference of any two points lies in that of their ranges."""
    for x, y in product(list(_points(a))[::7], list(_points(b))[::7]):
        assert _holds(a.minus(b), x - y)


@given(ranges, st.none() | small_numbers, st.none() | small_numbers)
def test_clip_is_sound(value, lo, hi):
    """A point that is raised and lowered lies in the range that is."""
    for x in _points(value):
        raised = x if lo is None else max(x, lo)
        assert _holds(value.clip(lo, hi), raised if hi is None else min(raised, hi))


@given(ranges, ranges)
def test_hull_and_meet_are_sound(a, b):
    """The hull holds the points of either range, and the meet exactly those of both."""
    meet = a.meet(b)
    for x in _points(ANY):
        assert _holds(a.hull(b), x) or not (_holds(a, x) or _holds(b, x))
        assert (meet is not None and _holds(meet, x)) == (_holds(a, x) and _holds(b, x))


@given(ranges, ranges)
def test_approximation_is_passed_on(a, b):
    """What is computed from an approximate range is approximate; a meet, only if both are."""
    either_is = a.approximate or b.approximate
    assert [a.minus(b).approximate, a.hull(b).approximate] == [either_is] * 2
    meet = a.meet(b)
    assert meet is None or meet.approximate == (a.approximate and b.approximate)


def test_approximate_date_is_never_surely_missed():
    """Of an approximate deadline that is past, nobody can say that it was missed."""
    due = parse_date("概ね令和8年9月").range
    overdue = Range.point(date(2027, 1, 1).toordinal()).minus(due)
    assert overdue.at_most(0) is None
    assert due.at_most(date(2026, 9, 30).toordinal()) is True
    assert due.at_most(date(2026, 8, 31).toordinal()) is None


def test_two_measures_of_one_fiscal_year_may_overlap():
    """Whether of two measures of one fiscal year one is late is unknown."""
    year = parse_date("令和8年度").range
    overlap = year.minus(year).clip(lo=0)
    assert overlap == Range(0, 364)
    assert overlap.at_most(0) is None


def test_range_knows_whether_it_knows_anything():
    """Only a range with both ends open knows nothing."""
    ends = [ANY, Range(None, 1), Range(1, None), Range.point(1)]
    assert [each.is_known for each in ends] == [False, True, True, True]


def test_range_cannot_run_backwards():
    """A range whose lower end exceeds its upper one is refused."""
    with pytest.raises(ValueError, match="from its lower to its upper end: 2 > 1"):
        Range(2, 1)


# Truth


@given(truths, truths, truths)
def test_laws_of_kleene(a, b, c):
    """Order and grouping do not matter, negation is an involution, and De Morgan holds."""
    assert both([a, b]) is both([b, a])
    assert both([a, both([b, c])]) is both([a, b, c]) is both([both([a, b]), c])
    assert either([a, both([b, c])]) is both([either([a, b]), either([a, c])])
    assert negate(negate(a)) is a
    assert negate(both([a, b])) is either([negate(a), negate(b)])


@given(st.lists(truths, max_size=5))
def test_unknown_is_what_could_be_either(values):
    """A result is known exactly if it is the same whatever the unknown turn out to be."""
    worlds = list(product(*([True, False] if each is None else [each] for each in values)))
    for ours, pythons in ((both, all), (either, any)):
        results = {pythons(world) for world in worlds}
        assert ours(values) is (results.pop() if len(results) == 1 else None)


# Values that hold from a day


FEES = Dated(
    (
        Entry(date(2020, 4, 1), "a"),
        Entry(date(2021, 4, 1), "b", until=date(2022, 3, 31)),
        Entry(date(2023, 4, 1), "c"),
    )
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2020, 3, 31), None),
        (date(2020, 4, 1), "a"),
        (date(2021, 3, 31), "a"),
        (date(2021, 4, 1), "b"),
        (date(2022, 3, 31), "b"),
        (date(2022, 4, 1), None),
        (date(2023, 3, 31), None),
        (date(9999, 12, 31), "c"),
    ],
)
def test_value_of_a_day(day, expected):
    """The value of a day is that of the entry that holds on it, and None in a gap."""
    assert FEES.on(day) == expected


def test_no_entries_hold_never():
    """Without entries there is no value."""
    assert Dated(()).on(date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        (
            (Entry(date(2021, 4, 1), 1), Entry(date(2021, 4, 1), 2)),
            "2021-04-01 must come after 2021-04-01",
        ),
        (
            (Entry(date(2021, 4, 1), 1, date(2022, 3, 31)), Entry(date(2022, 3, 31), 2)),
            "the entries of 2021-04-01 and 2022-03-31 overlap: the former holds until 2022-03-31",
        ),
    ],
)
def test_entries_neither_overlap_nor_go_back(entries, message):
    """Entries out of order, or such that two would hold on one day, are refused."""
    with pytest.raises(ValueError, match=f"^{message}$"):
        Dated(entries)


def test_entry_cannot_run_backwards():
    """An entry that ends before it starts is refused."""
    with pytest.raises(ValueError, match="2021-04-01 ends before it starts, on 2021-03-31"):
        Entry(date(2021, 4, 1), 1, date(2021, 3, 31))


def test_face_is_sorted():
    """The room exports what it names, in order."""
    assert dates.__all__ == sorted(
        dates.__all__, key=lambda name: (not name.isupper(), name[0].islower(), name)
    )
    assert all(hasattr(dates, name) for name in dates.__all__)
