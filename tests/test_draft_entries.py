"""Measures in lines and tables of any layout: a name, and beside it who does it, when, how far."""

from __future__ import annotations

import pytest

from dxrules.document.aligned import aligned_rows, over_pages
from dxrules.document.original import Block
from dxrules.document.sections import sectioned
from dxrules.draft import load_reading
from dxrules.draft.entry_lines import entry_of
from tests.helpers.documents import doubtful, measures, plan_of_town, sure_ones

FRONT = "令和8年3月\n\n"
"""A short document has nothing between the day on its cover and its list."""


@pytest.mark.parametrize(
    "body",
    [
        "・電子契約の導入（財政課、令和8年度～令和9年度）\n・来庁予約の拡大（市民課）\n",
        "取組一覧\n1　電子契約の導入　　　財政課　　R8～R9\n2　来庁予約の拡大　市民課\n",
        "取組\n・電子契約の導入／財政課／R8～R9\n・来庁予約の拡大／市民課\n",
        "■取組\n電子契約の導入 …… 財政課 …… R8～R9\n来庁予約の拡大 …… 市民課\n",
        "取組\n\n■財政課\n・電子契約の導入（R8～R9）\n■市民課\n・来庁予約の拡大\n",
        (
            "件　名　電子契約の導入\n主管課　財政課\n期　間　R8～R9\n\n"
            "件　名　来庁予約の拡大\n主管課　市民課\n"
        ),
        (
            "【取組1】電子契約の導入\n担当：財政課　期間：R8～R9\n契約を電子化します。\n"
            "【取組2】来庁予約の拡大\n担当：市民課\n予約を広げます。\n"
        ),
        (
            "主な取組\n\n電子契約の導入\n　担当　財政課\n　時期　R8～R9\n\n"
            "来庁予約の拡大\n　担当　市民課\n"
        ),
        "■実施項目\n1 電子契約の導入\n  財政課 R8-R9\n2 来庁予約の拡大\n  市民課\n",
        "1. 電子契約の導入　→　財政課、R8～R9\n2. 来庁予約の拡大　→　市民課\n",
        (
            "## 取組\n\n### 電子契約の導入 ― 財政課\n\n契約を電子化します。R8～R9。\n\n"
            "### 来庁予約の拡大【市民課】\n\n予約を広げます。\n"
        ),
        (
            "## 取組\n\n- **電子契約の導入**（財政課）：契約を電子化します。令和8年度～令和9年度\n"
            "- **来庁予約の拡大**（市民課）：予約を広げます。\n"
        ),
        (
            "## 年次計画\n\n| | 令和8年度 | 令和9年度 |\n|--|--|--|\n"
            "| 電子契約の導入（財政課） | 設計 | 導入 |\n| 来庁予約の拡大（市民課） | - | 拡大 |\n"
        ),
        (
            "## 取組\n\n| 項目 | 電子契約の導入 | 来庁予約の拡大 |\n|--|--|--|\n"
            "| 担当課 | 財政課 | 市民課 |\n| 実施時期 | R8～R9 | 未定 |\n"
        ),
        (
            "取組                担当      令和8年度  令和9年度\n"
            "電子契約の導入      財政課    設計       導入\n来庁予約の拡大      市民課    拡大\n"
        ),
        (
            "事業　：１　電子契約の導入\n所管　：財政課\n"
            "年度　：令和７年度　－／令和８年度　設計／令和９年度　導入\n\n"
            "事業　：２　来庁予約の拡大\n所管　：市民課\n"
        ),
    ],
)
def test_a_name_and_what_stands_beside_it(body):
    """Who does it, and from when to when, is sure whatever parts it from the name."""
    contract, booking = sure_ones(FRONT + body).values()
    assert (contract["title"], contract["owner"]) == ("電子契約の導入", "財政課")
    assert contract["start"] in {"令和8年度", "令和８年度", "R8年度"}
    assert contract["due"] in {"令和9年度", "令和９年度", "R9年度"}
    assert (booking["title"], booking["owner"]) == ("来庁予約の拡大", "市民課")


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("電子契約の導入【検討中】財政課", {"status": "検討中", "owner": "財政課"}),
        (
            "電子契約の導入（総務部・財政課：実施中）",
            {"owner": "総務部・財政課", "status": "実施中"},
        ),
        ("電子契約の導入　令和8年10月導入", {"when": "令和8年10月"}),
        ("電子契約の導入（所管：財政課／期間：R8～R9）", {"owner": "財政課", "schedule": "R8~R9"}),
    ],
)
def test_facts_beside_a_name(line, facts):
    """Labels between them are left aside; a day alone may be the first or the last."""
    entry = entry_of(line, load_reading())
    assert (entry.title, entry.labels) == ("電子契約の導入", facts)


@pytest.mark.parametrize(
    "line",
    [
        "計画期間　令和8年度～令和12年度",
        "担当　総務課",
        "推進委員会（総務課）",
        "見本市役所　総務課",
        "凡例　電子契約　検討",
        "電子契約の導入（一部）",
        "電子契約の導入　内部",
        "電子契約の導入 …… ◎　令和7年6月に完了",
    ],
)
def test_lines_that_name_nothing_done(line):
    """Labels, bodies and the key to signs are no names; 一部 and 内部 are no offices."""
    assert entry_of(line, load_reading()) is None


def test_a_day_beside_a_name_is_asked():
    """Work may begin on it, or be done by it."""
    (made,) = measures("## 取組\n\n- 電子契約の導入（財政課：令和8年度）\n").values()
    assert {"start", "due"} <= {*doubtful(made)}


def test_offices_over_years():
    """Each cell names what is done, by the office of its row."""
    body = (
        "## 取組\n\n| 課 | 令和8年度 | 令和9年度 |\n|--|--|--|\n"
        "| 財政課 | 電子契約の導入 | 電子請求書の試行 |\n| 市民課 | 来庁予約の拡大 | - |\n"
    )
    found = sure_ones(body)
    assert [(title, made["owner"]) for title, made in found.items()] == [
        ("電子契約の導入", "財政課"),
        ("電子請求書の試行", "財政課"),
        ("来庁予約の拡大", "市民課"),
    ]


def test_a_year_over_two_columns():
    """An empty head after a year is of that; signs below it are no states."""
    body = (
        "## 工程\n\n●実施　▲準備\n\n| 取組 | 担当 | R8 | | R9 | |\n|--|--|--|--|--|--|\n"
        "| 電子契約の導入 | 財政課 | ▲ | ▲ | ● | ● |\n| 来庁予約の拡大 | 市民課 | | | ▲ | ● |\n"
    )
    contract, booking = sure_ones(body).values()
    assert (contract["start"], contract["due"], "status" in contract) == (
        "令和8年度",
        "令和9年度",
        False,
    )
    assert booking["start"] == "令和9年度"


def test_a_heading_that_only_leads_to_measures():
    """主な取組 is called by no measure, whatever stands below it."""
    body = "## 主な取組\n\n担当：財政課\n\n電子契約を導入します。\n"
    assert "主な取組" not in measures(body)


def test_what_others_do_is_no_measure():
    """A line that leads to examples of others ends the town's own list."""
    body = (
        "## 具体的な取組\n\n・電子契約の導入（財政課）\n・来庁予約の拡大（市民課）\n\n"
        "他団体の例\n\n・ドローンによる橋梁点検（波戸町）\n"
    )
    assert [*sure_ones(body)] == ["電子契約の導入", "来庁予約の拡大"]


def test_sentences_in_a_list_call_nothing_by_name():
    """What a sentence with its subject tells of is asked, by the words of its area."""
    body = "## 取組\n\n- 財政課は、令和8年度に電子契約を導入します。\n"
    assert (sure_ones(body), [*measures(body)]) == ({}, ["電子契約の導入"])


def test_prose_that_counts_what_is_done():
    """第一に、… names a measure; it is asked, as all in prose is."""
    body = plan_of_town(
        "次の二つを行う。第一に、電子契約の導入である。第二に、来庁予約の拡大である。"
    )
    assert [*measures(body)] == ["電子契約の導入", "来庁予約の拡大"]


def test_aligned_lines_are_a_table_only_below_years():
    """Names at the left begin rows; what stands further in goes on in them."""
    lines = [
        "　　　　　　　　令和9年度　　　令和10年度",
        "電子契約の導入",
        "　　　　　　　　　調査　　　　　　導入",
        "　　［財政課］",
        "来庁予約の拡大",
        "　　　　　　　　　　　　　　　　　拡大",
        "",
    ]
    rows, taken = aligned_rows(lines)
    assert (taken, rows[1]) == (6, ["電子契約の導入［財政課］", "調査", "導入"])
    assert rows[2] == ["来庁予約の拡大", "", "拡大"]
    narrow = [
        "　事業　　　　　　　所管　　Ｒ８　Ｒ９　Ｒ10",
        "　1 電子契約の導入　財政課　●　　→　　→",
    ]
    rows, _ = aligned_rows(
        [*narrow, "　2 来庁予約の拡大　市民課　　　　●　　→", "　3 回線の更新　　　総務課　○"]
    )
    assert rows[2] == ["2 来庁予約の拡大", "市民課", "", "●", "→"]
    assert rows[3] == ["3 回線の更新", "総務課", "○", "", ""]
    assert aligned_rows(["電子契約の導入　　財政課", "来庁予約の拡大　　市民課"]) == ([], 0)
    assert aligned_rows([*lines[:1], "令和9年度に始めます。"]) == ([], 0)
    spread = [
        "項　　目　　　令和7年度　令和9年度",
        "申請数　　　　８　　　　　３０",
        "利用者　　　　４　　　　　２０",
    ]
    assert aligned_rows(spread) == ([], 0)


def test_an_aligned_table_goes_on_over_the_page():
    """Below the head that runs through the pages stand more rows; other pages keep their own."""
    pages = [
        [
            "取組　　　　　担当　　　令和8年度　　令和9年度",
            "電子契約　　　財政課　　設計",
            "",
            "－３－",
        ],
        [
            "　　　水辺市計画",
            "",
            "来庁予約　　　市民課　　　　　　　　　開始",
            "回線の更新　　総務課　　導入",
            "",
        ],
        ["市民課　　財政課", "ほか"],
    ]
    made = over_pages(pages)
    assert aligned_rows(made[0])[1] == 4
    assert made[1:] == [["　　　水辺市計画", "", ""], pages[2]]
    box = [
        ["┌──┬──┐", "│CIO │副町長│", "", "- 4 -"],
        ["水辺市計画", "│CDO │町長│", "└──┴──┘", "以上"],
    ]
    assert over_pages(box) == [box[0][:2] + box[1][1:3] + box[0][2:], ["水辺市計画", "以上"]]


def test_no_chapter_is_within_what_stands_before_the_first():
    """A text that tells no levels, as a PDF, counts its chapters beside the introduction."""
    heads = [("序　町のこれまで", 2), ("一　推進体制", 0), ("二　取組", 0)]
    below = Block("paragraph", "町長が本部長となります。")
    made = sectioned(
        b for text, level in heads for b in (Block("heading", text, level=level), below)
    )
    assert [b.section[0] for b in made[::2]] == ["序町のこれまで", "一", "二"]
