"""What durable_rules is asked about a rule: whether it fails, and whether it is a concern.

The three truth values become two formulas: *certain*, where a condition is true, and *possible*,
where it is not false. This is a reading of the language of its own, on purpose: it shares the
models of rules with the interpreter but none of its code, so that each can find the other wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dxrules.engine.encode import KEY, check_constant
from dxrules.engine.formula import TRUE, Atom, complement, conjunction, disjunction
from dxrules.engine.words import WORDS
from dxrules.errors import EnvelopeError
from dxrules.rules.condition import All, AnyOf, Leaf, Not, Param
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from dxrules.engine.formula import Formula
    from dxrules.rules.condition import Condition, Constant
    from dxrules.rules.rule import Rule


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
        answers = [
            conjunction(
                [
                    subject,
                    TRUE if rule.applies is None else _formula(rule.applies, certain=certain),
                    complement(_formula(rule.require, certain=not certain)),
                ]
            )
            for certain in (True, False)
        ]
    except EnvelopeError as error:
        raise about(rule, error) from None
    return Questions(*answers)


def about(rule: Rule, error: EnvelopeError) -> EnvelopeError:
    """Return the error with the place and the id of the rule that it concerns."""
    return EnvelopeError(same(f"{rule.place}: {rule.id}: ") + error.text)


def _formula(condition: Condition, *, certain: bool) -> Formula:
    """Return where a condition is certain, or else where it is possible."""
    match condition:
        case Leaf(attribute, operator, operand):
            for constant in _constants(operand):
                check_constant(constant)
            is_certain, is_possible = WORDS[operator](attribute, operand)
            return is_certain if certain else is_possible
        case Not(part):
            return complement(_formula(part, certain=not certain))
        case All(parts):
            return conjunction(_formula(part, certain=certain) for part in parts)
        case AnyOf(parts):
            return disjunction(_formula(part, certain=certain) for part in parts)


def _constants(operand: Constant | Param) -> tuple[int | str, ...]:
    if isinstance(operand, Param):
        raise EnvelopeError(
            Text(
                f"パラメータ ${operand.name} に値がありません。",
                f"the parameter ${operand.name} has no value.",
            )
        )
    return operand if isinstance(operand, tuple) else (operand,)
