"""The graph of measures, and its cycles."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.dates import Range
from dxrules.derivation import derive
from dxrules.derivation.schedule import (
    WAITS,
    cycles,
    graph_of,
)
from dxrules.plan.sections.measures import Measure, Requirement
from tests.helpers.counted import at_most_calls
from tests.helpers.graphs import NODES, edge_sets, measure, plan
from tests.helpers.plans import DAY, plan_file, reference, value

CALLS_A_NODE, CALLS_AN_EDGE, CALLS_DERIVED = 60, 18, 150
"""Bounds with room to spare: it takes half of them, for any number of measures."""


def test_nodes_and_edges():
    """Edges run from what is needed first; what is not in the plan is a node, too."""
    graph = graph_of([measure("b", "a", "x", kind="informs"), measure("a")])
    assert list(graph) == ["b", "a", "x"]
    assert list(graph.edges) == [("a", "b"), ("x", "b")]


def test_edges_of_some_kinds():
    """A prerequisite that is named twice is there by each of its kinds; together is no order."""
    requires = tuple(
        Requirement(id=name, kind=kind)
        for name, kind in (
            ("a", "finish-to-start"),
            ("a", "informs"),
            ("c", "informs"),
            ("d", "together"),
        )
    )
    waiting = [Measure(id="b", title="b", requires=requires)]
    assert list(graph_of(waiting).edges) == [("a", "b"), ("c", "b")]
    assert list(graph_of(waiting, WAITS).edges) == [("a", "b")]


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ([], []),
        ([measure("a"), measure("b", "a")], []),
        ([measure("a", "x")], []),
        ([measure("a", "a")], [["a"]]),
        ([measure("b", "a"), measure("a", "b")], [["a", "b"]]),
        ([measure("a", "c"), measure("b", "a"), measure("c", "b")], [["a", "b", "c"]]),
        (
            [measure("a", "b"), measure("b", "a"), measure("c", "d", "b"), measure("d", "c")],
            [["a", "b"], ["c", "d"]],
        ),
        (
            [measure("a", "c"), measure("b", "a"), measure("c", "b"), measure("z", "z")],
            [["z"], ["a", "b", "c"]],
        ),
        ([measure("a", "b", "a"), measure("b", "a")], [["a"]]),
        (
            [measure("a", "y", "x"), measure("x", "a"), measure("y", "a")],
            [["a", "x"]],
        ),
        ([measure("a", "b", kind="informs"), measure("b", "a")], [["a", "b"]]),
        ([measure("a", "b", kind="together"), measure("b", "a", kind="together")], []),
        ([measure("a", "b", kind="together"), measure("b", "a")], []),
    ],
)
def test_cycles(measures, expected):
    """One cycle for each group, from its smallest id, the shortest first; together is no order."""
    assert cycles(measures) == expected


def test_cycle_may_be_longer_than_the_shortest_of_its_group():
    """The cycle shown runs through the smallest id, even where others of the group are closer."""
    group = [measure("a", "c"), measure("b", "a", "c"), measure("c", "b")]
    assert cycles(group) == [["a", "b", "c"]]


def _all_cycles(edges):
    """Return every elementary cycle, each from each of its nodes."""
    return [
        list(path)
        for length in range(1, len(NODES) + 1)
        for path in permutations(NODES, length)
        if all(edge in edges for edge in pairwise((*path, path[0])))
    ]


def _measures(edges):
    return [measure(node, *sorted(a for a, b in edges if b == node)) for node in NODES]


@given(edge_sets)
def test_cycles_against_every_cycle(edges):
    """Each cycle found is the smallest of the shortest through the smallest id of its group."""
    every = _all_cycles(edges)
    groups = {frozenset(b for cycle in every if a in cycle for b in cycle) for a in NODES}
    expected = [
        min((c for c in every if c[0] == min(group)), key=lambda cycle: (len(cycle), cycle))
        for group in _merged(groups)
    ]
    assert cycles(_measures(edges)) == sorted(expected, key=lambda cycle: (len(cycle), cycle))


@given(edge_sets)
def test_cycles_are_derived_as_they_are_found(edges):
    """A plan has as many cycles as its graph, which is not looked at where there are none."""
    rows = [f"{node}: < {' '.join(a for a, b in edges if b == node)}" for node in NODES]
    file = plan(*rows).file
    assert value(file, "plan", "plan", "cycles") == Range.point(len(cycles(file.plan.measures)))


def _merged(groups):
    """Return the unions of sets that have something in common."""
    merged = []
    for group in groups:
        near = [each for each in merged if not each.isdisjoint(group)]
        merged = [each for each in merged if each not in near]
        merged.append(frozenset(group).union(*near))
    return [group for group in merged if group]


@given(edge_sets, st.randoms())
def test_order_of_the_plan_does_not_matter(edges, random):
    """The cycles are the same however the measures are listed."""
    measures = _measures(edges)
    shuffled = random.sample(measures, len(measures))
    assert cycles(shuffled) == cycles(measures)


@pytest.mark.slow
@pytest.mark.parametrize("width", [1, 2, 100])
def test_many_measures_that_wait_for_each_other(width):
    """Of more cycles than anybody could list, a few calls for each edge find the shortest."""
    size = 500
    names = [f"m{number:04}" for number in range(size)]
    measures = [
        measure(name, *(names[(number - step) % size] for step in range(1, width + 1)))
        for number, name in enumerate(names)
    ]
    with at_most_calls(CALLS_A_NODE * size + CALLS_AN_EDGE * size * width):
        (cycle,) = cycles(measures)
    assert (cycle[0], len(cycle)) == (names[0], -(-size // width))


@pytest.mark.slow
def test_dense_plan_is_derived_in_few_calls():
    """What a plan of two thousand measures costs grows with its edges, not with its cycles."""
    size, width = 2000, 5
    rows = "".join(
        f"  - id: m{number}\n    title: 窓口\n    requires: ["
        + ", ".join(f"{{id: m{(number - step) % size}}}" for step in range(1, width + 1))
        + "]\n"
        for number in range(size)
    )
    file = plan_file(f"measures:\n{rows}")
    attributes = {
        "plan": frozenset({"cycles", "cycle_path"}),
        "dependency": frozenset({"present", "overlap_days"}),
        "measure": frozenset({"slack_days"}),
    }
    with at_most_calls(CALLS_DERIVED * size * width):
        found = derive(file, reference(), DAY, attributes)
    assert found[0].values["cycles"] == Range.point(1)
