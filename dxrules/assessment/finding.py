"""Findings: what was found of one rule and one subject, with everything needed to act on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING, Literal

from dxrules.dates import PartialDate
from dxrules.derivation import VOCABULARY, Cause, Proof
from dxrules.errors import Place
from dxrules.frozen import LATE, frozen, replaced
from dxrules.plan import PlanFile
from dxrules.plan.models import Waiver
from dxrules.rules import SEVERITIES, Lawbook, Outcome, Rule, Severity, Strength, Verdict
from dxrules.rules.rule import ANY_TOWN, STRENGTH_RANK
from dxrules.source import Path
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from dxrules.rules.refinement import Refinement

GRAVEST = (
    Outcome.ERROR,
    Outcome.FAIL,
    Outcome.UNKNOWN,
    Outcome.WAIVED,
    Outcome.PASS,
    Outcome.NOT_APPLICABLE,
)
"""In which order outcomes are shown; of several that a rule has, the first stands for all."""

# Python 3.11 looks members up as slowly as by a call.
_UNKNOWN, _NOT_APPLICABLE = Outcome.UNKNOWN, Outcome.NOT_APPLICABLE
_GRAVITY = {outcome: rank for rank, outcome in enumerate(GRAVEST)}
_SEVERITY = {severity: rank for rank, severity in enumerate(SEVERITIES)}

ANY = "any"
"""The threshold that counts every severity."""

WHOLE = "-"
"""The key of a finding of a rule as a whole: it met no subject, or applies to none."""

_APPLIES_TO_NONE = Text(
    "この計画には当てはまる対象がない(見たもの{number}件)",
    "It applies to nothing in this plan ({number} looked at)",
)


SubjectKey = tuple[str, str, str]
"""Rule, kind and key: what waivers and baselines name, and a finding is found again by."""

AdjustedBy = Literal["no-plan", "others", "drafted", "recorded", "waiver", "same-cause"]
"""What changes an outcome after its rule was evaluated."""


@frozen
class Adjustment:
    """A change of an outcome after its rule was evaluated, and why (see `adjustments`)."""

    by: AdjustedBy
    before: Outcome
    after: Outcome
    reason: Text


@frozen
class Finding:
    """One rule applied to one subject.

    `message` is one sentence for people; `verdict` tells why, leaf by leaf, and is None where
    there was no fact to judge. `adjustments` lead from its outcome to that of the finding.
    `due` is the day that the rule names, `days_left` counts from the day judged. `known` is
    whether a baseline covers it. `setback` is the severity with which it failed before, where
    that cannot be told any more. `refinement` compares the rule with the one that it refines,
    where both are in force. `path` is the place of its subject in the plan file; `cause` is what
    has to be read, where there was no fact to judge for want of that.
    """

    rule: Rule
    kind: str
    key: str
    label: Text
    area: str | None
    outcome: Outcome
    severity: Severity
    message: Text = field(metadata=LATE)
    place: Place = field(metadata=LATE)
    verdict: Verdict | None = field(default=None, metadata=LATE)
    proofs: tuple[Proof, ...] = field(default=(), metadata=LATE)
    due: PartialDate | None = None
    days_left: int | None = None
    town: Text = ANY_TOWN
    path: Path = field(default=(), compare=False, repr=False)
    waiver: Waiver | None = None
    known: bool = False
    setback: Severity | None = None
    refinement: Refinement | None = None
    adjustments: tuple[Adjustment, ...] = ()
    cause: Cause | None = field(default=None, compare=False, repr=False)

    @property
    def remedy(self) -> Text:
        """How the municipality mends it, called what it is."""
        return self.rule.remedy_for(self.town)

    @property
    def subject(self) -> SubjectKey:
        """What waivers and baselines name: rule, kind and key."""
        return self.rule.id, self.kind, self.key

    @property
    def gravity(self) -> tuple[int, int]:
        """How grave it is: the less, the graver, by its outcome and then by its severity."""
        return _GRAVITY[self.outcome], _SEVERITY[self.severity]

    def adjusted(
        self,
        by: Literal["no-plan", "others", "drafted", "recorded", "same-cause"],
        outcome: Outcome,
        reason: Text,
    ) -> Finding:
        """Return it with another outcome, which is no failure, for a reason that it now gives."""
        change = Adjustment(by, self.outcome, outcome, reason)
        steps = (*self.adjustments, change)
        return replaced(self, outcome=outcome, severity="note", message=reason, adjustments=steps)

    def waived(self, waiver: Waiver) -> Finding:
        """Return it as waived: what it found, and how grave that is, stays as it is."""
        change = Adjustment("waiver", self.outcome, Outcome.WAIVED, same(waiver.reason))
        steps = (*self.adjustments, change)
        return replaced(self, outcome=Outcome.WAIVED, waiver=waiver, adjustments=steps)

    def reaches(self, threshold: Collection[str], *, unknown: Collection[str] = ()) -> bool:
        """Tell whether a threshold counts this; what is known or rests on a draft it never does.

        It holds severities, each of which counts what is graver, too, and strengths; `never`
        counts no severity, `any` counts all. `unknown` is such a threshold for what cannot be
        told. A setback counts as the failure that it was.
        """
        if self.rule.draft or self.known:
            return False
        failed = self.severity if self.outcome is Outcome.FAIL else self.setback
        if failed is not None and self._is_at(failed, threshold):
            return True
        return self.outcome is Outcome.UNKNOWN and self._is_at(self.severity, unknown)

    def _is_at(self, severity: Severity, threshold: Collection[str]) -> bool:
        lowest = -1 if "never" in threshold else max(map(_rank, threshold), default=-1)
        return SEVERITIES.index(severity) <= lowest or self.rule.strength in threshold


@frozen
class Counts:
    """How many rules came out how: a rule counts once, as the gravest of its subjects did.

    `severities` and `strengths` are those of the rules that fail. `duties` are the rules that
    cannot be told, by strength, without drafts. `subjects` are the findings of each outcome,
    whatever their rule counts as.
    """

    outcomes: Mapping[Outcome, int]
    severities: Mapping[Severity, int]
    strengths: Mapping[Strength, int]
    duties: Mapping[Strength, int]
    subjects: Mapping[Outcome, int]

    @classmethod
    def of(cls, applied: Sequence[Finding], spared: Mapping[str, int]) -> Counts:
        """Count the findings of a plan; those of rules that do not apply are counted already."""
        came = standing(applied)
        rules = came.values()
        outcomes, subjects = Counter(f.outcome for f in rules), Counter(f.outcome for f in applied)
        outcomes[_NOT_APPLICABLE] = len(spared.keys() - came.keys())
        subjects[_NOT_APPLICABLE] = sum(spared.values())
        failed = [f for f in rules if f.outcome is Outcome.FAIL]
        severities = Counter(f.severity for f in failed)
        open_ones = (f for f in rules if f.outcome is Outcome.UNKNOWN and not f.rule.draft)
        return cls(
            {outcome: outcomes[outcome] for outcome in Outcome},
            {severity: severities[severity] for severity in SEVERITIES},
            dict(Counter(f.rule.strength for f in failed)),
            dict(Counter(f.rule.strength for f in open_ones)),
            {outcome: subjects[outcome] for outcome in Outcome},
        )


@frozen
class PlanAssessment:
    """All findings of one plan, in order, and the rules that were not in force.

    `applied` are those of rules that apply, or may; `aside` are the others, which are counted by
    their rules in `spared` and made when somebody reads them: most never are.
    `selected` is how the selection is called of which the findings are; None where they are all.
    It was judged by the interpreter `alone` where judging it with both engines ended a process.
    """

    file: PlanFile
    lawbook: Lawbook
    applied: tuple[Finding, ...]
    aside: tuple[Finding, ...] = field(metadata=LATE)
    spared: Mapping[str, int] = field(metadata=LATE)
    not_in_force: tuple[Rule, ...]
    selected: Text | None = None
    alone: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings in order: those of rules that do not apply come last."""
        return self.applied + self.aside

    def of_findings(self, findings: Iterable[Finding]) -> PlanAssessment:
        """Return it with other findings, which are in order."""
        applied, aside = list[Finding](), list[Finding]()
        for each in findings:
            (aside if each.outcome is _NOT_APPLICABLE else applied).append(each)
        spared = Counter(each.rule.id for each in aside)
        return replaced(self, applied=tuple(applied), aside=tuple(aside), spared=spared)

    @property
    def counts(self) -> Counts:
        """The rules, counted by how they came out."""
        return Counts.of(self.applied, self.spared)

    def told(self, *, everything: bool = False) -> tuple[Finding, ...]:
        """Return the findings without the subjects that a rule was never about.

        Of a rule that applies to none of its subjects one finding stands for all of them. With
        `everything` all are returned as they were judged.
        """
        if everything:
            return self.findings
        came = {finding.rule.id for finding in self.applied}
        groups: dict[str, list[Finding]] = {}
        for finding in self.aside:
            if finding.rule.id not in came:
                groups.setdefault(finding.rule.id, []).append(finding)
        return (*self.applied, *(self._for_all(group) for group in groups.values()))

    def _for_all(self, group: list[Finding]) -> Finding:
        first = group[0]
        if len(group) == 1:
            return first
        alike = all(finding.message == first.message for finding in group)
        return replaced(
            first,
            key=WHOLE,
            label=VOCABULARY[first.kind].label,
            area=None,
            message=first.message if alike else _APPLIES_TO_NONE.format(number=str(len(group))),
            place=self.file.place(()),
            verdict=None,
            proofs=(),
            due=None,
            days_left=None,
        )

    def of(self, outcome: Outcome) -> tuple[Finding, ...]:
        """Return the findings of one outcome."""
        if outcome is _NOT_APPLICABLE:
            return self.aside
        return tuple(finding for finding in self.applied if finding.outcome is outcome)


@frozen
class Assessment:
    """Plans judged on one day; it depends on nothing but its inputs."""

    day: date
    engines: tuple[str, ...]
    plans: tuple[PlanAssessment, ...]

    @property
    def selected(self) -> Text | None:
        """How the selection is called, if it is part of an assessment; None if it is all of it."""
        return next((plan.selected for plan in self.plans), None)

    @property
    def trusted(self) -> bool:
        """Whether no pair came out as an error."""
        return not any(plan.of(Outcome.ERROR) for plan in self.plans)

    @property
    def setbacks(self) -> tuple[tuple[PlanAssessment, Finding], ...]:
        """What failed before and is undetermined now, with the plan of each."""
        return tuple((p, f) for p in self.plans for f in p.applied if f.setback is not None)

    def reaches(self, threshold: Collection[str], *, unknown: Collection[str] = ()) -> bool:
        """Tell whether there is anything that a threshold counts."""
        return any(
            finding.reaches(threshold, unknown=unknown)
            for plan in self.plans
            for finding in plan.applied
        )


def _rank(name: str) -> int:
    if name == ANY:
        return len(SEVERITIES)
    return SEVERITIES.index(name) if name in SEVERITIES else -1


def standing(findings: Iterable[Finding]) -> dict[str, Finding]:
    """Return, by its id, how each rule came out: the gravest of its findings, the first of such."""
    found: dict[str, Finding] = {}
    for finding in findings:
        rule = finding.rule.id
        if rule not in found or finding.gravity < found[rule].gravity:
            found[rule] = finding
    return found


def in_order(finding: Finding) -> tuple[object, ...]:
    """Return by what findings are put in order: the gravest first, then what is due first.

    What is undetermined has no severity: there the strongest rule comes first, and a draft after
    what is confirmed. A rule that refines another stands with it. What one rule says of several
    subjects stays in the order of the facts, which is that of the plan or of the reference data:
    `measure-10` comes after `measure-2`, and item 1 of a regulation before item 2.
    """
    last = None if finding.due is None else finding.due.latest
    due = 10**7 if last is None else last.toordinal()
    gravity, severity = _GRAVITY[finding.outcome], _SEVERITY[finding.severity]
    if finding.outcome is not _UNKNOWN:
        return gravity, severity, due, finding.rule.id
    rule = finding.rule if finding.refinement is None else finding.refinement.refined
    rank = -STRENGTH_RANK[rule.strength]
    refines = finding.refinement is not None
    return gravity, severity, rank, rule.draft, due, rule.id, refines


def together(groups: Iterable[list[Finding]]) -> Iterator[list[list[Finding]]]:
    """Put groups of findings together that are one thing: of a rule, and of one that refines it.

    Only where both say it of the same subjects.
    """
    rest = list(groups)
    while rest:
        first = rest.pop(0)
        same = [group for group in rest if _one_thing(first, group)]
        rest = [group for group in rest if group not in same]
        yield [first, *same]


def _one_thing(group: list[Finding], other: list[Finding]) -> bool:
    one, two = group[0].rule, other[0].rule
    if two.id != one.refines and one.id != two.refines:
        return False
    subjects = [{found.subject[1:] for found in each} for each in (group, other)]
    return subjects[0] == subjects[1]


def by_rule(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    """Put together what one rule says with one severity, in the order of the first of each."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.rule.id), []).append(finding)
    yield from groups.values()
