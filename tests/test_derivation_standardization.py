"""Facts of the systems to be standardized, each and as a whole."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.dates import Range
from dxrules.derivation import SILENT, UNKNOWN, Code, unknown
from dxrules.derivation.system import IN_DOUBT, SystemSubject
from dxrules.texts import Text
from tests.helpers.plans import (
    DAY,
    context,
    days,
    facts,
    plan_file,
    reference,
    tasks,
    value,
    values,
)
from tests.helpers.unknowns import LATER, NO_RESULT

OF_MANY = unknown(
    "移行の目標は多くの業務のもので、残る業務の時期は書かれていない",
    "the target is that of many tasks; when the others are migrated is not stated",
)
NO_EVIDENCE = unknown(
    "例外に当たるとする根拠(章・節、ページ、断片)が示されていない",
    "no evidence (section, page or text) is given for the exception",
)

NOT_COUNTED = unknown("対象業務の数が書かれていない", "the number of tasks is not stated")

# As a whole


def of_whole(said, *names, day=DAY):
    """Return attributes of the whole of standardization."""
    file = plan_file(f"standardization: {{{said}}}")
    return values(file, "standardization", "standardization", *names, day=day)


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
    ("said", "listed", "scope"),
    [
        ("scope: all", True, Range.point(20)),
        ("scope: all, in_scope: 20, excluded: [{task: family-register}]", True, Range.point(20)),
        ("scope: count, in_scope: 17", False, Range.point(17)),
        (f"scope: list, systems: {{{tasks()}}}", True, Range.point(17)),
        (f"scope: list, in_scope: 17, systems: {{{tasks()}}}", True, Range.point(17)),
        (f"scope: list, in_scope: 17, systems: {{{tasks(count=16)}}}", False, Range.point(17)),
        ("scope: list, in_scope: 17", False, Range.point(17)),
        ("scope: list", False, NOT_COUNTED),
        ("scope: list, excluded: [{task: national-pension}]", False, NOT_COUNTED),
    ],
)
def test_list_that_is_one(said, listed, scope):
    """Tasks are listed where as many are named as are in scope, and one at least."""
    assert of_whole(said, "listed", "in_scope") == (listed, scope)


def test_list_of_what_is_left_out():
    """Where all tasks are left out, none is in scope, and that is a list."""
    left_out = ", ".join(f"{{task: {task}}}" for task in reference().tasks)
    said = f"scope: list, excluded: [{left_out}]"
    assert of_whole(said, "listed", "in_scope") == (True, Range.point(0))


def test_list_that_names_too_few_accounts_for_nothing():
    """That a task is in neither list shows nothing, if the list of those in scope is not whole."""
    said = "scope: list, in_scope: 17, excluded: [{task: national-pension}]"
    too_few = unknown(
        "対象業務の一覧に、対象業務の数だけの業務がない",
        "the list does not hold as many tasks as are said to be in scope",
    )
    assert of_whole(said, "unaccounted", "unaccounted_names") == (too_few, too_few)
    none = unknown("対象業務の一覧に、業務がない", "the list of tasks in scope names none")
    said = "scope: list, excluded: [{task: national-pension}]"
    assert of_whole(said, "unaccounted", "unaccounted_names") == (none, none)


@pytest.mark.parametrize(
    ("said", "count", "shown"),
    [
        ("scope: all", Range.point(0), SILENT),
        ("scope: count, in_scope: 20, excluded: []", Range.point(0), SILENT),
        (
            f"scope: list, systems: {{{tasks(count=18)}}}, excluded: []",
            Range.point(2),
            Text("後期高齢者医療、国民年金", "Medical care for the elderly, National pension"),
        ),
        (
            "scope: count, in_scope: 19, excluded: [{task: national-pension}]",
            Range.point(0),
            SILENT,
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


def test_list_in_a_document_that_leaves_none_out():
    """What a document read whole neither lists nor leaves out is in neither; in part, perhaps."""
    said = f"standardization: {{scope: list, systems: {{{tasks()}}}}}"
    for read, least in (("complete", 3), ("part", 0)):
        file = plan_file(f"{said}\ndocument: {{read: {read}}}")
        found = value(file, "standardization", "standardization", "unaccounted")
        assert found == Range(least, 3)


@pytest.mark.parametrize(
    ("said", "day", "expected"),
    [
        ("in_scope: 17, migrated: all", DAY, days("2026-03-31まで")),
        ("in_scope: 17, migrated: 17, migrated_on: 令和7年9月", DAY, days("令和7年9月")),
        ('migrated: all, migrated_on: "令和8年1月、令和7年9月"', DAY, days("令和8年1月")),
        ("migrated: all, migrated_on: 概ね令和8年3月", DAY, days("2026-03-31まで")),
        ("migrated: all, migrated_on: 概ね令和8年9月", DAY, days("概ね令和8年9月").about(366)),
        ("migrated: all, migrated_on: 令和8年9月まで", DAY, days("令和8年9月まで")),
        ("in_scope: 20, migrated: 18", DAY, LATER),
        ("in_scope: 20, migrated: 18, target: 令和8年度", DAY, days("令和8年度")),
        ("in_scope: 20, migrated: 18, target: 令和8年度", date(2027, 4, 1), LATER),
        ("in_scope: 20, migrated: 18, target: 概ね令和7年度末", DAY, LATER),
        ("status: planned, target: 令和7年度", DAY, NO_RESULT),
        ("status: planned, target: 概ね令和7年度末まで", DAY, NO_RESULT),
        ("status: planned, target: 令和8年度", DAY, days("令和8年度")),
        ("status: in-progress", DAY, LATER),
        ("in_scope: 17", DAY, UNKNOWN),
        ("in_scope: 17, target: 令和8年度, target_covers: many", DAY, OF_MANY),
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
    shown = "evidence: [{of: [exception], section: 2(2)}]"
    designated = f"{{status: not-migrated, exception: transition-support, {shown}}}"
    difficult = f"{{status: not-migrated, exception: migration-difficult, {shown}}}"
    said = said.replace("%s", f"family-register: {designated}", 1)
    said = said.replace("%s", f"family-register-appendix: {difficult}", 1)
    assert of_whole(said, "rest_exception") == (expected,)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("rest_exception: transition-support, evidence: [{page: 4}]", Code("transition-support")),
        ("rest_exception: transition-support", NO_EVIDENCE),
        ("rest_exception: none", Code("none")),
        (
            (
                "rest_exception: migration-difficult, evidence: [{page: 4}], "
                "systems: {family-register: {status: not-migrated, exception: transition-support}}"
            ),
            Code("both"),
        ),
    ],
)
@pytest.mark.parametrize("scope", ["all", "count, in_scope: 20"])
def test_exception_of_what_is_left_and_is_not_named(scope, said, expected):
    """Plans say that the rest are designated systems without naming them: no task is asked of."""
    file = plan_file(f"standardization: {{scope: {scope}, migrated: 14, {said}}}")
    names = ("listed", "in_scope", "outstanding", "rest_exception")
    assert values(file, "standardization", "standardization", *names) == (
        False,
        Range.point(20),
        Range.point(6),
        expected,
    )
    asked = [key for kind, key in facts(file) if kind == "system"]
    assert asked == (["family-register"] if "family-register" in said else [])


@pytest.mark.parametrize(
    ("counts", "status", "expected"),
    [
        ("in_scope: 20, migrated: 19", "status: not-migrated, ", Code("none")),
        ("in_scope: 20, migrated: 19", "status: planned, ", Code("none")),
        ("in_scope: 20", "status: in-progress, ", Code("none")),
        ("in_scope: 20, migrated: 19, status: in-progress", "", Code("none")),
        ("in_scope: 20, migrated: 19", "", UNKNOWN),
        ("in_scope: 20, migrated: 19, status: migrated", "", UNKNOWN),
        ("in_scope: 20, migrated: 19", "status: migrated, ", UNKNOWN),
        ("in_scope: 20, migrated: all", "", UNKNOWN),
        ("in_scope: 20, migrated: 20", "status: not-migrated, ", Code("none")),
        ("in_scope: 20, migrated: 19", "status: planned, target: 令和8年2月, ", UNKNOWN),
        ("in_scope: 20, migrated: 19", "status: planned, target: 未定, ", Code("none")),
    ],
)
def test_task_that_is_no_exception(counts, status, expected):
    """A task that is no exception is not covered, if it is told that it is left with the rest."""
    said = f"scope: count, {counts}, systems: {{family-register: {{{status}exception: none}}}}"
    assert of_whole(said, "rest_exception") == (expected,)


@pytest.mark.parametrize(
    ("own", "whole", "shown"),
    [
        ("", "", NO_EVIDENCE),
        ("evidence: [{of: [exception], text: 例外}]", "", True),
        ("evidence: [{of: [exception], page: 4, from: secondary}]", "", True),
        ("evidence: [{section: 2(2)}]", "", True),
        ("evidence: [{of: [exception]}]", "", NO_EVIDENCE),
        ("evidence: [{of: [target], text: 令和10年度}]", "", NO_EVIDENCE),
        ("", "evidence: [{of: [systems], text: 2業務を除き}]", True),
        ("", "evidence: [{text: 2業務を除き}]", True),
        ("", "evidence: [{of: [in_scope], text: 20業務}]", NO_EVIDENCE),
    ],
)
def test_evidence_for_an_exception(own, whole, shown):
    """An exception is shown by evidence that names a place, for it or for all that is listed."""
    said = ", ".join(filter(None, ["status: not-migrated, exception: transition-support", own]))
    rest = ", ".join(filter(None, [f"systems: {{family-register: {{{said}}}}}", whole]))
    file = plan_file(f"standardization: {{scope: count, in_scope: 20, migrated: 19, {rest}}}")
    assert values(file, "system", "family-register", "exception", "exception_shown") == (
        Code("transition-support"),
        shown,
    )
    expected = Code("transition-support") if shown is True else shown
    assert values(file, "standardization", "standardization", "rest_exception") == (expected,)


@pytest.mark.parametrize("said", ["exception: none", "status: planned"])
def test_no_exception_has_to_be_shown(said):
    """Where no exception is claimed there is nothing that is not shown."""
    file = plan_file(f"standardization: {{scope: list, systems: {{family-register: {{{said}}}}}}}")
    assert values(file, "system", "family-register", "exception_shown") == (True,)


CLASHES = {
    "scope: count, in_scope: 17, migrated: 17": None,
    "scope: count, in_scope: 17": None,
    "scope: count, in_scope: 20, excluded: [{task: public-assistance}]": Text(
        "対象業務の数は20だが、対象外を除くと多くとも19",
        "20 in scope, but at most 19 but for those left out",
    ),
    "scope: all, in_scope: 17": Text(
        "対象は20業務すべてだが、対象業務の数は17",
        "all 20 tasks in scope, but their number is given as 17",
    ),
    "scope: all, in_scope: 19, excluded: [{task: public-assistance}]": None,
    "scope: list, in_scope: 1, systems: {family-register: {}, seal-registration: {}}": Text(
        "対象業務の数は1だが、挙げた業務は2", "1 in scope, but 2 listed"
    ),
    "scope: all, migrated: all, systems: {family-register: {status: planned}}": Text(
        "すべて移行済みとあるが、未移行と読める業務が1", "all migrated, but 1 told not to be"
    ),
    "scope: count, migrated: all, systems: {family-register: {target: 令和9年度}}": Text(
        "すべて移行済みとあるが、未移行と読める業務が1", "all migrated, but 1 told not to be"
    ),
    "scope: count, migrated: all, systems: {family-register: {target: 令和7年12月}}": None,
    "scope: count, migrated: all, systems: {family-register: {exception: transition-support}}": (
        None
    ),
    "scope: all, migrated: all, status: in-progress": Text(
        "すべて移行済みとあるが、未移行と読める業務が1", "all migrated, but 1 told not to be"
    ),
    "scope: all, migrated: all, status: migrated, migrated_on: 令和9年3月": None,
    "scope: all, migrated: 18, status: migrated": Text(
        "移行済みの数は18だが、移行済みと読める業務は20", "18 migrated, but 20 told to be"
    ),
    "scope: all, migrated: 18, status: migrated, migrated_on: 令和9年3月": None,
    "scope: count, in_scope: 17, migrated: 10, status: in-progress": None,
    "scope: count, in_scope: 17, migrated: 17, status: in-progress": Text(
        "対象17業務のうち移行済みは17だが、未移行と読める業務は1",
        "17 of 17 migrated, but 1 told not to be",
    ),
    "scope: count, in_scope: 2, migrated: 1, status: in-progress, "
    "systems: {family-register: {status: not-migrated}}": None,
    "scope: count, in_scope: 2, migrated: 1, status: planned, "
    "systems: {family-register: {status: not-migrated}}": Text(
        "対象2業務のうち移行済みは1だが、未移行と読める業務は2",
        "1 of 2 migrated, but 2 told not to be",
    ),
    "scope: count, migrated: 0, systems: {family-register: {status: migrated}}": Text(
        "移行済みの数は0だが、移行済みと読める業務は1", "0 migrated, but 1 told to be"
    ),
    "scope: count, migrated: 0, systems: {family-register: {migrated: 令和7年9月}}": Text(
        "移行済みの数は0だが、移行済みと読める業務は1", "0 migrated, but 1 told to be"
    ),
    "scope: count, migrated: 0, systems: {family-register: {migrated: 令和9年9月}}": None,
    "scope: list, migrated: 1, systems: {family-register: {status: not-migrated}}": Text(
        "対象1業務のうち移行済みは1だが、未移行と読める業務は1",
        "1 of 1 migrated, but 1 told not to be",
    ),
}


@pytest.mark.parametrize(("said", "clash"), CLASHES.items())
def test_counts_and_tasks(said, clash):
    """Counts have to leave room for what is said of each task, and for each other."""
    agree, shown = of_whole(said, "counts_agree", "counts_clash")
    assert (agree, shown) == (clash is None, clash or SILENT)
    if clash and "migrated:" in said.split("systems")[0]:
        (done,) = of_whole(said, "done_on")
        assert done == unknown(
            "業務の数と業務ごとの状況が食い違っている",
            "the counts and what is said of each task contradict each other",
        )


def test_task_is_told_apart_where_counts_clash():
    """Whether a task moved is in doubt by the clash, not for silence; it is in scope."""
    file = plan_file(
        "standardization: {scope: all, status: migrated, migrated: 19, excluded: [{task: "
        "long-term-care}], systems: {family-register: {status: not-migrated}}}"
    )
    clash = unknown(
        "業務の数と業務ごとの状況が食い違っている",
        "the counts and what is said of each task contradict each other",
    )
    names = ("status", "done_on", "left_out")
    assert values(file, "system", "school-enrolment", *names) == (clash, clash, False)
    assert values(file, "system", "long-term-care", "left_out") == (True,)
    assert values(file, "system", "family-register", "left_out") == (False,)


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


@pytest.mark.parametrize(
    ("said", "day", "expected"),
    [
        ("status: some, due: 令和10年度末まで", date(2029, 3, 31), days("令和10年度末まで")),
        ("status: some, due: 令和10年度末まで", date(2029, 4, 1), LATER),
        ("status: some, due: 令和10年度から", date(2029, 4, 1), days("令和10年度から")),
        ("status: some", DAY, SILENT),
        ("status: none", DAY, SILENT),
    ],
)
def test_day_on_which_deferred_functions_conform(said, day, expected):
    """Until their day deferred functions count as scheduled; after it, nobody knows."""
    whole = f"scope: all, deferred_functions: {{{said}}}"
    assert of_whole(whole, "deferred_due", day=day) == (expected,)


# Each system


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
        ("", ", migrated: all", Code("migrated"), days("2026-03-31まで")),
        ("", ", migrated: all, migrated_on: 令和8年2月", Code("migrated"), days("令和8年2月")),
        ("", ", migrated: all, migrated_on: 令和9年3月", Code("planned"), days("令和9年3月")),
        ("", ", migrated: all, status: in-progress", Code("in-progress"), LATER),
        ("status: planned", ", migrated: all", Code("planned"), UNKNOWN),
        ("", ", migrated: 17", SILENT, UNKNOWN),
        ("", "", SILENT, UNKNOWN),
        ("status: planned, target: 令和8年度", "", Code("planned"), days("令和8年度")),
        ("status: planned", ", target: 令和8年度", Code("planned"), days("令和8年度")),
        ("status: planned", ", target: 令和7年度", Code("planned"), NO_RESULT),
        ("status: not-migrated", ", target: 令和7年度", Code("not-migrated"), LATER),
        ("status: in-progress", ", target: 令和8年度", Code("in-progress"), days("令和8年度")),
        ("migrated: 令和9年3月", "", Code("planned"), days("令和9年3月")),
        ("migrated: 概ね令和9年3月", "", Code("planned"), days("概ね令和9年3月").about(366)),
        ("migrated: 概ね令和8年3月", "", Code("migrated"), days("2026-03-31まで")),
        ("", ", status: migrated, migrated_on: 令和9年3月", Code("planned"), days("令和9年3月")),
        (
            "",
            ', status: migrated, migrated_on: "令和7年9月、令和9年3月"',
            Code("migrated"),
            days("2025-09-01～2027-03-31"),
        ),
        ("target: 令和8年度", "", Code("planned"), days("令和8年度")),
        ("target: 未定", "", SILENT, UNKNOWN),
        ("exception: none", ", status: planned", Code("planned"), UNKNOWN),
    ],
)
def test_day_of_a_migration(system, whole, status, done_on):
    """A system shares what is said of the whole, where it says nothing of its own."""
    assert of_system(system, whole, "status", "done_on") == (status, done_on)


def test_one_of_several_days_that_has_passed_since():
    """Where one of the days has passed since the facts were recorded, nobody knows of any task."""
    whole = ', status: migrated, migrated_on: "令和7年9月、令和9年3月"'
    unseen = unknown(
        "記載の時点より後の完了日が過ぎたが、結果は確かめられていない",
        "the completion was dated after the facts were recorded; whether it came is not known",
    )
    assert of_system("", whole, "done_on", day=date(2027, 4, 1)) == (unseen,)


@pytest.mark.parametrize(
    ("system", "status", "done_on"),
    [
        ("exception: none", SILENT, UNKNOWN),
        ("exception: none, target: 令和9年度", Code("planned"), days("令和9年度")),
        ("evidence: [{text: 移行できていない}]", SILENT, UNKNOWN),
    ],
)
def test_task_that_is_singled_out(system, status, done_on):
    """That all have migrated is not said of a task that the plan says something else of."""
    for moved in ("status: migrated", "migrated: all"):
        whole = f", {moved}, migrated_on: 令和8年2月"
        assert of_system(system, whole, "status", "done_on") == (status, done_on)


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        ("target: 2031-04-01", days("2030-03-31～2031-04-01")),
        ("target: 概ね令和13年度末まで", days("2025-03-31～2032-03-31")),
        ("status: not-migrated", days("2025-03-31から")),
        ("migrated: 令和9年3月まで", days("令和9年3月まで")),
        ("", UNKNOWN),
    ],
)
def test_migration_about_a_limit(system, expected):
    """To be held against a limit that is approximate, a day may have been a year earlier."""
    assert of_system(system, "", "done_about") == (expected,)


@pytest.mark.parametrize(
    ("system", "target", "done_on"),
    [
        ("status: not-migrated, exception: transition-support", SILENT, LATER),
        (
            "status: not-migrated, exception: transition-support, target: 概ね令和12年度末まで",
            days("概ね令和12年度末まで"),
            days("2026-04-01～2032-03-31"),
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


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        ("public-assistance", Code("run-by-prefecture")),
        ("child-rearing-allowance", Code("run-by-prefecture")),
        (
            "resident-register",
            unknown(
                "都道府県がこの業務を行うことは確かめられていない",
                "that a prefecture runs this task was not verified",
            ),
        ),
    ],
)
def test_task_that_the_prefecture_runs(task, expected):
    """That a prefecture runs it is taken for the tasks of which that was verified."""
    said = f"scope: list, excluded: [{{task: {task}, reason: run-by-prefecture}}]"
    file = plan_file(f"standardization: {{{said}}}")
    assert values(file, "system", task, "excluded_reason") == (expected,)


@pytest.mark.parametrize(
    ("code", "task", "runs"),
    [
        ("131016", "fixed-asset-tax", True),  # 千代田区
        ("131016", "corporate-resident-tax", True),
        ("131016", "individual-resident-tax", False),
        ("131016", "public-assistance", False),
        ("142018", "public-assistance", False),  # 横須賀市
        ("142018", "fixed-asset-tax", False),
        ("133035", "child-rearing-allowance", True),  # 瑞穂町
        ("133078", "child-rearing-allowance", True),  # 檜原村
    ],
)
def test_what_a_prefecture_runs_depends_on_the_municipality(code, task, runs):
    """Cities and special wards have a welfare office; 都 levies two taxes in the special wards."""
    said = f"scope: list, excluded: [{{task: {task}, reason: run-by-prefecture}}]"
    file = plan_file(f"standardization: {{{said}}}", of=code)
    (reason,) = values(file, "system", task, "excluded_reason")
    assert (reason == Code("run-by-prefecture")) is runs


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("scope: all, status: not-migrated", (Code("transition-support"), True)),
        (
            "scope: list, systems: {family-register: {status: in-progress}}",
            (Code("transition-support"), True),
        ),
        ("scope: all, status: in-progress", (SILENT, True)),
        ("scope: list, systems: {family-register: {status: migrated}}", (SILENT, True)),
        (
            "scope: list, systems: {family-register: {status: planned, exception: none}}",
            (Code("none"), True),
        ),
    ],
)
def test_a_task_that_is_surely_left_is_the_exception_that_all_left_are(said, expected):
    """Of what goes on as a whole, a task may have moved already."""
    names = ("exception", "exception_shown")
    rest = f"{said}, rest_exception: transition-support, evidence: [{{page: 4}}]"
    file = plan_file(f"standardization: {{{rest}}}")
    assert values(file, "system", "family-register", *names) == expected


def test_an_exception_of_all_that_is_left_has_to_be_shown():
    """No town designates its own systems."""
    said = "scope: all, status: not-migrated, rest_exception: transition-support"
    file = plan_file(f"standardization: {{{said}}}")
    assert values(file, "system", "family-register", "exception_shown") == (NO_EVIDENCE,)


def test_system_is_part_of_standardization():
    """There is no system where the section was not read."""
    with pytest.raises(ValueError, match="family-register"):
        SystemSubject(context(plan_file()), "family-register")


@pytest.mark.parametrize(
    ("said", "deadline_met"),
    [
        ("target: 令和7年度末", True),
        ("target: 令和7年度末を目途", None),
        ("target: 概ね令和7年度末", None),
        ("target: 概ね令和6年9月", True),
        ("target: 令和7年度末, target_covers: many", None),
    ],
)
def test_day_that_is_only_aimed_at(said, deadline_met):
    """A migration aimed at about a day, or that of many systems, is not surely done by it."""
    file = plan_file(
        f"standardization: {{scope: all, status: planned, {said}}}", recorded="2024-03-31"
    )
    day = date(2024, 6, 1)
    (found,) = values(file, "system", "resident-register", "done_on", day=day)
    met = None if found == UNKNOWN else found.at_most(date(2026, 3, 31).toordinal())
    assert met is deadline_met


@pytest.mark.parametrize(
    ("said", "moved_on", "moved_exception"),
    [
        ("migrated: 1, migrated_on: 令和8年2月", days("令和8年2月"), UNKNOWN),
        ("migrated: 1", Range(None, days("令和8年3月").hi), UNKNOWN),
        (
            """migrated: 1, systems: {family-register: {status: migrated, migrated: 令和8年2月,
            exception: transition-support, evidence: [{of: [exception], section: "4"}]}}""",
            Range(days("令和8年2月").lo, days("令和8年3月").hi),
            Code("transition-support"),
        ),
        ("migrated: all, systems: {family-register: {status: planned}}", IN_DOUBT, UNKNOWN),
    ],
)
def test_when_tasks_that_are_migrated_had_moved(said, moved_on, moved_exception):
    """By when it was known, unless the plan says when; counts that clash leave it open."""
    found = of_whole(f"scope: count, in_scope: 3, {said}", "moved_on", "moved_exception")
    assert found == (moved_on, moved_exception)
