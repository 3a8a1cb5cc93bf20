"""Whether anything is done in an area, be it finished: what duties to endeavour ask of a town."""

from __future__ import annotations

from dxrules.derivation.area_silence import no_measure
from dxrules.derivation.context import Context
from dxrules.derivation.covering import GIVEN_UP
from dxrules.derivation.finished import refused
from dxrules.derivation.stated_days import dated
from dxrules.derivation.system import STANDARDIZATION, systems_move
from dxrules.derivation.told_status import is_cloud_considered
from dxrules.derivation.values import ONLY_CONSIDERED, UNKNOWN, Absent, Value, unknown
from dxrules.plan.sections.measures import Measure

GOES_ON = unknown("取組が続いているか書かれていない", "whether the measure goes on is not said")
_NOT_ACTED = GIVEN_UP | {"watched", "suspended"}


def addressed(context: Context, area: str) -> Value:
    """Tell whether any measure, past or future, is stated; silence says nothing of the town.

    One of another area counts where what is asked here holds that as well. To refuse an area is
    to do nothing only where the same goes for these.
    """
    own = _in_area(context, area)
    others = [_in_area(context, other) for other in context.reference.areas[area].shown_by]
    if True in (own, *others):
        return True
    return next((told for told in others if told is not False), own) if own is False else own


def _in_area(context: Context, area: str) -> Value:
    """Tell so of one area alone.

    What is only considered may not come. A measure without a status, with a reason, is late or
    given up: which of them is not told.
    """
    acted = [m for m in context.measures_of(area) if _is_acted_on(context, m)]
    done = [measure for measure in acted if measure.status != "considered"]
    moves = area == STANDARDIZATION and systems_move(context) is not False
    if moves or any(measure.status or not measure.because for measure in done):
        return True
    if acted:
        return GOES_ON if done else ONLY_CONSIDERED
    if area == STANDARDIZATION and is_cloud_considered(context):
        return ONLY_CONSIDERED
    if (none := refused(context, area)) is not False:
        return none if isinstance(none, Absent) else False
    missing = no_measure(context, area)
    return UNKNOWN if missing.silent else missing


def _is_acted_on(context: Context, measure: Measure) -> bool:
    """Tell whether anything is done by a measure; one that is given up may have been done before.

    One that is put off until a day that is told is to be done, and one that is dropped after it
    had begun was.
    """
    start, status = dated(measure.start), measure.status
    to_come = status == "postponed" and context.begins_later(measure)
    begun = status == "dropped" and start is not None and context.recorded_by(start)
    return status not in _NOT_ACTED or context.is_told_done(measure) or to_come or begun
