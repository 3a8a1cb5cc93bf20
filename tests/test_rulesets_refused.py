"""What a ruleset says of itself and its parameters: what is wrong is refused with its place."""

from __future__ import annotations

import pytest

from tests.helpers.lawbooks import FILE, broken, refused

# What is replaced in the good ruleset, by what, where the fault is, and what is said of it.
WRONG = [
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
    *(
        pytest.param(
            f"known_until: {known}",
            f"known_until: {said}",
            "5:14: known_until",
            f"「{said}」は法令や一覧の日ではありません(1868-01-01から2199-12-31まで)。"
            "終わりが決まっていないなら、書かないでください。",
            f'"{said}" is no day of a law or a list (they are from 1868-01-01 to 2199-12-31). '
            "Leave out an end that is not fixed.",
            id=f"a day {said}",
        )
        for known, said in [("2026-09-30", "9999-12-31"), ("2026-09-30", "0001-01-01")]
    ),
    pytest.param(
        "kind: guideline, verified: primary}",
        "kind: guideline, verified: primary, url: 'javascript:alert(1)'}",
        "8:80: sources.guide.url",
        "これはウェブのアドレスではありません。https:// で始めてください。",
        "This is no address of the web. Begin it with https://.",
        id="an address that runs something",
    ),
    pytest.param(
        "{level: national}",
        "{level: village}",
        "4:23: jurisdiction.level",
        "「village」は使えません。使えるのは: national、prefecture。",
        '"village" is not one of the values. Known here: national, prefecture.',
        id="no level",
    ),
    pytest.param(
        "{level: national}",
        '{level: national, code: "34"}',
        "4:33: jurisdiction.code",
        "code は都道府県の点検項目にだけ書き、そこでは必須です。",
        "code belongs to rulesets of a prefecture, and only there.",
        id="a national ruleset with a prefecture",
    ),
    pytest.param(
        "{level: national}",
        "{level: prefecture}",
        "4:15: jurisdiction.code",
        "code は都道府県の点検項目にだけ書き、そこでは必須です。",
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
        "kind: law, verified: primary, ",
        "kind: law, verified: primary, document: acct, ",
        "7:65: sources.act.document",
        "「acct」という文書はありません。",
        'There is no document "acct".',
        id="a source that is no document known",
    ),
    pytest.param(
        "value: 3, source: act",
        "value: 3, source: akt",
        "16:63: parameters.limit.values[0].source",
        "「akt」という典拠はありません。もしかして: act",
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
        f"value: {'9' * 5000},",
        "16:53: parameters.limit.values[0].value",
        "整数を書いてください。",
        "A whole number is expected.",
        id="a number that no machine counts to",
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
        "値の期間が重なるか、順に並んでいません。古い順に並べ、until を付けてください。",
        ("The values overlap, or are not in order. Put the oldest first, each with its until."),
        id="values that overlap",
    ),
    pytest.param(
        "{from: 2023-04-01,",
        "{from: 2020-03-01,",
        "11:3: parameters.deadline",
        "値の期間が重なるか、順に並んでいません。古い順に並べ、until を付けてください。",
        ("The values overlap, or are not in order. Put the oldest first, each with its until."),
        id="values out of order",
    ),
    pytest.param(
        "until: 2023-03-31",
        "until: 2020-03-31",
        "11:3: parameters.deadline",
        "値の期間が重なるか、順に並んでいません。古い順に並べ、until を付けてください。",
        ("The values overlap, or are not in order. Put the oldest first, each with its until."),
        id="a value that ends before it starts",
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
]


@pytest.mark.parametrize(("old", "new", "place", "ja", "en"), WRONG)
def test_refused(tmp_path, old, new, place, ja, en):
    """A ruleset that is wrong in one way is refused with just that, at its place."""
    expected = (f"{FILE}:{place}: {ja}", f"{FILE}:{place}: {en}")
    assert refused(tmp_path, broken(old, new)) == [expected]
