"""HTML of what a change does to verdicts: between two packets, or two lawbooks."""

from __future__ import annotations

from dxrules.keeper.attribution import EFFECTS
from dxrules.keeper.impact import Impact, TownImpact
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
from dxrules.report.writers import How
from dxrules.texts import Text

FEW = 30
"""Up to so many towns have a section each, open, whether anything changed or not."""
MOST_SHIFTS = 5_000
"""Changes that a page lists: some four megabytes of it."""

_LEFT_OUT = Text(
    "変化の多い{shown}団体の内訳を示した。ほかの{left}団体は一覧に件数だけを示す"
    "(すべての内訳は --output impact.csv)",
    "The changes of {shown} towns are listed, of those with most; of {left} more the list of towns "
    "has their number (--output impact.csv holds all)",
)


def listed(impact: Impact) -> tuple[dict[int, TownImpact], int]:
    """Return the towns whose changes are listed, by their numbers, and how many more have some.

    Of many towns those without any have no section, and those with most come first.
    """
    numbered = dict(enumerate(impact.towns, 1))
    if len(numbered) <= FEW:
        return numbered, 0
    changed = {number: town for number, town in numbered.items() if town.shifts}
    room, shown = MOST_SHIFTS, set[int]()
    for number in sorted(changed, key=lambda each: (-len(changed[each].shifts), each)):
        room -= len(changed[number].shifts)
        if room < 0 and shown:
            break
        shown.add(number)
    return {n: town for n, town in changed.items() if n in shown}, len(changed) - len(shown)


def write(impact: Impact, how: How) -> bytes:
    """Return the page as UTF-8."""
    sections, left = listed(impact)
    effects = [each for each in EFFECTS if any(town.counts[each] for town in impact.towns)]
    return rendered_page(
        "impact.html",
        how,
        impact=impact,
        title=impact_title(impact),
        effects=effects,
        sections=sections,
        folded=len(impact.towns) > FEW,
        left_out=_LEFT_OUT.format(shown=len(sections), left=left) if left else None,
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
