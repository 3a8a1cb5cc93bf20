"""What an attribute of a fact can be.

A value is a `Range` (numbers, and dates as ordinals), a truth, a code, or a text.
Where there is none, `Absent` says whether the document was read and is silent,
or whether it cannot be told, and why.
"""

from __future__ import annotations

from dataclasses import field

from dxrules.dates import Range
from dxrules.frozen import frozen
from dxrules.source import Path
from dxrules.texts import Text


@frozen
class Cause:
    """What leaves open all that rests on it: something that was not read, or is not there to read.

    `path` is its place in the plan file, `question` what somebody has to look up. `in_part` is
    whether no more is known than that the document was not read to its end.
    """

    path: Path
    question: Text
    in_part: bool = False


@frozen
class Absent:
    """No value: the document is silent (`silent`), or it cannot be told, `because`.

    `cause` is what leaves it open, where that is no matter of this value alone; `because` says
    the same, so it takes no part in equality.
    """

    silent: bool
    because: Text | None = None
    cause: Cause | None = field(default=None, compare=False, repr=False)


@frozen
class Code:
    """One value of an enumeration."""

    code: str


SILENT = Absent(silent=True)
UNKNOWN = Absent(silent=False)

Value = Range | bool | Code | Text | Absent


def unknown(ja: str, en: str, cause: Cause | None = None) -> Absent:
    """Return the absence of a value that cannot be told, with the reason."""
    return Absent(silent=False, because=Text(ja, en), cause=cause)


def is_known(value: Value) -> bool | None:
    """Tell whether the document states a value; None where that cannot be told."""
    if isinstance(value, Absent):
        return False if value.silent else None
    return True


ONLY_CONSIDERED = unknown("検討するとしか書かれていない", "it is only said to be considered")


def only_considered(missing: Absent) -> Absent:
    """Say that something is only considered, and why more than that may be said of it."""
    why = missing.because or Text("", "")
    ja, en = (
        f"検討するとしか書かれていない。{why.ja}",
        f"it is only said to be considered; {why.en}",
    )
    return unknown(ja, en, missing.cause)
