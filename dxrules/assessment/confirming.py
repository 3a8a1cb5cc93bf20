"""Undetermined rules to look up, duties first: an open duty is not a duty met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dxrules.assessment.finding import Finding
from dxrules.frozen import frozen
from dxrules.rules import Outcome, Strength

FIRST = 10

DUTIES: tuple[Strength, ...] = ("statute", "cabinet")
"""Strengths of which every open rule is named, however many there are."""


@frozen
class Open:
    """A rule that cannot be told: every subject of which it cannot, what is due first coming first.

    They share the rule; one that comes out otherwise for another subject stands here, too.
    """

    findings: tuple[Finding, ...]

    @property
    def finding(self) -> Finding:
        """The first of them."""
        return self.findings[0]

    @property
    def is_duty(self) -> bool:
        """Whether the law or the cabinet asks for it, as far as that was confirmed."""
        rule = self.finding.rule
        return rule.strength in DUTIES and not rule.draft


def open_rules(findings: Iterable[Finding]) -> tuple[Open, ...]:
    """Put together what is undetermined of one rule, in the order of the first of each."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.outcome is Outcome.UNKNOWN:
            groups.setdefault(finding.rule.id, []).append(finding)
    return tuple(Open(tuple(group)) for group in groups.values())


def first_to_confirm(rules: Sequence[Open]) -> tuple[Open, ...]:
    """Return what to look up first: all that is a duty, and so much more as makes a short list."""
    duties = sum(each.is_duty for each in rules)
    rest = iter([each for each in rules if not each.is_duty][: max(FIRST - duties, 0)])
    chosen = {id(each) for each in (*(each for each in rules if each.is_duty), *rest)}
    return tuple(each for each in rules if id(each) in chosen)
