"""How a town can change what its plan says of an attribute, if it can, as declared with each.

What the nation fixed, what follows from time alone and what only names something has no lever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.derivation.declaration import By, Lever
from dxrules.derivation.vocabulary import VOCABULARY
from dxrules.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BY_LABELS", "LEVERS", "By", "Lever"]

BY_LABELS: Mapping[By, Text] = {
    "decide": Text("自ら決める", "decided by the municipality"),
    "state": Text("事実なら書く", "stated if it is so"),
}

LEVERS: Mapping[str, Mapping[str, tuple[Lever, ...]]] = {
    kind.name: {name: attribute.levers for name, attribute in kind.attributes.items()}
    for kind in VOCABULARY.values()
}
"""The levers of each attribute, by kind and name; none where nobody can change it."""
