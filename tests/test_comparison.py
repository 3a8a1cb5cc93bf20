"""Towns side by side."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from dxrules import assess, load_law
from dxrules.assessment.comparison import SORTS, arranged, compare_plans
from dxrules.assessment.finding import GRAVEST
from dxrules.cli import main
from dxrules.plan import plan_of
from dxrules.report.how_to_write import How
from dxrules.report.terminal import Style
from dxrules.report.writers import COMPARE
from dxrules.rules import Outcome
from dxrules.source import from_text
from dxrules.texts import Text, width
from tests.helpers.lawbooks import ROOT, towns
from tests.helpers.small import DATA, DAY, PLAN, SMALL, changed, of_town

LAW = load_law(DATA / "rulesets")
OTHER = {
    'code: "349992"': 'code: "019992"',
    "見本町": "他の町",
    "exception: none": "exception: transition-support",
}


def plan(changes):
    """Read the small plan with parts of it replaced."""
    return plan_of(from_text(changed(changes), PLAN), LAW.reference)


@pytest.fixture(scope="module")
def judged():
    """The small plan, and that of another prefecture with one failure less."""
    plans = [plan({}), plan(OTHER)]
    return assess(plans, LAW, date.fromisoformat(DAY), engine="interpreter")


@pytest.fixture(scope="module")
def two(judged):
    """The same, compared."""
    return compare_plans(judged)


def test_rows(two, judged):
    """There is a row per rule, a cell per plan, and a mark where they differ."""
    ids = {f.rule.id for p in judged.plans for f in p.findings}
    assert [row.rule.id for row in two.rows] == sorted(ids)
    assert {len(row.cells) for row in two.rows} == {2}
    assert 0 < sum(row.differs for row in two.rows) < len(two.rows)


def test_cells_are_the_gravest(two, judged):
    """A cell stands for all findings of its rule: the gravest outcome, and all are counted."""
    for number, of_plan in enumerate(judged.plans):
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
    """Text and Markdown show the rows that differ or that a town fails, or all; others all."""
    every = {row.rule.id for row in two.rows}
    differing = {row.rule.id for row in two.rows if row.differs}
    failing = {row.rule.id for row in two.rows if row.number(Outcome.FAIL)}
    assert differing < differing | failing < every
    for form in ("table", "markdown"):
        for everything, expected in ((False, differing | failing), (True, every)):
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
    assert [p["code"] for p in report["plans"]] == ["019992", "349992"]


def test_command(tmp_path, monkeypatch, capsys):
    """From the command line: text by default, other formats to files, wrong plans named."""
    monkeypatch.chdir(DATA)
    where = (*SMALL, "--as-of", DAY, "--lang", "en", "--engine", "interpreter")
    target = tmp_path / "towns.csv"
    assert main(["compare", PLAN, *where, "--output", str(target)]) == 0
    assert capsys.readouterr().out.startswith("as of 2026-11-20  1 municipality  11 rules: ")
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


# Many towns

NAMES = {"01": Text("北海道", "Hokkaido"), "34": Text("広島県", "Hiroshima")}


@pytest.fixture(scope="module")
def many():
    """Fifteen towns of two prefectures; every second one has a failure less."""
    fewer = {"exception: none": "exception: transition-support"}
    changes = [of_town(number) | (fewer if number % 2 else {}) for number in range(15)]
    plans = [plan(each) for each in changes]
    judged = assess(plans, LAW, date.fromisoformat(DAY), engine="interpreter")
    return compare_plans(judged, NAMES)


def differing_rule(comparison):
    """Return the row of the one rule that some towns fail and others do not."""
    return next(r for r in comparison.rows if r.differs and r.number(Outcome.FAIL))


def test_totals(many):
    """Of each rule is told how many towns fail it, over all and by prefecture."""
    row = differing_rule(many)
    assert (row.number(Outcome.FAIL), row.bound) == (8, 15)
    hokkaido, hiroshima = many.prefectures
    assert [hokkaido.name.en, hiroshima.name.en] == ["Hokkaido", "Hiroshima"]
    parts = [row.among(each.places) for each in (hokkaido, hiroshima)]
    assert [(part.number(Outcome.FAIL), part.bound) for part in parts] == [(5, 10), (3, 5)]


@pytest.mark.parametrize("sort", SORTS)
def test_order(many, sort):
    """What fails most comes first, but for rules or towns whose own order is asked for."""
    found = arranged(many, sort)
    failing = [row.number(Outcome.FAIL) for row in found.rows]
    ids = [row.rule.id for row in found.rows]
    towns = [each.counts.outcomes[Outcome.FAIL] for each in found.plans]
    codes = [each.file.plan.municipality.code for each in found.plans]
    assert (failing == sorted(failing, reverse=True)) == (sort != "rule")
    assert (ids == sorted(ids)) == (sort == "rule")
    assert (towns == sorted(towns, reverse=True)) == (sort != "town")
    assert (codes == sorted(codes)) == (sort == "town")
    by_id = {row.rule.id: row for row in many.rows}
    for row in found.rows:  # each cell is still that of its town
        before = dict(zip(map(id, many.plans), by_id[row.rule.id].cells, strict=True))
        assert [before[id(each)] for each in found.plans] == list(row.cells)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("columns", [60, 80, 100])
def test_a_terminal_has_room(many, lang, columns):
    """What many towns come to is no wider than the terminal, and says what is left out."""
    said = COMPARE.named("table")(arranged(many, "failures"), How(Style(lang, columns))).decode()
    assert max(map(width, said.splitlines())) <= columns
    assert "8/15" in said
    split = {"ja": "北海道", "en": "Hokkaido"}[lang] + " 5/10"
    assert (split in " ".join(said.split())) == (columns > 60)


def test_what_a_terminal_leaves_out():
    """Of more towns than a terminal shows the rest is counted, and --all shows it."""
    plans = [plan(of_town(number)) for number in range(20)]
    judged = assess(plans, LAW, date.fromisoformat(DAY), engine="interpreter")
    said, everything = (
        COMPARE.named("table")(compare_plans(judged), How(Style("ja"), every)).decode()
        for every in (False, True)
    )
    assert "ほか5件(--all か、--output towns.xlsx、towns.html で全件)" in said
    assert "ほか" not in everything
    assert sum(line.startswith("町") for line in everything.splitlines()) == 20


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_totals_in_files(many, lang):
    """Markdown, CSV, HTML and JSON say the same totals; a rule has its title beside its id."""
    row = differing_rule(many)
    how, comparison = How(Style(lang)), arranged(many, "failures")
    written = {form: COMPARE.named(form)(comparison, how) for form in ("markdown", "csv", "html")}
    heads, *lines = csv.reader(StringIO(written["csv"].decode("utf-8-sig")))
    (line,) = [each for each in lines if each[0] == row.rule.id]
    assert line[1] == row.rule.title.in_(lang)
    assert line[3:8] == ["8", str(row.number(Outcome.UNKNOWN)), "15", "5", "3"]
    assert heads[6:8] == [
        {"ja": "不適合: ", "en": "fail: "}[lang] + NAMES[code].in_(lang) + f" ({towns})"
        for code, towns in (("01", 10), ("34", 5))
    ]
    page = written["html"].decode()
    assert '<td class="number share">8/15</td>' in page
    found = next(x for x in written["markdown"].decode().splitlines() if f"| {row.rule.id} " in x)
    assert f"| 8 | {row.number(Outcome.UNKNOWN)} | 15 | " in found
    report = json.loads(COMPARE.named("json")(comparison, how))
    (said,) = [each for each in report["requirements"] if each["id"] == row.rule.id]
    assert (said["totals"]["fail"], said["by_prefecture"]["01"]["fail"]) == (8, 5)


def test_totals_in_a_workbook(many):
    """Towns, prefectures, and rules by prefecture have sheets of their own."""
    raw = COMPARE.named("xlsx")(arranged(many, "failures"), How(Style("en")))
    book = load_workbook(BytesIO(raw))
    assert book.sheetnames == [
        "Municipalities compared",
        "By municipality",
        "By prefecture",
        "Rules by prefecture",
    ]
    row = differing_rule(many)
    sheets = [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
    (line,) = [each for each in sheets[0] if each[0] == row.rule.id]
    assert line[4:7] == (8, row.number(Outcome.UNKNOWN), 15)
    (line,) = [each for each in sheets[3] if each[0] == row.rule.id]
    assert line[3:] == (8, 5, 3)
    assert len(sheets[1]) == 1 + 15
    assert [each[:2] for each in sheets[2][1:]] == [("Hokkaido", 10), ("Hiroshima", 5)]


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
    ("arguments", "message"),
    [
        (("old.zip",), "Packets are compared two at a time"),
        (("old.zip", "new.zip", "new.zip"), "Packets are compared two at a time"),
        (("old.zip", "town.yaml"), "town.yaml: is no packet (.zip). Packets are compared with"),
    ],
)
def test_over_time_takes_two(arguments, message, capsys):
    """Anything but two packets, as text or JSON, is refused."""
    assert main(["compare", *arguments, "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith(f"dxrules: {message}")


def test_over_time_needs_packets(tmp_path, monkeypatch, capsys):
    """A packet that is not there is named."""
    monkeypatch.chdir(tmp_path)
    assert main(["compare", "a.zip", "b.zip", "--lang", "en"]) == 2
    assert capsys.readouterr().err == (
        "dxrules: a.zip: no such file. Name a file that dxrules check --packet has written.\n"
    )
