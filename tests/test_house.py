"""The house: what may import what, what a command loads, how long a module is."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from importlib import import_module

import networkx as nx
import pytest

import dxrules
from dxrules.report.writers import CHECK
from tests.helpers.lawbooks import ROOT, TOWNS
from tests.helpers.source_code import PACKAGE, modules, name_of, parsed, place_of, text_of

# From left to right; what stands together is one room.
ROOMS = (
    ("errors", "frozen", "paths", "texts"),
    ("dates",),
    ("source",),
    ("document",),
    ("reference",),
    ("plan",),
    ("draft",),
    ("derivation",),
    ("rules",),
    ("engine",),
    ("assessment",),
    ("inquiry",),
    ("keeper",),
    ("report",),
    ("nation",),
    ("desk",),
    ("cli",),
)
RANK = {name: rank for rank, names in enumerate(ROOMS) for name in names}

LONGEST = 400
"""Lines of a module: one sitting."""

HEAVY = ("pydantic", "yaml", "networkx", "click", "tabulate", "durable_rules_engine")


def room(module):
    """Return the room that a module of the package is in; None outside."""
    parts = module.split(".")
    return parts[1] if parts[0] == "dxrules" and len(parts) > 1 and parts[1] in RANK else None


def test_every_module_is_in_a_room():
    """There is no module beside the rooms of the house."""
    beside = [p.name for p in modules() if room(name_of(p)) is None and p.parent == PACKAGE]
    assert beside == ["__init__.py", "__main__.py"]
    assert {p.name for p in PACKAGE.iterdir() if p.is_dir() and p.name[0] not in "_."} <= set(RANK)


def to_the_right(path):
    """Return each import of a module from a room on its right, with its place."""
    own = room(name_of(path))
    return [
        f"{place_of(path)}:{line}: {module}"
        for line, module in parsed(path).imported
        if own is not None and (other := room(module)) is not None and RANK[other] > RANK[own]
    ]


def test_imports_go_to_the_left():
    """A package imports only from those on its left, for types and within functions, too."""
    assert [wrong for path in modules() for wrong in to_the_right(path)] == []


def test_the_direction_is_seen(tmp_path):
    """The guard sees imports of every kind."""
    path = tmp_path / "x.py"
    path.write_text(
        "from typing import TYPE_CHECKING\n"
        "import dxrules.cli\n"
        "if TYPE_CHECKING:\n    from dxrules.rules import Rule\n"
        "def f():\n    from dxrules import plan\n"
    )
    assert [(line, room(module)) for line, module in parsed(path).imported if room(module)] == [
        (2, "cli"),
        (4, "rules"),
        (6, "plan"),
    ]


def taken_by(path):
    """Return the modules of the package that a module imports: at once, later, for types."""
    known = set(map(name_of, modules()))
    found = {
        whole if (whole := f"{module}.{name}") in known else module
        for module, name in parsed(path).taken
    }
    return found & known


def circles(imports):
    """Return the groups of modules that import each other."""
    graph = nx.DiGraph([(name, other) for name, others in imports.items() for other in others])
    return sorted(
        sorted(group) for group in nx.strongly_connected_components(graph) if len(group) > 1
    )


def test_no_modules_import_each_other():
    """There is no circle among modules, by an import within a function or for types neither."""
    assert circles({name_of(path): taken_by(path) for path in modules()}) == []


def test_circles_are_seen(tmp_path):
    """The guard follows imports of every kind."""
    path = tmp_path / "x.py"
    path.write_text(
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from dxrules.rules import Rule\n"
        "def f():\n    import dxrules.errors\n    from dxrules.derivation import context\n"
    )
    assert taken_by(path) == {"dxrules.errors", "dxrules.derivation.context", "dxrules.rules"}
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a", "d"}}) == [["a", "b", "c"]]


PRINTS = {"dxrules/cli/streams.py", "dxrules/derivation/vocabulary_page.py"}
"""What writes to a standard stream: the one way out, and a page that is generated."""


def test_one_module_prints():
    """Nothing goes to standard output or standard error but through the one way out."""
    ways = {"print", "click.echo", "click.secho", "sys.stdout.write", "sys.stderr.write"}
    assert {place_of(path) for path in modules() if parsed(path).calls & ways} == PRINTS


NOW = ("today", "now", "utcnow", "time")
CLOCKS = {f"{of}.{name}" for of in ("date", "datetime", "time") for name in NOW}


def test_the_command_line_holds_the_only_clock():
    """No module but the command line asks what day it is."""
    asking = {place_of(path) for path in modules() if parsed(path).names & CLOCKS}
    assert asking == {"dxrules/cli/common.py"}


def test_the_context_of_a_call_carries_its_language():
    """No command is handed the language: what says a text asks for it."""
    before_a_call = {"__init__.py", "bilingual.py", "help.py", "app.py"}
    named = [path for path in (PACKAGE / "cli").glob("*.py") if path.name not in before_a_call]
    found = [*named, *(PACKAGE / "cli" / "commands").rglob("*.py")]
    assert [place_of(path) for path in found if "lang: Lang" in text_of(path)] == [
        "dxrules/cli/streams.py"
    ]


def test_modules_are_read_in_one_sitting():
    """No module is longer than 400 lines."""
    lines = {place_of(path): len(text_of(path).splitlines()) for path in modules()}
    assert {name: n for name, n in lines.items() if n > LONGEST} == {}


def names_of_types(paths):
    """Return the public classes and aliases of modules by their names, with the rooms they are of.

    An alias is a name like a class that stands for another type; a variable of types is none.
    """
    found = {}
    for path in paths:
        for node in ast.walk(ast.parse(text_of(path))):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append(room(name_of(path)))
        for node in ast.parse(text_of(path)).body:
            if isinstance(node, ast.Assign) and not ast.unparse(node.value).startswith("TypeVar("):
                name = ast.unparse(node.targets[0])
                if name.isidentifier() and name[0].isupper() and not name.isupper():
                    found.setdefault(name, []).append(room(name_of(path)))
    return {name: rooms for name, rooms in found.items() if name[0] != "_"}


def test_the_name_of_a_type_has_one_meaning():
    """No two types have one name; what is written as JSON is called like what it is made of."""
    found = names_of_types(path for path in modules() if not path.name.startswith("json_"))
    assert {name: rooms for name, rooms in found.items() if len(rooms) > 1} == {}


SAME_IN_ROOMS = {
    "answer": "what the town answered, taken into its plan file",
    "baseline": "what a plan is already known to fail",
    "collection": "collection of public charges",
    "comparison": "towns side by side",
    "convert": "a plan file in another form",
    "diff": "what changed between two lawbooks",
    "draft": "a plan file drafted from a document",
    "explain": "a rule, and what it found in a plan",
    "forecast": "what will fall due",
    "gaps": "what is missing, by area",
    "graph": "what depends on what",
    "impact": "whose verdicts a change turns",
    "impact_bounds": "in how many plans a change makes a rule fail",
    "indicators": "figures by which a plan wants to be measured",
    "inquiry": "questions to a municipality, written out",
    "lint": "remarks on rulesets",
    "measures": "what a town does or means to do",
    "new": "a command that starts a file",
    "new_edition": "a new edition of a document against a plan file",
    "query": "a database of results is asked",
    "quotations": "whether quoted words stand in the document",
    "read": "from a file to what it holds",
    "replay": "a packet judged again",
    "schema": "JSON Schema",
    "sources": "when the sources of rules were last read",
    "standardization": "standardization of systems",
    "watch": "what a revision of a law would touch",
}
"""Basenames of modules that stand in several rooms, each with the one thing that it means."""


def test_a_basename_has_one_meaning():
    """Modules of one name treat one thing: what it is, its command, its report."""
    found = Counter(path.stem for path in modules() if not path.stem.startswith("__"))
    assert sorted(name for name, count in found.items() if count > 1) == sorted(SAME_IN_ROOMS)


def test_value_objects_are_made_in_one_way():
    """A class of frozen fields is `frozen`, unless it is ordered or keeps what it has computed."""
    other = "@dataclass(frozen=True, slots=True)"
    assert [place_of(path) for path in modules() if other in text_of(path)] == []


def test_strategies_stand_in_one_package():
    """What builds values for hypothesis stands together, by what it makes."""
    made = re.compile(r"\bst\.(composite|recursive|builds)\b")
    found = {
        path.parent.name
        for path in (ROOT / "tests").rglob("*.py")
        if path.name != "test_house.py" and made.search(path.read_text("utf-8"))
    }
    assert found == {"strategies"}


# ---- The face ----


def test_the_face_is_sorted():
    """`dxrules.__all__` is sorted, without doubles, and has a home for every name."""
    assert dxrules.__all__ == sorted(set(dxrules.__all__))
    assert set(dxrules._HOMES) == set(dxrules.__all__)


def test_every_name_can_be_imported():
    """Each name of the face is the one of its home."""
    for name in dxrules.__all__:
        home = import_module(f"dxrules.{dxrules._HOMES[name]}")
        assert getattr(dxrules, name) is getattr(home, name), name
        assert name in getattr(home, "__all__", [name])


def test_no_other_name():
    """A name that is not there is missed as Python misses one."""
    with pytest.raises(AttributeError, match=r"^module 'dxrules' has no attribute 'judge_all'$"):
        _ = dxrules.judge_all


@pytest.mark.parametrize(
    "package",
    [p for p in sorted(PACKAGE.glob("*/__init__.py")) if "\n__all__ = " in p.read_text()],
    ids=lambda path: path.parent.name,
)
def test_rooms_name_what_they_show(package):
    """What a room shows is sorted, and is there."""
    shown = import_module(name_of(package))
    words = [name for name in shown.__all__ if not name.isupper()]
    assert len(set(shown.__all__)) == len(shown.__all__)
    assert sorted(words) == sorted(words, key=lambda name: (name[0].islower(), name))
    assert all(hasattr(shown, name) for name in shown.__all__)


# ---- What is loaded ----


def loaded(code, *names):
    """Return which modules are loaded after some code ran in a fresh Python."""
    asked = f"{code}\nimport sys\nprint('|', *(n for n in {names!r} if n in sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(run.stdout.rpartition("|")[2].split())


def test_importing_dxrules_loads_nothing():
    """Whoever imports dxrules has not loaded any library yet."""
    assert loaded("import dxrules", *HEAVY, "dxrules.plan", "dxrules.errors") == set()


def test_the_direction_of_loading():
    """A name of the face loads its home, and nothing to the right of it."""
    code = "import dxrules; dxrules.load_law"
    names = ("dxrules.rules", "dxrules.engine", "dxrules.assessment", "networkx", "click")
    assert loaded(code, *names) == {"dxrules.rules"}


NO_EDGES = """
format: dxrules/plan/1
municipality: {code: "345458", name: {ja: 神石高原町, en: Jinsekikogen}}
recorded: 令和8年3月
plan: {title: 計画, period: 令和8年度～令和12年度}
measures:
  - {id: front-desk, title: 窓口, areas: [front-yard], status: planned, due: 令和9年度}
indicators: []
"""


def check(plan, *options):
    """Return Python code that checks a plan."""
    words = ["check", str(plan), "--as-of", "2026-11-20", "--fail-on", "never", *options]
    return f"import dxrules.cli; assert dxrules.cli.main({words!r}) == 0"


def test_a_check_loads_what_it_uses(tmp_path):
    """A plan without prerequisites is judged without networkx; tests' libraries never load."""
    plan = tmp_path / "plan.yaml"
    plan.write_text(NO_EDGES, encoding="utf-8")
    unused = ("networkx", "hypothesis", "pytest", "jsonschema", "dxrules.keeper", "json.tool")
    assert loaded(check(plan), *unused, "pydantic", "yaml") == {"pydantic", "yaml"}


_TO_WRITE = ("jinja2", "openpyxl", "xml.etree.ElementTree")
"""Libraries that some format writes with."""


def test_formats_that_nobody_asks_for_load_nothing(tmp_path):
    """A table is written without the libraries and the modules of all other formats."""
    plan = tmp_path / "plan.yaml"
    plan.write_text(NO_EDGES, encoding="utf-8")
    homes = {f"dxrules.report.{form.home}" for form in CHECK.brought.values()}
    unused = homes - {"dxrules.report.brief"} | {
        "dxrules.plan.workbook",
        "dxrules.report.comparison",
        "dxrules.report.database",
        "dxrules.report.gaps",
        "dxrules.report.table",
        "subprocess",
    }
    assert loaded(check(plan), *_TO_WRITE, *sorted(unused)) == set()


@pytest.mark.parametrize(
    ("forms", "used"),
    [
        ("json markdown sarif github csv oscal", set()),
        ("junit", {"xml.etree.ElementTree"}),
        ("html", {"jinja2"}),
        ("xlsx", {"openpyxl", "xml.etree.ElementTree"}),
    ],
)
def test_a_format_loads_its_own_library(tmp_path, forms, used):
    """A report is written with the library of its format, and with none of another's."""
    plan = tmp_path / "plan.yaml"
    plan.write_text(NO_EDGES, encoding="utf-8")
    outputs = [f"--output={form}={tmp_path / form}" for form in forms.split()]
    assert loaded(check(plan, "--format", "none", *outputs), *_TO_WRITE) == used


@pytest.mark.slow
def test_what_waits_loads_the_graph():
    """Where a measure has a prerequisite, the graph is networkx's."""
    assert loaded(check(ROOT / "facts" / f"{TOWNS['koge']}.yaml"), "networkx") == {"networkx"}


def test_the_desk_loads_no_server():
    """The interface of the desk needs neither a server nor another process, nor a reader."""
    unused = ("http.server", "subprocess", "click", "openpyxl", "pypdfium2", "docx", "selectolax")
    own = ("dxrules.desk.local_server", "dxrules.document.reading_process", "dxrules.draft")
    assert loaded("import dxrules.desk", *unused, *own, "dxrules.desk.desk") == {
        "dxrules.desk.desk"
    }


def test_one_engine_loads_one_engine(tmp_path):
    """The interpreter alone judges without durable_rules."""
    plan = tmp_path / "plan.yaml"
    plan.write_text(NO_EDGES, encoding="utf-8")
    assert loaded(check(plan, "--engine", "interpreter"), "durable_rules_engine") == set()
