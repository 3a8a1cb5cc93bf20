"""What sections other than that of measures say is still to be worked on in an area.

A training or audit that takes place every year, and a policy that is to be adopted, are work to
come as any measure is, and plans that state them seldom list them as measures once more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from dxrules.dates import PartialDate, Truth, either
from dxrules.derivation.collection import EL_QR
from dxrules.derivation.context import Context
from dxrules.derivation.stated_days import is_not_known
from dxrules.derivation.system import STANDARDIZATION
from dxrules.derivation.third_party import is_charge_heard, is_heard, is_system_heard
from dxrules.derivation.told_status import (
    LOCAL_TAX,
    UNSPECIFIED,
    intended_start,
    is_provision_to_come,
    is_start_to_come,
    migration_to_come,
    status_of_charge,
    status_of_provision,
)
from dxrules.frozen import frozen
from dxrules.plan.code_labels import CALENDAR_INTERVALS
from dxrules.plan.sections.collection import Charge
from dxrules.plan.sections.evident import Evident
from dxrules.plan.sections.provisions import Provision
from dxrules.plan.sections.standardization import Standardization, System
from dxrules.source import Path

_TELLING_KEYS = ("since", "published", "reviewed", "rank", "cycle", "body")
"""Keys of a provision that tell of one whose status is not named."""
_DAYS_OF_MOVE = ("migrated", "migrated_on")
_COMING = frozenset({"preparing", "planned", "considered", "in-progress"})
_DECIDED = frozenset({"preparing", "planned"})


@frozen
class NextStep:
    """Something still to be worked on, its day, and whether others alone tell of either.

    What recurs needs no day. `decided` tells whether work in the area itself is settled; None of
    what is only considered, and of rules, trainings and the like, which may be all that is done.
    """

    on: PartialDate | None
    heard: bool
    day_heard: bool
    recurs: bool = False
    decided: Truth = False


def steps(context: Context, area: str) -> list[NextStep]:
    """Return what the file's own section of an area says is still to be worked on."""
    if area == EL_QR:
        return [*_collecting(context)]
    return [*_migrating(context)] if area == STANDARDIZATION else [*_setting_up(context, area)]


def entries_about(context: Context, area: str) -> Iterator[tuple[Path, Evident]]:
    """Yield what other sections say of an area: each charge, all systems or else each of them.

    Of provisions, those that are work to come.
    """
    plan = context.plan
    if area == EL_QR and plan.collection:
        for key, charge in plan.collection.charges.items():
            if key != LOCAL_TAX:
                yield ("collection", "charges", key), charge
    if area == STANDARDIZATION and plan.standardization:
        yield ("standardization",), plan.standardization
        if plan.standardization.status is None:
            for task, system in plan.standardization.systems.items():
                yield ("standardization", "systems", task), system
    for key, said in context.once(_to_set_up).get(area, ()):
        yield ("provisions", key), said


def heard_of(context: Context, charge: Charge) -> tuple[bool, bool]:
    """Tell whether others alone tell of a charge, and of its start."""
    hears = partial(is_charge_heard, context.plan.collection, charge)
    heard = hears("status", "considered", "start")
    return heard, heard or hears("start")


def _collecting(context: Context) -> Iterator[NextStep]:
    collection = context.plan.collection
    for key, charge in collection.charges.items() if collection else ():
        to_come = is_start_to_come(context, charge)
        status = "planned" if to_come else status_of_charge(context, charge)
        if key != LOCAL_TAX and (status in _COMING or charge.considered):
            start = None if status == "started" else charge.start
            decided = status in _DECIDED or None
            yield NextStep(start, *heard_of(context, charge), decided=decided)


def _migrating(context: Context) -> Iterator[NextStep]:
    whole = context.plan.standardization
    systems: tuple[Standardization | System, ...]
    systems = (whole, *whole.systems.values()) if whole else ()
    for system in systems:
        undone = system.status == "not-migrated" and system.target
        ahead = migration_to_come(context, system)
        if whole and (undone or ahead or system.status in _COMING):
            hears, keys = partial(is_system_heard, whole, system), ("target", *_DAYS_OF_MOVE)
            heard = hears("status", *keys)
            yield NextStep(ahead or system.target, heard, heard or hears(*keys), decided=True)
    if whole and whole.government_cloud in _COMING:
        heard = is_heard(whole, "government_cloud")
        yield NextStep(None, heard, heard)
    if whole and whole.deferred_functions and whole.deferred_functions.status == "some":
        heard = is_heard(whole, "deferred_functions")
        yield NextStep(whole.deferred_functions.due, heard, heard)


def _to_set_up(context: Context) -> Mapping[str, Sequence[tuple[str, Provision]]]:
    """Return, by area, the provisions that are to come, or that take place again and again.

    Who is appointed for it is no work in it.
    """
    found = defaultdict[str, list[tuple[str, Provision]]](list)
    for key, said in (context.plan.provisions or {}).items():
        known = context.reference.provisions[key]
        if known.area is not None and not known.post:
            told = status_of_provision(context, said)
            recurs = told in ("in-place", "planned") and bool(said.cycle)
            if recurs or _is_coming(context, said):
                found[known.area].append((key, said))
    return found


def _is_coming(context: Context, said: Provision) -> bool:
    return said.status in _COMING or is_provision_to_come(context, said)


def _setting_up(context: Context, area: str) -> Iterator[NextStep]:
    for _, said in context.once(_to_set_up).get(area, ()):
        to_come = _is_coming(context, said)
        heard = is_heard(said, *(["status"] if said.status else _TELLING_KEYS))
        day_heard = heard or is_heard(said, *(["since"] if to_come else []), "cycle")
        regular = not CALENDAR_INTERVALS.isdisjoint(said.cycle or ())
        on = said.since if to_come else None
        yield NextStep(on, heard, day_heard, regular, decided=None)  # a rule may be all of it


def is_start_not_known(context: Context) -> bool:
    """Tell whether a charge is named with a start that is said not to be known."""
    collection = context.plan.collection
    return any(
        is_not_known(charge.start)
        for key, charge in (collection.charges.items() if collection else ())
        if key not in (LOCAL_TAX, UNSPECIFIED)
    )


def are_starts_stated(context: Context) -> Truth:
    """Tell whether a charge is named with its start; None where others alone tell of it."""
    collection = context.plan.collection
    return either(
        None if any(heard_of(context, charge)) else True
        for key, charge in (collection.charges.items() if collection else ())
        if key not in (LOCAL_TAX, UNSPECIFIED)
        and (charge.status == "started" or intended_start(charge) is not None)
    )
