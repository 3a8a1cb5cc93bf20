"""Facts of the electronic collection of charges."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.derivation import SILENT, UNKNOWN, Code, Proof, unknown
from dxrules.derivation.there_by_then import TOLD_AFTER
from dxrules.errors import Place
from tests.helpers.plans import DAY, NAME, days, facts, plan_file, value, values
from tests.helpers.unknowns import LATER, NO_RESULT


def of_charges(charges, key, *names, day=DAY):
    """Return attributes of a charge, or of all, where the plan says this of charges."""
    return values(
        plan_file(f"collection: {{charges: {{{charges}}}}}"), "collection", key, *names, day=day
    )


NEVER_SEEN = unknown(
    "記載の時点より後の完了日が過ぎたが、結果は確かめられていない",
    "the completion was dated after the facts were recorded; whether it came is not known",
)
SINCE = unknown(
    "開始の予定日を過ぎたが、始めたかどうかが書かれていない",
    "the day planned for the start has passed; whether it started is not stated",
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
        ("start: 令和8年9月", DAY, Code("planned"), False, days("令和8年9月")),
        ("start: 令和7年9月", DAY, PASSED, PASSED, NO_RESULT),
        ("start: 令和7年9月から, status: planned", DAY, Code("planned"), False, LATER),
        ("considered: yes", DAY, SILENT, SILENT, SILENT),
        ("status: considered, start: 令和8年9月", DAY, Code("considered"), False, LATER),
        ("status: started, start: 令和8年9月", DAY, Code("planned"), False, days("令和8年9月")),
        (
            "status: started, start: 概ね令和8年9月",
            DAY,
            Code("planned"),
            False,
            days("概ね令和8年9月").about(366),
        ),
        ("status: started, start: 令和8年9月", date(2026, 10, 1), PASSED, PASSED, NEVER_SEEN),
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
        ("water: {start: 令和8年9月}", True),
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
        ("water: {status: none}", SILENT, UNKNOWN, UNKNOWN),
        ("unspecified: {status: none}", Code("none"), False, LATER),
        ("water: {status: none}, sewerage: {start: 令和7年9月}", PASSED, UNKNOWN, SINCE),
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
            "unspecified: {status: planned}, water: {status: planned, start: 令和8年4月}",
            Code("planned"),
            PASSED,
            LATER,
        ),
        (
            "unspecified: {status: preparing, start: 令和8年9月}, water: {start: 令和9年度}",
            Code("preparing"),
            False,
            days("令和8年9月"),
        ),
        (
            "road-occupancy: {start: 概ね令和8年10月}, water: {start: 令和9年度}",
            Code("planned"),
            UNKNOWN,
            days("2027-11-01まで"),
        ),
    ],
)
def test_any_charge_but_local_tax(charges, status, started, done_on):
    """Any charge will do, not local tax; those not mentioned may have started at any time."""
    names = ("status", "started", "done_on")
    assert of_charges(charges, "non-tax", *names) == (status, started, done_on)


@pytest.mark.parametrize(("announced", "found"), [("yes", TOLD_AFTER), ("no", False)])
def test_an_announcement_told_after_the_day_judged(announced, found):
    """What is announced by March may not have been in January; what is not was not then either."""
    said = f"water: {{status: started, start: 令和7年9月, announced: {announced}}}"
    assert of_charges(said, "water", "announced", day=date(2026, 1, 10)) == (found,)


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


ORDINARY = "ordinary-accounts"


@pytest.mark.parametrize(
    ("charges", "expected"),
    [
        ("water: {status: considered}", True),
        ("road-occupancy: {status: considered}", SILENT),
        ("long-term-care-premium: {status: started}", SILENT),
        ("local-tax: {considered: yes}", SILENT),
        ("water: {considered: no}", UNKNOWN),
        ("unspecified: {considered: yes}", True),
        ("unspecified: {considered: no}", False),
        ("unspecified: {considered: no}, water: {considered: yes}", True),
        (", ".join(f"{c}: {{considered: no}}" for c in ("water", "sewerage", ORDINARY)), False),
    ],
)
def test_further_charges(charges, expected):
    """Extending is considered where a charge of tier ウ is, or charges at large are.

    It is not where that is said of all of them.
    """
    assert of_charges(charges, "further", "considered") == (expected,)


def test_local_tax_is_shown_with_the_others():
    """What is said of local tax is among the proofs: it shows why it is not enough."""
    file = plan_file("collection: {charges: {local-tax: {status: started}}}")
    assert facts(file)["collection", "non-tax"].proofs["status"] == (Proof(Place(NAME, 6, 44)),)
