"""What tests reach of the rules, what they do not, and what cannot be reached."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.cli import main
from dxrules.keeper.case_files import case_files, read_cases
from dxrules.keeper.case_runner import Trial, run_cases, run_examples
from dxrules.keeper.coverage import CoverageTarget, Tally, cover
from dxrules.report.json_rules_test import Coverage
from dxrules.report.json_views import as_json
from dxrules.report.rule_tests import TestReport, coverage_lines, example_text, missing_text
from dxrules.report.terminal import Style
from dxrules.rules import Outcome
from dxrules.rules.condition import All, AnyOf, Leaf, Not
from dxrules.rules.domains import TooManyCells
from dxrules.rules.rule import Example
from tests.helpers.lawbooks import GOOD, ROOT, broken, folder, law, load
from tests.helpers.printed import in_lines
from tests.helpers.strategies.rules import PLACE


def covered(tmp_path, text=GOOD, cases=None):
    """Return the law of a text, and what its examples and a test file reach."""
    own = load(tmp_path / "rulesets", text)
    results = ()
    if cases is not None:
        path = tmp_path / "cases.yaml"
        path.write_text(f"format: dxrules/test/1\ncases:\n{cases}", "utf-8")
        results = run_cases(read_cases([(path, "cases.yaml")], own), own).results
    return own, cover(own, run_examples(own), results)


def missing(coverage, rule):
    """Return what is missing of a rule, as line, what and where in the conditions."""
    (of_rule,) = [each for each in coverage.rules if each.rule.id == rule]
    return [(m.place.line, m.target.what, m.target.at) for m in of_rule.missing]


def test_what_examples_do_not_reach(tmp_path):
    """Every outcome, answer and deciding part that no example reaches is told, with its line."""
    _, coverage = covered(tmp_path)
    assert missing(coverage, "TST-01") == [
        (19, "not_applicable", ()),
        (26, "false", (0,)),
        (30, "decides", (1, 1)),
        (30, "true", (1, 1)),
    ]
    assert missing(coverage, "TST-02") == [(39, "unknown", ()), (47, "unknown", (1,))]
    assert missing(coverage, "TST-03") == [(54, "unknown", ()), (61, "unknown", (1,))]


def test_a_witness_reaches_what_is_missing(tmp_path):
    """The example that is shown for what is missing reaches it, once it is added."""
    own, coverage = covered(tmp_path)
    for each in coverage.rules:
        for gap in each.missing:
            witness = gap.witness
            added = Example(witness.outcome, witness.values, PLACE, witness.on)
            rule = replace(each.rule, examples=(*each.rule.examples, added))
            (ruleset,) = own.rulesets
            rules = tuple(rule if r.id == rule.id else r for r in ruleset.rules)
            more = replace(own, rulesets=(replace(ruleset, rules=rules),))
            results = list(run_examples(more))
            assert all(result.passed for result in results)
            (after,) = [e for e in cover(more, results, ()).rules if e.rule.id == rule.id]
            assert gap.target in after.reached


def without_examples(own, rule_id, **changes):
    """Return a law of which one rule has no examples, and perhaps another condition."""
    (ruleset,) = own.rulesets
    rules = tuple(
        replace(rule, examples=(), **changes) if rule.id == rule_id else rule
        for rule in ruleset.rules
    )
    return replace(own, rulesets=(replace(ruleset, rules=rules),))


def test_a_witness_of_another_day(tmp_path):
    """What only the values of another day reach is shown with that day."""
    later = "{from: 2023-04-01, value: 0, source: act}"
    until = "{from: 2020-04-01, until: 2023-03-31, value: 3, source: act}"
    text = broken("{from: 2020-04-01, value: 3, source: act}", f"{until}, {later}")
    text = broken("at_most: $limit", "at_least: $limit", text)
    text = broken("cycles: 0..3", "cycles: 0", text)
    text = broken("fact: {cycles: 4}", "fact: {cycles: 2}, on: 2021-04-01", text)
    own = without_examples(load(tmp_path, text), "TST-02")
    (of_rule,) = [each for each in cover(own, (), ()).rules if each.rule.id == "TST-02"]
    assert [example_text(of_rule.rule, gap) for gap in of_rule.missing] == [
        "- {expect: pass, fact: {cycles: 0}}",
        "- {expect: fail, on: 2020-04-01, fact: {cycles: 2}}",
        "- {expect: unknown, fact: {}}",
        "- {expect: pass, fact: {cycles: 0}}",
        "- {expect: fail, on: 2020-04-01, fact: {cycles: 2}}",
        "- {expect: unknown, fact: {}}",
    ]


def test_cases_reach_what_they_state(tmp_path):
    """A test file reaches what it states, and not what it only judges along with it."""
    text = """\
  - name: a
    as_of: 2026-05-01
    plan:
      standardization:
        scope: list
        systems: {family-register: {exception: transition-support}}
        excluded: [{task: national-pension}]
    expect:
      - {rule: TST-01, key: EXPECTED}
"""
    stated = text.replace("EXPECTED", "family-register, outcome: pass")
    _, coverage = covered(tmp_path, cases=stated)
    assert missing(coverage, "TST-01") == [(19, "not_applicable", ()), (26, "false", (0,))]
    stated = text.replace("EXPECTED", "national-pension, outcome: not_applicable")
    _, coverage = covered(tmp_path, cases=stated)
    assert missing(coverage, "TST-01") == [(30, "decides", (1, 1)), (30, "true", (1, 1))]


def test_what_was_not_judged_reaches_nothing(tmp_path):
    """That there is no subject, as expected, reaches nothing of the conditions."""
    text = (
        "  - {name: a, as_of: 2026-05-01, plan: {}, expect: [{rule: TST-01, outcome: unknown}]}\n"
    )
    _, with_case = covered(tmp_path, cases=text)
    _, without = covered(tmp_path)
    assert with_case == without


def test_what_fails_reaches_nothing(tmp_path):
    """An example that does not come out as stated reaches nothing."""
    own = load(tmp_path)
    results = [replace(each, outcome=Outcome.UNKNOWN) for each in run_examples(own)]
    coverage = cover(own, [each for each in results if not each.passed], ())
    assert coverage.tested == Tally(0, 3)
    assert coverage.whole.reached == 0


def test_what_cannot_be_reached_does_not_count(tmp_path):
    """What no fact can reach is proved to be so, and is no part of the total."""
    never = Leaf("cycles", "at_least", 0)
    own = without_examples(load(tmp_path), "TST-02", require=never)
    coverage = cover(own, (), ())
    (of_rule,) = [each for each in coverage.rules if each.rule.id == "TST-02"]
    assert [each.target for each in of_rule.impossible] == [
        CoverageTarget("fail"),
        CoverageTarget("not_applicable"),
        CoverageTarget("false", (1,)),
    ]
    assert [each.target for each in of_rule.missing] == [
        CoverageTarget("pass"),
        CoverageTarget("unknown"),
        CoverageTarget("true", (1,)),
        CoverageTarget("unknown", (1,)),
    ]


def test_too_many_combinations(tmp_path, monkeypatch):
    """Where there are too many combinations nothing is proved: all counts, without an example."""

    def too_many(*_):
        raise TooManyCells

    monkeypatch.setattr("dxrules.keeper.coverage.cells", too_many)
    own, coverage = covered(tmp_path)
    of_rule = coverage.rules[1]
    assert of_rule.impossible == ()
    assert [(m.target.what, m.witness) for m in of_rule.missing] == [
        ("unknown", None),
        ("not_applicable", None),
        ("unknown", None),
    ]
    shown = in_lines(coverage_lines(own, coverage, Style("en")))
    assert "→ too many combinations of values to find an example" in shown
    told = as_json(Coverage, TestReport(own, (), Trial(()), coverage))
    assert told["missing"][-1]["example"] is None


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_percent(one, other):
    """The share is never rounded up: 100 means that nothing is missing."""
    tally = Tally(min(one, other), max(one, other))
    assert 0 <= tally.percent <= 100
    assert (tally.percent == 100) == (tally.reached == tally.total)


def test_parts_of_conditions(tmp_path):
    """Leaves are shown in words; a group by its kind and what it starts with."""
    group = All((Leaf("published", "is", operand=True), Leaf("status", "is", "established")))
    require = AnyOf((Not(Leaf("cycles", "at_least", 1)), group))
    own = without_examples(load(tmp_path), "TST-02", require=require)
    (of_rule,) = [each for each in cover(own, (), ()).rules if each.rule.id == "TST-02"]
    texts = [missing_text(of_rule.rule, gap) for gap in of_rule.missing]
    assert [text.en for text in texts if "alone" in text.en] == [
        (
            "no test that “not (groups of measures that wait for each other is at least 1)” "
            "alone decides"
        ),
        "no test that “all of (published: yes, …)” alone decides",
        "no test that “published: yes” alone decides",
        "no test that “draft or established is established” alone decides",
    ]
    assert [text.ja for text in texts if "だけで" in text.ja][1] == (
        "『次のすべて(「公表している」に当たるほか)』だけで決まる例がない"
    )
    assert [example_text(of_rule.rule, gap) for gap in of_rule.missing[:4]] == [
        "- {expect: pass, fact: {cycles: 0}}",
        "- {expect: fail, fact: {cycles: 1, status: draft}}",
        "- {expect: unknown, fact: {}}",
        "- {expect: pass, fact: {cycles: 0}}",
    ]


# ---- The command ----

TABLES = {
    "en": """\
ruleset        rules    outcomes    branches    covered
-------------  -------  ----------  ----------  ---------
national/test  3/3      7/10        12/17       70.3 %
total          3/3      7/10        12/17       70.3 %

rulesets/national/test.yaml:19:9: TST-01: no test with outcome “not applicable”
  → - {expect: not_applicable, fact: {status: excluded}}
rulesets/national/test.yaml:26:24: TST-01: no test in which “status is not left out” is false
  → - {expect: not_applicable, fact: {status: excluded}}
""",
    "ja": """\
点検項目集     点検項目    結果    条件の枝    網羅率
-------------  ----------  ------  ----------  --------
national/test  3/3         7/10    12/17       70.3 %
計             3/3         7/10    12/17       70.3 %

rulesets/national/test.yaml:19:9: TST-01: 結果が「対象外」になる例がない
  → - {expect: not_applicable, fact: {status: excluded}}
rulesets/national/test.yaml:26:24: TST-01: 『状況は「対象外」でない』が成り立たない例がない
  → - {expect: not_applicable, fact: {status: excluded}}
""",
}
CALL = ("rules", "test", "--rulesets", "rulesets")


@pytest.fixture
def _here(tmp_path, monkeypatch):
    """Work in a folder with the good ruleset."""
    folder(tmp_path / "rulesets", {"national/test.yaml": GOOD})
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_table(capsys, lang):
    """A table by ruleset, then each thing that is missing with an example to add."""
    assert main([*CALL, "--coverage", "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert TABLES[lang] in out


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize(("least", "code"), [("70.3", 0), ("70.4", 1), ("0", 0), ("100", 1)])
def test_threshold(capsys, least, code):
    """Less than the threshold is a finding; the threshold itself is enough."""
    assert main([*CALL, "--coverage-min", least]) == code
    assert "70.3 %" in capsys.readouterr().out


@pytest.mark.parametrize("least", ["101", "-1", "nan", "全部"])
def test_no_threshold(capsys, least):
    """What is no number from 0 to 100 is refused in both languages."""
    assert main([*CALL, "--coverage-min", least, "--lang", "en"]) == 2
    message = f'dxrules: --coverage-min: "{least}" is no number from 0 to 100.\n'
    assert capsys.readouterr() == ("", message)
    assert main([*CALL, "--coverage-min", least, "--lang", "ja"]) == 2
    assert "0から100までの数ではありません。" in capsys.readouterr().err


@pytest.mark.usefixtures("_here")
def test_json(capsys):
    """JSON has the figures by ruleset and in all, what is missing, and what is impossible."""
    assert main([*CALL, "--coverage", "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)["coverage"]
    figures = {
        "rules": {"reached": 3, "total": 3, "percent": 100.0},
        "outcomes": {"reached": 7, "total": 10, "percent": 70.0},
        "branches": {"reached": 12, "total": 17, "percent": 70.5},
        "percent": 70.3,
    }
    assert report["total"] == figures
    title = {"ja": "試験", "en": "Test"}
    assert report["rulesets"] == [{"id": "national/test", "title": title, **figures}]
    assert report["missing"][1] == {
        "rule": "TST-01",
        "place": {"file": "rulesets/national/test.yaml", "line": 26, "column": 24},
        "what": "false",
        "message": {
            "ja": "『状況は「対象外」でない』が成り立たない例がない",
            "en": "no test in which “status is not left out” is false",
        },
        "example": "- {expect: not_applicable, fact: {status: excluded}}",
    }
    assert {(each["rule"], each["what"]) for each in report["impossible"]} == {
        ("TST-02", "not_applicable"),
        ("TST-03", "not_applicable"),
    }


# ---- What is shipped ----


@pytest.mark.slow
def test_everything_shipped_is_covered():
    """Examples and test files reach all that can be reached of the rules of this checkout."""
    results = run_cases(read_cases(case_files([], ROOT / "rulesets", ""), law()), law()).results
    coverage = cover(law(), run_examples(law()), results)
    left = [(m.place, m.target) for each in coverage.rules for m in each.missing]
    assert left == []
    assert coverage.tested == Tally(len(coverage.rules), len(coverage.rules))
    shown = in_lines(coverage_lines(law(), coverage, Style("en")))
    assert "\nEverything that can be reached is tested\n" in shown
