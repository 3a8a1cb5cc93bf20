"""Which edits of rules change no verdict, and cases that show it where one does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from json import loads

import pytest
import yaml

from dxrules.cli import main
from dxrules.keeper.comparison_side import Side
from dxrules.keeper.diff import diff
from dxrules.keeper.proof import cases_of, prove
from dxrules.keeper.rule_diff import RuleChange, rule_changes
from dxrules.report.diff import text as of_diff
from dxrules.report.how_to_write import How
from dxrules.report.terminal import Style
from dxrules.report.writers import DIFF
from tests.helpers.lawbooks import GOOD, NOVEMBER, ROOT, broken, folder, load, town
from tests.helpers.printed import printed

LIMIT = broken("{cycles: {at_most: $limit}}", "{cycles: {at_most: 2}}").replace("0..3", "0..2")


def proved(tmp_path, new, plans=(), day=None):
    """Return what is proved of the edits of a ruleset."""
    sides = [
        Side("law", load(tmp_path / name, text), day)
        for name, text in {"old": GOOD, "new": new}.items()
    ]
    return prove(rule_changes(*sides), (sides[0], sides[1]), plans, NOVEMBER)


@pytest.mark.parametrize(
    ("new", "effect"),
    [
        (broken("{ja: 移行, en: Migration}", "{ja: 移行期限, en: Deadline}"), "same"),
        (broken("{cycles: {at_most: $limit}}", "{not: {cycles: {at_least: 4}}}"), "same"),
        (broken("strength: statute", "strength: effort"), "severity"),
        (LIMIT, "moves"),
        (broken("until: 2027-03-31", "until: 2026-12-31"), "moves"),
        (broken("    unless_failed: TST-03\n", ""), "open"),
    ],
)
def test_effect_of_an_edit(tmp_path, new, effect):
    """An edit changes nothing, how grave a verdict is, or verdicts; or nothing can be proved."""
    assert [proof.effect for proof in proved(tmp_path, new)] == [effect]


def test_days_that_are_compared_are_inside_both_terms(tmp_path):
    """Between two days on which a rule holds either way its term moves no verdict."""
    new = broken("until: 2027-03-31", "until: 2026-12-31")
    assert [proof.effect for proof in proved(tmp_path, new, day=NOVEMBER)] == ["same"]


def test_rule_that_moves_to_another_ruleset(tmp_path):
    """Another ruleset may bind other municipalities, so that nothing is proved."""
    old = next(load(tmp_path / "old").rules)
    change = RuleChange(old, replace(old, ruleset="prefecture/34"), fields=("ruleset",))
    sides = Side("old", load(tmp_path / "a")), Side("new", load(tmp_path / "b"))
    assert [proof.effect for proof in prove([change], sides, (), NOVEMBER)] == ["open"]


def test_reasoning_that_gives_up_proves_nothing(tmp_path, monkeypatch):
    """Too many combinations leave an edit open."""
    monkeypatch.setattr("dxrules.rules.domains._MOST_CELLS", 0)
    new = broken("{cycles: {at_most: $limit}}", "{not: {cycles: {at_least: 4}}}")
    assert [proof.effect for proof in proved(tmp_path, new)] == ["open"]


def test_example_of_a_fact_that_comes_out_otherwise(tmp_path):
    """The example is one that the rule now gives, on the day by whose values it was found."""
    (proof,) = proved(tmp_path, LIMIT)
    (example,) = proof.examples
    assert (example.before.value, example.after.value) == ("pass", "fail")
    assert example.line == "- {expect: fail, fact: {cycles: 3}, on: 2020-04-01}"


def test_plan_that_is_judged_alike_gives_no_case(tmp_path):
    """Where no plan at hand is judged otherwise there is no case."""
    (proof,) = proved(tmp_path, LIMIT, [town("koge")])
    assert proof.case is None
    assert cases_of([proof]) is None


def test_case_is_made_of_a_plan(tmp_path, monkeypatch, capsys):
    """The case comes out as stated by the new rules, and not by the old ones."""
    new = broken("[family-register, national-pension]", "[family-register, seal-registration]")
    folder(tmp_path / "old", {"national/test.yaml": GOOD})
    folder(tmp_path / "new", {"national/test.yaml": new})
    monkeypatch.chdir(tmp_path)
    plan = str(ROOT / "facts" / "34545-jinsekikogen.yaml")
    call = ["rules", "diff", "--from", "old", "--to", "new", "--prove", "--plan", plan]
    assert main([*call, "--output", "cases.yaml"]) == 0
    (case,) = yaml.safe_load((tmp_path / "cases.yaml").read_text())["cases"]
    assert date.fromisoformat(case["as_of"])
    assert set(case["plan"]) == {"municipality", "recorded", "plan", "standardization"}
    assert main(["rules", "test", "cases.yaml", "--rulesets", "new"]) == 0
    assert main(["rules", "test", "cases.yaml", "--rulesets", "old"]) == 1
    capsys.readouterr()
    assert main([*call, "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "edits of rules: verdicts change 1" in shown
    assert shown.endswith((tmp_path / "cases.yaml").read_text())


def test_rule_that_came_or_went(tmp_path):
    """A case tells of a rule that is gone that it is absent, and of a new one what it says."""
    gone = yaml.safe_load(GOOD)
    gone["rules"] = [rule for rule in gone["rules"] if rule["id"] != "TST-01"]
    less = yaml.safe_dump(gone, allow_unicode=True)
    plan = town("jinsekikogen")
    (proof, *_) = proved(tmp_path, less, [plan])
    assert proof.effect == "moves"
    assert proof.case["expect"] == [{"rule": "TST-01", "outcome": "absent"}]
    waiting = broken("from: 2020-06-01", "from: 2027-06-01")
    (proof,) = proved(tmp_path / "waiting", waiting, [plan], NOVEMBER)
    assert proof.case["expect"] == [{"rule": "TST-01", "outcome": "not_in_force"}]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--output", "cases.yaml"], "To write cases give --prove as well."),
        (["--prove", "--output", "cases.yaml"], "No plan at hand is judged otherwise"),
        (["--plan", "x.yaml"], "--plan is used together with --prove."),
        (["--prove", "--plan", "x.yaml"], "x.yaml"),
    ],
)
def test_no_cases_to_write(tmp_path, monkeypatch, capsys, options, said):
    """What cannot be written is said, and nothing is."""
    folder(tmp_path / "rulesets", {"national/test.yaml": GOOD})
    monkeypatch.chdir(tmp_path)
    call = ["rules", "diff", "--lang", "en", "--from", "rulesets", "--to", "rulesets"]
    assert main([*call, *options]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "cases.yaml").exists()


def test_proofs_as_json(tmp_path, monkeypatch, capsys):
    """JSON holds the proof of every edit; without the option there is no word of proofs."""
    folder(tmp_path / "old", {"national/test.yaml": GOOD})
    folder(tmp_path / "new", {"national/test.yaml": LIMIT})
    monkeypatch.chdir(tmp_path)
    call = ["rules", "diff", "--from", "old", "--to", "new", "--format", "json"]
    assert main(call) == 0
    assert "proofs" not in yaml.safe_load(capsys.readouterr().out)
    assert main([*call, "--prove"]) == 0
    (proof,) = yaml.safe_load(capsys.readouterr().out)["proofs"]
    assert proof["effect"] == "moves"
    assert proof["case"] is None


def test_ruleset_that_binds_other_municipalities(tmp_path):
    """What the rules of a ruleset ask is the same; whom they bind is not, and a plan shows it."""
    new = broken("jurisdiction: {level: national}", 'jurisdiction: {level: prefecture, code: "34"}')
    sides = Side("old", load(tmp_path / "old")), Side("new", load(tmp_path / "new", new))
    found = diff(*sides)
    assert {change.heads[0] for change in found.rules} == {"bound"}
    assert {change.binds for change in found.rules} == {(None, "34")}
    assert {proof.effect for proof in prove(found.rules, sides, (), NOVEMBER)} == {"moves"}
    said = printed(of_diff, found, Style("ja"))
    assert "適用される団体: 全国 → 広島県" in said
    (json,) = {
        str(each["binds"]) for each in loads(DIFF.named("json")(found, How(Style("en"))))["rules"]
    }
    assert json == "{'old': None, 'new': '34'}"
