"""What a report says of all plans together on what was known, or failed, before."""

from __future__ import annotations

from collections.abc import Iterable

from dxrules.assessment.baseline import BaselineEntries, name_of
from dxrules.assessment.finding import PlanAssessment
from dxrules.frozen import frozen
from dxrules.rules import Outcome, Severity


@frozen
class Setback:
    """What failed before and is undetermined now, with its former severity.

    `plan` tells the plan from others of its municipality, as in a baseline.
    """

    municipality: str
    plan: str
    rule: str
    kind: str
    key: str
    severity: Severity


@frozen
class Since:
    """How many open findings a baseline knows, how many are new, and which failed before.

    `open` and `back` count no drafts, `unseen` counts all that a baseline knows. `stale` are its
    entries that are mended; None where there was no baseline.
    """

    open: int = 0
    known: int = 0
    back: int = 0
    unseen: int = 0
    setbacks: tuple[Setback, ...] = ()
    stale: BaselineEntries | None = None

    @classmethod
    def of(cls, plan: PlanAssessment) -> Since:
        """Return it of one plan that was compared."""
        those = [*plan.of(Outcome.FAIL), *plan.of(Outcome.UNKNOWN)]
        found = [finding for finding in those if not finding.rule.draft]
        said = plan.file.plan
        code, name = said.municipality.code, name_of(said)
        return cls(
            len(found),
            sum(finding.known for finding in found),
            sum(finding.setback is not None for finding in found),
            sum(finding.known for finding in plan.applied),
            tuple(
                Setback(code, name, finding.rule.id, finding.kind, finding.key, finding.setback)
                for finding in plan.applied
                if finding.setback is not None
            ),
        )

    @classmethod
    def together(cls, each: Iterable[Since], stale: BaselineEntries | None = None) -> Since:
        """Return it of all plans, of what it is of each."""
        parts = [*each]
        return cls(
            sum(part.open for part in parts),
            sum(part.known for part in parts),
            sum(part.back for part in parts),
            sum(part.unseen for part in parts),
            tuple(setback for part in parts for setback in part.setbacks),
            stale,
        )

    @property
    def new(self) -> int:
        """How many open findings are neither known nor setbacks."""
        return self.open - self.known - self.back
