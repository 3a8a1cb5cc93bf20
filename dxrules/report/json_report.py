"""JSON: everything an assessment says, in both languages, the same bytes for the same inputs."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from dxrules import __version__
from dxrules.report.json_values import (
    Json,
    citation,
    date,
    dump,
    finding_json,
    number,
    rule_json,
    text,
    whole_rule,
)

if TYPE_CHECKING:
    from dxrules.assessment import Assessment, PlanAssessment
    from dxrules.assessment.dependencies import DependencyGraph
    from dxrules.assessment.dossier import Dossier
    from dxrules.assessment.explain import Explanation
    from dxrules.assessment.gaps import GapReport
    from dxrules.report.writers import How
    from dxrules.rules import Law


def write(dossier: Dossier, how: How) -> bytes:  # noqa: ARG001  (the same in both languages)
    """Return the report as UTF-8."""
    stale = None if dossier.stale is None else [entry.model_dump() for entry in dossier.stale]
    return render_json(dossier.assessment, stale).encode()


def render_json(assessment: Assessment, stale: list[Json] | None = None) -> str:
    """Return the assessment as JSON text; `stale` are the mended entries of a baseline."""
    compared = {} if stale is None else {"baseline": {"stale": stale}}
    return dump(
        {
            "format": "dxrules/assessment/1",
            "as_of": assessment.day.isoformat(),
            "tool": {"name": "dxrules", "version": __version__},
            "engines": list(assessment.engines),
            "plans": [_plan(plan) for plan in assessment.plans],
            **compared,
        }
    )


def render_gaps(report: GapReport) -> str:
    """Return a gap report as JSON text."""
    return dump(
        {
            "format": "dxrules/gaps/1",
            "as_of": report.plan.lawbook.day.isoformat(),
            "plan": _about(report.plan),
            "errors": [finding_json(finding) for finding in report.errors],
            "first": [_gap(gap) for gap in report.first],
            "areas": [
                {
                    "area": area.area,
                    "label": text(area.label),
                    "gaps": [_gap(gap) for gap in area.gaps],
                    "unknown": [finding_json(finding) for finding in area.unknown],
                }
                for area in report.areas
            ],
        }
    )


def _gap(gap: Any) -> Json:
    return {"by": text(gap.by), "findings": [finding_json(finding) for finding in gap.findings]}


def render_graph(graph: DependencyGraph) -> str:
    """Return a dependency graph as JSON text."""
    return dump(
        {
            "format": "dxrules/graph/1",
            "plan": graph.file.plan.municipality.code,
            "nodes": [
                {
                    "id": node.id,
                    "label": text(node.label),
                    "planned": node.planned,
                    "start": None if node.start is None else date(node.start),
                    "due": None if node.due is None else date(node.due),
                    "status": node.status,
                    "slack_days": node.slack_days,
                    "critical": node.critical,
                    "late_days": node.late_days,
                }
                for node in graph.nodes
            ],
            "edges": [
                {
                    "first": edge.first,
                    "then": edge.then,
                    "origin": edge.origin,
                    "kind": edge.kind,
                    "present": edge.present,
                    "overlap_days": None if edge.overlap is None else number(edge.overlap),
                    "source": None if edge.source is None else citation(edge.source),
                }
                for edge in graph.edges
            ],
            "cycles": [list(cycle) for cycle in graph.cycles],
            "critical_path": list(graph.critical_path),
            "order": list(graph.order),
            "delays": dict(graph.delays),
        }
    )


def _plan(plan: PlanAssessment) -> Json:
    counts = plan.counts
    return {
        "plan": _about(plan),
        "lawbook": {
            "id": "+".join(plan.lawbook.rulesets),
            "sha256": plan.lawbook.digest,
            "known_until": plan.lawbook.known_until.isoformat(),
        },
        "counts": {
            "outcomes": {outcome.value: n for outcome, n in counts.outcomes.items()},
            "severities": dict(counts.severities),
            "strengths": dict(counts.strengths),
        },
        "findings": [finding_json(finding) for finding in plan.findings],
        "not_in_force": [rule_json(rule) for rule in plan.not_in_force],
    }


def _about(plan: PlanAssessment) -> Json:
    said = plan.file.plan
    return {
        "code": said.municipality.code,
        "name": text(said.municipality.name.text),
        "title": said.plan.title,
        "file": plan.file.name,
        "sha256": sha256(plan.file.document.text.encode()).hexdigest(),
        "recorded": date(said.recorded),
        "unread": list(plan.file.unread),
    }


def render_rules(law: Law) -> str:
    """Return all rules with their sources as JSON text."""
    return dump(
        {
            "format": "dxrules/rules/1",
            "rulesets": [
                {
                    "id": ruleset.id,
                    "title": text(ruleset.title),
                    "known_until": ruleset.known_until.isoformat(),
                    "rules": [whole_rule(rule) for rule in ruleset.rules],
                }
                for ruleset in law.rulesets
            ],
        }
    )


def render_explanation(explanation: Explanation) -> str:
    """Return a rule and its findings as JSON text."""
    return dump(
        {
            "format": "dxrules/explanation/1",
            "rule": whole_rule(explanation.rule),
            "findings": [
                {"plan": code} | finding_json(finding) for code, finding in explanation.findings
            ],
        }
    )
