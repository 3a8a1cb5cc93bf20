"""The dependency graph: as text, as Mermaid, as DOT."""

from __future__ import annotations

import re
from datetime import date

from dxrules.assessment.dependencies import DependencyGraph, GraphEdge, GraphNode
from dxrules.report.how_to_write import How
from dxrules.report.plan_header import title
from dxrules.report.tabular import Table, column, described
from dxrules.report.terminal import Style
from dxrules.texts import Text, join, printable, same, visible, without_commands

_ORIGINS = {
    "declared": Text("計画", "plan"),
    "national": Text("国", "nation"),
    "town": Text("他の市町村", "others"),
}
_KINDS = {
    "finish-to-start": Text("完了してから", "finish to start"),
    "informs": Text("踏まえて", "informs"),
    "together": Text("同時に", "together"),
}
_MISSING = Text("計画にない", "not in the plan")
_EDGE_HEADERS = (
    Text("前提", "first"),
    Text("影響を受ける取組", "then"),
    Text("種類", "kind"),
    Text("出所", "said by"),
    Text("遅れ(日)", "late (days)"),
)
_SLACK_HEADERS = (Text("余裕(日)", "slack (days)"), Text("取組", "measure"), Text("期限", "due"))
_SLACK_MEANS = Text(
    "余裕は、影響を受ける取組の着手か計画期間の末日までの日数。負は間に合わない。* は最長経路",
    "Slack is the days until what follows starts, or the plan's period ends; "
    "below zero, it is too late. * is on the critical path",
)
_PAST_DUE = Text("、期限が過ぎている", ", past due")
_NO_SLACK = Text(
    "余裕を求められない取組(期限か、後に続く取組の時期が書かれていない): ",
    "Without a slack (no due day is stated, or not when what follows takes place): ",
)
_PATH = Text("最長経路(遅れると全体が遅れる取組の並び): ", "Critical path: ")
_NO_PATH = Text(
    "なし(日付のある前後関係がない)", "none (no measures with dates wait for each other)"
)
_CYCLE = Text("循環: ", "Cycle: ")
_NO_EDGES = Text("前提関係はない", "Nothing depends on anything")
_NO_DELAY = Text("遅れる取組はない", "nothing is late")
_MEASURES = Text("取組の前提関係", "Measures and what they wait for")
_COLUMNS = (
    column("id", "id", 14, "id"),
    column("取組", "measure", 34, "label"),
    column("着手", "start", 16, lambda node: described(node.start)),
    column("期限", "due", 16, lambda node: described(node.due)),
    column("余裕(日)", "slack (days)", 9, "slack_days"),
    column("最長経路", "critical path", 9, lambda node: same("*") if node.critical else None),
    column("遅れ(日)", "late (days)", 9, "late_days"),
)
_ARROWS = {"finish-to-start": "-->", "informs": "-.->", "together": "---"}


def write_mermaid(graph: DependencyGraph, how: How) -> bytes:
    """Return the graph as a Mermaid flowchart."""
    lang = how.style.lang
    ids = _ids(graph)
    lines = ["flowchart LR"]
    for node in graph.nodes:
        label = _in_mermaid(node.label.in_(lang))
        if not node.planned:
            label += f"<br/>({_MISSING.in_(lang)})"
        lines.append(f'  {ids[node.id]}["{label}"]{_mermaid_class(node)}')
    lines += [
        *(f"  {ids[e.first]} {_ARROWS[e.kind]} {ids[e.then]}" for e in graph.edges),
        "  classDef critical stroke-width:4px",
        "  classDef late stroke-width:4px,stroke-dasharray:2",
        "  classDef missing stroke-dasharray:6",
    ]
    return printable("\n".join(lines) + "\n").encode()


def write_dot(graph: DependencyGraph, how: How) -> bytes:
    """Return the graph in the language of Graphviz."""
    lang = how.style.lang
    ids = _ids(graph)
    lines = ["digraph plan {", "  rankdir=LR;", "  node [shape=box];"]
    for node in graph.nodes:
        style = "dashed" if not node.planned else "bold" if node.critical else "solid"
        label = _in_dot(node.label.in_(lang))
        lines.append(f"  {ids[node.id]} [label={label}, style={style}];")
    for edge in graph.edges:
        style = "solid" if edge.kind == "finish-to-start" else "dashed"
        lines.append(f"  {ids[edge.first]} -> {ids[edge.then]} [style={style}];")
    return printable("\n".join([*lines, "}"]) + "\n").encode()


def rows(graph: DependencyGraph) -> Table:
    """Return a row per measure: its time, its slack, and what it waits for."""

    def waits_for(node: GraphNode) -> str:
        return ", ".join(edge.first for edge in graph.edges if edge.then == node.id)

    last = column("先に必要なもの", "waits for", 26, waits_for)
    return Table.of(_MEASURES, graph.day, (*_COLUMNS, last), graph.nodes)


def text(graph: DependencyGraph, how: How) -> list[str]:
    """Return the graph, line by line: edges, what is tight, what waits in a circle."""
    style = how.style
    labels = {node.id: style.say(node.label) for node in graph.nodes}
    parts = [
        [title(graph.file, style)],
        _edges(graph, labels, style),
        _paths(graph, labels, style),
        _slack(graph, style),
    ]
    if graph.moved is not None:
        parts.append(_delays(graph, labels, graph.moved, style))
    return "\n\n".join("\n".join(part) for part in parts if part).split("\n")


def _edges(graph: DependencyGraph, labels: dict[str, str], style: Style) -> list[str]:
    if not graph.edges:
        return [style.say(_NO_EDGES)]
    rows = [
        [labels[edge.first], labels[edge.then], *_edge_words(edge, style)] for edge in graph.edges
    ]
    return [style.table(rows, _EDGE_HEADERS, foldable=(0, 1))]


def _paths(graph: DependencyGraph, labels: dict[str, str], style: Style) -> list[str]:
    path = " → ".join(labels[node] for node in graph.critical_path) or style.say(_NO_PATH)
    lines = style.block(style.say(_PATH) + path, 0, 2)
    for cycle in graph.cycles:
        circle = " → ".join(labels[node] for node in (*cycle, cycle[0]))
        lines += style.block(style.say(_CYCLE) + circle, 0, 2)
    return lines


def _slack(graph: DependencyGraph, style: Style) -> list[str]:
    dated = [node for node in graph.nodes if node.slack_days is not None]
    if not dated:
        return []
    by_slack = sorted(dated, key=lambda node: (node.slack_days or 0, node.id))
    rows = [_slack_row(node, graph.day, style) for node in by_slack]
    table = style.table(rows, _SLACK_HEADERS, foldable=(1,))
    untold = [node.label for node in graph.nodes if node.slack_days is None and not node.settled]
    without = style.block(_NO_SLACK + join(untold), 0, 2) if untold else []
    return [table, *without, *style.block(_SLACK_MEANS, 0)]


def _delays(
    graph: DependencyGraph, labels: dict[str, str], moved: tuple[str, date], style: Style
) -> list[str]:
    measure, day = labels[moved[0]], moved[1]
    lines = [
        style.bold(Text(f"「{measure}」の終わりが {day} になると", f'If "{measure}" ends on {day}'))
    ]
    for node, days in graph.delays.items():
        late = Text(f"+{days}日 {labels[node]}", f"+{days} days {labels[node]}")
        lines += style.block(late, 2, 2)
    return lines if graph.delays else [*lines, "  " + style.say(_NO_DELAY)]


def _edge_words(edge: GraphEdge, style: Style) -> list[str]:
    late = "-"
    if edge.present is False:
        late = style.say(_MISSING)
    elif edge.present is None:
        late = "?"
    elif edge.overlap is not None:
        lo, hi = edge.overlap.lo, edge.overlap.hi
        late = str(lo) if lo == hi else f"{lo}～{'' if hi is None else hi}"
    return [style.say(_KINDS[edge.kind]), style.say(_ORIGINS[edge.origin]), late]


def _slack_row(node: GraphNode, day: date, style: Style) -> list[str]:
    due = style.say(node.due.describe()) if node.due else "-"
    if node.due and node.due.latest and node.due.latest < day:
        due += style.say(_PAST_DUE)
    mark = "*" if node.critical else ""
    return [f"{node.slack_days}{mark}", style.say(node.label), due]


def _mermaid_class(node: GraphNode) -> str:
    if not node.planned:
        return ":::missing"
    if node.late_days:
        return ":::late"
    return ":::critical" if node.critical else ""


def _in_mermaid(label: str) -> str:
    """Return a label that is nothing but text to Mermaid: neither markup, list nor directive.

    >>> _in_mermaid("%%{init}%%"), _in_mermaid("1. a"), _in_mermaid("申請(DX)")
    ('#37;#37;#123;init#125;#37;#37;', '1#46; a', '申請(DX)')
    """
    return _SYNTAX.sub(lambda found: f"#{ord(found[0])};", visible(label))


_SYNTAX = re.compile(r"""[#;&"<>%`\\:{}\[\]|*_~@$^]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|^[-+=]""")
"""What Mermaid, or the Markdown and HTML in its labels, would take for more than text."""


def _ids(graph: DependencyGraph) -> dict[str, str]:
    return {node.id: f"n{number}" for number, node in enumerate(graph.nodes)}


def _in_dot(label: str) -> str:
    r"""Return a label in quotes; Graphviz reads HTML's entities and codes of its own in it.

    >>> print(_in_dot('a "b" \\N &amp;'))
    "a \"b\" \\N &amp;amp;"
    """
    text = visible(label).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return f'"{without_commands(text, lambda sign: f"&#{ord(sign)};")}"'
