"""What a plan says of posts, policies, tasks and other plans, in the ways that it is said."""

from __future__ import annotations

import pytest

from tests.helpers.documents import drafted, plan_of_town, sure


def told(body, *path):
    """Return what is sure in a draft of a plan with a body, at a path."""
    data = sure(drafted(plan_of_town(body)))
    for name in path:
        data = data.get(name, {})
    return data


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("国が定める20業務のうち、町に該当するのは18業務です。", {"in_scope": "18"}),
        ("標準化の対象は20業務ですが、本町では18業務が該当します。", {"in_scope": "18"}),
        ("対象業務は、生活保護と児童扶養手当を除く18業務です。", {"in_scope": "18"}),
        ("本町は20業務すべてを対象として移行を進めています。", {"in_scope": "20"}),
        ("対象の18業務のうち15業務が移行しました。", {"in_scope": "18", "migrated": "15"}),
        ("本町の対象は18業務、移行済は12業務です。", {"in_scope": "18", "migrated": "12"}),
        ("対象の18業務は、令和8年2月までに全て移行を終えました。",
         {"in_scope": "18", "migrated": "all", "status": "migrated"}),
        ("移行が終わった業務はありません。", {"migrated": "0"}),
        ("対象の20業務のうち、「戸籍」の2業務を除き、移行が完了しています。",
         {"in_scope": "20", "migrated": "18"}),
        ("令和7年度末までに移行できなかった2業務を除き、移行が完了しています。", {}),
        ("令和7年度末までに18業務の移行を完了する予定です。", {}),
        ("14業務を令和7年12月に移行し、残る6業務を令和8年2月に移行する計画である。", {}),
        ("3業務は特定移行支援システムに該当します。", {}),
        ("標準化対象業務の5業務で手順を見直しました。", {}),
    ],
)  # fmt: skip
def test_tasks_are_counted(said, expected):
    """A count is of what the words around it tell; what is to come was not moved."""
    found = told(f"## 情報システムの標準化\n\n{said}", "standardization")
    known = {key: found.get(key) for key in ("in_scope", "migrated", "status") if key in found}
    assert known == expected


@pytest.mark.parametrize(
    ("said", "is_all"),
    [
        ("本町の標準化対象は18業務です。18業務の移行を令和8年1月に終えました。", True),
        ("全20業務の移行を令和8年1月に完了しました。", True),
        ("令和8年1月に全業務の移行を完了しました。", True),
        ("標準化対象17業務すべて標準化移行（令和7年9月，令和8年2月）", True),
        ("3業務のすべてが令和8年1月に移行しました。", False),
        ("本町の対象は18業務です。令和8年1月に対象の12業務すべての移行を完了しました。", False),
        ("本町の対象は18業務です。ガバクラ対象の18業務すべてを令和8年1月に移行しました。", False),
        ("令和8年1月に住民系の全業務の移行を完了しました。", False),
        ("ガバクラ対象の全業務の移行を令和8年1月に完了しました。", False),
        ("対象は18業務です。18業務のうち本年度予定分はすべて令和8年1月に移行しました。", False),
        ("対象は20業務です。20業務の移行に向け、令和8年3月に全職員が研修を完了しました。", False),
        ("標準化対象は20業務です。20業務について、令和8年3月にすべての課が移行しました。", False),
        ("標準化対象は20業務です。20業務について、データ移行を完了しました。", False),
        ("### 税務システム\n\n令和8年1月に全業務の移行を完了しました。", False),
        ("4/4業務の移行完了", False),
    ],
)  # fmt: skip
def test_all_tasks_are_those_in_scope(said, is_all):
    """All of a part, of a year or of other things is not all that is in scope."""
    found = told(f"## 情報システムの標準化\n\n{said}", "standardization")
    assert (found.get("migrated") == "all") is is_all
    assert found.get("in_scope", "20") not in {"3", "4"}


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("移行したシステムはガバメントクラウドで動いています。", "used"),
        ("移行を終えた業務はガバメントクラウド上で運用している。", "used"),
        ("ガバメントクラウドの利用を検討しています。", None),
        ("ガバメントクラウドを利用している自治体は増えています。", None),
        ("ガバメントクラウドを利用します。", None),
    ],
)
def test_the_cloud_is_used_or_not(said, state):
    """What runs there uses it; what is meant to be used may be yet to come."""
    found = told(f"## 情報システムの標準化\n\n{said}", "standardization")
    assert found.get("government_cloud") == state


def test_days_of_a_list_are_past_or_to_come_by_the_state_beside():
    """移行(予定)時期 heads both; a line with dots is as good as a table."""
    table = (
        "## 標準化\n\n| 業務 | 状況 | 移行（予定）時期 |\n|---|---|---|\n"
        "| 戸籍 | 移行済 | 令和7年11月 |\n| 介護保険 | 移行予定 | 令和9年1月 |\n"
    )
    found = told(table, "standardization", "systems")
    assert found["family-register"] == {"status": "migrated", "migrated": "令和7年11月"}
    assert found["long-term-care"] == {"status": "planned", "target": "令和9年1月"}
    lines = "## 標準化\n\n1. 戸籍 …… 移行済（令和7年11月）\n2. 就学 …… 令和9年1月に移行予定\n"
    found = told(lines, "standardization", "systems")
    assert found["family-register"]["migrated"] == "令和7年11月"
    assert found["school-enrolment"] == {"status": "planned", "target": "令和9年1月"}


@pytest.mark.parametrize(
    ("said", "since", "reviewed"),
    [
        ("情報セキュリティポリシーは2004年に作り、2026年3月に直した。", "2004年", "2026年3月"),
        ("情報セキュリティポリシーは2002年に定めたもので、最後に改めたのは2026年4月です。",
         "2002年", "2026年4月"),
        ("平成14年10月に定めた情報セキュリティポリシーを令和7年1月に全面的に改めた。",
         "平成14年10月", "令和7年1月"),
        ("情報セキュリティポリシー：平成15年8月策定、令和8年2月改定",
         "平成15年8月", "令和8年2月"),
        ("| 規程 | 策定 | 最終改定 |\n|-|-|-|\n| セキュリティポリシー | 平成15年4月 | 令和6年3月 |",
         "平成15年4月", "令和6年3月"),
        ("| 名 | 作った年 | 改めた年 |\n|-|-|-|\n| セキュリティポリシー | 平成16年 | 令和7年 |",
         "平成16年", "令和7年"),
        ("| 名 | 決めた日 | 直した日 |\n|-|-|-|\n| セキュリティポリシー | 平成18年 | 令和5年 |",
         "平成18年", "令和5年"),
        ("情報セキュリティポリシーは令和8年度中に改定する予定です。", None, None),
        ("情報セキュリティポリシーに基づき、令和6年4月に基準を定めました。", None, None),
    ],
)  # fmt: skip
def test_a_policy_was_made_and_revised(said, since, reviewed):
    """Each day belongs to the verb that it stands before, or to the head above it."""
    found = told(f"## セキュリティ\n\n{said}", "provisions", "security-policy")
    assert (found.get("since"), found.get("reviewed")) == (since, reviewed)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("生成AIの利用については、令和6年4月に指針を定めています。", "in-place"),
        ("生成AIの利用指針は、令和8年度中の策定を検討しています。", "considered"),
        ("生成AIは、使い方の決まりを令和7年度中に作ったうえで試す。", None),
    ],
)
def test_a_policy_on_ai_is_there_or_considered(said, status):
    """A policy that is named in two parts is one; what is to be made first is not there."""
    assert told(said, "provisions", "ai-guideline").get("status") == status


@pytest.mark.parametrize(
    ("said", "ranks"),
    [
        ("CIOは副町長、CISOは総務課長とします。", {"cio": "deputy-mayor", "ciso": "manager"}),
        ("推進の責任者(CIO)は副町長、情報の責任者(CISO)は総務課長です。",
         {"cio": "deputy-mayor", "ciso": "manager"}),
        ("副町長をCIOとし、CISOを兼ねます。", {"cio": "deputy-mayor", "ciso": "deputy-mayor"}),
        ("CIOは、総務を担当する副町長が務めます。", {"cio": "deputy-mayor"}),
        ("CIO補佐官には、令和6年4月から民間企業の経験者を委嘱しています。",
         {"cio-aide": "external"}),
        ("最高情報責任者（CIO）\n\n副町長（令和7年4月から）", {"cio": "deputy-mayor"}),
        ("CAIOには令和9年4月に企画部長を充てる予定です。", {"caio": "executive"}),
        ("初版では、副町長をCIOとし、総務課を事務局としていました。", {}),
        ("民間企業の経験者をCIO補佐官として任用することを検討します。", {}),
    ],
)  # fmt: skip
def test_a_post_is_held(said, ranks):
    """A post and its holder stand beside one another, with such words between as join them."""
    found = told(f"## 推進体制\n\n{said}", "provisions")
    assert {name: each["rank"] for name, each in found.items() if "rank" in each} == ranks


def test_days_of_posts_stand_under_their_head():
    """A day below 設置 is that since when a post is there; one before another holder is not."""
    body = (
        "## 推進体制\n\n| 役職 | 充てる者 | 任務 | 設置 |\n|---|---|---|---|\n"
        "| 最高情報責任者（CIO） | 副町長 | 統括 | 令和5年4月 |\n"
    )
    assert told(body, "provisions", "cio")["since"] == "令和5年4月"
    said = "## 体制\n\n副町長をCIOとし、令和8年4月から外部の専門人材をCIO補佐官に委嘱しています。"
    assert "since" not in told(said, "provisions", "cio")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("全職員に対する研修を年に一度、訓練を年に二度行い、監査を毎年度実施しています。",
         {"status": "in-place", "scope": "all-staff", "cycle": ["yearly"]}),
        ("全職員を対象にDX研修を毎年行っています。", {}),
    ],
)  # fmt: skip
def test_training_in_security(said, expected):
    """How often stands in the clause of the training; that in something else is none."""
    body = f"情報セキュリティポリシーを遵守します。{said}"
    found = told(body, "provisions", "security-training")
    assert {key: found[key] for key in expected} == expected
    assert bool(found) is bool(expected)


@pytest.mark.parametrize(
    ("said", "path", "title"),
    [
        ("本計画は、「第5次見本町振興計画」（2021年度～2030年度）のもとに置く分野別計画です。",
         "parents", "第5次見本町振興計画"),
        ("この実行編は、「第5次見本町振興計画」の基本目標を具体化するものです。",
         "parents", "第5次見本町振興計画"),
        ("本計画は、第6次見本町総合計画（令和5年度～令和14年度）を上位計画とする個別計画です。",
         "parents", "第6次見本町総合計画"),
        ("「見本町ICT推進計画」（令和3年度～令和7年度）は、本計画の策定をもって終了します。",
         "replaces", "見本町ICT推進計画"),
        ("「見本町情報化計画」の後を継ぐ今回の計画では、書き方を改めました。",
         "replaces", "見本町情報化計画"),
    ],
)  # fmt: skip
def test_other_plans_of_the_town(said, path, title):
    """A plan that is named is above or replaced by what follows its name."""
    found = told(said, "plan", path)
    assert title in [each["title"] for each in (found if path == "parents" else [found])]


@pytest.mark.parametrize(
    "said",
    [
        "この計画は、市町村官民データ活用推進計画としての性格を併せ持つ。",
        "官民データ活用推進基本法にいう計画でもある。",
        "(この計画は、同法第9条第3項の市町村官民データ活用推進計画とする。)",
    ],
)
def test_a_plan_serves_as_another(said):
    """It serves as the plan for data by whatever words join the two."""
    assert told(said, "plan").get("serves_as") == ["public-private-data-plan"]


def test_a_cover_with_a_subtitle_and_two_days():
    """A line in tildes ends no cover; of two days the second, in brackets, is a revision."""
    text = (
        "# 見本町DX推進計画\n\n### ～つながるまちへ～\n\n令和7年2月（令和8年2月 一部改訂）\n\n"
        "見本町 総務部 デジタル推進室\n\n## 第1章 はじめに\n\n本計画を定めます。\n"
    )
    plan = sure(drafted(text))["plan"]
    assert plan["established"] == "令和7年2月"
    assert plan["revised"] == [{"on": "令和8年2月"}]
    assert plan["author"] == "見本町 総務部 デジタル推進室"


def test_what_is_told_of_one_charge_ends_before_the_next():
    """市税 is started though 保険料 is being prepared, and in the same sentence."""
    said = (
        "町税は令和5年4月からeL-QRを用いた納付を受け付けており、介護保険料については、"
        "令和8年9月からの対応に向けて準備を進めている。"
    )
    found = told(f"## 公金収納\n\n{said}", "collection", "charges")
    assert found["local-tax"] == {"status": "started", "start": "令和5年4月"}
    assert found["long-term-care-premium"]["status"] == "preparing"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("・LoGoフォームによるオンライン申請開始（令和6年4月）",
         {"status": "in-place", "since": "令和6年4月"}),
        ("・オンライン申請開始予定（令和9年4月）", {}),
    ],
)  # fmt: skip
def test_when_procedures_went_online(said, expected):
    """What is noted of a list of deeds tells since when; what is planned does not."""
    found = told(f"## これまでの取組\n\n{said}", "provisions", "online-procedures")
    assert found == expected


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("「マイナポータル」等の活用により行政手続のオンライン化は進んでいます。", "in-place"),
        ("本町では、行政手続のオンライン化を推進します。", "planned"),
    ],
)
def test_whether_procedures_are_online_is_asked(said, status):
    """What goes on, or is to come, is a value in doubt that a person confirms."""
    found = drafted(plan_of_town(said))["provisions"]["online-procedures"]
    assert (found["status"], found["doubts"][0]["of"]) == (status, ["status"])
