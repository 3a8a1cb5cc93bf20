"""Truth with three values: true, false, and unknown, which is None.

Kleene's strong logic: the result is known exactly when it is the same
whatever the unknown parts turn out to be.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

Truth: TypeAlias = bool | None


def both(values: Iterable[Truth]) -> Truth:
    """Return whether all `values` are true; of no values, true.

    >>> both([True, None]), both([False, None])
    (None, False)
    """
    result: Truth = True
    for value in values:
        if value is False:
            return False
        if value is None:
            result = None
    return result


def either(values: Iterable[Truth]) -> Truth:
    """Return whether any of `values` is true; of no values, false.

    >>> either([True, None]), either([False, None])
    (True, None)
    """
    result: Truth = False
    for value in values:
        if value:
            return True
        if value is None:
            result = None
    return result


def negate(value: Truth) -> Truth:
    """Return the opposite; the opposite of unknown is unknown."""
    return None if value is None else not value
