"""Setbacks: what failed before and is undetermined now is named, and counts as it did."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dxrules import assess
from dxrules.assessment.baseline import compare, entries_of, failures_of, with_setbacks
from dxrules.assessment.since import Setback
from dxrules.cli import main
from dxrules.plan import plan_of
from dxrules.report.plan_header import setbacks_text
from dxrules.rules import Outcome
from dxrules.source import from_text
from tests.helpers.repositories import git
from tests.helpers.small import DAY, PLAN, SMALL, changed
from tests.test_baseline import ALL, LAW, WHOLE

FORMATS = ("table", "json", "markdown", "html", "csv", "sarif", "junit", "github", "oscal")
CALL = ("--as-of", DAY, "--engine", "interpreter", *SMALL)


def without(section):
    """Return the small plan without a section, which has then not been read."""
    kept, taken = [], False
    for line in changed({}).splitlines(keepends=True):
        if not line.startswith((" ", "#", "-", "\n")):
            taken = line.startswith(f"{section}:")
        kept += [] if taken else [line]
    return "".join(kept)


def shortened(section):
    """Judge the small plan without a section."""
    return judged_text(without(section))


def judged_text(text):
    """Judge a plan by its text."""
    plan = plan_of(from_text(text, PLAN), LAW.reference)
    return assess([plan], LAW, date.fromisoformat(DAY), engine="interpreter")


@pytest.mark.parametrize("section", ["standardization", "measures"])
def test_a_section_taken_out(section):
    """What a section failed is a setback without it: of a subject, or of the rule as a whole."""
    compared = compare(shortened(section), ALL)
    found = compared.assessment.setbacks
    assert found
    failed = {(e.rule, e.severity) for e in ALL if e.outcome == "fail"}
    for _, finding in found:
        assert finding.outcome is Outcome.UNKNOWN
        assert not finding.known
        assert finding.setback in {grave for rule, grave in failed if rule == finding.rule.id}
    told = {(f.rule.id, f.kind) for _, f in found}
    gone = {(e.rule, e.kind) for e in compared.stale if e.outcome == "fail"}
    assert not told & gone
    graves = {finding.setback for _, finding in found}
    assert compared.assessment.reaches(["error"]) == ("error" in graves)


def test_counts_as_the_failure_that_it_was():
    """A setback reaches the threshold that the failure reached, and no lower one."""
    (plan,) = WHOLE.plans
    failed = next(f for f in plan.of(Outcome.FAIL) if f.severity == "warning")
    open_one = replace(failed, outcome=Outcome.UNKNOWN, severity="note")
    (found,), back = with_setbacks([open_one], {failed.subject: "warning"})
    assert back == {failed.subject}
    assert found.setback == "warning"
    assert [found.reaches([level]) for level in ("error", "warning", "note", "never")] == [
        False,
        True,
        True,
        False,
    ]
    assert found.reaches([failed.rule.strength])


def test_what_is_no_setback():
    """What passed before, what a baseline knows as open, and what passes now is no setback."""
    (plan,) = WHOLE.plans
    asks = plan.of(Outcome.UNKNOWN)[0]
    assert with_setbacks([asks], {})[0] == (asks,)
    known = replace(asks, known=True)
    assert with_setbacks([known], {asks.subject: "error"})[0] == (known,)
    passed = plan.of(Outcome.PASS)[0]
    assert with_setbacks([passed], {passed.subject: "error"}) == ((passed,), set())
    assert not compare(WHOLE, ALL).assessment.setbacks
    assert failures_of(plan).keys() == {(e.rule, e.kind, e.key) for e in ALL if e.outcome == "fail"}


def test_an_updated_baseline_accepts_it():
    """After an update what is undetermined is known as that, and no setback any more."""
    now = shortened("standardization")
    again = compare(now, entries_of(now))
    assert again.assessment.setbacks == ()
    assert not again.assessment.reaches(["note"], unknown=("any",))


@pytest.fixture
def here(_copy, tmp_path, monkeypatch):
    """A repository with the small plan, whose section on systems was taken out since."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "x")
    main(["baseline", "write", "b.json", PLAN, *CALL])
    Path(PLAN).write_text(without("standardization"), encoding="utf-8")
    return tmp_path


FOUND = "349992 見本町DX推進計画 2026-04-01: TST-02 system/- "
SAID = {
    "en": f"1 setback (it failed before, and is undetermined now): {FOUND}[error]\n",
    "ja": f"後戻り(前は不適合で、今は要確認) 1件: {FOUND}[重大]\n",
}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("against", [("--baseline", "b.json"), ("--changed-since", "HEAD")])
def test_the_exit_code(capsys, against, lang):
    """The exit code stays 1, and setbacks are named on standard error."""
    capsys.readouterr()
    call = ("check", "plans", *CALL, "--lang", lang, "--format", "none", *against)
    assert main([*call]) == 1
    assert capsys.readouterr().err == SAID[lang]
    assert main([*call, "--fail-on", "never"]) == 0
    assert capsys.readouterr().err == SAID[lang]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("against", [("--baseline", "b.json"), ("--changed-since", "HEAD")])
def test_in_every_report(capsys, form, against):
    """Every format names setbacks."""
    capsys.readouterr()
    main(["check", "plans", *CALL, "--lang", "en", "--format", form, *against])
    out = capsys.readouterr().out
    said = "setback (it failed before): " if form == "junit" else "setback"
    assert said in out
    if form == "json":
        told = json.loads(out)
        assert {entry["rule"] for entry in told["setbacks"]} >= {"TST-02"}
        found = [f for f in told["plans"][0]["findings"] if "setback" in f]
        assert len(found) == len(told["setbacks"])
    if form == "sarif":
        states = [r.get("baselineState") for r in json.loads(out)["runs"][0]["results"]]
        assert "updated" in states
    if form == "github":
        assert any(line.startswith("::error ") and "(setback)" in line for line in out.split("\n"))
    if form == "csv":
        rows = csv.DictReader(io.StringIO(out.removeprefix("\ufeff")))
        assert "setback" in {row["known"] for row in rows}


@pytest.mark.usefixtures("here")
def test_in_a_workbook(capsys):
    """The workbook names them on its first sheet, and marks each."""
    from openpyxl import load_workbook

    main(["check", "plans", *CALL, "--lang", "en", "--baseline", "b.json", "--output", "r.xlsx"])
    capsys.readouterr()
    book = load_workbook("r.xlsx")
    texts = [
        [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
        for sheet in book
    ]
    assert any(cell == SAID["en"].strip() for cell in texts[0])
    assert any("(setback)" in cell for cell in texts[2])


@pytest.mark.usefixtures("here")
def test_a_plan_that_was_renamed(capsys):
    """A file that was renamed is compared with that of its town which is gone."""
    Path(PLAN).rename("plans/renamed.yaml")
    capsys.readouterr()
    call = ("check", "plans", *CALL, "--lang", "en", "--format", "none", "--changed-since", "HEAD")
    assert main([*call]) == 1
    assert capsys.readouterr().err == SAID["en"]


def test_each_plan_is_named_once():
    """What failed in two plans of a municipality is told of each of them by name."""
    one = Setback("349992", "甲 2026-04-01", "TST-02", "system", "-", "error")
    two = replace(one, plan="乙 2026-04-01")
    said = setbacks_text([one, replace(one, key="x"), two]).en.partition(": ")[2]
    assert said == (
        "349992 甲 2026-04-01: TST-02 system/- [error], TST-02 system/x [error], "
        "349992 乙 2026-04-01: TST-02 system/- [error]"
    )


@pytest.mark.usefixtures("here")
def test_a_plan_that_is_gone(capsys):
    """A plan that was deleted is told of, as nothing of it is judged."""
    Path(PLAN).unlink()
    other = changed({}).replace("349992", "345458")
    Path("plans/a.yaml").write_text(other, "utf-8")
    capsys.readouterr()
    call = ("check", "plans", *CALL, "--lang", "en", "--format", "none", "--changed-since", "HEAD")
    main([*call])
    gone = f"{PLAN}: this plan stood in HEAD. It is gone, and not judged."
    assert gone in capsys.readouterr().err.splitlines()
    Path("plans/a.yaml").write_text("a: 1", "utf-8")
    assert main([*call]) == 2
    assert gone in capsys.readouterr().err.splitlines()


@pytest.mark.usefixtures("here")
def test_a_renamed_plan_with_its_code_in_other_signs(capsys):
    """The code may have been written with a hyphen then: it is the same town's, and not gone."""
    said = Path(PLAN).read_text("utf-8")
    Path(PLAN).write_text(said.replace('"349992"', "34999-2"), "utf-8")
    git("add", "-A")
    git("commit", "-qm", "hyphen")
    Path(PLAN).rename("plans/renamed.yaml")
    capsys.readouterr()
    main(["check", "plans", *CALL, "--lang", "en", "--format", "none", "--changed-since", "HEAD"])
    assert "34999-2" in Path("plans/renamed.yaml").read_text("utf-8")
    assert "It is gone" not in capsys.readouterr().err


@pytest.mark.usefixtures("here")
def test_a_broken_plan_that_is_gone(capsys):
    """A file that was no YAML, and was deleted for it, is told of as any other that is gone."""
    Path("plans/broken.yaml").write_text("a: [", "utf-8")
    git("add", "-A")
    git("commit", "-qm", "broken")
    Path("plans/broken.yaml").unlink()
    capsys.readouterr()
    call = ("check", "plans", *CALL, "--lang", "en", "--format", "none", "--changed-since", "HEAD")
    assert main([*call]) == 0
    gone = "plans/broken.yaml: this plan stood in HEAD. It is gone, and not judged."
    assert gone in capsys.readouterr().err.splitlines()


@pytest.mark.usefixtures("here")
def test_a_plan_that_could_not_be_read_then(capsys):
    """Where the plan as it was cannot be read, it is said that setbacks are not known."""
    Path(PLAN).write_text("plan: [", encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "y")
    Path(PLAN).write_text(without("standardization"), encoding="utf-8")
    capsys.readouterr()
    main(["check", "plans", *CALL, "--lang", "en", "--format", "none", "--changed-since", "HEAD"])
    assert capsys.readouterr().err.startswith(
        f"The plan as it was cannot be read, so setbacks are not known: HEAD:{PLAN}:2:1: "
    )


@pytest.mark.usefixtures("here")
def test_prune_keeps_setbacks(capsys):
    """A setback is not mended: its entry stays when a baseline is pruned."""
    main(["baseline", "prune", "b.json", PLAN, *CALL])
    capsys.readouterr()
    assert main(["check", "plans", *CALL, "--baseline", "b.json", "--format", "none"]) == 1
