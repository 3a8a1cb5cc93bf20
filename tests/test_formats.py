"""The formats of `check`: whole files under tests/golden_formats, and their published schemas.

After a wanted change: `DXRULES_UPDATE_GOLDEN=1 pytest tests/test_formats.py`, then read the diff.
"""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from datetime import date
from importlib import import_module
from io import StringIO
from pathlib import Path
from xml.etree.ElementTree import fromstring

import jsonschema
import jsonschema_rs
import pytest
import xmlschema

from dxrules import assess, read_plan
from dxrules.assessment.dossier import Dossier, Unreadable
from dxrules.cli import main
from dxrules.engine import available
from dxrules.errors import UsageError
from dxrules.report.github import SHOWN
from dxrules.report.how_to_write import How
from dxrules.report.markdown import escaped
from dxrules.report.terminal import Style
from dxrules.report.writers import CHECK, GROUP
from dxrules.rules import Outcome
from dxrules.texts import Text
from tests.helpers.goldens import kept, without_embedded
from tests.helpers.lawbooks import ROOT, TOWNS
from tests.helpers.small import DATA, DAY, PLAN, SMALL, changed

GOLDEN = Path(__file__).parent / "golden_formats"
SCHEMAS = DATA / "schemas"
VERSIONED = ("json_values", "sarif", "oscal", "html")

CASES = {
    "check.ja.md": ("--lang", "ja"),
    "check-all.en.md": ("--lang", "en", "--all"),
    "check.ja.csv": ("--lang", "ja"),
    "check.en.csv": ("--lang", "en"),
    "check.ja.sarif": ("--lang", "ja"),
    "check.en.sarif": ("--lang", "en"),
    "check.ja.xml": ("--lang", "ja"),
    "check-note.en.xml": ("--lang", "en", "--fail-on", "note", "--fail-on-unknown"),
    "check.ja.oscal.json": ("--lang", "ja"),
    "check.en.oscal.json": ("--lang", "en"),
    "check.ja.html": ("--lang", "ja"),
    "check.en.html": ("--lang", "en"),
    "check.ja.github": ("--lang", "ja"),
    "check.en.github": ("--lang", "en"),
    "check-all.en.sarif": ("--lang", "en", "--all"),
    "check.ja.concise": ("--lang", "ja"),
    "check-note.en.concise": ("--lang", "en", "--fail-on", "note", "--fail-on-unknown"),
}

UNENDED = (".github", ".concise")
"""The endings here of formats that have none of their own."""

HOSTILE = (
    "=A1 <script>alert('1')</script> \" | `a` ]]> %0A ::error:: ##[group] \N{HEBREW LETTER ALEF}"
)


@pytest.mark.skipif(not available(), reason="the files say that both engines judged")
@pytest.mark.parametrize("name", CASES)
def test_golden(name, monkeypatch, tmp_path):
    """A report is what its file under tests/golden_formats is, but for embedded styles."""
    for folder in ("plans", "rulesets"):  # outside a repository, whose root would be in the paths
        shutil.copytree(DATA / folder, tmp_path / "data" / folder)
    monkeypatch.chdir(tmp_path / "data")
    for home in VERSIONED:
        monkeypatch.setattr(import_module(f"dxrules.report.{home}"), "__version__", "0")
    target = tmp_path / name
    named_form = f"{target.suffix[1:]}={target}" if target.suffix in UNENDED else str(target)
    call = ("check", PLAN, *SMALL, "--as-of", DAY, "--format", "none", "--output", named_form)
    main([*call, *CASES[name]])
    written = without_embedded(target.read_bytes())
    assert written == kept(GOLDEN / name, written)


def test_no_stray_golden_file():
    """Every file under tests/golden_formats belongs to a case."""
    assert {path.name for path in GOLDEN.iterdir()} == set(CASES)


def dossier(law, paths, day="2026-11-20"):
    """Judge plans with the interpreter."""
    plans = [read_plan(path, law.reference, path.name) for path in paths]
    return Dossier(assess(plans, law, date.fromisoformat(day), engine="interpreter"), law)


@pytest.fixture(scope="module", params=["towns", "small", "hostile", "unread"])
def judged(request, law, small_law, tmp_path_factory):
    """Real plans, one with every outcome, and one full of signs that mean something somewhere."""
    if request.param == "towns":
        return dossier(law, [ROOT / "facts" / f"{town}.yaml" for town in TOWNS.values()])
    if request.param == "small":
        return dossier(small_law, [DATA / PLAN])
    if request.param == "unread":
        unread = Unreadable("a.yaml", Text(f"a.yaml:1:1: {HOSTILE}\n\x01", HOSTILE + "\nb"))
        return replace(dossier(small_law, [DATA / PLAN]), unreadable=(unread,))
    return dossier(small_law, [hostile_plan(tmp_path_factory.mktemp("plan"))])


def hostile_plan(folder):
    """Write the small plan with hostile text as its title and the titles of its measures."""
    quoted = json.dumps(HOSTILE, ensure_ascii=False)
    lines = [
        f"{line.partition('title:')[0]}title: {quoted}" if "  title:" in line else line
        for line in changed({}).splitlines()
    ]
    path = folder / "34999-hostile.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture(params=["ja", "en"])
def how(request):
    """Both languages."""
    return How(Style(request.param))


@pytest.mark.slow
def test_sarif_is_valid(judged, how):
    """SARIF keeps to its schema."""
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_bytes())
    jsonschema.Draft4Validator(schema).validate(json.loads(CHECK.named("sarif")(judged, how)))


def test_oscal_is_valid(judged, how):
    """OSCAL keeps to its schema."""
    schema = json.loads((SCHEMAS / "oscal_complete_schema.json").read_bytes())
    report = json.loads(CHECK.named("oscal")(judged, how))
    validator = jsonschema_rs.validator_for(schema)
    validator.validate(report)
    del report["assessment-results"]["results"][0]["findings"][0]["target"]
    assert not validator.is_valid(report)


def test_oscal_without_a_plan_is_valid(small_law, how):
    """Where no plan could be read, OSCAL keeps to its schema, too."""
    schema = json.loads((SCHEMAS / "oscal_complete_schema.json").read_bytes())
    unread = Unreadable("a.yaml", Text("読めない", "cannot be read"))
    nothing = replace(dossier(small_law, []), unreadable=(unread,))
    report = json.loads(CHECK.named("oscal")(nothing, how))
    jsonschema_rs.validator_for(schema).validate(report)


@pytest.mark.slow
def test_junit_is_valid(judged, how):
    """JUnit XML keeps to its schema."""
    xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd").validate(
        CHECK.named("junit")(judged, how).decode()
    )


def test_sarif_tells_outcomes_apart(small_law):
    """Only failures and waivers have a level; what is undetermined accuses nobody."""
    how = How(Style("en"), everything=True)
    report = json.loads(CHECK.named("sarif")(dossier(small_law, [DATA / PLAN]), how))
    results = report["runs"][0]["results"]
    kinds = {result["properties"]["outcome"]: result["kind"] for result in results}
    assert kinds == {
        "fail": "fail",
        "unknown": "open",
        "waived": "fail",
        "pass": "pass",
        "not_applicable": "notApplicable",
    }
    assert all((result["level"] == "none") == (result["kind"] != "fail") for result in results)
    waived = [r for r in results if "suppressions" in r]
    assert {r["properties"]["outcome"] for r in waived} == {"waived"}


def test_csv_has_a_row_per_finding(judged, how):
    """Every finding is a row, opened by spreadsheets as UTF-8, and no cell is a formula."""
    raw = CHECK.named("csv")(judged, how)
    assert raw.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(StringIO(raw.decode("utf-8-sig"), newline=""))
    findings = [f for plan in judged.assessment.plans for f in plan.told()]
    assert [row[2] for row in rows] == [finding.rule.id for finding in findings]
    assert all(len(row) == len(head) for row in rows)
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell[:1] in {"=", "+", "@", "\t", "\r"}] == []


def test_github_commands_stay_in_their_line(judged, how):
    """Each line is one command, whatever the plan says, but the last where not all are shown."""
    lines = CHECK.named("github")(judged, how).decode().splitlines()
    if len(lines) > SHOWN and lines[-1].startswith("dxrules: "):
        lines.pop()
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)
    plans = judged.assessment.plans
    grave = sum(len(p.of(Outcome.FAIL)) + bool(p.of(Outcome.UNKNOWN)) for p in plans)
    assert len(lines) == grave + len(judged.unreadable)


def test_junit_counts_what_the_exit_code_counts(small_law):
    """Only failures at the threshold fail a case; below it the case passes and says so."""
    judged = dossier(small_law, [DATA / PLAN])
    for threshold, unknown in (("error",), ()), (("note",), ()), (("never",), ("any",)):
        how = How(Style("en"), threshold=threshold, unknown=unknown)
        suite = fromstring(CHECK.named("junit")(judged, how))[0]  # noqa: S314  (our own bytes)
        counted = [f for f in judged.assessment.plans[0].findings if how.counts(f)]
        assert suite.get("failures") == str(len(counted)) == str(len(suite.findall("*/failure")))
        assert suite.get("tests") == str(len(judged.assessment.plans[0].told()))


def test_markdown_has_no_markup_of_a_plan(small_law, tmp_path):
    """Text of a plan stays text, in its cell."""
    judged = dossier(small_law, [hostile_plan(tmp_path)])
    text = CHECK.named("markdown")(judged, How(Style("ja"), everything=True)).decode()
    assert escaped(HOSTILE) in text
    assert "<script>" not in text.replace(r"\<", "")
    for line in text.splitlines():
        assert not line.startswith("|") or line.endswith("|")


@pytest.mark.slow
def test_same_bytes(judged, how):
    """The same assessment gives the same bytes in every format."""
    for form in CHECK.brought:
        assert CHECK.named(form)(judged, how) == CHECK.named(form)(judged, how)


def test_of_file():
    """The longest ending tells the format; an ending that tells none is none."""
    names = ("a.json", "a.oscal.json", "A.MD", "a.sarif.json", "a.xml", "a.doc", "json")
    forms = ["json", "oscal", "markdown", "sarif", "junit", None, None]
    assert [CHECK.of_file(name) for name in names] == forms


def test_unknown_format():
    """A format that nobody brings is refused, with the nearest name."""
    with pytest.raises(UsageError) as caught:
        CHECK.named("markdwon")
    assert caught.value.text.en == "There is no format markdwon. Did you mean markdown?"


def test_entry_point(tmp_path, monkeypatch):
    """Another package adds a format by an entry point of our group."""
    (tmp_path / "minutes.py").write_text("def write(dossier, how):\n    return b'minutes'\n")
    info = tmp_path / "minutes-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: minutes\nVersion: 1\n")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\nminutes = minutes:write\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.chdir(DATA)
    target = tmp_path / "a.out"
    call = ("check", PLAN, *SMALL, "--as-of", DAY, "--format", "none")
    main([*call, "--output", f"minutes={target}"])
    assert target.read_bytes() == b"minutes"
