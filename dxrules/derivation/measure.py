"""Measures: what the town does or means to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import chain

from dxrules.dates import NOTHING, PartialDate, Range, fiscal_year, fiscal_year_of
from dxrules.derivation.activity import is_before, is_past, may_be_past
from dxrules.derivation.aggregates import greatest
from dxrules.derivation.context import A_YEAR, Context
from dxrules.derivation.covering import AT_REST
from dxrules.derivation.declaration import (
    DAYS,
    Kind,
    a_code,
    a_count,
    a_date,
    a_number,
    a_text,
    a_truth,
    between,
    decide,
    falls_due,
    reads,
    state,
    unsaid,
)
from dxrules.derivation.fact import Proof
from dxrules.derivation.measure_twins import MeasureTwins
from dxrules.derivation.period import first_and_last, lost_columns
from dxrules.derivation.progress import (
    INTENDED,
    UNDONE,
    WITHOUT_RESULT,
    can_disagree_with_status,
    finish,
    is_settled,
    is_unreported,
)
from dxrules.derivation.schedule import slack_ranges
from dxrules.derivation.stated_days import DAY_NOT_KNOWN, dated, is_not_known, when
from dxrules.derivation.subject import AllOfAKind, of_kind
from dxrules.derivation.told_status import status_of_measure
from dxrules.derivation.values import SILENT, Absent, Code, Value, unknown
from dxrules.plan.code_labels import MEASURE_STATUS
from dxrules.plan.models import Plan
from dxrules.plan.sections.measures import Measure
from dxrules.texts import Text, same

_BEGUN = frozenset({"ongoing", "done", "not-done", "late", "suspended"})
_LATE = unknown(
    "時期が過ぎているが、どうなったかは書かれていない",
    "its day had passed, and what became of it is not stated",
)
_DONE_ELSEWHERE = unknown(
    "計画の別の箇所では済んだと書かれている", "elsewhere the plan says that it is done"
)
_NO_RESULT = unknown("期限が来たが、結果が書かれていない", "it fell due, and no result is stated")
_AT_REST = unknown(
    "休止のまま期限が過ぎ、期限をどうするかは書かれていない",
    "it fell due while suspended, and what becomes of its due day is not stated",
)
_NEW_DUE_DAY = ("新たな期限を決めて書く", "decide on a new due day and state it")
_WHICH_COMES_FIRST = unknown(
    "どちらの日が先かがはっきりしない", "which of the two days comes first is not clear"
)
_ABOUT = unknown("期限が概ねの日で、過ぎたとは言い切れない", "it is due on an approximate day")


@of_kind(
    Kind(
        "measure",
        Text("取組", "measure"),
        Text("取組", "measure"),
        drawn_from=("measures", ("measures",)),
        only_stated=True,
    )
)
class MeasureSubject(MeasureTwins, AllOfAKind):
    """One measure; its attributes begin in the class before."""

    def __init__(self, context: Context, position: int, measure: Measure) -> None:
        super().__init__(context, measure.id, same(measure.title), ("measures", position))
        self.said = measure

    def proofs(self, attribute: str) -> Iterator[Proof]:
        """Yield what shows an attribute; its dates show a status that is not named."""
        told = ("start", "due") if attribute == "status" and self.said.status is None else ()
        own = super().proofs
        return iter(dict.fromkeys(chain.from_iterable(map(own, (attribute, *told)))))

    @cached_property
    def _no_date(self) -> Absent:
        """What a date that is not stated means; what recurs or is settled needs none.

        What another document holds does not contradict this one.
        """
        if self._settled or self.said.recurrence:
            return SILENT
        if is_not_known(self.said.start) or is_not_known(self.said.due):
            return DAY_NOT_KNOWN
        missing = self.context.missing
        return missing("measures", "schedule", areas=self.said.areas, elsewhere=False)

    @classmethod
    def all_of(cls, context: Context) -> Iterator[MeasureSubject]:
        """Yield each measure."""
        return (cls(context, *each) for each in enumerate(context.measures))

    @classmethod
    def stated_areas(cls, plan: Plan) -> Iterator[tuple[str, str]]:
        """Yield the first area of each measure."""
        return ((measure.id, area) for measure in plan.measures or () for area in measure.areas[:1])

    @a_code("状況", "status", MEASURE_STATUS)
    @reads("status", "start")
    @decide("これから行うと決めて書く", "decide to do it and say so", "planned")
    @decide("検討すると決めて書く", "decide to consider it and say so", "considered")
    @state("行っている最中であれば、そう書く", "if it is under way, say so", "ongoing")
    @state("遅れていれば、そう書く", "if it is late, say so", "late")
    @state("済んでいれば、そう書く", "if it is done, say so", "done")
    @unsaid(
        "済んだのか、続いているのか、これからなのかが書かれていない",
        "whether it is done, goes on or is to come is not stated",
    )
    def status(self) -> Value:
        """The status; what is to come by its dates, or recurs, has one without the word."""
        status = status_of_measure(self.context, self.said)
        return Code(status) if status else self.context.missing("measures")

    @a_date("着手", "start")
    @reads("start")
    @decide(
        "着手の時期を決めて書く",
        "decide when it starts and state it",
        within=("{value}に着手する", "start it {value}"),
    )
    def start(self) -> Value:
        """When work begins."""
        return when(self.said.start, self._no_date)

    @a_date("期限", "due")
    @reads("due")
    @falls_due("取組の期限", "measure due")
    @decide(
        "期限を決めて書く",
        "decide when it is due and state it",
        within=("期限を{value}とする", "make it due {value}"),
    )
    def due(self) -> Value:
        """When it is to be finished."""
        return when(self.said.due, self._no_date)

    @a_date("終わる日", "day on which it is done")
    @reads("status", "completed", "due")
    @decide(
        "終える時期を決めて書く",
        "decide when it is done and state it",
        within=("{value}に終える", "finish it {value}"),
    )
    def done_on(self) -> Value:
        """The day on which it is done."""
        return finish(self.context, self.said)

    @cached_property
    def _lost(self) -> Range | None:
        """Within which days a lost bar of a schedule lay; None where it may lie anywhere."""
        return None if self._no_date.silent else lost_columns(self.context, self.said.areas)

    @a_truth("期限を過ぎて未了", "overdue")
    @reads("due", "status", "elsewhere")
    @decide(*_NEW_DUE_DAY, "no")
    def overdue(self) -> Value:
        """Whether it fell due and is stated not done; without a result it cannot be told.

        An approximate day is not surely past for a year, nor one that stood in a lost table before
        its first column has ended.
        """
        due = self.due()
        if not isinstance(due, Range):
            lost = self._lost
            in_time = lost is not None and lost.lo is not None and self._in_first_column(lost.lo)
            return False if in_time else due
        if self._settled or due.hi is None or self.context.today <= due.hi:
            return False
        if due.minus(self.context.plan.recorded.range).at_most(0) is not True:
            return unknown("記載の後に期限が来た", "it fell due after the facts were recorded")
        if self.said.elsewhere == "done":
            return _DONE_ELSEWHERE
        if self.said.status in UNDONE - AT_REST:
            past = due.about(A_YEAR).minus(self.context.plan.recorded.range).at_most(0)
            return True if past else _ABOUT
        return _AT_REST if self.said.status in AT_REST else _NO_RESULT

    def _in_first_column(self, start: int) -> bool:
        """Tell whether the fiscal year of a day has not ended on the day judged."""
        column = fiscal_year(fiscal_year_of(date.fromordinal(start)))
        return column.latest is not None and self.context.today <= column.latest.toordinal()

    @a_truth("改定後の計画が結果を書くべき取組", "its result is to be stated in the revised plan")
    @reads("due", "status", "completed", "elsewhere")
    @decide(
        "改定の時点で済んだか、済んでいないかを書く",
        "state whether it was done by the revision",
        "no",
    )
    def result_asked(self) -> Value:
        """Whether its result is asked of the revised plan, which may not state it."""
        return is_unreported(self.context, self.said) is not False

    @a_count("期限からの日数", "days past due", unit=DAYS)
    @reads("due", "status")
    @decide(*_NEW_DUE_DAY)
    def overdue_days(self) -> Value:
        """Days from the due day to the day judged; none before it is due."""
        due = self.due()
        if not isinstance(due, Range):
            return due
        return Range.point(self.context.today).beyond(due)

    @a_count("計画期間をはみ出す日数", "days outside the plan's period", unit=DAYS)
    @reads("start", "due", "milestones", "elsewhere")
    @decide("取組の時期を計画期間に合わせる", "fit its schedule into the period")
    @between(
        "時期が計画期間に収まるかどうかがはっきりしない",
        "whether it lies within the period of the plan is not clear",
    )
    def days_outside_plan(self) -> Value:
        """Days before the period's start or after its end.

        The start of work that has begun may lie before. Work that is finished, here or elsewhere
        in the plan, or given up has no schedule to keep. What is due within a stretch of time is
        in the period if the end of that is. A milestone counts where it lies after the end. The
        bar of a lost table lies within its columns.
        """
        if self.said.national_horizon or self._settled or self.said.elsewhere == "done":
            return SILENT
        if self.context.period is None:
            return self.context.missing("plan", "period")
        outside: list[Range] = []
        start, due = dated(self.said.start), dated(self.said.due)
        first, last = self.context.once(first_and_last)
        begins, _ = first.bounds
        if due:
            outside.append(due.range.beyond(last))
        if due and begins is not None and due.range.below(begins):
            outside.append(first.minus(due.range))
        begun = self._begun()
        if start and not begun:
            outside.append(first.beyond(start.range))
        if start and (not begun or start.range.minus(last).at_least(1)):
            outside.append(start.range.beyond(last))
        steps = [step.on.range for step in self.said.milestones if dated(step.on)]
        after = [step.beyond(last) for step in steps]
        outside += [days for days in after if days != NOTHING]
        if (start is None or due is None) and (lost := self._lost) is not None:
            whole = [Range.point(end) for end in (lost.lo, lost.hi) if end is not None]
            leaves = [first.minus(end) for end in whole] + [end.minus(last) for end in whole]
            most = greatest([days.clip(lo=0) for days in leaves])
            outside.append(Range(0, most.hi))
        if is_not_known(self.said.due) or (is_not_known(self.said.start) and not begun):
            outside.append(Range(0, None))
        if not outside:
            return self._no_date
        return greatest(outside)

    @cached_property
    def _settled(self) -> bool:
        return is_settled(self.context, self.said)

    def _begun(self) -> bool:
        """Tell whether work had begun when the facts were recorded, so that its start is past."""
        if self.said.status is None and self.said.start is not None:
            recorded = self.context.plan.recorded.range
            return self.said.start.range.minus(recorded).at_most(0) is True
        return self.said.status in _BEGUN

    @a_truth("着手が期限より後", "starts after it is due")
    @reads("start", "due")
    @decide("着手と期限の日を確かめて直す", "check and correct the days of start and due", "no")
    def starts_after_due(self) -> Value:
        """Whether it starts after the last day on which it is due; 以降 starts with its first.

        What is due about then (頃) may be due a year earlier or later.
        """
        start, due = dated(self.said.start), dated(self.said.due)
        if start is None or due is None:
            return self._late_by_what_is_left(start, due)
        if start.range == due.range:
            return False  # both name the same stretch of time, be it 頃
        days, end = start.range, due.range.hi
        first = days if days.hi is not None else Range(days.lo, days.lo, days.approximate)
        about = A_YEAR if due.approximate else 0
        last = due.range if end is None else Range(end - about, end + about)
        late = first.minus(last).at_least(1)
        return _WHICH_COMES_FIRST if late is None else late

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

    @a_truth("完了日が記載時点より後", "completed after the facts were recorded")
    @reads("completed")
    @decide("完了した日を確かめて直す", "check and correct the day of completion", "no")
    def completed_later(self) -> Value:
        """Whether it is said to be finished on a day after the facts were recorded."""
        if self.said.completed is None:
            return SILENT
        late = self.said.completed.range.minus(self.context.plan.recorded.range).at_least(1)
        return _WHICH_COMES_FIRST if late is None else late

    @a_truth("完了が着手より前", "completed before it starts")
    @reads("completed", "start")
    @decide(
        "着手と完了の日を確かめて直す", "check and correct the days of start and completion", "no"
    )
    def completed_before_start(self) -> Value:
        """Whether it is said to be finished before its start; of about then that is not told."""
        start, completed = dated(self.said.start), dated(self.said.completed)
        if start is None or completed is None:
            return SILENT
        before = is_before(completed, start)
        return _WHICH_COMES_FIRST if before is None else before

    @a_truth("状況と日付・他の記載が合う", "status agrees with dates and text")
    @reads("status", "start", "due", "completed", "elsewhere")
    @decide(
        "済んだ範囲とこれから行う範囲を分けて書き、状況と日付・他の記載を合わせる",
        "tell apart what is done and what is not, so that status, days and text agree",
        "yes",
    )
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
        completed = self.said.completed
        if completed is not None and not finished and self.context.recorded_by(completed):
            return False  # one that is still to come is an intention, which `completed_later` tells
        recorded = self.context.plan.recorded.range
        begun = finished or (self.said.status == "ongoing" and self._starts_within_period())
        if begun and self.said.start and self.said.start.range.minus(recorded).at_least(1):
            return False  # what has not begun is neither done nor under way
        untold = is_past(self.context, self.said.due) and self.said.status in WITHOUT_RESULT
        if untold or not can_disagree_with_status(self.said):
            return SILENT
        late = self.said.status in INTENDED and may_be_past(self.context, self.said.start)
        return _LATE if late else True

    def _starts_within_period(self) -> bool:
        """Tell whether work is to start surely after the first day of the plan's period.

        The schedule of a plan begins with its period, also for what has long been under way.
        """
        start, period = dated(self.said.start), self.context.period
        return bool(start and period and start.range.minus(period.starts).at_least(1))

    @a_text("担当", "owner")
    @reads("owner")
    @decide("担当を決めて書く", "decide who is in charge and state it")
    def owner(self) -> Value:
        """Who is in charge.

        No chart of the organization names who is in charge of a measure, and another document
        that holds further measures does not name it for those of this one.
        """
        if self.said.owner:
            return same(self.said.owner)
        areas, missing = self.said.areas, self.context.missing
        absent = missing("measures", "owners", areas=areas)
        if not absent.silent:
            return absent
        return missing("measures", "measures", areas=areas, elsewhere=False)

    @a_number("余裕日数", "slack", unit=DAYS)
    @reads("start", "due")
    @decide(
        "取組と、その後に続くものの時期を早める",
        "move it, and what comes after it, to an earlier time",
    )
    def slack_days(self) -> Value:
        """Days by which it can slip before it, or what waits for it, ends after the period."""
        return self.context.once(slack_ranges).get(self.key, SILENT)
