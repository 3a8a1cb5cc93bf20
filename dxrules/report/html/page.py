"""What the chapter on a town shows, drawn from its dossier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dxrules.derivation import VOCABULARY, describe
from dxrules.report.conditions import GROUPS, leaf_text
from dxrules.report.falling import lines
from dxrules.report.html.layout import draw_graph, draw_timeline
from dxrules.report.words import TRUTHS
from dxrules.rules import Outcome
from dxrules.rules.condition import Leaf
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dxrules.assessment import Finding, PlanAssessment
    from dxrules.assessment.dependencies import DependencyGraph
    from dxrules.assessment.dossier import Dossier
    from dxrules.assessment.forecast import Forecast
    from dxrules.assessment.gaps import GapReport
    from dxrules.dates import Truth
    from dxrules.report.falling import Line
    from dxrules.report.html.layout import Drawing, Timeline
    from dxrules.report.writers import How
    from dxrules.rules.condition import Because

_NAMES_A_DAY = 6


@dataclass(frozen=True, slots=True)
class Reason:
    """A part of a condition in words: how deep it lies, its truth, and the value of a leaf."""

    depth: int
    truth: Truth
    sign: Text
    asks: Text
    value: Text | None


def conditions(finding: Finding) -> Iterator[tuple[Text, list[Reason]]]:
    """Yield the conditions of a finding, each with what it is and its parts from the top."""
    if finding.verdict is None or finding.outcome is Outcome.NOT_APPLICABLE:
        return
    if finding.verdict.applies is not None:
        applies = Text("適用の条件", "applies where")
        yield applies, [*_reasons(finding.kind, finding.verdict.applies, 0)]
    yield Text("要件", "requires"), [*_reasons(finding.kind, finding.verdict.require, 0)]


def _reasons(kind: str, because: Because, depth: int) -> Iterator[Reason]:
    condition, sign = because.condition, TRUTHS[because.truth]
    if isinstance(condition, Leaf):
        attribute = VOCABULARY[kind].attributes[condition.attribute]
        asks = leaf_text(attribute, condition.operator, condition.operand)
        value = None if because.value is None else describe(attribute, because.value)
        yield Reason(depth, because.truth, sign, asks, value)
        return
    yield Reason(depth, because.truth, sign, GROUPS[type(condition)], None)
    for part in because.parts:
        yield from _reasons(kind, part, depth + 1)


def truth_class(truth: Truth) -> str:
    """Return the class that colours a truth."""
    return {True: "pass", False: "fail", None: "unknown"}[truth]


@dataclass(frozen=True, slots=True)
class TownPage:
    """A plan of a dossier, and what its chapter needs: made when the template asks for it."""

    dossier: Dossier
    plan: PlanAssessment
    how: How

    @property
    def code(self) -> str:
        """The code of the municipality."""
        return self.plan.file.plan.municipality.code

    @property
    def gaps(self) -> GapReport:
        """What is missing, in the order to mend it."""
        return self.dossier.gaps(self.plan)

    @property
    def graph(self) -> DependencyGraph:
        """What depends on what."""
        return self.dossier.graph(self.plan)

    @property
    def drawing(self) -> Drawing:
        """The same, laid out."""
        return draw_graph(self.graph)

    @property
    def forecast(self) -> Forecast:
        """What falls due until the plan ends."""
        return self.dossier.forecast(self.plan)

    @property
    def forecast_lines(self) -> list[tuple[date, int, list[Line]]]:
        """Each coming day, how many days are left, and what falls due on it."""
        today = self.dossier.assessment.day
        return [
            (coming.day, (coming.day - today).days, [*lines(coming, _NAMES_A_DAY)])
            for coming in self.forecast.days
        ]

    @property
    def timeline(self) -> Timeline:
        """The plan's period, its measures, and the days that the law sets."""
        said = self.plan.file.plan
        period = said.plan.period
        span = None if period is None else (period.start, period.end)
        return draw_timeline(
            said.measures or (), span, self._deadlines(), self.dossier.assessment.day
        )

    def _deadlines(self) -> dict[date, tuple[str, ...]]:
        """Return the days that national rules set for what they ask, with the rules' titles."""
        found: dict[date, dict[str, None]] = {}
        for finding in self.plan.findings:
            due, rule = finding.due, finding.rule
            if rule.due_on is not None and due is not None and due.latest is not None:
                title = same(f"{rule.id} ") + rule.title
                found.setdefault(due.latest, {})[self.how.style.say(title)] = None
        return {day: tuple(names) for day, names in sorted(found.items())}
