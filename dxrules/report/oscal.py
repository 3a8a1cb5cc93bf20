"""OSCAL assessment results (NIST, 1.2): a result per plan.

A pass is a finding that is satisfied, a failure one that is not, with a risk where the remedy
and the day due stand. What is undetermined is an observation without a finding: OSCAL knows no
third state, and an open question is no deficiency. A waiver is a risk that was accepted.
Identifiers are made of town, plan, rule and subject, and the time is the day judged. No two are
alike, as OSCAL wants: each result has its own component for dxrules, so that it can stand alone.
Every source in the back matter is linked from what rests on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from dxrules import __version__
from dxrules.assessment import Assessment, Finding, PlanAssessment
from dxrules.assessment.dossier import Unreadable
from dxrules.frozen import frozen
from dxrules.report.citations import basis, quoted
from dxrules.report.how_to_write import How
from dxrules.report.json_values import Json
from dxrules.report.piecewise import asked_of
from dxrules.report.plan_header import selection_text
from dxrules.report.shared_labels import OUTCOMES
from dxrules.report.terminal import Style
from dxrules.report.undetermined_rules import to_do
from dxrules.rules import Outcome, Rule
from dxrules.source.repository import reference
from dxrules.texts import Text, printable, visible

_VERSION = "1.2.3"
_NAMESPACE = "urn:dxrules:oscal"
_STATES: Mapping[Outcome, str] = {
    Outcome.PASS: "satisfied",
    Outcome.FAIL: "not-satisfied",
    Outcome.WAIVED: "not-satisfied",
}
_UNREAD = Text("判定していない: ", "Not judged: ")
_TITLE = Text("自治体DX計画の判定結果", "Assessment of municipal DX plans")


def identifier(*names: str) -> str:
    """Return the identifier of what has these names."""
    return str(uuid5(NAMESPACE_URL, "\n".join(("dxrules", *names))))


def _time(day: date) -> str:
    return f"{day.isoformat()}T00:00:00+09:00"


@frozen
class ReportFrame:
    """What is said of all results: by which law, of which plans, and what is odd.

    `inputs` are the digests of each plan and of its lawbook, in the order of the results.
    """

    day: date
    style: Style
    inputs: Sequence[tuple[str, str]]
    rulesets: AbstractSet[str]
    remarks: str

    @property
    def lawbook(self) -> Json:
        """The rules applied, as a resource."""
        return {
            "uuid": identifier("lawbook", *sorted({lawbook for _, lawbook in self.inputs})),
            "title": self.style.say(Text("適用した点検項目", "The rules applied")),
            "description": ", ".join(sorted(self.rulesets)) or "-",
        }

    def document(self, results: list[Json] | str, resources: list[Json] | str) -> Json:
        """Return the report with these results and resources."""
        day, style = self.day, self.style
        digests = [*(plan for plan, _ in self.inputs), *(lawbook for _, lawbook in self.inputs)]
        metadata = {
            "title": style.say(_TITLE),
            "last-modified": _time(day),
            "version": day.isoformat(),
            "oscal-version": _VERSION,
        }
        return {
            "uuid": identifier("report", day.isoformat(), style.lang, *digests),
            "metadata": metadata | ({"remarks": self.remarks} if self.remarks else {}),
            "import-ap": {"href": f"#{self.lawbook['uuid']}"},
            "results": results,
            "back-matter": {"resources": resources},
        }


@frozen
class JudgedPlan:
    """A plan that was judged; `names` tell it from all others of the report."""

    plan: PlanAssessment
    path: str
    names: tuple[str, ...]
    digest: str

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is reported: what is not applicable was not assessed."""
        findings = self.plan.findings
        return tuple(f for f in findings if f.outcome is not Outcome.NOT_APPLICABLE)

    def uuid(self, kind: str, *names: str) -> str:
        """Return the identifier of something that stands in the result of this plan alone."""
        return identifier(kind, *self.names, *names)


def judged_plan(plan: PlanAssessment, how: How) -> JudgedPlan:
    """Tell a plan by its town and file."""
    path = how.locate(plan.file.name)
    names = plan.file.plan.municipality.code, visible(path)
    return JudgedPlan(plan, path, names, sha256(plan.file.document.content).hexdigest())


def remarks(
    unreadable: Iterable[Unreadable], selected: Text | None, setbacks: Text | None, style: Style
) -> str:
    """Return a selection, what could not be read, and setbacks, as a remark; nothing without."""
    said = [selection_text(selected), *(_UNREAD + each.message for each in unreadable), setbacks]
    return "\n".join(printable(style.say(text)) for text in said if text is not None)


def nothing_judged(day: date, style: Style) -> Json:
    """Return a result without a plan: the schema wants one, with a selection of controls."""
    said = style.say(Text("判定した計画はない", "No plan was judged"))
    return {
        "uuid": identifier("nothing", day.isoformat(), style.lang),
        "title": said,
        "description": said,
        "start": _time(day),
        "reviewed-controls": {"control-selections": [{"description": said, "include-all": {}}]},
    }


def result_of(judged: JudgedPlan, assessment: Assessment, style: Style) -> Json:
    """Return what was found of a plan."""
    plan, tool = judged.plan, judged.uuid("tool", __version__)
    town = plan.file.plan.municipality
    counts = plan.counts.outcomes
    item = judged.uuid("plan")
    result: Json = {
        "uuid": judged.uuid(
            "result", assessment.day.isoformat(), judged.digest, plan.lawbook.digest
        ),
        "title": f"{style.say(town.name.text)} {plan.file.plan.plan.title}",
        "description": ", ".join(
            f"{style.say(word)} {counts[outcome]}" for outcome, word in OUTCOMES.items()
        ),
        "start": _time(assessment.day),
        "props": [_prop(f"count-{o.value}".replace("_", "-"), str(n)) for o, n in counts.items()],
        "local-definitions": {
            "inventory-items": [
                {
                    "uuid": item,
                    "description": plan.file.plan.plan.title,
                    "props": [_prop("municipality-code", town.code)],
                    "links": [_link(judged.uuid("file", judged.digest), "source")],
                }
            ],
            "assessment-assets": {
                "components": [_tool(assessment, tool)],
                "assessment-platforms": [
                    {
                        "uuid": judged.uuid("platform", __version__),
                        "uses-components": [{"component-uuid": tool}],
                    }
                ],
            },
        },
        "reviewed-controls": {"control-selections": [{"include-all": {}}]},
    }
    subjects = [{"subject-uuid": item, "type": "inventory-item"}]
    told = [_Told.of(judged, finding, style, tool) for finding in judged.findings]
    risks = [_risk(t) for t in told if t.finding.outcome in (Outcome.FAIL, Outcome.WAIVED)]
    for name, entries in (
        ("observations", [_observation(t, subjects, assessment) for t in told]),
        ("risks", risks),
        ("findings", [_finding(t) for t in told if t.finding.outcome in _STATES]),
    ):
        if entries:  # the schema wants no empty lists
            result[name] = entries
    return result


def _tool(assessment: Assessment, uuid: str) -> Json:
    return {
        "uuid": uuid,
        "type": "software",
        "title": f"dxrules {__version__}",
        "description": " + ".join(assessment.engines),
        "status": {"state": "operational"},
    }


def _link(uuid: str, relation: str) -> Json:
    return {"href": f"#{uuid}", "rel": relation}


def _prop(name: str, value: str) -> Json:
    return {"name": name, "ns": _NAMESPACE, "value": value}


def _origins(tool: str) -> list[Json]:
    return [{"actors": [{"type": "tool", "actor-uuid": tool}]}]


@frozen
class _Told:
    """A finding, and what is told of it in several places."""

    finding: Finding
    style: Style
    ids: tuple[str, ...]
    observation: str
    title: str
    message: str
    tool: str

    @classmethod
    def of(cls, judged: JudgedPlan, finding: Finding, style: Style, tool: str) -> _Told:
        ids = (*judged.names, judged.plan.lawbook.day.isoformat(), *finding.subject)
        title = f"{finding.rule.id} {style.say(asked_of(finding))}"
        observation = identifier("observation", *ids)
        return cls(finding, style, ids, observation, title, style.say(finding.message), tool)

    @property
    def basis(self) -> str:
        """On what the rule rests."""
        return self.style.say(basis(self.finding.rule))

    @property
    def observations(self) -> list[Json]:
        """Where it was observed."""
        return [{"observation-uuid": self.observation}]


def _observation(told: _Told, subjects: list[Json], assessment: Assessment) -> Json:
    finding, style = told.finding, told.style
    return {
        "uuid": told.observation,
        "title": told.title,
        "description": told.message or style.say(finding.label),
        "props": [
            _prop("outcome", finding.outcome.value),
            _prop("severity", finding.severity),
            _prop("strength", finding.rule.strength),
            _prop("subject", f"{finding.kind}/{finding.key}"),
        ],
        "links": [_link(identifier("rule", finding.rule.id), "reference")],
        "methods": ["EXAMINE"],
        "types": ["control-objective"],
        "origins": _origins(told.tool),
        "subjects": subjects,
        "relevant-evidence": [
            {"description": visible(str(finding.place))},
            *(
                {"description": f"{visible(proof.place.short)} " + style.say(quoted(proof))}
                for proof in finding.proofs
            ),
        ],
        "collected": _time(assessment.day),
    }


def _finding(told: _Told) -> Json:
    finding = told.finding
    state = _STATES[finding.outcome]
    status: Json = {"state": state, "remarks": told.message or state}
    found: Json = {
        "uuid": identifier("finding", *told.ids),
        "title": told.title,
        "description": told.basis,
        "origins": _origins(told.tool),
        "target": {"type": "objective-id", "target-id": finding.rule.id, "status": status},
        "related-observations": told.observations,
    }
    if state == "not-satisfied":
        found["related-risks"] = [{"risk-uuid": identifier("risk", *told.ids)}]
    return found


def _risk(told: _Told) -> Json:
    finding = told.finding
    accepted = finding.outcome is Outcome.WAIVED
    risk: Json = {
        "uuid": identifier("risk", *told.ids),
        "title": told.title,
        "description": told.message,
        "statement": told.basis,
        "props": [_prop("severity", finding.severity)],
        "status": "deviation-approved" if accepted else "open",
        "origins": _origins(told.tool),
        "remediations": [
            {
                "uuid": identifier("remediation", *told.ids),
                "lifecycle": "recommendation",
                "title": finding.rule.id,
                "description": told.style.say(to_do(finding)),
            }
        ],
        "related-observations": told.observations,
    }
    if finding.waiver is not None:
        risk["props"].append(_prop("waived-by", finding.waiver.authority))
    if finding.due is not None and finding.due.latest is not None:
        risk["deadline"] = f"{finding.due.latest.isoformat()}T23:59:59+09:00"
    return risk


def file_resource(judged: JudgedPlan) -> Json:
    """Return a plan file, as a resource."""
    return {
        "uuid": judged.uuid("file", judged.digest),
        "title": visible(judged.path),
        "rlinks": [
            {
                "href": reference(judged.path),
                "hashes": [{"algorithm": "SHA-256", "value": judged.digest}],
            }
        ],
    }


def source_resource(rule: Rule, style: Style) -> Json:
    """Return what a rule rests on, as a resource."""
    said: Json = {
        "uuid": identifier("rule", rule.id),
        "title": f"{rule.id} {style.say(rule.title)}",
        "props": [_prop("verified", rule.source.verified)],
        "citation": {"text": style.say(basis(rule))},
    }
    if rule.source.url is not None:
        said["rlinks"] = [{"href": rule.source.url}]
    return said
