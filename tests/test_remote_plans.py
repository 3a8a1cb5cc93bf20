"""Plan files at a URL: read when somebody names them, and judged like those of a folder."""

from __future__ import annotations

import json
import shutil
import sys

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from dxrules.cli import main
from dxrules.nation import FEW, remote
from dxrules.paths import is_url
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
        ("memory://plans", ("--baseline", "b.yaml"), "Plans at a URL are judged one by one."),
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
    assert remote._called("https://me:pw@a.example/b.yaml?sig=1#x") == "https://a.example/b.yaml"
