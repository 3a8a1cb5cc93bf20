"""Every command writes each of its formats to standard output and to files."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dxrules.cli import main
from dxrules.report import writers
from tests.helpers.small import PLAN

pytestmark = pytest.mark.usefixtures("_copy")

OWN = ("--rulesets", "rulesets")
CALLS = {
    "gaps": (("gaps", PLAN, "--as-of", "2026-11-20"), writers.GAPS),
    "graph": (("graph", PLAN, "--as-of", "2026-11-20"), writers.GRAPH),
    "forecast": (("forecast", PLAN, "--as-of", "2026-11-20"), writers.FORECAST),
    "explain": (("explain", "TST-01", PLAN, *OWN, "--as-of", "2026-11-20"), writers.EXPLAIN),
    "show": (("rules", "show", "TST-01", *OWN), writers.EXPLAIN),
    "list": (("rules", "list"), writers.RULES),
    "test": (("rules", "test", *OWN), writers.RULE_TESTS),
    "diff": (
        ("rules", "diff", "--from", "2025-06-30", "--to", "2026-11-20", "--prove", "--plan", PLAN),
        writers.DIFF,
    ),
    "impact": (
        ("rules", "impact", PLAN, "--from", "2025-06-30", "--to", "2026-11-20"),
        writers.IMPACT,
    ),
    "replay": (("replay", "out.zip"), writers.REPLAY),
    "compare": (("compare", "out.zip", "out.zip"), writers.IMPACT),
}
CASES = [(call, form) for call, (_, formats) in CALLS.items() for form in formats.brought]


def arguments(call):
    words, _ = CALLS[call]
    if "out.zip" in words:
        check = ("check", PLAN, "--as-of", "2026-11-20", "--format", "none", "--fail-on", "never")
        assert main([*check, "--packet", "out.zip"]) == 0
    return words


@pytest.mark.slow
@pytest.mark.parametrize(("call", "form"), CASES, ids=[f"{call}-{form}" for call, form in CASES])
def test_formats(call, form, capfdbinary):
    """A file holds what standard output gets, and its ending tells the format."""
    words = arguments(call)
    if form == "ics":
        pytest.importorskip("icalendar")
    ending = CALLS[call][1].brought[form].endings[0]
    capfdbinary.readouterr()
    assert main([*words, "--format", form, "--output", f"r{ending}", "--lang", "ja"]) in (0, 1)
    out, err = capfdbinary.readouterr()
    assert b"Internal" not in err
    if form == "table":
        assert out.decode().split() == Path("r.txt").read_text("utf-8").split()
    else:
        assert out == Path(f"r{ending}").read_bytes()
    match form:
        case "json":
            assert json.loads(out)["format"].startswith("dxrules/")
        case "xlsx":
            assert load_workbook(BytesIO(out)).worksheets[0]["A1"].value
        case _:
            assert out.decode("utf-8").strip()


@pytest.mark.parametrize("call", [call for call, (_, f) in CALLS.items() if "csv" in f.brought])
def test_rows_are_the_same(call):
    """CSV, Markdown and XLSX hold the same rows; what stands before them is not in CSV."""
    words = arguments(call)
    outputs = [f"--output=r{ending}" for ending in (".csv", ".md", ".xlsx")]
    assert main([*words, "--format", "none", *outputs, "--lang", "en"]) == 0
    rows = list(csv.reader(StringIO(Path("r.csv").read_text("utf-8-sig"), newline="")))
    sheet = load_workbook("r.xlsx").worksheets[-1]
    shown = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    assert shown == [[cell.removeprefix("'") for cell in row] for row in rows]
    *_, last = Path("r.md").read_text("utf-8").split("\n# ")
    table = [line for line in last.splitlines() if line[:1] == "|"]
    assert len(table) == len(rows) + 1
    assert bool(rows[1:]) is (call != "compare")  # a packet with itself: no verdict changes


def test_nothing_is_written_over(run):
    """No report takes the place of the plan that it is about, or is taken for one."""
    before = Path(PLAN).read_bytes()
    code, _, err = run("gaps", PLAN, "--output", f"json={PLAN}")
    assert (code, PLAN in err) == (2, True)
    code, _, err = run(
        "rules", "impact", "plans", "--from", "2025-06-30", "--output", "plans/x.json"
    )
    assert (code, "plans/x.json" in err) == (2, True)
    assert Path(PLAN).read_bytes() == before
    assert not Path("plans/x.json").exists()


def test_unknown_formats(run):
    """A format that a command does not write is refused, with those that it does."""
    code, _, err = run("gaps", PLAN, "--format", "sarif", "--lang", "en")
    assert (code, err.splitlines()[0]) == (
        2,
        "dxrules: There is no format sarif. Known here: table, json, csv, markdown, xlsx, none.",
    )
    code, _, err = run("graph", PLAN, "--output", "graph.doc", "--lang", "en")
    assert (code, ".mmd" in err) == (2, True)
