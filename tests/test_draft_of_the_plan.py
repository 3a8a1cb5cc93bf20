"""Periods, authors, other plans and documents cited, in ways that covers and chapters tell them."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.dates import parse_period
from tests.helpers.documents import drafted, plan_of_town, sure

COVER = "# 見本町DX推進計画\n\n見本町\n\n"


def plan(text):
    """Return what is sure of the plan in a document of 見本町."""
    return sure(drafted(text, town="見本町"))["plan"]


@pytest.mark.parametrize(
    "text",
    [
        f"{COVER}2026-2029\n\n## 計画期間\n\n令和8年度から令和11年度までとします。\n",
        f"{COVER}2026→29\n\n## 計画期間\n\n令和8年4月から令和12年3月まで\n",
        f"{COVER}2026-2030\n\n## 計画の期間\n\n令和8年度～令和11年度\n",
        f"{COVER}令和8年度～令和11年度\n\n## 研修\n\n期間：令和9年度～令和10年度\n",
        f"{COVER}## 計画期間\n\n令和8～11年度\n\n## 窓口\n\n・実施期間：令和8年度～令和9年度\n",
        f"{COVER}（見本町　令和8年度―令和11年度）\n",
        f"{COVER}２　期間は\n\n令和8年度からの4年間\n",
        f"{COVER}## 第1章\n\n(1) 市町村の計画\n\n(2) 県の計画\n\n２　計画の期間\n\n令和8～11年度\n",
        f"{COVER}本町の構想を進めるための、令和8年度から令和11年度までの工程を示したものです。\n",
    ],
)
def test_periods_that_do_not_contradict_each_other(text):
    """Years alone and the period of a part leave no doubt of that of the plan."""
    period = parse_period(plan(text)["period"])
    assert (period.start, period.end) == (date(2026, 4, 1), date(2030, 3, 31))


@pytest.mark.parametrize(
    "body",
    [
        "2026-2029\n\n## 計画期間\n\n令和9年度から令和12年度までとします。",
        "令和8年度～令和11年度\n\n## 概要\n\n計画期間：令和8年度～令和12年度",
    ],
)
def test_periods_that_contradict_each_other(body):
    """Other years, or another period of the plan itself, are a question."""
    assert "period" not in plan(COVER + body)


@pytest.mark.parametrize(
    ("end", "author"),
    [
        ("発行　見本町総務課", "見本町"),
        ("（編集）見本町総務課", "見本町"),
        ("編集・発行：見本町総務課", "見本町"),
        ("【発行】見本町総務課", "見本町"),
        ("策定主体：見本町総務課", "見本町総務課"),
        ("作成者　見本町総務課", "見本町総務課"),
    ],
)
def test_an_office_at_the_end_and_the_town_on_the_cover(end, author):
    """The town on the cover made the plan that an office issued, unless that says that it did."""
    assert plan(f"{COVER}## 取組\n\n進めます。\n\n{end}\n")["author"] == author


@pytest.mark.parametrize(
    "body",
    [
        "- 第5次見本町総合計画（令和4年度～令和13年度）の実施計画\n- 官民データ活用推進計画",
        "一　見本町総合計画の下位計画\n\n二　町の条例による計画",
        "| 国 | デジタル手続法 |\n|---|---|\n| 町 | 第5次見本町総合計画 |",
        "- 第5次見本町総合計画\n- 見本町地域防災計画",
        "・見本町デジタル条例に基づく計画\n第5次見本町総合計画の個別計画",
    ],
)
def test_plans_above_in_lists(body):
    """The plan of all of the town, in a list of what the plan rests on, is above it."""
    found = plan(f"{COVER}## 計画の位置付け\n\n{body}\n")["parents"]
    assert [each["title"][-7:] for each in found] in (["見本町総合計画"], ["町総合計画"])


@pytest.mark.parametrize(
    ("body", "former"),
    [
        ("町は「見本町情報化計画」（令和4年度～令和7年度）に沿って庁内LANを整備しました。", True),
        ("令和3～7年度の「見本町ICTプラン」に基づき、電子申請を広げてきました。", True),
        ("「見本町情報化計画」（令和4年度～令和7年度）は、本計画に引き継いだ。", True),
        ("「見本町DXロードマップ」（令和5～7年度）は、本計画の決定をもって廃止する。", True),
        ("平成28年度から令和7年度までを期間とした「見本町情報化計画」は、廃止する。", True),
        ("町は「見本町情報化計画」（令和4年度～令和13年度）に沿って庁内LANを整備しました。", False),
        ("町は「見本町情報化計画」（平成28～令和2年度）に沿って庁内LANを整備しました。", False),
    ],
)
def test_a_plan_that_ended_when_this_one_began(body, former):
    """A digital plan whose period ends right before that of the plan was replaced by it."""
    found = plan(f"{COVER}令和8年度～令和12年度\n\n## はじめに\n\n{body}\n")
    assert ("replaces" in found) is former
    assert not former or "period" in found["replaces"]


@pytest.mark.parametrize(
    ("said", "is_cited"),
    [
        ("県が令和7年10月に公表した「県デジタル戦略2025」との整合を図ります。", True),
        ("県の「DX推進プラン」（令和7年3月）に呼応します。", True),
        ("県の「情報化推進指針」は、既に廃止されているため、これによりません。", False),
        ("県の「DX推進指針」は参考にとどめます。", False),
        ("県の「DX推進計画」にはよらないこととします。", False),
    ],
)
def test_plans_of_the_prefecture_that_are_set_aside(said, is_cited):
    """What the plan does not go by is not cited, whoever made it."""
    cites = plan(plan_of_town(said)).get("cites", ())
    assert ("prefecture-plan" in [each["document"] for each in cites]) is is_cited


@pytest.mark.parametrize(
    "cover",
    [
        "見本町\n\nデジタル推進計画\n\n令和8年\n\n## 序\n\n見本町デジタル推進計画を定めます。",
        "Mihon Town Digital Shift 2027 見本町デジタル推進計画",
        "title: 見本町デジタル推進計画\n\n# 見本町デジタル推進計画",
        "ホーム 町政 計画 見本町デジタル推進計画\n\n# 見本町デジタル推進計画",
    ],
)
def test_lines_beside_the_title(cover):
    """The town above its title is a part of it, and neither English nor a trail of pages is."""
    text = f"{cover}\n\n見本町\n\n## 第1章\n\n進めます。\n"
    assert plan(text)["title"] == "見本町デジタル推進計画"


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ("令和8年度▶令和11年度", date(2030, 3, 31)),
        ("2期間　令和8年度を初年度とし、令和11年度を最終年度とする4か年", date(2030, 3, 31)),
        ("◇期間　令和8年度から令和11年度までの4年間（任期に合わせたもの）", date(2030, 3, 31)),
        (
            "本計画は、令和8年度から令和11年度までの4年間を計画期間として策定しました。",
            date(2030, 3, 31),
        ),
        ("対象とする期間は、令和8年4月から令和12年3月までの4年間とします。", date(2030, 3, 31)),
        ("（第2期：令和8年度～令和11年度）", date(2030, 3, 31)),
    ],
)
def test_periods_in_other_words_and_signs(said, end):
    """Drawn by an arrow, below a sign, or said in prose."""
    assert parse_period(plan(f"{COVER}{said}\n\n## 第1章\n\n進めます。\n")["period"]).end == end


def test_years_alone_are_those_that_the_text_tells_whole():
    """2026-2029 on the cover bears out a sentence that would be asked; alone it is asked."""
    years = f"{COVER}2026-2029\n\n"
    text = f"{years}## 対象\n\n令和8年度から令和11年度までの4年間に取り組みます。\n"
    assert parse_period(plan(text)["period"]).start == date(2026, 4, 1)
    assert "period" not in plan(f"{years}## 第1章\n\n進めます。\n")


def test_the_period_below_a_measure_is_not_that_of_the_plan():
    """Where the plan tells its own elsewhere."""
    text = (
        f"{COVER}## 計画の期間\n\n令和8年度～令和11年度\n\n## 取組\n\n### 窓口の改善\n\n"
        "#### 期間\n\n令和8年度～令和9年度\n"
    )
    assert plan(text)["period"] == "令和8年度～令和11年度"


def test_two_acts_in_one_line_of_the_cover():
    """The day after 策定 is that of the revision if one stands before it."""
    found = plan(
        "# 見本町DX推進計画\n\n令和6年3月策定　令和8年5月改定\n\n見本町\n\n## 序\n\n述べます。\n"
    )
    assert (found["established"], found["revised"][0]["on"]) == ("令和6年3月", "令和8年5月")


def test_an_edition_that_the_plan_does_not_go_by_yet():
    """The one before it counts; and a day may be told in figures alone."""
    said = (
        "国の自治体DX推進計画【第3.0版】を踏まえており、令和8年の改定では第5.1版を反映していない。"
        "また、国の重点計画（R7.6）を参考とした。"
    )
    cites = drafted(f"{COVER}## 位置付け\n\n本計画は、{said}\n", town="見本町")["plan"]["cites"]
    told = {each["document"]: (each.get("edition"), each.get("date")) for each in cites}
    assert told == {"dx-promotion-plan": ("3.0", None), "priority-plan": (None, "R7.6")}


@pytest.mark.parametrize(("end", "status"), [(" 骨子案", "outline"), ("の素案", "draft")])
def test_a_state_behind_the_title_without_brackets(end, status):
    """What a plan is as yet is no part of its name."""
    data = sure(drafted(f"# 見本町DX推進計画{end}\n\n見本町\n\n## 1 趣旨\n\n本計画を定める。\n"))
    assert data["plan"]["title"] == "見本町DX推進計画"
    assert data["plan"]["status"] == status
