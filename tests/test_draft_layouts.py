"""Layouts of tables, cards and lines that offices use, each of one indicator or measure."""

from __future__ import annotations

import pytest

from tests.helpers.documents import doubtful, drafted, plan_of_town

BEGINS = "計画期間は令和7年度から令和10年度までとします。\n\n## 第4章 数値目標\n\n"


@pytest.mark.parametrize(
    "said",
    [
        "| | 電子申請率 |\n|--|--|\n| 基準値(令和6年度) | 20% |\n| 目標値(令和10年度) | 60% |",
        "| 指標 | 現状 | 目標 |\n|--|--|--|\n| 電子申請率 | 令和6年度 20% | 60%以上(R10) |",
        "| 指標 | R6 | R10 |\n|--|--|--|\n| 電子申請率 | 20% | 60% |",
        (
            "| 指標 | 区分 | R6 | R10 |\n|--|--|--|--|\n"
            "| 電子申請率 | 目標 | | 60% |\n| 電子申請率 | 実績 | 20% | |"
        ),
        (
            "| 成果指標 | 基準値 | 目標値 |\n|--|--|--|\n| 電子申請率 | 20% | 60% |\n\n"
            "※基準値は令和6年度、目標値は令和10年度の値です。"
        ),
        "- 電子申請率\n  - 現状値：20%（令和6年度）\n  - 目標値：60%（令和10年度）",
        "電子申請率は令和6年度で20%です。これを令和10年度に60%にします。",
    ],
)
def test_an_indicator_in_any_layout(said):
    """Baseline and target are sure with their years, whichever way they are set."""
    (made,) = drafted(plan_of_town(BEGINS + said))["indicators"]
    assert (made["title"], made["unit"]) == ("電子申請率", "%")
    assert made["baseline"] == {"value": "20", "on": "令和6年度"}
    assert made["targets"] == [{"value": "60", "year": "令和10年度"}]
    assert not {"baseline", "targets"} & {*doubtful(made)}


@pytest.mark.parametrize(
    "said",
    [
        (
            "| 取組 | 担当課 | 年度 | |\n|--|--|--|--|\n| | | 8年度 | 9年度 |\n"
            "| 電子契約の導入 | 総務課 | → | → |"
        ),
        (
            "### 1 電子契約の導入\n〔担当：総務課〕〔期間：令和8年度～令和9年度〕\n\n"
            "契約を電子化します。"
        ),
        "- 電子契約の導入［総務課／令和8～9年度］",
    ],
)
def test_a_measure_in_any_layout(said):
    """Who does it and from when to when is sure; its title settles the area."""
    (made,) = drafted(plan_of_town(f"## 取組\n\n{said}"))["measures"]
    assert (made["title"], made["owner"]) == ("電子契約の導入", "総務課")
    assert (made["start"], made["due"]) == ("令和8年度", "令和9年度")
    assert made["areas"] == ["electronic-contracts"]
