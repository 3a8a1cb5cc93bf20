"""A national workload, generated from seeds: 1,788 plans and rules in dxrules' own language.

The kinds are not dxrules' own, so that the workload does not change when the vocabulary does.
A plan depends on its number alone and the rules on how many are asked for, so any part of the
workload can be made by itself and nothing needs to be kept in memory.
"""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from kinds import KINDS

from dxrules.dates import Range
from dxrules.derivation import SILENT, UNKNOWN, Code, Fact
from dxrules.errors import Place
from dxrules.reference import Source
from dxrules.rules import Outcome, Rule, judge
from dxrules.rules.condition import OPERATORS, All, AnyOf, Leaf, Not
from dxrules.rules.rule import InForce
from dxrules.texts import same

if TYPE_CHECKING:
    from kinds import Attribute

    from dxrules.derivation import Value
    from dxrules.rules.condition import Condition, Constant

PLANS = 1_788
"""As many as there are municipalities and prefectures."""

RULES = 80
UNKNOWN_SHARE = 0.08
FIRST_DAY = date(2025, 4, 1).toordinal()
FAIL_SHARE = 0.002, 0.022
"""A rule is kept if so many of its facts fail; the violations of a plan are few."""

MOST_UNKNOWN_SHARE = 0.06
"""A rule is kept if no more of its facts cannot be told."""

PRECISION = ((1, 0.55), (30, 0.25), (365, 0.12), (None, 0.08))
"""How many days a stated date leaves open, and how often; None is a side without an end."""


def plan(number: int, scale: int = 1) -> list[Fact]:
    """Return the facts of a plan, `scale` times 91 of them."""
    random = Random(f"plan {number} {scale}")
    place = Place(f"facts/town{number:04}.yaml", 1, 1)
    return [
        _fact(random, name, f"{name}-{n}", place)
        for name, kind in KINDS.items()
        for n in range(kind.facts * scale)
    ]


def _fact(random: Random, kind: str, key: str, place: Place) -> Fact:
    attributes = KINDS[kind].attributes
    values = {name: _value(random, attribute) for name, attribute in attributes.items()}
    return Fact(kind, key, same(key), values, place)


def _value(random: Random, attribute: Attribute) -> Value:
    if random.random() < UNKNOWN_SHARE:
        return random.choice((SILENT, UNKNOWN))
    match attribute.type:
        case "truth":
            return random.random() < attribute.often
        case "code":
            return Code(random.choice(attribute.codes))
        case "number":
            number = random.randint(0, attribute.most)
            off = attribute.most // 20 if random.random() < UNKNOWN_SHARE else 0
            return Range(number, number + off)
        case "date":
            return _stated_date(random, FIRST_DAY + random.randint(0, attribute.most))


def _stated_date(random: Random, day: int) -> Range:
    days, weights = zip(*PRECISION, strict=True)
    (length,) = random.choices(days, weights)
    if length is None:
        return Range(None, day) if random.random() < 0.5 else Range(day, None)  # noqa: PLR2004
    return Range(day, day + length - 1, approximate=random.random() < 0.05)  # noqa: PLR2004


def rules(count: int = RULES) -> list[Rule]:
    """Return different rules that few facts violate, shared out among the kinds as in KINDS."""
    random = Random(f"rules {count}")
    shares = {name: kind.rules * count // RULES for name, kind in KINDS.items()}
    shares["measure"] += count - sum(shares.values())
    return [each for kind, share in shares.items() for each in _rules_of(random, kind, share)]


def _rules_of(random: Random, kind: str, count: int) -> list[Rule]:
    place = Place("rulesets/bench.yaml", 1, 1)
    sample = [_fact(random, kind, "-", place) for _ in range(500)]
    kept: dict[tuple[Condition, Condition], Rule] = {}
    while len(kept) < count:
        applies, require = _applies(random, kind), _require(random, kind)
        rule = _rule(f"{kind[:3].upper()}-{len(kept):03}", kind, applies, require, place)
        # Most are refused by a glance at a tenth of the sample.
        if _is_fit(rule, sample[:50], (0.0, 0.1), 0.15) and _is_fit(rule, sample):
            kept.setdefault((applies, require), rule)
    return list(kept.values())


def _is_fit(
    rule: Rule,
    sample: list[Fact],
    fail_share: tuple[float, float] = FAIL_SHARE,
    most_unknown: float = MOST_UNKNOWN_SHARE,
) -> bool:
    decide = judge(rule)
    outcomes = [decide(fact.values) for fact in sample]
    fails, unknowns = outcomes.count(Outcome.FAIL), outcomes.count(Outcome.UNKNOWN)
    least, most = (share * len(sample) for share in fail_share)
    return least <= fails <= most and unknowns <= most_unknown * len(sample)


def _applies(random: Random, kind: str) -> Condition:
    parts = tuple(_leaf(random, kind) for _ in range(random.choice((1, 2, 2))))
    return parts[0] if len(parts) == 1 else All(parts)


def _require(random: Random, kind: str) -> Condition:
    parts = tuple(_leaf(random, kind) for _ in range(random.choice((1, 2, 2, 3))))
    if len(parts) == 1:
        return parts[0]
    shape = random.random()
    if shape < 0.6:  # noqa: PLR2004
        return AnyOf(parts)
    if shape < 0.8:  # noqa: PLR2004
        return AnyOf((parts[0], All(parts[1:])))
    return AnyOf((Not(All(parts[1:])), parts[0]))


def _leaf(random: Random, kind: str) -> Leaf:
    name = random.choice(list(KINDS[kind].attributes))
    attribute = KINDS[kind].attributes[name]
    operators = [word for word, each in OPERATORS.items() if attribute.type in each.types]
    operator = random.choice(operators)
    return Leaf(name, operator, _operand(random, attribute, operator))


def _operand(random: Random, attribute: Attribute, operator: str) -> Constant:
    if operator == "known" or attribute.type == "truth":
        return random.random() < attribute.often
    if attribute.type == "code":
        if operator in {"in", "not_in"}:
            return tuple(random.sample(attribute.codes, random.randint(1, 2)))
        return random.choice(attribute.codes)
    return random.randint(0, attribute.most) + (FIRST_DAY if attribute.type == "date" else 0)


def _rule(rule_id: str, kind: str, applies: Condition, require: Condition, place: Place) -> Rule:
    text, day = same(rule_id), date(2026, 4, 1)
    source = Source.model_construct(title=text, kind="guideline", verified="unverified")
    return Rule(
        id=rule_id,
        ruleset="bench",
        title=text,
        about="plan",
        strength="advice",
        severity="warning",
        draft=False,
        source=source,
        source_key="bench",
        clause=None,
        in_force=InForce(day, day),
        kind=kind,
        keys=(),
        applies=applies,
        require=require,
        unless_failed=None,
        due=None,
        message=text,
        remedy=text,
        place=place,
    )
