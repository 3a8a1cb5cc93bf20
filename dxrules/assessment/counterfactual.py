"""What would have to change for a failure to pass: the fewest attributes, then the nearest value.

Every change is judged again before it is told. To leave what a rule applies to is no remedy, and
neither is a day that has passed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from dxrules.assessment.counterfactual_search import (
    Alternative,
    asked_of,
    changed,
    choices_of,
    distinct,
    passes,
    smallest,
)
from dxrules.assessment.finding import Finding
from dxrules.dates import Range
from dxrules.derivation import VOCABULARY, Attribute, Code, Value
from dxrules.derivation.declaration import Lever
from dxrules.derivation.describe import describe_range
from dxrules.frozen import frozen
from dxrules.rules import Outcome, Rule, judge
from dxrules.rules.condition import Leaf
from dxrules.rules.evaluate import FactJudge
from dxrules.texts import Text, join

MOST = 3
"""How many changes are told of one failure."""

_NOTHING_HELPS = Text(
    "団体が変えられることでは適合にならない",
    "nothing that the municipality can change makes this pass",
)
_TOO_LATE = Text(
    "{day} は過ぎており、計画を直しても適合にはならない",
    "{day} has passed, and no change to the plan makes this pass",
)
_REMAINS = Text(
    "{day} は過ぎた。残る手立て: {changes}", "{day} has passed; what remains: {changes}"
)


@frozen
class PassingStep:
    """One attribute changed: each of `values` will do, and of days and numbers all of `span`."""

    attribute: Attribute
    lever: Lever
    values: tuple[Value, ...]
    span: Range | None = None

    @property
    def text(self) -> Text:
        """What the town does."""
        if self.span is None:
            codes = [self.attribute.codes[v.code] for v in self.values if isinstance(v, Code)]
            either = join(codes, "か", " or ")
            return self.lever.words.format(value=either)
        if not self.span.is_known or self._is_plain(self.span):
            return self.lever.words
        value = _bounds(self.attribute, self.span)
        if self.lever.within is not None:
            return self.lever.within.format(value=value)
        label = self.attribute.label
        return self.lever.words + Text(f"({label.ja}: {value.ja})", f" ({label.en}: {value.en})")

    def _is_plain(self, span: Range) -> bool:
        """Tell whether it is just about there being none of something, or any."""
        least = self.attribute.least
        return least is not None and span in (Range.point(least), Range(least + 1, None))


def _bounds(attribute: Attribute, span: Range) -> Text:
    if attribute.type != "date":
        least = span.lo if span.lo != attribute.least else None
        return describe_range(attribute, Range(least, span.hi))
    first, last = (None if end is None else date.fromordinal(end) for end in (span.lo, span.hi))
    if first == last:
        return Text(f"{first}", f"on {first}")
    if first is None:
        return Text(f"{last}まで", f"by {last}")
    if last is None:
        return Text(f"{first}以後", f"on {first} or later")
    return Text(f"{first}から{last}まで", f"between {first} and {last}")


@frozen
class PassingChange:
    """Attributes that pass when they change together; none of them can be left out.

    `values` are the nearest ones that pass, by attribute, with those that follow from them.
    """

    steps: tuple[PassingStep, ...]
    values: Mapping[str, Value]

    @property
    def decided(self) -> bool:
        """Whether the town can bring it about, whatever was so until now."""
        return all(step.lever.by == "decide" for step in self.steps)

    @property
    def text(self) -> Text:
        """All of its steps."""
        texts = [step.text for step in self.steps]
        return join(texts, "、かつ、", ", and ")


@frozen
class Counterfactual:
    """What makes a failure pass, the best first; `too_late` is a past day that would have done.

    Without changes, nothing that the town can still do makes it pass.
    """

    changes: tuple[PassingChange, ...]
    too_late: date | None = None

    @property
    def says_more(self) -> bool:
        """Whether it tells more than a remedy does: a day or a value, or that it is too late."""
        steps = [step for change in self.changes for step in change.steps]
        named = any(step.text != step.lever.words for step in steps)
        return named or self.too_late is not None or not steps

    @property
    def text(self) -> Text:
        """All of the changes, as alternatives."""
        texts = [change.text for change in self.changes]
        told = join(texts, "。または、", "; or ")
        if self.too_late is None:
            return told if texts else _NOTHING_HELPS
        return (_REMAINS if texts else _TOO_LATE).format(day=str(self.too_late), changes=told)


def counterfactual(finding: Finding, day: date) -> Counterfactual | None:
    """Return what makes a failure pass, as of a day; None of what is no failure of a rule."""
    if finding.outcome is not Outcome.FAIL or finding.verdict is None:
        return None
    values = {
        leaf.condition.attribute: leaf.value
        for tree in (finding.verdict.applies, finding.verdict.require)
        for leaf in (tree.leaves() if tree is not None else ())
        if isinstance(leaf.condition, Leaf) and leaf.value is not None
    }
    return passing(finding.rule, values, VOCABULARY[finding.kind].attributes, day)


def passing(
    rule: Rule,
    values: Mapping[str, Value],
    attributes: Mapping[str, Attribute],
    day: date,
) -> Counterfactual:
    """Return the changes of fewest attributes that make a failing fact pass, at most MOST.

    Of each set of attributes and levers only the nearest values count. What the town can decide
    comes before what it can only state if it is so; if the fewest are all of the second kind,
    the fewest that can be decided are told, too. The rule is resolved.
    """
    trial = _Trial.of(rule, values, attributes, day)
    in_time = _kept(trial.choices, lambda choice: not choice.late)
    found = smallest(trial.judge, values, in_time)
    changes = trial.nearest(found)
    if not any(change.decided for change in changes):
        decided = _kept(in_time, lambda choice: choice.lever.by == "decide")
        changes = trial.nearest(smallest(trial.judge, values, decided)) + changes
    late = smallest(trial.judge, values, trial.choices)
    return Counterfactual(tuple(changes[:MOST]), _too_late(late, changes))


def _too_late(
    found: Iterable[tuple[Alternative, ...]], changes: Iterable[PassingChange]
) -> date | None:
    """Return the last day that would have done, unless a day to come does as well."""
    open_still = {step.attribute.name for change in changes for step in change.steps}
    missed = [
        choice.number
        for combination in found
        for choice in combination
        if choice.late and choice.number is not None and choice.attribute.name not in open_still
    ]
    return date.fromordinal(max(missed)) if missed else None


def _kept(
    choices: Mapping[str, Sequence[Alternative]], wanted: Callable[[Alternative], bool]
) -> dict[str, list[Alternative]]:
    return {name: [each for each in those if wanted(each)] for name, those in choices.items()}


@frozen
class _Trial:
    """A rule, a fact that fails it, all values that may be tried, and those that differ."""

    judge: FactJudge
    values: Mapping[str, Value]
    every: Mapping[str, Sequence[Alternative]]
    choices: Mapping[str, Sequence[Alternative]]

    @classmethod
    def of(
        cls,
        rule: Rule,
        values: Mapping[str, Value],
        attributes: Mapping[str, Attribute],
        day: date,
    ) -> _Trial:
        asked = asked_of(rule)
        every = {
            name: list(choices_of(attributes[name], those, values[name], day))
            for name, those in asked.items()
        }
        whole = [leaf for those in asked.values() for leaf in those]
        choices = {name: distinct(those, whole, values) for name, those in every.items()}
        return cls(judge(rule), values, every, choices)

    def nearest(self, found: Iterable[tuple[Alternative, ...]]) -> list[PassingChange]:
        """Return one change for each set of attributes and levers, the best first."""
        best: dict[object, tuple[Alternative, ...]] = {}
        for combination in sorted(found, key=_distance):
            best.setdefault(tuple((c.attribute.name, c.lever) for c in combination), combination)
        changes = [
            PassingChange(
                tuple(self._step(choice, combination) for choice in combination),
                {n: v for n, v in changed(combination).items() if n in self.values},
            )
            for combination in best.values()
        ]
        return sorted(changes, key=lambda change: not change.decided)

    def _step(self, chosen: Alternative, combination: tuple[Alternative, ...]) -> PassingStep:
        """Say what else will do in the place of one choice, the others staying as they are."""
        others = [choice for choice in combination if choice is not chosen]
        same_lever = [c for c in self.every[chosen.attribute.name] if c.lever == chosen.lever]
        will_do = {
            position
            for position, choice in enumerate(same_lever)
            if not choice.late and passes(self.judge, self.values, [*others, choice])
        }
        if chosen.number is None:
            rest = [same_lever[n].value for n in sorted(will_do)]
            values = dict.fromkeys([chosen.value, *rest])
            return PassingStep(chosen.attribute, chosen.lever, tuple(values))
        possible = [n for n, choice in enumerate(same_lever) if not choice.late]
        first = last = same_lever.index(chosen)
        while first - 1 in will_do:
            first -= 1
        while last + 1 in will_do:
            last += 1
        lo = None if first == possible[0] else same_lever[first].number
        hi = None if last == possible[-1] else same_lever[last].number
        if lo is None and hi is not None:
            lo = chosen.attribute.least
        return PassingStep(chosen.attribute, chosen.lever, (chosen.value,), Range(lo, hi))


def _distance(combination: tuple[Alternative, ...]) -> int:
    return sum(choice.distance for choice in combination)
