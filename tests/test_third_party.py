"""What others than the plan say leaves open what the plan must hold, and decides nothing."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.assessment.origin_of_evidence import hears_others
from dxrules.dates import Range
from dxrules.derivation import unknown
from dxrules.derivation.third_party import BY_OTHERS
from dxrules.plan.sections.evident import Evident
from dxrules.rules import Outcome
from tests.helpers.lawbooks import found_of
from tests.helpers.plans import plan_file, value, values

ABOUT = "established: 2026-03-31\nperiod: 令和8年度～令和12年度"
HEARD = "evidence: [{text: 町の広報, from: town}]"
SAID = "evidence: [{text: 進める}]"
WHEN = unknown(
    "時期が計画期間に入るか分からない", "whether its time lies in the plan's period is not known"
)


def of_area(area, sections, *names):
    """Return some values of an area."""
    return values(plan_file(sections, ABOUT), "area", area, *names)


def outcomes(sections, about=ABOUT, *, rules):
    """Return, by rule and key, how a plan comes out by some rules of the law that travels along."""
    found = found_of(plan_file(sections, about)).findings
    return {(f.rule.id, f.key): f.outcome for f in found if f.rule.id in rules}


# The sections of areas


@pytest.mark.parametrize(
    ("charges", "covered", "scheduled", "starts"),
    [
        (f"charges: {{water: {{status: planned, start: 令和9年4月, {SAID}}}}}", True, True, True),
        (
            f"charges: {{water: {{status: planned, start: 令和9年4月, {HEARD}}}}}",
            BY_OTHERS,
            BY_OTHERS,
            BY_OTHERS,
        ),
        (
            f"{HEARD}, charges: {{water: {{status: planned, start: 令和9年4月}}}}",
            BY_OTHERS,
            BY_OTHERS,
            BY_OTHERS,
        ),
        (
            f"{HEARD}, charges: {{water: {{status: planned, start: 令和9年4月, {SAID}}}}}",
            True,
            True,
            True,
        ),
        (
            (
                "charges: {water: {status: planned, start: 令和9年4月, evidence: "
                "[{of: [status], text: 始める}, {of: [start], text: 記事, from: secondary}]}}"
            ),
            True,
            BY_OTHERS,
            BY_OTHERS,
        ),
        (
            f"charges: {{water: {{considered: yes, {HEARD}}}, sewerage: {{considered: yes}}}}",
            True,
            False,
            False,
        ),
        (
            (
                "charges: {water: {status: planned, start: 令和9年4月, evidence: "
                "[{of: [status], text: 記事, from: secondary}]}}"
            ),
            BY_OTHERS,
            BY_OTHERS,
            BY_OTHERS,
        ),
        (f"charges: {{local-tax: {{status: planned, {HEARD}}}}}", False, False, False),
    ],
)
def test_charges_that_others_tell_of(charges, covered, scheduled, starts):
    """What others say of a charge leaves open whether the plan does; so they do of all."""
    sections = f"collection: {{{charges}}}\nmeasures: []"
    names = ("covered", "scheduled", "starts_stated")
    assert of_area("el-qr", sections, *names) == (covered, scheduled, starts)


@pytest.mark.parametrize(
    ("section", "covered", "scheduled"),
    [
        (f"status: planned, target: 令和9年度, {SAID}", True, True),
        (f"status: planned, target: 令和9年度, {HEARD}", BY_OTHERS, BY_OTHERS),
        (
            f"systems: {{family-register: {{status: planned, target: 令和9年度}}}}, {HEARD}",
            BY_OTHERS,
            BY_OTHERS,
        ),
        (
            f"systems: {{family-register: {{status: not-migrated, target: 令和9年度, {HEARD}}}}}",
            BY_OTHERS,
            BY_OTHERS,
        ),
        (
            (
                "status: planned, target: 令和9年度, evidence: "
                "[{of: [status], text: 進める}, {of: [target], text: 記事, from: secondary}]"
            ),
            True,
            BY_OTHERS,
        ),
    ],
)
@pytest.mark.parametrize("done", [True, False])
def test_systems_that_others_tell_of(section, covered, scheduled, done):
    """So it is with standardization, though the plan tells of a measure that is done."""
    measure = f"{{id: a, title: 移行, areas: [standardization], status: done, {SAID}}}"
    sections = f"""
        standardization: {{scope: unstated, {section}}}
        measures: [{measure if done else ""}]
    """
    found = of_area("standardization", sections, "covered", "scheduled")
    assert found == (covered, scheduled)


@pytest.mark.parametrize(
    ("evidence", "covered", "scheduled"),
    [
        ("{of: [owner], from: town}", True, True),
        ("{of: [status], from: town}", BY_OTHERS, BY_OTHERS),
        ("{of: [areas], from: secondary}", BY_OTHERS, BY_OTHERS),
        ("{from: secondary}", BY_OTHERS, BY_OTHERS),
        ("{of: [title]}, {from: secondary}", True, BY_OTHERS),
        ("{of: [status]}, {of: [due], from: town}", True, BY_OTHERS),
        ("{of: [status, due]}, {of: [due], from: town}", True, True),
    ],
)
def test_measures_that_others_tell_of(evidence, covered, scheduled):
    """What others say counts for what it is said of, and only there."""
    sections = f"""
        measures:
          - {{id: a, title: 実証, areas: [ai], status: planned, due: 令和9年度, owner: 総務課,
             evidence: [{evidence}]}}
    """
    assert of_area("ai", sections, "covered", "scheduled") == (covered, scheduled)


GOAL = "baseline: {value: 1, on: 令和7年度}, targets: [{value: 2, year: %s}]"


@pytest.mark.parametrize(
    ("indicators", "measured"),
    [
        ([f"{GOAL % '令和9年度'}, {SAID}"], True),
        ([f"{GOAL % '令和9年度'}, {HEARD}"], BY_OTHERS),
        ([f"{GOAL % '令和9年度'}, {HEARD}", f"goal: よくする, {SAID}"], BY_OTHERS),
        ([f"{GOAL % '令和9年度'}, {HEARD}", f"{GOAL % '令和9年度'}, {SAID}"], True),
        ([f"{GOAL % '令和5年度'}, {HEARD}"], False),
        ([f"{GOAL % '令和9年度'}, {HEARD}", f"{GOAL % '令和7年度以降'}, {SAID}"], WHEN),
        (
            [
                (
                    f"{GOAL % '令和9年度'}, evidence: "
                    "[{of: [targets], text: 2}, {of: [baseline], text: 1, from: town}]"
                )
            ],
            BY_OTHERS,
        ),
        ([f"{GOAL % '令和9年度'}, evidence: [{{of: [unit], text: 件, from: town}}]"], True),
    ],
)
def test_indicators_that_others_tell_of(indicators, measured):
    """A figure that others alone tell measures no area of the plan for sure."""
    rows = [f"{{id: i{n}, title: 割合, areas: [ai], {row}}}" for n, row in enumerate(indicators)]
    assert of_area("ai", f"indicators: [{', '.join(rows)}]", "measured") == (measured,)


# What waits for what


@pytest.mark.parametrize(
    ("evidence", "present", "overlap"),
    [
        (SAID, True, Range(0, 365)),
        (HEARD, BY_OTHERS, BY_OTHERS),
        ("evidence: [{of: [owner], text: 課, from: town}]", True, Range(0, 365)),
        ("evidence: [{of: [due], text: 記事, from: secondary}]", True, BY_OTHERS),
    ],
)
def test_prerequisites_that_others_tell_of(evidence, present, overlap):
    """What a measure waits for may not be in the plan, nor end when others say."""
    file = plan_file(f"""
        measures:
          - {{id: a, title: 先, status: planned, due: 令和9年度, {evidence}}}
          - {{id: b, title: 後, status: planned, start: 2027-04-01, requires: [{{id: a}}]}}
    """)
    found = values(file, "dependency", "declared:a>b", "present", "overlap_days")
    assert found == (present, overlap)


@pytest.mark.parametrize(
    ("sections", "present"),
    [
        (f"standardization: {{scope: unstated, migrated: all, {SAID}}}\nmeasures: []", True),
        (f"standardization: {{scope: unstated, migrated: all, {HEARD}}}\nmeasures: []", BY_OTHERS),
        (
            (
                "standardization: {scope: unstated}\n"
                f"measures: [{{id: a, title: 移, areas: [standardization], status: done, {HEARD}}}]"
            ),
            BY_OTHERS,
        ),
        (
            (
                f"standardization: {{scope: unstated, migrated: all, {HEARD}}}\n"
                f"measures: [{{id: a, title: 移, areas: [standardization], status: done, {SAID}}}]"
            ),
            True,
        ),
        (
            (
                "standardization: {scope: unstated}\nmeasures: "
                f"[{{id: a, title: 移行, areas: [standardization], status: watched, {HEARD}}}]"
            ),
            False,
        ),
    ],
)
def test_areas_that_come_first_and_others_tell_of(sections, present):
    """So it is with the area that another area waits for."""
    key = "national:standardization>common-platform"
    assert value(plan_file(sections), "dependency", key, "present") == present


# Citations and sums


@pytest.mark.parametrize(
    ("evidence", "count"),
    [
        ("", Range.point(1)),
        ("{text: デジタル戦略}", Range.point(1)),
        ("{of: [cites], text: 広島県DX加速プラン, from: secondary}", Range(0, 1)),
        ("{of: [cites], text: 県の計画, from: secondary}", Range(0, 1)),
        ("{of: [author], text: 総務課, from: town}", Range.point(1)),
        (
            (
                "{of: [cites], text: 広島県DX加速プラン, from: secondary}, "
                "{of: [cites], text: 重点計画}"
            ),
            Range(0, 1),
        ),
        (
            (
                "{of: [cites], text: 広島県DX加速プラン}, "
                "{of: [cites], text: 重点計画, from: secondary}"
            ),
            Range.point(1),
        ),
    ],
)
def test_citations_that_others_tell_of(evidence, count):
    """A document that others alone say is cited may not be; what names it shows it."""
    about = f"""
        cites: [{{document: hiroshima-acceleration, title: 広島県DX加速プラン}}]
        evidence: [{evidence}]
    """
    file = plan_file("", about)
    assert value(file, "citation", "hiroshima-acceleration", "count") == count


def test_sums_of_what_others_tell():
    """What others tell of may count, or may not; where they tell of no fault, none is open."""
    file = plan_file(
        f"""
        measures: [{{id: a, title: 窓口, status: planned, due: 令和6年3月, {HEARD}}}]
        indicators:
          - {{id: i, title: 割合, {GOAL % "令和9年度"}, {HEARD}}}
          - id: k
            title: 件数
            targets: [{{value: 1, year: 令和12年度, observed: 令和11年度}}]
            {HEARD}
          - {{id: j, title: 数, targets: [{{value: 1, year: 令和12年度}}], {HEARD}}}
          - {{id: l, title: 率, targets: [{{value: 1, year: 令和9年度}}], {SAID}}}
        """,
        "period: 令和8年度～令和12年度\nrevised: [{on: 2026-03-31}]",
    )
    names = ("unreported_results", "indicator_count", "last_targets_early", "late_observations")
    found = values(file, "plan", "plan", *names)
    assert found == (Range(0, 1), Range(1, 4), Range(1, 3), Range(0, 1))


# Verdicts


def test_no_claim_passes_by_what_others_tell():
    """A plan that claims to hold all items is not believed for what others tell of two."""
    areas = ("front-yard", "common-platform", "my-number-card", "security", "ai", "telework")
    rows = [f"{{id: {a}, title: {a}, areas: [{a}], status: planned, {SAID}}}" for a in areas]
    sections = f"""
        standardization: {{scope: unstated, status: planned, {HEARD}}}
        collection: {{charges: {{water: {{status: planned, {HEARD}}}}}}}
        measures: [{", ".join(rows)}]
    """
    found = outcomes(
        sections, f"{ABOUT}\nclaims: [all-priority-areas]", rules={"DXP-07", "DXP-11", "DXP-12"}
    )
    assert found["DXP-07", "plan"] is Outcome.UNKNOWN
    for rule in ("DXP-11", "DXP-12"):
        for area in ("el-qr", "standardization"):
            assert found[rule, area] is Outcome.UNKNOWN


def test_no_contradiction_is_laid_at_the_plan_by_others():
    """What others alone say of a measure, an indicator or an edition fails no plan."""
    cites = '[{document: dx-promotion-plan, edition: "2.3"}]'
    about = f"{ABOUT}\ncites: {cites}\nevidence: [{{of: [cites], text: 記事, from: %s}}]"
    sections = f"""
        measures:
          - {{id: a, title: 窓口, status: planned, start: 令和3年度, due: 令和4年度,
             evidence: [{{text: 記事, from: %s}}]}}
        indicators:
          - {{id: i, title: 割合, direction: down, {GOAL % "令和9年度"},
             evidence: [{{text: 記事, from: %s}}]}}
    """
    rules = {"DXP-03", "KPI-02", "SCH-05"}
    for origin, outcome in (
        ("plan", Outcome.FAIL),
        ("town", Outcome.UNKNOWN),
        ("secondary", Outcome.UNKNOWN),
    ):
        found = outcomes(sections % (origin, origin), about % origin, rules=rules)
        assert found == {
            ("DXP-03", "plan"): outcome,
            ("KPI-02", "i"): outcome,
            ("SCH-05", "a"): outcome,
        }


def test_silence_fails_whoever_speaks_of_something_else():
    """What is missing stays missing where others speak of it and say nothing that would do."""
    sections = f"""
        provisions: {{driving-body: {{status: none, {HEARD}}}}}
        measures: [{{id: a, title: 実証, areas: [ai], status: watched, {HEARD}}}]
    """
    about = f"{ABOUT}\n{HEARD}"
    found = outcomes(sections, about, rules={"DXP-06", "DXP-08", "DXP-10", "ORG-04"})
    assert found["ORG-04", "driving-body"] is Outcome.FAIL
    assert found["DXP-10", "ai"] is Outcome.FAIL
    assert found["DXP-06", "plan"] is Outcome.FAIL
    assert found["DXP-08", "plan"] is Outcome.FAIL


# Where others speak


def test_a_plan_yields_each_of_its_parts_that_can_carry_evidence():
    """No mapping that can carry evidence is forgotten when a plan is asked for all of them."""
    file = plan_file("""
        provisions: {cio: {}}
        collection: {charges: {water: {}}}
        standardization: {scope: list, systems: {family-register: {}}}
        measures: [{id: a, title: 窓口}]
        indicators: [{id: i, title: 割合}]
    """)
    parts = list(file.plan.evident())
    assert {type(part) for part in parts} == set(Evident.__subclasses__())
    assert len(parts) == len(Evident.__subclasses__())


def test_others_are_heard_of_the_collection_as_a_whole():
    """What is said of all charges together is asked, too."""
    assert hears_others(plan_file(f"collection: {{{HEARD}}}"))
    assert not hears_others(plan_file(f"collection: {{{SAID}}}"))


# The last revision


@pytest.mark.parametrize(
    ("recorded", "revised", "day", "count"),
    [
        ("2026-03-15", "令和8年3月", date(2026, 11, 20), Range.point(1)),
        ("2026-03-15", "令和8年3月", date(2026, 3, 15), Range.point(1)),
        ("2026-03-15", "令和8年3月", date(2026, 3, 14), Range(0, 1)),
        ("令和8年2月", "令和7年度", date(2026, 11, 20), Range.point(1)),
        ("2026-03-15", "令和8年4月", date(2026, 11, 20), Range(0, 1)),
        ("2026-03-15", "令和7年度以降", date(2026, 11, 20), Range(0, 1)),
    ],
)
def test_revision_of_the_month_in_which_the_facts_were_recorded(recorded, revised, day, count):
    """A revision that may have been past when the facts were recorded is one, as other days are."""
    file = plan_file(
        "measures: [{id: b, title: 窓口, status: planned, due: 令和6年3月}]",
        f"established: 令和5年4月\nrevised: [{{on: {revised}}}]",
        recorded=recorded,
    )
    assert value(file, "plan", "plan", "unreported_results", day) == count
