"""Areas: what the nation asks for by field of work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from dxrules.dates import Range, either
from dxrules.derivation.activity import WHEN, active_until, in_period, is_dated
from dxrules.derivation.addressed import GOES_ON, addressed
from dxrules.derivation.aggregates import some
from dxrules.derivation.area_silence import no_date, no_measure
from dxrules.derivation.collection import EL_QR
from dxrules.derivation.context import A_YEAR, Context
from dxrules.derivation.covering import AT_REST, count_covering, covers
from dxrules.derivation.declaration import (
    DAYS,
    KNOWN,
    KNOWN_UNTIL,
    Kind,
    a_count,
    a_date,
    a_truth,
    between,
    decide,
    implies,
    reads,
    rests_on,
    state,
    unsaid,
)
from dxrules.derivation.editions import editions_on, is_priority, newest_alongside
from dxrules.derivation.fact import Proof
from dxrules.derivation.finished import NO_CHARGE, declined, finished
from dxrules.derivation.intended import are_starts_stated, entries_about, is_start_not_known, steps
from dxrules.derivation.measuring import is_measured
from dxrules.derivation.period import PERIOD_END, PERIOD_START, PERIOD_UNSAID, ends_of
from dxrules.derivation.plan_days import when_written
from dxrules.derivation.stated_days import DAY_NOT_KNOWN
from dxrules.derivation.subject import AllOfAKind, of_kind
from dxrules.derivation.system import STANDARDIZATION
from dxrules.derivation.third_party import BY_OTHERS, is_heard
from dxrules.derivation.values import SILENT, UNKNOWN, Absent, Value, unknown
from dxrules.errors import Place
from dxrules.plan.sections.evident import Evident
from dxrules.reference import Edition, Reference
from dxrules.source import Path
from dxrules.texts import Text

_ACTIVITY = reads("due", "recurrence", "milestones", "start", "target", "since", "cycle")
_BY_SECTION = frozenset(
    {"answered", "covered", "scheduled", "starts_stated", "active_until", "idle_days"}
)
_GO_ON = frozenset({STANDARDIZATION, EL_QR})
_TIMES = ("start", "due", "recurrence", "milestones")

_LIST_IN_DOUBT = unknown("項目一覧が確かめられていない", "the list of items was not verified")
_AT_REST = unknown(
    "休止・見送りとあり、再び行うかは書かれていない",
    "it is suspended or postponed; whether it will be taken up again is not said",
)
_WHICH = unknown(
    "始めた、又は済んだと書かれているが、どの公金かは書かれていない",
    "it is stated as started or finished; of which charges is not said",
)


@of_kind(
    Kind(
        "area",
        Text("分野", "area"),
        Text("参照データの分野", "area of the reference list"),
        own_list="areas",
    )
)
class AreaSubject(AllOfAKind):
    """An area of the reference list."""

    gathers = True

    def __init__(self, context: Context, area: str) -> None:
        super().__init__(context, area, context.reference.areas[area].name, ("measures",))
        self.stated = context.measures_of(area)
        answers = [(m, covers(context, m)) for m in self.stated]
        self.own = [m for m, covers in answers if covers]
        self.maybe = [m for m, covers in answers if covers is None and not m.only_from_others]
        self.heard = [m for m, covers in answers if covers is None and m.only_from_others]
        self.steps = steps(context, area)
        self.own_indicators = [i for i in context.indicators if area in i.areas]

    def place(self) -> Place:
        """Return where the first entry about it stands, or a measure of it would."""
        about = chain(self.sources(), entries_about(self.context, self.key))
        first, file = next((path for path, _ in about), None), self.context.file
        return file.place_of_nothing(self.path) if first is None else file.place(first)

    def sources(self) -> Iterator[tuple[Path, Evident]]:
        """Yield the measures and indicators of the area."""
        for position, measure in enumerate(self.context.measures if self.stated else ()):
            if self.key in measure.areas:
                yield ("measures", position), measure
        for position, indicator in enumerate(self.context.indicators):
            if self.key in indicator.areas:
                yield ("indicators", position), indicator

    def proofs(self, attribute: str) -> Iterator[Proof]:
        """Yield what its measures, its indicators, or the section of its own say."""
        if attribute != "starts_stated":
            yield from super().proofs(attribute)
        if attribute in _BY_SECTION:
            yield from self.drawn(attribute, entries_about(self.context, self.key))
        if attribute == "addressed":
            others = self.context.reference.areas[self.key].shown_by
            every = self.context.once(areas)
            yield from chain.from_iterable(every[area].proofs("covered") for area in others)
        if attribute == "declined":
            yield from self._refusals()

    def hears_others(self) -> bool:
        """Tell so of its measures, its indicators, the section of its own, and areas that count."""
        every = self.context.once(areas)
        counting = (self.key, *self.context.reference.areas[self.key].shown_by)
        return any(
            AllOfAKind.hears_others(every[area])  # none counts by way of another
            or any(entry.rests_on_others for _, entry in entries_about(self.context, area))
            for area in counting
        )

    def _refusals(self) -> Iterator[Proof]:
        """Yield where the plan says that the area is not taken up."""
        for position, each in enumerate(self.context.plan.plan.declines):
            if each.area == self.key:
                yield Proof(self.context.file.place(("plan", "declines", position)))

    @classmethod
    def all_of(cls, context: Context) -> Iterator[AreaSubject]:
        """Yield each area of the reference list."""
        return iter(context.once(areas).values())

    @classmethod
    def listed_areas(cls, reference: Reference) -> Iterator[tuple[str, str]]:
        """Yield each area, which belongs to itself."""
        return ((area, area) for area in reference.areas)

    @a_truth("策定時の重点取組", "a priority item when the plan was made")
    @rests_on("editions", KNOWN_UNTIL)
    @implies("yes", listed_after_plan="no")
    def priority(self) -> Value:
        """Whether it was a priority item when the plan was made."""
        return is_priority(self.context, self.key)

    @a_truth("策定後に加わった重点取組", "listed after the plan was made")
    @rests_on("editions", KNOWN_UNTIL)
    @implies(KNOWN, priority=KNOWN)
    def listed_after_plan(self) -> Value:
        """Whether an edition after the plan, up to the day judged, lists it, as far as is known."""
        before = self.priority()
        if isinstance(before, Absent):
            return before
        if before is True or self.context.plan.municipality.is_union:
            return False
        editions = self.context.once(_editions_now)
        listed = {self.key in edition.items for edition in editions if edition is not None}
        return _LIST_IN_DOUBT if len(listed) > 1 else True in listed

    @a_truth("併せて取り組む事項", "to be taken up alongside")
    @rests_on("editions")
    def alongside(self) -> Value:
        """Whether the newest list known of things to take up alongside names it."""
        newest = self.context.once(newest_alongside)
        return UNKNOWN if newest is None else self.key in newest

    @a_date("計画の策定または最終改定の日", "day of the plan's establishment or last revision")
    @reads("established", "revised")
    def plan_made_on(self) -> Value:
        """When the plan was made, as it is told of its citations."""
        return when_written(self.context).range

    @a_truth("団体の取組がある", "covered by a measure of the municipality")
    @reads("areas", "status", "considered", "migrated", "government_cloud", "cycle")
    @rests_on("provisions")
    @decide(
        "これから行う自らの取組を決めて書く",
        "decide on a measure of the municipality's own still to be worked on and state it",
        "yes",
    )
    @implies("yes", answered="yes")
    def covered(self) -> Value:
        """Whether a measure of the town's own is still to be worked on."""
        if self.own or any(not step.heard for step in self.steps):
            return True
        if self.maybe:
            rests = all(measure.status in AT_REST for measure in self.maybe)
            return _AT_REST if rests else GOES_ON
        if self.heard or self.steps:
            return BY_OTHERS
        return some((), self._no_measure())

    @a_truth(
        "団体の取組があるか、済んだと書いてある",
        "covered by a measure of the municipality, or stated as done",
    )
    @reads("areas", "status", "extent", "considered", "migrated", "government_cloud", "cycle")
    @rests_on("provisions", "charges", "tasks")
    @decide(
        "これから行う自らの取組を決めて書く",
        "decide on a measure of the municipality's own still to be worked on and state it",
        "yes",
    )
    @state("その事項が済んでいれば、そう書く", "if all of it is done already, say so", "yes")
    @implies("no", covered="no")
    @implies("yes", declined="no")
    def answered(self) -> Value:
        """Whether a measure is still to be worked on, or all that is asked is stated as done.

        Of a measure that is the whole of it and of which the plan says both, either is enough.
        """
        covered, done = self.covered(), finished(self.context, self.key)
        active = [m for m in self.maybe if m.status and m.status not in AT_REST]
        if True in (covered, done) or any(m.extent == "whole" for m in active):
            return True
        return done if covered is False else covered

    @a_truth("行わないと理由を付けて書いてある", "said not to be taken up, with the reason")
    @reads("areas", "status", "extent", "because", "declines")
    @rests_on("provisions", "charges", "tasks")
    def declined(self) -> Value:
        """Whether the plan says that it is not taken up, and why."""
        if self.answered() is True:
            return False
        return declined(self.context, self.key)

    @a_truth("取組(済みを含む)が書かれている", "a measure, past or future, is stated")
    @reads("areas", "status")
    @decide("取組を書く(済んだものでもよい)", "state a measure, be it finished", "yes")
    @unsaid(
        "取組が書かれていない(行っていないとは限らない)",
        "no measure is stated (which does not mean that there is none)",
    )
    def addressed(self) -> Value:
        """Whether any measure, past or future, is stated, be it of an area that counts as well."""
        return addressed(self.context, self.key)

    def _no_measure(self) -> Absent:
        return no_measure(self.context, self.key)

    @a_truth("時期がある", "scheduled")
    @reads("start", "due", "recurrence", "target", "since", "cycle")
    @rests_on("provisions")
    @decide(
        "取組の時期か間隔を決めて書く",
        "decide when its measures start or end, or how often they recur, and state it",
        "yes",
    )
    @implies("yes", covered="yes")
    def scheduled(self) -> Value:
        """Whether a measure has a date within the plan's period, or an interval."""
        told = [(is_heard(m, *_TIMES), is_dated(self.context, m)) for m in self.own]
        told += [(s.day_heard, s.recurs or in_period(self.context, s.on)) for s in self.steps]
        answers = [answer for heard, answer in told if not heard]
        if either(answers) is not False:
            return True if True in answers else WHEN
        if either(is_dated(self.context, m) for m in self.maybe) is not False:
            return GOES_ON
        told_by_others = [
            *(answer for heard, answer in told if heard),
            *(is_dated(self.context, m) for m in self.heard),
        ]
        if either(told_by_others) is not False:
            return BY_OTHERS
        return some((), no_date(self.context, self.key))

    @a_truth("基準値と目標値がある", "measured by a baseline and a target")
    @reads("baseline", "targets")
    @decide(
        "基準値と目標値のある指標を置く", "set an indicator with a baseline and a target", "yes"
    )
    @implies("yes", sentence_goal="no")
    def measured(self) -> Value:
        """Whether an indicator has a baseline and a target, both numbers or relative to one.

        One that measures something else does not count, nor targets of a time before the period;
        one of which that is in doubt, or of which the plan may say nothing, leaves it open.
        """
        answer = is_measured(self.context, self.own_indicators)
        missing = self.context.missing("indicators", "indicators", areas=(self.key,))
        return some((), missing) if answer is False else answer

    @a_truth("目標が文だけ", "its goal is a sentence")
    @reads("goal")
    @decide("文だけの目標を数値の指標に改める", "turn the goal in words into a figure", "no")
    def sentence_goal(self) -> Value:
        """Whether its only goals are sentences."""
        if any(target.is_figure for i in self.own_indicators for target in i.targets):
            return False
        missing = self.context.missing("indicators", "indicators", areas=(self.key,))
        in_words = any(i.goal or i.targets for i in self.own_indicators)
        return in_words if missing.silent else missing

    @a_count("取組の数", "number of measures")
    @reads("areas")
    @decide(
        "これから行う取組を決めて書く", "decide on measures still to be worked on and state them"
    )
    def measures(self) -> Value:
        """How many measures are still to be worked on."""
        if self.context.plan.measures is None:
            return self._no_measure()
        return count_covering(self.context, self.stated, self._no_measure())

    @a_date("活動が続く日", "day up to which there is activity")
    @_ACTIVITY
    @rests_on("provisions")
    @decide(
        "取組がいつまで続くかを決めて書く",
        "decide how long its measures last and state it",
        within=("取組の終わりを{value}とする", "let its measures end {value}"),
    )
    def active_until(self) -> Value:
        """The day up to which there is activity, as far as the plan says."""
        return active_until(self.context, self.own, self.steps) or self._no_measure()

    @a_count(
        "期間末までに取組のない日数", "days without activity at the end of the period", unit=DAYS
    )
    @_ACTIVITY
    @rests_on("provisions")
    @decide(
        "計画期間の末日までに行うことを決めて書く",
        "decide what is done up to the end of the period and state it",
    )
    @between(
        "計画期間の末日まで取組が続くかどうかがはっきりしない",
        "whether work goes on until the last day of the plan is not clear",
    )
    def idle_days(self) -> Value:
        """Days from the last activity to the end of the period; silent where nothing is dated.

        What is due within a stretch of time (令和12年度) lasts to its last day; about then, it may
        last a year longer, as may what was not read. Systems that have migrated go on without work,
        and so do charges that are collected.
        """
        end, last = self.plan_end(), self.active_until()
        if not isinstance(end, Range) or not isinstance(last, Range):
            return end if isinstance(end, Absent) else last
        missing = self.context.missing("measures", "schedule", "measures", areas=(self.key,))
        if last.lo is None and last.hi is None:
            return missing
        if last.hi is None:
            return end.beyond(last)
        idle = end.beyond(Range.point(last.hi))
        if self.key in _GO_ON and idle.at_least(1):
            return SILENT
        if last.approximate:
            idle = Range(max(0, (idle.lo or 0) - A_YEAR), idle.hi)
        return idle if missing.silent else Range(0, idle.hi)

    @a_date("計画期間の初日", "first day of the plan's period")
    @PERIOD_START
    @PERIOD_UNSAID
    def plan_start(self) -> Value:
        """The first day of the plan's period."""
        return self.context.once(ends_of)[0]

    @a_date("計画期間の末日", "last day of the plan's period")
    @PERIOD_END
    @PERIOD_UNSAID
    def plan_end(self) -> Value:
        """The last day of the plan's period."""
        return self.context.once(ends_of)[1]

    @a_truth("どの公金をいつ始めるかの記載", "which charges start, and when, is said")
    @reads("start")
    @rests_on("provisions", "charges", "tasks")
    @decide(
        "どの公金をいつ始めるかを決めて書く",
        "decide which charges start and when, and state it",
        "yes",
    )
    def starts_stated(self) -> Value:
        """Whether the plan says which charges start, or have started; more than that it is done."""
        said = are_starts_stated(self.context)
        if said is None:
            return BY_OTHERS
        missing = self.context.missing("collection", "schedule", "measures", areas=(self.key,))
        done = finished(self.context, self.key)
        if not said and is_start_not_known(self.context):
            return DAY_NOT_KNOWN
        if not said and missing.silent and done is not False:
            return NO_CHARGE if done == NO_CHARGE else _WHICH
        return some([said], missing)


def areas(context: Context) -> Mapping[str, AreaSubject]:
    """Return each area of the reference list; made once for a context, by `Context.once`."""
    return {area: AreaSubject(context, area) for area in context.reference.areas}


def _editions_now(context: Context) -> list[Edition | None]:
    return editions_on(context, context.day)
