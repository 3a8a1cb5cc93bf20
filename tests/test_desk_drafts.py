"""The desk: drafts, the document beside them, and files."""

from __future__ import annotations

import json
from zipfile import ZipFile

import pytest

from dxrules.cli import main
from dxrules.desk import Desk
from dxrules.desk.leaves import Leaves
from dxrules.document.original import Block, Cell, LostContent, Original, Page, table_text
from tests.helpers import desks
from tests.helpers.desks import Seat, as_declared, counts_of, packed, shown, unpacked


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
        lost=(LostContent("chart", page=2, count=3),),
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
