"""Rules of prefectures: whom they concern, how strong they are, and what the towns get of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.derivation import VOCABULARY
from dxrules.plan import plan_of
from dxrules.rules import Outcome
from dxrules.source import from_text
from dxrules.texts import Text
from tests.helpers.lawbooks import NOVEMBER, found_of, judged, law, of, town

FAIL, PASS, UNKNOWN = Outcome.FAIL, Outcome.PASS, Outcome.UNKNOWN
PREFECTURES = {
    "06": "prefecture/06-yamagata",
    "09": "prefecture/09-tochigi",
    "10": "prefecture/10-gunma",
    "34": "prefecture/34-hiroshima",
    "40": "prefecture/40-fukuoka",
    "44": "prefecture/44-oita",
}
OWN = [ruleset for ruleset in law().rulesets if ruleset.level == "prefecture"]
RULES = [rule for ruleset in OWN for rule in ruleset.rules]


def test_files():
    """There is a ruleset for each of six prefectures, which its rules are named after."""
    assert {ruleset.prefecture: ruleset.id for ruleset in OWN} == PREFECTURES
    for ruleset in OWN:
        prefixes = {rule.id.partition("-")[0] for rule in ruleset.rules}
        assert prefixes == {f"P{ruleset.prefecture}"}


@given(st.sampled_from([*law().reference.prefectures, None]), st.dates(date(2018, 1, 1)))
def test_a_plan_gets_the_rules_of_its_own_prefecture(code, day):
    """The law for a town is that of the nation and of its own prefecture, and of no other."""
    national = [ruleset.id for ruleset in law().rulesets if ruleset.level == "national"]
    own = [PREFECTURES[code]] if code in PREFECTURES else []
    lawbook = law().lawbook(day, code)
    assert lawbook.rulesets == (*national, *own)
    assert {rule.ruleset for rule in (*lawbook.rules, *lawbook.not_in_force)} <= {*national, *own}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_rule_is_a_duty(rule):
    """A prefecture's rule is recommended or a yardstick, and a note; if not confirmed, a draft."""
    own = {"yardstick"} if rule.kind == "citation" else {"yardstick", "recommended"}
    assert rule.strength in own
    assert rule.severity == "note"
    assert rule.source.verified != "unverified" or rule.draft


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.kind == "citation"], ids=lambda rule: rule.id
)
def test_documents_that_could_be_named(rule):
    """What a plan could name is a document of that prefecture, from the day that it was made."""
    (key,) = rule.keys
    document = law().reference.documents[key]
    assert document.prefecture == rule.ruleset.removeprefix("prefecture/")[:2]
    assert rule.source.document == key
    assert rule.source.decided.latest == rule.in_force.announced
    assert rule.about == "plan"


# The five towns

FOUND = {
    "nishikawa": {
        ("P06-01", "yamagata-digital-vision"): FAIL,
        ("P06-02", "joint-e-application"): UNKNOWN,
    },
    "kaminokawa": {
        ("P09-01", "tochigi-digital-strategy"): PASS,
        ("P09-02", "tochigi-digital-ordinance"): PASS,
        ("P09-03", "tochigi-smart-city"): PASS,
    },
    "nakanojo": {
        ("P10-01", "security-cloud"): UNKNOWN,
        ("P10-02", "gunma-acceleration"): FAIL,
    },
    "jinsekikogen": {("P34-01", "hiroshima-acceleration"): FAIL},
    "koge": {},
}


@pytest.mark.parametrize("name", FOUND)
def test_towns(name):
    """What each town's plan came to, as confirmed by reading it."""
    found = {
        (finding.rule.id, finding.key): finding.outcome
        for finding in judged(name).findings
        if finding.rule.ruleset.startswith("prefecture/")
    }
    assert found == FOUND[name]


def test_koge_while_the_strategy_lasted():
    """Koge's plan of March 2023 names no document of Fukuoka; its strategy ended with FY2024."""
    lapsed = [rule.id for rule in judged("koge").not_in_force]
    assert "P40-01" in lapsed
    last, after = (judged("koge", day) for day in (date(2025, 3, 31), date(2025, 4, 1)))
    assert of(last, "P40-01").outcome is FAIL
    assert not [finding for finding in after.findings if finding.rule.id == "P40-01"]


def test_kaminokawa_names_the_three_as_background():
    """Documents told as background are named, each where the plan file cites it."""
    finding = of(judged("kaminokawa"), "P09-02")
    assert finding.message == Text("計画が挙げる回数: 1", "times that the plan cites it: 1")
    assert "「栃木県デジタル社会形成推進条例」を制定しました" in [p.text for p in finding.proofs]


def test_nakanojo_plans_to_join():
    """Joining the cloud is planned: enough for the nation's rule, not for the prefecture's."""
    nation, own = (of(judged("nakanojo"), rule) for rule in ("SEC-09", "P10-01"))
    assert (nation.outcome, own.outcome) == (PASS, UNKNOWN)
    assert own.message == Text(
        "整備済みかどうか: 予定・検討としか書かれていない",
        "in place: it is only planned or considered",
    )
    assert own.refinement.refined.id == "SEC-09"
    assert (own.refinement.conditions, own.refinement.strength) == ("stricter", "equal")


# Oita: no town of it is among the five

TARGETS = {
    "P44-01": "joint-22-procedures",
    "P44-02": "cashless-collection",
    "P44-03": "facility-booking",
}
LAST = date(2026, 3, 31)


def oita(provision):
    """Return the plan of a town of Oita that says something of each of the joint targets."""
    said = "".join(f"  {key}: {provision}\n" for key in TARGETS.values())
    text = (
        "format: dxrules/plan/1\n"
        'municipality: {code: "443221", name: {ja: 姫島村, en: Himeshima}}\n'
        "recorded: 2025-06-01\n"
        "plan: {title: DX推進計画}\n"
        f"provisions:\n{said}"
    )
    return plan_of(from_text(text, "facts/44322-himeshima.yaml"), law().reference)


@pytest.mark.parametrize(
    ("provision", "outcome"),
    [
        ("{status: in-place, since: 令和7年4月}", PASS),
        ("{status: in-place}", PASS),
        ("{status: planned, since: 令和7年度末まで}", PASS),
        ("{status: none}", FAIL),
        ("{status: planned, since: 令和8年}", UNKNOWN),
        ("{status: planned}", UNKNOWN),
        ("{status: considered}", UNKNOWN),
        ("{}", UNKNOWN),
    ],
)
def test_joint_targets_of_oita(provision, outcome):
    """The targets are met by what is in place, or is planned by the end of FY2025."""
    found = found_of(oita(provision), date(2025, 12, 1))
    assert {rule: of(found, rule).outcome for rule in TARGETS} == dict.fromkeys(TARGETS, outcome)


def test_a_target_about_a_day_is_not_surely_missed():
    """The 22 procedures are due about the end of FY2025, the two others on that day."""
    found = found_of(oita("{status: planned, since: 2026-04-01}"), date(2025, 12, 1))
    outcomes = {rule: of(found, rule).outcome for rule in TARGETS}
    assert outcomes == {"P44-01": UNKNOWN, "P44-02": FAIL, "P44-03": FAIL}


def test_a_promise_whose_day_has_passed():
    """What was planned for a day that has passed is not told, even on the target's last day."""
    found = found_of(oita("{status: planned, since: 2026-02-28}"), LAST)
    assert {of(found, rule).outcome for rule in TARGETS} == {UNKNOWN}


def test_joint_targets_begin_and_end():
    """The targets hold from the month in which they were agreed to the end of FY2025."""
    plan = oita("{status: none}")
    for day, held in (
        (date(2024, 2, 28), False),
        (date(2024, 2, 29), True),
        (LAST, True),
        (date(2026, 4, 1), False),
    ):
        found = {finding.rule.id for finding in found_of(plan, day).findings}
        assert (TARGETS.keys() <= found, found.isdisjoint(TARGETS)) == (held, not held)
    lapsed = {rule.id for rule in found_of(plan, NOVEMBER).not_in_force}
    assert TARGETS.keys() <= lapsed


def test_towns_elsewhere_are_not_asked():
    """Provisions that one prefecture asks for are asked of no other town."""
    asked = set(TARGETS.values()) | {"joint-e-application"}
    for name in ("kaminokawa", "nakanojo", "jinsekikogen", "koge"):
        assert asked.isdisjoint(finding.key for finding in judged(name).findings)
        assert town(name).plan.municipality.prefecture not in {"06", "44"}


def test_subjects_are_of_the_vocabulary():
    """No prefecture needs a kind of its own."""
    assert {rule.kind for rule in RULES} == {"citation", "provision"} <= VOCABULARY.keys()
