"""A date that records until which day every comparison made with it gives the same result.

What depends on the day judged learns of it by comparing it with other days, or by counting the
days between. Each answer holds for a while: who was told that the day is not after 2027-03-31
would be told so until then. As long as all answers are the same, so is what was computed from
them. So nobody has to list the days on which something may change, and forget one.

What cannot be followed, such as the month of the day, is answered, and holds on that day alone.
A day or a number is written as it is: a text is for people, and no verdict hangs on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dxrules.frozen import frozen


class WatchedDay:
    """A day to compute with in the place of a `date`.

    >>> day = WatchedDay(date(2026, 11, 20))
    >>> day <= date(2027, 3, 31), (date(2027, 4, 30) - day).days >= 100
    (True, True)
    >>> day.same_until
    datetime.date(2027, 1, 20)
    """

    __slots__ = ("_day", "_watch")

    def __init__(self, day: date) -> None:
        self._day = day
        self._watch = _Watch(day.toordinal())

    @property
    def same_until(self) -> date:
        """The last day up to which all answers so far are the same."""
        return date.fromordinal(self._watch.last)

    def toordinal(self) -> _Number:
        """Return the ordinal of the day, watched as well."""
        return _Number(self._watch, 1, 0)

    def __sub__(self, other: date | WatchedDay) -> _Span:
        return _Span(self.toordinal() - other.toordinal())

    def __rsub__(self, other: date) -> _Span:
        return _Span(other.toordinal() - self.toordinal())

    def __lt__(self, other: date | WatchedDay) -> bool:
        return self.toordinal() < other.toordinal()

    def __le__(self, other: date | WatchedDay) -> bool:
        return self.toordinal() <= other.toordinal()

    def __gt__(self, other: date | WatchedDay) -> bool:
        return self.toordinal() > other.toordinal()

    def __ge__(self, other: date | WatchedDay) -> bool:
        return self.toordinal() >= other.toordinal()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, date | WatchedDay):
            return NotImplemented
        return self.toordinal() == other.toordinal()

    def __hash__(self) -> int:
        return hash(self._watch.alone(self._day))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._watch.alone(self._day), name)

    def __str__(self) -> str:
        return str(self._day)

    def __format__(self, spec: str) -> str:
        return format(self._day, spec)


@dataclass(slots=True)
class _Watch:
    """The last day, as an ordinal, up to which every answer is the same; it only comes nearer."""

    day: int
    last: int = date.max.toordinal()

    def is_up_to(self, last: int) -> bool:
        """Tell whether the day is not after another."""
        if self.day > last:
            return False  # nor is any later one
        self.last = min(self.last, last)
        return True

    def alone(self, value: Any) -> Any:
        """Return what holds on this day, and perhaps on no other."""
        self.last = self.day
        return value


@frozen
class _Span:
    """What lies between two days."""

    days: int | _Number


class _Number:
    """A whole number that moves with a watched day: `slope` days of it and a `rest`."""

    __slots__ = ("rest", "slope", "watch")

    def __init__(self, watch: _Watch, slope: int, rest: int) -> None:
        self.watch = watch
        self.slope = slope
        self.rest = rest

    @property
    def value(self) -> int:
        """The number on the day."""
        return self.slope * self.watch.day + self.rest

    def is_below(self, number: int) -> bool:
        """Tell whether it is less than one that stands still."""
        if self.slope > 0:
            return self.watch.is_up_to((number - self.rest - 1) // self.slope)
        return not (-self).is_below(1 - number)

    def _plus(self, other: int | _Number, times: int) -> int | _Number:
        """Return the sum with some times another number; one that stands still is a plain one."""
        slope, rest = (other.slope, other.rest) if isinstance(other, _Number) else (0, other)
        slope, rest = self.slope + times * slope, self.rest + times * rest
        return _Number(self.watch, slope, rest) if slope else rest

    def __add__(self, other: int | _Number) -> int | _Number:
        return self._plus(other, 1)

    __radd__ = __add__

    def __sub__(self, other: int | _Number) -> int | _Number:
        return self._plus(other, -1)

    def __rsub__(self, other: int) -> int | _Number:
        return -self + other

    def __neg__(self) -> _Number:
        return _Number(self.watch, -self.slope, -self.rest)

    def __lt__(self, other: int | _Number) -> bool:
        difference = self - other
        return difference.is_below(0) if isinstance(difference, _Number) else difference < 0

    def __ge__(self, other: int | _Number) -> bool:
        return not self < other

    def __gt__(self, other: int | _Number) -> bool:
        return -self < -other

    def __le__(self, other: int | _Number) -> bool:
        return not self > other

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, int | _Number):
            return NotImplemented
        return not (self < other or self > other)

    def __bool__(self) -> bool:
        return self != 0

    def __hash__(self) -> int:
        return hash(self.__index__())

    def __index__(self) -> int:
        return int(self.watch.alone(self.value))

    def __str__(self) -> str:
        return str(self.value)

    def __format__(self, spec: str) -> str:
        return format(self.value, spec)
