"""How a rule came about: its days and former ids, the values that it names, its documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.report.condition_text import codes_of, constant_text
from dxrules.report.shared_labels import VERIFICATION
from dxrules.texts import Text, same
from rule_pages.markup import one_table, span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dxrules.assessment.history import HistoryStep
    from rule_pages.page_language import PageLanguage

_HEADS = (
    Text("期間", "days"),
    Text("値", "value"),
    Text("典拠", "source"),
    Text("確認の方法", "verification"),
)

_STEP_HEADS = (
    Text("日付", "day"),
    Text("文書", "document"),
    Text("内容", "what"),
    *_HEADS[2:],
)

_ROWS = frozenset({"document", "lapse"})
"""Steps that are rows of the table; the days of the rule and its values stand above it."""


def coming_about(page: PageLanguage) -> Iterator[str]:
    """Yield the days of a rule, the values that it names, and what happened to its documents."""
    rule = page.rule
    yield page.item(Text("公表", "announced"), str(rule.in_force.announced))
    yield page.item(Text("適用", "in force"), span(rule.in_force.since, rule.in_force.until))
    if rule.formerly:
        yield page.item(Text("旧id", "formerly"), ", ".join(rule.formerly))
    codes = codes_of(rule) if page.of_facts else {}
    for name in page.explanation.parameters:
        yield ""
        yield from _values(page, name, codes.get(name, {}))
    rows = [_row(page, step) for step in page.history.steps if step.topic in _ROWS]
    if rows:
        yield ""
        yield one_table([page.say(head) for head in _STEP_HEADS], rows)


def _row(page: PageLanguage, step: HistoryStep) -> tuple[str, ...]:
    return (
        page.say(step.on.describe()),
        page.say(step.name),
        page.say(step.what or same("")),
        page.say(step.source.title),
        page.say(VERIFICATION[step.source.verified]),
    )


def _values(page: PageLanguage, name: str, codes: Mapping[str, Text]) -> Iterator[str]:
    """Yield the values of a parameter by day, each with its source."""
    explanation = page.explanation
    rows = [
        (
            span(entry.since, entry.until),
            page.say(constant_text(entry.value, explanation.types[name], codes)),
            page.say(source.title),
            page.say(VERIFICATION[source.verified]),
        )
        for entry, source in zip(
            explanation.parameters[name].entries, explanation.cited[name], strict=True
        )
    ]
    said = explanation.meanings.get(name)
    yield (f"`${name}`" if said is None else f"{page.say(said)} (`${name}`)") + "\n"
    yield one_table([page.say(head) for head in _HEADS], rows).rstrip("\n")
