from __future__ import annotations

import inspect
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from dxrules.dates import ANY, Range
from dxrules.derivation import VOCABULARY, Absent, Code, derive
from dxrules.derivation.subject import AllOfAKind
from dxrules.derivation.vocabulary import SUBJECTS
from dxrules.derivation.vocabulary_page import vocabulary_page
from dxrules.plan import read_plan
from dxrules.plan.field_info import literals_of
from dxrules.plan.sections import collection
from dxrules.plan.sections.about import About
from dxrules.plan.sections.measures import Measure, Requirement
from dxrules.plan.sections.provisions import Provision
from dxrules.plan.sections.standardization import Exclusion, Standardization, System
from dxrules.reference.reference_data import ChargeEntry, Prerequisite
from dxrules.texts import Text
from tests.helpers.plans import context, models, plan_file, reference

ROOT = Path(__file__).parent.parent
TOWNS = sorted(ROOT.glob("facts/*.yaml"))
FULL = plan_file("""\
standardization: {scope: all}
measures:
  - {id: first, title: 先, areas: [bpr]}
  - {id: then, title: 後, areas: [ai], requires: [{id: first}]}
indicators: [{id: share, title: 率, areas: [bpr]}]
""")
TYPES = {"date": Range, "number": Range, "truth": bool, "code": Code, "text": Text}
ATTRIBUTES = {
    f"{kind.name}.{attribute.name}": attribute
    for kind in VOCABULARY.values()
    for attribute in kind.attributes.values()
}


def _methods(subject):
    shared = {name for name, _ in inspect.getmembers(AllOfAKind)}
    members = inspect.getmembers(subject, inspect.isfunction)
    return {name for name, _ in members if not name.startswith("_") and name not in shared}


MAKERS = sorted(
    {type(s) for kind in SUBJECTS for s in kind.all_of(context(FULL))} | {*SUBJECTS},
    key=lambda maker: maker.__name__,
)


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
def test_attributes_are_the_methods_of_a_subject(maker):
    """A subject has a method for each attribute of its kind, and no others that are public."""
    assert _methods(maker) == set(VOCABULARY[maker.kind].attributes)


def test_every_kind_has_its_name():
    """No two classes declare one kind."""
    assert [each.declared.name for each in SUBJECTS] == [each.kind for each in SUBJECTS]
    assert len(VOCABULARY) == len(SUBJECTS)
    assert len(MAKERS) == len(SUBJECTS) + 3  # charges as a whole, and dependencies that are listed


def test_attributes_are_whole():
    """An attribute has a label in both languages, and codes exactly if it is a code."""
    for at, attribute in ATTRIBUTES.items():
        assert attribute.label.ja, at
        assert attribute.label.en, at
        assert re.fullmatch("[a-z]+(_[a-z]+)*", attribute.name), at
        assert (attribute.type == "code") == bool(attribute.codes), at


@pytest.mark.parametrize("kind", VOCABULARY.values(), ids=VOCABULARY)
def test_labels_tell_attributes_apart(kind):
    """No two attributes of a kind that a condition can compare are called alike."""
    for labels in ([a.label.ja, a.label.en] for a in kind.attributes.values()):
        assert all(labels)
    named = [(a.label.ja, a.type) for a in kind.attributes.values() if a.type != "text"]
    assert len(named) == len(set(named))


def _codes(model, name):
    """Return what the Literal of a field allows."""
    return set(literals_of(model.model_fields[name].annotation))


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("plan", "status", _codes(About, "status")),
        ("provision", "status", _codes(Provision, "status")),
        ("provision", "scope", _codes(Provision, "scope")),
        ("provision", "rank", _codes(Provision, "rank")),
        (
            "standardization",
            "government_cloud",
            _codes(Standardization, "government_cloud"),
        ),
        ("system", "status", _codes(System, "status") | {"excluded"}),
        ("system", "exception", _codes(System, "exception")),
        ("standardization", "rest_exception", _codes(System, "exception") | {"both"}),
        ("standardization", "moved_exception", _codes(System, "exception") | {"both"}),
        ("indicator", "rest_exception", _codes(System, "exception") | {"both"}),
        ("system", "excluded_reason", _codes(Exclusion, "reason")),
        ("collection", "status", _codes(collection.Charge, "status")),
        ("collection", "tier", _codes(ChargeEntry, "tier") | {"any", "further"}),
        ("measure", "status", _codes(Measure, "status")),
        ("dependency", "origin", _codes(Prerequisite, "origin") | {"declared"}),
        ("dependency", "edge", _codes(Requirement, "kind") | _codes(Prerequisite, "kind")),
        ("plan", "period_state", {"not-begun", "running", "ended"}),
    ],
)
def test_codes_are_those_of_the_plan_file(kind, name, expected):
    """The codes of an attribute are what the plan file or the reference data allow there."""
    assert set(VOCABULARY[kind].attributes[name].codes) == expected


def test_every_code_is_compared_with_its_source():
    """No attribute with codes is missing from the comparison above."""
    rows = test_codes_are_those_of_the_plan_file.pytestmark[0].args[1]
    assert {(kind, name) for kind, name, _ in rows} == {
        (kind.name, a.name)
        for kind in VOCABULARY.values()
        for a in kind.attributes.values()
        if a.codes
    }


def test_reads_names_keys_of_the_plan_file():
    """What an attribute reads is a key that some mapping of the plan file has."""
    keys = {name for model in models() for name in model.model_fields}
    assert {at: each for at, a in ATTRIBUTES.items() for each in a.reads if each not in keys} == {}


def _fits(attribute, value):
    if isinstance(value, Absent):
        return True
    if isinstance(value, Code):
        return attribute.type == "code" and value.code in attribute.codes
    if isinstance(value, Range) and attribute.least is not None:
        return attribute.type == "number" and value == value.clip(lo=attribute.least)
    return isinstance(value, TYPES[attribute.type]) and value != ANY


@pytest.mark.parametrize("day", [date(2024, 1, 1), date(2026, 3, 31), date(2026, 11, 21)], ids=str)
@pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.stem)
def test_towns_have_values_of_the_right_type(town, day):
    """What is derived of a real plan is of its attribute's type, within its bounds, not broken."""
    plan = read_plan(town, reference())
    for fact in derive(plan, reference(), day):
        attributes = VOCABULARY[fact.kind].attributes
        assert dict(fact.broken) == {}
        assert set(fact.values) == set(fact.proofs) == set(attributes)
        wrong = {n: v for n, v in fact.values.items() if not _fits(attributes[n], v)}
        assert wrong == {}, f"{fact.kind} {fact.key}"


def test_there_are_five_towns():
    """The test above has plans to look at."""
    assert len(TOWNS) == 5


# The reference page


def test_page_is_kept_in_step():
    """`make docs` renews docs/facts.md: it is what the generator writes."""
    assert (ROOT / "docs/facts.md").read_text("utf-8") == vocabulary_page()


def test_page_is_written_by_its_module():
    """The command that the page names writes the page."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "dxrules.derivation.vocabulary_page"],
        check=True,
        capture_output=True,
        cwd=ROOT,
    )
    assert done.stdout.decode("utf-8").splitlines() == vocabulary_page().splitlines()


def test_page_has_every_attribute_once():
    """Each section of the page has a row for each attribute of its kind, in order."""
    sections = re.split(r"^## (.+)$", vocabulary_page(), flags=re.MULTILINE)[1:]
    found = {
        name: re.findall(r"^\| `([^`]+)` \|(?: [^|]* \|){6}$", text, flags=re.MULTILINE)
        for name, text in zip(sections[::2], sections[1::2], strict=True)
    }
    assert found == {kind.name: list(kind.attributes) for kind in VOCABULARY.values()}


def test_page_shows_an_attribute_in_both_languages():
    """A row gives the type, both labels, the unit, the keys that are read, who can change it."""
    assert (
        "| `days_outside_plan` | 数(0以上) / number, 0 or more | 計画期間をはみ出す日数 "
        "| days outside the plan's period | 日 / days | `start`, `due`, `milestones`, `elsewhere` "
        "| 自ら決める / decided by the municipality |"
    ) in vocabulary_page().splitlines()
    assert "| `in-place` | 整備済み | in place |" in vocabulary_page().splitlines()
