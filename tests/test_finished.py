"""Finished work, refusals, and work at rest: what a plan says of them is what they are."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.dates import Range
from dxrules.derivation import SILENT, unknown
from dxrules.errors import PlanError
from tests.helpers.plans import days, facts, plan_file, value, values

ACHIEVED = unknown(
    "済んだ、又は始めたと書かれているが、これから何を行うかは書かれていない",
    "it is stated as finished or started; what is still to be done is not said",
)
BY_OTHERS = unknown(
    "計画書自体に書かれているかは示されていない", "that the plan itself says so is not shown"
)
HOW_FAR = unknown(
    "行わないと書かれているが、この分野の全体を行わないのかは書かれていない",
    "some of it is said not to be done; whether that goes for the whole area is not said",
)
AT_REST = unknown(
    "休止・見送りとあり、再び行うかは書かれていない",
    "it is suspended or postponed; whether it will be taken up again is not said",
)
GOES_ON = unknown("取組が続いているか書かれていない", "whether the measure goes on is not said")
IN_PART = unknown("全部は読んでいない", "the document was read only in part")
REFUSED = unknown(
    "前提とする取組は、見送り、中止、又は行わないとされている",
    "the measure that it rests on is postponed, dropped or declined",
)
OTHERS = "evidence: [{text: 新聞, from: secondary}]"
EVERY_CHARGE = (
    "health-insurance-premium: {status: started}, long-term-care-premium: {status: started}, "
    "elderly-medical-premium: {status: started}, road-occupancy: {status: started}, "
    "property-use: {status: started}"
)


def of_area(said, area="ai", about="", sections="provisions: {}"):
    """Return what is told of an area that has one measure: covered, answered, declined."""
    measures = f"measures: [{{id: a, title: 甲, areas: [{area}], {said}}}]"
    file = plan_file(f"{measures}\n{sections}", about)
    return values(file, "area", area, "covered", "answered", "declined")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("status: done", (False, ACHIEVED, False)),
        ("status: done, extent: part", (False, ACHIEVED, False)),
        ("status: done, extent: whole", (False, True, False)),
        ("status: done, extent: whole, completed: 令和7年3月", (False, True, False)),
        ("completed: 令和7年3月, extent: whole", (False, True, False)),
        ("status: done, extent: whole, completed: 令和9年3月", (True, True, False)),
        ("status: done, extent: whole, elsewhere: not-done", (GOES_ON, True, False)),
        ("status: done, elsewhere: not-done", (GOES_ON, GOES_ON, False)),
        (f"status: done, extent: whole, {OTHERS}", (False, BY_OTHERS, False)),
        ("status: planned, extent: whole, elsewhere: done", (GOES_ON, True, False)),
        ("elsewhere: done, due: 令和12年度", (False, ACHIEVED, False)),
        ("elsewhere: done, extent: whole", (False, True, False)),
        ("extent: whole", (GOES_ON, GOES_ON, False)),
        ("status: watched, extent: whole", (False, False, False)),
        ("status: late", (True, True, False)),
        ("status: late, because: 人手不足", (True, True, False)),
    ],
)
def test_finished_work_is_no_gap(said, expected):
    """The whole of an area is no gap once it is done; of a piece it is asked what is left."""
    assert of_area(said) == expected


def test_a_piece_that_goes_on_covers_beside_one_that_is_done():
    """One measure that goes on is enough, whatever is done beside it."""
    file = plan_file("""
        measures:
          - {id: a, title: 甲, areas: [ai], status: done}
          - {id: b, title: 乙, areas: [ai], status: ongoing}
    """)
    assert values(file, "area", "ai", "covered", "answered") == (True, True)


REGISTER = "systems: {family-register: {status: %s}}"


@pytest.mark.parametrize(
    ("section", "area", "expected"),
    [
        (
            f"standardization: {{scope: list, status: migrated, {REGISTER % 'not-migrated'}}}",
            "standardization",
            None,
        ),
        ("standardization: {scope: count, migrated: all}", "standardization", True),
        ("standardization: {scope: count, in_scope: 17, migrated: 17}", "standardization", True),
        ("standardization: {scope: count, in_scope: 18, migrated: 17}", "standardization", None),
        ("standardization: {scope: unstated, status: migrated}", "standardization", True),
        ("standardization: {scope: unstated, government_cloud: used}", "standardization", None),
        (
            f"standardization: {{scope: list, {REGISTER % 'migrated'}}}",
            "standardization",
            None,
        ),
        ("standardization: {scope: count, in_scope: 17, migrated: 0}", "standardization", False),
        ("collection: {charges: {water: {status: started}}}", "el-qr", None),
        ("collection: {charges: {local-tax: {status: started}}}", "el-qr", False),
        ("collection: {charges: {unspecified: {status: none}}}", "el-qr", False),
        (f"collection: {{charges: {{{EVERY_CHARGE}}}}}", "el-qr", True),
        ("provisions: {security-training: {status: in-place}}", "security", None),
        ("provisions: {online-procedures: {status: none}}", "front-yard", False),
        ("provisions: {cashless-collection: {status: in-place}}", "el-qr", False),
    ],
)
def test_what_other_sections_call_done(section, area, expected):
    """All migrated, or all started, is finished; some of it, or what is set up, is a piece."""
    others = "standardization: {scope: unstated}\ncollection: {charges: {}}\n"
    rest = "".join(line for line in others.splitlines(keepends=True) if line[:5] != section[:5])
    file = plan_file(f"measures: []\n{rest}{section}")
    answer = ACHIEVED if expected is None else expected
    assert values(file, "area", area, "covered", "answered") == (False, answer)


@pytest.mark.parametrize(
    "said",
    [
        "scope: count, migrated: all, migrated_on: 令和9年3月",
        "scope: all, status: migrated, migrated_on: 令和9年3月",
        "scope: list, systems: {family-register: {status: migrated, migrated: 令和9年3月}}",
        "scope: list, systems: {family-register: {migrated: 令和9年3月}}",
    ],
)
def test_what_is_called_migrated_on_a_day_ahead(said):
    """It is work to come, as what is planned for that day is."""
    file = plan_file(f"measures: []\nstandardization: {{{said}}}")
    found = values(file, "area", "standardization", "covered", "scheduled", "answered")
    assert found == (True, True, True)


@pytest.mark.parametrize("status", ["in-place", "planned", "considered"])
def test_a_post_is_no_measure_of_what_it_sees_to(status):
    """That a CAIO is to be appointed does not tell what AI is used for, nor that it is not used."""
    file = plan_file(f"measures: []\nprovisions: {{caio: {{status: {status}}}}}")
    answer = unknown(
        "担う職を置く、又は置くとあるだけで、何に取り組むかは書かれていない",
        "only a post for it is named; what is to be done is not said",
    )
    assert values(file, "area", "ai", "covered", "answered") == (False, answer)


def test_what_others_call_migrated_is_not_in_the_plan():
    """That the plan itself calls standardization finished is not shown by what others say."""
    said = f"standardization: {{scope: count, migrated: all, {OTHERS}}}\nmeasures: []"
    assert value(plan_file(said), "area", "standardization", "answered") == BY_OTHERS


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("status: declined, extent: whole, because: 窓口が大半", (False, False, True)),
        ("status: dropped, extent: whole, because: 費用", (False, False, True)),
        ("status: postponed, extent: whole, because: 費用", (False, False, True)),
        ("status: declined, because: 窓口が大半", (False, False, HOW_FAR)),
        ("status: dropped, extent: part, because: 費用", (False, False, False)),
        ("status: declined, extent: whole", (False, False, False)),
        (f"status: declined, extent: whole, because: 費用, {OTHERS}", (False, False, BY_OTHERS)),
        ("status: suspended, extent: whole, because: 費用", (AT_REST, AT_REST, False)),
        ("status: postponed, start: 令和10年度, because: 費用", (True, True, False)),
        ("status: suspended, start: 令和10年度", (True, True, False)),
        ("status: postponed, due: 令和10年度", (AT_REST, AT_REST, False)),
        ("status: postponed, due: 令和5年度", (False, False, False)),
        ("status: ongoing, because: 費用", (True, True, False)),
    ],
)
def test_what_is_not_to_be_done(said, expected):
    """A reason is an answer for a whole area alone; without one, a refusal is none."""
    assert of_area(said) == expected


@pytest.mark.parametrize("area", ["standardization", "el-qr", "security", "open-data"])
def test_a_reason_is_no_answer_to_a_duty(area):
    """Where law or notice ask for it, the plan cannot leave it out by saying why."""
    sections = "provisions: {}\nstandardization: {scope: unstated}\ncollection: {charges: {}}"
    about = f"declines: [{{area: {area}, because: 費用}}]"
    said = "status: declined, extent: whole, because: 費用"
    assert of_area(said, area, about, sections) == (False, False, False)


def test_area_without_a_measure_can_be_declined():
    """What the plan does not take up stands with the plan itself, and counts if it says so."""
    about = "declines: [{area: telework, because: 窓口業務が大半のため}]"
    names, nothing = ("answered", "declined"), "measures: []\nprovisions: {}"
    assert values(plan_file(nothing, about), "area", "telework", *names) == (False, True)
    assert values(plan_file(nothing, about), "area", "ai", *names) == (False, False)
    heard = f"{about}\nevidence: [{{of: [declines], text: 新聞, from: secondary}}]"
    told = values(plan_file(nothing, heard), "area", "telework", *names)
    assert told == (False, BY_OTHERS)
    part = f"{nothing}\ndocument: {{read: part}}"
    assert values(plan_file(part, about), "area", "telework", *names) == (IN_PART, True)
    assert values(plan_file(part), "area", "telework", *names) == (IN_PART, False)
    proofs = facts(plan_file(nothing, about))["area", "telework"].proofs["declined"]
    assert [proof.place.line for proof in proofs] == [6]


@pytest.mark.parametrize("status", ["declined", "dropped", "postponed", "suspended", "watched"])
def test_what_is_not_done_is_no_measure_taken(status):
    """An excuse, or work that is at rest, does not meet what asks for measures."""
    said = f"measures: [{{id: a, title: 甲, areas: [digital-divide], status: {status}}}]"
    assert value(plan_file(said), "area", "digital-divide", "addressed").silent is False


@pytest.mark.parametrize(
    ("said", "about", "expected"),
    [
        ("status: declined, extent: whole", "", False),
        ("status: dropped, extent: whole", "", False),
        ("status: postponed, extent: whole", "", None),
        ("status: declined, extent: part", "", None),
        ("status: declined, extent: whole, evidence: [{from: secondary}]", "", BY_OTHERS),
        ("status: watched", "declines: [{area: digital-divide, because: 費用}]", False),
        ("status: ongoing", "declines: [{area: digital-divide, because: 費用}]", True),
    ],
)
def test_that_nothing_is_done_has_to_be_said_of_the_whole(said, about, expected):
    """A town that says that it does nothing at all in an area has taken no measure in it."""
    file = plan_file(f"measures: [{{id: a, title: 甲, areas: [digital-divide], {said}}}]", about)
    told = value(file, "area", "digital-divide", "addressed")
    assert (told.silent is False) if expected is None else told == expected


@pytest.mark.parametrize(
    ("status", "overdue", "done_on"),
    [
        ("late", True, days("2026-04-01から")),
        ("not-done", True, days("2026-04-01から")),
        ("dropped", False, SILENT),
        ("declined", False, SILENT),
        ("postponed", False, SILENT),
        (
            "suspended",
            unknown(
                "休止のまま期限が過ぎ、期限をどうするかは書かれていない",
                "it fell due while suspended, and what becomes of its due day is not stated",
            ),
            days("2026-04-01から"),
        ),
    ],
)
def test_due_days_by_status(status, overdue, done_on):
    """What is late is overdue once its day is past; what is given up is not."""
    said = f"measures: [{{id: a, title: 甲, status: {status}, due: 令和6年度}}]"
    assert values(plan_file(said), "measure", "a", "overdue", "done_on") == (overdue, done_on)


def test_nothing_waits_for_what_is_given_up():
    """What rests on a measure that is dropped is open; what is dropped rests on nothing."""
    file = plan_file("""
        measures:
          - {id: a, title: 甲, status: dropped, requires: [{id: z, kind: informs}]}
          - {id: b, title: 乙, status: planned, requires: [{id: a, kind: finish-to-start}]}
    """)
    assert [key for kind, key in facts(file) if key.startswith("declared")] == ["declared:a>b"]
    names = ("present", "overlap_days")
    assert values(file, "dependency", "declared:a>b", *names) == (REFUSED, REFUSED)


@pytest.mark.parametrize(
    ("said", "finished", "to_come"),
    [
        ("status: done", Range.point(1), Range.point(0)),
        (f"status: done, {OTHERS}", Range(0, 1), Range.point(0)),
        ("status: done, completed: 令和9年3月", Range.point(0), Range.point(1)),
        ("status: dropped", Range.point(0), Range.point(0)),
    ],
)
def test_finished_measures_are_measures(said, finished, to_come):
    """A plan of which all is finished holds measures."""
    file = plan_file(f"measures: [{{id: a, title: 甲, {said}}}]")
    assert values(file, "plan", "plan", "finished_count", "measure_count") == (finished, to_come)


@pytest.mark.parametrize(
    ("said", "uncovered", "untargeted"),
    [
        ("status: done, extent: whole", 7, Range.point(7)),
        ("status: done", Range(7, 8), Range(7, 8)),
        ("status: declined, extent: whole, because: 費用", 8, Range.point(7)),
        ("status: planned", 7, Range.point(8)),
    ],
)
def test_what_is_finished_or_declined_needs_no_target(said, uncovered, untargeted):
    """A claim to hold all items is met by finished ones, one of targets asks none of either."""
    sections = f"""
        measures: [{{id: a, title: 甲, areas: [ai], {said}}}]
        indicators: []
        provisions: {{}}
        standardization: {{scope: unstated}}
        collection: {{charges: {{}}}}
    """
    file = plan_file(sections, "established: 2026-03-31")
    names = ("uncovered_areas", "untargeted_areas")
    counted = uncovered if isinstance(uncovered, Range) else Range.point(uncovered)
    assert values(file, "plan", "plan", *names) == (counted, untargeted)


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("collection: {charges: {water: {status: started}}}", True),
        (
            "collection: {charges: {unspecified: {status: started}}}",
            unknown(
                "始めた、又は済んだと書かれているが、どの公金かは書かれていない",
                "it is stated as started or finished; of which charges is not said",
            ),
        ),
        ("collection: {charges: {water: {status: none}}}", False),
    ],
)
def test_charges_that_have_started_need_no_day(section, expected):
    """Which charges are collected is told by those that have started."""
    assert (
        value(plan_file(f"measures: []\n{section}"), "area", "el-qr", "starts_stated") == expected
    )


def test_what_falls_due_leaves_out_what_is_given_up():
    """A measure that is dropped is not due any more."""
    from dxrules.assessment.due_days import days_of_plan
    from tests.helpers.plans import reference

    said = "measures: [{id: a, title: 甲, status: %s, due: 令和9年度}]"
    for status, due in (("late", ["a"]), ("dropped", []), ("declined", [])):
        coming = days_of_plan(
            plan_file(said % status), reference(), date(2026, 6, 1), waivers=False
        )
        assert [each.key for each in coming if each.kind == "measure"] == due


@pytest.mark.parametrize(("status", "told"), [("planned", False), ("exists", True)])
def test_finished_measures_beside_a_document_that_may_not_exist(status, told):
    """A list of past work is not the chapter of measures that a plan leaves to another document."""
    about = f"details_in: [{{title: 実施計画, parts: [measures], status: {status}}}]"
    file = plan_file("measures: [{id: a, title: 甲, status: done}]", about)
    assert (value(file, "plan", "plan", "finished_count") == Range(1, None)) is told


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("abandoned", "Write dropped (dropped)."),
        ("中止", "Write dropped (dropped)."),
        ("見送り", "Write postponed (postponed)."),
        ("休止", "Write suspended (suspended)."),
        ("遅れ", "Write late (late)."),
        ("delayed", "Write late (late)."),
        ("行わない", "Write declined (said not to be done)."),
        ("planed", "Did you mean planned?"),
    ],
)
def test_words_that_mean_another_status_than_the_nearest(said, hint):
    """A measure that was dropped is never called planned or done for the letters of the word."""
    with pytest.raises(PlanError) as caught:
        plan_file(f"measures: [{{id: a, title: 甲, status: {said}}}]")
    (problem,) = caught.value.problems
    assert problem.hint.en == hint


@pytest.mark.parametrize(
    ("said", "scheduled"),
    [
        ("scope: unstated, government_cloud: planned", False),
        ("scope: count, migrated: all, deferred_functions: {status: some, due: 令和8年度}", True),
    ],
)
def test_clouds_and_deferred_functions_are_work_on_standardization(said, scheduled):
    """Systems that are to move to the cloud, or to conform later, are still to be worked on."""
    file = plan_file(f"measures: []\nstandardization: {{{said}}}")
    found = values(file, "area", "standardization", "covered", "scheduled")
    assert found == (True, scheduled)
