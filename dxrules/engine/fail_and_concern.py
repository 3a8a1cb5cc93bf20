"""What durable_rules is asked about a rule: whether it fails, and whether it is a concern.

The three truth values become two formulas: *certain*, where a condition is true, and *possible*,
where it is not false. This is a reading of the language of its own, on purpose: it shares the
models of rules with the interpreter but none of its code, so that each can find the other wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from dxrules.engine.encode import KEY, check_constant
from dxrules.engine.formula import TRUE, Atom, Formula, conjunction, disjunction
from dxrules.engine.operators import WORDS, KleeneFormula
from dxrules.errors import EnvelopeError
from dxrules.rules.condition import All, AnyOf, Condition, Constant, Leaf, Not, Param
from dxrules.rules.rule import Rule
from dxrules.texts import Text, same


class Questions(NamedTuple):
    """The facts that surely break a rule, and those that are not sure to obey it."""

    fails: Formula
    concern: Formula


def questions(rule: Rule) -> Questions:
    """Translate a resolved rule.

    A rule fails where it applies and its requirement is false; it is a concern where it may
    apply and its requirement may be false.

    Raises EnvelopeError, with the place of the rule, for what durable_rules cannot be trusted with.
    """
    try:
        for key in rule.keys:
            check_constant(key)
        subject = disjunction(Atom(KEY, "eq", key) for key in rule.keys) if rule.keys else TRUE
        applies = _EVERYWHERE if rule.applies is None else _reading(rule.applies)
        broken = _reading(rule.require).negated()
        return Questions(
            conjunction([subject, applies.certain, broken.certain]),
            conjunction([subject, applies.possible, broken.possible]),
        )
    except EnvelopeError as error:
        raise about(rule, error) from None


def about(rule: Rule, error: EnvelopeError) -> EnvelopeError:
    """Return the error with the place and the id of the rule that it concerns."""
    return EnvelopeError(same(f"{rule.place}: {rule.id}: ") + error.text)


_EVERYWHERE = KleeneFormula(TRUE, TRUE)


def _reading(condition: Condition) -> KleeneFormula:
    """Return where a condition is certain, and where it is possible."""
    match condition:
        case Leaf(attribute, operator, operand):
            for constant in _constants(operand):
                check_constant(constant)
            return WORDS[operator](attribute, operand)
        case Not(part):
            return _reading(part).negated()
        case All(parts):
            return _joined(conjunction, parts)
        case AnyOf(parts):
            return _joined(disjunction, parts)


def _joined(join: Callable[[list[Formula]], Formula], parts: Iterable[Condition]) -> KleeneFormula:
    readings = [_reading(part) for part in parts]
    return KleeneFormula(join([r.certain for r in readings]), join([r.possible for r in readings]))


def _constants(operand: Constant | Param) -> tuple[int | str, ...]:
    if isinstance(operand, Param):
        raise EnvelopeError(
            Text(
                f"パラメータ ${operand.name} に値がありません。",
                f"the parameter ${operand.name} has no value.",
            )
        )
    return operand if isinstance(operand, tuple) else (operand,)
