"""Plans that say the same are judged the same, and time alone mends nothing that is late."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from dxrules.assessment import assess
from dxrules.errors import PlanError
from dxrules.rules import Outcome, load_law
from tests.helpers.equal_plans import in_days, proven, renamed, shuffled, without_entry
from tests.helpers.examples import of_hundred
from tests.helpers.plans import reference
from tests.helpers.strategies.plans_read_in_part import more_and_less_read, plan_saying

DAYS = (
    date(2024, 12, 24),
    date(2026, 3, 31),
    date(2026, 4, 1),
    date(2026, 9, 24),
    date(2026, 11, 20),
    date(2027, 7, 1),
    date(2028, 4, 1),
)
days = st.sampled_from(DAYS)
CHARGES = sorted({*reference().charges} - {"local-tax", "unspecified"})
NOT_YET = ("DXP-02",)
"""Rules that time alone mends: the period of a plan begins."""


def outcomes(data, day, recorded="令和8年10月"):
    """Return the outcome of each rule and subject; what contradicts itself is no plan."""
    try:
        file = plan_saying(data, read="complete", recorded=recorded)
    except PlanError:
        reject()
    found = assess([file], load_law(), day, engine="interpreter").plans[0].findings
    return {finding.subject: finding.outcome for finding in found}


@pytest.mark.slow
@given(more_and_less_read(), st.randoms(use_true_random=False), days)
@of_hundred(15)
def test_order_of_entries(both, random, day):
    """In which order a file holds its entries tells nothing."""
    said, _ = both
    assert outcomes(shuffled(said, random), day) == outcomes(said, day)


@pytest.mark.slow
@given(more_and_less_read(), days)
@of_hundred(15)
def test_notation_of_dates(both, day):
    """令和8年度 is the days from its first to its last."""
    said, _ = both
    assert outcomes(in_days(said), day) == outcomes(said, day)


@pytest.mark.slow
@given(more_and_less_read(), days)
@of_hundred(15)
def test_names_of_entries(both, day):
    """By which ids a file names its measures and indicators tells nothing."""
    said, _ = both
    named = {
        (rule, kind, key.replace("other-", "")): outcome
        for (rule, kind, key), outcome in outcomes(renamed(said, "other"), day).items()
    }
    assert named == outcomes(said, day)


@pytest.mark.slow
@given(more_and_less_read(), days)
@of_hundred(15)
def test_quotations_of_the_plan(both, day):
    """What the plan is quoted for counts as much as before, or settles what was open."""
    said, _ = both
    before, after = outcomes(said, day), outcomes(proven(said), day)
    assert before.keys() == after.keys()
    differ = {each for each, outcome in before.items() if after[each] is not outcome}
    assert all(before[each] is Outcome.UNKNOWN for each in differ)


@pytest.mark.slow
@given(more_and_less_read(), st.lists(days, min_size=2, max_size=2, unique=True).map(sorted))
@of_hundred(15)
def test_time_mends_nothing(both, two):
    """What failed on a day passes on no later one, while nothing new is told.

    From 24 December 2024 the law accepts no further exceptions.
    """
    said, _ = both
    before, after = (outcomes(said, day, "令和6年10月") for day in two)
    mended = [
        subject
        for subject, outcome in before.items()
        if outcome is Outcome.FAIL
        and subject[0] not in NOT_YET
        and after.get(subject) is Outcome.PASS
    ]
    assert mended == []


@pytest.mark.slow
@given(st.data(), more_and_less_read(), days)
@of_hundred(20)
def test_what_is_left_out_passes_nothing(data, both, day):
    """A town meets nothing more for that its file holds one thing less of what it does."""
    said, _ = both
    entries = [("provisions", key) for key in said.get("provisions", {})]
    entries += [("collection", key) for key in said.get("collection", {}).get("charges", {})]
    assume(entries)
    left_out = data.draw(st.sampled_from(sorted(entries)))
    before, after = outcomes(said, day), outcomes(without_entry(said, *left_out), day)
    of_town = {
        rule.id for each in load_law().rulesets for rule in each.rules if rule.about == "town"
    }
    passed = {each for each, outcome in after.items() if outcome is Outcome.PASS}
    more = {each for each in passed if before.get(each) is not Outcome.PASS}
    assert {each for each in more if each[0] in of_town} == set()


@pytest.mark.slow
@given(more_and_less_read(), st.sampled_from(sorted(reference().provisions)), days)
@of_hundred(20)
def test_what_is_set_up_fails_nothing(both, provision, day):
    """Nothing that a plan met before is missed once something more is in place."""
    said, _ = both
    there = {"status": "in-place", "published": "yes", "scope": "all-staff", "applies": "yes"}
    more = {**said, "provisions": {**said.get("provisions", {}), provision: there}}
    before, after = outcomes(said, day), outcomes(more, day)
    met = [subject for subject, outcome in before.items() if outcome is Outcome.PASS]
    assert [subject for subject in met if after[subject] is Outcome.FAIL] == []


SAME = [
    (
        {"provisions": {"progress-review": {"title": "進捗の確認", "cycle": ["yearly"]}}},
        {"provisions": {"progress-review": {"title": "毎年度の進捗の確認"}}},
    ),
    (
        {"provisions": {"promoters": {"status": "planned", "since": "令和9年度"}}},
        {"provisions": {"promoters": {"status": "in-place", "since": "令和9年度"}}},
        {"provisions": {"promoters": {"since": "令和9年度"}}},
    ),
    (
        {"collection": {"charges": {"unspecified": {"status": "none"}}}},
        {"collection": {"charges": {key: {"status": "none"} for key in CHARGES}}},
    ),
    tuple(
        {"measures": [{"id": "a", "title": "試行", "areas": ["ai"], "owner": "総務課", **said}]}
        for said in (
            {"status": "done"},
            {"completed": "令和7年度"},
            {"elsewhere": "done"},
        )
    ),
    tuple(
        {"measures": [{"id": "a", "title": "試行", "areas": ["ai"], "start": "令和9年4月", **said}]}
        for said in (
            {"due": "令和12年度"},
            {"due": "令和13年3月"},
            {"due": "2031年3月31日まで"},
            {"due": "令和12年度まで順次"},
            {"due": "2030年度", "status": "planned"},
        )
    ),
]
"""Plans that say the same in different words."""


@pytest.mark.parametrize("plans", SAME)
@pytest.mark.parametrize("day", DAYS)
def test_other_words(plans, day):
    """What stands under another key, or in the words of a title or date, is judged the same.

    That nothing is said to compare with is no other verdict, nor is the status of charges that
    stand under `unspecified` alone.
    """
    about = {"established": "令和8年3月", "period": "令和8年度～令和12年度"}
    first, *others = (outcomes({"plan": about, **each}, day) for each in plans)
    for other in others:
        differ = {key: (first[key], other[key]) for key in first if first[key] is not other[key]}
        assert not [key for key, pair in differ.items() if Outcome.NOT_APPLICABLE not in pair]
