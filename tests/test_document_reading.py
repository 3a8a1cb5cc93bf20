"""Documents read in a process of their own: within bounds, and nothing of it is believed."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dxrules.document import child, reading_process
from dxrules.document.faults import FAULTS, DocumentError, DocumentFault
from dxrules.document.forms import form_of
from dxrules.document.original import Block, Cell, Original, Page
from dxrules.document.reading_process import original_from, read_original
from dxrules.errors import InputError
from dxrules.source.bounds import DOCUMENT_BLOCKS, ArchiveBounds
from tests.helpers.archives import archive, entry
from tests.helpers.made_documents import Pdf, saved, word

pytestmark = pytest.mark.usefixtures("_children")

ODS = b"application/vnd.oasis.opendocument.spreadsheet"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCUMENT = Path(__file__).parent / "data" / "documents" / "mihon.md"


def fault(raw, name="a.pdf"):
    """Return the fault for which a document is not read, and what is said of it."""
    with pytest.raises(DocumentError) as caught:
        original_from(raw, name)
    message, hint = FAULTS[caught.value.fault]
    for lang in ("ja", "en"):
        said = caught.value.text.in_(lang)
        assert said == f"{name}: {message.then(hint).in_(lang)}"
    return caught.value.fault


def test_each_format_comes_back_whole():
    """What the other process reads is what is read here."""
    pdf = Pdf()
    pdf.table(60, 100, [80, 80], [["取組", "R8"], ["窓口", "→"]], fills={(1, 1)})
    made = {
        "a.pdf": pdf.saved(),
        "a.docx": saved(word("本文", "・町長")),
        "a.md": DOCUMENT.read_bytes(),
        "a.html": "<html><p>本文</p>".encode(),
    }
    for name, raw in made.items():
        form = form_of(raw, name)
        assert original_from(raw, name) == child.read_within(raw, form, name)


def test_a_document_of_too_many_parts():
    """A document of more headings than any plan has is refused before it is drafted from."""
    assert fault(b"# a\n" * (DOCUMENT_BLOCKS + 1), "a.md") == "signs"


def test_a_file_is_read(tmp_path):
    """A file is read under its name; one that is not there is named."""
    file = tmp_path / "plan.md"
    file.write_bytes(DOCUMENT.read_bytes())
    assert read_original(file, "plan.md").file == "plan.md"
    with pytest.raises(InputError, match=r"gone.md:1:1: No such file"):
        read_original(tmp_path / "gone.md", "gone.md")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b" \n", "empty"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"{\\rtf1 a}", "old"),
        (OLE + b"WordDocument", "old"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        (archive(("a.txt", b"a")), "archive"),
        (archive(("mimetype", b"application/vnd.oasis.opendocument.text")), "old"),
        (archive((entry("mimetype", zipfile.ZIP_STORED), ODS)), "sheets"),
        (archive(("[Content_Types].xml", b"<Types/>")), "broken"),
        (archive(("_rels/.rels", b"<Relationships/>")), "broken"),
        (archive(("[Content_Types].xml", b""), ("xl/workbook.bin", b"")), "sheets"),
        (archive(("[Content_Types].xml", b""), ("ppt/presentation.xml", b"")), "old"),
        (archive(("Index/Document.iwa", b"")), "old"),
        (OLE + "Workbook\0".encode("utf-16-le"), "sheets"),
        (b"PK\x03\x04junk", "broken"),
        (b"%PDF-1.7 junk", "broken"),
        (b"\x80\x00\xff", "encoding"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "pointer"),
    ],
)
def test_what_is_not_read(raw, expected):
    """Each kind of file that is no document is called by what it is, with a way out."""
    assert fault(raw, "a.bin") == expected


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"# a\nformat: dxrules/plan/1\n", "a.yaml"),
        (b'{"format": "dxrules/assessment/2"}', "a.json"),
    ],
)
def test_files_of_dxrules_are_no_documents(raw, name):
    """A plan file is not drafted from, as if it were the text of a plan."""
    assert fault(raw, name) == "own"


def test_bombs():
    """An archive that unpacks to more than may be, or a large text, is refused unread."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", b" " * 40_000_000)
    assert fault(stream.getvalue()) == "large"
    assert fault(b"a" * 20_000_001, "a.txt") == "large"


def test_too_large(monkeypatch):
    """A file beyond the bound is refused, whatever it is."""
    small = ArchiveBounds(packed=10, entries=1, entry=1, unpacked=1)
    monkeypatch.setattr(reading_process, "DOCUMENT", small)
    assert fault(b"%PDF-1.7 a long file") == "large"


def played(monkeypatch, code):
    """Let the reading process be another program."""
    real = subprocess.Popen

    def started(command, **settings):
        assert command[1:4] == ["-P", "-m", "dxrules.document.child"]
        return real([sys.executable, "-c", code], **settings)

    monkeypatch.setattr(subprocess, "Popen", started)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import os; os.abort()", "memory"),  # as PDFium does
        ("import os; os.write(2, b'free(): invalid pointer'); os.abort()", "broken"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "slow"),
        ("raise MemoryError", "memory"),
        ("raise ImportError('x.so: failed to map segment from shared object')", "memory"),
        ("print('no JSON')", "broken"),
        ("""print('{"fault": "scan"}')""", "scan"),
        ("""print('{"fault": "rm -rf"}')""", "broken"),
        ("print('{}')", "broken"),
        ("""print('{"original": {"file": 1}}')""", "broken"),
        ("import sys; sys.exit(3)", "broken"),
    ],
)
def test_what_the_other_process_says(monkeypatch, code, expected):
    """Whatever the reader dies of, or answers, is a fault of the document and nothing more."""
    played(monkeypatch, code)
    assert fault(DOCUMENT.read_bytes(), "a.md") == expected


def test_one_that_never_ends(monkeypatch):
    """A reader that takes too long is ended."""
    played(monkeypatch, "import threading; threading.Event().wait()")
    monkeypatch.setattr(reading_process, "DOCUMENT_SECONDS", 0)
    assert fault(DOCUMENT.read_bytes(), "a.md") == "slow"


def test_one_that_says_too_much(monkeypatch):
    """An answer without end is cut off."""
    played(monkeypatch, "while True: print('a' * 10_000)")
    monkeypatch.setattr(reading_process, "DOCUMENT_CARRIED", 1_000)
    assert fault(DOCUMENT.read_bytes(), "a.md") == "signs"


# ---- In that process ----


def answered(raw, form):
    """Return what the process answers, and its code."""
    command = [sys.executable, "-P", "-m", "dxrules.document.child", form, "a"]
    run = subprocess.run(command, input=raw, capture_output=True, check=False)
    return run.returncode, json.loads(run.stdout)


def test_the_process_answers():
    """It answers with what it read, or with the name of a fault."""
    code, said = answered("町の計画。".encode(), "text")
    assert (code, said["original"]["blocks"][0]["text"]) == (0, "町の計画。")
    assert answered(b"\x00\x01", "text") == (0, {"fault": "encoding"})


@pytest.mark.skipif(sys.platform != "linux", reason="the system keeps no such bound")
def test_the_process_is_held_to_its_memory(tmp_path):
    """More memory than it may have is refused by the system, and it may write no file."""
    code = (
        "from dxrules.document.child import hold_to_bounds; hold_to_bounds()\n"
        "try: bytearray(2_000_000_000)\n"
        "except MemoryError: print('refused')\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"try: open({str(tmp_path / 'a')!r}, 'w').write('a' * 9999)\n"
        "except OSError: print('not written')\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert run.stdout == "refused\nnot written\n"


class Reader:
    """A reader of the test's own."""

    def __init__(self, act):
        self.read = lambda *_: act()


@pytest.mark.parametrize(
    ("error", "expected"),
    [(ModuleNotFoundError, "extra"), (RecursionError, "deep"), (MemoryError, "memory")],
)
def test_what_a_reader_raises(monkeypatch, error, expected):
    """A library that is not there, or gives up, is told."""

    def act():
        raise error

    monkeypatch.setattr(child, "import_module", lambda _: Reader(act))
    with pytest.raises(DocumentFault) as caught:
        child.read_within(b"", "text", "a")
    assert caught.value.name == expected


SAID = Block("paragraph", "a")
MANY = Block("table", "a", cells=(Cell(0, 0, ""),) * 200_001)


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        (Original("a", "pdf", (SAID,), tuple(Page(n) for n in range(501))), "pages"),
        (Original("a", "text", (Block("paragraph", "a" * 5_000_001),)), "signs"),
        (Original("a", "text", (SAID, MANY)), "signs"),
        (Original("a", "text", ()), "empty"),
        (Original("a", "pdf", (Block("furniture", " "),)), "scan"),
    ],
)  # fmt: skip
def test_bounds_on_what_was_read(original, expected):
    """What was read is counted, whatever the format."""
    with pytest.raises(DocumentFault) as caught:
        child.checked(original)
    assert caught.value.name == expected


def test_a_check_reads_no_document():
    """Judging plans loads nothing of this."""
    code = (
        "import sys, dxrules.cli; dxrules.cli.main(['check', 'facts/40646-koge.yaml', '--as-of',"
        " '2026-11-20', '--fail-on', 'never']); "
        "print('|', *(n for n in sys.modules if n.startswith(('dxrules.document', 'pypdfium2', "
        "'docx', 'selectolax', 'rapidfuzz'))))"
    )
    root = Path(__file__).parent.parent
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert run.stdout.rpartition("|")[2].split() == []


def test_signs_that_nobody_sees():
    """What no plan file may hold is in no document; where an order was turned, a sign stands."""
    text = "令和8\u200b年度\u2028から\u202e令和9年\n\na\t\u2066b\nc\td\n"
    found = child.read_within(text.encode(), "text", "a.txt")
    assert [block.text for block in found.blocks] == ["令和8年度 から\ufffd令和9年", "a\tb\nc\td"]
    assert found.blocks[1].cells[1].text == "b"
