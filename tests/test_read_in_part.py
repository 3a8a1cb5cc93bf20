"""A plan of which only a part was read is not accused of what may stand in the rest."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from dxrules.assessment import assess
from dxrules.errors import PlanError
from dxrules.plan import plan_of
from dxrules.rules import Outcome, load_law
from dxrules.source.read import from_text
from tests.helpers.examples import of_hundred
from tests.helpers.plans import NAME, reference, tasks
from tests.helpers.strategies.plans_read_in_part import (
    SECTIONS,
    more_and_less_read,
    plan_saying,
    without_sections,
)

DAY = date(2026, 11, 20)
LATER = date(2027, 8, 1)


def outcomes(file, day):
    """Return the outcome of each rule and subject."""
    judged = assess([file], load_law(), day, engine="interpreter")
    return {each.subject: each for each in judged.plans[0].findings}


def saying(data, read):
    """Return the plan; statements that contradict each other are no plan."""
    try:
        return plan_saying(data, read=read)
    except PlanError:
        reject()


def new_failures(less, more):
    """Return what fails where less is known, and not where more is."""
    return {
        subject: finding.message.en
        for subject, finding in less.items()
        if finding.outcome is Outcome.FAIL
        and subject in more
        and more[subject].outcome is not Outcome.FAIL
        and not _steps_back(finding, more)
    }


def _steps_back(finding, more):
    root = finding.rule.unless_failed
    found = more.get((root, *finding.subject[1:]))
    return found is not None and found.outcome is Outcome.FAIL


@pytest.mark.slow
@given(more_and_less_read(), st.sampled_from(["part", "complete"]), st.sampled_from([DAY, LATER]))
@of_hundred(30)
def test_what_was_not_read_accuses_nobody(both, read, day):
    """What a plan fails of which a part was read, it fails whatever the rest of it says."""
    more, less = both
    part = outcomes(saying(less, "part"), day)
    assert new_failures(part, outcomes(saying(more, read), day)) == {}


@pytest.mark.slow
@given(more_and_less_read(), st.sets(st.sampled_from(SECTIONS)), st.sampled_from([DAY, LATER]))
@of_hundred(20)
def test_section_left_out_accuses_nobody(both, left_out, day):
    """What a plan fails without a section, it fails with it."""
    said, _ = both
    known = outcomes(saying(said, "complete"), day)
    less = outcomes(saying(without_sections(said, left_out), "complete"), day)
    assert new_failures(less, known) == {}


HEAD = """\
format: dxrules/plan/1
municipality: {code: "349992", name: {ja: 見本町, en: Mihon}}
"""
PLAN = (
    "recorded: 令和8年3月\n"
    "plan: {title: 見本町DX推進計画, established: 令和8年3月, author: 見本町, "
    "period: 令和8年度～令和12年度}\n"
)
ONE = "targets: [{value: 5, year: 令和8年度}]"
LAPSED = (
    "recorded: 令和3年度\n"
    "plan: {title: 見本町情報化推進計画, established: 令和3年3月, period: 令和3年度～令和7年度, "
    "serves_as: [public-private-data-plan], published: yes}\n"
)


def said_of(text, *rules, day=DAY):
    """Return the gravest outcome of each of some rules, with its words."""
    file = plan_of(from_text(HEAD + text, NAME), reference())
    gravest = (Outcome.PASS, Outcome.UNKNOWN, Outcome.FAIL)
    judged = [each for each in outcomes(file, day).values() if each.outcome in gravest]
    found = {
        each.rule.id: (each.outcome.value, each.message.ja)
        for each in sorted(judged, key=lambda finding: gravest.index(finding.outcome))
    }
    return [found.get(rule) for rule in rules]


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("provisions: {progress-review: {status: planned, cycle: [as-needed]}}", "ORG-06"),
        ("provisions: {progress-review: {status: considered, cycle: [pdca]}}", "ORG-06"),
        ("provisions: {driving-body: {status: considered}}", "ORG-04"),
        ("provisions: {promoters: {status: considered}}", "ORG-05"),
        ("collection: {charges: {unspecified: {status: planned, start: 令和9年4月}}}", "EQR-01"),
        ("collection: {charges: {road-occupancy: {status: considered}}}", "EQR-03"),
        (
            f"standardization: {{scope: list, systems: {{{tasks()}}}}}",
            "STD-01",
        ),
        ("provisions: {security-policy: {status: in-place, reviewed: 令和元年12月}}", "SEC-03"),
        (
            f"indicators: [{{id: a, title: A, baseline: {{value: 5}}, direction: up, {ONE}}}]",
            "KPI-02",
        ),
        (f"indicators: [{{id: a, title: A, {ONE}}}]", "KPI-03"),
        (
            "measures: [{id: a, title: A, areas: [security], status: ongoing, due: 令和9年度}]",
            "SCH-12",
        ),
    ],
)
def test_weak_statement_in_a_part(said, rule):
    """A statement that the rest of the document may outdo is a fault of a whole document alone."""
    recorded = PLAN.replace("令和8年3月\n", "令和8年10月\n")
    for read, outcome in (("part", "unknown"), ("complete", "fail")):
        text = f"{recorded}{said}\ndocument: {{read: {read}}}\n"
        found = said_of(text, rule, day=LATER)
        assert [each and each[0] for each in found] == [outcome]


@pytest.mark.parametrize(
    ("provisions", "outcome"),
    [
        ("", "unknown"),
        ("provisions: {}\n", "fail"),
        ("provisions: {security-policy: {status: in-place}}\n", "unknown"),
    ],
)
def test_area_of_which_the_provisions_were_not_read(provisions, outcome):
    """What a town has set up belongs to its area, so nothing is missing before that was read."""
    text = f"{PLAN}measures: []\n{provisions}document: {{read: complete}}\n"
    file = plan_of(from_text(HEAD + text, NAME), reference())
    assert outcomes(file, DAY)["DXP-10", "area", "security"].outcome.value == outcome


@pytest.mark.parametrize(
    ("about", "said", "rule"),
    [
        ("cites: [{document: dx-promotion-plan, edition: '2.3'}]", "", "DXP-03"),
        (
            "revised: [{on: 令和8年4月}]",
            "measures: [{id: a, title: A, status: planned, due: 令和7年度}]",
            "SCH-11",
        ),
    ],
)
def test_edition_and_result_that_a_part_may_hold(about, said, rule):
    """A newer edition may be cited, and a result told, in a part that was not read."""
    plan = PLAN.replace("author", f"{about}, author").replace("令和8年3月\n", "令和8年10月\n")
    for read, outcome in (("part", "unknown"), ("complete", "fail")):
        found = said_of(f"{plan}{said}\ndocument: {{read: {read}}}\n", rule)
        assert [each and each[0] for each in found] == [outcome]


def test_counts_of_a_list_that_goes_on():
    """More tasks may be listed, and left out, in a part that was not read."""
    for said in (
        "scope: list, migrated: 5, systems: {child-allowance: {status: migrated}}",
        "scope: all, in_scope: 17",
    ):
        for read, outcome in (("part", "unknown"), ("complete", "fail")):
            text = f"{PLAN}standardization: {{{said}}}\ndocument: {{read: {read}}}\n"
            assert [each and each[0] for each in said_of(text, "CON-01")] == [outcome]


def test_what_a_plan_only_considers():
    """A plan that considers a body does say something of it, and less than that there is one."""
    text = f"{PLAN}provisions: {{driving-body: {{status: considered}}}}\n"
    ((outcome, words),) = said_of(text + "document: {read: complete}\n", "ORG-04")
    assert outcome == "fail"
    assert words.startswith(
        "部局横断の推進組織を置いている、又は置くと、計画が述べていない(計画の記載は「検討」。"
    )
    assert said_of(text + "document: {read: part}\n", "ORG-04") == [
        (
            "unknown",
            (
                "整備済みか予定と書かれているかどうか: 検討するとしか書かれていない。"
                "全部は読んでいない"
            ),
        )
    ]


def test_plan_that_ended_serves_as_nothing():
    """Whether there is a data plan on a day after its period, it does not tell itself."""
    ended = "兼ねる計画の期間が終わっており、判定日に効力のある計画があるか分からない"
    text = f"{LAPSED}provisions: {{}}\ndocument: {{read: complete}}\n"
    assert said_of(text, "DAT-01", "DAT-02", day=date(2026, 3, 31)) == [
        ("pass", "整備済みまたは予定: はい"),
        ("pass", "判定日に官民データ活用推進計画を兼ねる: はい、公表している: はい"),
    ]
    assert said_of(text, "DAT-01", "DAT-02", day=date(2026, 4, 1)) == [
        ("unknown", f"整備済みまたは予定かどうか: {ended}"),
        None,
    ]
    assert said_of(text, "DAT-03", "DAT-08", day=date(2026, 4, 1)) == [None, None]


@pytest.mark.parametrize(("read", "outcome"), [("part", "unknown"), ("complete", "pass")])
def test_period_that_was_not_read_may_have_ended(read, outcome):
    """Of a plan whose period may stand in the rest it is not told whether it serves as anything."""
    text = LAPSED.replace("period: 令和3年度～令和7年度, ", "") + "provisions: {}\n"
    said = said_of(f"{text}document: {{read: {read}}}\n", "DAT-01", "DAT-02")
    assert [each[0] for each in said] == [outcome, outcome]


def test_fault_of_a_page_is_none_of_the_plan():
    """What is amiss on a page about the plan, or with others, is not held against the plan."""
    passage = "{problem: placeholder, text: ここを直す%s}"
    for origin, outcome in (("", "fail"), (", from: town", "pass"), (", from: secondary", "pass")):
        text = f"{PLAN}document: {{read: complete, passages: [{passage % origin}]}}\n"
        assert [each[0] for each in said_of(text, "DOC-02")] == [outcome]


def test_edition_that_may_have_come_after_the_plan():
    """Where the plan's day was not read, an edition may be later than the plan that cites it."""
    plan = PLAN.replace(
        "established: 令和8年3月", "cites: [{document: dx-promotion-plan, edition: '5.0'}]"
    )
    for read, outcome in (("part", "unknown"), ("complete", "pass")):
        found = said_of(f"{plan}document: {{read: {read}}}\n", "CON-02")
        assert [each and each[0] for each in found] == [outcome]
