"""The day that is judged."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dxrules.cli import common
from dxrules.cli.common import today_in_japan
from tests.helpers.calls import ON
from tests.helpers.engines import installed
from tests.helpers.small import PLAN, SMALL

pytestmark = pytest.mark.usefixtures("_copy")


@pytest.mark.parametrize(
    "day", ["令和8年11月20日", "R8.11.20", "2026/11/20", "２０２６年１１月２０日"]
)
def test_forms_of_the_day(run, day):
    """The day judged may be written in any form that plans use."""
    assert run("check", PLAN, *SMALL, "--as-of", day) == run("check", PLAN, *ON)


@pytest.mark.parametrize(
    ("lang", "message"),
    [
        (
            "ja",
            (
                "dxrules: --as-of: 「令和8年11月」は特定の一日ではありません"
                "(2026-11-01～2026-11-30)。2026-11-01か2026-11-30のように一日を書いてください。\n"
            ),
        ),
        (
            "en",
            (
                'dxrules: --as-of: "令和8年11月" is not one full day (2026-11-01 to 2026-11-30). '
                "Write one day, such as 2026-11-01 or 2026-11-30.\n"
            ),
        ),
    ],
)
def test_month_is_no_day(run, lang, message):
    """A month is refused with its first and its last day."""
    call = ("check", PLAN, *SMALL, "--as-of", "令和8年11月", "--lang", lang)
    assert run(*call) == (2, "", message)


@pytest.mark.parametrize("day", ["9999-12-31", "2200-01-01", "令和999年1月1日"])
def test_day_too_far_ahead(run, day):
    """A slip of the year is refused: days that are counted on from it are in no calendar."""
    code, out, err = run("check", PLAN, *SMALL, "--as-of", day, "--lang", "en")
    assert (code, out) == (2, "")
    assert err == (
        f'dxrules: --as-of: "{day}" is too far ahead (the last day is 2199-12-31). '
        "Check the year.\n"
    )


@installed
def test_day_before_recorded(run):
    """A day before the one that the facts speak for is judged, and named."""
    _, out, _ = run("check", PLAN, *SMALL, "--as-of", "2026-02-28")
    assert out.splitlines()[1:3] == [
        (
            "  as of 2026-02-28  plan as of 2026-03-01 to 2026-03-31 (令和8年3月)"
            "  9 rules, law of 2026-09-30"
        ),
        "  ! The day judged is before the day that the facts speak for",
    ]


class Clock(datetime):
    """A clock that stands still, half an hour after midnight in Japan."""

    @classmethod
    def now(cls, tz=None):
        """Return that moment."""
        return cls(2026, 3, 31, 15, 30, tzinfo=UTC).astimezone(tz)


@pytest.mark.parametrize(
    "moment", [datetime(2200, 1, 1, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]
)
def test_clock_that_is_wrong(run, monkeypatch, moment):
    """A day that --as-of would refuse is not taken from the clock, either."""

    class Wrong(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    monkeypatch.setattr(common, "datetime", Wrong)
    code, out, err = run("check", PLAN, *SMALL)
    assert (code, out) == (2, "")
    assert err == "dxrules: The clock of this machine is wrong. Set its date.\n"


def test_today_in_japan(run, monkeypatch):
    """Without a day it is today in Japan, wherever the machine stands."""
    monkeypatch.setattr(common, "datetime", Clock)
    assert today_in_japan() == date(2026, 4, 1)
    for command in (("check", PLAN), ("gaps", PLAN), ("explain", "TST-02", PLAN)):
        assert "  as of 2026-04-01  " in run(*command, *SMALL)[1]
