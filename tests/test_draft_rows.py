"""Rows of tables as sentences, keys to signs, and what plans say in the words of others."""

from __future__ import annotations

import pytest

from dxrules.document.text import original_of
from dxrules.draft import load_reading
from dxrules.draft.key_to_signs import key_to_signs
from dxrules.draft.outline import sentences
from dxrules.draft.rows import with_rows
from tests.helpers.documents import doubtful, drafted, plan_of_town

POSTS = """## 体制

| 役割 | 職 | 備考 |
|---|---|---|
| CIO | 副町長 | 令和6年4月1日から |
| CISO | CIOが兼ねる | |
| CIO補佐官 | 置いていない | |
| 情報セキュリティポリシー | 平成15年8月に定めた。令和8年7月に改めた | |
"""


def test_rows_tell_of_posts_and_policies():
    """A row tells of a post with its label first; one that is held too has the same rank."""
    found = drafted(plan_of_town(POSTS))["provisions"]
    assert found["cio"]["rank"] == found["ciso"]["rank"] == "deputy-mayor"
    assert found["cio"]["since"] == "令和6年4月1日"
    assert found["cio-aide"]["status"] == "none"
    policy = found["security-policy"]
    assert (policy["since"], policy["reviewed"]) == ("平成15年8月", "令和8年7月")


def test_rows_can_be_quoted():
    """The words of a row stand in the document as they are; who speaks is told row by row."""
    text = "## 状況\n\n| 町 | 20業務。国は、令和7年度末を期限とする。 |\n|---|---|\n| 国は | x |\n"
    reading = load_reading()
    rows = [*with_rows(sentences(original_of(text, "a.md"), reading), reading)]
    assert [row.voice for row in rows if row.said.startswith("国は")] == ["quoted", "quoted"]
    assert all(row.original(0, len(row.said)) in row.text for row in rows)


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("進捗：◎完了 ○順調 △遅れ ×未着手", {"◎": "完了", "○": "順調", "△": "遅れ", "×": "未着手"}),
        ("凡例 →：実施 ◎：完了 ○：検討", {}),
        ("状況 ○順調 △遅れ / 評価 ○遅れ ◎完了", {"△": "遅れ", "◎": "完了"}),
        ("評価 B：実施中（予定どおり） C：実施中（遅れ）", {"B": "予定どおり", "C": "遅れ"}),
        ("状況 ◎実施済み ○実施中 F:延期", {"◎": "実施済み", "○": "実施中", "F": "延期"}),
    ],
)
def test_keys_to_signs(key, told):
    """A key tells what signs of states mean, not what those of years mean, nor one of two."""
    reading = load_reading()
    said = sentences(original_of(f"## 取組\n\n{key}\n", "a.md"), reading)
    assert key_to_signs(said, lambda word: reading.code_of("measure-status", word)) == told


CARD = """## 施策シート

| No.01 | おくやみ窓口の設置 | | |
|---|---|---|---|
| 所管 | 市民課 | 進み具合 | 完了（令和8年3月） |
| 始期 | 令和7年度 | 終期 | 令和9年度 |
| ものさし | 所要時間 | 令和7年度 95分 | 令和9年度 45分 |
"""


def test_a_card_tells_days_and_figures():
    """A card under a number tells who, from when to when, how far, and what is measured."""
    data = drafted(plan_of_town(CARD))
    (card,) = data["measures"]
    assert (card["owner"], card["start"], card["status"]) == ("市民課", "令和7年度", "done")
    assert card["completed"] == "令和8年3月"
    (time,) = data["indicators"]
    assert (time["baseline"]["value"], time["targets"][0]["value"]) == ("95", "45")


PROSE = """## 計画の位置付け

本計画は、「第3次見本町総合計画」（令和6年度～令和15年度）を実現する個別計画です。
「見本町情報化計画」は、本計画の策定をもって廃止しました。

## 主な取組

### 電子決裁の拡大

電子決裁を広げます。担当は総務課です。

### 庁内の電子化

取組名：電子契約の導入　担当課：財政課　実施時期：令和8年度 分析 ／ 令和9年度 導入
"""


def test_plans_around_and_owners_in_prose():
    """The plan above and the one before are named; who does it may be told in a sentence."""
    data = drafted(plan_of_town(PROSE))
    about = data["plan"]
    assert about["parents"] == [{"title": "第3次見本町総合計画", "period": "令和6年度～令和15年度"}]
    assert about["replaces"] == {"title": "見本町情報化計画"}
    assert not {"parents", "replaces"} & doubtful(about).keys()
    approval, contract = data["measures"]
    assert approval["owner"] == "総務課"
    assert (contract["title"], contract["owner"]) == ("電子契約の導入", "財政課")
    assert (contract["start"], contract["due"]) == ("令和8年度", "令和9年度")
