"""Reviews: how often something is looked at anew, and what has come since the last time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from dxrules.dates import PartialDate, Range
from dxrules.derivation.aggregates import greatest
from dxrules.derivation.context import Context
from dxrules.derivation.values import UNKNOWN, Absent, Value, unknown
from dxrules.plan.code_labels import INTERVAL
from dxrules.plan.intervals import interval_in
from dxrules.plan.sections.indicators import Indicator
from dxrules.plan.sections.provisions import Provision

PROGRESS_REVIEW = "progress-review"
YEARLY = frozenset(
    {
        "weekly",
        "monthly",
        "every-two-months",
        "quarterly",
        "every-four-months",
        "half-yearly",
        "yearly",
    }
)
REGULAR = frozenset(INTERVAL) - {"as-needed", "continuous"}
_A_YEAR = 366
_NOT_THERE = frozenset({"planned", "considered", "none"})
_NO_CYCLE = unknown(
    "周期の記載はなく、指標の節(indicators)を読んでいないので、年度ごとの目標があるかも分からない"
    "(指標がなければ indicators: [] と書く)",
    "no interval is stated, and whether indicators have a target for each year is not known, as "
    "the section indicators has not been read (if there are none, write indicators: [])",
)

_YEARLY_TARGETS = unknown(
    "指標には年度ごとの目標があるが、進捗管理の周期は書かれていない",
    "indicators have a target for each year, but no interval of review is stated",
)


def reviews_of(context: Context, said: Provision, *, in_place: bool) -> list[PartialDate]:
    """Return the reviews up to the day recorded; without any, since when it is in place.

    What is said not to be there was not reviewed, whatever day is given.
    """
    if said.status in _NOT_THERE:
        return []
    known = context.known(said, "reviewed")
    came = (day for day in said.reviewed or () if day.range.at_most(context.today) is not False)
    reviews = [day for day in came if context.recorded_by(day, known)]
    return reviews if reviews or said.since is None or not in_place else [said.since]


def unreviewed_days(
    context: Context, said: Provision | None, reviews: Sequence[PartialDate], missing: Absent
) -> Value:
    """Return how old the first guideline revision is that came after the last of some reviews.

    Since when a policy is in place tells of no review: it may have been reviewed since.
    """
    known = context.known(said, "reviewed").range
    recorded = Range(None, known.hi)
    last = greatest([review.range for review in reviews]).meet(recorded)
    if last is None or last.hi is None:
        return UNKNOWN  # neither the review nor the facts have a last day
    known_until = context.reference.known_until.toordinal()
    unseen = Range(0, max(0, context.today - known_until))
    oldest = greatest([unseen, *_ages(context, known, last.lo, last.hi)])
    reviewed = said is not None and not {*reviews}.isdisjoint(said.reviewed or ())
    return oldest if reviewed and missing.silent else Range(0, oldest.hi)


def _ages(context: Context, known: Range, first: int | None, last: int) -> Iterator[Range]:
    """Yield the age of each revision after the last review; from zero if it may be before."""
    today = context.today
    recorded, _ = known.bounds
    known_to = 0 if recorded is None else min(today, recorded)
    for revision in context.reference.guideline.values():
        since = revision.holds_from.toordinal()
        began = revision.on.range.lo or since
        if since <= today and (first is None or first < since):
            yield Range(max(0, known_to - since) if last < began else 0, today - began)


def takes_place(
    context: Context,
    key: str,
    said: Provision | None,
    wanted: frozenset[str],
    missing: Absent,
) -> Value:
    """Tell whether something takes place as often as is wanted, by its own words or its title."""
    named = interval_in(said.title or "") if said else None
    if said is None or (said.cycle is None and named is None):
        return _no_cycle(context, missing) if key == PROGRESS_REVIEW else missing
    found = not wanted.isdisjoint(said.cycle or (named,))
    return found if found or missing.silent else missing


def _no_cycle(context: Context, missing: Absent) -> Absent:
    """Tell what it means for the review of progress that no interval is stated."""
    indicators = context.plan.indicators
    if any(_has_yearly_targets(each) for each in indicators or ()):
        return _YEARLY_TARGETS
    return _NO_CYCLE if missing.silent and indicators is None else missing


def _has_yearly_targets(indicator: Indicator) -> bool:
    """Tell whether an indicator has a target for every year, or for years that follow each other.

    Of years that are not told, or only about, that may be so.
    """
    years = [target.year.range for target in indicator.targets]
    ends = [None if year.approximate else year.hi for year in years]
    told = sorted(end for end in ends if end is not None)
    near = any(later - earlier <= _A_YEAR for earlier, later in pairwise(told))
    near = near or (None in ends and len(ends) > 1)
    return near or any(target.every_year for target in indicator.targets)
