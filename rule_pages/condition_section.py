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
    "挙げていない事実は、要確認として扱う。",
    "A fact that is not named is taken as unknown.",
)
_NOTHING = Text("何も分からない", "nothing is known")


def when_it_applies(page: PageLanguage) -> Iterator[str]:
    """Yield the condition under which a rule applies, and the rule that it stands back for."""
    rule = page.rule
    if not page.of_facts:
        return
    if rule.applies is None:
        yield page.say(_EVERY)
    else:
        yield from _condition(page, rule.applies, 0)
    if rule.unless_failed:
        root = id_link(rule.unless_failed)
        yield ""
        yield page.say(
            Text(
                f"同じ対象で {root} が不適合なら、原因が同じなので適用しない。",
                f"Where {root} fails for the same subject, the cause is the same, and this rule "
                "does not apply.",
            )
        )


def what_it_asks(page: PageLanguage) -> Iterator[str]:
    """Yield the condition that a rule requires."""
    if page.of_facts:
        yield from _condition(page, page.rule.require, 0)


def _condition(page: PageLanguage, condition: Condition, depth: int) -> Iterator[str]:
    gap = "  " * depth
    match condition:
        case Leaf():
            yield f"{gap}- {page.say(_leaf(page, condition))}"
        case Not(part):
            yield f"{gap}- {page.say(GROUPS[Not])}:"
            yield from _condition(page, part, depth + 1)
        case All(parts) | AnyOf(parts):
            yield f"{gap}- {page.say(GROUPS[type(condition)])}:"
            for part in parts:
                yield from _condition(page, part, depth + 1)


def _leaf(page: PageLanguage, leaf: Leaf) -> Text:
    """Return what a leaf asks; a parameter by its last value and its name."""
    attribute, operand = page.attribute(leaf.attribute), leaf.operand
    if not isinstance(operand, Param):
        return leaf_text(attribute, leaf.operator, operand)
    value = page.explanation.parameters[operand.name].entries[-1].value
    return leaf_text(attribute, leaf.operator, value) + same(f" (`${operand.name}`)")


def due_day(page: PageLanguage) -> Iterator[str]:
    """Yield where the due day comes from."""
    due = page.rule.due
    if isinstance(due, Param):
        last = constant_text(page.explanation.parameters[due.name].entries[-1].value, "date", {})
        yield page.say(last + same(f" (`${due.name}`)"))
    elif due is not None:
        yield page.say(page.attribute(due).label)


def failure(page: PageLanguage) -> Iterator[str]:
    """Yield what a failure says, with what stands in its gaps, and how to mend it."""
    yield page.item(Text("指摘", "message"), with_gaps(page.rule))
    yield page.item(Text("直し方", "remedy"), page.rule.remedy_for())
    asked = question_with_gaps(page.rule)
    if asked is not None:
        yield page.item(QUESTION, asked)


def examples(page: PageLanguage) -> Iterator[str]:
    """Yield the examples as a table: what is known, and what comes out."""
    shown = page.rule.examples
    if not shown:
        return
    heads = [Text("分かっていること", "what is known"), Text("結果", "outcome")]
    dated = any(example.on for example in shown)
    if dated:
        heads.append(Text("この日の値で", "by the values of"))
    rows = [_row(page, example)[: len(heads)] for example in shown]
    yield one_table([page.say(head) for head in heads], rows)
    yield page.say(_LEFT_OUT)


def _row(page: PageLanguage, example: Example) -> tuple[str, ...]:
    values = [
        page.attribute(name).label + same(": ") + describe(page.attribute(name), value)
        for name, value in example.values.items()
    ]
    known = Text("、".join(v.ja for v in values), "; ".join(v.en for v in values))
    return (
        page.say(known if values else _NOTHING),
        page.say(OUTCOMES[example.expect]),
        str(example.on or ""),
    )
