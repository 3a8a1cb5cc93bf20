"""In which order to ask a person about a draft: what settles most comes first.

What an answer would settle is not reckoned but tried: the plan is judged with each of the answers
that are likely. A section is asked about after the doubts in it, as they keep it open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from statistics import fmean
from typing import Any, Final

from dxrules.assessment import PlanAssessment
from dxrules.assessment.finding import Finding, SubjectKey
from dxrules.errors import InputError, UsageError
from dxrules.frozen import frozen
from dxrules.inquiry.fewest_questions import is_duty
from dxrules.plan import PlanFile, plan_of
from dxrules.plan.alike_doubts import AlikeDoubts, answered, put_together
from dxrules.plan.open_doubts import (
    OpenDoubt,
    closed,
    confirmed,
    offers,
    open_doubts,
    open_sections,
)
from dxrules.reference import Reference
from dxrules.rules import Outcome
from dxrules.source import Document, Path

PlanJudge = Callable[[PlanFile], PlanAssessment]
"""Judges one plan file, with whatever answers it holds."""
OpenPoint = OpenDoubt | AlikeDoubts | str
"""A doubt, several that are alike, or a section that is open."""

_MOST_CANDIDATES: Final = 3
_OPEN: Final = (Outcome.UNKNOWN, Outcome.ERROR)


@frozen
class Unsettled:
    """A question, with how many verdicts hang on the answer.

    `now` are those that an answer settles as things are, on the average, and `duties` those of
    them that the law or the cabinet asks for; `in_the_end` those that stay open without it when
    all else has been answered.
    """

    about: OpenPoint
    now: float
    duties: float
    in_the_end: int

    @property
    def section(self) -> str:
        """The section that it is about."""
        return self.about if isinstance(self.about, str) else self.about.section


class AnswerTrials:
    """Judges a plan file with answers that nobody has given yet."""

    def __init__(self, document: Document, judge: PlanJudge, reference: Reference) -> None:
        self.document, self.judge, self.reference = document, judge, reference
        found = self._findings(document.data) or ()
        self.open = {f.subject: f for f in found if f.outcome is Outcome.UNKNOWN}

    def worth(self, about: OpenPoint) -> tuple[float, float]:
        """Return how many verdicts, and how many duties, a likely answer settles on the average."""
        tried = [self._findings(data) for data in _answers(self.document.data, about)]
        settled = [self._settled(found) for found in tried if found is not None]
        if not settled:
            return 0.0, 0.0
        duties = [sum(is_duty(self.open[subject]) for subject in each) for each in settled]
        return fmean(map(len, settled)), fmean(duties)

    def settled(self, data: Mapping[str, Any]) -> frozenset[SubjectKey]:
        """Return what is open no more where the plan file says some data."""
        found = self._findings(data)
        return frozenset() if found is None else self._settled(found)

    def _settled(self, findings: Iterable[Finding]) -> frozenset[SubjectKey]:
        return frozenset(self.open.keys() - {f.subject for f in findings if f.outcome in _OPEN})

    def _findings(self, data: Mapping[str, Any]) -> tuple[Finding, ...] | None:
        """Return the verdicts on data; None where it is no plan file."""
        try:
            file = plan_of(_with_data(self.document, data), self.reference)
            return tuple(self.judge(file).findings)
        except (InputError, UsageError):
            return None


def unsettled(document: Document, judge: PlanJudge, reference: Reference) -> tuple[Unsettled, ...]:
    """Return what a person has to say of a plan file, in the order to ask."""
    trials = AnswerTrials(document, judge, reference)
    data: dict[str, Any] = document.data
    doubts, sections = open_doubts(document), open_sections(data)
    last = trials.settled(_all_closed(_likeliest(data, doubts)))

    def hanging(without: Mapping[str, Any]) -> int:
        return len(last - trials.settled(without))

    found = []
    for question in put_together(doubts):
        own = _doubts_of(question)
        without = _all_closed(_likeliest(data, [each for each in doubts if each not in own]))
        found.append(Unsettled(question, *trials.worth(question), hanging(without)))
    for section in sections:
        without = _all_closed(_likeliest(data, doubts), but=section)
        found.append(Unsettled(section, *trials.worth(section), hanging(without)))
    return _in_order(found)


def _doubts_of(question: OpenDoubt | AlikeDoubts) -> tuple[OpenDoubt, ...]:
    return (question,) if isinstance(question, OpenDoubt) else question.doubts


def _in_order(found: Iterable[Unsettled]) -> tuple[Unsettled, ...]:
    """Return what settles most first, and each section after the doubts in it."""
    left = sorted(found, key=lambda each: (each.now, each.duties, each.in_the_end), reverse=True)
    ordered = []
    while left:
        held = {each.section for each in left if not isinstance(each.about, str)}
        ordered.append(
            next(e for e in left if not isinstance(e.about, str) or e.section not in held)
        )
        left.remove(ordered[-1])
    return tuple(ordered)


def _answers(data: Mapping[str, Any], about: OpenPoint) -> Iterator[dict[str, Any]]:
    """Yield data with each likely answer, the likeliest first: what stands there, candidates."""
    if isinstance(about, str):
        yield closed(data, about)
        return
    doubts = _doubts_of(about)
    most = 1 + min(max(len(each.candidates) for each in doubts), _MOST_CANDIDATES)
    tried = max(len(offers(data, each)[:most]) for each in doubts)
    for number in range(max(tried, 1)):
        yield answered(data, doubts, partial(_offered, number=number))


def _offered(data: Mapping[str, Any], doubt: OpenDoubt, number: int) -> dict[str, Any]:
    """Return data with one of the answers that can be offered; the last where there are fewer."""
    values = offers(data, doubt) or ({},)
    return confirmed(data, doubt, values[min(number, len(values) - 1)])


def _likeliest(data: Mapping[str, Any], doubts: Sequence[OpenDoubt]) -> dict[str, Any]:
    """Return data in which some doubts have their likeliest answers."""
    return answered(data, doubts, partial(_offered, number=0))


def _all_closed(data: Mapping[str, Any], but: str = "") -> dict[str, Any]:
    new = dict(data)
    for section in open_sections(data):
        new = new if section == but else closed(new, section)
    return new


def _with_data(document: Document, data: Mapping[str, Any]) -> Document:
    """Return a document that holds other data, to be tried: nothing of it is written.

    What stands there as before keeps its place; what is new stands where its mapping does.
    """
    values: dict[Path, Any] = {}
    keys: dict[Path, Any] = {}

    def place(value: Any, path: Path) -> None:
        values[path] = document.values.get(path) or values[path[:-1]]
        if path in document.keys:
            keys[path] = document.keys[path]
        inner = value.items() if isinstance(value, dict) else ()
        for key, each in inner or (enumerate(value) if isinstance(value, list) else ()):
            place(each, (*path, key))

    place(data, ())
    return replace(document, data=data, values=values, keys=keys)
