"""In which order to ask a person about a draft: what settles most comes first.

Each answer is tried: how many verdicts that are open would an answer settle as things are, and how
many would stay open without it if all else were confirmed. A section is asked about after the
doubts in it, as they keep it open.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dxrules.errors import PlanError
from dxrules.frozen import frozen
from dxrules.plan import plan_of
from dxrules.plan.open_doubts import (
    OpenDoubt,
    closed,
    confirmed,
    offers,
    open_doubts,
    open_sections,
)
from dxrules.rules import Outcome
from dxrules.source import from_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dxrules.assessment import PlanAssessment
    from dxrules.plan import PlanFile
    from dxrules.reference import Reference
    from dxrules.source import Document

    Judge = Callable[[PlanFile], PlanAssessment]

_OPEN = (Outcome.UNKNOWN, Outcome.ERROR)


@frozen
class Unsettled:
    """A doubt, or a section that is open, with how many verdicts hang on the answer.

    `now` are those that an answer settles as things are, `in_the_end` those that stay open without
    it when all else has been answered.
    """

    about: OpenDoubt | str
    now: int
    in_the_end: int

    @property
    def section(self) -> str:
        """The section that it is about."""
        return self.about if isinstance(self.about, str) else self.about.section


def unsettled(document: Document, judge: Judge, reference: Reference) -> tuple[Unsettled, ...]:
    """Return what a person has to say of a plan file, in the order to ask."""
    trial = _Trial(judge, reference)
    data: dict[str, Any] = document.data
    doubts, sections = open_doubts(document), open_sections(data)
    before = trial.settled(data)
    last = trial.settled(_all_closed(_all_confirmed(data, doubts)))
    found = []
    for doubt in doubts:
        now = trial.settled(_answered(data, doubt)) - before
        others = [each for each in doubts if each is not doubt]
        without = trial.settled(_all_closed(_all_confirmed(data, others)))
        found.append(Unsettled(doubt, len(now), len(last - without)))
    for section in sections:
        now = trial.settled(closed(data, section)) - before
        without = trial.settled(_all_closed(_all_confirmed(data, doubts), but=section))
        found.append(Unsettled(section, len(now), len(last - without)))
    return _in_order(found)


def _in_order(found: Iterable[Unsettled]) -> tuple[Unsettled, ...]:
    """Return what settles most first, and each section after the doubts in it."""
    left = sorted(found, key=lambda each: (each.now, each.in_the_end), reverse=True)
    ordered = []
    while left:
        held = {each.section for each in left if isinstance(each.about, OpenDoubt)}
        ordered.append(
            next(e for e in left if isinstance(e.about, OpenDoubt) or e.section not in held)
        )
        left.remove(ordered[-1])
    return tuple(ordered)


def _answered(data: Mapping[str, Any], doubt: OpenDoubt) -> dict[str, Any]:
    """Return data in which a doubt has its likeliest answer: the value that stands there.

    Where none does it is the first candidate, or the first code that the key can have.
    """
    return confirmed(data, doubt, next(iter(offers(data, doubt)), None))


def _all_confirmed(data: Mapping[str, Any], doubts: Sequence[OpenDoubt]) -> dict[str, Any]:
    """Return data in which some doubts have their likeliest answers."""
    new = dict(data)
    for doubt in reversed(doubts):  # so that those before it stay where they are
        new = _answered(new, doubt)
    return new


def _all_closed(data: Mapping[str, Any], but: str = "") -> dict[str, Any]:
    new = dict(data)
    for section in open_sections(data):
        new = new if section == but else closed(new, section)
    return new


class _Trial:
    """Judges data of a plan file."""

    def __init__(self, judge: Judge, reference: Reference) -> None:
        self.judge = judge
        self.reference = reference

    def settled(self, data: Mapping[str, Any]) -> frozenset[tuple[str, str, str]]:
        """Return the subjects of the verdicts that are not open; none where it is no plan file."""
        try:
            text = json.dumps(data, ensure_ascii=False)
            judged = self.judge(plan_of(from_text(text, "trial.json"), self.reference))
        except PlanError:
            return frozenset()
        return frozenset(f.subject for f in judged.findings if f.outcome not in _OPEN)
