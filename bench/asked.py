"""What every peer is asked, and the facts as it gets them.

Every peer gets the positive formulas that durable_rules gets, and facts flattened alike: a range
as two integers, a truth value as two booleans, a code as itself or `?`. So none has unknown
values to deal with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dxrules.engine.encode import LEAST, MOST, NO_CODE
from dxrules.engine.fail_and_concern import questions
from dxrules.engine.formula import atoms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dxrules.derivation import Fact, Value
    from dxrules.engine import Answers
    from dxrules.engine.formula import Atom, Formula
    from dxrules.rules import Rule

    Flat = Mapping[str, int | bool | str]
    Matches = set[tuple[str, str]]


_READERS: Mapping[str, Callable[[Any], int | bool | str]] = {
    "lo": lambda value: LEAST if (lo := _bounds(value)[0]) is None else lo,
    "hi": lambda value: MOST if (hi := _bounds(value)[1]) is None else hi,
    "true": lambda value: value is True,
    "false": lambda value: value is False,
    "code": lambda value: getattr(value, "code", NO_CODE),
    "stated": lambda value: not hasattr(value, "silent"),
    "silent": lambda value: getattr(value, "silent", False),
}


def _bounds(value: Value) -> tuple[int | None, int | None]:
    return getattr(value, "bounds", (None, None))


def name_of(atom: Atom) -> str:
    """Return the name of the field that an atom reads."""
    return f"{atom.field.attribute}_{atom.field.aspect}"


@dataclass(frozen=True, slots=True)
class Query:
    """A question about the facts of a kind; its name starts with `F` (fails) or `C` (concern)."""

    name: str
    kind: str
    formula: Formula


class Asked:
    """Two queries for each rule, and the fields of each kind that they read."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Take resolved rules."""
        self.queries = [
            Query(f"{letter}-{rule.id}", rule.kind, formula)
            for rule in rules
            for letter, formula in zip("FC", questions(rule), strict=True)
        ]
        read: dict[str, set[Atom]] = {}
        for query in self.queries:
            read.setdefault(query.kind, set()).update(atoms(query.formula))
        self.fields = {kind: sorted(set(map(name_of, each))) for kind, each in read.items()}
        self._readers = {
            kind: sorted({(name_of(a), a.field.attribute, _READERS[a.field.aspect]) for a in each})
            for kind, each in read.items()
        }

    def flatten(self, facts: Sequence[Fact]) -> dict[str, list[Flat]]:
        """Return the facts of a plan by kind; `key` is the position of a fact in the plan."""
        plan: dict[str, list[Flat]] = {kind: [] for kind in self._readers}
        for position, fact in enumerate(facts):
            values = fact.values
            flat = {name: read(values[of]) for name, of, read in self._readers[fact.kind]}
            flat["key"] = str(position)
            plan[fact.kind].append(flat)
        return plan


def matches(answers: Answers) -> Matches:
    """Return the answers of dxrules as those of a peer."""
    fails, concerns = answers
    named = (("F", fails), ("C", concerns))
    return {(f"{letter}-{rule}", str(at)) for letter, pairs in named for rule, at in pairs}
