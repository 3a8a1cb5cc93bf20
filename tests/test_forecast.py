"""Forecasts: what falls due, which verdicts change when, and that `check` says the same.

After a wanted change: `DXRULES_UPDATE_GOLDEN=1 pytest tests/test_forecast.py`, then read the diff.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.assessment import assess
from dxrules.assessment.dossier import Dossier
from dxrules.assessment.due_days import COMING_KINDS, gathered, horizon_of
from dxrules.assessment.outcome_changes import OutcomeChange, outcomes_of
from dxrules.cli import main
from dxrules.derivation.measure import MeasureSubject
from dxrules.engine import available
from dxrules.errors import UsageError
from dxrules.plan.read import plan_of
from dxrules.report.forecast_lines import COMING_WORDS, lines
from dxrules.rules import Outcome
from dxrules.rules.as_announced import known_on
from dxrules.source.read import from_bytes
from dxrules.texts import Text
from tests.helpers.examples import of_hundred
from tests.helpers.forecasts import DAY, MARCH, changes_of, coming_of, look, seen, told
from tests.helpers.lawbooks import GOOD, NOVEMBER, ROOT, TOWNS, broken, found_of, law, load, town
from tests.helpers.plans import days, plan_file

WAIVER = (
    "{rule: TST-03, kind: plan, key: plan, reason: 町の事情, authority: 町長,"
    " from: 2026-12-01, until: 2027-01-31}"
)


def known(file, own, start):
    """Return the law as a forecast of a plan knows it."""
    return known_on(own, start, {citation.edition for citation in file.plan.plan.cites})


# What check says


@pytest.mark.slow
@pytest.mark.parametrize("name", TOWNS)
def test_check_says_the_same(name):
    """On the day of a change, the day before and the day after, `check` says what is told."""
    found = seen(name)
    assert found.days
    for each in found.days:
        for day in (each.day - DAY, each.day, min(each.day + DAY, found.until)):
            assert outcomes_of(found_of(town(name), day)) == told(found, day)


@pytest.mark.slow
@of_hundred(40)
@given(st.sampled_from(list(TOWNS)), st.dates(NOVEMBER, date(2031, 3, 31)))
def test_nothing_changes_in_between(name, day):
    """On any day up to the last, `check` says what the changes up to then have made."""
    found = seen(name)
    day = min(day, found.until)
    assert outcomes_of(found_of(town(name), day)) == told(found, day)


@pytest.mark.slow
@of_hundred(12)
@given(st.sampled_from(list(TOWNS)), st.dates(date(2024, 1, 1), NOVEMBER), st.integers(0, 900))
def test_from_any_day(name, start, later):
    """From any day the forecast tells what the law as known on that day says later."""
    file, day = town(name), start + later * DAY
    found = look(file, start=start, until=day)
    assert outcomes_of(found.plan) == outcomes_of(found_of(file, start))
    assert told(found, day) == outcomes_of(found_of(file, day, known(file, law(), start)))


MOVING = """
    provisions:
      security-policy: {status: in-place, since: 2025-03-31}
      cio: {status: planned, since: 2026-12}
      ciso: {status: in-place, since: 2026-12-10}
    standardization:
      scope: list
      systems:
        national-pension: {status: planned, target: 2026-12-15}
        family-register: {status: migrated, migrated: 2026-12-20}
    collection: {charges: {water: {status: planned, start: 2027-01}}}
    measures:
      - {id: a, title: A, areas: [bpr], status: planned, due: 2026-12}
      - {id: b, title: B, status: ongoing, due: 概ね2027-01-10}
      - {id: c, title: C, status: done, completed: 2026-12-24}
    waivers: [%s]
"""
ABOUT = """
    period: 2026-04-01～2027-01-15
    established: 2026-01
    revised: [{on: 2026-12-30}]
    cites: [{document: dx-promotion-plan, edition: "4.0"}]
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", TOWNS)
def test_some_rules_say_what_all_say(name, monkeypatch):
    """On a day of a change, judging by the rules that change says what judging by all does."""
    some = look(town(name), start=MARCH)
    court = import_module("dxrules.assessment.forecast")._PlanOnDays
    monkeypatch.setattr(court, "of_rules", lambda self, _: self)
    assert look(town(name), start=MARCH).days == some.days


@pytest.mark.slow
@pytest.mark.parametrize("name", TOWNS)
def test_kinds_move_by_themselves(name, monkeypatch):
    """Following each kind of subject by itself says what following all together does."""
    each = look(town(name), start=MARCH)
    court = import_module("dxrules.assessment.forecast")._PlanOnDays
    monkeypatch.setattr(court, "by_kind", lambda self: [self])
    assert look(town(name), start=MARCH).days == each.days


@pytest.mark.parametrize("name", TOWNS)
def test_from_what_is_judged(name):
    """Who has judged the first day hands it over, and the rest is the same."""
    first = assess([town(name)], law(), NOVEMBER, engine="interpreter")
    found = look(town(name), first=first)
    assert found.first is first
    assert (found.days, found.until) == (seen(name).days, seen(name).until)


def test_once_for_all_reports():
    """What a dossier makes of a plan it makes once, and of each plan its own."""
    judged = assess([town("koge"), town("nakanojo")], law(), NOVEMBER, engine="interpreter")
    dossier = Dossier(judged, law())
    one, two = judged.plans
    for made in (dossier.gaps, dossier.graph, dossier.forecast):
        assert made(one) is made(one)
        assert made(one) != made(two)
    assert dossier.forecast(one, NOVEMBER) is not dossier.forecast(one)
    assert dossier.forecast(one).days == seen("nakanojo").days


@pytest.mark.parametrize("name", TOWNS)
def test_without_reasons(name):
    """Without reasons the outcomes and days are those of a whole judgement, and nothing else."""
    whole = assess([town(name)], law(), NOVEMBER, engine="interpreter").plans[0]
    bare = assess([town(name)], law(), NOVEMBER, engine="interpreter", reasons=False).plans[0]
    for finding, other in zip(whole.findings, bare.findings, strict=True):
        assert other == replace(finding, message=other.message, verdict=None, proofs=())
        assert other.message in (Text("", ""), finding.message)


@pytest.mark.slow
def test_every_single_day():
    """Through all ways in which a plan moves with the day, day by day, nothing is missed."""
    file = plan_file(MOVING % WAIVER.replace("TST-03", "DXP-05"), about=ABOUT)
    start, until = date(2026, 9, 30), date(2027, 3, 31)
    found = look(file, start=start, until=until)
    changing = {str(each.day) for each in found.days if each.changes}
    assert changing >= {"2026-12-01", "2026-12-30", "2027-01-01", "2027-01-16"}
    for number in range((until - start).days + 1):
        day = start + number * DAY
        assert outcomes_of(found_of(file, day)) == told(found, day), day


# Why


PLANNED = "standardization: {scope: list, systems: {national-pension: {status: planned, %s}}}"


def test_a_rule_begins_and_lapses(tmp_path):
    """A rule that comes into force or lapses is told on its first day, and after its last."""
    own = load(tmp_path, broken("from: 2020-06-01", "from: 2027-01-01"))
    file = plan_file("measures: []\n" + PLANNED % "target: 2026-02-01", about="period: 令和8年度")
    found = look(file, own, until=date(2027, 4, 1))
    assert changes_of(found) == [
        ("2027-01-01", "TST-01", "national-pension", None, "unknown", "law"),
        ("2027-04-01", "TST-02", "plan", "pass", None, "law"),
    ]
    assert [change.why.en for each in found.days for change in each.changes] == [
        "in force from this day on",
        "no longer in force",
    ]


def test_a_value_of_the_rule_changes(tmp_path):
    """A parameter that takes another value is the law's doing."""
    later = broken(
        "- {from: 2023-04-01, value: 2026-03-31, source: act}",
        "- {from: 2023-04-01, value: 2026-03-31, source: act}\n"
        "      - {from: 2027-01-01, value: 2026-01-31, source: act}",
        broken("act: {title", "act: {decided: 2026-01-01, title"),
    )
    text = broken("{status: migrated, done_on: 2026-03-31}", "{done_on: 2026-01-31}", later)
    status = "status: migrated, migrated: 2026-03-01, exception: none"
    file = plan_file(PLANNED.replace("status: planned, %s", status))
    found = look(file, load(tmp_path, text), until=date(2027, 3, 1))
    assert changes_of(found) == [
        ("2027-01-01", "TST-01", "national-pension", "pass", "fail", "law")
    ]
    assert found.days[0].changes[0].why.en == "a value set by the rule changes"


def test_an_answer_contradicts_the_plan():
    """What an answer contradicts is found on every day, whichever rules change on it."""
    koge = town("koge")
    told = '\nanswers: [{about: standardization.government_cloud, answer: none, told: "%s"}]\n'
    raw = (koge.document.text + told % NOVEMBER).encode()
    file = plan_of(from_bytes(raw, koge.name), law().reference)
    found = look(file, until=date(2027, 7, 1))
    assert any(each.changes for each in found.days)
    assert "ANS-01" in {each.rule.id for each in found.plan.findings}


def test_a_day_passes(tmp_path):
    """A day of the plan that passes is told with what can be said of it then."""
    text = GOOD.replace("value: 2026-03-31", "value: 2027-03-31").replace(
        "done_on: 2026-04-01", "done_on: 2027-04-01"
    )
    found = look(plan_file(PLANNED % "target: 2026-12"), load(tmp_path, text))
    first = ("2027-01-01", "TST-01", "national-pension", "pass", "unknown", "date")
    assert changes_of(found)[0] == first
    (change,) = found.days[1].changes
    assert change.why == Text(
        "移行が済む日: 2026-04-01以降",
        "day of the migration: from 2026-04-01",
    )
    assert coming_of(found)[0] == ("2026-12-31", "system", "national-pension")


def test_what_several_conditions_ask_is_told_once():
    """EQR-03 asks the status in three conditions, and it is named once."""
    charge = "road-occupancy: {status: planned, start: 令和9年4月}"
    file = plan_file(f"collection: {{charges: {{{charge}}}}}")
    changes = look(file, until=date(2027, 5, 1)).days[-1].changes
    (why,) = (each.why.ja for each in changes if each.rule.id == "EQR-03")
    assert why.startswith("状況: 開始の予定日を過ぎている、")
    assert why.count("状況") == 1


def test_a_waiver_begins_and_ends(tmp_path):
    """A waiver changes what it waives, and its own faults come and go."""
    found = look(plan_file(f"measures: []\nwaivers: [{WAIVER}]"), load(tmp_path))
    assert changes_of(found)[:4] == [
        ("2026-12-01", "TST-03", "plan", "fail", "waived", "waiver"),
        ("2026-12-01", "WVR-02", "plan", "fail", None, "waiver"),
        ("2027-02-01", "TST-03", "plan", "waived", "fail", "waiver"),
        ("2027-02-01", "WVR-01", "plan", None, "fail", "waiver"),
    ]
    assert ("2027-01-31", "waiver", "TST-03 plan plan") in coming_of(found)
    whys = [change.why.en for each in found.days for change in each.changes]
    assert whys[:4] == [
        "its waiver begins",
        "this fault of the waiver ends",
        "its waiver ends",
        "The waiver of TST-03 expired on 2027-01-31",
    ]
    bare = look(plan_file(f"measures: []\nwaivers: [{WAIVER}]"), load(tmp_path), waivers=False)
    assert [each for each in changes_of(bare) if each[1] != "TST-02"] == []
    assert "waiver" not in [kind for _, kind, _ in coming_of(bare)]


def test_what_is_known_ends():
    """On the day after the last one known, what rests on the newest is told in one line."""
    start = date(2026, 9, 1)
    found = seen("kaminokawa", start)
    (day,) = [each for each in found.days if each.day == date(2026, 10, 1)]
    knowledge = [change for change in day.changes if change.cause == "knowledge"]
    assert {(c.rule.id, c.after.outcome) for c in knowledge} >= {("DXP-04", Outcome.UNKNOWN)}
    told_of_it = [line for line in lines(day, 3) if line.key == "knowledge"]
    assert [line.what.en for line in told_of_it] == ["End of what is known"]


def test_one_accusation_gives_way(tmp_path):
    """A verdict that turns because another rule's did says which."""
    text = broken(
        "    require: {period_end: {known: yes}}\n",
        "    applies: {period_state: {is: ended}}\n    require: {successor: {known: yes}}\n",
    )
    text = broken(
        "      - {expect: pass, fact: {period_end: 2026-09}}\n"
        "      - {expect: fail, fact: {period_end: silent}}\n",
        "      - {expect: pass, fact: {period_state: ended, successor: 次期計画}}\n"
        "      - {expect: fail, fact: {period_state: ended, successor: silent}}\n",
        text,
    )
    loop = "measures: [" + ", ".join(
        f"{{id: {a}, title: {a}, requires: [{{id: {b}, kind: finish-to-start}}]}}"
        for a, b in ("ab", "ba", "cd", "dc", "ef", "fe", "gh", "hg")
    )
    file = plan_file(f"{loop}]", about="period: 2026-04-01～2026-12-31")
    found = look(file, load(tmp_path, text), until=date(2027, 1, 1))
    assert changes_of(found) == [
        ("2027-01-01", "TST-02", "plan", "fail", "not_applicable", "date"),
        ("2027-01-01", "TST-03", "plan", "not_applicable", "fail", "date"),
    ]
    assert found.days[-1].changes[0].why.en == "Same cause as TST-03"


def test_nothing_is_foreseen_before_it_is_announced():
    """A rule in force from 2027-07-01 is told from the day of its announcement on."""
    for start, expected in ((date(2026, 6, 25), False), (date(2026, 6, 26), True)):
        found = look(town("koge"), start=start, until=date(2027, 7, 1))
        assert ("SEC-10" in [change[1] for change in changes_of(found)]) is expected
        assert ("SEC-04" in [change[1] for change in changes_of(found)]) is expected


# What falls due


def test_what_a_plan_dates():
    """All that a plan dates is told on its last day, unless it is settled, in one order."""
    file = plan_file(
        f"""
        provisions: {{cio: {{status: planned, since: 2027-01}}, ciso: {{status: in-place}}}}
        standardization:
          scope: list
          deferred_functions: {{status: some, due: 2027-01-31}}
          systems:
            national-pension: {{status: planned, target: 2027-01}}
            family-register: {{status: migrated, migrated: 2026-02, target: 2027-01}}
        collection: {{charges: {{local-tax: {{status: planned, start: 2027-01}}}}}}
        measures:
          - id: a
            title: A
            status: planned
            due: 2027-01
            milestones: [{{title: 中間, on: 2027-01-31}}]
          - {{id: b, title: B, status: done, milestones: [{{title: 済, on: 2027-01}}]}}
          - {{id: c, title: C, status: planned, due: 2027-01から}}
          - {{id: d, title: D, status: watched, due: 2027-01}}
          - {{id: e, title: E, completed: 2026-02, due: 2027-01}}
        indicators:
          - id: i
            title: I
            targets:
              - {{value: 1, year: 令和8年度, observed: 2027-01}}
              - {{value: 2, year: 令和9年度}}
        waivers: [{WAIVER}]
        """,
        about="period: 2026-04-01～2027-01-31",
    )
    found = look(file)
    day = found.days[-1]
    assert (day.day, found.until, found.horizon) == (date(2027, 1, 31), date(2027, 1, 31), "period")
    assert [(each.kind, each.key) for each in day.coming] == [
        ("plan", "plan"),
        ("waiver", "TST-03 plan plan"),
        ("standardization", "standardization"),
        ("system", "national-pension"),
        ("collection", "local-tax"),
        ("provision", "cio"),
        ("measure", "a"),
        ("milestone", "a"),
        ("indicator", "i"),
    ]
    assert set(COMING_WORDS) == set(COMING_KINDS)


def test_what_the_law_sets(tmp_path):
    """A day that the law sets is told with what comes out on it; a rule's first day is not."""
    text = GOOD.replace("value: 2026-03-31", "value: 2027-03-31").replace(
        "done_on: 2026-04-01", "done_on: 2027-04-01"
    )
    file = plan_file(
        """
        standardization:
          scope: list
          systems:
            national-pension: {status: planned, target: 2026-12}
            family-register: {status: migrated, migrated: 2026-01-01}
          excluded: [{task: seal-registration, reason: no-such-task}]
        """
    )
    found = look(file, load(tmp_path, text), until=date(2027, 3, 31))
    (day,) = [each for each in found.days if each.day == date(2027, 3, 31)]
    assert [(c.rule.id, c.key, c.outcome, c.when.range) for c in day.coming] == [
        ("TST-01", "national-pension", Outcome.UNKNOWN, days("2027-03-31")),
        ("TST-01", "family-register", Outcome.PASS, days("2027-03-31")),
    ]
    assert [len(group) for group in gathered(day.coming)] == [1, 1]
    first = load(tmp_path / "own", broken("from: 2020-06-01", "from: 2026-03-31"))
    begins = look(file, first, start=date(2026, 3, 1), until=date(2026, 4, 1))
    assert "rule" not in [kind for _, kind, _ in coming_of(begins)]


@pytest.mark.parametrize(
    ("about", "until", "horizon"),
    [
        ("period: 令和8年度～令和12年度", date(2031, 3, 31), "period"),
        ("period: 令和5年度～令和7年度", date(2028, 3, 31), "past"),
        ("", date(2028, 3, 31), "unstated"),
    ],
)
def test_how_far(about, until, horizon):
    """A forecast looks to the end of the period, else to that of the next fiscal year."""
    assert horizon_of(plan_file(about=about), NOVEMBER) == (until, horizon)


def test_one_day():
    """A forecast may be of one day: what falls due on it is told, and nothing changes."""
    found = look(town("koge"), start=date(2027, 3, 31), until=date(2027, 3, 31))
    assert (found.horizon, len(found.days), found.days[0].changes) == ("asked", 1, ())


def test_backwards():
    """A last day before the first is refused."""
    with pytest.raises(UsageError) as error:
        look(town("koge"), until=NOVEMBER - DAY)
    assert error.value.text == Text(
        "終わりの日(2026-11-19)が、始まりの日(2026-11-20)より前です。",
        "The last day, 2026-11-19, comes before the first, 2026-11-20.",
    )


# What can be trusted


@pytest.mark.slow
@pytest.mark.skipif(not available(), reason="durable_rules is not installed")
def test_both_engines():
    """Both engines foresee the same."""
    both = look(town("jinsekikogen"), engine="both")
    assert both.first.engines == ("interpreter", "durable_rules")
    assert (both.days, both.trusted) == (seen("jinsekikogen").days, True)


@pytest.mark.slow
def test_an_attribute_that_cannot_be_derived(monkeypatch):
    """What cannot be derived on any day judged makes the forecast one not to be trusted."""
    whole = MeasureSubject.overdue

    def overdue(subject):
        if subject.context.day > date(2027, 3, 31):
            raise ZeroDivisionError
        return whole(subject)

    monkeypatch.setattr(MeasureSubject, "overdue", overdue)
    found = look(town("koge"), until=date(2027, 4, 1))
    assert (found.first.trusted, found.trusted) == (True, False)
    assert main(["forecast", str(ROOT / "facts/40646-koge.yaml"), "--until", "2027-04-01"]) == 3


def test_a_question_that_cannot_be_followed(monkeypatch):
    """A derivation that does with a day what cannot be watched is no reason to foretell nothing."""
    monkeypatch.setattr(MeasureSubject, "overdue", lambda each: each.context.today % 2 == 0)
    with pytest.raises(RuntimeError, match=r"^the forecast of 2026-11-20 is not what is judged"):
        look(town("koge"))


def test_a_change_has_a_side():
    """A change without a finding on either side is none."""
    with pytest.raises(ValueError, match="before or after"):
        _ = OutcomeChange(None, None, "law", Text("", "")).rule
