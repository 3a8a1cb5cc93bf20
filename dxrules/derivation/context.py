"""What every derivation shares: the plan, the reference data, the day, and what they imply.

Two days matter. The reference data are those of the day judged. What the town had done is
known up to the day that the facts were recorded; a later date is an intention.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from dxrules.dates import ANY, PartialDate, Period, Range
from dxrules.derivation.absence import absence_in, is_lost_by_area
from dxrules.derivation.aggregates import newest
from dxrules.derivation.values import UNKNOWN, Absent, Value, unknown
from dxrules.plan import PlanFile
from dxrules.plan.models import Plan
from dxrules.plan.sections.evident import Evident
from dxrules.plan.sections.indicators import Indicator
from dxrules.plan.sections.measures import Measure
from dxrules.plan.value_types import DocumentPart
from dxrules.reference import Reference

Made = TypeVar("Made")

ENDED = unknown(
    "兼ねる計画の期間が終わっており、判定日に効力のある計画があるか分からない",
    "the period of the plan that serves as it has ended; whether a plan is in force on the day "
    "judged is not known",
)

DRAFT_BEGUN = unknown(
    "案の期間は始まったが、策定されたかどうかが書かれていない",
    "the period of the draft has begun; whether it was adopted is not stated",
)

_A_MONTH = 31
"""Days by which what was done 頃 may have been done later; our yardstick."""
A_YEAR = 366
"""Days by which an approximate day can be passed without being surely missed; our yardstick."""


@dataclass(frozen=True)
class Context:
    """A plan, judged on a day by the reference data of that day."""

    file: PlanFile
    reference: Reference
    day: date

    @property
    def plan(self) -> Plan:
        """The plan file's content."""
        return self.file.plan

    @cached_property
    def is_draft_file(self) -> bool:
        """Whether the plan file was drafted, so that some of it may not have been confirmed."""
        reading = self.plan.document
        return reading is not None and reading.drafted is not None

    @property
    def today(self) -> int:
        """The day judged, as an ordinal."""
        return self.day.toordinal()

    @cached_property
    def period(self) -> Period | None:
        """The plan's period, or that of the further documents that make it up.

        One without a first day had begun when the facts were recorded.
        """
        period = self.plan.plan.whole_period
        if period is None or period.start is not None or period.start_by is not None:
            return period
        return replace(period, start_by=self.plan.recorded.latest)

    @property
    def in_force(self) -> Value:
        """Whether the plan may be in force on the day judged.

        One whose period has ended may have been replaced, or prolonged: that is not known. Nor is
        it of one whose period may stand in a part that was not read, or of a draft that was to
        begin since.
        """
        period = self.period
        if period is None and not (absent := self.missing("plan", "period")).silent:
            return absent
        if period is not None and period.has_ended(self.day):
            return ENDED
        return self.is_draft if isinstance(self.is_draft, Absent) else True

    @cached_property
    def is_draft(self) -> bool | Absent:
        """Whether the plan is a draft; of one that was to begin since it is not known."""
        period, about = self.period, self.plan.plan
        if not about.is_draft or period is None or not period.has_begun(self.day):
            return about.is_draft
        told = self.known(about, "status").range.minus(period.starts).at_least(0)
        return True if told else DRAFT_BEGUN

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures; none where they were not read."""
        return self.plan.measures or ()

    @cached_property
    def by_id(self) -> Mapping[str, Measure]:
        """The measures by id."""
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators; none where they were not read. 毎年度 is all years of the period."""
        years = self.period.dates if self.period else None
        return tuple(indicator.over(years) for indicator in self.plan.indicators or ())

    def once(self, make: Callable[[Context], Made]) -> Made:
        """Return what a function makes of this; it is made once, when first asked for."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    @cached_property
    def _made(self) -> dict[object, Any]:
        return {}

    def measures_of(self, area: str) -> Sequence[Measure]:
        """Return the measures of an area, in the order of the plan."""
        return self._by_area.get(area, ())

    @cached_property
    def _by_area(self) -> Mapping[str, Sequence[Measure]]:
        areas = {area for measure in self.measures for area in measure.areas}
        return {area: [m for m in self.measures if area in m.areas] for area in areas}

    def begins_later(self, measure: Measure) -> bool:
        """Tell whether a measure is to begin on a day after those recorded."""
        return measure.start is not None and not self.recorded_by(measure.start)

    def is_told_done(self, measure: Measure) -> bool:
        """Tell whether, beside its status, it is said that a measure is done."""
        completed = measure.completed
        return measure.elsewhere == "done" or bool(completed and self.recorded_by(completed))

    def missing(
        self,
        section: str,
        *parts: DocumentPart,
        areas: tuple[str, ...] = (),
        elsewhere: bool = True,
        within: bool = False,
    ) -> Absent:
        """Tell what it means that nothing is said: unread, lost, left elsewhere, or silence.

        Of a document read only in part, and of lost pages of its text, nothing is silence. It could
        have been said in `parts`, and is about `areas`, or all; another document counts by
        `elsewhere`. `within` leaves aside lost tables whose columns are told.
        """
        asked = section, parts, areas, elsewhere, within
        absent: Absent | None = self._made.get(asked)  # it is asked again and again
        if absent is None:
            if areas and not is_lost_by_area(self.file.said.document):
                absent = self.missing(section, *parts, elsewhere=elsewhere, within=within)
            else:  # what was lost alone may be about some areas
                said = self.file.said  # what was told since does not make the document say more
                absent = absence_in(said, section, parts, areas, elsewhere=elsewhere, within=within)
            self._made[asked] = absent
        return absent

    def known(self, said: Evident | None, *keys: str) -> PartialDate:
        """Return the day up to which some keys of an entry are known: told, or recorded."""
        told = said.told(*keys) if said is not None and said.evidence else None
        return told or self.plan.recorded

    def fulfilment(
        self,
        *,
        done: bool | None,
        completed: PartialDate | None,
        due: PartialDate | None,
        known: PartialDate | None = None,
    ) -> Value:
        """Return the day on which something was, or by the plan will be, done.

        `done` is None where the document states no result. What is stated as not done, or
        only intended, was not done by the day recorded. An intention counts as scheduled
        until its day has passed; after that, whether it happened cannot be told. A completion
        after the day recorded is an intention, too. `known` is another day up to which it is
        known.
        """
        recorded = (known or self.plan.recorded).range
        if done:
            return self._completed(completed.range if completed else ANY, known)
        first, _ = recorded.bounds
        later = Range(None if first is None else first + 1, None)
        if due is None or not due.range.is_known:
            return later if done is False else UNKNOWN
        intended = due.range
        if intended.hi is None or recorded.hi is None or intended.hi > recorded.hi:
            if intended.hi is None or self.today <= intended.hi:
                return intended.meet(later) or later
            return later
        if done is False:
            return later
        return unknown("期限が来たが、結果が書かれていない", "it fell due, and no result is stated")

    def _completed(self, completed: Range, known: PartialDate | None) -> Value:
        if (past := self.past(completed.about(_A_MONTH), known)) is not None:
            return past
        if completed.hi is None or self.today <= completed.hi:
            return completed.about(A_YEAR)
        return unknown(
            "記載の時点より後の完了日が過ぎたが、結果は確かめられていない",
            "the completion was dated after the facts were recorded; whether it came is not known",
        )

    def past(self, day: Range, known: PartialDate | None = None) -> Range | None:
        """Return what a day can be that was past when the facts were recorded; None if it was not.

        A day after that is an intention, and being an approximate one does not make it past; nor
        is it past for being known only as a time limit.
        """
        recorded = Range(None, (known or self.plan.recorded).range.hi)
        limit = day.lo is None and day.hi is not None
        if Range(day.hi if limit else day.lo, day.hi).meet(recorded) is None:
            return None
        return day.meet(recorded)

    def recorded_by(self, when: PartialDate, known: PartialDate | None = None) -> bool:
        """Tell whether a day may have been past when the facts were recorded, or known."""
        return self.past(when.range, known) is not None

    def recorded_by_last(
        self, days: Iterable[PartialDate], known: PartialDate | None = None
    ) -> bool:
        """Tell so of the last of several days; of none, nothing speaks against it."""
        last = newest(days)
        return last is None or self.recorded_by(last, known)
