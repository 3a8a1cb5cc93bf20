"""The law that is kept: what it holds, when it is used, and when it is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dxrules
from dxrules.cli import main
from dxrules.cli.cache import cache_folder
from dxrules.dates import Range, parse_date
from dxrules.errors import RulesetError
from dxrules.rules import Law, Ruleset, kept, load_law
from dxrules.rules.kept import ROOMS, law_to_judge
from dxrules.rules.plain import from_plain, to_plain
from tests.lawbooks import GOOD, ROOT, folder, law, prefectural
from tests.rule_strategies import conditions, rule

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")


def without_examples(whole):
    """Return a law of which no rule has examples."""
    rulesets = [
        replace(each, rules=tuple(replace(rule, examples=()) for rule in each.rules))
        for each in whole.rulesets
    ]
    return replace(whole, rulesets=tuple(rulesets))


def there_and_back(whole):
    """Return a law as it comes back from its file."""
    return from_plain(json.loads(json.dumps(to_plain(whole), ensure_ascii=False)))


# ---- As plain data ----


@pytest.mark.parametrize("root", [ROOT / "rulesets", ROOT / "tests/data/rulesets"], ids=str)
def test_a_law_comes_back_as_it_was(root):
    """All that is shipped, and all that tests are made with, is the same law afterwards."""
    whole = without_examples(load_law(root))
    assert there_and_back(whole) == whole
    assert there_and_back(whole).reference.sources == whole.reference.sources


@pytest.mark.slow
@given(st.lists(conditions(), max_size=3), st.none() | conditions())
def test_every_condition_comes_back(required, applies):
    """A law with any conditions is the same law afterwards."""
    rules = tuple(rule(each, applies, f"T-{n:02}") for n, each in enumerate(required))
    text = rules[0].title if rules else law().rulesets[0].title
    ruleset = Ruleset("t", text, "national", None, date(2026, 1, 1), {}, {}, rules, "text")
    whole = Law((ruleset,), law().reference)
    assert there_and_back(whole) == whole


def test_a_due_day_comes_back():
    """Ranges and dates of every kind are parts of a law."""
    for part in (Range(None, 3, approximate=True), parse_date("令和8年度"), date(2026, 1, 1), ()):
        assert from_plain(json.loads(json.dumps(to_plain(part)))) == part


def test_what_is_no_part_of_a_law_is_refused():
    """Something that JSON has not, and that is no value object, is an error."""
    with pytest.raises(TypeError, match=r"^set is nothing that a law is made of$"):
        to_plain({1})


@pytest.mark.parametrize(
    ("called", "refused"),
    [
        ("os:system", "os:system"),
        ("dxrules.errors:UsageError", "UsageError"),
    ],
)
def test_nothing_but_value_objects_of_ours_is_made(called, refused):
    """Whatever else a file names is neither loaded nor called."""
    with pytest.raises(TypeError, match=f"^{refused} is nothing that a law is made of$"):
        from_plain([["tuple", "date", called], [2, "true"]])


# ---- Kept, and used again ----


@pytest.fixture
def cache(tmp_path):
    """Return where a law is to be kept; nothing is there yet."""
    return tmp_path / "cache" / "dxrules"


@pytest.fixture
def rulesets(tmp_path):
    """Return a folder with a ruleset and its own copy of the reference lists."""
    root = tmp_path / "rulesets"
    lists = root / "national" / "reference"
    lists.mkdir(parents=True)
    for path in (ROOT / "rulesets/national/reference").iterdir():
        (lists / path.name).write_bytes(path.read_bytes())
    return folder(root, {"national/test.yaml": GOOD})


@pytest.fixture
def reads(monkeypatch):
    """Return a list that gets an entry for every time that rulesets are read."""
    found = []

    def counted(*arguments):
        found.append(arguments)
        return load_law(*arguments)

    monkeypatch.setattr("dxrules.rules.load_law", counted)
    return found


def test_what_has_not_changed_is_read_once(rulesets, cache, reads):
    """The second time the law is the same, and no ruleset is read."""
    first = law_to_judge(rulesets, "mine", cache)
    assert law_to_judge(rulesets, "mine", cache) == first
    assert first == without_examples(load_law(rulesets, "mine"))
    assert reads == [(rulesets, "mine")]
    assert sorted(path.name for path in cache.iterdir()) == ["law"]


def test_nothing_is_kept_without_a_place(rulesets, cache, reads):
    """Without a folder to keep it in the law is read each time, and is the same."""
    first = law_to_judge(rulesets, "mine", None)
    assert law_to_judge(rulesets, "mine", None) == first
    assert len(reads) == 2
    assert not cache.exists()


def test_the_law_that_travels_along_is_kept(cache, reads):
    """Without a folder it is the one in the wheel or the checkout."""
    assert law_to_judge(None, "rulesets", cache) == without_examples(law())
    assert law_to_judge(None, "rulesets", cache) == without_examples(law())
    assert len(reads) == 1


@pytest.mark.parametrize(
    "path", ["test.yaml", "reference/areas.yaml", "reference/prerequisites.yaml"]
)
def test_a_change_of_any_file_is_seen(rulesets, cache, reads, path):
    """One byte more, with the size of another file and all times as before, is another law."""
    file = rulesets / "national" / path
    law_to_judge(rulesets, "mine", cache)
    times = file.stat().st_atime_ns, file.stat().st_mtime_ns
    file.write_bytes(file.read_bytes() + b" ")
    os.utime(file, ns=times)
    law_to_judge(rulesets, "mine", cache)
    file.write_bytes(file.read_bytes()[:-1] + b"\n")
    os.utime(file, ns=times)
    law_to_judge(rulesets, "mine", cache)
    assert len(reads) == 3


def test_a_file_more_or_less_is_seen(rulesets, cache, reads):
    """A ruleset that comes, goes or is renamed makes another law."""
    law_to_judge(rulesets, "mine", cache)
    file = rulesets / "prefecture" / "34.yaml"
    folder(rulesets, {"prefecture/34.yaml": prefectural("34", "of-34")})
    assert len(law_to_judge(rulesets, "mine", cache).rulesets) == 2
    file.rename(file.with_name("third.yaml"))
    assert len(law_to_judge(rulesets, "mine", cache).rulesets) == 2
    file.with_name("third.yaml").unlink()
    assert len(law_to_judge(rulesets, "mine", cache).rulesets) == 1
    assert len(reads) == 4


def test_what_goes_wrong_later_is_told(rulesets, cache):
    """A law that was kept hides no fault that the folder has now."""
    law_to_judge(rulesets, "mine", cache)
    astray = rulesets / "astray.yaml"
    astray.write_text(GOOD, encoding="utf-8")
    with pytest.raises(RulesetError, match=r"^mine/astray\.yaml:1:1: No ruleset is read from here"):
        law_to_judge(rulesets, "mine", cache)
    astray.unlink()
    (rulesets / "national/reference/areas.yaml").unlink()
    with pytest.raises(RulesetError, match=r"areas\.yaml:1:1: No such file\."):
        law_to_judge(rulesets, "mine", cache)


def test_an_example_that_fails_is_told(rulesets, cache):
    """Examples are no part of what is kept; they are run whenever one of them has changed."""
    law_to_judge(rulesets, "mine", cache)
    wrong = GOOD.replace("{expect: pass, fact: {status: m", "{expect: fail, fact: {status: m", 1)
    (rulesets / "national/test.yaml").write_text(wrong, encoding="utf-8")
    for _ in range(2):
        with pytest.raises(RulesetError, match="fail was expected, pass came out"):
            law_to_judge(rulesets, "mine", cache)


def test_a_law_is_kept_with_the_name_of_its_folder(rulesets, cache, reads):
    """Places name the folder as it was called, so another name is another law."""
    places = [
        law_to_judge(rulesets, name, cache).rulesets[0].rules[0].place.file
        for name in ("mine", "yours", "yours")
    ]
    assert places == [f"{name}/national/test.yaml" for name in ("mine", "yours", "yours")]
    assert len(reads) == 2


@pytest.mark.parametrize("what", ["versions", "modules"])
def test_another_dxrules_reads_for_itself(rulesets, cache, reads, monkeypatch, what):
    """What another version, another Python or a changed module has kept is not used."""
    law_to_judge(rulesets, "mine", cache)
    monkeypatch.setattr(kept, f"_{what}", lambda: ["other"])
    law_to_judge(rulesets, "mine", cache)
    assert len(reads) == 2


def test_a_changed_module_is_seen():
    """Each module of the rooms counts with its size and its time."""
    module = ROOT / "dxrules/rules/kept.py"
    state = module.stat()
    assert f"rules/kept.py {state.st_size} {state.st_mtime_ns}" in set(kept._modules())
    assert kept._versions()[:3] == (dxrules.__version__, str(ROOT / "dxrules"), sys.version)


def nowhere():
    """Fail as looking for the modules in an archive does."""
    raise NotADirectoryError


@pytest.mark.parametrize("modules", [list, nowhere], ids=["compiled-only", "in-an-archive"])
def test_modules_that_cannot_be_seen_are_no_key(rulesets, cache, reads, monkeypatch, modules):
    """Where it cannot be told whether a module has changed, nothing is kept."""
    monkeypatch.setattr(kept, "_modules", modules)
    law_to_judge(rulesets, "mine", cache)
    law_to_judge(rulesets, "mine", cache)
    assert len(reads) == 2
    assert not cache.exists()


def test_every_module_that_reads_counts():
    """Whatever of dxrules is loaded to read a law stands in one of the rooms that count."""
    code = (
        "import sys; from dxrules.rules import load_law; load_law()\n"
        "print(*(m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'dxrules'))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True
    )
    rooms = {Path(file).parent.relative_to(ROOT).as_posix() for file in run.stdout.split()}
    assert {f"dxrules/{room}".rstrip("/") for room in ROOMS} == rooms


def test_what_changes_while_it_is_read_is_not_kept(rulesets, cache, monkeypatch):
    """A law that may be of the bytes before or after a change is of neither."""

    def changing(*arguments):
        found = load_law(*arguments)
        file = rulesets / "national/test.yaml"
        file.write_bytes(file.read_bytes() + b"\n")
        return found

    monkeypatch.setattr("dxrules.rules.load_law", changing)
    law_to_judge(rulesets, "mine", cache)
    assert not cache.exists()


def test_a_file_that_cannot_be_read_is_no_key(rulesets, cache):
    """What loading will complain of is left to it."""
    (rulesets / "national/gone.yaml").symlink_to(rulesets / "nowhere")
    with pytest.raises(RulesetError, match=r"^mine/national/gone\.yaml:1:1: This is a link "):
        law_to_judge(rulesets, "mine", cache)


# ---- A file that cannot be trusted, or a folder ----


def cut(content):
    return content[: len(content) // 2]


def turned(content):
    """Return the content with one rule's severity turned, as no decay would do it."""
    return content.replace(b'"error"', b'"note"', 1)


def rekeyed(content):
    """Return the content under a key of which one digit is another."""
    return bytes([content[0] ^ 1]) + content[1:]


def holding(content):
    """Return a function that puts other content under the key, with a digest that is right."""

    def change(whole):
        key = whole.split(b" ", 1)[0]
        return key + b" " + sha256(content).hexdigest().encode() + b"\n" + content

    return change


OTHER = [b"", b"[]", b"7", b'[["int"], 1]', b"[" * 100_000, b'[["tuple", "date"], [0]]', b"\xff"]


@pytest.mark.parametrize(
    "change",
    [*map(holding, OTHER), cut, turned, lambda _: b"", lambda _: b"\xff\n", rekeyed],
    ids=[
        *(f"other {number}" for number in range(len(OTHER))),
        "cut",
        "altered",
        "empty",
        "foreign",
        "of-another-key",
    ],
)
def test_a_broken_file_is_replaced(rulesets, cache, reads, change):
    """What is not whole, or is something else, is passed over and written anew."""
    first = law_to_judge(rulesets, "mine", cache)
    whole = (cache / "law").read_bytes()
    (cache / "law").write_bytes(change(whole))
    assert change(whole) != whole
    assert law_to_judge(rulesets, "mine", cache) == first
    assert (cache / "law").read_bytes() == whole
    assert len(reads) == 2


@posix
@pytest.mark.parametrize("name", [".", "law"])
@pytest.mark.parametrize("mode", [0o020, 0o002])
def test_what_others_can_write_is_not_used(rulesets, cache, reads, name, mode):
    """A file, or a folder, that others can write may hold anybody's law."""
    law_to_judge(rulesets, "mine", cache)
    path = cache / name
    path.chmod(path.stat().st_mode | mode)
    law_to_judge(rulesets, "mine", cache)
    assert len(reads) == 2


@posix
def test_what_is_not_ones_own_is_neither_used_nor_touched(rulesets, cache, reads, monkeypatch):
    """Another user's folder is left alone."""
    law_to_judge(rulesets, "mine", cache)
    before = (cache / "law").read_bytes()
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    law_to_judge(rulesets, "yours", cache)
    assert (cache / "law").read_bytes() == before
    assert len(reads) == 2


def test_on_windows_the_folder_is_the_users(rulesets, cache, reads, monkeypatch):
    """There are no modes; what is in the user's own folder is the user's."""
    monkeypatch.setattr(kept, "sys", type(sys)("sys"))
    kept.sys.platform, kept.sys.version = "win32", sys.version
    law_to_judge(rulesets, "mine", cache)
    law_to_judge(rulesets, "mine", cache)
    assert len(reads) == 1


def test_a_place_that_cannot_be_written_is_done_without(rulesets, tmp_path, reads):
    """The law is read each time, and nobody is bothered."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    for _ in range(2):
        law_to_judge(rulesets, "mine", tmp_path / "file" / "dxrules")
    assert len(reads) == 2


# ---- Where it is ----

HOME = {"HOME": "/home/kikaku"}


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", HOME, "/home/kikaku/.cache/dxrules"),
        ("linux", HOME | {"XDG_CACHE_HOME": "/var/kikaku"}, "/var/kikaku/dxrules"),
        ("linux", HOME | {"XDG_CACHE_HOME": "relative"}, "/home/kikaku/.cache/dxrules"),
        ("darwin", HOME, "/home/kikaku/Library/Caches/dxrules"),
        ("win32", {"LOCALAPPDATA": "/kikaku/AppData"}, "/kikaku/AppData/dxrules/cache"),
        ("win32", HOME, None),
        ("linux", {}, None),
        ("linux", HOME | {"DXRULES_NO_CACHE": "1"}, None),
        ("linux", HOME | {"DXRULES_NO_CACHE": ""}, "/home/kikaku/.cache/dxrules"),
    ],
)
def test_where_the_users_cache_is(platform, environ, expected):
    """The folder is where the system keeps such things, unless the user says otherwise."""
    found = cache_folder(environ, platform)
    assert (found and found.as_posix()) == expected


@pytest.mark.slow
def test_a_check_says_the_same_with_and_without(tmp_path, monkeypatch, capsysbinary):
    """The report does not tell whether the law was read or had been kept."""
    call = ["check", str(ROOT / "facts"), "--as-of", "2026-11-20", "--format", "json"]
    said = []
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for switch in ("1", "", ""):
        monkeypatch.setenv("DXRULES_NO_CACHE", switch)
        main(call)
        said.append(capsysbinary.readouterr().out)
        assert (tmp_path / "dxrules/law").exists() is not bool(switch)
    assert said[0] == said[1] == said[2] != b""
