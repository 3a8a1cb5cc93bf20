"""What a cell shows counts: percentages, months and figures in thousands; and every fault at once.

A file keeps 25 % as 0.25 and a month as its first day. A false figure would be judged as true.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from dxrules.errors import PlanError
from dxrules.plan import plan_of
from dxrules.plan.workbook.layout import sheets
from dxrules.plan.workbook.reader import document_of
from dxrules.source import Refusal
from dxrules.source.sheets import read_book
from dxrules.source.sheets.cell_display import shown
from tests.helpers.workbooks import LAW, SMALL_DATA, column, edited, value_cell

pytestmark = pytest.mark.slow  # a workbook is written and read for each

SHARE = "0.0%"
NOT_READ = (
    "It is a formula whose result was not saved. "
    "Open it in Excel and save it again, or write the value as text."
)
CHANGED = {
    **SMALL_DATA,
    "indicators": [
        {"id": "share", "title": "割合", "unit": "％", "baseline": {"value": "1"}},
        {"id": "count", "title": "件数", "unit": "件", "baseline": {"value": "1"}},
        {"id": "bare", "title": "単位なし", "baseline": {"value": "1"}},
    ],
}
BASELINE, TEXT = column("indicators", "baseline.value"), column("indicators", "text_measure.value")
TITLE, UNIT = column("indicators", "title"), column("indicators", "unit")


def cell(value, form):
    """Return a cell as it is read from a file; a format that is a number has that number."""
    book, stream = Workbook(), io.BytesIO()
    written = book.active.cell(1, 1, value)
    written.number_format = form if isinstance(form, str) else "0"
    if isinstance(form, int):
        written._style.numFmtId = form
    book.save(stream)
    return only_cell(stream.getvalue())


def only_cell(raw):
    """Return the first cell of a workbook."""
    return read_book(raw).pages[0].cells[1][1]


def taken(*changes):
    """Return what a workbook with three indicators holds after changes."""
    return document_of(edited(changes, CHANGED), "a.xlsx")


def faults(*changes):
    """Return what is wrong with the plan in such a workbook."""
    with pytest.raises(PlanError) as caught:
        plan_of(taken(*changes), LAW.reference)
    return [problem.text.en for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        (0.25, "0%", "25%"),
        (0.07, "0.00%", "7%"),
        (0.229, '0.0%;[Red]-0.0%;"-"', "22.9%"),
        (-0.01, "0%;[Red]-0%", "-1%"),
        (0, "0%;-0%;0", "0"),
        (0, "0%", "0%"),
        (1, "0%", "100%"),
        (25, '0"%"', "25"),
        (25, r"0\%", "25"),
        (25.0, "General", "25"),
        (0.000001, "General", "0.000001"),
        (1234567, "#,##0", "1234567"),
        (1234567, "#,##0_);(#,##0)", "1234567"),
        ("25%", "0%", "25%"),
        (True, "0%", "TRUE"),
        (date(2026, 9, 30), "yyyy-mm-dd", "2026-09-30"),
        (datetime(2026, 9, 30, 12), "[$-411]ge.m.d;@", "2026-09-30"),  # noqa: DTZ001
        (date(2026, 9, 1), 'yyyy"年"m"月"', "2026-09"),
        (date(2026, 9, 1), '[$-411]ggge"年"m"月";@', "2026-09"),
        (date(2026, 9, 1), "mmm-yy", "2026-09"),
        (date(2026, 4, 1), 'yyyy"年"', "2026年"),
        (date(2026, 4, 1), 'yyyy"年度"', "2026年度"),
        (46113, 'ggge"年"', "2026年"),
        (46113, '[$-411]e"年度"', "2026年度"),
        (46113, 'G/標準"件"', "46113"),
        (46113, "0.0E+00", "46113"),
        (time(12, 30), "h:mm", "12:30:00"),
        (2026, '0"年度"', "2026年度"),
        (8, '"令和"0年度', "令和8年度"),
        (3, '0"万人"', "3万人"),
        (600, '"約"#,##0"件"', "約600件"),
        (-3, '0;"△"0', "-3"),
        (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0"),
        (0, '0;-0;"未定"', "未定"),
        (date(2026, 9, 1), 'yyyy"年"m"月頃"', "2026年9月頃"),
        (date(2026, 9, 1), '"遅くとも"ggge"年度末"', "遅くとも2026年度末"),
        ("2026年9月", '@"頃"', "2026年9月頃"),
        ("2026年9月", '0;0;0;"予定 "@', "予定 2026年9月"),
        ("2026年9月", '"a;b"0', "2026年9月"),
    ],
)
def test_what_is_shown(value, form, said):
    """A cell says what people see in it, and no less than the file holds."""
    assert shown(cell(value, form)) == said


@pytest.mark.parametrize(
    ("number", "said"), [(31, "2026-09-30"), (55, "2026-09"), (57, "2026-09-30"), (32, "46295")]
)
def test_formats_of_a_japanese_excel(number, said):
    """Formats that a Japanese Excel names by a number alone are those of its dates."""
    assert shown(cell(46295, number)) == said


def test_dates_that_the_file_says_are_dates():
    """A cell may be a date by what the file says of it, whatever its format."""
    book, stream = Workbook(), io.BytesIO()
    book.iso_dates = True
    book.active["A1"] = date(2026, 9, 30)
    book.active["A1"].number_format = "General"
    book.save(stream)
    assert shown(only_cell(stream.getvalue())) == "2026-09-30"


@pytest.mark.parametrize(
    ("value", "form", "why"),
    [
        (46295, 56, "The date is shown without its year."),
        (date(2026, 9, 30), 'm"月"d"日"', "The date is shown without its year."),
        (1234567, "#,##0,", "It is shown in thousands or millions"),
        (1234567, '0.0,,"百万円"', "It is shown in thousands or millions"),
        (0, "#,###", "Its format does not show what it holds."),
        (0, "0;-0;;@", "Its format does not show what it holds."),
        ("案", ";;;", "Its format does not show what it holds."),
        (date(2026, 9, 1), 'yyyy"年の"m"月"', 'Its format puts "の" into the middle'),
        (0.5, "[<1]0%;0", "Its format makes it a percentage on a condition"),
    ],
)
def test_what_is_not_clear(value, form, why):
    """Where a cell shows less than is needed, or another figure, it is refused with a way out."""
    with pytest.raises(Refusal) as caught:
        shown(cell(value, form))
    assert caught.value.text.en.startswith(why)
    assert caught.value.hint is not None


def test_shares():
    """A percentage is read as people say it, by its format or its sign."""
    document = taken(
        ("indicators", f"{BASELINE}4", (0.229, SHARE)),
        ("indicators", f"{TEXT}4", (0.829, SHARE)),
        ("indicators", f"{column('indicators', 'text_measure.name')}4", "保有率"),
        ("indicators.targets", "A4", "share"),
        ("indicators.targets", f"{column('indicators.targets', 'value')}4", "２５％"),
        ("indicators.targets", f"{column('indicators.targets', 'year')}4", "令和11年度"),
        ("indicators", f"{TITLE}4", (0.25, SHARE)),
    )
    assert document.problems == ()
    (share, *_) = plan_of(document, LAW.reference).plan.indicators
    assert str(share.baseline.value) == "22.9"
    assert str(share.text_measure.value) == "82.9"
    assert str(share.targets[0].value) == "25"
    assert share.title == "25%"


def test_shares_that_do_not_fit():
    """A percentage of what is counted otherwise is refused; without a unit it tells the unit."""
    way_out = "If it is a percentage, give % as the unit; if not, write the value as text."
    said = faults(
        ("indicators", f"{BASELINE}5", (0.229, SHARE)),
        ("indicators", f"{BASELINE}6", "5%"),
        ("standardization", IN_SCOPE, (0.2, "0%")),
    )
    assert said == [
        (
            f'a.xlsx:standardization!{IN_SCOPE}: "number of tasks in scope": '
            '"20%" is not a whole number.'
        ),
        (
            f'a.xlsx:indicators!{BASELINE}5: "value": It says "22.9%", '
            f'but the unit of the indicator is "件". {way_out}'
        ),
    ]
    assert taken(("indicators", f"{BASELINE}6", "5%")).data["indicators"][2]["unit"] == "%"


def test_a_day_without_its_year():
    """What is not clear is refused at its cell, with a way out."""
    due = column("measures", "due")
    assert faults(("measures", f"{due}4", (date(2026, 9, 30), 'm"月"d"日"'))) == [
        (
            f"a.xlsx:measures!{due}4: The date is shown without its year. Write it as text with "
            "the year that the plan says, for example 令和8年9月30日."
        )
    ]


IN_SCOPE = value_cell("standardization", "standardization.in_scope")


def test_a_unit_that_cannot_be_read():
    """Where the unit is a fault already, the percentage beside it is none."""
    changes = ("indicators", f"{UNIT}4", "=A1"), ("indicators", f"{BASELINE}4", (0.2, SHARE))
    assert faults(*changes) == [f"a.xlsx:indicators!{UNIT}4: {NOT_READ}"]


def test_one_fault_for_one_cell():
    """A cell that cannot be read is not missing besides, and what else is missing is said."""
    title, recorded = value_cell("plan", "plan.title"), value_cell("plan", "recorded")
    assert faults(("plan", title, "=A1"), ("plan", recorded, None)) == [
        (
            f'a.xlsx:the plan itself!{recorded}: "the day that the facts speak for": '
            "It is empty, and has to be filled in."
        ),
        f"a.xlsx:the plan itself!{title}: {NOT_READ}",
    ]


@pytest.mark.parametrize(
    ("sheet", "cell_name"),
    [("measures.requires", "A4"), ("provisions", "A20"), ("evidence", "A4"), ("evidence", "B4")],
)
@pytest.mark.covered
def test_names_that_cannot_be_read(sheet, cell_name):
    """Where the name of an entry cannot be read, that is the one fault of its row."""
    (said,) = faults((sheet, cell_name, "=B1"))
    assert said.endswith(f"!{cell_name}: {NOT_READ}")


def test_a_key_that_cannot_be_read():
    """The same in a sheet of keys: what the key would need is said to be missing."""
    said = faults(("plan", "D4", "=B1"))
    assert sum("!D4: " in line for line in said) == 1
    assert not any("Unknown key" in line for line in said)


@pytest.mark.slow
def test_all_faults_of_a_row():
    """An entry that belongs to nothing known is looked at like any other."""
    kind = column("measures.requires", "kind")
    status = column("provisions", "status")
    page = column("evidence", "text")
    said = faults(
        ("measures.requires", "A4", "nope"),
        ("measures.requires", f"{kind}4", "sometimes"),
        ("provisions", "A5", "CIO"),
        ("provisions", f"{status}5", "=1"),
        ("provisions", f"{column('provisions', 'since')}5", "令和99年99月"),
        ("indicators.targets", "A4", "nope"),
        ("indicators.targets", f"{column('indicators.targets', 'value')}4", "25%"),
        ("indicators.targets", f"{column('indicators.targets', 'relative')}4", "全国平均以上"),
        ("evidence", "B4", "nobody"),
        ("evidence", f"{page}4", "字" * 41),
    )
    heads = [line.split(": ")[:2] for line in said]
    assert [head[0] for head in heads] == [
        "a.xlsx:what has been set up!A5",
        f"a.xlsx:what has been set up!{column('provisions', 'since')}5",
        f"a.xlsx:what has been set up!{status}5",
        "a.xlsx:prerequisites!A4",
        f"a.xlsx:prerequisites!{kind}4",
        "a.xlsx:targets!A4",
        "a.xlsx:targets!A4",
        "a.xlsx:evidence!B4",
        f"a.xlsx:evidence!{page}4",
    ] or said


def test_faults_in_the_order_of_sheets():
    """Faults come sheet by sheet in the order of the workbook, then by cell."""
    said = faults(
        ("indicators", f"{BASELINE}4", "many"),
        ("plan", value_cell("plan", "recorded"), "令和99年99月"),
        ("plan", value_cell("plan", "plan.title"), None),
        ("measures", f"{column('measures', 'due')}5", "令和99年99月"),
        ("measures", f"{column('measures', 'status')}4", "onging"),
    )
    labels = [sheet.label.en for sheet in sheets()]
    at = [line.removeprefix("a.xlsx:").split("!")[0] for line in said]
    assert at == sorted(at, key=labels.index)
    assert len(said) == 5
