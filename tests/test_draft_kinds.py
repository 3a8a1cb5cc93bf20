"""Layouts and wordings of whole kinds that documents of strangers have: each once, in short."""

from __future__ import annotations

import pytest

from tests.helpers.documents import drafted, plan_of_town, sure


def sure_of(body):
    """Return what a draft of a plan with a body is sure of."""
    return sure(drafted(plan_of_town(body)))


PERIOD = "本計画の期間は、令和7年度から令和11年度までの5年間とします。\n\n"


@pytest.mark.parametrize(
    ("period", "cells", "expected"),
    [
        (PERIOD, "31 | 36 | 60", ("31", "令和6年度")),
        (PERIOD, "― | 36 | 60", None),
        (PERIOD.replace("7", "8").replace("11", "12"), "31 | 36 | 60", ("36", "令和7年度")),
        ("", "31 | 36 | 60", None),
    ],
)
def test_a_year_before_results_is_where_the_plan_began(period, cells, expected):
    """令和6年度 | 令和7年度(実績): which of them is the baseline, the period tells."""
    body = (
        f"{period}## 数値目標\n\n| 指標 | 単位 | 令和6年度 | 令和7年度（実績） | 令和11年度（目標） |\n"
        f"|--|--|--|--|--|\n| 電子申請率 | % | {cells} |"
    )
    found = sure_of(body)["indicators"][0].get("baseline")
    assert (found and (found["value"], found["on"])) == expected


def test_the_period_of_a_measure_is_not_that_of_the_plan():
    """期間 in a line below a measure is told of it alone."""
    body = (
        "### 期間\n\n2025年4月1日 ― 2030年3月31日（5年間）\n\n## 第3章 施策\n\n"
        "### 施策1 電子申請の拡大\n\n- 期間：2025年度～2027年度\n\n### 施策2 電子決裁の導入\n\n"
        "- 期間：2026年度～2028年度\n"
    )
    assert sure_of(body)["plan"]["period"].startswith("2025年4月1日")
