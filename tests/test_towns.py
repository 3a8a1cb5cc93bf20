"""The five towns: what they must not be accused of, and what they must not be let off.

`DXRULES_UPDATE_GOLDEN=1 pytest tests/test_towns.py` writes the golden file anew.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from dxrules.rules import Outcome
from dxrules.texts import Text
from tests.helpers.goldens import kept
from tests.helpers.lawbooks import JUNE, NOVEMBER, ROOT, TOWNS, judged, law, of, town

GOLDEN = ROOT / "tests" / "data" / "towns-2026-11-20.txt"

UNKNOWN, FAIL, PASS = Outcome.UNKNOWN, Outcome.FAIL, Outcome.PASS
NOT_APPLICABLE = Outcome.NOT_APPLICABLE


def found(name, rule, day=NOVEMBER):
    """Return what a rule finds in a town, by key."""
    return {f.key: f for f in judged(name, day).findings if f.rule.id == rule}


def told(name, rule, key=None):
    """Return the outcome of a rule, and its message."""
    finding = of(judged(name), rule, key)
    return finding.outcome, finding.message


def fails(name, rule):
    """Return the keys on which a rule fails."""
    return {key for key, finding in found(name, rule).items() if finding.outcome is FAIL}


# ---- Kaminokawa ----


def test_kaminokawa_std_01_a_count_without_a_list():
    """17業務 without a list: whether all 20 are accounted for cannot be told."""
    assert told("kaminokawa", "STD-01") == (
        UNKNOWN,
        Text(
            "対象にも対象外にもない業務の数: 対象・対象外の一覧がない",
            "tasks neither in scope nor excluded: no lists of what is in scope and what is not",
        ),
    )
    assert not found("kaminokawa", "STD-02")["-"].verdict


def test_kaminokawa_eqr_01_prepared_for_september():
    """準備中 in March for September: in November nobody knows whether it started."""
    assert found("kaminokawa", "EQR-01", date(2026, 9, 30))["non-tax"].outcome is PASS
    assert told("kaminokawa", "EQR-01") == (
        UNKNOWN,
        Text(
            "状況: 開始の予定日を過ぎている。"
            "収納を始める日がはっきりしない(あり得るのは2026-03-02以降)",
            "status: the day planned for the start has passed; the day of the start is not clear "
            "(it may be from 2026-03-02)",
        ),
    )


def test_kaminokawa_doc_05_city_misread():
    """市内 is 庁内 misread: a doubtful reading is no accusation."""
    assert told("kaminokawa", "DOC-05") == (
        UNKNOWN,
        Text(
            "そうとは言い切れない箇所がある(読みや解釈が確かでない)",
            "there is a passage that may be one (its reading is not sure)",
        ),
    )


def test_kaminokawa_sch_05_work_begun_before_the_period():
    """Work that goes on since before the period, or was finished then, is not outside it."""
    outcomes = {key: finding.outcome for key, finding in found("kaminokawa", "SCH-05").items()}
    assert outcomes["telework"] is NOT_APPLICABLE
    assert outcomes["security-policy-review"] is NOT_APPLICABLE
    assert FAIL not in outcomes.values()


def test_kaminokawa_dxp_10_common_platform_only_quoted():
    """The common platform stands only in a quotation: that is no measure of the town's own."""
    assert fails("kaminokawa", "DXP-10") == {"common-platform"}


def test_kaminokawa_dxp_11_finished_work_is_no_schedule():
    """The date of what is finished is no schedule of what goes on."""
    done = {m.areas for m in town("kaminokawa").plan.measures if m.status == "done" and m.completed}
    assert {("front-yard",), ("my-number-card",), ("ai",), ("security",)} <= done
    assert fails("kaminokawa", "DXP-11") >= {"front-yard", "my-number-card", "ai", "security"}
    assert found("kaminokawa", "DXP-11")["el-qr"].outcome is PASS


# ---- Koge ----


def test_koge_sch_06_rows_without_a_result():
    """Rows that fell due before the revision, without a result, are asked for once, by SCH-11."""
    rows = found("koge", "SCH-06")
    for key in (
        "organization",
        "work-survey",
        "work-selection",
        "open-data-setup",
        "regional-survey",
    ):
        assert rows[key].outcome is NOT_APPLICABLE
    assert fails("koge", "SCH-06") == set()


def test_koge_dxp_10_the_old_joint_heading():
    """標準化・共通化 names standardization alone; the common platform is not covered by it."""
    assert fails("koge", "DXP-10") == {"common-platform", "el-qr"}
    assert found("koge", "DXP-10")["standardization"].outcome is PASS


def test_koge_std_07_about():
    """概ね令和7年度末まで is neither met nor missed when nothing is said of the result."""
    assert told("koge", "STD-07") == (
        UNKNOWN,
        Text(
            "全業務の移行が済む日: 期限が来たが、結果が書かれていない。"
            "残る業務が、認められた例外に当たるかどうかが書かれていない",
            "day on which all are migrated: it fell due, and no result is stated; "
            "whether the tasks left are exceptions that are accepted is not stated",
        ),
    )


# ---- Nakanojo ----


def test_nakanojo_dxp_11_schedule_bars_lost():
    """The bars of the schedule were lost: whether there are dates is unknown, not missing."""
    areas = found("nakanojo", "DXP-11")
    priority = {key for key, finding in areas.items() if finding.outcome is not NOT_APPLICABLE}
    assert priority == {
        "front-yard",
        "standardization",
        "common-platform",
        "el-qr",
        "my-number-card",
        "security",
        "ai",
        "telework",
    }
    assert areas["telework"].outcome is PASS  # its table is left, and runs from FY2026 to FY2030
    for key in priority - {"telework"}:
        assert areas[key].outcome is UNKNOWN
        assert areas[key].message.ja.startswith(
            "時期があるかどうか: 計画書の該当箇所が失われている("
        )


def test_nakanojo_sch_02_building_on_is_not_waiting_for():
    """踏まえ names what a measure builds on, not what it waits for."""
    declared = {k: f for k, f in found("nakanojo", "SCH-02").items() if k.startswith("declared:")}
    assert len(declared) == 5
    for finding in declared.values():
        assert (finding.outcome, finding.message) == (
            NOT_APPLICABLE,
            Text("適用の条件に当たらない: 種類: 踏まえて", "Does not apply: kind: informs"),
        )


def test_nakanojo_org_01_organization_chart_lost():
    """The chart of the organization was lost: whether there is a CIO cannot be told."""
    assert told("nakanojo", "ORG-01") == (
        UNKNOWN,
        Text(
            "整備済みまたは予定かどうか: 計画書の該当箇所が失われている"
            "(3 推進体制の図(構成員・職位))",
            "in place or planned: the document lost it (3 推進体制の図(構成員・職位))",
        ),
    )


def test_nakanojo_sec_02_adopted_but_published():
    """A policy is adopted, and nothing is said of its publication."""
    mayor = "cybersecurity-policy-of-mayor"
    assert told("nakanojo", "SEC-01", mayor)[0] is PASS
    assert told("nakanojo", "SEC-02", mayor) == (
        UNKNOWN,
        Text("公表したかどうかが書かれていない", "whether it is published is not stated"),
    )
    assert told("nakanojo", "SEC-01", "cybersecurity-policy-of-assembly")[0] is UNKNOWN


# ---- Nishikawa ----


def test_nishikawa_sec_03_the_nations_revision_retold():
    """令和2年12月 is the nation's revision: when the town reviewed its own is not said."""
    assert told("nishikawa", "SEC-03") == (
        UNKNOWN,
        Text(
            "最後に見直した日が書かれていない",
            "when the municipality last reviewed it is not stated",
        ),
    )


def test_nishikawa_dxp_10_left_to_another_document():
    """What is left to a 実施計画 is unknown, and that document is named."""
    areas = found("nishikawa", "DXP-10")
    for key in ("el-qr", "my-number-card", "telework"):
        assert (areas[key].outcome, areas[key].message) == (
            UNKNOWN,
            Text(
                "団体の取組があるか、済んだと書いてあるかどうか: "
                "「実施計画」に委ねられている。この文書を確かめる",
                "covered by a measure of the municipality, or stated as done: "
                "left to 「実施計画」; ask for that document",
            ),
        )
    assert fails("nishikawa", "DXP-10") == set()


def test_nishikawa_sec_08_supply_chain_in_a_quotation():
    """サプライチェーン in a quotation says nothing of the town."""
    assert told("nishikawa", "SEC-08") == (
        UNKNOWN,
        Text("整備済み・実施済みとの記載がない", "it is not said to be there"),
    )


def test_nishikawa_std_02_a_due_date_is_no_completion():
    """What was planned for 令和7年度 counts as scheduled until then, and is unknown after."""
    systems = found("nishikawa", "STD-02")
    judgeable = [key for key, f in systems.items() if f.outcome is not NOT_APPLICABLE]
    assert len(judgeable) == 17
    for key in judgeable:
        assert found("nishikawa", "STD-02", JUNE)[key].outcome is PASS
        assert (systems[key].outcome, systems[key].message) == (
            UNKNOWN,
            Text(
                "移行した日が書かれていない(あり得るのは2025-06-02以降)。"
                "特定移行支援システムなどの例外に当たるかどうかが書かれていない",
                "the day of the migration is not stated (it may be from 2025-06-02); "
                "whether it is an exception, such as a designated system, is not stated",
            ),
        )


def test_nishikawa_sch_06_due_after_it_was_recorded():
    """What fell due after the plan was written may have been done since."""
    assert told("nishikawa", "SCH-06", "migration") == (
        UNKNOWN,
        Text(
            "期限を過ぎて未了かどうか: 記載の後に期限が来た",
            "overdue: it fell due after the facts were recorded",
        ),
    )


def test_nishikawa_doc_04_a_provisional_name_of_the_nation():
    """ガバナンスAI(仮称) is the nation's name; only the town's own provisional name is told."""
    outcome, message = told("nishikawa", "DOC-04")
    assert outcome is FAIL
    assert message == Text(
        "町の条例・組織・事業などの名称に「(仮称)」などの表示が残っている"
        "(「西川町個人情報保護法施行条例(仮)のもと」(第3章1(2)))",
        "A name of the town's own, such as that of an ordinance, a body or a project, is still "
        "provisional "
        "(「西川町個人情報保護法施行条例(仮)のもと」(第3章1(2)))",
    )


# ---- Jinsekikogen ----


def test_jinsekikogen_eqr_01_local_tax_is_not_enough():
    """町税 alone shows nothing of the other charges: neither that one started nor that none did."""
    assert town("jinsekikogen").plan.collection.charges["local-tax"].status == "started"
    assert told("jinsekikogen", "EQR-01") == (
        UNKNOWN,
        Text(
            "収納を始める日がはっきりしない(あり得るのは2026-03-02以降)",
            "the day of the start is not clear (it may be from 2026-03-02)",
        ),
    )


def test_jinsekikogen_eqr_05_nothing_to_announce():
    """Where only local tax is collected there are no other revenues to announce."""
    finding = found("jinsekikogen", "EQR-05", date(2027, 1, 15))["non-tax"]
    assert (finding.outcome, finding.message) == (
        NOT_APPLICABLE,
        Text("適用の条件に当たらない: 開始済み: いいえ", "Does not apply: started: no"),
    )


def test_jinsekikogen_sch_05_a_national_horizon():
    """概ね5年以内 lies beyond the plan because the nation says so: no fault of the plan."""
    assert town("jinsekikogen").plan.measures[1].due.latest > date(2030, 3, 31)
    assert told("jinsekikogen", "SCH-05", "remaining-migration")[0] is NOT_APPLICABLE
    assert fails("jinsekikogen", "SCH-05") == set()


def test_jinsekikogen_sch_08_inside_a_longer_parent():
    """A plan of four years inside a parent of ten lies within it."""
    assert told("jinsekikogen", "SCH-08") == (
        PASS,
        Text("上位計画の期間をはみ出す日数: 0日", "days outside the parents' periods: 0 days"),
    )


def test_jinsekikogen_sec_04_new_staff_in_the_indicator():
    """職員 in the text and new staff in the indicator: whether all are trained is unknown."""
    assert told("jinsekikogen", "SEC-04") == (
        UNKNOWN,
        Text(
            "全職員が対象かどうか: 全職員が対象とは書かれていない",
            "covers all staff: it is not said that all staff are covered",
        ),
    )


def test_jinsekikogen_regional_dx_example_lists():
    """The nation's examples are no measures of the town; its own search for some is one."""
    measures = [m for m in town("jinsekikogen").plan.measures if "regional-dx" in m.areas]
    assert [(m.id, m.status) for m in measures] == [("regional-dx", "considered")]
    assert told("jinsekikogen", "DXP-14", "regional-dx")[0] is PASS


# ---- What the law changes ----

CHANGES = [
    # 第5.0版 lists the common platform: plans made or revised since must hold it, ...
    ("kaminokawa", "DXP-10", "common-platform", "not_applicable", "fail"),
    ("kaminokawa", "DXP-07", "plan", "unknown", "fail"),
    ("koge", "DXP-10", "common-platform", "not_applicable", "fail"),
    ("nakanojo", "DXP-10", "common-platform", "not_applicable", "pass"),
    ("jinsekikogen", "DXP-10", "common-platform", "not_applicable", "pass"),
    # ... older ones may take it up at the next revision.
    ("nishikawa", "DXP-10", "common-platform", "not_applicable", "not_applicable"),
    ("nishikawa", "DXP-15", "common-platform", "not_applicable", "unknown"),
    ("nishikawa", "DXP-03", "plan", "pass", "pass"),
    ("nishikawa", "DXP-04", "plan", "pass", "fail"),
    # Whether there is a newer edition is not known after known_until.
    ("kaminokawa", "DXP-04", "plan", "pass", "unknown"),
    # The plan that held in June 2025 was of 2023, before there was the list.
    ("koge", "DXP-13", "analog-regulation", "not_applicable", "not in force"),
    ("koge", "DXP-14", "analog-regulation", "not announced", "fail"),
    # 地方自治法 第244条の6 holds from 2026-04-01.
    ("nishikawa", "SEC-01", "cybersecurity-policy-of-mayor", "not in force", "unknown"),
    ("nishikawa", "SEC-02", "cybersecurity-policy-of-mayor", "not in force", "unknown"),
    ("nakanojo", "SEC-01", "cybersecurity-policy-of-mayor", "not in force", "pass"),
    ("nakanojo", "SEC-02", "cybersecurity-policy-of-mayor", "not in force", "unknown"),
    ("koge", "SEC-07", "security-audit", "not announced", "unknown"),
    ("koge", "SEC-08", "supply-chain", "not announced", "unknown"),
    ("koge", "SEC-10", "eight-fields-human", "not announced", "not in force"),
    ("nishikawa", "AIG-01", "ai-guideline", "not announced", "unknown"),
    # Deadlines pass: what was scheduled is not known to have been done.
    ("nishikawa", "STD-02", "family-register", "pass", "unknown"),
    ("jinsekikogen", "STD-02", "family-register", "pass", "pass"),
    ("kaminokawa", "EQR-01", "non-tax", "pass", "unknown"),
    ("nishikawa", "SCH-06", "migration", "pass", "unknown"),
    # Periods begin and run out.
    ("kaminokawa", "DXP-02", "plan", "fail", "pass"),
    ("koge", "DXP-05", "plan", "not_applicable", "fail"),
]


def standing(name, rule, key, day):
    """Return the outcome of a rule in a town on a day, or why there is none."""
    for finding in judged(name, day).findings:
        if finding.rule.id == rule and finding.key in (key, "-"):
            return finding.outcome.value
    listed = rule in {each.id for each in judged(name, day).not_in_force}
    return "not in force" if listed else "not announced"


@pytest.mark.parametrize(("name", "rule", "key", "in_june", "in_november"), CHANGES)
def test_the_law_and_time_change_verdicts(name, rule, key, in_june, in_november):
    """From 2025-06-30 to 2026-11-20 verdicts change as the law does, and as days pass."""
    assert standing(name, rule, key, JUNE) == in_june
    assert standing(name, rule, key, NOVEMBER) == in_november


# ---- Everything that is found ----


def lines():
    """Return a line for each failure and unknown of the towns."""
    return [
        " ".join((town(name).plan.municipality.code, *finding.subject, finding.outcome.value))
        for name in TOWNS
        for finding in sorted(judged(name).findings, key=lambda f: f.subject)
        if finding.outcome in (FAIL, UNKNOWN)
    ]


def test_golden():
    """Nothing more and nothing less is found than what was once looked at."""
    found = "".join(f"{line}\n" for line in lines())
    assert found == kept(GOLDEN, found)


@pytest.mark.parametrize("name", TOWNS)
def test_no_silence_is_an_accusation(name):
    """No rule about the town fails: the five plans say of nothing that it is not there."""
    accused = [f.subject for f in judged(name).of(FAIL) if f.rule.about == "town"]
    assert accused == []


@pytest.mark.parametrize("name", TOWNS)
def test_statutes_are_never_failed_by_a_plan_alone(name):
    """No town is told that it breaks a law: its plan does not show that."""
    strengths = Counter(finding.rule.strength for finding in judged(name).of(FAIL))
    assert not strengths["statute"] + strengths["cabinet"] + strengths["effort"]


@pytest.mark.parametrize("day", [JUNE, NOVEMBER, date(2027, 7, 1), date(2031, 4, 1)], ids=str)
@pytest.mark.parametrize("name", TOWNS)
def test_every_day_can_be_judged(name, day):
    """A plan can be judged on any day, with a finding of every rule that holds on it."""
    plan = judged(name, day)
    assert not plan.of(Outcome.ERROR)
    assert {f.rule.id for f in plan.findings} == {
        rule.id for rule in law().lawbook(day, plan.file.plan.municipality.prefecture).rules
    }
