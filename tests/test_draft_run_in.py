"""Measures whose titles begin a paragraph, whose facts stand below them, or that prose names."""

from __future__ import annotations

import pytest

from tests.helpers.documents import doubtful, drafted, measures, plan_of_town, sure


@pytest.mark.parametrize(
    "said",
    [
        (
            "**電子契約の導入。** 契約を電子化します。担当は総務課で、"
            "期間は令和8年度から令和9年度までです。"
        ),
        (
            "**電子契約の導入**　令和8年度から令和9年度にかけて、契約を電子化します。"
            "担当は総務課です。"
        ),
        "- 電子契約の導入\n  - 総務課\n  - 令和8年度～令和9年度",
        "- 電子契約の導入\n  - 総務課。令和8年度～令和9年度。いま実施中",
        (
            "### 電子契約の導入\n\n■担当課\n\n総務課\n\n■実施期間\n\n令和8年度～令和9年度\n\n"
            "■内容\n\n契約を電子化します。"
        ),
        "### 電子契約の導入\n\n総務課が、令和8年度から令和9年度にかけて、契約を電子化します。",
        "- 電子契約の導入（主管：総務課）　令和8年度から令和9年度まで、順に広げる。",
    ],
)
def test_a_measure_with_its_facts(said):
    """Who does it and from when to when is sure, wherever it stands below the title."""
    (made,) = sure(drafted(plan_of_town(f"## これからすること\n\n{said}\n")))["measures"]
    assert (made["title"], made["owner"]) == ("電子契約の導入", "総務課")
    assert (made["start"], made["due"]) == ("令和8年度", "令和9年度")


def test_facts_alone_are_no_measures():
    """An office below no item, a title that nothing explains and a date before a blank are none."""
    body = "## 体制\n\n- 総務課\n- 住民課\n\n## 取組\n\n準備の段階。\n\n令和8年度　順に進めます。\n"
    assert not sure(drafted(plan_of_town(body))).get("measures")


def test_numbered_lines_that_go_on_are_a_list():
    """A number whose line goes on in indented ones up to the next number is an item."""
    body = (
        "## 取組\n\n1. 電子契約の導入\n   - 担当：総務課\n2. 来庁予約の導入\n   - 担当：住民課\n\n"
    )
    found = measures(body)
    assert {title: each["owner"] for title, each in found.items()} == {
        "電子契約の導入": "総務課",
        "来庁予約の導入": "住民課",
    }


@pytest.mark.parametrize(
    ("said", "titles", "told"),
    [
        (
            "市は、公民館でスマートフォン教室を開く。",
            ["スマートフォン教室"],
            {"areas": ["digital-divide"]},
        ),
        (
            "このほか、契約検査課では電子契約の物品購入への拡大を検討しています。",
            ["電子契約の物品購入への拡大"],
            {"status": "considered"},
        ),
        (
            "業務の可視化を令和8年度に行い、その結果によりオンライン申請を広げる。",
            ["業務の可視化", "オンライン申請"],
            {"areas": ["bpr"]},
        ),
        ("テレワークについては、利用の見込みが少ないため行いません。", ["テレワーク"], {}),
    ],
)
def test_names_in_prose(said, titles, told):
    """What prose says is done is asked, by the name that it has there."""
    found = measures(f"## 役所の仕事を改める\n\n{said}\n")
    assert list(found) == titles
    assert all("of" not in found[title]["doubts"][0] for title in titles)
    first = found[titles[0]]
    assert {key: first.get(key) for key in told} == told


def test_an_office_is_cut_from_what_stands_before_it():
    """An office that a sentence names is that alone, and not the words before."""
    body = (
        "## 取組\n\n### 業務の見直し\n\n"
        "調査は令和8年度の上半期に行政改革課が行い、結果を公表します。\n"
    )
    made = measures(body)["業務の見直し"]
    assert (made["owner"], "owner" in doubtful(made)) == ("行政改革課", False)


def test_headings_that_name_nothing():
    """What a heading only tells of, and the second line of a title, are no measures for sure."""
    body = (
        "## 取組\n\n### 公金の納付について\n\n納付の方法を増やします。\n\n"
        "## ― 進捗報告を含む ―\n\n総務課\n"
    )
    assert not sure(drafted(plan_of_town(body))).get("measures")


def test_a_column_about_others_parts_no_measure():
    """A column below a measure is quoted, and the measure stays one."""
    body = (
        "## 施策\n\n### 施策1 電子契約の導入\n\n契約を電子化します。\n〔担当：総務課〕\n\n"
        "#### コラム となりの町の移動窓口\n\nとなりの町では車で集落を回ります。\n"
    )
    found = sure(drafted(plan_of_town(body)))["measures"]
    assert [each["title"] for each in found] == ["電子契約の導入"]
