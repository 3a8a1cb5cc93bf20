"""Values that hold from a day on, such as an amount that the law has changed twice."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Generic, TypeVar

from dxrules.frozen import frozen

T = TypeVar("T")


@frozen
class ValueSince(Generic[T]):
    """A value that holds from `since` to `until`, both included, or until the next entry.

    Raises ValueError if `since` comes after `until`.
    """

    since: date
    value: T
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.since > self.until:
            raise ValueError(f"the entry of {self.since} ends before it starts, on {self.until}")


@frozen
class DatedValues(Generic[T]):
    """Entries in the order of their days, without overlap; gaps are allowed.

    An entry without an end gives way to the next one.

    Raises ValueError if two entries overlap or are out of order.
    """

    entries: tuple[ValueSince[T], ...]

    def __post_init__(self) -> None:
        for former, latter in pairwise(self.entries):
            if latter.since <= former.since:
                raise ValueError(f"{latter.since} must come after {former.since}")
            if former.until is not None and latter.since <= former.until:
                raise ValueError(
                    f"the entries of {former.since} and {latter.since} overlap: "
                    f"the former holds until {former.until}"
                )

    def on(self, day: date) -> T | None:
        """Return the value that holds on `day`; None before the first entry and in a gap."""
        begun = [entry for entry in self.entries if entry.since <= day]
        if not begun or (begun[-1].until is not None and begun[-1].until < day):
            return None
        return begun[-1].value
