"""The words of the language of rules, as durable_rules is asked about them.

Each word tests one attribute. It is written as two formulas: *certain*, where the test is true,
and *possible*, where it is not false. A negated word is the same pair, swapped and complemented.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from dxrules.engine.encode import NO_CODE, check_code
from dxrules.engine.formula import (
    Aspect,
    Atom,
    Field,
    Formula,
    complement,
    conjunction,
    disjunction,
)


class KleeneFormula(NamedTuple):
    """Where a condition is certain, and where it is possible."""

    certain: Formula
    possible: Formula

    def negated(self) -> KleeneFormula:
        """Return the reading of what is true where this is false."""
        return KleeneFormula(complement(self.possible), complement(self.certain))


def _at_most(attribute: str, number: int) -> KleeneFormula:
    return KleeneFormula(
        Atom(Field(attribute, "hi"), "lte", number), Atom(Field(attribute, "lo"), "lte", number)
    )


def _at_least(attribute: str, number: int) -> KleeneFormula:
    return KleeneFormula(
        Atom(Field(attribute, "lo"), "gte", number), Atom(Field(attribute, "hi"), "gte", number)
    )


def _before(attribute: str, day: int) -> KleeneFormula:
    return _at_most(attribute, day - 1)


def _equal(attribute: str, constant: str | int) -> KleeneFormula:
    """Test by the constant's type; the reader of rules has seen to it that it is the attribute's.

    A truth value is an int to Python, so it comes first.
    """
    if isinstance(constant, bool):
        return _either_of_two(attribute, ("false", "true"), constant=constant)
    if isinstance(constant, int):
        least, most = _at_least(attribute, constant), _at_most(attribute, constant)
        return KleeneFormula(
            conjunction([least.certain, most.certain]), conjunction([least.possible, most.possible])
        )
    return _among(attribute, (constant,))


def _among(attribute: str, codes: tuple[str, ...]) -> KleeneFormula:
    for code in codes:
        check_code(code)
    field = Field(attribute, "code")
    certain = disjunction(Atom(field, "eq", code) for code in codes)
    return KleeneFormula(certain, disjunction([certain, Atom(field, "eq", NO_CODE)]))


def _known(attribute: str, constant: bool) -> KleeneFormula:  # noqa: FBT001  (it is the operand)
    return _either_of_two(attribute, ("silent", "stated"), constant=constant)


def _either_of_two(
    attribute: str, sides: tuple[Aspect, Aspect], *, constant: bool
) -> KleeneFormula:
    """Test a question with two answers, each of which may be certain; `sides` are no and yes."""
    this, other = sides[constant], sides[not constant]
    return KleeneFormula(
        certain=Atom(Field(attribute, this), "eq", value=True),
        possible=Atom(Field(attribute, other), "eq", value=False),
    )


def _not(word: Callable[[str, Any], KleeneFormula]) -> Callable[[str, Any], KleeneFormula]:
    return lambda attribute, constant: word(attribute, constant).negated()


WORDS: Mapping[str, Callable[[str, Any], KleeneFormula]] = {
    "is": _equal,
    "is_not": _not(_equal),
    "in": _among,
    "not_in": _not(_among),
    "by": _at_most,
    "after": _not(_at_most),
    "before": _before,
    "from": _not(_before),
    "at_least": _at_least,
    "at_most": _at_most,
    "known": _known,
}
"""Every operator; kept apart from the interpreter's table, so that a slip in either shows."""
