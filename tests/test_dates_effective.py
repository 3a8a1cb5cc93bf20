"""Values that hold from a day on."""

from __future__ import annotations

from datetime import date

import pytest

from dxrules.dates import (
    DatedValues,
    ValueSince,
)

FEES = DatedValues(
    (
        ValueSince(date(2020, 4, 1), "a"),
        ValueSince(date(2021, 4, 1), "b", until=date(2022, 3, 31)),
        ValueSince(date(2023, 4, 1), "c"),
    )
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2020, 3, 31), None),
        (date(2020, 4, 1), "a"),
        (date(2021, 3, 31), "a"),
        (date(2021, 4, 1), "b"),
        (date(2022, 3, 31), "b"),
        (date(2022, 4, 1), None),
        (date(2023, 3, 31), None),
        (date(9999, 12, 31), "c"),
    ],
)
def test_value_of_a_day(day, expected):
    """The value of a day is that of the entry that holds on it, and None in a gap."""
    assert FEES.on(day) == expected


def test_no_entries_hold_never():
    """Without entries there is no value."""
    assert DatedValues(()).on(date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        (
            (ValueSince(date(2021, 4, 1), 1), ValueSince(date(2021, 4, 1), 2)),
            "2021-04-01 must come after 2021-04-01",
        ),
        (
            (ValueSince(date(2021, 4, 1), 1, date(2022, 3, 31)), ValueSince(date(2022, 3, 31), 2)),
            "the entries of 2021-04-01 and 2022-03-31 overlap: the former holds until 2022-03-31",
        ),
    ],
)
def test_entries_neither_overlap_nor_go_back(entries, message):
    """Entries out of order, or such that two would hold on one day, are refused."""
    with pytest.raises(ValueError, match=f"^{message}$"):
        DatedValues(entries)


def test_entry_cannot_run_backwards():
    """An entry that ends before it starts is refused."""
    with pytest.raises(ValueError, match="2021-04-01 ends before it starts, on 2021-03-31"):
        ValueSince(date(2021, 4, 1), 1, date(2021, 3, 31))
