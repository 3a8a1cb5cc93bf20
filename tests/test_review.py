"""A draft confirmed in the terminal: the order of the questions, the answers, what is written."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from functools import reduce
from pathlib import Path

import pytest

from dxrules.assessment.assess import assessor
from dxrules.cli import main, terminal_review
from dxrules.inquiry.confirmation import Review, reply
from dxrules.inquiry.doubt_order import Unsettled, unsettled
from dxrules.plan.alike_doubts import MOST_ROWS, AlikeDoubts, put_together
from dxrules.plan.open_doubts import (
    SECTION_NAMES,
    OpenDoubt,
    carried_over,
    closed,
    codes_of,
    confirmed,
    doubts_in,
    is_list,
    left_out,
    list_of,
    offers,
    open_doubts,
    open_sections,
    reopened,
)
from dxrules.plan.read import plan_of
from dxrules.report.review_words import lines
from dxrules.report.terminal import Style
from dxrules.rules import load_law
from dxrules.source import from_text
from tests.helpers.documents import plan_of_town
from tests.helpers.plans import reference

pytestmark = pytest.mark.covered

DRAFT = """\
format: dxrules/plan/1
municipality: {code: "063223"}
recorded: 令和7年6月
plan:
  title: 西川町DX推進計画  # on the cover
  period: 令和7年度～令和9年度
  serves_as: [digital-use-plan, public-private-data-plan]
  evidence:
  - {of: [period], section: 第1章2, page: 3, text: "期間 令和7年度～令和9年度"}
  doubts:
  - {of: [period], candidates: [令和7年度～令和9年度, 令和7年度～令和11年度], because: 異なる}
  - {of: [serves_as], because: 言い回しだけでは決められない}
provisions:
  cio:
    # who leads
    evidence:
    - {of: [status], section: 第3章, text: CIO}
    doubts:
    - {of: [status], because: 言い回しだけでは決められない}
measures:
- id: measure-1
  title: 書かない窓口
  doubts:
  - {because: 町の取組か決められない}
- id: measure-2
  title: 電子決裁
  status: planned
  owner: 総務課
  doubts:
  - {of: [status, owner], because: 言い回しだけでは決められない}
document:
  read: part
  closed: [standardization]
"""


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    """A folder with a draft, and a terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(terminal_review, "has_person", lambda: True)
    Path("a.yaml").write_text(DRAFT, encoding="utf-8")


def run(monkeypatch, typed, *words, lang="ja"):
    """Run the command with what somebody types, a line for each."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
    return main(["draft", *(words or ("a.yaml",)), "--review", "--lang", lang])


def written():
    """Return the data of the plan file now."""
    return from_text(Path("a.yaml").read_text("utf-8"), "a.yaml").data


def doubts():
    """Return the doubts of the draft, by the last part of where they stand and their first key."""
    return {(each.carrier[-1], *each.keys[:1]): each for each in open_doubts(document())}


def document(data=None):
    """Return the draft, or data, as a file."""
    text = DRAFT if data is None else json.dumps(data, ensure_ascii=False)
    return from_text(text, "a.yaml" if data is None else "a.json")


def test_what_is_offered():
    """Offered are the value that stands there, the candidates, and the codes of a key."""
    found, data = doubts(), document().data
    assert [each["period"] for each in offers(data, found["plan", "period"])] == [
        "令和7年度～令和9年度",
        "令和7年度～令和11年度",
    ]
    assert [each["status"] for each in offers(data, found["cio", "status"])] == [
        "in-place",
        "planned",
        "considered",
        "none",
    ]
    both = {"status": "planned", "owner": "総務課"}
    assert offers(data, found[1, "status"]) == (both,)
    assert offers(data, found[0,]) == ({},)
    assert is_list(("plan",), "serves_as")
    assert not is_list(("plan",), "period")
    assert codes_of(("plan", "cites", 0), "followed") == ("yes", "no")
    assert (list_of(("measures", 0), "areas"), list_of(("plan",), "title")) == ("areas", None)
    lacking = OpenDoubt(("plan",), 0, ("claims",), ("all-priority-areas",), "")
    assert offers(data, lacking) == ({"claims": ["all-priority-areas"]},)


def test_answers_change_what_they_are_about():
    """A doubt goes with its answer; with nothing said goes the value, its evidence, the entry."""
    found, data = doubts(), document().data
    assert confirmed(data, found["cio", "status"], {"status": "planned"})["provisions"] == {
        "cio": {"status": "planned", "evidence": data["provisions"]["cio"]["evidence"]}
    }
    assert "provisions" not in left_out(data, found["cio", "status"])
    gone = left_out(data, found["plan", "period"])["plan"]
    assert (gone.keys(), len(gone["doubts"])) == ({"title", "serves_as", "doubts"}, 1)
    assert [each["id"] for each in left_out(data, found[0,])["measures"]] == ["measure-2"]
    owner = OpenDoubt(("measures", 1), 0, ("owner",), (), "")
    less = left_out(data, owner)["measures"][1]
    assert less.keys() == {"id", "title", "status", "doubts"}
    assert [each["of"] for each in less["doubts"]] == [["status"]]
    assert data == document().data


def test_sections_close_one_by_one():
    """A section that was read is named; with the last of them the document was read."""
    data = document().data
    left = open_sections(data)
    assert left == ("plan", "provisions", "collection", "measures", "indicators", "document")
    for name in left:
        data = closed(data, name)
    assert data["document"] == {"read": "complete"}
    assert open_sections(data) == open_sections({}) == ()


def test_whether_it_is_an_entry_is_confirmed_apart():
    """Nobody who confirms a key says that the entry is one, and the other way round."""
    doubted = [{"because": "a"}, {"of": ["status"]}, {"of": ["status", "owner"]}]
    data = {"measures": [{"title": "a", "status": "done", "owner": "b", "doubts": doubted}]}
    file = document(data)
    whole, status, _ = open_doubts(file)
    for answered, left in ((whole, doubted[1:]), (status, [doubted[0], {"of": ["owner"]}])):
        after = confirmed(data, answered)
        assert after["measures"][0]["doubts"] == left
        assert len(carried_over(data, after, answered)) == len(left)


def test_a_section_that_is_not_there_is_read_as_empty():
    """What was read and has nothing is written so; what was not said to be open stays as it is."""
    data = reduce(closed, SECTION_NAMES[1:], {"document": {"read": "part"}})
    assert data["standardization"] == {"scope": "unstated"}
    assert data["measures"] == []
    assert data["document"] == {"read": "part", "closed": [*SECTION_NAMES[1:]]}
    assert closed({}, "measures") == {"measures": []}
    assert closed({}, "document")["document"] == {"read": "complete"}
    assert reopened({}, "plan")["document"] == data["document"]


def test_doubts_are_found_again_after_an_answer():
    """Where an entry has gone, those behind it have moved up."""
    before, found = document(), doubts()
    after = left_out(before.data, found[0,])
    moved = carried_over(before.data, after, found[0,])
    assert moved[found[1, "status"]].carrier == ("measures", 0)
    both = {"measures": [{"title": "a", "doubts": [{"of": ["title"]}, {"because": "b"}]}]}
    file = document(both)
    first, second = open_doubts(file)
    assert carried_over(both, {}, second) == {}
    assert len(carried_over(both, confirmed(both, first), first)) == 1


def test_what_settles_most_is_asked_first():
    """Doubts come by what they settle, a section after the doubts in it."""
    law = load_law()
    judge = assessor(law, date(2026, 11, 20), engine="interpreter", reasons=False)
    order = unsettled(document(), judge, law.reference)
    assert {each.section for each in order} == {*open_sections(document().data)}
    free = [each.now for each in order if isinstance(each.about, OpenDoubt)]
    assert free == sorted(free, reverse=True)
    assert free[0] > 0
    for name in ("plan", "provisions", "measures"):
        own = [n for n, each in enumerate(order) if each.section == name]
        assert order[own[-1]].about == name
    broken = document({"format": "dxrules/plan/1"})
    assert all(each.now == 0 for each in unsettled(broken, judge, reference()))


def asked(text):
    """Return the questions that were printed."""
    return [line for line in text.splitlines() if line.startswith("[")]


def test_a_review_from_beginning_to_end(monkeypatch, capsys):
    """Every question is answered; the file holds the answers, its comments, and no doubt."""
    answers = {
        "計画期間": "２",  # full width
        "兼ねる計画": "1",
        "CIO": "2",
        "書かない窓口": "n",
        "電子決裁": "1",
    }
    typed: list[str] = []

    def hear():
        question = asked(capsys.readouterr().out)[-1]
        typed.append(question)
        return next((sign for word, sign in answers.items() if word in question), "y")

    monkeypatch.setattr(terminal_review, "hear", hear)
    assert run(monkeypatch, []) == 0
    said = capsys.readouterr()
    assert "a.yaml: 確認 11件、あとで 0件、残り 0件。要確認の判定 " in said.err
    assert typed[0].startswith("[1/11] ")
    data, text = written(), Path("a.yaml").read_text("utf-8")
    assert data["plan"]["period"] == "令和7年度～令和11年度"
    assert data["plan"]["serves_as"] == ["digital-use-plan"]
    assert data["provisions"]["cio"]["status"] == "planned"
    assert [each["title"] for each in data["measures"]] == ["電子決裁"]
    assert data["document"] == {"read": "complete"}
    assert "doubts" not in text
    assert "# on the cover" in text
    assert "# who leads" in text
    monkeypatch.undo()


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.covered
def test_later_back_and_quit(lang, monkeypatch, capsys):
    """One goes on, back to what was answered, and quits; what was answered is saved until then."""
    assert run(monkeypatch, ["s", "b", "", "9", "Ｓ", "q"], lang=lang) == 0
    said = capsys.readouterr()
    numbers = [each.split("]")[0] for each in asked(said.out)]
    assert numbers == ["[1/11", "[2/11", "[1/11", "[2/11"]
    assert said.err.count("答えはありません" if lang == "ja" else "none of the answers") == 2
    assert Path("a.yaml").read_text("utf-8") == DRAFT
    first = asked(said.out)[0]
    assert run(monkeypatch, ["1", "b", "q"] if "期間" not in first else ["1", "b"]) == 0
    assert written() == document().data  # taken back


def test_a_value_of_ones_own(monkeypatch, capsys):
    """A value is typed in words; what no plan file may say is told, and asked again."""
    typed = iter([])

    def hear():
        nonlocal typed
        question = next(iter(reversed(asked(capsys.readouterr().out))), "")
        if "電子決裁" in question:
            typed = iter(["e", "未定の状態", "", "e", "完了と明記", "", "q"])
        if "兼ねる" in question:
            typed = iter(["e", "デジタル活用推進計画", "q"])
        return next(typed, "s")

    monkeypatch.setattr(terminal_review, "hear", hear)
    assert run(monkeypatch, []) == 0
    data = written()
    done = [each.get("status") for each in data["measures"]]
    assert "planned" in done or "done" in done
    monkeypatch.undo()


def test_the_words_around_a_quotation(monkeypatch, capsys):
    """With the document at hand, what stands around the quoted words is shown."""
    text = plan_of_town("副町長をCIOとし、\u202e全庁で\x1b[2JDXを進めます。", town="西川町")
    Path("plan.md").write_text(text, encoding="utf-8")
    assert run(monkeypatch, ["s"] * 20, "a.yaml", "plan.md") == 0
    shown = capsys.readouterr().out
    assert "副町長をCIOとし、" in shown
    assert "\x1b" not in shown  # what the document holds does not act
    assert "\u202e" not in shown


@pytest.mark.covered
def test_drafted_and_reviewed_at_once(monkeypatch, capsys):
    """A document is drafted, and asked about right away; a second time only what is left is."""
    text = plan_of_town("## 計画の期間\n\n令和8年度から令和12年度までとします。", town="西川町")
    Path("plan.md").write_text(text, encoding="utf-8")
    assert run(monkeypatch, ["q"], "plan.md", "-o", "b.yaml") == 0
    assert "[1/" in capsys.readouterr().out
    done = Path("b.yaml").read_text("utf-8").replace("read: part", "read: complete")
    Path("c.yaml").write_text(done, encoding="utf-8")
    assert run(monkeypatch, [], "c.yaml", lang="en") == 0
    assert "c.yaml: nothing is left to be confirmed." in capsys.readouterr().err


def test_interrupted(monkeypatch, capsys):
    """Ctrl-C ends it as quitting does."""
    monkeypatch.setattr(terminal_review, "hear", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
    assert run(monkeypatch, []) == 0
    assert "残り 11件" in capsys.readouterr().err


def test_somebody_else_wrote_the_file(monkeypatch, capsys):
    """A file that was changed meanwhile is not written over."""

    def hear():
        Path("a.yaml").write_text(DRAFT + "# mine\n", encoding="utf-8")
        return "1" if "―" in asked(capsys.readouterr().out)[-1] else "y"

    monkeypatch.setattr(terminal_review, "hear", hear)
    assert run(monkeypatch, []) == 2
    assert "a.yaml: ほかで書き換えられた" in capsys.readouterr().err
    assert Path("a.yaml").read_text("utf-8").endswith("# mine\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["a.yaml", "b.md", "c.md"], "name it alone"),
        (["a.yaml", "-o", "b.yaml"], "name it alone"),
        (["plan.md"], "With --review name one document and -o"),
        (["plan.md", "b.md", "-o", "x"], "With --review name one document and -o"),
        (["."], "With --review name one document and -o"),
        (["nothing.yaml"], "nothing.yaml"),
    ],
)
def test_what_cannot_be_reviewed(words, said, monkeypatch, capsys):
    """What is named is one plan file with its document, or one document with -o."""
    assert run(monkeypatch, [], *words, lang="en") == 2
    assert said in capsys.readouterr().err


def test_without_a_terminal(monkeypatch, capsys):
    """Where nobody can be asked, one message says so and what to do."""
    monkeypatch.undo()
    assert run(monkeypatch, [], "a.yaml", lang="en") == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_line_is_heard(monkeypatch):
    """What is typed has a bound; another code is no answer, and the end is the end."""
    from dxrules.cli.streams import hear

    monkeypatch.setattr("builtins.input", lambda _: "x" * 9_000)
    assert len(hear()) == 2_000
    for error, heard in ((EOFError(), None), (UnicodeDecodeError("utf-8", b"x", 0, 1, ""), "")):

        def fail(_, error=error):
            raise error

        monkeypatch.setattr("builtins.input", fail)
        assert hear() == heard


ALIKE = """\
format: dxrules/plan/1
municipality: {code: "063223"}
recorded: 令和7年6月
plan: {title: 西川町DX推進計画}
provisions:
  cio: {status: in-place, doubts: [{of: [status], because: a}]}
  ciso: {doubts: [{of: [status], because: b}]}
measures:
- {id: measure-1, title: 書かない窓口, doubts: [{because: 町の取組か決められない}]}
- {id: measure-2, title: 電子決裁, status: planned, doubts: [{of: [status]}]}
- {id: measure-3, title: 議会の日程, doubts: [{because: 町の取組か決められない}]}
- {id: measure-4, title: 電子契約, doubts: [{of: [status]}]}
- {id: measure-5, title: テレワーク, status: planned, doubts: [{of: [status]}]}
- {id: measure-6, title: 研修, doubts: [{because: 町の取組か決められない}]}
document: {read: part}
"""


def in_review(text=ALIKE):
    """Return the review of a draft whose doubts are asked in the order in which they stand."""
    file = plan_of(from_text(text, "a.yaml"), reference())
    together = put_together(open_doubts(file.document))
    return Review(file, tuple(Unsettled(each, 1.0, 0.0, 1) for each in together))


def titles(asked):
    """Return what the entries that are asked about are called."""
    doubts = asked.about.doubts if isinstance(asked.about, AlikeDoubts) else (asked.about,)
    return [each.carrier[-1] for each in doubts]


def test_alike_doubts_are_asked_together():
    """The same keys of entries of one list are one question, up to so many; all else is not."""
    assert [titles(each) for each in in_review().left] == [["cio", "ciso"], [0, 2, 5], [1, 3, 4]]
    assert [titles(each) for each in in_review(DRAFT).left][:2] == [["plan"], ["plan"]]
    many = [OpenDoubt(("measures", n), keys=("status",)) for n in range(2 * MOST_ROWS + 1)]
    found = [*put_together([*many, OpenDoubt(("plan",)), OpenDoubt(("plan", "replaces"))])]
    sizes = [len(e.doubts) if isinstance(e, AlikeDoubts) else 1 for e in found]
    assert sizes == [MOST_ROWS, MOST_ROWS, 1, 1, 1]


@pytest.mark.parametrize(
    ("said", "statuses", "left"),
    [
        ("a", ["planned", None, "planned"], [3]),  # what has no value is asked again
        ("3", [None, None, "planned"], [1, 3]),
        ("1,3", ["planned", None, "planned"], [3]),
        ("=2", ["ongoing", "ongoing", "ongoing"], []),
        ("1-2=2", ["ongoing", "ongoing", None], [4]),
        ("2=n", [None, "-", None], [1, 4]),
        ("n", ["-", "-", "-"], []),
        *((wrong, None, None) for wrong in ("2", "1-", "0", "4", "3-1", "=", "=99", "=a", "1=",
                                            "x", "", "1,2", "y", "=1,2")),
    ],
)  # fmt: skip
def test_one_answer_about_several(said, statuses, left):
    """Many are right as they stand, have one value or are not said; the rest is asked next."""
    current = in_review()
    current = replace(current, left=current.left[2:])
    answer = reply(current, said)
    if statuses is None:
        assert answer is None
        return
    after = current.answer(answer, reference())
    measures = after.file.document.data["measures"]
    for number, wanted in zip((1, 3, 4), statuses, strict=True):
        known = measures[number].get("status", "-") if "doubts" not in measures[number] else None
        assert known == wanted
    assert [each for asked in after.left for each in titles(asked)] == left
    assert after.total == 1 + len(after.left)


def test_entries_go_together():
    """What is no entry goes, and all that stands behind it is found again."""
    current = in_review().skip()
    after = current.answer(reply(current, "1-2=n"), reference())
    data = after.file.document.data
    assert [each["title"] for each in data["measures"]] == [
        "電子決裁",
        "電子契約",
        "テレワーク",
        "研修",
    ]
    assert [titles(each) for each in after.left] == [[3], [0, 1, 2]]
    last = after.answer(reply(after, "1"), reference())
    all_stand = last.answer(reply(last, "=4"), reference())
    assert [*doubts_in(all_stand.file.document.data)] == [
        OpenDoubt(("provisions", "cio"), 0, ("status",), (), "a"),
        OpenDoubt(("provisions", "ciso"), 0, ("status",), (), "b"),
    ]


def test_doubts_about_the_same_are_one():
    """They are asked once, with all their reasons, and what stands behind them is left alone."""
    twice = "doubts: [{because: 町の取組か決められない}, {because: 同じ取組かもしれない}]"
    once = "doubts: [{because: 町の取組か決められない}]"
    current = in_review(ALIKE.replace(once, twice, 1)).skip()
    doubts = current.left[0].about.doubts
    assert [each.because for each in doubts] == [
        "町の取組か決められない / 同じ取組かもしれない",
        *["町の取組か決められない"] * 2,
    ]
    for said, left in (("1", 6), ("1=n", 5), ("n", 3)):
        after = current.answer(reply(current, said), reference())
        measures = after.file.document.data["measures"]
        assert len(measures) == left
        assert {each["title"] for each in measures} >= {"電子決裁", "電子契約", "テレワーク"}
    alone = f"measures: [{{id: a, title: a, {twice}}}, {{id: b, title: b}}]\n"
    (asked,) = put_together(doubts_in(from_text(alone, "a.yaml").data))
    assert isinstance(asked, OpenDoubt)


def test_doubts_that_become_one_are_found_again():
    """Where a key is settled of one of two that then are about the same both are that doubt."""
    before = {"measures": [{"doubts": [{"of": ["status", "owner"]}, {"of": ["owner"]}]}]}
    status = OpenDoubt(("measures", 0), keys=("status",))
    moved = carried_over(before, confirmed(before, status), status)
    assert {each.keys for each in moved} == {("status", "owner"), ("owner",)}
    assert {each.keys for each in moved.values()} == {("owner",)}


def test_only_what_can_be_answered_is_offered():
    """That all are right as they stand is no answer where none says anything."""
    text = ALIKE.replace("status: planned, ", "").replace("status: in-place, ", "")
    long = text.replace("電子契約", "電子契約" * 12)
    review = in_review(long)
    status = next(
        each
        for each in review.left
        if isinstance(each.about, AlikeDoubts) and each.about.keys == ("status",)
    )
    asked = replace(review, left=(status,))
    shown = [*lines(asked, reference(), Style("ja", width=80), lambda _: "")]
    assert not [line for line in shown if line.startswith("     a  ")]
    assert reply(asked, "a") is None
    assert not [line for line in shown if line.strip().isdigit()]  # no number stands alone


def test_alike_doubts_in_the_terminal(monkeypatch, capsys):
    """Several are shown as rows; one by one they are asked as others are."""
    Path("a.yaml").write_text(ALIKE, encoding="utf-8")
    shown: list[str] = []
    answers = {"1  電子決裁": "1,3", "2  CISO": "e", "3  研修": "a", "「CIO": "2"}

    def hear():
        shown.append(capsys.readouterr().out)
        return next((sign for word, sign in answers.items() if word in shown[-1]), "s")

    monkeypatch.setattr(terminal_review, "hear", hear)
    assert run(monkeypatch, []) == 0
    rows = next(each for each in shown if "1  電子決裁" in each)
    assert "1  電子決裁 ― 予定\n" in rows
    assert "2  電子契約 ― (記載なし)\n" in rows
    assert "=2  すべて「" in rows
    assert "e  1件ずつ答える" in rows
    assert [each.get("status") for each in written()["measures"]].count("planned") == 2
    assert written()["provisions"]["cio"] == {"status": "planned"}
    assert "doubts" in written()["provisions"]["ciso"]
    monkeypatch.undo()
