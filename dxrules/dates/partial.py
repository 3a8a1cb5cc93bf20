"""Dates that are known only within a range, and periods from day to day."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from functools import lru_cache

from dxrules.dates.ranges import Range
from dxrules.dates.truth import Truth, both, negate
from dxrules.errors import DateError
from dxrules.frozen import frozen
from dxrules.texts import Text, in_brackets, same

UNDECIDED = "未定"
NOT_KNOWN = ("不明", "unknown")


@lru_cache(maxsize=10_000)  # the days of plans are few, and are compared again and again
def _range_of(first: date | None, last: date | None, approximate: bool) -> Range:  # noqa: FBT001
    """Return days as a range of ordinals."""
    return Range(
        None if first is None else first.toordinal(),
        None if last is None else last.toordinal(),
        approximate,
    )


@frozen
class PartialDate:
    """A day that lies from `earliest` to `latest`, both included; None is an open end.

    `approximate` is 概ね: see `Range`. `text` is what was written, and takes no part in equality.

    Raises ValueError if `earliest` comes after `latest`.
    """

    earliest: date | None
    latest: date | None
    approximate: bool = False
    text: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"a date cannot lie after {self.earliest} and before {self.latest}")

    @property
    def range(self) -> Range:
        """The same as a range of proleptic ordinals, as in `date.toordinal`."""
        return _range_of(self.earliest, self.latest, self.approximate)

    @property
    def is_day(self) -> bool:
        """Whether this is one full day, and not just about that day."""
        return self.earliest == self.latest is not None and not self.approximate

    @property
    def is_not_known(self) -> bool:
        """Whether it is said that nobody knows the day (不明), which is not that none is set."""
        return self.earliest is None is self.latest and self.text in NOT_KNOWN

    def canonical(self) -> str:
        """Return a text that `parse_date` reads as a date equal to this one.

        >>> from datetime import date
        >>> PartialDate(None, date(2026, 3, 31), approximate=True).canonical()
        '概ね2026-03-31まで'
        """
        return ("概ね" if self.approximate else "") + self._extent(
            "{0}", "{0}～{1}", "{1}まで", "{0}から", UNDECIDED
        )

    def describe(self) -> Text:
        """Return the date for people: as it was written, and as the days that this means.

        In English these days come first: who reads that may not know the eras.

        >>> from datetime import date
        >>> PartialDate(date(2026, 9, 1), date(2026, 9, 30), text="令和8年9月").describe().en
        '2026-09-01 to 2026-09-30 (令和8年9月)'
        """
        days = Text(
            self._extent("{0}", "{0}～{1}", "{1}以前", "{0}以降", "日付未定"),
            self._extent("{0}", "{0} to {1}", "up to {1}", "from {0}", "date not decided"),
        )
        if self.approximate:
            days = Text("概ね", "about ") + days
        if self.text in {"", days.ja}:
            return days
        written = same(self.text)
        return Text((written + in_brackets(days)).ja, (days + in_brackets(written)).en)

    def _extent(self, day: str, span: str, until: str, since: str, nothing: str) -> str:
        """Fill the pattern for what is known: {0} is the earliest day, {1} the latest."""
        if self.earliest is None:
            pattern = nothing if self.latest is None else until
        elif self.latest is None:
            pattern = since
        else:
            pattern = day if self.earliest == self.latest else span
        return pattern.format(self.earliest, self.latest)


@frozen
class Period:
    """The days from `start` to `end`, both included; None is an end that is not told.

    The first day may be as late as `start_by`, and the last as early as `end_from`, where the
    words leave that open; else both are exact. The ends of an `approximate` period (概ね5年間)
    are about these days. `text` takes no part in equality.

    Raises DateError if it ends before it starts.
    """

    start: date | None
    end: date | None
    text: str = field(default="", compare=False)
    start_by: date | None = None
    end_from: date | None = None
    approximate: bool = False

    def __post_init__(self) -> None:
        if self.start and self.end and self.start > self.end:
            raise DateError(
                Text(
                    f"期間の終わり({self.end})が始まり({self.start})より前です。"
                    f"{self.end}～{self.start}の誤りではありませんか。",
                    f"The period ends on {self.end}, before it starts on {self.start}. "
                    f"Did you mean {self.end} to {self.start}?",
                )
            )

    @property
    def starts(self) -> Range:
        """The first day, as an ordinal."""
        return self._end_of(self.start, self.start_by or self.start)

    @property
    def ends(self) -> Range:
        """The last day, as an ordinal."""
        return self._end_of(self.end_from or self.end, self.end)

    def _end_of(self, first: date | None, last: date | None) -> Range:
        return _range_of(first, last, self.approximate)

    def has_begun(self, day: date) -> Truth:
        """Tell whether its first day is not after `day`."""
        return self._compared(self.starts, day.toordinal())

    def has_ended(self, day: date) -> Truth:
        """Tell whether its last day is before `day`."""
        return self._compared(self.ends, day.toordinal() - 1)

    def _compared(self, found: Range, day: int) -> Truth:
        """Tell whether an end is at most a day; about an end, half a year either way is open."""
        if not self.approximate or found.lo is None or found.hi is None:
            return found.at_most(day)
        if found.hi + _ABOUT <= day:
            return True
        return False if day < found.lo - _ABOUT else None

    def contains(self, day: date) -> Truth:
        """Tell whether `day` is one of the period's days."""
        return both([self.has_begun(day), negate(self.has_ended(day))])

    @property
    def dates(self) -> PartialDate:
        """The same days as a date that lies somewhere within the period."""
        return PartialDate(self.start, self.end, self.approximate, self.text)


_ABOUT = 183
"""Days by which an end may differ from 概ね, where a verdict hangs on it: half a year."""
