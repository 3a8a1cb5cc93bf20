"""The dependency graph of a plan, ready to be shown."""

from __future__ import annotations

import json
from datetime import date

import pytest

from dxrules.assessment.dependencies import GraphEdge, GraphNode, dependency_graph
from dxrules.dates import parse_date
from dxrules.errors import UsageError
from dxrules.report.graph import text as of_graph
from dxrules.report.json_outlook import Graph
from dxrules.report.json_values import in_utf8
from dxrules.report.json_views import as_json
from dxrules.report.terminal import Style
from dxrules.texts import Text, same
from tests.helpers.lawbooks import NOVEMBER, law, town
from tests.helpers.plans import plan_file
from tests.helpers.printed import printed

PERIOD = "period: 令和8年度～令和12年度"

CHAIN = """
    measures:
      - {id: survey, title: 調査, status: planned, start: 2026-04-01, due: 2027-03-31}
      - id: build
        title: 構築
        status: planned
        start: 2027-04-01
        due: 2028-03-31
        requires: [{id: survey}]
      - id: use
        title: 利用
        areas: [telework]
        status: planned
        start: 2028-04-01
        due: 2029-03-31
        requires: [{id: build}, {id: rules, kind: informs}]
"""


def graph(sections, what_if=None, about=PERIOD):
    """Return the graph of a small plan."""
    return dependency_graph(plan_file(sections, about), law().reference, NOVEMBER, what_if)


def test_nodes_and_edges():
    """Every measure is a node, and every prerequisite that is not in the plan."""
    found = graph(CHAIN)
    spare = (date(2031, 3, 31) - date(2029, 3, 31)).days
    assert [(node.id, node.planned, node.status) for node in found.nodes][:4] == [
        ("survey", True, "planned"),
        ("build", True, "planned"),
        ("use", True, "planned"),
        ("rules", False, None),
    ]
    survey = found.nodes[0]
    assert survey == GraphNode(
        "survey",
        same("調査"),
        planned=True,
        start=parse_date("2026-04-01"),
        due=parse_date("2027-03-31"),
        status="planned",
        slack_days=survey.slack_days,
        critical=True,
        settled=False,
    )
    assert found.nodes[2].slack_days == spare
    assert found.nodes[3] == GraphNode("rules", same("rules"), planned=False)
    declared = [edge for edge in found.edges if edge.origin == "declared"]
    assert [(e.first, e.then, e.kind, e.present) for e in declared] == [
        ("survey", "build", "finish-to-start", True),
        ("build", "use", "finish-to-start", True),
        ("rules", "use", "informs", False),
    ]
    assert [edge.overlap.at_most(0) for edge in declared[:2]] == [True, True]


def test_areas_of_edges_that_plans_support():
    """An edge between areas is shown where the later area is covered, with the areas' names."""
    found = graph(CHAIN)
    towns = [edge for edge in found.edges if edge.origin != "declared"]
    assert {(edge.first, edge.then, edge.origin) for edge in towns} == {
        (first, "telework", "town")
        for first in ("security", "front-yard", "standardization", "paperless")
    }
    names = {node.id: (node.label, node.planned) for node in found.nodes}
    areas = law().reference.areas
    assert names["telework"] == (areas["telework"].name, True)
    assert names["paperless"] == (areas["paperless"].name, False)


def test_the_path_and_the_order():
    """The chain with the least room is the critical path; nothing is mended before its root."""
    found = graph(CHAIN)
    assert found.critical_path == ("survey", "build", "use")
    assert found.order == ("survey", "build", "use")
    assert [node.critical for node in found.nodes[:4]] == [True, True, True, False]
    assert found.cycles == ()


def test_what_if():
    """A measure that ends later drags along what waits for it, and only that."""
    found = graph(CHAIN, ("survey", date(2027, 6, 30)))
    days = (date(2027, 6, 30) - date(2027, 4, 1)).days
    assert dict(found.delays) == {"build": days, "use": days - 1}
    assert {node.id: node.late_days for node in found.nodes[:4]} == {
        "survey": None,
        "build": days,
        "use": days - 1,
        "rules": None,
    }
    assert graph(CHAIN).delays == {}


@pytest.mark.parametrize(
    ("measure", "sections", "text"),
    [
        (
            "servey",
            CHAIN,
            Text(
                "「servey」という取組はありません。もしかして: survey",
                'There is no measure "servey". Did you mean survey?',
            ),
        ),
        (
            "survey",
            "measures: []",
            Text("「survey」という取組はありません。", 'There is no measure "survey".'),
        ),
    ],
)
def test_no_such_measure(measure, sections, text):
    """A measure that there is not cannot be moved; what may have been meant is named."""
    with pytest.raises(UsageError) as caught:
        graph(sections, (measure, NOVEMBER))
    assert caught.value.text == text


def test_cycles():
    """Measures that wait for each other are named as one group."""
    found = graph("""
        measures:
          - {id: a, title: A, status: planned, requires: [{id: b}]}
          - {id: b, title: B, status: planned, requires: [{id: a}]}
    """)
    assert found.cycles == (("a", "b"),)


def test_a_plan_without_prerequisites():
    """A plan without measures has a graph without nodes, read or not."""
    for sections in ("measures: []", ""):
        found = graph(sections)
        assert (found.nodes, found.edges, found.cycles) == ((), (), ())
        assert (found.critical_path, found.order) == ((), ())


def test_what_is_not_known_of_an_edge():
    """Where the section of an area was not read, whether its measure is there is open."""
    found = graph(
        "measures: [{id: t, title: T, areas: [telework], status: planned}]",
        about="""
        period: 令和8年度～令和12年度
        details_in: [{title: 実施計画, parts: [measures], status: unclear}]
    """,
    )
    edges = {edge.first: edge for edge in found.edges}
    source = law().reference.sources["prerequisites/nakanojo"]
    assert edges["security"] == GraphEdge(
        "security", "telework", "town", "informs", None, None, source
    )
    assert {node.planned for node in found.nodes} == {True}
    shown = [line.split() for line in printed(of_graph, found, Style("en")).splitlines()]
    assert ["Paperless", "offices", "Telework", "informs", "others", "?"] in shown


@pytest.mark.parametrize("name", ["koge", "kaminokawa", "nakanojo", "nishikawa", "jinsekikogen"])
def test_the_graph_of_a_town(name):
    """In a town's graph every edge joins two nodes, and every measure is mended once."""
    found = dependency_graph(town(name), law().reference, NOVEMBER)
    nodes = [node.id for node in found.nodes]
    assert len(set(nodes)) == len(nodes)
    assert {end for edge in found.edges for end in (edge.first, edge.then)} <= set(nodes)
    measures = town(name).plan.measures
    assert set(found.order) == {m.id for m in measures if m.status != "done"}
    assert found.cycles == ()


def test_who_says_so():
    """An edge of the reference list names its source, also in JSON; a declared one has none."""
    found = dependency_graph(town("nishikawa"), law().reference, NOVEMBER)
    listed = [edge for edge in found.edges if edge.origin != "declared"]
    assert listed
    sources = {entry.source for entry in law().reference.prerequisites.values()}
    known = [law().reference.sources[name] for name in sources]
    assert all(edge.source in known for edge in listed)
    assert all(edge.source is None for edge in found.edges if edge.origin == "declared")
    shown = json.loads(in_utf8(as_json(Graph, found)))["edges"]
    assert [edge["source"] and edge["source"]["title"]["ja"] for edge in shown] == [
        edge.source.title.ja if edge.source else None for edge in found.edges
    ]


def test_slack_of_what_is_past_due_and_of_what_has_none():
    """What fell due is marked beside its slack, and no open measure is left out in silence."""
    measures = """
        measures:
          - {id: a, title: 期限切れ, status: ongoing, due: 令和8年度}
          - {id: b, title: 期限前, status: ongoing, due: 令和10年度}
          - {id: c, title: 期限なし, status: considered}
          - {id: d, title: 済み, status: done}
    """
    found = dependency_graph(plan_file(measures, PERIOD), law().reference, date(2027, 6, 1))
    shown = printed(of_graph, found, Style("ja"))
    assert "令和8年度(2026-04-01～2027-03-31)、期限が過ぎている" in shown
    assert "令和10年度(2028-04-01～2029-03-31)\n" in shown
    assert "書かれていない): 期限なし\n" in shown
