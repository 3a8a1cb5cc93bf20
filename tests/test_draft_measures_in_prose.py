"""Measures that prose tells of: by whom in a bracket, in sections, with what they are called."""

from __future__ import annotations

import pytest

from tests.helpers.documents import measures, sure_ones

SECTIONS = """## 第3 暮らしの便利

### 1 届出と証明

ア 郵便局での証明書の交付は、令和6年4月に始めており、引き続き行う（担当 市民課）。

イ 遠隔窓口を、令和9年6月に支所へ置く（所管：支所）。

### 2 施設の申込み

共同の予約システムを令和7年7月から利用している。令和9年度に、事前決済を
始める（担当 社会教育課）。
"""


def asked_of(made, key):
    found = [each["candidates"] for each in made["doubts"] if each.get("of") == [key]]
    return [*found, [made.get(key)]][0]


def test_who_does_it_in_a_bracket_at_the_end_of_prose():
    """Where one heading gathers several, none of them is a measure; each paragraph may be one."""
    found = measures(SECTIONS)
    assert not sure_ones(SECTIONS)
    assert found["共同の予約システム"]["owner"] == "社会教育課"
    assert sum("遠隔窓口" in title for title in found) == 1


def test_what_is_owned_needs_no_word_of_an_area():
    text = "## 計画の期間\n\n5年間\n\n## 第2 内部\n\n"
    text += "受付台の更新については、令和9年度に全館で行う（担当 管財課）。\n"
    found = measures(text)["受付台の更新"]
    assert found["owner"] == "管財課"
    assert "令和9年度" in asked_of(found, "start")


def test_bracket_belongs_to_what_is_called_last():
    text = (
        "## 計画の期間\n\n5年間\n\n## 第6節 支え\n\n"
        "市民課は、「来庁予約の試行」を令和8年度に始める予定です。"
        "「若手DX塾」を令和6年度に開き、業務の改善を学んでいます（総務課）。\n"
    )
    found = measures(text)
    assert found["若手DX塾"]["owner"] == "総務課"
    assert "総務課" not in found["来庁予約の試行"].get("owner", "")


@pytest.mark.parametrize(
    "heading", ["支払い", "システムの標準化", "高齢の方とスマホ", "畑と山", "職員の仕事"]
)
def test_heading_among_those_that_gather_several(heading):
    """Most of its neighbours gather several things: it is one like them."""
    several = (
        "電子申請を広げます。移動図書館を始めます。公式LINEを令和8年度に開きます。"
        "在宅勤務を試します。"
    )
    parts = "".join(f"### （{n}）{name}\n\n{several}\n\n" for n, name in enumerate("川海丘", 1))
    alone = f"### （4）{heading}\n\n標準準拠システムへの移行を進めます。\n"
    assert not sure_ones(f"## 4 取り組むこと\n\n{parts}{alone}")


def test_another_area_of_a_sentence_is_asked():
    text = "## 取組\n\n### 支払い\n\n住民票の手数料は、令和6年4月からコード決済で支払えます。\n"
    assert {"住民票の手数料", "コード決済"} <= measures(text).keys()


@pytest.mark.parametrize(
    ("told", "key", "value"),
    [
        ("税務課は、電子納付の案内を令和8年度に配ります。", "owner", "税務課"),
        ("住民課に「ひと書き窓口」を設けます。", "owner", "住民課"),
        ("電子申請は、令和5年2月から受け付けています。", "status", "ongoing"),
        ("音声認識を会議録に使い続けます。", "status", "ongoing"),
        ("コンビニ交付については、検討することとし、時期は定めません。", "status", "considered"),
    ],
)
def test_what_prose_tells_by_its_subject_or_verb(told, key, value):
    found = measures(f"## 取組\n\n### 暮らし\n\n{told}\n").values()
    assert any(value in asked_of(made, key) for made in found)


def test_each_sentence_with_its_own_office():
    text = (
        "## 取組\n\n### 内部\n\n電子決裁を令和9年度に広げます（担当：総務課）。"
        "会議のペーパーレス化は、令和8年度から始めます（担当：議会事務局）。\n"
    )
    found = measures(text)
    owners = {made["owner"] for name, made in found.items() if "ペーパーレス" in name}
    assert owners == {"議会事務局"}


def test_what_is_sure_counts_more_than_a_state_of_the_verb():
    text = (
        "## 完了した取組\n\n- コンビニ交付の実施：証明書を交付しています。"
        "令和6年10月1日に導入しました。\n"
    )
    (made,) = measures(text).values()
    assert (made["status"], made["completed"]) == ("done", "令和6年10月1日")


@pytest.mark.parametrize(
    ("title", "area"),
    [
        ("足湯の混雑の案内", "regional-dx"),
        ("板の回覧の見直し", "resident-messaging"),
        ("払出しの伝票の廃止", "internal-systems"),
        ("画面の読み上げへの対応", "digital-divide"),
    ],
)
def test_areas_of_further_words_are_asked(title, area):
    made = measures(f"## 取組\n\n### {title}\n\n担当課：総務課\n")[title]
    assert area in asked_of(made, "areas")
