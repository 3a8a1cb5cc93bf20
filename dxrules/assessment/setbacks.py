"""Setbacks: what failed before and is undetermined now.

A failure does not mend itself by silence: where a section was taken out of a plan, what it failed
is named and counts as it did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dxrules.assessment.finding import WHOLE, Finding, PlanAssessment, SubjectKey
from dxrules.frozen import replaced
from dxrules.rules import SEVERITIES, Outcome, Severity


def failures_of(plan: PlanAssessment) -> dict[SubjectKey, Severity]:
    """Return what a plan fails, with the severity of each; drafts never count."""
    return {f.subject: f.severity for f in plan.of(Outcome.FAIL) if not f.rule.draft}


def with_setbacks(
    findings: Iterable[Finding], failed: Mapping[SubjectKey, Severity]
) -> tuple[tuple[Finding, ...], set[SubjectKey]]:
    """Mark what failed before and is unknown now; return which failures that is about.

    Where a rule meets no subject any more, and that cannot be told, its earlier failures are
    those of the rule as a whole: the gravest of them counts. An open question that a baseline
    knows is none.
    """
    found = tuple(findings)
    here = {finding.subject for finding in found}
    about: dict[SubjectKey, list[SubjectKey]] = {}
    for subject in failed:
        rule, kind, _ = subject
        now = subject if subject in here else (rule, kind, WHOLE)
        about.setdefault(now, []).append(subject)
    marked: list[Finding] = []
    back: set[SubjectKey] = set()
    for finding in found:
        earlier = about.get(finding.subject, [])
        if earlier and finding.outcome is Outcome.UNKNOWN and not finding.known:
            back.update(earlier)
            gravest = min((failed[each] for each in earlier), key=SEVERITIES.index)
            before = min((finding.setback or gravest, gravest), key=SEVERITIES.index)
            marked.append(replaced(finding, setback=before))
        else:
            marked.append(finding)
    return tuple(marked), back
