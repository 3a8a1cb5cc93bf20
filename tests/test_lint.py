"""The linter: one broken folder for each check, and all that is said of it, in both languages."""

from __future__ import annotations

import json
import shutil
from textwrap import dedent
from typing import get_args

import jsonschema
import pytest

from dxrules.cli import main
from dxrules.derivation import VOCABULARY
from dxrules.errors import RulesetError
from dxrules.keeper.lint import Check, lint
from dxrules.report.lint import render_remarks
from dxrules.report.terminal import Style
from dxrules.rules import load_law
from dxrules.rules.condition import All, Leaf, place_of
from tests.lawbooks import GOOD, ROOT, broken, folder, prefectural
from tests.rule_strategies import PLACE
from tests.small import DATA

REFERENCE = "national/reference"

LEAN = broken(
    "  rumour: {title: {ja: 噂, en: Rumour}, kind: notice, verified: unverified}\n",
    "",
    broken("clause: 第1条", "clause: Article 1", GOOD),
)
"""A good ruleset of which nothing is left over."""

WORDS = {"truth": ("{is: yes, known: yes}", "yes"), "number": ("{at_most: 0}", "0")}
ACCEPTED = "[{from: 2020-04-01, value: [transition-support], source: act}]"
FIRST = "{{from: 2020-04-01, until: 2024-03-31, value: [{}], source: act}}"
LATER = "{from: 2024-04-01, value: [transition-support], source: act}"
OF_2021 = "      - {expect: pass, fact: {status: migrated, done_on: 2025-03-31}, on: 2021-04-01}\n"
RULE = """\
  - id: TST-04
    title: {{ja: 四つめ, en: Fourth}}
    about: plan
    strength: recommended
    source: {{ref: guide}}
    in_force: {{announced: 2020-04-01, from: 2020-04-01}}
    subject: plan
    require: {require}
    message: {{ja: だめ, en: No}}
    remedy: {{ja: 直す, en: Mend it}}
    examples:
      - {{expect: pass, fact: {passes}}}
      - {{expect: fail, fact: {fails}}}
"""


def and_rule(require, passes, fails):
    """Return the good ruleset with a fourth rule."""
    return LEAN + RULE.format(require=require, passes=passes, fails=fails)


def refining(require, passes, fails, strength="recommended"):
    """Return the good ruleset with a fourth rule that refines the third."""
    text = and_rule(require, passes, fails)
    head, tail = text[: text.index("TST-04")], text[text.index("TST-04") :]
    tail = broken("    subject: plan\n", "    subject: plan\n    refines: TST-03\n", tail)
    return head + broken("strength: recommended", f"strength: {strength}", tail)


def excepted(first_years):
    """Return a ruleset of whose first rule other exceptions are accepted in its first years."""
    text = LEAN
    for old, new in (
        ("        - done_on: {by: $deadline}\n", ""),
        (OF_2021, ""),
        ("done_on: 2026-03-31}", "exception: transition-support}"),
        (ACCEPTED, f"[{FIRST.format(first_years)}, {LATER}]"),
    ):
        text = broken(old, new, text)
    return text


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


def too_complex():
    """Return the require of a rule that names more than can be combined, and what passes it."""
    attributes = [a for a in VOCABULARY["plan"].attributes.values() if a.type in WORDS]
    parts = [f"{{{a.name}: {WORDS[a.type][0]}}}" for a in attributes]
    passes = [f"{a.name}: {WORDS[a.type][1]}" for a in attributes]
    return f"{{all: [{', '.join(parts)}]}}", f"{{{', '.join(passes)}}}", "{published: no}"


RULESETS = {
    "refused": (
        broken("{cycles: 4}", "{cycles: 3}", LEAN),
        """\
        r/national/test.yaml:52:9: error [refused]
          rules[1].examples[1]: fail was expected, pass came out (by the values of 2026-09-30, for
          {cycles: {at_most: 3}}).

        errors: 1
        """,
        """\
        r/national/test.yaml:52:9: 重大 [refused]
          rules[1].examples[1]: fail のはずが pass です(2026-09-30 の値による。決め手は {cycles:
          {at_most: 3}})。

        重大 1件
        """,
    ),
    "never-true": (
        and_rule(
            "{any: [{status: {is: draft}}, {cycles: {at_most: -1}}]}",
            "{status: draft}",
            "{status: established, cycles: 0}",
        ),
        """\
        r/national/test.yaml:75:54: warning [never-true]
          The condition {cycles: {at_most: -1}} of TST-04 can never be true.
          → Mend the condition, or drop this part.

        warnings: 1
        """,
        """\
        r/national/test.yaml:75:54: 警告 [never-true]
          TST-04 の条件 {cycles: {at_most: -1}} は、成り立つことがありません。
          → 条件を直すか、この部分を消してください。

        警告 1件
        """,
    ),
    "never-true, of a group": (
        and_rule(
            "{any: [{published: {is: yes}}, {not: {not: {cycles: {at_most: 2, at_least: 3}}}}]}",
            "{published: yes}",
            "{published: no, cycles: 1}",
        ),
        """\
        r/national/test.yaml:75:67: warning [never-true]
          The condition {all: [{cycles: {at_most: 2}}, {cycles: {at_least: 3}}]} of TST-04 can
          never be true.
          → Mend the condition, or drop this part.

        warnings: 1
        """,
        """\
        r/national/test.yaml:75:67: 警告 [never-true]
          TST-04 の条件 {all: [{cycles: {at_most: 2}}, {cycles: {at_least: 3}}]} は、成り立つこと
          がありません。
          → 条件を直すか、この部分を消してください。

        警告 1件
        """,
    ),
    "never-false": (
        broken("applies: {status: {is_not: excluded}}", "applies: {status: {not_in: []}}", LEAN),
        """\
        r/national/test.yaml:25:24: warning [never-false]
          The condition {status: {not_in: []}} of TST-01 can never be false.
          → Mend the condition, or drop this part.

        warnings: 1
        """,
        """\
        r/national/test.yaml:25:24: 警告 [never-false]
          TST-01 の条件 {status: {not_in: []}} は、成り立たないことがありません。
          → 条件を直すか、この部分を消してください。

        警告 1件
        """,
    ),
    "cannot-fail": (
        excepted("none, migration-difficult, transition-support"),
        """\
        r/national/test.yaml:18:9: warning [cannot-fail]
          From 2020-06-01 no fact can fail TST-01.
          → Mend the condition or the parameter, or let it lapse the day before.

        warnings: 1
        """,
        """\
        r/national/test.yaml:18:9: 警告 [cannot-fail]
          TST-01 は 2020-06-01 から、どのような事実も不適合にしません。
          → 条件かパラメータを直すか、その前日で in_force を終えてください。

        警告 1件
        """,
    ),
    "cannot-pass": (
        excepted(""),
        """\
        r/national/test.yaml:18:9: warning [cannot-pass]
          From 2020-06-01 no fact can pass TST-01.
          → Mend the condition or the parameter, or let it lapse the day before.

        warnings: 1
        """,
        """\
        r/national/test.yaml:18:9: 警告 [cannot-pass]
          TST-01 は 2020-06-01 から、どのような事実も適合にしません。
          → 条件かパラメータを直すか、その前日で in_force を終えてください。

        警告 1件
        """,
    ),
    "too-complex": (
        and_rule(*too_complex()),
        """\
        r/national/test.yaml:68:9: warning [too-complex]
          The conditions of TST-04 have too many combinations to look at each.
          → Divide the rule.

        warnings: 1
        """,
        """\
        r/national/test.yaml:68:9: 警告 [too-complex]
          TST-04 の条件は組み合わせが多すぎて、調べ切れません。
          → 規則を分けてください。

        警告 1件
        """,
    ),
    "same-rules": (
        and_rule(
            "{not: {period_end: {known: no}}}", "{period_end: 2026-09}", "{period_end: silent}"
        ),
        """\
        r/national/test.yaml:68:9: warning [same-rules]
          TST-04 asks the same as TST-03 (r/national/test.yaml:53:9).
          → Drop one of them, or make the difference a condition.

        warnings: 1
        """,
        """\
        r/national/test.yaml:68:9: 警告 [same-rules]
          TST-04 は TST-03(r/national/test.yaml:53:9)と同じことを問います。
          → 一方を消すか、何が違うかを条件にしてください。

        警告 1件
        """,
    ),
    "weaker-refinement": (
        refining(
            "{any: [{period_end: {known: yes}}, {no_period_reason: {known: yes}}]}",
            "{period_end: 2026-09}",
            "{period_end: silent, no_period_reason: silent}",
        ),
        """\
        r/national/test.yaml:75:5: warning [weaker-refinement]
          Something fails TST-03 but not TST-04, which refines it: {period_end: silent,
          no_period_reason: "…"}.
          → Ask for as much as that rule does, or drop refines.

        warnings: 1
        """,
        """\
        r/national/test.yaml:75:5: 警告 [weaker-refinement]
          TST-03 で不適合になる事実 {period_end: silent, no_period_reason: "…"} が、それを具体化す
          る TST-04 では不適合になりません。
          → その規則以上のことを求めるか、refines を消してください。

        警告 1件
        """,
    ),
    "weaker-refinement, by strength": (
        refining(
            "{period_end: {known: yes}}",
            "{period_end: 2026-09}",
            "{period_end: silent}",
            "consistency\n    severity: note",
        ),
        """\
        r/national/test.yaml:76:5: warning [weaker-refinement]
          TST-04 is weaker (consistency of the plan) than TST-03, which it refines (recommended).
          → Ask for as much as that rule does, or drop refines.

        warnings: 1
        """,
        """\
        r/national/test.yaml:76:5: 警告 [weaker-refinement]
          TST-04 の強さ(計画内の整合)は、具体化する TST-03(推奨)より弱くなっています。
          → その規則以上のことを求めるか、refines を消してください。

        警告 1件
        """,
    ),
    "too-complex, of a pair": (
        refining(*too_complex()),
        """\
        r/national/test.yaml:68:9: warning [too-complex]
          The conditions of TST-04 have too many combinations to look at each.
          → Divide the rule.

        r/national/test.yaml:75:5: warning [too-complex]
          Whether TST-04 is weaker than TST-03 has too many combinations to tell.
          → Divide the rule.

        warnings: 2
        """,
        """\
        r/national/test.yaml:68:9: 警告 [too-complex]
          TST-04 の条件は組み合わせが多すぎて、調べ切れません。
          → 規則を分けてください。

        r/national/test.yaml:75:5: 警告 [too-complex]
          TST-04 が TST-03 より弱くないかは、組み合わせが多すぎて調べ切れません。
          → 規則を分けてください。

        警告 2件
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
        broken("第1条", "Article 1", GOOD),
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
          パラメータ spare を使う規則がありません。
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
        r/national/test.yaml:44:16: warning [beyond-known]
          The day 2026-10-01 of TST-02 lies beyond this file's known_until (2026-09-30).
          → If everything up to that day was looked up, make it known_until.

        warnings: 1
        """,
        """\
        r/national/test.yaml:44:16: 警告 [beyond-known]
          TST-02 の 2026-10-01 は、このファイルの known_until(2026-09-30)より後です。
          → その日まで調べたなら known_until をその日にしてください。

        警告 1件
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

        r/national/test.yaml:54:25: warning [one-language]
          "期間" is in Japanese alone.
          → Write the same content in both: {ja: …, en: …}.

        r/national/test.yaml:63:18: warning [one-language]
          "State it" is in English alone.
          → Write the same content in both: {ja: …, en: …}.

        warnings: 3
        """,
        """\
        r/national/test.yaml:22:32: 警告 [one-language]
          「第1条」は日本語だけです。
          → {ja: …, en: …} の両方に、同じ内容を書いてください。

        r/national/test.yaml:54:25: 警告 [one-language]
          「期間」は日本語だけです。
          → {ja: …, en: …} の両方に、同じ内容を書いてください。

        r/national/test.yaml:63:18: 警告 [one-language]
          「State it」は英語だけです。
          → {ja: …, en: …} の両方に、同じ内容を書いてください。

        警告 3件
        """,
    ),
    "placeholders-differ": (
        broken('en: "{cycles} cycles"', "en: There are cycles", LEAN),
        """\
        r/national/test.yaml:48:5: warning [placeholders-differ]
          {cycles} stands in one language of TST-02's message alone.
          → Write it in both.

        warnings: 1
        """,
        """\
        r/national/test.yaml:48:5: 警告 [placeholders-differ]
          TST-02 の message の {cycles} が、一方の言語にしかありません。
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
        r/national/test.yaml:48:5: error [no-due]
          The message of TST-02 says {due}, but the rule has no due.
          → Add due, or drop {due}.

        errors: 1
        """,
        """\
        r/national/test.yaml:48:5: 重大 [no-due]
          TST-02 の message に {due} がありますが、規則に due がありません。
          → due を加えるか、{due} を消してください。

        重大 1件
        """,
    ),
}
"""By what is wrong: the ruleset, and what is said of it in English and in Japanese."""


def said(root, lang):
    """Return what the linter prints of a folder."""
    return render_remarks(lint(root, "r"), Style(lang, 90))


@pytest.mark.parametrize("case", RULESETS)
def test_each_check(case, tmp_path):
    """What is amiss is said with its place and the way out; nothing else is."""
    text, en, ja = RULESETS[case]
    root = folder(tmp_path, {"national/test.yaml": text})
    assert said(root, "en") == dedent(en)
    assert said(root, "ja") == dedent(ja)


def changed_list(root, name, old, new):
    """Write a good folder with its own reference lists, one of them changed; return it."""
    shutil.copytree(ROOT / "rulesets" / REFERENCE, root / REFERENCE)
    path = root / REFERENCE / f"{name}.yaml"
    path.write_text(broken(old, new, path.read_text("utf-8")), "utf-8")
    return folder(root, {"national/test.yaml": LEAN})


LISTS = {
    "same-day": (
        ("guideline", '{id: "2022-03", on: 2022-03,', '{id: "2022-03", on: 2020-12,'),
        [
            (
                "r/national/reference/guideline.yaml:12:21",
                "same-day",
                "2022-03 begins on 2020-12-31, as 2020-12 does: neither is the newer one.",
                "2022-03 は 2020-12 と同じ 2020-12-31 から始まり、どちらが新しいか決まりません。",
            )
        ],
    ),
    "beyond-known": (
        ("guideline", "known_until: 2026-09-30", "known_until: 2026-03-30"),
        [
            (
                "r/national/reference/guideline.yaml:16:21",
                "beyond-known",
                "The day 2026-03-31 of 2026-03 lies beyond this file's known_until (2026-03-30).",
                "2026-03 の 2026-03-31 は、このファイルの known_until(2026-03-30)より後です。",
            )
        ],
    ),
    "unused-source": (
        ("guideline", "on: 2001-03-30, source: first", "on: 2001-03-30, source: gl8"),
        [
            (
                "r/national/reference/guideline.yaml:7:3",
                "unused-source",
                "Nothing cites the source first.",
                "典拠 first は、どこからも引かれていません。",
            )
        ],
    ),
    "one-language": (
        ("guideline", "en: revision}", "en: 改定}"),
        [
            (
                "r/national/reference/guideline.yaml:12:66",
                "one-language",
                '"改定" is in Japanese alone.',
                "「改定」は日本語だけです。",
            )
        ],
    ),
}


@pytest.mark.parametrize("case", LISTS)
def test_reference_lists(case, tmp_path):
    """The lists of the nation are looked at, too."""
    change, expected = LISTS[case]
    remarks = lint(changed_list(tmp_path, *change), "r")
    assert [(str(r.place), r.check, r.message.en, r.message.ja) for r in remarks] == expected


def test_what_is_announced_may_lie_ahead(tmp_path):
    """An edition of a day to come is known, if its source was decided before."""
    first = "on: 2025-12-17, source: nakanojo"
    root = changed_list(tmp_path, "editions", first, "on: 2026-10-01, source: nakanojo")
    assert lint(root) == ()


def test_prefecture_only_recommends(tmp_path):
    """Of a prefecture's rule, which can do no more than recommend, the strength is no weakness."""
    own = broken("strength: statute", "strength: recommended", prefectural("34", "own"))
    own = broken("    message:", "    refines: TST-01\n    message:", own)
    root = folder(tmp_path, {"national/test.yaml": GOOD, "prefecture/34.yaml": own})
    assert [r for r in lint(root) if r.check == "weaker-refinement"] == []


def test_every_check_has_a_case():
    """No check is left without a folder that it finds fault with."""
    assert {case.partition(",")[0] for case in (*RULESETS, *LISTS)} == set(get_args(Check))


def test_nothing_to_say(tmp_path):
    """A good folder has no remarks; nor have the rulesets that travel along."""
    root = folder(tmp_path, {"national/test.yaml": LEAN})
    assert lint(root) == ()
    assert said(root, "en") == "The rulesets are fine.\n"
    assert lint() == ()


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


@pytest.mark.parametrize(("code", "same"), [("34", True), ("40", False)])
def test_rules_of_two_prefectures_never_meet(code, same, tmp_path):
    """Rules that no town comes under together may say the same; two of one prefecture may not."""
    own = prefectural("34").replace("$accepted", "$accepted-34")
    other = prefectural(code, "until", "prefecture/99", "P99-01")
    other = other.replace("$accepted", "$accepted-99")
    root = folder(tmp_path, {"prefecture/34.yaml": own, "prefecture/99.yaml": other})
    found = [remark.check for remark in lint(root) if remark.check == "same-rules"]
    assert found == (["same-rules"] if same else [])


def test_rules_that_never_hold_together_may_say_the_same(tmp_path):
    """A rule that takes the place of one that lapsed is no second one."""
    text = and_rule("{period_end: {known: yes}}", "{period_end: 2026-09}", "{period_end: silent}")
    text = broken(
        "{announced: 2020-04-01, from: 2020-04-01}\n    subject: plan\n    require: {period_end: "
        "{known: yes}}\n    due",
        "{announced: 2020-04-01, from: 2020-04-01, until: 2024-03-31}\n    subject: plan\n"
        "    require: {period_end: {known: yes}}\n    due",
        text,
    )
    last = text.rindex("announced: 2020-04-01, from: 2020-04-01")
    text = text[:last] + text[last:].replace("from: 2020-04-01", "from: 2024-04-01", 1)
    assert lint(folder(tmp_path, {"national/test.yaml": text})) == ()


def test_place_of_a_condition_that_was_not_read():
    """A condition that comes from no file has the place of its rule."""
    assert place_of(All((Leaf("status", "is", "draft"),)), PLACE) == PLACE


# ---- The command ----


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run the command on a ruleset, and return its exit code and what it printed."""

    def lint_of(text, *options):
        folder(tmp_path / "mine", {"national/test.yaml": text})
        monkeypatch.chdir(tmp_path)
        code = main(["rules", "lint", "--rulesets", "mine", "--lang", "en", *options])
        out, err = capsys.readouterr()
        assert err == ""
        return code, out

    return lint_of


@pytest.mark.parametrize(
    ("case", "codes"),
    [("no-due", (1, 1, 0)), ("unused-source", (0, 1, 0)), (None, (0, 0, 0))],
    ids=["error", "warning", "fine"],
)
def test_exit_code(run, case, codes):
    """The exit code is 1 where a remark is as grave as asked for."""
    text = RULESETS[case][0] if case else LEAN
    wanted = ("error", "warning", "never")
    assert tuple(run(text, "--fail-on", each)[0] for each in wanted) == codes
    assert run(text)[0] == codes[1]


def test_json(run):
    """JSON has every remark in both languages, with its place as numbers."""
    code, out = run(RULESETS["unused-source"][0], "--format", "json")
    assert code == 1
    assert json.loads(out) == {
        "format": "dxrules/lint/1",
        "counts": {"error": 0, "warning": 1},
        "remarks": [
            {
                "check": "unused-source",
                "severity": "warning",
                "place": {"file": "mine/national/test.yaml", "line": 9, "column": 3},
                "message": {
                    "ja": "典拠 rumour は、どこからも引かれていません。",
                    "en": "Nothing cites the source rumour.",
                },
                "hint": {"ja": "引くか、消してください。", "en": "Cite it, or drop it."},
            }
        ],
    }
    assert (
        json.loads(run(RULESETS["refused"][0], "--format", "json")[1])["remarks"][0]["hint"] is None
    )


@pytest.mark.parametrize("case", ["no-due", "unused-source"])
def test_for_ci(run, case):
    """SARIF keeps to its schema and GitHub commands to their lines; both name every remark."""
    text = RULESETS[case][0]
    report = json.loads(run(text, "--format", "sarif")[1])
    schema = json.loads((DATA / "schemas/sarif-2.1.0-rtm.5.json").read_bytes())
    jsonschema.Draft4Validator(schema).validate(report)
    remarks = json.loads(run(text, "--format", "json")[1])["remarks"]
    lines = run(text, "--format", "github")[1].splitlines()
    results = report["runs"][0]["results"]
    assert remarks
    assert [result["ruleId"] for result in results] == [remark["check"] for remark in remarks]
    assert [line.split(" ")[0] for line in lines] == [f"::{each['severity']}" for each in remarks]
    places = [each["locations"][0]["physicalLocation"]["region"]["startLine"] for each in results]
    assert places == [remark["place"]["line"] for remark in remarks]
