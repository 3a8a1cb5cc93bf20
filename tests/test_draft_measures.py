"""Measures drafted from tables, cards, headings, lists and prose; tasks of standardization."""

from __future__ import annotations

from pathlib import Path

import pytest

from dxrules.draft import load_reading
from dxrules.draft.column_heads import role_of
from dxrules.draft.measure_titles import (
    is_doing,
    is_marked,
    is_sentence_of_doing,
    short_title,
    title_of,
)
from tests.helpers.documents import (
    doubtful,
    drafted,
    measures,
    plan_of_town,
    sure,
    sure_ones,
)

NEGATIVES = Path(__file__).resolve().parents[1] / "bench/negatives"


CARDS = """## 取組

| 取組名 | 書かない窓口の導入 | 担当課 | 住民課 |
|---|---|---|---|
| 実施時期 | 令和8年度～令和9年度 | 進捗状況 | 新規 |
| 内容 | 住所の異動を書かずに済ませる。 | | |
| 取組名 | 電子決裁の拡大 | 担当課 | 総務課 |
| 実施時期 | 毎年 | 進捗状況 | 継続 |

### 公共施設の予約

| 概要 | 予約をオンラインで受け付ける。 |
|---|---|
| 担当課 | 教育課 |

### その他

| 担当課 | 教育課 |
|---|---|
| 備考 | なし |
"""


def test_cards():
    """A table of labels is a card of one measure, and of the next where its name stands again."""
    found = sure_ones(CARDS)
    desk, approval, booking = found.values()
    assert (desk["owner"], desk["due"]) == ("住民課", "令和9年度")
    assert "status" not in desk  # 新規 alone does not tell whether it has begun
    assert (approval["title"], approval["recurrence"]) == ("電子決裁の拡大", "yearly")
    assert (booking["title"], booking["owner"]) == ("公共施設の予約", "教育課")


GATHERED = """## 取組一覧

| 分野 | 施策 | 取組 | 担当 | R8 | R9 | R10 |
|---|---|---|---|---|---|---|
| 窓口 | 窓口の改革 | 書かない窓口の導入 | 住民課 | 検討 | 導入 | 運用 |
| 窓口 | 窓口の改革 | 来庁予約の導入 | 住民課 | → | → | |
| 庁内 | 働き方の改革 | ・電子決裁の拡大 ・会議の電子化 | 総務課 | 運用 | 運用 | 運用 |
| 庁内 | 働き方の改革 | 電子契約の導入 | - | | | |

## 主な施策

- 窓口の改革
- 働き方の改革の推進
"""


def test_tables_that_gather():
    """Of several columns the one that tells rows apart has the measures; the others gather them."""
    found = measures(GATHERED)
    assert list(found) == [
        "書かない窓口の導入",
        "来庁予約の導入",
        "電子決裁の拡大",
        "会議の電子化",
        "電子契約の導入",
        "働き方の改革の推進",
    ]
    desk = found["書かない窓口の導入"]
    assert (desk["start"], desk["due"], desk["status"]) == ("令和8年度", "令和9年度", "planned")
    assert doubtful(desk) == {
        "due": ["令和9年度", "令和10年度"],
        "status": ["planned", "ongoing"],
    }
    assert (found["来庁予約の導入"]["start"], found["来庁予約の導入"]["due"]) == (
        "令和8年度",
        "令和9年度",
    )
    assert found["電子決裁の拡大"]["status"] == "ongoing"
    assert "owner" not in found["電子契約の導入"]


def test_remark_beside_a_dash_is_no_bar():
    """What was finished before has no bar in the years of a plan, whatever the dash is told of."""
    dash = "―（令和8年2月に完了）"
    row = f"| 窓口の予約の導入 | 住民課 | 実施済 | {dash} | {dash} |"
    head = "| 取組 | 担当 | 状況 | R8 | R9 |\n|---|---|---|---|---|"
    (found,) = measures(f"## 取組一覧\n\n{head}\n{row}\n").values()
    assert found["status"] == "done"
    assert not {"start", "due"} & found.keys()


def test_contents_stand_for_names():
    """Where no column has names, what is done stands in that of the contents."""
    table = "| No. | 取組の内容 | 担当課 |\n|---|---|---|\n| 1 | 電子契約を導入する | 財政課 |\n"
    assert sure_ones(f"## 庁内の体制\n\n{table}") == {}
    (only,) = sure_ones(f"## 主な取組\n\n{table}").values()
    assert (only["title"], only["owner"]) == ("電子契約を導入する", "財政課")


HEADINGS = """## 第2章 町の取組

### (1) 書かない窓口の導入

担当課：住民課
実施時期：令和8年度～令和9年度

- 住所の異動から始めます。

### (2) 電子契約

令和9年度までに電子契約を導入します。

### (3) ペーパーレス会議

- 会議室の端末の配備
- 紙の資料の量

### (4) 庁内の課題

- 端末の不足
- 研修の実施

### (5) 情報システムの標準化

- 戸籍システムの改修

### 取組項目6：スマホ教室の開催

- 会場の確保
"""


def test_headings_and_what_is_below():
    """A heading with labels is a measure; with prose only below one that gathers no others."""
    found = sure_ones(HEADINGS)
    assert list(found) == ["書かない窓口の導入", "会議室の端末の配備", "スマホ教室の開催"]
    found = sure_ones(HEADINGS.replace("町の取組", "重点項目"))
    assert found["書かない窓口の導入"]["owner"] == "住民課"
    assert found["電子契約"]["due"] == "令和9年度"
    assert "status" not in found["電子契約"]  # whether that is planned, or has begun, is asked
    asked = measures(HEADINGS).keys() - found.keys()
    assert asked == {"紙の資料の量", "戸籍システムの改修"}


def test_a_time_alone_is_asked():
    """A time alone may be that of a section, and a title of three signs names but a field."""
    body = "## 重点項目\n\n### (1) 窓口の改革\n\n実施時期：令和8年度～令和9年度\n"
    assert (list(measures(body)), sure_ones(body)) == (["窓口の改革"], {})
    table = "| 取組 | 担当 |\n|---|---|\n| 標準化 | 住民課 |\n| 電子契約の導入 | 財政課 |\n"
    body = f"## 重点項目\n\n{table}"
    assert measures(body).keys() == {"標準化", "電子契約の導入"}
    assert [*sure_ones(body)] == ["電子契約の導入"]


def test_standardization_of_systems_alone_is_sure():
    """A procedure may be standardized as well, and ガバメントクラウド is of the platform, too."""
    titles = ("基幹システムの標準化", "事務の標準化", "ガバメントクラウドの利用")
    rows = "".join(f"| {title} | 総務課 |\n" for title in titles)
    found = measures(f"## 重点項目\n\n| 取組 | 担当 |\n|---|---|\n{rows}")
    assert ["areas" in doubtful(found[title]) for title in titles] == [False, True, True]


def test_what_was_done_so_far():
    """Below a heading on what was done so far, names alone are measures that are done."""
    body = "## これまでの取組\n\n- 電子決裁システム\n- オンライン申請の開始（令和6年4月）\n"
    body += "- 条例の点検作業開始（令和7年2月）\n"
    approval, online, _ = sure_ones(body).values()
    assert approval["status"] == "done"
    assert (online["status"], online["completed"]) == ("done", "令和6年4月")
    begun = measures(body)["条例の点検作業開始"]
    assert (begun["start"], "completed" in begun) == ("令和7年2月", False)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("電子契約の導入を検討します。", {"status": "considered"}),
        ("引き続きスマホ教室を開催します。", {"status": "ongoing"}),
        ("スマホ教室を毎年開催しています。", {"status": "ongoing", "recurrence": "yearly"}),
        ("令和7年4月に電子契約を導入しました。", {"status": "done", "completed": "令和7年4月"}),
        ("令和9年度までに電子契約を導入する予定です。", {"status": "planned", "due": "令和9年度"}),
        ("窓口の支援は行いません。", {"status": "declined"}),
        ("電子契約(令和8年度) <財政課>", {"due": "令和8年度", "owner": "財政課"}),
    ],
)
def test_what_the_words_of_a_measure_say(said, told):
    """Status, days, owner and how often are read from the words themselves."""
    (found,) = sure_ones(f"## 主な取組\n\n- {said}\n").values()
    assert {key: found[key] for key in told} == told


@pytest.mark.parametrize(
    "said",
    [
        "電子契約を推進します。",
        "令和7年4月に電子契約を導入しました。窓口の端末を引き続き運用しています。",
    ],
)
def test_a_status_that_may_be_either(said):
    """Where the verb does not tell, or two do, it is asked which it is."""
    text = f"## 重点項目\n\n### (1) 電子契約の推進\n\n{said}\n"
    first, *_ = measures(text).values()
    assert len(doubtful(first)["status"]) > 1


def test_prose_elsewhere_is_a_question():
    """What prose says in an area is offered by its name, and neither leads nor states are."""
    body = (
        "## 基本方針\n\n本計画に基づき取組を推進します。\n\n次のとおり取り組みます。\n\n"
        "生成AIの利用を進めます。\n\n高齢化により人口が減少しています。\n\n海を守ります。\n"
    )
    assert list(measures(body)) == ["生成AIの利用"]
    assert sure_ones(body) == {}


def test_a_bracket_on_a_line_of_its_own():
    """It ends the item before it: work that began then is neither done nor due then."""
    body = "## これまでの取組\n\n- 条例等の点検作業開始\n(令和7年2月)\n"
    (only,) = sure_ones(body).values()
    assert (only["start"], {"due", "completed", "status"} & {*only}) == ("令和7年2月", set())


def test_what_a_part_of_a_sentence_says():
    """What is done from time to time beside something else, or what goes on elsewhere, is asked."""
    body = (
        "## 重点項目\n\n### 対策の徹底\n\n点検を随時行うとともに、研修を実施します。\n\n"
        "### 魅力の発信\n\n事業を継続していくための人が足りず、機会の創出に取り組みます。\n"
    )
    one, other = measures(body).values()
    assert {"recurrence", "status"} <= {*doubtful(one)}
    assert "status" in doubtful(other)


def test_an_item_and_what_explains_it():
    """A name with prose after it is a measure whose status the prose tells."""
    body = "## 主な取組\n\n- 便利な交通へ\n\nデマンド交通の予約の導入を検討します。\n"
    (only,) = sure_ones(body).values()
    assert (only["title"], only["status"]) == ("便利な交通へ", "considered")


@pytest.mark.parametrize("file", sorted(NEGATIVES.glob("*.md")), ids=lambda file: file.stem)
def test_what_is_no_plan_gives_nothing(file):
    """Minutes, glossaries, guides and surveys give nothing sure, alone or as an annex."""
    text = file.read_text("utf-8").replace("\n#", "\n##")
    annex = plan_of_town(f"趣旨を述べます。\n\n背景を述べます。\n\n#{text}")
    for said in (file.read_text("utf-8"), annex):
        data = sure(drafted(said, town="見本町"))
        assert not data.get("measures")
        assert not any(each.get("status") for each in data.get("provisions", {}).values())
        assert not {"period", "cites", "serves_as"} & {*data["plan"]}


LISTED = """## 国の動向

### 本町における標準化対象業務(6業務)

| | |
|---|---|
| ①児童手当 | ②国民年金 |
| ③住民基本台帳 | ④戸籍の附票 |
| ⑤印鑑登録 | ⑥介護保険 |

※以下の事務は県の事業のため除外

- ⑦児童扶養手当
- ⑧生活保護

## 標準化の状況

就学はシステム未導入、選挙人名簿管理は対象外です。「戸籍」の1業務を除き、移行が完了しました。
健康管理は特定移行支援システムとして令和10年度末までに移行します。
"""


def test_tasks_of_standardization():
    """Tasks are left out for a reason, listed in scope, or not yet migrated."""
    system = drafted(plan_of_town(LISTED))["standardization"]
    assert {each["task"]: each.get("reason") for each in system["excluded"]} == {
        "child-rearing-allowance": "run-by-prefecture",
        "public-assistance": "run-by-prefecture",
        "school-enrolment": "no-system",
        "electoral-register": None,
    }
    assert system["scope"] == "list"
    assert len(system["systems"]) == 8
    assert system["systems"]["family-register"]["status"] == "not-migrated"
    health = system["systems"]["health-management"]
    assert (health["exception"], health["target"]) == ("transition-support", "令和10年度末")


def test_a_table_of_tasks():
    """A table with a column of tasks tells of each when it was, or will be, migrated."""
    table = (
        "| 対象業務 | 移行状況 | 移行時期 |\n|---|---|---|\n"
        "| ① 児童手当 | 移行済み | 令和7年9月 |\n| 戸籍 | 移行予定 | 令和9年度 |\n"
        "| 国民年金 | | 令和8年度 |\n| 図書館 | 移行済み | 令和7年9月 |\n"
    )
    systems = drafted(plan_of_town(f"## 標準化\n\n{table}"))["standardization"]["systems"]
    assert systems["child-allowance"]["migrated"] == "令和7年9月"
    assert systems["family-register"]["target"] == "令和9年度"
    assert doubtful(systems["national-pension"]).keys() == {"status", "target", "migrated"}
    assert len(systems) == 3


def test_a_task_that_is_both_is_neither():
    """A task that is left out and migrated at once is told as neither."""
    body = "## 標準化\n\n就学はシステム未導入です。「就学」の1業務を除き、移行が完了しました。\n"
    assert (
        not {"excluded", "systems"} & drafted(plan_of_town(body)).get("standardization", {}).keys()
    )


def test_words():
    """Words end in what is done or in a state; the longer ending tells."""
    reading = load_reading()
    assert is_doing("電子契約の導入", reading)
    assert not is_doing("職員の不足", reading)
    assert is_sentence_of_doing("教室を開催しています。", reading)
    assert not is_sentence_of_doing("人口が減少しています。", reading)
    assert not is_sentence_of_doing("電子契約の導入", reading)
    assert title_of("取組1：窓口の改革【新規】") == "窓口の改革"
    lead = f"{'高齢者をはじめとする住民の利便性の向上' * 3}を図るため、"
    assert short_title(f"{lead}書かない窓口を導入します", reading) == "書かない窓口を導入します"
    assert short_title("窓口の改革:住所の異動を書かずに済むようにします。", reading) == "窓口の改革"
    marked = [
        each
        for each in ("(令和8年度)", "<財政課>", "(新)")
        if is_marked(f"電子契約{each}", reading)
    ]
    assert marked == ["(令和8年度)", "<財政課>"]
    assert role_of("主担当部署", reading) == "owner"
    assert role_of("令和8年度の実績", reading) == "result"
    assert role_of("とても長い見出しで何とも言えない事業名", reading) == ""


def test_cards_below_headings():
    """A card tells of the heading above it, and years above marks tell when it is done."""
    text = (
        "## 取組\n\n### 施策1 災害情報のLINE配信\n\n"
        "| 担当課 | 防災課 | | |\n|---|---|---|---|\n| 内容 | 配信を行う。 | | |\n"
        "| 年度 | 令和8年度 | 令和9年度 | 令和10年度 |\n| 実施 | ● | ● | |\n"
    )
    (made,) = drafted(plan_of_town(text))["measures"]
    assert (made["title"], made["owner"]) == ("災害情報のLINE配信", "防災課")
    assert (made["start"], made["due"]) == ("令和8年度", "令和9年度")


def test_facts_that_stand_alone():
    """Below a heading of a measure an office, a time and a state may stand alone."""
    text = (
        "## Ⅳ．取組\n\n### Ⅳ-A 窓口\n\n**A1 番号札の電子化**\n"
        "保険課。令和8年度から令和9年度まで。番号札を通知に替える。〔予定〕\n"
    )
    (made,) = sure(drafted(plan_of_town(text)))["measures"]
    assert (made["title"], made["owner"], made["status"]) == ("番号札の電子化", "保険課", "planned")
    assert (made["start"], made["due"]) == ("令和8年度", "令和9年度")


def test_tables_in_html_within_a_text():
    """A table that is written in HTML within Markdown is one, with its merged cells."""
    text = (
        "## 取組\n\n<table>\n<tr><th>事業</th><th>主管</th><th>Ｒ８～９</th></tr>\n"
        "<tr><td>テレワークの拡大</td><td rowspan=2>総務課</td><td>⇒</td></tr>\n"
        "<tr><td>ペーパーレス会議の定着</td><td></td></tr>\n</table>\n"
    )
    first, second = drafted(plan_of_town(text))["measures"]
    assert (first["start"], first["due"]) == ("令和8年度", "令和9年度")
    assert second["owner"] == "総務課"


def test_plans_of_the_prefecture_are_cited():
    """A plan of the prefecture is cited by its title; what is set aside is not cited."""
    text = (
        "## 背景\n\n県の「うみかぜ県離島DX指針」（2023年3月）を踏まえます。"
        "自治体DX推進計画もありますが、そのままには行いません。\n"
    )
    (cited,) = drafted(plan_of_town(text))["plan"]["cites"]
    assert (cited["document"], cited["title"]) == ("prefecture-plan", "うみかぜ県離島DX指針")
    assert cited["date"] == "2023年3月"


def test_a_short_title_with_a_number_is_no_other_measure():
    """「Ⅱ-4 人材育成」 is called by its name, and its facts are its own."""
    body = (
        "## 取組\n\n### Ⅱ-3 窓口のオンライン化\n\n担当: 市民課\n\n期間: 令和8年度～令和9年度\n\n"
        "### Ⅱ-4 人材育成\n\n担当: 人事課\n\n期間: 令和9年度～令和10年度\n"
    )
    told = [(name, each["owner"], each["start"]) for name, each in measures(body).items()]
    assert told == [
        ("窓口のオンライン化", "市民課", "令和8年度"),
        ("人材育成", "人事課", "令和9年度"),
    ]


def test_a_heading_that_names_what_a_measure_is_based_on():
    """A measure on the ground of a policy of the nation is one of the town."""
    body = """## 重点取組

### 「国・地方デジタル共通基盤の整備・運用に関する基本方針」に基づく共通化等の推進

共通化されたシステムの利用を検討していきます。

### テレワークの推進

利用の在り方を検討し、引き続き、テレワークの推進に努めていきます。
"""
    first, second = measures(body).values()
    assert "doubts" not in first
    assert first["title"].endswith("に基づく共通化等の推進")
    assert (first["areas"], first["status"]) == (["common-platform"], "considered")
    assert (second["title"], second["status"]) == ("テレワークの推進", "ongoing")


def test_what_others_did_in_the_past_begins_no_measure():
    """From when to when a campaign of the nation was held is no time of the measure."""
    body = """## 重点取組

### マイナンバーカードの利用の推進

多くは令和2年から令和5年に実施された事業の際に取得されており、更新が見込まれます。

利活用の拡大を進めます。
"""
    assert "start" not in measures(body)["マイナンバーカードの利用の推進"]
