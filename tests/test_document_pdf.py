"""PDFs: text in the order of reading, tables and bars that are drawn, and what runs through."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest

from dxrules.document import pdf_library
from dxrules.document.original import Bar, LostContent
from dxrules.document.pdf import read
from dxrules.document.pdf_library import begin_with_own_font
from dxrules.document.pdf_objects import Objects
from tests.helpers.box_font import made as made_font
from tests.helpers.goldens import kept
from tests.helpers.made_documents import Pdf, fault
from tests.test_document_word import png


def blocks(pdf):
    """Return kind, page and text of each block."""
    return [(b.kind, b.page, b.text) for b in read(pdf.saved(), "a.pdf").blocks]


LONG = "本計画は町の最上位計画である総合計画をデジタルの面から支えるものとして、DX"


def test_paragraphs_headings_and_marks():
    """Lines that go on are a paragraph; a raised digit marks a footnote, which stands below."""
    pdf = Pdf()
    pdf.text(60, 80, "1 計画の目的", 14)
    pdf.text(60, 110, LONG)
    width = 10 * 10
    pdf.text(60, 125, "の取組を定めます。DX")
    pdf.text(60 + width + 1, 121, "12", 6)
    pdf.text(60 + width + 8, 125, "とは変革のことです。")
    pdf.text(60, 150, "・町長")
    pdf.text(60, 165, "・副町長")
    pdf.text(60, 190, "体制", 15)
    pdf.text(60, 220, "町は推進本部を置きます。")
    pdf.text(60, 250, "総務課")
    pdf.text(200, 250, "10人")
    pdf.text(60, 760, "※1 デジタルで変えること。", 7)
    assert blocks(pdf) == [
        ("heading", 1, "1 計画の目的"),
        ("paragraph", 1, f"{LONG}\nの取組を定めます。DX¹²とは変革のことです。"),
        ("item", 1, "・町長"),
        ("item", 1, "・副町長"),
        ("paragraph", 1, "体制"),
        ("paragraph", 1, "町は推進本部を置きます。"),
        ("paragraph", 1, "総務課\t10人"),
        ("footnote", 1, "※1 デジタルで変えること。"),
    ]


@pytest.mark.parametrize(("end", "blocks_of_text"), [("DX", 1), ("。", 2)])
def test_line_of_other_letters_within_a_sentence(end, blocks_of_text):
    """A line of kana seems a little smaller: it goes on where the one before ends no sentence."""
    pdf = Pdf()
    pdf.text(60, 80, LONG.removesuffix("DX") + end, 10.5)
    pdf.text(60, 95, "をすすめるものとして、くらしをささえるしくみをととのえてまいります", 9.25)
    assert len(blocks(pdf)) == blocks_of_text


def test_headings_by_their_size():
    """After the cover a line in larger letters is a heading."""
    pdf = Pdf()
    pdf.text(100, 300, "見本町DX推進計画", 24)
    pdf.page()
    pdf.text(60, 100, "計画の体制", 16)
    for row in range(4):
        pdf.text(60, 130 + 15 * row, "町は推進本部を置き、進捗を毎年度点検します。")
    found = read(pdf.saved(), "a.pdf").blocks
    assert [(b.kind, b.level) for b in found[:2]] == [("paragraph", 0), ("heading", 1)]


def columns(shift=0, rows=6):
    """Return a PDF of two columns; the right one may stand a little lower."""
    pdf = Pdf()
    pdf.text(60, 80, "1 町の現状")
    for row in range(rows):
        pdf.text(60, 110 + 15 * row, f"左の段の{row}行目にある長い文章の続")
        pdf.text(320, 110 + shift + 15 * row, f"右の段の{row}行目にある長い文章の続")
    pdf.text(60, 250, "2 町の体制")
    pdf.text(60, 275, "段の下の文。")
    return pdf


@pytest.mark.parametrize("shift", [0, 7])
def test_two_columns(shift):
    """The left column is read before the right one, and what is below after both."""
    found = blocks(columns(shift))
    assert [kind for kind, *_ in found] == [
        "heading", "paragraph", "paragraph", "heading", "paragraph",
    ]  # fmt: skip
    left, right = found[1][2].split("\n"), found[2][2].split("\n")
    assert [line[0] for line in left] == ["左"] * 6
    assert [line[0] for line in right] == ["右"] * 6


def test_a_table_without_lines_is_read_by_rows():
    """Short pieces side by side are rows, and not two columns of text."""
    pdf = Pdf()
    for row in range(5):
        pdf.text(60, 100 + 15 * row, f"課{row}")
        pdf.text(200, 100 + 15 * row, f"{row}人")
    assert [text for _, _, text in blocks(pdf)] == [f"課{row}\t{row}人" for row in range(5)]


def test_ruby_is_left_out():
    """Small kana over a word tell how it is read."""
    pdf = Pdf()
    pdf.text(60, 100, "自治体の計画")
    pdf.text(60, 91, "じちたい", 5)
    assert blocks(pdf) == [("paragraph", 1, "自治体の計画")]


HEAD = ["分野", "取組", "R8", "R9", "R10"]
WIDTHS = [80, 160, 60, 60, 60]


def test_a_table_with_bars():
    """Coloured cells, areas and lines over cells, and arrows in text are bars."""
    pdf = Pdf()
    rows = [HEAD, *([f"分野{n}", f"取組{n}", "", "", ""] for n in range(1, 5))]
    rows[4][4] = "→"
    pdf.table(60, 100, WIDTHS, rows, fills={(1, 2), (1, 3)})
    pdf.area(60 + 240 + 62, 100 + 40 + 6, 118, 8)  # a bar over two cells of the second row
    pdf.line(60 + 246, 100 + 60 + 10, 60 + 240 + 54, 100 + 60 + 10)  # an arrow in the third row
    pdf.line(66, 100 + 40 + 15, 95, 100 + 40 + 15)  # words that are underlined
    (block,) = read(pdf.saved(), "a.pdf").blocks
    assert [[cell.text for cell in row] for row in block.rows()] == rows
    assert block.bars == (
        Bar(1, 2, 3, "fill"),
        Bar(2, 3, 4, "drawing"),
        Bar(3, 2, 2, "drawing"),
        Bar(4, 4, 4, "sign"),
    )
    assert block.at(0, 1).box.left == pytest.approx(140)


def merged():
    """Return a PDF of a table with a cell over two rows, one over two columns, and open sides."""
    pdf = Pdf()
    for top in (100, 160):
        pdf.line(60, top, 360, top)
    pdf.line(160, 120, 360, 120)
    pdf.line(60, 140, 360, 140)
    pdf.line(160, 100, 160, 140)
    pdf.line(260, 100, 260, 160)
    for left, top, words in (
        (65, 124, "縦の結合"), (165, 114, "甲"), (265, 114, "乙"), (165, 134, "丙"),
        (265, 134, "丁"), (65, 154, "横の結合"), (265, 154, "戊"),
    ):  # fmt: skip
        pdf.text(left, top, words)
    return pdf


def test_merged_cells():
    """Cells without a line between them are one."""
    (block,) = read(merged().saved(), "a.pdf").blocks
    assert [(c.row, c.column, c.rows, c.columns, c.text) for c in block.cells] == [
        (0, 0, 2, 1, "縦の結合"),
        (0, 1, 1, 1, "甲"),
        (0, 2, 1, 1, "乙"),
        (1, 1, 1, 1, "丙"),
        (1, 2, 1, 1, "丁"),
        (2, 0, 1, 2, "横の結合"),
        (2, 2, 1, 1, "戊"),
    ]


def test_columns_that_all_but_stand_below_those_of_another_table():
    """Lines of two tables whose sides miss each other by less than a point are lines of each."""
    pdf = Pdf()
    pdf.table(60, 100, [100, 80, 60], [["取組", "担当", "時期"]])
    pdf.table(60, 300, [100, 80.7, 60], [["指標", "現状", "目標"], ["件数", "18件", "40件"]])
    pdf.table(60, 500, [100, 80, 60.7], [["計画", "前期", "後期"]])
    found = [[[c.text for c in row] for row in b.rows()] for b in read(pdf.saved(), "a.pdf").blocks]
    assert found == [
        [["取組", "担当", "時期"]],
        [["指標", "現状", "目標"], ["件数", "18件", "40件"]],
        [["計画", "前期", "後期"]],
    ]


def test_frames_are_no_tables():
    """A frame around text, and lines under each other, are there for their looks."""
    pdf = Pdf()
    pdf.canvas.rect(50, 600, 300, 100)
    pdf.text(60, 180, "枠の中の文です。")
    pdf.line(50, 300, 300, 300)
    pdf.line(50, 320, 300, 320)
    assert [kind for kind, *_ in blocks(pdf)] == ["paragraph"]


def furnished(pages=4, *, repeat=True):
    """Return a PDF with a header, numbers of pages after the cover, and a table over pages."""
    pdf = Pdf()
    pdf.text(100, 300, "見本町DX推進計画", 24)
    pdf.page()
    for number in range(1, pages):
        pdf.text(60, 30, "見本町DX推進計画", 9)
        pdf.text(290, 820, f"- {number} -", 9)
        rows = [[f"分野{number}", f"取組{number}-{n}", "", "", ""] for n in range(3)]
        rows[0][0] = "" if number > 1 else rows[0][0]
        head = [HEAD] if repeat or number == 1 else []
        pdf.table(60, 60, WIDTHS, [*head, *rows], fills={(len(head), 2)})
        if number == 1:
            pdf.text(60, 780, "※1 町の注です。", 7)
        pdf.page()
    return pdf


@pytest.mark.parametrize("repeat", [True, False])
def test_tables_over_pages(repeat):
    """A table that goes on is one, with its head once, and footnotes after it."""
    found = read(furnished(repeat=repeat).saved(), "a.pdf")
    assert [page.printed for page in found.pages] == ["", "1", "2", "3"]
    tables = [block for block in found.blocks if block.kind == "table"]
    assert len(tables) == 1
    (table,) = tables
    assert [row[0].text for row in table.rows()][:2] == ["分野", "分野1"]
    assert len([cell for cell in table.cells if cell.text.startswith("取組")]) == 1 + 9
    assert [bar.row for bar in table.bars] == [1, 4, 7]
    assert {cell.page for cell in table.cells} == {2, 3, 4}
    assert [b.text for b in found.blocks if b.kind == "footnote"] == ["※1 町の注です。"]
    aside = [block.text for block in found.blocks if block.kind == "furniture"]
    assert aside == ["見本町DX推進計画", "- 1 -", "見本町DX推進計画", "- 2 -",
                     "見本町DX推進計画", "- 3 -"]  # fmt: skip


def test_tables_of_other_columns_are_others():
    """What has other columns is another table; so is what text parts from the first."""
    pdf = Pdf()
    pdf.table(60, 700, WIDTHS, [HEAD, ["a", "b", "", "", ""]])
    pdf.page()
    pdf.table(60, 60, [100, 100], [["甲", "乙"], ["丙", "丁"]])
    pdf.text(60, 200, "本文。")
    pdf.page()
    pdf.table(60, 60, [100, 100], [["甲", "乙"], ["丙", "丁"]])
    assert [kind for kind, *_ in blocks(pdf)] == ["table", "table", "paragraph", "table"]


def test_a_row_that_a_page_cuts():
    """A row without a line at its top goes on from the page before."""
    pdf = Pdf()
    pdf.table(60, 700, [100, 100], [["取組", "内容"], ["窓口", "書かない窓口を"]])
    pdf.page()
    for left in (60, 160, 260):
        pdf.line(left, 50, left, 90)
    pdf.line(60, 70, 260, 70)
    pdf.line(60, 90, 260, 90)
    pdf.text(163, 64, "始める。")
    pdf.text(63, 84, "庁内")
    (block,) = read(pdf.saved(), "a.pdf").blocks
    assert [[cell.text for cell in row] for row in block.rows()] == [
        ["取組", "内容"],
        ["窓口", "書かない窓口を\n始める。"],
        ["庁内", ""],
    ]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_pages_that_are_turned(turn):
    """A page is read as people see it, however it is stored."""
    pdf = Pdf()
    canvas = pdf.canvas
    canvas.setPageRotation(turn)
    shifts = {0: (0, 0), 90: (842, 0), 180: (595, 842), 270: (0, 595)}
    canvas.translate(*shifts[turn])
    canvas.rotate(turn)
    for row, words in enumerate(("1 計画の目的", "町の計画です。", "2 体制")):
        canvas.setFont("HeiseiKakuGo-W5", 10)
        canvas.drawString(60, 500 - 20 * row, words)
    found = read(pdf.saved(), "a.pdf")
    assert [block.text for block in found.blocks] == ["1 計画の目的", "町の計画です。", "2 体制"]
    assert (found.pages[0].width, found.pages[0].height) == (595, 842)
    assert found.blocks[0].box.left == pytest.approx(60, abs=1)
    assert found.blocks[0].box.bottom == pytest.approx(342, abs=3)


def test_what_is_drawn_within_forms():
    """A table within a form that is drawn on the page is in its place."""
    pdf = Pdf()
    canvas = pdf.canvas
    canvas.beginForm("f")
    for at in (0, 100, 200):
        canvas.line(at, 0, at, 40)
    for at in (0, 20, 40):
        canvas.line(0, at, 200, at)
    canvas.endForm()
    canvas.saveState()
    canvas.translate(60, 700)
    canvas.doForm("f")
    canvas.restoreState()
    for left, top, words in ((65, 114, "甲"), (165, 114, "乙"), (65, 134, "丙"), (165, 134, "丁")):
        pdf.text(left, top, words)
    (block,) = read(pdf.saved(), "a.pdf").blocks
    assert block.text == "甲\t乙\n丙\t丁"


def test_what_is_lost():
    """Pictures, drawings and signs without a code are lost, page by page."""
    from reportlab.lib.utils import ImageReader

    pdf = Pdf()
    pdf.text(60, 100, "町の計画の本文です。")
    pdf.canvas.drawImage(ImageReader(io.BytesIO(png())), 60, 300, 200, 100)
    pdf.canvas.drawImage(ImageReader(io.BytesIO(png())), 60, 200, 5, 5)
    pdf.page()
    pdf.text(60, 100, "次のページの本文です。")
    for number in range(30):
        pdf.canvas.circle(100 + number * 3, 400, 20, stroke=1, fill=0)
    pdf.text(60, 200, "\ue001\ue002")
    found = read(pdf.saved(), "a.pdf")
    assert LostContent("picture", 1, 1) in found.lost
    assert LostContent("drawing", 2, 1) in found.lost
    assert {lost.kind for lost in found.lost} <= {"picture", "drawing", "text"}


# ---- What cannot be read ----


def test_scans():
    """Pages that are pictures are a scan, though a number stands on them."""
    from reportlab.lib.utils import ImageReader

    pdf = Pdf()
    for number in range(3):
        pdf.canvas.drawImage(ImageReader(io.BytesIO(png())), 0, 0, 595, 842)
        pdf.text(290, 820, f"{number}")
        pdf.page()
    assert fault(pdf.saved(), "a.pdf") == "scan"
    blank = Pdf()
    blank.page()
    assert fault(blank.saved(), "a.pdf") == "scan"


def test_a_password():
    """A PDF that asks for a password is not read."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    pdf = Pdf(encrypt=StandardEncryption("secret", strength=128))
    pdf.text(60, 100, "本文")
    assert fault(pdf.saved(), "a.pdf") == "encrypted"


def test_damage():
    """What begins as a PDF and is none is damaged."""
    assert fault(b"%PDF-1.7\n" + b"junk" * 100, "a.pdf") == "broken"


def test_too_many_pages(monkeypatch):
    """More pages than a document may have are refused before they are read."""
    monkeypatch.setattr("dxrules.document.pdf.DOCUMENT_PAGES", 2)
    assert fault(furnished().saved(), "a.pdf") == "pages"


def test_too_much_is_drawn(monkeypatch):
    """More letters and lines than may be drawn are refused."""
    monkeypatch.setattr("dxrules.document.pdf.DOCUMENT_SHAPES", 50)
    assert fault(furnished().saved(), "a.pdf") == "signs"


@pytest.mark.slow
def test_sixty_pages():
    """Sixty pages with tables take some two seconds of the processor."""
    pdf = Pdf()
    for number in range(60):
        pdf.text(290, 820, f"- {number + 1} -", 9)
        rows = [[f"分野{n}", f"取組{number}-{n}", "", "→", ""] for n in range(14)]
        bottom = pdf.table(60, 60, WIDTHS, [HEAD, *rows], fills={(n, 2) for n in range(1, 9)})
        for row in range(12):
            pdf.text(60, bottom + 30 + 15 * row, LONG[:38])
        pdf.page()
    raw = pdf.saved()
    found = read(raw, "a.pdf")
    assert len(found.pages) == 60
    assert sum(block.kind == "table" for block in found.blocks) == 60


def test_the_font_of_letters_that_a_pdf_has_not():
    """The font that stands for those of the machine is what its description makes of it."""
    font = made_font()
    assert kept(Path(pdf_library.__file__).parent / "font" / "box.ttf", font) == font


def test_letters_without_a_font_are_as_high_as_their_size():
    """Also on a machine without Japanese fonts; what stands twice in a column is read twice."""
    pdf = Pdf()
    for row in range(3):
        pdf.text(60, 100 + 30 * row, "未定", 12)
    begin_with_own_font()
    (page,) = pypdfium2.PdfDocument(pdf.saved())
    letters = Objects(page, [100]).glyphs
    assert [each.text for each in letters] == ["未", "定"] * 3
    assert all(12 <= each.size <= 14 for each in letters)


UNREAD = "町長が責任を負う。"
DARK = (0, 0, 0.5)


def drawn(mode=0, colour=(0, 0, 0), top=120.0, size=10, alpha=1):
    """Return a page with a line that is drawn in some way."""

    def draw(pdf):
        pdf.canvas.setFillColorRGB(*colour)
        pdf.canvas.setFillAlpha(alpha)
        text = pdf.canvas.beginText(50, pdf.TALL - top)
        text.setFont("HeiseiKakuGo-W5", size)
        text.setTextRenderMode(mode)
        text.textLine(UNREAD)
        pdf.canvas.drawText(text)
        pdf.canvas.setFillAlpha(1)
        pdf.canvas.setFillColorRGB(0, 0, 0)

    return draw


def page_of(*draws):
    """Return what is read of a page with two lines and what is drawn on it."""
    pdf = Pdf()
    pdf.text(50, 60, "推進体制は次のとおりとし、毎年見直す。")
    for draw in draws:
        draw(pdf)
    pdf.page()
    return read(pdf.saved(), "a.pdf")


def box(colour):
    """Draw an area where the line stands."""
    return lambda pdf: pdf.area(45, 105, 150, 25, colour)


def picture(pdf):
    """Draw a picture over the whole page, as a scan."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    pdf.canvas.drawImage(ImageReader(Image.new("RGB", (9, 9))), 0, 0, pdf.WIDE, pdf.TALL)


def across(right):
    """Draw a line through the middle of the text."""
    return lambda pdf: pdf.line(50, 116.5, right, 116.5)


@pytest.mark.parametrize(
    ("draws", "kind"),
    [
        ([drawn(mode=3)], "hidden"),
        ([drawn(mode=7)], "hidden"),
        ([drawn(alpha=0)], "hidden"),
        ([drawn(colour=(1, 1, 1))], "hidden"),
        ([drawn(top=-100)], "hidden"),
        ([drawn(size=0.5)], "hidden"),
        ([drawn(), box((0, 0, 0))], "hidden"),
        ([drawn(), across(140)], "struck"),
    ],
)
def test_what_nobody_sees(draws, kind):
    """What is drawn without ink, off the page or below black is told, and no text of the plan."""
    found = page_of(*draws)
    assert UNREAD not in "".join(block.text for block in found.blocks)
    assert {lost.kind for lost in found.lost} == {kind}


@pytest.mark.parametrize(
    "draws",
    [
        [picture, drawn(mode=3)],
        [box(DARK), drawn(colour=(1, 1, 1))],
        [drawn(), across(300)],
        [box((0, 0, 0)), drawn(colour=(1, 1, 1))],
    ],
)
def test_what_is_seen(draws):
    """What was read of a scan lies on it; white on dark, and the words on a bar, are seen."""
    found = page_of(*draws)
    assert UNREAD in "".join(block.text for block in found.blocks)
    assert {lost.kind for lost in found.lost} <= {"picture"}


FLAT = (
    "<</Type/Font/Subtype/Type3/FontBBox[0 0 0 0]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 97"
    "/LastChar 97/Widths[1000]/Encoding<</Differences[97/a]>>/CharProcs<</a 99 0 R>>>>"
)
FLAT_LETTER = (
    "99 0 obj\n<</Length 41>>stream\n1000 0 0 400 900 450 d1 0 400 900 50 re f\nendstream\n"
)
GRADIENT = (
    "/Pattern<</P<</PatternType 2/Shading<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 0 842]"
    "/Function<</FunctionType 2/Domain[0 1]/C0[0 .2 .5]/C1[0 .5 .6]/N 1>>>>>>>>"
)


def written(*bodies, catalog="", page="", resources=""):
    """Return a PDF of pages whose contents are these objects."""
    pages = range(4, 4 + 2 * len(bodies), 2)
    kids = " ".join(f"{n} 0 R" for n in pages)
    parts = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(bodies)}>>",
    ]
    parts.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    for number, body in zip(pages, bodies, strict=True):
        parts.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>"
            f"{resources}>>/Contents {number + 1} 0 R{page}>>"
        )
        parts.append(body)
    out = "".join(f"{n} 0 obj\n{part}\nendobj\n" for n, part in enumerate(parts, 1))
    return f"%PDF-1.7\n{out}trailer\n<</Root 1 0 R>>\n".encode()


TEXT = "BT /F 12 Tf 50 700 Td (the mayor of the town) Tj ET"
SAID = f"<</Length {len(TEXT)}>>stream\n{TEXT}\nendstream"
FIELD = "/Annots[<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(x)/Rect[50 60 300 80]>>]"
LINE = (
    "/Annots[<</Type/Annot/Subtype/StrikeOut/Rect[60 690 999 715]"
    "/QuadPoints[75 715 999 715 75 690 999 690]>>]"
)


@pytest.mark.parametrize(
    ("raw", "lost"),
    [
        (written(SAID, page=FIELD), LostContent("embedded", 1)),
        (written(SAID, page=LINE), LostContent("struck", 1)),
        (written(SAID, "null"), LostContent("page", 2)),
        (
            written(
                SAID, catalog="/Names<</EmbeddedFiles<</Names[(a) <</Type/Filespec/F(a)>>]>>>>"
            ),
            LostContent("embedded"),
        ),
    ],
)
def test_what_is_beside_the_text(raw, lost):
    """Fields, attached files and pages without anything are lost; lines of a reviewer strike."""
    found = read(raw, "a.pdf")
    assert found.lost == (lost,)
    assert found.blocks[0].text.startswith("the")
    assert ("mayor" in found.blocks[0].text) is (lost.kind != "struck")


def test_a_picture_in_strips():
    """A scan that was cut into strips is a picture, too."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    strip = ImageReader(Image.new("RGB", (9, 9)))
    strips = [
        lambda pdf, at=at: pdf.canvas.drawImage(strip, 50, at, 400, 10)
        for at in range(100, 500, 10)
    ]
    assert page_of(*strips).lost == (LostContent("picture", 1, 1),)


def content(text):
    return f"<</Length {len(text)}>>stream\n{text}\nendstream"


def test_white_letters_on_a_ground_that_changes_its_colour():
    """Covers have such grounds, which a file calls white."""
    ground = "/Pattern cs /P scn 0 0 595 842 re f 1 1 1 rg "
    seen = read(written(content(ground + TEXT), resources=GRADIENT), "a.pdf")
    assert (seen.blocks[0].text, seen.lost) == ("the mayor of the town", ())
    unseen = read(written(content(f"1 1 1 rg {TEXT}"), SAID, resources=GRADIENT), "a.pdf")
    assert [lost.kind for lost in unseen.lost] == ["hidden"]


def test_flat_letters_are_large_enough():
    """一 is as low as a full stop of half a point."""
    font = f"/Font<</F 3 0 R/G {FLAT}>>"
    text = "BT /G 10 Tf 50 700 Td (aaa) Tj ET"
    raw = written(content(text), resources=font).replace(
        b"trailer", f"{FLAT_LETTER}endobj\ntrailer".encode()
    )
    found = read(raw.replace(b"/Font<</F 3 0 R>>/Font", b"/Font"), "a.pdf")
    assert (found.blocks[0].text, found.lost) == ("aaa", ())


OTHER = "BT /F 12 Tf 50 650 Td (a plan of ours) Tj ET "
LAYER = "98 0 obj\n<</Type/OCG/Name(a)>>\nendobj\n"
FORM = (
    f"97 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
    f"/Length {len(TEXT)}$>>stream\n{TEXT}\nendstream\nendobj\n"
)
OFF = "/OCProperties<</OCGs[98 0 R]/D<</OFF[98 0 R]>>>>"
ON = "/OCProperties<</OCGs[98 0 R]/D<</ON[98 0 R]>>>>"
MULTIPLY = "/ExtGState<</M<</BM/Multiply>>>>"
IN_LAYER = f"/OC /L BDC {TEXT} EMC"
COVER = "45 690 300 30 re f"
AGAIN = "BT /F 12 Tf 50 700 Td (of the county instead) Tj ET"


def layered(text, catalog=OFF, form=""):
    """Return what is read of a page with a layer, and a form that may belong to it."""
    raw = written(
        content(OTHER + text),
        catalog=catalog,
        resources=f"/Properties<</L 98 0 R>>/XObject<</X 97 0 R>>{MULTIPLY}",
    )
    more = f"{LAYER}{FORM.replace('$', form)}trailer".encode()
    found = read(raw.replace(b"trailer", more), "a.pdf")
    lost = {each.kind: each.count for each in found.lost}
    return " ".join(block.text for block in found.blocks), lost


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (IN_LAYER, ""),
        ("/X Do", "/OC 98 0 R"),
        ("/OC /L BDC /X Do EMC", ""),
        (f"{TEXT} 1 1 1 rg {COVER}", ""),
        (f"{TEXT} 0.9 0.6 0.6 rg {COVER}", ""),
        (f"{TEXT} 0 0 0.5 rg {COVER}", ""),
        (f"/X Do 1 1 1 rg {COVER}", ""),
        (f"0 0 0.5 rg {COVER} 1 1 1 rg {IN_LAYER}", ""),
        (f"0.5 0 0 rg {COVER} {TEXT}", ""),
        (f"0 g {COVER} {TEXT}", ""),
        (f"q 400 0 99 99 re W n {TEXT} Q", ""),
        (f"q 0 0 595 842 re W n 400 0 99 99 re W n 0 0 595 842 re W n {TEXT} Q", ""),
    ],
)
def test_layers_and_areas_that_hide(text, form):
    """Letters of a layer that is switched off, and those below an area, are told."""
    assert layered(text, form=form) == ("a plan of ours", {"hidden": 17})


@pytest.mark.parametrize(
    ("text", "catalog", "form"),
    [
        (IN_LAYER, ON, ""),
        (f"0 0 0.5 rg {COVER} 1 1 1 rg {IN_LAYER}", ON, ""),
        (f"0.5 0 0 rg {COVER} 1 1 1 rg 60 695 300 20 re f 0.5 0 0 rg {TEXT}", OFF, ""),
        (f"q 0 0 595 842 re W n {TEXT} Q", OFF, ""),
        (f"q 50 690 100 30 re W n {TEXT} Q", OFF, ""),
        (f"q 2 0 0 2 0 0 cm 20 340 200 30 re W n 0.5 0 0 0.5 0 0 cm {TEXT} Q", OFF, ""),
        ("q 45 690 300 30 re W n " * 9 + TEXT + " Q" * 9, OFF, ""),
        ("/X Do", ON, "/OC 98 0 R"),
        ("/X Do", OFF, ""),
        (f"1 1 0 rg {COVER} 0 g {TEXT}", OFF, ""),
        (f"{TEXT} /M gs 1 1 0 rg {COVER}", OFF, ""),
        (f"{TEXT} q 400 0 99 99 re W n 1 1 1 rg {COVER} Q", OFF, ""),
        (f"{TEXT} /OC /L BDC 1 1 1 rg {COVER} EMC", OFF, ""),
    ],
)
def test_layers_and_areas_that_hide_nothing(text, catalog, form):
    """A layer that is on, and areas below letters, clear, cut off or switched off, hide none."""
    assert layered(text, catalog, form) == ("the mayor of the town a plan of ours", {})


@pytest.mark.parametrize(
    "text", [f"{TEXT} 1 1 1 rg {COVER} 0 g {AGAIN}", f"{IN_LAYER} {AGAIN}", f"{AGAIN} {IN_LAYER}"]
)
def test_letters_in_the_place_of_others(text):
    """What was written over an area, or stands where a layer would, is no sign of what it hides."""
    assert layered(text) == ("of the county instead a plan of ours", {"hidden": 17})


def noted(kind, look):
    """Return a page over whose text a reviewer has laid something."""
    form = (
        "96 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 300 30]"
        f"/Length {len(look)}>>stream\n{look}\nendstream\nendobj\n"
    )
    note = f"/Annots[<</Type/Annot/Subtype/{kind}/F 4/Rect[45 690 345 720]/AP<</N 96 0 R>>>>]"
    raw = written(content(OTHER + TEXT), page=note)
    return read(raw.replace(b"trailer", f"{form}trailer".encode()), "a.pdf")


@pytest.mark.parametrize("kind", ["Square", "Polygon", "Redact"])
def test_what_is_laid_over_the_page(kind):
    """What nothing shines through hides what is below it; a frame does not."""
    hidden = noted(kind, "1 1 1 rg 0 0 300 30 re f")
    seen = noted(kind, "1 0 0 RG 0 0 300 30 re S")
    assert [block.text for block in hidden.blocks] == ["a plan of ours"]
    assert "the mayor of the town" in [block.text for block in seen.blocks]
    assert ([each.kind for each in hidden.lost], seen.lost) == (["hidden"], ())


def test_what_was_read_of_a_scan_is_covered():
    """Who covers a part of a scan covers what a program has read of it."""
    covered = page_of(picture, drawn(mode=3), box((1, 1, 1)))
    assert UNREAD not in "".join(block.text for block in covered.blocks)
    assert {lost.kind for lost in covered.lost} == {"picture", "hidden"}
