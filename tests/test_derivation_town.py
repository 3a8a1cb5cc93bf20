"""Facts of what a town has: provisions, systems, collection; and of indicators and passages."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.dates import Range
from dxrules.derivation import SILENT, UNKNOWN, Code, Proof, unknown
from dxrules.derivation.standardization import SystemSubject
from dxrules.errors import Place
from dxrules.texts import Text
from tests.plans import DAY, NAME, context, days, facts, plan_file, reference, value, values

NO_RESULT = unknown("期限が来たが、結果が書かれていない", "it fell due, and no result is stated")
NOT_CLEAR = unknown("観測の時点がはっきりしない", "when it is observed is not clear")
LATER = Range(date(2026, 4, 1).toordinal(), None)
"""After the day recorded, 31 March 2026."""

# Provisions


def of_provision(key, said, *names, day=DAY, about=""):
    """Return attributes of a provision that the plan says this of."""
    return values(
        plan_file(f"provisions: {{{key}: {{{said}}}}}", about), "provision", key, *names, day=day
    )


def test_provision_as_stated():
    """What a town has set up is as stated, and the newest of its own reviews counts."""
    said = """
        status: in-place, since: 令和3年4月, published: yes, reviewed: "令和8年2月、令和6年12月",
        cycle: [yearly, pdca], scope: all-staff, rank: deputy-mayor, applies: yes
    """
    assert of_provision("security-policy", said) == {
        "status": Code("in-place"),
        "in_place": True,
        "provided_for": True,
        "covers_all_staff": True,
        "since": days("令和3年4月"),
        "published": True,
        "reviewed": days("令和8年2月"),
        "unreviewed_days": Range(0, 92),
        "reviewed_regularly": True,
        "at_least_yearly": True,
        "scope": Code("all-staff"),
        "rank": Code("deputy-mayor"),
        "applicable": True,
    }


ONLY_PLANNED = unknown("予定・検討とだけある", "it is only planned or considered")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("status: in-place", (Code("in-place"), True, True)),
        ("status: planned", (Code("planned"), ONLY_PLANNED, True)),
        ("status: planned, since: 2026-06-01", (Code("planned"), ONLY_PLANNED, True)),
        ("status: planned, since: 2026-05-31", (UNKNOWN, UNKNOWN, UNKNOWN)),
        ("status: planned, since: 令和8年度", (Code("planned"), ONLY_PLANNED, True)),
        ("status: planned, since: 令和8年度から", (Code("planned"), ONLY_PLANNED, True)),
        ("status: considered", (Code("considered"), ONLY_PLANNED, ONLY_PLANNED)),
        ("status: none", (Code("none"), False, False)),
        ("title: 規程", (SILENT, SILENT, SILENT)),
    ],
)
def test_provision_by_status(said, expected):
    """Only what is in place is there; a plan to have it is open."""
    assert of_provision("ciso", said, "status", "in_place", "provided_for") == expected


def test_plan_that_serves_as_the_data_plan():
    """A plan that serves as the public and private data plan is that provision itself."""
    about = "serves_as: [public-private-data-plan]"
    names = ("in_place", "provided_for")
    key = "public-private-data-plan"
    assert values(plan_file("provisions: {}", about), "provision", key, *names) == (True, True)
    assert values(plan_file("provisions: {}", about), "provision", "ciso", *names) == (
        SILENT,
        SILENT,
    )


@pytest.mark.parametrize(
    ("cycle", "expected"),
    [
        ("[yearly]", (True, True)),
        ("[monthly, as-needed]", (True, True)),
        ("[pdca]", (True, False)),
        ("[ooda]", (True, False)),
        ("[as-needed]", (False, False)),
        ("[]", (False, False)),
    ],
)
def test_cycle_of_a_provision(cycle, expected):
    """An interval, PDCA or OODA is regular, 随時 alone is not; only an interval is yearly."""
    names = ("reviewed_regularly", "at_least_yearly")
    assert of_provision("progress-review", f"cycle: {cycle}", *names) == expected


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ("{value: 1, year: 令和8年度}", SILENT),
        (
            "{value: 1, year: 令和8年度}, {value: 2, year: 令和9年度}",
            unknown(
                "指標には年度ごとの目標があるが、進捗管理の周期は書かれていない",
                "indicators have a target for each year, but no interval of review is stated",
            ),
        ),
    ],
)
def test_targets_for_each_year_hint_at_a_review(targets, expected):
    """Targets year by year leave open how often progress is reviewed, and only that."""
    file = plan_file(f"""
        provisions: {{progress-review: {{status: in-place}}, security-policy: {{}}}}
        indicators: [{{id: i, title: 割合, targets: [{targets}]}}]
    """)
    names = ("reviewed_regularly", "at_least_yearly")
    assert values(file, "provision", "progress-review", *names) == (expected, expected)
    assert values(file, "provision", "security-policy", *names) == (SILENT, SILENT)


@pytest.mark.parametrize("scope", ["staff", "managers", "new-staff"])
def test_provision_for_some_of_the_staff(scope):
    """A narrower or vague group leaves open whether all staff are covered."""
    assert of_provision("security-training", f"scope: {scope}", "covers_all_staff") == (
        unknown("全職員が対象とは書かれていない", "it is not said that all staff are covered"),
    )


@pytest.mark.parametrize(
    ("said", "day", "expected"),
    [
        ("reviewed: 2026-03-31", date(2026, 3, 31), Range.point(0)),
        ("reviewed: 2026-03-30", date(2026, 3, 30), Range.point(0)),
        ("reviewed: 2026-03-30", date(2026, 3, 31), Range(0, 30)),
        ("reviewed: 2026-03-31", date(2026, 9, 30), Range.point(0)),
        ("reviewed: 2026-03-31", date(2026, 10, 2), Range(0, 2)),
        ("reviewed: 令和7年3月", DAY, Range(0, 457)),
        ("reviewed: 令和6年10月", DAY, Range(365, 608)),
        ("reviewed: 令和7年4月", DAY, Range(0, 92)),
        ("reviewed: 令和6年度", DAY, Range(0, 608)),
        ("reviewed: 令和6年9月、令和9年3月", DAY, Range(516, 608)),
        ("reviewed: 令和9年3月", DAY, SILENT),
        ("reviewed: 令和6年9月", DAY, Range(516, 608)),
        ("status: in-place, since: 令和6年9月", DAY, Range(516, 608)),
        ("status: planned, since: 令和6年9月", DAY, SILENT),
        ("since: 令和6年9月", DAY, SILENT),
        ("reviewed: 令和6年9月から", DAY, Range(0, 608)),
        ("status: in-place", DAY, SILENT),
    ],
)
def test_guideline_revisions_not_yet_taken_in(said, day, expected):
    """The first revision after the town's last review counts, up to the day recorded for sure."""
    assert of_provision("security-policy", said, "unreviewed_days", day=day) == (expected,)


# Standardization, as a whole


def of_whole(said, *names, day=DAY):
    """Return attributes of the whole of standardization."""
    file = plan_file(f"standardization: {{{said}}}")
    return values(file, "standardization", "standardization", *names, day=day)


def tasks(*fields, count=17):
    """Return a list of so many tasks, each with these fields."""
    return ", ".join(f"{task}: {{{', '.join(fields)}}}" for task in list(reference().tasks)[:count])


@pytest.mark.parametrize(
    ("said", "scope", "migrated", "outstanding"),
    [
        (
            "scope: count, in_scope: 17, migrated: all",
            Range.point(17),
            Range.point(17),
            Range.point(0),
        ),
        (
            "scope: count, in_scope: 20, migrated: 18",
            Range.point(20),
            Range.point(18),
            Range.point(2),
        ),
        ("scope: count, in_scope: 17", Range.point(17), SILENT, UNKNOWN),
        (
            f"scope: list, systems: {{{tasks('status: migrated')}}}",
            Range.point(17),
            Range.point(17),
            Range.point(0),
        ),
        (
            f"scope: list, systems: {{{tasks('status: planned')}}}",
            Range.point(17),
            Range(0, 17),
            Range(0, 17),
        ),
        (
            f"scope: list, systems: {{{tasks('status: in-progress')}}}",
            Range.point(17),
            Range.point(0),
            Range.point(17),
        ),
        ("scope: all, status: migrated", Range.point(20), Range.point(20), Range.point(0)),
        ("scope: all", Range.point(20), Range(0, 20), Range(0, 20)),
    ],
)
def test_counts_of_tasks(said, scope, migrated, outstanding):
    """Counts are as stated, else those of the tasks listed; who only plans has perhaps moved."""
    names = ("in_scope", "migrated", "outstanding")
    assert of_whole(said, *names) == (scope, migrated, outstanding)


def test_all_of_an_unknown_number():
    """Where all tasks moved none is outstanding, however many they were."""
    unstated = unknown("対象業務の数が書かれていない", "the number of tasks is not stated")
    assert of_whole("scope: unstated, migrated: all", "in_scope", "migrated", "outstanding") == (
        unstated,
        unstated,
        Range.point(0),
    )


def test_seventeen_tasks_are_not_named():
    """17業務すべて gives counts and no systems: which 17 is unknown."""
    file = plan_file("standardization: {scope: count, in_scope: 17, migrated: all}")
    names = ("listed", "unaccounted")
    no_lists = unknown("対象・対象外の一覧がない", "no lists of what is in scope and what is not")
    assert values(file, "standardization", "standardization", *names) == (False, no_lists)
    assert [key for kind, key in facts(file) if kind == "system"] == []


@pytest.mark.parametrize(
    ("said", "count", "shown"),
    [
        ("scope: all", Range.point(0), SILENT),
        (
            f"scope: list, systems: {{{tasks(count=18)}}}, excluded: []",
            Range.point(2),
            Text("後期高齢者医療、国民年金", "Medical care for the elderly, National pension"),
        ),
        (
            f"scope: list, systems: {{{tasks(count=19)}}}, excluded: [{{task: national-pension}}]",
            Range.point(0),
            SILENT,
        ),
    ],
)
def test_tasks_unaccounted_for(said, count, shown):
    """With both lists given, a task in neither is unaccounted for."""
    assert of_whole(said, "unaccounted", "unaccounted_names") == (count, shown)


def test_scope_without_the_tasks_left_out():
    """A list without what is left out accounts for nothing."""
    no_lists = unknown("対象・対象外の一覧がない", "no lists of what is in scope and what is not")
    said = f"scope: list, systems: {{{tasks()}}}"
    assert of_whole(said, "unaccounted", "unaccounted_names") == (no_lists, no_lists)


@pytest.mark.parametrize(
    ("said", "day", "expected"),
    [
        ("in_scope: 17, migrated: all", DAY, days("2026-03-31まで")),
        ("in_scope: 17, migrated: 17, migrated_on: 令和7年9月", DAY, days("令和7年9月")),
        ('migrated: all, migrated_on: "令和8年1月、令和7年9月"', DAY, days("令和8年1月")),
        ("in_scope: 20, migrated: 18", DAY, LATER),
        ("in_scope: 20, migrated: 18, target: 令和8年度", DAY, days("令和8年度")),
        ("in_scope: 20, migrated: 18, target: 令和8年度", date(2027, 4, 1), LATER),
        ("in_scope: 20, migrated: 18, target: 概ね令和7年度末", DAY, LATER),
        ("status: planned, target: 令和7年度", DAY, NO_RESULT),
        ("status: planned, target: 概ね令和7年度末まで", DAY, NO_RESULT),
        ("status: planned, target: 令和8年度", DAY, days("令和8年度")),
        ("status: in-progress", DAY, LATER),
        ("in_scope: 17", DAY, UNKNOWN),
    ],
)
def test_day_on_which_all_are_migrated(said, day, expected):
    """All moved when the last did; a target, 概ね or past, does not say that they did."""
    assert of_whole(f"scope: count, {said}", "done_on", day=day) == (expected,)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("scope: count, in_scope: 20, migrated: 18", UNKNOWN),
        ("scope: count, in_scope: 20, migrated: 20", UNKNOWN),
        ("scope: count, in_scope: 20, migrated: 19, systems: {%s}", Code("transition-support")),
        ("scope: count, in_scope: 20, migrated: 18, systems: {%s, %s}", Code("both")),
        ("scope: count, in_scope: 20, migrated: 17, systems: {%s, %s}", UNKNOWN),
    ],
)
def test_exceptions_that_cover_what_is_left(said, expected):
    """As many designated exceptions as tasks outstanding cover them; without systems it is open."""
    designated = "{status: not-migrated, exception: transition-support}"
    difficult = "{status: not-migrated, exception: migration-difficult}"
    said = said.replace("%s", f"family-register: {designated}", 1)
    said = said.replace("%s", f"family-register-appendix: {difficult}", 1)
    assert of_whole(said, "rest_exception") == (expected,)


def test_task_that_is_no_exception():
    """One task that is said to be no exception is not covered."""
    said = "scope: count, in_scope: 20, migrated: 19, systems: {family-register: {exception: none}}"
    assert of_whole(said, "rest_exception") == (Code("none"),)


def test_rest_of_standardization_as_stated():
    """Deferred functions and the Government Cloud are as stated."""
    names = ("deferred_functions", "deferred_due", "government_cloud")
    some = "deferred_functions: {status: some, due: 令和10年度末まで}, government_cloud: used"
    assert of_whole(f"scope: all, {some}", *names) == (True, days("令和10年度末まで"), Code("used"))
    assert of_whole("scope: all, deferred_functions: {status: none}", *names) == (
        False,
        SILENT,
        SILENT,
    )


# Standardization, system by system


def of_system(system, whole="", *names, day=DAY):
    """Return attributes of one system, with what is said of the whole."""
    said = f"scope: list, systems: {{family-register: {{{system}}}}}{whole}"
    return values(
        plan_file(f"standardization: {{{said}}}"), "system", "family-register", *names, day=day
    )


@pytest.mark.parametrize(
    ("system", "whole", "status", "done_on"),
    [
        ("status: migrated", "", Code("migrated"), days("2026-03-31まで")),
        ("migrated: 令和7年9月", "", Code("migrated"), days("令和7年9月")),
        ("status: migrated", ", migrated_on: 令和7年9月", Code("migrated"), days("令和7年9月")),
        (
            "status: migrated",
            ', migrated_on: "令和7年9月、令和8年1月"',
            Code("migrated"),
            days("2025-09-01～2026-01-31"),
        ),
        (
            "status: migrated",
            ', migrated_on: "令和7年9月まで、概ね令和8年1月から"',
            Code("migrated"),
            Range(None, date(2026, 3, 31).toordinal()),
        ),
        ("", ", status: migrated", Code("migrated"), days("2026-03-31まで")),
        ("", "", SILENT, UNKNOWN),
        ("status: planned, target: 令和8年度", "", Code("planned"), days("令和8年度")),
        ("status: planned", ", target: 令和8年度", Code("planned"), days("令和8年度")),
        ("status: planned", ", target: 令和7年度", Code("planned"), NO_RESULT),
        ("status: not-migrated", ", target: 令和7年度", Code("not-migrated"), LATER),
        ("status: in-progress", ", target: 令和8年度", Code("in-progress"), days("令和8年度")),
    ],
)
def test_day_of_a_migration(system, whole, status, done_on):
    """A system shares what is said of the whole, where it says nothing of its own."""
    assert of_system(system, whole, "status", "done_on") == (status, done_on)


@pytest.mark.parametrize(
    ("system", "target", "done_on"),
    [
        ("status: not-migrated, exception: transition-support", SILENT, LATER),
        (
            "status: not-migrated, exception: transition-support, target: 概ね令和12年度末まで",
            days("概ね令和12年度末まで"),
            days("2026-04-01～2031-03-31"),
        ),
        ("status: not-migrated, exception: none", SILENT, LATER),
        ("status: not-migrated", days("令和8年度"), days("令和8年度")),
    ],
)
def test_exception_has_a_target_of_its_own(system, target, done_on):
    """A designated exception does not inherit the target of the whole."""
    assert of_system(system, ", target: 令和8年度", "target", "done_on") == (target, done_on)


def test_task_that_is_left_out():
    """A task left out is so whatever is said of the whole, with the reason where one is given."""
    names = ("status", "excluded_reason", "exception")
    said = "standardization: {scope: list, status: migrated, excluded: [{task: family-register%s}]}"
    for reason, expected in ((", reason: no-system", Code("no-system")), ("", SILENT)):
        found = values(plan_file(said % reason), "system", "family-register", *names)
        assert found == (Code("excluded"), expected, SILENT)


def test_system_is_part_of_standardization():
    """There is no system where the section was not read."""
    with pytest.raises(ValueError, match="family-register"):
        SystemSubject(context(plan_file()), "family-register")


# Collection


def of_charges(charges, key, *names, day=DAY):
    """Return attributes of a charge, or of all, where the plan says this of charges."""
    return values(
        plan_file(f"collection: {{charges: {{{charges}}}}}"), "collection", key, *names, day=day
    )


PASSED = unknown("開始の予定日を過ぎている", "the day planned for the start has passed")


@pytest.mark.parametrize(
    ("said", "day", "status", "started", "done_on"),
    [
        ("status: started, start: 令和7年4月", DAY, Code("started"), True, days("令和7年4月")),
        ("status: started", DAY, Code("started"), True, days("2026-03-31まで")),
        ("status: preparing, start: 令和8年9月", DAY, Code("preparing"), False, days("令和8年9月")),
        ("status: preparing, start: 令和8年9月", date(2026, 10, 1), PASSED, PASSED, LATER),
        ("status: planned", DAY, Code("planned"), False, LATER),
        ("status: none", DAY, Code("none"), False, LATER),
        ("start: 令和8年9月", DAY, SILENT, SILENT, days("令和8年9月")),
        ("start: 令和7年9月", DAY, PASSED, PASSED, NO_RESULT),
        ("start: 令和7年9月から, status: planned", DAY, Code("planned"), False, LATER),
        ("considered: yes", DAY, SILENT, SILENT, SILENT),
    ],
)
def test_charge_that_starts(said, day, status, started, done_on):
    """A charge started when that is stated; a start that was planned is open once past."""
    names = ("status", "started", "done_on")
    assert of_charges(f"water: {{{said}}}", "water", *names, day=day) == (status, started, done_on)


@pytest.mark.parametrize(
    ("charges", "expected"),
    [
        ("water: {considered: yes}", True),
        ("water: {considered: no}", False),
        ("water: {status: considered}", True),
        ("water: {status: started}", True),
        ("water: {status: none}", SILENT),
        ("water: {start: 令和8年9月}", SILENT),
        ("", SILENT),
    ],
)
def test_charge_that_is_considered(charges, expected):
    """Whatever is done about a charge considers it; a plan not to do it does not."""
    assert of_charges(charges, "water", "considered") == (expected,)


def test_charges_at_large_extend_to_nothing():
    """That some charge is being prepared says nothing of further ones, unless it is said."""
    preparing = "unspecified: {status: preparing}"
    assert of_charges(preparing, "unspecified", "considered") == (SILENT,)
    assert of_charges(preparing, "further", "considered") == (SILENT,)
    said = "unspecified: {status: preparing, considered: yes}"
    assert of_charges(said, "further", "considered", "tier") == (True, Code("further"))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("{health_insurance: premium}", True),
        ("{health_insurance: tax}", False),
        ("{}", SILENT),
    ],
)
def test_health_insurance_tax_is_no_premium(said, expected):
    """The premium is asked only of a town that levies one; a tax is no premium."""
    file = plan_file(f"collection: {said}")
    assert value(file, "collection", "health-insurance-premium", "asked") == expected


def test_charges_that_are_asked():
    """Local tax has a scheme of its own, and tier ウ is asked for as a whole."""
    file = plan_file("collection: {health_insurance: premium}")
    asked = [
        key for (kind, key), f in facts(file).items() if kind == "collection" and f.values["asked"]
    ]
    assert asked == [
        "health-insurance-premium",
        "long-term-care-premium",
        "elderly-medical-premium",
        "road-occupancy",
        "property-use",
        "non-tax",
        "further",
    ]
    assert value(file, "collection", "local-tax", "tier") == Code("tax")


@pytest.mark.parametrize(
    ("charges", "status", "started", "done_on"),
    [
        ("local-tax: {status: started}", SILENT, UNKNOWN, SILENT),
        (
            "local-tax: {status: started}, water: {status: planned}",
            Code("planned"),
            UNKNOWN,
            UNKNOWN,
        ),
        (
            "water: {status: started, start: 令和7年4月}",
            Code("started"),
            True,
            days("令和7年4月末まで"),
        ),
        ("water: {start: 令和7年9月}", PASSED, UNKNOWN, NO_RESULT),
        ("water: {status: none}", Code("none"), UNKNOWN, UNKNOWN),
        ("water: {status: none}, sewerage: {start: 令和7年9月}", PASSED, UNKNOWN, UNKNOWN),
        (
            "unspecified: {status: preparing, start: 令和8年9月}",
            Code("preparing"),
            False,
            days("令和8年9月"),
        ),
        ("unspecified: {status: preparing}", Code("preparing"), False, LATER),
        (
            "unspecified: {status: preparing, start: 令和8年9月}, water: {status: started}",
            Code("started"),
            True,
            days("2026-03-31まで"),
        ),
        (
            "unspecified: {status: preparing, start: 令和8年9月}, water: {start: 令和9年度}",
            Code("preparing"),
            False,
            days("令和8年9月"),
        ),
        (
            "road-occupancy: {start: 概ね令和8年10月}, water: {start: 令和9年度}",
            SILENT,
            UNKNOWN,
            days("2026-10-31まで"),
        ),
    ],
)
def test_any_charge_but_local_tax(charges, status, started, done_on):
    """Any charge will do, not local tax; those not mentioned may have started at any time."""
    names = ("status", "started", "done_on")
    assert of_charges(charges, "non-tax", *names) == (status, started, done_on)


@pytest.mark.parametrize(
    ("charges", "start", "announced"),
    [
        ("", SILENT, SILENT),
        ("water: {start: 未定, announced: no}", SILENT, SILENT),
        ("water: {status: started, announced: no}", SILENT, False),
        ("water: {status: started, announced: yes}", SILENT, True),
        ("water: {status: started, announced: yes}, river-occupancy: {status: none}", SILENT, True),
        ("water: {status: started, announced: yes}, sewerage: {status: started}", SILENT, UNKNOWN),
        (
            "water: {status: started, announced: yes}, sewerage: {status: started, announced: no}",
            SILENT,
            False,
        ),
        ("local-tax: {start: 令和5年4月, announced: yes}", SILENT, SILENT),
        ("water: {start: 令和9年4月}, sewerage: {start: 令和8年9月}", days("令和8年9月"), SILENT),
        ("water: {announced: no}, sewerage: {announced: yes}", SILENT, SILENT),
    ],
)
def test_start_and_announcement_of_any(charges, start, announced):
    """The first start that is stated counts, and whether all that started were announced."""
    assert of_charges(charges, "non-tax", "start", "announced") == (start, announced)


@pytest.mark.parametrize(
    ("charges", "expected"),
    [
        ("water: {status: considered}", True),
        ("road-occupancy: {status: considered}", SILENT),
        ("long-term-care-premium: {status: started}", SILENT),
        ("local-tax: {considered: yes}", SILENT),
        ("water: {considered: no}", UNKNOWN),
        ("unspecified: {considered: yes}", True),
    ],
)
def test_further_charges(charges, expected):
    """Extending is considered where a charge of tier ウ is, or charges at large are."""
    assert of_charges(charges, "further", "considered") == (expected,)


def test_local_tax_is_shown_with_the_others():
    """What is said of local tax is among the proofs: it shows why it is not enough."""
    file = plan_file("collection: {charges: {local-tax: {status: started}}}")
    assert facts(file)["collection", "non-tax"].proofs["status"] == (Proof(Place(NAME, 6, 44)),)


# Indicators


def of_indicator(said, *names, rest="", about="", recorded="令和8年3月"):
    """Return attributes of an indicator."""
    file = plan_file(f"indicators: [{{id: i, title: 割合, {said}}}]\n{rest}", about, recorded)
    return values(file, "indicator", "i", *names)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("baseline: {value: 1, on: 令和6年度}", (True, True, days("令和6年度"), False)),
        ("baseline: {value: 1}", (True, True, SILENT, False)),
        ("targets: [{value: 2, year: 令和8年度}]", (True, False, SILENT, True)),
        ("goal: 優しい窓口", (False, False, SILENT, False)),
        ("goal: 優しい窓口, baseline: {value: 1}", (True, True, SILENT, False)),
        ('unit: "%"', (True, False, SILENT, False)),
    ],
)
def test_baseline_and_target(said, expected):
    """A baseline and targets are given or not; a goal that is a sentence alone is no figure."""
    names = ("quantified", "has_baseline", "baseline_on", "has_target")
    assert of_indicator(said, *names) == expected


def test_baseline_that_was_lost():
    """A baseline or target may have stood in the table that was lost."""
    rest = "document: {read: complete, lost: [{part: indicators, what: 表}]}"
    gone = unknown("計画書の該当箇所が失われている(? 表)", "the document lost it (? 表)")
    names = ("has_baseline", "baseline_on", "has_target")
    assert of_indicator('unit: "%"', *names, rest=rest) == (gone, gone, gone)


def course(direction, *values_of, baseline=None):
    """Return an indicator that moves over some values."""
    targets = ", ".join(f"{{value: {v}, year: 令和{n}年度}}" for n, v in enumerate(values_of, 8))
    start = f", baseline: {{value: {baseline}}}" if baseline is not None else ""
    said = f"targets: [{targets}]{start}"
    return f"{said}, direction: {direction}" if direction else said


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (course("up", 1, 2, 2), True),
        (course("up", 1, 3, 2), False),
        (course("up", 1, 2, baseline=1.5), False),
        (course("up", 1, 2, baseline=1.0), True),
        (course("down", 3, 2, 2), True),
        (course("down", 3, 4), False),
        (course("down", 1, baseline=2), True),
        (course("keep", 2, 2.0), True),
        (course("keep", 2, 3), UNKNOWN),
        (course("up", 2), SILENT),
        (course(None, 1, 2), SILENT),
        ("direction: up", SILENT),
        (
            """direction: up, targets: [{value: 1, year: 令和8年度},
            {relative: 平均以上, year: 令和9年度}, {value: 2, year: 令和10年度}]""",
            True,
        ),
    ],
)
def test_targets_move_in_the_stated_direction(said, expected):
    """Each value is at least as good as the one before; one value is no course."""
    assert of_indicator(said, "monotone") == (expected,)


SHARE = "share_of: migrated-tasks, "


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (course(None, 80, 100), SILENT),
        (SHARE + course(None, 80, 100, 100), days("令和9年度")),
        (SHARE + "targets: [{value: 100, year: 令和8年度, observed: R9.3末}]", days("2027-03-31")),
        (SHARE + course(None, 80, 90), days("2028-04-01から")),
        (SHARE + "targets: [{value: 90, year: 令和8年度から}]", UNKNOWN),
        (SHARE + "targets: [{relative: 平均以上, year: 令和8年度}]", SILENT),
        (SHARE + 'unit: "%"', SILENT),
    ],
)
def test_day_on_which_a_share_is_complete(said, expected):
    """A share is complete when it is to reach 100 %, or after its last target."""
    assert of_indicator(said, "complete_on") == (expected,)


@pytest.mark.parametrize(
    ("standardization", "expected"),
    [
        ("scope: count, in_scope: 20", UNKNOWN),
        ("scope: list, systems: {family-register: {status: migrated}}", True),
        ("scope: list, systems: {family-register: {exception: transition-support}}", True),
        ("scope: list, systems: {family-register: {exception: none}}", False),
        ("scope: list, systems: {family-register: {}}", UNKNOWN),
        (
            """scope: list, systems: {child-allowance: {}},
            excluded: [{task: family-register}]""",
            UNKNOWN,
        ),
    ],
)
def test_exception_that_explains_a_share(standardization, expected):
    """Designated exceptions explain what is missing if every task that is left is one."""
    rest = f"standardization: {{{standardization}}}"
    assert of_indicator(SHARE + 'unit: "%"', "exception_covers", rest=rest) == (expected,)
    assert of_indicator('unit: "%"', "exception_covers", rest=rest) == (SILENT,)


ALL_TASKS = "[" + ", ".join(f"{{task: {task}}}" for task in reference().tasks) + "]"


@pytest.mark.parametrize(
    ("target", "counts", "agrees", "figures"),
    [
        (
            "value: 90",
            "in_scope: 20, migrated: 18",
            True,
            Text("本文から 90 %、目標 90 %", "text 90 %, target 90 %"),
        ),
        (
            "value: 80",
            "in_scope: 20, migrated: 18",
            False,
            Text("本文から 90 %、目標 80 %", "text 90 %, target 80 %"),
        ),
        (
            "value: 94.1",
            "in_scope: 17, migrated: 16",
            True,
            Text("本文から 94 %、目標 94.1 %", "text 94 %, target 94.1 %"),
        ),
        (
            "value: 94.2",
            "in_scope: 17, migrated: 16",
            True,
            Text("本文から 94 %、目標 94.2 %", "text 94 %, target 94.2 %"),
        ),
        (
            "value: 94.3",
            "in_scope: 17, migrated: 16",
            False,
            Text("本文から 94 %、目標 94.3 %", "text 94 %, target 94.3 %"),
        ),
        (
            "value: 94",
            "in_scope: 17, migrated: 16",
            True,
            Text("本文から 94 %、目標 94 %", "text 94 %, target 94 %"),
        ),
        (
            "value: 100",
            "in_scope: 17, migrated: all",
            True,
            Text("本文から 100 %、目標 100 %", "text 100 %, target 100 %"),
        ),
        ("value: 90", "in_scope: 20", UNKNOWN, SILENT),
        ("value: 90", "migrated: 18", UNKNOWN, SILENT),
        ("value: 90", f"in_scope: 0, migrated: 0, excluded: {ALL_TASKS}", UNKNOWN, SILENT),
        ("relative: 平均以上", "in_scope: 20, migrated: 18", SILENT, SILENT),
    ],
)
def test_share_agrees_with_the_text(target, counts, agrees, figures):
    """The target for the day recorded is compared with the text's counts, rounded as it is."""
    said = f"{SHARE}targets: [{{{target}, year: 令和8年度, observed: R8.3末}}]"
    rest = f"standardization: {{scope: count, {counts}}}"
    found = of_indicator(said, "agrees_with_text", "text_figures", rest=rest)
    assert found == (agrees, figures)


def test_share_of_tasks_that_may_have_moved():
    """Where it is open how many tasks moved, there is no figure to compare with."""
    said = f"{SHARE}targets: [{{value: 90, year: 令和7年度}}]"
    rest = f"standardization: {{scope: list, systems: {{{tasks('status: planned')}}}}}"
    assert of_indicator(said, "agrees_with_text", "text_figures", rest=rest) == (UNKNOWN, SILENT)


@pytest.mark.parametrize("year", ["令和8年度", "令和6年度", "令和7年度から"])
def test_share_for_another_day(year):
    """A target for a day before or after the day recorded contradicts nothing."""
    said = f"{SHARE}targets: [{{value: 10, year: {year}}}]"
    rest = "standardization: {scope: count, in_scope: 20, migrated: 18}"
    assert of_indicator(said, "agrees_with_text", "text_figures", rest=rest) == (SILENT, SILENT)


def test_target_is_not_judged_before_its_last_day():
    """A target for a fiscal year is not yet missed in June of that year."""
    said = f"{SHARE}targets: [{{value: 100, year: 令和7年度}}]"
    rest = "standardization: {scope: count, in_scope: 20, migrated: 18}"
    found = of_indicator(said, "agrees_with_text", rest=rest, recorded="令和7年6月")
    assert found == (SILENT,)
    assert of_indicator(said, "agrees_with_text", rest=rest) == (False,)


@pytest.mark.parametrize(
    ("said", "one", "named"),
    [
        (
            "measure: 交付率, text_measure: {name: 交付率}",
            True,
            Text("指標は交付率、本文は交付率", "indicator 交付率, text 交付率"),
        ),
        (
            "measure: 交付率, text_measure: {name: 保有率}",
            False,
            Text("指標は交付率、本文は保有率", "indicator 交付率, text 保有率"),
        ),
        ("measure: 交付率", SILENT, SILENT),
        ("text_measure: {name: 保有率}", SILENT, SILENT),
    ],
)
def test_one_measure_in_indicator_and_text(said, one, named):
    """The text measures the same thing in the same way, or both measures are named."""
    assert of_indicator(said, "one_measure", "measures_named") == (one, named)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("measures_area: yes", True),
        ("measures_area: no", False),
        ("measures_area: doubtful", UNKNOWN),
        ('unit: "%"', SILENT),
    ],
)
def test_indicator_of_its_area(said, expected):
    """Whether it measures its area is as the reader judged it; doubt is unknown."""
    assert of_indicator(said, "fits_area") == (expected,)


@pytest.mark.parametrize(
    ("targets", "gap", "years"),
    [
        ("{value: 1, year: 令和11年度, observed: 令和11年度から}", NOT_CLEAR, NOT_CLEAR),
        ("{value: 1, year: 令和11年度}", Range.point(0), SILENT),
        ("{value: 1, year: 令和11年度, observed: R12.3末}", Range.point(0), Range.point(0)),
        ("{value: 1, year: 令和11年度, observed: R11.3末}", Range.point(365), Range.point(1)),
        ("{value: 1, year: 令和11年度, observed: 令和12年4月}", Range.point(-30), Range.point(-1)),
        ("{value: 1, year: 令和11年度, observed: 令和11年}", Range.point(90), NOT_CLEAR),
        (
            """{value: 1, year: 令和9年度, observed: 令和7年度},
            {value: 1, year: 令和11年度, observed: 令和10年度}""",
            Range.point(365),
            Range.point(2),
        ),
    ],
)
def test_day_of_observation(targets, gap, years):
    """The last observation is compared with the period's end, and each with its fiscal year."""
    about = "period: 令和8年度～令和11年度"
    names = ("gap_to_plan_end_days", "observed_late_years")
    assert of_indicator(f"targets: [{targets}]", *names, about=about) == (gap, years)
    assert of_indicator(f"targets: [{targets}]", *names) == (SILENT, years)
    assert of_indicator('unit: "%"', *names, about=about) == (SILENT, SILENT)


# Passages


def of_passages(read, *passages, about=""):
    """Return what is found of one problem in a document."""
    listed = ", ".join(f"{{problem: wrong-kind, text: 市内, {said}}}" for said in passages)
    file = plan_file(f"document: {{read: {read}, passages: [{listed}]}}", about)
    return values(file, "passage", "wrong-kind", "count", "places")


SURE = Text("「市内」(第1章)", "「市内」(第1章)")
DOUBTFUL = Text("「市内」[読みは不確か]", "「市内」 [reading in doubt]")


@pytest.mark.parametrize(
    ("read", "passages", "count", "places"),
    [
        ("complete", [], Range.point(0), SILENT),
        ("part", [], Range(0, None), SILENT),
        ("complete", ["section: 第1章"], Range.point(1), SURE),
        ("part", ["section: 第1章"], Range(1, None), SURE),
        ("complete", ["voice: quoted"], Range.point(0), SILENT),
        ("complete", ["reading: doubtful"], Range(0, 1), DOUBTFUL),
        ("part", ["reading: doubtful"], Range(0, None), DOUBTFUL),
        ("complete", ["reading: doubtful, voice: quoted"], Range.point(0), SILENT),
        (
            "complete",
            ["section: 第1章", "voice: quoted", "reading: doubtful", "correct: 町内"],
            Range(2, 3),
            Text(
                "「市内」(第1章)、「市内」[読みは不確か]、「市内」 → 町内",
                "「市内」(第1章); 「市内」 [reading in doubt]; 「市内」 → 町内",
            ),
        ),
    ],
)
def test_passages(read, passages, count, places):
    """Only the town's own words count, and what is read in doubt, or not at all, may."""
    assert of_passages(read, *passages) == (count, places)


def test_passage_is_proved_by_its_place():
    """The proofs of a problem are the passages that show it, and its place is the first of them."""
    file = plan_file("""
        document:
          read: complete
          passages:
            - {problem: placeholder, text: 追記}
            - {problem: wrong-kind, text: 市内, voice: quoted}
            - {problem: wrong-kind, text: 市内, section: 第1章}
    """)
    fact = facts(file)["passage", "wrong-kind"]
    proof = Proof(Place(NAME, 11, 7), "第1章", text="市内")
    assert (fact.place, fact.proofs["count"]) == (proof.place, (proof,))


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ("established: 令和8年3月", True),
        ("established: 令和8年3月\nstatus: established", True),
        ("established: 令和8年3月\nstatus: draft", False),
        ("status: established", False),
    ],
)
def test_plan_that_is_established(about, expected):
    """A plan with a day of establishment that does not call itself a draft is established."""
    assert value(plan_file("", about), "passage", "draft-mark", "established") is expected
