"""Gap analysis: what is missing, by area, in the order to mend it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from dxrules.assessment.gaps import FIRST, AreaGaps, Gap, gap_report
from dxrules.report.gaps import render_gaps
from dxrules.report.json_report import render_gaps as render_json
from dxrules.report.terminal import Style
from dxrules.rules import SEVERITIES, Outcome
from dxrules.texts import Text
from tests.lawbooks import NOVEMBER, TOWNS, found_of, judged, law, load, of
from tests.plans import plan_file

SYSTEMS = """
    standardization:
      scope: list
      systems:
        national-pension: {status: not-migrated, exception: none}
        family-register: {status: not-migrated, exception: none}
"""


def report(own, sections, day=NOVEMBER, about=""):
    """Return the gaps of a small plan by a small law."""
    found = found_of(plan_file(sections, about=about), day, own)
    return found, gap_report(found, law().reference)


def test_gaps_of_a_small_plan(tmp_path):
    """Gaps are grouped by area, the plan as a whole first; subjects of one rule are one gap."""
    found, gaps = report(load(tmp_path), SYSTEMS)
    period = Gap((of(found, "TST-03"),), Text("次の改定まで", "by the next revision"))
    systems = Gap(
        (of(found, "TST-01", "family-register"), of(found, "TST-01", "national-pension")),
        Text("期限 2026-03-31 は過ぎている", "was due on 2026-03-31"),
    )
    assert gaps.plan is found
    assert gaps.first == (systems, period)
    assert gaps.areas == (
        AreaGaps(None, Text("計画全体", "The plan as a whole"), (period,), ()),
        AreaGaps(
            "standardization",
            law().reference.areas["standardization"].name,
            (systems,),
            (),
        ),
    )
    assert systems.finding is of(found, "TST-01", "family-register")


@pytest.mark.parametrize(
    ("day", "by"),
    [
        (date(2026, 3, 31), Text("2026-03-31 まで", "by 2026-03-31")),
        (date(2026, 4, 1), Text("期限 2026-03-31 は過ぎている", "was due on 2026-03-31")),
    ],
)
def test_by_when(tmp_path, day, by):
    """A gap is to be mended by the day that the rule names; past it, that is said."""
    _, gaps = report(load(tmp_path), SYSTEMS, day)
    assert gaps.first[0].by == by


def test_what_has_to_be_looked_up(tmp_path):
    """What cannot be told is listed beside the gaps of its area, or alone."""
    found, gaps = report(
        load(tmp_path),
        "standardization: {scope: list, systems: {family-register: {status: planned}}}",
        about="period: 令和8年度～令和12年度",
    )
    assert gaps.first == ()
    assert [(each.area, each.gaps, each.unknown) for each in gaps.areas] == [
        (None, (), (of(found, "TST-02"),)),
        ("standardization", (), (of(found, "TST-01"),)),
    ]


def test_nothing_is_missing(tmp_path):
    """A plan without gaps has no areas to show."""
    read = "measures: []\nstandardization: {scope: unstated}"
    _, gaps = report(load(tmp_path), read, about="period: 令和8年度～令和12年度")
    assert (gaps.first, gaps.areas) == ((), ())


@pytest.mark.parametrize("name", TOWNS)
def test_gaps_of_a_town(name):
    """Each failure and each unknown of a town stands in one area, the gravest first."""
    found = judged(name)
    gaps = gap_report(found, law().reference)
    shown = [f for area in gaps.areas for gap in area.gaps for f in gap.findings]
    unknown = [f for area in gaps.areas for f in area.unknown]
    assert sorted(f.subject for f in shown) == sorted(f.subject for f in found.of(Outcome.FAIL))
    assert sorted(f.subject for f in unknown) == sorted(
        f.subject for f in found.of(Outcome.UNKNOWN)
    )
    order = [None, *law().reference.areas]
    assert [order.index(area.area) for area in gaps.areas] == sorted(
        order.index(area.area) for area in gaps.areas
    )
    for area in gaps.areas:
        ranks = [SEVERITIES.index(gap.finding.severity) for gap in area.gaps]
        assert ranks == sorted(ranks)
        assert all(len({f.rule.id for f in gap.findings}) == 1 for gap in area.gaps)


def test_what_to_mend_first():
    """The first things to mend are few, and the gravest of all areas."""
    gaps = gap_report(judged("nishikawa"), law().reference)
    assert len(gaps.first) == FIRST
    assert [(gap.finding.rule.id, gap.finding.severity) for gap in gaps.first[:2]] == [
        ("DOC-02", "error"),
        ("DOC-03", "error"),
    ]


def test_what_could_not_be_judged_comes_first(tmp_path):
    """An error is listed before the gaps, and then nothing is said to be in order."""
    read = "measures: []\nstandardization: {scope: unstated}"
    found = found_of(plan_file(read, about="period: 令和8年度～令和12年度"), own=load(tmp_path))
    broken = replace(
        of(found, "TST-02"), outcome=Outcome.ERROR, message=Text("違う", "They differ")
    )
    found = replace(found, findings=(broken, of(found, "TST-03")))
    gaps = gap_report(found, law().reference)
    assert gaps.errors == (broken,)
    shown = render_gaps(gaps, Style("en"))
    assert shown.index("Could not be judged") < shown.index("TST-02 Cycles [plan]: They differ")
    assert "Nothing was found" not in shown
    assert json.loads(render_json(gaps))["errors"][0]["outcome"] == "error"
