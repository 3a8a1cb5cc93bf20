"""How a rule came about: what was announced, took effect or changed, day by day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from dxrules.assessment.explain import Explanation, explain
from dxrules.assessment.finding import Assessment
from dxrules.dates import PartialDate
from dxrules.derivation import VOCABULARY
from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.reference import Edition, Reference, Source
from dxrules.reference.reference_data import NATIONAL_PLAN, SECURITY_GUIDELINE
from dxrules.rules import Law, Rule
from dxrules.rules.as_announced import known_on
from dxrules.rules.condition import Constant
from dxrules.texts import Text, same

HistoryTopic = Literal["rule", "lapse", "value", "document"]

_DOCUMENT_OF: Mapping[str, str] = {"editions": NATIONAL_PLAN, "guideline": SECURITY_GUIDELINE}
_ANNOUNCED = Text("公表", "announced")
_BEGINS = Text("適用開始", "comes into force")
_AT_ONCE = Text("公表・適用開始", "announced, and in force")
_ENDS = Text("適用の最後の日", "last day in force")
_TOLD = Text("適用終了の公表", "its lapse is announced")


@frozen
class HistoryStep:
    """What happened on a day to a rule, to a parameter that it names, or to a document.

    `name` is that of the rule, parameter or document; `what` is None where a parameter takes the
    constant `value`.
    """

    on: PartialDate
    topic: HistoryTopic
    name: Text
    source: Source
    what: Text | None = None
    value: Constant | None = None


@frozen
class History:
    """A rule explained by what was known on a day, and the steps known by then, in order."""

    day: date
    explanation: Explanation
    steps: tuple[HistoryStep, ...]


def history(law: Law, rule_id: str, day: date, assessment: Assessment | None = None) -> History:
    """Tell how a rule came about, as known on a day; with an assessment, its findings.

    Raises UsageError if there is no such rule, or it had not been announced by then.
    """
    rule = explain(law, rule_id).rule
    announced = rule.in_force.announced
    if announced > day:
        raise UsageError.of(
            f"{rule.id} は {day} にはまだ公表されていません(公表は {announced})。",
            f"{rule.id} had not been announced by {day} (it was on {announced}).",
        )
    known = known_on(law, day)
    explanation = explain(known, rule.id, assessment)
    steps = [
        *_of_the_rule(explanation.rule),
        *_of_values(explanation),
        *_of_documents(explanation, known.reference),
    ]
    return History(day, explanation, tuple(sorted(steps, key=lambda step: step.on.range.hi or 0)))


def _of_the_rule(rule: Rule) -> Iterator[HistoryStep]:
    force = rule.in_force
    days = {force.announced: _ANNOUNCED}
    days[force.since] = _AT_ONCE if force.since == force.announced else _BEGINS
    if force.until is not None:
        days[force.until] = _ENDS
    for day, what in days.items():
        yield HistoryStep(_exactly(day), "rule", same(rule.id), rule.source, what)
    if force.until_announced and force.until_source:
        told = _exactly(force.until_announced)
        yield HistoryStep(told, "lapse", same(rule.id), force.until_source, _TOLD)


def _of_values(explanation: Explanation) -> Iterator[HistoryStep]:
    for name, dated in explanation.parameters.items():
        sources = explanation.cited[name]
        for entry, source in zip(dated.entries, sources, strict=False):  # later ones are not known
            yield HistoryStep(
                _exactly(entry.since), "value", same(f"${name}"), source, value=entry.value
            )


def _of_documents(explanation: Explanation, reference: Reference) -> Iterator[HistoryStep]:
    for document in _documents(explanation):
        name = reference.documents[document].name
        for entry, brought in reference.events(document):
            what = brought or same("")
            if isinstance(entry, Edition):
                what = Text(f"第{entry.id}版", f"edition {entry.id}") + (
                    Text(f"。{what.ja}", f": {what.en}") if brought else what
                )
            yield HistoryStep(entry.on, "document", name, reference.sources[entry.source], what)


def _documents(explanation: Explanation) -> list[str]:
    """Return the documents that a rule, the values it names and its attributes rest on."""
    rule = explanation.rule
    sources = [rule.source, *(each for cited in explanation.cited.values() for each in cited)]
    named = [source.document for source in sources if source.document is not None]
    lists = [_DOCUMENT_OF[name] for name in lists_of(rule) if name in _DOCUMENT_OF]
    return list(dict.fromkeys((*named, *lists)))


def lists_of(rule: Rule) -> list[str]:
    """Return the reference lists that a rule's subject and the attributes it asks for rest on."""
    kind = VOCABULARY.get(rule.kind)
    if kind is None:  # a rule about waivers is about no fact
        return []
    under = [name for leaf in rule.leaves for name in kind.attributes[leaf.attribute].rests_on]
    return list(dict.fromkeys((*filter(None, [kind.own_list]), *under)))


def _exactly(day: date) -> PartialDate:
    return PartialDate(day, day)
