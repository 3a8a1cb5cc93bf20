"""By which changes of the law a verdict changed: those that can turn it, and no others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dxrules.keeper.attribution import weighs
from dxrules.keeper.comparison_side import Side
from dxrules.keeper.impact import impact
from dxrules.keeper.reference_diff import KnowledgeChange, ReferenceChange
from dxrules.reference import Area
from dxrules.report.impact import text as of_impact
from dxrules.report.terminal import Style
from dxrules.texts import Text
from tests.helpers.lawbooks import NOVEMBER, law, town, towns
from tests.helpers.printed import printed

EDITION = date(2026, 10, 1)


def with_edition(*items):
    """Return the law with a new area, and an edition that lists more than the one before it."""
    known = law().reference
    area = Area(id="disaster-dx", name=Text("防災", "Disasters"))
    last = known.editions["5.1"]
    on = replace(last.on, earliest=EDITION, latest=EDITION)
    added = last.model_copy(update={"id": "6.0", "on": on, "items": (*last.items, *items)})
    reference = replace(
        known,
        areas={**known.areas, area.id: area},
        editions={**known.editions, added.id: added},
        known_until=NOVEMBER,
    )
    return replace(law(), reference=reference)


def shifts(new, rule):
    """Return, by key, by what each verdict of a rule on the five towns changed."""
    files = [(file, file) for file in towns()]
    found = impact(files, Side("old", law()), Side("new", new), NOVEMBER, engine="interpreter")
    return {
        shift.finding.key: [(change.list, change.id) for change in shift.changes]
        for one in found.towns
        for shift in one.shifts
        if shift.finding.rule.id == rule
    }


@pytest.mark.slow
def test_a_new_area_is_the_cause_of_what_is_said_of_it_alone():
    """What is said of another area, which the same edition lists, is not put down to it."""
    edition = ("editions", "6.0")
    assert shifts(with_edition("disaster-dx", "bpr"), "DXP-15") == {
        "disaster-dx": [("areas", "disaster-dx"), edition],
        "bpr": [edition],
    }


def test_what_changed_by_another_thing_stands_apart():
    """Subjects that changed alike, but not all by the same, are not told in one row."""
    new = with_edition("paperless", "bpr", "open-data")
    areas = new.reference.areas
    other = areas["bpr"].model_copy(update={"aliases": ("業務の見直し",)})
    new = replace(new, reference=replace(new.reference, areas={**areas, "bpr": other}))
    file, sides = town("kaminokawa"), (Side("old", law()), Side("new", new))
    found = impact([(file, file)], *sides, NOVEMBER, engine="interpreter")
    rows = [
        line
        for line in printed(of_impact, found, Style("en", 200)).splitlines()
        if "DXP-15" in line
    ]
    title = "    DXP-15 Priority items added since the plan was made"
    assert rows == [
        f"{title} [Paperless offices]: not applicable → fail (note)",
        f"{title} [Business process re-engineering]: not applicable → pass",
        f"{title} [Open data and use of public and private data]: not applicable → pass",
    ]


def rule(rule_id):
    """Return a rule of this checkout."""
    return next(r for ruleset in law().rulesets for r in ruleset.rules if r.id == rule_id)


def entry(name, key):
    """Return that an entry of a list was added, and that every rule reads it."""
    return ReferenceChange(name, key, None, getattr(law().reference, name)[key], None, ())


@pytest.mark.parametrize(
    ("name", "entry_id", "rule_id", "key", "expected"),
    [
        ("areas", "bpr", "DXP-10", "bpr", True),
        ("areas", "bpr", "DXP-10", "ai", False),
        ("areas", "bpr", "DXP-07", "plan", True),
        ("editions", "5.1", "DXP-10", "ai", True),
        ("charges", "water", "EQR-01", "water", True),
        ("charges", "water", "EQR-01", "non-tax", True),
        ("charges", "water", "EQR-01", "sewerage", False),
        ("areas", "bpr", "SCH-10", "town:bpr>ai", False),
        ("prerequisites", "G16", "SCH-10", "town:bpr>ai", True),
        ("prerequisites", "G16", "SCH-10", "town:security>telework", False),
        ("prerequisites", "G16", "SCH-10", "-", True),
        ("documents", "gunma-acceleration", "P10-02", "gunma-action-plan", True),
    ],
)
def test_which_entry_weighs(name, entry_id, rule_id, key, expected):
    """An entry turns what is said of it, of all entries together, and of what its list makes."""
    assert weighs(entry(name, entry_id), rule(rule_id), key) is expected


def test_what_is_known_is_a_cause_of_its_own():
    """That more is known is the cause where nothing else is, and never beside what changed."""
    longer = replace(law(), reference=replace(law().reference, known_until=NOVEMBER))
    (change,) = (c for c in changes(law(), longer, "DXP-04") if isinstance(c, KnowledgeChange))
    assert (change.old, change.new) == (law().reference.known_until, NOVEMBER)
    assert not weighs(change, rule("DXP-04"), "plan")


def changes(old, new, rule_id):
    """Return the changes by which what a rule says of Kaminokawa is another."""
    file = town("kaminokawa")
    sides = Side("old", old), Side("new", new)
    (one,) = impact([(file, file)], *sides, NOVEMBER, engine="interpreter").towns
    (shift,) = (each for each in one.shifts if each.finding.rule.id == rule_id)
    return shift.changes
