"""The keys that a rule can name: those of kinds that every plan could have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.derivation import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dxrules.reference import Reference


def subject_keys(reference: Reference) -> Mapping[str, tuple[str, ...]]:
    """Return, by kind, the keys that its subjects have whatever a plan says."""
    return {
        kind.name: (*getattr(reference, kind.own_list), *kind.totals)
        for kind in VOCABULARY.values()
        if kind.own_list and kind.keyed
    }
