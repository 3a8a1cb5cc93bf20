"""What will fall due: each coming day on which a verdict of a plan changes, and why.

A plan is judged on a day that notes until when all that is asked of it has the same answers
(`WatchedDay`). Until then no verdict can change, so the plan is judged again on the day after,
and so on. Whatever moves with the day judged is found that way, a new attribute as well. What
is then said of a day comes from judging it as `check` does.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, cast

from dxrules.assessment.assess import assess
from dxrules.assessment.changes import Change, changes_between, outcomes_of
from dxrules.assessment.coming import COMING_KINDS, Coming, days_of_law, days_of_plan
from dxrules.dates import fiscal_year, fiscal_year_of
from dxrules.dates.watched import WatchedDay
from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.rules.known import known_on
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from dxrules.assessment.assess import EngineChoice
    from dxrules.assessment.changes import Key
    from dxrules.assessment.finding import Assessment, PlanAssessment
    from dxrules.plan import PlanFile
    from dxrules.rules import Law, Outcome

Horizon = Literal["asked", "period", "past", "unstated"]

_ASKED: Horizon = "asked"

_DAY = timedelta(days=1)


@frozen
class ForecastDay:
    """A day on which verdicts change, or on which something falls due whether they do or not."""

    day: date
    changes: tuple[Change, ...]
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


def horizon_of(file: PlanFile, start: date) -> tuple[date, Horizon]:
    """Return how far a forecast looks by default: to the end of the plan's period.

    Where that is past, or not stated, to the end of the fiscal year after that of `start`.
    """
    period = file.plan.plan.period
    if period is not None and period.end > start:
        return period.end, "period"
    next_year = fiscal_year(fiscal_year_of(start) + 1)
    return cast("date", next_year.latest), "unstated" if period is None else "past"


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
    caller has judged it. Raises UsageError if `until` comes before `start`.
    """
    last, horizon = horizon_of(file, start) if until is None else (until, _ASKED)
    if last < start:
        raise UsageError(
            Text(
                f"終わりの日({last})が、始まりの日({start})より前です。",
                f"The last day, {last}, comes before the first, {start}.",
            )
        )
    cited = {citation.edition for citation in file.plan.plan.cites if citation.edition}
    court = _Court(file, known_on(law, start, cited), engine, waivers)
    judged = court.judge(start) if first is None else first
    trusted = judged.trusted
    changes: dict[date, tuple[Change, ...]] = {}
    coming = list(days_of_plan(file, court.law.reference, start, waivers=waivers))
    former = None
    for stretch in court.stretches(start, last):
        coming += stretch.coming()
        if former is None and first is None:
            stretch.confirm(judged)
        elif former is not None and stretch.outcomes != former.outcomes:
            changing = court.of_rules(stretch.changed(former))
            before, after = changing.judge(stretch.first - _DAY), changing.judge(stretch.first)
            stretch.confirm(after, changing.ids)
            trusted = trusted and before.trusted and after.trusted
            informed = changing.informed(stretch.first)
            changes[stretch.first] = changes_between(before.plans[0], after.plans[0], informed)
        former = stretch
    return Forecast(judged, last, horizon, tuple(_days(changes, coming, start, last)), trusted)


def _days(
    changes: Mapping[date, tuple[Change, ...]], coming: Iterable[Coming], start: date, until: date
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
    outcomes: Mapping[Key, Outcome]

    def coming(self) -> Iterator[Coming]:
        """Yield the days of the law that fall on these days, with what comes out on them."""
        for each in days_of_law(self.plan.findings):
            if each.when.latest is not None and self.first <= each.when.latest <= self.last:
                yield each

    def changed(self, former: _Stretch) -> frozenset[str]:
        """Return the ids of the rules by which something comes out otherwise than before."""
        old, new = former.outcomes, self.outcomes
        return frozenset(key[0] for key in {*old, *new} if old.get(key) is not new.get(key))

    def confirm(self, judged: Assessment, ids: Collection[str] | None = None) -> None:
        """Raise RuntimeError unless the first day comes out as it does without watching.

        `ids` are the rules that were judged, all of them by default.
        """
        own = {key: out for key, out in self.outcomes.items() if ids is None or key[0] in ids}
        if judged.trusted and outcomes_of(judged.plans[0]) != own:
            raise RuntimeError(f"the forecast of {self.first} is not what is judged on that day")


@frozen
class _Court:
    """A plan and the law that it is judged by, on whatever day; `ids` if only some rules are."""

    file: PlanFile
    law: Law
    engine: EngineChoice
    waivers: bool
    ids: frozenset[str] | None = None

    def of_rules(self, ids: frozenset[str]) -> _Court:
        """Return the court that judges by these rules alone, and those that they refer to.

        A second engine judges by all rules, and so does whoever asks what waivers meet.
        """
        if self.engine != "interpreter" or (self.waivers and self.file.plan.waivers):
            return self
        rules = {rule.id: rule for ruleset in self.law.rulesets for rule in ruleset.rules}
        wanted, open_ones = set[str](), {*ids}
        while open_ones:
            wanted |= open_ones
            named = [(rules[i].unless_failed, rules[i].refines) for i in open_ones & rules.keys()]
            open_ones = {other for pair in named for other in pair if other} - wanted
        rulesets = tuple(
            replace(ruleset, rules=tuple(rule for rule in ruleset.rules if rule.id in wanted))
            for ruleset in self.law.rulesets
        )
        return replace(self, law=replace(self.law, rulesets=rulesets), ids=frozenset(wanted))

    def judge(self, day: date) -> Assessment:
        """Judge the plan on a day."""
        return assess([self.file], self.law, day, engine=self.engine, waivers=self.waivers)

    def informed(self, day: date) -> PlanAssessment:
        """Judge the plan on a day as if all were known until then."""
        reference = replace(self.law.reference, known_until=date.max)
        return self._outcomes(replace(self.law, reference=reference), day)

    def stretches(self, start: date, until: date) -> Iterator[_Stretch]:
        """Yield the stretches of days without a change that lie between two days."""
        day = start
        while True:
            watched = WatchedDay(day)
            plan = self._outcomes(self.law, cast("date", watched))
            last = min(watched.same_until, until)
            yield _Stretch(day, last, plan, outcomes_of(plan))
            if last == until:
                return
            day = last + _DAY

    def _outcomes(self, law: Law, day: date) -> PlanAssessment:
        """Judge the plan on a day, and leave the reasons out."""
        files, waivers = [self.file], self.waivers
        judged = assess(files, law, day, engine="interpreter", waivers=waivers, reasons=False)
        return judged.plans[0]
