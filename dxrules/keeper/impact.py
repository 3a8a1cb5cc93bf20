"""Impact of a change of the law: whose verdict changes on which rule, and why.

A plan is judged by the old law on its day, and by the new one on its own. Between the two lies
what did not happen, judged as well:

1. the old law on the new day, as it stood on its own: what differs came with time alone;
2. where the plan differs, too, the new law with the old plan and the old law with the new plan:
   the law changed the verdict if it would not be what it is by the old law, the town did if it
   would not be with the old plan, and both did if each of them alone would have changed it.

All of that as if everything were known. What would be the same then, but is not because what is
known ends before the day judged, is no change of law or town: that is told as a cause of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from dxrules.assessment import Finding, PlanAssessment
from dxrules.assessment.assess import EngineChoice, assessor, engines_of
from dxrules.assessment.comparison import heading
from dxrules.frozen import frozen
from dxrules.keeper.attribution import EFFECTS, Effect, ShiftCause, States, Verdicts, weighs
from dxrules.keeper.comparison_side import Side
from dxrules.keeper.diff import Diff, LawChange, diff
from dxrules.keeper.frozen_law import all_known, held_still
from dxrules.keeper.reference_diff import KnowledgeChange
from dxrules.keeper.rule_diff import RuleChange
from dxrules.keeper.rule_stands import Stand, stands_of
from dxrules.plan import PlanFile
from dxrules.reference import Reference
from dxrules.rules import SEVERITIES, Law, Outcome
from dxrules.texts import Text

PlanPair = tuple[PlanFile | None, PlanFile | None]

_TRUSTED = frozenset({"then", "now"})
_OF_NEW_PLAN = frozenset({"by_town", "now_known", "now"})
_COMES_OR_GOES = frozenset({"added", "removed", "in-force", "lapsed", "to-come", "unannounced"})


@frozen
class Shift:
    """A verdict that changes, why, and the changes of the law by which it does."""

    before: Finding | None
    after: Finding | None
    effect: Effect
    causes: tuple[ShiftCause, ...]
    changes: tuple[LawChange, ...] = ()

    @property
    def finding(self) -> Finding:
        """The finding as it is now, else as it was."""
        return next(each for each in (self.after, self.before) if each is not None)


@frozen
class TownImpact:
    """What changes for a plan; `before` or `after` is None where a side has no such plan.

    `unread` says why the side that lacks it could not read it, where that is known. `stands` tell
    how each rule stands in it, whether or not a verdict changes.
    """

    before: PlanFile | None
    after: PlanFile | None
    shifts: tuple[Shift, ...]
    unread: Text | None = None
    stands: tuple[Stand, ...] = ()

    @property
    def file(self) -> PlanFile:
        """The plan as it is now, else as it was."""
        return next(each for each in (self.after, self.before) if each is not None)

    @property
    def counts(self) -> Mapping[Effect, int]:
        """How many verdicts change in each way."""
        counted = Counter(shift.effect for shift in self.shifts)
        return {effect: counted[effect] for effect in EFFECTS}


@frozen
class Impact:
    """What a diff does to plans; `trusted` is whether no pair came out as an error.

    `touched` are the rules that it makes judge otherwise, or may. `between_packets` is whether
    the sides are two packets; `doubts` say why what was compared is
    not to be relied on, or not whole.
    """

    diff: Diff
    days: tuple[date, date]
    engines: tuple[str, ...]
    towns: tuple[TownImpact, ...]
    trusted: bool
    between_packets: bool = False
    doubts: tuple[Text, ...] = ()
    touched: frozenset[str] = frozenset()

    def reaches(self, threshold: str) -> bool:
        """Tell whether anything newly fails or, at the threshold `any`, changes; no draft counts.

        Nothing reaches `never`.
        """
        return threshold != "never" and any(
            threshold in ("any", shift.effect)
            for town in self.towns
            for shift in town.shifts
            if not shift.finding.rule.draft
        )


def readable(old: Law, new: Law) -> Reference:
    """Return reference data by which a plan can be read that names what only one side has."""
    lists: dict[str, Any] = {
        name: {**getattr(old.reference, name), **getattr(new.reference, name)}
        for name in new.reference.known()
    }
    return replace(new.reference, **lists)


def pair_up(
    before: Mapping[str, PlanFile | None], after: Mapping[str, PlanFile | None]
) -> list[PlanPair]:
    """Pair plans by the path of their file, those that are left by town.

    What could not be read on one side, which is given as None, is compared with nothing.
    """
    both = [(before[path], after[path]) for path in after if path in before]
    left = [file for path, file in before.items() if path not in after and file]
    right = [file for path, file in after.items() if path not in before and file]
    for file in [*right]:
        found = next((each for each in left if _town(each) == _town(file)), None)
        if found is not None:
            both.append((found, file))
            left.remove(found)
            right.remove(file)
    known: list[PlanPair] = [(was, now) for was, now in both if was and now]
    return [*known, *((None, file) for file in right), *((file, None) for file in left)]


def impact(
    pairs: Iterable[PlanPair],
    old: Side,
    new: Side,
    today: date,
    *,
    engine: EngineChoice = "both",
    waivers: bool = True,
) -> Impact:
    """Return what the change from one side to the other does to plans.

    Each plan is given as it was and as it is; a side without a day is that of `today`. With
    `engine="both"` durable_rules judges, too, what is said of either side; what did not happen
    is judged by the interpreter alone.
    """
    first, last = old.day or today, new.day or today
    changed = diff(replace(old, day=first), replace(new, day=last))
    sure_old, sure_new = all_known(old.law), all_known(new.law)
    still = held_still(sure_old, first)
    judge = partial(assessor, engine=engine, waivers=waivers)
    suppose = partial(assessor, engine="interpreter", waivers=waivers)
    held = suppose(still, last)
    weighing = _Weighing(
        changed,
        {
            "then": judge(old.law, first),
            "then_known": suppose(sure_old, first),
            "later": held,
            "by_law": suppose(sure_new, last),
            "by_town": held,
            "now_known": suppose(sure_new, last),
            "now": judge(new.law, last),
        },
    )
    towns = sorted((weighing.town(*pair) for pair in pairs), key=_place)
    return Impact(
        changed,
        (first, last),
        engines_of(engine),
        tuple(towns),
        weighing.trusted,
        touched=frozenset(weighing.judging),
    )


def _town(file: PlanFile) -> str:
    return file.plan.municipality.code


def _place(town: TownImpact) -> tuple[str, str]:
    return _town(town.file), town.file.name


class _Weighing:
    """Tells what changed the verdicts of a plan, by what each run found of it."""

    def __init__(
        self, changed: Diff, runs: Mapping[str, Callable[[PlanFile], PlanAssessment]]
    ) -> None:
        self.runs = runs
        self.trusted = True
        self.names = {c.old.id: c.new.id for c in changed.rules if c.old and c.new}
        sides = (changed.old, changed.new)
        self.rules = {rule.id: rule for side in sides for rule in side.law.rules}
        self.touching: dict[str, list[LawChange]] = {}
        self.judging: set[str] = set()
        for change in changed.changes:
            for rule_id in _touched(change):
                self.touching.setdefault(rule_id, []).append(change)
                if not isinstance(change, KnowledgeChange):
                    self.judging.add(self.names.get(rule_id, rule_id))

    def town(self, before: PlanFile | None, after: PlanFile | None) -> TownImpact:
        """Return what changes for a plan; of the plan itself only the heading is kept."""
        found = {
            name: self._findings(name, plan)
            for name in (self.runs if before and after else ("then", "now"))
            if (plan := after if name in _OF_NEW_PLAN else before) is not None
        }
        if before is None or after is None:
            return TownImpact(_heading(before), _heading(after), ())
        shifts = tuple(sorted(self._shifts(found), key=_order))
        sides = found["then"].found.values(), found["now"].found.values()
        stands = stands_of(*sides, self.names)
        return TownImpact(_heading(before), _heading(after), shifts, stands=stands)

    def _findings(self, name: str, plan: PlanFile) -> Verdicts:
        judged = self.runs[name](plan)
        if name in _TRUSTED:
            self.trusted = self.trusted and not judged.of(Outcome.ERROR)
        return Verdicts(judged.findings, self.names)

    def _shifts(self, found: Mapping[str, Verdicts]) -> Iterator[Shift]:
        then, now = found["then"], found["now"]
        for key in now.together(then):
            states = States(**{name: each.state(key) for name, each in found.items()})
            if states.effect is not None:
                shift = Shift(then.get(key), now.get(key), states.effect, states.causes)
                yield replace(shift, changes=self._changes(shift))

    def _changes(self, shift: Shift) -> tuple[LawChange, ...]:
        """Return by which changes of the law a verdict did, or by how much more is known."""
        rule, key = shift.finding.rule, shift.finding.key
        touching = self.touching.get(rule.id, [])
        if "law" not in shift.causes:
            known = [change for change in touching if isinstance(change, KnowledgeChange)]
            return tuple(known) if "knowledge" in shift.causes else ()
        for change in touching:
            if isinstance(change, RuleChange) and change.heads[0] in _COMES_OR_GOES:
                return (change,)  # says all
        found = [change for change in touching if weighs(change, rule, key)]
        root = self.rules.get(rule.unless_failed or "")
        if root is not None:  # whose failure the verdict follows from
            found += [c for c in self.touching.get(root.id, []) if weighs(c, root, key)]
        return tuple({id(change): change for change in found}.values())


def _heading(file: PlanFile | None) -> PlanFile | None:
    return None if file is None else heading(file)


def _touched(change: LawChange) -> tuple[str, ...]:
    """Return the rules that a change can make judge otherwise: not one that is only said anew."""
    if isinstance(change, RuleChange):
        return () if set(change.heads) <= {"renamed", "same", "reworded"} else change.ids
    return change.rules


def _order(shift: Shift) -> tuple[int, int, str, str, str]:
    return (
        EFFECTS.index(shift.effect),
        SEVERITIES.index(shift.finding.severity),
        *shift.finding.subject,
    )
