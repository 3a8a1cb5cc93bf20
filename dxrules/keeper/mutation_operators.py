"""Mutation operators for the conditions of a rule: likely slips of the keeper, one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import zip_longest

from dxrules.dates import DatedValues, ValueSince
from dxrules.derivation import VOCABULARY, Attribute
from dxrules.errors import Place
from dxrules.frozen import frozen
from dxrules.rules import Law, Rule
from dxrules.rules.condition import (
    All,
    AnyOf,
    Condition,
    Constant,
    Leaf,
    Not,
    Param,
    place_of,
)
from dxrules.rules.ruleset import resolved
from dxrules.rules.writing import write_condition, write_constant

_DAY = timedelta(days=1)
_CALENDAR = range(date.min.toordinal(), date.max.toordinal() + 1)
_DAYS = ("by", "before", "after", "from")
_TURNED: Mapping[str, tuple[str, ...]] = {
    **{day: tuple(other for other in _DAYS if other != day) for day in _DAYS},
    "at_least": ("at_most",),
    "at_most": ("at_least",),
    "is": ("is_not",),
    "is_not": ("is",),
    "in": ("not_in",),
    "not_in": ("in",),
    "known": (),
}


@frozen
class Swap:
    """Another value of a parameter from one day to another, both included; None is no end."""

    name: str
    value: Constant
    since: date
    until: date | None

    def on(self, day: date, constants: Mapping[str, Constant]) -> Mapping[str, Constant]:
        """Return a day's constants with this value, if it holds on that day."""
        holds = self.since <= day and (self.until is None or day <= self.until)
        return {**constants, self.name: self.value} if holds else constants


@frozen
class Mutant:
    """A rule with one change: what stood at `place` and what stands there now; None is nothing.

    `rule` still names its parameters; `swap` is set where it is a parameter that changed.
    """

    rule: Rule
    place: Place
    was: str
    now: str | None
    swap: Swap | None = None

    def on(self, day: date, constants: Mapping[str, Constant]) -> Rule:
        """Return the rule with the constants of a day."""
        return resolved(self.rule, self.swap.on(day, constants) if self.swap else constants)


def mutants(law: Law, rule: Rule) -> Iterator[Mutant]:
    """Yield every rule that differs from a rule in one small thing.

    An operator is turned, a constant moved by one or replaced, a code added or taken away, a
    group turned, a part or a negation dropped; parameters are changed entry by entry, where the
    rule can feel it.
    """
    if rule.applies is not None:
        was = write_condition(rule.applies)
        yield Mutant(replace(rule, applies=None), place_of(rule.applies, rule.place), was, None)
        for changed, edit in _variants(rule, rule.applies):
            yield Mutant(replace(rule, applies=changed), *edit)
    for changed, edit in _variants(rule, rule.require):
        yield Mutant(replace(rule, require=changed), *edit)
    yield from _parameters(law, rule)


Edit = tuple["Place", str, str | None]


def _variants(rule: Rule, condition: Condition) -> Iterator[tuple[Condition, Edit]]:
    place = place_of(condition, rule.place)
    match condition:
        case Leaf(name):
            for leaf in _leaves(VOCABULARY[rule.kind].attributes[name], condition):
                yield leaf, (place, write_condition(condition), write_condition(leaf))
        case Not(part):
            yield part, (place, write_condition(condition), write_condition(part))
            yield from ((Not(each), edit) for each, edit in _variants(rule, part))
        case All(parts) | AnyOf(parts):
            yield from _of_group(rule, type(condition), parts)


def _of_group(
    rule: Rule, group: type[All | AnyOf], parts: tuple[Condition, ...]
) -> Iterator[tuple[Condition, Edit]]:
    other = AnyOf if group is All else All
    place = place_of(parts[0], rule.place)
    yield other(parts), (place, _word(group, parts), _word(other, parts))
    for position, part in enumerate(parts):
        before, after = parts[:position], parts[position + 1 :]
        rest = (*before, *after)
        dropped = rest[0] if len(rest) == 1 else group(rest)
        yield dropped, (place_of(part, rule.place), write_condition(part), None)
        for changed, edit in _variants(rule, part):
            yield group((*before, changed, *after)), edit


def _word(group: type[All | AnyOf], parts: Sequence[Condition]) -> str:
    word = "all" if group is All else "any"
    return f"{{{word}: [{', '.join('…' for _ in parts)}]}}"


def _leaves(attribute: Attribute, leaf: Leaf) -> Iterator[Leaf]:
    for operator in _TURNED[leaf.operator]:
        yield replace(leaf, operator=operator)
    # To ask a truth for the other value is to turn the operator.
    fixed = attribute.type == "truth" and leaf.operator != "known"
    if not fixed and not isinstance(leaf.operand, Param):
        for operand in _near(attribute, leaf.operand):
            yield replace(leaf, operand=operand)


def _near(attribute: Attribute, constant: Constant) -> Iterator[Constant]:
    """Yield the constants beside one: one more or less, another code, a code more or less."""
    match constant:
        case bool():
            yield not constant
        case int():
            beside = (constant - 1, constant + 1)
            yield from (each for each in beside if attribute.type != "date" or each in _CALENDAR)
        case str():
            yield from (code for code in attribute.codes if code != constant)
        case tuple():
            for code in attribute.codes:
                if code in constant:
                    yield tuple(each for each in constant if each != code)
                else:
                    yield (*constant, code)


def _parameters(law: Law, rule: Rule) -> Iterator[Mutant]:
    """Yield a change of each value of each parameter that holds while the rule does."""
    named = {leaf.operand.name: leaf for leaf in rule.leaves if isinstance(leaf.operand, Param)}
    dated = law.parameters
    for name, leaf in named.items():
        attribute = VOCABULARY[rule.kind].attributes[leaf.attribute]
        for entry, until in _entries(rule, dated[name]):
            value = write_constant(leaf.operator, entry.value)
            was = f"${name}: {{from: {entry.since}, value: {value}}}"
            for changed in _near(attribute, entry.value):
                yield Mutant(
                    rule,
                    leaf.place or rule.place,
                    was,
                    f"{{value: {write_constant(leaf.operator, changed)}}}",
                    Swap(name, changed, entry.since, until),
                )


def _entries(
    rule: Rule, dated: DatedValues[Constant]
) -> Iterator[tuple[ValueSince[Constant], date | None]]:
    """Yield the entries that hold on some day on which the rule does, each with its last day."""
    for entry, later in zip_longest(dated.entries, dated.entries[1:]):
        until = entry.until or (later.since - _DAY if later else None)
        first = max(entry.since, rule.in_force.since)
        if rule.in_force.on(first) and (until is None or first <= until):
            yield entry, until
