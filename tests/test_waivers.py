"""Waivers: what was accepted, for how long, and which of them mean nothing."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.assessment import Finding
from dxrules.cli import main
from dxrules.errors import Place, PlanError
from dxrules.rules import Outcome
from dxrules.rules.condition import All
from dxrules.texts import Text, same
from tests.helpers.lawbooks import GOOD, NOVEMBER, broken, folder, found_of, load, of
from tests.helpers.plans import NAME, plan_file

WAIVER = (
    "{{rule: {rule}, kind: {kind}, key: {key}, reason: 町の事情, authority: 町長,"
    " from: {since}, until: {until}}}"
)


def waiver(rule="TST-03", kind="plan", key="plan", since="2026-04-01", until="2027-03-31"):
    """Return a line of a plan file that waives a finding."""
    return WAIVER.format(rule=rule, kind=kind, key=key, since=since, until=until)


def judge(tmp_path, *waivers, day=NOVEMBER, use=True, about=""):
    """Judge a plan that has no period by the small law, with waivers."""
    lines = "".join(f"\n  - {each}" for each in waivers)
    plan = plan_file("measures: []\nwaivers:" + (lines or " []"), about=about)
    return found_of(plan, day, load(tmp_path), waivers=use)


def faults(found):
    """Return the findings about waivers themselves."""
    return [f for f in found.findings if f.rule.id.startswith("WVR")]


def test_a_waived_failure(tmp_path):
    """What is validly waived is neither failed nor passed, and names the waiver."""
    found = judge(tmp_path, waiver())
    finding = of(found, "TST-03")
    assert finding.outcome is Outcome.WAIVED
    assert finding.waiver == found.file.plan.waivers[0]
    assert finding.waiver.authority == "町長"
    assert finding.message == Text("期間がない", "There is no period")
    assert faults(found) == []
    assert found.counts.severities == {"error": 0, "warning": 0, "note": 0}


def test_a_waived_unknown(tmp_path):
    """What is undetermined can be waived as well."""
    plan = plan_file(
        f"""
        standardization: {{scope: list, systems: {{family-register: {{status: planned}}}}}}
        waivers: [{waiver("TST-01", "system", "family-register")}]
        """
    )
    found = found_of(plan, own=load(tmp_path))
    assert of(found, "TST-01").outcome is Outcome.WAIVED


def test_by_a_former_id(tmp_path):
    """A waiver that names the rule by an id that it had formerly still holds."""
    found = judge(tmp_path, waiver("OLD-03"))
    assert of(found, "TST-03").outcome is Outcome.WAIVED
    assert faults(found) == []


@pytest.mark.parametrize(
    ("day", "outcome", "fault"),
    [
        (date(2026, 3, 31), "fail", ["WVR-02"]),
        (date(2026, 4, 1), "waived", []),
        (date(2027, 3, 31), "waived", []),
        (date(2027, 4, 1), "fail", ["WVR-01"]),
    ],
)
def test_the_days_of_a_waiver(tmp_path, day, outcome, fault):
    """A waiver holds from its first day to its last, both included."""
    found = judge(tmp_path, waiver(), day=day)
    assert of(found, "TST-03").outcome.value == outcome
    assert [finding.rule.id for finding in faults(found)] == fault


@pytest.mark.parametrize(
    ("since", "until", "day", "fault"),
    [
        ("令和8年4月", "令和8年度", date(2026, 4, 29), ["WVR-02"]),
        ("令和8年4月", "令和8年度", date(2026, 4, 30), []),
        ("令和8年4月", "令和8年度", date(2027, 3, 31), []),
        ("令和8年4月", "令和8年11月19日", NOVEMBER, ["WVR-01"]),
    ],
)
def test_days_known_within_a_range(tmp_path, since, until, day, fault):
    """A waiver holds once its first day is surely past, until its last one surely is."""
    found = judge(tmp_path, waiver(since=since, until=until), day=day)
    assert [finding.rule.id for finding in faults(found)] == fault


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2026-04-01", "未定"),
        ("2026-04-01", "概ね令和8年度末"),
        ("2026-04-01", "2026-10-01以降"),
        ("2026-04-01から", "2027-03-31"),
        ("未定", "2027-03-31"),
        ("概ね令和8年4月", "2027-03-31"),
    ],
)
def test_a_waiver_without_an_end_is_refused(since, until):
    """A waiver of which a day is open would never expire, or nobody could tell when."""
    with pytest.raises(PlanError) as caught:
        plan_file(f"waivers: [{waiver(since=since, until=until)}]")
    (problem,) = caught.value.problems
    assert problem.key in ("waivers[0].from", "waivers[0].until")
    assert "leaves the day open. Write a day" in problem.text.en


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        ("2026-04-01", "2031-03-31", True),
        ("2026-04-01", "2031-04-01", False),
        ("2026-04-01", "令和12年度", True),
        ("令和8年4月", "2031-04-29", True),
        ("令和8年4月", "2031-04-30", False),
        ("2024-02-29", "2029-02-27", True),
        ("2024-02-29", "2029-02-28", False),
    ],
)
def test_the_longest_term(tmp_path, since, until, holds):
    """A waiver for more than five years, from when it surely holds, waives nothing."""
    found = judge(tmp_path, waiver(since=since, until=until))
    assert of(found, "TST-03").outcome is (Outcome.WAIVED if holds else Outcome.FAIL)
    assert [finding.rule.id for finding in faults(found)] == ([] if holds else ["WVR-06"])


FAULTS = {
    "too long": (
        waiver(until="2031-04-01"),
        "WVR-06",
        Text(
            "TST-03 の例外は 2026-04-01 から 2031-04-01 までで、5年を超える"
            "(本ツールの基準)ので、認めない",
            "The waiver of TST-03, from 2026-04-01 until 2031-04-01, is longer than 5 years "
            "(a yardstick of this tool) and does not hold",
        ),
    ),
    "expired": (
        waiver(until="2026-11-19"),
        "WVR-01",
        Text(
            "TST-03 の例外は 2026-11-19 で切れている", "The waiver of TST-03 expired on 2026-11-19"
        ),
    ),
    "not yet": (
        waiver(since="2026-11-21"),
        "WVR-02",
        Text(
            "TST-03 の例外は 2026-11-21 からである", "The waiver of TST-03 holds from 2026-11-21 on"
        ),
    ),
    "another key": (
        waiver(key="plans"),
        "WVR-03",
        Text(
            "TST-03 の例外が当たる指摘がない(plan plans)。この点検項目の指摘があるのは: plan plan",
            "The waiver of TST-03 meets no finding (plan plans). What this rule does find: "
            "plan plan",
        ),
    ),
    "a pass": (
        waiver("TST-02"),
        "WVR-03",
        Text(
            "TST-02 の例外が当たる指摘がない(plan plan)",
            "The waiver of TST-02 meets no finding (plan plan)",
        ),
    ),
    "no such fact": (
        waiver("TST-01", "system", "family-register"),
        "WVR-03",
        Text(
            "TST-01 の例外が当たる指摘がない(system family-register)。"
            "この点検項目の指摘があるのは: system -",
            "The waiver of TST-01 meets no finding (system family-register). What this rule does "
            "find: system -",
        ),
    ),
    "an unknown rule": (
        waiver("TST-04"),
        "WVR-04",
        Text(
            "TST-04 という点検項目はない。もしかして: TST-03、TST-02",
            "There is no rule TST-04. Did you mean TST-03 or TST-02?",
        ),
    ),
}


@pytest.mark.parametrize(("line", "rule", "message"), FAULTS.values(), ids=FAULTS)
def test_waivers_that_mean_nothing(tmp_path, line, rule, message):
    """A waiver that is expired, too early, unused or of no rule is a warning of its own."""
    found = judge(tmp_path, line)
    (fault,) = faults(found)
    assert (fault.rule.id, fault.outcome, fault.severity) == (rule, Outcome.FAIL, "warning")
    assert fault.message == message
    assert not found.of(Outcome.WAIVED)
    assert of(found, "TST-03").outcome is Outcome.FAIL


def test_the_finding_of_a_waiver(tmp_path):
    """A finding about a waiver points to its line and carries a rule like any other."""
    found = judge(tmp_path, waiver(), waiver("TST-04"))
    (fault,) = faults(found)
    assert fault == Finding(
        rule=fault.rule,
        kind="waiver",
        key="plan",
        label=same("TST-04 plan plan"),
        area=None,
        outcome=Outcome.FAIL,
        severity="warning",
        message=Text(
            "TST-04 という点検項目はない。もしかして: TST-03、TST-02",
            "There is no rule TST-04. Did you mean TST-03 or TST-02?",
        ),
        place=Place(NAME, 9, 5),
    )
    rule = fault.rule
    assert (rule.strength, rule.severity, rule.about, rule.kind) == (
        "consistency",
        "warning",
        "plan",
        "waiver",
    )
    assert (rule.conditions, rule.in_force.on(date(2020, 12, 25))) == ((All(()),), True)
    assert rule.remedy.en == "Look the id up with `dxrules rules list`"


def test_a_rule_that_is_not_in_force(tmp_path):
    """A waiver of a rule that does not hold on the day is unused, not unknown."""
    found = judge(tmp_path, waiver("TST-02", until="2028-03-31"), day=date(2027, 4, 1))
    assert [finding.rule.id for finding in faults(found)] == ["WVR-03"]


def test_twice_waived(tmp_path):
    """The second waiver of one finding names the first; one whose days are others does not."""
    found = judge(tmp_path, waiver(), waiver(), waiver(until="2026-10-31"))
    assert of(found, "TST-03").waiver == found.file.plan.waivers[0]
    expired, overlapping = faults(found)
    assert (expired.rule.id, expired.place.line) == ("WVR-01", 10)
    assert (overlapping.rule.id, overlapping.place.line) == ("WVR-05", 9)
    assert overlapping.message == Text(
        f"TST-03 の例外(plan plan)は、{NAME}:8 の例外と同じ指摘についてのもので、期間が重なる",
        f"The waiver of TST-03 (plan plan) is for the same finding as that at {NAME}:8, "
        "and at the same time",
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (waiver("TST-04", until="2026-04-30"), ["WVR-01", "WVR-04"]),
        (waiver("TST-04", since="2026-12-01"), ["WVR-02", "WVR-04"]),
        (waiver(key="plans", until="2026-04-30"), ["WVR-01", "WVR-03"]),
        (waiver("TST-02", until="2026-04-30"), ["WVR-01", "WVR-03"]),
        (waiver(kind="area", since="2026-12-01"), ["WVR-02", "WVR-03"]),
        (waiver(key="plans", since="2026-12-01"), ["WVR-02"]),
        (waiver(since="2020-04-01", until="2026-04-30"), ["WVR-01", "WVR-06"]),
        (waiver(since="2026-12-01", until="2036-03-31"), ["WVR-02", "WVR-06"]),
        (waiver("TST-04", until="2036-03-31"), ["WVR-04", "WVR-06"]),
        (waiver(key="plans", until="2036-03-31"), ["WVR-03", "WVR-06"]),
    ],
)
def test_all_that_is_wrong_with_a_waiver(tmp_path, line, expected):
    """One fault hides no other; what a waiver of later days will meet cannot be told yet."""
    assert [finding.rule.id for finding in faults(judge(tmp_path, line))] == expected


def test_all_faults_of_a_waiver_in_the_file():
    """Days that are turned round are told beside whatever else is wrong."""
    with pytest.raises(PlanError) as caught:
        plan_file(
            "waivers: [{rule: TST-03, kind: plan, reason: 町の事情,"
            " from: 2027-04-01, until: 2026-04-01}]"
        )
    assert [(problem.key, problem.message.en) for problem in caught.value.problems] == [
        ("waivers[0].key", "This key is required."),
        ("waivers[0].authority", "This key is required."),
        ("waivers[0].until", "It ends before it starts (2027-04-01, 2026-04-01)."),
    ]


def test_each_waiver_by_itself(tmp_path):
    """One bad waiver does not take the good ones with it."""
    found = judge(tmp_path, waiver("TST-04"), waiver(), waiver(until="2026-04-30"))
    assert of(found, "TST-03").outcome is Outcome.WAIVED
    assert [finding.rule.id for finding in faults(found)] == ["WVR-01", "WVR-04"]


def test_without_waivers(tmp_path):
    """Shown without its waivers, a plan has neither what they waive nor what is wrong of them."""
    shown = judge(tmp_path, waiver(), waiver("TST-04"), use=False)
    assert shown.findings == judge(tmp_path).findings
    assert of(shown, "TST-03").outcome is Outcome.FAIL


def test_the_exit_code_without_waivers(tmp_path):
    """What is waived counts for no exit code, unless the waivers are left out."""
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        """\
format: dxrules/plan/1
municipality: {code: "345458", name: {ja: 神石高原町, en: Jinsekikogen}}
recorded: 令和8年3月
plan: {title: 計画}
measures: []
waivers:
  - """
        + waiver(),
        encoding="utf-8",
    )
    rulesets = folder(tmp_path / "rulesets", {"national/test.yaml": GOOD})
    words = ["check", str(plan), "--rulesets", str(rulesets), "--as-of", "2026-11-20"]
    words += ["--format", "none", "--fail-on", "note"]
    assert main(words) == 0
    assert main([*words, "--no-waivers"]) == 1


def test_a_waived_root_does_not_silence_what_follows(tmp_path):
    """Only a failure that stands silences another rule; what was not waived is told."""
    text = broken("{cycles: {at_most: $limit}}", "{cycles: {at_most: -1}}")
    own = load(tmp_path, text.replace("fact: {cycles: 0..3}", "fact: {cycles: -1}"))
    found = found_of(plan_file(f"measures: []\nwaivers: [{waiver()}]"), own=own)
    assert of(found, "TST-03").outcome is Outcome.WAIVED
    assert of(found, "TST-02").outcome is Outcome.FAIL
    bare = found_of(plan_file("measures: []"), own=own)
    assert of(bare, "TST-02").message == Text("TST-03 と同じ原因", "Same cause as TST-03")


def test_a_waiver_of_what_would_be_silenced(tmp_path):
    """A waiver of a rule that would step back meets its failure all the same."""
    text = broken("{cycles: {at_most: $limit}}", "{cycles: {at_most: -1}}")
    own = load(tmp_path, text.replace("fact: {cycles: 0..3}", "fact: {cycles: -1}"))
    found = found_of(plan_file(f"measures: []\nwaivers: [{waiver('TST-02')}]"), own=own)
    assert of(found, "TST-02").outcome is Outcome.WAIVED
    assert faults(found) == []
