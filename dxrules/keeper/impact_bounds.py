"""In how many plans a change of rules makes one fail: at least so many, and at most so many.

A rule fails at least in the plans that fail it for sure, and at most in those and the ones where
it cannot be told. What to ask of the municipalities brings the two numbers together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from dxrules.assessment.questions import DUTIES
from dxrules.frozen import frozen
from dxrules.keeper.impact import Impact, TownImpact
from dxrules.keeper.rule_stands import OPEN, Stand
from dxrules.reference.gazetteer import gazetteer
from dxrules.rules import Outcome, Rule
from dxrules.rules.rule import STRENGTH_RANK
from dxrules.texts import Text, same


@frozen
class Bounds:
    """At least so many, and at most."""

    least: int
    most: int

    def plus(self, *, sure: bool, may_be: bool) -> Bounds:
        """Return them with one more that counts for sure, or may count."""
        return Bounds(self.least + sure, self.most + may_be)


@frozen
class RuleBounds:
    """Of how many plans a rule fails before and after a change, and in how many newly so."""

    rule: Rule
    plans: int
    before: Bounds
    after: Bounds
    newly: Bounds


@frozen
class GroupBounds:
    """A group of plans: how many of them newly fail any rule, and each rule by itself."""

    name: Text
    plans: int
    newly: Bounds
    rules: tuple[RuleBounds, ...]


@frozen
class NarrowingQuestion:
    """A question, the rules that it tells of, and in how many plans they cannot be told now."""

    question: Text
    rules: tuple[Rule, ...]
    plans: int


@frozen
class ToAsk:
    """A plan in which rules that the change touches cannot be told; duties among them."""

    town: TownImpact
    rules: tuple[Rule, ...]
    duties: int


@frozen
class CorpusBounds:
    """What a change does to all plans together, to those of each prefecture and of each kind.

    `questions` are what to ask to narrow the bounds, what narrows most first; `to_ask` are the
    plans to ask first.
    """

    all: GroupBounds
    prefectures: tuple[GroupBounds, ...]
    kinds: tuple[GroupBounds, ...]
    questions: tuple[NarrowingQuestion, ...]
    to_ask: tuple[ToAsk, ...]


def bounds_of(impact: Impact) -> CorpusBounds | None:
    """Return the bounds of what a change does; None where no rule is touched that is judged."""
    moved = {
        stand.rule.id
        for town in impact.towns
        for stand in town.stands
        if stand.before != stand.after
    }
    told = moved | impact.touched
    towns = [
        replace(town, stands=tuple(stand for stand in town.stands if stand.rule.id in told))
        for town in impact.towns
        if town.stands
    ]
    if not any(town.stands for town in towns):
        return None
    return CorpusBounds(
        _group(Text("全体", "all"), towns),
        _groups(towns, _prefecture),
        _groups(towns, lambda town: town.file.plan.municipality.town),
        _questions(towns),
        _to_ask(towns),
    )


def _prefecture(town: TownImpact) -> Text:
    code = town.file.plan.municipality.code
    found = gazetteer().prefecture_of(code)
    return same(code[:2]) if found is None else found.name


def _groups(
    towns: Sequence[TownImpact], name: Callable[[TownImpact], Text]
) -> tuple[GroupBounds, ...]:
    groups: dict[Text, list[TownImpact]] = {}
    for town in towns:
        groups.setdefault(name(town), []).append(town)
    return tuple(_group(called, group) for called, group in groups.items())


def _group(name: Text, towns: Sequence[TownImpact]) -> GroupBounds:
    by_rule: dict[str, list[Stand]] = {}
    for town in towns:
        for stand in town.stands:
            by_rule.setdefault(stand.rule.id, []).append(stand)
    newly = [_newly_fails(town) for town in towns]
    rules = (_rule(stands) for stands in by_rule.values())
    return GroupBounds(
        name,
        len(towns),
        Bounds(*map(sum, zip(*newly, strict=True))),
        tuple(sorted(rules, key=_most_first)),
    )


def _newly_fails(town: TownImpact) -> tuple[bool, bool]:
    """Tell whether a plan newly fails any rule for sure, and whether it may."""
    newly = [stand.newly for stand in town.stands]
    return any(sure for sure, _ in newly), any(may_be for _, may_be in newly)


def _rule(stands: Sequence[Stand]) -> RuleBounds:
    newly = [stand.newly for stand in stands]
    return RuleBounds(
        stands[0].rule,
        len(stands),
        _bounds(stand.before for stand in stands),
        _bounds(stand.after for stand in stands),
        Bounds(sum(sure for sure, _ in newly), sum(may for _, may in newly)),
    )


def _bounds(outcomes: Iterable[Outcome | None]) -> Bounds:
    counted = Counter(outcomes)
    least = counted[Outcome.FAIL]
    return Bounds(least, least + sum(counted[outcome] for outcome in OPEN))


def _most_first(found: RuleBounds) -> tuple[int, int, str]:
    return -found.newly.least, -found.newly.most, found.rule.id


def _questions(towns: Iterable[TownImpact]) -> tuple[NarrowingQuestion, ...]:
    """Return what to ask: a question counts once in a plan, whichever rules ask it."""
    rules: dict[Text, dict[str, Rule]] = {}
    plans: Counter[Text] = Counter()
    for town in towns:
        plans.update({stand.asks for stand in town.stands if stand.asks is not None})
        for stand in town.stands:
            if stand.asks is not None:
                rules.setdefault(stand.asks, {})[stand.rule.id] = stand.rule
    found = [NarrowingQuestion(text, tuple(of.values()), plans[text]) for text, of in rules.items()]
    return tuple(sorted(found, key=lambda each: (-each.plans * len(each.rules), each.question.ja)))


def _to_ask(towns: Iterable[TownImpact]) -> tuple[ToAsk, ...]:
    found = []
    for town in towns:
        rules = [stand.rule for stand in town.stands if stand.asks is not None]
        rules.sort(key=lambda rule: (-STRENGTH_RANK[rule.strength], rule.id))
        duties = sum(rule.strength in DUTIES and not rule.draft for rule in rules)
        if rules:
            found.append(ToAsk(town, tuple(rules), duties))
    return tuple(sorted(found, key=lambda each: (-each.duties, -len(each.rules))))
