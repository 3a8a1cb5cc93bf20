"""The linter on days, sources, parameters and texts of a ruleset, and on its test files."""

from __future__ import annotations

import pytest

from dxrules.errors import RulesetError
from dxrules.keeper.lint import lint
from dxrules.rules import load_law
from tests.helpers.lawbooks import GOOD, broken, folder
from tests.helpers.linted import LEAN, QUESTION, WITH_RUMOUR, says_only

OF_2021 = "      - {expect: pass, fact: {status: migrated, done_on: 2025-03-31}, on: 2021-04-01}\n"


def gap():
    """Return a ruleset with a parameter that has no value for nine months before it is used."""
    text = LEAN
    for old, new in (
        ("until: 2023-03-31, value: 2025", "until: 2022-06-30, value: 2025"),
        ("{announced: 2020-04-01, from: 2020-06-01}", "{announced: 2023-04-01, from: 2023-04-01}"),
        (OF_2021, ""),
    ):
        text = broken(old, new, text)
    return text


RULESETS = {
    "refused": (
        broken("{cycles: 4}", "{cycles: 3}", LEAN),
        """\
        r/national/test.yaml:54:9: error [refused]
          rules[1].examples[1]: fail was expected, pass came out (by the values of 2026-09-30, for
          {cycles: {at_most: 3}}).

        errors: 1
        """,
        """\
        r/national/test.yaml:54:9: 重大 [refused]
          rules[1].examples[1]: fail のはずが pass です(2026-09-30 の値による。決め手は {cycles:
          {at_most: 3}})。

        重大 1件
        """,
    ),
    "value-gap": (
        gap(),
        """\
        r/national/test.yaml:14:10: warning [value-gap]
          deadline has no value from 2022-07-01 to 2023-03-31.
          → Add the value of that time.

        warnings: 1
        """,
        """\
        r/national/test.yaml:14:10: 警告 [value-gap]
          deadline は 2022-07-01 から 2023-03-31 まで値がありません。
          → その間の値を加えてください。

        警告 1件
        """,
    ),
    "unused-source": (
        WITH_RUMOUR,
        """\
        r/national/test.yaml:9:3: warning [unused-source]
          Nothing cites the source rumour.
          → Cite it, or drop it.

        warnings: 1
        """,
        """\
        r/national/test.yaml:9:3: 警告 [unused-source]
          典拠 rumour は、どこからも引かれていません。
          → 引くか、消してください。

        警告 1件
        """,
    ),
    "no-address": (
        broken(", url: https://example.jp/guide", "", LEAN),
        """\
        r/national/test.yaml:8:3: warning [no-address]
          The source guide is verified, but nothing says where (url) it can be read.
          → Write a url that begins with https://, or the law_id of a law.

        warnings: 1
        """,
        """\
        r/national/test.yaml:8:3: 警告 [no-address]
          典拠 guide は確認済みですが、どこで読めるか(url)がありません。
          → https:// で始まる url か、法令なら law_id を書いてください。

        警告 1件
        """,
    ),
    "read-early": (
        broken("url: https", "decided: 2019-05-01, read_on: 2019-04-30, url: https", LEAN),
        """\
        r/national/test.yaml:8:3: warning [read-early]
          The source guide was read (2019-04-30) before it was there (2019-05-01).
          → Correct one of the days.

        warnings: 1
        """,
        """\
        r/national/test.yaml:8:3: 警告 [read-early]
          典拠 guide を読んだ日(2019-04-30)が、その日(2019-05-01)より前です。
          → どちらかの日を直してください。

        警告 1件
        """,
    ),
    "article-days": (
        broken(
            'article: "1"',
            "article: [{path: 1-1, until: 2023-03-31}, {path: 2-1, from: 2023-04-02}]",
            LEAN,
        ),
        """\
        r/national/test.yaml:22:43: warning [article-days]
          1-1 of TST-01 breaks off on 2023-03-31: no other number joins it.
          → Let the next number begin on the day after the until of the former.

        r/national/test.yaml:22:43: warning [article-days]
          2-1 of TST-01 breaks off on 2023-04-02: no other number joins it.
          → Let the next number begin on the day after the until of the former.

        warnings: 2
        """,
        """\
        r/national/test.yaml:22:43: 警告 [article-days]
          TST-01 が引く 1-1 は 2023-03-31 で途切れ、前後の番号とつながりません。
          → 前の番号の until の翌日を、次の番号の from にしてください。

        r/national/test.yaml:22:43: 警告 [article-days]
          TST-01 が引く 2-1 は 2023-04-02 で途切れ、前後の番号とつながりません。
          → 前の番号の until の翌日を、次の番号の from にしてください。

        警告 2件
        """,
    ),
    "unused-parameter": (
        broken(
            "  limit: {",
            "  spare: {type: codes, values: [{from: 2020-04-01, value: [], source: act}]}\n"
            "  limit: {",
            LEAN,
        ),
        """\
        r/national/test.yaml:15:3: warning [unused-parameter]
          No rule names the parameter spare.
          → Name it, or drop it.

        warnings: 1
        """,
        """\
        r/national/test.yaml:15:3: 警告 [unused-parameter]
          パラメータ spare を使う点検項目がありません。
          → 使うか、消してください。

        警告 1件
        """,
    ),
    "beyond-known": (
        broken(
            "{announced: 2020-04-01, from: 2020-04-01, until: 2027-03-31}",
            "{announced: 2026-10-01, from: 2026-10-01, until: 2027-03-31}",
            LEAN,
        ),
        """\
        r/national/test.yaml:45:16: warning [beyond-known]
          The day 2026-10-01 of TST-02 lies beyond this file's known_until (2026-09-30).
          → If everything up to that day was looked up, make it known_until.

        warnings: 1
        """,
        """\
        r/national/test.yaml:45:16: 警告 [beyond-known]
          TST-02 の 2026-10-01 は、このファイルの known_until(2026-09-30)より後です。
          → その日まで調べたなら known_until をその日にしてください。

        警告 1件
        """,
    ),
    "before-source": (
        broken(
            "kind: guideline, verified", "kind: guideline, decided: 2020年4月2日, verified", LEAN
        ),
        """\
        r/national/test.yaml:45:16: warning [before-source]
          The day 2020-04-01 of TST-02 lies before that of its source, Guide (2020年4月2日).
          → Let it begin with its source, or cite one that was there on that day.

        r/national/test.yaml:60:16: warning [before-source]
          The day 2020-04-01 of TST-03 lies before that of its source, Guide (2020年4月2日).
          → Let it begin with its source, or cite one that was there on that day.

        warnings: 2
        """,
        """\
        r/national/test.yaml:45:16: 警告 [before-source]
          TST-02 の 2020-04-01 は、典拠「手引」の日(2020年4月2日)より前です。
          → 典拠の日からとするか、その日に既にあった典拠を挙げてください。

        r/national/test.yaml:60:16: 警告 [before-source]
          TST-03 の 2020-04-01 は、典拠「手引」の日(2020年4月2日)より前です。
          → 典拠の日からとするか、その日に既にあった典拠を挙げてください。

        警告 2件
        """,
    ),
    "one-language": (
        broken(
            "{ja: 期間, en: Period}",
            "{ja: 期間, en: 期間}",
            broken("ja: 期間を書く", "ja: State it", broken("Article 1", "第1条", LEAN)),
        ),
        """\
        r/national/test.yaml:22:32: warning [one-language]
          "第1条" is in Japanese alone.
          → Write the same content in both: {ja: …, en: …}.

        r/national/test.yaml:56:25: warning [one-language]
          "期間" is in Japanese alone.
          → Write the same content in both: {ja: …, en: …}.

        r/national/test.yaml:65:18: warning [one-language]
          "State it" is in English alone.
          → Write the same content in both: {ja: …, en: …}.

        warnings: 3
        """,
        """\
        r/national/test.yaml:22:32: 警告 [one-language]
          「第1条」は日本語だけです。
          → {ja: …, en: …} の両方に、同じ内容を書いてください。

        r/national/test.yaml:56:25: 警告 [one-language]
          「期間」は日本語だけです。
          → {ja: …, en: …} の両方に、同じ内容を書いてください。

        r/national/test.yaml:65:18: 警告 [one-language]
          「State it」は英語だけです。
          → {ja: …, en: …} の両方に、同じ内容を書いてください。

        警告 3件
        """,
    ),
    "placeholders-differ": (
        broken('en: "{cycles} cycles"', "en: There are cycles", LEAN),
        """\
        r/national/test.yaml:49:5: warning [placeholders-differ]
          {cycles} stands in one language of TST-02's message alone.
          → Write it in both.

        warnings: 1
        """,
        """\
        r/national/test.yaml:49:5: 警告 [placeholders-differ]
          TST-02 の message の {cycles} が、一方の言語にしかありません。
          → 両方に書いてください。

        警告 1件
        """,
    ),
    "no-question": (
        LEAN.replace(f"{QUESTION}\n", "", 1),
        """\
        r/national/test.yaml:18:9: error [no-question]
          TST-01 has no question: nobody is told what to look up where it is undetermined.
          → Write what to look up, and where: question: {ja: …, en: …}.

        errors: 1
        """,
        """\
        r/national/test.yaml:18:9: 重大 [no-question]
          TST-01 に question がなく、要確認のときに何を確かめればよいかが示せません。
          → 何をどこで確かめるかを question: {ja: …, en: …} に書いてください。

        重大 1件
        """,
    ),
    "placeholders-differ, of a question": (
        LEAN.replace("en: How is it?", 'en: "How is {label}?"', 1),
        """\
        r/national/test.yaml:33:5: warning [placeholders-differ]
          {label} stands in one language of TST-01's question alone.
          → Write it in both.

        warnings: 1
        """,
        """\
        r/national/test.yaml:33:5: 警告 [placeholders-differ]
          TST-01 の question の {label} が、一方の言語にしかありません。
          → 両方に書いてください。

        警告 1件
        """,
    ),
    "no-due": (
        broken(
            '"{cycles} cycles"',
            '"{due}: {cycles}"',
            broken("循環が{cycles}組", "{due}に{cycles}組", LEAN),
        ),
        """\
        r/national/test.yaml:49:5: error [no-due]
          The message of TST-02 says {due}, but the rule has no due.
          → Add due, or drop {due}.

        errors: 1
        """,
        """\
        r/national/test.yaml:49:5: 重大 [no-due]
          TST-02 の message に {due} がありますが、点検項目に due がありません。
          → due を加えるか、{due} を消してください。

        重大 1件
        """,
    ),
}
"""By what is wrong: the ruleset, and what is said of it in English and in Japanese."""


def test_a_value_before_its_source(tmp_path):
    """A value of a parameter cannot hold before its source was there."""
    text = broken("kind: law, verified", "kind: law, decided: 2021-03-31, verified", LEAN)
    early = lint(folder(tmp_path, {"national/test.yaml": text}), "r")
    assert [
        (r.place.line, r.message.en.partition(" lies")[0])
        for r in early
        if r.check == "before-source"
    ] == [
        (13, "The day 2020-04-01 of $deadline"),
        (15, "The day 2020-04-01 of $limit"),
        (16, "The day 2020-04-01 of $accepted"),
        (23, "The day 2020-04-01 of TST-01"),
    ]


def test_numbers_that_join_each_other(tmp_path):
    """A number that ends on the eve of the next one, or with its rule, is no gap."""
    joined = "article: [{path: 1-1, until: 2023-03-31}, {path: 2-1, from: 2023-04-01}]"
    text = broken('article: "1"', joined, LEAN)
    assert lint(folder(tmp_path, {"national/test.yaml": text})) == ()


@pytest.mark.parametrize("case", RULESETS)
def test_each_check(case, tmp_path):
    """What is amiss is said with its place and the way out; nothing else is."""
    says_only(tmp_path, *RULESETS[case])


def test_what_loading_refuses(tmp_path):
    """What is wrong is told as loading tells it, and nothing else is."""
    wrong = broken("{by: $deadline}", "{by: $deadlin}", broken("{cycles: 4}", "{cycles: 3}", GOOD))
    root = folder(tmp_path, {"national/test.yaml": wrong})
    with pytest.raises(RulesetError) as caught:
        load_law(root, "r")
    (problem,), (remark,) = caught.value.problems, lint(root, "r")
    assert (remark.place, remark.check, remark.severity) == (problem.place, "refused", "error")
    assert (remark.message.ja, remark.hint) == (
        f"{problem.key}: {problem.message.ja}",
        problem.hint,
    )


@pytest.mark.parametrize("decided", ["2020-04-01", "2020-04", "2020年度", "2021年まで"])
def test_a_source_that_may_have_been_there(decided, tmp_path):
    """Where a source may have been decided by the day, nothing is said."""
    text = broken("kind: guideline, ", f"kind: guideline, decided: {decided}, ", LEAN)
    assert lint(folder(tmp_path, {"national/test.yaml": text})) == ()


def test_test_files(tmp_path):
    """What is wrong with a test file is told as `rules test` tells it; whether it passes is not."""
    head = "format: dxrules/test/1\nplan: {}\ncases:\n  - name: a\n    as_of: 2026-05-01\n"
    files = {
        "national/test.yaml": LEAN,
        "tests/fails.yaml": f"{head}    expect: [{{rule: TST-03, outcome: pass}}]\n",
        "tests/key.yaml": f"{head}    expects: [{{rule: TST-03, outcome: fail}}]\n",
        "tests/rule.yaml": f"{head}    expect: [{{rule: TST-09, outcome: fail}}]\n",
    }
    remarks = lint(folder(tmp_path, files), "r")
    assert [(str(r.place), r.check, r.severity, r.message.en) for r in remarks] == [
        ("r/tests/key.yaml:6:5", "refused", "error", "cases[0].expects: Unknown key."),
        (
            "r/tests/rule.yaml:6:15",
            "refused",
            "error",
            'cases[0].expect[0].rule: There is no rule "TST-09".',
        ),
    ]
