"""What the formats say where a verdict cannot be trusted, and where there is nothing to say."""

from __future__ import annotations

import json
from xml.etree.ElementTree import fromstring

import jsonschema_rs
import pytest

from dxrules.assessment import assess
from dxrules.assessment.dossier import Dossier
from dxrules.derivation.plan_facts import PlanSubject
from dxrules.report.how_to_write import How
from dxrules.report.terminal import Style
from dxrules.report.writers import CHECK
from tests.helpers.lawbooks import GOOD, NOVEMBER, load
from tests.helpers.plans import NAME, plan_file
from tests.helpers.small import DATA


def written(form, root, text=GOOD, about="period: 令和8年度～令和12年度"):
    """Return what a format writes of a small plan."""
    own = load(root, text)
    judged = assess([plan_file("measures: []", about)], own, NOVEMBER, engine="interpreter")
    return CHECK.named(form)(Dossier(judged, own), How(Style("en")))


@pytest.fixture
def _broken(monkeypatch):
    """Break the attribute that TST-03 reads."""

    def fall(_):
        raise ZeroDivisionError("no end")

    monkeypatch.setattr(PlanSubject, "period_end", fall)


SAID = "An attribute could not be derived (period_end: ZeroDivisionError: no end)"


@pytest.mark.usefixtures("_broken")
def test_junit(tmp_path):
    """JUnit has an error, which is no failure."""
    suites = fromstring(written("junit", tmp_path))  # noqa: S314  (our own)
    assert [each.attrib for each in suites.iter("error")] == [{"message": SAID, "type": "error"}]
    assert not list(suites.iter("failure"))
    (suite,) = suites
    assert (suite.get("errors"), suite.get("failures")) == ("1", "0")


@pytest.mark.usefixtures("_broken")
def test_sarif(tmp_path):
    """SARIF tells it of the run, beside the place of the plan."""
    (run,) = json.loads(written("sarif", tmp_path))["runs"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    told = [
        (each["level"], each["message"]["text"], each["locations"][0])
        for each in invocation["toolExecutionNotifications"]
        if each["level"] == "error"
    ]
    place = {
        "artifactLocation": {"uri": NAME, "uriBaseId": "%SRCROOT%", "index": 0},
        "region": {"startLine": 1, "startColumn": 1},
    }
    assert told == [("error", f"TST-03: {SAID}", {"physicalLocation": place})]


def test_oscal_without_risks(tmp_path):
    """Where nothing fails OSCAL has no list of risks, since its schema wants none that is empty."""
    report = json.loads(written("oscal", tmp_path))
    schema = json.loads((DATA / "schemas" / "oscal_complete_schema.json").read_bytes())
    jsonschema_rs.validator_for(schema).validate(report)
    (result,) = report["assessment-results"]["results"]
    assert "risks" not in result
    assert result["observations"]
