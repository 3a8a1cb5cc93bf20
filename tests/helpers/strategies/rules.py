"""Strategies for conditions, rules and facts: everything that the language of rules allows.

The attributes have few values, close to the constants, so that every outcome is met often.
"""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from hypothesis import strategies as st

from dxrules.dates import Range
from dxrules.derivation import SILENT, UNKNOWN, Code, Fact
from dxrules.errors import Place
from dxrules.rules.condition import OPERATORS, All, AnyOf, Leaf, Not
from dxrules.rules.rule import InForce, Rule
from dxrules.texts import same

PLACE = Place("rulesets/test.yaml", 7, 5)
KINDS = ("system", "計画")
KEYS = ("a", "b", '"', "住民記録", "kind")
CODES = ("done", "none", "未了", 'say "done"', "")
TYPES = {
    "due": "date",
    "kind": "code",
    "id": "code",
    "count": "number",
    "日数": "number",
    "$and": "truth",
    "sid": "truth",
    "owner": "text",
}

numbers = st.integers(-3, 3)
ends = st.none() | numbers
ranges = st.builds(
    lambda one, other, approximate: Range(
        *((one, other) if None in (one, other) or one <= other else (other, one)), approximate
    ),
    ends,
    ends,
    st.booleans(),
)
points = numbers.map(Range.point)

_constants = {
    "date": numbers,
    "number": numbers,
    "truth": st.booleans(),
    "code": st.sampled_from(CODES),
}
_stated = {
    "date": ranges | points,
    "number": ranges | points,
    "truth": st.booleans(),
    "code": st.sampled_from(CODES).map(Code),
    "text": st.text(max_size=5).map(same),
}
_values = {type_: st.sampled_from([SILENT, UNKNOWN]) | stated for type_, stated in _stated.items()}


def operands(attribute, operator):
    """Constants that an operator may compare an attribute with."""
    if operator == "known":
        return st.booleans()
    if operator in {"in", "not_in"}:
        return st.lists(st.sampled_from(CODES), max_size=3).map(tuple)
    return _constants[TYPES[attribute]]


@st.composite
def leaves(draw):
    """One attribute, an operator that fits its type, and a constant."""
    attribute = draw(st.sampled_from(sorted(TYPES)))
    fitting = [name for name, word in OPERATORS.items() if TYPES[attribute] in word.types]
    operator = draw(st.sampled_from(fitting))
    return Leaf(attribute, operator, draw(operands(attribute, operator)))


def conditions(depth=3):
    """Conditions nested up to a depth, empty groups included."""
    if depth == 0:
        return leaves()
    inner = conditions(depth - 1)
    parts = st.lists(inner, max_size=3).map(tuple)
    return leaves() | parts.map(All) | parts.map(AnyOf) | inner.map(Not)


def rule(require, applies=None, rule_id="T-01", kind="system", keys=(), place=PLACE):
    """Return a rule of which only what the engine reads matters."""
    text = same("…")
    day = date(2026, 4, 1)
    return Rule(
        id=rule_id,
        ruleset="test",
        title=text,
        about="plan",
        strength="advice",
        severity="warning",
        draft=False,
        source=None,
        source_key="source",
        clause=None,
        in_force=InForce(day, day),
        kind=kind,
        keys=keys,
        applies=applies,
        require=require,
        unless_failed=None,
        due=None,
        message=text,
        remedy=text,
        place=place,
    )


rules = st.builds(rule, conditions(), st.none() | conditions())


def fact(values=MappingProxyType({}), kind="system", key="a"):
    """Return a fact with the values given; all others are unknown."""
    known = {**dict.fromkeys(TYPES, UNKNOWN), **values}
    return Fact(kind, key, same(key), known, Place("facts/test.yaml", 3, 1))


rulebooks = st.lists(
    st.builds(
        lambda require, applies, kind, keys: (require, applies, kind, keys),
        conditions(),
        st.none() | conditions(),
        st.sampled_from(KINDS),
        st.just(()) | st.lists(st.sampled_from(KEYS), max_size=2, unique=True).map(tuple),
    ),
    min_size=1,
    max_size=8,
).map(
    lambda parts: [
        rule(require, applies, f"T-{number:02}", kind, keys)
        for number, (require, applies, kind, keys) in enumerate(parts)
    ]
)

facts = st.builds(
    lambda kind, key, values: fact(values, kind, key),
    st.sampled_from(KINDS),
    st.sampled_from(KEYS),
    st.fixed_dictionaries({name: _values[type_] for name, type_ in TYPES.items()}),
)
fact_lists = st.lists(facts, max_size=12)
