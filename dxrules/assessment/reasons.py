"""Why a rule comes out as it does for a fact, in words and with what shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dxrules.assessment.finding import Finding
from dxrules.assessment.origin_of_evidence import proofs_of
from dxrules.dates import PartialDate, Range
from dxrules.derivation import (
    VOCABULARY,
    Absent,
    Attribute,
    Fact,
    Proof,
    Value,
    date_of,
    describe,
    open_values,
)
from dxrules.errors import Place
from dxrules.frozen import Late
from dxrules.rules import Outcome, Rule, Verdict, verdict
from dxrules.rules.condition import Because, Leaf
from dxrules.rules.rule import about_town
from dxrules.texts import Text, join, placeholders, same


class Reasons(Late):
    """Why rules come out as they do for a fact.

    Telling takes longer than judging, and most findings are counted and never shown.
    """

    __slots__ = ("fact",)

    def __init__(self, fact: Fact) -> None:
        self.fact = fact

    def value_of(self, name: str, of: object) -> object:
        """Return what a finding about the fact tells late."""
        return getattr(self, name)(of)

    def place(self, _: Finding) -> Place:
        """Return where the fact stands in the plan file, or would stand."""
        return self.fact.place

    def verdict(self, finding: Finding) -> Verdict:
        """Return the tree of the conditions of its rule with their truths."""
        return verdict(finding.rule, self.fact.values)

    def message(self, finding: Finding) -> Text:
        """Return one sentence for people."""
        why = finding.verdict or self.verdict(finding)
        return _message(finding.rule, self.fact, why, finding.town)

    def proofs(self, finding: Finding) -> tuple[Proof, ...]:
        """Return what in the plan shows the values that it rests on."""
        return proofs_of(self.fact, finding.verdict or self.verdict(finding))


def _message(rule: Rule, fact: Fact, why: Verdict, town: Text) -> Text:
    match why.outcome:
        case Outcome.FAIL:
            return _fill(about_town(rule.message, town), rule, fact)
        case Outcome.UNKNOWN:
            return _cannot_be_told(rule, fact.key, why)
        case Outcome.NOT_APPLICABLE if why.applies is not None:
            return Text("適用の条件に当たらない: ", "Does not apply: ") + _leaf_list(
                rule, why.applies.deciding()
            )
        case _:
            return _leaf_list(rule, why.require.deciding())


def _cannot_be_told(rule: Rule, key: str, why: Verdict) -> Text:
    """Say what would have to be known: a sentence for each reason, as labels are listed in one."""
    return _listed("。", open_values(rule.kind, key, _leaves(rule, why.open_leaves())))


def _leaf_list(rule: Rule, found: Iterable[Because]) -> Text:
    said = (
        attribute.label + same(": ") + describe(attribute, value)
        for attribute, value in _leaves(rule, found)
    )
    return _listed("、", said)


def _leaves(rule: Rule, found: Iterable[Because]) -> Iterator[tuple[Attribute, Value]]:
    for leaf in found:
        if isinstance(leaf.condition, Leaf) and leaf.value is not None:
            yield VOCABULARY[rule.kind].attributes[leaf.condition.attribute], leaf.value


def _listed(between: str, said: Iterable[Text]) -> Text:
    shown = list(dict.fromkeys(said))
    return join(shown, between, "; ")


def _fill(text: Text, rule: Rule, fact: Fact) -> Text:
    """Fill the placeholders of a rule's text with a fact's values."""
    values: dict[str, Text | str | int] = {"label": fact.label}
    due = due_of(rule, fact)
    values["due"] = due.describe() if due else same("-")
    for name in {*placeholders(text.ja), *placeholders(text.en)} - set(values):
        values[name] = describe(VOCABULARY[rule.kind].attributes[name], fact.values[name])
    return text.format(**values)


def due_of(rule: Rule, fact: Fact) -> PartialDate | None:
    """Return the day that a rule names, as it is for a fact."""
    value: Value | Range | None = rule.due_on
    if isinstance(rule.due, str):
        value = fact.values[rule.due]
    if value is None or isinstance(value, Absent):
        return None
    return date_of(value)  # type: ignore[arg-type]
