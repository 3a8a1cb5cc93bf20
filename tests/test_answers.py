"""Answers of a town: they tell of the town up to their day, and never of what the plan contains."""

from __future__ import annotations

import pytest

from dxrules.assessment.due_days import days_of_plan
from dxrules.dates import parse_date
from dxrules.errors import PlanError
from dxrules.plan.answers import is_answerable, target_of
from dxrules.plan.sections.provisions import Provision
from dxrules.report.citations import quoted
from dxrules.report.json_parts import Finding
from dxrules.report.json_views import as_json
from dxrules.rules import Outcome
from tests.helpers.engines import installed
from tests.helpers.lawbooks import NOVEMBER, found_of
from tests.helpers.plans import plan_file, reference

ABOUT = "established: 2026-03-31\nperiod: 令和8年度～令和12年度"
TOLD = "令和8年11月10日"
POLICY = "cybersecurity-policy-of-mayor"


def answers(*said, told=TOLD):
    """Return the section of the answers of a plan file, each `entry=value`."""
    rows = [each.split("=") for each in said]
    listed = ", ".join(f'{{about: {a}, answer: "{v}", told: {told}}}' for a, v in rows)
    return f"answers: [{listed}]"


def judged(sections, *said, told=TOLD, reasons=True):
    """Return, by rule and key, the findings on a plan with answers."""
    file = plan_file(sections + ("\n" + answers(*said, told=told) if said else ""), ABOUT)
    found = found_of(file, reasons=reasons).findings
    return {(finding.rule.id, finding.key): finding for finding in found}


@pytest.mark.parametrize("reasons", [True, False])
@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ([], Outcome.UNKNOWN),
        ([f"provisions.{POLICY}.status=in-place"], Outcome.PASS),
        ([f"provisions.{POLICY}.status=none"], Outcome.FAIL),
        ([f"provisions.{POLICY}.status=planned"], Outcome.UNKNOWN),
    ],
)
def test_an_answer_settles_what_the_town_has_done(said, outcome, reasons):
    """What was told after the law came into force is known then, for and against the town."""
    found = judged("provisions: {}", *said, reasons=reasons)
    assert found["SEC-01", POLICY].outcome is outcome


@pytest.mark.parametrize(
    ("said", "told", "outcome"),
    [
        ("in-place", TOLD, Outcome.PASS),
        ("planned", TOLD, Outcome.PASS),
        ("none", TOLD, Outcome.FAIL),
        ("in-place", "令和8年3月10日", Outcome.UNKNOWN),
    ],
)
def test_data_plan_after_the_one_that_ended(said, told, outcome):
    """What was told after a plan ended that served as it tells of the one that followed."""
    about = "period: 令和3年度～令和7年度\nserves_as: [public-private-data-plan]"
    answer = answers(f"provisions.public-private-data-plan.status={said}", told=told)
    found = found_of(plan_file(f"provisions: {{}}\n{answer}", about)).findings
    (data_plan,) = (each for each in found if each.rule.id == "DAT-01")
    assert data_plan.outcome is outcome


def test_an_answer_before_the_law_accuses_nobody():
    """What was told before something was asked for does not tell that it is missing now."""
    said = f"provisions.{POLICY}.status=none"
    found = judged("provisions: {}", said, told="令和7年12月1日")["SEC-01", POLICY]
    assert found.outcome is Outcome.UNKNOWN
    assert [each.by for each in found.adjustments] == ["recorded"]


@pytest.mark.parametrize(
    "said",
    [
        ["provisions.progress-review.status=in-place", "provisions.progress-review.cycle=pdca"],
        ["provisions.progress-review.status=none"],
        ["areas.telework.status=planned"],
        ["areas.telework.status=declined"],
    ],
)
@pytest.mark.parametrize(
    "plan", ["provisions: {}\nmeasures: []\nindicators: []", "document: {read: part}"]
)
def test_no_answer_touches_what_the_plan_must_contain(said, plan):
    """A rule about the plan comes out by the plan's words, whatever the town tells."""
    before, after = judged(plan), judged(plan, *said)
    about_plan = {key for key, finding in before.items() if finding.rule.about == "plan"}
    assert about_plan
    for key in about_plan:
        assert (after[key].outcome, after[key].message) == (
            before[key].outcome,
            before[key].message,
        ), key


def test_the_plan_keeps_its_words_where_both_speak():
    """The town's state is that of the answer, the plan's own words stay for the plan."""
    plan = "provisions: {promoters: {status: considered}, open-data: {status: planned}}"
    found = judged(
        plan, "provisions.open-data.status=in-place", "provisions.promoters.status=in-place"
    )
    assert found["OPN-01", "open-data"].outcome is Outcome.PASS
    assert found["ORG-05", "promoters"].outcome is judged(plan)["ORG-05", "promoters"].outcome


def test_the_later_of_plan_and_answer_holds():
    """An answer from before the facts were recorded fills gaps, and changes nothing said."""
    plan = "provisions: {open-data: {status: in-place}}"
    early = "令和7年12月1日"
    none = "provisions.open-data.status=none"
    assert judged(plan, none, told=early)["OPN-01", "open-data"].outcome is Outcome.PASS
    assert judged(plan, none)["OPN-01", "open-data"].outcome is Outcome.FAIL
    gap = "provisions.open-data.status=in-place"
    assert judged("provisions: {}", gap, told=early)["OPN-01", "open-data"].outcome is Outcome.PASS


def test_the_last_of_several_answers_holds():
    """Answers are laid over each other in the order of their days, whatever their order here."""
    rows = [("in-place", "令和8年11月10日"), ("none", "令和8年6月1日")]
    listed = ", ".join(
        f"{{about: provisions.open-data.status, answer: {value}, told: {day}}}"
        for value, day in rows
    )
    file = plan_file(f"provisions: {{}}\nanswers: [{listed}]", ABOUT)
    found = {f.rule.id: f for f in found_of(file).findings if f.kind == "provision"}
    assert found["OPN-01"].outcome is Outcome.PASS


def test_a_day_up_to_the_answer_is_past():
    """What started between the day recorded and the answer has started, if the answer says so."""
    charge = "collection.charges.long-term-care-premium"
    file = "collection: {}"
    started = [f"{charge}.status=started", f"{charge}.start=令和8年9月1日"]
    assert judged(file, *started)["EQR-01", "non-tax"].outcome is Outcome.PASS
    planned = (
        "collection: {charges: {long-term-care-premium: {status: started, start: 令和8年9月1日}}}"
    )
    assert judged(planned)["EQR-01", "non-tax"].outcome is Outcome.UNKNOWN


def test_the_day_of_a_plan_is_not_the_day_of_what_was_told():
    """The day for which the plan announced something is dropped where it came otherwise."""
    plan = "provisions: {open-data: {status: planned, since: 令和9年4月}}"
    view = plan_file(f"{plan}\n{answers('provisions.open-data.status=in-place')}", ABOUT).as_told
    assert view.plan.provisions["open-data"].since is None
    kept = plan_file(f"{plan}\n{answers('provisions.open-data.status=planned')}", ABOUT).as_told
    assert kept.plan.provisions["open-data"].since == parse_date("令和9年4月")


def test_counts_that_were_told_replace_the_status_of_all():
    """That all are migrated does not contradict that the plan only announced it."""
    plan = "standardization: {scope: count, in_scope: 20, status: planned}"
    found = judged(plan, "standardization.migrated=all")
    assert found["STD-09", "standardization"].outcome is Outcome.PASS


def test_a_claim_needs_what_shows_it():
    """An exception that a town claims without a document stays open; with one it holds."""
    plan = "standardization: {scope: list, systems: {pension: {status: planned}}}"
    key = "national-pension"
    plan = plan.replace("pension", key)
    about = f"standardization.systems.{key}.exception"
    assert judged(plan, f"{about}=transition-support")["STD-02", key].outcome is Outcome.UNKNOWN
    said = f"about: {about}, answer: transition-support, told: {TOLD}"
    row = f"{{{said}, document: 指定の通知, page: 2}}"
    file = plan_file(f"{plan}\nanswers: [{row}]", ABOUT)
    found = {(f.rule.id, f.key): f for f in found_of(file).findings}
    assert found["STD-02", key].outcome is Outcome.PASS
    (proof,) = [each for each in found["STD-02", key].proofs if each.told]
    assert (proof.section, proof.page, proof.origin) == ("指定の通知", 2, "town")
    assert proof.place.line == file.document.place(("answers", 0)).line


def test_an_answer_does_not_make_the_plan_be_read():
    """Of a section that was not read, what was not told stays as unknown as it was."""
    found = judged("measures: []", "provisions.cio.status=in-place", "provisions.cio.rank=mayor")
    assert found["ORG-02", "cio"].outcome is Outcome.PASS
    aide = judged("measures: []")["ORG-03", "cio-aide"]
    assert found["ORG-03", "cio-aide"].message == aide.message


@pytest.mark.parametrize(
    ("row", "key", "said"),
    [
        ("provisions.open-date.status=none", "answers[0].about", "open-data"),
        ("provisions.open-data.stats=none", "answers[0].about", "status"),
        ("measures.x.status=done", "answers[0].about", "no entry"),
        ("nonsense=1", "answers[0].about", "no entry"),
        ("areas.telework.title=x", "answers[0].about", "no entry"),
        ("provisions.open-data.evidence=x", "answers[0].about", "no entry"),
        ("plan.parents=x", "answers[0].about", "no entry"),
        ("provisions.open-data.status=yes", "answers[0].answer", "not one of the values"),
        ("provisions.open-data.published=maybe", "answers[0].answer", "neither yes nor no"),
        ("standardization.migrated=21", "answers[0].answer", "20 target tasks"),
        ("collection.charges.road-occupancy.start=いつか", "answers[0].answer", "date"),
    ],
)
def test_wrong_answers_are_refused_where_they_stand(row, key, said):
    """A wrong answer is a fault of the plan file, with its place, and nothing is judged."""
    with pytest.raises(PlanError) as caught:
        plan_file(f"provisions: {{}}\n{answers(row)}", ABOUT)
    (problem,) = caught.value.problems
    assert problem.key == key
    assert said in str(problem.message.en) + str(problem.hint.en if problem.hint else "")


def test_answers_are_of_one_day():
    """An answer says when it was given, to a day of which the end is known."""
    with pytest.raises(PlanError, match="leaves the day open"):
        plan_file(
            f"provisions: {{}}\n{answers('provisions.cio.status=none', told='令和8年頃')}", ABOUT
        )


def test_entries_that_an_answer_can_be_about():
    """One text can be the value of scalars and lists of codes, not of tables."""
    known = reference().known()
    assert target_of("collection.health_insurance", known).path == (
        "collection",
        "health_insurance",
    )
    assert target_of("areas.telework.status", known).name == "areas.telework.status"
    assert is_answerable(Provision, "cycle")
    assert not is_answerable(Provision, "evidence")


def test_evidence_of_a_day():
    """Evidence from elsewhere may tell its day, and holds up to it; that of the plan may not."""
    plan = (
        f"provisions: {{{{{POLICY}: {{{{status: none, "
        "evidence: [{{of: [status], from: {}, told: {}}}]}}}}"
    )
    known = judged(plan.format("town", TOLD))["SEC-01", POLICY]
    assert known.outcome is Outcome.FAIL
    assert judged(plan.format("town", "令和7年12月"))["SEC-01", POLICY].outcome is Outcome.UNKNOWN
    with pytest.raises(PlanError, match="heard elsewhere"):
        plan_file(plan.format("plan", TOLD))


def test_what_was_told_is_quoted_with_its_day():
    """A quotation of an answer names the town, the document and the day, in text and JSON."""
    row = f"{{about: provisions.{POLICY}.status, answer: none, told: {TOLD}, document: 議事録}}"
    file = plan_file(f"provisions: {{}}\nanswers: [{row}]", ABOUT)
    found = {(f.rule.id, f.key): f for f in found_of(file).findings}["SEC-01", POLICY]
    (proof,) = found.proofs
    assert quoted(proof).ja == "団体の他の資料 議事録(令和8年11月10日(2026-11-10) の回答)"
    assert as_json(Finding, found)["evidence"][0]["told"]["text"] == TOLD


def test_what_was_told_is_not_to_come():
    """What the plan announced and the town told to have started is not due any more."""
    charge = "collection.charges.road-occupancy"
    plan = "collection: {charges: {road-occupancy: {status: planned, start: 令和9年4月}}}"

    def coming(*said):
        file = plan_file(f"{plan}\n{answers(*said)}" if said else plan, ABOUT)
        found = days_of_plan(file, reference(), NOVEMBER, waivers=True)
        return [each.key for each in found if each.kind == "collection"]

    assert coming() == ["road-occupancy"]
    assert coming(f"{charge}.status=started", f"{charge}.start=令和8年10月") == []


@installed
def test_both_engines_judge_a_plan_with_answers():
    """Rules about the plan read of it what those about the town do not, and the other way round."""
    said = answers("provisions.open-data.status=in-place")
    file = plan_file(f"provisions: {{}}\n{said}", ABOUT)
    both = found_of(file, engine="both").findings
    assert [(f.rule.id, f.key, f.outcome) for f in both] == [
        (f.rule.id, f.key, f.outcome) for f in found_of(file).findings
    ]
