"""What the measures and indicators of a plan come to, by area and by time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from dxrules.dates import Range, Truth, either
from dxrules.derivation.aggregates import counted, greatest, names, some
from dxrules.derivation.area import AreaSubject, areas
from dxrules.derivation.covering import GIVEN_UP
from dxrules.derivation.declaration import (
    DAYS,
    KNOWN_UNTIL,
    a_count,
    a_text,
    a_truth,
    between,
    decide,
    reads,
    rests_on,
    state,
    unsaid,
)
from dxrules.derivation.editions import was_listed
from dxrules.derivation.finished import finished, refused
from dxrules.derivation.period import days_outside_parent, no_period
from dxrules.derivation.plan_days import revisions
from dxrules.derivation.plan_document import PlanDocument
from dxrules.derivation.progress import how_many, is_finished, is_unreported
from dxrules.derivation.schedule import cycles, waiting
from dxrules.derivation.third_party import if_said, is_heard
from dxrules.derivation.told_status import status_of_measure
from dxrules.derivation.values import SILENT, UNKNOWN, Absent, Value, unknown
from dxrules.plan.sections.measures import Measure
from dxrules.texts import join

_PERHAPS_NOT_COUNTED = GIVEN_UP | {"watched"}
_UNDER_WAY = frozenset({"ongoing", "late", "planned"})
_OUTSIDE_A_STAGE = unknown(
    "計画期間は上位計画の段階の期間に収まらず、上位計画全体の期間が書かれていない",
    "the period reaches outside the stage of the plan above it; how long all of that runs is not "
    "stated",
)
_BY_AREA = rests_on("areas", "editions", KNOWN_UNTIL, "provisions", "charges", "tasks")


class PlanMeasures(PlanDocument):
    """The same, with what its measures come to."""

    @a_count("取組の数", "number of measures")
    @reads("measures")
    @decide(
        "これから行う取組を決めて書く", "decide on measures still to be worked on and state them"
    )
    def measure_count(self) -> Value:
        """How many measures are still to be worked on; lines of thought where they are left."""
        if self._is_left:
            return self.context.missing("measures", "measures")
        return how_many(self.context)

    @a_count("計画が挙げる数より多く書かれた取組の数", "measures beyond the number that it names")
    @reads("measure_count", "measures")
    @decide(
        "計画が挙げる取組の数と、取組の一覧を合わせる",
        "let the number of measures that is named and the list agree",
    )
    @between(
        "一覧にある取組のうち、計画が挙げる数に入るのがいくつかがはっきりしない",
        "how many of the measures listed are among the number that is named is not clear",
    )
    def uncounted_measures(self) -> Value:
        """By how many more measures are listed than the plan says that it has.

        What is watched or given up may not be among those counted, nor what others alone tell.
        Silent where the number is not named, or not all are listed.
        """
        told, listed = self.said.measure_count, self.context.measures
        if told is None:
            return SILENT
        if unread := self._unread("measures"):
            return unread
        if len(listed) < told:
            return SILENT
        sure = sum(
            measure.status not in _PERHAPS_NOT_COUNTED and not measure.only_from_others
            for measure in listed
        )
        return Range(max(0, sure - told), len(listed) - told)

    @a_count("取り上げないとした分野で取組が続くもの", "areas refused in which there is work")
    @reads("declines", "measures", "charges", "systems")
    @rests_on("areas", "provisions")
    @decide(
        "取り上げないとの記載か、その分野の取組を改める",
        "mend the statement that the area is not taken up, or its measures",
    )
    @between(
        "取り上げないとした分野の取組が、行われるかどうかがはっきりしない",
        "whether measures of areas that are not taken up are worked on is not clear",
    )
    def refused_but_worked_on(self) -> Value:
        """In how many areas the plan has work, though it says that they are not taken up.

        What is only considered may not be done. Silent where the plan refuses no area.
        """
        answers = [answer for _, answer in self._refused]
        if not answers:
            return SILENT
        sure, untold = answers.count(True), answers.count(None)
        return counted(sure, sure + untold, self.context.missing("measures", "measures"))

    @a_text("取り上げないとしながら取組のある分野", "those areas by name")
    @reads("declines", "measures", "charges", "systems")
    @rests_on("areas", "provisions")
    def refused_names(self) -> Value:
        """Those areas by name."""
        sure = [area.label for area, answer in self._refused if answer]
        return self._unread("measures") or (join(sure) if sure else SILENT)

    @property
    def _refused(self) -> list[tuple[AreaSubject, Truth]]:
        """Areas that are not taken up, each with whether there is work in it all the same."""
        every = self.context.once(areas).values()
        told = [(area, refused(self.context, area.key)) for area in every]
        return [
            (area, if_said(self._is_worked_on(area), heard=says is not True))
            for area, says in told
            if says is not False
        ]

    def _is_worked_on(self, area: AreaSubject) -> Truth:
        """Tell whether there is work in an area; what is only considered may be."""
        told: list[Truth] = [None] * len(area.maybe)
        told += [status_of_measure(area.context, each) in _UNDER_WAY or None for each in area.own]
        declines = {each.area for each in self.said.declines}
        # What law or notice ask for may go on under another plan, which its own section tells of.
        apart = area.key in declines and not self.context.reference.areas[area.key].declinable
        told += [None if s.decided and (s.heard or apart) else s.decided for s in area.steps]
        return either(told)

    @property
    def _is_left(self) -> bool:
        """Whether measures are left to a document that may not exist."""
        left = [d.status != "exists" for d in self.said.details_in if "measures" in d.parts]
        return any(left) and not is_heard(self.said, "details_in")

    @a_count("済んだ取組の数", "number of measures that are finished")
    @reads("measures")
    @state("済んだ取組があれば、それを書く", "if measures are finished, state them")
    def finished_count(self) -> Value:
        """How many measures it calls finished; not told where measures are left to what may be."""
        missing = self.context.missing("measures", "measures")
        if self._is_left or self.context.plan.measures is None:
            return missing
        done = [m for m in self.context.measures if is_finished(self.context, m)]
        sure = sum(not measure.only_from_others for measure in done)
        return counted(sure, len(done), missing)

    @a_truth("取組を載せる既存の別文書", "another existing document holds the measures")
    @reads("details_in")
    @state(
        "取組を載せた文書が既にあれば、それを挙げる",
        "if another document holds the measures already, name it",
        "yes",
    )
    @unsaid(
        "取組を載せた別の文書が既にあるかどうかが書かれていない",
        "whether another document that holds the measures exists is not stated",
    )
    def measures_elsewhere(self) -> Value:
        """Whether a document that exists holds the measures."""
        others = [d.status for d in self.said.details_in if "measures" in d.parts]
        if "exists" in others:
            return True
        return UNKNOWN if others else some([], self._silence)

    @a_truth("国の重点取組をすべて含むと述べる", "claims to hold all national items")
    @reads("claims")
    @decide(
        "国の重点取組をすべて含むとの記載を改める",
        "correct the claim to hold all national items",
        "no",
    )
    def claims_all_areas(self) -> Value:
        """Whether it claims to hold all national items."""
        return some(["all-priority-areas" in self.said.claims], self._silence)

    @a_count(
        "取組も済んだとの記載もない重点取組の数",
        "priority areas without a measure, and not stated as done",
    )
    @reads("measures")
    @_BY_AREA
    @decide(
        "取組も済んだとの記載もない重点取組のそれぞれに、自らの取組を決めて書く",
        "decide on a measure for each priority area without one and state it",
    )
    @between(
        "取組があるかどうかのはっきりしない重点取組事項がある",
        "whether some priority items have a measure is not clear",
    )
    def uncovered_areas(self) -> Value:
        """How many priority items have no measure, and are not stated as done."""
        return self._count_without("answered", "measures")

    @a_text("取組のない重点取組", "priority areas without a measure, by name")
    @reads("measures")
    @_BY_AREA
    def uncovered_names(self) -> Value:
        """Those items by name."""
        return self._names_without("answered", "measures")

    @a_truth("項目ごとに目標を置くと述べる", "claims to set targets for its items")
    @reads("claims")
    @decide(
        "項目ごとに目標を置くとの記載を改める",
        "correct the claim to set targets for its items",
        "no",
    )
    def claims_targets(self) -> Value:
        """Whether it says that it sets targets for its items."""
        return some(["targets-for-items" in self.said.claims], self._silence)

    def _without(self, attribute: str) -> Iterator[tuple[str, bool]]:
        """Yield the priority items that lack an attribute, and whether that is sure.

        Where nothing is to be done, nothing is to be measured. A union may claim to hold them, too.
        """
        for area, subject in self.context.once(areas).items():
            priority = was_listed(self.context, area)
            if priority is False or (has := getattr(subject, attribute)()) is True:
                continue
            settled = _is_settled(subject) if attribute == "measured" else False
            if settled is not True:
                yield area, priority is True and has is False and settled is False

    def _unread(self, section: str) -> Absent | None:
        return (
            self.context.missing(section) if getattr(self.context.plan, section) is None else None
        )

    def _names_without(self, attribute: str, section: str) -> Value:
        known = self.context.reference.areas
        without = [known[area].name for area, sure in self._without(attribute) if sure]
        return self._unread(section) or (join(without) if without else SILENT)

    def _count_without(self, attribute: str, section: str) -> Value:
        sure = [surely for _, surely in self._without(attribute)]
        return self._unread(section) or Range(sum(sure), len(sure))

    @a_count("目標のない重点取組の数", "priority areas without a target")
    @reads("indicators")
    @_BY_AREA
    @decide(
        "目標のない重点取組のそれぞれに、基準値と目標値のある指標を置く",
        "set an indicator with a baseline and a target for each priority area without one",
    )
    @between(
        "指標があるかどうかのはっきりしない重点取組事項がある",
        "whether some priority items have an indicator is not clear",
    )
    def untargeted_areas(self) -> Value:
        """How many priority items have no baseline with a target."""
        return self._count_without("measured", "indicators")

    @a_text("目標のない重点取組", "priority areas without a target, by name")
    @reads("indicators")
    @_BY_AREA
    def untargeted_names(self) -> Value:
        """Those items by name."""
        return self._names_without("measured", "indicators")

    @a_count("上位計画の期間をはみ出す日数", "days outside the parents' periods", unit=DAYS)
    @reads("period", "parents")
    @decide("計画期間を上位計画の期間に合わせる", "fit the period to that of the parent plan")
    @unsaid("上位計画が書かれていない", "no plan above this one is stated")
    @between(
        "計画期間が上位計画の期間に収まるかどうかがはっきりしない",
        "whether the period lies within that of the plan above it is not clear",
    )
    def outside_parent_days(self) -> Value:
        """By how many days the period reaches outside that of a parent; the greatest.

        What lies outside a stage of one (前期基本計画) may still lie within all of it.
        """
        period = self.said.whole_period
        if period is None:
            return no_period(self.context)
        if not self.said.parents:
            return self._silence
        told = [each for each in self.said.parents if each.period]
        outside = [
            found for each in told if (found := days_outside_parent(period, each)) is not None
        ]
        if not told:
            return unknown("上位計画の期間が書かれていない", "the parents' periods are not stated")
        if not outside:
            return _OUTSIDE_A_STAGE
        if len(outside) < len(self.said.parents):
            outside.append(Range(0, None))
        return greatest(outside)

    @a_text("はみ出した上位計画", "parent whose period is exceeded")
    @reads("parents")
    def parent_exceeded(self) -> Value:
        """The parents whose period is exceeded."""
        period = self.said.whole_period
        if period is None:
            return SILENT
        return names(
            parent.title
            for parent in self.said.parents
            if (found := days_outside_parent(period, parent)) and found.at_least(1)
        )

    def _unreported(self) -> list[tuple[Measure, Truth]]:
        return [
            (m, if_said(is_unreported(self.context, m), heard=is_heard(m, "status", "due")))
            for m in self.context.measures
        ]

    @a_count(
        "改定前に期限が来て結果のない取組の数", "measures due before the revision without a result"
    )
    @reads("revised", "measures")
    @decide(
        "改定の時点で済んでいたかどうかを、取組ごとに書く",
        "state of each of them whether it was done by the revision",
    )
    @between(
        "改定の前に期限が来て、結果が書かれていないかもしれない取組がある",
        "there are measures that may have fallen due before the revision without a result",
    )
    def unreported_results(self) -> Value:
        """How many measures fell due before the last revision without a stated result."""
        if not revisions(self.context):
            return self._silence
        if self.context.plan.measures is None:
            return self.context.missing("measures")
        missing = self.context.missing("measures", "measures", "schedule")
        if missing.silent and not any(m.due for m in self.context.measures):
            return missing
        answers = [before for _, before in self._unreported()]
        sure = answers.count(True)
        least = sure if self.context.missing("measures").silent else 0
        return counted(least, sure + answers.count(None), missing)

    @a_text("結果のない取組", "measures without a result, by name")
    @reads("measures")
    def unreported_names(self) -> Value:
        """Those measures by name."""
        if not isinstance(count := self.unreported_results(), Range):
            return count
        if count.hi == 0:
            return SILENT
        return names(measure.title for measure, before in self._unreported() if before)

    @a_count("循環する前提の組の数", "groups of measures that wait for each other")
    @reads("measures")
    @decide(
        "循環の中の前提を外すか、取組を分ける",
        "drop a prerequisite of each cycle, or split a measure",
    )
    def cycles(self) -> Value:
        """How many groups of measures wait for each other."""
        return self._of_measures(len(self._cycles))

    @a_text("循環", "the cycles")
    @reads("measures")
    def cycle_path(self) -> Value:
        """The shortest cycle of each group."""
        shown = names(" → ".join((*cycle, cycle[0])) for cycle in self._cycles)
        return self._unread("measures") or shown

    @cached_property
    def _cycles(self) -> list[list[str]]:
        return cycles(waiting(self.context))

    @a_count("取組に書かれた前提の数", "prerequisites of measures")
    @reads("measures")
    def prerequisites(self) -> Value:
        """How many prerequisites measures name."""
        return self._of_measures(sum(len(each.requires) for each in waiting(self.context)))

    def _of_measures(self, found: int) -> Value:
        missing = self.context.missing("measures", "measures", elsewhere=False)
        read = self.context.plan.measures is not None
        return counted(found, found, missing) if read else missing


def _is_settled(area: AreaSubject) -> Truth:
    """Tell whether nothing of an area is to be done: all of it is finished, or declined."""
    if area.covered() is True:
        return False
    answers = (finished(area.context, area.key), area.declined())
    return either(answer if isinstance(answer, bool) else None for answer in answers)
