"""OSCAL assessment results (NIST, 1.2): a result per plan.

A pass is a finding that is satisfied, a failure one that is not, with a risk where the remedy
and the day due stand. What cannot be told is an observation without a finding: OSCAL knows no
third state, and an open question is no deficiency. A waiver is a risk that was accepted.
Identifiers are made of town, rule and subject, and the time is the day judged.
"""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from dxrules import __version__
from dxrules.frozen import frozen
from dxrules.report.citing import basis, quoted
from dxrules.report.heading import setbacks_text
from dxrules.report.json_once import Once
from dxrules.report.json_values import Json, in_utf8
from dxrules.report.words import OUTCOMES
from dxrules.rules import Outcome
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dxrules.assessment import Assessment, Finding, PlanAssessment
    from dxrules.assessment.dossier import Dossier
    from dxrules.report.terminal import Style
    from dxrules.report.writers import How
    from dxrules.rules import Rule

_VERSION = "1.2.3"
_NAMESPACE = "urn:dxrules:oscal"
_STATES: Mapping[Outcome, str] = {
    Outcome.PASS: "satisfied",
    Outcome.FAIL: "not-satisfied",
    Outcome.WAIVED: "not-satisfied",
}
_UNREAD = Text("判定していない: ", "Not judged: ")
_TITLE = Text("自治体DX計画の判定結果", "Assessment of municipal DX plans")


def write(dossier: Dossier, how: How) -> bytes:
    """Return the report as UTF-8."""
    return in_utf8({"assessment-results": _report(dossier, how.style)})


def _uuid(*names: str) -> str:
    return str(uuid5(NAMESPACE_URL, "\n".join(("dxrules", *names))))


def _time(assessment: Assessment) -> str:
    return f"{assessment.day.isoformat()}T00:00:00+09:00"


def _report(dossier: Dossier, style: Style) -> Json:
    assessment, once = dossier.assessment, Once()
    inputs = [_digest(plan) for plan in assessment.plans]
    inputs += [plan.lawbook.digest for plan in assessment.plans]
    lawbook = _uuid("lawbook", *sorted({plan.lawbook.digest for plan in assessment.plans}))
    return {
        "uuid": _uuid("report", assessment.day.isoformat(), style.lang, *inputs),
        "metadata": {
            "title": style.say(_TITLE),
            "last-modified": _time(assessment),
            "version": assessment.day.isoformat(),
            "oscal-version": _VERSION,
            **_remarks(dossier, style),
        },
        "import-ap": {"href": f"#{lawbook}"},
        "results": [_result(plan, assessment, style, once) for plan in assessment.plans]
        or [_nothing(assessment, style)],
        "back-matter": {"resources": [*_resources(assessment, lawbook, style)]},
    }


def _remarks(dossier: Dossier, style: Style) -> Json:
    """Return what could not be read, and setbacks, as a remark; nothing where there are none."""
    unread = [style.say(_UNREAD + plan.message) for plan in dossier.unreadable]
    if dossier.assessment.setbacks:
        unread.append(style.say(setbacks_text(dossier.assessment)))
    return {"remarks": "\n".join(unread)} if unread else {}


def _nothing(assessment: Assessment, style: Style) -> Json:
    """Return a result without a plan: the schema wants one, with a selection of controls."""
    said = style.say(Text("判定した計画はない", "No plan was judged"))
    return {
        "uuid": _uuid("nothing", assessment.day.isoformat(), style.lang),
        "title": said,
        "description": said,
        "start": _time(assessment),
        "reviewed-controls": {"control-selections": [{"description": said, "include-all": {}}]},
    }


def _digest(plan: PlanAssessment) -> str:
    return sha256(plan.file.document.content).hexdigest()


def _result(plan: PlanAssessment, assessment: Assessment, style: Style, once: Once) -> Json:
    town = plan.file.plan.municipality
    judged = [f for f in plan.findings if f.outcome is not Outcome.NOT_APPLICABLE]
    counts = plan.counts.outcomes
    result: Json = {
        "uuid": _uuid("result", assessment.day.isoformat(), _digest(plan), plan.lawbook.digest),
        "title": f"{style.say(town.name.text)} {plan.file.plan.plan.title}",
        "description": ", ".join(
            f"{style.say(word)} {counts[outcome]}" for outcome, word in OUTCOMES.items()
        ),
        "start": _time(assessment),
        "props": [_prop(f"count-{o.value}".replace("_", "-"), str(n)) for o, n in counts.items()],
        "local-definitions": {
            "inventory-items": [
                {
                    "uuid": _uuid("plan", town.code),
                    "description": plan.file.plan.plan.title,
                    "props": [_prop("municipality-code", town.code)],
                }
            ],
            "assessment-assets": {
                "components": [_tool(assessment)],
                "assessment-platforms": [
                    {
                        "uuid": _uuid("platform", __version__),
                        "uses-components": [{"component-uuid": _uuid("tool", __version__)}],
                    }
                ],
            },
        },
        "reviewed-controls": {"control-selections": [{"include-all": {}}]},
    }
    subjects = [{"subject-uuid": _uuid("plan", town.code), "type": "inventory-item"}]
    told = [_Told.of(plan, finding, style) for finding in judged]
    risks = [_risk(t, once) for t in told if t.finding.outcome in (Outcome.FAIL, Outcome.WAIVED)]
    for name, entries in (
        ("observations", [_observation(t, subjects, assessment, once) for t in told]),
        ("risks", risks),
        ("findings", [_finding(t, once) for t in told if t.finding.outcome in _STATES]),
    ):
        if entries:  # the schema wants no empty lists
            result[name] = entries
    return result


def _tool(assessment: Assessment) -> Json:
    return {
        "uuid": _uuid("tool", __version__),
        "type": "software",
        "title": f"dxrules {__version__}",
        "description": " + ".join(assessment.engines),
        "status": {"state": "operational"},
    }


def _prop(name: str, value: str) -> Json:
    return {"name": name, "ns": _NAMESPACE, "value": value}


def _origins(once: Once) -> Json:
    return once.mapping(
        ("origins",),
        lambda: {"actors": [{"type": "tool", "actor-uuid": _uuid("tool", __version__)}]},
    )


@frozen
class _Told:
    """A finding, and what is told of it in several places."""

    finding: Finding
    style: Style
    ids: tuple[str, ...]
    observation: str
    title: str
    message: str

    @classmethod
    def of(cls, plan: PlanAssessment, finding: Finding, style: Style) -> _Told:
        town, day = plan.file.plan.municipality.code, plan.lawbook.day.isoformat()
        ids = (town, day, *finding.subject)
        rule, subject = style.say(finding.rule.title), style.say(finding.label)
        title = f"{finding.rule.id} {rule}: {subject}"
        observation = _uuid("observation", *ids)
        return cls(finding, style, ids, observation, title, style.say(finding.message))

    @property
    def basis(self) -> str:
        """On what the rule rests."""
        return self.style.say(basis(self.finding.rule))

    @property
    def observations(self) -> list[Json]:
        """Where it was observed."""
        return [{"observation-uuid": self.observation}]


def _observation(told: _Told, subjects: list[Json], assessment: Assessment, once: Once) -> Json:
    finding, style = told.finding, told.style
    graded = (
        ("outcome", finding.outcome.value),
        ("severity", finding.severity),
        ("strength", finding.rule.strength),
    )
    return {
        "uuid": told.observation,
        "title": told.title,
        "description": told.message or style.say(finding.label),
        "props": [
            *(once.mapping(each, partial(_prop, *each)) for each in graded),
            _prop("subject", f"{finding.kind}/{finding.key}"),
        ],
        "methods": ["EXAMINE"],
        "types": ["control-objective"],
        "origins": [_origins(once)],
        "subjects": subjects,
        "relevant-evidence": once.list(
            (finding.place, *finding.proofs),
            lambda: [
                {"description": str(finding.place)},
                *(
                    {"description": f"{proof.place.short} " + style.say(quoted(proof))}
                    for proof in finding.proofs
                ),
            ],
        ),
        "collected": _time(assessment),
    }


def _finding(told: _Told, once: Once) -> Json:
    finding = told.finding
    state = _STATES[finding.outcome]
    status: Json = {"state": state, "remarks": told.message or state}
    found: Json = {
        "uuid": _uuid("finding", *told.ids),
        "title": told.title,
        "description": told.basis,
        "origins": [_origins(once)],
        "target": {"type": "objective-id", "target-id": finding.rule.id, "status": status},
        "related-observations": told.observations,
    }
    if state == "not-satisfied":
        found["related-risks"] = [{"risk-uuid": _uuid("risk", *told.ids)}]
    return found


def _risk(told: _Told, once: Once) -> Json:
    finding = told.finding
    accepted = finding.outcome is Outcome.WAIVED
    risk: Json = {
        "uuid": _uuid("risk", *told.ids),
        "title": told.title,
        "description": told.message,
        "statement": told.basis,
        "props": [_prop("severity", finding.severity)],
        "status": "deviation-approved" if accepted else "open",
        "origins": [_origins(once)],
        "remediations": [
            {
                "uuid": _uuid("remediation", *told.ids),
                "lifecycle": "recommendation",
                "title": finding.rule.id,
                "description": told.style.say(finding.rule.remedy),
            }
        ],
        "related-observations": told.observations,
    }
    if finding.waiver is not None:
        risk["props"].append(_prop("waived-by", finding.waiver.authority))
    if finding.due is not None and finding.due.latest is not None:
        risk["deadline"] = f"{finding.due.latest.isoformat()}T23:59:59+09:00"
    return risk


def _resources(assessment: Assessment, lawbook: str, style: Style) -> Iterator[Json]:
    rulesets = sorted({name for plan in assessment.plans for name in plan.lawbook.rulesets})
    yield {
        "uuid": lawbook,
        "title": style.say(Text("適用した規則", "The rules applied")),
        "description": ", ".join(rulesets) or "-",
    }
    for plan in assessment.plans:
        yield {
            "uuid": _uuid("file", _digest(plan)),
            "title": plan.file.name,
            "rlinks": [
                {
                    "href": plan.file.name,
                    "hashes": [{"algorithm": "SHA-256", "value": _digest(plan)}],
                }
            ],
        }
    rules = {f.rule.id: f.rule for plan in assessment.plans for f in plan.findings}
    for _, rule in sorted(rules.items()):
        yield _source(rule, style)


def _source(rule: Rule, style: Style) -> Json:
    said: Json = {
        "uuid": _uuid("rule", rule.id),
        "title": f"{rule.id} {style.say(rule.title)}",
        "props": [_prop("verified", rule.source.verified)],
        "citation": {"text": style.say(basis(rule))},
    }
    if rule.source.url is not None:
        said["rlinks"] = [{"href": rule.source.url}]
    return said
