"""A workbook as people fill it in: words, numbers and titles are read, or asked about once."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dxrules.assessment.origin_of_evidence import is_copied
from dxrules.errors import PlanError
from dxrules.plan import plan_of
from dxrules.plan.convert import converted
from dxrules.plan.workbook.cell_figures import as_number
from dxrules.plan.workbook.choices import Offered
from dxrules.plan.workbook.layout import sheets
from dxrules.plan.workbook.natural_words import asked, natural
from dxrules.plan.workbook.reader import document_of
from dxrules.source import from_text
from dxrules.source.types import parse_target_year
from dxrules.texts import Text
from tests.helpers.workbooks import LABELS, LAW, SMALL_DATA, column, edited, value_cell, workbook_of

pytestmark = pytest.mark.slow  # a workbook is written and read for each

COLUMNS = {(s.name, c.name): c for s in sheets() for c in s.columns}
STATUS = column("provisions", "status")


def taken(*changes):
    """Return what a workbook without a fault holds after changes."""
    document = document_of(edited(changes), "a.xlsx")
    assert document.problems == ()
    assert plan_of(document, LAW.reference).plan
    return document.data


def faults(*changes, lang="en"):
    """Return what is wrong with a workbook after changes."""
    with pytest.raises(PlanError) as caught:
        plan_of(document_of(edited(changes), "a.xlsx"), LAW.reference)
    return [problem.text.in_(lang) for problem in caught.value.problems]


SURE = {
    ("provisions", "status"): {
        "in-place": "○ 〇 ◯ ✓ 整備済 整備済み 設置済み 策定済み 有 あり 済 実施中 任命している "
        "利用中 参加している 公開中",
        "planned": "予定 策定予定 今後整備予定 作成中 準備中 設置する予定 実施準備中 参加予定",
        "considered": "検討 検討中 設置を検討中 検討している",
    },
    ("measures", "status"): {
        "done": "完了 済 実施済み 導入済 完了した 終了 終わった",
        "ongoing": "継続 継続中 実施中 推進中 構築中 着手済み 順調 進めている",
        "late": "遅延 遅れている やや遅れ",
        "suspended": "休 休止中",
        "planned": "予定 実施予定 導入する予定",
        "considered": "検討中 導入を検討",
        "dropped": "中止 廃止 やめた 取りやめ",
        "declined": "行わない",
    },
    ("standardization.systems", "status"): {
        "migrated": "○ 移行済 完了 済み 移行した",
        "in-progress": "移行中 作業中",
        "planned": "移行予定",
        "not-migrated": "未移行 未",
    },
    ("collection.charges", "status"): {
        "started": "○ 開始済 導入済み 実施中",
        "preparing": "準備中 改修中",
        "planned": "予定",
        "considered": "検討中",
        "none": "しない 行わない",
    },
    ("plan", "plan.status"): {"established": "策定 策定済", "draft": "案 素案"},
    ("plan", "plan.published"): {"yes": "○ はい 公表済み ある", "no": "× いいえ 未公表 なし"},
    ("provisions", "rank"): {
        "mayor": "町長 市長 首長",
        "deputy-mayor": "副町長 副市長",
        "superintendent": "教育長",
        "executive": "総務部長 部長級",
        "manager": "総務課長",
        "external": "外部人材",
    },
    ("provisions", "scope"): {"all-staff": "全職員 全員"},
    ("provisions", "cycle"): {"yearly": "毎年 年1回 年度末", "monthly": "月1回"},
    ("standardization.excluded", "reason"): {
        "run-by-prefecture": "県が実施 道の事務 県の福祉事務所が行う",
        "run-by-union": "広域連合が処理 福岡県介護保険広域連合 一部事務組合で実施",
        "no-system": "システムなし",
        "no-such-task": "該当事務なし",
    },
    ("collection", "collection.health_insurance"): {"tax": "税 国保税", "premium": "料 保険料"},
    ("indicators", "direction"): {"up": "増 増加", "down": "減 ↓", "keep": "維持"},
    ("standardization", "standardization.scope"): {"all": "すべて 全業務 20業務", "list": "一覧"},
    ("document", "document.read"): {"complete": "はい ○ 全部 すべて", "part": "いいえ 一部"},
}


@pytest.mark.parametrize(
    ("where", "value", "word"),
    [
        (where, value, word)
        for where, values in SURE.items()
        for value, words in values.items()
        for word in words.split()
    ],
)
def test_words_that_are_sure(where, value, word):
    """Words of people are read where they can mean only one of the values."""
    assert Offered({}).meant(COLUMNS[where], word) == value


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (("provisions", "status"), "× なし 未整備 策定 設置する 対象外 - 置いていない"),
        (("measures", "status"), "○ × △ □ 実施 未着手 導入する"),
        (("standardization.systems", "status"), "× 対象外"),
        (("collection.charges", "status"), "× なし 未定"),
        (("standardization", "standardization.government_cloud"), "× なし"),
    ],
)
def test_words_that_are_asked_about(where, words):
    """A word that may mean two values is never read as one of them."""
    for word in words.split():
        assert natural(COLUMNS[where], word) is None
        question = asked(COLUMNS[where], word)
        assert question is not None
        assert "{" not in question.ja + question.en
        for label in COLUMNS[where].choices.values():
            if f"「{label.ja}」" in question.ja:
                assert f'"{label.en}"' in question.en


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (("provisions", "status"), "検討予定 整備しない予定 検討済み 未整備予定 整備の予定はない"),
        (("provisions", "rank"), "副部長 推進本部長 副課長 課長補佐 助役"),
        (("measures", "status"), "完了予定なし 検討予定"),
        (("plan", "plan.title"), "○ 済み"),
    ],
)
def test_words_that_are_not_read(where, words):
    """What is not surely one of the values is left to whoever filled it in."""
    for word in words.split():
        assert natural(COLUMNS[where], word) is None, word


@pytest.mark.parametrize(
    ("where", "said", "read"),
    [
        (("standardization", "standardization.in_scope"), "17業務", "17"),
        (("standardization", "standardization.in_scope"), "１７ 業務", "17"),
        (("standardization", "standardization.migrated"), "すべて", "all"),
        (("plan", "plan.measure_count"), "48事業", "48"),
        (("plan", "plan.measure_count"), "約48事業", "約48事業"),
        (("evidence", "page"), "P.12", "12"),
        (("evidence", "page"), "ｐ１２", "12"),
        (("evidence", "page"), "12ページ", "12"),
        (("evidence", "page"), "p.12-13", "p.12-13"),
        (("indicators", "text_measure.value"), "約1,200人", "1200"),
        (("indicators", "text_measure.value"), "多数", "多数"),
        (("indicators", "title"), "17業務", "17業務"),
    ],
)
def test_figures_with_what_is_around_them(where, said, read):
    """A cell that asks for a count or a page takes it with its counter; nothing is made exact."""
    assert as_number(COLUMNS[where], said) == read


def test_the_same_question_is_put_once():
    """A word that can mean two things is asked about once, with all of its cells."""
    measure = column("measures", "status")
    said = faults(
        *(("provisions", f"{STATUS}{row}", "×") for row in (4, 5)),
        *(("measures", f"{measure}{row}", "○") for row in (4, 5, 6)),
        ("measures", f"{measure}7", "宇宙"),
        ("measures", f"{measure}8", "宇宙"),
    )
    assert [line.split(": ", 1)[0].rpartition("!")[2] for line in said] == [
        f"{STATUS}4",
        f"{measure}4",
        f"{measure}7",
    ]
    assert [line.split('": ', 1)[1] for line in said[:2]] == [
        (
            f'"×" can mean two things. The same stands in {STATUS}5. If the plan says so choose '
            '"said to be none"; if it says nothing leave the cell empty.'
        ),
        (
            f'"○" can mean two things. The same stands in {measure}5, {measure}6. '
            "It may be done, under way or still to come. "
            'Choose "done", "ongoing" or "planned".'
        ),
    ]
    assert f'"宇宙" is not one of the values. The same stands in {measure}8. ' in said[2]


def test_many_cells_of_one_question():
    """Of many cells the first few are named."""
    rows = range(4, 18)
    said = faults(*(("plan.cites", f"E{row}", "宇宙") for row in rows))
    about = [line for line in said if "宇宙" in line]
    assert len(about) == 1
    assert "The same stands in 13 more cells: E5, E6, " in about[0]


def test_the_beginning_of_a_name():
    """An entry of a list is known by the beginning of its name, if no other begins so."""
    areas = COLUMNS["measures", "areas"]
    offered = Offered(
        {areas.list_name: {"a": "テレワークの推進", "b": "AIの利用", "c": "AIの試行"}}
    )
    assert offered.meant(areas, "テレワーク") == "a"
    assert offered.meant(areas, "AIの") is None
    assert offered.meant(areas, "テレ") is None


@pytest.mark.parametrize("said", ["R10", "r10", "２０２８", "令和10", "令和10年度"])
def test_the_year_of_a_target(said):
    """The year of a target is a fiscal year, as its heading asks; in a plan file, too."""
    year = parse_target_year(said)
    assert (year.earliest, year.latest) == (date(2028, 4, 1), date(2029, 3, 31))


def test_a_calendar_year_of_a_target():
    """A year that is called calendar is one."""
    assert parse_target_year("2028年").latest == date(2028, 12, 31)


# ---- Ids and titles ----


def entries(*changes):
    """Return the measures of a workbook after changes."""
    return taken(*changes)["measures"]


def test_ids_of_themselves():
    """Any text that stands once is an id, or none; an id does not depend on the row."""
    alone = [("measures.requires", f"{each}{row}", None) for each in "ABC" for row in range(4, 9)]
    before = entries(*alone)
    made = entries(
        *alone,
        ("measures", "A4", "③"),
        ("measures", "A5", None),
        ("measures", "A6", "取組ア"),
        ("measures", "A7", "No. 5"),
    )
    assert (made[0]["id"], made[3]["id"]) == ("3", "no-5")
    assert made[1]["id"].startswith("m-")
    assert made[2]["id"].startswith("m-")
    first, second = before[0]["title"], before[1]["title"]
    moved = entries(
        *alone,
        *(("measures", f"A{row}", None) for row in (4, 5, 6)),
        ("measures", "B4", second),
        ("measures", "B5", first),
        ("measures", "B6", second),
    )
    assert moved[0]["id"] == made[1]["id"]
    assert moved[2]["id"] == f"{made[1]['id']}-2"


def test_titles_lead_to_entries():
    """Other sheets name an entry by its title, its number, or its id."""
    first, second = (measure["title"] for measure in SMALL_DATA["measures"][:2])
    assert (
        entries(("measures.requires", "A4", second), ("measures.requires", "B4", first))
        == (SMALL_DATA["measures"])
    )
    named = entries(("measures", "A4", "K１"), ("measures.requires", "B4", "k1"))
    assert named[0]["id"] == named[1]["requires"][0]["id"] == "k1"


def test_titles_that_stand_twice():
    """A title of two entries leads to neither; their numbers do."""
    title = SMALL_DATA["measures"][0]["title"]
    said = faults(("measures", "B5", title), ("measures.requires", "A4", title))
    assert said == [
        (
            f'a.xlsx:prerequisites!A4: More than one entry is called "{title}". '
            "Give each a number, and write that number here."
        )
    ]


def test_numbers_that_stand_twice():
    """A number that stands twice is one fault."""
    said = faults(("measures", "A5", "④"), ("measures", "A6", "④"))
    assert said[0].startswith('a.xlsx:measures!A6: "④" stands twice (first in row 5).')


def test_names_of_nothing():
    """A name that no entry has is a fault, with what may be meant."""
    (said,) = faults(("measures.requires", "B4", "窓口の取組"))
    assert said.startswith('a.xlsx:prerequisites!B4: There is no entry "窓口の取組".')


# ---- Checklists ----


def test_rows_that_only_name_an_entry():
    """A row of a checklist that was not filled in is no entry, and no fault."""
    data = taken(
        ("provisions", "A30", "cybersecurity-policy-of-mayor"),
        ("collection.charges", "A30", "local-tax"),
    )
    assert data == SMALL_DATA
    (said,) = faults(("provisions", "A30", "no-such-thing"))
    assert '"no-such-thing" is not in the reference list' in said


def test_evidence_for_a_row_that_says_nothing_else():
    """Evidence may be all that is known of an entry of a checklist."""
    data = taken(
        ("provisions", "A30", "cybersecurity-policy-of-mayor"),
        ("evidence", "A30", LABELS["provisions"]),
        ("evidence", "B30", "cybersecurity-policy-of-mayor"),
        ("evidence", "F30", "方針"),
    )
    assert data["provisions"]["cybersecurity-policy-of-mayor"] == {"evidence": [{"text": "方針"}]}


def test_empty_cells_are_not_yet_read():
    """Until it is said that all was read, what is empty counts as not read, and that is said."""
    read, row = value_cell("document", "document.read"), "B10"
    lost = [
        ("document", read, None),
        *(("document.passages", f"{c}{r}", None) for c in "ABCDEFG" for r in range(4, 9)),
        *(("document.lost", f"{c}{r}", None) for c in "ABCDE" for r in range(4, 9)),
    ]
    document = document_of(edited([*lost, ("sections", row, None)]), "a.xlsx")
    assert document.data["document"] == {"read": "unstated"}
    file = plan_of(document, LAW.reference)
    assert not is_copied(file)
    again = from_text(converted(file, Path("a.yaml"), "ja", LAW.reference).decode(), "a.yaml")
    assert not is_copied(plan_of(again, LAW.reference))
    said = document_of(edited([*lost[1:], ("sections", row, None)]), "a.xlsx")
    assert is_copied(plan_of(said, LAW.reference))
    assert [text.en for text in document.remarks] == [
        (
            f"a.xlsx:{LABELS['document']}!{read}: It is empty, so that other empty cells are taken "
            'as not yet read. When all of the document was read and filled in, choose "complete".'
        )
    ]
    answered = document_of(edited([*lost, ("sections", row, "no")]), "a.xlsx")
    assert "document" not in answered.data


# ---- What messages call things ----


def test_no_keys_in_messages():
    """A Japanese message about a workbook calls keys, codes and sheets as people see them."""
    key = "standardization"
    raw = edited(
        [
            (key, value_cell(key, f"{key}.in_scope"), "0"),
            ("plan", value_cell("plan", "plan.no_period_because"), "x"),
            ("plan", value_cell("plan", "plan.period"), "令和8年度～令和12年度"),
            ("waivers", "A4", "DXP-10"),
            *(("waivers", f"{letter}4", "x") for letter in "BCDE"),
            ("waivers", "G4", "令和9年4月1日"),
            ("waivers", "H4", "令和8年4月1日"),
        ]
    )
    with pytest.raises(PlanError) as caught:
        plan_of(document_of(raw, "a.xlsx"), LAW.reference)
    said = [problem.message.ja + problem.hint.ja for problem in caught.value.problems]
    assert len(said) == 3
    assert not any(re.search("[a-z_]{3,}", line) for line in said), said
    assert any("「対象業務の数」" in line and "「対象外の業務」" in line for line in said)


def test_sheets_by_their_former_names():
    """A workbook of an earlier version, whose sheets had other names, is read as before."""
    book = load_workbook(io.BytesIO(workbook_of(SMALL_DATA, "ja", LAW.reference)))
    former = {
        "計画の基本情報": "計画そのもの",
        "体制・ルールの整備状況": "団体が整えたもの",
        "読み取りの範囲": "文書の読み取り",
        "記載なしと確認した項目": "読んだ節",
    }
    for now, before in former.items():
        book[now].title = before
    stream = io.BytesIO()
    book.save(stream)
    document = document_of(stream.getvalue(), "a.xlsx")
    assert (document.problems, document.data) == ((), SMALL_DATA)


def test_a_municipality_from_the_list():
    """A municipality that is chosen from the list needs neither code nor English name."""
    raw = edited(
        [
            ("plan", value_cell("plan", "municipality.code"), None),
            ("plan", value_cell("plan", "municipality.name.en"), None),
            ("plan", value_cell("plan", "municipality.name.ja"), "山形県西川町"),
        ]
    )
    about = plan_of(document_of(raw, "a.xlsx"), LAW.reference).plan.municipality
    assert (about.code, about.name.text) == ("063223", Text("西川町", "Nishikawa"))


def test_dashes_say_nothing_and_ditto_marks_repeat_the_cell_above():
    """A dash names no office; 〃 is what stands above; in 「」 a sign is the text itself."""
    owner, areas = column("measures", "owner"), column("measures", "areas")
    cells = {"B14": "電子納税", "B15": "電子申請", "B16": "電子決裁", "B17": "「－」"}
    cells |= {f"{owner}14": "－", f"{owner}15": "総務課", f"{owner}16": "〃", f"{owner}17": "未定"}
    cells |= {f"{areas}15": "該当なし"}
    changes = [("measures", cell, said) for cell, said in cells.items()]
    data = taken(*changes, ("plan", value_cell("plan", "plan.edition"), "なし"))
    measures = data["measures"][-4:]
    assert [each.get("owner") for each in measures] == [None, "総務課", "総務課", None]
    assert measures[1]["areas"] == []
    assert measures[3]["title"] == "－"
    assert "edition" not in data["plan"]


def test_cells_taken_as_empty_are_told_once():
    """Whoever wrote a dash is told how it was read; a ditto mark needs something above."""
    owner = column("measures", "owner")
    changes = [("measures", f"{owner}{row}", "－") for row in (4, 5)]
    document = document_of(edited(changes), "a.xlsx")
    assert [each.en for each in document.remarks] == [
        f'a.xlsx:measures!{owner}4: "－": It is read as an empty cell. The same in {owner}5.'
    ]
    assert faults(("measures", f"{owner}4", "〃")) == [
        f'a.xlsx:measures!{owner}4: "〃", but the cell above it is empty. Write the value.'
    ]


def test_other_names_of_areas_are_read():
    """What plans call an area, too, is read in a cell, and named where it was mistyped."""
    cell = f"{column('measures', 'areas')}4"
    data = taken(("measures", cell, "行政手続のオンライン化"))
    assert data["measures"][0]["areas"] == ["front-yard"]
    [fault] = faults(("measures", cell, "行政手続オンライン化"))
    assert fault.endswith("Did you mean 行政手続のオンライン化?")
