"""From plans, law and day to findings."""

from __future__ import annotations

import re
import sys
from datetime import date

import pytest

from dxrules.assessment import Assessment, Counts, Finding, assess
from dxrules.cli import main
from dxrules.dates import PartialDate, Range
from dxrules.derivation import Code, Proof, derive
from dxrules.derivation.plan_facts import PlanSubject
from dxrules.derivation.provision import ProvisionSubject
from dxrules.engine import Network, disagreements
from dxrules.errors import EngineError, Place
from dxrules.rules import SEVERITIES, Outcome, Verdict, judge
from dxrules.rules.condition import Because, Leaf
from dxrules.rules.rule import STRENGTH_RANK
from dxrules.texts import LANGS, Text, same
from tests.helpers.engines import installed
from tests.helpers.lawbooks import (
    GOOD,
    JUNE,
    NOVEMBER,
    ONE_RULE,
    ROOT,
    TOWNS,
    broken,
    change_days,
    folder,
    found_of,
    judged,
    law,
    load,
    of,
    prefectural,
    town,
    towns,
)
from tests.helpers.plans import NAME, plan_file
from tests.helpers.unknowns import not_read

ASSESS = sys.modules["dxrules.assessment.assess"]  # the package shows the function of that name

SYSTEMS = """
    standardization:
      scope: list
      systems:
        family-register: {status: not-migrated, exception: none, evidence: [{text: 未移行}]}
        national-pension: {status: migrated, migrated: 2026-03-31}
        long-term-care: {status: not-migrated}
"""


def outcomes(plan):
    """Return the outcome of each rule for each subject."""
    return {finding.subject: finding.outcome.value for finding in plan.findings}


# ---- Findings ----


def test_what_is_judged(tmp_path):
    """Each rule is judged on each fact of its kind, and of its keys where it names some."""
    found = found_of(plan_file(SYSTEMS + "    measures: []\n"), own=load(tmp_path))
    assert outcomes(found) == {
        ("TST-01", "system", "family-register"): "fail",
        ("TST-01", "system", "national-pension"): "pass",
        ("TST-02", "plan", "plan"): "pass",
        ("TST-03", "plan", "plan"): "fail",
    }


def test_a_finding(tmp_path):
    """A finding carries the rule, the subject, why, where it is said, and by when."""
    own = load(tmp_path)
    finding = of(found_of(plan_file(SYSTEMS), own=own), "TST-01", "family-register")
    rule = own.lawbook(NOVEMBER).rule("TST-01")
    deadline = date(2026, 3, 31)
    later = Range(date(2026, 4, 1).toordinal(), None)
    migrated, accepted = rule.require.parts
    row = Place(NAME, 9, 22)
    assert finding == Finding(
        rule=rule,
        kind="system",
        key="family-register",
        label=Text("戸籍", "Family register"),
        area="standardization",
        outcome=Outcome.FAIL,
        severity="error",
        message=Text(
            "「戸籍」は2026-03-31までに移行していない",
            "Family register was not migrated by 2026-03-31",
        ),
        place=row,
        verdict=Verdict(
            Outcome.FAIL,
            Because(
                rule.require,
                truth=False,
                parts=(
                    Because(migrated, truth=False, value=later),
                    Because(accepted, truth=False, value=Code("none")),
                ),
            ),
            Because(rule.applies, truth=True, value=Code("not-migrated")),
        ),
        proofs=(Proof(Place(NAME, 9, 73), text="未移行"),),
        due=PartialDate(deadline, deadline),
        days_left=-234,
        town=Text("町", "town"),
    )
    assert finding.subject == ("TST-01", "system", "family-register")


def test_what_a_pass_rests_on(tmp_path):
    """A pass says what it rests on, and is a note however strong the rule."""
    finding = of(found_of(plan_file(SYSTEMS), own=load(tmp_path)), "TST-01", "national-pension")
    assert (finding.outcome, finding.severity) == (Outcome.PASS, "note")
    assert finding.message == Text("移行が済む日: 2026-03-31", "day of the migration: 2026-03-31")


def test_why_a_rule_does_not_apply(tmp_path):
    """Where a rule does not apply, the condition that made it so is named."""
    plan = plan_file("""
        standardization:
          scope: list
          excluded: [{task: family-register, reason: no-system}]
    """)
    finding = of(found_of(plan, own=load(tmp_path)), "TST-01")
    assert (finding.key, finding.outcome) == ("family-register", Outcome.NOT_APPLICABLE)
    assert finding.message == Text(
        "適用の条件に当たらない: 状況: 対象外", "Does not apply: status: left out"
    )


def test_what_would_have_to_be_known(tmp_path):
    """An unknown names what is open: when the rule applies first, each thing once."""
    plan = plan_file("standardization: {scope: list, systems: {family-register: {}}}")
    finding = of(found_of(plan, own=load(tmp_path)), "TST-01")
    assert (finding.outcome, finding.severity) == (Outcome.UNKNOWN, "note")
    assert finding.message.en.split("; ")[0] == "whether it is migrated is not stated"
    assert [part.split(" ")[-1] for part in finding.message.en.split("; ")] == ["stated"] * 3


def test_a_condition_in_doubt_is_named_though_the_requirement_fails(tmp_path):
    """If a rule would fail but may not apply, what decides whether it applies is named."""
    text = broken("{status: {is_not: excluded}}", "{exception: {is_not: none}}")
    text = broken("        - exception: {in: $accepted}\n", "", text)
    text = broken("exception: none}}", "exception: transition-support}}", text)
    plan = plan_file("""
        standardization:
          scope: list
          systems: {family-register: {status: not-migrated, target: 2027-03-31}}
    """)
    finding = of(found_of(plan, own=load(tmp_path, text)), "TST-01")
    assert finding.outcome is Outcome.UNKNOWN
    assert finding.message == Text(
        "特定移行支援システムなどの例外に当たるかどうかが書かれていない",
        "whether it is an exception, such as a designated system, is not stated",
    )


def test_a_rule_without_a_fact(tmp_path):
    """A rule that met no fact is not applicable, and says so; it never reads as a pass."""
    own = load(tmp_path)
    finding = of(found_of(plan_file("standardization: {scope: unstated}"), own=own), "TST-01")
    assert finding == Finding(
        rule=own.lawbook(NOVEMBER).rule("TST-01"),
        kind="system",
        key="-",
        label=finding.label,
        area=None,
        outcome=Outcome.NOT_APPLICABLE,
        severity="note",
        message=Text("対象となる記載がない", "There is no such fact"),
        place=Place(NAME, 1, 1),
    )


def test_a_rule_whose_section_was_not_read(tmp_path):
    """Where the section was not read it cannot be told whether a rule would have met a fact."""
    finding = of(found_of(plan_file(""), own=load(tmp_path)), "TST-01")
    assert (finding.outcome, finding.key) == (Outcome.UNKNOWN, "-")
    assert finding.message == not_read("standardization").because


def test_a_rule_whose_facts_may_be_lost():
    """Where measures were lost, a rule that met none cannot be told not to concern the plan."""
    lost = "document: {read: complete, lost: [{part: measures, what: 3章}]}"
    finding = of(found_of(plan_file(f"measures: []\n{lost}")), "SCH-05")
    assert (finding.outcome, finding.key) == (Outcome.UNKNOWN, "-")
    assert finding.message == Text(
        "計画書の該当箇所が失われている(? 3章)", "the document lost it (? 3章)"
    )
    empty = of(found_of(plan_file("measures: []")), "SCH-05")
    assert empty.outcome is Outcome.NOT_APPLICABLE


def test_due_days_of_the_plan(tmp_path):
    """A day that the plan states is due as it is, or none where it states none."""
    own = load(tmp_path)
    stated = of(found_of(plan_file(about="period: 令和8年度～令和12年度"), own=own), "TST-03")
    end = date(2031, 3, 31)
    assert (stated.due, stated.days_left) == (PartialDate(end, end), (end - NOVEMBER).days)
    silent = of(found_of(plan_file(), own=own), "TST-03")
    assert (silent.due, silent.days_left) == (None, None)


# ---- Sections that were not read ----


def test_what_was_not_read_is_unknown():
    """Of a section that is not there nothing passes and nothing fails."""
    found = found_of(plan_file())
    told = {f.outcome.value for f in found.findings if f.kind != "plan"}
    assert told == {"unknown", "not_applicable"}
    assert not found.of(Outcome.PASS)
    assert {f.rule.id for f in found.of(Outcome.FAIL)} == {"DXP-01", "DXP-08"}


@pytest.mark.parametrize(
    ("section", "unread", "read"),
    [
        ("measures: []", {"DXP-06": "unknown"}, {"DXP-06": "fail"}),
        ("measures: []", {"SCH-03": "unknown"}, {"SCH-03": "not_applicable"}),
        ("provisions: {}", {"ORG-04": "unknown"}, {"ORG-04": "fail"}),
        ("provisions: {}", {"ORG-01": "unknown"}, {"ORG-01": "unknown"}),
        ("document: {read: complete}", {"DOC-02": "unknown"}, {"DOC-02": "pass"}),
        ("document: {read: part}", {"DOC-02": "unknown"}, {"DOC-02": "unknown"}),
    ],
)
def test_a_section_found_empty(section, unread, read):
    """What was read and found empty is silence; what was not read cannot be told."""
    without, with_it = outcomes(found_of(plan_file())), outcomes(found_of(plan_file(section)))
    for expected, found in ((unread, without), (read, with_it)):
        for rule, outcome in expected.items():
            assert [o for (r, _, _), o in found.items() if r == rule] == [outcome]


# ---- One root, one accusation ----


def test_unless_failed(tmp_path):
    """A rule that follows from another's failure steps back and names it."""
    text = broken("{cycles: {at_most: $limit}}", "{cycles: {at_most: -1}}")
    text = text.replace("fact: {cycles: 0..3}", "fact: {cycles: -1}")
    own = load(tmp_path, text)
    failed = of(found_of(plan_file("measures: []"), own=own), "TST-02")
    assert (failed.outcome, failed.severity) == (Outcome.NOT_APPLICABLE, "note")
    assert failed.message == Text("TST-03 と同じ原因", "Same cause as TST-03")
    period = "period: 令和8年度～令和12年度"
    alone = of(found_of(plan_file("measures: []", about=period), own=own), "TST-02")
    assert (alone.outcome, alone.severity) == (Outcome.FAIL, "note")


def test_what_passes_does_not_step_back(tmp_path):
    """A rule that is met stays met, whatever its root."""
    found = found_of(plan_file("measures: []"), own=load(tmp_path))
    assert of(found, "TST-03").outcome is Outcome.FAIL
    assert of(found, "TST-02").outcome is Outcome.PASS


def test_same_cause_in_a_town():
    """Targets that are read before the end of the period are told once."""
    found = judged("jinsekikogen")
    assert of(found, "KPI-03").outcome is Outcome.FAIL
    assert of(found, "KPI-04").message == Text("KPI-03 と同じ原因", "Same cause as KPI-03")


# ---- What was recorded before it was asked for ----


@pytest.mark.parametrize(
    ("recorded", "outcome"),
    [
        ("2026-04-02", Outcome.FAIL),
        ("2026-04-01", Outcome.UNKNOWN),
        ("令和8年4月", Outcome.UNKNOWN),
    ],
)
def test_recorded_before_it_was_asked_for(tmp_path, recorded, outcome):
    """What a town lacked before a duty began tells nothing of the time since then."""
    text = broken("from: 2020-06-01}", "from: 2026-04-02}")
    own = load(
        tmp_path,
        text.replace(", on: 2021-04-01}", "}").replace(
            "done_on: 2025-03-31}", "done_on: 2026-03-30}"
        ),
    )
    found = of(
        found_of(plan_file(SYSTEMS, recorded=recorded), own=own), "TST-01", "family-register"
    )
    assert (found.outcome, found.verdict.outcome) == (outcome, Outcome.FAIL)
    assert found.severity == ("error" if outcome is Outcome.FAIL else "note")
    said = found.message.en.startswith("Asked for from 2026-04-02, and nothing is told of the time")
    assert said is (outcome is Outcome.UNKNOWN)


def test_a_document_stays_as_it_is(tmp_path):
    """What a document lacks it lacks, whenever that was asked for."""
    text = broken(
        "in_force: {announced: 2020-04-01, from: 2020-04-01}\n    subject: plan\n    require: {per",
        "in_force: {announced: 2020-04-01, from: 2026-09-01}\n    subject: plan\n    require: {per",
    )
    assert of(found_of(plan_file("measures: []"), own=load(tmp_path, text)), "TST-03").outcome is (
        Outcome.FAIL
    )


# ---- Drafts ----

DRAFT = (
    broken("    strength: recommended\n", "    strength: statute\n    draft: yes\n")
    .replace(
        "source: {ref: guide}\n    in_force: {announced: 2020-04-01, from: 2020-04-01}",
        "source: {ref: act, article: 1-1}\n    in_force: {announced: 2020-04-01, from: 2020-04-01}",
    )
    .replace("unless_failed: TST-03\n", "severity_at_most: note\n")
)

PLAN = """\
format: dxrules/plan/1
municipality: {code: "345458", name: {ja: 神石高原町, en: Jinsekikogen}}
recorded: 令和8年3月
plan: {title: 計画}
measures: []
"""


def check(tmp_path, *options, text=GOOD, plan=PLAN):
    """Return the exit code of a check of a small plan by a small law."""
    file = tmp_path / "plan.yaml"
    file.write_text(plan, encoding="utf-8")
    rulesets = folder(tmp_path / "rulesets", {"national/test.yaml": text})
    words = ["check", str(file), "--rulesets", str(rulesets), "--as-of", "2026-11-20"]
    return main([*words, "--format", "none", *options])


def test_drafts_are_notes(tmp_path):
    """A rule whose source is unverified is a note, however strong it would be."""
    finding = of(found_of(plan_file("measures: []"), own=load(tmp_path, DRAFT)), "TST-03")
    assert (finding.outcome, finding.rule.strength) == (Outcome.FAIL, "statute")
    assert finding.severity == "note"


@pytest.mark.parametrize("threshold", ["note", "statute"])
def test_drafts_count_for_no_exit_code(tmp_path, threshold):
    """The failure of a draft does not count, whatever the threshold; without draft it would."""
    assert check(tmp_path, "--fail-on", threshold, text=DRAFT) == 0
    assert check(tmp_path, "--fail-on", threshold, text=DRAFT.replace("    draft: yes\n", "")) == 1


# ---- Two engines ----


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


# ---- What cannot be derived ----


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


# ---- Order and sameness ----

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


# ---- What is said ----


@pytest.mark.parametrize("day", [JUNE, NOVEMBER], ids=str)
@pytest.mark.parametrize("name", TOWNS)
def test_every_message_is_whole(name, day):
    """Every message is there in both languages, with every placeholder filled."""
    for finding in judged(name, day).findings:
        for lang in LANGS:
            said = finding.message.in_(lang)
            assert said.strip(), finding.subject
            assert not re.search(r"[{}]|None|Text\(|Range\(|Absent|Code\(", said), said
        assert finding.label.ja.strip()
        assert finding.label.en.strip()


@pytest.mark.parametrize("name", TOWNS)
def test_every_finding_has_a_place(name):
    """Every finding points into the plan file, and into no other."""
    lines = (ROOT / "facts" / f"{TOWNS[name]}.yaml").read_text(encoding="utf-8").count("\n")
    for finding in judged(name).findings:
        for place in (finding.place, *(proof.place for proof in finding.proofs)):
            assert place.file == f"facts/{TOWNS[name]}.yaml"
            assert 1 <= place.line <= lines


@pytest.mark.parametrize("name", TOWNS)
def test_a_severe_finding_is_a_failure(name):
    """Whatever is no failure is a note, and no rule is graver than its strength."""
    for finding in judged(name).findings:
        expected = finding.rule.severity if finding.outcome is Outcome.FAIL else "note"
        assert finding.severity == expected


def test_a_placeholder_of_one_language_is_derived(tmp_path):
    """An attribute that only one language shows is derived for it."""
    text = broken("en: There is no period", 'en: "There is no period ({status})"')
    finding = of(found_of(plan_file(about="status: draft"), own=load(tmp_path, text)), "TST-03")
    assert finding.message == Text("期間がない", "There is no period (draft)")


def test_due_without_a_day_is_a_dash(tmp_path):
    """A message that names a day which the plan does not state shows a dash."""
    text = broken("ja: 期間がない, en: There is no period", 'ja: "{due}", en: "{due}"')
    finding = of(found_of(plan_file(), own=load(tmp_path, text)), "TST-03")
    assert finding.message == same("-")


def test_areas():
    """Every finding on a subject of an area is listed under that area."""
    areas = {f.subject[1:]: f.area for f in judged("jinsekikogen").findings}
    assert areas["area", "telework"] == "telework"
    assert areas["provision", "cio"] == "organization"
    assert areas["collection", "non-tax"] == "el-qr"
    assert areas["standardization", "standardization"] == "standardization"
    assert areas["system", "family-register"] == "standardization"
    assert areas["measure", "ai-use"] == "ai"
    assert areas["indicator", "migration-progress"] == "standardization"
    assert areas["dependency", "national:standardization>common-platform"] == "common-platform"
    assert areas["plan", "plan"] is None
    koge = {f.subject[1:]: f.area for f in judged("koge").findings}
    assert koge["dependency", "declared:work-survey>work-selection"] == "bpr"


def test_leaves_that_are_not_read():
    """A condition's attributes, a message's and the day due are read, and nothing else."""
    rules = [rule for rule in law().lawbook(NOVEMBER).rules if rule.id in ("DXP-05", "DXP-03")]
    assert ASSESS.attributes_read(rules) == {
        "plan": {
            "days_left",
            "successor",
            "period_end",
            "lists_behind_when_made",
            "cited_edition",
            "edition_when_made",
        }
    }
    assert ASSESS.attributes_read([]) == {}


def test_what_is_derived_of_each_fact(monkeypatch):
    """Nothing is derived that decides nothing; there is a fact where any rule is about it."""
    kept, derived = [], sys.modules["dxrules.assessment.assess"].derive
    monkeypatch.setattr(ASSESS, "derive", lambda *asked: kept.append(derived(*asked)) or kept[-1])
    assess([town("koge")], law(), NOVEMBER)
    book = law().lawbook(NOVEMBER, "福岡県")
    (facts,) = kept
    unread = set()
    for fact in facts:
        about = [rule for rule in book.rules if rule.concerns(fact)]
        assert about
        read = ASSESS.attributes_read(about)[fact.kind]
        assert fact.values.keys() <= read
        unread |= {(fact.kind, name) for name in read - fact.values.keys()}
        assert {*read, *fact.values} <= fact.proofs.keys()
        assert {name: fact.values[name] for name in read} == fact.values
        with pytest.raises(KeyError):
            _ = fact.values["no such attribute"]
    assert ("plan", "untargeted_names") in unread


def test_an_attribute_that_a_message_names(monkeypatch):
    """One that cannot be derived is an error of the rule that fails, and of no other."""

    def names(_):
        raise ZeroDivisionError("no names")

    before = {name: outcomes(judged(name)) for name in TOWNS}
    monkeypatch.setattr(PlanSubject, "uncovered_names", names)
    after = assess([town(name) for name in TOWNS], law(), NOVEMBER)
    changed = {
        (name, rule)
        for name, plan in zip(sorted(TOWNS, key=lambda n: town(n).name), after.plans, strict=True)
        for rule, *subject in outcomes(plan)
        if outcomes(plan)[rule, *subject] != before[name][rule, *subject]
    }
    assert changed == {("kaminokawa", "DXP-07")}


def test_what_only_others_say_is_heard():
    """Of a fact that hears nothing of others, the plan alone shows every value."""
    for name in TOWNS:
        facts = derive(town(name), law().reference, NOVEMBER)
        heard = {fact.hears_others for fact in facts}
        for fact in facts:
            origins = {proof.origin for shown in fact.proofs.values() for proof in shown}
            assert fact.hears_others or origins <= {"plan"}, (name, fact.kind, fact.key)
    assert heard == {True, False}


def test_the_condition_of_a_leaf(tmp_path):
    """A finding's reasons are the conditions of the day, their parameters filled in."""
    finding = of(found_of(plan_file(SYSTEMS), own=load(tmp_path)), "TST-01", "national-pension")
    (decided,) = finding.verdict.require.deciding()
    assert decided.condition == Leaf("done_on", "by", date(2026, 3, 31).toordinal())
