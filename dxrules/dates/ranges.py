"""Whole numbers that are known only within a range."""

from __future__ import annotations

from dxrules.dates.truth import Truth, both
from dxrules.frozen import frozen


@frozen
class Range:
    """A whole number that lies from `lo` to `hi`, both included; None is an open end.

    An `approximate` range (概ね) still says "by then", but not "not before": its `lo` is for
    people, and no comparison relies on it. So it can be met, but never surely missed.

    Raises ValueError if `lo` exceeds `hi`.
    """

    lo: int | None
    hi: int | None
    approximate: bool = False

    def __post_init__(self) -> None:
        if self.lo is not None and self.hi is not None and self.lo > self.hi:
            raise ValueError(f"a range runs from its lower to its upper end: {self.lo} > {self.hi}")

    @classmethod
    def point(cls, number: int) -> Range:
        """Return the range that holds `number` alone."""
        return cls(number, number)

    @property
    def bounds(self) -> tuple[int | None, int | None]:
        """The ends that may be relied on: an approximate range has no lower one."""
        return (None if self.approximate else self.lo), self.hi

    @property
    def is_known(self) -> bool:
        """Whether anything is known, that is, whether one end at least is not open."""
        return self.lo is not None or self.hi is not None

    def at_most(self, number: int) -> Truth:
        """Return whether the number is `number` or less.

        >>> Range(1, 5).at_most(5), Range(1, 5).at_most(3), Range(1, 5).at_most(0)
        (True, None, False)
        >>> Range(1, 5, approximate=True).at_most(0) is None
        True
        """
        if self.hi is not None and self.hi <= number:
            return True
        if self.lo is None or self.approximate:
            return None
        return False if self.lo > number else None

    def at_least(self, number: int) -> Truth:
        """Return whether the number is `number` or more."""
        if self.hi is not None and self.hi < number:
            return False
        if self.lo is None or self.approximate:
            return None
        return True if self.lo >= number else None

    def below(self, number: int) -> Truth:
        """Return whether the number is less than `number`."""
        return self.at_most(number - 1)

    def equals(self, number: int) -> Truth:
        """Return whether the number is `number`."""
        return both([self.at_most(number), self.at_least(number)])

    def minus(self, other: Range) -> Range:
        """Return the range of the differences; approximate if either is.

        An approximate `other` may be less than it says, so the difference has no upper end.

        >>> Range(10, 12).minus(Range(1, 3))
        Range(lo=7, hi=11, approximate=False)
        """
        least, _ = other.bounds
        return Range(
            None if self.lo is None or other.hi is None else self.lo - other.hi,
            None if self.hi is None or least is None else self.hi - least,
            self.approximate or other.approximate,
        )

    def beyond(self, other: Range) -> Range:
        """Return by how much the number exceeds another; nothing where it does not.

        >>> Range(10, 12).beyond(Range(11, 11)), Range(10, 12).beyond(Range(12, 20))
        (Range(lo=0, hi=1, approximate=False), Range(lo=0, hi=0, approximate=False))
        """
        if other.lo is None or self.lo is None or self.approximate or other.approximate:
            return self.minus(other).clip(lo=0)
        return NOTHING if self.at_most(other.lo) else self.minus(other).clip(lo=0)

    def about(self, days: int) -> Range:
        """Return the range with an upper end that many days later, if it is approximate.

        >>> Range(1, 5).about(3).hi, Range(1, 5, approximate=True).about(3).hi
        (5, 8)
        """
        if self.hi is None or not self.approximate:
            return self
        return Range(self.lo, self.hi + days, approximate=True)

    def clip(self, lo: int) -> Range:
        """Return the range of the number after it was raised to `lo`, if it was less.

        >>> Range(-3, 5).clip(lo=0), Range(-7, -3).clip(lo=0)
        (Range(lo=0, hi=5, approximate=False), Range(lo=0, hi=0, approximate=False))
        """
        return Range(
            lo if self.lo is None else max(self.lo, lo),
            None if self.hi is None else max(self.hi, lo),
            self.approximate,
        )

    def hull(self, *others: Range) -> Range:
        """Return the smallest range that holds this one and `others`; `Range.hull(*ranges)`."""
        ranges = (self, *others)
        los = [each.lo for each in ranges if each.lo is not None]
        his = [each.hi for each in ranges if each.hi is not None]
        return Range(
            min(los) if len(los) == len(ranges) else None,
            max(his) if len(his) == len(ranges) else None,
            any(each.approximate for each in ranges),
        )

    def meet(self, other: Range) -> Range | None:
        """Return what both ranges leave possible; None if they contradict each other.

        Where one is approximate, the lower end is that of the other; so the result is
        approximate only if both are.
        """
        loose = self.approximate and other.approximate
        one = None if self.approximate and not loose else self.lo
        two = None if other.approximate and not loose else other.lo
        lo = two if one is None else one if two is None else max(one, two)
        hi = (
            other.hi if self.hi is None else self.hi if other.hi is None else min(self.hi, other.hi)
        )
        if lo is None or hi is None or lo <= hi:
            return Range(lo, hi, loose)
        return Range(hi, hi, approximate=True) if loose else None


ANY, NOTHING = Range(None, None), Range.point(0)
