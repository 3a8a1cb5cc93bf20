"""Answers of a town in words: what each is about, and where the plan says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.plan.answers import key_of
from dxrules.plan.differing_answers import differing
from dxrules.plan.key_names import key_name, said_value, told_value
from dxrules.plan.models import Plan
from dxrules.source import description
from dxrules.texts import Text, same, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.assessment import PlanAssessment
    from dxrules.plan.models import Answer

_LINE = Text("{what}: {value}(回答 {day})", "{what}: {value} (told {day})")
_BOTH = Text(
    "{what}: 計画では「{said}」、回答では「{told}」", "{what}: {said} in the plan, {told} as told"
)
_WHAT = Text("{entry} {key}", "{entry}, {key}")


def answer_line(answer: Answer, plan: PlanAssessment) -> Text:
    """Return an answer with what it is about and its day."""
    return _LINE.format(
        what=_what(answer.about, plan),
        value=told_value(answer.about, answer.answer),
        day=same(shorten(answer.told.text)),
    )


def contradicted(plan: PlanAssessment) -> Iterator[Text]:
    """Yield what plan and answer say of an entry, where they contradict each other."""
    for each in differing(plan.file):
        about = each.answer.about
        said, told = said_value(about, each.said), told_value(about, each.told)
        yield _BOTH.format(what=_what(about, plan), said=said, told=told)


def _what(about: str, plan: PlanAssessment) -> Text:
    """Return what an answer is about: the entry as findings or the plan file call it, the key."""
    entry = about.split(".")[-2]
    if entry in Plan.model_fields:
        called = description(Plan.model_fields[entry])
    else:
        called = next((f.label for f in plan.findings if f.key == entry), same(shorten(entry)))
    return _WHAT.format(entry=called, key=key_name(key_of(about)[1]))
