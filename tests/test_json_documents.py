"""What commands write as JSON is what its declared type says, and `schema` prints that."""

import json
import re
from types import SimpleNamespace as Given
from typing import Annotated, Literal, NotRequired

import jsonschema_rs
import pytest
from typing_extensions import TypedDict

from dxrules.cli import main
from dxrules.cli.commands.schema import WRITTEN
from dxrules.report.json_documents import DOCUMENTS, document_schema
from dxrules.report.json_views import as_json, made, of
from tests.helpers import two_laws
from tests.helpers.lawbooks import GOOD, ROOT, folder
from tests.helpers.small import DATA, DAY, changed
from tests.test_setbacks import without

pytestmark = pytest.mark.covered

TOWN = str(ROOT / "facts" / "40646-koge.yaml")
OTHER = str(ROOT / "facts" / "06322-nishikawa.yaml")
ON = ("--as-of", "2026-11-20")
ALONE = ("--engine", "interpreter")


def closed(node):
    """Return a schema that allows no key but those that it names, where it names any."""
    if isinstance(node, list):
        return [closed(each) for each in node]
    if not isinstance(node, dict):
        return node
    made = {key: closed(value) for key, value in node.items()}
    named = isinstance(made.get("properties"), dict) and made.get("type") == "object"
    return made | ({"additionalProperties": False} if named else {})


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Return what a command writes as JSON; it must not be refused."""
    monkeypatch.chdir(tmp_path)

    def run(*words, code=None):
        file = tmp_path / "written.json"
        ended = main([*words, "--format", "none", "--output", f"json={file}"])
        assert ended in {0, 1} if code is None else ended == code
        return json.loads(file.read_text("utf-8"))

    return run


def fits(data, name):
    """Hold a document to its type: every key is declared, and nothing that is declared lacks."""
    assert re.fullmatch(rf"dxrules/{name}/\d", data["format"])
    found = jsonschema_rs.validator_for(closed(document_schema(name))).iter_errors(data)
    assert [(each.instance_path, each.message[:200]) for each in found] == []


def test_every_format_is_declared():
    """Each `format` that a report writes has a type, and `schema` takes its name."""
    sources = "".join(p.read_text("utf-8") for p in (ROOT / "dxrules/report").rglob("*.py"))
    found = set(re.findall(r'"dxrules/([a-z-]+)/\d"', sources))
    assert found == set(DOCUMENTS)
    assert tuple(WRITTEN) == DOCUMENTS


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_help_names_every_document(lang, capsys):
    """The help names what there is a schema of, in both languages."""
    assert main(["schema", "--help", "--lang", lang]) == 0
    told = re.sub(r"-\s+", "-", capsys.readouterr().out)
    assert set(re.findall(r"[a-z-]+", told)) >= {"plan", "ruleset", "test", *WRITTEN}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_schema_is_printed(name, capsys):
    """`schema` prints a valid schema with a title in both languages and no word in one."""
    assert main(["schema", name]) == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema_rs.meta.validate(schema)
    ja, en = schema["title"].split(" / ")
    assert ja.startswith("dxrules ")
    assert en.startswith("dxrules ")
    assert "description" not in str(schema).replace("'description': {", "")
    read = jsonschema_rs.validator_for(schema)
    assert not read.is_valid({"format": f"dxrules/{name}/0"})


PLANS, RULES = str(DATA / "plans"), ("--rulesets", str(DATA / "rulesets"))
SMALL_DAY = (*RULES, "--as-of", DAY)
PLAN = f"{PLANS}/34999-mihon.yaml"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("assessment", ("check", TOWN, OTHER, *ON, *ALONE, "--all")),
        ("gaps", ("gaps", OTHER, *ON, *ALONE)),
        ("graph", ("graph", OTHER, *ON)),
        ("comparison", ("compare", TOWN, OTHER, *ON, *ALONE)),
        ("explanation", ("explain", "DXP-10", OTHER, "--history", *ON, *ALONE)),
        ("rules", ("rules", "list")),
        ("sources", ("rules", "sources", *ON)),
    ],
)
def test_what_is_written_of_towns_fits(name, words, written):
    """What a command writes of real plans and the rules that are shipped is what its type says."""
    fits(written(*words), name)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("assessment", ("check", PLAN, *SMALL_DAY, "--all")),
        ("evidence", ("check", PLAN, *SMALL_DAY, "--evidence")),
        ("gaps", ("gaps", PLAN, *SMALL_DAY)),
        ("graph", ("graph", PLAN, *SMALL_DAY)),
        ("forecast", ("forecast", PLAN, *SMALL_DAY)),
        ("explanation", ("explain", "TST-01", PLAN, "--history", *SMALL_DAY)),
        ("gaps-of-plans", ("gaps", PLAN, PLANS, *SMALL_DAY)),
        ("forecast-of-plans", ("forecast", PLANS, *SMALL_DAY)),
        ("inquiry", ("ask", PLAN, *SMALL_DAY)),
        ("rules", ("rules", "list", *RULES)),
        ("sources", ("rules", "sources", *SMALL_DAY)),
    ],
)
def test_what_is_written_fits(name, words, written):
    """What a command writes of the small plan is what its type says."""
    fits(written(*words), name)


def test_an_assessment_with_more_fits(written, tmp_path):
    """So is what has a baseline that is stale, what failed before, and what was not read."""
    (tmp_path / "plans").mkdir()
    plan = tmp_path / "plans/mihon.yaml"
    plan.write_text(changed({}), "utf-8")
    assert main(["baseline", "write", "known.jsonl", "plans", *SMALL_DAY, *ALONE]) == 0
    plan.write_text(without("standardization"), "utf-8")
    (tmp_path / "plans/broken.yaml").write_text("format: dxrules/plan/1\n", "utf-8")
    found = written("check", "plans", *SMALL_DAY, *ALONE, "--baseline", "known.jsonl", code=2)
    assert found.keys() >= {"baseline", "setbacks", "unreadable"}
    fits(found, "assessment")


def test_a_replay_fits(written):
    """What became of a packet is what its type says, if it was altered, too."""
    words = ("check", PLANS, *SMALL_DAY, *ALONE, "--format", "none", "--packet", "packet.zip")
    assert main([*words, "--fail-on", "never"]) == 0
    fits(written("replay", "packet.zip"), "replay")


def test_what_is_watched_fits(written, tmp_path):
    """Revisions with towns and without, one that cannot be drafted, and what they leave alone."""
    rows = ["law_id,effective,title", "306AC0000000000,2027-04-01,a", "306AC0000000000,,b"]
    (tmp_path / "list.csv").write_text("\n".join(rows), "utf-8")
    words = ("rules", "watch", "list.csv", *RULES, "--as-of", DAY)
    found = written(*words, "--plans", PLANS)
    assert (found["towns"], len(found["changes"]), len(found["not_drafted"])) == (1, 2, 1)
    assert found["changes"][0]["towns"]["touched"]["at_most"] == 1
    fits(found, "rules-watch")
    fits(written(*words), "rules-watch")


def test_what_keepers_read_fits(written, tmp_path):
    """Changes of the law, what they do to plans, remarks and tests are what their types say."""
    two_laws.write(tmp_path)
    sides = ("--from", "old", "--to", "new")
    found = written("rules", "diff", *sides)
    assert all(found[part] for part in ("reference", "knowledge", "rules", "parameters"))
    fits(found, "rules-diff")
    found = written("rules", "impact", PLANS, *sides, "--as-of", DAY, *ALONE)
    assert found["plans"][0]["shifts"]
    fits(found, "rules-impact")
    folder(tmp_path / "rulesets", {"national/test.yaml": GOOD})
    found = written("rules", "lint", "--rulesets", "rulesets")
    assert found["remarks"]
    fits(found, "lint")
    words = ("rules", "test", "--rulesets", "rulesets", "--coverage", "--mutate")
    found = written(*words)
    assert found["coverage"]["missing"]
    assert found["mutants"]["alive"]
    fits(found, "rules-test")


def test_a_type_says_what_its_keys_are_from():
    """A key is from its own name or another, may lack, may be one word, and stands in its place."""
    first, second, third = (Given(old=n, name=name) for n, name in enumerate("bcd", 1))
    value = Given(name="a", parts=(first, second), one=third, nothing=None)
    assert as_json(Whole, value) == {
        "format": "form/1",
        "called": "a",
        "parts": [{"name": "b", "age": 1}, {"name": "c", "age": 2}],
        "one": {"name": "d", "age": 3},
        "none": None,
        "doubled": ["d", "d"],
    }
    assert [*as_json(Whole, value)["one"]] == ["age", "name"]


class Part(TypedDict):
    """A part."""

    name: str
    age: Annotated[int, of("old", before="name")]


class Whole(TypedDict):
    """A whole."""

    format: Literal["form/1"]
    called: Annotated[str, of("name")]
    parts: list[Part]
    one: Part | None
    none: Annotated[Part | None, of("nothing")]
    lacks: NotRequired[Annotated[Part, of("nothing")]]
    doubled: Annotated[list[Part], made(lambda whole: [whole.one.name] * 2)]


def test_a_type_of_several_types_needs_what_makes_it():
    """What may be of several declared types says itself how it is written."""
    with pytest.raises(ValueError, match="too many values"):
        as_json(Part | Whole, None)
