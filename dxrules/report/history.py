"""History of a rule: a line per step, in order of the days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dxrules.dates import PartialDate
from dxrules.report.condition_text import codes_of, constant_text, parameter_name
from dxrules.report.shared_labels import VERIFICATION
from dxrules.report.terminal import Style
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from dxrules.assessment.history import History, HistoryStep


def timeline(history: History, style: Style) -> Iterator[str]:
    """Yield the steps: the day, what it was about, what it brought, and who says so."""
    day = history.day
    head = Text(f"経緯({day} までに公表されたもの)", f"History, as announced by {day}")
    yield style.bold(head)
    for step in history.steps:
        yield from style.block(_line(history, step), 2, 4)


def _line(history: History, step: HistoryStep) -> Text:
    days = PartialDate(step.on.earliest, step.on.latest, step.on.approximate).describe()
    name = step.name
    if step.topic == "value":
        name = parameter_name(name.ja.removeprefix("$"), history.explanation.meanings)
    said = days + same("  ") + name + same(": ") + brought(history, step)
    if step.topic == "rule":  # the rule has just been shown with its source
        return said
    verified = VERIFICATION[step.source.verified]
    return said + same(" ― ") + step.source.title + Text(f"({verified.ja})", f" ({verified.en})")


def brought(history: History, step: HistoryStep) -> Text:
    """Return what a step brought: in words, or the value that a parameter takes."""
    if step.value is None:
        return step.what or same("")
    name = step.name.ja.removeprefix("$")
    explanation = history.explanation
    codes = codes_of(explanation.rule).get(name, {})
    return constant_text(step.value, explanation.types[name], codes)
