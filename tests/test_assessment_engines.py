"""Two engines that differ, what cannot be derived, and what is the same in any order."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.assessment import Assessment, Counts, assess
from dxrules.derivation import derive
from dxrules.derivation.plan_facts import PlanSubject
from dxrules.derivation.provision import ProvisionSubject
from dxrules.engine import Network, disagreements
from dxrules.errors import EngineError
from dxrules.rules import SEVERITIES, Outcome, judge
from dxrules.rules.rule import STRENGTH_RANK
from dxrules.texts import Text
from tests.helpers.engines import installed
from tests.helpers.lawbooks import (
    GOOD,
    JUNE,
    NOVEMBER,
    ONE_RULE,
    TOWNS,
    broken,
    change_days,
    found_of,
    judged,
    law,
    load,
    of,
    prefectural,
    town,
    towns,
)
from tests.helpers.outcomes import ASSESS, SYSTEMS, outcomes
from tests.helpers.plans import NAME, plan_file
from tests.test_assessment import check


@installed
def test_engines_are_named(monkeypatch):
    """An assessment names the engines that answered; one alone where the other is missing."""
    one = [town("koge")]
    assert assess(one, law(), NOVEMBER).engines == ("interpreter", "durable_rules")
    assert assess(one, law(), NOVEMBER, engine="interpreter").engines == ("interpreter",)
    monkeypatch.setattr(ASSESS, "available", lambda: False)
    assert assess(one, law(), NOVEMBER).engines == ("interpreter",)


@installed
def test_the_nation_is_compiled_once(tmp_path, monkeypatch):
    """Towns of three prefectures share the network of the nation's rules; two have one more."""
    own = load(
        tmp_path,
        **{
            "prefecture/34.yaml": prefectural("34", "of-34"),
            "prefecture/40.yaml": prefectural("40", "of-40", "prefecture/40", "P40-01"),
        },
    )
    made = []

    def compiled(rules):
        made.append([rule.id for rule in rules])
        return Network(rules)

    monkeypatch.setattr(ASSESS, "Network", compiled)
    three = [town(name) for name in ("nishikawa", "jinsekikogen", "koge")]
    together = assess(three, own, NOVEMBER)
    national = [rule.id for rule in own.lawbook(NOVEMBER).rules]
    assert made == [national, ["P34-01"], ["P40-01"]]
    assert together.plans == tuple(
        plan for one in three for plan in assess([one], own, NOVEMBER).plans
    )


@installed
def test_both_engines_judge_what_a_town_told():
    """The plan is judged by its own words, and the town by its answers: each by its own rules."""
    told = "{about: provisions.ciso.status, answer: in-place, told: 令和8年11月10日}"
    file = plan_file(f"provisions: {{}}\nanswers: [{told}]")
    both, one = (assess([file], law(), NOVEMBER, engine=each) for each in ("both", "interpreter"))
    assert both.engines == ("interpreter", "durable_rules")
    assert both.plans == one.plans


@installed
@pytest.mark.slow
def test_the_engines_agree_on_every_day():
    """The two engines agree on the five towns in turn, on each day of change and beside it."""
    courts = {}
    for number, day in enumerate(change_days()):
        for file in (towns()[number % 5], towns()[(number + 2) % 5]):
            book = law().lawbook(day, file.plan.municipality.prefecture)
            if courts.get(book.rulesets, [None])[0] != book.rules:  # most days change no rule
                judges = [(rule, judge(rule)) for rule in book.rules]
                courts[book.rulesets] = book.rules, Network(book.rules), judges
            _, network, judges = courts[book.rulesets]
            facts = derive(file, law().reference, day, ASSESS.attributes_read(book.rules))
            decided = {
                (rule.id, position): decide(fact.values)
                for position, fact in enumerate(facts)
                for rule, decide in judges
                if rule.concerns(fact)
            }
            assert disagreements(decided, *network.ask(facts)) == {}, (day, file.name)


def test_rules_of_the_nation_are_compiled_once(monkeypatch):
    """What judges by the nation's rules is the same for towns of all prefectures."""
    made = []

    class Counted(ASSESS.Together):
        def __init__(self, rules):
            made.append(tuple(rule.id for rule in rules))
            super().__init__(rules)

    monkeypatch.setattr(ASSESS, "Together", Counted)
    judge = ASSESS.assessor(law(), NOVEMBER, engine="interpreter")
    for file in towns():
        judge(file)
    assert len(made) == len(set(made))


@pytest.mark.slow
def test_two_engines_find_what_one_finds():
    """Where the engines agree, the second adds nothing but its name."""
    for day in (JUNE, NOVEMBER):
        both = assess(towns(), law(), day)
        one = assess(towns(), law(), day, engine="interpreter")
        assert both.plans == one.plans
        assert both.trusted


class Dissenter(Network):
    """A second engine that answers otherwise on one pair."""

    pair, change = None, None

    def ask(self, facts):
        """Return the answers, one of them changed."""
        answers = super().ask(facts)
        type(self).change(answers, self.pair)
        return answers


def dissent(monkeypatch, change, pair=("TST-03", 0)):
    """Put a second engine in place that changes its answers on a pair."""
    monkeypatch.setattr(Dissenter, "change", staticmethod(change))
    monkeypatch.setattr(Dissenter, "pair", pair)
    monkeypatch.setattr(ASSESS, "Network", Dissenter)


PERIOD = "period: 令和8年度～令和12年度"

DISSENTS = {
    "a fail not seen": ("", lambda a, pair: a.fails.remove(pair), "fail", "unknown"),
    "a fail not seen at all": (
        "",
        lambda a, pair: (a.fails.remove(pair), a.concerns.remove(pair)),
        "fail",
        "no concern",
    ),
    "a pass doubted": (PERIOD, lambda a, pair: a.concerns.add(pair), "pass", "unknown"),
    "a pass failed": (PERIOD, lambda a, pair: a.fails.add(pair), "pass", "fail"),
}


@installed
@pytest.mark.parametrize(("about", "change", "own", "other"), DISSENTS.values(), ids=DISSENTS)
def test_a_difference_is_an_error_of_its_pair(monkeypatch, tmp_path, about, change, own, other):
    """Where the engines differ neither is believed: that pair is an error, the rest stands."""
    plan, rules = plan_file("measures: []", about=about), load(tmp_path)
    agreed = assess([plan], rules, NOVEMBER)
    dissent(monkeypatch, change)
    found = assess([plan], rules, NOVEMBER)
    assert (agreed.trusted, found.trusted) == (True, False)
    (error,) = found.plans[0].of(Outcome.ERROR)
    assert (error.subject, error.severity) == (("TST-03", "plan", "plan"), "note")
    said = f"interpreter: {own}, durable_rules: {other}"
    assert error.message == Text(
        f"二つのエンジンの答えが違う({said})", f"The engines differ ({said})"
    )
    rest = [f for f in agreed.plans[0].findings if f.rule.id == "TST-01"]
    assert [f for f in found.plans[0].findings if f.rule.id == "TST-01"] == rest


@installed
def test_an_answer_to_what_was_not_asked(monkeypatch, tmp_path):
    """A failure that durable_rules sees on a subject of no concern to the rule is an error."""
    text = broken("[family-register, national-pension]", "[family-register]")
    other = ONE_RULE[ONE_RULE.index("  - id: TST-01") :].replace("TST-01", "TST-04")
    text += other.replace("[family-register, national-pension]", "[national-pension]")
    plan = plan_file("""
        standardization: {scope: list, systems: {national-pension: {status: migrated}}}
    """)
    rules = load(tmp_path, text)
    facts = derive(plan, rules.reference, NOVEMBER, {"plan": frozenset(), "system": frozenset()})
    position = [fact.kind for fact in facts].index("system")
    dissent(monkeypatch, lambda a, pair: a.fails.add(pair), ("TST-01", position))
    found = assess([plan], rules, NOVEMBER)
    (error,) = found.plans[0].of(Outcome.ERROR)
    assert error.subject == ("TST-01", "system", "national-pension")
    assert error.message.en == "The engines differ (interpreter: -, durable_rules: fail)"


@installed
def test_exit_code_3_where_the_engines_differ(monkeypatch, tmp_path):
    """A check that cannot be trusted ends with 3, above findings and fine results."""
    assert check(tmp_path) == 0
    assert check(tmp_path, "--fail-on", "note") == 1
    dissent(monkeypatch, lambda a, pair: a.fails.discard(pair))
    assert check(tmp_path) == 3
    assert check(tmp_path, "--fail-on", "note") == 3
    assert check(tmp_path, "--engine", "interpreter") == 0


@installed
def test_an_engine_that_fails_stops_the_run(monkeypatch, tmp_path, capsys):
    """Where durable_rules fails altogether nothing is reported."""

    def fail(*_):
        raise EngineError(Text("こわれた", "broken down"))

    dissent(monkeypatch, fail)
    with pytest.raises(EngineError, match=r"^broken down$"):
        assess([town("koge")], law(), NOVEMBER)
    assert check(tmp_path, "--lang", "en") == 3
    assert capsys.readouterr().err == "dxrules: broken down\n"


def test_an_attribute_that_cannot_be_derived(monkeypatch):
    """An attribute that raises is an error of the rules that read it, and of nothing else."""

    def rank(_):
        raise ZeroDivisionError("no rank")

    before = outcomes(judged("koge"))
    monkeypatch.setattr(ProvisionSubject, "rank", rank)
    found = assess([town("koge")], law(), NOVEMBER)
    assert not found.trusted
    (plan,) = found.plans
    after = outcomes(plan)
    assert {s: after[s] for s in after if after[s] != before[s]} == {
        ("ORG-02", "provision", "cio"): "error"
    }
    (error,) = plan.of(Outcome.ERROR)
    assert error.message == Text(
        "属性を導けない(rank: ZeroDivisionError: no rank)",
        "An attribute could not be derived (rank: ZeroDivisionError: no rank)",
    )


DATED = (
    GOOD[GOOD.index("  - id: TST-03") :]
    .replace("TST-03", "TST-04")
    .replace("    formerly: [OLD-03]\n", "")
    .replace("require: {period_end: {known: yes}}", "require: {serves_as_data_plan: {is: no}}")
    .replace("fact: {period_end: 2026-09}", "fact: {serves_as_data_plan: no}")
    .replace("fact: {period_end: silent}", "fact: {serves_as_data_plan: yes}")
)
"""A rule that names a day, and asks nothing of it."""


def fails(_):
    """Stand for an attribute with a fault."""
    raise ZeroDivisionError("no value")


def test_a_day_that_cannot_be_derived(tmp_path, monkeypatch):
    """The day that a rule names is part of what it says, whatever comes out."""
    text = GOOD[: GOOD.index("  - id: TST-03")] + DATED.replace("TST-04", "TST-03")
    own = load(tmp_path, text)
    assert of(found_of(plan_file(""), own=own), "TST-03").outcome is Outcome.PASS
    monkeypatch.setattr(PlanSubject, "period_end", fails)
    assert of(found_of(plan_file(""), own=own), "TST-03").outcome is Outcome.ERROR


def test_a_message_that_cannot_be_written(tmp_path, monkeypatch):
    """What the message of one rule's failure names is no fault of another that holds."""
    named = 'message: {ja: "{missing_contents_names}", en: "{missing_contents_names}"}'
    text = GOOD + DATED.replace("    due: period_end\n", "")
    own = load(tmp_path, text.replace("message: {ja: 期間がない, en: There is no period}", named))
    monkeypatch.setattr(PlanSubject, "missing_contents_names", fails)
    found = found_of(plan_file(""), own=own)
    assert of(found, "TST-03").outcome is Outcome.ERROR
    assert of(found, "TST-04").outcome is Outcome.PASS


OUTCOMES = ["error", "fail", "unknown", "waived", "pass", "not_applicable"]


@pytest.mark.parametrize("name", TOWNS)
def test_order(name):
    """Findings go by outcome, severity, due day (none last) and rule.

    What is undetermined goes by the strength of its rule before its day, drafts last. What a
    rule says of several subjects stays in the order of the plan or of the reference data.
    """
    facts = derive(town(name), law().reference, NOVEMBER)
    position = {(fact.kind, fact.key): place for place, fact in enumerate(facts)}

    def order(finding):
        due = finding.due.latest if finding.due else None
        rule = finding.refinement.refined if finding.refinement else finding.rule
        is_open = finding.outcome.value == "unknown"
        return (
            OUTCOMES.index(finding.outcome.value),
            SEVERITIES.index(finding.severity),
            *((-STRENGTH_RANK[rule.strength], rule.draft) if is_open else (0, False)),
            due or date.max,
            *((rule.id, rule is not finding.rule) if is_open else (finding.rule.id,)),
            position.get((finding.kind, finding.key), 0),
        )

    findings = list(judged(name).findings)
    assert findings == sorted(findings, key=order)
    assert len({finding.subject for finding in findings}) == len(findings)


@pytest.mark.slow
def test_plans_go_by_their_code():
    """Plans are in the order of their towns' codes, however they were given."""
    expected = assess(towns(), law(), NOVEMBER, engine="interpreter")
    given = assess(towns()[::-1], law(), NOVEMBER, engine="interpreter")
    codes = [plan.file.plan.municipality.code for plan in given.plans]
    assert codes == sorted(codes)
    assert given == expected


@pytest.mark.slow
def test_plans_do_not_meet():
    """A plan is judged with others as it is judged alone, and twice as it is once."""
    together = assess(towns(), law(), NOVEMBER, engine="interpreter")
    assert together.plans == tuple(judged(name) for name in TOWNS)
    assert assess(towns(), law(), NOVEMBER, engine="interpreter") == together


def test_each_town_by_its_prefecture(tmp_path):
    """A town is judged by its own prefecture's rules beside the nation's."""
    own = load(tmp_path, **{"prefecture/34.yaml": prefectural("34", "own")})
    found = assess([town("koge"), town("jinsekikogen")], own, NOVEMBER)
    rules = {plan.file.plan.municipality.name.en: plan.lawbook.rulesets for plan in found.plans}
    assert rules == {
        "Jinsekikogen": ("national/test", "prefecture/34"),
        "Koge": ("national/test",),
    }
    judged_by = [{f.rule.id for f in plan.findings} for plan in found.plans]
    assert ["P34-01" in ids for ids in judged_by] == [True, False]


def test_two_plans_of_one_prefecture():
    """Plans of one prefecture are judged by one lawbook, in the order of their files."""
    small = plan_file("measures: []")
    found = assess([small, town("jinsekikogen")], law(), NOVEMBER, engine="interpreter").plans
    assert [plan.file.name for plan in found] == ["facts/34545-jinsekikogen.yaml", NAME]
    assert found[0].lawbook is found[1].lawbook
    assert found[1] == found_of(small)


def test_counts(tmp_path):
    """A rule counts once, as its gravest subject; failures by severity and strength."""
    found = found_of(plan_file(SYSTEMS + "    measures: []\n"), own=load(tmp_path))
    assert found.counts == Counts(
        {outcome: {"pass": 1, "fail": 2}.get(outcome.value, 0) for outcome in Outcome},
        {"error": 1, "warning": 0, "note": 1},
        {"statute": 1, "recommended": 1},
        {},
        {outcome: {"pass": 2, "fail": 2}.get(outcome.value, 0) for outcome in Outcome},
    )


def test_what_is_not_in_force(tmp_path):
    """Rules that do not hold on the day are named, not judged."""
    found = found_of(plan_file(), date(2027, 4, 1), load(tmp_path))
    assert [rule.id for rule in found.not_in_force] == ["TST-02"]
    assert "TST-02" not in {finding.rule.id for finding in found.findings}


def test_no_plans():
    """Nothing judged is nothing found."""
    assert assess([], law(), NOVEMBER, engine="interpreter") == Assessment(
        NOVEMBER, ("interpreter",), ()
    )
