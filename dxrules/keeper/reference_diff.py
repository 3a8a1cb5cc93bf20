"""Changes in the reference data, and the rules that read what is derived from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from dxrules.assessment.assess import attributes_read
from dxrules.derivation import VOCABULARY
from dxrules.derivation.declaration import KNOWN_UNTIL
from dxrules.frozen import frozen
from dxrules.keeper.rule_diff import rules_of
from dxrules.reference import Edition, Reference, Source
from dxrules.reference.reference_data import Dated
from dxrules.rules import Rule

if TYPE_CHECKING:
    from dxrules.keeper.comparison_side import Side


@frozen
class ReferenceChange:
    """An entry of a list that came, went or changed; `fields` are those that differ.

    An edition gains and loses areas against the one before it. `rules` are the ids of those that
    read something derived from the entry.
    """

    list: str
    id: str
    old: Any
    new: Any
    source: Source | None
    rules: tuple[str, ...]
    fields: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def entry(self) -> Any:
        """The entry as it is now, else as it was."""
        return self.old if self.new is None else self.new


@frozen
class KnowledgeChange:
    """The day up to which a ruleset, or the reference data, is known; None: there is none."""

    of: str
    old: date | None
    new: date | None
    rules: tuple[str, ...]


def reference_changes(old: Side, new: Side) -> Iterator[ReferenceChange]:
    """Yield what changed in each list; on a day, an entry is there once it holds."""
    for name in list_names(new.law.reference):
        before, after = _entries(old, name), _entries(new, name)
        for key in dict.fromkeys((*before, *after)):
            was, now = before.get(key), after.get(key)
            sources = [_source(side, entry) for side, entry in ((new, now), (old, was)) if entry]
            differing = _differing(was, now)
            if was is None or now is None or differing or len({*map(repr, sources)}) > 1:
                gained, lost = _moved(old if now is None else new, now or was)
                yield ReferenceChange(
                    name,
                    key,
                    was,
                    now,
                    sources[0],
                    _readers((old, new), name, key),
                    differing or (("source",) if was and now else ()),
                    gained,
                    lost,
                )


def knowledge_changes(old: Side, new: Side) -> Iterator[KnowledgeChange]:
    """Yield the days up to which something is known that differ."""
    before, after = _known(old), _known(new)
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            rules = _readers((old, new), KNOWN_UNTIL, "") if name == KNOWN_UNTIL else ()
            yield KnowledgeChange(name, before.get(name), after.get(name), rules)


def _known(side: Side) -> dict[str, date]:
    known = {ruleset.id: ruleset.known_until for ruleset in side.law.rulesets}
    return {KNOWN_UNTIL: side.law.reference.known_until, **known}


def list_names(reference: Reference) -> tuple[str, ...]:
    """Return the names of all lists of the reference data."""
    return tuple(
        field.name
        for field in fields(reference)
        if field.name != "sources" and isinstance(getattr(reference, field.name), Mapping)
    )


def _entries(side: Side, name: str) -> dict[str, Any]:
    entries: Mapping[str, Any] = getattr(side.law.reference, name)
    return {
        key: entry
        for key, entry in entries.items()
        if side.day is None or not isinstance(entry, Dated) or entry.holds_from <= side.day
    }


def _differing(was: Any, now: Any) -> tuple[str, ...]:
    if was is None or now is None:
        return ()
    names = dict.fromkeys((*type(was).model_fields, *type(now).model_fields))
    return tuple(n for n in names if getattr(was, n, None) != getattr(now, n, None))


def _source(side: Side, entry: Any) -> Source | None:
    key = getattr(entry, "source", None)
    return None if key is None else side.law.reference.sources.get(key)


def _moved(side: Side, entry: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the areas that an edition lists and the one before it did not, and the reverse."""
    if not isinstance(entry, Edition):
        return (), ()
    before = [
        edition
        for edition in side.law.reference.editions.values()
        if edition.holds_from < entry.holds_from
    ]
    last = max(before, key=lambda edition: edition.holds_from, default=None)
    items = last.items if last else ()
    return (
        tuple(area for area in entry.items if area not in items),
        tuple(area for area in items if area not in entry.items),
    )


def _readers(sides: tuple[Side, Side], name: str, key: str) -> tuple[str, ...]:
    """Return the rules of either side that read what rests on an entry of a list."""
    return rules_of(sides, lambda rule: reads(rule, name, key))


def reads(rule: Rule, name: str, key: str) -> bool:
    """Tell whether a rule reads an attribute that rests on an entry of a list."""
    kind = VOCABULARY[rule.kind]
    keys = {key, *kind.totals}
    if kind.own_list == name and not (rule.keys and keys.isdisjoint(rule.keys)):
        return True
    return any(  # even of another entry, such as the other documents of a prefecture
        name in kind.attributes[attribute].rests_on
        for attribute in attributes_read([rule])[rule.kind]
    )
