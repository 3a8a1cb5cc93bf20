"""Examples of a rule: what is wrong is refused with its place, and so is what does not come out."""

from __future__ import annotations

import pytest

from tests.helpers.lawbooks import FILE, broken, refused

# What is replaced in the good ruleset, by what, where the fault is, and what is said of it.
WRONG = [
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
        "{expect: unknown, fact: {}}",
        "{expect: waived, fact: {}}",
        "38:18: rules[0].examples[3].expect",
        "「waived」は使えません。使えるのは: pass、fail、unknown、not_applicable。",
        ('"waived" is not one of the values. Known here: pass, fail, unknown, not_applicable.'),
        id="no outcome of an example",
    ),
    pytest.param(
        "fact: {status: migrated, done_on: 2026-03-31}}",
        "fact: {status: migrated, done: 2026-03-31}}",
        "35:49: rules[0].examples[0].fact.done",
        "「done」という属性はありません。もしかして: done_on",
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
            "「done」という値はありません。使えるのは: migrated、in-progress、planned、"
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
        "on: 2021-04-01}",
        "on: 2020-03-31}",
        "19:5: rules[0]",
        "パラメータ deadline は 2020-03-31 の値がありません。",
        "The parameter deadline has no value on 2020-03-31.",
        id="no value on the day of an example",
    ),
]


@pytest.mark.parametrize(("old", "new", "place", "ja", "en"), WRONG)
def test_an_example_is_refused(tmp_path, old, new, place, ja, en):
    """An example that is wrong in one way is refused with just that, at its place."""
    expected = (f"{FILE}:{place}: {ja}", f"{FILE}:{place}: {en}")
    assert refused(tmp_path, broken(old, new)) == [expected]
