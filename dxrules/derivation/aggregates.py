"""What several answers, days or numbers come to: whether any, how many, the last, the greatest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dxrules.dates import PartialDate, Range
from dxrules.derivation.values import SILENT, Absent, Value
from dxrules.texts import Text


def some(answers: Iterable[bool], otherwise: Absent) -> Value:
    """Tell whether any holds; where none does, silence means no."""
    if any(answers):
        return True
    return False if otherwise.silent else otherwise


def counted(sure: int, most: int, missing: Absent) -> Value:
    """Return how many there are; `missing` is what it means that no further ones are stated.

    That there are none or more tells nothing, so why there may be more is told instead.
    """
    if missing.silent:
        return Range(sure, most)
    return Range(sure, None) if most else missing


def names(items: Iterable[str]) -> Value:
    """List names; silent where there are none."""
    shown = list(items)
    return Text("、".join(shown), ", ".join(shown)) if shown else SILENT


def stated(value: Value | None, otherwise: Absent = SILENT) -> Value:
    """Return a value, or what its absence means."""
    return otherwise if value is None else value


def newest(dates: Iterable[PartialDate]) -> PartialDate | None:
    """Return the last of several dates, by the last day that each can mean."""
    return max(dates, key=lambda each: each.range.hi or 0, default=None)


def greatest(numbers: Sequence[Range]) -> Range:
    """Return the range of the greatest of several numbers, of which there is one at least.

    It is at least what the exact ones say; where all are approximate, so is it.
    """
    if all(each is numbers[0] for each in numbers):  # as where nothing lies outside of a period
        return numbers[0]
    about = all(each.approximate for each in numbers)
    los = [each.lo if about else each.bounds[0] for each in numbers]
    his = [each.hi for each in numbers if each.hi is not None]
    return Range(
        max((lo for lo in los if lo is not None), default=None),
        max(his) if len(his) == len(numbers) else None,
        about,
    )


def earliest(days: Sequence[Range]) -> Range:
    """Return the range of the least of several numbers, of which there is one at least."""
    los = [day.lo for day in days if day.lo is not None]
    his = [day.hi for day in days if day.hi is not None]
    return Range(
        min(los) if len(los) == len(days) else None,
        min(his, default=None),
        any(day.approximate for day in days),
    )


def most_telling(answers: Iterable[Value]) -> Absent | None:
    """Return why one of the answers cannot be told, else that one is not stated."""
    absent = [answer for answer in answers if isinstance(answer, Absent)]
    return min(absent, key=lambda answer: answer.silent, default=None)
