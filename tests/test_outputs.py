"""Outputs: never over what is read, and never silent of what could not be read."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from dxrules.cli import main
from dxrules.cli.plan_folder import says_plan
from dxrules.paths import open_file
from dxrules.report.writers import CHECK
from tests.helpers.archives import lying
from tests.helpers.small import DATA, DAY, PLAN, SMALL

pytestmark = [pytest.mark.covered, pytest.mark.usefixtures("_copy")]

ON = ("--as-of", DAY, "--lang", "en", "--engine", "interpreter", *SMALL)
BAD = "plans/bad.yaml"


def contents():
    """Return every file and what it holds."""
    return {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("outputs", "named"),
    [
        (("--output", f"json={PLAN}"), PLAN),
        (("--packet", PLAN), PLAN),
        (("--output", "table=link.yaml"), "link.yaml"),
        (("--output", "json=known.json", "--baseline", "known.json"), "known.json"),
        (("--output", "json=rulesets/national/small.yaml"), "rulesets/national/small.yaml"),
    ],
)
@pytest.mark.parametrize("plans", ["plans", PLAN])
def test_never_over_an_input(outputs, named, plans, capsys):
    """A plan, a baseline and a ruleset are never written over, by whatever name."""
    Path("link.yaml").symlink_to(PLAN)
    Path("known.json").write_text('{"format": "dxrules/baseline/2", "entries": []}', "utf-8")
    before = contents()
    assert main(["check", plans, *ON, *outputs]) == 2
    said = f"dxrules: {named}: is read by this call, so it is not written over. Name another file."
    assert capsys.readouterr() == ("", said + "\n")
    assert contents() == before


@pytest.mark.parametrize("command", [("compare", "plans", *SMALL), ("rules", "lint", *SMALL)])
def test_never_over_an_input_elsewhere(command, capsys):
    """The other commands that write files do not write over what they read, either."""
    before = contents()
    output = ("--output", "json=rulesets/national/small.yaml", "--lang", "ja")
    assert main([*command, *output]) == 2
    assert capsys.readouterr().err == (
        "dxrules: rulesets/national/small.yaml: 読み込むファイルなので、上書きしません。"
        "別の名前を指定してください。\n"
    )
    assert contents() == before


AMONG_PLANS = [
    ("check", "--output", "plans/report.json"),
    ("check", "--output", "xlsx=plans/below/Report.XLSX"),
    ("check", "--output", "table=link/report.yaml"),
    ("compare", "--output", "plans/report.json"),
]


@pytest.mark.parametrize("call", AMONG_PLANS)
@pytest.mark.parametrize("folder", ["plans", "link", "."])
def test_never_among_plans(call, folder, capsys):
    """What the next call would take for a plan is not written into a folder of plans."""
    Path("link").symlink_to("plans")
    Path("plans/below").mkdir()
    before = contents()
    command, option, output = call
    assert main([command, folder, *ON, option, output]) == 2
    named = output.rpartition("=")[2]
    assert capsys.readouterr().err == (
        f"dxrules: {named}: stands in a folder of plans ({folder}), so it would be read as a plan "
        "from now on. Name a file elsewhere.\n"
    )
    assert contents() == before


@pytest.mark.parametrize("what", ["write", "update", "prune"])
def test_no_baseline_among_plans(what, capsys):
    """Nor is a baseline."""
    assert main(["baseline", what, "plans/known.json", "plans", *ON]) == 2
    assert "plans/known.json: stands in a folder of plans (plans), " in capsys.readouterr().err
    assert not Path("plans/known.json").exists()


def test_what_nobody_takes_for_a_plan(capsys):
    """Reports of other endings, hidden ones, and those beside a plan that is named, are written."""
    outputs = ("--output", "plans/r.html", "--output", "plans/.r.json", "--packet", "plans/p.zip")
    assert main(["check", "plans", *ON, "--format", "none", *outputs]) == 1
    assert main(["check", PLAN, *ON, "--format", "none", "--output", "plans/r.json"]) == 1
    assert main(["check", "plans/.r.json", *ON, "--format", "none"]) == 2
    said, refused = capsys.readouterr().err.splitlines()
    assert said.startswith("plans/p.zip: SHA-256 ")
    assert refused.startswith("plans/.r.json:2:13: format: A file of the format ")


PLANS = {
    "a comment first": b"# ours\nformat: dxrules/plan/1\n",
    "json": b'{"recorded": "R8", "format" : "dxrules/plan/1"}',
    "mark": b'\xef\xbb\xbf"format" : "dxrules/plan/1"\r\n',
    "utf-16": "recorded: 2026\nformat: dxrules/plan/1\n".encode("utf-16"),
}
WRITERS = [("check", "plans", *ON), ("compare", "plans", *ON), ("rules", "lint", *ON[2:4], *SMALL)]


def in_japanese(word):
    """Return a word of a call that asks for English as one that asks for Japanese."""
    return "ja" if word == "en" else word


@pytest.mark.parametrize("form", PLANS)
@pytest.mark.parametrize("call", WRITERS, ids=lambda call: call[0])
def test_never_over_a_plan_of_other_calls(call, form, capsys):
    """What says that it is a plan is not written over by a call that does not read it."""
    Path("mine.txt").write_bytes(PLANS[form])
    before = contents()
    output = ("--format", "none", "--output", "json=mine.txt")
    assert main([*call, *output]) == 2
    assert main([in_japanese(word) for word in (*call, *output)]) == 2
    said = (
        "dxrules: mine.txt: a plan, or a file that cannot be read, stands there, so it is not "
        "written over. Name another file.\n"
        "dxrules: mine.txt: 計画のファイルか、読み取れないファイルが既にあるので、上書きしません。"
        "別の名前を指定してください。\n"
    )
    assert capsys.readouterr() == ("", said)
    assert contents() == before


def shared(raw):
    """Return a workbook as office programs save it: with its texts apart from its sheets."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            content = old.read(entry).replace(b"<t>dxrules/plan/1</t>", b"")
            new.writestr(entry.filename, content)
        new.writestr("xl/sharedStrings.xml", b"<sst><si><t>dxrules/plan/1</t></si></sst>")
    return stream.getvalue()


@pytest.mark.parametrize("saved", [bytes, shared])
def test_never_over_a_filled_in_workbook(saved, capsys):
    """Nor is a workbook that holds a plan, whoever saved it; one that is a report is."""
    assert main(["convert", PLAN, "mine.xlsx", "--lang", "en", *SMALL]) == 0
    work = saved(Path("mine.xlsx").read_bytes())
    Path("mine.xlsx").write_bytes(work)
    call = ("check", PLAN, *ON, "--format", "none", "--output")
    assert main([*call, "mine.xlsx"]) == 2
    assert (
        "mine.xlsx: a plan, or a file that cannot be read, stands there, "
        in capsys.readouterr().err
    )
    assert Path("mine.xlsx").read_bytes() == work
    assert [main([*call, "report.xlsx"]) for _ in range(2)] == [1, 1]


def test_nothing_is_inflated_to_look_into_it():
    """Of an archive whose sizes are made up no more is unpacked than a few pieces."""
    Path("a.xlsm").write_bytes(lying("xl/sharedStrings.xml", bytes(50_000_000), 10))
    says_plan(Path("a.xlsm"))  # whatever is imported first does not count
    tracemalloc.start()
    try:
        assert says_plan(Path("a.xlsm")) is False
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_reports_over_reports(capsys):
    """A report takes the place of a report of any format, and of what is no input, silently."""
    names = [f"{form}=r.{form}" for form in CHECK.brought]
    outputs = [word for name in names for word in ("--output", name)]
    call = ("check", PLAN, *ON, "--format", "none", *outputs, "--packet", "r.zip")
    assert main([*call]) == 1
    first = contents()
    assert main([*call]) == 1
    assert contents() == first
    for content in (b"", b"PK\x03\x04", b"# see format: dxrules/plan/1", b"format: other/plan/1"):
        Path("r.json").write_bytes(content)
        assert main(["check", PLAN, *ON, "--format", "none", "--output", "r.json"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert [line.partition(" SHA-256 ")[0] for line in said] == ["r.zip:", "r.zip:"]


def test_never_over_what_cannot_be_read(monkeypatch, capsys):
    """A file that cannot be read may hold anything, and is left."""
    Path("r.json").write_bytes(b"{}")

    def refused(path):
        if path.name == "r.json":
            raise PermissionError
        return open_file(path)

    monkeypatch.setattr("dxrules.cli.plan_folder.open_file", refused)
    assert main(["check", PLAN, *ON, "--format", "none", "--output", "r.json"]) == 2
    assert (
        "r.json: a plan, or a file that cannot be read, stands there, " in capsys.readouterr().err
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such pipes here")
def test_no_pipe_is_waited_for(capsys):
    """A pipe is not read to see what it holds: it is refused, as ever, when it is written."""
    os.mkfifo("pipe")
    assert main(["check", PLAN, *ON, "--format", "none", "--output", "json=pipe"]) == 2
    assert capsys.readouterr().err.startswith("dxrules: pipe: cannot be written (")


def test_no_remarks_among_plans(capsys):
    """Remarks on rules are not written where the next call would take them for a plan."""
    call = ("rules", "lint", "--fail-on", "never", "--format", "none", *SMALL, "--output")
    for named in ("sarif=plans/l.json", "json=plans/l.yaml"):
        assert main([*call, named, "--lang", "en"]) == 2
        assert main([*call, named, "--lang", "ja"]) == 2
    err = capsys.readouterr().err
    assert err.count("stands in a folder of plans (plans), so it would be read as a plan ") == 2
    assert err.count("計画のフォルダ(plans)の中に書くと、次からは計画として読まれます。") == 2
    Path("reports").mkdir()
    Path("reports/r.json").write_bytes(b"{}")
    for named in ("plans/l.sarif", "json=plans/.l.json", "reports/l.json", "l.json"):
        assert main([*call, named]) == 0
    assert main([*call, "no/l.json"]) == 2


@pytest.mark.parametrize(
    "outputs",
    [
        ("--output", "a.json", "--output", "./a.json"),
        ("--output", "a.json", "--packet", "plans/../a.json"),
    ],
)
def test_never_twice(outputs, capsys):
    """Two outputs are two files."""
    assert main(["check", PLAN, *ON, *outputs]) == 2
    assert "is named twice as an output. Name two files.\n" in capsys.readouterr().err
    assert not Path("a.json").exists()


@pytest.mark.parametrize("outputs", [("--output", "json=-"), ("--packet", "-")])
def test_no_file_called_dash(outputs, capsys):
    """There is no file called `-`: standard output has its own option."""
    assert main(["check", PLAN, *ON, *outputs]) == 2
    assert 'No file is called "-".' in capsys.readouterr().err
    assert not Path("-").exists()


@pytest.mark.parametrize(
    "call",
    [
        ("baseline", "write", "-", "plans", *ON),
        ("rules", "new", "P13-01", "--prefecture", "13", "-o", "-"),
        ("check", PLAN, *ON, "--output-dir", "-"),
        ("ask", PLAN, "--as-of", DAY, "--rulesets", "rulesets", "--output-dir", "-"),
        ("draft", "plan.md", "-o", "-"),
    ],
    ids=" ".join,
)
def test_no_new_file_called_dash(call, capsys):
    """What writes one file and no report, or a folder, takes it for no name, either."""
    Path("plan.md").write_text("# 計画", "utf-8")
    assert main([*call, "--lang", "en"]) == 2
    said = 'dxrules: No file or folder is called "-". Name another one.\n'
    assert capsys.readouterr().err.endswith(said)
    assert not Path("-").exists()


def test_links_that_go_round(capsys):
    """A link that leads to itself is a wrong input, as a plan, an output, and a folder."""
    Path("round.yaml").symlink_to("round.yaml")
    assert main(["check", "round.yaml", *ON]) == 2
    assert capsys.readouterr().err.startswith("round.yaml:1:1: ")
    assert main(["check", PLAN, *ON, "--output", "json=round.yaml"]) == 2
    assert "round.yaml: its links cannot be followed." in capsys.readouterr().err
    assert main(["check", PLAN, "--rulesets", "round.yaml", "--lang", "en"]) == 2
    assert capsys.readouterr().err == (
        "dxrules: round.yaml: there is no such folder of rulesets. Check --rulesets.\n"
    )
    for word in ("--output-dir=round.yaml/x", "--output=round.yaml/x.duckdb"):
        assert main(["check", PLAN, *ON, word]) == 2
        assert "round.yaml/x" in (said := capsys.readouterr().err)
        assert "links" in said


@pytest.fixture(params=["one of two", "all"])
def unread(request, capsys):
    """Judge a plan that cannot be read, alone or beside another, and write every record."""
    Path(BAD).write_text("format: dxrules/plan/9\n", "utf-8")
    plans = (BAD,) if request.param == "all" else (BAD, PLAN)
    names = ("r.json", "r.sarif", "r.xml", "r.md", "r.txt", "r.oscal.json", "github=r.github")
    outputs = [word for name in names for word in ("--output", name)]
    call = ("check", *plans, *ON, *outputs, "--packet", "r.zip", "--format", "none")
    assert main(call) == 2
    reason, digest = capsys.readouterr().err.rstrip("\n").rsplit("\n", 1)
    assert digest.startswith("r.zip: SHA-256 ")
    return len(plans) - 1, reason


def test_what_was_not_read_is_in_every_record(unread):
    """Every record names the plan that could not be read, with the reason."""
    judged, reason = unread
    told = json.loads(Path("r.json").read_bytes())
    assert [(p["file"], p["message"]["en"]) for p in told["unreadable"]] == [(BAD, reason)]
    assert len(told["plans"]) == judged
    (run,) = json.loads(Path("r.sarif").read_bytes())["runs"]
    (invocation,) = run["invocations"]
    *_, last = invocation["toolExecutionNotifications"]
    assert not invocation["executionSuccessful"]
    assert (last["level"], last["message"]["text"]) == ("error", reason)
    suite = fromstring(Path("r.xml").read_bytes())[0]  # noqa: S314  (our own)
    assert (suite.get("name"), suite.get("errors")) == (BAD, "1")
    assert suite[0][0].get("message") == reason
    first = reason.split("\n")[0]
    table = Path("r.txt").read_text("utf-8")
    assert "".join(first.split()) in "".join(table.split())
    assert "! Not judged: " in Path("r.md").read_text("utf-8")
    assert Path("r.github").read_text("utf-8").startswith(f"::error file={BAD},title=")
    report = json.loads(Path("r.oscal.json").read_bytes())["assessment-results"]
    assert report["metadata"]["remarks"] == f"Not judged: {reason}"
    assert len(report["results"]) == 1
    with zipfile.ZipFile("r.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert [(p["name"], p["en"]) for p in manifest["unreadable"]] == [(BAD, reason)]
    assert main(["replay", "r.zip", "--lang", "en"]) == (0 if judged else 2)


@pytest.mark.slow
def test_full_disk():
    """Standard output that takes no more is said, with exit code 2."""
    for words in (["check", PLAN, *ON], ["--help"], ["schema", "plan", *SMALL]):
        environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(DATA.parent.parent)}
        code = "import sys; from dxrules.cli import start; start()"
        call = [sys.executable, "-c", code, *words]
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                call, stdout=full, stderr=subprocess.PIPE, check=False, env=environ
            )
        said = "dxrules: Standard output cannot be written (the disk is full)."
        assert (done.returncode, done.stderr.decode().partition(" Check")[0]) == (2, said)


@pytest.mark.slow
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_disk_that_fills(unbuffered, tmp_path):
    """A report that is cut off is told, also where Python writes without a buffer."""
    resource = pytest.importorskip("resource")
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(DATA.parent.parent),
        "PYTHONUNBUFFERED": unbuffered,
        "PYTHONDONTWRITEBYTECODE": "1",  # it would cut those off, too
    }
    code = "from dxrules.cli import start; start()"
    with Path(tmp_path, "report.json").open("wb") as report:
        done = subprocess.run(
            [sys.executable, "-c", code, "schema", "plan", *SMALL],
            stdout=report,
            stderr=subprocess.PIPE,
            check=False,
            env=environ,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        )
    said = "dxrules: Standard output cannot be written (it would be larger than the system allows)."
    assert (done.returncode, done.stderr.decode().partition(" Check")[0]) == (2, said)


@pytest.mark.parametrize(
    "words",
    [
        ("new", "plan", *SMALL, "--lang", "ja"),
        ("graph", PLAN, "--format", "mermaid", *SMALL),
        ("graph", PLAN, "--format", "dot", *SMALL),
        ("check", PLAN, *ON, "--format", "markdown"),
    ],
)
def test_files_are_utf_8_everywhere(words):
    """What is to become a file is UTF-8, whatever the locale says."""
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(DATA.parent.parent),
        "PYTHONIOENCODING": "cp932",
    }
    code = "import sys; from dxrules.cli import start; start()"
    call = [sys.executable, "-c", code, *words]
    done = subprocess.run(call, capture_output=True, check=False, env=environ)
    assert done.stderr == b""
    assert not done.stdout.decode("utf-8").isascii()


@pytest.mark.parametrize("words", [("check", PLAN), ("rules", "lint"), ("rules", "list")])
def test_no_such_folder_of_rulesets(words, capsys):
    """A folder that is not there is one message, not one for each of its files."""
    assert main([*words, "--rulesets", "nodir", "--lang", "en"]) == 2
    said = "dxrules: nodir: there is no such folder of rulesets. Check --rulesets.\n"
    assert capsys.readouterr() == ("", said)


def test_a_waiver_explained(capsys):
    """What is waived is explained with the reason, who accepted it, the document, and the day."""
    plan = Path(PLAN)
    text = plan.read_text("utf-8").partition("\nwaivers:")[0]
    waiver = (
        "{rule: TST-02, kind: system, key: %s, reason: r, authority: a, document: d,"
        " from: 2026-04-01, until: 2027-03-31}"
    )
    assert main(["check", PLAN, *ON, "--format", "json"]) in {0, 1}
    (judged,) = json.loads(capsys.readouterr().out)["plans"]
    key = next(
        f["subject"]["key"]
        for f in judged["findings"]
        if (f["rule"]["id"], f["outcome"]) == ("TST-02", "fail")
    )
    plan.write_text(f"{text}\nwaivers:\n  - {waiver % key}\n", "utf-8")
    assert main(["explain", "TST-02", PLAN, *ON]) == 0
    lines = capsys.readouterr().out.splitlines()
    first = lines.index("  reason of the waiver: r")
    assert lines[first + 1 : first + 4] == [
        "  accepted by: a",
        "  document: d",
        "  until: 2027-03-31",
    ]
