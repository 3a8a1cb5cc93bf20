"""Texts that are no dates: each is quoted, explained, and shown its way out."""

from __future__ import annotations

import pytest

from dxrules.dates import (
    parse_dates,
)
from dxrules.texts import Text
from tests.helpers.complaints import complaint

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
        "令和8年9月30日上旬",
        "令和8年9月上半期",
        "令和8年上旬",
        "令和8年度以降まで",
        "遅くとも令和8年9月～10月",
        "令和8年4月～9月以降",
        "令和8年9月から～10月",
        "令和8年9月(foo)",
        "2026-foo",
        "令和8年度中止",
        "令和3年度～令和7年度(令和9年度まで延長)",
        "令和7年度から延期",
        "令和8年度未実施",
    ],
)
def test_unreadable(text):
    """A text in none of the forms is refused with the forms that there are."""
    ja, en = UNREADABLE.ja, UNREADABLE.en
    assert complaint(text) == Text(f"「{text}」{ja}", f'"{text}" {en}')


@pytest.mark.parametrize(
    "text",
    ["概ね5年以内", "5年以内", "概ね5年以内に移行", "約3年", "3か年程度", "今後10年以内を目途に"],
)
def test_length_of_time(text):
    """How long something takes is no year of an era, near as that may be."""
    assert complaint(text) == Text(
        f"「{text}」は期間の長さで、いつから数えるかが書かれていません。「令和7年度末から概ね5年以内」の"
        "ように起点を添えるか、数えた日(「概ね令和12年度末まで」)を書いてください。",
        f'"{text}" is a length of time, and does not say from when it is counted. Write from '
        "when, as in 令和7年度末から概ね5年以内, or the day that it comes to, as in "
        "概ね令和12年度末まで.",
    )


def test_length_of_time_from_an_open_day():
    """So many years from a day that is not closed come to none."""
    ja, en = UNREADABLE.ja, UNREADABLE.en
    for text in ("令和8年度以降から5年以内", "9999年から5年以内"):
        assert complaint(text) == Text(f"「{text}」{ja}", f'"{text}" {en}')


def test_long_text_is_cut():
    """A text that is far too long for a date is refused unread, and quoted in part."""
    assert complaint("9" * 10_000).en.startswith('"' + "9" * 200 + '…" cannot be read')


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
            "令和8年9月(2026-10)",
            Text(
                "「令和8年9月(2026-10)」は括弧の外と内が合いません。令和8年9月は2026-09-01～2026-09-30、"
                "2026-10は2026-10-01～2026-10-31です。正しい方だけを書いてください。",
                '"令和8年9月(2026-10)" says two things: 令和8年9月 is 2026-09-01 to 2026-09-30, '
                "2026-10 is 2026-10-01 to 2026-10-31. Write only the one that is right.",
            ),
        ),
        (
            "昭和70年",
            Text(
                "「昭和70年」は昭和(1926-12-25～1989-01-07)にありません。平成7年と書いてください。",
                '"昭和70年" does not lie in 昭和 (1926-12-25 to 1989-01-07). Write 平成7年.',
            ),
        ),
        (
            "2026年3月31日(水)",
            Text(
                "「2026年3月31日(水)」の2026-03-31は水曜日ではなく火曜日です。日付か曜日を直してください。",
                '"2026年3月31日(水)" says that 2026-03-31 is 水曜日, but it is 火曜日. '
                "Correct the day or the weekday.",
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
            "昭和60年度～70年度",
            Text(
                "「昭和60年度～70年度」の70年度は昭和(1926-12-25～1989-01-07)にありません。"
                "平成7年度と書いてください。",
                '"昭和60年度～70年度" says 70年度, which does not lie in 昭和 '
                "(1926-12-25 to 1989-01-07). Write 平成7年度.",
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
                "「2026-00」の0月はありません。その年の最後の月は2026-12です。",
                '"2026-00" has a month 0. The last month of that year is 2026-12.',
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
            "9月",
            Text(
                "「9月」には年がありません。「令和8年9月」のように年から書いてください。",
                '"9月" does not say of which year. Begin with the year, as in 令和8年9月.',
            ),
        ),
        (
            "秋頃",
            Text(
                "「秋頃」は季節であり、始まりと終わりの日が決まりません。月で書いてください"
                "(気象庁の用語では秋は9月～11月)。",
                '"秋頃" names a season, which has no first and last day. Write months instead: '
                "秋 is 9月～11月 as the weather service counts.",
            ),
        ),
        (
            "今年度末",
            Text(
                "「今年度末」の「今年度」がいつかは、書いた日によって変わります。"
                "「令和8年度」のように年を書いてください。",
                '"今年度末" says 今年度, which depends on the day on which it was written. '
                "Write the year itself, as in 令和8年度.",
            ),
        ),
        (
            "R9～R7",
            Text(
                "「R9～R7」は始まり(2027-01-01)より前に終わります(2025-12-31)。"
                "R7年～R9年の誤りではありませんか。",
                '"R9～R7" ends before it starts (2027-01-01, 2025-12-31). Did you mean R7年～R9年?',
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
    assert complaint(text) == expected


@pytest.mark.parametrize("word", ["毎年度", "随時", "適宜", "引き続き", "順次"])
def test_recurrence(word):
    """A word for what is done again and again is referred to its own key."""
    assert "under the key recurrence" in complaint(word).en


@pytest.mark.parametrize(
    "text",
    ["計画期間中", "計画期間内に実施", "早期に", "できるだけ早く", "速やかに", "当面", "最終年度"],
)
def test_words_that_name_no_days(text):
    """Words for the period of the plan, or for some time, are said to name no days."""
    assert "names no days" in complaint(text).en


@pytest.mark.parametrize(
    "text", ["令和9998年度から5年間", "令和5年度までの4年間", "令和8年度から0年間"]
)
def test_impossible_count_of_years(text):
    """A number of years that leads nowhere is refused."""
    assert complaint(text).en


@pytest.mark.parametrize("text", ["令和8年10月、2月", "foo、R8.9", "令和8年9月、"])
def test_bad_item_of_a_list(text):
    """One bad item makes a list bad, and the whole list is quoted."""
    assert complaint(text, parse_dates).ja.startswith(f"「{text}」")
