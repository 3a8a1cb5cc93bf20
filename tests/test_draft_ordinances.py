"""Ordinances, texts of policies and pages on a plan: what they tell, and what they do not."""

from __future__ import annotations

import pytest

from tests.helpers.documents import drafted, plan_of_town, sure


def found(text):
    """Return what is sure in a draft of a document of 見本町."""
    return sure(drafted(text, town="見本町"))


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("○見本町デジタル推進会議規程/訓令第3号/第1条 見本町デジタル推進会議を置く。",
         "driving-body", {"status": "in-place", "title": "見本町デジタル推進会議"}),
        ("○見本町DX推進本部要綱/告示第20号/第2条 本部長は、町長をもって充てる。",
         "driving-body", {"status": "in-place", "title": "見本町DX推進本部"}),
        ("○見本町情報化推進規則/規則第8号/CIOを置き、副町長をもって充てる。",
         "cio", {"status": "in-place", "rank": "deputy-mayor"}),
        ("○見本町デジタル推進会議規程/訓令第3号/(1) 計画の進捗状況の評価に関すること。",
         "progress-review", {"status": "in-place"}),
        ("○見本町情報セキュリティ対策に関する要綱/告示第9号/第8条 課等に情報化推進員を置く。",
         "promoters", {"status": "in-place", "title": "情報化推進員"}),
        ("○見本町生成AI活用規程/訓令第6号/第1条 適正な利用を図る。",
         "ai-guideline", {"status": "in-place"}),
        ("見本町生成AI利用ガイドライン（第1.0版）/職員が守ることをまとめました。",
         "ai-guideline", {"status": "in-place"}),
        ("見本町情報セキュリティポリシー/1 目的/情報資産を守る。",
         "security-policy", {"status": "in-place"}),
        ("○見本町情報セキュリティ対策基準/訓令第2号/第9条 情報セキュリティ監査を実施する。",
         "security-audit", {"status": "in-place"}),
    ],
)  # fmt: skip
def test_what_an_ordinance_sets_up_is_there(text, name, told):
    """An ordinance is in force: what it sets up needs no day, and its day is none of a plan."""
    data = found(text.replace("/", "\n\n"))
    assert {key: data["provisions"][name].get(key) for key in told} == told
    assert not {"established", "status", "cites"} & data["plan"].keys()


@pytest.mark.parametrize(
    "text",
    [
        "○見本町DX推進規程/訓令第3号/第5条 各課にDX推進員を置くことができる。",
        "○見本町DX推進規程/訓令第3号/第6条 CIO補佐官として専門家を任用することができる。",
        "見本町生成AI利用ガイドライン（案）/意見を募集します。",
        "見本町における生成AI利用ガイドラインの策定について/策定に向けて検討します。",
        "手本市生成AI利用ガイドライン/職員が守ることをまとめました。",
    ],
)
def test_what_may_be_set_up_is_not_there(text):
    """What an ordinance allows may be or not be; a draft of a policy is not in force."""
    provisions = found(text.replace("/", "\n\n")).get("provisions", {})
    assert not [name for name, told in provisions.items() if told.get("status") == "in-place"]


def test_an_ordinance_among_the_annexes_of_a_plan():
    """What it sets up is there since it came into force; the plan is of another day."""
    data = found(
        "# 見本町DX推進計画\n\n令和8年3月\n\n見本町\n\n## 資料1 見本町DX推進委員会設置要綱\n\n"
        "第1条 見本町DX推進委員会（以下「委員会」という。）を置く。\n\n"
        "第5条 各課にDX推進員を置く。\n\n附則\n\nこの要綱は、令和5年7月1日から施行する。\n"
    )
    assert data["provisions"]["driving-body"]["since"] == "令和5年7月1日"
    assert data["provisions"]["promoters"]["status"] == "in-place"
    assert data["plan"]["established"] == "令和8年3月"


@pytest.mark.parametrize(
    ("headline", "body", "told"),
    [
        ("見本町DX推進計画の策定について", "令和5年3月に「見本町DX推進計画」を策定しました。",
         {"title": "見本町DX推進計画", "established": "令和5年3月", "status": "established"}),
        ("「見本町デジタル化方針」を策定しました", "詳しくは別添をご覧ください。",
         {"title": "見本町デジタル化方針"}),
        ("見本町DX推進計画", "更新日：2025年5月1日\n\n町では見本町DX推進計画を策定いたしました。",
         {"title": "見本町DX推進計画", "status": "established"}),
        ("見本町DX戦略（案）に関する意見募集について", "町の考え方を公表します。",
         {"title": "見本町DX戦略", "status": "public-comment"}),
        ("見本町DX推進計画の概要について", "見本町DX推進計画の期間は令和6~9年度です。",
         {"title": "見本町DX推進計画", "period": "令和6~9年度"}),
    ],
)  # fmt: skip
def test_a_page_on_a_plan(headline, body, told):
    """A page calls the plan by its title, and its own day is none of the plan."""
    plan = found(f"# {headline}\n\n{body}\n")["plan"]
    assert {key: plan.get(key) for key in told} == told
    assert "established" in told or "established" not in plan


@pytest.mark.parametrize(
    "text",
    [
        "CDO補佐官を採用します（見本町長記者会見）\n\n令和4年3月29日\n\n見本町では民間から迎えます。\n",
        "見本町における生成AIの利用について\n\n公開日 2025年10月1日\n\n見本町が使います。\n",
        "見本町DXアクションプラン\n\n「見本町DX戦略」（令和3年度策定）の実行計画です。\n",
    ],
)
def test_the_day_of_a_page_or_of_another_plan(text):
    """Days of letters, pages and of plans that are quoted are not that of the plan."""
    assert "established" not in found(text)["plan"]


def test_a_plan_with_a_title_that_goes_on():
    """The plan before it has the same name but for its number."""
    data = sure(drafted(plan_of_town("令和3年3月に「第1期見本町DX推進計画」を策定しました。")))
    assert "established" not in data["plan"]
