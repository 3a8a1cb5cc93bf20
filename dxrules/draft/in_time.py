"""A measure that is said to be done, and of which work is still to begin: its state is in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any, Final

from dxrules.dates import parse_date
from dxrules.errors import DateError
from dxrules.texts import Text

_AT_ODDS: Final = Text(
    "完了とあるが、これから行う時期が書かれている", "done, it says, but its days are still to come"
)


def in_time(measure: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return a measure; that it is done is doubtful if it begins, or goes on, after the draft.

    The word may be of a part of it, or of another one.
    """
    made = dict(measure)
    days = (made.get("start"), made.get("due"))
    if made.get("status") != "done" or not any(_is_to_come(day, today) for day in days):
        return made
    doubts = list(made.get("doubts", ()))
    if not any("status" in each.get("of", ("status",)) for each in doubts):
        doubts.append({"of": ["status"], "candidates": ["done", "planned"], "because": _AT_ODDS})
    return made | {"doubts": doubts}


def _is_to_come(day: str | None, today: date) -> bool:
    with suppress(DateError):
        first = parse_date(day).range.lo if day else None
        return first is not None and first > today.toordinal()
    return False
