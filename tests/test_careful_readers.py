"""Plans that a hasty reader passes or accuses, and a careful one does not."""

from __future__ import annotations

from datetime import date

import pytest

from tests.helpers.lawbooks import found_of
from tests.helpers.plans import plan_file

ABOUT = "status: established\nestablished: 令和8年3月\nperiod: 令和8年度～令和12年度"
READ = "\ndocument: {read: complete}"
SEPTEMBER = date(2026, 9, 23)
MARCH, MAY = "令和8年3月31日", "令和8年5月31日"


def outcomes(sections, about=ABOUT, recorded=MARCH, day=SEPTEMBER, of="093017"):
    """Return how each rule came out; of several subjects, all of its outcomes."""
    file = plan_file(sections + READ, about, recorded, of)
    found = {}
    for finding in found_of(file, day).findings:
        found.setdefault(finding.rule.id, set()).add(finding.outcome.value)
    return found


def moved(said, register):
    return f"standardization: {{{said}, systems: {{family-register: {{{register}}}}}}}"


ALL = "scope: count, in_scope: 18, migrated: 18"


@pytest.mark.parametrize(
    ("register", "clash"),
    [
        ("migrated: 令和9年3月", "fail"),
        ("status: migrated, migrated: 令和9年3月", "fail"),
        ("status: migrated, target: 令和9年3月", "fail"),
        ("migrated: 令和8年2月", "pass"),
        ("status: migrated", "pass"),
    ],
)
def test_counts_beside_a_task_that_moves_later(register, clash):
    """A task that is to move after the facts were recorded is left, whatever it is called."""
    found = outcomes(moved(ALL, register))
    assert found["CON-01"] == {clash}
    assert ("pass" in found["STD-09"]) is (clash == "pass")


def test_a_task_that_moved_after_the_others():
    """All had moved when the last of them had."""
    late = "status: migrated, migrated: 令和8年5月"
    said = "scope: count, in_scope: 18, migrated: 18, migrated_on: 令和8年2月"
    assert outcomes(moved(said, late), recorded="令和8年6月30日")["STD-07"] != {"pass"}
    assert outcomes(moved(said, "migrated: 令和8年1月"))["STD-07"] == {"pass"}


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("scope: count, in_scope: 17, migrated: 17, migrated_on: 令和8年5月", "STD-09"),
        ("scope: count, in_scope: 17, migrated: 17, migrated_on: 令和8年度", "STD-09"),
        ("scope: count, in_scope: 17, migrated: 17, target: 令和8年5月", "STD-09"),
        (
            "scope: list, systems: {national-pension: {status: migrated, target: 令和8年5月}}",
            "STD-08",
        ),
        (
            "scope: list, systems: {national-pension: {status: migrated, migrated: 令和8年5月}}",
            "STD-08",
        ),
    ],
)
def test_a_day_after_the_facts_is_an_intention(said, rule):
    """That day has passed since, and nobody tells what came of it."""
    assert outcomes(f"standardization: {{{said}}}")[rule] == {"unknown"}
    assert "pass" in outcomes(f"standardization: {{{said}}}", recorded="令和8年9月1日")[rule]


def test_an_answer_after_the_day_judged():
    """It tells nothing of a day before it was given, unless it tells since when."""
    about = "about: provisions.cybersecurity-policy-of-mayor"
    said = (
        "provisions: {cybersecurity-policy-of-mayor: {status: none}}\n"
        f"answers: [{{{about}.status, answer: in-place, told: 令和8年12月20日}}]"
    )
    assert outcomes(said)["SEC-01"] == {"unknown"}
    assert "pass" in outcomes(said, day=date(2026, 12, 21))["SEC-01"]


def test_a_policy_that_is_published_was_adopted():
    """The day from which it has effect is not that of its adoption."""
    said = "status: in-place, published: yes, since: 令和9年4月1日"
    policies = ", ".join(
        f"cybersecurity-policy-of-{each}: {{{said}}}"
        for each in ("mayor", "assembly", "committees")
    )
    assert outcomes(f"provisions: {{{policies}}}", recorded=MAY)["SEC-01"] == {"unknown"}
    planned = policies.replace("published: yes, ", "")
    assert outcomes(f"provisions: {{{planned}}}", recorded=MAY)["SEC-01"] == {"fail"}


OLD = "status: established\nestablished: 令和7年3月\nperiod: 令和7年度～令和11年度\n"


@pytest.mark.parametrize(
    ("more", "outcome"),
    [
        ("cites: [{document: priority-plan, date: 令和7年6月13日}]", "fail"),
        ("cites: [{document: priority-plan, date: 令和6年6月21日}]", "pass"),
        (
            "revised: [{on: 令和9年3月}]\ncites: [{document: dx-promotion-plan, edition: '5.0'}]",
            "fail",
        ),
        (
            "revised: [{on: 令和8年2月}]\ncites: [{document: dx-promotion-plan, edition: '5.0'}]",
            "pass",
        ),
        (
            (
                "documents: [{kind: action-plan, established: 令和8年3月, title: 実行計画}]\n"
                "cites: [{document: priority-plan, date: 令和7年6月13日}]"
            ),
            "pass",
        ),
    ],
)
def test_what_is_cited_before_it_was_there(more, outcome):
    """A plan cites nothing that came after it was made; a revision that lies ahead made none."""
    assert outcomes("measures: []", OLD + more)["CON-02"] == {outcome}


def test_a_plan_in_part_may_have_been_revised():
    """Of one that was not read whole it is not told that nothing came after it was made."""
    file = plan_file(
        "document: {read: part}",
        f"{OLD}cites: [{{document: priority-plan, date: 令和7年6月13日}}]",
        MARCH,
    )
    found = {f.rule.id: f.outcome.value for f in found_of(file, SEPTEMBER).findings}
    assert found["CON-02"] == "unknown"


@pytest.mark.parametrize(
    ("cloud", "outcome"), [("considered", "unknown"), ("planned", "pass"), ("used", "pass")]
)
def test_what_is_only_considered_is_no_work(cloud, outcome):
    """Government Cloud is used, is to be, or is considered: the last may not come."""
    said = f"standardization: {{scope: unstated, government_cloud: {cloud}}}\nmeasures: []"
    assert outcomes(said)["SYS-01"] == {outcome}


def twins(*said):
    entries = ", ".join(
        f"{{id: {chr(97 + n)}, title: 電子契約, areas: [ai], owner: 総務課, {each}}}"
        for n, each in enumerate(said)
    )
    return f"measures: [{entries}]"


@pytest.mark.parametrize(
    ("one", "other", "outcome"),
    [
        ("status: ongoing", "status: dropped, because: z", "fail"),
        ("status: late", "status: declined, because: z", "fail"),
        ("status: done", "status: postponed, because: z", "fail"),
        ("status: planned", "status: ongoing", "pass"),
        ("status: dropped, because: z", "status: declined, because: z", "pass"),
        ("status: not-done", "status: dropped, because: z", "pass"),
        ("status: suspended, because: z", "status: postponed, because: z", "pass"),
        ("status: considered", "status: postponed, because: z", "pass"),
        ("status: not-done", "status: done", "fail"),
    ],
)
def test_a_measure_that_stands_twice(one, other, outcome):
    """It is not worked on here and given up there."""
    assert outcome in outcomes(twins(one, other))["SCH-13"]


def waits(first, second):
    return (
        f"measures: [{{id: a, title: 甲, {first}}}, "
        f"{{id: b, title: 乙, status: planned, requires: [{{id: a}}], {second}}}]"
    )


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ("status: planned, due: 令和9年度末", "start: 2028-04-01", "pass"),
        ("status: planned, due: 概ね令和9年度末", "start: 2028-04-01", "unknown"),
        ("status: suspended, because: 予算, due: 令和8年度", "start: 令和9年度", "unknown"),
        ("status: done, elsewhere: not-done, due: 令和10年度", "start: 令和9年度", "unknown"),
        ("status: planned, due: 令和9年度, elsewhere: done", "start: 令和8年度", "unknown"),
    ],
)
def test_a_prerequisite_of_which_the_end_is_open(first, second, outcome):
    """About a day, at rest, or told in two ways: nobody can tell that it comes in time."""
    assert outcomes(waits(first, second))["SCH-02"] == {outcome, "not_applicable"}


def test_work_under_way_has_begun():
    """What is to start after the facts were recorded is not under way.

    A schedule begins with the period of its plan, also for what has long been under way.
    """
    said = "measures: [{id: a, title: 甲, status: ongoing, start: %s, due: 令和10年度}]"
    assert outcomes(said % "令和9年度")["SCH-09"] == {"fail"}
    assert "fail" not in outcomes(said % "令和7年度")["SCH-09"]
    assert "fail" not in outcomes(said % "令和8年度")["SCH-09"]


def indicator(said):
    return f"indicators: [{{id: k, title: 利用件数, unit: 件, direction: up, {said}}}]"


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ("令和6年9月30日, value: 15", "令和6年度, value: 12", "fail"),
        ("令和6年, value: 15", "令和6年度, value: 12", "fail"),
        ("令和6年度, value: 12", "令和6年9月30日, value: 15", "fail"),
        ("令和6年9月30日, value: 12", "令和6年度, value: 15", "pass"),
        ("令和5年度, value: 12", "令和6年度, value: 15", "pass"),
    ],
)
def test_a_sum_is_that_at_the_end_of_its_time(first, second, outcome):
    """So it falls where less is told of a later end."""
    results = f"results: [{{year: {first}}}, {{year: {second}}}]"
    assert outcomes(indicator(f"counted: cumulative, {results}"))["KPI-13"] == {outcome}


@pytest.mark.parametrize("result", ["令和6年度", "令和6年度末", "令和7年3月31日"])
def test_a_result_of_the_end_of_a_year(result):
    """It is one of the time of a target for the end of that year, however it is written."""
    for target in ("令和6年度末", "令和6年度"):
        said = (
            f"targets: [{{year: {target}, value: 15}}], "
            f"results: [{{year: {result}, value: 14, achieved: achieved}}]"
        )
        assert outcomes(indicator(said))["KPI-12"] == {"fail"}


def test_indicators_of_two_areas_are_two():
    """One name, unit and baseline do not make them one."""
    entries = ", ".join(
        f"{{id: {each}, title: 利用件数, unit: 件, areas: [{each}], direction: up, "
        f"baseline: {{value: 0, on: 令和7年度}}, targets: [{{value: {value}, year: 令和12年度}}]}}"
        for each, value in (("ai", 10), ("front-yard", 20))
    )
    assert "fail" not in outcomes(f"indicators: [{entries}]")["KPI-14"]
    alike = entries.replace("areas: [front-yard]", "areas: [ai]")
    assert "fail" in outcomes(f"indicators: [{alike}]")["KPI-14"]
    shared = entries.replace("areas: [front-yard]", "areas: [front-yard, ai]")
    assert "fail" in outcomes(f"indicators: [{shared}]")["KPI-14"]
    summed = alike.replace("value: 20, year", "value: 20, year", 1).replace(
        "title: 利用件数, unit: 件, areas: [ai], direction: up, ",
        "title: 利用件数, unit: 件, areas: [ai], direction: up, counted: cumulative, ",
        1,
    )
    assert "fail" not in outcomes(f"indicators: [{summed}]")["KPI-14"]


@pytest.mark.parametrize(
    ("target", "result"),
    [
        ("令和4年度～令和7年度", "令和7年度"),
        ("令和6年度", "令和7年1月～令和7年3月"),
        ("2024年", "令和6年12月"),
    ],
)
def test_a_result_of_another_time(target, result):
    """Times that end on one day need not be the same."""
    said = (
        f"targets: [{{year: {target}, value: 400}}], "
        f"results: [{{year: {result}, value: 120, achieved: achieved}}]"
    )
    assert outcomes(indicator(said))["KPI-12"] == {"not_applicable"}


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("status: dropped, because: 目的を達した, extent: whole, completed: 令和7年3月", "pass"),
        ("status: declined, because: z, extent: whole, elsewhere: done", "pass"),
        ("status: postponed, because: z, start: 令和9年度", "pass"),
        ("status: declined, because: z, extent: whole", "fail"),
        ("status: dropped, because: z, extent: whole, start: 令和4年度, due: 令和6年度", "pass"),
        ("status: dropped, because: z, extent: whole, start: 令和9年度", "fail"),
    ],
)
def test_what_is_given_up_may_have_been_done(said, outcome):
    """Who ends a measure that reached its aim has done something, and who puts it off will."""
    measure = f"measures: [{{id: a, title: スマホ教室, areas: [digital-divide], {said}}}]"
    assert outcomes(measure)["DAT-06"] == {outcome}


@pytest.mark.parametrize(
    ("title", "rule"),
    [("栃木県デジタル社会形成推進条例", "P09-02"), ("栃木県スマートシティ構想", "P09-03")],
)
def test_a_document_of_the_prefecture_by_its_title(title, rule):
    """It is named, under whichever entry of the list it stands."""
    cites = f"{ABOUT}\ncites: [{{document: prefecture-plan, title: {title}}}]"
    assert outcomes("measures: []", cites)[rule] == {"pass"}


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("provisions: {online-procedures: {status: planned, since: 令和9年度}}", "unknown"),
        ("provisions: {online-procedures: {status: in-place}}", "pass"),
    ],
)
def test_an_area_that_is_not_taken_up_beside_what_is_set_up_in_it(said, outcome):
    """What is to be set up may be work in that area all the same."""
    declines = f"{ABOUT}\ndeclines: [{{area: front-yard, because: z}}]"
    assert outcomes(f"{said}\nmeasures: []", declines)["CON-04"] == {outcome}


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("recurrence: yearly, start: 令和14年度", "fail"),
        ("recurrence: yearly, due: 令和7年度", "fail"),
        ("recurrence: yearly, start: 令和9年度", "pass"),
        ("start: 令和13年4月1日", "fail"),
        ("due: 令和13年4月30日", "unknown"),
        ("due: 2031年", "unknown"),
        ("due: 2030年", "pass"),
        ("start: 令和9年度から", "pass"),
        ("recurrence: yearly, start: 令和13年度頃", "unknown"),
    ],
)
def test_work_in_the_period_of_the_plan(said, outcome):
    """What begins after it, or recurred until before it, is none; of its last year it may be."""
    measure = f"measures: [{{id: a, title: 甲, areas: [telework], status: planned, {said}}}]"
    file = plan_file(measure + READ, ABOUT, MARCH, "093017")
    found = {(f.rule.id, f.key): f.outcome.value for f in found_of(file, SEPTEMBER).findings}
    assert found["DXP-11", "telework"] == outcome


def test_a_period_without_its_first_day():
    """When it begins nobody tells, so that it may lie within that of the plan above it."""
    about = (
        "status: established\nestablished: 令和8年3月\nperiod: ～令和12年度\n"
        "parents: [{title: 総合計画, period: 令和8年度～令和17年度}]"
    )
    assert outcomes("measures: []", about)["SCH-08"] == {"unknown"}
    assert outcomes("measures: []", about.replace("令和12", "令和18"))["SCH-08"] == {"fail"}


DRAFTED = """
document:
  read: part
  closed: [provisions, standardization, collection, measures, indicators]
  drafted: {tool: dxrules, version: 0.1.0, file: a.pdf, digest: "0"}
"""


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        (
            (
                "provisions: {cybersecurity-policy-of-mayor: "
                "{status: in-place, since: 令和9年4月, doubts: [{of: [since]}]}}"
            ),
            "SEC-01",
        ),
        (
            (
                "standardization: {scope: count, in_scope: 18, migrated: 18, "
                "target: 令和9年2月, doubts: [{of: [target]}]}"
            ),
            "STD-09",
        ),
        (
            (
                "standardization: {scope: count, in_scope: 18, migrated: 18, "
                "systems: {family-register: "
                "{status: not-migrated, target: 令和9年2月, doubts: [{of: [status, target]}]}}}"
            ),
            "CON-01",
        ),
        (
            (
                "standardization: {scope: list, systems: {family-register: "
                "{status: migrated, target: 令和9年2月, doubts: [{of: [target]}]}}}"
            ),
            "STD-08",
        ),
        (
            (
                "measures: [{id: a, title: 甲, areas: [telework], status: planned, "
                "recurrence: yearly, "
                "start: 令和20年度, doubts: [{of: [start]}]}]"
            ),
            "DXP-11",
        ),
        (
            (
                "measures: [{id: a, title: 甲, areas: [telework], status: planned, "
                "elsewhere: done, doubts: [{of: [elsewhere]}]}]"
            ),
            "DXP-10",
        ),
    ],
)
def test_nothing_passes_by_what_is_in_doubt(said, rule):
    """A key in doubt that was taken out leaves open what it would tell, were it confirmed."""
    file = plan_file(said + DRAFTED, ABOUT, MARCH, "093017")
    found = found_of(file, SEPTEMBER).findings
    about = {"DXP-11": "telework", "DXP-10": "telework", "STD-08": "family-register"}
    mine = [f for f in found if f.rule.id == rule and f.key == about.get(rule, f.key)]
    assert mine
    assert "pass" not in {f.outcome.value for f in mine}


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ("declines: [{area: telework, because: 対面で行う}]", "DXP-14"),
        ("measure_count: 40", "DXP-10"),
    ],
)
def test_no_draft_is_accused_by_what_its_cover_may_excuse(more, rule):
    """What the plan says of itself may tell why nothing is done, once it is confirmed."""
    key = more.partition(":")[0]
    about = f"{ABOUT}\n{more}\ndoubts: [{{of: [{key}]}}]"
    file = plan_file("measures: []" + DRAFTED, about, MARCH, "093017")
    found = [f for f in found_of(file, SEPTEMBER).findings if f.rule.id == rule]
    assert found
    assert "fail" not in {f.outcome.value for f in found}
