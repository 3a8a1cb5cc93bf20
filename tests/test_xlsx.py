"""The audit working paper: whole sheets as text under tests/golden_xlsx, and how it prints.

After a wanted change: `DXRULES_UPDATE_GOLDEN=1 pytest tests/test_xlsx.py`, then read the diff.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import date, datetime
from html import escape, unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from dxrules import assess, load_law, read_plan
from dxrules.assessment.comparison import compare_plans
from dxrules.assessment.dossier import Dossier, Unreadable
from dxrules.assessment.finding_question import question_of
from dxrules.plan import plan_of
from dxrules.report.how_to_write import How
from dxrules.report.shared_labels import KNOWN, OUTCOMES
from dxrules.report.terminal import Style
from dxrules.report.writers import CHECK, COMPARE
from dxrules.report.xlsx import working_paper
from dxrules.rules import Outcome
from dxrules.source import from_text
from dxrules.source.spreadsheet import (
    LONGEST,
    cell_text,
    header_text,
    height_of,
    lines_of,
    sheet_names,
)
from dxrules.texts import Text, visible
from tests.helpers.goldens import kept
from tests.helpers.small import DATA, DAY, PLAN, changed

GOLDEN = Path(__file__).parent / "golden_xlsx"
LAW = load_law(DATA / "rulesets")
SMALL = read_plan(DATA / PLAN, LAW.reference, PLAN)
HOSTILE = '=HYPERLINK("x") &P [a]:*?/\\ \' <b> _x0041_ \N{HEBREW LETTER ALEF}'
EN = How(Style("en"))


def dossier(*plans, **more):
    """Judge plans with the interpreter."""
    judged = assess(plans, LAW, date.fromisoformat(DAY), engine="interpreter")
    return Dossier(judged, LAW, **more)


def written(reported, how=EN, formats=CHECK):
    """Return the workbook that a report is."""
    return load_workbook(io.BytesIO(formats.named("xlsx")(reported, how)))


def named(town, title="計画"):
    """Return the small plan with another name of the town, and title."""
    data = from_text(changed({}), PLAN).data
    data["municipality"]["name"] = {"ja": town, "en": town}
    data["plan"]["title"] = title
    return plan_of(from_text(json.dumps(data), PLAN), LAW.reference)


def as_text(book):
    """Return all that a workbook says, and what of it is printed."""
    lines = []
    for sheet in book:
        head = f"{sheet.oddHeader.left.text} | {sheet.oddHeader.right.text}"
        lines += [f"== {sheet.title} [{head}]", f"printed: {sheet.print_area}"]
        lines += [f"{cell.coordinate}: {cell.value}" for row in sheet for cell in row if cell.value]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("form", ["check", "compare"])
def test_golden(form, lang):
    """The paper is what its file under tests/golden_xlsx says, cell by cell."""
    style = How(Style(lang), alone="chosen")
    judged = dossier(SMALL)
    compared = compare_plans(judged.assessment)
    book = written(judged, style) if form == "check" else written(compared, style, COMPARE)
    shown = as_text(book)
    assert shown == kept(GOLDEN / f"{form}.{lang}.txt", shown)


def test_a_row_per_finding():
    """Every finding is a row that says how it came out; only what is open says what to do."""
    judged = dossier(SMALL)
    *_, sheet = written(judged).worksheets
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(2, values_only=True)]
    findings = judged.assessment.plans[0].told()
    said = [(row["rule"], row["outcome"], row["remedy or question"]) for row in rows]
    to_do = {
        Outcome.FAIL: lambda f: f.rule.remedy.en,
        Outcome.UNKNOWN: lambda f: question_of(f).en,
        Outcome.ERROR: lambda f: f.rule.remedy.en,
    }
    assert said == [
        (f.rule.id, OUTCOMES[f.outcome].en, to_do.get(f.outcome, lambda _: None)(f))
        for f in findings
    ]
    assert {row["auditor's judgement"] for row in rows} == {None}
    assert {row["auditor's remark"] for row in rows} == {None}


def test_for_work_and_for_paper():
    """Heads stay in sight and are printed; rows filter; the auditor chooses a judgement."""
    first, _, sheet = written(dossier(SMALL)).worksheets
    last = sheet.max_row
    assert sheet.freeze_panes == "D2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.print_area == f"'{sheet.title}'!$A$1:$L${last}"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, sheet.max_column).coordinate[:-1]}{last}"
    [offer] = sheet.data_validations.dataValidation
    assert (str(offer.sqref), offer.formula1) == (
        f"K2:K{last}",
        '"pass,fail,undetermined,not applicable"',
    )
    for page in (first, sheet):
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.oddFooter.center.text == "&P / &N"
    heights = {row.height for row in sheet.row_dimensions.values()}
    assert len(heights) > 1
    [link] = [cell.hyperlink for row in first for cell in row if cell.hyperlink]
    assert link.location == f"'{sheet.title}'!A1"


def test_a_sheet_per_town(monkeypatch):
    """Few towns have a sheet each, found from the summary; many share one that filters."""
    towns = [named("川/西'町"), named("川西町"), named("川西'町")]
    book = written(dossier(*towns))
    assert book.sheetnames == ["Summary", "Confirm first", "川西'町", "川西町", "川西'町 (2)"]
    links = [cell.hyperlink.location for row in book["Summary"] for cell in row if cell.hyperlink]
    assert links == ["'川西''町'!A1", "'川西町'!A1", "'川西''町 (2)'!A1"]
    monkeypatch.setattr(working_paper, "MOST_SHEETS", 2)
    book = written(dossier(*towns))
    assert book.sheetnames == ["Summary", "Confirm first", "Rules"]
    links = {cell.hyperlink.location for row in book["Summary"] for cell in row if cell.hyperlink}
    assert links == {"'Rules'!A1"}
    sheet = book["Rules"]
    assert sheet["A1"].value == "municipality"
    assert {sheet.cell(row, 1).value for row in range(2, sheet.max_row + 1)} == {
        "川/西'町",
        "川西町",
        "川西'町",
    }


@pytest.mark.parametrize("known", [False, True])
def test_rows_of_many_towns(monkeypatch, known):
    """Rows that were written apart say and look as those of a town's own sheet, by its columns."""

    def rows(book):
        heads, *cells = book.worksheets[2].iter_rows()
        assert heads[0].parent.max_row == len(cells) + 1
        return [
            {
                head.value: (cell.value, cell.fill.fgColor.rgb, cell.font.b, cell.border.top.style)
                for head, cell in zip(heads, row, strict=True)
            }
            for row in cells
        ]

    judged = dossier(SMALL, stale=() if known else None)
    of_one = rows(written(judged))
    monkeypatch.setattr(working_paper, "MOST_SHEETS", 0)
    of_many = rows(written(judged))
    heads = {head for head in of_one[0] if head != "municipality"}
    assert ("baseline" in heads) is known
    assert [{head: row[head] for head in heads} for row in of_many] == [
        {head: row[head] for head in heads} for row in of_one
    ]
    assert {row["outcome"][1:3] for row in of_many} >= {("FFFDE0E2", True), ("FFE9E7F3", False)}


def test_no_plan():
    """Without a plan there is a summary that says so by being empty."""
    assert written(dossier()).sheetnames == ["Summary"]


def test_unreadable():
    """What could not be read is named before the towns that were judged."""
    fault = Text(
        "b.yaml:1:1: 読めない。\nb.yaml:2:1: 次。", "b.yaml:1:1: Broken.\nb.yaml:2:1: Next."
    )
    sheet = written(dossier(SMALL, unreadable=(Unreadable("b.yaml", fault),))).worksheets[0]
    said = [[cell.value for cell in row[:3]] for row in sheet.iter_rows(15, 19)]
    assert said == [
        [None, None, None],
        ["! Not judged", None, "b.yaml:1:1: Broken."],
        ["! Not judged", None, "b.yaml:2:1: Next."],
        [None, None, None],
        ["code", "municipality", "plan"],
    ]
    assert sheet.freeze_panes == "C20"


def test_baseline():
    """With a baseline, what it knows is marked."""
    judged = dossier(SMALL, stale=())
    plan = judged.assessment.plans[0]
    first, *others = plan.findings
    plan = plan.of_findings([replace(first, known=True), *others])
    judged = replace(judged, assessment=replace(judged.assessment, plans=(plan,)))
    sheet = written(judged).worksheets[2]
    assert [row[-1].value for row in sheet.iter_rows(1, 3)] == ["baseline", KNOWN.en, None]


def test_hostile_plan():
    """Text of a plan is text: no formula, no code of a page header, no escape of XML."""
    plan = named("Z", HOSTILE)
    raw = CHECK.named("xlsx")(dossier(plan), EN)
    book = load_workbook(io.BytesIO(raw))
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        content = archive.read("xl/worksheets/sheet1.xml").decode()
        header = unescape(archive.read("xl/worksheets/sheet3.xml").decode())
    assert "<f>" not in content
    escaped = escape(HOSTILE, quote=False).replace("_x", "_x005F_x")
    assert f">{escaped}<" in content
    assert '"x") &&P [a]' in header


def test_compared_towns_across():
    """Many towns take several pages across, on each of which the requirements stand again."""
    towns = [named(f"町{number}") for number in range(13)]
    sheet = written(compare_plans(dossier(*towns).assessment), EN, COMPARE).worksheets[0]
    assert sheet.page_setup.fitToWidth == 0
    assert sheet.print_title_cols == "$A:$D"
    assert sheet.max_column == 4 + 3 + len(towns)


def test_no_time():
    """A workbook says that it was made on the day judged, and its entries bear no time."""
    first, second = (CHECK.named("xlsx")(dossier(SMALL), EN) for _ in range(2))
    assert first == second
    properties = load_workbook(io.BytesIO(first)).properties
    assert properties.created == properties.modified == datetime.fromisoformat(DAY)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# What spreadsheets ask of texts

ANY = st.text(max_size=50) | st.text("[]:*?/\\' aA町\N{GRINNING FACE}", max_size=50)


@given(st.lists(ANY, max_size=6))
def test_names_of_sheets_are_taken(wanted):
    """Whatever is wanted: a name each that Excel takes, no two the same."""
    names = sheet_names(wanted, ["要約"])
    assert len(names) == len(wanted)
    assert len({name.casefold() for name in [*names, "要約"]}) == len(names) + 1
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "history"


@given(st.text() | st.text("_x0041Af\N{GRINNING FACE}", max_size=30))
def test_cells_say_what_was_meant(text):
    """A cell holds the lines of a text, made visible; no sequence of it is taken for a code."""
    shown = cell_text(text)
    assert shown.replace("_x005F_", "_") == "\n".join(map(visible, text.split("\n")))


def test_long_cells():
    """A text that is too long ends with an ellipsis, and no sign is cut in two."""
    for sign in ("a", "町", "\N{GRINNING FACE}"):
        shown = cell_text(sign * LONGEST)
        assert len(shown.encode("utf-16-le")) // 2 in (LONGEST, LONGEST - 1)
        assert shown.strip(sign) in ("", "…")


@given(st.text("a町 \n", max_size=80), st.integers(1, 40))
def test_higher_where_narrower(text, columns):
    """A narrower cell never needs fewer lines, and a line feed always adds one."""
    assert lines_of(text, columns) >= lines_of(text, columns + 1) >= 1
    assert lines_of(f"{text}\n", columns) == lines_of(text, columns) + 1


def test_heights():
    """Rows grow with their lines, as far as spreadsheets let them."""
    heights = [height_of(lines, 9) for lines in (1, 2, 10, 100, 1000)]
    assert heights == sorted(heights)
    assert heights[-1] == 409


def test_headers():
    """A header is one line that holds no code."""
    assert header_text("a&b\nc" + "d" * 200) == "a&&b c" + "d" * 74 + "…"
