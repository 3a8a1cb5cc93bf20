"""What is drafted from a document: values that are sure, doubts, and nothing from others' words."""

from __future__ import annotations

import pytest

from dxrules.dates import parse_period
from dxrules.document.normal import squeezed
from dxrules.document.text import original_of
from dxrules.draft import DraftContext, draft, load_reading, written
from dxrules.draft.fitting import fitting
from dxrules.errors import UsageError
from dxrules.plan import plan_of
from dxrules.reference.gazetteer import gazetteer
from dxrules.source import from_text
from dxrules.texts import LANGS
from tests.helpers.documents import (
    TODAY,
    doubtful,
    drafted,
    invented,
    plan_of_town,
    source,
    sure,
)
from tests.helpers.lawbooks import ROOT
from tests.helpers.plans import reference

PERIOD = ("2026-04-01", "2031-03-31")


@pytest.mark.parametrize(
    "said",
    [
        "## 計画の期間\n\n本計画の期間は、令和8年度から令和12年度までの5年間とします。",
        "## 計画期間\n\n令和８年度～令和１２年度（５年間）",
        "## 3 計画の期間\n\n計画期間は2026年度から2030年度までです。",
        "■計画期間\n\n令和8年4月1日から令和13年3月31日までの5年間とする。",
        "計画期間\n\n令和8(2026)年度を初年度とし、令和12(2030)年度を目標年度とする5か年計画とします。",
        "本計画は、令和八年度から令和十二年度までを計画期間とします。",
        "・計画期間：令和8～12年度",
        "第3節 計画期間\n\n令和8年4月～令和13年3月",
    ],
)
def test_periods(said):
    """A period is found in the wordings of many towns, and read by the reader of plan files."""
    about = drafted(plan_of_town(said))["plan"]
    period = parse_period(about["period"])
    assert (str(period.start), str(period.end)) == PERIOD
    assert "period" not in doubtful(about)
    (evidence,) = (e for e in about["evidence"] if "period" in e["of"])
    assert squeezed(evidence["text"]) in squeezed(plan_of_town(said))


@pytest.mark.parametrize(
    "said",
    [
        "町では、令和3年度から令和7年度までを計画期間として取り組んできました。",
        "## 国の動向\n\n国の計画期間は、令和3年1月から令和8年3月までです。",
        "## 計画の期間\n\n期間は定めず、毎年度見直します。",
        "令和8年3月に「見本町総合計画」(計画期間：令和8年度～令和17年度)を策定しました。",
        "## 用語集\n\n計画期間：令和8年度～令和12年度のこと。",
    ],
)
def test_periods_of_others(said):
    """The period of the nation, of another plan or of the plan before is not this plan's."""
    assert "period" not in sure(drafted(plan_of_town(said)))["plan"]


def test_two_periods_are_a_question():
    """Where cover and text differ, the period is in doubt, and both are told."""
    text = "見本町DX推進計画\n\n計画期間：令和8年度～令和11年度\n\n見本町\n\n## 計画の期間\n\n"
    about = drafted(text + "令和8年度から令和12年度までとします。\n")["plan"]
    found = doubtful(about)["period"]
    assert len(found) == 2
    assert {str(parse_period(each).end) for each in found} == {"2030-03-31", "2031-03-31"}


@pytest.mark.parametrize(
    ("front", "title", "status", "established"),
    [
        ("見本町DX推進計画（案）\n\n見本町", "見本町DX推進計画", "draft", None),
        ("見本町\n\n第2次見本町計画\n\n令和8年3月策定", "第2次見本町計画", "established",
         "令和8年3月策定"),
        ("# 見 本 町 デジタル化ビジョン\n\n令和8年3月", "見本町デジタル化ビジョン", None,
         "令和8年3月"),
        ("手本市ＤＸ推進計画〔第２期〕\n\n手本市総務部", "手本市DX推進計画〔第2期〕", None, None),
        ("雛形村DX計画【骨子案】\n\n雛形村", "雛形村DX計画", "outline", None),
    ],
)  # fmt: skip
def test_covers(front, title, status, established):
    """Title, status and day are taken from a cover; a status only where it is labelled."""
    about = drafted(f"{front}\n\n## 1 計画の目的\n\n本計画は行政を変えます。\n")["plan"]
    assert squeezed(about["title"]) == title
    assert sure(about).get("status") == status
    assert sure(about).get("established") == (established and established.removesuffix("策定"))


_TITLE = "見本町DX推進計画\n\n見本町\n\n"
_EDITIONS = (
    "## 改訂履歴\n\n| 版 | 年月 | 内容 |\n|---|---|---|\n| 第1版 | 令和4年3月 | 策定 |\n"
    "| 第2版 | 令和6年3月 | 国の計画の改定に伴う改訂 |"
)
_HISTORY = (
    "## 沿革\n\n- 令和4年3月　計画策定\n- 令和6年3月　改訂（第二版）\n"
    "- 令和7年10月　期間の延長を検討"
)


@pytest.mark.parametrize(
    ("front", "established", "revised"),
    [
        ("見本町DX推進計画\n\n令和8年3月\n\n見本町", "令和8年3月", []),
        ("見本町DX推進計画\n\n（令和8年3月　見本町総務課）", "令和8年3月", []),
        ("**見本町DX推進計画** ｜ 見本町企画課 ｜ 2026.3", "2026.3", []),
        ("見本町DX推進計画\n\n発行年月：2026年3月　発行：見本町企画課", "2026年3月", []),
        ("見本町DX推進計画\n\n令和7年12月改定（令和4年3月策定）見本町", "令和4年3月",
         ["令和7年12月"]),
        ("見本町DX推進計画（改訂版）\n\n令和8年3月　見本町", None, []),
        ("見本町DX推進計画（案）\n\n令和8年1月　見本町", None, []),
        ("見本町DX推進計画\n\n令和7年12月時点　見本町", None, []),
        (f"{_TITLE}{_EDITIONS}",
         "令和4年3月", ["令和6年3月"]),
        (f"{_TITLE}{_HISTORY}",
         "令和4年3月", ["令和6年3月"]),
    ],
)  # fmt: skip
def test_days_of_a_plan(front, established, revised):
    """A month beside the name of the town is the day of a plan that is no draft nor revised."""
    about = sure(drafted(f"{front}\n\n## 1 目的\n\n本計画は行政を変えます。\n")["plan"])
    assert about.get("established") == established
    assert [each["on"] for each in about.get("revised", ())] == revised


POSTS = [
    ("副町長をCIO(最高情報統括責任者)とします。", "cio", "in-place", "deputy-mayor"),
    ("CIO：副町長", "cio", "in-place", "deputy-mayor"),
    ("最高情報セキュリティ責任者(CISO)には教育長を充てる。", "ciso", "in-place", "superintendent"),
    ("町長がＣＩＯを兼ねます。", "cio", "in-place", "mayor"),
    ("最高情報責任者（ＣＩＯ）である副町長が統括します。", "cio", "in-place", "deputy-mayor"),
    ("副町長をCIO兼CISOとする。", "ciso", "in-place", "deputy-mayor"),
    ("CIO補佐官として外部の専門人材を任用しています。", "cio-aide", "in-place", "external"),
    ("CIO補佐官の任用を検討します。", "cio-aide", "considered", None),
    ("CISOは置いていません。", "ciso", "none", None),
    ("CAIOを設置する予定です。", "caio", "planned", None),
]  # fmt: skip


@pytest.mark.parametrize(("said", "post", "status", "rank"), POSTS)
def test_posts(said, post, status, rank):
    """A post with its rank and its status, as the town says it is."""
    found = sure(drafted(plan_of_town(f"## 推進体制\n\n{said}")))["provisions"][post]
    assert found.get("status") == status
    assert found.get("rank") == rank


@pytest.mark.parametrize(
    "said",
    [
        "## 国の動向\n\n国は、副市町村長をCIOとし、CIO補佐官を置くことを求めています。",
        "## 用語集\n\nCIO：最高情報統括責任者。副町長などが務める役職のこと。",
        "他の自治体では、副市長をCIOとしています。",
        "手本市では、副市長をCIOとしています。",
        "自治体は、副町長をCIOとすることが必要とされています。",
        "将来は副町長をCIOとすることを検討します。",
    ],
)
def test_posts_of_others(said):
    """What nation, glossary or another town say of a post is no post of the town."""
    found = sure(drafted(plan_of_town(said))).get("provisions", {})
    assert found.get("cio", {}).get("status") in {None, "considered"}
    assert "rank" not in found.get("cio", {})


NATIONAL_LIST = """## 国の動向

★自治体DX推進計画【第5.1版】（令和8年1月）の重点取組事項

- ① フロントヤード改革の推進
- ② 公金収納におけるeL-QRの活用（令和8年9月から開始しています）
- ③ 20業務すべての移行を完了

| 取組 | 担当 | スケジュール |
|---|---|---|
| 標準準拠システムへの移行 | 総務省 | 令和7年度 |

| 指標 | 現状値（令和6年度） | 目標値（令和12年度） |
|---|---|---|
| オンライン申請率 | 30 | 80 |
"""


def test_a_national_list_is_nobodys():
    """Measures, figures and indicators below a heading of the nation are not the town's."""
    found = sure(drafted(plan_of_town(NATIONAL_LIST)))
    for section in ("measures", "indicators", "collection", "standardization", "provisions"):
        assert not found.get(section)
    (cited,) = found["plan"]["cites"]
    assert cited == {
        "document": "dx-promotion-plan",
        "edition": "5.1",
        "date": "令和8年1月",
        "followed": "no",
    }


def test_the_first_day_of_a_document_revised_since():
    """A day that is followed by later revisions is not that of the edition that is cited."""
    said = "総務省は「自治体DX推進計画」を令和2年12月に策定しました。"
    for after, dated in (("その後、改定を重ねています。", False), ("町も進めます。", True)):
        (cited,) = drafted(plan_of_town(f"## 背景\n\n{said}{after}"))["plan"]["cites"]
        assert ("date" in cited) is dated


TABLES = """## 取組一覧

| No | 取組名 | 内容 | 担当課 | 令和8年度 | 令和9年度 |
|---|---|---|---|---|---|
| 1 | 書かない窓口の導入 | 窓口を変える。 | 住民課 | → | → |
| 2 | テレワークの推進 | 環境を整える。 | 総務課 | 検討 | 実施 |
| 3 | 電子決裁の推進 | 紙をなくす。 | 総務課 | 導入 | 運用 |

## 目標

| 指標名 | 単位 | 現状 | 目標 |
|---|---|---|---|
| | | 令和6年度 | 令和12年度 |
| オンライン申請率 | ％ | 31.2 | 60 |
| 相談の件数(件) | | 1,208 | 3,000 |
| 満足度 | 点 | 高い | 80 |
"""


def test_tables():
    """A row of a table is a measure or an indicator, cell by cell, by the words above."""
    data = drafted(plan_of_town(TABLES))
    desk, telework, paperless = data["measures"]
    assert (desk["title"], desk["owner"], desk["areas"]) == (
        "書かない窓口の導入",
        "住民課",
        ["front-yard"],
    )
    assert (desk["start"], desk["due"]) == ("令和8年度", "令和9年度")
    assert (telework["due"], doubtful(telework)) == ("令和9年度", {"status": []})
    assert doubtful(paperless)["due"] == ["令和8年度", "令和9年度"]  # brought in, and goes on
    rate, count, content = data["indicators"]
    assert rate["baseline"] == {"value": "31.2", "on": "令和6年度"}
    assert rate["targets"] == [{"value": "60", "year": "令和12年度"}]
    assert (count["title"], count["unit"], count["baseline"]["value"]) == (
        "相談の件数",
        "件",
        "1208",
    )
    assert "targets" in doubtful(content)  # a cell of its row could not be read


def test_items_of_lists():
    """An item below a heading of measures is one if it says that something is done."""
    text = "## 主な取組\n\n- 電子決裁の導入（令和8年度）\n- 会議の紙の量\n\n"
    data = drafted(plan_of_town(f"{text}## 庁内の課題\n\n- 紙の削減"))
    assert [each["title"] for each in data["measures"]] == ["電子決裁の導入", "会議の紙の量"]
    (known,) = sure(data)["measures"]
    assert (known["due"], "areas" in known) == ("令和8年度", False)


@pytest.mark.parametrize("number", range(1, 13))
def test_every_draft_is_a_plan_file(number):
    """Whatever a document says, a draft is a plan file that can be read."""
    file = ROOT / "bench/documents" / f"{number:02}.md"
    town = invented().named("見本町")[0]
    made = draft(original_of(file.read_text("utf-8"), file.name), source(), TODAY, town)
    for lang in LANGS:
        read = plan_of(from_text(written(made, file.name, lang), "a.yaml"), reference())
        assert read.plan.municipality.code == town.code
        assert read.plan.document.read == "part"
    assert made.values > made.doubts > 0


def values_of(data):
    """Yield each value that is sure, with the quotations that show it."""
    mappings = [
        data["plan"],
        *data.get("provisions", {}).values(),
        data.get("standardization", {}),
        *data.get("collection", {}).get("charges", {}).values(),
    ]
    for mapping in mappings:
        for key, value in mapping.items():
            if key not in {"evidence", "doubts", "scope", "systems", *doubtful(mapping)}:
                shown = [e["text"] for e in mapping.get("evidence", ()) if key in e["of"]]
                yield key, value, shown


AS_WRITTEN = {"period", "established", "since", "reviewed", "migrated_on", "start", "in_scope"}


@pytest.mark.parametrize("number", range(1, 13))
def test_every_sure_value_can_be_looked_up(number):
    """What is sure is quoted, and a date or a count stands in its quotation as it is."""
    file = ROOT / "bench/documents" / f"{number:02}.md"
    text = squeezed(file.read_text("utf-8"))
    found = list(values_of(drafted(file.read_text("utf-8"), file.name, "見本町")))
    assert found
    for key, value, shown in found:
        assert shown, key
        if key in AS_WRITTEN:
            assert any(squeezed(value) in squeezed(each) for each in shown), value
            assert squeezed(value) in text


BROKEN = """標準化について、本町では17業務を対象としています。

## 目標

| 指標 | 現状値（令和6年度） | 目標値（令和12年度） |
|---|---|---|
| 3 | 4 | 5 |
| 満足度 | - | ― |
| 件数 | 5件 | 7人 |
| 割合 | 5 | 近隣より高い |

## 取組一覧

| 取組 | 状況 | スケジュール |
|---|---|---|
| 窓口の改革 | 新規 | 令和8年度～令和9年度 |
| 電子契約 | 検討 | 未定 |
| ごみの受付 | 完了 | 令和7年10月完了 |
| 市民講座 | 継続 | 毎年 |
| 公金の収納 | | 令和9年4月から順次 |
| 職員の端末 | | いつか～そのうち |
| 庁内の回線 | | 令和9年度～そのうち |
| 庁舎の工事 | | 実施中 |
| | 新規 | 令和8年度 |
"""


def test_cells_that_cannot_be_read():
    """What a cell says is taken as it is; what no reader takes is left out or a question."""
    data = drafted(plan_of_town(BROKEN))
    assert data["standardization"]["in_scope"] == "17"
    count, share = data["indicators"]
    assert "baseline" in doubtful(count)  # its unit is another than that of the target
    assert "targets" not in share
    found = {each["title"]: each for each in data["measures"]}
    assert (found["窓口の改革"]["start"], found["窓口の改革"]["due"]) == ("令和8年度", "令和9年度")
    assert found["電子契約"]["status"] == "considered"
    assert found["ごみの受付"]["status"] == "done"
    assert found["ごみの受付"]["completed"] == "令和7年10月"
    assert found["市民講座"]["recurrence"] == "yearly"
    assert found["公金の収納"]["start"] == "令和9年4月"
    assert found["庁舎の工事"]["status"] == "ongoing"
    assert "due" not in found["職員の端末"].keys() | found["庁内の回線"].keys()


def test_a_document_without_a_title():
    """Without a title the name of the file stands for it, and is a question."""
    town = invented().named("見本町")[0]
    made = draft(original_of("本計画は行政を変えます。\n", "in/plan.md"), source(), TODAY, town)
    assert made.data["plan"]["title"] == "plan"
    assert "title" in doubtful(made.data["plan"])


def test_what_could_not_be_read_is_told():
    """Pictures and pages are never passed over: each is told with its page."""
    pictures = "見本町DX推進計画\n\n見本町\n\f\n![図](a.png)\n\n"
    data = drafted(f"{pictures}## 推進体制\n\n副町長をCIOとします。\n")
    (lost,) = data["document"]["lost"]
    assert lost == {"part": "other", "section": "p.2", "what": "図・写真(1)"}
    (evidence,) = data["provisions"]["cio"]["evidence"]
    assert evidence["page"] == "2"


def test_more_migrated_than_in_scope():
    """Two counts that contradict each other are both in doubt."""
    said = "本町では15業務を対象としています。\n\n令和8年2月に17業務の移行が完了しました。"
    system = drafted(plan_of_town(f"## 標準化\n\n{said}"))["standardization"]
    assert {"in_scope", "migrated"} <= doubtful(system).keys()


def test_what_no_plan_file_takes_is_left_out():
    """A draft gives up what contradicts itself, entry by entry, and keeps the rest."""
    good = drafted(plan_of_town("## 推進体制\n\n副町長をCIOとします。"))
    assert fitting(good, reference()) == good
    bad = good | {
        "provisions": {**good["provisions"], "nothing": {"status": "in-place"}},
        "measures": [
            {"id": "a", "title": "窓口"},
            {"id": "A!", "title": "窓口"},
            {"id": "b", "title": "端末", "due": "いつか"},
        ],
        "standardization": {"scope": "count", "in_scope": "99"},
        "collection": {"charges": {"nothing": {"status": "started"}}},
        "indicators": "none",
    }
    kept = fitting(bad, reference())
    assert kept["provisions"] == good["provisions"]
    assert [each["id"] for each in kept["measures"]] == ["a"]
    assert not {"standardization", "indicators"} & kept.keys()
    assert "nothing" not in str(kept.get("collection"))
    odd = fitting(good | {"plan": {"title": "", "period": "いつか"}}, reference())
    assert "period" not in odd["plan"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no text could be read"),
        ("DX推進計画\n\n本計画は行政を変えます。\n", "--municipality"),
        ("東見本町DX推進計画\n\n東見本町は行政を変えます。\n", "--municipality"),
        ("見本町DX推進計画\n\n手本市DX推進計画\n\n見本町\n手本市\n", "Mihon 801"),
    ],
)
def test_whose_plan_it_is(text, said):
    """A document that does not tell whose it is is not drafted: the way out is told."""
    with pytest.raises(UsageError) as caught:
        draft(original_of(text, "a.md"), source(), TODAY)
    assert said in caught.value.text.en
    assert caught.value.text.ja.startswith("a.md: ")


@pytest.mark.parametrize(
    "title",
    [
        "第2次坂町DX推進計画",
        "令和8年度坂町DX推進計画",
        "広島県坂町DX推進計画",
        "広島県安芸郡坂町DX推進計画",
        "改訂版坂町DX推進計画",
    ],
)
def test_a_name_on_a_cover_stands_apart(title):
    """Prefecture, district, number and year before a municipality are no part of its name."""
    made = draft(
        original_of(f"{title}\n\n本計画は行政を変えます。\n", "a.md"),
        DraftContext(load_reading(), reference(), gazetteer()),
        TODAY,
    )
    assert made.data["municipality"]["name"]["ja"] == "坂町"


def test_a_document_that_contradicts_itself():
    """What no plan file may say is left out: more tasks migrated than there are."""
    said = "本町では31業務を対象としています。令和8年2月に45業務の移行が完了しました。"
    data = drafted(plan_of_town(f"## 標準化\n\n{said}"))
    assert "in_scope" not in data.get("standardization", {})
    assert data["plan"]["title"] == "見本町DX推進計画"


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("「第3次見本町総合計画(令和7年度～令和16年度)」", "令和7年度～令和16年度"),
        ("「第3次見本町総合計画」（計画期間：2025～2034年度）", "2025～2034年度"),
        ("第3次見本町総合計画(令和7年度から令和16年度まで)", "令和7年度から令和16年度まで"),
        ("「第3次見本町総合計画」(令和7年3月)", None),
        ("「第3次見本町総合計画」", None),
    ],
)
def test_the_period_of_a_plan_above(said, period):
    """In brackets behind the name of a plan above, or of a former one, stands its period."""
    body = f"## 計画の位置づけ\n\n本計画は、町の最上位計画である{said}の分野別計画です。"
    (above,) = drafted(plan_of_town(body))["plan"]["parents"]
    assert above.get("period") == period
    twice = body + "\n\n第3次見本町総合計画(令和3年度～令和12年度)を踏まえます。"
    assert "period" not in drafted(plan_of_town(twice))["plan"]["parents"][0] or period is None
    former = "「見本町情報化計画」(令和3年度～令和7年度)は、本計画の策定に伴い廃止します。"
    replaced = drafted(plan_of_town(former))["plan"]["replaces"]
    assert replaced == {"title": "見本町情報化計画", "period": "令和3年度～令和7年度"}


def test_names_of_bodies():
    """What stands before a name, the number of a heading or a clause, is no other name of it."""
    said = "副町長を委員長とするDX推進委員会において進捗を管理します。"
    body = f"## 推進体制\n\n### 1 DX 推進委員会\n\n{said}"
    found = drafted(plan_of_town(body))["provisions"]["driving-body"]
    assert squeezed(found["title"]) == "DX推進委員会"
    assert "title" not in doubtful(found)
