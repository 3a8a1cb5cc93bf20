"""Measures of columns without a known head, of quarters, of sentences over lines, and of prose."""

from __future__ import annotations

import pytest

from dxrules.document.reading_process import original_from
from dxrules.draft import draft, load_reading
from dxrules.draft.measure_titles import item_title
from tests.helpers.documents import TODAY, measures, source, sure_ones

PLAIN = """## 三 村が行うこと

### （一）役場のほうから行く

「出張役場」を、令和8年6月から始める。住民課が受け持つ。その場で渡せない物は、郵便で届ける。

テレワークは、端末を六台用意した（令和7年度に整え終えた）。

### （二）暮らしの知らせ

防災無線の戸別受信機は、令和10年度に入れ替える計画である。総務課が受け持つ。
"""


@pytest.mark.parametrize("head", ["行動", "テーマ", "すがた", "お約束", "挑戦"])
def test_column_of_names_without_a_known_head(head):
    """Who and when stand beside the names: below a heading of measures they are some for sure."""
    rows = (
        f"| {head} | 担当 | いつ | 説明 |\n|---|---|---|---|\n"
        "| 支払いはお好きな方法で | 会計課 | 令和8年度～令和9年度 | コード決済に応じます。 |\n"
        "| 市の情報を誰にも | 情報課 | 令和8年度 | 統計を載せます。 |\n"
    )
    found = sure_ones(f"## 行動計画\n\n{rows}")
    assert found["支払いはお好きな方法で"]["owner"] == "会計課"
    elsewhere = f"## そのほか\n\n{rows}"
    assert not sure_ones(elsewhere)
    assert measures(elsewhere).keys() == found.keys()


def test_quarters_below_years():
    """A second row of heads, below a name that goes on in it, begins no other table."""
    quarters = "".join(f"<td>{number}</td>" for number in (1, 2, 3, 4) * 2)
    cells = "".join(f"<td>{sign}</td>" for sign in "―◇◆●●●●●")
    text = (
        "<h1>見本町DX推進計画</h1><h2>工程</h2><table>"
        "<tr><th rowspan=2>取組</th><th rowspan=2>主管課</th>"
        f"<th colspan=4>令和8年度</th><th colspan=4>令和9年度</th></tr><tr>{quarters}</tr>"
        f"<tr><td>来庁予約の導入</td><td>市民課</td>{cells}</tr>"
        f"<tr><td>電子契約の導入</td><td>財政課</td>{cells}</tr></table>"
    )
    made = draft(original_from(text.encode(), "a.html"), source(), TODAY).data
    one, other = made["measures"]
    assert (one["title"], one["start"]) == ("来庁予約の導入", "令和8年度")
    assert (other["title"], other["due"]) == ("電子契約の導入", "令和9年度")


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("令和9年度から毎年度行います", {"start": "令和9年度", "recurrence": "yearly"}),
        (
            "令和9年度に二つの課で始め、令和11年度までに全課へ広げます",
            {"start": "令和9年度", "due": "令和11年度"},
        ),
        (
            "令和8年度に第一地区、令和10年度までに残る地区へ置きます",
            {"start": "令和8年度", "due": "令和10年度"},
        ),
        ("令和9年10月に始めます", {"start": "令和9年10月"}),
    ],
)
def test_sentence_after_a_name(told, days):
    """A name, a blank and what is said of it; a bracket at the end says by whom."""
    item = f"①来庁予約の改善　時間を選べるように改めます。{told}（所管：市民課）。"
    found = sure_ones(f"## 取組\n\n- {item}\n- ②電子契約の導入（所管：財政課）\n")
    measure = found["来庁予約の改善"]
    assert measure["owner"] == "市民課"
    assert {key: measure.get(key) for key in days} == days


def test_name_and_sentence_over_lines():
    reading = load_reading()
    text = "①来庁予約の改善 窓口を訪ねる前に時\n間を選べるように改めます（所管：市\n民課）。"
    assert item_title(text, reading) == "来庁予約の改善"
    assert item_title("①来庁予約の改善\n時間を 選べるように改めます。", reading) == "来庁予約の改善"


def test_days_that_are_not_understood_are_asked():
    body = (
        "## 取組\n\n### 来庁予約の導入\n\n担当課：市民課\n\n令和9年度に庁舎に合わせて行います。\n"
    )
    asked = {
        key: each["candidates"]
        for each in measures(body)["来庁予約の導入"]["doubts"]
        for key in each["of"]
        if "candidates" in each
    }
    assert asked["start"] == asked["due"] == ["令和9年度"]


def test_prose_below_a_heading_that_names_none():
    """It gathers several, which are asked by their names, with what goes on about them."""
    assert not sure_ones(PLAIN)
    found = measures(PLAIN)
    assert found["出張役場"]["owner"] == "住民課"
    assert found["出張役場"]["start"] == "令和8年6月"
    assert found["防災無線の戸別受信機"]["owner"] == "総務課"
    assert {"テレワーク", "役場のほうから行く", "暮らしの知らせ"} <= found.keys()
    assert not [title for title in found if title.endswith("受け持つ")]


def test_heading_of_what_is_paid_for_is_no_measure():
    body = "## 取組\n\n### 費用と財源\n\n経費は毎年度の予算で定めます。国の補助を使います。\n"
    assert "費用と財源" not in sure_ones(body)


def test_names_in_prose_are_whole():
    """区民館 does not lose its 区, nor 相談できる its beginning."""
    found = measures("## 取組\n\n区民館の施設予約は令和9年10月に更新します。\n")
    assert list(found) == ["区民館の施設予約"]


def test_name_of_the_plan_is_asked():
    """A card of the plan itself is like one of a measure."""
    card = "所管　　総務課\n\n期間　　令和8年度～令和12年度\n"
    found = sure_ones(f"## 取組\n\n### 見本町DX推進計画\n\n{card}\n### 電子契約の導入\n\n{card}")
    assert list(found) == ["電子契約の導入"]


def test_label_of_a_period_alone_in_its_line():
    """期間 is a heading of plans as well."""
    body = "## 施策の展開\n\n### A-1 駅前窓口の開設\n\n担当\n\n市民課\n\n期間\n\n2027年度\n"
    measure = sure_ones(body)["駅前窓口の開設"]
    assert (measure["start"], measure["due"]) == ("2027年度", "2027年度")


@pytest.mark.parametrize("state", ["遅れ（調整中）", "完了"])
def test_state_of_a_card_beside_whether_it_is_new(state):
    card = (
        "| 施策名 | 電子決裁の徹底 |\n|---|---|\n| 区分 | 継続 |\n| 担当課 | 総務課 |\n"
        f"| 状況 | {state} |\n"
    )
    told = sure_ones(f"## 施策\n\n{card}")["電子決裁の徹底"]["status"]
    assert told == ("done" if state == "完了" else "late")


@pytest.mark.parametrize("when", ["令和8年10月～3月", "令和8年10月から3月まで"])
def test_months_of_one_fiscal_year(when):
    table = f"| 取組 | 担当課 | 時期 |\n|---|---|---|\n| 電子決裁の導入 | 総務課 | {when} |\n"
    measure = sure_ones(f"## 取組\n\n{table}")["電子決裁の導入"]
    assert (measure["start"], measure["due"]) == ("令和8年10月", "令和9年3月")


def test_who_does_all_is_asked_of_each():
    table = "| 取組 | R8 | R9 |\n|---|---|---|\n| 電子決裁の導入 | 準備 | 導入 |\n"
    body = f"## 取組\n\n{table}\n所管はいずれも総務課。\n"
    doubts = measures(body)["電子決裁の導入"]["doubts"]
    assert ["総務課"] in [each.get("candidates") for each in doubts if each["of"] == ["owner"]]


def test_days_of_a_schedule_beside_a_list_of_states():
    """A list tells the state, and a schedule in another section when it is done."""
    states = "| 施策名 | 主担当課 | 進捗 |\n|---|---|---|\n| 電子決裁の導入 | 総務課 | 順調 |\n"
    years = "| 施策名 | R8 | R9 |\n|---|---|---|\n| 電子決裁の導入 | 準備 | 導入 |\n"
    found = sure_ones(f"## 施策一覧\n\n{states}\n# 工程\n\n{years}")["電子決裁の導入"]
    assert (found["status"], found["start"]) == ("ongoing", "令和8年度")


@pytest.mark.parametrize(
    ("title", "area"),
    [
        ("出前役場の日", "front-yard"),
        ("漁港の見張り", "regional-dx"),
        ("決裁の見直し", "paperless"),
    ],
)
def test_areas_that_words_only_suggest_are_asked(title, area):
    (doubt,) = [
        each
        for each in measures(f"## 取組\n\n### {title}\n\n担当課：総務課\n")[title]["doubts"]
        if each.get("of") == ["areas"]
    ]
    assert area in doubt["candidates"]


def test_schedule_below_a_list_is_asked_of_its_items():
    items = "- 電子決裁の導入\n- 来庁予約の拡大\n"
    years = "| 令和8年度 | 令和9年度 | 令和10年度 |\n|---|---|---|\n| 検討 | 導入 | |\n"
    for made in measures(f"## 取組\n\n{items}\n{years}").values():
        asked = {key: each.get("candidates") for each in made["doubts"] for key in each["of"]}
        assert asked["start"] == ["令和8年度"]
        assert asked["due"] == ["令和9年度", "令和10年度"]
