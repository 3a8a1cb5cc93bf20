"""Evidence: from elsewhere it is never worse than none, and what has none is listed."""

from __future__ import annotations

import json

import pytest

from dxrules.assessment.origin_of_evidence import unproven
from dxrules.cli import main
from dxrules.rules import Outcome
from tests.helpers.lawbooks import TOWNS, found_of, judged
from tests.helpers.plans import plan_file

pytestmark = pytest.mark.covered

CERTAIN = {Outcome.PASS, Outcome.FAIL}
COVER = {
    "period": "令和4年度～令和8年度",
    "established": "令和4年3月",
    "author": "見本町",
    "status": "established",
}


def outcomes(evidence, *keys):
    """Return how a plan comes out whose cover is told, with some evidence, by rule and subject."""
    about = "\n".join(f"{key}: {COVER[key]}" for key in keys)
    file = plan_file("document: {read: part}", f"{about}\n{evidence}")
    return {f.subject: f.outcome for f in found_of(file).findings}


@pytest.mark.parametrize("origin", ["plan", "town", "secondary"])
@pytest.mark.parametrize("key", COVER)
def test_evidence_is_never_worse_than_none(key, origin):
    """Whoever tells what stands on the cover of a document, no outcome is less certain for it."""
    keys = ("period", "established", "author", "status")
    without = outcomes("", *keys)
    told = outcomes(f"evidence: [{{of: [{key}], text: 記事, from: {origin}}}]", *keys)
    whole = outcomes(f"evidence: [{{from: {origin}}}]", *keys)
    for found in (told, whole):
        lost = [
            s for s, outcome in without.items() if outcome in CERTAIN and found[s] is not outcome
        ]
        assert lost == []


@pytest.mark.parametrize("origin", ["plan", "town", "secondary"])
def test_whether_a_plan_runs_hangs_on_its_period(origin):
    """It passes wherever the period was read."""
    file = plan_file(
        "", f"period: 令和4年度～令和8年度\nevidence: [{{of: [period], from: {origin}}}]"
    )
    (found,) = [f for f in found_of(file).findings if f.rule.id == "DXP-02"]
    assert found.outcome is Outcome.PASS


def test_what_has_no_evidence_is_listed():
    """Each entry stands once, in the order of the file, with the verdicts that rest on it."""
    said = "measures: [{id: a, title: 実証, status: planned, due: 令和6年度, areas: [ai]}]"
    about = "period: 令和4年度～令和8年度\nevidence: [{of: [period], text: 期間}]"
    file = plan_file(f"{said}\ndocument: {{read: complete}}", about)
    plan = found_of(file)
    found = unproven(plan)
    assert found
    places = [entry.place for entry in found]
    assert places == sorted(set(places), key=file.document.order)
    for entry in found:
        assert all(f.outcome in CERTAIN for f in entry.findings)
        assert all(entry.place in [p.place for p in f.proofs] for f in entry.findings)
    rules = {f.rule.id for entry in found for f in entry.findings}
    assert "SCH-05" in rules
    assert "DXP-02" not in rules


@pytest.mark.parametrize("name", TOWNS)
def test_towns_quote_what_they_say(name):
    """Of the five towns few verdicts rest on an entry without evidence."""
    assert len(unproven(judged(name))) < 5


def test_list_of_entries(capsys):
    """`check --evidence` prints the list, and the same as JSON; other formats it has not."""
    plan, day = "facts/40646-koge.yaml", ("--as-of", "2026-11-20", "--fail-on", "never")
    assert main(["check", plan, *day, "--evidence", "--lang", "ja"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[1] == "  根拠(章・節、ページ、原文)のない記載 1件と、それに基づく判定"
    assert "    DXP-06 取組の記載 [上毛町DX推進計画] - 適合" in out
    assert main(["check", plan, *day, "--evidence", "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["format"] == "dxrules/evidence/1"
    (entry,) = report["plans"][0]["entries"]
    assert "DXP-06" in {each["rule"] for each in entry["rests"]}
    assert main(["check", plan, *day, "--evidence", "--format", "html"]) == 2
