"""Forecasts of plans, and what they say."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

from dxrules.assessment.forecast import forecast
from dxrules.assessment.outcome_changes import outcomes_of
from tests.helpers.lawbooks import NOVEMBER, ROOT, law, town
from tests.helpers.small import PLAN, SMALL

DAY = timedelta(days=1)
MARCH = date(2026, 3, 30)
GOLDEN = Path(__file__).parent.parent / "golden_forecast"
SMALL_CALL = (PLAN, *SMALL, "--as-of", str(MARCH), "--until", "2027-12-31")
TOWN_CALL = (str(ROOT / "facts/34545-jinsekikogen.yaml"), "--as-of", str(NOVEMBER))

CASES = {
    "forecast.ja.txt": (*SMALL_CALL, "--lang", "ja"),
    "forecast.en.txt": (*SMALL_CALL, "--lang", "en"),
    "forecast.json": (*SMALL_CALL, "--format", "json"),
    "forecast.ja.ics": (*SMALL_CALL, "--lang", "ja", "--format", "ics"),
    "forecast.en.ics": (*SMALL_CALL, "--lang", "en", "--format", "ics"),
    "town.ja.txt": (*TOWN_CALL, "--lang", "ja"),
    "town.en.txt": (*TOWN_CALL, "--lang", "en"),
}


def look(file, own=None, start=NOVEMBER, until=None, **options):
    """Forecast by the law of this checkout, or one's own, with the interpreter."""
    options = {"engine": "interpreter"} | options
    return forecast(file, own or law(), start, until, **options)


@cache
def seen(name, start=NOVEMBER):
    """Return the forecast of a town."""
    return look(town(name), start=start)


def changes_of(found):
    """Return day, rule, key, both outcomes and cause of each change."""
    return [
        (str(each.day), change.rule.id, change.finding.key, *outcomes(change), change.cause)
        for each in found.days
        for change in each.changes
    ]


def outcomes(change):
    """Return the outcome before and after a change."""
    return tuple(each and each.outcome.value for each in (change.before, change.after))


def coming_of(found):
    """Return day, kind and key of all that falls due."""
    return [
        (str(each.day), coming.kind, coming.key) for each in found.days for coming in each.coming
    ]


def told(found, day):
    """Return the outcomes of a day, as the forecast tells them."""
    state = dict(outcomes_of(found.plan))
    for each in found.days:
        for change in each.changes if each.day <= day else ():
            key = (*change.finding.subject, change.finding.place)
            state.pop(key, None)
            if change.after is not None:
                state[key] = change.after.outcome
    return state
