"""Which lists of the reference data a fact rests on: its own entry, and what attributes name.

A fact of a provision, an area, a charge, a task, a document, a problem or a prerequisite rests
on the entry that it stands for. What rests on more than that says so where it is declared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.derivation.declaration import KNOWN_UNTIL
from dxrules.derivation.vocabulary import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dxrules.reference import Name, Reference
    from dxrules.texts import Text

__all__ = ["KNOWN_UNTIL", "OWN_LIST", "TOTALS", "lists_under", "subject_name"]

OWN_LIST: Mapping[str, str] = {
    kind.name: kind.own_list for kind in VOCABULARY.values() if kind.own_list
}
"""By kind, the list that has an entry for each of its facts."""

TOTALS: Mapping[str, frozenset[str]] = {
    kind.name: frozenset(kind.totals) for kind in VOCABULARY.values() if kind.totals
}
"""By kind, the keys of facts that stand for all entries of the list, or for many of them."""


def subject_name(kind: str, key: str, reference: Reference) -> Text:
    """Return how a fact of a kind that has a list is called, by its key."""
    entries: Mapping[str, Name] = getattr(reference, OWN_LIST[kind])
    return entries[key].name if key in entries else VOCABULARY[kind].totals[key]


def lists_under(kind: str, attribute: str) -> tuple[str, ...]:
    """Return the lists that an attribute rests on, beside the entry that its fact is about."""
    found = VOCABULARY[kind].attributes.get(attribute) if kind in VOCABULARY else None
    return found.rests_on if found else ()
