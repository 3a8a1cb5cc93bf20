"""Lines on each day of a forecast, for the table and for the calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dxrules.assessment import Finding
from dxrules.assessment.due_days import DUE, Coming, gathered
from dxrules.assessment.outcome_changes import ChangeGroup, OutcomeChange, grouped
from dxrules.derivation import VOCABULARY
from dxrules.frozen import frozen
from dxrules.report.citations import named, times
from dxrules.report.shared_labels import OUTCOMES
from dxrules.rules import Rule
from dxrules.texts import Text, join, same, some_of

if TYPE_CHECKING:
    from dxrules.assessment.forecast import ForecastDay

_OTHER_WORDS = {
    "rule": Text("期限", "deadline"),
    "waiver": Text("承認済みの例外の期限", "last day of a waiver"),
    "milestone": Text("取組の節目", "milestone"),
    "indicator": Text("指標の目標", "target of an indicator"),
}
COMING_WORDS: Mapping[str, Text] = _OTHER_WORDS | {
    kind: due.falls_due for kind, due in DUE.items() if due.falls_due
}

_KNOWLEDGE = Text("調べてある期間の終わり", "End of what is known")
_BEFORE = Text("適用前", "new")
_AFTER = Text("適用終了", "no longer in force")
_NO_FAULT = Text("指摘なし", "no fault")
_ARROW = same(" → ")
_NAMELESS = {"waiver", "answer", *(kind.name for kind in VOCABULARY.values() if kind.single)}
"""Kinds whose facts need no name: there is one, or the message names it."""


@frozen
class ForecastLine:
    """One thing of a day: what it is, whom it concerns, what comes out, and why.

    `key` tells it from the other things of the day, and stays when its names change.
    """

    key: str
    what: Text
    names: Text | None = None
    verdict: Text | None = None
    why: Text | None = None


def lines(day: ForecastDay, shown: int) -> Iterator[ForecastLine]:
    """Yield what falls due on a day, then what changes; of many names some are `shown`."""
    for coming in gathered(day.coming):
        yield _coming(coming, shown)
    known = [change for change in day.changes if change.cause != "knowledge"]
    for group in grouped(known):
        yield _group(group, shown)
    if len(known) < len(day.changes):
        yield _knowledge([c for c in day.changes if c.cause == "knowledge"], shown)


def _coming(coming: Sequence[Coming], shown: int) -> ForecastLine:
    first, rule = coming[0], coming[0].rule
    what, names = COMING_WORDS[first.kind], [_name(each) for each in coming]
    if rule is None:
        return ForecastLine(first.kind, what + times(len(coming)), some_of(names, shown))
    return ForecastLine(
        f"{first.kind} {rule.id} {first.outcome}",
        what + same(": ") + named(rule) + times(len(coming)),
        _subjects(rule, names, shown),
        None if first.outcome is None else OUTCOMES[first.outcome],
    )


def _name(coming: Coming) -> Text:
    about = Text("(概ね)", " (about then)") if coming.when.approximate else same("")
    return coming.label + about


def _group(group: ChangeGroup, shown: int) -> ForecastLine:
    """Return what one rule says on a day in one way; two ways of one rule have two keys."""
    first = group.first
    names = [change.finding.label for change in group.changes]
    nothing = _NO_FAULT if first.cause == "waiver" else None
    before = _outcome(first.before, nothing or _BEFORE)
    after = _outcome(first.after, nothing or _AFTER)
    both = first.before is not None and first.after is not None
    return ForecastLine(
        f"{first.cause} {first.rule.id} {before.en} {after.en}",
        named(first.rule) + times(len(group.changes)),
        _subjects(first.rule, names, shown),
        before + _ARROW + after,
        some_of(group.whys, shown) if both or nothing else None,
    )


def _knowledge(changes: Sequence[OutcomeChange], shown: int) -> ForecastLine:
    """Say in one line what is undetermined any more, however much it is."""
    rules = [same(rule_id) for rule_id in dict.fromkeys(change.rule.id for change in changes)]
    after = Counter(_outcome(change.after, _AFTER) for change in changes)
    counts = [outcome + same(f" {number}") for outcome, number in after.items()]
    names, why = some_of(rules, shown), changes[0].why
    return ForecastLine("knowledge", _KNOWLEDGE, names, _ARROW + join(counts), why)


def _outcome(finding: Finding | None, nothing: Text) -> Text:
    return nothing if finding is None else OUTCOMES[finding.outcome]


def _subjects(rule: Rule, names: Sequence[Text], shown: int) -> Text | None:
    """Return the names of a rule's subjects, unless the rule can have but one."""
    alone = rule.kind in _NAMELESS or len(rule.keys) == 1
    return None if alone else some_of(names, shown)
