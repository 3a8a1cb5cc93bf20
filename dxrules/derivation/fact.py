"""A fact: what is known of one thing on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from dxrules.dates import PartialDate
from dxrules.derivation.values import Value
from dxrules.errors import Place
from dxrules.frozen import LATE, frozen
from dxrules.source import Path
from dxrules.texts import Text


@frozen
class Proof:
    """What shows a value: the place in the plan file, and what the document says there.

    `told` is the day on which the town told it, where it was asked.
    """

    place: Place
    section: str | None = None
    page: int | None = None
    text: str | None = None
    origin: str = "plan"
    told: PartialDate | None = None
    is_bare: bool = field(default=False, compare=False)
    """Whether it is an entry alone, for which nothing is quoted."""


@frozen
class Fact:
    """One thing of a kind, with a value for every attribute, derived when it is first read.

    `proofs` holds, by attribute, where its value comes from; `place` is the thing's own, and
    `path` where it stands, or would stand, in the plan file.
    `broken` names the attributes that could not be derived, with the error; they count as
    unknown, and whatever reads them cannot be trusted. `hears_others` is whether anything that can
    show a value stands elsewhere than in the plan.
    """

    kind: str
    key: str
    label: Text
    values: Mapping[str, Value]
    place: Place = field(metadata=LATE)
    proofs: Mapping[str, tuple[Proof, ...]] = field(default_factory=dict)
    broken: Mapping[str, str] = field(default_factory=dict)
    hears_others: bool = field(default=True, metadata=LATE)
    path: Path = field(default=(), compare=False, repr=False)
