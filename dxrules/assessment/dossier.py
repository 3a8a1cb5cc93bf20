"""An assessment with all that reports draw from it, each made once and on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from dxrules.assessment.finding import Assessment, PlanAssessment
from dxrules.assessment.since import Since
from dxrules.frozen import frozen
from dxrules.rules import Law
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.assessment.baseline import BaselineEntries
    from dxrules.assessment.dependencies import DependencyGraph
    from dxrules.assessment.forecast import Forecast
    from dxrules.assessment.gaps import GapReport
    from dxrules.assessment.questions import Question
    from dxrules.assessment.selection import Selection

_T = TypeVar("_T")


@frozen
class Unreadable:
    """A plan, or a folder of them, that was named but could not be read, and why."""

    name: str
    message: Text


@frozen
class Dossier:
    """An assessment and the law that it was made by.

    `stale` are the entries of a baseline that are mended; None where there was no baseline.
    `selection` is what was asked for, where the assessment is a part.
    `unreadable` was to be judged, but could not be: a report that is silent of it says too much.
    `compared` is how plans that are not held compare with what was before.
    Whatever is made of a plan is made once, for all reports.
    """

    assessment: Assessment
    law: Law
    stale: BaselineEntries | None = None
    unreadable: tuple[Unreadable, ...] = ()
    selection: Selection | None = None
    compared: Since | None = None
    _made: dict[tuple[object, ...], tuple[PlanAssessment, Any]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def apart(self) -> Iterator[Dossier]:
        """Each plan by itself; what was made of it is made once, all the same."""
        for plan in self.assessment.plans:
            yield replace(self, assessment=replace(self.assessment, plans=(plan,)))

    def part(self, selection: Selection) -> Dossier:
        """Return the part that is selected; of what is mended, too."""
        if not selection:
            return self
        return replace(
            self,
            assessment=selection.of_plans(self.assessment),
            stale=selection.of_entries(self.stale, self.assessment.plans),
            selection=selection,
        )

    @property
    def since(self) -> Since:
        """How all plans compare with what was before."""
        return self.compared or Since.together(map(Since.of, self.assessment.plans), self.stale)

    def gaps(self, plan: PlanAssessment) -> GapReport:
        """Return what is missing in a plan, in the order to mend it."""
        from dxrules.assessment.gaps import gap_report

        return self._once(plan, lambda: gap_report(plan, self.law.reference), "gaps")

    def questions(self, plan: PlanAssessment) -> tuple[Question, ...]:
        """Return what is asked of a plan, in the order to ask it."""
        from dxrules.assessment.questions import questions

        return self._once(plan, lambda: questions(plan), "questions")

    def graph(self, plan: PlanAssessment) -> DependencyGraph:
        """Return the dependency graph of a plan."""
        from dxrules.assessment.dependencies import dependency_graph

        day = self.assessment.day
        return self._once(
            plan, lambda: dependency_graph(plan.file, self.law.reference, day), "graph"
        )

    def forecast(self, plan: PlanAssessment, until: date | None = None) -> Forecast:
        """Return what changes for a plan after the day judged, by default until its end."""
        from dxrules.assessment.forecast import TooManyDaysError, forecast

        def make() -> Forecast:
            first = replace(self.assessment, plans=(plan,))
            look = partial(
                forecast, plan.file, self.law, first.day, engine="interpreter", first=first
            )
            try:
                seen = look(until=until)
            except TooManyDaysError as error:
                seen = replace(look(until=error.reach), horizon="cut")
            return seen if self.selection is None else self.selection.of_forecast(seen)

        return self._once(plan, make, "forecast", until)

    def _once(self, plan: PlanAssessment, make: Callable[[], _T], *what: object) -> _T:
        """Return what was made of a plan before, or make it; the plan is kept with it."""
        key = (id(plan), *what)  # by value it would take longer than to make most of it
        if key not in self._made:
            self._made[key] = plan, make()
        made: _T = self._made[key][1]
        return made
