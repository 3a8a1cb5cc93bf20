"""SARIF 2.1.0: every finding as a result, with its rule, its places and its fingerprint.

A failure is a `fail`; what cannot be told is `open`, at no level; a waiver is a suppression.
The fingerprint is made of town, rule and subject, so that a remark is known again when lines
move. https://docs.oasis-open.org/sarif/sarif/v2.1.0/
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from dxrules import __version__
from dxrules.report.citing import basis, quoted
from dxrules.report.heading import setbacks_text
from dxrules.report.json_once import Once
from dxrules.report.json_values import Json, in_utf8
from dxrules.report.words import VERIFICATION
from dxrules.rules import Outcome
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dxrules.assessment import Assessment, Finding, PlanAssessment
    from dxrules.assessment.dossier import Dossier
    from dxrules.derivation import Proof
    from dxrules.errors import Place
    from dxrules.report.terminal import Style
    from dxrules.report.writers import How
    from dxrules.rules import Rule

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_KINDS: Mapping[Outcome, str] = {
    Outcome.FAIL: "fail",
    Outcome.WAIVED: "fail",
    Outcome.PASS: "pass",
    Outcome.UNKNOWN: "open",
    Outcome.ERROR: "open",
    Outcome.NOT_APPLICABLE: "notApplicable",
}
_COMPARED = frozenset({"fail", "open"})
"""The kinds that a baseline can know."""


def write(dossier: Dossier, how: How) -> bytes:
    """Return the report as UTF-8."""
    run = _run(dossier.assessment, how.style)
    if dossier.unreadable:
        (invocation,) = run["invocations"]
        invocation["executionSuccessful"] = False
        invocation["toolExecutionNotifications"] += [
            {
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": plan.name}}}],
                "level": "error",
                "message": {"text": how.style.say(plan.message)},
            }
            for plan in dossier.unreadable
        ]
    if dossier.assessment.setbacks:
        (invocation,) = run["invocations"]
        said = how.style.say(setbacks_text(dossier.assessment))
        remark = {"level": "warning", "message": {"text": said}}
        invocation["toolExecutionNotifications"].append(remark)
    if dossier.stale is not None or dossier.assessment.setbacks:
        compared = dossier.stale is not None
        findings = [f for plan in dossier.assessment.plans for f in plan.findings]
        for result, finding in zip(run["results"], findings, strict=True):
            if result["kind"] in _COMPARED and (compared or finding.setback):
                result["baselineState"] = _state(finding)
    return in_utf8({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _state(finding: Finding) -> str:
    """Return how a result compares with what was known of it."""
    if finding.setback is not None:
        return "updated"
    return "unchanged" if finding.known else "new"


def _run(assessment: Assessment, style: Style) -> Json:
    rules = {f.rule.id: f.rule for plan in assessment.plans for f in plan.findings}
    places, once = {rule_id: n for n, rule_id in enumerate(sorted(rules))}, Once()
    files = {plan.file.name: n for n, plan in enumerate(assessment.plans)}
    return {
        "tool": {
            "driver": {
                "name": "dxrules",
                "version": __version__,
                "language": style.lang,
                "rules": [_rule(rules[rule_id], style) for rule_id in places],
            }
        },
        "automationDetails": {"id": f"dxrules/{assessment.day.isoformat()}"},
        "invocations": [
            {
                "executionSuccessful": assessment.trusted,
                "toolExecutionNotifications": list(_notifications(assessment, files, style)),
            }
        ],
        "artifacts": [
            {
                "location": {"uri": plan.file.name},
                "hashes": {"sha-256": sha256(plan.file.document.content).hexdigest()},
                "sourceLanguage": "yaml",
            }
            for plan in assessment.plans
        ],
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(plan, finding, places[finding.rule.id], files, style, once)
            for plan in assessment.plans
            for finding in plan.findings
        ],
        "properties": {
            "asOf": assessment.day.isoformat(),
            "engines": list(assessment.engines),
            "lawbooks": sorted({plan.lawbook.digest for plan in assessment.plans}),
        },
    }


def _rule(rule: Rule, style: Style) -> Json:
    verified = style.say(VERIFICATION[rule.source.verified])
    remedy, source = style.say(rule.remedy), style.say(basis(rule))
    described: Json = {
        "id": rule.id,
        "name": rule.id.replace("-", ""),
        "shortDescription": {"text": style.say(rule.title)},
        "fullDescription": {"text": source},
        "help": {
            "text": f"{remedy}\n{source} ({verified})",
            "markdown": f"{remedy}\n\n_{source} ({verified})_",
        },
        "defaultConfiguration": {"level": rule.severity},
        "properties": {
            "tags": [rule.ruleset, rule.strength],
            "about": rule.about,
            "draft": rule.draft,
            "from": rule.in_force.since.isoformat(),
        },
    }
    if rule.source.url is not None:
        described["helpUri"] = rule.source.url
    if rule.formerly:
        described["deprecatedIds"] = list(rule.formerly)
    return described


def _result(
    plan: PlanAssessment,
    finding: Finding,
    index: int,
    files: Mapping[str, int],
    style: Style,
    once: Once,
) -> Json:
    kind = _KINDS[finding.outcome]
    code = plan.file.plan.municipality.code
    name, proofs = f"{finding.kind}/{finding.key}", finding.proofs
    told: Json = {
        "ruleId": finding.rule.id,
        "ruleIndex": index,
        "kind": kind,
        "level": finding.severity if kind == "fail" else "none",
        "message": {"text": f"{style.say(finding.label)}: {style.say(finding.message)}"},
        "locations": once.list(
            (finding.place, name),
            lambda: [
                _location(finding.place, files)
                | {"logicalLocations": [{"fullyQualifiedName": name}]}
            ],
        ),
        "relatedLocations": once.list(
            proofs,
            lambda: [
                _location(proof.place, files) | {"id": n, "message": {"text": _said(proof, style)}}
                for n, proof in enumerate(proofs, 1)
            ],
        ),
        "partialFingerprints": {"dxrules/subject/v1": _fingerprint(code, finding)},
        "properties": {
            "outcome": finding.outcome.value,
            "municipality": code,
            "remedy": style.say(finding.rule.remedy),
            **({} if finding.setback is None else {"setback": finding.setback}),
            "due": None if finding.due is None else style.say(finding.due.describe()),
            "daysLeft": finding.days_left,
        },
    }
    if finding.waiver is not None:
        said = f"{finding.waiver.reason} ({finding.waiver.authority})"
        told["suppressions"] = [{"kind": "external", "status": "accepted", "justification": said}]
    return told


def _location(place: Place, files: Mapping[str, int]) -> Json:
    artifact = {"uri": place.file, "index": files[place.file]}
    region = {"startLine": place.line, "startColumn": place.column}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _said(proof: Proof, style: Style) -> str:
    return style.say(quoted(proof))


def _fingerprint(code: str, finding: Finding) -> str:
    return sha256("\n".join((code, *finding.subject)).encode()).hexdigest()


def _notifications(
    assessment: Assessment, files: Mapping[str, int], style: Style
) -> Iterator[Json]:
    """Say what was not judged: engines that differ, and sections that were not read."""
    for plan in assessment.plans:
        where = {"locations": [_location(plan.file.place(()), files)]}
        for finding in plan.of(Outcome.ERROR):
            text = style.say(same(f"{finding.rule.id}: ") + finding.message)
            yield where | {"level": "error", "message": {"text": text}}
        if plan.file.unread:
            sections = ", ".join(plan.file.unread)
            said = Text(f"読んでいない節: {sections}", f"Sections that were not read: {sections}")
            yield where | {"level": "note", "message": {"text": style.say(said)}}
