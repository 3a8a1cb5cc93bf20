"""Gap analysis: what is missing, by area, in the order to mend it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from dxrules.assessment.finding import Finding, PlanAssessment, SubjectKey
from dxrules.assessment.questions import Question, questions
from dxrules.assessment.remediation_order import Later, Mending, in_order, urgency
from dxrules.derivation import Context
from dxrules.frozen import frozen
from dxrules.reference import Reference
from dxrules.rules import Outcome
from dxrules.texts import Text, some_of

if TYPE_CHECKING:
    from dxrules.assessment.counterfactual import Counterfactual

FIRST = 10
_SHOWN_LABELS = 8

_WHOLE_PLAN = Text("計画全体", "The plan as a whole")
_NEXT = Text("次の改定まで", "by the next revision")


@frozen
class Gap:
    """One thing to mend: every subject that fails the same rule, and by when to mend it.

    `to_pass` tells of each finding what would make it pass. `later` waits for what this is about,
    which has to start on `start_by` at the latest; None where that cannot be told.
    """

    findings: tuple[Finding, ...]
    by: Text
    to_pass: tuple[Counterfactual | None, ...] = ()
    later: tuple[Later, ...] = ()
    start_by: date | None = None

    @property
    def finding(self) -> Finding:
        """The first of them: they share rule and severity."""
        return self.findings[0]

    @property
    def reason(self) -> Text:
        """Why it is one: the message, or, of several subjects, which they are."""
        if len(self.findings) == 1:
            return self.finding.message
        return some_of([finding.label for finding in self.findings], _SHOWN_LABELS)


@frozen
class AreaGaps:
    """What is missing in one area, what to mend first coming first, and what to look up."""

    area: str | None
    label: Text
    gaps: tuple[Gap, ...]
    unknown: tuple[Finding, ...]


@frozen
class GapReport:
    """All gaps of a plan; `first` is what to mend first, over all areas.

    `questions` are all that is asked of it, in the order to ask. `errors` could not be judged, so
    that nothing may be said to be in order.
    """

    plan: PlanAssessment
    errors: tuple[Finding, ...]
    first: tuple[Gap, ...]
    areas: tuple[AreaGaps, ...]
    questions: tuple[Question, ...] = ()


def gap_report(plan: PlanAssessment, reference: Reference) -> GapReport:
    """Group the findings of a plan by area and put them in the order to mend them."""
    from dxrules.assessment.counterfactual import counterfactual

    day = plan.lawbook.day
    mending = Mending(Context(plan.file, reference, day))
    changes = {each.subject: counterfactual(each, day) for each in plan.of(Outcome.FAIL)}
    areas = []
    for area in (None, *reference.areas):
        own = [finding for finding in plan.applied if finding.area == area]
        gaps = _gaps(own, mending, changes)
        unknown = tuple(f for f in own if f.outcome is Outcome.UNKNOWN)
        if gaps or unknown:
            label = _WHOLE_PLAN if area is None else reference.areas[area].name
            areas.append(AreaGaps(area, label, gaps, unknown))
    everything = _gaps(plan.applied, mending, changes)
    asked = questions(plan)
    return GapReport(plan, plan.of(Outcome.ERROR), everything[:FIRST], tuple(areas), asked)


def first_to_mend(plan: PlanAssessment, reference: Reference) -> tuple[Gap, ...]:
    """Return what to mend first in a plan, over all areas, and not what would make it pass."""
    mending = Mending(Context(plan.file, reference, plan.lawbook.day))
    return _gaps(plan.applied, mending)[:FIRST]


def _gaps(
    findings: Sequence[Finding],
    mending: Mending,
    changes: Mapping[SubjectKey, Counterfactual | None] | None = None,
) -> tuple[Gap, ...]:
    day = mending.context.day
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.outcome is Outcome.FAIL:
            by_rule.setdefault(finding.rule.id, []).append(finding)
    groups = list(by_rule.values())
    nodes = [mending.nodes(group) for group in groups]
    gaps = [
        Gap(
            tuple(group),
            _mend_by(group, day),
            () if changes is None else tuple(changes[finding.subject] for finding in group),
            mending.later(own),
            mending.start_by(own),
        )
        for group, own in zip(groups, nodes, strict=True)
    ]
    period = mending.context.period
    last = period.end if period is not None else None
    urgencies = [urgency(gap.findings, day, last, gap.start_by) for gap in gaps]
    return tuple(gaps[position] for position in in_order(nodes, urgencies, mending.after))


def _mend_by(findings: list[Finding], day: date) -> Text:
    days = [f.due.latest for f in findings if f.due is not None and f.due.latest is not None]
    if not days:
        return _NEXT
    first = min(days)
    if first < day:
        past = (day - first).days
        ago = f"{past} day{'' if past == 1 else 's'} ago"
        return Text(f"期限 {first}、{past}日経過", f"due {first}, {ago}")
    return Text(f"{first} まで", f"by {first}")
