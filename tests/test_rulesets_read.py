"""Reading rulesets: whatever is wrong is refused with its place, and nothing good is."""

from __future__ import annotations

from datetime import date

import jsonschema
import pytest

from dxrules.dates import Dated, Entry, Range
from dxrules.derivation import SILENT, UNKNOWN, VOCABULARY, Code
from dxrules.errors import Place, RulesetError
from dxrules.reference import Source
from dxrules.rules import Outcome, Rule, judge, load_law
from dxrules.rules.condition import All, AnyOf, Leaf, Not, Param
from dxrules.rules.files import ruleset_files
from dxrules.rules.parse import ConditionParser, Faults
from dxrules.rules.rule import Example, InForce
from dxrules.rules.ruleset import constants_on, resolved
from dxrules.rules.schema import ruleset_schema
from dxrules.source import from_text, read
from dxrules.texts import Text, placeholders
from tests.lawbooks import GOOD, ROOT, broken, folder, law, load, prefectural

FILE = "rulesets/national/test.yaml"
OTHER = "rulesets/prefecture/34.yaml"

# What is replaced in the good ruleset, by what, where the fault is, and what is said of it.
WRONG = [
    pytest.param(
        "    strength: recommended\n",
        "    strength: recommended\n    severty: note\n",
        "58:5: rules[2].severty",
        "知らないキーです。 もしかして: severity",
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
        (
            "    examples:\n"
            "      - {expect: pass, fact: {period_end: 2026-09}}\n"
            "      - {expect: fail, fact: {period_end: silent}}\n"
        ),
        "",
        "54:5: rules[2].examples",
        "必須のキーがありません。",
        "This key is required.",
        id="no examples",
    ),
    pytest.param(
        "id: TST-03",
        "id: test-3",
        "54:9: rules[2].id",
        "「test-3」は決まった形(^[A-Z0-9]{2,5}-[0-9]{2}$)ではありません。",
        '"test-3" does not have the form ^[A-Z0-9]{2,5}-[0-9]{2}$.',
        id="an id of another form",
    ),
    pytest.param(
        "strength: statute",
        "strength: law",
        "22:15: rules[0].strength",
        (
            "「law」は使えません。 使えるのは: statute、cabinet、effort、advice、"
            "recommended、consistency。"
        ),
        (
            '"law" is not one of the values. Known here: statute, cabinet, effort, advice, '
            "recommended, consistency."
        ),
        id="no strength",
    ),
    pytest.param(
        "{expect: unknown, fact: {}}",
        "{expect: waived, fact: {}}",
        "38:18: rules[0].examples[3].expect",
        "「waived」は使えません。 使えるのは: pass、fail、unknown、not_applicable。",
        ('"waived" is not one of the values. Known here: pass, fail, unknown, not_applicable.'),
        id="no outcome of an example",
    ),
    pytest.param(
        "known_until: 2026-09-30",
        "known_until: 2026-09",
        "5:14: known_until",
        (
            "「2026-09」は特定の一日ではありません(2026-09-01～2026-09-30)。"
            "2026-09-01か2026-09-30のように一日を書いてください。"
        ),
        (
            '"2026-09" is not one full day (2026-09-01 to 2026-09-30). Write one day, such '
            "as 2026-09-01 or 2026-09-30."
        ),
        id="a month for a day",
    ),
    pytest.param(
        "{level: national}",
        "{level: village}",
        "4:23: jurisdiction.level",
        "「village」は使えません。 使えるのは: national、prefecture。",
        '"village" is not one of the values. Known here: national, prefecture.',
        id="no level",
    ),
    pytest.param(
        "{level: national}",
        '{level: national, code: "34"}',
        "4:33: jurisdiction.code",
        "code は都道府県の規則にだけ書き、そこでは必須です。",
        "code belongs to rulesets of a prefecture, and only there.",
        id="a national ruleset with a prefecture",
    ),
    pytest.param(
        "{level: national}",
        "{level: prefecture}",
        "4:15: jurisdiction.code",
        "code は都道府県の規則にだけ書き、そこでは必須です。",
        "code belongs to rulesets of a prefecture, and only there.",
        id="a prefecture's ruleset without one",
    ),
    pytest.param(
        "{level: national}",
        '{level: prefecture, code: "99"}',
        "4:35: jurisdiction.code",
        "「99」という都道府県はありません。",
        'There is no prefecture "99".',
        id="a prefecture that there is not",
    ),
    pytest.param(
        "value: 3, source: act",
        "value: 3, source: akt",
        "16:63: parameters.limit.values[0].source",
        "「akt」という典拠はありません。 もしかして: act",
        'There is no source "akt". Did you mean act?',
        id="an unresolved source of a value",
    ),
    pytest.param(
        "value: 3,",
        "value: three,",
        "16:53: parameters.limit.values[0].value",
        "整数を書いてください。",
        "A whole number is expected.",
        id="a word for a number",
    ),
    pytest.param(
        "value: 3,",
        "value: [3],",
        "16:53: parameters.limit.values[0].value",
        "整数を書いてください。",
        "A whole number is expected.",
        id="a list for a number",
    ),
    pytest.param(
        "value: 2026-03-31, source",
        "value: 2026-03-32, source",
        "15:28: parameters.deadline.values[1].value",
        "「2026-03-32」の32日はありません。その月の最後の日は2026-03-31です。",
        '"2026-03-32" has a day 32. The last day of that month is 2026-03-31.',
        id="a day that there is not",
    ),
    pytest.param(
        "value: 2026-03-31, source",
        "value: 2026-03-31から, source",
        "15:28: parameters.deadline.values[1].value",
        (
            "「2026-03-31から」は特定の一日ではありません(2026-03-31以降)。"
            "2026-03-31のように一日を書いてください。"
        ),
        (
            '"2026-03-31から" is not one full day (from 2026-03-31). '
            "Write one day, such as 2026-03-31."
        ),
        id="an open date for a parameter",
    ),
    pytest.param(
        "value: 2026-03-31, source",
        "value: 概ね2026-03-31, source",
        "15:28: parameters.deadline.values[1].value",
        (
            "「概ね2026-03-31」は特定の一日ではありません(概ね2026-03-31)。"
            "2026-03-31のように一日を書いてください。"
        ),
        (
            '"概ね2026-03-31" is not one full day (about 2026-03-31). '
            "Write one day, such as 2026-03-31."
        ),
        id="an approximate date for a parameter",
    ),
    pytest.param(
        "until: 2023-03-31",
        "until: 2023-04-01",
        "11:3: parameters.deadline",
        "値の期間が重なるか、順に並んでいません。 古い順に並べ、until を付けてください。",
        ("The values overlap, or are not in order. Put the oldest first, each with its until."),
        id="values that overlap",
    ),
    pytest.param(
        "{from: 2023-04-01,",
        "{from: 2020-03-01,",
        "11:3: parameters.deadline",
        "値の期間が重なるか、順に並んでいません。 古い順に並べ、until を付けてください。",
        ("The values overlap, or are not in order. Put the oldest first, each with its until."),
        id="values out of order",
    ),
    pytest.param(
        "until: 2023-03-31",
        "until: 2020-03-31",
        "11:3: parameters.deadline",
        "値の期間が重なるか、順に並んでいません。 古い順に並べ、until を付けてください。",
        ("The values overlap, or are not in order. Put the oldest first, each with its until."),
        id="a value that ends before it starts",
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
        "「systems」という種類はありません。 もしかして: system",
        'There is no kind "systems". Did you mean system?',
        id="an unknown kind",
    ),
    pytest.param(
        "[family-register, national-pension]}",
        "[family-registry]}",
        "25:5: rules[0].subject",
        "「family-registry」というキーはありません。 もしかして: family-register",
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
        "「akt」という典拠はありません。 もしかして: act",
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
        "典拠が未確認です。 draft: yes を付けてください。",
        "The source is unverified. Mark the rule draft: yes.",
        id="an unverified source without draft",
    ),
    pytest.param(
        "    strength: recommended\n",
        "    strength: recommended\n    severity: note\n",
        "58:5: rules[2].severity",
        (
            "severity は consistency の規則にだけ書き、そこでは必須です。 他では "
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
            "severity は consistency の規則にだけ書き、そこでは必須です。 他では "
            "severity_at_most を使います。"
        ),
        ("severity belongs to consistency rules, and only there. Elsewhere use severity_at_most."),
        id="consistency without severity",
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
        "due: $deadline",
        "due: $dead-line",
        "31:5: rules[0].due",
        "「$dead-line」という日付のパラメータはありません。 もしかして: $deadline",
        'There is no date parameter "$dead-line". Did you mean $deadline?',
        id="an unknown parameter for due",
    ),
    pytest.param(
        "due: $deadline",
        "due: $limit",
        "31:5: rules[0].due",
        "「$limit」という日付のパラメータはありません。 使えるのは: $deadline。",
        'There is no date parameter "$limit". Known here: $deadline.',
        id="a number for due",
    ),
    pytest.param(
        "due: period_end",
        "due: period_ned",
        "62:5: rules[2].due",
        "「period_ned」という日付の属性はありません。 もしかして: period_end",
        'There is no date attribute "period_ned". Did you mean period_end?',
        id="an unknown attribute for due",
    ),
    pytest.param(
        "「{label}」は{due}",
        "「{lable}」は{due}",
        "32:15: rules[0].message.ja",
        "「lable」という属性はありません。 もしかして: label",
        'There is no attribute "lable". Did you mean label?',
        id="an unknown placeholder in Japanese",
    ),
    pytest.param(
        "{label} was not",
        "{lable} was not",
        "32:48: rules[0].message.en",
        "「lable」という属性はありません。 もしかして: label",
        'There is no attribute "lable". Did you mean label?',
        id="an unknown placeholder in English",
    ),
    pytest.param(
        "「{label}」は{due}",
        "「{label}」は{due",
        "32:15: rules[0].message.ja",
        "波かっこは message の {属性} にだけ使えます。",
        "Braces are for an {attribute} of a message alone.",
        id="an open brace",
    ),
    pytest.param(
        "「{label}」は{due}",
        "「{label!r}」は{due}",
        "32:15: rules[0].message.ja",
        "波かっこは message の {属性} にだけ使えます。",
        "Braces are for an {attribute} of a message alone.",
        id="a conversion in braces",
    ),
    pytest.param(
        "remedy: {ja: 移行する,",
        'remedy: {ja: "{label}を移行する",',
        "33:14: rules[0].remedy.ja",
        "波かっこは message の {属性} にだけ使えます。",
        "Braces are for an {attribute} of a message alone.",
        id="a placeholder in a remedy",
    ),
    pytest.param(
        "require: {period_end: {known: yes}}",
        "require: {}",
        "61:5: rules[2].require",
        "条件が空です。 例: {status: {is: in-place}}",
        "The condition is empty. For example {status: {is: in-place}}.",
        id="an empty condition",
    ),
    pytest.param(
        "require: {period_end: {known: yes}}",
        "require: {not: yes}",
        "61:15: rules[2].require.not",
        "条件が空です。 例: {status: {is: in-place}}",
        "The condition is empty. For example {status: {is: in-place}}.",
        id="not without a condition",
    ),
    pytest.param(
        "require: {period_end: {known: yes}}",
        "require: {all: {period_end: {known: yes}}}",
        "61:15: rules[2].require.all",
        "条件の並びを書いてください。",
        "A list of conditions is expected.",
        id="all without a list",
    ),
    pytest.param(
        "require: {period_end: {known: yes}}",
        "require: {any: []}",
        "61:15: rules[2].require.any",
        "条件の並びを書いてください。",
        "A list of conditions is expected.",
        id="any of nothing",
    ),
    pytest.param(
        "applies: {status: {",
        "applies: {statut: {",
        "26:15: rules[0].applies.statut",
        "「statut」という属性はありません。 もしかして: status",
        'There is no attribute "statut". Did you mean status?',
        id="an unknown attribute",
    ),
    pytest.param(
        "applies: {status: {is_not: excluded}}",
        "applies: {status: excluded}",
        "26:15: rules[0].applies.status",
        "演算子と値を書いてください。 使えるのは: is、is_not、in、not_in、known。",
        "An operator with its value is expected. Known here: is, is_not, in, not_in, known.",
        id="no operator",
    ),
    pytest.param(
        "{is_not: excluded}",
        "{by: 2026-03-31}",
        "26:24: rules[0].applies.status.by",
        "「by」という演算子はありません。 使えるのは: is、is_not、in、not_in、known。",
        'There is no operator "by". Known here: is, is_not, in, not_in, known.',
        id="an operator that does not fit the type",
    ),
    pytest.param(
        "{is_not: excluded}",
        "{isnt: excluded}",
        "26:24: rules[0].applies.status.isnt",
        "「isnt」という演算子はありません。 もしかして: is_not",
        'There is no operator "isnt". Did you mean is_not?',
        id="an unknown operator",
    ),
    pytest.param(
        "{is_not: excluded}",
        "{is_not: exclude}",
        "26:24: rules[0].applies.status.is_not",
        "「exclude」という値はありません。 もしかして: excluded",
        'There is no value "exclude". Did you mean excluded?',
        id="a value outside the enumeration",
    ),
    pytest.param(
        "{in: $accepted}",
        "{in: [transition-support, transition-help]}",
        "30:23: rules[0].require.any[1].exception.in",
        "「transition-help」という値はありません。 もしかして: transition-support",
        'There is no value "transition-help". Did you mean transition-support?',
        id="one such value in a list",
    ),
    pytest.param(
        "{by: $deadline}",
        "{by: $deadlin}",
        "29:21: rules[0].require.any[0].done_on.by",
        "「deadlin」というパラメータはありません。 もしかして: deadline",
        'There is no parameter "deadlin". Did you mean deadline?',
        id="an unresolved parameter",
    ),
    pytest.param(
        "{by: $deadline}",
        "{by: $limit}",
        "29:21: rules[0].require.any[0].done_on.by",
        "$limit の型は number で、ここに合いません。",
        "$limit is of type number, which does not fit here.",
        id="a parameter of another type",
    ),
    pytest.param(
        "{in: $accepted}",
        "{is: $accepted}",
        "30:23: rules[0].require.any[1].exception.is",
        "$accepted の型は codes で、ここに合いません。",
        "$accepted is of type codes, which does not fit here.",
        id="codes where one is compared",
    ),
    pytest.param(
        "{in: $accepted}",
        "{in: $deadline}",
        "30:23: rules[0].require.any[1].exception.in",
        "$deadline の型は date で、ここに合いません。",
        "$deadline is of type date, which does not fit here.",
        id="a date where codes are listed",
    ),
    pytest.param(
        "value: [transition-support]",
        "value: [transition-help]",
        "30:23: rules[0].require.any[1].exception.in",
        "「transition-help」という値はありません。 もしかして: transition-support",
        'There is no value "transition-help". Did you mean transition-support?',
        id="a parameter outside the enumeration",
    ),
    pytest.param(
        "{known: yes}",
        "{known: $deadline}",
        "61:28: rules[2].require.period_end.known",
        "「$deadline」という真偽値はありません。 使えるのは: yes、no。",
        'There is no truth value "$deadline". Known here: yes, no.',
        id="known with a parameter",
    ),
    pytest.param(
        "{known: yes}",
        "{known: maybe}",
        "61:28: rules[2].require.period_end.known",
        "「maybe」という真偽値はありません。 使えるのは: yes、no。",
        'There is no truth value "maybe". Known here: yes, no.',
        id="known with another word",
    ),
    pytest.param(
        "{known: yes}",
        "{known: [yes]}",
        "61:28: rules[2].require.period_end.known",
        "「['yes']」という真偽値はありません。 もしかして: yes",
        "There is no truth value \"['yes']\". Did you mean yes?",
        id="known with a list",
    ),
    pytest.param(
        "{by: $deadline}",
        "{by: 2026-13}",
        "29:21: rules[0].require.any[0].done_on.by",
        "「2026-13」の13月はありません。その年の最後の月は2026年12月です。",
        '"2026-13" has a month 13. The last month of that year is 2026年12月.',
        id="a month that there is not",
    ),
    pytest.param(
        "{by: $deadline}",
        "{by: 2026-03-31から}",
        "29:21: rules[0].require.any[0].done_on.by",
        (
            "「2026-03-31から」は特定の一日ではありません(2026-03-31以降)。"
            "2026-03-31のように一日を書いてください。"
        ),
        (
            '"2026-03-31から" is not one full day (from 2026-03-31). '
            "Write one day, such as 2026-03-31."
        ),
        id="an open date",
    ),
    pytest.param(
        "{by: $deadline}",
        "{by: 概ね2026-03-31}",
        "29:21: rules[0].require.any[0].done_on.by",
        (
            "「概ね2026-03-31」は特定の一日ではありません(概ね2026-03-31)。"
            "2026-03-31のように一日を書いてください。"
        ),
        (
            '"概ね2026-03-31" is not one full day (about 2026-03-31). '
            "Write one day, such as 2026-03-31."
        ),
        id="an approximate date",
    ),
    pytest.param(
        "{at_most: $limit}",
        "{at_most: some}",
        "47:24: rules[1].require.cycles.at_most",
        "整数を書いてください。",
        "A whole number is expected.",
        id="a word where a number is compared",
    ),
    pytest.param(
        "fact: {status: migrated, done_on: 2026-03-31}}",
        "fact: {status: migrated, done: 2026-03-31}}",
        "35:49: rules[0].examples[0].fact.done",
        "「done」という属性はありません。 もしかして: done_on",
        'There is no attribute "done". Did you mean done_on?',
        id="an unknown attribute in an example",
    ),
    pytest.param(
        "fact: {status: migrated, done_on: 2026-03-31}}",
        "fact: {status: migrated, done_on: 2026-02-30}}",
        "35:49: rules[0].examples[0].fact.done_on",
        "「2026-02-30」の30日はありません。その月の最後の日は2026-02-28です。",
        '"2026-02-30" has a day 30. The last day of that month is 2026-02-28.',
        id="no date in an example",
    ),
    pytest.param(
        "fact: {status: migrated, done_on: 2026-03-31}}",
        "fact: {status: done, done_on: 2026-03-31}}",
        "35:31: rules[0].examples[0].fact.status",
        (
            "「done」という値はありません。 使えるのは: migrated、in-progress、planned、"
            "not-migrated、excluded。"
        ),
        (
            'There is no value "done". Known here: migrated, in-progress, planned, '
            "not-migrated, excluded."
        ),
        id="a value outside the enumeration in an example",
    ),
    pytest.param(
        "{cycles: 4}",
        "{cycles: four}",
        "53:31: rules[1].examples[1].fact.cycles",
        "整数を書いてください。",
        "A whole number is expected.",
        id="a word for a number in an example",
    ),
    pytest.param(
        "{cycles: 0..3}",
        "{cycles: 3..0}",
        "52:31: rules[1].examples[0].fact.cycles",
        "範囲の端が逆です。",
        "The range ends before it starts.",
        id="a range in reverse",
    ),
    pytest.param(
        "      - {expect: unknown, fact: {}}\n",
        "",
        "34:5: rules[0].examples",
        "例が足りません: unknown。",
        "Examples are missing: unknown.",
        id="no unknown example of a rule about the town",
    ),
    pytest.param(
        "      - {expect: fail, fact: {period_end: silent}}\n",
        "",
        "66:5: rules[2].examples",
        "例が足りません: fail。",
        "Examples are missing: fail.",
        id="no failing example",
    ),
    pytest.param(
        "fact: {cycles: 4}",
        "fact: {cycles: 3}",
        "53:9: rules[1].examples[1]",
        "fail のはずが pass です(2026-09-30 の値による。決め手は {cycles: {at_most: 3}})。",
        "fail was expected, pass came out (by the values of 2026-09-30, for "
        "{cycles: {at_most: 3}}).",
        id="an example that does not come out",
    ),
    pytest.param(
        "{status: migrated, done_on: 2025-03-31}, on: 2021-04-01}",
        "{status: migrated, done_on: 2026-03-31, exception: none}, on: 2021-04-01}",
        "36:9: rules[0].examples[1]",
        "pass のはずが fail です(2021-04-01 の値による。決め手は {done_on: {by: 2025-03-31}}, "
        "{exception: {in: [transition-support]}})。",
        "pass was expected, fail came out (by the values of 2021-04-01, for "
        "{done_on: {by: 2025-03-31}}, {exception: {in: [transition-support]}}).",
        id="an example that does not on its day",
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
        "町についての規則が、何も書かれていない計画を不適合にします。",
        "A rule about the town fails a plan that says nothing.",
        id="a rule about the town that fails silence",
    ),
    pytest.param(
        "{from: 2020-04-01, value: 3,",
        "{from: 2020-04-02, value: 3,",
        "39:5: rules[1]",
        "パラメータ limit は 2020-04-01 の値がありません。",
        "The parameter limit has no value on 2020-04-01.",
        id="a parameter later than the rule",
    ),
    pytest.param(
        "{from: 2023-04-01, value: 2026-03-31",
        "{from: 2023-04-02, value: 2026-03-31",
        "19:5: rules[0]",
        "パラメータ deadline は 2023-04-01 の値がありません。",
        "The parameter deadline has no value on 2023-04-01.",
        id="a gap in a parameter",
    ),
    pytest.param(
        "on: 2021-04-01}",
        "on: 2020-03-31}",
        "19:5: rules[0]",
        "パラメータ deadline は 2020-03-31 の値がありません。",
        "The parameter deadline has no value on 2020-03-31.",
        id="no value on the day of an example",
    ),
    pytest.param(
        "formerly: [OLD-03]",
        "formerly: [TST-01]",
        "65:16: rules[2].formerly[0]",
        "TST-01 は rulesets/national/test.yaml:19:9 にもあります。 id は再利用できません。",
        "TST-01 stands at rulesets/national/test.yaml:19:9, too. Ids are never reused.",
        id="an id reused through formerly",
    ),
    pytest.param(
        "unless_failed: TST-03",
        "unless_failed: TST-04",
        "48:5: rules[1].unless_failed",
        "同じ種類の対象の規則 TST-04 がありません。",
        "There is no rule TST-04 on the same kind of subject.",
        id="unless_failed to nothing",
    ),
    pytest.param(
        "unless_failed: TST-03",
        "unless_failed: TST-01",
        "48:5: rules[1].unless_failed",
        "同じ種類の対象の規則 TST-01 がありません。",
        "There is no rule TST-01 on the same kind of subject.",
        id="unless_failed to another kind",
    ),
    pytest.param(
        "unless_failed: TST-03",
        "unless_failed: OLD-03",
        "48:5: rules[1].unless_failed",
        "同じ種類の対象の規則 OLD-03 がありません。",
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
        "「TST-33」という規則はありません。 もしかして: TST-03",
        'There is no rule "TST-33". Did you mean TST-03?',
        id="refines nothing",
    ),
    pytest.param(
        "unless_failed: TST-03",
        "refines: TST-01",
        "48:5: rules[1].refines",
        (
            "TST-01 と TST-02 に、共通の対象がありません。"
            " 同じ種類で、キーの重なる規則を挙げてください。"
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
    pytest.param(
        "act: {title: {ja: 法律, en: Act}, kind: law, verified: primary}",
        "act: {title: {ja: 法律, en: Act}, kind: law, verified: primary, document: acct}",
        "7:65: sources.act.document",
        "「acct」という文書はありません。",
        'There is no document "acct".',
        id="a source that is no document known",
    ),
    pytest.param(
        "id: TST-02",
        "id: TST-01",
        "39:5: rules[1].id",
        "TST-01 は rulesets/national/test.yaml:19:9 にもあります。 id は再利用できません。",
        "TST-01 stands at rulesets/national/test.yaml:19:9, too. Ids are never reused.",
        id="an id that stands twice",
    ),
]


@pytest.mark.parametrize(("old", "new", "place", "ja", "en"), WRONG)
def test_refused(tmp_path, old, new, place, ja, en):
    """A ruleset that is wrong in one way is refused with just that, at its place."""
    with pytest.raises(RulesetError) as caught:
        load(tmp_path, broken(old, new))
    (problem,) = caught.value.problems
    assert problem.text == Text(f"{FILE}:{place}: {ja}", f"{FILE}:{place}: {en}")


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
    ("change", "refused"),
    [
        (("    severity: note\n", "    severity: warning\n"), True),
        (("    strength: recommended\n", "    strength: recommended\n    draft: yes\n"), True),
        (("    severity: note\n", "    severity: note\n    draft: yes\n"), False),
    ],
    ids=["a lighter root", "a draft", "a draft that steps back"],
)
def test_a_root_weighs_as_much_as_what_it_silences(tmp_path, change, refused):
    """A rule steps back neither before a lighter rule nor before a draft."""
    if not refused:
        assert load(tmp_path, broken(*change))
        return
    with pytest.raises(RulesetError) as caught:
        load(tmp_path, broken(*change))
    (problem,) = caught.value.problems
    assert problem.key == "rules[1].unless_failed"
    assert problem.message.en == (
        "TST-03 is a draft, or less grave than TST-02, whose failures it would hide."
    )


@pytest.mark.parametrize("day", ["2026-03", "令和7年度"])
def test_a_date_that_is_compared_is_one_day(tmp_path, day):
    """A parameter and a condition refuse a month or a year with the same words."""
    said = []
    for old, new in (
        ("value: 2026-03-31, source", f"value: {day}, source"),
        ("{by: $deadline}", f"{{before: {day}}}"),
    ):
        with pytest.raises(RulesetError) as caught:
            load(tmp_path, broken(old, new))
        (problem,) = caught.value.problems
        said.append(problem.message.en)
    assert said[0] == said[1]
    assert "is not one full day" in said[0]
    assert "2026-03-31" in said[0]


@pytest.mark.parametrize(
    "path",
    [
        "stray.yaml",
        "prefecture/34/stray.yaml",
        "national/more/stray.YML",
        "elsewhere/stray.yml",
        "National/stray.yaml",
    ],
)
def test_a_ruleset_in_the_wrong_place(tmp_path, path):
    """A file that is not where rulesets are read from is a fault, and says where it belongs."""
    folder(tmp_path, {"national/test.yaml": GOOD})
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text(prefectural("34", "own"), encoding="utf-8")
    with pytest.raises(RulesetError) as caught:
        load_law(tmp_path)
    assert str(caught.value) == (
        f"rulesets/{path}:1:1: No ruleset is read from here. Put rulesets of the nation right "
        "into national/, those of a prefecture right into prefecture/."
    )


@pytest.mark.parametrize("path", ["prefecture/34.YAML", "prefecture/34.Yml", "national/x.YML"])
def test_endings_in_any_case(tmp_path, path):
    """A ruleset is read whatever the case of its ending; hidden files are not."""
    own = load(tmp_path, **{path: prefectural("34", "own"), "national/.draft.yaml": "x"})
    assert [ruleset.id for ruleset in own.rulesets] == ["national/test", "prefecture/34"]


def test_the_types_of_parameters(tmp_path):
    """A ruleset keeps the type of each parameter beside its values."""
    (ruleset,) = load(tmp_path).rulesets
    assert ruleset.types == {"deadline": "date", "limit": "number", "accepted": "codes"}


def test_every_fault_at_once(tmp_path):
    """All faults of all files are told at once, in the order of their places."""
    text = broken("{by: $deadline}", "{by: $deadlin}", broken("{cycles: 4}", "{cycles: four}"))
    other = broken("known_until: 2026-09-30", "known_until: 2026-09", prefectural("34", "own"))
    with pytest.raises(RulesetError) as caught:
        load(tmp_path, text, **{"prefecture/34.yaml": other})
    assert caught.value.text.en == str(caught.value)
    assert [str(problem.place) for problem in caught.value.problems] == [
        f"{FILE}:29:21",
        f"{FILE}:53:31",
        f"{OTHER}:5:14",
    ]


@pytest.mark.parametrize("link", ["unless_failed", "refines"])
def test_a_file_that_cannot_be_read(link, tmp_path):
    """What another file names may stand in a file that cannot be read: its own fault is enough."""
    own = broken("$accepted", "$accepted-34", prefectural("34", "own"))
    other = broken("    message:", f"    {link}: TST-01\n    message:", own)
    text = broken("known_until: 2026-09-30", "known_until: 2026-09")
    with pytest.raises(RulesetError) as caught:
        load(tmp_path, text, **{"prefecture/34.yaml": other})
    assert [str(problem.place) for problem in caught.value.problems] == [f"{FILE}:5:14"]


def test_one_fault_one_message(tmp_path):
    """A rule that cannot be read is not missing for those that name it."""
    with pytest.raises(RulesetError) as caught:
        load(tmp_path, broken("{period_end: {known: yes}}", "{period_ned: {known: yes}}"))
    assert [problem.key for problem in caught.value.problems] == ["rules[2].require.period_ned"]


def test_no_ruleset(tmp_path):
    """A folder without rulesets is refused, with what belongs there."""
    with pytest.raises(RulesetError) as caught:
        load_law(folder(tmp_path, {}), "mine")
    assert caught.value.text == Text(
        "mine:1:1: 規則のファイルがありません。 "
        "national/ と prefecture/ のあるフォルダを指定してください。",
        "mine:1:1: There is no ruleset here. Name a folder that holds national/ and prefecture/.",
    )


# ---- Several files ----


def refused(root, more):
    """Return what is said of a good national ruleset with more files beside it."""
    with pytest.raises(RulesetError) as caught:
        load(root, **more)
    return [(problem.text.ja, problem.text.en) for problem in caught.value.problems]


def test_a_prefecture_beside_the_nation(tmp_path):
    """A prefecture's ruleset names parameters of the nation and of its own."""
    law = load(tmp_path, **{"prefecture/34.yaml": prefectural("34", "own")})
    assert [(r.id, r.level, r.prefecture) for r in law.rulesets] == [
        ("national/test", "national", None),
        ("prefecture/34", "prefecture", "34"),
    ]


def test_the_nation_names_no_parameter_of_a_prefecture(tmp_path):
    """What holds in one prefecture alone is unknown to the nation and to other prefectures."""
    text = broken("{by: $deadline}", "{by: $own}")
    with pytest.raises(RulesetError) as caught:
        load(tmp_path, text, **{"prefecture/34.yaml": prefectural("34", "own")})
    assert str(caught.value) == (
        f'{FILE}:29:21: rules[0].require.any[0].done_on.by: There is no parameter "own". '
        "Known here: deadline, limit, accepted."
    )


@pytest.mark.parametrize(
    ("text", "place", "ja", "en"),
    [
        (
            prefectural("34", "own", rule="TST-03"),
            "19:5: rules[0].id",
            f"TST-03 は {FILE}:54:9 にもあります。 id は再利用できません。",
            f"TST-03 stands at {FILE}:54:9, too. Ids are never reused.",
        ),
        (
            prefectural("34", "own", rule="OLD-03"),
            "19:5: rules[0].id",
            f"OLD-03 は {FILE}:65:16 にもあります。 id は再利用できません。",
            f"OLD-03 stands at {FILE}:65:16, too. Ids are never reused.",
        ),
        (
            prefectural("34", "own", ruleset="national/test"),
            "2:1: id",
            f"national/test は {FILE}:2:5 にもあります。",
            f"national/test stands at {FILE}:2:5, too.",
        ),
        (
            prefectural("34"),
            "11:3: parameters.deadline",
            "national/test にも同じ名前があります。",
            "national/test has it, too.",
        ),
    ],
    ids=["an id", "a former id", "the id of a ruleset", "a parameter"],
)
def test_names_are_used_once(tmp_path, text, place, ja, en):
    """Ids and parameters are told apart by their names, in whatever file they stand."""
    expected = (f"{OTHER}:{place}: {ja}", f"{OTHER}:{place}: {en}")
    assert refused(tmp_path, {"prefecture/34.yaml": text}) == [expected]


# ---- What is read ----


def test_a_rule_is_read(tmp_path):
    """Everything that stands in the file is in the rule."""
    rule = load(tmp_path).rulesets[0].rules[0]
    assert rule == Rule(
        id="TST-01",
        ruleset="national/test",
        title=Text("移行", "Migration"),
        about="town",
        strength="statute",
        severity="error",
        draft=False,
        source=Source(title=Text("法律", "Act"), kind="law", verified="primary"),
        source_key="act",
        clause=Text("第1条", "第1条"),
        in_force=InForce(date(2020, 4, 1), date(2020, 6, 1)),
        kind="system",
        keys=("family-register", "national-pension"),
        applies=Leaf("status", "is_not", "excluded"),
        require=AnyOf(
            (
                Leaf("done_on", "by", Param("deadline")),
                Leaf("exception", "in", Param("accepted")),
            )
        ),
        unless_failed=None,
        due=Param("deadline"),
        message=Text("「{label}」は{due}までに移行していない", "{label} was not migrated by {due}"),
        remedy=Text("移行する", "Migrate it"),
        place=Place(FILE, 19, 9),
        examples=(
            Example(
                Outcome.PASS,
                {"status": Code("migrated"), "done_on": day_range(2026, 3, 31)},
                Place(FILE, 35, 9),
            ),
            Example(
                Outcome.PASS,
                {"status": Code("migrated"), "done_on": day_range(2025, 3, 31)},
                Place(FILE, 36, 9),
                date(2021, 4, 1),
            ),
            Example(
                Outcome.FAIL,
                {
                    "status": Code("not-migrated"),
                    "done_on": day_range(2026, 4, 1),
                    "exception": Code("none"),
                },
                Place(FILE, 37, 9),
            ),
            Example(Outcome.UNKNOWN, {}, Place(FILE, 38, 9)),
        ),
    )


def day_range(*day):
    """Return a day as the value of an attribute."""
    return Range.point(date(*day).toordinal())


def test_parameters_are_read(tmp_path):
    """Days are read as ordinals, numbers as numbers, codes as tuples, each from its day on."""
    (ruleset,) = load(tmp_path).rulesets
    assert ruleset.parameters == {
        "deadline": Dated(
            (
                Entry(date(2020, 4, 1), date(2025, 3, 31).toordinal(), date(2023, 3, 31)),
                Entry(date(2023, 4, 1), date(2026, 3, 31).toordinal()),
            )
        ),
        "limit": Dated((Entry(date(2020, 4, 1), 3),)),
        "accepted": Dated((Entry(date(2020, 4, 1), ("transition-support",)),)),
    }


@pytest.mark.parametrize(
    ("require", "condition"),
    [
        ("{period_end: {by: 2026-09-30}}", Leaf("period_end", "by", date(2026, 9, 30).toordinal())),
        (
            "{period_end: {before: 令和8年9月1日}}",
            Leaf("period_end", "before", date(2026, 9, 1).toordinal()),
        ),
        ("{period_end: {by: 2026-09}}", None),
        ("{period_end: {after: 令和8年度}}", None),
        ("{period_end: {before: 2026-09}}", None),
        ("{period_end: {from: 令和8年度}}", None),
        ("{status: {in: draft}}", Leaf("status", "in", ("draft",))),
        ("{status: {not_in: [draft]}}", Leaf("status", "not_in", ("draft",))),
        ("{cycles: {at_least: -1}}", Leaf("cycles", "at_least", -1)),
        ("{published: {is: true}}", Leaf("published", "is", operand=True)),
        ("{published: {is_not: no}}", Leaf("published", "is_not", operand=False)),
        ("{title: {known: no}}", None),
        (
            "{cycles: {at_least: 1, at_most: 2}}",
            All((Leaf("cycles", "at_least", 1), Leaf("cycles", "at_most", 2))),
        ),
        (
            "{published: {is: yes}, not: {any: [{status: {is: draft}}, {cycles: {is: 0}}]}}",
            All(
                (
                    Leaf("published", "is", operand=True),
                    Not(AnyOf((Leaf("status", "is", "draft"), Leaf("cycles", "is", 0)))),
                )
            ),
        ),
        (
            "{all: [{author: {known: yes}}, {cycles: {is: 0}}]}",
            All((Leaf("author", "known", operand=True), Leaf("cycles", "is", 0))),
        ),
    ],
)
def test_conditions_are_read(require, condition):
    """Side by side means all; a date is one full day, whatever it is compared by."""
    document = from_text(f"require: {require}", "x.yaml")
    faults = Faults(document)
    parsed = ConditionParser(faults, VOCABULARY["plan"], {}).parse(
        document.data["require"], ("require",)
    )
    assert parsed == condition
    assert bool(faults.found) == (condition is None)


@pytest.mark.parametrize(
    ("attribute", "raw", "value"),
    [
        ("cycles", "3", Range(3, 3)),
        ("cycles", "-1..3", Range(-1, 3)),
        ("period_end", "2026-09", Range(*(date(2026, 9, d).toordinal() for d in (1, 30)))),
        ("published", "no", False),
        ("author", "西川町", Text("西川町", "西川町")),
        ("status", "draft", Code("draft")),
        ("status", "silent", SILENT),
        ("author", "unknown", UNKNOWN),
    ],
)
def test_values_of_examples_are_read(attribute, raw, value):
    """An example states values as facts have them; `silent` and `unknown` are two things."""
    kind = VOCABULARY["plan"]
    parser = ConditionParser(Faults(from_text("{}", "x.yaml")), kind, {})
    assert parser.value(kind.attributes[attribute], raw, ()) == value


# Lines of a rule of recommended strength, a note, and the severity that they give it.
SEVERE = [
    ("strength: effort", "warning"),
    ("strength: cabinet", "error"),
    ("strength: statute", "error"),
    ("strength: advice", "warning"),
    ("strength: recommended", "note"),
    ("strength: statute\n    severity_at_most: warning", "warning"),
    ("strength: recommended\n    severity_at_most: error", "note"),
    ("strength: consistency\n    severity: error", "error"),
    ("strength: consistency\n    severity: error\n    severity_at_most: note", "note"),
    ("strength: statute\n    draft: yes", "note"),
]


@pytest.mark.parametrize(("lines", "severity"), SEVERE)
def test_severity(tmp_path, lines, severity):
    """Severity comes from strength; a rule may lower it, never raise it; a draft is a note."""
    text = broken("strength: recommended", lines).replace(
        "source: {ref: guide}", "source: {ref: act}"
    )
    text = broken("    unless_failed: TST-03\n", "", text)
    assert load(tmp_path, text).rulesets[0].rules[2].severity == severity


# ---- The rulesets of this checkout ----

# The rules that are never dropped: id, subject, about, strength, severity, and whether a draft.
CATALOGUE = """
    DXP-01 plan            plan recommended note
    DXP-02 plan            plan consistency note
    DXP-03 plan            plan recommended note
    DXP-04 plan            plan recommended note
    DXP-05 plan            plan recommended note
    DXP-06 plan            plan consistency warning
    DXP-07 plan            plan consistency warning
    DXP-08 plan            plan recommended note
    DXP-10 area            plan advice      warning
    DXP-11 area            plan recommended note
    DXP-12 area            plan recommended note
    DXP-13 area            plan recommended note
    DXP-14 area            plan recommended note    draft
    DXP-15 area            plan recommended note
    ORG-01 provision       town advice      warning
    ORG-02 provision       town recommended note
    ORG-03 provision       town recommended note
    ORG-04 provision       plan advice      warning
    ORG-05 provision       plan recommended note
    ORG-06 provision       plan advice      warning
    ORG-07 provision       town recommended note
    ORG-08 provision       town advice      warning
    ORG-09 measure         plan recommended note
    STD-01 standardization town recommended note
    STD-02 system          town cabinet     error
    STD-03 system          town recommended note
    STD-04 standardization town advice      warning
    STD-05 system          town recommended note
    STD-06 standardization town effort      note
    STD-07 standardization town cabinet     error
    EQR-01 collection      town advice      warning
    EQR-02 collection      town advice      warning
    EQR-03 collection      town advice      warning
    EQR-04 collection      town recommended note
    EQR-05 collection      town statute     note    draft
    EQR-06 area            plan recommended note
    SEC-01 provision       town statute     error
    SEC-02 provision       town statute     error
    SEC-03 provision       town recommended note
    SEC-04 provision       town recommended note
    SEC-05 provision       town recommended note    draft
    SEC-06 provision       town recommended note
    SEC-07 provision       town recommended note
    SEC-08 provision       town recommended note
    SEC-09 provision       town recommended note
    SEC-10 provision       town statute     error
    SEC-11 provision       town statute     error
    AIG-01 provision       town recommended note
    DAT-01 provision       town effort      warning
    DAT-02 plan            town statute     error
    DAT-03 plan            town statute     error
    DAT-04 passage         plan consistency warning
    DAT-05 plan            plan consistency note
    DAT-06 area            town effort      warning
    ONL-01 provision       town effort      warning
    OPN-01 provision       town statute     error
    SCH-01 dependency      plan consistency error
    SCH-02 dependency      plan consistency error
    SCH-03 plan            plan consistency error
    SCH-04 dependency      plan consistency warning
    SCH-05 measure         plan consistency warning
    SCH-06 measure         plan consistency warning
    SCH-07 measure         plan consistency warning
    SCH-08 plan            plan consistency warning
    SCH-09 measure         plan consistency warning
    SCH-10 dependency      plan consistency note
    SCH-11 plan            plan consistency warning
    SCH-12 area            plan consistency note
    KPI-01 indicator       plan consistency note
    KPI-02 indicator       plan consistency warning
    KPI-03 plan            plan consistency note
    KPI-04 plan            plan consistency note
    KPI-05 indicator       plan consistency warning
    KPI-06 indicator       plan consistency warning
    KPI-07 plan            plan consistency warning
    KPI-08 indicator       plan consistency note
    KPI-09 indicator       plan consistency note
    DOC-01 passage         plan consistency warning
    DOC-02 passage         plan consistency error
    DOC-03 passage         plan consistency error
    DOC-04 passage         plan consistency warning
    DOC-05 passage         plan consistency warning
    DOC-06 passage         plan consistency warning
    DOC-07 passage         plan consistency note
    DOC-08 passage         plan consistency note
"""


@pytest.mark.parametrize("line", CATALOGUE.strip().splitlines(), ids=lambda line: line.split()[0])
def test_catalogue(line):
    """No rule of the catalogue is dropped, and none is stronger or weaker than it says."""
    rule_id, kind, about, strength, severity, *draft = line.split()
    (rule,) = [rule for r in law().rulesets for rule in r.rules if rule.id == rule_id]
    assert (rule.kind, rule.about, rule.strength, rule.severity, rule.draft) == (
        kind,
        about,
        strength,
        severity,
        draft == ["draft"],
    )


def test_both_languages_have_the_same_placeholders():
    """Whatever a message shows in one language it shows in the other."""
    rules = [rule for ruleset in law().rulesets for rule in ruleset.rules]
    differing = [
        rule.id
        for rule in rules
        if set(placeholders(rule.message.ja)) != set(placeholders(rule.message.en))
    ]
    assert differing == []


def test_messages_call_no_advice_a_duty():
    """Only what stands in a law is called a duty, only a law's lack a breach."""
    words = ("法的義務", "違反", "違法", "法定期限", "legal duty", "unlawful", "breach", "illegal")
    accused = [
        (rule.id, word)
        for ruleset in law().rulesets
        for rule in ruleset.rules
        for word in words
        if word in rule.message.ja + rule.message.en and rule.strength != "statute"
    ]
    assert accused == []


def test_the_rules_about_the_town_never_fail_silence():
    """A rule about the town is unknown, or passes, of a fact of which nothing is known."""
    nothing = {
        (rule.id, value.silent)
        for ruleset in law().rulesets
        for rule in ruleset.rules
        for value in (SILENT, UNKNOWN)
        if rule.about == "town"
        and judge(resolved(rule, constants_on(law().rulesets, rule.in_force.since)))(
            dict.fromkeys(VOCABULARY[rule.kind].attributes, value)
        )
        is Outcome.FAIL
    }
    assert nothing == set()


# ---- The schema ----


def as_json(node):
    """Return what a reader of JSON would see of a ruleset: yes and no as truths."""
    if isinstance(node, list):
        return [as_json(each) for each in node]
    if isinstance(node, dict):
        return {key: as_json(value) for key, value in node.items()}
    return {"yes": True, "no": False}.get(node, node)


def test_the_schema_accepts_the_rulesets():
    """What loads fits the schema."""
    validator = jsonschema.Draft202012Validator(ruleset_schema())
    for file in ruleset_files(ROOT / "rulesets", "rulesets")[0]:
        errors = list(validator.iter_errors(as_json(read(file).data)))
        assert [(file.name, e.json_path, e.message) for e in errors] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{is_not: excluded}", "{is_not: exclude}"),
        ("{is_not: excluded}", "{isnt: excluded}"),
        ("{status: {is_not: excluded}}", "{statut: {is_not: excluded}}"),
        ("{known: yes}", "{known: maybe}"),
        ("strength: statute", "strength: law"),
        ("remedy: {ja: 移行する, en: Migrate it}", "remedy: {ja: 移行する}"),
    ],
)
def test_the_schema_refuses(old, new):
    """An editor that knows the schema marks what loading would refuse."""
    validator = jsonschema.Draft202012Validator(ruleset_schema())
    assert validator.is_valid(as_json(from_text(GOOD, "x.yaml").data))
    assert not validator.is_valid(as_json(from_text(broken(old, new), "x.yaml").data))
