"""Earlier outcomes that plans are compared with, each handed its own part: baseline, revision.

Whoever judges a plan marks what was known of it, and what it failed before; what a report says of
all plans together is put together here. The entries of a baseline are those of a town: which one
that is the first code in a file tells, and where it tells wrong, whoever reads the plan asks for
the entries of the right one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from dxrules.assessment.baseline import (
    BaselineEntries,
    BaselineEntry,
    compare,
    name_of,
    with_setbacks,
)
from dxrules.assessment.finding import Assessment, PlanAssessment
from dxrules.assessment.selection import Selection
from dxrules.assessment.since import Setback, Since
from dxrules.frozen import frozen
from dxrules.keeper.changed_plans import EarlierFile, EarlierPlans
from dxrules.rules import Law
from dxrules.texts import Text


@frozen
class Basis:
    """What all plans are compared with: the digest of a baseline, a commit, or both."""

    baseline: str = ""
    commit: str = ""


@frozen
class Before:
    """What was before of one plan: entries of the town with a `code`, each with its number.

    `files` are those of which one held the plan before.
    """

    code: str = ""
    entries: tuple[tuple[int, BaselineEntry], ...] = ()
    files: tuple[EarlierFile, ...] = ()


@frozen
class Against:
    """How a plan compares with what was before; `stale` are numbers of entries that are mended.

    `plan` is what tells it from the others of its town. `uncounted` are findings that an entry of
    an earlier form leaves open, `setbacks` all, whatever is selected.
    """

    code: str
    plan: str
    stale: tuple[int, ...] = ()
    uncounted: int = 0
    setbacks: tuple[Setback, ...] = ()
    remarks: tuple[Text, ...] = ()


_CODE = re.compile(rb"""code["']?[ \t]*:[ \t]*["']?(\d{6})(?!\d)""")


@dataclass
class Earlier:
    """A baseline, the files of a revision, or both; and how plans compared with them."""

    basis: Basis
    baseline: BaselineEntries | None = None
    files: Callable[[Path], tuple[EarlierFile, ...]] | None = None
    _by_town: dict[str, list[tuple[int, BaselineEntry]]] = field(default_factory=dict)
    _found: list[tuple[tuple[str, str], Against]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for number, entry in enumerate(self.baseline or ()):
            self._by_town.setdefault(entry.municipality, []).append((number, entry))

    def of(self, path: Path | None, raw: bytes) -> Before:
        """Return what was before of the plan that a file holds."""
        told = _CODE.search(raw)
        files = () if self.files is None or path is None else self.files(path)
        return self.of_town("" if told is None else told[1].decode(), Before(files=files))

    def of_town(self, code: str, before: Before) -> Before:
        """Return the same with the entries of a town."""
        return replace(before, code=code, entries=tuple(self._by_town.get(code, ())))

    def take(self, order: tuple[str, str], against: Against) -> None:
        """Take in how a plan compared; `order` is its place among all."""
        self._found.append((order, against))

    @property
    def _each(self) -> Iterable[Against]:
        return (against for _, against in sorted(self._found, key=lambda each: each[0]))

    @property
    def stale(self) -> BaselineEntries | None:
        """The entries that are mended, in their order; None without a baseline."""
        numbers = {number for _, against in self._found for number in against.stale}
        if self.baseline is None:
            return None
        return tuple(entry for n, entry in enumerate(self.baseline) if n in numbers)

    @property
    def of_others(self) -> BaselineEntries:
        """The entries on other plans of towns that were judged."""
        judged: Mapping[str, set[str]] = {against.code: set() for _, against in self._found}
        for _, against in self._found:
            judged[against.code].add(against.plan)
        return tuple(
            entry
            for entry in self.baseline or ()
            if entry.municipality in judged and entry.plan not in judged[entry.municipality]
        )

    @property
    def uncounted(self) -> int:
        """How many findings entries of an earlier form leave open."""
        return sum(against.uncounted for _, against in self._found)

    @property
    def setbacks(self) -> tuple[Setback, ...]:
        """What failed before and is undetermined now, by the order of towns."""
        return tuple(setback for against in self._each for setback in against.setbacks)

    @property
    def remarks(self) -> tuple[Text, ...]:
        """What could not be read of the revision."""
        return tuple(said for against in self._each for said in against.remarks)


class Comparer:
    """Compares plans with what was before, one after another; of a `selection` alone, if any."""

    def __init__(
        self, law: Law, day: date, *, waivers: bool, selection: Selection | None = None
    ) -> None:
        self._day = day
        self._selection = selection
        self._earlier = cache(lambda: EarlierPlans(law, day, waivers=waivers))

    def compared(self, plan: PlanAssessment, before: Before) -> tuple[PlanAssessment, Against]:
        """Mark what was known of a plan, and what it failed before."""
        stale, uncounted, unread = list[int](), 0, list[Text]()
        if before.entries:
            entries = tuple(entry for _, entry in before.entries)
            found = compare(Assessment(self._day, (), (plan,)), entries)
            (plan,), uncounted = found.assessment.plans, found.uncounted
            numbers = {id(entry): number for number, entry in before.entries}
            takes = self._selection.takes_entry if self._selection else lambda *_: True
            stale = [numbers[id(entry)] for entry in found.stale if takes(plan, entry)]
        if before.files:
            failed, unread = self._earlier().failures(before.files, plan.file)
            marked, _ = with_setbacks(plan.findings, failed)
            plan = plan.of_findings(marked)
        said = plan.file.plan
        setbacks = Since.of(plan).setbacks
        return plan, Against(
            said.municipality.code, name_of(said), tuple(stale), uncounted, setbacks, tuple(unread)
        )


def as_plain(against: Against | None) -> object:
    """Return it as plain data, which `read_plain` reads."""
    if against is None:
        return None
    setbacks = [
        [s.municipality, s.plan, s.rule, s.kind, s.key, s.severity] for s in against.setbacks
    ]
    remarks = [[said.ja, said.en] for said in against.remarks]
    return [against.code, against.plan, [*against.stale], against.uncounted, setbacks, remarks]


def read_plain(said: object) -> Against | None:
    """Return what `as_plain` wrote; raise ValueError or TypeError where it is none."""
    if said is None:
        return None
    if not isinstance(said, list):
        raise TypeError("no comparison")
    code, plan, stale, uncounted, setbacks, remarks = said
    return Against(
        str(code),
        str(plan),
        tuple(map(int, stale)),
        int(uncounted),
        tuple(Setback(*each) for each in setbacks),
        tuple(Text(str(ja), str(en)) for ja, en in remarks),
    )
