"""Signs of tasks, bands between rows, labels in brackets, figures that a sentence introduces."""

from __future__ import annotations

import pytest

from dxrules.document.original import Block, Original, Page
from dxrules.draft import draft
from tests.helpers.documents import (
    TODAY,
    doubtful,
    drafted,
    invented,
    plan_of_town,
    source,
    sure,
    sure_of,
    titles,
)

TASKS = "## 情報システムの標準化\n\n{key}\n\n| 業務 | 状況 | 移行（予定）日 |\n|--|--|--|\n{rows}"
ROWS = (
    "| 戸籍 | △ | 令和9年2月予定 |\n| 就学 | ○ | 令和8年1月13日 |\n"
    "| 介護保険 | × | 令和10年1月予定 |"
)


def states(key, rows=ROWS):
    """Return the states of single tasks that are sure."""
    found = sure_of(TASKS.format(key=key, rows=rows)).get("standardization", {})
    return {name: each.get("status") for name, each in found.get("systems", {}).items()}


def test_signs_of_tasks_by_their_key():
    """A sign is what the key says, and no more planned than that for the day beside it."""
    key = "凡例 ○:標準準拠システムへ移行済み △:移行作業中 ×:未着手"
    assert states(key) == {
        "family-register": "in-progress",
        "school-enrolment": "migrated",
        "long-term-care": "not-migrated",
    }


def test_a_sign_that_may_stand_for_two_things():
    """What × is of 未定・対象外 is not told: it is neither left out nor yet to be migrated."""
    rows = ROWS.replace("令和10年1月予定", "―")
    found = sure_of(TASKS.format(key="○:移行済 △:移行準備中 ×:未定・対象外", rows=rows))
    assert "long-term-care" not in found["standardization"]["systems"]
    assert "excluded" not in found["standardization"]


def test_a_task_under_way_within_the_cell_of_its_exception():
    """移行作業中(特定移行支援システム) is both; 未着手 beside it is not migrated."""
    rows = (
        "| 戸籍 | 移行作業中（特定移行支援システム） | 令和9年1月予定 |\n"
        "| 就学 | 未着手（特定移行支援システム） | 令和10年1月予定 |"
    )
    assert states("一覧です。", rows) == {
        "family-register": "in-progress",
        "school-enrolment": "not-migrated",
    }


def test_tasks_that_moved_at_once_are_not_all():
    """16 of 18 that moved on one day are not all of them."""
    said = (
        "本町の標準化の対象は18業務です。このうち16業務は、令和8年2月16日に一斉に移行しました。"
        "残る戸籍と戸籍の附票は令和9年2月の移行を予定しています。"
    )
    found = sure_of(f"## 情報システムの標準化\n\n{said}")["standardization"]
    assert (found["in_scope"], found["migrated"]) == ("18", "16")
    assert "status" not in found


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "戸籍、就学の2つの事務は、令和8年1月26日に標準準拠システムへ移りました。",
            {"status": "migrated", "migrated": "令和8年1月26日"},
        ),
        (
            "戸籍、就学の2業務は、令和8年1月末までに標準準拠システムへ移行しました。",
            {"status": "migrated"},
        ),
        (
            "戸籍と就学の2つは、令和9年8月の移行に向けて作業をしているところです。",
            {"status": "in-progress", "target": "令和9年8月"},
        ),
        (
            "- ア 令和7年8月18日に移行した業務\n\n戸籍、就学\n",
            {"status": "migrated", "migrated": "令和7年8月18日"},
        ),
        ("- ア 令和8年度以降に移行する業務\n\n戸籍、就学\n", {"status": "planned"}),
        (
            "戸籍と就学は、令和8年10月に移行する予定である。",
            {"status": "planned", "target": "令和8年10月"},
        ),
        (
            "令和5年3月に定めた方針により、戸籍、就学の2業務を標準準拠システムへ移行しました。",
            {"status": "migrated"},
        ),
        ("戸籍、就学以外は、令和8年1月26日に移行しました。", None),
        (
            "戸籍、就学など5業務は、令和8年1月26日に移行しました。",
            {"status": "migrated", "migrated": "令和8年1月26日"},
        ),
    ],
)
def test_tasks_that_a_sentence_counts(said, told):
    """Named tasks that are as many as the sentence counts share its state, and its one day."""
    found = sure_of(f"## 情報システムの標準化\n\n{said}").get("standardization", {})
    for task in ("family-register", "school-enrolment"):
        assert found.get("systems", {}).get(task) == told


def test_a_day_of_making_or_setting_up():
    """Below 策定・設置 a day is that of the making, and none of a revision."""
    body = (
        "## 規程\n\n| 規程等 | 策定・設置 | 直近の改定 |\n|--|--|--|\n"
        "| 情報セキュリティポリシー | 平成16年8月 | 令和7年3月 |"
    )
    found = sure_of(body)["provisions"]["security-policy"]
    assert (found["since"], found["reviewed"]) == ("平成16年8月", "令和7年3月")


def test_bands_between_numbered_rows():
    """A row that only names what gathers the rows below it is no measure."""
    body = (
        "## 取組一覧\n\n| No. | 取組 | 担当課 | R8 | R9 |\n|--|--|--|--|--|\n"
        "| 柱1 | つながる窓口 | | | |\n| 1 | 書かない窓口の導入 | 住民課 | 調達 | 開始 |\n"
        "| 2 | 入園申込みの電子化 | 保育課 | 準備 | 開始 |\n"
        "| 柱2 | 支える職員 | | | |\n| 3 | 庁内チャットの導入 | 総務課 | 開始 | 運用 |"
    )
    assert titles(body) == ["書かない窓口の導入", "入園申込みの電子化", "庁内チャットの導入"]


def test_labels_in_brackets_side_by_side():
    """【担当課】市民課【点検結果】○ names an office and a state, whatever stands between them."""
    body = (
        "## 取組\n\n【点検結果の記号】◎完了 ○実施中（予定どおり） ▲実施中（遅れ）\n\n"
        "### A-1 書かない窓口の拡充\n\n【担当課】市民課【点検結果】▲\n\n窓口を広げます。\n\n"
        "### A-2 電子契約の拡大\n\n【担当課】契約課【点検結果】◎\n\n物品に広げます。\n"
    )
    found = sure_of(body)["measures"]
    assert [each.get("owner") for each in found] == ["市民課", "契約課"]
    assert [each.get("status") for each in found] == ["late", "done"]


def test_a_heading_that_asks_who_is_no_measure():
    """Below だれが、どう進めるか a body is told of, and nothing that it does is a measure."""
    body = (
        "## だれが、どう進めるか\n\n見本町DX推進委員会\n\n令和8年4月に設けました。"
        "副町長が委員長を務めます。毎月開催して、取組の進み具合を確認します。\n\n"
        "CIO補佐官\n\n令和8年10月から迎えることを検討しています。"
    )
    assert titles(body) == []


@pytest.mark.parametrize(
    ("above", "head", "year", "number"),
    [
        ("これまでの到達点", "指標", "令和8年度", 0),
        ("到達の度合い", "見本町DX推進方針の目標", "", 0),
        ("成果指標", "指標", "令和8年度", 2),
    ],
)
def test_aims_of_a_former_plan(above, head, year, number):
    """A table of what a plan before this one reached is no table of indicators."""
    body = (
        f"## {above}\n\n| {head} | {year}目標値 | 令和6年度実績 |\n|--|--|--|\n"
        "| オンライン化した手続の数 | 300件 | 127件 |\n| ペーパーレス会議の割合 | 80% | 71% |"
    )
    assert len(titles(body, "indicators")) == number


INTRODUCED = (
    "## ものさし\n\nひとつめは、オンラインで受けた申請の割合です。"
    "令和6年度は5%でした。令和10年度に30%をめざします。\n\n"
    "ふたつめは、公式LINEの友だちの数です。"
    "転入した人も合わせて、令和7年12月の214人を、令和10年度に700人まで増やします。\n\n"
    "みっつめは、アプリの行き渡った世帯の割合です。令和9年度に90%、令和10年度に100%とします。"
)


def test_figures_that_a_sentence_introduces():
    """The name is in the sentence before; where no baseline is told, none is made up."""
    found = sure_of(INTRODUCED)["indicators"]
    assert [(e["title"], e["baseline"], e["targets"]) for e in found] == [
        (
            "オンラインで受けた申請の割合",
            {"value": "5", "on": "令和6年度"},
            [{"value": "30", "year": "令和10年度"}],
        ),
        (
            "公式LINEの友だちの数",
            {"value": "214", "on": "令和7年12月"},
            [{"value": "700", "year": "令和10年度"}],
        ),
    ]


def test_words_that_go_on_name_nothing():
    """転入した人も合わせて is no name of what is counted."""
    said = "転入した人も合わせて、令和7年度の214人を、令和10年度に700人まで増やします。"
    assert drafted(plan_of_town(f"## 指標\n\n{said}")).get("indicators", []) == []


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("県:「架空県デジタル化推進計画」で、県内企業の割合を令和9年度に65%へ", 0),
        ("本計画は、県の「架空県デジタル化推進計画」を踏まえて定めます。", 1),
    ],
)
def test_what_the_prefecture_does_by_its_plan(said, number):
    """A plan of the prefecture by which that does something is not what this plan goes by."""
    cites = sure_of(f"## 計画の位置づけ\n\n{said}")["plan"].get("cites", [])
    assert [each["document"] for each in cites] == ["prefecture-plan"] * number


def test_the_stage_of_a_plan_above():
    """(後期) is a part of the name of a plan above."""
    body = (
        "## 位置づけ\n\n| 階層 | 名称 | 期間 |\n|--|--|--|\n"
        "| 上位計画 | 見本町長期総合計画（後期） | 令和6年度~令和10年度 |\n"
        "| 関連計画 | 見本町公共施設再編計画 | 令和5年度~令和14年度 |"
    )
    assert [each["title"] for each in sure_of(body)["plan"]["parents"]] == [
        "見本町長期総合計画（後期）"
    ]


def test_a_review_half_way_is_a_revision():
    """令和8年2月 中間見直し on a cover is the day of a revision."""
    text = (
        "見本町DX推進計画\n\n令和4年3月 策定\n令和8年2月 中間見直し\n\n見本町\n\n"
        "## はじめに\n\n本計画を定めます。"
    )
    assert sure(drafted(text))["plan"]["revised"] == [{"on": "令和8年2月"}]


def test_posts_of_people_from_outside_with_their_day():
    """CDO補佐官(民間から週2日、令和6年4月~) tells of one that is there since then."""
    body = "## 推進体制\n\nCDO補佐官（民間から週2日、令和6年4月~）"
    found = sure_of(body)["provisions"]["cdo-aide"]
    assert found == {"status": "in-place", "rank": "external", "since": "令和6年4月"}


def test_results_made_known_are_no_review():
    """That the results of each year are made known does not say how often progress is reviewed."""
    body = (
        "## 進捗管理\n\n推進本部が毎月、進捗を確認します。\n\n"
        "## 見直し\n\n毎年度の結果は、町の広報でお知らせします。"
    )
    assert sure_of(body)["provisions"]["progress-review"]["cycle"] == ["monthly"]


def test_a_table_typed_with_blanks_and_rules():
    """The middle and the last aim stand below heads of two lines, between rules."""
    body = (
        "## 目標\n\n────────────────────\n 指標名                基準      中間      最終\n"
        "                  令和6年度  令和9年度  令和11年度\n────────────────────\n"
        " 電子申請の利用率(単年度)      21.7%     45%      60%\n"
        " 交付までの日数(単年度)       47日      14日      10日\n────────────────────\n"
    )
    found = sure(drafted(plan_of_town(body), "plan.txt"))["indicators"]
    assert [each["baseline"]["value"] for each in found] == ["21.7", "47"]
    assert [[t["year"] for t in each["targets"]] for each in found] == [
        ["令和9年度", "令和11年度"]
    ] * 2


@pytest.mark.parametrize(
    ("title", "content"),
    [
        ("メタバース相談室の開設", "試行します。"),
        ("多言語AI通訳の配備", "窓口に置きます。"),
        ("窓口の混雑状況の配信と順番予約", "混雑状況をLINEで知らせます。"),
    ],
)
def test_areas_that_words_leave_open(title, content):
    """What may be of two areas is asked."""
    body = (
        "## 取組\n\n| 取組 | 内容 | 担当課 | 期間 |\n|--|--|--|--|\n"
        f"| {title} | {content} | 住民課 | 令和8年度 |"
    )
    (found,) = drafted(plan_of_town(body))["measures"]
    assert "areas" not in found or "areas" in doubtful(found)


def test_cards_side_by_side():
    """Names in a line, and the figures of each in the lines below it, column by column."""
    lines = (
        "避難所受付のデジタル化率\tオンライン申請の件数",
        "令和6年度 7.7%\t令和6年度 3,284件",
        "▼\t▼",
        "令和9年度 100%\t令和9年度12,000件",
        "スマホ寺子屋の参加者\t減らした作業時間",
        "令和6年度 118人\t令和6年度 1,150時間",
        "令和7~9年度の累計 900人\t令和9年度 6,000時間",
    )
    above = (
        Block("paragraph", "見本町DX推進計画", page=1),
        Block("heading", "めざす数値(KPI)", page=2, section=("めざす数値(KPI)",)),
    )
    blocks = (Block("paragraph", e, page=2, section=("めざす数値(KPI)",)) for e in lines)
    whole = Original("plan.pdf", "pdf", (*above, *blocks), (Page(1), Page(2)))
    data = draft(whole, source(), TODAY, invented().named("見本町")[0]).data
    assert [
        (e["title"], e["baseline"]["value"], e["targets"]) for e in sure(data["indicators"])
    ] == [
        ("避難所受付のデジタル化率", "7.7", [{"value": "100", "year": "令和9年度"}]),
        ("オンライン申請の件数", "3284", [{"value": "12000", "year": "令和9年度"}]),
        ("減らした作業時間", "1150", [{"value": "6000", "year": "令和9年度"}]),
    ]


def test_offices_of_cards_side_by_side():
    """An office stands below the name of each card; below posts it makes none of them a measure."""
    section = ("2 取組の内容",)
    lines = (
        "避難所受付のデジタル化\t業務端末のデータレス化",
        "担当:危機管理課\t担当:DX・情報課",
        "カードをかざすと\t端末にデータを残",
    )
    posts = ("最高情報統括責任者\t最高デジタル責任者", "担当:総務課\t担当:企画課")
    blocks = (
        Block("paragraph", "見本町DX推進計画", page=1),
        Block("heading", "1 推進体制", page=2, section=("1 推進体制",)),
        *(Block("paragraph", each, page=2, section=("1 推進体制",)) for each in posts),
        Block("heading", "2 取組の内容", page=2, section=section),
        *(Block("paragraph", each, page=2, section=section) for each in lines),
    )
    whole = Original("plan.pdf", "pdf", blocks, (Page(1), Page(2)))
    found = draft(whole, source(), TODAY, invented().named("見本町")[0]).data["measures"]
    assert [(each["title"], each["owner"]) for each in sure(found)] == [
        ("避難所受付のデジタル化", "危機管理課"),
        ("業務端末のデータレス化", "DX・情報課"),
    ]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("準 | 実 | 実 | |", ("令和8年度", "令和10年度")),
        ("- | 準備 | 実施 | 実施 |", ("令和9年度", "令和11年度")),
        ("1,200 | 3,000 | 500 | 500 |", (None, None)),
    ],
)
def test_years_and_stages_below_a_heading(cells, told):
    """Years with stages below them are when the measure above is done; figures are not."""
    body = (
        "## 取組\n\n### A-1 書かない窓口の拡充\n\n【担当課】市民課【進捗】実施中\n\n"
        "窓口を広げます。\n\n"
        f"| 令和8年度 | 令和9年度 | 令和10年度 | 令和11年度 |\n|--|--|--|--|\n| {cells}"
    )
    (found,) = sure_of(body)["measures"]
    assert (found.get("start"), found.get("due")) == told
