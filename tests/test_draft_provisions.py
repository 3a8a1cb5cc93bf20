"""What rows, labelled lines and prose tell of posts, bodies and policies, and of other plans."""

from __future__ import annotations

import pytest

from tests.helpers.documents import drafted, plan_of_town, sure


def provisions(body):
    """Return what is sure of posts, bodies and policies in a plan with a body."""
    found = sure(drafted(plan_of_town(body))).get("provisions", {})
    return {
        name: {key: said[key] for key in ("status", "rank", "since", "reviewed") if key in said}
        for name, said in found.items()
    }


def test_rows_with_signs_that_a_key_explains():
    """A sign before the words of a row tells whether they are done or to come."""
    found = provisions(
        "## 体制の状況\n\n凡例：◎実施済　○予定　△検討　×実施しない\n\n"
        "| 項目 | 状況 | 内容 |\n|---|---|---|\n| CIO | ◎ | 副町長（令和3年度～） |\n"
        "| CIO補佐官 | × | 県の制度で代える |\n| CDO | △ | |\n| CAIO | ○ |"
        " 令和9年度に副町長を指名 |\n"
        "| DX人材育成方針 | ○ | 令和9年度策定 |\n"
    )
    assert found["cio"] == {"status": "in-place", "rank": "deputy-mayor", "since": "令和3年度"}
    assert found["cio-aide"] == {"status": "none"}
    assert found["cdo"] == {"status": "considered"}
    assert found["caio"] == {"status": "planned", "rank": "deputy-mayor", "since": "令和9年度"}
    assert found["talent-policy"] == {"status": "planned", "since": "令和9年度"}


def test_rows_of_posts_are_no_measures():
    """A table whose rows are posts and policies tells of no measure."""
    data = drafted(
        plan_of_town(
            "## 人材の取組の状況\n\n| 項目 | 状況 | 内容 |\n|---|---|---|\n"
            "| CIO | 実施済 | 副町長が務める |\n| CIO補佐官 | 予定 | 令和9年度に任用 |\n"
        )
    )
    assert not data.get("measures")


def test_columns_of_what_was_and_of_years_to_come():
    """What stood before the revision is gone; of years, the first that tells something counts."""
    found = provisions(
        "## 体制の見直し\n\n| | 改定前 | 改定後 |\n|---|---|---|\n"
        "| CIO | 総務課長 | 副町長 |\n| CDO | なし | 町長 |\n"
    )
    assert found["cio"] == {"status": "in-place", "rank": "deputy-mayor"}
    assert found["cdo"] == {"status": "in-place", "rank": "mayor"}
    found = provisions(
        "## 体制\n\n| 項目 | R8 | R9 | R10 | 備考 |\n|---|---|---|---|---|\n"
        "| CIO補佐官の任用 | 継続 | 継続 | 検討 | 令和4年10月から外部人材1名 |\n"
        "| CDOの設置 | － | 検討 | － | |\n"
    )
    assert found["cio-aide"] == {"status": "in-place", "rank": "external", "since": "令和4年10月"}
    assert found["cdo"] == {"status": "considered"}


def test_columns_that_policies_head():
    """A table that is turned tells the same as one that is not."""
    found = provisions(
        "## 規程\n\n| | 情報セキュリティポリシー | 生成AI利用ガイドライン | DX人材育成方針 |\n"
        "|---|---|---|---|\n| 策定 | 平成16年3月 | 令和6年5月 | 令和9年度予定 |\n"
        "| 改定 | 令和7年4月 | 令和8年1月 | － |\n"
    )
    assert found["security-policy"]["since"] == "平成16年3月"
    assert found["ai-guideline"]["reviewed"] == "令和8年1月"
    assert found["talent-policy"] == {"status": "planned", "since": "令和9年度"}


@pytest.mark.parametrize(
    ("line", "name", "told"),
    [
        ("- ☑ CIOの任命（副町長）", "cio", {"status": "in-place", "rank": "deputy-mayor"}),
        ("- ☐ CAIOの設置（令和9年度予定）", "caio", {"status": "planned", "since": "令和9年度"}),
        ("CDO ： 設置予定なし", "cdo", {"status": "none"}),
        ("- クラウド利用基準：検討中", "cloud-criteria", {"status": "considered"}),
        ("- 生成AIの利用に関するガイドライン　未策定（令和8年度に策定予定）", "ai-guideline",
         {"status": "planned", "since": "令和8年度"}),
        ("- 情報セキュリティポリシー　平成17年3月策定（令和6年10月改定）", "security-policy",
         {"status": "in-place", "since": "平成17年3月", "reviewed": "令和6年10月"}),
        ("- DX人材育成方針：令和8年度中に策定", "talent-policy",
         {"status": "planned", "since": "令和8年度"}),
        ("- 令和8年10月（予定）　CAIOを設置", "caio",
         {"status": "planned", "since": "令和8年10月"}),
        ("- 令和3年4月　CIOに副町長を任命", "cio",
         {"status": "in-place", "rank": "deputy-mayor", "since": "令和3年4月"}),
        ("2024年10月から、民間企業の社員1名に「CDO補佐官」をお願いしています。", "cdo-aide",
         {"status": "in-place", "rank": "external", "since": "2024年10月"}),
        ("推進組織：見本町デジタル推進本部（令和3年7月設置）", "driving-body",
         {"status": "in-place", "since": "令和3年7月"}),
        ("最高情報責任者の補佐官は置かない。", "cio-aide", {"status": "none"}),
        ("公共施設は、令和4年4月からインターネットで予約できます。", "facility-booking",
         {"status": "in-place", "since": "令和4年4月"}),
        ("県と市町村でつくる「電子自治体協議会」に参加しています。", "prefecture-cooperation",
         {"status": "in-place"}),
    ],
)  # fmt: skip
def test_lines_and_sentences(line, name, told):
    """A label, a box that is ticked, a day before or behind an act: each tells a state."""
    assert provisions(f"## 推進体制\n\n{line}\n").get(name) == told


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("CIO補佐官：（空席）", "cio-aide"),
        ("CIO補佐官については、任期満了により廃止しました。", "cio-aide"),
        ("従来はCIOに総務課長を充てていました。", "cio"),
        ("国は、CIO補佐官の任用を求めています。", "cio-aide"),
        ("情報セキュリティ監査は今後実施していきます。", "security-audit"),
    ],
)
def test_lines_that_tell_no_state(line, name):
    """A post without a holder, what was, and what others want are no state of today."""
    assert provisions(f"## 推進体制\n\n{line}\n").get(name, {}) == {}


def test_whom_a_holder_advises_holds_no_post():
    """町長に助言する tells whom the aide advises."""
    found = provisions("## 推進体制\n\n専門家は、CDO補佐官として町長に助言する。\n")
    assert found.get("cdo-aide", {}).get("rank") != "mayor"


_HEADS = "| 計画 | 期間 | 関係 |\n|---|---|---|\n"


@pytest.mark.parametrize(
    ("body", "title", "period"),
    [
        ("- 上位：見本町総合ビジョン（2020年度～2031年度）", "見本町総合ビジョン",
         "2020年度～2031年度"),
        ("- 第6次見本町総合計画（2024-2033）… 上位計画", "第6次見本町総合計画", "2024-2033"),
        ("【町】第6次見本町総合計画（2024～2033年度）\n\n　↓ 具体化\n\n【本書】見本町DX推進計画",
         "第6次見本町総合計画", "2024～2033年度"),
        (f"{_HEADS}| 第6次見本町総合計画 | 令和6～15年度 | 上位計画 |",
         "第6次見本町総合計画", "令和6～15年度"),
    ],
)  # fmt: skip
def test_plans_above(body, title, period):
    """A label, a remark behind the name, an arrow and a column tell which plan is above."""
    about = sure(drafted(plan_of_town(f"### 計画の位置付け\n\n{body}\n")))["plan"]
    assert about["parents"] == [{"title": title, "period": period}]


@pytest.mark.parametrize(
    "said",
    [
        "- 包含：市町村官民データ活用推進計画",
        "本計画は、市町村官民データ活用推進計画を内包する。",
        "- 見本町官民データ活用推進計画（令和2年3月）… 本計画に統合する",
    ],
)
def test_plans_that_are_included(said):
    """A plan that holds another one serves as that."""
    data = sure(drafted(plan_of_town(f"### 計画の位置付け\n\n{said}\n")))
    assert data["plan"]["serves_as"] == ["public-private-data-plan"]
    assert data["provisions"]["public-private-data-plan"]["status"] == "in-place"


def test_the_former_plan_and_its_period():
    """前身 is a label of it, and its edition before the period no part of its name."""
    line = "- 前身　見本町情報化推進基本計画（第4期、2021年度～2025年度）\n"
    about = sure(drafted(plan_of_town(f"### 計画の位置付け\n\n{line}")))["plan"]
    assert about["replaces"]["period"] == "2021年度～2025年度"


@pytest.mark.parametrize(
    ("said", "name", "key", "value"),
    [
        ("副町長が旗振り役として、CIOの役目も引き受けています。", "cio", "status", "in-place"),
        ("AI活用責任者は、令和9年度にCIOが引き受けることで話が進んでいます。", "caio", "since",
         "令和9年度"),
        ("DXのお世話係を各課の若手職員から1人ずつ選び、会合を持ちます。", "promoters", "status",
         "in-place"),
        ("監査は、外の事業者の手でおこないます。", "security-audit", "status", "in-place"),
        ("セキュリティの研修には、年に1度、皆が顔をそろえます。", "security-training", "status",
         "in-place"),
        ("生成AIを使うときの心得を、令和7年4月にみなで決めました。", "ai-guideline", "since",
         "令和7年4月"),
    ],
)  # fmt: skip
def test_what_no_phrase_tells_is_asked(said, name, key, value):
    """The values that stand beside a name are candidates, and nothing is sure."""
    data = drafted(plan_of_town(f"### 推進体制\n\n{said}\n"))
    one = data["provisions"][name]
    asked = {of: doubt.get("candidates") for doubt in one["doubts"] for of in doubt["of"]}
    assert value in (asked[key] or [one[key]])
    assert name not in sure(data).get("provisions", {}) or key not in sure(data)["provisions"][name]


@pytest.mark.parametrize(
    ("said", "name", "expected"),
    [
        ("各課から1名をDX推進員に指名し、連絡役とする。", "promoters", {"status": "in-place"}),
        ("| 役割 | 人 |\n|--|--|\n| デジタル担当者 | 各課から一名 |\n", "promoters",
         {"status": "in-place"}),
        ("| 役割 | 人 |\n|--|--|\n| 情報主任 | 各課で令和9年度に選任する |\n", "promoters", {}),
        ("CAIOは令和9年度の設置に向けて準備を進めています。", "caio",
         {"status": "planned", "since": "令和9年度"}),
        ("CIO補佐官は置いていませんが、令和9年度に派遣を受ける予定です。", "cio-aide",
         {"status": "planned", "since": "令和9年度"}),
        ("副市長は、CIOとして全体を束ね、CISOを兼ねています。", "ciso",
         {"status": "in-place", "rank": "deputy-mayor"}),
        ("副市長（総務担当）をCDO（最高デジタル責任者）とする。", "cdo",
         {"status": "in-place", "rank": "deputy-mayor"}),
        ("「見本町生成AI利用ガイドライン」を令和5年9月から運用しています。", "ai-guideline",
         {"status": "in-place", "since": "令和5年9月"}),
        ("事故に備えるCSIRTは設置済みであり、年1回の訓練をしている。", "csirt",
         {"status": "in-place"}),
        ("CSIRTは、令和9年度に設けるよう近隣の町と話し合っている。", "csirt",
         {"status": "considered"}),
        ("標的型メール訓練を毎年行っています。", "security-training", {}),
        ("町長を本部長とする「見本町DX推進本部」を令和9年4月に設置します。", "driving-body",
         {"status": "planned", "since": "令和9年4月"}),
        ("| 職 | 者 |\n|--|--|\n| CAIO | 未設置、令和9年度に設ける方向で準備 |\n", "caio",
         {"status": "planned", "since": "令和9年度"}),
        ("町民懇談会を2年に一度開き、計画の進み具合を報告する。", "progress-review", {}),
        ("構成はαモデルであり、令和9年度にα´モデルへ移行する予定です。", "three-layers", {}),
        ("| 役 | 人 | 備考 |\n|--|--|--|\n| CDO | 町長 | 令和9年4月から置く。 |\n", "cdo", {}),
        ("CISO：副町長。情報セキュリティポリシー（令和4年10月制定）による。", "ciso",
         {"status": "in-place", "rank": "deputy-mayor"}),
        ("CAIOには、令和9年4月に副町長をもって充てるものとする。", "caio",
         {"status": "planned", "since": "令和9年4月"}),
        ("情報セキュリティ監査は行っていない。令和9年度から、県内の町の相互監査に加わる。",
         "security-audit", {}),
        ("CDOは置いていない。CISOは令和5年4月から副町長が務めている。", "cdo",
         {"status": "none"}),
        ("「見本町人材育成基本方針」（令和2年3月）にデジタルの項目がないため、令和9年度に改める。",
         "talent-policy", {}),
        ("計画ができた後は、年2回、計画の進み具合を確かめる。", "progress-review", {}),
    ],
)  # fmt: skip
def test_what_prose_and_rows_tell_for_sure(said, name, expected):
    """What is decided, shared or prepared; a drill is no training, a meeting no review."""
    found = sure(drafted(plan_of_town(f"### 推進体制\n\n{said}\n")))
    one = found.get("provisions", {}).get(name, {})
    assert {key: one[key] for key in ("status", "since", "rank") if key in one} == expected


def test_what_is_in_doubt_costs_nothing_that_is_sure():
    """A day in doubt that contradicts another is taken out, and the entry stays."""
    said = "セキュリティポリシーは令和2年3月に改定しました。令和7年度の計画のとおりです。"
    found = sure(drafted(plan_of_town(f"### 情報セキュリティ\n\n{said}\n")))["provisions"]
    assert found["security-policy"]["status"] == "in-place"


@pytest.mark.parametrize(
    ("said", "name", "key", "expected"),
    [
        ("副町長をCIOとする。いずれも令和4年4月から置くものである。", "cio", "since", "令和4年4月"),
        ("役場の窓口では、令和6年4月からコード決済が使えます。", "cashless-collection", "since",
         "令和6年4月"),
        ("避難所などのオープンデータを、令和4年12月から県のサイトに載せた。", "open-data", "since",
         "令和4年12月"),
        ("体育館の予約は電話で受けます。施設の予約の仕組みは導入しないこととしました。",
         "facility-booking", "status", "none"),
        ("六つの課に一人ずつ「世話人」を置きます。", "promoters", "status", "in-place"),
        ("推進本部は9月と3月に、計画の進捗を確認する。", "progress-review", "cycle",
         "half-yearly"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_name_is_asked(said, name, key, expected):
    """No rule tells it, and what the words may mean is among the candidates."""
    one = drafted(plan_of_town(f"### 推進体制\n\n{said}\n"))["provisions"][name]
    doubts = [each for each in one["doubts"] if key in each["of"]]
    told = one.get(key, ())
    told = [*(told if isinstance(told, list) else [told])]
    assert expected in [*told, *(value for each in doubts for value in each.get("candidates", ()))]
