from __future__ import annotations

import errno
import os
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

from dxrules.errors import Place, UsageError
from dxrules.source import (
    Strict,
    build,
    did_you_mean,
    duplicates,
    field,
    from_text,
    read,
    stamp,
    strip_text,
    validate,
    write_whole,
)
from dxrules.source.bounds import DEPTH
from dxrules.source.os_errors import reason
from dxrules.source.placed_data import dotted
from dxrules.source.read import MAX_BYTES, from_bytes, missing
from dxrules.source.schema import json_schema
from dxrules.source.suggest import nearest
from dxrules.source.syntax import explain
from dxrules.source.types import Count, DayOfLaw, Figure, Fragment, Line, When, YesNo
from dxrules.source.write import FileChangedError
from dxrules.texts import Text
from tests.helpers.lawbooks import ROOT
from tests.helpers.wrong_files import NAMES, WRONG

PLAN = ROOT / "facts" / "34545-jinsekikogen.yaml"


# Reading


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 063223", {"a": "063223"}),
        ("a: no", {"a": "no"}),
        ("a: 12:30", {"a": "12:30"}),
        ("a: 2026-09-30", {"a": "2026-09-30"}),
        ("a: 1e3\nb: 0x10\nc: .nan", {"a": "1e3", "b": "0x10", "c": ".nan"}),
        ("a: ''\nb: \"\"\nc: 'null'", {"a": "", "b": "", "c": "null"}),
        ("a: [x, {b: y}]\nc: {}\nd: []", {"a": ["x", {"b": "y"}], "c": {}, "d": []}),
        ("a: |\n  x\nb: >\n  x\n  y\nc: x\n  y\n", {"a": "x", "b": "x y", "c": "x y"}),
        ("'a:b': c", {"a:b": "c"}),
        ("'a:': b\n'：c': d", {"a:": "b", "：c": "d"}),
        ("a: 令和８年　９月", {"a": "令和８年　９月"}),
        ("a: ! x", {"a": "x"}),
        ("1: a\ntrue: b", {"1": "a", "true": "b"}),
        ("%YAML 1.2\n---\na: b\n...\n", {"a": "b"}),
        ("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
    ],
)
def test_scalars_stay_text(text, data):
    """What YAML would take for a number, a date or a truth value is text; nothing is wrong."""
    document = from_text(text, "x")
    assert document.data == data
    assert document.problems == ()


JSON = '{\n\t"a": ["\\ud842\\udfb7野町", 17, true, 1.5],\n\t"b": "x\\/y"\n}'


def test_json_is_read_by_the_same_reader():
    """JSON loads: tabs, escapes, and characters that it writes in two halves."""
    document = from_text(JSON, "x.json")
    assert document.data == {"a": ["𠮷野町", "17", "true", "1.5"], "b": "x/y"}
    assert document.problems == ()
    assert document.place(("b",)) == Place("x.json", 3, 7)


def test_half_a_character_after_a_backslash_is_none():
    """An escaped backslash before u is no escape of a character."""
    assert from_text(r'{"a": "\\ud842\\udfb7"}', "x.json").data == {"a": r"\ud842\udfb7"}


@pytest.mark.parametrize("name", ["x.JSON", "a.b/<stdin>"])
def test_json_is_known_by_its_ending_or_its_beginning(name):
    """JSON is read alike under a name in capitals, and from standard input."""
    assert from_text(JSON, name).data == {"a": ["𠮷野町", "17", "true", "1.5"], "b": "x/y"}


@pytest.mark.parametrize("name", ["x.yaml", "<stdin>"])
def test_yaml_has_no_halves(name):
    """In YAML an escape is never half a character, and a text in single quotes has no escapes."""
    said = r"a: '\ud842\udfb7'"
    assert from_text(said, name).data == {"a": r"\ud842\udfb7"}


@pytest.mark.parametrize(
    "halves", [r"\ud83d\udfd", r"\ud83x\udc00", r"\ud83d\udc_0", r"\ud83d\ud83d"]
)
def test_halves_that_are_none_are_refused(halves):
    """What only looks like two halves of a character is refused at its place."""
    (problem,) = from_text(f'{{"a": "{halves}"}}', "x.json").problems
    assert problem.place.line == 1
    assert problem.message.en == "The backslash is followed by no code of a character."


def test_places_of_keys_and_values():
    """Keys and values are found at line and column, counted in characters from 1."""
    document = from_text("町: {名: 神石, 人口: [1, 2]}\n二: x\n", "x")
    assert document.place(("町", "人口", 1)) == Place("x", 1, 20)
    assert document.place(("町", "人口"), key=True) == Place("x", 1, 12)
    assert document.place(("二",)) == Place("x", 2, 4)
    assert document.place(()) == Place("x", 1, 1)


@pytest.mark.parametrize("key", [False, True])
def test_place_of_what_is_not_there(key):
    """What is not in the file stands where its nearest surroundings do."""
    document = from_text("a:\n  b: [x]\n", "x")
    assert document.place(("a", "b", 7, "c"), key=key) == Place("x", 2, 6)
    assert document.place(("z",), key=key) == Place("x", 1, 1)


def test_path_is_written_as_people_do():
    """Steps are joined by dots, positions stand in brackets, and a long key is cut."""
    assert dotted(()) == ""
    assert dotted(("measures", 3, "due")) == "measures[3].due"
    assert dotted((0, 1, "a")) == "[0][1].a"
    assert dotted(("a", "b" * 99)) == f"a.{'b' * 59}…"


@pytest.mark.parametrize(
    ("error", "en", "ja"),
    [
        (FileNotFoundError(2, "gone"), "No such file.", "ファイルがありません。"),
        (
            IsADirectoryError(21, "folder"),
            "This is a folder where a file was expected.",
            "ファイルではなくフォルダです。",
        ),
        (
            PermissionError(13, "Permission denied"),
            "Cannot be read (there is no permission, or another program holds it open).",
            "読めません(権限がないか、他のソフトで開かれています)。",
        ),
    ],
)
def test_file_that_cannot_be_opened(error, en, ja, monkeypatch):
    """What the system says about a file becomes a problem of that file."""

    def refuse(*_, **__):
        raise error

    monkeypatch.setattr(sys.modules["dxrules.source.read"], "open_file", refuse)
    document = read(Path("facts/a.yaml"))
    assert [problem.text for problem in document.problems] == [
        Text(f"facts/a.yaml:1:1: {ja}", f"facts/a.yaml:1:1: {en}")
    ]
    assert document.data is None


def test_folder_is_no_file(tmp_path):
    """Reading a folder says that it is one, under the name that messages have for it."""
    (problem,) = read(tmp_path, "facts").problems
    assert problem.text.en == "facts:1:1: This is a folder where a file was expected."


def test_largest_file(tmp_path):
    """Five million bytes are read, one more is not."""
    file = tmp_path / "a.yaml"
    file.write_bytes(b"a: b\n#" + b"x" * (MAX_BYTES - 6))
    assert read(file).data == {"a": "b"}
    file.write_bytes(file.read_bytes() + b"x")
    assert read(file).problems[0].message.en == "Larger than 5 MB."


@pytest.mark.parametrize("depth", [19, 20, 21])
def test_deepest_nesting(depth):
    """Twenty lists within each other are read, one more is not."""
    document = from_text("[" * depth + "]" * depth, "x")
    assert bool(document.problems) == (depth > DEPTH)


def test_without_the_c_parser(monkeypatch):
    """PyYAML's own parser, used where there is no other, reads the same data at the same places."""
    fast = read(PLAN)
    monkeypatch.setattr(build, "_Loader", yaml.SafeLoader)
    slow = read(PLAN)
    assert slow.data == fast.data
    assert [slow.place(path) for path in fast.values] == [fast.place(p) for p in fast.values]


@pytest.mark.parametrize("name", NAMES)
def test_wrong_files_without_the_c_parser(name, monkeypatch):
    """What cannot be read with one parser cannot be read with the other."""
    fast = from_bytes((WRONG / name).read_bytes(), name)
    monkeypatch.setattr(build, "_Loader", yaml.SafeLoader)
    slow = from_bytes((WRONG / name).read_bytes(), name)
    assert bool(slow.problems) == bool(fast.problems)
    assert slow.data == fast.data or not fast.data


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "%YAML 9.9\n---\na: 1",
            "1:1: A line that begins with % (a directive of YAML) is not allowed.",
        ),
        (
            "%YAML x\n---\na: 1",
            "1:1: A line that begins with % (a directive of YAML) is not allowed.",
        ),
        (
            "%FOO b\n---\na: 1",
            "1:1: A line that begins with % (a directive of YAML) is not allowed.",
        ),
        (
            "%TAG !! a\n%TAG !! a\n---\na: 1",
            "2:1: A line that begins with % (a directive of YAML) is",
        ),
        (
            "%TAG ! a\n---\na: 1",
            "1:1: A line that begins with % (a directive of YAML) is not allowed.",
        ),
        ("a: !b!c d", '1:4: A value cannot begin with "!".'),
        ("a: ,b", '1:4: A value cannot begin with ",".'),
        ('a: "\\xZZ"', "1:7: The backslash is followed by no code of a character."),
        ('a: "\\ud800"', "1:7: The backslash is followed by no code of a character."),
        ('a: "b\n---\nc"', "2:1: A line inside the quotation marks begins with ---"),
        ("a: |\n\t\n  b", "2:1: A tab cannot indent."),
        ("...", "1:1: Nothing stands before these three dots, which end a document of YAML."),
    ],
)
def test_syntax_in_our_own_words(text, said):
    """Nothing is told in the words of the parser."""
    (problem,) = from_text(text, "x").problems
    assert problem.text.en.startswith(f"x:{said}")


def test_syntax_error_that_is_not_known():
    """What the table of syntax errors lacks is told in general."""
    error = yaml.MarkedYAMLError("", None, "new", yaml.Mark("", 0, 0, 0, "", 0))
    assert explain(error, "", "x.json")[1] == Text("JSONの文法に合いません。", "Not valid JSON.")


# Suggestions


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        (
            "mesures",
            ["measures", "waivers"],
            Text("もしかして: measures", "Did you mean measures?"),
        ),
        (
            "ab-1",
            ["ab-2", "ab-3", "x"],
            Text("もしかして: ab-3、ab-2", "Did you mean ab-3 or ab-2?"),
        ),
        ("zzz", ["a", "b"], Text("使えるのは: a、b。", "Known here: a, b.")),
        ("zzz", [str(number) for number in range(13)], None),
        ("zzz", [], None),
        ("a" * 5_000_000, ["b"], Text("使えるのは: b。", "Known here: b.")),
    ],
)
def test_did_you_mean(word, known, hint):
    """The nearest words are named; failing that all, if they are few."""
    assert did_you_mean(word, known) == hint
    assert nearest(word, known) == (hint if hint and hint.en.startswith("Did") else None)


# Types


def _reads(annotation, text):
    return TypeAdapter(annotation).validate_python(text)


@pytest.mark.parametrize(
    ("annotation", "text", "value"),
    [
        (Line, "  か\u3099 ", "が"),
        (Fragment, " " + "あ" * 40 + " ", "あ" * 40),
        (Count, "17", 17),
        (Count, "１，２３４", 1234),
        (Count, "1,234,567", 1234567),
        (Figure, "25.0", Decimal("25.0")),
        (Figure, "－１．５", Decimal("-1.5")),
        (Figure, "1,234.5", Decimal("1234.5")),
        *((YesNo, text, True) for text in ("yes", "Yes", "YES", "true", "True", "TRUE")),
        *((YesNo, text, False) for text in ("no", "No", "NO", "false", "False", "FALSE")),
    ],
)
def test_values_of_scalars(annotation, text, value):
    """Text becomes what its field asks for, in the forms in which people write it."""
    assert _reads(annotation, text) == value


@pytest.mark.parametrize(
    ("annotation", "text"),
    [
        *((Line, text) for text in ("", " ", "　\t", ["a"])),
        (Fragment, "あ" * 41),
        *((Count, text) for text in ("-1", "1.5", "1,23", "12,34", "1000000001", "一")),
        *((Figure, text) for text in ("", "1,5", "nan", "Infinity", "1e16", "0.1234567", "５割")),
        *((YesNo, text) for text in ("on", "y", "1", "", "はい", ["yes"])),
        (When, ["令和8年"]),
        (DayOfLaw, "令和8年"),
    ],
)
def test_what_is_no_such_scalar(annotation, text):
    """What could be read in two ways, or is out of bounds, is refused."""
    with pytest.raises((ValidationError, UsageError)):
        _reads(annotation, text)


def test_text_is_brought_to_one_form():
    """Decomposed characters are composed, and the space around is gone."""
    assert strip_text("　か\u3099\n") == "が"


# Validation


class Inner(Strict):
    """A mapping in a mapping."""

    since: Line = field("いつから", "from", alias="from")
    size: float = field("大きさ", "size", 0.0)
    code: Text | Line | None = field("符号", "code", None)
    pair: tuple[Line, Line] | None = field("組", "pair", None)


class Outer(Strict):
    """A model with most of what pydantic complains about."""

    name: Text = field("名称", "name")
    inner: tuple[Inner, ...] = field("内側", "inner", ())
    draft: bool = field("案か", "draft", default=False)
    table: dict[str, Inner] = field("表", "table", {})


def _told(text):
    _, problems = validate(from_text(text, "x"), Outer, {})
    return [problem.text.en for problem in problems]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name: {ja: a}", "x:1:7: name.en: This key is required."),
        ("name: {en: a}", "x:1:7: name.ja: This key is required."),
        ("name: {ja: a, en: ''}", "x:1:19: name.en: It must not be empty."),
        ("name: {ja: a, en: b, fr: c}", "x:1:22: name.fr: Unknown key."),
        ("name: a", "x:1:7: name: Give both ja and en."),
        ("draft: 1.5\nname: {ja: a, en: b}", "x:1:8: draft: Write yes or no."),
        ("draft: []\nname: {ja: a, en: b}", "x:1:8: draft: Write yes or no."),
        (
            "name: {ja: a, en: b}\ninner: [{form: a}]",
            (
                "x:2:9: inner[0].from: This key is required.",
                "x:2:10: inner[0].form: Unknown key. Did you mean from?",
            ),
        ),
        (
            "name: {ja: a, en: b}\ntable: {k: {from: a, szie: 1}}",
            "x:2:22: table.k.szie: Unknown key. Did you mean size?",
        ),
        (
            "name: {ja: a, en: b}\ninner: [{from: a, size: x}]",
            ('x:2:25: inner[0].size: "x" cannot be read here.',),
        ),
        (
            "name: {ja: a, en: b}\ninner: [{from: a, code: [x]}]",
            "x:2:25: inner[0].code: Give both ja and en.",
        ),
        (
            "name: {ja: a, en: b}\ninner: [{from: a, pair: [x]}]",
            "x:2:25: inner[0].pair[1]: This key is required.",
        ),
    ],
)
def test_complaints_of_pydantic(text, told):
    """Each complaint is one message at the place it is about, under the file's own keys."""
    assert _told(text) == ([told] if isinstance(told, str) else list(told))


def test_model_comes_only_without_problems():
    """A document that is right gives its model, one with any problem gives none."""
    model, problems = validate(from_text("name: {ja: a, en: b}", "x"), Outer, {})
    assert model == Outer(name=Text("a", "b"))
    assert problems == []
    model, problems = validate(from_text("name: &a {ja: a, en: b}", "x"), Outer, {})
    assert model is None
    assert [problem.key for problem in problems] == ["name"]


@pytest.mark.parametrize("text", ["- id: a", "entries: x", "entries: [x, {}, {id: [a]}, {id: a}]"])
def test_duplicates_are_looked_for_among_entries_only(text):
    """What is no list of mappings with ids has no id twice."""
    assert duplicates(from_text(text, "x"), "entries") == []


# Schema


class Scalars(Strict):
    """One field of each kind."""

    text: Line = field("文", "text", example='"5.1"')
    flag: bool = field("旗", "flag", default=False)
    number: int | None = field("数", "number", None, "17")
    table: dict[str, bool] = field("表", "table", {})
    either: int | bool = field("どちらか", "either", 1)


def test_schema_takes_native_values_and_text():
    """What an editor reads as number or truth value fits as well as text; null never does."""
    schema = json_schema(Scalars, Text("型", "kinds"), {})
    integer = {
        "type": ["integer", "string"],
        "pattern": "^[0-9０-９][0-9０-９,，]*$",
        "patternErrorMessage": "整数を書いてください。 / A whole number is expected here.",
    }
    flag = {"enum": [True, False, "yes", "no", "Yes", "No", "YES", "NO", "true", "false"]}
    assert schema == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {},
        "title": "型 / kinds",
        "type": "object",
        "additionalProperties": False,
        "required": ["text"],
        "properties": {
            "text": {
                "description": "文 / text",
                "examples": ["5.1"],
                "minLength": 1,
                "type": ["string", "number", "boolean"],
            },
            "flag": {"default": False, "description": "旗 / flag", **flag},
            "number": {"description": "数 / number", "examples": ["17"], **integer},
            "table": {
                "additionalProperties": flag,
                "description": "表 / table",
                "type": "object",
            },
            "either": {
                "anyOf": [integer, flag],
                "default": 1,
                "description": "どちらか / either",
            },
        },
    }


# Writing


OLD = b"old"


@pytest.fixture
def two(tmp_path):
    """Return the paths of two files that are there."""
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path in paths:
        path.write_bytes(OLD)
    return paths


def _contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_files_are_written(two, tmp_path):
    """New files are made and old ones replaced; nothing else is left in the folder."""
    new = tmp_path / "c.txt"
    write_whole({two[0]: b"one", new: "三".encode()})
    assert _contents(tmp_path) == {"a.txt": b"one", "b.txt": OLD, "c.txt": "三".encode()}
    assert new.stat().st_mode & 0o777 == 0o644
    write_whole({})


def test_second_file_in_no_folder(two, tmp_path):
    """If the second file has no folder to be in, the first stays as it was."""
    nowhere = tmp_path / "none" / "b.txt"
    with pytest.raises(UsageError) as caught:
        write_whole({two[0]: b"new", nowhere: b"new"})
    assert caught.value.text == Text(
        f"{nowhere.as_posix()}: 書き込めません(フォルダがありません。先に作ってください)。",
        f"{nowhere.as_posix()}: cannot be written (its folder does not exist; make it first).",
    )
    assert _contents(tmp_path) == {"a.txt": OLD, "b.txt": OLD}


def test_second_file_is_a_folder(two, tmp_path):
    """If the second path is a folder, the first file stays as it was."""
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(UsageError, match=r"folder: cannot be written \(it is a folder\)"):
        write_whole({two[0]: b"new", folder: b"new"})
    assert _contents(tmp_path) == {"a.txt": OLD, "b.txt": OLD}
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("there", [True, False])
def test_second_file_cannot_be_replaced(there, two, tmp_path, monkeypatch):
    """If the second file is held by another program, the first is put back or taken away."""
    first = two[0] if there else tmp_path / "new.txt"
    before = _contents(tmp_path)
    replace = Path.replace

    def hold(self, target):
        if target == two[1]:
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", hold)
    with pytest.raises(UsageError, match=r"b\.txt: cannot be written \(there is no permission, "):
        write_whole({first: b"new", two[1]: b"new"})
    assert _contents(tmp_path) == before


@pytest.mark.parametrize("error", [OSError, NotImplementedError])
def test_a_folder_without_links(error, two, tmp_path, monkeypatch):
    """Where a file can have one name only, an old one is put back all the same."""

    def refuse(*_, **__):
        raise error

    monkeypatch.setattr(os, "link", refuse)
    test_second_file_cannot_be_replaced("there", two, tmp_path, monkeypatch)


def test_full_disk(two, tmp_path, monkeypatch):
    """If there is no room, even for the temporary file, every old file stays as it was."""

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UsageError, match=r"a\.txt: cannot be written \(the disk is full\)"):
        write_whole({two[0]: b"new"})
    assert _contents(tmp_path) == {"a.txt": OLD, "b.txt": OLD}


def test_error_without_words(two, monkeypatch):
    """Where the system gives no reason, the kind of error stands for it."""

    def fail(_):
        raise OSError

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(UsageError, match=r"cannot be written \(OSError\)"):
        write_whole({two[0]: b"new"})


@pytest.mark.parametrize(
    ("code", "ja", "en"),
    [
        (errno.EPERM, "権限がないか、他のソフトで開かれています", "there is no permission, or "),
        (errno.EDQUOT, "空き容量がありません", "the disk is full"),
        (errno.EISDIR, "フォルダです", "it is a folder"),
        (errno.ENAMETOOLONG, "名前が長すぎます", "the name is too long"),
        (
            errno.ENOTEMPTY,
            "空でないフォルダがあります(別のプロセスが同時に書いている場合があります)",
            "a folder that is not empty",
        ),
        (errno.ESTALE, "as the system says it", "as the system says it"),
    ],
)
def test_reason(code, ja, en):
    """The commonest reasons are told in both languages, others as the system tells them."""
    told = reason(OSError(code, "as the system says it"))
    assert told.ja == ja
    assert told.en.startswith(en)


def test_missing(two, tmp_path):
    """Only what is surely not there is missing: not a link to nowhere, nor below a file."""
    assert missing(tmp_path / "none.yaml", "none.yaml") == Text(
        "none.yaml: ファイルがありません。名前とフォルダを確かめてください。",
        "none.yaml: no such file. Check its name and folder.",
    )
    (tmp_path / "link").symlink_to("nowhere")
    for there in (two[0], two[0] / "x.yaml", tmp_path / "link"):
        assert missing(there, "x") is None


def test_not_a_regular_file(two, tmp_path):
    """What is neither a file nor a folder is not replaced."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match=r"pipe: cannot be written \(it is no regular file\)"):
        write_whole({two[0]: b"new", tmp_path / "pipe": b"new"})
    assert two[0].read_bytes() == OLD


def test_content_that_keeps_its_size_and_time(two):
    """What somebody else has written since a file was seen is not lost, whatever its time says."""
    found, seen = two[0].stat(), stamp(two[0])
    write_whole({two[0]: OLD}, {two[0]: seen})
    seen = stamp(two[0])
    two[0].write_bytes(b"own")
    os.utime(two[0], ns=(found.st_atime_ns, found.st_mtime_ns))
    os.utime(two[1], ns=(found.st_atime_ns, found.st_mtime_ns))
    with pytest.raises(FileChangedError, match="was changed elsewhere meanwhile"):
        write_whole({two[0]: b"new"}, {two[0]: seen})
    assert two[0].read_bytes() == b"own"


def test_two_that_write_a_file_at_the_same_moment(two, monkeypatch):
    """Whoever comes second, after the first has looked at the file, writes nothing and is told."""
    seen, replace = stamp(two[0]), Path.replace

    def meanwhile(made, path):
        with pytest.raises(FileChangedError, match="was changed elsewhere meanwhile"):
            write_whole({two[0]: b"second"}, {two[0]: seen})
        replace(made, path)

    monkeypatch.setattr(Path, "replace", meanwhile)
    write_whole({two[0]: b"first"}, {two[0]: seen})
    assert two[0].read_bytes() == b"first"


def test_two_that_make_a_file_at_the_same_moment(tmp_path, monkeypatch):
    """A file that is to be new is never one that somebody else has made meanwhile."""
    new, link = tmp_path / "new.txt", os.link

    def meanwhile(made, path):
        new.write_bytes(b"second")
        link(made, path)

    monkeypatch.setattr(os, "link", meanwhile)
    with pytest.raises(FileChangedError, match="was changed elsewhere meanwhile"):
        write_whole({new: b"first"}, {new: None})
    assert _contents(tmp_path) == {"new.txt": b"second"}


def test_interrupted(two, tmp_path, monkeypatch):
    """An interruption leaves no temporary file behind, and every old file as it was."""

    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole({two[0]: b"new"})
    assert _contents(tmp_path) == {"a.txt": OLD, "b.txt": OLD}
