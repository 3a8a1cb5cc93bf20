"""Where a call reads from and writes to: files, folders, streams, terminals."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

from dxrules.cli import main, start, streams
from dxrules.paths import shown
from tests.helpers.calls import ON, SCRIPT, dxrules
from tests.helpers.engines import installed
from tests.helpers.small import DATA, DAY, PLAN, SMALL, another

pytestmark = pytest.mark.usefixtures("_copy")


# Files and folders


def test_outputs(run):
    """Each output gets the format of its ending, or the one named; standard output its own."""
    outputs = ("--output", "a.json", "--output", "a.txt", "--output", "json=a.dat")
    code, out, err = run("check", PLAN, *ON, *outputs, "--all")
    assert (code, err) == (1, "")
    assert Path("a.txt").read_text("utf-8") == out
    assert Path("a.json").read_bytes() == Path("a.dat").read_bytes()
    assert json.loads(Path("a.json").read_bytes())["format"] == "dxrules/assessment/2"


@pytest.mark.parametrize("bad", ["none/b.json", "json=plans"])
def test_unwritable_output(run, bad):
    """If one output cannot be written no old file is touched, and the code is 2."""
    Path("a.json").write_text("old", "utf-8")
    code, out, err = run("check", PLAN, *ON, "--output", "a.json", "--output", bad)
    assert (code, out) == (2, "")
    assert "cannot be written" in err
    assert bad.startswith("json") or Path("a.json").read_text("utf-8") == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["a.json", "plans", "rulesets"]


@installed
def test_standard_input(run, monkeypatch):
    """A plan comes from standard input by the name of `-`."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(Path(PLAN).read_bytes())))
    code, out, _ = run("check", "-", *ON)
    assert (code, out.splitlines()[0]) == (1, "Mihon 見本町DX推進計画 (<stdin>)")


def test_folder_of_folders(run):
    """Plans in sub-folders are judged, whatever the case of their ending; hidden ones are not."""
    for name in ("plans/2026/a.YAML", "plans/.old/b.yaml", "plans/2026/.c.yaml"):
        Path(name).parent.mkdir(exist_ok=True)
        another(name)
    _, out, _ = run("check", "plans", *ON, "--format", "json")
    files = [found["plan"]["file"] for found in json.loads(out)["plans"]]
    assert files == ["plans/2026/a.YAML", PLAN]


def test_folder(run):
    """A folder means every plan in it, also .json, and each plan is judged once."""
    another("plans/b.yml")
    Path("plans/readme.md").write_text("no plan", "utf-8")
    data = {
        "format": "dxrules/plan/1",
        "municipality": {"code": "345458", "name": {"ja": "町", "en": "Town"}},
        "recorded": "2026-03-31",
        "plan": {"title": "計画"},
    }
    Path("plans/c.json").write_text(json.dumps(data), "utf-8")
    _, out, _ = run("check", "plans", PLAN, f"./{PLAN}", *ON, "--format", "json")
    files = [each["plan"]["file"] for each in json.loads(out)["plans"]]
    assert files == ["plans/c.json", PLAN, "plans/b.yml"]


def test_no_absolute_path_is_shown(run, tmp_path, monkeypatch):
    """A report does not say where on the machine it was made."""
    absolute = str(tmp_path / PLAN)
    _, inside, _ = run("check", absolute, *ON, "--format", "json")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    where = ("--rulesets", str(tmp_path / "rulesets"), "--as-of", DAY)
    _, outside, _ = run("check", absolute, *where, "--format", "json")
    assert str(tmp_path) not in inside + outside
    assert [json.loads(out)["plans"][0]["plan"]["file"] for out in (inside, outside)] == [
        PLAN,
        Path(PLAN).name,
    ]
    assert shown(Path("plans/x.yaml")) == "plans/x.yaml"


@pytest.mark.slow
def test_same_bytes(tmp_path):
    """The same inputs give the same bytes: again, elsewhere, with other hashes."""
    other = tmp_path / "other"
    shutil.copytree(DATA, other)
    runs = [
        dxrules("check", "plans", *ON, "--format", "json", env={"PYTHONHASHSEED": seed}, cwd=where)
        for seed, where in (("1", tmp_path), ("2", other))
    ]
    assert runs[0].returncode == runs[1].returncode == 1
    assert runs[0].stdout == runs[1].stdout


# Terminals


def test_colour_only_on_a_terminal(run, monkeypatch):
    """Colour is for terminals, and NO_COLOR switches it off."""
    assert "\x1b[" not in run("check", PLAN, *ON)[1]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert "\x1b[31;1m[error, target set by the cabinet]\x1b[0m" in run("check", PLAN, *ON)[1]
    assert "\x1b[31;1m[error]\x1b[0m" in run("check", PLAN, *ON, "--full")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run("check", PLAN, *ON)[1]


def test_width_of_the_terminal(run, monkeypatch):
    """On a narrow terminal the lines are shorter; what is called next stays whole."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")
    _, out, _ = run("check", PLAN, *ON)
    lines = [line for line in out.splitlines() if " dxrules " not in line]
    indented = [line for line in lines if line.startswith("    ") and " " in line[4:]]
    assert max(map(len, indented)) <= 60


@pytest.mark.slow
@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("ascii", "TST-02 期限までの移行".encode()),  # click takes it for a mistake
        ("latin-1", b"] TST-02 ???????("),
        ("cp932", "[重大・閣議決定の目標・期限] TST-02 期限までの移行".encode("cp932")),
    ],
)
def test_terminal_that_cannot_write_japanese(tmp_path, encoding, expected):
    """A terminal that lacks a character gets the rest; JSON is UTF-8 everywhere."""
    environ = {"PYTHONIOENCODING": encoding}
    table = dxrules("check", PLAN, *ON, "--lang", "ja", env=environ, cwd=tmp_path)
    assert (table.returncode, table.stderr) == (1, b"")
    assert expected in table.stdout
    assert (b"?" in table.stdout) == (encoding == "latin-1")
    data = dxrules("check", PLAN, *ON, "--format", "json", env=environ, cwd=tmp_path)
    assert "見本町" in data.stdout.decode("utf-8")


def test_closed_pipe(tmp_path):
    """A reader that goes away is no fault: the code is that of the verdict, nothing is said."""
    call = ["check", *[f"plans/{number}.yaml" for number in range(20)], *ON, "--format", "json"]
    for number in range(20):
        another(f"plans/{number}.yaml", number)
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), *call],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
    )
    with process:
        assert process.stdout.readline() == b"{\n"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["rules", "--help"]])
def test_reader_of_help_that_is_gone(words):
    """What click prints itself meets no reader, either, and that is no exit code of failures."""
    read, written = os.pipe()
    os.close(read)
    command = [sys.executable, str(SCRIPT), *words]
    done = subprocess.run(command, stdout=written, stderr=subprocess.PIPE, check=False)
    os.close(written)
    assert (done.returncode, done.stderr) == (0, b"")


def test_pipe_that_is_no_output(monkeypatch, capsys):
    """A pipe to another process that breaks is told, and never reads as failures."""

    def broken(_):
        def cut():
            raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))

        return click.Command("dxrules", callback=cut)

    monkeypatch.setattr("dxrules.cli.app.app", broken)
    assert main([]) == 2
    assert "cannot go on" in capsys.readouterr().err


def test_completion(monkeypatch, capsys):
    """A shell gets completions; a variable that asks for nothing known is a wrong call."""
    monkeypatch.setenv("_DXRULES_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "dxrules gra")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert main([]) == 0
    assert capsys.readouterr().out == "plain,graph\n"
    monkeypatch.setenv("_DXRULES_COMPLETE", "nonsense")
    assert main([]) == 2


def test_reader_that_is_gone(monkeypatch):
    """What is still to be written goes nowhere once the reader is gone."""
    moved = []

    def echo(*_, **__):
        raise BrokenPipeError

    with monkeypatch.context() as patch:
        patch.setattr(click, "echo", echo)
        patch.setattr(os, "dup2", lambda _, stream: moved.append(stream))
        patch.setattr(sys, "stdout", SimpleNamespace(fileno=lambda: 99, isatty=lambda: False))
        streams.say("text")
    assert moved == [99]


# Processes


def test_process_ends_with_the_code(monkeypatch, capsys):
    """The command ends its process with the exit code, and what was said is out."""

    def end(code):
        raise SystemExit(code)

    monkeypatch.setattr(os, "_exit", end)
    monkeypatch.setattr(sys, "argv", ["dxrules", "check", "none.yaml", *SMALL])
    with pytest.raises(SystemExit) as ended:
        start()
    assert ended.value.code == 2
    assert capsys.readouterr().err == "none.yaml: no such file. Check its name and folder.\n"


def test_start_loads_nothing_that_is_not_used():
    """Help does not load what judging needs."""
    code = (
        "import sys; from dxrules.cli import main; main(['--help']); "
        "sys.exit(' '.join({'pydantic', 'yaml', 'networkx', 'tabulate'} & set(sys.modules)) or 0)"
    )
    command = [sys.executable, "-c", code]
    assert subprocess.run(command, capture_output=True, check=True).stderr == b""


def test_checkout_starts_without_installation():
    """`python cli.py` in a checkout is the same command."""
    found = dxrules("--version")
    assert (found.returncode, found.stderr) == (0, b"")
    assert found.stdout.startswith(b"dxrules, version ")
