"""A quarter's work of a prefecture is done as the page shows it, from the folder to the inquiry.

`DXRULES_UPDATE_GOLDEN=1 pytest tests/test_nation_page.py` takes over figures that have changed.
"""

from __future__ import annotations

import shutil

import pytest

from dxrules.report.database.database_views import VIEWS
from tests.helpers.lawbooks import ROOT
from tests.helpers.shown import (
    blocks,
    call,
    commands_of,
    kept,
    missing,
)

PAGES = {"en": ROOT / "docs" / "nation.md", "ja": ROOT / "docs" / "nation.ja.md"}


@pytest.mark.slow
def test_page_is_carried_out(tmp_path, monkeypatch, capsys):
    """Every command runs in the order shown, and every line of output shown is printed.

    Both pages are carried out at once: what shows no output is the same in both.
    """
    shutil.copytree(ROOT / "facts", tmp_path / "facts")
    monkeypatch.chdir(tmp_path)
    for both in zip(*map(blocks, PAGES.values()), strict=True):
        for lang, (kind, text) in zip(PAGES, both, strict=True):
            if kind == "console":
                monkeypatch.setenv("DXRULES_LANG", lang)
                for command in commands_of(kind, text):
                    shown = called(command, capsys).splitlines()
                    _, *lines = kept(PAGES[lang], text, shown).splitlines()
                    assert (command, missing(lines, shown)) == (command, None)
        kind, text = both[0]
        if kind == "python":
            exec(compile(text, PAGES["en"].name, "exec"), {})  # noqa: S102  (our own page)
        for command in commands_of(kind, text) if kind == "sh" else ():
            called(command, capsys)


def called(command, capsys):
    """Return what a command prints; it must not fail."""
    code, printed = call(command)
    assert (command, code) == (command, 0), capsys.readouterr().err
    return printed


@pytest.mark.parametrize("lang", PAGES)
def test_every_view_is_named(lang):
    """The page names each view."""
    text = PAGES[lang].read_text("utf-8")
    assert [view.name for view in VIEWS if f"`{view.name}`" not in text] == []
