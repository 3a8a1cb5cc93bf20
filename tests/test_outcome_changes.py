"""Changes of the law in words, one by one: what the whole reports do not show."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from dxrules.assessment import assess
from dxrules.dates import DatedValues, PartialDate, ValueSince
from dxrules.keeper.comparison_side import Side
from dxrules.keeper.diff import diff
from dxrules.keeper.rule_diff import ConditionChange, RuleChange
from dxrules.report.diff import text as of_diff
from dxrules.report.json_law import plain
from dxrules.report.law_changes import (
    asked_lines,
    code_labels,
    entry_text,
    field_change,
    in_short,
    list_text,
    value_text,
)
from dxrules.report.terminal import Style
from dxrules.report.writers import DIFF
from dxrules.rules.condition import Param
from dxrules.texts import Text, same
from tests.helpers.lawbooks import NOVEMBER, broken, law, load, towns
from tests.helpers.printed import printed

DAY = date(2026, 4, 1)


def between(old, new, day=None):
    """Return the diff of two laws."""
    return diff(Side("old", old, day), Side("new", new, day))


def good(tmp_path):
    """Return the good law of three rules, and its rules."""
    loaded = load(tmp_path)
    return loaded, loaded.rulesets[0].rules


def with_rule(of, rule):
    """Return a law of which the rule of one id is another."""
    (ruleset,) = of.rulesets
    rules = tuple(rule if each.id == rule.id else each for each in ruleset.rules)
    return replace(of, rulesets=(replace(ruleset, rules=rules),))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, Text("なし", "none")),
        ((), Text("なし", "none")),
        (Text("あ", "a"), Text("あ", "a")),
        (True, Text("はい", "yes")),
        (("a", "b"), Text("a、b", "a, b")),
        (PartialDate(DAY, DAY), same("2026-04-01")),
        (3, same("3")),
    ],
)
def test_what_a_field_holds(value, text):
    """Whatever a field holds is shown in both languages."""
    assert value_text(value) == text


def test_fields_of_a_rule(tmp_path):
    """What a rule names is shown as it is written; nothing is said to be none."""
    _, (first, second, _) = good(tmp_path)
    assert field_change("due", second, first) == Text(
        "期限: なし → $deadline", "due: none → $deadline"
    )
    assert field_change("due", first, replace(first, due="done_on")) == Text(
        "期限: $deadline → done_on", "due: $deadline → done_on"
    )
    assert field_change("draft", first, replace(first, draft=True)).en == "draft: no → yes"
    assert field_change("unless_failed", second, first).en == "same cause as: TST-03 → none"
    assert plain(Param("deadline")) == "$deadline"


def test_what_a_rule_is_about(tmp_path):
    """That a rule is about another thing is told, and that silence is judged as it was."""
    loaded, (first, *_) = good(tmp_path)
    other = replace(first, about="plan")
    assert field_change("about", first, other) == Text(
        "種別: 団体が行うべきこと → 計画に書くべきこと"
        "(これだけでは判定は変わらない。記載がないときの判定は条件で決まる)",
        "about: what the municipality must do → what the plan must hold"
        " (by itself this turns no verdict: what silence comes to is told by the conditions)",
    )
    found = between(loaded, with_rule(loaded, other))
    assert [change.heads for change in found.rules] == [("changed",)]
    both = (assess(towns(), side.law, NOVEMBER) for side in (found.old, found.new))
    then, now = ([[f.outcome for f in plan.findings] for plan in each.plans] for each in both)
    assert then == now


def test_names_of_entries():
    """An entry is called by its list, id and name; one of a list that is new here by the ids."""
    areas = law().reference.areas
    without = {key: entry for key, entry in areas.items() if key != "paperless"}
    other = replace(law(), reference=replace(law().reference, areas=without))
    (change,) = between(law(), other).reference
    assert entry_text(change) == Text(
        "分野 paperless「ペーパーレス」", "area paperless “Paperless offices”"
    )
    assert in_short([change], between(law(), other)) == [
        Text("分野: paperless がなくなった", "area: paperless is gone")
    ]
    assert list_text("laws") == same("laws")


def test_an_entry_that_changed_in_short():
    """Of an entry that changed the fields are told; of an edition the areas that it drops, too."""
    editions = law().reference.editions
    newest = editions["5.1"].model_copy(update={"items": editions["5.1"].items[1:]})
    other = replace(law(), reference=replace(law().reference, editions={**editions, "5.1": newest}))
    found = between(law(), other)
    (text,) = in_short(found.reference, found)
    assert text.en.startswith(
        "edition of the national plan: 5.1 changed "
        "(priority items dropped: Front-yard reform, items: front-yard, "
    )
    assert "~ edition of the national plan 5.1" in printed(of_diff, found, Style("en"))


def test_a_source_that_changed_in_short():
    """Of an entry whose source alone is another no more than that is said."""
    sources = law().reference.sources
    moved = sources["guideline/first"].model_copy(update={"verified": "primary"})
    reference = replace(law().reference, sources={**sources, "guideline/first": moved})
    found = between(law(), replace(law(), reference=reference))
    assert [text.en for text in in_short(found.reference, found)] == [
        "revision of the guideline: 2001-03 changed"
    ]


def test_an_area_that_is_no_longer_known():
    """An area that the newer list does not have goes by its id."""
    areas = {key: area for key, area in law().reference.areas.items() if key != "front-yard"}
    editions = law().reference.editions
    newest = editions["5.1"].model_copy(update={"items": editions["5.1"].items[1:]})
    reference = replace(law().reference, areas=areas, editions={**editions, "5.1": newest})
    shown = printed(of_diff, between(law(), replace(law(), reference=reference)), Style("en"))
    assert "priority items dropped: front-yard\n" in shown


def test_what_is_known_longer_in_short():
    """The day up to which something is known is named."""
    reference = replace(law().reference, known_until=date(2026, 12, 31))
    found = between(law(), replace(law(), reference=reference))
    assert in_short(found.knowledge, found) == [
        Text(
            "いつまでの情報か 参照データ: 2026-09-30 → 2026-12-31",
            "Known until reference data: 2026-09-30 → 2026-12-31",
        )
    ]
    fewer = replace(law(), rulesets=law().rulesets[1:])
    name = law().rulesets[0].id
    assert f"{name}: 2026-09-30 → none" in printed(of_diff, between(law(), fewer), Style("en"))


def test_values_in_short(tmp_path):
    """A value is told once: with its rule, or by itself."""
    later = broken("value: 2026-03-31, source: act}", "value: 2026-12-31, source: act}")
    later = later.replace("done_on: 2026-04-01, exc", "done_on: 2027-04-01, exc")
    found = between(load(tmp_path / "old"), load(tmp_path / "new", later))
    assert [text.en for text in in_short(found.rules + found.parameters, found)] == [
        "TST-01 loosened: $deadline: 2026-03-31 → 2026-12-31"
    ]
    assert [text.en for text in in_short(found.parameters, found)] == [
        "$deadline: 2026-03-31 → 2026-12-31"
    ]


def test_codes_of_a_parameter(tmp_path):
    """Codes are shown by their words, as a rule of either side compares them; else as they are."""
    more = broken("[transition-support]", "[migration-difficult]")
    found = between(load(tmp_path / "old"), load(tmp_path / "new", more))
    shown = printed(of_diff, found, Style("en"))
    assert "2020-04-01: designated transition-support system → system hard to migrate\n" in shown
    assert code_labels("nothing", found) == {}
    values = json.loads(DIFF.named("json")(found, None))["parameters"][0]["values"]
    assert [(v["old"]["value"], v["new"]["value"]) for v in values] == [
        (["transition-support"], ["migration-difficult"])
    ]


def test_a_parameter_that_is_gone(tmp_path):
    """A parameter of one side alone has no value on the other; without a source none is shown."""
    old, _ = good(tmp_path)
    (ruleset,) = old.rulesets
    more = {**ruleset.parameters, "extra": DatedValues((ValueSince(DAY, 5),))}
    types = {**ruleset.types, "extra": "number"}
    new = replace(old, rulesets=(replace(ruleset, parameters=more, types=types),))
    there, back = between(old, new), between(new, old)
    assert "  $extra (national/test)\n      2026-04-01: none → 5\n" in printed(
        of_diff, there, Style("en")
    )
    assert "      2026-04-01: 5 → none\n" in printed(of_diff, back, Style("en"))
    assert json.loads(DIFF.named("json")(there, None))["parameters"][0]["values"] == [
        {
            "since": "2026-04-01",
            "old": None,
            "new": {"from": "2026-04-01", "until": None, "value": 5},
            "source": None,
        }
    ]
    assert printed(of_diff, between(old, new, NOVEMBER), Style("en")).count("none → 5") == 1


def test_rules_in_short(tmp_path):
    """What happened to a rule is said in one line: why, from when, or until when."""
    of, (first, second, third) = good(tmp_path)
    found = between(of, of)
    lapsed = RuleChange(second, second, "in-force", "lapsed")
    (said,) = in_short([lapsed], found)
    assert said.ja == "TST-02 適用が終わった(2027-03-31 まで)"
    assert [text.en for text in in_short([RuleChange(third, None)], found)] == ["TST-03 removed"]
    coming = RuleChange(third, third, "in-force", "to-come")
    assert [text.en for text in in_short([coming], found)] == ["TST-03 announced, not yet in force"]
    graver = RuleChange(first, replace(first, strength="effort"), fields=("strength",))
    assert [text.en for text in in_short([graver], found)] == [
        "TST-01 otherwise changed: strength: legal duty → duty to endeavour"
    ]


def test_subjects_that_come_under_a_rule(tmp_path):
    """Subjects that come under a rule, and that no longer do, are named; `*` is all."""
    of, (first, *_) = good(tmp_path)
    asked = ConditionChange("both", keys=(("*",), ("a", "b")))
    assert asked_lines(first, asked, between(of, of)) == [
        Text("新たな対象: (すべて)", "comes to concern: (all)"),
        Text("対象でなくなるもの: a、b", "no longer concerns: a, b"),
    ]


def test_a_rule_for_the_day_alone(tmp_path):
    """Fields that differ are in JSON as they are, days and all."""
    of, (first, *_) = good(tmp_path)
    force = replace(first.in_force, until=date(2030, 3, 31), until_announced=DAY)
    found = between(of, with_rule(of, replace(first, in_force=force, draft=True)))
    (rule,) = json.loads(DIFF.named("json")(found, None))["rules"]
    begun = {"announced": "2020-04-01", "from": "2020-06-01", "until_source": None}
    assert rule["fields"] == {
        "in_force": {
            "old": begun | {"until": None, "until_announced": None},
            "new": begun | {"until": "2030-03-31", "until_announced": "2026-04-01"},
        },
        "draft": {"old": False, "new": True},
    }
    assert (rule["was"], rule["now"], rule["asked"]) == (None, None, None)
