"""All facts of a plan for a day, or just the attributes that somebody asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.derivation.area import AreaSubject
from dxrules.derivation.citation import CitationSubject, own_documents
from dxrules.derivation.collection import CollectionSubject, FurtherSubject, NonTaxSubject
from dxrules.derivation.context import Context, is_given_up
from dxrules.derivation.dependency import DeclaredSubject, ListedSubject
from dxrules.derivation.indicator import IndicatorSubject
from dxrules.derivation.measure import MeasureSubject
from dxrules.derivation.passage import PassageSubject
from dxrules.derivation.plan_facts import PlanSubject
from dxrules.derivation.provision import ProvisionSubject
from dxrules.derivation.standardization import StandardizationSubject
from dxrules.derivation.system import SystemSubject, listed_tasks
from dxrules.derivation.values import SILENT
from dxrules.derivation.vocabulary import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from dxrules.derivation.fact import Fact
    from dxrules.derivation.subject import Subject
    from dxrules.derivation.values import Absent
    from dxrules.plan import PlanFile
    from dxrules.plan.models import Part
    from dxrules.reference import Reference


def derive(
    file: PlanFile,
    reference: Reference,
    day: date,
    wanted: Mapping[str, frozenset[str]] | None = None,
) -> tuple[Fact, ...]:
    """Return the facts of a plan, as they are to be judged on a day.

    `wanted` names the attributes by kind; by default all of the vocabulary. Kinds that are
    not named give no fact. What nobody asks for is not derived.
    """
    context = Context(file, reference, day)
    everything = {name: frozenset(kind.attributes) for name, kind in VOCABULARY.items()}
    asked = everything if wanted is None else wanted
    return tuple(
        subject.fact(sorted(asked[subject.kind]))
        for kinds, subjects in _SUBJECTS
        if not kinds.isdisjoint(asked)
        for subject in subjects(context)
        if subject.kind in asked
    )


_DRAWN_FROM: Mapping[str, tuple[str, tuple[Part, ...]]] = {
    "indicator": ("indicators", ("indicators",)),
    "measure": ("measures", ("measures",)),
    "system": ("standardization", ()),
}
"""The section of the plan file that holds all facts of a kind, and what of a document it is."""


def absence(file: PlanFile, reference: Reference, day: date, kind: str) -> Absent:
    """Tell what it means that a plan has no fact of a kind: silence, or why it cannot be told."""
    if kind not in _DRAWN_FROM:
        return SILENT
    section, parts = _DRAWN_FROM[kind]
    return Context(file, reference, day).missing(section, *parts)


def _areas(context: Context) -> Iterator[Subject]:
    return (AreaSubject(context, area) for area in context.reference.areas)


def _provisions(context: Context) -> Iterator[Subject]:
    return (ProvisionSubject(context, key) for key in context.reference.provisions)


def _standardization(context: Context) -> Iterator[Subject]:
    yield StandardizationSubject(context)
    for task in listed_tasks(context):
        yield SystemSubject(context, task)


def _collection(context: Context) -> Iterator[Subject]:
    for key in context.reference.charges:
        yield CollectionSubject(context, key)
    yield NonTaxSubject(context)
    yield FurtherSubject(context)


def _measures(context: Context) -> Iterator[Subject]:
    for position, measure in enumerate(context.measures):
        yield MeasureSubject(context, position, measure)
        waits = () if is_given_up(context, measure) else measure.requires
        for index, required in enumerate(waits):
            yield DeclaredSubject(context, (position, index), measure, required)


def _listed(context: Context) -> Iterator[Subject]:
    return (ListedSubject(context, entry) for entry in context.reference.prerequisites.values())


def _indicators(context: Context) -> Iterator[Subject]:
    for position, indicator in enumerate(context.indicators):
        yield IndicatorSubject(context, position, indicator)


def _citations(context: Context) -> Iterator[Subject]:
    return (CitationSubject(context, document) for document in own_documents(context))


def _passages(context: Context) -> Iterator[Subject]:
    return (PassageSubject(context, problem) for problem in context.reference.problems)


_SUBJECTS: tuple[tuple[frozenset[str], Callable[[Context], Iterator[Subject]]], ...] = (
    (frozenset({"plan"}), lambda context: iter((PlanSubject(context),))),
    (frozenset({"provision"}), _provisions),
    (frozenset({"standardization", "system"}), _standardization),
    (frozenset({"collection"}), _collection),
    (frozenset({"area"}), _areas),
    (frozenset({"measure", "dependency"}), _measures),
    (frozenset({"dependency"}), _listed),
    (frozenset({"indicator"}), _indicators),
    (frozenset({"citation"}), _citations),
    (frozenset({"passage"}), _passages),
)
"""What makes the subjects of some kinds, in the order of the facts; it runs where one is asked."""
