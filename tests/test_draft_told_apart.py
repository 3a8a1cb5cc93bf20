"""What a document says of others, of what is past or to come, told apart from what is so."""

from __future__ import annotations

import pytest

from dxrules.draft.measure_titles import is_title
from tests.helpers.documents import drafted, plan_of_town, sure, sure_of


@pytest.mark.parametrize(
    ("said", "key", "expected"),
    [
        (
            "外部監査を2年に1回、内部監査を毎年度実施する。外部監査は令和8年度に実施する。",
            "security-audit",
            {"cycle": ["every-two-years", "yearly"], "since": None},
        ),
        (
            "内部監査を毎年度3課ずつ実施するほか、β'モデルへの移行を令和9年度に行います。",
            "security-audit",
            {"status": "in-place", "since": None},
        ),
        (
            "情報セキュリティに関する内部監査は毎年度実施し、外部監査の実施は検討課題とします。",
            "security-audit",
            {"status": "in-place", "cycle": ["yearly"]},
        ),
        (
            "CDOとして副町長が、CDO補佐官として民間から登用した専門人材（令和7年4月就任）が参画します。",
            "cdo",
            {"rank": "deputy-mayor", "since": None},
        ),
        (
            "「見本町デジタル人材育成方針」を令和8年9月までに策定し、研修体系を整備します。",
            "talent-policy",
            {"status": "planned"},
        ),
        (
            "CIO補佐官は、任用していませんが、令和8年度に県の人材バンクから受け入れる予定です。",
            "cio-aide",
            {"status": "planned", "since": "令和8年度"},
        ),
        (
            "AI統括責任者（CAIO）については、令和8年度中に総務課長をもって充てる予定です。",
            "caio",
            {"status": "planned", "rank": "manager", "since": "令和8年度"},
        ),
        ("2026年度までにCSIRTを設置します。", "csirt", {"status": "planned"}),
        (
            "総務課内にCSIRTを設置しています（平成30年4月～）。",
            "csirt",
            {"status": "in-place", "since": "平成30年4月"},
        ),
        (
            "「見本町デジタル化推進委員会」（2023年6月設置）が計画の推進を担います。",
            "driving-body",
            {"since": "2023年6月"},
        ),
        (
            "DX推進員は、令和7年4月から各課に1名を配置しています。",
            "promoters",
            {"status": "in-place", "since": "令和7年4月"},
        ),
        (
            "半期ごとに進捗状況を調査し、本部に報告します。計画は毎年度、必要に応じて改定します。",
            "progress-review",
            {"cycle": ["half-yearly"]},
        ),
        (
            "県のポータルサイトで14件のオープンデータを公開しています。",
            "open-data",
            {"status": "in-place"},
        ),
    ],
)
def test_what_is_so_and_what_is_to_come(said, key, expected):
    """Each day and cycle belongs to the state, the post and the audit that it is told of."""
    heading = "情報セキュリティ" if key == "security-audit" else "進捗管理"
    found = sure_of(f"### {heading}\n\n{said}")["provisions"][key]
    assert {name: found.get(name) for name in expected} == expected


def test_the_room_of_the_mayor_is_not_the_mayor():
    """町長室長(部長級) is of the rank that its bracket tells."""
    body = (
        "### 推進体制\n\n| 役職 | 充てる者 | 役割 |\n|--|--|--|\n"
        "| CAIO（最高AI責任者） | 町長室長（部長級） | AIの統括（令和8年4月設置予定） |"
    )
    assert sure_of(body)["provisions"]["caio"]["rank"] == "executive"


@pytest.mark.parametrize(
    "said",
    [
        "また、同町では2024年度から町長をCDOとし、専門の課を新設しています。",
        "隣県のある町では、町長をCDOとし、専門の課を新設しています。",
    ],
)
def test_a_column_on_another_town(said):
    """コラム: what a town nearby does is not what this one does."""
    body = f"### 取組の視点\n\nコラム　他の自治体の事例\n\n{said}"
    assert "cdo" not in sure_of(body).get("provisions", {})


def test_a_row_of_what_came_about_in_the_nation():
    """2020年12月 | 「…」閣議決定 cites nothing; the edition that the plan follows has its day."""
    body = (
        "### 計画の位置付け\n\n本計画は、国の「自治体DX推進計画【第3.0版】」を踏まえています。\n\n"
        "### 国の動き\n\n| 年月 | 内容 |\n|--|--|\n"
        "| 2020年12月 | 「デジタル社会の実現に向けた改革の基本方針」閣議決定 |\n"
        "| 2024年4月 | 「自治体DX推進計画【第3.0版】」公表 |"
    )
    cited = sure_of(body)["plan"]["cites"]
    assert [(each["document"], each.get("date")) for each in cited] == [
        ("dx-promotion-plan", "2024年4月"),
    ]


def test_a_plan_that_is_being_revised_is_not_cited():
    """総務省の「…」は改定作業中であるため, so the plan does not follow it yet."""
    body = "### 計画の位置付け\n\n「自治体DX推進計画」は改定作業中であるため、後日見直します。"
    assert "cites" not in sure_of(body)["plan"]


def test_a_title_with_its_period_and_its_edition():
    """(令和5~9年度)改定版 after a title is neither a part of what the plan is called."""
    text = (
        "# 見本町デジタル化推進計画（令和5～9年度）改定版\n\n見本町\n\n## 計画の趣旨\n\n定めます。"
    )
    assert sure(drafted(text))["plan"]["title"] == "見本町デジタル化推進計画"


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ("令和8年2月24日 | 第3回DX推進本部会議（計画の決定）", "established"),
        ("令和8年2月24日 | 第3回DX推進本部会議（計画案の決定）", None),
        ("令和8年3月24日 | 計画の策定（予定）", None),
    ],
)
def test_the_decision_in_the_history_of_the_plan(row, status):
    """策定の経緯: a plan whose decision is told there is established."""
    body = f"### 策定の経緯\n\n| 年月日 | 内容 |\n|--|--|\n| 令和7年5月1日 | 第1回会議 |\n| {row} |"
    assert sure_of(body)["plan"].get("status") == status


def test_labels_whose_colons_stand_in_one_column():
    """担当課　　：総務課: blanks before a colon are no value."""
    text = (
        "見本町ＤＸ推進計画\n\n見本町\n\n第１章　計画の趣旨\n\n本計画を定めます。\n\n"
        "第２章　個別事業\n\n【Ａ－１】電子申請の充実\n\n担当課　　：総務課\n\n"
        "取組内容　：各課の様式を点検する。\n\n実施期間　：令和７年度～令和９年度\n\n"
        "【Ａ－２】スマホ講座の実施\n\n担当課　　：福祉課\n\n取組内容　：講座を開催する。\n\n"
        "実施期間　：令和８年度～令和９年度\n"
    )
    found = sure(drafted(text, "plan.txt"))["measures"]
    assert [(each["owner"], each["start"], each["due"]) for each in found] == [
        ("総務課", "令和7年度", "令和9年度"), ("福祉課", "令和8年度", "令和9年度"),
    ]  # fmt: skip


def test_what_is_no_measure():
    """Aims that a list names, the day of a revision, and what was done before the plan's issues."""
    body = (
        "## 第2章 現状と課題\n\n### 1 これまでの取組\n\n| 取組 | 実施時期 | 状況 |\n|--|--|--|\n"
        "| 電子申請サービスの導入 | 令和3年10月 | 64手続で利用可能 |\n\n"
        "## 第3章 基本方針\n\n1. 遠くても近い役場をつくる\n2. 少人数でも回る役場をつくる\n\n"
        "## 第4章 取組の内容\n\n### 方針1 遠くても近い役場をつくる\n\n"
        "移動役場車の運行を令和7年10月から始めます（担当：住民課）。\n\n"
        "### 方針2 少人数でも回る役場をつくる\n\n電子決裁の導入を行います（担当：総務課）。"
    )
    assert [each["title"] for each in sure_of(body).get("measures", ())] == []


def test_the_last_year_of_what_ends():
    """実施 | 実施 | 終了: whether it goes on in that year is a question."""
    body = (
        "### 取組一覧\n\n| 取組名 | 所管課 | 令和6年度 | 令和7年度 | 令和8年度 |\n"
        "|--|--|--|--|--|\n| 商店街の支援 | 産業課 | 実施 | 実施 | 終了 |\n"
        "| 講座の開催 | 福祉課 | 実施 | 実施 | 実施 |"
    )
    found = sure_of(body)["measures"]
    assert [each.get("due") for each in found] == [None, "令和8年度"]


def test_counts_of_years_before_the_plan():
    """項目 | 2021年度 | 2022年度, all before the plan begins, are no indicators."""
    body = (
        "本計画の期間は、2025年度から2027年度までの3年間とします。\n\n### 成果指標\n\n"
        "| 項目 | 2021年度 | 2022年度 | 2023年度 |\n|--|--|--|--|\n"
        "| 電子申請の件数 | 12件 | 58件 | 147件 |\n| 証明書の件数 | 391件 | 702件 | 834件 |"
    )
    assert sure_of(body).get("indicators", []) == []


def test_a_plan_under_way_tells_how_it_goes():
    """R7目標 | R7実績 | R8目標 | R9目標 in a plan from 令和7年度 on are all its targets."""
    body = (
        "本計画の期間は、令和7年度から令和9年度までの3年間とします。\n\n### 成果指標\n\n"
        "※R7実績は速報値。\n\n"
        "| 指標 | 単位 | 基準値（R5実績） | R7目標 | R7実績 | R8目標 | R9目標 |\n"
        "|--|--|--|--|--|--|--|\n| 電子申請率 | % | 21.4 | 30 | 33.6 | 40 | 50 |"
    )
    found = sure_of(body)["indicators"][0]
    assert found["baseline"] == {"value": "21.4", "on": "令和5年度"}
    assert [each["value"] for each in found["targets"]] == ["30", "40", "50"]


def test_days_of_one_chapter():
    """What a schedule tells of the measures whose state a table of the same chapter tells."""
    states = (
        "| No. | 施策名 | 主管課 | 進捗 |\n|--|--|--|--|\n"
        "| 1 | 電子申請の拡大 | 総務課 | 実施中 |\n| 2 | 窓口予約の導入 | 市民課 | 遅れ |\n\n"
    )
    years = (
        "| No. | 施策名 | R7 | R8 | R9 |\n|--|--|--|--|--|\n"
        "| 1 | 電子申請の拡大 | ■ | ■ | ■ |\n| 2 | 窓口予約の導入 | | ■ | ■ |"
    )
    near = sure_of(f"## 第4章 具体的な取組\n\n### 施策一覧\n\n{states}### 工程表\n\n{years}")
    assert [(each.get("start"), each.get("due")) for each in near["measures"]] == [
        ("令和7年度", "令和9年度"), ("令和8年度", "令和9年度"),
    ]  # fmt: skip
    apart = sure_of(f"## 第2章 取組の状況\n\n{states}## 第4章 具体的な取組\n\n{years}")
    assert [each.get("due") for each in apart["measures"]] == [None, None]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "児童扶養手当は令和8年10月、健康管理は令和9年3月の移行を予定しています。",
            {"child-rearing-allowance": "令和8年10月", "health-management": "令和9年3月"},
        ),
        (
            "令和8年1月に16業務、令和8年3月に戸籍及び戸籍の附票を移行する予定です。",
            {"family-register": "令和8年3月", "family-register-appendix": "令和8年3月"},
        ),
        (
            "令和8年2月2日に住民記録、印鑑登録など17事務が標準準拠システムへ移行しました。",
            {"resident-register": "令和8年2月2日", "seal-registration": "令和8年2月2日"},
        ),
        ("児童扶養手当は令和8年10月、健康管理は時期未定で、移行する予定です。", {}),
        ("令和8年1月に16業務、令和8年3月に戸籍以外の業務を移行する予定です。", {}),
    ],
)
def test_tasks_each_with_its_day(said, expected):
    """Each task moves on the day beside it, and some of those moved are named."""
    body = f"## 第2章 前計画の振り返りと課題\n\n### 標準化の状況\n\n{said}"
    found = sure_of(body).get("standardization", {}).get("systems", {})
    assert {n: each.get("target", each.get("migrated")) for n, each in found.items()} == expected


@pytest.mark.parametrize("line", ["令和8年4月改定", "計画期間　令和8年度～令和12年度"])
def test_what_follows_a_bracket_on_the_cover(line):
    """【令和8年4月改定】 is a line of the cover, and so is who made the plan below it."""
    text = (
        f"# 見本町DX推進計画\n\n## 【{line}】\n\n令和7年3月策定\n\n見本町総務課\n\n"
        "## 第1章 計画の趣旨\n\n本計画を定めます。"
    )
    found = sure(drafted(text))["plan"]
    assert (found["author"], found["established"]) == ("見本町総務課", "令和7年3月")


def test_a_plan_of_the_prefecture_with_its_period_within_the_quotation():
    """県の「県デジタル社会推進計画(令和6年度~令和9年度)」 is one, too."""
    said = "本計画は、県の「県デジタル社会推進計画（令和6年度～令和9年度）」を踏まえています。"
    (cited,) = sure_of(f"### 計画の位置付け\n\n{said}")["plan"]["cites"]
    assert cited["document"] == "prefecture-plan"


def test_counts_of_what_was_are_no_aims():
    """Years over figures among the issues tell how the town has come about."""
    body = (
        "## 現状と課題\n\n### 人口と産業\n\n| 項目 | 平成27年 | 令和2年 | 令和7年 |\n"
        "|---|---|---|---|\n| 農家の数 | 214 | 176 | 139 |\n"
    )
    assert "indicators" not in sure(drafted(plan_of_town(body)))


def test_dashes_before_words_are_nothing():
    """A dash before what a row says of later years is no bar, in no row of the table."""
    body = (
        "## 取組\n\n### 工程表\n\n| 取組 | 令和8年度 | 令和9年度 | 令和10年度 |\n"
        "|---|---|---|---|\n"
        "| 電子契約の導入 | ― | 仕様検討 | 導入 |\n| 会議録の自動作成の導入 | 試行 | ― | ― |\n"
    )
    found = {each["title"]: each for each in sure(drafted(plan_of_town(body)))["measures"]}
    assert found["電子契約の導入"]["start"] == "令和9年度"
    assert found["会議録の自動作成の導入"].get("due") in {None, "令和8年度"}


@pytest.mark.parametrize("title", ["│2026│2027│", "2026 2027", "―――"])
def test_figures_are_no_title(title):
    """A title has letters."""
    assert not is_title(title)
