"""What is asked of a plan: each undetermined finding once, by what has to be known for it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dxrules.assessment.finding_question import asked, causes, is_read_for, paths, question_of
from dxrules.assessment.questions import DUTIES, FIRST, by_question, first_questions, questions
from dxrules.report.undetermined_rules import hangs_on, question_head
from dxrules.rules import Outcome
from dxrules.rules.rule import STRENGTH_RANK
from dxrules.texts import LANGS, Text
from tests.helpers.counted import at_most_calls
from tests.helpers.lawbooks import NOVEMBER, TOWNS, found_of, judged, law, load
from tests.helpers.plans import plan_file

WHOLE = "document: {read: complete}"
LOST = """\
measures: []
indicators: []
document:
  read: complete
  lost: [{part: schedule, section: 方針1, what: 工程表}, {part: measures, what: 一覧}]
"""


@pytest.fixture(scope="module", params=TOWNS)
def plan(request):
    """One of the five towns as judged in November 2026."""
    return judged(request.param)


def asked_of(sections, about="", own=None):
    """Return what is asked of a small plan, by the ids of the rules that hang on each question."""
    found = found_of(plan_file(sections, about=about), NOVEMBER, own or law())
    return found, questions(found)


def of_rule(asked_for, rule_id):
    """Return the questions that a rule is asked with."""
    return [q for q in asked_for if any(f.rule.id == rule_id for f in q.findings)]


# The five towns


def test_everything_undetermined_is_asked_once(plan):
    """Each undetermined finding belongs to one question; whatever it touches is undetermined."""
    asked_for = questions(plan)
    settled = [finding.subject for question in asked_for for finding in question.findings]
    assert sorted(settled) == sorted(finding.subject for finding in plan.of(Outcome.UNKNOWN))
    for question in asked_for:
        assert all(f.outcome is Outcome.UNKNOWN for f in question.touches)
        assert not {f.subject for f in question.touches} & {f.subject for f in question.findings}
        assert question.paths
        assert len(question.places) <= len(question.paths)


def test_questions_are_words_for_people(plan):
    """They ask, and say where to look; none names an attribute, a range or a gap."""
    for question in questions(plan):
        assert re.search(r"(ですか|ますか|ましたか|ませんか).*ください$", question.text.ja)
        assert "?" in question.text.en
        assert re.search(r"\b(Check|Ask|Look|Read|ask|Confirm)\b", question.text.en)
        for lang in LANGS:
            said = re.sub("[「“].*?[」”]", "", question.text.in_(lang))
            assert not re.search(r"[{}_]|\d+～\d+|要確認|undetermined|回以上|件以上", said)


def test_the_gravest_come_first(plan):
    """By strength, drafts last, then by the day; each duty stands in the list."""
    asked_for = questions(plan)
    ranks = [(q.draft, -STRENGTH_RANK[q.strength]) for q in asked_for]
    assert ranks == sorted(ranks)
    first = first_questions(asked_for)
    assert first == asked_for[: len(first)]
    assert all(q in first for q in asked_for if q.is_duty)
    assert len(first) == min(len(asked_for), max(FIRST, sum(q.is_duty for q in asked_for)))
    for question in asked_for:
        strengths = {f.rule.strength for f in question.hangs if not f.rule.draft}
        assert question.draft is not bool(strengths)
        assert question.is_duty is bool(strengths & {*DUTIES})
        days = [f.due.latest for f in question.hangs if f.due and f.due.latest]
        assert (question.due and question.due.latest) == min(days, default=None)


def test_ten_questions_settle_nearly_half(plan):
    """A long list is short in questions: nearly half of what is open hangs on ten of them."""
    asked_for = questions(plan)
    by_size = sorted(asked_for, key=lambda q: -len(q.hangs))[:10]
    hangs = {f.subject for q in by_size for f in q.hangs}
    assert len(hangs) >= 0.44 * len(plan.of(Outcome.UNKNOWN))
    assert len(asked_for) < len(plan.of(Outcome.UNKNOWN))


def test_asked_where_shown(plan):
    """Put together by what is asked, nothing is left out, and the order stays."""
    found = plan.of(Outcome.UNKNOWN)
    groups = by_question(found)
    shown = [f for _, rules in groups for each in rules for f in each.findings]
    assert sorted(f.subject for f in shown) == sorted(f.subject for f in found)
    texts = [text for text, _ in groups]
    assert len(set(texts)) == len(texts)


# What has to be read


def test_a_section_that_was_not_read_is_asked_for_once():
    """All that is drawn from it hangs on one question, the gravest of its rules gives its rank."""
    found, asked_for = asked_of(f"measures: []\n{WHOLE}")
    (provisions,) = [q for q in asked_for if q.paths == (("provisions",),)]
    assert "体制" in provisions.text.ja
    assert provisions.strength == "statute"
    rules = {f.rule.id for f in provisions.findings}
    assert {"SEC-01", "SEC-05", "ORG-01"} <= rules
    assert all(len(of_rule(asked_for, rule)) == 1 for rule in ("SEC-01", "SEC-05"))
    assert {question_of(f) for f in provisions.findings} == {provisions.text}
    assert all(is_read_for(f) for f in provisions.findings)
    _, read = asked_of(f"measures: []\nprovisions: {{}}\n{WHOLE}")
    assert not [q for q in read if q.paths == (("provisions",),)]
    assert found.of(Outcome.UNKNOWN)


def test_a_rule_without_any_subject_asks_for_its_section():
    """Where there is no measure to judge, as none was read, the section is asked for."""
    _, asked_for = asked_of(f"provisions: {{}}\n{WHOLE}")
    (owners,) = of_rule(asked_for, "ORG-09")
    assert owners.paths == (("measures",),)
    assert owners.findings[0].verdict is None or owners.findings


@pytest.mark.parametrize(
    ("sections", "about", "path", "said"),
    [
        (
            LOST,
            "",
            ("document", "lost", 1),
            "手元の文書で失われている箇所(一覧)",
        ),
        (
            f"measures: []\nindicators: []\n{WHOLE}",
            "details_in: [{title: 実施計画, parts: [measures], status: planned}]",
            ("plan", "details_in", 0),
            "「実施計画」には、何が書かれていますか(取組)",
        ),
        (
            f"measures: [{{id: a, title: 一, status: planned}}]\nindicators: []\n{WHOLE}",
            "measure_count: 3",
            ("measures",),
            "まだ記入していない2件",
        ),
        (
            "measures: []\nindicators: []\ndocument: {read: part}",
            "",
            ("document", "read"),
            "まだ読んでいない箇所を",
        ),
    ],
    ids=["lost", "elsewhere", "not all listed", "in part"],
)
def test_what_leaves_many_open_is_asked_for_once(sections, about, path, said):
    """Lost pages, another document, measures left out and unread pages are one question each."""
    _, asked_for = asked_of(f"provisions: {{}}\n{sections}", about)
    (question,) = [q for q in asked_for if said in q.text.ja]
    assert question.paths == (path,)
    assert len(question.findings) > 1
    assert {causes(f)[0].path for f in question.findings} == {path}


def test_what_the_town_does_is_asked_without_reading_on():
    """Of a document read in part, the town can still say what it does: that is asked itself."""
    _, asked_for = asked_of("provisions: {}\nmeasures: []\ndocument: {read: part}")
    (reviewed,) = of_rule(asked_for, "SEC-03")
    assert "改定履歴" in reviewed.text.ja
    assert reviewed.paths == (
        ("provisions", "security-policy", "status"),
        ("provisions", "security-policy", "reviewed"),
        ("provisions", "security-policy", "since"),
    )


# What has to be known


def test_what_rests_on_the_same_is_one_question():
    """The same keys of the same subject are one question; one that needs more stands for both."""
    _, asked_for = asked_of(f"provisions: {{}}\nmeasures: []\n{WHOLE}")
    (policies,) = of_rule(asked_for, "SEC-01")
    assert of_rule(asked_for, "SEC-02") == [policies]
    assert {f.rule.id for f in policies.findings} == {"SEC-01", "SEC-02"}
    assert len({f.key for f in policies.findings}) == 3
    assert "方針(長、教育委員会その他の執行機関、議会)」は" in policies.text.ja
    assert "mayor”, “" in policies.text.en
    assert policies.text.ja.endswith("町のホームページで確かめてください")
    assert "published" in policies.text.en
    assert policies.touches == ()


def test_lists_tell_of_many_things():
    """Two rules that are drawn from the list of citations need not be settled by one answer."""
    found = judged("nakanojo")
    asked_for = questions(found)
    (prefecture,) = of_rule(asked_for, "DAT-03")
    assert not {f.rule.id for f in prefecture.findings} - {"DAT-03"}


def test_subjects_that_differ_are_listed():
    """What asks the same of many subjects is one look-up; a long list is cut."""
    systems = "\n".join(f"    {task}: {{}}" for task in [*law().reference.tasks][:7])
    text = f"standardization:\n  scope: list\n  systems:\n{systems}\nprovisions: {{}}\n{WHOLE}"
    _, asked_for = asked_of(text)
    (moved,) = of_rule(asked_for, "STD-02")
    assert "、ほか3件のシステム" in moved.text.ja
    assert "and 3 more" in moved.text.en
    assert len({finding.key for finding in moved.findings}) == 7


def test_what_an_answer_touches():
    """A finding that rests on what is asked, and on more, is touched by it."""
    found = judged("nishikawa")
    (elsewhere,) = [q for q in questions(found) if q.paths == (("plan", "details_in", 0),)]
    assert {"EQR-06", "DXP-06"} <= {f.rule.id for f in elsewhere.touches}
    assert {f.rule.id for f in elsewhere.hangs} > {f.rule.id for f in elsewhere.touches}


def test_passages_are_quoted():
    """A question on the wording of a plan names the passages in doubt."""
    passages = ", ".join(
        f"{{problem: names-differ, text: 名称{n}, reading: doubtful}}" for n in range(5)
    )
    _, asked_for = asked_of(
        f"provisions: {{}}\ndocument: {{read: complete, passages: [{passages}]}}"
    )
    (names,) = of_rule(asked_for, "DOC-08")
    assert names.text.ja.startswith("「名称0」、「名称1」、「名称2」、「名称3」、ほか1件: 同じもの")
    assert names.text.en.startswith("“名称0”, “名称1”, “名称2”, “名称3” and 1 more: Is one")


# Where a rule, or an adjustment, gives no more


def test_a_rule_that_asks_nothing_is_named(tmp_path):
    """A ruleset from before there were questions is judged, and asks by title and subject."""
    text = "standardization:\n  scope: list\n  systems: {family-register: {}}\n"
    found, asked_for = asked_of(text, "period: 令和8年度～令和12年度", load(tmp_path))
    (moved,) = of_rule(asked_for, "TST-01")
    assert moved.text == Text(
        "「移行」(戸籍)は、どうなっていますか。計画書か、その担当課で確かめてください",
        "What is the state of “Migration” (Family register)? Check the plan, or ask the section "
        "in charge",
    )
    assert found.of(Outcome.UNKNOWN)


def test_what_was_set_aside_asks_what_decided_it():
    """What was asked for only after the facts were recorded rests on what it was decided by."""
    text = "provisions: {cybersecurity-policy-of-mayor: {status: none}}\n" + WHOLE
    found, asked_for = asked_of(text)
    (mayor,) = [f for f in found.of(Outcome.UNKNOWN) if f.adjustments and f.rule.id == "SEC-01"]
    assert paths(mayor) == (("provisions", "cybersecurity-policy-of-mayor", "status"),)
    assert any(mayor in question.findings for question in asked_for)


def test_due_days_stand_in_the_line():
    """A question says how strong it is, by when, and what hangs on it."""
    question = next(q for q in questions(judged("koge")) if q.due)
    head = question_head(question)
    assert head.ja.startswith("[法的義務] 「")
    assert head.ja.endswith("(期限 2026-04-01、233日経過)")
    assert head.en.endswith("(due 2026-04-01, 233 days ago)")
    assert hangs_on(question).ja.startswith("この答えに関わる点検項目: SEC-01 ")
    assert " ×3、SEC-02 方針の公表 ×3" in hangs_on(question).ja
    assert question.due.latest == date(2026, 4, 1)


def test_labels_and_days_are_filled_in():
    """A question is filled for several subjects at once, each in its own quotes.

    Labels that differ in their brackets alone are one in Japanese.
    """
    found = judged("koge")
    policies = [f for f in found.of(Outcome.UNKNOWN) if f.rule.id == "SEC-01"]
    assert asked(policies[:1]).ja.count("「") == asked(policies).ja.count("「") == 1
    assert asked(policies).en.count("“") == len(policies) == 3
    charges = [f for f in found.of(Outcome.UNKNOWN) if f.rule.id == "EQR-03"]
    assert asked(charges).ja.count("「") == len(charges) > 1


# The rules


def test_every_shipped_rule_asks():
    """Each says what to look up and where, in both languages, and no attribute's name."""
    for ruleset in law().rulesets:
        for rule in ruleset.rules:
            assert rule.question is not None, rule.id
            assert re.search(r"か(\(.*\))?。", rule.question.ja), rule.id
            assert rule.question.ja.endswith("確かめてください"), rule.id
            assert "?" in rule.question.en, rule.id
            assert re.search(r"\b([Cc]heck|[Aa]sk)\b", rule.question.en), rule.id


def test_work_grows_with_the_plan():
    """Many measures, of which nothing is known, take no more work each than few do."""
    rows = "\n".join(f"  - {{id: m{n}, title: 取組{n}}}" for n in range(200))
    found = found_of(plan_file(f"provisions: {{}}\nmeasures:\n{rows}\n{WHOLE}"), NOVEMBER, law())
    assert len(found.of(Outcome.UNKNOWN)) > 200
    with at_most_calls(65_000):
        questions(found)


def test_no_two_questions_ask_the_same_of_a_draft():
    """Of what a draft leaves open, a status and its day are one thing, and each is asked once."""
    drafted = "{tool: dxrules, version: '0', file: plan.pdf, digest: 9f86d081}"
    sections = f"provisions: {{}}\ndocument: {{read: part, closed: [], drafted: {drafted}}}\n"
    _, asked_for = asked_of(sections)
    assert of_rule(asked_for, "SEC-01") == of_rule(asked_for, "SEC-02")
    (data_plan,), (taken_in,) = of_rule(asked_for, "DAT-02"), of_rule(asked_for, "DAT-03")
    assert [each.finding.rule.id for each in data_plan.hanging] == ["DAT-02", "DAT-03", "DAT-08"]
    assert (taken_in.strength, taken_in.touches) == ("effort", ())
