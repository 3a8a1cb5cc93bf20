"""Findings made of pairs of a rule and a fact; those of rules that do not apply wait for that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from dxrules.assessment.finding import WHOLE, Finding, in_order
from dxrules.assessment.reasons import Reasons, due_of
from dxrules.derivation import VOCABULARY, Absent, Fact
from dxrules.frozen import Late, frozen
from dxrules.plan import PlanFile
from dxrules.rules import Outcome, Rule
from dxrules.rules.together import Came, Together
from dxrules.texts import Text, placeholders, visible

if TYPE_CHECKING:
    from dxrules.rules.refinement import Refinement

# Python 3.11 looks members up as slowly as by a call.
_FAIL, _NOT_APPLICABLE, _ERROR = Outcome.FAIL, Outcome.NOT_APPLICABLE, Outcome.ERROR
_NOT_TOLD = Text("", "")
_NO_FACT = Text("対象となる記載がない", "There is no such fact")


@frozen
class FindingMaker:
    """Makes the findings of one plan; `reasons` is whether to tell why.

    `named` are attributes that messages name, by rule; `areas` are those of facts, by kind and
    key; `refinements` tell, by rule, how it compares with the one that it refines. `town` is what
    the municipality is.
    """

    file: PlanFile
    town: Text
    day: date
    named: Mapping[str, Collection[str]]
    areas: Mapping[tuple[str, str], str]
    refinements: Mapping[str, Refinement]
    reasons: bool

    def finding(
        self, rule: Rule, fact: Fact, outcome: Outcome | None, difference: Text | None = None
    ) -> Finding:
        """Return how a rule comes out for a fact; an error has reasons, whatever is wanted.

        `outcome` is None where the interpreter was not asked, `difference` says how the engines
        differ, where they do.
        """
        late: Any = Reasons(fact)
        named = self.named[rule.id] if outcome is _FAIL else ()
        for name in named:
            _ = fact.values[name]  # now, as one that cannot be derived makes the outcome an error
        due = None if rule.due is None and rule.due_on is None else due_of(rule, fact)
        broken = _broken({*judged_by(rule), *named}, fact) if fact.broken else None
        judged = outcome is not None
        if outcome is None or difference is not None or broken is not None:
            outcome = _ERROR
        told = self.reasons and judged
        last = due.latest if due is not None else None
        return Finding(  # by position, as this runs for each rule that applies to a fact
            rule,
            fact.kind,
            fact.key,
            fact.label,
            self.areas.get((fact.kind, fact.key)),
            outcome,
            rule.severity if outcome is _FAIL else "note",
            difference or broken or (late if told else _NOT_TOLD),
            late,
            late if told else None,
            late if told else (),
            due,
            None if last is None else (last - self.day).days,
            self.town,
            fact.path,
            refinement=self.refinements.get(rule.id),
        )

    def without_fact(self, rule: Rule, absent: Absent) -> Finding:
        """Say that a rule met nothing: because there is nothing, or why that cannot be told."""
        return Finding(
            rule=rule,
            kind=rule.kind,
            key=WHOLE,
            label=VOCABULARY[rule.kind].label,
            area=None,
            outcome=_NOT_APPLICABLE if absent.silent else Outcome.UNKNOWN,
            severity="note",
            message=absent.because or _NO_FACT,
            place=self.file.place(()),
            refinement=self.refinements.get(rule.id),
            cause=absent.cause,
        )


class Aside(Late):
    """What stands for the findings of rules that do not apply until somebody reads them.

    Two of three pairs of a rule and a fact are such, and hardly any is ever shown. Each fact has
    the number of findings made before it, by which all are put in one order.
    """

    def __init__(self) -> None:
        self._facts: list[tuple[int, FindingMaker, Fact, Together, Came]] = []
        self._made: list[tuple[int, Finding]] = []

    def put(self, number: int, make: FindingMaker, fact: Fact, by: Together, came: Came) -> None:
        """Put aside a fact, with the rules about it and those of them that apply."""
        self._facts.append((number, make, fact, by, came))

    def take(self, findings: Iterable[Finding]) -> None:
        """Take those of all findings that are made already."""
        self._made = [(n, f) for n, f in enumerate(findings) if f.outcome is _NOT_APPLICABLE]

    def spared(self) -> Mapping[str, int]:
        """Return how many findings of each rule these are."""
        found = Counter(chain.from_iterable(by.ids for _, _, _, by, _ in self._facts))
        found.subtract(rule.id for *_, came in self._facts for rule, _ in came)
        found.update(finding.rule.id for _, finding in self._made)
        return +found

    def aside(self) -> tuple[Finding, ...]:
        """Return these findings in order."""
        waiting = (
            (number, make.finding(rule, fact, outcome))
            for number, make, fact, by, came in self._facts
            for rule, outcome in by.every(came)
            if outcome is _NOT_APPLICABLE
        )
        each = sorted([*waiting, *self._made], key=itemgetter(0))
        return tuple(sorted((finding for _, finding in each), key=in_order))


def judged_by(rule: Rule) -> Iterator[str]:
    """Yield the attributes that the outcome of a rule and the day it names rest on."""
    yield from (leaf.attribute for leaf in rule.leaves)
    if isinstance(rule.due, str):
        yield rule.due


def named_by(rule: Rule) -> set[str]:
    """Return the attributes that the message of a failure names."""
    used = {*placeholders(rule.message.ja), *placeholders(rule.message.en)}
    return used & VOCABULARY[rule.kind].attributes.keys()


def _broken(read: Collection[str], fact: Fact) -> Text | None:
    """Say which of some attributes of a fact could not be derived; None if all could."""
    faults = [f"{name}: {error}" for name, error in fact.broken.items() if name in read]
    if not faults:
        return None
    said = visible("; ".join(faults))
    return Text(f"属性を導けない({said})", f"An attribute could not be derived ({said})")
