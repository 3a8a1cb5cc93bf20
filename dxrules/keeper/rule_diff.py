"""Changes in the rules: which came or went, and what each asks now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from dxrules.derivation import Value
from dxrules.frozen import frozen
from dxrules.reference import Source
from dxrules.rules import judge
from dxrules.rules.checks import named
from dxrules.rules.implication import Direction, compare
from dxrules.rules.rule import Outcome, Rule
from dxrules.rules.ruleset import constants_on, resolved

if TYPE_CHECKING:
    from dxrules.keeper.comparison_side import Side

Status = Literal["unannounced", "to-come", "in-force", "lapsed"]
"""Where a rule stands on a day."""

REWORDED = ("title", "message", "remedy", "question", "clause", "articles")
"""Fields whose change is one of wording."""

NOT_COMPARED = frozenset(
    {"id", "kind", "keys", "applies", "require", "place", "due_on", "source_key", "examples"}
)
"""Fields of a rule that are looked at in another way, or are none of what it asks."""

_READING: Mapping[str, object] = {"revision": None, "read_on": None, "digests": {}}
"""What a source says of its last reading, which changes no rule."""

_DAY = timedelta(days=1)


@frozen
class ChangeWitness:
    """A fact that shows a change; the days are those by whose values both sides judge it."""

    values: Mapping[str, Value]
    before: Outcome
    after: Outcome
    days: tuple[date, date]


@frozen
class ConditionChange:
    """How what a rule asks changed, with a fact for each direction.

    `parameters` are those whose values differ; `own` is whether its conditions do, `keys` are
    the subjects that came under it and those that did so before.
    """

    direction: Direction
    tightened: ChangeWitness | None = None
    loosened: ChangeWitness | None = None
    neutral: ChangeWitness | None = None
    own: bool = False
    parameters: tuple[str, ...] = ()
    keys: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


@frozen
class RuleChange:
    """A rule that is not what it was; `old` or `new` is None where that side has none such.

    `was` and `now` are where it stands on the days of the sides, None where they have none.
    `fields` are those that differ, `asked` tells how what it asks changed. `binds` is whose plans
    came under it and whose do, where that differs: the code of a prefecture, None for the nation.
    """

    old: Rule | None
    new: Rule | None
    was: Status | None = None
    now: Status | None = None
    fields: tuple[str, ...] = ()
    asked: ConditionChange | None = None
    binds: tuple[str | None, str | None] | None = None

    @property
    def rule(self) -> Rule:
        """The rule as it is now, else as it was."""
        return next(each for each in (self.new, self.old) if each is not None)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that it goes by on both sides."""
        return tuple(dict.fromkeys(rule.id for rule in (self.new, self.old) if rule))

    @property
    def heads(self) -> tuple[str, ...]:
        """What happened to it, the gravest first; of this its place in a report follows."""
        if self.old is None or self.new is None:
            return ("added",) if self.old is None else ("removed",)
        found = [] if self.was == self.now or self.now is None else [str(self.now)]
        found += ["bound"] if self.binds is not None else []
        found += ["renamed"] if self.old.id != self.new.id else []
        asked = self.asked.direction if self.asked else None
        found += [asked] if asked not in (None, "same") else []
        found += ["changed"] if set(self.fields) - {*REWORDED, "formerly"} else []
        found += ["same"] if asked == "same" else []
        found += ["reworded"] if set(self.fields) & {*REWORDED} else []
        return tuple(found) or ("changed",)


def rule_changes(old: Side, new: Side) -> tuple[RuleChange, ...]:
    """Return every rule that differs between two sides, in the order of the newer one."""
    found = (_change(old, new, *pair) for pair in _pairs([*old.law.rules], [*new.law.rules]))
    return tuple(change for change in found if change is not None)


def alive(rule: Rule, day: date | None) -> bool:
    """Tell whether a rule binds on the day of a side, or is announced; without a day, always."""
    return day is None or _status(rule, day) in ("to-come", "in-force")


def rules_of(sides: tuple[Side, Side], concerned: Callable[[Rule], bool]) -> tuple[str, ...]:
    """Return the ids of the rules of either side that are alive and concerned, the newer first."""
    return tuple(
        dict.fromkeys(
            rule.id
            for side in reversed(sides)
            for rule in side.law.rules
            if alive(rule, side.day) and concerned(rule)
        )
    )


def _pairs(old: Sequence[Rule], new: Sequence[Rule]) -> Iterator[tuple[Rule | None, Rule | None]]:
    """Pair the rules of both sides, by id, else by one that either of them had formerly."""
    by_id, ids = {rule.id: rule for rule in old}, {rule.id for rule in new}
    before = {name: name for name in ids if name in by_id}
    links = [(rule.id, former) for rule in new for former in rule.formerly]
    links += [(former, rule.id) for rule in old for former in rule.formerly]
    for now, was in links:
        if now in ids and was in by_id and now not in before and was not in before.values():
            before[now] = was
    for rule in new:
        yield by_id.get(before.get(rule.id, "")), rule
    for rule in old:
        if rule.id not in before.values():
            yield rule, None


def _change(old: Side, new: Side, before: Rule | None, after: Rule | None) -> RuleChange | None:
    was, now = _status(before, old.day), _status(after, new.day)
    if (was or now) and {was, now} <= {None, "unannounced"}:
        return None  # neither side knows of it on its day
    if before is None or after is None:
        return RuleChange(before, after, was, now)
    if "unannounced" in (was, now):
        return RuleChange(before, after, was, now)
    differing = tuple(
        field.name
        for field in fields(Rule)
        if field.name not in NOT_COMPARED
        and not (field.name == "formerly" and before.id != after.id)  # says no more than the ids
        and _compared(before, field.name) != _compared(after, field.name)
    )
    asked = _asked(old, new, before, after)
    binds = _bound(old, before), _bound(new, after)
    moved = binds if binds[0] != binds[1] else None
    changed = differing or asked is not None or moved is not None
    if before.id == after.id and was == now and not changed:
        return None
    return RuleChange(before, after, was, now, differing, asked, moved)


def _bound(side: Side, rule: Rule) -> str | None:
    """Return the prefecture whose municipalities a rule binds; None where it binds the nation's."""
    return next(each.prefecture for each in side.law.rulesets if rule in each.rules)


def _compared(rule: Rule, name: str) -> object:
    value: object = getattr(rule, name)
    return value.model_copy(update=_READING) if isinstance(value, Source) else value


def _status(rule: Rule | None, day: date | None) -> Status | None:
    if rule is None or day is None:
        return None
    if day < rule.in_force.announced:
        return "unannounced"
    if day < rule.in_force.since:
        return "to-come"
    return "in-force" if rule.in_force.on(day) else "lapsed"


def _asked(old: Side, new: Side, before: Rule, after: Rule) -> ConditionChange | None:
    """Tell how what a rule asks changed; None if it asks the same in the same words."""
    if before.kind != after.kind:
        return ConditionChange("undecided", own=True)
    days = _days(old, new, before, after)
    own = before.conditions != after.conditions
    moved = _moved(old, new, before, after, days)
    keys = _keys(before, after)
    if not (own or moved or before.keys != after.keys):
        return None
    undecided = neutral = False
    tightened = loosened = passing = None
    for pair in days:
        first = resolved(before, constants_on(old.law.rulesets, pair[0]))
        then = resolved(after, constants_on(new.law.rulesets, pair[1]))
        found = compare(first, then)
        undecided |= found.change == "undecided"
        neutral |= found.change != "same"
        tightened = tightened or _witness(first, then, found.tightened, pair)
        loosened = loosened or _witness(first, then, found.loosened, pair)
        passing = passing or _witness(first, then, found.neutral, pair)
    more, less = bool(tightened or keys[0]), bool(loosened or keys[1])
    direction: Direction
    if more and less:
        direction = "both"
    elif undecided:
        direction = "undecided"
    elif more or less:
        direction = "tightened" if more else "loosened"
    else:
        direction = "neutral" if neutral else "same"
    return ConditionChange(direction, tightened, loosened, passing, own, moved, keys)


def _days(old: Side, new: Side, before: Rule, after: Rule) -> list[tuple[date, date]]:
    """Return the days by whose values the two are compared, one for each side.

    Both days of the sides where the rule is in force on them. Else, as on sides without a day,
    each day from which it reads differently while it is in force on both, the last one first;
    if there is none, the first of each.
    """
    if old.day and new.day and before.in_force.on(old.day) and after.in_force.on(new.day):
        return [(old.day, new.day)]
    starts = {before.in_force.since, after.in_force.since}
    for side, rule in ((old, before), (new, after)):
        parameters = side.law.parameters
        for entry in (each for name in named(rule) for each in parameters[name].entries):
            starts |= {entry.since, entry.until + _DAY if entry.until else entry.since}
    common = [day for day in starts if before.in_force.on(day) and after.in_force.on(day)]
    return [(day, day) for day in sorted(common, reverse=True)] or [
        (before.in_force.since, after.in_force.since)
    ]


def _moved(
    old: Side, new: Side, before: Rule, after: Rule, days: Sequence[tuple[date, date]]
) -> tuple[str, ...]:
    """Return the parameters that both name and whose values differ on days compared."""
    found: dict[str, None] = {}
    for first, then in days:
        was, now = constants_on(old.law.rulesets, first), constants_on(new.law.rulesets, then)
        for name in named(after):
            if name in named(before) and was[name] != now[name]:
                found[name] = None
    return tuple(found)


def _keys(before: Rule, after: Rule) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the subjects that came under a rule, and those that no longer do; `*` is all."""
    if bool(before.keys) != bool(after.keys):
        return (("*",), ()) if before.keys else ((), ("*",))
    return (
        tuple(key for key in after.keys if key not in before.keys),
        tuple(key for key in before.keys if key not in after.keys),
    )


def _witness(
    first: Rule, then: Rule, values: Mapping[str, Value] | None, days: tuple[date, date]
) -> ChangeWitness | None:
    if values is None:
        return None
    return ChangeWitness(values, judge(first)(values), judge(then)(values), days)
