"""Packets of others: odd, damaged or edited ones get one message, and write nothing."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from dxrules.assessment.packet import open_packet
from dxrules.assessment.replay import tampered
from dxrules.cli import main
from dxrules.errors import InputError
from tests.helpers.archives import archive, entries, entry, lying, packed
from tests.helpers.packets import earlier, judged_again, signed
from tests.helpers.small import DAY, PLAN, SMALL

ASSESSMENT = "assessments/0001-34999-mihon.yaml.json"
PLACE = "plans/0001-34999-mihon.yaml"
CHECK = ("check", PLAN, *SMALL, "--as-of", DAY, "--lang", "en", "--format", "none")
CALL = ("--engine", "interpreter")
WAY_OUT = "Name a file that dxrules check --packet has written."
ALTERED = "The packet was altered after it was written. Make it anew with dxrules check --packet."


@pytest.fixture
def here(_copy, tmp_path):
    """A folder with a small plan and its rulesets."""
    return tmp_path


@pytest.fixture
def files(here):
    """The files of a packet of the small plan, which stands beside as out.zip."""
    main([*CHECK, *CALL, "--output", "r.md", "--packet", "out.zip"])
    return entries((here / "out.zip").read_bytes())


def said_of(capsys, raw, *words):
    """Return exit code and messages of commands on a packet."""
    Path("odd.zip").write_bytes(raw)
    capsys.readouterr()
    code = main([*words, "--lang", "en"])
    return code, capsys.readouterr().err


def damaged(name):
    """Return an archive in which the bytes of a file are not a stream of deflate."""
    raw = bytearray(archive((name, b"x" * 1000)))
    start = raw.index(name.encode()) + len(name)
    raw[start : start + 4] = b"\xff\xff\xff\xff"
    return bytes(raw)


@pytest.mark.parametrize(
    "name",
    ["rulesets//{out}/x.yaml", "rulesets/../../x.yaml", "{out}/x.yaml", "rulesets/.", "rulesets/"],
)
@pytest.mark.parametrize("command", ["replay", "compare"])
def test_writes_nothing_outside(here, files, capsys, name, command):
    """An entry that leads elsewhere is refused, and no file is written anywhere."""
    out = here / "elsewhere"
    out.mkdir()
    odd = name.format(out=str(out).lstrip("/") if name.startswith("r") else out)
    raw = archive(*files.items(), (odd, b"x")) if odd != "rulesets/" else None
    if raw is None:  # the entry of a folder is passed over
        assert said_of(capsys, archive(*files.items(), (odd, b"")), "replay", "odd.zip")[0] == 0
        return
    before = sorted(here.rglob("*"))
    words = [command, "odd.zip", *(["out.zip"] if command == "compare" else [])]
    code, err = said_of(capsys, raw, *words)
    assert (code, err) == (
        2,
        f"odd.zip:1:1: The file name {odd} in it is not allowed. {WAY_OUT}\n",
    )
    assert sorted(here.rglob("*")) == sorted([*before, here / "odd.zip"])


def test_replay_leaves_the_disk_alone(files, here, monkeypatch, capsys):
    """Judging a packet again, or comparing two, makes no file, not even for a moment."""
    assert files
    Path("same.zip").write_bytes(Path("out.zip").read_bytes())

    def refused(*_, **__):
        raise AssertionError("a file is made")

    before = sorted(here.rglob("*"))
    for home in ("tempfile.mkstemp", "tempfile.mkdtemp", "os.mkdir", "pathlib.Path.write_bytes"):
        monkeypatch.setattr(home, refused)
    assert main(["replay", "out.zip", "--lang", "en"]) == 0
    assert main(["compare", "out.zip", "same.zip", *CALL, "--lang", "en"]) == 0
    assert sorted(here.rglob("*")) == before
    assert "agree" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda f: archive(*f.items(), (PLACE, b"x")), f"It holds {PLACE} twice."),
        (
            lambda f: archive(*f.items(), (entry("x", zipfile.ZIP_BZIP2), b"x")),
            "x in it is compressed in a way that is not read.",
        ),
        (
            lambda f: archive(*f.items(), (entry("x", zipfile.ZIP_LZMA), b"x")),
            "x in it is compressed in a way that is not read.",
        ),
        (
            lambda f: archive(*f.items(), ("rulesets/national", b"x")),
            "rulesets/national in it is both a file and a folder.",
        ),
        (lambda f: packed(f)[40:], f"{PLACE} in it is damaged."),
        (lambda f: packed(f)[:-40], "Cannot be read as a ZIP archive."),
        (
            lambda _: lying("manifest.json", b"x" * 100, 1000),
            "manifest.json in it has not the size that the archive declares.",
        ),
        (lambda _: damaged("manifest.json"), "manifest.json in it is damaged."),
        (
            lambda f: archive(*f.items(), ("a/" * 40 + "x", b"")),
            f"The file name {'a/' * 40}x in it is not allowed.",
        ),
    ],
)
def test_odd_archives(files, capsys, make, message):
    """Each way in which an archive is odd or damaged has one message and exit code 2."""
    told = (2, f"odd.zip:1:1: {message} {WAY_OUT}\n")
    assert said_of(capsys, make(files), "replay", "odd.zip") == told
    assert said_of(capsys, make(files), "compare", "out.zip", "odd.zip") == told


DEEP = b"[" * 100_000 + b"]" * 100_000
WHERE = "odd.zip:assessments/0001-34999-mihon.yaml.json:1:1"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "This is no assessment (dxrules/assessment/2)."),
        (b"[]", "This is no assessment (dxrules/assessment/2)."),
        (b"{}", "This is no assessment (dxrules/assessment/2)."),
        (b'"\\ud800"', "This is no assessment (dxrules/assessment/2)."),
        (b"\xff\xfe", "This is no assessment (dxrules/assessment/2)."),
        (DEEP, "This is no assessment (dxrules/assessment/2)."),
        (b"1" * 5000, "This is no assessment (dxrules/assessment/2)."),
        (b"NaN", "This is no assessment (dxrules/assessment/2)."),
        (b'{"format": "dxrules/gaps/1"}', "This is no assessment (dxrules/assessment/2)."),
    ],
    ids=range(9),
)
def test_an_assessment_that_is_none(files, capsys, content, message):
    """What is no assessment at all is said to be none, and is not taken for another engine's."""
    raw = packed(signed({**files, ASSESSMENT: content}))
    told = (2, f"{WHERE}: {message} {ALTERED}\n")
    assert said_of(capsys, raw, "replay", "odd.zip") == told
    assert said_of(capsys, raw, "compare", "odd.zip", "out.zip", *CALL) == told


@pytest.mark.parametrize("value", ['"x"', "1", "null", "[]", "{}", "NaN", "1e999", '"\\ud800"'])
@pytest.mark.parametrize(
    "path",
    [
        ("as_of",),
        ("tool",),
        ("tool", "version"),
        ("engines",),
        ("plans",),
        ("plans", 0),
        ("plans", 0, "plan", "code"),
        ("plans", 0, "plan", "sha256"),
        ("plans", 0, "lawbook"),
        ("plans", 0, "findings"),
        ("plans", 0, "findings", 0),
        ("plans", 0, "findings", 0, "rule", "id"),
        ("plans", 0, "findings", 0, "subject", "key"),
        ("plans", 0, "findings", 0, "outcome"),
        ("plans", 0, "findings", 0, "message"),
    ],
    ids=lambda path: ".".join(map(str, path)),
)
def test_wrong_types_in_an_assessment(files, capsys, path, value):
    """A value of another type, wherever it stands, is told or judged again: never a crash."""
    said = json.loads(files[ASSESSMENT])
    at = said
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = "HERE"
    text = json.dumps(said).replace('"HERE"', value)
    code, err = said_of(
        capsys, packed(signed({**files, ASSESSMENT: text.encode()})), "replay", "odd.zip"
    )
    assert (code, err.count("\n")) in {(1, 0), (2, 1)}
    assert err == "" or err.startswith(f"{WHERE}: ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (DEEP, "odd.zip:manifest.json:1:"),
        (b'{"format": "dxrules/packet/2", "format": "x"}', "odd.zip:manifest.json:1:"),
        (b'{"format": NaN}', "odd.zip:manifest.json:1:12: format: "),
        (b'{"format": "dxrules/packet/2", "version": "\\ud800"}', "odd.zip:manifest.json:1:"),
        (b'{"format": "dxrules/packet/3"}', "odd.zip:manifest.json:1:12: format: "),
        (b'{"format": {"x": 1}}', "odd.zip:manifest.json:1:"),
    ],
    ids=range(6),
)
def test_odd_manifests(files, capsys, content, message):
    """A manifest that is odd is refused with its place in the packet."""
    raw = packed({**files, "manifest.json": content})
    code, err = said_of(capsys, raw, "replay", "odd.zip")
    assert code == 2
    assert err.startswith(message)


@pytest.mark.parametrize("key", ["plans", "unreadable", "sha256", "version", "as_of", "engine"])
@pytest.mark.parametrize("value", [1, {}, None, "x", [1], ["\u202e"], {"a": 1}])
def test_wrong_types_in_a_manifest(files, capsys, key, value):
    """A value of another type in the manifest is refused, or is told as an edit."""
    said = json.loads(files["manifest.json"]) | {key: value}
    raw = packed({**files, "manifest.json": json.dumps(said).encode()})
    assert said_of(capsys, raw, "replay", "odd.zip")[0] in {1, 2}


def test_a_file_that_cannot_be_read_any_more(files, capsys):
    """A broken plan or ruleset in a packet is named by packet and entry."""
    raw = packed(signed({**files, PLACE: b"plan: ["}))
    code, err = said_of(capsys, raw, "replay", "odd.zip")
    assert code == 2
    assert err.startswith(f"odd.zip:{PLACE}:")
    raw = packed(signed({**files, "rulesets/national/small.yaml": b"rules: ["}))
    code, err = said_of(capsys, raw, "replay", "odd.zip")
    assert code == 2
    assert all(line.startswith("odd.zip:rulesets/national/") for line in err.splitlines())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"plans": []}, "odd.zip:1:1: It holds no plan that was judged. "),
        ({"as_of": "9999-12-31"}, "odd.zip:manifest.json:"),
    ],
    ids=["plans", "as_of"],
)
def test_nothing_to_judge(files, capsys, change, message):
    """A packet of no plan, or of a day that no calendar leads on from, is no agreement."""
    code, err = said_of(capsys, packed(signed(files, **change)), "replay", "odd.zip")
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith(message)


def causes(raw):
    """Return why a packet is not what it was, by replay and by compare."""
    again = judged_again(raw)
    told = tampered(open_packet(io.BytesIO(raw), "out.zip"))
    return again.agrees, [text.en for text in again.causes], [text.en for text in told]


EDITED = "manifest.json was edited after it was written"


@pytest.mark.parametrize(
    "change",
    [
        {"unreadable": [{"name": "b.yaml", "ja": "x", "en": "x"}]},
        {"version": "0.0.1"},
        {"waivers": "no"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_edited_manifest(files, change):
    """A manifest that was edited is told, even where the bytes agree."""
    said = json.loads(files["manifest.json"]) | change
    raw = packed({**files, "manifest.json": json.dumps(said).encode()})
    _, replayed, compared = causes(raw)
    assert replayed[0] == compared[0] == EDITED


def test_a_manifest_laid_out_anew(files):
    """The digest is of what the manifest says, and not of how it is laid out."""
    said = json.loads(files["manifest.json"])
    assert causes(packed({**files, "manifest.json": json.dumps(said).encode()})) == (True, [], [])


@pytest.mark.parametrize("form", [lambda files: files, earlier], ids=["second", "first"])
def test_another_version_with_its_digest(files, form):
    """A version that is not the assessment's is told, whatever digest stands beside it."""
    agrees, replayed, compared = causes(packed(signed(form(files), version="0.0.1")))
    said = "manifest.json names another version of dxrules (0.0.1) than the assessment ("
    assert agrees
    assert [text.startswith(said) for text in (*replayed, *compared)] == [True, True]


def test_the_first_form_is_read(files, here, capsys):
    """A packet of the first form is judged again, and compared; what it does not tell is said."""
    old = earlier(files)
    unsealed = (
        "odd.zip: is of the earlier form (dxrules/packet/1), which does not tell whether "
        "manifest.json was edited.\n"
    )
    assert causes(packed(old)) == (True, [], [])
    assert said_of(capsys, packed(old), "replay", "odd.zip") == (0, unsealed)
    assert said_of(capsys, packed(old), "compare", "odd.zip", "out.zip", *CALL) == (0, unsealed)
    with pytest.raises(InputError, match=r"out\.zip:assessment\.json:1:1: This is no assessment"):
        judged_again(packed(signed({**old, "assessment.json": b"[]"})))
    assert here


def test_the_digest_that_was_noted(here, capsys):
    """The SHA-256 that is printed when a packet is written tells it from any other."""
    main([*CHECK, *CALL, "--packet", "a.zip"])
    said = capsys.readouterr().err
    head, tail = "a.zip: SHA-256 ", " (note it: dxrules replay --expect-sha256 checks it)\n"
    digest = said.removeprefix(head).removesuffix(tail)
    assert said == f"{head}{digest}{tail}"
    call = ("replay", "a.zip", "--lang", "en", "--expect-sha256")
    assert main([*call, digest.upper()]) == 0
    assert main([*call, "0" * 64]) == 1
    agrees, again, *why = capsys.readouterr().out.splitlines()
    assert (agrees, again) == ("a.zip: Judged again, the bytes agree",) * 2
    assert " ".join(line.strip() for line in why) == (
        f"- It is not the packet that was noted (its SHA-256 is {digest}, not {'0' * 64})"
    )
    assert main([*call, "xyz"]) == 2
    assert capsys.readouterr().err == (
        'dxrules: --expect-sha256: "xyz" is no SHA-256 (64 hexadecimal digits).\n'
    )
    assert here


def test_no_regular_file(here, capsys):
    """A device or a pipe, which may have no end, is refused before it is read."""
    os.mkfifo("pipe.zip")
    for name in ("pipe.zip", "/dev/zero"):
        assert main(["replay", name, "--lang", "en"]) == 2
    first, second = capsys.readouterr().err.splitlines()
    tail = "is no regular file. Save the packet to a file, and name that."
    assert (first, second) == (f"dxrules: pipe.zip: {tail}", f"dxrules: zero: {tail}")
    assert here


def test_a_packet_that_cannot_be_opened(files, monkeypatch, capsys):
    """Why the system does not open a file is told."""
    assert files

    def refused(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("dxrules.cli.packet_arguments.open_file", refused)
    capsys.readouterr()
    assert main(["replay", "out.zip", "--lang", "en"]) == 2
    assert capsys.readouterr().err == (
        "dxrules: out.zip: cannot be read "
        "(there is no permission, or another program holds it open).\n"
    )
