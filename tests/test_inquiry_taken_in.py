"""Answers taken into a plan file: all else stays as it is, to the last sign."""

from __future__ import annotations

import json
from datetime import date

import pytest

from dxrules.errors import Place, PlanError, UsageError
from dxrules.inquiry.taken_in import refuse_workbook, taken_in
from dxrules.plan import plan_of
from dxrules.plan.convert import converted
from dxrules.plan.differing_answers import differing
from dxrules.plan.key_names import said_value, told_value
from dxrules.plan.read import document_from
from dxrules.report.plan_header import days
from dxrules.rules import Outcome
from dxrules.source.read import from_text
from dxrules.texts import Text
from tests.helpers.lawbooks import TOWNS, found_of, law, town
from tests.helpers.plans import plan_file

ROWS = (
    {"about": "provisions.open-data.status", "answer": "in-place", "told": "令和8年11月10日"},
    {"about": "provisions.cio.rank", "answer": "mayor", "told": "2026-11-10", "by": "総務課: DX係"},
)
HEAD = """\
# 前書き
format: dxrules/plan/1
municipality: {code: "349992", name: {ja: 見本町, en: Mihon}}
recorded: 令和8年3月
plan: {title: x, status: established}
provisions: {}  # 読んだ
"""


def plan(text):
    """Return the plan in a text."""
    return plan_of(from_text(text, "plan.yaml"), law().reference)


def told(file):
    """Return what the answers of a plan file are about."""
    return [each.about for each in file.plan.answers]


@pytest.mark.parametrize("name", TOWNS)
def test_nothing_else_changes(name):
    """The text of a town's file with answers is its text, with the answers at its end."""
    file = town(name)
    after = taken_in(file, ROWS, law().reference)
    assert after.document.text.startswith(file.document.text)
    assert told(after) == [row["about"] for row in ROWS]
    assert after.as_told.plan.provisions["open-data"].status == "in-place"
    assert file.plan == after.plan.model_copy(update={"answers": ()})


def test_the_place_of_a_new_answer():
    """What is wrong with a new answer is told by its place, and of the file's own by theirs."""
    wrong = {"about": "provisions.security-policy.reviewed", "answer": "all", "told": "2026-11-10"}
    file = plan(HEAD + "answers:\n" + "".join(f"  - {json.dumps(row)}\n" for row in ROWS))
    place = Place("inquiry.xlsx", 12, 5, "照会")
    with pytest.raises(PlanError) as raised:
        taken_in(file, [wrong], law().reference, [place])
    assert [(each.place, each.key) for each in raised.value.problems] == [(place, "")]
    with pytest.raises(PlanError) as raised:
        taken_in(file, [wrong], law().reference)
    assert [each.key for each in raised.value.problems] == ["answers[2].answer"]


LINES = """\
answers:
  -
    about: provisions.cio.status
    answer: planned
    told: 令和8年6月
"""
ONE = "{about: provisions.cio.status, answer: planned, told: 令和8年6月}"


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        ("answers: []\n", "answers:\n  - {"),
        (f"answers: [{ONE}]\n", f"answers: [{ONE}, "),
        (f"answers: [\n  {ONE},\n]\n", f"answers: [\n  {ONE}, "),
        (f"answers:\n- {ONE}\n", f"answers:\n- {ONE}\n- "),
        (f"answers:\n    - {ONE}  # 電話で\n", "  # 電話で\n    - "),
        (f"answers:\n  - {ONE}", f"answers:\n  - {ONE}\n  - "),
        (
            LINES,
            "told: 令和8年6月\n  - ",
        ),
        ("", "provisions: {}  # 読んだ\nanswers:\n  - "),
    ],
)
@pytest.mark.parametrize("after", ["", "measures: []  # なし\n"])
def test_answers_join_those_that_are_there(answers, kept, after):
    """Rows are added to the list as it is written; comments and what follows stay."""
    if after and not (answers.endswith("\n") or not answers):
        answers += "\n"
    before = plan(HEAD + answers + after)
    result = taken_in(before, ROWS, law().reference)
    assert kept in result.document.text or after
    assert result.document.text.replace("\n", "").startswith(HEAD.replace("\n", ""))
    assert after in result.document.text
    assert told(result)[-2:] == [row["about"] for row in ROWS]
    assert len(told(result)) == len(before.plan.answers) + 2


def test_a_file_without_a_last_line_end():
    """A file whose last line does not end gets the answers in lines of their own."""
    assert told(taken_in(plan(HEAD.rstrip()), ROWS, law().reference))


@pytest.mark.parametrize("held", [(), ROWS[:1]])
def test_json(held):
    """JSON stays JSON."""
    data = {**plan(HEAD).document.data, **({"answers": [*held]} if held else {})}
    raw = json.dumps(data, ensure_ascii=False, indent=2).encode()
    file = plan_of(document_from(raw, "plan.json"), law().reference)
    after = taken_in(file, ROWS, law().reference)
    assert [row["answer"] for row in json.loads(after.document.text)["answers"]] == [
        *(row["answer"] for row in held),
        "in-place",
        "mayor",
    ]


def test_text_that_acts_stays_text():
    """Whatever was answered is one value, and never another key."""
    said = 'x", told: "y", evil: [1] # - {a: b}'
    row = {**ROWS[0], "by": said, "document": "null"}
    after = taken_in(plan(HEAD), [row], law().reference)
    assert after.plan.answers[0].by == said
    assert after.plan.answers[0].document == "null"


def test_a_file_with_a_mark_of_its_end():
    """Answers stand before the sign that ends a document."""
    after = taken_in(plan(f"{HEAD}...\n"), ROWS, law().reference)
    assert after.document.text.startswith(f"{HEAD}answers:\n")
    assert told(after)


def test_a_file_that_cannot_be_added_to(monkeypatch):
    """Where the text would say something else, nothing is made of it; the rows are told."""

    def refuse(*_):
        raise UsageError(Text("x", "x"))

    monkeypatch.setattr("dxrules.inquiry.taken_in.rewritten", refuse)
    with pytest.raises(UsageError) as caught:
        taken_in(plan(HEAD + f"answers: [{ONE}]\n"), ROWS, law().reference)
    assert "provisions.open-data.status" in caught.value.text.ja


def test_what_the_plan_does_not_take():
    """An answer that is no value of its entry is refused as the plan file refuses it."""
    with pytest.raises(PlanError, match="not one of the values"):
        taken_in(plan(HEAD), [{**ROWS[0], "answer": "yes"}], law().reference)


def test_workbooks():
    """A workbook is not written into; what it says with the answers can be made anew."""
    raw = converted(plan(HEAD), type("P", (), {"suffix": ".xlsx"})(), "ja", law().reference)
    file = plan_of(document_from(raw, "plan.xlsx"), law().reference)
    with pytest.raises(UsageError, match=r"--output NEW\.xlsx"):
        refuse_workbook(file)
    refuse_workbook(plan(HEAD))
    after = taken_in(file, ROWS, law().reference)
    again = converted(after, type("P", (), {"suffix": ".xlsx"})(), "ja", law().reference)
    assert told(plan_of(document_from(again, "plan.xlsx"), law().reference)) == told(after)


def test_a_count_is_told_in_full():
    """That a plan gives only the number of tasks contradicts no answer; a list of them does."""
    told = "answers: [{about: standardization.scope, answer: all, told: 2026-11-10}]"
    for said, differs in (("count", False), ("list", True)):
        file = plan_file(f"standardization: {{scope: {said}}}\n{told}")
        assert bool([*differing(file)]) is differs


@pytest.mark.parametrize(
    ("said", "answer", "shown"),
    [
        ("excluded: [{task: national-pension}]", "excluded: 国民年金(事務なし)", None),
        (
            "excluded: [{task: national-pension}]",
            "excluded: 生活保護(県)",
            ("national-pension", "生活保護(県)"),
        ),
        ("deferred_functions: {status: none}", "deferred_functions: なし", None),
        (
            "deferred_functions: {status: none}",
            "deferred_functions: 令和10年度末",
            ("none", "令和10年度末"),
        ),
    ],
)
def test_entries_that_are_told_in_one_text(said, answer, shown):
    """What an answer tells is compared with what the plan file holds, and not with its words."""
    key, _, told = answer.partition(": ")
    row = f"{{about: standardization.{key}, answer: {told}, told: 2026-11-10}}"
    found = [*differing(plan_file(f"standardization: {{scope: all, {said}}}\nanswers: [{row}]"))]
    assert [(each.said, each.told) for each in found] == ([shown] if shown else [])


@pytest.mark.parametrize(
    ("said", "answer", "differs"),
    [
        ("status: public-comment", "status=established", False),
        ("status: established", "status=draft", True),
        ("cites: [{document: priority-plan}]", "cites=見本県デジタル戦略", False),
        ("serves_as: [digital-use-plan]", "serves_as=public-private-data-plan", False),
    ],
)
def test_what_is_told_of_the_plan_itself(said, answer, differs):
    """A draft that was adopted since contradicts nothing, nor what it serves as or follows, too."""
    key, _, value = answer.partition("=")
    row = f"{{about: plan.{key}, answer: {value}, told: 2026-11-10}}"
    assert bool([*differing(plan_file(f"answers: [{row}]", said))]) is differs


def test_what_a_town_does_not_have():
    """A town tells that it has something not; that a document states so, only a plan does."""
    about = "provisions.open-data.status"
    assert (told_value(about, "none").ja, said_value(about, "none").ja) == ("なし", "無いと明記")


@pytest.mark.parametrize(
    ("said", "answer", "differs"),
    [
        ("status: planned", "status=in-place", False),
        ("status: in-place", "status=planned", True),
        ("status: considered", "status=none", True),
        ("status: in-place", "status=in-place", False),
        ("published: no", "published=yes", False),
        ("published: yes", "published=no", True),
        ("since: 令和8年1月", "since=令和8年2月", True),
        ("since: 令和8年1月", "since=R8.1", False),
        ("since: 令和8年1月", "since=2026-01-15", False),
        ("since: 2026-01-15", "since=令和8年1月", True),
        ("since: 未定", "since=令和8年1月", True),
        ("reviewed: 令和8年1月", "reviewed=令和8年10月", False),
        ("cycle: [yearly]", "cycle=yearly", False),
        ("cycle: [yearly]", "cycle=pdca, yearly", True),
        ("scope: staff", "status=none", False),
    ],
)
def test_where_answer_and_plan_contradict_each_other(said, answer, differs):
    """Less than the plan said, or another day, is a contradiction; progress is none."""
    key, _, value = answer.partition("=")
    row = f'{{about: provisions.open-data.{key}, answer: "{value}", told: 2026-11-10}}'
    file = plan_file(f"provisions: {{open-data: {{{said}}}}}\nanswers: [{row}]")
    assert bool([*differing(file)]) is differs
    early = plan_file(
        f"provisions: {{open-data: {{{said}}}}}\nanswers: [{row}]".replace("2026-11", "2024-11")
    )
    assert [*differing(early)] == []


def test_each_contradiction_is_a_finding():
    """Each answer that the plan contradicts is a note at its place, and can be waived as any is."""
    keys = ["cio", "ciso", "open-data", "supply-chain", "promoters", "security-policy"]
    plan = ", ".join(f"{key}: {{status: in-place}}" for key in keys)
    rows = ", ".join(
        f"{{about: provisions.{key}.status, answer: none, told: 2026-11-10}}" for key in keys
    )
    found = found_of(plan_file(f"provisions: {{{plan}}}\nanswers: [{rows}]"))
    shown = [each.en for each in days(found)]
    assert "! 6 of them contradict the plan (ANS-01)" in shown
    notes = [each for each in found.findings if each.rule.id == "ANS-01"]
    assert [each.key for each in notes] == [f"provisions.{key}.status" for key in keys]
    assert {(each.outcome, each.severity) for each in notes} == {(Outcome.FAIL, "note")}
    first = notes[0]
    assert first.message == Text(
        "CIO(最高情報統括責任者) 状況: 計画では「整備済み」、回答(2026-11-10)では「なし」",
        "CIO, status: in place in the plan, none as told (2026-11-10)",
    )
    assert first.label.en == "CIO, status"
    assert first.place.line == 7
    assert any(line.startswith("6 answers of the municipality") for line in shown)
    assert not any("after the day judged" in line for line in shown)


def test_answers_after_the_day_judged_are_told():
    """Who judges by an earlier day is told that answers were given since."""
    row = "{about: provisions.cio.status, answer: none, told: 2026-11-10}"
    found = found_of(plan_file(f"provisions: {{}}\nanswers: [{row}]"), date(2026, 11, 9))
    assert "! 1 of them were given after the day judged" in [each.en for each in days(found)]


@pytest.mark.parametrize(
    ("said", "told", "differs"),
    [("17", "18", False), ("17", "all", False), ("17", "１６", True), ("all", "18", True)],
)
def test_more_tasks_migrated_are_progress(said, told, differs):
    """A number that has grown since contradicts nothing."""
    row = f'{{about: standardization.migrated, answer: "{told}", told: 2026-11-10}}'
    plan = f'standardization: {{scope: all, migrated: "{said}"}}'
    assert bool([*differing(plan_file(f"{plan}\nanswers: [{row}]"))]) is differs
