"""What will fall due: each coming day on which a verdict of a plan changes, and why.

A plan is judged on a day that notes until when all that is asked of it has the same answers
(`WatchedDay`). Until then no verdict can change, so the plan is judged again on the day after,
and so on. Whatever moves with the day judged is found that way, a new attribute as well. That
is done for each kind of subject by itself: most kinds never move, and no verdict on one hangs on
another. What is then said of a day comes from judging it as `check` does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, pairwise
from typing import cast

from dxrules.assessment.assess import EngineChoice, assess
from dxrules.assessment.due_days import (
    COMING_KINDS,
    Coming,
    Horizon,
    days_of_law,
    days_of_plan,
    horizon_of,
)
from dxrules.assessment.finding import Assessment, Finding, PlanAssessment, in_order
from dxrules.assessment.outcome_changes import (
    FindingKey,
    OutcomeChange,
    changes_between,
    outcomes_of,
)
from dxrules.dates.recording_date import WatchedDay
from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.plan import PlanFile
from dxrules.rules import Law, Outcome
from dxrules.rules.as_announced import known_on
from dxrules.rules.ruleset import only, with_referred
from dxrules.source.bounds import FORECAST_VERDICTS
from dxrules.texts import Text

_ASKED: Horizon = "asked"

_DAY = timedelta(days=1)

_JUDGED_PER_DAY = 3
"""How often a day on which something changes is judged: before, after, as if all were known."""
_TOO_MANY_DAYS = Text(
    "判定が変わり得る日が多すぎるため、{until}までは示せません。{reach}までなら示せます"
    "(--until {reach})。",
    "There are too many days on which verdicts may change up to {until}. "
    "Look as far as {reach} (--until {reach}).",
)


class TooManyDaysError(UsageError):
    """A forecast would judge too much; it can look as far as `reach`."""

    def __init__(self, reach: date, until: date) -> None:
        super().__init__(_TOO_MANY_DAYS.format(reach=reach.isoformat(), until=until.isoformat()))
        self.reach = reach


@frozen
class ForecastDay:
    """A day on which verdicts change, or on which something falls due whether they do or not."""

    day: date
    changes: tuple[OutcomeChange, ...]
    coming: tuple[Coming, ...]


@frozen
class Forecast:
    """What changes after a day, whose assessment is `first`, up to another.

    `horizon` tells what the last day is; `trusted`, that on no day that was judged anything
    came out as an error.
    """

    first: Assessment
    until: date
    horizon: Horizon
    days: tuple[ForecastDay, ...]
    trusted: bool

    @property
    def plan(self) -> PlanAssessment:
        """The plan as it is judged on the day on which the forecast begins."""
        return self.first.plans[0]

    @property
    def start(self) -> date:
        """The day on which it begins."""
        return self.first.day


def forecast(
    file: PlanFile,
    law: Law,
    start: date,
    until: date | None = None,
    *,
    engine: EngineChoice = "both",
    waivers: bool = True,
    first: Assessment | None = None,
) -> Forecast:
    """Return each day after `start`, up to `until`, on which a verdict of a plan changes.

    By default it looks as far as `horizon_of` tells. It goes by the law as it was known on
    `start`. With `engine="both"` durable_rules judges the first day, those on which something
    changes and those before them, too. `first` is what the plan comes out as on `start`, if the
    caller has judged it. Raises UsageError if `until` comes before `start`, and TooManyDaysError if
    there is too much to judge until then.
    """
    last, horizon = horizon_of(file, start) if until is None else (until, _ASKED)
    if last < start:
        raise UsageError.of(
            f"終わりの日({last})が、始まりの日({start})より前です。",
            f"The last day, {last}, comes before the first, {start}.",
        )
    cited = {citation.edition for citation in file.plan.plan.cites if citation.edition}
    judged_on = _PlanOnDays(file, known_on(law, start, cited), engine, waivers)
    judged = judged_on.judge(start) if first is None else first
    trusted = judged.trusted
    changes: dict[date, tuple[OutcomeChange, ...]] = {}
    coming = list(days_of_plan(file, judged_on.law.reference, start, waivers=waivers))
    parts = tuple(tuple(each.stretches(start, last)) for each in judged_on.by_kind())
    course = _Course(parts)
    reach = min(part[-1].last for part in parts)
    changed = {day: ids for day, ids in course.changed().items() if day <= reach}
    most = max(FORECAST_VERDICTS // (_JUDGED_PER_DAY * (len(judged.plans[0].findings) + 1)), 1)
    if len(changed) > most:
        reach = [*changed][most] - _DAY
    if reach < last:
        raise TooManyDaysError(reach, last)
    coming += days_of_law(sorted(course.due(), key=in_order))
    if first is None:
        course.confirm(judged)
    for day, ids in changed.items():
        changing = judged_on.of_rules(ids)
        before, after = changing.judge(day - _DAY), changing.judge(day)
        course.confirm(after, changing.ids)
        trusted = trusted and before.trusted and after.trusted
        changes[day] = changes_between(before.plans[0], after.plans[0], changing.informed(day))
    return Forecast(judged, last, horizon, tuple(_days(changes, coming, start, last)), trusted)


def _days(
    changes: Mapping[date, tuple[OutcomeChange, ...]],
    coming: Iterable[Coming],
    start: date,
    until: date,
) -> Iterator[ForecastDay]:
    falling: dict[date, list[Coming]] = {}
    for each in coming:
        day = each.when.latest
        if day is not None and start <= day <= until:
            falling.setdefault(day, []).append(each)
    for day in sorted({*changes, *falling}):
        due = sorted(falling.get(day, ()), key=lambda each: COMING_KINDS.index(each.kind))
        yield ForecastDay(day, changes.get(day, ()), tuple(due))


@frozen
class _Stretch:
    """Days on which all verdicts are those of the first, on which the plan was judged."""

    first: date
    last: date
    plan: PlanAssessment
    outcomes: Mapping[FindingKey, Outcome]

    def due(self) -> Iterator[Finding]:
        """Yield the findings whose day due falls on these days."""
        for finding in self.plan.findings:
            latest = None if finding.due is None else finding.due.latest
            if latest is not None and self.first <= latest <= self.last:
                yield finding

    def changed(self, former: _Stretch) -> frozenset[str]:
        """Return the ids of the rules by which something comes out otherwise than before."""
        old, new = former.outcomes, self.outcomes
        return frozenset(key[0] for key in {*old, *new} if old.get(key) is not new.get(key))


@frozen
class _Course:
    """The stretches of all days between two, of each part of what a plan is judged by."""

    parts: tuple[tuple[_Stretch, ...], ...]

    def due(self) -> Iterator[Finding]:
        """Yield the findings that fall due, as they come out on that day."""
        return (finding for part in self.parts for stretch in part for finding in stretch.due())

    def changed(self) -> dict[date, frozenset[str]]:
        """Return, by day, the ids of the rules by which something comes out otherwise then."""
        found: dict[date, frozenset[str]] = {}
        for former, stretch in chain.from_iterable(map(pairwise, self.parts)):
            if ids := stretch.changed(former):
                found[stretch.first] = found.get(stretch.first, frozenset()) | ids
        return dict(sorted(found.items()))

    def confirm(self, judged: Assessment, ids: Collection[str] | None = None) -> None:
        """Raise RuntimeError unless a day comes out as it does without watching.

        `ids` are the rules that were judged, all of them by default. What an answer contradicts is
        found whatever rules there are.
        """
        told = {
            key: outcome
            for part in self.parts
            for stretch in part
            if stretch.first <= judged.day <= stretch.last
            for key, outcome in stretch.outcomes.items()
            if ids is None or key[0] in ids
        }
        found = {
            key: outcome
            for key, outcome in outcomes_of(judged.plans[0]).items()
            if ids is None or key[0] in ids
        }
        if judged.trusted and found != told:
            raise RuntimeError(f"the forecast of {judged.day} is not what is judged on that day")


@frozen
class _PlanOnDays:
    """A plan and the law that it is judged by, on whatever day; `ids` if only some rules are."""

    file: PlanFile
    law: Law
    engine: EngineChoice
    waivers: bool
    ids: frozenset[str] | None = None

    def of_rules(self, ids: frozenset[str]) -> _PlanOnDays:
        """Return the same judged by these rules alone, and those that they refer to.

        A second engine judges by all rules, and so does whoever asks what waivers meet.
        """
        if self.engine != "interpreter" or (self.waivers and self.file.plan.waivers):
            return self
        wanted = with_referred(self.law, ids)
        return replace(self._only(wanted), ids=wanted)

    def by_kind(self) -> list[_PlanOnDays]:
        """Return the same for each kind of subject apart; a waiver may meet any kind."""
        if self.waivers and self.file.plan.waivers:
            return [self]
        kinds: dict[str, set[str]] = {}
        for rule in self.law.rules:
            kinds.setdefault(rule.kind, set()).add(rule.id)
        return [self._only(ids) for ids in kinds.values()]

    def _only(self, ids: Collection[str]) -> _PlanOnDays:
        """Leave out all other rules, which `known_on` has looked at: it asks what follows what."""
        return replace(self, law=only(self.law, ids))

    def judge(self, day: date) -> Assessment:
        """Judge the plan on a day."""
        return assess([self.file], self.law, day, engine=self.engine, waivers=self.waivers)

    def informed(self, day: date) -> PlanAssessment:
        """Judge the plan on a day as if all were known until then."""
        reference = replace(self.law.reference, known_until=date.max)
        return self._outcomes(replace(self.law, reference=reference), day)

    def stretches(self, start: date, until: date) -> Iterator[_Stretch]:
        """Yield the stretches of days without a change that lie between two days.

        They end early where too much would have to be judged.
        """
        day, left = start, FORECAST_VERDICTS
        while True:
            watched = WatchedDay(day)
            plan = self._outcomes(self.law, cast("date", watched))
            last = min(watched.same_until, until)
            outcomes = outcomes_of(plan)
            yield _Stretch(day, last, plan, outcomes)
            left -= len(outcomes)
            if last == until or left < 0:
                return
            day = last + _DAY

    def _outcomes(self, law: Law, day: date) -> PlanAssessment:
        """Judge the plan on a day, and leave the reasons out."""
        files, waivers = [self.file], self.waivers
        judged = assess(files, law, day, engine="interpreter", waivers=waivers, reasons=False)
        return judged.plans[0]
