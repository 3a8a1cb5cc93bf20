"""The keys that a rule can name: those of kinds that every plan could have."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dxrules.reference import Reference


def subject_keys(reference: Reference) -> Mapping[str, tuple[str, ...]]:
    """Return, by kind, the keys that its subjects have whatever a plan says."""
    return {
        "provision": (*reference.provisions,),
        "collection": (*reference.charges, "non-tax", "further"),
        "area": (*reference.areas,),
        "citation": (*reference.documents,),
        "passage": (*reference.problems,),
        "system": (*reference.tasks,),
    }
