"""Whether indicators measure an area."""

from __future__ import annotations

from collections.abc import Iterable

from dxrules.dates import Truth, either
from dxrules.derivation.activity import WHEN, from_period_on
from dxrules.derivation.context import Context
from dxrules.derivation.third_party import BY_OTHERS, is_heard
from dxrules.derivation.values import Value, unknown
from dxrules.plan.sections.indicators import Indicator, Target

_DOUBTFUL = unknown(
    "指標がこの分野を測っているか疑わしい", "whether the indicator measures this area is in doubt"
)


def is_measured(context: Context, indicators: Iterable[Indicator]) -> Value:
    """Tell whether one of an area's indicators has a baseline and a target in the period."""
    complete = [
        (indicator, either(_timely(context, t) for t in indicator.targets if t.is_figure))
        for indicator in indicators
        if indicator.baseline and indicator.measures_area != "no"
    ]
    told = [(i.measures_area, in_period) for i, in_period in complete if not _told_by_others(i)]
    timely = {area for area, in_period in told if in_period}
    if timely:
        return _DOUBTFUL if timely == {"doubtful"} else True
    if any(in_period is None for _, in_period in told):
        return WHEN
    if any(in_period is not False for _, in_period in complete):
        return BY_OTHERS
    return False


def _timely(context: Context, target: Target) -> Truth:
    return either(from_period_on(context, day) for day in (target.year, target.observed))


def _told_by_others(indicator: Indicator) -> bool:
    """Tell whether others than the plan alone tell what makes an indicator one of an area."""
    return any(is_heard(indicator, key) for key in ("areas", "baseline", "targets"))
