"""The desk: every call of its interface, and what it refuses."""

from __future__ import annotations

import io
import json
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from dxrules.assessment import assess
from dxrules.cli import main
from dxrules.desk import Desk
from dxrules.desk.entries import label_of
from dxrules.desk.interface import CALLS, CallAnswer, desk_schema
from dxrules.desk.leaves import Leaves
from dxrules.desk.results import RESULTS
from dxrules.document.model import Block, Cell, Lost, Original, Page, table_text
from dxrules.errors import UsageError
from dxrules.inquiry.sheet import ANSWER, HEADS, KEY, TOLD
from dxrules.plan import plan_of
from dxrules.plan.schema import id_names
from dxrules.source.read import from_bytes
from tests.helpers import desks
from tests.helpers.desks import Seat, as_declared, packed, unpacked
from tests.helpers.examples import of_hundred
from tests.helpers.hostile import write_hostile_plan
from tests.helpers.lawbooks import ROOT, law


@pytest.fixture
def seat():
    """Return the small plan on a desk."""
    return Seat(desks.desk())


@pytest.fixture
def drafted():
    """Return a plan that was drafted from a document."""
    desk = desks.desk(desks.law())
    found = Seat.__new__(Seat)
    found.desk = desk
    given = {"name": "計画.md", "content": packed(desks.DOCUMENT)}
    found.plan = desk.result("draft", given)["plan"]["plan"]
    return found


def counts_of(text, law):
    """Return the counts of the plan in a text as `check` judges it."""
    file = plan_of(from_bytes(text.encode(), "plan.yaml"), law.reference)
    judged = assess([file], law, desks.TODAY, engine="interpreter").plans[0]
    return {outcome.value: count for outcome, count in judged.counts.outcomes.items()}


def shown(verdicts):
    """Return the counts that the desk tells."""
    return {name: each["count"] for name, each in verdicts["counts"].items()}


def every_string(data):
    """Yield every text within plain data."""
    if isinstance(data, str):
        yield data
    for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from every_string(each)


# ---- Opening ----


def test_hello():
    """A desk says what it is before anything is open, and then what is."""
    desk = desks.desk()
    hello = as_declared("hello", desk.result("hello", {}))
    assert hello["calls"] == list(CALLS)
    assert hello["plans"] == []
    assert (hello["saves"], hello["day"]) == (False, desks.DAY)
    Seat(desk)
    assert [each["file"] for each in desk.result("plans", {})["plans"]] == ["mihon.yaml"]


def test_what_the_schema_declares():
    """The schema has every call with what it takes and gives back."""
    schema = desk_schema()
    assert set(RESULTS) == set(CALLS)
    assert set(schema["calls"]) == set(CALLS)
    assert schema["calls"]["edit"]["arguments"]["required"] == ["plan", "edits"]


def test_schema_command(capsys):
    """The command prints the same."""
    assert main(["schema", "desk"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(desk_schema()))


@pytest.mark.covered
def test_a_workbook_is_the_same_plan(seat):
    """A plan that was made a workbook and opened again is judged alike."""
    written = seat.desk.result("write", {"plans": [seat.plan], "what": "plan", "form": "xlsx"})
    given = {"name": written["name"], "content": written["content"]}
    again = seat.desk.result("open", given)["plan"]
    assert again["form"] == ".xlsx"
    assert again["outcomes"] == seat.desk.result("plans", {})["plans"][0]["outcomes"]


def test_blank_form():
    """A blank form belongs to a municipality by its code or its name, and nothing in it is read."""
    desk = desks.desk(desks.law())
    for said in ("406465", "上毛町", "福岡県上毛町"):
        made = desk.result(
            "blank", {"municipality": said, "title": "計画", "recorded": "令和8年3月"}
        )
        assert (made["plan"]["code"], made["plan"]["origin"]) == ("406465", "blank")
        assert made["plan"]["changed"]
    seat = Seat.__new__(Seat)
    seat.desk, seat.plan = desk, made["plan"]["plan"]
    assert seat.data["document"] == {"read": "part"}
    assert shown(seat.ask("verdicts"))["fail"] == 0


@pytest.mark.parametrize(
    ("said", "told"), [("府中市", "132063"), ("何処町", "団体はありません"), ("福岡県", "")]
)
def test_blank_form_of_nobody(said, told):
    """A name that several have, or nobody, is refused with those that may be meant."""
    answer = desks.desk(desks.law()).call("blank", {"municipality": said})
    assert answer["error"]["kind"] == "usage"
    assert told in answer["error"]["message"]["ja"]


def test_towns():
    """Municipalities are found by code, name and what comes near."""
    desk = desks.desk(desks.law())
    for words in ("406465", "上毛町", "こうげ"):
        found = desk.result("towns", {"words": words})["towns"]
        assert "406465" in [each["code"] for each in found], words
    assert desk.result("towns", {"words": "400009"})["towns"] == []


def test_a_broken_plan_is_refused_with_every_fault():
    """All faults of a plan come at once, in both languages, and nothing is opened."""
    desk = desks.desk()
    text = desks.small_text().replace("recorded: ", "recorded: いつか # ", 1) + "unknown: x\n"
    answer = desk.call("open", {"name": "a.yaml", "content": packed(text)})
    error = answer["error"]
    assert error["kind"] == "input"
    assert len(error["problems"]) > 1
    assert error["message"]["ja"] != error["message"]["en"]
    assert desk.plans == {}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yaml", b"\x00\x01"),
        ("a.yaml", b""),
        ("a.xlsx", b"PK\x03\x04nothing"),
        ("a.pdf", b"%PDF-1.4"),
        ("a.yaml", b"[" * 100_000),
        ("a.json", b'{"a": ' * 50_000),
        ("../../etc/passwd", b"root:x:0:0"),
    ],
)
def test_hostile_files(name, content):
    """Whatever is opened, a desk refuses what is no plan, and goes on."""
    desk = desks.desk()
    error = desk.call("open", {"name": name, "content": packed(content)})["error"]
    assert error["kind"] == "input"
    assert desk.call("open", {"name": "a.yaml", "content": "%%%"})["error"]["kind"] == "usage"


def test_names_of_files_are_no_paths():
    """A name keeps its last part alone, with the codes of what acts."""
    named = Seat(desks.desk(), name="../..\\x/\u202e<b>.yaml")
    file = named.desk.result("plans", {})["plans"][0]["file"]
    assert file == "<U+202E><b>.yaml"


# ---- Verdicts ----


def test_verdicts_are_those_of_check(seat):
    """The counts are those of `check`, and what to mend first are its first gaps."""
    verdicts = seat.ask("verdicts")
    assert shown(verdicts) == counts_of(seat.text, desks.small_law())
    assert verdicts["mend_first"]
    assert verdicts["one_engine"] is not None
    assert verdicts["plan"]["outcomes"] == shown(verdicts)


def test_every_finding_is_explained(seat):
    """Each finding has its reasons in words, its source, and what to do; a past one is refused."""
    found = seat.ask("findings", everything=True)["findings"]
    outcomes = set()
    for each in found:
        why = seat.ask("explain", finding=each["finding"])
        outcomes.add(why["outcome"])
        assert why["source"]["ja"]
        if why["outcome"] == "unknown":
            assert why["question"]["ja"]
        if why["outcome"] in ("fail", "pass"):
            assert {each["truth"] for each in why["reasons"]} <= {"yes", "no", "unknown"}
    assert {"pass", "fail", "unknown"} <= outcomes
    assert seat.refused("explain", finding=["NO-1", "plan", "-"])["kind"] == "usage"


def test_gaps_and_drawing(seat):
    """Gaps, timeline, dependencies and forecast are there as data to be drawn."""
    assert seat.ask("gaps")["areas"]
    drawn = seat.ask("drawing")
    assert drawn["bars"]
    assert any(mark["today"] for mark in drawn["marks"])
    assert drawn["forecast"]


# ---- Facts ----


def test_facts(seat):
    """Every value is shown, in words, in a section that says how far it was read."""
    facts = seat.ask("facts")
    states = {each["name"]: each["state"] for each in facts["sections"]}
    assert states["plan"] in ("free", "closed", "open")
    assert states["municipality"] == "free"
    titles = [each["title"] for each in seat.data["measures"]]
    assert set(titles) <= set(every_string(facts))


def test_every_plan_is_shown():
    """Every value of the five towns and of the small plan stands somewhere among the facts."""
    desk = desks.desk(desks.law())
    for path in sorted((ROOT / "facts").glob("*.yaml")):
        town = Seat(desk, path.read_text("utf-8"), path.name)
        shown_values = set(every_string(town.ask("facts")))
        reading = town.data.get("document", {})
        hidden = {"dxrules/plan/1", *every_string(reading.get("closed", []))}
        assert set(every_string(town.data)) - shown_values - hidden == set(), path.name


def test_shape(seat):
    """Every key of a mapping tells its form, and every list of ids that it takes is there."""
    shape = as_declared("shape", seat.desk.result("shape", {}))
    forms = set()
    for keys in shape["models"].values():
        for key in keys:
            forms.add(key["form"])
            assert key["label"]["ja"]
            if key["form"] in ("choice", "choices"):
                assert key["values"] or shape["lists"][key["list"]]
            if key["model"]:
                assert key["model"] in shape["models"]
    assert forms == {
        "map",
        "entry",
        "entries",
        "date",
        "choice",
        "choices",
        "texts",
        "number",
        "text",
    }


def test_edit(seat):
    """A value is changed, added and taken away; comments stay, and the verdicts are those after."""
    before = seat.text
    edits = [
        {"path": ["plan", "title"], "value": "新しい計画"},
        {"path": ["plan", "edition"], "value": 2},
        {"path": ["provisions", "ciso"], "value": {"status": "in-place", "published": True}},
        {"path": ["measures", 0, "areas"], "value": ["bpr", "telework"]},
    ]
    told = seat.ask("edit", edits=edits)
    assert seat.data["plan"]["title"] == "新しい計画"
    assert seat.data["plan"]["edition"] == "2"
    assert seat.data["provisions"]["ciso"]["published"] == "yes"
    assert shown(told) == counts_of(seat.text, desks.small_law())
    comments = [line for line in before.splitlines() if line.lstrip().startswith("#")]
    assert all(line in seat.text.splitlines() for line in comments)
    seat.ask("edit", edits=[{"path": ["plan", "edition"]}, {"path": ["measures", 0]}])
    assert "edition" not in seat.data["plan"]


def test_an_edit_that_no_plan_takes_changes_nothing(seat):
    """A value that cannot be read is refused with its key and the way out."""
    before = seat.text
    error = seat.refused("edit", edits=[{"path": ["plan", "period"], "value": "いつか"}])
    assert error["problems"][0]["key"] == "plan.period"
    for path, value in (
        (["plan", "nothing"], None),
        (["measures", 99], None),
        (["measures", 99], {"id": "x"}),
        (["measures", "x"], "y"),
        (["plan", "title", "x"], "y"),
        (["plan", "title"], "a\nb"),
        (["plan", "title"], {"a": None}),
        (["measures"], "\u202e"),
    ):
        refused = seat.refused("edit", edits=[{"path": path, "value": value}])
        assert refused["kind"] in ("usage", "input"), path
    deep = "x"
    for _ in range(60):
        deep = [deep]
    assert seat.refused("edit", edits=[{"path": ["plan"], "value": deep}])["kind"] == "usage"
    assert seat.text == before


def test_undo_and_redo(seat):
    """Every change is taken back and made again; a new one forgets what was undone."""
    texts = [seat.text]
    for title in ("一", "二"):
        seat.ask("edit", edits=[{"path": ["plan", "title"], "value": title}])
        texts.append(seat.text)
    assert seat.ask("undo")["what"]["ja"] == "plan.title"
    assert seat.text == texts[1]
    about = seat.ask("undo")["plan"]
    assert (about["undo"], about["redo"], about["changed"]) == (0, 2, False)
    assert seat.refused("undo")["kind"] == "usage"
    seat.ask("redo")
    assert seat.text == texts[1]
    seat.ask("edit", edits=[{"path": ["plan", "title"], "value": "三"}])
    assert seat.refused("redo")["kind"] == "usage"
    same = seat.ask("edit", edits=[{"path": ["plan", "title"], "value": "三"}])
    assert same["plan"]["undo"] == 2


def test_many_steps(seat):
    """The steps back are bounded, and what is saved stays known."""
    for number in range(203):
        seat.desk.plans[seat.plan].step(seat.desk.plans[seat.plan].file, str(number))
    plan = seat.desk.plans[seat.plan]
    assert len(plan.steps) == 200
    assert plan.is_changed
    while plan.at:
        plan.back()
    assert plan.is_changed


# ---- Drafts ----


def test_a_draft_is_confirmed(drafted):
    """What is in doubt is confirmed, with another value where it differs, until nothing is."""
    before = shown(drafted.ask("verdicts"))
    assert before["fail"] == 0
    questions = drafted.ask("questions")["questions"]
    doubts = [each for each in questions if each["kind"] in ("doubt", "alike")]
    assert doubts
    for each in doubts:
        for row in each.get("rows", [each]):
            assert row["value"]["ja"]
            drafted.ask("confirm", path=row["path"], keys=each["keys"])
    assert "doubts:" not in drafted.text
    closing = [each for each in questions if each["kind"] == "close"]
    assert {each["section"] for each in closing} > {"measures", "standardization"}
    for each in closing:
        told = drafted.ask("close-section", section=each["section"])
    assert drafted.data["standardization"] == {"scope": "unstated"}
    assert drafted.data["document"]["read"] == "complete"
    assert shown(told)["unknown"] < before["unknown"]
    assert shown(told) == counts_of(drafted.text, desks.law())
    states = {each["name"]: each["state"] for each in drafted.ask("facts")["sections"]}
    assert states["measures"] == "closed"
    drafted.ask("close-section", section="measures", closed=False)
    assert drafted.data["document"]["read"] == "part"
    assert "measures" not in drafted.data["document"]["closed"]
    assert drafted.refused("close-section", section="mesures")["kind"] == "usage"


def test_a_doubt_with_another_value(drafted):
    """A doubt is confirmed key by key, or with the value that is right."""
    drafted.desk.plans[drafted.plan].change(
        drafted.data
        | {
            "provisions": {
                "cio": {
                    "status": "planned",
                    "rank": ["mayor"],
                    "doubts": [
                        {"of": ["status", "rank"], "candidates": ["planned", "in-place"]},
                        {"of": ["rank"]},
                    ],
                }
            }
        },
        desks.DOCUMENT,
        desks.law().reference,
    )
    path = ["provisions", "cio"]
    drafted.ask("confirm", path=path, keys=["rank"], value="deputy-mayor")
    cio = drafted.data["provisions"]["cio"]
    assert cio["rank"] == "deputy-mayor"
    assert [each["of"] for each in cio["doubts"]] == [["status"]]
    question = next(
        each
        for each in drafted.ask("questions", trials=100)["questions"]
        if each.get("keys") == ["status"]
    )
    assert [each["shown"]["ja"] for each in question["candidates"]] == ["予定", "整備済み"]
    assert question["tried"]
    drafted.ask("confirm", path=path, value=None)
    assert "doubts" not in drafted.data["provisions"]["cio"]
    assert drafted.refused("confirm", path=["provisions", "ciso"])["kind"] == "usage"
    for no_mapping in (["recorded"], ["provisions", "cio", "status"], []):
        told = drafted.desk.call("confirm", {"plan": drafted.plan, "path": no_mapping})
        assert ("result" in told) is (not no_mapping)
        assert no_mapping == [] or told["error"]["kind"] == "usage"


def test_alike_doubts_are_settled_at_once(drafted):
    """Rows of one question are confirmed, given a value or removed together; one undo takes it."""
    doubt = {"doubts": [{"of": ["status"], "because": "分からない"}]}
    statuses = ("planned", None, "ongoing", None)
    measures = [
        {"id": f"m-{n}", "title": f"取組{n}"} | ({"status": said} if said else {}) | doubt
        for n, said in enumerate(statuses)
    ]
    changed = {k: v for k, v in drafted.data.items() if k != "indicators"} | {"measures": measures}
    plan = drafted.desk.plans[drafted.plan]
    plan.change(changed, desks.DOCUMENT, desks.law().reference)

    def question():
        found = drafted.ask("questions", trials=100)["questions"]
        return next(each for each in found if each["section"] == "measures")

    asked = question()
    assert (asked["kind"], asked["keys"], asked["tried"]) == ("alike", ["status"], True)
    assert [each["value"]["ja"] for each in asked["rows"]] == ["予定", "", "継続中", ""]
    assert "planned" in [each["value"] for each in asked["choices"]]
    paths = [each["path"] for each in asked["rows"]]
    drafted.ask("confirm-alike", paths=paths[:2], keys=["status"])
    states = [(each.get("status"), "doubts" in each) for each in drafted.data["measures"]]
    assert states == [("planned", False), (None, True), ("ongoing", True), (None, True)]
    drafted.ask("confirm-alike", paths=paths[1:3], keys=["status"], value="done")
    assert [each.get("status") for each in drafted.data["measures"]][1:3] == ["done", "done"]
    drafted.ask("undo")
    drafted.ask("confirm-alike", paths=paths, keys=["status"], absent=True)
    assert [each.get("status") for each in drafted.data["measures"]] == ["planned", *[None] * 3]
    assert question()["kind"] == "close"
    assert drafted.refused("confirm-alike", paths=paths, keys=["status"])["kind"] == "usage"
    drafted.ask("undo")
    for more in ({"value": "x"}, {"value": "done", "keys": []}):
        refused = drafted.refused("confirm-alike", **({"paths": paths, "keys": ["status"]} | more))
        assert refused["kind"] in ("usage", "input")


def test_questions_are_ordered_by_what_they_settle(drafted):
    """The more verdicts an answer settles, the earlier it is asked; trying them takes its turns."""
    first = drafted.ask("questions", trials=2)
    assert first["pending"] > 0
    second = drafted.ask("questions", trials=200)
    assert second["pending"] == 0
    worths = [each["settles"] for each in second["questions"]]
    assert worths == sorted(worths, reverse=True)
    assert worths[0] > 0
    assert all("order" not in each for each in second["questions"])


def test_what_is_tried_comes_true(drafted):
    """A section whose closing is said to settle so many verdicts settles them."""
    before = drafted.ask("questions", trials=200)
    closing = [each for each in before["questions"] if each["kind"] == "close"]
    close = max(closing, key=lambda each: each["settles"])
    assert close["settles"] > 0
    subjects = {
        tuple(f["finding"])
        for f in drafted.ask("findings", everything=True)["findings"]
        if f["outcome"] == "unknown"
    }
    drafted.ask("close-section", section=close["section"])
    after = {
        tuple(f["finding"])
        for f in drafted.ask("findings", everything=True)["findings"]
        if f["outcome"] in ("unknown", "error")
    }
    assert len(subjects - after) == close["settles"]


# ---- Answers of the municipality ----


def test_an_answer_of_the_town(seat):
    """An answer stands in the plan file beside what the plan says, with its day, and settles."""
    questions = seat.ask("questions")["questions"]
    asked = next(each for each in questions if each["kind"] == "town" and each["choices"])
    best = max(asked["choices"], key=lambda each: each["settles"])
    before = seat.ask("questions")["unknown"]
    told = seat.ask("answer", about=asked["about"], answer=best["value"], by="総務課", page="4")
    assert seat.data["answers"][-1]["answer"] == best["value"]
    assert seat.data["answers"][-1]["told"] == desks.DAY
    assert seat.ask("questions")["unknown"] <= before - best["settles"]
    assert shown(told) == counts_of(seat.text, desks.small_law())
    labels = [each for each in seat.ask("facts")["sections"] if each["name"] == "answers"]
    shown_names = [field["shown"]["ja"] for field in labels[0]["entry"]["children"][0]["fields"]]
    assert not any("." in name and "provisions" in name for name in shown_names)


def test_an_answer_with_its_day(seat):
    """The day that goes with an answer is an answer of its own key."""
    seat.ask("answer", about=["provisions.cio.status"], answer="in-place", day="令和4年4月")
    abouts = {each["about"]: each["answer"] for each in seat.data["answers"]}
    assert abouts["provisions.cio.since"] == "令和4年4月"


def test_an_answer_that_is_a_number(seat):
    """A count is told as a number, though a choice is offered beside it."""
    questions = seat.ask("questions")["questions"]
    counts = [each["about"] for each in questions if each.get("number")]
    assert all(about == ["standardization.migrated"] for about in counts)
    seat.ask("answer", about=["standardization.migrated"], answer="2業務")
    assert seat.data["answers"][-1]["answer"] == "2"


def test_what_is_named_by_an_id_is_called_by_its_name():
    """An entry that cites a document of the reference list is called as that document is."""
    data = {"plan": {"cites": [{"document": "priority-plan"}]}}
    called = label_of(data, ("plan", "cites", 0), id_names(law().reference))
    assert called.ja.endswith(" › デジタル社会の実現に向けた重点計画")


def test_an_answer_on_an_area(seat):
    """What the town does in an area is told of the area, and is called so."""
    seat.ask("answer", about=["areas.telework.status"], answer="ongoing")
    answers = next(each for each in seat.ask("facts")["sections"] if each["name"] == "answers")
    assert answers["entry"]["children"][0]["label"]["ja"] == "取組 › テレワークの推進"


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        ({"about": ["provisions.nobody.status"], "answer": "planned"}, "usage"),
        ({"about": ["x"], "answer": "planned"}, "usage"),
        ({"about": ["provisions.cio.status"], "answer": "perhaps"}, "usage"),
        ({"about": ["provisions.cio.status"], "answer": "none", "day": "令和8年"}, "usage"),
        ({"about": ["provisions.cio.status"], "answer": "planned", "told": "いつか"}, "input"),
    ],
)
def test_answers_that_are_none(seat, arguments, kind):
    """An answer about nothing, of another choice or without a sound day is refused."""
    before = seat.text
    assert seat.refused("answer", **arguments)["kind"] == kind
    assert seat.text == before


def test_an_inquiry_goes_out_and_comes_back(seat):
    """The inquiry that the desk writes is filled in and taken in; twice it holds nothing new."""
    written = seat.desk.result("write", {"plans": [seat.plan], "what": "inquiry", "form": "xlsx"})
    given = {"plan": seat.plan, "name": "照会.xlsx", "content": written["content"]}
    assert seat.desk.call("take-in", given)["error"]["kind"] == "usage"
    book = load_workbook(io.BytesIO(unpacked(written["content"])))
    sheet = book.worksheets[0]
    heads = next(row for row in sheet.iter_rows() if HEADS[KEY].ja in [cell.value for cell in row])
    column = {cell.value: cell.column for cell in heads}
    town = {
        ";".join(each["about"]): each
        for each in seat.ask("questions")["questions"]
        if each["kind"] == "town" and each["choices"]
    }
    lines = range(heads[0].row + 1, sheet.max_row + 1)
    line = next(n for n in lines if sheet.cell(n, column[HEADS[KEY].ja]).value in town)
    question = town[sheet.cell(line, column[HEADS[KEY].ja]).value]
    sheet.cell(line, column[HEADS[ANSWER].ja]).value = question["choices"][0]["shown"]["ja"]
    sheet.cell(line, column[HEADS[TOLD].ja]).value = "2026-11-10"
    stream = io.BytesIO()
    book.save(stream)
    given["content"] = packed(stream.getvalue())
    told = as_declared("take-in", seat.desk.result("take-in", given))
    assert told["taken"] == len(question["about"])
    assert seat.data["answers"][-1]["told"] == "2026-11-10"
    assert seat.desk.call("take-in", given)["error"]["kind"] == "usage"
    bad = given | {"content": packed(b"PK nothing")}
    assert seat.desk.call("take-in", bad)["error"]["kind"] == "input"


# ---- The document ----


def test_the_document_and_the_words_in_it(drafted):
    """Words are found on their leaf, with where they begin and end; others are missing."""
    overview = drafted.ask("original")
    assert len(overview["leaves"]) == 1
    leaf = drafted.ask("leaf", leaf=0)
    texts = {each["block"]: each["text"] for each in leaf["blocks"]}
    found = drafted.ask("spots", words="令和8年度から令和12年度")["spots"][0]
    part = found["parts"][0]
    assert texts[part["block"]][part["start"] : part["end"]] == "令和8年度から令和12年度"
    missing = drafted.ask("spots", words="令和8年度から令和13年度")
    assert missing["spots"] == []
    assert missing["near"]["text"]
    assert drafted.ask("spots", words="☃")["near"] is None
    assert drafted.refused("leaf", leaf=5)["kind"] == "usage"


def test_a_document_beside_a_plan(seat):
    """A document is put beside a plan that is open; without one there is nothing to look into."""
    assert seat.refused("original")["kind"] == "usage"
    given = {"plan": seat.plan, "name": "b.md", "content": packed(desks.DOCUMENT)}
    told = as_declared("attach", seat.desk.result("attach", given))
    assert told["plan"]["original"]
    assert told["original"]["file"] == "b.md"


def test_quotations(drafted):
    """What is quoted is found in the document; what is not there leads to its entry."""
    quoted = drafted.ask("quotations")
    assert quoted["found"] > 3
    assert quoted["missing"] == 0
    path = ["plan", "evidence", 0, "text"]
    drafted.ask("edit", edits=[{"path": path, "value": "どこにも書かれていない語句"}])
    quoted = drafted.ask("quotations")
    assert [each["path"] for each in quoted["wrong"]] == [["plan"]]
    assert quoted["wrong"][0]["state"] == "missing"


def test_a_document_is_read_in_a_process_of_its_own():
    """Where its home reads no documents, another process does, and refuses what is none."""
    desk = Desk(desks.small_law(), desks.TODAY)
    seat = Seat(desk)
    given = {"plan": seat.plan, "name": "a.md", "content": packed("# 見出し\n\n本文\n")}
    assert desk.result("attach", given)["original"]["leaves"]
    given["content"] = packed(b"%PDF-1.4 broken")
    assert desk.call("attach", given | {"name": "a.pdf"})["error"]["kind"] in ("input", "usage")


def test_a_long_document_without_pages():
    """A document without pages is cut into leaves."""
    desk = desks.desk(desks.law())
    text = desks.DOCUMENT + "".join(f"\n段落{n}\n" for n in range(100))
    plan = desk.result("draft", {"name": "a.md", "content": packed(text)})["plan"]["plan"]
    overview = desk.result("original", {"plan": plan})
    assert len(overview["leaves"]) > 2
    spot = desk.result("spots", {"plan": plan, "words": "段落99"})["spots"][0]
    assert spot["leaf"] == len(overview["leaves"]) - 1


def test_pages_and_tables():
    """A document with pages has a leaf for each; tables have rows, and what was lost is told."""
    cells = (Cell(0, 0, "取組"), Cell(0, 1, "時期"), Cell(1, 0, "窓口"), Cell(1, 1, "令和8年度"))
    original = Original(
        "<b>.pdf",
        "pdf",
        (
            Block("paragraph", "表紙"),
            Block("table", table_text(cells), page=2, cells=cells),
        ),
        pages=(Page(1), Page(2, printed="1")),
        lost=(Lost("chart", page=2, count=3),),
    )
    leaves = Leaves(original, "digest")
    overview = leaves.overview()
    assert [each.ja for each in overview["leaves"]] == ["1ページ", "1ページ"]
    assert overview["lost"][0]["count"] == 3
    assert leaves.leaf(1)["blocks"][0]["rows"][1][1]["text"] == "令和8年度"
    spot = leaves.spots("窓口")["spots"][0]
    assert (spot["leaf"], spot["row"]) == (1, 1)


def test_whose_document_it_is():
    """A document that names nobody is drafted for whoever is told."""
    desk = desks.desk(desks.law())
    given = {"name": "a.md", "content": packed("# DX推進計画\n\n計画期間 令和8年度～令和9年度\n")}
    assert desk.call("draft", given)["error"]["kind"] == "usage"
    made = desk.result("draft", given | {"municipality": "上毛町", "lang": "en"})
    assert made["plan"]["code"] == "406465"


# ---- Files ----

FORMS = [
    ("plan", "yaml", b"format: "),
    ("plan", "json", b"{"),
    ("plan", "xlsx", b"PK"),
    ("report", "html", b"<!doctype html>"),
    ("report", "csv", b"\xef\xbb\xbf"),
    ("report", "json", b"{"),
    ("report", "xlsx", b"PK"),
    ("gaps", "csv", b"\xef\xbb\xbf"),
    ("forecast", "json", b"{"),
    ("graph", "json", b"{"),
    ("inquiry", "json", b"{"),
    ("packet", "zip", b"PK"),
    ("compare", "json", b"{"),
]


@pytest.mark.parametrize(("what", "form", "begins"), FORMS)
def test_files(seat, what, form, begins):
    """Every file is made of the plan as it is now, in the language that is asked for."""
    arguments = {"plans": [seat.plan], "what": what, "form": form, "lang": "en"}
    written = seat.desk.result("write", arguments)
    content = unpacked(written["content"])
    assert content.lower().startswith(begins.lower()) or begins in content[:400]
    assert written["name"].startswith("mihon")
    assert seat.desk.call("write", arguments | {"form": "nope"})["error"]["kind"] == "usage"


def test_the_plan_file_is_its_text(seat):
    """A plan file is written as it stands, comments included; JSON in its own form, too."""
    written = seat.desk.result("write", {"plans": [seat.plan], "what": "plan", "form": "yaml"})
    assert unpacked(written["content"]).decode() == seat.text == desks.small_text()
    as_json = json.dumps(seat.data, ensure_ascii=False)
    other = Seat(seat.desk, as_json, "b.json")
    written = other.desk.result("write", {"plans": [other.plan], "what": "plan", "form": "json"})
    assert unpacked(written["content"]).decode() == as_json


def test_a_packet_is_replayed(tmp_path, capsys):
    """A packet that the desk wrote is judged again by `replay`, which agrees."""
    desk = desks.desk(desks.law())
    given = {"name": "koge.md", "content": packed(desks.DOCUMENT)}
    desk.result("draft", given)
    written = desk.result("write", {"what": "packet", "form": "zip"})
    path = tmp_path / "packet.zip"
    path.write_bytes(unpacked(written["content"]))
    assert len(ZipFile(path).namelist()) > 3
    assert main(["replay", str(path)]) == 0
    capsys.readouterr()


def test_several_plans(seat):
    """Reports and comparisons are of all open plans; what is of one is refused for several."""
    text = desks.small_text().replace("title: 見本町DX推進計画", "title: 別の計画", 1)
    Seat(seat.desk, text, "b.yaml")
    report = seat.desk.result("write", {"what": "report", "form": "json"})
    assert report["name"] == "plans.report.json"
    assert len(json.loads(unpacked(report["content"]))["plans"]) == 2
    for what in ("plan", "gaps"):
        answer = seat.desk.call("write", {"what": what, "form": "json"})
        assert answer["error"]["kind"] == "usage"
    left = seat.ask("close")["plans"]
    assert [each["file"] for each in left] == ["b.yaml"]
    assert seat.refused("verdicts")["kind"] == "usage"
    assert desks.desk().call("write", {"what": "report", "form": "json"})["error"]


def test_saving_is_for_its_home(seat):
    """Where nothing can be saved, it says so; where it can, the plan is unchanged after."""
    assert seat.refused("save")["kind"] == "usage"
    saved = []
    home = Seat(desks.desk(save=lambda plan: saved.append(plan.text) or "a.yaml"))
    home.ask("edit", edits=[{"path": ["plan", "title"], "value": "新"}])
    told = home.ask("save")
    assert (told["name"], told["plan"]["changed"]) == ("a.yaml", False)
    assert saved == [home.text]
    assert home.ask("undo")["plan"]["changed"]
    assert told["plan"]["saves"]
    elsewhere = desks.desk(save=lambda _: "", keeps=lambda _: False)
    assert not Seat(elsewhere).ask("verdicts")["plan"]["saves"]


# ---- Hostile calls ----


def test_unknown_calls(seat):
    """A call that there is not, or with other arguments, is refused in both languages."""
    for name in ("nope", "__init__", "call", "", "result", None, 3, ["hello"]):
        assert seat.desk.call(name, {})["error"]["kind"] == "call"
    for arguments in ({"x": 1}, {"plan": 3}, {"plan": ["p1"]}, [], "x", None, 7):
        error = seat.desk.call("verdicts", arguments)["error"]
        assert error["kind"] == "arguments"
    assert seat.desk.call("verdicts", {"plan": "p99"})["error"]["kind"] == "usage"
    assert seat.refused("explain", finding=["a"])["kind"] == "arguments"


def test_a_fault_of_dxrules_is_told(seat, monkeypatch):
    """What nobody foresaw is a refusal, too, without a trace, and the plan is as it was."""

    def broken(*_):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(seat.desk, "_gaps", broken)
    error = seat.refused("gaps")
    assert error["kind"] == "fault"
    assert "secret" not in json.dumps(error)
    assert seat.ask("verdicts")


def test_too_many_plans(seat, monkeypatch):
    """So many plans may be open, and no more."""
    monkeypatch.setattr("dxrules.desk.desk.DESK_PLANS", 1)
    answer = seat.desk.call("open", {"name": "b.yaml", "content": packed(desks.small_text())})
    assert answer["error"]["kind"] == "usage"


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
PARTS = st.sampled_from(["plan", "title", "measures", 0, 99, "areas", "doubts", "answers", "", "é"])


@pytest.fixture(scope="module")
def busy():
    """Return a plan that stays on its desk through many calls."""
    return Seat(desks.desk())


@given(st.lists(PARTS, min_size=1, max_size=4), PLAIN)
@of_hundred(80)
def test_any_edit_is_made_or_refused(busy, path, value):
    """Whatever is to be written where, the plan is sound after, or what it was before."""
    before = busy.text
    answer = busy.desk.call("edit", {"plan": busy.plan, "edits": [{"path": path, "value": value}]})
    CallAnswer.model_validate(answer)
    if "error" in answer:
        assert answer["error"]["kind"] in ("usage", "input", "arguments")
        assert busy.text == before
    else:
        counts_of(busy.text, desks.small_law())
        if busy.text != before:
            busy.ask("undo")


@given(st.sampled_from(sorted(CALLS)), st.dictionaries(st.sampled_from(["plan", "name"]), PLAIN))
@of_hundred(80)
def test_any_call_is_answered(busy, name, arguments):
    """Whatever is called with whatever, there is an answer of the declared shape."""
    answer = busy.desk.call(name, arguments)
    json.dumps(answer)
    found = CallAnswer.model_validate(answer)
    assert (found.result is None) != (found.error is None)


def test_hostile_plan(tmp_path):
    """Texts of a plan come back as they are, in data: what shows them takes them for text."""
    path = write_hostile_plan(tmp_path)
    desk = desks.desk()
    seat = Seat(desk, path.read_text("utf-8"), path.name)
    for name in ("verdicts", "findings", "facts", "questions", "gaps", "drawing"):
        assert json.dumps(seat.ask(name))
    with pytest.raises(UsageError):
        desk.result("undo", {"plan": seat.plan})
