"""Levers: what a town can change, and how that reads."""

from __future__ import annotations

from string import Formatter

import pytest

from dxrules.derivation import VOCABULARY
from dxrules.derivation.vocabulary_page import BY_LABELS
from tests.helpers.lawbooks import law

LEVERS_OF = [
    (kind, attribute, lever)
    for kind in VOCABULARY.values()
    for attribute in kind.attributes.values()
    for lever in attribute.levers
]


def _names(text):
    return {name for side in (text.ja, text.en) for _, name, _, _ in Formatter().parse(side)} - {
        None
    }


def test_levers_fit_their_attribute():
    """A lever leads to what its attribute can be, and has the words for it."""
    for kind, attribute, lever in LEVERS_OF:
        at = f"{kind.name}.{attribute.name}"
        known = {"truth": {"yes", "no"}, "code": attribute.codes.keys()}.get(attribute.type, set())
        assert lever.by in BY_LABELS, at
        assert set(lever.to) <= known, at
        assert lever.to or attribute.type != "truth", at
        assert _names(lever.words) <= ({"value"} if attribute.type == "code" else set()), at
        assert lever.within is None or attribute.type in {"date", "number"}, at
        for name, word in lever.implies:
            other = kind.attributes[name]
            assert word in ({"yes", "no"} if other.type == "truth" else other.codes), at


def test_what_is_stated_is_stated_as_it_is():
    """Words for what is so already are conditional, or name what there must be to be stated."""
    for kind, attribute, lever in LEVERS_OF:
        told, at = lever.within or lever.words, f"{kind.name}.{attribute.name}"
        if lever.by == "state" and attribute.type in {"code", "truth"}:
            assert told.en.startswith("if "), at
            assert "なら" in told.ja or "れば" in told.ja, at


def test_every_shipped_rule_asks_for_something_that_can_be_changed():
    """Only the rule about the period and the day judged asks for what no town can change."""
    from dxrules.rules.condition import leaves

    assert [
        rule.id
        for ruleset in law().rulesets
        for rule in ruleset.rules
        if not any(
            VOCABULARY[rule.kind].attributes[leaf.attribute].levers for leaf in leaves(rule.require)
        )
    ] == ["DXP-02"]


REASONS = {"no_period_because", "because", "declines", "excluded", "reason"}
"""Keys of the plan file that take a reason."""


def _remedies():
    return [(rule, rule.remedy) for rule in law().rules]


@pytest.mark.parametrize(("rule", "remedy"), [pytest.param(r, t, id=r.id) for r, t in _remedies()])
def test_remedies_offer_reasons_only_where_a_plan_file_takes_them(rule, remedy):
    """A remedy that speaks of a reason belongs to a rule that reads a key which takes one."""
    from dxrules.rules.condition import leaves

    asked = [*leaves(rule.require), *(leaves(rule.applies) if rule.applies else ())]
    known = VOCABULARY[rule.kind].attributes
    reads = {key for leaf in asked for key in known[leaf.attribute].reads}
    offered = "理由" in remedy.ja or "why" in remedy.en or "reason" in remedy.en
    late = rule.id == "SCH-06"  # why it is late stands beside the status that it is judged by
    assert not offered or late or reads & REASONS


def test_levers_change_what_a_plan_file_says():
    """What has a lever is drawn from keys of the plan file, which the town can write."""
    for kind, attribute, _ in LEVERS_OF:
        at = f"{kind.name}.{attribute.name}"
        assert attribute.reads or attribute.name in {"plan_start", "plan_end"}, at
