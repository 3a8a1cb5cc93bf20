"""A plan file's text is changed where its data differ, and nowhere else."""

from __future__ import annotations

import contextlib
import copy

import pytest
from hypothesis import given

from dxrules.errors import UsageError
from dxrules.source.read import from_bytes
from dxrules.source.rewrite import rewritten
from dxrules.source.yaml_layout import several_lines
from tests.helpers.desks import small_text
from tests.helpers.examples import of_hundred
from tests.helpers.strategies.plain_data import plan_data

YAML = """\
# at the top
plan:  # beside a key
  title: 計画  # beside a value
  "parents": [{title: 上}]
  # on its own line
  cites:
    - {document: a, edition: "5.1"}  # beside an item
    # between items
    - document: b
      followed: no
    - document: c
measures:
- id: one
  areas: [x, y]
- id: two  # the second
  note: >
    a text
    of lines
empty: []
last: {a: b}
"""


def document(text=YAML, name="plan.yaml"):
    """Return a text as it is read."""
    found = from_bytes(text.encode(), name)
    assert not found.problems
    return found


def changed(change, text=YAML, name="plan.yaml"):
    """Return the text after its data were changed."""
    before = document(text, name)
    data = copy.deepcopy(before.data)
    change(data)
    after = rewritten(before, data)
    assert after.data == data
    return after.text


def differing(old, new):
    """Return the lines that are new, and those that are gone."""
    before, after = old.splitlines(), new.splitlines()
    return [x for x in after if x not in before], [x for x in before if x not in after]


CASES = {
    "a value": (lambda d: d["plan"].update(title="x: y"), ["  title: 'x: y'  # beside a value"]),
    "a quoted value": (
        lambda d: d["plan"]["cites"][0].update(edition="6"),
        ['    - {document: a, edition: "6"}  # beside an item'],
    ),
    "a new key": (lambda d: d["plan"].update(edition="2"), ["  edition: '2'"]),
    "a new key in brackets": (lambda d: d["last"].update(c=["d"]), ["last: {a: b, c: [d]}"]),
    "a new entry": (
        lambda d: d["plan"]["cites"].append({"document": "e"}),
        ["    - {document: e}"],
    ),
    "an entry in between": (
        lambda d: d["measures"].insert(1, {"id": "new", "doubts": [{"of": ["id"]}]}),
        ["- id: new", "  doubts:", "    - {of: [id]}"],
    ),
    "an entry before": (lambda d: d["measures"].insert(0, {"id": "new"}), ["- {id: new}"]),
    "an item": (lambda d: d["measures"][0]["areas"].append("z"), ["  areas: [x, y, z]"]),
    "an item before": (lambda d: d["measures"][0]["areas"].insert(0, "w"), ["  areas: [w, x, y]"]),
    "into nothing": (
        lambda d: d.update(empty=[{"a": ["b", {"c": "d"}]}]),
        ["empty:", "  - a: [b, {c: d}]"],
    ),
    "a list to nothing": (lambda d: d["plan"].update(parents=[]), ['  "parents": []']),
    "a section": (
        lambda d: d.update(new={"a": {"b": [{"c": "d"}]}}),
        ["new:", "  a:", "    b: [{c: d}]"],
    ),
    "lines to one": (lambda d: d["measures"][1].update(note="x"), ["  note: x"]),
    "lines to brackets": (lambda d: d["plan"].update(cites=[]), ["  cites: []"]),
    "an item to brackets": (lambda d: d["measures"].__setitem__(1, "z"), ["- z"]),
}


@pytest.mark.parametrize("name", CASES)
def test_one_place(name):
    """What is new stands in its place; every other line is what it was."""
    change, new = CASES[name]
    text = changed(change)
    added, gone = differing(YAML, text)
    assert added == new
    kept = [line for line in YAML.splitlines() if line not in gone]
    assert [line for line in text.splitlines() if line in kept or line in added]
    assert "# at the top" in text
    assert "# on its own line" in text


REMOVED = {
    "a key": (lambda d: d["plan"].pop("title"), ["  title: 計画  # beside a value"]),
    "the first key of an item": (
        lambda d: d["plan"]["cites"][1].pop("document"),
        ["    - document: b", "      followed: no"],
    ),
    "an item of lines": (
        lambda d: d["plan"]["cites"].pop(1),
        ["    - document: b", "      followed: no"],
    ),
    "the last item": (
        lambda d: d["measures"].pop(1),
        ["- id: two  # the second", "  note: >", "    a text", "    of lines"],
    ),
    "a section": (lambda d: d.pop("empty"), ["empty: []"]),
    "the last section": (lambda d: d.pop("last"), ["last: {a: b}"]),
    "an item in brackets": (lambda d: d["measures"][0]["areas"].pop(0), ["  areas: [x, y]"]),
}


@pytest.mark.parametrize("name", REMOVED)
def test_removed(name):
    """What goes takes its own lines with it; comments on lines of their own stay."""
    change, gone = REMOVED[name]
    text = changed(change)
    assert differing(YAML, text)[1] == gone
    assert "    # between items" in text


def test_json():
    """JSON stays JSON, whose texts are in quotes."""
    text = '{"plan": {"title": "計画", "cites": []}, "measures": [{"id": "a"}]}\n'

    def change(data):
        data["plan"]["title"] = "新"
        data["plan"]["edition"] = "2"
        data["measures"].append({"id": "b", "areas": ["x"]})

    assert changed(change, text, "plan.json") == (
        '{"plan": {"title": "新", "cites": [], "edition": "2"}, '
        '"measures": [{"id": "a"}, {"id": "b", "areas": ["x"]}]}\n'
    )


def test_line_ends():
    """A file with the line ends of Windows keeps them, and one without a last one gets no gap."""
    text = changed(lambda d: d["plan"].update(b={"c": ["d"]}), "plan:\r\n  a: x\r\n")
    assert text == "plan:\r\n  a: x\r\n  b: {c: [d]}\r\n"
    assert changed(lambda d: d.update(b="y"), "a: x") == "a: x\nb: y\n"


ODD = {
    "nested dashes": ("a:\n- - x\n  - y\n- - z\n", lambda d: d["a"][0].insert(0, "w")),
    "the first of nested dashes": ("a:\n- - x\n  - y\n- z\n", lambda d: d["a"][0].pop(0)),
    "an item of brackets in a mapping": ("a: {b: [c], d: e}\n", lambda d: d["a"].pop("b")),
    "before the first in brackets": ("a: {b: [c]}\n", lambda d: d["a"]["b"].insert(0, "z")),
    "a section in quotes": ("'a b': {c: d}\n\"e\": f\n", lambda d: d["a b"].update(g="h")),
    "a section that is no list": ("a: x\nb: y\n", lambda d: d.update(a={"c": [{"d": ["e"]}]})),
    "a key at the margin of a text": ("t: >\n  x\na: b\n", lambda d: d.pop("a")),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_places(name):
    """Whatever the text looks like, the file says what it should, or is refused."""
    text, change = ODD[name]
    before = document(text)
    data = copy.deepcopy(before.data)
    change(data)
    with contextlib.suppress(UsageError):
        assert rewritten(before, data).data == data


@pytest.mark.parametrize(
    "text",
    [
        "plan: {a: [x, # a comment\n    y]\n  }\nz: [a,\n b]\n",
        "'plan' : \n  a: x\n",
        "plan:\n  a:\n  - - x\n    - y\n  - - z\n",
    ],
)
def test_odd_but_sound(text):
    """Odd files are changed as they should be, or not at all: never to something else."""
    before = document(text)
    for key in ("a", "new"):
        data = copy.deepcopy(before.data)
        data["plan"][key] = ["new", "value"]
        with contextlib.suppress(UsageError):
            assert rewritten(before, data).data == data


def test_what_cannot_be_kept_is_refused():
    """What no plan file can hold is not written, and the message names the entry."""
    with pytest.raises(UsageError, match=r'plan\.yaml: .*"plan\.title"'):
        changed(lambda d: d["plan"].update(title="a\nb"))


@given(plan_data, plan_data)
@of_hundred(120)
def test_any_data(old, new):
    """From any data to any other, the file says the new, or is refused."""
    before = document(several_lines(old))
    assert before.data == old
    with contextlib.suppress(UsageError):
        assert rewritten(before, new).data == new


def test_a_plan_file_takes_every_change():
    """In a plan as people write it, every value can be changed and every entry removed."""
    before = document(small_text())
    paths = [path for path in before.values if path]
    for path in paths:
        data = copy.deepcopy(before.data)
        holder = data
        for part in path[:-1]:
            holder = holder[part]
        if len(path) % 2:
            holder[path[-1]] = "another: value"
        else:
            del holder[path[-1]]
        assert rewritten(before, data).data == data
