"""Towns side by side: of each requirement, how it came out in each town.

Of a plan only its heading, its counts and its outcomes are kept, so that the nation's towns
can stand beside each other while they are judged one by one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from dxrules.assessment.finding import GRAVEST, Counts, standing
from dxrules.frozen import frozen
from dxrules.plan import PlanFile
from dxrules.plan.models import SECTIONS
from dxrules.rules import SEVERITIES, Outcome
from dxrules.source import Document
from dxrules.texts import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from dxrules.assessment.finding import Assessment, Finding, PlanAssessment
    from dxrules.rules import Rule, Severity

Sort = Literal["failures", "rule", "town"]
SORTS: tuple[Sort, ...] = ("failures", "rule", "town")
"""What comes first: what fails most, or ids of rules, or codes of towns."""


@frozen
class Cell:
    """How a rule came out in a town: the gravest outcome, and how often there was each.

    `severity` is that of a failure. Both are None where the rule does not bind the town.
    """

    outcome: Outcome | None
    severity: Severity | None
    counts: Mapping[Outcome, int]


@frozen
class Row:
    """A requirement and its cells, a cell per plan; `due` is the earliest day that it names."""

    rule: Rule
    cells: tuple[Cell, ...]
    due: date | None = None

    @property
    def differs(self) -> bool:
        """Whether the plans that the rule binds came out differently."""
        bound = {(cell.outcome, cell.severity) for cell in self.cells if cell.outcome is not None}
        return len(bound) > 1

    @property
    def bound(self) -> int:
        """How many plans the rule binds."""
        return sum(cell.outcome is not None for cell in self.cells)

    def number(self, outcome: Outcome) -> int:
        """Return in how many plans it came out so."""
        return sum(cell.outcome is outcome for cell in self.cells)

    def among(self, places: Iterable[int]) -> Row:
        """Return the row of some of the plans, by their places."""
        return replace(self, cells=tuple(self.cells[place] for place in places))


@frozen
class Town:
    """A plan that is compared: its heading, and how its rules came out."""

    file: PlanFile
    counts: Counts


@frozen
class Prefecture:
    """A prefecture, and the places of its plans."""

    code: str
    name: Text
    places: tuple[int, ...]


@frozen
class Comparison:
    """Plans judged on one day, requirement by requirement; `names` are those of prefectures.

    `selected` is how the selection is called that it shows; None where it shows all.
    """

    day: date
    plans: tuple[Town, ...]
    rows: tuple[Row, ...]
    names: Mapping[str, Text]
    selected: Text | None = None

    @property
    def prefectures(self) -> tuple[Prefecture, ...]:
        """The prefectures of the plans, by their codes."""
        places: dict[str, list[int]] = {}
        for place, plan in enumerate(self.plans):
            places.setdefault(plan.file.plan.municipality.prefecture, []).append(place)
        return tuple(
            Prefecture(code, self.names.get(code, same(code)), tuple(found))
            for code, found in sorted(places.items())
        )


class Gathering:
    """Takes plans that were judged, one after another, and puts them side by side."""

    def __init__(self, day: date, names: Mapping[str, Text] | None = None) -> None:
        self._day = day
        self._names = names or {}
        self._rules: dict[str, Rule] = {}
        self._due: dict[str, date] = {}
        self._plans: list[tuple[Town, dict[str, Cell]]] = []
        self._same: dict[tuple[object, ...], Cell] = {}
        self._selected: Text | None = None

    def add(self, plan: PlanAssessment) -> None:
        """Keep how the rules of a plan came out."""
        groups: dict[str, list[Finding]] = {}
        self._selected = plan.selected
        for finding in plan.findings:
            rule, due = finding.rule, finding.due
            self._rules.setdefault(rule.id, rule)
            groups.setdefault(rule.id, []).append(finding)
            if due is not None and due.latest is not None:
                self._due[rule.id] = min(due.latest, self._due.get(rule.id, due.latest))
        cells = {rule: self._cell(found) for rule, found in groups.items()}
        self._plans.append((Town(heading(plan.file), plan.counts), cells))

    def _cell(self, findings: list[Finding]) -> Cell:
        (first,) = standing(findings).values()
        severity = first.severity if first.outcome is Outcome.FAIL else None
        counts = Counter(finding.outcome for finding in findings)
        known = first.outcome, severity, tuple(counts[outcome] for outcome in GRAVEST)
        return self._same.setdefault(known, Cell(first.outcome, severity, counts))

    def comparison(self) -> Comparison:
        """Return the plans by town and file, with the rules in the order of their ids."""
        plans = sorted(self._plans, key=lambda each: _by_code(each[0]))
        rows = tuple(
            Row(
                rule,
                tuple(cells.get(rule_id, NOT_BOUND) for _, cells in plans),
                self._due.get(rule_id),
            )
            for rule_id, rule in sorted(self._rules.items())
        )
        towns = tuple(town for town, _ in plans)
        return Comparison(self._day, towns, rows, self._names, self._selected)


NOT_BOUND = Cell(None, None, {})
"""The cell of a rule that does not bind the town."""


def compare_plans(assessment: Assessment, names: Mapping[str, Text] | None = None) -> Comparison:
    """Put the plans of an assessment side by side; `names` are those of prefectures."""
    gathering = Gathering(assessment.day, names)
    for plan in assessment.plans:
        gathering.add(plan)
    return gathering.comparison()


def arranged(comparison: Comparison, sort: Sort) -> Comparison:
    """Return a comparison in the order that is asked for.

    By `failures` what fails most comes first; `rule` leaves the rules in the order of their ids,
    and `town` the towns in that of their codes.
    """
    plans, rows = comparison.plans, comparison.rows
    places = range(len(plans))
    if sort != "town":
        places = sorted(places, key=lambda place: _most_first(plans[place]))  # type: ignore[assignment]
    if sort != "rule":
        rows = tuple(sorted(rows, key=_gravest_first))
    return replace(
        comparison,
        plans=tuple(plans[place] for place in places),
        rows=tuple(row.among(places) for row in rows),
    )


def heading(file: PlanFile) -> PlanFile:
    """Return a plan without its sections and places, for reports to name: it is kept for all."""
    return PlanFile(file.plan.model_copy(update=dict.fromkeys(SECTIONS)), Document(file.name))


def _by_code(town: Town) -> tuple[str, str]:
    return town.file.plan.municipality.code, town.file.name


def _most_first(town: Town) -> tuple[object, ...]:
    counts = town.counts
    severities = (-counts.severities[severity] for severity in SEVERITIES)
    failing, unknown = counts.outcomes[Outcome.FAIL], counts.outcomes[Outcome.UNKNOWN]
    return -failing, *severities, -unknown, *_by_code(town)


def _gravest_first(row: Row) -> tuple[object, ...]:
    return -row.number(Outcome.FAIL), -row.number(Outcome.UNKNOWN), row.rule.id
