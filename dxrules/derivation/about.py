"""The plan itself: its period, its parents, what it cites and claims, and its sums."""

from __future__ import annotations

from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import TYPE_CHECKING

from dxrules.dates import Range
from dxrules.derivation.area import AreaSubject
from dxrules.derivation.citation import prefecture_citations
from dxrules.derivation.context import names, some, stated
from dxrules.derivation.fact import Proof
from dxrules.derivation.indicator import IndicatorSubject
from dxrules.derivation.subject import Subject
from dxrules.derivation.values import SILENT, UNKNOWN, Absent, Code, unknown
from dxrules.derivation.vocabulary import VOCABULARY
from dxrules.texts import join, same

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dxrules.derivation.context import Context
    from dxrules.derivation.values import Value
    from dxrules.plan.models import Evident, Measure, Parent
    from dxrules.reference import Edition
    from dxrules.source import Path
    from dxrules.texts import Text

_NO_EDITION = unknown("引用した版の記載がない", "no edition is cited")
_SUMMED = frozenset({"measures", "indicators"})


class PlanSubject(Subject):
    """The plan."""

    kind = "plan"

    def __init__(self, context: Context) -> None:
        self.said = context.plan.plan
        super().__init__(context, self.kind, same(self.said.title), ("plan",))

    def sources(self) -> Iterator[tuple[Path, Evident]]:
        """Yield what it says of itself."""
        yield self.path, self.said

    def proofs(self, attribute: str) -> Iterator[Proof]:
        """Yield what it says of itself, then the sections that a sum is drawn from."""
        yield from super().proofs(attribute)
        for section in VOCABULARY[self.kind].attributes[attribute].reads:
            if section in _SUMMED and getattr(self.context.plan, section) is not None:
                yield Proof(self.context.file.place((section,)))

    @property
    def _silence(self) -> Absent:
        """What it means that the plan does not say something of itself."""
        return self.context.missing("plan")

    @property
    def _no_period(self) -> Absent:
        return self.context.missing("plan", "period")

    def period_start(self) -> Value:
        """The first day of the period."""
        period = self.said.period
        return Range.point(period.start.toordinal()) if period else self._no_period

    def period_end(self) -> Value:
        """The last day of the period."""
        period = self.said.period
        return Range.point(period.end.toordinal()) if period else self._no_period

    def no_period_reason(self) -> Value:
        """Why there is no period."""
        reason = self.said.no_period_because
        if reason:
            return same(reason)
        return SILENT if self.said.period else self._no_period

    def period_state(self) -> Value:
        """Where the day judged lies."""
        period, day = self.said.period, self.context.day
        if period is None:
            return self._no_period
        if period.contains(day):
            return Code("running")
        return Code("not-begun" if day < period.start else "ended")

    def days_left(self) -> Value:
        """Days from the day judged to the end of the period; negative after it."""
        if self.said.period is None:
            return self._no_period
        return Range.point((self.said.period.end - self.context.day).days)

    def status(self) -> Value:
        """Draft or established."""
        return Code(self.said.status) if self.said.status else self._silence

    def made_on(self) -> Value:
        """When it was last revised, else established."""
        return self.context.made.range if self.context.made else self._silence

    def author(self) -> Value:
        """The body that made it."""
        return same(self.said.author) if self.said.author else self._silence

    def _cited(self) -> Edition | None:
        """Return the edition that the plan follows; one told as background is none."""
        editions = self.context.reference.editions
        for citation in self.said.cites:
            if citation.document == "dx-promotion-plan" and citation.edition and citation.followed:
                return editions.get(citation.edition)
        return None

    def cited_edition(self) -> Value:
        """The edition of the national plan that it cites."""
        edition = self._cited()
        return same(edition.id) if edition else self._silence

    def edition_when_made(self) -> Value:
        """The edition in force when it was made."""
        made = self.context.made
        if made is None:
            return self._silence
        if made.earliest is None or made.latest is None:
            return UNKNOWN
        return names(sorted({e.id for e in self.context.editions_when(made) if e}))

    def edition_now(self) -> Value:
        """The newest edition known on the day judged."""
        edition = self.context.reference.edition_on(self.context.day)
        return same(edition.id) if edition else SILENT

    def lists_behind_when_made(self) -> Value:
        """How many changes of the list of items the edition cited had missed when it was made."""
        cited, made = self._cited(), self.context.made
        if cited is None:
            return _NO_EDITION
        if made is None:
            return unknown("策定日の記載がない", "no day of establishment is stated")
        return self._behind_any(cited, self.context.editions_when(made))

    def lists_behind(self) -> Value:
        """The same on the day judged; more may have followed after the data end."""
        cited, day = self._cited(), self.context.day
        if cited is None:
            return _NO_EDITION
        newest = self.context.editions_on(day)
        known = day <= self.context.reference.known_until
        return self._behind_any(cited, newest if known else [*newest, None])

    def _behind_any(self, cited: Edition, newest: list[Edition | None]) -> Value:
        """Count to each edition that may be the newest; the end is open for one not known."""
        behind = [self._behind(cited, edition) for edition in newest if edition]
        if not behind:
            return unknown("その日の項目一覧が分からない", "the list of that day is not known")
        return Range(min(behind), None if None in newest else max(behind))

    def _behind(self, cited: Edition, newest: Edition) -> int:
        between = sorted(
            (
                edition
                for edition in self.context.reference.editions.values()
                if cited.holds_from <= edition.holds_from <= newest.holds_from
                and (edition.items_verified != "unverified" or edition in (cited, newest))
            ),
            key=lambda edition: edition.holds_from,
        )
        lists = [frozenset(edition.items) for edition in between]
        return sum(later != earlier for earlier, later in pairwise(lists))

    def successor(self) -> Value:
        """What is said of the plan that follows."""
        return same(self.said.successor) if self.said.successor else self._silence

    def measure_count(self) -> Value:
        """How many measures the document holds that are still to be worked on."""
        if self.context.plan.measures is None:
            return self.context.missing("measures")
        return self.context.count(
            self.context.measures, self.context.missing("measures", "measures")
        )

    def measures_elsewhere(self) -> Value:
        """Whether a document that exists holds the measures."""
        others = [d.status for d in self.said.details_in if "measures" in d.parts]
        if "exists" in others:
            return True
        return UNKNOWN if others else some([], self._silence)

    def claims_all_areas(self) -> Value:
        """Whether it claims to hold all national items."""
        return some(["all-priority-areas" in self.said.claims], self._silence)

    def claims_targets(self) -> Value:
        """Whether it says that it sets targets for its items."""
        return some(["targets-for-items" in self.said.claims], self._silence)

    def _without(self, attribute: str) -> Iterator[tuple[str, bool]]:
        """Yield the priority items that lack an attribute, and whether that is sure."""
        for area in self.context.reference.areas:
            priority = self.context.priority(area)
            has = getattr(AreaSubject(self.context, area), attribute)()
            if priority is not False and has is not True:
                yield area, priority is True and has is False

    def _unread(self, section: str) -> Absent | None:
        return (
            self.context.missing(section) if getattr(self.context.plan, section) is None else None
        )

    def _names_without(self, attribute: str, section: str) -> Value:
        areas = self.context.reference.areas
        without = [areas[area].name for area, sure in self._without(attribute) if sure]
        return self._unread(section) or (join(without) if without else SILENT)

    def _count_without(self, attribute: str, section: str) -> Value:
        sure = [surely for _, surely in self._without(attribute)]
        return self._unread(section) or Range(sum(sure), len(sure))

    def uncovered_areas(self) -> Value:
        """How many priority items have no measure."""
        return self._count_without("covered", "measures")

    def uncovered_names(self) -> Value:
        """Those items by name."""
        return self._names_without("covered", "measures")

    def untargeted_areas(self) -> Value:
        """How many priority items have no baseline with a target."""
        return self._count_without("measured", "indicators")

    def untargeted_names(self) -> Value:
        """Those items by name."""
        return self._names_without("measured", "indicators")

    def outside_parent_days(self) -> Value:
        """By how many days the period reaches outside that of a parent; the greatest."""
        period = self.said.period
        if period is None:
            return self._no_period
        if not self.said.parents:
            return self._silence
        outside = [
            _outside(period.start, period.end, parent)
            for parent in self.said.parents
            if parent.period
        ]
        if not outside:
            return unknown("上位計画の期間が書かれていない", "the parents' periods are not stated")
        unknown_parents = len(outside) < len(self.said.parents)
        return Range(max(outside), None if unknown_parents else max(outside))

    def parent_exceeded(self) -> Value:
        """The parents whose period is exceeded."""
        period = self.said.period
        if period is None:
            return SILENT
        return names(
            parent.title
            for parent in self.said.parents
            if parent.period and _outside(period.start, period.end, parent)
        )

    def _unreported(self) -> Iterator[tuple[Measure, bool | None]]:
        """Yield what is planned and due, and whether that was before the last revision.

        A revision on a day that is not told may have come later.
        """
        revision = self.context.revision
        undated = any(revised.on.latest is None for revised in self.said.revised)
        for measure in self.context.measures:
            if measure.status == "planned" and measure.due:
                due = measure.due.range
                before = due.minus(revision.on.range).at_most(-1) if revision else None
                yield measure, None if undated and before is False else before

    def unreported_results(self) -> Value:
        """How many measures fell due before the last revision without a stated result."""
        if not self.said.revised:
            return self._silence
        if self.context.plan.measures is None:
            return self.context.missing("measures")
        if self.context.revision and self.context.revision.results_stated:
            return Range.point(0)
        missing = self.context.missing("measures", "measures", "schedule")
        answers = [before for _, before in self._unreported()]
        sure = answers.count(True)
        return Range(sure, sure + answers.count(None) if missing.silent else None)

    def unreported_names(self) -> Value:
        """Those measures by name."""
        if not isinstance(count := self.unreported_results(), Range):
            return count
        if count.hi == 0:
            return SILENT
        return names(measure.title for measure, before in self._unreported() if before)

    def cycles(self) -> Value:
        """How many groups of measures wait for each other."""
        missing = self.context.missing("measures", "measures")
        if self.context.plan.measures is None:
            return missing
        found = len(self._cycles)
        return Range(found, found if missing.silent else None)

    def cycle_path(self) -> Value:
        """The shortest cycle of each group."""
        shown = names(" → ".join((*cycle, cycle[0])) for cycle in self._cycles)
        return self._unread("measures") or shown

    @cached_property
    def _cycles(self) -> list[list[str]]:
        measures = self.context.measures
        try:
            TopologicalSorter({m.id: [r.id for r in m.requires] for m in measures}).prepare()
        except CycleError:  # to find one per group takes networkx, which takes long to load
            from dxrules.derivation.graph import cycles

            return cycles(measures)
        return []

    def _indicators(self) -> Iterator[IndicatorSubject]:
        for position, indicator in enumerate(self.context.indicators):
            yield IndicatorSubject(self.context, position, indicator)

    def _early(self) -> list[Text]:
        gaps = [(s.label, s.gap_to_plan_end_days()) for s in self._indicators()]
        return [label for label, gap in gaps if isinstance(gap, Range) and gap.at_least(1)]

    def _late(self) -> list[Text]:
        gaps = [(s.label, s.observed_late_years()) for s in self._indicators()]
        return [label for label, gap in gaps if isinstance(gap, Range) and gap.lo != 0]

    def last_targets_early(self) -> Value:
        """How many indicators are observed for the last time before the period ends."""
        return self._count_rows("gap_to_plan_end_days", self._early())

    def last_targets_rows(self) -> Value:
        """Those indicators."""
        return self._unread("indicators") or (join(rows) if (rows := self._early()) else SILENT)

    def late_observations(self) -> Value:
        """How many indicators are observed in another year than the one they are for."""
        return self._count_rows("observed_late_years", self._late())

    def late_observation_rows(self) -> Value:
        """Those indicators."""
        return self._unread("indicators") or (join(rows) if (rows := self._late()) else SILENT)

    def _count_rows(self, attribute: str, rows: list[Text]) -> Value:
        missing = self.context.missing("indicators", "indicators")
        values = [getattr(s, attribute)() for s in self._indicators()]
        untold = sum(isinstance(value, Absent) and not value.silent for value in values)
        if not untold and not any(isinstance(value, Range) for value in values):
            return missing
        return Range(len(rows), len(rows) + untold if missing.silent else None)

    def serves_as_data_plan(self) -> Value:
        """Whether it serves as 市町村官民データ活用推進計画."""
        return some(["public-private-data-plan" in self.said.serves_as], self._silence)

    def serves_as_digital_use_plan(self) -> Value:
        """Whether it serves as デジタル活用推進計画."""
        return some(["digital-use-plan" in self.said.serves_as], self._silence)

    def published(self) -> Value:
        """Whether it is published."""
        return stated(self.said.published, self._silence)

    def cites_prefecture(self) -> Value:
        """Whether it names a plan of the prefecture; silence shows nothing."""
        return some([bool(prefecture_citations(self.context))], UNKNOWN)

    def indicator_count(self) -> Value:
        """How many indicators with a target it has."""
        if self.context.plan.indicators is None:
            return self.context.missing("indicators")
        missing = self.context.missing("indicators", "indicators")
        count = sum(bool(i.targets) for i in self.context.indicators)
        return Range(count, count if missing.silent else None)


def _outside(start: date, end: date, parent: Parent) -> int:
    if parent.period is None:
        return 0
    return max(0, (parent.period.start - start).days, (end - parent.period.end).days)
