"""Plans as workbooks: written, filled in, read back, and every fault in its cell."""

from __future__ import annotations

import io
import json
import re
from datetime import date, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from dxrules import assess, load_law, read_plan
from dxrules.cli import main
from dxrules.cli.common import today_in_japan
from dxrules.errors import Place, PlanError
from dxrules.plan import Plan, plan_of
from dxrules.plan.blank_marks import says_nothing
from dxrules.plan.read import document_from
from dxrules.plan.schema import id_names
from dxrules.plan.template import template
from dxrules.plan.workbook.cell_words import choices_of, folded, how_to_write, labels_of
from dxrules.plan.workbook.choices import Offered
from dxrules.plan.workbook.guide import purpose
from dxrules.plan.workbook.layout import (
    EACH,
    FIRST_ROW,
    GUIDE,
    KEY,
    KEY_ROW,
    LABEL_ROW,
    OWNER,
    SECTIONS,
    optional_tables,
    sheets,
)
from dxrules.plan.workbook.reader import document_of
from dxrules.plan.workbook.writer import empty_workbook
from dxrules.rules.sections_decided import rules_by_section
from dxrules.source import from_text
from dxrules.source.spreadsheet import sheet_names
from dxrules.texts import LANGS, same
from tests.helpers.examples import of_hundred
from tests.helpers.lawbooks import ROOT, TOWNS
from tests.helpers.plans import switched_on
from tests.helpers.small import DATA, DAY, PLAN, changed
from tests.helpers.workbooks import (
    LABELS,
    LAW,
    SMALL_DATA,
    column,
    edited,
    small_workbook,
    value_cell,
    workbook_of,
)

SHIPPED = load_law()
DATE_CELL, NUMBER_CELL = date(2026, 9, 30), 20


@pytest.mark.slow
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


def confirmed(data):
    """Return a plan's data without the doubts of a draft: a plan with any becomes no workbook."""
    if isinstance(data, list):
        return [confirmed(each) for each in data]
    if isinstance(data, dict):
        return {key: confirmed(each) for key, each in data.items() if key != "doubts"}
    return data


def test_every_key_has_its_cell():
    """Whatever the template knows comes back from a workbook: no key is forgotten."""
    text = switched_on(template("ja", SHIPPED.reference))
    data = confirmed(from_text(re.sub(r"(?m)^ *evidence: \[\]\n", "", text), "t.yaml").data)
    assert data["waivers"]
    assert data["indicators"][0]["text_measure"]
    back = document_of(workbook_of(data, "ja", SHIPPED.reference), "a.xlsx")
    assert back.problems == ()
    assert back.data == data


WORD = (
    st.text("abcäあ漢=+@-' ", min_size=1, max_size=8)
    .map(str.strip)
    .filter(lambda said: said and not says_nothing(said))
)


@pytest.mark.slow
@of_hundred(12)
@given(st.data())
def test_generated_plans_come_back(data):
    """Entries, lists within entries, empty tables and evidence come back as they were."""
    slug = st.from_regex(r"\A[a-z]{1,6}\Z")
    scalar = {"owner": WORD, "due": WORD, "status": st.sampled_from(["done", "not-done"])}
    measure = st.fixed_dictionaries(
        {"id": slug, "title": WORD},
        optional=scalar
        | {
            "areas": st.lists(st.sampled_from([*LAW.reference.areas]), max_size=3),
            "requires": st.lists(st.fixed_dictionaries({"id": slug}), min_size=1, max_size=2),
            "evidence": st.lists(
                st.fixed_dictionaries({"text": WORD}, optional={"of": st.lists(slug, min_size=1)}),
                min_size=1,
                max_size=2,
            ),
        },
    )
    provision = st.fixed_dictionaries(
        {"status": st.sampled_from(["planned", "none"])}, optional={"title": WORD, "since": WORD}
    )
    plan = {"format": "dxrules/plan/1", "recorded": data.draw(WORD)}
    plan["measures"] = data.draw(st.lists(measure, max_size=4, unique_by=lambda m: m["id"]))
    known = st.sampled_from([*LAW.reference.provisions])
    plan["provisions"] = data.draw(st.dictionaries(known, provision, max_size=3))
    back = document_of(workbook_of(plan, "ja", LAW.reference), "a.xlsx")
    assert back.problems == ()
    assert back.data == plan


def test_same_bytes():
    """The same plan gives the same workbook."""
    made = [workbook_of(dict(SMALL_DATA), "ja") for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.slow
def test_nothing_is_a_formula():
    """Text of a plan stays text, though it looks like a formula."""
    data = SMALL_DATA | {"measures": [{"id": "a", "title": "=1+1"}]}
    book = load_workbook(io.BytesIO(workbook_of(data, "ja", LAW.reference)))
    assert book["取組"]["B4"].data_type == "s"
    assert document_of(workbook_of(data, "ja", LAW.reference), "a.xlsx").data == data


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_empty_workbook(lang):
    """Every key has its label, a way to write it, and a list where there is one to choose from."""
    book = load_workbook(io.BytesIO(empty_workbook(lang, LAW.reference)))
    names = id_names(LAW.reference)
    for sheet in sheets():
        page = book[sheet.label.in_(lang)]
        offers = {str(o.sqref).split(":")[0]: o for o in page.data_validations.dataValidation}
        assert len(offers) == len(sheet.columns)
        for place, each in enumerate(sheet.columns):
            how = how_to_write(each, names, lang)
            if sheet.shape == "keys":
                row = FIRST_ROW + place
                label, first = page.cell(row, 1).value, f"B{row}"
                assert (page.cell(row, 3).value or "") == how
                assert page.cell(row, 4).value == each.name
            else:
                head = page.cell(LABEL_ROW, place + 1)
                label, first = head.value, f"{head.column_letter}{FIRST_ROW}"
                assert head.comment.text == f"{each.label.in_(lang)}\n{how}".strip()
                assert page.cell(KEY_ROW, place + 1).value == each.name
            assert label.removesuffix(" (＊)").removesuffix(" ＊") == each.label.in_(lang)
            assert label.endswith(("＊", "(＊)")) is (each.required and each.follows is None)
            chosen = bool(choices_of(each, names)) and not each.several
            listed = chosen or bool(each.names) or each.name == "municipality.name.ja"
            assert (offers[first].type == "list") is listed
            assert (offers[first].prompt or "")[:50] == how[:50]
    assert book["codes"].sheet_state == "hidden"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_guide(lang):
    """The first sheet names every other one, what it holds, and leads there."""
    book = load_workbook(io.BytesIO(empty_workbook(lang, LAW.reference)))
    assert book.sheetnames[0] == GUIDE.in_(lang)
    shown = {
        (row[0].value, row[1].value)
        for row in book.worksheets[0].iter_rows()
        if row[0].hyperlink and row[0].hyperlink.location == f"'{row[0].value}'!A1"
    }
    assert shown == {
        (label.in_(lang), purpose(name).in_(lang))
        for name, label in (*((s.name, s.label) for s in sheets()), ("sections", SECTIONS))
    }
    assert {name for name, _ in shown} == {*book.sheetnames} - {GUIDE.in_(lang), "codes"}


def test_names_of_sheets():
    """Names and labels of sheets are such that spreadsheets take, and none means two sheets."""
    for lang in LANGS:
        labels = [
            *(sheet.label.in_(lang) for sheet in sheets()),
            SECTIONS.in_(lang),
            GUIDE.in_(lang),
        ]
        assert sheet_names(labels) == labels
    words = [{folded(w) for w in (s.name, s.label.ja, s.label.en)} for s in sheets()]
    assert len(set().union(*words)) == sum(map(len, words))


def test_choices_are_unambiguous():
    """Every choice has words, no two of a list the same, and no list in a cell falls apart."""
    names = id_names(SHIPPED.reference)
    for sheet in sheets():
        for each in sheet.columns:
            for lang in LANGS:
                labels = labels_of(each, names, lang)
                assert len({folded(label) for label in labels.values()}) == len(labels)
                assert all(choices_of(each, names)[v].in_(lang) == w for v, w in labels.items())


def test_ambiguous_words():
    """Where two ids share their words, and where words would fall apart, the ids are shown."""
    [areas] = [c for s in sheets() if s.name == "measures" for c in s.columns if c.name == "areas"]
    names = {
        "areas": {
            "a": same("A、B"),
            "b": same("b"),
            "c": same("C"),
            "d": same("ｃ"),
            "e": same("a"),
        }
    }
    assert labels_of(areas, names, "ja") == {"a": "a", "b": "b", "c": "c", "d": "d", "e": "e"}


@pytest.mark.parametrize(
    "said", ["整備済み", " 整備済み", "in place", "IN PLACE", "in-place", "In-Place"]
)
@pytest.mark.covered
def test_words_or_ids(said):
    """A choice is read by its words in either language, or by its id."""
    data = document_of(edited([("provisions", "B4", said)]), "a.xlsx").data
    assert next(iter(data["provisions"].values()))["status"] == "in-place"


@pytest.mark.slow
def test_words_of_reference_lists():
    """The names of reference lists are read by the words of the workbook, or by the id."""
    key = column("provisions", "@key")
    ciso = LAW.reference.provisions["ciso"].name.en
    for said in (ciso.upper(), "ciso"):
        raw = edited([("provisions", f"{key}5", said)])
        assert [*document_of(raw, "a.xlsx").data["provisions"]][1] == "ciso"


def test_without_the_lists():
    """A workbook without the hidden sheet is read by ids, and by words that the models have."""
    book = load_workbook(
        io.BytesIO(edited([("provisions", "A4", "cio"), ("measures", "D4", "完了")]))
    )
    del book["codes"]
    stream = io.BytesIO()
    book.save(stream)
    document = document_of(stream.getvalue(), "a.xlsx")
    assert "cio" in document.data["provisions"]
    assert document.data["measures"][0]["status"] == "done"
    assert Offered({}).lists == {}


def test_cells_of_any_kind():
    """Dates, numbers and truths in cells are read as the text that a plan file would have."""
    due = column("measures", "due")
    raw = edited(
        [
            ("measures", f"{due}4", DATE_CELL),
            ("measures", f"{due}5", datetime(2026, 4, 1, 0, 0)),  # noqa: DTZ001  (Excel has none)
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
        [("measures", f"{areas}4", "AI、telework\nsecurity"), ("provisions", f"{cycle}4", "[]")]
    )
    data = document_of(raw, "a.xlsx").data
    assert data["measures"][0]["areas"] == ["ai", "telework", "security"]
    assert next(iter(data["provisions"].values()))["cycle"] == []


def test_sections_that_were_read():
    """A section read and found empty is said so on its sheet; one left out was not read."""
    data = {"format": "dxrules/plan/1", "measures": [], "collection": {}, "provisions": {}}
    assert document_of(workbook_of(data, "ja", LAW.reference), "a.xlsx").data == data
    assert set(optional_tables()) >= {"measures", "standardization.excluded", "document"}


DUE, STATUS = column("measures", "due"), column("measures", "status")
RECORDED = value_cell("plan", "recorded")
TOWN_HAS = "a.xlsx:what has been set up"

FAULTS = {
    "unknown sheet": (
        [("mesures", "A1", "x")],
        'a.xlsx:mesures!A1: No sheet is called "mesures". Did you mean measures?',
    ),
    "unknown column": (
        [("measures", "A3", "idd")],
        'a.xlsx:measures!A3: No column is called "idd". Did you mean id?',
    ),
    "unknown key": (
        [("plan", "D4", "formt")],
        "a.xlsx:the plan itself!D4: Unknown key. Did you mean format?",
    ),
    "no key beside a value": (
        [("plan", "B60", "x")],
        (
            "a.xlsx:the plan itself!B60: This row has no key, and is not read. "
            "Write it where the key stands."
        ),
    ),
    "no section beside an answer": (
        [("sections", "B60", "yes")],
        "a.xlsx:sections read!B60: This row has no key, and is not read.",
    ),
    "unknown section": (
        [("sections", "D4", "provision")],
        "a.xlsx:sections read!D4: Unknown section. Did you mean provisions?",
    ),
    "read": (
        [("sections", "B4", "maybe")],
        'a.xlsx:sections read!B4: "maybe" is not one of the values. Known here: yes, no.',
    ),
    "formula": (
        [("measures", "B4", "=A4")],
        "a.xlsx:measures!B4: It is a formula whose result was not saved. Open it in Excel and ",
    ),
    "no key": ([("provisions", "A4", None)], f"{TOWN_HAS}!B4: No entry is chosen for this row."),
    "id that stands twice": (
        [("measures", "A10", "survey"), ("measures", "B10", "x")],
        ('a.xlsx:measures!A10: "number or id": "survey" stands twice (first at measures!A4).'),
    ),
    "twice": ([("provisions", "A5", "CIO")], f'{TOWN_HAS}!A5: "CIO" stands twice.'),
    "unknown id": (
        [("provisions", "A4", "cioo")],
        f'{TOWN_HAS}!A4: "entry": "cioo" is not in the reference list (provisions).',
    ),
    "unknown words": (
        [("provisions", "A4", "CISO(最高)")],
        (f'{TOWN_HAS}!A4: "entry": "CISO(最高)" is not one of the values. Did you mean CISO?'),
    ),
    "no owner": (
        [("measures.requires", "A4", None)],
        "a.xlsx:prerequisites!B4: It does not say what it belongs to.",
    ),
    "unknown owner": (
        [("measures.requires", "A4", "servey")],
        'a.xlsx:prerequisites!A4: There is no entry "servey".',
    ),
    "evidence of no sheet": (
        [("evidence", "A4", None), ("evidence", "F4", "x")],
        "a.xlsx:evidence!B4: It does not say what it is evidence for.",
    ),
    "evidence of another sheet": (
        [("evidence", "A4", "milestones"), ("evidence", "F4", "x")],
        'a.xlsx:evidence!A4: "milestones" is not one of the values. Known here: ',
    ),
    "evidence of nothing": (
        [("evidence", "B4", "CIOO")],
        'a.xlsx:evidence!B4: There is no entry "CIOO". Did you mean CIO?',
    ),
    "evidence of a whole list": (
        [("evidence", "B4", None)],
        "a.xlsx:evidence!A4: It does not say which entry.",
    ),
    "evidence of an unknown measure": (
        [("evidence", "A4", "measures"), ("evidence", "B4", "nope")],
        'a.xlsx:evidence!B4: There is no entry "nope".',
    ),
    "evidence within what has no entries": (
        [("evidence", "A4", "the plan itself"), ("evidence", "B4", "title")],
        "a.xlsx:evidence!B4: That sheet has no entries. Leave it empty.",
    ),
    "control character": (
        [("measures", "B4", "a\u2028b")],
        "a.xlsx:measures!B4: The character U+2028 is not allowed. Delete it.",
    ),
    "line break": (
        [("measures", "B4", "申請を\n受け付ける")],
        (
            'a.xlsx:measures!B4: "title": '
            "A line break (U+000A) is not allowed here. Write it on one line."
        ),
    ),
    "tab": (
        [("measures", "B4", "申請を\t受け付ける")],
        "a.xlsx:measures!B4: A tab (U+0009) is not allowed here. Write a space.",
    ),
    "bidirectional override": (
        [("measures", "B4", "\u202eDX")],
        "a.xlsx:measures!B4: The character U+202E is not allowed. Delete it.",
    ),
    "wrong date": (
        [("measures", f"{DUE}4", "令和99年99月")],
        f'a.xlsx:measures!{DUE}4: "when it is to be finished": ',
    ),
    "wrong code": (
        [("measures", f"{STATUS}4", "onging")],
        (
            f'a.xlsx:measures!{STATUS}4: "done, ongoing, late, planned, considere…": '
            '"onging" is not one of the values. '
            "Did you mean ongoing?"
        ),
    ),
    "missing": (
        [("plan", RECORDED, None)],
        (
            f'a.xlsx:the plan itself!{RECORDED}: "the day that the facts speak for": It is empty, '
            "and has to be filled in."
        ),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.covered
def test_faults_name_sheet_and_cell(name):
    """Every fault names the sheet and the cell, what is wrong, and a way out."""
    changes, expected = FAULTS[name]
    with pytest.raises(PlanError) as caught:
        plan_of(document_of(edited(changes), "a.xlsx"), LAW.reference)
    said = [problem.text.en for problem in caught.value.problems]
    assert any(line.startswith(expected) for line in said), said
    places = [str(problem.place) for problem in caught.value.problems]
    assert places.count(expected.split(": ")[0]) == 1, said


def said_of(raw):
    """Return what is said of the faults of a workbook."""
    return [problem.text.en for problem in document_of(raw, "a.xlsx").problems]


@pytest.mark.parametrize("raw", [b"no archive", b"PK\x03\x04 broken"])
def test_no_workbook(raw):
    """What is no workbook is refused with one message."""
    assert said_of(raw) == [
        (
            "a.xlsx:1:1: Cannot be read as a workbook (.xlsx). It is damaged or another kind of "
            "file. If Excel opens it, save it again as an Excel workbook (.xlsx)."
        )
    ]


def test_empty_file():
    """An empty file is told as such."""
    assert said_of(b"") == [
        (
            "a.xlsx:1:1: The file is empty. Is it another file that is meant? "
            "`dxrules new plan` writes a plan file to start from."
        )
    ]


@pytest.mark.slow
def test_other_sheets():
    """An empty sheet more is passed over; sheets may go by their names, and in any order."""
    book = load_workbook(io.BytesIO(edited([])))
    for sheet in sheets():
        book[sheet.label.en].title = sheet.name
    book._sheets.reverse()
    book.create_sheet("Sheet1")
    stream = io.BytesIO()
    book.save(stream)
    document = document_of(stream.getvalue(), "a.xlsx")
    assert (document.data, document.problems) == (SMALL_DATA, ())


@pytest.mark.slow
def test_remarks():
    """Remarks under the word memo, and beside labels, are passed over."""
    raw = edited(
        [
            *(("measures", cell, "memo") for cell in ("T3", "T9")),
            *(("plan", cell, "メモ") for cell in ("A60", "F3", "F5")),
            ("sections", "C60", "memo"),
        ]
    )
    document = document_of(raw, "a.xlsx")
    assert (document.data, document.problems) == (SMALL_DATA, ())


@pytest.mark.slow
def test_evidence_alone():
    """A section of which there is nothing but evidence holds that."""
    data = {"format": "dxrules/plan/1", "collection": {"evidence": [{"text": "x"}]}}
    assert document_of(workbook_of(data, "ja", LAW.reference), "a.xlsx").data == data


def test_made_by_hand():
    """A workbook that dxrules has not made need not have every sheet, but that of the plan."""
    book = Workbook()
    book.active.title = "取組"
    for row in (["取組"], ["ID", "Title"], ["id", "title", "", None], ["a", "b"]):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    document = document_of(stream.getvalue(), "a.xlsx")
    assert document.data == {"measures": [{"id": "a", "title": "b"}]}
    assert [problem.text.ja for problem in document.problems] == [
        (
            "a.xlsx:1:1: シート「計画の基本情報」がありません。"
            "`dxrules new plan` で作った新しいブックから写してください。"
        )
    ]


def test_places():
    """A cell is named as spreadsheets name it."""
    assert str(Place("a.xlsx", 7, 28, "measures")) == "a.xlsx:measures!AB7"
    assert str(Place("a.xlsx", 1, 26, "x")) == "a.xlsx:x!Z1"
    assert Place("a.yaml", 7, 2).short == "a.yaml:7"


@pytest.mark.slow
def test_far_from_all_words():
    """Where a list is long and nothing in it is near, the message leads to the list."""
    book = load_workbook(io.BytesIO(workbook_of(SMALL_DATA, "ja", SHIPPED.reference)))
    book["取組"]["C4"] = "何か"
    stream = io.BytesIO()
    book.save(stream)
    said = [problem.text.ja for problem in document_of(stream.getvalue(), "a.xlsx").problems]
    assert said == [
        "a.xlsx:取組!C4: measures[0].areas[0]: 「何か」は使えません。一覧から選んでください。"
    ]


# The command line


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder of its own, with the small rulesets, called in English."""
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(changed({}), encoding="utf-8")
    return ("--rulesets", str(DATA / "rulesets"), "--lang", "en")


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.covered
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
    out, err = capsys.readouterr()
    plans = json.loads(out.partition("\n")[2])["plans"]
    assert [plan["plan"]["file"] for plan in plans] == ["a.xlsx"]
    assert "\nsmall.yaml: the same plan as a.xlsx " in err
    place = plans[0]["findings"][0]["places"][0]
    assert place["sheet"]


def with_rules_counted(lang, law):
    """Return the workbook to fill in that tells how many rules of today each sheet decides."""
    return empty_workbook(lang, law.reference, rules_by_section(law.lawbook(today_in_japan())))


@pytest.mark.slow
def test_new(here, capsysbinary):
    """A workbook to fill in is written by its ending, or by name to standard output."""
    assert main(["new", "plan", "a.xlsx", "--lang", "ja"]) == 0
    assert Path("a.xlsx").read_bytes() == with_rules_counted("ja", SHIPPED)
    assert main(["new", "plan", "--format", "xlsx", *here]) == 0
    assert capsysbinary.readouterr().out == with_rules_counted("en", LAW)


def test_not_for_a_terminal(here, monkeypatch, capsys):
    """A workbook is not written to a terminal."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["new", "plan", "--format", "xlsx", *here]) == 2
    assert main(["check", "small.yaml", *here, "--format", "xlsx"]) == 2
    assert capsys.readouterr().err == (
        "dxrules: A workbook is not for a terminal. Name a file.\n"
        "dxrules: xlsx is not for a terminal. Write --output report.xlsx, for example.\n"
    )


@pytest.mark.slow
def test_document_from():
    """The ending tells how bytes are read."""
    assert document_from(changed({}).encode(), PLAN).data == SMALL_DATA
    assert document_from(edited([]), "a.XLSX").data == SMALL_DATA
    assert {OWNER, KEY, EACH}.isdisjoint(Plan.model_fields)


def test_hidden_places_are_read_and_told_once_of_each_kind():
    """A filter is soon left on: what it hides is read, and one line of each kind says so."""
    book = load_workbook(io.BytesIO(small_workbook()))
    book[LABELS["measures"]].row_dimensions[FIRST_ROW].hidden = True
    book[LABELS["measures"]].row_dimensions[FIRST_ROW + 40].hidden = True  # nothing stands there
    book[LABELS["measures"]].column_dimensions["B"].hidden = True
    book[LABELS["plan"]].sheet_state = "veryHidden"
    stream = io.BytesIO()
    book.save(stream)
    seen, unseen = (document_from(raw, "a.xlsx") for raw in (small_workbook(), stream.getvalue()))
    assert (unseen.data, unseen.problems) == (seen.data, ())
    assert seen.remarks == ()
    away = "were read too. If they are not part of the plan, delete them."
    assert [said.en for said in unseen.remarks] == [
        f'a.xlsx: Hidden sheets ("{LABELS["plan"]}") {away}',
        f'a.xlsx: Rows that are hidden, or filtered out ({FIRST_ROW} of "measures"), {away}',
        f'a.xlsx: Hidden columns (B of "measures") {away}',
    ]
