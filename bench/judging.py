"""The interpreter over a plan, and how rounds are timed."""

from __future__ import annotations

import gc
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, TypeVar

from dxrules.rules.together import Together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dxrules.derivation import Fact
    from dxrules.engine import Pair
    from dxrules.rules import Outcome, Rule

T = TypeVar("T")


class Interpreter:
    """Rules compiled once for dxrules' interpreter, by kind, as an assessment does it."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Compile resolved rules, none of which is about some keys alone."""
        by_kind: dict[str, list[Rule]] = {}
        for rule in rules:
            by_kind.setdefault(rule.kind, []).append(rule)
        self._by_kind = {kind: Together(those) for kind, those in by_kind.items()}

    def outcomes(self, facts: Sequence[Fact]) -> dict[Pair, Outcome]:
        """Judge every pair of a fact and a rule about it."""
        by_kind = self._by_kind
        return {
            (rule.id, position): outcome
            for position, fact in enumerate(facts)
            if fact.kind in by_kind
            for rule, outcome in by_kind[fact.kind].every(by_kind[fact.kind].applied(fact.values))
        }


def time_each(work: Callable[[T], object], items: Sequence[T]) -> float:
    """Return how many milliseconds of CPU `work` takes for an item, on average."""
    gc.collect()
    gc.freeze()  # the items are not what is measured
    start = process_time()
    for item in items:
        work(item)
    taken = process_time() - start
    gc.unfreeze()
    return taken * 1000 / len(items)


class Rounds:
    """Times by name and round; only figures of the same round are divided by each other."""

    def __init__(self) -> None:
        """Start without any."""
        self._times: dict[str, list[float]] = {}

    def run(self, works: Mapping[str, Callable[[T], object]], items: Sequence[T]) -> None:
        """Time each work over all items; every round begins with another of them."""
        names = list(works)
        first = len(next(iter(self._times.values()), [])) % len(names)
        for name in [*names[first:], *names[:first]]:
            self._times.setdefault(name, []).append(time_each(works[name], items))

    def ms(self, *names: str) -> float:
        """Return the median of the rounds, of all names together."""
        return median(self._sums(names))

    def ratio(self, names: Sequence[str], base: Sequence[str]) -> float:
        """Return the median of the ratios of each round."""
        pairs = zip(self._sums(names), self._sums(base), strict=True)
        return median(one / other for one, other in pairs)

    def _sums(self, names: Sequence[str]) -> list[float]:
        return [sum(each) for each in zip(*(self._times[name] for name in names), strict=True)]
