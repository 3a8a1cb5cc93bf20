"""The results of many plans as tables: what stands in them, and how they are written."""

# ruff: noqa: S608  (queries over tables that are declared)

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import get_args, get_type_hints

import duckdb
import pytest

from dxrules import assess, load_law, read_plan
from dxrules.assessment.dossier import Dossier, Unreadable
from dxrules.assessment.finding import standing
from dxrules.cli import main
from dxrules.dates import parse_day
from dxrules.errors import UsageError
from dxrules.report import json_parts
from dxrules.report.database import database, query, stores
from dxrules.report.database.database_tables import ADJUSTED_BY, TABLES
from dxrules.report.database.database_views import VIEW_COLUMNS, VIEWS
from dxrules.report.database.stores import store_file, store_folder
from dxrules.rules import Outcome
from dxrules.source import write_folder
from dxrules.texts import Text
from tests.helpers.entries import entries_of
from tests.helpers.lawbooks import ROOT, TOWNS
from tests.helpers.small import DATA, DAY, SMALL, changed, of_town

ON = ("plans", *SMALL, "--as-of", DAY, "--engine", "interpreter", "--lang", "en")
QUIET = ("--format", "none", "--fail-on", "never")
LATER = "2028-04-02"


@pytest.fixture(scope="module")
def law():
    """Return the small law."""
    return load_law(DATA / "rulesets")


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    """Stand in a folder with the small rulesets and the plans of three towns."""
    shutil.copytree(DATA / "rulesets", tmp_path / "rulesets")
    monkeypatch.chdir(tmp_path)
    Path("plans").mkdir()
    for number in range(3):
        Path(f"plans/{number}.yaml").write_text(changed(of_town(number)), "utf-8")


def dossier(law, day=DAY, unreadable=()):
    """Return the dossier of all plans of the folder."""
    files = [read_plan(path, law.reference) for path in sorted(Path("plans").glob("*.yaml"))]
    judged = assess(files, law, parse_day(day), engine="interpreter")
    return Dossier(judged, law, unreadable=unreadable)


def store(made, path="n.duckdb", add=store_file):
    """Add a dossier to what stands at a path."""
    return add(Path(path), entries_of(made), lambda: made)


def asked(query, path="n.duckdb"):
    """Return the rows that any other program would get."""
    with duckdb.connect(path, read_only=True) as connection:
        return connection.execute(query).fetchall()


def left():
    """Return what stands in the folder beside what was there."""
    return sorted(path.name for path in Path().iterdir() if path.name not in {"plans", "rulesets"})


# What stands in the tables


def test_tables_are_as_declared(law):
    """A file has the declared tables, columns, types and remarks, and the views."""
    store(dossier(law))
    found = asked("SELECT table_name, column_name, data_type, comment FROM duckdb_columns()")
    wanted = {
        (shape.name, each.name, each.type, f"{each.what.ja} / {each.what.en}")
        for shape in TABLES
        for each in shape.columns
    }
    assert wanted == {row for row in found if row[0] in {shape.name for shape in TABLES}}
    views = dict(asked("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"))
    assert views == {view.name: f"{view.what.ja} / {view.what.en}" for view in VIEWS}


def test_every_column_of_views_is_described(law):
    """A column of a view is one of a table, or says what it is."""
    store(dossier(law))
    names = {view.name for view in VIEWS}
    found = {column for view, column in asked(_COLUMNS) if view in names}
    assert found - {each.name for shape in TABLES for each in shape.columns} - {
        f"{name}_{lang}" for name in ("rule_title",) for lang in ("ja", "en")
    } <= set(VIEW_COLUMNS)


_COLUMNS = "SELECT table_name, column_name FROM information_schema.columns"


def test_findings_are_those_of_the_assessment(law):
    """Each finding is a row, with its words in both languages and its reason."""
    made = dossier(law)
    store(made)
    want = Counter(
        (plan.file.plan.municipality.code, f.rule.id, f.key, f.outcome.value, f.message.ja)
        for plan in made.assessment.plans
        for f in plan.findings
    )
    sql = "SELECT code, rule, key, outcome, reason_ja FROM findings_named"
    assert Counter(asked(sql)) == want
    assert {code[:2] for code, *_ in want} == {"01", "34"}
    words = "SELECT DISTINCT outcome, outcome_ja, outcome_en FROM findings WHERE outcome = 'fail'"
    assert asked(words) == [("fail", "不適合", "fail")]


def test_every_code_has_its_words(law):
    """Wherever a code stands, its words stand beside it."""
    store(dossier(law))
    for shape in TABLES:
        for each in shape.columns:
            if each.code is not None:
                query = f'SELECT DISTINCT "{each.code}" FROM {shape.name} WHERE "{each.name}" '
                assert asked(f"{query} IS NULL") in ([], [(None,)])


def test_adjustments_have_words():
    """Whatever can change an outcome can be told."""
    assert set(ADJUSTED_BY) == set(get_args(get_type_hints(json_parts.Adjustment)["by"]))


def test_rules_are_counted_as_reports_count(law):
    """A rule counts once in a plan, as the gravest of its findings."""
    made = dossier(law)
    store(made)
    plans = made.assessment.plans
    want = Counter(f.rule.id for p in plans for f in standing(p.findings).values() if failed(f))
    query = "SELECT rule, fails FROM coverage_by_rule WHERE fails > 0"
    assert dict(asked(query)) == dict(want)
    counts = plans[0].counts.outcomes
    code = plans[0].file.plan.municipality.code
    query = f"SELECT passes, fails, undetermined FROM coverage_by_town WHERE code = '{code}'"
    assert asked(query) == [(counts[Outcome.PASS], counts[Outcome.FAIL], counts[Outcome.UNKNOWN])]


def failed(finding):
    """Tell whether it fails."""
    return finding.outcome is Outcome.FAIL


def test_bounds_hold_what_is_undetermined(law):
    """What cannot be told may fail: it lies between the two bounds."""
    store(dossier(law))
    query = (
        "SELECT bool_and(fails_at_least = fails), "
        "bool_and(fails_at_most = fails + undetermined + errors), "
        "max(undetermined) > 0 FROM coverage_by_rule"
    )
    assert asked(query) == [(True, True, True)]


def test_questions_settle_findings(law):
    """A finding names the question that settles it, and the counts are the same from both sides."""
    made = dossier(law)
    store(made)
    query = (
        "SELECT count(*) FILTER (n <> settles) FROM questions q JOIN (SELECT run, code, plan, "
        "question, count(*) AS n FROM findings GROUP BY ALL) USING (run, code, plan, question)"
    )
    assert asked(query) == [(0,)]
    number = sum(len(made.questions(plan)) for plan in made.assessment.plans)
    assert asked("SELECT count(*), count(DISTINCT pattern_ja) < count(*) FROM questions") == [
        (number, True)
    ]


def test_days_have_their_bounds(law):
    """What falls due has the day as it is written, and the first and last that it can mean."""
    store(dossier(law))
    kinds = dict(asked("SELECT kind, count(*) FROM falls_due GROUP BY kind"))
    assert kinds["measure"] > 0
    query = "SELECT bool_and(due_from <= due_to), bool_and(days_left = due_to - day) FROM falls_due"
    assert asked(f"{query} WHERE due_from IS NOT NULL") == [(True, True)]


def test_two_plans_of_a_town_are_two(law):
    """The second plan of a municipality has a number of its own."""
    text = changed(of_town(0) | {"title: 町00DX推進計画": "title: 別の計画"})
    Path("plans/4.yaml").write_text(text, "utf-8")
    store(dossier(law))
    assert asked("SELECT max(plan), count(*) FROM towns") == [(2, 4)]
    query = "SELECT count(*) FROM findings JOIN towns USING (run, code, plan)"
    assert asked(query) == asked("SELECT count(*) FROM findings")


def test_hostile_text_is_visible(law):
    """What stands in a file acts nowhere: it is kept as its codes."""
    made = dossier(law, unreadable=(Unreadable("a\x1b[31m.yaml", Text("\u202e読めない", "x\0")),))
    store(made)
    assert asked("SELECT file, message_ja, message_en FROM unread_files") == [
        ("a<U+001B>[31m.yaml", "<U+202E>読めない", "x<U+0000>")
    ]
    assert asked("SELECT unread FROM runs") == [(1,)]


def test_municipalities_of_the_nation_are_there(law):
    """Those that were not judged can be counted."""
    store(dossier(law))
    assert asked("SELECT count(*), count(DISTINCT prefecture_code) FROM municipalities") == [
        (1741, 47)
    ]
    assert asked("SELECT municipalities, towns FROM coverage_by_prefecture ORDER BY 1") == [
        (23, 1),
        (179, 2),
    ]


# How they are written


def test_same_run_twice_is_one(law, capsys):
    """A run with the same content leaves the file as it is, to the last byte."""
    assert main(["check", *ON, *QUIET, "--output", "n.duckdb"]) == 0
    first = Path("n.duckdb").read_bytes()
    said = capsys.readouterr().err.splitlines(keepends=True)[-1]
    assert said.startswith("n.duckdb: run 1 (2026-11-20-")
    assert said.endswith(", 3 plans) is written.\n")
    assert main(["check", *ON, *QUIET, "--output", "n.duckdb"]) == 0
    assert "is there already with the same content" in capsys.readouterr().err
    assert Path("n.duckdb").read_bytes() == first
    assert store(dossier(law)).again


def test_a_report_beside_it_changes_nothing(capsys):
    """Plans that are judged at once make the run that plans in turn make."""
    assert main(["check", *ON, *QUIET, "--output", "n.duckdb"]) == 0
    outputs = ("--output", "duckdb=n.duckdb", "--output", "parquet=p", "--output", "r.json")
    assert main(["check", *ON, "--fail-on", "never", *outputs]) == 0
    said = capsys.readouterr()
    assert "is there already" in said.err
    assert "p: run 1 (" in said.err
    assert said.out
    assert left() == ["n.duckdb", "p", "r.json"]


def test_the_exit_code_is_that_of_the_check():
    """Failures and files that cannot be read count as they do without a database."""
    assert main(["check", *ON, "--format", "none", "--output", "n.duckdb"]) == 1
    Path("plans/bad.yaml").write_text("format: dxrules/plan/1\n", "utf-8")
    assert main(["check", *ON, *QUIET, "--output", "n.duckdb"]) == 2
    assert asked("SELECT run, plans, unread FROM runs ORDER BY run") == [(1, 3, 0), (2, 3, 1)]
    assert main(["check", *ON, *QUIET, "--expect", "4", "--output", "n.duckdb"]) == 2


@pytest.mark.parametrize(("path", "add"), [("n.duckdb", store_file), ("n.parquet", store_folder)])
def test_runs_of_two_quarters_stand_side_by_side(law, path, add):
    """A further run is added, and what was there stays."""
    first, second = dossier(law), dossier(law, LATER)
    assert store(first, path, add).number == 1
    assert store(second, path, add).number == 2
    assert store(first, path, add).again
    source = f"'{path}/findings/*/*.parquet'" if add is store_folder else "findings"
    with duckdb.connect() if add is store_folder else duckdb.connect(path) as connection:
        query = f"SELECT run, count(*) FROM {source} GROUP BY run ORDER BY run"
        assert connection.execute(query).fetchall() == [
            (number, sum(len(plan.findings) for plan in made.assessment.plans))
            for number, made in enumerate((first, second), 1)
        ]
    assert left() == [path]


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize(("path", "add"), [("n.duckdb", store_file), ("n.parquet", store_folder)])
def test_a_run_that_is_added_meanwhile_is_not_lost(law, path, add, there):
    """Of two calls that add to the same place at once, the later one is told, and adds nothing."""
    first, second, third = (dossier(law, day) for day in (DAY, LATER, "2026-12-01"))
    if there:
        store(first, path, add)

    def rest():
        store(second, path, add)
        return third

    with pytest.raises(UsageError, match="was changed elsewhere meanwhile"):
        add(Path(path), entries_of(third), rest)
    assert store(second, path, add).again
    assert store(third, path, add).number == there + 2
    assert left() == [path]


def test_folder_is_by_prefecture_and_holds_the_same(law):
    """A folder has a file for each table and prefecture, with the rows of the database."""
    store(dossier(law))
    store(dossier(law), "n.parquet", store_folder)
    folder = Path("n.parquet")
    assert sorted(each.name for each in (folder / "findings").iterdir()) == [
        "prefecture=01",
        "prefecture=34",
    ]
    for shape in TABLES:
        files = sorted(str(file) for file in (folder / shape.name).rglob("*.parquet"))
        with duckdb.connect() as connection:
            names = ", ".join(f'"{each.name}"' for each in shape.columns)
            query = f"SELECT {names} FROM read_parquet({files}, hive_partitioning = false)"
            assert sorted(map(repr, connection.execute(query).fetchall())) == sorted(
                map(repr, asked(f"SELECT * FROM {shape.name}"))
            )


def test_folder_is_the_same_bytes(law):
    """The same run gives the same files."""
    store(dossier(law), "a.parquet", store_folder)
    store(dossier(law), "b.parquet", store_folder)
    one, other = (
        {str(p.relative_to(n)): p.read_bytes() for p in Path(n).rglob("*") if p.is_file()}
        for n in ("a.parquet", "b.parquet")
    )
    assert one == other


def test_plans_are_taken_one_by_one(law):
    """A plan is asked for when the one before is written, and the rest at the end."""
    whole, taken = dossier(law), []

    def each():
        from dataclasses import replace

        for plan in whole.assessment.plans:
            taken.append(plan.file.name)
            yield replace(whole, assessment=replace(whole.assessment, plans=(plan,)))

    def rest():
        assert len(taken) == 3
        return whole

    assert (
        store_file(Path("n.duckdb"), chain.from_iterable(map(entries_of, each())), rest).plans == 3
    )
    assert store(whole).again


# Whole or not at all


def breaking(made):
    """Yield plans, then fail as a disk does."""
    yield from entries_of(made)
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(("path", "add"), [("n.duckdb", store_file), ("n.parquet", store_folder)])
def test_nothing_half_written(law, path, add):
    """Whatever happens on the way leaves what was there, and nothing beside it."""
    made = dossier(law)
    with pytest.raises(ValueError, match=f"{path}: cannot be written"):
        add(Path(path), breaking(made), lambda: made)
    assert left() == []
    store(made, path, add)
    before = {p: p.read_bytes() for p in Path().rglob("n.*") if p.is_file()}
    with pytest.raises(ValueError, match="cannot be written"):
        add(Path(path), breaking(dossier(law, LATER)), lambda: made)
    assert {p: p.read_bytes() for p in before} == before
    assert left() == [path]


def test_full_disk_at_the_end(law, monkeypatch):
    """A folder that cannot be put in its place leaves the old one."""
    store(dossier(law), "n.parquet", store_folder)
    monkeypatch.setattr(
        write_folder, "take_place", lambda *_: (_ for _ in ()).throw(OSError(28, "full"))
    )
    with pytest.raises(ValueError, match=r"n\.parquet: cannot be written"):
        store(dossier(law, LATER), "n.parquet", store_folder)
    monkeypatch.undo()


def other(kind):
    """Put something else where a database is to be written; return its name."""
    path = Path("n.parquet" if kind in {"folder", "tables"} else "n.duckdb")
    if kind == "text":
        path.write_text("format: something\n" * 100, "utf-8")
    elif kind == "database":
        with duckdb.connect(str(path)) as connection:
            connection.execute("CREATE TABLE towns (a INTEGER)")
    elif kind == "directory":
        path.mkdir()
    elif kind == "folder":
        path.mkdir()
        (path / "own.txt").write_text("mine", "utf-8")
    return str(path)


@pytest.mark.parametrize("kind", ["text", "database", "directory", "folder"])
def test_never_over_something_else(kind, capsys):
    """What is none of dxrules' is refused in one line, and stays as it is."""
    path = other(kind)
    before = {p: p.read_bytes() for p in Path().rglob("*") if p.is_file()}
    assert main(["check", *ON, *QUIET, "--output", path]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"dxrules: {path}: ")
    assert said.count("\n") == 1
    assert {p: p.read_bytes() for p in Path().rglob("*") if p.is_file()} == before


def test_more_tables_are_somebody_elses(law):
    """A database that somebody has put a table into is not added to."""
    store(dossier(law))
    with duckdb.connect("n.duckdb") as connection:
        connection.execute("CREATE TABLE mine AS SELECT 1 AS a")
    with pytest.raises(ValueError, match=r"is no database of dxrules"):
        store(dossier(law, LATER))


def test_database_that_others_are_writing(law, capsys):
    """It is told as what it is, and left alone: made anew, it would lack what they wrote."""
    store(dossier(law))
    writer = "import duckdb, os, sys; c = duckdb.connect('n.duckdb'); c.execute('CREATE VIEW v AS "
    wait = "SELECT 1'); print(flush=True); sys.stdin.read(); os._exit(0)"
    with subprocess.Popen(
        [sys.executable, "-c", writer + wait], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        other.stdout.readline()
        with pytest.raises(ValueError, match=r"n\.duckdb: another program holds it open\."):
            query.ask(Path("n.duckdb"), "n.duckdb", "SELECT 1", {})
    before = {path: path.read_bytes() for path in Path().iterdir() if path.is_file()}
    assert Path("n.duckdb.wal") in before
    assert main(["check", *ON, *QUIET, "--as-of", LATER, "--output", "n.duckdb"]) == 2
    assert "has not finished writing it, as n.duckdb.wal tells." in capsys.readouterr().err
    assert {path: path.read_bytes() for path in Path().iterdir() if path.is_file()} == before
    duckdb.connect("n.duckdb").close()
    assert main(["check", *ON, *QUIET, "--as-of", LATER, "--output", "n.duckdb"]) == 0


@pytest.mark.parametrize("offset", [0, 5_000, 300_000])
def test_broken_database_is_told(law, offset, capsys):
    """A file with bytes that are wrong is refused, or was not read there."""
    store(dossier(law))
    raw = bytearray(Path("n.duckdb").read_bytes())
    raw[offset : offset + 2_000] = b"\xff" * 2_000
    Path("n.duckdb").write_bytes(raw)
    every_row = " UNION ALL ".join(f"SELECT CAST(t AS VARCHAR) FROM {s.name} t" for s in TABLES)
    try:
        query.ask(Path("n.duckdb"), "n.duckdb", every_row, {})
    except ValueError as error:
        assert str(error).startswith("n.duckdb: cannot be read as a database.")  # noqa: PT017
    else:
        assert offset
    code = main(["check", *ON, *QUIET, "--as-of", LATER, "--output", "n.duckdb"])
    said = capsys.readouterr().err.splitlines()[-1]
    assert code in {0, 2}
    assert ("is written" in said) == (code == 0)
    assert (Path("n.duckdb").read_bytes() == raw) == (code == 2)


def test_folder_of_others_is_refused(law):
    """A folder whose tables lack a column, or name no prefecture, is not added to."""
    store(dossier(law), "n.parquet", store_folder)
    file = next(Path("n.parquet/towns").rglob("*.parquet"))
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE t AS SELECT * FROM '{file}'")
        connection.execute("UPDATE t SET prefecture_code = '../x'")
        connection.execute(f"COPY t TO '{file}'")
    with pytest.raises(ValueError, match=r"is no folder of results of dxrules"):
        store(dossier(law, LATER), "n.parquet", store_folder)
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 1 AS run) TO '{file}'")
    with pytest.raises(ValueError, match=r"is no database of dxrules"):
        store(dossier(law, LATER), "n.parquet", store_folder)
    with duckdb.connect("work.duckdb") as connection:
        database.make_tables(connection)
        assert not stores._taken_in(connection, Path("n.parquet"))
        assert not stores._taken_in(connection, Path("nothing"))


def test_folder_whose_name_is_a_pattern(law):
    """A run is added to the tables of its folder, and not to those that its name stands for."""
    for name in ("a[b]", "ab"):
        Path(name).mkdir()
        store(dossier(law), f"{name}/n.parquet", store_folder)
    before = [each.read_bytes() for each in sorted(Path("ab").rglob("*.parquet")) if each.is_file()]
    assert store(dossier(law, LATER), "a[b]/n.parquet", store_folder).number == 2
    after = [each.read_bytes() for each in sorted(Path("ab").rglob("*.parquet")) if each.is_file()]
    assert before == after


def test_link_in_a_folder_is_refused(law):
    """A folder that holds a link is not written over."""
    store(dossier(law), "n.parquet", store_folder)
    Path("n.parquet/link").symlink_to("..")
    with pytest.raises(ValueError, match=r"n\.parquet: holds something else \(link\)"):
        store(dossier(law, LATER), "n.parquet", store_folder)


@pytest.mark.parametrize(
    ("outputs", "said"),
    [
        (("duckdb= ",), "--output duckdb=: the name of the file is empty"),
        (("n.duckdb", "duckdb=n.duckdb"), "is named twice as an output"),
        (("plans/0.yaml/x.duckdb",), "cannot be written"),
        (("duckdb=plans/0.yaml",), "is read by this call"),
        (("x.doc",), "Give it one of .txt"),
    ],
)
def test_wrong_outputs(outputs, said, capsys):
    """An output that cannot be is refused before anything is judged, or as a file is."""
    words = [word for output in outputs for word in ("--output", output)]
    assert main(["check", *ON, *QUIET, *words]) == 2
    assert said in capsys.readouterr().err
    assert left() == []


def test_json_stays_json_whatever_it_is_called():
    """A format that is named is written, whatever the ending."""
    assert main(["check", *ON, *QUIET, "--output", "json=n.duckdb"]) == 0
    assert Path("n.duckdb").read_bytes().startswith(b"{")


def test_missing_extra_is_named(monkeypatch, capsys):
    """Without DuckDB one message says what to install."""
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert main(["check", *ON, *QUIET, "--output", "n.duckdb"]) == 2
    assert capsys.readouterr().err == (
        "dxrules: Databases need another package: pip install 'dxrules[nation]'\n"
    )
    assert left() == []


def test_full_folder_is_told(law, monkeypatch):
    """Where nothing can be made beside the file, that is said."""
    monkeypatch.setattr(
        database, "unfinished_folder", lambda *_: (_ for _ in ()).throw(OSError(13, "no"))
    )
    with pytest.raises(ValueError, match=r"n\.duckdb: cannot be written"):
        store(dossier(law))
    assert stores.shown(Path("n.duckdb")) == "n.duckdb"


def test_what_was_read_stands_as_a_reason():
    """The words of the plan that a finding rests on stand beside it, with page and place."""
    law = load_law()
    plan = read_plan(ROOT / "facts" / f"{TOWNS['koge']}.yaml", law.reference)
    judged = assess([plan], law, parse_day("2026-08-20"), engine="interpreter")
    made = Dossier(judged, law)
    store(made)
    want = sum(
        bool(proof.text or proof.section)
        for finding in judged.plans[0].findings
        if finding.outcome is not Outcome.NOT_APPLICABLE
        for proof in finding.proofs
    )
    quoted = "FROM reasons WHERE kind = 'quoted'"
    assert asked(f"SELECT count(*), bool_and(line > 0), bool_or(page > 0) {quoted}") == [
        (want, True, True)
    ]
    begins = "SELECT count(*) > 0, bool_and(due_from = due_to) FROM days WHERE kind = 'begins'"
    assert asked(begins) == [(True, True)]
    assert asked(
        "SELECT count(*) FROM sources s WHERE source NOT IN (SELECT source FROM rules)"
    ) == [(0,)]


def test_full_disk_in_words_of_the_library(law, monkeypatch):
    """What the library says of it in English, with folders of its own, is said as elsewhere."""
    said = f'IO Error: Could not write file "/tmp/x/new.duckdb.wal": {os.strerror(28)}'
    error = duckdb.IOException(said)
    monkeypatch.setattr(database, "write_run", lambda *_: (_ for _ in ()).throw(error))
    with pytest.raises(ValueError, match=r"n\.duckdb: cannot be written \(the disk is full\)\.$"):
        store(dossier(law))


def test_want_of_memory_in_words_of_the_library(law, monkeypatch):
    """Its English is not handed on, either."""
    error = duckdb.OutOfMemoryException("Out of Memory Error: Allocation failure")
    monkeypatch.setattr(database, "write_run", lambda *_: (_ for _ in ()).throw(error))
    with pytest.raises(ValueError, match=r"cannot be written \(there is not enough memory\)\.$"):
        store(dossier(law))
