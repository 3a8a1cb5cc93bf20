"""The rules of a day in durable_rules, and the facts of a plan put to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

from dxrules.derivation import Fact
from dxrules.engine.agreement import Pair
from dxrules.engine.encode import KindEncoder
from dxrules.engine.limits import MAX_FACTS
from dxrules.engine.native import ForeignNetwork
from dxrules.engine.sharding import Query, Shard, compile_rules
from dxrules.rules.rule import Rule


class Answers(NamedTuple):
    """The pairs that fail, and the concerns: those that fail or of which it is unknown."""

    fails: set[Pair]
    concerns: set[Pair]


class Network:
    """Rules compiled once for durable_rules, to be asked about the facts of many plans.

    It holds memory outside Python; that is given back by `close`, at the end of a `with`, or
    when the network is garbage. It is not to be asked by several threads at a time.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Compile resolved rules.

        Raises EnvelopeError, with the place of the rule that durable_rules cannot be trusted with.
        """
        self._encoders, shards = compile_rules(rules)
        self._shards = [_LoadedShard(shard, self._encoders[shard.kind]) for shard in shards]

    def ask(self, facts: Sequence[Fact]) -> Answers:
        """Return what fails and what is a concern, as pairs of rule id and position in `facts`.

        Raises EnvelopeError for a fact that durable_rules cannot be trusted with, EngineError if
        it failed; in either case nothing is known about any of these facts.
        """
        encoders = self._encoders
        encoded: dict[str, list[tuple[int, str]]] = {kind: [] for kind in encoders}
        for position, fact in enumerate(facts):
            encoder = encoders.get(fact.kind)
            if encoder is not None and encoder.asks(fact.key):
                encoded[fact.kind].append((position, encoder.fact(fact)))
        answers = Answers(set(), set())
        for shard in self._shards:
            shard.ask(encoded[shard.kind], answers)
        return answers

    def close(self) -> None:
        """Give the memory back."""
        for shard in self._shards:
            shard.network.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _LoadedShard:
    """A shard in durable_rules, and which query stands behind the name of each of its rules."""

    def __init__(self, shard: Shard, encoder: KindEncoder) -> None:
        self.kind = shard.kind
        self._queries: dict[str, Query] = {f"r{n}": each for n, each in enumerate(shard.queries)}
        patterns = {name: encoder.rule(query.formula) for name, query in self._queries.items()}
        self.network = ForeignNetwork(patterns)

    def ask(self, facts: Sequence[tuple[int, str]], answers: Answers) -> None:
        for start in range(0, len(facts), MAX_FACTS):
            batch = facts[start : start + MAX_FACTS]
            for rule, number in self.network.matches([text for _, text in batch]):
                query = self._queries[rule]
                pair = query.rule_id, batch[number][0]
                (answers.fails if query.about_failure else answers.concerns).add(pair)
