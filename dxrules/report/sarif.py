"""SARIF 2.1.0 as code scanning takes it: what failed, with its rule, its places, its fingerprint.

What fails stands here, and what else the call counts for its exit code; with `--all` the rest,
too. GitHub makes an alert of every result, a pass included.
A failure is a `fail`; what is undetermined is `open`, at no level; a waiver is a suppression.
The fingerprint is made of town, rule and subject, so that a remark is known again when lines
move. GitHub matches alerts by `primaryLocationLineHash`, and by default makes it of the line: of
several subjects that one rule finds at one line it would make one alert. So it is ours, too; the
upload action notes in its log that it would have made another, and keeps ours.
https://docs.oasis-open.org/sarif/sarif/v2.1.0/
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Final

from dxrules import __version__
from dxrules.assessment import Finding, PlanAssessment
from dxrules.assessment.dossier import Unreadable
from dxrules.assessment.finding_question import question_of
from dxrules.assessment.since import Setback
from dxrules.derivation import Proof
from dxrules.errors import Place
from dxrules.frozen import frozen
from dxrules.report.citations import basis, quoted
from dxrules.report.how_to_write import How
from dxrules.report.json_values import Json
from dxrules.report.plan_header import ALONE, selection_text, setbacks_text
from dxrules.rules import Outcome, Rule
from dxrules.source.repository import reference
from dxrules.texts import Text, more, printable, same, visible

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
HOME = "https://github.com/your-organization/dxrules"
"""Where dxrules is at home, as pyproject.toml and README.md have it."""
ROOT = "%SRCROOT%"
"""How SARIF tools call the top of the repository; only they know where it is."""

MOST_LOCATIONS: Final = 1_000
"""What GitHub takes of one result."""

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
_LANGUAGES = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}
CUT = Text(
    "SARIF: GitHubが受け付ける大きさに収めるため、軽いものから{number}件を省いた"
    "(全件は --output report.json で出力できる)",
    "SARIF: {number} results, the least grave, are left out, as GitHub takes no larger file "
    "(--output report.json holds all)",
)

_Told = tuple[int | str, "PlanAssessment", "Finding"]
"""A finding with its plan, and which of the artifacts the plan is."""


def told_of(plan: PlanAssessment, how: How) -> Iterator[Finding]:
    """Yield the findings of a plan that become results."""
    for finding in plan.told(everything=how.everything):
        failed = finding.outcome is Outcome.FAIL or finding.setback is not None
        if how.everything or failed or how.counts(finding):
            yield finding


@frozen
class SarifRun:
    """What a run is about, and how its rules came out."""

    day: date
    engines: tuple[str, ...]
    successful: bool
    lawbooks: Collection[str]
    counts: Mapping[Outcome, int]


def artifact_location(name: str, how: How) -> Json:
    """Return where a file is: its path from the repository's root as a URI reference."""
    return {"uri": reference(how.locate(name)), "uriBaseId": ROOT}


def base_ids(how: How) -> Json:
    """Return what the base of all URIs is; where it lies on a machine is nobody's business."""
    said = how.style.say(Text("リポジトリの最上位", "The top of the repository"))
    return {ROOT: {"description": {"text": said}}}


@frozen
class SarifWriter:
    """Writes the parts of a run; `compared` is whether there was a baseline."""

    how: How
    compared: bool

    def say(self, text: Text) -> str:
        """Return a text in the language of the report, with no character that acts."""
        return printable(self.how.style.say(text))

    def artifact(self, name: str, index: int | str | None = None) -> Json:
        """Return where a file is, and which of the artifacts."""
        return artifact_location(name, self.how) | ({} if index is None else {"index": index})

    def log(
        self,
        about: SarifRun,
        rules: list[Json] | str,
        notes: list[Json] | str,
        artifacts: list[Json] | str,
        results: list[Json] | str,
    ) -> Json:
        """Return the file, with its long lists, or with what stands for them."""
        run = {
            "tool": {
                "driver": {
                    "name": "dxrules",
                    "version": __version__,
                    "informationUri": HOME,
                    "language": self.how.style.lang,
                    "rules": rules,
                }
            },
            "automationDetails": {"id": f"dxrules/{about.day.isoformat()}"},
            "originalUriBaseIds": base_ids(self.how),
            "invocations": [
                {
                    "executionSuccessful": about.successful,
                    "toolExecutionNotifications": notes,
                }
            ],
            "artifacts": artifacts,
            "columnKind": "unicodeCodePoints",
            "results": results,
            "properties": {
                "asOf": about.day.isoformat(),
                "engines": list(about.engines),
                "lawbooks": sorted(about.lawbooks),
                "rules": {outcome.value: about.counts[outcome] for outcome in Outcome},
            },
        }
        return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}

    def of_all(self, unreadable: Iterable[Unreadable], selected: Text | None) -> Iterator[Json]:
        """Yield what is said of plans that were not judged, and of a selection."""
        for plan in unreadable:
            where = {"physicalLocation": {"artifactLocation": self.artifact(plan.name)}}
            said = printable(self.how.style.say(plan.message))
            yield {"locations": [where], "level": "error", "message": {"text": said}}
        if (chosen := selection_text(selected)) is not None:
            yield {"level": "warning", "message": {"text": self.say(chosen)}}

    def of_setbacks(self, setbacks: Sequence[Setback]) -> Iterator[Json]:
        """Yield what failed before and is undetermined now, if anything does."""
        if setbacks:
            yield {"level": "warning", "message": {"text": self.say(setbacks_text(setbacks))}}

    def cut(self, number: int) -> Iterator[Json]:
        """Yield how many results were left out, if any were."""
        if number:
            said = self.how.style.say(CUT.format(number=number))
            yield {"level": "warning", "message": {"text": said}}

    def plan(self, plan: PlanAssessment) -> Json:
        """Return a plan file as an artifact."""
        name = plan.file.name
        described: Json = {
            "location": self.artifact(name),
            "hashes": {"sha-256": sha256(plan.file.document.content).hexdigest()},
        }
        ending = name[name.rfind(".") :].lower()
        if ending in _LANGUAGES:
            described["sourceLanguage"] = _LANGUAGES[ending]
        return described

    def rule(self, rule: Rule) -> Json:
        """Return a rule with what it rests on and how to mend a failure."""
        remedy = self.say(rule.remedy_for())
        source, verified = self.say(basis(rule)), self.say(basis(rule, primary=True))
        described: Json = {
            "id": rule.id,
            "name": rule.id.replace("-", ""),
            "shortDescription": {"text": self.say(rule.title)},
            "fullDescription": {"text": source},
            "help": {"text": f"{remedy}\n{verified}", "markdown": f"{remedy}\n\n_{verified}_"},
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

    def question(self, finding: Finding) -> Json:
        """Return what is to be looked up where a finding cannot be told."""
        is_open = finding.outcome is Outcome.UNKNOWN
        return {"question": self.say(question_of(finding))} if is_open else {}

    def result(self, told: _Told, rule_index: int | str) -> Json:
        """Return a finding as a result."""
        artifact, plan, finding = told
        kind, code = _KINDS[finding.outcome], plan.file.plan.municipality.code
        name, place = f"{finding.kind}/{finding.key}", finding.place
        said = f"{self.say(finding.label)}: {self.say(finding.message)}"
        result: Json = {
            "ruleId": finding.rule.id,
            "ruleIndex": rule_index,
            "kind": kind,
            "level": finding.severity if kind == "fail" else "none",
            "message": {"text": said + _cell(place)},
            "locations": [self.location(place, artifact, name)],
            "relatedLocations": self.evidence(finding.proofs, artifact),
            "partialFingerprints": {
                "dxrules/subject/v1": _fingerprint(code, finding),
                "primaryLocationLineHash": f"{_fingerprint(code, finding)}:1",
            },
            "properties": {
                "outcome": finding.outcome.value,
                "municipality": code,
                "remedy": self.say(finding.remedy),
                **self.question(finding),
                "due": None if finding.due is None else self.say(finding.due.describe()),
                "daysLeft": finding.days_left,
                **({} if finding.setback is None else {"setback": finding.setback}),
            },
        }
        if kind in _COMPARED and (self.compared or finding.setback is not None):
            result["baselineState"] = _state(finding)
        if finding.waiver is not None:
            reason = printable(f"{finding.waiver.reason} ({finding.waiver.authority})")
            result["suppressions"] = [
                {"kind": "external", "status": "accepted", "justification": reason}
            ]
        return result

    def location(self, place: Place, artifact: int | str, name: str | None = None) -> Json:
        """Return a place; of a workbook with its cell, since code scanning knows lines alone."""
        where: Json = {
            "physicalLocation": {
                "artifactLocation": self.artifact(place.file, artifact),
                "region": {"startLine": place.line, "startColumn": place.column},
            }
        }
        logical: list[Json] = [] if name is None else [{"fullyQualifiedName": name}]
        if place.sheet:
            logical.append({"name": place.cell, "fullyQualifiedName": visible(place.short)})
        if logical:
            where["logicalLocations"] = logical
        return where

    def evidence(self, proofs: Sequence[Proof], artifact: int | str) -> list[Json]:
        """Return what was read in the plan, and where; the last says how many more there are."""
        shown = proofs[: MOST_LOCATIONS - 1]
        said = [self.say(quoted(proof)) + _cell(proof.place) for proof in shown]
        if said:
            said[-1] += self.say(more(len(proofs) - len(shown)))
        return [
            self.location(proof.place, artifact) | {"id": n, "message": {"text": text}}
            for n, (proof, text) in enumerate(zip(shown, said, strict=True), 1)
        ]

    def notifications(self, plan: PlanAssessment, artifact: int | str) -> Iterator[Json]:
        """Say what was not judged: engines that differ, and sections that were not read."""
        where = {"locations": [self.location(plan.file.place(()), artifact)]}
        for finding in plan.of(Outcome.ERROR):
            text = self.say(same(f"{finding.rule.id}: ") + finding.message)
            yield where | {"level": "error", "message": {"text": text}}
        if plan.alone:
            yield where | {"level": "warning", "message": {"text": self.say(ALONE)}}
        if plan.file.unread:
            sections = ", ".join(plan.file.unread)
            said = Text(f"読んでいない節: {sections}", f"Sections that were not read: {sections}")
            yield where | {"level": "note", "message": {"text": self.say(said)}}


def _cell(place: Place) -> str:
    return f" ({visible(place.cell)})" if place.sheet else ""


def _state(finding: Finding) -> str:
    """Return how a result compares with what was known of it."""
    if finding.setback is not None:
        return "updated"
    return "unchanged" if finding.known else "new"


def _fingerprint(code: str, finding: Finding) -> str:
    return sha256("\n".join((code, *finding.subject)).encode()).hexdigest()
