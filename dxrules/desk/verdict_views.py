"""The verdicts on an open plan, as the desk shows them: in brief, finding by finding, with why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from dxrules.assessment import Finding, PlanAssessment
from dxrules.assessment.asking import paths
from dxrules.assessment.dossier import Dossier
from dxrules.assessment.finding import GRAVEST
from dxrules.assessment.gaps import Gap, GapReport
from dxrules.assessment.questions import Question, first_questions
from dxrules.derivation import VOCABULARY
from dxrules.report import json_parts as parts
from dxrules.report.citations import basis
from dxrules.report.confirming import due_in, rules_of
from dxrules.report.counting import counted
from dxrules.report.gaps import comes_before, ways_to_pass
from dxrules.report.json_values import Date, Json, taken
from dxrules.report.json_views import as_json
from dxrules.report.shared_labels import ONE_ENGINE, OUTCOMES, SEVERITY_WORDS, Alone
from dxrules.rules import STRENGTH_LABELS, Outcome
from dxrules.texts import Text

_SIGNS: Final = {True: "yes", False: "no", None: "unknown"}


def brief(dossier: Dossier, alone: Alone | None) -> Json:
    """Return the counts, what to mend first and what to confirm first."""
    plan = dossier.assessment.plans[0]
    report = dossier.gaps(plan)
    counts = plan.counts
    one = None if alone is None else ONE_ENGINE[alone]
    return {
        "counts": {
            outcome.value: {"label": OUTCOMES[outcome], "count": counts.outcomes[outcome]}
            for outcome in GRAVEST
        },
        "severities": {
            name: {"label": SEVERITY_WORDS[name], "count": count}
            for name, count in counts.severities.items()
        },
        "headline": counted([counts]),
        "one_engine": one,
        "day": dossier.assessment.day,
        "known_until": plan.lawbook.known_until,
        "is_known": plan.lawbook.known_until >= dossier.assessment.day,
        "trusted": dossier.assessment.trusted,
        "errors": [row(finding) for finding in report.errors],
        "mend_first": [gap_json(gap) for gap in report.first],
        "confirm_first": [question_row(each) for each in first_questions(report.questions)],
        "questions": len(report.questions),
    }


def gap_json(gap: Gap) -> Json:
    """Return one thing to mend: why, how and by when."""
    return row(gap.finding) | {
        "subjects": [each.subject for each in gap.findings],
        "reason": gap.reason,
        "by": gap.by,
        "remedy": gap.finding.remedy,
        "ways": list(ways_to_pass(gap)),
        "before": comes_before(gap),
    }


def question_row(question: Question) -> Json:
    """Return what is to be looked up, how strong it is and what hangs on it."""
    return {
        "question": question.text,
        "strength": STRENGTH_LABELS[question.strength],
        "duty": question.is_duty,
        "due": due_in(question),
        "rules": rules_of(question),
        "findings": [each.subject for each in question.findings],
        "paths": question.paths,
        "first": row(question.findings[0]),
    }


def row(finding: Finding) -> Json:
    """Return a finding as a line."""
    rule = finding.rule
    return {
        "finding": finding.subject,
        "rule": rule.id,
        "title": rule.title,
        "label": finding.label,
        "kind": VOCABULARY[finding.kind].label if finding.kind in VOCABULARY else None,
        "outcome": finding.outcome,
        "outcome_label": OUTCOMES[finding.outcome],
        "severity": finding.severity,
        "severity_label": SEVERITY_WORDS[finding.severity]
        if finding.outcome is Outcome.FAIL
        else None,
        "strength": STRENGTH_LABELS[rule.strength],
        "draft": rule.draft,
        "message": finding.message,
        "due": due_in(finding),
        "area": finding.area,
        "path": finding.path,
        "place": finding.place.shown,
        "about": rule.about,
    }


def rows(plan: PlanAssessment, *, everything: bool) -> list[Json]:
    """Return the findings as lines, the gravest first."""
    return [row(finding) for finding in plan.told(everything=everything)]


def found(plan: PlanAssessment, subject: Iterable[str]) -> Finding | None:
    """Return the finding of a rule on a subject; None if there is none any more."""
    wanted = tuple(subject)
    every = (*plan.findings, *plan.told())
    return next((each for each in every if each.subject == wanted), None)


def explanation(finding: Finding) -> Json:
    """Return why a finding came out so: its conditions in words, evidence, source and remedy."""
    from dxrules.report.html.finding_rows import reasons

    asks = finding.outcome is Outcome.UNKNOWN
    whole = as_json(parts.Finding, finding)
    return row(finding) | {
        "reasons": [
            {"truth": _SIGNS[each.truth]} | taken(each, "depth", "sign", "asks", "value", "title")
            for each in reasons(finding)
        ],
        "evidence": whole["evidence"],
        "source": basis(finding.rule),
        "url": whole["source"]["url"],
        "remedy": finding.remedy,
        "question": finding.question if asks else None,
        "paths": list(paths(finding)) if asks else [],
        "adjustments": whole.get("adjustments", []),
        "due_on": as_json(Date | None, finding.due),
    }


def areas(report: GapReport) -> list[Json]:
    """Return the gaps by area, and what is undetermined in each."""
    return [
        {
            "area": each.area,
            "label": each.label,
            "gaps": [gap_json(gap) for gap in each.gaps],
            "unknown": [row(finding) for finding in each.unknown],
        }
        for each in report.areas
    ]


def about_plan(plan: PlanAssessment) -> Json:
    """Return whose plan it is, and of when."""
    said = plan.file.said
    kept = said.plan
    return {
        "code": said.municipality.code,
        "name": said.municipality.name.text,
        "title": kept.title,
        "recorded": as_json(Date, said.recorded),
        "period": None if kept.period is None else Text(kept.period.text, kept.period.text),
    }
