"""`dxrules new plan`: the name of the file tells its form, and some command reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dxrules.cli import main
from tests.helpers.meanwhile import saved_meanwhile


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    """A folder that is empty."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", ["x.txt", "x", "x.json", "x.xls", ".yaml", "x.yaml.bak"])
def test_names_that_nobody_reads(name, capsys):
    """A file that no command would take for a plan is not written."""
    assert main(["new", "plan", name, "--lang", "en"]) == 2
    assert capsys.readouterr().err == (
        f"dxrules: {name}: no command reads a plan file of this name. "
        "Give it a name that ends in .yaml, .yml, .xlsx, as in my-town.yaml.\n"
    )
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(
    ("name", "form"), [("x.yaml", "xlsx"), ("x.yml", "xlsx"), ("x.xlsx", "yaml")]
)
def test_forms_that_do_not_agree(name, form, capsys):
    """A workbook is not written under the name of a YAML file, nor the other way round."""
    assert main(["new", "plan", name, "--format", form, "--lang", "ja"]) == 2
    assert capsys.readouterr().err == (
        f"dxrules: {name}: 拡張子と --format {form} が合いません。どちらかを改めてください。\n"
    )
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("name", ["x.yaml", "x.YML"])
def test_what_is_written_can_be_judged(name, capsys):
    """What is written is a plan file for the other commands."""
    assert main(["new", "plan", name, "--lang", "en"]) == 0
    assert capsys.readouterr() == ("", f"Fill it in, then:  dxrules check {name}\n")
    assert main(["check", name, "--lang", "en", "--format", "none"]) == 0
    assert capsys.readouterr() == ("", "")


def test_what_others_save_meanwhile_is_not_lost(capsys, monkeypatch):
    """A file that has come to stand there while the new one was made is not written over."""
    theirs = saved_meanwhile(monkeypatch, "x.yaml")
    assert main(["new", "plan", "x.yaml", "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith("dxrules: x.yaml: was changed elsewhere meanwhile")
    assert theirs()


def test_a_workbook_that_is_not_filled_in(capsys):
    """A workbook is a plan file, too; what has to be filled in is named, cell by cell."""
    assert main(["new", "plan", "x.XLSX", "--lang", "en"]) == 0
    assert main(["check", "x.XLSX", "--lang", "en"]) == 2
    assert "x.XLSX:the plan itself!B" in capsys.readouterr().err
