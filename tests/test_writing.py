"""What is written of a condition or a fact is read back as the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.dates import Range
from dxrules.derivation import SILENT, UNKNOWN, VOCABULARY, Code, unknown
from dxrules.rules.condition import All, AnyOf, Leaf, Not, Param
from dxrules.rules.parse import ConditionParser, Faults
from dxrules.rules.writing import write_condition, write_fact
from dxrules.source.read import from_text
from dxrules.texts import same
from tests.helpers.strategies.facts import attributes_of, conditions, kinds, values


def read(kind, text):
    """Read a condition or a fact of a ruleset file; return it with what is wrong."""
    document = from_text(f"it: {text}\n", "test.yaml")
    faults = Faults(document)
    return document.data["it"], ConditionParser(faults, VOCABULARY[kind], {}), faults


def flat(condition):
    """Return a condition without the groups of one part: the file has no words for them."""
    match condition:
        case Leaf():
            return condition
        case Not(part):
            return Not(flat(part))
        case All((part,)) | AnyOf((part,)):
            return flat(part)
        case _:
            return type(condition)(tuple(map(flat, condition.parts)))


@pytest.mark.slow
@given(st.data())
def test_conditions_are_read_back(data):
    """What is written of a condition means the same to whoever reads it."""
    kind = data.draw(kinds)
    condition = data.draw(conditions(data.draw(attributes_of(kind))))
    raw, parser, faults = read(kind, write_condition(condition))
    assert parser.parse(raw, ("it",)) == flat(condition)
    assert faults.found == []


@given(st.data())
def test_facts_are_read_back(data):
    """What is written of a fact is read as the same, but for what is unknown: it is left out."""
    kind = data.draw(kinds)
    attributes = data.draw(attributes_of(kind))
    words = st.sampled_from(["…", "総務課", "a, b: {c}", "yes", '"'])
    fact = {
        each.name: data.draw(words.map(same) if each.type == "text" else values(each))
        for each in attributes
    }
    written = write_fact(kind, fact)
    if written is None:
        ranges = [v for v in fact.values() if isinstance(v, Range)]
        assert any(v.approximate or None in (v.lo, v.hi) for v in ranges)
        return
    raw, parser, faults = read(kind, written)
    known = {each.name: each for each in attributes}
    found = {name: parser.value(known[name], value, ("it", name)) for name, value in raw.items()}
    assert found == {name: value for name, value in fact.items() if value != UNKNOWN}
    assert faults.found == []


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Leaf("done_on", "by", Param("deadline")), "{done_on: {by: $deadline}}"),
        (Leaf("status", "in", ("done", "ongoing")), "{status: {in: [done, ongoing]}}"),
        (Leaf("slack_days", "at_least", -1), "{slack_days: {at_least: -1}}"),
        (
            AnyOf((Leaf("owner", "known", operand=False), Not(Leaf("status", "is", "done")))),
            "{any: [{owner: {known: no}}, {not: {status: {is: done}}}]}",
        ),
    ],
)
def test_conditions(condition, expected):
    """A condition is written in flow style, on one line."""
    assert write_condition(condition) == expected


def test_facts():
    """A fact is written as in an example; what is unknown, for whatever reason, is left out."""
    fact = {
        "status": Code("planned"),
        "start": Range(739_707, 739_711),
        "due": SILENT,
        "done_on": unknown("不明", "not known"),
        "overdue": False,
        "slack_days": Range(-2, 3),
        "owner": same("総務課"),
    }
    assert write_fact("measure", fact) == (
        '{status: planned, start: "2026-04-01～2026-04-05", due: silent, overdue: no, '
        'slack_days: -2..3, owner: "総務課"}'
    )


@pytest.mark.parametrize("value", [Range(1, None), Range(None, 1), Range(0, 1, approximate=True)])
def test_numbers_that_no_example_can_state(value):
    """Examples have no words for a number with an open end, nor for an approximate one."""
    assert write_fact("plan", {"cycles": value}) is None
