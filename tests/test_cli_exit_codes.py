"""The exit code of a call: findings, wrong input, what is not to be trusted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dxrules.cli import main
from tests.helpers.calls import NOTHING, ON, plan
from tests.helpers.small import PLAN, SMALL, changed

pytestmark = pytest.mark.usefixtures("_copy")


NO_ERROR = {
    "exception: none": "exception: transition-support",
    ", {id: guideline, kind: finish-to-start}": "",
}
"""Without these two faults only warnings and notes are left."""


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 1),
        (("--fail-on", "error"), 1),
        (("--fail-on", "note"), 1),
        (("--fail-on", "cabinet"), 1),
        (("--fail-on", "effort"), 1),
        (("--fail-on", "recommended"), 1),
        (("--fail-on", "consistency"), 1),
        (("--fail-on", "statute"), 0),
        (("--fail-on", "advice"), 0),
        (("--fail-on", "advice", "--no-waivers"), 1),
        (("--fail-on", "statute", "--fail-on", "cabinet"), 1),
        (("--fail-on", "never"), 0),
        (("--fail-on", "never", "--fail-on", "error"), 0),
        (("--fail-on", "statute", "--fail-on-unknown"), 1),
        (("--fail-on", "never", "--fail-on-unknown"), 1),
        (("--fail-on", "never", "--fail-on-unknown=any"), 1),
        (("--fail-on", "never", "--fail-on-unknown=statute"), 1),
        (("--fail-on", "never", "--fail-on-unknown=yardstick"), 0),
    ],
)
def test_threshold(run, options, code):
    """The exit code is 1 if a failure of a severity or a strength named is there."""
    assert run("check", PLAN, *ON, "--format", "none", *options) == (code, "", "")


@pytest.mark.parametrize(
    ("options", "code"),
    [((), 0), (("--fail-on", "warning"), 1), (("--fail-on", "note"), 1)],
)
def test_threshold_of_severity(run, options, code):
    """A severity counts those above it, too, and not those below."""
    assert run("check", plan(changed(NO_ERROR)), *ON, "--format", "none", *options)[0] == code


@pytest.mark.parametrize(("ciso", "outcome"), [("ciso: {status: none}", "fail"), ("", "unknown")])
def test_drafts_never_count(run, ciso, outcome):
    """What a draft finds is reported, and is no reason to fail."""
    name = plan(NOTHING.replace("CISO", ciso))
    loud = ("--fail-on", "note", "--fail-on", "recommended", "--fail-on-unknown")
    code, out, _ = run("check", name, *ON, "--format", "json", *loud)
    found = {f["rule"]["id"]: f["outcome"] for f in json.loads(out)["plans"][0]["findings"]}
    assert (code, found["TST-04"]) == (0, outcome)


def test_wrong_plan_does_not_hide_the_others(run):
    """A wrong file is reported with its place, the other plans are judged, and the code is 2."""
    bad = Path("plans/bad.yaml")
    bad.write_text(changed({"recorded: 令和8年3月": "recorded: 令和8(2025)年3月"}), "utf-8")
    code, out, err = run("check", "plans", *ON)
    first, *_, empty, title = out[: out.index("\n  as of")].splitlines()
    assert first.startswith("! Not judged: plans/bad.yaml:4:11: recorded: ")
    assert (code, empty, title) == (2, "", f"Mihon 見本町DX推進計画 ({PLAN})")
    assert err.startswith("plans/bad.yaml:4:11: recorded: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("check", "none.yaml"), "none.yaml: no such file. Check its name and folder.\n"),
        (("gaps", "none.yaml"), "none.yaml: no such file. Check its name and folder.\n"),
        (("graph", "plans"), "dxrules: plans: name one plan file, not a folder.\n"),
        (("check", "empty"), "empty: no plan file (.yaml, .json, .xlsx) in this folder.\n"),
        (
            ("check", PLAN, "--output", "x.doc"),
            "dxrules: x.doc: its ending names no format. Give it one of .txt, ",
        ),
        (
            ("check", PLAN, "--output", "pdf=x.json2"),
            "dxrules: There is no format pdf. Known here: table, concise, json",
        ),
        (
            ("check", PLAN, "--format", "non"),
            "dxrules: There is no format non. Did you mean none?\n",
        ),
        (("explain", "TST-99"), 'dxrules: There is no rule "TST-99". Did you mean TST-'),
        (("graph", PLAN, "--what-if", "survey"), "dxrules: --what-if survey: write MEASURE=DAY.\n"),
        (
            ("graph", PLAN, "--what-if", "servey=2026-01-01"),
            'dxrules: There is no measure "servey".',
        ),
        (
            ("graph", PLAN, "--what-if", "survey=2026-01"),
            'dxrules: --what-if: "2026-01" is not one full day',
        ),
    ],
)
def test_wrong_call(run, arguments, message):
    """A call that is wrong gets exit code 2, one message, and no report."""
    Path("empty").mkdir()
    code, out, err = run(*arguments, *SMALL)
    assert (code, out) == (2, "")
    assert err.startswith(message)
    assert err.count("\n") == 1


def test_wrong_ruleset(run):
    """Faults of a ruleset stop the run; each stands in a line that starts with its place."""
    path = Path("rulesets/national/small.yaml")
    text = path.read_text("utf-8").replace("status: {is_not: ", "state: {is_not: ")
    path.write_text(text, "utf-8")
    code, out, err = run("check", PLAN, *ON)
    assert (code, out) == (2, "")
    assert all(line.startswith("rulesets/national/small.yaml:") for line in err.splitlines())
    code, out, err = run("rules", "lint", *SMALL)
    assert (code, err) == (1, "")
    assert out.startswith("rulesets/national/small.yaml:")


@pytest.mark.parametrize("command", [("rules", "lint"), ("rules", "list")])
def test_rulesets_that_are_not_used_are_named(run, command, monkeypatch, tmp_path):
    """Whoever edits rulesets and does not name them must not take the shipped ones for theirs."""
    told = "※ 使うのは dxrules に付属の点検項目です。このフォルダにある rulesets を使うには、"
    assert run(*command, "--lang", "ja")[2].count(told) == 1
    assert told not in run(*command, *SMALL, "--lang", "ja")[2]
    (tmp_path / "else" / "rulesets").mkdir(parents=True)  # a folder of another kind
    monkeypatch.chdir(tmp_path / "else")
    assert told not in run("rules", "lint", "--lang", "ja")[2]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_internal_error(run, monkeypatch, lang):
    """What nobody foresaw gives exit code 3 and one line without a traceback."""

    def fall(*_, **__):
        raise RuntimeError("something")

    monkeypatch.setattr("dxrules.rules.load_law", fall)
    code, out, err = run("check", PLAN, *SMALL, "--lang", lang)
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert "RuntimeError: something" in err
    monkeypatch.setenv("DXRULES_DEBUG", "1")
    with pytest.raises(RuntimeError, match="something"):
        main(["check", PLAN])


def test_interrupt(run, monkeypatch):
    """Ctrl-C ends with the code that shells know, without a word."""

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("dxrules.rules.load_law", interrupted)
    code, out, err = run("check", PLAN, *SMALL)
    assert (code, out, err.strip()) == (130, "", "")
    monkeypatch.setattr("dxrules.cli._run", interrupted)
    assert run("check", PLAN)[0] == 130
