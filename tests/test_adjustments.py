"""Adjustments: what changes an outcome after its rule was evaluated, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dxrules.assessment import assess
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
