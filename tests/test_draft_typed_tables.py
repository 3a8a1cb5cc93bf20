"""Tables typed with blanks, names of columns, figures below years, headings of several."""

from __future__ import annotations

import pytest

from dxrules.document.aligned import aligned_rows
from tests.helpers.documents import doubtful, drafted, plan_of_town, sure


def sure_of(body, name="plan.md"):
    return sure(drafted(plan_of_town(body), name))


def measures_of(body):
    return {each["title"]: each for each in sure_of(body).get("measures", ())}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["取　組        担　当    時期", "──────────────", "電子契約      財政課    令和8年度",
             "オンライン申請  総務課  令和9年度"],
            ["取組", "担当", "時期"],
        ),
        (
            ["事業名　　　　　所管課", "－－－－－－－－－－", "来庁予約　　　　市民課",
             "電子請求　　　　会計課"],
            ["事業名", "所管課"],
        ),
        (
            ["番号  施策  状況", "=================", "1     窓口  実施中", "2     収納  検討中"],
            ["番号", "施策", "状況"],
        ),
    ],
)  # fmt: skip
def test_a_rule_below_heads_makes_a_table(lines, expected):
    """Of whatever the heads are; a line with one piece ends it."""
    rows, taken = aligned_rows([*lines, "（注）予定を含む。"])
    assert rows[0] == expected
    assert (len(rows), taken) == (3, len(lines))


@pytest.mark.parametrize(
    "lines",
    [
        ["目標を定める。", "─────────", "窓口を減らす。", "紙を減らす。"],
        ["取組  担当", "令和8年度に始める", "電子契約  財政課"],
        ["", "──────────", "電子契約  財政課", "電子請求  会計課"],
        ["取組  担当", "──────────", "電子契約", "電子請求"],
        ["目    次", "==========", "Ⅰ  目指す姿  1", "Ⅱ  推進体制  2"],
        ["第２章　　目指す姿", "──────────", "便利な町  信頼", "やさしい町  安心"],
    ],
)
def test_other_lines_with_rules_are_no_table(lines):
    """Prose, a rule without heads, and rows of one piece."""
    assert aligned_rows(lines) == ([], 0)


def test_measures_of_a_table_that_is_typed():
    """What explains its rows below it is none for certain."""
    text = (
        "見本町DX推進計画\n\n見本町\n\n第４章　取り組むこと\n\n"
        "区分   取　組               所　管      8年度  9年度\n"
        "────────────────────────────\n"
        "市民   ①来庁予約の導入     住民課      準備   開始\n"
        "市民   ②電子申請の拡大     総務課      開始   運用\n"
        "庁内   ③電子契約の導入     財政課      準備   開始\n"
        "庁内   ④電子請求の導入     会計課      準備   開始\n\n"
        "① 窓口に来る前に、時刻と用件を選べる仕組みを\n町のホームページに設ける。\n"
    )
    found = sure(drafted(text, "plan.txt"))["measures"]
    own = {each["title"]: each["owner"] for each in found if each.get("owner")}
    assert own == {
        "来庁予約の導入": "住民課", "電子申請の拡大": "総務課", "電子契約の導入": "財政課",
        "電子請求の導入": "会計課",
    }  # fmt: skip
    assert len(found) == len(own)


@pytest.mark.parametrize(
    "head", ["アクション名", "重点プロジェクト名称", "取組の名称", "施策タイトル", "事業の名前"]
)
def test_the_name_of_what_is_done_is_its_title(head):
    """Beside it 内容 tells what it is."""
    head = head.replace("重点プロジェクト", "プロジェクト")
    body = (
        f"## 一覧\n\n| {head} | 内容 | 担当課 | 開始 |\n|--|--|--|--|\n"
        "| 電子契約 | 契約書を紙にしない | 財政課 | 令和8年度 |\n"
        "| 来庁予約 | 待たずに済むようにする | 住民課 | 令和9年度 |\n"
    )
    assert [*measures_of(body)] == ["電子契約", "来庁予約"]


@pytest.mark.parametrize("owner", ["担当課", "所管", "主管課", "担当部署", "責任課"])
def test_indicators_with_an_office_are_no_measures(owner):
    """Figures below years tell what is reached."""
    body = (
        f"## KPI\n\n| KPI | 令和8年度 | 令和9年度 | {owner} |\n|--|--|--|--|\n"
        "| 電子申請の利用率 | 40％ | 50％ | 総務課 |\n"
        "| 電子契約の割合 | 10％ | 30％以上 | 財政課 |\n"
    )
    assert measures_of(body) == {}


@pytest.mark.parametrize(
    "signs", [("ア", "イ"), ("（1）", "（2）"), ("①", "②"), ("(ア)", "(イ)"), ("a.", "b.")]
)
def test_a_heading_above_paragraphs_that_count_is_no_measure(signs):
    """Each paragraph tells of its own, whoever does it."""
    first, second = signs
    body = (
        "## 重点とする取組\n\n### 町民の便利さを高める\n\n"
        f"{first}　証明書の交付を広げるため、役場に端末を置く。担当は町民課である。\n\n"
        f"{second}　公式LINEを改修し、通報を受け付ける（総務課）。\n"
    )
    assert "町民の便利さを高める" not in measures_of(body)


@pytest.mark.parametrize(
    "title",
    [
        "町民に係るもの",
        "検討を要する事項",
        "新たに加える指標",
        "庁内に関するもの",
        "改善が必要な事項",
    ],
)
def test_a_heading_that_only_gathers_is_no_measure_for_certain(title):
    """What ends so names nothing that is done."""
    body = f"## 取組\n\n### {title}\n\n電子契約を導入します。担当は財政課とします。\n"
    assert title not in measures_of(body)


def test_a_year_alone_is_fiscal_where_the_plan_says_so_of_one():
    """2027 above a column, and ※2027年度までに点検を終える below it."""
    body = (
        "## 施策一覧\n\n表の記号：準…準備をする　始…始める　続…続ける　／…行わない\n\n"
        "| 施策 | 主管課 | 2027 | 2028 | 2029 |\n|--|--|--|--|--|\n"
        "| 電子契約の導入 | 財政課 | ／ | 始 | 続 |\n| 来庁予約の導入 | 住民課 | 始 | 続 | ／ |\n\n"
        "※ 2027年度までに点検を終える。\n"
    )
    found = measures_of(body)
    assert (found["電子契約の導入"]["start"], found["電子契約の導入"]["due"]) == (
        "2028年度",
        "2029年度",
    )
    assert (found["来庁予約の導入"]["start"], found["来庁予約の導入"]["due"]) == (
        "2027年度",
        "2028年度",
    )


def test_a_label_whose_words_stand_below_it():
    """スケジュール： and in the next line since when."""
    body = (
        "## 取組シート\n\n取組名：税証明のオンライン申請\n\n実施主体：税務課\n\nスケジュール：\n\n"
        "令和6年10月から実施中\n\n取組名：電子契約の導入\n\n実施主体：財政課\n"
    )
    assert [*measures_of(body)] == ["税証明のオンライン申請", "電子契約の導入"]


def test_offices_in_two_lines_of_a_cell_and_what_was_put_off():
    """Two offices are two; days that stood there before are asked."""
    body = (
        "## 取組\n\n| 取組 | 担当 | 期間 | 進捗 |\n|--|--|--|--|\n"
        "| 電子申請の拡大 | 市民課<br>支所 | R6～R8 | 完了 |\n"
        "| 電子契約の導入 | 総務部<br>財政課 | R8～R9 | 延期（R10以降） |\n"
    )
    one, other = drafted(plan_of_town(body))["measures"]
    assert (one["owner"], other["owner"]) == ("市民課、支所", "総務部 財政課")
    assert {"start", "due"} <= doubtful(other).keys()
    assert not {"start", "due"} & doubtful(one).keys()


@pytest.mark.parametrize("verb", ["次の3つです", "以下のとおりです", "次のとおりとする"])
def test_items_that_prose_gives_an_office(verb):
    """A plan without a heading of measures, in which a sentence leads to them."""
    body = (
        f"取組は、{verb}。\n\n○ 広報のデジタル化\n\n"
        "広報紙をアプリで届けます。総務課が受け持ちます。\n\n"
        "○ 申請のデジタル化\n\n電子申請を使います。住民課が受け持ちます。\n"
    )
    found = measures_of(body)
    assert {title: each["owner"] for title, each in found.items()} == {
        "広報のデジタル化": "総務課", "申請のデジタル化": "住民課",
    }  # fmt: skip


def test_remarks_tell_when_where_no_column_does():
    """令和8年9月開始 in 備考."""
    body = (
        "## 施策\n\n| 施策 | 担当課 | 備考 |\n|--|--|--|\n"
        "| 郵送請求の電子化 | 市民課 | 令和8年9月開始 |\n"
        "| 電子契約の導入 | 財政課 | 県と共同で調達 |\n"
    )
    found = measures_of(body)
    assert found["郵送請求の電子化"]["start"] == "令和8年9月"
    assert not {"start", "due"} & found["電子契約の導入"].keys()


def test_indicators_over_columns_with_units_and_offices():
    """A table on its side, with years below what is now."""
    body = (
        "## 目標値\n\n| | 申請の割合 | 契約の件数 |\n|--|--|--|\n| 単位 | ％ | 件 |\n"
        "| 現状値（令和6年度） | 26.7 | 3 |\n| 令和8年度 | 40 | 50 |\n| 令和10年度 | 60 | 200 |\n"
        "| 所管 | 総務課 | 財政課 |\n"
    )
    found = {each["title"]: each for each in sure_of(body)["indicators"]}
    assert found["申請の割合"]["baseline"]["value"] == "26.7"
    assert [each["value"] for each in found["契約の件数"]["targets"]] == ["50", "200"]


@pytest.mark.parametrize(("said", "asked"), [("令和8年10月", True), ("令和9年4月", False)])
def test_a_day_that_prose_tells_within_a_year_of_a_schedule(said, asked):
    """It may be the one on which that begins."""
    body = (
        "## 取組\n\n### (1) アプリによる情報配信\n\n"
        f"{said}から、アプリで情報を配信します。担当は総務課です。\n\n### 一覧\n\n"
        "| 取組 | 担当 | 令和8年度 | 令和9年度 |\n|--|--|--|--|\n"
        "| (1) アプリによる情報配信 | 総務課 | → | → |\n| (2) 電子契約の導入 | 財政課 | → | → |\n"
    )
    found = {each["title"]: each for each in drafted(plan_of_town(body))["measures"]}
    one = found["アプリによる情報配信"]
    assert ("start" in doubtful(one)) is asked
    assert "start" not in doubtful(found["電子契約の導入"])
