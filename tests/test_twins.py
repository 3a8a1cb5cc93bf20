"""What stands twice in a plan: looked at once each, however often it stands there."""

from __future__ import annotations

from collections import Counter

import pytest

from dxrules.derivation import measure_twins
from dxrules.derivation.values import SILENT
from tests.helpers.plans import facts, plan_file


def values(kind, attribute, said):
    """Return an attribute of each entry, by id."""
    found = facts(plan_file(said), wanted={kind: frozenset({attribute})})
    return {key: fact.values[attribute] for (_, key), fact in found.items()}


def measures(*said):
    """Return measures of one name, each with what is said of it."""
    lines = ["measures:"]
    lines += [
        f"  - {{id: {chr(97 + n)}, title: 窓口 の改革, areas: [ai], {each}}}"
        for n, each in enumerate(said)
    ]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["status: done", "status: planned"], [SILENT, False]),
        (["status: done", "status: done", "status: ongoing"], [SILENT, True, False]),
        (["status: planned", "status: planned, due: 令和9年度"], [SILENT, SILENT]),
        (["status: done", "status: planned, extent: part"], [SILENT, SILENT]),
        (["owner: a", "owner: a, status: planned"], [SILENT, SILENT]),
    ],
)
def test_measures(said, expected):
    """The first of them is silent, and each later one agrees with all before it, or does not."""
    assert [*values("measure", "twin_agrees", measures(*said)).values()] == expected


def test_indicators():
    """The same of the targets of indicators, time by time."""
    lines = ["indicators:"]
    written = [("a", "%", 50, 8), ("b", "%", 50, 8), ("c", "％", 60, 8), ("d", "%", 60, 9)]
    for name, unit, value, year in written:
        lines.append(
            f"  - {{id: {name}, title: 率, unit: '{unit}', areas: [ai], baseline: {{value: 10, on: "
            f"令和6年度}}, targets: [{{value: {value}, year: 令和{year}年度}}]}}"
        )
    found = values("indicator", "twin_targets_agree", "\n".join(lines))
    assert found == {"a": SILENT, "b": True, "c": False, "d": SILENT}


def test_each_is_looked_at_once(monkeypatch):
    """A plan that says one thing a thousand times does not take a million looks."""
    looked = Counter()
    state = measure_twins._state

    def counted(judged, said):
        looked[said.id] += 1
        return state(judged, said)

    monkeypatch.setattr(measure_twins, "_state", counted)
    said = measures(*["status: done"] * 26)
    assert list(values("measure", "twin_agrees", said).values()).count(True) == 25
    assert max(looked.values()) == 2
