"""What follows from what: values of one attribute that another of the same fact has to fit.

Two attributes that are drawn from the same words of a plan are never independent. Reasoning over
rules leaves out what contradicts this table, so it holds for every fact, or it is not in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.derivation.vocabulary import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dxrules.derivation.declaration import Said

IMPLIED: Mapping[str, tuple[tuple[Said, Said], ...]] = {
    kind.name: kind.implied for kind in VOCABULARY.values() if kind.implied
}
"""By kind, pairs of what is said of two attributes, by operator and constant; where the first of
a pair holds, the second does."""
