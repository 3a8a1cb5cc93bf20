from __future__ import annotations

import json
import re
from functools import cache
from typing import get_origin

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from dxrules.errors import Place, PlanError
from dxrules.plan import cross_checks, plan_of, read_plan
from dxrules.plan.field_info import model_in, plain_type
from dxrules.plan.models import SECTIONS, Plan
from dxrules.plan.municipality_code import check_digit, check_municipality_code
from dxrules.plan.open_doubts import SECTION_NAMES
from dxrules.plan.schema import id_names, plan_schema
from dxrules.plan.sections.about import About
from dxrules.plan.sections.evident import Evident
from dxrules.plan.sections.measures import Measure
from dxrules.plan.template import template
from dxrules.plan.workbook.guide import purpose
from dxrules.plan.workbook.layout import sheets
from dxrules.source import Refusal, from_text
from dxrules.texts import LANGS
from tests.helpers.plans import EXCLUDED, models, plan_file, reference, switched_on
from tests.helpers.wrong_files import HEAD, WRONG

FACTS = sorted((WRONG.parent.parent / "facts").glob("*.yaml"))
each_town = pytest.mark.parametrize("file", FACTS, ids=lambda file: file.stem)
each_language = pytest.mark.parametrize("lang", LANGS)


def load(text):
    return plan_of(from_text(text, "plan.yaml"), reference())


@pytest.mark.parametrize(
    ("about", "sections"),
    [
        ("author: －", ""),
        ("no_period_because: 特になし", ""),
        ("successor: 未定", ""),
        ("cites: [{document: prefecture-plan, title: (記載なし)}]", ""),
        ("parents: [{title: 総合計画, stage: －}]", ""),
        ("", "provisions: {ciso: {title: －, body: 検討中, evidence: [{section: －}]}}"),
        ("", "measures: [{id: a, title: a, owner: 調整中, because: 未定}]"),
        ("", "indicators: [{id: a, title: a, unit: －, measure: －, denominator: －, goal: －}]"),
    ],
)
def test_text_that_says_nothing(about, sections):
    """What only says that there is nothing to write is silence, and no answer to any rule."""
    shown = json.dumps(plan_file(sections, about).plan.model_dump(mode="json"), ensure_ascii=False)
    assert not re.search('－|なし|未定|中"', shown)


_WAIVED = (
    "waivers: [{{rule: DXP-10, kind: area, key: ai, reason: {}, authority: {}, from: 2026-04-01, "
    "until: 2027-03-31}}]"
)


@pytest.mark.parametrize(
    ("about", "sections", "key"),
    [
        ("declines: [{area: ai, because: 未定}]", "", "plan.declines[0].because"),
        (
            "details_in: [{title: 未定, parts: [measures], status: planned}]",
            "",
            "plan.details_in[0].title",
        ),
        (
            "",
            "indicators: [{id: a, title: a, measure: 率, text_measure: {name: －}}]",
            "indicators[0].text_measure.name",
        ),
        (
            "",
            "indicators: [{id: a, title: a, targets: [{relative: 未定, year: 令和9年度}]}]",
            "indicators[0].targets[0]",
        ),
        ("", _WAIVED.format("－", "町長"), "waivers[0].reason"),
        ("", _WAIVED.format("費用", "未定"), "waivers[0].authority"),
    ],
)
def test_text_that_has_to_say_something(about, sections, key):
    """A reason, who accepted a waiver, and a target cannot be left open."""
    with pytest.raises(PlanError) as caught:
        plan_file(sections, about)
    assert [problem.key for problem in caught.value.problems] == [key]


def test_stage_of_a_target_may_be_to_consider():
    """検討中 is a stage that is aimed at, and no blank."""
    file = plan_file("indicators: [{id: a, title: a, targets: [{phase: 検討中, year: 令和9年度}]}]")
    assert file.plan.indicators[0].targets[0].phase == "検討中"


# The five towns


def test_five_towns_travel_along():
    """There are the plans of five towns."""
    assert len(FACTS) == 5


@each_town
def test_town(file):
    """The plan of each town loads, and its file bears the code that the plan gives."""
    plan = read_plan(file, reference(), file.name).plan
    code = plan.municipality.code
    assert file.name.startswith(f"{code[:5]}-")
    assert plan.municipality.prefecture == code[:2]
    assert plan.municipality.prefecture in reference().prefectures


@pytest.mark.parametrize("code", ["063223", "093017", "104213", "345458", "406465"])
def test_check_digits_of_the_towns(code):
    """The formula gives the check digits of the five towns as their plans' files have them."""
    assert check_digit(code[:5]) == code[5]
    assert check_municipality_code(code) == code
    assert code in {read_plan(file, reference()).plan.municipality.code for file in FACTS}


@given(st.from_regex(r"(0[1-9]|[123][0-9]|4[0-7])([3-9][0-9]{2}|2[1-9][0-9])", fullmatch=True))
def test_one_check_digit_is_right(five):
    """Of the ten codes with the same five digits exactly one is a code."""

    def right(code):
        try:
            return check_municipality_code(code) == code
        except Refusal:
            return False

    assert [digit for digit in "0123456789" if right(five + digit)] == [check_digit(five)]


@pytest.mark.parametrize("code", ["", "34545", "3454588", "３４５４５８", "34545x", "345458\n"])
def test_code_has_six_digits(code):
    """What is not six ASCII digits is no code."""
    with pytest.raises(Refusal, match="is not a six-digit municipality code"):
        check_municipality_code(code)


OTHER_CODES = {
    "090000": "is the code of a prefecture. Write the code of a municipality.",
    "130001": "is the code of a prefecture. Write the code of a municipality.",
    "011011": "is the code of a ward of a designated city. Write the city's, 011002.",
    "221406": "is the code of a ward of a designated city. Write the city's, 221309.",
    "141313": "is the code of a ward of a designated city. Write the city's, 141305.",
    "271411": "is the code of a ward of a designated city. Write the city's, 271403.",
    "093017": None,
    "131016": None,
    "131237": None,
    "271403": None,
    "221309": None,
    "011002": None,
    "012025": None,
    "131008": "is the code of no municipality. "
    "The third to fifth digit is 201 or more for a city, 301 for a town.",
    "091014": "is the code of no municipality. "
    "The third to fifth digit is 201 or more for a city, 301 for a town.",
}


@pytest.mark.parametrize(("code", "said"), OTHER_CODES.items())
def test_codes_of_something_else(code, said):
    """The code of a prefecture, or of a ward that is no municipality, is named as what it is."""
    if said is None:
        assert check_municipality_code(code) == code
        return
    with pytest.raises(Refusal) as caught:
        check_municipality_code(code)
    assert f"{caught.value.text.en} {caught.value.hint.en}" == f'"{code}" {said}'


# The file


def test_smallest_plan():
    """Four keys make a plan; every section that is left out has not been read."""
    file = load(HEAD)
    assert file.name == "plan.yaml"
    assert file.unread == SECTIONS
    assert file.plan.municipality.name.text.en == "Jinsekikogen"
    assert file.plan.recorded.text == "令和8年3月"
    assert file.plan.waivers == ()


def test_each_section_is_declared_wherever_sections_are():
    """What can be left unread can be closed and in doubt, and its sheet says what it is for."""
    assert set(SECTION_NAMES) == {"plan", *SECTIONS}
    assert all(purpose(sheet.name).ja for sheet in sheets())


def test_each_entry_that_carries_evidence_is_among_those_of_its_plan():
    """No section whose entries quote the document is forgotten by `evident`."""
    for name, info in Plan.model_fields.items():
        model = model_in(info.annotation)
        if model is not None and issubclass(model, Evident):
            entry, origin = model.model_construct(), get_origin(plain_type(info.annotation))
            held = {tuple: (entry,), dict: {"x": entry}}.get(origin, entry)
            plan = Plan.model_construct(**{"plan": None, name: held})
            assert any(each is entry for each in plan.evident()), name


def test_sections_that_can_be_left_unread():
    """Left out or read and found empty are two things, for six sections."""
    assert SECTIONS == (
        "provisions",
        "standardization",
        "collection",
        "measures",
        "indicators",
        "document",
    )
    file = load(HEAD + "provisions: {}\nmeasures: []\n")
    assert file.unread == ("standardization", "collection", "indicators", "document")


def test_places_in_a_plan():
    """Where something stands is told, or where it would."""
    file = load(HEAD + "measures:\n  - {id: a, title: b}\n")
    assert file.place(("measures", 0, "title")) == Place("plan.yaml", 6, 20)
    assert file.place(("measures", 0, "due")) == Place("plan.yaml", 6, 5)


def test_file_is_called_by_its_path(tmp_path):
    """Without another name, messages call a file by its path."""
    path = tmp_path / "a.yaml"
    with pytest.raises(PlanError) as caught:
        read_plan(path, reference())
    assert str(caught.value) == f"{path.as_posix()}:1:1: No such file."


def test_evidence_names_keys():
    """Evidence is found for the keys that it names, by the name that the file has for them."""
    evidence = "[{of: [of_text, text_measure], from: town, text: 保有率}]"
    text = f"{HEAD}indicators:\n  - {{id: a, title: b, evidence: {evidence}}}\n"
    with pytest.raises(PlanError, match=r"of\[0\]: \"of_text\" is not a key"):
        load(text)
    (indicator,) = load(text.replace("of_text, ", "")).plan.indicators
    assert indicator.evidence[0].of == ("text_measure",)
    assert indicator.evidence[0].origin == "town"


def test_evidence_may_name_nothing_else_than_facts():
    """That there is evidence is no fact that needs evidence."""
    with pytest.raises(PlanError, match='"evidence" is not a key of what this is evidence for'):
        load(HEAD.replace("計画}", "計画, evidence: [{of: [evidence]}]}"))


@pytest.mark.parametrize("value", ["1", "1.5", '"1,000"', "100", "-3.25"])
def test_figures(value):
    """A figure is kept as the plan writes it, digit by digit."""
    indicator = f"{{id: a, title: b, baseline: {{value: {value}}}}}"
    plan = load(f"{HEAD}indicators: [{indicator}]\n").plan
    assert str(plan.indicators[0].baseline.value) == value.replace(",", "").strip('"')


@pytest.mark.parametrize(("said", "value"), [("17", 17), ("all", "all"), ("１７", 17)])
def test_number_or_all(said, value):
    """The number of systems migrated is a number, or all."""
    plan = load(f"{HEAD}standardization: {{scope: list, migrated: {said}}}\n").plan
    assert plan.standardization.migrated == value


@pytest.mark.parametrize("until", ["2026-04-01", "令和8年度", "令和8年4月"])
def test_waiver_of_one_day_or_more(until):
    """A waiver that may end on the day on which it starts, or later, is one."""
    waiver = (
        f"{{rule: A, kind: b, key: c, reason: d, authority: e, from: 2026-04-01, until: {until}}}"
    )
    assert load(f"{HEAD}waivers: [{waiver}]\n").plan.waivers[0].until.text == until


SUMS = {
    "migrated: 18, in_scope: 17": "More tasks are migrated (18) than in scope (17).",
    "in_scope: 30, migrated: 30": "in_scope is 30, but there are 20 target tasks.",
    "migrated: 21": "migrated is 21, but there are 20 target tasks.",
    "in_scope: 0": "in_scope is 0, but excluded does not list every task.",
    "excluded: [{task: child-allowance}], systems: {child-allowance: {status: migrated}}": (
        "Under both excluded and systems: child-allowance."
    ),
}


@pytest.mark.parametrize(("said", "message"), SUMS.items())
def test_standardization_that_does_not_add_up(said, message):
    """Figures of the standardization that contradict each other are refused."""
    with pytest.raises(PlanError) as caught:
        load(f"{HEAD}standardization: {{scope: list, {said}}}\n")
    (problem,) = caught.value.problems
    assert (problem.key, problem.message.en) == ("standardization", message)
    assert problem.hint is not None


def test_no_task_in_scope():
    """None is in scope where every task is left out; as many can be migrated as are in scope."""
    tasks = ", ".join(f"{{task: {task}}}" for task in reference().tasks)
    plan = load(f"{HEAD}standardization: {{scope: list, in_scope: 0, excluded: [{tasks}]}}\n").plan
    assert plan.standardization.in_scope == 0
    assert load(f"{HEAD}standardization: {{scope: count, in_scope: 17, migrated: 17}}\n")


EDITIONS = {
    "5.l": "Did you mean 5.1",
    "6.0": "If it is new, add it to rulesets/national/reference/editions.yaml first.",
    "5.2": "If it is new, add it to rulesets/national/reference/editions.yaml first.",
}


@pytest.mark.parametrize(("edition", "hint"), EDITIONS.items())
def test_an_edition_of_the_national_plan_that_is_not_known(edition, hint):
    """An edition that was mistyped, or is newer than the reference data, is refused as such."""
    about = f'  cites: [{{document: dx-promotion-plan, edition: "{edition}"}}]\n'
    with pytest.raises(PlanError) as caught:
        load(HEAD.replace("plan: {title: 計画}\n", f"plan:\n  title: 計画\n{about}"))
    (problem,) = caught.value.problems
    assert problem.key == "plan.cites[0].edition"
    known = ", ".join(reference().editions)
    assert problem.message.en == (
        f'No edition "{edition}" of the national plan is known (there are {known}).'
    )
    assert problem.hint.en.startswith(hint)


def test_an_edition_of_thousands_of_digits():
    """However long an edition is, it is one that is not known, and is quoted in part."""
    edition = "9" * 5_000
    about = f'  cites: [{{document: dx-promotion-plan, edition: "{edition}"}}]\n'
    with pytest.raises(PlanError) as caught:
        load(HEAD.replace("plan: {title: 計画}\n", f"plan:\n  title: 計画\n{about}"))
    (problem,) = caught.value.problems
    known = ", ".join(reference().editions)
    assert problem.message.en == (
        f'No edition "{"9" * 59}…" of the national plan is known (there are {known}).'
    )


def test_an_edition_of_another_document():
    """Only the editions of the national plan stand in a list."""
    about = 'plan: {title: 計画, cites: [{document: el-qr-notes, edition: "2.0"}]}\n'
    assert load(HEAD.replace("plan: {title: 計画}\n", about)).plan.plan.cites[0].edition == "2.0"


# The template


@each_language
def test_template_loads(lang):
    """The template is a plan as it is written, with nothing but what is required."""
    file = load(template(lang, reference()))
    assert file.unread == SECTIONS
    assert file.plan.plan.model_fields_set == {"title"}


@each_language
def test_template_switched_on_loads(lang):
    """With every key switched on the template is a plan in which nothing is unread or silent."""
    text = switched_on(template(lang, reference()))
    assert not re.search(r"^#(?! )", text, flags=re.MULTILINE)
    file = load(text)
    assert file.unread == ()
    assert file.plan.plan.model_fields_set == set(About.model_fields) - {"no_period_because"}
    assert file.plan.measures[0].model_fields_set == set(Measure.model_fields)


@each_language
@pytest.mark.parametrize("key", EXCLUDED)
def test_keys_that_exclude_another(lang, key):
    """A key that is left out of the switched-on template is so because it excludes another."""
    with pytest.raises(PlanError) as caught:
        load(switched_on(template(lang, reference()), EXCLUDED.keys() - {key}))
    (problem,) = caught.value.problems
    assert problem.text.en.split(": ", 1)[1] == EXCLUDED[key]


@each_language
def test_template_shows_every_key(lang):
    """Every key of every model stands in the template, with an explanation before it."""
    lines = template(lang, reference()).splitlines()
    keys = [re.match(r"#? *(?:- )?([a-z_-]+):", line) for line in lines]
    for model in models():
        for name, info in model.model_fields.items():
            assert info.alias or name in {found[1] for found in keys if found}
    ids = {f"{next(iter(names))}:" for names in id_names(reference()).values()}
    for before, line, key in zip(lines, lines[1:], keys[1:], strict=False):
        if key and line.strip("# ") not in ids:
            assert before.lstrip().startswith("# ")


@each_language
def test_template_lists_all_ids(lang):
    """Whoever fills the template in sees every id with its name."""
    text = template(lang, reference())
    for kind in ("areas", "charges", "documents", "problems", "provisions", "tasks"):
        for key, name in id_names(reference())[kind].items():
            assert f"{key}({name.in_(lang)})" in text


def test_templates_differ_in_their_explanations_only():
    """Both templates have the same keys and examples."""
    keys = [
        [line for line in template(lang, reference()).splitlines() if not re.match(" *# ", line)]
        for lang in LANGS
    ]
    assert keys[0] == keys[1]


# The schema


@cache
def validator():
    """Return what checks a plan as an editor would."""
    schema = plan_schema(reference())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


class Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: 17 is a number, yes and 2026-09-30 are text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  (so does PyYAML)


Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), None)
Core.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)$"), None
)
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), None)


class Old(Core):
    """YAML 1.1, in which yes and no are truth values, too."""


Old.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(yes|no)$"), None)

READERS = [yaml.BaseLoader, Core, Old]
each_reader = pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)


def faults(text, reader):
    """Return what the schema says about a plan."""
    data = yaml.load(text, Loader=reader)  # noqa: S506  (all of them are safe)
    return [f"{error.json_path}: {error.message}" for error in validator().iter_errors(data)]


@each_reader
@each_town
def test_schema_accepts_the_towns(file, reader):
    """The plans of the towns fit the schema, whatever version of YAML the editor reads."""
    assert faults(file.read_text("utf-8"), reader) == []


@each_reader
@each_language
def test_schema_accepts_the_template(lang, reader):
    """The template fits the schema, as it is written and with every key switched on."""
    text = template(lang, reference())
    assert faults(text, reader) == []
    assert faults(switched_on(text), reader) == []


SCALARS = """
municipality: {code: 345458, name: {ja: 1, en: 2}}
recorded: 2026.3
plan: {title: 2026, published: true}
standardization: {scope: count, in_scope: "17", migrated: 17}
plan: {title: a, evidence: [{page: "1,000"}, {page: １２}]}
standardization: {scope: count, in_scope: １７, migrated: all}
indicators: [{id: 1, title: b, baseline: {value: 1.5}, measures_area: yes}]
indicators: [{id: a, title: b, baseline: {value: "１，０００"}, measures_area: no}]
provisions: {cio: {published: No, applies: YES}}
document: {read: complete, lost: [{part: other, what: true}]}
""".strip().splitlines()


@each_reader
@pytest.mark.parametrize("line", SCALARS)
def test_schema_accepts_what_the_reader_accepts(line, reader):
    """A scalar that the reader takes as text fits as what an editor makes of it."""
    key = line.split(":")[0]
    text = re.sub(rf"^{key}:.*\n", "", HEAD, flags=re.MULTILINE) + line + "\n"
    load(text)
    assert faults(text, reader) == []


SHAPES = sorted(
    path
    for path in WRONG.glob("*.yaml")
    if re.match(
        "(unknown|list-for|text-for|mapping-for|keys-missing|top-is|not-a|below"
        "|neither|code-five|id-in|fragment|empty-text|format|number-nan)",
        path.stem,
    )
)


@each_reader
@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_schema_refuses_wrong_shapes(path, reader):
    """What is wrong with keys, types, choices and ids an editor shows by the schema alone."""
    assert faults(path.read_text("utf-8"), reader) != []


def test_schema_refuses_null():
    """A key without a value is wrong for the schema as it is for the reader."""
    assert faults(HEAD + "measures: !!null\n", Core) == ["$.measures: None is not of type 'array'"]


def _nodes(node, path="$"):
    yield path, node
    children = node.items() if isinstance(node, dict) else enumerate(node)
    for key, inner in children:
        if isinstance(inner, dict | list):
            yield from _nodes(inner, f"{path}.{key}")


def _schemas():
    return [
        (path, node) for path, node in _nodes(plan_schema(reference())) if isinstance(node, dict)
    ]


def test_schema_describes_every_key_in_both_languages():
    """Each key of the schema has a description, Japanese and English."""
    properties = [
        (f"{path}.{key}", inner)
        for path, node in _schemas()
        if path.split(".")[-1] == "properties"
        for key, inner in node.items()
    ]
    assert len(properties) > 150
    for path, inner in properties:
        ja, slash, en = inner["description"].partition(" / ")
        assert slash, path
        assert en.isascii() or "(告示)" in en or "CIO" in en, path
        assert ja, path


def test_schema_names_every_id_in_both_languages():
    """Where ids of the reference data can be chosen, each has its name in both languages."""
    lists = [*reference().known().values()]
    named = [node for _, node in _schemas() if node.get("enum") in lists]
    assert {tuple(node["enum"]) for node in named} == {
        tuple(reference().known()[kind]) for kind in ("areas", "documents", "problems", "tasks")
    }
    for node in named:
        names = id_names(reference())[
            next(kind for kind, ids in reference().known().items() if ids == node["enum"])
        ]
        assert node["enumDescriptions"] == [f"{n.ja} / {n.en}" for n in names.values()]


@pytest.mark.parametrize(
    ("where", "kind"),
    [
        (("properties", "provisions"), "provisions"),
        (("$defs", "Standardization", "properties", "systems"), "tasks"),
        (("$defs", "Collection", "properties", "charges"), "charges"),
    ],
)
def test_schema_spells_ids_out_as_keys(where, kind):
    """Where an id is the key, the schema lists the ids as keys, each with its name."""
    node = plan_schema(reference())
    for step in where:
        node = node[step]
    names = id_names(reference())[kind]
    assert node["additionalProperties"] is False
    assert {key: inner["description"] for key, inner in node["properties"].items()} == {
        key: f"{name.ja} / {name.en}" for key, name in names.items()
    }


def test_examples_fit_their_own_schema():
    """Each example of the schema is right by the schema that it illustrates."""
    root = plan_schema(reference())
    shown = [(path, node) for path, node in _schemas() if "examples" in node]
    assert len(shown) > 50
    for path, node in shown:
        check = Draft202012Validator(node | {"$defs": root["$defs"]})
        assert all(check.is_valid(example) for example in node["examples"]), path


def test_schema_has_no_trace_of_pydantic():
    """Neither null nor generated titles nor marks of our own are left."""
    for path, node in _schemas():
        assert not {key for key in node if key.startswith("x-")}, path
        assert node.get("type") != "null", path
        assert path == "$" or not isinstance(node.get("title"), str), path


def test_schema_says_what_codes_are_called():
    """An editor shows each value with its words, inserts no empty list, and explains a pattern."""

    def nodes(node):
        if isinstance(node, dict):
            yield node
        for each in node.values() if isinstance(node, dict) else node:
            if isinstance(each, dict | list):
                yield from nodes(each)

    schema = plan_schema(reference())
    assert schema["$id"] == "urn:dxrules:plan:1"
    status = schema["$defs"]["Measure"]["properties"]["status"]
    said = dict(zip(status["enum"], status["enumDescriptions"], strict=True))
    assert said["not-done"] == "未了と明記 / stated as not done"
    for node in nodes(schema):
        assert node.get("default") not in ([], {})
        assert "pattern" not in node or " / " in node["patternErrorMessage"]
        if isinstance(node.get("enum"), list):
            assert len(node["enumDescriptions"]) == len(node["enum"])


def test_one_interval_needs_no_list():
    """One interval is written as one word, in a code or in words of the plan."""
    said = "provisions: {progress-review: {cycle: 半年ごと}, security-audit: {cycle: [yearly]}}"
    provisions = plan_file(said).plan.provisions
    assert provisions["progress-review"].cycle == ("half-yearly",)
    assert provisions["security-audit"].cycle == ("yearly",)


@pytest.mark.parametrize("said", ["第4.0版", "【第4.0版】", "4.0", "第４．０版"])
def test_edition_is_read_as_it_is_cited(said):
    """An edition of the national plan is its number, with or without the words around it."""
    about = f'cites: [{{document: dx-promotion-plan, edition: "{said}"}}]'
    assert plan_file("", about).plan.plan.cites[0].edition == "4.0"


def test_prerequisites_beyond_the_bound(monkeypatch):
    """What would take minutes to judge is refused with one message, where it is too much."""
    monkeypatch.setattr(cross_checks, "PLAN_PREREQUISITES", 2)
    requires = [{"id": "a"}, {"id": "b"}]
    data = {"measures": [{"id": name, "title": name, "requires": requires} for name in "ab"]}
    (problem,) = cross_checks.between_entries(from_text(json.dumps(data), "a.json"))
    assert problem.key == "measures[1].requires[0]"
    assert problem.message.en.startswith("The measures have more than 20,000 prerequisites")


@pytest.mark.parametrize("key", ["targets", "results"])
def test_times_of_an_indicator_beyond_the_bound(key, monkeypatch):
    """Each result is held against each target, and against each other one."""
    monkeypatch.setattr(cross_checks, "INDICATOR_TIMES", 2)
    shown = [{"text": "令和8年度 1"}] * 4
    data = {"indicators": [{"id": "a", key: [{"year": "令和8年度", "value": "1"}] * 4}]}
    data["indicators"][0]["evidence"] = shown
    (problem,) = cross_checks.between_entries(from_text(json.dumps(data), "a.json"))
    assert problem.key == f"indicators[0].{key}[2]"
    assert problem.message.en.startswith("An indicator has more than 200 targets or results")
