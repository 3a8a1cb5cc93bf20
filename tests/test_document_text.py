"""Documents as text and Markdown: encodings, blocks, sections; and how texts are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.document import squeeze, squeezed
from dxrules.document.bars import bars_of
from dxrules.document.encoding import decode
from dxrules.document.original import Bar, Block, Cell, LostContent, Page
from dxrules.document.sections import sectioned
from dxrules.document.signs import sign_of
from dxrules.document.text import original_of

# ---- What is the same ----


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＤＸ推進　計画", "DX推進計画"),
        ("ＤＸ¹推進計画", "DX推進計画"),
        ("ｶﾞﾊﾞﾒﾝﾄｸﾗｳﾄﾞ", "ガバメントクラウド"),
        ("か\u3099く", "がく"),
        ("令和8年度〜令和12年度", "令和８年度～令和１２年度"),
        ("e‑LTAX", "e-LTAX"),
        ("①窓口", "1窓口"),
        ("計\u200b画\ufeff", "計画"),
        ("辻󠄀本", "辻本"),
        ("A⇒B", "A→B"),
        ("⾃治体", "自治体"),
    ],
)
def test_copies_of_a_text_are_the_same(one, other):
    """Widths, blanks, footnote marks and look-alikes differ from copy to copy."""
    assert squeezed(one) == squeezed(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("令和8年度", "令和9年度"),
        ("コード", "コ-ド"),
        ("面積10m²", "面積10m³"),
        ("町長", "村長"),
        ("予定。", "予定"),
    ],
)
def test_other_texts_differ(one, other):
    """Nothing else is forgiven: not a digit, not a full stop."""
    assert squeezed(one) != squeezed(other)


@given(st.text())
def test_places_lead_back(text):
    """Each sign of a squeezed text comes from a place, in order; squeezing twice adds nothing."""
    found = squeeze(text)
    assert len(found.text) == len(found.starts)
    assert list(found.starts) == sorted(found.starts)
    assert all(0 <= start < len(text) for start in found.starts)


def test_a_part_is_found_in_its_text():
    """A part of the squeezed text is a part of the text."""
    text = "計画 の　期間（５年）"
    found = squeeze(text)
    start = found.text.index("期間(5年)")
    assert text[slice(*found.original(start, start + 6))] == "期間（５年）"


# ---- Encodings ----

_TEXT = "# 計画\r\n\r\n令和8年度から「ガバメントクラウド」へ移行する。ﾒﾓは半角。"


@pytest.mark.parametrize("text", [_TEXT, _TEXT[:12], _TEXT * 20])
@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp932", "cp932"),
        ("euc_jp", "euc_jp"),
    ],
)
def test_encodings_are_told_apart(text, encoding, named):
    """A text comes out as it went in, whichever of the usual encodings it was in."""
    assert decode(text.encode(encoding)) == (text, named)


def test_seven_bits():
    """ISO-2022-JP is known by its escapes."""
    assert decode("# 計画\n窓口の改革".encode("iso2022_jp")) == ("# 計画\n窓口の改革", "iso2022_jp")


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00\x01\x02",
        b"\xff\xff\xfe\x80\x81",
        b"\x00" * 8,
        b"\x80\xff\x80",
        "見本町の計画\n".encode() + "令和8年".encode("cp932"),
        "令和8年\n".encode("euc_jp") + "見本町の計画".encode(),
    ],
)
def test_what_is_no_text(raw):
    """Bytes that are no Japanese text in any of them are none."""
    assert decode(raw) is None


# ---- Signs ----


@pytest.mark.parametrize(
    ("text", "kind", "numbers", "written"),
    [
        ("第２章　国の動向", "chapter", (2,), "第2章"),
        ("第十二節 体制", "chapter", (12,), "第十二節"),
        ("Ⅲ 将来像", "roman", (3,), "Ⅲ"),
        ("IV 取組", "roman", (4,), "IV"),
        ("3 . 基本理念", "digit", (3,), "3"),
        ("２－１　窓口", "digit", (2, 1), "2-1"),
        ("1計画の趣旨", "digit", (1,), "1"),
        ("3 本計画の構成", "digit", (3,), "3"),
        ("（10）対策", "paren", (10,), "(10)"),
        ("(イ) 改革", "paren", (2,), "(イ)"),
        ("(b) 改革", "paren", (2,), "(b)"),
        ("2) 改革", "paren", (2,), "2)"),
        ("ウ) 改革", "paren", (3,), "ウ)"),
        ("⑫戸籍", "circle", (12,), "⑫"),
        ("ウ．交通", "kana", (3,), "ウ"),
        ("b. road", "letter", (2,), "b"),
        ("方針 2 - (3) 合理化", "named", (2, 3), "方針2-(3)"),
        ("【方針４】 対策", "named", (4,), "【方針4】"),
        ("■現状と課題", "mark", (), "■"),
    ],
)
def test_signs(text, kind, numbers, written):
    """The sign of a heading is known in every form in which plans write it."""
    sign = sign_of(text)
    assert (sign.kind, sign.numbers, sign.text) == (kind, numbers, written)


@pytest.mark.parametrize(
    "text",
    [
        "令和8年度から",
        "3年間とする",
        "2 年間",
        "10%の削減",
        "町の計画",
        "",
        "図 1",
        "表2 一覧",
        "DX推進",
    ],
)
def test_what_is_no_sign(text):
    """A count, a date or a caption begins no section."""
    assert sign_of(text) is None


# ---- Blocks ----


def kinds(text):
    """Return kind, section and text of each block."""
    return [(b.kind, "/".join(b.section), b.text) for b in original_of(text, "a.txt").blocks]


def test_sections_by_the_continuity_of_numbers():
    """(1) after (2) opens a list of its own; (3) closes it; levels of Markdown do not count."""
    text = """
# 第1章 総論

## 1 国の動向

### (1) 戦略

## (2) 対応

#### ★重点計画

#### (1) 技術

本文。

### (3) 標準化

標準化の本文。

# 2 体制

# 第2章 各論

## I 推進

## 2 人材
"""
    assert [(section, text) for kind, section, text in kinds(text) if kind != "item"] == [
        ("第1章", "第1章 総論"),
        ("第1章/1", "1 国の動向"),
        ("第1章/1/(1)", "(1) 戦略"),
        ("第1章/1/(2)", "(2) 対応"),
        ("第1章/1/(2)/★重点計画", "★重点計画"),
        ("第1章/1/(2)/★重点計画/(1)", "(1) 技術"),
        ("第1章/1/(2)/★重点計画/(1)", "本文。"),
        ("第1章/1/(3)", "(3) 標準化"),
        ("第1章/1/(3)", "標準化の本文。"),
        ("第1章/2", "2 体制"),
        ("第2章", "第2章 各論"),
        ("第2章/I", "I 推進"),
        ("第2章/2", "2 人材"),
    ]


@pytest.mark.parametrize("mark", ["【第2.0版】", "【案】", "【改訂版】"])
@pytest.mark.parametrize("first", ["Ⅰ", "1"])
def test_a_mark_on_the_cover_holds_no_section(mark, first):
    """What is marked within a chapter closes no chapter, though the cover has such a mark, too."""
    text = f"# 計画\n\n## {mark}\n\n# {first} 現状\n\n## (1) 人口\n\n### 【課題】\n\n本文。\n"
    assert kinds(text)[-1][1] == f"{first}/(1)/【課題】"


def test_levels_decide_between_rows():
    """Where a number could follow in two rows, it is in that of its level."""
    heads = [("(1) a", 2), ("(2) b", 2), ("(1) c", 4), ("(2) d", 4)]
    for level, expected in ((2, "(3)"), (4, "(2)/(3)")):
        blocks = [Block("heading", text, level=n) for text, n in [*heads, ("(3) e", level)]]
        assert "/".join(sectioned(blocks)[-1].section) == expected


def paths(heads):
    """Return the sections of headings with text between them."""
    blocks = [block for head in heads for block in (Block("heading", head), _SAID)]
    return ["/".join(b.section) for b in sectioned(blocks) if b.kind == "heading"]


_SAID = Block("paragraph", "本文。")


def test_numbers_under_each_other_are_items():
    """Numbers with nothing between them are a list, unless the format says that they are heads."""
    found = sectioned([Block("heading", "① a"), Block("heading", "② b"), Block("heading", "1 c")])
    assert [block.kind for block in found] == ["item", "item", "heading"]
    found = sectioned([Block("heading", "1 a", level=1), Block("heading", "2 b", level=1)])
    assert [block.kind for block in found] == ["heading", "heading"]


def test_numbers_of_two_levels():
    """2.1 lies within 2; 2.2 follows it; 3 closes both."""
    heads = ["1 a", "2 b", "2.1 c", "2.2 d", "3 e", "5 f", "5 g", "4 h"]
    assert paths(heads) == [
        "1", "2", "2/2.1", "2/2.2", "3", "5", "5", "4",
    ]  # fmt: skip


def test_the_same_heading_on_every_page():
    """A heading that is repeated, even with another sign, opens nothing."""
    heads = ["I 背景", "■国", "1 背景", "2 体制", "方針1 暮らし", "方針2 行政", "方針1 暮らし"]
    assert paths(heads) == [
        "I", "I/■国", "1", "2", "2/方針1", "2/方針2", "2/方針1",
    ]  # fmt: skip


def test_headings_without_numbers():
    """They nest by the level that the format tells, and by their marks; a title holds them all."""
    blocks = sectioned(
        Block("heading", text, level=level)
        for text, level in [
            ("計画", 1),
            ("1 背景", 2),
            ("趣旨", 3),
            ("詳細", 4),
            ("期間", 3),
            ("2 体制", 2),
        ]
    )
    assert ["/".join(block.section) for block in blocks] == [
        "計画", "計画/1", "計画/1/趣旨", "計画/1/趣旨/詳細", "計画/1/期間", "計画/2",
    ]  # fmt: skip


def test_the_table_of_contents():
    """Lines of the contents are no headings, with pages or without."""
    text = """
計画

目次

1 計画の目的 …… 1
(1) 趣旨 …… 1
2 体制 …… 3

1. 計画の目的 ―町のために―

本文。
"""
    assert kinds(text) == [
        ("paragraph", "", "計画"),
        ("contents", "", "目次"),
        ("contents", "", "1 計画の目的 …… 1"),
        ("contents", "", "(1) 趣旨 …… 1"),
        ("contents", "", "2 体制 …… 3"),
        ("heading", "1", "1. 計画の目的 ―町のために―"),
        ("paragraph", "1", "本文。"),
    ]
    assert [place for place, _ in original_of(text, "a.md").body()] == [0, 5, 6]


def test_contents_of_which_nothing_follows():
    """A document that ends with its contents has nothing else."""
    assert kinds("目次\n") == [("paragraph", "", "目次")]
    assert [kind for kind, *_ in kinds("目次\n\n1 目的 … 1\n")] == ["contents", "contents"]


_LONG = "本計画は、町の最上位計画である総合計画を踏まえつつ、国の方針に基づき"


def test_lists_paragraphs_and_notes():
    """Items, lines that were broken, footnotes and page numbers are told apart."""
    text = """
・町長
・副町長（CIO）
- ① 重複投資がないようにする
1. 窓口
2. 庁内
本計画は、町の最上位計画である総合計画を踏まえつつ、国の方針に基づき
策定する個別計画である。
※1 住民と行政が接する窓口。
¹DX: 変革。
○人口減少
○新型
- 3 -
***
"""
    assert kinds(text) == [
        ("item", "", "・町長"),
        ("item", "", "・副町長（CIO）"),
        ("item", "", "① 重複投資がないようにする"),
        ("item", "", "1. 窓口"),
        ("item", "", "2. 庁内"),
        ("paragraph", "", f"{_LONG}\n策定する個別計画である。"),
        ("footnote", "", "※1 住民と行政が接する窓口。"),
        ("footnote", "", "¹DX: 変革。"),
        ("item", "", "○人口減少"),
        ("item", "", "○新型"),
        ("furniture", "", "- 3 -"),
    ]  # fmt: skip


def test_tables():
    """Tabs and pipes make tables; arrows in cells are bars."""
    text = "取組\t令和7年度\t令和8年度\n窓口\t\t→\n\n| 指標 | 目標 |\n|---|---|\n| 率 | 50% |\n"
    first, second = original_of(text, "a.md").blocks
    assert first.text == "取組\t令和7年度\t令和8年度\n窓口\t\t→"
    assert first.bars == (Bar(1, 2, 2, "sign"),)
    assert [[cell.text for cell in row] for row in second.rows()] == [
        ["指標", "目標"],
        ["率", "50%"],
    ]
    assert second.at(1, 1) == Cell(1, 1, "50%")
    assert second.at(2, 0) is None


def test_bars():
    """Runs of coloured cells are bars; the colour of a heading row or column is its look."""
    head = [Cell(0, n, text, fill="CCCCCC") for n, text in enumerate(["取組", "R7", "R8", "R9"])]
    row = [
        Cell(1, 0, "窓口"),
        Cell(1, 1, "", fill="FF0000"),
        Cell(1, 2, "", columns=2, fill="FF0000"),
    ]
    other = [Cell(2, 0, "庁内"), Cell(2, 1, "●"), Cell(2, 2, ""), Cell(2, 3, "━━▶")]
    assert bars_of([*head, *row, *other], [Bar(2, 2, 2, "drawing")]) == (
        Bar(1, 1, 3, "fill"),
        Bar(2, 1, 1, "sign"),
        Bar(2, 2, 2, "drawing"),
        Bar(2, 3, 3, "sign"),
    )


def test_pages_and_what_is_lost():
    """Form feeds divide pages; a picture is lost, and said to be."""
    found = original_of("表紙\f![工程表](a.png)\n<!-- 見えない -->本文&amp;\f", "a.md")
    assert found.form == "markdown"
    assert found.pages == (Page(1), Page(2), Page(3))
    assert [(block.page, block.text) for block in found.blocks] == [
        (1, "表紙"),
        (2, "工程表"),
        (2, "本文&"),
    ]
    assert found.lost == (LostContent("picture", 2),)
    assert (found.printed(2), found.printed(None)) == ("2", "")


UNREAD = "町長を最高情報責任者とする"


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"~~{UNREAD}~~", "struck"),
        (f"<del>{UNREAD}\n\n{UNREAD}</del>", "struck"),
        (f"<div class='a' hidden>{UNREAD}</div>", "hidden"),
        (f'<span style="color:red;display:none">{UNREAD}</span>', "hidden"),
        (f"| a | b |\n|---|---|\n| ~~{UNREAD}~~ | c |", "struck"),
        (f"<table><tr style='display:none'><td>{UNREAD}<td>a<tr><td>b<td>c</table>", "hidden"),
        (
            (
                f"<table><tr><td style='text-decoration:line-through'>{UNREAD}<td>a<tr><td>b<td>c"
                "</table>"
            ),
            "struck",
        ),
        (f"<table><tr><td><p hidden>{UNREAD}</p><td>a<tr><td>b<td>c</table>", "hidden"),
    ],
)
def test_what_nobody_sees(text, kind, name):
    """What is struck through or hidden is told, and not read; the lines after it stay."""
    found = original_of(f"町\n\n{text}\n\n村", name)
    assert UNREAD not in "".join(block.text for block in found.blocks)
    assert found.lost == (LostContent(kind),)
    assert (found.blocks[0].text, found.blocks[-1].text) == ("町", "村")


def test_what_cannot_be_read_in_a_text():
    """Scripts say nothing, and what HTML puts into a text is lost; tildes alone strike nothing."""
    text = "町\n\n<script>x</script>\n\n<img src='a.png'>![図][a]\n\n<iframe src='a'></iframe>"
    assert original_of(text, "a.md").lost == (
        LostContent("picture", None, 2),
        LostContent("embedded"),
    )
    assert [block.text for block in original_of("令和8年~~令和9年", "a.txt").blocks] == [
        "令和8年~~令和9年"
    ]
