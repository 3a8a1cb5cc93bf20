"""Judging plans: facts and rules in, findings out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Literal

from dxrules.assessment.adjustments import adjusted
from dxrules.assessment.areas import areas_of, fixed_areas
from dxrules.assessment.as_found import Aside, FindingMaker, judged_by, named_by
from dxrules.assessment.finding import Assessment, Finding, PlanAssessment, in_order
from dxrules.derivation import Fact, absence, derive
from dxrules.engine import Network, Pair, available, disagreements
from dxrules.frozen import frozen
from dxrules.plan import PlanFile
from dxrules.reference import Reference
from dxrules.rules import Law, Lawbook, Outcome, Rule
from dxrules.rules.rule import RuleAbout
from dxrules.rules.together import Came, Together
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.rules.refinement import Refinement

EngineChoice = Literal["both", "interpreter"]

# Python 3.11 looks members up as slowly as by a call.
_PASS, _NOT_APPLICABLE = Outcome.PASS, Outcome.NOT_APPLICABLE


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
    courts: dict[tuple[tuple[str, ...], RuleAbout | None], _Court] = {}
    made: dict[tuple[int, ...], Together] = {}
    held: dict[str, Rule] = {}

    def as_held(rule: Rule) -> Rule:
        """Return a rule as it is held: with the parameters of a day it is made for each lawbook."""
        first = held.setdefault(rule.id, rule)
        return first if first == rule else rule

    def together_of(rules: Sequence[Rule]) -> Together:
        """Return what judges by rules; those of the nation are the same in every prefecture."""
        key = tuple(map(id, rules))
        if key not in made:
            made[key] = Together(rules)
        return made[key]

    @cache
    def court_of(prefecture: str, what: RuleAbout | None) -> _Court:
        lawbook = law.lawbook(day, prefecture)
        known = lawbook.rulesets, what
        if known not in courts:
            rules = [as_held(rule) for rule in lawbook.rules if what in (None, rule.about)]
            asked = networks.of(rules) if networks else ()
            courts[known] = _Court.of(lawbook, law.reference, asked, rules, together_of)
        return courts[known]

    def judged(file: PlanFile) -> PlanAssessment:
        court = partial(court_of, file.plan.municipality.prefecture)
        return _judge_plan(file, court, waivers=waivers, reasons=reasons)

    return judged


def engines_of(engine: EngineChoice) -> tuple[str, ...]:
    """Return the engines that judge: durable_rules, too, where it is asked for and installed."""
    second = engine == "both" and available()
    return ("interpreter", "durable_rules") if second else ("interpreter",)


@frozen
class _Court:
    """A lawbook, compiled for both engines; `rules` are those of it that are judged, by id.

    `areas` are those of subjects that belong to one whatever a plan says. `named` are attributes
    that messages name, by rule. `judges` holds, by kind, the rules about some keys; under None
    those about every other.
    """

    lawbook: Lawbook
    reference: Reference
    areas: Mapping[tuple[str, str], str]
    rules: Mapping[str, Rule]
    named: Mapping[str, Collection[str]]
    judges: Mapping[str, Mapping[str | None, Together]]
    networks: Sequence[Network]
    refinements: Mapping[str, Refinement]

    @classmethod
    def of(
        cls,
        lawbook: Lawbook,
        reference: Reference,
        networks: Sequence[Network],
        rules: Sequence[Rule],
        together: Callable[[Sequence[Rule]], Together],
    ) -> _Court:
        """Compile rules of a lawbook: all of them, or those about the plan, or about the town."""
        by_key = _by_key(rules)
        return cls(
            lawbook,
            reference,
            fixed_areas(reference),
            {rule.id: rule for rule in rules},
            {rule.id: named_by(rule) for rule in rules},
            {
                kind: {key: together(each) for key, each in those.items()}
                for kind, those in by_key.items()
            },
            networks,
            _refinements(lawbook),
        )

    def is_judged(self, kind: str, key: str) -> bool:
        """Tell whether any rule is about the fact with a key."""
        return key in self.judges[kind] or None in self.judges[kind]

    def rules_about(self, fact: Fact) -> Together:
        """Return the rules about a fact, and what judges it by them."""
        those = self.judges[fact.kind]
        return those.get(fact.key) or those[None]


class _Networks:
    """The networks of all courts: the nation's rules are compiled once for all prefectures."""

    def __init__(self, law: Law) -> None:
        self._nation = {each.id for each in law.rulesets if each.level == "national"}
        self._made: dict[tuple[object, ...], Network] = {}

    def of(self, rules: Iterable[Rule]) -> list[Network]:
        """Return the network of the nation's rules, and that of the prefecture's."""
        sides: dict[bool, list[Rule]] = defaultdict(list)
        for rule in rules:
            sides[rule.ruleset in self._nation].append(rule)
        return [self._network(side) for side in sides.values()]

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
        read[rule.kind].update(judged_by(rule), named_by(rule))
    return {kind: frozenset(names) for kind, names in read.items()}


def _by_key(rules: Iterable[Rule]) -> dict[str, dict[str | None, list[Rule]]]:
    """Return, by kind, the rules about each key that any names; under None those about the rest."""
    by_kind: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        by_kind[rule.kind].append(rule)
    found: dict[str, dict[str | None, list[Rule]]] = {}
    for kind, those in by_kind.items():
        keys = (None, *sorted({key for rule in those for key in rule.keys}))
        about = {key: [r for r in those if not r.keys or key in r.keys] for key in keys}
        found[kind] = {key: each for key, each in about.items() if each}
    return found


def _judge_plan(
    file: PlanFile, court_of: Callable[[RuleAbout | None], _Court], *, waivers: bool, reasons: bool
) -> PlanAssessment:
    """Judge a plan: what it must contain by its own words, the town by what it told since, too."""
    views: list[tuple[PlanFile, RuleAbout | None]] = [(file, None)]
    if file.as_told is not None:
        views = [(file, "plan"), (file.as_told, "town")]
    found: list[tuple[Finding, Fact | None]] = []
    facts: list[Fact] = []
    aside = Aside()
    for view, what in views:
        court = court_of(what)
        areas, day = areas_of(view, court.areas), court.lawbook.day
        about = view, view.plan.municipality.town, day
        maker = FindingMaker(*about, court.named, areas, court.refinements, reasons)
        facts += _judge_view(court, maker, found, aside)
    lawbook = court.lawbook
    findings = adjusted(found, facts, file, lawbook, waivers=waivers)
    aside.take(findings)
    applied = sorted((f for f in findings if f.outcome is not _NOT_APPLICABLE), key=in_order)
    late: Any = aside
    not_in_force = lawbook.not_in_force
    return PlanAssessment(file, lawbook, tuple(applied), late, late, not_in_force)


def _judge_view(
    court: _Court, make: FindingMaker, found: list[tuple[Finding, Fact | None]], aside: Aside
) -> Sequence[Fact]:
    """Add what the rules of a court find in a plan, before anything is adjusted.

    Each finding comes with the fact that its rule looked at, if there was one; what need not be
    made is put aside. Returns the facts.
    """
    file, reference, day = make.file, court.reference, make.day
    facts = derive(file, reference, day, dict.fromkeys(court.judges, ()), court.is_judged)
    judges = [court.rules_about(fact) for fact in facts]
    came = [each.applied(fact.values) for each, fact in zip(judges, facts, strict=True)]
    differing = _differences(court, facts, judges, came)
    in_doubt = {position for _, position in differing}
    for position, (fact, by, each) in enumerate(zip(facts, judges, came, strict=True)):
        if fact.broken or position in in_doubt:
            for rule, outcome in by.every(each):
                differs = differing.get((rule.id, position))
                found.append((make.finding(rule, fact, outcome, differs), fact))
            continue
        if len(each) < len(by.rules):
            aside.put(len(found), make, fact, by, each)
        found += [(make.finding(rule, fact, outcome), fact) for rule, outcome in each]
    met = {rule_id for each in set(judges) for rule_id in each.ids}
    for (rule_id, position), differs in differing.items():
        if rule_id not in judges[position].ids:
            rule, fact = court.rules[rule_id], facts[position]
            found.append((make.finding(rule, fact, None, differs), fact))
            met.add(rule.id)
    unmet = [rule for rule in court.rules.values() if rule.id not in met]
    absent = {kind: absence(file, reference, day, kind) for kind in {rule.kind for rule in unmet}}
    found += [(make.without_fact(rule, absent[rule.kind]), None) for rule in unmet]
    return facts


def _differences(
    court: _Court,
    facts: Sequence[Fact],
    judges: Sequence[Together],
    came: Sequence[Came],
) -> dict[Pair, Text]:
    """Return, for each pair on which the engines differ, what each of them said."""
    if not court.networks:
        return {}
    outcomes = {
        (rule.id, position): outcome
        for position, each in enumerate(came)
        for rule, outcome in each
        if outcome is not _PASS
    }
    fails, concerns = set[Pair](), set[Pair]()
    for network in court.networks:
        answers = network.ask(facts)
        fails |= answers.fails
        concerns |= answers.concerns
    told = {}
    for pair in disagreements(outcomes, fails, concerns):
        other = "fail" if pair in fails else "unknown" if pair in concerns else "no concern"
        every = judges[pair[1]].every(came[pair[1]])
        own = {rule.id: outcome for rule, outcome in every}.get(pair[0])
        said = f"interpreter: {own.value if own else '-'}, durable_rules: {other}"
        told[pair] = Text(f"二つのエンジンの答えが違う({said})", f"The engines differ ({said})")
    return told
