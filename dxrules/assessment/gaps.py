"""Gap analysis: what is missing, by area, in the order to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dxrules.rules import SEVERITIES, Outcome
from dxrules.texts import Text

if TYPE_CHECKING:
    from datetime import date

    from dxrules.assessment.finding import Finding, PlanAssessment
    from dxrules.reference import Reference

FIRST = 5

_WHOLE_PLAN = Text("計画全体", "The plan as a whole")
_NEXT = Text("次の改定まで", "by the next revision")


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing to mend: every subject that fails the same rule, and by when to mend it."""

    findings: tuple[Finding, ...]
    by: Text

    @property
    def finding(self) -> Finding:
        """The first of them: they share rule and severity."""
        return self.findings[0]


@dataclass(frozen=True, slots=True)
class AreaGaps:
    """What is missing in one area, worst first, and what has to be looked up."""

    area: str | None
    label: Text
    gaps: tuple[Gap, ...]
    unknown: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class GapReport:
    """All gaps of a plan; `first` is what to mend first, over all areas.

    `errors` could not be judged, so that nothing may be said to be in order.
    """

    plan: PlanAssessment
    errors: tuple[Finding, ...]
    first: tuple[Gap, ...]
    areas: tuple[AreaGaps, ...]


def gap_report(plan: PlanAssessment, reference: Reference) -> GapReport:
    """Group the findings of a plan by area and put them in the order to mend them."""
    areas = []
    for area in (None, *reference.areas):
        own = [finding for finding in plan.findings if finding.area == area]
        gaps = _gaps(own, plan.lawbook.day)
        unknown = tuple(f for f in own if f.outcome is Outcome.UNKNOWN)
        if gaps or unknown:
            label = _WHOLE_PLAN if area is None else reference.areas[area].name
            areas.append(AreaGaps(area, label, gaps, unknown))
    everything = _gaps(list(plan.findings), plan.lawbook.day)
    return GapReport(plan, plan.of(Outcome.ERROR), everything[:FIRST], tuple(areas))


def _gaps(findings: list[Finding], day: date) -> tuple[Gap, ...]:
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.outcome is Outcome.FAIL:
            by_rule.setdefault(finding.rule.id, []).append(finding)
    gaps = [Gap(tuple(found), _mend_by(found, day)) for found in by_rule.values()]
    return tuple(sorted(gaps, key=_order))


def _order(gap: Gap) -> tuple[int, str, str]:
    due = gap.finding.due
    last = due.latest.isoformat() if due is not None and due.latest is not None else "9999"
    return SEVERITIES.index(gap.finding.severity), last, gap.finding.rule.id


def _mend_by(findings: list[Finding], day: date) -> Text:
    days = [f.due.latest for f in findings if f.due is not None and f.due.latest is not None]
    if not days:
        return _NEXT
    first = min(days)
    if first < day:
        return Text(f"期限 {first} は過ぎている", f"was due on {first}")
    return Text(f"{first} まで", f"by {first}")
