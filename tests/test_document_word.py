"""Word documents: what stands in their text, and what Word adds to it when it shows them."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

import docx
import pytest

from dxrules.document.original import Bar, LostContent
from dxrules.document.word import read
from dxrules.document.word_numbers import _FORMS
from tests.helpers.archives import archive, entry
from tests.helpers.made_documents import cell, fault, run, saved, table, word


def blocks(*parts):
    """Return the blocks of a document of these parts."""
    return read(saved(word(*parts)), "a.docx").blocks


def texts(*parts):
    """Return their texts."""
    return [block.text for block in blocks(*parts)]


def paragraph(*runs):
    """Return a paragraph as XML."""
    return f"<w:p>{''.join(runs)}</w:p>"


def test_ruby_is_read_without_its_reading():
    """The signs are text, and the reading above them is not."""
    ruby = (
        "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>じちたい</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>自治体</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    assert texts(paragraph(run("本町は"), ruby, run("である"))) == ["本町は自治体である"]


def test_tracked_changes_are_taken_as_accepted():
    """What was put in is text; what was struck, moved away or hidden is not."""
    assert texts(
        paragraph(
            run("令和"),
            '<w:del w:id="1" w:author="a"><w:r><w:delText>7</w:delText></w:r></w:del>',
            f'<w:ins w:id="2" w:author="a">{run("8")}</w:ins>',
            f'<w:moveFrom w:id="3" w:author="a">{run("前")}</w:moveFrom>',
            f'<w:moveTo w:id="4" w:author="a">{run("年度")}</w:moveTo>',
            run("隠し", "<w:vanish/>"),
            run("廃止", "<w:strike/>"),
            run("廃止", '<w:dstrike w:val="true"/>'),
            run("", "<w:strike/>"),
            run("と", '<w:strike w:val="0"/>'),
            run("見える", '<w:vanish w:val="0"/>'),
        )
    ) == ["令和8年度と見える"]


def test_signs_of_words_own():
    """Line breaks, tabs, hyphens, fields and superscripts come out as people see them."""
    field = "<w:r><w:instrText>PAGEREF x</w:instrText></w:r>"
    own = "<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>L</w:t><w:softHyphen/><w:br/><w:t>QR</w:t></w:r>"
    raised = run("*1", '<w:vertAlign w:val="superscript"/>')
    tab = "<w:r><w:tab/></w:r>"
    assert texts(paragraph(run("DX"), raised, tab, own, field)) == ["DX¹\te-L\nQR"]


def test_formulas():
    """The signs of a formula are text."""
    space = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    formula = f"<m:oMath {space}><m:r><m:t>5%</m:t></m:r></m:oMath>"
    assert texts(paragraph(run("目標は"), formula)) == ["目標は5%"]


def test_text_boxes_follow_their_paragraph():
    """A shape's text is a block of its own; what stands for it in old programs is left out."""
    box = f"<w:txbxContent>{paragraph(run('枠の文'))}</w:txbxContent>"
    shape = f"<w:r><w:pict>{box}</w:pict></w:r>"
    assert texts(paragraph(run("前"), shape, run("後")), "次") == ["前後", "枠の文", "次"]


def test_tables():
    """Merged cells span; shading makes bars; a table of one cell is its text."""
    shade = '<w:shd w:val="clear" w:fill="FFC000"/>'
    found = blocks(
        table(
            [cell("分野", '<w:vMerge w:val="restart"/>'), cell("取組"), cell("R8"), cell("R9")],
            [cell("", "<w:vMerge/>"), cell("窓口"), cell("", shade), cell("", shade)],
            [cell("計", '<w:gridSpan w:val="2"/>'), cell("→"), cell("")],
        ),
        table([cell("枠の中")]),
    )
    first, second = found
    assert first.text == "分野\t取組\tR8\tR9\n窓口\t\t\n計\t→\t"
    assert [(c.row, c.column, c.rows, c.columns) for c in first.cells if c.text in "分野計"][
        :2
    ] == [
        (0, 0, 2, 1),
        (1, 2, 1, 1),
    ]
    assert first.at(1, 0).text == "分野"
    assert first.at(2, 1).text == "計"
    assert first.bars == (Bar(1, 2, 3, "fill"), Bar(2, 2, 2, "sign"))
    assert (second.kind, second.text) == ("paragraph", "枠の中")


def test_rows_that_begin_further_right():
    """A row may leave out its first columns; tables within cells are part of their text."""
    inner = table([cell("内1"), cell("内2")])
    outer = f"<w:tc><w:p>{run('外')}</w:p>{inner}</w:tc>"
    late = '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("遅い") + "</w:tr>"
    text = table([cell("a"), outer]).replace("</w:tbl>", "", 0)
    text = text[: text.rindex("</w:tbl>")] + late + "</w:tbl>"
    (block,) = blocks(text)
    assert [(c.row, c.column, c.text) for c in block.cells] == [
        (0, 0, "a"),
        (0, 1, "外\n内1\t内2"),
        (1, 1, "遅い"),
    ]
    assert block.text == "a\t外 内1 内2\n遅い"


def test_headings_by_their_styles():
    """A heading is one by its style, its outline level, or a number at its beginning."""
    outlined = paragraph('<w:pPr><w:outlineLvl w:val="1"/></w:pPr>', run("体制"))
    found = blocks(("計画", "Heading 1"), outlined, "1 期間", "5年間とします。", "・町長")
    assert [(block.kind, block.level, "/".join(block.section)) for block in found] == [
        ("heading", 1, "計画"),
        ("heading", 2, "計画/体制"),
        ("heading", 0, "計画/体制/1"),
        ("paragraph", 0, "計画/体制/1"),
        ("item", 0, "計画/体制/1"),
    ]


NUMBERING = (
    '<w:abstractNum w:abstractNumId="90">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/>'
    '<w:lvlText w:val="第%1章"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="91"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="l"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>'
    '<w:num w:numId="91"><w:abstractNumId w:val="91"/></w:num>'
)


def numbered(text, level=0, number=90):
    """Return a paragraph that Word numbers."""
    properties = (
        f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    )
    return paragraph(properties, run(text))


def test_numbers_that_word_counts():
    """Numbers are counted level by level, in the form that each level has."""
    document = word(
        numbered("総論"), numbered("国", 1), "本文。", numbered("町", 1),
        numbered("各論"), numbered("窓口", 1),
        numbered("副町長", 0, 91), numbered("無い", 0, 99), numbered("深い", 7),
    )  # fmt: skip
    numbering = document.part.numbering_part.element
    for element in docx.oxml.parse_xml(f'<w:x xmlns:w="{numbering.nsmap["w"]}">{NUMBERING}</w:x>'):
        numbering.append(element)
    found = read(saved(document), "a.docx").blocks
    assert [("/".join(block.section), block.text) for block in found] == [
        ("第一章", "第一章 総論"),
        ("第一章/(1)", "(1) 国"),
        ("第一章/(1)", "本文。"),
        ("第一章/(2)", "(2) 町"),
        ("第二章", "第二章 各論"),
        ("第二章/(1)", "(1) 窓口"),
        ("第二章/(1)", "・副町長"),
        ("第二章/(1)", "無い"),
        ("第二章/(1)", "深い"),
    ]


@pytest.mark.parametrize(
    ("form", "numbers", "shown"),
    [
        ("decimalEnclosedCircle", (1, 20, 21, 36), ["①", "⑳", "㉑", "36"]),
        (
            "japaneseCounting",
            (1, 10, 12, 25, 30, 100),
            ["一", "十", "十二", "二十五", "三十", "100"],
        ),
        ("aiueo", (1, 5, 99), ["ア", "オ", "99"]),
        ("iroha", (1, 3), ["イ", "ハ"]),
        ("upperRoman", (4, 9, 14), ["IV", "IX", "XIV"]),
        ("lowerRoman", (4,), ["iv"]),
        ("lowerLetter", (2, 27), ["b", "27"]),
        ("decimalEnclosedParen", (3,), ["(3)"]),
        ("decimalZero", (3,), ["03"]),
        ("none", (3,), [""]),
    ],
)
def test_forms_of_numbers(form, numbers, shown):
    """Each form that Japanese Word offers is written as Word writes it."""
    assert [_FORMS[form](number) for number in numbers] == shown


def with_part(document, name, kind, content):
    """Return a document with one more part that it refers to."""
    stream = io.BytesIO()
    old = zipfile.ZipFile(io.BytesIO(saved(document)))
    with zipfile.ZipFile(stream, "w") as new:
        for each in old.namelist():
            data = old.read(each)
            if each == "word/_rels/document.xml.rels":
                relation = (
                    '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/'
                    f'officeDocument/2006/relationships/{kind}" Target="{name}"/>'
                )
                data = data.replace(b"</Relationships>", f"{relation}</Relationships>".encode())
            if each == "[Content_Types].xml":
                more = (
                    f'<Override PartName="/word/{name}" ContentType="application/vnd.openxml'
                    f'formats-officedocument.wordprocessingml.{kind}+xml"/>'
                )
                data = data.replace(b"</Types>", f"{more}</Types>".encode())
            new.writestr(each, data)
        new.writestr(f"word/{name}", content)
    return stream.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NOTES = (
    f'<w:footnotes {W}><w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>'
    f'<w:footnote w:id="5"><w:p>{run("変革のこと。")}</w:p></w:footnote></w:footnotes>'
)


def test_footnotes():
    """A footnote has the mark that stands for it in the text; separators are none."""
    reference = '<w:r><w:footnoteReference w:id="5"/></w:r>'
    document = word(paragraph(run("DX"), reference, run("の推進")))
    found = read(with_part(document, "footnotes.xml", "footnotes", NOTES), "a.docx").blocks
    assert [(block.kind, block.text) for block in found] == [
        ("paragraph", "DX¹の推進"),
        ("footnote", "¹変革のこと。"),
    ]


def test_header_and_footer_stand_aside():
    """What runs through the pages is furniture."""
    document = word("本文")
    document.sections[0].header.paragraphs[0].text = "見本町"
    document.sections[0].footer.paragraphs[0].text = "- 1 -"
    found = read(saved(document), "a.docx").blocks
    assert {(block.kind, block.text) for block in found} == {
        ("paragraph", "本文"),
        ("furniture", "見本町"),
        ("furniture", "- 1 -"),
    }


def png():
    """Return a picture of one point."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"\0\0\0\0")), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_what_is_lost():
    """Pictures, charts, embedded files and signs of other fonts are lost, and counted."""
    document = word(
        "本文",
        paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', run("済")),
        '<w:p><w:r><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'
        "</w:r></w:p>",
        "<w:altChunk/>",
    )
    document.add_picture(io.BytesIO(png()))
    found = read(saved(document), "a.docx")
    assert set(found.lost) == {
        LostContent("picture"),
        LostContent("chart"),
        LostContent("embedded"),
        LostContent("text"),
    }


# ---- Hostile ----


def replaced(name, content):
    """Return a document in which one part is another."""
    stream = io.BytesIO()
    old = zipfile.ZipFile(io.BytesIO(saved(word("本文"))))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, content if each == name else old.read(each))
    return stream.getvalue()


def test_a_bomb():
    """What unpacks to more than may be is refused before it is unpacked."""
    assert (
        fault(replaced("word/document.xml", b"<a>" + b" " * 40_000_000 + b"</a>"), "a.docx")
        == "large"
    )


def test_entities_are_not_expanded():
    """A document type that defines entities brings nothing in, from the file or from elsewhere."""
    evil = (
        '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<w:document {W}><w:body><w:p><w:r><w:t>前&x;後</w:t></w:r></w:p></w:body></w:document>"
    )
    assert fault(replaced("word/document.xml", evil.encode()), "a.docx") == "broken"


def test_damage():
    """A document that is cut, or holds no XML, is damaged."""
    assert fault(replaced("word/document.xml", b"<w:document"), "a.docx") == "broken"
    whole = saved(word("本文"))
    assert fault(whole[: len(whole) // 2], "a.docx") == "broken"
    assert fault(archive((entry("word/document.xml"), b"<a/>")), "a.docx") == "broken"


def test_nesting():
    """Tables within tables without end are refused."""
    text = run("底")
    for _ in range(120):
        text = f"<w:sdt><w:sdtContent>{text}</w:sdtContent></w:sdt>"
    assert fault(saved(word(paragraph(text))), "a.docx") == "deep"
    assert (
        fault(replaced("word/document.xml", b"<a>" * 20_000 + b"</a>" * 20_000), "a.docx") == "deep"
    )


def test_nothing_in_it():
    """A document without text is empty."""
    assert fault(saved(docx.Document()), "a.docx") == "empty"


# ---- What nobody sees, and what is left out ----

UNREAD = "町長を最高情報責任者とする。"


def styles(*each):
    """Return the styles of a document as XML."""
    found = [f'<w:style w:styleId="{key}">{said}</w:style>' for key, said in each]
    return f'<w:styles xmlns:w="{W_URI}">{"".join(found)}</w:styles>'


W_URI = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRUCK = "<w:rPr><w:strike/></w:rPr>"
UNSEEN = "<w:rPr><w:vanish/></w:rPr>"


def with_styles(body, *each):
    """Return what is read of a body whose styles are given."""
    document = word(*body)
    raw = saved(document)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, styles(*each) if name == "word/styles.xml" else old.read(name))
    return read(made.getvalue(), "a.docx")


@pytest.mark.parametrize(("look", "kind"), [(STRUCK, "struck"), (UNSEEN, "hidden")])
def test_looks_of_styles(look, kind):
    """What a style of signs or of the paragraph hides or strikes through is not read."""
    signs = paragraph(run(UNREAD, '<w:rStyle w:val="b"/>'))
    whole = paragraph('<w:pPr><w:pStyle w:val="b"/></w:pPr>', run(UNREAD))
    for part in (signs, whole):
        found = with_styles([part, "町"], ("a", look), ("b", '<w:basedOn w:val="a"/>'))
        assert [block.text for block in found.blocks] == ["町"]
        assert found.lost == (LostContent(kind),)


@pytest.mark.parametrize("look", ['<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>'])
def test_styles_that_nobody_reads(look):
    """A style can be white as well, or of the smallest of letters."""
    signs = paragraph(run(UNREAD, '<w:rStyle w:val="b"/>'))
    whole = paragraph('<w:pPr><w:pStyle w:val="b"/></w:pPr>', run(UNREAD))
    for part in (signs, whole):
        looks = ("a", f"<w:rPr>{look}</w:rPr>"), ("b", '<w:basedOn w:val="a"/>')
        found = with_styles([part, "町"], *looks)
        assert ([b.text for b in found.blocks], found.lost) == (["町"], (LostContent("hidden"),))


def test_styles_in_white_that_are_seen():
    """A run of another colour is seen, and one on a dark style."""
    white = "<w:rPr><w:color w:val='FFFFFF'/></w:rPr>"
    whole = paragraph('<w:pPr><w:pStyle w:val="b"/></w:pPr>', run(UNREAD))
    dark = f"{white}<w:pPr>{DARK}</w:pPr>"
    red = paragraph(run(UNREAD, '<w:rStyle w:val="b"/><w:color w:val="FF0000"/>'))
    for part, style in ((red, white), (whole, dark)):
        found = with_styles([part], ("b", style))
        assert ([block.text for block in found.blocks], found.lost) == ([UNREAD], ())


def test_looks_that_are_taken_off():
    """A run takes off what a style puts on, and two styles take each other off."""
    parts = [
        paragraph('<w:pPr><w:pStyle w:val="a"/></w:pPr>', run("町", '<w:vanish w:val="0"/>')),
        paragraph('<w:pPr><w:pStyle w:val="a"/></w:pPr>', run("長", '<w:rStyle w:val="a"/>')),
    ]
    found = with_styles(parts, ("a", UNSEEN))
    assert ([block.text for block in found.blocks], found.lost) == (["町", "長"], ())


MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
WHITE = '<w:color w:val="FFFFFF"/>'
DARK = '<w:shd w:val="clear" w:fill="1F4E9E"/>'
LIGHT = '<w:shd w:val="clear" w:fill="FFFFFF"/>'


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        (paragraph(run(UNREAD, "<w:vanish/>")), "hidden"),
        (paragraph(run(UNREAD, WHITE)), "hidden"),
        (paragraph(run(UNREAD, '<w:color w:val="FEFEFE"/>')), "hidden"),
        (paragraph(run(UNREAD, WHITE + LIGHT)), "hidden"),
        (paragraph(run(UNREAD, f'{WHITE}<w:shd w:val="clear" w:fill="auto"/>')), "hidden"),
        (paragraph(run(UNREAD, f'{WHITE}<w:highlight w:val="white"/>')), "hidden"),
        (paragraph(f"<w:pPr>{LIGHT}</w:pPr>", run(UNREAD, WHITE)), "hidden"),
        (paragraph(run(UNREAD, '<w:sz w:val="2"/>')), "hidden"),
        (table([cell("町"), f"<w:tc><w:p>{run(UNREAD, WHITE)}</w:p></w:tc>"]), "hidden"),
        (
            table([cell("町"), cell("村")]).replace(
                "</w:tbl>",
                f"<w:tr><w:trPr><w:hidden/></w:trPr>{cell(UNREAD)}{cell('x')}</w:tr></w:tbl>",
            ),
            "hidden",
        ),
        (
            table([cell("町"), cell("村")]).replace(
                "</w:tbl>",
                f"<w:tr><w:trPr><w:del/></w:trPr>{cell(UNREAD)}{cell('x')}</w:tr></w:tbl>",
            ),
            "struck",
        ),
        (table([cell("町"), cell("村"), cell(UNREAD, "<w:cellDel/>")]), "struck"),
        (
            table(
                [cell("町", '<w:vMerge w:val="restart"/>'), cell("村")],
                [cell(UNREAD, "<w:vMerge/>"), cell("区")],
            ),
            "hidden",
        ),
        (paragraph(f"<w:del><w:ins>{run(UNREAD)}</w:ins></w:del>"), "struck"),
        (
            (
                f'<w:p><m:oMath xmlns:m="{MATH}"><m:r><w:rPr><w:strike/></w:rPr>'
                f"<m:t>{UNREAD}</m:t></m:r></m:oMath></w:p>"
            ),
            "struck",
        ),
        (
            (
                '<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml">'
                '<v:shape style="visibility:hidden"><w:txbxContent>'
                f"{paragraph(run(UNREAD))}</w:txbxContent></v:shape></w:pict></w:r></w:p>"
            ),
            "hidden",
        ),
    ],
)
def test_what_nobody_sees(part, kind):
    """What is hidden, taken out or as good as invisible is told, and no text of the document."""
    found = read(saved(word("町長", part)), "a.docx")
    assert UNREAD not in "".join(block.text for block in found.blocks)
    assert found.lost == (LostContent(kind),)


@pytest.mark.parametrize(
    "part",
    [
        paragraph(run(UNREAD, WHITE + DARK)),
        paragraph(run(UNREAD, f'{WHITE}<w:shd w:val="solid" w:color="000000" w:fill="FFFFFF"/>')),
        paragraph(run(UNREAD, f'{WHITE}<w:highlight w:val="darkBlue"/>')),
        paragraph(run(UNREAD, '<w:color w:val="F2F2F2"/>')),
        paragraph(f"<w:pPr>{DARK}</w:pPr>", run(UNREAD, WHITE)),
        table([cell("町"), f"<w:tc><w:tcPr>{DARK}</w:tcPr><w:p>{run(UNREAD, WHITE)}</w:p></w:tc>"]),
        (
            "<w:p><w:r><w:pict><w:txbxContent>"
            f"{paragraph(run(UNREAD, WHITE))}</w:txbxContent></w:pict></w:r></w:p>"
        ),
    ],
)
def test_white_on_dark(part):
    """White letters on a dark ground, or on one that is not known, are read."""
    found = read(saved(word("町長", part)), "a.docx")
    assert UNREAD in "".join(block.text for block in found.blocks)
    assert found.lost == ()


DRAWN = {
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
SPACES = " ".join(f'xmlns:{key}="{uri}"' for key, uri in DRAWN.items())


def in_a_run(inner):
    """Return a paragraph whose run holds something that is no text, as XML."""
    return f"<w:p><w:r {SPACES}>{inner}</w:r></w:p>"


@pytest.mark.parametrize(
    ("inner", "lost"),
    [
        ("<w:drawing><wps:wsp><wps:cNvCnPr/></wps:wsp></w:drawing>", [LostContent("drawing")]),
        ('<w:pict><v:shape><v:textpath string="町"/></v:shape></w:pict>', [LostContent("drawing")]),
        ('<w:pict><v:rect o:hr="t"/></w:pict>', []),
        ("<w:subDoc/>", [LostContent("embedded")]),
        (
            "<w:object><v:shape/><w:control/></w:object>",
            [LostContent("drawing"), LostContent("embedded")],
        ),
        ("<w:fldChar><w:ffData><w:checkBox/></w:ffData></w:fldChar>", [LostContent("embedded")]),
    ],
)
def test_what_is_drawn_is_lost(inner, lost):
    """An arrow, a text that is a picture, a form field: each may say something."""
    found = read(saved(word("町", in_a_run(inner))), "a.docx")
    assert sorted(found.lost, key=str) == sorted(lost, key=str)


@pytest.mark.parametrize(
    ("ways", "said", "lost"),
    [
        ('<mc:Choice Requires="wps">A</mc:Choice><mc:Choice Requires="w14">B</mc:Choice>', "A", ()),
        ('<mc:Choice Requires="x">A</mc:Choice><mc:Fallback>B</mc:Fallback>', "B", ()),
        ('<mc:Choice Requires="x">A</mc:Choice>', "", (LostContent("drawing"),)),
    ],
)
def test_one_of_several_ways(ways, said, lost):
    """Of several ways to say the same the first is read that this reader knows."""
    ways = re.sub(r">([AB])<", r"><w:t>\1</w:t><", ways)
    part = in_a_run(f"<mc:AlternateContent>{ways}</mc:AlternateContent>")
    found = read(saved(word("町", part)), "a.docx")
    assert [block.text for block in found.blocks] == ["町", *([said] if said else [])]
    assert found.lost == lost


def test_strict_documents():
    """Strict Office calls everything otherwise, and says the same."""
    made = io.BytesIO()
    usual, strict = "schemas.openxmlformats.org/{}/2006/", "purl.oclc.org/ooxml/{}/"
    old = zipfile.ZipFile(io.BytesIO(saved(word(("計画", "Heading 1"), "町"))))
    with old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode("utf-8", "surrogateescape")
            for family in ("wordprocessingml", "officeDocument", "drawingml"):
                content = content.replace(usual.format(family), strict.format(family))
            new.writestr(name, content.encode("utf-8", "surrogateescape"))
    assert [(b.kind, b.text) for b in read(made.getvalue(), "a.docx").blocks] == [
        ("heading", "計画"),
        ("paragraph", "町"),
    ]
