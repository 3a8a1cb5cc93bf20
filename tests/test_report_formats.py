"""Every command writes each of its formats to standard output and to files."""

from __future__ import annotations

import csv
import json
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dxrules.cli import main
from dxrules.engine import available
from dxrules.report import writers
from dxrules.texts import LANGS
from tests.helpers.goldens import kept, without_embedded
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
    "sources": (("rules", "sources", *OWN, "--as-of", "2026-11-20"), writers.SOURCES),
    "diff": (
        ("rules", "diff", "--from", "2025-06-30", "--to", "2026-11-20", "--prove", "--plan", PLAN),
        writers.DIFF,
    ),
    "impact": (
        ("rules", "impact", PLAN, "--from", "2025-06-30", "--to", "2026-11-20"),
        writers.IMPACT,
    ),
    "replay": (("replay", "out.zip"), writers.REPLAY),
    "compare": (("compare", "out.zip", "same.zip"), writers.IMPACT),
}
ON_STREAM = [
    ("gaps", "xlsx"),
    ("graph", "mermaid"),
    ("graph", "dot"),
    ("forecast", "ics"),
    ("explain", "table"),
    ("show", "json"),
    ("list", "csv"),
    ("test", "junit"),
    ("sources", "csv"),
    ("diff", "yaml"),
    ("impact", "html"),
    ("replay", "json"),
    ("compare", "markdown"),
]
"""What is written to standard output, beside every format in files: each format once."""


def test_each_format_is_written_to_standard_output():
    """No command and no format is left out."""
    formats = {form for _, formats in CALLS.values() for form in formats.brought}
    assert {call for call, _ in ON_STREAM} == set(CALLS)
    assert {form for _, form in ON_STREAM} == formats


GOLDEN = Path(__file__).parent / "golden_reports"
KEPT = [
    ("gaps", "html"),
    ("graph", "html"),
    ("forecast", "html"),
    ("explain", "markdown"),
    ("replay", "markdown"),
    ("test", "junit"),
    ("sources", "csv"),
    ("sources", "markdown"),
]
"""Formats of which a whole file is kept, in both languages."""
OF_SMALL = dict.fromkeys(("gaps", "graph", "forecast"), OWN)
"""By rules that do not change with those that are shipped."""
TWICE = {"gaps", "forecast", "explain"}
"""Reports that say so where nothing was checked twice."""


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("call", "form"), KEPT, ids=map("-".join, KEPT))
def test_golden(call, form, lang, monkeypatch):
    """A report is what its file under tests/golden_reports is, but for embedded styles."""
    if call in TWICE and not available():
        pytest.skip("durable_rules is not installed")
    monkeypatch.setattr(import_module("dxrules.report.html.environment"), "__version__", "0")
    words, formats = (*arguments(call), *OF_SMALL.get(call, ())), CALLS[call][1]
    name = f"{call}.{lang}{formats.brought[form].endings[0]}"
    assert main([*words, "--format", "none", "--output", name, "--lang", lang]) in (0, 1)
    written = without_embedded(Path(name).read_bytes())
    assert written == kept(GOLDEN / name, written)


def test_tests_that_fail_as_junit(run):
    """An example that comes out otherwise fails, and what then none reaches was skipped."""
    file = Path("rulesets/national/small.yaml")
    stated = "{expect: pass, fact: {in_place: yes}}"
    text = file.read_text("utf-8").replace(stated, stated.replace("yes", "no"), 1)
    file.write_text(text, "utf-8")
    call = ("rules", "test", *OWN, "--coverage", "--mutate", "--format", "junit", "--lang", "en")
    code, out, _ = run(*call)
    assert (code, out) == (1, kept(GOLDEN / "test-fails.en.xml", out))


def test_a_page_names_what_could_not_be_read(run):
    """Rows of the plans that could be read do not look like all that were named."""
    Path("plans/34998-broken.yaml").write_text("format: dxrules/plan/1\n", "utf-8")
    code, out, _ = run("gaps", "plans", *OWN, "--as-of", "2026-11-20", "--format", "html")
    assert (code, '<p class="remark">plans/34998-broken.yaml:1:1: ' in out) == (2, True)


def test_no_stray_golden_file():
    """Every file under tests/golden_reports belongs to a case."""
    names = {f"{c}.{lang}{CALLS[c][1].brought[f].endings[0]}" for c, f in KEPT for lang in LANGS}
    assert {path.name for path in GOLDEN.iterdir()} == names | {"test-fails.en.xml"}


def arguments(call):
    words, _ = CALLS[call]
    if "out.zip" in words:
        check = ("check", PLAN, "--as-of", "2026-11-20", "--format", "none", "--fail-on", "never")
        assert main([*check, "--packet", "out.zip"]) == 0
        Path("same.zip").write_bytes(Path("out.zip").read_bytes())
    return words


@pytest.mark.slow
@pytest.mark.parametrize(("call", "form"), ON_STREAM, ids=map("-".join, ON_STREAM))
def test_formats(call, form, capfdbinary):
    """A file holds what standard output gets, and its ending tells the format."""
    words = arguments(call)
    brought = CALLS[call][1].brought
    files = {name: Path(f"r{each.endings[0]}") for name, each in brought.items()}
    outputs = [f"--output={file}" for file in files.values()]
    capfdbinary.readouterr()
    assert main([*words, "--format", form, *outputs, "--lang", "ja"]) in (0, 1)
    out, err = capfdbinary.readouterr()
    assert b"Internal" not in err
    if form == "table":
        assert out.decode().split() == files[form].read_text("utf-8").split()
    else:
        assert out == files[form].read_bytes()
    for name, file in files.items():
        if name == "json":
            assert json.loads(file.read_bytes())["format"].startswith("dxrules/")
        elif name != "xlsx":
            assert file.read_text("utf-8").strip()
    if "csv" in files:
        check_rows(files, empty=call == "compare")  # a packet with itself: no verdict changes


def check_rows(files, *, empty):
    """CSV, Markdown and XLSX hold the same rows; what stands before them is not in CSV."""
    rows = list(csv.reader(StringIO(files["csv"].read_text("utf-8-sig"), newline="")))
    sheet = load_workbook(files["xlsx"]).worksheets[-1]
    shown = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    assert shown == [[cell.removeprefix("'") for cell in row] for row in rows]
    *_, last = files["markdown"].read_text("utf-8").split("\n# ")
    table = [line for line in last.splitlines() if line[:1] == "|"]
    assert len(table) == len(rows) + 1
    assert (not rows[1:]) is empty


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
        f"dxrules: There is no format sarif. Known here: {', '.join(writers.GAPS.brought)}, none.",
    )
    code, _, err = run("graph", PLAN, "--output", "graph.doc", "--lang", "en")
    assert (code, ".mmd" in err) == (2, True)
