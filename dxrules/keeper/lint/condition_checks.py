"""Conditions that say nothing, proved over everything that a fact can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from dxrules.dates import Truth
from dxrules.errors import Place
from dxrules.keeper.lint.remark import Check, Remark, RulesetFolder
from dxrules.keeper.parameter_diff import regimes
from dxrules.reference import Source
from dxrules.reference.reference_data import Dated
from dxrules.rules import Rule
from dxrules.rules.condition import All, AnyOf, Condition, Leaf, Not, meaning, place_of
from dxrules.rules.domains import TooManyCells, cells
from dxrules.rules.implication import outcomes
from dxrules.rules.rule import Outcome
from dxrules.rules.writing import write_condition
from dxrules.texts import Text

_TRUTHS: tuple[tuple[bool, Check, Text], ...] = (
    (True, "never-true", Text("成り立つことがありません", "can never be true")),
    (False, "never-false", Text("成り立たないことがありません", "can never be false")),
)
_OUTCOMES: tuple[tuple[Outcome, Check, Text], ...] = (
    (Outcome.PASS, "cannot-pass", Text("適合", "pass")),
    (Outcome.FAIL, "cannot-fail", Text("不適合", "fail")),
)


def conditions(folder: RulesetFolder) -> Iterator[Remark]:
    """Yield a remark for each part of a condition that never changes, and for each dead rule."""
    for rule, _, _ in folder.rules():
        days = list(regimes(folder.law, rule))
        try:
            yield from _parts(rule, [each for _, each in days])
            yield from _dead(rule, days)
        except TooManyCells:
            yield Remark(
                rule.place,
                "too-complex",
                Text(
                    f"{rule.id} の条件は組み合わせが多すぎて、調べ切れません。",
                    f"The conditions of {rule.id} have too many combinations to look at each.",
                ),
                Text("点検項目を分けてください。", "Divide the rule."),
            )


def _parts(rule: Rule, resolved: Sequence[Rule]) -> Iterator[Remark]:
    for position, written in enumerate(rule.conditions):
        by_day = [each.conditions[position] for each in resolved]
        for found, truth in _constant(rule.kind, written, by_day):
            yield _constant_remark(rule, found, truth=truth)


def _constant(
    kind: str, written: Condition, by_day: Sequence[Condition]
) -> list[tuple[Condition, bool]]:
    """Return the innermost parts that never have a truth, whatever the day, each with it."""
    inner = [
        found
        for position, part in enumerate(_parts_of(written))
        for found in _constant(kind, part, [_parts_of(each)[position] for each in by_day])
    ]
    if inner:
        return inner
    met = {truth for each in set(by_day) for truth in _truths(kind, each)}
    return [(written, truth) for truth, _, _ in _TRUTHS if truth not in met]


def _parts_of(condition: Condition) -> tuple[Condition, ...]:
    match condition:
        case Leaf():
            return ()
        case Not(part):
            return (part,)
        case All(parts) | AnyOf(parts):
            return parts


def _truths(kind: str, condition: Condition) -> set[Truth]:
    holds = meaning(condition)
    return {holds(values) for values in cells(kind, [condition])}


def _constant_remark(rule: Rule, part: Condition, *, truth: bool) -> Remark:
    ((check, words),) = [(check, words) for which, check, words in _TRUTHS if which is truth]
    written = write_condition(part)
    return Remark(
        place_of(part, rule.place),
        check,
        Text(
            f"{rule.id} の条件 {written} は、{words.ja}。",
            f"The condition {written} of {rule.id} {words.en}.",
        ),
        Text("条件を直すか、この部分を消してください。", "Mend the condition, or drop this part."),
    )


def _dead(rule: Rule, days: Sequence[tuple[date, Rule]]) -> Iterator[Remark]:
    """Yield a remark for each day from which no fact passes, or none fails."""
    missed: set[Check] = set()
    for day, each in days:
        met = outcomes(each)
        now = {check for outcome, check, _ in _OUTCOMES if outcome not in met}
        for _, check, words in _OUTCOMES:
            if check in now - missed:
                yield Remark(
                    rule.place,
                    check,
                    Text(
                        f"{rule.id} は {day} から、どのような事実も{words.ja}にしません。",
                        f"From {day} no fact can {words.en} {rule.id}.",
                    ),
                    Text(
                        "条件かパラメータを直すか、その前日で in_force を終えてください。",
                        "Mend the condition or the parameter, or let it lapse the day before.",
                    ),
                )
        missed = now


_LISTS = ("items", "alongside", "optional")


def decided(folder: RulesetFolder) -> Iterator[Remark]:
    """Yield a remark for each day before its source was decided, and for each area too many."""
    for rule, document, position in folder.rules():
        force, path = rule.in_force, ("rules", position, "in_force")
        place = document.place((*path, "announced"), key=True)
        yield from _before(place, rule.id, force.announced, rule.source)
        if force.until_announced and force.until_source:
            place = document.place((*path, "until_source"), key=True)
            yield from _before(place, rule.id, force.until_announced, force.until_source)
    for ruleset, document in folder.rulesets:
        for name, sources in ruleset.cited.items():
            pairs = zip(ruleset.parameters[name].entries, sources, strict=True)
            for position, (entry, source) in enumerate(pairs):
                value = ("parameters", name, "values", position, "from")
                place = document.place(value, key=True)
                yield from _before(place, f"${name}", entry.since, source)
    reference = folder.law.reference
    for name, document in folder.lists.items():
        for position, entry in enumerate(getattr(reference, name).values()):
            if isinstance(entry, Dated):
                place = document.place(("entries", position, "on"), key=True)
                source = reference.sources[entry.source]
                yield from _before(place, entry.id, entry.holds_from, source)
    yield from _twice(folder)


def _before(place: Place, what: str, day: date, source: Source) -> Iterator[Remark]:
    """Yield a remark if a day surely lies before that of its source."""
    first = source.decided.earliest if source.decided else None
    if source.decided and first and day < first:
        when = source.decided.text
        yield Remark(
            place,
            "before-source",
            Text(
                f"{what} の {day} は、典拠「{source.title.ja}」の日({when})より前です。",
                f"The day {day} of {what} lies before that of its source, {source.title.en} "
                f"({when}).",
            ),
            Text(
                "典拠の日からとするか、その日に既にあった典拠を挙げてください。",
                "Let it begin with its source, or cite one that was there on that day.",
            ),
        )


def _twice(folder: RulesetFolder) -> Iterator[Remark]:
    """Yield a remark for each area that stands twice in a list of one edition."""
    document = folder.lists["editions"]
    for position, edition in enumerate(folder.law.reference.editions.values()):
        for name in _LISTS:
            areas = getattr(edition, name) or ()
            for index, area in enumerate(areas):
                if area in areas[:index]:
                    yield Remark(
                        document.place(("entries", position, name, index)),
                        "area-twice",
                        Text(
                            f"{edition.id} の {name} に {area} が2回あります。",
                            f"{area} stands twice in the {name} of {edition.id}.",
                        ),
                        Text("一方を消してください。", "Delete one."),
                    )
