"""Plans above and before, in the ways in which towns tell what their plan is to other plans."""

from __future__ import annotations

import pytest

from tests.helpers.documents import drafted, sure

COVER = "# 見本町DX推進計画\n\n令和8年度～令和11年度\n\n見本町\n\n"


def plan(body):
    """Return what is sure of the plan in a document of 見本町."""
    return sure(drafted(COVER + body, town="見本町"))["plan"]


PARENT = "第3次見本町総合計画"


@pytest.mark.parametrize(
    "body",
    [
        f"## 位置付け\n\n町の計画の根本をなす「{PARENT}」（令和7～16年度）に従います。",
        f"本計画は、「{PARENT}」（2025年度～2034年度）を情報化の面から推進するための計画です。",
        f"本計画は、{PARENT}（令和7年度～令和16年度）の行政経営分野の実施方針です。",
        f"この計画は、{PARENT}（令和7年度～令和16年度）に即した分野別の計画です。",
        f"上位にあるのは「{PARENT}」（令和7年度から令和16年度まで）です。",
        f"- 上位の計画は、{PARENT}（令和7年度～令和16年度）です。",
        (
            f"町のいちばん大切な計画である『{PARENT}』（令和7年度～令和16年度）を、"
            "デジタルの面から支えます。"
        ),
        (
            f"「{PARENT}」（令和7(2025)年度～令和16(2034)年度）及び「第3期見本町まち・ひと・しごと"
            "創生総合戦略」を上位計画とします。"
        ),
        f"## 上位計画\n\n- {PARENT}（令和7年度～令和16年度）",
        f"## 関係する計画\n\n| 上位計画 | 期間 |\n|---|---|\n| {PARENT} | 令和7年度～令和16年度 |",
    ],
)
def test_a_plan_above_is_known_by_what_this_one_is_for_it(body):
    """Whatever the words of the relation, and in a list or a table below their label, too."""
    above = plan(f"## 第1章\n\n{body}\n")["parents"]
    assert [each["title"] for each in above if "period" in each] == [PARENT]


@pytest.mark.parametrize(
    "said",
    [
        "本計画は、「第3期見本町まち・ひと・しごと創生総合戦略」との整合を図ります。",
        "本計画は、「見本町行財政改革大綱」（令和7年度～令和16年度）と連携して進めます。",
        "本計画は、第3次見本町総合計画と足並みをそろえて進めます。",
        "進み具合は、見本町総合計画審議会に報告します。",
        "国の「デジタル田園都市国家構想総合戦略」を上位計画とします。",
        "本計画は、国の「自治体DX推進計画」を上位計画とします。",
    ],
)
def test_a_plan_beside_this_one_is_not_above_it(said):
    """Nor is one of the nation, nor a council that is called after a plan."""
    assert "parents" not in plan(f"## 位置付け\n\n{said}\n")


def test_a_name_of_all_above_with_a_further_one_in_quotes_is_taken_whole():
    """総合計画「みほんプラン2030」 is called so."""
    said = "本計画は、見本町総合計画「みほんプラン2030」（令和3年度～令和12年度）の個別計画です。"
    assert plan(f"## 第1章\n\n{said}\n")["parents"][0]["title"] == (
        "見本町総合計画「みほんプラン2030」"
    )


@pytest.mark.parametrize(
    "body",
    [
        (
            "本町では、令和4年3月に「見本町ICT活用計画」（以下「前期の計画」といいます。計画期間：令和5"
            "年度から令和7年度まで）を策定し、窓口の改善に取り組んできました。"
        ),
        "町では、「見本町ICT活用計画」を策定し、令和5年度から令和7年度までの3年間、取り組みました。",
        "町は、見本町ICT活用計画（令和5年度～令和7年度）の下で、コンビニ交付を始めました。",
        "「見本町ICT活用計画」（第1期）は、令和5年度から令和7年度までを計画期間としました。",
        "引き継ぐ計画：見本町ICT活用計画（令和5年度～令和7年度）",
        "旧計画：見本町ICT活用計画（令和5年度～令和7年度）",
    ],
)
def test_a_plan_that_ended_where_this_one_begins_is_the_one_before(body):
    """No word says so, but their periods do."""
    former = plan(f"## 第1章\n\n{body}\n")["replaces"]
    assert former["title"] == "見本町ICT活用計画"
    assert former["period"].strip("（）").startswith("令和5年度")


@pytest.mark.parametrize(
    "said",
    [
        "町では、「見本町ICT活用計画」（令和2年度～令和5年度）を策定しました。",
        "これまでの計画：なし（平成20年度の「見本町ICT活用計画」は光回線の整備の計画です。）",
    ],
)
def test_a_plan_of_another_time_is_not_the_one_before(said):
    """One that ended years ago was not replaced by this one."""
    assert "replaces" not in plan(f"## 第1章\n\n{said}\n")


@pytest.mark.parametrize(
    "said",
    [
        "官民データ活用推進計画については、この計画をもってこれに代えるものとします。",
        "この計画は、官民データ活用推進基本法に定める市町村の計画を包含します。",
        "本計画は、官民データ活用推進基本法第9条第3項に基づく市町村計画として定めます。",
        "あわせて、「市町村官民データ活用推進計画」の機能を併せ持つものとします。",
        "官民データ法に基づく計画としても位置付けます。",
    ],
)
def test_what_the_plan_serves_as_is_known_by_what_it_is_to_that(said):
    """Whatever the verb."""
    assert plan(f"## 位置付け\n\n{said}\n")["serves_as"] == ["public-private-data-plan"]


def test_a_line_of_the_cover_names_what_the_plan_serves_as():
    """Below its title, in brackets."""
    text = "# 見本町DX推進計画\n\n（見本町官民データ活用推進計画）\n\n## 序\n\n進めます。\n"
    assert sure(drafted(text, town="見本町"))["plan"]["serves_as"] == ["public-private-data-plan"]


@pytest.mark.parametrize(
    "said",
    [
        "官民データ活用推進計画は、本計画とは別に定めます。",
        "官民データ活用推進計画の策定は努力義務であり、本計画をこれに充てることはしません。",
        "官民データ活用推進基本法に基づく計画として位置付けることは、今後検討します。",
        "官民データ活用推進計画は、町では定めていません。",
    ],
)
def test_a_plan_that_is_another_or_none_is_not_served_as(said):
    """What is denied, left to another plan, or still to be thought of."""
    assert "serves_as" not in drafted(f"{COVER}## 位置付け\n\n{said}\n", town="見本町")["plan"]


def test_a_plan_in_a_box_of_a_figure_drawn_with_signs_is_above():
    """Where it is one of all of the town."""
    box = f"┌──┐\n│{PARENT}（令和7年度～令和16年度）│\n└─┬─┘\n　↓\n│見本町DX推進計画│\n"
    assert plan(f"## 位置付け\n\n```\n{box}```\n")["parents"][0]["title"] == PARENT


def test_a_stage_that_ended_is_the_plan_before():
    """It has no name of its own."""
    said = "第1期計画（令和5～7年度）では、庁内の機器を整えました。"
    former = plan(f"## 第1章\n\n{said}\n")["replaces"]
    assert (former["title"], former["period"].strip("（）")) == ("第1期計画", "令和5～7年度")
