"""Towns side by side: of each requirement, how it came out in each town.

Of a plan only its heading, its counts and its outcomes are kept, so that the nation's towns
can stand beside each other while they are judged one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

from dxrules.assessment.finding import GRAVEST, Assessment, Counts, Finding, standing
from dxrules.frozen import frozen
from dxrules.plan import PlanFile
from dxrules.plan.models import SECTIONS
from dxrules.rules import SEVERITIES, Outcome, Rule, Severity
from dxrules.source import Document
from dxrules.texts import Text, same

Sort = Literal["failures", "rule", "town"]
SORTS: tuple[Sort, ...] = ("failures", "rule", "town")
"""What comes first: what fails most, or ids of rules, or codes of towns."""


@frozen
class TownOutcome:
    """How a rule came out in a town: the gravest outcome, and how often there was each.

    `severity` is that of a failure. Both are None where the rule does not bind the town.
    """

    outcome: Outcome | None
    severity: Severity | None
    counts: Mapping[Outcome, int]


@frozen
class RuleRow:
    """A requirement and its cells, a cell per plan; `due` is the earliest day that it names."""

    rule: Rule
    cells: tuple[TownOutcome, ...]
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

    def among(self, places: Iterable[int]) -> RuleRow:
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
    rows: tuple[RuleRow, ...]
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


NOT_BOUND = TownOutcome(None, None, {})
"""The cell of a rule that does not bind the town."""


def compare_plans(assessment: Assessment, names: Mapping[str, Text] | None = None) -> Comparison:
    """Put the plans of an assessment side by side; `names` are those of prefectures."""
    rules: dict[str, Rule] = {}
    due: dict[str, date] = {}
    alike: dict[tuple[object, ...], TownOutcome] = {}
    plans = sorted(assessment.plans, key=lambda plan: _by_code(plan.file))
    found: list[dict[str, TownOutcome]] = []
    for plan in plans:
        groups: dict[str, list[Finding]] = {}
        for finding in plan.findings:
            rule, day = finding.rule.id, finding.due.latest if finding.due else None
            rules.setdefault(rule, finding.rule)
            groups.setdefault(rule, []).append(finding)
            if day is not None:
                due[rule] = min(day, due.get(rule, day))
        found.append({rule: _cell(findings, alike) for rule, findings in groups.items()})
    rows = tuple(
        RuleRow(rules[rule], tuple(cells.get(rule, NOT_BOUND) for cells in found), due.get(rule))
        for rule in sorted(rules)
    )
    towns = tuple(Town(heading(plan.file), plan.counts) for plan in plans)
    return Comparison(assessment.day, towns, rows, names or {}, assessment.selected)


def _cell(findings: list[Finding], alike: dict[tuple[object, ...], TownOutcome]) -> TownOutcome:
    (first,) = standing(findings).values()
    severity = first.severity if first.outcome is Outcome.FAIL else None
    counts = Counter(finding.outcome for finding in findings)
    known = first.outcome, severity, tuple(counts[outcome] for outcome in GRAVEST)
    return alike.setdefault(known, TownOutcome(first.outcome, severity, counts))


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


def _by_code(file: PlanFile) -> tuple[str, str]:
    return file.plan.municipality.code, file.name


def _most_first(town: Town) -> tuple[object, ...]:
    counts = town.counts
    severities = (-counts.severities[severity] for severity in SEVERITIES)
    failing, unknown = counts.outcomes[Outcome.FAIL], counts.outcomes[Outcome.UNKNOWN]
    return -failing, *severities, -unknown, *_by_code(town.file)


def _gravest_first(row: RuleRow) -> tuple[object, ...]:
    return -row.number(Outcome.FAIL), -row.number(Outcome.UNKNOWN), row.rule.id
