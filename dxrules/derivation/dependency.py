"""Dependencies: what has to come before what, and who says so."""

from __future__ import annotations

from collections.abc import Iterator

from dxrules.dates import ANY, Range, Truth, either
from dxrules.derivation.aggregates import some
from dxrules.derivation.area import areas
from dxrules.derivation.area_silence import no_measure
from dxrules.derivation.context import Context
from dxrules.derivation.covering import GIVEN_UP, is_given_up
from dxrules.derivation.declaration import (
    DAYS,
    Kind,
    a_code,
    a_count,
    a_text,
    a_truth,
    between,
    decide,
    reads,
    rests_on,
    unsaid,
)
from dxrules.derivation.period import may_be_missed
from dxrules.derivation.progress import is_finished, planned_end
from dxrules.derivation.schedule import DAYS_OF_MEASURE, first_ends
from dxrules.derivation.stated_days import dated
from dxrules.derivation.subject import AllOfAKind, Subject, also, of_kind
from dxrules.derivation.system import systems_move
from dxrules.derivation.third_party import BY_OTHERS, is_heard
from dxrules.derivation.told_status import is_cloud_considered
from dxrules.derivation.values import SILENT, Absent, Code, Value, unknown
from dxrules.plan.code_labels import EDGE_KIND, codes
from dxrules.plan.models import Plan
from dxrules.plan.sections.evident import Evident
from dxrules.plan.sections.measures import Measure, Requirement
from dxrules.reference import Prerequisite, Reference
from dxrules.source import Path
from dxrules.texts import Text, same

ORIGIN = codes(
    declared=("計画の記載", "declared in the plan"),
    national=("国の文書", "national"),
    town=("他の市町村の計画", "said by plans of municipalities alone"),
)

_NOT_BEGUN = frozenset({"planned", "considered"})
_UNDER_WAY = frozenset({"ongoing"})
"""Of what is suspended it is not told that it had begun, nor of standing work that it ever ends."""
_NOT_ACTED = GIVEN_UP | {"watched"}
_TOLD_BOTH_WAYS = unknown(
    "前提とする取組が済んだかどうかについて、計画の箇所によって記載が異なる",
    "whether the measure that it rests on is done, the plan says in two ways",
)
_GIVEN_UP = unknown(
    "前提とする取組は、見送り、中止、又は行わないとされている",
    "the measure that it rests on is postponed, dropped or declined",
)


@of_kind(
    Kind(
        "dependency",
        Text("前提関係", "dependency"),
        Text("前提関係", "edge"),
        own_list="prerequisites",
        keyed=False,
        only_stated=True,
    )
)
class DeclaredSubject(AllOfAKind):
    """A prerequisite that a measure names."""

    def __init__(
        self, context: Context, at: tuple[int, int], measure: Measure, required: Requirement
    ) -> None:
        position, index = at
        super().__init__(
            context,
            _key_of(required.id, measure.id, "declared"),
            same(f"{_title(context, required.id)} → {measure.title}"),
            ("measures", position, "requires", index, "id"),
        )
        self.measure, self.required = measure, required
        self.first = context.by_id.get(required.id)

    def sources(self) -> Iterator[tuple[Path, Evident]]:
        """Yield the measure that waits."""
        yield self.path[:2], self.measure

    @classmethod
    def all_of(cls, context: Context) -> Iterator[Subject]:
        """Yield what measures that are not given up name, then what the reference list holds."""
        for position, measure in enumerate(context.measures):
            waits = () if is_given_up(context, measure) else measure.requires
            for index, required in enumerate(waits):
                yield cls(context, (position, index), measure, required)
        for entry in context.reference.prerequisites.values():
            yield ListedSubject(context, entry)

    @classmethod
    def listed_areas(cls, reference: Reference) -> Iterator[tuple[str, str]]:
        """Yield that of the later area."""
        for entry in reference.prerequisites.values():
            yield _key_of(entry.before, entry.after, entry.origin), entry.after

    @classmethod
    def stated_areas(cls, plan: Plan) -> Iterator[tuple[str, str]]:
        """Yield the first area of the measure that waits."""
        for measure in plan.measures or ():
            for area in measure.areas[:1]:
                for required in measure.requires:
                    yield _key_of(required.id, measure.id, "declared"), area

    @a_code("出所", "origin", ORIGIN)
    def origin(self) -> Value:
        """The plan itself."""
        return Code("declared")

    @a_code("種類", "kind", EDGE_KIND)
    @reads("requires")
    def edge(self) -> Value:
        """Return finish-to-start, informs or together."""
        return Code(self.required.kind)

    @a_text("前提", "prerequisite")
    @reads("requires")
    @rests_on("areas")
    def prerequisite(self) -> Value:
        """The measure needed first; its id where there is no such measure."""
        return same(_title(self.context, self.required.id))

    @a_text("後に続くもの", "dependent")
    @reads("requires")
    @rests_on("areas")
    def dependent(self) -> Value:
        """The measure that waits."""
        return same(self.measure.title)

    @a_truth("後に続く分野に取組がある", "the dependent area is covered")
    @reads("areas")
    @rests_on("provisions")
    def dependent_covered(self) -> Value:
        """A measure that names a prerequisite is there."""
        return True

    @a_truth("前提が計画にある", "the prerequisite is in the plan")
    @reads("requires", "areas")
    @decide(
        "前提となる取組(済んだものを含む)を計画に書く",
        "state the measure that comes first, be it finished",
        "yes",
    )
    def present(self) -> Value:
        """Whether the measure needed first is in the plan; a finished one is."""
        if self.first is None:
            return some([], self.context.missing("measures", "measures"))
        if is_given_up(self.context, self.first):
            return _GIVEN_UP
        return BY_OTHERS if self.first.only_from_others else True

    @a_count("前提の完了が着手に遅れる日数", "days by which the prerequisite ends late", unit=DAYS)
    @reads("start", "due")
    @decide(
        "前提の完了を早めるか、後に続く取組の着手を遅らせる",
        "finish the prerequisite earlier, or start what waits for it later",
    )
    @unsaid(
        "前提がいつ終わるか、後に続く取組がいつ始まるかが書かれていない",
        "when the prerequisite ends, or when the measure after it starts, is not stated",
    )
    @between(
        "前提の完了と、後に続く取組の着手の前後がはっきりしない",
        "whether the prerequisite ends before the measure after it starts is not clear",
    )
    def overlap_days(self) -> Value:
        """Days by which the prerequisite ends after its dependent starts; the same day is in time.

        A measure without an end does not end before its start, or without that before what it
        waits for itself, nor before it was recorded as open; one without a start does not start
        after it is due, or was finished, or was recorded as under way.
        That can suffice to see an overlap, never to see that there is none.
        What is finished ended before the facts were recorded, and so before what had not begun by
        then, however early that was to start.
        """
        if self.first is None or self.required.kind != "finish-to-start":
            return SILENT
        if (untold := self._untold(self.first)) is not None:
            return untold
        if is_finished(self.context, self.first) and self._not_begun():
            return Range.point(0)
        overlap = (self._end_of(self.first) or ANY).beyond(self._begin())
        if overlap == Range(0, None):
            return self.context.missing("measures", "schedule", areas=self.measure.areas)
        return overlap

    def _untold(self, first: Measure) -> Absent | None:
        """Return why it is not told when the prerequisite ends; None where days may tell it."""
        if is_given_up(self.context, first):
            return _GIVEN_UP
        if is_heard(first, *DAYS_OF_MEASURE):
            return BY_OTHERS
        said, finished = first.elsewhere, first.status == "done"
        return None if said is None or (said == "done") is finished else _TOLD_BOTH_WAYS

    def _not_begun(self) -> bool:
        """Tell whether work had not begun when the facts were recorded, and nothing says it had."""
        waits = self.measure.status in _NOT_BEGUN
        return waits and not self.context.is_told_done(self.measure)

    def _begin(self) -> Range:
        """Return when the measure that waits starts, or started; any day where nothing tells."""
        said, finished = self.measure, is_finished(self.context, self.measure)
        start, last = dated(said.start), dated(said.completed if finished else said.due)
        if start:
            return start.range
        begun = _is_told(said, _UNDER_WAY) or (finished and not is_heard(said, "status"))
        ends = [last.range.hi if last else None, self._recorded.hi if begun else None]
        return Range(None, min((end for end in ends if end is not None), default=None))

    def _end_of(self, first: Measure) -> Range | None:
        """Return when the prerequisite ends, or ended; None where nothing tells."""
        if is_finished(self.context, first):
            past = Range(None, self._recorded.hi)
            return first.completed.range.meet(past) if first.completed else past
        is_at_rest = first.status == "suspended" and not self.context.begins_later(first)
        end = None if is_at_rest else planned_end(self.context, first)
        if end is not None:
            missed = may_be_missed(end, first.due)
            return missed if isinstance(missed, Range) else end
        ends = [self.context.once(first_ends).get(first.id)]
        if first.recurrence is None and _is_told(first, _NOT_BEGUN):
            last, _ = self._recorded.bounds
            ends.append(None if last is None else last + 1)
        known = [day for day in ends if day is not None]
        return Range(max(known), None) if known else None

    @property
    def _recorded(self) -> Range:
        return self.context.plan.recorded.range


def _is_told(measure: Measure, statuses: frozenset[str]) -> bool:
    """Tell whether the plan itself says that a measure has one of some statuses."""
    return measure.status in statuses and not is_heard(measure, "status")


def _key_of(before: str, after: str, origin: str) -> str:
    return f"{origin}:{before}>{after}"


def _title(context: Context, measure_id: str) -> str:
    """Return the title of a measure; its id where there is no such measure."""
    measure = context.by_id.get(measure_id)
    return measure.title if measure else measure_id


@also(DeclaredSubject)
class ListedSubject(Subject):
    """A prerequisite of the reference list: one area before another."""

    gathers = True

    def __init__(self, context: Context, entry: Prerequisite) -> None:
        areas = context.reference.areas
        self.entry = entry
        self.before: Text = areas[entry.before].name
        self.after: Text = areas[entry.after].name
        super().__init__(
            context,
            _key_of(entry.before, entry.after, entry.origin),
            self.before + same(" → ") + self.after,
            ("measures",),
        )

    def sources(self) -> Iterator[tuple[Path, Evident]]:
        """Yield the measures of both areas."""
        for position, measure in enumerate(self.context.measures):
            if not {self.entry.before, self.entry.after}.isdisjoint(measure.areas):
                yield ("measures", position), measure

    def origin(self) -> Value:
        """The nation, or towns' plans alone."""
        return Code(self.entry.origin)

    def edge(self) -> Value:
        """Return finish-to-start, informs or together."""
        return Code(self.entry.kind)

    def prerequisite(self) -> Value:
        """The area that comes first."""
        return self.before

    def dependent(self) -> Value:
        """The area that comes after."""
        return self.after

    def dependent_covered(self) -> Value:
        """Whether the later area has a measure still to be worked on.

        What comes first may be the work of the municipalities of a union.
        """
        if self.context.plan.municipality.is_union:
            return False
        return self.context.once(areas)[self.entry.after].covered()

    def present(self) -> Value:
        """Whether the earlier area has a measure, planned or finished."""
        before = self.entry.before
        answers: list[Truth] = [
            None if measure.only_from_others else True
            for measure in self.context.measures_of(before)
            if measure.status not in _NOT_ACTED
        ]
        if before == "standardization":
            answers.append(systems_move(self.context))
            answers += [None] if is_cloud_considered(self.context) else []
        said = either(answers)
        return BY_OTHERS if said is None else some([said], no_measure(self.context, before))

    def overlap_days(self) -> Value:
        """Not judged: areas have no dates of their own."""
        return SILENT
