"""What a rule says: what is wrong is refused with its place."""

from __future__ import annotations

import pytest

from dxrules.errors import RulesetError
from tests.helpers.lawbooks import FILE, broken, load, refused

# What is replaced in the good ruleset, by what, where the fault is, and what is said of it.
WRONG = [
    pytest.param(
        "    strength: recommended\n",
        "    strength: recommended\n    severty: note\n",
        "58:5: rules[2].severty",
        "知らないキーです。もしかして: severity",
        "Unknown key. Did you mean severity?",
        id="a key that no rule has",
    ),
    pytest.param(
        "{ja: 移行する, en: Migrate it}",
        "{ja: 移行する}",
        "33:13: rules[0].remedy.en",
        "必須のキーがありません。",
        "This key is required.",
        id="a language missing",
    ),
    pytest.param(
        "id: TST-03",
        "id: test-3",
        "54:9: rules[2].id",
        (
            "「test-3」は決まった形ではありません。"
            "英大文字・数字2～5字、ハイフン、数字2桁で書いてください(例: STD-08)。"
        ),
        (
            '"test-3" has another form. '
            "Write two to five capital letters or digits, a hyphen and two digits, as in STD-08."
        ),
        id="an id of another form",
    ),
    pytest.param(
        "id: TST-02",
        "id: TST-01",
        "39:5: rules[1].id",
        "TST-01 は rulesets/national/test.yaml:19:9 にもあります。id は再利用できません。",
        "TST-01 stands at rulesets/national/test.yaml:19:9, too. Ids are never reused.",
        id="an id that stands twice",
    ),
    pytest.param(
        "strength: statute",
        "strength: law",
        "22:15: rules[0].strength",
        (
            "「law」は使えません。使えるのは: statute、cabinet、effort、advice、"
            "recommended、yardstick、consistency。"
        ),
        (
            '"law" is not one of the values. Known here: statute, cabinet, effort, advice, '
            "recommended, yardstick, consistency."
        ),
        id="no strength",
    ),
    pytest.param(
        "subject: {system: [family-register, national-pension]}",
        "subject: {system: [family-register], area: [security]}",
        "25:5: rules[0].subject",
        "対象は1種類です。",
        "A rule has one kind of subject.",
        id="two kinds of subject",
    ),
    pytest.param(
        "subject: {system: [family-register, national-pension]}",
        "subject: systems",
        "25:5: rules[0].subject",
        "「systems」という種類はありません。もしかして: system",
        'There is no kind "systems". Did you mean system?',
        id="an unknown kind",
    ),
    pytest.param(
        "[family-register, national-pension]}",
        "[family-registry]}",
        "25:5: rules[0].subject",
        "「family-registry」というキーはありません。もしかして: family-register",
        'There is no key "family-registry". Did you mean family-register?',
        id="an unknown key of the subject",
    ),
    pytest.param(
        "    subject: plan\n    require: {period",
        "    subject: {plan: [plan]}\n    require: {period",
        "60:5: rules[2].subject",
        "「plan」というキーはありません。",
        'There is no key "plan".',
        id="a key where there are none",
    ),
    pytest.param(
        "{ref: act, clause",
        "{ref: akt, clause",
        "23:14: rules[0].source.ref",
        "「akt」という典拠はありません。もしかして: act",
        'There is no source "akt". Did you mean act?',
        id="an unresolved source",
    ),
    pytest.param(
        "    strength: recommended\n",
        "    strength: advice\n",
        "57:5: rules[2].strength",
        "advice は典拠(guideline)が許す強さ(recommended)を超えます。",
        "advice is more than a guideline allows: recommended.",
        id="a strength above its source",
    ),
    pytest.param(
        "    source: {ref: guide}\n    in_force: {announced: 2020-04-01, from: 2020-04-01}",
        "    source: {ref: rumour}\n    in_force: {announced: 2020-04-01, from: 2020-04-01}",
        "58:5: rules[2].source",
        "典拠が未確認です。draft: yes を付けてください。",
        "The source is unverified. Mark the rule draft: yes.",
        id="an unverified source without draft",
    ),
    pytest.param(
        "    strength: recommended\n",
        "    strength: recommended\n    severity: note\n",
        "58:5: rules[2].severity",
        (
            "severity は consistency の点検項目にだけ書き、そこでは必須です。他では "
            "severity_at_most を使います。"
        ),
        ("severity belongs to consistency rules, and only there. Elsewhere use severity_at_most."),
        id="a severity where strength gives it",
    ),
    pytest.param(
        "    severity: note\n",
        "",
        "39:5: rules[1].severity",
        (
            "severity は consistency の点検項目にだけ書き、そこでは必須です。他では "
            "severity_at_most を使います。"
        ),
        ("severity belongs to consistency rules, and only there. Elsewhere use severity_at_most."),
        id="consistency without severity",
    ),
    pytest.param(
        'article: "1"',
        "article: [{path: 1-1, from: 2023-04-01, until: 2023-03-31}]",
        "23:37: rules[0].source.article",
        "1-1 の until(2023-03-31)が from(2023-04-01)より前です。",
        "until (2023-03-31) of 1-1 comes before from (2023-04-01).",
        id="an article whose number ends before it begins",
    ),
    pytest.param(
        "from: 2020-06-01}",
        "from: 2020-03-31}",
        "24:5: rules[0].in_force",
        "from(2020-03-31)が announced(2020-04-01)より前です。",
        "from (2020-03-31) comes before announced (2020-04-01).",
        id="in force before it was announced",
    ),
    pytest.param(
        "until: 2027-03-31}",
        "until: 2020-03-31}",
        "45:5: rules[1].in_force",
        "until(2020-03-31)が from(2020-04-01)より前です。",
        "until (2020-03-31) comes before from (2020-04-01).",
        id="lapsed before it was in force",
    ),
    pytest.param(
        (
            "    applies: {status: {is_not: excluded}}\n"
            "    require:\n"
            "      any:\n"
            "        - done_on: {by: $deadline}\n"
            "        - exception: {in: $accepted}\n"
        ),
        (
            "    require:\n"
            "      status: {known: yes}\n"
            "      any: [{done_on: {by: $deadline}}, {exception: {in: $accepted}}]\n"
        ),
        "26:5: rules[0].require",
        "町についての点検項目が、何も書かれていない計画を不適合にします。",
        "A rule about the town fails a plan that says nothing.",
        id="a rule about the town that fails silence",
    ),
    pytest.param(
        "due: $deadline",
        "due: $dead-line",
        "31:5: rules[0].due",
        "「$dead-line」という日付のパラメータはありません。もしかして: $deadline",
        'There is no date parameter "$dead-line". Did you mean $deadline?',
        id="an unknown parameter for due",
    ),
    pytest.param(
        "due: $deadline",
        "due: $limit",
        "31:5: rules[0].due",
        "「$limit」という日付のパラメータはありません。使えるのは: $deadline。",
        'There is no date parameter "$limit". Known here: $deadline.',
        id="a number for due",
    ),
    pytest.param(
        "due: period_end",
        "due: period_ned",
        "62:5: rules[2].due",
        "「period_ned」という日付の属性はありません。もしかして: period_end",
        'There is no date attribute "period_ned". Did you mean period_end?',
        id="an unknown attribute for due",
    ),
    pytest.param(
        "「{label}」は{due}",
        "「{lable}」は{due}",
        "32:15: rules[0].message.ja",
        "「lable」という属性はありません。もしかして: label",
        'There is no attribute "lable". Did you mean label?',
        id="an unknown placeholder in Japanese",
    ),
    pytest.param(
        "{label} was not",
        "{lable} was not",
        "32:48: rules[0].message.en",
        "「lable」という属性はありません。もしかして: label",
        'There is no attribute "lable". Did you mean label?',
        id="an unknown placeholder in English",
    ),
    pytest.param(
        "「{label}」は{due}",
        "「{label}」は{due",
        "32:15: rules[0].message.ja",
        "波かっこは message の {属性}、question の {label}・{due} と、{town} にだけ使えます。",
        "Braces are for {town}, for an {attribute} of a message, and for {label} and {due} of a "
        "question.",
        id="an open brace",
    ),
    pytest.param(
        "「{label}」は{due}",
        "「{label!r}」は{due}",
        "32:15: rules[0].message.ja",
        "波かっこは message の {属性}、question の {label}・{due} と、{town} にだけ使えます。",
        "Braces are for {town}, for an {attribute} of a message, and for {label} and {due} of a "
        "question.",
        id="a conversion in braces",
    ),
    pytest.param(
        "remedy: {ja: 移行する,",
        'remedy: {ja: "{label}を移行する",',
        "33:14: rules[0].remedy.ja",
        "波かっこは message の {属性}、question の {label}・{due} と、{town} にだけ使えます。",
        "Braces are for {town}, for an {attribute} of a message, and for {label} and {due} of a "
        "question.",
        id="a placeholder in a remedy",
    ),
    pytest.param(
        "remedy: {ja: 移行する,",
        'question: {ja: "{label}は移行しましたか。", en: "Is it migrated? {status}"}\n'
        "    remedy: {ja: 移行する,",
        "33:40: rules[0].question.en",
        "「status」という属性はありません。使えるのは: due、label、town。",
        'There is no attribute "status". Known here: due, label, town.',
        id="an attribute in a question",
    ),
    pytest.param(
        "formerly: [OLD-03]",
        "formerly: [TST-01]",
        "65:16: rules[2].formerly[0]",
        "TST-01 は rulesets/national/test.yaml:19:9 にもあります。id は再利用できません。",
        "TST-01 stands at rulesets/national/test.yaml:19:9, too. Ids are never reused.",
        id="an id reused through formerly",
    ),
    pytest.param(
        "unless_failed: TST-03",
        "unless_failed: TST-04",
        "48:5: rules[1].unless_failed",
        "同じ種類の対象の点検項目 TST-04 がありません。",
        "There is no rule TST-04 on the same kind of subject.",
        id="unless_failed to nothing",
    ),
    pytest.param(
        "unless_failed: TST-03",
        "unless_failed: TST-01",
        "48:5: rules[1].unless_failed",
        "同じ種類の対象の点検項目 TST-01 がありません。",
        "There is no rule TST-01 on the same kind of subject.",
        id="unless_failed to another kind",
    ),
    pytest.param(
        "unless_failed: TST-03",
        "unless_failed: OLD-03",
        "48:5: rules[1].unless_failed",
        "同じ種類の対象の点検項目 OLD-03 がありません。",
        "There is no rule OLD-03 on the same kind of subject.",
        id="unless_failed to a former id",
    ),
    pytest.param(
        "unless_failed: TST-03",
        "unless_failed: TST-02",
        "48:5: rules[1].unless_failed",
        "TST-02 をたどると TST-02 自身に戻り、どれも不適合になりません。",
        "TST-02 leads back to TST-02 itself, so that none would ever fail.",
        id="unless_failed to itself",
    ),
    pytest.param(
        "unless_failed: TST-03",
        "refines: TST-33",
        "48:5: rules[1].refines",
        "「TST-33」という点検項目はありません。もしかして: TST-03",
        'There is no rule "TST-33". Did you mean TST-03?',
        id="refines nothing",
    ),
    pytest.param(
        "unless_failed: TST-03",
        "refines: TST-01",
        "48:5: rules[1].refines",
        (
            "TST-01 と TST-02 に、共通の対象がありません。"
            "同じ種類で、キーの重なる点検項目を挙げてください。"
        ),
        (
            "TST-01 and TST-02 have no subject in common."
            " Name a rule on the same kind, and on one of the same keys."
        ),
        id="refines a rule on another kind",
    ),
    pytest.param(
        "unless_failed: TST-03",
        "refines: TST-02",
        "48:5: rules[1].refines",
        "TST-02 をたどると TST-02 自身に戻ります。",
        "TST-02 leads back to TST-02 itself.",
        id="refines itself",
    ),
]


@pytest.mark.parametrize(("old", "new", "place", "ja", "en"), WRONG)
def test_a_rule_is_refused(tmp_path, old, new, place, ja, en):
    """A rule that is wrong in one way is refused with just that, at its place."""
    expected = (f"{FILE}:{place}: {ja}", f"{FILE}:{place}: {en}")
    assert refused(tmp_path, broken(old, new)) == [expected]


def test_a_circle_is_refused(tmp_path):
    """Rules that step back before each other would never fail, so both are refused."""
    text = broken("    due: period_end\n", "    due: period_end\n    unless_failed: TST-02\n")
    with pytest.raises(RulesetError) as caught:
        load(tmp_path, text)
    assert str(caught.value).splitlines() == [
        f"{FILE}:{line}: {root} leads back to {rule} itself, so that none would ever fail."
        for line, root, rule in (
            ("48:5: rules[1].unless_failed", "TST-03", "TST-02"),
            ("63:5: rules[2].unless_failed", "TST-02", "TST-03"),
        )
    ]


@pytest.mark.parametrize(
    ("change", "is_refused"),
    [
        (("    severity: note\n", "    severity: warning\n"), True),
        (("    strength: recommended\n", "    strength: recommended\n    draft: yes\n"), True),
        (("    severity: note\n", "    severity: note\n    draft: yes\n"), False),
    ],
    ids=["a lighter root", "a draft", "a draft that steps back"],
)
def test_a_root_weighs_as_much_as_what_it_silences(tmp_path, change, is_refused):
    """A rule steps back neither before a lighter rule nor before a draft."""
    if not is_refused:
        assert load(tmp_path, broken(*change))
        return
    with pytest.raises(RulesetError) as caught:
        load(tmp_path, broken(*change))
    (problem,) = caught.value.problems
    assert problem.key == "rules[1].unless_failed"
    assert problem.message.en == (
        "TST-03 is a draft, or less grave than TST-02, whose failures it would hide."
    )
