"""What all facts have in common: silence, the two days, evidence, and how values read."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.dates import ANY, Range
from dxrules.derivation import (
    SILENT,
    UNKNOWN,
    VOCABULARY,
    Absent,
    Attribute,
    Code,
    Proof,
    date_of,
    derive,
    describe,
    is_known,
    unknown,
)
from dxrules.derivation.context import earliest, names, newest
from dxrules.derivation.measure import MeasureSubject
from dxrules.errors import Place
from dxrules.texts import Text, same
from tests.helpers.plans import DAY, NAME, context, days, facts, plan_file, reference, value, values
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
    gone = unknown("計画書の該当箇所が失われている(? 工程表)", "the document lost it (? 工程表)")
    assert value(file, "area", "ai", "scheduled") == gone
    assert value(file, "area", "telework", "scheduled") is False


# Two days: the day that the facts speak for, and the day judged

NO_RESULT = unknown("期限が来たが、結果が書かれていない", "it fell due, and no result is stated")
UNCONFIRMED = unknown(
    "記載の時点より後の完了日が過ぎたが、結果は確かめられていない",
    "the completion was dated after the facts were recorded; whether it came is not known",
)
LATER = Range(date(2026, 4, 1).toordinal(), None)
"""After the day recorded, 31 March 2026."""


@pytest.mark.parametrize(
    ("said", "day", "expected"),
    [
        ("status: done", DAY, days("2026-03-31まで")),
        ("status: done, completed: 令和7年9月", DAY, days("令和7年9月")),
        ("completed: 令和7年9月", DAY, days("令和7年9月")),
        ("status: done, completed: 令和7年度～令和8年度", DAY, days("2025-04-01～2026-03-31")),
        ("status: done, completed: 令和9年度", DAY, days("令和9年度")),
        ("status: done, completed: 令和8年9月", date(2026, 9, 30), days("令和8年9月")),
        ("status: done, completed: 令和8年9月", date(2026, 10, 1), UNCONFIRMED),
        ("status: done, completed: 令和8年9月から", date(2030, 1, 1), days("令和8年9月から")),
        ("status: done, due: 令和9年度", DAY, days("2026-03-31まで")),
        ("status: not-done", DAY, LATER),
        ("status: not-done, due: 令和8年9月", DAY, days("令和8年9月")),
        ("status: not-done, due: 令和8年9月", date(2026, 9, 30), days("令和8年9月")),
        ("status: not-done, due: 令和8年9月", date(2026, 10, 1), LATER),
        ("status: not-done, due: 令和7年9月", DAY, LATER),
        ("status: not-done, due: 未定", DAY, LATER),
        ("status: planned", DAY, UNKNOWN),
        ("status: planned, due: 未定", DAY, UNKNOWN),
        ("status: planned, due: 令和8年9月", DAY, days("令和8年9月")),
        ("status: planned, due: 令和8年9月", date(2026, 9, 30), days("令和8年9月")),
        ("status: planned, due: 令和8年9月", date(2026, 10, 1), LATER),
        ("status: planned, due: 令和8年9月", date(2025, 1, 1), days("令和8年9月")),
        ("status: planned, due: 令和7年度～令和8年度", DAY, days("2026-04-01～2027-03-31")),
        ("status: planned, due: 令和8年度末まで", DAY, days("2026-04-01～2027-03-31")),
        ("status: planned, due: 令和8年度から", DAY, LATER),
        ("status: planned, due: 概ね令和8年9月", DAY, days("2026-04-01～2026-09-30")),
        ("status: planned, due: 令和7年度", DAY, NO_RESULT),
        ("status: planned, due: 令和7年9月", DAY, NO_RESULT),
        ("due: 令和7年9月", DAY, NO_RESULT),
    ],
)
def test_day_on_which_something_is_done(said, day, expected):
    """What is done was done, what is not done comes later, and an intention is open once past."""
    file = plan_file(f"measures: [{{id: a, title: 窓口, {said}}}]")
    assert value(file, "measure", "a", "done_on", day) == expected


@pytest.mark.parametrize(
    ("recorded", "said", "expected"),
    [
        ("令和8年3月", "status: done", days("2026-03-31まで")),
        ("令和8年3月", "status: not-done", days("2026-03-02から")),
        ("令和8年3月", "status: planned, due: 令和8年3月", NO_RESULT),
        ("令和8年3月", "status: planned, due: 令和7年度", NO_RESULT),
        ("令和8年3月", "status: planned, due: 令和8年度", days("令和8年度")),
        ("令和8年度", "status: planned, due: 令和8年9月", NO_RESULT),
        ("令和8年度", "status: planned, due: 令和9年9月", days("令和9年9月")),
        ("令和8年3月から", "status: done", UNKNOWN),
        ("令和8年3月から", "status: planned, due: 令和8年9月", days("令和8年9月")),
        ("令和8年3月まで", "status: not-done", UNKNOWN),
        ("令和8年3月まで", "status: not-done, due: 令和8年9月", days("令和8年9月")),
    ],
)
def test_day_recorded_may_be_known_in_part(recorded, said, expected):
    """Where the day recorded is a month, what is later begins after that month's first day."""
    file = plan_file(f"measures: [{{id: a, title: 窓口, {said}}}]", recorded=recorded)
    assert value(file, "measure", "a", "done_on") == expected


# Facts


def test_facts_come_in_order():
    """There is a fact for each subject, kind by kind in the order of the vocabulary."""
    file = plan_file("""
        standardization:
          scope: list
          systems: {family-register: {}}
          excluded: [{task: child-allowance}]
        measures:
          - {id: b, title: 二, requires: [{id: a}, {id: x, kind: informs}]}
          - {id: a, title: 一}
        indicators: [{id: i, title: 割合}]
    """)
    lists = reference()
    assert list(facts(file)) == [
        ("plan", "plan"),
        *(("provision", key) for key in lists.provisions),
        ("standardization", "standardization"),
        ("system", "child-allowance"),
        ("system", "family-register"),
        *(("collection", key) for key in lists.charges),
        ("collection", "non-tax"),
        ("collection", "further"),
        *(("area", key) for key in lists.areas),
        ("measure", "b"),
        ("measure", "a"),
        ("indicator", "i"),
        ("dependency", "declared:a>b"),
        ("dependency", "declared:x>b"),
        *(
            ("dependency", f"{entry.origin}:{entry.before}>{entry.after}")
            for entry in lists.prerequisites.values()
        ),
        *(
            ("citation", key)
            for key, document in lists.documents.items()
            if document.prefecture in (None, "34")
        ),
        *(("passage", key) for key in lists.problems),
    ]


def test_only_what_is_wanted_is_derived():
    """Kinds that nobody asks for give no fact, and of the others there is what was asked for."""
    file = plan_file("measures: [{id: a, title: 窓口, status: done}]")
    (fact,) = derive(file, reference(), DAY, {"measure": frozenset({"status", "owner"})})
    assert dict(fact.values) == {"owner": SILENT, "status": Code("done")}
    assert (fact.kind, fact.key, fact.label) == ("measure", "a", same("窓口"))


def test_broken_attribute_leaves_the_others(monkeypatch):
    """An attribute that cannot be derived is unknown and named; the rest of the fact stands."""

    def _fail(_):
        raise ZeroDivisionError("no such luck")

    monkeypatch.setattr(MeasureSubject, "overdue", _fail)
    file = plan_file("measures: [{id: a, title: 窓口, status: done}]")
    fact = facts(file)["measure", "a"]
    assert dict(fact.broken) == {"overdue": "ZeroDivisionError: no such luck"}
    assert fact.values["overdue"] == UNKNOWN
    assert fact.values["status"] == Code("done")


def test_range_that_knows_nothing_is_unknown(monkeypatch):
    """A value without any end is no value."""
    monkeypatch.setattr(MeasureSubject, "due", lambda _: ANY)
    file = plan_file("measures: [{id: a, title: 窓口}]")
    assert value(file, "measure", "a", "due") == UNKNOWN


def test_silent_subject_has_no_sources(monkeypatch):
    """A subject that names no mapping has no proofs."""
    monkeypatch.delattr(MeasureSubject, "sources")
    fact = facts(plan_file("measures: [{id: a, title: 窓口, due: 令和8年度}]"))["measure", "a"]
    assert fact.proofs["due"] == ()


# Evidence


def test_proofs_name_the_evidence_of_an_attribute():
    """A value is proved by the evidence for the keys it is drawn from, or for the whole mapping."""
    file = plan_file("""
        measures:
          - id: a
            title: 窓口
            status: ongoing
            due: 令和8年度
            evidence:
              - {of: [due], section: 第3章, page: 4, text: 令和8年度に}
              - {text: 進めている, from: town}
    """)
    fact = facts(file)["measure", "a"]
    assert fact.place == Place(NAME, 7, 5)
    whole = Proof(Place(NAME, 13, 9), text="進めている", origin="town")
    assert fact.proofs["due"] == (Proof(Place(NAME, 12, 9), "第3章", 4, "令和8年度に"), whole)
    assert fact.proofs["status"] == (whole,)


def test_key_proves_itself_where_there_is_no_evidence():
    """Without evidence a value is proved by the place of the keys that are there."""
    file = plan_file("measures: [{id: a, title: 窓口, status: done, requires: []}]")
    fact = facts(file)["measure", "a"]
    assert fact.proofs["done_on"] == (Proof(Place(NAME, 6, 39)),)
    assert fact.proofs["due"] == ()


def test_every_attribute_has_its_proofs():
    """The proofs are told of each attribute that was derived, in order, and of no other."""
    fact = facts(plan_file("measures: [{id: a, title: 窓口}]"))["measure", "a"]
    assert list(fact.proofs) == list(fact.values)
    assert len(fact.proofs) == len(fact.values)
    assert "windows" not in fact.proofs


def test_sum_is_proved_by_its_section():
    """A sum over measures or indicators points to the section, where that was read."""
    file = plan_file("measures: []")
    fact = facts(file)["plan", "plan"]
    assert fact.proofs["measure_count"] == (Proof(Place(NAME, 6, 11)),)
    assert fact.proofs["indicator_count"] == ()


# How values read

COUNT = Attribute("count", "number", Text("数", "count"))
DAYS = VOCABULARY["measure"].attributes["overdue_days"]
STATUS = VOCABULARY["measure"].attributes["status"]
DUE = VOCABULARY["measure"].attributes["due"]


@pytest.mark.parametrize(
    ("attribute", "shown", "expected"),
    [
        (COUNT, SILENT, Text("記載なし", "not stated")),
        (COUNT, UNKNOWN, Text("判断できない", "cannot be told")),
        (COUNT, unknown("理由", "reason"), Text("理由", "reason")),
        (COUNT, ANY, Text("判断できない", "cannot be told")),
        (COUNT, Range.point(0), Text("0", "0")),
        (COUNT, Range(None, 3), Text("3以下", "at most 3")),
        (DAYS, Range.point(5), Text("5日", "5 days")),
        (DAYS, Range(1, 5), Text("1～5日", "1 to 5 days")),
        (DAYS, Range(1, None), Text("1日以上", "at least 1 days")),
        (DAYS, Range(None, 5), Text("5日以下", "at most 5 days")),
        (DAYS, Range(1, 5, approximate=True), Text("概ね1～5日", "about 1 to 5 days")),
        (DAYS, ANY, Text("判断できない", "cannot be told")),
        (DUE, days("2026-09-30"), Text("2026-09-30", "2026-09-30")),
        (DUE, days("令和8年9月"), Text("2026-09-01～2026-09-30", "2026-09-01 to 2026-09-30")),
        (DUE, days("概ね令和8年度末まで"), Text("概ね2027-03-31以前", "about up to 2027-03-31")),
        (DUE, days("令和9年度から"), Text("2027-04-01以降", "from 2027-04-01")),
        (STATUS, Code("not-done"), Text("未了と明記", "stated as not done")),
        (STATUS, Code("?"), Text("?", "?")),
        (STATUS, True, Text("はい", "yes")),
        (STATUS, False, Text("いいえ", "no")),
        (STATUS, Text("窓口", "desk"), Text("窓口", "desk")),
    ],
)
def test_description(attribute, shown, expected):
    """A value reads in both languages, with its unit, its open ends and 概ね."""
    assert describe(attribute, shown) == expected


def test_date_of_a_range_has_the_same_range():
    """A range of ordinals and the date that it stands for are the same days."""
    for text in ("令和8年9月", "概ね令和8年度末まで", "令和9年度から"):
        assert date_of(days(text)).range == days(text)


def test_absence_is_known_only_if_silent():
    """Silence is known not to state a value; what is undetermined may state one."""
    assert [is_known(each) for each in (SILENT, UNKNOWN, False, Absent(silent=False))] == [
        False,
        None,
        True,
        None,
    ]


# Helpers


def test_newest_of_several_dates():
    """The newest date is that with the last day, wherever it stands; of none there is none."""
    dates = [days(text) for text in ("令和8年2月", "令和7年9月", "令和8年3月から")]
    assert newest(map(date_of, dates)) == date_of(dates[0])
    assert newest([]) is None


def test_earliest_of_several_numbers():
    """The least of several numbers may be any of those whose upper end does not exceed another."""
    assert earliest([Range(1, 5), Range(3, 4)]) == Range(1, 4)
    assert earliest([Range(None, 5), Range(3, None)]) == Range(None, 5)
    assert earliest([Range(1, None), Range(3, None, approximate=True)]) == Range(
        1, None, approximate=True
    )


def test_names():
    """Names are listed in both languages; of none the document is silent."""
    assert names(["窓口", "AI"]) == Text("窓口、AI", "窓口, AI")
    assert names([]) == SILENT


def test_context_finds_measures_by_id():
    """Measures are found by id; the ids are in the order of the plan."""
    file = plan_file("measures: [{id: b, title: 二}, {id: a, title: 一}]")
    assert [(i, m.title) for i, m in context(file).by_id.items()] == [("b", "二"), ("a", "一")]
