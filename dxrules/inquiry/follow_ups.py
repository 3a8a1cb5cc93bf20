"""What is asked only after another answer: what that opens, or leaves open to be told further.

An inquiry holds it from the beginning, as "if so, then": so an answer never leads to a question
that was not there before. It is found by trying: after each answer that leaves something open, all
that can be told further of this is tried as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dxrules.assessment.finding import SubjectKey
from dxrules.frozen import frozen, replaced
from dxrules.inquiry.asks import Ask, Choice, asks_of
from dxrules.inquiry.trial import Bench
from dxrules.plan.answers import AnsweredPlan
from dxrules.rules import Outcome

OPEN = (Outcome.UNKNOWN, Outcome.ERROR)
_MOST_STEPS = 1
"""So many answers are tried before a question: what comes after a second one is of the same topic,
so that it is part of a question that stands already. Two take a blank plan beyond a second."""


@frozen
class Tried:
    """What an answer does: which findings it settles, which it opens, and the plan with it."""

    choice: Choice
    settled: frozenset[SubjectKey]
    opened: frozenset[SubjectKey]
    after: AnsweredPlan


def tried(
    bench: Bench, world: AnsweredPlan, ask: Ask, choice: Choice, still: Iterable[SubjectKey]
) -> Tried | None:
    """Try an answer where some findings are `still` open; None if it cannot be given there."""
    after = bench.answered(world, ask, choice)
    if after is None:
        return None
    outcomes = bench.outcomes(after, ask)
    was = frozenset(still)
    now = frozenset(s for s, outcome in outcomes.items() if outcome in OPEN)
    settled = frozenset(s for s in outcomes.keys() & was if s not in now)
    return Tried(choice, settled, now.difference(was, bench.open), after)


@frozen
class FollowUp:
    """Something to ask after an answer: what it is, what each answer to it settles, after which."""

    ask: Ask
    tries: tuple[Tried, ...]
    opener: Ask
    kind: str


@frozen
class _State:
    """A plan after some answers: what was told, and what these left open or opened."""

    after: AnsweredPlan
    told: frozenset[tuple[str, str]]
    touched: frozenset[SubjectKey]
    opener: Ask
    kind: str
    steps: int


class FollowUps:
    """Finds all that can come to be asked after the answers to some first questions."""

    def __init__(
        self, bench: Bench, told: frozenset[str], asked: frozenset[str], *, each: bool
    ) -> None:
        self.bench, self.told, self.asked, self.each = bench, told, asked, each
        self._seen = set[frozenset[tuple[str, str]]]()

    def after(self, first: Iterable[tuple[Ask, Iterable[Tried]]]) -> Iterator[FollowUp]:
        """Yield what comes after the answers that were tried to first questions."""
        states = [
            state
            for ask, tries in first
            for each in _apart(tries)
            for state in self._next(ask, each, None)
        ]
        for state in states:  # which grows
            for ask in self._asks(state):
                tries = [
                    found
                    for choice in ask.choices
                    if (found := tried(self.bench, state.after, ask, choice, state.touched))
                ]
                if any(each.settled for each in tries):
                    yield FollowUp(ask, tuple(tries), state.opener, state.kind)
                    states += [
                        new for each in _apart(tries) for new in self._next(ask, each, state)
                    ]

    def _next(self, ask: Ask, each: Tried, before: _State | None) -> Iterator[_State]:
        """Yield where to go on after an answer; nothing if it leaves nothing open, or is known."""
        told = frozenset(
            (replaced(target, key=key).name, value)
            for target in ask.targets
            for key, value in each.choice.values
        )
        steps = 1
        if before is not None:
            told, steps = told | before.told, before.steps + 1
        left = {finding.subject for finding in ask.hangs} - each.settled
        touched = left | each.opened
        if touched and told not in self._seen and steps <= _MOST_STEPS:
            self._seen.add(told)
            yield _State(each.after, told, frozenset(touched), ask, each.choice.kind, steps)

    def _asks(self, state: _State) -> list[Ask]:
        """Return what can be told further of what an answer left open; of several at once.

        What is asked anyway is not among it.
        """
        bench = self.bench
        findings = [replaced(bench.named(each), verdict=None) for each in sorted(state.touched)]
        document, day = bench.plan.file.document, bench.plan.lawbook.day
        told = self.told | {name for name, _ in state.told}
        asks = asks_of(
            findings,
            bench.reference,
            document,
            day,
            each=self.each,
            told=told,
            targets=bench.targets,
        )
        wide = {target.name for ask in asks if len(ask.targets) > 1 for target in ask.targets}
        return [
            ask
            for ask in asks
            if (len(ask.targets) > 1 or ask.name not in wide)
            and not self.asked.issuperset(target.name for target in ask.targets)
        ]


def _apart(tries: Iterable[Tried]) -> Iterable[Tried]:
    """Return one of the tries that choose the same, but for its day or number, and do the same."""
    return {(each.choice.kind, each.settled, each.opened): each for each in tries}.values()
