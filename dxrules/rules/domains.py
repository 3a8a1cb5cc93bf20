"""Finitely many values that stand for all: what reasoning over conditions looks at.

A leaf sees of a number only on which side of its constant the ends lie, so one number between
two constants stands for all of them. What holds for every cell holds for every fact. What no
fact can be, because one of its attributes follows from another, is no cell.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from math import prod

from dxrules.dates import Range
from dxrules.derivation import SILENT, UNKNOWN, VOCABULARY, Attribute, Code, Value
from dxrules.rules.condition import OPERATORS, Condition, Leaf, leaves, meaning
from dxrules.texts import same

_MOST_CELLS = 100_000
_SOME_DAY = date(2026, 4, 1).toordinal()  # where no constant gives a day
_ABSENT = (UNKNOWN, SILENT)


class TooManyCells(Exception):  # noqa: N818  (an answer that reasoning gives up on, no fault)
    """The combinations of values are too many to look at each."""


def representatives(attribute: Attribute, leaves: Iterable[Leaf]) -> tuple[Value, ...]:
    """Return values such that each possible one is told apart by the leaves from none of them.

    The leaves are resolved, and all of this attribute. Of the values that none of them tells
    apart the plainest stands for all: a point before a range, a known one before an absent one.
    """
    asked = tuple(dict.fromkeys(leaves))
    tests = [meaning(leaf) for leaf in asked]
    plainest: dict[tuple[object, ...], Value] = {}
    for value in (*_stated(attribute, asked), *_ABSENT):
        truths = tuple(test({attribute.name: value}) for test in tests)
        plainest.setdefault(truths, value)
    return tuple(plainest.values())


def cells(kind: str, conditions: Iterable[Condition]) -> Iterator[dict[str, Value]]:
    """Yield every combination of values, of the attributes that conditions name, that can be.

    Raises TooManyCells, before the first one, if there are more than can be looked at.
    """
    asked: dict[str, list[Leaf]] = {}
    for condition in conditions:
        for leaf in leaves(condition):
            asked.setdefault(leaf.attribute, []).append(leaf)
    # A value that stands for others has to be told from those of which something else follows.
    for pair in _implied(kind, asked.keys()):
        for leaf in pair:
            asked[leaf.attribute].append(leaf)
    attributes = VOCABULARY[kind].attributes
    domains = [representatives(attributes[name], those) for name, those in asked.items()]
    if prod(map(len, domains)) > _MOST_CELLS:
        raise TooManyCells
    every = (dict(zip(asked, values, strict=True)) for values in product(*domains))
    return filter(consistent(kind, asked.keys()), every)


def consistent(kind: str, names: Collection[str]) -> Callable[[Mapping[str, Value]], bool]:
    """Return what tells whether values of these attributes can be those of one fact."""
    pairs = [(meaning(one), meaning(other)) for one, other in _implied(kind, names)]
    return lambda values: all(other(values) is True for one, other in pairs if one(values))


def _implied(kind: str, names: Collection[str]) -> list[tuple[Leaf, Leaf]]:
    """Return what follows from what among some attributes."""
    pairs = [(Leaf(*one), Leaf(*other)) for one, other in VOCABULARY[kind].implied]
    return [pair for pair in pairs if {leaf.attribute for leaf in pair} <= set(names)]


def _stated(attribute: Attribute, asked: Sequence[Leaf]) -> Iterator[Value]:
    """Yield what a document can state, the plainest first."""
    match attribute.type:
        case "truth":
            yield from (True, False)
        case "code":
            yield from map(Code, attribute.codes)
        case "text":
            yield same("…")
        case "number" | "date":
            yield from _ranges(attribute, asked)


def _ranges(attribute: Attribute, asked: Sequence[Leaf]) -> Iterator[Range]:
    """Yield points on each side of every constant, ranges between them, and open ones."""
    stretches = list(_stretches(attribute, asked))
    ends = [_near(attribute, *stretch) for stretch in stretches]
    yield from map(Range.point, ends)
    # A range between two stretches need be no longer than from the last number of one to the
    # first of the other.
    for position, (_, lo) in enumerate(stretches):
        yield from (Range(lo, hi) for hi, _ in stretches[position + 1 :])
    yield from (Range(lo, None) for lo in ends)
    # Only an approximate number has no lower end where there is a least one.
    about = attribute.least is not None
    yield from (Range(attribute.least, hi, approximate=about) for hi in (*ends, None))


def _stretches(
    attribute: Attribute, asked: Sequence[Leaf]
) -> Iterator[tuple[int | None, int | None]]:
    """Yield the stretches of numbers, by first and last, that no leaf divides."""
    first, end = _bounds(attribute)
    for cut in sorted({cut for leaf in asked for cut in _cuts(leaf)}):
        if (first is None or first <= cut) and (end is None or cut < end):
            yield first, cut
            first = cut + 1
    yield first, end


def _bounds(attribute: Attribute) -> tuple[int | None, int | None]:
    if attribute.type == "date":
        return date.min.toordinal(), date.max.toordinal()
    return attribute.least, None


def _near(attribute: Attribute, first: int | None, last: int | None) -> int:
    """Return a number of a stretch, next to the constant that bounds it if there is one."""
    if attribute.type == "date":
        least, most = _bounds(attribute)
        first, last = (None if first == least else first), (None if last == most else last)
    if last is not None:
        return last
    if first is not None:
        return first
    return _SOME_DAY if attribute.type == "date" else 0


def _cuts(leaf: Leaf) -> tuple[int, ...]:
    """Return the numbers after which the answer of a leaf can change."""
    constant = leaf.operand
    if isinstance(constant, bool) or not isinstance(constant, int):
        return ()
    match OPERATORS[leaf.operator].test:
        case "at_most":
            return (constant,)
        case "below" | "at_least":
            return (constant - 1,)
        case _:
            return (constant - 1, constant)


def shortened(
    values: Mapping[str, Value], shows: Callable[[Mapping[str, Value]], bool]
) -> dict[str, Value]:
    """Return a fact without the values that it does not need to show something."""
    needed = dict(values)
    for name in values:
        less = needed | {name: UNKNOWN}
        if shows(less):
            needed = less
    return needed
