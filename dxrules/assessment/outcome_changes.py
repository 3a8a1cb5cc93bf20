"""Which verdicts of a plan differ from one day to the next, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from dxrules.assessment.finding import Finding, PlanAssessment
from dxrules.assessment.waivers import WAIVERS
from dxrules.derivation import VOCABULARY, describe
from dxrules.errors import Place
from dxrules.frozen import frozen
from dxrules.rules import Outcome, Rule, Verdict
from dxrules.rules.condition import Because, Leaf
from dxrules.texts import Text, join, same

FindingKey = tuple[str, str, str, Place]

ChangeCause = Literal["law", "date", "waiver", "knowledge"]

CAUSES: tuple[ChangeCause, ...] = get_args(ChangeCause)
"""In the order in which they are told."""

_STARTS = Text("この日から適用される", "in force from this day on")
_LAPSES = Text("前日で適用が終わった", "no longer in force")
_VALUE = Text("点検項目の定める値が変わる", "a value set by the rule changes")
_WAIVED = Text("承認済みの例外が始まる", "its waiver begins")
_NOT_WAIVED = Text("承認済みの例外が切れる", "its waiver ends")
_MENDED = Text("例外についてのこの指摘がなくなる", "this fault of the waiver ends")
_UNKNOWN_SINCE = Text(
    "この日までの改正は、まだ調べられていない",
    "what has changed by this day is not yet known here",
)


@frozen
class OutcomeChange:
    """A verdict that changes; None stands for a rule that is not in force, or for no fault."""

    before: Finding | None
    after: Finding | None
    cause: ChangeCause
    why: Text

    @property
    def finding(self) -> Finding:
        """The finding after the change, or before it where there is none after."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change has a finding before or after it")
        return found

    @property
    def rule(self) -> Rule:
        """The rule whose verdict changes."""
        return self.finding.rule


@frozen
class ChangeGroup:
    """What changes on a day by one rule, in one way and by one cause; at least one change."""

    changes: tuple[OutcomeChange, ...]

    @property
    def first(self) -> OutcomeChange:
        """The first of them: they share rule, cause and both outcomes."""
        return self.changes[0]

    @property
    def whys(self) -> tuple[Text, ...]:
        """The reasons, each once."""
        return tuple(dict.fromkeys(change.why for change in self.changes))


def grouped(changes: Iterable[OutcomeChange]) -> tuple[ChangeGroup, ...]:
    """Put together what one rule says, in the order of the first of each."""
    groups: dict[tuple[object, ...], list[OutcomeChange]] = {}
    for change in changes:
        outcomes = (_outcome(change.before), _outcome(change.after))
        groups.setdefault((change.rule.id, change.cause, *outcomes), []).append(change)
    return tuple(ChangeGroup(tuple(group)) for group in groups.values())


def outcomes_of(plan: PlanAssessment) -> Mapping[FindingKey, Outcome]:
    """Return how each subject comes out by each rule; two waivers of one key stand apart.

    The severity of a rule never changes, so that of a finding changes with its outcome only.
    """
    return {key: finding.outcome for key, finding in _by_key(plan).items()}


def changes_between(
    before: PlanAssessment, after: PlanAssessment, informed: PlanAssessment
) -> tuple[OutcomeChange, ...]:
    """Return the verdicts that differ from one day to the next.

    `informed` is the second day judged as if all were known until then: a verdict that would
    not change so changes because what is known ends.
    """
    old, new, better = _by_key(before), _by_key(after), _by_key(informed)
    found = []
    for key in dict.fromkeys((*new, *old)):
        first, then = old.get(key), new.get(key)
        if _outcome(first) is _outcome(then):
            continue
        if first is not None and _outcome(better.get(key)) is first.outcome:
            found.append(OutcomeChange(first, then, "knowledge", _UNKNOWN_SINCE))
        else:
            found.append(_change(first, then))
    return tuple(sorted(found, key=_order))


def _by_key(plan: PlanAssessment) -> dict[FindingKey, Finding]:
    return {(*finding.subject, finding.place): finding for finding in plan.findings}


def _outcome(finding: Finding | None) -> Outcome | None:
    return None if finding is None else finding.outcome


def _order(change: OutcomeChange) -> tuple[int, str]:
    return CAUSES.index(change.cause), change.rule.id


def _change(before: Finding | None, after: Finding | None) -> OutcomeChange:
    cause, why = _cause(before, after)
    return OutcomeChange(before, after, cause, why)


def _cause(before: Finding | None, after: Finding | None) -> tuple[ChangeCause, Text]:
    if before is None or after is None:
        return _comes_or_goes(before, after)
    if Outcome.WAIVED in (before.outcome, after.outcome):
        return "waiver", _WAIVED if after.outcome is Outcome.WAIVED else _NOT_WAIVED
    if before.rule != after.rule:
        return "law", _VALUE
    return "date", _moved(before, after)


def _comes_or_goes(before: Finding | None, after: Finding | None) -> tuple[ChangeCause, Text]:
    """Tell why a finding is only on one side: a rule comes or goes, or a fault of a waiver."""
    if after is None:
        waiver = before is not None and before.rule.ruleset == WAIVERS.id
        return ("waiver", _MENDED) if waiver else ("law", _LAPSES)
    return ("waiver", after.message) if after.rule.ruleset == WAIVERS.id else ("law", _STARTS)


def _moved(before: Finding, after: Finding) -> Text:
    """Say which values of the fact decide otherwise; the message where another rule decides."""
    attributes = VOCABULARY[after.kind].attributes
    shown = [
        attributes[then.condition.attribute].label
        + same(": ")
        + describe(attributes[then.condition.attribute], then.value)
        for first, then in zip(_leaves(before.verdict), _leaves(after.verdict), strict=True)
        if isinstance(then.condition, Leaf)
        and then.value is not None
        and first.truth is not then.truth
    ]
    if after.adjustments or not shown:
        return after.message
    once = list(dict.fromkeys(shown))  # several conditions may ask the same attribute
    return join(once, "、", "; ")


def _leaves(verdict: Verdict | None) -> list[Because]:
    trees = () if verdict is None else (verdict.applies, verdict.require)
    return [leaf for tree in trees if tree is not None for leaf in tree.leaves()]
