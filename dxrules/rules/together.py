"""All rules about a fact at once: by the functions of each, or by one that Python compiles of all.

Of many plans the calls of small functions cost more than what they compare. So rules that are
asked again and again are written out as one function, in which `all`, `any` and `not` are
expressions with the truth values of `meaning`; what decides nothing any more is not read. A rule
that applies from a day on and asks for a code or a number becomes

    if (t1 := value.at_least(c0) if (value := values["since"]).__class__ is Range else None)
        is not False:
        came.append(p0 if (t2 := value.code == c1 if (value := values["status"]).__class__ is Code
            else ...) else f0 if t1 and t2 is False else u0)

What `outcome_of` and `meaning` say holds; tests hold both to each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from dxrules.dates import Range
from dxrules.derivation import Absent, Code, Value
from dxrules.rules.condition import OPERATORS, All, AnyOf, Condition, Leaf, Not, Test
from dxrules.rules.evaluate import judge
from dxrules.rules.rule import Outcome, Rule

WORTH_COMPILING = 100
"""Facts: compiling takes as long as judging some 400 by the functions of each rule."""


Came = Sequence[tuple[Rule, Outcome]]
"""Rules, each with how it comes out for a fact."""


class Together:
    """Judges a fact by all rules about it.

    `applied` gives those that apply, or may, in their order; the others do not apply, as most
    rules to most facts, and cost nothing.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self.ids = tuple(rule.id for rule in rules)
        self._judges = [(rule, judge(rule)) for rule in rules]
        self._left = WORTH_COMPILING
        self.applied: Callable[[Mapping[str, Value]], Came] = self._of_each

    def _of_each(self, values: Mapping[str, Value]) -> Came:
        self._left -= 1
        if not self._left and all(map(_is_flat, self.rules)):
            self.applied = compiled(self.rules)
        came = ((rule, decide(values)) for rule, decide in self._judges)
        return [each for each in came if each[1] is not _NOT_APPLICABLE]

    def every(self, came: Came) -> Came:
        """Return all rules, of which some came out so for a fact, and the others do not apply."""
        applied = {rule.id: outcome for rule, outcome in came}
        return [(rule, applied.get(rule.id, _NOT_APPLICABLE)) for rule in self.rules]


def compiled(rules: Sequence[Rule]) -> Callable[[Mapping[str, Value]], Came]:
    """Return one function that judges a fact by resolved rules: which apply, and come out how."""
    text = _Writer()
    judging = [line for rule in rules for line in text.lines(rule)]
    lines = ["def applied(values):", " came = []", *judging, " return came"]
    known: dict[str, Any] = {**text.constants, **_KNOWN}
    # A fact is judged in a quarter of the time that calls for each condition take.
    exec("\n".join(lines), known)  # noqa: S102  (constants stand outside of the text; see `_Writer`)
    found: Callable[[Mapping[str, Value]], Came] = known["applied"]
    return found


_NOT_APPLICABLE = Outcome.NOT_APPLICABLE
_KNOWN: Mapping[str, object] = {"Range": Range, "Code": Code, "Absent": Absent}
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
        self._truths, self._rules = map("t{}".format, count()), count()

    def lines(self, rule: Rule) -> Iterator[str]:
        """Write how a rule comes out, as `outcome_of` has it."""
        number = next(self._rules)
        for name, outcome in (("p", Outcome.PASS), ("f", Outcome.FAIL), ("u", Outcome.UNKNOWN)):
            self.constants[f"{name}{number}"] = rule, outcome
        surely, require = "", self._condition(rule.require)
        indent, met = " ", next(self._truths)
        if rule.applies is not None:
            holds = next(self._truths)
            yield f" if ({holds} := {self._condition(rule.applies)}) is not False:"
            indent, surely = "  ", f"{holds} and "
        yield (
            f"{indent}came.append(p{number} if ({met} := {require}) else"
            f" f{number} if {surely}{met} is False else u{number})"
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
