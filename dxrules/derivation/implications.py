"""What follows from what: values of one attribute that another of the same fact has to fit.

Two attributes that are drawn from the same words of a plan are never independent. Reasoning over
rules leaves out what contradicts this table, so it holds for every fact, or it is not in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.derivation.vocabulary import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dxrules.derivation.declaration import Said


def _is(attribute: str, code: str | None = None, *, value: bool = True) -> Said:
    return attribute, "is", value if code is None else code


def _known(attribute: str) -> Said:
    return attribute, "known", True


def _together(one: str, other: str) -> Iterable[tuple[Said, Said]]:
    """Say that either both are known or neither is."""
    return (_known(one), _known(other)), (_known(other), _known(one))


_TABLE: dict[str, tuple[tuple[Said, Said], ...]] = {}

IMPLIED: Mapping[str, tuple[tuple[Said, Said], ...]] = _TABLE | {
    kind.name: kind.implied for kind in VOCABULARY.values() if kind.implied
}
"""By kind, pairs of what is said of two attributes, by operator and constant; where the first of
a pair holds, the second does."""
