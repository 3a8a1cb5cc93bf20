"""Pairs of rules: those that say the same, and those of which one refines the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from dxrules.derivation import Value
from dxrules.errors import Place
from dxrules.keeper.lint.remark import Remark, RulesetFolder
from dxrules.keeper.parameter_diff import common_days
from dxrules.rules import Law, Rule, Ruleset
from dxrules.rules.domains import TooManyCells, cells
from dxrules.rules.evaluate import judge
from dxrules.rules.implication import compare
from dxrules.rules.rule import STRENGTH_LABELS, STRENGTH_RANK, Outcome
from dxrules.rules.ruleset import constants_on, resolved
from dxrules.rules.writing import write_fact
from dxrules.texts import Text


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
    return not first.asked.isdisjoint(second.asked)


def _same(law: Law, first: Rule, second: Rule) -> bool:
    """Tell whether two rules agree on every fact, on every day on which both are in force."""
    days = common_days(law, first, second)
    return bool(days) and all(
        compare(resolved(first, constants), resolved(second, constants)).change == "same"
        for constants in (constants_on(law.rulesets, day) for day in days)
    )


_WAY_OUT = Text(
    "その点検項目以上のことを求めるか、refines を消してください。",
    "Ask for as much as that rule does, or drop refines.",
)


def refinements(folder: RulesetFolder) -> Iterator[Remark]:
    """Yield a remark for each refinement that is weaker than what it refines.

    A prefecture can only recommend or advise, so of its rules the conditions alone are compared.
    """
    by_id = {rule.id: rule for rule, _, _ in folder.rules()}
    national = {
        rule.id
        for ruleset, _ in folder.rulesets
        if ruleset.level == "national"
        for rule in ruleset.rules
    }
    for rule, document, position in folder.rules():
        if rule.refines is not None:
            refined = by_id[rule.refines]
            place = document.place(("rules", position, "refines"), key=True)
            if rule.id in national:
                yield from _weaker_strength(rule, refined, place)
            yield from _weaker(folder.law, rule, refined, place)


def _weaker_strength(rule: Rule, refined: Rule, place: Place) -> Iterator[Remark]:
    if STRENGTH_RANK[rule.strength] < STRENGTH_RANK[refined.strength]:
        own, other = STRENGTH_LABELS[rule.strength], STRENGTH_LABELS[refined.strength]
        yield Remark(
            place,
            "weaker-refinement",
            Text(
                f"{rule.id} の強さ({own.ja})は、具体化する {refined.id}({other.ja})より"
                "弱くなっています。",
                f"{rule.id} is weaker ({own.en}) than {refined.id}, which it refines ({other.en}).",
            ),
            _WAY_OUT,
        )


def _weaker(law: Law, rule: Rule, refined: Rule, place: Place) -> Iterator[Remark]:
    try:
        found = _missed(law, rule, refined)
    except TooManyCells:
        yield Remark(
            place,
            "too-complex",
            Text(
                f"{rule.id} が {refined.id} より弱くないかは、組み合わせが多すぎて調べ切れません。",
                f"Whether {rule.id} is weaker than {refined.id} has too many combinations to tell.",
            ),
            Text("点検項目を分けてください。", "Divide the rule."),
        )
        return
    if found is not None:
        fact = write_fact(rule.kind, found)
        shown = Text("", "") if fact is None else Text(f" {fact} ", f": {fact}")
        yield Remark(
            place,
            "weaker-refinement",
            Text(
                f"{refined.id} で不適合になる事実{shown.ja}が、それを具体化する {rule.id} では"
                "不適合になりません。",
                f"Something fails {refined.id} but not {rule.id}, which refines it{shown.en}.",
            ),
            _WAY_OUT,
        )


def _missed(law: Law, rule: Rule, refined: Rule) -> Mapping[str, Value] | None:
    """Return a fact that fails the refined rule and not the refining one, on a common day."""
    for day in common_days(law, rule, refined):
        constants = constants_on(law.rulesets, day)
        one, other = resolved(rule, constants), resolved(refined, constants)
        asks, asked = judge(one), judge(other)
        for values in cells(one.kind, (*other.conditions, *one.conditions)):
            if asked(values) is Outcome.FAIL is not asks(values):
                return values
    return None
