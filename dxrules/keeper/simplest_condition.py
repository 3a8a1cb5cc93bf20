"""The simplest condition on an attribute, with examples that leave nothing open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dxrules.derivation import Attribute
from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.rules.rule import About
from dxrules.texts import Text

_NOTHING = "{}"


@frozen
class SimplestCondition:
    """What is asked, and examples of it by the outcome expected, as a ruleset file holds them."""

    require: str
    examples: tuple[tuple[str, str], ...]


def ask(attribute: Attribute, about: About, day: date) -> SimplestCondition:
    """Ask for the best value of an attribute, and, if it is about the plan, that one is stated.

    `day` is the one by which a date is asked for. Raises UsageError for a text of the town:
    all that can be asked of a text is that it is stated, and silence must not fail a town.
    """
    if attribute.type == "text" and about == "town":
        raise UsageError(
            Text(
                f"属性「{attribute.name}」について問えるのは記載の有無だけです。"
                "町が行うべきこと(about: town)には、ほかの属性を選んでください。",
                f'Of "{attribute.name}" a rule can ask only whether it is stated. For what the '
                "town must do (about: town) choose another attribute.",
            )
        )
    question, good, bad = _compared(attribute, day)
    stated = ["known: yes"] if about == "plan" else []
    words = ", ".join([*stated, *question])
    return SimplestCondition(
        f"{{{attribute.name}: {{{words}}}}}",
        tuple(_examples(attribute.name, about, good, bad)),
    )


def _compared(attribute: Attribute, day: date) -> tuple[list[str], str, str | None]:
    """Return the comparison, a value that just meets it, and one that just does not."""
    match attribute.type:
        case "date":
            return [f"by: {day}"], day.isoformat(), (day + timedelta(days=1)).isoformat()
        case "number":
            return ["at_most: 0"], "0", "1"
        case "truth":
            return ["is: yes"], "yes", "no"
        case "code":
            good, bad, *_ = attribute.codes
            return [f"is: {good}"], good, bad
        case "text":
            return [], "…", None


def _examples(name: str, about: About, good: str, bad: str | None) -> Iterator[tuple[str, str]]:
    yield "pass", f"{{{name}: {good}}}"
    if bad is not None:
        yield "fail", f"{{{name}: {bad}}}"
    yield ("fail" if about == "plan" else "unknown"), f"{{{name}: silent}}"
    yield "unknown", _NOTHING
