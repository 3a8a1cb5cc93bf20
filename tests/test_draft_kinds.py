"""Layouts and wordings of whole kinds that documents of strangers have: each once, in short."""

from __future__ import annotations

import pytest

from dxrules.document.reading import original_from
from dxrules.draft import draft
from tests.helpers.documents import TODAY, drafted, plan_of_town, source, sure


def sure_of(body):
    """Return what a draft of a plan with a body is sure of."""
    return sure(drafted(plan_of_town(body)))


PERIOD = "本計画の期間は、令和7年度から令和11年度までの5年間とします。\n\n"


@pytest.mark.parametrize(
    ("period", "cells", "expected"),
    [
        (PERIOD, "31 | 36 | 60", ("31", "令和6年度")),
        (PERIOD, "― | 36 | 60", None),
        (PERIOD.replace("7", "8").replace("11", "12"), "31 | 36 | 60", ("36", "令和7年度")),
        ("", "31 | 36 | 60", None),
    ],
)
def test_a_year_before_results_is_where_the_plan_began(period, cells, expected):
    """令和6年度 | 令和7年度(実績): which of them is the baseline, the period tells."""
    body = (
        f"{period}## 数値目標\n\n"
        "| 指標 | 単位 | 令和6年度 | 令和7年度（実績） | 令和11年度（目標） |\n"
        f"|--|--|--|--|--|\n| 電子申請率 | % | {cells} |"
    )
    found = sure_of(body)["indicators"][0].get("baseline")
    assert (found and (found["value"], found["on"])) == expected


def test_the_period_of_a_measure_is_not_that_of_the_plan():
    """期間 in a line below a measure is told of it alone."""
    body = (
        "### 期間\n\n2025年4月1日 ― 2030年3月31日（5年間）\n\n## 第3章 施策\n\n"
        "### 施策1 電子申請の拡大\n\n- 期間：2025年度～2027年度\n\n### 施策2 電子決裁の導入\n\n"
        "- 期間：2026年度～2028年度\n"
    )
    assert sure_of(body)["plan"]["period"].startswith("2025年4月1日")


HEADS = "| 指標 | 現状（令和7年度） | 令和10年度（目標） | 令和12年度（目標） |\n|--|--|--|--|\n"


@pytest.mark.parametrize(
    ("cells", "baseline", "targets"),
    [
        ("11.8％ | 10％以下 | 5％以下", "11.8", ["10", "5"]),
        ("76.5％ | 100％を維持 | 100％維持", "76.5", ["100", "100"]),
        ("51.3％ | 前年度より増 | 65.0％", "51.3", ["65.0"]),
        ("―（令和8年度に調査） | 60％ | 70％", None, ["60", "70"]),
        ("12.4％※ | 25％ | 40％", None, ["25", "40"]),
    ],
)
def test_cells_of_figures_with_words(cells, baseline, targets):
    """An aim may be kept or told in words; a marked value may be of the day that a note tells."""
    body = f"## 数値目標\n\n{HEADS}| 電子申請の割合 | {cells} |"
    (found,) = sure_of(body)["indicators"]
    assert found["unit"] == "%"
    assert found.get("baseline", {}).get("value") == baseline
    assert [each["value"] for each in found["targets"]] == targets


def test_a_bare_bound_has_the_unit_of_its_row():
    """10以下, beside a column of units."""
    body = (
        "## 数値目標\n\n| 指標 | 単位 | 令和7年度実績 | 令和12年度目標 |\n|--|--|--|--|\n"
        "| 訓練メールの開封率 | ％ | 14.2 | 10以下 |"
    )
    (found,) = sure_of(body)["indicators"]
    assert (found["unit"], found["targets"][0]["value"]) == ("％", "10")


def test_dashes_in_all_years_are_no_schedule():
    """― in each year says that nothing is done, where other rows say what is."""
    body = (
        "## 取組一覧\n\n| 番号 | 取組 | 所管 | 令和8年度 | 令和9年度 |\n|--|--|--|--|--|\n"
        "| 1 | 電子申請の拡大 | 住民課 | 準備 | 開始 |\n| 2 | 電話自動応答 | 総務課 | ― | ― |"
    )
    first, second = sure_of(body)["measures"]
    assert (first["start"], "start" in second, "due" in second) == ("令和8年度", False, False)


def test_heads_that_are_merged_with_the_row_below_are_no_measure():
    """A head over two rows stands once more in the second of them."""
    cells = "".join(f'<th rowspan="2">{each}</th>' for each in ("No.", "取り組むこと", "担当"))
    rows = "".join(
        f"<tr><td>{n}</td><td>{title}</td><td>住民課</td><td>準</td><td>■</td></tr>"
        for n, title in enumerate(("電子申請の拡大", "電子決裁の導入"), 1)
    )
    text = (
        "<h1>見本町DX推進計画</h1><h2>取組</h2><table>"
        f'<tr>{cells}<th colspan="2">R8</th></tr><tr><th>上</th><th>下</th></tr>{rows}</table>'
    )
    found = sure(draft(original_from(text.encode(), "a.html"), source(), TODAY).data)
    assert [each["title"] for each in found["measures"]] == ["電子申請の拡大", "電子決裁の導入"]


def test_fellow_plans_are_not_above():
    """「…」その他の分野別計画 stand beside a plan."""
    body = (
        "### 位置付け\n\n「見本町子ども計画」「見本町立地適正化計画」その他の分野別計画に掲げる"
        "事業は、この計画には掲げていません。"
    )
    assert "parents" not in sure_of(body)["plan"]


def test_what_goes_on_around_the_town_is_quoted():
    """国・県・社会の動き: a plan of the prefecture told of there is not cited."""
    body = (
        "### 国・県・社会の動き\n\n| 年月 | 主体 | 動き |\n|--|--|--|\n"
        "| 令和3年3月 | 県 | 県ICT活用ビジョンを策定 |\n| 令和3年9月 | 国 | デジタル庁発足 |"
    )
    assert "cites" not in drafted(plan_of_town(body))["plan"]


def test_a_card_whose_first_cell_is_its_number():
    """1-1 | 名称 | 現在の段階 | 運用中, and the years in a table of its own below it."""
    card = (
        "| 1-1 | 電子申請の拡大 | 現在の段階 | 準備中 |\n|--|--|--|--|\n"
        "| 主管課 | 住民課 | 連携課 | 各課 |\n| 何をするのか | 手続を増やします。 | | |\n\n"
        "| 年次計画 | R8 | R9 | R10 | R11 |\n|--|--|--|--|--|\n| | 調査 | 3手続で開始 | ― | ― |\n"
    )
    (found,) = sure_of(f"## 第4章 取組個票\n\n{card}")["measures"]
    assert (found["title"], found["status"], found["owner"]) == (
        "電子申請の拡大", "planned", "住民課",
    )  # fmt: skip
    assert (found["start"], found["due"]) == ("令和8年度", "令和9年度")


def test_sums_of_money_in_two_units():
    """3億2,000万円 is one figure."""
    body = f"## 数値目標\n\n{HEADS}| 運用経費 | 3億2,000万円 | 2億9,000万円 | 2億6,000万円 |"
    (found,) = sure_of(body)["indicators"]
    assert (found["unit"], found["baseline"]["value"]) == ("円", "320000000")


def test_each_post_has_its_own_clause():
    """What is considered of the aide is not considered of the CIO."""
    body = (
        "### 推進体制\n\n最高情報統括責任者(CIO)は副町長とし、これを補佐する者(CIO補佐官)の"
        "任用については、人材派遣の活用を含めて検討します。"
    )
    found = sure_of(body)["provisions"]
    assert found["cio"] == {"status": "in-place", "rank": "deputy-mayor"}
    assert found["cio-aide"] == {"status": "considered"}


def test_a_row_tells_of_the_post_in_its_label():
    """CIO補佐官 | (空席) | CIOへの助言 | …公募予定: the CIO is not to come."""
    body = (
        "### 体制\n\n| 役割 | 充て職 | 担うこと | 備考 |\n|--|--|--|--|\n"
        "| CIO | 副町長 | 総括 | R4.4.1～ |\n"
        "| CIO補佐官 | （空席） | CIOへの助言 | R9に外部人材を公募予定 |"
    )
    found = sure_of(body)["provisions"]["cio"]
    assert (found["status"], found["rank"]) == ("in-place", "deputy-mayor")
