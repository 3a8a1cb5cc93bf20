"""How far a measure is: begun, finished, given up, and whether its result was told."""

from __future__ import annotations

from dxrules.dates import Range, Truth
from dxrules.derivation.context import Context
from dxrules.derivation.covering import count_covering, is_given_up
from dxrules.derivation.plan_days import doubtful_revisions, last_revision
from dxrules.derivation.stated_days import dated
from dxrules.derivation.values import SILENT, Value
from dxrules.plan.sections.measures import Measure

INTENDED = frozenset({"planned", "considered"})
UNDONE = frozenset({"not-done", "late", "suspended"})
WITHOUT_RESULT = INTENDED | {"ongoing", None}
"""Statuses that do not tell what came of a measure."""


def is_done(measure: Measure) -> bool:
    """Tell whether a measure is stated as finished, be it elsewhere in the plan alone."""
    told = measure.status or measure.elsewhere
    return told == "done" or measure.completed is not None


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
    stated = True if is_done(measure) else False if measure.status in UNDONE else None
    return context.fulfilment(done=stated, completed=measure.completed, due=measure.due)


def planned_end(context: Context, measure: Measure) -> Range | None:
    """Return the day on which a measure ends by the plan; None where none is stated.

    What is due ends when it is due, whether or not a result is stated since. What is stated as
    not done ends after that was said, however early it was due.
    """
    if measure.completed is not None and not is_finished(context, measure):
        return measure.completed.range
    if measure.status in UNDONE or is_given_up(context, measure) or is_done(measure):
        end = finish(context, measure)
        return end if isinstance(end, Range) else None
    due = dated(measure.due)
    return due.range if due else None


def how_many(context: Context) -> Value:
    """Count the measures still to be worked on; of those that are only counted, one is at least."""
    told = context.plan.plan.measure_count
    if context.plan.measures is None:
        return Range(1, told) if told else context.missing("measures")
    found = count_covering(context, context.measures, context.missing("measures", "measures"))
    if told is None or told <= len(context.measures):
        return found
    return found.meet(Range(1, None)) or found if isinstance(found, Range) else Range(1, None)


def is_unreported(context: Context, measure: Measure) -> Truth:
    """Tell whether a measure fell due before the last revision, which states no result of it.

    That work goes on is half a result, so it leaves that open, as does the lack of a status. What
    is due by a day is not due before it starts.
    """
    told = measure.elsewhere or measure.status not in WITHOUT_RESULT
    if measure.due is None or told or is_finished(context, measure):
        return False
    start, due = dated(measure.start), measure.due.range
    from_start = due.meet(Range(start.range.bounds[0], None)) if start else None
    before = _before_revision(context, from_start or due)
    return before if measure.status in INTENDED or before is False else None


def _before_revision(context: Context, due: Range) -> Truth:
    """Tell whether a day came before the last revision, of those that do not tell all results.

    One of which it cannot be told whether it has taken place may have come later.
    """
    last = last_revision(context)
    before: Truth = False
    if last and not last.results_stated:
        before = due.minus(last.on.range).at_most(-1)
    if before is not False or due.at_most(context.today) is False:
        return before
    later = [each.on.range for each in doubtful_revisions(context) if not each.results_stated]
    return None if any(due.minus(on).at_most(-1) is not False for on in later) else False


def can_disagree_with_status(measure: Measure) -> bool:
    """Tell whether anything is said of a measure that its status is compared with."""
    status = measure.status
    start = measure.start if status in INTENDED or status == "done" else None
    due = measure.due if status in INTENDED or status == "ongoing" else None
    days = map(dated, (measure.completed, start, due))
    return measure.elsewhere is not None or any(days)
