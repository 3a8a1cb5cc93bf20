"""The lawbook of a day: what holds, what does not yet or no longer, and what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dxrules.dates import Range
from dxrules.rules.condition import AnyOf, Leaf, leaves
from dxrules.rules.ruleset import Law, constants_on
from tests.helpers.lawbooks import GOOD, broken, change_days, law, load, prefectural


def ids(rules):
    """Return the ids of rules."""
    return [rule.id for rule in rules]


@pytest.mark.parametrize(
    ("day", "rules", "not_in_force"),
    [
        (date(2020, 3, 31), [], []),
        (date(2020, 4, 1), ["TST-02", "TST-03"], ["TST-01"]),
        (date(2020, 5, 31), ["TST-02", "TST-03"], ["TST-01"]),
        (date(2020, 6, 1), ["TST-01", "TST-02", "TST-03"], []),
        (date(2027, 3, 31), ["TST-01", "TST-02", "TST-03"], []),
        (date(2027, 4, 1), ["TST-01", "TST-03"], ["TST-02"]),
    ],
    ids=["unknown", "announced", "last day before", "from", "until", "lapsed"],
)
def test_rules_of_a_day(tmp_path, day, rules, not_in_force):
    """A rule is unknown before it is announced, and listed with its days when not in force."""
    book = load(tmp_path).lawbook(day)
    assert book.day == day
    assert ids(book.rules) == rules
    assert ids(book.not_in_force) == not_in_force


@pytest.mark.parametrize(
    ("day", "deadline"),
    [
        (date(2020, 6, 1), date(2025, 3, 31)),
        (date(2023, 3, 31), date(2025, 3, 31)),
        (date(2023, 4, 1), date(2026, 3, 31)),
        (date(2030, 1, 1), date(2026, 3, 31)),
    ],
)
def test_parameters_by_day(tmp_path, day, deadline):
    """A parameter has the value of the day, in the condition and as the day it is due."""
    rule = load(tmp_path).lawbook(day).rule("TST-01")
    assert rule.require == AnyOf(
        (
            Leaf("done_on", "by", deadline.toordinal()),
            Leaf("exception", "in", ("transition-support",)),
        )
    )
    assert rule.due_on == Range.point(deadline.toordinal())


def test_rules_that_are_not_in_force_keep_their_parameters(tmp_path):
    """A rule that does not hold has no day whose values it could take."""
    rule = load(tmp_path).lawbook(date(2020, 4, 1)).rule("TST-01")
    assert [type(leaf.operand).__name__ for leaf in leaves(rule.require)] == ["Param", "Param"]
    assert rule.due_on is None


def test_a_due_attribute_has_no_day_of_its_own(tmp_path):
    """A rule that is due when the plan says carries no day."""
    rule = load(tmp_path).lawbook(date(2026, 1, 1)).rule("TST-03")
    assert (rule.due, rule.due_on) == ("period_end", None)


def test_no_value_in_a_gap(tmp_path):
    """A parameter has no value before its first day; the others have theirs."""
    text = broken("{from: 2020-04-01, value: [", "{from: 2020-05-01, value: [")
    rulesets = load(tmp_path, text).rulesets
    assert constants_on(rulesets, date(2020, 4, 30)) == {
        "deadline": date(2025, 3, 31).toordinal(),
        "limit": 3,
    }
    assert constants_on(rulesets, date(2020, 3, 31)) == {}


def test_rules_by_id(tmp_path):
    """A rule is found by its id, by one that it had formerly, and when it does not hold."""
    book = load(tmp_path).lawbook(date(2020, 4, 1))
    assert [book.rule(name).id for name in ("TST-01", "TST-03", "OLD-03")] == [
        "TST-01",
        "TST-03",
        "TST-03",
    ]
    assert book.rule("TST-04") is None


def test_prefectures(tmp_path):
    """A town is judged by the nation's rules and its own prefecture's, never by another's."""
    both = load(
        tmp_path,
        **{
            "prefecture/34-hiroshima.yaml": prefectural("34", "own"),
            "prefecture/40-fukuoka.yaml": prefectural(
                "40", "theirs", ruleset="prefecture/40", rule="P40-01"
            ).replace("known_until: 2026-09-30", "known_until: 2026-06-30"),
        },
    )
    day = date(2026, 1, 1)
    found = {code: both.lawbook(day, code) for code in (None, "34", "40", "06")}
    assert {code: ids(book.rules)[3:] for code, book in found.items()} == {
        None: [],
        "34": ["P34-01"],
        "40": ["P40-01"],
        "06": [],
    }
    assert {code: book.rulesets for code, book in found.items()} == {
        None: ("national/test",),
        "34": ("national/test", "prefecture/34"),
        "40": ("national/test", "prefecture/40"),
        "06": ("national/test",),
    }
    assert {code: book.known_until for code, book in found.items()} == {
        None: date(2026, 9, 30),
        "34": date(2026, 9, 30),
        "40": date(2026, 6, 30),
        "06": date(2026, 9, 30),
    }
    digests = {code: book.digest for code, book in found.items()}
    assert digests[None] == digests["06"]
    assert len(set(digests.values())) == 3


def test_no_rulesets():
    """A law without rulesets is empty, and known as far as its lists are."""
    book = Law((), law().reference).lawbook(date(2026, 1, 1))
    assert (book.rules, book.not_in_force, book.known_until) == ((), (), date(2026, 9, 30))


def test_lists_that_are_known_less_long():
    """Where a reference list ends before the rulesets do, so does what is known."""
    reference = replace(law().reference, known_until=date(2026, 8, 31))
    book = replace(law(), reference=reference).lawbook(date(2026, 11, 20), "34")
    assert book.known_until == date(2026, 8, 31)


def test_digest(tmp_path):
    """The digest is of the text alone: the same on every day, another after any change."""
    first = load(tmp_path / "a")
    again = load(tmp_path / "b")
    changed = load(tmp_path / "c", GOOD + "# one more line\n")
    days = (date(2020, 1, 1), date(2026, 1, 1))
    assert {each.lawbook(day).digest for each in (first, again) for day in days} == {
        first.lawbook(days[0]).digest
    }
    assert changed.lawbook(days[0]).digest != first.lawbook(days[0]).digest


# ---- The law of this checkout ----


def standing(rule_id, day):
    """Tell whether a rule holds on a day, is known but does not, or is not known."""
    book = law().lawbook(day)
    if rule_id in ids(book.rules):
        return "in force"
    return "not in force" if rule_id in ids(book.not_in_force) else "not announced"


@pytest.mark.parametrize(
    ("rule_id", "day", "expected"),
    [
        ("SEC-10", date(2026, 6, 25), "not announced"),
        ("SEC-10", date(2026, 6, 26), "not in force"),
        ("SEC-10", date(2027, 6, 30), "not in force"),
        ("SEC-10", date(2027, 7, 1), "in force"),
        ("SEC-07", date(2027, 6, 30), "in force"),
        ("SEC-07", date(2027, 7, 1), "not in force"),
        ("DXP-13", date(2025, 3, 27), "not announced"),
        ("DXP-13", date(2025, 3, 28), "in force"),
        ("DXP-13", date(2025, 12, 16), "in force"),
        ("DXP-13", date(2025, 12, 17), "not in force"),
        ("DXP-14", date(2025, 12, 16), "not announced"),
        ("DXP-14", date(2025, 12, 17), "in force"),
        ("SEC-01", date(2024, 6, 25), "not announced"),
        ("SEC-01", date(2024, 6, 26), "not in force"),
        ("SEC-01", date(2026, 3, 31), "not in force"),
        ("SEC-01", date(2026, 4, 1), "in force"),
        ("EQR-01", date(2024, 7, 1), "not announced"),
        ("EQR-01", date(2024, 7, 2), "in force"),
        ("EQR-05", date(2026, 9, 23), "not in force"),
        ("EQR-05", date(2026, 9, 24), "in force"),
        ("DXP-10", date(2024, 2, 4), "not announced"),
        ("DXP-10", date(2024, 2, 5), "in force"),
        ("DAT-05", date(2030, 3, 31), "in force"),
        ("DAT-05", date(2030, 4, 1), "not in force"),
    ],
)
def test_the_law_changes(rule_id, day, expected):
    """A law holds from its first day to its last, and is known from the day it was announced."""
    assert standing(rule_id, day) == expected


@pytest.mark.parametrize(
    ("day", "exceptions"),
    [
        (date(2022, 10, 7), ()),
        (date(2023, 9, 7), ()),
        (date(2023, 9, 8), ("migration-difficult",)),
        (date(2024, 12, 23), ("migration-difficult",)),
        (date(2024, 12, 24), ("migration-difficult", "transition-support")),
    ],
)
def test_exceptions_of_the_migration(day, exceptions):
    """Which systems may migrate later follows the revisions of the basic policy."""
    rule = law().lawbook(day).rule("STD-02")
    assert Leaf("exception", "in", exceptions) in leaves(rule.require)
    assert rule.due_on == Range.point(date(2026, 3, 31).toordinal())


def test_every_day_has_its_parameters():
    """On no day does a rule in force lack the value of a parameter."""
    for day in change_days():
        for rule in law().lawbook(day).rules:
            for condition in rule.conditions:
                assert "Param" not in {type(leaf.operand).__name__ for leaf in leaves(condition)}


@pytest.mark.parametrize("prefecture", [None, "06", "09", "10", "34", "40", "44"])
def test_no_rule_is_lost(prefecture):
    """On each day every rule that was announced and binds is in force or listed as not."""
    rules = [
        rule
        for ruleset in law().rulesets
        for rule in ruleset.rules
        if ruleset.level == "national" or ruleset.prefecture == prefecture
    ]
    for day in change_days():
        book = law().lawbook(day, prefecture)
        known = [rule.id for rule in rules if rule.in_force.announced <= day]
        assert sorted(ids(book.rules) + ids(book.not_in_force)) == sorted(known)


def test_conditions_are_kept_as_written(tmp_path):
    """A lawbook changes nothing of a rule but its parameters."""
    loaded = load(tmp_path)
    written = loaded.rulesets[0].rules[2]
    assert loaded.lawbook(date(2026, 1, 1)).rule("TST-03") == written


def test_exceptions_of_all_that_is_left_are_those_of_each():
    """What the whole rest may be is what each system may be, and both where there are two."""
    (ruleset,) = [each for each in law().rulesets if each.id == "national/standardization"]
    of_each, of_rest = (
        ruleset.parameters[name] for name in ("accepted-exceptions", "accepted-rest-exceptions")
    )
    days = {entry.since for entry in (*of_each.entries, *of_rest.entries)}
    for day in days:
        each, rest = {*of_each.on(day)}, {*of_rest.on(day)}
        assert rest == each | ({"both"} if len(each) > 1 else set())
