"""What the READMEs show is so: every command runs, every line of output is printed.

`DXRULES_UPDATE_GOLDEN=1 pytest tests/test_readme.py` takes over figures that have changed.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from dxrules.report import writers
from dxrules.report.writers import CHECK
from tests.helpers.shown import blocks, call, commands, kept, missing

ROOT = Path(__file__).parent.parent
READMES = {"en": ROOT / "README.md", "ja": ROOT / "README.ja.md"}

PIP, CHANGES = "python -m pip install", "would change the environment of this test"
NOT_RUN = {
    "make run": "sets up an environment of its own; .ci/run runs it",
    "make test": "runs this test",
    "python3 -m venv .venv": "sets up an environment",
    ". .venv/bin/activate": "belongs to the shell of the reader",
    f"{PIP} --require-hashes -r requirements/dev.txt": CHANGES,
    f"{PIP} --require-hashes --no-build-isolation -r requirements/engine.txt": CHANGES,
    f"{PIP} --no-build-isolation --no-deps -e .": CHANGES,
    "dxrules draft plan.pdf -o our-town.yaml": "reads a document that the reader has",
    "dxrules evidence our-town.yaml plan.pdf": "reads a document that the reader has",
    "dxrules review our-town.yaml --document plan.pdf": "serves a page until it is closed",
    "dxrules draft our-town.yaml plan.pdf --review": "asks whoever sits at the terminal",
    "dxrules draft --update our-town.yaml plan-2.pdf --before plan.pdf": "reads two documents",
}
"""Commands that are shown and not run, with the reason."""

FAILS = {"dxrules check facts", "dxrules check facts --fail-on error"}
"""Commands that end with 1 if a shipped plan has a failure that is an error."""


@pytest.fixture(autouse=True)
def _checkout(tmp_path, monkeypatch):
    """Stand in a folder that has the plans, like a checkout."""
    shutil.copytree(ROOT / "facts", tmp_path / "facts")
    monkeypatch.chdir(tmp_path)
    for name in ("DXRULES_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.slow
@pytest.mark.parametrize("lang", READMES)
def test_commands_run(lang):
    """Every command shown runs, in the order shown, unless there is a reason that it does not.

    Of the Japanese README those that choose a language: the others are the same in both.
    """
    shown = [command for command in commands(READMES[lang]) if command not in NOT_RUN]
    for command in shown if lang == "en" else [each for each in shown if "--lang" in each]:
        code, _ = call(command)
        fails = any(command.startswith(each) for each in FAILS)
        assert code in ((0, 1) if fails else (0,)), command


def test_reasons_are_used():
    """No reason stands for a command that is not shown."""
    assert set(NOT_RUN) <= set(commands(READMES["en"]))


@pytest.mark.parametrize("lang", READMES)
def test_output_is_printed(lang):
    """Every line of output shown is printed by the command above it, in this order."""
    shown = [text for kind, text in blocks(READMES[lang]) if kind == "console"]
    assert shown
    for block in shown:
        command = block.partition("\n")[0]
        printed = call(command[2:])[1].splitlines()
        _, *lines = kept(READMES[lang], block, printed).splitlines()
        assert missing(lines, printed) is None


@pytest.mark.parametrize("lang", READMES)
def test_python_runs(lang, capsys):
    """The example in Python runs and prints findings."""
    (code,) = [text for kind, text in blocks(READMES[lang]) if kind == "python"]
    exec(compile(code, READMES[lang].name, "exec"), {})  # noqa: S102  (our own README)
    assert re.match(r"(error|warning|note) [A-Z]+-\d\d ", capsys.readouterr().out)


@pytest.mark.parametrize("lang", READMES)
def test_every_format_has_its_row(lang):
    """The table of formats names what `check` writes, each with its endings."""
    text = READMES[lang].read_text("utf-8")
    rows = dict(re.findall(r"^\| (\w+) \| ?(\.\S+|) ?\|", text, re.MULTILINE))
    assert rows == {
        name: each.endings[0] if each.endings else "" for name, each in CHECK.brought.items()
    }


REPORTS = {
    "ask": writers.ASK,
    "compare": writers.COMPARE,
    "evidence": writers.QUOTATIONS,
    "explain": writers.EXPLAIN,
    "forecast": writers.FORECAST,
    "gaps": writers.GAPS,
    "graph": writers.GRAPH,
    "query": writers.QUERY,
    "replay": writers.REPLAY,
    "rules diff": writers.DIFF,
    "rules impact": writers.IMPACT,
    "rules lint": writers.LINT,
    "rules list": writers.RULES,
    "rules show": writers.EXPLAIN,
    "rules sources": writers.SOURCES,
    "rules test": writers.RULE_TESTS,
    "rules watch": writers.WATCH,
}


@pytest.mark.parametrize("lang", READMES)
def test_every_command_has_its_formats(lang):
    """The table of commands names what each writes, beside the two that all write."""
    rows = re.findall(
        r"^\| (`.+`) \| ([a-z, ]+) \|$", READMES[lang].read_text("utf-8"), re.MULTILINE
    )
    named = {
        command: {"table", "json", *forms.split(", ")}
        for commands_named, forms in rows
        for command in re.findall("`(.+?)`", commands_named)
    }
    assert named == {command: set(formats.brought) for command, formats in REPORTS.items()}
