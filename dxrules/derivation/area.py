"""Areas: what the nation asks for by field of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.dates import ANY, Range, either
from dxrules.derivation.collection import LOCAL_TAX, intended_start
from dxrules.derivation.context import AT_REST, GIVEN_UP, dated, greatest, some
from dxrules.derivation.editions import editions_on
from dxrules.derivation.fact import Proof
from dxrules.derivation.finished import EL_QR, STANDARDIZATION, declined, finished
from dxrules.derivation.intended import heard_of, steps
from dxrules.derivation.subject import Subject
from dxrules.derivation.third_party import BY_OTHERS, is_heard
from dxrules.derivation.values import SILENT, UNKNOWN, Absent, unknown
from dxrules.plan.code_labels import INTERVAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.dates import PartialDate, Truth
    from dxrules.derivation.context import Context
    from dxrules.derivation.values import Value
    from dxrules.plan.models import (
        Evident,
        Indicator,
        Measure,
        Part,
        Target,
    )
    from dxrules.source import Path

_OWN_SECTIONS = {EL_QR: "collection", STANDARDIZATION: "standardization"}
_BY_SECTION = frozenset({"answered", "covered", "scheduled", "starts_stated"})
INTERVALS = frozenset(INTERVAL) - {"pdca", "ooda", "as-needed", "continuous"}
_REST = AT_REST | {None}
_NOT_ACTED = GIVEN_UP | {"watched", "suspended"}
_TIMES = ("start", "due", "recurrence", "milestones")
_LASTING = INTERVALS | {"continuous"}
_A_YEAR = 366
"""Days after the period by which work due then may still be work of the plan; our yardstick."""

_LIST_IN_DOUBT = unknown("項目一覧が確かめられていない", "the list of items was not verified")
_DOUBTFUL = unknown(
    "指標がこの分野を測っているか疑わしい", "whether the indicator measures this area is in doubt"
)
_GOES_ON = unknown("取組が続いているか書かれていない", "whether the measure goes on is not said")
_AT_REST = unknown(
    "休止・見送りとあり、再び行うかは書かれていない",
    "it is suspended or postponed; whether it will be taken up again is not said",
)
_WHICH = unknown(
    "始めた、又は済んだと書かれているが、どの公金かは書かれていない",
    "it is stated as started or finished; of which charges is not said",
)
_WHEN = unknown(
    "時期が計画期間に入るか分からない", "whether its time lies in the plan's period is not known"
)


def no_measure(context: Context, area: str) -> Absent:
    """Tell what it means that no measure of an area is stated."""
    return _missing(context, area, "measures", "areas")


def _missing(context: Context, area: str, *parts: Part) -> Absent:
    """Tell what it means that neither the measures nor the section of its own says more."""
    sections = ("measures", _OWN_SECTIONS.get(area, "measures"))
    absences = [context.missing(each, *parts, areas=(area,)) for each in sections]
    return next((absent for absent in absences if not absent.silent), SILENT)


class AreaSubject(Subject):
    """An area of the reference list."""

    kind = "area"

    def __init__(self, context: Context, area: str) -> None:
        super().__init__(context, area, context.reference.areas[area].name, ("measures",))
        self.stated = [m for m in context.measures if area in m.areas]
        self.own = context.covering(area)
        open_ones = [m for m in self.stated if context.covers(m) is None]
        self.maybe = [m for m in open_ones if not m.only_from_others]
        self.heard = [m for m in open_ones if m.only_from_others]
        self.steps = steps(context, area)
        self.own_indicators = [i for i in context.indicators if area in i.areas]

    @property
    def is_told(self) -> bool:
        """Whether the plan file says anything of the area; the list of measures tells no more."""
        return bool(self.stated or self.own_indicators or any(True for _ in self._own_sources()))

    def sources(self) -> Iterator[tuple[Path, Evident]]:
        """Yield the measures and indicators of the area."""
        for section in ("measures", "indicators"):
            for position, item in enumerate(getattr(self.context, section)):
                if self.key in item.areas:
                    yield (section, position), item

    def proofs(self, attribute: str) -> Iterator[Proof]:
        """Yield what its measures, its indicators, or the section of its own say."""
        if attribute != "starts_stated":
            yield from super().proofs(attribute)
        if attribute in _BY_SECTION:
            yield from self.drawn(attribute, self._own_sources())
        if attribute == "declined":
            yield from self._refusals()

    def _refusals(self) -> Iterator[Proof]:
        """Yield where the plan says that the area is not taken up."""
        for position, each in enumerate(self.context.plan.plan.declines):
            if each.area == self.key:
                yield Proof(self.context.file.place(("plan", "declines", position)))

    def _own_sources(self) -> Iterator[tuple[Path, Evident]]:
        """Yield what its own section says: of each charge, of all systems or else of each."""
        plan = self.context.plan
        if self.key == EL_QR and plan.collection:
            for key, charge in plan.collection.charges.items():
                if key != LOCAL_TAX:
                    yield ("collection", "charges", key), charge
        if self.key == STANDARDIZATION and plan.standardization:
            yield ("standardization",), plan.standardization
            if plan.standardization.status is None:
                for task, system in plan.standardization.systems.items():
                    yield ("standardization", "systems", task), system

    def priority(self) -> Value:
        """Whether it was a priority item when the plan was made."""
        return self.context.priority(self.key)

    def listed_after_plan(self) -> Value:
        """Whether an edition after the plan, up to the day judged, lists it, as far as is known."""
        before = self.priority()
        if isinstance(before, Absent):
            return before
        if before is True:
            return False
        editions = editions_on(self.context, self.context.day)
        listed = {self.key in edition.items for edition in editions if edition is not None}
        return _LIST_IN_DOUBT if len(listed) > 1 else True in listed

    def alongside(self) -> Value:
        """Whether the newest list known of things to take up alongside names it."""
        lists = [
            edition
            for edition in self.context.reference.editions.values()
            if edition.alongside is not None and edition.holds_from <= self.context.day
        ]
        if not lists:
            return UNKNOWN
        newest = max(lists, key=lambda edition: edition.holds_from)
        return self.key in (newest.alongside or ())

    def covered(self) -> Value:
        """Whether a measure of the town's own is still to be worked on."""
        if self.own or any(not step.heard for step in self.steps):
            return True
        if self.maybe:
            rests = all(measure.status in AT_REST for measure in self.maybe)
            return _AT_REST if rests else _GOES_ON
        if self.heard or self.steps:
            return BY_OTHERS
        return some((), self._no_measure())

    def answered(self) -> Value:
        """Whether a measure is still to be worked on, or all that is asked is stated as done.

        Of a measure that is the whole of it and of which the plan says both, either is enough.
        """
        covered, done = self.covered(), finished(self.context, self.key)
        either_way = any(m.extent == "whole" and m.status not in _REST for m in self.maybe)
        if True in (covered, done) or either_way:
            return True
        return done if covered is False else covered

    def declined(self) -> Value:
        """Whether the plan says that it is not taken up, and why."""
        if self.answered() is True:
            return False
        return declined(self.context, self.key)

    def addressed(self) -> Value:
        """Whether any measure, past or future, is stated; silence says nothing of the town."""
        if any(measure.status not in _NOT_ACTED for measure in self.stated):
            return True
        missing = self._no_measure()
        return UNKNOWN if missing.silent else missing

    def _no_measure(self) -> Absent:
        return no_measure(self.context, self.key)

    def scheduled(self) -> Value:
        """Whether a measure has a date within the plan's period, or an interval."""
        told = [(is_heard(m, *_TIMES), self._dated(m)) for m in self.own]
        told += [(step.day_heard, self._in_period(step.on)) for step in self.steps]
        answers = [answer for heard, answer in told if not heard]
        if either(answers) is not False:
            return True if True in answers else _WHEN
        if either(map(self._dated, self.maybe)) is not False:
            return _GOES_ON
        rumours = [*(answer for heard, answer in told if heard), *map(self._dated, self.heard)]
        if either(rumours) is not False:
            return BY_OTHERS
        return some((), _missing(self.context, self.key, "schedule", "measures"))

    def _dated(self, measure: Measure) -> Truth:
        if measure.recurrence in INTERVALS:
            return True
        dates = [measure.start, measure.due, *(step.on for step in measure.milestones)]
        return True if self._spans_period(measure) else either(map(self._in_period, dates))

    def _spans_period(self, measure: Measure) -> bool:
        """Tell whether work begins before the plan's period and is due after it."""
        start, due, period = dated(measure.start), dated(measure.due), self.context.period
        if start is None or due is None or period is None:
            return False
        before = period.starts.minus(start.range).at_least(1)
        return bool(before and due.range.minus(period.ends).at_least(1))

    def _in_period(self, stated: PartialDate | None) -> Truth:
        """Tell whether a date lies in the plan's period; any does where there is none.

        What is due within a year of its end may be worked on in it, and what is due by a day
        after its end may be done in it: of such a date that is not known.
        """
        came, period, date = self._from_period_on(stated), self.context.period, dated(stated)
        if not came or period is None or date is None:
            return came
        late = date.range.minus(period.ends)
        if late.at_most(0):
            return True
        if late.at_least(1):
            return None if late.at_most(_A_YEAR) else False
        if not period.ends.is_known:
            return True if self._no_period.silent else None
        return True if date.range.bounds[0] is not None else None

    def _from_period_on(self, stated: PartialDate | None) -> Truth:
        """Tell whether a date lies in or after the plan's period; any does where there is none.

        Of one with an open end that is not known, unless it is after the period's start.
        """
        date, period = dated(stated), self.context.period
        if date is None:
            return False
        if period is None:
            return True if self._no_period.silent else None
        if date.latest is not None:
            return Range.point(date.latest.toordinal()).minus(period.starts).at_least(0)
        return True if date.range.minus(period.starts).at_least(0) else None

    def measured(self) -> Value:
        """Whether an indicator has a baseline and a target, both numbers or relative to one.

        One that measures something else does not count, nor one whose targets are of a time
        before the period; one of which that is in doubt leaves it open, as does one of which
        the plan itself may say nothing.
        """
        complete = [
            (indicator, either(self._timely(t) for t in indicator.targets if t.is_figure))
            for indicator in self.own_indicators
            if indicator.baseline and indicator.measures_area != "no"
        ]
        told = [(i.measures_area, in_period) for i, in_period in complete if not _is_rumour(i)]
        timely = {area for area, in_period in told if in_period}
        if timely:
            return _DOUBTFUL if timely == {"doubtful"} else True
        if any(in_period is None for _, in_period in told):
            return _WHEN
        if any(in_period is not False for _, in_period in complete):
            return BY_OTHERS
        return some((), self.context.missing("indicators", "indicators", areas=(self.key,)))

    def _timely(self, target: Target) -> Truth:
        return either(map(self._from_period_on, (target.year, target.observed)))

    def sentence_goal(self) -> Value:
        """Whether its only goals are sentences."""
        if any(target.is_figure for i in self.own_indicators for target in i.targets):
            return False
        missing = self.context.missing("indicators", "indicators", areas=(self.key,))
        in_words = any(i.goal or i.targets for i in self.own_indicators)
        return in_words if missing.silent else missing

    def measures(self) -> Value:
        """How many measures are still to be worked on."""
        if self.context.plan.measures is None:
            return self._no_measure()
        return self.context.count(self.stated, self._no_measure())

    def active_until(self) -> Value:
        """The day up to which there is activity, as far as the plan says."""
        last = self.context.period.end if self.context.period else None
        end = None if last is None else last.toordinal()
        lasts: list[Range] = []
        for measure in self.own:
            if (due := dated(measure.due)) is not None:
                lasts.append(due.range)
            elif measure.recurrence in _LASTING and end is not None:
                lasts.append(Range.point(end))
            else:
                lasts.append(Range(None, None))
        if not lasts:
            return self._no_measure()
        return _last(lasts)

    def idle_days(self) -> Value:
        """Days from the last activity to the end of the period; silent where nothing is dated.

        A stretch of time that is named as due (令和12年度) lasts to its last day; what ends about
        then may last longer, and so may what stands in a part that was not read.
        """
        end, last = self.plan_end(), self.active_until()
        if not isinstance(end, Range) or not isinstance(last, Range):
            return end if isinstance(end, Absent) else last
        missing = self.context.missing("measures", "schedule", "measures", areas=(self.key,))
        if last.lo is None and last.hi is None:
            return missing
        if last.hi is None:
            return end.minus(last).clip(lo=0)
        idle = end.minus(Range.point(last.hi)).clip(lo=0)
        return Range(0, idle.hi) if last.approximate or not missing.silent else idle

    def plan_start(self) -> Value:
        """The first day of the plan's period."""
        period = self.context.period
        return period.starts if period and period.starts.is_known else self._no_period

    def plan_end(self) -> Value:
        """The last day of the plan's period."""
        period = self.context.period
        return period.ends if period and period.ends.is_known else self._no_period

    @property
    def _no_period(self) -> Absent:
        return self.context.missing("plan", "period")

    def starts_stated(self) -> Value:
        """Whether the plan says which charges eL-QR starts to collect, and when.

        Of those that have started it is enough to name them; what is only called done leaves it
        open which they are.
        """
        collection = self.context.plan.collection
        charges = collection.charges if collection else {}
        said = either(
            None if any(heard_of(self.context, charge)) else True
            for key, charge in charges.items()
            if key not in ("local-tax", "unspecified")
            and (charge.status == "started" or intended_start(charge) is not None)
        )
        if said is None:
            return BY_OTHERS
        missing = self.context.missing("collection", "schedule", "measures", areas=(self.key,))
        if not said and missing.silent and finished(self.context, self.key) is not False:
            return _WHICH
        return some([said], missing)


def is_settled(area: AreaSubject) -> Truth:
    """Tell whether nothing of an area is to be done: all of it is finished, or declined."""
    if area.covered() is True:
        return False
    answers = (finished(area.context, area.key), area.declined())
    return either(answer if isinstance(answer, bool) else None for answer in answers)


def _is_rumour(indicator: Indicator) -> bool:
    """Tell whether others than the plan alone tell what makes an indicator one of an area."""
    return any(is_heard(indicator, key) for key in ("areas", "baseline", "targets"))


def _last(ends: list[Range]) -> Range:
    """Return the last of several days; what ends about then may last longer."""
    known = [end for end in ends if end.is_known]
    if not known:
        return ANY
    last = greatest(known)
    if len(known) < len(ends) or last.hi is None:
        first = last.lo if last.approximate or last.hi is None else last.hi  # it lasts to its end
        return Range(first, None, last.approximate)
    about = all(end.approximate for end in known if end.hi == last.hi)
    return Range(last.lo, last.hi, about)
