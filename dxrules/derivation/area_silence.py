"""What it means that a plan says nothing of an area: it may stand in the section of its own."""

from __future__ import annotations

from dxrules.derivation.collection import EL_QR
from dxrules.derivation.context import Context
from dxrules.derivation.finished import has_provisions
from dxrules.derivation.system import STANDARDIZATION
from dxrules.derivation.values import Absent
from dxrules.plan.value_types import DocumentPart

_OWN_SECTIONS = {EL_QR: "collection", STANDARDIZATION: "standardization"}


def no_measure(context: Context, area: str) -> Absent:
    """Tell what it means that no measure of an area is stated."""
    return _missing_of_area(context, area, "measures", "areas")


def no_date(context: Context, area: str) -> Absent:
    """Tell what it means that no date is stated; it may be that of a provision, too."""
    missing = _missing_of_area(context, area, "schedule", "measures")
    unread = missing.silent and has_provisions(context, area)
    return context.missing("provisions") if unread else missing


def _missing_of_area(context: Context, area: str, *parts: DocumentPart) -> Absent:
    """Tell what it means that neither the measures nor the section of its own says more."""
    absent, own = context.missing("measures", *parts, areas=(area,)), _OWN_SECTIONS.get(area)
    return context.missing(own, *parts, areas=(area,)) if own and absent.silent else absent
