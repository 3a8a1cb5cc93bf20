"""What several places of a plan tell of one thing: editions, owners, days, figures, policies."""

from __future__ import annotations

import pytest

from dxrules.document.normal import unwrapped
from dxrules.document.pdf import read
from tests.helpers.documents import doubtful, drafted, plan_of_town, sure
from tests.helpers.made_documents import Pdf

HISTORY = (
    "## 国の動向\n\n| 年月 | 内容 |\n|---|---|\n| 令和7年3月 | 自治体DX推進計画【第4.0版】 |\n"
    "| 令和7年12月 | 自治体DX推進計画【第5.0版】 |\n\n"
)
SCHEDULE = (
    "| 取組 | 令和8年度 | 令和9年度 | 令和10年度 |\n|---|---|---|---|\n"
    "| 書かない窓口の導入 | → | → | → |\n| 証明書のコンビニ交付の拡充 | → | → | → |\n"
)
CARD = "| 担当課 | 住民課 |\n|---|---|\n| 内容 | 手続を見直す |\n\n"
YEARS = "| 指標 | 現状値（令和6年度） | 目標値（令和12年度） |\n|---|---|---|\n"


def cites(body):
    found = drafted(plan_of_town(body))["plan"]["cites"]
    return {
        each.get("edition"): "?" if "followed" in doubtful(each) else each.get("followed", "yes")
        for each in found
    }


@pytest.mark.parametrize(
    ("body", "followed"),
    [
        ("## 位置付け\n\n自治体DX推進計画【第5.0版】を踏まえて策定します。\n\n", ("no", "yes")),
        ("## 策定の背景\n\n自治体DX推進計画【第5.0版】を踏まえて策定します。\n\n", ("no", "?")),
        ("## 位置付け\n\n本計画は自治体DX推進計画を踏まえて策定します。\n\n", ("?", "?")),
        ("## 位置付け\n\n総務省が策定した自治体DX推進計画を踏まえ策定しました。\n\n", ("?", "?")),
        ("## 背景\n\n国は、自治体DX推進計画に基づき取組を進めています。\n\n", ("no", "no")),
    ],
)
def test_a_sentence_wins_over_a_history_of_editions(body, followed):
    """A table of what the nation made tells of no edition that the town does not follow it."""
    assert cites(body + HISTORY) == dict(zip(("4.0", "5.0"), followed, strict=True))


def test_the_town_speaks_below_a_heading_on_the_nation():
    """本計画は…に基づき is the town's wherever it stands."""
    said = f"{HISTORY}本計画は、自治体DX推進計画【第5.0版】に基づき策定します。"
    assert cites(said) == {"4.0": "no", "5.0": "yes"}


@pytest.mark.parametrize(
    "said",
    [
        "自治体DX推進計画【第5.0版】は、改定後に整合を図ります。",
        "自治体DX推進計画【第5.0版】については、見直しの後に反映します。",
        "自治体DX推進計画【第5.0版】は、公表を待って踏まえることとします。",
        "自治体DX推進計画【第5.0版】は、改訂され次第、整合を図ります。",
        "自治体DX推進計画【第5.0版】は、策定された後に踏まえます。",
    ],
)
def test_what_is_followed_once_it_is_made_is_asked(said):
    """It was not followed when the plan was made."""
    assert cites(f"## 位置付け\n\n{said}\n") == {"5.0": "?"}


@pytest.mark.parametrize(
    "body",
    [
        f"{CARD}#### 工程表\n\n{SCHEDULE}",
        f"【担当課】住民課　【期間】令和8年度～令和10年度\n\n{SCHEDULE}",
        (
            "| 施策名 | 窓口の改革 | 担当課 | 住民課 |\n|---|---|---|---|\n"
            "| 目的 | 便利にする | | |\n"
            "| 工程表 | | | |\n| 取組 | 令和8年度 | 令和9年度 | 令和10年度 |\n"
            "| 書かない窓口の導入 | → | → | → |\n| 証明書のコンビニ交付の拡充 | → | → | → |\n"
        ),
        f"#### 概要\n\n{CARD}#### 工程表\n\n{SCHEDULE}",
    ],
)
def test_the_owner_of_a_card_is_that_of_the_schedule_below(body):
    """It is in doubt: nobody is accused of a row without an owner, and none is taken for sure."""
    made = drafted(plan_of_town(f"## 取組\n\n### 施策1 窓口の改革\n\n{body}"))["measures"]
    rows = [each for each in made if each["title"] != "窓口の改革"]
    assert [each["title"] for each in rows] == ["書かない窓口の導入", "証明書のコンビニ交付の拡充"]
    assert all(each["owner"] == "住民課" and "owner" in doubtful(each) for each in rows)


def test_what_a_card_says_of_a_row():
    """The state that the card tells is asked of the row that it names, and of no other."""
    card = "| 担当課 | 住民課 |\n|---|---|\n| 概要 | 書かない窓口は引き続き実施しています。 |\n\n"
    body = f"## 取組\n\n### 施策1 窓口の改革\n\n{card}{SCHEDULE}"
    states = {e["title"]: e.get("status") for e in drafted(plan_of_town(body))["measures"]}
    assert states["書かない窓口の導入"] == "ongoing"
    assert states["証明書のコンビニ交付の拡充"] is None


def test_an_annex_that_lists_tasks_with_their_days():
    """Day and state stand in one cell below 移行時期; 資料1 is the section."""
    names = ("固定資産税", "介護保険", "国民年金", "児童手当", "戸籍")
    rows = "".join(f"| {name} | 令和9年1月（予定） | |\n" for name in names)
    rows += "| 印鑑登録 | 令和8年1月（完了） | |\n| 住民基本台帳 | 令和8年1月 | |\n"
    table = f"| 業務名 | 移行時期 | 備考 |\n|---|---|---|\n{rows}"
    said = drafted(plan_of_town(f"## 資料1 標準化対象業務一覧\n\n{table}"))["standardization"]
    assert said["scope"] == "list"
    assert len(said["systems"]) == 7
    assert sure(said["systems"]["long-term-care"])["target"] == "令和9年1月"
    assert said["systems"]["seal-registration"]["migrated"] == "令和8年1月"
    assert said["systems"]["family-register"]["evidence"][0]["section"].endswith("資料1")


@pytest.mark.parametrize(
    "body",
    [
        f"{YEARS}| 計画期間 | 4年 | 5年 |\n",
        f"{YEARS}| 実施時期 | 4月 | 3月 |\n",
        "計画期間は、令和8年4月から令和13年3月まで",
        "計画期間 現状値（令和6年度）4日 → 目標値（令和12年度）3日",
        (
            "| 担当課 | 総務課 | | |\n|---|---|---|---|\n| 成果指標 | 電子申請率 | | |\n"
            "| 目標値 | 20%(実績) | 40%(令和9年度) | 60%(令和12年度) |\n"
        ),
    ],
)
def test_dates_periods_and_figures_are_no_indicators(body):
    assert "indicators" not in drafted(plan_of_town(f"## 成果指標\n\n{body}"))


@pytest.mark.parametrize(
    "front",
    ["令和8年度～令和12年度\n\n令和8年3月", "令和8年度～令和12年度／令和8年3月",
     "令和8年度\n\n～\n\n令和12年度\n\n令和8年3月", "令和8年4月～令和9年3月\n\n令和8年3月"],
)  # fmt: skip
def test_the_month_on_a_cover_is_the_day(front):
    """The period beside it, or a year of it in a line of its own, is no candidate."""
    text = f"見本町DX推進計画\n\n{front}\n\n見本町\n\n## 趣旨\n\n本計画はDXを進めるものです。"
    about = drafted(text)["plan"]
    assert about["established"] == "令和8年3月"
    asked = [e for e in about.get("doubts", ()) if "established" in e["of"]]
    assert not any("candidates" in each for each in asked)


def test_policies_of_each_body():
    """Each body of a town has its own policy, with its own state and day."""
    said = (
        "サイバーセキュリティを確保するための方針は、町長部局について令和8年3月に定め、公表しました。"
        "教育委員会その他の委員会及び議会の方針は令和8年度中に定めます。"
        "委託先の機器の選定基準の整備を検討します。ネットワークは「αモデル」を採用しています。"
        "生成AIの利用ガイドラインを定めました。"
    )
    found = drafted(plan_of_town(f"## 情報セキュリティ\n\n{said}"))["provisions"]
    told = {
        key: {k: v for k, v in sure(each).items() if k != "evidence"} for key, each in found.items()
    }
    cyber = "cybersecurity-policy-of"
    assert told[f"{cyber}-mayor"] == {
        "status": "in-place",
        "since": "令和8年3月",
        "published": "yes",
    }
    for body in ("committees", "assembly"):
        assert told[f"{cyber}-{body}"] == {"status": "planned", "since": "令和8年度"}
    assert told["supply-chain"] == {"status": "considered"}
    assert told["three-layers"] == told["ai-guideline"] == {"status": "in-place"}


def test_health_insurance_as_a_tax():
    """A tax is no premium; where both words stand, it is asked."""
    said = "## 公金収納\n\n国民健康保険税は令和5年4月からeL-QRで納付できます。"
    assert sure(drafted(plan_of_town(said))["collection"])["health_insurance"] == "tax"
    both = drafted(plan_of_town(f"{said}国民健康保険料の減免もあります。"))["collection"]
    assert "health_insurance" in doubtful(both)


@pytest.mark.parametrize(("base", "is_asked"), [("20%", False), ("25%", True)])
def test_an_indicator_told_twice_is_one(base, is_asked):
    """It has both quotations; where they differ, a doubt."""
    body = (
        "## 取組\n\n### 取組1 電子申請\n\n| 担当課 | 総務課 |\n|---|---|\n| 指標 | 申請の割合 |\n"
        "| 現状値 | 20%（令和6年度） |\n| 目標値 | 60%（令和12年度） |\n\n## 成果指標一覧\n\n"
        f"{YEARS}| 申請の割合 | {base} | 60% |\n| 参加者数 | 0人 | 5人 |\n"
        "| 参加者数 | 0人 | 9人 |\n"
    )
    one, *others = drafted(plan_of_town(body))["indicators"]
    assert len(one["evidence"]) == 2
    assert ("baseline" in doubtful(one)) is is_asked
    assert [each["targets"][0]["value"] for each in others] == ["5", "9"]


def test_wrapped_cells_of_a_pdf():
    """A word that went on in the next line is one; what stands in lines of its own stays so."""
    pdf = Pdf()
    pdf.table(60, 100, [60, 200], [["", "項目"], ["", "名称"]], tall=40)
    for top, words in ((110, "セキュリ"), (124, "ティ対策"), (150, "総務課"), (164, "税務課")):
        pdf.text(63 if top > 140 else 78, top, words)
    (table,) = [block for block in read(pdf.saved(), "a.pdf").blocks if block.kind == "table"]
    assert [row[0].text for row in table.rows()] == ["セキュリティ対策", "総務課\n税務課"]
    assert unwrapped("Open\nData の\n公開") == "Open Data の公開"
