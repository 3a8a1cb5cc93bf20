"""Rules, facts that fail them, and what can be changed."""

from __future__ import annotations

from datetime import date
from itertools import product

from hypothesis import assume
from hypothesis import strategies as st

from dxrules.assessment.counterfactual_search import asked_of
from dxrules.derivation import VOCABULARY
from dxrules.derivation.declaration import Lever
from dxrules.rules import Outcome, judge
from dxrules.rules.condition import OPERATORS, All, AnyOf, Leaf, Not
from dxrules.rules.domains import representatives
from dxrules.texts import same
from tests.helpers.strategies.rules import rule

TODAY = date(2026, 4, 5)
NEAR = range(TODAY.toordinal() - 4, TODAY.toordinal() + 5)
SMALL = range(-1, 5)
ATTRIBUTES = {
    name: VOCABULARY["collection"].attributes[name] for name in ("start", "done_on", "status")
} | {
    name: VOCABULARY["standardization"].attributes[name]
    for name in ("in_scope", "listed", "unaccounted_names")
}


def numbers(attribute):
    """The days or numbers around which everything happens."""
    return NEAR if attribute.type == "date" else SMALL


@st.composite
def leaves(draw):
    """One of the attributes, an operator that fits it, and a constant near the present."""
    attribute = ATTRIBUTES[draw(st.sampled_from(sorted(ATTRIBUTES)))]
    fitting = [name for name, word in OPERATORS.items() if attribute.type in word.types]
    operator = draw(st.sampled_from(fitting))
    codes = sorted(attribute.codes)
    if operator == "known":
        operand = draw(st.sampled_from([True, True, False]))
    elif attribute.type == "truth":
        operand = draw(st.booleans())
    elif operator in {"in", "not_in"}:
        operand = tuple(draw(st.lists(st.sampled_from(codes), max_size=2)))
    elif attribute.type == "code":
        operand = draw(st.sampled_from(codes))
    else:
        operand = draw(st.sampled_from(numbers(attribute)))
    return Leaf(attribute.name, operator, operand)


def conditions(depth=2):
    """Conditions nested up to a depth."""
    if depth == 0:
        return leaves()
    parts = st.lists(conditions(depth - 1), min_size=2, max_size=3).map(tuple)
    return parts.map(All) | parts.map(AnyOf) | conditions(depth - 1).map(Not)


def levers_of(attribute):
    """Nobody, or one lever, or two."""
    every = {"truth": ("yes", "no"), "code": tuple(sorted(attribute.codes))}.get(attribute.type, ())
    to = st.sampled_from([every, every[:1], every[1:]] if every else [()])
    decide = st.builds(lambda to: Lever("decide", same("…"), to), to)
    state = st.builds(lambda to: Lever("state", same("…"), to), to)
    return st.one_of(
        decide.map(lambda one: (one,)), state.map(lambda one: (one,)), st.tuples(decide, state)
    ) | st.just(())


@st.composite
def failures(draw):
    """A rule, a fact that fails it, and what can be changed."""
    the_rule = rule(draw(conditions()), draw(st.none() | leaves()))
    decide, asked = judge(the_rule), asked_of(the_rule)
    domains = [representatives(ATTRIBUTES[name], those) for name, those in asked.items()]
    facts = [dict(zip(asked, cell, strict=True)) for cell in product(*domains)]
    failing = [fact for fact in facts if decide(fact) is Outcome.FAIL]
    assume(failing)
    levers = {name: draw(levers_of(ATTRIBUTES[name])) for name in asked}
    return the_rule, draw(st.sampled_from(failing)), levers
