"""Which area a subject, or a rule, belongs to."""

from __future__ import annotations

from collections.abc import Mapping

from dxrules.derivation.vocabulary import SUBJECTS, VOCABULARY
from dxrules.plan import PlanFile
from dxrules.reference import Reference
from dxrules.rules import Rule


def fixed_areas(reference: Reference) -> dict[tuple[str, str], str]:
    """Return the area of each subject, by kind and key, that has one whatever a plan says."""
    return {
        (kind.kind, key): area for kind in SUBJECTS for key, area in kind.listed_areas(reference)
    }


def areas_of(file: PlanFile, fixed: Mapping[tuple[str, str], str]) -> Mapping[tuple[str, str], str]:
    """Return the area that each subject of a plan belongs to, where it belongs to one.

    `fixed` is what `fixed_areas` returns.
    """
    return {
        **fixed,
        **{
            (kind.kind, key): area
            for kind in SUBJECTS
            for key, area in kind.stated_areas(file.plan)
        },
    }


def areas_of_rule(rule: Rule, fixed: Mapping[tuple[str, str], str]) -> tuple[str, ...] | None:
    """Return the areas that a rule is about; none: the plan as a whole. None: any area.

    `fixed` is what `fixed_areas` returns.
    """
    kind = VOCABULARY.get(rule.kind)  # a rule about waivers is about no fact
    if (kind and kind.only_stated) or (rule.kind == "area" and not rule.keys):
        return None
    met = {
        area: None
        for (kind, key), area in fixed.items()
        if kind == rule.kind and (not rule.keys or key in rule.keys)
    }
    return tuple(met)
