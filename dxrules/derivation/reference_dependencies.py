"""Which lists of the reference data an attribute rests on, beside the entry that it is about.

A fact of a provision, an area, a charge, a task, a document, a problem or a prerequisite rests
on the entry that it stands for; that is told by `OWN_LIST`. What rests on more than that stands
in `RESTS_ON`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.derivation.declaration import KNOWN_UNTIL
from dxrules.derivation.vocabulary import VOCABULARY

__all__ = ["KNOWN_UNTIL", "OWN_LIST", "RESTS_ON", "TOTALS", "lists_under"]

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN_LIST: dict[str, str] = {}
OWN_LIST |= {kind.name: kind.own_list for kind in VOCABULARY.values() if kind.own_list}
"""By kind, the list that has an entry for each of its facts; their key is the entry's id."""

TOTALS: dict[str, frozenset[str]] = {"collection": frozenset({"non-tax", "further"})}
TOTALS |= {kind.name: frozenset(kind.totals) for kind in VOCABULARY.values() if kind.totals}
"""By kind, the keys of facts that stand for all entries of the list, or for many of them."""

_EDITIONS = ("editions", KNOWN_UNTIL)
_OF_AN_AREA = ("provisions", "charges", "tasks")
_BY_AREA = ("areas", *_EDITIONS, *_OF_AN_AREA)

_TABLE: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "plan": {
        "cited_edition": ("editions",),
        "edition_when_made": _EDITIONS,
        "edition_now": ("editions",),
        "lists_behind_when_made": _EDITIONS,
        "lists_behind": _EDITIONS,
        "misdated_citations": ("editions",),
        "misdated_names": ("editions", "documents"),
        "uncovered_areas": _BY_AREA,
        "uncovered_names": _BY_AREA,
        "untargeted_areas": _BY_AREA,
        "untargeted_names": _BY_AREA,
        "cites_prefecture": ("documents",),
    },
}

RESTS_ON: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    kind.name: _TABLE.get(kind.name)
    or {a.name: a.rests_on for a in kind.attributes.values() if a.rests_on}
    for kind in VOCABULARY.values()
}
"""By kind and attribute, the other lists that a value is drawn from."""


def lists_under(kind: str, attribute: str) -> tuple[str, ...]:
    """Return the lists that an attribute rests on, beside the entry that its fact is about."""
    return RESTS_ON.get(kind, {}).get(attribute, ())
