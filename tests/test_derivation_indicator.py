"""Facts of indicators."""

from __future__ import annotations

import pytest

from dxrules.dates import Range
from dxrules.derivation import SILENT, UNKNOWN, Absent, Code, unknown
from dxrules.texts import Text
from tests.helpers.plans import days, plan_file, reference, tasks, values

NOT_CLEAR = unknown("観測の時点がはっきりしない", "when it is observed is not clear")


def of_indicator(said, *names, rest="", about="", recorded="令和8年3月"):
    """Return attributes of an indicator."""
    file = plan_file(f"indicators: [{{id: i, title: 割合, {said}}}]\n{rest}", about, recorded)
    return values(file, "indicator", "i", *names)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("baseline: {value: 1, on: 令和6年度}", (True, True, days("令和6年度"), False)),
        ("baseline: {value: 1}", (True, True, SILENT, False)),
        ("targets: [{value: 2, year: 令和8年度}]", (True, False, SILENT, True)),
        ("goal: 優しい窓口", (False, False, SILENT, False)),
        ("goal: 優しい窓口, baseline: {value: 1}", (True, True, SILENT, False)),
        ('unit: "%"', (True, False, SILENT, False)),
    ],
)
def test_baseline_and_target(said, expected):
    """A baseline and targets are given or not; a goal that is a sentence alone is no figure."""
    names = ("quantified", "has_baseline", "baseline_on", "has_target")
    assert of_indicator(said, *names) == expected


def test_baseline_that_was_lost():
    """A baseline or target may have stood in the table that was lost."""
    rest = "document: {read: complete, lost: [{part: indicators, what: 表}]}"
    gone = unknown("計画書の該当箇所が失われている(表)", "the document lost it (表)")
    names = ("has_baseline", "baseline_on", "has_target")
    assert of_indicator('unit: "%"', *names, rest=rest) == (gone, gone, gone)


def course(direction, *values_of, baseline=None):
    """Return an indicator that moves over some values."""
    targets = ", ".join(f"{{value: {v}, year: 令和{n}年度}}" for n, v in enumerate(values_of, 8))
    start = f", baseline: {{value: {baseline}}}" if baseline is not None else ""
    said = f"targets: [{targets}]{start}"
    return f"{said}, direction: {direction}" if direction else said


BASELINE = "direction: up, baseline: {value: 50, on: %s}"
FALLS = ", targets: [{value: 40, year: 令和6年度}, {value: 60, year: 令和9年度}]"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (course("up", 1, 2, 2), True),
        (course("up", 1, 3, 2), False),
        (course("up", 1, 2, baseline=1.5), False),
        (course("up", 1, 2, baseline=1.0), True),
        (course("down", 3, 2, 2), True),
        (course("down", 3, 4), False),
        (course("down", 1, baseline=2), True),
        (course("keep", 2, 2.0), True),
        (course("keep", 2, 3), UNKNOWN),
        (course("up", 2), SILENT),
        (course(None, 1, 2), SILENT),
        ("direction: up", SILENT),
        (
            """direction: up, baseline: {value: 1},
            targets: [{value: 3, year: 令和12年度}, {value: 2, year: 令和9年度}]""",
            True,
        ),
        (
            """direction: up,
            targets: [{value: 2, year: 令和12年度}, {value: 3, year: 令和9年度}]""",
            False,
        ),
        (
            """direction: up,
            targets: [{value: 3, year: 令和9年度}, {value: 2, year: 概ね令和10年度}]""",
            UNKNOWN,
        ),
        (
            """direction: up,
            targets: [{value: 3, year: 令和9年}, {value: 2, year: 令和9年度}]""",
            UNKNOWN,
        ),
        (
            """direction: up,
            targets: [{value: 3, year: 令和9年度から}, {value: 2, year: 令和10年度}]""",
            UNKNOWN,
        ),
        (
            """direction: up, targets: [{value: 1, year: 令和8年度},
            {relative: 平均以上, year: 令和9年度}, {value: 2, year: 令和10年度}]""",
            True,
        ),
        (BASELINE % "令和7年度" + FALLS, UNKNOWN),
        (BASELINE % "令和6年度" + FALLS, UNKNOWN),
        (BASELINE % "概ね令和5年度" + FALLS, UNKNOWN),
        (BASELINE % "令和5年度" + FALLS, False),
        (BASELINE % "令和5年度末まで" + FALLS, False),
        (BASELINE % "未定" + FALLS, False),
    ],
)
def test_targets_move_in_the_stated_direction(said, expected):
    """Each value is at least as good as that of the year before; one value is no course.

    Where it is not told which year comes first, or that the baseline does, the course is open.
    """
    assert of_indicator(said, "monotone") == (expected,)


SHARE = "share_of: migrated-tasks, "
SUPPORTED = Code("transition-support")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (course(None, 80, 100), SILENT),
        (SHARE + course(None, 80, 100, 100), days("令和9年度")),
        (SHARE + "targets: [{value: 100, year: 令和8年度, observed: R9.3末}]", days("2027-03-31")),
        (SHARE + course(None, 80, 90), days("2028-04-01から")),
        (
            SHARE + "targets: [{value: 90, year: 令和9年度}, {value: 80, year: 令和8年度}]",
            days("2028-04-01から"),
        ),
        (SHARE + "targets: [{value: 90, year: 令和8年度から}]", UNKNOWN),
        (SHARE + "targets: [{relative: 平均以上, year: 令和8年度}]", SILENT),
        (SHARE + 'unit: "%"', SILENT),
    ],
)
def test_day_on_which_a_share_is_complete(said, expected):
    """A share is complete when it is to reach 100 %, or after its last target."""
    assert of_indicator(said, "complete_on") == (expected,)


SHOWN = "evidence: [{of: [exception], text: 特定移行支援システム}]"


@pytest.mark.parametrize(
    ("standardization", "expected"),
    [
        ("scope: count, in_scope: 20", UNKNOWN),
        ("scope: count, in_scope: 20, migrated: 10, systems: {%s}", UNKNOWN),
        ("scope: count, in_scope: 20, migrated: 19, systems: {%s}", SUPPORTED),
        ("scope: count, in_scope: 20, migrated: 18, systems: {%s}", UNKNOWN),
        (
            """scope: count, in_scope: 20, migrated: 18, systems: {%s,
            child-allowance: {exception: migration-difficult, evidence: [{page: 4}]}}""",
            Code("both"),
        ),
        (
            """scope: count, in_scope: 20, migrated: 18, systems: {%s,
            child-allowance: {status: in-progress, exception: none}}""",
            Code("none"),
        ),
        (
            """scope: count, in_scope: 20, migrated: 18, systems: {%s,
            child-allowance: {exception: none}}""",
            UNKNOWN,
        ),
        ("scope: all, migrated: all, systems: {family-register: {exception: none}}", UNKNOWN),
        ("scope: count, in_scope: 20, migrated: all, systems: {%s}", UNKNOWN),
        ("scope: list, systems: {family-register: {status: migrated}}", UNKNOWN),
        ("scope: list, systems: {%s}", SUPPORTED),
        ("scope: list, systems: {%s, child-allowance: {status: migrated}}", SUPPORTED),
        ("scope: list, systems: {%s, child-allowance: {}}", UNKNOWN),
        ("scope: list, systems: {family-register: {exception: none}}", UNKNOWN),
        (
            "scope: list, systems: {family-register: {status: planned, exception: none}}",
            Code("none"),
        ),
        ("scope: list, systems: {family-register: {}}", UNKNOWN),
        (
            """scope: list, systems: {child-allowance: {}},
            excluded: [{task: family-register}]""",
            UNKNOWN,
        ),
    ],
)
def test_exception_that_explains_a_share(standardization, expected):
    """Designated exceptions explain what is missing if as many tasks as may be left are such."""
    said = standardization.replace(
        "%s", f"family-register: {{exception: transition-support, {SHOWN}}}"
    )
    rest = f"standardization: {{{said}}}"
    assert of_indicator(SHARE + 'unit: "%"', "rest_exception", rest=rest) == (expected,)
    assert of_indicator('unit: "%"', "rest_exception", rest=rest) == (SILENT,)


ALL_TASKS = "[" + ", ".join(f"{{task: {task}}}" for task in reference().tasks) + "]"


@pytest.mark.parametrize(
    ("target", "counts", "agrees", "figures"),
    [
        (
            "value: 90",
            "in_scope: 20, migrated: 18",
            True,
            Text("本文から 90 %、目標 90 %", "text 90 %, target 90 %"),
        ),
        (
            "value: 80",
            "in_scope: 20, migrated: 18",
            False,
            Text("本文から 90 %、目標 80 %", "text 90 %, target 80 %"),
        ),
        (
            "value: 94.1",
            "in_scope: 17, migrated: 16",
            True,
            Text("本文から 94 %、目標 94.1 %", "text 94 %, target 94.1 %"),
        ),
        (
            "value: 94.2",
            "in_scope: 17, migrated: 16",
            True,
            Text("本文から 94 %、目標 94.2 %", "text 94 %, target 94.2 %"),
        ),
        (
            "value: 94.3",
            "in_scope: 17, migrated: 16",
            False,
            Text("本文から 94 %、目標 94.3 %", "text 94 %, target 94.3 %"),
        ),
        (
            "value: 94",
            "in_scope: 17, migrated: 16",
            True,
            Text("本文から 94 %、目標 94 %", "text 94 %, target 94 %"),
        ),
        (
            "value: 100",
            "in_scope: 17, migrated: all",
            True,
            Text("本文から 100 %、目標 100 %", "text 100 %, target 100 %"),
        ),
        ("value: 90", "in_scope: 20", UNKNOWN, SILENT),
        ("value: 90", "migrated: 18", UNKNOWN, SILENT),
        ("value: 90", f"in_scope: 0, migrated: 0, excluded: {ALL_TASKS}", UNKNOWN, SILENT),
        ("relative: 平均以上", "in_scope: 20, migrated: 18", SILENT, SILENT),
    ],
)
def test_share_agrees_with_the_text(target, counts, agrees, figures):
    """The target for the day recorded is compared with the text's counts, rounded as it is."""
    said = f"{SHARE}targets: [{{{target}, year: 令和8年度, observed: R8.3末}}]"
    rest = f"standardization: {{scope: count, {counts}}}"
    found = of_indicator(said, "agrees_with_text", "text_figures", rest=rest)
    assert found == (agrees, figures)


def test_share_of_tasks_that_may_have_moved():
    """Where it is open how many tasks moved, there is no figure to compare with."""
    said = f"{SHARE}targets: [{{value: 90, year: 令和7年度}}]"
    rest = f"standardization: {{scope: list, systems: {{{tasks('status: planned')}}}}}"
    assert of_indicator(said, "agrees_with_text", "text_figures", rest=rest) == (UNKNOWN, SILENT)


@pytest.mark.parametrize("year", ["令和8年度", "令和6年度", "令和7年度から"])
def test_share_for_another_day(year):
    """A target for a day before or after the day recorded contradicts nothing."""
    said = f"{SHARE}targets: [{{value: 10, year: {year}}}]"
    rest = "standardization: {scope: count, in_scope: 20, migrated: 18}"
    assert of_indicator(said, "agrees_with_text", "text_figures", rest=rest) == (SILENT, SILENT)


def test_target_is_not_judged_before_its_last_day():
    """A target for a fiscal year is not yet missed in June of that year."""
    said = f"{SHARE}targets: [{{value: 100, year: 令和7年度}}]"
    rest = "standardization: {scope: count, in_scope: 20, migrated: 18}"
    found = of_indicator(said, "agrees_with_text", rest=rest, recorded="令和7年6月")
    assert found == (SILENT,)
    assert of_indicator(said, "agrees_with_text", rest=rest) == (False,)


@pytest.mark.parametrize(
    ("said", "one", "named"),
    [
        (
            "measure: 交付率, text_measure: {name: 交付率}",
            True,
            Text("指標は交付率、本文は交付率", "indicator 交付率, text 交付率"),
        ),
        (
            "measure: 交付率, text_measure: {name: 保有率}",
            False,
            Text("指標は交付率、本文は保有率", "indicator 交付率, text 保有率"),
        ),
        ("measure: 交付率", SILENT, SILENT),
        ("text_measure: {name: 保有率}", SILENT, SILENT),
    ],
)
def test_one_measure_in_indicator_and_text(said, one, named):
    """The text measures the same thing in the same way, or both measures are named."""
    assert of_indicator(said, "one_measure", "measures_named") == (one, named)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("measures_area: yes", True),
        ("measures_area: no", False),
        ("measures_area: doubtful", UNKNOWN),
        ('unit: "%"', SILENT),
    ],
)
def test_indicator_of_its_area(said, expected):
    """Whether it measures its area is as the reader judged it; doubt is unknown."""
    assert of_indicator(said, "fits_area") == (expected,)


@pytest.mark.parametrize(
    ("targets", "gap", "years"),
    [
        ("{value: 1, year: 令和11年度, observed: 令和11年度から}", NOT_CLEAR, NOT_CLEAR),
        ("{value: 1, year: 令和11年度}", Range.point(0), SILENT),
        ("{value: 1, year: 令和11年度, observed: R12.3末}", Range.point(0), Range.point(0)),
        ("{value: 1, year: 令和11年度, observed: R11.3末}", Range.point(365), Range.point(1)),
        ("{value: 1, year: 令和11年度, observed: 令和12年4月}", Range.point(-30), Range.point(-1)),
        ("{value: 1, year: 令和11年度, observed: 令和11年}", Range.point(90), NOT_CLEAR),
        (
            """{value: 1, year: 令和9年度, observed: 令和7年度},
            {value: 1, year: 令和11年度, observed: 令和10年度}""",
            Range.point(365),
            Range.point(2),
        ),
        (
            "{value: 1, year: 令和11年度}, {value: 1, year: 令和9年度}",
            Range.point(0),
            SILENT,
        ),
        (
            "{value: 1, year: 令和11年度, observed: 概ね令和10年度}",
            Range(365, 365, approximate=True),
            NOT_CLEAR,
        ),
    ],
)
def test_day_of_observation(targets, gap, years):
    """The last observation is compared with the period's end, and each with its fiscal year."""
    about = "period: 令和8年度～令和11年度"
    names = ("gap_to_plan_end_days", "observed_late_years")
    assert of_indicator(f"targets: [{targets}]", *names, about=about) == (gap, years)
    assert of_indicator(f"targets: [{targets}]", *names) == (SILENT, years)
    assert of_indicator('unit: "%"', *names, about=about) == (SILENT, SILENT)


@pytest.mark.parametrize(
    ("more", "possible", "shown"),
    [
        ("denominator: 全世帯, ", False, Text("130%", "130%")),
        ("", unknown, Text("130%", "130%")),
        ("denominator: 前年度の件数, ", unknown, Text("130%", "130%")),
    ],
)
def test_results_that_no_share_has(more, possible, shown):
    """What was reached of a share lies within it, as its targets do."""
    said = f'unit: "%", {more}results: [{{year: 令和6年度, value: 130}}]'
    found, outside = of_indicator(said, "values_possible", "values_outside")
    assert outside == shown
    assert found is False if possible is False else found not in (True, False)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("measure: 前年度比", SILENT),
        ("measure: 業務時間の増減率", SILENT),
        ("measure: 前年度比, denominator: 全手続", False),
        ("measure: 前年度の申請率", None),  # it may be a share
    ],
)
def test_ratio_to_another_time(more, expected):
    """A ratio to the year before, and a rate of change, are no shares, and can be any."""
    said = f'unit: "%", {more}, targets: [{{value: -5, year: 令和8年度}}]'
    (found,) = of_indicator(said, "values_possible")
    assert found == expected if expected is not None else isinstance(found, Absent)


@pytest.mark.parametrize(
    ("first", "expected"),
    [("令和9年度", SUPPORTED), ("令和8年3月31日", None), ("不明", None), ("令和8年度以降", None)],
)
def test_target_of_an_unknown_day_may_be_the_first_to_come(first, expected):
    """Of two targets the one that leaves more tasks counts, where either may be the first."""
    systems = f"family-register: {{exception: transition-support, {SHOWN}}}"
    rest = f"standardization: {{scope: count, in_scope: 20, migrated: 19, systems: {{{systems}}}}}"
    targets = f"[{{value: 80, year: {first}}}, {{value: 95, year: 令和8年9月}}]"
    (found,) = of_indicator(f"{SHARE}targets: {targets}", "rest_exception", rest=rest)
    assert found == expected if expected else isinstance(found, Absent)
