"""When work is done: whether that lies in the plan's period, and how long it goes on."""

from __future__ import annotations

from collections.abc import Iterable

from dxrules.dates import ANY, PartialDate, Range, Truth, either
from dxrules.derivation.aggregates import greatest
from dxrules.derivation.context import Context
from dxrules.derivation.intended import NextStep
from dxrules.derivation.period import to_its_end
from dxrules.derivation.stated_days import dated, is_not_known
from dxrules.derivation.values import unknown
from dxrules.plan.code_labels import CALENDAR_INTERVALS
from dxrules.plan.sections.measures import Measure

_LASTING = CALENDAR_INTERVALS | {"continuous"}
_A_YEAR = 366
"""Days after the period by which work due then may still be work of the plan; our yardstick."""

WHEN = unknown(
    "時期が計画期間に入るか分からない", "whether its time lies in the plan's period is not known"
)


def is_before(one: PartialDate, other: PartialDate) -> Truth:
    """Tell whether a day is before another; days that overlap contradict nothing.

    Of an unknown day, or one that is only about another, it is not told.
    """
    before = other.range.minus(one.range).at_least(1)
    vague = one.approximate or other.approximate or not one.range.is_known
    return False if before is None and not vague else before


def is_past(context: Context, day: PartialDate | None) -> bool:
    """Tell whether a day had surely passed when the facts were recorded."""
    return bool(day and day.range.minus(context.plan.recorded.range).at_most(0))


def may_be_past(context: Context, day: PartialDate | None) -> bool:
    """Tell the same, and where a day is only about, or when the facts were recorded is open."""
    recorded = context.plan.recorded
    passed = day.range.minus(recorded.range).at_most(0) if day else False
    vague = recorded.range.hi is None or recorded.approximate or bool(day and day.approximate)
    return vague if passed is None else passed


def is_dated(context: Context, measure: Measure) -> Truth:
    """Tell whether a measure recurs in the plan's period, or has a date in it."""
    beyond = _is_beyond(context, measure) if measure.recurrence in CALENDAR_INTERVALS else True
    if beyond is False or _spans_period(context, measure):
        return True
    dates = [measure.due, *(step.on for step in measure.milestones)]
    if not _begins_after(context, measure):
        dates.append(measure.start)
    lies_in = either(in_period(context, date) for date in dates)
    return None if beyond is None and lies_in is False else lies_in


def _begins_after(context: Context, measure: Measure) -> Truth:
    """Tell whether work begins after the plan's period, of which the end is told."""
    start, period = dated(measure.start), context.period
    if start is None or period is None or not period.ends.is_known:
        return False
    return start.range.minus(period.ends).at_least(1)


def _is_beyond(context: Context, measure: Measure) -> Truth:
    """Tell whether work that recurs begins after the plan's period, or ends before it.

    Where several documents make up the plan it is not told in which period, nor by days in doubt.
    """
    due, period = dated(measure.due), context.period
    days = dated(measure.start) or due
    if measure.keys_in_doubt & {"start", "due"}:
        return None
    if period is None:
        return None if days and len(context.plan.plan.periods) > 1 else False
    ended = due is not None and period.starts.minus(due.range).at_least(1)
    return either([ended, _begins_after(context, measure)])


def _spans_period(context: Context, measure: Measure) -> bool:
    """Tell whether work begins before the plan's period and is due after it."""
    start, due, period = dated(measure.start), dated(measure.due), context.period
    if start is None or due is None or period is None:
        return False
    before = period.starts.minus(start.range).at_least(1)
    return bool(before and due.range.minus(period.ends).at_least(1))


def in_period(context: Context, stated: PartialDate | None) -> Truth:
    """Tell whether a date lies in the plan's period; any does where there is none.

    What is due within a year of its end may be worked on in it, and what is due by a day
    after its end, or in a year in which it ends, may be done in it: of that it is not known.
    """
    came, period, date = from_period_on(context, stated), context.period, dated(stated)
    if not came or period is None or date is None:
        return came
    late = date.range.minus(period.ends)
    if late.at_most(0):
        return True
    if late.at_least(1):
        return None if late.at_most(_A_YEAR) else False
    if not period.ends.is_known:
        return True if context.missing("plan", "period").silent else None
    first, last = date.range.bounds
    return True if first is not None and last is None else None


def from_period_on(context: Context, stated: PartialDate | None) -> Truth:
    """Tell whether a date lies in or after the plan's period; any does where there is none.

    Of one with an open end that is not known, unless it is after the period's start; nor of one
    that nobody knows.
    """
    date, period = dated(stated), context.period
    if date is None:
        return None if is_not_known(stated) else False
    if period is None:
        return True if context.missing("plan", "period").silent else None
    if date.latest is not None:
        return Range.point(date.latest.toordinal()).minus(period.starts).at_least(0)
    return True if date.range.minus(period.starts).at_least(0) else None


def active_until(
    context: Context, measures: Iterable[Measure], steps: Iterable[NextStep]
) -> Range | None:
    """Return the day up to which work goes on, as far as the plan says; None without a measure.

    So does it by a milestone after the due day, and by what other sections say is to come.
    """
    last = context.period.end if context.period else None
    end = ANY if last is None else Range.point(last.toordinal())
    lasts: list[Range] = []
    for measure in measures:
        days = [dated(measure.due), *(dated(step.on) for step in measure.milestones)]
        ends = [to_its_end(context.period, day) for day in days if day is not None]
        if days[0] is not None:
            lasts.append(greatest(ends))
        else:
            lasts.append(end if measure.recurrence in _LASTING else ANY)
    for step in steps if lasts else ():
        day = None if step.day_heard else dated(step.on)
        lasts.append(day.range if day else end if step.recurs and not step.day_heard else ANY)
    return _last(lasts) if lasts else None


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
