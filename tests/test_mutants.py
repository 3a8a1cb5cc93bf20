"""Small changes of rules: which there are, which the examples notice, which make no difference."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.dates import Range
from dxrules.derivation import SILENT, UNKNOWN, VOCABULARY, Code
from dxrules.keeper.mutants import (
    MutantWitness,
    MutationReport,
    Survivor,
    survivors,
)
from dxrules.keeper.mutation_operators import Mutant, mutants
from dxrules.report.json_rules_test import Mutants
from dxrules.report.json_values import dump
from dxrules.report.json_views import as_json
from dxrules.report.rule_tests import mutant_lines
from dxrules.report.terminal import Style
from dxrules.rules import Outcome, judge
from dxrules.rules.checks import example_day
from dxrules.rules.condition import All, AnyOf, Leaf, Not
from dxrules.rules.implication import compare
from dxrules.rules.rule import Example
from dxrules.rules.ruleset import constants_on, resolved
from tests.helpers.examples import of_hundred
from tests.helpers.lawbooks import GOOD, law, load
from tests.helpers.printed import in_lines
from tests.helpers.strategies.facts import rules_and_fact
from tests.helpers.strategies.rules import PLACE, rule

APRIL = date(2026, 4, 1).toordinal()


def changes(require, applies=None, kind="measure"):
    """Return what each mutant of a rule without parameters changes."""
    return [(m.was, m.now) for m in mutants(law(), rule(require, applies, kind=kind))]


# ---- Which there are ----


@pytest.mark.parametrize(
    ("leaf", "kind", "expected"),
    [
        (
            Leaf("due", "by", APRIL),
            "measure",
            [
                "{due: {before: 2026-04-01}}",
                "{due: {after: 2026-04-01}}",
                "{due: {from: 2026-04-01}}",
                "{due: {by: 2026-03-31}}",
                "{due: {by: 2026-04-02}}",
            ],
        ),
        (
            Leaf("slack_days", "at_least", 0),
            "measure",
            [
                "{slack_days: {at_most: 0}}",
                "{slack_days: {at_least: -1}}",
                "{slack_days: {at_least: 1}}",
            ],
        ),
        (Leaf("overdue", "is", operand=True), "measure", ["{overdue: {is_not: yes}}"]),
        (Leaf("owner", "known", operand=True), "measure", ["{owner: {known: no}}"]),
        (Leaf("overdue", "known", operand=False), "measure", ["{overdue: {known: yes}}"]),
        (
            Leaf("exception", "is_not", "none"),
            "system",
            [
                "{exception: {is: none}}",
                "{exception: {is_not: transition-support}}",
                "{exception: {is_not: migration-difficult}}",
            ],
        ),
        (
            Leaf("exception", "in", ("none", "transition-support")),
            "system",
            [
                "{exception: {not_in: [none, transition-support]}}",
                "{exception: {in: [none]}}",
                "{exception: {in: [none, transition-support, migration-difficult]}}",
                "{exception: {in: [transition-support]}}",
            ],
        ),
    ],
)
def test_a_leaf(leaf, kind, expected):
    """The operator is turned, the constant moved by one or replaced."""
    assert [now for _, now in changes(leaf, kind=kind)] == expected


@pytest.mark.parametrize("end", [date.min, date.max])
def test_the_ends_of_the_calendar(end):
    """No day is moved off the calendar."""
    assert len(changes(Leaf("due", "by", end.toordinal()))) == 4


def test_groups_and_negations():
    """A group is turned, each of its parts dropped, a negation dropped; then within each part."""
    late, mine = Leaf("overdue", "is", operand=True), Leaf("owner", "known", operand=True)
    assert changes(AnyOf((late, Not(mine), mine)), late) == [
        ("{overdue: {is: yes}}", None),
        ("{overdue: {is: yes}}", "{overdue: {is_not: yes}}"),
        ("{any: […, …, …]}", "{all: […, …, …]}"),
        ("{overdue: {is: yes}}", None),
        ("{overdue: {is: yes}}", "{overdue: {is_not: yes}}"),
        ("{not: {owner: {known: yes}}}", None),
        ("{not: {owner: {known: yes}}}", "{owner: {known: yes}}"),
        ("{owner: {known: yes}}", "{owner: {known: no}}"),
        ("{owner: {known: yes}}", None),
        ("{owner: {known: yes}}", "{owner: {known: no}}"),
    ]


def test_what_a_mutant_is():
    """Each mutant is the rule with just that change."""
    late, mine = Leaf("overdue", "is", operand=True), Leaf("owner", "known", operand=True)
    one = rule(All((late, mine)), kind="measure")
    assert [m.rule for m in mutants(law(), one)] == [
        replace(one, require=AnyOf((late, mine))),
        replace(one, require=mine),
        replace(one, require=All((Leaf("overdue", "is_not", operand=True), mine))),
        replace(one, require=late),
        replace(one, require=All((late, Leaf("owner", "known", operand=False)))),
    ]


def test_parameters_change_entry_by_entry(tmp_path):
    """Each value of a parameter changes alone, if it holds while the rule does."""
    loaded = load(tmp_path)
    (ruleset,) = loaded.rulesets
    of_parameters = [m for m in mutants(loaded, ruleset.rules[0]) if m.swap]
    assert [(str(m.place)[-5:], m.was, m.now) for m in of_parameters] == [
        ("29:21", "$deadline: {from: 2020-04-01, value: 2025-03-31}", "{value: 2025-03-30}"),
        ("29:21", "$deadline: {from: 2020-04-01, value: 2025-03-31}", "{value: 2025-04-01}"),
        ("29:21", "$deadline: {from: 2023-04-01, value: 2026-03-31}", "{value: 2026-03-30}"),
        ("29:21", "$deadline: {from: 2023-04-01, value: 2026-03-31}", "{value: 2026-04-01}"),
        *(
            ("30:23", "$accepted: {from: 2020-04-01, value: [transition-support]}", now)
            for now in (
                "{value: []}",
                "{value: [transition-support, migration-difficult]}",
                "{value: [transition-support, none]}",
            )
        ),
    ]
    later = replace(
        ruleset.rules[0],
        in_force=replace(ruleset.rules[0].in_force, since=date(2023, 4, 1)),
    )
    dates = [m.was for m in mutants(loaded, later) if m.swap and m.swap.name == "deadline"]
    assert dates == ["$deadline: {from: 2023-04-01, value: 2026-03-31}"] * 2
    early = replace(
        ruleset.rules[0],
        in_force=replace(ruleset.rules[0].in_force, until=date(2023, 3, 31)),
    )
    dates = [m.was for m in mutants(loaded, early) if m.swap and m.swap.name == "deadline"]
    assert dates == ["$deadline: {from: 2020-04-01, value: 2025-03-31}"] * 2


def test_a_changed_parameter_holds_on_its_days(tmp_path):
    """A changed value stands in for its own entry, and no other."""
    loaded = load(tmp_path)
    (first, *_) = (m for m in mutants(loaded, loaded.rulesets[0].rules[0]) if m.swap)

    def deadline(day):
        return first.on(day, constants_on(loaded.rulesets, day)).due_on

    assert deadline(date(2023, 3, 31)) == Range.point(date(2025, 3, 30).toordinal())
    assert deadline(date(2023, 4, 1)) == Range.point(date(2026, 3, 31).toordinal())


# ---- What becomes of them ----


def with_example(one, survivor):
    """Return a rule with the example that a survivor's witness stands for."""
    witness = survivor.witness
    example = Example(witness.was, witness.values, PLACE, witness.on)
    return replace(one, examples=(*one.examples, example))


def of_one(one):
    """Return what becomes of the mutants of one rule, beside those that travel along."""
    (ruleset, *_) = law().rulesets
    alone = replace(ruleset, rules=(one,), known_until=date(2026, 9, 30))
    return survivors(replace(law(), rulesets=(alone,)))


@pytest.mark.slow
@of_hundred(50)
@given(rules_and_fact(1))
def test_the_examples_asked_for_suffice(drawn):
    """Each living mutant comes with an example that kills it; with all of them none lives."""
    (one,), _ = drawn
    before = of_one(one)
    assert before.killed == 0
    full = one
    for survivor in before.alive:
        full = with_example(full, survivor)
    after = of_one(full)
    assert after.alive == ()
    assert (after.killed, len(after.equivalent)) == (len(before.alive), len(before.equivalent))


@pytest.mark.slow
@of_hundred(50)
@given(st.data())
def test_equivalent_mutants_make_no_difference(data):
    """No fact tells an equivalent mutant from its rule."""
    (one,), fact = data.draw(rules_and_fact(1))
    for mutant in of_one(one).equivalent:
        assert judge(mutant.rule)(fact) is judge(one)(fact)
        assert compare(one, mutant.rule).change == "same"


def test_witnesses_are_short():
    """A witness leaves out what it does not need, and prefers what is clear to what is not."""
    one = rule(
        Leaf("due", "by", APRIL),
        All((Leaf("overdue", "is", operand=True), Leaf("status", "is", "planned"))),
        kind="measure",
    )
    found = {(s.mutant.was, s.mutant.now): s.witness for s in of_one(one).alive}
    assert found["{status: {is: planned}}", None] == MutantWitness(
        {"overdue": UNKNOWN, "status": Code("done"), "due": UNKNOWN},
        Outcome.NOT_APPLICABLE,
        Outcome.UNKNOWN,
    )
    assert found["{due: {by: 2026-04-01}}", "{due: {by: 2026-04-02}}"] == MutantWitness(
        {"overdue": True, "status": Code("planned"), "due": Range.point(APRIL + 1)},
        Outcome.FAIL,
        Outcome.PASS,
    )


def test_days_are_named_where_they_must_be(tmp_path):
    """A value that no longer holds needs an example with its day; one that holds does not."""
    text = GOOD.replace(
        "      - {expect: pass, fact: {status: migrated, done_on: 2025-03-31}, on: 2021-04-01}\n",
        "",
    )
    found = [s for s in survivors(load(tmp_path, text)).alive if s.mutant.swap]
    assert [(s.mutant.swap.name, s.witness.on) for s in found] == [
        ("deadline", date(2020, 6, 1)),
        ("deadline", date(2020, 6, 1)),
        ("accepted", None),
        ("accepted", None),
    ]


def test_too_many_combinations_are_no_proof():
    """What cannot be decided counts as living, without an example."""
    names = [a.name for a in VOCABULARY["plan"].attributes.values() if a.type != "code"]
    one = rule(All(tuple(Leaf(name, "known", operand=True) for name in names)), kind="plan")
    found = of_one(one)
    assert {survivor.witness for survivor in found.alive} == {None}
    assert (found.killed, found.equivalent) == (0, ())


def test_no_mutant_of_the_shipped_rules_lives():
    """The examples of this checkout notice every change that makes a difference."""
    report = survivors(law())
    assert [(s.mutant.rule.id, s.mutant.was, s.mutant.now) for s in report.alive] == []
    assert report.killed > 500
    assert len(report.equivalent) < report.killed / 50
    for mutant in report.equivalent:
        day = example_day(mutant.rule, law().rulesets[0].known_until)
        constants = constants_on(law().rulesets, day)
        change = compare(resolved(mutant.rule, constants), mutant.on(day, constants))
        assert change.change == "same"


# ---- The report ----


def report_of(require, *examples):
    """Return what becomes of the mutants of one rule on measures, with its examples."""
    made = tuple(Example(expect, values, PLACE) for expect, values in examples)
    return of_one(replace(rule(require, kind="measure"), examples=made))


APPROXIMATE = MutationReport(
    3,
    (),
    (
        Survivor(
            Mutant(rule(Leaf("cycles", "at_most", 0), kind="plan"), PLACE, "a", "b"),
            MutantWitness({"cycles": Range(0, None)}, Outcome.UNKNOWN, Outcome.PASS),
        ),
        Survivor(Mutant(rule(Leaf("cycles", "at_most", 0)), PLACE, "c", None), None),
    ),
)


EN = """\

rulesets/test.yaml:7:5: T-01: {all: […, …]} → {any: […, …]}
  → - {expect: fail, fact: {overdue: yes}} (changed: undetermined)
rulesets/test.yaml:7:5: T-01: {overdue: {is: no}} → (nothing)
  → - {expect: fail, fact: {overdue: yes}} (changed: undetermined)
rulesets/test.yaml:7:5: T-01: {overdue: {is: no}} → {overdue: {is_not: no}}
  → - {expect: fail, fact: {overdue: yes}} (changed: undetermined)
Changes proved to make no difference:
  rulesets/test.yaml:7:5: T-01: {all: [{overdue: {is: no}}, {owner: {known:
    yes}}]} → (nothing)
  rulesets/test.yaml:7:5: T-01: {owner: {known: yes}} → (nothing)
  rulesets/test.yaml:7:5: T-01: {owner: {known: yes}} → {owner: {known: no}}
Of 9 small changes of the rules the examples notice 3; 3 make no difference, 3
go unnoticed
"""
JA = """\

rulesets/test.yaml:7:5: T-01: {all: […, …]} → {any: […, …]}
  → - {expect: fail, fact: {overdue: yes}} (変更後は要確認)
rulesets/test.yaml:7:5: T-01: {overdue: {is: no}} → (なし)
  → - {expect: fail, fact: {overdue: yes}} (変更後は要確認)
rulesets/test.yaml:7:5: T-01: {overdue: {is: no}} → {overdue: {is_not: no}}
  → - {expect: fail, fact: {overdue: yes}} (変更後は要確認)
どの事実でも結果が変わらないことを確かめた変更:
  rulesets/test.yaml:7:5: T-01: {all: [{overdue: {is: no}}, {owner: {known:
    yes}}]} → (なし)
  rulesets/test.yaml:7:5: T-01: {owner: {known: yes}} → (なし)
  rulesets/test.yaml:7:5: T-01: {owner: {known: yes}} → {owner: {known: no}}
点検項目を少しだけ変えた 9 通りのうち、例が気付くもの 3、結果の変わらないもの
3、気付かれないもの 3
"""
AT = {"file": "rulesets/test.yaml", "line": 7, "column": 5}
JSON = {
    "counts": {"total": 14, "killed": 6, "equivalent": 3, "alive": 5},
    "alive": [
        {
            "rule": "T-01",
            "place": AT,
            "was": "{all: […, …]}",
            "now": "{any: […, …]}",
            "expected": "fail",
            "came": "unknown",
            "example": "- {expect: fail, fact: {overdue: yes}}",
        },
        {
            "rule": "T-01",
            "place": AT,
            "was": "{overdue: {is: no}}",
            "now": None,
            "expected": "fail",
            "came": "unknown",
            "example": "- {expect: fail, fact: {overdue: yes}}",
        },
        {
            "rule": "T-01",
            "place": AT,
            "was": "{overdue: {is: no}}",
            "now": "{overdue: {is_not: no}}",
            "expected": "fail",
            "came": "unknown",
            "example": "- {expect: fail, fact: {overdue: yes}}",
        },
        {
            "rule": "T-01",
            "place": AT,
            "was": "a",
            "now": "b",
            "expected": "unknown",
            "came": "pass",
            "example": None,
        },
        {
            "rule": "T-01",
            "place": AT,
            "was": "c",
            "now": None,
            "expected": None,
            "came": None,
            "example": None,
        },
    ],
    "equivalent": [
        {
            "rule": "T-01",
            "place": AT,
            "was": "{all: [{overdue: {is: no}}, {owner: {known: yes}}]}",
            "now": None,
        },
        {"rule": "T-01", "place": AT, "was": "{owner: {known: yes}}", "now": None},
        {
            "rule": "T-01",
            "place": AT,
            "was": "{owner: {known: yes}}",
            "now": "{owner: {known: no}}",
        },
    ],
}


@pytest.fixture(scope="module")
def report():
    """Return what becomes of the mutants of a rule with two examples and an idle part."""
    late, mine = Leaf("overdue", "is", operand=False), Leaf("owner", "known", operand=True)
    return report_of(
        AnyOf((late, All((late, mine)))),
        (Outcome.PASS, {"overdue": False}),
        (Outcome.FAIL, {"overdue": True, "owner": SILENT}),
    )


def test_report(report):
    """Each living mutant comes with an example to paste; those proved equivalent are named."""
    assert in_lines(mutant_lines(report, Style("en", 80))) == EN
    assert in_lines(mutant_lines(report, Style("ja", 80))) == JA


def test_report_of_what_cannot_be_shown():
    """A value that no example can state, and a proof that was given up, are said to be that."""
    assert in_lines(mutant_lines(APPROXIMATE, Style("en"))) == dedent("""\

        rulesets/test.yaml:7:5: T-01: a → b
          → the values that make a difference cannot be written
        rulesets/test.yaml:7:5: T-01: c → (nothing)
          → too many combinations of values to find an example
        Of 5 small changes of the rules the examples notice 3; 0 make no difference, 2 go unnoticed
    """)
    assert in_lines(mutant_lines(APPROXIMATE, Style("ja", 79))) == dedent("""\

        rulesets/test.yaml:7:5: T-01: a → b
          → 違いの出る値を、例には書けない
        rulesets/test.yaml:7:5: T-01: c → (なし)
          → 値の組合せが多く、例を示せない
        点検項目を少しだけ変えた 5 通りのうち、例が気付くもの 3、結果の変わらないもの
        0、気付かれないもの 2
    """)


def test_json(report):
    """JSON has the numbers, and each mutant that lives or makes no difference."""
    both = MutationReport(
        report.killed + APPROXIMATE.killed,
        report.equivalent,
        (*report.alive, *APPROXIMATE.alive),
    )
    assert json.loads(dump(as_json(Mutants, both))) == JSON
