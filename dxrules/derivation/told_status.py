"""What the dates of an entry tell of its status, where the plan does not name one.

Nothing is told where values of a draft are still in doubt: the status may be one of them.
"""

from __future__ import annotations

from dxrules.dates import PartialDate, Range
from dxrules.derivation.absence import UNCONFIRMED
from dxrules.derivation.aggregates import newest
from dxrules.derivation.context import Context
from dxrules.derivation.stated_days import dated
from dxrules.plan.intervals import interval_in
from dxrules.plan.sections.collection import Charge, Collection
from dxrules.plan.sections.measures import Measure
from dxrules.plan.sections.provisions import Provision
from dxrules.plan.sections.standardization import Standardization, System

LOCAL_TAX = "local-tax"
UNSPECIFIED = "unspecified"
"""The charge that is collected by a scheme of its own, and what stands for all the others."""

_NOT_INTENDED = frozenset({"considered", "none"})


def status_of_measure(context: Context, measure: Measure) -> str | None:
    """Return the status of a measure; by its dates, what is to come, recurs or is done has one.

    What was due by then has none, whether it recurred or not. With a reason, it is late, or given
    up: which of them the reason does not tell.
    """
    if measure.status is not None or context.missing("measures") == UNCONFIRMED:
        return measure.status
    start, due = measure.start, measure.due
    days = [day for day in (start, due, *(step.on for step in measure.milestones)) if day]
    past = all(context.recorded_by(day) for day in days if day.range.is_known)
    if context.is_told_done(measure) or measure.because is not None:
        done = past and measure.elsewhere != "not-done" and measure.because is None
        return "done" if done else None
    begins = start is not None and start.range.is_known and not context.recorded_by(start)
    if measure.recurrence is not None:
        over = due is not None and _is_over(context, due.range)
        return None if over else "planned" if begins else "ongoing"
    if past or (due is not None and due.range.is_known and context.recorded_by(due)):
        return None
    began = start is not None and start.range.is_known and not begins
    return "ongoing" if began else "planned"


def _is_over(context: Context, days: Range, known: PartialDate | None = None) -> bool:
    """Tell whether the last of some days was past when the facts were recorded, or known."""
    return days.hi is not None and context.past(Range(None, days.hi), known) is not None


def status_of_charge(context: Context, charge: Charge) -> str | None:
    """Return the status of a charge; a start to come is planned."""
    if charge.status is not None or charge.start is None or not charge.start.range.is_known:
        return charge.status
    if context.missing("collection") == UNCONFIRMED:
        return None
    known = context.known(charge, "start")
    return None if context.recorded_by(charge.start, known) else "planned"


def intended_start(charge: Charge) -> PartialDate | None:
    """Return when a charge starts by the plan; one that is only considered, or not, does not."""
    return None if charge.status in _NOT_INTENDED else dated(charge.start)


def refusal_with_all(collection: Collection | None, key: str) -> Charge | None:
    """Return what is said of all charges at once, if one that is not named is refused with them."""
    if collection is None or key == LOCAL_TAX or key in collection.charges:
        return None
    whole = collection.charges.get(UNSPECIFIED)
    return whole if whole is not None and whole.status == "none" else None


def is_start_to_come(context: Context, charge: Charge) -> bool:
    """Tell whether a charge is called started on a day that lies ahead: it is to start then."""
    start = dated(charge.start) if charge.status == "started" else None
    known = context.known(charge, "status", "start")
    return start is not None and not context.recorded_by(start, known)


def migration_to_come(context: Context, said: Standardization | System) -> PartialDate | None:
    """Return the day ahead on which a system, or what is left of all, is to move; None if none is.

    What is called migrated on days that all lie ahead is to migrate by the last of them.
    """
    days = _moved_on(said)
    known = context.known(said, "status", "migrated", "migrated_on")
    if days and not any(context.recorded_by(day, known) for day in days):
        return newest(days)
    if days or said.status is not None or said.migrated == "all":
        return None
    target = dated(said.target)
    if target is None or context.missing("standardization") == UNCONFIRMED:
        return None
    return None if context.recorded_by(target, context.known(said, "target")) else target


def _moved_on(said: Standardization | System) -> list[PartialDate]:
    """Return on which days it is said to have moved, as far as they are known."""
    if said.status not in (None, "migrated"):
        return []
    days = said.migrated_on or () if isinstance(said, Standardization) else (said.migrated,)
    return [day for day in map(dated, days) if day is not None]


def is_cloud_considered(context: Context) -> bool:
    """Tell whether to move to Government Cloud is only considered."""
    said = context.plan.standardization
    return said is not None and said.government_cloud == "considered"


TELLING = ("since", "published", "reviewed", "rank", "reviewed_regularly", "body")
"""Attributes of a provision that tell that it is there, or to come, where no status is named."""


def status_of_provision(context: Context, said: Provision) -> str | None:
    """Return the status of a provision; what is published, reviewed or dated has one, too.

    It is in place since a day that was surely past, and otherwise to come; since about then, or
    from an open day on, it may be either, and is provided for at least. So is that of which it is
    said who does it, of what rank or how often.
    """
    if said.status is not None or context.missing("provisions") == UNCONFIRMED:
        return said.status
    known = context.known(said, "reviewed", "since", "published")
    if said.published or any(context.recorded_by(day, known) for day in said.reviewed or ()):
        return "in-place"
    cycle = said.cycle or filter(None, [interval_in(said.title or "")])
    is_described = said.rank or said.body or {*cycle} - {"as-needed"}
    if said.since is None or not said.since.range.is_known:
        return "planned" if is_described else None
    since = said.since.range
    if since.hi is None or since.approximate:
        return "planned"  # at least
    return "in-place" if _is_over(context, since, known) else "planned"


def is_provision_to_come(context: Context, said: Provision) -> bool:
    """Tell whether a provision is to be set up on a day ahead, though its status is not named.

    Or though it is called in place since then.
    """
    named = said.status == "in-place"
    if not named and (said.status or status_of_provision(context, said) != "planned"):
        return False
    since = dated(said.since)
    return since is not None and not context.recorded_by(since, context.known(said, "since"))
