"""Plan files whose data changes in any way: entries stay themselves, with their comments."""

from __future__ import annotations

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxrules.errors import UsageError
from dxrules.source import from_text
from dxrules.source.placed_data import Document
from dxrules.source.rewrite import rewritten
from tests.helpers.examples import of_hundred
from tests.helpers.lawbooks import ROOT, TOWNS

TEXT = """\
# who
title: 'a: b'  # the name
list:
  # the first
  - id: one
    says: x   # why
    more: [a, b]
  - id: two
    says: two lines
      of text
flow: {of: [x, y], because: z}
last: 1
"""
FIRST = TEXT[TEXT.index("  - id: one") : TEXT.index("  - id: two")]
LIST = TEXT[TEXT.index("list:") : TEXT.index("flow:")]
FACTS = {name: from_text((ROOT / "facts" / f"{name}.yaml").read_text("utf-8"), "a.yaml")
         for name in sorted(TOWNS.values())}  # fmt: skip
WORDS = st.sampled_from(["新しい値", "no", "12", "a: b", "x # y", "「a, b」", "- x", "'q'", "null"])
PARTS = st.one_of(
    WORDS,
    st.lists(WORDS, min_size=1, max_size=2),
    st.dictionaries(st.sampled_from(["k1", "k2"]), WORDS, min_size=1),
    st.just([{"of": ["a"], "candidates": ["x", "y"], "because": "理由"}, {"id": "n", "b": ["c"]}]),
)


def changed(text, change, name="a.yaml"):
    """Return the text that says the data after a change."""
    document = from_text(text, name)
    data = deepcopy(document.data)
    change(data)
    return rewritten(document, data).text


def lines(data):
    """Change a list of entries in each of the ways: inside, out, in front, behind."""
    data["list"][0]["says"] = "y"
    data["list"][0]["more"].append("c")
    data["list"][1]["says"] = "one line"
    data["list"].insert(0, {"id": "zero", "says": "w", "more": [{"k": "v"}]})
    data["list"].append({"id": "three", "says": "q"})


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (lambda data: data.update(title="c"), "'a: b'", "'c'"),
        (lambda data: data.pop("title"), "title: 'a: b'  # the name\n", ""),
        (lambda data: data["list"][0].pop("id"), "id: one\n    says", "says"),
        (lambda data: data["list"][0].pop("more"), "    more: [a, b]\n", ""),
        (lambda data: data["list"].pop(0), FIRST, ""),
        (lambda data: data["flow"].pop("of"), "of: [x, y], ", ""),
        (lambda data: data["list"][1].update(says="z"), "two lines\n      of text", "z"),
        (lambda data: data["flow"]["of"].__setitem__(0, "w, w"), "[x,", "['w, w',"),
        (lambda data: data.update(flow=["x"]), "{of: [x, y], because: z}", "[x]"),
        (lambda data: data.update(last={"a": ["b"]}), "last: 1", "last: {a: [b]}"),
        (lambda data: data.update(new="1"), "last: 1\n", "last: 1\nnew: '1'\n"),
        (lambda data: data.update(list=[]), LIST, "list: []\n"),
    ],
)
def test_only_what_differs_is_written(change, old, new):
    """Each change touches its own words; comments and spelling of the rest stay."""
    assert old in TEXT
    assert changed(TEXT, change) == TEXT.replace(old, new)


def test_entries_of_a_list():
    """Entries are changed, put in front and put behind."""
    text = changed(TEXT, lines)
    assert "  # the first\n" in text
    assert "says: y   # why\n    more: [a, b, c]\n" in text
    assert "says: one line\n" in text
    assert text.index("zero") < text.index("one") < text.index("three") < text.index("flow")


def test_json_stays_json():
    """In JSON what is written anew is JSON."""
    text = '{"a": {"b": "c"}, "d": ["e"]}'
    assert changed(text, lambda d: d["a"].update(f="g"), "a.json") == (
        '{"a": {"b": "c", "f": "g"}, "d": ["e"]}'
    )
    assert changed(text, lambda d: d["d"].__setitem__(0, "h"), "a.json") == (
        '{"a": {"b": "c"}, "d": ["h"]}'
    )


def test_without_an_end_of_line():
    """A file whose last line has no end takes more."""
    assert changed("a: b", lambda d: d.update(c="d")) == "a: b\nc: d\n"
    assert changed("a:\n- b", lambda d: d["a"].append("c")) == "a:\n- b\n- c\n"


@pytest.mark.parametrize("text", ["a:\n- - b\n  - c\n", "a:\n  -  # - note\n    b: c\n    d: e\n"])
def test_what_cannot_be_kept(text):
    """What is written so that it cannot be changed in part is refused, or right."""
    document = from_text(text, "a.yaml")
    data = deepcopy(document.data)
    data["a"].append("z")
    data["a"].pop(0)
    try:
        assert rewritten(document, data).data == data
    except UsageError as error:
        assert "dxrules convert" in error.text.ja  # noqa: PT017  (either is right)


def test_a_workbook_is_not_written_into():
    """A workbook is no text."""
    with pytest.raises(UsageError, match="workbook"):
        rewritten(Document("a.xlsx", {}, raw=b"PK"), {"a": "b"})


@given(st.data())
@of_hundred(25)
def test_any_change_of_a_plan_file(drawn):
    """Whatever is taken out, put in or written otherwise: the file says it, and little else."""
    document = FACTS[drawn.draw(st.sampled_from(sorted(FACTS)))]
    data = deepcopy(document.data)
    for _ in range(drawn.draw(st.integers(1, 5))):
        here = data
        while True:
            keys = list(here) if isinstance(here, dict) else list(range(len(here)))
            key = drawn.draw(st.sampled_from(keys))
            if (
                not isinstance(here[key], (dict, list))
                or not here[key]
                or drawn.draw(st.booleans())
            ):
                break
            here = here[key]
        if len(here) > 1 and drawn.draw(st.booleans()):
            del here[key]
        elif isinstance(here, list):
            here.insert(key, drawn.draw(PARTS))
        else:
            here[drawn.draw(st.sampled_from([key, "zz"]))] = drawn.draw(PARTS)
    found = rewritten(document, data)
    assert found.data == data
    kept = set(document.text.splitlines()) & set(found.text.splitlines())
    assert len(kept) > len(set(document.text.splitlines())) // 4 or data.keys() < {"format"}
