"""A plan that serves as another plan, or may."""

from __future__ import annotations

from dxrules.derivation.context import Context
from dxrules.derivation.values import unknown

DATA_PLAN = "public-private-data-plan"

SERVES_PERHAPS = unknown(
    "計画は、兼ねるとまでは述べていない",
    "the plan does not go so far as to say that it serves as it",
)


def may_serve_as(context: Context, what: str) -> bool:
    """Tell whether the plan hints that it serves as something without saying so."""
    return what in context.plan.plan.serves_perhaps
