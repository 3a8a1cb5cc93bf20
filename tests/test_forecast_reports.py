"""Reports on what is to come, and the command."""

from __future__ import annotations

import json
import sys
from datetime import date
from importlib import import_module

import icalendar
import pytest

from dxrules.assessment.dossier import Dossier
from dxrules.assessment.forecast import forecast
from dxrules.assessment.outcome_changes import grouped
from dxrules.cli import main
from dxrules.engine import available
from dxrules.errors import UsageError
from dxrules.report import ics, json_values
from dxrules.report.forecast_lines import lines
from dxrules.report.json_outlook import forecasts_of
from dxrules.report.json_values import in_utf8
from dxrules.texts import width
from tests.helpers.forecasts import (
    CASES,
    DAY,
    GOLDEN,
    MARCH,
    changes_of,
    coming_of,
    look,
    seen,
)
from tests.helpers.goldens import kept
from tests.helpers.lawbooks import NOVEMBER, TOWNS, law, town
from tests.helpers.printed import printed
from tests.helpers.small import DATA, PLAN, SMALL


@pytest.fixture
def _here(monkeypatch):
    """Run where the small data lie, as a version that does not change."""
    monkeypatch.chdir(DATA)
    for module in (json_values, ics):
        monkeypatch.setattr(module, "__version__", "0")


@pytest.mark.slow
@pytest.mark.skipif(not available(), reason="the files say that both engines judged")
@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize("name", CASES)
def test_golden(name, capsysbinary):
    """A report is what its file under tests/golden_forecast is, to the last byte."""
    assert main(["forecast", *CASES[name]]) == 0
    out, err = capsysbinary.readouterr()
    assert (err == b"") == ("--rulesets" in CASES[name])  # else it says which ones it takes
    assert out == kept(GOLDEN / name, out)


def test_no_stray_golden_file():
    """Every file under tests/golden_forecast belongs to a case."""
    assert {path.name for path in GOLDEN.iterdir()} == set(CASES)


@pytest.mark.parametrize("name", [name for name in CASES if name.endswith(".txt")])
def test_lines_fit(name):
    """No line is wider than 100 columns."""
    said = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in said if width(line) > 100] == []


def test_json_says_everything():
    """The JSON report has every change and all that falls due."""
    found = seen("jinsekikogen")
    said = json.loads(in_utf8(forecasts_of(found)))
    assert [
        (day["day"], c["rule"]["id"], c["subject"]["key"], *_verdicts(c), c["cause"])
        for day in said["days"]
        for c in day["changes"]
    ] == changes_of(found)
    assert [
        (day["day"], due["kind"], due["key"]) for day in said["days"] for due in day["due"]
    ] == coming_of(found)


def _verdicts(change):
    return tuple(side and side["outcome"] for side in (change["before"], change["after"]))


@pytest.mark.parametrize("name", TOWNS)
def test_the_calendar(name):
    """The calendar can be read, and has an event for each line, and one for the end."""
    found = seen(name)
    content = ics.render_calendar(found, "ja")
    assert {len(line) <= 75 for line in content.split(b"\r\n")} == {True}
    assert content.count(b"\n") == content.count(b"\r\n")
    calendar = icalendar.Calendar.from_ical(content)
    events = [
        (event.decoded("dtstart"), str(event["summary"])) for event in calendar.walk("VEVENT")
    ]
    expected = [(day.day, line) for day in found.days for line in lines(day, 50)]
    assert [day for day, _ in events] == [*(day for day, _ in expected), found.until]
    named = zip(events, expected, strict=False)
    assert all(line.what.ja in summary for (_, summary), (_, line) in named)


def uids(content):
    """Return the UIDs of a calendar."""
    return [str(event["uid"]) for event in icalendar.Calendar.from_ical(content).walk("VEVENT")]


def test_events_keep_their_names():
    """What is told of a later day has the same UID in both languages, and when told again."""
    early, late = seen("jinsekikogen"), seen("jinsekikogen", date(2027, 4, 10))
    first, second = (uids(ics.render_calendar(early, lang)) for lang in ("ja", "en"))
    assert first == second
    assert len(set(first)) == len(first)
    assert uids(ics.render_calendar(late, "ja")) == first[1:]


def test_the_last_day_of_all():
    """A calendar may end on the last day that there is."""
    found = look(town("nishikawa"), start=date.max - DAY, until=date.max)
    assert b"DTSTART;VALUE=DATE:99991231\r\n" in ics.render_calendar(found, "en")


def test_no_calendar_without_its_library(monkeypatch):
    """Where the library is not installed, the message says how to get it."""
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(UsageError, match=r"^A calendar needs icalendar: pip install 'dxrules"):
        ics.render_calendar(seen("koge"), "en")


def test_groups_of_changes():
    """What one rule says in one way is put together, and each reason is named once."""
    found = look(town("koge"), start=NOVEMBER, until=date(2027, 4, 1))
    (group,) = [g for g in grouped(found.days[-1].changes) if g.first.rule.id == "SCH-06"]
    assert (len(group.changes), len(group.whys)) == (3, 1)


@pytest.mark.parametrize(
    ("until", "message"),
    [
        ("2026-03-29", "The last day, 2026-03-29, comes before the first, 2026-03-30."),
        (
            "2027-03",
            (
                '--until: "2027-03" is not one full day (2027-03-01 to 2027-03-31). '
                "Write one day, such as 2027-03-01 or 2027-03-31."
            ),
        ),
    ],
)
@pytest.mark.usefixtures("_here")
def test_wrong_days(until, message, capsys):
    """A last day that comes first, or is none, ends the call with 2."""
    call = ["forecast", PLAN, *SMALL, "--as-of", str(MARCH), "--lang", "en", "--until", until]
    assert main(call) == 2
    assert capsys.readouterr() == ("", f"dxrules: {message}\n")


@pytest.mark.usefixtures("_here")
def test_today(capsys):
    """What falls due on the first day is due today."""
    call = ["forecast", PLAN, *SMALL, "--as-of", "2026-03-31", "--until", "2026-03-31"]
    assert main([*call, "--lang", "en"]) == 0
    assert "2026-03-31  today  deadline: TST-02" in capsys.readouterr().out


@pytest.mark.usefixtures("_here")
def test_nothing_to_tell(capsys):
    """Where nothing falls due and nothing changes, that is said, and by which engine."""
    call = ["forecast", PLAN, *SMALL, "--as-of", "2027-05-01", "--until", "2027-05-02"]
    assert main([*call, "--lang", "en", "--engine", "interpreter"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "! One engine only (--engine interpreter)"
    assert out[-1] == "Nothing falls due, and no verdict changes"


def test_the_module_is_the_function():
    """The package's face has the function, under the name of its module."""
    assert import_module("dxrules").forecast is forecast


@pytest.mark.parametrize("most", [1, 2_500])
def test_more_days_than_are_judged(most, monkeypatch):
    """A forecast that would judge too much names the day up to which it can look; a report does."""
    module = import_module("dxrules.assessment.forecast")
    whole = seen("nakanojo")
    monkeypatch.setattr(module, "FORECAST_VERDICTS", most)
    with pytest.raises(UsageError, match="too many days on which verdicts may change") as caught:
        look(town("nakanojo"))
    reach = caught.value.reach
    assert NOVEMBER <= reach < whole.until
    judged = Dossier(whole.first, law())
    (plan,) = judged.assessment.plans
    assert (judged.forecast(plan).until, judged.forecast(plan).horizon) == (reach, "cut")
    within = [each for each in changes_of(whole) if each[0] <= str(reach)]
    assert changes_of(judged.forecast(plan)) == within
    assert "(no further, " in "".join(lines_of(judged.forecast(plan)))


def lines_of(found):
    """Return a forecast as people read it, in English."""
    from dxrules.report.forecast import text
    from dxrules.report.terminal import Style

    return printed(text, found, Style("en"))
