"""From plans, law and day to findings."""

from __future__ import annotations

import re
import sys
from datetime import date

import pytest

from dxrules.assessment import Finding, assess
from dxrules.cli import main
from dxrules.dates import PartialDate, Range
from dxrules.derivation import Code, Proof, derive
from dxrules.derivation.plan_facts import PlanSubject
from dxrules.errors import Place
from dxrules.rules import Outcome, Verdict
from dxrules.rules.condition import Because, Leaf
from dxrules.texts import LANGS, Text, same
from tests.helpers.lawbooks import (
    GOOD,
    JUNE,
    NOVEMBER,
    ROOT,
    TOWNS,
    broken,
    folder,
    found_of,
    judged,
    law,
    load,
    of,
    town,
)
from tests.helpers.outcomes import ASSESS, SYSTEMS, outcomes
from tests.helpers.plans import NAME, plan_file
from tests.helpers.unknowns import not_read

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
        "計画書の該当箇所が失われている(3章)", "the document lost it (3章)"
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
