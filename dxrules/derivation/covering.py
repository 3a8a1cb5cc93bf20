"""Which measures are still to be worked on, and so cover what a plan is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from dxrules.dates import Truth
from dxrules.derivation.aggregates import counted
from dxrules.derivation.context import Context
from dxrules.derivation.stated_days import dated
from dxrules.derivation.told_status import status_of_measure
from dxrules.derivation.values import Absent, Value
from dxrules.plan.sections.measures import Measure

COVERING = frozenset({"ongoing", "late", "planned", "considered", "not-done"})
"""Statuses of a measure that is still to be worked on; what is done or watched covers nothing."""

AT_REST = frozenset({"suspended", "postponed"})
"""Statuses of a measure that is not worked on now, and may be again."""

GIVEN_UP = frozenset({"postponed", "dropped", "declined"})
"""Statuses of a measure that is not to be done, unless a postponed one says when it begins."""


def covers(context: Context, measure: Measure) -> Truth:
    """Tell whether a measure is still to be worked on.

    Without a status its dates tell it, if they lie ahead. It is not told where the plan also
    says the contrary, or where others than the plan say it.
    """
    told = context.once(_told)
    if measure.id not in told:
        told[measure.id] = _covering(context, measure)
    return told[measure.id]


def _told(_: Context) -> dict[str, Truth]:
    """Return where the answers of a plan are kept, by the ids of its measures."""
    return {}


def _covering(context: Context, measure: Measure) -> Truth:
    if "elsewhere" in measure.keys_in_doubt:
        return None
    resumes = measure.status in AT_REST and context.begins_later(measure)
    if status_of_measure(context, measure) in COVERING or resumes:
        return None if context.is_told_done(measure) or measure.only_from_others else True
    if measure.status in AT_REST:
        later = measure.due is not None and not context.recorded_by(measure.due)
        return None if measure.status == "suspended" or later else False
    if measure.status is None and context.is_told_done(measure):
        return None if measure.elsewhere == "not-done" else False
    completed = dated(measure.completed)
    if measure.status == "done" and completed and not context.recorded_by(completed):
        return None if measure.elsewhere or measure.only_from_others else True
    again = measure.status == "done" and measure.elsewhere == "not-done"
    return None if measure.status is None or again else False


def count_covering(context: Context, measures: Sequence[Measure], missing: Absent) -> Value:
    """Count the measures still to be worked on; those of which it is not told may be.

    `missing` is what it means that no further ones are stated.
    """
    answers = [covers(context, measure) for measure in measures]
    sure, untold = answers.count(True), answers.count(None)
    return counted(sure, sure + untold, missing)


def is_given_up(context: Context, measure: Measure) -> bool:
    """Tell whether a measure is said not to be done: declined, dropped, or put off for good."""
    return measure.status in GIVEN_UP and covers(context, measure) is False
