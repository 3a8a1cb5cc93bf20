"""What a plan must contain is shown by the plan alone, whoever else says so."""

from __future__ import annotations

import pytest

from dxrules.assessment.origin_of_evidence import hears_others
from dxrules.rules import Outcome
from tests.helpers.lawbooks import found_of
from tests.helpers.plans import plan_file

ABOUT = "established: 2026-03-31\nperiod: 令和8年度～令和12年度"


def outcomes(sections, about=ABOUT, *, reasons=True):
    """Return, by rule and key, how a plan comes out by the law that travels along."""
    found = found_of(plan_file(sections, about), reasons=reasons).findings
    return {(finding.rule.id, finding.key): finding.outcome for finding in found}


def review(*evidence):
    """Return a review of progress with evidence of some keys from somewhere."""
    said = ", ".join(f"{{of: [{of}], text: 見直す, from: {who}}}" for of, who in evidence)
    return f"""
        document: {{read: complete}}
        provisions: {{progress-review: {{status: in-place, cycle: [pdca], evidence: [{said}]}}}}
    """


@pytest.mark.parametrize(
    ("evidence", "outcome"),
    [
        ([], Outcome.PASS),
        ([("status, cycle", "plan")], Outcome.PASS),
        ([("status, cycle", "town")], Outcome.UNKNOWN),
        ([("status", "plan"), ("cycle", "secondary")], Outcome.UNKNOWN),
        ([("status", "secondary"), ("cycle", "plan")], Outcome.UNKNOWN),
        ([("status, cycle", "plan"), ("cycle", "secondary")], Outcome.PASS),
        ([("rank", "secondary")], Outcome.PASS),
    ],
)
@pytest.mark.parametrize("reasons", [True, False])
def test_each_thing_asked_for_is_shown_by_the_plan(evidence, outcome, reasons):
    """What one thing rests on elsewhere leaves the whole open, with reasons told or without."""
    found = outcomes(review(*evidence), reasons=reasons)
    assert found["ORG-06", "progress-review"] is outcome


def test_bare_entry_counts_where_the_document_was_read():
    """Without evidence it is worth as much as what others say, unless it is said to be copied."""
    sections = "provisions: {progress-review: {status: in-place, cycle: [pdca]%s}}"
    heard = ", evidence: [{text: 見直す, from: secondary}]"
    for read in ("part", "complete"):
        read_it = f"{sections % ''}\ndocument: {{read: {read}}}"
        assert outcomes(read_it)["ORG-06", "progress-review"] is Outcome.PASS
    for bare_or_heard in ("", heard):
        found = outcomes(sections % bare_or_heard)
        assert found["ORG-06", "progress-review"] is Outcome.UNKNOWN
    shown = ", evidence: [{section: 5, text: 見直す}]"
    assert outcomes(sections % shown)["ORG-06", "progress-review"] is Outcome.PASS


def test_one_of_several_ways_shown_by_the_plan_suffices():
    """A plan that shows one way in which it passes does, whoever shows another."""
    sections = "measures: [{id: a, title: 窓口, status: planned}]"
    about = """
        details_in: [{title: 実施計画, parts: [measures], status: exists}]
        evidence: [{of: [details_in], text: 実施計画, from: secondary}]
    """
    assert outcomes(sections, about)["DXP-06", "plan"] is Outcome.PASS


def test_what_a_town_has_done_may_be_told_by_others():
    """A rule about the town asks who has it, not who says so; and no failure is softened."""
    said = "evidence: [{text: 町ホームページ, from: town}]"
    found = outcomes(f"""
        provisions:
          cio: {{status: in-place, {said}}}
          ciso: {{status: none, {said}}}
          driving-body: {{status: none, {said}}}
    """)
    assert found["ORG-01", "cio"] is Outcome.PASS
    assert found["SEC-05", "ciso"] is Outcome.FAIL
    assert found["ORG-04", "driving-body"] is Outcome.FAIL


@pytest.mark.parametrize(
    "sections",
    [
        "provisions: {cio: {%s}}",
        "collection: {charges: {water: {%s}}}",
        "standardization: {scope: all, %s}",
        "standardization: {scope: list, systems: {family-register: {%s}}}",
        "measures: [{id: a, title: 窓口, %s}]",
        "indicators: [{id: i, title: 割合, %s}]",
    ],
)
def test_others_are_heard_wherever_they_speak(sections):
    """Evidence from elsewhere is found in every section of a plan file."""
    heard = [
        hears_others(plan_file(sections % f"evidence: [{{text: 町の広報, from: {who}}}]"))
        for who in ("plan", "town", "secondary")
    ]
    assert heard == [False, True, True]
