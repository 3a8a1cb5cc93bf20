"""For the ruleset keeper: the examples one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dxrules.cli import main
from dxrules.errors import RulesetError
from dxrules.keeper.case_runner import run_examples
from dxrules.rules import Outcome, load_law
from tests.helpers.lawbooks import broken, folder, law, load


def test_examples_run_one_by_one(tmp_path):
    """Each example runs by the values of its own day, else of the last day that is known."""
    results = list(run_examples(load(tmp_path)))
    assert [(r.rule.id, r.example.place.line, r.day, r.outcome.value) for r in results] == [
        ("TST-01", 35, date(2026, 9, 30), "pass"),
        ("TST-01", 36, date(2021, 4, 1), "pass"),
        ("TST-01", 37, date(2026, 9, 30), "fail"),
        ("TST-01", 38, date(2026, 9, 30), "unknown"),
        ("TST-02", 52, date(2026, 9, 30), "pass"),
        ("TST-02", 53, date(2026, 9, 30), "fail"),
        ("TST-03", 67, date(2026, 9, 30), "pass"),
        ("TST-03", 68, date(2026, 9, 30), "fail"),
    ]
    assert all(result.passed for result in results)


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        ("{announced: 2020-04-01, from: 2020-04-01, until: 2025-12-16}", date(2025, 12, 16)),
        ("{announced: 2026-06-26, from: 2027-07-01}", date(2027, 7, 1)),
    ],
    ids=["lapsed", "to come"],
)
def test_the_day_of_an_example(tmp_path, lines, day):
    """A lapsed rule runs by its last day, one that is still to come by its first."""
    text = broken("{announced: 2020-04-01, from: 2020-04-01}", lines)
    assert [r.day for r in run_examples(load(tmp_path, text)) if r.rule.id == "TST-03"] == [day] * 2


def test_an_example_that_does_not_come_out(tmp_path):
    """What came out otherwise is told with what came out."""
    loaded = load(tmp_path)
    (ruleset,) = loaded.rulesets
    rule = ruleset.rules[2]
    wrong = replace(rule, examples=(replace(rule.examples[0], expect=Outcome.FAIL),))
    (result,) = run_examples(replace(loaded, rulesets=(replace(ruleset, rules=(wrong,)),)))
    assert (result.passed, result.outcome, result.example.expect) == (
        False,
        Outcome.PASS,
        Outcome.FAIL,
    )


def test_every_rule_has_examples_of_what_it_can_say():
    """Each rule of this checkout has a pass and a fail; one about the town an unknown, too."""
    shown = {}
    for result in run_examples(law()):
        assert result.passed
        shown.setdefault(result.rule.id, set()).add(result.outcome)
    rules = list(law().rules)
    assert set(shown) == {rule.id for rule in rules}
    for rule in rules:
        wanted = {Outcome.PASS, Outcome.FAIL} | (
            {Outcome.UNKNOWN} if rule.about == "town" else set()
        )
        assert wanted <= shown[rule.id]


def test_examples_that_fail_are_shown_and_not_refused(tmp_path, capsys):
    """`rules test` runs what loading would refuse: it prints each failed example, and exits 1."""
    root = folder(tmp_path, {"national/test.yaml": broken("{cycles: 4}", "{cycles: 3}")})
    with pytest.raises(RulesetError):
        load_law(root)
    assert main(["rules", "test", "--rulesets", str(root), "--lang", "en"]) == 1
    out, _ = capsys.readouterr()
    assert "NG TST-02" in out
    assert "test.yaml:53:9: fail ≠ pass" in out
    assert "7 of 8 examples came out as stated" in out
