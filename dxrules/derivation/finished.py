"""Finished work and refusals: what a plan calls done in an area, and what it says is not to be.

A measure is the whole of what the nation asks for in an area only where the plan file says so.
Without that, one that is done may be a piece, and whether anything remains is asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from dxrules.dates import Range, Truth
from dxrules.derivation.aggregates import some
from dxrules.derivation.collection import EL_QR, charges
from dxrules.derivation.context import Context
from dxrules.derivation.counts import known_to
from dxrules.derivation.covering import covers, is_given_up
from dxrules.derivation.progress import is_finished
from dxrules.derivation.standardization import StandardizationSubject
from dxrules.derivation.system import STANDARDIZATION
from dxrules.derivation.third_party import BY_OTHERS, is_charge_heard, is_heard
from dxrules.derivation.told_status import LOCAL_TAX, status_of_provision
from dxrules.derivation.values import Value, unknown
from dxrules.plan.sections.measures import Measure
from dxrules.reference.reference_data import ProvisionEntry

ACHIEVED = unknown(
    "済んだ、又は始めたと書かれているが、これから何を行うかは書かれていない",
    "it is stated as finished or started; what is still to be done is not said",
)
_A_POST = unknown(
    "担う職を置く、又は置くとあるだけで、何に取り組むかは書かれていない",
    "only a post for it is named; what is to be done is not said",
)
NO_CHARGE = unknown(
    "収納する公金があるかどうかが書かれていない", "whether any charge is collected is not stated"
)
_HOW_FAR = unknown(
    "行わないと書かれているが、この分野の全体を行わないのかは書かれていない",
    "some of it is said not to be done; whether that goes for the whole area is not said",
)
_ASKED_TIERS = frozenset({"a", "b"})
_TOLD = frozenset({"in-place", "planned", "considered"})
_REFUSED = frozenset({"dropped", "declined"})


def finished(context: Context, area: str) -> Value:
    """Tell whether all that is asked in an area is stated as done; open where a piece of it is."""
    done = [m for m in context.measures_of(area) if _is_over(context, m)]
    whole = [m for m in done if m.extent == "whole"]
    if any(not measure.only_from_others for measure in whole):
        return True
    if area == EL_QR and not done and _names_no_charge(context):
        return NO_CHARGE
    section, heard = _by_section(context, area)
    if section and not heard:
        return True
    if whole or section:
        return BY_OTHERS
    return ACHIEVED if done or section is None else _by_provisions(context, area)


def _by_provisions(context: Context, area: str) -> Value:
    """Tell so by what is set up in an area, which is a piece of it at most."""
    if area in context.once(_provided_for):
        return ACHIEVED
    if area in context.once(_with_posts):
        return _A_POST
    may_be = has_provisions(context, area)
    return some((), context.missing("provisions")) if may_be else False


def _is_over(context: Context, measure: Measure) -> bool:
    told = measure.status is None and context.is_told_done(measure)
    return (told or is_finished(context, measure)) and covers(context, measure) is False


def _by_section(context: Context, area: str) -> tuple[Truth, bool]:
    """Tell whether its own section says that all is done, and whether others alone say so.

    None where it says so of a piece.
    """
    if area == STANDARDIZATION:
        return _migrated(context)
    return _collected(context) if area == EL_QR else (False, False)


def _migrated(context: Context) -> tuple[Truth, bool]:
    said = context.plan.standardization
    if said is None:
        return False, False
    systems = [system.status for system in said.systems.values()]
    whole = context.once(StandardizationSubject)
    outstanding = whole.outstanding()
    told = said.migrated is not None or whole.unaccounted() == Range.point(0)
    counted = told and isinstance(outstanding, Range) and outstanding.hi == 0
    moved = context.recorded_by_last(said.migrated_on or (), known_to(context, said))
    named = said.status == "migrated" and set(systems) <= {"migrated"}
    deferred = said.deferred_functions and said.deferred_functions.status == "some"
    if (counted or named) and moved and not deferred:
        return True, is_heard(said, "migrated", "status", "systems")
    some_are = said.migrated not in (None, 0) or "migrated" in (said.status, *systems)
    some_are |= said.government_cloud == "used"
    return (None if some_are else False), False


def _collected(context: Context) -> tuple[Truth, bool]:
    said = context.plan.collection
    known, told = context.once(charges), dict(said.charges) if said else {}
    started = {
        key: is_charge_heard(said, charge, "status", "start")
        for key, charge in told.items()
        if key != LOCAL_TAX and known[key].started() is True
    }
    asked = {
        key
        for key, charge in known.items()
        if charge.entry.tier in _ASKED_TIERS and charge.asked() is not False
    }
    if asked and asked <= started.keys():
        return True, any(started[key] for key in asked)
    stated = any(c.status == "started" for key, c in told.items() if key != LOCAL_TAX)
    return (None if stated else False), False


def _names_no_charge(context: Context) -> bool:
    """Tell whether a plan is that of a union, and names nothing that it collects."""
    said = context.plan.collection
    return context.plan.municipality.is_union and said is not None and not said.charges


def _provided_for(context: Context) -> set[str | None]:
    """Return the areas of which something is set up, or is to be: a piece of each."""
    return {known.area for known in _told(context) if not known.post}


def _with_posts(context: Context) -> set[str | None]:
    """Return the areas for which somebody is appointed, or is to be."""
    return {known.area for known in _told(context) if known.post}


def _told(context: Context) -> Iterator[ProvisionEntry]:
    said = context.plan.provisions or {}
    known = context.reference.provisions
    return (known[key] for key, each in said.items() if status_of_provision(context, each) in _TOLD)


def has_provisions(context: Context, area: str) -> bool:
    """Tell whether anything that can be set up belongs to an area."""
    return area in context.once(_with_provisions)


def _with_provisions(context: Context) -> set[str | None]:
    """Return the areas to which something belongs that can be set up."""
    return {each.area for each in context.reference.provisions.values()}


def declined(context: Context, area: str) -> Value:
    """Tell whether a plan says that an area is not taken up, and why.

    That is no answer where law or notice ask for it, nor where only a piece is left out. Where
    nothing says so, it is not declined: what was not read leaves open what the town does, and
    that alone is asked.
    """
    if not context.reference.areas[area].declinable:
        return False
    said = [is_heard(context.plan.plan, "declines")] if _names(context, area) else []
    refused = [m for m in context.measures_of(area) if m.because]
    refused = [m for m in refused if is_given_up(context, m)]
    said += [m.only_from_others or is_heard(m, "because") for m in refused if m.extent == "whole"]
    if said:
        return BY_OTHERS if all(said) else True
    if any(measure.extent is None for measure in refused):
        return _HOW_FAR
    return False


def refused(context: Context, area: str) -> Value:
    """Tell whether a plan says that nothing at all is done in an area, whatever the reason."""
    said = [is_heard(context.plan.plan, "declines")] if _names(context, area) else []
    whole = [m for m in context.measures_of(area) if m.extent == "whole"]
    said += [m.only_from_others for m in whole if m.status in _REFUSED]
    return BY_OTHERS if said and all(said) else bool(said)


def _names(context: Context, area: str) -> bool:
    return any(each.area == area for each in context.plan.plan.declines)
