"""From rules to networks: every limit is met here, before any fact is seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dxrules.engine.encode import KindEncoder, check_types, too_many_fields
from dxrules.engine.fail_and_concern import about, questions
from dxrules.engine.formula import FALSE, Aspect, Field, Formula, atoms
from dxrules.engine.limits import MAX_FIELDS, groups, pieces
from dxrules.errors import EnvelopeError
from dxrules.rules.rule import Rule


class Query(NamedTuple):
    """A formula that, where it is true, answers one question about a rule with yes."""

    rule_id: str
    about_failure: bool
    formula: Formula


class Shard(NamedTuple):
    """Queries that fit one network, all about one kind of fact.

    durable_rules takes three times as long to build one network for all kinds, and asks it as fast.
    """

    kind: str
    queries: Sequence[Query]


@dataclass(slots=True)
class _Kind:
    """What is gathered about one kind of fact while rules are read."""

    queries: list[Query] = field(default_factory=list)
    fields: dict[str | None, set[Field]] = field(default_factory=dict)
    types: dict[str, Aspect] = field(default_factory=dict)

    def add(self, rule: Rule) -> None:
        for about_failure, formula in zip((True, False), questions(rule), strict=True):
            if formula == FALSE:  # an empty or, which durable_rules must never see
                continue
            try:
                self._read(rule.keys, {atom.field for atom in atoms(formula)})
                parts = pieces(formula)
            except EnvelopeError as error:
                raise about(rule, error) from None
            self.queries += [Query(rule.id, about_failure, part) for part in parts]

    def _read(self, keys: Iterable[str], fields: set[Field]) -> None:
        """Keep which fields are read of the facts with some keys; without any, of every fact."""
        self.types = check_types(fields, self.types)
        for key in keys or (None,):
            self.fields[key] = self.fields.get(key, set()) | fields
        number = len(set().union(*self.fields.values()))
        if number > MAX_FIELDS:
            raise too_many_fields(number)


def compile_rules(rules: Iterable[Rule]) -> tuple[Mapping[str, KindEncoder], list[Shard]]:
    """Return how facts are written, by kind, and the queries, shared out among networks.

    Raises EnvelopeError, with the place of the rule that cannot be taken on.
    """
    kinds: dict[str, _Kind] = {}
    for rule in rules:
        kinds.setdefault(rule.kind, _Kind()).add(rule)
    encoders = {
        name: KindEncoder(f"k{number}", kind.fields)
        for number, (name, kind) in enumerate(kinds.items())
    }
    shards = [
        Shard(name, kind.queries[cut])
        for name, kind in kinds.items()
        for cut in groups([query.formula for query in kind.queries])
    ]
    return encoders, shards
