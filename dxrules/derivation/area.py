"""Areas: what the nation asks for by field of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.dates import ANY, Range
from dxrules.derivation.collection import LOCAL_TAX
from dxrules.derivation.context import dated, greatest, some
from dxrules.derivation.subject import Subject
from dxrules.derivation.values import UNKNOWN, Absent, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.dates import PartialDate
    from dxrules.derivation.context import Context
    from dxrules.derivation.values import Value
    from dxrules.plan.models import Evident, Measure
    from dxrules.source import Path

EL_QR, STANDARDIZATION = "el-qr", "standardization"
"""The areas that have a section of their own in the plan file."""

_COMING = frozenset({"preparing", "planned", "considered", "in-progress"})
INTERVALS = frozenset({"monthly", "quarterly", "half-yearly", "yearly"})
_LASTING = INTERVALS | {"continuous"}

_LIST_IN_DOUBT = unknown("項目一覧が確かめられていない", "the list of items was not verified")
_DOUBTFUL = unknown(
    "指標がこの分野を測っているか疑わしい", "whether the indicator measures this area is in doubt"
)
_GOES_ON = unknown("取組が続いているか書かれていない", "whether the measure goes on is not said")


class AreaSubject(Subject):
    """An area of the reference list."""

    kind = "area"

    def __init__(self, context: Context, area: str) -> None:
        super().__init__(context, area, context.reference.areas[area].name, ("measures",))
        self.stated = [m for m in context.measures if area in m.areas]
        self.own = context.covering(area)
        self.maybe = [m for m in self.stated if m.status is None]
        self.own_indicators = [i for i in context.indicators if area in i.areas]

    def sources(self) -> Iterator[tuple[Path, Evident]]:
        """Yield the measures and indicators of the area."""
        for section in ("measures", "indicators"):
            for position, item in enumerate(getattr(self.context, section)):
                if self.key in item.areas:
                    yield (section, position), item

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
        editions = self.context.editions_on(self.context.day)
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
        if self.own or self._sections():
            return True
        return _GOES_ON if self.maybe else some((), self._no_measure())

    def _sections(self) -> list[PartialDate | None]:
        """Return the days of what the file's own section says is still to be worked on."""
        plan = self.context.plan
        dates: list[PartialDate | None] = []
        if self.key == EL_QR and plan.collection:
            charges = plan.collection.charges.items()
            dates += [c.start for key, c in charges if key != LOCAL_TAX and c.status in _COMING]
        if self.key == STANDARDIZATION and plan.standardization:
            whole = plan.standardization
            stated = [(whole.status, whole.target)]
            stated += [(system.status, system.target) for system in whole.systems.values()]
            dates += [target for status, target in stated if status in _COMING]
        return dates

    def addressed(self) -> Value:
        """Whether any measure, past or future, is stated; silence says nothing of the town."""
        if any(measure.status != "watched" for measure in self.stated):
            return True
        missing = self._no_measure()
        return UNKNOWN if missing.silent else missing

    def _no_measure(self) -> Absent:
        return self.context.missing("measures", "measures", "areas", areas=(self.key,))

    def scheduled(self) -> Value:
        """Whether a measure has a date in or after the period's start, or an interval."""
        if not any(map(self._dated, self.own)) and any(map(self._dated, self.maybe)):
            return _GOES_ON
        return some(
            [*map(self._dated, self.own), *(date is not None for date in self._sections())],
            self.context.missing("measures", "schedule", "measures", areas=(self.key,)),
        )

    def _dated(self, measure: Measure) -> bool:
        if measure.recurrence in INTERVALS:
            return True
        dates = [measure.start, measure.due, *(step.on for step in measure.milestones)]
        first = self.context.period.start if self.context.period else None
        return any(
            first is None or date.latest is None or date.latest >= first
            for date in map(dated, dates)
            if date is not None
        )

    def measured(self) -> Value:
        """Whether an indicator has a baseline and a target, both numbers or relative to one.

        One that measures something else does not count; one of which that is in doubt leaves
        it open.
        """
        complete = [i for i in self.own_indicators if i.baseline and i.targets]
        fitting = {i.measures_area for i in complete} - {"no"}
        if fitting == {"doubtful"}:
            return _DOUBTFUL
        missing = self.context.missing("indicators", "indicators", areas=(self.key,))
        return some((True for _ in fitting), missing)

    def sentence_goal(self) -> Value:
        """Whether its only goals are sentences."""
        if any(i.targets for i in self.own_indicators):
            return False
        missing = self.context.missing("indicators", "indicators", areas=(self.key,))
        return any(i.goal for i in self.own_indicators) if missing.silent else missing

    def measures(self) -> Value:
        """How many measures are still to be worked on."""
        if self.context.plan.measures is None:
            return self._no_measure()
        return self.context.count(self.stated, self._no_measure())

    def active_until(self) -> Value:
        """The day up to which there is activity, as far as the plan says."""
        end = self.context.period.end.toordinal() if self.context.period else None
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
        then may last longer.
        """
        end, last = self.plan_end(), self.active_until()
        if not isinstance(end, Range) or not isinstance(last, Range):
            return end if isinstance(end, Absent) else last
        if last.lo is None and last.hi is None:
            return self.context.missing("measures", "schedule", "measures", areas=(self.key,))
        if last.hi is None:
            return end.minus(last).clip(lo=0)
        idle = end.minus(Range.point(last.hi)).clip(lo=0)
        return Range(0, idle.hi) if last.approximate else idle

    def plan_start(self) -> Value:
        """The first day of the plan's period."""
        period = self.context.period
        return Range.point(period.start.toordinal()) if period else self._no_period

    def plan_end(self) -> Value:
        """The last day of the plan's period."""
        period = self.context.period
        return Range.point(period.end.toordinal()) if period else self._no_period

    @property
    def _no_period(self) -> Absent:
        return self.context.missing("plan", "period")

    def starts_stated(self) -> Value:
        """Whether the plan says which charges eL-QR starts to collect, and when."""
        collection = self.context.plan.collection
        charges = collection.charges if collection else {}
        return some(
            (
                key not in ("local-tax", "unspecified") and dated(charge.start) is not None
                for key, charge in charges.items()
            ),
            self.context.missing("collection", "schedule", "measures", areas=(self.key,)),
        )


def _last(ends: list[Range]) -> Range:
    """Return the last of several days; what ends about then may last longer."""
    known = [end for end in ends if end.is_known]
    if not known:
        return ANY
    last = greatest(known)
    if len(known) < len(ends) or last.hi is None:
        return Range(last.lo, None, last.approximate)
    about = all(end.approximate for end in known if end.hi == last.hi)
    return Range(last.lo, last.hi, about)
