"""Where tasks and charges stand, by tables, lists and sentences, and by what stands above them."""

from __future__ import annotations

import pytest

from tests.helpers.documents import drafted, sure

COVER = "# 見本町DX推進計画\n\n令和8年6月 見本町\n\n"


def tasks(body):
    """Return what is sure of each task in a plan of 令和8年6月."""
    found = sure(drafted(f"{COVER}## 情報システムの標準化\n\n{body}\n"))
    systems = found.get("standardization", {}).get("systems", {})
    return {name: {k: v for k, v in e.items() if k != "evidence"} for name, e in systems.items()}


def charges(body, heading="## 公金のeL-QR"):
    """Return what is sure of each charge in a plan of 令和8年6月."""
    found = sure(drafted(f"{COVER}{heading}\n\n{body}\n")).get("collection", {}).get("charges", {})
    return {name: {k: v for k, v in e.items() if k != "evidence"} for name, e in found.items()}


REGISTER = {"status": "migrated", "migrated": "令和7年10月"}
FAMILY = {"status": "planned", "target": "令和9年3月"}


@pytest.mark.parametrize(
    "body",
    [
        # a day past or to come, below a head that tells neither
        (
            "| 担当課 | 業務 | 完了（予定）年月 |\n|--|--|--|\n"
            "| 住民課 | 住民基本台帳 | 令和7年10月 |\n"
            "| 住民課 | 戸籍 | 令和9年3月 |"
        ),
        # bands between rows
        (
            "| 業務 | 移行日 |\n|--|--|\n| 移行済（1業務） | |\n| 住民基本台帳 | 令和7年10月 |\n"
            "| 移行予定（1業務） | |\n| 戸籍 | 令和9年3月 |"
        ),
        # read across
        (
            "| 区分 | 住民基本台帳 | 戸籍 |\n|--|--|--|\n| 状況 | 移行済 | 予定 |\n"
            "| 時期 | 令和7年10月 | 令和9年3月 |"
        ),
        # what a head tells of several rows, and short names
        (
            "| 移行時期 | 業務 |\n|--|--|\n| 令和7年10月（済） | 住基 |\n| | 印鑑 |\n"
            "| 令和9年3月（予定） | 戸籍 |\n| | 附票 |"
        ),
        # waves, and lists below what they are
        "- 第1波（令和7年10月）：住基、印鑑\n- 第2波（令和9年3月予定）：戸籍、附票",
        (
            "### 移行を終えた業務（令和7年10月）\n\n住民基本台帳、印鑑登録\n\n"
            "### これから移行する業務（令和9年3月）\n\n戸籍、戸籍の附票"
        ),
        "移行スケジュール\n\n令和7年10月　住民基本台帳、印鑑登録\n\n令和9年3月　戸籍",
        "住民課：住民基本台帳（令和7年10月済）、戸籍（令和9年3月予定）",
        "・住民基本台帳／移行済／令和7年10月\n\n・戸籍／予定／令和9年3月",
        "- 住民基本台帳 【移行済 令和7年10月】\n- 戸籍 【移行予定 令和9年3月】",
        # sentences
        "住民基本台帳（令和7年10月）の移行を終えました。戸籍（令和9年3月）はこれから移行します。",
        "住民記録と印鑑登録は令和7年10月に移行し、戸籍は令和9年3月に移行する予定です。",
        # of two days, that of the move; another town is none of ours
        (
            "| 業務 | 当初の予定 | 移行予定 | 移行実績 |\n|--|--|--|--|\n"
            "| 住民基本台帳 | 令和7年8月 | 令和7年9月 | 令和7年10月 |\n"
            "| 戸籍 | 令和8年1月 | 令和9年3月 | |"
        ),
        (
            "3町の移行時期\n\n| 業務 | 見本町 | 隣野町 |\n|--|--|--|\n"
            "| 住民基本台帳 | 令和7年10月 | 令和7年12月 |\n| 戸籍 | 令和9年3月 | 令和8年1月 |"
        ),
    ],
)
def test_tasks_by_what_stands_around_them(body):
    """A day that has passed when the plan was made is that of the move; a later one is aimed at."""
    found = tasks(body)
    assert found["resident-register"] == REGISTER
    assert found["family-register"] == FAMILY


def test_a_day_of_something_else_is_none_of_a_move():
    """令和7年度末までの移行が困難 is no day by which it is moved, nor that of a plan for it."""
    found = tasks(
        "健康管理については、令和7年度末までの移行が困難となったため、特定移行支援システムとして"
        "令和10年度末までに移行する。税務の4業務は令和8年1月に切り替えた。"
    )
    assert found["health-management"]["target"] == "令和10年度末"
    assert found["fixed-asset-tax"] == {"status": "migrated", "migrated": "令和8年1月"}


def test_numbers_of_the_nation_and_of_the_town():
    """Of 20 tasks, those that the town does not have are none of its own; a note may tell so."""
    bodies = [
        "当町の対象業務は20業務から生活保護を除いた19業務です。",
        (
            "令和8年1月に全19業務の移行を完了した。\n\n"
            "（注）標準化対象20業務のうち、生活保護は町では該当しない。"
        ),
        "本町では、20業務のうち該当する19業務（生活保護を除く。）を移行します。",
    ]
    for body in bodies:
        found = sure(drafted(f"{COVER}## 情報システムの標準化\n\n{body}\n"))["standardization"]
        assert found.get("in_scope") == "19", body


WATER = {"status": "none"}
CARE = {"status": "preparing", "start": "令和9年4月"}
TAX = {"status": "started", "start": "令和5年4月"}


@pytest.mark.parametrize(
    "body",
    [
        (
            "| 公金の種類 | コンビニ | eL-QR | 開始時期 |\n|--|--|--|--|\n"
            "| 町税 | ○ | 対応済 | 令和5年4月 |\n| 介護保険料 | ○ | 準備中 | 令和9年4月 |\n"
            "| 水道料金 | ○ | 予定なし | |"
        ),
        (
            "| 税・料 | eL-QR | 開始時期 |\n|--|--|--|\n| 町税 | ○ | 令和5年4月 |\n"
            "| 介護保険料 | △ | 令和9年4月 |\n| 水道料金 | × | |\n\n"
            "○ 利用できる　△ 準備中　× 導入の予定なし"
        ),
        "対応済　町税（令和5年4月）\n\n準備中　介護保険料（令和9年4月）\n\n対象外　水道料金",
        (
            "- 町税：eL-QR（令和5年4月～）\n- 介護保険料：令和9年4月から（帳票を改修中）\n"
            "- 水道料金：なし"
        ),
        (
            "歳入：町税\n\n方針：導入済\n\n時期：令和5年4月\n\n歳入：介護保険料\n\n"
            "方針：導入（改修中）\n\n時期：令和9年4月\n\n歳入：水道料金\n\n方針：導入しない"
        ),
        (
            "町税は、令和5年4月から納付できます。介護は令和9年4月の開始に向けて準備を進めています。"
            "水道料金は、口座振替が多いことから、eL-QRには対応しない。"
        ),
        (
            "### 町税\n\neL-QRに令和5年4月から対応している。\n\n### 介護保険料\n\n"
            "eL-QRは令和9年4月の開始に向け準備している。\n\n"
            "### 水道料金\n\neL-QRの導入は予定していない。"
        ),
    ],
)
def test_charges_by_what_stands_around_them(body):
    """The column of eL-QR, a label, a card or a heading tells of what is bare otherwise."""
    found = charges(body)
    assert found["local-tax"] == TAX
    assert found["long-term-care-premium"] == CARE
    assert found["water"] == WATER


@pytest.mark.parametrize(
    "body",
    [
        "### スマートフォン決済\n\n対応済　水道料金（令和3年6月）",
        "水道料金：令和3年6月からコンビニ納付",
        "・稲田町は、水道料金のeL-QRを令和6年10月に始めた。",
        (
            "| 団体 | 公金 | 開始 |\n|--|--|--|\n| 稲田町 | 水道料金 | 令和6年10月 |\n"
            "| 芹沢町 | 道路占用料 | 令和7年4月 |"
        ),
    ],
)
def test_charges_of_other_ways_and_of_others(body):
    """What is paid in another way, and what another town does, tells nothing of eL-QR here."""
    assert not charges(body).keys() & {"water", "road-occupancy"}


def test_a_charge_that_is_excepted_leaves_the_others():
    """What stands before 除く is not told of; the others have their own days."""
    found = charges(
        "国民健康保険料を除く公金のうち、介護保険料を令和8年10月から、"
        "下水道使用料を令和9年4月から対象とします。"
    )
    assert found == {
        "long-term-care-premium": {"status": "planned", "start": "令和8年10月"},
        "sewerage": {"status": "planned", "start": "令和9年4月"},
    }
