"""What is said of a call that click refuses: in one language, with the way out."""

from __future__ import annotations

import pytest

from dxrules.cli import main


@pytest.mark.parametrize(
    ("call", "ja", "en"),
    [
        (
            "check a.yaml --jobs 0",
            "--jobs: 「0」は使えません。1から1000までの整数を指定してください。",
            '--jobs: not "0". Write a whole number from 1 to 1000.',
        ),
        (
            "ask a.yaml --most few",
            "--most: 「few」は使えません。1以上の整数を指定してください。",
            '--most: not "few". Write a whole number of 1 or more.',
        ),
    ],
)
def test_number_beyond_its_bounds(call, ja, en, capsys):
    """What was typed is said, and what can be typed."""
    for lang, said in (("ja", ja), ("en", en)):
        assert main([*call.split(), "--lang", lang]) == 2
        assert capsys.readouterr().err.splitlines()[0] == f"dxrules: {said}"


@pytest.mark.parametrize("call", [[], ["rules"]])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_group_alone(call, lang, capsys, monkeypatch):
    """A group that is called without a command says what it has, as its help does."""
    monkeypatch.setenv("DXRULES_LANG", lang)
    assert main(call) == 2
    said = capsys.readouterr().err
    assert main([*call, "--help"]) == 0
    assert capsys.readouterr().out == said
