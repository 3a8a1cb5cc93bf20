"""Keys to states, titles with their office, heads over years, posts and policies in rows."""

from __future__ import annotations

import pytest

from dxrules.document.normal import squeezed
from dxrules.document.signs import sign_of
from dxrules.draft.measure_titles import title_of
from dxrules.draft.table_years import year_of
from tests.helpers.documents import drafted, plan_of_town, sure

FIRST = "計画期間は令和8年度から令和10年度までとします。\n\n"


def sure_of(body):
    """Return what a draft of a plan with a body is sure of."""
    return sure(drafted(plan_of_town(FIRST + body)))


def measures(body):
    """Return the measures that are sure, by their titles."""
    return {each["title"]: each for each in sure_of(body).get("measures", ())}


def provision(body, name):
    """Return what is sure of a post, a body or a policy."""
    return sure_of(body).get("provisions", {}).get(name, {})


KEYS = [
    "記号の意味：🟢＝もう動いている／🔵＝新たに始める／🟡＝検討する／⚪＝行わない",
    "区分の「🟢」は既に行っているもの、「🔵」は始めるもの、「🟡」は可否の検討、「⚪」は行わないものを表す。",
    "凡例　🟢：継続するもの　🔵：着手するもの　🟡：研究するもの　⚪：実施しないもの",
]


@pytest.mark.parametrize("key", KEYS)
def test_a_key_tells_what_marks_stand_for(key):
    """Marks before titles tell the states that a key explains in its own words."""
    body = (
        f"## 取組\n\n{key}\n\n1. 🟢 手話の窓口の運営（福祉課）\n\n"
        "2. 🔵 電子契約の導入（契約課）\n\n"
        "3. 🟡 共同の入札（契約課）\n\n4. ⚪ 電算室の改修（総務課）\n"
    )
    found = measures(body)
    assert [each["status"] for each in found.values()] == [
        "ongoing",
        "planned",
        "considered",
        "declined",
    ]
    assert found["共同の入札"]["owner"] == "契約課"


def test_marks_without_a_key_tell_nothing():
    """A mark that no key explains says nothing of a state, and is no part of a title."""
    body = "## 取組\n\n- 🔵 電子契約の導入（契約課）\n- 🟡 手話の窓口の運営（福祉課）\n"
    found = measures(body)
    assert set(found) == {"電子契約の導入", "手話の窓口の運営"}
    assert not any("status" in each for each in found.values())


def test_entries_of_a_text():
    """Lines with an office in brackets are measures, of which the lines below tell."""
    body = (
        "## 実施プログラム\n\n[済] 既に終えたもの\n\n[始] 期間中に始めるもの\n\n"
        "[始] 図書の予約の電子化（図書館）\n\n窓口に並ばずに済むようにする。\n\n"
        "時期 … 令和8年11月から\n\n[済] 税の証明の郵送（税務課）\n\n令和6年に終えた。\n"
    )
    booking, proof = measures(body).values()
    assert (booking["status"], booking["owner"], booking["start"]) == (
        "planned",
        "図書館",
        "令和8年11月",
    )
    assert proof["status"] == "done"


def test_paragraphs_that_begin_with_a_title():
    """What a paragraph begins with after its sign is a measure, and its heading gathers it."""
    body = (
        "## 施策\n\n### 2 カードの普及及び活用（法第1条関係）\n\nカードは9割が持つ。\n\n"
        "ア　休日窓口の開設　毎月第2日曜に開く。（住民課）\n\n"
        "イ　図書館での利用　令和9年度にカードを読み取る機器を置く。（教育課）\n"
    )
    found = measures(body)
    assert {title: each["owner"] for title, each in found.items()} == {
        "休日窓口の開設": "住民課",
        "図書館での利用": "教育課",
    }


def test_what_explains_an_item_is_none_beside_it():
    """A paragraph below an item that names its office explains it, and is no measure."""
    body = (
        "## 取組\n\n1. **水位の公開**（建設課）\n\n   水位を地図と一緒に公開。令和8年度から。\n\n"
        "2. **わなの見回り**（農林課）\n\n   3基のわなの値をオープンデータにする。\n"
    )
    assert set(measures(body)) == {"水位の公開", "わなの見回り"}


def test_a_sheet_by_number_with_its_state():
    """A sheet counted as 施策シート2-1 is a card; the state stands at the end of its first row."""
    body = (
        "新規＝この計画で始めるもの　継続＝前から引き続き行うもの　の区分です。\n\n"
        "## 施策シート\n\n"
        "| 施策シート 2-1 | 電子契約の導入 | 〔新規〕 |\n|--|--|--|\n| 目的 | 紙をなくす。 | |\n"
        "| 所管 | 契約課 | |\n| 施策シート 2-2 | 研修の充実 | 〔継続〕 |\n| 目的 | 学ぶ。 | |\n"
        "| 所管 | 人事課 | |\n"
    )
    found = measures(body)
    assert {t: (e["status"], e["owner"]) for t, e in found.items()} == {
        "電子契約の導入": ("planned", "契約課"),
        "研修の充実": ("ongoing", "人事課"),
    }


SCHEDULE = """<table>
<tr><th rowspan="2">やること</th><th rowspan="2">主管</th><th colspan="2">令和8年度</th>
<th colspan="2">令和9年度</th><th rowspan="2">終わりの目途</th></tr>
<tr><th>上期</th><th>下期</th><th>上期</th><th>下期</th></tr>
<tr><td>電子契約の導入</td><td>契約課</td><td>準備</td><td>開始</td><td></td><td></td>
<td>令和9年3月(見込み)</td></tr>
<tr><td>スマホ教室の開催</td><td>福祉課</td><td colspan="4">毎月</td><td>期限なし</td></tr>
<tr><td>監査の実施</td><td>総務課</td><td>3課</td><td></td><td>3課</td><td></td><td>毎年度</td></tr>
</table>
"""


def test_heads_that_part_years():
    """A second row of heads is no measure; a column of ends counts before the last year."""
    found = measures(f"## 取組\n\n{SCHEDULE}")
    contract, lessons, audit = found.values()
    assert (contract["start"], contract["due"]) == ("令和8年度", "令和9年3月")
    assert "due" not in lessons
    assert (audit["recurrence"], audit.get("due")) == ("yearly", None)


def test_what_began_before_the_first_year_is_asked():
    """Where a column of what was done so far tells a beginning, the first year may be none."""
    body = (
        "## 取組\n\n| 取組 | これまで（R7まで） | R8 | R9 | 担当課 |\n|--|--|--|--|--|\n"
        "| 聞き取り窓口の展開 | R7.7 本庁で開始 | 支所 | 全所 | 住民課 |\n"
        "| 電子契約の導入 | 検討 | 設計 | 開始 | 契約課 |\n"
    )
    assert "start" not in measures(body)["聞き取り窓口の展開"]
    assert measures(body)["電子契約の導入"]["start"] == "令和8年度"


@pytest.mark.parametrize(
    ("head", "year"),
    [
        ("3年後(令和10年度)", "令和10年度"),
        ("2年目", ""),
        ("5年間", ""),
        ("令和8年度目標", "令和8年度"),
        ("令和8年度後期", "令和8年度"),
    ],
)
def test_years_that_count_are_no_years(head, year):
    """What comes after a number of years is no year of an era."""
    assert year_of(head) == year


@pytest.mark.parametrize("now", ["いま", "今", "スタートの数"])
def test_the_first_year_is_no_baseline_beside_figures(now):
    """Figures under いま are the baseline; under a head unknown they are none, nor is a year."""
    body = (
        f"## めやす\n\n| めやす | {now} | 3年後（令和10年度） | 途中（令和8年度） |\n"
        "|--|--|--|--|\n"
        "| 電子契約の件数 | 3件（令和6年度） | 60件 | 20件 |\n"
    )
    found = sure_of(body).get("indicators", [])
    assert all(each.get("baseline", {"value": "3"})["value"] == "3" for each in found)


def test_targets_before_and_after_a_revision():
    """What was aimed at before a revision is no target beside what is aimed at now."""
    body = (
        "## 指標\n\n<table><tr><th rowspan='2'>指標名</th><th>策定時</th>"
        "<th colspan='2'>令和10年度の目標</th></tr>"
        "<tr><th>令和4年度</th><th>見直し前</th><th>見直し後</th></tr>"
        "<tr><td>電子契約率</td><td>12%</td><td>30%</td><td>45%</td></tr></table>\n"
    )
    (each,) = sure_of(body)["indicators"]
    assert [target["value"] for target in each["targets"]] == ["45"]


def test_people_by_ones_are_no_indicator():
    """How many are sent in each year is no indicator."""
    said = "新人2人を、令和8年度と令和9年度に1人ずつ、県の課に派遣します。"
    assert "indicators" not in sure_of(f"## 人材\n\n{said}")


def test_a_star_before_a_number_counts_as_none():
    """A mark of what is new stands beside the number of a heading."""
    sign = sign_of("★4 電子契約の導入")
    assert sign is not None
    assert (sign.kind, sign.numbers, sign.rest) == ("digit", (4,), "電子契約の導入")
    assert sign_of("3基のわなの値") is None
    assert sign_of("3基本方針") is not None


@pytest.mark.parametrize(
    ("said", "name", "expected"),
    [
        ("自治法第244条の6の方針は、令和8年3月に町長が決めました。",
         "cybersecurity-policy-of-mayor", {"status": "in-place", "since": "令和8年3月"}),
        ("| 項目 | 内容 |\n|--|--|\n| 自治法第244条の6の方針 | 令和9年3月に策定予定 |",
         "cybersecurity-policy-of-mayor", {"status": "planned", "since": "令和9年3月"}),
        ("| 役割 | 誰が | 備考 |\n|--|--|--|\n| CIO（長） | 町長 | 副町長は置いていないため |",
         "cio", {"status": "in-place", "rank": "mayor"}),
        ("総務課長は、守りの最高責任者（CISO）であり、事務局を兼ねる。",
         "ciso", {"status": "in-place", "rank": "manager"}),
        ("CDOについては、町の規模に照らし、設けない。", "cdo", {"status": "none"}),
        ("CDOや最高AI責任者といった役は、今のところ設ける考えはありません。",
         "caio", {"status": "none"}),
        ("CIO補佐官として、専門家を近隣の町と共同で受け入れることを協議中である。",
         "cio-aide", {"status": "considered"}),
        ("CIOは、これまで副町長が務めてきましたが、見直します。", "cio", {}),
        ("CIOは副町長が務め、CDOは置かない。", "cio", {"status": "in-place"}),
        ("推進本部が半年ごとに取組の進み具合を点検し、結果を毎年6月に公表します。",
         "progress-review", {"cycle": ["half-yearly"]}),
        ("未公開のオープンデータを、令和9年度末までに公開します。", "open-data", {}),
    ],
)  # fmt: skip
def test_what_is_said_of_posts_and_policies(said, name, expected):
    """Posts and policies are told in rows and sentences; what was so is not so."""
    found = provision(f"## 推進体制\n\n{said}", name)
    assert {key: found.get(key) for key in expected} == expected
    assert expected or "status" not in found


def test_training_of_all_and_of_some_is_of_all():
    """Training that is held for all staff is that, whoever else is trained besides."""
    said = "情報セキュリティの研修は新規採用職員に採用時に行い、全職員にはe-ラーニングを年1回課す。"
    found = drafted(plan_of_town(f"## 人材・安全の確保\n\n{said}"))["provisions"]
    assert found["security-training"]["scope"] == "all-staff"


def test_a_headquarters_is_no_plan_above():
    """What stands below a body of the town is under it, and that is no plan."""
    said = "「見本町DX推進本部」の下に、部会を置きます。"
    assert "parents" not in sure_of(f"## 位置付け\n\n{said}").get("plan", {})


@pytest.mark.parametrize(
    "said",
    [
        "令和7年4月 県が「県スマート県庁計画」を策定",
        "県の『離島デジタルプラン』は、全ての島で遠隔窓口を設けることを目標としている。",
    ],
)
def test_what_the_prefecture_does_is_not_cited(said):
    """A plan that is told of in what the prefecture did, or aims at, is none that is cited."""
    assert "cites" not in sure_of(f"## 国や県の動き\n\n{said}").get("plan", {})


def test_labels_of_annexes():
    """The label of an annex on nation and prefecture ends what the town says."""
    body = "## 決まり\n\nきまりを守る。\n\n附 国及び県の動き（抜粋）\n\n電子申請を導入した。\n"
    assert "measures" not in drafted(plan_of_town(body))


def test_tasks_of_others_are_left_out():
    """What a union runs is left out as that; what stands beside it is not the union's."""
    body = (
        "## 標準化\n\n生活保護は県の支庁の仕事なので、町の対象ではありません。"
        "健康管理も、広域連合が受け持つ介護保険も対象外で、2つが20業務から外れます。\n"
    )
    left = {each["task"]: each for each in sure_of(body)["standardization"]["excluded"]}
    assert set(left) == {"public-assistance", "health-management", "long-term-care"}
    assert left["long-term-care"]["reason"] == "run-by-union"
    assert "reason" not in left["health-management"]


def test_charges_of_one_day_and_those_of_others():
    """Several charges share a day; what a company of several towns collects is none of the town."""
    body = (
        "## 公金収納（eL-QR）\n\n地方税以外の公金については、国民健康保険料及び介護保険料を"
        "令和8年9月から対象に加えます。水道料金は県企業団が収納しているため、対象ではありません。\n"
    )
    found = sure_of(body)["collection"]["charges"]
    assert {name: each["start"] for name, each in found.items()} == {
        "health-insurance-premium": "令和8年9月",
        "long-term-care-premium": "令和8年9月",
    }


def test_months_alone_are_asked():
    """A bare month under 時期 may be that in which something begins, or ends."""
    body = (
        "## 取組\n\n| 取組 | 時期 | 担当課 |\n|--|--|--|\n"
        "| 電子契約の導入 | 令和9年4月 | 契約課 |\n| 研修の充実 | 令和9年春 | 人事課 |\n"
    )
    assert not any("due" in each for each in measures(body).values())


def test_aims_as_shares_of_what_is_now():
    """What is aimed at as a share is told by the figure beside it."""
    body = (
        "## 到達目標\n\n・窓口で待つ時間\n\n令和7年度 平均24分　令和10年度には3割減（17分）\n\n"
        "・電子契約の割合\n\n令和7年度 0%　令和8年度 60%、令和9年度以降 100%\n"
    )
    found = {each["title"]: each for each in sure_of(body)["indicators"]}
    told = {
        name: (each["baseline"]["value"], [target["value"] for target in each["targets"]])
        for name, each in found.items()
    }
    assert told == {"窓口で待つ時間": ("24", ["17"]), "電子契約の割合": ("0", ["60", "100"])}


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("端末の更新（120台）", "端末の更新(120台)"),
        ("RPA（総務課）", "RPA"),
        ("電子決裁（7年度導入）", "電子決裁"),
        ("研修（新）", "研修"),
        ("書かない窓口の導入（全庁）", "書かない窓口の導入"),
    ],
)
def test_what_a_bracket_adds_to_a_title(said, title):
    """A short title keeps a bracket that tells more of what it is."""
    assert squeezed(title_of(said)) == title


def test_a_cell_of_several_aims():
    """A cell may tell several aims, each with its year."""
    body = (
        "## 指標\n\n| 指標名 | 現状（令和6年度末） | 目標 |\n|--|--|--|\n"
        "| 電子契約の割合 | 27% | 令和9年度 45%/令和11年度 60% |\n"
    )
    (each,) = sure_of(body)["indicators"]
    told = [(target["value"], target["year"]) for target in each["targets"]]
    assert told == [("45", "令和9年度"), ("60", "令和11年度")]


@pytest.mark.parametrize(
    "line", ["担当課 契約課 / 実施年度 R9-R10", "担当課：契約課／実施年度：R9-R10"]
)
def test_labels_that_a_stroke_parts(line):
    """A stroke ends what a label tells; words with a blank after them are no label."""
    body = f"## 取組\n\n### 1 電子契約の導入\n\n契約書の締結を電子で行います。\n\n{line}\n"
    found = measures(body)["電子契約の導入"]
    assert (found["owner"], found["start"], found["due"]) == ("契約課", "R9年度", "R10年度")


def test_stages_in_a_schedule_are_no_labels():
    """Of 令和9年度 養成開始 → 令和10年度 常設, the first and the last year count."""
    body = (
        "## 取組\n\n### 1 電子契約の導入\n\n担当：契約課\n\n"
        "日程：令和9年度 試行開始 → 令和10年度 本格開始\n"
    )
    found = measures(body)["電子契約の導入"]
    assert (found["start"], found["due"]) == ("令和9年度", "令和10年度")
