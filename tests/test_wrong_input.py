"""Whatever is wrong with a plan file: a message for each fault, exit code 2, no traceback.

Each file of the folder `wrong` is wrong in the way that its name tells; `messages.en.txt` and
`messages.ja.txt` beside them hold what is said about each.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dxrules.cli import main
from dxrules.errors import WRONG_INPUT, PlanError
from dxrules.plan import plan_of
from dxrules.plan.read import read_document
from dxrules.source.bounds import PLAN_BYTES, WORKBOOK
from dxrules.source.build import MAX_PROBLEMS
from dxrules.source.read import from_bytes
from dxrules.texts import LANGS, Text
from tests.helpers.archives import entries, packed
from tests.helpers.plans import reference
from tests.helpers.strategies.plain_data import plain_data
from tests.helpers.workbooks import small_workbook
from tests.helpers.wrong_files import HEAD, NAMES, WRONG

FAULTS = {"bomb.yaml": 6, "id-twice.yaml": 2, "keys-missing.yaml": 2, "seven-faults.yaml": 7}
"""The files with more than one fault."""


def messages(lang):
    return (WRONG / f"messages.{lang}.txt").read_text("utf-8").splitlines()


def check(capsys, *words):
    """Return what `dxrules check` says on standard error; there is nothing else."""
    assert main(["check", *map(str, words)]) == WRONG_INPUT
    said = capsys.readouterr()
    assert said.out == ""
    return said.err.splitlines()


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.covered
def test_each_wrong_file(name, capsys, monkeypatch):
    """A wrong file gives its messages, in English if nothing else is asked for, and code 2."""
    monkeypatch.chdir(WRONG)
    monkeypatch.setenv("DXRULES_LANG", "en")
    expected = [line for line in messages("en") if line.startswith(f"{name}:")]
    assert check(capsys, name) == expected
    assert len(expected) == FAULTS.get(name, 1)


@pytest.mark.parametrize("lang", LANGS)
def test_whole_folder_of_wrong_files(lang, capsys, monkeypatch):
    """A folder is read to its end: all files, in order of name, in the language asked for."""
    monkeypatch.chdir(WRONG)
    assert check(capsys, ".", "--lang", lang) == messages(lang)


def test_both_languages_say_the_same():
    """The messages of both languages have the same places and keys, line by line."""
    for english, japanese in zip(*map(messages, ("en", "ja")), strict=True):
        places = [line.split(" ")[0] for line in (english, japanese)]
        assert places[0] == places[1]
        assert not japanese.isascii()


# What is too large for a file in the repository


def test_no_such_file(capsys):
    """A file that is not there is named."""
    assert check(capsys, "nowhere.yaml", "--lang", "en") == [
        "nowhere.yaml: no such file. Check its name and folder."
    ]
    assert check(capsys, "nowhere.yaml", "--lang", "ja") == [
        "nowhere.yaml: ファイルがありません。名前とフォルダを確かめてください。"
    ]


def test_folder_without_plans(tmp_path, capsys, monkeypatch):
    """A folder without plan files is no success."""
    monkeypatch.chdir(tmp_path)
    Path("none").mkdir()
    assert check(capsys, "none", "--lang", "en") == [
        "none: no plan file (.yaml, .json, .xlsx) in this folder."
    ]
    assert check(capsys, "none", "--lang", "ja") == [
        "none: 計画ファイル(.yaml、.json、.xlsx)がありません。"
    ]


def test_hundred_megabytes(tmp_path, capsys, monkeypatch):
    """A file of more than 5 MB is not read."""
    monkeypatch.chdir(tmp_path)
    with Path("large.yaml").open("wb") as stream:
        stream.truncate(100_000_000)
    assert check(capsys, "large.yaml", "--lang", "en") == [
        "large.yaml:1:1: Larger than 5 MB. No single plan or ruleset is so large."
    ]
    assert check(capsys, "large.yaml", "--lang", "ja") == [
        "large.yaml:1:1: 5 MBを超えています。計画1件がこの大きさになることはありません。"
    ]


def test_workbooks_have_bounds_of_their_own(tmp_path):
    """A workbook with a photograph is read beyond the bound of text, up to its own."""
    path = tmp_path / "a.xlsx"
    parts = entries(small_workbook()) | {"xl/media/image1.png": os.urandom(PLAN_BYTES)}
    path.write_bytes(packed(parts))
    assert not read_document(path).problems
    with path.open("ab") as stream:
        stream.truncate(WORKBOOK.packed + 1)
    (problem,) = read_document(path, "a.xlsx").problems
    assert problem.text.en.startswith("a.xlsx:1:1: Larger than 20 MB. Open it in Excel, ")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no endless file")
def test_endless_file(capsys):
    """A file without an end, of which no size can be told, is not read either."""
    assert check(capsys, "/dev/zero", "--lang", "en") == [
        (
            "zero:1:1: This is a pipe or a device, which is not read. "
            "Save what it holds to a file, and name that file."
        )
    ]


SLOW = pytest.mark.slow


def test_edition_of_endless_digits(tmp_path, capsys, monkeypatch):
    """An edition that no machine counts to is one that is not known, said in our own words."""
    monkeypatch.chdir(tmp_path)
    cited = f'  cites: [{{document: dx-promotion-plan, edition: "{"9" * 5000}"}}]\n'
    Path("plan.yaml").write_text(
        HEAD.replace("plan: {title: 計画}", f"plan:\n  title: 計画\n{cited}"), "utf-8"
    )
    for lang, known in (("en", "No edition"), ("ja", "国の計画の版")):
        (said,) = check(capsys, "plan.yaml", "--lang", lang)
        assert known in said
        assert len(said) < 300


DEEP = "Nested deeper than 20 levels. Check the brackets and the indentation."
MANY = "More than 200,000 values. No single plan or ruleset has them."
BOUNDS = {
    "lists, 1,000 deep": (
        HEAD + "measures: " + "[" * 1000 + "]" * 1000,
        f"5:30: measures[0][0][0]: {DEEP}",
    ),
    "lists, 100,000 deep": (
        HEAD + "measures: " + "[" * 100_000 + "]" * 100_000,
        f"5:30: measures[0][0][0]: {DEEP}",
    ),
    "mappings, 1,000 deep": (
        "".join(" " * depth + "a:\n" for depth in range(1000)),
        f"21:21: a.a.a.a: {DEEP}",
    ),
    "under a tag, 100,000 deep": (
        "!!a " + "[" * 100_000,
        (
            "1:1: A tag (!) is not allowed. "
            "Write the value itself; put one that begins with a sign in quotes."
        ),
        f"1:25: {DEEP}",
    ),
    "keys, 100,000 deep": (
        "? " * 100_000,
        f"1:43: {DEEP}",
    ),
    "lists after Japanese text, 3,000 deep": (
        HEAD + "measures:\n  - title: 窓口\n    areas: " + "[\n" * 3000,
        f"24:1: measures[0].areas[0]: {DEEP}",
    ),
    "values": (
        HEAD + "measures: [" + "a, " * 200_000 + "]",
        f"5:599979: measures[199989]: {MANY}",
    ),
}


@pytest.mark.parametrize(
    "name", [*(name for name in BOUNDS if name != "values"), pytest.param("values", marks=SLOW)]
)
def test_bounds(name, tmp_path, capsys, monkeypatch):
    """What is too deep or has too many values is not read further."""
    monkeypatch.chdir(tmp_path)
    text, *expected = BOUNDS[name]
    Path("plan.yaml").write_text(text, "utf-8")
    assert check(capsys, "plan.yaml", "--lang", "en") == [f"plan.yaml:{each}" for each in expected]


@pytest.mark.parametrize("name", [name for name in BOUNDS if name.endswith("deep")])
def test_depth_without_libyaml(name, monkeypatch):
    """PyYAML's own parser, which stops at no depth, leads to the same messages."""
    monkeypatch.setattr("dxrules.source.build._Loader", yaml.SafeLoader)
    text, *expected = BOUNDS[name]
    found = [problem.text.en for problem in from_bytes(text.encode(), "plan.yaml").problems]
    assert found == [f"plan.yaml:{each}" for each in expected]


MORE = {
    "en": "More than 100 problems; these are the first.",
    "ja": "問題が100件を超えたため、ここまでを示します。",
}


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("item", ["*a", "{}"])
def test_first_hundred_problems(item, lang, tmp_path, capsys, monkeypatch):
    """Of very many problems, found by the reader or by the models, the first hundred are told."""
    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_text(HEAD + "measures:\n" + f"  - {item}\n" * 5_000, "utf-8")
    *told, last = check(capsys, "plan.yaml", "--lang", lang)
    assert len(told) == MAX_PROBLEMS
    assert last.endswith(f": {MORE[lang]}")


def test_other_files_are_still_read(tmp_path, capsys, monkeypatch):
    """A wrong file does not hide what is wrong with the next."""
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        Path(f"{name}.yaml").write_text(HEAD + f"{name}: []\n", "utf-8")
    places = [line.split(": ")[0] for line in check(capsys, "a.yaml", "b.yaml", "gone.yaml")]
    assert places == ["a.yaml:5:1", "b.yaml:5:1", "gone.yaml"]


# Whatever else


PLAN = (WRONG.parent.parent / "facts" / "34545-jinsekikogen.yaml").read_bytes()


def _read(raw):
    """Return the problems of some bytes; each has a message and a place that is in them."""
    try:
        plan_of(from_bytes(raw, "plan.yaml"), reference())
    except PlanError as error:
        lines = raw.count(b"\n") + 2  # YAML ends every file with a line break
        for problem in error.problems:
            assert 1 <= problem.place.line <= lines
            assert problem.place.column >= 1
            assert all(problem.message.in_(lang) for lang in LANGS)
            assert not any("\n" in problem.text.in_(lang) for lang in LANGS)
        return error.problems
    return ()


@pytest.mark.slow
@given(st.integers(0, len(PLAN)), st.integers(0, 40), st.binary(max_size=8))
def test_damaged_file(start, length, instead):
    """A plan with a damaged place loads, or every problem has a place and a message."""
    _read(PLAN[:start] + instead + PLAN[start + length :])


@given(st.binary(max_size=60))
def test_any_bytes(raw):
    """Whatever a file holds, it is no plan, and the problems are told."""
    assert _read(raw)


def _paths(value, path=()):
    yield path
    for key, inner in (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    ):
        yield from _paths(inner, (*path, key))


WHOLE = from_bytes(PLAN, "plan.yaml").data
PATHS = list(_paths(WHOLE))


def _with(value, path, instead):
    if not path:
        return instead
    first, *rest = path
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[first] = _with(value[first], rest, instead)
    return copy


@pytest.mark.slow
@given(st.sampled_from(PATHS), plain_data)
def test_any_value_at_any_key(path, instead):
    """Whatever stands at whichever key, the plan loads or the problems are told."""
    changed = _with(WHOLE, path, instead)
    _read(json.dumps(changed, ensure_ascii=False, indent=1).encode())


def test_fixtures_are_named_in_the_messages():
    """Each file of the folder has its messages, and no message speaks of another file."""
    assert sorted({line.split(":")[0] for line in messages("en")}) == NAMES
    assert all((WRONG / name).stat().st_size < 2000 for name in NAMES)


def test_what_nobody_is_shown_is_not_explained(monkeypatch):
    """Of a file with thousands of faults the first are explained, in their order."""
    explained = []

    def explain(*said):
        explained.append(said)
        return Text("x", "x"), None

    monkeypatch.setattr(sys.modules["dxrules.source.validate"], "_explain", explain)
    keys = "".join(f"k{number}: 1\n" for number in range(5_000))
    with pytest.raises(PlanError) as caught:
        plan_of(from_bytes(f"format: dxrules/plan/1\n{keys}".encode(), "a.yaml"), reference())
    assert [each.place.line for each in caught.value.problems[3:]] == [*range(2, 100)]
    assert len(explained) <= MAX_PROBLEMS + 2
