"""What `rules impact` says, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.keeper.impact_bounds import bounds_of
from dxrules.report.diff_json import change_json, sides
from dxrules.report.impact_bounds import bounds_json
from dxrules.report.json_values import Json, finding_json, in_utf8, tool

if TYPE_CHECKING:
    from dxrules.assessment import Finding
    from dxrules.keeper.impact import Impact, Shift, TownImpact
    from dxrules.plan import PlanFile
    from dxrules.report.writers import How


def write_json(impact: Impact, how: How) -> bytes:  # noqa: ARG001  (both languages)
    """Return what a change does to plans as JSON."""
    found = bounds_of(impact)
    return in_utf8(
        {
            "format": "dxrules/rules-impact/1",
            "tool": tool(),
            **sides(impact.diff),
            **({"doubts": impact.doubts} if impact.doubts else {}),
            "days": impact.days,
            "engines": impact.engines,
            **({} if found is None else {"bounds": bounds_json(found)}),
            "plans": [_town(town) for town in impact.towns],
        }
    )


def _town(town: TownImpact) -> Json:
    municipality = town.file.plan.municipality
    return {
        "municipality": {"code": municipality.code, "name": municipality.name.text},
        "before": _file(town.before),
        "after": _file(town.after),
        **({} if town.unread is None else {"unread": town.unread}),
        "counts": dict(town.counts),
        "shifts": [shift_json(shift) for shift in town.shifts],
    }


def _file(file: PlanFile | None) -> str | None:
    return None if file is None else file.name


def shift_json(shift: Shift) -> Json:
    """Return a verdict that changes."""
    return {
        "effect": shift.effect,
        "causes": shift.causes,
        "before": _finding(shift.before),
        "after": _finding(shift.after),
        "changes": [change_json(change) for change in shift.changes],
    }


def _finding(finding: Finding | None) -> Json | None:
    return None if finding is None else finding_json(finding)
