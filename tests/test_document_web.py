"""Pages in HTML: what people see of them."""

from __future__ import annotations

import pytest

from dxrules.document.forms import form_of
from dxrules.document.html_tables import colour_of
from dxrules.document.original import Bar, LostContent
from dxrules.document.web import read
from tests.helpers.made_documents import fault

PAGE = """<!DOCTYPE html><html lang="ja"><head><title>x</title><style>p{}</style></head><body>
<header><p>見本町役場</p></header><nav><ul><li><a href="/">ホーム</a></li></ul></nav>
<h1>見本町<ruby>DX<rp>(</rp><rt>ディーエックス</rt><rp>)</rp></ruby>推進計画</h1>
<h2>1 計画の目的</h2>
<p>本計画は、<b>町の</b>
計画です<sup>*1</sup>。<br>次の行。</p><p style="display:none">隠し文</p><p hidden>隠し文</p>
<p>※1 注です。</p><p>・町長</p>
<h2>2 工程</h2>
<table><caption>表1</caption><thead><tr><th>取組<th>R8<th>R9<th>R10</tr></thead><tbody>
<tr><td rowspan=2>窓口</td><td colspan=2 style="background: #ffcc00"></td><td></td></tr>
<tr><td></td><td bgcolor=red></td><td>→</td></tr></tbody></table>
<ul><li>町長</li><li>副町長<ul><li>補佐</li></ul></li></ul>
<table><tr><td><p>枠の中の文</p></td></tr></table>
<table><tr><td>外<table><tr><td>内<td>側<img></table></td><td>右</td></tr></table>
<table><tr><td> </td><td></td></tr></table>
<img src=a.png alt=図><svg><text>字</text></svg><script>alert(1)</script><iframe src=x></iframe>
<p>(1) 体制</p><p>本文&amp;</p><select><option>選</select><!-- 注記 -->
<footer>Copyright</footer></body></html>
"""


def test_a_page():
    """Blocks come in their order, with what is aside as furniture, and nothing that is hidden."""
    found = read(PAGE.encode("cp932"), "a.html")
    assert found.encoding == "cp932"
    assert [(b.kind, "/".join(b.section), b.text) for b in found.blocks] == [
        ("furniture", "", "見本町役場"),
        ("furniture", "", "ホーム"),
        ("heading", "見本町DX推進計画", "見本町DX推進計画"),
        ("heading", "見本町DX推進計画/1", "1 計画の目的"),
        ("paragraph", "見本町DX推進計画/1", "本計画は、町の 計画です¹。\n次の行。"),
        ("footnote", "見本町DX推進計画/1", "※1 注です。"),
        ("item", "見本町DX推進計画/1", "・町長"),
        ("heading", "見本町DX推進計画/2", "2 工程"),
        ("paragraph", "見本町DX推進計画/2", "表1"),
        ("table", "見本町DX推進計画/2", "取組\tR8\tR9\tR10\n窓口\t\t\n\t\t→"),
        ("item", "見本町DX推進計画/2", "町長"),
        ("item", "見本町DX推進計画/2", "副町長"),
        ("item", "見本町DX推進計画/2", "補佐"),
        ("paragraph", "見本町DX推進計画/2", "枠の中の文"),
        ("table", "見本町DX推進計画/2", "外 内 側\t右"),
        ("heading", "見本町DX推進計画/2/(1)", "(1) 体制"),
        ("paragraph", "見本町DX推進計画/2/(1)", "本文&"),
        ("furniture", "", "Copyright"),
    ]
    assert found.lost == (
        LostContent("hidden", None, 2),
        LostContent("picture", None, 2),
        LostContent("drawing"),
        LostContent("embedded"),
    )


@pytest.mark.parametrize("tag", ["del", "s", "strike"])
def test_what_is_struck_through(tag):
    """What was taken out of a text is not read, and counted."""
    found = read(f"<html><p>令和<{tag}>7</{tag}>8年度</p></html>".encode(), "a.html")
    assert [b.text for b in found.blocks] == ["令和8年度"]
    assert found.lost == (LostContent("struck"),)


def test_bars_of_a_page():
    """Colours of cells and arrows are bars, over the columns that they span."""
    table = next(b for b in read(PAGE.encode(), "a.html").blocks if b.kind == "table")
    assert table.bars == (Bar(1, 1, 2, "fill"), Bar(2, 2, 2, "fill"), Bar(2, 3, 3, "sign"))
    assert table.at(2, 0).text == "窓口"


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#abc", "AABBCC"),
        ("rgba(1,2,3,.5)", "010203"),
        ("rgb(300,0,0)", ""),
        ("transparent", ""),
        ("SkyBlue", "87CEEB"),
        ("", ""),
    ],
)
def test_colours(text, colour):
    """Colours are read in each form in which pages write them."""
    assert colour_of(text) == colour


def test_hostile_pages():
    """Elements without end and tables without bounds are refused; a page of nothing is empty."""
    assert fault(b"<div>" * 5_000 + "深い".encode(), "a.html") == "deep"
    wide = b"<tr>" + b"<td colspan=9999 rowspan=9999>a" * 9
    assert fault(b"<html><table>" + wide, "a.html") == "signs"
    assert fault(b"<html><body></body></html>", "a.html") == "empty"
    assert fault(b"\x80\xff\x00\x01", "a.html") == "encoding"


def test_what_is_a_page():
    """A page is known by its beginning or its name."""
    assert form_of(b"\xef\xbb\xbf <!-- a --> <!DOCTYPE html>", "a") == "html"
    assert form_of(b"<div>", "A.HTM") == "html"
    assert form_of(b"<div>", "a.md") == "markdown"
    assert form_of(b"<div>", "a.txt") == "text"


UNREAD = "町長を最高情報責任者とする"
SHEET = (
    "<style>@media print{p{display:none}} .a , p.b{ dis\\70lay :/**/ none!important } "
    ".c{text-decoration:underline line-through} .d{display:none} .d{display:block}"
    "p:hover{display:none} ::x{display:none}</style>"
)


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (f"<p hidden>{UNREAD}</p>", "hidden"),
        (f"<p style='opacity:0;color:red'>{UNREAD}</p>", "hidden"),
        (f"<p style='font-size: 0px'>{UNREAD}</p>", "hidden"),
        (f"<p style='position:absolute;left:-9999px'>{UNREAD}</p>", "hidden"),
        (f"<p style='mso-hide:all'>{UNREAD}</p>", "hidden"),
        (f"<p style='font-size:1px'>{UNREAD}</p>", "hidden"),
        (f"<p style='opacity: 0.01'>{UNREAD}</p>", "hidden"),
        (f"<p style='max-height:0;overflow:hidden'>{UNREAD}</p>", "hidden"),
        (f"<p style='clip: rect(0 0 0 0)'>{UNREAD}</p>", "hidden"),
        (f"<p style='clip-path:inset(100%)'>{UNREAD}</p>", "hidden"),
        (f"<p style='transform:scale(0)'>{UNREAD}</p>", "hidden"),
        (f"<p style='content-visibility:hidden'>{UNREAD}</p>", "hidden"),
        (f"<p style='color:#fff'>{UNREAD}</p>", "hidden"),
        (f"<p style='color: RGB(254, 254, 254); background:#ffffff'>{UNREAD}</p>", "hidden"),
        (f"<p><font color=white><b>{UNREAD}</b></font></p>", "hidden"),
        (f"<style>.w{{color:white}}</style><p class=w>{UNREAD}</p>", "hidden"),
        (f"<table><tr><td style='color:white'>{UNREAD}<td>x<tr><td>a<td>b</table>", "hidden"),
        (f"<dialog>{UNREAD}</dialog>", "hidden"),
        (f"{SHEET}<p class=b>{UNREAD}</p>", "hidden"),
        (f"{SHEET}<p class=c>{UNREAD}</p>", "struck"),
        (f"<p style='text-decoration:line-through'>{UNREAD}</p>", "struck"),
        (f"<p>町<sup><del>{UNREAD}</del></sup></p>", "struck"),
        (f"<table><tr hidden><td>{UNREAD}<td>x<tr><td>a<td>b</table>", "hidden"),
        (f"<table><tbody hidden><tr><td>{UNREAD}<td>x<tbody><tr><td>a<td>b</table>", "hidden"),
        (f"<table><caption hidden>{UNREAD}</caption><tr><td>a<td>b</table>", "hidden"),
        (f"<table><tr><td hidden>{UNREAD}<td>x<td>y<tr><td>a<td>b</table>", "hidden"),
    ],
)
def test_what_nobody_sees(page, kind):
    """What attributes, tags and style sheets hide or strike through is told, and not read."""
    found = read(f"<html><body><p>町</p>{page}".encode(), "a.html")
    assert UNREAD not in "".join(block.text for block in found.blocks)
    assert found.lost == (LostContent(kind),)


@pytest.mark.parametrize("page", ["<p class=d>{}</p>", "<p class=a style='display:block'>{}</p>"])
def test_what_is_seen_after_all(page):
    """What is shown again, on paper alone, or where somebody points at it, is read."""
    found = read(f"<html><body>{SHEET}{page.format(UNREAD)}".encode(), "a.html")
    assert ([block.text for block in found.blocks], found.lost) == ([UNREAD], ())


WHITE = "<style>.w{{color:white}} h2.w, .x:first-child {{background:navy}}</style>"


@pytest.mark.parametrize(
    "page",
    [
        "<p style='color:#fff;background:#036'>{}</p>",
        "<div style='background-image:url(a.png)'><p style='color:#fff'>{}</p></div>",
        "<table bgcolor=navy><tr><td style='color:#fff'>{}</table>",
        f"{WHITE}<div class=x><p class=w>{{}}</p></div>",
        "<div style='position:relative'><p style='color:#fff'>{}</p></div>",
        "<div style='color:#fff'><p style='color:#000'>{}</p></div>",
        "<style>div{{color:#fff}} p:hover{{color:red}}</style><div><p>{}</p></div>",
        "<link rel=StyleSheet href=a.css><p style='color:#fff'>{}</p>",
        "<p style='background-color:#fff;border-color:#fff'>{}</p>",
        "<p style='color:#eee'>{}</p>",
        "<p style='font-size:10px;opacity:0.9'>{}</p>",
        "<p style='font-size:1.2em;line-height:0'>{}</p>",
        "<p style='max-height:10px;min-width:0;overflow:hidden'>{}</p>",
    ],
)
def test_white_on_dark(page):
    """White letters on a dark ground, or on one that is not known, are read; what looks so, too."""
    found = read(f"<html><body>{page.format(UNREAD)}".encode(), "a.html")
    assert ([block.text for block in found.blocks], found.lost) == ([UNREAD], ())


def test_a_cell_that_is_struck_through():
    """It keeps its place in the row."""
    table = "<table><tr><td style='text-decoration:line-through'>x<td>b<tr><td>c<td>d</table>"
    found = read(f"<html><body>{table}".encode(), "a.html")
    assert (found.blocks[0].text, found.lost) == ("\tb\nc\td", (LostContent("struck"),))
