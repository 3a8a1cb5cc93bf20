"""What an attribute rests on: no value is drawn from a list that its attribute does not name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date

import pytest

from dxrules.derivation import VOCABULARY, Context, derive
from dxrules.derivation.declaration import KNOWN_UNTIL
from dxrules.derivation.vocabulary import SUBJECTS
from dxrules.reference import Reference
from tests.helpers.lawbooks import JUNE, NOVEMBER, TOWNS, law, town
from tests.helpers.plans import plan_file

CITES = """\
established: 令和7年3月
cites: [{document: dx-promotion-plan, edition: "5.1"}]
"""
ALL_TASKS = """\
standardization: {scope: all, migrated: 3, target: 2026-03-31}
indicators:
  - id: share
    title: 標準化
    areas: [standardization]
    share_of: migrated-tasks
    baseline: {value: 10, on: 2026-03-31}
    targets: [{year: 令和7年度, value: 100}]
"""


class Recorder(dict):
    """A list of the reference data that notes what is looked at: an entry, or all as `*`."""

    def __init__(self, name, entries, touched):
        super().__init__(entries)
        self.name, self.touched = name, touched

    def __getitem__(self, key):
        self.touched.add((self.name, key))
        return super().__getitem__(key)

    def get(self, key, default=None):
        """Note the entry."""
        self.touched.add((self.name, key))
        return super().get(key, default)

    def __iter__(self):
        self.touched.add((self.name, "*"))
        return super().__iter__()

    def __len__(self):
        """Note that all are counted."""
        self.touched.add((self.name, "*"))
        return super().__len__()

    def values(self):
        """Note that all are looked at."""
        self.touched.add((self.name, "*"))
        return super().values()

    def items(self):
        """Note that all are looked at."""
        self.touched.add((self.name, "*"))
        return super().items()


class Sources(dict):
    """The sources, with the set that notes what is looked at."""

    def __init__(self, entries, touched):
        super().__init__(entries)
        self.touched = touched


class Watched(Reference):
    """Reference data that note what is looked at, in the set that comes with its sources."""

    def __getattribute__(self, name):
        if name == KNOWN_UNTIL:
            super().__getattribute__("sources").touched.add((KNOWN_UNTIL, "*"))
        return super().__getattribute__(name)


def looked_at(file, day):
    """Return, as (kind, attribute, list), what was looked at beside a fact's own entry."""
    touched = set()
    lists = {
        field.name: Recorder(field.name, value, touched)
        for field in fields(Reference)
        if isinstance(value := getattr(law().reference, field.name), Mapping)
    }
    known_until = law().reference.known_until
    sources = Sources(law().reference.sources, touched)
    reference = Watched(**lists | {"sources": sources, KNOWN_UNTIL: known_until})
    found = set()
    context = Context(file, reference, day)
    fresh = dict(vars(context))
    for subject in [subject for kind in SUBJECTS for subject in kind.all_of(context)]:
        for name in VOCABULARY[subject.kind].attributes:
            vars(context).clear()  # what another attribute has looked at is looked at again
            vars(context).update(fresh)
            subject.derived.clear()
            touched.clear()
            getattr(subject, name)()
            found |= {
                (subject.kind, name, each)
                for each, key in touched
                if (each, key) != (VOCABULARY[subject.kind].own_list, subject.key)
            }
    return found


TABLE = {
    (kind.name, attribute.name, each)
    for kind in VOCABULARY.values()
    for attribute in kind.attributes.values()
    for each in attribute.rests_on
}
WHEN_MADE = {
    *(("dependency", name, "areas") for name in ("prerequisite", "dependent")),
    *(
        ("area", name, "provisions")
        for name in ("covered", "scheduled", "active_until", "idle_days")
    ),
}
"""Taken from the list when the subject was made."""

NAMES = {
    ("dependency", "dependent_covered", "areas"),
    ("dependency", "present", "areas"),
    ("indicator", "rest_exception", "areas"),
    ("indicator", "text_figures", "areas"),
    ("indicator", "agrees_with_text", "areas"),
}
"""Look at the name of an area, which is no part of the value."""


@pytest.mark.parametrize("day", [date(2022, 1, 1), JUNE, NOVEMBER], ids=str)
@pytest.mark.parametrize("name", [*TOWNS, "all tasks"])
def test_nothing_rests_on_what_it_does_not_name(name, day):
    """Whatever list a value is drawn from is declared, or it is the fact's own entry."""
    file = plan_file(ALL_TASKS, about=CITES) if name == "all tasks" else town(name)
    assert looked_at(file, day) - NAMES <= TABLE


@pytest.mark.slow
def test_each_list_that_is_named_is_needed():
    """Every list that an attribute names is looked at for some town on some day."""
    files = (*map(town, TOWNS), plan_file(ALL_TASKS, about=CITES))
    seen = set().union(*(looked_at(file, day) for file in files for day in (JUNE, NOVEMBER)))
    assert TABLE - WHEN_MADE - seen == set()


def test_what_is_named_is_there():
    """The lists that kinds and attributes name are those of the reference data."""
    lists = {field.name for field in fields(Reference)} - {"sources"}
    assert {kind.own_list for kind in VOCABULARY.values() if kind.own_list} <= lists
    assert {each for _, _, each in TABLE} <= lists
    assert all(kind.own_list for kind in VOCABULARY.values() if kind.totals)
    assert VOCABULARY["measure"].attributes["due"].rests_on == ()


@pytest.mark.parametrize("name", TOWNS)
def test_an_entry_changes_its_own_fact_and_the_totals(name):
    """A charge that is asked for, and in another tier, changes no fact of another charge."""
    charges = law().reference.charges
    moved = charges["water"].model_copy(update={"tier": "b", "asked": True})
    other = replace(law().reference, charges={**charges, "water": moved})
    before, after = (derive(town(name), each, NOVEMBER) for each in (law().reference, other))
    changed = {f.key for f, then in zip(before, after, strict=True) if f.values != then.values}
    assert {"water"} <= changed <= {"water", *VOCABULARY["collection"].totals}
