"""What could be read in two ways, or would be passed over, is refused with sheet and cell."""

from __future__ import annotations

import io
import re
from copy import copy

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font

from dxrules.cli.named_plans import Plans
from dxrules.errors import PlanError
from dxrules.plan import plan_of
from dxrules.plan.key_names import short_label
from dxrules.plan.read import read_document
from dxrules.plan.workbook.layout import sheets
from dxrules.plan.workbook.reader import document_of
from tests.helpers.archives import entries, packed
from tests.helpers.sheets import DRAWN, KINDS, strict
from tests.helpers.workbooks import (
    LABELS,
    LAW,
    SMALL_DATA,
    column,
    edited,
    small_workbook,
    value_cell,
    workbook_of,
)

pytestmark = pytest.mark.slow  # a workbook is written and read for each

DUE, OWNER, STATUS = (column("measures", name) for name in ("due", "owner", "status"))
TITLE = value_cell("plan", "plan.title")
MEASURES = f"a.xlsx:{LABELS['measures']}"
NOT_SAVED = (
    "It is a formula whose result was not saved. "
    "Open it in Excel and save it again, or write the value as text."
)
UNMERGE = "Unmerge them, and write into each cell what belongs there."


def changed_book(change, data=SMALL_DATA, lang="en"):
    """Return the workbook of a plan after a change that openpyxl makes."""
    book = load_workbook(io.BytesIO(workbook_of(data, lang, LAW.reference)))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def faults(raw, lang="en"):
    """Return what is wrong with a workbook."""
    with pytest.raises(PlanError) as caught:
        plan_of(document_of(raw, "a.xlsx"), LAW.reference)
    return [problem.text.in_(lang) for problem in caught.value.problems]


def data_of(raw):
    """Return what a workbook without a fault holds."""
    document = document_of(raw, "a.xlsx")
    assert document.problems == ()
    assert plan_of(document, LAW.reference).plan
    return document.data


def merged(ranges, *values, sheet="measures"):
    """Return a workbook with merged ranges, after cells were set."""

    def change(book):
        page = book[LABELS[sheet]]
        for cell, value in values:
            page[cell] = value
        for each in ranges:
            page.merge_cells(each)

    return changed_book(change)


def sheet_of_measures(parts):
    """Return the name of the part that is the sheet of measures."""
    titles = re.findall(rb'<sheet [^>]*name="([^"]*)"', parts["xl/workbook.xml"])
    return f"xl/worksheets/sheet{titles.index(LABELS['measures'].encode()) + 1}.xml"


# ---- Keys ----


def test_a_key_that_heads_two_columns():
    """Two columns of one key are refused, whichever holds what."""
    raw = edited([("measures", "T3", "due"), ("measures", "T4", "令和9年3月")])
    assert faults(raw) == [
        (
            f'{MEASURES}!T3: "due" heads two columns ({DUE}3, T3). '
            "Bring the two together in one, and delete the other."
        )
    ]


def test_a_column_without_its_key():
    """A filled column whose key was emptied is refused once, with the key that its label has."""
    raw = edited([("measures", f"{DUE}3", None)])
    first = next(n for n, m in enumerate(SMALL_DATA["measures"], 4) if "due" in m)
    said = SMALL_DATA["measures"][first - 4]["due"]
    assert faults(raw) == [
        (
            f'{MEASURES}!{DUE}3: "{said}" in {DUE}{first} is not read, as its column has no key '
            f'in {DUE}3. Write "due" into {DUE}3.'
        )
    ]


@pytest.mark.parametrize(("cell", "column_of_keys"), [("T9", True), ("XFD9", True), ("F9", False)])
@pytest.mark.covered
def test_columns_that_are_not_read(cell, column_of_keys):
    """A value beside the columns that are read is refused, however far out, unless it is a memo."""
    sheet, letter = ("measures" if column_of_keys else "plan"), cell.rstrip("9")
    (said,) = faults(edited([(sheet, cell, "x")]))
    if column_of_keys:
        assert said == (
            f'{MEASURES}!{letter}3: "x" in {cell} is not read, as its column has no key in '
            f'{letter}3. Write its key into {letter}3, or "memo" if the column need not be read.'
        )
    else:
        assert said == (
            'a.xlsx:the plan itself!F9: "x" in F9 is not read there. Write values into column B, '
            'or "memo" into F3 if the column need not be read.'
        )
    assert data_of(edited([(sheet, cell, "x"), (sheet, f"{letter}3", "メモ")])) == SMALL_DATA


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (1, "The row of keys is row 4, and should be row 3. Was a row inserted above? Delete it."),
        (2, "The row of keys is row 5, and should be row 3. Was a row inserted above? Delete it."),
        (
            -1,
            "The row of keys is row 2, and should be row 3. Was a row above deleted? Put it back.",
        ),
    ],
)
def test_rows_inserted_above_the_keys(rows, said):
    """A row of keys that is not in its place is one fault, and nothing follows from it."""

    def change(book):
        page = book[LABELS["measures"]]
        page.insert_rows(1, rows) if rows > 0 else page.delete_rows(1, -rows)

    assert faults(changed_book(change)) == [f"{MEASURES}!A{3 + rows}: {said}"]


@pytest.mark.parametrize("rows", [1, 2, -1])
def test_rows_inserted_above_a_sheet_of_keys(rows):
    """On a sheet with a row per key every row says its own key, so all are found."""

    def change(book):
        page = book[LABELS["plan"]]
        page.insert_rows(1, rows) if rows > 0 else page.delete_rows(1, -rows)

    assert data_of(changed_book(change)) == SMALL_DATA


def test_a_row_of_keys_that_is_gone():
    """A row of keys that was emptied is one fault, and nothing follows from it."""

    def change(book):
        for cell in book[LABELS["measures"]][3]:
            cell.value = None

    assert faults(changed_book(change)) == [
        (
            f"{MEASURES}!A3: There are no keys in row 3. "
            "Copy them from the same sheet of a new workbook (dxrules new plan)."
        )
    ]


def test_a_row_of_keys_that_stands_twice():
    """A row of keys that was pasted among the entries is one fault, and no entry."""
    heads = [cell.value for cell in load_workbook(io.BytesIO(small_workbook()))["measures"][3]]
    again = [("measures", f"{chr(ord('A') + at)}30", key) for at, key in enumerate(heads)]
    assert faults(edited(again)) == [
        f"{MEASURES}!A30: The row of keys stands here again. Delete this row."
    ]


def test_a_column_that_is_gone():
    """A needed column that was deleted is one fault, not one for every row."""

    def change(book):
        book[LABELS["measures"]].delete_cols(2)

    assert faults(changed_book(change)) == [
        (
            f'{MEASURES}!A3: There is no column "title". '
            "Copy them from the same sheet of a new workbook (dxrules new plan)."
        )
    ]


def test_a_key_that_stands_in_two_rows():
    """A key of a sheet of keys that stands twice is refused."""
    assert faults(edited([("plan", "D40", "plan.title"), ("plan", "B40", "x")])) == [
        (
            'a.xlsx:the plan itself!D40: The key "plan.title" stands twice '
            f"(first in row {TITLE[1:]})."
        )
    ]


# ---- Sheets ----


def without(*names, data=SMALL_DATA):
    """Return a workbook of which sheets were deleted."""

    def change(book):
        for name in names:
            del book[LABELS.get(name, name)]

    return changed_book(change, data)


def test_a_sheet_that_is_gone_though_its_section_was_read():
    """A deleted sheet never means that its section was read and found empty."""
    raw = without("measures", "measures.requires", "measures.milestones", "evidence")
    said = faults(raw)
    cell = next(line.split(":")[1] for line in said if line.startswith("a.xlsx:sections read!"))
    assert said == [
        (
            f'a.xlsx:1:1: The sheet "{LABELS["evidence"]}" is gone. '
            "Put it back. If there is nothing to say, add an empty sheet of that name."
        ),
        (
            f'a.xlsx:{cell}: The sheet "measures" is gone. "sections read" says that it was read. '
            "If it was not, empty that cell. If it was: Put it back. "
            "If there is nothing to say, add an empty sheet of that name."
        ),
    ]


@pytest.mark.parametrize("name", ["measures.requires", "measures.milestones", "plan.cites"])
def test_a_sheet_of_entries_that_is_gone(name):
    """What entries hold on a sheet of their own is not lost with that sheet."""
    said = faults(without(name))
    assert len(said) == 1
    assert f'The sheet "{LABELS[name]}" is gone.' in said[0]


def test_sheets_that_may_be_gone():
    """The guide, the lists, and what was not read need not be there."""
    data = {key: value for key, value in SMALL_DATA.items() if key != "collection"}
    assert data_of(without("guide", "collection", "collection.charges", data=data)) == data


def earlier_form(change=lambda _: None):
    """Return a workbook as it was before it had some of its sheets, after a change.

    Its guide lists those that it has.
    """
    later = [LABELS[name] for name in ("plan.documents", "plan.declines", "answers")]

    def of_then(book):
        guide = book["guide"]
        for title in later:
            del book[title]
            (row,) = (cell.row for cell in guide["A"] if cell.value == title)
            guide.delete_rows(row)
        change(book)

    return changed_book(of_then)


def test_a_form_of_an_earlier_version():
    """A sheet that a form never had is not missed: the form is read."""
    assert data_of(earlier_form()) == SMALL_DATA


@pytest.mark.parametrize("name", ["measures.requires", "plan.cites", "evidence", "sections"])
def test_a_sheet_that_is_gone_from_an_earlier_form(name):
    """What such a form lists is missed from it as from any other."""
    (said,) = faults(earlier_form(lambda book: book.remove(book[LABELS[name]])))
    assert f'The sheet "{LABELS[name]}" is gone.' in said


def without_its_list(book):
    """Delete the guide."""
    del book["guide"]


def written_over(book):
    """Write something else where the guide lists a sheet, and delete that sheet."""
    (cell,) = (cell for cell in book["guide"]["A"] if cell.value == LABELS["plan.cites"])
    cell.value = "written by hand"
    del book[LABELS["plan.cites"]]


@pytest.mark.parametrize("change", [without_its_list, written_over])
def test_a_form_that_does_not_tell_which_sheets_it_had(change):
    """Where the list is gone or was changed, every sheet may have been there and is missed."""
    said = "\n".join(faults(earlier_form(change)))
    assert f'The sheet "{LABELS["answers"]}" is gone.' in said
    assert (f'The sheet "{LABELS["plan.cites"]}" is gone.' in said) == (change is written_over)


def test_an_empty_sheet_in_the_place_of_one_that_is_gone():
    """The way out: an empty sheet of the name says that there is nothing."""

    def change(book):
        del book[LABELS["measures.requires"]]
        book.create_sheet(LABELS["measures.requires"])

    measures = [
        {key: value for key, value in measure.items() if key != "requires"}
        for measure in SMALL_DATA["measures"]
    ]
    assert data_of(changed_book(change)) == SMALL_DATA | {"measures": measures}


def test_the_first_sheet_is_gone():
    """Without the sheet of the plan that is the one fault."""
    assert faults(without("plan"), "ja") == [
        (
            "a.xlsx:1:1: シート「the plan itself」がありません。"
            "`dxrules new plan` で作った新しいブックから写してください。"
        )
    ]


def test_a_sheet_that_was_renamed():
    """A renamed sheet is one fault: what leads to it, and what it lacks, is none."""

    def change(book):
        book[LABELS["measures"]].title = "mesures"

    assert faults(changed_book(change)) == [
        'a.xlsx:mesures!A1: No sheet is called "mesures". Did you mean measures?'
    ]


def test_one_sheet_by_two_names():
    """A sheet in both languages is refused; an empty one of them is passed over."""

    def change(book, value="x"):
        book.create_sheet("取組")["A1"] = value

    assert faults(changed_book(change)) == [
        (
            'a.xlsx:取組!A1: "取組" and "measures" are the same sheet by two names. '
            "Bring them together in one, and delete the other."
        )
    ]
    assert data_of(changed_book(lambda book: change(book, None))) == SMALL_DATA


# ---- Merged cells ----


def test_a_value_that_is_merged_over_rows():
    """A value counts for every row of its range, as people see it, and makes no row."""
    ranges = f"{OWNER}4:{OWNER}6", f"{DUE}8:{DUE}300"
    raw = merged(ranges, (f"{OWNER}4", "情報課"), (f"{DUE}8", "令和9年"))
    measures, before = data_of(raw)["measures"], SMALL_DATA["measures"]
    assert [measure.get("owner") for measure in measures[:3]] == ["情報課"] * 3
    assert measures[3].get("owner") == before[3].get("owner")
    assert [measure.get("due") for measure in measures[4:]] == ["令和9年"] * len(measures[4:])
    assert len(measures) == len(SMALL_DATA["measures"])


def test_an_owner_that_is_merged_over_rows():
    """Rows of one entry may name it once, in a merged cell."""
    values = ("A4", "survey"), ("B4", "review"), ("B5", "loop-a")
    measures = data_of(merged(["A4:A5"], *values, sheet="measures.requires"))["measures"]
    named = [[each["id"] for each in measure.get("requires", ())] for measure in measures]
    assert named[0] == ["review", "loop-a"]


@pytest.mark.parametrize(
    ("ranges", "values"),
    [
        (["A4:A5"], []),
        (["A4:B4"], []),
        ([f"{STATUS}5:{DUE}5"], []),
        ([f"{DUE}3:{DUE}4"], []),
        (["A30:F30"], [("A30", "※ 注")]),
    ],
)
def test_ranges_that_could_mean_two_things(ranges, values):
    """A range of ids, over several columns or with the heads is refused once, and named."""
    said = [line for line in faults(merged(ranges, *values)) if "merged" in line]
    first = ranges[0].split(":")[0]
    assert said == [f"{MEASURES}!{first}: {ranges[0]} are merged. {UNMERGE}"]


def test_a_merged_id_is_one_fault():
    """The ids that a merged cell hides are not missed besides, nor those who name them."""
    assert faults(merged(["A4:A6"])) == [f"{MEASURES}!A4: A4:A6 are merged. {UNMERGE}"]


def test_values_of_keys_are_not_merged():
    """A value that two keys share could be either's; one that is drawn wider is its own."""
    assert faults(merged(["B5:B6"], ("B5", "x"), ("B6", None), sheet="plan"))[:1] == [
        f"a.xlsx:the plan itself!B5: B5:B6 are merged. {UNMERGE}"
    ]
    wider = TITLE.replace("B", "C")
    assert data_of(merged([f"{TITLE}:{wider}"], sheet="plan")) == SMALL_DATA


def test_a_value_hidden_in_a_merged_range():
    """A value that lies under a merged range is not seen, so it is refused."""
    made = entries(merged([f"{OWNER}4:{OWNER}5"], (f"{OWNER}4", "a")))
    (name,) = (
        name for name, content in made.items() if b"survey" in content and b"mergeC" in content
    )
    hidden = f'<c r="{OWNER}5" t="str"><v>b</v></c></row>'
    made[name] = re.sub(rb'(<row r="5".*?)</row>', rb"\g<1>" + hidden.encode(), made[name])
    said = f"{MEASURES}!{OWNER}4: {OWNER}4:{OWNER}5 are merged. {UNMERGE}"
    assert faults(packed(made)) == [said]


# ---- Looks ----


def test_struck_through():
    """What is struck through is refused, once for a row, and nothing follows from it."""

    def change(book):
        page = book[LABELS["measures"]]
        for cell in page[5]:
            cell.font = Font(strike=True)
        page["B4"] = CellRichText("窓口", TextBlock(InlineFont(strike=True), "の案"))

    row = "A5, B5, " + ", ".join(
        f"{column('measures', key)}5"
        for key in SMALL_DATA["measures"][1]
        if key in {"areas", "status", "start", "due", "owner"}
    )
    way_out = "If it was deleted, empty the cells; if it still holds, take the line off."
    assert faults(changed_book(change)) == [
        f"{MEASURES}!B4: It is struck through (B4). {way_out}",
        f"{MEASURES}!A5: It is struck through ({row}). {way_out}",
    ]


def test_formulas():
    """A formula is read by the result that people see, and refused without one."""
    raw = edited([("measures", "B4", '="a"&"b"')])
    assert faults(raw) == [f"{MEASURES}!B4: {NOT_SAVED}"]
    computed = {
        name: re.sub(
            rb'<c r="B4"([^>]*)>(<f>.*?</f>)<v ?/>', rb'<c r="B4" t="str"\1>\2<v>ab</v>', c
        )
        for name, c in entries(raw).items()
    }
    assert data_of(packed(computed))["measures"][0]["title"] == "ab"


def test_texts_in_shapes():
    """A text in a shape over a sheet that is read is refused, as nobody reads it."""
    made = entries(edited([]))
    name = next(
        name for name, content in made.items() if b">survey<" in content and "sheet" in name
    )
    made[name] = made[name].replace(
        b"<legacyDrawing", b'<drawing xmlns:q="' + KINDS.encode() + b'" q:id="x1"/><legacyDrawing'
    )
    links = name.replace("sheets/", "sheets/_rels/") + ".rels"
    shape = b'<Relationship Id="x1" Type="/drawing" Target="/xl/drawings/x.xml"/></Relationships>'
    made[links] = made[links].replace(b"</Relationships>", shape)
    made["xl/drawings/x.xml"] = DRAWN.encode()
    assert faults(packed(made)) == [
        (
            f'{MEASURES}!C5: The text "要確認" in a shape is not read. '
            "Write it into a cell, or delete the shape."
        )
    ]


def test_what_is_beside_the_values(tmp_path, capsys):
    """Notes, and what stands above the values, are told and are no fault."""
    book = load_workbook(io.BytesIO(small_workbook()))
    measures, plan = book[LABELS["measures"]], book[LABELS["plan"]]
    measures["B4"].comment = Comment("廃止\n予定", "a")
    chart = BarChart()
    chart.add_data(Reference(measures, min_col=2, min_row=4, max_row=5))
    measures.add_chart(chart, "E9")
    book.create_sheet("図").add_chart(copy(chart), "A1")
    measures["F1"], measures["AZ2"], measures["AZ3"] = "企画課", "控え", "メモ"
    plan["B2"], plan["B3"] = "令和8年", "見本町"
    for each in (plan, measures):
        each.oddHeader.right.text = "令和8年4月1日現在"
    measures["A2"].comment.author, measures["C2"].comment = "b", Comment("廃止", "b")
    book["guide"]["G9"] = "未完"
    book.save(tmp_path / "a.xlsx")
    document = read_document(tmp_path / "a.xlsx", "a.xlsx")
    assert (document.data, document.problems) == (SMALL_DATA, ())
    tail = "If the plan says it, write it into a cell from row 4 on."
    assert [said.en for said in document.remarks] == [
        'a.xlsx:図!A1: No sheet is called "図".',
        'a.xlsx:guide!G9: "未完" is not read.',
        f'a.xlsx:the plan itself!A1: The header or footer "令和8年4月1日現在" is not read. {tail}',
        f'a.xlsx:the plan itself!B2: "令和8年" is not read. {tail}',
        f'a.xlsx:the plan itself!B3: "見本町" is not read. {tail}',
        f"a.xlsx:measures!E9: A picture, a chart or a button is not read. {tail}",
        f'a.xlsx:measures!C2: The note "廃止" is not read. {tail}',
        f'a.xlsx:measures!B4: The note "廃止 予定" is not read. {tail}',
        f'a.xlsx:measures!F1: "企画課" is not read. {tail}',
    ]
    reading = Plans()
    assert reading.plan(document, LAW.reference) is not None
    assert capsys.readouterr().err.splitlines() == [said.en for said in document.remarks]
    assert (reading.code, reading.unreadable) == (0, [])


def test_many_notes(tmp_path):
    """Of many notes the first are told, and how many more there are."""
    book = load_workbook(io.BytesIO(small_workbook()))
    for row in range(50, 80):
        book[LABELS["measures"]][f"B{row}"].comment = Comment("a", "a")
    book.save(tmp_path / "a.xlsx")
    *told, last = read_document(tmp_path / "a.xlsx", "a.xlsx").remarks
    assert (len(told), last.en) == (20, "a.xlsx: 10 more are not read.")


def test_codes_of_spreadsheets():
    """A sign that a spreadsheet writes as a code is read, and what looks like one stays."""
    for text in ("_x000D_", "a_x0041_b"):
        data = SMALL_DATA | {"measures": [{"id": "a", "title": text}]}
        back = document_of(workbook_of(data, "ja", LAW.reference), "a.xlsx")
        assert back.data["measures"][0]["title"] == text


def test_strict_open_xml():
    """A plan saved as Strict Open XML is the same plan."""
    assert data_of(strict(edited([]))) == SMALL_DATA


# ---- Words ----


def test_labels_in_the_place_of_keys():
    """Every fault calls columns by their labels, also where a way out names a key."""
    raw = edited(
        [
            ("measures", f"{DUE}4", "毎年"),
            ("measures", "B5", None),
            ("plan", value_cell("plan", "municipality.code"), None),
        ]
    )
    code, recurrence = (
        next(c.label.ja for s in sheets() for c in s.columns if c.name == name)
        for name in ("municipality.code", "recurrence")
    )
    first, due, title = faults(raw, "ja")
    cell = value_cell("plan", "municipality.code")
    assert first.startswith(f"a.xlsx:the plan itself!{cell}: 「見本町」という市区町村は一覧にない")
    assert f"「{code}」 に団体コード6桁を書いてください" in first
    assert due.startswith(f"{MEASURES}!{DUE}4: 「")
    assert f"「{recurrence}」 に書いてください" in due
    assert title == f"{MEASURES}!B5: 「取組の名称」: 空欄です。必ず記入してください。"


def test_an_empty_workbook_asks_for_each_cell():
    """Of an empty workbook every cell that has to be filled in is named, and no other."""
    said = faults(workbook_of({"format": "dxrules/plan/1"}, "ja", LAW.reference), "ja")
    needed = [
        short_label(column.label).ja
        for sheet in sheets()
        if sheet.name == "plan"
        for column in sheet.columns
        if column.always and column.name != "format"
    ]
    named = [line.split(": ", 1)[1].partition("」")[0] for line in said]
    assert named == [
        "「全国地方公共団体コード6桁",
        *(f"「{label}" for label in needed),
    ]
    assert said[0].endswith("」か「日本語名」のどちらかに記入してください。")


def test_sections_that_were_not_read():
    """A report calls sections that were not read by the titles of their sheets."""
    data = {key: value for key, value in SMALL_DATA.items() if key != "collection"}
    document = document_of(workbook_of(data, "ja", LAW.reference), "a.xlsx")
    plan = plan_of(document, LAW.reference)
    assert plan.unread == ("collection",)
    assert [text.en for text in plan.unread_called] == ["公金収納"]
