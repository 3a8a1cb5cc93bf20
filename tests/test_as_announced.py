"""The law as it was known on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.dates import DatedValues, ValueSince
from dxrules.rules.as_announced import known_on
from tests.helpers.examples import of_hundred
from tests.helpers.lawbooks import JUNE, NOVEMBER, TOWNS, broken, found_of, law, load, town

EVE = date(2026, 6, 25)
"""The day before the ordinance on the measures in the eight fields was announced."""


def rules_of(known):
    """Return the rules of a law by id."""
    return {rule.id: rule for rule in known.rules}


def test_rules_not_announced():
    """A rule is known from the day on which it is announced, long before it begins."""
    before, after = (rules_of(known_on(law(), day)) for day in (EVE, date(2026, 6, 26)))
    assert "SEC-10" not in before
    assert after["SEC-10"] == rules_of(law())["SEC-10"]


def test_rules_that_lapse():
    """That a rule lapses is known with what takes its place, or from the beginning."""
    before, after = (rules_of(known_on(law(), day)) for day in (EVE, date(2026, 6, 26)))
    untils = [rules["SEC-04"].in_force.until for rules in (before, after)]
    assert untils == [None, date(2027, 6, 30)]
    assert before["DAT-05"].in_force.until == date(2030, 3, 31)


def test_rules_that_have_lapsed():
    """A rule that lapsed before the day stays lapsed, whatever came after it."""
    assert rules_of(known_on(law(), NOVEMBER)) == rules_of(law())
    day = date(2025, 12, 31)
    assert rules_of(known_on(law(), day))["DXP-13"].in_force.until == date(2025, 12, 16)


@pytest.mark.parametrize(
    ("decided", "day", "values"),
    [
        ("", date(2022, 1, 1), 1),
        ("", date(2023, 4, 1), 2),
        ("decided: 2022-06-01, ", date(2022, 1, 1), 1),
        ("decided: 2022-06-01, ", date(2022, 6, 1), 2),
        ("decided: 2024-06-01, ", date(2023, 4, 1), 2),
        ("", date(2019, 1, 1), 1),
    ],
)
def test_values_not_decided(tmp_path, decided, day, values):
    """A value is known once it holds or was decided; until then, the one before it lasts."""
    own = load(tmp_path, broken("act: {title", f"act: {{{decided}title"))
    (ruleset,) = known_on(own, day).rulesets
    every = (
        ValueSince(date(2020, 4, 1), date(2025, 3, 31).toordinal(), date(2023, 3, 31)),
        ValueSince(date(2023, 4, 1), date(2026, 3, 31).toordinal()),
    )
    expected = every if values > 1 else (replace(every[0], until=None),)
    assert ruleset.parameters["deadline"] == DatedValues(expected)


def test_entries_to_come():
    """An entry is known from the day on which it holds, and an edition that is cited is kept."""
    known = known_on(law(), JUNE).reference
    assert max(edition.holds_from for edition in known.editions.values()) <= JUNE
    assert known.areas == law().reference.areas
    assert "5.0" in known_on(law(), JUNE, {"5.0"}).reference.editions


def test_what_is_known_ends():
    """What is known ends before the first thing that was left out, and nowhere else."""
    known = known_on(law(), JUNE)
    assert known.reference.known_until == date(2025, 12, 16)
    assert known.lawbook(JUNE).known_until < law().lawbook(JUNE).known_until
    assert known.lawbook(JUNE).known_until <= known.reference.known_until
    now = known_on(law(), NOVEMBER)
    assert now.reference.known_until == law().reference.known_until
    assert now.lawbook(NOVEMBER) == law().lawbook(NOVEMBER)


def test_lists_known_less_long_than_the_rulesets():
    """What is known of the law ends with the first reference list, on whatever day it is seen."""
    reference = replace(law().reference, known_until=date(2026, 8, 31))
    known = known_on(replace(law(), reference=reference), NOVEMBER)
    assert known.lawbook(NOVEMBER).known_until == date(2026, 8, 31)


@pytest.mark.slow
@of_hundred(30)
@given(st.dates(date(2023, 1, 1), date(2030, 1, 1)), st.sampled_from(list(TOWNS)))
def test_nothing_is_missed_on_the_day(day, name):
    """A plan is judged by the law as known on a day as it is by the whole law."""
    file = town(name)
    cited = {citation.edition for citation in file.plan.plan.cites}
    known, whole = (found_of(file, day, own) for own in (known_on(law(), day, cited), law()))
    assert list(map(judged, known.findings)) == list(map(judged, whole.findings))


def judged(finding):
    """Return what a finding says, without the days on which its rule ends."""
    return finding.subject, finding.outcome, finding.severity, finding.message


@of_hundred(30)
@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_known_twice(day):
    """What is known on a day is known on it, and all of what was known before."""
    known = known_on(law(), day)
    assert known_on(known, day) == known
