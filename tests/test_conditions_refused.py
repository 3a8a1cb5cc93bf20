"""Conditions of a rule: what is wrong is refused with its place."""

from __future__ import annotations

import pytest

from dxrules.errors import RulesetError
from tests.helpers.lawbooks import FILE, broken, load, refused

# What is replaced in the good ruleset, by what, where the fault is, and what is said of it.
WRONG = [
    pytest.param(
        "require: {period_end: {known: yes}}",
        "require: {}",
        "61:5: rules[2].require",
        "条件が空です。例: {status: {is: in-place}}",
        "The condition is empty. For example {status: {is: in-place}}.",
        id="an empty condition",
    ),
    pytest.param(
        "require: {period_end: {known: yes}}",
        "require: {not: yes}",
        "61:15: rules[2].require.not",
        "条件が空です。例: {status: {is: in-place}}",
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
        "「statut」という属性はありません。もしかして: status",
        'There is no attribute "statut". Did you mean status?',
        id="an unknown attribute",
    ),
    pytest.param(
        "applies: {status: {is_not: excluded}}",
        "applies: {status: excluded}",
        "26:15: rules[0].applies.status",
        "演算子と値を書いてください。使えるのは: is、is_not、in、not_in、known。",
        "An operator with its value is expected. Known here: is, is_not, in, not_in, known.",
        id="no operator",
    ),
    pytest.param(
        "{is_not: excluded}",
        "{by: 2026-03-31}",
        "26:24: rules[0].applies.status.by",
        "「by」という演算子はありません。使えるのは: is、is_not、in、not_in、known。",
        'There is no operator "by". Known here: is, is_not, in, not_in, known.',
        id="an operator that does not fit the type",
    ),
    pytest.param(
        "{is_not: excluded}",
        "{isnt: excluded}",
        "26:24: rules[0].applies.status.isnt",
        "「isnt」という演算子はありません。もしかして: is_not",
        'There is no operator "isnt". Did you mean is_not?',
        id="an unknown operator",
    ),
    pytest.param(
        "{is_not: excluded}",
        "{is_not: exclude}",
        "26:24: rules[0].applies.status.is_not",
        "「exclude」という値はありません。もしかして: excluded",
        'There is no value "exclude". Did you mean excluded?',
        id="a value outside the enumeration",
    ),
    pytest.param(
        "{in: $accepted}",
        "{in: [transition-support, transition-help]}",
        "30:23: rules[0].require.any[1].exception.in",
        "「transition-help」という値はありません。もしかして: transition-support",
        'There is no value "transition-help". Did you mean transition-support?',
        id="one such value in a list",
    ),
    pytest.param(
        "{by: $deadline}",
        "{by: $deadlin}",
        "29:21: rules[0].require.any[0].done_on.by",
        "「deadlin」というパラメータはありません。もしかして: deadline",
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
        "「transition-help」という値はありません。もしかして: transition-support",
        'There is no value "transition-help". Did you mean transition-support?',
        id="a parameter outside the enumeration",
    ),
    pytest.param(
        "{known: yes}",
        "{known: $deadline}",
        "61:28: rules[2].require.period_end.known",
        "「$deadline」という真偽値はありません。使えるのは: yes、no。",
        'There is no truth value "$deadline". Known here: yes, no.',
        id="known with a parameter",
    ),
    pytest.param(
        "{known: yes}",
        "{known: maybe}",
        "61:28: rules[2].require.period_end.known",
        "「maybe」という真偽値はありません。使えるのは: yes、no。",
        'There is no truth value "maybe". Known here: yes, no.',
        id="known with another word",
    ),
    pytest.param(
        "{known: yes}",
        "{known: [yes]}",
        "61:28: rules[2].require.period_end.known",
        "「['yes']」という真偽値はありません。使えるのは: yes、no。",
        "There is no truth value \"['yes']\". Known here: yes, no.",
        id="known with a list",
    ),
    pytest.param(
        "{by: $deadline}",
        "{by: 2026-13}",
        "29:21: rules[0].require.any[0].done_on.by",
        "「2026-13」の13月はありません。その年の最後の月は2026-12です。",
        '"2026-13" has a month 13. The last month of that year is 2026-12.',
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
        f"{{at_most: {'9' * 5000}}}",
        "47:24: rules[1].require.cycles.at_most",
        "整数を書いてください。",
        "A whole number is expected.",
        id="a number that no machine counts to",
    ),
    pytest.param(
        "{at_most: $limit}",
        "{at_most: some}",
        "47:24: rules[1].require.cycles.at_most",
        "整数を書いてください。",
        "A whole number is expected.",
        id="a word where a number is compared",
    ),
]


@pytest.mark.parametrize(("old", "new", "place", "ja", "en"), WRONG)
def test_a_condition_is_refused(tmp_path, old, new, place, ja, en):
    """A condition that is wrong in one way is refused with just that, at its place."""
    expected = (f"{FILE}:{place}: {ja}", f"{FILE}:{place}: {en}")
    assert refused(tmp_path, broken(old, new)) == [expected]


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
