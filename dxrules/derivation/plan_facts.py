"""Facts of the plan as a whole, and of the plans that it serves as."""

from __future__ import annotations

from collections.abc import Iterator

from dxrules.dates import Range, Truth, negate
from dxrules.derivation.aggregates import counted, some, stated
from dxrules.derivation.citation import basic_data_plans, naming, prefecture_plans
from dxrules.derivation.context import ENDED, Context
from dxrules.derivation.declaration import (
    Kind,
    a_count,
    a_text,
    a_truth,
    between,
    decide,
    reads,
    rests_on,
    unsaid,
)
from dxrules.derivation.fact import Proof
from dxrules.derivation.indicator import IndicatorSubject
from dxrules.derivation.plan_measures import PlanMeasures
from dxrules.derivation.serving import DATA_PLAN, SERVES_PERHAPS, may_serve_as
from dxrules.derivation.subject import AllOfAKind, of_kind
from dxrules.derivation.third_party import if_said, is_heard
from dxrules.derivation.values import SILENT, UNKNOWN, Value
from dxrules.plan.code_labels import CONTENTS
from dxrules.texts import Text, join

_SUMMED = frozenset({"measures", "indicators"})
_NAMED = {"cites_prefecture": prefecture_plans, "cites_basic_data_plan": basic_data_plans}


@of_kind(Kind("plan", Text("計画", "plan"), Text("計画", "plan"), single=True))
class PlanSubject(PlanMeasures, AllOfAKind):
    """The plan; its attributes begin in the two classes that it builds on."""

    @classmethod
    def all_of(cls, context: Context) -> Iterator[PlanSubject]:
        """Yield it."""
        yield cls(context)

    def proofs(self, attribute: str) -> Iterator[Proof]:
        """Yield what it says of itself, then the sections that a sum is drawn from."""
        said = super().proofs(attribute)
        if attribute in _NAMED:
            said = naming(self.context, said, _NAMED[attribute](self.context))
        yield from said
        for section in self.declared.attributes[attribute].reads:
            if section in _SUMMED and getattr(self.context.plan, section) is not None:
                yield Proof(self.context.file.place((section,)))

    @a_count(
        "最終目標を期間末より前に観測する指標の数",
        "indicators whose last target is observed before the period ends",
    )
    @reads("indicators")
    @decide(
        "最終目標を計画期間の末日に観測すると決めて書く",
        "decide to observe the last targets at the end of the period and say so",
    )
    @between(
        "最終目標の観測の時点がはっきりしない指標がある",
        "when some indicators are observed for the last time is not clear",
    )
    def last_targets_early(self) -> Value:
        """How many indicators are observed for the last time before the period ends."""
        return self._count_rows(self._early())

    @a_text("該当する指標", "those indicators")
    @reads("indicators")
    def last_targets_rows(self) -> Value:
        """Those indicators."""
        return self._sure_rows(self._early())

    @a_count("年度と観測時点がずれる指標の数", "indicators observed outside the year they are for")
    @reads("indicators")
    @decide(
        "目標の年度に観測すると決めて書く",
        "decide to observe each target in the year that it is for and say so",
    )
    @between(
        "観測の時点がはっきりしない指標がある",
        "when some indicators are observed is not clear",
    )
    def late_observations(self) -> Value:
        """How many indicators are observed in another year than the one they are for."""
        return self._count_rows(self._late())

    @a_text("該当する指標", "those indicators")
    @reads("indicators")
    def late_observation_rows(self) -> Value:
        """Those indicators."""
        return self._sure_rows(self._late())

    def _indicators(self) -> Iterator[tuple[IndicatorSubject, bool]]:
        """Yield the indicators, and whether others than the plan alone tell their targets."""
        for position, indicator in enumerate(self.context.indicators):
            subject = IndicatorSubject(self.context, position, indicator)
            yield subject, is_heard(indicator, "targets")

    def _early(self) -> Iterator[tuple[Text, Truth]]:
        """Yield what has a last target, and whether it is observed before the period ends.

        Where that is a stage in words (本格実施), or all of the tasks, nothing is left for later.
        """
        for subject, heard in self._indicators():
            gap = SILENT if subject.ends_early else subject.gap_to_plan_end_days()
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

    def _count_rows(self, rows: Iterator[tuple[Text, Truth]]) -> Value:
        missing = self.context.missing("indicators", "indicators")
        answers = [answer for _, answer in rows]
        if not answers:  # what another document holds does not contradict this one
            return self.context.missing("indicators", "indicators", elsewhere=False)
        sure, untold = answers.count(True), answers.count(None)
        return counted(sure, sure + untold, missing)

    def _sure_rows(self, rows: Iterator[tuple[Text, Truth]]) -> Value:
        sure = [label for label, answer in rows if answer]
        return self._unread("indicators") or (join(sure) if sure else SILENT)

    @a_truth(
        "判定日に官民データ活用推進計画を兼ねる",
        "serves as the public and private data plan on the day judged",
    )
    @reads("serves_as")
    @decide(
        "官民データ活用推進計画を兼ねると決めて書く",
        "decide that it serves as the public and private data plan and say so",
        "yes",
    )
    def serves_as_data_plan(self) -> Value:
        """Whether it serves, on the day judged, as 市町村官民データ活用推進計画.

        One whose period has ended does not, whatever does now: that is asked of the town.
        """
        serves = DATA_PLAN in self.said.serves_as
        if not serves and may_serve_as(self.context, DATA_PLAN):
            return SERVES_PERHAPS
        if not serves:
            return some([], self._silence)
        return False if (in_force := self.context.in_force) == ENDED else in_force

    @a_count(
        "策定の手引が挙げる事項のうち、計画書にないものの数",
        "things that the guide names and the document does not hold",
    )
    @reads("contents")
    @decide("足りない事項を計画に加えて書く", "add what is lacking to the plan and state it")
    @unsaid(
        "手引が挙げる事項のうち、どれが計画書にあるかが書かれていない",
        "which of the things that the guide names the document holds is not stated",
    )
    def missing_contents(self) -> Value:
        """How many things that the guide to data plans names are not in the document."""
        if self.said.contents is None:
            return UNKNOWN
        lacking = len(self._lacking())
        return Range(lacking if self._silence.silent else 0, lacking)

    @a_text("手引が挙げる事項で計画書にないもの", "those things")
    @reads("contents")
    def missing_contents_names(self) -> Value:
        """Those things by name."""
        if self.said.contents is None:
            return UNKNOWN
        lacking = self._lacking()
        return join(lacking) if lacking else SILENT

    def _lacking(self) -> list[Text]:
        held = self.said.contents or ()
        return [name for content, name in CONTENTS.items() if content not in held]

    @a_truth("デジタル活用推進計画を兼ねる", "serves as the digital use plan")
    @reads("serves_as")
    @decide(
        "デジタル活用推進計画を兼ねると決めて書く",
        "decide that it serves as the digital use plan and say so",
        "yes",
    )
    def serves_as_digital_use_plan(self) -> Value:
        """Whether it serves as デジタル活用推進計画."""
        if may_serve_as(self.context, "digital-use-plan"):
            return SERVES_PERHAPS
        return some(["digital-use-plan" in self.said.serves_as], self._silence)

    @a_truth("公表している", "published")
    @reads("published")
    @decide("計画を公表し、そう書く", "publish the plan and say so", "yes")
    @unsaid("公表したかどうかが書かれていない", "whether it is published is not stated")
    def published(self) -> Value:
        """Whether it is published."""
        return stated(self.said.published, self._silence)

    @a_truth("都道府県の計画を挙げる", "names a plan of the prefecture")
    @reads("cites")
    @rests_on("documents", "prefectures")
    @decide(
        "都道府県の計画を勘案し、その名称を書く",
        "take the prefecture's plan into account and name it",
        "yes",
    )
    @unsaid(
        "都道府県の計画を踏まえたかどうかが書かれていない",
        "whether a plan of the prefecture was taken into account is not stated",
    )
    def cites_prefecture(self) -> Value:
        """Whether it follows a plan of the prefecture; silence and background show nothing."""
        return some([bool(prefecture_plans(self.context))], UNKNOWN)

    @a_truth(
        "国の官民データ活用推進基本計画を挙げる", "names the nation's basic plan for such data"
    )
    @reads("cites")
    @rests_on("documents")
    @decide(
        "国の基本計画に即して定め、その名称を書く",
        "make it in line with the nation's basic plan and name that",
        "yes",
    )
    @unsaid(
        "国の官民データ活用推進基本計画に即したかどうかが書かれていない",
        "whether it is in line with the nation's basic plan is not stated",
    )
    def cites_basic_data_plan(self) -> Value:
        """Whether it names the nation's basic plan for such data; silence shows nothing."""
        return some([bool(basic_data_plans(self.context))], UNKNOWN)

    @a_count("指標の数", "number of indicators")
    @reads("indicators")
    @decide("目標値のある指標を置く", "set indicators that have targets")
    def indicator_count(self) -> Value:
        """How many indicators with a target it has."""
        if self.context.plan.indicators is None:
            return self.context.missing("indicators")
        missing = self.context.missing("indicators", "indicators")
        targets = [is_heard(i, "targets") for i in self.context.indicators if i.targets]
        return counted(targets.count(False), len(targets), missing)
