"""Gap analysis: what is missing, by area, in the order to mend it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from dxrules.assessment.counterfactual import counterfactual
from dxrules.assessment.gaps import FIRST, AreaGaps, Gap, gap_report
from dxrules.report.gaps import text as of_gaps
from dxrules.report.json_outlook import gaps_of
from dxrules.report.json_values import in_utf8
from dxrules.report.terminal import Style
from dxrules.rules import Outcome
from dxrules.texts import Text
from tests.helpers.lawbooks import NOVEMBER, TOWNS, found_of, judged, law, load, of
from tests.helpers.plans import plan_file
from tests.helpers.printed import printed

SYSTEMS = """
    standardization:
      scope: list
      systems:
        national-pension: {status: not-migrated, exception: none}
        family-register: {status: not-migrated, exception: none}
"""


LAST = date(2026, 3, 31)


def report(own, sections, day=NOVEMBER, about=""):
    """Return the gaps of a small plan by a small law."""
    found = found_of(plan_file(sections, about=about), day, own)
    return found, gap_report(found, law().reference)


def test_gaps_of_a_small_plan(tmp_path):
    """Gaps are grouped by area, the plan as a whole first; subjects of one rule are one gap."""
    found, gaps = report(load(tmp_path), SYSTEMS)
    missing = of(found, "TST-03")
    period = Gap(
        (missing,),
        Text("次の改定まで", "by the next revision"),
        (counterfactual(missing, NOVEMBER),),
    )
    both = (of(found, "TST-01", "family-register"), of(found, "TST-01", "national-pension"))
    systems = Gap(
        both,
        Text("期限 2026-03-31、234日経過", "due 2026-03-31, 234 days ago"),
        tuple(counterfactual(finding, NOVEMBER) for finding in both),
    )
    assert all(told.changes for told in (*period.to_pass, *systems.to_pass))
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
        (date(2026, 4, 1), Text("期限 2026-03-31、1日経過", "due 2026-03-31, 1 day ago")),
    ],
)
def test_by_when(tmp_path, day, by):
    """A gap is to be mended by the day that the rule names; past it, that is said."""
    _, gaps = report(load(tmp_path), SYSTEMS, day)
    assert gaps.first[0].by == by


def test_what_has_to_be_looked_up(tmp_path):
    """What is undetermined is listed beside the gaps of its area, or alone."""
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
    """Each failure and each unknown of a town stands in one area, the grave ones first."""
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
        grave = [gap.finding.severity == "error" for gap in area.gaps]
        assert grave == sorted(grave, reverse=True)
        assert all(len({f.rule.id for f in gap.findings}) == 1 for gap in area.gaps)


def test_what_to_mend_first():
    """The first things to mend are few, and the gravest of all areas."""
    gaps = gap_report(judged("nishikawa"), law().reference)
    assert len(gaps.first) == FIRST
    assert [(gap.finding.rule.id, gap.finding.severity) for gap in gaps.first[:2]] == [
        ("DOC-02", "error"),
        ("DAT-04", "warning"),
    ]


def test_what_could_not_be_judged_comes_first(tmp_path):
    """An error is listed before the gaps, and then nothing is said to be in order."""
    read = "measures: []\nstandardization: {scope: unstated}"
    found = found_of(plan_file(read, about="period: 令和8年度～令和12年度"), own=load(tmp_path))
    broken = replace(
        of(found, "TST-02"), outcome=Outcome.ERROR, message=Text("違う", "They differ")
    )
    found = found.of_findings([broken, of(found, "TST-03")])
    gaps = gap_report(found, law().reference)
    assert gaps.errors == (broken,)
    shown = printed(of_gaps, gaps, Style("en"))
    assert shown.index("Could not be judged") < shown.index("TST-02 Cycles [plan]: They differ")
    assert "Nothing was found" not in shown
    assert json.loads(in_utf8(gaps_of(gaps)))["errors"][0]["outcome"] == "error"


INDICATORS = """
    document: {read: complete}
    indicators:
      - {id: a, title: 申請率, baseline: {value: 10}, targets: [{value: 20, year: 令和9年度}]}
      - {id: b, title: 利用率, targets: [{value: 20, year: 令和9年度}]}
      - {id: c, title: 普及率, targets: [{value: 20, year: 令和9年度}]}
"""


def lines_of(gaps, lang, rule_id):
    """Return the lines of a gap, as the report shows it in its area."""
    lines = printed(of_gaps, gaps, Style(lang)).splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("  [") and rule_id in line)
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith("    ")), None)
    return [line.strip() for line in lines[start + 1 : end]]


def test_what_makes_each_pass():
    """What makes the findings of a gap pass is told once for all for which it is the same."""
    gaps = gap_report(found_of(plan_file(INDICATORS)), law().reference)
    assert lines_of(gaps, "ja", "KPI-01")[2:] == [
        "直すには(申請率): 基準値がいつの値かを書く",
        "直すには(利用率、普及率): 基準値を測って書く、かつ、基準値がいつの値かを書く",
    ]


CHAIN = """
    document: {read: complete}
    measures:
      - {id: survey, title: 調査, areas: [bpr], status: planned, start: 2026-04-01, due: 2026-09-30}
      - {id: build, title: 構築, areas: [ai], status: planned, owner: 課, start: 2026-10-01,
         due: 2027-09-30, requires: [{id: survey, kind: finish-to-start}]}
"""


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("ja", "影響を受ける取組: 構築(着手は遅くとも 2027-10-02)"),
        ("en", "Work that waits for it: 構築 (latest start 2027-10-02)"),
    ],
)
def test_what_comes_after(lang, line):
    """What waits for a gap is named, with the day by which the work has to start."""
    file = plan_file(CHAIN, about="period: 令和8年度～令和10年度")
    gaps = gap_report(found_of(file), law().reference)
    assert lines_of(gaps, lang, "ORG-09")[-1] == line
    told = json.loads(in_utf8(gaps_of(gaps)))
    (gap,) = [
        gap
        for area in told["areas"]
        for gap in area["gaps"]
        if gap["findings"][0]["rule"]["id"] == "ORG-09"
    ]
    assert gap["start_by"] == "2027-10-02"
    assert gap["later"] == [
        {"kind": "measure", "id": "build", "label": {"ja": "構築", "en": "構築"}}
    ]


def test_what_makes_it_pass_as_json(tmp_path):
    """JSON gives each change step by step, with the values that pass, none where any will do."""
    found, gaps = report(load(tmp_path), SYSTEMS.replace("none}", "none, target: 令和9年度}"), LAST)
    told = {
        finding["rule"]["id"]: finding["to_pass"]
        for gap in json.loads(in_utf8(gaps_of(gaps)))["first"]
        for finding in gap["findings"]
    }
    assert of(found, "TST-03").outcome is Outcome.FAIL
    day = {
        "text": "2026-03-31",
        "earliest": "2026-03-31",
        "latest": "2026-03-31",
        "approximate": False,
    }
    within = day | {"text": "2026-03-31まで", "earliest": None}
    assert told["TST-01"]["too_late"] is None
    assert [change["steps"] for change in told["TST-01"]["changes"]] == [
        [
            {
                "attribute": "done_on",
                "label": {"ja": "移行が済む日", "en": "day of the migration"},
                "by": "decide",
                "values": [day],
                "within": within,
            }
        ],
        [
            {
                "attribute": "exception",
                "label": {"ja": "例外の種別", "en": "exception"},
                "by": "state",
                "values": ["transition-support"],
                "within": None,
            }
        ],
    ]
    (change,) = told["TST-03"]["changes"]
    assert [(step["values"], step["within"]) for step in change["steps"]] == [([], None)]
