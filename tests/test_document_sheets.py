"""Workbooks as documents: what their sheets show."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Color, Font, PatternFill

from dxrules.document.faults import DocumentFault
from dxrules.document.original import Bar, LostContent, Page
from dxrules.document.sheets import read
from tests.helpers.archives import archive
from tests.helpers.made_documents import fault, saved

ORANGE = PatternFill("solid", fgColor="FFFFC000")
THEME = PatternFill("solid", fgColor=Color(theme=4))
WHITE = PatternFill("solid", fgColor=Color(theme=0))
INDEXED = PatternFill("solid", fgColor=Color(indexed=5))


def book():
    """Return a workbook with a schedule, a hidden sheet and a chart."""
    made = Workbook()
    sheet = made.active
    sheet.title = "工程表"
    sheet["B2"] = "1 取組の工程"
    sheet["B3"] = "町の取組の工程"
    for column, text in zip("BCDEF", ["分野", "取組", "R8", "R9", "R10"], strict=True):
        sheet[f"{column}5"] = text
    sheet["B6"], sheet["C6"], sheet["C7"], sheet["F7"] = "窓口", "書かない窓口", "予約", "→"
    sheet.merge_cells("B6:B7")
    sheet["D6"].fill = sheet["E6"].fill = ORANGE
    sheet["D7"].fill = THEME
    sheet["E7"].fill = WHITE
    sheet["G6"].fill = INDEXED
    sheet["B10"], sheet["C10"] = "指標", "値"
    values = [0.5, 12, 2.5, True, datetime(2026, 3, 31), date(2026, 4, 1), "消した"]  # noqa: DTZ001
    for row, value in enumerate(values, 11):
        sheet[f"B{row}"], sheet[f"C{row}"] = f"率{row}", value
    sheet["C11"].number_format = "0.0%"
    sheet["C17"].font = Font(strike=True)
    sheet.merge_cells("B20:C22")
    sheet["B25"], sheet["C25"] = "隠した行", "値"
    sheet.row_dimensions[25].hidden = True
    sheet["H6"] = "隠した列"
    sheet.column_dimensions["H"].hidden = True
    hidden = made.create_sheet("控え")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "見えない"
    other = made.create_sheet("空")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=11, max_row=12))
    other.add_chart(chart, "A1")
    return saved(made)


def test_a_workbook():
    """Sheets are pages; lines before a table are headings and paragraphs; cells span."""
    found = read(book(), "a.xlsx")
    assert found.pages == (Page(1), Page(2))
    assert [(b.kind, b.page, b.name, b.text.split("\n")[0]) for b in found.blocks] == [
        ("heading", 1, "工程表", "工程表"),
        ("heading", 1, "工程表", "1 取組の工程"),
        ("paragraph", 1, "工程表", "町の取組の工程"),
        ("table", 1, "工程表", "分野\t取組\tR8\tR9\tR10"),
        ("table", 1, "工程表", "指標\t値"),
        ("heading", 2, "空", "空"),
    ]
    schedule, values = (block for block in found.blocks if block.kind == "table")
    assert schedule.at(2, 0).text == "窓口"
    assert schedule.bars == (
        Bar(1, 2, 3, "fill"),
        Bar(2, 2, 2, "fill"),
        Bar(2, 4, 4, "sign"),
    )
    assert [cell.text for cell in values.cells if cell.column == 1] == [
        "値", "50%", "12", "2.5", "TRUE", "2026-03-31", "2026-04-01",
    ]  # fmt: skip
    assert found.lost == (
        LostContent("chart"),
        LostContent("struck", 1, 1),
        LostContent("hidden", 1, 3),
        LostContent("sheet"),
    )


def test_damaged_workbooks():
    """A workbook that is cut or holds no XML is damaged."""
    whole = book()
    assert fault(archive(("xl/workbook.xml", b"<a/>")), "a.xlsx") == "broken"
    assert fault(whole[: len(whole) // 2], "a.xlsx") == "broken"


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        (date(2026, 9, 1), 'yyyy"年"m"月"', "2026-09"),
        (date(2026, 9, 1), 'yyyy"年"m"月頃"', "2026年9月頃"),
        (date(2026, 9, 30), 'm"月"d"日"', "9月30日"),
        (date(2026, 9, 30), 'yyyy"年の"m"月"', "2026-09-30"),
        (46295, 55, "2026-09"),
        (1e10, 57, "10000000000"),
        (2026, '0"年度"', "2026年度"),
        (1234567, '#,##0,"千円"', "1234567"),
        (1234.5, "#,##0.0,", "1234.5"),
        (0, "#", ""),
        ("2026年9月", '@"頃"', "2026年9月頃"),
    ],
)
def test_what_is_shown(value, form, said):
    """A cell says what people see of it: a month, a fiscal year, about when."""
    made = Workbook()
    made.active["A1"] = value
    made.active["A1"].number_format = form if isinstance(form, str) else "0"
    if isinstance(form, int):
        made.active["A1"]._style.numFmtId = form
    found = [block.text for block in read(saved(made), "a.xlsx").blocks[1:]]
    assert found == ([said] if said else [])


def test_too_many_sheets(monkeypatch):
    """More sheets, or cells, than a document may have are refused."""
    monkeypatch.setattr("dxrules.document.sheets.DOCUMENT_PAGES", 1)
    assert fault(book(), "a.xlsx") == "pages"
    monkeypatch.setattr("dxrules.document.sheets.DOCUMENT_PAGES", 9)
    monkeypatch.setattr("dxrules.document.sheets.DOCUMENT_CELLS", 10)
    assert fault(book(), "a.xlsx") == "signs"


@pytest.mark.parametrize("place", ["A20001", "SZZ1"])
def test_what_stands_too_far_out(place):
    """A cell that stands further out than is read is not left out in silence."""
    made = Workbook()
    made.active["A1"], made.active[place] = "計画", "遠い"
    assert fault(saved(made), "a.xlsx") == "signs"


def test_nothing_but_titles():
    """A sheet without cells has its title all the same."""
    made = Workbook()
    made.active["A1"] = "計画"
    stream = io.BytesIO()
    made.save(stream)
    assert [block.text for block in read(stream.getvalue(), "a.xlsx").blocks] == ["Sheet", "計画"]


def test_what_is_hidden_is_told():
    """Filled cells that nobody sees are counted, of a group of columns in each of them."""
    made = Workbook()
    sheet = made.active
    for row in ("abcd", "efgh"):
        sheet.append([*row])
    sheet.column_dimensions.group("B", "C", hidden=True)
    for name, state in (("控え", "hidden"), ("符号", "veryHidden"), ("空", "hidden")):
        made.create_sheet(name).sheet_state = state
    made["控え"]["A1"] = made["符号"]["A1"] = "見えない"
    found = read(saved(made), "a.xlsx")
    assert [block.text for block in found.blocks] == ["Sheet", "a\td\ne\th"]
    assert found.lost == (LostContent("hidden", 1, 4), LostContent("sheet", None, 2))


UNREAD = "町長を最高情報責任者とする"
SHEET = "xl/worksheets/sheet1.xml"


def told(change=None, parts=(), **replaced):
    """Return what is read of a small workbook, after it and the text of its sheet were changed."""
    made = Workbook()
    sheet = made.active
    sheet["A1"], sheet["A3"], sheet["B3"], sheet["A4"], sheet["B4"] = "町", "a", "b", "c", UNREAD
    if change:
        change(sheet)
    new = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(made))) as old, zipfile.ZipFile(new, "w") as changed:
        for name in old.namelist():
            text = old.read(name)
            for before, after in replaced.values() if name == SHEET else ():
                assert before.encode() in text
                text = text.replace(before.encode(), after.encode())
            changed.writestr(name, text)
        for name in parts:
            changed.writestr(name, "<a/>")
    return read(new.getvalue(), "a.xlsx")


def written_in(colour):
    """Return what writes a cell in a colour."""

    def write(sheet):
        sheet["B4"].font = Font(color=colour)

    return write


white = written_in("FFFFFFFF")


def on_white(sheet):
    """Write in white on a ground that is as good as white."""
    white(sheet)
    sheet["B4"].fill = PatternFill("solid", fgColor="FFFDFDFD")


def dots(sheet):
    """Write in letters that nobody can read."""
    sheet["B4"].font = Font(sz=1)


def without_looks(sheet):
    """Show nothing of what a cell says."""
    sheet["B4"].number_format = ";;;"


def rich(sheet):
    """Strike a part of a cell through."""
    sheet["B4"] = CellRichText(TextBlock(InlineFont(strike=True), UNREAD), "町")


LOW = ('<row r="4"', '<row r="4" ht="0" customHeight="1"')
FLAT = ("<sheetFormatPr ", "<sheetFormatPr zeroHeight='1' ")
MERGED = ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A4:B4"/></mergeCells>')


@pytest.mark.parametrize(
    ("change", "replaced", "lost"),
    [
        (white, {}, LostContent("hidden", 1, 1)),
        (dots, {}, LostContent("hidden", 1, 1)),
        (on_white, {}, LostContent("hidden", 1, 1)),
        (written_in("00FFFFFF"), {}, LostContent("hidden", 1, 1)),
        (written_in("FFFEFEFE"), {}, LostContent("hidden", 1, 1)),
        (written_in(Color(indexed=9)), {}, LostContent("hidden", 1, 1)),
        (written_in(Color(theme=0)), {}, LostContent("hidden", 1, 1)),
        (without_looks, {}, LostContent("hidden", 1, 1)),
        (rich, {}, LostContent("struck", 1, 1)),
        (None, {"low": LOW}, LostContent("hidden", 1, 2)),
        (None, {"flat": FLAT}, LostContent("hidden", 1, 5)),
        (None, {"merged": MERGED}, LostContent("hidden", None, 1)),
        (lambda sheet: sheet.__setitem__("B4", "=A1"), {}, LostContent("formula", None, 1)),
    ],
)
def test_what_nobody_sees(change, replaced, lost):
    """What cells do not show is told and not read, as are formulas without a result."""
    found = told(change, **replaced)
    assert UNREAD not in "".join(block.text for block in found.blocks)
    assert found.lost == (lost,)


@pytest.mark.parametrize("colour", ["FFF2F2F2", Color(theme=0, tint=-0.5), Color(theme=1)])
def test_colours_that_are_seen(colour):
    """Grey is seen, and a white of the theme that was made darker."""
    found = told(written_in(colour))
    assert UNREAD in found.blocks[-1].text
    assert found.lost == ()


def test_white_on_dark():
    """White on a colour is seen."""

    def dark(sheet):
        white(sheet)
        sheet["B4"].fill = PatternFill("solid", fgColor="FF1F4E9E")

    found = told(dark)
    assert UNREAD in found.blocks[-1].text
    assert found.lost == ()


def test_parts_that_are_no_cells():
    """Parts are known in whatever case and folder they stand; margins stand aside."""
    parts = (
        "XL/Media/a.PNG",
        "xl/diagrams/data1.xml",
        "xl/ctrlProps/a.xml",
        "xl/charts/chart1.xml",
    )

    def margin(sheet):
        sheet.oddHeader.center.text = "令和8年3月"

    found = told(margin, parts)
    assert {lost.kind for lost in found.lost} == {"picture", "drawing", "embedded", "chart"}
    assert (found.blocks[-1].kind, found.blocks[-1].text) == ("furniture", "令和8年3月")


def test_shapes():
    """An arrow between cells may be a bar of a schedule."""
    new = io.BytesIO(saved(Workbook()))
    with zipfile.ZipFile(new, "a") as changed:
        changed.writestr("xl/drawings/drawing1.xml", "<x:wsDr><x:cxnSp/><x:sp></x:sp></x:wsDr>")
    assert read(new.getvalue(), "a.xlsx").lost == (LostContent("drawing", None, 2),)


def test_what_stands_twice_or_not_at_all():
    """A cell that stands twice can be read in two ways; a sheet that is listed has to be there."""
    with pytest.raises(DocumentFault, match="broken"):
        told(twice=("</sheetData>", '<row r="4"><c r="B4"><v>1</v></c></row></sheetData>'))
    new = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as old, zipfile.ZipFile(new, "w") as changed:
        for name in old.namelist():
            if name != SHEET:
                changed.writestr(name, old.read(name))
    assert fault(new.getvalue(), "a.xlsx") == "broken"


def test_cells_far_apart():
    """Nothing is made of the places between two cells."""
    found = told(lambda sheet: sheet.__setitem__("SF20000", "遠い"))
    assert [block.text for block in found.blocks][-1] == "遠い"
