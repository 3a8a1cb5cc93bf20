"""`dxrules query`: what it answers, in which formats, and what it never does."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import jsonschema
import openpyxl
import pytest

from dxrules import assess, load_law, read_plan
from dxrules.assessment.dossier import Dossier
from dxrules.assessment.finding import standing
from dxrules.cli import main
from dxrules.cli.commands.query import VALUE_OPTIONS
from dxrules.dates import parse_day
from dxrules.report.database import query, query_child
from dxrules.report.database.database_tables import TABLES
from dxrules.report.database.database_views import HEADS, KNOWN, NAMED, VALUES
from dxrules.report.database.query_child import Fault, QueryBounds, Request, answer
from dxrules.report.database.stores import store_file, store_folder
from dxrules.report.json_documents import document_schema
from dxrules.rules import Outcome
from dxrules.source import unfinished
from dxrules.source.other_process import ProcessAnswer
from tests.helpers.entries import entries_of
from tests.helpers.lawbooks import ROOT
from tests.helpers.small import DATA, DAY, changed, code_of, of_town

LATER = "2028-04-02"
TOWNS = 3


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a folder with a database and a folder of Parquet: three towns, on two days."""
    folder = tmp_path_factory.mktemp("made")
    law = load_law(DATA / "rulesets")
    for number in range(TOWNS):
        (folder / f"{number}.yaml").write_text(changed(of_town(number)), "utf-8")
    files = [read_plan(path, law.reference) for path in sorted(folder.glob("*.yaml"))]
    for day in (DAY, LATER):
        judged = assess(files, law, parse_day(day), engine="interpreter")
        dossier = Dossier(judged, law)
        for name, store in (("n.duckdb", store_file), ("n.parquet", store_folder)):
            store(folder / name, entries_of(dossier), lambda dossier=dossier: dossier)
    return folder


@pytest.fixture(scope="module")
def judged():
    """Return the assessment of the later day."""
    law = load_law(DATA / "rulesets")
    plan = read_plan(DATA / "plans/34999-mihon.yaml", law.reference)
    return assess([plan], law, parse_day(LATER), engine="interpreter").plans[0]


@pytest.fixture(autouse=True)
def _here(made, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(made / "n.duckdb", tmp_path)
    (tmp_path / "n.parquet").symlink_to(made / "n.parquet")


def say(capsys, *words, code=0, lang="en"):
    """Run the command; return what it prints."""
    assert main(["query", *words, "--lang", lang]) == code
    said = capsys.readouterr()
    return said.out if code == 0 else said.err


def data(capsys, *words):
    """Return the answer as JSON."""
    return json.loads(say(capsys, *words, "--format", "json"))


def rows(capsys, *words):
    """Return the rows of an answer by the names of their columns."""
    found = data(capsys, *words)
    names = [column["name"] for column in found["columns"]]
    return [dict(zip(names, row, strict=True)) for row in found["rows"]]


# What is answered


@pytest.mark.parametrize("name", NAMED)
def test_named_questions(name, capsys):
    """Each is answered alike by the database and the folder, and its columns have headings."""
    words = ["--question", name, *(("--rule", "TST-05") if NAMED[name].needed else ())]
    found = data(capsys, "n.duckdb", *words)
    assert data(capsys, "n.parquet", *words)["rows"] == found["rows"]
    assert found["title"]["ja"].startswith(NAMED[name].title.ja)
    assert found["as_of"] == LATER
    stems = {re.sub("_(ja|en)$", "", column["name"]) for column in found["columns"]}
    assert stems <= set(HEADS)
    empty = {"unread", "missing", "changes", "changes-by-rule"}
    assert found["rows"] or name in empty


def test_missing_names_what_fails_and_what_cannot_be_told(judged, capsys):
    """Every town that misses a rule is there, and every one of which it cannot be told."""
    came = standing(judged.findings)
    for rule, outcome in (("TST-05", "fail"), ("TST-01", "unknown"), ("TST-10", "not_applicable")):
        assert came[rule].outcome == outcome
        found = rows(capsys, "n.duckdb", "--question", "missing", "--rule", rule)
        told = outcome != "not_applicable"
        assert len(found) == (TOWNS if told else 0)
        assert {row["reason_ja"] for row in found} == ({came[rule].message.ja} if told else set())
    here = ("--question", "missing", "--rule", "TST-05", "--prefecture", "34", "--run", DAY)
    assert {row["code"] for row in rows(capsys, "n.duckdb", *here)} == {code_of(0)}


def test_changes_are_those_between_two_runs(judged, capsys):
    """What changed between two days is told by town and counted by rule."""
    law = load_law(DATA / "rulesets")
    plan = read_plan(DATA / "plans/34999-mihon.yaml", law.reference)
    before = standing(assess([plan], law, parse_day(DAY), engine="interpreter").plans[0].findings)
    after = standing(judged.findings)
    want = {
        rule
        for rule in {*before, *after}
        if rule not in before or rule not in after or before[rule].outcome != after[rule].outcome
    }
    found = rows(capsys, "n.duckdb", "--question", "changes", "--prefecture", "34")
    assert want
    assert {row["rule"] for row in found} == want
    counted = rows(capsys, "n.duckdb", "--question", "changes-by-rule")
    assert {row["rule"] for row in counted} == want
    failing = {rule for rule in want if rule in after and after[rule].outcome is Outcome.FAIL}
    assert {row["rule"]: row["newly_failing"] for row in counted if row["newly_failing"]} == (
        dict.fromkeys(failing, TOWNS)
    )
    back = ("--run", DAY, "--before", LATER)
    assert len(rows(capsys, "n.duckdb", "--question", "changes-by-rule", *back)) == len(want)
    assert rows(capsys, "n.duckdb", "--question", "changes", "--run", "1") == []


def test_due_up_to_a_day(capsys):
    """What falls due is told in order, up to the day asked for."""
    found = rows(capsys, "n.duckdb", "--question", "due", "--until", "令和13年3月31日")
    assert found
    assert [row["due_to"] for row in found] == sorted(row["due_to"] for row in found)
    assert found[-1]["due_to"] <= "2031-03-31"
    town = rows(capsys, "n.duckdb", "--question", "due", "--town", code_of(0))
    assert {row["code"] for row in town} == {code_of(0)}


@pytest.mark.covered
@pytest.mark.usefixtures("_children")
def test_values_in_sql(capsys):
    """A query names what options give."""
    sql = "SELECT count(DISTINCT code) AS n FROM findings WHERE prefecture_code = $prefecture"
    for said in ("広島県", "広島", "Hiroshima", "34"):
        assert rows(capsys, "n.duckdb", sql, "--prefecture", said) == [{"n": 1}]
    sql = "SELECT count(*) AS n FROM towns WHERE code = $town"
    assert rows(capsys, "n.duckdb", sql, "--town", "神石高原町") == [{"n": 0}]


def test_folder_of_tables_is_listed(capsys):
    """The folder answers what a database can, without its views having been written."""
    assert rows(capsys, "n.parquet", "SELECT sum(plans) AS n FROM runs") == [{"n": 2 * TOWNS}]
    assert rows(capsys, "n.parquet", "SELECT count(*) > 0 AS n FROM coverage_by_area") == [
        {"n": True}
    ]


# Formats

TYPES = (
    "SELECT 1 AS whole, 0.25::DOUBLE AS part, 2.50::DECIMAL(5,2) AS exact, 3::DECIMAL(5,2) AS "
    "round, DATE '2026-11-20' AS day, true AS yes, NULL AS nothing, '=1+1' AS formula, "
    "[1, 2] AS list, 'nan'::DOUBLE AS odd, 'a\x1b[31m|b' AS acts, TIME '10:00' AS time"
)


@pytest.mark.covered
def test_formats(capsys):
    """An answer is written in every format, and acts in none."""
    found = data(capsys, "n.duckdb", TYPES)
    jsonschema.validate(found, document_schema("query"))
    (row,) = found["rows"]
    assert row[:9] == [1, 0.25, 2.5, 3, "2026-11-20", True, None, "=1+1", "[1, 2]"]
    assert row[9:] == ["nan", "a\x1b[31m|b", "10:00:00"]
    table = say(capsys, "n.duckdb", TYPES)
    assert "0.25" in table
    assert "\x1b" not in table
    assert "rows: 1" in table
    text = say(capsys, "n.duckdb", TYPES, "--format", "csv")
    heads, cells = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert heads[:2] == ["whole", "part"]
    assert cells[:8] == ["1", "0.25", "2.5", "3", "2026-11-20", "true", "", "'=1+1"]
    assert r"a\<U+001B\>\[31m\|b" in say(capsys, "n.duckdb", TYPES, "--format", "markdown")
    say(capsys, "n.duckdb", "SELECT 1 AS x", "--format", "none", "-o", "r.xlsx")
    assert [*openpyxl.load_workbook("r.xlsx").worksheets[0].values] == [("x",), (1,)]
    say(capsys, "n.duckdb", TYPES, "--format", "none", "-o", "r.xlsx")
    sheet = openpyxl.load_workbook("r.xlsx").worksheets[0]
    values = [cell.value for line in sheet.iter_rows() for cell in line]
    assert {1, 0.25, "=1+1"} <= set(values)


def test_nothing_is_said(capsys):
    """An answer without rows says so."""
    assert "Nothing matches" in say(capsys, "n.duckdb", "FROM unread_files")
    assert "該当するものはない" in say(capsys, "n.duckdb", "FROM unread_files", lang="ja")


def test_columns_in_two_languages_are_one(capsys):
    """People read one language; JSON holds both."""
    words = ("n.duckdb", "--question", "coverage-by-prefecture")
    english, japanese = say(capsys, *words), say(capsys, *words, lang="ja")
    assert "Hiroshima" in english
    assert "広島県" not in english
    assert "広島県" in japanese
    assert "都道府県" in japanese
    assert {"prefecture_ja", "prefecture_en"} <= set(rows(capsys, *words)[0])
    own = say(capsys, "n.duckdb", "SELECT 'a' AS x_en, 'b' AS x_ja, 'c' AS y_ja, 'd' AS y_en")
    assert own.split("\n")[2].split() == ["x_en", "x_ja", "y_ja", "y_en"]


def test_lists(capsys):
    """Questions and tables are listed without a database."""
    listed = rows(capsys, "--list")
    assert [row["question"] for row in listed] == [*NAMED]
    options = {row["question"]: row["options"] for row in listed}
    assert options["missing"].startswith("--rule [--prefecture]")
    assert [(r["table"], r["column"]) for r in rows(capsys, "--tables") if r["column"]] == [
        (shape.name, each.name) for shape in TABLES for each in shape.columns
    ]


def test_page_of_tables_is_in_step(capsys):
    """`dxrules query --tables --format markdown > docs/tables.md` was run after the last change."""
    assert main(["query", "--tables", "--format", "markdown", "--lang", "ja"]) == 0
    ja = capsys.readouterr().out
    assert main(["query", "--tables", "--format", "markdown", "--lang", "en"]) == 0
    en = capsys.readouterr().out
    assert (ROOT / "docs" / "tables.ja.md").read_text("utf-8") == ja
    assert (ROOT / "docs" / "tables.md").read_text("utf-8") == en


def test_options_are_values_of_queries():
    """Each value that a query can be given is an option, and the other way round."""
    assert tuple(VALUE_OPTIONS) == VALUES
    assert set(KNOWN) <= set(VALUES)


# What is refused

REFUSED = [
    (("n.duckdb",), "Name a FILE, and either SQL or --question"),
    (("n.duckdb", "FROM runs", "--question", "runs"), "Name a FILE, and either SQL or --question"),
    (("--list", "--tables"), "Give --list or --tables alone."),
    (("n.duckdb", "--list"), "Give --list or --tables alone."),
    (("gone.duckdb", "FROM runs"), "gone.duckdb: there is no such file or folder."),
    (("n.duckdb", "--question", "mising"), "There is no named query mising. Did you mean missing?"),
    (("n.duckdb", "--question", "zzz"), "dxrules query --list lists them."),
    (("n.duckdb", "--question", "missing"), "missing needs --rule."),
    (("n.duckdb", "--question", "missing", "--rule", "TST-5"), "--rule: TST-5 is not in this data"),
    (("n.duckdb", "--question", "coverage", "--run", "9"), "--run: 9 is not in this database."),
    (("n.duckdb", "--question", "coverage", "--area", "x"), "does not use what was given: area."),
    (("n.duckdb", "--question", "towns", "--prefecture", "東京"), None),
    (("n.duckdb", "--question", "towns", "--prefecture", "栃本県"), "栃本県. Did you mean"),
    (("n.duckdb", "--question", "due", "--town", "府中市"), "Give its six digits."),
    (("n.duckdb", "--question", "due", "--town", "無い町"), "there is no municipality 無い町."),
    (("n.duckdb", "--question", "due", "--until", "someday"), "someday"),
    (("n.duckdb", "FROM runs WHERE run = $rule"), "names values that were not given: rule."),
    (("n.duckdb", "SELEC 1"), "The query cannot be run: Parser Error"),
    (("n.duckdb", "FROM nothing"), "The query cannot be run: Catalog Error"),
    (("n.duckdb", "FROM runs; FROM towns"), "Ask by one SELECT statement."),
    (("n.duckdb", "COPY runs TO 'x.csv'"), "Ask by one SELECT statement."),
    (("n.duckdb", "SET threads = 9"), "Ask by one SELECT statement."),
    (("n.duckdb", "INSTALL httpfs"), "Ask by one SELECT statement."),
    (("n.duckdb", "ATTACH 'x.duckdb' AS x"), "Ask by one SELECT statement."),
    (("n.duckdb", "DELETE FROM runs"), "Ask by one SELECT statement."),
    (("n.duckdb", "WITH x AS (DELETE FROM runs RETURNING *) FROM x"), "The query cannot be run"),
    (("n.duckdb", "FROM read_csv('/etc/passwd')"), "A query reaches no other file"),
    (("n.duckdb", "FROM read_text('/etc/passwd')"), "A query reaches no other file"),
    (("n.duckdb", "FROM glob('/*')"), "A query reaches no other file"),
    (("n.parquet", "FROM read_csv('/etc/passwd')"), "A query reaches no other file"),
    (("n.parquet", "FROM read_text('n.parquet/own.txt')"), "A query reaches no other file"),
    (("n.parquet", "FROM glob('n.parquet/*')"), "A query reaches no other file"),
    (("n.duckdb", "SELECT repeat('x', 2500000000)"), "The query takes too much memory."),
    (("n.parquet", "COPY runs TO 'n.parquet/x.csv'"), "Ask by one SELECT statement."),
    (("n.duckdb", f"SELECT '{'x' * 100_001}'"), "The query is too long"),
    (("n.duckdb", "SELECT '\udcff'"), "The query is not valid UTF-8."),
    (("n.duckdb", f"SELECT {','.join('1' * 1_001)}"), "The answer has too many columns"),
    (("/dev/null", "SELECT 1"), "is no database of dxrules"),
    (("n.duckdb", "FROM runs", "-o", "n.duckdb"), "names no format"),
    (("n.duckdb", "FROM runs", "-o", "json=n.duckdb"), "is read by this call"),
]


@pytest.mark.usefixtures("_children")
@pytest.mark.parametrize(("words", "said"), REFUSED, ids=[" ".join(w)[:60] for w, _ in REFUSED])
def test_refused(words, said, capsys):
    """What cannot be answered is one line with the way out, and nothing is written."""
    before = Path("n.duckdb").read_bytes()
    if said is None:
        assert say(capsys, *words)
        return
    told = say(capsys, *words, code=2)
    assert said in told
    assert told.count("\n") == 1
    assert Path("n.duckdb").read_bytes() == before
    assert sorted(path.name for path in Path().iterdir()) == ["n.duckdb", "n.parquet"]


@pytest.mark.usefixtures("_children")
def test_nothing_is_changed(capsys):
    """No query leaves a trace in the folder, whatever it tries."""
    before = sorted((str(p), p.stat().st_mtime_ns) for p in Path("n.parquet/").rglob("*"))
    say(capsys, "n.parquet", "WITH x AS (INSERT INTO form VALUES ('x') RETURNING *) FROM x")
    assert sorted((str(p), p.stat().st_mtime_ns) for p in Path("n.parquet/").rglob("*")) == before


@pytest.mark.usefixtures("_children")
@pytest.mark.parametrize(
    "kind", ["text", "empty", "cut", "wrong", "tables", "form", "folder", "views"]
)
def test_hostile_databases(kind, capsys):
    """Whatever stands in the file, there is an answer, or one line and exit code 2."""
    path, raw = Path("h.duckdb"), Path("n.duckdb").read_bytes()
    match kind:
        case "text":
            path.write_text("a" * 10_000, "utf-8")
        case "empty":
            path.touch()
        case "cut":
            path.write_bytes(raw[: len(raw) // 2])
        case "wrong":
            path.write_bytes(raw[:4096] + bytes(len(raw) - 4096))
        case "folder":
            path.mkdir()
        case _:
            path.write_bytes(raw)
            with duckdb.connect(str(path)) as connection:
                connection.execute(
                    {
                        "tables": "DROP TABLE reasons",
                        "form": "UPDATE form SET form = 'dxrules database 0'",
                        "views": "CREATE OR REPLACE VIEW falls_due AS FROM read_csv('/etc/passwd')",
                    }[kind]
                )
    if kind == "views":  # those of dxrules take their place
        assert rows(capsys, str(path), "SELECT count(*) > 0 AS n FROM falls_due") == [{"n": True}]
        return
    told = say(capsys, str(path), "FROM runs", code=2)
    assert told.startswith("dxrules: h.duckdb: ")
    assert told.count("\n") == 1


@pytest.mark.parametrize("ending", ["wal", "wal.checkpoint", "wal.recovery"])
@pytest.mark.parametrize("kind", ["link", "lost link", "pipe", "folder"])
@pytest.mark.parametrize("name", ["n.duckdb", "linked.duckdb"])
def test_what_is_read_with_a_database(name, kind, ending, capsys):
    """Beside it no link is followed to another file, and no pipe is waited for."""
    Path("linked.duckdb").symlink_to("n.duckdb")
    beside = Path(f"n.duckdb.{ending}")
    match kind:
        case "link" | "lost link":
            beside.symlink_to("/etc/passwd" if kind == "link" else "gone")
        case "pipe":
            os.mkfifo(beside)
        case _:
            beside.mkdir()
    told = say(capsys, name, "FROM runs", code=2)
    assert f"n.duckdb.{ending}: is read after the database by its name" in told
    assert told.count("\n") == 1


@pytest.mark.usefixtures("_children")
def test_what_stands_in_a_write_ahead_log(capsys):
    """What a program that was killed left beside a database counts, and reaches no more than it."""
    leave = (
        "import duckdb, os; c = duckdb.connect('n.duckdb'); "
        "c.execute('PRAGMA disable_checkpoint_on_shutdown'); "
        "c.execute('CREATE TABLE five AS SELECT 5 AS x'); "
        "c.execute(\"CREATE VIEW leak AS FROM read_text('/etc/passwd')\"); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", leave], check=True)
    before = Path("n.duckdb.wal").read_bytes()
    assert rows(capsys, "n.duckdb", "FROM five") == [{"x": 5}]
    assert "reaches no other file" in say(capsys, "n.duckdb", "FROM leak", code=2)
    assert Path("n.duckdb.wal").read_bytes() == before


_ASIDE = "ALTER TABLE runs RENAME TO old; CREATE VIEW v AS FROM old"
_LEAK = "SELECT old.* FROM old, read_text('/etc/passwd')"
_CIRCLE = "CREATE VIEW w AS FROM v; CREATE OR REPLACE VIEW v AS FROM w"


@pytest.mark.usefixtures("_children")
@pytest.mark.parametrize(
    ("held", "asked", "said"),
    [
        ("CREATE VIEW v AS FROM read_text('/etc/passwd')", "FROM v", "reaches no other file"),
        ("CREATE MACRO m() AS TABLE FROM glob('/*')", "FROM m()", "reaches no other file"),
        ("CREATE VIEW v AS FROM read_duckdb('o.duckdb')", "FROM v", "reaches no other file"),
        (f"CREATE VIEW v AS SELECT 1; {_CIRCLE}", "FROM w", "infinite recursion"),
        (f"{_ASIDE}; CREATE VIEW runs AS {_LEAK}", "FROM towns", "h.duckdb: cannot be read as"),
        (f"{_ASIDE}; CREATE VIEW runs AS FROM v; {_CIRCLE}", "FROM towns", "h.duckdb: cannot be"),
    ],
)
def test_what_a_database_holds_reaches_nothing(held, asked, said, capsys):
    """Views and macros of the file have no more rights than a query, and go round in no circle."""
    shutil.copy("n.duckdb", "h.duckdb")
    with duckdb.connect("o.duckdb") as connection:
        connection.execute("CREATE TABLE o AS SELECT 1 AS x")
    with duckdb.connect("h.duckdb") as connection:
        connection.execute(held)
    told = say(capsys, "h.duckdb", asked, code=2)
    assert said in told
    assert told.count("\n") == 1


@pytest.mark.usefixtures("_children")
@pytest.mark.parametrize("kind", ["csv", "table", "markdown", "xlsx"])
def test_names_and_values_of_others_do_nothing(kind, capsys):
    """Names of columns and values that would act on a terminal or a spreadsheet are shown."""
    with duckdb.connect("n.duckdb") as connection:
        connection.execute('CREATE TABLE t ("a\x1b[31m" INT, "x\ny" VARCHAR, "=1+1" VARCHAR)')
        connection.execute("INSERT INTO t VALUES (1, chr(27) || '[2J' || chr(0), '=cmd()')")
    if kind == "xlsx":
        say(capsys, "n.duckdb", "FROM t", "-o", "o.xlsx")
        sheet = openpyxl.load_workbook("o.xlsx").active
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert "f" not in {cell.data_type for cell in cells}
        said = "".join(str(cell.value) for cell in cells)
    else:
        said = say(capsys, "n.duckdb", "FROM t", "--format", kind)
    assert not {"\x1b", "\0", "\x07"} & {*said}
    assert "U+001B" in said


@pytest.mark.usefixtures("_children")
def test_values_of_others_in_a_hint(capsys):
    """A value of the database that is near to the one that was given does nothing, either."""
    with duckdb.connect("n.duckdb") as connection:
        connection.execute("UPDATE rules SET rule = 'TST-0' || chr(27) || '[31' WHERE run = 2")
    told = say(capsys, "n.duckdb", "--question", "missing", "--rule", "TST-00[31", code=2)
    assert "TST-0<U+001B>[31" in told
    assert told.count("\n") == 1


@pytest.mark.usefixtures("_children")
def test_folder_whose_name_is_a_pattern(made, capsys):
    """Files are those of their folder, whatever others have a name that its name stands for."""
    for name, text in (
        ("令和8年[案]", None),
        ("令和8年案", "no Parquet"),
        ("a*b", None),
        ("ab", "no"),
    ):
        shutil.copytree(made / "n.parquet", Path(name, "n.parquet"))
        if text is not None:
            for file in Path(name).rglob("*.parquet"):
                if file.is_file():
                    file.write_text(text, "utf-8")
    for name in ("令和8年[案]", "a*b"):
        assert rows(capsys, f"{name}/n.parquet", "SELECT count(*) AS n FROM runs") == [{"n": 2}]


@pytest.mark.usefixtures("_children")
@pytest.mark.parametrize(
    ("kind", "code"), [("more", 0), ("file", 2), ("folder", 2), ("pipe", 2), ("pattern", 2)]
)
def test_hostile_folders(made, kind, code, capsys):
    """Of a folder no link is followed, no pipe waited for, and no name taken for a pattern."""
    shutil.copytree(made / "n.parquet", "h.parquet")
    runs, out = Path("h.parquet/runs"), Path("out.parquet")
    shutil.copy(runs / "runs.parquet", out)
    match kind:
        case "more":
            (runs / "more.parquet").symlink_to(out.absolute())
        case "file":
            (runs / "runs.parquet").unlink()
            (runs / "runs.parquet").symlink_to(out.absolute())
        case "folder":
            shutil.move(runs, "runs")
            runs.symlink_to(Path("runs").absolute())
        case "pipe":
            os.mkfifo(runs / "more.parquet")
        case _:
            (runs / "runs.parquet").rename(runs / "*.txt")
            (runs / "*.parquet").write_text("no Parquet", "utf-8")
            (runs / "more.parquet").symlink_to(out.absolute())
    said = say(capsys, "h.parquet", "SELECT count(*) AS n FROM runs", code=code)
    if code:
        assert said.count("\n") == 1
    else:
        assert "2" in said


@pytest.mark.usefixtures("_children")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "cannot be read as a database"),
        (b"{", "cannot be read as a database"),
        (b"[" * 100_000, "cannot be read as a database"),
        (b"[]", "cannot be read as a database"),
        (b'{"fault": 1}', "cannot be read as a database"),
        (b'{"columns": [["a", "INTEGER"]], "day": null, "cells": []}', "cannot be read"),
        (b'{"columns": [["a", "INTEGER"]], "day": null, "cells": [[{}]]}', "cannot be read"),
        (b'{"columns": [["a", "INTEGER"]], "day": null, "cells": [[NaN]]}', "cannot be read"),
        (b'{"columns": [["a", "X"], ["b", "X"]], "day": null, "cells": [[1], []]}', "cannot be"),
        (b'{"fault": "no such fault", "said": "x"}', "cannot be read as a database"),
        (b'{"fault": "newer", "said": ""}', "pip install --upgrade duckdb"),
        (b'{"fault": "memory"}', "takes too much memory"),
    ],
)
def test_answers_of_a_process_are_not_trusted(content, said, monkeypatch, capsys):
    """Whatever the process hands back is held to its shape."""
    answer = ProcessAnswer(content, b"", 0, took_too_long=False)
    monkeypatch.setattr(query, "answer_of", lambda *_: answer)
    assert said in say(capsys, "n.duckdb", "FROM runs", code=2)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (-24, "did not end within 60 seconds"),  # SIGXCPU
        (-6, "takes too much memory"),  # SIGABRT
        (-11, "cannot be read as a database"),  # SIGSEGV
        (1, "cannot be begun, for lack of memory"),  # Python, which could not load something
        (127, "cannot be begun, for lack of memory"),  # what loads Python
    ],
)
@pytest.mark.usefixtures("_children")
def test_what_the_process_dies_of(code, said, monkeypatch, capsys):
    """A query that is too large is no fault of the database."""
    answer = ProcessAnswer(b"", b"", code, took_too_long=False)
    monkeypatch.setattr(query, "answer_of", lambda *_: answer)
    assert said in say(capsys, "n.duckdb", "FROM runs", code=2)


def test_no_memory_for_the_answer(monkeypatch):
    """An answer that is made and finds no room to be handed back is too large."""
    out = io.TextIOWrapper(io.BytesIO())
    request = asked("n.duckdb", "FROM runs")
    told = json.dumps(request._asdict() | {"bounds": request.bounds._asdict()})
    monkeypatch.setattr(query_child, "hold_to", lambda _: None)
    monkeypatch.setattr(query_child, "answer", lambda _: (_ for _ in ()).throw(MemoryError))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(told.encode())))
    monkeypatch.setattr(sys, "stdout", out)
    assert query_child.main() == 0
    assert json.loads(out.buffer.getvalue()) == {"fault": "memory"}


@pytest.mark.parametrize("error", [ValueError("x"), SystemError("error return without exception")])
def test_no_answer_is_no_want(monkeypatch, error):
    """What a file makes the library raise is a fault of the file, and no lack of memory."""
    out = io.TextIOWrapper(io.BytesIO())
    request = asked("n.duckdb", "FROM runs")
    told = json.dumps(request._asdict() | {"bounds": request.bounds._asdict()})
    monkeypatch.setattr(query_child, "hold_to", lambda _: None)
    monkeypatch.setattr(query_child, "answer", lambda _: (_ for _ in ()).throw(error))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(told.encode())))
    monkeypatch.setattr(sys, "stdout", out)
    assert query_child.main() == 0
    assert json.loads(out.buffer.getvalue()) == {"fault": "broken"}


def test_no_room_to_open_a_database(monkeypatch):
    """Where there is no memory, the database is not to blame, and need not be made again."""
    said = duckdb.Error("Out of Memory Error: Failed to allocate block of 131072 bytes")
    with monkeypatch.context() as patch:
        patch.setattr(duckdb, "connect", lambda *_, **__: (_ for _ in ()).throw(said))
        with pytest.raises(Fault, match="room"):
            answer(asked("n.duckdb", "FROM runs"))

    class Unloadable:
        def find_spec(self, name, *_):
            if name == "duckdb":
                raise ImportError("_duckdb.so: failed to map segment from shared object")

    monkeypatch.delitem(sys.modules, "duckdb")
    monkeypatch.setattr(sys, "meta_path", [Unloadable(), *sys.meta_path])
    with pytest.raises(Fault, match="room"):
        answer(asked("n.duckdb", "FROM runs"))


@pytest.mark.usefixtures("_children")
def test_bounds(monkeypatch, capsys):
    """Rows, bytes and time are bounded, and so is the file."""
    monkeypatch.setattr(query, "QUERY_ROWS", 10)
    assert "(up to 10 rows)" in say(capsys, "n.duckdb", "FROM findings", code=2)
    monkeypatch.setattr(query, "QUERY_CARRIED", 10)
    assert "Narrow it by WHERE" in say(capsys, "n.duckdb", "SELECT 'aaaaaaaaaaaaaaaa'", code=2)
    monkeypatch.setattr(query, "QUERY_SECONDS", 1)
    endless = "SELECT count(*) FROM findings a, findings b, findings c, findings d, findings e"
    assert "did not end within 1 seconds" in say(capsys, "n.duckdb", endless, code=2)
    monkeypatch.setattr(query, "DATABASE_BYTES", 10)
    assert "is too large" in say(capsys, "n.duckdb", "FROM runs", code=2)


def test_missing_extra(monkeypatch, capsys):
    """Without DuckDB one message says what to install; lists need none."""
    monkeypatch.setattr(query, "_in_a_child", lambda _: ("extra", ""))
    assert "pip install 'dxrules[nation]'" in say(capsys, "n.duckdb", "FROM runs", code=2)
    assert say(capsys, "--list")


# Within the process


def asked(path, sql, given=None, **bounds):
    """Return a request as the command makes it."""
    most = {"rows": 1000, "carried": 10**6, "seconds": 60, "memory": 10**9, "addresses": 10**11}
    return Request(
        str(path),
        sql,
        given or {},
        "dxrules database 1",
        {shape.name: {each.name: each.type for each in shape.columns} for shape in TABLES},
        {},
        KNOWN,
        QueryBounds(**most | bounds),
    )


@pytest.mark.parametrize("path", ["n.duckdb", "n.parquet"])
def test_what_the_process_answers(path):
    """An answer has its columns with their types and cells, and the newest day."""
    found = answer(asked(path, "SELECT run FROM runs ORDER BY run"))
    assert found == {"columns": [["run", "INTEGER"]], "cells": [[1, 2]], "day": LATER}


@pytest.mark.parametrize(
    ("sql", "given", "bounds", "fault"),
    [
        ("FROM findings", {}, {"rows": 1}, "rows"),
        ("FROM findings", {}, {"carried": 10}, "rows"),
        ("FROM runs WHERE run = $run", {"run": "x"}, {}, "unknown"),
        ("FROM runs WHERE run = $run", {}, {}, "value"),
        ("FROM runs", {"run": "1"}, {}, "unused"),
        ("DELETE FROM runs", {}, {}, "no-query"),
        ("FROM glob('*')", {}, {}, "denied"),
        ("FROM zzz", {}, {}, "sql"),
    ],
)
def test_faults_of_the_process(sql, given, bounds, fault):
    """Each way in which there is no answer has its name."""
    with pytest.raises(Fault) as raised:
        answer(asked("n.duckdb", sql, given, **bounds))
    assert raised.value.name == fault


def test_folder_that_a_killed_run_put_aside(made):
    """It is put back when it is asked, as it is when a run is added to it."""
    folder = Path("put.parquet")
    shutil.copytree(made / "n.parquet", unfinished._aside(folder))
    assert query.ask(folder, "put.parquet", "SELECT run FROM runs", {}).rows
    assert folder.is_dir()


def test_faults_of_files(monkeypatch):
    """A folder without tables, a file that is none, and a missing library have their names."""
    Path("empty").mkdir()
    for path, fault in (("empty", "other"), ("gone.duckdb", "broken")):
        with pytest.raises(Fault) as raised:
            answer(asked(path, "FROM runs"))
        assert raised.value.name == fault
    monkeypatch.setattr(query_child, "_rows", lambda *_: (_ for _ in ()).throw(MemoryError))
    with pytest.raises(Fault, match="memory"):
        answer(asked("n.duckdb", "FROM runs"))
    monkeypatch.setattr(
        query_child, "_rows", lambda *_: (_ for _ in ()).throw(duckdb.IOException("x"))
    )
    with pytest.raises(Fault, match="broken"):
        answer(asked("n.duckdb", "FROM runs"))
    monkeypatch.setattr(query_child, "_rows", lambda *_: (_ for _ in ()).throw(duckdb.Error("x")))
    with pytest.raises(Fault, match="broken"):  # how it tells a checksum that is wrong
        answer(asked("n.duckdb", "FROM runs"))
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(Fault, match="extra"):
        answer(asked("n.duckdb", "FROM runs"))


def test_values_as_json_takes_them():
    """Every type of a column is a text, a number, true, false or nothing."""
    row = [cell for (cell,) in answer(asked("n.duckdb", TYPES))["cells"]]
    assert row == [
        *(1, 0.25, 2.5, 3, "2026-11-20", True, None, "=1+1", "[1, 2]", "nan"),
        *("a\x1b[31m|b", "10:00:00"),
    ]


@pytest.mark.parametrize("sql", ["FROM runs", "FROM zzz"])
def test_what_comes_in_and_goes_out(sql, monkeypatch):
    """The process takes a request as JSON and hands back an answer, or the name of a fault."""
    request = asked("n.duckdb", sql)
    told = request._asdict() | {"bounds": request.bounds._asdict()}
    held, out = [], io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(query_child, "hold_to", held.append)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(told).encode())))
    monkeypatch.setattr(sys, "stdout", out)
    assert query_child.main() == 0
    assert held == [request.bounds]
    made = json.loads(out.buffer.getvalue())
    assert made.get("fault") == ("sql" if sql == "FROM zzz" else None)
    assert {len(column) for column in made.get("cells", ())} == ({2} if "runs" in sql else set())


def test_the_system_holds_the_process(monkeypatch):
    """Addresses, time and files are bounded by the system, where it can."""
    resource = pytest.importorskip("resource")
    set_to = {}
    monkeypatch.setattr(resource, "setrlimit", lambda kind, most: set_to.update({kind: most}))
    query_child.hold_to(QueryBounds(1, 2, 3, 4, 5))
    assert set_to[resource.RLIMIT_AS] == (5, 5)
    every = 3 * (os.cpu_count() or 1)  # each core may be busy for as long as is waited
    assert set_to[resource.RLIMIT_CPU] == (every, every)
    assert set_to[resource.RLIMIT_FSIZE] == (0, 0)
    monkeypatch.setitem(sys.modules, "resource", None)  # as on Windows
    query_child.hold_to(QueryBounds(1, 2, 3, 4, 5))
