"""Reach of a revision of a law before it takes effect: rules, parameters, and towns.

Nobody knows yet what an amended article asks for. So of towns it is told how many a rule applies
to, and how many it fails as it stands, on the day from which the revision holds: for sure, and at
most where what is not known goes against them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dxrules.assessment import PlanAssessment
from dxrules.assessment.assess import assessor
from dxrules.frozen import frozen
from dxrules.keeper.impact_bounds import Bounds
from dxrules.keeper.law_revisions import Notice
from dxrules.keeper.rule_sources import NEEDS_WORK, PlaceCheck, SourceState, source_states
from dxrules.plan import PlanFile
from dxrules.rules import Law, Outcome, Rule
from dxrules.rules.checks import named
from dxrules.rules.ruleset import only, with_referred

_SURE = frozenset({Outcome.PASS, Outcome.FAIL, Outcome.WAIVED})
_MAY_FAIL = frozenset({Outcome.FAIL, Outcome.UNKNOWN, Outcome.ERROR})
_NONE = Bounds(0, 0)
_COMPARED = NEEDS_WORK | {"no-digest"}


@dataclass
class Reach:
    """Towns that a rule applies to, and that it fails as it stands: for sure, and at most."""

    touched: Bounds = _NONE
    fails: Bounds = _NONE

    def count(self, outcomes: Iterable[Outcome]) -> None:
        """Count a town by what a rule says of its subjects."""
        found = {*outcomes}
        touches, may_touch = not found.isdisjoint(_SURE), bool(found - {Outcome.NOT_APPLICABLE})
        self.touched = self.touched.plus(sure=touches, may_be=may_touch)
        may_fail = not found.isdisjoint(_MAY_FAIL)
        self.fails = self.fails.plus(sure=Outcome.FAIL in found, may_be=may_fail)


@frozen
class Watched:
    """A revision that is news for a source of a ruleset, and what of it that would touch.

    `checks` are the places cited that its text shows changed, moved or gone; without a text all
    that rests on the source may be touched. `read` tells whether there is a text.
    """

    revision: Notice
    state: SourceState
    checks: tuple[PlaceCheck, ...]
    rules: tuple[Rule, ...]
    parameters: tuple[str, ...]
    read: bool
    reach: Mapping[str, Reach] = field(default_factory=dict)
    whole: Reach = field(default_factory=Reach)

    @property
    def day(self) -> date | None:
        """The day from which it holds, if that is known."""
        return self.revision.effective

    @property
    def moved_only(self) -> bool:
        """Whether its places have other numbers, and the same words."""
        return bool(self.checks) and all(check.state == "moved" for check in self.checks)


@frozen
class LawWatch:
    """What came of looking at revisions on a day.

    `towns` is how many plans were judged, None where none were given. `untouched` are sources
    whose places a newer text leaves as they were; `old` is how many revisions are no news, and
    `unknown` how many are of laws that no rule rests on.
    """

    day: date
    changes: tuple[Watched, ...]
    untouched: tuple[Watched, ...]
    revisions: int
    old: int
    unknown: int
    towns: int | None = None


def watch(revisions: Sequence[Notice], law: Law, day: date) -> LawWatch:
    """Tell which rules and parameters each revision would touch."""
    changes: list[Watched] = []
    untouched: list[Watched] = []
    known = {source.law_id for ruleset in law.rulesets for source in ruleset.sources.values()} - {
        None
    }
    of_known = [each for each in revisions if each.law_id in known]
    news = 0
    for revision in sorted(of_known, key=_order):
        found = list(_watched(revision, law, day))
        news += bool(found)
        for each in found:
            touches = each.rules or each.parameters
            (changes if touches else untouched).append(each)
    return LawWatch(
        day,
        tuple(changes),
        tuple(untouched),
        len(revisions),
        len(of_known) - news,
        len(revisions) - len(of_known),
    )


def _order(revision: Notice) -> tuple[bool, str, str, str]:
    day = revision.effective
    return day is None, "" if day is None else day.isoformat(), revision.law_id, revision.name


def _watched(revision: Notice, law: Law, day: date) -> Iterator[Watched]:
    """Yield a revision for each source of a ruleset that it is news for."""
    texts = None if revision.text is None else {revision.law_id: revision.text}
    rules = {rule.id: rule for rule in law.rules}
    cited = {ruleset.id: ruleset.cited for ruleset in law.rulesets}
    for state in source_states(law, day, texts):
        if not revision.follows(state.source):
            continue
        checks = tuple(each for each in state.checks if each.state in _COMPARED)
        ids = set(state.rules)
        if texts is not None:
            ids = {rule for check in checks for rule in check.rules}
        parameters = [
            name
            for name, sources in cited[state.ruleset].items()
            if state.source in sources and (texts is None or checks)
        ]
        ids |= {rule.id for rule in rules.values() if not set(named(rule)).isdisjoint(parameters)}
        touched = tuple(
            rules[each] for each in rules if each in ids and _lasts(rules[each], revision)
        )
        yield Watched(revision, state, checks, touched, tuple(parameters), texts is not None)


def _lasts(rule: Rule, revision: Notice) -> bool:
    """Tell whether a rule is to be in force once a revision is."""
    until, day = rule.in_force.until, revision.effective
    return until is None or day is None or until >= day


def with_towns(found: LawWatch, law: Law, plans: Iterable[PlanFile]) -> LawWatch:
    """Count the towns that each change would touch; a plan is forgotten once it is judged."""
    days = {each.day or found.day for each in found.changes}
    judges = {day: _judge(law, day, found) for day in sorted(days)}
    counted = [replace(each, reach=_empty(each), whole=Reach()) for each in found.changes]
    towns = 0
    for file in plans:
        towns += 1
        judged = {day: _outcomes(judge(file)) for day, judge in judges.items()}
        for each in counted:
            outcomes = judged[each.day or found.day]
            told = {rule.id: outcomes.get(rule.id, ()) for rule in each.rules}
            for rule_id, said in told.items():
                each.reach[rule_id].count(said)
            each.whole.count(outcome for said in told.values() for outcome in said)
    return replace(found, changes=tuple(counted), towns=towns)


def _empty(change: Watched) -> dict[str, Reach]:
    return {rule.id: Reach() for rule in change.rules}


def _judge(law: Law, day: date, found: LawWatch) -> Callable[[PlanFile], PlanAssessment]:
    """Return a function that judges a plan by the rules that are touched on a day."""
    ids = {r.id for each in found.changes if (each.day or found.day) == day for r in each.rules}
    return assessor(only(law, with_referred(law, ids)), day, engine="interpreter", reasons=False)


def _outcomes(plan: PlanAssessment) -> dict[str, list[Outcome]]:
    found: dict[str, list[Outcome]] = {}
    for finding in plan.findings:
        found.setdefault(finding.rule.id, []).append(finding.outcome)
    return found
