"""The plan itself: its period, its parents, what it cites and claims, and its sums."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dxrules.dates import Range, negate
from dxrules.derivation.area import AreaSubject, is_settled
from dxrules.derivation.citation import (
    as_cited,
    datings,
    follows_misdated,
    naming,
    prefecture_plans,
)
from dxrules.derivation.context import greatest, names, some, stated
from dxrules.derivation.editions import NONE_YET, editions_on, followed, lists_behind
from dxrules.derivation.fact import Proof
from dxrules.derivation.indicator import IndicatorSubject
from dxrules.derivation.period import days_outside, state_of
from dxrules.derivation.progress import how_many, is_finished, is_unreported
from dxrules.derivation.serving import DATA_PLAN, SERVES_PERHAPS, may_serve_as
from dxrules.derivation.subject import Subject
from dxrules.derivation.third_party import if_said, is_heard
from dxrules.derivation.values import SILENT, UNKNOWN, Absent, Code, unknown
from dxrules.derivation.vocabulary import VOCABULARY
from dxrules.texts import join, same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.dates import Truth
    from dxrules.derivation.context import Context
    from dxrules.derivation.values import Value
    from dxrules.plan.models import Evident, Measure
    from dxrules.source import Path
    from dxrules.texts import Text

_MISDATED = unknown(
    "引用した版と日付が食い違っている", "the edition cited and its date contradict each other"
)
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
        said = super().proofs(attribute)
        if attribute == "cites_prefecture":
            said = naming(self.context, said, prefecture_plans(self.context))
        yield from said
        for section in VOCABULARY[self.kind].attributes[attribute].reads:
            if section in _SUMMED and getattr(self.context.plan, section) is not None:
                yield Proof(self.context.file.place((section,)))

    @property
    def _silence(self) -> Absent:  # of what the plan says of itself
        return self.context.missing("plan")

    @property
    def _no_period(self) -> Absent:
        return self.context.missing("plan", "period")

    def period_start(self) -> Value:
        """The first day of the period."""
        period = self.said.whole_period
        return period.starts if period and period.starts.is_known else self._no_period

    def period_end(self) -> Value:
        """The last day of the period."""
        period = self.said.whole_period
        return period.ends if period and period.ends.is_known else self._no_period

    def no_period_reason(self) -> Value:
        """Why there is no period."""
        reason = self.said.no_period_because
        if reason:
            return same(reason)
        return SILENT if self.context.period else self._no_period

    def period_state(self) -> Value:
        """Where the day judged lies."""
        return state_of(self.context)

    def days_left(self) -> Value:
        """Days from the day judged to the end of the period; negative after it."""
        end = self.period_end()
        return end.minus(Range.point(self.context.today)) if isinstance(end, Range) else end

    def status(self) -> Value:
        """Draft or established."""
        return Code(self.said.status) if self.said.status else self._silence

    def made_on(self) -> Value:
        """When it was last revised, else established."""
        return self.context.made.range if self.context.made else self._silence

    def author(self) -> Value:
        """The body that made it."""
        return same(self.said.author) if self.said.author else self._silence

    def cited_edition(self) -> Value:
        """The edition of the national plan that it cites, or each of several."""
        cited = dict.fromkeys(edition.id for edition in followed(self.context))
        return names(cited) if cited else self._silence

    def edition_when_made(self) -> Value:
        """The edition in force when it was made; silent before the first."""
        found = [edition for edition in self.context.editions_when_made if edition]
        listed = {edition.id for edition in found if edition is not NONE_YET}
        return names(sorted(listed)) if listed or found else UNKNOWN

    def edition_now(self) -> Value:
        """The newest edition known on the day judged."""
        edition = self.context.reference.edition_on(self.context.day)
        return same(edition.id) if edition else SILENT

    def lists_behind_when_made(self) -> Value:
        """How many changes of the list of items the edition cited had missed when it was made."""
        if follows_misdated(self.context):
            return _MISDATED
        return lists_behind(self.context, self.context.editions_when_made)

    def lists_behind(self) -> Value:
        """The same on the day judged; more may have followed after the data end."""
        if follows_misdated(self.context):
            return _MISDATED
        day = self.context.day
        newest = editions_on(self.context, day)
        known = day <= self.context.reference.known_until
        return lists_behind(self.context, newest if known else [*newest, None])

    def misdated_citations(self) -> Value:
        """How many citations give a date that their document cannot have."""
        answers = [answer for _, answer in datings(self.context)]
        if not answers:
            return self._silence
        return Range(answers.count(True), len(answers) - answers.count(False))

    def misdated_names(self) -> Value:
        """Those documents, each with edition and date as cited."""
        found = datings(self.context)
        sure = [as_cited(self.context, each) for each, answer in found if answer]
        return join(sure) if sure else SILENT

    def successor(self) -> Value:
        """What is said of the plan that follows."""
        return same(self.said.successor) if self.said.successor else self._silence

    def measure_count(self) -> Value:
        """How many measures are still to be worked on; lines of thought where they are left."""
        if self._is_left:
            return self.context.missing("measures", "measures")
        return how_many(self.context)

    @property
    def _is_left(self) -> bool:
        """Whether measures are left to a document that may not exist."""
        left = [d.status != "exists" for d in self.said.details_in if "measures" in d.parts]
        return any(left) and not is_heard(self.said, "details_in")

    def finished_count(self) -> Value:
        """How many measures it calls finished; not told where measures are left to what may be."""
        missing = self.context.missing("measures", "measures")
        if self._is_left or self.context.plan.measures is None:
            return missing
        done = [m for m in self.context.measures if is_finished(self.context, m)]
        sure = sum(not measure.only_from_others for measure in done)
        return Range(sure, len(done) if missing.silent else None)

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
        """Yield the priority items that lack an attribute, and whether that is sure.

        Where nothing is to be done, nothing is to be measured.
        """
        for area in self.context.reference.areas:
            priority = self.context.priority(area)
            subject = AreaSubject(self.context, area)
            has = getattr(subject, attribute)()
            settled = is_settled(subject) if attribute == "measured" else False
            if priority is not False and has is not True and settled is not True:
                yield area, priority is True and has is False and settled is False

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
        """How many priority items have no measure, and are not stated as done."""
        return self._count_without("answered", "measures")

    def uncovered_names(self) -> Value:
        """Those items by name."""
        return self._names_without("answered", "measures")

    def untargeted_areas(self) -> Value:
        """How many priority items have no baseline with a target."""
        return self._count_without("measured", "indicators")

    def untargeted_names(self) -> Value:
        """Those items by name."""
        return self._names_without("measured", "indicators")

    def outside_parent_days(self) -> Value:
        """By how many days the period reaches outside that of a parent; the greatest."""
        period = self.context.period
        if period is None:
            return self._no_period
        if not self.said.parents:
            return self._silence
        outside = [
            days_outside(period, parent.period) for parent in self.said.parents if parent.period
        ]
        if not outside:
            return unknown("上位計画の期間が書かれていない", "the parents' periods are not stated")
        if len(outside) < len(self.said.parents):
            outside.append(Range(0, None))
        return greatest(outside)

    def parent_exceeded(self) -> Value:
        """The parents whose period is exceeded."""
        period = self.context.period
        if period is None:
            return SILENT
        return names(
            parent.title
            for parent in self.said.parents
            if parent.period and days_outside(period, parent.period).at_least(1)
        )

    def _unreported(self) -> list[tuple[Measure, Truth]]:
        return [
            (m, if_said(is_unreported(self.context, m), heard=is_heard(m, "status", "due")))
            for m in self.context.measures
        ]

    def unreported_results(self) -> Value:
        """How many measures fell due before the last revision without a stated result."""
        if not self.context.revisions:
            return self._silence
        if self.context.plan.measures is None:
            return self.context.missing("measures")
        missing = self.context.missing("measures", "measures", "schedule")
        if missing.silent and not any(m.due for m in self.context.measures):
            return missing
        answers = [before for _, before in self._unreported()]
        sure = answers.count(True)
        least = sure if self.context.missing("measures").silent else 0
        return Range(least, sure + answers.count(None) if missing.silent else None)

    def unreported_names(self) -> Value:
        """Those measures by name."""
        if not isinstance(count := self.unreported_results(), Range):
            return count
        if count.hi == 0:
            return SILENT
        return names(measure.title for measure, before in self._unreported() if before)

    def cycles(self) -> Value:
        """How many groups of measures wait for each other."""
        return self._of_measures(len(self._cycles))

    def prerequisites(self) -> Value:
        """How many prerequisites measures name."""
        return self._of_measures(sum(len(each.requires) for each in self.context.measures))

    def _of_measures(self, found: int) -> Value:
        missing = self.context.missing("measures", "measures", elsewhere=False)
        read = self.context.plan.measures is not None
        return Range(found, found if missing.silent else None) if read else missing

    def cycle_path(self) -> Value:
        """The shortest cycle of each group."""
        shown = names(" → ".join((*cycle, cycle[0])) for cycle in self._cycles)
        return self._unread("measures") or shown

    @cached_property
    def _cycles(self) -> list[list[str]]:
        from dxrules.derivation.schedule import cycles

        return cycles(self.context.measures)

    def _indicators(self) -> Iterator[tuple[IndicatorSubject, bool]]:
        """Yield the indicators, and whether others than the plan alone tell their targets."""
        for position, indicator in enumerate(self.context.indicators):
            subject = IndicatorSubject(self.context, position, indicator)
            yield subject, is_heard(indicator, "targets")

    def _early(self) -> Iterator[tuple[Text, Truth]]:
        """Yield what has a last target, and whether it is observed before the period ends."""
        for subject, heard in self._indicators():
            gap = subject.gap_to_plan_end_days()
            if isinstance(gap, Range):
                yield subject.label, if_said(gap.at_least(1), heard=heard)
            elif gap != SILENT:
                yield subject.label, None

    def _late(self) -> Iterator[tuple[Text, Truth]]:
        """Yield what has targets, and whether one is observed in another year."""
        for subject, heard in self._indicators():
            years = subject.observed_late_years()
            if isinstance(years, Range):
                yield subject.label, if_said(negate(years.equals(0)), heard=heard)
            elif years != SILENT:
                yield subject.label, None

    def last_targets_early(self) -> Value:
        """How many indicators are observed for the last time before the period ends."""
        return self._count_rows(self._early())

    def last_targets_rows(self) -> Value:
        """Those indicators."""
        return self._sure_rows(self._early())

    def late_observations(self) -> Value:
        """How many indicators are observed in another year than the one they are for."""
        return self._count_rows(self._late())

    def late_observation_rows(self) -> Value:
        """Those indicators."""
        return self._sure_rows(self._late())

    def _count_rows(self, rows: Iterator[tuple[Text, Truth]]) -> Value:
        missing = self.context.missing("indicators", "indicators")
        answers = [answer for _, answer in rows]
        if not answers:  # what another document holds does not contradict this one
            return self.context.missing("indicators", "indicators", elsewhere=False)
        sure, untold = answers.count(True), answers.count(None)
        return Range(sure, sure + untold if missing.silent else None)

    def _sure_rows(self, rows: Iterator[tuple[Text, Truth]]) -> Value:
        sure = [label for label, answer in rows if answer]
        return self._unread("indicators") or (join(sure) if sure else SILENT)

    def serves_as_data_plan(self) -> Value:
        """Whether it serves, on the day judged, as 市町村官民データ活用推進計画."""
        serves = DATA_PLAN in self.said.serves_as
        if not serves and may_serve_as(self.context, DATA_PLAN):
            return SERVES_PERHAPS
        return self.context.in_force if serves else some([], self._silence)

    def serves_as_digital_use_plan(self) -> Value:
        """Whether it serves as デジタル活用推進計画."""
        if may_serve_as(self.context, "digital-use-plan"):
            return SERVES_PERHAPS
        return some(["digital-use-plan" in self.said.serves_as], self._silence)

    def published(self) -> Value:
        """Whether it is published."""
        return stated(self.said.published, self._silence)

    def cites_prefecture(self) -> Value:
        """Whether it names a plan of the prefecture; silence shows nothing."""
        return some([bool(prefecture_plans(self.context))], UNKNOWN)

    def indicator_count(self) -> Value:
        """How many indicators with a target it has."""
        if self.context.plan.indicators is None:
            return self.context.missing("indicators")
        missing = self.context.missing("indicators", "indicators")
        targets = [is_heard(i, "targets") for i in self.context.indicators if i.targets]
        return Range(targets.count(False), len(targets) if missing.silent else None)
