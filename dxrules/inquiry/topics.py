"""What is one question, whatever was answered before: its topic.

All that can be told of an entry is one question, and so is what one rule asks of several entries.
The topic of an entry follows from the rules and lists alone, never from what is open: so an answer
splits no question in two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from dxrules.plan.answers import AnswerTarget
from dxrules.reference import Reference
from dxrules.rules import Rule
from dxrules.source import Path

TopicPath = Path
TopicOf = Callable[[AnswerTarget], TopicPath]

_PROVISIONS, _CHARGES, _SYSTEMS = ("provisions",), ("collection", "charges"), ("systems",)


def topics(rules: Iterable[Rule], reference: Reference, *, each: bool) -> TopicOf:
    """Return what tells the topic of an entry; with `each`, every entry is one of its own."""
    together = _together(rules)

    def topic_of(target: AnswerTarget) -> TopicPath:
        table, entry = target.carrier[:-1], str(target.carrier[-1])
        if each:
            return target.carrier
        if table == _PROVISIONS:
            return (*_PROVISIONS, together.get(entry, entry))
        if table == _CHARGES:
            return (*_CHARGES, reference.charges[entry].tier)
        return table if table[1:] == _SYSTEMS else target.carrier

    return topic_of


def _together(rules: Iterable[Rule]) -> Mapping[str, str]:
    """Return, for each provision that some rule names with others, the first of all of those."""
    first: dict[str, str] = {}
    for rule in rules:
        if rule.kind == "provision" and rule.keys:
            found = {first.get(key, key) for key in rule.keys}
            least = min(found)
            first |= dict.fromkeys(rule.keys, least)
            first = {key: least if held in found else held for key, held in first.items()}
    return first
