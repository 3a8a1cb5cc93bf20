"""Measures that stand twice in a plan: whether it says the same of both."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dxrules.derivation.declaration import a_truth, decide, reads
from dxrules.derivation.progress import UNDONE, is_finished
from dxrules.derivation.subject import Subject
from dxrules.derivation.told_status import status_of_measure
from dxrules.derivation.values import SILENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dxrules.derivation.context import Context
    from dxrules.derivation.values import Value
    from dxrules.plan.models import Measure

_OPEN = UNDONE | {"ongoing", "planned", "considered", "dropped", "declined"}


class MeasureTwins(Subject):
    """A measure, beside what the plan says of it elsewhere: the first of what is derived of it."""

    said: Measure

    @a_truth("同じ取組の状況が互いに合う", "the plan says the same of a measure wherever it stands")
    @reads("status", "completed")
    @decide(
        "同じ取組の状況をそろえるか、別の取組なら名称か時期を分ける",
        "say the same of one measure everywhere, or tell two apart by name or days",
        "yes",
    )
    def twin_agrees(self) -> Value:
        """Whether a measure that stands twice in the plan is not done here and open there.

        It is the same by title, areas, owner and days; work in stages has other days. Silent of
        the first of them by id, which the second contradicts, and where not both say how far they
        are.
        """
        told = _state(self.context, self.said)
        before = self.context.once(_told_before)[self.said.id]
        return SILENT if told is None or not before else before == {told}


def _told_before(context: Context) -> Mapping[str, frozenset[bool]]:
    """Return what is told of each measure by those before it, by id, that are the same."""
    told: defaultdict[object, set[bool]] = defaultdict(set)
    found: dict[str, frozenset[bool]] = {}
    for said in sorted(context.measures, key=lambda each: each.id):
        if said.extent == "part" or not said.areas:  # two pieces of what is asked may share a name
            found[said.id] = frozenset()
            continue
        name = "".join(said.title.split())
        same = told[name, frozenset(said.areas), said.owner, said.start, said.due, said.extent]
        found[said.id] = frozenset(same)
        if (state := _state(context, said)) is not None:
            same.add(state)
    return found


def _state(context: Context, said: Measure) -> bool | None:
    """Tell whether a measure is finished; None where it is not said."""
    if is_finished(context, said):
        return True
    return False if status_of_measure(context, said) in _OPEN else None
