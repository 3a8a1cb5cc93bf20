"""The linter as a whole: what it has to say of nothing, and the command in each of its formats."""

from __future__ import annotations

import json
from typing import get_args

import jsonschema
import pytest

from dxrules.cli import main
from dxrules.keeper.lint import Check, lint
from tests.helpers.lawbooks import folder
from tests.helpers.linted import LEAN, said
from tests.helpers.small import DATA
from tests.test_lint_conditions import RULESETS as CONDITIONS
from tests.test_lint_files import FILES
from tests.test_lint_lists import LISTS
from tests.test_lint_rulesets import RULESETS


def test_every_check_has_a_case():
    """No check is left without a folder that it finds fault with; one needs texts of laws, too."""
    cases = {case.partition(",")[0] for case in (*CONDITIONS, *RULESETS, *LISTS, *FILES)}
    assert cases | {"not-in-text"} == set(get_args(Check))


def test_nothing_to_say(tmp_path):
    """A good folder has no remarks; nor have the rulesets that travel along."""
    root = folder(tmp_path, {"national/test.yaml": LEAN})
    assert lint(root) == ()
    assert said(root, "en") == "The rulesets are fine.\n"
    assert lint() == ()


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run the command on a ruleset, and return its exit code and what it printed."""

    def lint_of(text, *options):
        folder(tmp_path / "mine", {"national/test.yaml": text})
        monkeypatch.chdir(tmp_path)
        code = main(["rules", "lint", "--rulesets", "mine", "--lang", "en", *options])
        out, err = capsys.readouterr()
        assert err == ""
        return code, out

    return lint_of


@pytest.mark.parametrize(
    ("case", "codes"),
    [("no-due", (1, 1, 0)), ("unused-source", (0, 1, 0)), (None, (0, 0, 0))],
    ids=["error", "warning", "fine"],
)
def test_exit_code(run, case, codes):
    """The exit code is 1 where a remark is as grave as asked for."""
    text = RULESETS[case][0] if case else LEAN
    wanted = ("error", "warning", "never")
    assert tuple(run(text, "--fail-on", each)[0] for each in wanted) == codes
    assert run(text)[0] == codes[1]


def test_json(run):
    """JSON has every remark in both languages, with its place as numbers."""
    code, out = run(RULESETS["unused-source"][0], "--format", "json")
    assert code == 1
    assert json.loads(out) == {
        "format": "dxrules/lint/1",
        "counts": {"error": 0, "warning": 1},
        "remarks": [
            {
                "check": "unused-source",
                "severity": "warning",
                "place": {"file": "mine/national/test.yaml", "line": 9, "column": 3},
                "message": {
                    "ja": "典拠 rumour は、どこからも引かれていません。",
                    "en": "Nothing cites the source rumour.",
                },
                "hint": {"ja": "引くか、消してください。", "en": "Cite it, or drop it."},
            }
        ],
    }
    assert (
        json.loads(run(RULESETS["refused"][0], "--format", "json")[1])["remarks"][0]["hint"] is None
    )


@pytest.mark.parametrize("case", ["no-due", "unused-source"])
def test_for_ci(run, case):
    """SARIF keeps to its schema and GitHub commands to their lines; both name every remark."""
    text = RULESETS[case][0]
    report = json.loads(run(text, "--format", "sarif")[1])
    schema = json.loads((DATA / "schemas/sarif-2.1.0-rtm.5.json").read_bytes())
    jsonschema.Draft4Validator(schema).validate(report)
    remarks = json.loads(run(text, "--format", "json")[1])["remarks"]
    lines = run(text, "--format", "github")[1].splitlines()
    results = report["runs"][0]["results"]
    assert remarks
    assert [result["ruleId"] for result in results] == [remark["check"] for remark in remarks]
    assert [line.split(" ")[0] for line in lines] == [f"::{each['severity']}" for each in remarks]
    places = [each["locations"][0]["physicalLocation"]["region"]["startLine"] for each in results]
    assert places == [remark["place"]["line"] for remark in remarks]
