"""What is easily taken for something else: former plans, others' words, charges, dates in part."""

from __future__ import annotations

import re

import pytest

from dxrules.document.text import original_of
from tests.helpers.documents import drafted, sure, sure_of, titles

COVER = "見本町DX推進計画\n\n{lines}\n\n見本町\n\n## はじめに\n\n本計画を定めます。\n"


def with_cover(lines):
    """Return what is sure of a plan whose cover has some lines."""
    return sure(drafted(COVER.format(lines=lines)))["plan"]


@pytest.mark.parametrize(
    "body",
    [
        (
            "## 前回の方針の取組の結果\n\n| 取組 | 担当課 | 状況 |\n|--|--|--|\n"
            "| 電子申請の導入 | 住民課 | 完了 |\n| 電子決裁の導入 | 総務課 | 完了 |"
        ),
        (
            "## 取組の結果\n\n| 第1版の取組 | 結果 | 担当課 |\n|--|--|--|\n"
            "| 電子申請の導入 | 令和5年に開始 | 住民課 |\n| 電子決裁の導入 | 中止 | 総務課 |"
        ),
        (
            "## 町のあゆみと取組\n\n| 年度 | 取組 |\n|--|--|\n"
            "| 平成22年度 | 光ファイバの整備 |\n| 令和2年度 | 学習用端末の整備 |"
        ),
        "## 取組\n\n### コラム 隣の市の電子申請\n\n電子申請を実施しています。担当は市民課です。",
        "## 5 取組のカード\n\n| 担当課 | 住民課 |\n|--|--|\n| 実施期間 | 令和8年度 |",
    ],
)
def test_what_is_no_measure_of_the_plan(body):
    """Results of a former plan, a chronicle, another town's box: none is a measure for certain."""
    assert titles(body) == []


def test_a_heading_gathers_the_measures_of_its_table():
    """A heading above rows that each have an office is no measure beside them."""
    body = (
        "## 重点プロジェクト\n\n### プロジェクト1 どこでも窓口\n\nどこでも使えます。\n\n"
        "| 取組 | 担当課 | 令和8年度 | 令和9年度 |\n|--|--|--|--|\n"
        "| 書かない窓口の導入 | 住民課 | 調達 | 開始 |\n"
        "| オンライン申請の拡大 | 総務課 | 拡大 | → |"
    )
    assert titles(body) == ["書かない窓口の導入", "オンライン申請の拡大"]


def test_numbered_cards_are_called_by_what_stands_beside_their_number():
    """カード1 is a number; the name of the measure stands beside it, and days have their labels."""
    body = (
        "## 4 取組のカード\n\n| カード1 | 書かない窓口の導入 |\n|--|--|\n| 担当 | 住民課 |\n"
        "| 始める時期 | 令和6年10月 |\n| 終える時期 | 令和10年3月 |"
    )
    (made,) = sure_of(body)["measures"]
    assert (made["title"], made["start"], made["due"]) == (
        "書かない窓口の導入", "令和6年10月", "令和10年3月",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "known"),
    [
        ("△ | △ | × | ", set()),
        ("― | ○ | ○ | ○", {"start", "due"}),
        ("3か所 | 5か所 | 全てで利用 | ", {"start", "due"}),
        ("―（令和8年2月に完了） | | | ", set()),
    ],
)
def test_what_years_of_a_schedule_do_not_tell(cells, known):
    """What was given up, a note and figures among words are no time in which it is done."""
    head = (
        "| 取組 | 担当課 | 令和7年度 | 令和8年度 | 令和9年度 | 令和10年度 |\n|--|--|--|--|--|--|\n"
    )
    rows = f"| 電子申請の拡大 | 住民課 | {cells} |\n| 電子決裁の導入 | 総務課 | ○ | ○ | ○ | ○ |"
    first, _ = sure_of(f"## 取組\n\n{head}{rows}")["measures"]
    assert {"start", "due"} & first.keys() == known
    assert first.get("start", "令和7年度") == ("令和8年度" if "― |" in cells else "令和7年度")


def test_years_in_a_line_head_the_stages_below_them():
    """A row of years is no schedule; a stage below each of them is, and fewer tell nothing."""
    body = (
        "## 取組\n\n### 取組1 電子申請の拡大 [実施中]\n\n担当課：住民課\n\n"
        "工程        R6        R7        R8        R9\n            {stages}\n\n拡大を始めます。\n"
    )
    (full,) = sure_of(body.format(stages="構築      導入      -         -"))["measures"]
    assert (full["start"], full["due"]) == ("令和6年度", "令和7年度")
    assert full["status"] == "ongoing"  # in its heading, whatever a sentence says of a part of it
    (short,) = sure_of(body.format(stages="構築      導入"))["measures"]
    assert not {"start", "due"} & short.keys()


def test_what_is_put_off_may_be_declined():
    """見送り does not tell whether it is done later; a state of the list is else taken."""
    body = (
        "## 取組\n\n| 取組 | 担当課 | 状況 |\n|--|--|--|\n"
        "| 電子契約の導入 | 総務課 | 見送り |\n| 電子申請の拡大 | 住民課 | 延期 |"
    )
    first, second = sure_of(body)["measures"]
    assert "status" not in first
    assert second["status"] == "postponed"


def test_items_between_facts_may_be_headings():
    """In a list of names, each with its office below, what has none below it is asked."""
    body = (
        "## 取組\n\n・電子申請の拡大\n・住民課。実施中\n・デジタルデバイド対策\n"
        "・電子決裁の導入\n・総務課。予定\n"
    )
    assert "デジタルデバイド対策" not in titles(body)


TASKS = "## 情報システムの標準化\n\n標準準拠システムへの移行の状況は次のとおりです。\n\n"


def test_states_and_days_of_tasks():
    """What is under way stays so beside an exception; a premium is no task."""
    body = (
        f"{TASKS}| 業務 | 状態 | 移行日・予定 | 備考 |\n|--|--|--|--|\n"
        "| 戸籍 | 未移行 | 令和9年11月予定 | 特定移行支援 |\n"
        "| 健康管理 | 移行作業中 | 令和9年2月予定 | 特定移行支援 |\n"
        "| 就学 | 作業中 | 令和9年3月予定 | |\n\n"
        "| 公金 | eL-QR | 時期 |\n|--|--|--|\n| 後期高齢者医療保険料 | 対応予定 | 令和9年9月 |\n"
        "| 介護保険料 | 対応予定 | 令和9年9月 |"
    )
    found = sure_of(body)["standardization"]["systems"]
    assert {name: each["status"] for name, each in found.items()} == {
        "family-register": "not-migrated",
        "health-management": "in-progress",
        "school-enrolment": "in-progress",
    }
    assert found["health-management"]["exception"] == "transition-support"


def test_days_that_are_done_or_planned():
    """移行(予定)日 stands above both: the state tells which, and without one nothing does."""
    rows = "| 戸籍 | R9.2 | 作業中 |\n| 就学 | R8.9.24 | 済 |"
    body = f"{TASKS}| 業務 | 移行（予定）日 | 状態 |\n|--|--|--|\n{rows}"
    found = sure_of(body)["standardization"]["systems"]
    assert found["family-register"] == {"status": "in-progress", "target": "R9.2"}
    assert found["school-enrolment"] == {"status": "migrated", "migrated": "R8.9.24"}
    alone = f"{TASKS}| 業務 | 移行（予定）日 |\n|--|--|\n| 戸籍 | R9.2 |\n| 就学 | R8.9.24 |"
    assert not any("status" in e for e in sure_of(alone)["standardization"]["systems"].values())


@pytest.mark.parametrize(
    ("said", "cycle"),
    [
        ("推進本部が毎年度2回（9月、3月）、進捗を点検します。", ["half-yearly"]),
        ("取組の進捗を毎年度4月及び10月に確認します。", ["half-yearly"]),
        ("取組の進捗を毎年度4月、8月及び12月に確認します。", None),
        ("取組の進捗を毎年度確認します。", ["yearly"]),
        ("外部監査を毎年度実施します。", None),
    ],
)
def test_how_often_progress_is_reviewed(said, cycle):
    """Each year twice is not yearly; what is audited is no progress."""
    review = sure_of(f"## 進捗管理\n\n{said}").get("provisions", {}).get("progress-review", {})
    assert review.get("cycle") == cycle


@pytest.mark.parametrize(
    ("said", "key", "expected"),
    [
        ("| CIO | 教育長を除く特別職のうち、副町長 |", "cio", {}),
        ("| CIO | 副町長 |", "cio", {"status": "in-place", "rank": "deputy-mayor"}),
    ],
)
def test_ranks_in_rows(said, key, expected):
    """Who is left out does not hold the post."""
    body = f"## 推進体制\n\n| 役割 | 担当 |\n|--|--|\n{said}\n| 事務局 | 総務課 |"
    found = sure_of(body).get("provisions", {}).get(key, {})
    assert {k: v for k, v in found.items() if k in {"status", "rank"}} == expected


def test_a_post_to_come_and_policies_revised():
    """Who is to hold a post that is set up later holds none yet; a revision is no beginning."""
    found = sure_of(
        "## 推進体制\n\nCAIOは、企画部長を充てることとし、令和9年4月に設置します。\n\n"
        "「見本町人材育成・確保基本方針」（令和7年3月改定）を定めています。\n\n"
        "生成AI利用ガイドラインは、令和8年度中の策定を検討しています。"
    )["provisions"]
    assert found["caio"]["status"] == "planned"
    assert found["talent-policy"].get("reviewed") == "令和7年3月"
    assert "since" not in found["talent-policy"]
    assert found["ai-guideline"]["status"] == "considered"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "本計画は、国の「自治体DX推進計画」（第3.0版、令和8年3月の改定では第5.0版）を踏まえます。",
            [("5.0", None)],
        ),
        (
            (
                "国は、令和2年12月に「自治体DX推進計画」を策定しました。\n\n"
                "本計画は、「自治体DX推進計画」（第4.0版）を踏まえます。"
            ),
            [("4.0", None)],
        ),
    ],
)
def test_editions_of_what_is_cited(said, expected):
    """Of two editions the last counts; days of how it came about are none of what is cited."""
    cites = sure_of(f"## 計画の位置づけ\n\n{said}")["plan"]["cites"]
    assert [(each.get("edition"), each.get("date")) for each in cites] == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("（案）\n\nパブリックコメント用", {"status": "public-comment"}),
        ("（案）", {"status": "draft"}),
        (
            "令和7年9月25日 策定 / 令和8年9月30日 第1回改定（時点更新）",
            {"established": "令和7年9月25日", "revised": ["令和8年9月30日"]},
        ),
        (
            "令和7年2月（令和8年2月 一部改訂）",
            {"established": "令和7年2月", "revised": ["令和8年2月"]},
        ),
        (
            "令和4年9月2日 見本町デジタル化推進本部決定\n\n令和8年2月17日 第2版へ改定",
            {"established": "令和4年9月2日", "revised": ["令和8年2月17日"]},
        ),
        ("見本町 企画財政課 行革班", {"author": "見本町 企画財政課 行革班"}),
    ],
)
def test_days_and_marks_of_a_cover(lines, expected):
    """A cover tells by whom, when and how often, and whether it is a draft for comments."""
    about = with_cover(lines)
    said = {key: about.get(key) for key in expected}
    if "revised" in said:
        said["revised"] = [each["on"] for each in said["revised"] or ()]
    assert said == expected


def indicators(body):
    """Return baselines and targets of the indicators that are sure, by their titles."""
    return {
        each["title"]: (
            each.get("baseline", {}).get("value"),
            [target["value"] for target in each.get("targets", ())],
        )
        for each in sure_of(f"## 数値目標\n\n{body}").get("indicators", ())
    }


def test_what_is_expected_is_a_result():
    """見込み of a year is what will have been reached, and no target."""
    body = (
        "| 指標 | 基準（令和3年度） | 令和7年度の見込み | 目標（令和9年度） |\n|--|--|--|--|\n"
        "| 電子申請率 | 6.2％ | 37％ | 60％ |"
    )
    assert indicators(body) == {"電子申請率": ("6.2", ["60"])}


@pytest.mark.parametrize(
    ("head", "targets"),
    [
        ("めあて（上段）と実績（下段）", ["400", "700"]),
        ("上段：実績、下段：目標", ["388", "650"]),
    ],
)
def test_targets_and_results_in_two_rows(head, targets):
    """Of two rows of an indicator, the head tells which is of targets."""
    table = (
        "<table><tr><th rowspan=2>指標</th><th rowspan=2>計画前（令和6年度）</th>"
        f"<th colspan=2>{head}</th></tr><tr><th>令和7年度</th><th>令和8年度</th></tr>"
        "<tr><td rowspan=2>申請の件数</td><td rowspan=2>212件</td><td>400件</td><td>700件</td></tr>"
        "<tr><td>388件</td><td>650件</td></tr></table>"
    )
    assert indicators(table) == {"申請の件数": ("212", targets)}


def test_a_row_with_an_unknown_unit_is_not_the_begin_of_the_next():
    """A row that ends in a figure is whole; the next row keeps its name and figures."""
    body = (
        "指標名　　単位　　現状（R4）　　目標（R10）\n利用する農家　　玉　　12　　60\n"
        "公開したデータ　　件　　21　　80\n"
    )
    assert indicators(body) == {"公開したデータ": ("21", ["80"])}


def test_a_report_of_a_past_year_is_no_aim():
    """Where all aims are of the year whose results stand beside them, none may be of this plan."""
    body = (
        "| 指標 | 令和7年度目標 | 令和7年度実績 | 判定 |\n|--|--|--|--|\n"
        "| 電子申請率 | 45％ | 41.8％ | △ |"
    )
    assert indicators(body) == {}


def test_a_number_in_brackets_goes_on_in_the_next_line():
    """令和9(20 / 27)年 is broken within a number; 27) is no item of a list."""
    line = "　CDO補佐官は専門人材に委嘱しています。統括責任者は、企画部長を充て、令和9(20"
    blocks = original_of(f"{line}\n27)年4月に設置します。\n", "a.txt").blocks
    assert len(blocks) == 1


def test_headings_named_in_the_contents():
    """An item that the contents name with its number is a heading, and no measure."""
    text = (
        "見本町DX計画\n\n目次\n\n１　めざす姿・・・・・・２\n２　標準化と公金・・・・・３\n\n"
        "見本町の計画です。\n\n１　めざす姿\n　役場が近くなるようにします。\n"
        "２　標準化と公金\n　標準準拠システムに移します。\n"
    )
    headings = [b.text for b in original_of(text, "a.txt").blocks if b.kind == "heading"]
    assert headings == ["１　めざす姿", "２　標準化と公金"]


@pytest.mark.parametrize(
    ("heads", "cells", "expected"),
    [
        ("令和7年度実績 | 令和8年度実績 | 目標（令和12年度）", "10％ | 20％ | 60％", None),
        ("令和8年度 | 令和9年度 | 最終目標（令和12年度）", "10％ | 20％ | 60％", None),
        ("令和6年度実績 | 令和7年度実績 | 目標（令和12年度）", "10％ | 20％ | 60％", "20"),
        ("現状（令和8年度） | 令和9年度 | 目標（令和12年度）", "10％ | 20％ | 60％", "10"),
    ],
)
def test_what_is_reached_within_the_plan_is_no_baseline(heads, cells, expected):
    """A year of the plan is where it began only if a head says so."""
    body = (
        "本計画の期間は、令和8年度から令和12年度までの5年間とします。\n\n## 数値目標\n\n"
        f"| 指標 | {heads} |\n|--|--|--|--|\n| 電子申請率 | {cells} |"
    )
    found = sure_of(body).get("indicators", [])
    assert [each.get("baseline", {}).get("value") for each in found] == [expected]


TABLED = (
    "## 取組の一覧\n\n| 番号 | 取組 | 担当課 | 期間 |\n|--|--|--|--|\n"
    "| 1 | 電子申請の導入 | 住民課 | 令和8年度~令和9年度 |\n"
    "| 2 | 電子決裁の導入 | 総務課 | 令和8年度~令和9年度 |\n"
    "| 3 | スマホ教室の開催 | 企画課 | 令和8年度~令和9年度 |\n"
    "| 4 | 除雪管理システムの導入 | 建設課 | 令和8年度~令和9年度 |\n\n"
)
LISTED = ["電子申請の導入", "電子決裁の導入", "スマホ教室の開催", "除雪管理システムの導入"]


@pytest.mark.parametrize(
    "further",
    [
        "### 取組の補足\n\n- 番号1 受付後の流れも見直します。\n- 番号3 集会所に講師が出向きます。",
        "### 取組の説明\n\n**1** 印刷をやめて画面で処理します。\n\n**3** 講師が集落に出向きます。",
        "### 施策1 公金の納付\n\n- 町税(軽自動車税を含む): 対応を進めます\n- 水道料金: 検討します",
        (
            "### 令和8年度の動き\n\n| 取組 | 第1四半期 | 第2四半期 |\n|--|--|--|\n"
            "| 電子申請 | 契約 | 試行 |\n| 除雪管理システム | 契約 | 本稼働 |"
        ),
        "10の取組を2つの分野に分けて示します。「新規」は、新たに始めるものです。",
    ],
)
def test_what_explains_the_rows_of_a_table_is_no_further_measure(further):
    """Notes by number, prose, lists of charges and a schedule with short names add none."""
    assert titles(TABLED + further) == LISTED


def test_sentences_beside_a_table_of_days_explain_its_rows():
    """A table without offices is explained alike; a name in a list beside it is a measure."""
    head, *rows = TABLED.replace("|--|--|--|--|", "|--|--|--|").split("\n| ")
    body = "\n| ".join((head, *(re.sub(r"\| \S+課 ", "", row) for row in rows)))
    further = "### 取組の補足\n\n- 番号1 受付後の流れも見直します。\n- 書かない窓口の導入"
    assert titles(body + further) == [*LISTED, "書かない窓口の導入"]


def test_a_heading_that_leads_to_several_measures_is_none():
    """次の2つに取り組みます: what follows is done, and not what the heading says."""
    body = (
        "## 取組\n\n### 方向D 誰もが安心して使える\n\nこの方向では、次の2つに取り組みます。"
        "一つはスマホサロンの開催で、福祉課が担当し、令和8年度から毎年度行います。"
    )
    assert titles(body) == []


def test_an_item_does_not_begin_with_the_rest_of_a_number():
    """10のアクションを… looks like an item counted as 10."""
    assert "の取組" not in "".join(titles("## 取組\n\n10. の取組を3つの分野に分けて進めます。"))


@pytest.mark.parametrize(
    ("period", "expected"),
    [("2026年度から2029年度までの4年間", "2026年度"), ("2026年4月から2030年3月まで", "2026")],
)
def test_years_alone_are_those_of_the_period(period, expected):
    """2026 above a column is a fiscal year where the plan's period is told by such."""
    body = (
        f"## 計画の期間\n\n{period}とします。\n\n## 取組\n\n"
        "| 取組 | 担当 | 2026 | 2027 |\n|--|--|--|--|\n| 電子申請の導入 | 住民課 | → | → |\n"
    )
    assert sure_of(body)["measures"][0]["start"] == expected


def test_indicators_of_a_former_plan_are_none():
    """前計画の指標 heads what was aimed at before."""
    body = (
        "## 評価\n\n| 前計画の指標 | 令和7年度目標 | 令和6年度実績 |\n|--|--|--|\n"
        "| ウェブ会議の実施回数 | 600回 | 1,120回 |"
    )
    assert indicators(body) == {}


def test_a_charge_whose_name_ends_that_of_another():
    """水道使用料 is no charge of its own in 下水道使用料."""
    body = "## eL-QR\n\n占用料と下水道使用料は検討中です。"
    assert [*sure_of(body)["collection"]["charges"]] == ["sewerage"]


def test_the_cloud_whose_use_has_begun():
    """利用は…に始まりました beside 移行します: it is not planned for certain."""
    body = (
        "## 基幹業務システムの標準化\n\n共同でガバメントクラウドへ移行します。"
        "ガバメントクラウドの利用は令和7年10月に始まりました。"
    )
    assert sure_of(body).get("standardization", {}).get("government_cloud") in {None, "used"}


def test_a_policy_that_is_made_public_by_a_day_is_to_come():
    """策定し、公表します tells of what is to come, whatever stands before it."""
    body = (
        "## 情報セキュリティ\n\n町長部局のサイバーセキュリティを確保するための方針は、"
        "令和8年3月までに策定し、公表します。"
    )
    found = sure_of(body)["provisions"]["cybersecurity-policy-of-mayor"]
    assert found["status"] == "planned"


def test_what_begins_on_a_day_is_not_due_then():
    """令和7年10月に開始します is a beginning."""
    body = (
        "## 取組\n\n### 取組1 オンライン相談の実施\n\n担当は福祉課です。令和7年10月に開始します。"
    )
    (found,) = sure_of(body)["measures"]
    assert (found.get("start"), found.get("due")) == ("令和7年10月", None)


def test_the_label_of_a_title_is_no_part_of_it():
    """計画名 | 見本町DX推進計画, as a table on the cover has it."""
    text = (
        "| 計画名 | 見本町DX推進計画 |\n|--|--|\n| 策定 | 令和7年3月 |\n| 作成 | 見本町総務課 |\n"
    )
    assert sure(drafted(f"{text}\n## はじめに\n\n本計画を定めます。\n"))["plan"]["title"] == (
        "見本町DX推進計画"
    )


def test_crowds_are_of_no_one_area():
    """混雑状況 may be of a counter, or of a bus."""
    body = "## 取組\n\n### 取組1 混雑状況の見える化\n\n担当は観光課です。停留所にカメラを置きます。"
    assert "areas" not in sure_of(body)["measures"][0]
