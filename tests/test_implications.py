"""What the table of implied values says holds for every fact that a plan can give."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.derivation import VOCABULARY, Absent, derive
from dxrules.rules.condition import Leaf, meaning
from tests.helpers.examples import of_hundred
from tests.helpers.lawbooks import JUNE, NOVEMBER, TOWNS, law, town
from tests.helpers.plans import plan_file, reference
from tests.helpers.strategies.plan_entries import charges, indicators, measures

PAIRS = [(kind.name, *pair) for kind in VOCABULARY.values() for pair in kind.implied]
DAYS = (date(2024, 1, 1), JUNE, NOVEMBER, date(2027, 4, 1))

STATUSES = ("in-place", "planned", "considered", "none", None)
SINCE = ("2023-03-31", "2025-03-31", "2026-12-10", None)
CYCLES = ("[yearly]", "[quarterly, pdca]", "[ooda]", "[as-needed]", None)
SCOPES = ("all-staff", "staff", "managers", None, None)


def contradictions(facts):
    """Return the facts of which something does not follow that should."""
    said = [
        (kind, one, other, meaning(Leaf(*one)), meaning(Leaf(*other))) for kind, one, other in PAIRS
    ]
    return [
        (fact.kind, fact.key, one, other)
        for fact in facts
        for kind, one, other, holds, follows in said
        if fact.kind == kind and holds(fact.values) and follows(fact.values) is not True
    ]


def inline(entries):
    """Return a mapping of YAML with the entries that are stated."""
    return "{" + ", ".join(f"{k}: {v}" for k, v in entries.items() if v is not None) + "}"


def test_what_follows_is_of_the_vocabulary():
    """Each pair is about two attributes of the kind; the codes are theirs."""
    for kind, one, other in PAIRS:
        assert one[0] != other[0]
        for name, operator, value in (one, other):
            allowed = set(VOCABULARY[kind].attributes[name].codes) or {True, False}
            assert value in ({True} if operator == "known" else allowed), (kind, one, other)


@pytest.mark.slow
@pytest.mark.parametrize("serves", ["[public-private-data-plan]", "[]"])
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_provisions(day, serves):
    """Whatever is said of a provision, nothing contradicts the table, and each pair is met."""
    met = set()
    for status, since, (cycle, scope) in product(STATUSES, SINCE, zip(CYCLES, SCOPES, strict=True)):
        described = {"since": since, "cycle": cycle, "scope": scope}
        said = inline({"status": status} | ({} if status == "none" else described))
        none_of_its_own = status == "none" and serves != "[]"  # the plan that serves as it is one
        keys = "\n".join(
            f"  {key}: {said}"
            for key in reference().provisions
            if not (none_of_its_own and key in serves)
        )
        file = plan_file(f"provisions:\n{keys}", about=f"serves_as: {serves}")
        found = derive(file, reference(), day, {"provision": PROVISION})
        assert contradictions(found) == []
        met |= {
            pair
            for pair in VOCABULARY["provision"].implied
            if any(meaning(Leaf(*pair[0]))(fact.values) for fact in found)
        }
    assert met == set(VOCABULARY["provision"].implied)


PROVISION = frozenset(leaf[0] for pair in VOCABULARY["provision"].implied for leaf in pair)


def listed(section, items):
    """Return a section that lists things, each with an id and a title."""
    lines = [f"  - {inline({'id': f'x{n}', 'title': 'X'} | item)}" for n, item in enumerate(items)]
    return "\n".join([f"{section}:", *lines]) if lines else ""


@pytest.mark.slow
@of_hundred(60)
@given(
    charges,
    st.lists(measures, max_size=3),
    st.lists(indicators, max_size=3),
    st.sampled_from([None, "4.0", "5.0"]),
    st.sampled_from(["planned", "migrated", None]),
    st.sampled_from(DAYS),
)
def test_other_facts(collected, worked_on, measured, edition, migrated, day):
    """Whatever a plan says of charges, measures and indicators, nothing contradicts the table."""
    said = ", ".join(f"{key}: {inline(entry)}" for key, entry in collected.items())
    file = plan_file(
        "\n".join(
            [
                f"collection: {{charges: {{{said}}}}}",
                f"standardization: {inline({'scope': 'all', 'status': migrated})}",
                listed("measures", worked_on),
                listed("indicators", measured),
            ]
        ),
        about=f'cites: [{{document: dx-promotion-plan, edition: "{edition}"}}]' if edition else "",
    )
    assert contradictions(derive(file, reference(), day)) == []


@pytest.mark.parametrize("name", TOWNS)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_towns(name, day):
    """No fact of a real plan contradicts the table."""
    found = derive(town(name), law().reference, day)
    assert any(not isinstance(value, Absent) for fact in found for value in fact.values.values())
    assert contradictions(found) == []
