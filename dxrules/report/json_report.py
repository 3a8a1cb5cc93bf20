"""JSON: everything an assessment says, in both languages, the same bytes for the same inputs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from dxrules.assessment import Assessment, PlanAssessment
from dxrules.assessment.baseline_file import said
from dxrules.assessment.dossier import Dossier, Unreadable
from dxrules.assessment.due_days import rules_to_come
from dxrules.assessment.questions import questions
from dxrules.assessment.since import Since
from dxrules.report.json_pieces import element, filled, hole
from dxrules.report.json_values import (
    Json,
    citation,
    date,
    finding_json,
    history_json,
    in_utf8,
    number,
    question_json,
    refinement_json,
    rule_json,
    source_json,
    taken,
    to_pass_json,
    tool,
    whole_rule,
)
from dxrules.report.piecewise import Pieces, Piecewise, Whole
from dxrules.report.writers import How
from dxrules.rules import Law, Lawbook
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.assessment.dependencies import DependencyGraph
    from dxrules.assessment.explain import Explanation
    from dxrules.assessment.gaps import Gap, GapReport
    from dxrules.assessment.history import History


def _piece(dossier: Dossier, how: How) -> bytes:
    (plan,) = dossier.assessment.plans
    return element(_plan(plan, everything=how.everything), _DEPTH)


def _joined(whole: Whole, pieces: Pieces, how: How) -> Iterator[bytes]:  # noqa: ARG001  (both languages)
    assessment, plans = whole.dossier.assessment, hole("plans")
    report = _report(assessment, whole.selected, plans, whole.since, whole.unreadable)
    return filled(report, {"plans": pieces})


_DEPTH = 2
"""Of a plan in the report."""
PIECES = Piecewise(_piece, _joined)
write = PIECES.write


def render_json(assessment: Assessment) -> bytes:
    """Return an assessment alone, with every subject: what a packet keeps."""
    plans = [_plan(plan, everything=True) for plan in assessment.plans]
    since = Since.together(map(Since.of, assessment.plans))
    return in_utf8(_report(assessment, assessment.selected, plans, since))


def _report(
    assessment: Assessment,
    selected: Text | None,
    plans: list[Json] | str,
    since: Since,
    unreadable: Sequence[Unreadable] = (),
) -> Json:
    """Return the report; what was to be judged, too, has a key where there is any."""
    unread = [{"file": plan.name, "message": plan.message} for plan in unreadable]
    stale = since.stale
    compared = {} if stale is None else {"baseline": {"stale": [said(each) for each in stale]}}
    return {
        "format": "dxrules/assessment/2",
        "as_of": assessment.day,
        "tool": tool(),
        "engines": assessment.engines,
        **({} if selected is None else {"selection": selected}),
        "plans": plans,
        **compared,
        **({"setbacks": _setbacks(since)} if since.setbacks else {}),
        **({"unreadable": unread} if unread else {}),
    }


def _setbacks(since: Since) -> list[Json]:
    """Return what failed before and is undetermined now, with its former severity."""
    return [
        {
            "municipality": each.municipality,
            "rule": each.rule,
            "kind": each.kind,
            "key": each.key,
            "severity": each.severity,
        }
        for each in since.setbacks
    ]


def gaps_json(report: GapReport) -> Json:
    """Return a gap report."""
    return {
        "format": "dxrules/gaps/1",
        "as_of": report.plan.lawbook.day,
        **selection_json(report.plan),
        "plan": about_plan(report.plan),
        "errors": [finding_json(finding) for finding in report.errors],
        "first": [_gap(gap) for gap in report.first],
        "questions": [question_json(question) for question in report.questions],
        "coming": coming_json(report.plan),
        "areas": [
            {
                "area": area.area,
                "label": area.label,
                "gaps": [_gap(gap) for gap in area.gaps],
                "unknown": [finding_json(finding) for finding in area.unknown],
            }
            for area in report.areas
        ],
    }


def selection_json(plan: PlanAssessment) -> Json:
    """Return what says that a report is of a selection; nothing where it is of all."""
    return {} if plan.selected is None else {"selection": plan.selected}


def _gap(gap: Gap) -> Json:
    return {
        "by": gap.by,
        "start_by": gap.start_by,
        "later": [taken(later, "kind", "id", "label") for later in gap.later],
        "findings": [
            finding_json(finding) | {"to_pass": to_pass_json(told)}
            for finding, told in zip(gap.findings, gap.to_pass, strict=True)
        ],
    }


def graph_json(graph: DependencyGraph) -> Json:
    """Return a dependency graph."""
    return {
        "format": "dxrules/graph/1",
        "plan": graph.file.plan.municipality.code,
        "nodes": [
            {
                **taken(node, "id", "label", "planned"),
                "start": None if node.start is None else date(node.start),
                "due": None if node.due is None else date(node.due),
                **taken(node, "status", "slack_days", "critical", "late_days"),
            }
            for node in graph.nodes
        ],
        "edges": [
            {
                **taken(edge, "first", "then", "origin", "kind", "present"),
                "overlap_days": None if edge.overlap is None else number(edge.overlap),
                "source": None if edge.source is None else citation(edge.source),
            }
            for edge in graph.edges
        ],
        **taken(graph, "cycles", "critical_path", "order", "delays"),
    }


def _plan(plan: PlanAssessment, *, everything: bool) -> Json:
    counts = plan.counts
    return {
        "plan": about_plan(plan),
        "lawbook": about_lawbook(plan.lawbook),
        **({"engines": ["interpreter"]} if plan.alone else {}),
        "counts": {
            "outcomes": {outcome.value: n for outcome, n in counts.outcomes.items()},
            "severities": dict(counts.severities),
            "strengths": dict(counts.strengths),
            "open": dict(counts.duties),
            "subjects": {outcome.value: n for outcome, n in counts.subjects.items()},
        },
        "questions": [question_json(question) for question in questions(plan)],
        "findings": [finding_json(f) for f in plan.told(everything=everything)],
        "coming": coming_json(plan),
        "not_in_force": [rule_json(rule) for rule in plan.not_in_force],
    }


def coming_json(plan: PlanAssessment) -> list[Json]:
    """Return the rules that begin later, within the plan's period."""
    return [
        rule_json(rule) | {"source": source_json(rule), "remedy": rule.remedy_for()}
        for rule in rules_to_come(plan)
    ]


def about_lawbook(lawbook: Lawbook) -> Json:
    """Return what identifies the law of a day."""
    return {
        "id": "+".join(lawbook.rulesets),
        "sha256": lawbook.digest,
        "known_until": lawbook.known_until,
    }


def about_plan(plan: PlanAssessment) -> Json:
    """Return what identifies a plan, and how far it was read."""
    said = plan.file.plan
    return {
        "code": said.municipality.code,
        "name": said.municipality.name.text,
        "title": said.plan.title,
        "file": plan.file.name,
        "sha256": sha256(plan.file.document.content).hexdigest(),
        "recorded": date(said.recorded),
        "unread": plan.file.unread,
    }


def rules_json(law: Law) -> Json:
    """Return all rules with their sources as JSON."""
    return {
        "format": "dxrules/rules/1",
        "rulesets": [
            {
                "id": ruleset.id,
                "title": ruleset.title,
                "known_until": ruleset.known_until,
                "rules": [whole_rule(rule) for rule in ruleset.rules],
            }
            for ruleset in law.rulesets
        ],
    }


def explanation_json(explanation: Explanation, history: History | None = None) -> Json:
    """Return a rule and its findings, with how it came about if that is asked for."""
    compares = explanation.refinement
    told = {} if history is None else {"history": history_json(history)}
    return {
        "format": "dxrules/explanation/1",
        "rule": whole_rule(explanation.rule),
        "refinement": None if compares is None else refinement_json(compares),
        "refined_by": [rule.id for rule in explanation.refined_by],
        **told,
        "findings": [
            {"plan": code} | finding_json(finding) | {"to_pass": to_pass_json(to_pass)}
            for (code, finding), to_pass in zip(
                explanation.findings, explanation.to_pass, strict=True
            )
        ],
    }
