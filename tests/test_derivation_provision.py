"""Facts of what a town has provided for."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.dates import Range
from dxrules.derivation import SILENT, UNKNOWN, Code, unknown
from dxrules.derivation.provision_status import ANOTHER_NAME, NOT_SAID_WHEN, ONLY_PLANNED
from tests.helpers.plans import DAY, days, facts, plan_file, value, values


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
        "claimed": True,
        "in_place": True,
        "comes_later": False,
        "provided_for": True,
        "considered": True,
        "covers_all_staff": True,
        "since": days("令和3年4月"),
        "done_on": days("令和3年4月"),
        "published": True,
        "reviewed": days("令和8年2月"),
        "unreviewed_days": Range(4, 66),
        "reviewed_regularly": True,
        "at_least_yearly": True,
        "scope": Code("all-staff"),
        "rank": Code("deputy-mayor"),
        "body": SILENT,
        "asked": True,
        "applicable": True,
    }


PASSED = unknown(
    "整える予定の日を過ぎたが、整えたかどうかが書かれていない",
    "the day planned for it has passed; whether it came is not stated",
)
NAMED = unknown(
    "「規程」とあるが、整えたとも整えるとも書かれていない",
    "規程 is named, but not said to be there or to come",
)


ITSELF = unknown(
    "「情報セキュリティポリシー」とあるが、整えたとも整えるとも書かれていない",
    "Information security policy is named, but not said to be there or to come",
)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("published: yes", (Code("in-place"), True, False)),
        ("reviewed: 令和7年10月", (Code("in-place"), True, False)),
        ("since: 令和7年4月", (Code("in-place"), True, False)),
        ("since: 令和9年4月", (Code("planned"), ONLY_PLANNED, True)),
        ("since: 令和8年", (Code("planned"), ONLY_PLANNED, False)),
        ("since: 令和7年頃", (Code("planned"), NOT_SAID_WHEN, False)),
        ("published: no", (ITSELF, ITSELF, False)),
        ("title: 規程, since: 未定", (NAMED, NAMED, False)),
        ("status: planned, since: 令和9年4月", (Code("planned"), ONLY_PLANNED, True)),
        ("status: planned, since: 令和9年4月頃", (Code("planned"), ONLY_PLANNED, False)),
        ("status: planned", (Code("planned"), ONLY_PLANNED, False)),
        ("status: none", (Code("none"), False, False)),
        ("status: considered, since: 令和9年4月", (Code("considered"), ONLY_PLANNED, False)),
    ],
)
def test_days_tell_a_status_that_is_not_named(said, told):
    """What was published, reviewed or dated is there, or is to come after the day judged."""
    assert of_provision("security-policy", said, "status", "in_place", "comes_later") == told


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("status: in-place", (Code("in-place"), True, True)),
        ("status: planned", (Code("planned"), ONLY_PLANNED, True)),
        ("status: planned, since: 2026-06-01", (Code("planned"), ONLY_PLANNED, True)),
        ("status: in-place, since: 2026-06-02", (Code("planned"), ONLY_PLANNED, True)),
        ("status: planned, since: 2026-05-31", (PASSED, PASSED, PASSED)),
        ("status: planned, since: 令和8年度", (Code("planned"), ONLY_PLANNED, True)),
        ("status: planned, since: 令和8年度から", (Code("planned"), ONLY_PLANNED, True)),
        ("status: considered", (Code("considered"), ONLY_PLANNED, ONLY_PLANNED)),
        ("status: none", (Code("none"), False, False)),
        ("title: 規程", (NAMED, NAMED, NAMED)),
        ("title: 年1回の点検", (Code("planned"), NOT_SAID_WHEN, True)),
        ("applies: yes", (SILENT, SILENT, SILENT)),
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
        ("{value: 1, year: 令和8年度}, {value: 2, year: 令和10年度}", SILENT),
        *(
            (
                f"{{value: 1, year: {first}}}, {{value: 2, year: {second}}}",
                unknown(
                    "指標には年度ごとの目標があるが、進捗管理の周期は書かれていない",
                    "indicators have a target for each year, but no interval of review is stated",
                ),
            )
            for first, second in (
                ("令和8年度", "令和9年度"),
                ("令和8年度以降", "令和10年度"),
                ("令和8年度頃", "令和10年度"),
            )
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


def test_indicators_that_were_not_read_may_hint_at_a_review():
    """Without the indicators it is not known whether they have targets year by year."""
    file = plan_file("provisions: {progress-review: {status: in-place}, security-policy: {}}")
    unread = unknown(
        "周期の記載はなく、指標の節(indicators)を読んでいないので、年度ごとの目標があるかも分からない"
        "(指標がなければ indicators: [] と書く)",
        "no interval is stated, and whether indicators have a target for each year is not known, "
        "as the section indicators has not been read (if there are none, write indicators: [])",
    )
    assert value(file, "provision", "progress-review", "reviewed_regularly") == unread
    assert value(file, "provision", "security-policy", "reviewed_regularly") == SILENT


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
        ("reviewed: 2026-03-30", date(2026, 3, 31), Range.point(0)),
        ("reviewed: 2026-03-31", date(2026, 9, 30), Range.point(0)),
        ("reviewed: 2026-03-31", date(2026, 10, 2), Range(0, 2)),
        ("reviewed: 令和7年3月", DAY, Range(4, 457)),
        ("reviewed: 令和6年10月", DAY, Range(365, 608)),
        ("reviewed: 令和7年4月", DAY, Range(4, 66)),
        ("reviewed: 令和6年度", DAY, Range(4, 608)),
        ("reviewed: 令和6年9月、令和9年3月", DAY, Range(516, 608)),
        ("reviewed: 令和9年3月", DAY, SILENT),
        ("reviewed: 概ね令和9年3月", DAY, SILENT),
        ("status: none", DAY, SILENT),
        ("status: considered, since: 2026-03-31", DAY, SILENT),
        ("status: planned, since: 2026-03-31", DAY, SILENT),
        ("reviewed: 令和6年9月", DAY, Range(516, 608)),
        ("status: in-place, since: 令和6年9月", DAY, Range(0, 608)),
        ("since: 令和6年9月, reviewed: 令和9年3月", DAY, Range(0, 608)),
        ("since: 2026-03-31", date(2026, 9, 30), Range.point(0)),
        ("status: planned, since: 令和6年9月", DAY, SILENT),
        ("since: 令和6年9月", DAY, Range(0, 608)),
        ("since: 令和9年9月", DAY, SILENT),
        ("reviewed: 令和6年9月から", DAY, Range(0, 608)),
        ("status: in-place", DAY, SILENT),
    ],
)
def test_guideline_revisions_not_yet_taken_in(said, day, expected):
    """The first revision after the last review counts, up to the day recorded for sure."""
    assert of_provision("security-policy", said, "unreviewed_days", day=day) == (expected,)


@pytest.mark.parametrize("recorded", ["令和8年3月まで", "概ね令和8年3月"])
def test_review_seen_from_about_a_day(recorded):
    """Where the facts have no first day, no revision surely went without a review for long."""
    said = "provisions: {security-policy: {reviewed: 令和6年9月}}"
    file = plan_file(said, recorded=recorded)
    assert value(file, "provision", "security-policy", "unreviewed_days") == Range(0, 608)


@pytest.mark.parametrize("reviewed", ["未定", "令和6年9月から"])
def test_review_that_may_have_been_on_any_later_day(reviewed):
    """Where neither the review nor the facts have a last day, nobody can tell what it missed."""
    said = f"provisions: {{security-policy: {{reviewed: {reviewed}}}}}"
    file = plan_file(said, recorded="令和8年3月から")
    assert value(file, "provision", "security-policy", "unreviewed_days") == UNKNOWN


@pytest.mark.parametrize(
    ("shown", "in_place"),
    [
        ("security-policy: {status: in-place}", True),
        ("three-layers: {status: in-place}", True),
        ("security-policy: {status: planned}", SILENT),
        ("security-policy: {status: in-place, since: 2030-01-01}", SILENT),
        (
            "security-policy: {status: in-place}, system-measures: {status: none}",
            unknown(
                "無いと明記されているが、これに当たるものが整備済みとも書かれている",
                "it is said not to be there, and yet something that counts as it is said to be in "
                "place",
            ),
        ),
        ("security-policy: {status: planned}, system-measures: {status: none}", False),
        ("security-policy: {status: in-place}, system-measures: {status: planned}", True),
        ("security-training: {status: in-place}", SILENT),
    ],
)
def test_measures_for_the_proper_use_of_systems(shown, in_place):
    """A policy or the three layers are such measures; that there are none contradicts them."""
    file = plan_file(f"provisions: {{{shown}}}")
    assert value(file, "provision", "system-measures", "in_place") == in_place


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("ai-guideline: {applies: yes}", (True, True)),
        ("ai-guideline: {applies: no}", (False, SILENT)),
        ("caio: {applies: yes}", (SILENT, True)),
        ("caio: {applies: no}", (False, False)),
        ("ai-guideline: {applies: yes}, caio: {applies: no}", (True, False)),
        ("external-audit: {applies: yes}", (SILENT, SILENT)),
    ],
)
def test_whether_ai_is_used_is_said_once(said, expected):
    """Generative AI is AI, and who uses no AI uses none that generates; no more than that."""
    found = facts(plan_file(f"provisions: {{{said}}}"))
    keys = ("ai-guideline", "caio")
    assert tuple(found["provision", key].values["applicable"] for key in keys) == expected


def test_cdo_whose_status_its_day_tells_may_stand_for_a_cio():
    """A CDO since a day that was past is there without the word, as any other post is."""
    for said in ("{status: in-place}", "{since: 令和7年4月}"):
        file = plan_file(f"provisions: {{cdo: {said}}}")
        assert value(file, "provision", "cio", "status") == ANOTHER_NAME


@pytest.mark.parametrize(
    ("said", "provided_for", "in_place"),
    [
        ("rank: deputy-mayor", True, NOT_SAID_WHEN),
        ("title: 年次研修, cycle: yearly", True, NOT_SAID_WHEN),
        ("body: 推進本部", True, NOT_SAID_WHEN),
        ("since: 令和4年頃, rank: manager", True, NOT_SAID_WHEN),
        ("since: 令和9年, rank: manager", True, ONLY_PLANNED),
        ("cycle: as-needed", SILENT, SILENT),
    ],
)
def test_who_does_it_and_how_often_tell_that_it_is_provided_for(said, provided_for, in_place):
    """A post of which the rank is named, or what takes place every year, is there or to come."""
    file = plan_file(f"provisions: {{security-training: {{{said}}}}}")
    found = facts(file)["provision", "security-training"].values
    assert (found["provided_for"], found["in_place"]) == (provided_for, in_place)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("status: considered", True),
        ("status: planned, since: 令和3年度", True),
        ("status: none", False),
    ],
)
def test_what_is_considered_stays_so_in_a_part_that_was_read(said, expected):
    """A part that was not read says no less than that it is considered."""
    rest = "document: {read: part}"
    file = plan_file(f"provisions: {{attack-surface-scan: {{{said}}}}}\n{rest}")
    assert value(file, "provision", "attack-surface-scan", "considered") is expected


def test_others_who_tell_a_status_by_its_day_are_heard():
    """That a body is there since a day shows no more than who says so."""
    said = "since: 令和4年4月, evidence: [{of: [since], from: secondary, text: 他の資料}]"
    file = plan_file(f"provisions: {{driving-body: {{{said}}}}}")
    (proof,) = facts(file)["provision", "driving-body"].proofs["status"]
    assert proof.origin == "secondary"
