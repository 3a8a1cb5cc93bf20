"""Days as a plan states them: a range, none set (未定), or not known (不明)."""

from __future__ import annotations

from dxrules.dates import PartialDate
from dxrules.derivation.values import SILENT, Absent, Value, unknown

DAY_NOT_KNOWN = unknown("日が不明とされている", "the day is said not to be known")


def dated(value: PartialDate | None) -> PartialDate | None:
    """Return a date of which anything is known; 未定 is none, and 不明 may be any."""
    return value if value is not None and (value.earliest or value.latest) else None


def is_not_known(value: PartialDate | None) -> bool:
    """Tell whether a date is one that is said not to be known (不明)."""
    return value is not None and value.is_not_known


def when(value: PartialDate | None, otherwise: Absent = SILENT) -> Value:
    """Return a date as a range, or what its absence means; 未定 is no date, 不明 an unknown one."""
    if value is not None and value.range.is_known:
        return value.range
    return DAY_NOT_KNOWN if is_not_known(value) else otherwise
