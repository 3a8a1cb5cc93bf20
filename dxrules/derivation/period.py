"""Periods whose ends may be open or not told: the plan's own, and the columns of lost tables."""

from __future__ import annotations

from datetime import date

from dxrules.dates import ANY, PartialDate, Period, Range
from dxrules.derivation.aggregates import greatest
from dxrules.derivation.context import A_YEAR, Context
from dxrules.derivation.declaration import decide, unsaid
from dxrules.derivation.values import Absent, Code, Value, unknown
from dxrules.plan.code_labels import codes
from dxrules.plan.sections.about import Parent

PERIOD_STATE = codes(
    not_begun=("まだ始まっていない", "not yet begun"),
    running=("期間中", "running"),
    ended=("既に終わった", "already ended"),
)
PERIOD_START = decide("計画期間の初日を書く", "state the first day of the period")
PERIOD_END = decide(
    "計画期間の末日を書く",
    "state the last day of the period",
    within=("計画期間の末日を{value}とする", "let the period end {value}"),
)
PERIOD_UNSAID = unsaid("計画期間が書かれていない", "no period is stated")
"""What plan and areas say alike of the period."""

_TO_APRIL = 91
"""Days from the first of January to the first of April, at most."""
_AT_ITS_EDGE = unknown(
    "計画期間の初日か末日がはっきりしない", "the first or last day of the period is not clear"
)


def no_period(context: Context) -> Absent:
    """Tell what it means that no period, or an end of it, is stated."""
    return context.missing("plan", "period")


def one_of(context: Context, ends: list[Range]) -> Value:
    """Return the first or the last day of a plan; of one of several documents, one of theirs."""
    told = ends and all(end.is_known for end in ends)
    return Range.hull(*ends) if told else no_period(context)


def ends_of(context: Context) -> tuple[Value, Value]:
    """Return the first and the last day of a plan."""
    periods = _periods_of(context)
    firsts, lasts = [each.starts for each in periods], [each.ends for each in periods]
    return one_of(context, firsts), one_of(context, lasts)


def first_and_last(context: Context) -> tuple[Range, Range]:
    """Return the same days of the period of a plan; where none is told, nothing lies beyond."""
    period = context.period
    if period is None:
        return ANY, ANY
    told = period.ends.is_known or not no_period(context).silent
    return period.starts, period.ends if told else Range.point(date.max.toordinal())


def _periods_of(context: Context) -> tuple[Period, ...]:
    """Return the period of a plan; those of its further documents where it states none."""
    return (context.period,) if context.period else context.plan.plan.periods


def state_of(context: Context) -> Value:
    """Return whether the day judged is before, in or after the period.

    One of which only the end is told runs once it is known; of one of which only the start is
    told it is not known when it ends. Several documents that make up a plan may agree.
    """
    states = [_state_in(context, each) for each in _periods_of(context)]
    return states[0] if states and states.count(states[0]) == len(states) else no_period(context)


def _state_in(context: Context, period: Period) -> Value:
    day = context.day
    if period.has_ended(day):
        return Code("ended")
    begun = period.has_begun(day)
    if begun is False:
        return Code("not-begun")
    if period.end is None:
        return no_period(context)
    return Code("running") if begun and period.has_ended(day) is False else _AT_ITS_EDGE


def to_its_end(period: Period | None, day: PartialDate) -> Range:
    """Return a day; of the last calendar year that ends in a period the period's end is one, too.

    What is counted by calendar years (2030年) has no later one in a period of fiscal years.
    """
    end, last = period.end if period else None, day.latest
    if last is None or day != PartialDate(date(last.year, 1, 1), date(last.year, 12, 31)):
        return day.range
    if end is None or not last < end < date(last.year + 1, 12, 31):
        return day.range
    return Range(day.range.lo, end.toordinal())


def days_outside(period: Period, parent: Period) -> Range:
    """Return by how many days a period reaches outside another; open where an end is not told.

    Years alone (2021年～2030年) are calendar years here, and where plans count by fiscal years they
    often mean those: of two periods of which one is written so, the ends may lie closer.
    """
    before, after = parent.starts.minus(period.starts), period.ends.minus(parent.ends)
    if _is_of_years(period) is not _is_of_years(parent):
        before, after = (days.minus(Range(0, _TO_APRIL)) for days in (before, after))
    return greatest([before.clip(lo=0), after.clip(lo=0)])


def _is_of_years(period: Period) -> bool:
    """Tell whether a period is one of calendar years."""
    start, end = period.start, period.end
    if start is None and end is None:
        return False
    whole = start is None or (start.month, start.day) == (1, 1)
    return whole and (end is None or (end.month, end.day) == (12, 31))


def may_be_missed(done: Value, due: PartialDate | None) -> Value:
    """Return a day that may come a year later where it is only aimed at (目途, 概ね).

    For a limit that is a day; what is aimed at about such a day is not surely done by it.
    """
    if due is None or not due.approximate or not isinstance(done, Range) or done.hi is None:
        return done
    return Range(done.lo, done.hi + A_YEAR, done.approximate)


def lost_columns(context: Context, areas: tuple[str, ...]) -> Range | None:
    """Return the span of the lost bars that alone may have told the time of some areas' work.

    None where something else may have told it as well, or a lost table's columns are not told.
    """
    if not context.missing("measures", "schedule", areas=areas, within=True).silent:
        return None
    lost = context.plan.document.lost if context.plan.document else ()
    spans = [each.columns.dates.range for each in lost if each.columns and each.concerns(areas)]
    closed = all(span.lo is not None and span.hi is not None for span in spans)
    return Range.hull(*spans) if spans and closed else None


def days_outside_parent(period: Period, parent: Parent) -> Range | None:
    """Return the days outside a parent; None where its period is not told, but that of a stage."""
    if parent.period is None:
        return None
    days = days_outside(period, parent.period)
    return None if parent.stage and days.at_most(0) is not True else days
