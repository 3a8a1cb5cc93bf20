"""When a plan was made: established, or last revised in substance.

A revision that only mends the wording makes no plan anew: neither the nation's lists nor the
results of measures are asked of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dxrules.dates import PartialDate, Range, Truth
from dxrules.derivation.context import Context
from dxrules.plan.sections.about import Revised

_WORD = "(?:文言|字句|語句|誤字|脱字|誤記|誤植|表記|体裁|時点)"
_ACT = "(?:修正|訂正|整理|更新|統一)"
_AND = "(?:[・、,や]|及び|並びに|と)"
_PHRASE = f"(?:軽微な|形式的な)?{_WORD}(?:{_AND}?{_WORD})*の?{_ACT}"
_DONE = "(?:による改[定訂]|に伴う改[定訂]|を行いました|を行った)"
_WORDING = f"{_PHRASE}(?:{_AND}{_PHRASE})*(?:のみ|だけ)?{_DONE}?"
"""All of it speaks of wording; 等 or any other word leaves it open what else was changed."""


def is_editorial(revised: Revised) -> bool:
    """Tell whether a revision only mends the wording: it is said, or its scope says no more."""
    if revised.kind is not None:
        return revised.kind == "editorial"
    scope = "".join((revised.scope or "").split())
    return bool(scope and re.fullmatch(_WORDING, scope))


def took_place(context: Context, revised: Revised) -> Truth:
    """Tell whether a revision is past; one after the facts were recorded is an intention."""
    if revised.on.range.at_most(context.today) is False:
        return False
    past = None if revised.on.range.hi is None else context.past(revised.on.range)
    return True if past and past.hi is not None and past.hi <= context.today else None


def revisions(context: Context) -> tuple[Revised, ...]:
    """Return the revisions that changed more than the wording."""
    return context.once(_revisions)


def _revisions(context: Context) -> tuple[Revised, ...]:
    return tuple(each for each in context.plan.plan.revised if not is_editorial(each))


def last_revision(context: Context) -> Revised | None:
    """Return the last revision of the plan that has surely taken place by the day judged."""
    return _last_of(context, revisions(context))


def doubtful_revisions(context: Context) -> tuple[Revised, ...]:
    """Return those of which it cannot be told whether they had taken place on the day judged."""
    return _doubtful(context, revisions(context))


def when_made(context: Context) -> PartialDate | None:
    """Return when the plan was last revised, else established; None where no day is stated."""
    return context.once(_when_made)


def _when_made(context: Context) -> PartialDate | None:
    return _span(makings(context))


def when_changed(context: Context) -> PartialDate | None:
    """Return the same, with revisions that only mend the wording."""
    return context.once(_when_changed)


def _when_changed(context: Context) -> PartialDate | None:
    return _span(_makings(context, context.plan.plan.revised, ()))


def when_written(context: Context) -> PartialDate:
    """Return when the plan was made; without a day of its own, after what it cites was out."""
    return when_made(context) or written_after(context, [])


def _last_of(context: Context, revised: Sequence[Revised]) -> Revised | None:
    """Return the last of some revisions that has surely taken place by the day judged."""
    past = [each for each in revised if took_place(context, each) is True]
    return max(past, key=lambda each: each.on.range.hi or 0, default=None)


def _doubtful(context: Context, revised: Sequence[Revised]) -> tuple[Revised, ...]:
    """Return those of which it cannot be told whether they had taken place on the day judged."""
    return tuple(each for each in revised if took_place(context, each) is None)


def makings(context: Context, cited: Sequence[date] = ()) -> tuple[PartialDate, ...]:
    """Return the days on which a plan may have been made: its last revision may be in doubt.

    Where only such a revision is told, it may as well have been made before, after what it cites.
    """
    return _makings(context, revisions(context), cited)


def _makings(
    context: Context, revised: Sequence[Revised], cited: Sequence[date]
) -> tuple[PartialDate, ...]:
    last, unsure = _last_of(context, revised), _doubtful(context, revised)
    about = context.plan.plan
    told = last.on if last else about.established
    # each of the documents that make it up may be the one that counts
    layers = tuple(each.established for each in about.layers if each.established)
    sure = (told,) if told else layers
    first = min((each.earliest for each in sure if each.earliest), default=None)
    undated = between(first, context.plan.recorded.latest if first else None)
    if unsure and not sure:
        sure = (written_after(context, cited),)
    return (*sure, *(each.on if each.on.range.is_known else undated for each in unsure))


def written_after(context: Context, days: Sequence[date]) -> PartialDate:
    """Return the time after some days, and after those of all that the plan cites."""
    cites = context.plan.plan.cites
    dates = [c.date for c in cites if c.date and not c.date.approximate]
    days = [*days, *(day.earliest for day in dates if day.earliest)]
    return between(max(days, default=None), context.plan.recorded.latest)


def _span(days: Sequence[PartialDate]) -> PartialDate | None:
    """Return one date that holds all of several."""
    if len(days) < 2:  # noqa: PLR2004  (one is itself)
        return next(iter(days), None)
    whole = Range.hull(*(day.range for day in days))
    first, last = (None if end is None else date.fromordinal(end) for end in (whole.lo, whole.hi))
    return PartialDate(first, last, whole.approximate)


def between(first: date | None, last: date | None) -> PartialDate:
    """Return a day from one to another; of days that contradict each other nothing is told."""
    if first and last and first > last:
        return PartialDate(None, None)
    return PartialDate(first, last)
