"""What all facts have in common: silence, the two days, evidence, and how values read."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.dates import Range
from dxrules.derivation import (
    SILENT,
    UNKNOWN,
    VOCABULARY,
    Code,
    is_known,
    unknown,
)
from dxrules.texts import Text, same
from tests.helpers.plans import days, facts, plan_file, reference, value, values
from tests.helpers.unknowns import not_read

SECTIONS = ("provisions", "standardization", "collection", "measures", "indicators", "document")

# Silence

FROM_REFERENCE = {
    ("area", "plan_start"),
    ("area", "plan_end"),
    ("area", "plan_made_on"),
    ("area", "priority"),
    ("area", "listed_after_plan"),
    ("area", "alongside"),
    ("area", "declined"),
    ("area", "idle_days"),
    ("provision", "asked"),
    ("collection", "tier"),
    ("collection", "asked"),
    ("dependency", "origin"),
    ("dependency", "edge"),
    ("dependency", "prerequisite"),
    ("dependency", "dependent"),
    ("dependency", "overlap_days"),
    ("passage", "established"),
    ("plan", "uncounted_measures"),
    ("plan", "refused_but_worked_on"),
}
"""Attributes that no section is needed for."""

EMPTY = """
    provisions: {}
    standardization: {scope: unstated}
    collection: {charges: {}}
    measures: []
    indicators: []
    document: {read: complete}
"""


WHICH_LIST = unknown(
    "策定時にどの版の項目一覧があったか分からない",
    "which list of items held when the plan was made is not known",
)
NO_LISTS = unknown("対象・対象外の一覧がない", "no lists of what is in scope and what is not")
UNREAD = plan_file(about="revised: [{on: 令和7年9月}]")


def _section_of(kind, name):
    """Return the section that an attribute is drawn from, None where it needs none."""
    if (kind, name) in FROM_REFERENCE:
        return None
    if kind == "plan":
        reads = VOCABULARY[kind].attributes[name].reads
        return next((key for key in reads if key in SECTIONS), None)
    if kind == "area":
        if name == "starts_stated":
            return "collection"
        return "indicators" if name in {"measured", "sentence_goal"} else "measures"
    return {
        "provision": "provisions",
        "dependency": "measures",
        "passage": "document",
        "citation": None,
    }.get(kind, kind)


def test_what_was_not_read_is_unknown():
    """Of a plan without any section everything is unknown, counts included, and says why."""
    for (kind, key), fact in facts(UNREAD).items():
        for name, found in fact.values.items():
            section = _section_of(kind, name)
            if section is None or section == "document":
                continue
            assert found == not_read(section), (kind, key, name)


def test_document_that_was_not_read_has_no_problem_known():
    """Without the section on the document nobody can say whether a problem is there."""
    for problem in reference().problems:
        assert values(plan_file(), "passage", problem, "count", "places") == (
            not_read("document"),
            UNKNOWN,
        )


def test_what_was_not_read_is_not_known_either():
    """`known` is unknown, not false, of whatever stands in a section that was not read."""
    found = facts(UNREAD)
    for (kind, _), fact in found.items():
        for name, each in fact.values.items():
            if _section_of(kind, name):
                assert is_known(each) is None


@pytest.mark.parametrize(
    ("kind", "key", "expected"),
    [
        (
            "provision",
            "cio",
            {
                "status": SILENT,
                "claimed": SILENT,
                "in_place": SILENT,
                "comes_later": False,
                "provided_for": SILENT,
                "considered": SILENT,
                "covers_all_staff": SILENT,
                "since": SILENT,
                "done_on": SILENT,
                "published": SILENT,
                "reviewed": SILENT,
                "unreviewed_days": SILENT,
                "reviewed_regularly": SILENT,
                "at_least_yearly": SILENT,
                "scope": SILENT,
                "rank": SILENT,
                "body": SILENT,
                "asked": True,
                "applicable": SILENT,
            },
        ),
        (
            "standardization",
            "standardization",
            {
                "in_scope": unknown(
                    "対象業務の数が書かれていない", "the number of tasks is not stated"
                ),
                "migrated": SILENT,
                "outstanding": UNKNOWN,
                "unaccounted": NO_LISTS,
                "unaccounted_names": NO_LISTS,
                "counts_agree": SILENT,
                "counts_clash": SILENT,
                "listed": False,
                "rest_exception": UNKNOWN,
                "done_on": UNKNOWN,
                "moved_on": Range(None, days("令和8年3月").hi),
                "moved_exception": UNKNOWN,
                "deferred_functions": SILENT,
                "deferred_due": SILENT,
                "government_cloud": SILENT,
            },
        ),
        (
            "collection",
            "water",
            {
                "tier": Code("c"),
                "asked": False,
                "status": SILENT,
                "start": SILENT,
                "done_on": SILENT,
                "scheduled": SILENT,
                "started": SILENT,
                "considered": SILENT,
                "announced": SILENT,
            },
        ),
        (
            "collection",
            "non-tax",
            {
                "tier": Code("any"),
                "asked": True,
                "status": SILENT,
                "start": SILENT,
                "done_on": SILENT,
                "scheduled": SILENT,
                "started": UNKNOWN,
                "considered": SILENT,
                "announced": SILENT,
            },
        ),
        (
            "area",
            "telework",
            {
                "priority": WHICH_LIST,
                "listed_after_plan": WHICH_LIST,
                "alongside": False,
                "covered": False,
                "answered": False,
                "declined": False,
                "addressed": UNKNOWN,
                "scheduled": False,
                "measured": False,
                "sentence_goal": False,
                "measures": Range.point(0),
                "active_until": SILENT,
                "idle_days": SILENT,
                "plan_start": SILENT,
                "plan_made_on": Range(None, date(2026, 3, 31).toordinal()),
                "plan_end": SILENT,
                "starts_stated": False,
            },
        ),
        (
            "dependency",
            "national:standardization>common-platform",
            {
                "origin": Code("national"),
                "edge": Code("informs"),
                "prerequisite": Text(
                    "情報システムの標準化", "Standardization of information systems"
                ),
                "dependent": Text(
                    "国・地方デジタル共通基盤の基本方針に基づく共通化",
                    "Sharing under the policy for the national-local common platform",
                ),
                "dependent_covered": False,
                "present": False,
                "overlap_days": SILENT,
            },
        ),
        (
            "passage",
            "placeholder",
            {"count": Range.point(0), "established": False, "places": SILENT},
        ),
    ],
)
def test_what_was_read_and_is_empty_is_silent(kind, key, expected):
    """Of sections that were read and are empty the counts are zero and the rest is silent."""
    assert values(plan_file(EMPTY), kind, key) == expected


def test_plan_with_empty_sections():
    """The sums over empty sections are zero, and over no indicators there is nothing to tell."""
    found = values(plan_file(EMPTY), "plan", "plan")
    assert {name: found[name] for name in VOCABULARY["plan"].attributes} == {
        **dict.fromkeys(VOCABULARY["plan"].attributes, SILENT),
        **dict.fromkeys(
            ("missing_contents", "missing_contents_names", "cites_basic_data_plan"), UNKNOWN
        ),
        "edition_now": same("5.1"),
        "edition_when_made": Text(
            "1.0、2.0、2.3、3.0、4.0、5.0、5.1", "1.0, 2.0, 2.3, 3.0, 4.0, 5.0, 5.1"
        ),
        "lists_behind_when_made": Range(0, 3),
        "lists_behind": Range(0, 3),
        "measure_count": Range.point(0),
        "finished_count": Range.point(0),
        "measures_elsewhere": False,
        "unadopted": False,
        "claims_all_areas": False,
        "uncovered_areas": Range(0, 8),
        "claims_targets": False,
        "untargeted_areas": Range(0, 8),
        "cycles": Range.point(0),
        "prerequisites": Range.point(0),
        "serves_as_data_plan": False,
        "serves_as_digital_use_plan": False,
        "cites_prefecture": UNKNOWN,
        "indicator_count": Range.point(0),
    }


LOST = """
    standardization: {scope: unstated}
    measures: []
    indicators: []
    provisions: {}
    collection: {}
    document: {read: complete, lost: [{part: %s, section: 方針1, what: 工程表}]}
"""
LEFT = "details_in: [{title: 個別計画書, parts: [%s], status: planned}]"
GONE = unknown(
    "計画書の該当箇所が失われている(方針1 工程表)", "the document lost it (方針1 工程表)"
)
ELSEWHERE = unknown(
    "「個別計画書」に委ねられている。この文書を確かめる",
    "left to 「個別計画書」; ask for that document",
)


@pytest.mark.parametrize(
    "part", ["schedule", "measures", "areas", "indicators", "organization", "period", "other"]
)
@pytest.mark.parametrize(
    ("kind", "key", "name", "parts", "otherwise"),
    [
        ("area", "ai", "covered", {"measures", "areas"}, False),
        ("area", "ai", "scheduled", {"schedule", "measures"}, False),
        ("area", "ai", "measured", {"indicators"}, False),
        ("area", "ai", "active_until", {"measures", "areas"}, SILENT),
        ("area", "el-qr", "starts_stated", {"schedule", "measures"}, False),
        ("provision", "cio", "status", {"organization"}, SILENT),
        ("provision", "cio", "in_place", {"organization"}, SILENT),
        ("provision", "cio", "rank", {"organization"}, SILENT),
        ("provision", "security-policy", "status", set(), SILENT),
        (
            "dependency",
            "national:standardization>common-platform",
            "present",
            {"measures", "areas"},
            False,
        ),
        (
            "dependency",
            "national:standardization>common-platform",
            "dependent_covered",
            {"measures", "areas"},
            False,
        ),
        ("plan", "plan", "period_start", {"period"}, SILENT),
        ("plan", "plan", "period_end", {"period"}, SILENT),
        ("plan", "plan", "period_state", {"period"}, SILENT),
        ("plan", "plan", "days_left", {"period"}, SILENT),
        ("plan", "plan", "no_period_reason", {"period"}, SILENT),
        ("area", "ai", "plan_start", {"period"}, SILENT),
        ("area", "ai", "plan_end", {"period"}, SILENT),
    ],
)
def test_what_was_lost_or_left_elsewhere_is_unknown(kind, key, name, parts, otherwise, part):
    """What stood where the document lost it, or stands elsewhere, is unknown, and says where."""
    lost = value(plan_file(LOST % part), kind, key, name)
    left = value(plan_file(EMPTY, LEFT % part), kind, key, name)
    assert (lost, left) == ((GONE, ELSEWHERE) if part in parts else (otherwise, otherwise))


@pytest.mark.parametrize(
    ("kind", "key", "name"),
    [
        ("area", "ai", "covered"),
        ("area", "ai", "scheduled"),
        ("area", "ai", "measured"),
        ("area", "ai", "plan_end"),
        ("area", "el-qr", "starts_stated"),
        ("provision", "driving-body", "status"),
        ("provision", "security-policy", "status"),
        ("provision", "progress-review", "reviewed_regularly"),
        ("plan", "plan", "author"),
        ("plan", "plan", "made_on"),
        ("plan", "plan", "successor"),
        ("plan", "plan", "claims_all_areas"),
        ("passage", "draft-mark", "established"),
    ],
)
def test_lost_pages_of_the_text_may_have_said_anything(kind, key, name):
    """Where pages of the text were lost, nothing is silence, whatever it is about."""
    assert value(plan_file(LOST % "text"), kind, key, name) == GONE


@pytest.mark.parametrize(
    ("part", "name", "found"),
    [
        ("indicators", "last_targets_early", SILENT),
        ("indicators", "late_observations", SILENT),
        ("measures", "cycles", Range.point(0)),
    ],
)
def test_what_another_document_holds_is_no_contradiction_of_this_one(part, name, found):
    """What was lost may contradict what is left; what stands elsewhere is not this plan's."""
    lost = value(plan_file(LOST % part), "plan", "plan", name)
    assert lost in (GONE, Range(0, None))
    assert value(plan_file(EMPTY, LEFT % part), "plan", "plan", name) == found


MEASURE = "measures: [{id: a, title: 窓口, status: planned}]"


@pytest.mark.parametrize(
    ("part", "lost", "left"),
    [
        ("organization", SILENT, SILENT),
        ("owners", GONE, ELSEWHERE),
        ("measures", GONE, SILENT),
    ],
)
def test_who_is_in_charge_is_not_told_by_a_chart(part, lost, left):
    """A chart of the organization names no owner of a measure, nor do measures elsewhere."""
    gone = plan_file((LOST % part).replace("measures: []", MEASURE))
    assert value(gone, "measure", "a", "owner") == lost
    elsewhere = plan_file(EMPTY.replace("measures: []", MEASURE), LEFT % part)
    assert value(elsewhere, "measure", "a", "owner") == left


def test_lost_pages_about_some_areas_leave_the_others():
    """Pages that were lost about one area say nothing of another."""
    file = plan_file((LOST % "text").replace("part: text", "part: text, areas: [ai]"))
    found = [value(file, "area", area, "covered") for area in ("ai", "telework")]
    assert found == [GONE, False]


@pytest.mark.parametrize(
    ("kind", "key", "name", "part"),
    [
        ("plan", "plan", "indicator_count", "indicators"),
        ("area", "ai", "measures", "measures"),
    ],
)
def test_count_of_what_was_lost_is_open(kind, key, name, part):
    """Where what is counted was lost or stands elsewhere, the count says no more than that."""
    assert value(plan_file(LOST % part), kind, key, name) == GONE
    assert value(plan_file(EMPTY, LEFT % part), kind, key, name) == ELSEWHERE


@pytest.mark.parametrize(
    ("status", "count"),
    [("planned", ELSEWHERE), ("unclear", ELSEWHERE), ("exists", Range(1, None))],
)
def test_measures_left_to_a_document_that_may_not_exist(status, count):
    """What stands here may be no more than lines of thought, unless the other document exists."""
    about = (LEFT % "measures").replace("planned", status)
    file = plan_file(EMPTY.replace("measures: []", MEASURE), about)
    assert value(file, "plan", "plan", "measure_count") == count
    assert value(plan_file(LOST % "measures"), "plan", "plan", "measure_count") == GONE


def test_loss_that_concerns_other_areas_is_none():
    """What was lost of one area says nothing of another; without areas it may be any."""
    file = plan_file("""
        measures: []
        document: {read: complete, lost: [{part: schedule, areas: [ai], what: 工程表}]}
    """)
    gone = unknown("計画書の該当箇所が失われている(工程表)", "the document lost it (工程表)")
    assert value(file, "area", "ai", "scheduled") == gone
    assert value(file, "area", "telework", "scheduled") is False
