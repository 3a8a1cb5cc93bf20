"""Facts of a draft that tables, lists and lines tell one by one, in the layouts of offices."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dxrules.dates import parse_date
from dxrules.document.text import full_line, original_of
from dxrules.draft import DraftContext, draft, load_reading
from dxrules.draft.in_time import in_time
from dxrules.reference.gazetteer import gazetteer
from dxrules.rules import load_law

TODAY = date(2026, 11, 20)
COVER = "上三川町DX推進計画\n\n令和8年3月\n\n上三川町\n\n"
TASKS = "## 標準化\n\n"
CHARGES = "## 公金収納（eL-QR）\n\n"


@pytest.fixture(scope="module")
def source() -> DraftContext:
    return DraftContext(load_reading(), load_law().reference, gazetteer())


def drafted(source: DraftContext, body: str) -> dict[str, Any]:
    town = source.gazetteer.named("上三川町")[0]
    return draft(original_of(COVER + body, "a.md"), source, TODAY, town).data


def systems(source: DraftContext, body: str) -> dict[str, tuple[str, str]]:
    """Return of each task its state, and its day."""
    said = drafted(source, TASKS + body)["standardization"]["systems"]
    return {
        task: (each.get("status", ""), each.get("migrated") or each.get("target") or "")
        for task, each in said.items()
    }


@pytest.mark.parametrize(
    "body",
    [
        (
            "| 業務 | 区分 | 時期 |\n|---|---|---|\n| 住民基本台帳 | 移行済 | 令和8年1月 |\n"
            "| 介護保険 | 移行予定 | 令和9年1月 |\n"
        ),
        (
            "| 業務 | 状況 | 移行日（移行予定） |\n|---|---|---|\n"
            "| 住民基本台帳 | 移行済 | 令和8年1月 |\n| 介護保険 | 予定 | 令和9年1月予定 |\n"
        ),
        (
            "| 基幹業務 | 見通し |\n|---|---|\n| 住民基本台帳 | 令和8年1月に移行済み |\n"
            "| 介護保険 | 令和9年1月移行予定 |\n"
        ),
        (
            "| 業務 | 状況 | 業務 | 状況 |\n|---|---|---|---|\n"
            "| 住民基本台帳 | 令和8年1月移行済 | 介護保険 | 令和9年1月移行予定 |\n"
            "| 生活保護 | 対象外 | 児童扶養手当 | 対象外 |\n"
        ),
        (
            "| 業務 | 移行予定 | 移行実績 |\n|---|---|---|\n"
            "| 住民基本台帳 | 令和7年12月 | 令和8年1月 移行済 |\n| 介護保険 | 令和9年1月 | － |\n"
        ),
        "- 移行済み（1業務・令和8年1月）：住民基本台帳\n- 令和9年1月移行予定：介護保険\n",
        "住民基本台帳：令和8年1月移行済み\n介護保険：令和9年1月移行予定\n",
        (
            "令和8年1月に次の業務を移行しました。\n\n- 住民基本台帳\n\n"
            "令和9年1月に移行する業務は次のとおりです。\n\n- 介護保険\n"
        ),
    ],
)
def test_tasks_are_read_in_every_layout(source: DraftContext, body: str) -> None:
    assert systems(source, body) == {
        "resident-register": ("migrated", "令和8年1月"),
        "long-term-care": ("planned", "令和9年1月"),
    }


def test_reasons_and_marks_of_tasks(source: DraftContext) -> None:
    body = (
        "| 業務 | 移行済み | 特定移行支援 | 対象外 |\n|---|---|---|---|\n"
        "| 住民基本台帳 | ○ | | |\n| 戸籍 | | ○ | |\n| 生活保護 | | | ○ |\n"
    )
    said = drafted(source, TASKS + body)["standardization"]
    assert said["excluded"] == [{"task": "public-assistance"}]
    assert said["systems"]["family-register"]["exception"] == "transition-support"
    prose = "標準化の対象は、県が行う生活保護を除く19業務である。"
    told = drafted(source, TASKS + prose)["standardization"]
    assert told["excluded"] == [{"task": "public-assistance", "reason": "run-by-prefecture"}]
    others = "対象事務は、町村では生活保護が対象外となりますが、本町は20業務の全てです。"
    assert "excluded" not in drafted(source, TASKS + others).get("standardization", {})


def test_a_task_of_which_something_is_not_understood_makes_no_list(source: DraftContext) -> None:
    rows = "".join(f"| {t} | 済 |\n" for t in ("住民基本台帳", "印鑑登録", "介護保険", "国民年金"))
    rows += "| 児童手当 | 済 |\n"
    table = "| 業務 | 状況 |\n|---|---|\n" + rows
    assert drafted(source, TASKS + table)["standardization"]["scope"] == "list"
    unclear = drafted(source, TASKS + table + "| 戸籍 | 別途協議による |\n")["standardization"]
    assert unclear["scope"] == "unstated"
    assert "family-register" not in unclear["systems"]


@pytest.mark.parametrize(
    "body",
    [
        (
            "| 公金 | 状況 | 時期 |\n|---|---|---|\n| 町税 | 実施済 | 令和5年4月 |\n"
            "| 介護保険料 | 準備中 | 令和9年4月（予定） |\n"
        ),
        (
            "| 時期 | 公金 |\n|---|---|\n| 令和5年4月（開始済み） | 町税 |\n"
            "| 令和9年4月（準備中） | 介護保険料 |\n"
        ),
        "町税：対応済み（令和5年4月）\n介護保険料：準備中（令和9年4月）\n",
        "町税　令和5年4月導入済\n\n介護保険料　準備中（令和9年4月）\n",
        (
            "| 公金 | eL-QR対応 |\n|---|---|\n| 町税 | ○（令和5年4月～） |\n"
            "| 介護保険料 | 令和9年4月に向け準備中 |\n"
        ),
        "町税は令和5年4月から使っています。介護保険料は令和9年4月の開始を予定し、準備を進めています。",
    ],
)
def test_charges_are_read_in_every_layout(source: DraftContext, body: str) -> None:
    charges = drafted(source, CHARGES + body)["collection"]["charges"]
    found = {id_: (each["status"], each["start"]) for id_, each in charges.items()}
    assert found == {
        "local-tax": ("started", "令和5年4月"),
        "long-term-care-premium": ("preparing", "令和9年4月"),
    }


def test_charges_that_share_a_state_have_each_its_day(source: DraftContext) -> None:
    said = (
        "eL-QRの活用は、介護保険料では令和9年4月から、水道料金では令和10年4月から予定しています。"
    )
    charges = drafted(source, CHARGES + said)["collection"]["charges"]
    assert {id_: each["start"] for id_, each in charges.items()} == {
        "long-term-care-premium": "令和9年4月",
        "water": "令和10年4月",
    }


def test_each_post_has_its_own_holder(source: DraftContext) -> None:
    body = "## 推進体制\n\nCIO（副町長）が全体を統括し、CISO（総務部長）が安全を統括します。"
    posts = drafted(source, body)["provisions"]
    assert (posts["cio"]["rank"], posts["ciso"]["rank"]) == ("deputy-mayor", "executive")
    lines = drafted(source, "## 推進体制\n\nCIO・CISO：副町長\nCAIO：総務部長\n")["provisions"]
    ranks = {post: each["rank"] for post, each in lines.items()}
    assert ranks == {"cio": "deputy-mayor", "ciso": "deputy-mayor", "caio": "executive"}


def test_the_period_on_a_cover_is_no_day(source: DraftContext) -> None:
    town = source.gazetteer.named("上三川町")[0]
    text = (
        "上三川町DX推進計画\n\n令和8年度～令和10年度\n\n上三川町\n\n令和6年9月改定、令和5年3月策定"
    )
    about = draft(original_of(text, "a.md"), source, TODAY, town).data["plan"]
    assert "～" not in str(about.get("established"))


def test_lines_of_a_narrow_text_are_joined() -> None:
    line = "本町が対象とする業務を令和八年一月に移行"
    assert full_line([line] * 3 + [f"{n}{line[1:]}" for n in "あいうえおかきくけこ"]) == 18
    assert full_line([line, "短い行"]) == 30


def test_what_is_done_before_its_time_is_in_doubt() -> None:
    done = {"title": "a", "status": "done", "start": "令和9年度"}
    assert in_time(done, TODAY)["doubts"][0]["candidates"] == ["done", "planned"]
    assert "doubts" not in in_time(done | {"start": "令和5年度"}, TODAY)
    assert "doubts" not in in_time(done | {"start": "?"}, TODAY)


def test_a_quarter_of_a_year_is_counted_from_january_or_april() -> None:
    found = parse_date("令和7年第3四半期")
    assert (found.earliest, found.latest) == (date(2025, 7, 1), date(2025, 12, 31))
    assert parse_date("令和7年第3四半期末").earliest == date(2025, 9, 30)
