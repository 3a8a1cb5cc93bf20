"""A rule beside the one that it refines: which is stricter, and how reports show the two."""

from __future__ import annotations

import json
from datetime import date

import pytest

from dxrules.assessment import assess
from dxrules.assessment.dossier import Dossier
from dxrules.assessment.explain import explain
from dxrules.report.brief import PIECES
from dxrules.report.condition_text import compared
from dxrules.report.how_to_write import How
from dxrules.report.json_report import render_json
from dxrules.report.json_rules import Explanation
from dxrules.report.json_values import in_utf8
from dxrules.report.json_views import as_json
from dxrules.report.rules import Explained
from dxrules.report.rules import text as of_rule
from dxrules.report.terminal import Style
from dxrules.rules.refinement import Refinement, refinement
from dxrules.rules.ruleset import constants_on, resolved
from dxrules.texts import Text
from tests.helpers.lawbooks import ONE_RULE, broken, law, load, prefectural
from tests.helpers.plans import plan_file
from tests.helpers.printed import printed

DAY = date(2026, 6, 1)


def prefecture(**changes):
    """Return a prefecture's rule that refines the nation's, with some of its words changed."""
    text = prefectural("34", "day")
    changes = {"refines": ("    message:", "    refines: TST-01\n    message:")} | changes
    for old, new in changes.values():
        text = broken(old, new, text)
    return text


def laws(tmp_path, own=None, national=ONE_RULE):
    """Return the law of a nation and of a prefecture that refines it."""
    return load(tmp_path, national, **{"prefecture/34.yaml": own or prefecture()})


def of_the_law(own, day=DAY):
    """Return the two rules, resolved: the nation's and the one that refines it."""
    constants = constants_on(own.rulesets, day)
    return [resolved(rule, constants) for rule in own.rules]


EARLIER = ("value: 2026-03-31, source: act}", "value: 2025-12-31, source: act}")
LATER = ("value: 2026-03-31, source: act}", "value: 2026-06-30, source: act}")
EARLY_EXAMPLES = (
    "{expect: pass, fact: {status: migrated, done_on: 2026-03-31}}",
    "{expect: pass, fact: {status: migrated, done_on: 2025-12-31}}",
)
LATE_EXAMPLES = ("done_on: 2026-04-01, exception", "done_on: 2026-07-01, exception")
RECOMMENDED = ("strength: statute", "strength: recommended")
OTHER_EXCEPTION = ("{in: $accepted}", "{is: migration-difficult}")


@pytest.mark.parametrize(
    ("changes", "conditions", "strength", "days"),
    [
        ({}, "equal", "equal", 0),
        ({"a": RECOMMENDED}, "equal", "weaker", 0),
        ({"a": EARLIER, "b": EARLY_EXAMPLES}, "stricter", "equal", 90),
        ({"a": LATER, "b": LATE_EXAMPLES}, "laxer", "equal", -91),
        ({"a": OTHER_EXCEPTION}, "mixed", "equal", 0),
        ({"a": ("    due: $day\n", "")}, "equal", "equal", None),
    ],
)
def test_which_is_stricter(tmp_path, changes, conditions, strength, days):
    """The conditions, the strength and the days on which both fall due are compared."""
    old, new = of_the_law(laws(tmp_path, prefecture(**changes)))
    assert refinement(new, old) == Refinement(old, conditions, strength, days)


def test_too_much_to_compare(tmp_path, monkeypatch):
    """Where there are too many cases to look at, which is stricter is left undecided."""
    old, new = of_the_law(laws(tmp_path))
    monkeypatch.setattr("dxrules.rules.domains._MOST_CELLS", 1)
    assert refinement(new, old) == Refinement(old, "undecided", "equal", 0)


@pytest.mark.parametrize(
    ("conditions", "strength", "days", "words"),
    [
        (
            "stricter",
            "weaker",
            90,
            Text(
                "条件はより厳しい、強さは下、期限は90日早い",
                "stricter conditions, lesser strength, due 90 days earlier",
            ),
        ),
        (
            "laxer",
            "stronger",
            -1,
            Text(
                "条件はより緩い、強さは上、期限は1日遅い",
                "laxer conditions, greater strength, due 1 day later",
            ),
        ),
        (
            "undecided",
            "equal",
            0,
            Text(
                "どちらの条件が厳しいかは決められない、強さは同じ",
                "which is stricter is undecided, equal strength",
            ),
        ),
        (
            "mixed",
            "equal",
            None,
            Text(
                "条件はより厳しい所も緩い所もある、強さは同じ",
                "conditions stricter in part and laxer in part, equal strength",
            ),
        ),
    ],
)
def test_words(conditions, strength, days, words):
    """Which is stricter is told in both languages; a day in common is not told."""
    assert compared(Refinement(None, conditions, strength, days)) == words


# Reports

TOWN = """
standardization:
  scope: list
  systems:
    family-register: {status: not-migrated, target: 2027-03-31, exception: none}
    national-pension: {status: migrated, migrated: 2026-02-28, exception: none}
    childcare-support: {status: planned}
"""


def judged(own, town=TOWN):
    """Return what the interpreter finds of a town of the prefecture."""
    return assess([plan_file(town)], own, DAY, engine="interpreter")


def table(assessment, lang="ja"):
    """Return the table without its heading."""
    lines = PIECES.write(Dossier(assessment, law()), How(Style(lang, 200))).decode().splitlines()
    return lines[lines.index("") + 1 :]


def test_two_sources_of_one_failure(tmp_path):
    """What fails by both rules is shown once, with both sources and remedies."""
    own = laws(tmp_path, prefecture(a=RECOMMENDED, b=("移行する", "県に相談する")))
    assert table(judged(own))[:7] == [
        "  [重大] TST-01 移行",
        "    「戸籍」は2026-03-31までに移行していない",
        "    facts/test.yaml:9",
        "    法的義務: 法律 第1条",
        "    + P34-01 移行(TST-01[不適合]を具体化、条件の厳しさは同じ、強さは下)",
        "      推奨: 法律 第1条",
        "    → 移行する",
    ]
    assert table(judged(own))[7:] == ["    → 県に相談する"]


def test_the_refining_rule_first(tmp_path):
    """Of two that weigh the same the one with the earlier day stands first."""
    own = laws(tmp_path, prefecture(a=EARLIER, b=EARLY_EXAMPLES))
    town = TOWN.replace("migrated: 2026-02-28", "migrated: 2025-12-31")
    compared = "refines TST-01 [fail]: stricter conditions, equal strength, due 90 days earlier"
    assert table(judged(own, town), "en") == [
        f"  [error] P34-01 Migration ({compared})",
        "    Family register was not migrated by 2025-12-31",
        "    facts/test.yaml:9",
        "    legal duty: Act, 第1条",
        "    + TST-01 Migration",
        "      Family register was not migrated by 2026-03-31",
        "      legal duty: Act, 第1条",
        "    → Migrate it",
    ]


def test_failures_of_other_subjects_stand_apart(tmp_path):
    """Where the refining rule fails for more, each rule is shown by itself."""
    own = laws(tmp_path, prefecture(a=EARLIER, b=EARLY_EXAMPLES))
    heads = [line.partition("(")[0] for line in table(judged(own)) if line.startswith("  [")]
    assert heads == ["  [重大] P34-01 移行 ×2", "  [重大] TST-01 移行"]


def test_what_cannot_be_told_stands_side_by_side(tmp_path):
    """What neither rule can tell is listed together, the refining rule second."""
    own = laws(tmp_path, prefecture(a=RECOMMENDED))
    town = "standardization: {scope: list, systems: {family-register: {status: planned}}}"
    compared = "TST-01[要確認]を具体化、条件の厳しさは同じ、強さは下"
    due = "(期限 2026-03-31、62日経過)"
    shown = table(judged(own, town))
    heads = [line for line in shown if "移行" in line and "-01 " in line]
    assert heads == [
        f"    [法的義務] TST-01 移行{due}",
        f"    [推奨] P34-01 移行{due}({compared})",
    ]


def test_a_refined_rule_that_met_nothing(tmp_path):
    """Where the refined rule is not about a subject, just the two rules are compared."""
    keys = ("[family-register, national-pension]", "[family-register, childcare-support]")
    own = laws(tmp_path, prefecture(a=keys, b=RECOMMENDED))
    shown = [line.partition(")")[0] for line in table(judged(own)) if "P34-01" in line]
    assert shown == [
        "    + P34-01 移行(TST-01[不適合]を具体化、条件の厳しさは同じ、強さは下",
        "    [推奨] P34-01 移行(期限 2026-03-31、62日経過",
    ]


def test_json_tells_which_is_stricter(tmp_path):
    """A finding of a rule that refines another carries the comparison; others carry none."""
    own = laws(tmp_path, prefecture(a=EARLIER, b=EARLY_EXAMPLES))
    (plan,) = json.loads(render_json(judged(own)))["plans"]
    found = {(f["rule"]["id"], f["subject"]["key"]): f["refinement"] for f in plan["findings"]}
    told = {
        "refines": "TST-01",
        "conditions": "stricter",
        "strength": "equal",
        "due_days_earlier": 90,
    }
    assert found["P34-01", "family-register"] == told
    assert found["TST-01", "family-register"] is None


def test_explained_together(tmp_path):
    """The explanation of a rule names the other, which is stricter, and what it came to."""
    own = laws(tmp_path, prefecture(a=EARLIER, b=EARLY_EXAMPLES))
    explanation = explain(own, "P34-01", judged(own))
    assert [(f.rule.id, f.key, f.outcome.value) for f in explanation.beside] == [
        ("TST-01", "family-register", "fail"),
        ("TST-01", "national-pension", "pass"),
    ]
    shown = printed(of_rule, Explained(explanation), Style("en")).splitlines()
    assert "  refines: TST-01 (stricter conditions, equal strength, due 90 days earlier)" in shown
    assert "TST-01 Migration [National pension]: pass - day of the migration: 2026-02-28" in shown
    assert "  refined by: P34-01" in printed(
        of_rule, Explained(explain(own, "TST-01")), Style("en")
    )
    told = json.loads(in_utf8(as_json(Explanation, Explained(explanation))))
    assert (told["rule"]["refines"], told["refinement"]["conditions"]) == ("TST-01", "stricter")
    assert json.loads(in_utf8(as_json(Explanation, Explained(explain(own, "TST-01")))))[
        "refined_by"
    ] == ["P34-01"]


def test_never_in_force_together(tmp_path):
    """Rules that never hold on one day are not compared, and each is shown by itself."""
    lapsed = broken("from: 2020-06-01}", "from: 2020-06-01, until: 2021-03-31}", ONE_RULE)
    for old, new in (
        (
            "{from: 2020-04-01, until: 2023-03-31, value",
            "{from: 2020-04-01, until: 2021-03-31, value",
        ),
        ("on: 2021-04-01}", "on: 2021-03-31}"),
        ("      - {from: 2023-04-01, value: 2026-03-31, source: act}\n", ""),
        ("      - {expect: pass, fact: {status: migrated, done_on: 2026-03-31}}\n", ""),
    ):
        lapsed = broken(old, new, lapsed)
    own = laws(tmp_path, prefecture(), lapsed)
    assert explain(own, "P34-01").refinement is None
    shown = printed(of_rule, Explained(explain(own, "P34-01")), Style("ja"))
    assert "  具体化する点検項目: TST-01(適用期間が重ならず、比べられない)" in shown.splitlines()
    (plan,) = judged(own).plans
    assert {finding.refinement for finding in plan.findings} == {None}
