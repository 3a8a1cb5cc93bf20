"""Plans as workbooks: written, filled in, read back, and every fault in its cell."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from dxrules import assess, load_law, read_plan
from dxrules.cli import main
from dxrules.errors import Place, PlanError
from dxrules.plan import Plan, plan_of
from dxrules.plan.read import document_from
from dxrules.plan.template import template
from dxrules.plan.workbook import take
from dxrules.plan.workbook.fill import empty_workbook, workbook_of
from dxrules.plan.workbook.layout import EACH, FIRST_ROW, KEY, OWNER, optional_tables, sheets
from dxrules.plan.workbook.take import document_of
from dxrules.source import from_text
from tests.lawbooks import ROOT, TOWNS
from tests.plans import switched_on
from tests.small import DATA, DAY, PLAN, changed

LAW = load_law(DATA / "rulesets")
SHIPPED = load_law()
SMALL_DATA = from_text(changed({}), PLAN).data
DATE_CELL, NUMBER_CELL = date(2026, 9, 30), 20


def edited(changes, data=SMALL_DATA):
    """Return a workbook of a plan with cells set; a change is a sheet, a cell and a value."""
    book = load_workbook(io.BytesIO(workbook_of(data, "en", LAW.reference)))
    for sheet, cell, value in changes:
        if sheet not in book.sheetnames:
            book.create_sheet(sheet)
        book[sheet][cell] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def column(sheet, name):
    """Return the letter of a column of a sheet of the small plan."""
    heads = [c.name for s in sheets() if s.name == sheet for c in s.columns]
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[heads.index(name)]


def value_cell(sheet, key):
    """Return the cell of a key's value in a sheet of keys."""
    keys = [c.name for s in sheets() if s.name == sheet for c in s.columns]
    return f"C{FIRST_ROW + keys.index(key)}"


@pytest.mark.parametrize("town", TOWNS.values())
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_towns_come_back_whole(town, lang):
    """A real plan comes back from its workbook as the same plan, and is judged the same."""
    plan = read_plan(ROOT / "facts" / f"{town}.yaml", SHIPPED.reference)
    document = document_of(workbook_of(plan.document.data, lang, SHIPPED.reference), "a.xlsx")
    assert document.problems == ()
    back = plan_of(document, SHIPPED.reference)
    assert back.plan == plan.plan
    day = date(2026, 11, 20)
    outcomes = [
        [
            (f.subject, f.outcome, f.message)
            for f in assess([p], SHIPPED, day, engine="interpreter").plans[0].findings
        ]
        for p in (plan, back)
    ]
    assert sorted(outcomes[0], key=str) == sorted(outcomes[1], key=str)


def test_every_key_has_its_cell():
    """Whatever the template knows comes back from a workbook: no key is forgotten."""
    text = switched_on(template("ja", SHIPPED.reference))
    data = from_text(re.sub(r"(?m)^ *evidence: \[\]\n", "", text), "t.yaml").data
    assert data["waivers"]
    assert data["indicators"][0]["text_measure"]
    back = document_of(workbook_of(data, "ja", SHIPPED.reference), "a.xlsx")
    assert back.problems == ()
    assert back.data == data


WORD = st.text("abcäあ漢=+@-' ", min_size=1, max_size=8).map(str.strip).filter(bool)


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_generated_plans_come_back(data):
    """Entries, lists within entries, empty tables and evidence come back as they were."""
    slug = st.from_regex(r"\A[a-z]{1,6}\Z")
    scalar = {"owner": WORD, "due": WORD}
    measure = st.fixed_dictionaries(
        {"id": slug, "title": WORD},
        optional=scalar
        | {
            "areas": st.lists(slug, max_size=3),
            "requires": st.lists(st.fixed_dictionaries({"id": slug}), min_size=1, max_size=2),
            "evidence": st.lists(
                st.fixed_dictionaries({"text": WORD}, optional={"of": st.lists(slug, min_size=1)}),
                min_size=1,
                max_size=2,
            ),
        },
    )
    provision = st.dictionaries(st.sampled_from(["status", "title", "since"]), WORD)
    plan = {"format": "dxrules/plan/1", "recorded": data.draw(WORD)}
    plan["measures"] = data.draw(st.lists(measure, max_size=4, unique_by=lambda m: m["id"]))
    plan["provisions"] = data.draw(st.dictionaries(slug, provision, max_size=3))
    back = document_of(workbook_of(plan, "ja", LAW.reference), "a.xlsx")
    assert back.problems == ()
    assert back.data == plan


def test_same_bytes():
    """The same plan gives the same workbook."""
    assert workbook_of(SMALL_DATA, "ja", LAW.reference) == workbook_of(
        SMALL_DATA, "ja", LAW.reference
    )


def test_nothing_is_a_formula():
    """Text of a plan stays text, though it looks like a formula."""
    data = SMALL_DATA | {"measures": [{"id": "a", "title": "=1+1"}]}
    book = load_workbook(io.BytesIO(workbook_of(data, "ja", LAW.reference)))
    assert book["measures"]["B3"].data_type == "s"
    assert document_of(workbook_of(data, "ja", LAW.reference), "a.xlsx").data == data


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_empty_workbook(lang):
    """The workbook to fill in explains every key in a note and offers what may be chosen."""
    book = load_workbook(io.BytesIO(empty_workbook(lang, LAW.reference)))
    for sheet in sheets():
        page = book[sheet.name]
        for place, each in enumerate(sheet.columns):
            cell = (
                page.cell(FIRST_ROW + place, 1)
                if sheet.shape == "keys"
                else page.cell(1, place + 1)
            )
            assert each.label.in_(lang) in cell.comment.text
        wanted = sum(1 for c in sheet.columns if (c.choices or c.reference) and not c.several)
        assert len(page.data_validations.dataValidation) == wanted
    assert book["codes"].sheet_state == "hidden"


def test_cells_of_any_kind():
    """Dates, numbers and truths in cells are read as the text that a plan file would have."""
    due = column("measures", "due")
    raw = edited(
        [
            ("measures", f"{due}3", DATE_CELL),
            ("measures", f"{due}4", datetime(2026, 4, 1, 0, 0)),  # noqa: DTZ001  (Excel has none)
            ("standardization", value_cell("standardization", "standardization.in_scope"), 3.0),
            ("plan", value_cell("plan", "plan.published"), True),
            ("plan", value_cell("plan", "recorded"), "令和8年3月"),
        ]
    )
    document = document_of(raw, "a.xlsx")
    assert document.problems == ()
    assert document.data["measures"][0]["due"] == "2026-09-30"
    assert document.data["measures"][1]["due"] == "2026-04-01"
    assert document.data["standardization"]["in_scope"] == "3"
    assert document.data["plan"]["published"] == "yes"
    assert document.data["recorded"] == "令和8年3月"


def test_lists_in_cells():
    """Several values stand in a cell with commas of any kind; [] is a list that is empty."""
    areas = column("measures", "areas")
    cycle = column("provisions", "cycle")
    raw = edited(
        [("measures", f"{areas}3", "ai、telework\nsecurity"), ("provisions", f"{cycle}3", "[]")]
    )
    data = document_of(raw, "a.xlsx").data
    assert data["measures"][0]["areas"] == ["ai", "telework", "security"]
    assert next(iter(data["provisions"].values()))["cycle"] == []


def test_sections_that_were_read():
    """A section read and found empty is said so on its sheet; one left out was not read."""
    data = {"format": "dxrules/plan/1", "measures": [], "collection": {}, "provisions": {}}
    assert document_of(workbook_of(data, "ja", LAW.reference), "a.xlsx").data == data
    assert set(optional_tables()) >= {"measures", "standardization.excluded", "document"}


FAULTS = {
    "unknown sheet": (
        [("mesures", "A1", "x")],
        'a.xlsx:mesures!A1: No sheet is called "mesures". Did you mean measures?',
    ),
    "unknown column": (
        [("measures", "A2", "idd")],
        'a.xlsx:measures!A2: No column is called "idd". Did you mean id?',
    ),
    "unknown key": (
        [("plan", "A3", "formt")],
        "a.xlsx:plan!A3: Unknown key. Did you mean format?",
    ),
    "unknown section": (
        [("sections", "A3", "provision")],
        "a.xlsx:sections!A3: Unknown section. Did you mean provisions?",
    ),
    "read": ([("sections", "C3", "maybe")], "a.xlsx:sections!C3: Write yes or no."),
    "formula": (
        [("measures", "B3", "=A3")],
        "a.xlsx:measures!B3: Formulas and error values are not read. Write the value as text.",
    ),
    "no key": (
        [("provisions", "A3", None)],
        "a.xlsx:provisions!B3: The entry (id) is missing.",
    ),
    "twice": ([("provisions", "A4", "cio")], 'a.xlsx:provisions!A4: "cio" stands twice.'),
    "no owner": (
        [("measures.requires", "A3", None)],
        "a.xlsx:measures.requires!B3: It does not say what it belongs to.",
    ),
    "unknown owner": (
        [("measures.requires", "A3", "servey")],
        'a.xlsx:measures.requires!A3: There is no entry "servey".',
    ),
    "evidence of nothing": (
        [("evidence", "A3", "provisions.cioo"), ("evidence", "E3", "x")],
        'a.xlsx:evidence!A3: There is no entry "provisions.cioo".',
    ),
    "evidence of a list": (
        [("evidence", "A3", "measures"), ("evidence", "E3", "x")],
        'a.xlsx:evidence!A3: There is no entry "measures".',
    ),
    "evidence of an unknown measure": (
        [("evidence", "A3", "measures.nope.x"), ("evidence", "E3", "x")],
        'a.xlsx:evidence!A3: There is no entry "measures.nope.x".',
    ),
    "control character": (
        [("measures", "B3", "a\u2028b")],
        "a.xlsx:measures!B3: Holds a control character. Write it again.",
    ),
    "wrong date": (
        [("measures", f"{column('measures', 'due')}3", "令和99年99月")],
        f"a.xlsx:measures!{column('measures', 'due')}3: measures[0].due: ",
    ),
    "wrong code": (
        [("measures", f"{column('measures', 'status')}3", "onging")],
        f"a.xlsx:measures!{column('measures', 'status')}3: measures[0].status: ",
    ),
    "missing": (
        [("plan", value_cell("plan", "recorded"), None)],
        f"a.xlsx:plan!{value_cell('plan', 'recorded')}: recorded: This key is required.",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults_name_sheet_and_cell(name):
    """Every fault names the sheet and the cell, what is wrong, and a way out."""
    changes, expected = FAULTS[name]
    with pytest.raises(PlanError) as caught:
        plan_of(document_of(edited(changes), "a.xlsx"), LAW.reference)
    said = [problem.text.en for problem in caught.value.problems]
    assert any(line.startswith(expected) for line in said), said


def broken(content):
    """Return an archive that is no workbook."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("x", content)
    return stream.getvalue()


@pytest.mark.parametrize("raw", [b"", b"no archive", broken(b"x"), b"PK\x03\x04 broken"])
def test_no_workbook(raw):
    """What is no workbook is refused with one message."""
    document = document_of(raw, "a.xlsx")
    assert [problem.text.en for problem in document.problems] == [
        (
            "a.xlsx:1:1: Cannot be read as a workbook (.xlsx). "
            "Take off any password, and save it as .xlsx again."
        )
    ]


def test_too_large(monkeypatch):
    """An archive that would unfold beyond all measure is refused."""
    monkeypatch.setattr(take, "MAX_UNPACKED", 10)
    assert "Larger than 100 MB" in document_of(broken(b"x" * 11), "a.xlsx").problems[0].text.en


def test_missing_sheets():
    """A workbook with sheets taken out says nothing of them."""
    book = Workbook()
    book.active.title = "measures"
    book.active.append(["ID", "Title"])
    book.active.append(["id", "title", "", None])
    book.active.append(["a", "b", "c", "d"])
    stream = io.BytesIO()
    book.save(stream)
    document = document_of(stream.getvalue(), "a.xlsx")
    assert (document.data, document.problems) == ({"measures": [{"id": "a", "title": "b"}]}, ())


def test_places():
    """A cell is named as spreadsheets name it."""
    assert str(Place("a.xlsx", 7, 28, "measures")) == "a.xlsx:measures!AB7"
    assert str(Place("a.xlsx", 1, 26, "x")) == "a.xlsx:x!Z1"
    assert Place("a.yaml", 7, 2).short == "a.yaml:7"


# The command line


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder of its own, with the small rulesets, called in English."""
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(changed({}), encoding="utf-8")
    return ("--rulesets", str(DATA / "rulesets"), "--lang", "en")


def test_convert(here, capsys):
    """From YAML to a workbook to JSON to YAML: the same plan, and never over a file."""
    for old, new in (("small.yaml", "a.xlsx"), ("a.xlsx", "b.json"), ("b.json", "c.yml")):
        assert main(["convert", old, new, *here]) == 0
    assert yaml.load(Path("c.yml").read_text("utf-8"), yaml.BaseLoader) == SMALL_DATA  # noqa: S506
    assert json.loads(Path("b.json").read_bytes()) == SMALL_DATA
    assert main(["convert", "a.xlsx", "b.json", *here]) == 2
    assert main(["convert", "a.xlsx", "b.doc", *here]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first == "dxrules: b.json: is already there. Name another file."
    assert second == "dxrules: b.doc: its ending is one of .yaml, .yml, .json, .xlsx."


def test_every_command_takes_a_workbook(here, capsys):
    """A workbook is judged as its YAML is, wherever a plan file is taken; so in a packet."""
    main(["convert", "small.yaml", "a.xlsx", *here])
    where = ("--as-of", DAY, *here, "--engine", "interpreter")
    counts = []
    for name in ("small.yaml", "a.xlsx"):
        main(["check", name, *where, "--format", "json"])
        counts.append(json.loads(capsys.readouterr().out)["plans"][0]["counts"])
        for command in ("gaps", "explain"):
            rule = ("TST-02",) if command == "explain" else ()
            assert main([command, *rule, name, *where]) == 0
        assert main(["graph", name, "--as-of", DAY, *here]) == 0
        capsys.readouterr()
    assert counts[0] == counts[1]
    main(["check", "a.xlsx", *where, "--format", "none", "--packet", "p.zip"])
    assert main(["replay", "p.zip", "--lang", "en"]) == 0
    main(["check", ".", *where, "--format", "json"])
    plans = json.loads(capsys.readouterr().out.partition("\n")[2])["plans"]
    assert [plan["plan"]["file"] for plan in plans] == ["a.xlsx", "small.yaml"]
    place = plans[0]["findings"][0]["places"][0]
    assert place["sheet"]


def test_new(here, capsysbinary):
    """A workbook to fill in is written by its ending, or by name to standard output."""
    assert main(["new", "plan", "a.xlsx", "--lang", "ja"]) == 0
    assert Path("a.xlsx").read_bytes() == empty_workbook("ja", SHIPPED.reference)
    assert main(["new", "plan", "--format", "xlsx", *here]) == 0
    assert capsysbinary.readouterr().out == empty_workbook("en", LAW.reference)


def test_not_for_a_terminal(here, monkeypatch, capsys):
    """A workbook is not written to a terminal."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["new", "plan", "--format", "xlsx", *here]) == 2
    assert main(["check", "small.yaml", *here, "--format", "xlsx"]) == 2
    assert capsys.readouterr().err == (
        "dxrules: A workbook is not for a terminal. Name a file.\n"
        "dxrules: xlsx is not for a terminal. Write --output report.xlsx, for example.\n"
    )


def test_document_from():
    """The ending tells how bytes are read."""
    assert document_from(changed({}).encode(), PLAN).data == SMALL_DATA
    assert document_from(edited([]), "a.XLSX").data == SMALL_DATA
    assert {OWNER, KEY, EACH}.isdisjoint(Plan.model_fields)
