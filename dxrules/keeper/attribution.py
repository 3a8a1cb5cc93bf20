"""Attribution of a changed verdict: to the law, the town, time or knowledge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from dxrules.assessment import Finding
from dxrules.assessment.finding import WHOLE
from dxrules.derivation import VOCABULARY
from dxrules.keeper.reference_diff import KnowledgeChange, ReferenceChange
from dxrules.reference import Prerequisite
from dxrules.rules import SEVERITIES, Outcome, Rule, Severity

if TYPE_CHECKING:
    from dxrules.keeper.diff import LawChange

VerdictKey = tuple[str, str, str, int]
VerdictState = tuple[Outcome, Severity | None]

Effect = Literal[
    "error",
    "newly-failing",
    "graver",
    "newly-unknown",
    "waived",
    "less-grave",
    "newly-passing",
    "no-longer-applicable",
]
ShiftCause = Literal["law", "town", "time", "knowledge"]

EFFECTS: tuple[Effect, ...] = get_args(Effect)
"""What can happen to a verdict, in the order in which it is told."""

_EFFECT_OF: Mapping[Outcome, Effect] = {
    Outcome.ERROR: "error",
    Outcome.FAIL: "newly-failing",
    Outcome.UNKNOWN: "newly-unknown",
    Outcome.WAIVED: "waived",
    Outcome.PASS: "newly-passing",
    Outcome.NOT_APPLICABLE: "no-longer-applicable",
}


class Verdicts:
    """What was found of a plan, by rule and subject; a rule goes by the name it has now."""

    def __init__(self, findings: Sequence[Finding], names: Mapping[str, str]) -> None:
        self.found: dict[VerdictKey, Finding] = {}
        self.whole: dict[str, bool] = {}
        for finding in findings:
            rule, kind, key = finding.subject
            rule, number = names.get(rule, rule), 0
            while (rule, kind, key, number) in self.found:  # two waivers can be about one subject
                number += 1
            self.found[rule, kind, key, number] = finding
            self.whole[rule] = key == WHOLE

    def together(self, other: Verdicts) -> Iterator[VerdictKey]:
        """Yield what either has a finding of; no rule as a whole where the other has subjects."""
        for key in dict.fromkeys((*self.found, *other.found)):
            if key[2] != WHOLE or all(each.whole.get(key[0], True) for each in (self, other)):
                yield key

    def get(self, key: VerdictKey) -> Finding | None:
        """Return the finding of a subject, or of its rule as a whole."""
        rule, kind, _, _ = key
        return self.found.get(key) or self.found.get((rule, kind, WHOLE, 0))

    def state(self, key: VerdictKey) -> VerdictState:
        """Return how a subject came out; a rule that is not there does not apply."""
        finding = self.get(key)
        if finding is None:
            return Outcome.NOT_APPLICABLE, None
        return finding.outcome, finding.severity if finding.outcome is Outcome.FAIL else None


class States(NamedTuple):
    """How one subject came out, as it was, as it is, and as it would have been.

    `then_known` and `now_known` are as if everything were known. The three between are so, too,
    and on the new day: by the old law with the old plan (`later`), by the new law with the old
    plan (`by_law`), and by the old law with the new plan (`by_town`).
    """

    then: VerdictState
    then_known: VerdictState
    later: VerdictState
    by_law: VerdictState
    by_town: VerdictState
    now_known: VerdictState
    now: VerdictState

    @property
    def effect(self) -> Effect | None:
        """What happened to the verdict; None if nothing did."""
        (was, grave), (now, graver) = self.then, self.now
        if (was, grave) == (now, graver):
            return None
        if grave and graver:
            worse = SEVERITIES.index(graver) < SEVERITIES.index(grave)
            return "graver" if worse else "less-grave"
        return _EFFECT_OF[now]

    @property
    def causes(self) -> tuple[ShiftCause, ...]:
        """What changed the verdict: that without which it would not be what it is.

        The law and the town both did where each of them alone would have done. What would be the
        same if everything were known changed by what is known.
        """
        causes: list[ShiftCause] = []
        if self.later != self.now_known:
            causes += ["law"] if self.now_known != self.by_town else []
            causes += ["town"] if self.now_known != self.by_law else []
            causes = causes or ["law", "town"]
        if self.then_known != self.later:
            causes.append("time")
        return tuple(causes) or ("knowledge",)


def weighs(change: LawChange, rule: Rule, key: str) -> bool:
    """Tell whether a change that touches a rule can turn what it says of one subject.

    An entry of a reference list turns what is said of that entry, and what rests on the whole
    list. How far the law is known turns nothing, since causes are told as if all were known.
    """
    if isinstance(change, KnowledgeChange):
        return False
    if not isinstance(change, ReferenceChange):
        return True
    kind = VOCABULARY.get(rule.kind)
    if kind is None:  # a rule about waivers is about no fact
        return False
    if kind.own_list == change.list and key in {_key(change), WHOLE, *kind.totals}:
        return True
    return any(change.list in kind.attributes[attribute].rests_on for attribute in rule.asked)


def _key(change: ReferenceChange) -> str:
    """Return the key of the fact that stands for an entry."""
    entry = change.entry
    if isinstance(entry, Prerequisite):
        return f"{entry.origin}:{entry.before}>{entry.after}"
    return change.id
