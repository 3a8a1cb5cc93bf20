"""Standardization: the town's systems, one by one where they are listed, else by counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.dates import Range
from dxrules.derivation.context import newest, when
from dxrules.derivation.subject import Subject
from dxrules.derivation.values import SILENT, UNKNOWN, Absent, Code, unknown
from dxrules.texts import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dxrules.dates import PartialDate
    from dxrules.derivation.context import Context
    from dxrules.derivation.values import Value
    from dxrules.plan.models import Evident, Standardization, System
    from dxrules.source import Path

EXCEPTIONS = (Code("transition-support"), Code("migration-difficult"))
_STATED_UNDONE = frozenset({"not-migrated", "in-progress"})
_MOVING = frozenset({"migrated", "in-progress", "planned"})


def listed_tasks(context: Context) -> list[str]:
    """Return the tasks that the plan lists, in scope or left out, in the order of the reference."""
    said = context.plan.standardization
    if said is None:
        return []
    if said.scope == "all":
        return list(context.reference.tasks)
    named = set(said.systems) | {e.task for e in said.excluded or ()}
    return [task for task in context.reference.tasks if task in named]


def systems_move(context: Context) -> bool:
    """Tell whether any system has moved, or is to, as a whole or one by one."""
    said = context.plan.standardization
    if said is None:
        return False
    systems = said.systems.values()
    moved = said.migrated not in (None, 0) or any(system.migrated for system in systems)
    parts: tuple[Standardization | System, ...] = (said, *systems)
    return moved or any(part.status in _MOVING or part.target is not None for part in parts)


class SystemSubject(Subject):
    """The system of a task that the plan lists."""

    kind = "system"

    def __init__(self, context: Context, task: str) -> None:
        name = context.reference.tasks[task].name
        super().__init__(context, task, name, ("standardization", "systems", task))
        if context.plan.standardization is None:
            raise ValueError(task)
        self.whole: Standardization = context.plan.standardization
        self.said: System | None = self.whole.systems.get(task)
        self.exclusion = next((e for e in self.whole.excluded or () if e.task == task), None)

    def sources(self) -> Iterator[tuple[Path, Evident]]:
        """Yield its mapping, and that of the whole."""
        if self.said:
            yield self.path, self.said
        yield ("standardization",), self.whole

    def status(self) -> Value:
        """The status; tasks that are not described one by one share that of the whole."""
        if self.exclusion:
            return Code("excluded")
        status = self._status()
        return Code(status) if status else self._missing

    @property
    def _missing(self) -> Absent:
        return self.context.missing("standardization")

    def _status(self) -> str | None:
        if self.said and (self.said.status or self.said.migrated):
            return self.said.status or "migrated"
        return self.whole.status

    def done_on(self) -> Value:
        """The day of the migration."""
        status = self._status()
        shared = self.whole.migrated_on or ()
        return self.context.fulfilment(
            done=True if status == "migrated" else False if status in _STATED_UNDONE else None,
            completed=(self.said.migrated if self.said else None) or _span(shared),
            due=self._target(),
        )

    def _target(self) -> PartialDate | None:
        """Return its own target; a designated exception does not share that of the whole."""
        if self.said and (self.said.target or self.said.exception):
            return self.said.target
        return self.whole.target

    def exception(self) -> Value:
        """The designated exception; silence leaves it open."""
        exception = self.said.exception if self.said else None
        return Code(exception) if exception else self._missing

    def target(self) -> Value:
        """By when it is to be migrated."""
        return when(self._target(), self._missing)

    def excluded_reason(self) -> Value:
        """Why it is left out."""
        reason = self.exclusion.reason if self.exclusion else None
        return Code(reason) if reason else self._missing


def _span(days: tuple[PartialDate, ...]) -> PartialDate | None:
    """Return one date that holds all of several: which system moved when is not said."""
    if not days:
        return None
    earliest = [day.earliest for day in days if day.earliest]
    latest = [day.latest for day in days if day.latest]
    return type(days[0])(
        min(earliest) if len(earliest) == len(days) else None,
        max(latest) if len(latest) == len(days) else None,
        any(day.approximate for day in days),
    )


class StandardizationSubject(Subject):
    """The whole of standardization, by counts."""

    kind = "standardization"

    def __init__(self, context: Context) -> None:
        name = context.reference.areas[self.kind].name
        super().__init__(context, self.kind, name, ("standardization",))
        self.said: Standardization | None = context.plan.standardization

    def sources(self) -> Iterator[tuple[Path, Evident]]:
        """Yield its mapping."""
        if self.said:
            yield self.path, self.said

    @property
    def _missing(self) -> Absent:
        return self.context.missing("standardization")

    def _systems(self) -> list[SystemSubject]:
        tasks = listed_tasks(self.context)
        return [
            system
            for system in (SystemSubject(self.context, task) for task in tasks)
            if system.exclusion is None
        ]

    def listed(self) -> Value:
        """Whether the tasks are given one by one."""
        if self.said is None:
            return self._missing
        return self.said.scope in ("all", "list")

    def in_scope(self) -> Value:
        """How many tasks are in scope."""
        if self.said is None:
            return self._missing
        if self.said.in_scope is not None:
            return Range.point(self.said.in_scope)
        if self.said.scope in ("all", "list"):
            return Range.point(len(self._systems()))
        return unknown("対象業務の数が書かれていない", "the number of tasks is not stated")

    def migrated(self) -> Value:
        """How many are migrated."""
        if self.said is None:
            return self._missing
        if self.said.migrated == "all":
            return self.in_scope()
        if self.said.migrated is not None:
            return Range.point(self.said.migrated)
        if self.listed() is True:
            codes = [system.status() for system in self._systems()]
            done = codes.count(Code("migrated"))
            undone = sum(codes.count(Code(status)) for status in _STATED_UNDONE)
            return Range(done, len(codes) - undone)
        return self._missing

    def outstanding(self) -> Value:
        """How many are not migrated yet."""
        if self.said is not None and self.said.migrated == "all":
            return Range.point(0)
        scope, migrated = self.in_scope(), self.migrated()
        if isinstance(scope, Range) and isinstance(migrated, Range):
            return scope.minus(migrated).clip(lo=0)
        return self._missing if self.said is None else UNKNOWN

    def _unaccounted(self) -> list[str] | None:
        if self.said is None or self.said.scope not in ("all", "list"):
            return None
        if self.said.scope == "list" and self.said.excluded is None:
            return None
        listed = set(listed_tasks(self.context))
        return [task for task in self.context.reference.tasks if task not in listed]

    def unaccounted(self) -> Value:
        """How many of the 20 tasks are neither in scope nor left out, if both lists are given."""
        rest = self._unaccounted()
        if rest is not None:
            return Range.point(len(rest))
        if self.said is None:
            return self._missing
        return unknown("対象・対象外の一覧がない", "no lists of what is in scope and what is not")

    def unaccounted_names(self) -> Value:
        """Those tasks by name."""
        rest, tasks = self._unaccounted(), self.context.reference.tasks
        if rest is None:
            return self.unaccounted()
        return join([tasks[task].name for task in rest]) if rest else SILENT

    def done_on(self) -> Value:
        """The day on which all are migrated."""
        if self.said is None:
            return self._missing
        outstanding = self.outstanding()
        if isinstance(outstanding, Range) and outstanding.hi == 0:
            last = newest(self.said.migrated_on or ())
            return self.context.fulfilment(done=True, completed=last, due=None)
        some_left = isinstance(outstanding, Range) and outstanding.at_least(1)
        undone = some_left and self.said.migrated is not None
        return self.context.fulfilment(
            done=False if undone or self.said.status in _STATED_UNDONE else None,
            completed=None,
            due=self.said.target,
        )

    def rest_exception(self) -> Value:
        """Which exception every task outstanding is; by counts, seldom known."""
        if self.said is None:
            return self._missing
        outstanding = self.outstanding()
        left = [s for s in self._systems() if s.status() != Code("migrated")]
        if any(system.exception() == Code("none") for system in left):
            return Code("none")
        found = [each for s in left if (each := s.exception()) in EXCEPTIONS]
        if not isinstance(outstanding, Range) or not outstanding.at_least(1):
            return UNKNOWN
        if not outstanding.at_most(len(found)):
            return UNKNOWN
        return found[0] if len(set(found)) == 1 else Code("both")

    def deferred_functions(self) -> Value:
        """Whether some functions are to conform later."""
        if self.said is None or self.said.deferred_functions is None:
            return self._missing
        return self.said.deferred_functions.status == "some"

    def deferred_due(self) -> Value:
        """By when deferred functions conform."""
        deferred = self.said.deferred_functions if self.said else None
        return when(deferred.due if deferred else None, self._missing)

    def government_cloud(self) -> Value:
        """Whether Government Cloud is used."""
        cloud = self.said.government_cloud if self.said else None
        return Code(cloud) if cloud else self._missing
