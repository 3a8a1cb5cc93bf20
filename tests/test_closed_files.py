"""What the system does not let be read: it is said with its name, and never passed over."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from dxrules.cli import main
from dxrules.cli.many_documents import documents
from dxrules.paths import files_below, open_file
from dxrules.source.repository import from_root
from tests.helpers.small import DATA, DAY, PLAN

NO_WAY_IN = "there is no permission, or another program holds it open"


@pytest.fixture
def closed(monkeypatch, tmp_path):
    """Return a function that closes a folder; the current one holds the small plan and rulesets."""
    shutil.copytree(DATA / "rulesets", tmp_path / "rulesets")
    shutil.copy(DATA / PLAN, tmp_path / "a.yaml")
    monkeypatch.chdir(tmp_path)
    scandir, listdir = os.scandir, os.listdir

    def close(folder):
        def refusing(look):
            def looked(path="."):
                if Path(path) == Path(folder):
                    raise PermissionError(13, "Permission denied", str(path))
                return look(path)

            return looked

        monkeypatch.setattr(os, "scandir", refusing(scandir))
        monkeypatch.setattr(os, "listdir", refusing(listdir))

    return close


@pytest.mark.parametrize(
    "call",
    [
        ["check", "a.yaml", "--as-of", DAY, "--engine", "interpreter"],
        ["rules", "list"],
        ["rules", "lint"],
        ["rules", "test"],
    ],
)
@pytest.mark.parametrize("folder", ["rulesets/prefecture", "rulesets/national"])
def test_no_ruleset_is_passed_over(closed, capsys, call, folder):
    """Rules in a folder that cannot be looked into would not be judged: that is no pass."""
    closed(folder)
    assert main([*call, "--rulesets", "rulesets", "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert err == f"dxrules: {folder}: cannot be used ({NO_WAY_IN}).\n"


def test_no_test_is_passed_over(closed, capsys):
    """Nor are tests in such a folder."""
    Path("tests/more").mkdir(parents=True)
    closed("tests/more")
    assert main(["rules", "test", "tests", "--rulesets", "rulesets", "--lang", "ja"]) == 2
    assert capsys.readouterr().err.startswith("dxrules: tests/more: 使えません(権限がないか、")


@pytest.mark.parametrize("folder", ["words", "words/more"])
def test_no_words_are_passed_over(closed, capsys, folder):
    """Nor are words to read documents by."""
    Path("words/more").mkdir(parents=True)
    Path("words/a.yaml").write_text("format: dxrules/reading/1\n", encoding="utf-8")
    Path("a.md").write_text("# 計画\n", encoding="utf-8")
    closed(folder)
    call = ["draft", "a.md", "--reading", "words", "--rulesets", "rulesets", "--lang", "en"]
    assert main(call) == 2
    assert capsys.readouterr().err == f"dxrules: {folder}: cannot be used ({NO_WAY_IN}).\n"


@pytest.mark.usefixtures("closed")
def test_files_below():
    """What hidden folders hold is left out, links to folders are not followed."""
    for name in ("t/b/c.yaml", "t/.git/d.yaml", "t/a.yaml"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()
    Path("t/link").symlink_to("../rulesets")
    assert [path.as_posix() for path in files_below(Path("t"))] == ["t/a.yaml", "t/b/c.yaml"]
    assert files_below(Path("nowhere")) == files_below(Path("t/a.yaml")) == []


def test_documents_that_are_passed_over(closed):
    """Of a folder of documents it is said what somebody may have taken for one."""
    for name in (
        "a.md",
        "more/b.pdf",
        "none/b.jpg",
        "shut/c",
        "c.doc",
        "d.xlsx",
        "e.yaml",
        ".f.md",
    ):
        path = Path("documents", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    Path("documents/lost.pdf").symlink_to("nowhere.pdf")
    closed("documents/shut")
    said = []
    found = documents(["documents"], said.append)
    assert [source.name for source in found] == ["documents/a.md", "documents/lost.pdf"]
    assert [text.en.partition(": not read. ")[0] for text in said] == [
        f"documents/{name}" for name in ("c.doc", "d.xlsx", "more", "shut")
    ]


def test_database_that_is_closed(tmp_path, monkeypatch, capsys):
    """It is not called damaged: nothing would be made again for nothing."""
    pytest.importorskip("duckdb")
    (tmp_path / "n.duckdb").write_bytes(b"...")

    def refused(path):
        raise PermissionError(13, "Permission denied", path.name)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("dxrules.report.database.query.open_file", refused)
    assert main(["query", "n.duckdb", "SELECT 1", "--lang", "en"]) == 2
    assert capsys.readouterr().err == f"dxrules: n.duckdb: cannot be used ({NO_WAY_IN}).\n"


def test_path_is_looked_at_by_whoever_reads_it(tmp_path, monkeypatch, capsys):
    """What click says of a path that cannot be read is in one language, and gives no way out."""
    monkeypatch.chdir(tmp_path)
    Path("p.zip").touch()
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    assert main(["replay", "p.zip", "--lang", "ja"]) == 2
    assert "is not readable" not in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_pipe_in_the_place_of_a_file(tmp_path, monkeypatch):
    """A file that becomes a pipe between two looks at it is not waited for."""
    os.mkfifo(tmp_path / "a.yaml")
    monkeypatch.setattr("dxrules.paths.is_endless", lambda _: False)
    with pytest.raises(OSError, match="no regular file"):
        open_file(tmp_path / "a.yaml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
@pytest.mark.parametrize("size", [1, -1])
def test_file_that_would_have_to_be_waited_for(size, tmp_path, monkeypatch):
    """What the system calls a file and fills as it likes, such as /proc/kmsg, is not read."""
    os.mkfifo(tmp_path / "a.yaml")
    writer = os.open(tmp_path / "a.yaml", os.O_RDWR)
    monkeypatch.setattr("dxrules.paths.is_endless", lambda _: False)
    monkeypatch.setattr("dxrules.paths.S_ISREG", lambda _: True)
    with open_file(tmp_path / "a.yaml") as stream, pytest.raises(OSError, match="no regular file"):
        stream.read(size)
    os.close(writer)


def test_path_below_a_link_to_a_folder(tmp_path, monkeypatch):
    """Git knows nothing below a link, so CI services are told where the file lies."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a.yaml").touch()
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "b.yaml").symlink_to("real/a.yaml")
    monkeypatch.chdir(tmp_path)
    assert from_root(Path("link/a.yaml")) == "real/a.yaml"
    assert from_root(Path("b.yaml")) == "b.yaml"
