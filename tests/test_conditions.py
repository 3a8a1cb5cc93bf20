"""Conditions in words: every operator, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.assessment.built_in_rules import BUILT_IN
from dxrules.derivation import VOCABULARY
from dxrules.report.condition_text import codes_of, constant_text, leaf_text, with_gaps
from dxrules.rules.condition import OPERATORS, Param, leaves
from dxrules.texts import Text
from tests.helpers.lawbooks import GOOD, law, load

DAY = date(2026, 3, 31).toordinal()
WORDS = [
    ("is", "system", "status", "migrated", "状況は「移行済み」", "status is migrated"),
    ("is", "plan", "cycles", 0, "循環する前提の組の数は0", "{en} is 0"),
    ("is", "provision", "in_place", True, "「整備済み」に当たる", "in place: yes"),
    ("is", "provision", "in_place", False, "「整備済み」に当たらない", "in place: no"),
    ("is_not", "provision", "in_place", True, "「整備済み」に当たらない", "in place: no"),
    ("is_not", "provision", "in_place", False, "「整備済み」に当たる", "in place: yes"),
    ("is_not", "system", "status", "excluded", "状況は「対象外」でない", "status is not left out"),
    (
        "in",
        "provision",
        "rank",
        ("mayor", "deputy-mayor"),
        "職位は「首長」「副首長」のいずれか",
        "rank is one of mayor, deputy mayor",
    ),
    (
        "not_in",
        "provision",
        "rank",
        ("mayor", "external"),
        "職位は「首長」「外部人材」のいずれでもない",
        "rank is none of mayor, external expert",
    ),
    ("in", "provision", "rank", ("mayor",), "職位は「首長」", "rank is mayor"),
    ("not_in", "provision", "rank", ("mayor",), "職位は「首長」でない", "rank is not mayor"),
    ("in", "provision", "rank", (), "職位はなしのいずれか", "rank is one of none"),
    ("by", "system", "done_on", DAY, "{ja}は2026-03-31まで", "{en} is 2026-03-31 or earlier"),
    ("after", "system", "done_on", DAY, "{ja}は2026-03-31より後", "{en} is after 2026-03-31"),
    ("before", "system", "done_on", DAY, "{ja}は2026-03-31より前", "{en} is before 2026-03-31"),
    ("from", "system", "done_on", DAY, "{ja}は2026-03-31以後", "{en} is 2026-03-31 or later"),
    ("at_least", "plan", "days_left", 1, "期間の残りは1日以上", "{en} is at least 1 days"),
    ("at_most", "plan", "days_left", 365, "期間の残りは365日以下", "{en} is at most 365 days"),
    ("known", "plan", "successor", True, "「次期計画の記載」の記載がある", "{en} is stated"),
    ("known", "plan", "successor", False, "「次期計画の記載」の記載がない", "{en} is not stated"),
]


@pytest.mark.parametrize(("operator", "kind", "name", "operand", "ja", "en"), WORDS)
def test_words_of_a_leaf(operator, kind, name, operand, ja, en):
    """A leaf reads as a sentence on its attribute."""
    attribute = VOCABULARY[kind].attributes[name]
    labels = {"ja": attribute.label.ja, "en": attribute.label.en}
    expected = Text(ja.format(**labels), en.format(**labels))
    assert leaf_text(attribute, operator, operand) == expected


def test_every_operator_has_words():
    """The table above leaves out no operator of the language."""
    assert {row[0] for row in WORDS} == set(OPERATORS)


def test_parameter_is_named():
    """What is not resolved is shown by its name."""
    attribute = VOCABULARY["system"].attributes["done_on"]
    shown = leaf_text(attribute, "by", Param("deadline"))
    label = attribute.label
    assert shown == Text(f"{label.ja}は $deadline まで", f"{label.en} is $deadline or earlier")


@pytest.mark.parametrize(
    ("value", "kind", "ja"),
    [
        (DAY, "date", "2026-03-31"),
        (365, "number", "365"),
        ((), "codes", "なし"),
        (("mayor", "other"), "codes", "首長、other"),
    ],
)
def test_words_of_a_constant(value, kind, ja):
    """A value of a parameter reads as a day, a number, or what its codes are called."""
    codes = VOCABULARY["provision"].attributes["rank"].codes
    assert constant_text(value, kind, codes).ja == ja


def test_codes_of_a_parameter(tmp_path):
    """The codes of a parameter are called as those of the attribute it is compared with."""
    rule = load(tmp_path, GOOD).rulesets[0].rules[0]
    (leaf,) = [leaf for leaf in leaves(rule.require) if leaf.attribute == "exception"]
    exceptions = VOCABULARY["system"].attributes[leaf.attribute].codes
    days = VOCABULARY["system"].attributes["done_on"].codes
    assert codes_of(rule) == {"deadline": days, "accepted": exceptions}


def test_gaps_of_a_message():
    """What stands in a message's gaps is named: an attribute, a subject, a day, a rule."""
    rules = {rule.id: rule for ruleset in (*law().rulesets, *BUILT_IN) for rule in ruleset.rules}
    assert with_gaps(rules["STD-05"]).ja.startswith(
        "対象外とした「〔対象〕」の理由(〔対象外の理由〕)"
    )
    assert with_gaps(rules["P44-03"]).en.endswith(
        "is not planned to be met by ‹due day› (status: ‹status›; when: ‹since›)"
    )
    assert with_gaps(rules["WVR-01"]) == Text(
        "〔点検項目〕 の例外は 〔終わり〕 で切れている",
        "The waiver of ‹rule› expired on ‹last day›",
    )
