"""The words that rules are written in: every kind of fact, with its attributes.

What is declared with the kinds is gathered here. The types of conditions, the JSON Schema of
rules, the engine's encoding and the reference page are made from it.
"""

from __future__ import annotations

from collections.abc import Mapping

from dxrules.derivation.area import AreaSubject
from dxrules.derivation.citation import CitationSubject
from dxrules.derivation.collection import CollectionSubject
from dxrules.derivation.declaration import Kind
from dxrules.derivation.dependency import DeclaredSubject
from dxrules.derivation.indicator import IndicatorSubject
from dxrules.derivation.measure import MeasureSubject
from dxrules.derivation.passage import PassageSubject
from dxrules.derivation.plan_facts import PlanSubject
from dxrules.derivation.provision import ProvisionSubject
from dxrules.derivation.standardization import StandardizationSubject
from dxrules.derivation.subject import AllOfAKind
from dxrules.derivation.system import SystemSubject
from dxrules.reference import Reference

SUBJECTS: tuple[type[AllOfAKind], ...] = (
    PlanSubject,
    ProvisionSubject,
    StandardizationSubject,
    SystemSubject,
    CollectionSubject,
    AreaSubject,
    MeasureSubject,
    IndicatorSubject,
    DeclaredSubject,
    CitationSubject,
    PassageSubject,
)
"""What makes the facts of each kind, in the order of the facts."""

VOCABULARY: Mapping[str, Kind] = {each.kind: each.declared for each in SUBJECTS}
"""Every kind of fact, by name."""


def subject_keys(reference: Reference) -> Mapping[str, tuple[str, ...]]:
    """Return, by kind, the keys that its subjects have whatever a plan says."""
    return {
        kind.name: (*getattr(reference, kind.own_list), *kind.totals)
        for kind in VOCABULARY.values()
        if kind.own_list and kind.keyed
    }
