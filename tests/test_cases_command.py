"""`rules test`: what it prints of examples and cases, and how it ends."""

from __future__ import annotations

import json
from importlib import import_module

import pytest

from dxrules.cli import main
from dxrules.engine import available
from tests.helpers.casebook import HEAD, PART, case
from tests.helpers.lawbooks import GOOD, folder


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Work in a folder with the good ruleset and one test file."""
    folder(tmp_path / "rulesets", {"national/test.yaml": GOOD})
    (tmp_path / "rulesets" / "tests").mkdir()
    (tmp_path / "rulesets" / "tests" / "a.yaml").write_text(
        case("rule: TST-03, outcome: fail"), "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


CALL = ("rules", "test", "--rulesets", "rulesets")


@pytest.mark.usefixtures("here")
def test_command(capsys):
    """The examples run, and the test files of the folder with them."""
    assert main([*CALL, "--lang", "en"]) == 0
    assert capsys.readouterr().out == (
        "ok TST-01 pass 2, fail 1, undetermined 1\n"
        "ok TST-02 pass 1, fail 1\n"
        "ok TST-03 pass 1, fail 1\n"
        "8 of 8 examples came out as stated\n"
        "\n"
        "rulesets/tests/a.yaml\n"
        "ok 2026-05-01 移行\n"
        "1 of 1 cases came out as stated\n"
    )


FAILING = case(
    "rule: TST-01, key: [family-register, x], outcome: pass\n"
    "rule: TST-02, outcome: not_in_force, severity: note\n"
    "rule: TST-03, outcome: fail, severity: error",
    "    scope: all\n",
    PART.replace("national-pension: {status: migrated, migrated: 2026-03-31}", "")
    + "      waivers: [{rule: X, kind: plan, key: p, reason: a, authority: b,"
    " from: 2026-04-01, until: 2026-05-01}]\n",
)
MESSAGES = {
    "ja": """\
例 8 件のうち 8 件が期待どおり

f.yaml
NG 2026-05-01 移行
   f.yaml:15:9: TST-01 x: その対象はありません。使えるのは: family-register。
   f.yaml:15:9: TST-01 family-register: 適合 のはずが 不適合(「戸籍」は2026-03-31までに移行してい
     ない)
   f.yaml:16:9: TST-02 plan: 適用期間外 のはずが 対象外(TST-03 と同じ原因)
   f.yaml:17:9: TST-03 plan: 重大度は 重大 のはずが 注意
   f.yaml:3:5: WVR-04 p: 期待していない不適合(X という点検項目はない。使えるのは: TST-01、TST-02、
     TST-03。)
事例 1 件のうち 0 件が期待どおり
""",
    "en": """\
8 of 8 examples came out as stated

f.yaml
NG 2026-05-01 移行
   f.yaml:15:9: TST-01 x: There is no such subject. Known here: family-register.
   f.yaml:15:9: TST-01 family-register: pass expected, fail came (Family register was not migrated
     by 2026-03-31)
   f.yaml:16:9: TST-02 plan: not in force expected, not applicable came (Same cause as TST-03)
   f.yaml:17:9: TST-03 plan: severity error expected, note came
   f.yaml:3:5: WVR-04 p: fail was not expected (There is no rule X. Known here: TST-01, TST-02,
     TST-03.)
0 of 1 cases came out as stated
""",
}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_command_with_a_file(here, capsys, lang):
    """A file that is named is run instead, and whatever came out otherwise is said."""
    (here / "f.yaml").write_text(FAILING, "utf-8")
    assert main([*CALL, "f.yaml", "--lang", lang]) == 1
    assert capsys.readouterr() == (MESSAGES[lang], "")


def test_alike(here, capsys):
    """Subjects that came out alike for the same reason share a line, the first few by name."""
    part = """\
      plan: {established: 2026-04-01}
      standardization: {scope: unstated}
      collection: {}
      measures: []
"""
    rule = GOOD[GOOD.index("  - id: TST-03") :]
    of_areas = rule.replace("subject: plan", "subject: area").replace("TST-03", "TST-04")
    of_areas = of_areas.replace("{period_end: {known: yes}}", "{covered: {is: yes}}")
    of_areas = of_areas.replace("    due: period_end\n", "").replace("OLD-03", "OLD-04")
    of_areas = of_areas.replace("period_end: 2026-09", "covered: yes")
    of_areas = of_areas.replace("period_end: silent", "covered: no")
    (here / "rulesets" / "national" / "test.yaml").write_text(GOOD + of_areas, "utf-8")
    (here / "f.yaml").write_text(case("rule: TST-04, outcome: pass", part=part), "utf-8")
    assert main([*CALL, "f.yaml", "--lang", "en"]) == 1
    shown = " ".join(capsys.readouterr().out.split())
    assert (
        "f.yaml:12:9: TST-04 front-yard, standardization, common-platform, el-qr and "
        "18 more: pass expected, fail came (There is no period) 0 of 1 cases" in shown
    )


def test_part_of_a_message(here, capsys):
    """A message that lacks the part that is stated is shown whole."""
    expect = "rule: TST-03, outcome: fail, message: 予算"
    (here / "f.yaml").write_text(case(expect), "utf-8")
    assert main([*CALL, "f.yaml", "--lang", "en"]) == 1
    line = '   f.yaml:13:9: TST-03 plan: "予算" is not in the message (There is no period)\n'
    assert line in capsys.readouterr().out


def test_command_in_json(here, capsys):
    """JSON has every example and every case, with what came out otherwise in both languages."""
    (here / "f.yaml").write_text(FAILING, "utf-8")
    assert main([*CALL, "f.yaml", "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["format"], report["engines"]) == ("dxrules/rules-test/1", ["interpreter"])
    assert (report["coverage"], report["mutants"]) == (None, None)
    assert report["examples"][0] == {
        "rule": "TST-01",
        "place": {"file": "rulesets/national/test.yaml", "line": 35, "column": 9},
        "day": "2026-09-30",
        "expected": "pass",
        "came": "pass",
        "passed": True,
    }
    (result,) = report["cases"]
    mismatches = result.pop("mismatches")
    assert result == {
        "name": {"ja": "移行", "en": "移行"},
        "place": {"file": "f.yaml", "line": 3, "column": 5},
        "plan": "f.yaml",
        "as_of": "2026-05-01",
        "passed": False,
    }
    assert mismatches[-1] == {
        "place": {"file": "f.yaml", "line": 3, "column": 5},
        "rule": "WVR-04",
        "key": "p",
        "what": "unexpected",
        "expected": None,
        "came": "fail",
        "message": {
            "ja": (
                "期待していない不適合(X という点検項目はない。使えるのは: TST-01、TST-02、TST-03。)"
            ),
            "en": "fail was not expected (There is no rule X. Known here: TST-01, TST-02, TST-03.)",
        },
    }


def test_command_with_a_wrong_file(here, capsys):
    """A wrong test file is an input that is wrong."""
    (here / "f.yaml").write_text(f"{HEAD}cases: []\n", "utf-8")
    assert main([*CALL, "f.yaml", "--lang", "en"]) == 2
    assert capsys.readouterr() == ("", "f.yaml:2:1: cases: There is no case.\n")
    assert main([*CALL, "none.yaml", "--lang", "en"]) == 2
    assert capsys.readouterr() == ("", "none.yaml:1:1: No such file.\n")


@pytest.mark.skipif(not available(), reason="durable_rules is not installed")
@pytest.mark.usefixtures("here")
def test_engines_that_differ(monkeypatch, capsys):
    """Where the engines differ nothing can be trusted."""
    monkeypatch.setattr(
        import_module("dxrules.assessment.assess"),  # by its name it is the function
        "disagreements",
        lambda outcomes, *_: [next(pair for pair in outcomes if pair[0] == "TST-03")],
    )
    assert main([*CALL, "--engine", "both", "--lang", "en"]) == 3
    assert "TST-03 plan: fail expected, error came (The engines differ" in capsys.readouterr().out
    assert main([*CALL, "--lang", "en"]) == 0


def test_small_changes(here, capsys):
    """With --mutate a change that no example notices is a finding, in text and in JSON."""
    ruleset = here / "rulesets" / "national" / "test.yaml"
    assert main([*CALL, "--mutate", "--lang", "en"]) == 1
    assert "go unnoticed" in capsys.readouterr().out
    assert main([*CALL, "--mutate", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["mutants"]["counts"]["alive"] > 0
    ruleset.write_text(
        GOOD[: GOOD.index("parameters:")] + "rules:\n" + GOOD[GOOD.index("  - id: TST-03") :],
        "utf-8",
    )
    assert main([*CALL, "--mutate", "--lang", "en"]) == 0
    assert "0 go unnoticed" in capsys.readouterr().out


@pytest.mark.usefixtures("here")
def test_one_engine_of_two(monkeypatch, capsys):
    """Where both engines are asked for and one is missing, the first line says so."""
    monkeypatch.setattr(import_module("dxrules.assessment.assess"), "available", lambda: False)
    assert main([*CALL, "--engine", "both", "--lang", "en"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert (
        first == "! One engine only (durable_rules is not installed, so nothing was checked twice)"
    )
