"""What changed between two lawbooks: everything that did, said as what it is, and nothing else.

After a wanted change: `DXRULES_UPDATE_GOLDEN=1 pytest tests/test_diff.py`, then read the diff.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.cli import main
from dxrules.dates import DatedValues, PartialDate, Range, ValueSince
from dxrules.derivation import Code
from dxrules.keeper import rule_diff
from dxrules.keeper.comparison_side import Side
from dxrules.keeper.diff import HEADS, diff
from dxrules.keeper.reference_diff import KnowledgeChange, list_names, reads
from dxrules.keeper.rule_diff import NOT_COMPARED, ChangeWitness, ConditionChange
from dxrules.reference import Reference, load_reference
from dxrules.report import json_values
from dxrules.report.law_changes import FIELDS, HEAD_WORDS, LISTS
from dxrules.rules import Outcome, Rule
from dxrules.rules.implication import ConditionComparison
from tests.helpers import two_laws
from tests.helpers.examples import of_hundred
from tests.helpers.goldens import kept
from tests.helpers.lawbooks import GOOD, JUNE, NOVEMBER, ROOT, broken, folder, law, load
from tests.helpers.strategies.lawbooks import DAY, law_of, rulebooks

GOLDEN = ROOT / "tests" / "golden_changes"
TURNED = {"added": "removed", "removed": "added", "tightened": "loosened", "loosened": "tightened"}


def side(of, day=None, name="law"):
    """Return a law as a side."""
    return Side(name, of, day)


days = st.none() | st.just(DAY)


@pytest.mark.slow
@of_hundred(50)
@given(rulebooks(), days)
def test_nothing_differs_from_itself(books, day):
    """A law has no differences to itself."""
    assert diff(side(books[0], day), side(books[0], day)).changes == ()


@pytest.mark.parametrize("day", [None, JUNE, NOVEMBER], ids=str)
def test_what_is_shipped_does_not_differ_from_itself(day):
    """The shipped law has no differences to itself."""
    assert diff(side(law(), day), side(law(), day)).changes == ()


@pytest.mark.slow
@of_hundred(50)
@given(rulebooks(), days)
def test_the_other_way_round(books, day):
    """The reverse of a diff adds what was removed, and loosens what was tightened."""
    old, new = (side(book, day) for book in books)
    there, back = diff(old, new), diff(new, old)
    said = {change.ids: [TURNED.get(head, head) for head in change.heads] for change in there.rules}
    assert {change.ids[::-1]: list(change.heads) for change in back.rules} == said
    for change in back.rules:
        (other,) = [c for c in there.rules if c.ids == change.ids[::-1]]
        assert (change.old, change.new) == (other.new, other.old)


@pytest.mark.slow
@of_hundred(25)
@given(rulebooks())
def test_nothing_is_missed(books):
    """Each rule whose pair differs is told; one that is told has no equal on the other side."""
    told = {rule_id for c in diff(*map(side, books)).rules for rule_id in c.ids}
    old, new = ({r.id: r for r in book.rulesets[0].rules} for book in books)
    assert set(old.keys() ^ new.keys()) <= told
    assert {i for i in old.keys() & new.keys() if old[i] == new[i]}.isdisjoint(told)


def of_texts(tmp_path, new, old=GOOD, days=(None, None)):
    """Return the diff between two rulesets."""
    laws = load(tmp_path / "old", old), load(tmp_path / "new", new)
    return diff(*map(side, laws, days))


def heads(found):
    """Return what happened to each rule, and which of its fields differ."""
    return [(change.ids, change.heads, change.fields) for change in found.rules]


RENAMED = broken(
    "formerly: [OLD-03]", "formerly: [OLD-03, TST-03]", broken("id: TST-03", "id: TST-09")
)
RENAMED = broken("unless_failed: TST-03", "unless_failed: TST-09", RENAMED)
TST_01 = ("TST-01",)


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (
            broken("{ja: 移行, en: Migration}", "{ja: 移行期限, en: Deadline}"),
            [(TST_01, ("reworded",), ("title",))],
        ),
        (
            broken("clause: 第1条", "clause: 第2条"),
            [(TST_01, ("reworded",), ("clause",))],
        ),
        (
            broken("strength: statute", "strength: effort"),
            [(TST_01, ("changed",), ("strength", "severity"))],
        ),
        (
            broken("read_on: 2026-11-29", "read_on: 2026-12-01"),
            [],
        ),
        (
            broken('article: "1"', "article: [{path: 1-1, until: 2026-03-31}, 2-1]"),
            [(TST_01, ("reworded",), ("articles",))],
        ),
        (
            broken('{ref: act, clause: 第1条, article: "1"}', "{ref: guide}").replace(
                "statute", "recommended"
            ),
            [
                (
                    TST_01,
                    ("changed", "reworded"),
                    ("strength", "severity", "source", "clause", "articles"),
                )
            ],
        ),
        (
            broken("en: Act}", "en: The Act}"),
            [(TST_01, ("changed",), ("source",))],
        ),
        (
            broken("until: 2027-03-31", "until: 2026-12-31"),
            [(("TST-02",), ("changed",), ("in_force",))],
        ),
        (
            broken("{cycles: {at_most: $limit}}", "{cycles: {at_most: 2}}").replace("0..3", "0..2"),
            [(("TST-02",), ("tightened",), ())],
        ),
        (
            broken("{cycles: {at_most: $limit}}", "{not: {cycles: {at_least: 4}}}"),
            [(("TST-02",), ("same",), ())],
        ),
        (
            broken("        - exception: {in: $accepted}\n", ""),
            [(TST_01, ("tightened",), ())],
        ),
        (
            broken("{status: {is_not: excluded}}", "{status: {in: [migrated, not-migrated]}}"),
            [(TST_01, ("loosened",), ())],
        ),
        (
            broken("[family-register, national-pension]", "[family-register, seal-registration]"),
            [(TST_01, ("both",), ())],
        ),
        (
            broken("{system: [family-register, national-pension]}", "system"),
            [(TST_01, ("tightened",), ())],
        ),
        (
            RENAMED,
            [
                (("TST-09", "TST-03"), ("renamed",), ()),
                (("TST-02",), ("changed",), ("unless_failed",)),
            ],
        ),
    ],
)
def test_what_happened_to_a_rule(tmp_path, new, expected):
    """Each change of a rule is said as what it is; what means the same is told so."""
    assert heads(of_texts(tmp_path, new)) == expected


def test_removed_and_added(tmp_path):
    """A rule that is gone is removed, one that is new is added."""
    without = GOOD[: GOOD.index("  - id: TST-02")]
    there = of_texts(tmp_path, without)
    assert heads(there) == [((i,), ("removed",), ()) for i in ("TST-02", "TST-03")]
    assert [(c.name, c.rules) for c in there.parameters] == []
    back = diff(there.new, there.old)
    assert heads(back) == [((i,), ("added",), ()) for i in ("TST-02", "TST-03")]


def test_two_rules_made_one(tmp_path):
    """Of two rules that became one, the first is renamed, the other is gone."""
    first, last = GOOD.index("  - id: TST-02"), GOOD.index("  - id: TST-03")
    merged = GOOD[:first] + broken(
        "formerly: [OLD-03]",
        "formerly: [TST-02, TST-03]",
        GOOD[last:].replace("TST-03", "TST-09", 1),
    )
    merged = merged.replace("[TST-02, TST-09]", "[TST-02, TST-03]")
    found = of_texts(tmp_path, merged)
    assert [(c.ids, c.heads[0]) for c in found.rules] == [
        (("TST-03",), "removed"),
        (("TST-09", "TST-02"), "renamed"),
    ]


def test_why_a_rule_asks_for_more(tmp_path):
    """A value that moves tightens the rule that names it, and a fact of that day shows it."""
    new = GOOD.replace("value: 2026-03-31, source: act}", "value: 2025-12-31, source: act}")
    new = broken("done_on: 2026-03-31}}", "done_on: 2025-12-31}}", new)
    found = of_texts(tmp_path, new)
    (change,) = found.rules
    day = date(2023, 4, 1)
    before = date(2026, 3, 31).toordinal()
    assert change.asked == ConditionChange(
        "tightened",
        ChangeWitness(
            {
                "status": Code("migrated"),
                "done_on": Range.point(before),
                "exception": Code("migration-difficult"),
            },
            Outcome.PASS,
            Outcome.FAIL,
            (day, day),
        ),
        parameters=("deadline",),
    )
    (parameter,) = found.parameters
    assert (parameter.name, parameter.ruleset, parameter.rules) == (
        "deadline",
        "national/test",
        ("TST-01",),
    )
    (value,) = parameter.values
    assert (value.old, value.new, value.source.title.en) == (
        ValueSince(day, date(2026, 3, 31).toordinal()),
        ValueSince(day, date(2025, 12, 31).toordinal()),
        "Act",
    )


def test_a_value_that_comes_and_one_that_has_another_source(tmp_path):
    """Without days the whole history is compared, and who says so."""
    new = broken(
        "{from: 2023-04-01, value: 2026-03-31, source: act}",
        "{from: 2023-04-01, until: 2026-03-31, value: 2026-03-31, source: act}\n"
        "      - {from: 2026-04-01, value: 2026-03-31, source: guide}",
    )
    found = of_texts(tmp_path, new)
    assert found.rules == ()
    (parameter,) = found.parameters
    (value,) = parameter.values
    assert (value.since, value.old.since, value.new.since, value.source.title.en) == (
        date(2026, 4, 1),
        date(2023, 4, 1),
        date(2026, 4, 1),
        "Guide",
    )
    on = of_texts(tmp_path, new, days=(NOVEMBER, NOVEMBER))
    assert [v.source.title.en for p in on.parameters for v in p.values] == ["Guide"]


def test_values_that_move_and_end_without_days(tmp_path):
    """Of each day the value that held is told, and that there is none any more."""
    new = broken("value: 3, source", "until: 2027-03-31, value: 3, source").replace(
        "{from: 2023-04-01, value: 2026-03-31, source: act}",
        "{from: 2023-04-01, until: 2026-12-31, value: 2026-03-31, source: act}\n"
        "      - {from: 2027-01-01, value: 2027-03-31, source: act}",
    )
    found = [
        (p.name, v.since, v.old and v.old.value, v.new and v.new.value)
        for p in of_texts(tmp_path, new).parameters
        for v in p.values
    ]
    was, now = (date(year, 3, 31).toordinal() for year in (2026, 2027))
    assert found == [
        ("deadline", date(2027, 1, 1), was, now),
        ("limit", date(2027, 4, 1), 3, None),
    ]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (
            (date(2020, 3, 31), date(2020, 4, 1)),
            [
                (("TST-02",), ("in-force",)),
                (("TST-03",), ("in-force",)),
                (("TST-01",), ("to-come",)),
            ],
        ),
        ((date(2020, 4, 1), date(2020, 6, 1)), [(TST_01, ("in-force",))]),
        ((date(2021, 4, 1), date(2024, 4, 1)), [(TST_01, ("loosened",))]),
        ((date(2024, 4, 1), date(2021, 4, 1)), [(TST_01, ("tightened",))]),
        ((date(2027, 3, 31), date(2027, 4, 1)), [(("TST-02",), ("lapsed",))]),
        ((date(2020, 6, 1), date(2020, 4, 1)), [(TST_01, ("to-come",))]),
        (
            (date(2020, 4, 1), date(2020, 3, 31)),
            [((f"TST-0{n}",), ("unannounced",)) for n in (1, 2, 3)],
        ),
        ((date(2019, 1, 1), date(2020, 1, 1)), []),
    ],
    ids=str,
)
def test_between_days(tmp_path, days, expected):
    """Between two days rules come in force and lapse, and their constants move."""
    found = of_texts(tmp_path, GOOD, days=days)
    assert [(change.ids, change.heads) for change in found.rules] == expected


def test_a_value_that_a_day_does_not_have(tmp_path):
    """A parameter that had no value yet, or has none any more, is told with the one day's."""
    found = of_texts(tmp_path, GOOD, days=(date(2020, 3, 1), date(2020, 5, 1)))
    assert [(p.name, p.values[0].old, p.values[0].new.since) for p in found.parameters] == [
        (name, None, date(2020, 4, 1)) for name in ("deadline", "limit", "accepted")
    ]
    ended = broken("value: 3, source", "until: 2027-03-31, value: 3, source")
    gone = of_texts(tmp_path, ended, ended, (date(2027, 3, 31), date(2027, 4, 1)))
    assert [(p.name, p.values[0].old.since, p.values[0].new) for p in gone.parameters] == [
        ("limit", date(2020, 4, 1), None)
    ]
    assert gone.parameters[0].values[0].source.title.en == "Act"


def test_rules_that_are_on_neither_side_yet(tmp_path):
    """A rule of the newer folder alone is none on a day before it was announced."""
    without = GOOD[: GOOD.index("  - id: TST-02")]
    early = (date(2020, 3, 1), date(2020, 3, 1))
    assert of_texts(tmp_path, GOOD, without, early).rules == ()


def test_another_kind_of_subject(tmp_path):
    """Rules on two kinds of facts cannot be compared, and that is said."""
    new = broken("{system: [family-register, national-pension]}", "measure")
    new = broken("- exception: {in: $accepted}", "- status: {is: done}", new)
    new = broken("{status: {is_not: excluded}}", "{status: {is_not: watched}}", new)
    new = new.replace("status: migrated", "status: ongoing")
    new = broken(
        "{status: not-migrated, done_on: 2026-04-01, exception: none}",
        "{status: planned, done_on: 2026-04-01}",
        new,
    )
    (change,) = of_texts(tmp_path, new).rules
    assert (change.heads, change.asked) == (("undecided",), ConditionChange("undecided", own=True))


@pytest.mark.parametrize("change", ["undecided", "neutral"])
def test_what_reasoning_says_is_passed_on(tmp_path, monkeypatch, change):
    """That it cannot be decided is said, and that only what passes changed."""
    monkeypatch.setattr(rule_diff, "compare", lambda *_: ConditionComparison(change))
    new = broken("{cycles: {at_most: $limit}}", "{cycles: {at_most: 2}}").replace("0..3", "0..2")
    (found,) = of_texts(tmp_path, new).rules
    assert found.asked == ConditionChange(change, own=True)


def with_list(name, entries):
    """Return the shipped law with one of its lists replaced."""
    return replace(law(), reference=replace(law().reference, **{name: entries}))


def test_reference_data_stand_first_with_their_readers():
    """An entry that changes, comes or goes is told with the rules that read what rests on it."""
    charges = law().reference.charges
    moved = {**charges, "water": charges["water"].model_copy(update={"tier": "b"})}
    (change,) = diff(side(law()), side(with_list("charges", moved))).changes
    assert (change.list, change.id, change.fields) == ("charges", "water", ("tier",))
    assert set(change.rules) >= {"EQR-01", "EQR-03"}
    kinds = {r.id: r.kind for ruleset in law().rulesets for r in ruleset.rules}
    assert {kinds[rule_id] for rule_id in change.rules} == {"area", "collection", "plan"}


def test_an_area_added_by_an_edition():
    """A new edition says which items it adds and drops, and counts once it holds."""
    editions = law().reference.editions
    newest = editions["5.1"]
    items = (*newest.items[1:], "open-data")
    on = date(2026, 10, 1)
    coming = newest.model_copy(update={"id": "6.0", "on": PartialDate(on, on), "items": items})
    other = with_list("editions", {**editions, "6.0": coming})
    assert diff(side(law(), JUNE), side(other, JUNE)).changes == ()
    (change,) = diff(side(law(), NOVEMBER), side(other, NOVEMBER)).reference
    assert (change.old, change.new, change.gained, change.lost) == (
        None,
        coming,
        ("open-data",),
        ("front-yard",),
    )
    assert "DXP-10" in change.rules
    assert "EQR-01" not in change.rules
    (gone,) = diff(side(other), side(law())).reference
    assert (gone.new, gone.gained, gone.source) == (
        None,
        ("open-data",),
        law().reference.sources["editions/kaminokawa"],
    )


def test_who_says_so_of_an_entry():
    """An entry whose source alone is another is a change of that source."""
    sources = law().reference.sources
    moved = sources["guideline/gl8"].model_copy(update={"verified": "secondary"})
    reference = replace(law().reference, sources={**sources, "guideline/gl8": moved})
    found = diff(side(law()), side(replace(law(), reference=reference)))
    assert {(c.list, c.fields) for c in found.changes} == {("guideline", ("source",))}


def test_what_is_known_longer():
    """That more is known is told, with the rules that ask how far that is."""
    reference = replace(law().reference, known_until=date(2026, 12, 31))
    (change,) = diff(side(law()), side(replace(law(), reference=reference))).changes
    known = law().reference.known_until
    assert (change.of, change.old, change.new) == ("known_until", known, date(2026, 12, 31))
    assert {"DXP-04", "SEC-03"} <= set(change.rules)
    first, *others = law().rulesets
    longer = replace(law(), rulesets=(replace(first, known_until=date(2026, 12, 31)), *others))
    assert diff(side(law()), side(longer)).changes == (
        KnowledgeChange(first.id, first.known_until, date(2026, 12, 31), ()),
    )


@pytest.mark.parametrize(
    ("rule", "name", "key", "read"),
    [
        ("SEC-01", "provisions", "cybersecurity-policy-of-mayor", True),
        ("SEC-01", "provisions", "ciso", False),
        ("EQR-01", "charges", "water", True),
        ("DXP-10", "areas", "security", True),
        ("DXP-10", "editions", "5.1", True),
        ("STD-01", "tasks", "family-register", True),
        ("STD-01", "editions", "5.1", False),
        ("SEC-03", "guideline", "2026-03", True),
        ("P10-02", "documents", "new-of-gunma", True),
        ("EQR-01", "documents", "new-of-gunma", False),
    ],
)
def test_which_rules_read_an_entry(rule, name, key, read):
    """A rule reads the entries of its subjects, and what its attributes rest on."""
    (found,) = [r for ruleset in law().rulesets for r in ruleset.rules if r.id == rule]
    assert reads(found, name, key) is read


def test_every_field_of_a_rule_is_compared():
    """What a rule has is compared by name, or told in another way; each has its words."""
    compared = {field.name for field in fields(Rule)} - NOT_COMPARED
    assert compared == set(FIELDS)
    assert set(HEADS) == set(HEAD_WORDS)
    assert set(list_names(load_reference())) == set(LISTS)
    assert {field.name for field in fields(Reference)} >= set(LISTS)


def test_parameters_without_sources_of_their_own():
    """A ruleset that was made in code, without sources of its values, is compared all the same."""
    one, other = (
        replace(
            law_of([]).rulesets[0],
            parameters={"p": DatedValues((ValueSince(DAY, value),))},
            types={"p": "number"},
        )
        for value in (1, 2)
    )
    old, new = (side(replace(law_of([]), rulesets=(each,))) for each in (one, other))
    ((value,),) = [change.values for change in diff(old, new).parameters]
    assert (value.old.value, value.new.value, value.source) == (1, 2, None)


CASES = {
    "diff.ja.txt": ("--lang", "ja"),
    "diff.en.txt": ("--lang", "en"),
    "diff.json": ("--format", "json"),
}


def golden(name, shown):
    """Compare what is shown with a file under tests/golden_changes, to the last byte."""
    assert shown == kept(GOLDEN / name, shown)


@pytest.mark.parametrize("name", CASES)
def test_golden(name, tmp_path, monkeypatch, capsys):
    """`rules diff` says what its file under tests/golden_changes says."""
    two_laws.write(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(json_values, "__version__", "0")
    assert main(["rules", "diff", "--from", "old", "--to", "new", *CASES[name]]) == 0
    golden(name, capsys.readouterr().out)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_golden_of_what_is_shipped(lang, capsys):
    """The diff of the shipped rulesets between editions 4.0 and 5.1 says what its file says."""
    main(["rules", "diff", "--from", str(JUNE), "--to", str(NOVEMBER), "--lang", lang])
    golden(f"diff-shipped.{lang}.txt", capsys.readouterr().out)


def test_exit_codes(tmp_path, monkeypatch, capsys):
    """Differences are no fault, unless they are asked for as an exit code."""
    folder(tmp_path / "old", {"national/test.yaml": GOOD})
    folder(tmp_path / "new", {"national/test.yaml": RENAMED})
    monkeypatch.chdir(tmp_path)
    call = ["rules", "diff", "--lang", "en", "--from", "old", "--to"]
    assert main([*call, "new"]) == 0
    assert main([*call, "new", "--exit-code"]) == 1
    capsys.readouterr()
    assert main([*call, "old", "--exit-code"]) == 0
    assert capsys.readouterr().out == "Rules: old → old\n  Nothing differs.\n"
    assert main([*call, "nowhere"]) == 2
