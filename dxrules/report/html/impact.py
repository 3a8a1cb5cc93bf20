"""HTML of what a change does to verdicts: between two packets, or two lawbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.keeper.attribution import EFFECTS
from dxrules.keeper.impact_bounds import bounds_of
from dxrules.report import impact_bounds
from dxrules.report.html.environment import rendered_page
from dxrules.report.impact import (
    CAUSE_WORDS,
    EFFECT_WORDS,
    UNCHANGED,
    by_cause,
    causes_of,
    impact_title,
    outcome_of,
    remarks_on,
)
from dxrules.report.law_changes import in_short
from dxrules.report.plan_header import first_fault

if TYPE_CHECKING:
    from dxrules.keeper.impact import Impact
    from dxrules.report.writers import How


def write(impact: Impact, how: How) -> bytes:
    """Return the page as UTF-8."""
    effects = [each for each in EFFECTS if any(town.counts[each] for town in impact.towns)]
    return rendered_page(
        "impact.html",
        how,
        impact=impact,
        title=impact_title(impact),
        effects=effects,
        causes=[
            (CAUSE_WORDS[cause], [numbers[effect] for effect in effects])
            for cause, numbers in by_cause(impact).items()
        ],
        remarks=(),
        EFFECT_WORDS=EFFECT_WORDS,
        UNCHANGED=UNCHANGED,
        bounds=bounds_of(impact) if len(impact.towns) > 1 else None,
        words=impact_bounds,
        causes_of=causes_of,
        first_fault=first_fault,
        in_short=in_short,
        outcome_of=outcome_of,
        remarks_on=remarks_on,
    )
