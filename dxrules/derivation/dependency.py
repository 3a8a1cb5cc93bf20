"""Dependencies: what has to come before what, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.dates import Range
from dxrules.derivation.context import some
from dxrules.derivation.measure import finish
from dxrules.derivation.subject import Subject
from dxrules.derivation.values import SILENT, Code
from dxrules.texts import same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.derivation.context import Context
    from dxrules.derivation.values import Value
    from dxrules.plan.models import Evident, Measure, Requirement
    from dxrules.reference import Prerequisite
    from dxrules.source import Path
    from dxrules.texts import Text


class DeclaredSubject(Subject):
    """A prerequisite that a measure names."""

    kind = "dependency"

    def __init__(
        self, context: Context, at: tuple[int, int], measure: Measure, required: Requirement
    ) -> None:
        position, index = at
        super().__init__(
            context,
            f"declared:{required.id}>{measure.id}",
            same(f"{required.id} → {measure.id}"),
            ("measures", position, "requires", index, "id"),
        )
        self.measure, self.required = measure, required
        self.first = next((m for m in context.measures if m.id == required.id), None)

    def sources(self) -> Iterator[tuple[Path, Evident]]:
        """Yield the measure that waits."""
        yield self.path[:2], self.measure

    def origin(self) -> Value:
        """The plan itself."""
        return Code("declared")

    def edge(self) -> Value:
        """Return finish-to-start, informs or together."""
        return Code(self.required.kind)

    def prerequisite(self) -> Value:
        """The measure needed first; its id where there is no such measure."""
        return same(self.first.title if self.first else self.required.id)

    def dependent(self) -> Value:
        """The measure that waits."""
        return same(self.measure.title)

    def dependent_covered(self) -> Value:
        """A measure that names a prerequisite is there."""
        return True

    def present(self) -> Value:
        """Whether the measure needed first is in the plan; a finished one is."""
        return self.first is not None

    def overlap_days(self) -> Value:
        """Days by which the prerequisite ends after its dependent starts."""
        if self.first is None or self.required.kind != "finish-to-start":
            return SILENT
        end = self.first.due.range if self.first.due else finish(self.context, self.first)
        if self.first.status == "done":
            return Range.point(0)
        if not isinstance(end, Range) or self.measure.start is None:
            return self.context.missing("measures", "schedule")
        return end.minus(self.measure.start.range).clip(lo=0)


class ListedSubject(Subject):
    """A prerequisite of the reference list: one area before another."""

    kind = "dependency"

    def __init__(self, context: Context, entry: Prerequisite) -> None:
        areas = context.reference.areas
        self.entry = entry
        self.before: Text = areas[entry.before].name
        self.after: Text = areas[entry.after].name
        super().__init__(
            context,
            f"{entry.origin}:{entry.before}>{entry.after}",
            self.before + same(" → ") + self.after,
            ("measures",),
        )

    def sources(self) -> Iterator[tuple[Path, Evident]]:
        """Yield the measures of both areas."""
        for position, measure in enumerate(self.context.measures):
            if not {self.entry.before, self.entry.after}.isdisjoint(measure.areas):
                yield ("measures", position), measure

    def origin(self) -> Value:
        """The nation, or towns' plans alone."""
        return Code(self.entry.origin)

    def edge(self) -> Value:
        """Return finish-to-start, informs or together."""
        return Code(self.entry.kind)

    def prerequisite(self) -> Value:
        """The area that comes first."""
        return self.before

    def dependent(self) -> Value:
        """The area that comes after."""
        return self.after

    def dependent_covered(self) -> Value:
        """Whether the later area has a measure still to be worked on."""
        covering = self.context.covering(self.entry.after)
        return some((True for _ in covering), self.context.missing("measures", "measures"))

    def present(self) -> Value:
        """Whether the earlier area has a measure, planned or finished."""
        standardization = self.context.plan.standardization
        systems_move = (
            self.entry.before == "standardization"
            and standardization is not None
            and (
                standardization.migrated not in (None, 0)
                or standardization.status in ("migrated", "in-progress", "planned")
                or standardization.target is not None
            )
        )
        return some(
            [
                systems_move,
                *(
                    self.entry.before in measure.areas and measure.status != "watched"
                    for measure in self.context.measures
                ),
            ],
            self.context.missing("measures", "measures", "areas"),
        )

    def overlap_days(self) -> Value:
        """Not judged: areas have no dates of their own."""
        return SILENT
