"""Towns side by side."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import StringIO

import pytest

from dxrules import assess, load_law
from dxrules.assessment.comparison import compare_plans
from dxrules.assessment.finding import GRAVEST
from dxrules.cli import main
from dxrules.plan import plan_of
from dxrules.report.terminal import Style
from dxrules.report.writers import COMPARE, How
from dxrules.rules import Outcome
from dxrules.source import from_text
from tests.helpers.lawbooks import ROOT, towns
from tests.helpers.small import DATA, DAY, PLAN, SMALL, changed

LAW = load_law(DATA / "rulesets")
OTHER = {
    'code: "349992"': 'code: "011002"',
    "見本町": "他の町",
    "exception: none": "exception: transition-support",
}


def plan(changes):
    """Read the small plan with parts of it replaced."""
    return plan_of(from_text(changed(changes), PLAN), LAW.reference)


@pytest.fixture(scope="module")
def two():
    """The small plan, and that of another prefecture with one failure less."""
    plans = [plan({}), plan(OTHER)]
    return compare_plans(assess(plans, LAW, date.fromisoformat(DAY), engine="interpreter"))


def test_rows(two):
    """There is a row per rule, a cell per plan, and a mark where they differ."""
    ids = {f.rule.id for p in two.assessment.plans for f in p.findings}
    assert [row.rule.id for row in two.rows] == sorted(ids)
    assert {len(row.cells) for row in two.rows} == {2}
    assert 0 < sum(row.differs for row in two.rows) < len(two.rows)


def test_cells_are_the_gravest(two):
    """A cell stands for all findings of its rule: the gravest outcome, and all are counted."""
    for number, of_plan in enumerate(two.assessment.plans):
        for row in two.rows:
            found = [f for f in of_plan.findings if f.rule.id == row.rule.id]
            cell = row.cells[number]
            assert sum(cell.counts.values()) == len(found)
            outcomes = [outcome for outcome in GRAVEST if any(f.outcome is outcome for f in found)]
            assert cell.outcome is (outcomes[0] if outcomes else None)
            assert (cell.severity is None) == (cell.outcome is not Outcome.FAIL)


def test_one_plan_differs_from_nothing():
    """A plan alone, or beside itself, has no differences."""
    alone = assess([plan({})], LAW, date.fromisoformat(DAY), engine="interpreter")
    twice = assess([plan({}), plan({})], LAW, date.fromisoformat(DAY), engine="interpreter")
    for judged in (alone, twice):
        assert not any(row.differs for row in compare_plans(judged).rows)


def test_every_outcome_has_its_order():
    """No outcome is forgotten."""
    assert set(GRAVEST) == set(Outcome)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_formats_say_the_same(two, lang):
    """Text and Markdown show the rows that differ, or all; CSV and JSON always all."""
    every = {row.rule.id for row in two.rows}
    differing = {row.rule.id for row in two.rows if row.differs}
    for form in ("table", "markdown"):
        for everything, expected in ((False, differing), (True, every)):
            said = COMPARE.named(form)(two, How(Style(lang), everything)).decode()
            assert {name for name in every if name in said} == expected
            marked = [
                line
                for line in said.splitlines()
                if line.replace("|", "").strip().startswith("≠ ") and any(r in line for r in every)
            ]
            assert len(marked) == len(differing)
    rows = list(
        csv.reader(StringIO(COMPARE.named("csv")(two, How(Style(lang))).decode("utf-8-sig")))
    )
    assert {row[0] for row in rows[1:]} == every
    assert {row[0] for row in rows if row[-1] == "≠"} == differing
    report = json.loads(COMPARE.named("json")(two, How(Style(lang))))
    assert {r["id"] for r in report["requirements"] if r["differs"]} == differing
    assert [p["code"] for p in report["plans"]] == ["011002", "349992"]


def test_command(tmp_path, monkeypatch, capsys):
    """From the command line: text by default, other formats to files, wrong plans named."""
    monkeypatch.chdir(DATA)
    where = (*SMALL, "--as-of", DAY, "--lang", "en", "--engine", "interpreter")
    target = tmp_path / "towns.csv"
    assert main(["compare", PLAN, *where, "--output", str(target)]) == 0
    assert capsys.readouterr().out.startswith("as of 2026-11-20  0 of ")
    assert target.read_bytes().startswith(b"\xef\xbb\xbfrule,")
    assert main(["compare", "none.yaml", *where]) == 2
    assert main(["compare", PLAN, *where, "--format", "sarif"]) == 2
    first, second = capsys.readouterr().err.splitlines()[:2]
    assert first == "none.yaml: no such file. Check its name and folder."
    assert second.startswith("dxrules: There is no format sarif. Known here: table, json, ")


def test_a_rule_of_another_prefecture_binds_nobody_else():
    """A rule of one prefecture is no difference from towns that it does not bind."""
    law = load_law(ROOT / "rulesets")
    judged = assess(towns(), law, date(2026, 11, 20), engine="interpreter")
    rows = compare_plans(judged).rows
    of_prefectures = [row for row in rows if row.rule.ruleset.startswith("prefecture/")]
    assert of_prefectures
    for row in of_prefectures:
        assert len([cell for cell in row.cells if cell.outcome is not None]) == 1
        assert not row.differs


# Over time


@pytest.fixture
def packets(tmp_path, monkeypatch):
    """Two packets of a town: of May and of November, between which its plan changed."""
    monkeypatch.chdir(tmp_path)
    where = ("--rulesets", str(DATA / "rulesets"), "--engine", "interpreter", "--format", "none")
    for day, name, changes in (
        ("2026-05-01", "old.zip", {}),
        ("2026-11-20", "new.zip", {"exception: none": "exception: transition-support"}),
    ):
        (tmp_path / "town.yaml").write_text(changed(changes), encoding="utf-8")
        main(["check", "town.yaml", *where, "--as-of", day, "--packet", name])


@pytest.mark.usefixtures("packets")
def test_over_time(capsys):
    """Two packets of a town are compared over time: who changed it is said of each verdict."""
    call = ("compare", "old.zip", "new.zip", "--lang", "en", "--engine", "interpreter")
    assert main(call) == 0
    assert "old.zip → new.zip" in capsys.readouterr().out.splitlines()[2]
    assert main([*call, "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    causes = {c for town in report["plans"] for s in town["shifts"] for c in s["causes"]}
    assert "town" in causes
    assert main([*call, "--format", "none"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("packets")
@pytest.mark.parametrize(
    "arguments",
    [
        ("old.zip",),
        ("old.zip", "new.zip", "new.zip"),
        ("old.zip", "town.yaml"),
    ],
)
def test_over_time_takes_two(arguments, capsys):
    """Anything but two packets, as text or JSON, is refused."""
    assert main(["compare", *arguments, "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith("dxrules: Packets are compared two at a time")


def test_over_time_needs_packets(tmp_path, monkeypatch, capsys):
    """A packet that is not there is named."""
    monkeypatch.chdir(tmp_path)
    assert main(["compare", "a.zip", "b.zip", "--lang", "en"]) == 2
    assert capsys.readouterr().err == (
        "dxrules: a.zip: no such file. Name a file that dxrules check --packet has written.\n"
    )
