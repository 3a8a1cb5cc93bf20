"""What each sheet of a workbook decides, by the rules in force."""

from __future__ import annotations

import io
from datetime import date

from openpyxl import load_workbook

from dxrules.cli import main
from dxrules.derivation import VOCABULARY
from dxrules.plan.workbook.layout import GUIDE, KEY, sheets
from dxrules.plan.workbook.reader import document_of
from dxrules.plan.workbook.writer import empty_workbook
from dxrules.rules.sections_decided import rules_by_section, section_of
from tests.helpers.lawbooks import ROOT, law

DAY = date(2026, 11, 20)
DECIDED = rules_by_section(law().lawbook(DAY))


def test_every_kind_has_its_section():
    """Every kind of fact is drawn from a sheet, and every rule is counted once."""
    assert {*DECIDED, *map(section_of, VOCABULARY)} <= {sheet.name for sheet in sheets()}
    assert sum(each.rules for each in DECIDED.values()) == len(law().lawbook(DAY).rules)


def test_entries_that_rules_name():
    """Where every rule of a section names entries, those are known; else any is meant."""
    asked = {k for r in law().lawbook(DAY).rules if r.kind == "provision" for k in r.keys}
    assert DECIDED["provisions"].entries == asked
    assert DECIDED["standardization.systems"].entries == frozenset()


def test_checklists_and_progress():
    """A new workbook lists what there can be, what rules name first, and counts what is filled."""
    reference = law().reference
    raw = empty_workbook("ja", reference, DECIDED)
    book = load_workbook(io.BytesIO(raw))
    for sheet in sheets():
        if sheet.shape == "mapping":
            page = book[sheet.label.ja]
            known = getattr(reference, sheet.columns[0].reference)
            assert sheet.columns[0].name == KEY
            listed = [row[0].value for row in page.iter_rows(min_row=4) if row[0].value]
            assert sorted(listed) == sorted(entry.name.ja for entry in known.values())
    first = [
        book["体制・ルールの整備状況"].cell(row, 1).value
        for row in range(4, 4 + len(DECIDED["provisions"].entries))
    ]
    names = {reference.provisions[key].name.ja for key in DECIDED["provisions"].entries}
    assert {*first} == names
    said = {row[0].value: row for row in book[GUIDE.ja].iter_rows() if row[0].hyperlink}
    row = said["体制・ルールの整備状況"]
    rules = DECIDED["provisions"].rules
    assert row[2].value == f"{len(names)}項目で{rules}件の点検項目が決まる"
    count = len(reference.provisions)
    assert row[3].value == f"=COUNTA('体制・ルールの整備状況'!B4:B{3 + count})"
    assert row[4].value == count
    assert said["取組"][3].value == "=COUNTA('取組'!B4:B304)"
    assert said["取組"][4].value is None
    assert document_of(raw, "a.xlsx").problems == ()
    assert document_of(raw, "a.xlsx").data == {"format": "dxrules/plan/1"}


def test_an_example(tmp_path, monkeypatch, capsys):
    """An example is a real plan, and is judged without a fault, in either form."""
    monkeypatch.chdir(tmp_path)
    for name in ("example.xlsx", "example.yaml"):
        assert main(["new", "plan", "--example", name, "--lang", "ja"]) == 0
        assert main(["check", name, "--format", "none", "--fail-on", "never", "--lang", "ja"]) == 0
    assert capsys.readouterr() == ("", "")
    shipped = ROOT / "facts" / "34545-jinsekikogen.yaml"
    assert (tmp_path / "example.yaml").read_bytes() == shipped.read_bytes()
