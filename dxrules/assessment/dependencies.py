"""The dependency graph of a plan, ready to be shown: nodes, edges, what is tight, what is late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from dxrules.dates import PartialDate, Range
from dxrules.derivation import Code, Context, derive, schedule
from dxrules.derivation.progress import is_settled
from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.plan import PlanFile
from dxrules.reference import Reference, Source
from dxrules.source import did_you_mean
from dxrules.texts import Text, same

_EDGE_ATTRIBUTES = frozenset({"origin", "edge", "present", "overlap_days", "dependent_covered"})


@frozen
class GraphNode:
    """A measure, or an area that a national edge names; `planned` is whether it is in the plan.

    A measure that is not settled is still to be worked on, as far as the plan tells.
    """

    id: str
    label: Text
    planned: bool
    start: PartialDate | None = None
    due: PartialDate | None = None
    status: str | None = None
    slack_days: int | None = None
    critical: bool = False
    late_days: int | None = None
    settled: bool = True


@frozen
class GraphEdge:
    """What has to come first, what waits for it, and who says so; the plan itself: no source."""

    first: str
    then: str
    origin: str
    kind: str
    present: bool | None
    overlap: Range | None
    source: Source | None = None


@frozen
class DependencyGraph:
    """The graph of one plan, on a day; `order` is the order to mend in.

    `moved` is the measure whose end was moved, if one was, and the day that it was moved to;
    `delays` is what that drags along.
    """

    file: PlanFile
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    cycles: tuple[tuple[str, ...], ...]
    critical_path: tuple[str, ...]
    order: tuple[str, ...]
    delays: Mapping[str, int]
    day: date
    moved: tuple[str, date] | None = None


def dependency_graph(
    file: PlanFile, reference: Reference, day: date, what_if: tuple[str, date] | None = None
) -> DependencyGraph:
    """Return the graph of a plan; `what_if` moves the end of one measure to another day.

    Raises UsageError if there is no such measure.
    """
    context = Context(file, reference, day)
    ids = [measure.id for measure in context.measures]
    delays: dict[str, int] = {}
    if what_if is not None:
        measure, end = what_if
        if measure not in ids:
            raise UsageError(_no_measure(measure, ids))
        delays = schedule.dragged(context, measure, end.toordinal())
    slack = schedule.slack(context)
    path = tuple(schedule.critical_path(context))
    edges = tuple(_edges(file, reference, day))
    nodes = [
        GraphNode(
            measure.id,
            same(measure.title),
            planned=True,
            start=measure.start,
            due=measure.due,
            status=measure.status,
            slack_days=slack.get(measure.id),
            critical=measure.id in path,
            late_days=delays.get(measure.id),
            settled=is_settled(context, measure),
        )
        for measure in context.measures
    ]
    shown = {node.id for node in nodes}
    for edge in edges:
        for end_id, there in ((edge.first, edge.present), (edge.then, True)):
            if end_id not in shown:
                shown.add(end_id)
                area = reference.areas.get(end_id)
                label = area.name if area else same(end_id)
                nodes.append(GraphNode(end_id, label, planned=there is not False))
    return DependencyGraph(
        file,
        tuple(nodes),
        edges,
        tuple(tuple(cycle) for cycle in schedule.cycles(schedule.waiting(context))),
        path,
        tuple(schedule.mending_order(context)),
        delays,
        day,
        what_if,
    )


def _no_measure(measure: str, ids: list[str]) -> Text:
    message = Text(f"「{measure}」という取組はありません。", f'There is no measure "{measure}".')
    hint = did_you_mean(measure, ids)
    return message.then(hint)


def _edges(file: PlanFile, reference: Reference, day: date) -> list[GraphEdge]:
    edges = []
    sources = {
        f"{entry.origin}:{entry.before}>{entry.after}": reference.sources[entry.source]
        for entry in reference.prerequisites.values()
    }
    for fact in derive(file, reference, day, {"dependency": _EDGE_ATTRIBUTES}):
        values = fact.values
        origin, kind = cast("Code", values["origin"]), cast("Code", values["edge"])  # never absent
        if origin.code != "declared" and values["dependent_covered"] is not True:
            continue
        first, then = fact.key.partition(":")[2].split(">")
        present, overlap = values["present"], values["overlap_days"]
        edges.append(
            GraphEdge(
                first,
                then,
                origin.code,
                kind.code,
                present if isinstance(present, bool) else None,
                overlap if isinstance(overlap, Range) else None,
                sources.get(fact.key),
            )
        )
    return edges
