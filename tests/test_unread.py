"""What a call is pointed at and does not read is said; what judges nothing is not green."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from dxrules.cli.plan_folder import MOST_REMARKS
from dxrules.reference import data_root
from tests.helpers.calls import ON
from tests.helpers.repositories import git
from tests.helpers.small import DAY, PLAN, SMALL

pytestmark = pytest.mark.usefixtures("_copy")

QUIET = (*ON, "--engine", "interpreter", "--format", "none", "--fail-on", "never")
LATER = (*SMALL, "--as-of", "1999-12-31", "--engine", "interpreter")
SHEETS = (
    "If it is a plan, open it in Excel, for example, and save it as an Excel workbook (.xlsx).",
    "計画なら、Excelなどで開き、「Excel ブック (*.xlsx)」として保存し直してください。",
)
PROSE = (
    "If it is a plan as it was published, draft a plan file from it with `dxrules draft`.",
    "公表された計画書なら、`dxrules draft` で計画ファイルを下書きしてください。",
)
ENDING = (
    (
        "What is read as a plan has a name that ends in .yaml, .yml, .json or .xlsx. Rename it if "
        "it is a plan, else move it elsewhere."
    ),
    (
        "計画として読むのは、名前が .yaml、.yml、.json、.xlsx で終わるファイルです。計画なら名前を"
        "改め、そうでなければフォルダの外に移してください。"
    ),
)
HIDDEN = (
    "Files whose names begin with a full stop are left out. Rename it if it is a plan.",
    "名前が「.」で始まるファイルは読みません。計画なら名前を改めてください。",
)
SIDE_FILE = (
    "A name that ends in .draft.json is that of a file beside a draft. Rename it if it is a plan.",
    "名前が .draft.json で終わるのは、下書きに添えるファイルです。計画なら名前を改めてください。",
)
PACKED = ("If there are plans in it, unpack it.", "計画が入っているなら、展開してください。")


def text_of_the_plan(path):
    path.write_bytes(Path(PLAN).read_bytes())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("b.xlsm", SHEETS),
        ("c.ods", SHEETS),
        ("d.XLS", SHEETS),
        ("e.csv", SHEETS),
        ("f.pdf", PROSE),
        ("g.docx", PROSE),
        ("h.yaml.txt", ENDING),
        ("i.yaml.bak", ENDING),
        ("j.json~", ENDING),
        ("k．yaml", ENDING),
        ("l.yaml ", ENDING),
        ("m.zip", PACKED),
        ("town.txt", ENDING),
        ("town", ENDING),
        (".hidden.yaml", HIDDEN),
        ("below/n.ods", SHEETS),
        ("o.draft.json", SIDE_FILE),
    ],
)
def test_stray_file(run, name, said):
    """A file that looks like a plan and is not read gets a line, and the others are judged."""
    path = Path("plans", name)
    path.parent.mkdir(exist_ok=True)
    text_of_the_plan(path)
    assert run("check", "plans", *QUIET, "--lang", "en") == (
        0,
        "",
        f"plans/{name}: not read. {said[0]}\n",
    )
    assert run("compare", "plans", *ON, "--format", "none", "--lang", "ja") == (
        0,
        "",
        f"plans/{name}: 読んでいません。{said[1]}\n",
    )


@pytest.mark.parametrize("text", ["", "{}", '{"title": "X町DX推進計画"}'])
def test_file_that_is_only_named_as_the_side_of_a_draft(run, text):
    """What stands beside a draft by its name alone may be a plan, so it gets a line."""
    Path("plans/o.draft.json").write_text(text, "utf-8")
    _, _, err = run("check", "plans", *QUIET, "--lang", "en")
    assert err == f"plans/o.draft.json: not read. {SIDE_FILE[0]}\n"
    Path("plans/o.draft.json").write_text('{\n "format": "dxrules/places/1",\n "values": []\n}\n')
    assert run("check", "plans", *QUIET, "--lang", "en") == (0, "", "")


def test_files_of_other_programs_need_no_word(run):
    """Read-me files, pictures, hidden folders, locks and what a killed process left are silent."""
    for name in (
        "README.md",
        "map.png",
        "notes.txt",
        ".gitlab-ci.yml",
        ".git/config.yaml.lock",
        ".dxrules-x1y2z3",
        "~$town.xlsx",
    ):
        path = Path("plans", name)
        path.parent.mkdir(exist_ok=True)
        path.write_text("on: push\n", "utf-8")
    assert run("check", "plans", *QUIET) == (0, "", "")


def test_many_stray_files(run):
    """Of a folder full of them the first are named, and then their number."""
    for number in range(MOST_REMARKS + 5):
        Path(f"plans/{number:02}.pdf").touch()
    _, _, err = run("check", "plans", *QUIET, "--lang", "en")
    assert err.splitlines()[MOST_REMARKS:] == ["plans: 5 more files are not read."]
    _, _, err = run("check", "plans", "plans", *QUIET, "--lang", "ja")
    assert err.splitlines()[MOST_REMARKS:] == ["plans: 読んでいないファイルが、ほかに5件あります。"]


def test_links(run):
    """A link to nothing is a plan that cannot be read, one to a folder is told and not followed."""
    Path("elsewhere").mkdir()
    Path("plans/linked").symlink_to("../elsewhere")
    Path("plans/lost.pdf").symlink_to("nowhere")
    assert run("check", "plans", *QUIET, "--lang", "en") == (
        0,
        "",
        (
            "plans/linked: not read. Links to folders are not followed. "
            "Name the folder that it leads to.\n"
            "plans/lost.pdf: not read. This is a link that leads nowhere.\n"
        ),
    )
    Path("plans/lost.yaml").symlink_to("nowhere")
    code, _, err = run("check", "plans", *QUIET, "--lang", "ja")
    assert code == 2
    assert err.splitlines()[2] == (
        "plans/lost.yaml:1:1: リンク先がありません。リンク先を確かめてください。"
    )


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_folder_that_is_closed(run):
    """A folder that cannot be read may hold plans, so the call is not fine."""
    closed = Path("plans/closed")
    closed.mkdir(mode=0)
    code, _, err = run("check", "plans", *QUIET, "--lang", "en")
    closed.chmod(0o700)
    assert (code, err) == (
        2,
        (
            "plans/closed: this folder cannot be read (there is no permission, or another program "
            "holds it open).\n"
        ),
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.pdf", b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n", "plan.pdf: A PDF is no plan file. If it is "),
        ("plan.yaml", b"%PDF-1.7\n\0\xe2\xe3\n", "plan.yaml:1:1: A PDF is no plan file. If it is "),
        ("plan.csv", b"a,b\n", f"plan.csv: not read. {SHEETS[0]}"),
        ("plan.ods", b"no archive", f"plan.ods: not read. {SHEETS[0]}"),
        ("plan.doc", b"no document", f"plan.doc: not read. {PROSE[0]}"),
        ("plan.md", b"# DX plan\n\ntext", f"plan.md: not read. {PROSE[0]}"),
    ],
)
def test_named_file_of_another_kind(run, name, content, said):
    """A file that is named and is of another kind gets exit code 2, one message, and a way on."""
    Path(name).write_bytes(content)
    for command in (("check", name), ("gaps", name), ("convert", name, "new.yaml")):
        where = SMALL if command[0] == "convert" else ON
        code, out, err = run(*command, *where, "--lang", "en")
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert err.startswith(said)


def test_plan_of_another_ending_that_is_named(run):
    """A plan that is named is read whatever it is called."""
    shutil.copy(PLAN, "plan.yaml.txt")
    shutil.copy(PLAN, "plan.csv")
    for name in ("plan.yaml.txt", "plan.csv"):
        assert run("check", name, *QUIET) == (0, "", "")


def test_files_of_another_program(run):
    """YAML of another program among plans is one fault, not one for each of its keys."""
    Path("plans/docker-compose.yml").write_text(
        "version: '3'\nservices:\n  a: &x {image: i}\n  b: *x\n", "utf-8"
    )
    code, _, err = run("check", "plans", *QUIET, "--lang", "en")
    assert (code, err) == (
        2,
        (
            "plans/docker-compose.yml:1:1: This is no plan file: it does not say format: "
            "dxrules/plan/1. Move it elsewhere, or leave it out of the call, if it is another "
            "file. `dxrules new plan` writes a plan file to start from.\n"
        ),
    )


# Rulesets


NO_RULESET = (
    (
        "Nothing reads this file. Give it a name that ends in .yaml if it is a ruleset, else move "
        "it elsewhere."
    ),
    (
        "このファイルは読まれません。点検項目なら名前を .yaml で終わるものに改め、"
        "そうでなければフォルダの外に移してください。"
    ),
)
HIDDEN_RULESET = (
    "Nothing reads a file whose name begins with a full stop. Rename it if it is a ruleset.",
    "名前が「.」で始まるファイルは読まれません。点検項目なら名前を改めてください。",
)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("national/small.json", NO_RULESET),
        ("national/small.yaml.bak", NO_RULESET),
        ("prefecture/34.YAML.txt", NO_RULESET),
        ("tests/cases.yaml~", NO_RULESET),
        ("national/.small.yaml", HIDDEN_RULESET),
    ],
)
@pytest.mark.parametrize(
    "command",
    [
        ("check", PLAN, "--format", "none", "--fail-on", "never"),
        ("rules", "list"),
        ("rules", "diff", "--from", "rulesets/", "--to", "rulesets/"),
    ],
    ids=lambda command: command[0] + command[1][:5],
)
def test_stray_file_among_rulesets(run, name, said, command):
    """Whoever loads rulesets is told of files among them that nothing reads."""
    path = Path("rulesets", name)
    path.parent.mkdir(exist_ok=True)
    path.touch()
    for lang, what in zip(("en", "ja"), said, strict=True):
        code, _, err = run(*command, *SMALL, "--lang", lang)
        assert (code, {*err.splitlines()}) == (0, {f"rulesets/{name}: {what}"})


def test_list_of_municipalities_of_ones_own(run):
    """A list of municipalities that was changed is told: names come from the one within dxrules."""
    path = Path("rulesets/national/reference/municipalities.csv")
    path.write_bytes((data_root() / "rulesets/national/reference/municipalities.csv").read_bytes())
    assert run("rules", "list", *SMALL, "--lang", "en")[2] == ""
    path.write_text("code,name,reading,en\n", "utf-8")
    for lang, said in (("en", "is not used."), ("ja", "使われません。")):
        _, _, err = run("rules", "list", *SMALL, "--lang", lang)
        assert err.startswith("rulesets/national/reference/municipalities.csv: ")
        assert err.endswith(f"{said}\n")


def test_stray_file_among_tests(run):
    """A file of a folder of tests that is not run is told."""
    Path("cases").mkdir()
    Path("cases/a.yaml").write_text(
        f"format: dxrules/test/1\nplan: ../{PLAN}\ncases: []\n", "utf-8"
    )
    Path("cases/b.yaml.bak").touch()
    _, _, err = run("rules", "test", "cases", *SMALL, "--lang", "en")
    assert err.splitlines()[0] == (
        "cases/b.yaml.bak: What is read as tests has a name that ends in .yaml, .yml or .json."
    )


# Empty arguments


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("check", ""), ""),
        (("check", " ", PLAN), ""),
        (("check", PLAN, "--output", ""), "--output: "),
        (("check", PLAN, "--rulesets="), "--rulesets: "),
        (("check", PLAN, "--baseline", ""), "--baseline: "),
        (("gaps", "--", ""), "--: "),
        (("rules", "new", "A-01", "-o", ""), "-o: "),
    ],
)
def test_empty_argument(run, words, option):
    """An argument that is empty stands for nothing, not for the current folder."""
    assert run(*words, "--lang", "en") == (
        2,
        "",
        f"dxrules: {option}An argument is empty. Is a shell variable unset?\n",
    )
    assert run("--lang", "ja", *words) == (
        2,
        "",
        f"dxrules: {option}引数が空です。シェル変数が未設定ではありませんか。\n",
    )


def test_output_without_a_name(run):
    """A format without a file behind it is no output."""
    assert run("check", PLAN, "--output", "json=", "--lang", "en") == (
        2,
        "",
        "dxrules: --output json=: the name of the file is empty. Is a shell variable unset?\n",
    )


def test_output_without_a_format(run):
    """A file of which the format was forgotten is none that begins with a sign."""
    assert run("check", PLAN, "--output", "=a.json", "--lang", "en") == (
        2,
        "",
        "dxrules: --output =a.json: the name of the format is empty. Is a shell variable unset?\n",
    )


# Nothing judged


@pytest.mark.parametrize(
    "words",
    [
        ("check", PLAN, "--format", "none", "--output", "r.json"),
        ("gaps", PLAN),
        ("compare", PLAN),
        ("forecast", PLAN),
        ("explain", "TST-01", PLAN),
        ("baseline", "write", "known.json", PLAN),
    ],
    ids=lambda words: words[0],
)
def test_day_without_rules(run, words):
    """On a day on which no rule is in force every plan would pass: nothing is judged or written."""
    before = sorted(Path().rglob("*"))
    assert run(*words, *LATER, "--lang", "en") == (
        2,
        "",
        (
            "dxrules: 1999-12-31: no rule is in force on this day, so nothing is judged. "
            "The first one is in force from 2020-12-25. "
            "Check --as-of or, without it, the clock of this machine.\n"
        ),
    )
    assert run(*words, *LATER, "--lang", "ja") == (
        2,
        "",
        (
            "dxrules: 1999-12-31: この日に適用される点検項目はないので、判定しません。"
            "最初の点検項目は 2020-12-25 からです。"
            "--as-of の日か、指定していなければこの端末の時計を確かめてください。\n"
        ),
    )
    assert sorted(Path().rglob("*")) == before


def test_impact_between_days_without_rules(run):
    """Between two days without rules nothing can change, which is said."""
    days = ("--from", "1999-01-01", "--to", "1999-12-31")
    code, out, err = run("rules", "impact", PLAN, *days, *SMALL, "--lang", "en")
    assert (code, out) == (2, "")
    assert err.startswith("dxrules: 1999-12-31: no rule is in force on this day, ")
    days = ("--from", "1999-01-01", "--to", DAY)
    assert run("rules", "impact", PLAN, *days, *SMALL)[0] == 0


@pytest.mark.parametrize(("expected", "code"), [("1", 0), ("０１", 0), ("2", 2), ("0", 2)])
def test_number_of_plans(run, expected, code):
    """With a number expected, it is how many plans must have been judged."""
    said = f"--expect: the number of plans that were judged is 1, not {int(expected)}.\n"
    assert run("check", PLAN, *QUIET, "--expect", expected, "--lang", "en") == (
        code,
        "",
        said if code else "",
    )


def test_number_of_plans_of_an_impact(run):
    """So it is where the rules change."""
    days = ("--from", "2025-01-01", "--to", DAY, "--lang", "en")
    assert run("rules", "impact", PLAN, *days, *SMALL, "--expect", "1")[0] == 0
    code, _, err = run("rules", "impact", PLAN, *days, *SMALL, "--expect", "2")
    assert (code, err) == (2, "--expect: the number of plans that were judged is 1, not 2.\n")


def test_number_of_plans_that_is_none(run):
    """A number that is none is refused."""
    assert run("check", PLAN, *QUIET, "--expect", "all", "--lang", "ja") == (
        2,
        "",
        "dxrules: --expect: 「all」は件数ではありません。\n",
    )


def test_report_on_another_number(run):
    """What was judged is reported all the same."""
    code, _, err = run("check", PLAN, *QUIET, "--expect", "3", "--output", "r.json")
    assert (code, len(json.loads(Path("r.json").read_bytes())["plans"])) == (2, 1)
    assert err == "--expect: the number of plans that were judged is 1, not 3.\n"


def test_nothing_changed(run):
    """Where no plan differs from a revision, that is said, and it is no number that is expected."""
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    said = "No plan differs from HEAD\n"
    assert run("check", "plans", *QUIET, "--changed-since", "HEAD") == (0, "", said)
    code, _, err = run("check", "plans", *QUIET, "--changed-since", "HEAD", "--expect", "1")
    assert (code, err.startswith(said)) == (2, True)
