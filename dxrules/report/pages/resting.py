"""What a rule rests on beside the plan: lists of the reference data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.assessment.history import lists_of
from dxrules.derivation.resting import KNOWN_UNTIL
from dxrules.report.changes import LISTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.report.pages.half import Half


def rests_on(half: Half) -> Iterator[str]:
    """Yield the lists that the subject and the conditions of a rule rest on."""
    for name in lists_of(half.rule):
        if name != KNOWN_UNTIL:
            file = f"[{name}.yaml](../../rulesets/national/reference/{name}.yaml)"
            yield f"- {half.say(LISTS[name])} ({file})"
