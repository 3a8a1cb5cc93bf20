"""The commands: what each says of itself, in both languages, and what few of them do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest

from dxrules.cli import language
from dxrules.cli.app import app
from dxrules.cli.help import complaint, localize
from dxrules.rules import Outcome
from dxrules.texts import width
from tests.helpers.calls import NOTHING, ON, plan
from tests.helpers.engines import installed
from tests.helpers.small import PLAN, SMALL, another

pytestmark = pytest.mark.usefixtures("_copy")


COMMANDS = [
    (),
    ("check",),
    ("gaps",),
    ("ask",),
    ("answer",),
    ("graph",),
    ("forecast",),
    ("explain",),
    ("review",),
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
    ("draft",),
    ("evidence",),
    ("query",),
]


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
        (["check", "--lang", "fr"], {"LANG": "ja_JP"}, "ja"),
        (["check", "--lang=fr"], {}, "en"),
    ],
)
def test_language(words, environ, expected):
    """`--lang` comes before DXRULES_LANG, and that before the locale."""
    assert language(words, environ) == expected


@installed
def test_language_of_the_report(run, monkeypatch):
    """The report is in the language of the environment, or of the option, wherever it stands."""
    monkeypatch.setenv("DXRULES_LANG", "ja")
    japanese = run("check", PLAN, *ON)
    assert japanese[1].startswith("見本町 ")
    monkeypatch.delenv("DXRULES_LANG")
    code, out, err = run("--lang", "ja", "check", PLAN, *ON)  # the next calls keep the option
    assert (code, out.replace(" --lang ja", ""), err) == japanese
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
    options = out[out.rindex("オプション:" if lang == "ja" else "Options:") :]
    assert "\n  --output " not in options  # it is -o everywhere


def test_columns_of_help_line_up(run):
    """Japanese names of values are as wide as they look, so that all texts begin in one column."""
    out = run("check", "--help", "--lang", "ja")[1]
    lines = out[out.index("オプション:") :].splitlines()[1:]
    begins = {
        width(line) - width(re.sub(r"^  -[^ ].*?  +(?=[^ ])", "", line))
        for line in lines
        if re.match(r"  -[^ ].*?  +[^ ]", line)
    }
    assert begins == {34}
    assert all(width(line) <= 80 for line in lines if "|" not in line)


@pytest.mark.parametrize(
    ("arguments", "ja", "en"),
    [
        (
            ("chek", "x"),
            "chek というコマンドはありません。もしかして: check\n",
            "No such command 'chek'. Did you mean check?\n",
        ),
        (
            ("rules", "foo"),
            "foo というコマンドはありません。使えるのは: list、",
            "No such command 'foo'. Known here: list, ",
        ),
        (
            ("check", "--foo", "x"),
            "--foo というオプションはありません。",
            "No such option '--foo'.",
        ),
        (("check",), "PLAN... を指定してください。", "Missing argument 'PLAN...'."),
        (
            ("check", "x", "--engine", "y"),
            "--engine: 「y」は使えません。both、interpreter のいずれかを指定してください。\n",
            '--engine: "y" is not known. Write one of: both, interpreter.\n',
        ),
        (
            ("baseline", "wirte", "k.json", "x"),
            "「wirte」は使えません。write、update、prune のいずれかを指定してください。",
            '"wirte" is not known. Write one of: write, update, prune. Did you mean write?\n',
        ),
        (
            ("new", "foo", "x.yaml"),
            "「foo」は使えません。plan と指定してください。\n",
            '"foo" is not known. Write plan.\n',
        ),
        (
            ("new",),
            "引数がありません。plan と指定してください。\n",
            "Missing argument. Write plan.\n",
        ),
        (
            ("rules", "diff"),
            "--from 日|フォルダ|git:リビジョン を指定してください。\n",
            "Missing option '--from'.\n",
        ),
        (
            ("explain", "A", "B", "C", "D"),
            "引数が余分です: C D\n",
            "Got unexpected extra arguments (C D)\n",
        ),
    ],
)
def test_wrong_words(run, arguments, ja, en):
    """A command or option that does not exist gets exit code 2, said in the caller's language."""
    for lang, message in (("ja", ja), ("en", en)):
        code, out, err = run("--lang", lang, *arguments)
        assert (code, out) == (2, "")
        _, usage, *_ = err.splitlines()
        assert err.startswith(f"dxrules: {message}")
        assert usage.startswith("使い方: " if lang == "ja" else "Usage: ")


def test_help_in_japanese(run):
    """Lines of Japanese are joined without a space, and what click says is said in Japanese."""
    _, out, _ = run("query", "--help", "--lang", "ja")
    assert "$rule のように" in "".join(out.split("\n  ")).replace("\n", "")
    assert "--rule 文字列" in out
    assert "    dxrules query --list\n" in out
    assert all(width(line) <= 80 for line in out.splitlines() if line.startswith("  F"))
    _, out, _ = run("--help", "--lang", "ja")
    assert out.startswith("使い方: dxrules [オプション] コマンド [引数]...\n")


@pytest.mark.parametrize(
    ("option", "ja", "en"),
    [
        (
            "--baseline",
            "--baseline には値が必要です。",
            "Option '--baseline' requires an argument.",
        ),
        ("--all=1", "--all に値は付けられません。", "Option '--all' does not take a value."),
    ],
)
def test_value_of_an_option(run, monkeypatch, option, ja, en):
    """An option without its value, or with one that it does not take, is named."""
    for lang, message in (("ja", ja), ("en", en)):
        monkeypatch.setenv("DXRULES_LANG", lang)
        assert run("check", PLAN, option) == (2, "", f"dxrules: {message}\n")


def test_complaint_without_context():
    """What click complains of without saying where is passed on."""
    assert complaint(click.ClickException("so"), "ja") == "dxrules: so"


def test_only_what_click_says_is_put_into_japanese():
    """A help of ours that holds a word of click's stays as it is; click's marks do not."""
    option = click.Option(["--of"], default="a", show_default=True, help="Commands [required] x")
    needed = click.Option(["--in"], required=True, help="Options")
    command = localize(click.Command("so", params=[option, needed]), "ja")
    shown = command.get_help(command.make_context("so", [], resilient_parsing=True))
    assert "Commands [required] x  [既定: a]" in shown
    assert "Options  [必須]" in shown
    assert "この説明を示して終わる" in shown


# What commands do


@pytest.mark.slow
def test_new_plan(run):
    """A template is written to a new file or to standard output, and never over a file."""
    then = "Fill it in, then:  dxrules check my-town.yaml\n"
    assert run("new", "plan", "my-town.yaml", *SMALL) == (0, "", then)
    written = Path("my-town.yaml").read_text("utf-8")
    assert run("new", "plan", *SMALL) == (0, written, "")
    assert run("new", "plan", "my-town.yaml", *SMALL) == (
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

    monkeypatch.setattr("dxrules.keeper.case_runner.judge", judge)
    code, out, _ = run("rules", "test", *SMALL)
    assert code == 1
    assert "NG TST-01 pass 1, fail 1, undetermined 1\n   rulesets/national/small.yaml:" in out


@pytest.mark.slow
def test_shipped_rulesets(run):
    """Without a folder the rulesets that travel along are used, and not those that lie here."""
    code, out, err = run("rules", "lint")
    assert (code, out) == (0, "The rulesets are fine.\n")
    assert err.startswith("! The rulesets that dxrules brings are used, and not the folder")
    assert "STD-02" in run("rules", "list")[1]


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("check", PLAN, "--format", "json", "--fail-on", "never"),
        ("explain", "STD-02", PLAN),
        ("convert", PLAN, "plan.xlsx"),
        ("evidence", PLAN, "document.md"),
        ("draft", "document.md", "--municipality", "西川町"),
    ],
)
def test_rulesets_that_lie_here_and_are_not_used(run, words):
    """Whoever judges, or reads a plan, beside rulesets of a keeper's own is told once."""
    Path("document.md").write_text("# 西川町DX推進計画\n\n町はDXを進めます。\n", "utf-8")
    _, out, err = run(*words)
    assert "--rulesets rulesets" not in out
    assert err.count("! The rulesets that dxrules brings are used, and not the folder") == 1


def test_rulesets_that_are_named(run):
    """Nothing is told where the folder is named; else it is told in Japanese, too."""
    told = "※ 使うのは dxrules に付属の点検項目です。"
    assert told not in run("check", PLAN, *ON, "--lang", "ja")[2]
    assert told in run("check", "missing.yaml", "--lang", "ja")[2]


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


@installed
def test_summary_of_several_towns(run):
    """Several plans are preceded by a table of their counts."""
    another("plans/b.yaml")
    _, out, _ = run("check", "plans", *ON)
    header, line, *rows = out.splitlines()[2:6]
    assert header.split() == [
        "municipality",
        "error",
        "warning",
        "note",
        "undetermined",
        "duties",
        "pass",
        "n/a",
    ]
    assert len(line) < 100
    assert [row.split() for row in rows] == [
        ["Mihon", "見本町DX推進計画", "2", "3", "3", "1", "1", "0", "1"],
        ["Mihon", "見本町DX推進計画2", "2", "3", "3", "1", "1", "0", "1"],
    ]


def test_place_is_never_lost(run):
    """Every failure of the full table names its file and line."""
    _, out, _ = run("check", PLAN, *ON, "--full")
    heads = [line for line in out.splitlines() if line.startswith("  [")]
    places = [line for line in out.splitlines() if line.startswith(f"    {PLAN}:")]
    assert len(heads) == len(places) == 8
