"""All rules about a fact at once: by the functions of each, or by one that Python compiles of all.

Of many plans the calls of small functions cost more than what they compare. So rules that are
asked again and again are written out as one function, in which `all`, `any` and `not` are
expressions with the truth values of `meaning`; what decides nothing any more is not read. A rule
that applies from a day on and asks for a code or a number becomes

    N if (t1 := value.at_least(c0) if (value := values["since"]).__class__ is Range else None)
        is False else
    P if (t2 := value.code == c1 if (value := values["status"]).__class__ is Code else ...) else
    F if t1 and t2 is False else U

What `outcome_of` and `meaning` say holds; tests hold both to each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any

from dxrules.dates import Range
from dxrules.derivation import Absent, Code, Value
from dxrules.rules.condition import OPERATORS, All, AnyOf, Condition, Leaf, Not, Test
from dxrules.rules.evaluate import judge
from dxrules.rules.rule import Outcome, Rule

WORTH_COMPILING = 100
"""Facts: compiling takes as long as judging some 400 by the functions of each rule."""


class Together:
    """Judges a fact by all rules about it; outcomes are in the order of the rules."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self.ids = tuple(rule.id for rule in rules)
        self._judges = [judge(rule) for rule in rules]
        self._left = WORTH_COMPILING
        self.outcomes: Callable[[Mapping[str, Value]], Sequence[Outcome]] = self._of_each

    def _of_each(self, values: Mapping[str, Value]) -> Sequence[Outcome]:
        self._left -= 1
        if not self._left and all(map(_is_flat, self.rules)):
            self.outcomes = compiled(self.rules)
        return [decide(values) for decide in self._judges]


def compiled(rules: Sequence[Rule]) -> Callable[[Mapping[str, Value]], Sequence[Outcome]]:
    """Return one function that judges a fact by resolved rules."""
    text = _Writer()
    outcomes = [text.outcome(rule) for rule in rules]
    returned = (f"  {each}," for each in outcomes)
    lines = ["def outcomes(values):", " return (", *returned, " )"]
    known: dict[str, Any] = {**text.constants, **_KNOWN}
    exec("\n".join(lines), known)  # noqa: S102  (constants stand outside of the text; see `_Writer`)
    found: Callable[[Mapping[str, Value]], Sequence[Outcome]] = known["outcomes"]
    return found


_KNOWN: Mapping[str, object] = {
    "Range": Range,
    "Code": Code,
    "Absent": Absent,
    "N": Outcome.NOT_APPLICABLE,
    "P": Outcome.PASS,
    "F": Outcome.FAIL,
    "U": Outcome.UNKNOWN,
}
_TESTS: Mapping[Test, str] = {
    "is": (
        "({value}.code == {constant} if {read}.__class__ is Code else"
        " {value}.equals({constant}) if {value}.__class__ is Range else"
        " None if {value}.__class__ is Absent else {value} is {constant})"
    ),
    "in": "({value}.code in {constant} if {read}.__class__ is Code else None)",
    "at_most": "({value}.at_most({constant}) if {read}.__class__ is Range else None)",
    "below": "({value}.at_most({constant} - 1) if {read}.__class__ is Range else None)",
    "at_least": "({value}.at_least({constant}) if {read}.__class__ is Range else None)",
    "known": (
        "(True is {constant} if {read}.__class__ is not Absent else"
        " False is {constant} if {value}.silent else None)"
    ),
}
"""What `condition.TESTS` says, of a value, which is read first, and a constant."""


class _Writer:
    """Writes conditions as expressions.

    Nothing of a rule stands in the text but the names of its attributes, quoted by Python:
    constants are handed over under names of their own.
    """

    def __init__(self) -> None:
        self.constants: dict[str, object] = {}
        self._truths = map("t{}".format, count())

    def outcome(self, rule: Rule) -> str:
        """Write how a rule comes out, as `outcome_of` has it."""
        require, met = self._condition(rule.require), next(self._truths)
        if rule.applies is None:
            return f"(P if ({met} := {require}) else F if {met} is False else U)"
        applies, holds = self._condition(rule.applies), next(self._truths)
        return (
            f"(N if ({holds} := {applies}) is False else P if ({met} := {require}) else"
            f" F if {holds} and {met} is False else U)"
        )

    def _condition(self, condition: Condition) -> str:
        match condition:
            case Leaf(attribute, name, operand):
                operator = OPERATORS[name]
                constant = f"c{len(self.constants)}"
                self.constants[constant] = operand
                read = f"(value := values[{attribute!r}])"
                test = _TESTS[operator.test].format(value="value", read=read, constant=constant)
                return self._opposite(test) if operator.negated else test
            case Not(part):
                return self._opposite(self._condition(part))
            case All(parts):
                truths = {next(self._truths): self._condition(part) for part in parts}
                fails = " or ".join(f"({name} := {each}) is False" for name, each in truths.items())
                return f"(False if {fails or False} else None if {_any_open(truths)} else True)"
            case AnyOf(parts):
                truths = {next(self._truths): self._condition(part) for part in parts}
                holds = " or ".join(f"({name} := {each})" for name, each in truths.items())
                return f"(True if {holds or False} else None if {_any_open(truths)} else False)"

    def _opposite(self, text: str) -> str:
        truth = next(self._truths)
        return f"(None if ({truth} := {text}) is None else not {truth})"


def _is_flat(rule: Rule) -> bool:
    """Tell whether conditions are no deeper than Python takes expressions, by far."""
    return max(map(_depth, rule.conditions)) <= _DEEPEST


_DEEPEST = 12


def _depth(condition: Condition) -> int:
    match condition:
        case Leaf():
            return 1
        case Not(part):
            return 1 + _depth(part)
        case All(parts) | AnyOf(parts):
            return 1 + max(map(_depth, parts), default=0)


def _any_open(truths: Mapping[str, str]) -> str:
    return " or ".join(f"{truth} is None" for truth in truths) or "False"
