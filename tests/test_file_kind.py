"""What a file is that is no plan: it is named, with the way on."""

from __future__ import annotations

import pytest

from dxrules.cli import main
from dxrules.plan.workbook.reader import document_of
from dxrules.source.file_kind import kind_of, what_it_is
from dxrules.source.read import from_bytes
from tests.helpers.archives import archive, entry
from tests.helpers.sheets import book
from tests.helpers.small import changed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
TYPES = "[Content_Types].xml"
FILL_IN = (
    "`dxrules new plan our-town.xlsx` で記入用のブックを作り、計画を読んで写してください。",
    (
        "Make a workbook to fill in with `dxrules new plan our-town.xlsx`, "
        "and copy into it what the plan says."
    ),
)
DRAFT = (
    (
        "公表された計画書なら、`dxrules draft` か、点検画面の「計画書から下書きする」で、"
        "計画ファイルを下書きしてください。"
    ),
    (
        "If it is a plan as it was published, draft a plan file from it with `dxrules draft`, or "
        'at the desk with "Draft from a document".'
    ),
)
SAVE_AS = "Open it in Excel, for example, and save it again as an Excel workbook (.xlsx)."


def open_document(kind):
    """Return the beginning of an OpenDocument file."""
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive((entry("mimetype", 0), mimetype), ("content.xml", b"<a/>"))


KINDS = {
    "plan.pdf": (b"%PDF-1.7\n", "A PDF is no plan file. " + DRAFT[1]),
    "late.pdf": (b"\n\n%PDF-1.4", "A PDF is no plan file. " + DRAFT[1]),
    "plan.docx": (
        archive((TYPES, b""), ("word/document.xml", b"")),
        "A document (Word) is no plan file. " + DRAFT[1],
    ),
    "plan.doc": (
        OLE + "WordDocument\0".encode("utf-16-le"),
        "A document (Word) is no plan file. " + DRAFT[1],
    ),
    "plan.jtd": (
        OLE,
        "A document (Word, Ichitaro or another old format) is no plan file. " + DRAFT[1],
    ),
    "plan.rtf": (b"{\\rtf1", "A document (RTF) is no plan file. " + DRAFT[1]),
    "plan.pptx": (
        archive(("ppt/presentation.xml", b"")),
        "A document (PowerPoint) is no plan file. " + DRAFT[1],
    ),
    "plan.odt": (
        open_document("text"),
        "A document (OpenDocument, .odt) is no plan file. " + DRAFT[1],
    ),
    "plan.ods": (
        open_document("spreadsheet"),
        "An OpenDocument spreadsheet (.ods) is not read. " + SAVE_AS,
    ),
    "plan.xls": (
        OLE + "Workbook\0".encode("utf-16-le"),
        "An old Excel workbook (.xls) is not read. " + SAVE_AS,
    ),
    "locked.xlsx": (
        OLE + "EncryptedPackage\0".encode("utf-16-le"),
        (
            "A workbook with a password is not read. "
            "Open it in Excel and take the password off (File, Info, Protect Workbook)."
        ),
    ),
    "plan.xlsm": (
        archive((TYPES, b"x.macroEnabled.main+xml"), ("xl/workbook.xml", b"")),
        "A workbook with macros (.xlsm) is not read. " + SAVE_AS,
    ),
    "plan.xlsb": (
        archive((TYPES, b""), ("xl/workbook.bin", b"")),
        "A binary workbook (.xlsb) is not read. " + SAVE_AS,
    ),
    "plan.numbers": (
        archive(("Index/Document.iwa", b"")),
        "An iWork document (.numbers) is not read. " + SAVE_AS,
    ),
    "plan.zip": (
        archive(("plan.yaml", b"")),
        "A ZIP archive is not read. Unpack it, and name the plan file in it.",
    ),
    "broken.zip": (
        b"PK\x03\x04",
        "A ZIP archive is not read. Unpack it, and name the plan file in it.",
    ),
    "plan.yaml": (
        archive((TYPES, b""), ("xl/workbook.xml", b"")),
        "It is an Excel workbook (.xlsx). Give it a name that ends in .xlsx.",
    ),
    "scan.png": (b"\x89PNG\r\n\x1a\n", "A picture is not read. " + FILL_IN[1]),
    "scan.jpg": (b"\xff\xd8\xff\xe0", "A picture is not read. " + FILL_IN[1]),
    "scan.heic": (b"\0\0\0\x18ftypheic", "A picture is not read. " + FILL_IN[1]),
    "scan.webp": (b"RIFF\0\0\0\0WEBP", "A picture is not read. " + FILL_IN[1]),
    "scan.bmp": (b"BM\x36\0\0\0", "A picture is not read. " + FILL_IN[1]),
    "plan.html": (b"\n<!DOCTYPE html>", "A web page (HTML) is no plan file. " + DRAFT[1]),
    "plan.htm": (b"\xef\xbb\xbf<html>", "A web page (HTML) is no plan file. " + DRAFT[1]),
}


@pytest.mark.parametrize("name", KINDS)
def test_kinds(name):
    """A file of another kind is called by its kind, whatever its name, with the way on."""
    raw, said = KINDS[name]
    assert kind_of(raw, name).no_plan.en == said
    if name not in {"plan.yaml", "broken.zip"}:
        assert kind_of(raw, "renamed.xlsx").no_plan.en == said


def test_in_japanese():
    """The same is said in Japanese."""
    assert kind_of(b"%PDF-1.7", "a").no_plan.ja == "PDFは計画ファイルではありません。" + DRAFT[0]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"", "a.yaml"),
        (b"format: dxrules/plan/1\n", "a.yaml"),
        (b"BM: a\n", "a.yaml"),
        (b"# %PD", "a.yaml"),
        (b'{"format": "dxrules/plan/1"}', "a.json"),
        (b"<a/>", "a.yaml"),
        (b"PK\x03\x04 broken", "a.xlsx"),
        (book(""), "a.XLSX"),
    ],
)
def test_what_may_be_a_plan(raw, name):
    """What may be a plan, or a damaged one, is left to its reader."""
    assert kind_of(raw, name) is None


@pytest.mark.parametrize(
    "call",
    [
        ("rules", "test", "{}"),
        ("check", "c.yaml", "--baseline", "{}"),
        ("answer", "c.yaml", "{}"),
        ("rules", "watch", "{}"),
        ("compare", "p.zip", "{}"),
    ],
)
def test_files_of_another_kind_where_no_plan_is_expected(call, tmp_path, monkeypatch, capsys):
    """Whatever a command expects, it says what the file is instead of what its bytes hold."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "c.yaml").write_text(changed({}), "utf-8")
    (tmp_path / "p.zip").write_bytes(archive(("a", b"")))
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n\0\xff")
    assert main([each.format("a.pdf") for each in (*call, "--lang", "en")]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert "a.pdf:1:1: This is a PDF. " in said[0] or "a.pdf: is no packet (.zip)" in said[0]


def test_kinds_of_texts_and_of_bytes():
    """What is no text is called by its kind; a text is called so where none is expected."""
    assert what_it_is(archive(("manifest.json", b"{}"))).en == "This is a packet of dxrules."
    assert what_it_is(b"\x1f\x8b\x08").ja == "圧縮ファイルです。"
    assert what_it_is(b"a: 1") is None
    assert what_it_is("町".encode() * 400, or_text=True).en == "This is a text file."
    assert what_it_is(b"a\0", or_text=True) is None
    page = from_bytes(b"<html><body>a</body></html>", "a.yaml")
    assert [each.message.en for each in page.problems] == ["This is a web page (HTML)."]


def test_a_workbook_by_name_only():
    """A file that is called a workbook and is none has the one message that says what it is."""
    raw, said = KINDS["plan.pdf"]
    assert [p.text.en for p in document_of(raw, "a.xlsx").problems] == [f"a.xlsx:1:1: {said}"]


def test_other_plans_are_judged(tmp_path, monkeypatch, capsys):
    """Beside a workbook that cannot be read the other plans are judged; the exit code is 2."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.xlsx").write_bytes(KINDS["plan.pdf"][0])
    (tmp_path / "b.xlsx").write_bytes(book("<row><c><v>abc</v></c></row>"))
    assert main(["new", "plan", "c.yaml", "--lang", "en"]) == 0
    assert main(["check", ".", "--lang", "en", "--fail-on", "never"]) == 2
    said = capsys.readouterr()
    assert "a.xlsx:1:1: A PDF is no plan file." in said.err
    assert 'b.xlsx:a!A1: None of its sheets is one of a plan file (the first is "a").' in said.err
    assert "c.yaml" in said.out + said.err
