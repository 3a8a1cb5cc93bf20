"""The desk: every call of its interface, and what it refuses."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from dxrules.cli import main
from dxrules.desk.entries import label_of
from dxrules.desk.interface import CALLS, CallAnswer, desk_schema
from dxrules.desk.results import RESULTS
from dxrules.errors import UsageError
from dxrules.inquiry.sheet_columns import ANSWER, HEADS, KEY, TOLD
from dxrules.plan.schema import id_names
from tests.helpers import desks
from tests.helpers.desks import Seat, as_declared, counts_of, packed, shown, unpacked
from tests.helpers.examples import of_hundred
from tests.helpers.hostile import write_hostile_plan
from tests.helpers.lawbooks import ROOT, law
from tests.helpers.strategies.plain_data import json_data


@pytest.fixture
def seat():
    """Return the small plan on a desk."""
    return Seat(desks.desk())


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


PARTS = st.sampled_from(["plan", "title", "measures", 0, 99, "areas", "doubts", "answers", "", "é"])


@pytest.fixture(scope="module")
def busy():
    """Return a plan that stays on its desk through many calls."""
    return Seat(desks.desk())


@given(st.lists(PARTS, min_size=1, max_size=4), json_data)
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


@given(
    st.sampled_from(sorted(CALLS)), st.dictionaries(st.sampled_from(["plan", "name"]), json_data)
)
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
