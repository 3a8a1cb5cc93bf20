"""The search for questions: what each answer settles is what judging with it comes to."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from dxrules.errors import PlanError
from dxrules.inquiry.asks import asks_of
from dxrules.inquiry.fewest_questions import is_duty
from dxrules.inquiry.trial import Bench, answers_of, is_open
from dxrules.plan import PlanFile
from dxrules.plan.answers import as_told
from dxrules.report.inquiry_words import QuestionInWords, asked
from dxrules.rules import Outcome
from dxrules.texts import Text
from tests.helpers.examples import of_hundred
from tests.helpers.inquiries import inquiry, inquiry_of, sheet_of
from tests.helpers.lawbooks import NOVEMBER, TOWNS, found_of, judged, law, town
from tests.helpers.plans import plan_file

ABOUT = "established: 2026-03-31\nperiod: 令和8年度～令和12年度"
SETTLED = frozenset(Outcome) - {Outcome.UNKNOWN, Outcome.ERROR}


def with_answers(file, answers):
    """Return a plan file with answers laid over it, as reading a file that holds them does."""
    known = {**law().reference.told_as(), "near": NOVEMBER}
    held = (*file.plan.answers, *answers)
    plan = file.plan.model_copy(update={"answers": held})
    view, document, wrong = as_told(plan, file.document, held, known)
    assert wrong == []
    return replace(file, plan=plan, as_told=PlanFile(view, document, as_read=plan))


def settled_in_full(plan, answers):
    """Return which open findings the answers settle when all is judged again."""
    found = {f.subject: f for f in found_of(with_answers(plan.file, answers)).findings}
    return {f.subject for f in plan.findings if is_open(f) and found[f.subject].outcome in SETTLED}


def tried(name, most):
    """Yield the first questions of a town with each answer and what it is said to settle."""
    bench = Bench(judged(name), law().reference)
    world = bench.world()
    for ask in asks_of(bench.open.values(), law().reference, town(name).document, NOVEMBER)[:most]:
        for choice in {ask.choices[0], ask.choices[-1]}:
            after = bench.answered(world, ask, choice)
            if after is not None:
                yield bench, ask, choice, bench.outcomes(after, ask)


@pytest.mark.parametrize(
    ("name", "most"),
    [("koge", 3), *(pytest.param(name, 12, marks=pytest.mark.slow) for name in TOWNS)],
)
def test_a_trial_is_what_judging_comes_to(name, most):
    """What an answer settles in a trial is what the whole plan comes to with it."""
    for bench, ask, choice, outcomes in tried(name, most):
        answers = answers_of(ask, choice, bench.told.text)
        settled = {s for s in bench.open.keys() & outcomes.keys() if outcomes[s] in SETTLED}
        assert settled == settled_in_full(judged(name), answers), (ask.name, choice)


@pytest.mark.parametrize("name", TOWNS)
def test_ten_questions_settle_half_of_what_can_be(name):
    """Ten questions may settle at least half of what any question settles; duties come first."""
    whole, ten = inquiry(name), inquiry(name, 10)
    assert 2 * ten.settled >= whole.settled
    assert ten.questions == whole.questions[: len(ten.questions)]
    assert ten.more == len(whole.questions) - 10
    duties = {f.subject for f in judged(name).findings if is_open(f) and is_duty(f)}
    left = {f.subject for f in whole.left}
    asked = {f.subject for question in ten.questions for f in question.settles}
    assert duties - left <= asked


@pytest.mark.parametrize("name", TOWNS)
def test_every_question_can_settle_something(name):
    """No question is asked of which no answer settles anything; each entry is asked once."""
    names = []
    for question in inquiry(name).questions:
        for part in question.parts:
            assert part.settles
            assert any(settled for _, settled in part.choices)
            names += [target.name for target in part.ask.targets]
    assert len(names) == len(set(names))


def test_the_answers_settle_all_that_was_said():
    """With the best answers to the first questions, what they are said to settle is settled."""
    plan, found = judged("koge"), inquiry("koge", 2)
    first = found.questions[0].parts[0]
    assert settled_in_full(plan, answers_of(first.ask, first.best, "令和8年11月10日")) >= (
        first.settled_by(first.best.kind)
    )


def test_asking_again_after_answering_gives_fewer():
    """What was answered is not asked again, until nothing is left that can be answered."""
    file = plan_file("provisions: {}\nmeasures: []\ncollection: {}", ABOUT)
    counts = []
    while (found := inquiry_of(file)).questions:
        counts.append(len(found.questions))
        answers = []
        for question in found.questions:
            for part in question.parts:
                answers += answers_of(part.ask, part.best, "令和8年11月10日")
        file = with_answers(file, answers)
        assert len(counts) < 5
    assert counts == sorted(counts, reverse=True)
    assert not [f for f in found_of(file).findings if is_open(f) and f.kind == "provision"]


def test_what_no_answer_settles_is_never_asked():
    """A question whose every answer leaves all as it is is left out, though findings hang on it."""
    plan = "provisions: {promoters: {title: リーダー}}\nmeasures: []"
    found = inquiry_of(plan_file(plan, ABOUT))
    asked = {t.name for q in found.questions for p in q.parts for t in p.ask.targets}
    assert "provisions.promoters.status" not in asked  # the rule is about the plan
    assert {f.rule.about for f in found.of_plan} == {"plan"}
    assert "ORG-05" in {f.rule.id for f in found.of_plan}


def test_what_is_told_once_is_not_asked_again():
    """The plan's own word on what does not change with time is taken."""
    said = "collection: {health_insurance: premium}"
    found = inquiry_of(plan_file(said, ABOUT))
    asked = {t.name for q in found.questions for p in q.parts for t in p.ask.targets}
    assert "collection.health_insurance" not in asked
    assert any(name.startswith("collection.charges.") for name in asked)


def test_one_by_one():
    """With `each` the same is asked of several entries one by one, and settles as much."""
    together, apart = inquiry("koge"), inquiry_of(town("koge"), each=True)
    assert all(len(p.ask.targets) == 1 for q in apart.questions for p in q.parts)
    assert any(len(p.ask.targets) > 1 for q in together.questions for p in q.parts)
    assert apart.settled == together.settled
    assert len(apart.questions) > len(together.questions)


def test_a_rule_that_met_nothing():
    """What is open as the section was not read can be asked, too, and is settled by facts."""
    found = inquiry_of(plan_file("measures: []", ABOUT))
    asked = {t.name for q in found.questions for p in q.parts for t in p.ask.targets}
    assert "standardization.migrated" in asked or "standardization.excluded" in asked


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (None, ""),
        (Text("「{label}」はありますか", "Is there “{label}”?"), "”, “"),
        (Text("{label}はありますか", "Is there {label}?"), ", "),
    ],
)
def test_the_question_of_a_rule_names_all_that_it_is_about(question, said):
    """What several entries are asked names each of them; without a question the title stands."""
    (first, *_) = asked(inquiry("koge"))
    rule = first.first.rule
    findings = tuple(
        replace(f, rule=replace(rule, question=question)) if f.rule.id == rule.id else f
        for f in first.part.settles
    )
    text = replace(first, part=replace(first.part, settles=findings)).text
    labels = [f.label.en for f in findings if f.rule.id == rule.id]
    assert len(labels) == 3
    if question is None:
        assert rule.title.ja in text.ja
        assert ", ".join(labels) in text.en
    else:
        assert text.en == question.en.replace("{label}", said.join(labels))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_natural_words_can_be_typed(lang):
    """A spreadsheet asks before it takes a word that a list does not have, and does not refuse."""
    page = load_workbook(io.BytesIO(sheet_of(lang=lang))).worksheets[0]
    offers = page.data_validations.dataValidation
    assert offers
    assert {each.errorStyle for each in offers} == {"warning"}
    assert all(each.error for each in offers)


def _asked_by_name(text):
    parts = [part for question in inquiry_of(plan_file(text)).questions for part in question.parts]
    return [part.ask.targets[0].name for part in parts]


def test_what_hangs_on_the_use_of_ai():
    """Generative AI is AI: who uses it is not asked for AI of any kind, and who does not is."""
    ai, generative = "provisions.caio.applies", "provisions.ai-guideline.applies"
    asked = _asked_by_name("provisions: {}")
    assert asked.count(ai) == asked.count(generative) == 1
    assert ai not in _asked_by_name("provisions: {ai-guideline: {applies: yes}}")
    assert ai in _asked_by_name("provisions: {ai-guideline: {applies: no}}")
    assert generative not in _asked_by_name("provisions: {caio: {applies: no}}")


def test_status_is_asked_first():
    """Of what is asked in one question the first settles whether the rest matters."""
    questions = inquiry_of(plan_file("provisions: {}")).questions
    both = [q for q in questions if len(q.parts) > 1 and q.parts[0].ask.words]
    firsts = {q.parts[0].ask.targets[0].key for q in both}
    assert firsts <= {"applies", "status", "scope", "migrated"}


@pytest.mark.parametrize(("told", "asked_again"), [("2026-10-01", False), ("2026-08-01", True)])
def test_what_was_told_of_late_is_not_asked_again(told, asked_again):
    """Who told that something is considered is not asked the same until some time has passed."""
    row = f"{{about: provisions.open-data.status, answer: considered, told: {told}}}"
    found = inquiry_of(plan_file(f"provisions: {{}}\nanswers: [{row}]"))
    names = {t.name for q in found.questions for p in q.parts for t in p.ask.targets}
    assert ("provisions.open-data.status" in names) is asked_again
    assert ("OPN-01" in {f.rule.id for f in found.told}) is not asked_again
    assert "OPN-01" not in {f.rule.id for f in found.left}


@pytest.mark.slow
@pytest.mark.parametrize("name", TOWNS)
def test_truthful_answers_come_to_an_end(name):
    """Whatever a town answers, it is asked nothing twice, and soon nothing more."""
    file, seen = town(name), set()
    for _ in range(6):
        found = inquiry_of(file)
        if not found.questions:
            break
        parts = [part for question in found.questions for part in question.parts]
        answers = []
        for part in parts:
            assert seen.isdisjoint(target.name for target in part.ask.targets)
            seen |= {target.name for target in part.ask.targets}
            choice, _ = part.choices[len(seen) % len(part.choices)]
            answers += answers_of(part.ask, choice, NOVEMBER.isoformat())
        file = with_answers(file, answers)
    assert not found.questions


ODD = """
standardization:
  scope: unstated
collection:
  charges:
    unspecified: {status: planned, start: 令和8年9月}
"""
"""A plan with few questions, where an answer opens another, or tells one part of many."""


@cache
def _few():
    """Return a plan file of which all is told but standardization and the collection of charges."""
    names = law().reference.provisions
    told = "".join(f"\n  {name}: {{status: declined}}" for name in names if name != "cio")
    return plan_file(f"provisions:{told.replace('declined', 'none')}\nmeasures: []{ODD}", ABOUT)


def _telling(data, question):
    """Draw truthful answers to some parts of a question: those that its answers so far allow."""
    chosen, answers = {}, []
    for part in question.parts:
        allowed = not part.after or any(
            chosen.get(opener.name, kind) == kind for opener, kind in part.after
        )
        if allowed:
            choice, _ = data.draw(st.sampled_from(part.choices))
            chosen[part.ask.name] = choice.kind
            answers += answers_of(part.ask, choice, NOVEMBER.isoformat())
    return answers


@of_hundred(5)
@given(st.data())
def test_every_answer_leaves_fewer_questions(data):
    """Who answers a question is asked fewer after it, and who answers a part of it no more."""
    file = _few()
    found = inquiry_of(file)
    question = data.draw(st.sampled_from(found.questions))
    answers = _telling(data, question)
    part = answers[:1]
    names = {topic_name(each) for each in found.questions}
    after_part = inquiry_of(with_answers(file, part)).questions
    assert len(after_part) <= len(found.questions)
    after = inquiry_of(with_answers(file, answers)).questions
    assert len(after) < len(found.questions), answers
    assert {topic_name(each) for each in after} <= names


def topic_name(question):
    """Return the topic of a question, as the carriers of its entries tell it."""
    return min(".".join(map(str, t.carrier)) for p in question.parts for t in p.ask.targets)


def test_what_an_answer_opens_is_asked_beforehand():
    """Who has started is asked whether it was announced: in the same question, and only then."""
    found = inquiry("nakanojo")
    (part,) = (
        part
        for question in found.questions
        for part in question.parts
        if part.ask.name == "collection.charges.unspecified.announced"
    )
    (question,) = (each for each in found.questions if part in each.parts)
    opener = question.parts[0].ask.name
    assert [(each.name, kind) for each, kind in part.after] == [(opener, "started")]
    assert "EQR-05" in {finding.rule.id for finding in found.opened}
    number = found.questions.index(question) + 1
    words = QuestionInWords(found, question, number, part)
    assert words.text.ja.startswith(f"({number}-1の答えが「開始済み」のときだけ)")
    assert words.text.en.startswith(f"(Only if {number}-1 is “started”) ")


def test_what_an_answer_opens_of_several_is_asked_in_one_order():
    """A question about twenty systems names them alike in every process."""
    found = inquiry_of(plan_file("document: {read: part}"))
    opened = [part.ask for each in found.questions for part in each.parts if part.after]
    several = [[target.carrier for target in ask.targets] for ask in opened if len(ask.targets) > 9]
    assert several
    assert several == [*map(sorted, several)]


def test_tasks_left_out_are_asked_where_the_plan_does_not_name_them():
    """The town names them with reasons; no plan that accounts for all tasks is asked again."""
    excluded = "standardization.excluded"
    named = "excluded: [{task: national-pension, reason: no-such-task}]"
    for said in ("scope: unstated", "scope: count, in_scope: 17", f"scope: count, {named}"):
        assert excluded in _asked_by_name(f"standardization: {{{said}}}"), said
    assert excluded in _asked_by_name(
        "standardization: {scope: all, excluded: [{task: national-pension}]}"
    )
    for said in ("scope: all", f"scope: all, {named}", f"scope: count, in_scope: 19, {named}"):
        assert excluded not in _asked_by_name(f"standardization: {{{said}}}"), said


@pytest.mark.parametrize(
    ("said", "told", "outcome"),
    [
        ("scope: unstated", "なし", Outcome.PASS),
        (
            "scope: count, in_scope: 18",
            "生活保護（県の事務）、児童扶養手当業務（県）",
            Outcome.PASS,
        ),
        ("scope: count, in_scope: 20", "生活保護（県の事務）", Outcome.PASS),
        ("scope: unstated", "国民年金(事務なし)", Outcome.PASS),
        ("scope: unstated", "National pension (no such task), 戸籍", Outcome.UNKNOWN),
    ],
)
def test_what_is_told_of_tasks_left_out(said, told, outcome):
    """All tasks are accounted for then; a reason that is not told stays open."""
    text = f"answers: [{{about: standardization.excluded, answer: '{told}', told: 2026-11-10}}]"
    whole = "document: {read: complete}"
    found = found_of(plan_file(f"standardization: {{{said}}}\n{text}\n{whole}"), NOVEMBER, law())
    came = {each.rule.id: each.outcome for each in found.findings if each.rule.id == "STD-01"}
    assert came == {"STD-01": Outcome.PASS}
    reasons = {each.outcome for each in found.findings if each.rule.id == "STD-05"}
    assert (Outcome.UNKNOWN in reasons) == (outcome is Outcome.UNKNOWN)


def test_task_that_there_is_not():
    """A word that is no task is told of where the answer stands."""
    text = "answers: [{about: standardization.excluded, answer: 年金機構, told: 2026-11-10}]"
    with pytest.raises(PlanError) as caught:
        plan_file(f"standardization: {{scope: unstated}}\n{text}")
    (problem,) = caught.value.problems
    assert problem.key == "answers[0].answer"
    assert "年金機構" in problem.message.ja


def test_whether_there_is_a_post_is_asked_before_who_holds_it():
    """A rank alone tells that there is a CIO; who has none must be able to say so."""
    found = inquiry_of(plan_file("provisions: {}", ABOUT))
    (asks,) = (
        [part.ask.name for part in question.parts]
        for question in found.questions
        if any("provisions.cio." in part.ask.name for part in question.parts)
    )
    assert asks == ["provisions.cio.status", "provisions.cio.rank"]


def test_a_question_is_that_of_the_rule_about_the_entry():
    """What also hangs on the last review is not what is asked of it."""
    found = inquiry_of(plan_file("provisions: {}", ABOUT))
    (text,) = (
        QuestionInWords(found, question, 1, part).text
        for question in found.questions
        for part in question.parts
        if part.ask.name == "provisions.security-policy.reviewed"
    )
    assert "最後に見直した" in text.ja


def test_what_a_draft_became_and_whether_a_vision_serves_is_asked():
    """Nobody but the town tells whether a draft was adopted, or a vision serves as a plan."""
    whole = "provisions: {}\nmeasures: []\nindicators: []\ndocument: {read: complete}"
    serves = "period: 令和8年度～令和12年度\n%s: [public-private-data-plan]"
    draft = plan_file(whole, "status: draft\n" + serves % "serves_as", recorded="令和8年2月")
    vision = plan_file(whole, serves % "serves_perhaps")
    for file, name in ((draft, "plan.status"), (vision, "plan.serves_as")):
        parts = [part for each in inquiry_of(file).questions for part in each.parts]
        (about,) = [part for part in parts if part.ask.name == name]
        assert "DAT-01" in {f.rule.id for f in about.settles}


@pytest.mark.parametrize(
    ("told", "came"),
    [
        ("見本県官民データ活用推進計画、重点計画", ("pass", "pass")),
        ("デジタル社会の実現に向けた重点計画", ("unknown", "pass")),
        ("国の重点計画、県の計画", ("pass", "pass")),
        ("広島県官民データ活用推進基本計画", ("pass", "unknown")),
        ("広島デジフラ構想", ("pass", "unknown")),
        ("「広島県DX加速プラン」(令和5年)", ("pass", "unknown")),
        # the town lies in Hiroshima
        ("栃木県官民データ活用推進基本計画", ("unknown", "unknown")),
        ("とちぎデジタル戦略", ("unknown", "unknown")),
        ("なし", ("unknown", "unknown")),
    ],
)
def test_what_a_plan_was_made_in_line_with_can_be_told(told, came):
    """Nothing of it in the plan shows nothing; what the town names stands beside what it cites."""
    serves, national = "serves_as: [public-private-data-plan]", "document: dx-promotion-plan"
    cites = f'{serves}\ncites: [{{{national}, edition: "4.0"}}]'
    text = f"answers: [{{about: plan.cites, answer: {told}, told: 2026-11-10}}]"
    file = plan_file(f"{text}\nprovisions: {{}}\ndocument: {{read: complete}}", cites)
    found = {each.rule.id: each.outcome.value for each in found_of(file, NOVEMBER, law()).findings}
    assert (found["DAT-03"], found["DAT-08"]) == came


@pytest.mark.parametrize(
    "told",
    ["町の総合計画案内", "都市計画マスタープラン", "道路整備計画", "県道整備計画",
     "栃木県デジタル社会形成推進条例", "政府デジタル戦略", "京都市DX計画",
     "栃木県上三川町総合計画", "町の重点計画", "教育重点計画"],
)  # fmt: skip
def test_what_is_no_plan_to_follow(told):
    """A name of no plan of nation or prefecture is told of where the answer stands."""
    with pytest.raises(PlanError) as caught:
        plan_file(f"answers: [{{about: plan.cites, answer: {told}, told: 2026-11-10}}]")
    assert [problem.key for problem in caught.value.problems] == ["answers[0].answer"]


@pytest.mark.parametrize(
    ("told", "outcome"),
    [("令和10年度末まで", "pass"), ("令和11年度末", "fail"), ("なし", "not_applicable")],
)
def test_functions_that_conform_later_can_be_told(told, outcome):
    """By when they conform, or that there are none, is one answer."""
    text = "answers: [{about: standardization.deferred_functions, answer: %s, told: 2026-11-10}]"
    file = plan_file(f"{text % told}\ndocument: {{read: part}}")
    found = {each.rule.id: each.outcome.value for each in found_of(file, NOVEMBER, law()).findings}
    assert found["STD-04"] == outcome
