"""Facts of areas: which are priority items, and what the plan does in them."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.dates import ANY, Range
from dxrules.derivation import SILENT, UNKNOWN, Code, unknown
from dxrules.derivation.values import ONLY_CONSIDERED
from tests.helpers.plans import DAY, days, facts, plan_file, value, values
from tests.helpers.unknowns import not_read

BY_OTHERS = unknown(
    "計画書自体に書かれているかは示されていない", "that the plan itself says so is not shown"
)
WHICH_LIST = unknown(
    "策定時にどの版の項目一覧があったか分からない",
    "which list of items held when the plan was made is not known",
)
WHEN = unknown(
    "時期が計画期間に入るか分からない", "whether its time lies in the plan's period is not known"
)
ACHIEVED = unknown(
    "済んだ、又は始めたと書かれているが、これから何を行うかは書かれていない",
    "it is stated as finished or started; what is still to be done is not said",
)
NOT_READ = not_read("collection")
GOES_ON = unknown("取組が続いているか書かれていない", "whether the measure goes on is not said")


PERIOD = "period: 令和8年度～令和12年度"

LEFT_OVER = "standardization: {scope: list, systems: {family-register: {status: not-migrated%s}}}"

# The nation's lists


@pytest.mark.parametrize(
    ("area", "established", "expected"),
    [
        ("el-qr", "2023-11-09", False),
        ("el-qr", "2023-11-10", False),
        ("el-qr", "2024-02-04", False),
        ("ai", "2024-02-04", True),
        ("el-qr", "2024-02-05", True),
        ("el-qr", "令和6年2月", WHICH_LIST),
        ("el-qr", "令和6年3月", True),
        ("el-qr", "2025-03-27", True),
        ("el-qr", "2025-03-28", True),
        ("el-qr", "令和7年3月", True),
        ("el-qr", "令和7年12月", True),
        ("common-platform", "2025-03-28", False),
        ("common-platform", "2025-12-16", False),
        ("common-platform", "2025-12-17", True),
        ("common-platform", "令和7年12月", WHICH_LIST),
        ("common-platform", "令和7年度", WHICH_LIST),
        ("common-platform", "令和8年1月", True),
        ("common-platform", "令和7年度から", WHICH_LIST),
        ("ai", "2022-09-01", True),
        ("ai", "2020-12-25", True),
        ("ai", "2020-12-24", False),
        ("ai", "令和2年12月", WHICH_LIST),
        ("ai", "2019年3月", False),
        ("el-qr", "2020-12-25", False),
        ("el-qr", "令和5年12月", False),
        ("cashless", "未定", False),
        ("internal-systems", "令和2年12月", False),
        ("ai", "2022-09-02", True),
        ("bpr", "2026-03-31", False),
        ("regional-dx", "2025-04-01", False),
    ],
)
def test_priority_when_the_plan_was_made(area, established, expected):
    """An area is a priority by the list that held when the plan was made, if one list did."""
    file = plan_file(about=f"established: {established}")
    assert value(file, "area", area, "priority") == expected


@pytest.mark.parametrize(
    ("cites", "area", "expected"),
    [
        ("[]", "common-platform", WHICH_LIST),
        ("[]", "ai", WHICH_LIST),
        ("[]", "bpr", False),
        ("[{document: dx-promotion-plan}]", "ai", True),
        ("[{document: dx-promotion-plan}]", "common-platform", WHICH_LIST),
        ("[{document: dx-promotion-plan, date: 令和8年1月}]", "common-platform", True),
        ("[{document: priority-plan, date: 2025年6月13日}]", "common-platform", WHICH_LIST),
        ("[{document: priority-plan, date: 2025年6月13日}]", "ai", True),
        ("[{document: priority-plan, date: 概ね2026年1月}]", "ai", WHICH_LIST),
        ("[{document: priority-plan, date: 2026-04-01}]", "ai", WHICH_LIST),
        ('[{document: dx-promotion-plan, edition: "4.0"}]', "common-platform", WHICH_LIST),
        ('[{document: dx-promotion-plan, edition: "5.0"}]', "common-platform", True),
        ('[{document: dx-promotion-plan, edition: "5.0", followed: no}]', "common-platform", True),
        ('[{document: other, edition: "5.0"}]', "common-platform", WHICH_LIST),
    ],
)
def test_plan_without_a_day_was_made_after_what_it_cites(cites, area, expected):
    """Where no day is stated, it lies between what the plan cites and the day recorded."""
    assert value(plan_file(about=f"cites: {cites}"), "area", area, "priority") == expected


@pytest.mark.parametrize(
    ("revised", "day", "expected"),
    [
        ("[{on: 未定}]", DAY, WHICH_LIST),
        ("[{on: 2026-01-31}, {on: 未定}]", DAY, True),
        ("[{on: 2026-02-01}]", DAY, True),
        ("[{on: 2026-02-01}]", date(2026, 1, 31), False),
        ("[{on: 令和8年2月}]", date(2026, 2, 10), WHICH_LIST),
        ("[{on: 令和8年2月}]", date(2026, 2, 28), True),
        ("[{on: 2026-04-01}]", date(2026, 3, 31), False),
        ("[{on: 2026-04-01}]", date(2026, 4, 1), WHICH_LIST),
        ("[{on: 令和8年度}]", date(2026, 4, 10), WHICH_LIST),
        ("[{on: 概ね令和7年9月}]", DAY, WHICH_LIST),
    ],
)
def test_revision_of_which_it_is_in_doubt_whether_it_has_taken_place(revised, day, expected):
    """A revision counts once it surely took place; where that is in doubt, so is the list."""
    file = plan_file(about=f"established: 2025-04-01\nrevised: {revised}")
    assert value(file, "area", "common-platform", "priority", day) == expected


def test_what_all_lists_hold_is_told_however_often_the_plan_was_revised():
    """An undated revision leaves nothing open that each list since has held."""
    file = plan_file(about="established: 2025-04-01\nrevised: [{on: 未定}]")
    assert value(file, "area", "ai", "priority") is True


@pytest.mark.parametrize(
    ("area", "established", "day", "expected"),
    [
        ("common-platform", "2025-12-16", date(2025, 12, 16), False),
        ("common-platform", "2025-12-16", date(2025, 12, 17), True),
        ("common-platform", "2025-12-17", date(2026, 6, 1), False),
        ("common-platform", "令和7年12月", date(2026, 6, 1), WHICH_LIST),
        ("common-platform", "令和7年12月", date(2025, 12, 10), False),
        ("ai", "2019年3月", date(2026, 6, 1), True),
        ("digital-divide", "2019年3月", date(2026, 6, 1), False),
        ("digital-divide", "未定", date(2027, 6, 1), False),
        ("bpr", "2025-12-16", date(2026, 6, 1), False),
    ],
)
def test_listed_after_the_plan(area, established, day, expected):
    """What a later edition lists, up to the day judged, came after the plan was made."""
    file = plan_file(about=f"established: {established}")
    assert value(file, "area", area, "listed_after_plan", day) == expected


@pytest.mark.parametrize(
    ("area", "day", "expected"),
    [
        ("regional-dx", date(2025, 3, 27), UNKNOWN),
        ("regional-dx", date(2025, 3, 28), True),
        ("regional-dx", date(2026, 6, 1), True),
        ("bpr", date(2025, 3, 28), False),
    ],
)
def test_taken_up_alongside(area, day, expected):
    """What to take up alongside is told by the newest list of it that is known."""
    assert value(plan_file(), "area", area, "alongside", day) == expected


# Cover


@pytest.mark.parametrize(
    ("status", "covered", "addressed", "count"),
    [
        ("ongoing", True, True, Range.point(1)),
        ("planned", True, True, Range.point(1)),
        ("considered", True, ONLY_CONSIDERED, Range.point(1)),
        ("not-done", True, True, Range.point(1)),
        ("done", False, True, Range.point(0)),
        ("watched", False, UNKNOWN, Range.point(0)),
        (None, GOES_ON, True, Range(0, 1)),
    ],
)
def test_cover_by_status(status, covered, addressed, count):
    """What is done or watched covers nothing; without a status it is not told."""
    said = f", status: {status}" if status else ""
    file = plan_file(f"measures: [{{id: a, title: 窓口, areas: [ai]{said}}}]")
    names = ("covered", "addressed", "measures")
    assert values(file, "area", "ai", *names) == (covered, addressed, count)
    assert values(file, "area", "bpr", *names) == (False, UNKNOWN, Range.point(0))


def test_one_measure_suffices_to_cover():
    """An area is covered by one measure that goes on, whatever the others are."""
    file = plan_file("""
        measures:
          - {id: a, title: 甲, areas: [ai]}
          - {id: b, title: 乙, areas: [ai], status: done}
          - {id: c, title: 丙, areas: [bpr, ai], status: ongoing}
    """)
    assert values(file, "area", "ai", "covered", "measures") == (True, Range(1, 2))


@pytest.mark.parametrize(
    ("said", "covered", "count"),
    [
        ("status: ongoing, completed: 令和7年3月", GOES_ON, Range(0, 1)),
        ("status: ongoing, completed: 令和9年3月", True, Range.point(1)),
        ("status: planned, elsewhere: done", GOES_ON, Range(0, 1)),
        ("status: planned, elsewhere: not-done", True, Range.point(1)),
        ("status: done, elsewhere: not-done", GOES_ON, Range(0, 1)),
        ("status: done, elsewhere: done", False, Range.point(0)),
        ("status: done, completed: 令和9年3月", True, Range.point(1)),
        ("status: done, completed: 令和9年3月, elsewhere: not-done", GOES_ON, Range(0, 1)),
        ("status: done, completed: 令和8年2月", False, Range.point(0)),
        ("status: planned, evidence: [{text: 町の広報, from: town}]", BY_OTHERS, Range(0, 1)),
        (
            "status: planned, evidence: [{text: 新聞, from: secondary}, {text: 取り組む}]",
            True,
            Range.point(1),
        ),
    ],
)
def test_cover_in_doubt(said, covered, count):
    """Whether that covers an area of which the plan says both, or which others say, is open."""
    file = plan_file(f"measures: [{{id: a, title: 窓口, areas: [ai], {said}}}]")
    assert values(file, "area", "ai", "covered", "measures") == (covered, count)


@pytest.mark.parametrize(
    ("section", "area", "covered"),
    [
        ("collection: {charges: {water: {status: preparing}}}", "el-qr", True),
        ("collection: {charges: {water: {considered: yes}}}", "el-qr", True),
        ("collection: {charges: {water: {status: started, considered: yes}}}", "el-qr", True),
        ("collection: {charges: {water: {status: started}}}", "el-qr", False),
        ("collection: {charges: {water: {status: started, start: 令和8年2月}}}", "el-qr", False),
        ("collection: {charges: {water: {status: started, start: 令和9年度}}}", "el-qr", True),
        ("provisions: {security-audit: {status: in-place, since: 令和9年度}}", "security", True),
        ("provisions: {security-audit: {status: in-place, since: 令和7年度}}", "security", False),
        ("collection: {charges: {water: {status: none}}}", "el-qr", False),
        ("collection: {charges: {local-tax: {status: started}}}", "el-qr", False),
        ("collection: {charges: {local-tax: {status: planned}}}", "el-qr", False),
        ("standardization: {scope: count, migrated: 3}", "el-qr", NOT_READ),
        ("standardization: {scope: count, migrated: all}", "standardization", False),
        ("standardization: {scope: unstated, status: migrated}", "standardization", False),
        ("standardization: {scope: unstated, status: in-progress}", "standardization", True),
        ("standardization: {scope: count, migrated: 3}", "standardization", False),
        (LEFT_OVER % ", target: 令和9年度", "standardization", True),
        (LEFT_OVER % ", target: 未定", "standardization", True),
        (LEFT_OVER % "", "standardization", False),
    ],
)
def test_cover_by_the_section_of_its_own(section, area, covered):
    """What its own section intends covers an area; what it calls finished does not."""
    assert value(plan_file(f"measures: []\n{section}"), "area", area, "covered") == covered


# Schedule


@pytest.mark.parametrize(
    ("section", "area", "expected"),
    [
        ("collection: {charges: {water: {status: planned, start: 令和8年9月}}}", "el-qr", True),
        ("collection: {charges: {water: {status: planned, start: 未定}}}", "el-qr", False),
        ("collection: {charges: {water: {status: planned, start: 令和7年9月}}}", "el-qr", False),
        ("collection: {charges: {water: {status: planned, start: 令和7年度から}}}", "el-qr", WHEN),
        (
            "collection: {charges: {water: {status: started, considered: yes, start: 令和8年2月}}}",
            "el-qr",
            False,
        ),
        (
            "collection: {charges: {water: {status: started, start: 令和8年5月}}}",
            "el-qr",
            True,
        ),
        ("collection: {}", "el-qr", False),
        ("standardization: {scope: unstated}", "el-qr", NOT_READ),
        (
            "standardization: {scope: unstated, status: planned, target: 令和8年度}",
            "standardization",
            True,
        ),
        (
            "standardization: {scope: unstated, status: planned, target: 令和7年度}",
            "standardization",
            False,
        ),
    ],
)
def test_scheduled_by_the_section_of_its_own(section, area, expected):
    """The days that its own section gives are held against the period like those of measures."""
    file = plan_file(f"measures: []\n{section}", "period: 令和8年度～令和12年度")
    assert value(file, "area", area, "scheduled") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("due: 令和8年度", True),
        ("start: 令和8年4月", True),
        ("due: 令和7年度末まで", False),
        ("start: 令和7年度, due: 令和8年4月1日", True),
        ("start: 令和7年度～令和8年度", True),
        ("start: 令和5年度から", WHEN),
        ("start: 令和5年度から, due: 令和9年度", True),
        ("start: 令和8年度から", True),
        ("due: 令和9年4月から", True),
        ("due: 未定", False),
        ("recurrence: monthly", True),
        ("recurrence: quarterly", True),
        ("recurrence: half-yearly", True),
        ("recurrence: yearly", True),
        ("recurrence: as-needed", False),
        ("recurrence: continuous", False),
        ("milestones: [{title: 試行, on: 令和9年4月}]", True),
        ("milestones: [{title: 試行, on: 令和7年4月}]", False),
        ("completed: 令和8年4月", False),
        ("owner: 企画課", False),
    ],
)
def test_scheduled_by_a_date_or_an_interval(said, expected):
    """A date in or after the period's start schedules, or an interval; 随時 and 未定 do not."""
    measure = f"{{id: a, title: 窓口, areas: [ai], status: planned, {said}}}"
    file = plan_file(f"measures: [{measure}]\nprovisions: {{}}", PERIOD)
    assert value(file, "area", "ai", "scheduled") == expected


def test_a_date_may_stand_among_provisions_that_were_not_read():
    """A training that takes place every year would be one; no provision belongs to telework."""
    said = "measures: [{id: a, title: あ, areas: [ai, telework], status: planned}]"
    found = {area: value(plan_file(said), "area", area, "scheduled") for area in ("ai", "telework")}
    assert found == {"ai": not_read("provisions"), "telework": False}


@pytest.mark.parametrize(
    ("said", "covered", "scheduled"),
    [
        ("status: done, due: 令和8年度", False, False),
        ("due: 令和8年度", True, True),
        ("start: 令和6年度, due: 令和8年度", True, True),
        ("start: 令和8年度", True, True),
        ("due: 令和7年度", GOES_ON, GOES_ON),
        ("due: 未定", GOES_ON, False),
        ("due: 令和8年度, completed: 令和8年2月", False, False),
        ("due: 令和8年度, elsewhere: done", False, False),
    ],
)
def test_without_a_status_days_to_come_tell_that_work_is_to_come(said, covered, scheduled):
    """Most plans state a schedule and no status; a day that was past tells nothing."""
    measure = f"{{id: a, title: 窓口, areas: [ai], {said}}}"
    file = plan_file(f"measures: [{measure}]\nprovisions: {{}}")
    assert values(file, "area", "ai", "covered", "scheduled") == (covered, scheduled)


@pytest.mark.parametrize(
    ("said", "covered", "scheduled"),
    [
        ("security-training: {status: in-place, cycle: [yearly]}", True, True),
        ("security-policy: {status: in-place, cycle: [as-needed]}", True, False),
        ("security-training: {status: in-place}", False, False),
        ("csirt: {status: planned, since: 令和8年度}", True, True),
        ("csirt: {since: 令和9年4月}", True, True),
        ("csirt: {since: 令和8年}", False, False),
        ("csirt: {status: considered}", True, False),
        ("security-training: {status: planned, cycle: [yearly]}", True, True),
        ("ciso: {status: planned, since: 令和9年4月}", False, False),
        ("csirt: {status: none}", False, False),
        ("ai-guideline: {status: planned}", False, False),
        (
            "security-audit: {status: planned, since: 令和8年度, evidence: [{from: town}]}",
            BY_OTHERS,
            BY_OTHERS,
        ),
    ],
)
def test_what_is_set_up_or_takes_place_every_year_is_work_to_come(said, covered, scheduled):
    """What is in place, and is not said to take place again, is none."""
    file = plan_file(f"measures: []\nprovisions: {{{said}}}")
    assert values(file, "area", "security", "covered", "scheduled") == (covered, scheduled)


@pytest.mark.parametrize(
    ("said", "covered", "status"),
    [
        ("due: 令和12年度", True, Code("planned")),
        ("due: 令和12年度末まで", True, Code("planned")),
        ("start: 令和8年度以降", True, Code("planned")),
        ("start: 令和6年度, due: 令和9年度", True, Code("ongoing")),
        ("milestones: [{title: 稼働, on: 令和9年4月}]", True, Code("planned")),
        ("recurrence: yearly", True, Code("ongoing")),
        ("recurrence: yearly, due: 令和8年度", True, Code("ongoing")),
        ("recurrence: yearly, start: 令和9年度", True, Code("planned")),
        ("recurrence: yearly, due: 令和7年度", GOES_ON, SILENT),
        ("due: 令和7年度, milestones: [{title: 検証, on: 令和9年度}]", GOES_ON, SILENT),
        ("due: 令和7年度", GOES_ON, SILENT),
        ("start: 令和6年度", GOES_ON, SILENT),
        ("due: 未定", GOES_ON, SILENT),
        ("due: 令和12年度, elsewhere: done", False, SILENT),
        ("due: 令和12年度, because: 予算がないため", GOES_ON, SILENT),
    ],
)
def test_dates_tell_a_status_that_is_not_named(said, covered, status):
    """A reader sees that what is due years after the plan was written is still to be done."""
    file = plan_file(f"measures: [{{id: a, title: 窓口, areas: [ai], {said}}}]")
    assert value(file, "area", "ai", "covered") == covered
    assert value(file, "measure", "a", "status") == status


@pytest.mark.parametrize(
    ("said", "covered"),
    [
        ("scope: all, migrated: 17, target: 令和9年度", True),
        ("scope: list, systems: {family-register: {target: 令和9年度}}", True),
        (
            "scope: list, systems: {family-register: {migrated: 令和8年2月, target: 令和9年度}}",
            False,
        ),
        ("scope: all, migrated: all, target: 令和9年度", False),
        ("scope: all, migrated: 17, target: 令和7年度", False),
        ("scope: all, migrated: 17, target: 未定", False),
    ],
)
def test_what_is_left_to_migrate_on_a_day_to_come_covers(said, covered):
    """Tasks that are left, with a target that lies ahead, are still to be worked on."""
    file = plan_file(f"measures: []\nstandardization: {{{said}}}")
    assert value(file, "area", "standardization", "covered") == covered


def test_doubtful_target_covers_nothing():
    """What is left to migrate, with a target that lies ahead, is open while the draft is."""
    file = plan_file(
        "measures: []\nstandardization: {scope: all, migrated: 17, target: 令和9年度,"
        " doubts: [{of: [status]}], status: migrated}"
    )
    assert value(file, "area", "standardization", "covered") is not True


def test_dates_tell_no_status_that_is_in_doubt():
    """A draft that doubts whether work was given up does not tell it by the due day."""
    file = plan_file(
        "measures: [{id: a, title: 窓口, areas: [ai], status: dropped, due: 令和12年度,"
        " doubts: [{of: [status]}]}]"
    )
    assert value(file, "area", "ai", "covered") == GOES_ON


def test_date_schedules_nothing_where_the_period_was_lost():
    """Whether a date lies in a period that the document lost cannot be told."""
    file = plan_file("""
        measures: [{id: a, title: 窓口, areas: [ai], status: planned, due: 令和9年度}]
        document: {read: complete, lost: [{part: period, what: 表紙}]}
    """)
    assert value(file, "area", "ai", "scheduled") == WHEN


def test_any_date_schedules_where_there_is_no_period():
    """Without a period no date comes before it."""
    file = plan_file(
        "measures: [{id: a, title: 窓口, areas: [ai], status: planned, due: 令和2年度}]"
    )
    assert value(file, "area", "ai", "scheduled") is True


# Indicators


@pytest.mark.parametrize(
    ("said", "measured", "sentence"),
    [
        ("baseline: {value: 1}, targets: [{value: 2, year: 令和8年度}]", True, False),
        ("baseline: {value: 1}, targets: [{relative: 平均以上, year: 令和8年度}]", True, False),
        ("baseline: {value: 1}", False, False),
        ("targets: [{value: 2, year: 令和8年度}]", False, False),
        ("goal: みんなに優しい窓口", False, True),
        ("goal: 優しい窓口, targets: [{value: 2, year: 令和8年度}]", False, False),
    ],
)
def test_measured_by_baseline_and_target(said, measured, sentence):
    """A baseline and a target measure an area; a sentence alone does not, and is named."""
    file = plan_file(f"indicators: [{{id: i, title: 割合, areas: [ai], {said}}}]")
    names = ("measured", "sentence_goal")
    assert values(file, "area", "ai", *names) == (measured, sentence)
    assert values(file, "area", "bpr", *names) == (False, False)


@pytest.mark.parametrize(
    ("targets", "about", "measured"),
    [
        ("{value: 2, year: 令和7年度}", PERIOD, False),
        ("{value: 2, year: 令和7年度, observed: 令和8年4月}", PERIOD, True),
        ("{value: 2, year: 令和7年度}, {value: 3, year: 令和8年度}", PERIOD, True),
        ("{value: 2, year: 令和4年度から}", PERIOD, WHEN),
        ("{value: 2, year: 令和7年度}", "", True),
    ],
)
def test_target_of_a_time_before_the_period_measures_nothing(targets, about, measured):
    """A target of the plan is for a time in its period; without a period any is."""
    said = f"areas: [ai], baseline: {{value: 1}}, targets: [{targets}]"
    file = plan_file(f"indicators: [{{id: i, title: 割合, {said}}}]", about)
    assert value(file, "area", "ai", "measured") == measured


def test_figure_beside_a_sentence():
    """One indicator with a target suffices, so that the goals are not all sentences."""
    file = plan_file("""
        indicators:
          - {id: i, title: 姿, areas: [ai], goal: 優しい窓口}
          - {id: j, title: 割合, areas: [ai], targets: [{value: 2, year: 令和8年度}]}
    """)
    assert value(file, "area", "ai", "sentence_goal") is False


# Activity


@pytest.mark.parametrize(
    ("measures", "until", "idle"),
    [
        (["due: 令和10年度"], days("令和10年度"), Range.point(730)),
        (["due: 令和12年度"], days("令和12年度"), Range.point(0)),
        (["due: 令和13年度"], days("令和13年度"), Range.point(0)),
        (["due: 令和10年度末まで"], days("令和10年度末まで"), Range.point(730)),
        (["due: 令和10年度から"], days("令和10年度から"), Range(0, 1094)),
        (
            ["due: 概ね令和10年度"],
            days("概ね令和10年度"),
            Range(364, 730),
        ),
        (["due: 概ね令和12年度"], days("概ね令和12年度"), Range.point(0)),
        (["due: 概ね令和8年度", "due: 令和10年度"], days("令和10年度"), Range.point(730)),
        (["due: 概ね令和10年度", "due: 令和10年度"], days("令和10年度"), Range.point(730)),
        (
            ["due: 概ね令和8年度", "owner: 企画課"],
            days("概ね2026-04-01から"),
            Range(0, None, approximate=True),
        ),
        (["recurrence: continuous"], days("2031-03-31"), Range.point(0)),
        (["due: 令和9年度, recurrence: yearly"], days("令和9年度"), Range.point(1095)),
        (["due: 令和9年度", "due: 令和10年度"], days("令和10年度"), Range.point(730)),
        (["due: 令和9年度", "recurrence: yearly"], days("2031-03-31"), Range.point(0)),
        (["due: 令和9年度", "owner: 企画課"], days("2028-03-31から"), Range(0, 1095)),
        (["due: 未定"], UNKNOWN, SILENT),
        (["owner: 企画課"], UNKNOWN, SILENT),
    ],
)
def test_activity_to_the_end_of_the_period(measures, until, idle):
    """Activity lasts as long as the last measure; where one is not dated, nobody knows."""
    rows = "".join(
        f"  - {{id: m{number}, title: 窓口, areas: [ai], status: planned, {said}}}\n"
        for number, said in enumerate(measures)
    )
    file = plan_file(f"measures:\n{rows}", "period: 令和8年度～令和12年度")
    assert values(file, "area", "ai", "active_until", "idle_days") == (until, idle)


@pytest.mark.parametrize(
    ("measure", "sections", "area", "expected"),
    [
        ("due: 令和8年度, milestones: [{title: 検証, on: 令和13年3月}]", "", "ai", Range.point(0)),
        (
            "due: 令和8年度, milestones: [{title: 検証, on: 令和8年9月}]",
            "",
            "ai",
            Range.point(1461),
        ),
        (
            "due: 令和8年度",
            "provisions: {ai-guideline: {since: 令和13年3月}}",
            "ai",
            Range.point(0),
        ),
        (
            "due: 令和8年度",
            "provisions: {security-audit: {cycle: [yearly]}}",
            "security",
            Range.point(0),
        ),
        (
            "due: 令和8年度",
            "collection: {charges: {water: {start: 令和13年3月}}}",
            "el-qr",
            Range.point(0),
        ),
        ("due: 令和8年度", "provisions: {csirt: {status: planned}}", "security", Range(0, 1461)),
        (
            "due: 令和8年度",
            "provisions: {security-audit: {cycle: [yearly], evidence: [{from: town}]}}",
            "security",
            Range(0, 1461),
        ),
        ("status: done", "collection: {charges: {water: {start: 令和8年9月}}}", "el-qr", SILENT),
    ],
)
def test_activity_beyond_the_due_day(measure, sections, area, expected):
    """Milestones, what recurs and what is to come are work up to the end, too; not alone."""
    row = f"{{id: a, title: 取組, areas: [{area}], {measure}}}"
    file = plan_file(f"measures: [{row}]\n{sections}", "period: 令和8年度～令和12年度")
    assert value(file, "area", area, "idle_days") == expected


def test_systems_migrate_once():
    """After the migration nothing of it is to be done up to the end of the period."""
    row = "{id: a, title: 移行, areas: [standardization], status: planned, due: 令和9年度}"
    file = plan_file(f"measures: [{row}]", "period: 令和8年度～令和12年度")
    assert value(file, "area", "standardization", "idle_days") == SILENT


def test_activity_where_the_schedule_was_lost():
    """Where the schedule was lost, how long there is activity cannot be told, and why."""
    file = plan_file(
        """
        measures: [{id: a, title: 窓口, areas: [ai], status: planned}]
        document: {read: complete, lost: [{part: schedule, section: 方針1, what: 工程表}]}
        """,
        "period: 令和8年度～令和12年度",
    )
    assert value(file, "area", "ai", "idle_days") == unknown(
        "計画書の該当箇所が失われている(方針1 工程表)", "the document lost it (方針1 工程表)"
    )


def test_plan_without_a_period_is_never_idle():
    """Without a period its end is unknown to the plan, and a recurrence lasts for good."""
    file = plan_file(
        "measures: [{id: a, title: 窓口, areas: [ai], status: planned, recurrence: yearly}]"
    )
    names = ("active_until", "idle_days", "plan_start", "plan_end")
    assert values(file, "area", "ai", *names) == (UNKNOWN, SILENT, SILENT, SILENT)


def test_period_is_that_of_the_plan():
    """Each area carries the period, so that a rule sees both in one fact."""
    file = plan_file(about="period: 令和8年度～令和12年度")
    found = values(file, "area", "ai", "plan_start", "plan_end")
    assert found == (days("2026-04-01"), days("2031-03-31"))


# Which charges start, and when


@pytest.mark.parametrize(
    ("charges", "expected"),
    [
        ("{water: {start: 令和8年9月}}", True),
        ("{water: {start: 未定}}", False),
        ("{water: {status: planned}}", False),
        ("{local-tax: {start: 令和5年4月}}", False),
        ("{unspecified: {start: 令和8年9月}}", False),
        ("{unspecified: {start: 令和8年9月}, water: {start: 令和8年9月}}", True),
        ("{}", False),
    ],
)
def test_start_of_charges_is_stated(charges, expected):
    """A charge by name with its start says it; local tax and charges at large do not."""
    file = plan_file(f"collection: {{charges: {charges}}}")
    assert value(file, "area", "el-qr", "starts_stated", DAY) == expected


# Evidence


SECTIONS = """
    standardization: {scope: list%s, systems: {family-register: {status: planned}}}
    collection:
      charges:
        local-tax: {status: started}
        water: {status: planned, start: 令和8年9月}
    measures:
      - {id: a, title: 窓口, areas: [el-qr], status: planned, start: 令和9年4月}
"""


@pytest.mark.parametrize(
    ("area", "name", "status", "lines"),
    [
        ("el-qr", "covered", "", [12, 10]),
        ("el-qr", "scheduled", "", [12, 10]),
        ("el-qr", "starts_stated", "", [10]),
        ("el-qr", "addressed", "", [12]),
        ("standardization", "covered", "", [6]),
        ("standardization", "covered", ", status: planned", [6]),
        ("standardization", "addressed", "", []),
        ("ai", "covered", "", []),
    ],
)
def test_section_of_its_own_shows_what_is_drawn_from_it(area, name, status, lines):
    """What an area draws from its own section is shown by the places there."""
    proofs = facts(plan_file(SECTIONS % status))["area", area].proofs[name]
    assert list(dict.fromkeys(proof.place.line for proof in proofs)) == lines


def test_nothing_is_a_range_without_ends():
    """What is not known at all is never given as a range."""
    file = plan_file("measures: [{id: a, title: 窓口, areas: [ai], status: planned}]")
    assert ANY not in values(file, "area", "ai").values()
