"""What stands above tables and lists of tasks and charges tells only of what it is a label of."""

from __future__ import annotations

import pytest

from tests.helpers.documents import drafted, sure
from tests.test_draft_standing import COVER, charges, tasks

ROWS = (
    "| 業務 | 状況 | 時期 | 備考 |\n|--|--|--|--|\n"
    "| 住民基本台帳 | 移行済 | 令和7年10月 | |\n"
    "| 戸籍 | 未移行 | 令和9年3月（予定） | 特定移行支援システム |\n"
)


@pytest.mark.parametrize(
    "above",
    [
        "残る1業務は国に特定移行支援システムの申告を行っており、次表の時期に移行します。",
        "戸籍は特定移行支援システムに該当します。各業務の時期は次の表のとおりです。",
        "特定移行支援システムの該当の有無は下表のとおりです。",
    ],
)
def test_an_exception_above_a_table_is_none_of_rows_that_tell_otherwise(above):
    """Of the tasks of a table only those have the exception that are told to have it."""
    found = tasks(f"{above}\n\n{ROWS}")
    assert found["resident-register"] == {"status": "migrated", "migrated": "令和7年10月"}
    assert found["family-register"]["exception"] == "transition-support"


def test_the_line_before_is_no_label_of_the_next_one():
    """A line that names tasks itself tells nothing of those of another line."""
    found = tasks(
        "第1弾　令和7年10月　住民基本台帳・印鑑登録　→完了\n\n"
        "第2弾　令和9年3月　戸籍・戸籍の附票　→作業中"
    )
    assert found["seal-registration"] == {"status": "migrated", "migrated": "令和7年10月"}
    assert found["family-register-appendix"] == {"status": "in-progress", "target": "令和9年3月"}


def test_a_day_of_another_row_of_a_card_is_none_of_its_tasks():
    """What a card says of all tasks together is not said of those that are left."""
    found = tasks(
        "| 項目 | 内容 |\n|--|--|\n| 現況 | 対象20業務。令和8年3月末で18業務が移行完了。 |\n"
        "| 残業務 | 戸籍、健康管理 |\n| 備考 | 残業務は特定移行支援システムに該当する。 |"
    )
    assert "target" not in found["family-register"]


def test_tasks_that_are_counted_for_something_else():
    """毎年度20業務 are no tasks of standardization; those left after 除いた are in scope."""
    found = sure(
        drafted(
            f"{COVER}## 情報システムの標準化\n\n毎年度20業務を対象に流れを見直します。\n\n"
            "見本町が標準化の対象とするのは、20業務からこの2業務を除いた18業務です。\n"
        )
    )
    assert found["standardization"]["in_scope"] == "18"


@pytest.mark.parametrize(
    "body",
    [
        (
            "| 区分 | 内容 |\n|--|--|\n| 担当 | 会計課、上下水道課 |\n"
            "| 実績 | 令和5年4月　町税のeL-QR開始 |\n| 予定 | 令和9年4月　介護保険料のeL-QR開始 |\n"
            "| 検討 | 水道料金 |"
        ),
        (
            "| 段階 | 公金 |\n|--|--|\n| 導入済 | 令和5年4月 町税 |\n"
            "| 対応予定 | 令和9年4月 介護保険料 |\n| 検討中 | 水道料金 |"
        ),
    ],
)
def test_states_that_are_labels_of_a_card(body):
    """Beside a state stand the charges of it, each with its day."""
    assert charges(body) == {
        "local-tax": {"status": "started", "start": "令和5年4月"},
        "long-term-care-premium": {"status": "planned", "start": "令和9年4月"},
        "water": {"status": "considered"},
    }


def test_signs_year_by_year():
    """The first year tells where a charge stands, the first ● of later ones when it starts."""
    found = charges(
        "| 公金 | R8 | R9 | R10 |\n|--|--|--|--|\n| 町税 | ● | ● | ● |\n"
        "| 介護保険料 | ○ | ● | ● |\n| 道路占用料 | △ | △ | △ |\n| 水道料金 | － | － | － |\n\n"
        "●利用中（eL-QR）　○準備　△検討　－対象としない"
    )
    assert found["local-tax"] == {"status": "started"}
    assert found["long-term-care-premium"] == {"status": "preparing", "start": "令和9年度"}
    assert found["road-occupancy"] == {"status": "considered"}
    assert found["water"] == {"status": "none"}


@pytest.mark.parametrize(
    "heading",
    [
        "## 第4章 重点取組事項の状況\n\n### (3) 公金収納におけるeL-QRの活用",
        "## 重点取組事項への対応\n\n### eL-QR",
        "## 町の重点取組事項\n\n### eL-QR",
        "## 重点取組事項の進捗\n\n### eL-QR",
        "## 近隣市町村との連携\n\n### eL-QR",
        "## 社会情勢の変化への対応\n\n### eL-QR",
    ],
)
def test_priority_items_of_the_town(heading):
    """What stands below the town's own items is its own."""
    row = "| 公金 | 対応状況 | 開始時期 |\n|--|--|--|\n| 町税 | 対応済 | 令和5年4月 |\n"
    body = row + "| 水道料金 | 検討中 | 未定 |"
    assert charges(body, heading)["local-tax"] == {"status": "started", "start": "令和5年4月"}


@pytest.mark.parametrize(
    "heading",
    [
        "## 国の重点取組事項\n\n### eL-QR",
        "## 自治体DX推進計画の重点取組事項\n\n### eL-QR",
        "## 総務省が示す重点取組事項\n\n### eL-QR",
        "## 国が定める重点取組事項\n\n### eL-QR",
    ],
)
def test_priority_items_of_the_nation(heading):
    """What stands below those of the nation is none of the town's."""
    row = "| 公金 | 対応状況 | 開始時期 |\n|--|--|--|\n| 地方税 | 対応済 | 令和5年4月 |\n"
    assert charges(f"{row}| 水道料金 | 検討中 | 未定 |", heading) == {}


def test_what_is_not_of_a_charge():
    """A body called after taxes is no tax, and a reason is no state."""
    found = charges(
        "地方税共同機構との接続試験を行っています。"
        "水道料金は既にスマートフォン決済に対応しているため、eL-QRの対象とはしません。"
    )
    assert found == {"water": {"status": "none"}}
