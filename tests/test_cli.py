"""The command line as its callers meet it: exit codes, streams, files, languages."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

from dxrules.cli import common, language, main, start
from dxrules.cli.app import app
from dxrules.cli.common import shown, today_in_japan
from dxrules.cli.help import complaint
from dxrules.engine import available
from dxrules.rules import Outcome
from tests.small import DATA, DAY, PLAN, SMALL, changed

assess_module = import_module("dxrules.assessment.assess")
SCRIPT = Path(__file__).parent.parent / "cli.py"
TOWN = Path(PLAN).name
ON = (*SMALL, "--as-of", DAY)
installed = pytest.mark.skipif(not available(), reason="durable_rules is not installed")

COMMANDS = [
    (),
    ("check",),
    ("gaps",),
    ("graph",),
    ("forecast",),
    ("explain",),
    ("rules",),
    ("rules", "list"),
    ("rules", "show"),
    ("rules", "lint"),
    ("rules", "test"),
    ("rules", "diff"),
    ("rules", "impact"),
    ("rules", "new"),
    ("new",),
    ("schema",),
    ("compare",),
    ("baseline",),
    ("replay",),
    ("convert",),
]

NO_ERROR = {
    "exception: none": "exception: transition-support",
    ", {id: guideline, kind: finish-to-start}": "",
}
"""Without these two faults only warnings and notes are left."""

NOTHING = """\
format: dxrules/plan/1
municipality: {code: "349992", name: {ja: 見本町, en: Mihon}}
recorded: 2026-03-31
plan: {title: DX推進計画, status: established}
provisions:
  cio: {status: in-place}
  progress-review: {status: in-place, cycle: [yearly]}
  CISO
  cybersecurity-policy-of-mayor: {status: in-place}
standardization:
  scope: list
  systems:
    resident-register: {status: migrated, migrated: 2026-01-01}
    family-register: {status: migrated, migrated: 2026-01-01}
    national-pension: {status: migrated, migrated: 2026-01-01}
measures: []
indicators: []
document: {read: complete, passages: []}
"""


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    """Run every test in a copy of the data, with nothing of the environment said."""
    for name in ("plans", "rulesets"):
        shutil.copytree(DATA / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    for name in ("DXRULES_LANG", "DXRULES_DEBUG", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(capsys):
    """Call the command line; return its exit code and what it wrote."""

    def call(*arguments):
        code = main(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return call


def dxrules(*arguments, **settings):
    """Call the command line in a process of its own."""
    environ = {"PATH": os.environ["PATH"], **settings.pop("env", {})}
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, capture_output=True, check=False, env=environ, **settings)


def plan(text):
    """Write a plan file and return its name."""
    Path("plan.yaml").write_text(text, encoding="utf-8")
    return "plan.yaml"


# Exit codes


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 1),
        (("--fail-on", "error"), 1),
        (("--fail-on", "note"), 1),
        (("--fail-on", "cabinet"), 1),
        (("--fail-on", "effort"), 1),
        (("--fail-on", "recommended"), 1),
        (("--fail-on", "consistency"), 1),
        (("--fail-on", "statute"), 0),
        (("--fail-on", "advice"), 0),
        (("--fail-on", "advice", "--no-waivers"), 1),
        (("--fail-on", "statute", "--fail-on", "cabinet"), 1),
        (("--fail-on", "never"), 0),
        (("--fail-on", "never", "--fail-on", "error"), 0),
        (("--fail-on", "statute", "--fail-on-unknown"), 1),
        (("--fail-on", "never", "--fail-on-unknown"), 1),
    ],
)
def test_threshold(run, options, code):
    """The exit code is 1 if a failure of a severity or a strength named is there."""
    assert run("check", PLAN, *ON, "--format", "none", *options) == (code, "", "")


@pytest.mark.parametrize(
    ("options", "code"),
    [((), 0), (("--fail-on", "warning"), 1), (("--fail-on", "note"), 1)],
)
def test_threshold_of_severity(run, options, code):
    """A severity counts those above it, too, and not those below."""
    assert run("check", plan(changed(NO_ERROR)), *ON, "--format", "none", *options)[0] == code


@pytest.mark.parametrize(("ciso", "outcome"), [("ciso: {status: none}", "fail"), ("", "unknown")])
def test_drafts_never_count(run, ciso, outcome):
    """What a draft finds is reported, and is no reason to fail."""
    name = plan(NOTHING.replace("CISO", ciso))
    loud = ("--fail-on", "note", "--fail-on", "recommended", "--fail-on-unknown")
    code, out, _ = run("check", name, *ON, "--format", "json", *loud)
    found = {f["rule"]["id"]: f["outcome"] for f in json.loads(out)["plans"][0]["findings"]}
    assert (code, found["TST-04"]) == (0, outcome)


def test_wrong_plan_does_not_hide_the_others(run):
    """A wrong file is reported with its place, the other plans are judged, and the code is 2."""
    bad = Path("plans/bad.yaml")
    bad.write_text(changed({"recorded: 令和8年3月": "recorded: 令和8(2025)年3月"}), "utf-8")
    code, out, err = run("check", "plans", *ON)
    first, *_, empty, title = out[: out.index("\n  fail")].splitlines()
    assert first.startswith("! Not judged, as it cannot be read: plans/bad.yaml:4:11: recorded: ")
    assert (code, empty, title) == (2, "", f"Mihon 見本町DX推進計画 ({PLAN})")
    assert err.startswith("plans/bad.yaml:4:11: recorded: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("check", "none.yaml"), "none.yaml:1:1: No such file.\n"),
        (("gaps", "none.yaml"), "none.yaml:1:1: No such file.\n"),
        (("gaps", "plans"), "dxrules: plans: name one plan file, not a folder.\n"),
        (("check", "empty"), "empty: no plan file (.yaml, .json, .xlsx) in this folder.\n"),
        (
            ("check", PLAN, "--output", "x.doc"),
            "dxrules: x.doc: its ending names no format. Write json=x.doc, for example.\n",
        ),
        (
            ("check", PLAN, "--output", "pdf=x.json2"),
            "dxrules: There is no format pdf. Known here: table, json",
        ),
        (("explain", "TST-99"), 'dxrules: There is no rule "TST-99". Did you mean TST-'),
        (("graph", PLAN, "--what-if", "survey"), "dxrules: --what-if survey: write MEASURE=DAY.\n"),
        (
            ("graph", PLAN, "--what-if", "servey=2026-01-01"),
            'dxrules: There is no measure "servey".',
        ),
        (
            ("graph", PLAN, "--what-if", "survey=2026-01"),
            'dxrules: "2026-01" is not one full day',
        ),
    ],
)
def test_wrong_call(run, arguments, message):
    """A call that is wrong gets exit code 2, one message, and no report."""
    Path("empty").mkdir()
    code, out, err = run(*arguments, *SMALL)
    assert (code, out) == (2, "")
    assert err.startswith(message)
    assert err.count("\n") == 1


def test_wrong_ruleset(run):
    """Faults of a ruleset stop the run; each stands in a line that starts with its place."""
    path = Path("rulesets/national/small.yaml")
    text = path.read_text("utf-8").replace("status: {is_not: ", "state: {is_not: ")
    path.write_text(text, "utf-8")
    code, out, err = run("check", PLAN, *ON)
    assert (code, out) == (2, "")
    assert all(line.startswith("rulesets/national/small.yaml:") for line in err.splitlines())
    code, out, err = run("rules", "lint", *SMALL)
    assert (code, err) == (1, "")
    assert out.startswith("rulesets/national/small.yaml:")


@installed
def test_engines_that_differ(run, monkeypatch):
    """A pair on which the engines differ is an error, both answers are named, the code is 3."""
    monkeypatch.setattr(
        assess_module, "disagreements", lambda outcomes, *_: [("TST-03", _position(outcomes))]
    )
    code, out, _ = run("check", PLAN, *ON, "--fail-on", "never")
    assert code == 3
    assert "  [error] TST-03 Review of progress\n    The engines differ (interpreter: fail" in out
    assert "waived" not in out.splitlines()[1]
    for command in (("gaps", PLAN), ("explain", "TST-03", PLAN)):
        assert run(*command, *ON)[0] == 3


def _position(outcomes):
    return next(position for rule, position in outcomes if rule == "TST-03")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_internal_error(run, monkeypatch, lang):
    """What nobody foresaw gives exit code 3 and one line without a traceback."""

    def fall(*_, **__):
        raise RuntimeError("something")

    monkeypatch.setattr("dxrules.rules.load_law", fall)
    code, out, err = run("check", PLAN, "--lang", lang)
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert "RuntimeError: something" in err
    monkeypatch.setenv("DXRULES_DEBUG", "1")
    with pytest.raises(RuntimeError, match="something"):
        main(["check", PLAN])


def test_interrupt(run, monkeypatch):
    """Ctrl-C ends with the code that shells know, without a word."""

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("dxrules.rules.load_law", interrupted)
    code, out, err = run("check", PLAN)
    assert (code, out, err.strip()) == (130, "", "")
    monkeypatch.setattr("dxrules.cli._run", interrupted)
    assert run("check", PLAN)[0] == 130


# What goes where


def test_outputs(run):
    """Each output gets the format of its ending, or the one named; standard output its own."""
    outputs = ("--output", "a.json", "--output", "a.txt", "--output", "json=a.dat")
    code, out, err = run("check", PLAN, *ON, *outputs, "--all")
    assert (code, err) == (1, "")
    assert Path("a.txt").read_text("utf-8") == out
    assert Path("a.json").read_bytes() == Path("a.dat").read_bytes()
    assert json.loads(Path("a.json").read_bytes())["format"] == "dxrules/assessment/1"


@pytest.mark.parametrize("bad", ["none/b.json", "json=plans"])
def test_unwritable_output(run, bad):
    """If one output cannot be written no old file is touched, and the code is 2."""
    Path("a.json").write_text("old", "utf-8")
    code, out, err = run("check", PLAN, *ON, "--output", "a.json", "--output", bad)
    assert (code, out) == (2, "")
    assert "cannot be written" in err
    assert bad.startswith("json") or Path("a.json").read_text("utf-8") == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["a.json", "plans", "rulesets"]


def test_standard_input(run, monkeypatch):
    """A plan comes from standard input by the name of `-`."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(Path(PLAN).read_bytes())))
    code, out, _ = run("check", "-", *ON)
    assert (code, out.splitlines()[0]) == (1, "Mihon 見本町DX推進計画 (<stdin>)")


def test_folder_of_folders(run):
    """Plans in sub-folders are judged, whatever the case of their ending; hidden ones are not."""
    for name in ("plans/2026/a.YAML", "plans/.old/b.yaml", "plans/2026/.c.yaml"):
        Path(name).parent.mkdir(exist_ok=True)
        shutil.copy(PLAN, name)
    _, out, _ = run("check", "plans", *ON, "--format", "json")
    files = [found["plan"]["file"] for found in json.loads(out)["plans"]]
    assert files == ["plans/2026/a.YAML", PLAN]


def test_folder(run):
    """A folder means every plan in it, also .json, and each plan is judged once."""
    shutil.copy(PLAN, "plans/b.yml")
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
        TOWN,
    ]
    assert shown(Path("plans/x.yaml")) == "plans/x.yaml"


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


# Days


@pytest.mark.parametrize(
    "day", ["令和8年11月20日", "R8.11.20", "2026/11/20", "２０２６年１１月２０日"]
)
def test_forms_of_the_day(run, day):
    """The day judged may be written in any form that plans use."""
    assert run("check", PLAN, *SMALL, "--as-of", day) == run("check", PLAN, *ON)


@pytest.mark.parametrize(
    ("lang", "message"),
    [
        (
            "ja",
            (
                "dxrules: --as-of: 「令和8年11月」は特定の一日ではありません"
                "(2026-11-01～2026-11-30)。2026-11-01か2026-11-30のように一日を書いてください。\n"
            ),
        ),
        (
            "en",
            (
                'dxrules: --as-of: "令和8年11月" is not one full day (2026-11-01 to 2026-11-30). '
                "Write one day, such as 2026-11-01 or 2026-11-30.\n"
            ),
        ),
    ],
)
def test_month_is_no_day(run, lang, message):
    """A month is refused with its first and its last day."""
    call = ("check", PLAN, *SMALL, "--as-of", "令和8年11月", "--lang", lang)
    assert run(*call) == (2, "", message)


def test_day_before_recorded(run):
    """A day before the one that the facts speak for is judged, and named."""
    _, out, _ = run("check", PLAN, *SMALL, "--as-of", "2026-02-28")
    assert out.splitlines()[2:4] == [
        (
            "  as of 2026-02-28  facts of 令和8年3月 (2026-03-01 to 2026-03-31)"
            "  9 rules known to 2026-09-30"
        ),
        "  ! The day judged is before the day that the facts speak for",
    ]


class Clock(datetime):
    """A clock that stands still, half an hour after midnight in Japan."""

    @classmethod
    def now(cls, tz=None):
        """Return that moment."""
        return cls(2026, 3, 31, 15, 30, tzinfo=UTC).astimezone(tz)


def test_today_in_japan(run, monkeypatch):
    """Without a day it is today in Japan, wherever the machine stands."""
    monkeypatch.setattr(common, "datetime", Clock)
    assert today_in_japan() == date(2026, 4, 1)
    for command in (("check", PLAN), ("gaps", PLAN), ("explain", "TST-02", PLAN)):
        assert "  as of 2026-04-01  " in run(*command, *SMALL)[1]


# One engine or two


@pytest.mark.parametrize("command", [("check", PLAN), ("gaps", PLAN), ("explain", "TST-02", PLAN)])
def test_one_engine_is_said(run, monkeypatch, command):
    """That one engine judged alone stands in the first line, with the reason."""
    chosen = "! One engine only (--engine interpreter)"
    assert run(*command, *ON, "--engine", "interpreter")[1].splitlines()[0] == chosen
    monkeypatch.setattr(assess_module, "available", lambda: False)
    missing = "! One engine only (durable_rules is not installed, so nothing was checked twice)"
    assert run(*command, *ON)[1].splitlines()[0] == missing
    assert "エンジンは1つだけ" in run(*command, *ON, "--lang", "ja")[1].splitlines()[0]


@installed
def test_two_engines(run):
    """Where both engines judged, JSON names both and the table says nothing."""
    _, out, _ = run("check", PLAN, *ON, "--format", "json")
    assert json.loads(out)["engines"] == ["interpreter", "durable_rules"]
    assert "engine" not in run("check", PLAN, *ON)[1]


# Languages


@pytest.mark.parametrize(
    ("words", "environ", "expected"),
    [
        ([], {}, "en"),
        ([], {"LANG": "ja_JP.UTF-8"}, "ja"),
        ([], {"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
        ([], {"LANG": "C", "LC_MESSAGES": "ja_JP"}, "ja"),
        ([], {"LANG": "C", "DXRULES_LANG": "ja"}, "ja"),
        (["--lang", "en"], {"DXRULES_LANG": "ja"}, "en"),
        (["--lang=ja"], {"DXRULES_LANG": "en"}, "ja"),
        (["check", "x", "--lang", "ja"], {}, "ja"),
        (["check", "--lang"], {"LANG": "ja_JP"}, "ja"),
    ],
)
def test_language(words, environ, expected):
    """`--lang` comes before DXRULES_LANG, and that before the locale."""
    assert language(words, environ) == expected


def test_language_of_the_report(run, monkeypatch):
    """The report is in the language of the environment, or of the option, wherever it stands."""
    monkeypatch.setenv("DXRULES_LANG", "ja")
    japanese = run("check", PLAN, *ON)
    assert japanese[1].startswith("見本町 ")
    monkeypatch.delenv("DXRULES_LANG")
    assert run("--lang", "ja", "check", PLAN, *ON) == japanese
    assert run("check", PLAN, *ON)[1].startswith("Mihon ")


def test_every_command_is_tested():
    """No command is missing from the list above."""
    group = app("en")
    assert set(group.list_commands(None)) == {command[0] for command in COMMANDS if command}


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help(run, command, lang):
    """Every command explains itself in both languages, with an example that calls it."""
    code, out, err = run(*command, "--help", "--lang", lang)
    assert (code, err) == (0, "")
    assert ("例:" if lang == "ja" else "Example") in out
    assert "  " + " ".join(["dxrules", *command]) in out
    words = ["Usage", "Options", "Commands", "Show this", "default"]
    assert lang == "en" or not [word for word in words if word in out]
    described = [line for line in out.splitlines() if line.startswith("  --")]
    assert described


@pytest.mark.parametrize(
    ("arguments", "ja", "en"),
    [
        (("foo",), "foo というコマンドはありません。", "No such command 'foo'."),
        (
            ("check", "--foo", "x"),
            "--foo というオプションはありません。",
            "No such option '--foo'.",
        ),
        (("check",), "PLAN... を指定してください。", "Missing argument 'PLAN...'."),
        (
            ("check", "x", "--engine", "y"),
            "--engine は both、interpreter のいずれかです。",
            "Invalid value for '--engine': 'y' is not one of 'both', 'interpreter'.",
        ),
        (("schema", "x"), "WHAT は plan、ruleset、test のいずれかです。", "Invalid value for"),
    ],
)
def test_wrong_words(run, arguments, ja, en):
    """A command or option that does not exist gets exit code 2, said in the caller's language."""
    for lang, message in (("ja", ja), ("en", en)):
        code, out, err = run("--lang", lang, *arguments)
        assert (code, out) == (2, "")
        first, usage, *_ = err.splitlines()
        assert first.startswith(f"dxrules: {message}")
        assert usage.startswith("使い方: " if lang == "ja" else "Usage: ")


def test_complaint_without_context():
    """What click complains of without saying where is passed on."""
    assert complaint(click.ClickException("so"), "ja") == "dxrules: so"


# Terminals


def test_colour_only_on_a_terminal(run, monkeypatch):
    """Colour is for terminals, and NO_COLOR switches it off."""
    assert "\x1b[" not in run("check", PLAN, *ON)[1]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert "\x1b[31;1m[error]\x1b[0m" in run("check", PLAN, *ON)[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run("check", PLAN, *ON)[1]


def test_width_of_the_terminal(run, monkeypatch):
    """On a narrow terminal the lines are shorter."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")
    _, out, _ = run("check", PLAN, *ON)
    indented = [line for line in out.splitlines() if line.startswith("    ") and " " in line[4:]]
    assert max(map(len, indented)) <= 60


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("ascii", "[重大] TST-02 期限までの移行".encode()),  # click takes it for a mistake
        ("latin-1", b"[??] TST-02 ???????\n"),
        ("cp932", "[重大] TST-02 期限までの移行".encode("cp932")),
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
        shutil.copy(PLAN, f"plans/{number}.yaml")
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


def test_reader_that_is_gone(monkeypatch):
    """What is still to be written goes nowhere once the reader is gone."""
    moved = []

    def echo(*_, **__):
        raise BrokenPipeError

    with monkeypatch.context() as patch:
        patch.setattr(click, "echo", echo)
        patch.setattr(os, "dup2", lambda _, stream: moved.append(stream))
        patch.setattr(sys, "stdout", SimpleNamespace(fileno=lambda: 99))
        common.say("text")
    assert moved == [99]


def test_process_ends_with_the_code(monkeypatch, capsys):
    """The command ends its process with the exit code, and what was said is out."""

    def end(code):
        raise SystemExit(code)

    monkeypatch.setattr(os, "_exit", end)
    monkeypatch.setattr(sys, "argv", ["dxrules", "check", "none.yaml"])
    with pytest.raises(SystemExit) as ended:
        start()
    assert ended.value.code == 2
    assert capsys.readouterr().err == "none.yaml:1:1: No such file.\n"


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


# The other commands


def test_new_plan(run):
    """A template is written to a new file or to standard output, and never over a file."""
    assert run("new", "plan", "my-town.yaml") == (0, "", "")
    written = Path("my-town.yaml").read_text("utf-8")
    assert run("new", "plan") == (0, written, "")
    assert run("new", "plan", "my-town.yaml") == (
        2,
        "",
        "dxrules: my-town.yaml: is already there. Name another file.\n",
    )


@pytest.mark.parametrize("what", ["plan", "ruleset", "test"])
def test_schema(run, what):
    """A JSON Schema is printed for each kind of file."""
    code, out, _ = run("schema", what)
    assert code == 0
    assert json.loads(out)["$schema"].startswith("https://json-schema.org/")


def test_failing_example(run, monkeypatch):
    """An example that does not come out as stated is shown with its place."""

    def judge(*_):
        return lambda _: Outcome.PASS

    monkeypatch.setattr("dxrules.keeper.examples.judge", judge)
    code, out, _ = run("rules", "test", *SMALL)
    assert code == 1
    assert "NG TST-01 pass 1, fail 1, cannot be told 1\n   rulesets/national/small.yaml:" in out


def test_shipped_rulesets(run):
    """Without a folder the rulesets that travel along are used."""
    assert run("rules", "lint") == (0, "The rulesets are fine.\n", "")
    assert "STD-02" in run("rules", "list")[1]


def test_what_if_without_consequence(run):
    """A delay that nothing waits for is said to drag nothing along."""
    _, out, _ = run("graph", PLAN, *ON, "--what-if", "common=2030-01-01")
    assert out.endswith('If "共通化の検討" ends on 2030-01-01\n  nothing is late\n')


def test_graph_without_edges(run):
    """A plan without measures has nothing to draw."""
    name = plan(NOTHING.replace("CISO", "ciso: {status: none}"))
    assert run("graph", name, *ON)[1] == (
        "Mihon DX推進計画 (plan.yaml)\n\nNothing depends on anything\n\n"
        "Critical path: none (no measures with dates wait for each other)\n"
    )


def test_gaps_without_gaps(run):
    """A plan without a gap is told so."""
    name = plan(NOTHING.replace("CISO", "ciso: {status: in-place}"))
    code, out, _ = run("gaps", name, *ON)
    assert (code, out.splitlines()[-1]) == (0, "Nothing was found that has to be mended")


def test_summary_of_several_towns(run):
    """Several plans are preceded by a table of their counts."""
    shutil.copy(PLAN, "plans/b.yaml")
    _, out, _ = run("check", "plans", *ON)
    header, line, *rows = out.splitlines()[:4]
    assert header.split("  ")[0] == "town"
    assert header.endswith("cannot be told    pass    not applicable")
    assert len(line) < 100
    assert [row.split() for row in rows] == [["Mihon", "2", "7", "3", "3", "6", "2"]] * 2


def test_place_is_never_lost(run):
    """Every failure of the table names its file and line."""
    _, out, _ = run("check", PLAN, *ON)
    heads = [line for line in out.splitlines() if line.startswith("  [")]
    places = [line for line in out.splitlines() if line.startswith(f"    {PLAN}:")]
    assert len(heads) == len(places) == 8
