"""What changes an outcome after its rule was evaluated: in one order, and each with its reason.

| by | what it does |
|---|---|
| `no-plan` | where there is no plan, nothing is asked of a document |
| `others` | no plan passes or fails by what only others, or nobody, shows that it contains |
| `recorded` | no town fails what it was asked for only after its facts were recorded |
| `waiver` | what is validly waived is `waived` |
| `same-cause` | a rule steps back where the one that it follows from fails |

A waived failure is no cause for others to step back, so waivers come before `same-cause`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from dxrules.assessment.contradicting_answers import contradictions_of
from dxrules.assessment.evidence import hears_others, is_copied, known_to, without_others
from dxrules.assessment.finding import Finding
from dxrules.assessment.waivers import apply_waivers
from dxrules.dates import PartialDate
from dxrules.derivation import Fact
from dxrules.frozen import replaced
from dxrules.plan import PlanFile
from dxrules.rules import Lawbook, Outcome
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.rules.refinement import Refinement


def adjusted(
    judged: Iterable[tuple[Finding, Fact | None]],
    file: PlanFile,
    lawbook: Lawbook,
    refinements: Mapping[str, Refinement],
    *,
    waivers: bool,
) -> list[Finding]:
    """Return the findings of a plan after all adjustments, and those about its waivers.

    Each comes with the fact that its rule looked at, if there was one. Findings of a rule that
    refines another say how the two compare, which changes no outcome.
    """
    doubted, recorded = hears_others(file) or not is_copied(file), file.plan.recorded
    exists = file.plan.plan.exists
    found = []
    for finding, fact in judged:
        if finding.outcome is _NOT_APPLICABLE:  # most are: nothing is asked that could change
            found.append(finding)
            continue
        if not exists:
            finding = _without_plan(finding)  # noqa: PLW2901  (each step takes what the last left)
        if doubted and fact is not None and finding.outcome in _DOUBTED:
            finding = without_others(finding, fact, file)  # noqa: PLW2901
        if finding.outcome is _FAIL:
            finding = _as_recorded(finding, fact, recorded)  # noqa: PLW2901
        found.append(finding)
    found += contradictions_of(file, found)
    found = _one_accusation(apply_waivers(found, file, lawbook, use=waivers))
    if not refinements:
        return found
    return [
        replaced(finding, refinement=refinements[finding.rule.id])
        if finding.rule.id in refinements
        else finding
        for finding in found
    ]


# Python 3.11 looks members up as slowly as by a call.
_FAIL, _NOT_APPLICABLE = Outcome.FAIL, Outcome.NOT_APPLICABLE
_DOUBTED = (Outcome.PASS, Outcome.FAIL)
_ASKS = (Outcome.FAIL, Outcome.UNKNOWN)
_NO_PLAN = Text(
    "計画がないので、計画に書くべきことは問わない",
    "There is no plan, so that nothing is asked of what it holds",
)


def _without_plan(finding: Finding) -> Finding:
    """Ask nothing of a document that there is not; what the municipality must do stays."""
    asks = finding.outcome not in (Outcome.NOT_APPLICABLE, Outcome.ERROR)
    if finding.rule.about == "town" or not asks:
        return finding
    return finding.adjusted("no-plan", Outcome.NOT_APPLICABLE, _NO_PLAN)


def _as_recorded(finding: Finding, fact: Fact | None, recorded: PartialDate) -> Finding:
    """Accuse no town of what it was not yet asked for when its facts were recorded.

    What a document says stays as it is; what a town has done since nobody has told, unless the
    town has.
    """
    if finding.rule.about == "plan":
        return finding
    since = finding.rule.in_force.since
    recorded = known_to(finding.rule, fact, recorded)
    if recorded.range.at_least(since.toordinal()):
        return finding
    reason = Text(
        f"{since.isoformat()} から求められ、記録時点({recorded.text})より後のことは分からない",
        f"Asked for from {since.isoformat()}, and nothing is told of the time after "
        f"{recorded.describe().en}",
    )
    return finding.adjusted("recorded", Outcome.UNKNOWN, reason)


def _one_accusation(findings: list[Finding]) -> list[Finding]:
    """Let a rule that follows from another's failure step back, unless that one is waived."""
    failed = {finding.subject for finding in findings if finding.outcome is _FAIL}
    return [
        finding if finding.rule.unless_failed is None else _stepped_back(finding, failed)
        for finding in findings
    ]


def _stepped_back(finding: Finding, failed: AbstractSet[tuple[str, str, str]]) -> Finding:
    root = finding.rule.unless_failed
    if finding.outcome not in _ASKS or (root, finding.kind, finding.key) not in failed:
        return finding
    reason = Text(f"{root} と同じ原因", f"Same cause as {root}")
    return finding.adjusted("same-cause", Outcome.NOT_APPLICABLE, reason)
