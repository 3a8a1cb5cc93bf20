"""Facts of measures and of what they wait for."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.dates import Range
from dxrules.derivation import SILENT, UNKNOWN, Code, unknown
from dxrules.texts import Text, same
from tests.helpers.plans import DAY, days, facts, plan_file, value, values
from tests.helpers.unknowns import not_read

LATE = unknown(
    "時期が過ぎているが、どうなったかは書かれていない",
    "its day had passed, and what became of it is not stated",
)
NO_RESULT = unknown("期限が来たが、結果が書かれていない", "it fell due, and no result is stated")
FELL_DUE = unknown("記載の後に期限が来た", "it fell due after the facts were recorded")
ABOUT = unknown("期限が概ねの日で、過ぎたとは言い切れない", "it is due on an approximate day")
LOST = unknown("計画書の該当箇所が失われている(工程表)", "the document lost it (工程表)")


def of_measure(said, *names, day=DAY, about="", rest=""):
    """Return attributes of a measure that states this."""
    file = plan_file(f"measures: [{{id: a, title: 窓口, areas: [ai], {said}}}]\n{rest}", about)
    return values(file, "measure", "a", *names, day=day)


def test_measure_as_stated():
    """Status, dates and owner are as stated."""
    names = ("status", "start", "due", "owner")
    said = "status: ongoing, start: 令和8年度, due: 令和8年9月, owner: 企画課"
    assert of_measure(said, *names) == (
        Code("ongoing"),
        days("令和8年度"),
        days("令和8年9月"),
        same("企画課"),
    )
    assert of_measure("start: 未定, due: 未定", *names) == (SILENT, SILENT, SILENT, SILENT)


def test_dates_that_were_lost():
    """Dates that the lost schedule may have held are unknown, and so is whatever needs them."""
    rest = "document: {read: complete, lost: [{part: schedule, areas: [ai], what: 工程表}]}"
    names = (
        "start",
        "due",
        "overdue",
        "overdue_days",
        "starts_after_due",
        "days_outside_plan",
        "owner",
    )
    about = "period: 令和8年度～令和12年度"
    assert of_measure("status: planned", *names, about=about, rest=rest) == (*[LOST] * 6, SILENT)


def test_owner_that_was_lost():
    """An owner may have stood where the owners were lost."""
    rest = "document: {read: complete, lost: [{part: owners, what: 工程表}]}"
    assert of_measure("status: planned", "owner", "due", rest=rest) == (LOST, SILENT)


# Overdue


@pytest.mark.parametrize(
    ("said", "day", "expected"),
    [
        ("status: done, due: 令和6年度", DAY, False),
        ("status: planned, due: 令和6年度, completed: 令和6年度", DAY, False),
        ("status: not-done, due: 令和6年度", DAY, True),
        ("status: not-done, due: 2026-03-31", DAY, True),
        ("status: not-done, due: 概ね令和6年度", DAY, ABOUT),
        (
            "status: not-done, due: 令和6年度, elsewhere: done",
            DAY,
            unknown(
                "計画の別の箇所では済んだと書かれている", "elsewhere the plan says that it is done"
            ),
        ),
        ("status: not-done, due: 2026-04-01", date(2026, 4, 1), False),
        ("status: not-done, due: 2026-04-01", date(2026, 4, 2), FELL_DUE),
        ("status: not-done, due: 令和7年度～令和8年度", DAY, False),
        ("status: not-done", DAY, SILENT),
        ("status: planned, due: 令和6年度", DAY, NO_RESULT),
        ("status: planned, due: 令和6年度", date(2024, 6, 1), False),
        ("status: not-done, due: 令和6年度", date(2025, 3, 31), False),
        ("status: not-done, due: 令和6年度", date(2025, 4, 1), True),
        ("status: ongoing, due: 2026-03-31", DAY, NO_RESULT),
        ("status: planned, due: 令和8年度", DAY, False),
        ("status: planned, due: 令和8年度", date(2027, 3, 31), False),
        ("status: planned, due: 令和8年度", date(2027, 4, 1), FELL_DUE),
        ("status: planned, due: 令和7年度から", date(2035, 4, 1), False),
        ("status: planned, due: 未定", DAY, SILENT),
        ("owner: 企画課", DAY, SILENT),
    ],
)
def test_overdue(said, day, expected):
    """Only what fell due by the day recorded and is stated as not done is surely overdue.

    On a day before it was due it was not, whatever is recorded since.
    """
    assert of_measure(said, "overdue", day=day) == (expected,)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("令和8年2月", True),
        ("2026-03-01", True),
        ("2026-03-31", False),
        ("令和8年3月", False),
    ],
)
def test_overdue_on_a_partial_day_recorded(due, expected):
    """Where the day recorded is a month, what falls due within it may still have been to come."""
    file = plan_file(
        f"measures: [{{id: a, title: 窓口, status: not-done, due: {due}}}]", recorded="令和8年3月"
    )
    assert value(file, "measure", "a", "overdue", date(2026, 3, 31)) is expected


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2026-05-31", Range.point(1)),
        ("2026-06-01", Range.point(0)),
        ("2026-06-02", Range.point(0)),
        ("令和8年5月", Range(1, 31)),
        ("概ね令和8年5月", Range(1, None, approximate=True)),
        ("令和8年5月まで", Range(1, None)),
    ],
)
def test_days_past_due(due, expected):
    """Days are counted from the day due to the day judged, and not before it is due."""
    assert of_measure(f"due: {due}", "overdue_days") == (expected,)


# The plan's period


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("status: planned, due: 令和12年度", Range.point(0)),
        ("status: planned, due: 令和13年度", Range(1, 366)),
        ("status: planned, due: 令和12年度～令和13年度", Range(0, 366)),
        ("status: planned, due: 概ね令和13年度", Range(1, 366, approximate=True)),
        ("status: planned, due: 2031-04-01", Range.point(1)),
        ("status: planned, due: 2031-04-01, national_horizon: yes", SILENT),
        ("status: planned, start: 2026-03-31", Range.point(1)),
        ("status: planned, start: 2026-04-01", Range.point(0)),
        ("status: planned, start: 令和7年度, due: 令和8年度", Range(1, 365)),
        ("status: planned, start: 2031-04-02", Range.point(2)),
        ("status: planned, start: 2026-03-31, due: 2031-04-02", Range.point(2)),
        ("status: ongoing, start: 令和2年度, due: 令和8年度", Range.point(0)),
        ("status: done, start: 令和2年度, due: 令和3年度", SILENT),
        ("status: done, due: 令和13年度", SILENT),
        ("status: dropped, due: 令和13年度", SILENT),
        ("status: postponed, start: 令和13年度", Range(1, 366)),
        ("status: late, start: 令和2年度, due: 令和13年度", Range(1, 366)),
        ("status: not-done, start: 令和2年度, due: 令和3年度", Range(1462, 1826)),
        ("status: planned, due: 令和4年度", Range(1097, 1461)),
        ("status: considered, due: 令和4年度末まで", Range(1097, None)),
        ("status: ongoing, due: 概ね令和4年度", Range(1097, None, approximate=True)),
        ("status: planned, due: 令和7年度～令和8年度", Range.point(0)),
        ("status: planned, due: 令和4年度から", Range(0, None)),
        ("status: ongoing, start: 令和13年度", Range(1, 366)),
        ("start: 令和2年度, due: 令和8年度", Range.point(0)),
        ("start: 2026-03-31, due: 令和8年度", Range.point(0)),
        ("status: ongoing, start: 令和2年度", SILENT),
        ("status: planned, due: 未定", SILENT),
        ("status: planned", SILENT),
    ],
)
def test_days_outside_the_plan(said, expected):
    """Work yet to begin starts in the period, all work ends in it; a national horizon need not."""
    about = "period: 令和8年度～令和12年度"
    assert of_measure(said, "days_outside_plan", about=about) == (expected,)


def test_work_without_a_status_may_have_begun():
    """Work without a status that starts after the day recorded has not begun."""
    about = "period: 令和9年度～令和12年度"
    found = of_measure("start: 2026-04-01, due: 令和9年度", "days_outside_plan", about=about)
    assert found == (Range.point(365),)


def test_no_period_to_lie_outside_of():
    """Without a period nothing lies outside it."""
    assert of_measure("status: planned, due: 令和12年度", "days_outside_plan") == (SILENT,)


# Order of dates

WHICH_FIRST = unknown(
    "どちらの日が先かがはっきりしない", "which of the two days comes first is not clear"
)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("start: 令和8年度, due: 令和9年度", False),
        ("start: 令和8年度, due: 令和8年度", False),
        ("start: 令和8年度頃, due: 令和8年度頃", False),
        ("start: 2026-04-01, due: 2026-04-01", False),
        ("start: 2026-04-02, due: 2026-04-01", True),
        ("start: 令和9年度, due: 令和8年度", True),
        ("start: 令和8年度, due: 令和8年9月", WHICH_FIRST),
        ("start: 令和9年度, due: 概ね令和8年度", WHICH_FIRST),
        ("start: 令和9年度, due: 未定", SILENT),
        ("start: 令和9年度", SILENT),
        ("due: 令和9年度", SILENT),
        ("start: 令和9年4月1日, due: 令和13年3月31日まで", False),
        ("start: 令和10年4月1日, due: 令和9年度まで", True),
        ("start: 令和8年10月, due: 令和8年度", False),
        ("start: 令和8年度以降順次, due: 令和10年度", False),
        ("start: 令和11年度以降, due: 令和10年度", True),
        ("start: 令和10年度, due: 令和9年度を目途", WHICH_FIRST),
        ("start: 令和7年度, due: 令和9年度頃", False),
        ("start: 令和12年度, due: 令和9年度頃", True),
    ],
)
def test_start_after_due(said, expected):
    """A start after the due day is seen where it is sure; one stretch of time is in order."""
    assert of_measure(said, "starts_after_due") == (expected,)


@pytest.mark.parametrize(
    ("completed", "expected"),
    [
        ("2026-03-31", False),
        ("2026-04-01", True),
        ("令和7年度～令和8年度", WHICH_FIRST),
        ("概ね令和8年度", WHICH_FIRST),
    ],
)
def test_completed_later_than_recorded(completed, expected):
    """Nothing can be finished after the day that the facts speak for."""
    said = f"status: done, completed: {completed}"
    assert of_measure(said, "completed_later") == (expected,)
    assert of_measure("status: done", "completed_later") == (SILENT,)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("elsewhere: done", Code("done")),
        ("completed: 令和7年度", Code("done")),
        ("completed: 令和7年度, due: 令和8年2月", Code("done")),
        ("completed: 令和7年度, elsewhere: not-done", SILENT),
        ("completed: 令和7年度, due: 令和12年度", SILENT),
        ("completed: 令和9年度", SILENT),
        ("completed: 令和7年度, because: 統合のため", SILENT),
    ],
)
def test_status_of_what_is_told_to_be_finished(said, expected):
    """A day of completion, or another place of the plan, says that a measure is done."""
    assert of_measure(said, "status") == (expected,)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("status: done", SILENT),
        ("status: done, completed: 令和7年度", True),
        ("status: done, elsewhere: done", True),
        ("status: done, elsewhere: not-done", False),
        ("status: ongoing", SILENT),
        ("status: planned, due: 未定", SILENT),
        ("status: ongoing, completed: 令和7年度", False),
        ("status: planned, completed: 令和9年度", True),
        ("status: ongoing, elsewhere: done", False),
        ("status: planned, elsewhere: not-done", True),
        ("status: planned, start: 令和3年4月", LATE),
        ("status: planned, start: 令和3年4月, due: 令和9年3月", LATE),
        ("status: considered, due: 令和4年3月", SILENT),
        ("status: ongoing, due: 令和4年3月", SILENT),
        ("status: ongoing, start: 令和3年4月", SILENT),
        ("status: ongoing, start: 令和3年4月, due: 令和4年3月, elsewhere: done", False),
        ("status: planned, due: 2026-03-31", SILENT),
        ("status: planned, due: 2026-03-31, elsewhere: done", False),
        ("status: planned, due: 2026-04-01", True),
        ("status: planned, start: 令和3年4月から", True),
        ("status: done, due: 令和9年3月", SILENT),
        ("status: not-done, due: 令和4年3月", SILENT),
        ("status: watched, due: 令和4年3月", SILENT),
        ("completed: 令和7年度", SILENT),
        ("elsewhere: done", SILENT),
    ],
)
def test_status_agrees_with_the_rest(said, expected):
    """A finished measure is finished everywhere, and only a finished one has been completed.

    Where nothing is said that a status could disagree with, it does not agree, either.
    """
    assert of_measure(said, "status_agrees") == (expected,)


# Lost schedules

_LOST = """\
measures: [{id: a, title: t, areas: [telework], status: planned, SAID}]
document: {read: complete, lost: [{part: schedule, areas: [telework], what: 帯, COLUMNS}]}
"""


def of_lost(
    *names, said="owner: 総務課", columns="columns: 令和8年度～令和12年度", day=DAY, period
):
    """Return attributes of a measure of which the bar in a schedule was lost."""
    sections = _LOST.replace("SAID", said).replace("COLUMNS", columns)
    return values(plan_file(sections, f"period: {period}"), "measure", "a", *names, day=day)


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("令和8年度～令和12年度", Range(0, 0)),
        ("令和8年度～令和11年度", Range(0, 365)),
        ("令和9年度～令和12年度", Range(0, 365)),
    ],
)
def test_lost_bar_lies_within_its_columns(period, expected):
    """A lost bar cannot leave a period that holds all columns of its table."""
    assert of_lost("days_outside_plan", period=period) == (expected,)


@pytest.mark.parametrize(
    ("day", "overdue"),
    [(date(2027, 3, 31), False), (date(2027, 4, 1), UNKNOWN)],
)
def test_lost_bar_is_not_overdue_in_its_first_column(day, overdue):
    """Before the first column of a lost table has ended, nothing in it was due."""
    (found,) = of_lost("overdue", day=day, period="令和8年度～令和12年度")
    assert found is overdue or (overdue is UNKNOWN and not found.silent)


def test_lost_bar_does_not_start_after_its_end():
    """A lost bar has nothing that contradicts it; beside a day that is told it may."""
    period = "令和8年度～令和12年度"
    assert of_lost("starts_after_due", period=period) == (SILENT,)
    (found,) = of_lost("starts_after_due", said="start: 令和8年4月1日", period=period)
    assert found is False
    (found,) = of_lost("starts_after_due", said="start: 令和10年4月1日", period=period)
    assert found.silent is False


@pytest.mark.parametrize("columns", ["section: '1'", "columns: 令和8年度から"])
def test_lost_bar_without_columns_may_lie_anywhere(columns):
    """Where the columns are not told, neither is what a lost bar could have held."""
    found = of_lost("days_outside_plan", "overdue", columns=columns, period="令和8年度～令和12年度")
    assert [each.silent for each in found] == [False, False]


@pytest.mark.parametrize(
    ("revised", "said", "expected"),
    [
        ("2026-03-31", "status: planned, due: 2026-03-30", True),
        ("2026-03-31", "status: ongoing, due: 2026-03-30", True),
        ("2026-03-31", "status: not-done, due: 2026-03-30", False),
        ("2026-03-31", "status: planned, due: 2026-04-30", False),
        ("2026-03-31", "status: ongoing, due: 令和9年度まで", True),
        ("2026-03-31", "status: ongoing, start: 2026-04-01, due: 令和9年度まで", False),
        ("2026-03-31", "status: planned, start: 2025-04-01, due: 令和9年度まで", True),
    ],
)
def test_result_asked_of_the_revised_plan(revised, said, expected):
    """What fell due before the revision is asked there, even where that is in doubt."""
    file = plan_file(f"measures: [{{id: a, title: t, {said}}}]", f"revised: [{{on: {revised}}}]")
    assert values(file, "measure", "a", "result_asked") == (expected,)


# Slack; its sums are tested with the graph


def test_slack_to_the_end_of_the_period():
    """A measure can slip to the end of the period; without one, or a day, nothing is told."""
    about = "period: 令和8年度～令和12年度"
    said = "status: planned, due: 令和11年度"
    assert of_measure(said, "slack_days", about=about) == (Range(365, 729),)
    assert of_measure(said, "slack_days") == (SILENT,)
    assert of_measure("status: planned", "slack_days", about=about) == (SILENT,)


# Dependencies


def declared(first, then, kind="finish-to-start", day=DAY):
    """Return the days by which one measure overlaps another that waits for it."""
    file = plan_file(f"""
        measures:
          - {{id: a, title: 先, {first}}}
          - {{id: b, title: 後, {then}, requires: [{{id: a, kind: {kind}}}]}}
    """)
    return value(file, "dependency", "declared:a>b", "overlap_days", day)


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ("due: 2026-09-30", "start: 2026-10-01", Range.point(0)),
        ("due: 2026-09-30", "start: 2026-09-30", Range.point(0)),
        ("due: 2026-09-30", "start: 2026-09-29", Range.point(1)),
        ("due: 令和8年度", "start: 令和8年度", Range(0, 364)),
        ("due: 令和8年度", "start: 令和9年度", Range.point(0)),
        ("due: 令和9年度", "start: 令和8年度", Range(1, 730)),
        ("due: 概ね令和9年度", "start: 令和8年度", Range(1, 1096, approximate=True)),
        ("due: 令和9年度", "start: 概ね令和8年度", Range(1, None, approximate=True)),
        ("due: 令和9年度末まで", "start: 令和8年4月1日", Range(0, 730)),
        ("due: 令和9年度から", "start: 令和8年4月1日", Range(365, None)),
        ("status: done", "start: 令和2年度", Range(0, 2190)),
        ("status: done", "start: 令和8年度", Range.point(0)),
        ("status: done, due: 令和9年度", "start: 令和2年度", Range(0, 2190)),
        ("status: done", "status: planned", Range.point(0)),
        ("status: done", "status: planned, start: 令和2年度", Range.point(0)),
        ("completed: 令和7年12月", "status: considered, start: 令和5年4月", Range.point(0)),
        ("completed: 令和7年12月", "status: ongoing, start: 令和5年4月", Range(946, 1005)),
        (
            "completed: 令和7年12月",
            "status: planned, start: 令和5年4月, completed: 令和6年2月",
            Range(946, 1005),
        ),
        (
            "completed: 令和7年12月",
            "status: planned, start: 令和5年4月, elsewhere: done",
            Range(946, 1005),
        ),
        ("status: done, completed: 令和9年3月", "status: planned, start: 令和9年2月", Range(1, 58)),
        ("status: done", "status: ongoing", SILENT),
        ("status: done", "status: ongoing, start: 令和2年度", Range(0, 2190)),
        ("completed: 令和7年度", "start: 令和2年度", Range(1462, 2190)),
        ("completed: 令和元年度", "start: 令和2年度", Range.point(0)),
        ("completed: 令和8年9月", "start: 令和8年10月", Range.point(0)),
        ("status: planned, due: 令和6年度", "start: 令和7年度", Range.point(0)),
        ("status: not-done, due: 令和6年度", "start: 令和7年4月1日", Range(365, None)),
        ("status: not-done, due: 令和8年9月", "start: 令和8年10月", Range.point(0)),
        ("status: not-done", "start: 令和8年度", SILENT),
        ("due: 令和9年度", "due: 令和8年度", Range(1, None)),
        ("due: 令和8年度", "due: 令和9年度", SILENT),
        ("due: 令和8年度", "owner: 企画課", SILENT),
        ("due: 令和8年度", "start: 未定", SILENT),
        ("start: 令和9年度", "start: 令和8年度", Range(1, None)),
        ("start: 概ね令和9年度", "start: 令和8年度", SILENT),
        ("start: 令和8年度", "start: 令和9年度", SILENT),
        ("due: 未定", "start: 令和8年度", SILENT),
        ("owner: 企画課", "start: 令和8年度", SILENT),
        ("owner: 企画課", "owner: 企画課", SILENT),
        ("status: planned", "status: ongoing", Range(1, None)),
        ("status: not-done", "status: done", Range(1, None)),
        ("status: planned", "status: suspended, due: 令和9年度", SILENT),
        ("status: ongoing", "status: ongoing", SILENT),
        ("status: considered", "start: 2026-03-01", Range(31, None)),
        ("status: ongoing, due: 令和8年度", "status: ongoing, start: 令和9年度", Range.point(0)),
        ("status: ongoing, recurrence: yearly", "status: ongoing", SILENT),
        ("status: planned", "status: late", SILENT),
        ("status: planned", "status: planned, due: 令和9年度", SILENT),
        ("status: planned, evidence: [{of: [status], from: town}]", "status: ongoing", SILENT),
    ],
)
def test_overlap(first, then, expected):
    """What is waited for ends on or before the day on which the other starts.

    What is finished did so before what is still only intended, unless that is said to be done.
    What is under way had begun when the plan was recorded, and what is still open then had not
    ended.
    """
    assert declared(first, then) == expected


@pytest.mark.parametrize("kind", ["informs", "together"])
def test_only_waiting_can_overlap(kind):
    """What informs, or is done together, may end at any time."""
    assert declared("due: 令和9年度", "start: 令和8年度", kind) == SILENT


def test_declared_prerequisite():
    """An edge names both measures by title, and whether the first is in the plan."""
    file = plan_file("""
        measures:
          - {id: a, title: 先, status: done}
          - {id: b, title: 後, status: planned, requires: [{id: a}, {id: x, kind: informs}]}
    """)
    assert values(file, "dependency", "declared:a>b") == {
        "origin": Code("declared"),
        "edge": Code("finish-to-start"),
        "prerequisite": same("先"),
        "dependent": same("後"),
        "dependent_covered": True,
        "present": True,
        "overlap_days": Range.point(0),
    }
    assert values(file, "dependency", "declared:x>b") == {
        "origin": Code("declared"),
        "edge": Code("informs"),
        "prerequisite": same("x"),
        "dependent": same("後"),
        "dependent_covered": True,
        "present": False,
        "overlap_days": SILENT,
    }
    found = facts(file)["dependency", "declared:x>b"]
    assert (found.label, found.place.line, found.place.column) == (same("x → 後"), 8, 65)


COMMON = "national:standardization>common-platform"


@pytest.mark.parametrize(
    ("before", "present"),
    [
        ("status: done", True),
        ("status: planned", True),
        ("status: watched", False),
        ("owner: 企画課", True),
    ],
)
def test_listed_prerequisite(before, present):
    """An area that comes first is present with any measure, planned or finished, not watched."""
    file = plan_file(f"""
        standardization: {{scope: unstated}}
        measures:
          - {{id: a, title: 移行, areas: [standardization], {before}}}
          - {{id: b, title: 共通化, areas: [common-platform], status: planned}}
    """)
    names = ("present", "dependent_covered", "edge", "origin")
    assert values(file, "dependency", COMMON, *names) == (
        present,
        True,
        Code("informs"),
        Code("national"),
    )


@pytest.mark.parametrize(
    ("standardization", "present"),
    [
        ("{scope: count, migrated: 18}", True),
        ("{scope: count, migrated: all}", True),
        ("{scope: count, migrated: 0}", False),
        ("{scope: count, status: planned}", True),
        ("{scope: count, status: not-migrated}", False),
        ("{scope: count, target: 令和7年度}", True),
        ("{scope: count, target: 未定}", False),
        ("{scope: list, systems: {family-register: {status: migrated}}}", True),
        ("{scope: list, systems: {family-register: {status: planned}}}", True),
        ("{scope: list, systems: {family-register: {migrated: 令和7年度}}}", True),
        ("{scope: list, systems: {family-register: {target: 令和7年度}}}", True),
        ("{scope: list, systems: {family-register: {status: not-migrated}}}", False),
        ("{scope: list, systems: {family-register: {}}}", False),
        ("{scope: unstated}", False),
    ],
)
def test_systems_that_move_are_a_prerequisite(standardization, present):
    """Systems that moved or are to move stand for measures of standardization."""
    file = plan_file(f"standardization: {standardization}\nmeasures: []")
    assert value(file, "dependency", COMMON, "present") is present


def test_systems_that_were_not_read_may_move():
    """Where the section of standardization was not read, the prerequisite may stand there."""
    file = plan_file("measures: []")
    unread = not_read("standardization")
    assert value(file, "dependency", COMMON, "present") == unread
    assert value(file, "dependency", "town:paperless>telework", "present") is False


def test_prerequisite_that_plans_support():
    """An edge that only plans support says so; both areas are named in both languages."""
    file = plan_file("measures: []")
    names = ("origin", "prerequisite", "dependent")
    assert values(file, "dependency", "town:security>telework", *names) == (
        Code("town"),
        Text("セキュリティ対策の徹底", "Information security"),
        Text("テレワークの推進", "Telework"),
    )


def test_another_document_does_not_contradict_the_days_of_this_one():
    """A schedule that is left to a plan to come makes no day of this one doubtful."""
    about = """
        period: 令和8年度～令和12年度
        details_in: [{title: 実施計画, parts: [schedule], status: planned}]
    """
    names = ("start", "starts_after_due", "days_outside_plan", "overdue")
    assert of_measure("status: planned", *names, about=about) == (SILENT, SILENT, SILENT, SILENT)
    found = of_measure("status: planned, due: 令和9年度", *names, about=about)
    assert found == (SILENT, SILENT, Range.point(0), False)
