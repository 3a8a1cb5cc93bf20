"""Chapter of a page on one town, drawn from its dossier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from dxrules.assessment import Finding, PlanAssessment
from dxrules.assessment.dossier import Dossier
from dxrules.assessment.finding import SubjectKey, standing
from dxrules.frozen import frozen
from dxrules.report.citations import with_title
from dxrules.report.forecast_lines import ForecastLine, lines
from dxrules.report.how_to_write import How
from dxrules.report.html.finding_rows import ShownFinding, entries
from dxrules.report.html.timeline import Timeline, draw_timeline
from dxrules.report.piecewise import Whole
from dxrules.report.plan_header import remarks as before_plans
from dxrules.rules import STRENGTH_LABELS, Outcome
from dxrules.texts import Text, join, same

if TYPE_CHECKING:
    from dxrules.assessment.dependencies import DependencyGraph, GraphEdge, GraphNode
    from dxrules.assessment.forecast import Forecast
    from dxrules.assessment.gaps import GapReport

_NAMES_A_DAY = 6
_ONE_LINE = 100_000
_ORIGINS: Mapping[str, Text] = {
    "declared": Text("計画の記載", "declared in the plan"),
    "national": Text("国の文書", "national document"),
    "town": Text("他の市町村の計画", "plans of other municipalities"),
}


@frozen
class Dependency:
    """An edge in words: what comes first, what waits for it, and who says so."""

    edge: GraphEdge
    first: Text
    then: Text
    origin: Text


@dataclass(frozen=True)
class TownPage:
    """A plan of a dossier, and what its chapter needs: made when the template asks for it."""

    dossier: Dossier
    plan: PlanAssessment
    how: How
    number: int

    @cached_property
    def anchors(self) -> Mapping[SubjectKey, str]:
        """Return the id of the row of each subject."""
        seen: Counter[str] = Counter()
        found = {}
        for finding in self.findings:
            seen[finding.rule.id] += 1
            found[finding.subject] = f"f{self.number}-{finding.rule.id}-{seen[finding.rule.id]}"
        # What a rule was never about has no row: where that leads, its rule has one.
        for finding in self.plan.findings:
            found.setdefault(finding.subject, f"f{self.number}-{finding.rule.id}-1")
        return found

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What stands in the table of all requirements."""
        return self.plan.told(everything=self.how.everything)

    @cached_property
    def rows(self) -> Mapping[Outcome, int]:
        """How many of them came out how."""
        return Counter(finding.outcome for finding in self.findings)

    @cached_property
    def entries(self) -> tuple[ShownFinding, ...]:
        """The rows of the table of all requirements."""
        return tuple(entries(self.plan, self.findings))

    @property
    def strengths(self) -> Iterator[tuple[Text, Mapping[Outcome, int]]]:
        """Yield each strength that a rule has, and how many such rules came out how."""
        came = standing(self.plan.findings).values()
        for strength, label in STRENGTH_LABELS.items():
            of_strength = [f for f in came if f.rule.strength == strength]
            if of_strength:
                yield label, Counter(finding.outcome for finding in of_strength)

    @cached_property
    def gaps(self) -> GapReport:
        """What is missing, in the order to mend it."""
        return self.dossier.gaps(self.plan)

    @cached_property
    def graph(self) -> DependencyGraph:
        """What depends on what."""
        return self.dossier.graph(self.plan)

    @property
    def dependencies(self) -> Iterator[Dependency]:
        """The same, in words."""
        labels: Mapping[str, GraphNode] = {node.id: node for node in self.graph.nodes}
        for edge in self.graph.edges:
            first, then = labels[edge.first].label, labels[edge.then].label
            origin = _ORIGINS[edge.origin]
            if edge.source is not None:
                origin += same(": ") + edge.source.title
            yield Dependency(edge, first, then, origin)

    @property
    def cycles(self) -> Iterator[Text]:
        """Yield the measures that wait for each other, in their order."""
        labels = {node.id: node.label for node in self.graph.nodes}
        for cycle in self.graph.cycles:
            names = [labels[key] for key in (*cycle, cycle[0])]
            yield join(names, " → ", " → ")

    @cached_property
    def forecast(self) -> Forecast:
        """What falls due until the plan ends."""
        return self.dossier.forecast(self.plan)

    @property
    def forecast_lines(self) -> Iterator[tuple[date, int, list[ForecastLine]]]:
        """Yield each coming day, how many days are left, and what falls due on it."""
        today = self.dossier.assessment.day
        for coming in self.forecast.days:
            yield coming.day, (coming.day - today).days, [*lines(coming, _NAMES_A_DAY)]

    @cached_property
    def timeline(self) -> Timeline:
        """The plan's period, its measures and what they wait for, and the days of the law."""
        said = self.plan.file.plan
        period = said.plan.period
        span = (period.start, period.end) if period and period.start and period.end else None
        return draw_timeline(
            self.graph, said.measures or (), span, self._deadlines(), self.dossier.assessment.day
        )

    def _deadlines(self) -> dict[date, tuple[str, ...]]:
        """Return the days that rules set for what they ask, with the rules' titles."""
        found: dict[date, dict[str, None]] = {}
        for finding in self.plan.findings:
            due, rule = finding.due, finding.rule
            if rule.due_on is not None and due is not None and due.latest is not None:
                title = with_title(rule)
                found.setdefault(due.latest, {})[self.how.style.say(title)] = None
        return {day: tuple(names) for day, names in sorted(found.items())}


def remarks(told: Dossier | Whole, how: How) -> list[str]:
    """Return what a page says before all plans, a paragraph each."""
    style = replace(how.style, width=_ONE_LINE)
    return [line for line in before_plans(told, style) if line]
