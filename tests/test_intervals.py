"""How often something is done, in the words of plans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.derivation import SILENT
from dxrules.plan.code_labels import INTERVAL
from dxrules.plan.intervals import interval_in, interval_of
from tests.helpers.plans import plan_file, values

WORDS = [
    ("2年ごと", "every-two-years"),
    ("２年毎", "every-two-years"),
    ("二年に一回", "every-two-years"),
    ("2年ごとに見直し", "every-two-years"),
    ("隔年", "every-two-years"),
    ("3か年ごと", "every-three-years"),
    ("5年に1度", "every-five-years"),
    ("毎年度", "yearly"),
    ("年1回以上", "yearly"),
    ("年に一回", "yearly"),
    ("各年度末", "yearly"),
    ("毎会計年度", "yearly"),
    ("年に数回", "yearly"),
    ("年度末に検証", "yearly"),
    ("半年ごと", "half-yearly"),
    ("半期(6か月)ごと", "half-yearly"),
    ("6ヶ月に1回", "half-yearly"),
    ("年2回", "half-yearly"),
    ("年3回", "every-four-months"),
    ("四半期ごと", "quarterly"),
    ("四半期", "quarterly"),
    ("3か月毎", "quarterly"),
    ("隔月", "every-two-months"),
    ("月1回", "monthly"),
    ("毎月", "monthly"),
    ("週次", "weekly"),
    ("PDCAサイクル", "pdca"),
    ("随時", "as-needed"),
    ("必要に応じて見直し", "as-needed"),
]


@pytest.mark.parametrize(("words", "code"), WORDS)
def test_words_of_an_interval(words, code):
    """The words of an interval are its code."""
    assert interval_of(words) == code


@pytest.mark.parametrize(
    "words", ["", "7年ごと", "いつか", "yearly", "5年間", "令和12年度末に検証", "最終年度末に検証"]
)
def test_other_words(words):
    """What is no interval in words stays as it is."""
    assert interval_of(words) is None


@given(st.text())
def test_any_text_is_an_interval_or_not(text):
    """Any text has one of the codes, or none."""
    assert interval_of(text) in {*INTERVAL, None}
    assert interval_in(text) in {*INTERVAL, None} - {"as-needed"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("cycle: [2年ごと]", (True, False)),
        ("cycle: [every-three-years]", (True, False)),
        ("cycle: [年2回]", (True, True)),
        ("cycle: [必要に応じて]", (False, False)),
        ("title: 2年ごとに見直し", (True, False)),
        ("title: 進捗会議(四半期ごと)", (True, True)),
        ("title: 年度末の評価", (True, True)),
        ("title: 目標年度末の評価", (SILENT, SILENT)),
        ("title: 年度末までの評価", (SILENT, SILENT)),
        ("title: 2年ごとに見直し, cycle: [as-needed]", (False, False)),
    ],
)
def test_review_at_an_interval(said, expected):
    """An interval in words counts as one, also where the name of the review says it."""
    file = plan_file(
        f"provisions: {{progress-review: {{status: planned, {said}}}}}\nindicators: []"
    )
    names = ("reviewed_regularly", "at_least_yearly")
    assert values(file, "provision", "progress-review", *names) == expected


def test_measure_that_recurs_in_words():
    """The recurrence of a measure may stand in words."""
    file = plan_file("measures: [{id: a, title: t, recurrence: 毎年度, areas: [telework]}]")
    assert file.plan.measures[0].recurrence == "yearly"
