"""Packets: what an assessment was made of, in one archive, judged again."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from dxrules.assessment import replay
from dxrules.assessment.packet import open_packet, own_digest
from dxrules.assessment.replay import Moved, Replay
from dxrules.cli import main
from dxrules.engine import available
from dxrules.errors import InputError
from dxrules.report import json_report, json_values
from dxrules.report.replay import Replayed
from dxrules.report.replay import text as of_replay
from dxrules.report.terminal import Style
from dxrules.rules import Outcome
from tests.helpers.printed import printed
from tests.helpers.small import DAY, PLAN, SMALL

PLACE, ASSESSMENT = "plans/0001-34999-mihon.yaml", "assessments/0001-34999-mihon.yaml.json"
CHECK = ("check", PLAN, *SMALL, "--as-of", DAY, "--lang", "en", "--format", "none")


@pytest.fixture
def packet(_copy, tmp_path):
    """A packet of the small plan, in a folder where it can be judged again."""
    main([*CHECK, "--engine", "interpreter", "--output", "r.md", "--packet", "out.zip"])
    return tmp_path / "out.zip"


def rewritten(packet, changes):
    """Return a packet with the content of some files replaced; None takes one out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(packet) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            change = changes.get(entry.filename, lambda content: content)
            content = change(old.read(entry)) if change else None
            if content is not None:
                new.writestr(entry.filename, content)
    return stream.getvalue()


def judged_again(raw):
    """Judge the bytes of a packet again, and write assessments as packets hold them."""
    packet = open_packet(io.BytesIO(raw), "out.zip")
    return replay.replay(packet, json_report.render_json)


def again(packet, changes):
    """Judge an altered packet again."""
    return judged_again(rewritten(packet, changes))


def test_twice(packet, monkeypatch, capsys):
    """What one engine judged is judged by both; without a second one nobody is told that it was."""
    assert main(["replay", str(packet), "--twice", "--lang", "en"]) == (0 if available() else 2)
    monkeypatch.setattr(replay, "available", lambda: False)
    assert main(["replay", str(packet), "--twice", "--lang", "en"]) == 2
    assert "dxrules[engine]" in capsys.readouterr().err


def test_holds_everything(packet):
    """The packet holds plan, rulesets, assessment, reports, and the digest of each."""
    with zipfile.ZipFile(packet) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
        report = archive.read("reports/0001-r.md")
    assert sorted(names) == sorted(["manifest.json", *manifest["sha256"]])
    assert {name.partition("/")[0] for name in names} == {
        "assessments",
        "manifest.json",
        "plans",
        "reports",
        "rulesets",
    }
    assert report == Path("r.md").read_bytes()
    assert manifest["plans"] == [{"path": PLACE, "name": PLAN, "assessment": ASSESSMENT}]
    assert manifest["manifest_sha256"] == own_digest(manifest)


def test_same_bytes(packet):
    """The same inputs give the same archive."""
    main([*CHECK, "--engine", "interpreter", "--output", "r.md", "--packet", "again.zip"])
    assert Path("again.zip").read_bytes() == packet.read_bytes()


@pytest.mark.usefixtures("packet")
def test_agrees(capsys):
    """Judged again it agrees, wherever it is."""
    Path("elsewhere").mkdir()
    shutil.rmtree("rulesets")
    shutil.move("out.zip", "elsewhere/out.zip")
    assert main(["replay", "elsewhere/out.zip", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "elsewhere/out.zip: Judged again, the bytes agree\n"


def test_altered_plan(packet, tmp_path, capsys):
    """A plan that was altered is named, with each outcome that moved."""
    changed = rewritten(
        packet,
        {PLACE: lambda c: c.replace(b"exception: none", b"exception: transition-support")},
    )
    (tmp_path / "out.zip").write_bytes(changed)
    assert main(["replay", "out.zip", "--lang", "en"]) == 1
    first, second, *moved = capsys.readouterr().out.splitlines()
    assert first == "out.zip: Judged again, the bytes differ"
    assert second == "  - The plan was altered: plans/0001-34999-mihon.yaml"
    assert moved
    assert all(" → " in line for line in moved)


def test_altered_rules_and_reports(packet):
    """Altered rulesets and reports are named; a report does not move the assessment."""
    done = again(packet, {"reports/0001-r.md": lambda c: c + b"x"})
    assert (done.agrees, [cause.en for cause in done.causes]) == (
        True,
        ["A report was altered: reports/0001-r.md"],
    )
    with zipfile.ZipFile(packet) as archive:
        name = min(each for each in archive.namelist() if each.startswith("rulesets/"))
    done = again(packet, {name: lambda c: c + b"\n# remark\n"})
    assert [cause.en for cause in done.causes] == [f"The rules were altered: {name}"]
    assert done.moved == ()


def test_other_version(packet, monkeypatch):
    """Another version of the tool is named as the cause."""
    monkeypatch.setattr(replay, "__version__", "9")
    monkeypatch.setattr(json_values, "__version__", "9")
    done = judged_again(packet.read_bytes())
    assert not done.agrees
    assert "9 now" in done.causes[0].en


def test_other_engines(packet):
    """An assessment by other engines is named as the cause."""
    done = again(
        packet,
        {ASSESSMENT: lambda c: c.replace(b'"interpreter"', b'"interpreter",\n    "other"', 1)},
    )
    assert [cause.en.partition(":")[0] for cause in done.causes] == [
        "The assessment was altered",
        "Other engines (durable_rules is installed on one side only)",
    ]


def with_new_digests(packet, changes):
    """Return a packet in which files were altered, and their digests in the manifest, too."""
    with zipfile.ZipFile(packet) as archive:
        content = {name: change(archive.read(name)) for name, change in changes.items()}

    def manifest(raw):
        said = json.loads(raw)
        said["sha256"] |= {name: sha256(raw).hexdigest() for name, raw in content.items()}
        return json.dumps(said | {"manifest_sha256": own_digest(said)}).encode()

    return rewritten(packet, {**changes, "manifest.json": manifest})


@pytest.mark.parametrize(
    ("name", "change", "cause"),
    [
        (
            PLACE,
            lambda c: c.replace(b"exception: none", b"exception: transition-support"),
            "The plan is not the one that was judged: plans/0001-34999-mihon.yaml",
        ),
        (
            "rulesets/national/small.yaml",
            lambda c: c + b"\n# remark\n",
            "The rules are not those judged by: rulesets/",
        ),
        (
            ASSESSMENT,
            lambda c: c.replace(b'"outcome": "fail"', b'"outcome": "pass"', 1),
            (
                "Plans, rules and the number of the version are the same: the stored "
                f"{ASSESSMENT} was altered, or another dxrules of this number (one in "
                "development) judged. Judging again with the one that judged tells which"
            ),
        ),
    ],
)
def test_altered_with_its_digest(packet, name, change, cause):
    """What was altered together with its digest is told by what the assessment records."""
    done = judged_again(with_new_digests(packet, {name: change}))
    assert (done.agrees, [text.en for text in done.causes]) == (False, [cause])


def test_zipped_again(packet):
    """The entries of folders are passed over, and a file that was added is called just that."""
    with zipfile.ZipFile(packet, "a") as archive:
        archive.writestr("plans/", b"")
        archive.writestr("note.txt", b"x")
    done = judged_again(packet.read_bytes())
    assert (done.agrees, [text.en for text in done.causes]) == (
        True,
        ["A file was added: note.txt"],
    )


def test_altered_packets_compared(packet, capsys):
    """Packets that were altered are compared with a warning, and exit code 1."""
    Path("new.zip").write_bytes(rewritten(packet, {"reports/0001-r.md": lambda c: c + b"x"}))
    capsys.readouterr()
    call = ("--engine", "interpreter", "--lang", "en")
    Path("same.zip").write_bytes(Path("out.zip").read_bytes())
    assert main(["compare", "out.zip", "same.zip", *call]) == 0
    assert "\nCompared over time: " in "\n" + capsys.readouterr().out
    assert main(["compare", "out.zip", "new.zip", *call]) == 1
    out, err = capsys.readouterr()
    assert err == "new.zip: A report was altered: reports/0001-r.md\n"
    assert "※ new.zip: A report was altered: reports/0001-r.md\n" in out
    assert main(["compare", "out.zip", "new.zip", *call, "--output", "x.json"]) == 1
    assert "A report was altered" in json.loads(Path("x.json").read_bytes())["doubts"][0]["en"]
    assert main(["compare", "out.zip", "new.zip", *call, "--output", "new.zip"]) == 2
    capsys.readouterr()
    unused = ("--as-of", "2026-11-20", "--all")
    assert main(["compare", "out.zip", "out.zip", *call, *unused]) == 2
    assert capsys.readouterr().err == (
        "dxrules: --as-of, --all cannot be used to compare packets: each has its own day and "
        "rules.\n"
    )


def test_long_lists_are_cut():
    """Of very many differences the first are shown."""
    moved = [Moved("000000", "R-01", "area", str(n), None, Outcome.PASS) for n in range(25)]
    shown = printed(
        of_replay, Replayed("p", Replay(agrees=False, causes=(), moved=tuple(moved))), Style("en")
    )
    assert shown.endswith("  - 000000 R-01 area/19: - → pass\n  - and 5 more\n")


WAY_OUT = "Name a file that dxrules check --packet has written."


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"manifest.json": None}, f"out.zip:1:1: This is a ZIP archive. {WAY_OUT}"),
        ({"manifest.json": lambda _: b""}, f"out.zip:1:1: This is no packet. {WAY_OUT}"),
        ({"manifest.json": lambda _: b"[]"}, f"out.zip:1:1: This is no packet. {WAY_OUT}"),
        ({"manifest.json": lambda _: b"{name: x}"}, f"out.zip:1:1: This is no packet. {WAY_OUT}"),
        ({"manifest.json": lambda _: b"a: b: c"}, "out.zip:manifest.json:1:"),
        ({"manifest.json": lambda _: b"format: x"}, "out.zip:manifest.json:1:9: format: "),
        (
            {ASSESSMENT: None},
            "out.zip:1:1: Files are missing: assessments/0001-34999-mihon.yaml.json",
        ),
        ({PLACE: None}, "out.zip:1:1: Files are missing: plans/0001-34999-mihon.yaml"),
    ],
)
def test_no_packet(packet, change, message):
    """A manifest that is missing or wrong, and files that are missing, are refused."""
    with pytest.raises(InputError) as caught:
        again(packet, change)
    assert str(caught.value).startswith(message)


@pytest.mark.usefixtures("packet")
@pytest.mark.parametrize("name", ["my-town.yaml", "new.json", "packet", "new.zip.yaml"])
def test_named_as_a_packet(name, capsys):
    """A packet is written only under the name of one, so that no plan is lost by a slip."""
    plan = Path("my-town.yaml")
    plan.write_bytes(b"# ours\n")
    call = ("check", "plans", *CHECK[2:], "--packet", name)
    capsys.readouterr()
    assert main(call) == 2
    assert main(["ja" if word == "en" else word for word in call]) == 2
    assert capsys.readouterr().err == (
        f"dxrules: {name}: the name of a packet ends in .zip. Write --packet filed.zip, "
        "for example.\n"
        f"dxrules: {name}: --packet のファイル名は .zip で終わるものにしてください"
        "(例: --packet filed.zip)。\n"
    )
    assert plan.read_bytes() == b"# ours\n"
    assert not Path("new.json").exists()
    assert main(["check", "plans", *CHECK[2:], "--packet", "NEW.ZIP"]) in {0, 1}
    assert Path("NEW.ZIP").exists()


@pytest.mark.usefixtures("packet")
def test_wrong_calls(capsys):
    """What is no packet, or is not there, gets one message, a way out and exit code 2."""
    Path("empty.zip").write_bytes(b"")
    Path("a.pdf").write_bytes(b"%PDF-1.7")
    for name in (PLAN, "a.pdf", "empty.zip", "none.zip", "plans"):
        assert main(["replay", name, "--lang", "en"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        f"{PLAN}:1:1: This is a text file. {WAY_OUT}",
        f"a.pdf:1:1: This is a PDF. {WAY_OUT}",
        f"empty.zip:1:1: Cannot be read as a ZIP archive. {WAY_OUT}",
        f"dxrules: none.zip: no such file. {WAY_OUT}",
        f"dxrules: plans: is a folder. {WAY_OUT}",
    ]
