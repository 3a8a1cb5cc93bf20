"""Whether what the facts tell to be there was there on the day judged, which may be an earlier day.

Facts recorded in November tell of November. Judged as of June, what came 令和8年度 may have come
between the two, and so may that of which no day is told.
"""

from __future__ import annotations

from collections.abc import Iterable

from dxrules.dates import PartialDate, Truth, both
from dxrules.derivation.aggregates import newest
from dxrules.derivation.context import Context
from dxrules.derivation.plan_days import is_editorial
from dxrules.derivation.stated_days import dated
from dxrules.derivation.values import unknown
from dxrules.plan.sections.evident import Evident

TOLD_AFTER = unknown(
    "判定日より後に記録された状況であり、判定日に既にそうだったかどうかが書かれていない",
    "it was recorded after the day judged; whether it was so by that day is not stated",
)


def was_there(
    context: Context, said: Evident, keys: Iterable[str], *days: PartialDate | None
) -> Truth:
    """Tell whether what some keys tell to be there was there on the day judged.

    `days` are those since when it is, as far as they are stated, and past by what was told. None
    where it may have come only after the day judged. Without a day it was there when the document
    was made that says so, or when the town told it.
    """
    told = said.told(*keys) if said.evidence else None
    known = told or context.plan.recorded
    stated = [day for day in map(dated, days) if day is not None]
    past = [came for day in stated if (came := context.past(day.range, known)) is not None]
    if stated and not past:
        return None  # that was an intention, and whether it came nobody tells
    if _may_be_by_today(context, known):
        return True
    if not stated:
        copied = told is None and not said.by_others(*keys)
        return True if _may_be_by_today(context, _made(context) if copied else known) else None
    return both(day.at_most(context.today) for day in past)


def _may_be_by_today(context: Context, day: PartialDate) -> bool:
    return day.range.at_most(context.today) is not False


def _made(context: Context) -> PartialDate:
    """Return when the document was made that the facts are from: its last edition, or recorded."""
    about = context.plan.plan
    layers = (each.established for each in about.layers)
    revised = (each.on for each in about.revised if not is_editorial(each))
    days = (about.established, *layers, *revised)
    past = [day for day in map(dated, days) if day is not None and context.recorded_by(day)]
    return newest(past) or context.plan.recorded
