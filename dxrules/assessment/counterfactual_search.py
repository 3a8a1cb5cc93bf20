"""Trying other values: which values of attributes are worth a trial, and the fewest that pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, product

from dxrules.dates import Range
from dxrules.derivation import UNKNOWN, Absent, Attribute, Code, Value
from dxrules.derivation.declaration import Lever
from dxrules.frozen import frozen
from dxrules.rules import Outcome, Rule
from dxrules.rules.condition import Leaf, meaning
from dxrules.rules.evaluate import FactJudge
from dxrules.texts import same

_ANYTHING = same("…")


@frozen
class Alternative:
    """A definite value that a lever leads to, and how far it is from the present one.

    `late` is a day to decide on that has passed: it would do, but nobody can choose it.
    """

    attribute: Attribute
    lever: Lever
    value: Value
    distance: int = 0
    late: bool = False

    @property
    def values(self) -> dict[str, Value]:
        """The value, and those of other attributes that follow from it."""
        implied = {name: _value(word) for name, word in self.lever.implies}
        return implied | {self.attribute.name: self.value}

    @property
    def number(self) -> int | None:
        """The day or number; None of other types."""
        return self.value.lo if isinstance(self.value, Range) else None


def _value(word: str) -> Value:
    return word == "yes" if word in {"yes", "no"} else Code(word)


def asked_of(rule: Rule) -> dict[str, list[Leaf]]:
    """Return the leaves of a rule's conditions by the attribute that they ask of."""
    asked: dict[str, list[Leaf]] = {}
    for leaf in rule.leaves:
        asked.setdefault(leaf.attribute, []).append(leaf)
    return asked


def choices_of(
    attribute: Attribute,
    asked: Sequence[Leaf],
    present: Value,
    day: date,
) -> Iterator[Alternative]:
    """Yield the values that the levers of an attribute lead to, numbers in ascending order.

    Of all numbers the leaves tell no more apart than those at their constants, the present
    ones, and the least there are.
    """
    for lever in attribute.levers:
        match attribute.type:
            case "truth":
                yield from (Alternative(attribute, lever, _value(word)) for word in lever.to)
            case "code":
                codes = lever.to or attribute.codes
                yield from (Alternative(attribute, lever, Code(code)) for code in codes)
            case "text":
                yield Alternative(attribute, lever, _ANYTHING)
            case _ if lever.by == "decide" or isinstance(present, Absent):
                yield from _numbers(attribute, lever, asked, present, day)


def _numbers(
    attribute: Attribute, lever: Lever, asked: Sequence[Leaf], present: Value, day: date
) -> Iterator[Alternative]:
    dates = attribute.type == "date"
    today = day.toordinal() if dates else attribute.least or 0
    near = present if isinstance(present, Range) else Range.point(today)
    cuts = [c.operand for c in asked if isinstance(c.operand, int) and c.operator != "known"]
    numbers = {n + step for n in cuts for step in (-1, 0, 1)}
    numbers |= {today, *(end for end in (near.lo, near.hi) if end is not None)}
    least = date.min.toordinal() if dates else attribute.least
    for number in sorted(numbers):
        if least is None or least <= number:
            late = dates and lever.by == "decide" and number < today
            yield Alternative(attribute, lever, Range.point(number), _distance(near, number), late)


def _distance(present: Range, number: int) -> int:
    if present.hi is not None and number > present.hi:
        return number - present.hi
    return max(0, present.lo - number) if present.lo is not None else 0


def distinct(
    choices: Iterable[Alternative], asked: Iterable[Leaf], values: Mapping[str, Value]
) -> list[Alternative]:
    """Return the nearest of the choices that the leaves do not tell apart, for each lever.

    What they do not tell from the present values changes nothing.
    """
    tests = [meaning(leaf) for leaf in asked]
    present = tuple(test(values) for test in tests)
    nearest: dict[object, Alternative] = {}
    for choice in choices:
        after = {**values, **choice.values}
        answers = tuple(test(after) for test in tests)
        if answers == present:
            continue
        key = answers, choice.lever
        best = nearest.get(key)
        if best is None or (choice.late, choice.distance) < (best.late, best.distance):
            nearest[key] = choice
    return list(nearest.values())


def smallest(
    judge: FactJudge, values: Mapping[str, Value], choices: Mapping[str, Sequence[Alternative]]
) -> list[tuple[Alternative, ...]]:
    """Return all combinations of choices that pass, of as few attributes as can be."""
    for size in range(1, len(choices) + 1):
        found = [
            combination
            for names in combinations(choices, size)
            if _may_pass(judge, values, [choice for name in names for choice in choices[name]])
            for combination in product(*(choices[name] for name in names))
            if passes(judge, values, combination)
        ]
        if found:
            return found
    return []


def _may_pass(
    judge: FactJudge, values: Mapping[str, Value], choices: Iterable[Alternative]
) -> bool:
    """Tell whether any values of some attributes can pass: what is certain without them stays."""
    open_ones = {name: UNKNOWN for choice in choices for name in choice.values}
    return judge({**values, **open_ones}) in (Outcome.PASS, Outcome.UNKNOWN)


def passes(
    judge: FactJudge, values: Mapping[str, Value], combination: Iterable[Alternative]
) -> bool:
    """Judge a fact again, with some of its values changed."""
    return judge({**values, **changed(combination)}) is Outcome.PASS


def changed(combination: Iterable[Alternative]) -> dict[str, Value]:
    """Return what a combination of choices changes; a choice counts for more than what follows."""
    chosen = {choice.attribute.name: choice.value for choice in combination}
    implied = {n: v for choice in combination for n, v in choice.values.items()}
    return implied | chosen
