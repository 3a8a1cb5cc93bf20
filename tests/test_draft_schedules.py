"""Schedules by parts of years, keys above tables, states with notes, remarks."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from dxrules.document.reading_process import original_from
from dxrules.draft import draft, load_reading
from dxrules.draft.measure_states import status_of
from tests.helpers.documents import doubtful, drafted, plan_of_town, source, sure

TODAY = date(2026, 11, 20)
READING = load_reading()
FIRST_YEAR = "計画期間は令和8年度から令和10年度までとします。\n\n"


def measure(body, title="電子契約の導入"):
    """Return what is sure of a measure of a plan with a body."""
    found = sure(drafted(plan_of_town(FIRST_YEAR + body))).get("measures", ())
    return next((each for each in found if each["title"] == title), {})


@pytest.mark.parametrize(
    ("heading", "heads", "days"),
    [
        (
            "令和8年度に行うこと",
            "1Q | 2Q | 3Q | 4Q",
            ("令和8年度第2四半期", "令和8年度第3四半期"),
        ),
        (
            "令和8年度の取組",
            "第1四半期 | 第2四半期 | 第3四半期 | 第4四半期",
            ("令和8年度第2四半期", "令和8年度第3四半期"),
        ),
        ("令和8年度の取組", "12月 | 1月 | 2月 | 3月", ("令和9年1月", "令和9年2月")),
        (
            "取組",
            "令和8年度上期 | 令和8年度下期 | 令和9年度上期 | 下期",
            ("令和8年度", "令和9年度"),
        ),
        ("取組", "令和8年度 | 令和9年度 | 令和10年度 | 備考", ("令和9年度", "令和10年度")),
    ],
)
def test_parts_of_a_year(heading, heads, days):
    """Quarters and months are of the year of the heading; of several years the years count."""
    body = (
        f"## {heading}\n\n| 取組 | 担当 | {heads} |\n|--|--|--|--|--|--|\n"
        "| 電子契約の導入 | 総務課 | | ● | ● | |\n"
    )
    made = measure(body)
    assert (made["start"], made["due"]) == days


def test_a_key_above_the_heads():
    """What stands beside 凡例 heads no column; of two columns of states progress counts."""
    body = (
        "## 取組\n\n| 凡例 | | 検討 | | 実施 | |\n|--|--|--|--|--|--|\n"
        "| 取組 | 担当 | 区分 | 進捗状況 | R8 | R9 |\n"
        "| 電子契約の導入 | 総務課 | 継続 | 完了 | ● | |\n"
        "| 来庁予約の導入 | 住民課 | 新規 | 遅れている | ● | ● |\n"
    )
    assert measure(body)["status"] == "done"
    assert measure(body, "来庁予約の導入")["status"] == "late"


def test_a_first_year_that_is_coloured_in_every_row():
    """A coloured column without words is the first year of a schedule, and no look of it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["見本町DX推進計画"])
    sheet.append(["見本町"])
    sheet.append(["施策一覧"])
    sheet.append(["施策名", "担当課", "令和8年度", "令和9年度", "令和10年度"])
    rows = {"電子契約の導入": 1, "来庁予約の導入": 2}
    for number, (title, years) in enumerate(rows.items(), 5):
        sheet.append([title, "総務課"])
        for column in range(3, 3 + years):
            sheet.cell(number, column).fill = PatternFill("solid", fgColor="2F75B5")
    for column in range(1, 6):
        sheet.cell(4, column).fill = PatternFill("solid", fgColor="D9E1F2")
    stream = io.BytesIO()
    book.save(stream)
    original = original_from(stream.getvalue(), "plan.xlsx")
    made = draft(original, source(), TODAY).data["measures"]
    days = {each["title"]: (each.get("start"), each.get("due")) for each in made}
    assert days == {
        "電子契約の導入": ("令和8年度", "令和8年度"),
        "来庁予約の導入": ("令和8年度", "令和9年度"),
    }


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("実施している", {"status": "ongoing"}),
        ("△遅れ（システムの調整が長引いたため、開始を延ばした）", {"status": "late"}),
        ("未着手（計画どおり）", {"status": "planned"}),
        ("未着手（令和8年度に着手予定）", {"status": "planned"}),
        ("未着手", {"status": "not-done"}),
        ("完了した（令和7年8月）", {"status": "done", "completed": "令和7年8月"}),
        ("実施済（令和7年8月に完了）", {"status": "done", "completed": "令和7年8月"}),
        ("庁舎の改修", {}),
    ],
)
def test_states_with_their_notes(cell, told):
    """A note tells why, or when it was done; a sign before the word adds nothing."""
    assert status_of(cell, READING) == told


def test_what_remarks_tell():
    """How often, and of what is done the day; stages leave a state alone that is told."""
    body = (
        "## 取組\n\n| 取組 | 担当 | 状況 | R8 | R9 | 備考 |\n|--|--|--|--|--|--|\n"
        "| 電子契約の導入 | 総務課 | 完了 | 導入 | | 令和8年12月に全課で完了 |\n"
        "| セキュリティ監査 | 総務課 | 実施中 | 構築 | 運用 | 2年に1回 |\n"
        "| 来庁予約の導入 | 住民課 | 実施済 | ―（令和8年2月に完了） | | |\n"
    )
    done = measure(body)
    assert (done["completed"], done["due"]) == ("令和8年12月", "令和8年度")
    audit = measure(body, "セキュリティ監査")
    assert (audit["status"], audit["recurrence"]) == ("ongoing", "every-two-years")
    booking = measure(body, "来庁予約の導入")
    assert (booking["completed"], "start" in booking) == ("令和8年2月", False)


def test_figures_below_a_schedule():
    """How much is done in a year is of the schedule, where its head says so."""
    body = (
        "## 取組\n\n| 取組 | 担当 | 年次計画 | 年次計画 |\n|--|--|--|--|\n| | | R8 | R9 |\n"
        "| 電子契約の導入 | 総務課 | 3部局 | 全部局 |\n"
    )
    made = drafted(plan_of_town(FIRST_YEAR + body))["measures"][0]
    assert (made["start"], "start" in doubtful(made)) == ("令和8年度", False)


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        ("実 | 実 | 拡", ("令和8年度", "令和10年度")),
        ("実 | ― | ―", ("令和8年度", "令和8年度")),
        ("― | 準 | 実", ("令和9年度", "令和10年度")),
        ("― | 準 | ―", ("令和9年度", "令和9年度")),
    ],
)
def test_dashes_beside_single_signs(cells, days):
    """Where a row begins with a dash before a sign, dashes of the table stand for nothing."""
    body = (
        "## 取組の工程\n\n凡例：準＝準備、実＝実施、拡＝拡大、―＝なし\n\n"
        "| 取組 | 担当 | 令和8年度 | 令和9年度 | 令和10年度 |\n|--|--|--|--|--|\n"
        f"| 電子契約の導入 | 総務課 | {cells} |\n| 電子決裁の導入 | 総務課 | ― | 準 | 実 |\n"
    )
    made = measure(body)
    assert (made["start"], made["due"]) == days


@pytest.mark.parametrize("first", ["令和8年度", "R8", "2026年度"])
def test_years_from_the_first_cell_of_a_schedule(first):
    """A schedule below a heading needs no label before its years."""
    body = (
        "## 施策別シート\n\n### 施策1-1　電子契約の導入\n\n- 所管課：総務課\n"
        "- 取組内容：契約を電子化する。\n\n"
        f"| {first} | 令和9年度 | 令和10年度 |\n|--|--|--|\n| ■ | ■ | ■ |\n"
    )
    made = measure(body)
    assert made["start"] in {first, "令和8年度", "令和8年"}
    assert made["due"] == "令和10年度"


def test_shares_of_answers_are_no_measures():
    """Items of a survey end with the share of those who said so."""
    body = "## 市民の声\n\n・手続で困ったことがある　63％\n・申請の待ち時間が長い　48％\n"
    found = drafted(plan_of_town(FIRST_YEAR + body)).get("measures", ())
    assert [each["title"] for each in found] == []
