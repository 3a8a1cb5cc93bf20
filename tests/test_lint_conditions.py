"""The linter on conditions: what can never be, never passes or fails, or is said twice."""

from __future__ import annotations

import pytest

from dxrules.derivation import VOCABULARY
from dxrules.keeper.lint import lint
from dxrules.rules.condition import All, Leaf, place_of
from tests.helpers.lawbooks import GOOD, broken, folder, prefectural
from tests.helpers.linted import LEAN, and_rule, says_only
from tests.helpers.strategies.rules import PLACE

WORDS = {"truth": ("{is: yes, known: yes}", "yes"), "number": ("{at_most: 0}", "0")}
ACCEPTED = "[{from: 2020-04-01, value: [transition-support], source: act}]"
FIRST = "{{from: 2020-04-01, until: 2024-03-31, value: [{}], source: act}}"
LATER = "{from: 2024-04-01, value: [transition-support], source: act}"
OF_2021 = "      - {expect: pass, fact: {status: migrated, done_on: 2025-03-31}, on: 2021-04-01}\n"


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


def too_complex():
    """Return the require of a rule that names more than can be combined, and what passes it."""
    attributes = [a for a in VOCABULARY["plan"].attributes.values() if a.type in WORDS]
    parts = [f"{{{a.name}: {WORDS[a.type][0]}}}" for a in attributes]
    passes = [f"{a.name}: {WORDS[a.type][1]}" for a in attributes]
    return f"{{all: [{', '.join(parts)}]}}", f"{{{', '.join(passes)}}}", "{published: no}"


RULESETS = {
    "never-true": (
        and_rule(
            "{any: [{status: {is: draft}}, {cycles: {at_most: -1}}]}",
            "{status: draft}",
            "{status: established, cycles: 0}",
        ),
        """\
        r/national/test.yaml:78:54: warning [never-true]
          The condition {cycles: {at_most: -1}} of TST-04 can never be true.
          → Mend the condition, or drop this part.

        warnings: 1
        """,
        """\
        r/national/test.yaml:78:54: 警告 [never-true]
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
        r/national/test.yaml:78:67: warning [never-true]
          The condition {all: [{cycles: {at_most: 2}}, {cycles: {at_least: 3}}]} of TST-04 can
          never be true.
          → Mend the condition, or drop this part.

        warnings: 1
        """,
        """\
        r/national/test.yaml:78:67: 警告 [never-true]
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
        r/national/test.yaml:71:9: warning [too-complex]
          The conditions of TST-04 have too many combinations to look at each.
          → Divide the rule.

        warnings: 1
        """,
        """\
        r/national/test.yaml:71:9: 警告 [too-complex]
          TST-04 の条件は組み合わせが多すぎて、調べ切れません。
          → 点検項目を分けてください。

        警告 1件
        """,
    ),
    "same-rules": (
        and_rule(
            "{not: {period_end: {known: no}}}", "{period_end: 2026-09}", "{period_end: silent}"
        ),
        """\
        r/national/test.yaml:71:9: warning [same-rules]
          TST-04 asks the same as TST-03 (r/national/test.yaml:55:9).
          → Drop one of them, or make the difference a condition.

        warnings: 1
        """,
        """\
        r/national/test.yaml:71:9: 警告 [same-rules]
          TST-04 は TST-03(r/national/test.yaml:55:9)と同じことを問います。
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
        r/national/test.yaml:78:5: warning [weaker-refinement]
          Something fails TST-03 but not TST-04, which refines it: {period_end: silent,
          no_period_reason: "…"}.
          → Ask for as much as that rule does, or drop refines.

        warnings: 1
        """,
        """\
        r/national/test.yaml:78:5: 警告 [weaker-refinement]
          TST-03 で不適合になる事実 {period_end: silent, no_period_reason: "…"} が、それを具体化す
          る TST-04 では不適合になりません。
          → その点検項目以上のことを求めるか、refines を消してください。

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
        r/national/test.yaml:79:5: warning [weaker-refinement]
          TST-04 is weaker (consistency of the plan) than TST-03, which it refines (recommended).
          → Ask for as much as that rule does, or drop refines.

        warnings: 1
        """,
        """\
        r/national/test.yaml:79:5: 警告 [weaker-refinement]
          TST-04 の強さ(計画内の整合)は、具体化する TST-03(推奨)より弱くなっています。
          → その点検項目以上のことを求めるか、refines を消してください。

        警告 1件
        """,
    ),
    "too-complex, of a pair": (
        refining(*too_complex()),
        """\
        r/national/test.yaml:71:9: warning [too-complex]
          The conditions of TST-04 have too many combinations to look at each.
          → Divide the rule.

        r/national/test.yaml:78:5: warning [too-complex]
          Whether TST-04 is weaker than TST-03 has too many combinations to tell.
          → Divide the rule.

        warnings: 2
        """,
        """\
        r/national/test.yaml:71:9: 警告 [too-complex]
          TST-04 の条件は組み合わせが多すぎて、調べ切れません。
          → 点検項目を分けてください。

        r/national/test.yaml:78:5: 警告 [too-complex]
          TST-04 が TST-03 より弱くないかは、組み合わせが多すぎて調べ切れません。
          → 点検項目を分けてください。

        警告 2件
        """,
    ),
}
"""By what is wrong: the ruleset, and what is said of it in English and in Japanese."""


@pytest.mark.parametrize("case", RULESETS)
def test_each_check(case, tmp_path):
    """What is amiss is said with its place and the way out; nothing else is."""
    says_only(tmp_path, *RULESETS[case])


def test_prefecture_only_recommends(tmp_path):
    """Of a prefecture's rule, which can do no more than recommend, the strength is no weakness."""
    own = broken("strength: statute", "strength: recommended", prefectural("34", "own"))
    own = broken("    message:", "    refines: TST-01\n    message:", own)
    root = folder(tmp_path, {"national/test.yaml": GOOD, "prefecture/34.yaml": own})
    assert [r for r in lint(root) if r.check == "weaker-refinement"] == []


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
