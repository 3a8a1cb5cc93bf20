"""What a rule asks, when it applies, what it says of a failure, and its examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.derivation import describe
from dxrules.report.condition_text import (
    GROUPS,
    QUESTION,
    constant_text,
    leaf_text,
    question_with_gaps,
    with_gaps,
)
from dxrules.report.shared_labels import OUTCOMES
from dxrules.rules.condition import All, AnyOf, Leaf, Not, Param
from dxrules.texts import Text, same
from rule_pages.markup import id_link, one_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.rules.condition import Condition
    from dxrules.rules.rule import Example
    from rule_pages.page_language import PageLanguage

_EVERY = Text("対象のすべてに適用する。", "It applies to every subject.")
_LEFT_OUT = Text(
    "挙げていない事実は、判断できないものとして扱う。",
    "A fact that is not named is taken as unknown.",
)
_NOTHING = Text("何も分からない", "nothing is known")


def when_it_applies(half: PageLanguage) -> Iterator[str]:
    """Yield the condition under which a rule applies, and the rule that it stands back for."""
    rule = half.rule
    if not half.of_facts:
        return
    if rule.applies is None:
        yield half.say(_EVERY)
    else:
        yield from _condition(half, rule.applies, 0)
    if rule.unless_failed:
        root = id_link(rule.unless_failed)
        yield ""
        yield half.say(
            Text(
                f"同じ対象で {root} が不適合なら、原因が同じなので適用しない。",
                f"Where {root} fails for the same subject, the cause is the same, and this rule "
                "does not apply.",
            )
        )


def what_it_asks(half: PageLanguage) -> Iterator[str]:
    """Yield the condition that a rule requires."""
    if half.of_facts:
        yield from _condition(half, half.rule.require, 0)


def _condition(half: PageLanguage, condition: Condition, depth: int) -> Iterator[str]:
    gap = "  " * depth
    match condition:
        case Leaf():
            yield f"{gap}- {half.say(_leaf(half, condition))}"
        case Not(part):
            yield f"{gap}- {half.say(GROUPS[Not])}:"
            yield from _condition(half, part, depth + 1)
        case All(parts) | AnyOf(parts):
            yield f"{gap}- {half.say(GROUPS[type(condition)])}:"
            for part in parts:
                yield from _condition(half, part, depth + 1)


def _leaf(half: PageLanguage, leaf: Leaf) -> Text:
    """Return what a leaf asks; a parameter by its last value and its name."""
    attribute, operand = half.attribute(leaf.attribute), leaf.operand
    if not isinstance(operand, Param):
        return leaf_text(attribute, leaf.operator, operand)
    value = half.explanation.parameters[operand.name].entries[-1].value
    return leaf_text(attribute, leaf.operator, value) + same(f" (`${operand.name}`)")


def due_day(half: PageLanguage) -> Iterator[str]:
    """Yield where the due day comes from."""
    due = half.rule.due
    if isinstance(due, Param):
        last = constant_text(half.explanation.parameters[due.name].entries[-1].value, "date", {})
        yield half.say(last + same(f" (`${due.name}`)"))
    elif due is not None:
        yield half.say(half.attribute(due).label)


def failure(half: PageLanguage) -> Iterator[str]:
    """Yield what a failure says, with what stands in its gaps, and how to mend it."""
    yield half.item(Text("指摘", "message"), with_gaps(half.rule))
    yield half.item(Text("直し方", "remedy"), half.rule.remedy_for())
    asked = question_with_gaps(half.rule)
    if asked is not None:
        yield half.item(QUESTION, asked)


def examples(half: PageLanguage) -> Iterator[str]:
    """Yield the examples as a table: what is known, and what comes out."""
    shown = half.rule.examples
    if not shown:
        return
    heads = [Text("分かっていること", "what is known"), Text("結果", "outcome")]
    dated = any(example.on for example in shown)
    if dated:
        heads.append(Text("この日の値で", "by the values of"))
    rows = [_row(half, example)[: len(heads)] for example in shown]
    yield one_table([half.say(head) for head in heads], rows)
    yield half.say(_LEFT_OUT)


def _row(half: PageLanguage, example: Example) -> tuple[str, ...]:
    values = [
        half.attribute(name).label + same(": ") + describe(half.attribute(name), value)
        for name, value in example.values.items()
    ]
    known = Text("、".join(v.ja for v in values), "; ".join(v.en for v in values))
    return (
        half.say(known if values else _NOTHING),
        half.say(OUTCOMES[example.expect]),
        str(example.on or ""),
    )
