"""The dependency graph: as text, as Mermaid, as DOT."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.assessment import DependencyGraph, Edge, Node
    from dxrules.report.terminal import Style
    from dxrules.texts import Lang

_ORIGINS = {
    "declared": Text("計画", "plan"),
    "national": Text("国", "nation"),
    "town": Text("他の町", "towns"),
}
_KINDS = {
    "finish-to-start": Text("完了してから", "finish to start"),
    "informs": Text("踏まえて", "informs"),
    "together": Text("同時に", "together"),
}
_MISSING = Text("計画にない", "not in the plan")
_ARROWS = {"finish-to-start": "-->", "informs": "-.->", "together": "---"}


def render_graph(graph: DependencyGraph, style: Style) -> str:
    """Return the graph as text: edges, what is tight, what waits in a circle."""
    return "\n".join(_lines(graph, style)) + "\n"


def _lines(graph: DependencyGraph, style: Style) -> Iterator[str]:
    labels = {node.id: style.say(node.label) for node in graph.nodes}
    name = style.say(graph.file.plan.municipality.name.text)
    yield style.bold(f"{name} {graph.file.plan.plan.title}")
    yield ""
    headers = [
        Text("前提", "first"),
        Text("後に続くもの", "then"),
        Text("種類", "kind"),
        Text("出所", "said by"),
        Text("遅れ(日)", "late (days)"),
    ]
    rows = [
        [labels[edge.first], labels[edge.then], *_edge_words(edge, style)] for edge in graph.edges
    ]
    yield style.table(rows, [style.say(header) for header in headers])
    yield ""
    path = " → ".join(labels[node] for node in graph.critical_path)
    yield style.say(Text("クリティカルパス: ", "Critical path: ")) + (path or "-")
    for cycle in graph.cycles:
        yield style.say(Text("循環: ", "Cycle: ")) + " → ".join((*cycle, cycle[0]))
    tight = [node for node in graph.nodes if node.slack_days is not None]
    if tight:
        yield ""
        heads = [Text("取組", "measure"), Text("期限", "due"), Text("余裕(日)", "slack (days)")]
        by_slack = sorted(tight, key=lambda node: (node.slack_days or 0, node.id))
        yield style.table([_slack_row(node, style) for node in by_slack], [*map(style.say, heads)])
    if graph.delays:
        yield ""
        yield style.bold(style.say(Text("遅れの波及", "What the delay drags along")))
        for node, days in graph.delays.items():
            yield f"  {labels[node]}: +{days} " + style.say(Text("日", "days"))


def _edge_words(edge: Edge, style: Style) -> list[str]:
    late = "-"
    if edge.present is False:
        late = style.say(_MISSING)
    elif edge.present is None:
        late = "?"
    elif edge.overlap is not None:
        lo, hi = edge.overlap.lo, edge.overlap.hi
        late = str(lo) if lo == hi else f"{lo}～{'' if hi is None else hi}"
    return [style.say(_KINDS[edge.kind]), style.say(_ORIGINS[edge.origin]), late]


def _slack_row(node: Node, style: Style) -> list[str]:
    due = style.say(node.due.describe()) if node.due else "-"
    mark = "*" if node.critical else ""
    return [style.say(node.label) + mark, due, str(node.slack_days)]


def render_mermaid(graph: DependencyGraph, lang: Lang) -> str:
    """Return the graph as a Mermaid flowchart."""
    ids = _ids(graph)
    lines = ["flowchart LR"]
    for node in graph.nodes:
        label = _escaped(node.label.in_(lang))
        if not node.planned:
            label += f"<br/>({_MISSING.in_(lang)})"
        lines.append(f'  {ids[node.id]}["{label}"]{_mermaid_class(node)}')
    lines += [
        *(f"  {ids[e.first]} {_ARROWS[e.kind]} {ids[e.then]}" for e in graph.edges),
        "  classDef critical stroke-width:4px",
        "  classDef late stroke-width:4px,stroke-dasharray:2",
        "  classDef missing stroke-dasharray:6",
    ]
    return "\n".join(lines) + "\n"


def _mermaid_class(node: Node) -> str:
    if not node.planned:
        return ":::missing"
    if node.late_days:
        return ":::late"
    return ":::critical" if node.critical else ""


def _escaped(label: str) -> str:
    for char, code in (("&", "&amp;"), ('"', "&quot;"), ("<", "&lt;"), (">", "&gt;")):
        label = label.replace(char, code)
    return label


def _ids(graph: DependencyGraph) -> dict[str, str]:
    return {node.id: f"n{number}" for number, node in enumerate(graph.nodes)}


def render_dot(graph: DependencyGraph, lang: Lang) -> str:
    """Return the graph in Graphviz' language."""
    ids = _ids(graph)
    lines = ["digraph plan {", "  rankdir=LR;", "  node [shape=box];"]
    for node in graph.nodes:
        style = "dashed" if not node.planned else "bold" if node.critical else "solid"
        label = json.dumps(node.label.in_(lang), ensure_ascii=False)
        lines.append(f"  {ids[node.id]} [label={label}, style={style}];")
    for edge in graph.edges:
        style = "solid" if edge.kind == "finish-to-start" else "dashed"
        lines.append(f"  {ids[edge.first]} -> {ids[edge.then]} [style={style}];")
    return "\n".join([*lines, "}"]) + "\n"
