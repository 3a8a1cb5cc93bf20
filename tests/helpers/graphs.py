"""Plans of a few measures that wait for each other."""

from __future__ import annotations

from datetime import date

import networkx as nx
from hypothesis import strategies as st

from dxrules.derivation.schedule import graph_of
from dxrules.plan.sections.measures import Measure, Requirement
from tests.helpers.plans import context, plan_file

PERIOD = "period: 令和8年度～令和12年度"


def measure(name, *needed, kind="finish-to-start"):
    """Return a measure that waits for others."""
    requires = tuple(Requirement(id=each, kind=kind) for each in needed)
    return Measure(id=name, title=name, requires=requires)


def plan(*rows, about=PERIOD):
    """Return what is derived from measures, each written as id: what it says < what it needs."""
    lines = []
    for row in rows:
        name, _, rest = row.partition(":")
        said, _, needed = rest.partition("<")
        requires = ", ".join(f"{{id: {each}}}" for each in needed.split())
        status = "" if "status" in said else "status: planned, "
        extra = f", {said.strip()}" if said.strip() else ""
        lines.append(f"  - {{id: {name}, title: {name}, {status}requires: [{requires}]{extra}}}\n")
    return context(plan_file("measures:\n" + "".join(lines) if lines else "measures: []", about))


NODES = "abcde"
edge_sets = st.sets(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=14)
"""Which of the nodes wait for which."""

_DAY = date(2026, 4, 1).toordinal()
span_lists = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), min_size=5, max_size=5)
"""When each of the nodes starts, in days from the first, and how many it takes."""


def _iso(offset):
    return date.fromordinal(_DAY + offset)


def dated(spans, edges):
    """Return a plan of dated measures whose edges run from smaller to greater ids."""
    rows = [
        f"{node}: start: {_iso(start)}, due: {_iso(start + length)} < "
        + " ".join(sorted(a for a, b in edges if b == node and a < b))
        for node, (start, length) in zip(NODES, spans, strict=True)
    ]
    return plan(*rows, about="period: 2026-04-01～2026-08-31")


def reached(shown, moved):
    """Return a measure and all that waits for it, straight or through others."""
    return {moved, *nx.descendants(graph_of(shown.measures), moved)}
