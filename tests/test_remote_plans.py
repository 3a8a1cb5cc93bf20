"""Plan files at a URL: read when somebody names them, and judged like those of a folder."""

from __future__ import annotations

import json
import shutil
import sys

import pytest
from fsspec import register_implementation
from fsspec.implementations.memory import MemoryFileSystem

from dxrules.cli import main
from dxrules.nation import FEW
from dxrules.paths import address_of, is_url
from tests.helpers.small import DATA, DAY, SMALL, changed, of_town

CALL = ("--as-of", DAY, "--engine", "interpreter", "--format", "json", "--lang", "en", *SMALL)


@pytest.fixture
def stored(tmp_path, monkeypatch):
    """Return a function that puts plans into a folder and at a URL, and gives the URL."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(DATA / "rulesets", "rulesets")
    (tmp_path / "plans").mkdir()
    system = MemoryFileSystem(skip_instance_cache=True)
    system.store.clear()

    def put(number):
        for each in range(number):
            text = changed(of_town(each)).encode()
            (tmp_path / "plans" / f"{each:02}.yaml").write_bytes(text)
            system.pipe(f"/plans/{each:02}.yaml", text)
        return "memory://plans"

    yield put
    system.store.clear()


@pytest.mark.parametrize("number", [2, FEW + 1])
def test_plans_at_a_url(stored, capsysbinary, number):
    """Few or many, they come out as those of a folder do, called by their addresses."""
    url = stored(number)
    code = main(["check", "plans", *CALL])
    here = json.loads(capsysbinary.readouterr().out)
    assert main(["check", url, *CALL]) == code
    there = capsysbinary.readouterr().out.replace(b"memory:///plans/", b"plans/")
    found = json.loads(there)
    assert found["plans"] == here["plans"]


def test_one_file(stored, capsysbinary):
    """A URL may name one file; what is wrong with it is told by its address."""
    url = stored(1)
    main(["check", f"{url}/00.yaml", *CALL])
    assert len(json.loads(capsysbinary.readouterr().out)["plans"]) == 1
    MemoryFileSystem(skip_instance_cache=True).pipe("/plans/00.yaml", b"format: x\n")
    assert main(["check", f"{url}/00.yaml", *CALL]) == 2
    assert b"memory:///plans/00.yaml:1:9: format:" in capsysbinary.readouterr().err


@pytest.mark.parametrize(
    ("url", "more", "message"),
    [
        ("memory://nowhere.txt", (), "no plan file (.yaml, .yml, .json, .xlsx) there."),
        ("memory://lost.yaml", (), "memory:///lost.yaml:1:1: Cannot be read (FileNotFoundError"),
        ("nosuch://user:secret@plans/a?key=1", (), "nosuch://plans/a: cannot be read (ValueError"),
        ("memory://plans", ("-",), "Plans at a URL are judged one by one."),
    ],
)
def test_what_is_refused(stored, capsys, url, more, message):
    """One message, exit code 2, and no secret of the URL."""
    stored(1)
    assert main(["check", url, *more, *CALL]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert "secret" not in said
    assert "key=1" not in said


CALLER = "user:secret@127.0.0.1:9"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        (f"https://{CALLER}/plans", "https://127.0.0.1:9/plans: a folder of a web server"),
        ("https://user:secret@[bad/a.txt", "https://[bad/a.txt: a folder of a web server"),
        (f"zip://a.yaml::nosuch://{CALLER}/a.zip", "zip://a.yaml::nosuch://127.0.0.1:9/a.zip:"),
        (f"NOSUCH://{CALLER}/a.yaml", "NOSUCH://127.0.0.1:9/a.yaml: cannot be read (ValueError)"),
        ("nosuch://user:sec/ret?@h/a.yaml", "nosuch://h/a.yaml: cannot be read (ValueError)"),
        (f"ftp://{CALLER}/a.yaml", "ftp://127.0.0.1:9/a.yaml: cannot be read (ConnectionRefused"),
        ("file:///tmp/plans", "file:///tmp/plans: a file of this machine. Name it by its path"),
        (f"file://{CALLER}/a.yaml", "file://127.0.0.1:9/a.yaml: a file of this machine."),
    ],
)
def test_secrets_of_a_url(stored, capsys, url, message):
    """No message repeats a user or a password, however the URL is written."""
    stored(0)
    assert main(["check", url, *CALL]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert "sec" not in said


def test_a_url_elsewhere(capsys):
    """Other commands take no URL, and say so."""
    assert main(["gaps", f"https://{CALLER}/a.yaml", "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("https://127.0.0.1:9/a.yaml: only `dxrules check` reads plans at a URL.")


def test_secrets_of_a_url_that_is_read(stored, capsys):
    """Nor does the next call that a report names."""
    stored(1)
    main(["check", "memory://user:secret@plans/00.yaml", *CALL[:4], *CALL[6:]])
    main(["check", "memory://plans/00.yaml?secret", *CALL[:4], *CALL[6:]])
    shown = capsys.readouterr()
    assert "secret" not in shown.out + shown.err


def test_a_folder_as_here(stored, capsys):
    """What is left out of a folder here is left out there, and what is not read is told."""
    url = stored(1)
    for name in (".git/b.yaml", ".c.yaml", "d.yaml.txt", "e.xlsm", "f.draft.json", "README.md"):
        MemoryFileSystem(skip_instance_cache=True).pipe(f"/plans/{name}", b"format: x\n")
    main(["check", url, *CALL])
    said = capsys.readouterr()
    assert len(json.loads(said.out)["plans"]) == 1
    assert [line.partition(": ")[0] for line in said.err.splitlines() if "not read" in line] == [
        "memory:///plans/d.yaml.txt",
        "memory:///plans/e.xlsm",
        "memory:///plans/f.draft.json",
    ]


class _Odd(MemoryFileSystem):
    """A store whose folders have no end, or hold names that lead out of them."""

    protocol = "odd"
    found = ()

    def ls(self, path, **_):
        return [{"name": f"{path}/{name}", "type": kind} for name, kind in self.found]

    def isdir(self, path):
        return not path.endswith(".yaml")


@pytest.mark.parametrize(
    ("found", "message"),
    [
        ((("deeper", "directory"),), "there are too many files, or they lie too deep"),
        ((("a.yaml", "file"),) * 30_000, "there are too many files"),
        ((("../../b.yaml", "file"),), "Its name leads out of the folder"),
        ((("%2e%2e/b.yaml", "file"),), "Its name leads out of the folder"),
    ],
)
def test_odd_folders(stored, monkeypatch, capsys, found, message):
    """A listing has an end, and nothing outside of what was named is read."""
    stored(0)
    register_implementation("odd", _Odd, clobber=True)
    monkeypatch.setattr(_Odd, "found", found)
    assert main(["check", "odd://plans", *CALL]) == 2
    assert message in capsys.readouterr().err


def test_without_the_package(monkeypatch, capsys):
    """The extra is named where fsspec is missing."""
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    assert main(["check", "s3://bucket/plans", "--lang", "en"]) == 2
    assert "pip install 'dxrules[remote]'" in capsys.readouterr().err


def test_names_of_urls():
    """A path is no URL, and an address keeps neither user nor query."""
    assert [is_url(each) for each in ("s3://a/b", "C:/a", "C:\\a", "facts", "-", "a://b")] == [
        True,
        False,
        False,
        False,
        False,
        False,
    ]
    assert address_of("https://me:pw@a.example/b.yaml?sig=1#x") == "https://a.example/b.yaml"
