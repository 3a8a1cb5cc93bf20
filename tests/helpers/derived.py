"""Attributes of the plan as a document."""

from __future__ import annotations

from tests.helpers.plans import DAY, plan_file, values

NEW = "established: 2026-03-31"


def of_plan(about, *names, sections="", day=DAY):
    """Return attributes of the plan that says this of itself."""
    return values(plan_file(sections, about), "plan", "plan", *names, day=day)
