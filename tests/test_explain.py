"""A rule explained: what it asks, its history, and what it found."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.assessment import assess
from dxrules.assessment.counterfactual import counterfactual
from dxrules.assessment.explain import Explanation, explain
from dxrules.errors import UsageError
from dxrules.report.rules import Explained
from dxrules.report.rules import text as of_rule
from dxrules.report.terminal import Style
from dxrules.texts import Text
from tests.helpers.lawbooks import NOVEMBER, broken, law, load, of, town
from tests.helpers.plans import plan_file
from tests.helpers.printed import printed


def test_a_rule_explained(tmp_path):
    """An explanation holds the rule as written and the values over time of what it names."""
    own = load(tmp_path)
    (ruleset,) = own.rulesets
    assert explain(own, "TST-01") == Explanation(
        ruleset.rules[0],
        ruleset,
        {name: ruleset.parameters[name] for name in ("deadline", "accepted")},
        {"deadline": "date", "accepted": "codes"},
        (),
        {name: ruleset.cited[name] for name in ("deadline", "accepted")},
        subjects=(Text("戸籍", "Family register"), Text("国民年金", "National pension")),
    )
    assert list(explain(own, "TST-01").parameters) == ["deadline", "accepted"]


def test_by_a_former_id(tmp_path):
    """A rule is found by an id that it had formerly, and may name no parameters."""
    explanation = explain(load(tmp_path), "OLD-03")
    assert (explanation.rule.id, explanation.parameters) == ("TST-03", {})


def test_the_day_it_is_due_is_a_parameter(tmp_path):
    """A parameter that only says when a rule is due is explained, too."""
    text = broken("    due: period_end\n", "    due: $deadline\n")
    assert list(explain(load(tmp_path, text), "TST-03").parameters) == ["deadline"]


def test_findings_by_town():
    """With an assessment come the findings of the rule, each with the code of its town."""
    judged = assess([town("koge"), town("nakanojo")], law(), NOVEMBER, engine="interpreter")
    nakanojo, koge = judged.plans
    assert explain(law(), "ORG-06", judged).findings == (
        ("104213", of(nakanojo, "ORG-06")),
        ("406465", of(koge, "ORG-06")),
    )
    systems = explain(law(), "SEC-01", judged).findings
    assert [code for code, _ in systems] == ["104213"] * 3 + ["406465"] * 3


def test_what_makes_a_finding_pass():
    """With each finding comes what makes it pass, and nothing where it is no failure."""
    judged = assess([town("koge"), town("nakanojo")], law(), NOVEMBER, engine="interpreter")
    explanation = explain(law(), "DXP-08", judged)
    nakanojo, koge = explanation.to_pass
    assert nakanojo == counterfactual(of(judged.plans[0], "DXP-08"), NOVEMBER)
    assert koge is None
    shown = printed(of_rule, Explained(explanation, judged.plans[0]), Style("en"))
    assert shown.count("  To pass: state the day on which it was established") == 1
    assert shown.count("To pass") == 1


def test_a_rule_that_does_not_hold_has_no_findings():
    """A rule that is not in force is explained, and found nothing."""
    judged = assess([town("koge")], law(), date(2026, 7, 1), engine="interpreter")
    explanation = explain(law(), "SEC-10", judged)
    assert (explanation.rule.in_force.since, explanation.findings) == (date(2027, 7, 1), ())


@pytest.mark.parametrize(
    ("rule_id", "text"),
    [
        (
            "TST-4",
            Text(
                "「TST-4」という点検項目はありません。もしかして: TST-03、TST-02",
                'There is no rule "TST-4". Did you mean TST-03 or TST-02?',
            ),
        ),
        (
            "x",
            Text(
                "「x」という点検項目はありません。"
                "使えるのは: TST-01、TST-02、TST-03、"
                "WVR-01、WVR-02、WVR-03、WVR-04、WVR-05、WVR-06、ANS-01。",
                'There is no rule "x". '
                "Known here: TST-01, TST-02, TST-03, "
                "WVR-01, WVR-02, WVR-03, WVR-04, WVR-05, WVR-06, ANS-01.",
            ),
        ),
    ],
)
def test_no_such_rule(tmp_path, rule_id, text):
    """A rule that there is not is refused with what may have been meant."""
    with pytest.raises(UsageError) as caught:
        explain(load(tmp_path), rule_id)
    assert caught.value.text == text


def test_no_such_rule_among_many():
    """Where nothing is near and there are many rules, the command that lists them is named."""
    with pytest.raises(UsageError) as caught:
        explain(law(), "何")
    assert caught.value.text == Text(
        "「何」という点検項目はありません。一覧は `dxrules rules list` で見られます。",
        'There is no rule "何". `dxrules rules list` lists them.',
    )


@pytest.mark.parametrize(
    "rule_id", ["WVR-01", "WVR-02", "WVR-03", "WVR-04", "WVR-05", "WVR-06", "ANS-01"]
)
def test_the_rules_about_the_plan_file(rule_id, tmp_path):
    """What the tool itself reports of waivers and answers can be looked up like any rule."""
    line = "{rule: X-1, kind: plan, key: plan, reason: r, authority: a, from: 2026-04-01, until: "
    file = plan_file(f"waivers: [{line}2027-03-31}}]")
    judged = assess([file], load(tmp_path), NOVEMBER, engine="interpreter")
    explanation = explain(law(), rule_id, judged)
    of = {"WVR": "waivers", "ANS": "answers"}[rule_id[:3]]
    assert (explanation.rule.id, explanation.ruleset.id) == (rule_id, of)
    shown = printed(of_rule, Explained(explanation, judged.plans[0]), Style("en"))
    assert ("There is no rule X-1" in shown) == (rule_id == "WVR-04")
    assert (f"No {of[:-1]} comes under this rule" in shown) == (rule_id != "WVR-04")
    assert "requires" not in shown


def test_a_large_number_is_no_date(tmp_path):
    """A parameter is printed by its type: a number of any size stays one."""
    text = broken("value: 3, source: act}]", "value: 800000, source: act}]")
    text = broken("{cycles: 4}", "{cycles: 800001}", text)
    shown = printed(of_rule, Explained(explain(load(tmp_path, text), "TST-02")), Style("en"))
    assert "2020-04-01～: 800000" in shown
    shown = printed(of_rule, Explained(explain(load(tmp_path / "other"), "TST-01")), Style("en"))
    assert "2023-04-01～: 2026-03-31" in shown


def test_values_of_the_law_go_by_what_they_are():
    """A parameter is told in words, where it is compared with and where its values stand."""
    said = printed(of_rule, Explained(explain(law(), "STD-02")), Style("en"))
    named = "“target deadline of the migration (end of FY2025)”"
    assert f"day of the migration is {named} or earlier" in said
    assert f"  {named}:\n    2022-10-07～: 2026-03-31" in said
    assert "$" not in said


def test_what_hangs_on_an_answer():
    """What is undetermined alike tells once which rules its answer settles; if none, nothing."""
    judged = assess([town("koge")], law(), NOVEMBER, engine="interpreter")
    said, alone = (
        printed(of_rule, Explained(explain(law(), rule, judged), judged.plans[0]), Style("ja"))
        for rule in ("SEC-02", "SEC-13")
    )
    hangs = (
        "    この答えに関わる点検項目: SEC-01 サイバーセキュリティを確保するための方針の策定 ×3、"
    )
    assert said.count(hangs) == 1
    assert "要確認 ×3\n" in said
    assert "この答えに関わる点検項目" not in alone
