"""The graph of measures: what waits for what, what cannot slip, and what waits in a circle.

An edge runs from the measure needed first to the measure that waits for it.
Importing this module loads networkx.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from dxrules.dates import Range
from dxrules.derivation.measure import finish

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dxrules.derivation.context import Context
    from dxrules.plan.models import Measure

DAY = 1


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A measure in time: ordinals of its latest planned start and end; None where not dated."""

    id: str
    start: int | None
    end: int | None


def graph_of(measures: Iterable[Measure]) -> nx.DiGraph[str]:
    """Return the declared prerequisites as a graph; a measure not in the plan is a node, too."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for measure in measures:
        graph.add_node(measure.id, measure=measure)
        for required in measure.requires:
            graph.add_edge(required.id, measure.id, kind=required.kind)
    return graph


def cycles(measures: Sequence[Measure]) -> list[list[str]]:
    """Return one shortest cycle for each group of measures that wait for each other.

    Each starts at its smallest id; the list is ordered by that. The time is that of one
    breadth-first search per group, however many cycles there are.
    """
    graph = graph_of(measures)
    found = []
    for group in nx.strongly_connected_components(graph):
        smallest = min(group)
        if len(group) > 1 or graph.has_edge(smallest, smallest):
            found.append(_shortest_cycle(graph.subgraph(group), smallest))
    return sorted(found)


def _shortest_cycle(group: nx.DiGraph[str], start: str) -> list[str]:
    """Return the shortest cycle through `start`, the one smallest by ids among equals."""
    if group.has_edge(start, start):
        return [start]
    ordered: nx.DiGraph[str] = nx.DiGraph()
    ordered.add_edges_from(sorted(group.edges))
    paths = nx.single_source_shortest_path(ordered, start)
    back = min(ordered.predecessors(start), key=lambda node: (len(paths[node]), paths[node]))
    return list(paths[back])


def schedule(context: Context) -> dict[str, Scheduled]:
    """Return when each measure starts and ends at the latest, as the plan says."""
    dated = {}
    for measure in context.measures:
        end = measure.due.range if measure.due else finish(context, measure)
        dated[measure.id] = Scheduled(
            measure.id,
            measure.start.range.lo if measure.start else None,
            end.hi if isinstance(end, Range) else None,
        )
    return dated


def _waits(graph: nx.DiGraph[str]) -> nx.DiGraph[str]:
    """Return the finish-to-start edges among measures of the plan, groups in a circle left out."""
    waits: nx.DiGraph[str] = nx.DiGraph()
    known = [node for node, data in graph.nodes(data=True) if "measure" in data]
    waits.add_nodes_from(known)
    circle = {
        node
        for group in nx.strongly_connected_components(graph)
        if len(group) > 1
        for node in group
    }
    waits.add_edges_from(
        (first, then)
        for first, then, edge in graph.edges(data=True)
        if edge["kind"] == "finish-to-start" and first in waits and not {first, then} <= circle
    )
    return waits


def slack(context: Context) -> dict[str, int]:
    """Return by how many days each dated measure can slip before something that waits slips.

    What nothing waits for can slip to the end of the plan's period. Measures in a circle,
    or without a date, have none.
    """
    waits, dated = _waits(graph_of(context.measures)), schedule(context)
    horizon = context.period.end.toordinal() if context.period else None
    latest: dict[str, int] = {}
    result: dict[str, int] = {}
    for node in reversed(list(nx.topological_sort(waits))):
        own = dated[node]
        limits = [
            latest[then] - _length(dated[then]) for then in waits.successors(node) if then in latest
        ]
        limit = min(limits, default=horizon)
        if limit is not None:
            latest[node] = limit
        if limit is not None and own.end is not None:
            result[node] = limit - own.end
    return result


def _length(measure: Scheduled) -> int:
    if measure.start is None or measure.end is None:
        return 0
    return max(0, measure.end - measure.start)


def critical_path(context: Context) -> list[str]:
    """Return the chain of measures with the least slack, longest first among equals."""
    waits, days = _waits(graph_of(context.measures)), slack(context)
    on_edge = [edge for edge in waits.edges if edge[0] in days and edge[1] in days]
    if not on_edge:
        return []
    least = min(max(days[first], days[then]) for first, then in on_edge)
    tight: nx.DiGraph[str] = nx.DiGraph()
    tight.add_edges_from(
        sorted(edge for edge in on_edge if max(days[edge[0]], days[edge[1]]) <= least)
    )
    return list(nx.dag_longest_path(tight))


def dragged(context: Context, measure_id: str, end: int) -> dict[str, int]:
    """Return what is late if a measure ends on another day: days of delay of each start."""
    waits, dated = _waits(graph_of(context.measures)), schedule(context)
    ends = {measure_id: end}
    late: dict[str, int] = {}
    for node in nx.topological_sort(waits):
        own = dated[node]
        for first in waits.predecessors(node):
            if first in ends and own.start is not None and ends[first] >= own.start + DAY:
                late[node] = max(late.get(node, 0), ends[first] - own.start)
        if node in late and own.end is not None:
            ends[node] = own.end + late[node]
    return late


def mending_order(context: Context) -> list[str]:
    """Return the measures so that nothing comes before what it waits for; the tightest first."""
    waits, days = _waits(graph_of(context.measures)), slack(context)
    last = max(days.values(), default=0) + 1
    return list(
        nx.lexicographical_topological_sort(waits, key=lambda node: (days.get(node, last), node))
    )
