"""Adjustments: what changes an outcome after its rule was evaluated, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dxrules.assessment import assess
from dxrules.assessment.finding_question import question_of
from dxrules.plan import read_plan
from dxrules.rules import Outcome, load_law

LAW = load_law()
FACTS = sorted((Path(__file__).parent.parent / "facts").glob("*.yaml"))


HEARD = """
format: dxrules/plan/1
municipality: {code: "349992", name: {ja: 見本町, en: Mihon}}
recorded: 令和8年3月
plan:
  title: 見本町DX推進計画
  established: 令和3年3月
  author: 見本町
  period: 令和3年度～令和7年度
  evidence: [{of: [period], text: 令和3年度から令和7年度まで, from: secondary}]
provisions:
  cybersecurity-policy-of-mayor: {status: none}
  progress-review:
    status: planned
    cycle: [yearly]
    evidence: [{text: 毎年見直す, from: secondary}]
  cio: {status: none}
measures: []
indicators: []
waivers:
  - rule: ORG-01
    kind: provision
    key: cio
    reason: 副町長の任期のため
    authority: 町長
    from: 令和8年4月
    until: 令和9年3月
document: {read: complete}
"""


@pytest.fixture
def files(tmp_path):
    heard = tmp_path / "heard.yaml"
    heard.write_text(HEARD, encoding="utf-8")
    return [read_plan(path, LAW.reference) for path in (*FACTS, heard)]


def test_outcomes_follow_from_conditions_and_adjustments(files):
    """No outcome contradicts its explanation: what differs has an adjustment for each step."""
    seen = set()
    for plan in assess(files, LAW, date(2026, 11, 20)).plans:
        for finding in plan.findings:
            outcome = finding.verdict.outcome if finding.verdict else finding.outcome
            for step in finding.adjustments:
                assert (step.before, step.reason.ja != "") == (outcome, True)
                outcome = step.after
                seen.add(step.by)
            assert finding.outcome is outcome
    assert seen == {"others", "recorded", "waiver", "same-cause"}


def test_outcomes_are_the_same_without_reasons(files):
    """Whether reasons are asked for changes no outcome and no adjustment."""
    told, silent = (
        [
            (f.subject, f.outcome, [(step.by, step.after) for step in f.adjustments])
            for plan in assess(files, LAW, date(2026, 11, 20), reasons=reasons).plans
            for f in plan.findings
        ]
        for reasons in (True, False)
    )
    assert sorted(told) == sorted(silent)
    assert {outcome for _, outcome, _ in told} >= {Outcome.FAIL, Outcome.PASS, Outcome.UNKNOWN}


DRAFTED = """
format: dxrules/plan/1
municipality: {code: "349992", name: {ja: 見本町, en: Mihon}}
recorded: 令和8年10月
plan: {title: 見本町DX推進計画, established: 令和8年3月, period: 令和8年度～令和12年度}
standardization:
  scope: unstated
  in_scope: 19
  migrated: 19
  systems: {resident-register: {status: not-migrated, target: 令和12年3月}}
provisions: {cybersecurity-policy-of-mayor: {status: none}}
measures: []
document:
  read: part
  closed: [%s]
  drafted: {tool: dxrules, version: "0.1.0", file: plan.pdf, digest: "0"}
"""


@pytest.mark.parametrize(
    ("closed", "accused", "open_to"),
    [
        ("", set(), {"standardization", "provision"}),
        ("measures", set(), {"standardization", "provision", "area"}),  # the cover may excuse it
        ("plan, measures", {"area", "plan", "citation"}, {"standardization", "provision"}),
        ("standardization", {"standardization"}, {"provision"}),
        ("standardization, provisions", {"standardization", "provision"}, set()),
    ],
)
def test_drafts_accuse_nobody_by_a_section_that_nobody_has_closed(
    tmp_path, closed, accused, open_to
):
    path = tmp_path / "drafted.yaml"
    path.write_text(DRAFTED % closed, encoding="utf-8")
    findings = assess([read_plan(path, LAW.reference)], LAW, date(2026, 11, 20)).plans[0].findings
    assert {each.kind for each in findings if each.outcome is Outcome.FAIL} == accused
    held = [each for each in findings if any(step.by == "drafted" for step in each.adjustments)]
    assert {each.kind for each in held} == open_to
    for finding in held:
        assert finding.outcome is Outcome.UNKNOWN
        assert question_of(finding).ja


def test_what_the_town_told_of_a_draft_accuses(tmp_path):
    told = """answers:
  - {about: provisions.cybersecurity-policy-of-mayor.status, answer: none, told: 令和8年11月10日}
"""
    path = tmp_path / "told.yaml"
    path.write_text(DRAFTED % "" + told, encoding="utf-8")
    findings = assess([read_plan(path, LAW.reference)], LAW, date(2026, 11, 20)).plans[0].findings
    assert {each.kind for each in findings if each.outcome is Outcome.FAIL} == {"provision"}


POLICY = """
format: dxrules/plan/1
municipality: {code: "349992", name: {ja: 見本町, en: Mihon}}
recorded: 令和8年3月1日
plan: {title: 見本町DX推進計画, established: 令和5年4月, period: 令和5年度～令和9年度}
provisions:
  cybersecurity-policy-of-mayor:
    status: planned
    since: 令和7年度
    evidence: [{%stext: 令和7年度に策定する}]
document: {read: complete}
answers:
  - {about: provisions.cybersecurity-policy-of-mayor.status, answer: none, told: 令和8年11月10日}
"""


@pytest.mark.parametrize("of", ["of: [status, since], ", ""])
def test_what_the_plan_planned_is_no_reason_once_the_town_told_otherwise(tmp_path, of):
    """A failure rests on what decides it: not on a day that the answer did away with."""
    path = tmp_path / "policy.yaml"
    path.write_text(POLICY % of, encoding="utf-8")
    findings = assess([read_plan(path, LAW.reference)], LAW, date(2026, 11, 20)).plans[0].findings
    assert {f.rule.id for f in findings if f.outcome is Outcome.FAIL} >= {"SEC-01"}
