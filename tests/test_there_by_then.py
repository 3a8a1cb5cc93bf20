"""Judged as of a day before the facts were recorded: what came in between was not there yet."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.dates import Range
from dxrules.derivation import Code
from dxrules.derivation.there_by_then import TOLD_AFTER
from dxrules.rules import Outcome
from tests.helpers.lawbooks import found_of
from tests.helpers.plans import plan_file, tasks, value, values

RECORDED = "2026-11-20"
BEFORE, AFTER = date(2026, 6, 1), date(2026, 11, 20)
OLD = "established: 令和8年3月31日"
NEW = "established: 令和8年11月1日"
REVISED = f"{OLD}\nrevised: [{{on: 令和8年11月1日}}]"
TOLD = "evidence: [{from: town, told: 令和8年11月10日, text: 定めた}]"
POLICY = "cybersecurity-policy-of-mayor"
POLICIES = ("mayor", "assembly", "committees")


def provision(said, about="", day=BEFORE, recorded=RECORDED):
    """Return what is told of a policy: its status, in place, provided for, published."""
    file = plan_file(f"provisions: {{{POLICY}: {{{said}}}}}", about, recorded)
    names = ("status", "in_place", "provided_for", "published")
    return values(file, "provision", POLICY, *names, day=day)


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("status: in-place, since: 令和8年度, published: yes", OLD),
        ("status: in-place, since: 令和8年6月, published: yes", NEW),
        ("status: in-place, published: yes", NEW),
        ("status: in-place, published: yes", REVISED),
        ("status: in-place, published: yes", ""),
        (f"status: in-place, published: yes, {TOLD}", OLD),
        ("status: in-place, published: yes, evidence: [{from: secondary, text: 公報}]", OLD),
    ],
)
def test_a_provision_that_may_have_come_since(said, about):
    """It may have come after the day judged: it was there, or was to come, and no more is told."""
    status, in_place, provided_for, _ = provision(said, about)
    assert (status, in_place, provided_for) == (TOLD_AFTER, TOLD_AFTER, True)
    assert provision(said, about, AFTER) == (Code("in-place"), True, True, True)


@pytest.mark.parametrize(
    ("said", "about", "recorded"),
    [
        ("status: in-place, since: 令和7年度", NEW, RECORDED),
        ("status: in-place, since: 令和8年6月1日", NEW, RECORDED),
        ("status: in-place, reviewed: 令和8年4月1日", NEW, RECORDED),
        (
            "status: in-place",
            f"{OLD}\nrevised: [{{on: 令和8年11月1日, kind: editorial}}]",
            RECORDED,
        ),
        ("status: in-place", OLD, RECORDED),
        ("status: in-place", "", "令和8年5月"),
        ("status: in-place, since: 令和8年度", "", "令和8年度"),
        ("status: in-place", "", "令和8年6月"),
    ],
)
def test_a_provision_that_was_there(said, about, recorded):
    """Its day had passed, or a document of an earlier day says so, or the facts may be as old."""
    assert provision(said, about, recorded=recorded)[:3] == (Code("in-place"), True, True)


def test_a_publication_that_may_have_come_since():
    """Since when a policy is in place does not tell when it was published."""
    said = "status: in-place, since: 令和8年4月1日, published: %s"
    assert provision(said % "yes", NEW)[3] is TOLD_AFTER
    assert provision(said % "yes", OLD)[3] is True
    assert provision(said % "no", NEW)[3] is False


@pytest.mark.parametrize(("since", "shown"), [("令和7年度", True), ("令和8年度", False)])
def test_what_is_shown_by_another_that_may_have_come_since(since, shown):
    """What stands for another does so from its own day on."""
    said = f"provisions: {{three-layers: {{status: in-place, since: {since}}}}}"
    file = plan_file(said, NEW, RECORDED)
    assert (value(file, "provision", "system-measures", "in_place", BEFORE) is True) is shown
    assert value(file, "provision", "system-measures", "in_place", AFTER) is True


@pytest.mark.parametrize(
    ("section", "about", "left"),
    [
        ("scope: all, migrated: all, migrated_on: 令和8年度", OLD, None),
        ("scope: all, migrated: all", NEW, None),
        ("scope: all, status: migrated", NEW, None),
        ("scope: all, migrated: all", OLD, 0),
        ("scope: all, migrated: all, migrated_on: 令和7年度", NEW, 0),
    ],
)
def test_systems_that_may_have_moved_since(section, about, left):
    """Neither that each is migrated nor that none is left is told of the day judged."""
    file = plan_file(f"standardization: {{{section}}}", about, RECORDED)
    status = value(file, "system", "family-register", "status", BEFORE)
    outstanding = value(file, "standardization", "standardization", "outstanding", BEFORE)
    if left is None:
        assert status is TOLD_AFTER
        assert not (isinstance(outstanding, Range) and outstanding.hi == 0)
    else:
        assert (status, outstanding) == (Code("migrated"), Range.point(left))
    assert value(file, "system", "family-register", "status", AFTER) == Code("migrated")


def test_single_systems_that_may_have_moved_since():
    """A list of tasks, each with its day, is taken by these days."""
    listed = tasks("migrated: 令和8年度", count=2)
    file = plan_file(f"standardization: {{scope: list, systems: {{{listed}}}}}", OLD, RECORDED)
    count = value(file, "standardization", "standardization", "migrated", BEFORE)
    assert count == Range(0, 2)
    count = value(file, "standardization", "standardization", "migrated", AFTER)
    assert count == Range.point(2)


@pytest.mark.parametrize(
    ("said", "about", "status"),
    [
        ("status: started, start: 令和8年度", OLD, TOLD_AFTER),
        ("status: started", NEW, TOLD_AFTER),
        ("status: started", OLD, Code("started")),
        ("status: started, start: 令和8年4月", NEW, Code("started")),
    ],
)
def test_a_collection_that_may_have_started_since(said, about, status):
    """That it has started is told of the day judged only if it surely had."""
    file = plan_file(f"collection: {{charges: {{water: {{{said}}}}}}}", about, RECORDED)
    assert value(file, "collection", "water", "status", BEFORE) == status
    assert value(file, "collection", "water", "status", AFTER) == Code("started")


@pytest.mark.parametrize("since", ["令和8年度", "令和8年5月～8月", ""])
def test_no_duty_is_met_by_what_came_since(since):
    """Neither a pass by a policy that may be younger than the day judged, nor a failure."""
    day = f", since: {since}" if since else ""
    said = ", ".join(
        f"cybersecurity-policy-of-{each}: {{status: in-place, published: no{day}}}"
        for each in POLICIES
    )
    file = plan_file(f"provisions: {{{said}}}", NEW, RECORDED)
    found = found_of(file, BEFORE).findings
    outcomes = {(f.rule.id, f.outcome) for f in found if f.rule.id in ("SEC-01", "SEC-02")}
    assert outcomes == {("SEC-01", Outcome.UNKNOWN), ("SEC-02", Outcome.UNKNOWN)}
