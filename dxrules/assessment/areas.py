"""Which area a subject, or a rule, belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dxrules.plan import PlanFile
    from dxrules.reference import Reference
    from dxrules.rules import Rule

_BY_MEASURE = frozenset({"measure", "indicator", "dependency"})


def fixed_areas(reference: Reference) -> dict[tuple[str, str], str]:
    """Return the area of each subject, by kind and key, that has one whatever a plan says."""
    areas = {("standardization", "standardization"): "standardization"}
    areas |= {("area", key): key for key in reference.areas}
    areas |= {("provision", key): p.area for key, p in reference.provisions.items() if p.area}
    areas |= {("system", task): "standardization" for task in reference.tasks}
    charges = (*reference.charges, "non-tax", "further")
    areas |= {("collection", key): "el-qr" for key in charges}
    areas |= {
        ("dependency", f"{p.origin}:{p.before}>{p.after}"): p.after
        for p in reference.prerequisites.values()
    }
    return areas


def areas_of(file: PlanFile, reference: Reference) -> dict[tuple[str, str], str]:
    """Return the area that each subject of a plan belongs to, where it belongs to one."""
    areas = fixed_areas(reference)
    for measure in file.plan.measures or ():
        for area in measure.areas[:1]:
            areas["measure", measure.id] = area
            for required in measure.requires:
                areas["dependency", f"declared:{required.id}>{measure.id}"] = area
    for indicator in file.plan.indicators or ():
        for area in indicator.areas[:1]:
            areas["indicator", indicator.id] = area
    return areas


def areas_of_rule(rule: Rule, fixed: Mapping[tuple[str, str], str]) -> tuple[str, ...] | None:
    """Return the areas that a rule is about; none: the plan as a whole. None: any area.

    `fixed` is what `fixed_areas` returns.
    """
    if rule.kind in _BY_MEASURE or (rule.kind == "area" and not rule.keys):
        return None
    met = {
        area: None
        for (kind, key), area in fixed.items()
        if kind == rule.kind and (not rule.keys or key in rule.keys)
    }
    return tuple(met)
