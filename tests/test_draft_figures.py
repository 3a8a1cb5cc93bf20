"""Indicators of lines, cards and sentences; charges one by one; schedules of cards."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dxrules.document.text import original_of
from dxrules.draft.charges import charges as charges_in
from dxrules.draft.figures_in_text import values_of
from dxrules.draft.outline import sentences
from dxrules.draft.phrases import Words
from tests.helpers.documents import doubtful, drafted, plan_of_town, source, sure


def sentences_of(body):
    """Return the sentences of a plan with a body."""
    return sentences(original_of(plan_of_town(body), "a.md"), source().reading)


@pytest.mark.parametrize(
    "said",
    [
        (
            "## 指標\n\n指標 電子申請率\n\n基準値（令和6年度） 20％\n\n"
            "目標値（令和10年度） 60％\n\n以上です。"
        ),
        (
            "## 指標\n\n次のとおりです。\n指標 電子申請率\n\n基準値（令和6年度） 20％\n\n"
            "目標値（令和10年度） 60％"
        ),
        "## 指標\n\n電子申請率 現状値（令和6年度）20％ → 目標値（令和10年度）60％",
        "## 指標\n\n指標名　　　　現状（R6）　　目標（R10）\n\n電子申請率　　　20％　　　60％",
        (
            "## 目標\n\n| 何を | 現状（令和6年度） | 令和10年度（目標） |\n|--|--|--|\n"
            "| 電子申請率 | 20％ | 60％ |"
        ),
        (
            "### 取組1 受付\n\n| 担当課 | 住民課 |\n|--|--|\n| 内容 | 広げる。 |\n"
            "| 指標 | 電子申請率 現状（令和6年度）20％ → 目標（令和10年度）60％ |"
        ),
    ],
)
def test_an_indicator_told_in_lines(said):
    """Name, unit, baseline and target are sure, however lines, columns and cards set them."""
    (made,) = drafted(plan_of_town(said))["indicators"]
    assert (made["title"], made["unit"]) == ("電子申請率", "%")
    assert made["baseline"] == {"value": "20", "on": "令和6年度"}
    assert made["targets"] == [{"value": "60", "year": "令和10年度"}]
    assert not {"baseline", "targets"} & {*doubtful(made)}


def test_a_target_that_is_compared_with_an_average():
    """A target may be no number, but above an average; what a note below it tells is the day."""
    body = """## 指標

| 指標 | 単位 | 現状値（令和6年度） | 令和9年度（目標） | 令和10年度（目標） |
|--|--|--|--|--|
| カードの交付率 | ％ | 80.5 | 全国平均以上（R9.3末） | 全国平均以上 |
"""
    (made,) = drafted(plan_of_town(body))["indicators"]
    assert made["targets"] == [
        {"relative": "全国平均以上", "year": "令和9年度", "observed": "R9.3末"},
        {"relative": "全国平均以上", "year": "令和10年度"},
    ]
    assert not {"baseline", "targets"} & {*doubtful(made)}


def test_an_indicator_of_a_sentence_is_a_question():
    """Figures in prose may be of an indicator; numbers in kanji are read."""
    said = "## 取組\n\n受け手の数は令和八年度の年四百二十人から、令和十一年度に年千人へ増やします。"
    (made,) = drafted(plan_of_town(said))["indicators"]
    assert (made["baseline"]["value"], made["targets"][0]["value"]) == ("420", "1000")
    assert any("of" not in doubt for doubt in made["doubts"])


@pytest.mark.parametrize(
    "said",
    [
        "受け手の数は令和八年度の年十十千人から、令和十一年度に年千人へ増やします。",
        "電子申請率 現状値（令和6年度）1,23％ → 目標値（令和10年度）60％",
    ],
)
def test_a_figure_that_cannot_be_read_is_none(said):
    """A number that is written wrongly is no figure, and the line no indicator."""
    assert "indicators" not in drafted(plan_of_town(f"## 取組\n\n{said}"))


def test_units_are_those_of_the_reading():
    """Units are words of the folder that documents are read by."""
    reading = source().reading
    own = replace(reading, lists={**reading.lists, "unit": Words(("羽",))})
    told = "現状値(令和6年度)20羽→目標値(令和10年度)60羽"
    kinds = [(kind, figure.value, figure.unit) for kind, _, figure in values_of(told, own)]
    assert kinds == [("baseline", "20", "羽"), ("target", "60", "羽")]


def charges(said):
    return drafted(plan_of_town(f"## 公金収納\n\n{said}"))["collection"]["charges"]


def test_charges_of_one_sentence_stand_apart():
    """Each charge has the state and the day of its own part of a sentence."""
    found = charges(
        "町税はeL-QRによる納付を令和5年4月に開始しており、"
        "介護保険料と後期高齢者医療保険料は令和8年9月から開始する予定である。"
    )
    assert sure(found["local-tax"]) == {"status": "started", "start": "令和5年4月"}
    for name in ("long-term-care-premium", "elderly-medical-premium"):
        assert sure(found[name]) == {"status": "planned", "start": "令和8年9月"}


@pytest.mark.parametrize(
    "said",
    [
        "水道料金のeL-QRは令和8年9月の開始を検討する。",
        "eL-QRによる水道料金の納付は準備中であり、開始する予定である。",
    ],
)
def test_a_charge_whose_state_goes_on_is_asked(said):
    """A day beside 検討, or a second state of the same, leaves a question."""
    assert "status" in doubtful(charges(said)["water"])


def test_charges_of_another_way_of_paying_are_none():
    """What is paid at a shop is not paid by eL-QR; two days in one part are of two charges."""
    said = "## 公金収納\n\n水道料金はコンビニで納付できる。"
    said += "町税は令和5年、水道料金は令和6年に対応した。"
    found = drafted(plan_of_town(said)).get("collection", {}).get("charges", {})
    assert all("status" in doubtful(each) for each in found.values())


def test_charges_are_told_in_sentences_about_el_qr():
    """What else a sentence names as a way of paying takes the charge out; tables are no sentences.

    A reading that knows no charges finds none.
    """
    table = "| 料金 | eL-QR |\n|--|--|\n| 水道料金 | 開始した |\n"
    said = sentences_of(f"## 公金収納\n\neL-QR以外の水道料金の納付を開始した。\n\n{table}")
    assert not [*charges_in(said, source().reading)]
    one = sentences_of("## 公金収納\n\neL-QRによる水道料金の納付を開始した。")
    assert {each.value for each in charges_in(one, source().reading)} == {"started"}
    assert not [*charges_in(one, replace(source().reading, things={}))]


def test_a_card_whose_schedule_has_words_and_a_state():
    """The first and the last year that something stands under, and the state beside them."""
    said = (
        "## 取組\n\n### 取組1 窓口の電子申請\n\n| 担当 | 住民課 | | |\n|--|--|--|--|\n"
        "| 取組 | 手続を電子申請にする。 | | |\n"
        "| スケジュール | 令和8年度 | 令和9年度 | 状況 |\n| | 構築 | 運用 | 実施中 |"
    )
    (made,) = drafted(plan_of_town(said))["measures"]
    assert (made["title"], made["owner"]) == ("窓口の電子申請", "住民課")
    assert (made["start"], made["due"], made["status"]) == ("令和8年度", "令和9年度", "ongoing")


@pytest.mark.parametrize(("label", "start"), [("実施年度", "令和8年度"), ("導入予定年度", None)])
def test_one_fiscal_year_of_doing_is_beginning_and_end(label, start):
    """実施年度 令和8年度 begins and ends in it; the year of introduction is the end alone."""
    said = f"## 取組\n\n| 取組名 | 担当課 | {label} |\n|--|--|--|\n"
    said += "| 電子契約の導入 | 総務課 | 令和8年度 |"
    (made,) = drafted(plan_of_town(said))["measures"]
    assert (made.get("start"), made["due"]) == (start, "令和8年度")


def test_years_above_columns_as_numbers():
    """26, 27, 28 in a row are years; 4, 5, 6 without an era may be months."""
    for heads, start in (("26 | 27 | 28", "2026年度"), ("4 | 5 | 6", None)):
        said = f"## 取組\n\n| 取組 | 担当 | {heads} |\n|--|--|--|--|--|\n"
        said += "| 電子契約の導入 | 総務課 | → | → | |"
        (made,) = drafted(plan_of_town(said))["measures"]
        assert made.get("start") == start


def test_tasks_listed_by_where_they_stand():
    """A row may list several tasks with their state; those of 特定移行支援 have the exception."""
    said = (
        "## 標準化\n\n| 区分 | 業務 | 移行日 |\n|--|--|--|\n"
        "| 移行済み | 住民記録、印鑑登録 | 令和8年1月5日 |\n"
        "| 特定移行支援システム | 戸籍及び戸籍の附票 | 令和9年12月 |"
    )
    found = drafted(plan_of_town(said))["standardization"]["systems"]
    assert found["seal-registration"]["migrated"] == "令和8年1月5日"
    assert found["family-register"]["exception"] == "transition-support"
    assert found["family-register-appendix"]["target"] == "令和9年12月"


@pytest.mark.parametrize(
    "said",
    [
        "## 指標\n\n| めあて | いま（令和6年度） | 令和10年度 |\n|--|--|--|\n| 受付 | 2区 | 6区 |",
        "## 取組\n\n【めやす】受付　令和6年度 2区 → 令和10年度 6区",
        "## 取組\n\n受付を、令和六年度の二区から令和十年度に六区へ増やす。",
        "## 取組\n\nあわせて、受付を、令和6年度の2区から令和10年度に6区へ増やす。",
        (
            "## 指標\n\n項目　　　　令和5年度　令和6年度　令和10年度\n\n"
            "受付　　　　―　　　　2区　　　6区"
        ),
    ],
)
def test_an_indicator_by_another_name(said):
    """What is called めやす is one, whatever the unit; a dash below a year is nothing counted."""
    body = f"計画期間は令和7年度から令和10年度までとします。\n\n{said}\n"
    (made,) = drafted(plan_of_town(body))["indicators"]
    assert (made["title"], made["unit"]) == ("受付", "区")
    (*_, last) = made["targets"]
    assert (last["value"], last["year"] in {"令和10年度", "令和十年度"}) == ("6", True)


@pytest.mark.parametrize(
    "said",
    [
        "| 指標 | 現状→目標 |\n|--|--|\n| 受付 | 2件（R6）→6件（R10） |",
        "| 指標 | 現状（R6） | 目標（R10） |\n|--|--|--|\n| 受付（単位：件） | 2 | 6 |",
        "- KPI：受付（現状 2件（R6）、目標 6件（R10））",
    ],
)
def test_an_indicator_told_in_one(said):
    """Both figures in one cell, the unit behind the name, a label before it."""
    body = f"計画期間は令和7年度から令和10年度までとします。\n\n## 指標\n\n{said}\n"
    (made,) = drafted(plan_of_town(body))["indicators"]
    assert (made["title"], made["unit"], made["baseline"]["value"]) == ("受付", "件", "2")
    assert made["targets"] == [{"value": "6", "year": "令和10年度"}]


def test_a_year_that_the_text_calls_a_result():
    """What the words around a table call 実績 is no aim."""
    body = (
        "## 数値で見る進み具合\n\n令和7年度の実績と、最終年度の目標を並べました。\n\n"
        "| 指標 | 令和5年度（策定時） | 令和7年度 | 令和10年度（目標） |\n|--|--|--|--|\n"
        "| 電子申請ができる手続 | 21件 | 57件 | 120件 |\n"
    )
    (made,) = drafted(plan_of_town(body))["indicators"]
    assert made["targets"] == [{"value": "120", "year": "令和10年度"}]


def test_a_row_with_a_dash_is_a_row():
    """It is no name that goes on in the next line."""
    body = (
        "## 目標値\n\n項目　　　　　　　　　　　令和5年度　令和7年度　令和9年度\n"
        "手続の数（件）　　　　　　　　８　　　３０　　　５０\n"
        "利用した人（人）　　　　　　　―　　　３００　　５００\n"
        "紙の割合（％）　　　　　　１００　　　２０　　　　５\n"
    )
    found = {each["title"]: each for each in drafted(plan_of_town(body))["indicators"]}
    assert list(found) == ["手続の数", "利用した人", "紙の割合"]
    assert [each["value"] for each in found["利用した人"]["targets"]] == ["300", "500"]


def test_a_year_before_the_plan_is_no_aim():
    """A year alone above figures is a target only if it is not over when the plan begins."""
    body = (
        "計画期間は令和8年度から令和10年度までとします。\n\n## 指標\n\n"
        "| 指標 | 令和5年度（策定時） | 令和7年度 | 令和10年度（目標） |\n|--|--|--|--|\n"
        "| 電子申請ができる手続 | 21件 | 57件 | 120件 |\n"
    )
    (made,) = drafted(plan_of_town(body))["indicators"]
    assert made["targets"] == [{"value": "120", "year": "令和10年度"}]
