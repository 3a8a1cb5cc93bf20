"""Lists and tables of tasks of standardization, counts of them, and payment in two sentences."""

from __future__ import annotations

import pytest

from tests.helpers.documents import doubtful, drafted, plan_of_town, sure

HEADING = "## システムの標準化\n\n"


def told(body):
    return sure(drafted(plan_of_town(body))).get("standardization", {})


def test_lines_that_count_what_they_list():
    """A table typed with one blank: state, number, tasks."""
    body = (
        f"{HEADING}区分 業務数 業務\n\n移行完了 2 住民基本台帳，印鑑登録\n"
        "特定移行支援システム 2 戸籍，生活保護\n計 4\n\n"
        "特定移行支援システムについては、令和9年度中の移行完了を目指す。\n"
    )
    systems = told(body)["systems"]
    assert {id_: each["status"] for id_, each in systems.items()} == {
        "resident-register": "migrated", "seal-registration": "migrated",
        "family-register": "not-migrated", "public-assistance": "not-migrated",
    }  # fmt: skip
    assert systems["family-register"]["target"] == "令和9年度"


@pytest.mark.parametrize("head", ["移行時期", "稼働予定", "切替時期", "移行予定日", "移行目標"])
def test_a_table_of_many_tasks_is_on_their_systems(head):
    """Whatever stands in the heading above it."""
    body = (
        f"## ベンダーごとの予定\n\n| ベンダー | 業務 | {head} |\n|--|--|--|\n"
        "| A社 | 住民基本台帳<br>印鑑登録<br>国民年金 | 令和12年1月 |\n"
        "| B社 | 戸籍<br>戸籍の附票 | 令和11年12月 |\n"
    )
    systems = told(body)["systems"]
    assert systems["seal-registration"]["target"] == "令和12年1月"
    assert systems["family-register-appendix"]["target"] == "令和11年12月"


def test_a_table_of_what_is_paid_is_none_of_tasks():
    """Taxes beside payment by eL-QR, in one section with the tasks."""
    body = (
        f"{HEADING}| 業務 | 状況 |\n|--|--|\n| 固定資産税 | 移行中 |\n| 戸籍 | 移行中 |\n\n"
        "公金の収納（eL-QR）\n\n| 種類 | 状況 | 開始時期 | 備考 |\n|--|--|--|--|\n"
        "| 町税 | 開始済 | 令和5年4月 | 固定資産税、軽自動車税 |\n"
        "| 介護保険料 | 準備中 | 令和8年9月 | |\n"
    )
    systems = told(body)["systems"]
    assert systems["fixed-asset-tax"]["status"] == "in-progress"
    assert "light-vehicle-tax" not in systems


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("町では、対象となる20業務のうち生活保護を除く19業務について移行します。", "19"),
        ("町が標準準拠システムへ移すべき業務は十九である。", "19"),
        ("対象は、二十業務のうち本町に該当する十八業務である。", "18"),
        ("国の標準仕様に合わせたシステムへ、町の17業務を移行する。", "17"),
        ("市が使う18業務のシステムを、国の基準に合った標準システムに切り替えています。", "18"),
    ],
)
def test_how_many_tasks_are_in_scope(said, number):
    """The town's count, and not the nation's."""
    assert told(f"{HEADING}{said}\n")["in_scope"] == number


def test_two_counts_of_what_was_moved_are_asked():
    """Fifteen first, and seventeen in all."""
    said = (
        "令和7年10月に15業務の移行を終え、その後2業務の移行を終えた。"
        "これにより移行を終えた業務は17となった。"
    )
    found = drafted(plan_of_town(f"{HEADING}{said}\n"))["standardization"]
    assert "migrated" in doubtful(found)


@pytest.mark.parametrize(
    ("cell", "day"),
    [("令和7年3月31日現在", None), ("令和7年3月時点", None), ("令和7年3月", "令和7年3月")],
)
def test_the_day_of_a_count_is_not_that_of_a_move(cell, day):
    """現在 tells when so many were counted."""
    assert told(f"{HEADING}移行済み：6業務（{cell}）\n").get("migrated_on") == day


def test_the_cloud_of_what_is_left_is_asked():
    """Some were moved, and the others will run there."""
    said = "残る2業務は令和9年3月に移行し、全てをガバメントクラウド上で運用する。"
    body = f"{HEADING}18業務は令和8年1月に移行しました。{said}\n"
    assert "government_cloud" not in told(body)


@pytest.mark.parametrize(
    "said",
    [
        "令和12年9月の開始に向けて準備を進めている。対象は、介護保険料とする。",
        "介護保険料についても広げていきます。始めるのは令和12年9月の予定です。",
        "対応する公金は介護保険料です。いずれも令和12年9月に始める予定です。",
        "介護保険料の納付書にもつけていきます。開始時期は令和12年9月の予定です。",
        "公金収納検討チームを置き、令和12年9月の開始を目指して準備を進めている。対象は介護保険料とする。",
        "介護保険料については、令和12年9月の開始に向けて、令和8年度からシステムの改修を行う。",
    ],
)
def test_payment_told_in_two_sentences(said):
    """One names the charge, the other when it begins."""
    found = sure(drafted(plan_of_town(f"## eL-QRによる公金収納\n\n{said}\n")))["collection"]
    assert found["charges"]["long-term-care-premium"]["start"] == "令和12年9月"


def test_charges_some_lines_below_the_label_that_names_the_code():
    """Lists of what has it and what is to get it stand between."""
    body = (
        "## 公金のオンライン納付\n\n本町がeL-QRを付している公金\n\n"
        "町民税、固定資産税、介護保険料\n\n"
        "これから付す公金\n\n令和12年度　道路占用料\n\n令和13年度　下水道使用料\n\n付さない公金\n\n"
        "水道料金（企業団の所管）\n\nなお、税は令和5年4月、3つの保険料は令和8年9月に始めた。\n"
    )
    found = sure(drafted(plan_of_town(body)))["collection"]["charges"]
    assert found["elderly-medical-premium"] == {"status": "started", "start": "令和8年9月"}


@pytest.mark.parametrize(
    "said",
    [
        "住民記録、印鑑登録、選挙人名簿管理の三業務が標準準拠システムに移りました（いずれも1月5日）。",
        "住民記録、印鑑登録、選挙人名簿管理の3業務は標準準拠システムへ移行しました（すべて1月5日）。",
    ],
)
def test_what_is_said_of_all_days_is_not_said_of_all_tasks(said):
    body = f"{HEADING}標準化の対象は19業務です。令和8年1月末までに{said}\n"
    assert told(body).get("migrated") != "all"
    assert told(body).get("status") != "migrated"


def test_a_day_of_all_tasks_is_that_of_each_that_is_listed():
    """A list tells which tasks there are, and the sentence above it by when all of them move."""
    body = (
        f"{HEADING}本町の対象業務は次の6業務であり、令和9年1月までに全ての業務を標準準拠システムへ"
        "移行します。\n\n住民基本台帳、印鑑登録、戸籍、国民年金、介護保険、児童手当\n"
    )
    systems = told(body)["systems"]
    assert {each["target"] for each in systems.values()} == {"令和9年1月"}
    assert {each["status"] for each in systems.values()} == {"planned"}


@pytest.mark.parametrize(
    "table",
    [
        "| 業務 | R7上期 | R7下期 |\n|--|--|--|\n| 戸籍 | | ○ |\n| 国民年金 | | ○ |\n",
        "| 業務 | R7 | R8 |\n|--|--|--|\n| 戸籍 | ○ | |\n| 国民年金 | ○ | |\n",
        "- 戸籍、印鑑登録：令和7年度\n- 国民年金：令和7年度\n",
    ],
)
def test_a_day_without_a_state_is_asked(table):
    """Whether a task was moved by then, or is to be, a table alone does not tell."""
    found = drafted(plan_of_town(f"{HEADING}{table}"))["standardization"]["systems"]
    asked = doubtful(found["national-pension"])
    assert set(asked["status"]) == {"migrated", "planned"}
    assert asked["target"][0].startswith("令和7年度")
    assert "family-register" in found


@pytest.mark.parametrize(
    ("said", "told_of"),
    [
        ("障害者福祉は移行困難システムとして、令和11年3月までの移行を目指します。",
         {"status": "not-migrated", "target": "令和11年3月", "exception": "migration-difficult"}),
        ("戸籍と障害者福祉の2業務が移りました（いずれも令和8年1月5日）。", None),
    ],
)  # fmt: skip
def test_what_a_clause_says_of_a_task(said, told_of):
    """The kind of exception, and a day in brackets that is of all tasks of a clause."""
    systems = drafted(plan_of_town(f"{HEADING}{said}\n"))["standardization"]["systems"]
    task = systems["disability-welfare"]
    kept = {key: task.get(key) for key in told_of or ()}
    assert kept == (told_of or {})
    assert told_of or "令和8年1月5日" in (task.get("migrated"), *doubtful(task).get("migrated", ()))


def test_what_was_done_so_far_is_asked():
    """A review of the plan before tells of tasks and charges as they are, perhaps still."""
    body = (
        "## 前計画の振り返り\n\n"
        "対象とする20業務のうち18業務は、標準準拠システムに令和8年1月に移行しました。"
        "残る戸籍と戸籍の附票は、令和9年11月に移行します。"
        "eL-QRは、令和5年4月に軽自動車税で使えるようにしました。\n"
    )
    data = drafted(plan_of_town(body))
    system = data["standardization"]
    assert doubtful(system).keys() >= {"in_scope", "migrated"}
    assert "令和9年11月" in doubtful(system["systems"]["family-register"])["target"]
    assert "status" in doubtful(data["collection"]["charges"]["local-tax"])
    assert not sure(data).get("collection", {}).get("charges", {}).get("local-tax")


@pytest.mark.parametrize(
    "said",
    ["水道料金はコンビニで納付できます。", "eL-QRは、水道料金を除く公金で令和5年4月に始めた。"],
)
def test_charges_of_other_ways_are_not_asked(said):
    """Nor those that are left out of what is told."""
    data = drafted(plan_of_town(f"## 公金収納\n\n{said}\n"))
    assert "water" not in data.get("collection", {}).get("charges", {})
