"""JSON: everything an assessment says, in both languages, the same bytes for the same inputs."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from dxrules import __version__
from dxrules.dates import PartialDate, Range
from dxrules.derivation import VOCABULARY, Absent, Code, Value, date_of
from dxrules.rules.condition import All, AnyOf, Because, Leaf, Not

if TYPE_CHECKING:
    from dxrules.assessment import Assessment, Finding, PlanAssessment
    from dxrules.assessment.dependencies import DependencyGraph
    from dxrules.assessment.explain import Explanation
    from dxrules.assessment.gaps import GapReport
    from dxrules.derivation import Attribute, Proof
    from dxrules.errors import Place
    from dxrules.reference import Source
    from dxrules.rules import Law, Rule
    from dxrules.texts import Text

Json = dict[str, Any]


def render_json(assessment: Assessment) -> str:
    """Return the assessment as JSON text."""
    return dump(
        {
            "format": "dxrules/assessment/1",
            "as_of": assessment.day.isoformat(),
            "tool": {"name": "dxrules", "version": __version__},
            "engines": list(assessment.engines),
            "plans": [_plan(plan) for plan in assessment.plans],
        }
    )


def dump(data: Json) -> str:
    """Return JSON text as all reports write it."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


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
                    "overlap_days": None if edge.overlap is None else _number(edge.overlap),
                    "source": None if edge.source is None else _source(edge.source),
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


def finding_json(finding: Finding) -> Json:
    """Return one finding."""
    why = finding.verdict
    kind = finding.kind
    return {
        "rule": rule_json(finding.rule),
        "subject": {
            "kind": kind,
            "key": finding.key,
            "label": text(finding.label),
            "area": finding.area,
        },
        "outcome": finding.outcome.value,
        "severity": finding.severity,
        "message": text(finding.message),
        "because": None
        if why is None
        else {
            "applies": None if why.applies is None else _tree(kind, why.applies),
            "require": _tree(kind, why.require),
        },
        "places": _places(finding),
        "evidence": [_proof(proof) for proof in finding.proofs if proof.text or proof.section],
        "source": source_json(finding.rule),
        "remedy": text(finding.rule.remedy),
        "due": None if finding.due is None else date(finding.due),
        "days_left": finding.days_left,
        "waiver": None
        if finding.waiver is None
        else {
            "reason": finding.waiver.reason,
            "authority": finding.waiver.authority,
            "document": finding.waiver.document,
            "from": date(finding.waiver.since),
            "until": date(finding.waiver.until),
        },
    }


def _places(finding: Finding) -> list[Json]:
    places = [finding.place, *(proof.place for proof in finding.proofs)]
    return [_place(place) for place in dict.fromkeys(places)]


def _place(place: Place) -> Json:
    return {"file": place.file, "line": place.line, "column": place.column}


def _proof(proof: Proof) -> Json:
    return {
        "section": proof.section,
        "page": proof.page,
        "text": proof.text,
        "from": proof.origin,
        "place": _place(proof.place),
    }


def rule_json(rule: Rule) -> Json:
    """Return what identifies a rule, and when it holds."""
    until = rule.in_force.until
    return {
        "id": rule.id,
        "ruleset": rule.ruleset,
        "title": text(rule.title),
        "about": rule.about,
        "strength": rule.strength,
        "draft": rule.draft,
        "announced": rule.in_force.announced.isoformat(),
        "from": rule.in_force.since.isoformat(),
        "until": None if until is None else until.isoformat(),
    }


def source_json(rule: Rule) -> Json:
    """Return the source of a rule, and how it was verified."""
    said = _source(rule.source)
    clause = None if rule.clause is None else text(rule.clause)
    return {"title": said["title"], "kind": said["kind"], "clause": clause} | said


def _source(source: Source) -> Json:
    return {
        "title": text(source.title),
        "kind": source.kind,
        "decided": None if source.decided is None else date(source.decided),
        "verified": source.verified,
        "url": source.url,
    }


def _tree(kind: str, because: Because) -> Json:
    match because.condition:
        case Leaf(name, operator, operand):
            attribute = VOCABULARY[kind].attributes[name]
            return {
                "attribute": name,
                "label": text(attribute.label),
                "operator": operator,
                "operand": _operand(attribute, operator, operand),
                "value": None if because.value is None else _value(attribute, because.value),
                "truth": because.truth,
            }
        case All():
            word = "all"
        case AnyOf():
            word = "any"
        case Not():
            word = "not"
    return {word: [_tree(kind, part) for part in because.parts], "truth": because.truth}


def _operand(attribute: Attribute, operator: str, operand: Any) -> Any:
    if attribute.type == "date" and operator != "known":
        return date(date_of(Range.point(operand)))
    return list(operand) if isinstance(operand, tuple) else operand


def _value(attribute: Attribute, value: Value) -> Any:
    match value:
        case Absent(silent, reason):
            return {
                "absent": "silent" if silent else "unknown",
                "because": None if reason is None else text(reason),
            }
        case Range():
            return date(date_of(value)) if attribute.type == "date" else _number(value)
        case Code(code):
            return code
        case bool():
            return value
        case _:
            return text(value)


def _number(value: Range) -> Json:
    return {"lo": value.lo, "hi": value.hi, "approximate": value.approximate}


def date(value: PartialDate) -> Json:
    """Return a date with what is known of it."""
    return {
        "text": value.text or value.canonical(),
        "earliest": None if value.earliest is None else value.earliest.isoformat(),
        "latest": None if value.latest is None else value.latest.isoformat(),
        "approximate": value.approximate,
    }


def text(value: Text) -> Json:
    """Return a text in both languages."""
    return {"ja": value.ja, "en": value.en}


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
                    "rules": [_whole_rule(rule) for rule in ruleset.rules],
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
            "rule": _whole_rule(explanation.rule),
            "findings": [
                {"plan": code} | finding_json(finding) for code, finding in explanation.findings
            ],
        }
    )


def _whole_rule(rule: Rule) -> Json:
    return rule_json(rule) | {
        "severity": rule.severity,
        "subject": {"kind": rule.kind, "keys": list(rule.keys)},
        "source": source_json(rule),
        "message": text(rule.message),
        "remedy": text(rule.remedy),
        "formerly": list(rule.formerly),
    }
