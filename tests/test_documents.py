"""What a municipality has: no plan, a plan in several documents, a joint plan, a draft."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.assessment import assess
from dxrules.assessment.due_days import days_of_plan
from dxrules.dates import Range
from dxrules.derivation import SILENT, Code, unknown
from dxrules.errors import PlanError
from dxrules.plan import plan_of
from dxrules.report.plan_header import days as days_of
from dxrules.rules import Outcome, load_law
from dxrules.source.read import from_text
from dxrules.texts import Text
from tests.helpers.plans import NAME, days, plan_file, reference, value

DAY = date(2026, 11, 20)
HEAD = 'format: dxrules/plan/1\nmunicipality: {code: "295841", name: {ja: 見本村, en: Mihon}}\n'
PERIODS_DIFFER = unknown(
    "計画を成す文書ごとに期間が異なる", "the documents that make up the plan have different periods"
)


def without_plan(said="", sections=""):
    """Return the file of a municipality that has no plan."""
    return plan_of(
        from_text(
            f"{HEAD}recorded: 令和8年3月\nplan: {{status: none{said}}}\n{sections}",
            NAME,
        ),
        reference(),
    )


def findings(file):
    """Return the findings of a file."""
    return assess([file], load_law(), DAY, engine="interpreter").plans[0]


def refused(make, *given, **named):
    """Return what is said of a file that is refused."""
    with pytest.raises(PlanError) as error:
        make(*given, **named)
    return [problem.text.en for problem in error.value.problems]


def test_no_plan_is_asked_for_no_text():
    """Without a plan, nothing is asked of a document; what the municipality must have stays."""
    file = without_plan(
        ", documents: [{kind: ordinance, title: 見本村DX推進条例, established: 令和6年3月}]",
        "provisions: {open-data: {status: none}}\ndocument: {read: complete}\n",
    )
    judged = findings(file)
    about_plan = {f.outcome for f in judged.findings if f.rule.about == "plan"}
    assert about_plan == {Outcome.NOT_APPLICABLE}
    assert [f.rule.id for f in judged.of(Outcome.FAIL)] == ["OPN-01"]
    said = {f.rule.id: f for f in judged.findings}
    assert said["DXP-01"].message == Text(
        "計画がないので、計画に書くべきことは問わない",
        "There is no plan, so that nothing is asked of what it holds",
    )
    assert [step.by for step in said["DXP-01"].adjustments] == ["no-plan"]
    assert said["DAT-01"].outcome is Outcome.UNKNOWN
    assert said["DAT-02"].outcome is Outcome.NOT_APPLICABLE
    assert Text("文書: 見本村DX推進条例 (条例)", "documents: 見本村DX推進条例 (ordinance)") in list(
        days_of(judged)
    )


def test_no_plan_has_nothing_of_one():
    """Who has no plan has no period of one; the words for it lead to its key."""
    (told,) = refused(without_plan, ", period: 令和8年度～令和12年度, author: 見本村")
    assert told.endswith(
        "plan.author: There is no plan (status: none), yet it is described (author, period). "
        "Write an ordinance or a page, which is no plan, under documents."
    )
    text = f"{HEAD}recorded: 令和8年3月\nplan: none\n"
    assert refused(plan_of, from_text(text, NAME), reference()) == [
        "facts/test.yaml:4:7: plan: That there is none is a status. Write plan: {status: none}."
    ]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("案", "draft"),
        ("素案", "draft"),
        ("骨子案", "outline"),
        ("パブコメ案", "public-comment"),
        ("暫定版", "provisional"),
        ("策定済み", "established"),
        ("なし", "none"),
    ],
)
def test_status_in_the_words_of_documents(said, meant):
    """What a document calls its status leads to the code."""
    assert refused(plan_file, about=f"status: {said}") == [
        f'facts/test.yaml:6:11: plan.status: "{said}" is not one of the values. Write {meant}.'
    ]


@pytest.mark.parametrize(
    ("status", "established"),
    [("outline", False), ("public-comment", False), ("draft", False), ("provisional", True)],
)
def test_what_is_a_draft(status, established):
    """An outline is a draft; a provisional edition is a plan that was established."""
    file = plan_file(about=f"status: {status}\nestablished: 令和8年3月")
    assert value(file, "plan", "plan", "status") == Code(status)
    assert value(file, "passage", "draft-mark", "established") is established
    assert any("※ この計画は" in text.ja for text in days_of(findings(file)))


LAYERS = (
    "documents:\n"
    "  - {kind: policy, title: 見本町DX方針, established: 令和5年3月}\n"
    "  - {kind: action-plan, title: 見本町DX実施計画, period: %s}\n"
    "  - {kind: page, title: 見本町のページ, period: 令和2年度～令和3年度}\n"
)


def test_period_and_day_of_further_documents():
    """A policy without a period has that of its action plan, or of several one of theirs."""
    file = plan_file("document: {read: complete}", LAYERS % "令和8年度～令和11年度")
    assert value(file, "plan", "plan", "period_end") == days("2030-03-31")
    assert value(file, "plan", "plan", "made_on") == days("令和5年3月")
    two = LAYERS % "令和8年度～令和11年度" + (
        "  - {kind: strategy, title: 見本町DX戦略, period: 令和5年度～令和8年度, "
        "established: 令和6年3月}\n"
    )
    file = plan_file("document: {read: complete}", two)
    last = days("2027-03-31").__class__(days("2027-03-31").lo, days("2030-03-31").hi)
    assert value(file, "plan", "plan", "period_end") == last
    assert value(file, "plan", "plan", "outside_parent_days") == PERIODS_DIFFER
    assert value(file, "plan", "plan", "made_on") == days("2023-03-01").__class__(
        days("令和5年3月").lo, days("令和6年3月").hi
    )
    own = f"period: 令和7年度～令和9年度\nestablished: 令和7年3月\n{two}"
    file = plan_file("document: {read: complete}", own)
    assert value(file, "plan", "plan", "period_end") == days("2028-03-31")
    assert value(file, "plan", "plan", "made_on") == days("令和7年3月")


def test_joint_plan():
    """A joint plan is told as that, and names the municipality that is judged."""
    file = plan_file(about="joint: {by: 見本広域連合, members: [神石高原, 手本村]}")
    assert Text(
        "共同で策定した計画: 見本広域連合、神石高原、手本村",
        "made together by: 見本広域連合, 神石高原, 手本村",
    ) in list(days_of(findings(file)))
    (told,) = refused(plan_file, about="joint: {members: [手本村]}")
    assert told.endswith(
        "plan.joint.members: Jinsekikogen is not among those who made it together. "
        "Add this municipality to members."
    )


@pytest.mark.parametrize(
    ("measures", "count"),
    [("", Range(1, 48)), ("measures: [{id: a, title: A, status: done}]", Range(1, None))],
)
def test_measures_that_are_only_counted(measures, count):
    """A plan that names 48 measures has some, and any area may have one that is not written."""
    file = plan_file(f"{measures}\ndocument: {{read: complete}}", "measure_count: 48")
    assert value(file, "plan", "plan", "measure_count") == count
    assert value(file, "area", "ai", "covered") != SILENT
    outcome = {(f.rule.id, f.key): f.outcome for f in findings(file).findings}
    assert outcome["DXP-06", "plan"] is Outcome.PASS
    assert outcome["DXP-10", "ai"] is not Outcome.FAIL


def test_plan_that_serves_perhaps():
    """ビジョンとして位置づけ is not to serve as the plan; whether there is one is open."""
    file = plan_file(
        "provisions: {}\ndocument: {read: complete}",
        "serves_perhaps: [public-private-data-plan]\npublished: yes",
    )
    outcome = {f.rule.id: f.outcome for f in findings(file).findings}
    assert outcome["DAT-01"] is outcome["DAT-02"] is Outcome.UNKNOWN
    assert refused(
        plan_file,
        about="serves_as: [public-private-data-plan]\nserves_perhaps: [public-private-data-plan]",
    )
    (told,) = refused(
        plan_file,
        "provisions: {public-private-data-plan: {status: none}}",
        "serves_as: [public-private-data-plan]",
    )
    assert "yet there is said to be none (status: none)" in told


@pytest.mark.parametrize(
    ("ranks", "rank"),
    [
        ("deputy-mayor", Code("deputy-mayor")),
        ("[deputy-mayor, superintendent]", Code("deputy-mayor")),
        ("[manager, external]", Code("manager")),
        (
            "[deputy-mayor, manager]",
            unknown(
                "職位の異なる複数の者が務める", "several persons of different rank share the post"
            ),
        ),
    ],
)
def test_ranks_of_those_who_share_a_post(ranks, rank):
    """Several ranks count as one where they stand on one side of what is asked."""
    file = plan_file(f"provisions: {{cio: {{status: in-place, rank: {ranks}}}}}")
    assert value(file, "provision", "cio", "rank") == rank


@pytest.mark.parametrize(
    ("own", "outcome"), [("", "unknown"), ("cio: {status: none}, ", "unknown")]
)
def test_cdo_is_no_cio_for_sure(own, outcome):
    """The sources speak of a CIO: whether a CDO counts as one was not verified."""
    file = plan_file(
        f"provisions: {{{own}cdo: {{status: in-place, rank: mayor}}, "
        "cdo-aide: {status: in-place, rank: [deputy-mayor, superintendent, external]}}\n"
        "document: {read: complete}"
    )
    found = {f.rule.id: f for f in findings(file).findings}
    for rule in ("ORG-01", "ORG-02", "ORG-03"):
        assert found[rule].outcome.value == outcome
        assert "CDO" in found[rule].message.ja
    alone = plan_file("provisions: {cio: {status: none}}\ndocument: {read: complete}")
    assert {f.rule.id: f for f in findings(alone).findings}["ORG-01"].outcome is Outcome.FAIL


RESULTS = (
    "indicators:\n"
    "  - id: share\n"
    "    title: 申請割合\n"
    '    unit: "%%"\n'
    "    targets: [{value: 50, year: 令和9年度}]\n"
    "    results: [{year: 令和5年度, value: 12}, {year: %s, value: 24.1, rating: B, "
    "achieved: partly}]\n"
)


def test_results_stand_beside_targets():
    """What was reached last stands beside the target that comes."""
    file = plan_file(RESULTS % "令和6年度")
    labels = [each.label for each in days_of_plan(file, reference(), DAY, waivers=True)]
    assert labels == [
        Text(
            "申請割合(令和6年度の実績 24.1%・B・一部達成)",
            "申請割合 (reached in 令和6年度: 24.1%, B, partly achieved)",
        )
    ]


def test_results_that_cannot_be():
    """A result is of a time that had come, and there is one for a year, and it says something."""
    assert "after the day recorded" in refused(plan_file, RESULTS % "令和9年度")[0]
    assert "There are two results for" in refused(plan_file, RESULTS % "令和5年度")[0]
    empty = "indicators: [{id: a, title: A, results: [{year: 令和5年度}]}]"
    assert "Give value, rating or achieved." in refused(plan_file, empty)[0]


@pytest.mark.parametrize(
    ("code", "name", "town"),
    [
        ("345458", "神石高原町", Text("町", "town")),
        ("349992", "見本市", Text("市", "city")),
        ("222259", "伊豆の国", Text("市", "city")),
        ("293652", "南山城村", Text("村", "village")),
        ("131091", "品川区", Text("区", "ward")),
        ("131091", "品川", Text("区", "ward")),
        ("141003", "横浜", Text("市", "city")),
    ],
)
def test_municipality_is_called_what_it_is(code, name, town):
    """Messages and remedies call a municipality by its own kind, and so does DOC-05."""
    text = (
        f'format: dxrules/plan/1\nmunicipality: {{code: "{code}", name: {{ja: {name}, en: A}}}}\n'
        "recorded: 令和8年3月\nplan: {title: DX推進計画, established: 令和8年3月}\n"
        "measures: []\nprovisions: {cio: {status: in-place, rank: manager}}\n"
        "document: {read: complete, "
        "passages: [{problem: wrong-kind, text: 本県においても}]}\n"
    )
    file = plan_of(from_text(text, NAME), reference())
    assert file.plan.municipality.town == town
    found = {f.rule.id: f for f in findings(file).of(Outcome.FAIL)}
    assert found["DOC-05"].message.ja.startswith(f"自らの{town.ja}を、{town.ja}でない団体のように")
    assert found["DOC-05"].remedy == Text(
        f"「本{town.ja}」など、{town.ja}としての呼び方に改める", f"Call it a {town.en}, which it is"
    )
    assert found["ORG-02"].remedy.ja.startswith(f"CIOに副{town.ja}長等を充てることを検討し、")
    assert (
        f"これから行う{town.ja}の取組も、済んだとの記載も計画にない" in found["DXP-10"].message.ja
    )
    assert found["DXP-10"].remedy.en.startswith(f"State the {town.en}'s measure")


def test_no_rule_takes_a_city_for_a_town():
    """No message or remedy of a rule says town of its own; of any municipality it says so."""
    for ruleset in load_law().rulesets:
        for rule in ruleset.rules:
            for said in (rule.message, rule.remedy):
                without = said.ja.replace("市町村", "").replace("市町", "")
                assert "町" not in without, rule.id
            assert "{" not in rule.remedy_for().ja
