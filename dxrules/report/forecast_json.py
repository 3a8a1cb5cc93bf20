"""A forecast as JSON: each day with what falls due and what changes, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.report.json_report import about_lawbook, about_plan, selection_json
from dxrules.report.json_values import Json, date, rule_json, taken, tool
from dxrules.report.several import as_json

if TYPE_CHECKING:
    from dxrules.assessment import Finding
    from dxrules.assessment.due_days import Coming
    from dxrules.assessment.forecast import Forecast, ForecastDay
    from dxrules.assessment.outcome_changes import OutcomeChange
    from dxrules.report.several import Several
    from dxrules.report.writers import How


def write_json(reported: Forecast | Several[Forecast], how: How) -> bytes:  # noqa: ARG001  (both languages)
    """Return forecasts as JSON."""
    return as_json(reported, "dxrules/forecast-of-plans/1", forecast_json)


def forecast_json(forecast: Forecast) -> Json:
    """Return a forecast."""
    return {
        "format": "dxrules/forecast/1",
        "as_of": forecast.start,
        "until": forecast.until,
        "horizon": forecast.horizon,
        "trusted": forecast.trusted,
        "tool": tool(),
        "engines": forecast.first.engines,
        **selection_json(forecast.plan),
        "plan": about_plan(forecast.plan),
        "lawbook": about_lawbook(forecast.plan.lawbook),
        "days": [_day(day, forecast) for day in forecast.days],
    }


def _day(day: ForecastDay, forecast: Forecast) -> Json:
    return {
        "day": day.day,
        "days_left": (day.day - forecast.start).days,
        "due": [_coming(coming) for coming in day.coming],
        "changes": [_change(change) for change in day.changes],
    }


def _coming(coming: Coming) -> Json:
    return {
        **taken(coming, "kind", "key", "label"),
        "when": date(coming.when),
        "rule": None if coming.rule is None else rule_json(coming.rule),
        "outcome": coming.outcome,
    }


def _change(change: OutcomeChange) -> Json:
    return {
        "rule": rule_json(change.rule),
        "subject": taken(change.finding, "kind", "key", "label", "area"),
        "before": _verdict(change.before),
        "after": _verdict(change.after),
        "cause": change.cause,
        "why": change.why,
    }


def _verdict(finding: Finding | None) -> Json | None:
    return None if finding is None else taken(finding, "outcome", "severity", "message")
