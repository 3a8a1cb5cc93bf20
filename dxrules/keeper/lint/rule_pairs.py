"""Two rules that say the same."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from dxrules.keeper.lint.remark import Remark
from dxrules.rules.condition import leaves
from dxrules.rules.implication import compare
from dxrules.rules.ruleset import constants_on, resolved
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dxrules.keeper.lint.remark import RulesetFolder
    from dxrules.rules import Law, Rule, Ruleset


def pairs(folder: RulesetFolder) -> Iterator[Remark]:
    """Yield a remark for each rule that says the same as one before it.

    A rule that refines another may well ask for just as much.
    """
    law = folder.law
    every = [(ruleset, rule) for ruleset in law.rulesets for rule in ruleset.rules]
    for (where, first), (there, second) in combinations(every, 2):
        if _meet(where, there) and _overlap(first, second) and _same(law, first, second):
            yield Remark(
                second.place,
                "same-rules",
                Text(
                    f"{second.id} は {first.id}({first.place})と同じことを問います。",
                    f"{second.id} asks the same as {first.id} ({first.place}).",
                ),
                Text(
                    "一方を消すか、何が違うかを条件にしてください。",
                    "Drop one of them, or make the difference a condition.",
                ),
            )


def _meet(one: Ruleset, other: Ruleset) -> bool:
    """Tell whether a town can come under both."""
    return "national" in (one.level, other.level) or one.prefecture == other.prefecture


def _overlap(first: Rule, second: Rule) -> bool:
    """Tell whether two rules have a subject and something that they ask of it in common."""
    if first.kind != second.kind or first.refines == second.id or second.refines == first.id:
        return False
    if first.keys and second.keys and set(first.keys).isdisjoint(second.keys):
        return False
    return bool(_asked(first) & _asked(second))


def _asked(rule: Rule) -> set[str]:
    return {leaf.attribute for condition in rule.conditions for leaf in leaves(condition)}


def _same(law: Law, first: Rule, second: Rule) -> bool:
    """Tell whether two rules agree on every fact, on every day on which both are in force."""
    days = common_days(law, first, second)
    return bool(days) and all(
        compare(resolved(first, constants), resolved(second, constants)).change == "same"
        for constants in (constants_on(law.rulesets, day) for day in days)
    )


def common_days(law: Law, first: Rule, second: Rule) -> list[date]:
    """Return the days on which both rules hold and one of them, or a parameter, begins."""
    begins = {
        entry.since
        for ruleset in law.rulesets
        for dated in ruleset.parameters.values()
        for entry in dated.entries
    }
    days = sorted({first.in_force.since, second.in_force.since, *begins})
    return [day for day in days if first.in_force.on(day) and second.in_force.on(day)]
