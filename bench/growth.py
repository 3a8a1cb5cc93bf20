"""How the time grows with rules and with facts; it is linear where a pair costs the same."""

from __future__ import annotations

from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from judging import Interpreter, Rounds
from national import BOTH, DURABLE, INTERPRETER, Own
from tables import Section, Table
from workload import plan, rules

from dxrules.engine import Network

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tables import Cell

    from dxrules.rules import Rule

MANY_RULES = (80, 320, 1_000)
SCALES = (1, 10, 55)


def measure(rounds: int) -> Section:
    """Time the engines for several numbers of rules, then of facts."""
    by_rules = [_row(rules(count), 1, rounds) for count in MANY_RULES]
    by_facts = [_row(rules(), scale, rounds) for scale in SCALES]
    headings = (
        "rules",
        "facts",
        "pairs",
        "interpreter, ms",
        "µs a pair",
        "durable_rules, ms",
        "µs a pair",
        "both, ms",
        "interpreter compiled, ms",
        "network compiled, ms",
    )
    text = (
        "Time of one plan. Compiling happens once for all plans; a network is built in C when it "
        "is first asked, which is counted here."
    )
    return Section("Growth", text, [Table(headings, by_rules), Table(headings, by_facts)])


def _row(book: Sequence[Rule], scale: int, rounds: int) -> tuple[Cell, ...]:
    compiling = _compiling(book)
    own = Own(book)
    plans = [plan(number, scale) for number in range(max(1, 20 // scale))]
    pairs = len(own.interpreter.outcomes(plans[0]))
    own.network.ask(plans[0])
    times = Rounds()
    for _ in range(rounds):
        times.run(own.works(), plans)
    one, other = times.ms(INTERPRETER), times.ms(DURABLE)
    each = (one, one * 1000 / pairs, other, other * 1000 / pairs, times.ms(BOTH))
    return len(book), len(plans[0]), pairs, *each, *compiling


def _compiling(book: Sequence[Rule]) -> tuple[float, float]:
    taken: list[tuple[float, float]] = []
    for _ in range(3):
        start = perf_counter()
        Interpreter(book)
        middle = perf_counter()
        with Network(book) as network:
            network.ask(plan(0))
            taken.append((middle - start, perf_counter() - middle))
    one, other = (median(each) * 1000 for each in zip(*taken, strict=True))
    return one, other
