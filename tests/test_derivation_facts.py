"""Facts as they are derived: their days, their evidence, and how values read."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.dates import ANY, Range
from dxrules.derivation import (
    SILENT,
    UNKNOWN,
    VOCABULARY,
    Absent,
    Attribute,
    Code,
    Proof,
    date_of,
    derive,
    describe,
    is_known,
    unknown,
)
from dxrules.derivation.aggregates import earliest, names, newest
from dxrules.derivation.measure import MeasureSubject
from dxrules.derivation.subject import Subject
from dxrules.errors import Place
from dxrules.texts import Text, same
from tests.helpers.plans import DAY, NAME, context, days, facts, plan_file, reference, value

NO_RESULT = unknown("期限が来たが、結果が書かれていない", "it fell due, and no result is stated")
UNCONFIRMED = unknown(
    "記載の時点より後の完了日が過ぎたが、結果は確かめられていない",
    "the completion was dated after the facts were recorded; whether it came is not known",
)
LATER = Range(date(2026, 4, 1).toordinal(), None)
"""After the day recorded, 31 March 2026."""


@pytest.mark.parametrize(
    ("said", "day", "expected"),
    [
        ("status: done", DAY, days("2026-03-31まで")),
        ("status: done, completed: 令和7年9月", DAY, days("令和7年9月")),
        ("completed: 令和7年9月", DAY, days("令和7年9月")),
        ("status: done, completed: 令和7年度～令和8年度", DAY, days("2025-04-01～2026-03-31")),
        ("status: done, completed: 令和9年度", DAY, days("令和9年度")),
        ("status: done, completed: 令和8年9月", date(2026, 9, 30), days("令和8年9月")),
        ("status: done, completed: 令和8年9月", date(2026, 10, 1), UNCONFIRMED),
        ("status: done, completed: 令和8年9月から", date(2030, 1, 1), days("令和8年9月から")),
        ("status: done, due: 令和9年度", DAY, days("2026-03-31まで")),
        ("status: not-done", DAY, LATER),
        ("status: not-done, due: 令和8年9月", DAY, days("令和8年9月")),
        ("status: not-done, due: 令和8年9月", date(2026, 9, 30), days("令和8年9月")),
        ("status: not-done, due: 令和8年9月", date(2026, 10, 1), LATER),
        ("status: not-done, due: 令和7年9月", DAY, LATER),
        ("status: not-done, due: 未定", DAY, LATER),
        ("status: planned", DAY, UNKNOWN),
        ("status: planned, due: 未定", DAY, UNKNOWN),
        ("status: planned, due: 令和8年9月", DAY, days("令和8年9月")),
        ("status: planned, due: 令和8年9月", date(2026, 9, 30), days("令和8年9月")),
        ("status: planned, due: 令和8年9月", date(2026, 10, 1), LATER),
        ("status: planned, due: 令和8年9月", date(2025, 1, 1), days("令和8年9月")),
        ("status: planned, due: 令和7年度～令和8年度", DAY, days("2026-04-01～2027-03-31")),
        ("status: planned, due: 令和8年度末まで", DAY, days("2026-04-01～2027-03-31")),
        ("status: planned, due: 令和8年度から", DAY, LATER),
        ("status: planned, due: 概ね令和8年9月", DAY, days("2026-04-01～2026-09-30")),
        ("status: planned, due: 令和7年度", DAY, NO_RESULT),
        ("status: planned, due: 令和7年9月", DAY, NO_RESULT),
        ("due: 令和7年9月", DAY, NO_RESULT),
    ],
)
def test_day_on_which_something_is_done(said, day, expected):
    """What is done was done, what is not done comes later, and an intention is open once past."""
    file = plan_file(f"measures: [{{id: a, title: 窓口, {said}}}]")
    assert value(file, "measure", "a", "done_on", day) == expected


@pytest.mark.parametrize(
    ("recorded", "said", "expected"),
    [
        ("令和8年3月", "status: done", days("2026-03-31まで")),
        ("令和8年3月", "status: not-done", days("2026-03-02から")),
        ("令和8年3月", "status: planned, due: 令和8年3月", NO_RESULT),
        ("令和8年3月", "status: planned, due: 令和7年度", NO_RESULT),
        ("令和8年3月", "status: planned, due: 令和8年度", days("令和8年度")),
        ("令和8年度", "status: planned, due: 令和8年9月", NO_RESULT),
        ("令和8年度", "status: planned, due: 令和9年9月", days("令和9年9月")),
        ("令和8年3月から", "status: done", UNKNOWN),
        ("令和8年3月から", "status: planned, due: 令和8年9月", days("令和8年9月")),
        ("令和8年3月まで", "status: not-done", UNKNOWN),
        ("令和8年3月まで", "status: not-done, due: 令和8年9月", days("令和8年9月")),
    ],
)
def test_day_recorded_may_be_known_in_part(recorded, said, expected):
    """Where the day recorded is a month, what is later begins after that month's first day."""
    file = plan_file(f"measures: [{{id: a, title: 窓口, {said}}}]", recorded=recorded)
    assert value(file, "measure", "a", "done_on") == expected


def test_facts_come_in_order():
    """There is a fact for each subject, kind by kind in the order of the vocabulary."""
    file = plan_file("""
        standardization:
          scope: list
          systems: {family-register: {}}
          excluded: [{task: child-allowance}]
        measures:
          - {id: b, title: 二, requires: [{id: a}, {id: x, kind: informs}]}
          - {id: a, title: 一}
        indicators: [{id: i, title: 割合}]
    """)
    lists = reference()
    assert list(facts(file)) == [
        ("plan", "plan"),
        *(("provision", key) for key in lists.provisions),
        ("standardization", "standardization"),
        ("system", "child-allowance"),
        ("system", "family-register"),
        *(("collection", key) for key in lists.charges),
        ("collection", "non-tax"),
        ("collection", "further"),
        *(("area", key) for key in lists.areas),
        ("measure", "b"),
        ("measure", "a"),
        ("indicator", "i"),
        ("dependency", "declared:a>b"),
        ("dependency", "declared:x>b"),
        *(
            ("dependency", f"{entry.origin}:{entry.before}>{entry.after}")
            for entry in lists.prerequisites.values()
        ),
        *(
            ("citation", key)
            for key, document in lists.documents.items()
            if document.prefecture in (None, "34")
        ),
        *(("passage", key) for key in lists.problems),
    ]


def test_only_what_is_wanted_is_derived():
    """Kinds that nobody asks for give no fact, and of the others there is what was asked for."""
    file = plan_file("measures: [{id: a, title: 窓口, status: done}]")
    (fact,) = derive(file, reference(), DAY, {"measure": frozenset({"status", "owner"})})
    assert dict(fact.values) == {"owner": SILENT, "status": Code("done")}
    assert (fact.kind, fact.key, fact.label) == ("measure", "a", same("窓口"))


def test_broken_attribute_leaves_the_others(monkeypatch):
    """An attribute that cannot be derived is unknown and named; the rest of the fact stands."""

    def _fail(_):
        raise ZeroDivisionError("no such luck")

    monkeypatch.setattr(MeasureSubject, "overdue", _fail)
    file = plan_file("measures: [{id: a, title: 窓口, status: done}]")
    fact = facts(file)["measure", "a"]
    assert dict(fact.broken) == {"overdue": "ZeroDivisionError: no such luck"}
    assert fact.values["overdue"] == UNKNOWN
    assert fact.values["status"] == Code("done")


def test_range_that_knows_nothing_is_unknown(monkeypatch):
    """A value without any end is no value."""
    monkeypatch.setattr(MeasureSubject, "due", lambda _: ANY)
    file = plan_file("measures: [{id: a, title: 窓口}]")
    assert value(file, "measure", "a", "due") == UNKNOWN


def test_silent_subject_has_no_sources(monkeypatch):
    """A subject that names no mapping has no proofs."""
    monkeypatch.setattr(MeasureSubject, "sources", Subject.sources)
    fact = facts(plan_file("measures: [{id: a, title: 窓口, due: 令和8年度}]"))["measure", "a"]
    assert fact.proofs["due"] == ()


def test_proofs_name_the_evidence_of_an_attribute():
    """A value is proved by the evidence for the keys it is drawn from, or for the whole mapping."""
    file = plan_file("""
        measures:
          - id: a
            title: 窓口
            status: ongoing
            due: 令和8年度
            evidence:
              - {of: [due], section: 第3章, page: 4, text: 令和8年度に}
              - {text: 進めている, from: town}
    """)
    fact = facts(file)["measure", "a"]
    assert fact.place == Place(NAME, 7, 5)
    whole = Proof(Place(NAME, 13, 9), text="進めている", origin="town")
    assert fact.proofs["due"] == (Proof(Place(NAME, 12, 9), "第3章", 4, "令和8年度に"), whole)
    assert fact.proofs["status"] == (whole,)


def test_key_proves_itself_where_there_is_no_evidence():
    """Without evidence a value is proved by the place of the keys that are there."""
    file = plan_file("measures: [{id: a, title: 窓口, status: done, requires: []}]")
    fact = facts(file)["measure", "a"]
    assert fact.proofs["done_on"] == (Proof(Place(NAME, 6, 39)),)
    assert fact.proofs["due"] == ()


def test_every_attribute_has_its_proofs():
    """The proofs are told of each attribute that was derived, in order, and of no other."""
    fact = facts(plan_file("measures: [{id: a, title: 窓口}]"))["measure", "a"]
    assert list(fact.proofs) == list(fact.values)
    assert len(fact.proofs) == len(fact.values)
    assert "windows" not in fact.proofs


def test_sum_is_proved_by_its_section():
    """A sum over measures or indicators points to the section, where that was read."""
    file = plan_file("measures: []")
    fact = facts(file)["plan", "plan"]
    assert fact.proofs["measure_count"] == (Proof(Place(NAME, 6, 11)),)
    assert fact.proofs["indicator_count"] == ()


COUNT = Attribute("count", "number", Text("数", "count"))
DAYS = VOCABULARY["measure"].attributes["overdue_days"]
STATUS = VOCABULARY["measure"].attributes["status"]
DUE = VOCABULARY["measure"].attributes["due"]


@pytest.mark.parametrize(
    ("attribute", "shown", "expected"),
    [
        (COUNT, SILENT, Text("記載なし", "not stated")),
        (COUNT, UNKNOWN, Text("要確認", "undetermined")),
        (COUNT, unknown("理由", "reason"), Text("理由", "reason")),
        (COUNT, ANY, Text("要確認", "undetermined")),
        (COUNT, Range.point(0), Text("0", "0")),
        (COUNT, Range(None, 3), Text("3以下", "at most 3")),
        (DAYS, Range.point(5), Text("5日", "5 days")),
        (DAYS, Range(1, 5), Text("1～5日", "1 to 5 days")),
        (DAYS, Range(1, None), Text("1日以上", "at least 1 days")),
        (DAYS, Range(None, 5), Text("5日以下", "at most 5 days")),
        (DAYS, Range(1, 5, approximate=True), Text("概ね1～5日", "about 1 to 5 days")),
        (DAYS, ANY, Text("要確認", "undetermined")),
        (DUE, days("2026-09-30"), Text("2026-09-30", "2026-09-30")),
        (DUE, days("令和8年9月"), Text("2026-09-01～2026-09-30", "2026-09-01 to 2026-09-30")),
        (DUE, days("概ね令和8年度末まで"), Text("概ね2027-03-31以前", "about up to 2027-03-31")),
        (DUE, days("令和9年度から"), Text("2027-04-01以降", "from 2027-04-01")),
        (STATUS, Code("not-done"), Text("未了と明記", "stated as not done")),
        (STATUS, Code("?"), Text("?", "?")),
        (STATUS, True, Text("はい", "yes")),
        (STATUS, False, Text("いいえ", "no")),
        (STATUS, Text("窓口", "desk"), Text("窓口", "desk")),
    ],
)
def test_description(attribute, shown, expected):
    """A value reads in both languages, with its unit, its open ends and 概ね."""
    assert describe(attribute, shown) == expected


def test_date_of_a_range_has_the_same_range():
    """A range of ordinals and the date that it stands for are the same days."""
    for text in ("令和8年9月", "概ね令和8年度末まで", "令和9年度から"):
        assert date_of(days(text)).range == days(text)


def test_absence_is_known_only_if_silent():
    """Silence is known not to state a value; what is undetermined may state one."""
    assert [is_known(each) for each in (SILENT, UNKNOWN, False, Absent(silent=False))] == [
        False,
        None,
        True,
        None,
    ]


def test_newest_of_several_dates():
    """The newest date is that with the last day, wherever it stands; of none there is none."""
    dates = [days(text) for text in ("令和8年2月", "令和7年9月", "令和8年3月から")]
    assert newest(map(date_of, dates)) == date_of(dates[0])
    assert newest([]) is None


def test_earliest_of_several_numbers():
    """The least of several numbers may be any of those whose upper end does not exceed another."""
    assert earliest([Range(1, 5), Range(3, 4)]) == Range(1, 4)
    assert earliest([Range(None, 5), Range(3, None)]) == Range(None, 5)
    assert earliest([Range(1, None), Range(3, None, approximate=True)]) == Range(
        1, None, approximate=True
    )


def test_names():
    """Names are listed in both languages; of none the document is silent."""
    assert names(["窓口", "AI"]) == Text("窓口、AI", "窓口, AI")
    assert names([]) == SILENT


def test_context_finds_measures_by_id():
    """Measures are found by id; the ids are in the order of the plan."""
    file = plan_file("measures: [{id: b, title: 二}, {id: a, title: 一}]")
    assert [(i, m.title) for i, m in context(file).by_id.items()] == [("b", "二"), ("a", "一")]
