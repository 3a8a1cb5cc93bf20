"""All facts of a plan for a day, or just the attributes that somebody asks for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import field
from datetime import date

from dxrules.derivation.context import Context
from dxrules.derivation.fact import Fact
from dxrules.derivation.subject import Functions, Subject
from dxrules.derivation.values import SILENT, Absent
from dxrules.derivation.vocabulary import SUBJECTS, VOCABULARY
from dxrules.frozen import frozen
from dxrules.plan import PlanFile
from dxrules.reference import Reference


@frozen
class Wanted:
    """Which attributes are derived of the facts of a kind; of None there is no fact.

    `of_key` holds all that is derived of some keys, `of_each` what is of every other. `found`
    keeps the functions that do it, as the next plan asks for the same.
    """

    of_each: tuple[str, ...] | None
    of_key: Mapping[str, tuple[str, ...]]
    found: dict[tuple[type[Subject], int], Functions] = field(
        default_factory=dict, compare=False, repr=False
    )

    @classmethod
    def alike(cls, names: Collection[str]) -> Wanted:
        """Return the same attributes for every fact."""
        return cls(tuple(sorted(names)), {})

    def of(self, key: str) -> tuple[str, ...] | None:
        """Return what is derived of a fact."""
        return self.of_key.get(key, self.of_each)

    def functions(self, subject: type[Subject], names: tuple[str, ...]) -> Functions:
        """Return what derives attributes that `of` returned, of a class of subjects."""
        asked = subject, id(names)  # they are held here, so that no other has this id
        if asked not in self.found:
            self.found[asked] = subject.functions(names)
        return self.found[asked]


def derive(
    file: PlanFile,
    reference: Reference,
    day: date,
    wanted: Mapping[str, Collection[str] | Wanted] | None = None,
    among: Callable[[str, str], bool] | None = None,
) -> tuple[Fact, ...]:
    """Return the facts of a plan, as they are to be judged on a day.

    `wanted` names the attributes by kind; by default all of the vocabulary. Kinds that are
    not named give no fact. What nobody asks for is not derived. `among` picks facts by their
    kind and key.
    """
    context = Context(file, reference, day)
    if wanted is None:
        wanted = {name: kind.attributes for name, kind in VOCABULARY.items()}
    asked = {
        name: names if isinstance(names, Wanted) else Wanted.alike(names)
        for name, names in wanted.items()
    }
    facts = []
    for kind in SUBJECTS:
        if kind.kind not in asked:
            continue
        those = asked[kind.kind]
        for subject in kind.all_of(context):
            names = those.of(subject.key)
            if names is None or (among is not None and not among(subject.kind, subject.key)):
                continue
            facts.append(subject.fact(those.functions(type(subject), names)))
    return tuple(facts)


def absence(file: PlanFile, reference: Reference, day: date, kind: str) -> Absent:
    """Tell what it means that a plan has no fact of a kind: silence, or why it cannot be told."""
    drawn_from = VOCABULARY[kind].drawn_from
    if drawn_from is None:
        return SILENT
    section, parts = drawn_from
    return Context(file, reference, day).missing(section, *parts)
