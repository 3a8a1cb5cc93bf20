"""Rulesets as they were read, the lawbook that they make on a day, and parts of a law."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from dxrules.dates import DatedValues, Range
from dxrules.frozen import frozen
from dxrules.reference import Reference, Source, clause_on
from dxrules.rules.condition import Constant, Param, resolve
from dxrules.rules.in_force import rules_known_on
from dxrules.rules.rule import Lawbook, Rule
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.rules.ruleset_models import ParameterType


@frozen
class Ruleset:
    """One file of rules; `types` are those of its parameters, `text` is for the digest.

    `cited` are the sources of each parameter's values, in the order of its entries; `meanings`
    says what a parameter is.
    """

    id: str
    title: Text
    level: Literal["national", "prefecture"]
    prefecture: str | None
    known_until: date
    parameters: Mapping[str, DatedValues[Constant]]
    types: Mapping[str, ParameterType]
    rules: tuple[Rule, ...]
    text: str
    cited: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    meanings: Mapping[str, Text] = field(default_factory=dict)

    @classmethod
    def built_in(cls, ruleset_id: str, title: Text, *rules: Rule) -> Ruleset:
        """Return rules about the plan file itself, which are in no file and hold everywhere."""
        return cls(ruleset_id, title, "national", None, date.max, {}, {}, rules, "")


@frozen
class Law:
    """All rulesets of a folder, with the reference data that they belong to."""

    rulesets: tuple[Ruleset, ...]
    reference: Reference

    @property
    def rules(self) -> Iterator[Rule]:
        """All rules, whatever the day, in the order of the rulesets."""
        return (rule for ruleset in self.rulesets for rule in ruleset.rules)

    @property
    def parameters(self) -> dict[str, DatedValues[Constant]]:
        """All parameters by their names."""
        return {name: dated for each in self.rulesets for name, dated in each.parameters.items()}

    def lawbook(self, day: date, prefecture: str | None = None) -> Lawbook:
        """Return the law of a day for a town: the national rulesets and its prefecture's.

        What had not been announced on that day is not part of it, be it a rule or its lapse.
        """
        applicable = [
            ruleset
            for ruleset in self.rulesets
            if ruleset.level == "national" or ruleset.prefecture == prefecture
        ]
        constants = constants_on(applicable, day)
        known = [rule for ruleset in applicable for rule in rules_known_on(ruleset.rules, day)]
        return Lawbook(
            day,
            tuple(cited(resolved(rule, constants), day) for rule in known if rule.in_force.on(day)),
            tuple(cited(rule, day) for rule in known if not rule.in_force.on(day)),
            tuple(ruleset.id for ruleset in applicable),
            min((self.reference.known_until, *(ruleset.known_until for ruleset in applicable))),
            tuple(ruleset.text for ruleset in applicable),
        )


def cited(rule: Rule, day: date) -> Rule:
    """Name the articles of a rule by their numbers of a day, unless its clause is in words."""
    if not any(article.since or article.until for article in rule.articles):
        return rule
    if rule.clause != clause_on(rule.articles, date.max):
        return rule
    return replace(rule, clause=clause_on(rule.articles, max(day, rule.in_force.since)))


def constants_on(rulesets: Iterable[Ruleset], day: date) -> dict[str, Constant]:
    """Return the values of all parameters that have one on a day."""
    values = {
        name: parameter.on(day)
        for ruleset in rulesets
        for name, parameter in ruleset.parameters.items()
    }
    return {name: value for name, value in values.items() if value is not None}


def resolved(rule: Rule, constants: Mapping[str, Constant]) -> Rule:
    """Put a day's constants into a rule; one that names none stays as it is."""
    due = rule.due
    day = constants[due.name] if isinstance(due, Param) else None
    due_on = Range.point(day) if isinstance(day, int) else None
    applies = None if rule.applies is None else resolve(rule.applies, constants)
    require = resolve(rule.require, constants)
    if applies is rule.applies and require is rule.require and due_on == rule.due_on:
        return rule
    return replace(rule, applies=applies, require=require, due_on=due_on)


def with_referred(law: Law, ids: Collection[str]) -> frozenset[str]:
    """Return rules by their ids, and with them those that they refer to."""
    rules = {rule.id: rule for rule in law.rules}
    wanted, open_ones = set[str](), {*ids}
    while open_ones:
        wanted |= open_ones
        named = [(rules[i].unless_failed, rules[i].refines) for i in open_ones & rules.keys()]
        open_ones = {other for pair in named for other in pair if other} - wanted
    return frozenset(wanted)


def only(law: Law, ids: Collection[str]) -> Law:
    """Return a law with these rules alone: judging by fewer rules takes less time."""
    rulesets = tuple(
        replace(ruleset, rules=tuple(rule for rule in ruleset.rules if rule.id in ids))
        for ruleset in law.rulesets
    )
    return replace(law, rulesets=rulesets)
