"""What follows from the plan's period where an end may be open, or not told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.derivation.context import greatest
from dxrules.derivation.values import Code, unknown

if TYPE_CHECKING:
    from dxrules.dates import Period, Range
    from dxrules.derivation.context import Context
    from dxrules.derivation.values import Value

_AT_ITS_EDGE = unknown(
    "計画期間の初日か末日がはっきりしない", "the first or last day of the period is not clear"
)


def state_of(context: Context) -> Value:
    """Return whether the day judged is before, in or after the period.

    One of which only the end is told runs once it is known; of one of which only the start is
    told it is not known when it ends.
    """
    period, day = context.period, context.day
    if period is None:
        return context.missing("plan", "period")
    if period.has_ended(day):
        return Code("ended")
    begun = period.has_begun(day)
    if begun is False:
        return Code("not-begun")
    if period.end is None:
        return context.missing("plan", "period")
    return Code("running") if begun and period.has_ended(day) is False else _AT_ITS_EDGE


def days_outside(period: Period, parent: Period) -> Range:
    """Return by how many days a period reaches outside another; open where an end is not told."""
    before, after = parent.starts.minus(period.starts), period.ends.minus(parent.ends)
    return greatest([before.clip(lo=0), after.clip(lo=0)])
