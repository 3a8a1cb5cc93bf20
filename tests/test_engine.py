"""durable_rules inside its envelope: it agrees with the interpreter."""

from __future__ import annotations

import resource
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.dates import Range
from dxrules.derivation import SILENT, UNKNOWN, Code
from dxrules.engine import (
    Disagreement,
    Network,
    disagreements,
    encode,
)
from dxrules.engine.operators import WORDS
from dxrules.rules import condition
from dxrules.rules.condition import OPERATORS, AnyOf, Leaf
from dxrules.rules.rule import Outcome
from dxrules.texts import same
from tests.helpers.engines import MANY, differences, installed, outcomes
from tests.helpers.strategies.rules import CODES, TYPES, fact, fact_lists, rule, rulebooks


@pytest.mark.slow
@installed
@MANY
@given(rulebooks, fact_lists)
def test_agrees_with_the_interpreter(rules, facts):
    """Whatever rules and facts may be, both engines say the same of every pair."""
    assert differences(rules, facts) == {}


class Watched(dict):
    """The values of a fact; `read` keeps those that anybody has read."""

    def __init__(self, values):
        super().__init__(values)
        self.read = {}

    def __getitem__(self, name):
        self.read[name] = super().__getitem__(name)
        return self.read[name]


@pytest.mark.slow
@installed
@MANY
@given(rulebooks, fact_lists)
def test_agrees_about_what_was_read(rules, facts):
    """Values that the interpreter had no need to read are unknown to the other, and both agree."""
    watched = [replace(each, values=Watched(each.values)) for each in facts]
    came = outcomes(rules, watched)
    with Network(rules) as asked:
        answers = asked.ask([replace(each, values=each.values.read) for each in watched])
    assert disagreements(came, *answers) == {}


@installed
def test_what_was_not_read_is_a_concern():
    """An interpreter that stopped too early is found out: what it did not read may be anything."""
    with Network([rule(Leaf("due", "by", 0))]) as asked:
        answers = asked.ask([replace(fact(), values={})])
    found = disagreements({("T-01", 0): Outcome.PASS}, *answers)
    assert found == {("T-01", 0): Disagreement(Outcome.PASS, fails=False, concern=True)}


@pytest.mark.slow
@installed
@given(rulebooks, st.lists(fact_lists, min_size=2, max_size=5))
def test_plans_leave_no_trace(rules, plans):
    """A network that was asked about one plan says the same of the next as a new one."""
    with Network(rules) as asked:
        answers = [asked.ask(facts) for facts in plans]
    for facts, answer in zip(plans, answers, strict=True):
        assert disagreements(outcomes(rules, facts), *answer) == {}


FAR = 10**30
VALUES = {
    "date": [
        Range(*ends, rough)
        for ends in [
            (0, 0),
            (-1, 1),
            (1, 2),
            (None, 0),
            (0, None),
            (None, None),
            (-FAR, -FAR),
            (FAR, FAR),
            (-FAR, FAR),
        ]
        for rough in (False, True)
    ],
    "truth": [True, False],
    "code": [*map(Code, CODES)],
    "text": [same("本文")],
}
VALUES["number"] = VALUES["date"]
OPERANDS = {"date": [-1, 0, 1], "number": [-1, 0, 1], "truth": [True, False], "code": [*CODES]}
LEAVES = [
    Leaf(attribute, operator, operand)
    for attribute, type_ in TYPES.items()
    for operator, word in OPERATORS.items()
    if type_ in word.types
    for operand in (
        [True, False]
        if operator == "known"
        else [(), CODES[:1], CODES]
        if operator in {"in", "not_in"}
        else OPERANDS[type_]
    )
]


@installed
def test_every_operator_on_every_value():
    """Each operator means the same to both engines: as a requirement, and as what applies."""
    never = AnyOf(())
    rules = [rule(each, rule_id=f"R-{n}") for n, each in enumerate(LEAVES)]
    rules += [rule(never, each, rule_id=f"A-{n}") for n, each in enumerate(LEAVES)]
    most = max(map(len, VALUES.values()))
    facts = [
        fact({name: VALUES[type_][n % len(VALUES[type_])] for name, type_ in TYPES.items()})
        for n in range(most)
    ]
    facts += [fact(dict.fromkeys(TYPES, absent)) for absent in (SILENT, UNKNOWN)]
    assert differences(rules, facts) == {}


def test_words_are_those_of_the_language():
    """The engine reads every operator of the language, and no other."""
    assert set(WORDS) == set(OPERATORS)


@installed
@pytest.mark.parametrize("facts", [[], [fact(kind="area")]])
def test_nothing_to_ask(facts):
    """No facts, or facts without rules, have no answers."""
    with Network([rule(AnyOf(()))]) as asked:
        assert asked.ask(facts) == (set(), set())


@installed
def test_no_rules():
    """No rules give no answers."""
    with Network([]) as asked:
        assert asked.ask([fact()]) == (set(), set())


# Disagreement


def test_disagreements_in_every_direction():
    """A fail that is not seen, one that is not there, the same of concerns, a pair not asked."""
    said = {
        ("T-01", 0): Outcome.FAIL,
        ("T-01", 1): Outcome.FAIL,
        ("T-02", 0): Outcome.UNKNOWN,
        ("T-02", 1): Outcome.UNKNOWN,
        ("T-03", 0): Outcome.PASS,
        ("T-03", 1): Outcome.NOT_APPLICABLE,
    }
    fails = {("T-01", 1), ("T-02", 1)}
    concerns = {("T-01", 0), ("T-01", 1), ("T-02", 1), ("T-03", 0), ("T-09", 4)}
    assert disagreements(said, fails, concerns) == {
        ("T-01", 0): Disagreement(Outcome.FAIL, fails=False, concern=True),
        ("T-02", 0): Disagreement(Outcome.UNKNOWN, fails=False, concern=False),
        ("T-02", 1): Disagreement(Outcome.UNKNOWN, fails=True, concern=True),
        ("T-03", 0): Disagreement(Outcome.PASS, fails=False, concern=True),
        ("T-09", 4): Disagreement(None, fails=False, concern=True),
    }


@installed
def test_a_fault_of_the_encoding_is_caught(monkeypatch):
    """An encoder that makes ranges narrower than they are is found out by the interpreter."""
    monkeypatch.setattr(encode, "_BOTH_SIDES", ())
    monkeypatch.setitem(encode._READERS, "hi", encode._lo)
    found = differences([rule(Leaf("due", "by", 0))], [fact({"due": Range(-1, 1)})])
    assert found == {("T-01", 0): Disagreement(Outcome.UNKNOWN, fails=False, concern=False)}


ENDS = (Range(1, 2), Range(None, 2), Range(1, None, approximate=True), Range(-(10**16), 10**16))


@pytest.mark.parametrize("value", [*ENDS, True, False, SILENT, UNKNOWN], ids=repr)
def test_both_sides_are_written_as_each_of_them(value):
    """Two fields that are written at once are what each of them is by itself."""
    for one, other, writer in encode._BOTH_SIDES:
        if isinstance(value, bool) is (one == "lo") or (isinstance(value, Range) and one == "true"):
            continue
        alone = [encode._READERS[side](value) for side in (one, other)]
        assert writer("a", "b")(value) == f',"a":{alone[0]},"b":{alone[1]}'


@installed
def test_a_fault_of_the_interpreter_is_caught(monkeypatch):
    """An interpreter that takes `after` for `by` is found out by durable_rules."""
    monkeypatch.setattr(condition, "OPERATORS", {**OPERATORS, "after": OPERATORS["by"]})
    found = differences([rule(Leaf("due", "after", 0))], [fact({"due": Range(1, 1)})])
    assert found == {("T-01", 0): Disagreement(Outcome.FAIL, fails=False, concern=False)}


# Size


@pytest.mark.slow
@installed
def test_a_thousand_rules_and_five_thousand_facts():
    """A prefecture's worth is answered in one run."""
    kinds = [f"kind-{n}" for n in range(20)]
    rules = [
        rule(
            AnyOf((Leaf("kind", "is_not", code), Leaf("count", "at_most", most))),
            rule_id=f"{kind}/{code}/{most}",
            kind=kind,
        )
        for kind in kinds
        for code in CODES
        for most in range(10)
    ]
    facts = [
        fact({"kind": Code(CODES[n % 5]), "count": Range(n % 7, n % 11 + 7)}, kinds[n % 20], f"{n}")
        for n in range(5_000)
    ]
    assert len(rules) == 1_000
    assert differences(rules, facts) == {}


@pytest.mark.slow
@installed
def test_memory_is_flat():
    """Hundreds of plans leave nothing behind, and neither do networks that are thrown away."""
    rules = [rule(Leaf("count", "at_most", n), rule_id=f"T-{n}") for n in range(20)]
    facts = [fact({"count": Range(n, n + 3)}) for n in range(40)]
    asked = Network(rules)
    for _ in range(30):
        asked.ask(facts)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for plan in range(300):
        asked.ask(facts)
        if plan % 10 == 0:
            Network(rules).ask(facts)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 16_000, f"{grown} kB"
