"""The share of tasks that are migrated: by the targets of an indicator, and by the text itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dxrules.dates import Range
from dxrules.derivation.context import Context
from dxrules.derivation.standardization import StandardizationSubject
from dxrules.plan.sections.indicators import Target

if TYPE_CHECKING:
    from decimal import Decimal

WHOLE = 100


def left_by(targets: Iterable[Target], whole: StandardizationSubject) -> int | None:
    """Return how many tasks are left by the first target that is not past, rounded down.

    One of which the day is not told may be the first as well: the most that are left count.
    None if that is not told.
    """
    scope, recorded = whole.in_scope(), whole.context.plan.recorded.range
    days = [(target, (target.observed or target.year).range) for target in targets]
    known = [
        target
        for target, day in days
        if day.hi is not None and day.minus(recorded).at_most(-1) is not True
    ]
    firsts = [*known[:1], *(target for target, day in days if day.hi is None)]
    values = [target.value for target in firsts if target.value is not None]
    if not values or len(values) < len(firsts) or not isinstance(scope, Range):
        return None
    return None if scope.lo is None else int((WHOLE - min(values)) * scope.lo / WHOLE)


def text_share(context: Context) -> Decimal | None:
    """Return the share of tasks that the text itself says are migrated, in per cent."""
    from decimal import Decimal

    whole = context.once(StandardizationSubject)
    scope, migrated = whole.in_scope(), whole.migrated()
    if not isinstance(scope, Range) or not isinstance(migrated, Range):
        return None
    if not scope.lo or scope.lo != scope.hi or migrated.lo is None or migrated.lo != migrated.hi:
        return None
    return Decimal(WHOLE * migrated.lo) / scope.lo


def target_now(targets: Iterable[Target], context: Context) -> Target | None:
    """Return the target that is to be reached on the day recorded; none before its last day."""
    recorded = context.plan.recorded.range
    for target in targets:
        last = (target.observed or target.year).range.hi
        if last is None or target.value is None:
            continue
        if recorded.meet(Range.point(last)) is not None:
            return target
    return None
