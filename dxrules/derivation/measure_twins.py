"""Measures that stand twice in a plan: whether it says the same of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from dxrules.derivation.context import Context
from dxrules.derivation.covering import is_given_up
from dxrules.derivation.declaration import a_truth, decide, reads
from dxrules.derivation.progress import UNDONE, is_finished
from dxrules.derivation.subject import OfOneEntry
from dxrules.derivation.told_status import status_of_measure
from dxrules.derivation.values import SILENT, Value
from dxrules.plan.sections.measures import Measure
from dxrules.texts import unspaced

_OPEN = frozenset({"late", "ongoing", "planned"})
_NOT_DONE = UNDONE - {"late"} | {"considered"}
"""What is open, or given up: 未了, 休止 and 検討 contradict neither."""


class MeasureTwins(OfOneEntry):
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
        """Whether a measure that stands twice is not done, open or given up here alone.

        It is the same by title, areas, owner and days; work in stages has other days. Silent of
        the first of them by id, which the second contradicts, and where not both say how far they
        are.
        """
        before = self.context.once(_told_before).get(self.said.id, frozenset())
        told = _state(self.context, self.said) if before else None
        return SILENT if told is None or not before else all(_agree(told, each) for each in before)


def _agree(one: str, other: str) -> bool:
    """Tell whether two states of a measure may both be so."""
    return one == other or ("not-done" in (one, other) and "done" not in (one, other))


def _told_before(context: Context) -> Mapping[str, frozenset[str]]:
    """Return what is told of measures that stand twice by those before each of them, by id."""
    same: defaultdict[object, list[Measure]] = defaultdict(list)
    for said in sorted(context.measures, key=lambda each: each.id):
        if said.extent == "part" or not said.areas:  # two pieces of what is asked may share a name
            continue
        name = unspaced(said.title)
        who_and_when = said.owner, said.start, said.due, said.extent
        same[name, frozenset(said.areas), *who_and_when].append(said)
    found: dict[str, frozenset[str]] = {}
    for twins in same.values():
        told: set[str] = set()
        for said in twins if len(twins) > 1 else ():
            found[said.id] = frozenset(told)
            if (state := _state(context, said)) is not None:
                told.add(state)
    return found


def _state(context: Context, said: Measure) -> str | None:
    """Return whether a measure is done, given up, open, or just not done; None if not said."""
    if is_finished(context, said):
        return "done"
    if is_given_up(context, said):
        return "given-up"
    status = status_of_measure(context, said)
    return "open" if status in _OPEN else "not-done" if status in _NOT_DONE else None
