"""What a condition is, and what it means: the interpreter.

Everything has three truth values. A leaf compares one attribute of one fact with a constant;
`all`, `any` and `not` follow Kleene's strong logic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from operator import is_
from typing import Any, Literal

from dxrules.dates import Range, Truth, both, either, negate
from dxrules.derivation import Absent, Code, Type, Value, is_known
from dxrules.errors import Place
from dxrules.frozen import frozen

Meaning = Callable[[Mapping[str, Value]], Truth]

Test = Literal["is", "in", "at_most", "below", "at_least", "known"]
Constant = int | bool | str | tuple[str, ...]


@frozen
class Operator:
    """A word of the language: the test behind it, whether negated, and the types it fits."""

    test: Test
    negated: bool
    types: tuple[Type, ...]


OPERATORS: Mapping[str, Operator] = {
    "is": Operator("is", negated=False, types=("number", "truth", "code")),
    "is_not": Operator("is", negated=True, types=("number", "truth", "code")),
    "in": Operator("in", negated=False, types=("code",)),
    "not_in": Operator("in", negated=True, types=("code",)),
    "by": Operator("at_most", negated=False, types=("date",)),
    "after": Operator("at_most", negated=True, types=("date",)),
    "before": Operator("below", negated=False, types=("date",)),
    "from": Operator("below", negated=True, types=("date",)),
    "at_least": Operator("at_least", negated=False, types=("number",)),
    "at_most": Operator("at_most", negated=False, types=("number",)),
    "known": Operator("known", negated=False, types=("date", "number", "truth", "code", "text")),
}


@frozen
class Param:
    """A constant that depends on the day; the lawbook of a day puts its value here."""

    name: str


@frozen
class Leaf:
    """One attribute compared with one constant; days are ordinals.

    `place` is where it was read; it takes no part in equality.
    """

    attribute: str
    operator: str
    operand: Constant | Param
    place: Place | None = field(default=None, compare=False, repr=False)


@frozen
class All:
    """True where all parts are."""

    parts: tuple[Condition, ...]


@frozen
class AnyOf:
    """True where any part is."""

    parts: tuple[Condition, ...]


@frozen
class Not:
    """True where the part is false."""

    part: Condition


Condition = Leaf | All | AnyOf | Not


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield the leaves of a condition, from left to right."""
    match condition:
        case Leaf():
            yield condition
        case Not(part):
            yield from leaves(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)


def place_of(condition: Condition, otherwise: Place) -> Place:
    """Return where the first leaf of a condition was read; one that never was is `otherwise`."""
    return next((leaf.place for leaf in leaves(condition) if leaf.place), otherwise)


def resolve(condition: Condition, constants: Mapping[str, Constant]) -> Condition:
    """Put the constants of a day in the place of parameters; without any, it stays as it is."""
    match condition:
        case Leaf(attribute, operator, Param(name)):
            return Leaf(attribute, operator, constants[name], condition.place)
        case Leaf():
            return condition
        case Not(part):
            inner = resolve(part, constants)
            return condition if inner is part else Not(inner)
        case All(parts) | AnyOf(parts):
            done = tuple([resolve(part, constants) for part in parts])
            return condition if all(map(is_, done, parts)) else type(condition)(done)


def _is(attribute: str, constant: Any) -> Meaning:
    def holds(values: Mapping[str, Value]) -> Truth:
        value = values[attribute]
        if isinstance(value, Code):
            return bool(value.code == constant)
        if isinstance(value, Range):
            return value.equals(constant)
        return None if isinstance(value, Absent) else value is constant

    return holds


def _in(attribute: str, constant: Any) -> Meaning:
    def holds(values: Mapping[str, Value]) -> Truth:
        value = values[attribute]
        return bool(value.code in constant) if isinstance(value, Code) else None

    return holds


def _at_most(attribute: str, constant: Any) -> Meaning:
    def holds(values: Mapping[str, Value]) -> Truth:
        value = values[attribute]
        return value.at_most(constant) if isinstance(value, Range) else None

    return holds


def _below(attribute: str, constant: Any) -> Meaning:
    return _at_most(attribute, constant - 1)


def _at_least(attribute: str, constant: Any) -> Meaning:
    def holds(values: Mapping[str, Value]) -> Truth:
        value = values[attribute]
        return value.at_least(constant) if isinstance(value, Range) else None

    return holds


def _known(attribute: str, constant: Any) -> Meaning:
    def holds(values: Mapping[str, Value]) -> Truth:
        known = is_known(values[attribute])
        return None if known is None else known is constant

    return holds


TESTS: Mapping[Test, Callable[[str, Any], Meaning]] = {
    "is": _is,
    "in": _in,
    "at_most": _at_most,
    "below": _below,
    "at_least": _at_least,
    "known": _known,
}
"""What each test says of one attribute; unknown of an absent one, unless it asks for just that."""


def meaning(condition: Condition) -> Meaning:
    """Compile a resolved condition to a function from the values of a fact to a truth."""
    match condition:
        case Leaf(attribute, name, operand):
            return _leaf(attribute, OPERATORS[name], operand)
        case Not(part):
            return _opposite(meaning(part))
        case All(parts):
            return _every(tuple(meaning(part) for part in parts))
        case AnyOf(parts):
            return _some(tuple(meaning(part) for part in parts))


# `both` and `either` once more, as loops: this runs once per rule and fact, and a generator
# costs as much as the condition.
def _every(parts: tuple[Meaning, ...]) -> Meaning:
    def holds(values: Mapping[str, Value]) -> Truth:
        result: Truth = True
        for part in parts:
            truth = part(values)
            if truth is False:
                return False
            if truth is None:
                result = None
        return result

    return holds


def _some(parts: tuple[Meaning, ...]) -> Meaning:
    def holds(values: Mapping[str, Value]) -> Truth:
        result: Truth = False
        for part in parts:
            truth = part(values)
            if truth:
                return True
            if truth is None:
                result = None
        return result

    return holds


def _leaf(attribute: str, operator: Operator, operand: Any) -> Meaning:
    test = TESTS[operator.test](attribute, operand)
    return _opposite(test) if operator.negated else test


def _opposite(meaning: Meaning) -> Meaning:
    def holds(values: Mapping[str, Value]) -> Truth:
        truth = meaning(values)
        return None if truth is None else not truth

    return holds


@frozen
class Because:
    """A condition with the truth of each part for one fact; a leaf carries its value."""

    condition: Condition
    truth: Truth
    parts: tuple[Because, ...] = ()
    value: Value | None = None

    def leaves(self) -> Iterator[Because]:
        """Yield the leaves, from left to right."""
        if isinstance(self.condition, Leaf):
            yield self
        for part in self.parts:
            yield from part.leaves()

    def deciding(self) -> Iterator[Because]:
        """Yield the leaves that the truth rests on: those that share it, through the tree."""
        if isinstance(self.condition, Leaf):
            yield self
            return
        wanted = negate(self.truth) if isinstance(self.condition, Not) else self.truth
        for part in self.parts:
            if part.truth is wanted:
                yield from part.deciding()


def because(condition: Condition, values: Mapping[str, Value]) -> Because:
    """Tell the truth of a resolved condition and of each of its parts."""
    if isinstance(condition, Leaf):
        return Because(condition, meaning(condition)(values), value=values[condition.attribute])
    if isinstance(condition, Not):
        inner = because(condition.part, values)
        return Because(condition, negate(inner.truth), (inner,))
    done = tuple([because(part, values) for part in condition.parts])
    joined = both if isinstance(condition, All) else either
    return Because(condition, joined([part.truth for part in done]), done)
