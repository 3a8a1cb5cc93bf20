"""Reading rulesets: nothing that is good is refused, and all of it is read."""

from __future__ import annotations

from datetime import date

import jsonschema
import pytest

from dxrules.dates import DatedValues, Range, ValueSince
from dxrules.derivation import SILENT, UNKNOWN, VOCABULARY, Code
from dxrules.errors import Place
from dxrules.reference import Article, Source
from dxrules.rules import Outcome, Rule
from dxrules.rules.condition import All, AnyOf, Leaf, Not, Param
from dxrules.rules.parse import ConditionParser, Faults
from dxrules.rules.rule import Example, InForce
from dxrules.rules.ruleset_files import ruleset_files
from dxrules.rules.schema import ruleset_schema
from dxrules.source import from_text, read
from dxrules.texts import Text
from tests.helpers.lawbooks import FILE, GOOD, ROOT, broken, load


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
        source=Source(
            title=Text("法律", "Act"),
            kind="law",
            verified="primary",
            law_id="503AC0000000040",
            revision="e-Gov 2026-02-08",
            read_on="2026-11-29",
        ),
        source_key="act",
        clause=Text("第1条", "第1条"),
        articles=(Article("1"),),
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
        "deadline": DatedValues(
            (
                ValueSince(date(2020, 4, 1), date(2025, 3, 31).toordinal(), date(2023, 3, 31)),
                ValueSince(date(2023, 4, 1), date(2026, 3, 31).toordinal()),
            )
        ),
        "limit": DatedValues((ValueSince(date(2020, 4, 1), 3),)),
        "accepted": DatedValues((ValueSince(date(2020, 4, 1), ("transition-support",)),)),
    }


def test_the_types_of_parameters(tmp_path):
    """A ruleset keeps the type of each parameter beside its values."""
    (ruleset,) = load(tmp_path).rulesets
    assert ruleset.types == {"deadline": "date", "limit": "number", "accepted": "codes"}


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
    ("strength: yardstick", "note"),
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
        "source: {ref: guide}", "source: {ref: act, article: 1-1}"
    )
    text = broken("    unless_failed: TST-03\n", "", text)
    assert load(tmp_path, text).rulesets[0].rules[2].severity == severity


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
