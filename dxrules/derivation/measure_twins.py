"""Measures that stand twice in a plan: whether it says the same of both."""

from __future__ import annotations

from dxrules.derivation.context import Context
from dxrules.derivation.declaration import a_truth, decide, reads
from dxrules.derivation.progress import UNDONE, is_finished
from dxrules.derivation.subject import Subject
from dxrules.derivation.told_status import status_of_measure
from dxrules.derivation.values import SILENT, Value
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
        earlier = (each for each in self.context.measures if each.id < self.said.id)
        twins = [each for each in earlier if _is_twin(self.said, each)]
        states = [state for each in twins if (state := _state(self.context, each)) is not None]
        if told is None or not states:
            return SILENT
        return all(state is told for state in states)


def _state(context: Context, said: Measure) -> bool | None:
    """Tell whether a measure is finished; None where it is not said."""
    if is_finished(context, said):
        return True
    return False if status_of_measure(context, said) in _OPEN else None


def _is_twin(one: Measure, other: Measure) -> bool:
    same_name = _plain(one.title) == _plain(other.title) and bool(one.areas)
    if one.extent == "part":
        return False  # two pieces of what is asked may share a name
    return same_name and _is(one) == _is(other)


def _is(said: Measure) -> object:
    return {*said.areas}, said.owner, said.start, said.due, said.extent


def _plain(title: str) -> str:
    return "".join(title.split())
