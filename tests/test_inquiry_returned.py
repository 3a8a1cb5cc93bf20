"""An inquiry that came back: what is taken, and what is refused with its cell."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from dxrules.errors import InputError
from dxrules.source.sheets.sheet import letters
from tests.helpers.inquiries import KOGE, answer, filled, inquiry, places, sheet_of, taken

OPEN_DATA = "provisions.open-data.status"
PUBLISHED = "provisions.{}.published"
POLICIES = ";".join(
    f"provisions.cybersecurity-policy-of-{who}.status"
    for who in ("mayor", "committees", "assembly")
)
MIGRATED = "standardization.migrated"
REVIEWED = "provisions.security-policy.reviewed"


def told(raw, **options):
    """Return the answers in a workbook: entry, value and day of each."""
    found = taken(raw, **options)
    return [(g.answer.about, g.answer.answer, g.answer.told.text) for g in found.given]


def faults(changes, **options):
    """Return what is wrong with a workbook, each with its cell."""
    return faults_of(filled(changes), **options)


def faults_of(raw, **options):
    """Return the same of any workbook."""
    with pytest.raises(InputError) as caught:
        taken(raw, **options)
    return [(p.place.cell.rpartition("!")[2], p.message.en, p.hint) for p in caught.value.problems]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_inquiry_as_it_was_written_holds_no_answers(lang):
    """All rows of it are open, and none is taken."""
    found = taken(sheet_of(lang=lang))
    parts = sum(len(question.parts) for question in inquiry().questions)
    assert (found.given, found.open, found.others) == ((), parts, 0)


@pytest.mark.parametrize("said", ["予定", "planned", "Planned ", "ｐｌａｎｎｅｄ"])
def test_what_is_chosen_goes_by_word_or_code(said):
    """A choice is read in either language, whatever its width and case."""
    day = "令和9年4月"
    assert told(filled(answer(OPEN_DATA, said, day))) == [
        (OPEN_DATA, "planned", "令和8年11月10日"),
        ("provisions.open-data.since", day, "令和8年11月10日"),
    ]


def test_a_day_in_two_lines_of_a_cell():
    """A line that was broken to fit into its cell is one line of the plan file."""
    given = taken(filled(answer(OPEN_DATA, "予定", "令和9年\n4月"))).given
    assert given[1].answer.answer == "令和9年 4月"


@pytest.mark.parametrize(
    ("about", "said", "taken_as"),
    [
        (POLICIES, "策定済", "in-place"),
        (OPEN_DATA, "公開済み", "in-place"),
        (OPEN_DATA, "なし", "none"),
        (OPEN_DATA, "×", "none"),
        (POLICIES.replace(".status", ".published"), "×", "no"),
        (POLICIES.replace(".status", ".published"), "なし", "no"),
        (OPEN_DATA, "整備を検討中", "considered"),
        (MIGRATED, "18業務", "18"),
    ],
)
def test_what_people_write_for_a_choice(about, said, taken_as):
    """Words that surely mean a choice are taken as it."""
    assert {value for _, value, _ in told(filled(answer(about, said)))} == {taken_as}


def test_tasks_that_are_left_out_stay_as_they_were_written():
    """What is no choice is taken in the words of who answered."""
    said = answer("standardization.excluded", "生活保護（県の事務）")
    back = filled(said, sheet_of("nakanojo"))
    assert {value for _, value, _ in told(back, code="104213")} == {"生活保護（県の事務）"}


def test_what_may_be_written_instead_is_said():
    """A count may be a number, and a day goes with some of the answers."""
    ((at, _, hint),) = faults(answer(MIGRATED, "ほとんど"))
    assert (at[:1], hint.ja) == ("E", "選べるのは: 20業務すべて、数。")
    ((_, _, hint),) = faults(answer(MIGRATED, "18", "令和8年1月"))
    assert hint.ja == "日付の欄を空にしてください。日を書くのは次の答えのとき: 20業務すべて。"


@pytest.mark.parametrize(
    ("former", "now"),
    [("その日", "日付"), ("its day", "日付"), ("回答した日", "回答日"), ("回答した者", "回答者")],
)
def test_a_workbook_that_was_sent_out_earlier(former, now):
    """The heading that a column had in workbooks sent out earlier is read as before."""
    book = load_workbook(io.BytesIO(filled(answer(OPEN_DATA, "予定", "令和9年4月"))))
    (head,) = (cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == now)
    head.value = former
    stream = io.BytesIO()
    book.save(stream)
    assert [value for _, value, _ in told(stream.getvalue())] == ["planned", "令和9年4月"]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        *(
            (word, "in-place")
            for word in ("実施済み(整備済み)", "整備済み", "実施済み", "公表済み")
        ),
        *((word, "planned") for word in ("予定", "実施予定")),
        *((word, "considered") for word in ("検討中", "検討")),
        *((word, "none") for word in ("なし", "無い", "無し", "ない", "×")),
    ],
)
def test_what_was_offered_earlier_is_understood(said, status):
    """The words of the list are those of a town, and what lists offered before means the same."""
    ((about, value, _),) = told(filled(answer(OPEN_DATA, said)))
    assert (about, value) == (OPEN_DATA, status)


def test_one_answer_for_several_entries():
    """What is answered for several entries is told of each."""
    found = told(filled(answer(POLICIES, "無い")))
    assert [about for about, *_ in found] == POLICIES.split(";")
    assert {value for _, value, _ in found} == {"none"}


def test_what_differs_is_told_in_a_row_of_its_own():
    """What is told of one entry holds against what is told of all, with its day."""
    *others, assembly = POLICIES.split(";")
    changes = [*answer(POLICIES, "整備済み", "令和8年4月1日"), *answer(assembly, "検討中")]
    found = taken(filled(changes))
    said = {g.answer.about: g.answer.answer for g in found.given}
    assert said == {
        assembly: "considered",
        **dict.fromkeys(others, "in-place"),
        **{name.replace(".status", ".since"): "令和8年4月1日" for name in others},
    }
    alone = taken(filled([*answer(assembly, "検討中")]))
    assert [g.answer.about for g in alone.given] == [assembly]
    parts = sum(len(question.parts) for question in inquiry().questions)
    assert (found.open, alone.open) == (parts - 1, parts)


@pytest.mark.parametrize("said", ["P.12", "p12", "１２ページ", "12頁", "page 12", 12])
def test_page_of_a_document(said):
    """A page is read however it is written; what is none is told once for all that it is beside."""
    (given,) = taken(filled(answer(OPEN_DATA, "整備済み", page=said))).given
    assert given.data["page"] == "12"
    ((at, _, _),) = faults(answer(POLICIES, "整備済み", "令和8年4月1日", page="表紙"))
    assert at[:1] == "I"


def test_beside_the_answer():
    """Who answered, the document and its page are kept."""
    raw = filled(
        answer(OPEN_DATA, "整備済み", by="総務課\nDX係", document="公式サイト", page="P.12")
    )
    (given,) = taken(raw).given
    assert given.data == {
        "about": OPEN_DATA,
        "answer": "in-place",
        "told": "令和8年11月10日",
        "by": "総務課 DX係",
        "document": "公式サイト",
        "page": "12",
    }


def test_days_numbers_and_texts():
    """What is no choice is taken as it is written; a count may be a number."""
    raw = filled([*answer(REVIEWED, "令和8年2月"), *answer(MIGRATED, "１７")])
    assert [(a, v) for a, v, _ in told(raw)] == [(MIGRATED, "17"), (REVIEWED, "令和8年2月")]


def test_a_day_for_all_rows():
    """A day given for the call is that of the rows that give none."""
    raw = filled(answer(OPEN_DATA, "予定", told=None))
    assert told(raw, told="2026-11-12") == [(OPEN_DATA, "planned", "2026-11-12")]


def test_what_says_that_nothing_is_known_is_no_answer():
    """A dash beside an answer is an empty cell; in its place it leaves the row open."""
    raw = filled(
        [
            *answer(OPEN_DATA, "検討中", "－", document="なし", page="-"),
            *answer(REVIEWED, "不明"),
            *answer(MIGRATED, "－"),
        ]
    )
    assert told(raw) == [(OPEN_DATA, "considered", "令和8年11月10日")]
    [given] = taken(raw).given
    assert (given.answer.document, given.answer.page) == (None, None)
    said = {each.en.split(": ", 1)[1] for each in taken(raw).remarks}
    assert said == {
        f'"{word}" is taken as not known (an empty cell). If there is none, choose "none" or "no".'
        for word in ("－", "不明")
    }


def test_a_number_in_the_place_of_the_status_of_all_tasks():
    """Who is asked how the rest of the tasks stands may tell how many are migrated."""
    page = load_workbook(io.BytesIO(sheet_of())).worksheets[0]
    heads, rows = places(page)
    page.cell(rows[MIGRATED], heads["key"]).value = "standardization.status"
    page.cell(rows[MIGRATED], heads["answer"]).value = "１８業務"
    page.cell(rows[MIGRATED], heads["told"]).value = "令和8年11月10日"
    stream = io.BytesIO()
    page.parent.save(stream)
    assert told(stream.getvalue()) == [(MIGRATED, "18", "令和8年11月10日")]


def test_rows_of_others_are_left():
    """Rows of another municipality are counted and not taken; a zero that was lost is no other."""
    raw = filled([*answer(OPEN_DATA, "予定"), (OPEN_DATA, "code", "093017")])
    found = taken(raw)
    assert (found.given, found.others) == ((), 1)
    book = load_workbook(io.BytesIO(sheet_of("nishikawa")))
    heads, rows = places(book.worksheets[0])
    row = next(iter(rows.values()))
    book.worksheets[0].cell(row, heads["code"]).value = 63223
    stream = io.BytesIO()
    book.save(stream)
    assert taken(stream.getvalue(), code="063223").others == 0


def test_a_row_of_nobody_among_several_towns():
    """Where a workbook asks several, an answer without a code is of any of them."""
    alone = [*answer(OPEN_DATA, "予定"), (OPEN_DATA, "code", None)]
    assert len(taken(filled(alone)).given) == 1
    raw = filled([*alone, (MIGRATED, "code", "093017")])
    for code in (KOGE, "093017"):
        with pytest.raises(InputError, match="Which municipality it asks is not said"):
            taken(raw, code=code)


@pytest.mark.parametrize(
    ("changes", "cell", "message"),
    [
        (answer(OPEN_DATA, "できた"), "answer", '"できた" cannot be chosen.'),
        (answer(OPEN_DATA, "予定", told=None), "answer", "There is no day of the answer."),
        (answer(OPEN_DATA, "予定", told="そのうち"), "told", "date"),
        (answer(OPEN_DATA, "予定", told="令和9年1月"), "told", "lies ahead"),
        (answer(OPEN_DATA, "予定", told="令和8年頃"), "told", "leaves the day open"),
        (answer(OPEN_DATA, "無い", "令和8年"), "day", "takes no day"),
        (answer(OPEN_DATA, None, by="総務課"), "by", "There is no answer."),
        (answer(OPEN_DATA, "予定", page="表紙"), "page", "whole number"),
        ([*answer(OPEN_DATA, "予定"), (OPEN_DATA, "key", None)], "answer", "not said"),
        ([*answer(OPEN_DATA, "予定"), (OPEN_DATA, "key", "plan.title")], "answer", "cannot"),
        (
            [*answer(OPEN_DATA, "予定"), (OPEN_DATA, "key", "municipality.code")],
            "key",
            "no entry that an answer can be about",
        ),
        (
            [*answer(OPEN_DATA, "予定"), (OPEN_DATA, "key", f"{OPEN_DATA};plan.published")],
            "key",
            "several kinds",
        ),
        (
            [*answer(OPEN_DATA, "予定"), (OPEN_DATA, "key", ";".join([OPEN_DATA] * 300))],
            "key",
            "not said",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_cell(changes, cell, message):
    """Each fault names the cell in which it stands."""
    page = load_workbook(io.BytesIO(sheet_of())).worksheets[0]
    heads, rows = places(page)
    if message == "cannot":
        assert told(filled(changes)) == [("plan.title", "予定", "令和8年11月10日")]
        return
    ((at, said, _),) = faults(changes)
    assert at == page.cell(rows[OPEN_DATA], heads[cell]).coordinate
    assert message in said


def test_what_is_not_read_is_told():
    """Notes, added columns and other sheets are told; an answer to nothing is a fault."""
    book = load_workbook(io.BytesIO(filled(answer(OPEN_DATA, "予定"))))
    page = book.worksheets[0]
    heads, rows = places(page)
    page.cell(rows[OPEN_DATA], heads["answer"]).comment = Comment("来年度", "a")
    head = min(rows.values()) - 1
    page.cell(head, 20).value, page.cell(head + 2, 20).value = "備考", "未定のものもある"
    book.create_sheet("補足")["A1"] = "別紙のとおり"
    book.create_sheet("空")
    stream = io.BytesIO()
    book.save(stream)
    found = taken(stream.getvalue())
    assert len(found.given) == 1
    assert [each.en.partition(": ")[2].partition(". ")[0] for each in found.remarks] == [
        'The sheet "補足" is not read.',
        '"未定のものもある" is not read, as it stands in a column that was added.',
        'The note "来年度" is not read',
    ]
    page.cell(max(rows.values()) + 2, heads["answer"]).value = "済み"
    stream = io.BytesIO()
    book.save(stream)
    ((at, said, _),) = faults_of(stream.getvalue())
    assert (at, said) == (
        f"{letters(heads['answer'])}{max(rows.values()) + 2}",
        "What this row is about is not said.",
    )


def test_two_answers_that_differ():
    """One entry has one answer, in however many rows it stands."""
    mayor = POLICIES.split(";")[2]
    changes = [*answer(mayor, "整備済み"), *answer(OPEN_DATA, "無い"), (OPEN_DATA, "key", mayor)]
    ((_, said, _),) = faults(changes)
    assert "two answers" in said
    assert mayor in said


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04 but no more", "workbook"),
    ],
)
def test_what_is_no_workbook(raw, said):
    """A file of another kind is refused as a whole."""
    with pytest.raises(InputError) as caught:
        taken(raw)
    assert said in str(caught.value)


def test_a_workbook_without_an_inquiry():
    """A workbook of another kind says that there is no table, and where one comes from."""
    stream = io.BytesIO()
    book = Workbook()
    book.active["A1"] = "答え"
    book.save(stream)
    with pytest.raises(InputError, match="no table of an inquiry"):
        taken(stream.getvalue())


def test_the_workbook_offers_what_can_be_answered():
    """Each row with a choice has a list of its words; the key stands aside and is not printed."""
    page = load_workbook(io.BytesIO(sheet_of())).worksheets[0]
    heads, rows = places(page)
    offered = {str(each.sqref): each.formula1 for each in page.data_validations.dataValidation}
    cell = page.cell(rows[OPEN_DATA], heads["answer"]).coordinate
    assert offered[cell] == '"実施済み(整備済み),予定,検討中,なし"'
    assert all(len(words) <= 255 for words in offered.values())
    assert page.cell(rows[OPEN_DATA], heads["code"]).value == KOGE
    assert not page.print_area.endswith(f"${page.max_column}")


def merged(head, *changes):
    """Return a workbook in which a cell is merged over the rows of an answer and the next."""
    book = load_workbook(io.BytesIO(filled([each for group in changes for each in group])))
    page = book.worksheets[0]
    heads, rows = places(page)
    first = rows[OPEN_DATA]
    page.merge_cells(None, first, heads[head], first + 1, heads[head])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("head", ["day", "told", "document", "page", "by"])
def test_what_is_merged_beside_answers_holds_for_each(head):
    """It is read as in a plan's workbook, and a row without an answer stays open."""
    beside = {"document": "規程", "page": "3", "by": "総務課"}
    raw = merged(head, answer(OPEN_DATA, "予定", "令和9年4月", **beside))
    assert [about for about, *_ in told(raw)] == [OPEN_DATA, "provisions.open-data.since"]


def test_an_answer_that_is_merged_is_one_fault():
    """An answer over two rows is refused, and nothing else is said of what could not be read."""
    raw = merged("answer", answer(OPEN_DATA, "予定", "令和9年4月"))
    ((_, message, _),) = faults_of(raw)
    assert "merged" in message


def test_a_day_told_over_rows_is_that_of_each():
    """Two answers share the day that is merged over both, and rows between them stay open."""
    book = load_workbook(
        io.BytesIO(filled([*answer(OPEN_DATA, "予定"), *answer(POLICIES, "策定済")]))
    )
    page = book.worksheets[0]
    heads, rows = places(page)
    first, last = sorted((rows[OPEN_DATA], rows[POLICIES]))
    for row in range(first + 1, last + 1):
        page.cell(row, heads["told"]).value = None
    page.merge_cells(None, first, heads["told"], last, heads["told"])
    stream = io.BytesIO()
    book.save(stream)
    said = told(stream.getvalue())
    assert {about for about, *_ in said} == {OPEN_DATA, *POLICIES.split(";")}
    assert {day for *_, day in said} == {"令和8年11月10日"}


@pytest.mark.parametrize(
    ("doubled", "said"),
    [(True, 'There are two headings "'), (False, 'This row lacks the heading "')],
)
def test_a_heading_that_is_spoilt_is_named(doubled, said):
    """The row of the headings is named, with the heading that is there twice or not at all."""
    book = load_workbook(io.BytesIO(sheet_of(lang="en")))
    page = book.worksheets[0]
    heads, rows = places(page)
    line = min(rows.values()) - 1
    answers = page.cell(line, heads["answer"])
    word = answers.value
    if doubled:
        page.cell(line, max(heads.values()) + 1).value = word
    else:
        answers.value = None
    stream = io.BytesIO()
    book.save(stream)
    ((cell, message, _),) = faults_of(stream.getvalue())
    assert message == f'{said}{word}".'
    assert cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == str(line)
