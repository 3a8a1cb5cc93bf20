"""Where knowledge ends: what was read in part, was lost, is only announced, or came too late."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.dates import Range
from dxrules.derivation import SILENT, UNKNOWN, Code, absence, unknown
from dxrules.derivation.provision_status import ONLY_PLANNED
from dxrules.texts import same
from tests.helpers.plans import DAY, days, plan_file, reference, value, values
from tests.helpers.unknowns import not_read

IN_PART = unknown("全部は読んでいない", "the document was read only in part")
GONE = unknown("計画書の該当箇所が失われている(図)", "the document lost it (図)")
NOT_YET = unknown("整備の日がまだ来ていない", "its day had not come yet")
WHICH_LIST = unknown(
    "策定時にどの版の項目一覧があったか分からない",
    "which list of items held when the plan was made is not known",
)
KNOWN_UNTIL = date(2026, 9, 30)
AFTER = date(2026, 11, 20)


def lost(part, more=""):
    """Return a document that lost a part."""
    return f"document: {{read: complete, lost: [{{part: {part}, what: 図}}]{more}}}"


# What was read only in part


@pytest.mark.parametrize(
    ("kind", "key", "names"),
    [
        ("plan", "plan", ("status", "author", "period_end", "made_on", "published", "successor")),
        ("plan", "plan", ("claims_all_areas", "serves_as_data_plan", "measures_elsewhere")),
        ("area", "ai", ("covered", "measured", "sentence_goal", "plan_end")),
        ("measure", "a", ("status", "due", "owner")),
        ("indicator", "i", ("has_baseline", "has_target")),
        ("provision", "cio", ("in_place", "rank")),
        ("collection", "water", ("status", "done_on", "considered")),
        ("dependency", "declared:x>a", ("present",)),
    ],
)
def test_silence_of_what_was_read_in_part(kind, key, names):
    """Of a document that was read only in part, nothing that is not said is silence."""
    file = plan_file("""
        provisions: {}
        collection: {charges: {}}
        measures: [{id: a, title: 窓口, requires: [{id: x}]}]
        indicators: [{id: i, title: 割合}]
        document: {read: part}
    """)
    assert values(file, kind, key, *names) == (IN_PART,) * len(names)


def test_counts_of_what_was_read_in_part():
    """Of what was read only in part nothing is counted but what was found."""
    file = plan_file(
        "measures: []\nindicators: []\ndocument: {read: part}", about="revised: [{on: 令和7年9月}]"
    )
    names = ("measure_count", "cycles", "unreported_results", "indicator_count")
    assert values(file, "plan", "plan", *names) == (IN_PART,) * 4


# What was lost


@pytest.mark.parametrize(
    ("part", "count"), [("other", Range.point(0)), ("schedule", Range.point(0))]
)
def test_lost_figure_hides_no_passage(part, count):
    """A figure that was lost leaves the count of passages as it is."""
    assert value(plan_file(lost(part)), "passage", "placeholder", "count") == count


def test_lost_text_may_hide_passages():
    """Where pages of text were lost, the count of passages has no upper end."""
    said = ", passages: [{problem: placeholder, text: 追記}]"
    assert value(plan_file(lost("text", said)), "passage", "placeholder", "count") == Range(1, None)


@pytest.mark.parametrize(
    ("part", "count"), [("measures", GONE), ("schedule", GONE), ("other", SILENT)]
)
def test_lost_results_may_be_unreported(part, count):
    """Measures or days that were lost may have fallen due before the revision.

    Where nothing was lost and nothing fell due there is no result to report.
    """
    file = plan_file(f"measures: []\n{lost(part)}", about="revised: [{on: 令和7年9月}]")
    assert value(file, "plan", "plan", "unreported_results") == count


@pytest.mark.parametrize(("part", "expected"), [("other", False), ("schedule", False)])
def test_prerequisite_that_is_not_in_the_plan(part, expected):
    """A prerequisite is missing only where all measures are here."""
    sections = "measures: [{id: b, title: 後, requires: [{id: x}]}]\n"
    found = value(plan_file(sections + lost(part)), "dependency", "declared:x>b", "present")
    assert found is expected
    gone = unknown("計画書の該当箇所が失われている(図)", "the document lost it (図)")
    file = plan_file(sections + lost("measures"))
    assert value(file, "dependency", "declared:x>b", "present") == gone


def test_lost_period_leaves_open_what_lies_outside():
    """Without the period that was lost, neither parents, measures nor targets can be compared."""
    file = plan_file(
        """
        measures: [{id: a, title: 窓口, due: 令和9年度}]
        indicators: [{id: i, title: 割合, targets: [{value: 1, year: 令和9年度}]}]
        document: {read: complete, lost: [{part: period, what: 表紙}]}
        """,
        about="parents: [{title: 甲, period: 令和8年度}]",
    )
    gone = unknown("計画書の該当箇所が失われている(表紙)", "the document lost it (表紙)")
    assert value(file, "plan", "plan", "outside_parent_days") == gone
    assert value(file, "measure", "a", "days_outside_plan") == gone
    assert value(file, "indicator", "i", "gap_to_plan_end_days") == gone
    assert value(file, "plan", "plan", "last_targets_early") == Range(0, 1)


@pytest.mark.parametrize(
    ("kind", "sections", "expected"),
    [
        ("measure", "measures: []", SILENT),
        (
            "measure",
            "",
            not_read("measures"),
        ),
        ("indicator", "indicators: []\n" + lost("indicators"), None),
        ("indicator", "indicators: []\n" + lost("measures"), SILENT),
        ("measure", "measures: []\ndocument: {read: part}", IN_PART),
        ("system", "standardization: {scope: count}", SILENT),
        ("area", "", SILENT),
    ],
)
def test_absence_of_facts(kind, sections, expected):
    """That a plan has no fact of a kind is silence, unless they were unread, lost or left out."""
    gone = unknown("計画書の該当箇所が失われている(図)", "the document lost it (図)")
    found = absence(plan_file(sections), reference(), DAY, kind)
    assert found == (gone if expected is None else expected)


# Where the reference data end


@pytest.mark.parametrize(
    ("established", "day", "expected"),
    [
        ("2026-09-30", AFTER, True),
        ("2026-10-01", AFTER, WHICH_LIST),
        ("令和8年度", AFTER, WHICH_LIST),
        ("令和8年度", KNOWN_UNTIL, True),
        ("2026-10-01", KNOWN_UNTIL, True),
    ],
)
def test_priority_of_a_plan_made_after_the_lists_end(established, day, expected):
    """Which list held after the lists end is not known; a plan made before keeps its own."""
    file = plan_file(about=f"established: {established}")
    assert value(file, "area", "ai", "priority", day) == expected


def test_lists_behind_a_plan_made_after_the_lists_end():
    """A plan made after the lists end may be behind by more than is known."""
    about = 'cites: [{document: dx-promotion-plan, edition: "5.1"}]\nestablished: 2026-11-01'
    names = ("lists_behind_when_made", "edition_now")
    found = values(plan_file(about=about), "plan", "plan", *names, day=AFTER)
    assert found == (Range(0, None), same("5.1"))


@pytest.mark.parametrize(
    ("area", "day", "expected"),
    [
        ("common-platform", KNOWN_UNTIL, True),
        ("common-platform", AFTER, True),
        ("ai", AFTER, False),
        ("bpr", KNOWN_UNTIL, False),
        ("bpr", AFTER, False),
    ],
)
def test_item_listed_after_the_lists_end(area, day, expected):
    """What no list known names is not listed, as far as is known; DXP-04 says that it may be."""
    file = plan_file(about="established: 2025-04-01")
    assert value(file, "area", area, "listed_after_plan", day) == expected


def test_item_listed_by_a_later_edition():
    """An item that a later list names was listed after the plan from the day of that list."""
    file = plan_file(about="established: 2022-10-01", recorded="2022-10-01")
    assert value(file, "area", "el-qr", "listed_after_plan", date(2024, 2, 4)) is False
    assert value(file, "area", "el-qr", "listed_after_plan", date(2024, 2, 5)) is True


# What was only announced


@pytest.mark.parametrize(
    ("since", "day", "expected"),
    [
        ("2026-03-31", DAY, Code("in-place")),
        ("令和8年3月", DAY, Code("in-place")),
        ("令和8年度", DAY, Code("planned")),
        ("令和7年度から", DAY, Code("in-place")),
        ("概ね令和8年9月", DAY, Code("planned")),
        ("概ね令和8年度まで", AFTER, Code("planned")),
        ("令和9年3月まで", DAY, Code("planned")),
        ("令和8年9月", DAY, Code("planned")),
        ("令和8年9月", AFTER, NOT_YET),
        ("2026-03-31", date(2026, 3, 30), Code("planned")),
    ],
)
def test_in_place_from_a_day_to_come(since, day, expected):
    """What is in place from a day after the one judged is planned, after that recorded open."""
    file = plan_file(f"provisions: {{cio: {{status: in-place, since: {since}}}}}")
    status, in_place = values(file, "provision", "cio", "status", "in_place", day=day)
    assert status == expected
    if expected == Code("in-place"):
        assert in_place is True
    else:
        assert in_place == (NOT_YET if expected == NOT_YET else ONLY_PLANNED)


def test_completion_to_come_does_not_finish():
    """What waits for a completion after the day recorded overlaps as it would with a due day."""
    file = plan_file("""
        measures:
          - {id: a, title: 先, status: done, completed: 2026-09-30}
          - {id: b, title: 後, start: 2026-09-01, requires: [{id: a}]}
    """)
    for day in (DAY, AFTER):
        assert value(file, "dependency", "declared:a>b", "overlap_days", day) == Range.point(29)


def test_finished_work_needs_no_dates():
    """Of work that is finished, days that are not stated are silent, even where they were lost."""
    said = "measures: [{id: a, title: 先, status: done}, {id: b, title: 後, status: planned}]\n"
    file = plan_file(said + lost("schedule"), about="period: 令和8年度")
    names = ("due", "overdue", "days_outside_plan", "starts_after_due")
    assert values(file, "measure", "a", *names) == (SILENT,) * 4
    gone = unknown("計画書の該当箇所が失われている(図)", "the document lost it (図)")
    assert values(file, "measure", "b", *names) == (gone,) * 4


# What is approximate, or recurs


def test_approximate_days_outside_the_period():
    """By how much an approximate day lies outside is not sure, an exact one beside it is."""
    said = "{id: a, title: 窓口, start: 2027-04-11, due: 概ね2027-05-31}"
    file = plan_file(f"measures: [{said}]", about="period: 令和8年度")
    assert value(file, "measure", "a", "days_outside_plan") == Range(11, 61)


def test_range_that_knows_nothing_is_unknown():
    """An approximate range without ends is unknown, as an exact one is."""
    file = plan_file("""
        collection:
          charges: {road-occupancy: {start: 概ね令和8年10月から}, water: {start: 令和9年度から}}
    """)
    assert value(file, "collection", "non-tax", "done_on") == UNKNOWN


@pytest.mark.parametrize(
    ("recurrence", "expected"),
    [
        ("yearly", days("2027-03-31")),
        ("continuous", days("2027-03-31")),
        ("as-needed", None),
    ],
)
def test_activity_that_lasts(recurrence, expected):
    """An interval and continuous work last to the end of the period; 随時 says nothing of it."""
    said = f"id: a, title: 窓口, areas: [ai], status: ongoing, recurrence: {recurrence}"
    file = plan_file(f"measures: [{{{said}}}]", about="period: 令和8年度")
    until, idle = values(file, "area", "ai", "active_until", "idle_days")
    if expected is None:
        assert (until, idle) == (UNKNOWN, SILENT)
    else:
        assert (until, idle) == (expected, Range.point(0))


def test_covered_where_the_status_is_not_said():
    """An edge of the reference list asks of the later area what the area itself says."""
    file = plan_file("measures: [{id: a, title: 基盤, areas: [common-platform]}]")
    edge = "national:standardization>common-platform"
    assert value(file, "dependency", edge, "dependent_covered") == value(
        file, "area", "common-platform", "covered"
    )


# What came after the day judged


@pytest.mark.parametrize(
    ("said", "kind", "key", "name", "before", "after"),
    [
        (
            "collection: {charges: {water: {status: started, start: 2026-03-01}}}",
            *("collection", "water", "status"),
            Code("planned"),
            Code("started"),
        ),
        (
            "standardization: {scope: all, systems: {family-register: {migrated: 2026-03-01}}}",
            *("system", "family-register", "status"),
            Code("planned"),
            Code("migrated"),
        ),
        (
            "standardization: {scope: count, in_scope: 17, migrated: all, migrated_on: 2026-03-01}",
            *("standardization", "standardization", "outstanding"),
            UNKNOWN,
            Range.point(0),
        ),
        (
            "provisions: {security-policy: {status: in-place, reviewed: 2026-03-01}}",
            *("provision", "security-policy", "reviewed"),
            SILENT,
            days("2026-03-01"),
        ),
    ],
)
def test_what_came_after_the_day_judged(said, kind, key, name, before, after):
    """On a day before its own it was still to come, though it is recorded as done since."""
    file = plan_file(said)
    assert value(file, kind, key, name, date(2026, 2, 28)) == before
    assert value(file, kind, key, name, date(2026, 3, 1)) == after
