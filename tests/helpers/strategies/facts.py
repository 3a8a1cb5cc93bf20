"""Strategies for conditions and facts in the words of the vocabulary, within its bounds."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from dxrules.dates import Range
from dxrules.derivation import SILENT, UNKNOWN, VOCABULARY, Code
from dxrules.rules.condition import OPERATORS, All, AnyOf, Leaf, Not
from dxrules.rules.domains import consistent
from dxrules.texts import same
from tests.helpers.strategies.rules import rule

FIRST, LAST = date.min.toordinal(), date.max.toordinal()
BEGIN = date(2026, 4, 1).toordinal()

kinds = st.sampled_from(sorted(VOCABULARY))
_numbers = st.integers(-4, 4)
_days = st.integers(BEGIN - 3, BEGIN + 3) | st.sampled_from([FIRST, FIRST + 1, LAST - 1, LAST])


def numbers(attribute):
    """Numbers that a value of an attribute may have as an end: none below the least."""
    if attribute.type == "date":
        return _days
    return _numbers if attribute.least is None else st.integers(attribute.least, 4)


@st.composite
def ranges(draw, attribute):
    """Ranges of an attribute; only an approximate one may lack the end that a least one gives."""
    lo, hi = draw(st.none() | numbers(attribute)), draw(st.none() | numbers(attribute))
    if lo is not None and hi is not None and lo > hi:
        lo, hi = hi, lo
    return Range(attribute.least if lo is None else lo, hi, draw(st.booleans()))


def values(attribute):
    """Whatever an attribute can be."""
    absent = st.sampled_from([SILENT, UNKNOWN])
    match attribute.type:
        case "truth":
            return absent | st.booleans()
        case "code":
            return absent | st.sampled_from(sorted(attribute.codes)).map(Code)
        case "text":
            return absent | st.text(max_size=5).map(same)
        case _:
            return absent | ranges(attribute) | numbers(attribute).map(Range.point)


def _operands(attribute, operator):
    if operator == "known":
        return st.booleans()
    if operator in {"in", "not_in"}:
        return st.lists(st.sampled_from(sorted(attribute.codes)), max_size=3).map(tuple)
    match attribute.type:
        case "truth":
            return st.booleans()
        case "code":
            return st.sampled_from(sorted(attribute.codes))
        case "date":
            return _days
        case _:
            return _numbers


@st.composite
def leaves(draw, attribute):
    """An attribute, an operator that fits its type, and a constant."""
    fitting = [name for name, word in OPERATORS.items() if attribute.type in word.types]
    operator = draw(st.sampled_from(fitting))
    return Leaf(attribute.name, operator, draw(_operands(attribute, operator)))


def conditions(attributes, depth=2):
    """Conditions on some attributes of a kind, nested up to a depth."""
    leaf = st.sampled_from(attributes).flatmap(leaves)
    if depth == 0:
        return leaf
    inner = conditions(attributes, depth - 1)
    parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return leaf | parts.map(All) | parts.map(AnyOf) | inner.map(Not)


@st.composite
def attributes_of(draw, kind):
    """Two or three attributes of a kind."""
    every = list(VOCABULARY[kind].attributes.values())
    return draw(
        st.lists(st.sampled_from(every), min_size=2, max_size=3, unique_by=lambda a: a.name)
    )


def facts(kind, attributes):
    """The values of some attributes of a kind that one fact can have together."""
    every = st.fixed_dictionaries({a.name: values(a) for a in attributes})
    return every.filter(consistent(kind, {a.name for a in attributes}))


@st.composite
def rules_and_fact(draw, number):
    """As many rules on the same attributes of one kind, and a fact that can be, of these alone."""
    kind = draw(kinds)
    attributes = draw(attributes_of(kind))
    made = [
        rule(draw(conditions(attributes)), draw(st.none() | conditions(attributes)), kind=kind)
        for _ in range(number)
    ]
    return made, draw(facts(kind, attributes))


@st.composite
def attributes_with_leaves(draw):
    """An attribute of the vocabulary with leaves on it."""
    found = draw(attributes_of(draw(kinds)))[0]
    return found, draw(st.lists(leaves(found), max_size=4))
