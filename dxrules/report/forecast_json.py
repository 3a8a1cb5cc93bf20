"""A forecast as JSON: each day with what falls due and what changes, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.report.json_report import about_lawbook, about_plan, selection_json
from dxrules.report.json_values import Json, date, dump, rule_json, text, tool
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
    return as_json(reported, "dxrules/forecast-of-plans/1", render_forecast)


def render_forecast(forecast: Forecast) -> str:
    """Return the forecast as JSON text."""
    return dump(
        {
            "format": "dxrules/forecast/1",
            "as_of": forecast.start.isoformat(),
            "until": forecast.until.isoformat(),
            "horizon": forecast.horizon,
            "trusted": forecast.trusted,
            "tool": tool(),
            "engines": list(forecast.first.engines),
            **selection_json(forecast.plan),
            "plan": about_plan(forecast.plan),
            "lawbook": about_lawbook(forecast.plan.lawbook),
            "days": [_day(day, forecast) for day in forecast.days],
        }
    )


def _day(day: ForecastDay, forecast: Forecast) -> Json:
    return {
        "day": day.day.isoformat(),
        "days_left": (day.day - forecast.start).days,
        "due": [_coming(coming) for coming in day.coming],
        "changes": [_change(change) for change in day.changes],
    }


def _coming(coming: Coming) -> Json:
    return {
        "kind": coming.kind,
        "key": coming.key,
        "label": text(coming.label),
        "when": date(coming.when),
        "rule": None if coming.rule is None else rule_json(coming.rule),
        "outcome": None if coming.outcome is None else coming.outcome.value,
    }


def _change(change: OutcomeChange) -> Json:
    found = change.finding
    return {
        "rule": rule_json(change.rule),
        "subject": {
            "kind": found.kind,
            "key": found.key,
            "label": text(found.label),
            "area": found.area,
        },
        "before": _verdict(change.before),
        "after": _verdict(change.after),
        "cause": change.cause,
        "why": text(change.why),
    }


def _verdict(finding: Finding | None) -> Json | None:
    if finding is None:
        return None
    return {
        "outcome": finding.outcome.value,
        "severity": finding.severity,
        "message": text(finding.message),
    }
