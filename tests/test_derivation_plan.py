"""Facts of the plan itself: its period, the editions it cites, its parents and its sums."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.dates import Range
from dxrules.derivation import SILENT, UNKNOWN, Code, unknown
from dxrules.texts import Text, same
from tests.helpers.derived import NEW, of_plan
from tests.helpers.plans import days, reference

UNNAMED = "cites: [{document: dx-promotion-plan}]"
NO_LIST = unknown("その日の項目一覧が分からない", "the list of that day is not known")


@pytest.mark.parametrize(
    ("day", "state", "left"),
    [
        (date(2026, 3, 31), "not-begun", 1826),
        (date(2026, 4, 1), "running", 1825),
        (date(2031, 3, 31), "running", 0),
        (date(2031, 4, 1), "ended", -1),
    ],
)
def test_day_judged_and_the_period(day, state, left):
    """The period runs from its first to its last day, and the days left go on below zero."""
    assert of_plan(
        "period: 令和8年度～令和12年度",
        "period_start",
        "period_end",
        "period_state",
        "days_left",
        day=day,
    ) == (days("2026-04-01"), days("2031-03-31"), Code(state), Range.point(left))


def test_plan_without_a_period():
    """Without a period nothing is told of it, but the reason that the plan gives."""
    names = ("period_start", "period_end", "period_state", "days_left", "no_period_reason")
    assert of_plan("no_period_because: 変化が速い", *names) == (*[SILENT] * 4, same("変化が速い"))


def test_what_the_plan_says_of_itself():
    """Status, author, successor, publication, claims and what it serves as are as stated."""
    about = """
        status: established
        author: 神石高原町
        successor: 令和11年度に策定する
        published: yes
        serves_as: [digital-use-plan]
        claims: [targets-for-items]
        cites: [{document: prefecture-plan, title: 広島県のDX計画}]
    """
    names = (
        "status",
        "author",
        "successor",
        "published",
        "serves_as_data_plan",
        "serves_as_digital_use_plan",
        "claims_all_areas",
        "claims_targets",
        "cites_prefecture",
    )
    assert of_plan(about, *names) == (
        Code("established"),
        same("神石高原町"),
        same("令和11年度に策定する"),
        True,
        False,
        True,
        False,
        True,
        True,
    )


PERHAPS_REVISED = unknown(
    "策定の日は書かれておらず、予定された改定が行われたかどうかも書かれていない",
    "the day of establishment is not stated, nor whether the revision planned took place",
)


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ("", SILENT),
        ("established: 令和5年3月", days("令和5年3月")),
        (
            "established: 令和5年3月\nrevised: [{on: 令和8年3月}, {on: 令和6年3月}]",
            days("令和8年3月"),
        ),
        ("established: 令和5年3月\nrevised: [{on: 令和8年度から}]", days("2023-03-01から")),
        ("established: 令和5年3月\nrevised: [{on: 令和9年3月}]", days("令和5年3月")),
        ("established: 令和5年3月\nrevised: [{on: 未定}]", days("2023-03-01～2026-03-31")),
        ("revised: [{on: 未定}]", PERHAPS_REVISED),
        ("revised: [{on: 令和8年3月}]", days("令和8年3月")),
        ("established: 未定\nrevised: [{on: 未定}]", UNKNOWN),
    ],
)
def test_day_on_which_the_plan_was_made(about, expected):
    """A plan was made when it was last revised, however the revisions are listed."""
    assert of_plan(about, "made_on") == (expected,)


# Editions of the national plan


DOUBTED = unknown(
    "引用した版と日付が食い違っている", "the edition cited and its date contradict each other"
)


def cites(edition, established, **more):
    """Return what a plan says that follows an edition."""
    extra = "".join(f", {name}: {text}" for name, text in more.items())
    return (
        f'cites: [{{document: dx-promotion-plan, edition: "{edition}"{extra}}}]\n'
        f"established: {established}"
    )


@pytest.mark.parametrize(
    ("edition", "established", "behind"),
    [
        ("5.1", "2026-03-31", Range.point(0)),
        ("5.0", "2026-03-31", Range.point(0)),
        ("4.0", "2026-03-31", Range.point(1)),
        ("3.0", "2026-03-31", Range.point(1)),
        ("2.3", "2026-03-31", Range.point(1)),
        ("2.0", "2026-03-31", Range.point(2)),
        ("4.0", "2025-12-16", Range.point(0)),
        ("4.0", "2025-12-17", Range.point(1)),
        ("4.0", "令和7年12月", Range(0, 1)),
        ("4.0", "令和7年度", Range(0, 1)),
        ("5.1", "2025-03-28", DOUBTED),
        ("5.1", "2026-01-01", Range.point(0)),
        ("2.0", "2023-11-09", Range.point(0)),
        ("2.0", "2024-02-04", Range.point(0)),
        ("2.2", "2024-02-04", Range.point(0)),
        ("2.0", "2024-02-05", Range.point(1)),
        ("4.0", "令和7年度末まで", Range(0, 1)),
        ("4.0", "2019-04-01", DOUBTED),
    ],
)
def test_lists_behind_when_made(edition, established, behind):
    """A plan is behind by the changes of the list of items up to its day; 5.1 changed none."""
    about = cites(edition, established)
    assert of_plan(about, "lists_behind_when_made", "cited_edition") == (behind, same(edition))


@pytest.mark.parametrize(
    ("edition", "day", "behind"),
    [
        ("5.0", date(2026, 1, 30), Range.point(0)),
        ("5.0", date(2026, 9, 30), Range.point(0)),
        ("5.0", date(2026, 10, 1), Range(0, None)),
        ("4.0", date(2025, 12, 16), Range.point(0)),
        ("4.0", date(2025, 12, 17), Range.point(1)),
        ("4.0", date(2026, 9, 30), Range.point(1)),
        ("4.0", date(2026, 10, 1), Range(1, None)),
        ("4.0", date(2020, 1, 1), NO_LIST),
        ("2.0", date(2023, 11, 10), Range.point(0)),
    ],
)
def test_lists_behind_on_the_day_judged(edition, day, behind):
    """After the day up to which editions are known, more changes may have followed."""
    assert of_plan(cites(edition, "2025-12-17"), "lists_behind", day=day) == (behind,)


@pytest.mark.parametrize(
    ("edition", "date", "misdated"),
    [
        ("5.1", "2001-01-01", Range.point(1)),
        ("5.1", "令和7年12月", Range.point(1)),
        ("5.1", "令和8年1月", Range.point(0)),
        ("5.1", "2025年度", Range.point(0)),
        ("5.1", "令和8年2月", Range(0, 1)),
        ("5.1", "概ね令和7年", Range.point(1)),
        ("5.1", "未定", Range.point(0)),
        ("5.0", "令和7年12月", Range.point(0)),
        ("5.0", "令和8年1月", Range(0, 1)),
        ("5.0", "2026-01-31", Range.point(1)),
        ("4.0", "令和7年4月", Range(0, 1)),
        ("4.0", "令和7年12月17日", Range.point(1)),
        ("3.0", "令和6年5月", Range.point(0)),
        ("3.0", "令和5年5月", Range.point(1)),
        ("2.1", "令和5年1月", Range.point(0)),
        ("2.1", "令和4年3月", Range.point(1)),
        ("2.1", "令和6年3月", Range.point(1)),
        ("1.0", "平成12年", Range.point(1)),
        ("5.1", "2026-04-01", Range.point(1)),
    ],
)
def test_editions_and_their_dates(edition, date, misdated):
    """A date before an edition, or from the next one on, contradicts it; one between may not."""
    about = cites(edition, "2026-03-31", date=date)
    assert of_plan(about, "misdated_citations") == (misdated,)
    shown = same(f"({edition}、{date})")
    name = reference().documents["dx-promotion-plan"].name
    assert of_plan(about, "misdated_names") == (name + shown if misdated.lo else SILENT,)


def test_documents_later_than_the_plan():
    """No document is cited that came after the plan was made and its facts were recorded."""
    cited = "cites: [{document: priority-plan, date: 2026-04-01}, {document: other, date: 未定}]"
    assert of_plan(cited, "misdated_citations") == (Range.point(1),)
    assert of_plan(f"{cited}\nestablished: 2026-04-01", "misdated_citations") == (Range.point(0),)
    assert of_plan("cites: [{document: other, date: 未定}]", "misdated_citations") == (SILENT,)


@pytest.mark.parametrize(
    ("about", "when_made", "now"),
    [
        ("", Range(0, 3), Range(0, 3)),
        ("cites: [{document: dx-promotion-plan}]", Range(0, 2), Range(0, 2)),
        ('cites: [{document: priority-plan, edition: "4.0"}]', Range(0, 3), Range(0, 3)),
        (cites("4.0", "2026-03-31", followed="no"), Range(0, 2), Range(0, 2)),
        ("established: 令和5年3月", Range(0, 1), Range(2, 3)),
        (f"established: 令和5年3月\n{UNNAMED}", Range.point(0), Range.point(2)),
        (f"established: 令和4年3月\n{UNNAMED}", Range.point(0), Range.point(2)),
        ("established: 2019年3月", SILENT, SILENT),
    ],
)
def test_plan_that_names_no_edition_rests_on_one_that_there_was(about, when_made, now):
    """Of an edition that is not named, or only as background, every possible one is tried."""
    names = ("cited_edition", "lists_behind_when_made", "lists_behind")
    assert of_plan(about, *names) == (SILENT, when_made, now)


@pytest.mark.parametrize(
    ("date", "edition"),
    [
        ("令和2年12月25日", "1.0"),
        ("令和2年12月", "1.0"),
        ("2022-09-02", "2.0"),
        ("2024-02-05", "2.3"),
        ("令和6年4月24日", "3.0"),
        ("令和7年3月", "4.0"),
        ("令和8年1月", "5.1"),
        ("令和5年6月1日", "2.0"),
    ],
)
def test_citation_by_date_alone_is_the_edition_of_that_day(date, edition):
    """What is cited by its day is the edition of it, else the newest of that time."""
    cited = f"cites: [{{document: dx-promotion-plan, date: {date}}}]\n{NEW}"
    assert of_plan(cited, "cited_edition") == (same(edition),)
    named = of_plan(cites(edition, "2026-03-31"), "lists_behind", "lists_behind_when_made")
    assert of_plan(cited, "lists_behind", "lists_behind_when_made") == named


@pytest.mark.parametrize("date", ["未定", "概ね令和2年12月"])
def test_citation_by_a_day_that_is_not_told_names_no_edition(date):
    """What has no day, or one that is only about it, is any edition."""
    assert of_plan(
        f"cites: [{{document: dx-promotion-plan, date: {date}}}]", "cited_edition", "lists_behind"
    ) == (SILENT, Range(0, 2))


@pytest.mark.parametrize(
    ("document", "behind"),
    [
        ("document: {read: complete}", Range(2, 3)),
        ("document: {read: part}", Range(0, 3)),
        ("document: {read: part, closed: [plan]}", Range(2, 3)),
    ],
)
def test_part_not_read_may_tell_of_a_revision(document, behind):
    """What was made long ago may have been revised, by a part that was not read."""
    about = "established: 令和5年3月"
    assert of_plan(about, "lists_behind", sections=document) == (behind,)


def test_edition_when_made_of_a_plan_without_a_day():
    """A plan without a day was made between what it cites and the day recorded."""
    about = 'cites: [{document: dx-promotion-plan, edition: "5.0", date: 2025-12-17}]'
    assert of_plan(about, "edition_when_made", "lists_behind_when_made") == (
        Text("5.0、5.1", "5.0, 5.1"),
        Range.point(0),
    )


WORDING = [
    ("scope: 文言修正", True),
    ("scope: 誤字・脱字の訂正", True),
    ("scope: 誤字修正、時点修正", True),
    ("scope: 軽微な文言の修正のみ", True),
    ("scope: 時点修正による改訂", True),
    ("kind: editorial", True),
    ("kind: editorial, scope: 全面改定", True),
    ("scope: 文言修正等", False),
    ("scope: 施策の追加と文言修正", False),
    ("scope: 文言修正、指標の見直し", False),
    ("scope: 一部修正", False),
    ("kind: substantive, scope: 文言修正", False),
    ("results_stated: no", False),
]


@pytest.mark.parametrize(("said", "editorial"), WORDING)
def test_revision_of_the_wording_makes_no_plan_anew(said, editorial):
    """Neither the lists nor the results of measures are those of a revision of words alone."""
    about = f"established: 令和4年3月\nrevised: [{{on: 2024-04-01, {said}}}]"
    names = ("made_on", "edition_when_made", "unreported_results")
    expected = (
        (days("令和4年3月"), same("1.0"), SILENT)
        if editorial
        else (days("2024-04-01"), same("2.3"), Range.point(1))
    )
    sections = "measures: [{id: a, title: 甲, status: planned, due: 令和4年度}]"
    assert of_plan(about, *names, sections=sections) == expected


def test_what_a_plan_cites_may_be_as_late_as_its_last_words():
    """A revision of words may bring a citation that is later than the plan was made."""
    about = (
        'cites: [{document: dx-promotion-plan, edition: "2.3", date: 2024-02-05}]\n'
        "established: 令和4年3月\nrevised: [{on: 2024-04-01, kind: editorial}]"
    )
    assert of_plan(about, "misdated_citations") == (Range.point(0),)


@pytest.mark.parametrize("order", [("5.1", "2.3"), ("2.3", "5.1")])
def test_editions_that_a_plan_follows_at_once(order):
    """A plan that follows two editions is behind as far as either, in whatever order they stand."""
    cited = ", ".join(f'{{document: dx-promotion-plan, edition: "{each}"}}' for each in order)
    about = f"{NEW}\ncites: [{cited}]"
    names = ("cited_edition", "lists_behind_when_made")
    both = Text("、".join(order), ", ".join(order))
    assert of_plan(about, *names) == (both, Range(0, 1))


def test_edition_when_the_last_revision_is_in_doubt():
    """A revision without a day may have come before or after a new list."""
    about = """
        established: 令和7年4月
        revised: [{on: 未定}]
        cites: [{document: dx-promotion-plan, edition: "4.0"}]
    """
    names = ("edition_when_made", "lists_behind_when_made")
    assert of_plan(about, *names) == (Text("4.0、5.0、5.1", "4.0, 5.0, 5.1"), Range(0, 1))


def test_edition_followed_goes_before_background():
    """Of two editions cited, that counts which the plan follows."""
    about = """
        cites:
          - {document: dx-promotion-plan, edition: "2.0", followed: no}
          - {document: dx-promotion-plan, edition: "5.0"}
    """
    assert of_plan(about, "cited_edition") == (same("5.0"),)


@pytest.mark.parametrize(
    ("established", "day", "when_made", "now"),
    [
        ("2025-12-16", date(2026, 3, 31), same("4.0"), same("5.1")),
        ("令和7年12月", date(2026, 1, 1), Text("4.0、5.0", "4.0, 5.0"), same("5.0")),
        ("令和7年12月", date(2025, 12, 10), same("4.0"), same("4.0")),
        ("2019-04-01", date(2020, 1, 1), SILENT, SILENT),
        ("令和7年度から", date(2026, 3, 31), UNKNOWN, same("5.1")),
    ],
)
def test_editions_of_the_two_days(established, day, when_made, now):
    """The editions in force when made and on the day judged are named, all that there may be."""
    about = f"established: {established}"
    assert of_plan(about, "edition_when_made", "edition_now", day=day) == (when_made, now)
