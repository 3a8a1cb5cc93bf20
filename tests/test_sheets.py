"""Reading workbooks of others: every cell, look and merged range, and damage in its place."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from dxrules.source.bounds import WORKBOOK_CELLS, WORKBOOK_ELEMENTS
from dxrules.source.sheets import (
    BookError,
    Merged,
    NamedValue,
    Note,
    SheetCell,
    TextOverCell,
    fault,
    read_book,
)
from tests.helpers.archives import lying
from tests.helpers.sheets import (
    BOOK,
    DRAWING,
    DRAWN,
    KINDS,
    MAIN,
    SCHEMAS,
    SHARED,
    SHEET,
    STYLES,
    book,
    packed,
    parts,
    related,
    strict,
)

SAVE_AGAIN = "Open it in Excel and save it again, or go back to a copy."
STRUCK = """
<fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>
<cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/></cellXfs>
"""
DAYS = """
<numFmts><numFmt numFmtId="164" formatCode="yyyy/m/d"/></numFmts>
<fonts><font/></fonts>
<cellXfs><xf/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="55"/><xf numFmtId="200"/>
<xf numFmtId="9"/></cellXfs>
"""
LINES = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'


def page(rows, after="", **more):
    """Return the one sheet of a workbook."""
    return read_book(book(rows, after, **more)).pages[0]


def only(cell, **more):
    """Return the one cell of a workbook."""
    return page(f'<row r="1">{cell}</row>', **more).cells[1][1]


def refused(raw):
    """Return what is said of a workbook that cannot be read: the text, the sheet and the row."""
    with pytest.raises(BookError) as caught:
        read_book(raw)
    error = caught.value
    return error.text.en, error.sheet, error.row


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v>1</v></c>', 1),
        ("<c><v>1.5E-3</v></c>", 0.0015),
        ("<c><v>0.30000000000000004</v></c>", 0.3),
        ('<c t="n"><v>-2</v></c>', -2),
        ('<c t="b"><v>1</v></c>', True),
        ('<c t="b"><v>false</v></c>', False),
        ('<c t="s"><v>0</v></c>', "shared"),
        ('<c t="str"><v>text</v></c>', "text"),
        ('<c t="inlineStr"><is><t>a</t></is></c>', "a"),
        ('<c t="inlineStr"><is><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r></is></c>', "ab"),
        ('<c t="inlineStr"><is><t>町</t><rPh sb="0" eb="1"><t>マチ</t></rPh></is></c>', "町"),
        ('<c t="d"><v>2026-09-30T00:00:00</v></c>', date(2026, 9, 30)),
        ('<c t="d"><v>2026-09-30</v></c>', date(2026, 9, 30)),
        ('<c t="d"><v>12:30:00</v></c>', "12:30:00"),
        ("<c><f>1+1</f><v>2</v></c>", 2),
        ('<c t="str"><f>"a"</f><v>a</v></c>', "a"),
        ('<c t="s"><v>1</v></c>', "a\nb_x000D_"),
    ],
)
def test_cells_of_every_kind(cell, value):
    """A cell says what its kind and its value tell; a formula says the result that was saved."""
    shared = "<si><t>shared</t></si><si><t>a_x000D_\nb_x005F_x000D_</t></si>"
    assert only(cell, shared=shared) == SheetCell(value)


@pytest.mark.parametrize(
    "cell",
    [
        "<c/>",
        '<c s="0"><v/></c>',
        '<c t="s"><v>0</v></c>',
        '<c t="str"><f>A2</f><v></v></c>',
        '<c t="inlineStr"><is><t> \u3000</t></is></c>',
    ],
)
def test_cells_that_say_nothing(cell):
    """An empty cell, also one that shows an empty text, is no cell."""
    styles = "<cellXfs><xf/></cellXfs>"
    found = page(f'<row r="1">{cell}</row>', shared="<si><t/></si>", styles=styles)
    assert (found.cells, found.empty) == ({}, True)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("<c><v>abc</v></c>", 'The content "abc" is damaged.'),
        ("<c><v>nan</v></c>", 'The content "nan" is damaged.'),
        ("<c><v>1e999</v></c>", 'The content "1e999" is damaged.'),
        (f"<c><v>{'9' * 5000}</v></c>", f'The content "{"9" * 59}…" is damaged.'),
        ("<c><v>１</v></c>", 'The content "１" is damaged.'),
        ('<c t="s"><v>7</v></c>', 'The content "7" is damaged.'),
        ('<c t="s"><v>-1</v></c>', 'The content "-1" is damaged.'),
        ('<c t="b"><v>2</v></c>', 'The content "2" is damaged.'),
        ('<c t="s"><v>0</v><is><t>a</t></is></c>', 'The content "0" is damaged.'),
        ("<c><is/><v>5</v></c>", 'The content "5" is damaged.'),
        ('<c t="x"><v>2</v></c>', 'The content "2" is damaged.'),
        ('<c t="d"><v>2026-02-30</v></c>', 'The content "2026-02-30" is damaged.'),
        ('<c s="9"><v>1</v></c>', 'The content "s=9" is damaged.'),
        ('<c s="a"><v>1</v></c>', 'The content "s=a" is damaged.'),
        ('<c s="1"><v>1e10</v></c>', "It is formatted as a date, but is none."),
        ('<c s="3"><v>-5</v></c>', "It is formatted as a date, but is none."),
        ('<c s="4"><v>1</v></c>', "The workbook does not define its format"),
        ("<c><f>A2</f></c>", "It is a formula whose result was not saved."),
        ("<c><f>A2</f><v/></c>", "It is a formula whose result was not saved."),
        ('<c t="e"><f>A2</f><v>#N/A</v></c>', "It shows an error (#N/A)."),
        ('<c t="e"><v>#REF!</v></c>', "It shows an error (#REF!)."),
    ],
)
def test_cells_that_cannot_be_read(cell, why):
    """A damaged cell says why it cannot be read, and the cells around it are read."""
    found = page(f'<row r="1">{cell}<c r="B1"><v>1</v></c></row>', styles=DAYS)
    assert found.cells[1][1].fault.text.en.startswith(why)
    assert found.cells[1][1].fault.hint is not None
    assert found.cells[1][2] == SheetCell(1)


@pytest.mark.parametrize(("properties", "serial"), [("", 46295), ('date1904="1"', 44833)])
def test_days_count_from_the_day_of_the_workbook(properties, serial):
    """A date is a number of days from 1900 or 1904, also in the formats of a Japanese Excel."""
    for style in (1, 2, 3):
        cell = only(f'<c s="{style}"><v>{serial}</v></c>', styles=DAYS, properties=properties)
        assert cell.value == datetime(2026, 9, 30)  # noqa: DTZ001  (a workbook knows no zones)
    assert only('<c s="1"><v>0.5</v></c>', styles=DAYS).value == time(12, 0)


def test_what_is_struck_through():
    """A text is struck if its cell is, but for runs of their own look, or if one of those is."""
    inline = '<c s="{style}" t="inlineStr"><is>{words}</is></c>'
    plain, run = "<t>a</t>", "<r><rPr>{look}</rPr><t>{text}</t></r>"
    struck, whole = "<strike/>", "<b/>"
    cases = [
        (0, plain, False),
        (1, plain, True),
        (2, plain, False),
        (0, run.format(look=struck, text="a"), True),
        (0, run.format(look='<strike val="0"/>', text="a"), False),
        (0, run.format(look=struck, text=" ") + run.format(look=whole, text="a"), False),
        (1, run.format(look=whole, text="a"), False),
        (1, f"<r>{plain}</r>" + run.format(look=whole, text="a"), True),
    ]
    for style, words, expected in cases:
        assert only(inline.format(style=style, words=words), styles=STRUCK).struck is expected
    assert only('<c s="1"><v>1</v></c>', styles=STRUCK).struck


def test_rows_and_cells_without_names():
    """Rows and cells that do not say where they are follow those before."""
    first = '<row><c><v>1</v></c><c r="C1"><v>2</v></c><c><v>3</v></c></row>'
    found = page(f'{first}<row r="4.0"/><row><c><v>4</v></c></row>').cells
    assert found == {1: {1: SheetCell(1), 3: SheetCell(2), 4: SheetCell(3)}, 5: {1: SheetCell(4)}}


def test_merged_ranges():
    """Merged ranges are told as they stand; a range of one cell is none."""
    after = '<mergeCells><mergeCell ref="B2:C3"/><mergeCell ref="D4"/></mergeCells>'
    assert page(LINES, after).merged == (Merged(2, 2, 3, 3),)
    assert str(Merged(2, 2, 3, 28)) == "B2:AB3"


def test_texts_in_shapes():
    """A text in a shape is told with the cell that the shape begins over; a picture has none."""
    assert page("", drawing=DRAWN).drawn == (TextOverCell(5, 3, "要確認"), TextOverCell(1, 1, ""))
    assert page("", drawing=DRAWN.replace("要", "").replace("確認", "")).empty


def test_notes_on_cells():
    """A note stands on a cell, in whatever runs; one that says nothing is none."""
    made = parts(LINES)
    made["xl/worksheets/_rels/sheet1.xml.rels"] = related(("comments", "../comments1.xml")).encode()
    made["xl/comments1.xml"] = (
        f'<comments xmlns="{MAIN}"><authors><author>a</author></authors><commentList>'
        '<comment ref="B7" authorId="0"><text><r><rPr><b/></rPr><t>要</t></r><r><t>確認</t></r>'
        '</text></comment><comment ref="A1"><text><t> </t></text></comment></commentList>'
        "</comments>"
    ).encode()
    assert read_book(packed(made)).pages[0].notes == (Note(7, 2, "要確認", "a"),)
    made["xl/comments1.xml"] = made["xl/comments1.xml"].replace(b"B7", b"7")
    assert refused(packed(made))[0] == "xl/comments1.xml: It is damaged."


def test_threads_of_notes():
    """Notes that answer each other stand as such, and not as older programs see them."""
    made = parts(LINES)
    made["xl/worksheets/_rels/sheet1.xml.rels"] = related(
        ("comments", "../comments1.xml"), ("threadedComment", "../threads.xml")
    ).encode()
    made["xl/comments1.xml"] = (
        f'<comments xmlns="{MAIN}"><commentList><comment ref="B7"><text><t>[Threaded comment]</t>'
        '</text></comment><comment ref="A1"><text><t>a</t></text></comment></commentList>'
        "</comments>"
    ).encode()
    made["xl/threads.xml"] = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
        'threadedcomments"><threadedComment ref="B7"><text>廃止?</text></threadedComment>'
        '<threadedComment ref="B7"><text>はい</text></threadedComment></ThreadedComments>'
    ).encode()
    assert read_book(packed(made)).pages[0].notes == (Note(1, 1, "a"), Note(7, 2, "廃止? / はい"))


OLD = """<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:x">
<v:shape id="a"><v:textbox><div>令和8年<br>廃止 &amp; 統合</div></v:textbox>
<x:ClientData ObjectType="Rect"><x:Anchor>2, 15, 4, 2, 4, 15, 6, 4</x:Anchor>
</x:ClientData></v:shape>
<v:shape id="b"><v:textbox/><x:ClientData ObjectType="Checkbox"><x:Anchor>1</x:Anchor>
<x:Checked>1</x:Checked></x:ClientData></v:shape>
<v:shape><v:textbox><div>note</div></v:textbox><x:ClientData ObjectType="Note"/></v:shape>
<v:shape><v:textpath string="案"/></v:shape>"""
"""Shapes as Excel writes them to this day beside notes; `<br>` is never closed."""


def test_shapes_of_the_old_kind():
    """Text boxes and form controls are told, and not the boxes of notes, in what is no XML."""
    made = parts(LINES, '<legacyDrawing r:id="rId1"/><legacyDrawingHF r:id="rId2"/>')
    made["xl/worksheets/_rels/sheet1.xml.rels"] = related(("vmlDrawing", "../a.vml")).encode()
    made["xl/a.vml"] = OLD.replace("/></v:shape>", "></x:ClientData></v:shape>", 1).encode()
    assert read_book(packed(made)).pages[0].drawn == (
        TextOverCell(5, 3, "令和8年 廃止 & 統合"),
        TextOverCell(1, 1, ""),
        TextOverCell(1, 1, "案"),
        TextOverCell(1, 1, ""),
    )
    made["xl/a.vml"] = lying("a", b"a" * 99, 9)
    del made["xl/worksheets/_rels/sheet1.xml.rels"]
    assert refused(packed(made))[0] == f"{SHEET} in it is damaged."


def test_headers_and_footers():
    """Words above and below the printed pages are told, without fonts and numbers of pages."""
    margins = (
        "<headerFooter><oddHeader>&amp;L&amp;&quot;MS Gothic,Bold&quot;&amp;14計画 &amp;A&amp;R"
        "R&amp;&amp;D</oddHeader><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>"
    )
    assert page(LINES, margins).margins == ("計画", "R&D")
    assert page("", margins).has_more


def test_names_of_values():
    """A name that stands for a value of its own is told; one for cells, or hidden, is not."""
    made = parts(LINES)
    made[BOOK] = made[BOOK].replace(
        b"</workbook>",
        (
            "<definedNames><definedName name='期限'>\"令和8年度\"</definedName>"
            "<definedName name='b'>a!$A$1</definedName><definedName name='c' hidden='1'>1"
            "</definedName></definedNames></workbook>"
        ).encode(),
    )
    assert read_book(packed(made)).named == (NamedValue("期限", "令和8年度"),)


def test_strict_open_xml():
    """A workbook saved as Strict Open XML is read like any other."""
    raw = book(
        '<row r="1"><c r="A1" t="s" s="1"><v>0</v></c></row>',
        '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>',
        shared="<si><t>a</t></si>",
        styles=STRUCK,
        drawing=DRAWN,
    )
    assert read_book(strict(raw)) == read_book(raw)
    assert read_book(raw).pages[0].cells[1][1] == SheetCell("a", struck=True)


def test_a_workbook_without_texts_and_styles():
    """Parts that a workbook may do without need not be there."""
    made = parts(LINES)
    del made[SHARED], made[STYLES]
    made["xl/_rels/workbook.xml.rels"] = (
        made["xl/_rels/workbook.xml.rels"]
        .replace(b'/sharedStrings"', b'/x"')
        .replace(b'/styles"', b'/x"')
    )
    assert read_book(packed(made)).pages[0].cells[1][1] == SheetCell("a")


def test_names_of_parts_in_any_case():
    """Names of parts mean the same in capitals, as the standard says."""
    made = parts(LINES)
    made["XL/Worksheets/SHEET1.xml"] = made.pop(SHEET)
    assert read_book(packed(made)).pages[0].cells[1][1] == SheetCell("a")


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        (f"{LINES}<row r='2'><c r='A3'><v>1</v></c></row>", 2),
        (f"{LINES}<row r='2'><c r='XFE2'><v>1</v></c></row>", 2),
        (f"{LINES}<row r='2'><c r='a2'><v>1</v></c></row>", 2),
        (f"{LINES}<row r='1048577'><c><v>1</v></c></row>", 1_048_577),
        (f"{LINES}<row r='0'><c><v>1</v></c></row>", 0),
        (f"{LINES}<row r='-1'/>", 1),
        (f"{LINES}<row r='2'><c><v>1</v><v>2</v></c></row>", 2),
        (f"{LINES}<row r='2'><c><w>1</w></c></row>", 2),
        (f"{LINES}<row r='2'><v>1</v></row>", 2),
        (f"{LINES}<row r='2'><c><is><t>1</t></is><is><t>2</t></is></c></row>", 2),
        (f"{LINES}<c/>", 1),
        (f"{LINES}<line r='2'/>", 1),
        (f"{LINES}<row r='2'>", 2),
        (f"{LINES}<row r='2'><c><v>&a;</v></c></row>", 2),
        (f"{LINES}</sheetData><sheetData>", 0),
    ],
)
def test_damaged_sheets(rows, row):
    """A sheet that breaks off, or holds data out of its place, is told with its last row."""
    assert refused(book(rows)) == ("It is damaged.", "a", row)


def test_a_cell_that_stands_twice():
    """Two cells of one name are refused, in one row or in two that have one number."""
    cell = "<c r='A2'><v>1</v></c>"
    for rows in (f"<row r='2'>{cell}{cell}</row>", f"<row r='2'>{cell}</row>" * 2):
        assert refused(book(rows)) == ("One of its cells stands twice.", "a", 2)


@pytest.mark.parametrize("ref", ["B2:A1", "B2:", "", "B0:B2", "B2:XFE3"])
def test_damaged_ranges(ref):
    """A merged range that is none is damage."""
    after = f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>'
    if ref == "B2:":
        assert page(LINES, after).merged == ()
    else:
        assert refused(book(LINES, after)) == ("It is damaged.", "a", 1)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (SHARED, b"<sst", "xl/sharedStrings.xml: It is damaged."),
        (SHARED, f"<sst xmlns='{SCHEMAS}x'><y/></sst>".encode(), "xl/sharedStrings.xml: It is "),
        (STYLES, b"", "xl/styles.xml: It is damaged."),
        (BOOK, b"\xff\xfe", "xl/workbook.xml: It is damaged."),
        (BOOK, b"<?xml version='1.0' encoding='x-none'?><a/>", "xl/workbook.xml: It is damaged."),
        (SHEET, b"", "It is damaged."),
        (SHEET, b"<worksheet/>", "It is damaged."),
        (DRAWING, b"<a>", "xl/drawings/drawing1.xml: It is damaged."),
        (DRAWING, DRAWN.replace("4</d:row>", "x</d:row>").encode(), "xl/drawings/drawing1.xml: "),
        ("xl/_rels/workbook.xml.rels", b"<a", "xl/_rels/workbook.xml.rels: It is damaged."),
        ("_rels/.rels", b"<a/>", "Cannot be read as a workbook (.xlsx)."),
    ],
)
def test_damaged_parts(name, content, said):
    """A damaged part is told by its name, or by the title of its sheet."""
    assert refused(packed(parts(LINES, drawing=DRAWN) | {name: content}))[0].startswith(said)


@pytest.mark.parametrize("name", [SHEET, SHARED, STYLES, BOOK])
def test_parts_that_are_not_there(name):
    """A part that another leads to and that is missing is told."""
    made = parts(LINES)
    del made[name]
    assert refused(packed(made))[0] == f"{name} in it is damaged."


@pytest.mark.parametrize("name", [SHEET, SHARED, STYLES, BOOK, "_rels/.rels"])
def test_no_document_types(name):
    """A document type is refused in every part, before any entity of it is expanded."""
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    made = parts(LINES)
    made[name] = f'<!DOCTYPE a [<!ENTITY l0 "lol">{lol}]>'.encode() + made[name]
    assert refused(packed(made))[0].endswith("Holds an XML document type, which is not read.")


def test_sheets_of_other_kinds():
    """A sheet that is a chart has no cells; one of an unknown kind is damage, and not empty."""
    made = parts(LINES)
    links, kind = "xl/_rels/workbook.xml.rels", b"relationships/worksheet"
    chart = made[links].replace(kind, b"relationships/chartsheet")
    assert read_book(packed(made | {links: chart})).pages[0].empty
    other = made[links].replace(kind, b"relationships/worksheat")
    assert refused(packed(made | {links: other}))[0] == f"{SHEET} in it is damaged."


@pytest.mark.parametrize(
    ("number", "kind", "target", "said"),
    [
        ("rId1", "worksheet", "styles.xml", "xl/_rels/workbook.xml.rels: It is damaged."),
        ("rId9", "sharedStrings", "styles.xml", "xl/sharedStrings.xml in it is damaged."),
    ],
)
def test_parts_that_are_named_twice(number, kind, target, said):
    """Two parts by one id, or two of a kind that has one, are damage: nobody knows which counts."""
    made = parts(LINES)
    links = "xl/_rels/workbook.xml.rels"
    again = f'<Relationship Id="{number}" Type="{KINDS}/{kind}" Target="{target}"/></'
    made[links] = made[links].replace(b"</", again.encode(), 1)
    assert refused(packed(made))[0] == said


def test_a_drawing_that_is_not_there():
    """A sheet that leads to a drawing that is not there is damage."""
    made = parts(LINES, drawing=DRAWN)
    del made["xl/worksheets/_rels/sheet1.xml.rels"]
    assert refused(packed(made))[0] == f"{SHEET} in it is damaged."


def test_one_part_is_one_sheet():
    """A part that two sheets claim is damage: it would be read for each of them."""
    made = parts(LINES)
    again = b'<sheet name="b" sheetId="2" r:id="rId1"/></sheets>'
    made[BOOK] = made[BOOK].replace(b"</sheets>", again)
    assert refused(packed(made))[0] == f"{SHEET} in it is damaged."


@pytest.mark.parametrize(
    ("rows", "after", "said"),
    [
        ("<row>" + "<c><v>1</v></c>" * 10_000 + "</row>", "", None),
        ("<row>" + "<c><v>1</v></c>" * 10_001 + "</row>", "", "100,000 filled cells"),
        (("<row>" + "<c/>" * 10_000 + "</row>") * 4, "", "too many empty cells or formats"),
        (LINES.replace(">a<", f">{'a' * 5_000_001}<"), "", "5,000,000 characters"),
        (LINES, '<mergeCell ref="A1:A2"/>' * 10_001, "10,000 merged ranges"),
        (LINES + f"<row a='{'a' * 3_000_000}'/>", "", "It is damaged."),
        (LINES + "<row/>" * 1_700_000, "", "Larger than 10 MB when it is unpacked."),
    ],
)
def test_bounds(rows, after, said, monkeypatch):
    """What no plan has is refused before it takes memory or time, with the way out.

    Of cells and elements a tenth and a thirtieth are allowed here: it comes to the same.
    """
    monkeypatch.setattr(fault, "WORKBOOK_CELLS", WORKBOOK_CELLS // 10)
    monkeypatch.setattr(fault, "WORKBOOK_ELEMENTS", WORKBOOK_ELEMENTS // 30)
    raw = book(rows, f"<mergeCells>{after}</mergeCells>")
    if said is None:
        assert len(read_book(raw).pages[0].cells[1]) == 10_000
    else:
        assert said in refused(raw)[0]


def test_sizes_that_are_not_declared():
    """A part that inflates to more than its directory says is damage, and is not inflated."""
    assert refused(lying("_rels/.rels", b"x" * 5_000_000, 10))[0] == "_rels/.rels: It is damaged."


def test_one_cell_far_out():
    """A cell in the last row and column takes no more than any other."""
    found = page('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert found.cells == {1_048_576: {16_384: SheetCell(1)}}


def test_parts_that_hold_no_data_are_not_opened():
    """Macros, links to other workbooks and what nobody knows may be there, and are not read."""
    made = parts(LINES) | {
        "xl/vbaProject.bin": b"\0",
        "xl/externalLinks/externalLink1.xml": b"<!DOCTYPE a>",
        "xl/theme/theme1.xml": b"damaged",
    }
    assert read_book(packed(made)).pages[0].cells[1][1] == SheetCell("a")


def test_titles_are_shown():
    """A title of a sheet is one line in which no character acts."""
    made = parts(LINES)
    made[BOOK] = made[BOOK].replace(b'name="a"', 'name="a\u202eb&#10;c"'.encode())
    assert read_book(packed(made)).pages[0].title == "a<U+202E>b<U+000A>c"
