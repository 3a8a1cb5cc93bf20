"""Rows of the tables, made of an assessment, plan by plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dxrules.assessment import Finding, PlanAssessment
from dxrules.assessment.dossier import Dossier
from dxrules.assessment.due_days import Coming, days_of_law, days_of_plan, rules_to_come
from dxrules.assessment.finding import standing
from dxrules.assessment.finding_question import is_read_for, pattern_of
from dxrules.assessment.questions import Question
from dxrules.dates import PartialDate
from dxrules.derivation import Proof
from dxrules.errors import Place
from dxrules.plan.municipality_code import KINDS, kind_of_code
from dxrules.reference import Reference
from dxrules.reference.gazetteer import gazetteer
from dxrules.report.citations import quoted
from dxrules.rules import Outcome, Rule
from dxrules.texts import Text, same

FieldValues = tuple[Any, ...]
"""The values of the fields of a table, in their order."""

_NO_PREFECTURE = same("")


def municipality_rows() -> Iterator[FieldValues]:
    """Yield a row for each municipality of the nation."""
    known = gazetteer()
    for code, each in known.municipalities.items():
        kind = KINDS.get(each.name.ja[-1]) or kind_of_code(code)
        yield code, code[:2], _prefecture(code), each.name, kind.en


def _prefecture(code: str) -> Text:
    found = gazetteer().prefecture_of(code)
    return _NO_PREFECTURE if found is None else found.name


def rule_row(rule: Rule) -> FieldValues:
    """Return the row of a rule."""
    held = rule.in_force
    return (
        rule.id,
        rule.ruleset,
        rule.title,
        rule.about,
        rule.strength,
        rule.severity,
        rule.draft,
        rule.kind,
        held.announced,
        held.since,
        held.until,
        _source(rule),
        rule.clause,
        rule.remedy_for(),
        rule.question,
        rule.refines,
    )


def source_row(rule: Rule) -> FieldValues:
    """Return the row of the source of a rule."""
    said = rule.source
    return (
        _source(rule),
        said.title,
        said.kind,
        said.decided,
        said.verified,
        said.url,
        said.law_id,
        said.read_on,
    )


def _source(rule: Rule) -> str:
    return f"{rule.ruleset}/{rule.source_key}"


class PlanRows:
    """The rows of one plan, as its municipality's first; `law` is the digest of its lawbook."""

    def __init__(self, dossier: Dossier, plan: PlanAssessment, law: str) -> None:
        code = plan.file.plan.municipality.code
        self._dossier = dossier
        self._plan = plan
        self._day = plan.lawbook.day
        self._town = (code, 1, code[:2])
        self._law = law
        self._quotations: dict[int, tuple[Proof, FieldValues]] = {}

    def rows(self) -> Iterator[tuple[str, FieldValues]]:
        """Yield each row with the name of its table."""
        yield "towns", self._town_row()
        asked = self._dossier.questions(self._plan)
        # By identity: findings of one plan are each their own, and long to compare by value.
        settled = {
            id(finding): number
            for number, question in enumerate(asked, 1)
            for finding in question.findings
        }
        stands = set(map(id, standing(self._plan.findings).values()))
        areas = _area_names(self._dossier.law.reference)
        for number, finding in enumerate(self._plan.findings, 1):
            settles, first = settled.get(id(finding)), id(finding) in stands
            yield "findings", self._finding(number, finding, settles, areas, standing=first)
            yield from (("reasons", row) for row in self._reasons(number, finding))
        for each in self._days():
            yield "days", each
        for number, question in enumerate(asked, 1):
            yield "questions", self._question(number, question)

    def _town_row(self) -> FieldValues:
        from hashlib import sha256

        file, lawbook = self._plan.file, self._plan.lawbook
        said = file.plan.municipality
        return (
            *self._town,
            _prefecture(said.code),
            said.name.text,
            said.town.en,
            file.plan.plan.title,
            file.name,
            sha256(file.document.content).hexdigest(),
            file.plan.recorded,
            ", ".join(file.unread) or None,
            "+".join(lawbook.rulesets),
            self._law,
        )

    def _finding(
        self,
        number: int,
        finding: Finding,
        settles: int | None,
        areas: Mapping[str, Text],
        *,
        standing: bool,
    ) -> FieldValues:
        rule, changed = finding.rule, finding.adjustments
        return (
            *self._town,
            number,
            rule.id,
            finding.outcome.value,
            finding.severity,
            rule.strength,
            rule.draft,
            standing,
            finding.kind,
            finding.key,
            finding.label,
            finding.area,
            None if finding.area is None else areas.get(finding.area, same(finding.area)),
            finding.due,
            finding.days_left,
            settles,
            changed[-1].by if changed else None,
            finding.known,
            finding.setback,
            *_place(finding.place),
        )

    def _reasons(self, finding_number: int, finding: Finding) -> Iterator[FieldValues]:
        """Yield why: the message, what changed the outcome, and the words that were read."""
        said: list[FieldValues] = []
        if finding.message.ja:
            said.append(("reason", finding.message, None, None, None, None, None, None))
        changes = (step.reason for step in finding.adjustments if step.reason != finding.message)
        said += [("adjusted", reason, None, None, None, None, None, None) for reason in changes]
        if finding.outcome is not Outcome.NOT_APPLICABLE:
            said += [self._quoted(proof) for proof in finding.proofs if proof.text or proof.section]
        for number, row in enumerate(said, 1):
            yield (*self._town, finding_number, number, *row)

    def _quoted(self, proof: Proof) -> FieldValues:
        """Return what was read in one place, which many findings rest on."""
        key = id(proof)  # a proof is one object for all its findings: its words are made once
        if key not in self._quotations:  # the proof is kept, so that no other takes its identity
            place = _place(proof.place)
            row = ("quoted", quoted(proof), proof.origin, proof.section, proof.page, *place)
            self._quotations[key] = proof, row
        return self._quotations[key][1]

    def _days(self) -> Iterator[FieldValues]:
        """Yield what falls due: by the plan, by the law, and the rules that begin."""
        plan, reference = self._plan, self._dossier.law.reference
        waivers = any(finding.waiver is not None for finding in plan.findings)
        for coming in days_of_plan(plan.file, reference, self._day, waivers=waivers):
            yield self._coming(coming)
        for coming in days_of_law(plan.findings):
            yield self._coming(coming)
        for rule in rules_to_come(plan):
            since = rule.in_force.since
            left = (since - self._day).days
            begins = (
                "begins",
                rule.id,
                rule.title,
                rule.id,
                None,
                PartialDate(since, since),
                False,
                left,
            )
            yield (*self._town, *begins)

    def _coming(self, coming: Coming) -> FieldValues:
        when, rule = coming.when, coming.rule
        return (
            *self._town,
            coming.kind,
            coming.key,
            coming.label,
            None if rule is None else rule.id,
            None if coming.outcome is None else coming.outcome.value,
            when,
            when.approximate,
            None if when.latest is None else (when.latest - self._day).days,
        )

    def _question(self, number: int, question: Question) -> FieldValues:
        lead = question.findings[0]
        read = is_read_for(lead)
        return (
            *self._town,
            number,
            question.text,
            question.text if read else pattern_of(lead),
            None if read else lead.rule.id,
            question.strength,
            question.draft,
            question.is_duty,
            question.due,
            question.days_left,
            len(question.findings),
            len(question.touches),
            ", ".join(dict.fromkeys(finding.rule.id for finding in question.hangs)),
            *(_place(question.places[0]) if question.places else (None, None, None)),
        )


def _place(place: Place) -> tuple[str, int | None, str | None]:
    return (
        place.file,
        None if place.sheet else place.line,
        place.cell if place.sheet else None,
    )


def _area_names(reference: Reference) -> Mapping[str, Text]:
    return {key: area.name for key, area in reference.areas.items()}
