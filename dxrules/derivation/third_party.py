"""Hearsay: what is told elsewhere than in the plan, where it is asked what the plan says."""

from __future__ import annotations

from dxrules.dates import Truth
from dxrules.derivation.values import unknown
from dxrules.plan.sections.collection import Charge, Collection
from dxrules.plan.sections.evident import Evident
from dxrules.plan.sections.standardization import Standardization, System

BY_OTHERS = unknown(
    "計画書自体に書かれているかは示されていない", "that the plan itself says so is not shown"
)


def is_heard(said: Evident, *keys: str) -> bool:
    """Tell whether all that is quoted for some keys stands elsewhere than in the plan."""
    return bool(said.by_others(*keys))


def is_charge_heard(whole: Collection | None, charge: Charge, *keys: str) -> bool:
    """Tell so of a charge; where nothing is quoted for it, as of the section."""
    own = charge.by_others(*keys)
    return is_heard(whole, "charges") if own is None and whole is not None else bool(own)


def is_system_heard(whole: Standardization, said: Standardization | System, *keys: str) -> bool:
    """Tell so of a system, or of all; where nothing is quoted for one, as of the section."""
    own = said.by_others(*keys)
    return is_heard(whole, "systems") if own is None and said is not whole else bool(own)


def if_said(answer: Truth, *, heard: bool) -> Truth:
    """Return an answer; that something is so is left open where others alone say it."""
    return None if answer and heard else answer
