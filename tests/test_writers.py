"""What docs/writers.md shows: reports from Python, and a package that adds a format.

`DXRULES_UPDATE_GOLDEN=1 pytest tests/test_writers.py` takes over figures that have changed.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from dxrules import Dossier, assess, load_law, read_plan
from dxrules.cli import main
from dxrules.errors import UsageError
from dxrules.report.how_to_write import How
from dxrules.report.terminal import Style
from dxrules.report.writers import CHECK, GROUP, render
from tests.helpers import engines
from tests.helpers.lawbooks import ROOT
from tests.helpers.shown import (
    blocks,
    call,
    commands_of,
    kept,
    missing,
)
from tests.helpers.small import DATA, DAY, PLAN, SMALL

PAGES = {"en": ROOT / "docs" / "writers.md", "ja": ROOT / "docs" / "writers.ja.md"}
PACKAGE = ROOT / "docs" / "writers"
INSTALL = ("-m", "pip", "install", "--quiet", "--no-build-isolation", "--no-deps", "--no-index")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Build the example and install it, without a network, where nothing else is."""
    source, target = tmp_path_factory.mktemp("source") / "writers", tmp_path_factory.mktemp("site")
    shutil.copytree(PACKAGE, source)
    quiet = ("--disable-pip-version-check", "--target", str(target))
    subprocess.run([sys.executable, *INSTALL, *quiet, str(source)], check=True)
    return target


def block(page, kind):
    """Return the only block of a kind on a page."""
    [text] = [text for each, text in blocks(page) if each == kind]
    return text


@pytest.mark.slow
@pytest.mark.parametrize("lang", PAGES)
def test_package_adds_a_format(installed, monkeypatch, tmp_path, lang):
    """Once installed, the format is printed and written as the page shows."""
    monkeypatch.syspath_prepend(str(installed))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "facts").symlink_to(ROOT / "facts")
    shown = block(PAGES[lang], "console")
    [command] = commands_of("console", shown)
    code, text = call(command)
    _, *lines = kept(PAGES[lang], shown, text.splitlines()).splitlines()
    assert (code, missing(lines, text.splitlines())) == (0, None)
    assert Path("minutes.txt").read_text("utf-8") == text


def test_shown_is_what_is_there():
    """The entry point on the pages is that of the example."""
    for page in PAGES.values():
        assert block(page, "toml") in (PACKAGE / "pyproject.toml").read_text("utf-8")


@engines.installed
@pytest.mark.slow
@pytest.mark.parametrize("lang", PAGES)
def test_from_python(monkeypatch, tmp_path, lang):
    """The example in Python writes the reports that the command writes."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "facts").mkdir()
    town = "34545-jinsekikogen.yaml"
    shutil.copy(ROOT / "facts" / town, tmp_path / "facts" / town)
    exec(compile(block(PAGES[lang], "python"), PAGES[lang].name, "exec"), {})  # noqa: S102
    outputs = ("--output", "again.html", "--output", "again.xlsx", "--format", "none")
    call(" ".join(("dxrules check facts --as-of 2026-11-20 --lang", lang, *outputs)))
    for ending in ("html", "xlsx"):
        assert Path(f"report.{ending}").read_bytes() == Path(f"again.{ending}").read_bytes()


def test_render():
    """A report is what its writer makes of the dossier, with passes if they are wanted."""
    law = load_law(DATA / "rulesets")
    plan = read_plan(DATA / PLAN, law.reference, PLAN)
    dossier = Dossier(assess([plan], law, date.fromisoformat(DAY), engine="interpreter"), law)
    for everything in (False, True):
        how = How(Style("en"), everything)
        whole = render(dossier, "markdown", "en", everything=everything)
        assert whole == CHECK.named("markdown")(dossier, how)
    assert render(dossier, "table", everything=True) != render(dossier, "table")


def test_broken_package(tmp_path, monkeypatch):
    """A writer that cannot be loaded is told as a wrong call, with the reason."""
    info = tmp_path / "minutes-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: minutes\nVersion: 1\n")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\nminutes = no_such_module:write\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(UsageError) as caught:
        CHECK.named("minutes")
    assert caught.value.text.en == (
        "The format minutes cannot be loaded "
        "(no_such_module:write: No module named 'no_such_module')."
    )


@pytest.mark.parametrize("form", [*CHECK.brought, "packet"])
def test_full_disk(tmp_path, monkeypatch, capsys, form):
    """Where the disk is full nothing is written, and the old file is left; whatever the format."""
    monkeypatch.chdir(DATA)
    old, other = tmp_path / "old.zip", tmp_path / "other.json"
    old.write_bytes(b"old")
    asked = []

    def fsync(_):
        asked.append(1)
        if len(asked) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", fsync)
    named = ("--packet", str(old)) if form == "packet" else ("--output", f"{form}={old}")
    call = ("check", PLAN, *SMALL, "--as-of", DAY, "--lang", "en", "--format", "none")
    assert main([*call, "--output", str(other), *named]) == 2
    assert capsys.readouterr().err == f"dxrules: {old}: cannot be written (the disk is full).\n"
    assert [path.name for path in tmp_path.iterdir()] == ["old.zip"]
    assert old.read_bytes() == b"old"
