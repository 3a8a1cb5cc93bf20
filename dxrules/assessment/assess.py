"""Judging plans: facts and rules in, findings out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from dxrules.assessment.adjustments import adjusted
from dxrules.assessment.areas import areas_of, fixed_areas
from dxrules.assessment.finding import WHOLE, Assessment, Finding, PlanAssessment, in_order
from dxrules.assessment.reasons import Reasons, due_of
from dxrules.derivation import (
    VOCABULARY,
    Absent,
    Fact,
    absence,
    derive,
)
from dxrules.engine import Network, Pair, available, disagreements
from dxrules.frozen import frozen
from dxrules.rules import Outcome, judge
from dxrules.rules.condition import leaves
from dxrules.texts import Text, placeholders, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from dxrules.plan import PlanFile
    from dxrules.reference import Reference
    from dxrules.rules import Law, Lawbook, Rule
    from dxrules.rules.evaluate import Judge
    from dxrules.rules.refinement import Refinement
    from dxrules.rules.rule import About

EngineChoice = Literal["both", "interpreter"]

_NOT_TOLD = Text("", "")
_NO_FACT = Text("対象となる記載がない", "There is no such fact")


def assess(
    files: Sequence[PlanFile],
    law: Law,
    day: date,
    *,
    engine: EngineChoice = "both",
    waivers: bool = True,
    reasons: bool = True,
) -> Assessment:
    """Judge plans by the law of a day.

    With `engine="both"` durable_rules answers, too, where it is installed; a pair on which the
    two differ becomes an error. Without `reasons` the findings tell outcomes and days alone,
    in half the time. Raises EngineError if durable_rules fails altogether.
    """
    judged = assess_each(files, law, day, engine=engine, waivers=waivers, reasons=reasons)
    plans = [plan for each in judged for plan in each.plans]
    plans.sort(key=lambda plan: (plan.file.plan.municipality.code, plan.file.name))
    return Assessment(day, engines_of(engine), tuple(plans))


def assess_each(
    files: Iterable[PlanFile],
    law: Law,
    day: date,
    *,
    engine: EngineChoice = "both",
    waivers: bool = True,
    reasons: bool = True,
) -> Iterator[Assessment]:
    """Judge plans one by one, as `assess` does: an assessment for each, in the order given.

    A plan is taken when its assessment is asked for, and nothing of it is kept.
    """
    engines = engines_of(engine)
    judge_plan = assessor(law, day, engine=engine, waivers=waivers, reasons=reasons)
    for file in files:
        yield Assessment(day, engines, (judge_plan(file),))


def assessor(
    law: Law,
    day: date,
    *,
    engine: EngineChoice = "both",
    waivers: bool = True,
    reasons: bool = True,
) -> Callable[[PlanFile], PlanAssessment]:
    """Return a function that judges a plan; the law of each prefecture is compiled once."""
    networks = _Networks(law) if len(engines_of(engine)) > 1 else None
    courts: dict[tuple[str, ...], _Court] = {}

    @cache
    def court_of(prefecture: str) -> _Court:
        lawbook = law.lawbook(day, prefecture)
        if lawbook.rulesets not in courts:
            courts[lawbook.rulesets] = _Court.of(lawbook, law.reference, networks)
        return courts[lawbook.rulesets]

    def judged(file: PlanFile) -> PlanAssessment:
        court = court_of(file.plan.municipality.prefecture)
        return _judge_plan(file, court, waivers=waivers, reasons=reasons)

    return judged


def engines_of(engine: EngineChoice) -> tuple[str, ...]:
    """Return the engines that judge: durable_rules, too, where it is asked for and installed."""
    second = engine == "both" and available()
    return ("interpreter", "durable_rules") if second else ("interpreter",)


@frozen
class _Court:
    """A lawbook, compiled for both engines; `rules` are those of it that are judged.

    `areas` are those of subjects that belong to one whatever a plan says.
    """

    lawbook: Lawbook
    reference: Reference
    areas: Mapping[tuple[str, str], str]
    rules: Sequence[Rule]
    wanted: Mapping[str, frozenset[str]]
    by_kind: Mapping[str, list[tuple[Rule, Judge]]]
    networks: Sequence[Network]
    refinements: Mapping[str, Refinement]

    @classmethod
    def of(cls, lawbook: Lawbook, reference: Reference, networks: _Networks | None) -> _Court:
        by_kind: dict[str, list[tuple[Rule, Judge]]] = defaultdict(list)
        for rule in lawbook.rules:
            by_kind[rule.kind].append((rule, judge(rule)))
        asked = networks.of(lawbook) if networks else ()
        wanted, refined = attributes_read(lawbook.rules), _refinements(lawbook)
        areas = fixed_areas(reference)
        return cls(lawbook, reference, areas, lawbook.rules, wanted, by_kind, asked, refined)

    def about(self, what: About) -> _Court:
        """Return it with the rules about the plan alone, or about the town."""
        rules = [rule for rule in self.rules if rule.about == what]
        by_kind = {
            kind: [each for each in those if each[0].about == what]
            for kind, those in self.by_kind.items()
        }
        return replace(self, rules=rules, by_kind=by_kind)


class _Networks:
    """The networks of all courts: the nation's rules are compiled once for all prefectures."""

    def __init__(self, law: Law) -> None:
        self._nation = {each.id for each in law.rulesets if each.level == "national"}
        self._made: dict[tuple[object, ...], Network] = {}

    def of(self, lawbook: Lawbook) -> list[Network]:
        """Return the network of the nation's rules, and that of the prefecture's."""
        sides: dict[bool, list[Rule]] = defaultdict(list)
        for rule in lawbook.rules:
            sides[rule.ruleset in self._nation].append(rule)
        return [self._network(rules) for rules in sides.values()]

    def _network(self, rules: list[Rule]) -> Network:
        key = tuple((rule.id, rule.kind, rule.keys, rule.applies, rule.require) for rule in rules)
        if key not in self._made:
            self._made[key] = Network(rules)
        return self._made[key]


def _refinements(lawbook: Lawbook) -> dict[str, Refinement]:
    """Return, by id, how the rules that refine another compare with it; both in force."""
    held = {rule.id: rule for rule in lawbook.rules}
    pairs = [(rule, held[rule.refines]) for rule in lawbook.rules if rule.refines in held]
    if not pairs:
        return {}
    from dxrules.rules.refinement import refinement

    return {rule.id: refinement(rule, refined) for rule, refined in pairs}


def attributes_read(rules: Iterable[Rule]) -> dict[str, frozenset[str]]:
    """Return, by kind, the attributes that rules read in conditions and messages."""
    read: dict[str, set[str]] = defaultdict(set)
    for rule in rules:
        known = VOCABULARY[rule.kind].attributes
        for condition in rule.conditions:
            read[rule.kind].update(leaf.attribute for leaf in leaves(condition))
        used = {*placeholders(rule.message.ja), *placeholders(rule.message.en)}
        read[rule.kind].update(used & known.keys())
        if isinstance(rule.due, str):
            read[rule.kind].add(rule.due)
    return {kind: frozenset(names) for kind, names in read.items()}


def _judge_plan(file: PlanFile, court: _Court, *, waivers: bool, reasons: bool) -> PlanAssessment:
    """Judge a plan: what it must contain by its own words, the town by what it told since, too."""
    views = [(file, court)]
    if file.as_told is not None:
        views = [(file, court.about("plan")), (file.as_told, court.about("town"))]
    findings: list[Finding] = []
    facts: dict[tuple[About, str, str], Fact] = {}
    for view, asked in views:
        own = derive(view, court.reference, court.lawbook.day, court.wanted)
        findings += _findings(view, asked, own, reasons=reasons)
        for about in {rule.about for rule in asked.rules}:
            facts |= {(about, fact.kind, fact.key): fact for fact in own}
    findings = adjusted(findings, facts, file, court.lawbook, court.refinements, waivers=waivers)
    return PlanAssessment(
        file, court.lawbook, tuple(sorted(findings, key=in_order)), court.lawbook.not_in_force
    )


def _findings(
    file: PlanFile, court: _Court, facts: Sequence[Fact], *, reasons: bool
) -> list[Finding]:
    """Return what the rules of a court find in facts, before anything is adjusted."""
    outcomes: dict[Pair, Outcome] = {
        (rule.id, position): decide(fact.values)
        for position, fact in enumerate(facts)
        for rule, decide in court.by_kind.get(fact.kind, ())
        if not rule.keys or fact.key in rule.keys
    }
    differing = _differences(court, facts, outcomes)
    day = court.lawbook.day
    setting = _Setting(day, areas_of(file, court.areas), file.plan.municipality.town, reasons)
    findings = [
        _finding(rule, fact, outcomes.get(pair), differing.get(pair), setting)
        for position, fact in enumerate(facts)
        for rule, _ in court.by_kind.get(fact.kind, ())
        if (pair := (rule.id, position)) in outcomes or pair in differing
    ]
    met = {finding.rule.id for finding in findings}
    return findings + [
        _without_fact(rule, file, absence(file, court.reference, day, rule.kind))
        for rule in court.rules
        if rule.id not in met
    ]


def _differences(
    court: _Court, facts: Sequence[Fact], outcomes: Mapping[Pair, Outcome]
) -> dict[Pair, Text]:
    """Return, for each pair on which the engines differ, what each of them said."""
    if not court.networks:
        return {}
    fails, concerns = set[Pair](), set[Pair]()
    judged = {rule.id for rule in court.rules}
    for network in court.networks:
        answers = network.ask(facts)
        fails |= {pair for pair in answers.fails if pair[0] in judged}
        concerns |= {pair for pair in answers.concerns if pair[0] in judged}
    told = {}
    for pair in disagreements(outcomes, fails, concerns):
        other = "fail" if pair in fails else "unknown" if pair in concerns else "no concern"
        own = outcomes.get(pair)
        said = f"interpreter: {own.value if own else '-'}, durable_rules: {other}"
        told[pair] = Text(f"二つのエンジンの答えが違う({said})", f"The engines differ ({said})")
    return told


@frozen
class _Setting:
    """What all findings of a plan share: the day, its areas, and what the municipality is."""

    day: date
    areas: Mapping[tuple[str, str], str]
    town: Text
    reasons: bool


def _finding(
    rule: Rule,
    fact: Fact,
    outcome: Outcome | None,
    difference: Text | None,
    setting: _Setting,
) -> Finding:
    """Return how a rule comes out for a fact; without reasons, an error alone has some."""
    broken = _broken(rule, fact)
    judged = outcome is not None
    if outcome is None or difference is not None or broken is not None:
        outcome = Outcome.ERROR
    due, town = due_of(rule, fact), setting.town
    why: Any = Reasons(rule, fact, outcome, town) if setting.reasons and judged else None
    last = due.latest if due is not None else None
    return Finding(
        rule=rule,
        kind=fact.kind,
        key=fact.key,
        label=fact.label,
        area=setting.areas.get((fact.kind, fact.key)),
        outcome=outcome,
        severity=rule.severity if outcome is Outcome.FAIL else "note",
        message=difference or broken or why or _NOT_TOLD,
        place=fact.place,
        verdict=why,
        proofs=why or (),
        due=due,
        days_left=None if last is None else (last - setting.day).days,
        town=town,
        path=fact.path,
    )


def _broken(rule: Rule, fact: Fact) -> Text | None:
    if not fact.broken:
        return None
    read = attributes_read([rule])[rule.kind]
    faults = [f"{name}: {error}" for name, error in fact.broken.items() if name in read]
    if not faults:
        return None
    said = visible("; ".join(faults))
    return Text(f"属性を導けない({said})", f"An attribute could not be derived ({said})")


def _without_fact(rule: Rule, file: PlanFile, absent: Absent) -> Finding:
    """Say that a rule met nothing: because there is nothing, or why that cannot be told."""
    return Finding(
        rule=rule,
        kind=rule.kind,
        key=WHOLE,
        label=VOCABULARY[rule.kind].label,
        area=None,
        outcome=Outcome.NOT_APPLICABLE if absent.silent else Outcome.UNKNOWN,
        severity="note",
        message=absent.because or _NO_FACT,
        place=file.place(()),
        cause=absent.cause,
    )
