"""All facts of a plan for a day, or just the attributes that somebody asks for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date

from dxrules.derivation.context import Context
from dxrules.derivation.fact import Fact
from dxrules.derivation.values import SILENT, Absent
from dxrules.derivation.vocabulary import SUBJECTS, VOCABULARY
from dxrules.plan import PlanFile
from dxrules.reference import Reference


def derive(
    file: PlanFile,
    reference: Reference,
    day: date,
    wanted: Mapping[str, Collection[str]] | None = None,
    among: Callable[[str, str], bool] | None = None,
) -> tuple[Fact, ...]:
    """Return the facts of a plan, as they are to be judged on a day.

    `wanted` names the attributes by kind; by default all of the vocabulary. Kinds that are
    not named give no fact. What is not named is derived when somebody reads it. `among` picks
    facts by their kind and key.
    """
    context = Context(file, reference, day)
    if wanted is None:
        wanted = {name: kind.attributes for name, kind in VOCABULARY.items()}
    return tuple(
        subject.fact(wanted[kind.kind])
        for kind in SUBJECTS
        if kind.kind in wanted
        for subject in kind.all_of(context)
        if among is None or among(subject.kind, subject.key)
    )


def absence(file: PlanFile, reference: Reference, day: date, kind: str) -> Absent:
    """Tell what it means that a plan has no fact of a kind: silence, or why it cannot be told."""
    drawn_from = VOCABULARY[kind].drawn_from
    if drawn_from is None:
        return SILENT
    section, parts = drawn_from
    return Context(file, reference, day).missing(section, *parts)
