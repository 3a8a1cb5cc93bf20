"""What the measures and indicators of a plan come to, its parents, and its contents."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.dates import Range
from dxrules.derivation import SILENT, UNKNOWN, Code, unknown
from dxrules.plan.code_labels import CONTENTS
from dxrules.texts import Text, same
from tests.helpers.derived import NEW, of_plan
from tests.helpers.plans import DAY, days, plan_file, value, values


@pytest.mark.parametrize(
    ("statuses", "count"),
    [
        (["ongoing", "planned", "considered", "not-done"], Range.point(4)),
        (["done", "watched"], Range.point(0)),
        (["done", "planned", None], Range(1, 2)),
    ],
)
def test_measures_still_to_be_worked_on(statuses, count):
    """What is done or watched does not count, and what states no status may."""
    rows = "".join(
        f"  - {{id: m{number}, title: 窓口{f', status: {status}' if status else ''}}}\n"
        for number, status in enumerate(statuses)
    )
    assert of_plan("", "measure_count", sections=f"measures:\n{rows}") == (count,)


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ("[]", False),
        ("[{title: 個別計画書, parts: [other], status: exists}]", False),
        ("[{title: 個別計画書, parts: [measures], status: exists}]", True),
        ("[{title: 個別計画書, parts: [measures], status: planned}]", UNKNOWN),
        ("[{title: 個別計画書, parts: [measures], status: unclear}]", UNKNOWN),
    ],
)
def test_measures_in_another_document(details, expected):
    """A document that exists holds the measures; whether a planned one does by now is open."""
    assert of_plan(f"details_in: {details}", "measures_elsewhere") == (expected,)


ALL_BUT_AI = """
    measures:
      - id: everything
        title: 重点取組
        status: planned
        areas:
          [front-yard, standardization, common-platform, el-qr, my-number-card, security, telework]
    indicators: []
    provisions: {}
"""
AI = Text("AIの利用推進", "Use of AI")


@pytest.mark.parametrize(
    ("established", "count", "shown"),
    [
        ("2025-12-16", Range.point(1), AI),
        ("2026-03-31", Range.point(1), AI),
        ("令和7年度", Range.point(1), AI),
    ],
)
def test_priority_items_without_a_measure(established, count, shown):
    """Priority items of the plan's own time that nothing covers are counted and named."""
    about = f"established: {established}"
    assert of_plan(about, "uncovered_areas", "uncovered_names", sections=ALL_BUT_AI) == (
        count,
        shown,
    )


def test_item_that_may_be_a_priority_may_be_missing():
    """An item that may have been listed when the plan was made may be missing."""
    sections = ALL_BUT_AI.replace("common-platform, ", "")
    about = "established: 令和7年12月"
    assert of_plan(about, "uncovered_areas", "uncovered_names", sections=sections) == (
        Range(1, 2),
        AI,
    )


def test_item_without_a_status_may_be_covered():
    """A measure without a status may go on, so its area may be covered."""
    sections = ALL_BUT_AI.replace("status: planned", "owner: 企画課")
    found = of_plan(
        "established: 2026-03-31", "uncovered_areas", "uncovered_names", sections=sections
    )
    assert found == (Range(1, 8), AI)


def test_all_items_covered():
    """Where every priority item has a measure none is missing, and none is named."""
    sections = ALL_BUT_AI.replace("telework]", "telework, ai]")
    assert of_plan(NEW, "uncovered_areas", "uncovered_names", sections=sections) == (
        Range.point(0),
        SILENT,
    )


def test_priority_items_without_a_target():
    """An item is targeted by a baseline and a target; all others are counted and named."""
    sections = """
        indicators:
          - id: i
            title: 割合
            areas: [standardization, common-platform, el-qr, my-number-card, security, telework, ai]
            baseline: {value: 1}
            targets: [{value: 2, year: 令和8年度}]
          - {id: j, title: 窓口, areas: [front-yard], baseline: {value: 1}}
        measures: []
        provisions: {}
    """
    assert of_plan(NEW, "untargeted_areas", "untargeted_names", sections=sections) == (
        Range.point(1),
        Text("フロントヤード改革", "Front-yard reform"),
    )


NO_PARENT_PERIOD = unknown("上位計画の期間が書かれていない", "the parents' periods are not stated")
OUTSIDE_A_STAGE = unknown(
    "計画期間は上位計画の段階の期間に収まらず、上位計画全体の期間が書かれていない",
    "the period reaches outside the stage of the plan above it; how long all of that runs is not "
    "stated",
)


@pytest.mark.parametrize(
    ("parents", "outside", "exceeded"),
    [
        ("[]", SILENT, SILENT),
        ("[{title: 甲, period: 令和7年度～令和16年度}]", Range.point(0), SILENT),
        ("[{title: 甲, period: 令和8年度～令和11年度}]", Range.point(0), SILENT),
        ("[{title: 甲, period: 令和8年度～令和10年度}]", Range.point(365), same("甲")),
        ("[{title: 甲, period: 令和9年度～令和16年度}]", Range.point(365), same("甲")),
        (
            "[{title: 甲, period: 令和8年度～令和10年度}, {title: 乙, period: 令和8年度～9年度}]",
            Range.point(730),
            Text("甲、乙", "甲, 乙"),
        ),
        ("[{title: 甲, stage: 前期, period: 令和7年度～令和12年度}]", Range.point(0), SILENT),
        ("[{title: 甲, stage: 前期, period: 令和8年度～令和10年度}]", OUTSIDE_A_STAGE, SILENT),
        (
            (
                "[{title: 甲, stage: 前期, period: 令和8年度～令和10年度}, "
                "{title: 乙, period: 令和8年度～令和10年度}]"
            ),
            Range(365, None),
            same("乙"),
        ),
        ("[{title: 甲}]", NO_PARENT_PERIOD, SILENT),
        ("[{title: 甲, period: 令和8年度～令和10年度}, {title: 乙}]", Range(365, None), same("甲")),
    ],
)
def test_days_outside_the_parents(parents, outside, exceeded):
    """The greatest reach outside a parent counts; a parent without a period may be exceeded."""
    about = f"period: 令和8年度～令和11年度\nparents: {parents}"
    assert of_plan(about, "outside_parent_days", "parent_exceeded") == (outside, exceeded)


def test_plan_without_a_period_lies_outside_nothing():
    """Without a period of its own a plan exceeds no parent."""
    about = "parents: [{title: 甲, period: 令和8年度～令和10年度}]"
    assert of_plan(about, "outside_parent_days", "parent_exceeded") == (SILENT, SILENT)


GONE_BY = Text("体制、検討", "体制, 検討")
ROWS = """
    measures:
      - {id: a, title: 体制, status: planned, due: 令和5年度}
      - {id: b, title: 洗い出し, status: planned, due: 令和7年度}
      - {id: c, title: 実施, status: planned, due: 令和8年度}
      - {id: d, title: 済, status: done, due: 令和5年度}
      - {id: e, title: 窓口, status: ongoing, due: 令和5年度}
      - {id: f, title: 研修, status: planned}
      - {id: g, title: 検討, status: considered, due: 令和5年度}
      - {id: h, title: 導入, due: 令和5年度}
      - {id: i, title: 周知, status: planned, due: 令和5年度, elsewhere: done}
      - {id: j, title: 更新, status: planned, due: 令和9年度}
"""


@pytest.mark.parametrize(
    ("about", "count", "shown"),
    [
        ("established: 令和5年3月", SILENT, SILENT),
        ("revised: [{on: 2026-04-01}]", Range(0, 5), SILENT),
        ("revised: [{on: 2026-03-31}]", Range(2, 5), GONE_BY),
        ("revised: [{on: 令和8年3月}]", Range(2, 5), GONE_BY),
        ("revised: [{on: 令和8年3月, results_stated: yes}]", Range.point(0), SILENT),
        ("revised: [{on: 令和8年3月, results_stated: no}]", Range(2, 5), GONE_BY),
        (
            "revised: [{on: 令和8年3月, results_stated: yes}, {on: 令和5年3月}]",
            Range.point(0),
            SILENT,
        ),
        ("revised: [{on: 令和5年3月}]", Range.point(0), SILENT),
        ("revised: [{on: 令和8年度から}]", Range(0, 6), SILENT),
        ("revised: [{on: 2026-03-31}, {on: 未定}]", Range(2, 6), GONE_BY),
        ("revised: [{on: 2026-03-31, results_stated: yes}, {on: 未定}]", Range(0, 6), SILENT),
        ("revised: [{on: 未定, results_stated: yes}]", Range.point(0), SILENT),
    ],
)
def test_results_that_a_revision_does_not_state(about, count, shown):
    """Measures due before the last revision that are still intended state no result.

    Those that go on, or have no status, may; so may those due before a revision in doubt.
    """
    names = ("unreported_results", "unreported_names")
    assert of_plan(about, *names, sections=ROWS) == (count, shown)


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("status: planned, completed: 令和6年2月", Range.point(0)),
        ("completed: 令和6年2月", Range.point(0)),
        ("status: planned, completed: 令和9年3月", Range.point(1)),
        ("status: planned", Range.point(1)),
    ],
)
def test_completion_is_a_result(said, count):
    """A day of completion states a result, whatever the status; one to come does not."""
    measures = f"measures: [{{id: a, title: 体制, due: 令和6年3月, {said}}}]"
    about = "revised: [{on: 2026-03-31}]"
    assert of_plan(about, "unreported_results", sections=measures) == (count,)


CIRCLE = """
    measures:
      - {id: b, title: 二, requires: [{id: a}]}
      - {id: a, title: 一, requires: [{id: b, kind: %s}]}
      - {id: c, title: 三, requires: [{id: c}]}
"""


@pytest.mark.parametrize(
    ("kind", "count", "path"),
    [
        ("finish-to-start", 2, Text("c → c、a → b → a", "c → c, a → b → a")),
        ("informs", 2, Text("c → c、a → b → a", "c → c, a → b → a")),
        ("together", 1, same("c → c")),
    ],
)
def test_groups_that_wait_for_each_other(kind, count, path):
    """Each group that waits in a circle counts once; what is done together waits for nothing."""
    found = of_plan("", "cycles", "cycle_path", sections=CIRCLE % kind)
    assert found == (Range.point(count), path)


def test_no_cycle():
    """Measures that wait for others, in the plan or not, wait in no circle."""
    sections = "measures: [{id: b, title: 二, requires: [{id: a}, {id: x}]}, {id: a, title: 一}]"
    found = of_plan("", "cycles", "cycle_path", sections=sections)
    assert found == (Range.point(0), SILENT)


def indicator(number, *targets):
    """Return an indicator with targets that are for one year, and observed at another time."""
    rows = ", ".join(
        f"{{value: 1, year: {year}{f', observed: {seen}' if seen else ''}}}"
        for year, seen in targets
    )
    return f"  - {{id: i{number}, title: 指標{number}, targets: [{rows}]}}\n"


@pytest.mark.parametrize(
    ("targets", "early", "late"),
    [
        ([("令和11年度", None)], 0, SILENT),
        ([("令和11年度", "令和11年度末")], 0, Range.point(0)),
        ([("令和11年度", "令和10年度")], 1, Range.point(1)),
        ([("令和11年度", "R12.3末"), ("令和11年度", "R11.3末")], 1, Range.point(1)),
        ([("令和11年度", "令和12年4月")], 0, Range.point(1)),
        ([("令和11年度", "令和11年")], 1, Range(0, 1)),
        ([("令和11年度から", None)], None, SILENT),
        ([("令和11年度", "令和11年"), ("令和11年度", "令和10年度")], 1, Range.point(1)),
    ],
)
def test_rows_of_indicators(targets, early, late):
    """Rows whose last target is observed before the end, or not in its year, are counted."""
    sections = "indicators:\n" + indicator(1, *targets)
    shown = same("指標1")
    found = of_plan(
        "period: 令和8年度～令和11年度",
        "last_targets_early",
        "last_targets_rows",
        "late_observations",
        "late_observation_rows",
        sections=sections,
    )
    assert found == (
        Range(0, 1) if early is None else Range.point(early),
        shown if early else SILENT,
        late,
        shown if late == Range.point(1) else SILENT,
    )


def test_row_about_which_it_is_in_doubt():
    """A last target for about a year may be observed at the end of the period."""
    sections = """
        indicators:
          - {id: i, title: 割合, targets: [{value: 1, year: 概ね令和10年度}]}
          - {id: j, title: 人数, targets: [{value: 1, year: 令和10年度}]}
          - {id: k, title: 件数, targets: [{value: 1, year: 令和11年度}]}
    """
    names = ("last_targets_early", "last_targets_rows")
    about = "period: 令和8年度～令和11年度"
    assert of_plan(about, *names, sections=sections) == (Range(1, 2), same("人数"))


def test_rows_are_listed_together():
    """One count and one list hold all rows."""
    late = ("令和11年度", "令和10年度")
    sections = "indicators:\n" + indicator(1, late) + indicator(2, late) + indicator(3)
    found = of_plan("", "late_observations", "late_observation_rows", sections=sections)
    assert found == (Range.point(2), Text("指標1、指標2", "指標1, 指標2"))


def test_rows_that_were_lost_may_be_late_too():
    """Where some of the indicators were lost, there may be more such rows."""
    sections = (
        "indicators:\n"
        + indicator(1, ("令和11年度", "令和10年度"))
        + "document: {read: complete, lost: [{part: indicators, what: 表}]}"
    )
    found = values(plan_file(sections), "plan", "plan", "late_observations", "indicator_count")
    assert found == (Range(1, None), Range(1, None))


def test_indicators_with_a_target_are_counted():
    """An indicator without a target does not count."""
    sections = "indicators:\n" + indicator(1, ("令和8年度", None)) + indicator(2)
    assert value(plan_file(sections), "plan", "plan", "indicator_count") == Range.point(1)


@pytest.mark.parametrize(
    ("period", "day", "expected"),
    [
        ("令和8年3月まで", date(2026, 3, 31), (SILENT, "2026-03-31", Code("running"))),
        ("令和8年3月まで", date(2026, 4, 1), (SILENT, "2026-03-31", Code("ended"))),
        ("令和8年度から", date(2026, 3, 31), ("2026-04-01", SILENT, Code("not-begun"))),
        ("令和8年度から", date(2026, 4, 1), ("2026-04-01", SILENT, SILENT)),
    ],
)
def test_period_with_one_end(period, day, expected):
    """Of a period with one end that end is told, and whatever follows from it."""
    found = of_plan(f"period: {period}", "period_start", "period_end", "period_state", day=day)
    ends = (
        Range.point(date.fromisoformat(end).toordinal()) if isinstance(end, str) else end
        for end in expected[:2]
    )
    assert found == (*ends, expected[2])


@pytest.mark.parametrize(
    ("period", "parent", "expected"),
    [
        ("令和8年度～令和12年度", "令和12年度まで", Range(0, None)),
        ("令和8年度～令和12年度", "令和11年度まで", Range(365, None)),
        ("R8～R12", "令和8年度～令和12年度", Range(0, 90)),
        ("令和12年度まで", "令和8年度～令和11年度", Range(365, None)),
        ("令和8年度～令和12年度", "2021年～2030年", Range(0, 90)),
        ("令和8年度～令和12年度", "2021年～2029年", Range(364, 455)),
        ("2026年～2030年", "令和8年度～令和12年度", Range(0, 90)),
        ("2026年～2030年", "2021年～2029年", Range.point(365)),
    ],
)
def test_period_with_open_ends_and_its_parent(period, parent, expected):
    """By how much a period reaches outside its parent is open where an end is.

    So is it where one is told in years alone and the other in fiscal years.
    """
    about = f"period: {period}\nparents: [{{title: 総合計画, period: {parent}}}]"
    assert of_plan(about, "outside_parent_days") == (expected,)


@pytest.mark.parametrize("recorded", ["不明", "unknown", "2026-11-20以前"])
def test_page_without_a_date(recorded):
    """A page without a date can say so; of a plan that ended that is known all the same."""
    file = plan_file("", "period: 令和3年度～令和7年度", recorded=recorded)
    assert value(file, "plan", "plan", "period_state", day=DAY) == Code("ended")


def test_year_without_an_era_is_near_the_day_recorded():
    """A year without its era is read as the one close to the day of the plan."""
    file = plan_file("", "period: 23~27年度の5カ年", recorded="2023-03-31")
    assert values(file, "plan", "plan", "period_start", "period_end", day=DAY) == (
        days("2023-04-01"),
        days("2028-03-31"),
    )


@pytest.mark.parametrize(
    ("contents", "read", "missing", "lacking"),
    [
        (None, "complete", UNKNOWN, UNKNOWN),
        ("[]", "complete", Range.point(7), None),
        ("[purpose, measures]", "part", Range(0, 5), None),
        (
            "[current-state, purpose, position, basic-policy, measures, security-and-privacy]",
            "complete",
            Range.point(1),
            Text("推進体制", "organization"),
        ),
        (
            f"[{', '.join(CONTENTS)}]",
            "complete",
            Range.point(0),
            SILENT,
        ),
    ],
)
def test_what_the_guide_names_and_the_document_lacks(contents, read, missing, lacking):
    """What is not among the contents written down is missing, unless it may stand in the rest."""
    about = "" if contents is None else f"contents: {contents}"
    said = of_plan(
        about,
        "missing_contents",
        "missing_contents_names",
        sections=f"document: {{read: {read}}}",
    )
    assert said[0] == missing
    assert lacking is None or said[1] == lacking
