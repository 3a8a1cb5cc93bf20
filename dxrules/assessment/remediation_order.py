"""The order in which gaps are mended: prerequisites first, then by gravity and due day.

What waits is what the plan declares, and what a national document puts in order. An order that
only other towns' plans know counts for nothing here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, TypeVar

from dxrules.assessment.finding import Finding
from dxrules.derivation import Context
from dxrules.derivation.covering import covers
from dxrules.derivation.progress import is_settled
from dxrules.derivation.schedule import schedule, slack
from dxrules.frozen import frozen
from dxrules.plan.sections.measures import Measure
from dxrules.rules import SEVERITIES
from dxrules.rules.condition import leaves
from dxrules.texts import Text, same

WorkNode = tuple[Literal["measure", "area"], str]
Urgency = tuple[int, int, int, str]

T = TypeVar("T")

_WORK = frozenset({"system", "standardization", "collection"})
"""Kinds that are the work of an area."""

_WORK_OF_AN_AREA = frozenset(
    {"answered", "covered", "addressed", "scheduled", "measures", "idle_days"}
)
"""What is asked of an area's work; other gaps of an area, an indicator say, hold nothing up."""

_NOT_BEGUN = frozenset({"planned", "considered"})
_NEVER = date.max.toordinal()


@frozen
class Later:
    """A measure, or an area with measures, that comes after something."""

    kind: Literal["measure", "area"]
    id: str
    label: Text


@dataclass(frozen=True)
class Mending:
    """What comes before what in a plan that was judged on a day."""

    context: Context

    @cached_property
    def _then(self) -> Mapping[WorkNode, set[WorkNode]]:
        """What comes right after a measure or an area; what is finished holds nothing up."""
        then: dict[WorkNode, set[WorkNode]] = defaultdict(set)
        for first, measure, _ in self._declared:
            then["measure", first].add(("measure", measure.id))
        for entry in self.context.reference.prerequisites.values():
            if entry.origin == "national":
                then["area", entry.before].add(("area", entry.after))
        return then

    @cached_property
    def _declared(self) -> list[tuple[str, Measure, str]]:
        """The prerequisites of work that is not finished; what is done together has no order."""
        finished = {m.id for m in self.context.measures if is_settled(self.context, m)}
        return [
            (required.id, measure, required.kind)
            for measure in self.context.measures
            for required in measure.requires
            if required.kind != "together" and finished.isdisjoint({required.id, measure.id})
        ]

    def nodes(self, findings: Iterable[Finding]) -> frozenset[WorkNode]:
        """Return what findings are about, as far as it can come before or after something."""
        found: set[WorkNode] = set()
        for finding in findings:
            found.update(self._nodes(finding))
        return frozenset(found)

    def _nodes(self, finding: Finding) -> Iterator[WorkNode]:
        if finding.kind == "dependency":
            origin, _, edge = finding.key.partition(":")
            yield ("measure" if origin == "declared" else "area", edge.partition(">")[0])
        if finding.kind == "measure":
            yield "measure", finding.key
            yield from (("area", area) for area in self.context.by_id[finding.key].areas)
        if finding.kind in _WORK and finding.area is not None:
            yield "area", finding.area
        if _asks_for_work(finding):
            yield "area", finding.key
            yield from (("measure", m.id) for m in self.context.measures if finding.key in m.areas)

    def after(self, nodes: Iterable[WorkNode]) -> frozenset[WorkNode]:
        """Return all that comes after something, however far."""
        return reached(nodes, self._then)

    def later(self, nodes: frozenset[WorkNode]) -> tuple[Later, ...]:
        """Return the work that comes after something, in the order of the plan."""
        after = self.after(nodes) - nodes
        measures = [
            Later("measure", m.id, same(m.title))
            for m in self.context.measures
            if ("measure", m.id) in after
        ]
        areas = [
            Later("area", key, area.name)
            for key, area in self.context.reference.areas.items()
            if ("area", key) in after
            and any(covers(self.context, each) for each in self.context.measures_of(key))
        ]
        return (*measures, *areas)

    def start_by(self, nodes: Iterable[WorkNode]) -> date | None:
        """Return the day by which work has to start for what waits for it to end in time.

        That is within the plan's period, and sure only where the plan says how long all of it
        takes. Work that has begun, or that nothing waits for, has no such day.
        """
        measures = {name for kind, name in nodes if kind == "measure"}
        days = [day for each, day in self._latest_starts.items() if each in measures]
        first = min(days, default=0)
        return date.fromordinal(first) if first >= date.min.toordinal() else None

    @cached_property
    def _latest_starts(self) -> Mapping[str, int]:
        """The latest start, as an ordinal, of measures that others wait for."""
        awaited = {first for first, _, kind in self._declared if kind == "finish-to-start"}
        if not awaited:
            return {}
        days, times = slack(self.context), schedule(self.context)
        latest = {}
        for measure in self.context.measures:
            if measure.id not in awaited & days.keys() or measure.status not in _NOT_BEGUN:
                continue
            start, end = times[measure.id].start.bounds[0], times[measure.id].end.hi
            if start is not None and end is not None:
                latest[measure.id] = min(start, end) + days[measure.id]
        return latest


def _asks_for_work(finding: Finding) -> bool:
    asked = {leaf.attribute for leaf in leaves(finding.rule.require)}
    return finding.kind == "area" and not asked.isdisjoint(_WORK_OF_AN_AREA)


def reached(starts: Iterable[T], then: Mapping[T, Collection[T]]) -> frozenset[T]:
    """Return all that can be reached from something; a start only where a way leads back to it."""
    found: set[T] = set()
    left = list(starts)
    while left:
        fresh = set(then.get(left.pop(), ())) - found
        found |= fresh
        left += fresh
    return frozenset(found)


def urgency(
    findings: Sequence[Finding], day: date, last: date | None, start_by: date | None
) -> Urgency:
    """Return how urgent findings of one rule are; the smallest comes first.

    The graver is more urgent: a note that is due stands behind a warning that is not. Among
    equals, the sooner: a grave failure and what was due hold now, and what has no day has time up
    to the next revision, that is, to the last day of the plan's period at most.
    """
    today = day.toordinal()
    dues = [f.due.range.hi for f in findings if f.due is not None and f.due.range.hi is not None]
    until = _NEVER if last is None else last.toordinal()
    first = min([*dues, until, *([start_by.toordinal()] if start_by else [])])
    grave = SEVERITIES.index(findings[0].severity)
    now = today if grave == 0 else max(first, today)
    return grave, now, min(dues, default=_NEVER), findings[0].rule.id


def in_order(
    nodes: Sequence[frozenset[T]],
    urgencies: Sequence[Urgency],
    after: Callable[[frozenset[T]], frozenset[T]],
) -> list[int]:
    """Return the positions of gaps in the order to mend them; `after` is what comes after nodes.

    None stands before one that it waits for. A gap is as urgent as the most urgent one that waits
    for it. Gaps that wait for each other have no order but that of their urgency.
    """
    everyone = range(len(nodes))
    behind: list[frozenset[T]] = [after(own) for own in nodes]
    then = {
        one: {
            other for other in everyone if other != one and not behind[one].isdisjoint(nodes[other])
        }
        for one in everyone
    }
    far = {one: reached([one], then) for one in everyone}
    waiting = {one: {each for each in far[one] if one not in far[each]} for one in everyone}
    before = {one: sum(one in waiting[each] for each in everyone) for one in everyone}
    inherited = {one: min(urgencies[each] for each in (one, *waiting[one])) for one in everyone}
    return sorted(everyone, key=lambda one: (inherited[one], before[one], urgencies[one]))
