"""The plan file: its models, its JSON Schema, its template."""

from dxrules.plan.models import Plan
from dxrules.plan.read import PlanFile, plan_of, read_plan

__all__ = ["Plan", "PlanFile", "plan_of", "read_plan"]
