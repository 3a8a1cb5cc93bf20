"""What the sections of eL-QR and of standardization say is still to be worked on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dxrules.dates import either
from dxrules.derivation.collection import EL_QR, LOCAL_TAX, UNSPECIFIED, intended_start
from dxrules.derivation.system import STANDARDIZATION
from dxrules.derivation.third_party import is_charge_heard, is_system_heard
from dxrules.derivation.told_status import is_migration_to_come, status_of_charge
from dxrules.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.dates import PartialDate, Truth
    from dxrules.derivation.context import Context
    from dxrules.plan.models import Charge, Evident, Plan, Standardization, System
    from dxrules.source import Path

_COMING = frozenset({"preparing", "planned", "considered", "in-progress"})


@frozen
class Step:
    """Something still to be worked on, its day, and whether others alone tell of either."""

    on: PartialDate | None
    heard: bool
    day_heard: bool


def steps(context: Context, area: str) -> list[Step]:
    """Return what the file's own section of an area says is still to be worked on."""
    if area == EL_QR:
        return [*_collecting(context)]
    return [*_migrating(context)] if area == STANDARDIZATION else []


def entries_about(plan: Plan, area: str) -> Iterator[tuple[Path, Evident]]:
    """Yield what the section of an area holds: each charge, all systems or else each of them."""
    if area == EL_QR and plan.collection:
        for key, charge in plan.collection.charges.items():
            if key != LOCAL_TAX:
                yield ("collection", "charges", key), charge
    if area == STANDARDIZATION and plan.standardization:
        yield ("standardization",), plan.standardization
        if plan.standardization.status is None:
            for task, system in plan.standardization.systems.items():
                yield ("standardization", "systems", task), system


def heard_of(context: Context, charge: Charge) -> tuple[bool, bool]:
    """Tell whether others alone tell of a charge, and of its start."""
    hears = partial(is_charge_heard, context.plan.collection, charge)
    heard = hears("status", "considered", "start")
    return heard, heard or hears("start")


def _collecting(context: Context) -> Iterator[Step]:
    collection = context.plan.collection
    for key, charge in collection.charges.items() if collection else ():
        if key != LOCAL_TAX and (status_of_charge(context, charge) in _COMING or charge.considered):
            start = None if charge.status == "started" else charge.start
            yield Step(start, *heard_of(context, charge))


def _migrating(context: Context) -> Iterator[Step]:
    whole = context.plan.standardization
    systems: tuple[Standardization | System, ...]
    systems = (whole, *whole.systems.values()) if whole else ()
    for system in systems:
        undone = system.status == "not-migrated" and system.target
        coming = system.status in _COMING or is_migration_to_come(context, system)
        if whole and (undone or coming):
            hears = partial(is_system_heard, whole, system)
            heard = hears("status", "target")
            yield Step(system.target, heard, heard or hears("target"))


def are_starts_stated(context: Context) -> Truth:
    """Tell whether a charge is named with its start; None where others alone tell of it."""
    collection = context.plan.collection
    return either(
        None if any(heard_of(context, charge)) else True
        for key, charge in (collection.charges.items() if collection else ())
        if key not in (LOCAL_TAX, UNSPECIFIED)
        and (charge.status == "started" or intended_start(charge) is not None)
    )
