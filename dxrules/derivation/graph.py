"""The graph of measures: what waits for what, what cannot slip, and what waits in a circle.

An edge runs from the measure needed first to the measure that waits for it. Waiting is
finish-to-start: the first may end on the day on which the other starts, not later. Work that
is finished can neither slip nor hold anything up, so it is left out of all sums over time.

Plans name stretches of time. Sums over them take the cautious reading, the latest end and the
earliest start; `slack_ranges` gives both readings. Importing this module loads networkx.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import networkx as nx

from dxrules.dates import ANY, Range
from dxrules.derivation.context import dated, earliest
from dxrules.derivation.measure import is_finished, planned_end
from dxrules.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dxrules.derivation.context import Context
    from dxrules.plan.models import Measure

DAY = 1

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
        return self.end.minus(self.start).clip(lo=0)


def graph_of(measures: Iterable[Measure], kinds: frozenset[str] = ORDERS) -> nx.DiGraph[str]:
    """Return the prerequisites of some kinds; one that is not in the plan is a node, too."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for measure in measures:
        graph.add_node(measure.id)
        graph.add_edges_from((r.id, measure.id) for r in measure.requires if r.kind in kinds)
    return graph


def cycles(measures: Sequence[Measure]) -> list[list[str]]:
    """Return one shortest cycle for each group of measures that wait for each other.

    Each starts at the smallest id of its group, and is the smallest by ids among equals; the
    shortest come first. The time is that of one breadth-first search per group, however many
    cycles there are.
    """
    graph = graph_of(measures)
    found = []
    for group in nx.strongly_connected_components(graph):
        smallest = min(group)
        if len(group) > 1 or graph.has_edge(smallest, smallest):
            found.append(_shortest_cycle(graph, smallest))
    return sorted(found, key=lambda cycle: (len(cycle), cycle))


def _shortest_cycle(graph: nx.DiGraph[str], start: str) -> list[str]:
    """Return the shortest cycle through a node that is on one.

    Nodes are met in the order of their distance, and among equals in that of their paths.
    """
    paths = {start: [start]}
    node, met = start, deque[str]()
    while not graph.has_edge(node, start):
        for then in sorted(graph.successors(node)):
            if then not in paths:
                paths[then] = [*paths[node], then]
                met.append(then)
        node = met.popleft()
    return paths[node]


def schedule(context: Context) -> dict[str, Scheduled]:
    """Return when each measure starts and ends, as the plan says."""
    scheduled = {}
    for measure in context.measures:
        start = dated(measure.start)
        scheduled[measure.id] = Scheduled(
            start.range if start else ANY, planned_end(context, measure) or ANY
        )
    return scheduled


def _open_work(
    context: Context, kinds: frozenset[str] = WAITS, moved: str | None = None
) -> nx.DiGraph[str]:
    """Return the measures not finished and what they wait for, without waiting in a circle.

    Edges within a group that waits in a circle say nothing of the order, and are left out.
    `moved` is a measure that is taken to be unfinished.
    """
    graph = graph_of(context.measures, kinds)
    unfinished = [m.id for m in context.measures if m.id == moved or not is_finished(context, m)]
    work: nx.DiGraph[str] = nx.DiGraph()
    work.add_nodes_from(unfinished)
    work.add_edges_from(sorted(graph.subgraph(unfinished).edges))
    groups = enumerate(nx.strongly_connected_components(work))
    group = {node: number for number, nodes in groups for node in nodes}
    work.remove_edges_from([edge for edge in work.edges if group[edge[0]] == group[edge[1]]])
    return work


def slack_ranges(context: Context) -> dict[str, Range]:
    """Return by how many days each measure can slip before the plan's period is overrun.

    That is total slack: what waits is pushed along, and takes as long as planned. It is negative
    where the period is overrun already. The lower end is sure; it is open where something that
    waits does not say how long it takes. Finished work has none, nor has a plan without a period,
    nor work whose end is only the nation's: it may lie beyond the period.
    """
    if context.period is None:
        return {}
    horizon = Range.point(context.period.end.toordinal())
    work, times = _open_work(context), schedule(context)
    latest: dict[str, Range] = {}
    result: dict[str, Range] = {}
    for node in reversed(list(nx.topological_sort(work))):
        limits = [
            latest[then].minus(times[then].length)
            for then in work.successors(node)
            if then in latest
        ]
        if not context.by_id[node].national_horizon:
            limits.append(horizon)
        if limits:
            latest[node] = earliest(limits)
            result[node] = latest[node].minus(times[node].end)
    return {node: days for node, days in result.items() if days.is_known}


def slack(context: Context) -> dict[str, int]:
    """Return the days of slack that are sure, for each measure of which that can be told."""
    return {node: days.lo for node, days in context.slack.items() if days.lo is not None}


def critical_path(context: Context) -> list[str]:
    """Return the chain of measures that has the least room before it overruns the period.

    The room of a chain is the days between its measures and after the last; an end on the day
    before the next start leaves none between them. The longest chain wins among equals.
    """
    if context.period is None:
        return []
    last = context.period.end.toordinal()
    work, times = _open_work(context), schedule(context)
    room: dict[str, int] = {}
    links: list[tuple[str, str]] = []
    for node in reversed(list(nx.topological_sort(work))):
        end = times[node].end.hi
        if end is None:
            continue
        through = {
            then: room[then] + _between(end, start)
            for then in work.successors(node)
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


def _longest_chain(links: list[tuple[str, str]], room: dict[str, int]) -> list[str]:
    """Return the longest chain that starts where there is the least room."""
    chains: nx.DiGraph[str] = nx.DiGraph()
    chains.add_edges_from(sorted(links))
    least = min((room[first] for first, _ in links), default=0)
    kept: set[str] = set()
    order = list(nx.lexicographical_topological_sort(chains))
    for node in order:
        starts = room[node] == least and next(chains.successors(node), None) is not None
        if starts or not kept.isdisjoint(chains.predecessors(node)):
            kept.add(node)
    tight = chains.subgraph(kept)
    return list(nx.dag_longest_path(tight, topo_order=[node for node in order if node in kept]))


def dragged(context: Context, measure_id: str, end: int) -> dict[str, int]:
    """Return what is late if a measure ends on another day: by how many days, at most.

    A measure that waits starts late and takes as long as planned. One that states no start ends
    on the day of what it waits for, at the earliest, and one without any day passes the delay on.
    What is finished is not late any more.
    """
    work, times = _open_work(context, moved=measure_id), schedule(context)
    ends = {measure_id: end}
    late: dict[str, int] = {}
    for node in nx.topological_sort(work):
        pushed = [ends[first] for first in work.predecessors(node) if first in ends]
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
    work, days = _open_work(context, ORDERS), slack(context)
    last = max(days.values(), default=0) + 1
    return list(
        nx.lexicographical_topological_sort(work, key=lambda node: (days.get(node, last), node))
    )
