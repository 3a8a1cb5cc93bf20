"""`gaps`, `forecast` and `compare` on several plans, and on a selection of what they find."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.helpers.calls import ON
from tests.helpers.small import PLAN, SMALL, another, changed

pytestmark = pytest.mark.usefixtures("_copy")

COMMANDS = ("gaps", "forecast")


def rows(out):
    """Return a CSV file as a list of rows by their headings."""
    return list(csv.DictReader(StringIO(out.removeprefix("\ufeff"))))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_has_each_plan(run, command):
    """Each plan of a folder has what it has by itself, as text, as JSON and as rows."""
    code, alone, _ = run(command, PLAN, *ON)
    one = json.loads(run(command, PLAN, *ON, "--format", "json")[1])
    own = rows(run(command, PLAN, *ON, "--format", "csv")[1])
    another("plans/b.yaml")
    both = run(command, "plans", *ON)
    assert both[0] == code == 0
    assert both[1].startswith(alone)
    assert both[1].count(" 見本町DX推進計画") == 2
    several = json.loads(run(command, "plans", *ON, "--format", "json")[1])
    assert several["format"] == f"dxrules/{command}-of-plans/1"
    assert [report["plan"]["file"] for report in several["reports"]] == [PLAN, "plans/b.yaml"]
    assert several["reports"][0] == one
    told = rows(run(command, "plans", *ON, "--format", "csv")[1])
    assert len(told) == 2 * len(own)
    first = [{head: cell for head, cell in row.items() if head in own[0]} for row in told]
    assert first[: len(own)] == own
    assert {row["code"] for row in told} == {"349992"}
    assert {row["municipality"] for row in told} == {
        "Mihon 見本町DX推進計画",
        "Mihon 見本町DX推進計画2",
    }


FUCHU = {"東京都": "132063", "広島県": "342084"}


@pytest.mark.parametrize(
    "words",
    [
        ("check",),
        ("check", "--summary"),
        ("check", "--format", "markdown"),
        ("check", "--format", "junit"),
        ("check", "--format", "html"),
        ("check", "--output", "report.xlsx"),
        ("gaps", "--format", "csv"),
        ("forecast", "--format", "ics"),
        ("compare",),
        ("ask",),
        ("ask", "--format", "csv"),
        ("ask", "--output", "report.html"),
        ("ask", "--output", "report.xlsx"),
        ("rules", "impact", "--from", "2025-01-01", "--to", "2026-11-20"),
    ],
)
@pytest.mark.slow
def test_two_towns_of_one_name(run, words):
    """Where names are the same the prefecture tells towns apart; other towns keep theirs."""
    for prefecture, code in FUCHU.items():
        town = {'code: "349992"': f'code: "{code}"', "見本町": "府中市", "Mihon": "Fuchu"}
        Path(f"plans/{prefecture}.yaml").write_text(changed(town), encoding="utf-8")
    at, on = (2, SMALL) if words[0] == "rules" else (1, ON)
    _, out, err = run(*words[:at], "plans", *words[at:], *on, "--lang", "ja")
    if words[-1] == "report.xlsx":
        book = load_workbook("report.xlsx")
        out = "\n".join(str(cell.value) for page in book for row in page for cell in row)
        out += "\n".join(book.sheetnames)
    elif words[-1] == "report.html":
        out = Path("report.html").read_text("utf-8")
    assert all(f"{prefecture}府中市" in out for prefecture in FUCHU), err
    assert "広島県見本町" not in out


def test_a_folder_with_one_plan(run):
    """The form of a report hangs on how it was asked for, not on how many plans there are."""
    assert json.loads(run("gaps", "plans", *ON, "--format", "json")[1])["reports"]


@pytest.mark.parametrize("command", COMMANDS)
def test_what_cannot_be_read_is_counted_beyond_ten(run, command):
    """Of many files that cannot be read the text names ten, and JSON all of them."""
    for number in range(13):
        Path(f"plans/bad{number:02}.yaml").write_text("plan: [", encoding="utf-8")
    out = run(command, "plans", *ON)[1]
    assert out.count("! Not judged: plans/bad") == 10
    assert "! Not judged: 3 more (all of them are on standard error" in out
    told = json.loads(run(command, "plans", *ON, "--format", "json")[1])
    assert len(told["unreadable"]) == 13


@pytest.mark.parametrize("command", COMMANDS)
def test_what_cannot_be_read(run, command):
    """What cannot be read is named in text and JSON, the rest is told, and the code is 2."""
    Path("plans/bad.yaml").write_text("plan: [", encoding="utf-8")
    code, out, err = run(command, "plans", *ON)
    assert code == 2
    assert out.startswith("! Not judged: plans/bad.yaml:")
    assert err.startswith("plans/bad.yaml:")
    report = json.loads(run(command, "plans", *ON, "--format", "json")[1])
    assert [plan["file"] for plan in report["unreadable"]] == ["plans/bad.yaml"]
    assert run(command, "plans/bad.yaml", *ON)[:2] == (2, "")


@pytest.mark.parametrize("command", [*COMMANDS, "compare"])
def test_a_selection_says_so(run, command):
    """A part is never taken for the whole, as text, JSON or rows."""
    another("plans/b.yaml")
    part = ("--select", "TST-06")
    for paths in (("plans",), (PLAN,)):
        assert run(command, *paths, *ON, *part)[1].startswith("! A selection (rule TST-06)")
        report = json.loads(run(command, *paths, *ON, *part, "--format", "json")[1])
        chosen = {each["selection"]["en"] for each in report.get("reports", [report])}
        assert chosen == {"rule TST-06"}
    for row in rows(run(command, "plans", *ON, *part, "--format", "csv")[1]):
        assert row["selection"] == "rule TST-06"
        assert row["rule" if "rule" in row else "what falls due, or whose verdict changes"]
    code, out, err = run(command, "plans", *ON, "--select", "TST-66")
    assert (code, out) == (2, "")
    assert err.startswith('dxrules: --select TST-66: there is no rule "TST-66". Did you mean')


def test_gaps_of_a_part(run):
    """No gap of a part is no all-clear, and the rows are of the part alone."""
    _, out, _ = run("gaps", PLAN, *ON, "--select", "TST-01")
    assert "Nothing that has to be mended is of this selection" in out
    told = rows(run("gaps", PLAN, *ON, "--format", "csv", "--select", "outcome:fail")[1])
    assert {row["outcome"] for row in told} == {"fail"}


def test_forecast_of_a_part(run):
    """Changes of other rules go, and so does what falls due by no rule."""
    whole = json.loads(run("forecast", PLAN, *ON, "--format", "json")[1])
    part = ("--select", "strength:cabinet")
    told = json.loads(run("forecast", PLAN, *ON, *part, "--format", "json")[1])
    strengths = {
        each["rule"]["strength"] for day in told["days"] for each in (*day["changes"], *day["due"])
    }
    assert strengths <= {"cabinet"}
    assert any(each["rule"] is None for day in whole["days"] for each in day["due"])
    assert len(told["days"]) < len(whole["days"])


def test_a_calendar_of_several(run):
    """One calendar holds the events of all plans, and says how many they are."""
    one = run("forecast", PLAN, *ON, "--format", "ics")[1]
    another("plans/b.yaml")
    both = run("forecast", "plans", *ON, "--format", "ics")[1]
    assert both.count("BEGIN:VEVENT") == 2 * one.count("BEGIN:VEVENT")
    assert "X-WR-CALNAME:2 plans: what falls due" in both.replace("\r\n ", "")


def test_who_and_by_when(run, tmp_path):
    """The workbook has columns for who is in charge and by when; what the plan tells is there."""
    text = Path(PLAN).read_text("utf-8")
    old = "    id: review\n"
    assert "owner:" in text or old in text or "id: review" in text
    run("gaps", "plans", *ON, "--output", "g.xlsx", "--output", "g.md", "--format", "none")
    sheet = load_workbook(tmp_path / "g.xlsx").worksheets[-1]
    heads = [cell.value for cell in sheet[1]]
    assert heads[-2:] == ["in charge", "due"]
    assert "| in charge | due |\n" in Path("g.md").read_text("utf-8")
    dues = {str(row[-1].value) for row in sheet.iter_rows(min_row=2)}
    assert "2026-03-31" in dues
