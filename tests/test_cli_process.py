"""The process: streams that are closed or full, names that are too long, signals, odd files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from dxrules import cli
from dxrules.cli import process
from dxrules.cli.process import Complaints
from tests.helpers.calls import ON, SCRIPT, dxrules
from tests.helpers.small import DATA, PLAN, SMALL

pytestmark = [
    pytest.mark.usefixtures("_copy"),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such streams"),
]

QUIET = (*ON, "--engine", "interpreter", "--fail-on", "never")


def in_a_shell(line, cwd):
    """Call the command line, called D, in a shell; return its code and what it wrote."""
    environ = {"PATH": os.environ["PATH"], "D": f"{sys.executable} {SCRIPT}"}
    environ["ON"] = " ".join(QUIET)
    done = subprocess.run(
        ["/bin/sh", "-c", line], capture_output=True, check=False, env=environ, cwd=cwd
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize(
    ("line", "code", "err"),
    [
        (
            f"$D check {PLAN} $ON >&-",
            2,
            (
                "dxrules: Standard output cannot be written (it is closed). "
                "Check the space and the target.\n"
            ),
        ),
        (f"$D check {PLAN} $ON --format none >&-", 0, ""),
        (
            f"P=$PWD/{PLAN} && mkdir gone && cd gone && rmdir ../gone && $D check $P --lang en",
            2,
            "dxrules: The current folder is gone. Change to another one (cd).\n",
        ),
        (
            "$D --help >&-",
            2,
            (
                "dxrules: Standard output cannot be written (it is closed). "
                "Check the space and the target.\n"
            ),
        ),
        ("$D check - $ON <&-", 2, "<stdin>:1:1: Standard input cannot be read (it is closed).\n"),
        ("$D check missing.yaml $ON 2>&-", 2, ""),
        (f"$D check {PLAN} $ON --format none 2>&-", 0, ""),
        ("$D check missing.yaml $ON 2>/dev/full", 2, ""),
        ("touch plans/a.pdf; $D check plans $ON --format none 2>/dev/full", 2, ""),
        (f"$D check {PLAN} $ON --format none 2>/dev/full", 0, ""),
        (
            f"$D check {PLAN} $ON --output json=/dev/stdout --format none | cat; :",
            0,
            "dxrules: /dev/stdout: cannot be written (it is no regular file).\n",
        ),
        (
            f"$D check {PLAN} $ON --output json=out.json > out.json",
            2,
            "dxrules: out.json: is where standard output goes. Name another file.\n",
        ),
    ],
)
def test_streams(line, code, err, tmp_path):
    """A stream that is closed or full is no fault of dxrules, and what was not said is told."""
    assert in_a_shell(line, tmp_path) == (code, "", err)


def test_endless_standard_input(tmp_path):
    """Standard input is read up to a bound."""
    code, _, err = in_a_shell("ulimit -v 1500000; $D check - $ON </dev/zero", tmp_path)
    assert code == 2
    assert err.startswith("<stdin>:1:1: Larger than 5 MB.")


LONG = "a" * 300


@pytest.mark.parametrize(
    "words",
    [
        ("check", f"{LONG}.yaml", *SMALL),
        ("check", "a/" * 3000, *SMALL),
        ("gaps", LONG, *SMALL),
        ("check", PLAN, *SMALL, "--baseline", LONG),
        ("check", PLAN, *SMALL, "--output", f"json={LONG}"),
        ("check", PLAN, *SMALL, "--packet", f"{LONG}.zip"),
        ("check", PLAN, "--rulesets", LONG),
        ("baseline", "write", LONG, PLAN, *SMALL),
        ("baseline", "update", LONG, PLAN, *SMALL),
        ("convert", PLAN, f"{LONG}.yaml", *SMALL),
        ("new", "plan", f"{LONG}.yaml", *SMALL),
        ("replay", LONG),
        ("rules", "test", LONG, *SMALL),
        ("rules", "diff", "--from", LONG, *SMALL),
        ("rules", "impact", LONG, "--from", "2026-01-01", *SMALL),
    ],
    ids=lambda words: " ".join(word[:8] for word in words[:3]),
)
def test_name_that_is_too_long(run, words):
    """A name that the system does not take is a wrong input, with one message."""
    code, out, err = run(*words, "--lang", "en")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "Internal error" not in err


@pytest.fixture
def pipe(_copy):
    """Return the name of a pipe that nobody writes to."""
    os.mkfifo("pipe.yaml")
    return "pipe.yaml"


NO_FILE = "This is a pipe or a device, which is not read. "


@pytest.mark.parametrize(
    "words",
    [
        ("check", "pipe.yaml", *SMALL),
        ("graph", "pipe.yaml", *SMALL),
        ("check", PLAN, *SMALL, "--baseline", "pipe.yaml"),
        ("rules", "test", "pipe.yaml", *SMALL),
        ("check", "/dev/zero", *SMALL),
    ],
    ids=lambda words: " ".join(words[:2]),
)
@pytest.mark.usefixtures("pipe")
def test_pipe_or_device(run, words):
    """What has no end is not opened, so nothing waits for a writer."""
    code, _, err = run(*words, "--lang", "en")
    assert code == 2
    assert f":1:1: {NO_FILE}" in err


def test_pipe_among_files(run, pipe):
    """Nor is a pipe in a folder of plans, of rulesets, or of tests."""
    Path(pipe).rename("plans/pipe.yaml")
    assert run("check", "plans", *QUIET, "--format", "none", "--lang", "en") == (
        2,
        "",
        f"plans/pipe.yaml:1:1: {NO_FILE}Save what it holds to a file, and name that file.\n",
    )
    Path("rulesets/tests").mkdir()
    Path("plans/pipe.yaml").rename("rulesets/tests/pipe.yaml")
    assert run("check", PLAN, *QUIET, "--format", "none")[0] == 0
    Path("rulesets/tests/pipe.yaml").rename("rulesets/national/pipe.yaml")
    code, _, err = run("check", PLAN, *QUIET, "--lang", "en")
    assert code == 2
    assert err.startswith(f"rulesets/national/pipe.yaml:1:1: {NO_FILE}")


SLOW = """\
import signal, sys
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup may run the tests
from pathlib import Path
from dxrules.source import write
written = write._write
def wait(path, *given):
    made = written(path, *given)
    print("written", flush=True)
    signal.pause()
    return made
write._write = wait
from dxrules.cli import start
start()
"""


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_signal(tmp_path, name, code):
    """A process that is told to end leaves nothing half written, and says so by its code."""
    Path("out").mkdir()
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(DATA.parent.parent)}
    words = ["check", PLAN, *QUIET, "--format", "none", "--output", "out/r.json"]
    call = [sys.executable, "-c", SLOW, *words]
    with subprocess.Popen(call, stdout=subprocess.PIPE, cwd=tmp_path, env=environ) as process:
        assert process.stdout.readline() == b"written\n"
        assert [path.name[:9] for path in Path("out").iterdir()] == [".dxrules-"]
        process.send_signal(getattr(signal, name))
        assert process.wait() == code
    assert list(Path("out").iterdir()) == []


def test_signal_that_is_switched_off(tmp_path):
    """What nohup has switched off stays so."""
    code = (
        "import signal; from dxrules.cli.process import end_on_signals;"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN); end_on_signals();"
        "print(signal.getsignal(signal.SIGHUP) is signal.SIG_IGN)"
    )
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(DATA.parent.parent)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env=environ, cwd=tmp_path
    )
    assert done.stdout == b"True\n"


def test_left_behind_by_a_process_that_was_killed(run):
    """A temporary file that was left behind is read by nobody."""
    Path("plans/.dxrules-abc123").write_bytes(Path(PLAN).read_bytes())
    Path("rulesets/national/.dxrules-abc123.yaml").write_text("x", "utf-8")
    assert run("check", "plans", *QUIET, "--format", "none") == (0, "", "")


def test_output_that_is_a_link(run):
    """A link stays a link, and what it leads to is written; also where nothing is there yet."""
    Path("kept").mkdir()
    Path("r.json").symlink_to("kept/r.json")
    for _ in range(2):
        assert run("check", PLAN, *QUIET, "--format", "none", "--output", "r.json")[0] == 0
        assert Path("r.json").is_symlink()
        assert Path("kept/r.json").read_bytes().startswith(b"{")
    assert [path.name for path in Path("kept").iterdir()] == ["r.json"]


ODD = b"plans/\xff\xfe\x1b.yaml"


@pytest.mark.skipif(sys.platform != "linux", reason="such a name cannot be made")
@pytest.mark.parametrize(
    "form",
    ["table", "json", "markdown", "html", "csv", "sarif", "github", "oscal", "xlsx", "junit"],
)
def test_name_that_is_not_utf_8(form, tmp_path):
    """A plan is judged whatever its file is called, and each format shows the name."""
    Path(PLAN).rename(os.fsdecode(ODD))
    odd = os.fsdecode(ODD)
    done = dxrules("check", odd, *QUIET, "--format", form, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    if form != "xlsx":
        assert b"FE" in done.stdout
        done.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="such a name cannot be made")
def test_packet_of_a_name_that_is_not_utf_8(tmp_path):
    """Plans, reports and packets may be called so, too."""
    Path(PLAN).rename(os.fsdecode(ODD))
    report, packet = os.fsdecode(b"\xfe.html"), os.fsdecode(b"\xfd.zip")
    words = ("--format", "none", "--output", report, "--packet", packet)
    done = dxrules("check", "plans", *QUIET, *words, cwd=tmp_path)
    assert done.returncode == 0
    assert dxrules("replay", packet, cwd=tmp_path).returncode == 0


def test_no_room_for_temporary_files(run, monkeypatch):
    """What the system refuses is told as what it is, and not as standard output."""

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dxrules.cli.plans_to_judge.assess", full)
    assert run("check", PLAN, *QUIET, "--lang", "en") == (
        2,
        "",
        (
            "dxrules: dxrules cannot go on (the disk is full). Check the space, of the folder for "
            "temporary files (TMPDIR), too, and the limits (ulimit).\n"
        ),
    )


def test_file_that_vanishes(run, monkeypatch):
    """A file that cannot be used, at whatever moment, is named."""

    def gone(*_, **__):
        raise PermissionError(13, "Permission denied", "plans/a.yaml")

    monkeypatch.setattr("dxrules.cli.plans_to_judge.assess", gone)
    assert run("check", PLAN, *QUIET, "--lang", "ja") == (
        2,
        "",
        "dxrules: plans/a.yaml: 使えません(権限がないか、他のソフトで開かれています)。\n",
    )


def test_standard_error_takes_text_alone():
    """What is no text is refused, as by any stream of text."""
    with pytest.raises(TypeError, match="text"):
        Complaints(sys.stderr).write(b"")


def test_told_once_on_a_terminal(run, monkeypatch):
    """A plan that cannot be read is told once where both streams are a terminal."""
    Path("plans/bad.yaml").write_text("x: [\n", "utf-8")
    _, out, err = run("check", "plans", *ON, "--lang", "en")
    assert "! Not judged" in out
    monkeypatch.setenv("NO_COLOR", "1")
    for stream in (sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    _, out, again = run("check", "plans", *ON, "--lang", "en")
    assert (again, "! Not judged" in out) == (err, False)


def test_error_in_the_place_of_a_signal(monkeypatch, capsys):
    """What a library raises as a signal ends it is no fault of dxrules."""
    said = RuntimeError("Query interrupted")
    monkeypatch.setattr(process, "_ended_by", [signal.SIGTERM])
    assert cli._of_fault(said, "en") == 143
    assert capsys.readouterr().err == ""
    with pytest.raises(KeyboardInterrupt):
        process._interrupt(signal.SIGINT, None)
    assert process._ended_by[-1] == signal.SIGINT


def test_an_end_where_more_was_to_come(capsys, monkeypatch):
    """An end that a library meets while a signal ends the process hides no signal.

    Without one it is a fault, as of a module whose compiled file is cut short, and is said.
    """

    def app(_):
        return click.Command("dxrules", callback=lambda: (_ for _ in ()).throw(EOFError("short")))

    monkeypatch.setattr("dxrules.cli.app.app", app)
    monkeypatch.setattr(process, "_ended_by", [signal.SIGTERM])
    assert cli.main([]) == 128 + signal.SIGTERM
    monkeypatch.setattr(process, "_ended_by", [])
    assert cli.main([]) == 3
    assert "EOFError: short" in capsys.readouterr().err


class _Panic(BaseException):
    """What a library in Rust raises is no Exception."""


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "there is not enough memory"),
        (RuntimeError("can't start new thread"), "the system allows no more threads"),
        (_Panic("PyObject pointer is null"), "there is not enough memory"),
        (
            ImportError("x.so: failed to map segment from shared object"),
            "there is not enough memory",
        ),
        (
            ImportError("x.so: cannot open shared object file: Too many open files"),
            "too many files",
        ),
    ],
)
def test_want_of_the_system(capsys, monkeypatch, error, said):
    """What the system refuses is no fault of dxrules."""
    monkeypatch.setattr("dxrules.cli.refuse_empty", lambda _: (_ for _ in ()).throw(error))
    assert cli.main(["check", "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith(f"dxrules: dxrules cannot go on ({said}")


@pytest.mark.slow
@pytest.mark.parametrize(("error", "code"), [("MemoryError", 2), ("ZeroDivisionError", 3)])
def test_nothing_unforeseen_reads_as_findings(error, code):
    """What even the last message cannot be made of never ends with 1, the code of failures."""
    thrown = f"(_ for _ in ()).throw({error}())"
    call = f"from dxrules import cli; cli.main = lambda: {thrown}; cli.start()"
    done = subprocess.run([sys.executable, "-c", call], capture_output=True, check=False)
    assert done.returncode == code
    assert done.stderr.startswith(b"dxrules: " if code == 2 else b"Traceback")
