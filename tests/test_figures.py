"""Figures of indicators as plans write them, and targets that are no figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.dates import Range
from dxrules.derivation import SILENT
from dxrules.errors import PlanError
from dxrules.plan.figures import amount
from tests.helpers.plans import plan_file, values


def of_indicator(said, *names, about="period: 令和8年度～令和12年度"):
    """Return attributes of an indicator that states this."""
    file = plan_file(f"indicators:\n- {{id: a, title: t, areas: [ai], {said}}}", about)
    return values(file, "indicator", "a", *names)


def indicator(said):
    """Return the indicator that states this."""
    return plan_file(f"indicators:\n- {{id: a, title: t, {said}}}").plan.indicators[0]


@pytest.mark.parametrize(
    ("text", "value", "unit", "counted"),
    [
        ("85%", "85", "%", None),
        ("８５％", "85", "%", None),
        ("80%以上", "80", "%", None),
        ("300万件", "3000000", "件", None),
        ("1.5億円", "150000000", "円", None),
        ("20業務", "20", "業務", None),
        ("約1,200人", "1200", "人", None),
        ("概ね17業務", "17", "業務", None),
        ("1,000人/年", "1000", "人", "yearly"),
        ("75人(累計)", "75", "人", "cumulative"),
        ("累計75人", None, None, None),
        ("85", "85", None, None),
    ],
)
def test_figure_with_its_unit(text, value, unit, counted):
    """A figure with its unit is read into value and unit, and how it is counted."""
    said = f'targets: [{{value: "{text}", year: 令和8年度}}]'
    if value is None:
        with pytest.raises(PlanError) as caught:
            indicator(said)
        assert "Write the number alone, as in 85, and the unit under unit" in str(caught.value)
        return
    found = indicator(said)
    assert (found.targets[0].value, found.unit, found.counted) == (Decimal(value), unit, counted)


def test_units_that_differ():
    """An indicator has one unit: the message says what to write."""
    with pytest.raises(PlanError) as caught:
        indicator('unit: 件, targets: [{value: "85%", year: 令和8年度}]')
    assert str(caught.value).endswith(
        'indicators[0]: The unit of "85%" is not that of the indicator, "件". '
        'Write the number alone under value, as in 85, and one unit under unit, as in "%". '
        "Where units differ, make two indicators of it."
    )
    with pytest.raises(PlanError):
        indicator('baseline: {value: 20件}, targets: [{value: "85%", year: 令和8年度}]')


def test_unit_beside_its_figures():
    """A unit that is given as well may be the same in other signs."""
    found = indicator(
        "unit: ％, baseline: {value: 22.7%}, targets: [{value: 85%, year: 令和8年度}]"
    )
    assert (found.unit, found.baseline.value) == ("％", Decimal("22.7"))


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_not(text):
    """Any text is a figure with a unit, or none."""
    found = amount(text)
    assert found is None or Decimal(found.number).is_finite()


def test_target_for_every_year():
    """毎年度 is every year of the period, the last one included."""
    said = "baseline: {value: 1}, unit: 人, targets: [{value: 1000人/年, year: 毎年度}]"
    names = ("has_target", "gap_to_plan_end_days")
    assert of_indicator(said, *names) == (True, Range.point(0))
    file = plan_file(
        f"indicators:\n- {{id: a, title: t, areas: [ai], {said}}}", "period: 令和8年度～令和12年度"
    )
    assert values(file, "area", "ai", "measured") == (True,)


def test_stage_in_words():
    """A stage in words is a target, but no figure."""
    said = "targets: [{phase: 試行, year: 令和8年度}, {phase: 実施, year: 令和9年度}]"
    assert of_indicator(said, "has_target", "quantified", "monotone") == (True, False, SILENT)
    file = plan_file(f"indicators:\n- {{id: a, title: t, areas: [ai], {said}}}")
    assert values(file, "area", "ai", "measured", "sentence_goal") == (False, True)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("counted: cumulative", True),
        ("counted: cumulative, direction: up", True),
        ("counted: yearly, direction: up", False),
        ("direction: up", False),
        ("counted: yearly", SILENT),
    ],
)
def test_sum_may_stand_still(said, expected):
    """A sum that is counted on may stand still, where a figure of each year may not."""
    said += ", baseline: {value: 75}, targets: [{value: 75, year: 令和8年度}]"
    assert of_indicator(said, "monotone") == (expected,)


def test_sum_does_not_fall():
    """A sum that is counted on falls in no year, whatever its direction says."""
    said = (
        "counted: cumulative, targets: [{value: 75, year: 令和8年度}, {value: 70, year: 令和9年度}]"
    )
    assert of_indicator(said, "monotone") == (False,)


def test_calendar_year_of_a_target():
    """A calendar year is one, and no fiscal year."""
    target = indicator("targets: [{value: 75, year: 2024年}]").targets[0]
    assert target.year.canonical() == "2024-01-01～2024-12-31"
