"""How rules came about, what was known when, and what begins on 1 July 2027."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.assessment.history import HistoryStep, history, lists_of
from dxrules.cli import main
from dxrules.dates import PartialDate
from dxrules.errors import UsageError
from dxrules.report.json_rules import Explanation
from dxrules.report.json_values import in_utf8
from dxrules.report.json_views import as_json
from dxrules.report.rules import Explained
from dxrules.report.rules import text as of_rule
from dxrules.report.terminal import Style
from dxrules.rules import Outcome
from dxrules.texts import Text, same
from tests.helpers.examples import of_hundred
from tests.helpers.lawbooks import NOVEMBER, ROOT, broken, found_of, judged, law, load, of
from tests.helpers.plans import plan_file
from tests.helpers.printed import printed

EVE, ANNOUNCED = date(2026, 6, 25), date(2026, 6, 26)
BEFORE, FIRST = date(2027, 6, 30), date(2027, 7, 1)
HUMAN = "eight-fields-human"
RULES = list(law().rules)


def steps(rule, day=NOVEMBER, own=None):
    """Return the steps of a rule: the day, what it was about, and what it brought."""
    told = history(own or law(), rule, day).steps
    return [(str(step.on.latest), step.name.en, step.what and step.what.en) for step in told]


def day_of(year, month, day):
    """Return one day as it stands in a step."""
    return PartialDate(date(year, month, day), date(year, month, day))


def test_steps_of_a_rule(tmp_path):
    """A rule is announced, comes into force and ends; its parameters take their values."""
    text = broken("from: 2020-06-01}", "from: 2020-06-01, until: 2026-05-31}")
    own = load(tmp_path, text)
    act = own.rulesets[0].rules[0].source
    assert history(own, "TST-01", NOVEMBER).steps == (
        HistoryStep(day_of(2020, 4, 1), "rule", same("TST-01"), act, Text("公表", "announced")),
        HistoryStep(
            day_of(2020, 4, 1),
            "value",
            same("$deadline"),
            act,
            value=date(2025, 3, 31).toordinal(),
        ),
        HistoryStep(
            day_of(2020, 4, 1), "value", same("$accepted"), act, value=("transition-support",)
        ),
        HistoryStep(
            day_of(2020, 6, 1), "rule", same("TST-01"), act, Text("適用開始", "comes into force")
        ),
        HistoryStep(
            day_of(2023, 4, 1),
            "value",
            same("$deadline"),
            act,
            value=date(2026, 3, 31).toordinal(),
        ),
        HistoryStep(
            day_of(2026, 5, 31),
            "rule",
            same("TST-01"),
            act,
            Text("適用の最後の日", "last day in force"),
        ),
    )


def test_by_a_former_id_and_in_force_at_once(tmp_path):
    """A rule is found by a former id; one that held at once was announced and began on a day."""
    assert steps("OLD-03", own=load(tmp_path)) == [
        ("2020-04-01", "TST-03", "announced, and in force")
    ]


def test_a_rule_that_is_not_there(tmp_path):
    """A rule that is not known, or was not announced by the day, is told as such."""
    own = load(tmp_path)
    with pytest.raises(UsageError, match="TST-01"):
        history(own, "TST-11", NOVEMBER)
    with pytest.raises(UsageError) as caught:
        history(own, "TST-01", date(2020, 3, 31))
    assert caught.value.text == Text(
        "TST-01 は 2020-03-31 にはまだ公表されていません(公表は 2020-04-01)。",
        "TST-01 had not been announced by 2020-03-31 (it was on 2020-04-01).",
    )
    assert history(own, "TST-01", date(2020, 4, 1)).day == date(2020, 4, 1)


def test_rules_on_waivers_have_no_history_of_documents():
    """A rule of the tool itself has its own days and nothing else."""
    assert {step.topic for step in history(law(), "WVR-01", NOVEMBER).steps} == {"rule"}


def test_the_policy_behind_a_rule():
    """The deadline of the migration, and what each revision of the policy brought."""
    policy = "Basic policy of standardization"
    told = steps("STD-02")
    assert [(day, name) for day, name, _ in told] == [
        ("2022-10-07", "STD-02"),
        ("2022-10-07", "$migration-deadline"),
        ("2022-10-07", "$accepted-exceptions"),
        ("2022-10-07", policy),
        ("2023-09-08", "$accepted-exceptions"),
        ("2023-09-08", policy),
        ("2024-12-24", "$accepted-exceptions"),
        ("2024-12-24", policy),
    ]
    assert steps("STD-02", date(2024, 12, 23)) == told[:-2]


def test_editions_behind_a_rule():
    """A rule on priority areas rests on the editions, each with how sure it is."""
    known = history(law(), "DXP-10", NOVEMBER)
    named = [step for step in known.steps if step.topic == "document"]
    assert [step.what.en.partition(":")[0] for step in named] == [
        f"edition {edition}" for edition in law().reference.editions
    ]
    doubtful = [step.what.ja[:5] for step in named if step.source.verified == "unverified"]
    assert doubtful == ["第2.1版", "第2.2版"]


def test_revisions_behind_a_rule():
    """The rule on reviewing the security policy rests on the guideline's revisions."""
    told = [name for _, name, _ in steps("SEC-03")]
    assert told.count("Guideline on information security policies") == 8


def test_lists_under_a_rule():
    """The lists are those that its subject stands in, and that its attributes are drawn from."""
    lists = {rule.id: lists_of(rule) for rule in RULES}
    assert lists["SEC-03"][:2] == ["provisions", "guideline"]
    assert lists["DXP-10"][:2] == ["areas", "editions"]
    assert lists["DXP-01"] == []


@of_hundred(40)
@given(st.sampled_from(RULES), st.dates(date(2016, 1, 1), date(2028, 1, 1)))
def test_nothing_shows_before_it_was_announced(rule, day):
    """Every step was known by the day, and on the day before nothing more was."""
    if rule.in_force.announced > day:
        with pytest.raises(UsageError):
            history(law(), rule.id, day)
        return
    known = history(law(), rule.id, day).steps
    for step in known:
        decided = step.source.decided
        days = [step.on.latest, rule.in_force.announced]
        days += [decided.latest] if decided and decided.latest else []
        assert min(days) <= day
    if rule.in_force.announced < day:
        earlier = history(law(), rule.id, day - timedelta(days=1)).steps
        assert set(map(_told, earlier)) <= set(map(_told, known))


def _told(step):
    return step.on, step.topic, step.name, str(step.value)


def test_an_entry_shows_from_its_day():
    """Each event of the list shows on the day it was known, and not on the day before."""
    found = law().reference
    for event in found.history.values():
        decided = found.sources[event.source].decided
        day = min(event.holds_from, decided.latest)
        rules = [r for r in RULES if r.source.document == event.document]
        rules = [rule for rule in rules if rule.in_force.announced < day]
        for rule in rules:
            before, after = (
                [step.what for step in history(law(), rule.id, each).steps]
                for each in (day - timedelta(days=1), day)
            )
            assert event.what not in before
            assert event.what in after


# Reports


def test_shown_for_people():
    """The steps stand under the rule, each with its source and how that was verified."""
    told = history(law(), "SEC-10", ANNOUNCED)
    lines = printed(
        of_rule, Explained(told.explanation, history=told), Style("en", 300)
    ).splitlines()
    ordinance = "Ordinance for Enforcement of the Local Autonomy Act"
    amended = f"{ordinance} (as amended by Ordinance No. 80 of 2026)"
    adding = "ordinance adding Article 16-3 (measures in eight fields) is promulgated"
    effect = "Article 16-3 takes effect (with exceptions and supplementary provision 2)"
    sure = "(verified in the primary source)"
    by = f"Ordinance No. 80 of 2026 {sure}"
    first = "first day of Article 16-3 of the Ordinance"
    assert lines[lines.index("History, as announced by 2026-06-26") + 1 :] == [
        "  2026-06-26  SEC-10: announced",
        f"  2026-06-26  “{first}”: 2027-07-01 ― {amended} {sure}",
        f"  2026-06-26  {ordinance}: {adding} ― {by}",
        "  2027-07-01  SEC-10: comes into force",
        f"  2027-07-01  {ordinance}: {effect} ― {by}",
    ]


def test_the_rule_is_shown_as_known_on_the_day():
    """Of a value, an exception or a revision that came later nothing is shown."""
    told = history(law(), "STD-02", date(2023, 6, 30))
    shown = printed(of_rule, Explained(told.explanation, history=told), Style("ja"))
    assert "移行困難システム" not in shown
    assert "特定移行支援システム" not in shown
    assert "2024-12-24" not in shown


def test_written_as_json():
    """JSON has each step with its source, values in words; without a history there is no key."""
    told = history(law(), "STD-02", date(2023, 12, 31))
    written = json.loads(in_utf8(as_json(Explanation, Explained(told.explanation, history=told))))[
        "history"
    ]
    assert written["as_of"] == "2023-12-31"
    assert [(step["on"]["latest"], step["topic"], step["what"]["ja"]) for step in written["steps"]][
        4:
    ] == [
        ("2023-09-08", "value", "移行困難システム"),
        ("2023-09-08", "document", "改定。移行困難システムを設ける"),
    ]
    assert {step["source"]["verified"] for step in written["steps"]} == {"secondary"}
    assert "history" not in json.loads(in_utf8(as_json(Explanation, Explained(told.explanation))))


@pytest.mark.parametrize(("lang", "head"), [("ja", "経緯(2026-11-20"), ("en", "History, as")])
def test_command(lang, head, monkeypatch, capsys):
    """`explain RULE --history` shows it in both languages, with a plan and without."""
    monkeypatch.chdir(ROOT)
    plan = "facts/34545-jinsekikogen.yaml"
    day = ("--as-of", "2026-11-20", "--lang", lang, "--engine", "interpreter")
    assert main(["explain", "STD-02", "--history", *day]) == 0
    alone = capsys.readouterr().out
    assert head in alone
    assert main(["explain", "STD-02", plan, "--history", *day]) == 0
    assert alone in capsys.readouterr().out
    assert main(["explain", "STD-02", "--history", "--format", "json", *day]) == 0
    assert json.loads(capsys.readouterr().out)["history"]["as_of"] == "2026-11-20"
    assert main(["explain", "SEC-10", "--history", "--as-of", "2026-06-25", "--lang", lang]) == 2


# What begins on 1 July 2027


def test_nothing_of_the_ordinance_before_it_was_promulgated():
    """On the eve neither the rule nor its days are known; on the day they are, not in force."""
    eve, day = (judged("nakanojo", each) for each in (EVE, ANNOUNCED))
    assert "SEC-10" not in {rule.id for rule in (*eve.lawbook.rules, *eve.not_in_force)}
    assert "SEC-10" in {rule.id for rule in day.not_in_force}


def test_the_day_before_and_the_day():
    """On 30 June 2027 training and audit are recommended; from the next day they are a duty."""
    before, after = (
        {finding.rule.id for finding in judged("nakanojo", day).findings} for day in (BEFORE, FIRST)
    )
    assert {"SEC-04", "SEC-07"} <= before
    assert "SEC-10" not in before
    assert "SEC-10" in after
    assert {"SEC-04", "SEC-07"}.isdisjoint(after)


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("{status: in-place}", Outcome.PASS),
        ("{status: none}", Outcome.FAIL),
        ("{status: none, applies: yes}", Outcome.FAIL),
        ("{status: none, applies: no}", Outcome.NOT_APPLICABLE),
        ("{status: planned, since: 2028-03-31}", Outcome.FAIL),
        ("{}", Outcome.UNKNOWN),
    ],
)
def test_the_duty_and_its_exception(said, outcome):
    """The measures must be in place, except in bodies that the ordinance leaves out."""
    plan = plan_file(f"provisions: {{{HUMAN}: {said}}}", recorded=FIRST.isoformat())
    found = of(found_of(plan, FIRST), "SEC-10", HUMAN)
    assert (found.outcome, found.due and found.due.latest) == (outcome, FIRST)


def test_texts_tell_the_transitional_provision():
    """What the rule says names the systems and contracts that existed on the day."""
    (rule,) = [rule for rule in RULES if rule.id == "SEC-12"]
    assert "施行時に現存する情報システム等と業務委託は従前の例による" in rule.message.ja
    assert (
        "systems and contracts that existed on that day follow the former rules" in rule.message.en
    )
    assert (rule.strength, rule.source.kind) == ("statute", "ministerial-ordinance")
