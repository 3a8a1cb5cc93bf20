"""Reports, whole, against files under tests/golden.

After a wanted change: `DXRULES_UPDATE_GOLDEN=1 pytest tests/test_reports.py`, then read the diff.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.cli import main
from dxrules.engine import available
from dxrules.report import json_values
from dxrules.report.json_values import in_utf8
from dxrules.report.terminal import Style, fold
from dxrules.texts import Text, printable, width
from tests.helpers.goldens import kept
from tests.helpers.small import DATA, DAY, PLAN, SMALL
from tests.helpers.strategies.plain_data import finite_json_data

GOLDEN = Path(__file__).parent / "golden"
VOICED = "\N{COMBINING KATAKANA-HIRAGANA VOICED SOUND MARK}"
JUDGE = (PLAN, *SMALL, "--as-of", DAY)

CASES = {
    "check.ja.txt": ("check", *JUDGE, "--lang", "ja"),
    "check.en.txt": ("check", *JUDGE, "--lang", "en"),
    "check-all.ja.txt": ("check", *JUDGE, "--lang", "ja", "--all"),
    "check-all.en.txt": ("check", *JUDGE, "--lang", "en", "--all"),
    "check.json": ("check", *JUDGE, "--format", "json"),
    "gaps.ja.txt": ("gaps", *JUDGE, "--lang", "ja"),
    "gaps.en.txt": ("gaps", *JUDGE, "--lang", "en"),
    "gaps.json": ("gaps", *JUDGE, "--format", "json"),
    "graph.ja.txt": ("graph", *JUDGE, "--lang", "ja"),
    "graph.en.txt": ("graph", *JUDGE, "--lang", "en"),
    "graph-what-if.ja.txt": ("graph", *JUDGE, "--lang", "ja", "--what-if", "survey=2026-12-31"),
    "graph-what-if.en.txt": ("graph", *JUDGE, "--lang", "en", "--what-if", "survey=令和8年5月末"),
    "graph.ja.mmd": ("graph", *JUDGE, "--lang", "ja", "--format", "mermaid"),
    "graph-what-if.en.mmd": (
        *("graph", *JUDGE, "--lang", "en", "--format", "mermaid"),
        *("--what-if", "survey=2026-12-31"),
    ),
    "graph.en.dot": ("graph", *JUDGE, "--lang", "en", "--format", "dot"),
    "graph.json": ("graph", *JUDGE, "--format", "json"),
    "explain.ja.txt": ("explain", "TST-02", *JUDGE, "--lang", "ja"),
    "explain.en.txt": ("explain", "TST-02", *JUDGE, "--lang", "en"),
    "explain.json": ("explain", "TST-02", *JUDGE, "--format", "json"),
    "explain-fail.ja.txt": ("explain", "TST-09", *JUDGE, "--lang", "ja"),
    "explain-fail.en.txt": ("explain", "TST-09", *JUDGE, "--lang", "en"),
    "explain-fail.json": ("explain", "TST-09", *JUDGE, "--format", "json"),
    "explain-no-fact.en.txt": ("explain", "TST-10", *JUDGE, "--lang", "en"),
    "explain-lapsed.ja.txt": ("explain", "TST-08", *JUDGE, "--lang", "ja"),
    "explain-lapsed.en.txt": ("explain", "TST-08", *JUDGE, "--lang", "en"),
    "rules-list.ja.txt": ("rules", "list", *SMALL, "--lang", "ja"),
    "rules-list.en.txt": ("rules", "list", *SMALL, "--lang", "en"),
    "rules-list.json": ("rules", "list", *SMALL, "--format", "json"),
    "rules-show.ja.txt": ("rules", "show", "TST-02", *SMALL, "--lang", "ja"),
    "rules-show.en.txt": ("rules", "show", "TST-00", *SMALL, "--lang", "en"),
    "rules-show-statute.en.txt": ("rules", "show", "TST-01", *SMALL, "--lang", "en"),
    "rules-lint.ja.txt": ("rules", "lint", *SMALL, "--lang", "ja"),
    "rules-lint.en.txt": ("rules", "lint", *SMALL, "--lang", "en"),
    "rules-test.ja.txt": ("rules", "test", *SMALL, "--lang", "ja"),
    "rules-test.en.txt": ("rules", "test", *SMALL, "--lang", "en"),
}


@pytest.mark.skipif(not available(), reason="the files say that both engines judged")
@pytest.mark.parametrize("name", CASES)
def test_golden(name, monkeypatch, capsys):
    """A report says what its file under tests/golden says, to the last byte."""
    monkeypatch.chdir(DATA)
    monkeypatch.setattr(json_values, "__version__", "0")
    main(CASES[name])
    out, err = capsys.readouterr()
    assert err == ""
    assert out == kept(GOLDEN / name, out)


def test_no_stray_golden_file():
    """Every file under tests/golden belongs to a case."""
    assert {path.name for path in GOLDEN.iterdir()} == set(CASES)


@pytest.mark.parametrize("name", [name for name in CASES if name.endswith(".txt")])
def test_lines_fit(name):
    """No line of a text report is wider than 100 columns, or ends in a space.

    A call to be copied is never broken.
    """
    text = (GOLDEN / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if " dxrules " not in line]
    tables = name.startswith("rules-list")
    assert [line for line in lines if width(line) > 100 and not tables] == []
    assert [line for line in lines if line != line.rstrip() and not set(line) <= {"-", " "}] == []


@pytest.mark.parametrize("name", ["check-all", "gaps", "graph", "explain", "rules-show"])
def test_languages_have_the_same_content(name):
    """Japanese and English name the same rules in the same order."""
    texts = [(GOLDEN / f"{name}.{lang}.txt").read_text(encoding="utf-8") for lang in ("ja", "en")]
    ja, en = (re.findall(r"TST-\d+", text) for text in texts)
    assert ja == en


def test_json_says_everything():
    """The JSON report has every outcome, and both languages of every text."""
    report = json.loads((GOLDEN / "check.json").read_text(encoding="utf-8"))
    findings = report["plans"][0]["findings"]
    assert {finding["outcome"] for finding in findings} == {
        "fail",
        "unknown",
        "waived",
        "pass",
        "not_applicable",
    }
    assert all(
        set(finding[key]) == {"ja", "en"} for finding in findings for key in ("message", "remedy")
    )


# Lines


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("目標は80 %です", 8, ["目標は", "80 %です"]),
        ("取組、分野", 5, ["取", "組、", "分野"]),
        ("方針(議会)", 6, ["方針", "(議会)"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a abcdefgh", 3, ["a", "abc", "def", "gh"]),
        (f"か{VOICED}き", 2, [f"か{VOICED}", "き"]),
    ],
)
def test_fold(text, room, expected):
    """Lines break at spaces and beside wide characters, never before a closing sign."""
    assert fold(text, room) == expected


@given(st.text(alphabet="a b(漢字、。)「」ー%", max_size=60), st.integers(4, 30))
def test_fold_keeps_every_character(text, room):
    """Folding drops only spaces, and no line is wider than the room."""
    lines = fold(text, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line) <= room for line in lines)


def test_block_indents():
    """The lines after the first hang further in."""
    assert Style("ja", width=8).block("ああいい", 2, 2) == ["  ああ", "    いい"]


def test_what_double_spaces_set_apart_stays_together():
    """A count or a day stays on one line where it fits, and is broken only where it does not."""
    style = Style("ja", width=14)
    assert style.block("適合 38  対象外 24", 0, 2) == ["適合 38", "  対象外 24"]
    assert style.block("要確認31(うち法的義務4)  適合 38", 0) == [
        "要確認31(うち",
        "法的義務4)",
        "適合 38",
    ]


def test_table_lines_up():
    """In a table with wide characters every column starts at the same place on the screen."""
    table = Style("ja").table([["神石高原町", 1], ["上毛", 22]], ["団体", "数"])
    assert table.splitlines() == [
        "団体        数",
        "----------  ----",
        "神石高原町  1",
        "上毛        22",
    ]


def test_table_folds_what_it_may():
    """Columns that may be wrapped are, until the table fits; the others are not."""
    style = Style("ja", width=40)
    table = style.table([["あ" * 20, "い" * 9, "x" * 12]], ["a", "b", "c"], foldable=(0, 1))
    lines = table.splitlines()
    assert all(width(line) <= 40 + 8 for line in lines)
    assert "".join(line.split()[0] for line in lines[2:5]).count("あ") > 8


@pytest.mark.parametrize(("colour", "expected"), [(True, "\x1b[31;1mx\x1b[0m"), (False, "x")])
def test_colour(colour, expected):
    """A severity has its colour where colour is wanted."""
    assert Style("en", colour=colour).paint("error", "x") == expected


def test_style_says():
    """A text is said in the language of the report."""
    assert Style("ja").say(Text("はい", "yes")) == "はい"


@pytest.mark.slow
@given(finite_json_data)
def test_json_is_as_python_writes_it(data):
    """Our JSON text is what Python's own encoder writes with an indent, where nothing acts."""
    for each in ({"a": data}, {"a": data, "b": [data, data]}):
        told = json.dumps(each, ensure_ascii=False, indent=2) + "\n"
        written = in_utf8(each).decode()
        assert written == told or told != printable(told)
        assert written == printable(written)
        assert json.loads(written) == each
