"""Rules and facts outside the envelope are refused, and named."""

from __future__ import annotations

import re

import pytest

from dxrules.dates import Range
from dxrules.derivation import Code
from dxrules.engine import (
    Network,
    encode,
)
from dxrules.errors import EnvelopeError, Place
from dxrules.rules.condition import All, AnyOf, Leaf, Not, Param
from dxrules.texts import same
from tests.helpers.strategies.rules import fact, rule

# Rules

AT = "rulesets/test.yaml:7:5: T-01: "
TOO_COMPLEX = (
    "the condition is too complex for durable_rules, even cut into 64 pieces. "
    "Write it as several rules."
)


@pytest.mark.parametrize(
    ("require", "message"),
    [
        (
            Leaf("due", "by", 10**15),
            f"the number {10**15} is too far from zero (the limit is {10**15 - 2}).",
        ),
        (
            Leaf("due", "after", -(10**15)),
            f"the number -{10**15} is too far from zero (the limit is {10**15 - 2}).",
        ),
        (Leaf("id", "is", "?"), "the code ? stands for an unknown one and cannot be used."),
        (Leaf("id", "in", ("a", "\ud800")), "a text holds half of a surrogate pair."),
        (Leaf("id", "is", "長" * 20_000), "it is too long (60002 bytes; the limit is 60000)."),
        (Leaf("due", "by", Param("deadline")), "the parameter $deadline has no value."),
        (
            All((Leaf("id", "is", 5), Leaf("id", "is", "5"))),
            "the attribute id is read both as a code and as a number or date.",
        ),
        (
            All(tuple(Leaf(f"n{n}", "known", operand=True) for n in range(126))),
            "with this rule 252 fields of its kind are read; a fact holds 247.",
        ),
        (
            AnyOf(tuple(All(tuple(Leaf(f"n{m}", "is", n) for m in range(9))) for n in range(8))),
            TOO_COMPLEX,
        ),
    ],
)
def test_rules_that_are_refused(require, message):
    """A rule outside the envelope is refused when compiled, with its place."""
    with pytest.raises(EnvelopeError, match=f"^{re.escape(AT + message)}$"):
        Network([rule(require)])


def test_a_key_that_is_refused():
    """A key is a text like any other."""
    with pytest.raises(EnvelopeError, match=f"^{AT}a text holds half of a surrogate pair.$"):
        Network([rule(AnyOf(()), keys=("\ud800",))])


def test_two_rules_that_read_an_attribute_as_two_types():
    """The second rule is named, since the first alone is well."""
    rules = [
        rule(Leaf("id", "is", operand=True), rule_id="T-01"),
        rule(Leaf("id", "is", "true"), rule_id="T-02", place=Place("rulesets/other.yaml", 3, 5)),
    ]
    with pytest.raises(EnvelopeError) as caught:
        Network(rules)
    assert str(caught.value) == (
        "rulesets/other.yaml:3:5: T-02: "
        "the attribute id is read both as a truth value and as a code."
    )
    assert caught.value.text.ja == (
        "rulesets/other.yaml:3:5: T-02: 属性 id が 真偽 としても コード としても読まれています。"
    )


def test_long_lists_of_codes_are_read():
    """A conjunction of a thousand tests is deep, not complex."""
    Network([rule(Leaf("id", "in", tuple(map(str, range(1_000)))))])


# Facts


READS = All(
    (
        Leaf("due", "is", 0),
        Leaf("sid", "is", operand=True),
        Leaf("id", "is", "done"),
        Leaf("owner", "known", operand=True),
    )
)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"due": True}, "the value True is not a number or date."),
        (
            {"due": Range(0, 1.5)},
            "a number is no integer.",
        ),
        (
            {"sid": Range.point(1)},
            "the value Range(lo=1, hi=1, approximate=False) is not a truth value.",
        ),
        ({"id": same("done")}, "the value Text(ja='done', en='done') is not a code."),
        ({"id": Code("?")}, "the code ? stands for an unknown one and cannot be used."),
        ({"id": Code("\ud800")}, "a text holds half of a surrogate pair."),
    ],
)
def test_facts_that_are_refused(values, message):
    """A fact outside the envelope is refused before durable_rules sees it, with its place."""
    asked = Network([rule(READS), rule(Not(READS), rule_id="T-02")])
    head = "facts/test.yaml:3:1: system a: "
    with pytest.raises(EnvelopeError, match=f"^{re.escape(head + message)}$"):
        asked.ask([fact(values)])


@pytest.mark.parametrize("aspect", ["lo", "hi", "true", "false", "code"])
def test_each_field_is_of_one_type(aspect):
    """No side of an attribute takes a value of another type for its own."""
    with pytest.raises(EnvelopeError, match=r"^the value Text\(ja='5', en='5'\) is not a "):
        encode._READERS[aspect](same("5"))


def test_a_fact_that_is_too_long():
    """The limit is one of bytes, not of characters."""
    asked = Network([rule(AnyOf(()), keys=("a",)), rule(AnyOf(()), rule_id="T-02")])
    with pytest.raises(
        EnvelopeError, match=r"it is too long \(60020 bytes; the limit is 60000\)\.$"
    ):
        asked.ask([fact(key="長" * 20_000)])
