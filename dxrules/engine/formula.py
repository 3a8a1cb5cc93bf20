"""Positive formulas over the fields of an encoded fact.

There is no negation: every atom has an opposite atom, so the complement of a formula is a
formula too. Formulas are built small (flat, without duplicates, constants folded), because
durable_rules takes an empty `$and` for everything and pays for every alternative of an `$or`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from dxrules.frozen import frozen

Aspect = Literal["lo", "hi", "true", "false", "code", "stated", "silent", "key"]
Relation = Literal["eq", "neq", "lte", "gte"]
Scalar = int | bool | str


class Field(NamedTuple):
    """One side of an attribute that durable_rules can compare, such as its upper end."""

    attribute: str
    aspect: Aspect


class Atom(NamedTuple):
    """A field compared with a constant; of truth values only `eq` is used."""

    field: Field
    relation: Relation
    value: Scalar


@frozen
class And:
    """True where all parts are; of no parts, true."""

    parts: tuple[Formula, ...] = ()


@frozen
class Or:
    """True where any part is; of no parts, false."""

    parts: tuple[Formula, ...] = ()


Formula = Atom | And | Or

TRUE, FALSE = And(), Or()

_FIRST: tuple[Relation, ...] = ("eq", "lte", "gte", "neq")
"""The order of atoms in a conjunction: equalities exclude one another, so fewer stay pending."""


def atoms(formula: Formula) -> Iterator[Atom]:
    """Yield the atoms of a formula, from left to right."""
    if isinstance(formula, Atom):
        yield formula
    else:
        for part in formula.parts:
            yield from atoms(part)


def conjuncts(formula: Formula) -> tuple[Formula, ...]:
    """Return the formulas that must all be true for `formula` to be."""
    return formula.parts if isinstance(formula, And) else (formula,)


def conjunction(parts: Iterable[Formula]) -> Formula:
    """Return the smallest known formula that is true where all `parts` are."""
    return _join(And, parts)


def disjunction(parts: Iterable[Formula]) -> Formula:
    """Return the smallest known formula that is true where any of `parts` is."""
    return _join(Or, parts)


def complement(formula: Formula) -> Formula:
    """Return the formula that is true exactly where `formula` is not."""
    match formula:
        case And(parts):
            return disjunction(complement(part) for part in parts)
        case Or(parts):
            return conjunction(complement(part) for part in parts)
        case Atom():
            return _opposite(formula)


def _opposite(atom: Atom) -> Atom:
    field, relation, value = atom
    if isinstance(value, bool):
        return Atom(field, relation, not value)
    if relation == "lte" and isinstance(value, int):
        return Atom(field, "gte", value + 1)
    if relation == "gte" and isinstance(value, int):
        return Atom(field, "lte", value - 1)
    return Atom(field, "neq" if relation == "eq" else "eq", value)


def _join(kind: type[And | Or], parts: Iterable[Formula]) -> Formula:
    """Join parts by one connective; what is said of `And` holds of `Or` with all words swapped."""
    members: set[Formula] = set()
    for part in parts:
        members.update(part.parts if isinstance(part, kind) else (part,))
    if len(members) == 1:
        return members.pop()
    dual, nothing = (Or, FALSE) if kind is And else (And, TRUE)
    members = _without_weaker(kind, members)
    if nothing in members or any(_opposite(m) in members for m in members if isinstance(m, Atom)):
        return nothing
    kept = [m for m in members if not (isinstance(m, dual) and members.intersection(m.parts))]
    return kept[0] if len(kept) == 1 else kind(tuple(sorted(kept, key=_order)))


def _without_weaker(kind: type[And | Or], members: set[Formula]) -> set[Formula]:
    """Drop the bounds that a tighter one of the same field makes redundant."""
    tightest: dict[tuple[Field, Relation], Atom] = {}
    kept: set[Formula] = set()
    for member in members:
        if not isinstance(member, Atom) or member.relation not in {"lte", "gte"}:
            kept.add(member)
            continue
        place = member.field, member.relation
        rival = tightest.setdefault(place, member)
        smaller = (member.relation == "lte") == (kind is And)
        choose = min if smaller else max
        tightest[place] = choose(rival, member)
    return kept.union(tightest.values())


def _order(formula: Formula) -> tuple[int, str]:
    """Put equalities first and compounds last, alike in all rules, so that they share nodes."""
    if isinstance(formula, Atom):
        attribute, aspect = formula.field
        return _FIRST.index(formula.relation), f"{attribute} {aspect} {formula.value}"
    return len(_FIRST), repr(formula)
