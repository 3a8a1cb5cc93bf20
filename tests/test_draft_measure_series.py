"""Measures that a document counts on through its pages, and cards that recur below a heading."""

from __future__ import annotations

import pytest

from tests.helpers.documents import drafted, plan_of_town, sure

FIRST = "計画期間は令和8年度から令和10年度までとします。\n\n## 第3章 取組の内容\n\n"
NAMES = ("オンライン手続の拡大", "電子契約の導入", "生成AIの活用", "デジタル人材の育成")
OFFICES = ("住民課", "総務課", "企画課", "人事課")
YEARS = ("令和8年度～令和9年度", "令和9年度", "令和8年度～令和10年度", "令和8年度")
STATES = ("実施中", "検討中", "実施中", "検討中")


def measures(body):
    """Return the measures that are sure, by their titles."""
    found = sure(drafted(plan_of_town(FIRST + body))).get("measures", ())
    return {each["title"]: each for each in found}


def entries(line, below):
    """Return the entries of a document, each with its number, name, state, office and years."""
    told = zip(range(1, len(NAMES) + 1), NAMES, STATES, OFFICES, YEARS, strict=True)
    return "".join(
        line.format(n=n, name=name, state=state, office=office, years=years)
        + below.format(n=n, name=name, state=state, office=office, years=years)
        for n, name, state, office, years in told
    )


LABELS = "対象を広げ、毎年点検します。\n\n担当：{office}\n時期：{years}\n\n"
LINES = [
    ("取組{n}{name}【{state}】\n\n", LABELS),
    ("項目番号　{n}　　{name}　　　　　〔{state}〕\n所管　{office}\n\n", "内容　窓口で使う。\n\n"),
    ("しごと{n}：{name}（{state}）\n\n", LABELS),
    ("【実行メニュー{n}】{name}\n\n", LABELS),
    ("### ◆A-{n}　{name}　［{years}／{office}］\n\n", "対象を広げ、毎年点検します。\n\n"),
]


@pytest.mark.parametrize(("line", "below"), LINES)
def test_a_series_of_names_with_labels(line, below):
    """Whatever word counts them, and whether or not a blank parts the number from the name."""
    found = measures("### 方針1 行かなくても済む役場\n\n" + entries(line, below))
    assert [*found] == [*NAMES]
    assert [each["owner"] for each in found.values()] == [*OFFICES]


@pytest.mark.parametrize(
    "body",
    [
        entries("取組{n}{name}\n\n", "これまでに述べたとおりです。\n\n"),  # nothing tells of them
        entries("令和{n}年度{name}\n\n", LABELS),  # days are no numbers of measures
        "取組1{}\n\n担当：住民課\n\n取組2{}\n\n担当：総務課\n\n".format(
            *NAMES
        ),  # two are no series
        entries("問{n}{name}\n\n", LABELS),
    ],
)
def test_no_series(body):
    """What is but numbered is none, nor are days, two lines, or questions."""
    assert not measures(body).keys() & {NAMES[2], NAMES[3]}


def test_what_gathers_a_series_is_none_of_it():
    """Headings that count as well lead to the measures below them, and are none."""
    first = entries("事業番号　10{n}　{name}　〔{state}〕\n所管　{office}\n\n", "")
    other = "事業番号　201　在宅勤務の定着　〔実施中〕\n所管　総務課\n\n"
    body = f"### 施策1　住民の変革\n\n{first}### 施策2　役場の変革\n\n{other}"
    assert [*measures(body)] == [*NAMES, "在宅勤務の定着"]


def test_years_in_a_row_tell_no_schedule():
    """They head the signs of a schedule that stands below them."""
    years = "令和8年度　　　令和9年度　　　令和10年度\n\n"
    found = measures(entries("取組{n} {name}\n\n", "担当：{office}\n\n" + years))
    assert [*found] == [*NAMES]
    assert not any({"start", "due"} & each.keys() for each in found.values())


CARD = """\
| 施策{n} | {name} | 区分：{state} | |
|---|---|---|---|
| 担当課 | {office} | 関係課 | 全課 |
| 内容 | 対象を広げる | | |

"""
KEY = """\
各施策の「区分」の意味は次のとおりです。

| 継続 | これまでも行っている施策 |
|---|---|
| 新規 | 新たに始める施策 |

"""


def test_cards_that_recur_below_a_heading():
    """A heading above several cards, or a label that counts, leaves no doubt whose cards they are.

    A table tells what their states stand for.
    """
    states = ("継続", "新規", "継続", "新規")
    cards = "".join(
        CARD.format(n=n, name=name, state=state, office=office)
        for n, name, state, office in zip("1234", NAMES, states, OFFICES, strict=True)
    )
    found = measures(KEY + "### 柱1 住民の時間を生み出す\n\n" + cards)
    assert [*found] == [*NAMES]
    assert [each["status"] for each in found.values()] == [*("ongoing", "planned") * 2]


@pytest.mark.parametrize(
    "key",
    [
        "記号の意味　◆…以前から続けているもの　◇…これから始めるもの",
        "「◆」は進めているもの、「◇」はこれから始めるものを表します。",
    ],
)
def test_keys_of_marks_before_numbers(key):
    """Dots part a mark from what it stands for, and a sentence tells that it is a key."""
    lines = zip("◆◇◆◇", range(1, 5), NAMES, OFFICES, strict=True)
    body = "".join(
        f"### {mark}A-{n}　{name}　［{who}］\n\n広げます。\n\n" for mark, n, name, who in lines
    )
    found = measures(f"{key}\n\n{body}")
    assert [each.get("status") for each in found.values()] == [*("ongoing", "planned") * 2]


PARTS = """\
### {n} {name}

#### (1) 現状と課題

紙で受け付けており、{other}が遅れています。

#### (2) 取組内容

対象を広げます。

#### (3) 担当課

{office}

#### (4) スケジュール

{years}

"""


def test_headings_that_recur_are_parts_of_a_measure():
    """担当課 and スケジュール below each heading tell of it; 現状と課題 tells why it is done."""
    told = zip(range(1, 5), NAMES, reversed(NAMES), OFFICES, YEARS, strict=True)
    found = measures(
        "".join(
            PARTS.format(n=n, name=name, other=other, office=office, years=years)
            for n, name, other, office, years in told
        )
    )
    assert [*found] == [*NAMES]
    assert [each["owner"] for each in found.values()] == [*OFFICES]
    assert all({"start", "due"} & each.keys() for each in found.values())


def test_a_name_in_quotation_marks():
    """The marks around all of it are none of it."""
    found = measures(entries("### プロジェクト{n}「{name}」\n\n", "担当：{office}\n\n"))
    assert [*found] == [*NAMES]
