"""What a report may want to know of an assessment: made when it is asked for, and not before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from dxrules.assessment.baseline import Baseline
    from dxrules.assessment.dependencies import DependencyGraph
    from dxrules.assessment.finding import Assessment, PlanAssessment
    from dxrules.assessment.forecast import Forecast
    from dxrules.assessment.gaps import GapReport
    from dxrules.rules import Law


@dataclass(frozen=True, slots=True)
class Dossier:
    """An assessment and the law that it was made by.

    `stale` are the entries of a baseline that are mended; None where there was no baseline.
    """

    assessment: Assessment
    law: Law
    stale: Baseline | None = None

    def gaps(self, plan: PlanAssessment) -> GapReport:
        """Return what is missing in a plan, in the order to mend it."""
        from dxrules.assessment.gaps import gap_report

        return gap_report(plan, self.law.reference)

    def graph(self, plan: PlanAssessment) -> DependencyGraph:
        """Return the dependency graph of a plan."""
        from dxrules.assessment.dependencies import dependency_graph

        return dependency_graph(plan.file, self.law.reference, self.assessment.day)

    def forecast(self, plan: PlanAssessment, until: date | None = None) -> Forecast:
        """Return what changes for a plan after the day judged, by default until its end."""
        from dxrules.assessment.forecast import forecast

        day = self.assessment.day
        return forecast(plan.file, self.law, day, until, engine="interpreter")
