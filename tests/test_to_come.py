"""What is coming: rules that were announced and begin within the plan's period."""

from __future__ import annotations

import json
from datetime import date

import pytest

from dxrules.assessment import Assessment
from dxrules.assessment.dossier import Dossier
from dxrules.assessment.due_days import horizon_of, rules_to_come
from dxrules.assessment.gaps import gap_report
from dxrules.report.gaps import text as of_gaps
from dxrules.report.how_to_write import How
from dxrules.report.json_outlook import gaps_of
from dxrules.report.json_values import in_utf8
from dxrules.report.terminal import Style
from dxrules.report.writers import CHECK
from tests.helpers.lawbooks import NOVEMBER, TOWNS, found_of, judged, law
from tests.helpers.plans import plan_file
from tests.helpers.printed import printed

RULE = "SEC-10"


def written(name, plan, lang="ja"):
    """Return a report on a plan."""
    dossier = Dossier(Assessment(NOVEMBER, ("interpreter",), (plan,)), law())
    return CHECK.named(name)(dossier, How(Style(lang, 10_000))).decode()


@pytest.mark.parametrize("name", TOWNS)
def test_rules_to_come(name):
    """They were announced, do not hold yet, and begin by the last day of the plan."""
    plan = judged(name)
    until, _ = horizon_of(plan.file, NOVEMBER)
    found = rules_to_come(plan)
    for rule in found:
        assert rule.in_force.announced <= NOVEMBER < rule.in_force.since <= until
    assert [r.in_force.since for r in found] == sorted(r.in_force.since for r in found)
    assert (RULE in {rule.id for rule in found}) is (until >= date(2027, 7, 1))


@pytest.mark.parametrize(
    ("period", "shown"),
    [("令和8年度", False), ("令和8年度～令和9年6月", False), ("令和8年度～令和9年度", True)],
)
def test_within_the_period(period, shown):
    """What begins after the plan is the next plan's matter."""
    plan = found_of(plan_file("", f"period: {period}"))
    assert (RULE in {rule.id for rule in rules_to_come(plan)}) is shown


def test_not_announced():
    """Before it was announced nobody could tell."""
    plan = found_of(plan_file("", "period: 令和8年度～令和12年度"), date(2026, 6, 25))
    assert RULE not in {rule.id for rule in rules_to_come(plan)}


@pytest.mark.parametrize(
    ("lang", "head"),
    [("ja", "今後適用(計画期間の末日"), ("en", "To come (rules that begin by")],
)
@pytest.mark.parametrize("name", ["table", "markdown", "html"])
def test_reports_tell_of_it(name, lang, head):
    """Each report has the day, the rule and its source."""
    text = written(name, judged("jinsekikogen"), lang)
    assert head in text
    assert RULE in text[text.index(head) :]
    assert "2027-07-01" in text[text.index(head) :]


def test_gaps_and_json_tell_of_it():
    """So do the gaps and both JSON reports."""
    plan = judged("jinsekikogen")
    gaps = gap_report(plan, law().reference)
    assert "2027-07-01から SEC-10" in printed(of_gaps, gaps, Style("ja"))
    for report in (
        json.loads(in_utf8(gaps_of(gaps))),
        json.loads(written("json", plan))["plans"][0],
    ):
        (told,) = [each for each in report["coming"] if each["id"] == RULE]
        assert (told["from"], told["strength"]) == ("2027-07-01", "statute")
        assert told["remedy"]["ja"]
        assert told["source"]["title"]["ja"]


def test_nothing_to_come():
    """A plan within which nothing begins is not told of anything."""
    plan = found_of(plan_file("", "period: 令和8年度"))
    assert "EQR-05" in written("table", plan)
    early = found_of(plan_file("", "period: 令和8年4月～令和8年12月"))
    assert "今後適用" not in written("table", early).partition("要確認")[0]
