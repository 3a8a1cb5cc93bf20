"""The national workload: dxrules' two engines and the peers, over the same plans."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from asked import Asked, matches
from judging import Interpreter, Rounds
from peers import PEERS, Peer
from tables import Section, Table, Target
from workload import PLANS, plan, rules

from dxrules.engine import Answers, Network, disagreements
from dxrules.rules import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from asked import Flat, Matches
    from tables import Cell

    from dxrules.derivation import Fact
    from dxrules.rules import Rule

INTERPRETER, DURABLE, BOTH, FLATTEN = "interpreter", "durable_rules", "both", "flatten"
SAMPLE = 20
"""Plans on which a peer must give exactly the interpreter's violations before it is timed."""

_OWN = {
    INTERPRETER: ("dxrules: interpreter", "every outcome"),
    DURABLE: ("dxrules: durable_rules", "fails and concerns"),
    BOTH: ("dxrules: both, and whether they agree", "every outcome, checked"),
}


def expected(outcomes: Mapping[tuple[str, int], Outcome]) -> Matches:
    """Return the violations that the interpreter found, as a peer names them."""
    fails = {pair for pair, outcome in outcomes.items() if outcome is Outcome.FAIL}
    unsure = {pair for pair, outcome in outcomes.items() if outcome is Outcome.UNKNOWN}
    return matches(Answers(fails, fails | unsure))


class Own:
    """The engines of dxrules, as contestants."""

    def __init__(self, book: Sequence[Rule]) -> None:
        """Compile the rules for both."""
        self.interpreter = Interpreter(book)
        self.network = Network(book)

    def both(self, facts: Sequence[Fact]) -> object:
        """Ask both and compare."""
        outcomes = self.interpreter.outcomes(facts)
        return disagreements(outcomes, *self.network.ask(facts))

    def works(self) -> dict[str, Callable[[Sequence[Fact]], object]]:
        """Return what is timed."""
        return {
            INTERPRETER: self.interpreter.outcomes,
            DURABLE: self.network.ask,
            BOTH: self.both,
        }


def fault_of(peer: type[Peer], asked: Asked, sample: Sequence[tuple[Any, Matches]]) -> str:
    """Return why a peer cannot be compared; nothing if its matches are the interpreter's."""
    try:
        engine = peer(asked)
        wrong = sum(set(engine.ask(flat)) != want for flat, want in sample)
    except Exception as error:  # noqa: BLE001  (whatever a foreign engine raises is the answer)
        return f"{type(error).__name__}: {error}"
    return f"differs on {wrong} of {len(sample)} plans" if wrong else ""


def measure(plans: int, rounds: int) -> Section:
    """Time all engines over so many plans, each plan once by each engine."""
    book = rules()
    own, asked = Own(book), Asked(book)
    sample = [
        (asked.flatten(facts), expected(own.interpreter.outcomes(facts)))
        for facts in map(plan, range(SAMPLE))
    ]
    faults = {peer: fault_of(peer, asked, sample) for peer in PEERS}
    able = [peer for peer, fault in faults.items() if not fault]
    times, counts = Rounds(), Counter[Outcome]()
    size = plans // rounds
    for number in range(rounds):
        _round(range(number * size, (number + 1) * size), own, asked, able, times, counts)
    judged = size * rounds
    rows = [_own_row(name, times) for name in _OWN] + [_peer_row(peer, times) for peer in able]
    text = (
        f"{judged:,} of {PLANS:,} plans in {rounds} interleaved rounds, {len(book)} rules, "
        f"{len(plan(0))} facts, {counts.total() / judged:,.0f} pairs a plan; of these "
        + ", ".join(f"{n / judged:,.1f} {outcome}" for outcome, n in counts.most_common())
        + ".\nCPU, median of the rounds; ratios within a round. A peer's first figure includes "
        "making flat facts of dxrules' facts, the second does not."
        + "".join(
            f"\nNot comparable: {peer.name}: {fault}." for peer, fault in faults.items() if fault
        )
    )
    headings = (
        "engine",
        "gives",
        "ms a plan",
        "÷ interpreter",
        "from flat facts, ms",
        "÷ interpreter",
        "÷ both",
    )
    return Section("National workload", text, [Table(headings, rows)], _targets(times, faults))


def _round(
    numbers: range,
    own: Own,
    asked: Asked,
    able: Sequence[type[Peer]],
    times: Rounds,
    counts: Counter[Outcome],
) -> None:
    plans = [plan(number) for number in numbers]
    for facts in plans:
        counts.update(own.interpreter.outcomes(facts).values())
        if own.both(facts):
            raise SystemExit("the engines of dxrules differ")
    times.run({**own.works(), FLATTEN: asked.flatten}, plans)
    flat = [asked.flatten(facts) for facts in plans]
    # A peer starts each round anew, since CLIPS slows down as plans pass.
    engines = [peer(asked) for peer in able]
    for engine in engines:
        engine.ask(flat[0])
    times.run({engine.name: _asking(engine) for engine in engines}, flat)


def _asking(engine: Peer) -> Callable[[Mapping[str, list[Flat]]], object]:
    return lambda plan: set(engine.ask(plan))


def _own_row(name: str, times: Rounds) -> tuple[Cell, ...]:
    label, gives = _OWN[name]
    ratios = times.ratio([name], [INTERPRETER]), "", "", times.ratio([name], [BOTH])
    return label, gives, times.ms(name), *ratios


def _peer_row(peer: type[Peer], times: Rounds) -> tuple[Cell, ...]:
    whole, alone = [FLATTEN, peer.name], [peer.name]
    return (
        peer.label(),
        "fails and concerns",
        times.ms(*whole),
        times.ratio(whole, [INTERPRETER]),
        times.ms(*alone),
        times.ratio(alone, [INTERPRETER]),
        times.ratio(whole, [BOTH]),
    )


def _targets(times: Rounds, faults: Mapping[type[Peer], str]) -> list[Target]:
    targets = [
        Target("durable_rules ÷ interpreter", 3.5, times.ratio([DURABLE], [INTERPRETER])),
    ]
    rego = next(peer for peer in PEERS if peer.name.startswith("Rego"))
    if not faults[rego]:
        ratio = times.ratio([BOTH], [rego.name])
        targets.append(Target("both engines ÷ Rego, its facts made before", 0.8, ratio))
    clips = next(peer for peer in PEERS if peer.name == "CLIPS")
    if not faults[clips]:
        whole, alone = [FLATTEN, clips.name], [clips.name]
        targets += [
            Target("both engines ÷ CLIPS, from the same facts", 1, times.ratio([BOTH], whole)),
            Target("both engines ÷ CLIPS, its facts made before", 1, times.ratio([BOTH], alone)),
        ]
    return targets
