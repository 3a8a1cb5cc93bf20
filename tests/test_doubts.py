"""What a draft is in doubt about passes no rule and fails none, and its section stays open."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from dxrules.assessment import assess
from dxrules.errors import PlanError, UsageError
from dxrules.plan import plan_of
from dxrules.plan.convert import converted
from dxrules.plan.doubts import doubts_of
from dxrules.rules import Outcome, load_law
from dxrules.source import from_text
from tests.helpers.examples import of_hundred
from tests.helpers.plans import context, plan_file, reference, value
from tests.helpers.strategies.drafts import drafts

DAY = date(2026, 11, 20)
DOUBTFUL = ("plan", "provisions", "standardization", "collection", "measures", "indicators")


def outcomes(data):
    """Return the finding of each rule and subject."""
    file = plan_of(from_text(json.dumps(data, ensure_ascii=False), "plan.json"), reference())
    judged = assess([file], load_law(), DAY, engine="interpreter")
    return {each.subject: each for each in judged.plans[0].findings}


@pytest.mark.slow
@given(drafts())
@of_hundred(6)
def test_no_verdict_rests_on_a_doubt(both):
    """A draft fails nothing that the facts do not, and passes nothing that they fail."""
    full, draft = map(outcomes, both)
    accused = {s for s, f in draft.items() if f.outcome is Outcome.FAIL}
    excused = {s for s, f in draft.items() if f.outcome is Outcome.PASS}
    failing = {s for s, f in full.items() if f.outcome is Outcome.FAIL}
    steps_back = {s for s in accused if draft[s].rule.unless_failed}
    assert accused - failing - steps_back == set()
    assert excused & failing == set()


@pytest.mark.parametrize(
    ("kind", "key", "name", "section", "about"),
    [
        ("plan", "plan", "period_state", "", "period: 令和3年度～令和5年度"),
        ("plan", "plan", "status", "", "status: established"),
        ("provision", "cio", "status", "provisions: {cio: {status: none%s}}", ""),
        ("provision", "ciso", "rank", "provisions: {ciso: {rank: mayor%s}}", ""),
    ],
)
def test_what_is_in_doubt_is_not_known(kind, key, name, section, about):
    """Whatever the value is, nothing is known of it; once the doubt is gone, it is."""
    of = {"period_state": "period"}.get(name, name)
    doubt = f"doubts: [{{of: [{of}]}}]"
    said = plan_file(section and section % f", {doubt}", about and f"{about}\n{doubt}")
    sure = plan_file(section and section % "", about)
    assert value(said, kind, key, name).silent is False
    assert value(sure, kind, key, name) != value(said, kind, key, name)


def test_an_entry_in_doubt_covers_nothing_for_sure():
    """A measure that may be none leaves its area open: neither covered nor missing."""
    measure = "{id: a, title: 窓口, areas: [front-yard], status: ongoing%s}"
    doubt = ", doubts: [{candidates: [窓口], because: 国の一覧かもしれない}]"
    covered = value(plan_file(f"measures: [{measure % ''}]"), "area", "front-yard", "covered")
    doubtful = value(plan_file(f"measures: [{measure % doubt}]"), "area", "front-yard", "covered")
    silent = value(plan_file("measures: []"), "area", "front-yard", "covered")
    assert covered is True
    assert doubtful.silent is False
    assert "下書き" in doubtful.because.ja
    assert "draft" in doubtful.because.en
    assert silent is False


@pytest.mark.parametrize(
    ("closed", "silent"), [("", False), ("closed: [measures]", False), ("closed: [plan]", True)]
)
def test_a_section_is_silent_once_it_was_read_through(closed, silent):
    """Of a document read in part, nothing is silence but in the sections that were closed."""
    document = f"document: {{read: part, {closed}}}" if closed else "document: {read: part}"
    assert context(plan_file(document)).missing("plan").silent is silent


def test_a_doubt_opens_its_section_again():
    """A section that was closed, or a document read to its end, is open where a doubt is left."""
    doubt = "doubts: [{of: [period]}]"
    closed = plan_file("document: {read: part, closed: [plan, measures]}", doubt)
    complete = plan_file("document: {read: complete}", doubt)
    for file in (closed, complete, plan_file("", doubt)):
        assert context(file).missing("plan").silent is False
        assert context(file).missing("measures").silent is (file.plan.measures is not None)
    assert closed.plan.document.closed == ("measures",)
    assert "plan" not in complete.plan.document.closed


def test_what_cannot_be_without_a_value_goes_with_it():
    """An entry whose key has a default, or must be there, is not taken for that default."""
    cites = "cites: [{document: priority-plan, doubts: [{of: [followed]}]}, {document: other}]"
    assert [each.document for each in plan_file("", cites).plan.plan.cites] == ["other"]
    system = "standardization: {scope: all, doubts: [{of: [scope]}]}"
    assert plan_file(system).plan.standardization is None
    names = "provisions: {cio: {title: 副町長, status: in-place, doubts: [{of: [title]}]}}"
    assert plan_file(names).plan.provisions["cio"].title is None
    title = plan_file("", "doubts: [{of: [title]}]").plan.plan
    assert title.title == "DX推進計画"  # else no report could name it
    origin = (
        'indicators: [{id: a, title: b, targets: [{value: "5", year: 令和8年度}], doubts: [{}]}]'
    )
    assert plan_file(origin).plan.indicators == ()


def test_a_doubt_about_nothing():
    """A doubt about a key that is not there is a fault, as it is of evidence."""
    with pytest.raises(PlanError) as caught:
        plan_file("", "doubts: [{of: [perod]}]")
    assert "perod" in caught.value.text.ja
    assert "period" in caught.value.text.en
    with pytest.raises(PlanError):
        plan_file("document: {read: part, closed: [chapters]}")


def test_a_workbook_has_no_place_for_doubts():
    """A draft does not become a workbook in which all would pass for confirmed."""
    file = plan_file("", "period: 令和8年度～令和12年度\ndoubts: [{of: [period]}]")
    assert len(doubts_of(file.document)) == 1
    with pytest.raises(UsageError) as caught:
        converted(file, Path("a.xlsx"), "ja", reference())
    assert "facts/test.yaml:7:" in caught.value.text.en
    assert b"doubts" in converted(file, Path("a.yaml"), "ja", reference())
    confirmed = plan_file("", "period: 令和8年度～令和12年度")
    assert converted(confirmed, Path("a.xlsx"), "ja", reference())
