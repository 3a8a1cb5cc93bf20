"""`dxrules evidence`: what a plan file quotes is found in the document, and nothing else is."""

from __future__ import annotations

import json
import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from dxrules.assessment.quotations import quotations_in
from dxrules.cli import main
from dxrules.document.normal import squeezed
from dxrules.document.original import Block, Original, Page
from dxrules.document.search import Index
from dxrules.document.section_names import Sections, label_of, named
from dxrules.document.text import read
from dxrules.plan import plan_of, read_plan
from dxrules.report.how_to_write import How
from dxrules.report.terminal import Style
from dxrules.report.writers import QUOTATIONS
from dxrules.source.read import from_text
from dxrules.source.rewrite import rewritten
from tests.helpers.lawbooks import ROOT, TOWNS
from tests.helpers.meanwhile import saved_meanwhile
from tests.helpers.plans import reference

pytestmark = pytest.mark.covered

DOCUMENTS = ROOT / "tests" / "data" / "documents"
PLANS = ROOT.parent / "shared" / "plans"
DAY = date(2026, 11, 20)
OTHERS = "町村年月日計画一二三四五0123456789アイウ%ABCのをに「」・"


def compared(town):
    """Return a town's quotations held against the text of its plan; skip without it."""
    text = PLANS / f"{town}.txt"
    if not text.exists():
        pytest.skip("the texts of the plans are not here")
    file = read_plan(ROOT / "facts" / f"{town}.yaml", reference())
    return quotations_in(file, read(text.read_bytes(), town), DAY)


def mihon():
    """Return the quotations of the plan file that was made for this test."""
    file = read_plan(DOCUMENTS / "mihon.yaml", reference())
    return quotations_in(file, read((DOCUMENTS / "mihon.md").read_bytes(), "mihon.md"), DAY)


SOURCES = [mihon, *((lambda town=town: compared(town)) for town in TOWNS.values())]
IDS = ["mihon", *TOWNS]


@pytest.mark.parametrize("source", SOURCES, ids=IDS)
def test_every_fragment_is_found_in_its_place(source):
    """All that is quoted stands in the document, in the section that is named."""
    found = source()
    assert [(each.path, each.said.text, each.section) for each in found.wrong] == []
    assert found.count("found") >= len(found.quotations) - found.count("others") > 0


@pytest.mark.parametrize("source", SOURCES, ids=IDS)
def test_no_fragment_with_another_character_is_found(source):
    """Each fragment with one character changed, left out or put in is not in the document."""
    chance = random.Random(20261120)  # noqa: S311  (seeded, not secret)
    found = source()
    index = Index(found.original)
    text = squeezed("\n".join(block.text for block in found.original.blocks))
    tried, wrongly = 0, []
    for said in {each.said.text for each in found.quotations if each.state == "found"}:
        for _ in range(3):
            place, other = chance.randrange(len(said)), chance.choice(OTHERS)
            for changed in (
                said[:place] + other + said[place + 1 :],
                said[:place] + other + said[place:],
                said[:place] + said[place + 1 :] if 0 < place < len(said) - 1 else said + other,
            ):
                if squeezed(changed) != squeezed(said) and squeezed(changed) not in text:
                    tried += 1
                    wrongly += [changed] if index.find(changed) else []
    assert wrongly == []
    assert tried > 50


@pytest.mark.parametrize("source", SOURCES, ids=IDS)
def test_another_section_is_told(source):
    """A fragment that names another section of the same plan is nearly always told."""
    found = source()
    sections = Sections(found.original)
    names = sorted({each.said.section for each in found.quotations if each.said.section})
    told = tried = 0
    for each in found.quotations:
        if each.said.section and each.state == "found" and not each.unsure:
            own = named(each.said.section).steps
            for name in names:
                steps = named(name).steps
                if steps and own and steps[0].number != own[0].number and "・" not in name:
                    tried += 1
                    blocks = [found.original.blocks[spot.block] for spot in each.spots]
                    told += all(sections.agrees(name, block) != "yes" for block in blocks)
    assert tried > 10
    assert told / tried > 0.85  # a name that stops at a section around the place is right


# ---- Sections as people name them ----

_HEADS = [
    "第1章 総論",
    "1 背景",
    "(1) 国",
    "2 体制",
    "第2章 各論",
    "1 窓口",
    "方針1-(2) 庁内",
    "■成果",
]


def sections():
    """Return the sections of a small document, and its blocks by their text."""
    from dxrules.document.sections import sectioned

    blocks = []
    for head in _HEADS:
        blocks += [Block("heading", head), Block("paragraph", f"{head}の本文。")]
    made = sectioned([Block("paragraph", "表紙の文"), *blocks, Block("footnote", "※1 注")])
    return Sections(Original("a", "text", made)), {block.text: block for block in made}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("第1章1(1)", "(1) 国の本文。", "yes"),
        ("1章1(1)", "(1) 国の本文。", "yes"),
        ("第1章", "(1) 国の本文。", "yes"),
        ("第1章1(1)ア", "(1) 国の本文。", "yes"),
        ("第1章2", "(1) 国の本文。", "no"),
        ("第2章1", "1 窓口の本文。", "yes"),
        ("第1章1", "1 窓口の本文。", "no"),
        ("第9章", "1 窓口の本文。", "unknown"),
        ("第1章1・第2章1", "1 窓口の本文。", "yes"),
        ("第1章1・第9章", "1 窓口の本文。", "unknown"),
        ("表紙", "表紙の文", "yes"),
        ("表紙", "1 窓口の本文。", "no"),
        ("第1章", "表紙の文", "no"),
        ("目次", "1 窓口の本文。", "no"),
        ("脚注", "※1 注", "yes"),
        ("脚注", "1 窓口の本文。", "unknown"),
        ("方針1-(2)", "方針1-(2) 庁内の本文。", "yes"),
        ("方針1-(2)成果", "■成果の本文。", "yes"),
        ("成果", "■成果の本文。", "yes"),
        ("窓口", "1 窓口の本文。", "yes"),
        ("窓口", "(1) 国の本文。", "no"),
        ("資料編", "(1) 国の本文。", "unknown"),
        ("・", "(1) 国の本文。", "unknown"),
        ("第1章1注2", "1 背景の本文。", "yes"),
        ("Ⅰ1", "1 背景の本文。", "yes"),
    ],
)
def test_names_of_sections(name, text, expected):
    """A name may stop at a section around a place; what the document does not tell is unknown."""
    known, blocks = sections()
    assert known.agrees(name, blocks[text]) == expected


def test_labels_of_places():
    """A place is called by the signs of its numbered headings."""
    assert label_of(("第2章", "1", "(3)", "■現状")) == "第2章1(3)"
    assert label_of(("Ⅳ", "2", "(1)")) == "Ⅳ2(1)"
    assert label_of(("1", "2", "2.1")) == "1-2.1"
    assert label_of(("2", "【方針4】")) == "2方針4"
    assert label_of((), "contents") == "目次"
    assert label_of(("背景と目的",)) == ""


# ---- Pages ----

PLAN = """\
format: dxrules/plan/1
municipality: {code: "349992", name: {ja: 見本町, en: Mihon}}
recorded: 令和8年3月
plan:
  title: 見本町DX推進計画
  evidence:
"""


def on_pages(*evidence, printed=("", "1", "2")):
    """Return what comes of evidence in a document of three pages."""
    lines = "".join(f"    - {{{each}}}\n" for each in evidence)
    file = plan_of(from_text(PLAN + lines, "a.yaml"), reference())
    pages = tuple(Page(number, shown) for number, shown in enumerate(printed, 1))
    texts = ["見本町DX推進計画", "計画の期間は5年。窓口を改革し", "続ける。窓口を改革する。"]
    blocks = tuple(Block("paragraph", text, number) for number, text in enumerate(texts, 1))
    blocks = (*blocks[:2], Block("furniture", "1", 2), *blocks[2:])
    return quotations_in(file, Original("a.pdf", "pdf", blocks, pages), DAY)


def test_pages_are_those_that_are_printed():
    """The number on the page counts, and of a page without one its place in the file."""
    found = on_pages(
        "page: 1, text: 計画の期間は5年",
        "page: 2, text: 計画の期間は5年",
        "page: 1, text: 見本町DX推進計画",
        "page: 2, text: 窓口を改革し続ける",
        "text: 窓口を改革し",
        "page: 3",
    )
    assert [(each.state, each.page) for each in found.quotations] == [
        ("found", None), ("elsewhere", 1), ("found", None), ("found", None), ("found", None),
        ("no-words", None),
    ]  # fmt: skip
    assert found.quotations[3].spots[0].text == "窓口を改革し 続ける"


def test_pages_without_numbers():
    """Where no page has a number, its place in the file is compared."""
    found = on_pages("page: 3, text: 窓口を改革する", printed=("", "", ""))
    assert [each.state for each in found.quotations] == ["found"]


def test_the_nearest_is_told_and_not_taken():
    """A fragment that is nearly there is missing all the same; one like nothing has no nearest."""
    near, far = on_pages("page: 1, text: 計画の期間は6年", "text: zzzzqqqq").quotations
    assert (near.state, near.near.spot.text) == ("missing", "計画の期間は5年")
    assert (far.state, far.near) == ("missing", None)


def test_evidence_of_others_is_not_looked_for():
    """What stands elsewhere than in the plan is not held against it."""
    assert [e.state for e in on_pages("text: 無い, from: secondary").quotations] == ["others"]


# ---- The command ----


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Work in a folder with a plan file and its document."""
    for name in ("mihon.yaml", "mihon.md"):
        shutil.copy(DOCUMENTS / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def spoil(folder):
    """Let the plan file name wrong places, and quote a word that is not there."""
    file = folder / "mihon.yaml"
    text = file.read_text("utf-8")
    for old, new in (("3(1)", "3(2)"), ("毎年度点検", "毎月点検"), ('"2", text', '"3", text')):
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    return text


@pytest.mark.usefixtures("here")
def test_all_is_found(capfd):
    """Nothing to report is exit code 0."""
    assert main(["evidence", "mihon.yaml", "mihon.md", "--lang", "en"]) == 0
    out = capfd.readouterr().out
    assert "found 8" in out
    assert "measures[1]: areas" in out
    assert "1 pictures" in out


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_is_missing_or_elsewhere(here, capfd, lang):
    """Missing words and wrong places are reported, with what is nearest and what is right."""
    spoil(here)
    assert main(["evidence", "mihon.yaml", "mihon.md", "--lang", lang]) == 1
    out = capfd.readouterr().out
    for said in ("進捗は毎月点検し", "捗は毎年度点検し", "mihon.yaml:23", "--fix"):
        assert said in out


def test_fix_shows_and_write_writes(here, capfd):
    """--fix changes nothing; --write corrects places alone, and keeps comments and order."""
    spoiled = spoil(here)
    assert main(["evidence", "mihon.yaml", "mihon.md", "--fix", "--lang", "en"]) == 1
    out = capfd.readouterr().out
    assert "+    evidence: [{section: 3(1), text: 副町長をCIOとし}]" in out
    assert (here / "mihon.yaml").read_text("utf-8") == spoiled
    assert main(["evidence", "mihon.yaml", "mihon.md", "--write", "--lang", "en"]) == 1
    written = (here / "mihon.yaml").read_text("utf-8")
    expected = (DOCUMENTS / "mihon.yaml").read_text("utf-8").replace("毎年度点検", "毎月点検")
    assert written == expected
    assert "mihon.yaml: 2 places corrected." in capfd.readouterr().err
    written = written.replace("毎月点検", "毎年度点検")
    (here / "mihon.yaml").write_text(written, "utf-8")
    assert main(["evidence", "mihon.yaml", "mihon.md", "--write", "--lang", "en"]) == 0
    assert "no place has to be corrected" in capfd.readouterr().err


def test_what_others_save_meanwhile_is_not_lost(here, capfd, monkeypatch):
    """A plan file that is not any more what was read is left as it is."""
    spoil(here)
    theirs = saved_meanwhile(monkeypatch, "mihon.yaml")
    assert main(["evidence", "mihon.yaml", "mihon.md", "--write", "--lang", "en"]) == 2
    assert "mihon.yaml: was changed elsewhere meanwhile" in capfd.readouterr().err
    assert theirs()


@pytest.mark.parametrize("form", QUOTATIONS.brought)
def test_formats(form):
    """Every format says it all, in both languages."""
    spoiled = (DOCUMENTS / "mihon.yaml").read_text("utf-8").replace("毎年度点検", "毎月点検")
    file = plan_of(from_text(spoiled, "mihon.yaml"), reference())
    found = quotations_in(file, read((DOCUMENTS / "mihon.md").read_bytes(), "mihon.md"), DAY)
    write = QUOTATIONS.named(form)
    reports = [write(found, How(Style(lang))) for lang in ("ja", "en")]
    assert reports == [write(found, How(Style(lang))) for lang in ("ja", "en")]
    if form != "xlsx":
        assert all("毎年度点検" in report.decode() for report in reports)
    assert (reports[0] == reports[1]) == (form == "json")


@pytest.mark.usefixtures("here")
def test_json():
    """JSON has each quotation with its place in both files."""
    assert (
        main(["evidence", "mihon.yaml", "mihon.md", "--output", "a.json", "--format", "csv"]) == 0
    )
    said = json.loads(Path("a.json").read_text("utf-8"))
    assert said["format"] == "dxrules/quotations/1"
    assert said["counts"]["found"] == len(said["quotations"]) == 8
    row = next(each for each in said["quotations"] if each["text"] == "書かない窓口 住民課 検討")
    assert row["spots"][0]["row"] == 1
    assert said["document"]["lost"] == [{"kind": "picture", "page": None, "count": 1}]


def refused(capfd, *words):
    """Return what a call that is refused says."""
    assert main(["evidence", *words, "--lang", "en"]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    return err


@pytest.mark.usefixtures("here")
def test_wrong_input(capfd, monkeypatch):
    """Each wrong file is named, with a way out; nothing is written."""
    assert "gone.pdf" in refused(capfd, "mihon.yaml", "gone.pdf")
    assert "gone.yaml: no such file" in refused(capfd, "gone.yaml", "mihon.md")
    assert "This is a folder" in refused(capfd, "mihon.yaml", ".")
    Path("bytes.txt").write_bytes(b"\x00\x01\x02\x03\x80")
    assert "bytes.txt: Its encoding is none" in refused(capfd, "mihon.yaml", "bytes.txt")
    Path("empty.txt").write_bytes(b" \n")
    assert "empty.txt: There is no text" in refused(capfd, "mihon.yaml", "empty.txt")
    assert "Name another file" in refused(
        capfd, "mihon.yaml", "mihon.md", "--output", "table=mihon.md"
    )
    assert "standard input" in refused(capfd, "-", "mihon.md", "--write")
    assert main(["convert", "mihon.yaml", "mihon.xlsx"]) == 0
    capfd.readouterr()
    assert "cannot be corrected by --fix" in refused(capfd, "mihon.xlsx", "mihon.md", "--fix")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert "dxrules[draft]" in refused(capfd, "mihon.yaml", "mihon.md")


# ---- Values changed where they stand ----


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ('a: {b: "4"}  # c', "5", 'a: {b: "5"}  # c'),
        ("a: {b: '4', c: d}", "3(1)", "a: {b: '3(1)', c: d}"),
        ("a: {b: 2(1), c: d}", "表紙", "a: {b: 表紙, c: d}"),
        ("a: {b: 2(1), c: d}", "7", "a: {b: '7', c: d}"),
        ("a: {b: 2(1), c: d}", "a, b: c", "a: {b: 'a, b: c', c: d}"),
        ("a: {b: 3}", "12", "a: {b: 12}"),
        ('{"a": {"b": "4"}}', "表紙", '{"a": {"b": "表紙"}}'),
        ("a: {b: '4'}", "it's", "a: {b: 'it''s'}"),
    ],
)
def test_values_are_changed_where_they_stand(text, value, expected):
    """A value keeps its quotes, or gets them where it needs them; all else stays."""
    document = from_text(text, "a.yaml")
    data = {"a": {**document.data["a"], "b": value}}
    assert rewritten(document, data).text == expected


@pytest.mark.usefixtures("here")
def test_what_a_draft_is_in_doubt_about_is_looked_up(capfd):
    """Of a draft, too, every quotation is corrected where it stands, whatever is in doubt."""
    text = """\
format: dxrules/plan/1
municipality: {code: "063223"}
recorded: 令和8年3月
plan: {title: 西川町DX推進計画}
measures:
- id: a
  title: 窓口の改革
  evidence: [{section: 第1章, text: 窓口の改革を進める}]
  doubts: [{because: 一覧の項目}]
- {id: b, title: 電子決裁, evidence: [{section: 第1章, text: 電子決裁を進める}]}
document: {read: part}
"""
    Path("d.yaml").write_text(text, encoding="utf-8")
    body = "## 第1章 窓口\n\n電子決裁を進める。\n\n## 第2章 内部\n\n窓口の改革を進める。\n"
    Path("d.md").write_text(body, encoding="utf-8")
    assert main(["evidence", "d.yaml", "d.md", "--write", "--lang", "en"]) == 0
    capfd.readouterr()
    new = text.replace("第1章, text: 窓口", "第2章, text: 窓口")
    assert Path("d.yaml").read_text("utf-8") == new
