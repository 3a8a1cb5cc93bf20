"""The graph of measures: prerequisites, slack, the critical path, and cycles.

An edge runs from the measure needed first to the measure that waits for it. Waiting is
finish-to-start: the first may end on the day on which the other starts, not later. Work that
is finished can neither slip nor hold anything up, so it is left out of all sums over time.

Plans name stretches of time. Sums over them take the cautious reading, the latest end and the
earliest start; `slack_ranges` gives both readings. networkx is loaded where an edge is: it takes
a third as long to load as a plan to judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from dxrules.dates import ANY, Range
from dxrules.derivation.aggregates import earliest
from dxrules.derivation.context import Context
from dxrules.derivation.covering import is_given_up
from dxrules.derivation.progress import is_finished, is_settled, planned_end
from dxrules.derivation.stated_days import dated
from dxrules.derivation.third_party import is_heard
from dxrules.frozen import frozen
from dxrules.plan.sections.measures import Measure

if TYPE_CHECKING:
    import networkx as nx

DAY = 1

DAYS_OF_MEASURE = ("start", "due", "completed")

WAITS = frozenset({"finish-to-start"})
ORDERS = WAITS | {"informs"}
"""Kinds of edges that say what comes first; what is done together has no order."""


@frozen
class Scheduled:
    """A measure in time: its first and its last day as ordinals; both ends open if not stated."""

    start: Range
    end: Range

    @property
    def length(self) -> Range:
        """Days from its start to its end; none if it starts and ends on one day."""
        return self.end.beyond(self.start)


def graph_of(measures: Iterable[Measure], kinds: frozenset[str] = ORDERS) -> nx.DiGraph[str]:
    """Return the prerequisites of some kinds; one that is not in the plan is a node, too."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    for measure in measures:
        graph.add_node(measure.id)
        graph.add_edges_from((r.id, measure.id) for r in measure.requires if r.kind in kinds)
    return graph


def waiting(context: Context) -> list[Measure]:
    """Return the measures that may wait for others; what is given up waits for nothing."""
    return [measure for measure in context.measures if not is_given_up(context, measure)]


def first_ends(context: Context) -> dict[str, int]:
    """Return the first day on which measures can end by their own days, or by what they wait for.

    What states neither a start nor an end waits for all that comes first. What waits in a circle,
    or for one that does, is left out.
    """
    own = {measure.id: _first_end(context, measure) for measure in context.measures}
    waits = {
        measure.id: [] if own[measure.id] is not None else _needed(context, measure)
        for measure in context.measures
    }
    sorter = TopologicalSorter(waits)
    with suppress(CycleError):  # all that no cycle holds up is sorted
        sorter.prepare()
    first: dict[str, int] = {}
    while ready := sorter.get_ready() if sorter.is_active() else ():
        for name in ready:
            before = [first[each] for each in waits[name] if each in first]
            end = max(before, default=None) if own[name] is None else own[name]
            if end is not None:
                first[name] = end
        sorter.done(*ready)
    return first


def _first_end(context: Context, measure: Measure) -> int | None:
    if is_heard(measure, *DAYS_OF_MEASURE):
        return None
    if is_finished(context, measure):
        return measure.completed.range.bounds[0] if measure.completed else None
    end, start = planned_end(context, measure), dated(measure.start)
    return end.bounds[0] if end else start.range.bounds[0] if start else None


def _needed(context: Context, measure: Measure) -> list[str]:
    if is_finished(context, measure):
        return []
    known = (context.by_id.get(each.id) for each in measure.requires if each.kind in WAITS)
    return [each.id for each in known if each and not is_given_up(context, each)]


def cycles(measures: Sequence[Measure]) -> list[list[str]]:
    """Return one shortest cycle for each group of measures that wait for each other.

    Work that recurs can build on the last round of what builds on it, and waits for nothing so.
    Each starts at the smallest id of its group, and is the smallest by ids among equals; the
    shortest come first. The time is that of one breadth-first search per group, however many
    cycles there are.
    """
    if not _waits_in_a_circle(measures):
        return []
    recurring = {measure.id for measure in measures if measure.recurrence is not None}
    if recurring:
        measures = [_without_rounds(measure, recurring) for measure in measures]
    return sorted(_cycles(graph_of(measures)), key=lambda cycle: (len(cycle), cycle))


def _without_rounds(measure: Measure, recurring: AbstractSet[str]) -> Measure:
    """Return a measure without what it builds on, where either of the two recurs."""
    waits = tuple(
        required
        for required in measure.requires
        if required.kind in WAITS or recurring.isdisjoint((required.id, measure.id))
    )
    return measure.model_copy(update={"requires": waits})


def _waits_in_a_circle(measures: Sequence[Measure]) -> bool:
    """Tell whether there is any cycle; in most plans there is none, and no graph is made."""
    waits = {m.id: [r.id for r in m.requires if r.kind in ORDERS] for m in measures if m.requires}
    try:
        TopologicalSorter(waits).prepare()
    except CycleError:
        return True
    return False


def _cycles(graph: nx.DiGraph[str]) -> Iterator[list[str]]:
    import networkx as nx

    for group in nx.strongly_connected_components(graph):
        smallest = min(group)
        if len(group) > 1 or graph.has_edge(smallest, smallest):
            yield _shortest_cycle(graph, smallest)


def _shortest_cycle(graph: nx.DiGraph[str], start: str) -> list[str]:
    """Return the shortest cycle through a node that is on one.

    Nodes are met in the order of their distance, and among equals in that of their paths.
    """
    import networkx as nx

    edges = nx.bfs_edges(graph, start, sort_neighbors=sorted)
    before = {measure: earlier for earlier, measure in edges}
    cycle = [next(node for node in (start, *before) if graph.has_edge(node, start))]
    while cycle[-1] != start:
        cycle.append(before[cycle[-1]])
    return cycle[::-1]


def schedule(context: Context) -> dict[str, Scheduled]:
    """Return when each measure starts and ends, as the plan says."""
    scheduled = {}
    for measure in context.measures:
        start = dated(measure.start)
        scheduled[measure.id] = Scheduled(
            start.range if start else ANY, planned_end(context, measure) or ANY
        )
    return scheduled


@frozen
class Work:
    """Measures not finished: what each waits for, what waits for it, and an order that suits."""

    before: Mapping[str, Sequence[str]]
    after: Mapping[str, Sequence[str]]
    order: Sequence[str]


def _open_work(
    context: Context,
    kinds: frozenset[str] = WAITS,
    moved: str | None = None,
    first: Mapping[str, int] | None = None,
) -> Work:
    """Return the measures not finished and what they wait for.

    `moved` is a measure that is taken to be unfinished. Of several that may come next in the
    order, that with the least number in `first` does, then that with the least id.
    """
    numbers = first or {}
    last = max(numbers.values(), default=0) + 1
    unfinished = sorted(
        (m.id for m in context.measures if m.id == moved or not is_settled(context, m)),
        key=lambda name: (numbers.get(name, last), name),
    )
    open_ids = frozenset(unfinished)
    edges = sorted(
        (required.id, name)
        for name in unfinished
        for required in context.by_id[name].requires
        if required.kind in kinds and required.id in open_ids
    )
    if not edges:
        nothing: dict[str, list[str]] = {name: [] for name in unfinished}
        return Work(nothing, nothing, unfinished)
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(unfinished)
    graph.add_edges_from(edges)
    groups = enumerate(nx.strongly_connected_components(graph))
    group = {node: number for number, nodes in groups for node in nodes}
    # What waits within a group that waits in a circle tells no order.
    graph.remove_edges_from([(a, b) for a, b in edges if group[a] == group[b]])
    rank = {node: number for number, node in enumerate(unfinished)}
    order = [*nx.lexicographical_topological_sort(graph, rank.__getitem__)]
    return Work(
        {node: list(graph.predecessors(node)) for node in graph},
        {node: list(graph.successors(node)) for node in graph},
        order,
    )


def slack_ranges(context: Context) -> dict[str, Range]:
    """Return by how many days each measure can slip before the plan's period is overrun.

    That is total slack: what waits is pushed along, and takes as long as planned. It is negative
    where the period is overrun already. The lower end is sure; it is open where something that
    waits does not say how long it takes. Finished work has none, nor has a plan without a period,
    nor work whose end is only the nation's: it may lie beyond the period.
    """
    if context.period is None or context.period.end is None:
        return {}
    horizon = context.period.ends
    work, times = _open_work(context), schedule(context)
    latest: dict[str, Range] = {}
    result: dict[str, Range] = {}
    for node in reversed(work.order):
        limits = [
            latest[then].minus(times[then].length) for then in work.after[node] if then in latest
        ]
        if not context.by_id[node].national_horizon:
            limits.append(horizon)
        if limits:
            latest[node] = earliest(limits)
            result[node] = latest[node].minus(times[node].end)
    return {node: days for node, days in result.items() if days.is_known}


def slack(context: Context) -> dict[str, int]:
    """Return the days of slack that are sure, for each measure of which that can be told."""
    return {
        node: days.lo for node, days in context.once(slack_ranges).items() if days.lo is not None
    }


def critical_path(context: Context) -> list[str]:
    """Return the chain of measures that has the least room before it overruns the period.

    The room of a chain is the days between its measures and after the last; an end on the day
    before the next start leaves none between them. The longest chain wins among equals.
    """
    if context.period is None or context.period.end is None:
        return []
    last = context.period.end.toordinal()
    work, times = _open_work(context), schedule(context)
    room: dict[str, int] = {}
    links: list[tuple[str, str]] = []
    for node in reversed(work.order):
        end = times[node].end.hi
        if end is None:
            continue
        through = {
            then: room[then] + _between(end, start)
            for then in work.after[node]
            if then in room and (start := times[then].start.lo) is not None
        }
        limits = [] if context.by_id[node].national_horizon else [last - end]
        if limits or through:
            room[node] = min([*limits, *through.values()])
        links += [(node, then) for then, days in through.items() if days == room[node]]
    return _longest_chain(links, room)


def _between(end: int, start: int) -> int:
    """Return the days between an end and a start; negative if the start comes first."""
    return start - end - DAY if start > end else start - end


def _longest_chain(links: list[tuple[str, str]], room: Mapping[str, int]) -> list[str]:
    """Return the longest chain that starts where there is the least room."""
    if not links:
        return []
    import networkx as nx

    tight: nx.DiGraph[str] = nx.DiGraph(sorted(links))
    least = min(room[first] for first, _ in links)
    starts = [node for node in tight if tight.out_degree(node) and room[node] == least]
    within = {node for start in starts for node in (start, *nx.descendants(tight, start))}
    order = [node for node in nx.lexicographical_topological_sort(tight) if node in within]
    chains: nx.DiGraph[str] = nx.DiGraph(
        (first, then) for first, then in sorted(links) if first in within
    )
    longest: list[str] = nx.dag_longest_path(chains, topo_order=order)
    return longest


def dragged(context: Context, measure_id: str, end: int) -> dict[str, int]:
    """Return what is late if a measure ends on another day: by how many days, at most.

    A measure that waits starts late and takes as long as planned. One that states no start ends
    on the day of what it waits for, at the earliest, and one without any day passes the delay on.
    What is finished is not late any more.
    """
    work, times = _open_work(context, moved=measure_id), schedule(context)
    ends = {measure_id: end}
    late: dict[str, int] = {}
    for node in work.order:
        pushed = [ends[first] for first in work.before[node] if first in ends]
        if not pushed:
            continue
        start, finish = times[node].start.lo, times[node].end.hi
        planned = finish if start is None else start
        if planned is None:
            ends[node] = max(pushed)
        elif max(pushed) > planned:
            late[node] = max(pushed) - planned
            ends[node] = max(pushed) if finish is None else finish + late[node]
    return late


def mending_order(context: Context) -> list[str]:
    """Return the measures not finished, the tightest first, but none before what it rests on."""
    return [*_open_work(context, ORDERS, first=slack(context)).order]
