"""`--select` and `--ignore`: what is left of an assessment, and how every report says so."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dxrules.assessment import assess
from dxrules.assessment.baseline_file import read_baseline
from dxrules.assessment.selection import Selection
from dxrules.cli.selection_options import Chosen
from dxrules.rules import Outcome
from tests.helpers.calls import ON
from tests.helpers.lawbooks import NOVEMBER, law
from tests.helpers.plans import plan_file
from tests.helpers.small import PLAN, another

pytestmark = pytest.mark.usefixtures("_copy")

NOTICE = "! A selection ("


def found(run, *options):
    """Return the rules of a JSON report with how their subjects came out."""
    _, out, err = run("check", PLAN, *ON, "--format", "json", *options)
    assert err == ""
    report = json.loads(out)
    return {(f["rule"]["id"], f["outcome"]) for plan in report["plans"] for f in plan["findings"]}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--select", "TST-02"], {("TST-02", how) for how in ("fail", "unknown", "pass")}),
        (["--select", "tst-02", "--select", "outcome:fail"], {("TST-02", "fail")}),
        (["--select", "判定:不適合", "--select", "ＴＳＴ－０２"], {("TST-02", "fail")}),
        (["--select", "strength:statute"], {("TST-01", "unknown")}),
        (["--select", "強さ：法的義務"], {("TST-01", "unknown")}),
        (["--select", "WVR"], {("WVR-01", "fail")}),
        (["--select", "PRF-01", "--select", "WVR-01"], {("PRF-01", "fail"), ("WVR-01", "fail")}),
        (
            ["--select", "TST-02", "--ignore", "outcome:unknown"],
            {("TST-02", "fail"), ("TST-02", "pass")},
        ),
        (["--select", "area:security"], {("TST-01", "unknown"), ("TST-04", "fail")}),
        (["--select", "分野:セキュリティ"], {("TST-01", "unknown"), ("TST-04", "fail")}),
        (["--select", "TST-01", "--select", "outcome:fail"], set()),
    ],
)
def test_selected(run, options, expected):
    """Of one trait one word has to fit, of several traits one of each; what is ignored goes."""
    assert found(run, *options) == expected


def test_ignored_alone(run):
    """What is ignored goes, and nothing else."""
    everything = found(run)
    assert {rule for rule, _ in everything - found(run, "--ignore", "TST-0")} == {
        f"TST-0{n}" for n in (1, 2, 3, 4, 5, 6, 7, 9)
    }


@pytest.mark.parametrize(
    ("options", "ja", "en"),
    [
        (["--select", "TST-99"], "「TST-99」という点検項目はありません。", 'no rule "TST-99". Did'),
        (["--select", "ZZZ"], "`dxrules rules list`", "`dxrules rules list` lists them."),
        (["--ignore", "strength:statue"], "もしかして: statute", "Did you mean statute?"),
        (["--select", "streng:statute"], "もしかして: strength", "Did you mean strength?"),
        (["--select", "outcome:worse"], "使えるのは: pass、fail、", "Known here: pass, fail, "),
        (["--select", "area:telewrk"], "もしかして: telework", "Did you mean telework?"),
        (["--ignore", "area:xyzw"], "計画全体(plan)、", "the plan as a whole (plan), "),
        (["--select", "area:"], "「」という分野はありません。", 'there is no area "".'),
        (
            ["--select", "prefecture:栃木"],
            "絞り込み(都道府県 栃木県)に当てはまる計画がありません。",
            "No plan is of this selection (prefecture Tochigi).",
        ),
        (["--ignore", "prefecture:34"], "当てはまる計画がありません。", "No plan is of this"),
        (
            ["--select", "TST-08"],
            "判定日には適用されていません。",
            "is in force on the day judged, so nothing would be judged.",
        ),
        (["--select", "TST", "--packet", "p.zip"], "一方を外してください。", "Drop one."),
    ],
)
def test_refused(run, options, ja, en):
    """An unknown word, and a selection of which nothing can be said, is no clean result."""
    for lang, message in (("ja", ja), ("en", en)):
        code, out, err = run("--lang", lang, "check", PLAN, *ON, *options)
        assert (code, out) == (2, "")
        assert message in err


def test_the_exit_code_follows(run):
    """What is not selected does not count; what could not be read still does."""
    loud = ("--fail-on", "error")
    assert run("check", PLAN, *ON, *loud)[0] == 1
    assert run("check", PLAN, *ON, *loud, "--select", "strength:statute")[0] == 0
    assert run("check", PLAN, *ON, *loud, "--ignore", "TST-02")[0] == 1
    assert run("check", PLAN, *ON, *loud, "--ignore", "TST-02", "--ignore", "TST-05")[0] == 0
    assert run("check", PLAN, "none.yaml", *ON, "--select", "strength:statute")[0] == 2


def test_no_all_clear_for_a_part(run):
    """A part without a failure is not said to be in order."""
    _, out, _ = run("check", PLAN, *ON, "--select", "TST-01", "--select", "outcome:fail")
    assert out.startswith(NOTICE)
    assert "No failure, and nothing undetermined, is of this selection" in out
    assert "no failures (error) in this selection" in out
    _, out, _ = run("check", PLAN, *ON, "--select", "TST-01")
    assert "No failure was found" not in out


@pytest.mark.parametrize(
    "form", ["table", "concise", "json", "markdown", "html", "csv", "sarif", "junit", "github"]
)
def test_every_format_says_so(run, form):
    """Nobody can take a selection for the whole check, whatever the format; the rest is silent."""
    _, out, _ = run("check", PLAN, *ON, "--format", form, "--select", "TST-01", "--full")
    assert "rule TST-01" in out
    _, out, _ = run("check", PLAN, *ON, "--format", form)
    assert "rule TST-01" not in out


def test_oscal_and_the_working_paper_say_so(run, tmp_path):
    """The same of what is not printed: a remark, and a row above the table of towns."""
    files = ("--output", "r.oscal.json", "--output", "r.xlsx")
    run("check", PLAN, *ON, "--select", "TST-01", *files)
    report = json.loads((tmp_path / "r.oscal.json").read_text("utf-8"))
    assert report["assessment-results"]["metadata"]["remarks"].startswith(NOTICE)
    book = load_workbook(BytesIO((tmp_path / "r.xlsx").read_bytes()))
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row]
    assert any(cell.startswith(NOTICE) for cell in cells)


def test_rows_of_a_part(run):
    """Each row of a CSV file says of which selection it is."""
    _, out, _ = run("check", PLAN, *ON, "--format", "csv", "--select", "TST-01")
    heads, row = csv.reader(StringIO(out.removeprefix("\ufeff")))
    assert (heads[-1], row[-1]) == ("selection", "rule TST-01")


def test_a_baseline_of_a_part(run):
    """What is mended is told of the selected rules alone."""
    assert run("baseline", "write", "b.json", PLAN, *ON)[0] == 0
    file = Path("b.json")
    file.write_text(file.read_text("utf-8").replace('"key": "', '"key": "gone-'), "utf-8")
    rules = [entry.rule for entry in read_baseline(file, "b.json")]
    code, out, _ = run("check", PLAN, *ON, "--baseline", "b.json", "--select", "TST-06")
    assert code == 0
    assert f"{rules.count('TST-06')} mended" in out
    assert rules.count("TST-06") < len(rules)


def test_errors_stay():
    """What could not be judged is of every selection of outcomes, and of none without its rule."""
    own = law()
    plan = assess([plan_file("measures: []")], own, NOVEMBER, engine="interpreter").plans[0]
    broken = replace(plan.findings[0], outcome=Outcome.ERROR)
    for chosen in (
        Chosen(("outcome:fail",)).selection(own),
        Chosen(ignore=("outcome:error",)).selection(own),
    ):
        assert chosen.takes(plan, broken)
    assert not Chosen(ignore=(broken.rule.id,)).selection(own).takes(plan, broken)


def test_all_of_it_is_no_selection():
    """Without a word nothing is left out, and nothing is said."""
    judged = assess([plan_file("measures: []")], law(), NOVEMBER, engine="interpreter")
    assert not Selection()
    assert Selection().of_plans(judged) is judged
    assert judged.selected is None


def test_plans_of_a_prefecture(run):
    """Plans of other prefectures go, with all that is said of them."""
    another("plans/b.yaml")
    file = Path("plans/b.yaml")
    file.write_text(file.read_text("utf-8").replace('"349992"', '"099996"'), "utf-8")
    code, out, err = run("check", "plans", *ON, "--format", "json", "--select", "prefecture:34")
    assert err == ""
    assert [plan["plan"]["code"] for plan in json.loads(out)["plans"]] == ["349992"]
    assert code == 1
