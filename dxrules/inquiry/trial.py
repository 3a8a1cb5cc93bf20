"""Trying answers: what of the undetermined verdicts on a town an answer would settle.

Only the rules and kinds that an answer can reach are judged again, by the interpreter, which
gives every outcome of a check; the same adjustments are made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from dxrules.assessment import Finding, PlanAssessment
from dxrules.assessment.adjustments import adjusted
from dxrules.assessment.finding import GRAVEST, WHOLE, SubjectKey
from dxrules.dates import parse_date
from dxrules.derivation import VOCABULARY, Fact, derive
from dxrules.frozen import frozen, replaced
from dxrules.inquiry.asks import Ask, Choice
from dxrules.plan.answers import AnsweredPlan, AnswerTarget
from dxrules.plan.models import Answer
from dxrules.plan.read import PlanFile
from dxrules.reference import Reference
from dxrules.rules import Outcome, Rule, judge
from dxrules.rules.evaluate import FactJudge

_REACHED: Mapping[str, frozenset[str]] = {
    "provisions": frozenset({"provision", "area", "plan"}),
    "standardization": frozenset({"standardization", "system", "area", "plan"}),
    "collection": frozenset({"collection", "area", "plan"}),
    "areas": frozenset({"area", "plan"}),
    "plan": frozenset({"plan", "provision", "area"}),
}
"""The kinds of facts about a town that an answer reaches, by the section that it goes into."""

_OPENED_TOGETHER = frozenset({"system", "standardization", "collection"})
"""Kinds of which an answer about one subject, or about all, can open what is asked of others."""

_APART: Mapping[str, tuple[str, frozenset[str]]] = {
    "area": ("areas", frozenset({"addressed"})),
    "plan": (
        "plan",
        frozenset(
            {"published", "unadopted", "serves_as_data_plan"}
            | {"cites_prefecture", "cites_basic_data_plan"}
        ),
    ),
}
"""Attributes that answers of one section alone reach, though others of their kind are reached."""


@frozen
class _Asked:
    """The rules of one kind that left something open, compiled, and what they read."""

    rules: tuple[tuple[Rule, FactJudge], ...]
    wanted: frozenset[str]


class Bench:
    """Judges again what a plan leaves open of the town."""

    def __init__(self, plan: PlanAssessment, reference: Reference, *, waivers: bool = True) -> None:
        self.plan, self.reference, self.waivers = plan, reference, waivers
        self.targets: dict[str, AnswerTarget | None] = {}
        self.open = {f.subject: f for f in plan.findings if is_open(f)}
        self.subjects = {(kind, key) for _, kind, key in self.open}
        day = plan.lawbook.day
        self.told = parse_date(day.isoformat())
        self.findings = {f.subject: f for f in plan.findings if f.rule.about == "town"}
        rules = {finding.rule.id: finding.rule for finding in self.findings.values()}
        by_kind: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules.values():
            by_kind[rule.kind].append(rule)
        self.asked = {
            kind: _Asked(
                tuple((rule, judge(rule)) for rule in those),
                frozenset().union(*(rule.asked for rule in those)),
            )
            for kind, those in by_kind.items()
        }
        self._about: dict[tuple[str, str], list[tuple[Finding, FactJudge]]] = {}

    def world(self) -> AnsweredPlan:
        """Return the plan as it is now, with the answers that it holds."""
        file = self.plan.file
        layer = AnsweredPlan(file.plan, file.document, self.reference.told_as())
        for position, answer in enumerate(file.plan.answers):
            layer.add(position, answer, file.plan.answers)
        return layer

    def answered(self, world: AnsweredPlan, ask: Ask, choice: Choice) -> AnsweredPlan | None:
        """Return a world in which a question has an answer; None if it cannot have that one."""
        after = world.copy()
        answers = answers_of(ask, choice, self.told.text)
        keys = [key for key, _ in choice.values]
        targets = [replaced(target, key=key) for target in ask.targets for key in keys]
        wrong = after.put([*zip(targets, answers, strict=True)], answers)
        return None if wrong else after

    def outcomes(self, world: AnsweredPlan, ask: Ask) -> dict[SubjectKey, Outcome]:
        """Return how all comes out now that an answer to a question can reach.

        What was open is among it, and what was not, where the question is about it.
        """
        kinds = {kind for each in ask.units for kind in self._reached(each)}
        view = PlanFile(world.plan, world.document, as_read=self.plan.file.said)
        about = {str(target.carrier[-1]) for target in ask.targets}

        def is_judged(kind: str, key: str) -> bool:
            return kind in _OPENED_TOGETHER or key in about or self._is_open(kind, key)

        day, unread = self.plan.lawbook.day, dict.fromkeys(kinds, ())  # until a rule reads it
        facts = derive(view, self.reference, day, unread, is_judged)
        came: dict[SubjectKey, Outcome] = {}
        to_adjust: list[tuple[Finding, Fact]] = []
        for fact in facts:
            for before, decide in self._rules_about(fact):
                rule, outcome = before.rule, decide(fact.values)
                if fact.broken and not rule.asked.isdisjoint(fact.broken):
                    outcome = Outcome.ERROR
                came[rule.id, fact.kind, fact.key] = outcome
                if outcome is Outcome.FAIL or rule.unless_failed is not None:
                    tried = replaced(
                        before, key=fact.key, outcome=outcome, adjustments=(), waiver=None
                    )
                    to_adjust.append((tried, fact))
        if to_adjust:
            lawbook, waivers = self.plan.lawbook, self.waivers
            found = adjusted(to_adjust, facts, view, lawbook, waivers=waivers)
            came |= {finding.subject: finding.outcome for finding in found}
        return came | self._of_open(came, kinds)

    def named(self, subject: SubjectKey) -> Finding:
        """Return the finding of a subject as it was, or one like it where there was none."""
        rule, kind, key = subject
        if subject in self.findings:
            return self.findings[subject]
        known = getattr(self.reference, str(VOCABULARY[kind].own_list))
        return replaced(self.findings[rule, kind, WHOLE], key=key, label=known[key].name)

    def _is_open(self, kind: str, key: str) -> bool:
        """Tell whether anything is open of a subject, or of a kind that had no subject."""
        return (kind, key) in self.subjects or (kind, WHOLE) in self.subjects

    def _reached(self, section: str) -> set[str]:
        """Return the kinds with anything open that an answer of a section can reach."""
        return {
            kind
            for kind in _REACHED[section] & self.asked.keys()
            if kind not in _APART
            or _APART[kind][0] == section
            or not self.asked[kind].wanted <= _APART[kind][1]
        }

    def _rules_about(self, fact: Fact) -> list[tuple[Finding, FactJudge]]:
        """Return what was found of a fact by each rule, or of its kind, and what judges it anew."""
        about = fact.kind, fact.key
        if about not in self._about:
            self._about[about] = [
                (before, decide)
                for rule, decide in self.asked[fact.kind].rules
                if rule.concerns(fact) and (before := self._before(rule, fact)) is not None
            ]
        return self._about[about]

    def _before(self, rule: Rule, fact: Fact) -> Finding | None:
        """Return the finding of a pair, or that of its rule as a whole where there was no fact."""
        found = self.findings.get((rule.id, fact.kind, fact.key))
        return found or self.findings.get((rule.id, fact.kind, WHOLE))

    def _of_open(
        self, came: Mapping[SubjectKey, Outcome], kinds: Iterable[str]
    ) -> dict[SubjectKey, Outcome]:
        """Return the outcome of each open subject of some kinds; of a rule as a whole, the gravest.

        A subject that is not there any more stays open.
        """
        result = {}
        for subject, finding in self.open.items():
            if finding.kind not in kinds:
                continue
            outcome = came.get(subject, Outcome.UNKNOWN)
            if finding.key == WHOLE:
                all_of = [each for (rule, *_), each in came.items() if rule == finding.rule.id]
                outcome = min(all_of, key=GRAVEST.index, default=Outcome.UNKNOWN)
            result[subject] = outcome
        return result


def is_open(finding: Finding) -> bool:
    """Tell whether a finding is undetermined, and an answer of the town can settle it."""
    return finding.outcome is Outcome.UNKNOWN and finding.rule.about == "town"


def answers_of(ask: Ask, choice: Choice, told: str) -> list[Answer]:
    """Return what a choice says of each entry that a question is about."""
    when = parse_date(told)
    return [
        Answer.model_construct(
            about=f"{target.name.rpartition('.')[0]}.{key}",
            answer=value,
            told=when,
            by=None,
            document="…",
            page=None,
        )
        for target in ask.targets
        for key, value in choice.values
    ]
