"""Measures: what the town does or means to do."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from dxrules.dates import Range, fiscal_year, fiscal_year_of
from dxrules.derivation.context import AT_REST, dated, greatest, is_given_up, when
from dxrules.derivation.period import lost_columns
from dxrules.derivation.subject import Subject
from dxrules.derivation.values import SILENT, UNKNOWN, Absent, Code, unknown
from dxrules.texts import same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.dates import PartialDate, Period, Truth
    from dxrules.derivation.context import Context
    from dxrules.derivation.values import Value
    from dxrules.plan.models import Evident, Measure
    from dxrules.source import Path

_BEGUN = frozenset({"ongoing", "done", "not-done", "late", "suspended"})
_UNDONE = frozenset({"not-done", "late", "suspended"})
_INTENDED = frozenset({"planned", "considered"})
_WITHOUT_RESULT = _INTENDED | {"ongoing", None}
_LATE = unknown(
    "時期が過ぎているが、どうなったかは書かれていない",
    "its day had passed, and what became of it is not stated",
)
_NO_RESULT = unknown("期限が来たが、結果が書かれていない", "it fell due, and no result is stated")
_AT_REST = unknown(
    "休止のまま期限が過ぎ、期限をどうするかは書かれていない",
    "it fell due while suspended, and what becomes of its due day is not stated",
)
_ABOUT = unknown("期限が概ねの日で、過ぎたとは言い切れない", "it is due on an approximate day")


def is_done(measure: Measure) -> bool:
    """Tell whether a measure is stated as finished."""
    return measure.status == "done" or measure.completed is not None


def is_finished(context: Context, measure: Measure) -> bool:
    """Tell whether a measure is finished; a completion after the day recorded is an intention."""
    completed = measure.completed
    return is_done(measure) and (completed is None or context.recorded_by(completed))


def is_settled(context: Context, measure: Measure) -> bool:
    """Tell whether nothing of a measure is still to come: it is finished, or given up."""
    return is_finished(context, measure) or is_given_up(context, measure)


def finish(context: Context, measure: Measure) -> Value:
    """Return the day on which a measure is done, as far as the plan tells; none if given up."""
    if is_given_up(context, measure):
        return SILENT
    stated = True if is_done(measure) else False if measure.status in _UNDONE else None
    return context.fulfilment(done=stated, completed=measure.completed, due=measure.due)


def planned_end(context: Context, measure: Measure) -> Range | None:
    """Return the day on which a measure ends by the plan; None where none is stated.

    What is due ends when it is due, whether or not a result is stated since. What is stated as
    not done ends after that was said, however early it was due.
    """
    if measure.completed is not None and not is_finished(context, measure):
        return measure.completed.range
    if measure.status in _UNDONE or is_given_up(context, measure) or is_done(measure):
        end = finish(context, measure)
        return end if isinstance(end, Range) else None
    due = dated(measure.due)
    return due.range if due else None


def how_many(context: Context) -> Value:
    """Count the measures still to be worked on; of those that are only counted, one is at least."""
    told = context.plan.plan.measure_count
    if context.plan.measures is None:
        return Range(1, told) if told else context.missing("measures")
    found = context.count(context.measures, context.missing("measures", "measures"))
    more = told is not None and told > len(context.measures)
    return found.meet(Range(1, None)) or found if more and isinstance(found, Range) else found


def is_unreported(context: Context, measure: Measure) -> Truth:
    """Tell whether a measure fell due before the last revision, which states no result of it.

    That work goes on is half a result, so it leaves that open, as does the lack of a status.
    """
    told = measure.elsewhere or measure.status not in _WITHOUT_RESULT
    if measure.due is None or told or is_finished(context, measure):
        return False
    before = _before_revision(context, measure.due.range)
    return before if measure.status in _INTENDED or before is False else None


def _before_revision(context: Context, due: Range) -> Truth:
    """Tell whether a day came before the last revision, of those that do not tell all results.

    One of which it cannot be told whether it has taken place may have come later.
    """
    last = context.revision
    before: Truth = False
    if last and not last.results_stated:
        before = due.minus(last.on.range).at_most(-1)
    if before is not False or due.at_most(context.today) is False:
        return before
    later = [each.on.range for each in context.doubtful_revisions if not each.results_stated]
    return None if any(due.minus(on).at_most(-1) is not False for on in later) else False


class MeasureSubject(Subject):
    """One measure."""

    kind = "measure"

    def __init__(self, context: Context, position: int, measure: Measure) -> None:
        super().__init__(context, measure.id, same(measure.title), ("measures", position))
        self.said = measure

    def sources(self) -> Iterator[tuple[Path, Evident]]:
        """Yield its mapping."""
        yield self.path, self.said

    @property
    def _no_date(self) -> Absent:
        """What a date that is not stated means; what recurs or is settled needs none."""
        if self._settled or self.said.recurrence:
            return SILENT
        return self.context.missing("measures", "schedule", areas=self.said.areas)

    def status(self) -> Value:
        """The status."""
        return Code(self.said.status) if self.said.status else self.context.missing("measures")

    def start(self) -> Value:
        """When work begins."""
        return when(self.said.start, self._no_date)

    def due(self) -> Value:
        """When it is to be finished."""
        return when(self.said.due, self._no_date)

    def done_on(self) -> Value:
        """The day on which it is done."""
        return finish(self.context, self.said)

    @cached_property
    def _lost(self) -> Range | None:
        """Within which days a lost bar of a schedule lay; None where it may lie anywhere."""
        return None if self._no_date.silent else lost_columns(self.context, self.said.areas)

    def overdue(self) -> Value:
        """Whether it fell due and is stated not done; without a result it cannot be told.

        An approximate day is never surely past. Nor is one that stood in a lost table whose first
        column has not ended.
        """
        due = self.due()
        if not isinstance(due, Range):
            lost = self._lost
            in_time = lost is not None and lost.lo is not None and self._in_first_column(lost.lo)
            return False if in_time else due
        if self._settled:
            return False
        if due.minus(self.context.plan.recorded.range).at_most(0) is not True:
            if due.hi is None or self.context.today <= due.hi:
                return False
            return unknown("記載の後に期限が来た", "it fell due after the facts were recorded")
        if self.said.status in _UNDONE - AT_REST:
            return _ABOUT if due.approximate else True
        return _AT_REST if self.said.status in AT_REST else _NO_RESULT

    def _in_first_column(self, start: int) -> bool:
        """Tell whether the fiscal year of a day has not ended on the day judged."""
        column = fiscal_year(fiscal_year_of(date.fromordinal(start)))
        return column.latest is not None and self.context.today <= column.latest.toordinal()

    def result_asked(self) -> Value:
        """Whether its result is asked of the revised plan, which may not state it."""
        return is_unreported(self.context, self.said) is not False

    def overdue_days(self) -> Value:
        """Days from the due day to the day judged; none before it is due."""
        due = self.due()
        if not isinstance(due, Range):
            return due
        return Range.point(self.context.today).minus(due).clip(lo=0)

    def days_outside_plan(self) -> Value:
        """Days before the period's start or after its end.

        The start of work that has begun may lie before. Work that is finished or given up has no
        schedule to keep. What is due within a stretch of time is in the period if the end of that
        is. A milestone counts where it lies after the end. The bar of a lost table lies within its
        columns.
        """
        period = self.context.period
        if self.said.national_horizon or self._settled:
            return SILENT
        if period is None:
            return self.context.missing("plan", "period")
        outside: list[Range] = []
        start, due = dated(self.said.start), dated(self.said.due)
        first, last = period.starts, self._last_day(period)
        if due:
            outside.append(due.range.minus(last).clip(lo=0))
        if due and due.range.minus(first).at_most(-1):
            outside.append(first.minus(due.range))
        begun = self._begun()
        if start and not begun:
            outside.append(first.minus(start.range).clip(lo=0))
        if start and (not begun or start.range.minus(last).at_least(1)):
            outside.append(start.range.minus(last).clip(lo=0))
        steps = [step.on.range for step in self.said.milestones if dated(step.on)]
        after = [step.minus(last).clip(lo=0) for step in steps]
        outside += [days for days in after if days != Range.point(0)]
        if (start is None or due is None) and (lost := self._lost) is not None:
            whole = [Range.point(end) for end in (lost.lo, lost.hi) if end is not None]
            leaves = [first.minus(end) for end in whole] + [end.minus(last) for end in whole]
            most = greatest([days.clip(lo=0) for days in leaves])
            outside.append(Range(0, most.hi))
        if not outside:
            return self._no_date
        return greatest(outside)

    def _last_day(self, period: Period) -> Range:
        """Return the last day of the period; where it tells of none, nothing lies after it."""
        if period.ends.is_known or not self.context.missing("plan", "period").silent:
            return period.ends
        return Range.point(date.max.toordinal())

    @property
    def _finished(self) -> bool:
        return is_finished(self.context, self.said)

    @property
    def _settled(self) -> bool:
        return is_settled(self.context, self.said)

    def _begun(self) -> bool:
        """Tell whether work had begun when the facts were recorded, so that its start is past."""
        if self.said.status is None and self.said.start is not None:
            recorded = self.context.plan.recorded.range
            return self.said.start.range.minus(recorded).at_most(0) is True
        return self.said.status in _BEGUN

    def starts_after_due(self) -> Value:
        """Whether it starts after it is due."""
        start, due = dated(self.said.start), dated(self.said.due)
        if start is None or due is None:
            return self._late_by_what_is_left(start, due)
        if start == due:
            return False  # both name the same stretch of time
        late = start.range.minus(due.range).at_least(1)
        return UNKNOWN if late is None else late

    def _late_by_what_is_left(self, start: PartialDate | None, due: PartialDate | None) -> Value:
        """Tell the same where one day is missing; a lost bar does not start after its end."""
        lost = self._lost
        if lost is None:
            return self._no_date
        if start is None and due is None:
            return SILENT
        first = start.range if start else lost
        late = first.minus(due.range if due else lost).at_least(1)
        return False if late is False else self._no_date

    def completed_later(self) -> Value:
        """Whether it is said to be finished on a day after the facts were recorded."""
        if self.said.completed is None:
            return SILENT
        late = self.said.completed.range.minus(self.context.plan.recorded.range).at_least(1)
        return UNKNOWN if late is None else late

    def completed_before_start(self) -> Value:
        """Whether it is said to be finished on a day that is surely before its start."""
        start, completed = dated(self.said.start), dated(self.said.completed)
        if start is None or completed is None:
            return SILENT
        return start.range.minus(completed.range).at_least(1) is True

    def status_agrees(self) -> Value:
        """Whether the status agrees with the dates and with what is said elsewhere.

        Silent where nothing is said that it could disagree with. What is only intended though it
        was to have begun by the day recorded may be late, or may have begun without saying so.
        What came of work that fell due `overdue` asks.
        """
        if self.said.status is None:
            return SILENT
        finished = self.said.status == "done"
        if self.said.elsewhere is not None and (self.said.elsewhere == "done") is not finished:
            return False
        if self.said.completed is not None and not finished:
            return False
        recorded = self.context.plan.recorded.range
        if finished and self.said.start and self.said.start.range.minus(recorded).at_least(1):
            return False  # what has not begun is not done
        untold = self._is_past(self.said.due) and self.said.status in _WITHOUT_RESULT
        if untold or not self._beside_status():
            return SILENT
        late = self.said.status in _INTENDED and self._is_past(self.said.start)
        return _LATE if late else True

    def _beside_status(self) -> bool:
        """Tell whether anything is said that the status is compared with."""
        said, status = self.said, self.said.status
        start = said.start if status in _INTENDED or status == "done" else None
        due = said.due if status in _INTENDED or status == "ongoing" else None
        days = map(dated, (said.completed, start, due))
        return said.elsewhere is not None or any(days)

    def _is_past(self, day: PartialDate | None) -> bool:
        """Tell whether a day had surely passed when the facts were recorded."""
        recorded = self.context.plan.recorded.range
        return bool(day and day.range.minus(recorded).at_most(0))

    def owner(self) -> Value:
        """Who is in charge.

        No chart of the organization names who is in charge of a measure, and another document
        that holds further measures does not name it for those of this one.
        """
        if self.said.owner:
            return same(self.said.owner)
        areas, missing = self.said.areas, self.context.missing
        absent = missing("measures", "owners", areas=areas)
        lost = missing("measures", "measures", areas=areas, elsewhere=False)
        return lost if absent.silent else absent

    def slack_days(self) -> Value:
        """Days by which it can slip before it, or what waits for it, ends after the period."""
        return self.context.slack.get(self.key, SILENT)
