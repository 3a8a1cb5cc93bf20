"""Indicators in tables, cards, lines and sentences, whatever way a municipality tells them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dxrules.document.drawn_tables import drawn_rows
from dxrules.draft.figures_in_text import named_values
from tests.helpers.documents import doubtful, drafted, plan_of_town, source, sure

CASES = (Path(__file__).parent / "data" / "indicators.txt").read_text("utf-8").split("=== ")[1:]
PERIOD = "計画期間は令和8年度から令和12年度までとします。\n\n"
TABLE = "| 指標 | 現状（R6） | 目標（R12） |\n|--|--|--|\n"


def shown(indicator):
    """Return an indicator as a line: title, unit, baseline, targets."""
    base = indicator.get("baseline")
    return " | ".join((
        indicator["title"],
        indicator.get("unit", "-"),
        f"{base['value']} {base.get('on', '-')}" if base else "-",
        *(f"{e.get('value') or e['relative']} {e['year']}" for e in indicator.get("targets", ())),
    ))  # fmt: skip


def told(body):
    """Return the indicators that are sure in a plan with a body."""
    return [shown(each) for each in sure(drafted(plan_of_town(body))).get("indicators", ())]


@pytest.mark.parametrize("case", CASES)
def test_indicators_are_sure(case):
    """Name, unit, baseline and targets are read, each with its year, and nothing else is."""
    first, _, rest = case.partition("\n")
    body, _, lines = rest.partition("\n---\n")
    assert told(f"{'' if first else PERIOD}{body}\n") == lines.rstrip("\n").split("\n")


@pytest.mark.parametrize(
    "body",
    [
        "## 村のすがた\n\n平成22年　令和2年　令和7年\n\n世帯（世帯）　1,013　922　806",
        "## 目標\n\n県の戦略では、県全体の電子決裁率を令和6年度の70％から令和9年度に95％とします。",
        "## 指標\n\n- 県全体の電子決裁率　95％（令和9年度）\n- 全国の電子決裁率　90％（令和9年度）",
        "## 見通し\n\n| | 今（R6） | R12 |\n|--|--|--|\n| 高齢者の世帯数 | 120 | 140 |",
        f"## 指標\n\n{TABLE}| 講座の受講者数 | 205人 | 設定しない |",
    ],
)
def test_what_is_no_indicator_of_the_town(body):
    """Counts of the past, aims of others and what is no longer aimed at are none."""
    assert told(f"{PERIOD}{body}\n") == []


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        (f"## 指標\n\n{TABLE}| 満足度 | 70％ | 向上 |", {"targets"}),
        (
            "## 指標\n\n| 指標 | 現状（R6） | 目標 |\n|--|--|--|\n| 満足度 | 70％ | 80％ |",
            {"targets"},
        ),
        (
            "## 指標\n\n| 指標 | R6実績 | R8実績 | R9目標 |\n|--|--|--|--|\n| 満足度 | 7 | 8 | 9 |",
            {"baseline"},
        ),
        (
            f"## 指標\n\n{TABLE}| 満足度 | 70％※ | 80％ |\n\n※ 令和5年度の値です。",
            {"baseline"},
        ),
    ],
)
def test_what_a_table_leaves_open_is_asked(body, keys):
    """An aim in words, one without a year, and which result a plan began with."""
    (made,) = drafted(plan_of_town(f"{PERIOD}{body}\n"))["indicators"]
    assert {*doubtful(made)} & {"baseline", "targets"} == keys


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("アプリの登録者数は、令和11年度末に900人とすることを目標とします。", ["900"]),
        ("相談会は令和6年度に12回でした。令和8年度からは毎年度24回開きます。", ["24"]),
    ],
)
def test_what_sentences_tell_in_part_is_asked(said, values):
    """An aim without a baseline, and a name that is none of what is counted."""
    (made,) = drafted(plan_of_town(f"{PERIOD}## 取組\n\n{said}\n"))["indicators"]
    assert [each["value"] for each in made["targets"]] == values
    assert any("of" not in each for each in made["doubts"])


def test_a_table_that_only_its_years_tell_of_is_asked():
    """Figures of a year before the plan and of one in it may be of no indicator."""
    table = "| 確認 | R6の値 | R10 | R12 |\n|--|--|--|--|\n| 申請の件数 | 20 | 40 | 60 |\n"
    (made,) = drafted(plan_of_town(f"{PERIOD}## 進行\n\n{table}"))["indicators"]
    assert [each["value"] for each in made["targets"]] == ["40", "60"]
    assert any("of" not in each for each in made["doubts"])


def test_years_from_which_others_are_counted_are_no_aims():
    """令和8年度からの5年間で tells no year by which a figure is reached."""
    said = "令和8年度からの5年間で、電子申請率を60％にします。令和6年度は20％でした。"
    assert told(f"{PERIOD}## 目標\n\n{said}\n") == []


def test_a_note_without_a_year_leaves_no_question():
    """A mark after a figure is asked about only if a note may tell another day."""
    body = f"{PERIOD}## 指標\n\n{TABLE}| 満足度 | 70％※ | 80％ |\n\n※ 窓口での調査によります。\n"
    assert told(body) == ["満足度 | % | 70 令和6年度 | 80 令和12年度"]


def test_less_is_a_negative_figure():
    """△ before a figure is its sign, not a mark."""
    body = f"{PERIOD}## 指標\n\n{TABLE}| 紙の使用量（令和4年度比） | △6％ | △50％ |\n"
    assert told(body) == ["紙の使用量（令和4年度比） | % | -6 令和6年度 | -50 令和12年度"]


def test_indicators_of_an_annex_are_those_of_the_town():
    """資料編 is often of others, but what is headed 指標一覧 there is the town's."""
    body = f"{PERIOD}## 資料編 指標一覧\n\n{TABLE}| 満足度 | 70％ | 80％ |\n"
    assert told(body) == ["満足度 | % | 70 令和6年度 | 80 令和12年度"]


def test_a_name_holds_no_figures():
    """What tells an indicator whole is no part of the name of the next one."""
    said = "受付20%(令和6年度)→60%(令和12年度)相談の件数12件(令和6年度)→20件(令和12年度)"
    assert named_values(said, source().reading) is None


def test_drawn_tables():
    """Rows between rules are joined, where a line without a first cell goes on."""
    rule = "+----+----+"
    lines = [
        rule,
        "|指標|目標|",
        "|    |（件）|",
        rule,
        "|受付|60|",
        rule,
        "|相談|8|",
        rule,
        "以上",
    ]
    assert drawn_rows(lines, 0) == ([["指標", "目標\n（件）"], ["受付", "60"], ["相談", "8"]], 8)
    for chart in (["┌──┐", "│町長│", "└──┘"], ["┌─┬─┐", "│a│b│", "│c│"]):
        assert drawn_rows(chart, 0) == ([], 0)
    assert drawn_rows(["文章"], 0) == ([], 0)


def test_aims_of_a_former_plan_are_none_of_this_one():
    """What was to be reached before the plan begins is told of what is past."""
    body = (
        "## 前期の指標の結果\n\n| 指標 | 基準(令和元年度) | 前期目標(令和6年度) | 判定 |\n"
        "|--|--|--|--|\n"
        "| 電子申請の件数(件) | 3,402 | 15,000 | ○ |\n"
    )
    assert told(f"{PERIOD}{body}") == []
