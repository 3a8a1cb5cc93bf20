"""Layouts and wordings of whole kinds that documents of strangers have: each once, in short."""

from __future__ import annotations

import pytest

from dxrules.document.reading_process import original_from
from dxrules.draft import draft
from tests.helpers.documents import TODAY, drafted, plan_of_town, source, sure, sure_of

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


@pytest.mark.parametrize(
    ("cover", "expected"),
    [
        ("第3期\n\n見本町情報化推進計画\n\n見本町", "第3期見本町情報化推進計画"),
        ("第2次見本町\nデジタル変革推進計画\n\n見本町", "第2次見本町デジタル変革推進計画"),
        ("# 見本町これからの役場づくり\n\n見本町役場 総務課", "見本町これからの役場づくり"),
    ],
)
def test_titles_of_covers(cover, expected):
    """A title may stand in two lines, or be one in which no word says that it is a plan."""
    text = f"{cover}\n\n## はじめに\n\n本計画を定めます。\n\n## 根拠\n\n{expected}は計画です。\n"
    assert sure(drafted(text))["plan"]["title"] == expected


def charges(body):
    """Return what is sure of each charge."""
    return sure_of(body).get("collection", {}).get("charges", {})


def test_each_sentence_of_a_cell_has_its_charges():
    """What is planned in the second sentence is not planned of the charges in the first."""
    body = (
        "## 取組\n\n| 取組 | 公金収納のデジタル化(eL-QRの活用) |\n|--|--|\n| 担当課 | 会計課 |\n"
        "| 内容 | 介護保険料は、令和9年4月からeL-QRを印字するため、システム改修を進めています。"
        "道路占用料は令和10年4月の開始を予定しています。 |"
    )
    found = charges(body)
    assert found["long-term-care-premium"] == {"status": "preparing", "start": "令和9年4月"}
    assert found["road-occupancy"] == {"status": "planned", "start": "令和10年4月"}


def test_charges_below_the_name_of_what_is_done_for_them():
    """The name above says that it is about eL-QR; the sentence need not."""
    body = (
        "## 取組\n\n税以外の公金のeL-QR対応\n\n"
        "後期高齢者医療保険料と介護保険料は令和8年9月の開始に向けて改修中です。"
        "水道料金と下水道使用料は活用しません。"
    )
    found = charges(body)
    assert found["elderly-medical-premium"] == {"status": "preparing", "start": "令和8年9月"}
    assert found["water"] == found["sewerage"] == {"status": "none"}


def test_a_sentence_that_goes_on_from_the_nation_to_the_town():
    """国は…が、本町では…: the second half is the town's."""
    body = (
        "### 納付\n\n町税の納付書には、令和5年4月から地方税の統一QRコードが印刷されています。"
        "国は税のほかの公金にも広げるよう呼び掛けていますが、"
        "本町では、介護保険料を令和9年4月から対応させる考えです。"
    )
    found = charges(body)
    assert found["local-tax"] == {"status": "started", "start": "令和5年4月"}
    assert found["long-term-care-premium"] == {"status": "planned", "start": "令和9年4月"}


def test_headings_of_one_level_do_not_stand_below_each_other():
    """3.11 after 施策10 is its fellow, so that 施策10 is the measure, and no item below it."""
    body = (
        "## 第3節 施策\n\n### 施策1 電子申請の拡大\n\n- 期間：2026年度 / 担当：住民課\n\n"
        "### 施策2 地図情報の公開 【要検討】\n\n- 期間：未定 / 担当：農林課\n"
        "- 取扱いを整理した上で、公開の是非を検討する。\n\n### 3.3 採らなかった提案\n\n"
        "提案がありました。\n"
    )
    found = sure_of(body)["measures"]
    assert [each["title"] for each in found] == ["電子申請の拡大", "地図情報の公開"]


@pytest.mark.parametrize(
    ("said", "key", "expected"),
    [
        ("CDOは別に置かず、その役割はCIOが担います。", "cdo", {"status": "none"}),
        ("CDO及びCAIOの職は設けない。", "caio", {"status": "none"}),
        ("CIO補佐官という名称の職はありません。", "cio-aide", {"status": "none"}),
        ("CIO補佐官は令和7年度末をもって廃止しました。", "cio-aide", {"status": "none"}),
        ("AI統括責任者(CAIO)は令和8年度中に指名します。", "caio", {"status": "planned"}),
        ("CSIRTは総務課内に設けており、訓練を行っています。", "csirt", {"status": "in-place"}),
        ("CSIRTは令和8年度に設置します。", "csirt", {"status": "planned"}),
        (
            "クラウドサービスの選定基準は令和9年度に定めます。",
            "cloud-criteria",
            {"status": "planned"},
        ),
        ("クラウドサービスの利用基準は定めていません。", "cloud-criteria", {"status": "none"}),
        (
            "ネットワークは令和7年1月にα’モデルへ移行しました。",
            "three-layers",
            {"status": "in-place", "since": "令和7年1月"},
        ),
        (
            "県の自治体情報セキュリティクラウドには、平成29年4月から参加しています。",
            "security-cloud",
            {"status": "in-place", "since": "平成29年4月"},
        ),
        (
            "各部の庶務課に「DX主任」を置く（令和7年4月1日～）。",
            "promoters",
            {"status": "in-place", "title": "DX主任", "since": "令和7年4月1日"},
        ),
    ],
)
def test_other_wordings_of_posts_and_policies(said, key, expected):
    """What offices write of what they keep, are to have, or have not."""
    found = sure_of(f"### 推進体制\n\n{said}")["provisions"][key]
    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("官民データ活用推進計画は別に定めます。", "public-private-data-plan"),
        ("兼ねる計画：なし（官民データ活用推進計画は策定していない）", "public-private-data-plan"),
        ("CSIRT：デジタル推進課が令和9年度に設置する", "csirt"),
        ("CSIRT：総務課に今後置く", "csirt"),
        ("事故の際は、CSIRTを総務課長をもって構成する体制を整えます。", "csirt"),
        ("DX推進員：各課の職員から令和9年度に選任する", "promoters"),
        ("各課に「DX推進リーダー」を配置する。", "promoters"),
        ("ポリシーを見直し、第244条の6第1項の方針を含めます。", "cybersecurity-policy-of-mayor"),
        ("接続は、令和9年度からセキュリティクラウドを経由して行います。", "security-cloud"),
        ("新規採用職員に対し、情報セキュリティ研修を受講させていきます。", "security-training"),
        ("町長は、DX推進本部の本部長として、令和9年度から指揮する。", "driving-body"),
    ],
)
def test_what_is_to_come_is_not_there_for_sure(said, key):
    """What the town is going to set up, or may, is no body, policy or post that it has."""
    found = sure_of(f"### 推進体制\n\n- {said}")
    assert found.get("provisions", {}).get(key, {}).get("status") in (None, "planned")
    assert "serves_as" not in found["plan"]


def test_a_chronicle_of_the_town():
    """令和元年6月 | CSIRT設置: since when a body is there, also below a heading on the past."""
    body = (
        "### これまでの歩み\n\n| 時期 | できごと |\n|--|--|\n"
        "| 平成14年12月 | 情報セキュリティポリシー制定 |\n| 令和元年6月 | CSIRT設置 |\n"
        "| 令和7年2月 | 情報セキュリティポリシー改定（委託先の規定を強化） |"
    )
    found = sure_of(body)["provisions"]
    assert found["csirt"] == {"status": "in-place", "since": "令和元年6月"}
    assert (found["security-policy"]["since"], found["security-policy"]["reviewed"]) == (
        "平成14年12月", "令和7年2月",
    )  # fmt: skip


def test_names_with_a_label_at_the_end_of_their_line():
    """[2] 名称      担当 市民課, with more labels in the lines below."""
    text = (
        "見本町DX実行計画\n\n見本町\n\n1 はじめに\n\n本計画を定めます。\n\n2 実行項目\n\n"
        "[1]電子申請の拡大             担当 住民課\n   判定 順調\n"
        "   日程 令和7年度② ～ 令和8年度④\n\n"
        "[2]手続案内の公開             担当 総務課\n   判定 完了\n   日程 令和7年度② 公開\n\n"
        "[3]移動役場の運行             担当 総務課\n   判定 不採用\n\n"
        "[4]公式アプリの刷新           担当 総務課\n   判定 延期\n"
        "   日程 （変更前）令和8年度① → （変更後）令和9年度③\n\n"
        "[5]相談員の養成               担当 総務課\n   判定 順調\n"
        "   日程 令和7年度② 養成開始 → 令和8年度① 18業務\n"
    )
    found = {each["title"]: each for each in sure(drafted(text, "plan.txt"))["measures"]}
    told = {
        name: (each["owner"], each["status"], each.get("start"), each.get("due"))
        for name, each in found.items()
    }
    assert told == {
        "電子申請の拡大": ("住民課", "ongoing", "令和7年度", "令和8年度"),
        "手続案内の公開": ("総務課", "done", None, "令和7年度"),
        "移動役場の運行": ("総務課", "declined", None, None),
        "公式アプリの刷新": ("総務課", "postponed", None, "令和9年度"),
        "相談員の養成": ("総務課", "ongoing", "令和7年度", "令和8年度"),
    }
    assert "indicators" not in sure(drafted(text, "plan.txt"))


def test_a_column_that_asks_for_the_exception():
    """特定移行支援 | 該当: yes is said of what stands above."""
    body = (
        "## 標準化の状況\n\n| 標準化対象業務 | 状況 | 移行日・予定日 | 特定移行支援 |\n"
        "|--|--|--|--|\n"
        "| 戸籍 | 未 | 令和10年1月 | 該当 |\n| 国民年金 | 済 | 令和7年9月16日 | ― |\n"
        "| 児童手当 | 済 | 令和7年9月16日 | ― |"
    )
    found = sure_of(body)["standardization"]["systems"]
    assert found["family-register"]["exception"] == "transition-support"
    assert found["national-pension"]["status"] == "migrated"


def test_tasks_to_be_moved_group_by_group():
    """Each day is of the tasks after it; the next sentence tells of as many tasks as were named."""
    body = (
        "## 標準化の状況\n\n20業務のうち17業務は令和8年1月までに標準準拠システムへ移行しました。"
        "令和8年12月に国民健康保険と介護保険の2業務を、令和9年8月に児童手当を移行します。"
        "いずれの3業務も国から特定移行支援システムとして認められています。"
    )
    systems = sure_of(body)["standardization"]["systems"]
    assert {name: (e["target"], e["exception"]) for name, e in systems.items()} == {
        "national-health-insurance": ("令和8年12月", "transition-support"),
        "long-term-care": ("令和8年12月", "transition-support"),
        "child-allowance": ("令和9年8月", "transition-support"),
    }


def test_one_sign_of_a_state_after_a_name():
    """電子申請の拡大〔実〕, as a key to signs explains it."""
    body = (
        "## 事業一覧\n\n| 番号 | 事業 | 所管 | 令和8年度 | 令和9年度 |\n|--|--|--|--|--|\n"
        "| 1 | 電子申請の拡大〔実〕 | 住民課 | 20手続 | 30手続 |\n"
        "| 2 | 電話自動応答〔休〕 | 総務課 | ― | ― |"
    )
    assert [each["status"] for each in sure_of(body)["measures"]] == ["ongoing", "suspended"]


def test_aims_before_and_after_a_change():
    """改定後の目標 beside 当初の目標 for the same year."""
    body = (
        "## 施策の目標\n\n| 指標 | 単位 | 策定時（R1） | 改定後の目標（R7） | 当初の目標（R7） |\n"
        "|--|--|--|--|--|\n| 電子申請の件数 | 件 | 1,021 | 12,000 | 5,000 |"
    )
    (found,) = sure_of(body)["indicators"]
    assert found["targets"] == [{"value": "12000", "year": "令和7年度"}]


@pytest.mark.parametrize(
    "body",
    [
        "### 3 期間\n\n令和8(2026)年度から令和12(2030)年度までの5年間とします。",
        "この冊子は、令和8年度から令和12年度までの5年間に、役場が行うことを書いたものです。",
        (
            "### 期間\n\n令和8年度から令和12年度までの5年間です。\n\n## 附録 用語\n\n"
            "| 用語 | 説明 |\n|--|--|\n| 総合戦略 | 期間は令和5年度から令和9年度まで。 |"
        ),
    ],
)
def test_periods_told_in_other_ways(body):
    """A heading with its number, a booklet, and the period of another plan in a glossary."""
    period = sure_of(body)["plan"]["period"]
    assert period.startswith("令和8")
    assert "12" in period


def test_what_is_done_and_goes_on_is_asked():
    """〔済〕 beside 継続 in years to come may be of a part."""
    body = (
        "## 事業一覧\n\n| 番号 | 事業 | 所管 | 令和9年度 | 令和10年度 |\n|--|--|--|--|--|\n"
        "| 1 | 公式LINEの配信〔済〕 | 広報課 | 継続 | 継続 |\n"
        "| 2 | 電子決裁の導入〔実〕 | 総務課 | 拡大 | 継続 |"
    )
    assert [each.get("status") for each in sure_of(body)["measures"]] == [None, "ongoing"]
