"""What no careful document could say: refused where the file is read, with a way out."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.errors import PlanError
from dxrules.plan.far_dates import AHEAD, FIRST, LONGEST, RECORDED_AHEAD, RECORDED_FROM, later
from dxrules.texts import Text
from tests.helpers.plans import plan_file, reference


def refused(sections="", about="", recorded="令和8年3月"):
    """Return the key, the message and the way out of each problem of a plan."""
    with pytest.raises(PlanError) as caught:
        plan_file(sections, about=about, recorded=recorded)
    return [(each.key, each.message, each.hint) for each in caught.value.problems]


def only(*said, **how):
    """Return the one problem of a plan as its key and the whole text in both languages."""
    ((key, message, hint),) = refused(*said, **how)
    return key, message.then(hint)


# Keys that exclude each other

PROVISIONS = {
    "status: none, since: 令和4年4月": (
        "since",
        (
            "無いと明記(status: none)とあるのに、since も書かれています。"
            "無いのなら since を消し、有るのなら status を直してください。"
        ),
        (
            "It is said not to be there (status: none), yet described (since). "
            "If there is none, take out since; if there is one, correct status."
        ),
    ),
    "status: none, published: yes, rank: mayor": (
        "published",
        (
            "無いと明記(status: none)とあるのに、published、rank も書かれています。"
            "無いのなら published、rank を消し、有るのなら status を直してください。"
        ),
        (
            "It is said not to be there (status: none), yet described (published, rank). "
            "If there is none, take out published, rank; if there is one, correct status."
        ),
    ),
    "status: in-place, applies: no": (
        "applies",
        (
            "当てはまらない(applies: no)とあるのに、status も書かれています。"
            "当てはまらないなら status を、当てはまるなら applies を消してください。"
        ),
        (
            "It is said not to apply (applies: no), yet described (status). "
            "If it does not apply, take out status; if it does, applies."
        ),
    ),
    "applies: no, rank: mayor": (
        "applies",
        (
            "当てはまらない(applies: no)とあるのに、rank も書かれています。"
            "当てはまらないなら rank を、当てはまるなら applies を消してください。"
        ),
        (
            "It is said not to apply (applies: no), yet described (rank). "
            "If it does not apply, take out rank; if it does, applies."
        ),
    ),
    "status: considered, reviewed: 令和7年4月": (
        "reviewed",
        (
            "まだ整備されていない(status: considered)のに、見直した日があります。"
            "reviewed を消すか、status を直してください。"
        ),
        (
            "It is not in place yet (status: considered), so it was not reviewed. "
            "Correct reviewed or status."
        ),
    ),
    "status: in-place, since: 令和6年4月, reviewed: 令和4年4月、令和5年4月": (
        "reviewed",
        (
            "見直した日(令和4年4月)が、整備した日(令和6年4月)より前です。"
            "reviewed と since を確かめてください。"
        ),
        (
            "It was reviewed (令和4年4月) before it was in place (令和6年4月). "
            "Check reviewed and since."
        ),
    ),
}


@pytest.mark.parametrize(("said", "problem"), PROVISIONS.items())
def test_provisions(said, problem):
    """What is not there, or does not apply, is not described as if it were."""
    key, ja, en = problem
    assert only(f"provisions: {{cio: {{{said}}}}}") == (f"provisions.cio.{key}", Text(ja, en))


@pytest.mark.parametrize(
    "said",
    [
        "status: none, published: no",
        "status: none, applies: no",
        "status: none, applies: yes, title: 指針",
        "applies: no",
        "status: planned, since: 令和9年4月, scope: all-staff",
        "status: in-place, applies: yes, since: 令和6年4月, reviewed: 令和6年",
        "rank: mayor",
    ],
)
def test_provisions_that_agree(said):
    """What may stand together is read."""
    assert plan_file(f"provisions: {{cio: {{{said}}}}}").plan.provisions


SECTIONS = {
    "standardization: {scope: list, systems: {family-register: {status: planned, "
    "migrated: 令和9年3月}}}": (
        "standardization.systems.family-register.migrated",
        (
            "移行していない(status: planned)のに、移行した日があります。"
            "予定の日は target に書き、移行したのなら status を migrated にしてください。"
        ),
        (
            "It has not migrated (status: planned), yet a day of the migration is given. "
            "Write a planned day under target; if it has migrated, write status: migrated."
        ),
    ),
    "standardization: {scope: count, migrated: 0, migrated_on: 令和7年9月}": (
        "standardization.migrated_on",
        (
            "移行済みの業務は無い(migrated: 0)のに、移行した日があります。"
            "予定の日は target に書いてください。"
        ),
        (
            "No task has migrated (migrated: 0), yet a day of the migration is given. "
            "Write a planned day under target."
        ),
    ),
    "standardization: {scope: all, deferred_functions: {status: none, due: 令和10年度}}": (
        "standardization.deferred_functions.due",
        (
            "経過措置の機能は無い(status: none)のに、適合の期限があります。"
            "due を消すか、status を some にしてください。"
        ),
        (
            "No function is deferred (status: none), yet a day by which it conforms is given. "
            "Take out due, or write some."
        ),
    ),
    "collection: {charges: {water: {status: none, start: 令和8年9月}}}": (
        "collection.charges.water.start",
        (
            "しないと明記(status: none)とあるのに、start も書かれています。"
            "しないのなら start を消し、するのなら status を直してください。"
        ),
        (
            "It is said not to be done (status: none), yet described (start). "
            "If it is not done, take out start; if it is, correct status."
        ),
    ),
    "collection: {health_insurance: tax, charges: {health-insurance-premium: {status: started}}}": (
        "collection.charges.health-insurance-premium",
        (
            "国民健康保険は税(health_insurance: tax)なので、国民健康保険料の収納はありません。"
            "国民健康保険税は地方税(local-tax)に含めてください。料なら health_insurance を "
            "premium にしてください。"
        ),
        (
            "National health insurance is a tax here (health_insurance: tax), so there is no "
            "premium to collect. Count the tax under local-tax; if it is a premium, write "
            "health_insurance: premium."
        ),
    ),
    "indicators: [{id: a, title: あ, targets: [{value: 0, year: 令和9年度}, "
    "{value: 60, year: 2027年度}]}]": (
        "indicators[0].targets[1]",
        (
            "2027年度の目標が二つあります(0、60)。どちらかを消すか、年度か指標を分けてください。"
            "計画書が両方を書いているなら、同じ名称と基準値の指標を二つ書いてください"
            "(KPI-14 が問います)。"
        ),
        (
            "There are two targets for 2027年度 (0, 60). "
            "Take one out, or set the years or the indicators apart. If the plan states both, "
            "write two indicators of one title and baseline (KPI-14 asks about it)."
        ),
    ),
}


@pytest.mark.parametrize(("said", "problem"), SECTIONS.items())
def test_sections(said, problem):
    """Days of what did not come about, and two answers to one question, are refused."""
    key, ja, en = problem
    assert only(said) == (key, Text(ja, en))


ABOUTS = {
    "established: 令和8年3月\nrevised: [{on: 令和7年3月}]": (
        "plan.revised[0].on",
        (
            "改定(令和7年3月)が策定(令和8年3月)より前です。"
            "established には最初に策定した日を書いてください。"
        ),
        (
            "It was revised (令和7年3月) before it was established (令和8年3月). "
            "Write under established the day on which it was first made."
        ),
    ),
    "established: 令和8年3月\nperiod: 令和3年度～令和6年度": (
        "plan.established",
        (
            "計画期間が終わった(2025-03-31)後に策定したことになります。"
            "established と period を確かめてください。"
        ),
        (
            "It would have been established after its period ended (2025-03-31). "
            "Check established and period."
        ),
    ),
    "period: 令和8年度～令和12年度\nreplaces: {title: 前計画, period: 令和9年度～令和10年度}": (
        "plan.replaces.period",
        (
            "前計画の期間が、この計画の期間(2026-04-01から)より後に始まります。"
            "二つの計画の期間を確かめてください。"
        ),
        (
            "The former plan would begin after this one (from 2026-04-01). "
            "Check the periods of both plans."
        ),
    ),
}


@pytest.mark.parametrize(("about", "problem"), ABOUTS.items())
def test_days_of_the_plan(about, problem):
    """The days of the plan itself follow each other."""
    key, ja, en = problem
    assert only(about=about) == (key, Text(ja, en))


TWICE = {
    "measures: [{id: a, title: あ, requires: [{id: b, kind: informs}, {id: b}]}, "
    "{id: b, title: い}]": "measures[0].requires[1].id",
    "standardization: {scope: list, excluded: [{task: public-assistance}, "
    "{task: public-assistance, reason: run-by-prefecture}]}": "standardization.excluded[1].task",
}


@pytest.mark.parametrize(("said", "key"), TWICE.items())
def test_one_entry_twice(said, key):
    """What a list names twice may be said in two ways, so it is named once."""
    found, said = only(said)
    assert (found, said.en.partition(" ")[2]) == (
        key,
        "stands twice. Bring the two together in one.",
    )
    declined = "declines: [{area: ai, because: あ}, {area: ai, because: い}]"
    assert only(about=declined)[0] == "plan.declines[1].area"


def test_all_but_those_that_are_excepted():
    """Not all have migrated where those that are left have an exception."""
    key, message = only(
        "standardization: {scope: all, migrated: all, rest_exception: transition-support}"
    )
    assert key == "standardization.rest_exception"
    assert message.en.startswith("All tasks have migrated (migrated: all), yet those that are left")


def test_a_layer_made_after_its_period():
    """The days of a further document follow each other as those of the plan do."""
    layer = "{kind: action-plan, title: あ, established: 令和8年3月, period: 令和3年度～令和6年度}"
    assert only(about=f"documents: [{layer}]") == (
        "plan.documents[0].established",
        Text(
            "期間が終わった(2025-03-31)後に策定したことになります。"
            "established と period を確かめてください。",
            "It would have been established after its period ended (2025-03-31). "
            "Check established and period.",
        ),
    )


def test_each_contradiction_has_its_place():
    """Contradictions of several sections are all told, in the order of the file."""
    found = refused(
        """
        provisions: {cio: {status: none, rank: mayor}, ciso: {status: none, since: 令和6年}}
        waivers:
          - rule: DXP-01
            kind: plan
            key: plan
            reason: 事情
            authority: 町長
            from: 0001-01-01
            until: 9999-12-31
        """
    )
    assert [key for key, _, _ in found] == [
        "provisions.cio.rank",
        "provisions.ciso.since",
        "waivers[0].from",
        "waivers[0].until",
    ]


# Dates beyond reason


def test_a_date_too_far_ahead():
    """A date too far ahead is refused, with what it means and the day recorded."""
    measure = "{id: a, title: あ, milestones: [{title: い, on: 令和99年}]}"
    assert only(f"measures: [{measure}]") == (
        "measures[0].milestones[0].on",
        Text(
            "令和99年(2117-01-01～2117-12-31) は、記載内容の時点 令和8年3月"
            "(2026-03-01～2026-03-31) の50年後より先です。年や元号を確かめてください。",
            "2117-01-01 to 2117-12-31 (令和99年) lies more than 50 years after the day recorded, "
            "2026-03-01 to 2026-03-31 (令和8年3月). Check the year and the era.",
        ),
    )


def test_a_date_too_long_ago():
    """No date of a plan is older than the oldest law that plans cite."""
    assert only(about="established: 0200-03-01") == (
        "plan.established",
        Text(
            f"0200-03-01 は {FIRST} より前です。年や元号を確かめてください。",
            f"0200-03-01 lies before {FIRST}. Check the year and the era.",
        ),
    )


@pytest.mark.parametrize(
    ("about", "key"),
    [
        ("period: 0001-01-01～9999-12-31", "plan.period"),
        ("period: 令和8年度～令和80年度", "plan.period"),
        ("replaces: {title: 前計画, period: 1980年4月～2020年3月}", "plan.replaces.period"),
        ("parents: [{title: 総合計画, period: 令和8年度～令和99年度}]", "plan.parents[0].period"),
        ("revised: [{on: 1926-04-01}]", "plan.revised[0].on"),
        ("cites: [{document: other, date: 1026-04-01}]", "plan.cites[0].date"),
    ],
)
def test_every_date_of_the_plan_is_looked_at(about, key):
    """Whichever key holds a date or a period, it is bounded."""
    assert key in [key for key, _, _ in refused(about=about)]


def test_each_of_several_days():
    """Of several days in one text each is looked at; they have one place."""
    said = "provisions: {cio: {reviewed: 令和6年3月、1023年3月、令和8年1月}}"
    assert [key for key, _, _ in refused(said)] == ["provisions.cio.reviewed"]


@pytest.mark.parametrize("recorded", ["9999-12-31", "令和99年", "0001-01-01", "1999-12-31"])
def test_the_day_recorded(recorded):
    """The facts speak for a day between the first law and the last year of the data by far."""
    key, message, _ = refused(recorded=recorded)[0]
    last = later(reference().known_until, RECORDED_AHEAD)
    assert key == "recorded"
    assert message.en.startswith(f"The facts speak for a day from {RECORDED_FROM} to {last}, not ")


def test_a_period_too_long():
    """A plan runs for so many years at most."""
    assert only(about="period: 令和8年4月～令和38年4月") == (
        "plan.period",
        Text(
            "計画期間 令和8年4月～令和38年4月(2026-04-01～2056-04-30) が30年を超えています。"
            "年や元号を確かめてください。",
            "The period, 2026-04-01 to 2056-04-30 (令和8年4月～令和38年4月), is longer than 30 "
            "years. Check the year and the era.",
        ),
    )


def test_bounds_are_included():
    """The first and last day of each bound may still be written."""
    last = later(date(2026, 3, 31), AHEAD)
    period_end = later(date(2026, 4, 1), LONGEST).replace(month=3, day=31)
    file = plan_file(
        f"measures: [{{id: a, title: あ, start: {FIRST}, due: {last}}}]",
        about=f"period: 2026-04-01～{period_end}\nestablished: {FIRST}以降",
        recorded="2026-03-31",
    )
    assert file.plan.measures[0].due.latest == last
    for recorded in (RECORDED_FROM, later(reference().known_until, RECORDED_AHEAD)):
        assert plan_file(recorded=str(recorded)).plan.recorded.earliest == recorded


@pytest.mark.parametrize(
    ("day", "years", "result"),
    [
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(9990, 1, 1), 50, date.max),
    ],
)
def test_some_years_later(day, years, result):
    """The same day some years later, as near as the calendar has it."""
    assert later(day, years) == result


# Pages


@pytest.mark.parametrize(("page", "said"), [(0, "It must be at least 1."), (10**9, "9999")])
def test_pages(page, said):
    """A document has a first page, and not too many."""
    with pytest.raises(PlanError) as caught:
        plan_file(about=f"evidence: [{{page: {page}}}]")
    (problem,) = caught.value.problems
    assert said in problem.message.en
